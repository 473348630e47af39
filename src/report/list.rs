//! Milestones as a list shows them: every derived fact of a day beside its names, judged only as far as asked. Amounts
//! are minor units.

use std::cell::OnceCell;
use std::cmp::Reverse;

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::aging::{Buckets, Place};
use crate::domain::dunning::{self, NextStep, Wait};
use crate::domain::item::{Item, OpenPromise};
use crate::domain::kinds::{Cause, Flag, Grade, PaperKind, Stage, WaitingOn};
use crate::domain::people::{Late, Owner};
use crate::domain::promise::PromiseState;
use crate::domain::status::{self, Status};
use crate::portfolio::{Around, Noted, Portfolio};
use crate::store::Name;

use super::filter::{Filter, FilterRow, PapersState, TextField};
use super::readiness::lack_for;

/// Which bucket an item stands in, by the labels of a rule.
#[derive(Debug, Clone, Default)]
pub struct BucketLabels {
    buckets: Buckets,
    labels: Vec<String>,
}

impl BucketLabels {
    /// The label of retention that is not due yet, where a single word has to say it.
    pub const RETENTION_NOT_DUE: &str = "retention not due";

    pub fn new(buckets: Buckets) -> Self {
        Self { labels: buckets.labels(), buckets }
    }

    /// The label of an item's bucket; `None` for what is no receivable.
    pub fn of(&self, item: &Item, as_of: NaiveDate) -> Option<&str> {
        match self.buckets.place(item, as_of)? {
            Place::Bucket(at) => self.labels.get(at).map(String::as_str),
            Place::RetentionNotDue => Some(Self::RETENTION_NOT_DUE),
        }
    }
}

/// The milestones of a portfolio that pass a filter.
pub struct List<'a> {
    portfolio: &'a Portfolio,
    labels: BucketLabels,
    items: Vec<&'a Item>,
}

impl<'a> List<'a> {
    /// The items among these that pass, in their order. The names of all must be known to the portfolio.
    pub fn new(
        portfolio: &'a Portfolio,
        items: impl Iterator<Item = &'a Item>,
        filter: &Filter,
    ) -> Self {
        let labels = BucketLabels::new(portfolio.policy.buckets());
        let items = items
            .filter(|item| {
                filter.is_empty() || filter.matches(&ListRow::new(portfolio, item, &labels))
            })
            .collect();
        Self { portfolio, labels, items }
    }

    /// The day of the list.
    pub const fn today(&self) -> NaiveDate {
        self.portfolio.today
    }

    pub fn items(&self) -> &[&'a Item] {
        &self.items
    }

    pub fn rows(&self) -> impl Iterator<Item = ListRow<'_>> {
        self.items.iter().map(|item| self.row(item))
    }

    /// The most overdue first, then by day: what has no firm one behind, what has none at all last.
    pub fn most_overdue_first(&self) -> impl Iterator<Item = ListRow<'_>> {
        let mut items = self.items.clone();
        items.sort_by_cached_key(|item| {
            let row = self.row(item);
            let due = row.due();
            (Reverse(row.days_late()), due.is_none(), !row.is_firm(), due)
        });
        items.into_iter().map(|item| self.row(item))
    }

    pub const fn row(&self, item: &'a Item) -> ListRow<'_> {
        ListRow::new(self.portfolio, item, &self.labels)
    }
}

/// One milestone as a list shows it.
pub struct ListRow<'a> {
    pub item: &'a Item,
    portfolio: &'a Portfolio,
    around: &'a Around,
    labels: &'a BucketLabels,
    flags: OnceCell<Vec<Flag>>,
}

impl<'a> ListRow<'a> {
    pub const fn new(portfolio: &'a Portfolio, item: &'a Item, labels: &'a BucketLabels) -> Self {
        Self { item, portfolio, around: &portfolio.around, labels, flags: OnceCell::new() }
    }

    /// The same with what was read around it alone.
    #[must_use]
    pub fn with(self, around: &'a Around) -> Self {
        Self { around, ..self }
    }

    pub fn customer(&self) -> &'a Name {
        self.portfolio.names.customer(self.item.customer)
    }

    pub fn project(&self) -> &'a Name {
        self.portfolio.names.project(self.item.project)
    }

    pub fn milestone(&self) -> &'a Name {
        self.portfolio.names.milestone(self.item.id)
    }

    /// Who of us looks after it.
    pub fn manager(&self) -> Option<&'a str> {
        self.item.manager.map(|id| self.portfolio.names.person(id))
    }

    /// Who has to see to it.
    pub fn owner(&self) -> Owner<'a> {
        self.portfolio.owner(self.item, None)
    }

    /// How late it is with us.
    pub fn late_with_us(&self) -> Option<Late<'a>> {
        self.portfolio.late_with_us(self.item)
    }

    /// Label of its bucket; `None` for what is no receivable.
    pub fn bucket_label(&self) -> Option<&'a str> {
        self.labels.of(self.item, self.portfolio.today)
    }

    /// What stands beside the status.
    pub fn into_flags(self) -> Vec<Flag> {
        let Portfolio { today, policy, .. } = self.portfolio;
        self.flags.into_inner().unwrap_or_else(|| status::flags(self.item, *today, policy))
    }

    /// Whether its due date is firm.
    pub fn is_firm(&self) -> bool {
        self.item.is_firm(self.portfolio.today)
    }

    /// The payment step that is due or to come.
    pub fn next(&self) -> NextStep {
        dunning::next_step(self.item, self.portfolio.today, &self.portfolio.policy)
    }

    /// What its next step waits for, if that is due.
    pub fn waits(&self, next: NextStep) -> Option<Wait> {
        let (today, policy) = (self.portfolio.today, &self.portfolio.policy);
        let step = next.step?;
        let guarded = self.portfolio.guarded_until(self.item.customer);
        dunning::wait(self.item, step, today, policy, guarded)
    }
}

impl FilterRow for ListRow<'_> {
    fn texts(&self, field: TextField) -> [Option<&str>; 2] {
        let name = match field {
            TextField::Customer => self.customer(),
            TextField::Project => self.project(),
            TextField::Milestone => self.milestone(),
            TextField::Pm => return [self.manager(), None],
        };
        [name.code(), Some(&name.name)]
    }

    fn stage(&self) -> Stage {
        self.item.stage
    }

    fn status(&self) -> Status {
        status::status(self.item, self.portfolio.today, &self.portfolio.policy)
    }

    fn waiting_on(&self) -> WaitingOn {
        status::waiting_on(self.item, self.portfolio.today, &self.portfolio.policy)
    }

    fn step(&self) -> Option<u8> {
        self.next().step
    }

    fn currency(&self) -> Currency {
        self.item.currency
    }

    fn due(&self) -> Option<NaiveDate> {
        self.item.due(self.portfolio.today)
    }

    fn days_late(&self) -> i64 {
        if self.item.balance > 0 { self.item.days_late(self.portfolio.today) } else { 0 }
    }

    fn balance(&self) -> i64 {
        self.item.balance
    }

    fn amount(&self) -> i64 {
        self.item.amount
    }

    fn bucket(&self) -> Option<&str> {
        self.bucket_label()
    }

    fn flags(&self) -> &[Flag] {
        let Portfolio { today, policy, .. } = self.portfolio;
        self.flags.get_or_init(|| status::flags(self.item, *today, policy))
    }

    fn broken(&self) -> i64 {
        let broken =
            |promise: &&OpenPromise| promise.state(self.portfolio.today) == PromiseState::Broken;
        i64::try_from(self.item.promises.iter().filter(broken).count()).unwrap_or(i64::MAX)
    }

    fn silent(&self) -> Option<i64> {
        let today = self.portfolio.today;
        let due = self.item.firm_due(today).filter(|due| self.item.balance > 0 && *due < today)?;
        Some((today - self.item.last_touch_on.unwrap_or(due)).num_days())
    }

    fn grade(&self) -> Option<Grade> {
        self.portfolio.customers.grades.get(&self.item.customer).copied()
    }

    fn cause(&self) -> Option<Cause> {
        self.around.cause(self.item)
    }

    fn ahead(&self) -> Option<i64> {
        self.around.ahead(self.item)
    }

    fn satisfaction(&self) -> Option<i64> {
        self.around.satisfaction(self.item).map(i64::from)
    }

    fn is_noted(&self, noted: &Noted) -> bool {
        self.around.is_noted(noted, self.item)
    }

    fn papers(&self) -> Option<PapersState> {
        let Portfolio { today, policy, .. } = self.portfolio;
        let step = self.next().number?;
        let lack = lack_for(step, self.item, self.around.papers(self.item), *today, policy);
        Some(if lack.is_some() { PapersState::Missing } else { PapersState::Ready })
    }

    fn paper_kinds(&self) -> Vec<PaperKind> {
        let papers = self.around.papers(self.item).iter();
        let known = papers.filter(|paper| paper.days.dated_on <= self.portfolio.today);
        known.map(|paper| paper.kind).collect()
    }
}
