//! One milestone with its whole story, on the whole screen.

use ratatui::layout::Rect;

use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::look::Look;
use crate::tui::screens::Screen;
use crate::tui::widgets::list::{RowId, Rows};

use super::board::{Board, Canvas, Under};
use super::data::Ledger;
use super::empty::NoRows;
use super::show;
use super::story::{self, Story};

#[derive(Default)]
pub struct Milestone {
    story: Story,
}

impl Board for Milestone {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, _: Look) -> Result<()> {
        if let Screen::Milestone(one) = screen {
            // Moving means scrolling: there is no list here.
            one.list.aside = true;
            self.story.read(one.id, ledger)?;
        }
        Ok(())
    }

    fn rows<'a>(&'a self, _: &'a Ledger, _: Look) -> Box<dyn Rows + 'a> {
        Box::new(NoRows)
    }

    fn under(&self, screen: &Screen, _: &Ledger, _: Look) -> Option<Under> {
        let Screen::Milestone(one) = screen else {
            return None;
        };
        let item = self.story.detail().map(|detail| &detail.item);
        Some(Under::milestones(vec![one.id], item))
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        if let Screen::Milestone(one) = screen {
            let pane = (&mut one.list.scroll, true);
            self.story.draw(one.id, ledger, pane, canvas)?;
        }
        Ok(Vec::new())
    }

    fn act(
        &mut self,
        action: Action,
        screen: &mut Screen,
        _: &mut Ledger,
        _: Look,
    ) -> Result<Option<Response>> {
        let page = self.story.page();
        let moved = story::scroll(action, &mut screen.list().scroll, page);
        let idle = moved || matches!(action, Action::Open | Action::Sort | Action::Mark);
        Ok(idle.then_some(Response::Done))
    }

    fn summary(&self, _: &Screen, ledger: &Ledger, look: Look) -> Option<String> {
        let detail = self.story.detail()?;
        let item = ledger.book.get(detail.id).unwrap_or(&detail.item);
        Some(show::summary(
            item,
            &story::title(detail),
            ledger,
            look.lang,
        ))
    }
}
