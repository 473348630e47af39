//! Each report is a plain value computed from a book: aging, worklist, figures, list, snapshot.

pub mod aging;
pub mod contracts;
pub mod debtors;
pub mod digest;
pub mod dunning;
pub mod figures;
pub mod filter;
pub mod list;
pub mod worklist;
