//! Plan lists: read, checked, brought into the ledger all or nothing; every bad cell with its row, column and value.

use indicatif::ProgressBar;
use serde::Serialize;

use crate::config;
use crate::domain::money;
use crate::domain::plan::field::PlanField;
use crate::domain::plan::{PlanBatch, PlanChange, PlanOutcome, PlanValue, RowRefused};
use crate::error::list::{CellError, ReadError};
use crate::error::value::ValueError;
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::plan::layout::{self, Layout, Layouts, NONE};
use crate::exchange::plan::{self, PlanList, PlanOptions};
use crate::store::Store;
use crate::text::Lang;

use super::args::ImportPlan;
use super::session::{Session, advance, note, print, print_json, print_with, progress};
use super::words::code_or_none;

/// What an import prints as JSON.
#[derive(Default, Serialize)]
struct Report {
    file: String,
    rows: usize,
    imported: u32,
    updated: u32,
    unchanged: u32,
    skipped: usize,
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
pub(super) const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// A cell or row that could not come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct BadCell {
    /// None where the file is refused as a whole.
    pub row: Option<u32>,
    pub column: Option<String>,
    /// What a person calls the column.
    #[serde(skip)]
    pub header: String,
    pub value: Option<String>,
    pub message: String,
}

impl BadCell {
    /// Of a file that is refused as a whole.
    pub(super) const fn whole(message: String) -> Self {
        Self { row: None, column: None, header: String::new(), value: None, message }
    }

    /// A cell that could not be read.
    pub(super) fn unread(error: &CellError, lang: Lang) -> Self {
        Self {
            row: Some(error.row),
            column: Some(error.column.clone()),
            header: error.column.clone(),
            value: Some(error.value.clone()),
            message: lang.cell_problem(&error.why),
        }
    }
}

/// What a list changes, as JSON.
#[derive(Serialize)]
struct Change {
    key: String,
    field: &'static str,
    from: Option<String>,
    to: String,
}

impl Change {
    fn of(change: &PlanChange) -> Self {
        let value = |value: &PlanValue| match value {
            PlanValue::Text(text) => text.clone(),
            PlanValue::Amount(minor) => money::plain(*minor, change.currency),
        };
        Self {
            key: change.key.as_ref().unwrap_or(&change.place).clone(),
            field: change.field.map_or("new", PlanField::code),
            from: change.from.as_ref().map(value),
            to: value(&change.to),
        }
    }
}

/// Changes that are printed for a person: all but a great many to look at before, some to look back on after.
pub(super) const CHANGES_TRIED: usize = 200;
pub(super) const CHANGES_DONE: usize = 10;

/// At most this many bad cells are printed for a person; JSON has more.
pub(super) const SHOWN: usize = 20;

pub fn plan(session: &Session, args: &ImportPlan) -> Result<()> {
    if let Some(name) = args.layout.as_deref().filter(|name| !layout::is_name(name)) {
        return Err(Error::flag("--as", ValueError::FileName(name.to_owned())));
    }
    let bar = progress(session);
    let options = options(session, args)?;
    let list = plan::read(&args.file, &options, &mut |done, all| {
        advance(&bar, done as u64, all as u64);
    })
    .map_err(|why| {
        bar.finish_and_clear();
        unreadable(session, args, why)
    })?;
    let (file, rows) = (list.file.clone(), list.total);
    let notes = list.notes.iter().map(|note| session.lang.plan_note(note)).collect();
    let report = Report { file, rows, notes, ..Report::default() };
    let (bad_rows, bad_cells) = (list.bad_rows, list.bad_cells);
    let kept = keeps(args, &options, &list);
    let bad = cell_errors(&list, session.lang);
    if bad_rows > 0 && !args.skip_bad {
        bar.finish_and_clear();
        return refuse(session, report, bad, bad_cells);
    }
    let batch = PlanBatch {
        file: list.file.clone(),
        sha256: list.sha256.clone(),
        reschedule: args.reschedule,
        skip_bad: args.skip_bad,
        bills: list.bills,
        undated: list.undated,
        rows: list,
    };
    let done = write(session, args, &batch, &bar);
    bar.finish_and_clear();
    match done {
        Ok(outcome) => {
            let mut errors = bad;
            errors.extend(refused(&outcome, &batch.rows, session.lang));
            errors.sort_by_key(|bad| bad.row);
            let refused = outcome.refused as usize;
            let report = Report {
                imported: outcome.imported,
                updated: outcome.updated,
                unchanged: outcome.unchanged,
                skipped: bad_rows + refused,
                more_errors: bad_cells + refused - errors.len(),
                errors,
                changes: outcome.changes.iter().map(Change::of).collect(),
                more_changes: outcome.more_changes,
                ..report
            };
            say(session, args, &report, &outcome)?;
            match kept.filter(|_| !args.dry_run) {
                Some(layout) => keep(session, &layout),
                None => Ok(()),
            }
        }
        Err(Error::Rows(outcome)) => {
            let refused = refused(&outcome, &batch.rows, session.lang);
            refuse(session, report, refused, outcome.refused as usize)
        }
        Err(trouble) => Err(trouble),
    }
}

fn options(session: &Session, args: &ImportPlan) -> Result<PlanOptions> {
    let layouts = Layouts::read(&config::lists()?)?;
    Ok(PlanOptions {
        layout: args.layout.clone().filter(|name| name == NONE || layouts.named(name).is_some()),
        layouts,
        map: args.maps.clone(),
        date_order: code_or_none("--date-order", args.date_order.as_deref(), session.lang)?,
        currency: args
            .currency
            .as_deref()
            .map(|code| Session::currency("--currency", code))
            .transpose()?,
        unit: args.unit.clone(),
        paid_on: session.past_or_none("--paid-on", args.paid_on.as_deref())?,
        encoding: args.encoding.clone(),
        sheet: args.sheet.clone(),
    })
}

/// The layout under whose name this way of reading is kept: one that is new, or of which something was said anew.
fn keeps(args: &ImportPlan, options: &PlanOptions, list: &PlanList) -> Option<Layout> {
    let name = args.layout.as_deref().filter(|name| *name != NONE)?;
    let said = !args.maps.is_empty()
        || args.date_order.is_some()
        || args.currency.is_some()
        || args.unit.is_some()
        || args.encoding.is_some()
        || args.sheet.is_some();
    let known = options.layouts.named(name);
    (said || known.is_none()).then(|| list.layout(name, known, options))
}

fn keep(session: &Session, layout: &Layout) -> Result<()> {
    let path = layout::keep(&config::lists()?, layout)?;
    if !session.global.quiet {
        note(&session.lang.layout_kept(&layout.name, &path.display().to_string()));
    }
    Ok(())
}

fn write(
    session: &Session,
    args: &ImportPlan,
    batch: &PlanBatch<PlanList>,
    bar: &ProgressBar,
) -> Result<PlanOutcome> {
    let mut tick = |done: usize, all: usize| advance(bar, done as u64, all as u64);
    let applied = if args.dry_run {
        let path = session.ledger_path()?;
        let mut store = match session.open_existing(&path) {
            Err(Error::NoLedger(_)) => Store::throwaway(&std::env::temp_dir())?,
            opened => opened?,
        };
        store.try_import(batch, &session.context(), &mut tick)?
    } else {
        let mut store = session.open()?;
        session.keep(&store)?;
        store.import(batch, &session.context(), &mut tick)?
    };
    let outcome = applied.outcome;
    outcome.ok_or(Error::Bug("an import without its outcome"))
}

fn cell_errors(list: &PlanList, lang: Lang) -> Vec<BadCell> {
    list.errors.iter().map(|error| BadCell::unread(error, lang)).collect()
}

fn refused(outcome: &PlanOutcome, list: &PlanList, lang: Lang) -> Vec<BadCell> {
    let bad = |row: &RowRefused| {
        let of_stage = list.stage_column(&row.milestone, row.column);
        BadCell {
            row: Some(row.row),
            column: Some(of_stage.clone().unwrap_or_else(|| row.column.code().to_owned())),
            header: of_stage.unwrap_or_else(|| lang.plan_column(row.column).to_owned()),
            value: Some(row.value.clone()),
            message: lang.violation(&row.why),
        }
    };
    outcome.refusals.iter().map(bad).collect()
}

/// The error of a file that cannot be read, told to a script in the report it waits for.
fn unreadable(session: &Session, args: &ImportPlan, why: ReadError) -> Error {
    if session.global.json {
        let file = args.file.file_name().unwrap_or(args.file.as_os_str());
        let whole = BadCell::whole(session.lang.read_error(&why));
        let file = file.to_string_lossy().into_owned();
        let report = Report { file, errors: vec![whole], ..Report::default() };
        if let Err(error) = print_json(&report) {
            return error;
        }
    }
    Error::Read { file: args.file.display().to_string(), why: Box::new(why) }
}

/// Says what is wrong with a file of which nothing was written.
fn refuse(session: &Session, report: Report, errors: Vec<BadCell>, count: usize) -> Result<()> {
    let report = Report { more_errors: count - errors.len(), errors, ..report };
    if session.global.json {
        print_json(&report)?;
    } else {
        say_notes(session, &report);
        say_errors(session.lang, &report.errors, count);
        note(&format!("huikuan: {}", session.lang.import_refused(count)));
    }
    Err(Error::Said(ErrorKind::Data))
}

fn say(session: &Session, args: &ImportPlan, report: &Report, outcome: &PlanOutcome) -> Result<()> {
    if session.global.json {
        return session.done(print_json(report));
    }
    let lang = session.lang;
    say_errors(lang, &report.errors, report.errors.len() + report.more_errors);
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
        note(&format!("huikuan: {differs}"));
    }
    say_notes(session, report);
    if session.global.quiet {
        return Ok(());
    }
    let counts = lang.import_counts(&report.file, outcome, report.skipped);
    let line = if args.dry_run { lang.import_dry_run(&counts) } else { counts };
    let shown = if args.dry_run { CHANGES_TRIED } else { CHANGES_DONE };
    let mut lines = vec![line];
    lines.extend(outcome.changes.iter().take(shown).map(|change| lang.plan_change(change)));
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

/// The first bad cells of so many.
pub(super) fn say_errors(lang: Lang, errors: &[BadCell], count: usize) {
    for bad in errors.iter().take(SHOWN) {
        if let (Some(row), Some(value)) = (bad.row, &bad.value) {
            note(&lang.import_bad_cell(row, &bad.header, value, &bad.message));
        }
    }
    if count > SHOWN {
        note(&lang.import_more(count - SHOWN));
    }
}

pub fn layouts(session: &Session) -> Result<()> {
    session.show(&Layouts::read(&config::lists()?)?)
}

pub fn template(session: &Session) -> Result<()> {
    print_with(|out| plan::template(session.lang, session.today, out))
}
