//! What a screen is made of, and what it may use.

use crate::tui::ledger::data::Ledger;
use crate::tui::theme::Ui;

/// What screens and overlays may use: the ledger, and how things read and look.
pub struct Cx<'a> {
    pub ledger: &'a mut Ledger,
    pub ui: Ui,
}
