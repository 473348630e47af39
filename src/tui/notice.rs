//! The one place where the screen says something in passing: saved, refused, gone wrong.

use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    Done,
    /// A key could not act.
    Hint,
    Error,
}

/// What is said, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub severity: Severity,
    pub text: String,
    /// When it goes by itself.
    pub until: Instant,
}

impl Notice {
    /// A notice said at `now`. An error stands longer, since there is more to read.
    pub fn new(severity: Severity, text: String, now: Instant) -> Self {
        let seconds = match severity {
            Severity::Done | Severity::Hint => 6,
            Severity::Error => 20,
        };
        Self { severity, text, until: now + Duration::from_secs(seconds) }
    }
}
