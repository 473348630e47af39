//! Everything recorded about milestones, read in one pass per table however many there are. A kind of fact is one
//! `select!` here, with the rule for what a day knows of it.

use std::collections::HashMap;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::backend::{Backend, Read, RowReader, Select, select, values};
use super::{Reader, unknown};
use crate::domain::as_of;
use crate::domain::bill;
use crate::domain::calendar::Calendar;
use crate::domain::discount::Discount;
use crate::domain::due::{DueRule, Event};
use crate::domain::facts::{
    AdjustmentFact, AllocationFact, BlockFact, ConditionFact, DisputeFact, Facts, HoldFact,
    InvoiceFact, PartFact, PartMoney, ProjectFacts, PromiseFact, Reference, RescheduleFact,
    SettlementFact, SuspensionFact, TouchFact,
};
use crate::domain::ids::{
    AllocationId, CustomerId, DealId, InvoiceId, MilestoneId, PersonId, ProjectId, PromiseId,
};
use crate::domain::item::Item;
use crate::domain::kinds::{
    BillsCount, DealKind, Method, PriorityStart, ProjectState, Stage, TouchKind,
};
use crate::domain::violation::Thing;
use crate::error::{Error, Result};

impl Reader {
    /// Everything recorded about one milestone.
    pub fn facts(&self, id: MilestoneId) -> Result<Facts> {
        one(&*self.db, id)
    }

    /// Everything recorded about these milestones, by id; those that do not exist are left out.
    pub fn facts_of(&self, ids: &[MilestoneId]) -> Result<Vec<Facts>> {
        of(&*self.db, ids)
    }

    /// How far the work of a project was: (day, percent), in the order it was recorded.
    pub fn progress_notes(&self, project: ProjectId) -> Result<Vec<(NaiveDate, u8)>> {
        Ok(progress_of(&*self.db, &[project.0])?.remove(&project).unwrap_or_default())
    }

    /// The milestones with nothing open on this day, by id; one that is open again since is among them.
    pub fn closed_items(&self, day: NaiveDate) -> Result<Vec<Item>> {
        let facts = read(&*self.db, &Scope::ClosedOn(day))?;
        let calendar = Calendar::china();
        let items = facts.iter().filter_map(|f| as_of::item(f, day, calendar));
        Ok(items.filter(|item| item.balance == 0).collect())
    }

    /// The milestones that were open on this day, by id: only what had happened by then counts, whenever it was
    /// recorded.
    pub fn items_as_of(&self, day: NaiveDate) -> Result<Vec<Item>> {
        let facts = read(&*self.db, &Scope::OpenOn(day))?;
        let calendar = Calendar::china();
        let items = facts.iter().filter_map(|f| as_of::item(f, day, calendar));
        Ok(items.filter(|item| item.balance != 0).collect())
    }
}

/// Everything recorded about one milestone; unknown ones are refused.
pub(super) fn one(db: &dyn Backend, id: MilestoneId) -> Result<Facts> {
    of(db, &[id])?.pop().ok_or_else(|| unknown(Thing::Milestone, id))
}

/// Everything recorded about these milestones, by id.
pub(super) fn of(db: &dyn Backend, ids: &[MilestoneId]) -> Result<Vec<Facts>> {
    let mut ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let [Some(first), Some(last)] = [ids.first(), ids.last()].map(Option::<&i64>::copied) else {
        return Ok(Vec::new());
    };
    if usize::try_from(last - first).is_ok_and(|span| span < DENSE * ids.len()) {
        let mut facts = read(db, &Scope::Between([first, last]))?;
        facts.retain(|facts| ids.binary_search(&facts.id.0).is_ok());
        return Ok(facts);
    }
    read(db, &Scope::Among(&ids))
}

/// Where one in so many ids between the first and the last is asked for, all between them are read: one pass over a
/// stretch of each table costs less than looking the ids up.
const DENSE: usize = 2;

/// Of which milestones, and what of them.
enum Scope<'i> {
    /// All from the first to the last.
    Between([i64; 2]),
    /// All of these, by id and each once.
    Among(&'i [i64]),
    /// What a day knew of those with something open.
    OpenOn(NaiveDate),
    /// What a day knew of those with nothing open then, and of some others.
    ClosedOn(NaiveDate),
}

/// A kind of fact. Its queries give the milestone it belongs to, then what is read of it; the facts of a milestone in the
/// order they were recorded.
trait Fact: Read {
    /// Those of all milestones from one to another.
    const BETWEEN: &str;
    /// Those of some milestones.
    const AMONG: &str;
    /// Those known on a day, if that is given.
    const KNOWN_ON: &str;
    const IS_DATED: bool;

    fn add_to(self, facts: &mut Facts) -> Result<()>;
}

/// A fact, its table first; `known` is the day from which it is known, none is always.
macro_rules! fact {
    ($name:ident from $from:literal of $owner:literal, $(known $day:literal,)? order $order:literal;
     { $($field:ident: $type:ty = $sql:literal),+ $(,)? }
     |$self:ident, $facts:ident| $add:expr) => {
        struct $name { $($field: $type),+ }

        impl Read for $name {
            fn read(row: &mut RowReader<'_>) -> Result<Self> {
                Ok(Self { $($field: row.next()?),+ })
            }
        }

        impl Fact for $name {
            const BETWEEN: &str = concat!(
                "SELECT ", $owner $(, ", ", $sql)+, " FROM ", $from,
                " WHERE ", $owner, " BETWEEN $1 AND $2 ORDER BY ", $owner, ", ", $order
            );
            const AMONG: &str = concat!(
                "SELECT ", $owner $(, ", ", $sql)+, " FROM ", $from,
                " WHERE ", $owner, " IN ($ids) ORDER BY ", $order
            );
            const KNOWN_ON: &str = concat!(
                "SELECT ", $owner $(, ", ", $sql)+, " FROM ", $from,
                $(" WHERE ", $day, " <= $1",)? " ORDER BY ", $order
            );
            const IS_DATED: bool = !concat!($($day)?).is_empty();

            fn add_to($self, $facts: &mut Facts) -> Result<()> {
                $add
            }
        }
    };
}

select! {
    struct Base from "milestone m JOIN project p ON p.id = m.project" {
        id: MilestoneId = "m.id",
        seq: u32 = "m.seq",
        stage: Stage = "m.stage",
        amount: i64 = "m.amount",
        rule: DueRule = "m.rule",
        agreed_on: Option<NaiveDate> = "m.agreed_on",
        planned_on: Option<NaiveDate> = "m.planned_on",
        delivered_on: Option<NaiveDate> = "m.delivered_on",
        accepted_on: Option<NaiveDate> = "m.accepted_on",
        project: ProjectId = "p.id",
        customer: CustomerId = "p.customer",
        manager: Option<PersonId> = "p.manager",
        currency: Currency = "p.currency",
        signed_on: Option<NaiveDate> = "p.signed_on",
        starts_on: Option<NaiveDate> = "p.starts_on",
        warranty_ends_on: Option<NaiveDate> = "p.warranty_ends_on",
        grace_days: u16 = "p.grace_days",
        bills: bool = "p.bills",
        method: Option<Method> = "COALESCE(m.method, p.method)",
        bill_months: Option<u16> = "COALESCE(m.bill_months, p.bill_months)",
        discount: Option<Discount> = "p.discount",
        priority_from: Option<PriorityStart> = "p.priority_from",
        ends_on: Option<NaiveDate> = "p.ends_on",
        completed_on: Option<NaiveDate> = "p.completed_on",
        state: ProjectState = "p.state",
    }
}

impl From<Base> for Facts {
    fn from(base: Base) -> Self {
        let project = ProjectFacts {
            id: base.project,
            customer: base.customer,
            manager: base.manager,
            currency: base.currency,
            signed_on: base.signed_on,
            starts_on: base.starts_on,
            warranty_ends_on: base.warranty_ends_on,
            grace_days: base.grace_days,
            bills: base.bills,
            discount: base.discount,
            priority_from: base.priority_from,
            ends_on: base.ends_on,
            completed_on: base.completed_on,
            // It rested already when no days of that were kept.
            suspensions: (base.state == ProjectState::Suspended)
                .then(|| SuspensionFact {
                    since: base.signed_on.or(base.starts_on).unwrap_or(NaiveDate::MIN),
                    resumed_on: None,
                })
                .into_iter()
                .collect(),
        };
        Self {
            seq: base.seq,
            stage: base.stage,
            rule: base.rule,
            agreed_on: base.agreed_on,
            planned_on: base.planned_on,
            delivered_on: base.delivered_on,
            accepted_on: base.accepted_on,
            ..Self::new(base.id, project, base.amount)
        }
    }
}

fact! {
    Adjusted from "deal_line l JOIN deal d ON d.id = l.deal" of "l.milestone", known "d.agreed_on", order "l.id";
    { on: NaiveDate = "d.agreed_on", kind: DealKind = "d.kind", amount: i64 = "l.amount" }
    |self, facts| {
        if self.amount != 0 {
            facts.adjustments.push(AdjustmentFact { on: self.on, kind: self.kind, amount: self.amount });
        }
        Ok(())
    }
}

fact! {
    Settling from "deal_line l JOIN deal d ON d.id = l.deal AND d.kind = 'settlement'" of "l.milestone",
    known "d.agreed_on", order "l.id";
    { deal: DealId = "d.id", agreed_on: NaiveDate = "d.agreed_on", by: Option<NaiveDate> = "d.lapses_on",
      amount: Option<i64> = "d.amount" }
    |self, facts| {
        let (Some(by), Some(amount)) = (self.by, self.amount) else {
            return Err(Error::Unreadable("deal".to_owned()));
        };
        let (deal, agreed_on, others) = (self.deal, self.agreed_on, Vec::new());
        facts.settlements.push(SettlementFact { deal, agreed_on, by, amount, others });
        Ok(())
    }
}

// The last part has none behind it that could be called due.
fact! {
    Part from "instalment i JOIN deal d ON d.id = i.deal" of "i.milestone", known "d.agreed_on", order "i.id";
    { deal: DealId = "i.deal", of: MilestoneId = "i.parent", starts: i64 = "i.starts", all_due: bool = "d.all_due",
      called_on: Option<NaiveDate> = "d.called_on",
      later: i64 = "(SELECT COUNT(*) FROM instalment j WHERE j.deal = i.deal AND j.id > i.id)" }
    |self, facts| {
        facts.part = Some(Box::new(PartFact {
            deal: self.deal,
            of: self.of,
            starts: self.starts,
            calls: self.all_due && self.later > 0,
            called_on: self.called_on,
            invoices: Vec::new(),
        }));
        Ok(())
    }
}

// From the few parts to what stands on them, never the other way: most ledgers have none.
fact! {
    InvoicedBefore from "(SELECT i.milestone AS part, l.id AS line, v.id AS id, v.reverses AS reverses, \
        v.issued_on AS issued_on, v.sent_on AS sent_on, v.received_on AS received_on, l.amount AS amount \
        FROM instalment i CROSS JOIN invoice_line l CROSS JOIN invoice v \
        WHERE l.milestone = i.parent AND v.id = l.invoice) b"
    of "b.part", known "b.issued_on", order "b.line";
    { id: InvoiceId = "b.id", reverses: Option<InvoiceId> = "b.reverses", issued_on: NaiveDate = "b.issued_on",
      sent_on: Option<NaiveDate> = "b.sent_on", received_on: Option<NaiveDate> = "b.received_on", amount: i64 = "b.amount" }
    |self, facts| {
        if let Some(part) = &mut facts.part {
            part.invoices.push(InvoiceFact {
                id: self.id,
                reverses: self.reverses,
                issued_on: self.issued_on,
                sent_on: self.sent_on,
                received_on: self.received_on,
                amount: self.amount,
            });
        }
        Ok(())
    }
}

fact! {
    PartPaid from "(SELECT i.parent AS parent, a.id AS id, a.effective_on AS day, a.amount AS amount \
        FROM instalment i CROSS JOIN allocation a WHERE a.milestone = i.milestone) p"
    of "p.parent", known "p.day", order "p.id";
    { on: NaiveDate = "p.day", amount: i64 = "p.amount" }
    |self, facts| {
        facts.parts.push(PartMoney { on: self.on, received: self.amount, given_up: 0 });
        Ok(())
    }
}

fact! {
    PartWrittenOff from "(SELECT i.parent AS parent, w.id AS id, w.written_off_on AS day, w.amount AS amount \
        FROM instalment i CROSS JOIN write_off w WHERE w.milestone = i.milestone) p"
    of "p.parent", known "p.day", order "p.id";
    { on: NaiveDate = "p.day", amount: i64 = "p.amount" }
    |self, facts| {
        facts.parts.push(PartMoney { on: self.on, received: 0, given_up: self.amount });
        Ok(())
    }
}

fact! {
    Invoiced from "invoice_line l JOIN invoice i ON i.id = l.invoice" of "l.milestone", known "i.issued_on",
    order "l.id";
    { id: InvoiceId = "i.id", reverses: Option<InvoiceId> = "i.reverses", issued_on: NaiveDate = "i.issued_on", sent_on: Option<NaiveDate> = "i.sent_on",
      received_on: Option<NaiveDate> = "i.received_on", amount: i64 = "l.amount" }
    |self, facts| {
        facts.invoices.push(InvoiceFact {
            id: self.id,
            reverses: self.reverses,
            issued_on: self.issued_on,
            sent_on: self.sent_on,
            received_on: self.received_on,
            amount: self.amount,
        });
        Ok(())
    }
}

fact! {
    Allocated from "allocation" of "milestone", known "effective_on", order "id";
    { id: AllocationId = "id", on: NaiveDate = "effective_on", amount: i64 = "amount",
      reverses: Option<AllocationId> = "reverses" }
    |self, facts| {
        let Some(reverses) = self.reverses else {
            facts.allocations.push(AllocationFact::new(self.id, self.on, self.amount));
            return Ok(());
        };
        // A part that was taken back comes later, because it names the other.
        let original = facts.allocations.iter_mut().find(|a| a.id == reverses);
        let back = self.amount.checked_neg();
        let (Some(original), Some(back)) = (original, back) else {
            return Err(Error::Unreadable("allocation".to_owned()));
        };
        original.reversed.push((self.on, back));
        Ok(())
    }
}

// Read only where bills of exchange count when they are honoured.
fact! {
    Billed from "allocation a JOIN payment p ON p.id = a.payment AND p.method IN ('bank_bill', 'commercial_bill') \
        LEFT JOIN bill b ON b.payment = p.id" of "a.milestone", order "a.id";
    { id: AllocationId = "a.id",
      realised_on: Option<NaiveDate> = "b.realised_on" }
    |self, facts| {
        if let Some(allocation) = facts.allocations.iter_mut().find(|a| a.id == self.id) {
            allocation.counts_on = self.realised_on.map(|on| on.max(allocation.on));
        }
        Ok(())
    }
}

fact! {
    OtherMethod from "allocation a JOIN payment y ON y.id = a.payment JOIN milestone m ON m.id = a.milestone \
        JOIN project j ON j.id = m.project LEFT JOIN bill b ON b.payment = y.id"
    of "a.milestone", known "a.effective_on", order "a.id";
    { id: AllocationId = "a.id",
      other: bool = "CASE WHEN y.method <> COALESCE(m.method, j.method) THEN 1 ELSE 0 END",
      months: Option<u16> = "COALESCE(m.bill_months, j.bill_months)",
      drawn_on: NaiveDate = "COALESCE(b.issued_on, y.received_on)",
      matures_on: Option<NaiveDate> = "b.matures_on" }
    |self, facts| {
        if self.other || bill::is_longer(self.drawn_on, self.matures_on, self.months) {
            facts.other_method.push(self.id);
        }
        Ok(())
    }
}

fact! {
    WrittenOff from "write_off" of "milestone", known "written_off_on", order "id";
    { on: NaiveDate = "written_off_on", amount: i64 = "amount" }
    |self, facts| {
        facts.write_offs.push((self.on, self.amount));
        Ok(())
    }
}

fact! {
    Promised from "promise" of "milestone", known "made_on", order "id";
    { id: PromiseId = "id", made_on: NaiveDate = "made_on", amount: i64 = "amount", pay_by: NaiveDate = "pay_by" }
    |self, facts| {
        facts.promises.push(PromiseFact {
            id: self.id,
            made_on: self.made_on,
            amount: self.amount,
            pay_by: self.pay_by,
        });
        Ok(())
    }
}

fact! {
    Disputed from "dispute" of "milestone", known "opened_on", order "id";
    { opened_on: NaiveDate = "opened_on", amount: Option<i64> = "amount",
      resolved_on: Option<NaiveDate> = "resolved_on" }
    |self, facts| {
        facts.disputes.push(DisputeFact {
            opened_on: self.opened_on,
            amount: self.amount,
            resolved_on: self.resolved_on,
        });
        Ok(())
    }
}

fact! {
    Rescheduled from "reschedule" of "milestone", known "agreed_on", order "id";
    { agreed_on: NaiveDate = "agreed_on", to: NaiveDate = "to_due" }
    |self, facts| {
        facts.reschedules.push(RescheduleFact {
            agreed_on: self.agreed_on,
            to: self.to,
        });
        Ok(())
    }
}

// A hold may be known before it begins.
fact! {
    Held from "hold" of "milestone", order "id";
    { since: NaiveDate = "since", until: Option<NaiveDate> = "until", released_on: Option<NaiveDate> = "released_on" }
    |self, facts| {
        facts.holds.push(HoldFact {
            since: self.since,
            until: self.until,
            released_on: self.released_on,
        });
        Ok(())
    }
}

fact! {
    Suspended from "suspension s JOIN milestone m ON m.project = s.project" of "m.id", known "s.since", order "s.id";
    { since: NaiveDate = "s.since", resumed_on: Option<NaiveDate> = "s.resumed_on" }
    |self, facts| {
        let Self { since, resumed_on } = self;
        facts.project.suspensions.push(SuspensionFact { since, resumed_on });
        Ok(())
    }
}

fact! {
    Blocked from "block b JOIN todo t ON t.id = b.todo" of "b.milestone", known "b.opened_on", order "b.todo";
    { opened: NaiveDate = "b.opened_on", due: Option<NaiveDate> = "t.due_on",
      done: Option<NaiveDate> = "b.done_on" }
    |self, facts| {
        let Self { opened: opened_on, due: due_on, done: done_on } = self;
        facts.blocks.push(BlockFact { opened_on, due_on, done_on });
        Ok(())
    }
}

fact! {
    Touched from "touch_milestone l JOIN touch t ON t.id = l.touch" of "l.milestone", known "t.touched_on",
    order "l.id";
    { on: NaiveDate = "t.touched_on", kind: TouchKind = "t.kind", step: Option<u8> = "t.step",
      next_on: Option<NaiveDate> = "t.next_on" }
    |self, facts| {
        facts.touches.push(TouchFact {
            on: self.on,
            kind: self.kind,
            step: self.step,
            next_on: self.next_on,
        });
        Ok(())
    }
}

fact! {
    Conditioned from "milestone_condition" of "milestone", known "agreed_on", order "id";
    { agreed: NaiveDate = "agreed_on", planned: Option<NaiveDate> = "planned_on", met: Option<NaiveDate> = "met_on" }
    |self, facts| {
        facts.conditions.push(ConditionFact {
            agreed_on: self.agreed,
            planned_on: self.planned,
            met_on: self.met,
        });
        Ok(())
    }
}

fact! {
    Refused from "refusal" of "milestone", known "refused_on", order "id";
    { on: NaiveDate = "refused_on" }
    |self, facts| {
        facts.refusals.push(self.on);
        Ok(())
    }
}

fn read(db: &dyn Backend, scope: &Scope) -> Result<Vec<Facts>> {
    let mut pass = Pass { db, scope, facts: Vec::new(), with_method: Vec::new() };
    pass.bases()?;
    pass.add::<Adjusted>()?;
    pass.add::<Settling>()?;
    pass.add::<Part>()?;
    pass.add::<InvoicedBefore>()?;
    pass.add::<PartPaid>()?;
    pass.add::<PartWrittenOff>()?;
    pass.add::<Invoiced>()?;
    pass.add::<Allocated>()?;
    pass.other_methods()?;
    pass.add::<WrittenOff>()?;
    pass.add::<Promised>()?;
    pass.add::<Disputed>()?;
    pass.add::<Rescheduled>()?;
    pass.add::<Held>()?;
    pass.add::<Suspended>()?;
    pass.add::<Blocked>()?;
    pass.add::<Touched>()?;
    pass.add::<Conditioned>()?;
    pass.add::<Refused>()?;
    let policy = super::settings::policy(db)?;
    if policy.bills_count == BillsCount::Honoured {
        pass.add::<Billed>()?;
    }
    refer(db, &mut pass.facts)?;
    pool(db, &mut pass.facts, policy.bills_count)?;
    progress(db, &mut pass.facts)?;
    for facts in &mut pass.facts {
        facts.promise_tolerance_days = policy.promise_tolerance_days;
    }
    Ok(pass.facts)
}

struct Pass<'p> {
    db: &'p dyn Backend,
    scope: &'p Scope<'p>,
    /// By id.
    facts: Vec<Facts>,
    /// Those for which a method of payment was agreed.
    with_method: Vec<i64>,
}

impl Pass<'_> {
    fn bases(&mut self) -> Result<()> {
        let rest = match self.scope {
            Scope::Between(_) => "WHERE m.id BETWEEN $1 AND $2 ORDER BY m.id",
            Scope::Among(_) => "WHERE m.id IN ($ids) ORDER BY m.id",
            Scope::OpenOn(_) => {
                "WHERE (m.closed_on IS NULL OR m.closed_on > $1) AND (m.agreed_on IS NULL OR m.agreed_on <= $1) \
                 ORDER BY m.id"
            }
            // Only money that goes back or on to another milestone opens what was closed.
            Scope::ClosedOn(_) => {
                "WHERE m.closed_on <= $1 OR m.id IN (SELECT milestone FROM allocation \
                 WHERE reverses IS NOT NULL AND effective_on > $1) ORDER BY m.id"
            }
        };
        let Self { facts, with_method, .. } = self;
        let push = |base: Base| {
            if base.method.is_some() || base.bill_months.is_some() {
                with_method.push(base.id.0);
            }
            facts.push(base.into());
            Ok(())
        };
        let sql = [Base::SELECT, rest].join(" ");
        match *self.scope {
            Scope::Between([first, last]) => self.db.each(&sql, values![first, last], push),
            Scope::Among(ids) => self.db.each_of(&sql, ids, push),
            Scope::OpenOn(day) | Scope::ClosedOn(day) => self.db.each(&sql, values![day], push),
        }
    }

    /// Money that came otherwise than was agreed, where something was.
    fn other_methods(&mut self) -> Result<()> {
        let Self { db, facts, with_method, .. } = self;
        let add = |row: &mut RowReader<'_>| give::<OtherMethod>(facts, row);
        db.each_row_of(OtherMethod::AMONG, with_method, add)
    }

    /// Gives each fact of a kind to the milestone it belongs to. Of a past day most facts are of milestones long closed:
    /// nothing more is read of those.
    fn add<F: Fact>(&mut self) -> Result<()> {
        let facts = &mut self.facts;
        let add = |row: &mut RowReader<'_>| give::<F>(facts, row);
        match *self.scope {
            Scope::Between([first, last]) => {
                self.db.each_row(F::BETWEEN, values![first, last], add)
            }
            Scope::Among(ids) => self.db.each_row_of(F::AMONG, ids, add),
            Scope::OpenOn(day) | Scope::ClosedOn(day) if F::IS_DATED => {
                self.db.each_row(F::KNOWN_ON, values![day], add)
            }
            Scope::OpenOn(_) | Scope::ClosedOn(_) => self.db.each_row(F::KNOWN_ON, &[], add),
        }
    }
}

/// Gives a fact to its milestone, if that is among these.
fn give<F: Fact>(facts: &mut [Facts], row: &mut RowReader<'_>) -> Result<()> {
    let owner: MilestoneId = row.next()?;
    let found = facts.binary_search_by_key(&owner, |facts| facts.id).ok();
    match found.and_then(|at| facts.get_mut(at)) {
        Some(facts) => F::read(row)?.add_to(facts),
        None => Ok(()),
    }
}

select! {
    /// A milestone others can wait for.
    struct Referred from "milestone" {
        id: MilestoneId = "id",
        project: ProjectId = "project",
        seq: u32 = "seq",
        key: Option<String> = "key",
        stage: Stage = "stage",
        delivered_on: Option<NaiveDate> = "delivered_on",
        accepted_on: Option<NaiveDate> = "accepted_on",
        planned_on: Option<NaiveDate> = "planned_on",
    }
}

/// Fills in the acceptance or delivery of another milestone that a rule can wait for.
fn refer(db: &dyn Backend, facts: &mut [Facts]) -> Result<()> {
    let waits = |f: &&Facts| f.rule.names().is_some() || f.rule.lender(f.stage).is_some();
    let mut projects: Vec<i64> = facts.iter().filter(waits).map(|f| f.project.id.0).collect();
    projects.sort_unstable();
    projects.dedup();
    let mut plans: HashMap<ProjectId, Vec<Referred>> = HashMap::new();
    let sql = [Referred::SELECT, "WHERE project IN ($ids) AND id NOT IN (SELECT milestone FROM instalment) ORDER BY project, seq"].join(" ");
    db.each_of(&sql, &projects, |one: Referred| {
        plans.entry(one.project).or_default().push(one);
        Ok(())
    })?;
    for fact in facts {
        let plan = plans.get(&fact.project.id).map_or(&[][..], Vec::as_slice);
        fact.reference = referred(fact, plan).map(|found| Reference {
            of: found.id,
            happened_on: match fact.rule.event() {
                Some(Event::Delivery) => found.delivered_on,
                Some(_) | None => found.accepted_on,
            },
            planned_on: found.planned_on,
        });
    }
    Ok(())
}

/// Fills in what the other milestones of a settlement received: it counts for all of them.
fn pool(db: &dyn Backend, facts: &mut [Facts], bills: BillsCount) -> Result<()> {
    let settled = facts.iter().flat_map(|facts| &facts.settlements);
    let mut deals: Vec<i64> = settled.map(|settlement| settlement.deal.0).collect();
    deals.sort_unstable();
    deals.dedup();
    let mut money: HashMap<DealId, Vec<(MilestoneId, AllocationFact)>> = HashMap::new();
    let sql = "SELECT l.deal, l.milestone, a.id, a.effective_on, a.amount, a.reverses, \
               CASE WHEN p.method IN ('bank_bill', 'commercial_bill') THEN 1 ELSE 0 END, b.realised_on \
               FROM deal_line l JOIN allocation a ON a.milestone = l.milestone JOIN payment p ON p.id = a.payment \
               LEFT JOIN bill b ON b.payment = p.id WHERE l.deal IN ($ids) ORDER BY a.id";
    db.each_row_of(sql, &deals, |row| {
        let (deal, milestone): (DealId, MilestoneId) = (row.next()?, row.next()?);
        let of = money.entry(deal).or_default();
        let (id, on, amount): (AllocationId, NaiveDate, i64) =
            (row.next()?, row.next()?, row.next()?);
        match row.next::<Option<AllocationId>>()? {
            None => {
                let (is_bill, realised_on): (bool, Option<NaiveDate>) = (row.next()?, row.next()?);
                let waits = is_bill && bills == BillsCount::Honoured;
                let counts_on = if waits { realised_on.map(|day| day.max(on)) } else { Some(on) };
                of.push((
                    milestone,
                    AllocationFact { counts_on, ..AllocationFact::new(id, on, amount) },
                ));
            }
            Some(reverses) => {
                let original = of.iter_mut().find(|(_, one)| one.id == reverses);
                let (_, original) =
                    original.ok_or_else(|| Error::Unreadable("allocation".to_owned()))?;
                original.reversed.push((on, amount.saturating_neg()));
            }
        }
        Ok(())
    })?;
    for facts in facts {
        for settlement in &mut facts.settlements {
            let of = money.get(&settlement.deal).map_or(&[][..], Vec::as_slice);
            let others = of.iter().filter(|(milestone, _)| *milestone != facts.id);
            settlement.others = others.map(|(_, money)| money.clone()).collect();
        }
    }
    Ok(())
}

/// Fills in how far the work of a project was, where a rule waits for that.
fn progress(db: &dyn Backend, facts: &mut [Facts]) -> Result<()> {
    let waits = |f: &&mut Facts| matches!(f.rule.event(), Some(Event::Progress(_)));
    let waiting: Vec<&mut Facts> = facts.iter_mut().filter(waits).collect();
    let mut projects: Vec<i64> = waiting.iter().map(|f| f.project.id.0).collect();
    projects.sort_unstable();
    projects.dedup();
    let noted = progress_of(db, &projects)?;
    for fact in waiting {
        fact.progress = noted.get(&fact.project.id).cloned().unwrap_or_default();
    }
    Ok(())
}

/// How far the work of these projects was: (day, percent), in the order it was recorded.
fn progress_of(
    db: &dyn Backend,
    projects: &[i64],
) -> Result<HashMap<ProjectId, Vec<(NaiveDate, u8)>>> {
    let mut noted: HashMap<ProjectId, Vec<(NaiveDate, u8)>> = HashMap::new();
    let sql = "SELECT project, noted_on, number FROM note WHERE kind = 'progress' AND project IN ($ids) ORDER BY id";
    db.each_of(sql, projects, |(project, on, percent): (ProjectId, NaiveDate, u8)| {
        noted.entry(project).or_default().push((on, percent));
        Ok(())
    })?;
    Ok(noted)
}

/// The milestone of its plan whose acceptance or delivery this one can wait for.
fn referred<'p>(fact: &Facts, plan: &'p [Referred]) -> Option<&'p Referred> {
    if let Some(key) = fact.rule.names() {
        return plan.iter().find(|one| one.key.as_deref() == Some(key));
    }
    let lender = fact.rule.lender(fact.stage)?;
    plan.iter().rfind(|one| one.seq < fact.seq && one.stage == lender)
}
