//! The program on a disk that fails, or ends under it, at a chosen call; and a record of what it wrote, from which any
//! state is made that a power cut may leave.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use crate::kit::Desk;

/// What happens at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Killed,
    /// No room, now and from there on.
    Full,
    /// What is written does not arrive, once.
    Unwritten,
    /// What was written cannot be brought to the disk, once.
    Unsynced,
}

impl Fault {
    const fn environment(self) -> [(&'static str, &'static str); 2] {
        let (of, what) = match self {
            Self::Killed => ("wsn", "kill"),
            Self::Full => ("w", "ENOSPC+"),
            Self::Unwritten => ("w", "EIO"),
            Self::Unsynced => ("s", "EIO"),
        };
        [("FAULTS_OF", of), ("FAULTS_DO", what)]
    }
}

/// The library that stands between program and disk. Where it cannot be made, the test says that it proves nothing.
pub fn library() -> Option<&'static Path> {
    static LIBRARY: OnceLock<Option<PathBuf>> = OnceLock::new();
    let made = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let (made, library) = (folder.path().join("faults.so"), "faults.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/kit/faults.c");
        let mut cc = Command::new("cc");
        cc.args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(&made)
            .arg(source)
            .args(["-ldl", "-lpthread"]);
        if !cc.status().is_ok_and(|status| status.success()) {
            return None;
        }
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(library);
        fs::rename(made, &library).unwrap();
        Some(library)
    });
    if made.is_none() {
        // Past the test harness, which keeps to itself what a test that passes prints.
        let _ =
            writeln!(std::io::stderr(), "SKIPPED, nothing proved of faults of the disk: needs cc");
    }
    made.as_deref()
}

/// The command under the library, which sees to the files of this desk.
fn under(library: &Path, desk: &Desk, args: &[&str]) -> Command {
    let mut command = desk.command(args);
    let folder = desk.folder.path().canonicalize().unwrap();
    command.env("LD_PRELOAD", library).env("FAULTS_UNDER", folder).stdin(Stdio::null());
    command
}

impl Desk {
    /// The same folder once more.
    pub fn copy(&self) -> Self {
        let copy = Self::new();
        copy_files(self.folder.path(), copy.folder.path());
        copy
    }

    /// Runs words on a disk with a fault at its n-th call; whether there were so many.
    pub fn run_with(
        &self,
        library: &Path,
        fault: Fault,
        at: usize,
        args: &[&str],
    ) -> (Output, bool) {
        let hit = self.folder.path().join("tmp/hit");
        drop(fs::remove_file(&hit));
        let mut command = under(library, self, args);
        command.envs(fault.environment()).env("FAULTS_AT", at.to_string()).env("FAULTS_HIT", &hit);
        (command.output().unwrap(), hit.exists())
    }

    /// The command, which leaves in `log` what it writes, and when it answered.
    pub fn recorded(&self, library: &Path, log: &Path, name: &str, args: &[&str]) -> Command {
        let mut command = under(library, self, args);
        command.env("FAULTS_LOG", log).env("FAULTS_NAME", name);
        command
    }
}

fn copy_files(from: &Path, to: &Path) {
    for file in fs::read_dir(from).unwrap().map(|file| file.unwrap()) {
        let to = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            fs::create_dir_all(&to).unwrap();
            copy_files(&file.path(), &to);
        } else {
            fs::copy(file.path(), to).unwrap();
        }
    }
}

/// The n-th call for n from 1 on, while there are calls: ever fewer of them, or by hand every one, with
/// `HUIKUAN_CALLS=all`.
pub fn calls(mut each: impl FnMut(usize) -> bool) {
    let is_every = std::env::var_os("HUIKUAN_CALLS").is_some();
    let mut at = 1;
    while each(at) {
        at += if is_every { 1 } else { at.div_ceil(2) };
    }
    assert!(at > 1, "there is no such call");
}

/// One thing a program did to its files.
#[derive(Debug, Clone)]
pub enum Step {
    Write {
        file: String,
        at: usize,
        bytes: Vec<u8>,
    },
    Length {
        file: String,
        length: usize,
    },
    /// A file, or the names in the folder, which is the file without a name.
    Sync {
        file: String,
    },
    Gone {
        file: String,
    },
    /// The answer of the command of this name.
    Said {
        name: String,
    },
}

/// What was recorded of the ledger and the files beside it. What is only shared memory is not on the disk.
pub fn steps(log: &Path, desk: &Desk) -> Vec<Step> {
    let text = fs::read(log).unwrap();
    let folder = desk.folder.path().canonicalize().unwrap();
    let mut steps = Vec::new();
    let mut rest = &text[..];
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = std::str::from_utf8(&rest[..end]).unwrap();
        let [what, at, length, path] = head.splitn(4, ' ').collect::<Vec<_>>()[..] else {
            panic!("{head}");
        };
        let (at, length): (usize, usize) = (at.parse().unwrap(), length.parse().unwrap());
        let bytes = rest[end + 1..][..length].to_vec();
        rest = &rest[end + 1 + length..];
        if what == "said" {
            steps.push(Step::Said { name: path.to_owned() });
            continue;
        }
        let path = Path::new(path);
        let file = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
        let is_on_disk = ["", "ledger.db", "ledger.db-wal", "ledger.db-journal"].contains(&&*file);
        if is_on_disk {
            steps.push(match what {
                "write" => Step::Write { file, at, bytes },
                "length" => Step::Length { file, length: at },
                "sync" => Step::Sync { file },
                "gone" => Step::Gone { file },
                other => panic!("{other}"),
            });
        }
    }
    steps
}

/// What is written but may not yet be on the disk.
#[derive(Debug, Clone)]
enum Pending {
    Write(usize, Vec<u8>),
    Length(usize),
}

#[derive(Debug, Clone, Default)]
struct Contents {
    certain: Vec<u8>,
    pending: Vec<Pending>,
}

/// Bytes a disk writes whole or not at all.
const SECTOR: usize = 512;

/// A disk with its cache: what is certain, and what a power cut may lose.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    contents: Vec<Contents>,
    /// Which contents a name has for programs.
    names: HashMap<String, usize>,
    certain_names: HashMap<String, usize>,
    pending_names: Vec<(String, Option<usize>)>,
}

impl Disk {
    /// A disk on which these files are certain.
    pub fn with(desk: &Desk) -> Self {
        let mut disk = Self::default();
        if let Ok(bytes) = fs::read(desk.db()) {
            disk.contents.push(Contents { certain: bytes, pending: Vec::new() });
            disk.names.insert("ledger.db".to_owned(), 0);
            disk.certain_names = disk.names.clone();
        }
        disk
    }

    fn open(&mut self, file: &str) -> &mut Contents {
        let next = self.contents.len();
        let number = *self.names.entry(file.to_owned()).or_insert(next);
        if number == next {
            self.contents.push(Contents::default());
            self.pending_names.push((file.to_owned(), Some(number)));
        }
        &mut self.contents[number]
    }

    pub fn take(&mut self, step: &Step) {
        match step {
            Step::Write { file, at, bytes } => {
                self.open(file).pending.push(Pending::Write(*at, bytes.clone()));
            }
            Step::Length { file, length } => {
                self.open(file).pending.push(Pending::Length(*length));
            }
            Step::Sync { file } if file.is_empty() => {
                let all = self.pending_names.len();
                self.settle_names(all);
            }
            Step::Sync { file } => {
                let contents = self.open(file);
                for pending in std::mem::take(&mut contents.pending) {
                    apply(&mut contents.certain, &pending, |_| true);
                }
            }
            Step::Gone { file } => {
                self.names.remove(file);
                self.pending_names.push((file.clone(), None));
            }
            Step::Said { .. } => {}
        }
    }

    /// The first so many changes of names are certain.
    fn settle_names(&mut self, many: usize) {
        for (name, number) in self.pending_names.drain(..many) {
            match number {
                Some(number) => self.certain_names.insert(name, number),
                None => self.certain_names.remove(&name),
            };
        }
    }

    /// Leaves in the folder what is found after a power cut now: what is certain, and of the rest what chance kept.
    pub fn cut(mut self, chance: &mut fastrand::Rng, folder: &Path) {
        let many = chance.usize(..=self.pending_names.len());
        self.settle_names(many);
        for (name, number) in &self.certain_names {
            let contents = &mut self.contents[*number];
            // How much of it: all, none, or anything between.
            let kept = chance.choice([0.0, 0.5, 0.9, 1.0]).unwrap();
            for pending in &contents.pending {
                let is_torn = chance.u8(..4) == 0;
                let is_kept = chance.f64() < kept;
                let mut sector = |_| if is_torn { chance.f64() < kept } else { is_kept };
                apply(&mut contents.certain, pending, &mut sector);
            }
            fs::write(folder.join(OsStr::new(name)), &contents.certain).unwrap();
        }
    }
}

/// Does to bytes what is pending, sector by sector where one is kept.
fn apply(bytes: &mut Vec<u8>, pending: &Pending, mut is_kept: impl FnMut(usize) -> bool) {
    match pending {
        Pending::Write(at, new) => {
            let mut from = *at;
            while from < at + new.len() {
                let to = ((from / SECTOR + 1) * SECTOR).min(at + new.len());
                if is_kept(from) {
                    if bytes.len() < to {
                        bytes.resize(to, 0);
                    }
                    bytes[from..to].copy_from_slice(&new[from - at..to - at]);
                }
                from = to;
            }
        }
        Pending::Length(length) => {
            if is_kept(0) {
                bytes.resize(*length, 0);
            }
        }
    }
}
