//! What happens to an instalment: bills, money, and for what is overdue the whole trouble of getting it.

use super::Accounts;
use super::contract::Owner;
use crate::domain::change::{Change, InvoiceDraft, PaymentDraft, PromiseDraft, Target, TouchDraft};
use crate::domain::ids::MilestoneId;
use crate::domain::kinds::{Channel, InvoiceKind, Method, Outcome, TouchKind};

/// What became of an instalment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Paid,
    Overdue,
    Ahead,
}

/// One instalment and what its story needs to know. Days are counted from today.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub id: MilestoneId,
    pub owner: Owner,
    pub manager: &'static str,
    pub amount: i64,
    pub due: i64,
    pub event_day: i64,
    /// The rule counts from the invoice.
    pub billed_by_rule: bool,
    pub fate: Fate,
}

/// A paid instalment whose money comes together with the next one's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owed {
    part: Part,
    day: i64,
}

/// Days after due of steps 2 to 5 of the ladder.
const LADDER: [(u8, i64, Channel); 4] = [
    (2, 7, Channel::Phone),
    (3, 30, Channel::Letter),
    (4, 60, Channel::Letter),
    (5, 90, Channel::Lawyer),
];

impl Accounts {
    pub(super) fn live(&mut self, part: Part, owed: &mut Option<Owed>) {
        self.bill(part);
        match part.fate {
            Fate::Paid => self.pay(part, owed),
            Fate::Overdue => self.chase(part),
            Fate::Ahead if part.due <= 7 && self.chance(50) => {
                let on = self.rng.i64(part.due - 7..=0);
                self.step(part, on, (0, Channel::Wechat));
            }
            Fate::Ahead => {}
        }
    }

    /// Most of what can be billed is.
    fn bill(&mut self, part: Part) {
        let day = match part {
            Part {
                billed_by_rule: true,
                ..
            } => part.event_day,
            Part { event_day, due, .. } if event_day < due => event_day + 2,
            _ => part.due - 25,
        };
        if day > 0 || (!part.billed_by_rule && self.chance(5)) {
            return;
        }
        self.invoices += 1;
        let sent = part.fate == Fate::Paid || !self.chance(2);
        let draft = InvoiceDraft {
            number: format!("2631{:016}", self.invoices),
            kind: InvoiceKind::Special,
            issued_on: self.at(day),
            sent_on: sent.then(|| self.at(day)),
            received_on: (sent && day + 3 <= 0).then(|| self.at(day + 3)),
            lines: vec![(part.id, Some(part.amount))],
        };
        self.script.tell("刘芳", Change::Invoice(draft));
    }

    fn pay(&mut self, part: Part, owed: &mut Option<Owed>) {
        let late = if self.chance(45) {
            self.rng.i64(-5..=0)
        } else {
            self.rng.i64(1..=8) * self.rng.i64(1..=8)
        };
        let day = (part.due + late).min(0);
        if late > 10 && self.chance(25) {
            self.step(part, part.due + 8, (2, Channel::Phone));
        }
        if let Some(other) = owed.take() {
            let lines = vec![(other.part.id, other.part.amount), (part.id, part.amount)];
            self.receive(part.owner, day.max(other.day), lines);
        } else if self.chance(26) {
            let first = part.amount * 6 / 10;
            self.receive(part.owner, day, vec![(part.id, first)]);
            let rest = (day + self.rng.i64(5..=30)).min(0);
            self.receive(part.owner, rest, vec![(part.id, part.amount - first)]);
        } else if self.chance(6) {
            *owed = Some(Owed { part, day });
        } else if self.chance(1) {
            self.give_up(part, day);
        } else {
            self.receive(part.owner, day, vec![(part.id, part.amount)]);
        }
    }

    /// Pays what was to be paid with an instalment that never was.
    pub(super) fn pay_rest(&mut self, owed: Option<Owed>) {
        if let Some(Owed { part, day }) = owed {
            self.receive(part.owner, day, vec![(part.id, part.amount)]);
        }
    }

    fn give_up(&mut self, part: Part, day: i64) {
        let lost = part.amount / 20;
        self.receive(part.owner, day, vec![(part.id, part.amount - lost)]);
        let change = Change::WriteOff {
            milestone: part.id,
            amount: Some(lost),
            on: self.at(day),
            reason: "尾差".to_owned(),
        };
        self.script.tell(part.manager, change);
    }

    fn receive(&mut self, owner: Owner, day: i64, lines: Vec<(MilestoneId, i64)>) {
        let sum: i64 = lines.iter().map(|(_, amount)| amount).sum();
        let over = if self.rng.u16(0..1000) < 3 { 50_000 } else { 0 };
        let draft = PaymentDraft {
            customer: owner.customer,
            received_on: self.at(day),
            amount: sum + over,
            currency: owner.currency,
            method: if self.chance(15) {
                Method::BankBill
            } else {
                Method::Transfer
            },
            payer: String::new(),
            bank_ref: String::new(),
            note: String::new(),
            target: Target::Lines(lines),
        };
        self.script.payment("刘芳", draft);
    }

    fn chase(&mut self, part: Part) {
        if self.chance(70) {
            for (step, after, channel) in LADDER {
                let day = part.due + after + self.rng.i64(0..=4);
                if day <= 0 && self.chance(80) {
                    self.step(part, day, (step, channel));
                }
            }
        }
        if self.chance(10) {
            let day = (part.due + 10).min(0);
            self.receive(part.owner, day, vec![(part.id, part.amount * 4 / 10)]);
        } else if self.chance(5) {
            self.object(part);
        }
        if self.chance(15) {
            self.promise(part);
        }
        if self.chance(3) {
            let since = self.at(part.due / 2);
            let until = self.rng.i64(5..=60);
            let change = Change::Hold {
                milestones: vec![part.id],
                since,
                until: Some(self.at(until)),
                reason: "客户内部调整".to_owned(),
            };
            self.script.tell(part.manager, change);
        }
        if part.due < -8 && self.chance(6) {
            let change = Change::Reschedule {
                milestones: vec![part.id],
                to: self.at(part.due / 2),
                on: self.at(part.due + 2),
                reason: "付款计划调整".to_owned(),
            };
            self.script.tell(part.manager, change);
        }
    }

    fn object(&mut self, part: Part) {
        let half = self.chance(50);
        let change = Change::OpenDispute {
            milestone: part.id,
            amount: half.then_some(part.amount / 2),
            on: self.at((part.due + 4).min(0)),
            reason: "数量有出入".to_owned(),
            owner: part.manager.to_owned(),
        };
        self.script.tell(part.manager, change);
    }

    fn promise(&mut self, part: Part) {
        let made = -self.rng.i64(0..=25).min(-part.due);
        let by = made + self.rng.i64(5..=25);
        let promise = PromiseDraft {
            milestone: part.id,
            amount: Some(part.amount / 2),
            pay_by: self.at(by),
        };
        let draft = TouchDraft {
            outcome: Some(Outcome::Promised),
            kind: TouchKind::Courtesy,
            promises: vec![promise],
            ..self.touch(part, made, Channel::Phone)
        };
        self.script.tell(part.manager, Change::LogContact(draft));
    }

    fn step(&mut self, part: Part, day: i64, (step, channel): (u8, Channel)) {
        let draft = TouchDraft {
            step: Some(step),
            ..self.touch(part, day.min(0), channel)
        };
        self.script.tell(part.manager, Change::LogContact(draft));
    }

    fn touch(&self, part: Part, day: i64, channel: Channel) -> TouchDraft {
        TouchDraft {
            milestones: vec![part.id],
            on: self.at(day),
            contact: Some(part.owner.contact),
            channel,
            kind: TouchKind::Dunning,
            step: None,
            outcome: Some(Outcome::Noted),
            cause: None,
            note: String::new(),
            next_on: None,
            promises: Vec::new(),
        }
    }
}
