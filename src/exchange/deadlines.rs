//! Until when what is due and open can be claimed, as a list.

use chrono::NaiveDate;

use crate::domain::limitation::{Clock, WARNINGS};
use crate::domain::money::Currency;
use crate::portfolio::Names;
use crate::report::deadlines::Deadline;
use crate::text::Lang;

use super::lists::{Field, Listed, Rows, field};
use super::out::{Cell, Column, Page, Report};

/// A milestone with its clock.
pub struct DeadlineRow {
    deadline: Deadline,
    today: NaiveDate,
    key: String,
    project: String,
    customer: String,
    milestone: String,
}

impl DeadlineRow {
    pub fn new(deadline: Deadline, names: &Names, today: NaiveDate) -> Self {
        let item = &deadline.item;
        let milestone = names.milestone(item.id);
        Self {
            key: milestone.code().map_or_else(|| item.id.to_string(), str::to_owned),
            project: names.project(item.project).code.to_string(),
            customer: names.customer(item.customer).short().to_owned(),
            milestone: milestone.name.to_string(),
            deadline,
            today,
        }
    }

    const fn own(&self) -> &Clock {
        &self.deadline.limitation.own
    }

    fn restarted_by(&self, lang: Lang) -> Cell<'_> {
        self.own().restarted_by.map_or(Cell::EMPTY, |ground| {
            let said = lang.ground_on(ground.on, lang.ground(ground.kind));
            Cell::both(said, ground.kind.code())
        })
    }

    fn warning(&self, lang: Lang) -> Cell<'_> {
        let left = self.deadline.days_left(self.today);
        let warning = WARNINGS.into_iter().find(|days| left <= *days);
        warning.map_or(Cell::EMPTY, |days| {
            let over = self.own().days_left(self.today) < 0;
            let right = self.deadline.priority.filter(|right| right.days_left(self.today) == left);
            let said = match right {
                Some(right) if !over => lang.priority_until(right.until),
                Some(_) | None if over => lang.limitation_over().to_owned(),
                Some(_) | None => lang.limitation_within(days),
            };
            Cell::both(said, if over { 0 } else { days })
        })
    }
}

impl Listed for DeadlineRow {
    fn title(lang: Lang) -> &'static str {
        lang.limitation_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.key_word()).named("key"), |r, _| (&*r.key).into()),
            field(Column::left(lang.project_code_word()).named("project").spare(4), |r, _| {
                (&*r.project).into()
            }),
            field(Column::left(lang.customer_word()).named("customer_name").spare(2), |r, _| {
                (&*r.customer).into()
            }),
            field(Column::left(lang.milestone_word()).named("milestone").spare(5), |r, _| {
                (&*r.milestone).into()
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(6), |r, _| {
                r.deadline.item.currency.code().into()
            }),
            field(Column::right(lang.balance_word()).named("balance"), |r, _| {
                Cell::amount(r.deadline.item.balance, r.deadline.item.currency)
            }),
            field(Column::left(lang.due_word()).named("due").spare(3), |r, _| {
                Cell::Day(r.deadline.due)
            }),
            field(Column::left(lang.runs_from_word()).named("runs_from").aside(), |r, _| {
                Cell::Day(r.own().runs_from)
            }),
            field(Column::left(lang.restarted_by_word()).named("restarted_by"), Self::restarted_by),
            field(Column::left(lang.limitation_ends_word()).named("ends"), |r, _| {
                Cell::Day(r.own().ends)
            }),
            field(Column::right(lang.days_left_word()).named("days_left"), |r, _| {
                Cell::Number(r.own().days_left(r.today))
            }),
            field(
                Column::left(lang.limitation_warning_word()).named("warning").spare(1),
                Self::warning,
            ),
            field(Column::left(lang.priority_word()).named("priority_until").told(), |r, _| {
                r.deadline.priority.map(|right| right.until).into()
            }),
            field(Column::left(lang.by_last_word()).named("ends_by_last").spare(7), |r, _| {
                r.deadline.limitation.by_last.as_ref().map(|clock| clock.ends).into()
            }),
            field(Column::left(lang.proof_missing_word()).named("unproved").spare(8), |r, lang| {
                lang.grounds_unproved(r.own()).into()
            }),
        ]
    }

    fn sums(&self) -> Option<(Currency, Vec<(&'static str, i64)>)> {
        let item = &self.deadline.item;
        Some((item.currency, vec![("balance", item.balance)]))
    }
}

/// The clocks, and what they are worth.
pub struct Deadlines(pub Rows<DeadlineRow>);

impl Report for Deadlines {
    fn page(&self, lang: Lang) -> Page<'_> {
        let mut page = self.0.page(lang);
        if self.0.0.is_empty() {
            page.tables.clear();
            page.lead.push(lang.limitation_nothing().to_owned());
        }
        if let Some(table) = page.tables.first_mut() {
            table.notes.push(lang.limitation_hint().to_owned());
        }
        page
    }

    fn page_as_kept(&self, lang: Lang) -> Page<'_> {
        self.0.page(lang)
    }
}
