//! Projects: contract, cash received, progress against cash, what is open and what comes next. By code a page at a
//! time, however many there are; or those with something open, overdue first.
//!
//! ```text
//!  Projects (24)
//!    Code    Project    Customer      Contract      Cash             Progress      Open     Overdue
//! >  P-2031  数据中台   星河科技  1,600,000.00   70% ▇▇▇▇▇▇▇         80%     480,000.00  480,000.00
//! ```

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use crate::domain::ids::{MilestoneId, ProjectId};
use crate::error::Result;
use crate::report::contracts::{ContractSummary, find, summaries};
use crate::store::{Page, ProjectRow, Reader, Store};
use crate::tui::action::Action;
use crate::tui::data::{Ledger, Memo, Search, Window, in_order};
use crate::tui::format;
use crate::tui::list_screen::{ListScreen, Source, select};
use crate::tui::screen::{Cx, ListView, RowsKey, Screen};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::bar::{FILL, bar};
use crate::tui::widgets::list::{Cell, Column};

/// Cells of a whole bar.
const BAR: usize = 8;
/// The order of those with something open, overdue first; the list's own is by code.
const BY_OVERDUE: usize = 1;

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoProjects, Projects::default()))
}

/// Which projects, in which order.
enum Chosen {
    /// All of them by code: so many.
    All(usize),
    These(Vec<ProjectId>),
}

impl Default for Chosen {
    fn default() -> Self {
        Self::All(0)
    }
}

#[derive(Default)]
struct Projects {
    summaries: Memo<u64, Vec<ContractSummary>>,
    search: Search<ProjectId>,
    /// By what chooses them, and their order.
    chosen: Memo<(RowsKey, usize), Chosen>,
    /// Where the project under the cursor stands among all, at this version of the ledger.
    place: Memo<(u64, ProjectId), Option<usize>>,
    /// What was seen of those chosen.
    rows: Window<ProjectRow>,
}

impl Chosen {
    fn new(
        view: &ListView,
        found: Option<&[ProjectId]>,
        all: &[ContractSummary],
        ledger: &Ledger,
    ) -> Result<Self> {
        if view.sort != BY_OVERDUE && view.input.filter().is_empty() {
            return match found {
                Some(found) => Ok(Self::These(found.to_vec())),
                None => ledger.store.project_count().map(Self::All),
            };
        }
        let mut ids = by_overdue(view, all, ledger)?;
        if let Some(found) = found {
            let found: HashSet<&ProjectId> = found.iter().collect();
            ids.retain(|id| found.contains(id));
        }
        Ok(Self::These(ids))
    }

    fn count(&self) -> usize {
        match self {
            Self::All(count) => *count,
            Self::These(ids) => ids.len(),
        }
    }

    fn read(&self, places: Range<usize>, store: &Store) -> Result<Vec<ProjectRow>> {
        match self {
            Self::All(_) => {
                let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let (offset, limit) = (clip(places.start), clip(places.len()));
                store.project_page(Page { offset, limit, search: "" })
            }
            Self::These(ids) => {
                let ids = ids.get(places).unwrap_or_default();
                Ok(in_order(ids, store.projects(ids)?, |row| row.id))
            }
        }
    }
}

/// Those with something open that passes the filter, the most overdue first; amounts of different currencies stand
/// apart.
fn by_overdue(view: &ListView, all: &[ContractSummary], ledger: &Ledger) -> Result<Vec<ProjectId>> {
    let main = ledger.digest.main;
    let filter = view.items(ledger);
    let mut order: Vec<&ContractSummary> = if filter.is_open() {
        all.iter().collect()
    } else {
        let passing = summaries(filter.passing(), ledger.today())?;
        passing.iter().filter_map(|passing| find(all, passing.project)).collect()
    };
    order.sort_unstable_by_key(|summary| {
        (
            summary.currency != main,
            summary.currency.code(),
            Reverse(summary.overdue),
            Reverse(summary.open),
            summary.project,
        )
    });
    Ok(order.into_iter().map(|summary| summary.project).collect())
}

impl Source for Projects {
    const ORDERS: usize = 2;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::words(lang.code_word(), 6, 0),
            Column::words(lang.project_word(), 12, 0),
            Column::words(lang.customer_word(), 8, 5),
            Column::words(lang.manager_short(), 6, 8),
            Column::number(lang.contract_word(), 4),
            Column::number(lang.received_word(), 3),
            Column::whole(lang.cash_word(), 1),
            Column::number(lang.progress_word(), 2),
            Column::number(lang.ahead_word(), 7),
            Column::number(lang.open_word(), 0),
            Column::number(lang.overdue_word(), 0),
            Column::words(lang.next_milestone(), 10, 6),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let ledger = &*cx.ledger;
        let each = |store: &Reader, visit: &mut dyn FnMut(_, &str)| store.each_project(visit);
        let found = self.search.find(&view.find, ledger, each)?;
        self.summaries.try_refresh(ledger.version(), || {
            Ok(summaries(ledger.portfolio.items().iter(), ledger.today())?)
        })?;
        let key = (view.key(found.map(|(serial, _)| serial), ledger), view.sort);
        let found = found.map(|(_, found)| found);
        if self.chosen.try_refresh(key, || Chosen::new(view, found, &self.summaries, ledger))? {
            self.rows = Window::default();
        }
        if let (Chosen::All(_), Some(RowKey::Project(id))) = (&*self.chosen, view.rows.selected()) {
            let place = || ledger.store.project_place(id).map(Some);
            self.place.try_refresh((ledger.version(), id), place)?;
        }
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let Self { chosen, rows, summaries, .. } = self;
        rows.read(page.clone(), chosen.count(), |places| chosen.read(places, &cx.ledger.store))?;
        let next = page.filter_map(|at| find(summaries, rows.get(at)?.id));
        let next: Vec<MilestoneId> = next.map(|summary| summary.next).collect();
        cx.ledger.name(&next)
    }

    fn count(&self) -> usize {
        self.chosen.count()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        let id = match &*self.chosen {
            Chosen::All(_) => self.rows.get(at).map(|row| row.id),
            Chosen::These(ids) => ids.get(at).copied(),
        };
        id.map(RowKey::Project)
    }

    fn position(&self, key: RowKey, _: &Cx<'_>) -> Option<usize> {
        let RowKey::Project(id) = key else {
            return None;
        };
        match &*self.chosen {
            Chosen::All(count) => {
                let of_key = self.place.key().is_some_and(|(_, known)| *known == id);
                (*self.place).filter(|place| of_key && place < count)
            }
            Chosen::These(ids) => ids.iter().position(|known| *known == id),
        }
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(row) = self.rows.get(at) else {
            return Vec::new();
        };
        let (theme, lang) = (cx.ui.theme, cx.ui.lang);
        let money = |minor: i64| format::amount(minor, row.currency, cx.ledger);
        let summary = find(&self.summaries, row.id);
        let overdue = summary.map_or(0, |summary| summary.overdue);
        let contract = row.contract_amount.unwrap_or(row.planned);
        let ahead = ahead(row);
        let next = summary.map_or_else(String::new, |summary| next(summary, cx));
        let far = ahead.saturating_mul(5) >= contract && ahead > 0;
        let nothing = |minor: i64, style| {
            if minor == 0 { Cell::none(theme) } else { Cell::new(money(minor), style) }
        };
        let manager = if row.manager.is_empty() { lang.no_manager_short() } else { &row.manager };
        let progress = row.progress_percent.map(|percent| format!("{percent}%"));
        vec![
            Cell::plain(row.code.as_str()),
            Cell::plain(row.name.as_str()),
            Cell::plain(row.customer_name.as_str()),
            Cell::plain(manager),
            Cell::plain(row.contract_amount.map_or_else(|| "-".to_owned(), money)),
            Cell::plain(money(row.received)),
            Cell::new(cash(row.received, contract), theme.good()),
            Cell::plain(progress.unwrap_or_else(|| "-".to_owned())),
            nothing(ahead, if far { theme.bad() } else { theme.warn() }),
            nothing(row.balance, theme.text()),
            nothing(overdue, theme.bad()),
            Cell::plain(next),
        ]
    }

    fn selection(&self, at: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let customer = at.and_then(|at| self.rows.get(at)).map(|project| project.customer);
        Selection { customer, ..select(self, at, milestones, cx) }
    }

    fn title(&self, view: &ListView, cx: &Cx<'_>) -> String {
        let (lang, count) = (cx.ui.lang, self.count());
        match view.sort {
            _ if self.search.is_running => lang.searching().to_owned(),
            BY_OVERDUE => lang.projects_open(count),
            _ => lang.projects_count(count),
        }
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> &'static str {
        if view.is_narrowed() { cx.ui.lang.nothing_found() } else { cx.ui.lang.no_projects() }
    }
}

/// What comes next in a project, and when.
fn next(summary: &ContractSummary, cx: &Cx<'_>) -> String {
    let name = &cx.ledger.portfolio.names.milestone(summary.next).name;
    match summary.next_due {
        Some(due) => format!("{} {name}", cx.ui.lang.day(due, cx.ledger.today())),
        None => name.to_string(),
    }
}

/// The share of a contract that has arrived, in percent and as a bar.
pub fn cash(received: i64, contract: i64) -> String {
    if contract <= 0 {
        return "-".to_owned();
    }
    let percent = i128::from(received) * 100 / i128::from(contract);
    let line = bar(received, contract, BAR, FILL);
    format!("{percent:>3}% {line}").trim_end().to_owned()
}

/// How far work is ahead of cash: progress of the contract amount less what was received, 0 if it is not.
fn ahead(row: &ProjectRow) -> i64 {
    let (Some(contract), Some(progress)) = (row.contract_amount, row.progress_percent) else {
        return 0;
    };
    let worked = i128::from(contract) * i128::from(progress) / 100;
    i64::try_from((worked - i128::from(row.received)).max(0)).unwrap_or(i64::MAX)
}
