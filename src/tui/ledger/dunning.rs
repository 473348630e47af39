//! Dunning: the ladder, one group per step, with what waits and why.
//!
//! ```text
//!    Customer                 Milestone          Amount   Late  Due         Next
//!    2 first reminder (1)                    210,000.00                     call, politely
//! >  华东水务                 M2 进度款      210,000.00     13  2026-11-08  last touch 11-10
//!    3 formal notice (0)
//!    Disputed (1)                             50,000.00
//!    远景装备                 M2 验收款       50,000.00      -  2026-12-01  part, since 2026-10-20, 李雷
//! ```

mod rows;

use ratatui::layout::Rect;

use crate::domain::ids::MilestoneId;
use crate::report::ladder::{self, Ladder, Rung};
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
use super::data::{Found, Ledger};
use super::labels::Labels;
use super::sieve::{Sieve, Typed};

use rows::{LadderRows, Stories};

/// One row: a group's heading, or a milestone in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Heading(usize),
    Rung(usize, Rung),
}

/// Groups a milestone can stand in, at most: a row is known by its milestone and its group.
const GROUPS: i64 = 32;

impl Row {
    fn id(&self) -> RowId {
        match self {
            Self::Heading(group) => RowId(-1 - place(*group)),
            Self::Rung(group, rung) => RowId(rung.id.0 * GROUPS + place(*group)),
        }
    }
}

fn place(group: usize) -> i64 {
    i64::try_from(group).unwrap_or_default()
}

/// The milestone a row stands for.
fn milestone(id: RowId) -> Option<MilestoneId> {
    (id.0 >= 0).then_some(MilestoneId(id.0 / GROUPS))
}

/// What the rows were made of.
#[derive(PartialEq)]
struct Made {
    version: u64,
    found: Option<u64>,
    indexed: u64,
    filter: String,
}

/// Dunning: the ladder, one group per step, with what waits and why.
#[derive(Default)]
pub struct Dunning {
    made: Option<Made>,
    typed: Typed,
    ladder: Ladder,
    rows: Vec<Row>,
    labels: Labels,
    stories: Stories,
}

impl Dunning {
    fn lay_out(&mut self, ledger: &Ledger, found: Option<&Found>) {
        let sieve = Sieve::new(ledger, self.typed.filter());
        let items = ledger.book.items();
        let passes = |id| {
            let at = items.binary_search_by_key(&id, |item| item.id).ok();
            at.is_some_and(|at| sieve.passes(at, &items[at]))
        };
        let fits = |rung: &Rung| {
            found.is_none_or(|found| found.has(rung.id)) && (sieve.is_open() || passes(rung.id))
        };
        let narrowed = found.is_some() || !self.typed.filter().is_empty();
        self.rows.clear();
        for (at, step) in self.ladder.steps.iter().enumerate() {
            let before = self.rows.len();
            self.rows.push(Row::Heading(at));
            let shown = step.rungs.iter().filter(|rung| fits(rung));
            self.rows.extend(shown.map(|rung| Row::Rung(at, *rung)));
            let on_ladder = matches!(step.group, ladder::Group::Step(_)) && !narrowed;
            if self.rows.len() == before + 1 && !on_ladder {
                self.rows.pop();
            }
        }
    }

    fn row(&self, screen: &Screen, ledger: &Ledger, ui: Ui) -> Option<Row> {
        let rows = self.rows(ledger, ui);
        let at = screen.params().list.at(rows.as_ref())?;
        self.rows.get(at).copied()
    }
}

impl Board for Dunning {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, ui: Ui) -> Result<()> {
        let list = screen.params();
        let found = ledger.find(&list.find)?;
        self.typed.read(&list.filter, ledger.today(), ui.lang);
        let named = self.typed.filter().needs_names();
        let made = Made {
            version: ledger.version(),
            found: found.as_ref().map(|found| found.serial),
            indexed: if named { ledger.index().0 } else { 0 },
            filter: list.filter.clone(),
        };
        if self.made.as_ref() == Some(&made) {
            return Ok(());
        }
        if self
            .made
            .as_ref()
            .is_none_or(|old| old.version != made.version)
        {
            self.labels.sync(ledger);
            self.stories = Stories::default();
            self.ladder = ladder::ladder(
                ledger.book.items(),
                &ledger.digest.worklist,
                ledger.today(),
                &ledger.book.policy,
                ledger.digest.main,
            )?;
        }
        self.made = Some(made);
        self.lay_out(ledger, found.as_ref());
        Ok(())
    }

    fn rows<'a>(&'a self, ledger: &'a Ledger, ui: Ui) -> Box<dyn Rows + 'a> {
        Box::new(LadderRows {
            steps: &self.ladder.steps,
            rows: &self.rows,
            labels: &self.labels,
            stories: &self.stories,
            ledger,
            ui,
        })
    }

    fn under(&self, screen: &Screen, ledger: &Ledger, ui: Ui) -> Option<Selection> {
        let row = self.row(screen, ledger, ui)?;
        let marked: Vec<MilestoneId> = screen
            .params()
            .list
            .marks()
            .iter()
            .filter_map(|id| milestone(*id))
            .collect();
        let Row::Rung(_, rung) = row else {
            let item = marked.first().and_then(|id| ledger.book.get(*id));
            return Some(Selection {
                row: Some(RowKind::Other),
                customer: item.map(|item| item.customer),
                project: item.map(|item| item.project),
                milestones: marked,
            });
        };
        let milestones = if marked.is_empty() {
            vec![rung.id]
        } else {
            marked
        };
        let item = milestones.first().and_then(|id| ledger.book.get(*id));
        Some(Selection::milestones(milestones, item))
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        let ui = canvas.ui;
        let list = screen.params();
        let narrowed = cells::narrowed(&list.find, &list.filter, self.typed.problem(), ui);
        canvas.area = cells::lines(&narrowed, canvas);
        if self.rows.is_empty() {
            cells::teach(ui.lang.nothing_found(), canvas.area, canvas);
            return Ok(Vec::new());
        }
        let columns = rows::columns(ui.lang);
        let drawn = list::draw(
            canvas.frame,
            canvas.area,
            (&columns, self.rows(ledger, ui).as_ref()),
            &mut screen.list().list,
            (true, ui),
        );
        self.labels.check()?;
        Ok(drawn)
    }

    fn act(
        &mut self,
        action: Action,
        screen: &mut Screen,
        ledger: &mut Ledger,
        ui: Ui,
    ) -> Result<Option<Effect>> {
        let Action::Open = action else {
            return Ok(None);
        };
        Ok(match self.row(screen, ledger, ui) {
            Some(Row::Rung(_, rung)) => {
                let one = One::new(rung.id, screen.view());
                Some(Effect::Push(Screen::Milestone(one)))
            }
            _ => Some(Effect::Say(ui.lang.why_not_milestone().to_owned())),
        })
    }

    fn summary(&self, screen: &Screen, ledger: &Ledger, ui: Ui) -> Option<String> {
        let rows = self.rows(ledger, ui);
        let at = screen.params().list.at(rows.as_ref())?;
        Some(cells::line(&rows.cells(at)))
    }
}
