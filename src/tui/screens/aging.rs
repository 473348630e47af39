//! The aging table: rows by group and currency, buckets as columns, a bar a row, totals that never scroll away.
//! Computed when ledger, day, grouping, basis or buckets change, never for a frame.
//!
//! ```text
//!  Aging as of 2026-10-31 by customer; aged by due date, bucket edges at 30/60/90/180/365 days
//!    Customer         Not due        1-30       31-60       61-90     Overdue       Total
//! >  星河科技      120,000.00        0.00  480,000.00        0.00  480,000.00  600,000.00  ▇▇▇▇▇▇▇▇--
//!    远景装备       50,000.00        0.00        0.00        0.00        0.00   50,000.00  -
//!    Total         170,000.00        0.00  480,000.00        0.00  480,000.00  650,000.00
//! ```

mod columns;
mod params;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::aged;
use crate::domain::aging::{AgeBy, Buckets};
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::money::Currency;
use crate::error::Result;
use crate::portfolio::Names;
use crate::report::aging::{self as report, AgingRow, AgingTable, GroupBy, GroupKey, Sums};
use crate::text::find::{Key as Prepared, Needle};
use crate::text::width::width;
use crate::text::{Lang, bridge};
use crate::tui::action::Action;
use crate::tui::data::{FilterInput, ItemFilter, Ledger, Memo};
use crate::tui::effect::Effect;
use crate::tui::keymap::{RowKind, Scope};
use crate::tui::list_screen::{self, ListScreen, Source};
use crate::tui::screen::{Cx, Hits, ListView, Screen};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::bar::{FILL, bar};
use crate::tui::widgets::list::{Cell, Column, ListState};
use crate::tui::widgets::text::{self, Styled, flow};

use columns::{Part, Shown};
pub use params::Params;

/// How many ways there are to sort: by what is past due, by total, by code.
const SORTS: usize = 3;
const BY_TOTAL: usize = 1;
const BY_CODE: usize = 2;

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoAging, Aging::default()))
}

/// What the sums are computed from.
#[derive(PartialEq)]
struct Key {
    version: u64,
    day: NaiveDate,
    by: GroupBy,
    buckets: Buckets,
    filter: String,
    indexed: u64,
}

#[derive(Default)]
struct Aging {
    params: Params,
    /// The first of the columns that scroll.
    left: usize,
    input: FilterInput,
    table: Memo<Key, Option<AgingTable>>,
    /// Differs from one table to the next.
    serial: u64,
    /// The greatest total of each currency: the length of a whole bar.
    greatest: HashMap<Currency, i64>,
    /// The rows of a table prepared for searching.
    prepared: Memo<u64, Vec<Prepared>>,
    /// Places in the table, as sorted and found.
    order: Memo<(u64, usize, String), Vec<usize>>,
    shown: Shown,
    /// The day asked for is still being computed: what was shown stays.
    waiting: bool,
}

/// What is past due of a row: the buckets behind the first, or all where nothing is "not due".
fn late(sums: &Sums, age_by: AgeBy) -> i64 {
    let skipped = usize::from(age_by != AgeBy::Invoice);
    let late = sums.amounts.iter().skip(skipped);
    late.fold(0, |sum: i64, amount| sum.saturating_add(*amount))
}

/// Code and name, short where there is a short one.
fn label(row: &AgingRow, names: &Names, lang: Lang) -> (String, String) {
    let name = report::group_name(row.key, row.currency, names);
    let name = name.unwrap_or(lang.group_word(row.key)).to_owned();
    match row.key {
        GroupKey::Customer(id) => {
            let customer = names.customer(id);
            (customer.code.to_string(), customer.short().to_owned())
        }
        GroupKey::Project(id) => (names.project(id).code.to_string(), name),
        GroupKey::Manager(_)
        | GroupKey::NoManager
        | GroupKey::Stage(_)
        | GroupKey::Currency
        | GroupKey::Unapplied => (String::new(), name),
    }
}

/// The places of rows that are found, in order: the main currency first, and in each currency what is asked for.
fn ordered(
    table: &AgingTable,
    found: impl Fn(usize) -> bool,
    sort: usize,
    ledger: &Ledger,
    lang: Lang,
) -> Vec<usize> {
    let (main, age_by) = (ledger.digest.main, table.buckets.age_by);
    let mut order: Vec<usize> = (0..table.rows.len()).filter(|at| found(*at)).collect();
    if sort == BY_CODE {
        order.sort_by_cached_key(|at| {
            let row = &table.rows[*at];
            let code = label(row, &ledger.portfolio.names, lang).0;
            (row.currency != main, row.currency.code(), code)
        });
        return order;
    }
    let rank = |of: Currency| {
        let mut totals = table.totals.iter();
        let place = totals.position(|(currency, _)| *currency == of);
        place.filter(|_| of != main)
    };
    let place = |at: usize| {
        let row = &table.rows[at];
        let (late, total) = (late(&row.sums, age_by), row.sums.total);
        let first = if sort == BY_TOTAL { total } else { late };
        (rank(row.currency), Reverse(first), Reverse(total), at)
    };
    let mut placed: Vec<_> = order.into_iter().map(place).collect();
    placed.sort_unstable();
    placed.into_iter().map(|(.., at)| at).collect()
}

impl Aging {
    /// The row at a place.
    fn row(&self, at: usize) -> Option<&AgingRow> {
        self.table.as_ref()?.rows.get(*self.order.get(at)?)
    }

    /// The table of the day asked for; while that is read, the last one stays.
    fn compute(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let day = self.params.day(cx.ledger.today());
        self.input.read(view.filter.trim(), cx.ledger.today(), cx.ui.lang);
        let named = self.input.filter().needs_names();
        self.waiting = !cx.ledger.read_day(day, named)?;
        let ledger = &*cx.ledger;
        let Some(portfolio) = ledger.day(day, named) else {
            return Ok(());
        };
        let key = Key {
            version: ledger.version(),
            day,
            by: self.params.by,
            buckets: self.params.buckets(),
            filter: view.filter.clone(),
            indexed: if named { ledger.index().0 } else { 0 },
        };
        let (by, buckets) = (key.by, key.buckets.clone());
        let anew = self.table.try_refresh(key, || {
            let filter = if day == ledger.today() {
                ItemFilter::new(ledger, self.input.filter())
            } else {
                ItemFilter::of(portfolio, self.input.filter())
            };
            let table = if filter.is_open() {
                report::table(portfolio.items(), &portfolio.unapplied, day, by, &buckets)
            } else {
                // Money on account belongs to no milestone: it passes no filter of milestones.
                let items: Vec<Item> = filter.passing().cloned().collect();
                report::table(&items, &[], day, by, &buckets)
            };
            Ok(Some(table?))
        })?;
        if anew {
            self.serial += 1;
            self.greatest.clear();
            for row in self.table.iter().flat_map(|table| &table.rows) {
                let greatest = self.greatest.entry(row.currency).or_default();
                *greatest = row.sums.total.max(*greatest);
            }
        }
        Ok(())
    }

    fn arrange(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let Some(table) = &*self.table else {
            return Ok(());
        };
        let (sort, lang) = (view.sort.unwrap_or_default(), cx.ui.lang);
        let needle = Needle::new(&view.find);
        let key = (self.serial, sort, view.find.clone());
        self.order.try_refresh(key, || {
            if !needle.is_empty() || sort == BY_CODE {
                let Ledger { portfolio, store, .. } = &mut *cx.ledger;
                report::read_names(
                    table.rows.iter().map(|row| row.key),
                    &mut portfolio.names,
                    store,
                )?;
            }
            let ledger = &*cx.ledger;
            if needle.is_empty() {
                return Ok(ordered(table, |_| true, sort, ledger, lang));
            }
            self.prepared.refresh(self.serial, || {
                let text = |row: &AgingRow| {
                    let (code, name) = label(row, &ledger.portfolio.names, lang);
                    Prepared::new(&format!("{code} {name}"))
                };
                table.rows.iter().map(text).collect()
            });
            let found = |at: usize| {
                let key = self.prepared.get(at);
                key.is_some_and(|key| needle.matches_key(key))
            };
            Ok(ordered(table, found, sort, ledger, lang))
        })?;
        Ok(())
    }

    fn columns_of(table: &AgingTable, shown: &Shown, lang: Lang) -> Vec<Column> {
        let mut columns = Vec::new();
        if shown.code {
            columns.push(Column::words(lang.code_word(), 6, 2));
        }
        columns.push(Column::words(lang.group_by(table.by), 10, 0));
        if shown.currency {
            columns.push(Column::whole("", 0));
        }
        let labels = table.buckets.labels();
        for part in &shown.parts {
            let title = match part {
                Part::Bucket(at) => lang.bucket_title(labels.get(*at).map_or("", String::as_str)),
                Part::Retention => lang.retention_short(),
                Part::Unapplied => lang.unapplied_short(),
                Part::Net => lang.net(),
                Part::Planned => lang.planned_money(),
                Part::Items => lang.items_word(),
            };
            columns.push(Column::number(title, 0));
        }
        if shown.late {
            columns.push(Column::number(lang.past_due(), 0));
        }
        columns.push(Column::number(lang.total(), 0));
        columns.push(Column::whole("", 1));
        columns
    }

    /// The cells of a row; `greatest` is the length of a whole bar.
    fn line(
        &self,
        (code, name): (String, String),
        currency: Currency,
        sums: &Sums,
        greatest: i64,
        shown: &Shown,
        cx: &Cx<'_>,
    ) -> Vec<Cell> {
        let theme = cx.ui.theme;
        let money = |minor: i64, style| {
            let style = if minor == 0 { theme.dim() } else { style };
            Cell::new(cx.ledger.money(minor, currency), style)
        };
        let mut cells = Vec::new();
        if shown.code {
            cells.push(Cell::plain(code));
        }
        cells.push(Cell::plain(name));
        if shown.currency {
            cells.push(Cell::plain(currency.code()));
        }
        let table = self.table.as_ref();
        let age_by = table.map(|table| table.buckets.age_by).unwrap_or_default();
        let late = late(sums, age_by);
        cells.extend(shown.parts.iter().map(|part| {
            let minor = match part {
                Part::Bucket(at) => sums.amounts.get(*at).copied().unwrap_or_default(),
                Part::Retention => sums.retention_not_due,
                Part::Unapplied => sums.unapplied,
                Part::Net => sums.total.saturating_sub(sums.unapplied),
                Part::Planned => sums.planned,
                Part::Items => return Cell::plain(sums.items.to_string()),
            };
            money(minor, theme.text())
        }));
        if shown.late {
            cells.push(money(late, theme.bad()));
        }
        cells.push(money(sums.total, theme.strong()));
        let fill = bar(late, greatest, shown.bar, FILL);
        let all = bar(sums.total, greatest, shown.bar, "-");
        let rest = width(&all).saturating_sub(width(&fill));
        let style = if late > 0 { theme.bad() } else { theme.dim() };
        cells.push(Cell::new(format!("{fill}{:-<rest$}", ""), style));
        cells
    }

    fn row_cells(&self, at: usize, shown: &Shown, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(row) = self.row(at) else {
            return Vec::new();
        };
        let label = label(row, &cx.ledger.portfolio.names, cx.ui.lang);
        let greatest = self.greatest.get(&row.currency);
        let greatest = greatest.copied().unwrap_or_default();
        self.line(label, row.currency, &row.sums, greatest, shown, cx)
    }

    /// The totals, one row a currency.
    fn totals(&self, table: &AgingTable, shown: &Shown, cx: &Cx<'_>) -> Vec<Vec<Cell>> {
        let total = |(currency, sums): &(Currency, Sums)| {
            let name = cx.ui.lang.total().to_owned();
            let label = if shown.code { (name, String::new()) } else { (String::new(), name) };
            let mut cells = self.line(label, *currency, sums, 0, shown, cx);
            for cell in &mut cells {
                cell.style = cx.ui.theme.strong();
            }
            cells
        };
        table.totals.iter().map(total).collect()
    }

    /// What the table is of: day, grouping, basis, buckets, and what of it is seen.
    fn heading(&self, table: &AgingTable, area: Rect, cx: &Cx<'_>) -> Vec<Styled> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let mut day = table.as_of.to_string();
        if table.as_of == cx.ledger.today() {
            day.push_str(lang.today_mark());
        }
        let mut first = lang.aging_head(&day, &lang.group_by(table.by).to_lowercase());
        if self.waiting {
            first.push_str("  ");
            first.push_str(lang.computing());
        }
        let edges = lang.edges(&table.buckets.edges);
        let mut second = lang.aged_by_short(lang.age_by(table.buckets.age_by), &edges);
        if cx.ledger.wan {
            second.push_str(lang.comma());
            second.push_str(lang.in_wan());
        }
        let shown = &self.shown;
        let right = shown.of - shown.from - shown.parts.len();
        let third = match (shown.from, right) {
            (0, 0) => String::new(),
            (0, right) => lang.columns_right(right),
            (left, 0) => lang.columns_left(left),
            (left, right) => lang.joined(&lang.columns_left(left), &lang.columns_right(right)),
        };
        let room = usize::from(area.width).saturating_sub(2);
        let fourth = past_due(table, cx).unwrap_or_default();
        let lines = flow(&[first, second, third, fourth], room).into_iter();
        let styles = std::iter::once(theme.strong()).chain(std::iter::repeat(theme.dim()));
        lines.zip(styles).collect()
    }
}

/// How what is past due in the table relates to what is overdue, in the main currency, where they differ.
fn past_due(table: &AgingTable, cx: &Cx<'_>) -> Option<String> {
    let ledger = &*cx.ledger;
    let is_todays = table.as_of == ledger.today() && table.buckets.age_by == AgeBy::Due;
    let of = ledger.digest.figures.first().filter(|_| is_todays)?;
    let terms = cx.ui.lang.past_due_terms(of.past_due(), of.past_due_parts())?;
    Some(bridge(&terms, |minor| ledger.signed(minor, of.currency)))
}

impl Source for Aging {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Aging, Scope::List, Scope::Global]
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        match &*self.table {
            Some(table) => Self::columns_of(table, &self.shown, cx.ui.lang),
            None => Vec::new(),
        }
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        self.compute(view, cx)?;
        self.arrange(view, cx)
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let keys: Vec<GroupKey> = page.filter_map(|at| self.row(at)).map(|row| row.key).collect();
        let Ledger { portfolio, store, .. } = &mut *cx.ledger;
        report::read_names(keys, &mut portfolio.names, store)
    }

    fn count(&self) -> usize {
        self.order.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.row(at).map(|row| RowKey::Aging(row.key, row.currency))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        self.row_cells(at, &self.shown, cx)
    }

    fn feet(&self, cx: &Cx<'_>) -> Result<Vec<Vec<Cell>>> {
        let table = self.table.as_ref();
        Ok(table.map_or_else(Vec::new, |table| self.totals(table, &self.shown, cx)))
    }

    fn selection(&self, at: Option<usize>, _: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let Some(row) = at.and_then(|at| self.row(at)) else {
            return Selection::default();
        };
        match row.key {
            GroupKey::Customer(id) => Selection {
                row: Some(RowKind::Customer),
                customer: Some(id),
                ..Selection::default()
            },
            GroupKey::Project(id) => {
                let mut items = cx.ledger.portfolio.items().iter();
                let item = items.find(|item| item.project == id);
                Selection {
                    row: Some(RowKind::Project),
                    customer: item.map(|item| item.customer),
                    project: Some(id),
                    ..Selection::default()
                }
            }
            GroupKey::Manager(_)
            | GroupKey::NoManager
            | GroupKey::Stage(_)
            | GroupKey::Currency
            | GroupKey::Unapplied => {
                Selection { row: Some(RowKind::Other), ..Selection::default() }
            }
        }
    }

    /// Goes to what stands behind a row.
    fn open(&mut self, at: usize, view: &mut ListView, cx: &Cx<'_>) -> Effect {
        match self.row(at) {
            None => Effect::None,
            Some(row) if row.sums.total == 0 && row.sums.planned == 0 => {
                Effect::Say(cx.ui.lang.nothing_behind().to_owned())
            }
            Some(row) => {
                aged::push(self.params.clone(), view.filter.clone(), row.key, row.currency)
            }
        }
    }

    fn act(
        &mut self,
        action: Action,
        view: &mut ListView,
        cx: &mut Cx<'_>,
    ) -> Result<Option<Effect>> {
        match action {
            Action::ColumnLeft => self.left = self.left.saturating_sub(1),
            Action::ColumnRight => {
                let columns = columns::parts(&self.params.buckets()).len();
                self.left = (self.left + 1).min(columns.saturating_sub(1));
            }
            Action::Sort => view.sort = Some((view.sort.unwrap_or_default() + 1) % SORTS),
            _ if self.params.step(action, cx.ledger.today()) => match action {
                Action::Group => view.rows = ListState::default(),
                Action::Buckets | Action::Basis => self.left = 0,
                _ => {}
            },
            _ => return Ok(None),
        }
        Ok(Some(Effect::None))
    }

    fn problem(&self) -> Option<&str> {
        self.input.problem()
    }

    fn nothing(&self, _: &ListView, cx: &Cx<'_>) -> &'static str {
        cx.ui.lang.nothing_aged()
    }

    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        let shown = Shown::all(&self.table.as_ref()?.buckets);
        Some(list_screen::line(&self.row_cells(at, &shown, cx)))
    }

    fn draw(
        &mut self,
        view: &mut ListView,
        frame: &mut Frame,
        area: Rect,
        cx: &mut Cx<'_>,
    ) -> Result<Hits> {
        let narrowed = list_screen::narrowed(self, view, cx);
        let area = text::lines(narrowed.as_slice(), frame, area);
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let Some(table) = &*self.table else {
            let computing = (lang.computing().to_owned(), theme.strong());
            text::lines(&[computing], frame, area);
            return Ok(Hits::new());
        };
        let all = Shown::all(&table.buckets);
        let totals = self.totals(table, &all, cx);
        let columns = Self::columns_of(table, &all, lang);
        self.shown = Shown::fitting(&totals, &columns, &table.buckets, self.left, area.width);
        self.left = self.shown.from;
        let below = text::lines(&self.heading(table, area, cx), frame, area);
        if table.rows.is_empty() {
            text::say(self.nothing(view, cx), theme.dim(), frame, below);
            return Ok(Hits::new());
        }
        list_screen::draw_rows(self, view, true, frame, below, cx)
    }

    fn is_past(&self, cx: &Cx<'_>) -> bool {
        let today = cx.ledger.today();
        self.params.day(today) < today
    }

    fn reset(&mut self) {
        self.params = Params::default();
        self.left = 0;
    }
}
