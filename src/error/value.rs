//! Why a typed value of a flag or field cannot be read.

use crate::domain::aging::EdgesError;
use crate::domain::date_input::DayError;
use crate::domain::deal::parts::PartsError;
use crate::domain::discount::DiscountError;
use crate::domain::due::RuleError;
use crate::domain::late_fee::LateFeeError;
use crate::domain::money::AmountError;
use crate::domain::shares::SharesError;
use crate::domain::tax::BadTaxRate;

use super::from;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueError {
    Amount(AmountError),
    Day(DayError),
    Rule(RuleError),
    LateFee(LateFeeError),
    Discount(DiscountError),
    TaxRate(BadTaxRate),
    Edges(EdgesError),
    Plan(SharesError),
    Parts(PartsError),
    /// None of the values that exist.
    Choice {
        found: String,
        known: String,
    },
    /// It says nothing without another flag.
    Needs {
        found: String,
        needs: &'static str,
    },
    /// Nothing a file of one's own can be called.
    FileName(String),
    /// A folder, a pipe or a device, where a file is asked for.
    NotAFile(String),
    /// No file is there.
    NoFile(String),
    /// An amount for one milestone, where several are named.
    OfOne(String),
}

from!(ValueError: Amount(AmountError), Day(DayError), Rule(RuleError), LateFee(LateFeeError), Discount(DiscountError), TaxRate(BadTaxRate), Edges(EdgesError), Plan(SharesError), Parts(PartsError));
