//! Everything recorded about milestones, read in one pass per table however many there are. A kind of fact is one
//! `select!` here, with the rule for what a day knows of it.

use std::collections::HashMap;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::backend::{Backend, Read, RowReader, Select, select, values};
use super::{Reader, unknown};
use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::due::{Basis, DueRule, Event};
use crate::domain::facts::{
    AllocationFact, DisputeFact, Facts, HoldFact, InvoiceFact, ProjectFacts, PromiseFact,
    Reference, RescheduleFact, TouchFact,
};
use crate::domain::ids::{AllocationId, CustomerId, MilestoneId, PersonId, ProjectId, PromiseId};
use crate::domain::item::Item;
use crate::domain::kinds::{Stage, TouchKind};
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

    /// The milestones with nothing open on this day or since, by id.
    pub fn closed_items(&self, day: NaiveDate) -> Result<Vec<Item>> {
        let facts = read(&*self.db, &Scope::ClosedBy(day))?;
        let calendar = Calendar::china();
        let items = facts.iter().filter_map(|f| as_of::item(f, day, calendar));
        Ok(items.collect())
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
    read(db, &Scope::Of(&ids))
}

/// Of which milestones, and what of them.
enum Scope<'i> {
    /// All of these, by id and each once.
    Of(&'i [i64]),
    /// What a day knew of those with something open.
    OpenOn(NaiveDate),
    /// What a day knew of those with nothing open.
    ClosedBy(NaiveDate),
}

/// A kind of fact.
trait Fact: Read {
    /// The milestone it belongs to, then what is read of it.
    const SELECT: &str;
    const OWNER: &str;
    /// The day from which it is known; none is always.
    const DAY: Option<&str>;
    const ORDER: &str;

    fn add_to(self, facts: &mut Facts) -> Result<()>;
}

/// A fact, its table first.
macro_rules! fact {
    ($name:ident from $from:literal of $owner:literal, $day:expr, order $order:literal;
     { $($field:ident: $type:ty = $sql:literal),+ $(,)? }
     |$self:ident, $facts:ident| $add:expr) => {
        struct $name { $($field: $type),+ }

        impl Read for $name {
            fn read(row: &mut RowReader<'_>) -> Result<Self> {
                Ok(Self { $($field: row.next()?),+ })
            }
        }

        impl Fact for $name {
            const SELECT: &str = concat!("SELECT ", $owner $(, ", ", $sql)+, " FROM ", $from);
            const OWNER: &str = $owner;
            const DAY: Option<&str> = $day;
            const ORDER: &str = $order;

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
    Invoiced from "invoice_line l JOIN invoice i ON i.id = l.invoice" of "l.milestone", Some("i.issued_on"),
    order "l.id";
    { issued_on: NaiveDate = "i.issued_on", sent_on: Option<NaiveDate> = "i.sent_on",
      received_on: Option<NaiveDate> = "i.received_on", amount: i64 = "l.amount" }
    |self, facts| {
        facts.invoices.push(InvoiceFact {
            issued_on: self.issued_on,
            sent_on: self.sent_on,
            received_on: self.received_on,
            amount: self.amount,
        });
        Ok(())
    }
}

fact! {
    Allocated from "allocation" of "milestone", Some("effective_on"), order "id";
    { id: AllocationId = "id", on: NaiveDate = "effective_on", amount: i64 = "amount",
      reverses: Option<AllocationId> = "reverses" }
    |self, facts| {
        let Some(reverses) = self.reverses else {
            facts.allocations.push(AllocationFact {
                id: self.id,
                on: self.on,
                amount: self.amount,
                reversed: Vec::new(),
            });
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

fact! {
    WrittenOff from "write_off" of "milestone", Some("written_off_on"), order "id";
    { on: NaiveDate = "written_off_on", amount: i64 = "amount" }
    |self, facts| {
        facts.write_offs.push((self.on, self.amount));
        Ok(())
    }
}

fact! {
    Promised from "promise" of "milestone", Some("made_on"), order "id";
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
    Disputed from "dispute" of "milestone", Some("opened_on"), order "id";
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
    Rescheduled from "reschedule" of "milestone", Some("agreed_on"), order "id";
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
    Held from "hold" of "milestone", None, order "id";
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
    Touched from "touch_milestone l JOIN touch t ON t.id = l.touch" of "l.milestone", Some("t.touched_on"),
    order "l.id";
    { on: NaiveDate = "t.touched_on", kind: TouchKind = "t.kind", step: Option<u8> = "t.step" }
    |self, facts| {
        facts.touches.push(TouchFact {
            on: self.on,
            kind: self.kind,
            step: self.step,
        });
        Ok(())
    }
}

fn read(db: &dyn Backend, scope: &Scope) -> Result<Vec<Facts>> {
    let mut pass = Pass { db, scope, facts: Vec::new() };
    pass.bases()?;
    pass.add::<Invoiced>()?;
    pass.add::<Allocated>()?;
    pass.add::<WrittenOff>()?;
    pass.add::<Promised>()?;
    pass.add::<Disputed>()?;
    pass.add::<Rescheduled>()?;
    pass.add::<Held>()?;
    pass.add::<Touched>()?;
    refer(db, &mut pass.facts)?;
    let tolerance = super::settings::policy(db)?.promise_tolerance_days;
    for facts in &mut pass.facts {
        facts.promise_tolerance_days = tolerance;
    }
    Ok(pass.facts)
}

struct Pass<'p> {
    db: &'p dyn Backend,
    scope: &'p Scope<'p>,
    /// By id.
    facts: Vec<Facts>,
}

impl Pass<'_> {
    fn bases(&mut self) -> Result<()> {
        let rest = match self.scope {
            Scope::Of(_) => "WHERE m.id IN ($ids) ORDER BY m.id",
            Scope::OpenOn(_) => {
                "WHERE (m.closed_on IS NULL OR m.closed_on > $1) AND (m.agreed_on IS NULL OR m.agreed_on <= $1) \
                 ORDER BY m.id"
            }
            Scope::ClosedBy(_) => "WHERE m.closed_on <= $1 ORDER BY m.id",
        };
        let facts = &mut self.facts;
        let mut push = |base: Base| {
            facts.push(base.into());
            Ok(())
        };
        let sql = [Base::SELECT, rest].join(" ");
        match self.scope {
            Scope::Of(ids) => self.db.each_of(&sql, ids, &mut push),
            Scope::OpenOn(day) | Scope::ClosedBy(day) => {
                self.db.each(&sql, values![*day], &mut push)
            }
        }
    }

    /// Gives each fact of a kind to the milestone it belongs to. Of a past day most facts are of milestones long closed:
    /// nothing more is read of those.
    fn add<F: Fact>(&mut self) -> Result<()> {
        let facts = &mut self.facts;
        let mut add = |row: &mut RowReader<'_>| {
            let owner: MilestoneId = row.next()?;
            match facts.binary_search_by_key(&owner, |facts| facts.id) {
                Ok(at) => match facts.get_mut(at) {
                    Some(facts) => F::read(row)?.add_to(facts),
                    None => Ok(()),
                },
                Err(_) => Ok(()),
            }
        };
        let sql = |condition: &str| [F::SELECT, condition, "ORDER BY", F::ORDER].join(" ");
        match (self.scope, F::DAY) {
            (Scope::Of(ids), _) => {
                let sql = sql(&format!("WHERE {} IN ($ids)", F::OWNER));
                self.db.each_row_of(&sql, ids, &mut add)
            }
            (Scope::OpenOn(day) | Scope::ClosedBy(day), Some(known_on)) => {
                let sql = sql(&format!("WHERE {known_on} <= $1"));
                self.db.each_row(&sql, values![*day], &mut add)
            }
            (Scope::OpenOn(_) | Scope::ClosedBy(_), None) => {
                self.db.each_row(&sql(""), &[], &mut add)
            }
        }
    }
}

select! {
    /// A milestone others can wait for.
    struct Referred from "milestone" {
        project: ProjectId = "project",
        seq: u32 = "seq",
        key: Option<String> = "key",
        stage: Stage = "stage",
        accepted_on: Option<NaiveDate> = "accepted_on",
        planned_on: Option<NaiveDate> = "planned_on",
    }
}

/// Fills in the acceptance that a rule waits for where it is another milestone's: the one it names, or for a retention
/// the nearest earlier milestone of stage acceptance.
fn refer(db: &dyn Backend, facts: &mut [Facts]) -> Result<()> {
    let waiting = facts.iter().filter(|f| waits_for_another(f));
    let mut projects: Vec<i64> = waiting.map(|f| f.project.id.0).collect();
    projects.sort_unstable();
    projects.dedup();
    let mut plans: HashMap<ProjectId, Vec<Referred>> = HashMap::new();
    let sql = [Referred::SELECT, "WHERE project IN ($ids) ORDER BY project, seq"].join(" ");
    db.each_of(&sql, &projects, |one: Referred| {
        plans.entry(one.project).or_default().push(one);
        Ok(())
    })?;
    for fact in facts.iter_mut().filter(|f| waits_for_another(f)) {
        let plan = plans.get(&fact.project.id).map_or(&[][..], Vec::as_slice);
        fact.reference = referred(fact, plan).map(|found| Reference {
            accepted_on: found.accepted_on,
            planned_on: found.planned_on,
        });
    }
    Ok(())
}

/// The milestone of its plan whose acceptance this one waits for.
fn referred<'p>(fact: &Facts, plan: &'p [Referred]) -> Option<&'p Referred> {
    let Basis::After(rule) = &fact.rule.basis else {
        return None;
    };
    if rule.of.is_some() {
        return plan.iter().find(|r| r.key == rule.of);
    }
    plan.iter().rfind(|r| r.seq < fact.seq && r.stage == Stage::Acceptance)
}

/// Whether it waits for the acceptance of another milestone.
fn waits_for_another(facts: &Facts) -> bool {
    match &facts.rule.basis {
        Basis::After(rule) if rule.event == Event::Acceptance => {
            rule.of.is_some() || facts.stage == Stage::Retention
        }
        Basis::After(_) | Basis::Fixed(_) | Basis::None => false,
    }
}
