//! Kept, broken or pending.
