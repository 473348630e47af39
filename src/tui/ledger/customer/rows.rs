//! What is open of a customer and what was paid, as one list.

use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::store::PaymentDetail;
use crate::text::Lang;
use crate::tui::ledger::cells::{number, plain, status, whole, words};
use crate::tui::ledger::data::Ledger;
use crate::tui::ledger::labels::{Labels, milestone as label};
use crate::tui::theme::Ui;
use crate::tui::widgets::list::{Cell, Column, RowId, Rows};

use super::Facts;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The heading of so many open milestones.
    Items(usize),
    Item(usize),
    /// The heading of so many payments.
    Payments(usize),
    Payment(usize),
}

/// Rows of milestones and payments are told apart by being even or odd; headings are below 0.
pub const fn milestone(id: RowId) -> Option<MilestoneId> {
    if id.0 >= 0 && id.0 % 2 == 0 {
        Some(MilestoneId(id.0 / 2))
    } else {
        None
    }
}

/// The columns; the titles are those of milestones, payments have their own in their heading.
pub fn columns(lang: Lang) -> [Column; 6] {
    [
        words(lang.project_word(), 8, 2),
        words(lang.milestone_word(), 14, 0),
        whole(lang.due_word(), 0),
        number(lang.amount_short(), 1),
        number(lang.open_word(), 0),
        words(lang.status_word(), 15, 0),
    ]
}

/// Open milestones and payments of a customer as rows.
pub struct CustomerLines<'a> {
    pub facts: Option<&'a Facts>,
    pub lines: &'a [Line],
    pub labels: &'a Labels,
    pub ledger: &'a Ledger,
    pub ui: Ui,
}

impl Rows for CustomerLines<'_> {
    fn len(&self) -> usize {
        self.lines.len()
    }

    fn id(&self, at: usize) -> RowId {
        let Some(facts) = self.facts else {
            return RowId(0);
        };
        RowId(match self.lines.get(at) {
            Some(Line::Item(at)) => facts.items.get(*at).map_or(0, |item| item.id.0 * 2),
            Some(Line::Payment(at)) => facts.payments.get(*at).map_or(1, |paid| paid.id.0 * 2 + 1),
            Some(Line::Items(_)) => -1,
            Some(Line::Payments(_)) => -2,
            None => 0,
        })
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        let Some((facts, line)) = self.facts.zip(self.lines.get(at)) else {
            return Vec::new();
        };
        let lang = self.ui.lang;
        match line {
            Line::Items(count) => self.heading([lang.open_items(), "", "", "", ""], *count),
            Line::Payments(count) => self.heading(
                [
                    lang.payments_word(),
                    lang.received_on_word(),
                    lang.amount_short(),
                    lang.unapplied_short(),
                    lang.pays_word(),
                ],
                *count,
            ),
            Line::Item(at) => facts
                .items
                .get(*at)
                .map(|item| self.item(item))
                .unwrap_or_default(),
            Line::Payment(at) => {
                let payment = facts.payments.get(*at);
                payment
                    .map(|payment| self.payment(payment))
                    .unwrap_or_default()
            }
        }
    }
}

impl CustomerLines<'_> {
    fn heading(&self, [title, day, amount, open, note]: [&str; 5], count: usize) -> Vec<Cell> {
        let title = format!("{title} ({count})");
        let style = self.ui.theme.strong();
        let cells = [&title, "", day, amount, open, note];
        // The project's column goes on narrow screens: the title stands in the one that stays.
        let [title, empty, day, amount, open, note] = cells;
        [empty, title, day, amount, open, note]
            .map(|text| Cell::new(text, style))
            .to_vec()
    }

    fn item(&self, item: &Item) -> Vec<Cell> {
        let (lang, today) = (self.ui.lang, self.ledger.today());
        let [project, milestone] = self.labels.of(self.ledger, item, |names| {
            let (project, milestone) = (names.project(item.project), names.milestone(item.id));
            [
                format!("{} {}", project.code, project.name),
                label(&project.code, &milestone.code, &milestone.name),
            ]
        });
        let due = match item.due {
            Some(due) if item.is_firm(today) => due.to_string(),
            Some(due) => lang.expected_day(&due.to_string()),
            None => "-".to_owned(),
        };
        let money = |minor: i64| self.ledger.money(minor, item.currency);
        vec![
            plain(project),
            plain(milestone),
            plain(due),
            plain(money(item.amount)),
            plain(money(item.balance)),
            status(item, today, &self.ledger.book.policy, self.ui),
        ]
    }

    fn payment(&self, payment: &PaymentDetail) -> Vec<Cell> {
        let (lang, theme) = (self.ui.lang, self.ui.theme);
        let money = |minor: i64| self.ledger.money(minor, payment.currency);
        let mut what = format!("{} {}", payment.id, lang.method(payment.method));
        if !payment.payer.is_empty() {
            what.push_str(lang.comma());
            what.push_str(&lang.payer_word(&payment.payer));
        }
        let mut pays: Vec<String> = Vec::new();
        if payment.reversed > 0 {
            pays.push(lang.reversed_word(&money(payment.reversed)));
        }
        let paid = payment
            .allocations
            .iter()
            .filter(|allocation| allocation.amount > 0);
        pays.extend(paid.map(|allocation| {
            let name = if allocation.key.is_empty() {
                &allocation.name
            } else {
                &allocation.key
            };
            format!("{name} {}", money(allocation.amount))
        }));
        if pays.is_empty() {
            pays.push(lang.pays_nothing().to_owned());
        }
        let unapplied = if payment.unapplied > 0 {
            Cell::new(money(payment.unapplied), theme.good())
        } else {
            Cell::new("-", theme.dim())
        };
        vec![
            plain(payment.bank_ref.as_str()),
            plain(what),
            plain(payment.received_on.to_string()),
            plain(money(payment.amount)),
            unapplied,
            plain(pays.join(lang.comma())),
        ]
    }
}
