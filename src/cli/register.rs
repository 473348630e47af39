//! Lists of customers, payments and invoices: read, checked, brought into the ledger all or nothing.

use serde::Serialize;

use super::args::{ImportDated, ImportInvoices, ImportPayments, ImportRegister};
use super::import::{BadCell, CHANGES_DONE, CHANGES_TRIED, SHOWN, is_zero, say_errors};
use super::session::{Session, advance, note, print, print_json, progress};
use super::words::code_or_none;
use crate::domain::money::{self, Currency};
use crate::domain::plan::PlanValue;
use crate::domain::register::{
    CellRefused, Register, RegisterBatch, RegisterChange, RegisterField, RegisterOutcome,
};
use crate::error::register::RegisterError;
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::register::{self, RegisterList, RegisterOptions};
use crate::report::figures::main_currency;
use crate::store::Store;
use crate::text::Lang;

/// What an import prints as JSON.
#[derive(Default, Serialize)]
struct Report {
    file: String,
    rows: usize,
    imported: u32,
    updated: u32,
    unchanged: u32,
    errors: Vec<BadCell>,
    /// What changes in the ledger, or has changed.
    changes: Vec<Change>,
    /// Changes beyond those.
    #[serde(skip_serializing_if = "is_zero")]
    more_changes: usize,
    /// What was concluded from the file.
    notes: Vec<String>,
    /// Bad cells beyond those.
    #[serde(skip_serializing_if = "is_zero")]
    more_errors: usize,
}

/// What a list changes, as JSON.
#[derive(Serialize)]
struct Change {
    row: u32,
    key: String,
    field: &'static str,
    from: Option<String>,
    to: String,
}

impl Change {
    fn of(change: &RegisterChange) -> Self {
        let value = |value: &PlanValue| match value {
            PlanValue::Text(text) => text.clone(),
            PlanValue::Amount(minor) => money::plain(*minor, change.currency),
        };
        Self {
            row: change.row,
            key: change.place.clone(),
            field: change.field.map_or("new", RegisterField::code),
            from: change.from.as_ref().map(value),
            to: value(&change.to),
        }
    }
}

pub fn customers(session: &Session, args: &ImportRegister) -> Result<()> {
    // Credit limits are in the main currency.
    let options = |main| RegisterOptions { currency: Some(main), ..options_of(args) };
    import(session, args, Register::Customers, options, false)
}

pub fn payments(session: &Session, args: &ImportPayments) -> Result<()> {
    let options = dated(session, &args.dated)?;
    import(session, &args.dated.list, Register::Payments, |_| options, args.again)
}

pub fn invoices(session: &Session, args: &ImportInvoices) -> Result<()> {
    let options = dated(session, &args.dated)?;
    import(session, &args.dated.list, Register::Invoices, |_| options, args.again)
}

fn options_of(args: &ImportRegister) -> RegisterOptions {
    RegisterOptions {
        map: args.maps.clone(),
        encoding: args.encoding.clone(),
        sheet: args.sheet.clone(),
        ..RegisterOptions::default()
    }
}

fn dated(session: &Session, args: &ImportDated) -> Result<RegisterOptions> {
    let currency = args.currency.as_deref().map(|code| Session::currency("--currency", code));
    Ok(RegisterOptions {
        date_order: code_or_none("--date-order", args.date_order.as_deref(), session.lang)?,
        currency: currency.transpose()?,
        ..options_of(&args.list)
    })
}

fn import(
    session: &Session,
    args: &ImportRegister,
    of: Register,
    options: impl FnOnce(Currency) -> RegisterOptions,
    again: bool,
) -> Result<()> {
    let main = main(session)?;
    let list = register::read(&args.file, of, &options(main))
        .map_err(|why| unreadable(session, args, why))?;
    let RegisterList { file, sha256, total, entries, columns, .. } = list;
    let mut notes = vec![session.lang.register_columns(&columns)];
    notes.extend(list.notes.iter().map(|note| session.lang.plan_note(note)));
    let report = Report { file: file.clone(), rows: total, notes, ..Report::default() };
    if list.bad_cells > 0 {
        let bad = list.errors.iter().map(|error| BadCell::unread(error, session.lang)).collect();
        return refuse(session, report, bad, list.bad_cells);
    }
    let batch = RegisterBatch { file, sha256, currency: main, again, entries };
    let outcome = write(session, args, &batch)?;
    if outcome.refused > 0 {
        let bad = outcome.refusals.iter();
        let bad = bad.map(|cell| refused(cell, &columns, session.lang)).collect();
        return refuse(session, report, bad, outcome.refused as usize);
    }
    let report = Report {
        imported: outcome.imported,
        updated: outcome.updated,
        unchanged: outcome.unchanged,
        changes: outcome.changes.iter().map(Change::of).collect(),
        more_changes: outcome.more_changes,
        ..report
    };
    say(session, args, &report, &outcome)
}

/// The main currency of the ledger; of one that is not there yet, what a new one has.
fn main(session: &Session) -> Result<Currency> {
    match session.read() {
        Ok(reader) => Ok(main_currency(&reader.items()?, &reader.policy()?)),
        Err(Error::NoLedger(_)) => Ok(Currency::CNY),
        Err(why) => Err(why),
    }
}

fn write(
    session: &Session,
    args: &ImportRegister,
    batch: &RegisterBatch,
) -> Result<RegisterOutcome> {
    let bar = progress(session);
    let mut tick = |done: usize, all: usize| advance(&bar, done as u64, all as u64);
    let outcome = if args.dry_run {
        let mut store = match session.open_existing(&session.ledger_path()?) {
            Err(Error::NoLedger(_)) => Store::throwaway(&std::env::temp_dir())?,
            opened => opened?,
        };
        store.try_register(batch, &session.context(), &mut tick)
    } else {
        let mut store = session.open()?;
        session.keep(&store)?;
        store.import_register(batch, &session.context(), &mut tick)
    };
    bar.finish_and_clear();
    outcome
}

fn refused(cell: &CellRefused, columns: &[(RegisterField, String)], lang: Lang) -> BadCell {
    let header = columns.iter().find(|(field, _)| *field == cell.column);
    let header = header.map_or(lang.register_column(cell.column), |(_, header)| header).to_owned();
    BadCell {
        row: Some(cell.row),
        column: Some(cell.column.code().to_owned()),
        header,
        value: Some(cell.value.clone()),
        message: lang.violation(&cell.why),
    }
}

/// The error of a file that cannot be read, told to a script in the report it waits for.
fn unreadable(session: &Session, args: &ImportRegister, why: RegisterError) -> Error {
    if session.global.json {
        let file = args.file.file_name().unwrap_or(args.file.as_os_str());
        let file = file.to_string_lossy().into_owned();
        let errors = vec![BadCell::whole(session.lang.register_error(&why))];
        if let Err(error) = print_json(&Report { file, errors, ..Report::default() }) {
            return error;
        }
    }
    Error::Register { file: args.file.display().to_string(), why: Box::new(why) }
}

/// Says what is wrong with a file of which nothing was written.
fn refuse(session: &Session, report: Report, errors: Vec<BadCell>, count: usize) -> Result<()> {
    let report = Report { more_errors: count - errors.len(), errors, ..report };
    if session.global.json {
        print_json(&report)?;
    } else {
        say_notes(session, &report);
        say_errors(session.lang, &report.errors, count);
        note(&format!("huikuan: {}", session.lang.register_refused(count)));
    }
    Err(Error::Said(ErrorKind::Data))
}

fn say(
    session: &Session,
    args: &ImportRegister,
    report: &Report,
    outcome: &RegisterOutcome,
) -> Result<()> {
    if session.global.json {
        return session.done(print_json(report));
    }
    let lang = session.lang;
    for (row, column) in outcome.kept.iter().take(SHOWN) {
        let keeps = lang.import_keeps(*row, lang.register_column(*column));
        note(&format!("huikuan: {keeps}"));
    }
    say_notes(session, report);
    if session.global.quiet {
        return Ok(());
    }
    let counts =
        lang.register_counts(&report.file, outcome.imported, outcome.updated, outcome.unchanged);
    let (line, shown) = if args.dry_run {
        (lang.import_dry_run(&counts), CHANGES_TRIED)
    } else {
        (counts, CHANGES_DONE)
    };
    let mut lines = vec![line];
    lines.extend(outcome.changes.iter().take(shown).map(|change| lang.register_change(change)));
    let all = outcome.changes.len() + outcome.more_changes;
    if all > shown {
        lines.push(lang.import_more_changes(all - shown));
    }
    session.done(print(&format!("{}\n", lines.join("\n  "))))
}

/// Says what was concluded from the file: a wrong conclusion can be why it is refused.
fn say_notes(session: &Session, report: &Report) {
    if !session.global.quiet {
        for told in &report.notes {
            note(told);
        }
    }
}
