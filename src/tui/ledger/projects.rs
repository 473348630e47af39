//! Projects: contract, cash received, progress against cash, what is open and what comes next. By code a page at a
//! time, however many there are; or those with something open, overdue first.
//!
//! ```text
//!  Projects (24)
//!    Code    Project    Customer      Contract      Cash             Progress      Open     Overdue
//! >  P-2031  数据中台   星河科技  1,600,000.00   70% ▇▇▇▇▇▇▇         80%     480,000.00  480,000.00
//! ```

mod rows;

use std::cmp::Reverse;
use std::collections::HashSet;

use ratatui::layout::Rect;

use crate::domain::ids::ProjectId;
use crate::error::Result;
use crate::report::contracts::{ContractSummary, find, summaries};
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

pub use rows::cash;
use rows::{Pages, ProjectRows};

/// Which projects, in which order.
enum Chosen {
    /// All of them by code: so many.
    All(usize),
    These(Vec<ProjectId>),
}

#[derive(Default, Clone, PartialEq)]
struct Shown {
    overdue_first: bool,
    find: String,
    filter: String,
    indexed: u64,
}

/// Projects, by code or overdue first.
pub struct Projects {
    version: u64,
    shown: Shown,
    typed: Typed,
    chosen: Chosen,
    standings: Vec<ContractSummary>,
    pages: Pages,
    found: Later<(u64, String), Vec<ProjectId>>,
    searching: bool,
}

impl Default for Projects {
    fn default() -> Self {
        Self {
            version: 0,
            shown: Shown::default(),
            typed: Typed::default(),
            chosen: Chosen::All(0),
            standings: Vec::new(),
            pages: Pages::default(),
            found: Later::default(),
            searching: false,
        }
    }
}

impl Projects {
    /// Those with something open that passes the filter, the most overdue first; amounts of different currencies stand
    /// apart.
    fn by_overdue(&self, ledger: &Ledger) -> Result<Vec<ProjectId>> {
        let main = ledger.digest.main;
        let sieve = Sieve::new(ledger, self.typed.filter());
        let passing;
        let mut order: Vec<&ContractSummary> = if sieve.is_open() {
            self.standings.iter().collect()
        } else {
            passing = summaries(sieve.passing(), ledger.today())?;
            let kept = passing.iter();
            kept.filter_map(|kept| find(&self.standings, kept.project))
                .collect()
        };
        order.sort_unstable_by_key(|standing| {
            (
                standing.currency != main,
                standing.currency.code(),
                Reverse(standing.overdue),
                Reverse(standing.open),
                standing.project,
            )
        });
        Ok(order.into_iter().map(|standing| standing.project).collect())
    }

    fn choose(&mut self, ledger: &Ledger) -> Result<()> {
        let find = self.shown.find.clone();
        self.chosen = if self.shown.overdue_first || !self.typed.filter().is_empty() {
            Chosen::These(self.by_overdue(ledger)?)
        } else {
            Chosen::All(ledger.store.project_count()?)
        };
        self.searching = false;
        if !find.is_empty() {
            let key = (self.version, find.clone());
            let found = self.found.get(&key, ledger, move |store| {
                let needle = Needle::new(&find);
                let mut found = Vec::new();
                store.each_project(|id, text| {
                    if needle.matches(text) {
                        found.push(id);
                    }
                })?;
                Ok(found)
            })?;
            match (found, &mut self.chosen) {
                (None, _) => self.searching = true,
                (Some(found), Chosen::These(ids)) => {
                    let found: HashSet<&ProjectId> = found.iter().collect();
                    ids.retain(|id| found.contains(id));
                }
                (Some(found), chosen) => *chosen = Chosen::These(found.clone()),
            }
        }
        self.pages.clear();
        Ok(())
    }

    fn project_rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> ProjectRows<'a> {
        ProjectRows {
            chosen: &self.chosen,
            standings: &self.standings,
            pages: &self.pages,
            ledger,
            look,
        }
    }

    fn title(&self, look: Look) -> String {
        let count = match &self.chosen {
            Chosen::All(count) => *count,
            Chosen::These(ids) => ids.len(),
        };
        match (&self.chosen, self.shown.overdue_first) {
            _ if self.searching => look.lang.searching().to_owned(),
            (Chosen::These(_), true) => look.lang.projects_open(count),
            _ => look.lang.projects_count(count),
        }
    }
}

impl Board for Projects {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, look: Look) -> Result<()> {
        let params = screen.params();
        self.typed.read(&params.filter, ledger.today(), look.lang);
        let named = self.typed.filter().needs_names();
        let shown = Shown {
            overdue_first: params.sort.is_some(),
            find: params.find.trim().to_owned(),
            filter: params.filter.clone(),
            indexed: if named { ledger.index().0 } else { 0 },
        };
        let same = self.version == ledger.version() && self.shown == shown;
        if same && !self.searching {
            return Ok(());
        }
        if self.version != ledger.version() {
            self.standings = summaries(ledger.book.items().iter(), ledger.today())?;
            self.version = ledger.version();
        }
        self.shown = shown;
        self.choose(ledger)
    }

    fn rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> Box<dyn Rows + 'a> {
        Box::new(self.project_rows(ledger, look))
    }

    fn under(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Under> {
        let rows = self.project_rows(ledger, look);
        let at = screen.params().list.at(&rows)?;
        let project = rows.row(at)?;
        Some(Under {
            kind: RowKind::Project,
            subject: Subject {
                milestones: Vec::new(),
                customer: Some(project.customer),
                project: Some(project.id),
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
        let (find, filter) = (&self.shown.find, &self.shown.filter);
        let mut lines = vec![(self.title(look), look.theme.strong())];
        lines.extend(cells::narrowed(find, filter, self.typed.problem(), look));
        let below = cells::lines(&lines, canvas);
        let rows = self.project_rows(ledger, look);
        if rows.is_empty() {
            let text = if find.is_empty() && filter.is_empty() {
                look.lang.no_projects()
            } else {
                look.lang.nothing_found()
            };
            cells::teach(text, below, canvas);
            return Ok(Vec::new());
        }
        let columns = rows::columns(look.lang);
        let state = &mut screen.list().list;
        let drawn = list::draw(canvas.frame, below, (&columns, &rows), state, (true, look));
        self.pages.check()?;
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
            Action::Open => {
                let under = self.under(screen, ledger, look);
                let id = under.and_then(|under| under.subject.project);
                id.map(|id| Response::Open(Screen::Project(One::new(id, screen.view()))))
            }
            Action::Sort => {
                screen.list().toggle_sort();
                Some(Response::Done)
            }
            _ => None,
        })
    }

    fn summary(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<String> {
        let rows = self.project_rows(ledger, look);
        let at = screen.params().list.at(&rows)?;
        Some(cells::line(&rows.cells(at)))
    }
}
