//! Today: what changed since the ledger was last seen, five figures, and the worklist with each item in detail.
//!
//! ```text
//!  Overdue ¥1,284,500.00 (14)   Due 7d ¥320,000.00 (3)   Promised 7d ¥180,000.00 (2)   …
//!  Since the last look (11-18): 2 promises broken, ¥50,000.00 came in  (Esc hides this)
//! +- Worklist (14) ---------------------------------+- 星河科技 / P-2031 数据中台 / M3 验收款 -+
//! |  Customer   Milestone       Open    Late  Next  | 480,000.00 of 480,000.00 open, due …    |
//! +--------------------------------------------------+-----------------------------------------+
//! ```

mod figures;

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::domain::dunning::{Act, Wait};
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::error::Result;
use crate::report::digest;
use crate::report::figures::Contract;
use crate::tui::action::Action;
use crate::tui::data::{ChangesSince, FilterInput, Found, ItemFilter, Ledger, Memo};
use crate::tui::detail::DetailPane;
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::keymap::RowKind;
use crate::tui::list_screen::{self, ListScreen, Source, heading};
use crate::tui::screen::{Cx, Hits, ListView, Screen};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::popup::pane;

/// From how many columns on the details stand beside the list.
const BESIDE: u16 = 100;

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoToday, Today::default()))
}

/// One row, by its place in the worklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// Something to do; the first of its customer leads.
    Work {
        at: usize,
        leads: bool,
    },
    /// Shows or hides what waits and what is watched.
    Fold,
    Wait(usize),
    Watch(usize),
}

/// What the rows are made from.
#[derive(PartialEq)]
struct Key {
    version: u64,
    found: Option<u64>,
    indexed: u64,
    filter: String,
    more: bool,
}

#[derive(Default)]
struct Worklist {
    rows: Vec<Row>,
    /// Rows of the worklist, rows that wait and rows that are watched, as narrowed.
    working: usize,
    waiting: usize,
    watched: usize,
    /// There is nothing in the ledger.
    is_empty: bool,
    /// There is no milestone yet.
    unplanned: bool,
}

#[derive(Default)]
struct Today {
    input: FilterInput,
    list: Memo<Key, Worklist>,
    since: Memo<u64, Option<ChangesSince>>,
    /// Read once what is folded is shown.
    contracts: Memo<u64, Vec<Contract>>,
    dismissed: bool,
    detail: DetailPane,
    /// The first row seen: it names its customer even if another leads.
    top: usize,
}

impl Worklist {
    fn new(key: &Key, input: &FilterInput, found: Option<&Found>, ledger: &Ledger) -> Result<Self> {
        let filter = ItemFilter::new(ledger, input.filter());
        let all = found.is_none() && key.filter.is_empty();
        let passes = |item| filter.passes(usize::MAX, item);
        let fits = |id: MilestoneId| {
            all || found.is_none_or(|found| found.has(id))
                && ledger.portfolio.get(id).is_some_and(passes)
        };
        let list = &ledger.digest.worklist;
        let mut rows = Vec::new();
        let mut before = None;
        for (at, entry) in list.entries.iter().enumerate().filter(|(_, e)| fits(e.id)) {
            let leads = before != Some(entry.customer);
            before = Some(entry.customer);
            rows.push(Row::Work { at, leads });
        }
        let working = rows.len();
        let waiting = list.waiting.iter().enumerate();
        let waiting: Vec<usize> = waiting.filter(|(_, w)| fits(w.id)).map(|(at, _)| at).collect();
        let watched = list.watched.iter().enumerate();
        let watched: Vec<usize> = watched.filter(|(_, w)| fits(w.id)).map(|(at, _)| at).collect();
        if !waiting.is_empty() || !watched.is_empty() {
            rows.push(Row::Fold);
        }
        if key.more {
            rows.extend(waiting.iter().map(|at| Row::Wait(*at)));
            rows.extend(watched.iter().map(|at| Row::Watch(*at)));
        }
        Ok(Self {
            rows,
            working,
            waiting: waiting.len(),
            watched: watched.len(),
            is_empty: ledger.is_empty()?,
            unplanned: !ledger.has_milestones()?,
        })
    }
}

impl Today {
    fn milestone(&self, at: usize, cx: &Cx<'_>) -> Option<MilestoneId> {
        let list = &cx.ledger.digest.worklist;
        match *self.list.rows.get(at)? {
            Row::Work { at, .. } => list.entries.get(at).map(|entry| entry.id),
            Row::Wait(at) => list.waiting.get(at).map(|waiting| waiting.id),
            Row::Watch(at) => list.watched.get(at).map(|watched| watched.id),
            Row::Fold => None,
        }
    }

    fn item<'a>(&self, at: usize, cx: &'a Cx<'_>) -> Option<&'a Item> {
        cx.ledger.portfolio.get(self.milestone(at, cx)?)
    }

    fn draw_top(&self, more: bool, frame: &mut Frame, area: Rect, cx: &Cx<'_>) -> Rect {
        let (ledger, ui) = (&*cx.ledger, cx.ui);
        let mut lines = figures::lines(ledger, ui, area.width);
        if more {
            lines.extend(figures::contracts(&self.contracts, ledger, ui, area.width));
        }
        let since = self.since.as_ref().filter(|_| !self.dismissed);
        lines.extend(since.map(|since| {
            let text = figures::since(since, ledger, ui.lang);
            vec![(text, ui.theme.warn())]
        }));
        let high = u16::try_from(lines.len()).unwrap_or(0).min(area.height);
        for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
            let mut x = area.x + 1;
            for (text, style) in line {
                let room = usize::from(area.right().saturating_sub(x));
                let buffer = frame.buffer_mut();
                (x, _) = buffer.set_stringn(x, y, text, room, *style);
            }
        }
        Rect { y: area.y + high, height: area.height - high, ..area }
    }

    fn item_cells(item: &Item, customer: bool, next: Cell, cx: &Cx<'_>) -> Vec<Cell> {
        let (ledger, theme) = (&*cx.ledger, cx.ui.theme);
        let (names, today) = (&ledger.portfolio.names, ledger.today());
        let late = item.days_late(today);
        let (late, late_style) = if late > i64::from(item.grace_days) {
            (cx.ui.lang.days(late), theme.bad())
        } else if late > 0 {
            (cx.ui.lang.days(late), theme.warn())
        } else {
            ("-".to_owned(), theme.dim())
        };
        let name_style = if customer { theme.strong() } else { theme.dim() };
        vec![
            Cell::new(names.customer(item.customer).short(), name_style),
            Cell::new(names.project(item.project).code.clone(), theme.dim()),
            Cell::plain(names.milestone(item.id).name.clone()),
            Cell::plain(format::amount(item.balance, item.currency, ledger)),
            Cell::new(late, late_style),
            next,
        ]
    }

    /// The row that shows or hides what waits.
    fn fold_cells(&self, cx: &Cx<'_>) -> Vec<Cell> {
        let (lang, dim) = (cx.ui.lang, cx.ui.theme.dim());
        let open = self.list.key().is_some_and(|key| key.more);
        let hint = if open { lang.fold_hides() } else { lang.fold_shows() };
        let parts = [
            (self.list.waiting, lang.waiting_title(self.list.waiting)),
            (self.list.watched, lang.watched_title(self.list.watched)),
        ];
        let titles = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, title)| title);
        let title = format::joined(titles, lang);
        let cells = [&title, "", "", "", "", hint];
        cells.map(|text| Cell::new(text, dim)).to_vec()
    }
}

/// For what, and until when; the details tell the rest.
fn wait(wait: Wait, cx: &Cx<'_>) -> String {
    let lang = cx.ui.lang;
    let why = lang.wait_reason(wait.why);
    wait.until.map_or_else(
        || why.to_owned(),
        |until| lang.waits_until(why, &lang.day(until, cx.ledger.today())),
    )
}

fn next(act: Act, broken: bool, cx: &Cx<'_>) -> Cell {
    let (lang, theme) = (cx.ui.lang, cx.ui.theme);
    let word = lang.act(act);
    if broken && act != Act::FollowUp {
        Cell::new(format!("! {}", lang.act_after_broken(word)), theme.bad())
    } else if broken {
        Cell::new(format!("! {word}"), theme.bad())
    } else {
        Cell::plain(word)
    }
}

/// The list's part and the details': beside each other where there is room, else one below the other, the one with the
/// focus larger.
fn split(area: Rect, aside: bool) -> [Rect; 2] {
    if area.width >= BESIDE {
        let detail = (area.width * 2 / 5).clamp(46, 90);
        let parts = [Constraint::Min(0), Constraint::Length(detail)];
        return Layout::horizontal(parts).areas(area);
    }
    let detail = if aside { area.height.saturating_sub(6) } else { area.height * 2 / 5 };
    Layout::vertical([Constraint::Min(0), Constraint::Length(detail)]).areas(area)
}

impl Source for Today {
    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        let open = if cx.ledger.wan { lang.column_open_wan() } else { lang.column_open() };
        vec![
            Column::words(lang.customer_word(), 11, 0),
            Column::words(lang.project_word(), 6, 2),
            Column::words(lang.milestone_word(), 10, 0),
            Column::number(open, 0),
            Column::number(lang.column_late(), 0),
            Column::words(lang.column_act(), 32, 0),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let found = cx.ledger.find(&view.find)?;
        let ledger = &*cx.ledger;
        self.input.read(&view.filter, ledger.today(), cx.ui.lang);
        let key = || Key {
            version: ledger.version(),
            found: found.as_ref().map(|found| found.serial),
            indexed: ledger.index().0,
            filter: view.filter.clone(),
            more: view.more,
        };
        self.list
            .try_refresh(key(), || Worklist::new(&key(), &self.input, found.as_ref(), ledger))?;
        self.since.try_refresh(ledger.version(), || ledger.last_seen.changes(ledger))?;
        if view.more {
            self.contracts.try_refresh(ledger.version(), || {
                digest::contracts(&ledger.store, &ledger.portfolio, ledger.digest.main)
            })?;
        }
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        self.top = page.start;
        let ids: Vec<_> = page.filter_map(|at| self.milestone(at, cx)).collect();
        cx.ledger.name(&ids)
    }

    fn count(&self) -> usize {
        self.list.rows.len()
    }

    fn key(&self, at: usize, cx: &Cx<'_>) -> Option<RowKey> {
        let id = self.milestone(at, cx);
        Some(id.map_or(RowKey::Heading(0), RowKey::Milestone))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let list = &cx.ledger.digest.worklist;
        match (self.list.rows.get(at), self.item(at, cx)) {
            (Some(Row::Work { at: of, leads }), Some(item)) => {
                let entry = list.entries.get(*of);
                let next = entry.map(|entry| next(entry.act, entry.broken, cx));
                let next = next.unwrap_or_else(|| Cell::plain(""));
                Self::item_cells(item, *leads || at == self.top, next, cx)
            }
            (Some(Row::Wait(of)), Some(item)) => {
                let waits = list.waiting.get(*of).map(|waiting| wait(waiting.wait, cx));
                let next = Cell::new(waits.unwrap_or_default(), cx.ui.theme.dim());
                Self::item_cells(item, true, next, cx)
            }
            (Some(Row::Watch(of)), Some(item)) => {
                let today = cx.ledger.today();
                let why =
                    list.watched.get(*of).map(|watched| cx.ui.lang.watch(watched.watch, today));
                let next = Cell::new(why.unwrap_or_default(), cx.ui.theme.dim());
                Self::item_cells(item, true, next, cx)
            }
            _ => self.fold_cells(cx),
        }
    }

    fn selection(&self, at: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let mut milestones = milestones;
        milestones.retain(|id| cx.ledger.portfolio.get(*id).is_some());
        let first = milestones.first().and_then(|id| cx.ledger.portfolio.get(*id));
        match first {
            Some(_) => Selection::milestones(milestones, first),
            None => Selection { row: at.map(|_| RowKind::Other), ..Selection::default() },
        }
    }

    fn open(&mut self, at: usize, view: &mut ListView, cx: &Cx<'_>) -> Effect {
        if let Some(id) = self.milestone(at, cx) {
            return Effect::Go(RowKey::Milestone(id));
        }
        view.more = !view.more;
        Effect::None
    }

    fn act(&mut self, action: Action, _: &mut ListView, cx: &mut Cx<'_>) -> Result<Option<Effect>> {
        Ok(match action {
            _ if self.detail.act(action) => Some(Effect::None),
            Action::Pane => {
                self.detail.focused = !self.detail.focused;
                Some(Effect::None)
            }
            Action::Sort => Some(Effect::Say(cx.ui.lang.order_is_fixed().to_owned())),
            Action::Back => {
                self.dismissed = true;
                Some(Effect::None)
            }
            _ => None,
        })
    }

    fn problem(&self) -> Option<&str> {
        self.input.problem()
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> &'static str {
        let lang = cx.ui.lang;
        if view.is_narrowed() {
            lang.nothing_left()
        } else if self.list.unplanned {
            lang.nothing_planned()
        } else {
            lang.nothing_to_do()
        }
    }

    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        let item = self.item(at, cx)?;
        let name = format::name(item, cx.ledger);
        Some(format::summary(item, &name, cx.ledger, cx.ui.lang))
    }

    fn draw(
        &mut self,
        view: &mut ListView,
        frame: &mut Frame,
        area: Rect,
        cx: &mut Cx<'_>,
    ) -> Result<Hits> {
        let ui = cx.ui;
        if self.list.is_empty {
            list_screen::draw_empty_ledger(frame, area, ui);
            return Ok(Hits::new());
        }
        let focused = self.detail.focused;
        let below = self.draw_top(view.more, frame, area, cx);
        let [left, right] = split(below, focused);
        let title = ui.lang.worklist_title(self.list.working);
        let mut block = pane(&heading(title, view, cx), ui);
        let marked = view.rows.marked();
        let marked: Vec<&Item> =
            marked.iter().filter_map(|id| cx.ledger.portfolio.get(*id)).collect();
        if !marked.is_empty() {
            let sum = format::sums(&format::open_sum(marked.iter().copied()), cx.ledger);
            let text = ui.lang.marked_sum(marked.len(), &sum);
            block = block.title_bottom(format!(" {text} "));
        }
        let hits = list_screen::draw_in_pane(self, view, block, !focused, frame, left, cx)?;
        match view.rows.selected().and_then(RowKey::milestone) {
            Some(id) if self.count() > 0 => self.detail.read(id, cx.ledger)?,
            _ => self.detail.clear(),
        }
        self.detail.draw(frame, right, cx);
        Ok(hits)
    }

    fn back(&mut self) -> bool {
        self.detail.back()
    }

    fn has_panes(&self) -> bool {
        !self.list.is_empty
    }

    fn reset(&mut self) {
        self.detail = DetailPane::default();
    }
}
