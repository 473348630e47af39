//! Finding the header, in one row or two, and what each of its columns is.

use self::stages::StageClaim;
use super::columns;
use super::mapping::{self, Mapping};
use super::units::Unit;
use crate::domain::normalize::normalize;
use crate::domain::plan::field::PlanField;
use crate::error::list::ReadError;
use crate::exchange::sanitize;
use crate::exchange::sheet::{Cell, Row};

mod stages;

/// How many rows are looked at for a header.
pub const DEPTH: usize = 40;

/// Columns looked at, and characters of each header: what is longer is a sentence or no list at all.
const COLUMNS: usize = 1_024;
const LONGEST: usize = 120;

/// Headers that are named where none fits.
pub const NAMED: usize = 40;

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

/// Columns by field, in the order of [`PlanField::ALL`].
#[derive(Debug)]
pub struct Columns(Vec<Option<Column>>);

impl Columns {
    /// The column of a field.
    pub fn column(&self, field: PlanField) -> Option<&Column> {
        self.0.get(field as usize).and_then(Option::as_ref)
    }

    /// Each field that is read, with its header.
    pub fn mapped(&self) -> Vec<(PlanField, String)> {
        let all = PlanField::ALL.iter();
        all.filter_map(|&field| Some((field, self.column(field)?.name.clone()))).collect()
    }

    /// Every column that is read.
    pub fn iter(&self) -> impl Iterator<Item = &Column> {
        self.0.iter().flatten()
    }
}

/// The columns of one stage of a list that has one row a project.
#[derive(Debug)]
pub struct StageColumns {
    /// What its milestones are called.
    pub name: String,
    pub columns: Columns,
}

/// A header that was found.
#[derive(Debug)]
pub struct Header {
    /// Its row, or its two where names stand over names.
    pub rows: Vec<Row>,
    columns: Columns,
    /// Of a list with one row a project: its stages, each a milestone of the row.
    pub stages: Vec<StageColumns>,
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
    /// The first row, or the first two, that have what a list must have.
    pub fn find(rows: &[Row], mapping: &Mapping) -> Result<Self, Miss> {
        let mut best: Option<Miss> = None;
        let width = rows.iter().map(Row::width).max().unwrap_or_default();
        for (at, row) in rows.iter().enumerate() {
            let below = rows.get(at + 1).filter(|below| below.number == row.number + 1);
            let two = below.and_then(|below| Candidate::of_two(row, below, width, mapping));
            for candidate in two.into_iter().chain([Candidate::of_one(row, width, mapping)]) {
                match candidate.judge() {
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
        }
        Err(best.unwrap_or(Miss { score: 0, error: ReadError::Empty }))
    }

    /// Number of its first row.
    pub fn first(&self) -> u32 {
        self.rows.first().map_or(0, |row| row.number)
    }

    /// Number of its last row.
    pub fn last(&self) -> u32 {
        self.rows.last().map_or(0, |row| row.number)
    }

    /// The column of a field that a row has once.
    pub fn column(&self, field: PlanField) -> Option<&Column> {
        self.columns.column(field)
    }

    /// Every column of a field: that of the row, and those of its stages.
    pub fn columns(&self, field: PlanField) -> impl Iterator<Item = &Column> {
        let stages = self.stages.iter().filter_map(move |stage| stage.columns.column(field));
        self.column(field).into_iter().chain(stages)
    }

    /// Each field that is read once a row, with its header.
    pub fn mapped(&self) -> Vec<(PlanField, String)> {
        self.columns.mapped()
    }
}

/// What stands above a column.
#[derive(Debug, Default)]
struct Heading {
    /// The name over several columns, and the first of these; of a header in two rows only.
    upper: Option<(String, usize)>,
    /// The column's own name.
    own: String,
}

impl Heading {
    fn shown(&self) -> String {
        match &self.upper {
            Some((upper, _)) => format!("{upper} / {}", self.own),
            None => self.own.clone(),
        }
    }

    /// What both names say together, else the lower one, else the upper.
    fn name(&self) -> Name {
        let own = Name::of(&self.own);
        let Some((upper, _)) = &self.upper else {
            return own;
        };
        let upper_name = Name::of(upper);
        let unit = own.unit.or(upper_name.unit);
        let both = Name::of(&format!("{upper}{}", self.own));
        let ranked = [(both, 0), (own, 4), (upper_name, 8)];
        let known = ranked.into_iter().find(|(name, _)| !name.meanings.is_empty());
        let (mut name, behind) = known.unwrap_or_else(|| (Name::of(&self.own), 0));
        for (_, rank) in &mut name.meanings {
            *rank += behind;
        }
        Name { unit, ..name }
    }
}

/// A row or two, as a header.
struct Candidate<'a> {
    rows: Vec<&'a Row>,
    headings: Vec<Heading>,
    mapping: &'a Mapping,
    /// By field: the columns that could be it.
    claims: Vec<Vec<usize>>,
    /// The stages of a list with one row a project.
    stages: Vec<StageClaim>,
    /// Mapped headers the row does not have.
    unknown: Vec<&'a str>,
}

/// The names of a row, as many as there are columns.
pub fn names(row: &Row, width: usize) -> Vec<String> {
    let mut names: Vec<String> = row.cells().map(|cell| name(&cell.text())).take(COLUMNS).collect();
    names.resize(width.min(COLUMNS), String::new());
    names
}

impl<'a> Candidate<'a> {
    /// `width` is that of the rows around it: a column may have no header, and be mapped by its letter.
    fn of_one(row: &'a Row, width: usize, mapping: &'a Mapping) -> Self {
        let names = names(row, width).into_iter();
        Self::new(vec![row], names.map(|own| Heading { upper: None, own }).collect(), mapping)
    }

    /// Two rows of which the upper one names groups of columns: no number stands in the lower one, it has names of its
    /// own below a name of the upper, and the upper one tells something that the lower does not.
    fn of_two(upper: &'a Row, lower: &'a Row, width: usize, mapping: &'a Mapping) -> Option<Self> {
        if lower.cells().any(holds_value) {
            return None;
        }
        let mut over: Option<(String, usize)> = None;
        let (mut headings, mut reaches, mut tells) = (Vec::new(), false, false);
        let pairs = names(upper, width).into_iter().zip(names(lower, width)).enumerate();
        for (index, (upper, own)) in pairs {
            let begins = !upper.is_empty();
            if begins {
                let upper = Name::of(&upper);
                let is_stage = !own.is_empty() && stages::is_stage(&upper.folded);
                tells |= !upper.meanings.is_empty() || is_stage;
            }
            if begins {
                over = Some((upper.clone(), index)).filter(|_| !own.is_empty());
            }
            headings.push(match &over {
                Some(over) if !own.is_empty() => {
                    reaches |= !begins;
                    Heading { upper: Some(over.clone()), own }
                }
                Some(_) | None => Heading { upper: None, own: if begins { upper } else { own } },
            });
        }
        let own = headings.iter().filter(|heading| heading.upper.is_some());
        let named = own.filter(|heading| !Name::of(&heading.own).meanings.is_empty()).count();
        let is_header = reaches && named >= 2 && tells;
        let two = is_header.then(|| Self::new(vec![upper, lower], headings, mapping))?;
        // A line above a header that tells nothing of its columns may tell a unit or a day.
        let adds =
            !two.stages.is_empty() || two.claims != Self::of_one(lower, width, mapping).claims;
        adds.then_some(two)
    }

    fn new(rows: Vec<&'a Row>, headings: Vec<Heading>, mapping: &'a Mapping) -> Self {
        let mut candidate = Self {
            rows,
            headings,
            mapping,
            claims: vec![Vec::new(); PlanField::ALL.len()],
            stages: Vec::new(),
            unknown: Vec::new(),
        };
        candidate.map();
        candidate.recognise();
        candidate
    }

    fn map(&mut self) {
        let upper = |heading: &Heading| match &heading.upper {
            Some((upper, _)) => upper.clone(),
            None => String::new(),
        };
        let mut levels: Vec<Vec<String>> = vec![self.headings.iter().map(Heading::shown).collect()];
        if self.rows.len() > 1 {
            levels.push(self.headings.iter().map(|heading| heading.own.clone()).collect());
            levels.push(self.headings.iter().map(upper).collect());
        }
        for (field, name) in &self.mapping.0 {
            let columns = mapping::columns(&levels, name);
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
        let named = |(index, heading): (usize, &Heading)| {
            if taken.contains(&index) { Name::default() } else { heading.name() }
        };
        let names: Vec<Name> = self.headings.iter().enumerate().map(named).collect();
        self.stages = stages::find(&self.headings, &names, self.mapping);
        let of_stages: Vec<usize> =
            self.stages.iter().flat_map(|stage| stage.columns.values().copied()).collect();
        let mut ranks = vec![u8::MAX; PlanField::ALL.len()];
        for (index, name) in names.iter().enumerate() {
            if of_stages.contains(&index) {
                continue;
            }
            for &(field, rank) in &name.meanings {
                if self.mapping.field(field) || !self.stages.is_empty() && !stages::is_of_row(field)
                {
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

    /// Stages stand for amount and milestone.
    fn missing(&self) -> Vec<&'static [PlanField]> {
        let found = |group: &[PlanField]| {
            group.iter().any(|&field| {
                self.has(field)
                    && (field != PlanField::Percent || self.has(PlanField::ContractAmount))
            })
        };
        let needed = if self.stages.is_empty() { REQUIRED.len() } else { 1 };
        REQUIRED.into_iter().take(needed).filter(|group| !found(group)).collect()
    }

    fn judge(self) -> Result<Header, Miss> {
        let mut columns: Vec<usize> = self.claims.iter().flatten().copied().collect();
        columns.extend(self.stages.iter().flat_map(|stage| stage.columns.values()));
        columns.sort_unstable();
        columns.dedup();
        let score = columns.len();
        let miss = |error| Miss { score, error };
        let seen = || {
            let names = self.headings.iter().map(Heading::shown).filter(|name| !name.is_empty());
            names.take(NAMED).collect()
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

    fn shown(&self, index: usize) -> String {
        self.headings.get(index).map_or_else(String::new, Heading::shown)
    }

    fn lettered(&self, index: usize) -> String {
        format!("{} ({})", self.shown(index), letters(index))
    }

    fn column(&self, index: usize) -> Option<Column> {
        let unit = self.headings.get(index)?.name().unit;
        let shown = self.shown(index);
        let twice = self.headings.iter().filter(|heading| heading.shown() == shown).count() > 1;
        let name = match (shown.is_empty(), twice && !self.stages.is_empty()) {
            (true, _) => letters(index),
            (false, true) => self.lettered(index),
            (false, false) => shown,
        };
        Some(Column { index, name, unit })
    }

    fn header(self) -> Header {
        let claimed = |claim: &Vec<usize>| claim.first().and_then(|&index| self.column(index));
        let columns = Columns(self.claims.iter().map(claimed).collect());
        let stages: Vec<StageColumns> = self
            .stages
            .iter()
            .map(|stage| {
                let column = |field| self.column(*stage.columns.get(field)?);
                let columns = Columns(PlanField::ALL.iter().map(column).collect());
                StageColumns { name: stage.name.clone(), columns }
            })
            .collect();
        let all = || columns.iter().chain(stages.iter().flat_map(|stage| stage.columns.iter()));
        let read = |index: usize| all().any(|column| column.index == index);
        let ignored = (0..self.headings.len())
            .filter(|&index| !read(index))
            .map(|index| self.shown(index))
            .filter(|name| !name.is_empty())
            .collect();
        let rows = self.rows.into_iter().cloned().collect();
        Header { rows, columns, stages, ignored }
    }
}

/// Whether a cell holds a number or a day, as no header does.
fn holds_value(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Date(_) => true,
        Cell::Text(text) => {
            text.trim().starts_with(|c: char| c.is_ascii_digit() || "-+¥￥$".contains(c))
        }
    }
}

/// A header, cleaned and no longer than one can be.
pub fn name(text: &str) -> String {
    let start: String = text.chars().take(LONGEST * 4).collect();
    sanitize::text(&start).chars().take(LONGEST).collect()
}

/// A header cell taken apart.
#[derive(Debug, Default)]
struct Name {
    /// Without blanks, signs, unit and remark.
    folded: String,
    meanings: Vec<(PlanField, u8)>,
    unit: Option<Unit>,
}

/// `应收金额（万元） *` is the name 应收金额, counted in 万; brackets that are neither a unit nor a remark belong to the
/// name.
pub fn folded(header: &str) -> (String, Option<Unit>) {
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
    (name, unit)
}

impl Name {
    fn of(header: &str) -> Self {
        let (name, unit) = folded(header);
        let meanings = columns::meanings(&name);
        if !meanings.is_empty() {
            return Self { folded: name, meanings, unit };
        }
        Self::with_unit_at_end(&name).unwrap_or(Self { folded: name, meanings, unit })
    }

    fn with_unit_at_end(name: &str) -> Option<Self> {
        name.char_indices().skip(1).find_map(|(at, _)| {
            let (name, rest) = name.split_at(at);
            let unit = Some(Unit::parse(rest)?);
            let meanings = columns::meanings(name);
            (!meanings.is_empty()).then(|| Self { folded: name.to_owned(), meanings, unit })
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
