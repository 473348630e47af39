//! What happens to an instalment: bills, money, and for what is overdue the whole trouble of getting it.

use super::Chunks;
use super::contract::{Instalment, Standing, empty};
use crate::demo::company::LIU;
use crate::domain::change::{Change, InvoiceDraft, PaymentDraft, PromiseDraft, Target, TouchDraft};
use crate::domain::due::Event;
use crate::domain::facts::Account;
use crate::domain::ids::{ContactId, MilestoneId};
use crate::domain::kinds::{Channel, Method, Outcome, TouchKind};
use crate::domain::plan::PlanRow;

/// Days after due of steps 2 to 5 of the ladder.
const LADDER: [(u8, i64, Channel); 4] = [
    (2, 7, Channel::Phone),
    (3, 30, Channel::Letter),
    (4, 60, Channel::Letter),
    (5, 90, Channel::Lawyer),
];

/// A paid instalment whose money comes together with the next one's on this day.
pub(super) type Together = Option<(Instalment, i64)>;

impl Chunks {
    /// Most of what can be billed is.
    pub(super) fn bill(&mut self, part: Instalment, row: &mut PlanRow) {
        let by_rule = part.event == Some(Event::Invoice);
        let day = match part.event_day {
            day if by_rule => day,
            day if day < part.due => day + 2,
            _ => part.due - 25,
        };
        if day > 0 || (!by_rule && self.chance(5)) {
            return;
        }
        let issued_on = self.at(day);
        // A plan list knows no invoice that was not sent. Its number is not noted yet.
        if part.standing != Standing::Paid && self.chance(2) {
            let draft = InvoiceDraft {
                sent_on: None,
                ..InvoiceDraft::new(issued_on, vec![(part.id, Some(part.amount))])
            };
            self.since(LIU, Change::Invoice(draft));
        } else {
            self.invoices += 1;
            row.invoice_no = Some(format!("2631{:016}", self.invoices));
            row.invoiced_on = Some(issued_on);
        }
    }

    pub(super) fn pay(&mut self, part: Instalment, row: &mut PlanRow, together: &mut Together) {
        let late = if self.chance(45) {
            self.rng.i64(-5..=0)
        } else {
            self.rng.i64(1..=8) * self.rng.i64(1..=8)
        };
        let day = (part.due + late).min(0);
        if late > 10 && self.chance(10) {
            self.step(part, part.due + 8, 2, Channel::Phone);
        }
        if let Some((other, other_day)) = together.take() {
            let lines = vec![(other.id, other.amount), (part.id, part.amount)];
            self.receive(part.account, day.max(other_day), lines);
            return;
        }
        if self.chance(3) {
            *together = Some((part, day));
            return;
        }
        row.paid_on = Some(self.at(day));
        if self.chance(15) {
            row.paid = Some(part.amount * 6 / 10);
            let rest = (day + self.rng.i64(5..=30)).min(0);
            let paid = PlanRow {
                row: row.row,
                key: row.key.clone(),
                project: row.project.clone(),
                milestone: row.milestone.clone(),
                amount: row.amount,
                paid: Some(row.amount),
                paid_on: Some(self.at(rest)),
                ..empty(part.account)
            };
            self.chunk.rest.push(paid);
        } else if self.chance(1) {
            row.paid = Some(part.amount - part.amount / 20);
            row.written_off_on = row.paid_on;
        }
    }

    /// Pays what was to be paid with an instalment that never was.
    pub(super) fn pay_alone(&mut self, together: Together) {
        if let Some((part, day)) = together {
            self.receive(part.account, day, vec![(part.id, part.amount)]);
        }
    }

    fn receive(&mut self, account: Account, day: i64, lines: Vec<(MilestoneId, i64)>) {
        let sum: i64 = lines.iter().map(|(_, amount)| amount).sum();
        let more = if self.chance(2) { 50_000 } else { 0 };
        let method = if self.chance(50) { Method::BankBill } else { Method::Transfer };
        let draft = PaymentDraft {
            method,
            target: Target::Lines(lines),
            ..PaymentDraft::new(account, self.at(day), sum + more)
        };
        self.since(LIU, Change::RecordPayment(draft));
    }

    pub(super) fn remind(&mut self, part: Instalment) {
        if part.due <= 7 && self.chance(50) {
            let day = self.rng.i64(part.due - 7..=0);
            self.step(part, day, 0, Channel::Wechat);
        }
    }

    pub(super) fn chase(&mut self, part: Instalment, row: &mut PlanRow) {
        if self.chance(70) {
            for (step, after, channel) in LADDER {
                let day = part.due + after + self.rng.i64(0..=4);
                if day <= 0 && self.chance(80) {
                    self.step(part, day, step, channel);
                }
            }
        }
        if self.chance(10) {
            row.paid = Some(part.amount * 4 / 10);
            row.paid_on = Some(self.at((part.due + 10).min(0)));
        } else if self.chance(5) {
            let half = self.chance(50);
            let change = Change::OpenDispute {
                milestone: part.id,
                amount: half.then_some(part.amount / 2),
                on: self.at((part.due + 4).min(0)),
                reason: "数量有出入".to_owned(),
                owner: part.manager.to_owned(),
            };
            self.since(part.manager, change);
        }
        if self.chance(15) {
            self.promise(part);
        }
        if self.chance(3) {
            let until = self.rng.i64(5..=60);
            let change = Change::Hold {
                milestones: vec![part.id],
                since: self.at(part.due / 2),
                until: Some(self.at(until)),
                reason: "客户内部调整".to_owned(),
            };
            self.since(part.manager, change);
        }
        if part.due < -8 && self.chance(6) {
            let change = Change::Reschedule {
                milestones: vec![part.id],
                to: self.at(part.due / 2),
                on: self.at(part.due + 2),
                reason: "付款计划调整".to_owned(),
            };
            self.since(part.manager, change);
        }
    }

    fn promise(&mut self, part: Instalment) {
        let made = -self.rng.i64(0..=25).min(-part.due);
        let pay_by = made + self.rng.i64(5..=25);
        let draft = TouchDraft {
            outcome: Some(Outcome::Promised),
            promises: vec![PromiseDraft {
                milestone: part.id,
                amount: Some(part.amount / 2),
                pay_by: self.at(pay_by),
            }],
            ..self.touch(part, made)
        };
        self.since(part.manager, Change::LogContact(draft));
    }

    fn step(&mut self, part: Instalment, day: i64, step: u8, channel: Channel) {
        let draft = TouchDraft {
            channel,
            kind: TouchKind::Dunning,
            step: Some(step),
            outcome: Some(Outcome::Noted),
            ..self.touch(part, day.min(0))
        };
        self.since(part.manager, Change::LogContact(draft));
    }

    fn touch(&self, part: Instalment, day: i64) -> TouchDraft {
        TouchDraft {
            // Each customer has one contact.
            contact: Some(ContactId(part.account.customer.0)),
            ..TouchDraft::new(vec![part.id], self.at(day))
        }
    }
}
