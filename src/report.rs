//! Each report is a plain value computed from a book: aging, worklist, figures, list, snapshot.

pub mod aging;
pub mod contracts;
pub mod debtors;
pub mod digest;
pub mod figures;
pub mod filter;
pub mod ladder;
pub mod list;
pub mod worklist;
