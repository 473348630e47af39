//! Files and folders of the user: private, and there whole or not at all, also after a power cut.

use std::cell::Cell;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, IntoInnerError, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Writes to `path`: whoever reads it sees the old contents or the new. A link is replaced and not followed, and what
/// stood there keeps none of its readers. Everything is put together in a file without a name first, so that whoever
/// is killed meanwhile leaves nothing behind.
pub fn write(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut buffer = BufWriter::new(tempfile::tempfile_in(folder_of(path)).map_err(plain)?);
    write(&mut buffer)?;
    let mut whole = buffer.into_inner().map_err(IntoInnerError::into_error)?;
    io::Seek::rewind(&mut whole)?;
    let mut file = beside(path)?;
    io::copy(&mut whole, file.as_file_mut())?;
    put(file, path)
}

/// Writes a text over a file a person may have linked from elsewhere: the link stays.
pub fn rewrite(path: &Path, text: &str) -> io::Result<()> {
    let file = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    create_folder(folder_of(&file))?;
    write(&file, |out| out.write_all(text.as_bytes()))
}

/// Bytes of a text somebody writes by hand, at most.
const LONGEST: u64 = 256 * 1_024;

/// The text of a file somebody writes by hand. A pipe or a device, which would have us wait for ever or never ends, is
/// none, and neither is what is longer than anybody writes.
pub fn text(path: &Path) -> io::Result<String> {
    let about = fs::metadata(path)?;
    if !about.is_file() && !about.is_dir() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    if about.len() > LONGEST && about.is_file() {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    fs::read_to_string(path)
}

thread_local! {
    static CATCHES: Cell<bool> = const { Cell::new(false) };
}

/// What a library that panics where a file cannot be written makes; none where it panics.
pub fn caught<T>(make: impl FnOnce() -> T) -> Option<T> {
    CATCHES.set(true);
    let made = catch_unwind(AssertUnwindSafe(make));
    CATCHES.set(false);
    made.ok()
}

/// Whether a panic of this thread is caught where it is expected: nothing is broken.
pub fn catches() -> bool {
    CATCHES.get()
}

/// What the names of unfinished files begin with.
const UNFINISHED: &str = ".huikuan-";

/// An empty file that only the user can read, in the folder of `path`, to be put in its place. What others who were
/// killed left there is taken away: whoever lives holds a lock on it.
pub fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = folder_of(path);
    if cfg!(unix) {
        take_leftovers(folder);
    }
    loop {
        let file =
            tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder).map_err(plain)?;
        if cfg!(not(unix)) || is_held(&file) {
            return Ok(file);
        }
    }
}

/// Whether nobody takes it for left behind: not before we held its lock, and not any more. Where nothing can be locked,
/// nothing is taken away either.
fn is_held(file: &NamedTempFile) -> bool {
    match file.as_file().try_lock() {
        Ok(()) => file.path().exists(),
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => true,
    }
}

/// The error without the name of a file nobody asked for.
fn plain(error: io::Error) -> io::Error {
    let inner = error.get_ref().and_then(|wrapped| wrapped.source());
    let number = inner.and_then(|inner| inner.downcast_ref::<io::Error>()?.raw_os_error());
    number.map_or(error, io::Error::from_raw_os_error)
}

fn take_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(UNFINISHED)) else {
            continue;
        };
        // A journal beside a ledger in the making is as alive as that is.
        let whose = rest.split_once('-').map_or(rest, |(whose, _)| whose);
        let owner = File::open(folder.join([UNFINISHED, whose].concat()));
        let is_left = match owner {
            Ok(owner) => owner.try_lock().is_ok(),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if is_left {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let remove = if is_folder { fs::remove_dir_all } else { fs::remove_file };
            drop(remove(entry.path()));
        }
    }
}

/// Puts a finished file in the place of another.
pub fn put(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path)?;
    sync_folder(folder_of(path))
}

/// Makes a folder that only the user can enter, and those it stands in.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let there = folder.ancestors().skip(1).find(|above| above.exists());
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    there.map_or(Ok(()), sync_folder)
}

/// Makes a folder of this name, or of the first like it that nobody has, and fills it: whoever looks for it finds it
/// whole or not at all.
pub fn new_folder(
    above: &Path,
    name: &str,
    fill: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<PathBuf> {
    let mut unfinished = tempfile::Builder::new();
    #[cfg(unix)]
    unfinished.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let unfinished = unfinished.prefix(UNFINISHED).tempdir_in(above).map_err(plain)?;
    // Who is killed leaves it without a lock, and the next takes it away.
    let held =
        File::open(unfinished.path()).and_then(|folder| Ok(folder.try_lock().map(|()| folder)?));
    if cfg!(unix) {
        take_leftovers(above);
    }
    fill(unfinished.path())?;
    sync_folder(unfinished.path())?;
    let mut tried = 1;
    loop {
        let folder = match tried {
            1 => above.join(name),
            _ => above.join(format!("{name}-{tried}")),
        };
        let is_taken = folder.symlink_metadata().is_ok();
        if !is_taken {
            match fs::rename(unfinished.path(), &folder) {
                Ok(()) => {
                    // It is not there any more to be taken away.
                    let _ = unfinished.keep();
                    drop(held);
                    sync_folder(above)?;
                    return Ok(folder);
                }
                // Somebody else was quicker.
                Err(_) if folder.symlink_metadata().is_ok() => {}
                Err(error) => return Err(error),
            }
        }
        tried += 1;
    }
}

/// The folder a file stands in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Has the names in a folder on the disk.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_what_is_there_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("周报.csv");
        write(&path, |out| out.write_all(b"old")).unwrap();
        write(&path, |out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn has_no_name_before_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write(&path, |out| {
            out.write_all(&vec![b'x'; 100_000])?;
            assert_eq!(fs::read_dir(folder.path())?.count(), 0);
            Ok(())
        })
        .unwrap();
        assert_eq!(fs::read(&path).unwrap().len(), 100_000);
    }

    #[cfg(unix)]
    #[test]
    fn what_the_killed_left_is_taken_away_and_what_is_in_the_making_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(folder.path().join(".huikuan-dead"), "half of it").unwrap();
        let living = beside(&path).unwrap();
        write(&path, |out| out.write_all(b"new")).unwrap();
        assert!(living.path().exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn what_stands_beside_a_ledger_in_the_making_stays_as_long_as_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let living = beside(&path).unwrap();
        let mut journal = living.path().as_os_str().to_owned();
        journal.push("-journal");
        fs::write(&journal, "a page").unwrap();
        drop(beside(&path).unwrap());
        assert!(Path::new(&journal).exists());
        drop(living);
        drop(beside(&path).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn what_many_begin_at_once_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let make = || {
            for _ in 0..200 {
                let file = beside(&path).unwrap();
                assert!(file.path().exists());
            }
        };
        std::thread::scope(|scope| (0..8).for_each(|_| drop(scope.spawn(make))));
    }

    #[test]
    fn a_folder_appears_whole_and_beside_the_one_before() {
        let above = tempfile::tempdir().unwrap();
        let fill = |text: &'static str| {
            move |folder: &Path| write(&folder.join("a.csv"), |out| out.write_all(text.as_bytes()))
        };
        let first = new_folder(above.path(), "2026-W48", fill("one")).unwrap();
        let second = new_folder(above.path(), "2026-W48", fill("two")).unwrap();
        assert_eq!(second, above.path().join("2026-W48-2"));
        let read = |folder: &Path| fs::read_to_string(folder.join("a.csv")).unwrap();
        assert_eq!((read(&first), read(&second)), ("one".to_owned(), "two".to_owned()));
        let refuse = |folder: &Path| {
            fs::write(folder.join("a.csv"), "half")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        };
        new_folder(above.path(), "2026-W49", refuse).unwrap_err();
        assert_eq!(fs::read_dir(above.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let refused = write(&folder.path().join("none/a.csv"), |_| Ok(())).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed_and_the_file_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
        fs::write(&file, "somebody's own").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, |out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"somebody's own");
        assert_eq!(fs::read(&link).unwrap(), b"new");
        assert!(!link.is_symlink());
        assert_eq!(fs::metadata(&link).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
