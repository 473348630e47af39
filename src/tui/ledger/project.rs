//! The plan of one project as a ladder of its milestones, closed ones too, with its terms above and sums below.
//!
//! ```text
//!  P-2031 数据中台  星河科技  王敏  active
//!  Contract ¥1,600,000.00  Received ¥1,120,000.00  Open ¥480,000.00  Grace 5 d
//!    #  Milestone   Stage            Amount      Received        Open  Due         Status
//! >  1  预付款      advance      480,000.00    480,000.00        0.00  2026-03-01  + paid
//!    2  验收款      acceptance   480,000.00          0.00  480,000.00  2026-10-02  ! overdue 50 d
//! ```

mod draw;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::domain::ids::{MilestoneId, ProjectId};
use crate::error::Result;
use crate::store::{PlanStep, ProjectDetail};
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::keymap::RowKind;
use crate::tui::look::Look;
use crate::tui::record::Subject;
use crate::tui::screens::{One, Screen};
use crate::tui::widgets::list::{RowId, Rows};

use super::board::{Board, Canvas, Under};
use super::cells;
use super::data::Ledger;
use super::story::{self, Story};

/// The plan of one project.
#[derive(Default)]
pub struct Project {
    source: Option<(u64, ProjectId, String)>,
    detail: Option<ProjectDetail>,
    /// Places in the plan that are shown.
    shown: Vec<usize>,
    story: Story,
    /// Whether the last frame had room for the story beside the plan.
    beside: bool,
}

/// Columns from which on the story of the milestone under the cursor stands beside the plan.
const BESIDE: u16 = 100;

impl Project {
    fn steps(&self) -> impl Iterator<Item = &PlanStep> {
        let plan = self.detail.as_ref().map(|detail| detail.plan.as_slice());
        let plan = plan.unwrap_or_default();
        self.shown.iter().filter_map(|at| plan.get(*at))
    }

    fn chosen(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<&PlanStep> {
        let at = screen.params().list.at(self.rows(ledger, look).as_ref())?;
        self.steps().nth(at)
    }
}

impl Board for Project {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, _: Look) -> Result<()> {
        let Screen::Project(one) = screen else {
            return Ok(());
        };
        let source = (ledger.version(), one.id, one.list.find.clone());
        if self.source.as_ref() == Some(&source) {
            return Ok(());
        }
        let detail = ledger.store.project_detail(one.id)?;
        let needle = Needle::new(&one.list.find);
        let found = |step: &PlanStep| needle.matches(&format!("{} {}", step.key, step.name));
        let shown = detail
            .plan
            .iter()
            .enumerate()
            .filter(|(_, step)| found(step));
        self.shown = shown.map(|(at, _)| at).collect();
        self.detail = Some(detail);
        self.source = Some(source);
        Ok(())
    }

    fn rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> Box<dyn Rows + 'a> {
        let detail = self.detail.as_ref();
        Box::new(draw::PlanRows {
            project: detail.map_or("", |detail| detail.draft.code.as_str()),
            steps: self.steps().collect(),
            ledger,
            look,
        })
    }

    fn under(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Under> {
        let detail = self.detail.as_ref()?;
        let marks = screen.params().list.marks();
        let mut milestones: Vec<MilestoneId> = marks.iter().map(|id| MilestoneId(id.0)).collect();
        let chosen = self.chosen(screen, ledger, look);
        if milestones.is_empty() {
            milestones.extend(chosen.map(|step| step.item.id));
        }
        Some(Under {
            kind: chosen.map_or(RowKind::Project, |_| RowKind::Milestone),
            subject: Subject {
                milestones,
                customer: Some(detail.draft.customer),
                project: Some(detail.id),
            },
        })
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        let look = canvas.look;
        let chosen = self.chosen(screen, ledger, look).map(|step| step.item.id);
        let list = screen.list();
        self.beside = canvas.area.width >= BESIDE && chosen.is_some();
        list.aside &= self.beside;
        let Some(detail) = &self.detail else {
            return Ok(Vec::new());
        };
        canvas.area = draw::terms(detail, ledger, canvas)?;
        if let Some(id) = chosen.filter(|_| self.beside) {
            let story = (canvas.area.width * 2 / 5).clamp(42, 90);
            let parts = [Constraint::Min(0), Constraint::Length(story)];
            let [left, right] = Layout::horizontal(parts).areas(canvas.area);
            canvas.area = right;
            let how = (&mut list.scroll, list.aside);
            self.story.draw(id, ledger, how, canvas)?;
            canvas.area = left;
        }
        let steps: Vec<&PlanStep> = self.steps().collect();
        draw::draw((detail, steps), list, ledger, canvas)
    }

    fn act(
        &mut self,
        action: Action,
        screen: &mut Screen,
        ledger: &mut Ledger,
        look: Look,
    ) -> Result<Option<Response>> {
        let list = screen.list();
        if list.aside && story::scroll(action, &mut list.scroll, self.story.page()) {
            return Ok(Some(Response::Done));
        }
        if action != Action::Open {
            return Ok(None);
        }
        let step = self.chosen(screen, ledger, look);
        Ok(step.map(|step| {
            let one = One::new(step.item.id, screen.view());
            Response::Open(Screen::Milestone(one))
        }))
    }

    fn has_panes(&self) -> bool {
        self.beside
    }

    fn summary(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<String> {
        let rows = self.rows(ledger, look);
        let at = screen.params().list.at(rows.as_ref())?;
        Some(cells::line(&rows.cells(at)))
    }
}
