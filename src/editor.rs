//! The editor of a person: what `VISUAL` names, else `EDITOR`, else what every system has.

use std::io;
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::error::{Error, Result};
use crate::files;

/// Lets it change a file, and waits until it is left.
pub fn open(path: &Path) -> Result<()> {
    let named = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|command| !command.trim().is_empty()));
    let usual = || if cfg!(windows) { "notepad" } else { "vi" }.to_owned();
    run(&named.unwrap_or_else(usual), path)
}

fn run(command: &str, path: &Path) -> Result<()> {
    let failed = |source| Error::Editor { command: command.to_owned(), source };
    let mut words = command.split_whitespace();
    let program = words.next().unwrap_or_default();
    let ended = Command::new(program).args(words).arg(path).status().map_err(failed)?;
    if ended.success() { Ok(()) } else { Err(failed(io::Error::other(ended.to_string()))) }
}

/// What becomes of a text in it. The file has this name, in a folder that only the user can enter and that is gone
/// afterwards, with whatever the editor left beside it.
pub fn edit(name: &str, text: &str) -> Result<String> {
    let mut folder = tempfile::Builder::new();
    #[cfg(unix)]
    folder.permissions(std::fs::Permissions::from_mode(0o700));
    let above = std::env::temp_dir();
    let folder = folder.prefix("huikuan-").tempdir_in(&above).map_err(Error::io(&above))?;
    let path = folder.path().join(name);
    files::write(&path, |out| out.write_all(text.as_bytes())).map_err(Error::io(&path))?;
    open(&path)?;
    files::text(&path).map_err(Error::io(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_cannot_run_or_fails_is_named() {
        let named = |command: &str| match run(command, Path::new("letter.md")) {
            Err(Error::Editor { command, source }) => (command, source.to_string()),
            other => panic!("{other:?}"),
        };
        let (command, why) = named("/nowhere/ed -w");
        assert_eq!(command, "/nowhere/ed -w");
        assert!(why.contains("No such file"), "{why}");
        assert!(named("false").1.contains("exit status"));
        run("true --wait", Path::new("letter.md")).unwrap();
    }
}
