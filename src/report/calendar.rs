//! What stands on which day: due dates, promises and next steps of open milestones. A pure function of items and a day.

use chrono::NaiveDate;

use crate::domain::dunning::{self, Wait};
use crate::domain::item::Item;
use crate::domain::kinds::{DayKind, WaiverKind};
use crate::domain::policy::Policy;
use crate::domain::promise::PromiseState;

/// Something on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated<'a> {
    pub kind: DayKind,
    pub day: NaiveDate,
    pub item: &'a Item,
    /// Minor units: what is open, or what a promise or a settlement still has to bring.
    pub amount: i64,
    /// Whether the day is sure; an expected due date is not.
    pub firm: bool,
    /// The step of the ladder, of a step.
    pub step: Option<u8>,
    /// Of a promise: the day it was made, and which of that day it is.
    pub promised: Option<(NaiveDate, usize)>,
}

/// What stands on days for one open item. What was to be done on a day before today stands today.
pub fn dated<'a>(
    item: &'a Item,
    today: NaiveDate,
    policy: &Policy,
    guarded_until: Option<NaiveDate>,
) -> Vec<Dated<'a>> {
    let base = |kind, day| Dated {
        kind,
        day,
        item,
        amount: item.balance,
        firm: true,
        step: None,
        promised: None,
    };
    let mut all = Vec::new();
    if let Some(due) = item.due(today) {
        all.push(Dated { firm: item.is_firm(today), ..base(DayKind::Due, due) });
    }
    for (at, promise) in item.promises.iter().enumerate() {
        if promise.state(today) == PromiseState::Pending {
            let before = item.promises.iter().take(at);
            let nth = before.filter(|other| other.made_on == promise.made_on).count();
            all.push(Dated {
                amount: promise.missing(),
                promised: Some((promise.made_on, nth)),
                ..base(DayKind::Promise, promise.pay_by)
            });
        }
    }
    let next = dunning::next_step(item, today, policy);
    let wait = next.step.and_then(|step| dunning::wait(item, step, today, policy, guarded_until));
    // What waits for something to happen has no day.
    let day = match wait {
        Some(Wait { until, .. }) => until,
        None => next.on,
    };
    if let Some(day) = day {
        all.push(Dated { step: next.number, ..base(DayKind::Step, day.max(today)) });
    }
    if let Some(appointed) = item.rare.appointed_on {
        all.push(base(DayKind::Appointment, appointed.max(today)));
    }
    if let Some(agreed) = item.next_on.filter(|day| Some(*day) != item.rare.appointed_on) {
        all.push(base(DayKind::Contact, agreed.max(today)));
    }
    if let Some(offer) = item.offer(WaiverKind::Settlement, today) {
        all.push(Dated { amount: offer.missing, ..base(DayKind::Settlement, offer.by) });
    }
    all
}
