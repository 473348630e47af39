//! Lists of what was recorded: payments, invoices, promises, contacts and touches, of everybody or of one customer.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::backend::{Select as _, select, values};
use super::{Reader, unknown};
use crate::domain::active_invoices::settled;
use crate::domain::as_of::LATEST;
use crate::domain::bill::{self, Bill};
use crate::domain::calendar::Calendar;
use crate::domain::change::Deduction;
use crate::domain::ids::{
    ContactId, CustomerId, IdMap, InvoiceId, MilestoneId, PaperId, PaymentId, PromiseId, TouchId,
};
use crate::domain::invoice_lag::{Waited, waited};
use crate::domain::item::Item;
use crate::domain::kinds::{
    BillForm, BillState, Cause, Channel, DeductionKind, InvoiceKind, InvoiceState, Method, Outcome,
    PaperKind, TouchKind,
};
use crate::domain::paper::PaperName;
use crate::domain::promise::{self, PromiseState};
use crate::domain::reconcile::is_called;
use crate::domain::tax::TaxRate;
use crate::domain::violation::Thing;
use crate::error::{Error, Result};

/// Which part of a list: of one customer, and from one day to another.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    pub customer: Option<CustomerId>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Span {
    pub fn of(customer: CustomerId) -> Self {
        Self { customer: Some(customer), ..Self::default() }
    }

    /// What holds for a list whose rows have these columns for customer and day; `$1` to `$4` are the customers and days
    /// from and to.
    fn condition(self, customer: &str, day: &str) -> String {
        // One customer is looked up; the whole list is a range.
        let whose = match self.customer {
            Some(_) => format!("{customer} = $1 AND $1 = $2"),
            None => format!("{customer} BETWEEN $1 AND $2"),
        };
        format!("WHERE {whose} AND {day} BETWEEN $3 AND $4 ORDER BY")
    }

    /// The first and the last id of a customer.
    pub(super) fn customers(self) -> (i64, i64) {
        self.customer.map_or((i64::MIN, i64::MAX), |id| (id.0, id.0))
    }

    pub(super) fn days(self) -> (NaiveDate, NaiveDate) {
        let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default();
        (self.from.unwrap_or(first), self.to.unwrap_or(LATEST))
    }
}

/// A part of a payment, an invoice or a touch: of one milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedLine {
    pub milestone: MilestoneId,
    pub key: Option<String>,
    /// Code of its project.
    pub project: String,
    /// Minor units.
    pub amount: i64,
    /// Of an invoice: minor units paid and still open.
    pub paid: i64,
    pub open: i64,
}

impl ListedLine {
    /// Its key, else its id.
    pub fn called(&self) -> String {
        self.key.clone().unwrap_or_else(|| self.milestone.to_string())
    }
}

select! {
    /// A payment in a list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct PaymentHead from "payment p JOIN customer c ON c.id = p.customer LEFT JOIN bill b ON b.payment = p.id \
        LEFT JOIN payer_clearance k ON k.payment = p.id LEFT JOIN paper t ON t.id = CASE WHEN p.payer = '' THEN NULL \
            WHEN k.cleared_on IS NOT NULL THEN k.paper ELSE (SELECT MIN(a.id) FROM paper a WHERE a.kind = 'payment_mandate' \
            AND (a.customer = p.customer OR a.project IN (SELECT j.id FROM project j WHERE j.customer = p.customer))) END" {
        pub id: PaymentId = "p.id",
        pub on: NaiveDate = "p.received_on",
        /// Code of the customer.
        pub customer: String = "c.code",
        pub customer_name: String = "c.name",
        pub currency: Currency = "p.currency",
        /// Minor units that arrived.
        pub amount: i64 = "p.amount",
        /// Minor units that went back.
        pub reversed: i64 = "(SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM reversal r WHERE r.payment = p.id)",
        pub method: Method = "p.method",
        pub payer: String = "p.payer",
        pub bank_ref: String = "p.bank_ref",
        pub note: String = "p.note",
        /// Minor units that pay nothing yet.
        pub unapplied: i64 = "p.unapplied",
        /// How many milestones it pays for which another way was agreed.
        otherwise: i64 = "(SELECT COUNT(*) FROM allocation a JOIN milestone m ON m.id = a.milestone \
            JOIN project j ON j.id = m.project WHERE a.payment = p.id AND a.amount > 0 \
            AND p.method <> COALESCE(m.method, j.method))",
        /// The shortest term of bills that was agreed for what it pays, in months.
        bill_months: Option<u16> = "(SELECT MIN(COALESCE(m.bill_months, j.bill_months)) FROM allocation a \
            JOIN milestone m ON m.id = a.milestone JOIN project j ON j.id = m.project \
            WHERE a.payment = p.id AND a.amount > 0)",
        drawn_on: NaiveDate = "COALESCE(b.issued_on, p.received_on)",
        matures_on: Option<NaiveDate> = "b.matures_on",
        short_name: String = "c.short_name",
        invoice_title: String = "c.invoice_title",
        /// Lines of statements of this payer that were booked as money of the customer before.
        known: i64 = "CASE WHEN p.payer = '' THEN 0 ELSE (SELECT COUNT(*) FROM payment q \
            JOIN bank_booking b ON b.payment = q.id JOIN bank_line l ON l.id = b.line \
            WHERE q.customer = p.customer AND q.id < p.id AND l.payer = p.payer) END",
        /// That somebody else's money may be taken as its own was said by a clearing of this payment, else follows from the
        /// first paper in which the customer has others pay.
        cleared_on: Option<NaiveDate> = "k.cleared_on",
        cleared_by: Option<String> = "k.who",
        cleared_note: Option<String> = "k.note",
        pub proof: Option<PaperId> = "t.id",
        proof_on: Option<NaiveDate> = "t.dated_on",
        proof_by: Option<String> = "t.who",
        proof_kind: Option<PaperKind> = "t.kind",
        proof_number: Option<String> = "t.number",
        proof_title: Option<String> = "t.title",
    }
}

impl PaymentHead {
    /// Whether it came otherwise than was agreed.
    pub fn is_by_other_method(&self) -> bool {
        let is_longer = bill::is_longer(self.drawn_on, self.matures_on, self.bill_months);
        (self.otherwise > 0 || is_longer) && self.reversed < self.amount
    }

    /// Whether somebody else paid: neither the customer, by one of its names, nor one whose money was the customer's
    /// before.
    pub fn is_by_other_payer(&self) -> bool {
        let names = [&self.customer_name, &self.short_name, &self.invoice_title];
        !self.payer.is_empty() && self.known == 0 && !is_called(&self.payer, names)
    }

    /// Whether somebody else paid, and nothing on record says that it may be taken as the customer's.
    pub fn is_third_party(&self) -> bool {
        self.is_by_other_payer() && self.cleared().is_none()
    }

    /// Why somebody else's money may be taken as the customer's.
    pub fn cleared(&self) -> Option<Clearing> {
        if !self.is_by_other_payer() {
            return None;
        }
        let proof = self.proof_kind.map(|kind| PaperName {
            kind,
            number: self.proof_number.clone().unwrap_or_default(),
            title: self.proof_title.clone().unwrap_or_default(),
        });
        let note = self.cleared_note.clone().unwrap_or_default();
        // A clearing by a paper that was voided is none.
        let ((on, by), note) = if let Some(on) = self.cleared_on {
            ((on, &self.cleared_by), note)
        } else {
            ((self.proof_on?, &self.proof_by), String::new())
        };
        let by = by.clone().unwrap_or_default();
        (proof.is_some() || !note.is_empty()).then_some(Clearing { on, by, note, proof })
    }
}

/// Why somebody else's money may be taken as the customer's: who said so, since when, on what ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearing {
    pub on: NaiveDate,
    pub by: String,
    pub note: String,
    pub proof: Option<PaperName>,
}

select! {
    struct Deducted from "deduction d JOIN payment p ON p.id = d.payment" {
        payment: PaymentId = "d.payment",
        kind: DeductionKind = "d.kind",
        amount: i64 = "d.amount",
    }
}

select! {
    /// A bill of exchange in a list; where nothing was said of it, the payment alone.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct BillHead from "payment p JOIN customer c ON c.id = p.customer LEFT JOIN bill b ON b.payment = p.id" {
        pub payment: PaymentId = "p.id",
        pub received_on: NaiveDate = "p.received_on",
        pub customer_id: CustomerId = "p.customer",
        /// Code of the customer.
        pub customer: String = "c.code",
        pub customer_name: String = "c.name",
        pub currency: Currency = "p.currency",
        /// Its face, in minor units.
        pub amount: i64 = "p.amount",
        /// Minor units that went back.
        pub reversed: i64 = "(SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM reversal r WHERE r.payment = p.id)",
        pub method: Method = "p.method",
        pub form: Option<BillForm> = "b.form",
        pub number: Option<String> = "b.number",
        pub drawer: Option<String> = "b.drawer",
        pub acceptor: Option<String> = "b.acceptor",
        pub issued_on: Option<NaiveDate> = "b.issued_on",
        pub matures_on: Option<NaiveDate> = "b.matures_on",
        pub discounted_on: Option<NaiveDate> = "b.discounted_on",
        pub discount_rate: Option<i64> = "b.discount_rate",
        /// What selling it cost, in minor units.
        pub discount_cost: Option<i64> = "b.discount_cost",
        pub endorsed_on: Option<NaiveDate> = "b.endorsed_on",
        pub endorsed_to: Option<String> = "b.endorsed_to",
        pub honoured_on: Option<NaiveDate> = "b.honoured_on",
        pub dishonoured_on: Option<NaiveDate> = "b.dishonoured_on",
    }
}

impl BillHead {
    pub const fn bill(&self) -> Bill {
        Bill {
            payment: self.payment,
            received_on: self.received_on,
            matures_on: self.matures_on,
            discounted_on: self.discounted_on,
            endorsed_on: self.endorsed_on,
            honoured_on: self.honoured_on,
            dishonoured_on: self.dishonoured_on,
        }
    }

    /// Minor units of it that did not go back.
    pub const fn left(&self) -> i64 {
        self.amount.saturating_sub(self.reversed)
    }
}

/// A bill of exchange, and how a day has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedBill {
    pub head: BillHead,
    pub state: BillState,
    /// The last day to present it for payment, while it is in hand.
    pub present_by: Option<NaiveDate>,
}

select! {
    /// A bill of exchange in hand that matures.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct MaturingBill from "bill b JOIN payment p ON p.id = b.payment" {
        pub payment: PaymentId = "p.id",
        pub customer: CustomerId = "p.customer",
        pub currency: Currency = "p.currency",
        /// Minor units of it that did not go back.
        pub amount: i64 = "p.amount - COALESCE((SELECT CAST(SUM(r.amount) AS BIGINT) FROM reversal r \
            WHERE r.payment = p.id AND r.reversed_on <= $1), 0)",
        pub matures_on: NaiveDate = "b.matures_on",
    }
}

select! {
    struct Paid from "allocation a JOIN payment p ON p.id = a.payment JOIN milestone m ON m.id = a.milestone \
        JOIN project j ON j.id = m.project" {
        payment: PaymentId = "a.payment",
        milestone: MilestoneId = "a.milestone",
        key: Option<String> = "m.key",
        project: String = "j.code",
        amount: i64 = "a.amount",
    }
}

select! {
    /// An invoice in a list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct InvoiceHead from "invoice i JOIN customer c ON c.id = i.customer" {
        pub id: InvoiceId = "i.id",
        /// Its number; empty is not known.
        pub number: String = "i.number",
        pub kind: InvoiceKind = "i.kind",
        pub on: NaiveDate = "i.issued_on",
        pub sent_on: Option<NaiveDate> = "i.sent_on",
        pub received_on: Option<NaiveDate> = "i.received_on",
        pub tax_rate: Option<TaxRate> = "i.tax_rate",
        /// The bill that a red one names, and that bill's number.
        pub reverses: Option<InvoiceId> = "i.reverses",
        pub reverses_number: Option<String> = "(SELECT o.number FROM invoice o WHERE o.id = i.reverses)",
        /// Code of the customer.
        pub customer: String = "c.code",
        pub customer_name: String = "c.name",
    }
}

select! {
    struct Billed from "invoice_line l JOIN invoice i ON i.id = l.invoice JOIN milestone m ON m.id = l.milestone \
        JOIN project j ON j.id = m.project" {
        id: i64 = "l.id",
        invoice: InvoiceId = "l.invoice",
        milestone: MilestoneId = "l.milestone",
        key: Option<String> = "m.key",
        project: String = "j.code",
        currency: Currency = "j.currency",
        amount: i64 = "l.amount",
    }
}

select! {
    struct PromiseHead from "promise r JOIN milestone m ON m.id = r.milestone JOIN project j ON j.id = m.project \
        JOIN customer c ON c.id = j.customer" {
        id: PromiseId = "r.id",
        milestone: MilestoneId = "r.milestone",
        key: Option<String> = "m.key",
        project: String = "j.code",
        customer: String = "c.code",
        customer_name: String = "c.name",
        currency: Currency = "j.currency",
        amount: i64 = "r.amount",
        made_on: NaiveDate = "r.made_on",
        pay_by: NaiveDate = "r.pay_by",
    }
}

select! {
    /// A person at a customer in a list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ListedContact from "contact k JOIN customer c ON c.id = k.customer" {
        pub id: ContactId = "k.id",
        /// Code of the customer.
        pub customer: String = "c.code",
        pub customer_name: String = "c.name",
        pub name: String = "k.name",
        pub role: String = "k.role",
        pub phone: String = "k.phone",
        pub email: String = "k.email",
        pub wechat: String = "k.wechat",
        /// How they like to be reached.
        pub channel: Option<Channel> = "k.channel",
    }
}

select! {
    /// A contact made with a customer in a list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct TouchHead from "touch t JOIN customer c ON c.id = t.customer LEFT JOIN contact k ON k.id = t.contact" {
        pub id: TouchId = "t.id",
        pub on: NaiveDate = "t.touched_on",
        /// Code of the customer.
        pub customer: String = "c.code",
        pub customer_name: String = "c.name",
        /// Who of us.
        pub who: String = "t.who",
        pub person: Option<String> = "k.name",
        pub channel: Option<Channel> = "t.channel",
        pub kind: TouchKind = "t.kind",
        pub step: Option<u8> = "t.step",
        pub outcome: Option<Outcome> = "t.outcome",
        pub cause: Option<Cause> = "t.cause",
        pub note: String = "t.note",
        pub next_on: Option<NaiveDate> = "t.next_on",
    }
}

select! {
    struct About from "touch_milestone l JOIN touch t ON t.id = l.touch JOIN milestone m ON m.id = l.milestone \
        JOIN project j ON j.id = m.project" {
        touch: TouchId = "l.touch",
        milestone: MilestoneId = "l.milestone",
        key: Option<String> = "m.key",
        project: String = "j.code",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPayment {
    pub head: PaymentHead,
    /// What it pays.
    pub lines: Vec<ListedLine>,
    /// What the bank was not credited with.
    pub deductions: Vec<Deduction>,
}

impl ListedPayment {
    /// Minor units that stayed.
    pub const fn net(&self) -> i64 {
        self.head.amount.saturating_sub(self.head.reversed)
    }

    /// Minor units that lie between the amount and what reached the bank.
    pub fn deducted(&self) -> i64 {
        self.deductions.iter().fold(0, |sum, one| sum.saturating_add(one.amount))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedInvoice {
    pub head: InvoiceHead,
    pub currency: Currency,
    pub lines: Vec<ListedLine>,
}

impl ListedInvoice {
    fn sum(&self, part: impl Fn(&ListedLine) -> i64) -> i64 {
        self.lines.iter().fold(0, |sum: i64, line| sum.saturating_add(part(line)))
    }

    /// Minor units billed; a red invoice is negative.
    pub fn amount(&self) -> i64 {
        self.sum(|line| line.amount)
    }

    pub fn paid(&self) -> i64 {
        self.sum(|line| line.paid)
    }

    /// Minor units neither paid nor given up nor taken back.
    pub fn open(&self) -> i64 {
        self.sum(|line| line.open)
    }

    /// Minor units of tax in what it bills; None where the rate is not known.
    pub fn tax(&self) -> Option<i64> {
        self.head.tax_rate.map(|rate| rate.within(self.amount()))
    }

    pub fn state(&self) -> InvoiceState {
        match (self.amount() < 0, self.paid() != 0, self.open() != 0) {
            (true, _, _) => InvoiceState::Red,
            (false, false, true) => InvoiceState::Open,
            (false, true, true) => InvoiceState::PartPaid,
            (false, true, false) => InvoiceState::Paid,
            (false, false, false) => InvoiceState::Closed,
        }
    }

    /// What the bill it takes back is called: its number, else its id.
    pub fn takes_back(&self) -> Option<String> {
        let id = self.head.reverses?;
        let number = self.head.reverses_number.clone().filter(|number| !number.is_empty());
        Some(number.unwrap_or_else(|| id.to_string()))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPromise {
    pub id: PromiseId,
    pub made_on: NaiveDate,
    pub pay_by: NaiveDate,
    /// Code of the customer.
    pub customer: String,
    pub customer_name: String,
    /// What it is about, and how much.
    pub line: ListedLine,
    pub currency: Currency,
    /// Minor units that arrived for it.
    pub filled: i64,
    pub state: PromiseState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedTouch {
    pub head: TouchHead,
    /// What it was about.
    pub lines: Vec<ListedLine>,
}

impl Reader {
    /// Whose payment it is; unknown ones are refused.
    pub fn payment_customer(&self, id: PaymentId) -> Result<CustomerId> {
        let found = self.db.first("SELECT customer FROM payment WHERE id = $1", values![id])?;
        found.ok_or_else(|| unknown(Thing::Payment, id))
    }

    /// Whose invoice it is; unknown ones are refused.
    pub fn invoice_customer(&self, id: InvoiceId) -> Result<CustomerId> {
        let found = self.db.first("SELECT customer FROM invoice WHERE id = $1", values![id])?;
        found.ok_or_else(|| unknown(Thing::Invoice, id))
    }

    /// What went back of a customer's payments by a day: the day, and minor units.
    pub fn reversals_of(
        &self,
        customer: CustomerId,
        to: NaiveDate,
    ) -> Result<Vec<(NaiveDate, Currency, i64)>> {
        let sql = "SELECT r.reversed_on, p.currency, r.amount FROM payment p JOIN reversal r ON r.payment = p.id \
            WHERE p.customer = $1 AND r.reversed_on <= $2 ORDER BY r.reversed_on, r.id";
        self.db.rows(sql, values![customer, to])
    }

    /// The disputes of a milestone that a day finds open: since when, about how much (all where it says nothing), why.
    pub fn open_disputes(
        &self,
        milestone: MilestoneId,
        day: NaiveDate,
    ) -> Result<Vec<(NaiveDate, Option<i64>, String)>> {
        let sql = "SELECT opened_on, amount, reason FROM dispute WHERE milestone = $1 AND opened_on <= $2 \
            AND (resolved_on IS NULL OR resolved_on > $2) ORDER BY opened_on, id";
        self.db.rows(sql, values![milestone, day])
    }

    /// The bills of a span that stand on a day, with what each waited for us, by milestone.
    pub fn waited_bills(&self, span: Span, day: NaiveDate) -> Result<Vec<(Item, Vec<Waited>)>> {
        let ((first, last), (from, to)) = (span.customers(), span.days());
        let sql = "SELECT DISTINCT l.milestone FROM invoice i JOIN invoice_line l ON l.invoice = i.id \
                   WHERE i.customer BETWEEN $1 AND $2 AND i.issued_on BETWEEN $3 AND $4 ORDER BY l.milestone";
        let ids: Vec<MilestoneId> = self.db.rows(sql, values![first, last, from, to.min(day)])?;
        let facts = self.facts_of(&ids)?;
        let mut waited: Vec<(Item, Vec<Waited>)> =
            facts.iter().filter_map(|facts| waited(facts, day, Calendar::china())).collect();
        for (_, bills) in &mut waited {
            bills.retain(|bill| (from..=to).contains(&bill.issued_on));
        }
        Ok(waited)
    }

    /// The milestones these invoices bill, each once.
    pub fn billed_by(&self, invoices: &[InvoiceId]) -> Result<Vec<MilestoneId>> {
        let ids: Vec<i64> = invoices.iter().map(|id| id.0).collect();
        let sql = "SELECT milestone FROM invoice_line WHERE invoice IN ($ids) ORDER BY id";
        let mut milestones: Vec<MilestoneId> = self.db.rows_of(sql, &ids)?;
        milestones.sort_unstable();
        milestones.dedup();
        Ok(milestones)
    }

    /// The tax rate a new invoice of a milestone most likely has: that of the bill it takes back, else the last one of its
    /// project, else of its customer. A receipt has none.
    pub fn usual_tax_rate(
        &self,
        kind: InvoiceKind,
        milestone: Option<MilestoneId>,
        reverses: Option<InvoiceId>,
    ) -> Result<Option<TaxRate>> {
        if kind == InvoiceKind::Receipt {
            return Ok(None);
        }
        if let Some(bill) = reverses {
            let sql = "SELECT tax_rate FROM invoice WHERE id = $1";
            return Ok(self.db.first(sql, values![bill])?.flatten());
        }
        let known = [
            "SELECT i.tax_rate FROM milestone m JOIN milestone o ON o.project = m.project \
             JOIN invoice_line l ON l.milestone = o.id JOIN invoice i ON i.id = l.invoice \
             WHERE m.id = $1 AND i.tax_rate IS NOT NULL ORDER BY i.issued_on DESC, i.id DESC LIMIT 1",
            "SELECT i.tax_rate FROM milestone m JOIN project j ON j.id = m.project \
             JOIN invoice i ON i.customer = j.customer \
             WHERE m.id = $1 AND i.tax_rate IS NOT NULL ORDER BY i.issued_on DESC, i.id DESC LIMIT 1",
        ];
        for sql in known {
            if let Some(rate) = self.db.first(sql, values![milestone])? {
                return Ok(Some(rate));
            }
        }
        Ok(None)
    }

    /// Payments with what they pay, newest first.
    pub fn payment_list(&self, span: Span) -> Result<Vec<ListedPayment>> {
        let ((first, last), (from, to)) = (span.customers(), span.days());
        let within = span.condition("p.customer", "p.received_on");
        let rest = [within.as_str(), "p.received_on DESC, p.id DESC"].join(" ");
        let heads: Vec<PaymentHead> = self.db.select(&rest, values![first, last, from, to])?;
        let rest = [within.as_str(), "a.id"].join(" ");
        let paid = self.db.select(&rest, values![first, last, from, to])?;
        let rest = [within.as_str(), "d.payment, d.kind, d.amount"].join(" ");
        let deducted = self.db.select(&rest, values![first, last, from, to])?;
        Ok(payments(heads, paid, deducted))
    }

    /// These payments with what they pay, in no order.
    pub fn payments(&self, ids: &[PaymentId]) -> Result<Vec<ListedPayment>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let heads = [PaymentHead::SELECT, "WHERE p.id IN ($ids)"].join(" ");
        let paid = [Paid::SELECT, "WHERE a.payment IN ($ids) ORDER BY a.id"].join(" ");
        let deducted = [Deducted::SELECT, "WHERE d.payment IN ($ids) ORDER BY d.kind, d.amount"];
        let deducted = self.db.rows_of(&deducted.join(" "), &ids)?;
        Ok(payments(self.db.rows_of(&heads, &ids)?, self.db.rows_of(&paid, &ids)?, deducted))
    }

    /// Bills of exchange taken by `today`, the one that matures first in front; those without that day come last.
    pub fn bill_list(&self, span: Span, today: NaiveDate) -> Result<Vec<ListedBill>> {
        let days = self.policy()?.presentment_days;
        let ((first, last), (from, to)) = (span.customers(), span.days());
        let rest = "WHERE p.method IN ('bank_bill', 'commercial_bill') AND p.customer BETWEEN $1 AND $2 \
                    AND p.received_on BETWEEN $3 AND $4 ORDER BY b.matures_on IS NULL, b.matures_on, p.id";
        let heads: Vec<BillHead> =
            self.db.select(rest, values![first, last, from, to.min(today)])?;
        let listed = |head: BillHead| {
            let bill = head.bill();
            let state = bill.state(today);
            let in_hand = state == BillState::InHand && head.left() > 0;
            ListedBill { state, present_by: bill.present_by(days).filter(|_| in_hand), head }
        };
        Ok(heads.into_iter().map(listed).collect())
    }

    /// The bill of exchange a payment is, if it is one.
    pub fn bill(&self, payment: PaymentId) -> Result<Option<BillHead>> {
        let rest = "WHERE p.id = $1 AND p.method IN ('bank_bill', 'commercial_bill')";
        self.db.select_first(rest, values![payment])
    }

    /// Bills of exchange in hand on a day that mature by another, the first in front.
    pub fn maturing_bills(&self, day: NaiveDate, until: NaiveDate) -> Result<Vec<MaturingBill>> {
        let rest = "WHERE p.received_on <= $1 AND b.matures_on <= $2 AND COALESCE(b.realised_on, '9999-12-31') > $1 \
                    AND COALESCE(b.dishonoured_on, '9999-12-31') > $1 ORDER BY b.matures_on, p.id";
        let mut bills: Vec<MaturingBill> = self.db.select(rest, values![day, until])?;
        bills.retain(|bill| bill.amount > 0);
        Ok(bills)
    }

    /// Invoices with what they bill and how far that is paid, newest first.
    pub fn invoice_list(&self, span: Span) -> Result<Vec<ListedInvoice>> {
        let ((first, last), (from, to)) = (span.customers(), span.days());
        let within = span.condition("i.customer", "i.issued_on");
        let rest = [within.as_str(), "i.issued_on DESC, i.id DESC"].join(" ");
        let heads: Vec<InvoiceHead> = self.db.select(&rest, values![first, last, from, to])?;
        let rest = [within.as_str(), "l.id"].join(" ");
        let billed = self.db.select(&rest, values![first, last, from, to])?;
        self.invoices_of(heads, billed)
    }

    /// These invoices with what they bill and how far that is paid, in no order.
    pub fn invoices(&self, ids: &[InvoiceId]) -> Result<Vec<ListedInvoice>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let heads = [InvoiceHead::SELECT, "WHERE i.id IN ($ids)"].join(" ");
        let billed = [Billed::SELECT, "WHERE l.invoice IN ($ids) ORDER BY l.id"].join(" ");
        self.invoices_of(self.db.rows_of(&heads, &ids)?, self.db.rows_of(&billed, &ids)?)
    }

    fn invoices_of(
        &self,
        heads: Vec<InvoiceHead>,
        billed: Vec<Billed>,
    ) -> Result<Vec<ListedInvoice>> {
        let milestones: Vec<MilestoneId> = billed.iter().map(|line| line.milestone).collect();
        let settled = self.settled_lines(&milestones)?;
        let mut lines: IdMap<InvoiceId, (Currency, Vec<ListedLine>)> = IdMap::default();
        for billed in billed {
            let (paid, open) = settled.get(&billed.id).copied().unwrap_or_default();
            let one = line(billed.milestone, billed.key, billed.project, billed.amount);
            let of = lines.entry(billed.invoice).or_insert((billed.currency, Vec::new()));
            of.1.push(ListedLine { paid, open, ..one });
        }
        let invoice = |head: InvoiceHead| {
            let missing = || Error::Unreadable("invoice".to_owned());
            let (currency, lines) = lines.remove(&head.id).ok_or_else(missing)?;
            Ok(ListedInvoice { head, currency, lines })
        };
        heads.into_iter().map(invoice).collect()
    }

    /// Paid and open of every line that bills one of these milestones.
    fn settled_lines(&self, milestones: &[MilestoneId]) -> Result<IdMap<i64, (i64, i64)>> {
        let facts = self.facts_of(milestones)?;
        let ids: Vec<i64> = facts.iter().map(|facts| facts.id.0).collect();
        let sql = "SELECT milestone, id FROM invoice_line WHERE milestone IN ($ids) ORDER BY id";
        let mut lines: IdMap<MilestoneId, Vec<i64>> = IdMap::default();
        self.db.each_of(sql, &ids, |(milestone, line): (MilestoneId, i64)| {
            lines.entry(milestone).or_default().push(line);
            Ok(())
        })?;
        let mut known = IdMap::default();
        for facts in &facts {
            let of = lines.get(&facts.id).map_or(&[][..], Vec::as_slice);
            // The facts of a milestone have its lines in the order of their ids, too.
            for (line, settled) in of.iter().zip(settled(facts, LATEST)) {
                known.insert(*line, (settled.paid, settled.open));
            }
        }
        Ok(known)
    }

    /// Promises by the day they name, and what became of them by `today`.
    pub fn promise_list(&self, span: Span, today: NaiveDate) -> Result<Vec<ListedPromise>> {
        let ((first, last), (from, to)) = (span.customers(), span.days());
        let within = span.condition("j.customer", "r.pay_by");
        let rest = [within.as_str(), "r.pay_by DESC, r.id DESC"].join(" ");
        let heads: Vec<PromiseHead> = self.db.select(&rest, values![first, last, from, to])?;
        let milestones: Vec<MilestoneId> = heads.iter().map(|head| head.milestone).collect();
        let mut judged = IdMap::default();
        for facts in self.facts_of(&milestones)? {
            for one in promise::judge(&facts, today) {
                if let Some(promise) = facts.promises.get(one.index) {
                    judged.insert(promise.id, one);
                }
            }
        }
        let promise = |head: PromiseHead| {
            // Not made yet on that day: it is not there.
            let judged = judged.get(&head.id)?;
            Some(ListedPromise {
                id: head.id,
                made_on: head.made_on,
                pay_by: head.pay_by,
                customer: head.customer,
                customer_name: head.customer_name,
                line: line(head.milestone, head.key, head.project, head.amount),
                currency: head.currency,
                filled: judged.filled,
                state: judged.state,
            })
        };
        Ok(heads.into_iter().filter_map(promise).collect())
    }

    /// The persons at customers, by customer.
    pub fn contact_list(&self, customer: Option<CustomerId>) -> Result<Vec<ListedContact>> {
        let (first, last) = Span { customer, ..Span::default() }.customers();
        let rest = "WHERE k.customer BETWEEN $1 AND $2 AND k.removed = 0 ORDER BY c.code, k.id";
        self.db.select(rest, values![first, last])
    }

    /// Contacts made with customers, newest first.
    pub fn touch_list(&self, span: Span) -> Result<Vec<ListedTouch>> {
        let ((first, last), (from, to)) = (span.customers(), span.days());
        let within = span.condition("t.customer", "t.touched_on");
        let rest = [within.as_str(), "t.touched_on DESC, t.id DESC"].join(" ");
        let heads: Vec<TouchHead> = self.db.select(&rest, values![first, last, from, to])?;
        let mut lines: IdMap<TouchId, Vec<ListedLine>> = IdMap::default();
        let rest = [within.as_str(), "l.id"].join(" ");
        for about in self.db.select::<About>(&rest, values![first, last, from, to])? {
            let one = line(about.milestone, about.key, about.project, 0);
            lines.entry(about.touch).or_default().push(one);
        }
        let touch = |head: TouchHead| {
            let lines = lines.remove(&head.id).unwrap_or_default();
            ListedTouch { head, lines }
        };
        Ok(heads.into_iter().map(touch).collect())
    }
}

/// Payments with what they pay: what was taken back from a milestone is none of it.
fn payments(
    heads: Vec<PaymentHead>,
    paid: Vec<Paid>,
    deducted: Vec<Deducted>,
) -> Vec<ListedPayment> {
    let mut deductions: IdMap<PaymentId, Vec<Deduction>> = IdMap::default();
    for Deducted { payment, kind, amount } in deducted {
        deductions.entry(payment).or_default().push(Deduction { kind, amount });
    }
    let mut lines: IdMap<PaymentId, Vec<ListedLine>> = IdMap::default();
    for paid in paid {
        let lines = lines.entry(paid.payment).or_default();
        match lines.iter_mut().find(|line| line.milestone == paid.milestone) {
            Some(line) => line.amount = line.amount.saturating_add(paid.amount),
            None => lines.push(line(paid.milestone, paid.key, paid.project, paid.amount)),
        }
    }
    let payment = |head: PaymentHead| {
        let mut lines = lines.remove(&head.id).unwrap_or_default();
        lines.retain(|line| line.amount != 0);
        let deductions = deductions.remove(&head.id).unwrap_or_default();
        ListedPayment { head, lines, deductions }
    };
    heads.into_iter().map(payment).collect()
}

fn line(milestone: MilestoneId, key: Option<String>, project: String, amount: i64) -> ListedLine {
    ListedLine { milestone, key, project, amount, paid: 0, open: 0 }
}
