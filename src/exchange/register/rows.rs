//! Rows of cells into entries; each bad cell is an error with its row, column and value.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::header::Header;
use super::words;
use crate::domain::change::{BillDraft, ContactDraft, CustomerDraft, Deduction};
use crate::domain::kinds::Method;
use crate::domain::money::AmountError;
use crate::domain::register::{
    CustomerEntry, DEDUCTIONS, Entries, InvoiceEntry, InvoiceEntryLine, PaymentEntry, Register,
    RegisterField,
};
use crate::error::list::{CellError, CellProblem, ReadError};
use crate::exchange::plan::amounts::minor;
use crate::exchange::plan::dates::Dates;
use crate::exchange::plan::header::Column;
use crate::exchange::plan::units::{self, Unit};
use crate::exchange::plan::words::{is_placeholder, is_sheet_error};
use crate::exchange::sanitize;
use crate::exchange::sheet::{Cell, Row};

use RegisterField as F;

/// Characters of the longest text cell; only a note or the milestones of a payment may be longer.
const TEXT: usize = 200;
const NOTE: usize = 2_000;

/// Characters of a bad cell that are shown.
const SHOWN: usize = 80;

/// Bad cells that are told of one by one.
const TOLD: usize = 1_000;

/// Megabytes of the entries of one list; all of them are held.
const MEGABYTES: u64 = 64;

/// How the rows of a list are read, and what was read so far.
pub struct Reader {
    pub header: Header,
    pub dates: Dates,
    /// Of rows that name none.
    pub currency: Currency,
    /// Of amounts whose header names none.
    pub unit: Unit,
    pub entries: Entries,
    /// Place of each invoice among them, by its number.
    places: HashMap<String, usize>,
    pub bad_cells: usize,
    /// The first bad cells.
    pub errors: Vec<CellError>,
    /// Bytes of what is held.
    held: usize,
}

impl Reader {
    pub fn new(header: Header, dates: Dates, currency: Currency, unit: Unit) -> Self {
        let entries = match header.of {
            Register::Customers => Entries::Customers(Vec::new()),
            Register::Payments => Entries::Payments(Vec::new()),
            Register::Invoices => Entries::Invoices(Vec::new()),
        };
        Self {
            header,
            dates,
            currency,
            unit,
            entries,
            places: HashMap::new(),
            bad_cells: 0,
            errors: Vec::new(),
            held: 0,
        }
    }

    /// Adds a row to the entries, or its bad cells to the errors.
    pub fn row(&mut self, row: &Row) -> Result<(), ReadError> {
        // What an entry takes besides its text.
        self.held +=
            size_of::<CustomerEntry>() + row.cells().map(|c| c.text().len()).sum::<usize>();
        if self.held as u64 > MEGABYTES * 1_048_576 {
            return Err(ReadError::TooLarge { megabytes: MEGABYTES });
        }
        let mut cells = Cells { reader: self, row, errors: Vec::new() };
        let entry = match cells.reader.header.of {
            Register::Customers => cells.customer().map(Entry::Customer),
            Register::Payments => cells.payment().map(Entry::Payment),
            Register::Invoices => cells.invoice().map(Entry::Invoice),
        };
        let mut errors = cells.errors;
        if let (Some(entry), true) = (entry, errors.is_empty()) {
            errors = self.add(entry);
        }
        self.bad_cells += errors.len();
        let room = TOLD.saturating_sub(self.errors.len());
        self.errors.extend(errors.into_iter().take(room));
        Ok(())
    }

    fn add(&mut self, entry: Entry) -> Vec<CellError> {
        match (&mut self.entries, entry) {
            (Entries::Customers(all), Entry::Customer(entry)) => all.push(entry),
            (Entries::Payments(all), Entry::Payment(entry)) => all.push(entry),
            (Entries::Invoices(all), Entry::Invoice(entry)) => {
                let known = self.places.get(&entry.number).and_then(|at| all.get_mut(*at));
                let Some(known) = known else {
                    self.places.insert(entry.number.clone(), all.len());
                    all.push(entry);
                    return Vec::new();
                };
                return joined(known, entry, &self.header);
            }
            (Entries::Customers(_) | Entries::Payments(_) | Entries::Invoices(_), _) => {}
        }
        Vec::new()
    }
}

enum Entry {
    Customer(CustomerEntry),
    Payment(PaymentEntry),
    Invoice(InvoiceEntry),
}

/// One more row of an invoice: another line of it. What it says of the invoice itself is what the first row says.
fn joined(known: &mut InvoiceEntry, entry: InvoiceEntry, header: &Header) -> Vec<CellError> {
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let kind = entry.kind.map_or_else(String::new, |kind| kind.code().to_owned());
    let rate = entry.tax_rate.map_or_else(String::new, |rate| rate.to_string());
    let unlike = [
        (F::Kind, entry.kind.is_some() && entry.kind != known.kind, kind),
        (F::TaxRate, entry.tax_rate.is_some() && entry.tax_rate != known.tax_rate, rate),
        (F::IssuedOn, entry.issued_on != known.issued_on, entry.issued_on.to_string()),
        (F::SentOn, is_other(entry.sent_on, known.sent_on), day(entry.sent_on)),
        (F::ReceivedOn, is_other(entry.received_on, known.received_on), day(entry.received_on)),
    ];
    let unlike = unlike.into_iter().filter(|(_, is_unlike, _)| *is_unlike);
    let errors: Vec<CellError> = unlike
        .map(|(field, _, value)| CellError {
            row: entry.row,
            column: header.column(field).map_or(field.code(), |column| &column.name).to_owned(),
            value,
            why: CellProblem::UnlikeRow(known.row),
        })
        .collect();
    if errors.is_empty() {
        known.lines.extend(entry.lines);
    }
    errors
}

fn is_other(day: Option<NaiveDate>, known: Option<NaiveDate>) -> bool {
    day.is_some() && day != known
}

/// The cells of one row.
struct Cells<'r> {
    reader: &'r Reader,
    row: &'r Row,
    errors: Vec<CellError>,
}

impl<'r> Cells<'r> {
    fn customer(&mut self) -> Option<CustomerEntry> {
        let code = self.text(F::Code);
        let name = self.text(F::Name);
        let has_name = !name.is_empty() || !code.is_empty();
        if !has_name {
            self.missing(if self.reader.header.column(F::Name).is_some() {
                F::Name
            } else {
                F::Code
            });
        }
        let contact = ContactDraft {
            name: self.text(F::ContactName),
            phone: self.text(F::ContactPhone),
            ..ContactDraft::default()
        };
        let mut phone = self.text(F::Phone);
        // A telephone of nobody in particular is the customer's.
        let is_somebody = !contact.name.is_empty();
        if !is_somebody && phone.is_empty() {
            phone.clone_from(&contact.phone);
        }
        let draft = CustomerDraft {
            code,
            name,
            phone,
            short_name: self.text(F::ShortName),
            invoice_title: self.text(F::InvoiceTitle),
            tax_no: self.text(F::TaxNo),
            bank: self.text(F::Bank),
            bank_account: self.text(F::BankAccount),
            address: self.text(F::Address),
            grade: self.word(F::Grade, words::grade, CellProblem::Grade),
            credit_limit: self.limit(),
            terms_days: self.word(F::TermsDays, words::days, CellProblem::Days),
            notes: self.text(F::Note),
            contacts: if is_somebody { vec![contact] } else { Vec::new() },
        };
        has_name.then_some(CustomerEntry { row: self.row.number, draft })
    }

    fn payment(&mut self) -> Option<PaymentEntry> {
        let mut customer = self.text(F::Customer);
        if customer.is_empty() {
            customer = self.text(F::CustomerName);
        }
        if customer.is_empty() {
            let coded = self.reader.header.column(F::Customer).is_some();
            self.missing(if coded { F::Customer } else { F::CustomerName });
        }
        let received_on = self.needed_day(F::ReceivedOn);
        let currency = self.currency();
        let amount = self.amount(currency, |amount| {
            if amount > 0 { Ok(amount) } else { Err(CellProblem::NotPositive) }
        });
        if self.cell(F::Amount).is_none() {
            self.missing(F::Amount);
        }
        let method = self.word(F::Method, words::method, CellProblem::Method);
        let (method, bill) = self.bill(method);
        let deductions = self.deductions(currency);
        let milestones = self.text(F::Milestone);
        let milestones = milestones.split([',', ';', '、', '，', '；']).map(str::trim);
        Some(PaymentEntry {
            row: self.row.number,
            payer: self.text(F::Payer),
            bank_ref: self.text(F::BankRef),
            note: self.text(F::Note),
            milestones: milestones.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            method: method.unwrap_or(Method::Transfer),
            deductions,
            bill,
            received_on: received_on?,
            amount: amount?,
            customer,
            currency,
        })
    }

    /// What the bank was not credited with; a cell of 0 says nothing.
    fn deductions(&mut self, currency: Currency) -> Vec<Deduction> {
        let unit = self.reader.unit;
        let mut found = Vec::new();
        for (field, kind) in DEDUCTIONS {
            let amount = self.parsed(field, |text, column| {
                let amount = minor(text, column, unit, currency)?;
                if amount < 0 { Err(CellProblem::Negative) } else { Ok(amount) }
            });
            let amount = amount.filter(|amount| *amount > 0);
            found.extend(amount.map(|amount| Deduction { kind, amount }));
        }
        found
    }

    /// What stands on a bill of exchange, if anything is said of one, and the method it is.
    fn bill(&mut self, method: Option<Method>) -> (Option<Method>, Option<Box<BillDraft>>) {
        let kind = self.word(F::BillKind, words::bill_kind, CellProblem::BillKind);
        let method = match (method, kind) {
            (Some(method), Some(kind)) if method != kind => {
                if let Some((column, text)) = self.cell(F::BillKind) {
                    self.bad(&column.name, &text, CellProblem::BillKind);
                }
                Some(method)
            }
            (method, kind) => method.or(kind),
        };
        let form = self.word(F::BillForm, words::bill_form, CellProblem::BillForm);
        let bill = BillDraft {
            form: form.unwrap_or(BillDraft::default().form),
            number: self.text(F::BillNumber),
            drawer: self.text(F::BillDrawer),
            acceptor: self.text(F::BillAcceptor),
            issued_on: self.day(F::BillIssuedOn),
            matures_on: self.day(F::BillMaturesOn),
        };
        let is_said = form.is_some() || bill != BillDraft::default();
        if is_said && !method.is_some_and(Method::is_bill) {
            self.no_bill();
        }
        let is_one = is_said || kind.is_some();
        (method, is_one.then(|| Box::new(bill)))
    }

    /// Something is said of a bill, but the money came by another method: the first cell that says it.
    fn no_bill(&mut self) {
        let fields = [
            F::BillForm,
            F::BillNumber,
            F::BillDrawer,
            F::BillAcceptor,
            F::BillIssuedOn,
            F::BillMaturesOn,
        ];
        if let Some((column, text)) = fields.into_iter().find_map(|field| self.cell(field)) {
            self.bad(&column.name, &text, CellProblem::NoBill);
        }
    }

    fn invoice(&mut self) -> Option<InvoiceEntry> {
        let number = self.needed(F::Number);
        let issued_on = self.needed_day(F::IssuedOn);
        let currency = self.currency();
        let line = InvoiceEntryLine {
            row: self.row.number,
            milestone: self.needed(F::Milestone),
            amount: self.amount(currency, Ok),
            currency,
        };
        Some(InvoiceEntry {
            row: self.row.number,
            kind: self.word(F::Kind, words::invoice_kind, CellProblem::InvoiceKind),
            tax_rate: self.word(F::TaxRate, |word| word.parse().ok(), CellProblem::TaxRate),
            sent_on: self.day(F::SentOn),
            received_on: self.day(F::ReceivedOn),
            tells_sent: self.reader.header.column(F::SentOn).is_some(),
            issued_on: issued_on?,
            lines: vec![line],
            number,
        })
    }

    /// The column and what is in its cell, cleaned.
    fn cell(&self, field: RegisterField) -> Option<(&'r Column, Cow<'r, str>)> {
        let column = self.reader.header.column(field)?;
        let text = match self.row.cell(column.index)? {
            Cell::Text(text) => sanitize::text(text),
            Cell::Date(day) => day.to_string().into(),
        };
        (!text.is_empty() && !is_placeholder(&text)).then_some((column, text))
    }

    fn bad(&mut self, column: &str, value: &str, why: CellProblem) {
        let mut shown: String = value.chars().take(SHOWN).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        let (row, column) = (self.row.number, column.to_owned());
        self.errors.push(CellError { row, column, value: shown, why });
    }

    fn missing(&mut self, field: RegisterField) {
        let column = self.reader.header.column(field);
        let name = column.map_or(field.code(), |column| column.name.as_str());
        self.bad(name, "", CellProblem::Missing);
    }

    /// What `read` makes of the cell, or an error that names it.
    fn parsed<T>(
        &mut self,
        field: RegisterField,
        read: impl FnOnce(&str, &Column) -> Result<T, CellProblem>,
    ) -> Option<T> {
        let (column, text) = self.cell(field)?;
        let result =
            if is_sheet_error(&text) { Err(CellProblem::SheetError) } else { read(&text, column) };
        result.map_err(|why| self.bad(&column.name, &text, why)).ok()
    }

    fn text(&mut self, field: RegisterField) -> String {
        let limit = if matches!(field, F::Note | F::Milestone) { NOTE } else { TEXT };
        let text = self.parsed(field, |text, _| {
            if text.len() > limit && text.chars().count() > limit {
                return Err(CellProblem::TooLong { limit });
            }
            Ok(text.to_owned())
        });
        text.unwrap_or_default()
    }

    fn needed(&mut self, field: RegisterField) -> String {
        if self.cell(field).is_none() {
            self.missing(field);
        }
        self.text(field)
    }

    fn word<T>(
        &mut self,
        field: RegisterField,
        read: fn(&str) -> Option<T>,
        why: CellProblem,
    ) -> Option<T> {
        self.parsed(field, |text, _| read(text).ok_or(why))
    }

    fn currency(&mut self) -> Currency {
        let currency = self.word(F::Currency, units::currency, CellProblem::Currency);
        currency.unwrap_or(self.reader.currency)
    }

    fn amount(
        &mut self,
        currency: Currency,
        check: fn(i64) -> Result<i64, CellProblem>,
    ) -> Option<i64> {
        let unit = self.reader.unit;
        self.parsed(F::Amount, |text, column| check(minor(text, column, unit, currency)?))
    }

    fn limit(&mut self) -> Option<i64> {
        let (unit, currency) = (self.reader.unit, self.reader.currency);
        self.parsed(F::CreditLimit, |text, column| {
            if let Some(other) = column.unit.and_then(|unit| unit.currency)
                && other != currency
            {
                let found = other.code().to_owned();
                return Err(AmountError::OtherCurrency { found, expected: currency }.into());
            }
            let limit = minor(text, column, unit, currency)?;
            if limit < 0 { Err(CellProblem::Negative) } else { Ok(limit) }
        })
    }

    fn day(&mut self, field: RegisterField) -> Option<NaiveDate> {
        let column = self.reader.header.column(field)?;
        if let Some(Cell::Date(day)) = self.row.cell(column.index) {
            return Some(day);
        }
        let dates = self.reader.dates;
        let wrong = CellProblem::Date(dates.order);
        self.parsed(field, |text, _| dates.read(text).unwrap_or(Err(wrong)))
    }

    fn needed_day(&mut self, field: RegisterField) -> Option<NaiveDate> {
        if self.cell(field).is_none() {
            self.missing(field);
        }
        self.day(field)
    }
}
