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
use crate::report::contracts::{Standing, find, standings};
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
    standings: Vec<Standing>,
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
        let mut order: Vec<&Standing> = if sieve.is_open() {
            self.standings.iter().collect()
        } else {
            passing = standings(sieve.passing(), ledger.today())?;
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

    fn project_rows<'a>(&'a self, ledger: &'a Ledger, ui: Ui) -> ProjectRows<'a> {
        ProjectRows {
            chosen: &self.chosen,
            standings: &self.standings,
            pages: &self.pages,
            ledger,
            ui,
        }
    }

    fn title(&self, ui: Ui) -> String {
        let count = match &self.chosen {
            Chosen::All(count) => *count,
            Chosen::These(ids) => ids.len(),
        };
        match (&self.chosen, self.shown.overdue_first) {
            _ if self.searching => ui.lang.searching().to_owned(),
            (Chosen::These(_), true) => ui.lang.projects_open(count),
            _ => ui.lang.projects_count(count),
        }
    }
}

impl Board for Projects {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, ui: Ui) -> Result<()> {
        let params = screen.params();
        self.typed.read(&params.filter, ledger.today(), ui.lang);
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
            self.standings = standings(ledger.book.items().iter(), ledger.today())?;
            self.version = ledger.version();
        }
        self.shown = shown;
        self.choose(ledger)
    }

    fn rows<'a>(&'a self, ledger: &'a Ledger, ui: Ui) -> Box<dyn Rows + 'a> {
        Box::new(self.project_rows(ledger, ui))
    }

    fn under(&self, screen: &Screen, ledger: &Ledger, ui: Ui) -> Option<Selection> {
        let rows = self.project_rows(ledger, ui);
        let at = screen.params().list.at(&rows)?;
        let project = rows.row(at)?;
        Some(Selection {
            row: Some(RowKind::Project),
            milestones: Vec::new(),
            customer: Some(project.customer),
            project: Some(project.id),
        })
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        let ui = canvas.ui;
        let (find, filter) = (&self.shown.find, &self.shown.filter);
        let mut lines = vec![(self.title(ui), ui.theme.strong())];
        lines.extend(cells::narrowed(find, filter, self.typed.problem(), ui));
        let below = cells::lines(&lines, canvas);
        let rows = self.project_rows(ledger, ui);
        if rows.is_empty() {
            let text = if find.is_empty() && filter.is_empty() {
                ui.lang.no_projects()
            } else {
                ui.lang.nothing_found()
            };
            cells::teach(text, below, canvas);
            return Ok(Vec::new());
        }
        let columns = rows::columns(ui.lang);
        let state = &mut screen.list().list;
        let drawn = list::draw(canvas.frame, below, (&columns, &rows), state, (true, ui));
        self.pages.check()?;
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
            Action::Open => {
                let under = self.under(screen, ledger, ui);
                let id = under.and_then(|under| under.project);
                id.map(|id| Effect::Push(Screen::Project(One::new(id, screen.view()))))
            }
            Action::Sort => {
                screen.list().toggle_sort();
                Some(Effect::None)
            }
            _ => None,
        })
    }

    fn summary(&self, screen: &Screen, ledger: &Ledger, ui: Ui) -> Option<String> {
        let rows = self.project_rows(ledger, ui);
        let at = screen.params().list.at(&rows)?;
        Some(cells::line(&rows.cells(at)))
    }
}
