//! The whole ledger into a file and out of one.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::Path;

use serde_json::json;

use crate::error::{Error, Result};
use crate::files;
use crate::store::Reader;

use super::session::{Session, advance, print, print_json, print_with, progress};

/// `export ledger`
pub fn export(session: &Session, output: Option<&Path>) -> Result<()> {
    output.map_or(Ok(()), |path| session.spares_ledger(path))?;
    let store = session.read()?;
    let mut done = Ok(());
    let write = |out: &mut dyn Write| write_lines(&store, out, &mut done);
    let written = match output {
        Some(path) => files::write(path, write).map_err(Error::io(path)),
        None => print_with(write),
    };
    done?;
    written?;
    match output {
        Some(path) if !session.global.quiet => print(&format!("{}\n", path.display())),
        Some(_) | None => Ok(()),
    }
}

/// Where the ledger fails the file is given up, and `done` says why.
fn write_lines(store: &Reader, out: &mut dyn Write, done: &mut Result<()>) -> io::Result<()> {
    let mut failed = Ok(());
    *done = store.export(&mut |line| {
        failed = writeln!(out, "{line}");
        if failed.is_ok() { Ok(()) } else { Err(Error::Bug("a line after a failed one")) }
    });
    if failed.is_err() {
        *done = Ok(());
        return failed;
    }
    if done.is_err() { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
}

/// `import ledger`
pub fn import(session: &Session, file: &Path) -> Result<()> {
    let lines = BufReader::new(File::open(file).map_err(Error::io(file))?);
    let mut store = session.open()?;
    let bar = progress(session);
    let rows = store.import_ledger(lines, &mut |done, all| advance(&bar, done as u64, all as u64));
    bar.finish_and_clear();
    let rows = rows?;
    if session.global.json {
        return session.done(print_json(&json!({ "rows": rows })));
    }
    if session.global.quiet {
        return Ok(());
    }
    let path = store.path().display().to_string();
    session.done(print(&format!("{}\n", session.lang.ledger_imported(rows, &path))))
}
