//! A plan list (one row a milestone) read into typed rows, with an error for each bad cell. Header names in either
//! language or mapped, lines around the list recognised, all dates in one order; nothing is guessed silently: what was
//! concluded stands in the notes.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::NaiveDate;
use iso_currency::Currency;

use self::amounts::UnitDoubt;
use self::dates::Votes;
use self::header::Header;
use self::layout::{Layout, Layouts, Sifter};
use self::lines::Lines;
use self::mapping::Mapping;
use self::units::Unit;
use super::sheet::spool::{Filling, Spool};
use super::sheet::{Bytes, Document, Row, source};
use crate::domain::normalize::normalize;
use crate::domain::plan::PlanRow;
use crate::domain::plan::field::{DateOrder, PlanField};
use crate::error::list::{CellError, Note, ReadError};
use crate::error::{Error, Result as Written};
use crate::store::PlanRows;

pub(in crate::exchange) mod amounts;
mod columns;
pub(in crate::exchange) mod dates;
pub(in crate::exchange) mod header;
pub mod layout;
mod lines;
pub(in crate::exchange) mod mapping;
mod rows;
mod template;
mod totals;
pub(in crate::exchange) mod units;
pub(in crate::exchange) mod words;

pub use template::template;

/// How a list is to be read, where the list itself does not tell.
#[derive(Debug, Clone, Default)]
pub struct PlanOptions {
    /// `field=Header`, each winning over what the header would be taken for.
    pub map: Vec<String>,
    /// Order of the parts of its dates.
    pub date_order: Option<DateOrder>,
    /// Currency of rows that name none; else what the amount's header names, else CNY.
    pub currency: Option<Currency>,
    /// What amounts are counted in whose header does not say: `万元`; else what a line above the header says.
    pub unit: Option<String>,
    /// Day of money whose row names none; else the as-of day that a line above the header names.
    pub paid_on: Option<NaiveDate>,
    /// Label of a text's encoding (`gbk`, `windows-1252`).
    pub encoding: Option<String>,
    /// Sheet of a workbook by name, or by number from 1; else the first that has a header.
    pub sheet: Option<String>,
    /// The kinds of lists that are known.
    pub layouts: Layouts,
    /// The one it is; else the one that its headers tell.
    pub layout: Option<String>,
}

/// A list that was read once, and can hand out its rows again.
#[derive(Debug)]
pub struct PlanList {
    /// File name without its folder.
    pub file: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// The sheets of its workbook.
    pub sheets: Vec<String>,
    /// Milestones of the list, good and bad; totals and lines around the list are none.
    pub total: usize,
    /// Whether it has a column for invoices.
    pub bills: bool,
    /// Milestones with a bad cell.
    pub bad_rows: usize,
    /// Bad cells.
    pub bad_cells: usize,
    /// The first of them, in the order of the file.
    pub errors: Vec<CellError>,
    /// What is worth telling about the file.
    pub notes: Vec<Note>,
    /// Day of money whose row names none, if it is known.
    pub undated: Option<NaiveDate>,
    /// Keys of milestones that due rules name.
    named_keys: HashSet<String>,
    rows: RefCell<Rows>,
}

/// A column of a list as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedColumn {
    pub header: String,
    /// What `--map` takes for it: its header, or its letter where another column has the same.
    pub name: String,
    /// What it is read as.
    pub field: Option<PlanField>,
    /// The first few cells with something in them, cleaned.
    pub samples: Vec<String>,
}

/// Rows looked at for them.
const SAMPLED: u32 = 200;

/// Cells of a column that are shown of it.
const SAMPLES: usize = 3;

/// The rows of a list, and how they are read.
#[derive(Debug)]
struct Rows {
    spool: Spool,
    /// Number of the last one; what is behind it is no part of the list.
    last: u32,
    reader: rows::Reader,
}

/// Bad cells that are told of one by one.
const TOLD: usize = 1_000;

/// Rows between two calls of the progress.
const STEP: usize = 1_000;

/// Called with rows done and rows in all.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize);

pub fn read(
    path: &Path,
    options: &PlanOptions,
    progress: Progress<'_>,
) -> Result<PlanList, ReadError> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    read_bytes(&name.to_string_lossy(), source::open(path)?, options, progress)
}

/// Reads the bytes of a file; `file` is its name.
fn read_bytes(
    file: &str,
    mut bytes: Box<dyn Bytes>,
    options: &PlanOptions,
    progress: Progress<'_>,
) -> Result<PlanList, ReadError> {
    Mapping::parse(&options.map)?;
    let sha256 = source::sha256(&mut *bytes)?;
    let asked = options.layout.as_deref().and_then(|name| options.layouts.named(name));
    let encoding = asked.and_then(|layout| layout.encoding.as_deref());
    let mut document = Document::open(bytes, options.encoding.as_deref().or(encoding))?;
    let (layout, options) = choose(&mut document, options)?;
    let mapping = Mapping::parse(&options.map)?;
    let Found { sheet, header, unit, as_of } =
        find(&mut document, &mapping, options.sheet.as_deref(), layout)?;
    let given = options.unit.as_deref().map(|text| {
        let unit = Unit::parse(&normalize(text));
        unit.ok_or_else(|| ReadError::UnknownUnit(text.to_owned()))
    });
    let given = given.transpose()?.map(|unit| (unit, None));
    let unit = given.or(unit.map(|(unit, row)| (unit, Some(row))));
    let mut notes = vec![match &document {
        Document::Text(text) => Note::Encoding(text.encoding()),
        Document::Workbook(_) => Note::Sheet(super::sanitize::text(&sheet).into_owned()),
    }];
    notes.extend(layout.map(|layout| Note::Layout(layout.name.clone())));
    notes.push(Note::Mapped(header.mapped()));
    if !header.stages.is_empty() {
        let stages = header.stages.iter();
        let stages = stages.map(|stage| (stage.name.clone(), stage.columns.mapped()));
        notes.push(Note::Stages(stages.collect()));
    }
    if !header.ignored.is_empty() {
        notes.push(Note::Ignored(header.ignored.clone()));
    }
    if let Some((unit, row)) = unit {
        notes.push(Note::Unit { unit: unit.name(), row });
    }
    let mut lines = Lines::new(&header, document.merged(&sheet)?);
    let mut sifter = layout.map(|layout| Sifter::new(layout, &header));
    let mut filling = Filling::new();
    document.rows(&sheet, &mut |row| {
        let is_group = sifter.as_mut().is_some_and(|sifter| sifter.is_group(row));
        if !is_group && lines.takes(row) && sifter.as_mut().is_none_or(|sifter| sifter.takes(row)) {
            filling.push(row)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let sheets = document.sheets();
    drop(document);
    let (all, last) = (lines.count, lines.last);
    if all == 0 {
        return Err(ReadError::NoRows);
    }
    let mut totals = lines.totals;
    for (rows, note) in [
        (std::mem::take(&mut totals.rows), Note::Totals as fn(Vec<u32>) -> Note),
        (lines.footer, Note::Footer),
        (sifter.map(|sifter| sifter.left_out).unwrap_or_default(), Note::LeftOut),
    ] {
        if !rows.is_empty() {
            notes.push(note(rows));
        }
    }
    let mut spool = filling.finish()?;
    let (mut votes, mut percents) = (Votes::new(&header), false);
    let mut doubt = UnitDoubt::default();
    each(&mut spool, last, |row| {
        votes.row(row);
        percents |= amounts::counts_per_cent(row, &header);
        doubt.row(row, &header);
        ControlFlow::Continue(())
    })?;
    let dates = votes.decide(options.date_order)?;
    if unit.is_none() {
        doubt.settle()?;
    }
    let unit = unit.map(|(unit, _)| unit).unwrap_or_default();
    let bills = [PlanField::InvoiceNo, PlanField::InvoicedOn];
    let bills = bills.into_iter().any(|field| header.columns(field).next().is_some());
    let mut reader = rows::Reader::new(header, dates, options.currency, unit, percents);
    let (mut done, mut total, mut bad_rows, mut bad_cells, mut errors) = (0, 0, 0, 0, Vec::new());
    let mut without_stage = Vec::new();
    let mut named_keys = HashSet::new();
    let mut is_undated = false;
    each(&mut spool, last, |row| {
        if done % STEP == 0 {
            progress(done, all);
        }
        done += 1;
        totals.reach(row.number, &reader);
        let milestones = reader.row(row);
        if milestones.is_empty() {
            without_stage.push(row.number);
        }
        for milestone in milestones {
            total += 1;
            match milestone {
                Ok(row) => {
                    totals.add(&row, &reader);
                    named_keys.extend(row.named_key().map(str::to_owned));
                    is_undated |= row.paid.is_some_and(|paid| paid > 0) && row.paid_on.is_none();
                }
                Err(bad) => {
                    bad_rows += 1;
                    bad_cells += bad.len();
                    let room = TOLD.saturating_sub(errors.len());
                    errors.extend(bad.into_iter().take(room));
                }
            }
        }
        ControlFlow::Continue(())
    })?;
    progress(all, all);
    if total == 0 {
        return Err(ReadError::NoRows);
    }
    if !without_stage.is_empty() {
        notes.push(Note::WithoutStage(without_stage));
    }
    notes.extend(totals.compared(&reader));
    notes.extend(reader.notes());
    let undated = options.paid_on.or(as_of.map(|(day, _)| day));
    if let (true, None, Some((day, row))) = (is_undated, options.paid_on, as_of) {
        notes.push(Note::PaidOn { day, row });
    }
    Ok(PlanList {
        file: super::sanitize::text(file).into_owned(),
        sha256,
        sheets,
        total,
        bills,
        bad_rows,
        bad_cells,
        errors,
        notes,
        undated,
        named_keys,
        rows: RefCell::new(Rows { spool, last, reader }),
    })
}

impl PlanList {
    /// How it was read under these options, to be kept under a name.
    pub fn layout(&self, name: &str, known: Option<&Layout>, options: &PlanOptions) -> Layout {
        Layout::of(name, self.rows.borrow().reader.header(), known, options)
    }

    /// Number of the row its header stands in, the last of them.
    pub fn header_row(&self) -> u32 {
        self.rows.borrow().reader.header().last()
    }

    /// Its columns from the first on, each with what it is read as.
    pub fn columns(&self) -> Result<Vec<ListedColumn>, ReadError> {
        let mut rows = self.rows.borrow_mut();
        let Rows { spool, last, reader } = &mut *rows;
        let header = reader.header();
        let above = header.rows.last().into_iter().flat_map(Row::cells);
        let names: Vec<String> =
            above.map(|cell| super::sanitize::text(&cell.text()).into_owned()).collect();
        let mut columns: Vec<ListedColumn> = Vec::new();
        for (at, header_text) in names.iter().enumerate() {
            let is_alone = names.iter().filter(|name| *name == header_text).count() == 1;
            let is_it = |field: &&PlanField| header.columns(**field).any(|c| c.index == at);
            columns.push(ListedColumn {
                header: header_text.clone(),
                name: if is_alone { header_text.clone() } else { header::letters(at) },
                field: PlanField::ALL.iter().find(is_it).copied(),
                samples: Vec::new(),
            });
        }
        each(spool, *last, |row| {
            for (cell, column) in row.cells().zip(&mut columns) {
                if !cell.is_blank() && column.samples.len() < SAMPLES {
                    column.samples.push(super::sanitize::text(&cell.text()).into_owned());
                }
            }
            let is_enough = columns.iter().all(|column| column.samples.len() == SAMPLES);
            let goes_on = row.number < header.last() + SAMPLED && !is_enough;
            if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        columns.retain(|column| !column.header.is_empty() || column.field.is_some());
        Ok(columns)
    }

    /// The header of a column of a stage, where a row has several.
    pub fn stage_column(&self, milestone: &str, field: PlanField) -> Option<String> {
        let rows = self.rows.borrow();
        let stages = &rows.reader.header().stages;
        let stage = stages.iter().find(|stage| stage.name == milestone)?;
        stage.columns.column(field).map(|column| column.name.clone())
    }
}

/// Hands out the rows up to the last of the list, until `take` breaks off.
fn each(
    spool: &mut Spool,
    last: u32,
    mut take: impl FnMut(&Row) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    spool.each(|row| if row.number > last { ControlFlow::Break(()) } else { take(row) })
}

/// The rows without a bad cell.
impl PlanRows for PlanList {
    fn count(&self) -> usize {
        self.total - self.bad_rows
    }

    fn named_keys(&self) -> HashSet<String> {
        self.named_keys.clone()
    }

    fn each(&self, take: &mut dyn FnMut(PlanRow) -> Written<()>) -> Written<()> {
        let mut rows = self.rows.borrow_mut();
        let Rows { spool, last, reader } = &mut *rows;
        let mut taken = Ok(());
        each(spool, *last, |row| {
            // A row with a bad cell is told of in `errors`.
            taken = reader.row(row).into_iter().flatten().try_for_each(&mut *take);
            if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .map_err(|why| Error::Read { file: self.file.clone(), why: Box::new(why) })?;
        taken
    }
}

/// Where a list stands.
struct Found {
    sheet: String,
    header: Header,
    /// What a line above the header says amounts are counted in, with its number.
    unit: Option<(Unit, u32)>,
    /// The day as of which a line above the header says the list is, likewise.
    as_of: Option<(NaiveDate, u32)>,
}

/// The sheet asked for, else the first with a header.
fn find(
    document: &mut Document,
    mapping: &Mapping,
    wanted: Option<&str>,
    layout: Option<&Layout>,
) -> Result<Found, ReadError> {
    let mut best: Option<header::Miss> = None;
    for sheet in candidates(document, wanted)? {
        let mut top = top(document, &sheet)?;
        if let Some(layout) = layout {
            for row in &mut top {
                layout::head_groups(layout, row);
            }
        }
        if top.is_empty() {
            continue;
        }
        match Header::find(&top, mapping) {
            Ok(header) => {
                let titles = || top.iter().take_while(|row| row.number < header.first());
                let unit = titles().find_map(|row| {
                    let unit = row.cells().find_map(|cell| Unit::told(&cell.text()))?;
                    Some((unit, row.number))
                });
                let as_of = titles().find_map(|row| Some((dates::as_of(row)?, row.number)));
                return Ok(Found { sheet, header, unit, as_of });
            }
            Err(miss) => {
                if best.as_ref().is_none_or(|best| miss.score > best.score) {
                    best = Some(miss);
                }
            }
        }
    }
    Err(best.map_or(ReadError::Empty, |miss| miss.error))
}

/// The layout a list is read by, and the options with what it says.
fn choose<'o>(
    document: &mut Document,
    options: &'o PlanOptions,
) -> Result<(Option<&'o Layout>, PlanOptions), ReadError> {
    if options.layout.as_deref() != Some(layout::NONE) {
        for sheet in candidates(document, options.sheet.as_deref())? {
            let top = top(document, &sheet)?;
            if let Some((layout, options)) = options.layouts.choose(&top, options) {
                return Ok((Some(layout), options));
            }
        }
    }
    Ok((None, options.clone()))
}

/// The rows in which a header is looked for.
pub(in crate::exchange) fn top(
    document: &mut Document,
    sheet: &str,
) -> Result<Vec<Row>, ReadError> {
    let mut top = Vec::new();
    document.rows(sheet, &mut |row| {
        top.push(row.clone());
        let enough = top.len() == header::DEPTH;
        Ok(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok(top)
}

/// The sheets a list may stand in.
pub(in crate::exchange) fn candidates(
    document: &Document,
    wanted: Option<&str>,
) -> Result<Vec<String>, ReadError> {
    let sheets = document.sheets();
    match (document, wanted) {
        (Document::Text(_), None) => Ok(vec![String::new()]),
        (Document::Text(_), Some(wanted)) => Err(unknown_sheet(wanted, sheets)),
        (Document::Workbook(_), Some(wanted)) => match pick(&sheets, wanted) {
            Some(sheet) => Ok(vec![sheet.clone()]),
            None => Err(unknown_sheet(wanted, sheets)),
        },
        (Document::Workbook(_), None) => Ok(sheets),
    }
}

fn pick<'a>(sheets: &'a [String], wanted: &str) -> Option<&'a String> {
    let named = |sheet: &&String| sheet.trim() == wanted.trim();
    sheets.iter().find(named).or_else(|| {
        let number: usize = wanted.trim().parse().ok()?;
        sheets.get(number.checked_sub(1)?)
    })
}

fn unknown_sheet(wanted: &str, known: Vec<String>) -> ReadError {
    ReadError::UnknownSheet { wanted: wanted.to_owned(), known }
}

#[cfg(test)]
mod tests;
