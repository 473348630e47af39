//! The language the small demo is told in: contracts, their instalments, and what happened to each. Days are counted
//! from today, negative in the past; amounts of an instalment are percent of it.

use crate::domain::due::{Event, Unit};
use crate::domain::kinds::{Method, Outcome, ProjectState, Stage};

/// When an instalment falls due.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    On(i64),
    /// So long after an event.
    After(Event, u32, Unit),
    /// So many days after the acceptance of the milestone with this key.
    AcceptanceOf(&'static str, u32),
}

pub(super) const fn on(day: i64) -> When {
    When::On(day)
}

pub(super) const fn signing(days: u32) -> When {
    When::After(Event::Signing, days, Unit::Days)
}

pub(super) const fn delivery(days: u32) -> When {
    When::After(Event::Delivery, days, Unit::Days)
}

pub(super) const fn acceptance(days: u32) -> When {
    When::After(Event::Acceptance, days, Unit::Days)
}

pub(super) const fn invoice(days: u32) -> When {
    When::After(Event::Invoice, days, Unit::Days)
}

pub(super) const fn warranty_end(days: u32) -> When {
    When::After(Event::WarrantyEnd, days, Unit::Days)
}

/// One year after acceptance, as most retentions have it.
pub(super) const YEAR: When = When::After(Event::Acceptance, 1, Unit::Years);

/// Something that happened to an instalment.
#[derive(Debug, Clone, Copy)]
pub(super) enum Beat {
    /// Invoiced: day, percent.
    Bill(i64, u8),
    /// Invoiced whole; the invoice still lies here.
    Unsent(i64),
    /// Paid: day, percent.
    Pay(i64, u8),
    /// The last payment went back.
    Bounce(i64),
    /// A step of the ladder: day, step, outcome, note.
    Step(i64, u8, Outcome, &'static str),
    Chase(i64, &'static str),
    /// A talk about something else.
    Chat(i64, &'static str),
    /// A promise: made on, pay by, percent, note.
    Promise(i64, i64, u8, &'static str),
    /// An objection: day, percent (none is all of it), reason.
    Object(i64, Option<u8>, &'static str),
    Settle(i64, &'static str),
    /// A new due date: agreed on, new day, reason.
    Move(i64, i64, &'static str),
    /// We stop chasing: since, until, reason.
    Hold(i64, Option<i64>, &'static str),
    Release(i64),
    /// Given up: day, percent, reason.
    WriteOff(i64, u8, &'static str),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Instalment {
    pub stage: Stage,
    pub percent: u8,
    pub when: When,
    pub planned: Option<i64>,
    pub delivered: Option<i64>,
    pub accepted: Option<i64>,
    pub billed: Option<i64>,
    pub paid: Option<i64>,
    pub method: Method,
    pub story: &'static [Beat],
}

/// An instalment to which nothing has happened yet.
pub(super) const fn ms(stage: Stage, percent: u8, when: When) -> Instalment {
    Instalment {
        stage,
        percent,
        when,
        planned: None,
        delivered: None,
        accepted: None,
        billed: None,
        paid: None,
        method: Method::Transfer,
        story: &[],
    }
}

impl Instalment {
    pub(super) const fn planned(mut self, day: i64) -> Self {
        self.planned = Some(day);
        self
    }

    pub(super) const fn delivered(mut self, day: i64) -> Self {
        self.delivered = Some(day);
        self
    }

    pub(super) const fn accepted(mut self, day: i64) -> Self {
        self.accepted = Some(day);
        self
    }

    /// Invoiced whole, sent the same day, signed for three days later.
    pub(super) const fn billed(mut self, day: i64) -> Self {
        self.billed = Some(day);
        self
    }

    pub(super) const fn paid(mut self, day: i64) -> Self {
        self.paid = Some(day);
        self
    }

    pub(super) const fn by(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    pub(super) const fn story(mut self, story: &'static [Beat]) -> Self {
        self.story = story;
        self
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Contract {
    pub code: &'static str,
    pub name: &'static str,
    pub customer: &'static str,
    pub manager: &'static str,
    /// In whole units of the customer's currency.
    pub amount: i64,
    pub signed: i64,
    pub grace: u16,
    pub progress: u8,
    pub warranty_end: Option<i64>,
    pub state: ProjectState,
    pub plan: &'static [Instalment],
}

/// What a contract starts from: code, name, customer, manager.
pub(super) const fn contract(
    code: &'static str,
    name: &'static str,
    customer: &'static str,
    manager: &'static str,
) -> Contract {
    Contract {
        code,
        name,
        customer,
        manager,
        amount: 0,
        signed: 0,
        grace: 0,
        progress: 0,
        warranty_end: None,
        state: ProjectState::Active,
        plan: &[],
    }
}

impl Contract {
    /// Worth so much, signed on that day.
    pub(super) const fn worth(mut self, amount: i64, signed: i64) -> Self {
        self.amount = amount;
        self.signed = signed;
        self
    }

    pub(super) const fn grace(mut self, days: u16) -> Self {
        self.grace = days;
        self
    }

    /// Progress in percent.
    pub(super) const fn done(mut self, percent: u8) -> Self {
        self.progress = percent;
        self
    }

    pub(super) const fn warranty(mut self, end: i64) -> Self {
        self.warranty_end = Some(end);
        self
    }

    pub(super) const fn suspended(mut self) -> Self {
        self.state = ProjectState::Suspended;
        self
    }

    pub(super) const fn plan(mut self, plan: &'static [Instalment]) -> Self {
        self.plan = plan;
        self
    }
}

/// Something that concerns several instalments of a customer; they are named by key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    /// One call about several: day, step, outcome, note, keys.
    Call(i64, u8, Outcome, &'static str, &'static [&'static str]),
    /// One payment for several: day, (key, percent of it), what was paid on top in whole units.
    Receipt(i64, &'static [(&'static str, u8)], i64),
    /// Money nobody has said anything about: customer, day, whole units, note.
    Deposit(&'static str, i64, i64, &'static str),
}
