//! The rows of the milestones behind a row of the aging table.

use crate::domain::status::waiting_on;
use crate::report::aging::{GroupBy, GroupKey};
use crate::report::list::BucketLabels;
use crate::text::Lang;
use crate::tui::ledger::cells::{number, plain, status, whole, words};
use crate::tui::ledger::data::Ledger;
use crate::tui::ledger::labels::milestone as label;
use crate::tui::look::Look;
use crate::tui::widgets::list::{Cell, Column, RowId, Rows};

use super::Aged;

pub fn columns(lang: Lang, by: GroupBy) -> [Column; 8] {
    let who = if by == GroupBy::Customer {
        words(lang.project_word(), 8, 0)
    } else {
        words(lang.customer_word(), 8, 0)
    };
    [
        who,
        words(lang.milestone_word(), 8, 0),
        whole(lang.due_word(), 2),
        number(lang.age_word(), 0),
        whole(lang.bucket_word(), 1),
        number(lang.balance_word(), 0),
        words(lang.status_word(), 15, 0),
        words(lang.waiting_on_word(), 8, 3),
    ]
}

pub struct AgedRows<'a> {
    pub aged: &'a Aged,
    pub ledger: &'a Ledger,
    pub look: Look,
}

impl Rows for AgedRows<'_> {
    fn len(&self) -> usize {
        self.aged.items.len()
    }

    fn id(&self, at: usize) -> RowId {
        RowId(self.aged.items.get(at).map_or(0, |item| item.id.0))
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        let (Some(item), Some(source)) = (self.aged.items.get(at), &self.aged.source) else {
            return Vec::new();
        };
        let (lang, day) = (self.look.lang, source.day);
        let policy = &self.ledger.book.policy;
        let [who, milestone] = self.aged.labels.of(self.ledger, item, |names| {
            let (project, milestone) = (names.project(item.project), names.milestone(item.id));
            let who = match source.key {
                GroupKey::Customer(_) => format!("{} {}", project.code, project.name),
                _ => names.customer(item.customer).short().to_owned(),
            };
            [who, label(&project.code, &milestone.code, &milestone.name)]
        });
        let labels = BucketLabels::new(source.buckets.clone());
        let label = labels.of(item, day);
        let basis = source.buckets.basis_day(item, day).or(item.due);
        let age = source
            .buckets
            .basis_day(item, day)
            .map(|from| (day - from).num_days());
        let age = age.filter(|_| label.is_some());
        let late = age.is_some_and(|age| age > 0);
        let style = if late {
            self.look.theme.bad()
        } else {
            self.look.theme.text()
        };
        vec![
            plain(who),
            plain(milestone),
            plain(basis.map_or_else(|| "-".to_owned(), |day| day.to_string())),
            Cell::new(
                age.map_or_else(|| "-".to_owned(), |age| age.to_string()),
                style,
            ),
            plain(label.map_or_else(
                || lang.planned_foot().to_owned(),
                |label| lang.bucket(label),
            )),
            plain(self.ledger.money(item.balance, item.currency)),
            status(item, day, policy, self.look),
            plain(lang.waiting_on(waiting_on(item, day, policy))),
        ]
    }
}
