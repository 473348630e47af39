//! What each view has to know how to do. A board keeps the derived rows of one kind of screen; the desk keeps the
//! ledger and asks the board of the screen that is shown.
//!
//! To fill in a view: keep rows in the board's struct, rebuild them in [`Board::sync`] only when the parameters or
//! [`Ledger::version`] changed, answer the rest from them.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::keymap::RowKind;
use crate::tui::look::Look;
use crate::tui::record::Subject;
use crate::tui::screens::Screen;
use crate::tui::widgets::list::{RowId, Rows};

use super::data::Ledger;

/// Where to draw, and how.
pub struct Canvas<'a, 'b> {
    pub frame: &'a mut Frame<'b>,
    /// The part of it that is the board's.
    pub area: Rect,
    pub look: Look,
}

/// What stands under the cursor.
#[derive(Debug, Clone)]
pub struct Under {
    pub kind: RowKind,
    /// What the recording keys act on: the marked rows, else the one under the cursor.
    pub subject: Subject,
}

impl Under {
    /// Milestones, with customer and project of the first, which stands here where it is known.
    pub fn milestones(milestones: Vec<MilestoneId>, first: Option<&Item>) -> Self {
        Self {
            kind: RowKind::Milestone,
            subject: Subject {
                customer: first.map(|item| item.customer),
                project: first.map(|item| item.project),
                milestones,
            },
        }
    }
}

pub trait Board {
    /// Brings the rows up to date. Asked before anything else is, at every key and every frame, so it has to be cheap
    /// unless something changed.
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, look: Look) -> Result<()>;

    /// The rows of its list.
    fn rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> Box<dyn Rows + 'a>;

    /// What stands under the cursor, if anything does.
    fn under(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Under>;

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
        look: Look,
    ) -> Result<Option<Response>>;

    /// Whether there is a second pane that Tab goes to.
    fn has_panes(&self) -> bool {
        false
    }

    /// Whether the table shown is of a day before today.
    fn is_past(&self, _screen: &Screen, _ledger: &Ledger) -> bool {
        false
    }

    /// The row under the cursor in one line, for the clipboard.
    fn summary(&self, _screen: &Screen, _ledger: &Ledger, _look: Look) -> Option<String> {
        None
    }
}
