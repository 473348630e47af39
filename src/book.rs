//! The open receivables in memory, as screens and reports see them: items sorted by id, refreshed by id after a
//! change. Everything shown is computed from them and the day; nothing here is stored.

use std::collections::HashMap;

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::ids::CustomerId;
use crate::domain::kinds::Grade;

/// What the order of the worklist needs to know of customers.
#[derive(Debug, Clone, Default)]
pub struct Customers {
    /// Grades the user gave.
    pub grades: HashMap<CustomerId, Grade>,
    /// Days on which a customer was touched, within the guard's window.
    pub touches: HashMap<CustomerId, Vec<NaiveDate>>,
}

/// Money of a customer that pays nothing yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unapplied {
    /// Whose.
    pub customer: CustomerId,
    /// In which currency.
    pub currency: Currency,
    /// Minor units.
    pub amount: i64,
}
