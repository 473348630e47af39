//! The rows of Milestones.

use ratatui::style::Style;

use crate::domain::item::Item;
use crate::domain::kinds::WaitingOn;
use crate::domain::status;
use crate::text::Lang;
use crate::tui::theme::Ui;
use crate::tui::widgets::list::{Align, Cell, Column, RowId, Rows};

use super::super::data::Ledger;
use super::super::show;
use super::item_at;

/// Places in the book, then closed milestones.
pub struct ItemRows<'a> {
    pub shown: &'a [u32],
    pub closed: &'a [Item],
    pub ledger: &'a Ledger,
    pub ui: Ui,
}

/// The columns; what has no room goes by rank.
pub fn columns(lang: Lang, wan: bool) -> [Column; 10] {
    let column = |title, align, least, rank| Column {
        title,
        align,
        least,
        rank,
    };
    let (amount, open) = if wan {
        (lang.column_amount_wan(), lang.column_open_wan())
    } else {
        (lang.amount_word(), lang.column_open())
    };
    [
        column(lang.customer_word(), Align::Left, Some(8), 0),
        column(lang.project_word(), Align::Left, Some(6), 3),
        column(lang.milestone_word(), Align::Left, Some(10), 0),
        column(lang.stage_word(), Align::Left, None, 6),
        column(amount, Align::Right, None, 5),
        column(open, Align::Right, None, 0),
        column(lang.due_word(), Align::Left, None, 0),
        column(lang.status_word(), Align::Left, None, 0),
        column(lang.waiting_on_word(), Align::Left, None, 2),
        column(lang.manager_word(), Align::Left, Some(6), 4),
    ]
}

impl ItemRows<'_> {
    fn item(&self, at: usize) -> Option<&Item> {
        match self.shown.get(at) {
            Some(place) => item_at(self.ledger.book.items(), *place),
            None => self.closed.get(at.checked_sub(self.shown.len())?),
        }
    }
}

impl Rows for ItemRows<'_> {
    fn len(&self) -> usize {
        self.shown.len() + self.closed.len()
    }

    fn id(&self, at: usize) -> RowId {
        RowId(self.item(at).map_or(0, |item| item.id.0))
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        let Some(item) = self.item(at) else {
            return Vec::new();
        };
        let (ledger, ui) = (self.ledger, self.ui);
        let (names, policy, today) = (&ledger.book.names, &ledger.book.policy, ledger.today());
        let (lang, theme) = (ui.lang, ui.theme);
        let (plain, dim) = (Style::new(), theme.dim());
        let state = status::status(item, today, policy);
        let waiting_on = status::waiting_on(item, today, policy);
        let due = item.due.map(|due| {
            if item.is_firm(today) {
                due.to_string()
            } else {
                lang.expected_day(&due.to_string())
            }
        });
        let manager = item.manager.map(|id| names.person(id).to_owned());
        let waiting_on_style = if waiting_on == WaitingOn::Nobody {
            dim
        } else {
            plain
        };
        vec![
            Cell::new(names.customer(item.customer).short().to_owned(), plain),
            Cell::new(names.project(item.project).code.clone(), dim),
            Cell::new(names.milestone(item.id).name.clone(), plain),
            Cell::new(lang.stage(item.stage), dim),
            Cell::new(show::amount(item.amount, item.currency, ledger), dim),
            Cell::new(show::amount(item.balance, item.currency, ledger), plain),
            Cell::new(due.unwrap_or_default(), plain),
            Cell::new(
                lang.status_with_sign(state),
                show::status_style(state, theme),
            ),
            Cell::new(lang.waiting_on(waiting_on), waiting_on_style),
            Cell::new(manager.unwrap_or_default(), dim),
        ]
    }
}
