//! Payment conditions as contracts word them, in Chinese and English: what is paid, after which event, how much later, what
//! else has to be there. What is not understood is kept as text and named; nothing is guessed from it.
//!
//! What was understood writes itself down in a short form ([`Display`](fmt::Display)), which reads back as the same and is
//! also how a plan is typed: `30% signing + 10d; to 95% acceptance + 30d; rest warranty_end`.

mod lex;
mod read;
mod words;

use std::fmt;

use rust_decimal::Decimal;
use serde::Serialize;

use super::due::{Basis, DueRule, Event, EventRule, Offset};
use super::kinds::Stage;

pub use read::told_rule;

/// What a text says of payment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    pub clauses: Vec<Clause>,
    pub discount: Option<Discount>,
    pub deemed: Option<Deemed>,
    pub penalty: Option<Penalty>,
    /// What was not understood, in its own words, in order.
    pub unread: Vec<String>,
}

/// What is said of one instalment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clause {
    /// The words it was read from.
    pub text: String,
    pub part: Option<Part>,
    /// The amount the text names beside a share.
    pub told: Option<String>,
    pub trigger: Option<Trigger>,
    /// Count from the end of the event's month (月结).
    pub month_end: bool,
    /// One after the other, at most two.
    pub offsets: Vec<Offset>,
    /// A day off moves to the next business day.
    pub roll: bool,
    /// What has to be there beside the day.
    pub needs: Vec<Need>,
    /// What the payment is called there.
    pub stage: Option<Stage>,
    /// Words of it were not understood: it tells no rule.
    pub is_unclear: bool,
}

/// How much an instalment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Share {
        percent: Decimal,
        /// Up to this share of the whole, earlier instalments counted (付至).
        cumulative: bool,
        of: Whole,
    },
    /// An amount as typed; its currency is settled where it is taken in.
    Fixed(String),
    /// What is left.
    Rest,
}

/// What a share is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whole {
    #[default]
    Contract,
    /// The settled or audited amount (结算价): unknown until it is settled.
    Settled,
}

/// What the day counts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    Event(Event),
    /// The work has come so far.
    Progress(Decimal),
    /// The account is settled or audited.
    Settlement,
}

/// What has to be there beside the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub what: NeedKind,
    /// Its own term after it.
    pub within: Option<Offset>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedKind {
    Invoice,
    Receipt,
    /// Performance, advance or warranty bond or guarantee.
    Bond,
    /// A payment application.
    Application,
    /// The customer's confirmation.
    Confirmation,
    /// Handing over of documents.
    Documents,
    Audit,
}

/// So many percent less for paying within a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discount {
    pub percent: Decimal,
    pub within: Offset,
}

/// Silence counts as acceptance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deemed {
    /// From when, if that is said.
    pub after: Option<Event>,
    pub within: Option<Offset>,
}

/// What paying late costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penalty {
    pub rate: PenaltyRate,
    /// At most so many percent.
    pub cap: Option<Decimal>,
}

/// A lump sum is never made a rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PenaltyRate {
    /// Percent for each day.
    PerDay(Decimal),
    /// Percent for a year.
    PerYear(Decimal),
    /// Percent, once.
    Once(Decimal),
    /// An amount as typed, once.
    Lump(String),
}

impl NeedKind {
    /// The stable code, as a condition is written down.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invoice => "bill",
            Self::Receipt => "receipt",
            Self::Bond => "bond",
            Self::Application => "application",
            Self::Confirmation => "confirmation",
            Self::Documents => "documents",
            Self::Audit => "audit",
        }
    }
}

impl Terms {
    /// Reads a text; it need not make sense.
    pub fn read(text: &str) -> Self {
        read::terms(text)
    }

    /// Whether nothing at all was understood.
    pub const fn is_nothing(&self) -> bool {
        self.clauses.is_empty()
            && self.discount.is_none()
            && self.deemed.is_none()
            && self.penalty.is_none()
    }
}

impl Clause {
    /// The due rule it tells: of an event a rule can wait for, where every word was understood. A share of what is not
    /// settled yet has no day.
    pub fn rule(&self) -> Option<DueRule> {
        let settles = matches!(self.part, Some(Part::Share { of: Whole::Settled, .. }));
        if self.is_unclear || settles {
            return None;
        }
        let event = match self.trigger {
            Some(Trigger::Event(event)) => event,
            Some(Trigger::Progress(percent)) => Event::progress(percent)?,
            Some(Trigger::Settlement) | None => return None,
        };
        Some(self.rule_after(event))
    }

    /// The day it counts to, were it an event's.
    pub(crate) fn rule_after(&self, event: Event) -> DueRule {
        let mut offsets = self.offsets.iter().copied();
        let basis = Basis::After(EventRule {
            month_end: self.month_end,
            offset: offsets.next().unwrap_or(Offset::NONE),
            then: offsets.next(),
            ..EventRule::on(event)
        });
        DueRule { basis, roll: self.roll }
    }
}

fn write_offset(f: &mut fmt::Formatter<'_>, offset: Offset) -> fmt::Result {
    write!(f, " + {}{}", offset.count, offset.unit.code())
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Share { percent, cumulative, of } => {
                let to = if *cumulative { "to " } else { "" };
                let of = match of {
                    Whole::Contract => "",
                    Whole::Settled => " of settled",
                };
                write!(f, "{to}{percent}%{of}")
            }
            Self::Fixed(amount) => write!(f, "fixed {amount}"),
            Self::Rest => f.write_str("rest"),
        }
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut gap = "";
        if let Some(part) = &self.part {
            write!(f, "{part}")?;
            gap = " ";
        }
        if let Some(told) = &self.told {
            write!(f, "{gap}= fixed {told}")?;
            gap = " ";
        }
        if let Some(stage) = self.stage {
            write!(f, "{gap}as {}", stage.code())?;
            gap = " ";
        }
        match &self.trigger {
            Some(Trigger::Event(event)) => write!(f, "{gap}{}", self.rule_after(*event))?,
            other => {
                match other {
                    Some(Trigger::Progress(percent)) => write!(f, "{gap}progress {percent}%")?,
                    Some(Trigger::Settlement) => write!(f, "{gap}settlement")?,
                    Some(Trigger::Event(_)) | None => {}
                }
                if self.month_end {
                    f.write_str(" month-end")?;
                }
                self.offsets.iter().try_for_each(|offset| write_offset(f, *offset))?;
                f.write_str(if self.roll { " roll" } else { "" })?;
            }
        }
        for need in &self.needs {
            write!(f, " with {}", need.what.code())?;
            need.within.map_or(Ok(()), |offset| write_offset(f, offset))?;
        }
        Ok(())
    }
}

impl fmt::Display for Penalty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rate {
            PenaltyRate::PerDay(percent) => write!(f, "penalty {percent}% per day")?,
            PenaltyRate::PerYear(percent) => write!(f, "penalty {percent}% per year")?,
            PenaltyRate::Once(percent) => write!(f, "penalty {percent}%")?,
            PenaltyRate::Lump(amount) => write!(f, "penalty fixed {amount}")?,
        }
        self.cap.map_or(Ok(()), |percent| write!(f, " cap {percent}%"))
    }
}

impl fmt::Display for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.clauses.iter().map(ToString::to_string).collect();
        if let Some(Discount { percent, within }) = self.discount {
            parts.push(format!("discount {percent}% + {}{}", within.count, within.unit.code()));
        }
        if let Some(Deemed { after, within }) = self.deemed {
            let event = after.map_or(String::new(), |event| format!(" {}", event.code()));
            let within = within.map(|o| format!(" + {}{}", o.count, o.unit.code()));
            parts.push(format!("deemed{event}{}", within.unwrap_or_default()));
        }
        parts.extend(self.penalty.as_ref().map(ToString::to_string));
        f.write_str(&parts.join("; "))
    }
}

#[cfg(test)]
mod tests;
