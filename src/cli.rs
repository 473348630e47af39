//! The command line: one file per command group, each turning arguments into a `Change` or a report and printing it.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind as ClapKind;
use clap::{ArgMatches, FromArgMatches};

use crate::config::{self as file, Config};
use crate::domain::violation::{Candidate, Violation};
use crate::error::{Error, Result};
use crate::store::Reader;
use crate::text::Lang;

mod args;
mod bank;
mod bill;
mod care;
mod complete;
mod condition;
mod config;
mod demo;
mod document;
mod explain;
mod fee;
mod help;
mod history;
mod import;
mod limitation;
mod lists;
mod mail;
mod master;
mod misc;
mod note;
mod opening;
mod paper;
mod playbook;
mod record;
mod register;
mod report;
mod round;
mod session;
mod show;
mod snapshot;
mod todo;
mod transfer;
mod words;

use crate::tui::session::Opening;
use args::{Cli, Command, Export, Import, Snapshot};
pub use help::command;
use session::{Session, note as tell};

/// Runs the program and returns its exit code.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let (config, broken) = match file::load() {
        Ok(config) => (config, None),
        Err(error) => (Config::default(), Some(error)),
    };
    let lang = language(&args, &config);
    match complete::answered(&args, lang) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(trouble) => return ExitCode::from(trouble.kind().exit_code()),
    }
    let broken = broken.or_else(|| unknown_language(&config, lang));
    let matches = match command(lang).try_get_matches_from(&args) {
        Ok(matches) => matches,
        Err(error) => return usage(lang, &args, &error),
    };
    let ledger = config.db.clone();
    let done = match broken {
        Some(error) if !mends_config(&matches) => Err(error),
        _ => start(&matches, config, lang),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            let message = lang.error(&trouble);
            if !message.is_empty() {
                let see =
                    if is_about_a_flag(&trouble) { help::see(lang, &args) } else { String::new() };
                let near = near(&matches, ledger, &trouble, lang);
                tell(&format!("huikuan: {message}{see}{near}"));
            }
            ExitCode::from(trouble.kind().exit_code())
        }
    }
}

/// What of the ledger has a name in its own that nothing has; empty where there is none.
fn near(matches: &ArgMatches, ledger: Option<PathBuf>, error: &Error, lang: Lang) -> String {
    let sought = if let Error::Violation(Violation::Unknown { thing, name }) = error {
        Some((Some(*thing), name))
    } else if let Error::Violation(Violation::NotOne { name, found }) = error {
        found.is_empty().then_some((None, name))
    } else {
        None
    };
    let Some((thing, name)) = sought else {
        return String::new();
    };
    let named = matches.get_one::<PathBuf>("db").cloned().or(ledger);
    let path = named.or_else(|| file::default_ledger().ok()).filter(|path| path.exists());
    let reader = path.and_then(|path| Reader::open_unwritable(&path).ok());
    let found = reader.and_then(|reader| reader.near(thing, name).ok()).unwrap_or_default();
    let line = |found: &Candidate| format!("\n  {} {}", lang.thing(found.thing), found.name);
    let lines: String = found.iter().map(line).collect();
    if lines.is_empty() { lines } else { lang.near_are().to_owned() + &lines }
}

/// Whether the help of the command says more.
const fn is_about_a_flag(error: &Error) -> bool {
    matches!(
        error,
        Error::Value { .. }
            | Error::Filter(_)
            | Error::UnknownEnding { .. }
            | Error::Violation(Violation::Empty(_))
    )
}

/// A language of the configuration that does not exist.
fn unknown_language(config: &Config, lang: Lang) -> Option<Error> {
    let code = config.lang.as_deref().filter(|code| Lang::from_code(code).is_none())?;
    let path = file::path().ok()?;
    Some(Error::Config { path, message: format!("lang: {}", lang.unknown_choice(code, "zh, en")) })
}

/// `config path` works with a broken configuration: it says where to mend it. So do those that mend it.
fn mends_config(matches: &ArgMatches) -> bool {
    let config = matches.subcommand_matches("config").and_then(ArgMatches::subcommand_name);
    matches!(config, Some("path" | "set" | "unset"))
}

/// The language: flag, configuration, system. It is needed before the arguments are read, for their own help.
fn language(args: &[OsString], config: &Config) -> Lang {
    let mut words = args.iter().filter_map(|arg| arg.to_str());
    let mut flag = None;
    while let Some(word) = words.next() {
        if word == "--" {
            break;
        }
        if let Some(value) = word.strip_prefix("--lang=") {
            flag = Some(value);
        } else if word == "--lang" {
            flag = words.next();
        }
    }
    let system = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())
            .and_then(|value| Lang::from_code(&value))
    };
    flag.and_then(Lang::from_code)
        .or_else(|| config.lang.as_deref().and_then(Lang::from_code))
        .or_else(system)
        .unwrap_or(Lang::En)
}

fn usage(lang: Lang, args: &[OsString], error: &clap::Error) -> ExitCode {
    let asked = matches!(error.kind(), ClapKind::DisplayHelp | ClapKind::DisplayVersion);
    if asked {
        return match session::print(&error.render().to_string()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::from(5),
        };
    }
    tell(&format!("huikuan: {}", help::usage_error(lang, args, error)));
    ExitCode::from(2)
}

fn start(matches: &ArgMatches, config: Config, lang: Lang) -> Result<()> {
    let Ok(cli) = Cli::from_arg_matches(matches) else {
        return Err(Error::choice("huikuan", "", "huikuan --help"));
    };
    if let Some(code) = cli.global.lang.as_deref().filter(|code| Lang::from_code(code).is_none()) {
        return Err(Error::choice("--lang", code, "zh, en"));
    }
    let session = Session::new(cli.global, config, lang, crate::clock::today())?;
    run(&session, cli.command)
}

fn run(session: &Session, command: Option<Command>) -> Result<()> {
    let Some(command) = command else {
        return misc::screen(session, Opening::Today);
    };
    match command {
        Command::Demo(args) => demo::demo(session, &args),
        Command::Today(files) => report::today(session, &files),
        Command::List(args) => report::list(session, &args),
        Command::Aging(args) => report::aging(session, &args),
        Command::Customers(table) => lists::customers(session, &table),
        Command::Projects(args) => lists::projects(session, &args),
        Command::Payments(args) => lists::payments(session, &args),
        Command::Invoices(args) => lists::invoices(session, &args),
        Command::Promises(args) => lists::promises(session, &args),
        Command::Calendar(args) => report::calendar(session, &args),
        Command::Contacts(args) => lists::contacts(session, &args),
        Command::Deals(args) => lists::deals(session, &args),
        Command::Touches(args) => lists::touches(session, &args),
        Command::Fee(args) => fee::fee(session, &args),
        Command::Limitation(args) => limitation::limitation(session, &args),
        Command::Explain(args) => explain::explain(session, &args),
        Command::Show(args) => show::show(session, &args),
        Command::Snapshot(what) => match what {
            Snapshot::Take(args) => snapshot::take(session, &args),
            Snapshot::Diff(args) => snapshot::diff(session, &args),
            Snapshot::Trend(files) => snapshot::trend(session, &files),
            Snapshot::List(files) => snapshot::list(session, &files),
            Snapshot::Show { snapshot, files } => {
                snapshot::show(session, snapshot.as_deref(), &files)
            }
            Snapshot::Export { snapshot, output } => {
                snapshot::export(session, snapshot.as_deref(), output.as_deref())
            }
        },
        Command::Import { what } => match what {
            None => misc::screen(session, Opening::Import),
            Some(Import::Plan(args)) => import::plan(session, &args),
            Some(Import::Customers(args)) => register::customers(session, &args),
            Some(Import::Payments(args)) => register::payments(session, &args),
            Some(Import::Invoices(args)) => register::invoices(session, &args),
            Some(Import::Template) => import::template(session),
            Some(Import::Layouts) => import::layouts(session),
            Some(Import::Ledger { file }) => transfer::import(session, &file),
        },
        Command::Export(Export::Ledger { output }) => transfer::export(session, output.as_deref()),
        Command::Todo(what) => todo::todo(session, what),
        Command::Bank(what) => bank::bank(session, what),
        Command::Bill(what) => bill::bill(session, what),
        Command::People => master::people(session),
        Command::Add(what) => master::add(session, &what),
        Command::Edit(what) => master::edit(session, &what),
        Command::Condition(what) => condition::condition(session, what),
        Command::Note(what) => note::note(session, what),
        Command::Make(args) => document::make(session, &args),
        Command::Dun(args) => round::dun(session, &args),
        Command::Mail(what) => mail::mail(session, &what),
        Command::Template(what) => document::template(session, &what),
        Command::Paper(what) => paper::paper(session, what),
        Command::Playbook(what) => playbook::playbook(session, &what),
        Command::Record(command) => record::record(session, command),
        Command::Log(args) => history::log(session, &args),
        Command::Undo => history::undo(session),
        Command::Redo => history::redo(session),
        Command::Backup { file } => care::backup(session, &file),
        Command::Restore { file } => care::restore(session, &file),
        Command::Doctor { repair } => care::doctor(session, repair),
        Command::Date(args) => misc::date(session, &args.expression),
        Command::Words(args) => misc::words(session, &args),
        Command::Terms(args) => misc::terms(session, &args.text),
        Command::Config(what) => config::config(session, &what),
        Command::Completions(args) => misc::completions(args.shell),
        Command::Man { output } => misc::man(session, output.as_deref()),
    }
}

/// Whether standard output is a terminal.
fn on_terminal() -> bool {
    std::io::stdout().is_terminal()
}
