//! Plan lists: read, checked, brought into the ledger all or nothing; every bad cell with its row, column and value.

use indicatif::ProgressBar;
use serde::Serialize;

use crate::domain::plan::field::PlanField;
use crate::domain::plan::{PlanBatch, PlanOutcome, RowRefused};
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::plan::{self, PlanOptions, PlanRead};
use crate::text::Lang;

use super::args::ImportPlan;
use super::session::{Session, advance, print, print_json, print_with, progress};
use super::words::code_or_none;

/// What an import prints as JSON.
#[derive(Serialize)]
struct Report {
    file: String,
    rows: usize,
    imported: u32,
    updated: u32,
    unchanged: u32,
    skipped: usize,
    errors: Vec<BadCell>,
}

/// A cell or row that could not come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct BadCell {
    row: u32,
    column: String,
    /// What a person calls the column.
    #[serde(skip)]
    header: String,
    value: String,
    message: String,
}

/// At most this many bad cells are printed for a person; JSON has them all.
const SHOWN: usize = 20;

pub fn plan(session: &Session, args: &ImportPlan) -> Result<()> {
    let bar = progress(session);
    let options = options(args)?;
    let mut read = plan::read(&args.file, &options, &mut |done, all| {
        advance(&bar, done as u64, all as u64);
    })
    .map_err(|why| Error::Read { file: args.file.display().to_string(), why: Box::new(why) })?;
    let bad = cell_errors(&read, session.lang);
    if !bad.is_empty() && !args.skip_bad {
        bar.finish_and_clear();
        return refuse(session, &read, bad);
    }
    let batch = PlanBatch {
        file: read.file.clone(),
        sha256: read.sha256.clone(),
        reschedule: args.reschedule,
        skip_bad: args.skip_bad,
        rows: std::mem::take(&mut read.rows),
    };
    let done = write(session, args, &batch, &bar);
    bar.finish_and_clear();
    match done {
        Ok(outcome) => report(session, args, &read, bad, &outcome),
        Err(Error::Rows(outcome)) => {
            let refused = refused(&outcome, session.lang);
            refuse(session, &read, refused)
        }
        Err(trouble) => Err(trouble),
    }
}

fn options(args: &ImportPlan) -> Result<PlanOptions> {
    Ok(PlanOptions {
        map: args.maps.clone(),
        date_order: code_or_none("--date-order", args.date_order.as_ref())?,
        currency: args
            .currency
            .as_deref()
            .map(|code| Session::currency("--currency", code))
            .transpose()?,
        encoding: args.encoding.clone(),
        sheet: args.sheet.clone(),
    })
}

fn write(
    session: &Session,
    args: &ImportPlan,
    batch: &PlanBatch,
    bar: &ProgressBar,
) -> Result<PlanOutcome> {
    let mut store = session.open()?;
    let mut tick = |done: usize, all: usize| advance(bar, done as u64, all as u64);
    if args.dry_run {
        return store.try_import(batch, &session.context(), &mut tick);
    }
    let applied = store.import(batch, &session.context(), &mut tick)?;
    let outcome = applied.outcome;
    outcome.ok_or(Error::Bug("an import without its outcome"))
}

fn cell_errors(read: &PlanRead, lang: Lang) -> Vec<BadCell> {
    read.errors
        .iter()
        .map(|error| BadCell {
            row: error.row,
            column: error.column.clone(),
            header: error.column.clone(),
            value: error.value.clone(),
            message: lang.cell_problem(&error.why),
        })
        .collect()
}

fn refused(outcome: &PlanOutcome, lang: Lang) -> Vec<BadCell> {
    let bad = |row: &RowRefused| BadCell {
        row: row.row,
        column: row.column.code().to_owned(),
        header: lang.plan_column(row.column).to_owned(),
        value: row.value.clone(),
        message: lang.violation(&row.why),
    };
    outcome.refused.iter().map(bad).collect()
}

/// Says what is wrong with a file of which nothing was written.
fn refuse(session: &Session, read: &PlanRead, errors: Vec<BadCell>) -> Result<()> {
    let count = errors.len();
    let report = Report {
        file: read.file.clone(),
        rows: read.total,
        imported: 0,
        updated: 0,
        unchanged: 0,
        skipped: 0,
        errors,
    };
    if session.global.json {
        print_json(&report)?;
    } else {
        say_errors(session.lang, &report.errors);
        eprintln!("huikuan: {}", session.lang.import_refused(count));
    }
    Err(Error::Said(ErrorKind::Data))
}

fn report(
    session: &Session,
    args: &ImportPlan,
    read: &PlanRead,
    mut errors: Vec<BadCell>,
    outcome: &PlanOutcome,
) -> Result<()> {
    errors.extend(refused(outcome, session.lang));
    errors.sort_by_key(|bad| bad.row);
    let mut skipped: Vec<u32> = errors.iter().map(|bad| bad.row).collect();
    skipped.dedup();
    let report = Report {
        file: read.file.clone(),
        rows: read.total,
        imported: outcome.imported,
        updated: outcome.updated,
        unchanged: outcome.unchanged,
        skipped: skipped.len(),
        errors,
    };
    if session.global.json {
        return print_json(&report);
    }
    let lang = session.lang;
    say_errors(lang, &report.errors);
    for (row, column) in outcome.differing.iter().take(SHOWN) {
        let header = lang.plan_column(*column);
        let kept = matches!(
            column,
            PlanField::Project
                | PlanField::Due
                | PlanField::InvoicedOn
                | PlanField::Paid
                | PlanField::PaidOn
        );
        let differs =
            if kept { lang.import_keeps(*row, header) } else { lang.import_differs(*row, header) };
        eprintln!("huikuan: {differs}");
    }
    if session.global.quiet {
        return Ok(());
    }
    for note in &read.notes {
        eprintln!("{}", lang.plan_note(note));
    }
    let counts = lang.import_counts(&read.file, outcome, report.skipped);
    let line = if args.dry_run { lang.import_dry_run(&counts) } else { counts };
    print(&format!("{line}\n"))
}

fn say_errors(lang: Lang, errors: &[BadCell]) {
    for bad in errors.iter().take(SHOWN) {
        eprintln!("{}", lang.import_bad_cell(bad.row, &bad.header, &bad.value, &bad.message));
    }
    if errors.len() > SHOWN {
        eprintln!("{}", lang.import_more(errors.len() - SHOWN));
    }
}

pub fn template(session: &Session) -> Result<()> {
    print_with(|out| plan::template(session.lang, session.today, out))
}
