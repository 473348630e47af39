//! What a change is told: the fields a form holds or a command is given.

use chrono::NaiveDate;
use iso_currency::Currency;
use serde::{Serialize, Serializer};

use crate::domain::due::DueRule;
use crate::domain::ids::{ContactId, CustomerId, MilestoneId, ProjectId};
use crate::domain::kinds::{
    Cause, Channel, Grade, InvoiceKind, Method, Outcome, ProjectState, Stage, TouchKind,
};

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn currency_code<S: Serializer>(c: &Currency, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(c.code())
}

fn rule_text<S: Serializer>(rule: &DueRule, s: S) -> Result<S::Ok, S::Error> {
    s.collect_str(rule)
}

/// A person at a customer, as a form holds them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ContactDraft {
    /// The contact to change; `None` adds one.
    pub id: Option<ContactId>,
    /// Name, not empty.
    pub name: String,
    /// What they do there.
    pub role: String,
    /// Telephone.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// WeChat name.
    pub wechat: String,
    /// How they like to be reached.
    pub channel: Option<Channel>,
}

/// Who owes, as a form holds them. Empty text is "not known".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CustomerDraft {
    /// Unique code; empty takes the name.
    pub code: String,
    /// Full name, not empty.
    pub name: String,
    /// Name for narrow columns.
    pub short_name: String,
    /// Title on the invoice.
    pub invoice_title: String,
    /// Taxpayer number.
    pub tax_no: String,
    /// Bank.
    pub bank: String,
    /// Bank account.
    pub bank_account: String,
    /// Registered address.
    pub address: String,
    /// Registered telephone.
    pub phone: String,
    /// Grade the user gave.
    pub grade: Option<Grade>,
    /// Credit limit in minor units of the main currency.
    pub credit_limit: Option<i64>,
    /// Default payment term, in calendar days.
    pub terms_days: Option<u16>,
    /// Anything else.
    pub notes: String,
    /// Contacts: those with an id are changed, the others added, those left out are removed.
    pub contacts: Vec<ContactDraft>,
}

/// One contract, as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectDraft {
    /// Unique code; empty takes the name.
    pub code: String,
    /// Name, not empty.
    pub name: String,
    /// Who owes.
    pub customer: CustomerId,
    /// Who of us looks after it; a new name makes a person.
    pub manager: String,
    /// Contract number.
    pub contract_no: String,
    /// Contract amount.
    pub contract_amount: Option<i64>,
    /// Currency.
    #[serde(serialize_with = "currency_code")]
    pub currency: Currency,
    /// Day of signing.
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
    /// Where it stands.
    pub state: ProjectState,
}

/// One agreed instalment, as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MilestoneDraft {
    /// Its contract.
    pub project: ProjectId,
    /// Unique key; empty has none.
    pub key: String,
    /// Name, not empty.
    pub name: String,
    /// What it is for.
    pub stage: Stage,
    /// What was agreed, above 0.
    pub amount: i64,
    /// The payment condition in the contract's words.
    pub condition: String,
    /// When it falls due.
    #[serde(serialize_with = "rule_text")]
    pub rule: DueRule,
    /// Day it was agreed.
    pub agreed_on: Option<NaiveDate>,
    /// Day its event is planned for.
    pub planned_on: Option<NaiveDate>,
    /// Day of delivery.
    pub delivered_on: Option<NaiveDate>,
    /// Day of acceptance.
    pub accepted_on: Option<NaiveDate>,
    /// How it is to be paid.
    pub method: Option<Method>,
    /// Anything else.
    pub note: String,
}

/// A bill over one or more milestones of one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvoiceDraft {
    /// Its number; empty is not known.
    pub number: String,
    /// Kind of bill.
    pub kind: InvoiceKind,
    /// Day on the invoice.
    pub issued_on: NaiveDate,
    /// Day it went out.
    pub sent_on: Option<NaiveDate>,
    /// Day the customer signed for it.
    pub received_on: Option<NaiveDate>,
    /// What it bills: (milestone, amount); `None` bills what is not yet invoiced.
    pub lines: Vec<(MilestoneId, Option<i64>)>,
}

/// Where money goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Receivables of that customer and currency, oldest due first; what is over stays unapplied.
    OldestFirst,
    /// To these milestones, each this much; the rest stays unapplied. Empty leaves all unapplied.
    Lines(Vec<(MilestoneId, i64)>),
}

/// Money that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentDraft {
    /// From whom.
    pub customer: CustomerId,
    /// Day it arrived.
    pub received_on: NaiveDate,
    /// How much, above 0.
    pub amount: i64,
    /// In which currency.
    #[serde(serialize_with = "currency_code")]
    pub currency: Currency,
    /// How.
    pub method: Method,
    /// Who paid, if not the customer.
    pub payer: String,
    /// Bank reference.
    pub bank_ref: String,
    /// Anything else.
    pub note: String,
    /// What it pays.
    pub target: Target,
}

/// A promise to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromiseDraft {
    /// For which milestone.
    pub milestone: MilestoneId,
    /// How much; `None` is the balance less what is disputed.
    pub amount: Option<i64>,
    /// Last day to keep it.
    pub pay_by: NaiveDate,
}

/// One contact with a customer about some of its milestones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TouchDraft {
    /// About what; all of one customer, at least one.
    pub milestones: Vec<MilestoneId>,
    /// When.
    pub on: NaiveDate,
    /// With whom.
    pub contact: Option<ContactId>,
    /// How.
    pub channel: Channel,
    /// What for.
    pub kind: TouchKind,
    /// Which step of the ladder; `None` counts as no step.
    pub step: Option<u8>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Why money is late.
    pub cause: Option<Cause>,
    /// Anything else.
    pub note: String,
    /// When to come back to it.
    pub next_on: Option<NaiveDate>,
    /// Promises made in it.
    pub promises: Vec<PromiseDraft>,
}
