//! When money falls due: a fixed date, or so long after an event.

use chrono::NaiveDate;

/// What a due rule can wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// The contract was signed.
    Signing,
    /// The work started.
    Start,
    /// The warranty ended.
    WarrantyEnd,
    /// Delivered.
    Delivery,
    /// Accepted.
    Acceptance,
    /// The first invoice still standing was issued.
    Invoice,
    /// The first invoice still standing was signed for.
    InvoiceReceived,
}

/// What an offset counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Calendar days, `d`.
    Days,
    /// Business days, `wd` (工作日).
    BusinessDays,
    /// Months, `m`: the day number is kept, clamped to the month's end.
    Months,
    /// Years, `y`, likewise.
    Years,
}

/// So long after an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EventRule {
    /// What has to happen.
    pub event: Event,
    /// The key of the milestone whose acceptance is meant, if named.
    pub of: Option<String>,
    /// Count from the end of the event's month.
    pub month_end: bool,
    /// How many units after; the event's own day is not counted.
    pub offset: u32,
    /// Which units.
    pub unit: Unit,
}

/// When money falls due.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DueRule {
    /// What the date is computed from.
    pub basis: Basis,
    /// A due date on a day off moves to the next business day (顺延).
    pub roll: bool,
}

/// What a due date is computed from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Nothing agreed: there is no due date.
    None,
    /// A date in the contract.
    Fixed(NaiveDate),
    /// So long after an event.
    After(EventRule),
}

impl std::fmt::Display for DueRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.basis)
    }
}
