//! The ladder of payment steps: which comes next, why, and what it waits for.
