//! Customers: what each owes, how late, what is promised, disputed and on account. Those with something open first, the
//! most overdue on top; then the others by code.
//!
//! ```text
//!  Customers (12)
//!    Code  Customer  Grade  Receivable     Overdue  Oldest  Promised  Disputed  Unapplied  Open items  Last touch
//! >  C1    星河科技  B      600,000.00  480,000.00      50      0.00      0.00       0.00           3  2026-11-10
//! ```

mod rows;

use std::collections::HashSet;

use ratatui::layout::Rect;

use crate::domain::ids::{CustomerId, IdMap};
use crate::domain::money::exponent;
use crate::report::debtors::{Debtor, debtors};
use crate::report::worklist::rate;
use crate::text::find::Needle;
use crate::trouble::Result;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::keymap::RowKind;
use crate::tui::screens::{One, Screen};
use crate::tui::selection::Selection;
use crate::tui::theme::Ui;
use crate::tui::widgets::list::{self, RowId, Rows};

use super::board::{Board, Canvas};
use super::cells;
use super::data::Ledger;
use super::later::Later;
use super::sieve::{Sieve, Typed};

use rows::{CustomerRows, Known};

#[derive(Default, Clone, PartialEq)]
struct Shown {
    by_code: bool,
    find: String,
    filter: String,
    indexed: u64,
}

/// Who owes, the most overdue first, or by code.
#[derive(Default)]
pub struct Customers {
    version: u64,
    shown: Shown,
    typed: Typed,
    debtors: Vec<Debtor>,
    /// Every customer: those who owe first, or by code.
    all: Vec<CustomerId>,
    ids: Vec<CustomerId>,
    known: Known,
    found: Later<(u64, String), HashSet<CustomerId>>,
    searching: bool,
}

impl Customers {
    fn read(&mut self, ledger: &Ledger) -> Result<()> {
        let main = ledger.digest.main;
        let open = (ledger.book.items(), ledger.book.unapplied.as_slice());
        self.debtors = debtors(open, &ledger.book.customers, ledger.today(), main)?;
        self.version = ledger.version();
        self.known.clear();
        Ok(())
    }

    /// Puts all customers into the order that is asked for.
    fn order(&mut self, ledger: &Ledger) -> Result<()> {
        self.all = ledger.store.customer_ids()?;
        if self.shown.by_code {
            return Ok(());
        }
        let (main, policy) = (ledger.digest.main, &ledger.book.policy);
        let place = |debtor: &Debtor| {
            let debt = debtor.debts.iter().max_by_key(|debt| debt.overdue);
            let Some(debt) = debt.filter(|debt| debt.overdue > 0) else {
                let owed = debtor.debts.iter().map(|debt| i128::from(debt.receivable));
                return (2, i128::from(debtor.items == 0), -owed.sum::<i128>());
            };
            // A currency without a rate comes after those that compare.
            let fine = 10_i128.pow(4_u32.saturating_sub(exponent(debt.currency)));
            let rate = rate(debt.currency, main, policy);
            let size = i128::from(debt.overdue) * fine * i128::from(rate.unwrap_or(1));
            (u8::from(rate.is_none()), 0, -size)
        };
        let owing = self.debtors.iter();
        let places: IdMap<CustomerId, _> = owing.map(|d| (d.customer, place(d))).collect();
        // Among customers with the same overdue amount the order of codes stays.
        self.all
            .sort_by_cached_key(|id| places.get(id).copied().unwrap_or((3, 0, 0)));
        Ok(())
    }

    fn choose(&mut self, ledger: &Ledger) -> Result<()> {
        self.searching = false;
        let find = self.shown.find.clone();
        self.ids.clone_from(&self.all);
        if !self.typed.filter().is_empty() {
            let sieve = Sieve::new(ledger, self.typed.filter());
            let owing: HashSet<CustomerId> = sieve.passing().map(|item| item.customer).collect();
            self.ids.retain(|id| owing.contains(id));
        }
        if find.is_empty() {
            return Ok(());
        }
        let key = (self.version, find.clone());
        let found = self.found.get(&key, ledger, move |store| {
            let needle = Needle::new(&find);
            let mut found = HashSet::new();
            store.each_customer(|id, text| {
                if needle.matches(text) {
                    found.insert(id);
                }
            })?;
            Ok(found)
        })?;
        match found {
            Some(found) => self.ids.retain(|id| found.contains(id)),
            None => self.searching = true,
        }
        Ok(())
    }

    fn customer_rows<'a>(&'a self, ledger: &'a Ledger, ui: Ui) -> CustomerRows<'a> {
        CustomerRows {
            ids: &self.ids,
            debtors: &self.debtors,
            known: &self.known,
            ledger,
            ui,
        }
    }

    fn chosen(&self, screen: &Screen, ledger: &Ledger, ui: Ui) -> Option<CustomerId> {
        let at = screen.params().list.at(&self.customer_rows(ledger, ui))?;
        self.ids.get(at).copied()
    }
}

impl Board for Customers {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, ui: Ui) -> Result<()> {
        let params = screen.params();
        self.typed.read(&params.filter, ledger.today(), ui.lang);
        let named = self.typed.filter().needs_names();
        let shown = Shown {
            by_code: params.sort.is_some(),
            find: params.find.trim().to_owned(),
            filter: params.filter.clone(),
            indexed: if named { ledger.index().0 } else { 0 },
        };
        let same = self.version == ledger.version();
        if same && self.shown == shown && !self.searching {
            return Ok(());
        }
        let reorder = !same || self.shown.by_code != shown.by_code;
        self.shown = shown;
        if !same {
            self.read(ledger)?;
        }
        if reorder {
            self.order(ledger)?;
        }
        self.choose(ledger)
    }

    fn rows<'a>(&'a self, ledger: &'a Ledger, ui: Ui) -> Box<dyn Rows + 'a> {
        Box::new(self.customer_rows(ledger, ui))
    }

    fn under(&self, screen: &Screen, ledger: &Ledger, ui: Ui) -> Option<Selection> {
        let id = self.chosen(screen, ledger, ui)?;
        Some(Selection {
            row: Some(RowKind::Customer),
            customer: Some(id),
            ..Selection::default()
        })
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        let ui = canvas.ui;
        let title = if self.searching {
            ui.lang.searching().to_owned()
        } else {
            ui.lang.customers_count(self.ids.len())
        };
        let (find, filter) = (&self.shown.find, &self.shown.filter);
        let mut lines = vec![(title, ui.theme.strong())];
        lines.extend(cells::narrowed(find, filter, self.typed.problem(), ui));
        let below = cells::lines(&lines, canvas);
        if self.all.is_empty() {
            cells::teach(ui.lang.no_customers(), below, canvas);
            return Ok(Vec::new());
        }
        if self.ids.is_empty() {
            cells::teach(ui.lang.nothing_found(), below, canvas);
            return Ok(Vec::new());
        }
        let rows = self.customer_rows(ledger, ui);
        let columns = rows::columns(ui.lang);
        let state = &mut screen.list().list;
        let drawn = list::draw(canvas.frame, below, (&columns, &rows), state, (true, ui));
        self.known.check()?;
        Ok(drawn)
    }

    fn act(
        &mut self,
        action: Action,
        screen: &mut Screen,
        ledger: &mut Ledger,
        ui: Ui,
    ) -> Result<Option<Effect>> {
        Ok(match action {
            Action::Open => self.chosen(screen, ledger, ui).map(|id| {
                let one = One::new(id, screen.view());
                Effect::Push(Screen::Customer(one))
            }),
            Action::Sort => {
                screen.list().toggle_sort();
                Some(Effect::None)
            }
            _ => None,
        })
    }

    fn summary(&self, screen: &Screen, ledger: &Ledger, ui: Ui) -> Option<String> {
        let rows = self.customer_rows(ledger, ui);
        let at = screen.params().list.at(&rows)?;
        Some(cells::line(&rows.cells(at)))
    }
}
