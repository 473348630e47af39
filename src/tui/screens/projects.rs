//! Projects: contract, cash received, progress against cash, what is open and what comes next, the most overdue first.
//! What is finished is shown on request.
//!
//! ```text
//! +- Projects (24) ----------------------------------------------------------------------------------+
//! |  Code    Project    Customer      Contract      Cash             Progress      Open     ▼Overdue |
//! |▸ P-2031  数据中台   星河科技  1,600,000.00   70% ▇▇▇▇▇▇▇         80%     480,000.00  480,000.00 |
//! +--------------------------------------------------------------------------------------------------+
//! ```

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use ratatui::layout::Rect;

use crate::domain::ids::{IdSet, MilestoneId, ProjectId};
use crate::error::Result;
use crate::report::contracts::{ContractSummary, find, summaries};
use crate::report::expected::Expected;
use crate::store::{ProjectDetail, ProjectRow, Reader};
use crate::tui::action::Action;
use crate::tui::data::{Ledger, Memo, Search, Task, Window, in_order};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::forms::Recording;
use crate::tui::keymap::Scope;
use crate::tui::list_screen::widest::{self, Ends, Looked};
use crate::tui::list_screen::{ListScreen, Source, beside, select};
use crate::tui::screen::{Cx, ListView, RowsKey, Screen};
use crate::tui::screens::expected;
use crate::tui::screens::project::overview;
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::bar::{FILL, bar};
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::Line;

/// Cells of a whole bar.
const BAR: usize = 8;

/// The orders of the list; its own is by what is overdue.
const BY_OVERDUE: usize = 0;
const BY_OPEN: usize = 1;
const BY_CODE: usize = 2;

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoProjects, Projects::default()))
}

/// How the list is sorted and whether what is finished is in it.
type Order = (usize, bool, bool);

#[derive(Default)]
struct Projects {
    summaries: Memo<u64, Vec<ContractSummary>>,
    search: Search<ProjectId>,
    /// Every project by code.
    all: Memo<u64, Vec<ProjectId>>,
    /// Those whose plan is still to be made, by id.
    unplanned: Task<u64, Vec<ProjectId>>,
    /// By what chooses them, their order, and the serial number of `unplanned`.
    shown: Memo<(RowsKey, Order, Option<u64>), Vec<ProjectId>>,
    /// What was seen of those shown.
    rows: Window<ProjectRow>,
    detail: Memo<(u64, ProjectId), Option<ProjectDetail>>,
    widest: Memo<Looked, Vec<String>>,
    /// What is open of those shown, by month, in whatever order.
    expected: Memo<(RowsKey, bool, Option<u64>), Expected>,
}

/// Those that are asked for, in the order that is: of `all`, which are by code.
fn chosen(
    view: &ListView,
    found: Option<&[ProjectId]>,
    (all, unplanned): (&[ProjectId], &[ProjectId]),
    contracts: &[ContractSummary],
    ledger: &Ledger,
) -> Result<Vec<ProjectId>> {
    let filter = view.items(ledger);
    // Whose project it is, is known of one with nothing open, too.
    let theirs = ledger.lens.projects(ledger)?;
    let is_filtered = !view.filter.trim().is_empty();
    let passing = is_filtered.then(|| summaries(filter.passing(), ledger.today())).transpose()?;
    let found: Option<HashSet<&ProjectId>> = found.map(|found| found.iter().collect());
    let main = ledger.digest.main;
    // Amounts of different currencies stand apart, and what has nothing open last, by code.
    let place = |summary: Option<&ContractSummary>| match summary {
        _ if view.sort == BY_CODE => (true, None, Reverse((0, 0))),
        None => (true, None, Reverse((0, 0))),
        Some(of) => {
            let by_open = view.sort == BY_OPEN;
            let sums = if by_open { (of.open, of.overdue) } else { (of.overdue, of.open) };
            (false, (of.currency != main).then(|| of.currency.code()), Reverse(sums))
        }
    };
    let placed = |id: &ProjectId| {
        let summary = find(contracts, *id);
        let passes = match &passing {
            Some(passing) => find(passing, *id).is_some(),
            None => view.more || summary.is_some() || unplanned.binary_search(id).is_ok(),
        };
        let found = found.as_ref().is_none_or(|found| found.contains(id));
        let seen = theirs.as_ref().is_none_or(|theirs| theirs.contains(id));
        (passes && found && seen).then(|| (place(summary), *id))
    };
    let mut placed: Vec<_> = all.iter().filter_map(placed).collect();
    placed.sort_by_key(|(place, _)| *place);
    let mut ids: Vec<ProjectId> = placed.into_iter().map(|(_, id)| id).collect();
    if view.reversed {
        ids.reverse();
    }
    Ok(ids)
}

impl Source for Projects {
    const ORDERS: usize = 3;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::words(lang.code_word(), 6, 0).by(BY_CODE),
            Column::words(lang.project_word(), 12, 0),
            Column::words(lang.customer_word(), 8, 1),
            Column::words(lang.manager_short(), 6, 8),
            format::money_column(lang.contract_word(), 5, cx),
            format::money_column(lang.received_word(), 3, cx),
            Column::whole(lang.cash_word(), 2),
            Column::number(lang.progress_word(), 4),
            Column::number(lang.ahead_word(), 7),
            format::money_column(lang.open_word(), 0, cx).by(BY_OPEN),
            format::money_column(lang.overdue_word(), 0, cx).by(BY_OVERDUE),
            Column::words(lang.next_milestone(), 10, 6),
        ]
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Closed, Scope::Item, Scope::List, Scope::Global]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let ledger = &*cx.ledger;
        let version = ledger.version();
        let each = |store: &Reader, visit: &mut dyn FnMut(_, &str)| store.each_project(visit);
        let (serial, found) = self.search.find(&view.find, ledger, each)?.unzip();
        self.summaries.try_refresh(version, || {
            Ok(summaries(ledger.portfolio.items().iter(), ledger.today())?)
        })?;
        self.all.try_refresh(version, || ledger.store.project_ids())?;
        self.unplanned.get(&version, ledger.place(), Reader::unplanned)?;
        let (made, unplanned) = self.unplanned.latest().unzip();
        let unplanned = unplanned.map_or(&[][..], Vec::as_slice);
        let order = (view.sort, view.reversed, view.more);
        let key = (view.key(serial, ledger), order, made);
        let all = (self.all.as_slice(), unplanned);
        let choose = || chosen(view, found, all, &self.summaries, ledger);
        if self.shown.try_refresh(key, choose)? {
            self.rows = Window::default();
        }
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let Self { shown, rows, summaries, .. } = self;
        rows.read(page.clone(), shown.len(), |places| {
            let ids = shown.get(places).unwrap_or_default();
            Ok(in_order(ids, cx.ledger.store.projects(ids)?, |row| row.id))
        })?;
        let next = page.filter_map(|at| find(summaries, rows.get(at)?.id));
        let next: Vec<MilestoneId> = next.map(|summary| summary.next).collect();
        cx.ledger.name(&next)
    }

    fn count(&self) -> usize {
        self.shown.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.shown.get(at).copied().map(RowKey::Project)
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
            row.contract_amount.map_or_else(|| Cell::none(theme), |sum| Cell::plain(money(sum))),
            Cell::plain(money(row.received)),
            Cell::new(cash(row.received, contract), theme.good()),
            progress.map_or_else(|| Cell::none(theme), Cell::plain),
            nothing(ahead, if far { theme.bad() } else { theme.warn() }),
            nothing(row.balance, theme.text()),
            nothing(overdue, theme.bad()),
            Cell::plain(next),
        ]
    }

    fn widest(&mut self, cx: &Cx<'_>) -> Result<Vec<String>> {
        let (ledger, contracts) = (&*cx.ledger, &self.summaries);
        self.widest.try_refresh(widest::looked(cx), || {
            let show = |minor, currency| format::amount(minor, currency, ledger);
            let of = |figure: fn(&ContractSummary) -> i64| {
                Ends::of(contracts.iter().map(|of| (of.currency, figure(of)))).widest(show)
            };
            // What was received, or is ahead, is a part of a contract.
            let largest = Ends::of(ledger.store.largest_contracts()?).widest(show);
            let none = String::new;
            Ok(vec![
                none(),
                none(),
                none(),
                none(),
                largest.clone(),
                largest.clone(),
                cash(1, 1),
                "100%".to_owned(),
                largest,
                of(|of| of.open),
                of(|of| of.overdue),
            ])
        })?;
        Ok(self.widest.clone())
    }

    fn selection(&self, at: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let customer = at.and_then(|at| self.rows.get(at)).map(|project| project.customer);
        Selection { customer, ..select(self, at, milestones, cx) }
    }

    fn act(&mut self, action: Action, view: &mut ListView, _: &Cx<'_>) -> Option<Effect> {
        view.shows_closed(action).then_some(Effect::None)
    }

    fn title(&self, view: &ListView, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        if self.search.is_running {
            return lang.searching().to_owned();
        }
        let title = lang.projects_count(self.count());
        if view.more { format!("{title} - {}", lang.title_closed()) } else { title }
    }

    fn aside(
        &mut self,
        selected: Option<RowKey>,
        room: usize,
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let Some(RowKey::Project(id)) = selected else {
            return Ok(Some((String::new(), Vec::new())));
        };
        let ledger = &*cx.ledger;
        let read = || ledger.store.project_detail(id).map(Some);
        self.detail.try_refresh((ledger.version(), id), read)?;
        self.detail.as_ref().map(|detail| overview::of(detail, room, cx)).transpose()
    }

    fn chart(
        &mut self,
        room: (usize, usize),
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let (ledger, shown) = (&*cx.ledger, &self.shown);
        if let Some((key, (.., more), plans)) = shown.key() {
            self.expected.try_refresh((key.clone(), *more, *plans), || {
                let of: IdSet<ProjectId> = shown.iter().copied().collect();
                let items = ledger.portfolio.items().iter();
                let items = items.filter(|item| of.contains(&item.project));
                Ok(Expected::new(items, ledger.today(), ledger.digest.main)?)
            })?;
        }
        Ok(expected::picture(&self.expected, room, cx))
    }

    fn split(&self, area: Rect, _: bool) -> Option<[Rect; 2]> {
        beside(area)
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        let lang = cx.ui.lang;
        if view.is_narrowed() {
            lang.nothing_found().into()
        } else if self.all.is_empty() {
            lang.no_projects(&cx.ui.key(Action::Record(Recording::New))).into()
        } else {
            lang.projects_finished(&cx.ui.key(Action::Closed)).into()
        }
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
