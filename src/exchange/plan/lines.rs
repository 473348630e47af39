//! Which lines below the header are rows of the list, and which are totals, repeated headers or a footer.

use super::header::Header;
use super::words;
use crate::domain::money;
use crate::domain::plan::field::PlanField;
use crate::exchange::sheet::{Cell, Grid, Row};

/// The lines below a header.
pub struct Lines<'a> {
    pub data: Vec<&'a Row>,
    /// Numbers of lines that are sums.
    pub totals: Vec<u32>,
    /// Numbers of lines below the list that are no part of it: who made it, what to mind.
    pub footer: Vec<u32>,
}

pub fn sort<'a>(grid: &'a Grid, header: &Header) -> Lines<'a> {
    let heading = grid.rows.iter().find(|row| row.number == header.number);
    let repeats = |row: &Row| heading.is_some_and(|heading| heading.cells == row.cells);
    let mut lines = Lines { data: Vec::new(), totals: Vec::new(), footer: Vec::new() };
    for row in grid.rows.iter().filter(|row| row.number > header.number) {
        if is_total(row, header) {
            lines.totals.push(row.number);
        } else if !repeats(row) {
            lines.data.push(row);
        }
    }
    while let Some(row) = lines.data.pop_if(|row| is_footer(row, header)) {
        lines.footer.insert(0, row.number);
    }
    lines
}

fn has_any(row: &Row, header: &Header, fields: &[PlanField]) -> bool {
    let filled =
        |&field: &PlanField| header.column(field).and_then(|c| row.cell(c.index)).is_some();
    fields.iter().any(filled)
}

/// A line that says so and names no milestone, or one with nothing but numbers beside the word, if any. A customer
/// may be called Total: what has a milestone with a name, or a date, is a row.
fn is_total(row: &Row, header: &Header) -> bool {
    let word_in = |cell: &Cell| matches!(cell, Cell::Text(text) if words::is_total(text));
    let named = |fields: &[PlanField]| {
        fields.iter().any(|&field| {
            let cell = header.column(field).and_then(|column| row.cell(column.index));
            cell.is_some_and(|cell| !word_in(cell))
        })
    };
    let customer = named(&[PlanField::Customer, PlanField::CustomerName]);
    let milestone = named(&[PlanField::Key, PlanField::Milestone]);
    let mut filled = row.cells.iter().filter(|cell| !cell.is_blank());
    if row.cells.iter().any(word_in) {
        return !milestone || !customer && filled.all(|cell| word_in(cell) || is_number(cell));
    }
    !customer && !milestone && filled.all(is_number)
}

fn is_number(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if money::decimal(text.trim().trim_start_matches(['¥', '￥', '$'])).is_ok())
}

/// Nothing that makes a milestone: neither an amount nor a key, and not both a customer and a milestone.
fn is_footer(row: &Row, header: &Header) -> bool {
    use PlanField as F;
    let customer = has_any(row, header, &[F::Customer, F::CustomerName]);
    let milestone = has_any(row, header, &[F::Milestone]);
    let is_row = has_any(row, header, &[F::Key, F::Amount, F::Percent]) || customer && milestone;
    !is_row
}

/// Writes the value of a cell merged over several rows into each of them, in the columns about customer and contract;
/// an amount merged over rows is one amount, not several.
pub fn fill_merged(grid: &mut Grid, header: &Header) {
    let columns: Vec<usize> = PlanField::ALL
        .iter()
        .filter(|field| field.is_shared())
        .filter_map(|&field| Some(header.column(field)?.index))
        .collect();
    for area in std::mem::take(&mut grid.merged) {
        if area.first <= header.number || !columns.contains(&area.column) {
            continue;
        }
        let start = grid.rows.partition_point(|row| row.number < area.first);
        let end = grid.rows.partition_point(|row| row.number <= area.last);
        let Some([first, rest @ ..]) = grid.rows.get_mut(start..end) else {
            continue;
        };
        let Some(value) = first.cell(area.column).filter(|_| first.number == area.first).cloned()
        else {
            continue;
        };
        for row in rest {
            if row.cells.len() <= area.column {
                row.cells.resize(area.column + 1, Cell::Text(String::new()));
            }
            if let Some(cell) = row.cells.get_mut(area.column) {
                *cell = value.clone();
            }
        }
    }
}
