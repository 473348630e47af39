//! What became of bills of exchange.

use chrono::NaiveDate;

use crate::domain::about::About;
use crate::domain::bill::Bill;
use crate::domain::calendar::add_days;
use crate::domain::change::{BillDraft, BillEvent, TodoDraft};
use crate::domain::ids::PaymentId;
use crate::domain::kinds::TodoKind;
use crate::domain::rules;
use crate::domain::violation::{Field, Thing, Violation};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::rows::{BillRow, PaymentRow};
use crate::store::{settings, unknown};

impl BillRow {
    /// A bill to which nothing has happened.
    pub(super) fn new(payment: PaymentId, draft: &BillDraft) -> Self {
        Self {
            payment,
            form: draft.form,
            number: draft.number.clone(),
            drawer: draft.drawer.clone(),
            acceptor: draft.acceptor.clone(),
            issued_on: draft.issued_on,
            matures_on: draft.matures_on,
            discounted_on: None,
            discount_rate: None,
            discount_cost: 0,
            endorsed_on: None,
            endorsed_to: String::new(),
            honoured_on: None,
            dishonoured_on: None,
        }
    }
}

impl Writer<'_> {
    pub(super) fn bill(
        &mut self,
        payment: PaymentId,
        event: &BillEvent,
        on: NaiveDate,
    ) -> Result<()> {
        self.happened(on)?;
        let (id, row, paid) = self.bill_of(payment)?;
        let bill = Bill {
            payment,
            received_on: paid.received_on,
            matures_on: row.matures_on,
            discounted_on: row.discounted_on,
            endorsed_on: row.endorsed_on,
            honoured_on: row.honoured_on,
            dishonoured_on: row.dishonoured_on,
        };
        bill.can(event, on, self.context.today)?;
        let mut after = row;
        match event {
            BillEvent::Honoured => after.honoured_on = Some(on),
            BillEvent::Discounted { rate, cost } => {
                if *cost != 0 {
                    rules::positive(*cost)?;
                }
                let others = self.deducted(payment)?;
                rules::deducted(paid.amount, others.saturating_add(*cost), paid.currency)?;
                after.discounted_on = Some(on);
                (after.discount_rate, after.discount_cost) = (*rate, *cost);
            }
            BillEvent::Endorsed { to } => {
                rules::required(to, Field::Name)?;
                after.endorsed_on = Some(on);
                to.trim().clone_into(&mut after.endorsed_to);
            }
            BillEvent::Dishonoured { reason, recourse } => {
                self.reverse_payment(payment, None, on, reason)?;
                after.dishonoured_on = Some(on);
                let title = if recourse.trim().is_empty() { reason } else { recourse };
                let days = settings::policy(self.db)?.recourse_days;
                self.follow_up(&TodoDraft {
                    about: Some(About::Customer(paid.customer)),
                    owner: self.context.who.to_owned(),
                    due_on: add_days(on, days.into()),
                    ..TodoDraft::new(TodoKind::Task, title, on)
                })?;
            }
        }
        match id {
            Some(id) => self.update(id, |row: &mut BillRow| *row = after).map(drop),
            None => self.insert(&after).map(drop),
        }
    }

    /// The bill came in as a line of a bank statement: it was honoured, unless something else became of it.
    pub(super) fn bill_arrived(&mut self, payment: PaymentId, on: NaiveDate) -> Result<()> {
        match self.bill(payment, &BillEvent::Honoured, on) {
            Err(crate::error::Error::Violation(
                Violation::NotABill(_) | Violation::BillSettled { .. },
            )) => Ok(()),
            other => other,
        }
    }

    /// The bill of a payment, with its row where it has one, and the payment.
    fn bill_of(&self, payment: PaymentId) -> Result<(Option<i64>, BillRow, PaymentRow)> {
        if !self.db.exists("SELECT 1 FROM payment WHERE id = $1", values![payment])? {
            return Err(unknown(Thing::Payment, payment));
        }
        let paid: Option<PaymentRow> = self.db.row(payment.0)?;
        let paid = paid.ok_or_else(|| unknown(Thing::Payment, payment))?;
        if !paid.method.is_bill() {
            return Err(Violation::NotABill(payment).into());
        }
        let sql = "SELECT id FROM bill WHERE payment = $1";
        let id: Option<i64> = self.db.first(sql, values![payment])?;
        let row = match id {
            Some(id) => self.db.row(id)?,
            None => None,
        };
        let row = row.unwrap_or_else(|| BillRow::new(payment, &BillDraft::default()));
        Ok((id, row, paid))
    }

    /// What of a payment did not reach the bank.
    pub(super) fn deducted(&self, payment: PaymentId) -> Result<i64> {
        let sql =
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM deduction WHERE payment = $1";
        self.db.value(sql, values![payment])
    }
}
