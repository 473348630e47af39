//! The aging table: rows by group and currency, buckets as columns, a bar a row, totals that never scroll away.
//! Computed when ledger, day, grouping, basis or buckets change, never for a frame.
//!
//! ```text
//!  Aging as of 2026-10-31 by customer; aged by due date, bucket edges at 30/60/90/180/365 days
//!    Customer         Not due        1-30       31-60       61-90    Past due       Total  By age
//! >  星河科技      120,000.00              480,000.00              480,000.00  600,000.00  ░░▇▇▇▇▇▇▇▇
//!    远景装备       50,000.00                                                   50,000.00  ░
//!    Total         170,000.00              480,000.00              480,000.00  650,000.00
//! ```

mod columns;
mod params;
mod picture;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::aged;
use crate::domain::aging::AgeBy;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::money::{self, Currency};
use crate::error::Result;
use crate::portfolio::Names;
use crate::report::aging::{self as report, AgingRow, AgingTable, GroupKey};
use crate::text::find::{Key as Prepared, Needle};
use crate::text::width::wrap;
use crate::text::{Lang, bridge};
use crate::tui::action::Action;
use crate::tui::data::{ItemFilter, Ledger, Memo};
use crate::tui::effect::Effect;
use crate::tui::keymap::Scope;
use crate::tui::list_screen::{ListScreen, Source, select};
use crate::tui::screen::{AgingChoice, Cx, ListView, RowsKey, Screen};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::form::Form;
use crate::tui::widgets::list::{Cell, Column, ListState};
use crate::tui::widgets::text::{self, flow};

pub use columns::Bucket;
use columns::{BY_CODE, BY_TOTAL, Line, Shown, late};
pub use params::Params;

/// The least cells of its picture: what is narrower would take room from the buckets.
const BESIDE: usize = 70;

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoAging, Aging::default()))
}

#[derive(Default)]
struct Aging {
    params: Params,
    /// By what chooses the items, the day, and how they are summed up.
    table: Memo<(RowsKey, NaiveDate, Params), Option<AgingTable>>,
    /// Differs from one table to the next.
    serial: u64,
    /// The rows of a table prepared for searching.
    prepared: Memo<u64, Vec<Prepared>>,
    /// Places in the table, as sorted and found.
    order: Memo<(u64, (usize, bool), String), Vec<usize>>,
    shown: Shown,
    /// The column under the cursor of columns.
    bucket: Option<Bucket>,
}

/// Code and name of a row, short where there is a short one.
fn label(row: &AgingRow, names: &Names, lang: Lang) -> (String, String) {
    let (code, name) = full_label(row.key, row.currency, names, lang);
    if let GroupKey::Customer(id) = row.key {
        return (code, names.customer(id).short().to_owned());
    }
    (code, name)
}

/// Code and name of a group; most have no code.
pub fn full_label(
    key: GroupKey,
    currency: Currency,
    names: &Names,
    lang: Lang,
) -> (String, String) {
    let name = report::group_name(key, currency, names);
    let name = name.unwrap_or(lang.group_word(key)).to_owned();
    match key {
        GroupKey::Customer(id) => (names.customer(id).code.to_string(), name),
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
        let filter = view.input.filter();
        cx.ledger.read_day(day, filter)?;
        let Some(filter) = ItemFilter::on(day, cx.ledger, filter) else {
            return Ok(());
        };
        let key = (view.key(None, cx.ledger), day, self.params.clone());
        let (by, buckets) =
            (self.params.by, self.params.buckets(&cx.ledger.portfolio.policy.buckets));
        let anew = self.table.try_refresh(key, || {
            let table = if filter.is_open() {
                let portfolio = filter.portfolio;
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
        }
        Ok(())
    }

    fn arrange(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let Some(table) = &*self.table else {
            return Ok(());
        };
        let (sort, lang) = (view.sort, cx.ui.lang);
        let needle = Needle::new(&view.find);
        let key = (self.serial, (sort, view.reversed), view.find.clone());
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
            if !needle.is_empty() {
                self.prepared.refresh(self.serial, || {
                    let text = |row: &AgingRow| {
                        let (code, name) = label(row, &ledger.portfolio.names, lang);
                        Prepared::new(&format!("{code} {name}"))
                    };
                    table.rows.iter().map(text).collect()
                });
            }
            let matches = |key| needle.matches_key(key);
            let found = |at| needle.is_empty() || self.prepared.get(at).is_some_and(matches);
            let mut order = ordered(table, found, sort, ledger, lang);
            if view.reversed {
                order.reverse();
            }
            Ok(order)
        })?;
        Ok(())
    }

    /// The cells of a row in these columns.
    fn row_cells(&self, at: usize, shown: &Shown, cx: &Cx<'_>) -> Vec<Cell> {
        let (Some(table), Some(row)) = (&*self.table, self.row(at)) else {
            return Vec::new();
        };
        let (code, name) = label(row, &cx.ledger.portfolio.names, cx.ui.lang);
        let (currency, sums, buckets) = (row.currency, &row.sums, &table.buckets);
        shown.cells(&Line { code, name, currency, sums, buckets }, cx)
    }
}

/// How what is past due in the table relates to what is overdue, term by term in the main currency, where they differ.
fn past_due(table: &AgingTable, cx: &Cx<'_>) -> Option<Vec<String>> {
    let ledger = &*cx.ledger;
    let is_todays = table.as_of == ledger.today() && table.buckets.age_by == AgeBy::Due;
    let of = ledger.digest.figures.first().filter(|_| is_todays)?;
    let terms = cx.ui.lang.past_due_terms(of.past_due(), of.past_due_parts())?;
    let show = |minor| ledger.signed(minor, of.currency);
    Some(terms.iter().map(|term| bridge(std::slice::from_ref(term), show)).collect())
}

/// A row as a sentence, to be pasted into a chat: what is receivable, and how old it is.
fn said(name: &str, row: &AgingRow, table: &AgingTable, lang: Lang) -> String {
    let (sums, day) = (&row.sums, table.as_of);
    if sums.total == 0 {
        return lang.copied_nothing_aged(name, day);
    }
    let show = |minor| money::with_symbol(minor, row.currency);
    let word = |label: &str| match lang.bucket_title(label) {
        days if days == label && !label.contains('y') => lang.copied_days(label),
        word => word,
    };
    let buckets = table.buckets.labels().into_iter().zip(sums.amounts.iter().copied());
    let buckets = buckets.map(|(label, amount)| (word(&label), amount));
    let retention = (lang.retention_not_due().to_owned(), sums.retention_not_due);
    let parts = buckets.chain([retention]).filter(|(_, amount)| *amount != 0);
    let parts = lang.commas(parts.map(|(word, amount)| format!("{word} {}", show(amount))));
    let (total, due) = (show(sums.total), late(sums, table.buckets.age_by));
    // By recognition every receivable has an age, due or not.
    if due == 0 || table.buckets.age_by == AgeBy::Invoice {
        lang.copied_aged(name, day, &total, &parts)
    } else {
        lang.copied_aged_due(name, day, &total, &show(due), &parts)
    }
}

impl Source for Aging {
    const ORDERS: usize = 3;

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Aging, Scope::List, Scope::Global]
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let table = self.table.as_ref();
        table.map_or_else(Vec::new, |table| self.shown.columns(table, cx))
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
        Ok(table.map_or_else(Vec::new, |table| self.shown.totals(table, cx)))
    }

    fn selection(&self, at: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let selected = select(self, at, milestones, cx);
        let mut items = cx.ledger.portfolio.items().iter();
        let of_project = selected.project.and_then(|id| items.find(|item| item.project == id));
        let customer = selected.customer.or(of_project.map(|item| item.customer));
        Selection { customer, ..selected }
    }

    /// Goes to what stands behind a row.
    fn open(&mut self, at: usize, view: &mut ListView, cx: &Cx<'_>) -> Effect {
        let bucket = self.bucket.filter(|bucket| self.shown.column_of(*bucket).is_some());
        match self.row(at) {
            None => Effect::None,
            Some(row) if bucket.is_some_and(|bucket| bucket.amount(&row.sums) == 0) => {
                Effect::Say(cx.ui.lang.nothing_in_bucket().to_owned())
            }
            Some(row) if row.sums.total == 0 && row.sums.planned == 0 => {
                Effect::Say(cx.ui.lang.nothing_behind().to_owned())
            }
            Some(row) => {
                let within = (self.params.clone(), view.filter.clone());
                aged::push(within, (row.key, row.currency), bucket)
            }
        }
    }

    fn act(&mut self, action: Action, view: &mut ListView, cx: &Cx<'_>) -> Option<Effect> {
        let today = cx.ledger.today();
        match action {
            Action::AsOf => {
                let (lang, shown) = (cx.ui.lang, self.params.day(today));
                return Some(Effect::open(Form::day(lang.as_of_title(), lang, today, shown)));
            }
            Action::ColumnOn => self.bucket = self.shown.beside(self.bucket, true),
            Action::ColumnBack => self.bucket = self.shown.beside(self.bucket, false),
            _ if self.params.step(action, today) => {
                if action == Action::Group {
                    view.rows = ListState::default();
                }
                if matches!(action, Action::Buckets | Action::Basis) {
                    self.bucket = None;
                }
            }
            _ => return None,
        }
        Some(Effect::None)
    }

    fn column(&self) -> Option<usize> {
        self.shown.column_of(self.bucket?)
    }

    fn choose(&mut self, at: usize, column: usize) -> bool {
        let bucket = self.shown.bucket_at(column);
        let row = self.row(at);
        let bucket = bucket.filter(|of| row.is_some_and(|row| of.amount(&row.sums) != 0));
        self.bucket = bucket;
        bucket.is_some()
    }

    fn back(&mut self) -> bool {
        self.bucket.take().is_some()
    }

    fn fit(&mut self, area: Rect, cx: &Cx<'_>) {
        if let Some(table) = &*self.table {
            self.shown = Shown::fitting(table, area.width, cx);
        }
    }

    /// Day and grouping.
    fn title(&self, view: &ListView, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        let Some(table) = &*self.table else {
            return lang.computing().to_owned();
        };
        let mut day = table.as_of.to_string();
        if table.as_of == cx.ledger.today() {
            day.push_str(lang.today_mark());
        }
        let mut title = lang.aging_head(&day, &lang.group_by(table.by).to_lowercase());
        let asked = self.params.day(cx.ledger.today());
        if cx.ledger.day(asked, view.input.filter()).is_none() {
            title.extend(["  ", lang.computing()]);
        }
        title
    }

    /// Basis, buckets, unit, and how what is due divides.
    fn above(&self, view: &ListView, area: Rect, cx: &Cx<'_>) -> Result<Vec<text::Line>> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let Some(table) = &*self.table else {
            return Ok(Vec::new());
        };
        let edges = lang.edges(&table.buckets.edges);
        let mut basis = lang.aged_by_short(lang.age_by(table.buckets.age_by), &edges);
        let unit = self.shown.unit(lang);
        if !unit.is_empty() {
            basis.extend([lang.comma(), unit]);
        }
        let room = usize::from(area.width).saturating_sub(2);
        let whole = view.input.filter().is_empty();
        let past = past_due(table, cx).filter(|_| whole).unwrap_or_default().into_iter();
        let past = flow(past.map(|term| vec![(term, theme.dim())]), 1, room);
        let basis = text::styled(wrap(&basis, room), theme.dim());
        Ok(flow(basis.chain(past), 2, room))
    }

    fn chart(
        &mut self,
        (room, _): (usize, usize),
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<text::Line>)>> {
        let table = self.table.as_ref().filter(|_| room >= BESIDE);
        let lines = table.and_then(|table| picture::lines(table, room, cx));
        let lang = cx.ui.lang;
        let title = lang.in_unit(lang.picture_ages(), cx.ledger.is_in_wan(cx.ledger.digest.main));
        Ok(lines.map(|lines| (title, lines)))
    }

    fn nothing(&self, _: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        match &*self.table {
            None => "".into(),
            Some(table) if table.rows.is_empty() => cx.ui.lang.nothing_aged().into(),
            Some(_) => cx.ui.lang.nothing_found().into(),
        }
    }

    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        let (table, row) = (self.table.as_ref()?, self.row(at)?);
        let (_, name) = label(row, &cx.ledger.portfolio.names, cx.ui.lang);
        Some(said(&name, row, table, cx.ui.lang))
    }

    fn age(&mut self, choice: AgingChoice) {
        match choice {
            AgingChoice::AsOf(day) => self.params.as_of = Some(day),
            AgingChoice::By(by) => self.params.by = by,
            AgingChoice::AgeBy(age_by) => {
                self.params.age_by = age_by;
                self.bucket = None;
            }
        }
    }

    fn is_past(&self, cx: &Cx<'_>) -> bool {
        let today = cx.ledger.today();
        self.params.day(today) < today
    }

    fn reset(&mut self) {
        self.params = Params::default();
        self.bucket = None;
    }
}
