//! One milestone in detail, on the whole screen.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::ids::MilestoneId;
use crate::error::Result;
use crate::exchange::lists::{Happened, PaperLine};
use crate::report::todos::TodoLine;
use crate::store::{Condition, Note};
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::detail::{self, DetailPane};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::keymap::Scope;
use crate::tui::screen::{Cx, Hits, Screen};
use crate::tui::screens::page::{self, Page, Tab};
use crate::tui::selection::Selection;

struct Milestone {
    id: MilestoneId,
    tab: Action,
    detail: DetailPane,
}

/// Within the view this action opens.
pub fn open(id: MilestoneId, tab: Action) -> Box<dyn Screen> {
    Page::open(id, tab, &TABS)
}

static TABS: [Tab<MilestoneId>; 6] = [
    Tab { title: Lang::tab_facts, count: None, open: facts },
    Tab::of::<Condition>(),
    Tab::of::<PaperLine>(),
    Tab::of::<TodoLine>(),
    Tab::of::<Note>(),
    Tab::of::<Happened>(),
];

fn facts(id: MilestoneId, tab: Action) -> Box<dyn Screen> {
    Box::new(Milestone { id, tab, detail: DetailPane::page() })
}

impl Screen for Milestone {
    fn tab(&self) -> Action {
        self.tab
    }

    fn scopes(&self) -> &'static [Scope] {
        page::SCOPES
    }

    fn refresh(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.detail.read(Some(self.id), cx.ledger)
    }

    fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &mut Cx<'_>) -> Result<Hits> {
        self.detail.draw(frame, area, cx);
        Ok(Hits::new())
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Result<Option<Effect>> {
        // There is nothing further in, and nothing to sort.
        let idle = matches!(action, Action::Open | Action::Sort | Action::Reverse);
        Ok((self.detail.act(action) || idle).then_some(Effect::None))
    }

    fn selection(&self, _: &Cx<'_>) -> Selection {
        let item = self.detail.milestone().map(|detail| &detail.item);
        Selection::milestones(vec![self.id], item)
    }

    fn summary(&self, cx: &Cx<'_>) -> Option<String> {
        let milestone = self.detail.milestone()?;
        let item = cx.ledger.portfolio.get(self.id).unwrap_or(&milestone.item);
        let title = detail::title(milestone);
        Some(format::summary(item, &title, cx.ledger, cx.ui.lang))
    }
}
