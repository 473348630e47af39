//! Status, whose turn and flags of an item on a day: derived, never stored. Of the rules the first that applies wins.

use chrono::{Datelike, NaiveDate};

use super::calendar::add_days;
use super::codes::codes;
use super::item::{Gates, Held, Item, Offer};
use super::kinds::{Flag, Stage, WaitingOn, WaiverKind};
use super::people::late_with_us;
use super::policy::Policy;
use super::promise::PromiseState;

/// What a milestone is on a day. Numbers are calendar days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Nothing open, and we gave up more than was paid.
    WrittenOff,
    /// Nothing open, since what was went to dated parts.
    Split,
    Paid,
    /// Nothing open, because the customer paid what a settlement asked for.
    Settled,
    /// Open disputes cover the whole balance.
    Disputed,
    OnHold,
    /// Firm, past due and grace: so many days after due.
    Overdue(i64),
    /// Firm, past due, within grace: so many days after due.
    InGrace(i64),
    DueToday,
    /// Firm, due within the look-ahead: in so many days.
    DueSoon(i64),
    /// Firm, due later: in so many days.
    Upcoming(i64),
    /// Expected, and its planned day passed so many days ago.
    Slipping(i64),
    /// Expected, later or at no date.
    Planned,
}

codes! {
    /// A status without its number of days.
    StatusKind {
        WrittenOff = "written_off",
        Paid = "paid",
        Settled = "settled",
        Split = "split",
        Disputed = "disputed",
        OnHold = "on_hold",
        Overdue = "overdue",
        InGrace = "in_grace",
        DueToday = "due_today",
        DueSoon = "due_soon",
        Upcoming = "upcoming",
        Slipping = "slipping",
        Planned = "planned",
    }
}

impl Status {
    pub const fn kind(self) -> StatusKind {
        match self {
            Self::WrittenOff => StatusKind::WrittenOff,
            Self::Split => StatusKind::Split,
            Self::Paid => StatusKind::Paid,
            Self::Settled => StatusKind::Settled,
            Self::Disputed => StatusKind::Disputed,
            Self::OnHold => StatusKind::OnHold,
            Self::Overdue(_) => StatusKind::Overdue,
            Self::InGrace(_) => StatusKind::InGrace,
            Self::DueToday => StatusKind::DueToday,
            Self::DueSoon(_) => StatusKind::DueSoon,
            Self::Upcoming(_) => StatusKind::Upcoming,
            Self::Slipping(_) => StatusKind::Slipping,
            Self::Planned => StatusKind::Planned,
        }
    }

    /// The stable name, without its number.
    pub const fn code(self) -> &'static str {
        self.kind().code()
    }
}

impl Item {
    /// Whether the contract date the rule hangs on lies ahead.
    fn waits_for_contract(&self, today: NaiveDate) -> bool {
        self.met_from.is_some_and(|from| from > today)
    }

    /// The due date before any reschedule; where the rule gives none, the first that was agreed.
    pub fn first_due(&self, today: NaiveDate) -> Option<NaiveDate> {
        if self.waits_for_contract(today) { self.due_until_met } else { self.rule_due }
    }

    /// The due date in force, firm or expected.
    pub fn due(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.agreed_due.or_else(|| self.first_due(today))
    }

    /// Whether the due date is firm on `today`.
    pub fn is_firm(&self, today: NaiveDate) -> bool {
        self.agreed_due.is_some() || (self.met && !self.waits_for_contract(today))
    }

    /// The due date, if firm on `today`.
    pub fn firm_due(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.due(today).filter(|_| self.is_firm(today))
    }

    /// The day the rule's condition was met, if it was by `today`.
    pub fn met_by(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.met_on.filter(|day| *day <= today)
    }

    /// Calendar days past a firm due date; negative before it, `None` without one.
    pub fn age(&self, today: NaiveDate) -> Option<i64> {
        // Two day counts are several times quicker than a duration, and this is asked of every open item.
        self.firm_due(today).map(|due| i64::from(today.num_days_from_ce() - due.num_days_from_ce()))
    }

    /// `max(0, today − due)`, 0 without a firm date.
    pub fn days_late(&self, today: NaiveDate) -> i64 {
        self.age(today).unwrap_or(0).max(0)
    }

    /// An open balance with a firm due date or a standing invoice; what is not yet is planned money.
    pub fn is_receivable(&self, today: NaiveDate) -> bool {
        self.balance > 0 && (self.is_firm(today) || self.invoiced_on.is_some())
    }

    /// Minor units received.
    pub fn received(&self) -> i64 {
        self.amount
            .saturating_sub(self.balance)
            .saturating_sub(self.written_off)
            .saturating_sub(self.let_go())
    }

    /// Minor units waived.
    pub fn let_go(&self) -> i64 {
        self.rare.waived.map_or(0, |waived| waived.amount)
    }

    /// The agreement that would let the rest go, if it can still be had; of several the one that lapses last.
    pub fn offer(&self, kind: WaiverKind, today: NaiveDate) -> Option<&Offer> {
        let stands = |offer: &&Offer| offer.kind == kind && today <= offer.by;
        self.rare.offers.iter().filter(stands).max_by_key(|offer| offer.by)
    }

    /// Whether a settlement lapsed, none can be had any more, and nobody was in touch since.
    pub fn has_lapsed(&self, today: NaiveDate) -> bool {
        self.lapsed_by(today).is_some()
    }

    /// The last day of that settlement.
    pub fn lapsed_by(&self, today: NaiveDate) -> Option<NaiveDate> {
        let settlements = || self.rare.offers.iter().filter(|o| o.kind == WaiverKind::Settlement);
        let last = settlements().map(|offer| offer.by).max();
        last.filter(|by| *by < today && self.last_touch_on.is_none_or(|on| on <= *by))
    }

    /// Whether the work on its project rests.
    pub fn is_suspended(&self, today: NaiveDate) -> bool {
        let rests = |held: &Held| held.since <= today && held.until.is_none_or(|end| today <= end);
        self.rare.suspended.iter().any(rests)
    }

    /// The hold in force; of several the one that lasts longest.
    pub fn hold(&self, today: NaiveDate) -> Option<&Held> {
        let in_force =
            |held: &&Held| held.since <= today && held.until.is_none_or(|until| today <= until);
        self.holds.iter().filter(in_force).max_by_key(|held| (held.until.is_none(), held.until))
    }

    /// Whether a hold is in force.
    pub fn is_held(&self, today: NaiveDate) -> bool {
        self.hold(today).is_some()
    }

    /// Whether open disputes cover the whole balance.
    pub const fn is_wholly_disputed(&self) -> bool {
        self.balance > 0 && self.disputed >= self.balance
    }

    /// The balance less what is disputed, minor units.
    pub const fn undisputed(&self) -> i64 {
        self.balance.saturating_sub(self.disputed)
    }

    /// Whether it is past due and grace, whatever stands in the way of chasing it.
    pub fn is_past_grace(&self, today: NaiveDate) -> bool {
        self.balance > 0 && self.age(today).is_some_and(|age| age > i64::from(self.grace_days))
    }

    /// Whether it is a part that was not paid, so that the later ones can be called due.
    pub fn calls_due(&self, today: NaiveDate) -> bool {
        self.rare.can_call && self.is_past_grace(today)
    }

    /// What of the balance is overdue, minor units: past grace, less what is disputed.
    pub fn overdue(&self, today: NaiveDate) -> i64 {
        if self.is_past_grace(today) { self.undisputed().max(0) } else { 0 }
    }

    /// Minor units that could be invoiced and are not, while the ball is with our invoicing.
    pub fn unbilled(&self, today: NaiveDate, policy: &Policy) -> i64 {
        if waiting_on(self, today, policy) == WaitingOn::UsInvoice {
            self.balance.min(self.amount.saturating_sub(self.invoiced)).max(0)
        } else {
            0
        }
    }

    /// Sum of what pending promises still have to bring, minor units.
    pub fn promised(&self, today: NaiveDate) -> i64 {
        self.promises
            .iter()
            .filter(|p| p.state(today) == PromiseState::Pending)
            .fold(0, |sum: i64, p| sum.saturating_add(p.missing()))
    }
}

/// The status of an item on a day.
pub fn status(item: &Item, today: NaiveDate, policy: &Policy) -> Status {
    if item.balance <= 0 {
        return match item.rare.waived.map(|waived| waived.kind) {
            _ if item.written_off > item.received() => Status::WrittenOff,
            Some(WaiverKind::Settlement) => Status::Settled,
            Some(WaiverKind::Discount) | None if item.rare.is_split => Status::Split,
            Some(WaiverKind::Discount) | None => Status::Paid,
        };
    }
    if item.is_wholly_disputed() {
        return Status::Disputed;
    }
    if item.is_held(today) {
        return Status::OnHold;
    }
    match item.age(today) {
        Some(age) if age > i64::from(item.grace_days) => Status::Overdue(age),
        Some(age) if age > 0 => Status::InGrace(age),
        Some(0) => Status::DueToday,
        Some(age) if -age <= policy.look_ahead_days => Status::DueSoon(-age),
        Some(age) => Status::Upcoming(-age),
        None => match item.planned_on {
            Some(planned) if planned < today => Status::Slipping((today - planned).num_days()),
            _ => Status::Planned,
        },
    }
}

/// Who has to move before money can arrive.
pub fn waiting_on(item: &Item, today: NaiveDate, policy: &Policy) -> WaitingOn {
    if item.balance <= 0 {
        return WaitingOn::Nobody;
    }
    if item.is_held(today) {
        return WaitingOn::UsHold;
    }
    if item.is_wholly_disputed() {
        return WaitingOn::BothDispute;
    }
    if item.gates.closed(Gates::TODO) {
        WaitingOn::UsTodo
    } else if item.deliver_by.is_some_and(|day| day < today) {
        WaitingOn::UsDeliver
    } else if item.gates.closed(Gates::ACCEPT) {
        WaitingOn::CustomerAccept
    } else if invoice_is_asked_for(item, today, policy) {
        WaitingOn::UsInvoice
    } else if item.gates.closed(Gates::SEND) {
        WaitingOn::UsSend
    } else if item.age(today).is_some_and(|age| age >= 0) {
        WaitingOn::CustomerPay
    } else {
        WaitingOn::Nobody
    }
}

/// The invoice gate, with what the day adds: a retention is billed shortly before it falls due, a bill that nothing but
/// its own rule asks for is not asked for before its planned day, and what a project bills is asked for in time before
/// a firm due date.
fn invoice_is_asked_for(item: &Item, today: NaiveDate, policy: &Policy) -> bool {
    let due_within = |due: Option<NaiveDate>, days: i64| {
        due.and_then(|due| add_days(due, -days)).is_some_and(|from| from <= today)
    };
    let asked = item.gates.closed(Gates::INVOICE)
        || (item.gates.closed(Gates::INVOICE_AHEAD)
            && due_within(item.firm_due(today), policy.look_ahead_days))
        || (item.gates.closed(Gates::INVOICE_BY_RULE)
            && item.planned_on.is_none_or(|planned| planned <= today));
    asked
        && (item.stage != Stage::Retention
            || due_within(item.due(today), policy.retention_invoice_days))
}

/// What stands beside the status, in the order of [`Flag::ALL`].
pub fn flags(item: &Item, today: NaiveDate, policy: &Policy) -> Vec<Flag> {
    let broken = |p: &super::item::OpenPromise| p.state(today) == PromiseState::Broken;
    let holds = |flag: Flag| match flag {
        Flag::PartPaid => item.balance > 0 && item.received() > 0,
        Flag::PartlyDisputed => item.disputed > 0 && item.disputed < item.balance,
        Flag::PromisePending => item.balance > 0 && item.promises.iter().any(|p| !broken(p)),
        Flag::PromiseBroken => item.balance > 0 && item.promises.iter().any(broken),
        Flag::Rescheduled => item.rescheduled_on.is_some(),
        Flag::OtherMethod => item.rare.other_method,
        Flag::NotInvoiced => item.invoiced_on.is_none() && item.is_receivable(today),
        Flag::CallDue => item.calls_due(today),
        Flag::LateWithUs => late_with_us(item, today, policy).is_some(),
    };
    Flag::ALL.iter().copied().filter(|flag| holds(*flag)).collect()
}
