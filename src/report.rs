//! Each report is a plain value computed from a portfolio: aging, worklist, figures, list, snapshot.

pub mod aging;
pub(crate) mod calendar;
pub(crate) mod concentration;
pub(crate) mod contracts;
pub(crate) mod deadlines;
pub(crate) mod debtors;
pub mod desk;
pub(crate) mod digest;
pub(crate) mod dunning;
pub mod errands;
pub(crate) mod expected;
pub(crate) mod explain;
pub mod figures;
pub mod filter;
pub(crate) mod fortnight;
mod grouped;
pub(crate) mod history;
pub mod invoice_lag;
pub(crate) mod late_fees;
pub(crate) mod list;
pub mod movement;
pub(crate) mod periods;
pub(crate) mod playbook;
pub(crate) mod readiness;
pub(crate) mod round;
pub(crate) mod todos;
pub mod worklist;
