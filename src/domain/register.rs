//! Lists of customers, payments and invoices on their way into the ledger: what their columns are called, one value a
//! row, and what became of them.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::change::{BillDraft, ChangeKind, CustomerDraft, Deduction};
use super::codes::codes;
use super::kinds::{DeductionKind, InvoiceKind, Method};
use super::plan::PlanValue;
use super::tax::TaxRate;
use super::violation::Violation;

codes! {
    /// What a list is of.
    Register {
        Customers = "customers",
        Payments = "payments",
        Invoices = "invoices",
    }
    /// A column of such a list. Its code is what `--map` takes.
    RegisterField {
        Code = "code",
        Name = "name",
        ShortName = "short_name",
        InvoiceTitle = "invoice_title",
        TaxNo = "tax_no",
        Bank = "bank",
        BankAccount = "bank_account",
        Address = "address",
        Phone = "phone",
        Grade = "grade",
        CreditLimit = "credit_limit",
        TermsDays = "terms_days",
        ContactName = "contact_name",
        ContactPhone = "contact_phone",
        /// Code or name of the customer.
        Customer = "customer",
        /// The customer's name, where the code is empty.
        CustomerName = "customer_name",
        /// Day the money came in, or the customer signed for the invoice.
        ReceivedOn = "received_on",
        Amount = "amount",
        Currency = "currency",
        Method = "method",
        Payer = "payer",
        BankRef = "bank_ref",
        /// What is paid or billed.
        Milestone = "milestone" | "milestones",
        Number = "number",
        Kind = "kind",
        TaxRate = "tax_rate",
        IssuedOn = "issued_on",
        SentOn = "sent_on",
        /// What the bank was not credited with.
        Fee = "fee",
        BillDiscount = "bill_discount",
        EarlyDiscount = "early_discount",
        Penalty = "penalty",
        Offset = "offset",
        OtherDeduction = "other_deduction",
        /// Of a bill of exchange.
        BillKind = "bill_kind",
        BillForm = "bill_form",
        BillNumber = "bill_number",
        BillDrawer = "bill_drawer",
        BillAcceptor = "bill_acceptor",
        BillIssuedOn = "bill_issued_on",
        BillMaturesOn = "bill_matures_on",
        Note = "note",
    }
}

use RegisterField as F;

impl Register {
    /// Its columns.
    pub const fn fields(self) -> &'static [RegisterField] {
        match self {
            Self::Customers => &[
                F::Code,
                F::Name,
                F::ShortName,
                F::InvoiceTitle,
                F::TaxNo,
                F::Bank,
                F::BankAccount,
                F::Address,
                F::Phone,
                F::Grade,
                F::CreditLimit,
                F::TermsDays,
                F::ContactName,
                F::ContactPhone,
                F::Note,
            ],
            Self::Payments => &[
                F::Customer,
                F::CustomerName,
                F::ReceivedOn,
                F::Amount,
                F::Currency,
                F::Method,
                F::Payer,
                F::BankRef,
                F::Milestone,
                F::Fee,
                F::BillDiscount,
                F::EarlyDiscount,
                F::Penalty,
                F::Offset,
                F::OtherDeduction,
                F::BillKind,
                F::BillForm,
                F::BillNumber,
                F::BillDrawer,
                F::BillAcceptor,
                F::BillIssuedOn,
                F::BillMaturesOn,
                F::Note,
            ],
            Self::Invoices => &[
                F::Number,
                F::Kind,
                F::TaxRate,
                F::IssuedOn,
                F::SentOn,
                F::ReceivedOn,
                F::Milestone,
                F::Amount,
                F::Currency,
            ],
        }
    }

    /// One of each group must be there.
    pub const fn required(self) -> &'static [&'static [RegisterField]] {
        match self {
            Self::Customers => &[&[F::Name, F::Code]],
            Self::Payments => &[&[F::Customer, F::CustomerName], &[F::ReceivedOn], &[F::Amount]],
            Self::Invoices => &[&[F::Number], &[F::IssuedOn], &[F::Milestone]],
        }
    }

    /// What an event records of it.
    pub const fn kind(self) -> ChangeKind {
        match self {
            Self::Customers => ChangeKind::ImportCustomers,
            Self::Payments => ChangeKind::ImportPayments,
            Self::Invoices => ChangeKind::ImportInvoices,
        }
    }
}

impl RegisterField {
    /// Whether its cells hold dates.
    pub const fn is_date(self) -> bool {
        matches!(
            self,
            Self::ReceivedOn
                | Self::IssuedOn
                | Self::SentOn
                | Self::BillIssuedOn
                | Self::BillMaturesOn
        )
    }
}

/// A customer as a list has it; what the list leaves empty it does not speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerEntry {
    /// Its row in the file, from 1.
    pub row: u32,
    pub draft: CustomerDraft,
}

/// A payment as a list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentEntry {
    pub row: u32,
    /// Code or name of the customer.
    pub customer: String,
    pub received_on: NaiveDate,
    /// Minor units.
    pub amount: i64,
    pub currency: Currency,
    pub method: Method,
    pub payer: String,
    pub bank_ref: String,
    pub note: String,
    /// What it pays, the first before the others; empty is the oldest receivable first.
    pub milestones: Vec<String>,
    /// Each kind once.
    pub deductions: Vec<Deduction>,
    pub bill: Option<Box<BillDraft>>,
}

/// The deductions a list of payments has columns for.
pub const DEDUCTIONS: [(RegisterField, DeductionKind); 6] = [
    (F::Fee, DeductionKind::Fee),
    (F::BillDiscount, DeductionKind::BillDiscount),
    (F::EarlyDiscount, DeductionKind::EarlyDiscount),
    (F::Penalty, DeductionKind::Penalty),
    (F::Offset, DeductionKind::Offset),
    (F::OtherDeduction, DeductionKind::Other),
];

/// An invoice as a list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceEntry {
    /// The first of its rows.
    pub row: u32,
    pub number: String,
    /// None where the list does not say.
    pub kind: Option<InvoiceKind>,
    pub tax_rate: Option<TaxRate>,
    pub issued_on: NaiveDate,
    pub sent_on: Option<NaiveDate>,
    pub received_on: Option<NaiveDate>,
    /// Whether the list has a column for the day it was sent: one that has none speaks of invoices that went out.
    pub tells_sent: bool,
    pub lines: Vec<InvoiceEntryLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceEntryLine {
    pub row: u32,
    pub milestone: String,
    /// Minor units; None is what is not billed yet.
    pub amount: Option<i64>,
    /// Of the amount.
    pub currency: Currency,
}

/// The rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entries {
    Customers(Vec<CustomerEntry>),
    Payments(Vec<PaymentEntry>),
    Invoices(Vec<InvoiceEntry>),
}

impl Entries {
    pub const fn register(&self) -> Register {
        match self {
            Self::Customers(_) => Register::Customers,
            Self::Payments(_) => Register::Payments,
            Self::Invoices(_) => Register::Invoices,
        }
    }
}

/// A list on its way into the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterBatch {
    /// File name without its folder.
    pub file: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// The currency of credit limits: the ledger's main one.
    pub currency: Currency,
    /// What it lists are other ones, though payments like them, or invoices of their numbers, are there.
    pub again: bool,
    pub entries: Entries,
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterOutcome {
    pub imported: u32,
    pub updated: u32,
    /// What stood there already, the same.
    pub unchanged: u32,
    /// Cells the ledger refuses; then nothing was written.
    pub refused: u32,
    /// The first of them.
    pub refusals: Vec<CellRefused>,
    /// The first cells that differ from the ledger, whose value is kept.
    pub kept: Vec<(u32, RegisterField)>,
    /// The first changes to the ledger, in the order of the list.
    pub changes: Vec<RegisterChange>,
    /// Changes beyond those.
    pub more_changes: usize,
}

impl RegisterOutcome {
    /// Cells and changes that are told of one by one.
    const TOLD: usize = 1_000;

    /// The ledger refuses a cell.
    pub fn refuse(&mut self, cell: CellRefused) {
        self.refused += 1;
        if self.refusals.len() < Self::TOLD {
            self.refusals.push(cell);
        }
    }

    /// Something changes in the ledger.
    pub fn changed(&mut self, change: RegisterChange) {
        if self.changes.len() < Self::TOLD {
            self.changes.push(change);
        } else {
            self.more_changes += 1;
        }
    }

    /// A cell is another than in the ledger, and changes nothing.
    pub fn keep(&mut self, row: u32, field: RegisterField) {
        if self.kept.len() < Self::TOLD {
            self.kept.push((row, field));
        }
    }
}

/// A cell the ledger refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRefused {
    pub row: u32,
    pub column: RegisterField,
    /// As the list would write it.
    pub value: String,
    pub why: Violation,
}

/// What a list changes in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterChange {
    pub row: u32,
    /// The customer, with the day of its payment, or the number of the invoice.
    pub place: String,
    /// Of its amounts.
    pub currency: Currency,
    /// None for what is new.
    pub field: Option<RegisterField>,
    /// None where nothing stood there.
    pub from: Option<PlanValue>,
    pub to: PlanValue,
}
