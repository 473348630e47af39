//! The aging table, and the milestones behind one of its rows.
//!
//! ```text
//!  Aging as of 2026-10-31 by customer; aged by due date, bucket edges at 30/60/90/180/365 days
//!    Customer         Not due        1-30       31-60       61-90     Overdue       Total
//! >  星河科技      120,000.00        0.00  480,000.00        0.00  480,000.00  600,000.00  ▇▇▇▇▇▇▇▇--
//!    远景装备       50,000.00        0.00        0.00        0.00        0.00   50,000.00  -
//!    Total         170,000.00        0.00  480,000.00        0.00  480,000.00  650,000.00
//! ```

mod aged;
mod columns;
mod draw;
mod heading;
mod step;
mod table;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::error::Result;
use crate::portfolio::Portfolio;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::look::Look;
use crate::tui::screens::{AgingParams, Screen};
use crate::tui::widgets::list::{RowId, Rows};

use super::board::{Board, Canvas, Under};
use super::cells;
use super::data::Ledger;
use super::later::Later;
use super::sieve::{Sieve, Typed};

use aged::Aged;
use table::Table;

/// The aging table, and the milestones behind one of its rows.
#[derive(Default)]
pub struct Aging {
    past: Later<(u64, NaiveDate, bool), Portfolio>,
    typed: Typed,
    table: Table,
    aged: Aged,
    /// Which of the two was asked for last.
    behind: bool,
}

/// The day a table is of: never after today.
fn as_of(params: &AgingParams, ledger: &Ledger) -> NaiveDate {
    params.as_of.unwrap_or(NaiveDate::MAX).min(ledger.today())
}

impl Board for Aging {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, look: Look) -> Result<()> {
        let params = match &*screen {
            Screen::Aging(params) => params,
            Screen::Aged(aged) => &aged.aging,
            _ => return Ok(()),
        };
        self.behind = matches!(screen, Screen::Aged(_));
        let day = as_of(params, ledger);
        let mut filter = params.list.filter.clone();
        if let Screen::Aged(aged) = &*screen {
            filter = format!("{filter} {}", aged.list.filter);
        }
        self.typed.read(filter.trim(), ledger.today(), look.lang);
        let named = self.typed.filter().needs_names();
        let book = if day == ledger.today() {
            Some(&ledger.book)
        } else {
            let key = (ledger.version(), day, named);
            self.past.get(&key, ledger, move |store| {
                let mut book = Portfolio::load(store, day)?;
                if named {
                    book.name_all(store, &[])?;
                }
                Ok(book)
            })?
        };
        let Some(book) = book else {
            self.table.wait();
            return Ok(());
        };
        let sieve = if day == ledger.today() {
            Sieve::new(ledger, self.typed.filter())
        } else {
            Sieve::of(book, self.typed.filter())
        };
        match &*screen {
            Screen::Aged(aged) => self.aged.sync(aged, (book, &sieve), ledger),
            Screen::Aging(params) => self.table.sync(params, (book, &sieve), ledger, look),
            _ => Ok(()),
        }
    }

    fn rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> Box<dyn Rows + 'a> {
        if self.behind {
            self.aged.rows(ledger, look)
        } else {
            self.table.rows(ledger, look)
        }
    }

    fn under(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Under> {
        if self.behind {
            self.aged.under(screen, ledger, look)
        } else {
            self.table.under(screen, ledger, look)
        }
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        match screen {
            Screen::Aging(params) => {
                let (find, filter) = (&params.list.find, &params.list.filter);
                let problem = self.typed.problem();
                let narrowed = cells::narrowed(find, filter, problem, canvas.look);
                canvas.area = cells::lines(&narrowed, canvas);
                self.table.draw(params, ledger, canvas)
            }
            Screen::Aged(aged) => {
                let (find, filter) = (&aged.list.find, &aged.list.filter);
                let problem = self.typed.problem();
                let narrowed = cells::narrowed(find, filter, problem, canvas.look);
                canvas.area = cells::lines(&narrowed, canvas);
                self.aged.draw(aged, ledger, canvas)
            }
            _ => Ok(Vec::new()),
        }
    }

    fn act(
        &mut self,
        action: Action,
        screen: &mut Screen,
        ledger: &mut Ledger,
        look: Look,
    ) -> Result<Option<Response>> {
        if self.behind {
            return Ok(self.aged.act(action, screen, ledger, look));
        }
        if action == Action::Open {
            return Ok(self.table.open(screen, ledger, look));
        }
        let Screen::Aging(params) = screen else {
            return Ok(None);
        };
        let columns = columns::columns_of(&params.buckets()).len();
        Ok(step::step(params, action, ledger.today(), columns).then_some(Response::Done))
    }

    fn is_past(&self, screen: &Screen, ledger: &Ledger) -> bool {
        match screen {
            Screen::Aging(params) => as_of(params, ledger) < ledger.today(),
            _ => false,
        }
    }

    fn summary(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<String> {
        let rows = self.rows(ledger, look);
        let at = screen.params().list.at(rows.as_ref())?;
        Some(cells::line(&rows.cells(at)))
    }
}
