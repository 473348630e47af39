//! Money as the demo tells it: bills, payments, and what became of them.

use chrono::Datelike;

use super::{Known, Open, Teller};
use crate::demo::small::drafts::minor;
use crate::domain::change::{Change, InvoiceDraft, PaymentDraft, Target};
use crate::domain::ids::{MilestoneId, PaymentId};
use crate::domain::kinds::{InvoiceKind, Method};
use crate::domain::money::{self, Overflow};

impl Teller {
    pub(super) fn bill(&mut self, open: Open, day: i64, amount: i64, sent: Option<i64>) {
        self.invoices += 1;
        let issued_on = self.at(day);
        let chinese = open.owner.cast.is_chinese();
        let (year, number) = (issued_on.year() % 100, self.invoices);
        let draft = InvoiceDraft {
            number: if chinese {
                format!("{year:02}3120000000{number:08}")
            } else {
                format!("INV-{year:02}{number:04}")
            },
            kind: if chinese {
                InvoiceKind::Special
            } else {
                InvoiceKind::Other
            },
            issued_on,
            sent_on: sent.map(|day| self.at(day)),
            received_on: sent
                .map(|day| self.at(day + 3))
                .filter(|d| *d <= self.today),
            lines: vec![(open.id, Some(amount))],
        };
        self.script.tell("刘芳", Change::Invoice(draft));
    }

    pub(super) fn pay(
        &mut self,
        from: Known,
        (day, amount): (i64, i64),
        lines: Vec<(MilestoneId, i64)>,
        method: Method,
    ) -> PaymentId {
        let received_on = self.at(day);
        let draft = PaymentDraft {
            customer: from.id,
            received_on,
            amount,
            currency: from.cast.currency,
            method,
            payer: String::new(),
            bank_ref: format!("{}{:04}", received_on.format("%Y%m%d"), amount % 9973),
            note: String::new(),
            target: Target::Lines(lines),
        };
        self.script.payment("刘芳", draft)
    }

    pub(super) fn bounce(&mut self, open: Open, day: i64) {
        let Some(payment) = open.last_payment else {
            return;
        };
        let change = Change::ReversePayment {
            payment,
            amount: None,
            on: self.at(day),
            reason: "商业承兑汇票到期被拒付".to_owned(),
        };
        self.script.tell("刘芳", change);
    }

    pub(super) fn receipt(
        &mut self,
        day: i64,
        parts: &[(&str, u8)],
        over: i64,
    ) -> Result<(), Overflow> {
        let mut lines = Vec::new();
        let mut owner = None;
        for (key, percent) in parts {
            if let Some(open) = self.milestones.get(*key) {
                lines.push((open.id, money::percent(open.amount, (*percent).into())?));
                owner = Some(open.owner);
            }
        }
        if let Some(owner) = owner {
            let over = minor(over, owner.cast)?;
            let sum = money::sum(lines.iter().map(|(_, amount)| *amount).chain([over]))?;
            self.pay(owner, (day, sum), lines, Method::Transfer);
        }
        Ok(())
    }

    pub(super) fn deposit(&mut self, from: Known, (day, amount): (i64, i64), note: &str) {
        let draft = PaymentDraft {
            customer: from.id,
            received_on: self.at(day),
            amount,
            currency: from.cast.currency,
            method: Method::Transfer,
            payer: String::new(),
            bank_ref: String::new(),
            note: note.to_owned(),
            target: Target::Lines(Vec::new()),
        };
        self.script.payment("刘芳", draft);
    }
}
