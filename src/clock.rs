//! The only reader of the wall clock. `main`, `cli` and `tui` call it and pass `today` down.
#![allow(clippy::disallowed_methods, reason = "this is the one place the ban points to")]

use std::time::Instant;

use chrono::{DateTime, FixedOffset, Local, NaiveDate, Utc};

/// The day it is where the user is.
pub fn today() -> NaiveDate {
    Local::now().date_naive()
}

/// The moment, for the record of an event.
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// A moment by the clock on the user's wall.
pub fn local(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&Local).fixed_offset()
}

/// A monotonic instant, for time-outs and progress.
pub fn instant() -> Instant {
    Instant::now()
}
