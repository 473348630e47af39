//! What a change is told: the fields a form holds or a command is given.

use chrono::NaiveDate;
use iso_currency::Currency;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Change;
use crate::domain::about::{About, Subject};
use crate::domain::discount::Discount;
use crate::domain::due::DueRule;
use crate::domain::facts::Account;
use crate::domain::ids::{
    ConditionId, ContactId, CustomerId, InvoiceId, MilestoneId, NoteId, PaperId, PaymentId,
    ProjectId, PromiseId, RefusalId, TouchId,
};
use crate::domain::kinds::{
    BillForm, Cause, Channel, ConditionKind, DeductionKind, Grade, InvoiceKind, Level, Method,
    NoteKind, Outcome, PaperKind, PriorityStart, ProjectState, Stage, TodoKind, TouchKind,
};
use crate::domain::late_fee::LateFee;
use crate::domain::tax::TaxRate;
use crate::domain::todo::{self, Every};

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn currency_code<S: Serializer>(c: &Currency, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(c.code())
}

fn currency_named<'d, D: Deserializer<'d>>(d: D) -> Result<Currency, D::Error> {
    let code = String::deserialize(d)?;
    Currency::from_code(&code).ok_or_else(|| D::Error::custom("no currency"))
}

fn rule_read<'d, D: Deserializer<'d>>(d: D) -> Result<DueRule, D::Error> {
    String::deserialize(d)?.parse().map_err(|_| D::Error::custom("no due rule"))
}

fn discount_read<'d, D: Deserializer<'d>>(d: D) -> Result<Option<Discount>, D::Error> {
    let terms = Option::<String>::deserialize(d)?;
    terms.map(|text| text.parse().map_err(|_| D::Error::custom("no discount"))).transpose()
}

fn late_fee_read<'d, D: Deserializer<'d>>(d: D) -> Result<Option<LateFee>, D::Error> {
    let terms = Option::<String>::deserialize(d)?;
    terms.map(|text| text.parse().map_err(|_| D::Error::custom("no late fee"))).transpose()
}

fn rule_text<S: Serializer>(rule: &DueRule, s: S) -> Result<S::Ok, S::Error> {
    s.collect_str(rule)
}

/// A person at a customer, as a form holds them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ContactDraft {
    /// The contact to change; `None` adds one.
    pub id: Option<ContactId>,
    /// Name, not empty.
    pub name: String,
    pub role: String,
    pub phone: String,
    pub email: String,
    pub wechat: String,
    /// How they like to be reached.
    pub channel: Option<Channel>,
}

/// Who owes, as a form holds them. Empty text is "not known".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CustomerDraft {
    /// Unique code; empty takes the name.
    pub code: String,
    /// Full name, not empty.
    pub name: String,
    pub short_name: String,
    pub invoice_title: String,
    pub tax_no: String,
    pub bank: String,
    pub bank_account: String,
    pub address: String,
    pub phone: String,
    pub grade: Option<Grade>,
    /// Credit limit in minor units of the main currency.
    pub credit_limit: Option<i64>,
    /// Default payment term, in calendar days.
    pub terms_days: Option<u16>,
    pub notes: String,
    /// Contacts: those with an id are changed, the others added, those left out are removed.
    pub contacts: Vec<ContactDraft>,
}

impl CustomerDraft {
    /// Names and addresses of the contacts that have one.
    pub fn receivers(&self) -> Vec<(String, String)> {
        let reachable = self.contacts.iter().filter(|contact| !contact.email.trim().is_empty());
        reachable.map(|contact| (contact.name.clone(), contact.email.clone())).collect()
    }
}

/// One contract, as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectDraft {
    /// Unique code; empty takes the name.
    pub code: String,
    /// Name, not empty.
    pub name: String,
    pub customer: CustomerId,
    /// Who of us looks after it; a new name makes a person.
    pub manager: String,
    /// Who of us does its finance, legal and sales, where the roles do not say so by themselves; so does a new name here.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub finance: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legal: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sales: String,
    pub contract_no: String,
    pub contract_amount: Option<i64>,
    #[serde(serialize_with = "currency_code", deserialize_with = "currency_named")]
    pub currency: Currency,
    pub signed_on: Option<NaiveDate>,
    /// First day of work.
    pub starts_on: Option<NaiveDate>,
    /// Last day of work.
    pub ends_on: Option<NaiveDate>,
    /// Last day of warranty.
    pub warranty_ends_on: Option<NaiveDate>,
    /// Progress in percent, 0 to 100.
    pub progress_percent: Option<u8>,
    /// Calendar days of grace.
    pub grace_days: u16,
    pub state: ProjectState,
    /// Whether its milestones are to be invoiced before they fall due.
    pub bills: bool,
    /// What the contract says of money that comes late, if it does.
    #[serde(default, deserialize_with = "late_fee_read")]
    pub late_fee: Option<LateFee>,
    /// What it gives for money that comes early.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "discount_read")]
    pub discount: Option<Discount>,
    /// How it is to be paid, where a milestone does not say otherwise.
    pub method: Option<Method>,
    /// For how many months a bill of exchange may run at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill_months: Option<u16>,
    /// From when a contractor's priority right counts; none where it is no contract of works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority_from: Option<PriorityStart>,
    /// Day the works were completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_on: Option<NaiveDate>,
    /// Milestones that are added with it, behind those it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<Instalment>,
}

/// A milestone as a plan has it: what for, how much, and when, if the plan says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instalment {
    /// Name, not empty.
    pub name: String,
    pub stage: Stage,
    /// What was agreed, above 0.
    pub amount: i64,
    /// The payment condition in the contract's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub condition: String,
    #[serde(
        default,
        serialize_with = "rule_text",
        deserialize_with = "rule_read",
        skip_serializing_if = "DueRule::is_none"
    )]
    pub rule: DueRule,
    /// What it waits for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Asked>,
}

/// A condition as a plan has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub kind: ConditionKind,
    /// Not empty.
    pub wording: String,
}

/// One agreed instalment, as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneDraft {
    pub project: ProjectId,
    /// Unique key; empty has none.
    pub key: String,
    /// Name, not empty.
    pub name: String,
    pub stage: Stage,
    /// What was agreed, above 0.
    pub amount: i64,
    /// The payment condition in the contract's words.
    pub condition: String,
    #[serde(serialize_with = "rule_text", deserialize_with = "rule_read")]
    pub rule: DueRule,
    pub agreed_on: Option<NaiveDate>,
    /// Day its event is planned for.
    pub planned_on: Option<NaiveDate>,
    pub delivered_on: Option<NaiveDate>,
    pub accepted_on: Option<NaiveDate>,
    /// How it is to be paid.
    pub method: Option<Method>,
    /// For how many months a bill of exchange may run at most, where it is not as in the contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill_months: Option<u16>,
    pub note: String,
}

/// A bill over one or more milestones of one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceDraft {
    /// Its number; empty is not known.
    pub number: String,
    pub kind: InvoiceKind,
    pub issued_on: NaiveDate,
    pub sent_on: Option<NaiveDate>,
    /// Day the customer signed for it.
    pub received_on: Option<NaiveDate>,
    /// The bill a red one takes back; `None` leaves it to the days.
    pub reverses: Option<InvoiceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<TaxRate>,
    /// Whether it bills more than is left to bill on purpose.
    pub above: bool,
    /// Whether another one has its number, and it is no mistake.
    #[serde(default)]
    pub again: bool,
    /// What it bills: (milestone, amount); `None` bills what is not yet invoiced.
    pub lines: Vec<(MilestoneId, Option<i64>)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// What it fits exactly, else receivables of that customer and currency, oldest due first; what is over stays
    /// unapplied.
    Automatic,
    /// To these milestones, each this much; the rest stays unapplied. Empty leaves all unapplied.
    Lines(Vec<(MilestoneId, i64)>),
}

/// A part of a payment that the customer is credited with and the bank was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deduction {
    pub kind: DeductionKind,
    /// Above 0.
    pub amount: i64,
}

/// What stands on a bill of exchange that was taken as a payment. Its kind is the method, its face the amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillDraft {
    pub form: BillForm,
    pub number: String,
    pub drawer: String,
    pub acceptor: String,
    pub issued_on: Option<NaiveDate>,
    pub matures_on: Option<NaiveDate>,
}

impl Default for BillDraft {
    fn default() -> Self {
        Self {
            form: BillForm::Electronic,
            number: String::new(),
            drawer: String::new(),
            acceptor: String::new(),
            issued_on: None,
            matures_on: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentDraft {
    pub customer: CustomerId,
    pub received_on: NaiveDate,
    /// How much, above 0.
    pub amount: i64,
    #[serde(serialize_with = "currency_code", deserialize_with = "currency_named")]
    pub currency: Currency,
    pub method: Method,
    /// Who paid, if not the customer.
    pub payer: String,
    pub bank_ref: String,
    pub note: String,
    pub target: Target,
    /// What the bank was not credited with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deductions: Vec<Deduction>,
    /// What stands on the bill, of a method that is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<Box<BillDraft>>,
    /// It is another one, though one like it is there.
    pub again: bool,
}

/// What a line of a bank statement is booked as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Booking {
    /// A payment that is recorded with it.
    New(PaymentDraft),
    /// One that is on record already.
    Known(PaymentId),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseDraft {
    pub milestone: MilestoneId,
    /// How much; `None` is the balance less what is disputed.
    pub amount: Option<i64>,
    /// Last day to keep it.
    pub pay_by: NaiveDate,
}

/// An objection raised in a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeDraft {
    pub milestone: MilestoneId,
    /// How much; `None` is the balance.
    pub amount: Option<i64>,
    pub reason: String,
}

/// One contact with a customer about some of its milestones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TouchDraft {
    /// About what; all of one customer, at least one.
    pub milestones: Vec<MilestoneId>,
    pub on: NaiveDate,
    pub contact: Option<ContactId>,
    pub channel: Channel,
    pub kind: TouchKind,
    /// Which step of the ladder; `None` counts as no step.
    pub step: Option<u8>,
    pub outcome: Option<Outcome>,
    pub cause: Option<Cause>,
    pub note: String,
    /// When to come back to it.
    pub next_on: Option<NaiveDate>,
    pub promises: Vec<PromiseDraft>,
    pub disputes: Vec<DisputeDraft>,
}

/// Something to be done, or to be decided, as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TodoDraft {
    pub kind: TodoKind,
    /// The narrowest of what it is about; `None` is ours alone.
    #[serde(flatten)]
    pub about: Option<About>,
    /// What is to be done, not empty.
    pub title: String,
    /// Who of us does it.
    pub owner: String,
    pub opened_on: NaiveDate,
    pub due_on: Option<NaiveDate>,
    /// How long after it was due it is due again.
    pub every: Option<Every>,
    /// Of a risk whose probability and impact are known it follows from these.
    pub severity: Level,
    pub probability: Option<Level>,
    pub impact: Option<Level>,
    /// Whether payment steps wait for it.
    pub blocks: bool,
    /// Of an approval: the change that may be made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Box<Change>>,
}

/// What a milestone's acceptance or due date waits for, as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionDraft {
    pub milestone: MilestoneId,
    pub kind: ConditionKind,
    /// Not empty.
    pub wording: String,
    /// Day it was asked for; `None` is the day the milestone was agreed.
    pub agreed_on: Option<NaiveDate>,
    pub planned_on: Option<NaiveDate>,
}

/// A note, as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteDraft {
    pub kind: NoteKind,
    #[serde(flatten)]
    pub about: About,
    pub on: NaiveDate,
    pub wording: String,
    /// Percent of a progress, 0 to 10 of a satisfaction, of no other kind.
    pub number: Option<u8>,
    /// Last day of a commitment, of no other kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// A paper, as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperDraft {
    pub kind: PaperKind,
    #[serde(flatten)]
    pub about: Subject,
    /// Empty: what we write gets the next one.
    pub number: String,
    pub title: String,
    pub dated: NaiveDate,
    /// Last day on which it holds.
    pub expires_on: Option<NaiveDate>,
    /// Minor units, and their currency.
    pub amount: Option<i64>,
    #[serde(skip)]
    pub currency: Option<Currency>,
    /// A path, from the ledger's folder where it is below that, or an address.
    pub file: String,
    /// The file's SHA-256 as it was filed.
    pub sha256: String,
    pub note: String,
    /// What the program wrote, to be printed again.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub body: String,
    /// It goes out on its day; who may not send it has that proposed.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub sent: bool,
}

impl PaperDraft {
    /// A paper of which nothing else is known.
    pub const fn new(kind: PaperKind, about: Subject, dated: NaiveDate) -> Self {
        Self {
            kind,
            about,
            number: String::new(),
            title: String::new(),
            dated,
            expires_on: None,
            amount: None,
            currency: None,
            file: String::new(),
            sha256: String::new(),
            note: String::new(),
            body: String::new(),
            sent: false,
        }
    }
}

/// An entry that can be voided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voidable {
    Milestone(MilestoneId),
    Invoice(InvoiceId),
    /// With the promises made in it.
    Contact(TouchId),
    /// With the contact it made, if no other promise was made in that.
    Promise(PromiseId),
    /// With all it paid, and what went back of it.
    Payment(PaymentId),
    Condition(ConditionId),
    Note(NoteId),
    /// With the contact it was.
    Paper(PaperId),
    Refusal(RefusalId),
}

impl Voidable {
    /// Its id among its like.
    pub const fn number(self) -> i64 {
        match self {
            Self::Milestone(MilestoneId(id))
            | Self::Invoice(InvoiceId(id))
            | Self::Contact(TouchId(id))
            | Self::Promise(PromiseId(id))
            | Self::Payment(PaymentId(id))
            | Self::Condition(ConditionId(id))
            | Self::Note(NoteId(id))
            | Self::Paper(PaperId(id))
            | Self::Refusal(RefusalId(id)) => id,
        }
    }
}

impl ProjectDraft {
    /// A project in progress of which nothing else is known.
    pub const fn new(customer: CustomerId, currency: Currency) -> Self {
        Self {
            code: String::new(),
            name: String::new(),
            customer,
            manager: String::new(),
            finance: String::new(),
            legal: String::new(),
            sales: String::new(),
            contract_no: String::new(),
            contract_amount: None,
            currency,
            signed_on: None,
            starts_on: None,
            ends_on: None,
            warranty_ends_on: None,
            progress_percent: None,
            grace_days: 0,
            state: ProjectState::Active,
            bills: true,
            late_fee: None,
            discount: None,
            method: None,
            bill_months: None,
            priority_from: None,
            completed_on: None,
            plan: Vec::new(),
        }
    }
}

impl MilestoneDraft {
    /// A milestone without a due date of which nothing else is known.
    pub fn new(project: ProjectId, name: impl Into<String>, amount: i64) -> Self {
        Self {
            project,
            key: String::new(),
            name: name.into(),
            stage: Stage::Other,
            amount,
            condition: String::new(),
            rule: DueRule::default(),
            agreed_on: None,
            planned_on: None,
            delivered_on: None,
            accepted_on: None,
            method: None,
            bill_months: None,
            note: String::new(),
        }
    }
}

impl InvoiceDraft {
    /// A bill without a number, sent the day it was issued.
    pub const fn new(issued_on: NaiveDate, lines: Vec<(MilestoneId, Option<i64>)>) -> Self {
        Self {
            number: String::new(),
            kind: InvoiceKind::Special,
            issued_on,
            sent_on: Some(issued_on),
            received_on: None,
            reverses: None,
            tax_rate: None,
            above: false,
            again: false,
            lines,
        }
    }
}

impl PaymentDraft {
    /// A bank transfer that names no milestone.
    pub const fn new(account: Account, received_on: NaiveDate, amount: i64) -> Self {
        Self {
            customer: account.customer,
            received_on,
            amount,
            currency: account.currency,
            method: Method::Transfer,
            payer: String::new(),
            bank_ref: String::new(),
            note: String::new(),
            target: Target::Automatic,
            deductions: Vec::new(),
            bill: None,
            again: false,
        }
    }
}

impl TodoDraft {
    /// Something to do without a day or an owner; issues and complaints stand in the way of payment steps.
    pub fn new(kind: TodoKind, title: impl Into<String>, opened_on: NaiveDate) -> Self {
        Self {
            kind,
            about: None,
            title: title.into(),
            owner: String::new(),
            opened_on,
            due_on: None,
            every: None,
            severity: Level::Medium,
            probability: None,
            impact: None,
            blocks: todo::blocks_by_itself(kind),
            change: None,
        }
    }
}

impl PaymentDraft {
    /// Minor units that lie between the amount and what reached the bank.
    pub fn deducted(&self) -> i64 {
        self.deductions.iter().fold(0, |sum, one| sum.saturating_add(one.amount))
    }
}

impl TouchDraft {
    /// A call that takes no step.
    pub const fn new(milestones: Vec<MilestoneId>, on: NaiveDate) -> Self {
        Self {
            milestones,
            on,
            contact: None,
            channel: Channel::Phone,
            kind: TouchKind::Courtesy,
            step: None,
            outcome: None,
            cause: None,
            note: String::new(),
            next_on: None,
            promises: Vec::new(),
            disputes: Vec::new(),
        }
    }
}
