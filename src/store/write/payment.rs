//! Money that arrives, is applied to milestones, and goes back.

use chrono::{Days, NaiveDate};

use crate::domain::allocation::{self, Allocation, Applied, PaymentBalance};
use crate::domain::as_of;
use crate::domain::change::{Deduction, PaymentDraft, Target};
use crate::domain::facts::{Account, Facts};
use crate::domain::ids::{AllocationId, CustomerId, MilestoneId, PaperId, PaymentId};
use crate::domain::rules::{self, KnownPayment};
use crate::domain::violation::{Field, Thing, Violation};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::{Backend, select, values};
use crate::store::lists::PaymentHead;
use crate::store::papers::PaperHead;
use crate::store::rows::{
    AllocationRow, BillRow, DeductionRow, MoveRow, PayerClearanceRow, PaymentRow, ReversalRow,
};
use crate::store::{facts, find, items, unknown};

select! {
    struct Received from "payment" {
        customer: CustomerId = "customer",
        currency: iso_currency::Currency = "currency",
        on: NaiveDate = "received_on",
        amount: i64 = "amount",
    }
}

select! {
    struct Known from "payment p" {
        id: PaymentId = "p.id",
        customer: CustomerId = "p.customer",
        currency: iso_currency::Currency = "p.currency",
        received_on: NaiveDate = "p.received_on",
        amount: i64 = "p.amount",
        reversed: Option<i64> = "(SELECT CAST(SUM(r.amount) AS BIGINT) FROM reversal r WHERE r.payment = p.id)",
        bank_ref: String = "p.bank_ref",
    }
}

impl From<Known> for KnownPayment {
    fn from(known: Known) -> Self {
        Self {
            id: known.id,
            account: Account { customer: known.customer, currency: known.currency },
            received_on: known.received_on,
            amount: known.amount,
            reversed: known.reversed.unwrap_or(0),
            bank_ref: known.bank_ref,
        }
    }
}

select! {
    /// An allocation with what is left of it.
    struct Left from "allocation a" {
        id: AllocationId = "a.id",
        milestone: MilestoneId = "a.milestone",
        on: NaiveDate = "a.effective_on",
        amount: i64 = "a.amount",
        reversed: Option<i64> = "(SELECT CAST(SUM(b.amount) AS BIGINT) FROM allocation b WHERE b.reverses = a.id)",
    }
}

/// One payment and what came and went of it.
pub(in crate::store) fn balance(db: &dyn Backend, id: PaymentId) -> Result<Option<PaymentBalance>> {
    let Some(payment) = db.select_first::<Received>("WHERE id = $1", values![id])? else {
        return Ok(None);
    };
    let account = Account { customer: payment.customer, currency: payment.currency };
    let mut balance = PaymentBalance::new(account, payment.on, payment.amount);
    let sql = "SELECT effective_on, -amount FROM allocation WHERE payment = $1 \
               UNION ALL SELECT reversed_on, -amount FROM reversal WHERE payment = $1";
    balance.moves = db.rows(sql, values![id])?;
    Ok(Some(balance))
}

impl Writer<'_> {
    pub(super) fn record_payment(&mut self, draft: &PaymentDraft) -> Result<()> {
        let like = self.like(draft)?;
        self.record_beside(draft, &like)
    }

    /// The same of a line of a bank statement: what was booked from another line is other money.
    pub(super) fn record_line(&mut self, draft: &PaymentDraft) -> Result<()> {
        let mut like = Vec::new();
        for known in self.like(draft)? {
            let sql = "SELECT 1 FROM bank_booking WHERE payment = $1";
            if !self.db.exists(sql, values![known.id])? {
                like.push(known);
            }
        }
        self.record_beside(draft, &like)
    }

    fn record_beside(&mut self, draft: &PaymentDraft, like: &[KnownPayment]) -> Result<()> {
        rules::payment(draft, self.context.today)?;
        self.speaks_of(draft.received_on);
        find::must_exist(self.db, draft.customer)?;
        rules::again(draft, like)?;
        let (payment, balance) = self.receive(draft)?;
        self.created.push(payment.0);
        self.allocate(payment, balance, &draft.target)
    }

    /// The payments that may be the same money.
    pub(in crate::store) fn like(&self, draft: &PaymentDraft) -> Result<Vec<KnownPayment>> {
        let days = Days::new(rules::AGAIN_DAYS);
        let from = draft.received_on.checked_sub_days(days).unwrap_or(NaiveDate::MIN);
        let to = draft.received_on.checked_add_days(days).unwrap_or(NaiveDate::MAX);
        let money = "WHERE p.customer = $1 AND p.amount = $2 AND p.received_on BETWEEN $3 AND $4 ORDER BY p.id";
        let of = values![draft.customer, draft.amount, from, to];
        let mut like = self.db.select::<Known>(money, of)?;
        let bank_ref = draft.bank_ref.trim();
        if !bank_ref.is_empty() {
            let same = "WHERE p.bank_ref = $1 AND p.bank_ref <> ''";
            like.extend(self.db.select::<Known>(same, values![bank_ref])?);
        }
        Ok(like.into_iter().map(KnownPayment::from).collect())
    }

    /// Writes money that arrived, none of it allocated yet.
    pub(in crate::store) fn receive(
        &mut self,
        draft: &PaymentDraft,
    ) -> Result<(PaymentId, PaymentBalance)> {
        let id = self.insert(&PaymentRow {
            customer: draft.customer,
            received_on: draft.received_on,
            amount: draft.amount,
            currency: draft.currency,
            method: draft.method,
            payer: draft.payer.trim().to_owned(),
            bank_ref: draft.bank_ref.trim().to_owned(),
            note: draft.note.trim().to_owned(),
        })?;
        for Deduction { kind, amount } in draft.deductions.iter().copied() {
            self.insert(&DeductionRow { payment: PaymentId(id), kind, amount })?;
        }
        if let Some(bill) = &draft.bill {
            self.insert(&BillRow::new(PaymentId(id), bill))?;
        }
        let account = Account { customer: draft.customer, currency: draft.currency };
        let balance = PaymentBalance::new(account, draft.received_on, draft.amount);
        Ok((PaymentId(id), balance))
    }

    pub(super) fn apply_payment(&mut self, payment: PaymentId, target: &Target) -> Result<()> {
        let balance = self.balance(payment)?;
        self.allocate(payment, balance, target)
    }

    fn balance(&self, payment: PaymentId) -> Result<PaymentBalance> {
        balance(self.db, payment)?.ok_or_else(|| unknown(Thing::Payment, payment))
    }

    fn allocate(
        &mut self,
        payment: PaymentId,
        mut balance: PaymentBalance,
        target: &Target,
    ) -> Result<()> {
        match target {
            Target::Lines(lines) => {
                for (milestone, amount) in lines {
                    let facts = facts::one(self.db, *milestone)?;
                    let allocation = balance.line(&facts, *amount)?;
                    balance.take(allocation);
                    self.write_allocation(payment, allocation)?;
                }
            }
            Target::Automatic => {
                let owed = items::owed_by(self.db, balance.account.customer)?;
                let today = self.context.today;
                for allocation in allocation::automatic(&balance, &owed, today).shares {
                    self.write_allocation(payment, allocation)?;
                }
            }
        }
        Ok(())
    }

    pub(in crate::store) fn write_allocation(
        &mut self,
        payment: PaymentId,
        allocation: Allocation,
    ) -> Result<AllocationId> {
        self.speaks_of(allocation.on);
        let id = self.insert(&AllocationRow {
            payment,
            milestone: allocation.milestone,
            amount: allocation.amount,
            effective_on: allocation.on,
            reverses: None,
            reversal: None,
            moved: None,
        })?;
        Ok(AllocationId(id))
    }

    pub(super) fn reverse_payment(
        &mut self,
        payment: PaymentId,
        amount: Option<i64>,
        on: NaiveDate,
        reason: &str,
    ) -> Result<()> {
        self.happened(on)?;
        let reason = rules::required(reason, Field::Reason)?;
        let balance = self.balance(payment)?;
        let applied = self.applied(payment)?;
        let reversal = allocation::reversal(&balance, applied, amount, on, self.context.today)?;
        let id = self.create(&ReversalRow {
            payment,
            reversed_on: on,
            amount: reversal.amount,
            reason: reason.to_owned(),
        })?;
        for taken in reversal.taken {
            self.speaks_of(taken.on);
            self.insert(&AllocationRow {
                payment,
                milestone: taken.milestone,
                amount: -taken.amount,
                effective_on: taken.on,
                reverses: Some(taken.allocation),
                reversal: Some(id),
                moved: None,
            })?;
        }
        Ok(())
    }

    pub(super) fn move_allocation(
        &mut self,
        payment: PaymentId,
        (from, to): (MilestoneId, MilestoneId),
        amount: Option<i64>,
        (on, reason): (NaiveDate, &str),
    ) -> Result<()> {
        let (balance, to) = (self.balance(payment)?, facts::one(self.db, to)?);
        facts::one(self.db, from)?;
        let applied = self.applied(payment)?;
        let today = self.context.today;
        let moved = allocation::moved(&balance, applied, from, &to, amount, on, today)?;
        self.speaks_of(on);
        let (amount, reason) = (moved.amount, reason.trim().to_owned());
        let id = self.create(&MoveRow { payment, moved_on: on, amount, reason })?;
        for (taken, given) in moved.parts {
            self.speaks_of(given.on);
            self.insert(&AllocationRow {
                payment,
                milestone: taken.milestone,
                amount: -taken.amount,
                effective_on: taken.on,
                reverses: Some(taken.allocation),
                reversal: None,
                moved: Some(id),
            })?;
            self.insert(&AllocationRow {
                payment,
                milestone: given.milestone,
                amount: given.amount,
                effective_on: given.on,
                reverses: None,
                reversal: None,
                moved: Some(id),
            })?;
        }
        Ok(())
    }

    /// Somebody else's money is taken as the customer's, by a paper of the customer's or by what is known; no day takes it
    /// back.
    pub(super) fn clear_payer(
        &mut self,
        payment: PaymentId,
        on: Option<NaiveDate>,
        paper: Option<PaperId>,
        note: &str,
    ) -> Result<()> {
        let head: Option<PaymentHead> =
            self.db.select_first("WHERE p.id = $1", values![payment])?;
        let head = head.ok_or_else(|| unknown(Thing::Payment, payment))?;
        if !head.is_by_other_payer() {
            return Err(Violation::NoThirdParty(payment).into());
        }
        self.maybe_happened(on)?;
        rules::cleared(head.on, on, paper, note)?;
        let (paper, note) = (paper.filter(|_| on.is_some()), on.map_or("", |_| note.trim()));
        if let Some(paper) = paper {
            let of = "WHERE t.id = $1 AND COALESCE(t.customer, p.customer) = $2";
            let customer = self.balance(payment)?.account.customer;
            let found: Option<PaperHead> = self.db.select_first(of, values![paper, customer])?;
            found.ok_or(Violation::PaperOfOtherCustomer(paper))?;
        }
        let row = PayerClearanceRow {
            payment,
            cleared_on: on,
            who: self.context.who.to_owned(),
            paper,
            note: note.to_owned(),
        };
        let sql = "SELECT id FROM payer_clearance WHERE payment = $1";
        match self.db.first::<i64>(sql, values![payment])? {
            Some(id) => self.update(id, |known: &mut PayerClearanceRow| *known = row).map(drop),
            None => self.insert(&row).map(drop),
        }
    }

    /// What stands of a payment's allocations.
    fn applied(&self, payment: PaymentId) -> Result<Vec<Applied>> {
        let rest = "WHERE a.payment = $1 AND a.reverses IS NULL";
        let all = self.db.select::<Left>(rest, values![payment])?;
        let applied = |one: Left| {
            let facts: Facts = facts::one(self.db, one.milestone)?;
            Ok(Applied {
                id: one.id,
                milestone: one.milestone,
                on: one.on,
                left: one.amount.saturating_add(one.reversed.unwrap_or(0)),
                due: as_of::item(&facts, as_of::LATEST, self.calendar)
                    .and_then(|item| item.due(self.context.today)),
                seq: facts.seq,
            })
        };
        all.into_iter().map(applied).collect()
    }
}
