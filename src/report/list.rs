//! One milestone as a list shows it: every derived fact of a day beside its names. Amounts are minor units.

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::aging::{self, Buckets};
use crate::domain::dunning::{self, NextStep, Wait};
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::kinds::{Flag, Stage, WaitingOn};
use crate::domain::status::{self, Status};
use crate::portfolio::Portfolio;

use super::filter::{FilterRow, Place};

/// The label of retention that is not due yet, where a single word has to say it.
pub const RETENTION_NOT_DUE: &str = "retention not due";

/// One milestone as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    pub id: MilestoneId,
    pub key: Option<String>,
    pub customer: String,
    pub customer_name: String,
    pub project: String,
    pub project_name: String,
    pub milestone: String,
    pub stage: Stage,
    /// Who of us looks after it.
    pub manager: Option<String>,
    pub currency: Currency,
    pub amount: i64,
    pub balance: i64,
    pub due: Option<NaiveDate>,
    pub firm: bool,
    pub status: Status,
    /// Calendar days past a firm due date, 0 before it.
    pub days_late: i64,
    /// Label of its bucket; `None` for what is no receivable.
    pub bucket: Option<String>,
    pub waiting_on: WaitingOn,
    /// The payment step that is due or to come.
    pub next: NextStep,
    /// What a due step waits for.
    pub waits: Option<Wait>,
    /// What stands beside the status.
    pub flags: Vec<Flag>,
}

impl FilterRow for ListRow {
    fn texts(&self, place: Place) -> [Option<&str>; 2] {
        match place {
            Place::Customer => [Some(&self.customer), Some(&self.customer_name)],
            Place::Project => [Some(&self.project), Some(&self.project_name)],
            Place::Milestone => [self.key.as_deref(), Some(&self.milestone)],
            Place::Pm => [self.manager.as_deref(), None],
        }
    }

    fn stage(&self) -> Stage {
        self.stage
    }

    fn status(&self) -> Status {
        self.status
    }

    fn waiting_on(&self) -> WaitingOn {
        self.waiting_on
    }

    fn step(&self) -> Option<u8> {
        self.next.step
    }

    fn currency(&self) -> Currency {
        self.currency
    }

    fn due(&self) -> Option<NaiveDate> {
        self.due
    }

    fn days_late(&self) -> i64 {
        self.days_late
    }

    fn balance(&self) -> i64 {
        self.balance
    }

    fn amount(&self) -> i64 {
        self.amount
    }

    fn bucket(&self) -> Option<&str> {
        self.bucket.as_deref()
    }

    fn flags(&self) -> &[Flag] {
        &self.flags
    }
}

/// The label of an item's bucket.
pub fn bucket(
    item: &Item,
    as_of: NaiveDate,
    buckets: &Buckets,
    labels: &[String],
) -> Option<String> {
    buckets.place(item, as_of).map(|place| match place {
        aging::Place::Bucket(at) => labels[at].clone(),
        aging::Place::RetentionNotDue => RETENTION_NOT_DUE.to_owned(),
    })
}

/// The rows of these items, in their order.
pub fn rows<'a>(book: &Portfolio, items: impl Iterator<Item = &'a Item>) -> Vec<ListRow> {
    let buckets = Buckets::default();
    let labels = buckets.labels();
    items
        .map(|item| row(book, item, bucket(item, book.today, &buckets, &labels)))
        .collect()
}

fn row(book: &Portfolio, item: &Item, bucket: Option<String>) -> ListRow {
    let (today, policy) = (book.today, &book.policy);
    let next = dunning::next_step(item, today, policy);
    let guarded = book.guarded_until(item.customer);
    let customer = book.names.customer(item.customer);
    let project = book.names.project(item.project);
    let milestone = book.names.milestone(item.id);
    ListRow {
        id: item.id,
        key: Some(milestone.code.to_string()).filter(|key| !key.is_empty()),
        customer: customer.code.to_string(),
        customer_name: customer.name.to_string(),
        project: project.code.to_string(),
        project_name: project.name.to_string(),
        milestone: milestone.name.to_string(),
        stage: item.stage,
        manager: item.manager.map(|id| book.names.person(id).to_owned()),
        currency: item.currency,
        amount: item.amount,
        balance: item.balance,
        due: item.due,
        firm: item.is_firm(today),
        status: status::status(item, today, policy),
        days_late: if item.balance > 0 {
            item.days_late(today)
        } else {
            0
        },
        bucket,
        waiting_on: status::waiting_on(item, today, policy),
        next,
        waits: next
            .step
            .and_then(|step| dunning::wait(item, step, today, policy, guarded)),
        flags: status::flags(item, today),
    }
}
