//! Which lines below the header are rows of the list, and which are totals, repeated headers or a footer.

use super::header::Header;
use super::totals::Totals;
use super::words;
use crate::domain::money;
use crate::domain::plan::field::PlanField;
use crate::exchange::sheet::{Cell, Merged, Row};

/// Sorts the lines of a sheet as they come.
pub struct Lines<'h> {
    header: &'h Header,
    filler: Filler,
    /// Lines that are sums.
    pub totals: Totals,
    /// Numbers of lines at the end so far that are no part of the list, if no row of it follows: who made it, what to
    /// mind.
    pub footer: Vec<u32>,
    /// Rows of the list so far, without such lines.
    pub count: usize,
    /// Number of the last of them.
    pub last: u32,
}

impl<'h> Lines<'h> {
    /// `merged` are the cells of the sheet that reach over several rows, by the first of them.
    pub fn new(header: &'h Header, merged: Vec<Merged>) -> Self {
        let filler = Filler::new(header, merged);
        Self { header, filler, totals: Totals::default(), footer: Vec::new(), count: 0, last: 0 }
    }

    /// Whether a line may be a row of the list; its cells are filled from those merged with them.
    pub fn takes(&mut self, row: &mut Row) -> bool {
        if row.number <= self.header.last() {
            return false;
        }
        self.filler.fill(row);
        if is_total(row, self.header) {
            self.totals.push(row, self.header);
            return false;
        }
        if self.header.rows.iter().any(|header| row.repeats(header)) {
            return false;
        }
        self.footer.push(row.number);
        if !is_footer(row, self.header) {
            self.count += self.footer.len();
            self.footer.clear();
            self.last = row.number;
        }
        true
    }
}

fn has_any(row: &Row, header: &Header, fields: &[PlanField]) -> bool {
    let mut columns = fields.iter().flat_map(|&field| header.columns(field));
    columns.any(|column| row.cell(column.index).is_some())
}

/// What names the milestone of a row, or its contract where each row is one.
const fn identifying(header: &Header) -> &'static [PlanField] {
    use PlanField as F;
    if header.stages.is_empty() {
        &[F::Key, F::Milestone]
    } else {
        &[F::Project, F::ProjectName, F::ContractNo]
    }
}

/// A line that says so and names no milestone, or one with nothing but numbers beside the word, if any. A customer
/// may be called Total: what has a milestone with a name, or a date, is a row.
fn is_total(row: &Row, header: &Header) -> bool {
    let word_in = |cell: Cell<'_>| matches!(cell, Cell::Text(text) if words::is_total(text));
    let named = |fields: &[PlanField]| {
        fields.iter().any(|&field| {
            let cell = header.column(field).and_then(|column| row.cell(column.index));
            cell.is_some_and(|cell| !word_in(cell))
        })
    };
    let customer = named(&[PlanField::Customer, PlanField::CustomerName]);
    let milestone = named(identifying(header));
    let mut filled = row.cells().filter(|cell| !cell.is_blank());
    if row.cells().any(word_in) {
        return !milestone || !customer && filled.all(|cell| word_in(cell) || is_number(cell));
    }
    !customer && !milestone && filled.all(is_number)
}

fn is_number(cell: Cell<'_>) -> bool {
    matches!(cell, Cell::Text(text) if money::decimal(text.trim().trim_start_matches(['¥', '￥', '$'])).is_ok())
}

/// Nothing that makes a milestone: neither an amount nor a key, and not both a customer and a milestone.
fn is_footer(row: &Row, header: &Header) -> bool {
    use PlanField as F;
    let customer = has_any(row, header, &[F::Customer, F::CustomerName]);
    let milestone = has_any(row, header, identifying(header));
    let is_row = has_any(row, header, &[F::Key, F::Amount, F::Percent]) || customer && milestone;
    !is_row
}

/// Writes the value of a cell merged over several rows into each of them, in the columns about customer and contract;
/// an amount merged over rows is one amount, not several.
struct Filler {
    /// Cells below, by their first row.
    ahead: std::iter::Peekable<std::vec::IntoIter<Merged>>,
    /// Cells whose first row has been seen, each with that row, which has the value.
    open: Vec<(Merged, Row)>,
}

impl Filler {
    fn new(header: &Header, mut merged: Vec<Merged>) -> Self {
        let fields = PlanField::ALL.iter().filter(|field| field.is_shared());
        let columns: Vec<usize> =
            fields.filter_map(|&field| Some(header.column(field)?.index)).collect();
        merged.retain(|area| area.first > header.last() && columns.contains(&area.column));
        Self { ahead: merged.into_iter().peekable(), open: Vec::new() }
    }

    fn fill(&mut self, row: &mut Row) {
        self.open.retain(|(area, _)| row.number <= area.last);
        for (area, first) in &self.open {
            if let Some(value) = first.cell(area.column) {
                row.set(area.column, value);
            }
        }
        while let Some(area) = self.ahead.next_if(|area| area.first <= row.number) {
            if area.first == row.number {
                self.open.push((area, row.clone()));
            }
        }
    }
}
