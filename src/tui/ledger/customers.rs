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
use crate::error::Result;
use crate::report::debtors::{Debtor, debtors};
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::keymap::RowKind;
use crate::tui::look::Look;
use crate::tui::record::Subject;
use crate::tui::screens::{One, Screen};
use crate::tui::widgets::list::{self, RowId, Rows};

use super::board::{Board, Canvas, Under};
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
        let book = &ledger.book;
        self.debtors = debtors(
            book.items(),
            &book.unapplied,
            &book.customers,
            book.today,
            main,
        )?;
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
        let main = ledger.digest.main;
        let place = |debtor: &Debtor| {
            let debt = debtor.debts.iter().max_by_key(|debt| debt.overdue);
            let Some(debt) = debt.filter(|debt| debt.overdue > 0) else {
                let owed = debtor.debts.iter().map(|debt| i128::from(debt.receivable));
                return (2, i128::from(debtor.items == 0), -owed.sum::<i128>());
            };
            // Amounts of other currencies do not compare: they come after.
            let fine = 10_i128.pow(4_u32.saturating_sub(exponent(debt.currency)));
            (
                u8::from(debt.currency != main),
                0,
                -i128::from(debt.overdue) * fine,
            )
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

    fn customer_rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> CustomerRows<'a> {
        CustomerRows {
            ids: &self.ids,
            debtors: &self.debtors,
            known: &self.known,
            ledger,
            look,
        }
    }

    fn chosen(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<CustomerId> {
        let at = screen.params().list.at(&self.customer_rows(ledger, look))?;
        self.ids.get(at).copied()
    }
}

impl Board for Customers {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, look: Look) -> Result<()> {
        let params = screen.params();
        self.typed.read(&params.filter, ledger.today(), look.lang);
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

    fn rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> Box<dyn Rows + 'a> {
        Box::new(self.customer_rows(ledger, look))
    }

    fn under(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Under> {
        let id = self.chosen(screen, ledger, look)?;
        Some(Under {
            kind: RowKind::Customer,
            subject: Subject {
                customer: Some(id),
                ..Subject::default()
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
        let title = if self.searching {
            look.lang.searching().to_owned()
        } else {
            look.lang.customers_count(self.ids.len())
        };
        let (find, filter) = (&self.shown.find, &self.shown.filter);
        let mut lines = vec![(title, look.theme.strong())];
        lines.extend(cells::narrowed(find, filter, self.typed.problem(), look));
        let below = cells::lines(&lines, canvas);
        if self.all.is_empty() {
            cells::teach(look.lang.no_customers(), below, canvas);
            return Ok(Vec::new());
        }
        if self.ids.is_empty() {
            cells::teach(look.lang.nothing_found(), below, canvas);
            return Ok(Vec::new());
        }
        let rows = self.customer_rows(ledger, look);
        let columns = rows::columns(look.lang);
        let state = &mut screen.list().list;
        let drawn = list::draw(canvas.frame, below, (&columns, &rows), state, (true, look));
        self.known.check()?;
        Ok(drawn)
    }

    fn act(
        &mut self,
        action: Action,
        screen: &mut Screen,
        ledger: &mut Ledger,
        look: Look,
    ) -> Result<Option<Response>> {
        Ok(match action {
            Action::Open => self.chosen(screen, ledger, look).map(|id| {
                let one = One::new(id, screen.view());
                Response::Open(Screen::Customer(one))
            }),
            Action::Sort => {
                screen.list().toggle_sort();
                Some(Response::Done)
            }
            _ => None,
        })
    }

    fn summary(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<String> {
        let rows = self.customer_rows(ledger, look);
        let at = screen.params().list.at(&rows)?;
        Some(cells::line(&rows.cells(at)))
    }
}
