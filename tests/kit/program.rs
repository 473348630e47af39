//! A ledger of its own for each test, and the program on it.
#![allow(dead_code, reason = "no suite needs all of it")]

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The day every test lives on, unless it says otherwise.
pub const TODAY: &str = "2026-11-21";

/// A folder with a ledger and all else a program finds around it.
pub struct Desk {
    pub folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("tmp")).unwrap();
        Self { folder }
    }

    /// One customer, one project, one milestone of 300,000.00 due 2026-10-02.
    pub fn with_milestone() -> Self {
        let desk = Self::new();
        desk.ok("add customer --code C1 --name 星河科技 --grade B --terms 30");
        desk.ok("add project --code P1 --customer C1 --name 数据中台 --manager 王敏 --amount 100万 --signed-on 2026-01-05 --bills no");
        desk.ok(
            "add milestone --project P1 --key P1-M1 --name 验收款 --amount 300000 --due 2026-10-02",
        );
        desk
    }

    pub fn db(&self) -> PathBuf {
        self.folder.path().join("ledger.db")
    }

    /// What the program finds around it, and nothing else.
    pub fn environment(&self, who: &str) -> Vec<(&'static str, PathBuf)> {
        vec![
            ("HOME", self.folder.path().to_owned()),
            ("HUIKUAN_DB", self.db()),
            ("TMPDIR", self.folder.path().join("tmp")),
            ("USER", who.into()),
            // One that changes nothing: another would wait for keys.
            ("EDITOR", "true".into()),
        ]
    }

    /// A file beside the ledger.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program, on this ledger and day.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huikuan"));
        command.env_clear().envs(self.environment("wang")).current_dir(self.folder.path());
        for (flag, value) in [("--lang", "en"), ("--today", TODAY)] {
            if !args.contains(&flag) {
                command.args([flag, value]);
            }
        }
        command.args(args);
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs words parted by blanks and expects success; returns what was printed.
    pub fn ok(&self, line: &str) -> String {
        self.ok_args(&line.split_whitespace().collect::<Vec<_>>())
    }

    pub fn ok_args(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?} failed: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs words and expects this exit code; returns what was said about it.
    pub fn fails(&self, code: i32, line: &str) -> String {
        self.fails_args(code, &line.split_whitespace().collect::<Vec<_>>())
    }

    pub fn fails_args(&self, code: i32, args: &[&str]) -> String {
        let output = self.run(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?} said: {said}");
        said
    }

    pub fn json(&self, line: &str) -> Value {
        serde_json::from_str(&self.ok(line)).unwrap()
    }

    /// The only milestone of a list, or the one of this key.
    pub fn milestone(&self, key: &str) -> Value {
        let list = self.json("list --all --json");
        list.as_array().unwrap().iter().find(|row| row["key"] == key).unwrap().clone()
    }
}
