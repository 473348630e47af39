//! The plan of one project as a ladder of its milestones, closed ones too, with its terms above and sums below.
//!
//! ```text
//!  P-2031 数据中台  星河科技  王敏  active
//!  Contract ¥1,600,000.00  Received ¥1,120,000.00  Open ¥480,000.00  Grace 5 d
//!    #  Milestone   Stage            Amount      Received        Open  Due         Status
//! >  1  预付款      advance      480,000.00    480,000.00        0.00  2026-03-01  + paid
//!    2  验收款      acceptance   480,000.00          0.00  480,000.00  2026-10-02  ! overdue 50 d
//! ```

pub mod overview;
mod terms;

use std::borrow::Cow;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::money;
use crate::error::Result;
use crate::exchange::lists::{Happened, PaperLine};
use crate::report::todos::TodoLine;
use crate::store::{Condition, Note, PlanStep, ProjectDetail};
use crate::text::Lang;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::Memo;
use crate::tui::format::{self, key_and_name};
use crate::tui::forms::Recording;
use crate::tui::keymap::{RowKind, Scope};
use crate::tui::list_screen::{ListScreen, Source, beside, select};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::screens::page::{self, Page, Tab};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::Line;

/// Within the view this action opens.
pub fn open(id: ProjectId, tab: Action) -> Box<dyn Screen> {
    Page::open(id, tab, &TABS)
}

fn plan(id: ProjectId, tab: Action) -> Box<dyn Screen> {
    let project = Project { id, read: Memo::default(), shown: Memo::default() };
    Box::new(ListScreen::new(tab, project))
}

static TABS: [Tab<ProjectId>; 6] = [
    Tab { title: Lang::tab_plan, count: Some(|counts| counts.milestones), open: plan },
    Tab::of::<Condition>(),
    Tab::of::<PaperLine>(),
    Tab::of::<TodoLine>(),
    Tab::of::<Note>(),
    Tab::of::<Happened>(),
];

struct Project {
    id: ProjectId,
    read: Memo<u64, Option<ProjectDetail>>,
    /// Places in the plan that are shown.
    shown: Memo<(u64, String), Vec<usize>>,
}

impl Project {
    fn plan(&self) -> &[PlanStep] {
        self.read.as_ref().map_or(&[], |read| &read.plan)
    }

    fn step(&self, at: usize) -> Option<&PlanStep> {
        self.plan().get(*self.shown.get(at)?)
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        let plan = self.plan();
        let shown = self.shown.iter().filter_map(|at| plan.get(*at));
        shown.map(|step| &step.item)
    }
}

impl Source for Project {
    const FILTERED: bool = false;
    const IS_PLAN: bool = true;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::number("#", 1),
            Column::words(lang.milestone_word(), 12, 0),
            Column::words(lang.stage_short(), 10, 3),
            format::money_column(lang.amount_short(), 2, cx),
            format::money_column(lang.received_word(), 4, cx),
            format::money_column(lang.open_word(), 0, cx),
            Column::whole(lang.due_word(), 0),
            Column::words(lang.status_word(), 15, 0),
            Column::whole(lang.delivered_word(), 5),
            Column::whole(lang.accepted_word(), 6),
            Column::whole(lang.invoiced_word(), 7),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let version = cx.ledger.version();
        let read = || cx.ledger.store.project_detail(self.id).map(Some);
        self.read.try_refresh(version, read)?;
        let plan = self.read.as_ref().map_or(&[][..], |read| &read.plan);
        self.shown.refresh((version, view.find.clone()), || {
            let needle = Needle::new(&view.find);
            let found = |step: &PlanStep| needle.matches(&format!("{} {}", step.key, step.name));
            let shown = plan.iter().enumerate().filter(|(_, step)| found(step));
            shown.map(|(at, _)| at).collect()
        });
        Ok(())
    }

    fn count(&self) -> usize {
        self.shown.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.step(at).map(|step| RowKey::Milestone(step.item.id))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let (Some(step), Some(read)) = (self.step(at), &*self.read) else {
            return Vec::new();
        };
        let (item, today) = (&step.item, cx.ledger.today());
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let money = |minor: i64| cx.ledger.money(minor, item.currency);
        let none = || Cell::none(theme);
        let day =
            |day: Option<NaiveDate>| day.map_or_else(none, |day| Cell::plain(day.to_string()));
        let due = format::due_day(item, today, lang);
        let some = |minor: i64| if minor == 0 { none() } else { Cell::plain(money(minor)) };
        vec![
            Cell::plain(item.seq.to_string()),
            Cell::plain(key_and_name(&read.draft.code, &step.key, &step.name)),
            Cell::plain(lang.stage(item.stage)),
            Cell::plain(money(item.amount)),
            some(item.received()),
            some(item.balance),
            due.map_or_else(none, Cell::plain),
            format::status_cell(item, today, &cx.ledger.portfolio.policy, cx.ui),
            day(item.delivered_on),
            day(item.accepted_on),
            day(item.invoiced_on),
        ]
    }

    /// The sums of what is shown.
    fn feet(&self, cx: &Cx<'_>) -> Result<Vec<Vec<Cell>>> {
        let currency = self.items().next().map(|item| item.currency);
        let sum = |of: fn(&Item) -> i64| money::sum(self.items().map(of));
        let show = |of| -> Result<String> {
            let sum = sum(of)?;
            Ok(currency.map_or_else(String::new, |currency| cx.ledger.money(sum, currency)))
        };
        let (amount, received) = (show(|item| item.amount)?, show(Item::received)?);
        let open = show(|item| item.balance)?;
        let mut note = String::new();
        if sum(|item| item.written_off)? > 0 {
            note = format!("{} {}", cx.ui.lang.written_off_word(), show(|item| item.written_off)?);
        }
        if sum(Item::let_go)? > 0 {
            let waived = format!("{} {}", cx.ui.lang.bridge_waived(), show(Item::let_go)?);
            note = cx.ui.lang.commas([waived, note]);
        }
        let total = cx.ui.lang.total();
        let cells = ["", total, "", &amount, &received, &open, "", &note, "", "", ""];
        Ok(vec![Cell::row(cells, cx.ui.theme.strong())])
    }

    fn item<'a>(&'a self, id: MilestoneId, _: &'a Cx<'_>) -> Option<&'a Item> {
        self.plan().iter().map(|step| &step.item).find(|item| item.id == id)
    }

    fn selection(&self, at: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let selected = select(self, at, milestones, cx);
        let customer = self.read.as_ref().map(|read| read.draft.customer);
        let row = selected.row.unwrap_or(RowKind::Project);
        Selection { row: Some(row), customer, project: Some(self.id), ..selected }
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        self.read.as_ref().map_or_else(String::new, |read| terms::title(read, cx.ui))
    }

    fn above(&self, _: &ListView, area: Rect, cx: &Cx<'_>) -> Result<Vec<Line>> {
        let read = self.read.as_ref();
        read.map_or_else(|| Ok(Vec::new()), |read| terms::lines(read, area, cx))
    }

    fn scopes(&self) -> &'static [Scope] {
        page::SCOPES
    }

    fn split(&self, area: Rect, _: bool) -> Option<[Rect; 2]> {
        beside(area).filter(|_| self.count() > 0)
    }

    fn nothing(&self, _: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        let lang = cx.ui.lang;
        if self.plan().is_empty() {
            lang.empty_plan(&cx.ui.key(Action::Record(Recording::New))).into()
        } else {
            lang.nothing_found().into()
        }
    }
}
