//! The table: rows by group and currency, buckets as columns, a bar a row, totals that never scroll away. Computed when
//! ledger, day, grouping, basis or buckets change, never for a frame.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;
use iso_currency::Currency;
use ratatui::layout::Rect;

use crate::domain::aging::{AgeBy, Buckets};
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::error::{Error, Result};
use crate::portfolio::{Names, Portfolio};
use crate::report::aging::{self as report, AgingRow, AgingTable, GroupBy, GroupKey, Sums};
use crate::text::find::{Key as Prepared, Needle};
use crate::tui::desk::Response;
use crate::tui::keymap::RowKind;
use crate::tui::ledger::board::{Canvas, Under};
use crate::tui::ledger::data::Ledger;
use crate::tui::ledger::sieve::Sieve;
use crate::tui::look::Look;
use crate::tui::record::Subject;
use crate::tui::screens::{AgedParams, AgingParams, ListParams, Screen};
use crate::tui::widgets::list::{RowId, Rows};

use super::draw;

/// What the sums are computed from.
#[derive(PartialEq)]
struct Source {
    version: u64,
    day: NaiveDate,
    by: GroupBy,
    buckets: Buckets,
    filter: String,
    indexed: u64,
}

/// The table as it is shown.
#[derive(Default)]
pub struct Table {
    source: Option<Source>,
    shown: (usize, String),
    computed: Option<AgingTable>,
    /// Places in the table, as sorted and found.
    order: Vec<usize>,
    names: RefCell<Names>,
    prepared: Vec<Prepared>,
    /// The greatest total of each currency: the length of a whole bar.
    greatest: HashMap<Currency, i64>,
    waiting: bool,
    trouble: RefCell<Option<Error>>,
}

/// What is past due of a row: the buckets behind the first, or all where nothing is "not due".
pub fn late(sums: &Sums, age_by: AgeBy) -> i64 {
    let skipped = usize::from(age_by != AgeBy::Invoice);
    let late = sums.amounts.iter().skip(skipped);
    late.fold(0, |sum: i64, amount| sum.saturating_add(*amount))
}

impl Table {
    /// The day asked for is still being computed: what was shown stays.
    pub const fn wait(&mut self) {
        self.waiting = true;
    }

    /// Brings the table up to date with the book of its day.
    pub fn sync(
        &mut self,
        params: &AgingParams,
        (book, sieve): (&Portfolio, &Sieve<'_>),
        ledger: &Ledger,
        look: Look,
    ) -> Result<()> {
        self.waiting = false;
        let source = Source {
            version: ledger.version(),
            day: book.today,
            by: params.by,
            buckets: params.buckets(),
            filter: params.list.filter.clone(),
            indexed: ledger.index().0,
        };
        let shown = (
            params.list.sort.unwrap_or_default(),
            params.list.find.clone(),
        );
        let same = self.source.as_ref() == Some(&source);
        if same && self.shown == shown {
            return Ok(());
        }
        if !same {
            if self
                .source
                .as_ref()
                .is_none_or(|old| old.version != source.version)
            {
                self.names.take();
            }
            let table = if sieve.is_open() {
                let (items, unapplied) = (book.items(), book.unapplied.as_slice());
                report::table(items, unapplied, source.day, source.by, &source.buckets)?
            } else {
                // Money on account belongs to no milestone: it passes no filter of milestones.
                let items: Vec<Item> = sieve.passing().cloned().collect();
                report::table(&items, &[], source.day, source.by, &source.buckets)?
            };
            self.greatest.clear();
            for row in &table.rows {
                let greatest = self.greatest.entry(row.currency).or_default();
                *greatest = row.sums.total.max(*greatest);
            }
            self.computed = Some(table);
            self.prepared.clear();
            self.source = Some(source);
        }
        self.shown = shown;
        self.arrange(ledger, look)
    }

    fn arrange(&mut self, ledger: &Ledger, look: Look) -> Result<()> {
        let (sort, find) = &self.shown;
        let Some(table) = &self.computed else {
            return Ok(());
        };
        let mut order: Vec<usize> = (0..table.rows.len()).collect();
        let needle = Needle::new(find);
        if !needle.is_empty() || *sort == 2 {
            report::read_names(table, self.names.get_mut(), &ledger.store)?;
        }
        if !needle.is_empty() {
            if self.prepared.is_empty() {
                let names = self.names.get_mut();
                let text = |row: &AgingRow| {
                    let (code, name) = label(row, names, look);
                    Prepared::new(&format!("{code} {name}"))
                };
                self.prepared = table.rows.iter().map(text).collect();
            }
            order.retain(|at| {
                self.prepared
                    .get(*at)
                    .is_some_and(|key| needle.matches_key(key))
            });
        }
        let (main, age_by) = (ledger.digest.main, table.buckets.age_by);
        if *sort == 2 {
            let names = self.names.get_mut();
            order.sort_by_cached_key(|at| {
                let row = &table.rows[*at];
                let code = label(row, names, look).0;
                (row.currency != main, row.currency.code(), code)
            });
        } else {
            let rank = |of: Currency| {
                let mut codes = table.totals.iter().map(|(currency, _)| *currency);
                codes
                    .position(|currency| currency == of)
                    .filter(|_| of != main)
            };
            let mut placed: Vec<_> = order
                .into_iter()
                .map(|at| {
                    let row = &table.rows[at];
                    let (late, total) = (late(&row.sums, age_by), row.sums.total);
                    let first = if *sort == 1 { total } else { late };
                    (rank(row.currency), Reverse(first), Reverse(total), at)
                })
                .collect();
            placed.sort_unstable();
            order = placed.into_iter().map(|(.., at)| at).collect();
        }
        self.order = order;
        Ok(())
    }

    /// The row at a place.
    pub fn row(&self, at: usize) -> Option<&AgingRow> {
        self.computed.as_ref()?.rows.get(*self.order.get(at)?)
    }

    /// Code and name of a row, read when it comes into sight.
    pub fn label(&self, row: &AgingRow, ledger: &Ledger, look: Look) -> (String, String) {
        let mut names = self.names.borrow_mut();
        let store = &ledger.store;
        let read = match row.key {
            GroupKey::Customer(id) => names.read_customers(store, std::iter::once(id)),
            GroupKey::Project(id) => names.read_projects(store, std::iter::once(id)),
            GroupKey::Manager(_) => names.read_people(store),
            _ => Ok(()),
        };
        if let Err(error) = read {
            self.trouble.replace(Some(error));
        }
        label(row, &names, look)
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.order.len()
    }

    /// What was computed last.
    pub const fn computed(&self) -> Option<&AgingTable> {
        self.computed.as_ref()
    }

    /// The greatest total of a currency.
    pub fn greatest(&self, currency: Currency) -> i64 {
        self.greatest.get(&currency).copied().unwrap_or_default()
    }

    /// Whether another day is being computed.
    pub const fn is_waiting(&self) -> bool {
        self.waiting
    }

    pub fn rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> Box<dyn Rows + 'a> {
        Box::new(draw::TableRows::plain(self, ledger, look))
    }

    fn chosen(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<&AgingRow> {
        let at = screen.params().list.at(self.rows(ledger, look).as_ref())?;
        self.row(at)
    }

    pub fn under(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Under> {
        let row = self.chosen(screen, ledger, look)?;
        let mut subject = Subject {
            milestones: Vec::<MilestoneId>::new(),
            ..Subject::default()
        };
        let kind = match row.key {
            GroupKey::Customer(id) => {
                subject.customer = Some(id);
                RowKind::Customer
            }
            GroupKey::Project(id) => {
                subject.project = Some(id);
                let items = ledger.book.items();
                let item = items.iter().find(|item| item.project == id);
                subject.customer = item.map(|item| item.customer);
                RowKind::Project
            }
            _ => RowKind::Other,
        };
        Some(Under { kind, subject })
    }

    /// Goes to what stands behind a row.
    pub fn open(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Response> {
        let (Screen::Aging(params), Some(row)) = (screen, self.chosen(screen, ledger, look)) else {
            return None;
        };
        if row.sums.total == 0 && row.sums.planned == 0 {
            return Some(Response::Say(look.lang.nothing_behind().to_owned()));
        }
        Some(Response::Open(Screen::Aged(Box::new(AgedParams {
            aging: AgingParams {
                list: ListParams {
                    filter: params.list.filter.clone(),
                    ..ListParams::default()
                },
                ..params.clone()
            },
            key: row.key,
            currency: row.currency,
            list: ListParams::default(),
        }))))
    }

    pub fn draw(
        &self,
        params: &mut AgingParams,
        ledger: &Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        let drawn = draw::draw(self, params, ledger, canvas);
        match self.trouble.take() {
            Some(error) => Err(error),
            None => Ok(drawn),
        }
    }
}

/// Code and name, short where there is a short one.
fn label(row: &AgingRow, names: &Names, look: Look) -> (String, String) {
    match row.key {
        GroupKey::Customer(id) => {
            let customer = names.customer(id);
            (customer.code.to_string(), customer.short().to_owned())
        }
        GroupKey::Project(id) => {
            let project = names.project(id);
            (project.code.to_string(), project.name.to_string())
        }
        key => {
            let name = report::group_name(key, row.currency, names);
            let name = name.unwrap_or(look.lang.group_word(key));
            (String::new(), name.to_owned())
        }
    }
}
