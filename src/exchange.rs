//! Files in (plan lists, lists of customers, payments and invoices, bank statements) and files out (text table, csv, json, md). A file becomes typed rows with an error for each
//! bad cell; matching rows against the ledger is the store's business.

pub mod aging;
pub mod bank;
pub mod calendar;
pub mod card;
pub mod deadlines;
pub mod digest;
pub mod explain;
pub mod invoice_lag;
pub mod late_fees;
pub mod list;
pub mod lists;
pub mod log;
pub mod mail;
pub mod movement;
pub mod next_step;
pub mod out;
pub mod pack;
pub mod papers;
pub mod periods;
pub mod plan;
pub mod register;
pub mod round;
pub mod sanitize;
pub mod settings;
pub mod sheet;
pub mod snapshot;
pub mod terms;
pub mod trend;
