//! Total rows, compared with what was read above them.

use std::collections::BTreeMap;

use super::header::Header;
use super::rows::Reader;
use super::words;
use crate::domain::plan::PlanRow;
use crate::domain::plan::field::PlanField;
use crate::error::list::{Note, TotalRow};
use crate::exchange::sheet::Row;

/// Columns whose sums are compared.
const SUMMED: [PlanField; 2] = [PlanField::Amount, PlanField::Paid];

/// Totals that are compared, and told of one by one.
const KEPT: usize = 1_000;
const TOLD: usize = 20;

/// A total row: the cells of its summed columns, by column.
struct Listed {
    row: u32,
    cells: Vec<(usize, String)>,
    /// A sum of the rows since the total before.
    is_part: bool,
}

/// What rows come to in a column.
#[derive(Default)]
struct Sum {
    all: i64,
    /// As it was at each total row.
    before: Vec<i64>,
}

/// The total rows of a list, and the sums of its rows.
#[derive(Default)]
pub struct Totals {
    /// Numbers of all of them.
    pub rows: Vec<u32>,
    listed: Vec<Listed>,
    /// How many of them have been compared.
    reached: usize,
    /// By column.
    sums: BTreeMap<usize, Sum>,
    /// Those of the last total that agrees.
    agreeing: Vec<TotalRow>,
    differing: Vec<TotalRow>,
    /// Whether there are amounts of several currencies, whose sum means nothing.
    mixed: bool,
}

impl Totals {
    /// Notes a total row.
    pub fn push(&mut self, row: &Row, header: &Header) {
        self.rows.push(row.number);
        let columns = SUMMED.iter().flat_map(|&field| header.columns(field));
        let cell = |index| Some((index, row.cell(index)?.text().into_owned()));
        let cells: Vec<_> = columns.filter_map(|column| cell(column.index)).collect();
        if !cells.is_empty() && self.listed.len() < KEPT {
            let is_part = row.cells().any(|cell| words::is_part(&cell.text()));
            self.listed.push(Listed { row: row.number, cells, is_part });
        }
    }

    /// Adds a milestone that was read.
    pub fn add(&mut self, row: &PlanRow, reader: &Reader) {
        self.mixed |= row.currency != reader.currency();
        let header = reader.header();
        let stage = header.stages.iter().find(|stage| stage.name == row.milestone);
        for (field, amount) in [(PlanField::Amount, Some(row.amount)), (PlanField::Paid, row.paid)]
        {
            let own = stage.and_then(|stage| stage.columns.column(field));
            if let (Some(column), Some(amount)) = (own.or_else(|| header.column(field)), amount) {
                let sum = self.sums.entry(column.index).or_default();
                sum.all = sum.all.saturating_add(amount);
            }
        }
    }

    /// Compares the totals above a row with what was read so far: with all of it, or with what stands below any of the
    /// totals before.
    pub fn reach(&mut self, row: u32, reader: &Reader) {
        while let Some(listed) = self.listed.get(self.reached).filter(|l| l.row < row) {
            let mut agreeing = Vec::new();
            for (index, text) in &listed.cells {
                let mut columns = SUMMED.iter().flat_map(|&field| reader.header().columns(field));
                let column = columns.find(|column| column.index == *index);
                let Some((column, total)) =
                    column.and_then(|column| Some((column, reader.total(text, column)?)))
                else {
                    continue;
                };
                let Sum { all, before } = self.sums.entry(*index).or_default();
                let part = before.last().map_or(*all, |before| *all - before);
                let agrees = total == *all || before.iter().any(|before| total == *all - before);
                let compared = TotalRow {
                    row: listed.row,
                    column: column.name.clone(),
                    currency: reader.currency(),
                    listed: total,
                    read: match (agrees, listed.is_part) {
                        (true, _) => total,
                        (false, true) => part,
                        (false, false) => *all,
                    },
                };
                if agrees {
                    agreeing.push(compared);
                } else if self.differing.len() < TOLD {
                    self.differing.push(compared);
                }
            }
            if !agreeing.is_empty() {
                self.agreeing = agreeing;
            }
            for sum in self.sums.values_mut() {
                sum.before.push(sum.all);
            }
            self.reached += 1;
        }
    }

    /// What is to be said of them after the last row: where they differ, and the last that agrees.
    pub fn compared(mut self, reader: &Reader) -> Vec<Note> {
        self.reach(u32::MAX, reader);
        if self.mixed {
            return Vec::new();
        }
        let differing = self.differing.into_iter().map(Note::TotalDiffers);
        differing.chain(self.agreeing.into_iter().map(Note::TotalAgrees)).collect()
    }
}
