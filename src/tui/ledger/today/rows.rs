//! The rows of Today: what to work on, a fold, and what waits below it.

use ratatui::style::Style;

use crate::domain::dunning::{Act, Wait};
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::text::Lang;
use crate::tui::theme::Ui;
use crate::tui::widgets::list::{Align, Cell, Column, RowId, Rows};

use super::super::data::Ledger;
use super::super::show;

/// The row that folds what waits; no milestone has this number.
pub const FOLD: RowId = RowId(-1);

/// One row, by its place in the worklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Something to do; the first of its customer leads.
    Work {
        at: usize,
        leads: bool,
    },
    /// Shows or hides what waits.
    Fold,
    Wait(usize),
}

/// The rows as a list wants them.
pub struct WorkRows<'a> {
    pub rows: &'a [Row],
    pub waiting: usize,
    /// Whether what waits is shown.
    pub open: bool,
    pub ledger: &'a Ledger,
    pub ui: Ui,
    /// The first row seen: it names its customer even if another leads.
    pub top: usize,
}

pub fn columns(lang: Lang, wan: bool) -> [Column; 6] {
    let column = |title, align, least, rank| Column {
        title,
        align,
        least,
        rank,
    };
    let open = if wan {
        lang.column_open_wan()
    } else {
        lang.column_open()
    };
    [
        column(lang.customer_word(), Align::Left, Some(11), 0),
        column(lang.project_word(), Align::Left, Some(6), 2),
        column(lang.milestone_word(), Align::Left, Some(10), 0),
        column(open, Align::Right, None, 0),
        column(lang.column_late(), Align::Right, None, 0),
        column(lang.column_act(), Align::Left, Some(32), 0),
    ]
}

impl WorkRows<'_> {
    fn row(&self, at: usize) -> Option<Row> {
        self.rows.get(at).copied()
    }

    fn milestone(&self, row: Row) -> Option<MilestoneId> {
        let list = &self.ledger.digest.worklist;
        match row {
            Row::Work { at, .. } => list.entries.get(at).map(|entry| entry.id),
            Row::Wait(at) => list.waiting.get(at).map(|waiting| waiting.id),
            Row::Fold => None,
        }
    }

    fn item_cells(&self, item: &Item, customer: bool, next: Cell) -> Vec<Cell> {
        let (ledger, ui) = (self.ledger, self.ui);
        let (names, today) = (&ledger.book.names, ledger.today());
        let late = item.days_late(today);
        let (late, late_style) = if late > i64::from(item.grace_days) {
            (ui.lang.days(late), ui.theme.bad())
        } else if late > 0 {
            (ui.lang.days(late), ui.theme.warn())
        } else {
            ("-".to_owned(), ui.theme.dim())
        };
        let own = names.milestone(item.id);
        let plain = Style::new();
        let dim = ui.theme.dim();
        let name_style = if customer { ui.theme.strong() } else { dim };
        vec![
            Cell::new(names.customer(item.customer).short().to_owned(), name_style),
            Cell::new(names.project(item.project).code.clone(), dim),
            Cell::new(own.name.clone(), plain),
            Cell::new(show::amount(item.balance, item.currency, ledger), plain),
            Cell::new(late, late_style),
            next,
        ]
    }

    /// For what, and until when; the story tells the rest.
    fn wait(&self, wait: Wait) -> String {
        let lang = self.ui.lang;
        let why = lang.wait_reason(wait.why);
        wait.until.map_or_else(
            || why.to_owned(),
            |until| lang.waits_until(why, &lang.day(until, self.ledger.today())),
        )
    }

    fn next(&self, act: Act, broken: bool) -> Cell {
        let (lang, theme) = (self.ui.lang, self.ui.theme);
        let word = lang.act(act);
        if broken && act != Act::FollowUp {
            Cell::new(format!("! {}", lang.act_after_broken(word)), theme.bad())
        } else if broken {
            Cell::new(format!("! {word}"), theme.bad())
        } else {
            Cell::new(word, Style::new())
        }
    }
}

impl Rows for WorkRows<'_> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn id(&self, at: usize) -> RowId {
        let id = self.row(at).and_then(|row| self.milestone(row));
        id.map_or(FOLD, |id| RowId(id.0))
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        let (lang, list) = (self.ui.lang, &self.ledger.digest.worklist);
        let row = self.row(at).unwrap_or(Row::Fold);
        let item = self.milestone(row).and_then(|id| self.ledger.book.get(id));
        let dim = self.ui.theme.dim();
        match (row, item) {
            (Row::Work { at: of, leads }, Some(item)) => {
                let entry = list.entries.get(of);
                let next = entry.map_or_else(
                    || Cell::new("", dim),
                    |entry| self.next(entry.act, entry.broken),
                );
                self.item_cells(item, leads || at == self.top, next)
            }
            (Row::Wait(of), Some(item)) => {
                let waits = list.waiting.get(of).map(|waiting| self.wait(waiting.wait));
                let next = Cell::new(waits.unwrap_or_default(), dim);
                self.item_cells(item, true, next)
            }
            _ => {
                let hint = if self.open {
                    lang.fold_hides()
                } else {
                    lang.fold_shows()
                };
                let mut cells = vec![Cell::new("", dim); 6];
                if let [first, .., last] = cells.as_mut_slice() {
                    *first = Cell::new(lang.waiting_title(self.waiting), dim);
                    *last = Cell::new(hint, dim);
                }
                cells
            }
        }
    }
}
