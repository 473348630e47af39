//! Turns what is told about the demo company into changes, day by day.

mod money;
mod talk;

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cast::Customer;
use super::drafts::{self, Place, minor};
use super::plan::{Beat, Contract, Deed, Instalment};
use crate::demo::script::Script;
use crate::demo::{Entry, shift};
use crate::domain::calendar::Calendar;
use crate::domain::change::Change;
use crate::domain::ids::{ContactId, CustomerId, MilestoneId, PaymentId};
use crate::domain::kinds::{Method, TouchKind};
use crate::domain::money::{Overflow, percent, split};

/// A customer that was introduced.
#[derive(Clone, Copy)]
struct Known {
    id: CustomerId,
    /// The first of its contacts.
    contact: ContactId,
    cast: &'static Customer,
}

/// An instalment that was introduced.
#[derive(Clone, Copy)]
struct Open {
    id: MilestoneId,
    amount: i64,
    owner: Known,
    manager: &'static str,
    method: Method,
    last_payment: Option<PaymentId>,
}

/// Tells the changes in order.
pub(super) struct Teller {
    today: NaiveDate,
    script: Script,
    customers: HashMap<&'static str, Known>,
    milestones: HashMap<String, Open>,
    invoices: u32,
}

impl Teller {
    pub(super) fn new(today: NaiveDate) -> Self {
        Self {
            today,
            script: Script::default(),
            customers: HashMap::new(),
            milestones: HashMap::new(),
            invoices: 0,
        }
    }

    pub(super) fn finish(mut self) -> Vec<Entry> {
        self.script.take()
    }

    fn at(&self, days: i64) -> NaiveDate {
        shift(self.today, days)
    }

    /// A day of the past on which somebody was at work. What is recent stays where it was told.
    fn at_work(&self, days: i64) -> NaiveDate {
        let (day, calendar) = (self.at(days), Calendar::china());
        if days > -20 || calendar.is_business_day(day) {
            day
        } else {
            calendar.sub_business_days(day, 1)
        }
    }

    pub(super) fn customer(&mut self, cast: &'static Customer) -> Result<(), Overflow> {
        let draft = drafts::customer(cast)?;
        let (id, contact) = self.script.customer("刘芳", draft);
        self.customers
            .insert(cast.code, Known { id, contact, cast });
        Ok(())
    }

    pub(super) fn contract(&mut self, told: &'static Contract) -> Result<(), Overflow> {
        let Some(owner) = self.customers.get(told.customer).copied() else {
            return Ok(());
        };
        let signed = self.at_work(told.signed);
        let draft = drafts::project(told, (owner.id, owner.cast), signed, self.today)?;
        let project = self.script.project(told.manager, draft);
        let shares: Vec<Decimal> = told.plan.iter().map(|i| i.percent.into()).collect();
        let amounts = split(minor(told.amount, owner.cast)?, &shares)?;
        let mut keys = Vec::with_capacity(told.plan.len());
        for ((seq, instalment), amount) in (1..).zip(told.plan).zip(amounts) {
            let place = Place {
                project,
                key: format!("{}-M{seq}", told.code),
                cast: owner.cast,
                signed,
                amount,
            };
            let draft = drafts::milestone(instalment, &place, self.today);
            let open = Open {
                id: self.script.milestone(told.manager, draft),
                amount,
                owner,
                manager: told.manager,
                method: instalment.method,
                last_payment: None,
            };
            self.milestones.insert(place.key.clone(), open);
            keys.push((place.key, instalment));
        }
        keys.iter()
            .try_for_each(|(key, told)| self.instalment(key, told))
    }

    fn instalment(&mut self, key: &str, told: &Instalment) -> Result<(), Overflow> {
        if let Some(day) = told.billed {
            self.beat(key, Beat::Bill(day, 100))?;
        }
        for beat in told.story {
            self.beat(key, *beat)?;
        }
        if let Some(day) = told.paid {
            let worked = (self.at_work(day) - self.today).num_days();
            self.beat(key, Beat::Pay(worked, 100))?;
        }
        Ok(())
    }

    fn beat(&mut self, key: &str, beat: Beat) -> Result<(), Overflow> {
        let Some(open) = self.milestones.get(key).copied() else {
            return Ok(());
        };
        let part = |share: u8| percent(open.amount, share.into());
        match beat {
            Beat::Bill(day, percent) => self.bill(open, day, part(percent)?, Some(day)),
            Beat::Unsent(day) => self.bill(open, day, open.amount, None),
            Beat::Pay(day, percent) => {
                let amount = part(percent)?;
                let lines = vec![(open.id, amount)];
                let payment = self.pay(open.owner, (day, amount), lines, open.method);
                if let Some(open) = self.milestones.get_mut(key) {
                    open.last_payment = Some(payment);
                }
            }
            Beat::Bounce(day) => self.bounce(open, day),
            Beat::Step(day, step, outcome, note) => {
                self.step(&[open], (day, step), outcome, note);
            }
            Beat::Chase(day, note) => self.talk(open, day, TouchKind::AcceptanceChase, note),
            Beat::Chat(day, note) => self.talk(open, day, TouchKind::Courtesy, note),
            Beat::Promise(made, by, percent, note) => {
                self.promise(open, (made, by), part(percent)?, note);
            }
            other => return self.agree(open, other),
        }
        Ok(())
    }

    fn agree(&mut self, open: Open, beat: Beat) -> Result<(), Overflow> {
        let part = |share: u8| percent(open.amount, share.into());
        let milestones = vec![open.id];
        let change = match beat {
            Beat::Object(day, percent, reason) => Change::OpenDispute {
                milestone: open.id,
                amount: percent.map(part).transpose()?,
                on: self.at(day),
                reason: reason.to_owned(),
                owner: open.manager.to_owned(),
            },
            Beat::Settle(day, resolution) => Change::ResolveDispute {
                milestone: open.id,
                on: self.at(day),
                resolution: resolution.to_owned(),
            },
            Beat::Move(day, to, reason) => Change::Reschedule {
                milestones,
                to: self.at(to),
                on: self.at(day),
                reason: reason.to_owned(),
            },
            Beat::Hold(since, until, reason) => Change::Hold {
                milestones,
                since: self.at(since),
                until: until.map(|day| self.at(day)),
                reason: reason.to_owned(),
            },
            Beat::Release(day) => Change::Release {
                milestones,
                on: self.at(day),
            },
            Beat::WriteOff(day, percent, reason) => Change::WriteOff {
                milestone: open.id,
                amount: Some(part(percent)?),
                on: self.at(day),
                reason: reason.to_owned(),
            },
            _ => return Ok(()),
        };
        self.script.tell(open.manager, change);
        Ok(())
    }

    pub(super) fn deed(&mut self, deed: &Deed) -> Result<(), Overflow> {
        match *deed {
            Deed::Call(day, step, outcome, note, keys) => {
                let about = keys.iter().filter_map(|key| self.milestones.get(*key));
                let about: Vec<Open> = about.copied().collect();
                self.step(&about, (day, step), outcome, note);
            }
            Deed::Receipt(day, parts, over) => self.receipt(day, parts, over)?,
            Deed::Deposit(code, day, whole, note) => {
                if let Some(from) = self.customers.get(code).copied() {
                    self.deposit(from, (day, minor(whole, from.cast)?), note);
                }
            }
        }
        Ok(())
    }
}
