//! What is said of a milestone, each with the facts it came from: plain values, worded elsewhere.

use crate::domain::change::TimelineEvent;
use crate::domain::due::DueRule;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::kinds::{Grade, NoteKind, Topic, WaitingOn};
use crate::domain::late_fee::{Fee, LateFee, NoFee, late_fee, late_fee_since};
use crate::domain::limitation::Limitation;
use crate::domain::rates::Lpr;
use crate::domain::readiness::Lack;
use crate::domain::status::{self, Status};
use crate::domain::statutory::Statutory;
use crate::domain::{as_of, calendar::Calendar};
use crate::error::Result;
use crate::portfolio::Portfolio;
use crate::store::{Reader, TimelineEntry};

use super::list::BucketLabels;
use super::{deadlines, readiness, worklist};

/// What is said of a topic.
pub enum Value {
    Balance,
    Status(Status),
    WaitingOn(WaitingOn),
    /// The label of its bucket; none where it is no receivable.
    Bucket(Option<String>),
    Next,
    /// As [`worklist::weight`] has it.
    Weight(i128, Option<Grade>),
    /// Without terms there is none.
    LateFee(Option<(LateFee, Result<Fee, NoFee>)>),
    /// None while no clock runs.
    Limitation(Option<Limitation>),
    /// With what the fee by law comes to, where one runs.
    Statutory(Statutory, Option<Result<Fee, NoFee>>),
}

impl Value {
    pub const fn topic(&self) -> Topic {
        match self {
            Self::Balance => Topic::Balance,
            Self::Status(_) => Topic::Status,
            Self::WaitingOn(_) => Topic::WaitingOn,
            Self::Bucket(_) => Topic::Bucket,
            Self::Next => Topic::Next,
            Self::Weight(..) => Topic::Weight,
            Self::LateFee(_) => Topic::LateFee,
            Self::Limitation(_) => Topic::Limitation,
            Self::Statutory(..) => Topic::Statutory,
        }
    }
}

pub struct Explanation {
    pub item: Item,
    pub rule: DueRule,
    pub values: Vec<Value>,
    /// What the next step lacks on file.
    pub lack: Option<Lack>,
    /// What happened by the day, newest first, without what was voided.
    pub facts: Vec<TimelineEntry>,
}

impl Explanation {
    /// The facts a topic came from.
    pub fn facts(&self, topic: Topic) -> impl Iterator<Item = &TimelineEntry> {
        self.facts.iter().filter(move |entry| bears_on(topic, &entry.event))
    }
}

/// Explains a milestone on the day of a portfolio; none where it was agreed later.
pub fn explain(
    store: &Reader,
    portfolio: &Portfolio,
    lpr: &Lpr,
    id: MilestoneId,
) -> Result<Option<Explanation>> {
    let (today, policy) = (portfolio.today, &portfolio.policy);
    let facts = store.facts(id)?;
    let Some(item) = as_of::item(&facts, today, Calendar::china()) else {
        return Ok(None);
    };
    let terms = store.project_draft(item.project)?.late_fee;
    let fee = terms.map(|terms| (terms, late_fee(&facts, &terms, lpr, today, Calendar::china())));
    let statutory = Statutory::of(&facts, &item, terms.is_some(), policy, today);
    let by_law = statutory.late.as_ref();
    let by_law = by_law.map(|by| late_fee_since(&facts, &item, by.due, &by.terms, lpr, today));
    let clocks = deadlines::of_projects(store, &[item.project], today, policy)?;
    let limitation = clocks.into_iter().find(|one| one.item.id == id).map(|one| one.limitation);
    let grade = portfolio.customers.grades.get(&item.customer).copied();
    let bucket = BucketLabels::new(policy.buckets()).of(&item, today).map(str::to_owned);
    let values = vec![
        Value::Balance,
        Value::Status(status::status(&item, today, policy)),
        Value::WaitingOn(status::waiting_on(&item, today, policy)),
        Value::Bucket(bucket),
        Value::Next,
        Value::Weight(worklist::weight(&item, today, grade), grade),
        Value::LateFee(fee),
        Value::Limitation(limitation),
        Value::Statutory(statutory, by_law),
    ];
    let rule = facts.rule;
    let mut facts = store.timeline(id)?;
    facts.retain(|entry| entry.on <= today && entry.voided.is_none());
    let lack = readiness::lacks(store, &[&item], today, policy)?.remove(&id);
    Ok(Some(Explanation { item, rule, values, lack, facts }))
}

/// Whether a fact bears on a topic.
const fn bears_on(topic: Topic, event: &TimelineEvent) -> bool {
    match topic {
        Topic::Balance | Topic::Weight => is_money(event),
        Topic::Status => is_money(event) || is_date(event) || is_dispute(event) || is_hold(event),
        Topic::WaitingOn => {
            is_date(event) || is_dispute(event) || is_hold(event) || is_block(event)
        }
        Topic::Bucket => is_date(event),
        Topic::Next => {
            matches!(
                event,
                TimelineEvent::Touched { .. }
                    | TimelineEvent::Promised { .. }
                    | TimelineEvent::Refused { .. }
            ) || is_dispute(event)
                || is_hold(event)
                || is_block(event)
        }
        Topic::LateFee => matches!(event, TimelineEvent::Rescheduled { .. }) || is_money(event),
        Topic::Statutory => {
            matches!(event, TimelineEvent::Delivered | TimelineEvent::Rescheduled { .. })
        }
        Topic::Limitation => matches!(
            event,
            TimelineEvent::Paid { .. }
                | TimelineEvent::Moved { .. }
                | TimelineEvent::Reversed { .. }
                | TimelineEvent::Touched { .. }
                | TimelineEvent::Paper { .. }
                | TimelineEvent::Promised { .. }
                | TimelineEvent::Rescheduled { .. }
        ),
    }
}

const fn is_money(event: &TimelineEvent) -> bool {
    matches!(
        event,
        TimelineEvent::Agreed { .. }
            | TimelineEvent::PartOf { .. }
            | TimelineEvent::Adjusted { .. }
            | TimelineEvent::Paid { .. }
            | TimelineEvent::Moved { .. }
            | TimelineEvent::Bill { .. }
            | TimelineEvent::Reversed { .. }
            | TimelineEvent::WrittenOff { .. }
            | TimelineEvent::Waived { .. }
            | TimelineEvent::SettlementAgreed { .. }
    )
}

/// What a due date and the gates before it come from.
const fn is_date(event: &TimelineEvent) -> bool {
    matches!(
        event,
        TimelineEvent::Delivered
            | TimelineEvent::Accepted
            | TimelineEvent::Refused { .. }
            | TimelineEvent::ConditionSet { .. }
            | TimelineEvent::ConditionMet { .. }
            | TimelineEvent::Noted { kind: NoteKind::Progress, .. }
            | TimelineEvent::Invoiced { .. }
            | TimelineEvent::Rescheduled { .. }
    )
}

const fn is_dispute(event: &TimelineEvent) -> bool {
    matches!(event, TimelineEvent::Disputed { .. } | TimelineEvent::Resolved { .. })
}

const fn is_hold(event: &TimelineEvent) -> bool {
    matches!(event, TimelineEvent::Held { .. } | TimelineEvent::Released)
}

const fn is_block(event: &TimelineEvent) -> bool {
    matches!(
        event,
        TimelineEvent::Opened { blocks: true, .. } | TimelineEvent::Done { blocks: true, .. }
    )
}
