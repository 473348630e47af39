//! The parts screens are made of. Each draws itself from plain values and knows nothing of the ledger.

pub mod bar;
pub mod bars;
pub mod columns;
pub mod footer;
pub mod form;
pub mod grid;
pub mod header;
pub mod line;
pub mod list;
pub mod panel;
pub mod picker;
pub mod popup;
pub mod scroll;
pub mod spark;
pub mod text;
pub mod tiles;

#[cfg(test)]
pub(crate) mod testing;
