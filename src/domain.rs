//! What is owed, since when, by whom, and what to do next: pure functions over plain types. No clock, no database, no
//! terminal; `today` is always a parameter; reasons come back as enums that `text` words. Imports nothing of ours.

pub mod active_invoices;
pub mod aging;
pub mod allocation;
pub mod as_of;
pub mod balance;
pub mod bank;
pub mod calendar;
pub mod change;
pub mod clean;
pub(crate) mod codes;
pub mod date_input;
pub mod due;
pub mod dunning;
pub mod facts;
pub mod ids;
pub mod item;
pub mod kinds;
pub mod money;
pub mod movement;
pub mod normalize;
pub mod numbering;
pub mod numerals;
pub mod plan;
pub mod plausibility;
pub mod policy;
pub mod promise;
pub mod reconcile;
pub mod rules;
pub mod shares;
pub mod status;
pub mod violation;
