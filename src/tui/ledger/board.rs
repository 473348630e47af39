//! What each view has to know how to do. A board keeps the derived rows of one kind of screen; the desk keeps the
//! ledger and asks the board of the screen that is shown.
//!
//! To fill in a view: keep rows in the board's struct, rebuild them in [`Board::sync`] only when the parameters or
//! [`Ledger::version`] changed, answer the rest from them.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::trouble::Result;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::screens::Screen;
use crate::tui::selection::Selection;
use crate::tui::theme::Ui;
use crate::tui::widgets::list::{RowId, Rows};

use super::data::Ledger;

/// Where to draw, and how.
pub struct Canvas<'a, 'b> {
    pub frame: &'a mut Frame<'b>,
    /// The part of it that is the board's.
    pub area: Rect,
    pub ui: Ui,
}

pub trait Board {
    /// Brings the rows up to date. Asked before anything else is, at every key and every frame, so it has to be cheap
    /// unless something changed.
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, ui: Ui) -> Result<()>;

    /// The rows of its list.
    fn rows<'a>(&'a self, ledger: &'a Ledger, ui: Ui) -> Box<dyn Rows + 'a>;

    /// What stands under the cursor, if anything does.
    fn under(&self, screen: &Screen, ledger: &Ledger, ui: Ui) -> Option<Selection>;

    /// Draws it and returns where each visible row can be clicked.
    fn draw(
        &mut self,
        screen: &mut Screen,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>>;

    /// Answers an action of its own (opening, sorting, grouping …); `None` hands it on to the desk, which knows the
    /// recording keys, the switches and the second pane.
    fn act(
        &mut self,
        action: Action,
        screen: &mut Screen,
        ledger: &mut Ledger,
        ui: Ui,
    ) -> Result<Option<Effect>>;

    /// Whether there is a second pane that Tab goes to.
    fn has_panes(&self) -> bool {
        false
    }

    /// Whether the table shown is of a day before today.
    fn is_past(&self, _screen: &Screen, _ledger: &Ledger) -> bool {
        false
    }

    /// The row under the cursor in one line, for the clipboard.
    fn summary(&self, _screen: &Screen, _ledger: &Ledger, _look: Ui) -> Option<String> {
        None
    }
}
