//! Projects: contract, cash received, progress against cash, what is open and what comes next. By code a page at a
//! time, however many there are; or those with something open, overdue first.
//!
//! ```text
//!  Projects (24)
//!    Code    Project    Customer      Contract      Cash             Progress      Open     Overdue
//! >  P-2031  数据中台   星河科技  1,600,000.00   70% ▇▇▇▇▇▇▇         80%     480,000.00  480,000.00
//! ```

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use ratatui::layout::Rect;

use crate::domain::ids::{IdMap, MilestoneId, ProjectId};
use crate::error::Result;
use crate::report::contracts::{ContractSummary, find, summaries};
use crate::store::{Name, Page, ProjectRow, Store};
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{FilterInput, ItemFilter, Ledger, Memo, Task};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::keymap::RowKind;
use crate::tui::list_screen::{ListScreen, Source};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::bar::{FILL, bar};
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::Styled;

/// Rows read at a time.
const PAGE: usize = 64;
/// Pages kept; a walk through a long list forgets where it began.
const KEPT: usize = 64;
/// Cells of a whole bar.
const BAR: usize = 8;

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

/// What the rows are made from.
#[derive(PartialEq)]
struct Key {
    version: u64,
    overdue_first: bool,
    find: String,
    /// Whether the search has ended.
    found: bool,
    filter: String,
    indexed: u64,
}

/// Some projects, and the names of what comes next in them.
struct Rows {
    rows: Vec<ProjectRow>,
    next: IdMap<MilestoneId, Name>,
}

#[derive(Default)]
struct Projects {
    input: FilterInput,
    summaries: Memo<u64, Vec<ContractSummary>>,
    chosen: Memo<Key, Chosen>,
    /// What was seen of those chosen, by number of page.
    pages: HashMap<usize, Rows>,
    search: Task<(u64, String), Vec<ProjectId>>,
    searching: bool,
}

impl Projects {
    /// Those with something open that passes the filter, the most overdue first; amounts of different currencies stand
    /// apart.
    fn by_overdue(&self, ledger: &Ledger) -> Result<Vec<ProjectId>> {
        let main = ledger.digest.main;
        let filter = ItemFilter::new(ledger, self.input.filter());
        let passing;
        let mut order: Vec<&ContractSummary> = if filter.is_open() {
            self.summaries.iter().collect()
        } else {
            passing = summaries(filter.passing(), ledger.today())?;
            let kept = passing.iter();
            kept.filter_map(|kept| find(&self.summaries, kept.project)).collect()
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

    fn fetch(&self, page: usize, store: &Store) -> Result<Rows> {
        let rows = match &*self.chosen {
            Chosen::All(_) => {
                let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                store.project_page(Page {
                    offset: clip(page * PAGE),
                    limit: clip(PAGE),
                    search: "",
                })?
            }
            Chosen::These(ids) => {
                let ids: Vec<ProjectId> =
                    ids.iter().copied().skip(page * PAGE).take(PAGE).collect();
                let mut rows = store.projects(&ids)?;
                rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
                rows
            }
        };
        let next = rows.iter().filter_map(|row| find(&self.summaries, row.id));
        let next: Vec<MilestoneId> = next.map(|summary| summary.next).collect();
        Ok(Rows { next: store.milestone_names(&next)?, rows })
    }

    fn row(&self, at: usize) -> Option<&ProjectRow> {
        self.pages.get(&(at / PAGE))?.rows.get(at % PAGE)
    }

    fn next(&self, at: usize, summary: &ContractSummary, cx: &Cx<'_>) -> String {
        let names = self.pages.get(&(at / PAGE)).map(|page| &page.next);
        let name = names.and_then(|names| names.get(&summary.next));
        let name = name.map_or("", |name| &*name.name);
        match summary.next_due {
            Some(due) => format!("{} {name}", cx.ui.lang.day(due, cx.ledger.today())),
            None => name.to_owned(),
        }
    }
}

impl Source for Projects {
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
        let version = ledger.version();
        self.input.read(&view.filter, ledger.today(), cx.ui.lang);
        let find = view.find.trim();
        let mut found = None;
        self.searching = false;
        if !find.is_empty() {
            let needle = Needle::new(find);
            let key = (version, find.to_owned());
            let ended = self.search.get(&key, ledger.place(), move |store| {
                let mut found = Vec::new();
                store.each_project(|id, text| {
                    if needle.matches(text) {
                        found.push(id);
                    }
                })?;
                Ok(found)
            })?;
            found = ended.cloned();
            self.searching = found.is_none();
        }
        self.summaries.try_refresh(version, || {
            Ok(summaries(ledger.portfolio.items().iter(), ledger.today())?)
        })?;
        let named = self.input.filter().needs_names();
        let key = Key {
            version,
            overdue_first: view.sort.is_some(),
            find: find.to_owned(),
            found: found.is_some(),
            filter: view.filter.clone(),
            indexed: if named { ledger.index().0 } else { 0 },
        };
        if self.chosen.key() == Some(&key) {
            return Ok(());
        }
        let open_only = key.overdue_first || !self.input.filter().is_empty();
        let chosen = match (open_only, found) {
            (false, None) => Chosen::All(ledger.store.project_count()?),
            (false, Some(found)) => Chosen::These(found),
            (true, None) => Chosen::These(self.by_overdue(ledger)?),
            (true, Some(found)) => {
                let found: HashSet<ProjectId> = found.into_iter().collect();
                let mut ids = self.by_overdue(ledger)?;
                ids.retain(|id| found.contains(id));
                Chosen::These(ids)
            }
        };
        self.chosen.refresh(key, || chosen);
        self.pages.clear();
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let last = page.end.min(self.count()).div_ceil(PAGE);
        for page in page.start / PAGE..last {
            if self.pages.contains_key(&page) {
                continue;
            }
            if self.pages.len() >= KEPT {
                self.pages.clear();
            }
            let rows = self.fetch(page, &cx.ledger.store)?;
            self.pages.insert(page, rows);
        }
        Ok(())
    }

    fn count(&self) -> usize {
        match &*self.chosen {
            Chosen::All(count) => *count,
            Chosen::These(ids) => ids.len(),
        }
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        let id = match &*self.chosen {
            Chosen::All(_) => self.row(at).map(|row| row.id),
            Chosen::These(ids) => ids.get(at).copied(),
        };
        id.map(RowKey::Project)
    }

    fn position(&self, key: RowKey, cx: &Cx<'_>) -> Option<usize> {
        let RowKey::Project(id) = key else {
            return None;
        };
        match &*self.chosen {
            Chosen::All(count) => {
                let place = cx.ledger.store.project_place(id).ok()?;
                (place < *count).then_some(place)
            }
            Chosen::These(ids) => ids.iter().position(|known| *known == id),
        }
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(row) = self.row(at) else {
            return Vec::new();
        };
        let (theme, lang) = (cx.ui.theme, cx.ui.lang);
        let money = |minor: i64| format::amount(minor, row.currency, cx.ledger);
        let summary = find(&self.summaries, row.id);
        let overdue = summary.map_or(0, |summary| summary.overdue);
        let contract = row.contract_amount.unwrap_or(row.planned);
        let ahead = ahead(row);
        let next = summary.map_or_else(String::new, |summary| self.next(at, summary, cx));
        let far = ahead.saturating_mul(5) >= contract && ahead > 0;
        let nothing = |minor: i64, style| {
            if minor == 0 { Cell::new("-", theme.dim()) } else { Cell::new(money(minor), style) }
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

    fn selection(&self, at: Option<usize>, _: Vec<MilestoneId>, _: &Cx<'_>) -> Selection {
        let project = at.and_then(|at| self.row(at));
        Selection {
            row: project.map(|_| RowKind::Project),
            milestones: Vec::new(),
            customer: project.map(|project| project.customer),
            project: project.map(|project| project.id),
            ..Selection::default()
        }
    }

    fn act(
        &mut self,
        action: Action,
        view: &mut ListView,
        _: &mut Cx<'_>,
    ) -> Result<Option<Effect>> {
        if action != Action::Sort {
            return Ok(None);
        }
        view.toggle_sort();
        Ok(Some(Effect::None))
    }

    fn above(&self, view: &ListView, _: Rect, cx: &Cx<'_>) -> Result<Vec<Styled>> {
        let lang = cx.ui.lang;
        let title = match &*self.chosen {
            _ if self.searching => lang.searching().to_owned(),
            Chosen::These(ids) if view.sort.is_some() => lang.projects_open(ids.len()),
            Chosen::All(_) | Chosen::These(_) => lang.projects_count(self.count()),
        };
        Ok(vec![(title, cx.ui.theme.strong())])
    }

    fn problem(&self) -> Option<&str> {
        self.input.problem()
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> &'static str {
        if view.is_narrowed() { cx.ui.lang.nothing_found() } else { cx.ui.lang.no_projects() }
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
