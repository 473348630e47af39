//! One customer, project or milestone with everything a form or a detail pane shows of it. What can be edited comes as
//! the draft that an edit sends back.

use chrono::NaiveDate;
use iso_currency::Currency;
use rusqlite::Connection;

use super::convert::{first, rows};
use super::{Reader, facts, unknown};
use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::change::{ContactDraft, CustomerDraft, MilestoneDraft, ProjectDraft};
use crate::domain::ids::{AllocationId, ContactId, CustomerId, MilestoneId, PaymentId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::{Channel, Grade, Method, ProjectState, Stage};
use crate::domain::violation::Thing;
use crate::error::Result;

/// A milestone with its contract and its customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneDetail {
    pub id: MilestoneId,
    /// What can be edited of it.
    pub draft: MilestoneDraft,
    /// As everything recorded has it, open or closed.
    pub item: Item,
    /// Since when nothing is open.
    pub closed_on: Option<NaiveDate>,
    pub project: ProjectDraft,
    pub customer: CustomerDraft,
}

/// One step of a project's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanStep {
    /// As everything recorded has it, open or closed.
    pub item: Item,
    /// Its key; empty has none.
    pub key: String,
    pub name: String,
    /// Since when nothing is open.
    pub closed_on: Option<NaiveDate>,
}

/// A project with its plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectDetail {
    pub id: ProjectId,
    /// What can be edited of it.
    pub draft: ProjectDraft,
    /// Code and name of the customer.
    pub customer: (String, String),
    /// Its milestones, in the order of the plan.
    pub plan: Vec<PlanStep>,
}

/// A payment with what it pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentDetail {
    pub id: PaymentId,
    pub received_on: NaiveDate,
    /// Minor units that arrived.
    pub amount: i64,
    pub currency: Currency,
    pub method: Method,
    /// Who paid, if not the customer.
    pub payer: String,
    pub bank_ref: String,
    pub note: String,
    /// Minor units that pay nothing yet.
    pub unapplied: i64,
    /// Minor units that went back.
    pub reversed: i64,
    pub allocations: Vec<AllocationDetail>,
}

/// What a payment pays of one milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationDetail {
    pub id: AllocationId,
    pub milestone: MilestoneId,
    /// Its key; empty has none.
    pub key: String,
    pub name: String,
    /// Day from which it counts.
    pub on: NaiveDate,
    /// Minor units, less what went back.
    pub amount: i64,
}

macro_rules! select_payment {
    ($rest:literal) => {
        concat!(
            "SELECT id, received_on, amount, currency, method, payer, bank_ref, note, unapplied, \
             COALESCE((SELECT SUM(r.amount) FROM reversal r WHERE r.payment = payment.id), 0) FROM payment ",
            $rest
        )
    };
}

impl Reader {
    /// A milestone with its contract and customer; unknown ones are refused.
    pub fn milestone_detail(&self, id: MilestoneId) -> Result<MilestoneDetail> {
        let facts = facts::one(&self.db, id)?;
        let item = as_of::item(&facts, as_of::LATEST, Calendar::china())
            .ok_or_else(|| unknown(Thing::Milestone, id))?;
        Ok(MilestoneDetail {
            id,
            draft: self.milestone_draft(id)?,
            item,
            closed_on: crate::domain::balance::closed_on(&facts),
            project: self.project_draft(facts.project.id)?,
            customer: self.customer_draft(facts.project.customer)?,
        })
    }

    /// A milestone as a form edits it; unknown ones are refused.
    pub fn milestone_draft(&self, id: MilestoneId) -> Result<MilestoneDraft> {
        let sql = "SELECT project, key, name, stage, amount, condition, rule, agreed_on, planned_on, delivered_on, \
                   accepted_on, method, note FROM milestone WHERE id = ?";
        first(&self.db, ("milestone", sql), [id.0], |c| {
            Ok(MilestoneDraft {
                project: ProjectId(c.int(0)?),
                key: c.maybe_text(1)?.unwrap_or_default().to_owned(),
                name: c.string(2)?,
                stage: c.code(3, Stage::from_code)?,
                amount: c.int(4)?,
                condition: c.string(5)?,
                rule: c.rule(6)?,
                agreed_on: c.maybe_day(7)?,
                planned_on: c.maybe_day(8)?,
                delivered_on: c.maybe_day(9)?,
                accepted_on: c.maybe_day(10)?,
                method: c.maybe_code(11, Method::from_code)?,
                note: c.string(12)?,
            })
        })?
        .ok_or_else(|| unknown(Thing::Milestone, id))
    }

    /// A project with its plan; unknown ones are refused.
    pub fn project_detail(&self, id: ProjectId) -> Result<ProjectDetail> {
        let draft = self.project_draft(id)?;
        let sql = "SELECT code, name FROM customer WHERE id = ?";
        let customer = first(&self.db, ("customer", sql), [draft.customer.0], |c| {
            Ok((c.string(0)?, c.string(1)?))
        })?;
        Ok(ProjectDetail {
            id,
            customer: customer.unwrap_or_default(),
            plan: plan(&self.db, id)?,
            draft,
        })
    }

    /// A project as a form edits it; unknown ones are refused.
    pub fn project_draft(&self, id: ProjectId) -> Result<ProjectDraft> {
        let sql = "SELECT p.code, p.name, p.customer, w.name, p.contract_no, p.contract_amount, p.currency, \
                   p.signed_on, p.starts_on, p.ends_on, p.warranty_ends_on, p.progress_percent, p.grace_days, p.state \
                   FROM project p LEFT JOIN person w ON w.id = p.manager WHERE p.id = ?";
        first(&self.db, ("project", sql), [id.0], |c| {
            Ok(ProjectDraft {
                code: c.string(0)?,
                name: c.string(1)?,
                customer: CustomerId(c.int(2)?),
                manager: c.maybe_text(3)?.unwrap_or_default().to_owned(),
                contract_no: c.string(4)?,
                contract_amount: c.maybe_int(5)?,
                currency: c.currency(6)?,
                signed_on: c.maybe_day(7)?,
                starts_on: c.maybe_day(8)?,
                ends_on: c.maybe_day(9)?,
                warranty_ends_on: c.maybe_day(10)?,
                progress_percent: c.maybe_small(11)?,
                grace_days: c.small(12)?,
                state: c.code(13, ProjectState::from_code)?,
            })
        })?
        .ok_or_else(|| unknown(Thing::Project, id))
    }

    /// A customer with its contacts, as a form edits it; unknown ones are refused.
    pub fn customer_draft(&self, id: CustomerId) -> Result<CustomerDraft> {
        let sql = "SELECT code, name, short_name, invoice_title, tax_no, bank, bank_account, address, phone, grade, \
                   credit_limit, terms_days, notes FROM customer WHERE id = ?";
        let contacts = contacts(&self.db, id)?;
        first(&self.db, ("customer", sql), [id.0], |c| {
            Ok(CustomerDraft {
                code: c.string(0)?,
                name: c.string(1)?,
                short_name: c.string(2)?,
                invoice_title: c.string(3)?,
                tax_no: c.string(4)?,
                bank: c.string(5)?,
                bank_account: c.string(6)?,
                address: c.string(7)?,
                phone: c.string(8)?,
                grade: c.maybe_code(9, Grade::from_code)?,
                credit_limit: c.maybe_int(10)?,
                terms_days: c.maybe_small(11)?,
                notes: c.string(12)?,
                contacts,
            })
        })?
        .ok_or_else(|| unknown(Thing::Customer, id))
    }

    /// A payment with what it pays; unknown ones are refused.
    pub fn payment(&self, id: PaymentId) -> Result<PaymentDetail> {
        let found = self.payments(select_payment!("WHERE id = ?"), id.0)?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| unknown(Thing::Payment, id))
    }

    /// The payments of a customer with what they pay, newest first.
    pub fn payments_of(&self, customer: CustomerId) -> Result<Vec<PaymentDetail>> {
        let sql = select_payment!("WHERE customer = ? ORDER BY received_on DESC, id DESC");
        self.payments(sql, customer.0)
    }

    fn payments(&self, sql: &str, of: i64) -> Result<Vec<PaymentDetail>> {
        let mut payments = rows(&self.db, ("payment", sql), [of], |c| {
            Ok(PaymentDetail {
                id: PaymentId(c.int(0)?),
                received_on: c.day(1)?,
                amount: c.int(2)?,
                currency: c.currency(3)?,
                method: c.code(4, Method::from_code)?,
                payer: c.string(5)?,
                bank_ref: c.string(6)?,
                note: c.string(7)?,
                unapplied: c.int(8)?,
                reversed: c.int(9)?,
                allocations: Vec::new(),
            })
        })?;
        for payment in &mut payments {
            payment.allocations = allocations(&self.db, payment.id)?;
        }
        Ok(payments)
    }
}

fn plan(db: &Connection, project: ProjectId) -> Result<Vec<PlanStep>> {
    let sql = "SELECT id, COALESCE(key, ''), name, closed_on FROM milestone WHERE project = ? ORDER BY id";
    let named = rows(db, ("milestone", sql), [project.0], |c| {
        Ok((
            MilestoneId(c.int(0)?),
            c.string(1)?,
            c.string(2)?,
            c.maybe_day(3)?,
        ))
    })?;
    let ids: Vec<MilestoneId> = named.iter().map(|(id, ..)| *id).collect();
    let facts = facts::of(db, &ids)?;
    let mut plan: Vec<PlanStep> = facts
        .iter()
        .zip(named)
        .filter_map(|(facts, (_, key, name, closed_on))| {
            Some(PlanStep {
                item: as_of::item(facts, as_of::LATEST, Calendar::china())?,
                key,
                name,
                closed_on,
            })
        })
        .collect();
    plan.sort_by_key(|step| step.item.seq);
    Ok(plan)
}

fn contacts(db: &Connection, customer: CustomerId) -> Result<Vec<ContactDraft>> {
    let sql = "SELECT id, name, role, phone, email, wechat, channel FROM contact \
               WHERE customer = ? AND removed = 0 ORDER BY id";
    rows(db, ("contact", sql), [customer.0], |c| {
        Ok(ContactDraft {
            id: Some(ContactId(c.int(0)?)),
            name: c.string(1)?,
            role: c.string(2)?,
            phone: c.string(3)?,
            email: c.string(4)?,
            wechat: c.string(5)?,
            channel: c.maybe_code(6, Channel::from_code)?,
        })
    })
}

fn allocations(db: &Connection, payment: PaymentId) -> Result<Vec<AllocationDetail>> {
    let sql = "SELECT a.id, a.milestone, COALESCE(m.key, ''), m.name, a.effective_on, a.amount + \
               COALESCE((SELECT SUM(b.amount) FROM allocation b WHERE b.reverses = a.id), 0) \
               FROM allocation a JOIN milestone m ON m.id = a.milestone \
               WHERE a.payment = ? AND a.reverses IS NULL ORDER BY a.id";
    rows(db, ("allocation", sql), [payment.0], |c| {
        Ok(AllocationDetail {
            id: AllocationId(c.int(0)?),
            milestone: MilestoneId(c.int(1)?),
            key: c.string(2)?,
            name: c.string(3)?,
            on: c.day(4)?,
            amount: c.int(5)?,
        })
    })
}
