//! To-dos (事项): what somebody of us has to do, or to decide, by a day.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::calendar::Calendar;
use super::due::{Offset, unit};
use super::kinds::{Level, TodoKind, TodoState};
use super::normalize::normalize;

/// How long after it was due a to-do is due again: `7d`, `1m`, `2周`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Every(Offset);

/// The most times a to-do is passed over because nobody did it: some years of days.
const PASSED_OVER: i64 = 4_000;

impl Every {
    /// The next day after `done`, counted from the day it was due, or done where it was due on none.
    pub fn next(self, due: Option<NaiveDate>, done: NaiveDate) -> Option<NaiveDate> {
        let from = due.unwrap_or(done);
        let nth = |n: i64| {
            let count = i64::from(self.0.count).checked_mul(n)?;
            self.0.unit.shift(from, count, Calendar::china())
        };
        (1..PASSED_OVER).map_while(nth).find(|day| *day > done)
    }
}

/// What is no such length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoInterval;

impl FromStr for Every {
    type Err = NoInterval;

    fn from_str(text: &str) -> Result<Self, NoInterval> {
        let text = normalize(text);
        let text = text.strip_prefix(['每', '+']).unwrap_or(&text).trim_start();
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (count, word) = text.split_at_checked(digits).ok_or(NoInterval)?;
        let count: u32 =
            if count.is_empty() { 1 } else { count.parse().map_err(|_| NoInterval)? };
        let (unit, times) = unit(word).ok_or(NoInterval)?;
        let count = count.checked_mul(times).filter(|count| (1..=3_660).contains(count));
        Ok(Self(Offset { count: count.ok_or(NoInterval)?, unit }))
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.count, self.0.unit.code())
    }
}

impl Serialize for Every {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'d> Deserialize<'d> for Every {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NoInterval| serde::de::Error::custom("no interval"))
    }
}

/// Whether payment steps wait for such a to-do unless somebody says otherwise.
pub const fn blocks_by_itself(kind: TodoKind) -> bool {
    match kind {
        TodoKind::Issue | TodoKind::Complaint => true,
        TodoKind::Task
        | TodoKind::CallBack
        | TodoKind::Inspection
        | TodoKind::Appointment
        | TodoKind::Risk
        | TodoKind::Decision
        | TodoKind::CreditReview
        | TodoKind::Approval => false,
    }
}

/// How severe a risk is: how likely, times how costly.
pub const fn severity(probability: Level, impact: Level) -> Level {
    match (probability, impact) {
        (Level::High, Level::High | Level::Medium) | (Level::Medium, Level::High) => Level::High,
        (Level::Low, Level::Low | Level::Medium) | (Level::Medium, Level::Low) => Level::Low,
        (Level::Medium, Level::Medium) | (Level::High, Level::Low) | (Level::Low, Level::High) => {
            Level::Medium
        }
    }
}

/// Where a to-do stands on a day.
pub fn state(due_on: Option<NaiveDate>, done_on: Option<NaiveDate>, day: NaiveDate) -> TodoState {
    if done_on.is_some_and(|done| done <= day) {
        TodoState::Done
    } else if due_on.is_some_and(|due| due <= day) {
        TodoState::Due
    } else {
        TodoState::Open
    }
}
