//! One customer, project or milestone with everything a form or a detail pane shows of it. What can be edited comes as
//! the draft that an edit sends back.

use std::collections::HashMap;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::backend::{Backend, select, values};
use super::conditions::{self, Condition, Progress};
use super::deals::{self, ListedDeal};
use super::rows::{CustomerRow, MilestoneRow, ProjectRow};
use super::{Reader, facts, unknown};
use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::change::{ContactDraft, CustomerDraft, Deduction, MilestoneDraft, ProjectDraft};
use crate::domain::ids::{
    AllocationId, ContactId, CustomerId, MilestoneId, PaymentId, PersonId, ProjectId,
};
use crate::domain::item::Item;
use crate::domain::kinds::{Channel, DeductionKind, Method, ProjectState};
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
    /// What was agreed about it after the contract, newest first.
    pub deals: Vec<ListedDeal>,
    /// What it waits for, in the order it was recorded.
    pub conditions: Vec<Condition>,
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
    /// What it is now: active, closed, or resting.
    pub state: ProjectState,
    /// Since when it rests, where that is on record.
    pub suspended: Option<Suspended>,
    /// Code and name of the customer.
    pub customer: (String, String),
    /// Its milestones, in the order of the plan; parts behind what was split.
    /// How far the work is, and since when that is known.
    pub progress: Option<Progress>,
    /// Its milestones, in the order of the plan.
    pub plan: Vec<PlanStep>,
    /// What was agreed after the contract, newest first.
    pub deals: Vec<ListedDeal>,
}

select! {
    /// A time in which the work on a project rests.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Suspended from "suspension" {
        pub since: NaiveDate = "since",
        /// How the customer was told.
        pub notice: String = "notice",
        pub reason: String = "reason",
    }
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
    /// What the bank was not credited with.
    pub deductions: Vec<Deduction>,
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

select! {
    struct PaymentHead from "payment p" {
        id: PaymentId = "p.id",
        received_on: NaiveDate = "p.received_on",
        amount: i64 = "p.amount",
        currency: Currency = "p.currency",
        method: Method = "p.method",
        payer: String = "p.payer",
        bank_ref: String = "p.bank_ref",
        note: String = "p.note",
        unapplied: i64 = "p.unapplied",
        reversed: Option<i64> = "(SELECT CAST(SUM(r.amount) AS BIGINT) FROM reversal r WHERE r.payment = p.id)",
    }
}

select! {
    struct Paid from "allocation a JOIN milestone m ON m.id = a.milestone" {
        id: AllocationId = "a.id",
        milestone: MilestoneId = "a.milestone",
        key: Option<String> = "m.key",
        name: String = "m.name",
        on: NaiveDate = "a.effective_on",
        amount: i64 = "a.amount",
        reversed: Option<i64> = "(SELECT CAST(SUM(b.amount) AS BIGINT) FROM allocation b WHERE b.reverses = a.id)",
    }
}

select! {
    struct Contact from "contact" {
        id: ContactId = "id",
        name: String = "name",
        role: String = "role",
        phone: String = "phone",
        email: String = "email",
        wechat: String = "wechat",
        channel: Option<Channel> = "channel",
    }
}

select! {
    struct Planned from "milestone" {
        id: MilestoneId = "id",
        key: Option<String> = "key",
        name: String = "name",
        closed_on: Option<NaiveDate> = "closed_on",
    }
}

impl Reader {
    /// A milestone with its contract and customer; unknown ones are refused.
    pub fn milestone_detail(&self, id: MilestoneId) -> Result<MilestoneDetail> {
        let facts = facts::one(&*self.db, id)?;
        let item = as_of::item(&facts, as_of::LATEST, Calendar::china())
            .ok_or_else(|| unknown(Thing::Milestone, id))?;
        let mut deals = self.deal_list(None, Some(facts.project.id))?;
        deals.retain(|deal| deal.lines.iter().any(|line| line.milestone == id));
        Ok(MilestoneDetail {
            id,
            deals,
            draft: self.milestone_draft(id)?,
            item,
            closed_on: crate::domain::balance::closed_on(&facts),
            project: self.project_draft(facts.project.id)?,
            customer: self.customer_draft(facts.project.customer)?,
            conditions: self.conditions_of(id)?,
        })
    }

    /// A milestone as a form edits it; unknown ones are refused.
    pub fn milestone_draft(&self, id: MilestoneId) -> Result<MilestoneDraft> {
        let row: Option<MilestoneRow> = self.db.row(id.0)?;
        let row = row.ok_or_else(|| unknown(Thing::Milestone, id))?;
        let sql =
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM deal_line WHERE milestone = $1";
        let adjusted: i64 = self.db.value(sql, values![id])?;
        Ok(MilestoneDraft {
            project: row.project,
            key: row.key.unwrap_or_default(),
            name: row.name,
            stage: row.stage,
            amount: row.amount.saturating_add(adjusted),
            condition: row.condition,
            rule: row.rule,
            agreed_on: row.agreed_on,
            planned_on: row.planned_on,
            delivered_on: row.delivered_on,
            accepted_on: row.accepted_on,
            method: row.method,
            bill_months: row.bill_months,
            note: row.note,
        })
    }

    /// A project with its plan; unknown ones are refused.
    pub fn project_detail(&self, id: ProjectId) -> Result<ProjectDetail> {
        let draft = self.project_draft(id)?;
        let sql = "SELECT code, name FROM customer WHERE id = $1";
        Ok(ProjectDetail {
            id,
            customer: self.db.value(sql, values![draft.customer])?,
            state: self
                .db
                .value("SELECT state FROM project_state WHERE project = $1", values![id])?,
            suspended: self
                .db
                .select_first("WHERE project = $1 AND resumed_on IS NULL", values![id])?,
            progress: self.progress(id)?,
            plan: plan(&*self.db, id)?,
            deals: self.deal_list(None, Some(id))?,
            draft,
        })
    }

    /// A project as a form edits it; unknown ones are refused.
    pub fn project_draft(&self, id: ProjectId) -> Result<ProjectDraft> {
        let row: Option<ProjectRow> = self.db.row(id.0)?;
        let row = row.ok_or_else(|| unknown(Thing::Project, id))?;
        let sql = "SELECT name FROM person WHERE id = $1";
        let name = |person: Option<PersonId>| -> Result<String> {
            let name = person.map(|person| self.db.value(sql, values![person]));
            Ok(name.transpose()?.unwrap_or_default())
        };
        Ok(ProjectDraft {
            code: row.code,
            name: row.name,
            customer: row.customer,
            manager: name(row.manager)?,
            finance: name(row.finance)?,
            legal: name(row.legal)?,
            sales: name(row.sales)?,
            contract_no: row.contract_no,
            contract_amount: deals::contract_on(&*self.db, id, as_of::LATEST)?,
            currency: row.currency,
            signed_on: row.signed_on,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            warranty_ends_on: row.warranty_ends_on,
            progress_percent: conditions::progress(&*self.db, id)?.map(|(percent, _)| percent),
            grace_days: row.grace_days,
            state: row.state,
            bills: row.bills,
            late_fee: row.late_fee,
            discount: row.discount,
            method: row.method,
            bill_months: row.bill_months,
            priority_from: row.priority_from,
            completed_on: row.completed_on,
            plan: Vec::new(),
        })
    }

    /// A customer with its contacts, as a form edits it; unknown ones are refused.
    pub fn customer_draft(&self, id: CustomerId) -> Result<CustomerDraft> {
        let row: Option<CustomerRow> = self.db.row(id.0)?;
        let row = row.ok_or_else(|| unknown(Thing::Customer, id))?;
        Ok(CustomerDraft {
            code: row.code,
            name: row.name,
            short_name: row.short_name,
            invoice_title: row.invoice_title,
            tax_no: row.tax_no,
            bank: row.bank,
            bank_account: row.bank_account,
            address: row.address,
            phone: row.phone,
            grade: row.grade,
            credit_limit: row.credit_limit,
            terms_days: row.terms_days,
            notes: row.notes,
            contacts: contacts(&*self.db, id)?,
        })
    }

    /// A payment with what it pays; unknown ones are refused.
    pub fn payment(&self, id: PaymentId) -> Result<PaymentDetail> {
        let found = self.db.select_first("WHERE p.id = $1", values![id])?;
        self.payment_detail(found.ok_or_else(|| unknown(Thing::Payment, id))?)
    }

    /// The payments of a customer with what they pay, newest first.
    pub fn payments_of(&self, customer: CustomerId) -> Result<Vec<PaymentDetail>> {
        let rest = "WHERE p.customer = $1 ORDER BY p.received_on DESC, p.id DESC";
        let found = self.db.select(rest, values![customer])?;
        found.into_iter().map(|head| self.payment_detail(head)).collect()
    }

    fn payment_detail(&self, head: PaymentHead) -> Result<PaymentDetail> {
        let rest = "WHERE a.payment = $1 AND a.reverses IS NULL ORDER BY a.id";
        let paid = self.db.select::<Paid>(rest, values![head.id])?;
        let allocation = |paid: Paid| AllocationDetail {
            id: paid.id,
            milestone: paid.milestone,
            key: paid.key.unwrap_or_default(),
            name: paid.name,
            on: paid.on,
            amount: paid.amount.saturating_add(paid.reversed.unwrap_or(0)),
        };
        let sql = "SELECT kind, amount FROM deduction WHERE payment = $1 ORDER BY kind, amount";
        let deductions: Vec<(DeductionKind, i64)> = self.db.rows(sql, values![head.id])?;
        let deduction = |(kind, amount)| Deduction { kind, amount };
        Ok(PaymentDetail {
            id: head.id,
            received_on: head.received_on,
            amount: head.amount,
            currency: head.currency,
            method: head.method,
            payer: head.payer,
            bank_ref: head.bank_ref,
            note: head.note,
            unapplied: head.unapplied,
            reversed: head.reversed.unwrap_or(0),
            allocations: paid.into_iter().map(allocation).collect(),
            deductions: deductions.into_iter().map(deduction).collect(),
        })
    }
}

fn plan(db: &dyn Backend, project: ProjectId) -> Result<Vec<PlanStep>> {
    let planned = db.select::<Planned>("WHERE project = $1 ORDER BY id", values![project])?;
    let ids: Vec<MilestoneId> = planned.iter().map(|one| one.id).collect();
    let facts = facts::of(db, &ids)?;
    let mut plan: Vec<PlanStep> = facts
        .iter()
        .zip(planned)
        .filter_map(|(facts, planned)| {
            Some(PlanStep {
                item: as_of::item(facts, as_of::LATEST, Calendar::china())?,
                key: planned.key.unwrap_or_default(),
                name: planned.name,
                closed_on: planned.closed_on,
            })
        })
        .collect();
    // Parts stand behind what was split.
    let places: HashMap<MilestoneId, u32> =
        plan.iter().map(|step| (step.item.id, step.item.seq)).collect();
    let split = facts.iter().filter_map(|facts| Some((facts.id, facts.part.as_ref()?.of)));
    let split: HashMap<MilestoneId, MilestoneId> = split.collect();
    plan.sort_by_key(|step| {
        let of = split.get(&step.item.id).and_then(|of| places.get(of));
        (of.copied().unwrap_or(step.item.seq), of.is_some(), step.item.seq)
    });
    Ok(plan)
}

fn contacts(db: &dyn Backend, customer: CustomerId) -> Result<Vec<ContactDraft>> {
    let rest = "WHERE customer = $1 AND removed = 0 ORDER BY id";
    let contacts = db.select::<Contact>(rest, values![customer])?;
    let draft = |contact: Contact| ContactDraft {
        id: Some(contact.id),
        name: contact.name,
        role: contact.role,
        phone: contact.phone,
        email: contact.email,
        wechat: contact.wechat,
        channel: contact.channel,
    };
    Ok(contacts.into_iter().map(draft).collect())
}
