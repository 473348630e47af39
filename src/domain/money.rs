//! Money: exact minor units of a currency.

use thiserror::Error;

/// A sum or product beyond what 64 bits of minor units hold; both operands are kept for the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("amount out of range: {left} and {right}")]
pub struct Overflow {
    /// First operand.
    pub left: i128,
    /// Second operand.
    pub right: i128,
}

/// `a + b`, or the overflow with both operands.
pub fn add(a: i64, b: i64) -> Result<i64, Overflow> {
    a.checked_add(b).ok_or(Overflow {
        left: a.into(),
        right: b.into(),
    })
}
