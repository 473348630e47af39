//! `playbook`: the advice there is, whether a file of one's own can be read, and a copy to begin with.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;

use super::args::Table;
use super::session::{Session, note as tell, print, print_json};
use crate::config;
use crate::error::playbook::PlaybookError;
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::lists::{Field, Listed, Rows, field};
use crate::exchange::out::{Cell, Column};
use crate::files;
use crate::report::playbook::Playbook as Book;
use crate::text::Lang;
use crate::tui::session as screen;

#[derive(Debug, Subcommand)]
pub enum Playbook {
    /// List the advice in force, each with when it holds and the key that follows it
    Show(Show),
    /// Check a playbook: which lines cannot be read, and why
    Check(Check),
    /// Copy the playbook that ships beside the configuration, to be edited
    Copy,
}

#[derive(Debug, Args)]
pub struct Show {
    #[command(flatten)]
    table: Table,
}

#[derive(Debug, Args)]
pub struct Check {
    /// The file; without it playbook.txt beside the configuration
    file: Option<PathBuf>,
}

pub fn playbook(session: &Session, what: &Playbook) -> Result<()> {
    match what {
        Playbook::Show(args) => show(session, args),
        Playbook::Check(args) => check(session, args),
        Playbook::Copy => copy(session),
    }
}

/// A line of advice with the key that follows it.
struct Line {
    number: usize,
    when: String,
    text: String,
    action: String,
    key: String,
}

impl Listed for Line {
    fn title(lang: Lang) -> &'static str {
        lang.playbook_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::right(lang.playbook_line()).named("line"), |one, _| {
                Cell::Number(i64::try_from(one.number).unwrap_or(i64::MAX))
            }),
            field(Column::left(lang.playbook_when()).named("when"), |one, _| {
                one.when.as_str().into()
            }),
            field(Column::left(lang.playbook_advice()).named("advice"), |one, _| {
                one.text.as_str().into()
            }),
            field(Column::left(lang.playbook_action()).named("action").spare(1), |one, _| {
                one.action.as_str().into()
            }),
            field(Column::left(lang.playbook_key()).named("key"), |one, _| one.key.as_str().into()),
        ]
    }
}

fn read(session: &Session, text: &str) -> (Book, Vec<PlaybookError>) {
    Book::read(text, (session.today, &session.config.filters), screen::is_action)
}

fn show(session: &Session, args: &Show) -> Result<()> {
    let path = config::playbook()?;
    let own = config::playbook_text(&path)?;
    let (book, faults) = read(session, own.as_deref().unwrap_or(session.lang.playbook()));
    for fault in &faults {
        tell(&format!(
            "huikuan: {}",
            session.lang.playbook_error(&path.display().to_string(), fault)
        ));
    }
    let mut rows = Vec::new();
    for one in book.all() {
        let action = one.action.clone().unwrap_or_default();
        let key = screen::key(&session.config.keys, &action)?;
        let (when, text) = (one.when.clone(), one.text.clone());
        rows.push(Line { number: one.line, when, text, action, key });
    }
    session.list(&Rows(rows), &args.table.shape(&[]), &args.table.files)
}

fn check(session: &Session, args: &Check) -> Result<()> {
    let lang = session.lang;
    let (path, text) = if let Some(path) = &args.file {
        (path.clone(), Some(std::fs::read_to_string(path).map_err(Error::io(path))?))
    } else {
        let path = config::playbook()?;
        let text = config::playbook_text(&path)?;
        (path, text)
    };
    let file = path.display().to_string();
    let Some(text) = text else {
        return session.done(print(&format!("{}\n", lang.playbook_none(&file))));
    };
    let (book, faults) = read(session, &text);
    if session.global.json {
        let faults = faults.iter().map(
            |fault| json!({ "line": fault.line, "message": lang.playbook_error(&file, fault) }),
        );
        let faults: Vec<_> = faults.collect();
        let value = json!({ "file": file, "lines": book.all().len(), "faults": faults });
        session.done(print_json(&value))?;
    } else {
        for fault in &faults {
            tell(&format!("huikuan: {}", lang.playbook_error(&file, fault)));
        }
    }
    if !faults.is_empty() {
        return Err(Error::Said(ErrorKind::Data));
    }
    if session.global.json || session.global.quiet {
        return Ok(());
    }
    session.done(print(&format!("{}\n", lang.playbook_good(&file, book.all().len()))))
}

fn copy(session: &Session) -> Result<()> {
    let path = config::playbook()?;
    let file = path.display().to_string();
    let is_there = config::playbook_text(&path)?.is_some();
    if !is_there {
        if let Some(folder) = path.parent() {
            files::create_folder(folder).map_err(Error::io(folder))?;
        }
        files::write(&path, |out| out.write_all(session.lang.playbook().as_bytes()))
            .map_err(Error::io(&path))?;
    }
    if session.global.json {
        return session.done(print_json(&json!({ "file": file, "written": !is_there })));
    }
    if session.global.quiet {
        return Ok(());
    }
    let said = if is_there { session.lang.playbook_there(&file) } else { file };
    session.done(print(&format!("{said}\n")))
}
