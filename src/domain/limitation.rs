//! The limitation clock (诉讼时效): until when a claim can be enforced, and what started the clock anew. A pure function
//! of a due day, the grounds on record, and a day. It tells what the ledger knows; it is no legal advice.

use chrono::{Months, NaiveDate};

use super::calendar::Calendar;
use super::codes::codes;
use super::facts::Facts;
use super::kinds::{Channel, PaperKind, TouchKind};

codes! {
    /// What starts the clock anew.
    GroundKind {
        /// A demand that reached the customer.
        Demand = "demand",
        /// The customer acknowledged the debt.
        Acknowledgement = "acknowledgement",
        PartPayment = "part_payment",
        /// The customer promised to pay.
        Promise = "promise",
        /// A claim before a court or an arbitrator.
        Claim = "claim",
    }
}

/// Something that starts the clock anew, if it can be proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ground {
    pub on: NaiveDate,
    pub kind: GroundKind,
    pub proved: bool,
}

impl Ground {
    /// What a contact is: a filed claim is one, a demand in writing lacks the proof that it arrived, a word is none.
    pub const fn of_touch(
        on: NaiveDate,
        kind: TouchKind,
        channel: Option<Channel>,
    ) -> Option<Self> {
        match (kind, channel) {
            (TouchKind::Dunning, Some(Channel::Court)) => {
                Some(Self { on, kind: GroundKind::Claim, proved: true })
            }
            (
                TouchKind::Dunning,
                Some(Channel::Letter | Channel::Lawyer | Channel::Mail | Channel::Wechat),
            ) => Some(Self { on, kind: GroundKind::Demand, proved: false }),
            (TouchKind::Dunning, Some(Channel::Phone | Channel::Visit) | None)
            | (TouchKind::AcceptanceChase | TouchKind::Courtesy, _) => None,
        }
    }

    /// What a promise is: proved where it was made in writing.
    pub const fn of_promise(on: NaiveDate, channel: Option<Channel>) -> Self {
        let written = matches!(
            channel,
            Some(
                Channel::Letter
                    | Channel::Lawyer
                    | Channel::Mail
                    | Channel::Wechat
                    | Channel::Court
            )
        );
        Self { on, kind: GroundKind::Promise, proved: written }
    }

    /// What a paper is: asked for money it is a demand once it was delivered, proved if it says how; signed, it may be
    /// an acknowledgement; a filing is a claim. A contact that it was is told as that.
    pub fn of_paper(paper: &GroundPaper) -> impl Iterator<Item = Self> + use<> {
        let GroundPaper { kind, dated_on, sent_on, delivered_on, proved, signed_on, told } = *paper;
        let demand = match delivered_on {
            Some(on) => Some((on, proved)),
            None => sent_on.map(|on| (on, false)),
        };
        let demand = demand.filter(|(_, proved)| kind.demands() && (*proved || !told));
        let demand = demand.map(|(on, proved)| Self { on, kind: GroundKind::Demand, proved });
        let signed = signed_on.filter(|_| kind.acknowledges());
        let signed = signed.map(|on| Self { on, kind: GroundKind::Acknowledgement, proved: true });
        let claim = (kind == PaperKind::Filing).then_some(Self {
            on: dated_on,
            kind: GroundKind::Claim,
            proved: true,
        });
        [demand, signed, claim].into_iter().flatten()
    }

    /// The payments that stand for a milestone on a day.
    pub fn payments(facts: &Facts, day: NaiveDate) -> impl Iterator<Item = Self> + '_ {
        let stands = facts.allocations.iter().filter(move |a| a.taken_on(day) > 0);
        stands.map(|a| Self { on: a.on, kind: GroundKind::PartPayment, proved: true })
    }
}

/// What of a paper bears on the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroundPaper {
    pub kind: PaperKind,
    pub dated_on: NaiveDate,
    pub sent_on: Option<NaiveDate>,
    pub delivered_on: Option<NaiveDate>,
    /// Something shows that it arrived.
    pub proved: bool,
    pub signed_on: Option<NaiveDate>,
    /// A contact stands for it.
    pub told: bool,
}

/// A clock that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// The due day, or that of what started it anew.
    pub runs_from: NaiveDate,
    pub restarted_by: Option<Ground>,
    /// The same day so many years later.
    pub years_later: NaiveDate,
    /// The last day: that one, or the next business day.
    pub ends: NaiveDate,
    /// What would have started it anew since, if it could be proved.
    pub unproved: Vec<Ground>,
}

impl Clock {
    pub fn days_left(&self, day: NaiveDate) -> i64 {
        (self.ends - day).num_days()
    }

    /// The warning that holds: so many days or fewer are left.
    pub fn warning(&self, day: NaiveDate) -> Option<i64> {
        WARNINGS.into_iter().find(|days| self.days_left(day) <= *days)
    }
}

/// It is warned at so many days before a clock runs out.
pub const WARNINGS: [i64; 3] = [30, 90, 180];

/// Both readings of the clock of an instalment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limitation {
    /// From its own due day: the one that ends first, and warns.
    pub own: Clock,
    /// From the due day of the contract's last instalment, if that is known.
    pub by_last: Option<Clock>,
}

/// The clock from a due day, as a day knows it; `None` before that day is over, and past the last day there is.
/// After it has run out nothing starts it anew by itself.
pub fn clock(
    due: NaiveDate,
    grounds: &[Ground],
    years: u16,
    day: NaiveDate,
    calendar: &Calendar,
) -> Option<Clock> {
    let from = |runs_from: NaiveDate, restarted_by| {
        let years_later = runs_from.checked_add_months(Months::new(u32::from(years) * 12))?;
        let ends = calendar.next_business_day(years_later);
        Some(Clock { runs_from, restarted_by, years_later, ends, unproved: Vec::new() })
    };
    if day < due {
        return None;
    }
    let mut known: Vec<Ground> =
        grounds.iter().copied().filter(|g| g.on > due && g.on <= day).collect();
    known.sort_unstable();
    let mut clock = from(due, None)?;
    for ground in known.iter().filter(|ground| ground.proved) {
        if ground.on <= clock.ends {
            clock = from(ground.on, Some(*ground))?;
        }
    }
    known.retain(|ground| !ground.proved && ground.on > clock.runs_from && ground.on <= clock.ends);
    Some(Clock { unproved: known, ..clock })
}

/// Both readings of an instalment that is due, one of a contract whose last falls due on `last_due`.
pub fn limitation(
    due: NaiveDate,
    last_due: Option<NaiveDate>,
    grounds: &[Ground],
    years: u16,
    day: NaiveDate,
    calendar: &Calendar,
) -> Option<Limitation> {
    let own = clock(due, grounds, years, day, calendar)?;
    let by_last = last_due.and_then(|last| clock(last, grounds, years, day.max(last), calendar));
    Some(Limitation { own, by_last })
}
