//! What each change checks and writes, by aggregate. The rules are `domain::rules`; here stands what only the ledger
//! knows: whether a code is free, what a key names, which rows there are.

mod customer;
mod dispute;
mod invoice;
pub(super) mod milestone;
pub(super) mod payment;
mod project;
mod schedule;
mod snapshot;
mod touch;
mod void;
