//! What a shell proposes behind `huikuan`: commands and flags from their definition, keys, customers, projects and
//! snapshots from the ledger. The scripts of the shells ask this program.

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::PathBuf;

use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};

use super::help;
use crate::config;
use crate::domain::violation::Thing;
use crate::error::{Error, Result};
use crate::store::Reader;
use crate::text::Lang;

/// Set by the script of a shell when it asks.
const ASKED: &str = "HUIKUAN_COMPLETE";

/// Answers a shell that asks; false if none does.
pub fn answered(args: &[OsString], lang: Lang) -> Result<bool> {
    let here = std::env::current_dir().ok();
    let asked = CompleteEnv::with_factory(|| help::command(lang)).var(ASKED);
    asked.try_complete(args, here.as_deref()).map_err(|why| not_written(why.to_string()))
}

/// The script that makes a shell ask.
pub fn script(shell: clap_complete::Shell) -> Result<Vec<u8>> {
    let name = shell.to_string();
    let shells = Shells::builtins();
    let completer = shells.completer(&name).ok_or(Error::Bug("a shell without completions"))?;
    let mut script = Vec::new();
    completer
        .write_registration(ASKED, "huikuan", "huikuan", "huikuan", &mut script)
        .map_err(Error::io("completions".as_ref()))?;
    script.flush().map_err(Error::io("completions".as_ref()))?;
    Ok(script)
}

fn not_written(why: String) -> Error {
    Error::Io { path: "completions".into(), source: std::io::Error::other(why) }
}

/// What a value of this argument stands for.
fn things(arg: &Arg) -> &'static [Thing] {
    let names = arg.get_value_names().unwrap_or_default();
    if names.iter().any(|name| name.starts_with("MILESTONE")) {
        return &[Thing::Milestone];
    }
    match arg.get_id().as_str() {
        "customer" => &[Thing::Customer],
        "project" => &[Thing::Project],
        "milestone" => &[Thing::Milestone],
        "snapshot" | "opening" | "closing" => &[Thing::Snapshot],
        "what" => &[Thing::Milestone, Thing::Customer, Thing::Project],
        _ => &[],
    }
}

/// The definition, with what the ledger knows.
pub fn with_ledger(command: Command) -> Command {
    let known = |arg: Arg| {
        let things = things(&arg);
        if things.is_empty() {
            return arg;
        }
        // `--to P1-M1=1000`
        let end = if arg.get_value_names().unwrap_or_default().iter().any(|n| n.contains('=')) {
            "="
        } else {
            ""
        };
        arg.add(ArgValueCompleter::new(move |typed: &OsStr| candidates(things, end, typed)))
    };
    command.mut_args(known).mut_subcommands(with_ledger)
}

/// What of the ledger begins as it was typed; nothing where it cannot be read.
fn candidates(things: &[Thing], end: &str, typed: &OsStr) -> Vec<CompletionCandidate> {
    let reader = ledger().filter(|path| path.exists());
    let reader = reader.and_then(|path| Reader::open_unwritable(&path).ok());
    let (Some(reader), Some(typed)) = (reader, typed.to_str()) else {
        return Vec::new();
    };
    let of = |thing: &Thing| reader.beginning_with(*thing, typed).unwrap_or_default();
    let candidate = |(value, about): (String, String)| {
        CompletionCandidate::new(format!("{value}{end}")).help(Some(about.into()))
    };
    things.iter().flat_map(of).map(candidate).collect()
}

/// The ledger that the words typed so far, the environment or the configuration name.
fn ledger() -> Option<PathBuf> {
    let mut words = std::env::args_os().skip_while(|word| word != "--").skip(1);
    let mut named = None;
    while let Some(word) = words.next() {
        if let Some(path) = word.to_str().and_then(|word| word.strip_prefix("--db=")) {
            named = Some(PathBuf::from(path));
        } else if word == "--db" {
            named = words.next().map(PathBuf::from);
        }
    }
    named
        .or_else(|| std::env::var_os("HUIKUAN_DB").map(PathBuf::from))
        .or_else(|| config::load().ok()?.db)
        .or_else(|| config::default_ledger().ok())
}
