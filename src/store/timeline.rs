//! What happened to one milestone, day by day: every dated fact, and who recorded it. A kind of fact is one `select!`
//! and one line in [`Reader::timeline`].

use chrono::NaiveDate;

use super::backend::{Backend, Select, select, values};
use super::rows::Table;
use super::{Reader, facts};
use crate::domain::ids::{MilestoneId, PaymentId};
use crate::domain::kinds::{Cause, Channel, InvoiceKind, Method, Outcome, TouchKind};
use crate::error::Result;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// The day it took effect.
    pub on: NaiveDate,
    /// Who recorded it, where the record says so.
    pub who: Option<String>,
    pub event: TimelineEvent,
}

/// What happened; amounts are minor units of the milestone's currency, above 0 unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimelineEvent {
    Agreed {
        amount: i64,
    },
    Delivered,
    Accepted,
    /// A bill went out; a red one is negative.
    Invoiced {
        number: String,
        kind: InvoiceKind,
        amount: i64,
        sent_on: Option<NaiveDate>,
        received_on: Option<NaiveDate>,
    },
    Paid {
        payment: PaymentId,
        amount: i64,
        method: Method,
        payer: String,
    },
    /// Money that had arrived went back.
    Reversed {
        payment: PaymentId,
        amount: i64,
        reason: String,
    },
    /// Somebody was in touch with the customer.
    Touched {
        channel: Option<Channel>,
        kind: TouchKind,
        step: Option<u8>,
        outcome: Option<Outcome>,
        cause: Option<Cause>,
        contact: Option<String>,
        note: String,
        next_on: Option<NaiveDate>,
    },
    /// The customer promised to pay.
    Promised {
        amount: i64,
        pay_by: NaiveDate,
    },
    /// The customer objected; no amount is all of it.
    Disputed {
        amount: Option<i64>,
        reason: String,
        owner: String,
    },
    Resolved {
        resolution: String,
    },
    /// A new due date was agreed.
    Rescheduled {
        from: Option<NaiveDate>,
        to: NaiveDate,
        reason: String,
    },
    Held {
        until: Option<NaiveDate>,
        reason: String,
    },
    Released,
    WrittenOff {
        amount: i64,
        reason: String,
    },
}

impl Reader {
    /// Everything that happened to a milestone, newest first.
    pub fn timeline(&self, id: MilestoneId) -> Result<Vec<TimelineEntry>> {
        let mut timeline = Timeline {
            db: &*self.db,
            id,
            entries: Vec::new(),
        };
        timeline.progress()?;
        timeline.add::<Invoiced>()?;
        timeline.add::<Allocated>()?;
        timeline.add::<Touched>()?;
        timeline.add::<Promised>()?;
        timeline.add::<Disputed>()?;
        timeline.add::<Rescheduled>()?;
        timeline.add::<Held>()?;
        timeline.add::<WrittenOff>()?;
        let mut entries = timeline.entries;
        // Facts of one day stay in the order of recording, newest first.
        entries.reverse();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.on));
        Ok(entries)
    }
}

/// A kind of fact, as the timeline has it.
trait Dated: Select {
    const TABLE: Table;
    /// The milestone it belongs to, in SQL, and the order of recording.
    const OF: &str;

    fn id(&self) -> i64;
    fn on(&self) -> NaiveDate;
    /// Who it says recorded it; none is asked of the journal.
    fn who(&self) -> Option<String> {
        None
    }
    /// What ended it, later.
    fn end(&self) -> Option<(NaiveDate, TimelineEvent)> {
        None
    }
    fn event(self) -> TimelineEvent;
}

struct Timeline<'a> {
    db: &'a dyn Backend,
    id: MilestoneId,
    entries: Vec<TimelineEntry>,
}

impl Timeline<'_> {
    /// What stands in the milestone's own row.
    fn progress(&mut self) -> Result<()> {
        let facts = facts::one(self.db, self.id)?;
        if let Some(on) = facts.agreed_on {
            let who = recorded_by(self.db, Table::Milestone, self.id.0)?;
            let amount = facts.amount;
            self.push(on, who, TimelineEvent::Agreed { amount });
        }
        if let Some(on) = facts.delivered_on {
            self.push(on, None, TimelineEvent::Delivered);
        }
        if let Some(on) = facts.accepted_on {
            self.push(on, None, TimelineEvent::Accepted);
        }
        Ok(())
    }

    fn add<D: Dated>(&mut self) -> Result<()> {
        let mut ends = Vec::new();
        for fact in self.db.select::<D>(D::OF, values![self.id])? {
            let who = match fact.who() {
                Some(who) => Some(who),
                None => recorded_by(self.db, D::TABLE, fact.id())?,
            };
            ends.extend(fact.end());
            self.push(fact.on(), who.filter(|who| !who.is_empty()), fact.event());
        }
        for (on, event) in ends {
            self.push(on, None, event);
        }
        Ok(())
    }

    fn push(&mut self, on: NaiveDate, who: Option<String>, event: TimelineEvent) {
        self.entries.push(TimelineEntry { on, who, event });
    }
}

/// Who recorded a row.
fn recorded_by(db: &dyn Backend, table: Table, id: i64) -> Result<Option<String>> {
    let sql = "SELECT e.who FROM event_row r JOIN event e ON e.id = r.event \
               WHERE r.tbl = $1 AND r.first_id <= $2 AND r.last_id >= $2 AND r.before IS NULL AND r.after IS NULL \
               AND e.undoes IS NULL ORDER BY r.first_id DESC, e.id DESC LIMIT 1";
    db.first(sql, values![table.name(), id])
}

select! {
    struct Invoiced from "invoice_line l JOIN invoice i ON i.id = l.invoice" {
        id: i64 = "i.id",
        on: NaiveDate = "i.issued_on",
        number: String = "i.number",
        kind: InvoiceKind = "i.kind",
        amount: i64 = "l.amount",
        sent_on: Option<NaiveDate> = "i.sent_on",
        received_on: Option<NaiveDate> = "i.received_on",
    }
}

impl Dated for Invoiced {
    const TABLE: Table = Table::Invoice;
    const OF: &str = "WHERE l.milestone = $1 ORDER BY l.id";

    fn id(&self) -> i64 {
        self.id
    }

    fn on(&self) -> NaiveDate {
        self.on
    }

    fn event(self) -> TimelineEvent {
        TimelineEvent::Invoiced {
            number: self.number,
            kind: self.kind,
            amount: self.amount,
            sent_on: self.sent_on,
            received_on: self.received_on,
        }
    }
}

select! {
    struct Allocated from "allocation a JOIN payment p ON p.id = a.payment LEFT JOIN reversal r ON r.id = a.reversal" {
        id: i64 = "a.id",
        on: NaiveDate = "a.effective_on",
        payment: PaymentId = "a.payment",
        amount: i64 = "a.amount",
        method: Method = "p.method",
        payer: String = "p.payer",
        reason: Option<String> = "r.reason",
    }
}

impl Dated for Allocated {
    const TABLE: Table = Table::Allocation;
    const OF: &str = "WHERE a.milestone = $1 ORDER BY a.id";

    fn id(&self) -> i64 {
        self.id
    }

    fn on(&self) -> NaiveDate {
        self.on
    }

    fn event(self) -> TimelineEvent {
        let payment = self.payment;
        if self.amount < 0 {
            TimelineEvent::Reversed {
                payment,
                amount: self.amount.saturating_neg(),
                reason: self.reason.unwrap_or_default(),
            }
        } else {
            TimelineEvent::Paid {
                payment,
                amount: self.amount,
                method: self.method,
                payer: self.payer,
            }
        }
    }
}

select! {
    struct Touched from "touch_milestone l JOIN touch t ON t.id = l.touch LEFT JOIN contact c ON c.id = t.contact" {
        id: i64 = "t.id",
        on: NaiveDate = "t.touched_on",
        who: String = "t.who",
        channel: Option<Channel> = "t.channel",
        kind: TouchKind = "t.kind",
        step: Option<u8> = "t.step",
        outcome: Option<Outcome> = "t.outcome",
        cause: Option<Cause> = "t.cause",
        contact: Option<String> = "c.name",
        note: String = "t.note",
        next_on: Option<NaiveDate> = "t.next_on",
    }
}

impl Dated for Touched {
    const TABLE: Table = Table::Touch;
    const OF: &str = "WHERE l.milestone = $1 ORDER BY t.id";

    fn id(&self) -> i64 {
        self.id
    }

    fn on(&self) -> NaiveDate {
        self.on
    }

    fn who(&self) -> Option<String> {
        Some(self.who.clone())
    }

    fn event(self) -> TimelineEvent {
        TimelineEvent::Touched {
            channel: self.channel,
            kind: self.kind,
            step: self.step,
            outcome: self.outcome,
            cause: self.cause,
            contact: self.contact,
            note: self.note,
            next_on: self.next_on,
        }
    }
}

select! {
    struct Promised from "promise" {
        id: i64 = "id",
        on: NaiveDate = "made_on",
        amount: i64 = "amount",
        pay_by: NaiveDate = "pay_by",
    }
}

impl Dated for Promised {
    const TABLE: Table = Table::Promise;
    const OF: &str = "WHERE milestone = $1 ORDER BY id";

    fn id(&self) -> i64 {
        self.id
    }

    fn on(&self) -> NaiveDate {
        self.on
    }

    fn event(self) -> TimelineEvent {
        TimelineEvent::Promised {
            amount: self.amount,
            pay_by: self.pay_by,
        }
    }
}

select! {
    struct Disputed from "dispute" {
        id: i64 = "id",
        on: NaiveDate = "opened_on",
        amount: Option<i64> = "amount",
        reason: String = "reason",
        owner: String = "owner",
        resolved_on: Option<NaiveDate> = "resolved_on",
        resolution: String = "resolution",
    }
}

impl Dated for Disputed {
    const TABLE: Table = Table::Dispute;
    const OF: &str = "WHERE milestone = $1 ORDER BY id";

    fn id(&self) -> i64 {
        self.id
    }

    fn on(&self) -> NaiveDate {
        self.on
    }

    fn end(&self) -> Option<(NaiveDate, TimelineEvent)> {
        let resolution = self.resolution.clone();
        Some((self.resolved_on?, TimelineEvent::Resolved { resolution }))
    }

    fn event(self) -> TimelineEvent {
        TimelineEvent::Disputed {
            amount: self.amount,
            reason: self.reason,
            owner: self.owner,
        }
    }
}

select! {
    struct Rescheduled from "reschedule" {
        id: i64 = "id",
        on: NaiveDate = "agreed_on",
        from: Option<NaiveDate> = "from_due",
        to: NaiveDate = "to_due",
        reason: String = "reason",
    }
}

impl Dated for Rescheduled {
    const TABLE: Table = Table::Reschedule;
    const OF: &str = "WHERE milestone = $1 ORDER BY id";

    fn id(&self) -> i64 {
        self.id
    }

    fn on(&self) -> NaiveDate {
        self.on
    }

    fn event(self) -> TimelineEvent {
        TimelineEvent::Rescheduled {
            from: self.from,
            to: self.to,
            reason: self.reason,
        }
    }
}

select! {
    struct Held from "hold" {
        id: i64 = "id",
        on: NaiveDate = "since",
        until: Option<NaiveDate> = "until",
        reason: String = "reason",
        released_on: Option<NaiveDate> = "released_on",
    }
}

impl Dated for Held {
    const TABLE: Table = Table::Hold;
    const OF: &str = "WHERE milestone = $1 ORDER BY id";

    fn id(&self) -> i64 {
        self.id
    }

    fn on(&self) -> NaiveDate {
        self.on
    }

    fn end(&self) -> Option<(NaiveDate, TimelineEvent)> {
        Some((self.released_on?, TimelineEvent::Released))
    }

    fn event(self) -> TimelineEvent {
        TimelineEvent::Held {
            until: self.until,
            reason: self.reason,
        }
    }
}

select! {
    struct WrittenOff from "write_off" {
        id: i64 = "id",
        on: NaiveDate = "written_off_on",
        amount: i64 = "amount",
        reason: String = "reason",
    }
}

impl Dated for WrittenOff {
    const TABLE: Table = Table::WriteOff;
    const OF: &str = "WHERE milestone = $1 ORDER BY id";

    fn id(&self) -> i64 {
        self.id
    }

    fn on(&self) -> NaiveDate {
        self.on
    }

    fn event(self) -> TimelineEvent {
        TimelineEvent::WrittenOff {
            amount: self.amount,
            reason: self.reason,
        }
    }
}
