//! Projects: contract, received, progress against cash; one project as a ladder of milestones.

use ratatui::layout::Rect;

use crate::trouble::Result;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::look::Look;
use crate::tui::screens::Screen;
use crate::tui::widgets::list::{RowId, Rows};

use super::board::{Board, Canvas, Under};
use super::data::Ledger;
use super::empty::NoRows;

/// Projects: contract, received, progress against cash; one project as a ladder of milestones.
#[derive(Default)]
pub struct Projects;

impl Board for Projects {
    fn sync(&mut self, _: &mut Screen, _: &mut Ledger, _: Look) -> Result<()> {
        Ok(())
    }

    fn rows<'a>(&'a self, _: &'a Ledger, _: Look) -> Box<dyn Rows + 'a> {
        Box::new(NoRows)
    }

    fn under(&self, _: &Screen, _: &Ledger, _: Look) -> Option<Under> {
        None
    }

    fn draw(
        &mut self,
        _: &mut Screen,
        _: &mut Ledger,
        _: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        Ok(Vec::new())
    }

    fn act(
        &mut self,
        _: Action,
        _: &mut Screen,
        _: &mut Ledger,
        _: Look,
    ) -> Result<Option<Response>> {
        Ok(None)
    }
}
