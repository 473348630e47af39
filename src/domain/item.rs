//! One milestone as a day sees it: dates, sums and ids, narrow enough that a hundred thousand of them are read and
//! judged in the time of a frame. Everything shown (status, whose turn, bucket, step) is a function of an item and a day.
//!
//! An item is made in one place, [`crate::domain::as_of::item`]; the store keeps the items of today's open
//! milestones in the table `open_item`.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::facts::Account;
use super::ids::{CustomerId, MilestoneId, PersonId, ProjectId};
use super::kinds::Stage;

/// A promise that was not kept by the facts on hand: pending or broken, as the day has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPromise {
    pub made_on: NaiveDate,
    /// Last day to keep it.
    pub pay_by: NaiveDate,
    /// Minor units promised.
    pub amount: i64,
    /// Minor units that arrived for it.
    pub filled: i64,
}

/// Which gates stand between a milestone and its money, and which of them it has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Gates(pub u8);

impl Gates {
    /// It is open until we deliver.
    pub const DELIVER: u8 = 1;
    /// Delivered, and waiting for acceptance.
    pub const ACCEPT: u8 = 2;
    /// Standing invoices do not cover the amount.
    pub const INVOICE: u8 = 4;
    /// An invoice lies here unsent.
    pub const SEND: u8 = 8;
    /// Nothing but its own rule asks for the invoice: not before the planned day.
    pub const PLANNED: u8 = 16;

    /// Whether this gate is closed.
    pub const fn closed(self, gate: u8) -> bool {
        self.0 & gate != 0
    }
}

/// A hold in force or to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// First day held.
    pub since: NaiveDate,
    /// Last day held; `None` until released.
    pub until: Option<NaiveDate>,
}

/// One milestone as a day sees it. Amounts are minor units of `currency`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub id: MilestoneId,
    pub project: ProjectId,
    pub customer: CustomerId,
    /// Who of us looks after it.
    pub manager: Option<PersonId>,
    pub seq: u32,
    pub stage: Stage,
    /// Currency of every amount here.
    pub currency: Currency,
    pub amount: i64,
    /// What is open; never negative.
    pub balance: i64,
    pub written_off: i64,
    /// Part of the balance under dispute.
    pub disputed: i64,
    pub invoiced: i64,
    pub due: Option<NaiveDate>,
    /// Whether `due` is firm; an expected one is never overdue.
    pub firm: bool,
    /// Day from which `due` is firm, where it hangs on a contract date that may lie ahead.
    pub firm_from: Option<NaiveDate>,
    /// Due date before any reschedule.
    pub first_due: Option<NaiveDate>,
    /// Day of the reschedule in force.
    pub rescheduled_on: Option<NaiveDate>,
    /// Calendar days of grace.
    pub grace_days: u16,
    /// Day it was agreed; `None` has been there always.
    pub agreed_on: Option<NaiveDate>,
    /// Day the rule's event is planned for.
    pub planned_on: Option<NaiveDate>,
    pub delivered_on: Option<NaiveDate>,
    pub accepted_on: Option<NaiveDate>,
    /// Day of the first standing invoice.
    pub invoiced_on: Option<NaiveDate>,
    /// Day the rule's condition was met.
    pub met_on: Option<NaiveDate>,
    pub gates: Gates,
    /// Highest step of the ladder that counts (a reschedule forgets steps 0 to 2).
    pub last_step: Option<u8>,
    /// Day of the last touch of any kind.
    pub last_touch_on: Option<NaiveDate>,
    /// Day of the last acceptance chase.
    pub last_chase_on: Option<NaiveDate>,
    pub promises: Vec<OpenPromise>,
    /// The hold in force or to come.
    pub held: Option<Held>,
}

impl Item {
    pub const fn account(&self) -> Account {
        Account {
            customer: self.customer,
            currency: self.currency,
        }
    }
}
