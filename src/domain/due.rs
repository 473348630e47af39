//! When money falls due: a fixed date, or so long after an event. A rule reads and writes as text, the same in forms,
//! files, SQL and JSON: `2026-12-05`, `acceptance(P1-M2) + 1y`, `invoice month-end + 60d roll`.

mod parse;

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Serialize, Serializer};

use super::calendar::{Calendar, add_days, month_end};
use super::kinds::Stage;

pub(super) use parse::{MONTH_END, unit_before};
pub use parse::{RuleError, unit};

/// What a due rule can wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    Signing,
    Start,
    WarrantyEnd,
    Delivery,
    Acceptance,
    /// The first invoice still standing was issued.
    Invoice,
    /// The first invoice still standing was signed for.
    InvoiceReceived,
    /// The last of the milestone's conditions was met.
    Conditions,
    /// The work of the project came so far, in percent.
    Progress(u8),
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

/// So many units after a day, which is not counted itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Offset {
    pub count: u32,
    pub unit: Unit,
}

/// So long after an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EventRule {
    pub event: Event,
    /// The key of the milestone whose acceptance is meant, if named.
    pub of: Option<String>,
    /// Count from the end of the event's month.
    pub month_end: bool,
    pub offset: Offset,
    /// A second offset, from where the first lands.
    pub then: Option<Offset>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct DueRule {
    /// What the date is computed from.
    pub basis: Basis,
    /// A due date on a day off moves to the next business day (顺延).
    pub roll: bool,
}

/// What a due date is computed from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Basis {
    /// Nothing agreed: there is no due date.
    #[default]
    None,
    /// A date in the contract.
    Fixed(NaiveDate),
    /// So long after an event.
    After(EventRule),
}

impl Event {
    /// So much progress, if it is a whole percent above 0.
    pub fn progress(percent: Decimal) -> Option<Self> {
        let whole = percent.normalize();
        let percent = whole.to_u8().filter(|_| whole.scale() == 0)?;
        (1..=100).contains(&percent).then_some(Self::Progress(percent))
    }

    /// The stable code, as a rule is written.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Signing => "signing",
            Self::Start => "start",
            Self::WarrantyEnd => "warranty_end",
            Self::Delivery => "delivery",
            Self::Acceptance => "acceptance",
            Self::Invoice => "invoice",
            Self::InvoiceReceived => "invoice_received",
            Self::Conditions => "conditions",
            Self::Progress(_) => "progress",
        }
    }
}

impl Unit {
    /// The stable code, as a rule is written.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Days => "d",
            Self::BusinessDays => "wd",
            Self::Months => "m",
            Self::Years => "y",
        }
    }

    /// The day `n` units after this day (before it, if negative); the day itself is not counted. Months and years keep
    /// the day number, clamped to the month's end. `None` outside the years 1 to 9999, which is what ISO text holds.
    pub fn shift(self, day: NaiveDate, n: i64, calendar: &Calendar) -> Option<NaiveDate> {
        let size = || u32::try_from(n.unsigned_abs()).ok();
        let months = |per: u32| {
            let months = Months::new(size()?.checked_mul(per)?);
            if n < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
        };
        let shifted = match self {
            Self::Days => add_days(day, n),
            Self::BusinessDays if n < 0 => Some(calendar.sub_business_days(day, size()?)),
            Self::BusinessDays => Some(calendar.add_business_days(day, size()?)),
            Self::Months => months(1),
            Self::Years => months(12),
        };
        shifted.filter(|day| (1..=9999).contains(&day.year()))
    }
}

impl Offset {
    /// The event's own day.
    pub const NONE: Self = Self { count: 0, unit: Unit::Days };

    fn from(self, day: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
        self.unit.shift(day, self.count.into(), calendar)
    }
}

impl EventRule {
    /// The day of an event itself.
    pub const fn on(event: Event) -> Self {
        Self { event, of: None, month_end: false, offset: Offset::NONE, then: None }
    }

    /// Its offsets, in order; none where it is the event's own day.
    pub fn offsets(&self) -> impl Iterator<Item = Offset> {
        let first = Some(self.offset).filter(|o| *o != Offset::NONE || self.then.is_some());
        first.into_iter().chain(self.then)
    }

    /// The day the rule lands on when its event was on this day, before any move to a business day: months and years
    /// from a month's end land on one. `None` past the year 9999.
    pub fn day(&self, event_day: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
        let from = if self.month_end { month_end(event_day) } else { event_day };
        let landed = self.offset.from(from, calendar)?;
        let landed = match self.offset.unit {
            Unit::Months | Unit::Years if self.month_end => month_end(landed),
            Unit::Months | Unit::Years | Unit::Days | Unit::BusinessDays => landed,
        };
        self.then.map_or(Some(landed), |then| then.from(landed, calendar))
    }
}

impl DueRule {
    /// A date in the contract.
    pub const fn fixed(day: NaiveDate) -> Self {
        Self { basis: Basis::Fixed(day), roll: false }
    }

    /// Whether nothing is agreed.
    pub fn is_none(&self) -> bool {
        self.basis == Basis::None
    }

    /// The event it waits for, if it waits for one.
    pub const fn event(&self) -> Option<Event> {
        match &self.basis {
            Basis::After(after) => Some(after.event),
            Basis::None | Basis::Fixed(_) => None,
        }
    }

    /// The stage of which the nearest earlier milestone lends its day of the event to one of stage `own` that has none
    /// itself; `None` where a day of its own is waited for, or that of a milestone the rule names.
    pub fn lender(&self, own: Stage) -> Option<Stage> {
        let borrows =
            matches!(own, Stage::Settlement | Stage::Final | Stage::Retention | Stage::Other);
        match self.event()? {
            Event::Acceptance if borrows && self.names().is_none() => Some(Stage::Acceptance),
            Event::Delivery if borrows => Some(Stage::Delivery),
            Event::Acceptance
            | Event::Delivery
            | Event::Signing
            | Event::Start
            | Event::WarrantyEnd
            | Event::Invoice
            | Event::InvoiceReceived
            | Event::Conditions
            | Event::Progress(_) => None,
        }
    }

    /// The key of the milestone whose acceptance it waits for, if it names one.
    pub fn names(&self) -> Option<&str> {
        match &self.basis {
            Basis::After(after) => after.of.as_deref(),
            Basis::None | Basis::Fixed(_) => None,
        }
    }

    /// The day as the contract has it: moved to the next business day if the rule says so.
    pub fn settle(&self, day: NaiveDate, calendar: &Calendar) -> NaiveDate {
        if self.roll { calendar.next_business_day(day) } else { day }
    }
}

impl fmt::Display for DueRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.basis {
            Basis::None if self.roll => return f.write_str("roll"),
            Basis::None => return Ok(()),
            Basis::Fixed(day) => write!(f, "{day}")?,
            Basis::After(rule) => write!(f, "{rule}")?,
        }
        f.write_str(if self.roll { " roll" } else { "" })
    }
}

impl fmt::Display for EventRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.event.code())?;
        if let Event::Progress(percent) = self.event {
            write!(f, "({percent}%)")?;
        }
        if let Some(key) = &self.of {
            // A key that would not read back as it is stands in quotes, with its own quotes doubled.
            let bare = !key.is_empty()
                && key.trim() == key
                && !key.contains(['(', ')', '\u{FF08}', '\u{FF09}', '"']);
            if bare {
                write!(f, "({key})")?;
            } else {
                write!(f, "(\"{}\")", key.replace('"', "\"\""))?;
            }
        }
        if self.month_end {
            f.write_str(" month-end")?;
        }
        self.offsets().try_for_each(|offset| write!(f, " + {}{}", offset.count, offset.unit.code()))
    }
}

impl Serialize for DueRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests;
