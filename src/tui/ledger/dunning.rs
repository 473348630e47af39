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
use crate::error::Result;
use crate::report::dunning::{DunningEntry, DunningGroup, Group, dunning};
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::keymap::RowKind;
use crate::tui::look::Look;
use crate::tui::record::Subject;
use crate::tui::screens::{One, Screen};
use crate::tui::widgets::list::{self, RowId, Rows};

use super::board::{Board, Canvas, Under};
use super::cells;
use super::data::{Found, Ledger};
use super::labels::Labels;
use super::sieve::{Sieve, Typed};

use rows::{LadderRows, Stories};

/// One row: a group's heading, or a milestone in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Heading(usize),
    Entry(usize, DunningEntry),
}

/// Groups a milestone can stand in, at most: a row is known by its milestone and its group.
const GROUPS: i64 = 32;

impl Row {
    fn id(&self) -> RowId {
        match self {
            Self::Heading(group) => RowId(-1 - place(*group)),
            Self::Entry(group, entry) => RowId(entry.id.0 * GROUPS + place(*group)),
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
    ladder: Vec<DunningGroup>,
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
        let fits = |entry: &DunningEntry| {
            found.is_none_or(|found| found.has(entry.id)) && (sieve.is_open() || passes(entry.id))
        };
        let narrowed = found.is_some() || !self.typed.filter().is_empty();
        self.rows.clear();
        for (at, group) in self.ladder.iter().enumerate() {
            let before = self.rows.len();
            self.rows.push(Row::Heading(at));
            let shown = group.entries.iter().filter(|entry| fits(entry));
            self.rows.extend(shown.map(|entry| Row::Entry(at, *entry)));
            let on_ladder = matches!(group.group, Group::Step(_)) && !narrowed;
            if self.rows.len() == before + 1 && !on_ladder {
                self.rows.pop();
            }
        }
    }

    fn row(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Row> {
        let rows = self.rows(ledger, look);
        let at = screen.params().list.at(rows.as_ref())?;
        self.rows.get(at).copied()
    }
}

impl Board for Dunning {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, look: Look) -> Result<()> {
        let list = screen.params();
        let found = ledger.find(&list.find)?;
        self.typed.read(&list.filter, ledger.today(), look.lang);
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
            self.ladder = dunning(
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

    fn rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> Box<dyn Rows + 'a> {
        Box::new(LadderRows {
            steps: &self.ladder,
            rows: &self.rows,
            labels: &self.labels,
            stories: &self.stories,
            ledger,
            look,
        })
    }

    fn under(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Under> {
        let row = self.row(screen, ledger, look)?;
        let marked: Vec<MilestoneId> = screen
            .params()
            .list
            .marks()
            .iter()
            .filter_map(|id| milestone(*id))
            .collect();
        let Row::Entry(_, entry) = row else {
            let item = marked.first().and_then(|id| ledger.book.get(*id));
            let subject = Subject {
                customer: item.map(|item| item.customer),
                project: item.map(|item| item.project),
                milestones: marked,
            };
            return Some(Under {
                kind: RowKind::Other,
                subject,
            });
        };
        let milestones = if marked.is_empty() {
            vec![entry.id]
        } else {
            marked
        };
        let item = milestones.first().and_then(|id| ledger.book.get(*id));
        Some(Under::milestones(milestones, item))
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        let look = canvas.look;
        let list = screen.params();
        let narrowed = cells::narrowed(&list.find, &list.filter, self.typed.problem(), look);
        canvas.area = cells::lines(&narrowed, canvas);
        if self.rows.is_empty() {
            cells::teach(look.lang.nothing_found(), canvas.area, canvas);
            return Ok(Vec::new());
        }
        let columns = rows::columns(look.lang);
        let drawn = list::draw(
            canvas.frame,
            canvas.area,
            (&columns, self.rows(ledger, look).as_ref()),
            &mut screen.list().list,
            (true, look),
        );
        self.labels.check()?;
        Ok(drawn)
    }

    fn act(
        &mut self,
        action: Action,
        screen: &mut Screen,
        ledger: &mut Ledger,
        look: Look,
    ) -> Result<Option<Response>> {
        let Action::Open = action else {
            return Ok(None);
        };
        Ok(match self.row(screen, ledger, look) {
            Some(Row::Entry(_, entry)) => {
                let one = One::new(entry.id, screen.view());
                Some(Response::Open(Screen::Milestone(one)))
            }
            _ => Some(Response::Say(look.lang.why_not_milestone().to_owned())),
        })
    }

    fn summary(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<String> {
        let rows = self.rows(ledger, look);
        let at = screen.params().list.at(rows.as_ref())?;
        Some(cells::line(&rows.cells(at)))
    }
}
