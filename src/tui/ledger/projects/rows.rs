//! The rows of the projects, read a page at a time as they come into sight.

use std::rc::Rc;

use crate::domain::ids::{IdMap, MilestoneId, ProjectId};
use crate::error::Error;
use crate::report::contracts::{ContractSummary, find};
use crate::store::{Name, Page, ProjectRow};
use crate::text::Lang;
use crate::tui::ledger::cells::{number, plain, whole, words};
use crate::tui::ledger::data::Ledger;
use crate::tui::ledger::seen::Seen;
use crate::tui::ledger::show;
use crate::tui::look::Look;
use crate::tui::widgets::bar::bar;
use crate::tui::widgets::list::{Cell, Column, RowId, Rows};

use super::Chosen;

/// Rows read at a time.
const PAGE: usize = 64;
/// Pages kept; a walk through a long list forgets where it began.
const KEPT: usize = 64;
/// Cells of a whole bar.
const BAR: usize = 8;

/// Some projects, and the names of what comes next in them.
pub struct Read {
    rows: Vec<ProjectRow>,
    next: IdMap<MilestoneId, Name>,
}

/// The pages read so far, by number.
pub type Pages = Seen<usize, Rc<Read>>;

pub fn columns(lang: Lang) -> [Column; 12] {
    [
        words(lang.code_word(), 6, 0),
        words(lang.project_word(), 12, 0),
        words(lang.customer_word(), 8, 5),
        words(lang.manager_short(), 6, 8),
        number(lang.contract_word(), 4),
        number(lang.received_word(), 3),
        whole(lang.cash_word(), 1),
        number(lang.progress_word(), 2),
        number(lang.ahead_word(), 7),
        number(lang.open_word(), 0),
        number(lang.overdue_word(), 0),
        words(lang.next_milestone(), 10, 6),
    ]
}

pub struct ProjectRows<'a> {
    pub chosen: &'a Chosen,
    pub standings: &'a [ContractSummary],
    pub pages: &'a Pages,
    pub ledger: &'a Ledger,
    pub look: Look,
}

impl ProjectRows<'_> {
    /// The project at a place.
    pub fn row(&self, at: usize) -> Option<ProjectRow> {
        self.page(at / PAGE)?.rows.get(at % PAGE).cloned()
    }

    fn page(&self, page: usize) -> Option<Rc<Read>> {
        self.pages.get(&page, KEPT, || {
            let read = self.fetch(page)?;
            Ok(vec![(page, Rc::new(read))])
        })
    }

    fn fetch(&self, page: usize) -> Result<Read, Error> {
        let store = &self.ledger.store;
        let rows = match self.chosen {
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
        let next = rows.iter().filter_map(|row| find(self.standings, row.id));
        let next: Vec<MilestoneId> = next.map(|standing| standing.next).collect();
        Ok(Read {
            next: store.milestone_names(&next)?,
            rows,
        })
    }
}

impl Rows for ProjectRows<'_> {
    fn len(&self) -> usize {
        match self.chosen {
            Chosen::All(count) => *count,
            Chosen::These(ids) => ids.len(),
        }
    }

    fn id(&self, at: usize) -> RowId {
        let id = match self.chosen {
            Chosen::All(_) => self.row(at).map(|row| row.id),
            Chosen::These(ids) => ids.get(at).copied(),
        };
        RowId(id.map_or(0, |id| id.0))
    }

    fn position(&self, id: RowId) -> Option<usize> {
        match self.chosen {
            Chosen::All(count) => {
                let place = self.ledger.store.project_place(ProjectId(id.0)).ok()?;
                (place < *count).then_some(place)
            }
            Chosen::These(ids) => ids.iter().position(|known| known.0 == id.0),
        }
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        let Some(read) = self.page(at / PAGE) else {
            return Vec::new();
        };
        let Some(row) = read.rows.get(at % PAGE) else {
            return Vec::new();
        };
        let (theme, lang) = (self.look.theme, self.look.lang);
        let money = |minor: i64| show::amount(minor, row.currency, self.ledger);
        let standing = find(self.standings, row.id);
        let overdue = standing.map_or(0, |standing| standing.overdue);
        let contract = row.contract_amount.unwrap_or(row.planned);
        let ahead = ahead(row);
        let next = standing.map_or_else(String::new, |standing| {
            let name = read.next.get(&standing.next).map_or("", |name| &*name.name);
            match standing.next_due {
                Some(due) => format!("{} {name}", lang.day(due, self.ledger.today())),
                None => name.to_owned(),
            }
        });
        let far = ahead.saturating_mul(5) >= contract && ahead > 0;
        let nothing = |minor: i64, style| {
            if minor == 0 {
                Cell::new("-", theme.dim())
            } else {
                Cell::new(money(minor), style)
            }
        };
        vec![
            plain(row.code.as_str()),
            plain(row.name.as_str()),
            plain(row.customer_name.as_str()),
            plain(if row.manager.is_empty() {
                lang.no_manager_short()
            } else {
                &row.manager
            }),
            plain(row.contract_amount.map_or_else(|| "-".to_owned(), money)),
            plain(money(row.received)),
            Cell::new(cash(row.received, contract, theme.bar()), theme.good()),
            plain(
                row.progress_percent
                    .map_or_else(|| "-".to_owned(), |p| format!("{p}%")),
            ),
            nothing(ahead, if far { theme.bad() } else { theme.warn() }),
            nothing(row.balance, theme.text()),
            nothing(overdue, theme.bad()),
            plain(next),
        ]
    }
}

/// The share of a contract that has arrived, in percent and as a bar.
pub fn cash(received: i64, contract: i64, fill: &str) -> String {
    if contract <= 0 {
        return "-".to_owned();
    }
    let percent = i128::from(received) * 100 / i128::from(contract);
    let line = bar(received, contract, BAR, fill);
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
