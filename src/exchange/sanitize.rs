//! Text from outside, made harmless.

pub use crate::domain::clean::text;
