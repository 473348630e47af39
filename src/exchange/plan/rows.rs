//! Rows of cells into typed rows; each bad cell is an error with its row, column and value.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::amounts::{minor, share};
use super::dates::Dates;
use super::header::{Column, Header, StageColumns};
use super::units::{self, Unit};
use super::words;
use crate::domain::due::{Basis, DueRule};
use crate::domain::kinds::Stage;
use crate::domain::money;
use crate::domain::plan::PlanRow;
use crate::domain::plan::field::PlanField;
use crate::domain::terms::told_rule;
use crate::error::list::{CellError, CellProblem, Note};
use crate::exchange::sanitize;
use crate::exchange::sheet::{Cell, Row};
use crate::text::stages::{stage_named, stage_told};

use PlanField as F;

/// Characters of the longest text cell; only a note or a condition may be longer.
const TEXT: usize = 200;
const NOTE: usize = 2000;

/// Characters of a bad cell that are shown.
const SHOWN: usize = 80;

/// Words for a due date that is not agreed yet.
const UNDECIDED: [&str; 4] = ["待定", "未定", "另定", "TBD"];

/// Stages and conditions nobody understands that are worth naming.
const NAMED: usize = 10;

/// How the rows of a list are read.
#[derive(Debug)]
pub struct Reader {
    header: Header,
    dates: Dates,
    /// Of rows that name none.
    currency: Currency,
    /// Of amounts whose header names none.
    unit: Unit,
    /// Whether bare numbers in the percent column count per cent.
    percents: bool,
    /// Stages nobody knows.
    stages: BTreeSet<String>,
    /// Conditions that tell no rule.
    conditions: BTreeSet<String>,
}

impl Reader {
    pub fn new(
        header: Header,
        dates: Dates,
        currency: Option<Currency>,
        unit: Unit,
        percents: bool,
    ) -> Self {
        let named = header.columns(F::Amount).find_map(|column| column.unit?.currency);
        let currency = currency.or(named).or(unit.currency).unwrap_or(Currency::CNY);
        Self {
            header,
            dates,
            currency,
            unit,
            percents,
            stages: BTreeSet::new(),
            conditions: BTreeSet::new(),
        }
    }

    /// What was concluded from the rows read.
    pub fn notes(&mut self) -> Vec<Note> {
        let mut notes = Vec::new();
        if self.dates.used {
            notes.push(Note::Dates(self.dates.order));
        }
        if self.header.column(F::Currency).is_none() {
            notes.push(Note::Currency(self.currency));
        }
        if !self.stages.is_empty() {
            notes.push(Note::UnknownStages(std::mem::take(&mut self.stages).into_iter().collect()));
        }
        if !self.conditions.is_empty() {
            let texts = std::mem::take(&mut self.conditions);
            notes.push(Note::Conditions(texts.into_iter().collect()));
        }
        notes
    }

    /// The milestones of a row, each of them or its bad cells: one, or one for each of its stages that has an amount
    /// or anything else.
    pub fn row(&mut self, row: &Row) -> Vec<Result<PlanRow, Vec<CellError>>> {
        if self.header.stages.is_empty() {
            return vec![self.milestone(row, None)];
        }
        let stages = 0..self.header.stages.len();
        let mut milestones = Vec::new();
        for stage in stages {
            if self.has(row, stage) {
                milestones.push(self.milestone(row, Some(stage)));
            }
        }
        milestones
    }

    fn has(&self, row: &Row, stage: usize) -> bool {
        let columns = self.header.stages.get(stage).into_iter().flat_map(|s| s.columns.iter());
        columns.filter_map(|column| row.cell(column.index)).any(|cell| {
            let text = cell.text();
            let is_nothing = words::is_placeholder(text.trim())
                || money::decimal(text.trim()).is_ok_and(|number| number.is_zero());
            !is_nothing
        })
    }

    fn milestone(&mut self, row: &Row, stage: Option<usize>) -> Result<PlanRow, Vec<CellError>> {
        let mut cells = Cells { reader: self, row, stage, errors: Vec::new() };
        let typed = cells.typed();
        let errors = cells.errors;
        typed.filter(|_| errors.is_empty()).ok_or(errors)
    }

    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// What a total row says of a column.
    pub fn total(&self, text: &str, column: &Column) -> Option<i64> {
        minor(text, column, self.unit, self.currency).ok()
    }

    pub const fn currency(&self) -> Currency {
        self.currency
    }
}

/// The cells of one row.
struct Cells<'r> {
    reader: &'r mut Reader,
    row: &'r Row,
    /// Of a list with one row a project.
    stage: Option<usize>,
    errors: Vec<CellError>,
}

impl<'r> Cells<'r> {
    fn typed(&mut self) -> Option<PlanRow> {
        let key = self.text(F::Key);
        let (customer, customer_name) = self.either(F::Customer, F::CustomerName);
        let name = match self.stage() {
            Some(stage) => Some(stage.name.clone()),
            None => self.text(F::Milestone),
        };
        let milestone = self.required(name.or_else(|| key.clone()), F::Milestone, F::Key);
        let currency = self.currency();
        let contract_amount =
            self.amount(F::ContractAmount, currency).filter(|&amount| amount != 0);
        let amount = self.due_amount(currency, contract_amount);
        let stage = self.stage_cell();
        let (due, condition) = (self.due(), self.text(F::Condition));
        // What a row says of all its stages is no rule for each.
        let is_own = self.stage().is_none_or(|stage| stage.columns.column(F::Condition).is_some());
        let told_due = condition.as_deref().filter(|_| due.is_none() && is_own);
        let told_due = told_due.and_then(|text| self.told_due(text));
        let (project, project_name) = (self.text(F::Project), self.text(F::ProjectName));
        let contract_no = self.text(F::ContractNo);
        let mut project = project.or_else(|| project_name.clone());
        if self.stage.is_some() {
            // Each row is a contract.
            project = project.or_else(|| contract_no.clone());
        }
        Some(PlanRow {
            row: self.row.number,
            contact_name: self.text(F::ContactName),
            contact_phone: self.text(F::ContactPhone),
            project,
            project_name,
            manager: self.text(F::Manager),
            contract_no,
            signed_on: self.day(F::SignedOn),
            agreed_on: self.day(F::AgreedOn),
            due,
            condition,
            told_due,
            planned_on: self.day(F::PlannedOn),
            delivered_on: self.day(F::DeliveredOn),
            accepted_on: self.day(F::AcceptedOn),
            invoice_no: self.text(F::InvoiceNo),
            invoiced_on: self.day(F::InvoicedOn),
            paid: self.paid(amount, currency),
            paid_on: self.day(F::PaidOn),
            disputed: self.yes_no(F::Disputed),
            written_off_on: self.day(F::WrittenOffOn),
            note: self.text(F::Note),
            key,
            customer: customer?,
            customer_name: customer_name?,
            contract_amount,
            guessed_stage: milestone.as_deref().filter(|_| stage.is_none()).and_then(stage_told),
            milestone: milestone?,
            stage,
            amount: amount?,
            currency,
        })
    }

    fn stage(&self) -> Option<&StageColumns> {
        self.reader.header.stages.get(self.stage?)
    }

    fn column(&self, field: PlanField) -> Option<&Column> {
        let own = self.stage().and_then(|stage| stage.columns.column(field));
        own.or_else(|| self.reader.header.column(field))
    }

    /// The column and what is in its cell, cleaned.
    fn cell(&self, field: PlanField) -> Option<(&Column, Cow<'r, str>)> {
        let column = self.column(field)?;
        let text = match self.row.cell(column.index)? {
            Cell::Text(text) => sanitize::text(text),
            Cell::Date(day) => day.to_string().into(),
        };
        (!text.is_empty() && !words::is_placeholder(&text)).then_some((column, text))
    }

    fn bad(&mut self, column: &str, value: &str, why: CellProblem) {
        let mut shown: String = value.chars().take(SHOWN).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        self.errors.push(CellError {
            row: self.row.number,
            column: column.to_owned(),
            value: shown,
            why,
        });
    }

    /// What `read` makes of the cell, or an error that names it.
    fn parsed<T>(
        &mut self,
        field: PlanField,
        read: impl FnOnce(&str, &Column) -> Result<T, CellProblem>,
    ) -> Option<T> {
        let (column, text) = self.cell(field)?;
        let result = if words::is_sheet_error(&text) {
            Err(CellProblem::SheetError)
        } else {
            read(&text, column)
        };
        match result {
            Ok(value) => Some(value),
            Err(why) => {
                let name = column.name.clone();
                self.bad(&name, &text, why);
                None
            }
        }
    }

    fn text(&mut self, field: PlanField) -> Option<String> {
        let limit = if matches!(field, F::Note | F::Condition) { NOTE } else { TEXT };
        self.parsed(field, |text, _| {
            if text.len() > limit && text.chars().count() > limit {
                return Err(CellProblem::TooLong { limit });
            }
            Ok(text.to_owned())
        })
    }

    /// A value the row cannot be without; the error points at the first of the two columns that is there.
    fn required(
        &mut self,
        value: Option<String>,
        field: PlanField,
        other: PlanField,
    ) -> Option<String> {
        if value.is_none() {
            let column = self.column(field).or_else(|| self.column(other));
            let name = column.map_or(field.code(), |column| column.name.as_str());
            let name = name.to_owned();
            if !self.errors.iter().any(|error| error.column == name) {
                self.bad(&name, "", CellProblem::Missing);
            }
        }
        value
    }

    /// Code and name, each standing in for the other.
    fn either(&mut self, code: PlanField, name: PlanField) -> (Option<String>, Option<String>) {
        let same = self.column(code).map(|c| c.index) == self.column(name).map(|c| c.index);
        let first = self.text(code);
        let second = if same { first.clone() } else { self.text(name) };
        let code = self.required(first.or_else(|| second.clone()), code, name);
        (code.clone(), second.or(code))
    }

    fn currency(&mut self) -> Currency {
        let read = |text: &str, _: &Column| units::currency(text).ok_or(CellProblem::Currency);
        self.parsed(F::Currency, read).unwrap_or(self.reader.currency)
    }

    /// An amount of 0 or more.
    fn amount(&mut self, field: PlanField, currency: Currency) -> Option<i64> {
        let unit = self.reader.unit;
        self.parsed(field, |text, column| {
            let amount = minor(text, column, unit, currency)?;
            if amount < 0 { Err(CellProblem::Negative) } else { Ok(amount) }
        })
    }

    /// What was paid, as the row says or as what is open of the amount tells.
    fn paid(&mut self, amount: Option<i64>, currency: Currency) -> Option<i64> {
        if self.cell(F::Paid).is_some() {
            return self.amount(F::Paid, currency);
        }
        let unit = self.reader.unit;
        self.parsed(F::Open, |text, column| {
            let open = minor(text, column, unit, currency)?;
            match amount.map(|amount| amount - open) {
                _ if open < 0 => Err(CellProblem::Negative),
                Some(paid) if paid < 0 => Err(CellProblem::OpenAboveAmount),
                paid => Ok(paid.filter(|paid| *paid > 0)),
            }
        })
        .flatten()
    }

    /// The milestone's amount, or its share of the contract amount.
    fn due_amount(&mut self, currency: Currency, contract: Option<i64>) -> Option<i64> {
        if self.cell(F::Amount).is_some() {
            let unit = self.reader.unit;
            return self.parsed(F::Amount, |text, column| {
                let amount = minor(text, column, unit, currency)?;
                if amount > 0 { Ok(amount) } else { Err(CellProblem::NotPositive) }
            });
        }
        let percents = self.reader.percents;
        if let (Some(contract), true) = (contract, self.cell(F::Percent).is_some()) {
            return self.parsed(F::Percent, |text, _| share(text, percents, contract));
        }
        self.required(None, F::Amount, F::Percent);
        None
    }

    fn day(&mut self, field: PlanField) -> Option<NaiveDate> {
        if let Some(day) = self.known_day(field) {
            return Some(day);
        }
        let dates = self.reader.dates;
        self.parsed(field, |text, _| {
            dates.read(text).unwrap_or(Err(CellProblem::Date(dates.order)))
        })
    }

    /// A day the workbook knows to be one.
    fn known_day(&self, field: PlanField) -> Option<NaiveDate> {
        match self.row.cell(self.column(field)?.index) {
            Some(Cell::Date(day)) => Some(day),
            _ => None,
        }
    }

    fn due(&mut self) -> Option<DueRule> {
        let fixed = |day| DueRule { basis: Basis::Fixed(day), roll: false };
        if let Some(day) = self.known_day(F::Due) {
            return Some(fixed(day));
        }
        let dates = self.reader.dates;
        let rule = self.parsed(F::Due, |text, _| match dates.read(text) {
            Some(day) => day.map(fixed),
            None if UNDECIDED.contains(&text) => Ok(DueRule::default()),
            // 待验收 is due with the acceptance.
            None => text.strip_prefix('待').unwrap_or(text).parse().map_err(CellProblem::Due),
        });
        rule.filter(|rule: &DueRule| rule.basis != Basis::None)
    }

    /// The rule a condition tells, if it reads as one that waits for no other milestone.
    fn told_due(&mut self, condition: &str) -> Option<DueRule> {
        let rule = told_rule(condition);
        if rule.is_none() {
            let shown: String = condition.chars().take(SHOWN).collect();
            remember(&mut self.reader.conditions, shown);
        }
        rule
    }

    /// What the cell names, else what the milestone's name tells.
    fn stage_cell(&mut self) -> Option<Stage> {
        let word = self.text(F::Stage)?;
        stage_named(&word).or_else(|| stage_told(&word)).or_else(|| {
            remember(&mut self.reader.stages, word);
            Some(Stage::Other)
        })
    }

    fn yes_no(&mut self, field: PlanField) -> Option<bool> {
        let column = self.column(field)?;
        // 无 is an answer here, elsewhere an empty cell.
        if self.row.cell(column.index)?.text().trim() == "无" {
            return Some(false);
        }
        self.parsed(field, |text, _| words::yes_no(text).ok_or(CellProblem::YesNo))
    }
}

/// Notes a word that is worth naming, as far as there is room.
fn remember(words: &mut BTreeSet<String>, word: String) {
    words.insert(word);
    if words.len() > NAMED {
        words.pop_last();
    }
}
