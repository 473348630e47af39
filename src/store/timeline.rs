//! What happened to milestones, day by day: every dated fact, and who recorded it. A kind of fact is one `dated!` and one
//! line in [`read`]; of all the milestones of a project it is asked at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::Value as Json;

use super::backend::{Backend, Select, select, values};
use super::rows::Table;
use super::{Reader, facts, unknown};
use crate::domain::change::{TimelineEvent, Voidable};
use crate::domain::ids::{
    ConditionId, EventId, IdMap, InvoiceId, MilestoneId, NoteId, PaperId, PaymentId, ProjectId,
    PromiseId, RefusalId, TouchId,
};
use crate::domain::kinds::{
    BillState, Cause, Channel, ConditionKind, DealKind, InvoiceKind, Method, NoteKind, Outcome,
    PaperKind, PaperState, TodoKind, TouchKind,
};
use crate::domain::paper::PaperName;
use crate::domain::tax::TaxRate;
use crate::domain::violation::Thing;
use crate::domain::waiver::{self, WaiverStep};
use crate::error::Result;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// The day it took effect.
    pub on: NaiveDate,
    /// Who recorded it, where the record says so.
    pub who: Option<String>,
    /// The event that recorded it.
    pub recorded: Option<EventId>,
    pub event: TimelineEvent,
    /// What of it can be voided.
    pub entry: Option<Voidable>,
    /// Why it was voided.
    pub voided: Option<String>,
}

impl Reader {
    /// Everything that happened to a milestone, newest first.
    pub fn timeline(&self, id: MilestoneId) -> Result<Vec<TimelineEntry>> {
        let mut read = read(&*self.db, &[id])?;
        read.remove(&id).ok_or_else(|| unknown(Thing::Milestone, id))
    }

    /// Everything that happened to the milestones of a project, newest first, each with the milestone's key, or its id. What
    /// is about several of them stands there once.
    pub fn project_timeline(&self, id: ProjectId) -> Result<Vec<(String, TimelineEntry)>> {
        let sql = "SELECT id, COALESCE(key, '#' || CAST(id AS TEXT)) FROM milestone WHERE project = $1 ORDER BY seq, id";
        let plan: Vec<(MilestoneId, String)> = self.db.rows(sql, values![id])?;
        let ids: Vec<MilestoneId> = plan.iter().map(|(id, _)| *id).collect();
        let mut read = read(&*self.db, &ids)?;
        let mut shared: HashMap<(NaiveDate, Option<EventId>), Vec<TimelineEvent>> = HashMap::new();
        let mut all = Vec::new();
        for (milestone, called) in plan {
            for entry in read.remove(&milestone).unwrap_or_default() {
                if is_shared(&entry.event) {
                    let known = shared.entry((entry.on, entry.recorded)).or_default();
                    if known.contains(&entry.event) {
                        continue;
                    }
                    known.push(entry.event.clone());
                }
                all.push((called.clone(), entry));
            }
        }
        all.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.on));
        Ok(all)
    }
}

/// Everything that happened to each of these milestones, newest first.
fn read(
    db: &dyn Backend,
    milestones: &[MilestoneId],
) -> Result<IdMap<MilestoneId, Vec<TimelineEntry>>> {
    let ids: Vec<i64> = milestones.iter().map(|id| id.0).collect();
    let mut timeline = Timeline {
        db,
        ids: &ids,
        entries: IdMap::default(),
        recorded: HashMap::new(),
        changed: HashMap::new(),
    };
    timeline.progress(milestones)?;
    timeline.add::<Invoiced>()?;
    timeline.add::<Allocated>()?;
    timeline.bills()?;
    timeline.add::<Cleared>()?;
    timeline.add::<Touched>()?;
    timeline.add::<Promised>()?;
    timeline.add::<Disputed>()?;
    timeline.add::<Rescheduled>()?;
    timeline.add::<Adjusted>()?;
    timeline.add::<Settled>()?;
    timeline.add::<PartOf>()?;
    timeline.add::<Held>()?;
    timeline.add::<WrittenOff>()?;
    timeline.add::<Suspended>()?;
    timeline.add::<ToDo>()?;
    timeline.add::<Conditioned>()?;
    timeline.add::<Refused>()?;
    timeline.add::<Noted>()?;
    timeline.papers()?;
    let mut read = timeline.entries;
    for entries in read.values_mut() {
        // Facts of one day stay in the order of recording, newest first.
        entries.reverse();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.on));
    }
    Ok(read)
}

/// Whether one record of it can be about several milestones.
const fn is_shared(event: &TimelineEvent) -> bool {
    matches!(
        event,
        TimelineEvent::Touched { .. }
            | TimelineEvent::Noted { .. }
            | TimelineEvent::Paper { .. }
            | TimelineEvent::PayerCleared { .. }
            | TimelineEvent::Suspended { .. }
            | TimelineEvent::Resumed
            | TimelineEvent::Opened { .. }
            | TimelineEvent::Done { .. }
    )
}

/// A kind of fact, as the timeline has it.
trait Dated: Select {
    const TABLE: Table;
    /// Those of milestones, in the order of recording.
    const OF: &str;
    /// The column with the day of what ended it.
    const ENDED_BY: &str = "";

    fn id(&self) -> i64;
    fn milestone(&self) -> MilestoneId;
    fn on(&self) -> NaiveDate;
    /// Who recorded it, where it says so itself; else the journal is asked.
    fn who(&self) -> Option<String>;
    /// What of it can be voided, and why that was.
    fn entry(&self) -> Option<(Voidable, Option<String>)> {
        None
    }
    /// What happened; and what ended it later, if something did.
    fn events(self) -> (TimelineEvent, Option<(NaiveDate, TimelineEvent)>);
}

macro_rules! dated {
    ($name:ident($table:ident) from $from:literal, id $id:literal, of $of:literal, on $on:literal, $(who $who:ident,)? $(void $void:expr,)? $(ends $ends:literal,)? $(only $only:literal,)? by $by:literal;
     { $($field:ident: $type:ty = $sql:literal),+ $(,)? } |$self:ident| $events:expr) => {
        select! {
            struct $name from $from {
                id: i64 = $id, milestone: MilestoneId = $of, on: NaiveDate = $on, $($field: $type = $sql),+
            }
        }

        impl Dated for $name {
            const TABLE: Table = Table::$table;
            const OF: &str =
                concat!("WHERE ", $of, " IN ($ids)" $(, " AND ", $only)?, " ORDER BY ", $by);
            $(const ENDED_BY: &str = $ends;)?

            fn id(&self) -> i64 {
                self.id
            }

            fn milestone(&self) -> MilestoneId {
                self.milestone
            }

            fn on(&self) -> NaiveDate {
                self.on
            }

            fn who(&self) -> Option<String> {
                [$(&self.$who)?].into_iter().find(|who: &&String| !who.is_empty()).cloned()
            }

            $(fn entry(&self) -> Option<(Voidable, Option<String>)> {
                let entry: fn(&Self) -> Voidable = $void;
                Some((entry(self), self.voided.clone()))
            })?

            fn events($self) -> (TimelineEvent, Option<(NaiveDate, TimelineEvent)>) {
                $events
            }
        }
    };
}

/// The event that recorded something, and who did.
type By = Option<(EventId, String)>;

struct Timeline<'a> {
    db: &'a dyn Backend,
    ids: &'a [i64],
    entries: IdMap<MilestoneId, Vec<TimelineEntry>>,
    /// What is about several of them is asked for once: rows, and days in them.
    recorded: HashMap<(Table, i64), By>,
    changed: HashMap<(Table, i64, &'static str, NaiveDate), By>,
}

impl Timeline<'_> {
    /// What stands in the milestones' own rows, and what follows from the rest.
    fn progress(&mut self, milestones: &[MilestoneId]) -> Result<()> {
        for facts in facts::of(self.db, milestones)? {
            let id = facts.id;
            self.entries.entry(id).or_default();
            // A part is agreed by the deal it came of.
            if let Some(on) = facts.agreed_on.filter(|_| facts.part.is_none()) {
                let by = self.recorded(Table::Milestone, id.0)?;
                let amount = facts.amount;
                self.push(id, on, by, TimelineEvent::Agreed { amount });
            }
            if let Some(on) = facts.delivered_on {
                let by = self.changed(Table::Milestone, id.0, "delivered_on", on)?;
                self.push(id, on, by, TimelineEvent::Delivered);
            }
            if let Some(on) = facts.accepted_on {
                let by = self.changed(Table::Milestone, id.0, "accepted_on", on)?;
                self.push(id, on, by, TimelineEvent::Accepted);
            }
            for WaiverStep { on, kind, amount } in waiver::steps(&facts) {
                self.push(id, on, None, TimelineEvent::Waived { kind, amount });
            }
        }
        Ok(())
    }

    /// What became of the bills of exchange that pay them. A dishonoured one is money that went back.
    fn bills(&mut self) -> Result<()> {
        for bill in self.all::<Billed>("WHERE a.milestone IN ($ids) ORDER BY b.id")? {
            let Billed { milestone, payment, cost, to, .. } = bill;
            let life = [
                (bill.discounted_on, BillState::Discounted),
                (bill.endorsed_on, BillState::Endorsed),
                (bill.honoured_on, BillState::Honoured),
            ];
            for (on, state) in life {
                if let Some(on) = on {
                    let event = TimelineEvent::Bill { payment, state, cost, to: to.clone() };
                    self.push(milestone, on, None, event);
                }
            }
        }
        Ok(())
    }

    /// What was filed about them, their project or their customer, and what became of that.
    fn papers(&mut self) -> Result<()> {
        let mut papers: Vec<Papered> = self.all(PAPERS)?;
        // One can name its milestones beside its project.
        papers.dedup_by_key(|paper| (paper.id, paper.milestone));
        for paper in papers {
            let (id, milestone) = (paper.id, paper.milestone);
            let event = |state, by, proof: &str| TimelineEvent::Paper {
                kind: paper.kind,
                number: paper.number.clone(),
                title: paper.title.clone(),
                state,
                by,
                proof: proof.to_owned(),
            };
            let ours = paper.kind.is_ours() || paper.written;
            let state = if ours { PaperState::Draft } else { PaperState::Filed };
            let (recorded, who) = self.recorded(Table::Paper, id.0)?.unzip();
            self.entries.entry(milestone).or_default().push(TimelineEntry {
                on: paper.on,
                who,
                recorded,
                event: event(state, None, ""),
                entry: Some(Voidable::Paper(id)),
                voided: paper.voided.clone(),
            });
            if paper.voided.is_some() {
                continue;
            }
            let life = [
                (paper.sent_on, "sent_on", event(PaperState::Sent, paper.by, "")),
                (
                    paper.delivered_on,
                    "delivered_on",
                    event(PaperState::Delivered, None, &paper.proof),
                ),
                (paper.signed_on, "signed_on", event(PaperState::Signed, None, "")),
                (paper.closed_on, "closed_on", event(PaperState::Expired, None, "")),
            ];
            for (on, column, event) in life {
                if let Some(on) = on {
                    let by = self.changed(Table::Paper, id.0, column, on)?;
                    self.push(milestone, on, by, event);
                }
            }
        }
        Ok(())
    }

    fn add<D: Dated>(&mut self) -> Result<()> {
        let mut ends = Vec::new();
        for fact in self.all::<D>(D::OF)? {
            let (id, milestone, on) = (fact.id(), fact.milestone(), fact.on());
            let (recorded, who) = self.recorded(D::TABLE, id)?.unzip();
            let who = fact.who().or(who);
            let (entry, voided) = fact.entry().unzip();
            let (event, end) = fact.events();
            let voided = voided.flatten();
            let entry = TimelineEntry { on, who, recorded, event, entry, voided };
            self.entries.entry(milestone).or_default().push(entry);
            ends.extend(end.map(|(on, event)| (id, milestone, on, event)));
        }
        for (id, milestone, on, event) in ends {
            let by = self.changed(D::TABLE, id, D::ENDED_BY, on)?;
            self.push(milestone, on, by, event);
        }
        Ok(())
    }

    /// The rows of a query of all the milestones.
    fn all<S: Select>(&self, rest: &str) -> Result<Vec<S>> {
        self.db.rows_of(&[S::SELECT, rest].join(" "), self.ids)
    }

    fn push(&mut self, of: MilestoneId, on: NaiveDate, by: By, event: TimelineEvent) {
        let (recorded, who) = by.unzip();
        let entry = TimelineEntry { on, who, recorded, event, entry: None, voided: None };
        self.entries.entry(of).or_default().push(entry);
    }

    fn recorded(&mut self, table: Table, id: i64) -> Result<By> {
        if let Some(known) = self.recorded.get(&(table, id)) {
            return Ok(known.clone());
        }
        let by = recorded(self.db, table, id)?;
        self.recorded.insert((table, id), by.clone());
        Ok(by)
    }

    fn changed(
        &mut self,
        table: Table,
        id: i64,
        column: &'static str,
        day: NaiveDate,
    ) -> Result<By> {
        if let Some(known) = self.changed.get(&(table, id, column, day)) {
            return Ok(known.clone());
        }
        let by = match changed(self.db, table, id, column, day)? {
            Some(by) => Some(by),
            None => self.recorded(table, id)?,
        };
        self.changed.insert((table, id, column, day), by.clone());
        Ok(by)
    }
}

/// The event that recorded a row, and who did.
fn recorded(db: &dyn Backend, table: Table, id: i64) -> Result<By> {
    db.first(RECORDED, values![table.name(), id])
}

const RECORDED: &str = "SELECT e.id, e.who FROM event_row r JOIN event e ON e.id = r.event \
    WHERE r.tbl = $1 AND r.first_id <= $2 AND r.last_id >= $2 AND r.before IS NULL AND r.after IS NULL \
    AND e.undoes IS NULL ORDER BY r.first_id DESC, r.id DESC LIMIT 1";

/// The last event that changed a row's column to the day it has, and who did.
fn changed(db: &dyn Backend, table: Table, id: i64, column: &str, day: NaiveDate) -> Result<By> {
    let sql = "SELECT e.id, e.who, r.before, r.after FROM event_row r JOIN event e ON e.id = r.event \
               WHERE r.tbl = $1 AND r.first_id = $2 AND r.last_id = $2 AND r.before IS NOT NULL AND r.after IS NOT NULL \
               AND e.undoes IS NULL ORDER BY r.id DESC";
    let day = day.to_string();
    for (event, who, before, after) in
        db.rows::<(EventId, String, String, String)>(sql, values![table.name(), id])?
    {
        let [before, after]: [Json; 2] =
            [serde_json::from_str(&before)?, serde_json::from_str(&after)?];
        let is_day = |row: &Json| row.get(column).and_then(Json::as_str) == Some(&day);
        if is_day(&after) && !is_day(&before) {
            return Ok(Some((event, who)));
        }
    }
    Ok(None)
}

select! {
    struct Papered from "(SELECT milestone, paper FROM all_paper_milestone \
        UNION ALL SELECT m.id, o.id FROM milestone m JOIN paper o ON o.project = m.project \
        UNION ALL SELECT m.id, o.id FROM milestone m JOIN project j ON j.id = m.project \
        JOIN paper o ON o.customer = j.customer) a JOIN all_paper t ON t.id = a.paper \
        LEFT JOIN voided v ON v.tbl = 'paper' AND v.row_id = t.id" {
        id: PaperId = "t.id",
        milestone: MilestoneId = "a.milestone",
        on: NaiveDate = "t.dated_on",
        kind: PaperKind = "t.kind",
        number: String = "t.number",
        title: String = "t.title",
        sent_on: Option<NaiveDate> = "t.sent_on",
        by: Option<Channel> = "t.sent_by",
        delivered_on: Option<NaiveDate> = "t.delivered_on",
        proof: String = "t.proof",
        signed_on: Option<NaiveDate> = "t.signed_on",
        closed_on: Option<NaiveDate> = "t.closed_on",
        written: bool = "CASE WHEN t.body = '' THEN 0 ELSE 1 END",
        voided: Option<String> = "v.reason",
    }
}

select! {
    struct Billed from "(SELECT DISTINCT milestone, payment FROM allocation) a JOIN bill b ON b.payment = a.payment" {
        milestone: MilestoneId = "a.milestone",
        payment: PaymentId = "b.payment",
        discounted_on: Option<NaiveDate> = "b.discounted_on",
        cost: i64 = "b.discount_cost",
        endorsed_on: Option<NaiveDate> = "b.endorsed_on",
        to: String = "b.endorsed_to",
        honoured_on: Option<NaiveDate> = "b.honoured_on",
    }
}

const PAPERS: &str = "WHERE a.milestone IN ($ids) ORDER BY t.id, a.milestone";

dated! {
    Invoiced(Invoice) from "all_invoice_line l JOIN all_invoice i ON i.id = l.invoice \
        LEFT JOIN voided v ON v.tbl = 'invoice' AND v.row_id = i.id", id "i.id", of "l.milestone", on "i.issued_on",
    void |it: &Self| Voidable::Invoice(InvoiceId(it.id)),
    by "l.id";
    { number: String = "i.number", kind: InvoiceKind = "i.kind", amount: i64 = "l.amount",
      tax_rate: Option<TaxRate> = "i.tax_rate", sent_on: Option<NaiveDate> = "i.sent_on", received_on: Option<NaiveDate> = "i.received_on",
      voided: Option<String> = "v.reason" }
    |self| {
        let Self { number, kind, amount, tax_rate, sent_on, received_on, .. } = self;
        (TimelineEvent::Invoiced { number, kind, amount, tax_rate, sent_on, received_on }, None)
    }
}

dated! {
    Allocated(Allocation) from "all_allocation a JOIN all_payment p ON p.id = a.payment \
        LEFT JOIN all_reversal r ON r.id = a.reversal LEFT JOIN all_move w ON w.id = a.moved \
        LEFT JOIN voided v ON v.tbl = 'payment' AND v.row_id = p.id",
    id "a.id", of "a.milestone", on "a.effective_on", void |it: &Self| Voidable::Payment(it.payment), by "a.id";
    { payment: PaymentId = "a.payment", amount: i64 = "a.amount", method: Method = "p.method",
      payer: String = "p.payer", reason: Option<String> = "r.reason", moved: Option<String> = "w.reason",
      other: Option<String> = "(SELECT COALESCE(m.key, '#' || CAST(m.id AS TEXT)) FROM all_allocation o \
          JOIN all_milestone m ON m.id = o.milestone WHERE o.moved = a.moved AND o.milestone <> a.milestone \
          ORDER BY o.id LIMIT 1)",
      deducted: i64 = "(SELECT CAST(COALESCE(SUM(d.amount), 0) AS BIGINT) FROM deduction d WHERE d.payment = p.id)",
      voided: Option<String> = "v.reason" }
    |self| {
        let Self { payment, amount, method, payer, reason, moved, other, deducted, .. } = self;
        let event = match (reason, moved) {
            (Some(reason), _) => TimelineEvent::Reversed { payment, amount: amount.saturating_neg(), reason },
            (None, Some(reason)) => {
                TimelineEvent::Moved { payment, amount, other: other.unwrap_or_default(), reason }
            }
            (None, None) => TimelineEvent::Paid { payment, amount, method, payer, deducted },
        };
        (event, None)
    }
}

dated! {
    Cleared(PayerClearance) from "(SELECT DISTINCT milestone, payment FROM allocation) a \
        JOIN payer_clearance c ON c.payment = a.payment JOIN payment p ON p.id = c.payment \
        LEFT JOIN paper t ON t.id = c.paper",
    id "c.id", of "a.milestone", on "c.cleared_on", who who,
    only "c.cleared_on IS NOT NULL AND (c.note <> '' OR t.id IS NOT NULL)", by "c.id";
    { payment: PaymentId = "c.payment", payer: String = "p.payer", who: String = "c.who", note: String = "c.note",
      paper: Option<PaperKind> = "t.kind", number: Option<String> = "t.number", title: Option<String> = "t.title" }
    |self| {
        let Self { payment, payer, note, .. } = self;
        let (number, title) = (self.number.unwrap_or_default(), self.title.unwrap_or_default());
        let proof = self.paper.map(|kind| PaperName { kind, number, title });
        (TimelineEvent::PayerCleared { payment, payer, note, proof }, None)
    }
}

dated! {
    Touched(Touch) from "all_touch_milestone l JOIN all_touch t ON t.id = l.touch \
        LEFT JOIN contact c ON c.id = t.contact LEFT JOIN voided v ON v.tbl = 'touch' AND v.row_id = t.id",
    id "t.id", of "l.milestone", on "t.touched_on", who who, void |it: &Self| Voidable::Contact(TouchId(it.id)), by "t.id";
    { who: String = "t.who", channel: Option<Channel> = "t.channel", kind: TouchKind = "t.kind", step: Option<u8> = "t.step",
      outcome: Option<Outcome> = "t.outcome", cause: Option<Cause> = "t.cause", contact: Option<String> = "c.name",
      note: String = "t.note", next_on: Option<NaiveDate> = "t.next_on",
      voided: Option<String> = "v.reason" }
    |self| {
        let Self { channel, kind, step, outcome, cause, contact, note, next_on, .. } = self;
        (TimelineEvent::Touched { channel, kind, step, outcome, cause, contact, note, next_on }, None)
    }
}

dated! {
    Promised(Promise) from "all_promise p LEFT JOIN voided v ON v.tbl = 'promise' AND v.row_id = p.id",
    id "p.id", of "p.milestone", on "p.made_on", void |it: &Self| Voidable::Promise(PromiseId(it.id)),
    by "p.id";
    { amount: i64 = "p.amount", pay_by: NaiveDate = "p.pay_by", voided: Option<String> = "v.reason" }
    |self| (TimelineEvent::Promised { amount: self.amount, pay_by: self.pay_by }, None)
}

dated! {
    Disputed(Dispute) from "dispute", id "id", of "milestone", on "opened_on", ends "resolved_on", by "id";
    { amount: Option<i64> = "amount", reason: String = "reason", owner: String = "owner",
      resolved_on: Option<NaiveDate> = "resolved_on", resolution: String = "resolution" }
    |self| {
        let Self { amount, reason, owner, resolution, .. } = self;
        let resolved = self.resolved_on.map(|on| (on, TimelineEvent::Resolved { resolution }));
        (TimelineEvent::Disputed { amount, reason, owner }, resolved)
    }
}

dated! {
    Rescheduled(Reschedule) from "reschedule", id "id", of "milestone", on "agreed_on", by "id";
    { from: Option<NaiveDate> = "from_due", to: NaiveDate = "to_due", reason: String = "reason" }
    |self| (TimelineEvent::Rescheduled { from: self.from, to: self.to, reason: self.reason }, None)
}

dated! {
    Adjusted(DealLine) from "deal_line l JOIN deal d ON d.id = l.deal", id "l.id", of "l.milestone", on "d.agreed_on",
    only "l.amount <> 0", by "l.id";
    { kind: DealKind = "d.kind", amount: i64 = "l.amount", note: String = "d.note" }
    |self| (TimelineEvent::Adjusted { kind: self.kind, amount: self.amount, note: self.note }, None)
}

dated! {
    Settled(DealLine) from "deal_line l JOIN deal d ON d.id = l.deal", id "l.id", of "l.milestone", on "d.agreed_on",
    only "d.kind = 'settlement'", by "l.id";
    { amount: i64 = "d.amount", by: NaiveDate = "d.lapses_on", note: String = "d.note",
      milestones: u32 = "(SELECT COUNT(*) FROM deal_line o WHERE o.deal = l.deal)" }
    |self| {
        let Self { amount, by, milestones, note, .. } = self;
        (TimelineEvent::SettlementAgreed { amount, by, milestones, note }, None)
    }
}

dated! {
    PartOf(Instalment) from "instalment i JOIN deal d ON d.id = i.deal JOIN all_milestone m ON m.id = i.parent \
        JOIN all_milestone w ON w.id = i.milestone",
    id "i.id", of "i.milestone", on "d.agreed_on", by "i.id";
    { kind: DealKind = "d.kind", of: String = "COALESCE(m.key, m.name)", amount: i64 = "w.amount" }
    |self| (TimelineEvent::PartOf { kind: self.kind, of: self.of, amount: self.amount }, None)
}

dated! {
    Held(Hold) from "hold", id "id", of "milestone", on "since", ends "released_on", by "id";
    { until: Option<NaiveDate> = "until", reason: String = "reason", released_on: Option<NaiveDate> = "released_on" }
    |self| {
        let released = self.released_on.map(|on| (on, TimelineEvent::Released));
        (TimelineEvent::Held { until: self.until, reason: self.reason }, released)
    }
}

dated! {
    WrittenOff(WriteOff) from "write_off", id "id", of "milestone", on "written_off_on", by "id";
    { amount: i64 = "amount", reason: String = "reason" }
    |self| (TimelineEvent::WrittenOff { amount: self.amount, reason: self.reason }, None)
}

dated! {
    Suspended(Suspension) from "suspension s JOIN all_milestone m ON m.project = s.project", id "s.id", of "m.id", on "s.since", ends "resumed_on",
    by "s.id";
    { notice: String = "s.notice", reason: String = "s.reason", resumed_on: Option<NaiveDate> = "s.resumed_on" }
    |self| {
        let resumed = self.resumed_on.map(|on| (on, TimelineEvent::Resumed));
        (TimelineEvent::Suspended { notice: self.notice, reason: self.reason }, resumed)
    }
}

dated! {
    ToDo(Todo) from "(SELECT milestone, id AS todo FROM todo WHERE milestone IS NOT NULL \
        UNION ALL SELECT m.id, o.id FROM milestone m JOIN todo o ON o.project = m.project WHERE o.blocks = 1 \
        UNION ALL SELECT m.id, o.id FROM milestone m JOIN project j ON j.id = m.project \
        JOIN todo o ON o.customer = j.customer WHERE o.blocks = 1) a JOIN todo t ON t.id = a.todo",
    id "t.id", of "a.milestone", on "t.opened_on", ends "done_on",
    by "t.id";
    { kind: TodoKind = "t.kind", title: String = "t.title", owner: String = "t.owner", due_on: Option<NaiveDate> = "t.due_on",
      blocks: bool = "t.blocks", done_on: Option<NaiveDate> = "t.done_on", outcome: String = "t.outcome" }
    |self| {
        let Self { kind, title, owner, due_on, blocks, outcome, .. } = self;
        let end = TimelineEvent::Done { title: title.clone(), outcome, blocks };
        let done = self.done_on.map(|on| (on, end));
        (TimelineEvent::Opened { kind, title, owner, due_on, blocks }, done)
    }
}

dated! {
    Conditioned(MilestoneCondition) from "all_milestone_condition c \
        LEFT JOIN voided v ON v.tbl = 'milestone_condition' AND v.row_id = c.id LEFT JOIN paper t ON t.id = c.paper",
    id "c.id", of "c.milestone", on "c.agreed_on", void |it: &Self| Voidable::Condition(ConditionId(it.id)), ends "met_on",
    by "c.id";
    { kind: ConditionKind = "c.kind", wording: String = "c.wording", planned_on: Option<NaiveDate> = "c.planned_on",
      met_on: Option<NaiveDate> = "c.met_on", met_by: String = "c.met_by", reservation: String = "c.reservation",
      paper: Option<PaperKind> = "t.kind", number: Option<String> = "t.number", title: Option<String> = "t.title",
      voided: Option<String> = "v.reason" }
    |self| {
        let Self { kind, wording, planned_on, met_by: by, reservation, .. } = self;
        let (number, title) = (self.number.unwrap_or_default(), self.title.unwrap_or_default());
        let proof = self.paper.map(|kind| PaperName { kind, number, title });
        // What was voided was not met either.
        let met = self.met_on.filter(|_| self.voided.is_none()).map(|on| {
            (on, TimelineEvent::ConditionMet { wording: wording.clone(), by, reservation, proof })
        });
        (TimelineEvent::ConditionSet { kind, wording, planned_on }, met)
    }
}

dated! {
    Refused(Refusal) from "all_refusal r LEFT JOIN voided v ON v.tbl = 'refusal' AND v.row_id = r.id",
    id "r.id", of "r.milestone", on "r.refused_on", void |it: &Self| Voidable::Refusal(RefusalId(it.id)),
    by "r.id";
    { reason: String = "r.reason", voided: Option<String> = "v.reason" }
    |self| (TimelineEvent::Refused { reason: self.reason }, None)
}

// Of the milestone, and of its project.
dated! {
    Noted(Note) from "(SELECT milestone, id AS note FROM all_note WHERE milestone IS NOT NULL \
        UNION ALL SELECT m.id, o.id FROM all_milestone m JOIN all_note o ON o.project = m.project) a \
        JOIN all_note n ON n.id = a.note LEFT JOIN voided v ON v.tbl = 'note' AND v.row_id = n.id",
    id "n.id", of "a.milestone", on "n.noted_on", who who, void |it: &Self| Voidable::Note(NoteId(it.id)),
    by "n.id";
    { who: String = "n.who", kind: NoteKind = "n.kind", wording: String = "n.wording", number: Option<u8> = "n.number",
      until: Option<NaiveDate> = "n.until_on",
      voided: Option<String> = "v.reason" }
    |self| {
        let Self { kind, wording, number, until, .. } = self;
        (TimelineEvent::Noted { kind, wording, number, until }, None)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::super::backend::Value;
    use super::*;

    /// The steps of a query's plan, with these ids.
    fn plan(store: &Store, sql: &str, given: &[Value<'_>]) -> Vec<String> {
        let sql = ["EXPLAIN QUERY PLAN", &sql.replace("$ids", "$1")].join(" ");
        let plan: Vec<(i64, i64, i64, String)> = store.db.rows(&sql, given).unwrap();
        plan.into_iter().map(|(.., step)| step).collect()
    }

    #[test]
    fn who_recorded_a_row_is_found_past_all_that_was_changed() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("ledger.db")).unwrap();
        let steps = plan(&store, RECORDED, values!["milestone", 5_i64]);
        let first = steps.first().map(String::as_str);
        assert_eq!(first, Some("SEARCH r USING INDEX event_row_made (tbl=? AND first_id<?)"));
    }

    #[test]
    fn what_is_about_several_milestones_is_sought_for_each() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("ledger.db")).unwrap();
        let papers = [Papered::SELECT, PAPERS].join(" ");
        let todos = [ToDo::SELECT, ToDo::OF].join(" ");
        let notes = [Noted::SELECT, Noted::OF].join(" ");
        for sql in [papers, todos, notes] {
            let mut steps = plan(&store, &sql, values![5_i64]);
            // A query within is read as it comes.
            steps.retain(|step| step.starts_with("SCAN") && step != "SCAN a");
            assert_eq!(steps, [""; 0], "{sql}");
        }
    }
}
