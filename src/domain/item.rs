//! One milestone as a day sees it: dates, sums and ids, narrow enough that a hundred thousand of them are read and
//! judged in the time of a frame. Everything shown (status, whose turn, bucket, step) is a function of an item and a day.
//!
//! An item is made in one place, [`crate::domain::as_of::item`]; the store keeps the items of today's open
//! milestones in the table `open_item`.

use std::ops::Deref;

use chrono::{Datelike, NaiveDate};
use iso_currency::Currency;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::facts::Account;
use super::ids::{CustomerId, MilestoneId, PersonId, ProjectId};
use super::kinds::{Stage, WaiverKind};

/// Days, currencies and stages as a derived item keeps them: short, and read without looking at text or time zones.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    clippy::ref_option,
    reason = "serde passes fields by reference"
)]
mod kept {
    use super::{
        Currency, Datelike, Deserialize, Deserializer, NaiveDate, Serialize, Serializer, Stage,
        WaiverKind,
    };
    use serde::de::Error;

    /// A day as its year and its place in the year: that is how a date is held, so that nothing is divided.
    fn packed(day: NaiveDate) -> i32 {
        (day.year() << 9) | day.ordinal().cast_signed()
    }

    fn unpacked<E: Error>(packed: i32) -> Result<NaiveDate, E> {
        NaiveDate::from_yo_opt(packed >> 9, (packed & 0x1ff).cast_unsigned())
            .ok_or_else(|| E::custom("no day"))
    }

    pub(super) mod day {
        use super::{Deserialize, Deserializer, NaiveDate, Serializer, packed, unpacked};

        pub fn serialize<S: Serializer>(day: &NaiveDate, s: S) -> Result<S::Ok, S::Error> {
            s.serialize_i32(packed(*day))
        }

        pub fn deserialize<'d, D: Deserializer<'d>>(d: D) -> Result<NaiveDate, D::Error> {
            unpacked(i32::deserialize(d)?)
        }
    }

    pub(super) mod maybe_day {
        use super::{
            Deserialize, Deserializer, NaiveDate, Serialize, Serializer, packed, unpacked,
        };

        pub fn serialize<S: Serializer>(day: &Option<NaiveDate>, s: S) -> Result<S::Ok, S::Error> {
            day.map(packed).serialize(s)
        }

        pub fn deserialize<'d, D: Deserializer<'d>>(d: D) -> Result<Option<NaiveDate>, D::Error> {
            Option::<i32>::deserialize(d)?.map(unpacked).transpose()
        }
    }

    pub(super) mod currency {
        use super::{Currency, Deserialize, Deserializer, Error, Serializer};

        pub fn serialize<S: Serializer>(currency: &Currency, s: S) -> Result<S::Ok, S::Error> {
            s.serialize_u16(currency.numeric())
        }

        pub fn deserialize<'d, D: Deserializer<'d>>(d: D) -> Result<Currency, D::Error> {
            Currency::from_numeric(u16::deserialize(d)?)
                .ok_or_else(|| D::Error::custom("no currency"))
        }
    }

    pub(super) mod stage {
        use super::{Deserialize, Deserializer, Error, Serializer, Stage};

        pub fn serialize<S: Serializer>(stage: &Stage, s: S) -> Result<S::Ok, S::Error> {
            s.serialize_u8(*stage as u8)
        }

        pub fn deserialize<'d, D: Deserializer<'d>>(d: D) -> Result<Stage, D::Error> {
            let place = usize::from(u8::deserialize(d)?);
            Stage::ALL.get(place).copied().ok_or_else(|| D::Error::custom("no stage"))
        }
    }

    pub(super) mod waiver {
        use super::{Deserialize, Deserializer, Error, Serialize, Serializer, WaiverKind};

        pub fn serialize<S: Serializer>(kind: &WaiverKind, s: S) -> Result<S::Ok, S::Error> {
            (*kind as u8).serialize(s)
        }

        pub fn deserialize<'d, D: Deserializer<'d>>(d: D) -> Result<WaiverKind, D::Error> {
            let place = usize::from(u8::deserialize(d)?);
            WaiverKind::ALL.get(place).copied().ok_or_else(|| D::Error::custom("no waiver"))
        }
    }
}

/// A promise that was not kept by the facts on hand: pending or broken, as the day has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPromise {
    #[serde(with = "kept::day")]
    pub made_on: NaiveDate,
    /// Last day to keep it.
    #[serde(with = "kept::day")]
    pub pay_by: NaiveDate,
    /// Last day on which money still keeps it: that day, and the ledger's tolerance.
    #[serde(with = "kept::day")]
    pub keep_by: NaiveDate,
    /// Minor units promised.
    pub amount: i64,
    /// Minor units that arrived for it.
    pub filled: i64,
    /// Whether another promise was made after it.
    pub followed: bool,
}

/// What is let go because the customer paid as agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waived {
    #[serde(with = "kept::waiver")]
    pub kind: WaiverKind,
    /// Minor units, above 0.
    pub amount: i64,
}

/// An agreement that would let the rest go, and is not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    #[serde(with = "kept::waiver")]
    pub kind: WaiverKind,
    /// Last day for the money: from the day after it has lapsed.
    #[serde(with = "kept::day")]
    pub by: NaiveDate,
    /// Minor units that still have to come; of a settlement over several milestones, on all of them together.
    pub missing: i64,
}

/// Which gates stand closed between a milestone and its money; our delivery is [`Item::deliver_by`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Gates(pub u8);

impl Gates {
    /// Delivered, and waiting for acceptance.
    pub const ACCEPT: u8 = 1;
    /// Standing invoices do not cover the amount, and that is asked for at once: delivered or accepted.
    pub const INVOICE: u8 = 2;
    /// They do not, and its own rule waits for the invoice: not before the planned day.
    pub const INVOICE_BY_RULE: u8 = 4;
    /// They do not, and the project bills: from the look-ahead before a firm due date.
    pub const INVOICE_AHEAD: u8 = 8;
    /// An invoice lies here unsent.
    pub const SEND: u8 = 16;
    /// A to-do is to be done first.
    pub const TODO: u8 = 32;

    /// Whether this gate is closed.
    pub const fn closed(self, gate: u8) -> bool {
        self.0 & gate != 0
    }
}

/// A time in which we do not chase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// First day held.
    #[serde(with = "kept::day")]
    pub since: NaiveDate,
    /// Last day held, shortened where it was released; `None` until released.
    #[serde(with = "kept::maybe_day")]
    pub until: Option<NaiveDate>,
}

/// One milestone as a day sees it. Amounts are minor units of `currency`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts, each read by itself")]
pub struct Item {
    pub id: MilestoneId,
    pub project: ProjectId,
    pub customer: CustomerId,
    /// Who of us looks after it.
    pub manager: Option<PersonId>,
    pub seq: u32,
    #[serde(with = "kept::stage")]
    pub stage: Stage,
    /// Currency of every amount here.
    #[serde(with = "kept::currency")]
    pub currency: Currency,
    pub amount: i64,
    /// What is open; never negative.
    pub balance: i64,
    pub written_off: i64,
    /// Part of the balance under dispute.
    pub disputed: i64,
    pub invoiced: i64,
    /// Due date by the rule; where that gives none, the first that was agreed.
    #[serde(with = "kept::maybe_day")]
    pub rule_due: Option<NaiveDate>,
    /// Whether the rule's event has happened: without, its date is expected and never overdue.
    pub met: bool,
    /// Day from which that is so, where it is a contract date that may lie ahead.
    #[serde(with = "kept::maybe_day")]
    pub met_from: Option<NaiveDate>,
    /// Due date by the rule until that day.
    #[serde(with = "kept::maybe_day")]
    pub due_until_met: Option<NaiveDate>,
    /// Due date by the reschedule in force.
    #[serde(with = "kept::maybe_day")]
    pub agreed_due: Option<NaiveDate>,
    /// Day of the reschedule in force.
    #[serde(with = "kept::maybe_day")]
    pub rescheduled_on: Option<NaiveDate>,
    /// Calendar days of grace.
    pub grace_days: u16,
    /// Day it was agreed; `None` has been there always.
    #[serde(with = "kept::maybe_day")]
    pub agreed_on: Option<NaiveDate>,
    /// Day the rule's event is planned for.
    #[serde(with = "kept::maybe_day")]
    pub planned_on: Option<NaiveDate>,
    /// Day by which we are to deliver, until something shows that we did.
    #[serde(with = "kept::maybe_day")]
    pub deliver_by: Option<NaiveDate>,
    #[serde(with = "kept::maybe_day")]
    pub delivered_on: Option<NaiveDate>,
    #[serde(with = "kept::maybe_day")]
    pub accepted_on: Option<NaiveDate>,
    /// Day of the first standing invoice.
    #[serde(with = "kept::maybe_day")]
    pub invoiced_on: Option<NaiveDate>,
    /// Day the rule's condition was met; a contract date may lie ahead.
    #[serde(with = "kept::maybe_day")]
    pub met_on: Option<NaiveDate>,
    pub gates: Gates,
    /// Highest step of the ladder that counts (a reschedule forgets steps 0 to 2).
    pub last_step: Option<u8>,
    /// Day of the last touch of any kind.
    #[serde(with = "kept::maybe_day")]
    pub last_touch_on: Option<NaiveDate>,
    /// Day of the last acceptance chase.
    #[serde(with = "kept::maybe_day")]
    pub last_chase_on: Option<NaiveDate>,
    /// Day agreed at the last touch for the next.
    #[serde(with = "kept::maybe_day")]
    pub next_on: Option<NaiveDate>,
    /// Promises that were not kept, oldest first.
    pub promises: Box<[OpenPromise]>,
    /// Every hold, by its first day.
    pub holds: Box<[Held]>,
    /// What few have.
    pub rare: Rare,
}

/// What is known of few milestones: apart, so that the others do not carry it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RareFacts {
    pub waived: Option<Waived>,
    /// Last day acceptance was refused, until it is accepted.
    #[serde(with = "kept::maybe_day")]
    pub refused_on: Option<NaiveDate>,
    /// Day appointed for the acceptance at the last chase.
    #[serde(with = "kept::maybe_day")]
    pub appointed_on: Option<NaiveDate>,
    /// Whether some of its money came otherwise than was agreed.
    pub other_method: bool,
    /// Agreements that would let the rest go.
    pub offers: Vec<Offer>,
    /// Times in which the work on its project rests, by the first day.
    pub suspended: Vec<Held>,
    /// Whether some of it went to dated parts.
    pub is_split: bool,
    /// Whether it is a part without which the later parts can be called due.
    pub can_call: bool,
    /// Day of the first standing invoice that lies here.
    #[serde(with = "kept::maybe_day")]
    pub unsent_since: Option<NaiveDate>,
    /// First day by which something is to be done that stands in its way.
    #[serde(with = "kept::maybe_day")]
    pub todo_by: Option<NaiveDate>,
}

static NONE: RareFacts = RareFacts {
    waived: None,
    refused_on: None,
    appointed_on: None,
    other_method: false,
    offers: Vec::new(),
    suspended: Vec::new(),
    is_split: false,
    can_call: false,
    unsent_since: None,
    todo_by: None,
};

/// [`RareFacts`], which take no room where there are none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rare(Option<Box<RareFacts>>);

impl From<RareFacts> for Rare {
    fn from(facts: RareFacts) -> Self {
        Self((facts != NONE).then(|| Box::new(facts)))
    }
}

impl Deref for Rare {
    type Target = RareFacts;

    fn deref(&self) -> &RareFacts {
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl Item {
    pub const fn account(&self) -> Account {
        Account { customer: self.customer, currency: self.currency }
    }
}
