//! Finding the header, and what each of its columns is.

use super::columns;
use super::mapping::{self, Mapping};
use super::units::Unit;
use crate::domain::normalize::normalize;
use crate::domain::plan::field::PlanField;
use crate::error::list::ReadError;
use crate::exchange::sanitize;
use crate::exchange::sheet::Row;

/// How many rows are looked at for a header.
pub const DEPTH: usize = 40;

/// Columns looked at, and characters of each header: what is longer is a sentence or no list at all.
const COLUMNS: usize = 1_024;
const LONGEST: usize = 120;

/// Headers that are named where none fits.
const NAMED: usize = 40;

/// One of each group must be there. A share of the contract amount does for an amount.
const REQUIRED: [&[PlanField]; 3] = [
    &[PlanField::Customer, PlanField::CustomerName],
    &[PlanField::Amount, PlanField::Percent],
    &[PlanField::Key, PlanField::Milestone],
];

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place, from 0.
    pub index: usize,
    /// Its header as it stands there, cleaned.
    pub name: String,
    /// What its amounts are counted in, if its header says so.
    pub unit: Option<Unit>,
}

/// A header that was found.
#[derive(Debug)]
pub struct Header {
    /// The row itself.
    pub row: Row,
    /// By field, in the order of [`PlanField::ALL`].
    columns: Vec<Option<Column>>,
    /// Headers of the columns that are not read.
    pub ignored: Vec<String>,
}

/// No header; the likelier a row was meant as one, the higher its score.
pub struct Miss {
    /// How many of its cells were recognised.
    pub score: usize,
    /// What is wrong with it.
    pub error: ReadError,
}

impl Header {
    /// The first row that has what a list must have.
    pub fn find(rows: &[Row], mapping: &Mapping) -> Result<Self, Miss> {
        let mut best: Option<Miss> = None;
        let width = rows.iter().map(Row::width).max().unwrap_or_default();
        for row in rows {
            match Candidate::new(row, width, mapping).judge() {
                Ok(header) => return Ok(header),
                // Everything is there, only twice: no later row is more of a header.
                Err(miss) if matches!(miss.error, ReadError::TwoColumns { .. }) => {
                    return Err(miss);
                }
                Err(miss) => {
                    if best.as_ref().is_none_or(|best| miss.score > best.score) {
                        best = Some(miss);
                    }
                }
            }
        }
        Err(best.unwrap_or(Miss { score: 0, error: ReadError::Empty }))
    }

    /// The column of a field.
    pub fn column(&self, field: PlanField) -> Option<&Column> {
        self.columns.get(field as usize).and_then(Option::as_ref)
    }

    /// Each field that is read, with its header.
    pub fn mapped(&self) -> Vec<(PlanField, String)> {
        let all = PlanField::ALL.iter();
        all.filter_map(|&field| Some((field, self.column(field)?.name.clone()))).collect()
    }
}

/// A row, as a header.
struct Candidate<'a> {
    row: &'a Row,
    names: Vec<String>,
    mapping: &'a Mapping,
    /// By field: the columns that could be it.
    claims: Vec<Vec<usize>>,
    /// Mapped headers the row does not have.
    unknown: Vec<&'a str>,
}

impl<'a> Candidate<'a> {
    /// `width` is that of the rows around it: a column may have no header, and be mapped by its letter.
    fn new(row: &'a Row, width: usize, mapping: &'a Mapping) -> Self {
        let mut names: Vec<String> =
            row.cells().map(|cell| name(&cell.text())).take(COLUMNS).collect();
        names.resize(width.min(COLUMNS), String::new());
        let mut candidate = Self {
            row,
            names,
            mapping,
            claims: vec![Vec::new(); PlanField::ALL.len()],
            unknown: Vec::new(),
        };
        candidate.map();
        candidate.recognise();
        candidate
    }

    fn map(&mut self) {
        for (field, name) in &self.mapping.0 {
            let columns = mapping::columns(&self.names, name);
            if columns.is_empty() {
                self.unknown.push(name);
            }
            if let Some(claim) = self.claims.get_mut(*field as usize) {
                *claim = columns;
            }
        }
    }

    /// A mapped column is that and nothing else; a mapped field is not looked for.
    fn recognise(&mut self) {
        let taken: Vec<usize> = self.claims.iter().flatten().copied().collect();
        let mut ranks = vec![u8::MAX; PlanField::ALL.len()];
        for (index, name) in self.names.iter().enumerate() {
            if taken.contains(&index) {
                continue;
            }
            for (field, rank) in Name::of(name).meanings {
                if self.mapping.field(field) {
                    continue;
                }
                let (Some(best), Some(claim)) =
                    (ranks.get_mut(field as usize), self.claims.get_mut(field as usize))
                else {
                    continue;
                };
                if rank < *best {
                    claim.clear();
                    *best = rank;
                }
                if rank == *best {
                    claim.push(index);
                }
            }
        }
    }

    fn has(&self, field: PlanField) -> bool {
        self.claims.get(field as usize).is_some_and(|claim| !claim.is_empty())
    }

    fn missing(&self) -> Vec<&'static [PlanField]> {
        let found = |group: &[PlanField]| {
            group.iter().any(|&field| {
                self.has(field)
                    && (field != PlanField::Percent || self.has(PlanField::ContractAmount))
            })
        };
        REQUIRED.into_iter().filter(|group| !found(group)).collect()
    }

    fn judge(self) -> Result<Header, Miss> {
        let mut columns: Vec<usize> = self.claims.iter().flatten().copied().collect();
        columns.sort_unstable();
        columns.dedup();
        let score = columns.len();
        let miss = |error| Miss { score, error };
        let seen = || {
            let names = self.names.iter().filter(|name| !name.is_empty());
            names.take(NAMED).cloned().collect()
        };
        if let Some(header) = self.unknown.first() {
            return Err(miss(ReadError::UnknownHeader {
                header: (*header).to_owned(),
                known: seen(),
            }));
        }
        let missing = self.missing();
        if !missing.is_empty() {
            return Err(miss(ReadError::NoHeader { missing, seen: seen() }));
        }
        for (&field, claim) in PlanField::ALL.iter().zip(&self.claims) {
            if claim.len() > 1 {
                let headers = claim.iter().map(|&i| self.lettered(i)).collect();
                return Err(miss(ReadError::TwoColumns { field, headers }));
            }
        }
        Ok(self.header())
    }

    fn lettered(&self, index: usize) -> String {
        let name = self.names.get(index).map_or("", String::as_str);
        format!("{name} ({})", letters(index))
    }

    fn header(self) -> Header {
        let column = |&index: &usize| {
            let name = self.names.get(index)?;
            let unit = Name::of(name).unit;
            let name = if name.is_empty() { letters(index) } else { name.clone() };
            Some(Column { index, name, unit })
        };
        let columns: Vec<Option<Column>> =
            self.claims.iter().map(|claim| claim.first().and_then(column)).collect();
        let read = |index: usize| columns.iter().flatten().any(|column| column.index == index);
        let ignored = self
            .names
            .iter()
            .enumerate()
            .filter(|(index, name)| !name.is_empty() && !read(*index))
            .map(|(_, name)| name.clone())
            .collect();
        Header { row: self.row.clone(), columns, ignored }
    }
}

/// A header, cleaned and no longer than one can be.
fn name(text: &str) -> String {
    let start: String = text.chars().take(LONGEST * 4).collect();
    sanitize::text(&start).chars().take(LONGEST).collect()
}

/// A header cell taken apart.
struct Name {
    meanings: Vec<(PlanField, u8)>,
    unit: Option<Unit>,
}

impl Name {
    /// `应收金额（万元） *` is the name 应收金额, counted in 万; brackets that are neither a unit nor a remark belong
    /// to the name.
    fn of(header: &str) -> Self {
        let (mut name, mut inside) = (String::new(), String::new());
        let mut unit = None;
        let mut depth = 0_usize;
        for c in normalize(header).chars() {
            match c {
                '(' | '[' | '{' | '【' | '〔' | '「' => depth += 1,
                ')' | ']' | '}' | '】' | '〕' | '」' => {
                    depth = depth.saturating_sub(1);
                    match Unit::parse(&inside) {
                        _ if Unit::is_remark(&inside) => {}
                        Some(found) => unit = Some(found),
                        None => name.push_str(&inside),
                    }
                    inside.clear();
                }
                ' ' | '_' | '-' | '.' | ':' | '*' | '#' | '\'' | '"' | '、' | ',' => {}
                '/' if depth == 0 => {}
                c if depth > 0 => inside.push(c),
                c => name.push(c),
            }
        }
        name.push_str(&inside);
        let meanings = columns::meanings(&name);
        if !meanings.is_empty() {
            return Self { meanings, unit };
        }
        Self::with_unit_at_end(&name).unwrap_or(Self { meanings, unit })
    }

    fn with_unit_at_end(name: &str) -> Option<Self> {
        name.char_indices().skip(1).find_map(|(at, _)| {
            let (name, rest) = name.split_at(at);
            let unit = Some(Unit::parse(rest)?);
            let meanings = columns::meanings(name);
            (!meanings.is_empty()).then_some(Self { meanings, unit })
        })
    }
}

/// A column's letters as a spreadsheet shows them: 0 is `A`, 26 is `AA`.
pub fn letters(index: usize) -> String {
    let mut rest = index + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.extend(u8::try_from(rest % 26).ok().map(|n| char::from(b'A' + n)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
