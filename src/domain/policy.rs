//! The numbers a user may set, with the contract's defaults.

/// The ladder's highest step: a claim before a court.
pub const TOP_STEP: u8 = 6;

/// From this step on a person is asked before it is taken: a letter or more.
pub const SURE_STEP: u8 = 3;

/// The numbers a user may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// A firm due date this many days ahead, or fewer, is due soon.
    pub look_ahead_days: i64,
    /// Day of each step of the ladder, counted from the due date.
    pub ladder: [i64; TOP_STEP as usize + 1],
    /// A payment step waits until the last touch is this many days old.
    pub gap_days: i64,
    /// The guard: at most this many touches …
    pub guard_touches: usize,
    /// … per customer in so many days.
    pub guard_days: i64,
    /// Acceptance is chased from this many days after delivery, and again after as many.
    pub chase_days: i64,
    /// What is overdue without a contact for so long is told as silent.
    pub silence_days: i64,
    /// What has no due date is told once it was agreed this long ago.
    pub undated_days: i64,
    /// An invoice for a retention is asked for from this many days before it falls due.
    pub retention_invoice_days: i64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            look_ahead_days: 7,
            ladder: [-7, 0, 7, 30, 60, 90, 180],
            gap_days: 3,
            guard_touches: 2,
            guard_days: 7,
            chase_days: 7,
            silence_days: 14,
            undated_days: 90,
            retention_invoice_days: 30,
        }
    }
}
