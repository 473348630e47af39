//! Business days, from the holiday table.

/// Business days.
#[derive(Debug, Clone)]
pub struct Calendar;
