//! What moves the sum that is owed from one day to another.

use super::codes::codes;

codes! {
    /// What an entry is, in the order of the sum. Those up to closing add up to it; the last two say of some of them what
    /// they mean.
    Step {
        /// What was receivable at the opening.
        Opening = "opening",
        /// What became receivable, and what was paid before it did.
        New = "new",
        /// The amount was changed, or what is open is no receivable any more.
        Amended = "amended",
        /// Money that went back.
        Reversed = "reversed",
        /// Money that pays what was or became receivable.
        Collected = "collected",
        /// What a settlement lets go.
        Waived = "waived",
        WrittenOff = "written_off",
        /// Recorded after a snapshot, and dated before it.
        Corrected = "corrected",
        /// From one group to another, like a project to its new manager.
        HandedOver = "handed_over",
        /// Still open, in the bucket of its new due date.
        Rescheduled = "rescheduled",
        /// Still open, in the bucket it has come to.
        Rolled = "rolled",
        /// What is receivable at the closing.
        Closing = "closing",
        /// Was past due, and is paid or not due any more.
        Cured = "cured",
        /// Was not past due, and is.
        NewlyOverdue = "newly_overdue",
    }
}

impl Step {
    pub const COUNT: usize = Self::ALL.len();

    /// Whether its amounts are part of the sum that comes to closing.
    pub const fn moves(self) -> bool {
        match self {
            Self::New
            | Self::Amended
            | Self::Reversed
            | Self::Collected
            | Self::Waived
            | Self::WrittenOff
            | Self::Corrected
            | Self::HandedOver => true,
            Self::Opening
            | Self::Rescheduled
            | Self::Rolled
            | Self::Closing
            | Self::Cured
            | Self::NewlyOverdue => false,
        }
    }

    /// Whether it takes from the sum: a word for what was taken needs no minus.
    pub const fn takes(self) -> bool {
        matches!(self, Self::Collected | Self::Waived | Self::WrittenOff)
    }

    /// Whether it takes an amount from one bucket to another.
    pub const fn carries(self) -> bool {
        matches!(self, Self::Rescheduled | Self::Rolled)
    }
}
