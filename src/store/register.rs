//! Lists of customers, payments and invoices into the ledger. Each entry is compared with what is there, and written as
//! the [`Change`] a person would make: one transaction and one event for a whole list, all of it or nothing.

use std::collections::{HashMap, HashSet};
use std::fmt::Display;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::apply::{Affected, Record, Writer};
use super::backend::{Transaction, select, values};
use super::{Context, Progress, Reader, Store, chain, deals, derived, facts, find};
use crate::domain::allocation::PaymentBalance;
use crate::domain::change::{Change, CustomerDraft, InvoiceDraft, PaymentDraft, Target};
use crate::domain::facts::{Account, Facts};
use crate::domain::ids::{CustomerId, InvoiceId, MilestoneId, PaymentId};
use crate::domain::kinds::InvoiceKind;
use crate::domain::plan::PlanValue;
use crate::domain::register::{
    CellRefused, CustomerEntry, DEDUCTIONS, Entries, InvoiceEntry, InvoiceEntryLine, PaymentEntry,
    RegisterBatch, RegisterChange, RegisterField, RegisterOutcome,
};
use crate::domain::tax::TaxRate;
use crate::domain::violation::{Thing, Violation};
use crate::domain::{money, rules};
use crate::error::{Error, Result};

use RegisterField as F;

/// Entries between two calls of the progress.
const STEP: usize = 500;

impl Store {
    /// Imports a list as one event. Nothing was written if the outcome has refusals.
    pub fn import_register(
        &mut self,
        batch: &RegisterBatch,
        context: &Context,
        progress: Progress,
    ) -> Result<RegisterOutcome> {
        let transaction = Transaction::writing(&*self.reader.db)?;
        let outcome = write(&self.reader, batch, context, progress)?;
        if outcome.refused == 0 {
            chain::seal(&*self.reader.db)?;
            transaction.commit()?;
        }
        Ok(outcome)
    }

    /// What an import would do, with the same verdict; nothing is written.
    pub fn try_register(
        &mut self,
        batch: &RegisterBatch,
        context: &Context,
        progress: Progress,
    ) -> Result<RegisterOutcome> {
        let _taken_back = Transaction::writing(&*self.reader.db)?;
        write(&self.reader, batch, context, progress)
    }
}

fn write(
    reader: &Reader,
    batch: &RegisterBatch,
    context: &Context,
    progress: Progress,
) -> Result<RegisterOutcome> {
    let db = &*reader.db;
    let mut import = Import {
        reader,
        writer: Writer::new(db, context),
        currency: batch.currency,
        again: batch.again,
        outcome: RegisterOutcome::default(),
    };
    match &batch.entries {
        Entries::Customers(entries) => import.customers(entries, progress)?,
        Entries::Payments(entries) => import.payments(entries, progress)?,
        Entries::Invoices(entries) => import.invoices(entries, progress)?,
    }
    let Import { writer, outcome, .. } = import;
    if outcome.refused > 0 {
        let RegisterOutcome { refused, refusals, .. } = outcome;
        return Ok(RegisterOutcome { refused, refusals, ..RegisterOutcome::default() });
    }
    let mut affected = Affected::default();
    writer.finish(&record(batch, &outcome), &mut affected)?;
    affected.derive(db, crate::domain::calendar::Calendar::china())?;
    Ok(outcome)
}

fn record(batch: &RegisterBatch, outcome: &RegisterOutcome) -> Record {
    let kind = batch.entries.register().kind();
    Record {
        kind,
        detail: serde_json::json!({ kind.code(): {
            "file": batch.file,
            "sha256": batch.sha256,
            "imported": outcome.imported,
            "updated": outcome.updated,
            "unchanged": outcome.unchanged,
        }})
        .to_string(),
        undoes: None,
        skip_conflict_check: true,
    }
}

select! {
    /// A line of an invoice that stands.
    struct Billed from "invoice_line l JOIN invoice i ON i.id = l.invoice" {
        invoice: InvoiceId = "i.id",
        kind: InvoiceKind = "i.kind",
        tax_rate: Option<TaxRate> = "i.tax_rate",
        issued_on: NaiveDate = "i.issued_on",
        sent_on: Option<NaiveDate> = "i.sent_on",
        received_on: Option<NaiveDate> = "i.received_on",
        milestone: MilestoneId = "l.milestone",
        amount: i64 = "l.amount",
    }
}

/// An import under way.
struct Import<'r, 'w> {
    reader: &'r Reader,
    writer: Writer<'w>,
    /// Of credit limits.
    currency: Currency,
    again: bool,
    outcome: RegisterOutcome,
}

/// What tells payments apart.
type Told = (CustomerId, NaiveDate, i64, Currency, String);

impl Import<'_, '_> {
    /// A violation becomes the refusal of a cell; whatever else goes wrong ends the import.
    fn checked<T>(
        &mut self,
        row: u32,
        column: RegisterField,
        value: impl Display,
        tried: Result<T, impl Into<Error>>,
    ) -> Result<Option<T>> {
        match tried.map_err(Into::into) {
            Ok(found) => Ok(Some(found)),
            Err(Error::Violation(why)) => {
                let value = value.to_string();
                self.outcome.refuse(CellRefused { row, column, value, why });
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    fn customers(&mut self, entries: &[CustomerEntry], progress: Progress) -> Result<()> {
        let mut rows: HashMap<CustomerId, u32> = HashMap::new();
        // Who is named by code is not found by name as well.
        let mut coded: HashSet<CustomerId> = HashSet::new();
        for entry in entries.iter().filter(|entry| !entry.draft.code.is_empty()) {
            coded.extend(find::customer_by_code(self.writer.db, &entry.draft.code)?);
        }
        let mut named: HashMap<String, Vec<CustomerId>> = HashMap::new();
        let sql = "SELECT name, id FROM customer ORDER BY id";
        self.writer.db.each(sql, &[], |(name, id): (String, CustomerId)| {
            named.entry(name).or_default().push(id);
            Ok(())
        })?;
        for (done, entry) in entries.iter().enumerate() {
            tick(progress, done, entries.len());
            let found = self.customer(entry, &coded, &named);
            let column = if entry.draft.code.is_empty() { F::Name } else { F::Code };
            let name = if column == F::Name { &entry.draft.name } else { &entry.draft.code };
            let Some(found) = self.checked(entry.row, column, name, found)? else {
                continue;
            };
            let is_new = found.is_none();
            let id = match found {
                Some(id) => match rows.get(&id) {
                    Some(row) => {
                        let twice: Result<()> = Err(Violation::SameAsRow(*row).into());
                        self.checked(entry.row, column, name, twice)?;
                        continue;
                    }
                    None => self.correct(entry, id)?,
                },
                None => self.add(entry)?,
            };
            rows.extend(id.map(|id| (id, entry.row)));
            coded.extend(id);
            if let Some(id) = id.filter(|_| is_new) {
                named.entry(entry.draft.name.clone()).or_default().push(id);
            }
        }
        progress(entries.len(), entries.len());
        Ok(())
    }

    /// The customer an entry speaks of: that of its code, else the only one of its name that no other row names.
    fn customer(
        &self,
        entry: &CustomerEntry,
        coded: &HashSet<CustomerId>,
        named: &HashMap<String, Vec<CustomerId>>,
    ) -> Result<Option<CustomerId>> {
        let CustomerDraft { code, name, .. } = &entry.draft;
        let by_code = if code.is_empty() { name } else { code };
        if let Some(id) = find::customer_by_code(self.writer.db, by_code)? {
            return Ok(Some(id));
        }
        let mut all = named.get(name).cloned().unwrap_or_default();
        all.retain(|id| code.is_empty() || !coded.contains(id));
        match all.as_slice() {
            [] => Ok(None),
            [id] => Ok(Some(*id)),
            [..] if !code.is_empty() => Ok(None),
            [..] => {
                let codes = all.iter().map(|id| Ok(self.reader.customer_draft(*id)?.code));
                let fits = codes.collect::<Result<_>>()?;
                let (thing, name) = (Thing::Customer, name.clone());
                Err(Violation::Ambiguous { thing, name, fits }.into())
            }
        }
    }

    fn add(&mut self, entry: &CustomerEntry) -> Result<Option<CustomerId>> {
        let mut draft = entry.draft.clone();
        if draft.name.is_empty() {
            draft.name.clone_from(&draft.code);
        }
        let place = if draft.code.is_empty() { draft.name.clone() } else { draft.code.clone() };
        let to = PlanValue::Text(draft.name.clone());
        let written = self.writer.write(&Change::AddCustomer(draft));
        let Some(()) = self.checked(entry.row, F::Code, &entry.draft.code, written)? else {
            return Ok(None);
        };
        self.outcome.imported += 1;
        let (field, from, currency) = (None, None, self.currency);
        self.outcome.changed(RegisterChange { row: entry.row, place, currency, field, from, to });
        Ok(self.writer.created.last().copied().map(CustomerId))
    }

    fn correct(&mut self, entry: &CustomerEntry, id: CustomerId) -> Result<Option<CustomerId>> {
        let before = self.reader.customer_draft(id)?;
        let (after, changes) = merged(&before, &entry.draft);
        if changes.is_empty() {
            self.outcome.unchanged += 1;
            return Ok(Some(id));
        }
        let written = self.writer.write(&Change::EditCustomer(id, after));
        let Some(()) = self.checked(entry.row, F::Code, &entry.draft.code, written)? else {
            return Ok(None);
        };
        self.outcome.updated += 1;
        for (field, from, to) in changes {
            let place = before.code.clone();
            let (row, field, currency) = (entry.row, Some(field), self.currency);
            self.outcome.changed(RegisterChange { row, place, currency, field, from, to });
        }
        Ok(Some(id))
    }

    fn payments(&mut self, entries: &[PaymentEntry], progress: Progress) -> Result<()> {
        let mut known: HashMap<Told, Vec<PaymentId>> = HashMap::new();
        let mut accounted: HashSet<PaymentId> = HashSet::new();
        let mut new: Vec<(&PaymentEntry, CustomerId)> = Vec::new();
        let mut customers: HashMap<&str, CustomerId> = HashMap::new();
        for entry in entries {
            let name = entry.customer.as_str();
            let found = match customers.get(name) {
                Some(known) => Ok(*known),
                None => self.reader.find_customer(name),
            };
            let Some(customer) = self.checked(entry.row, F::Customer, name, found)? else {
                continue;
            };
            customers.insert(name, customer);
            let PaymentEntry { received_on, amount, currency, .. } = *entry;
            let bank_ref = entry.bank_ref.as_str();
            let told = (customer, received_on, amount, currency, bank_ref.to_owned());
            let alike = match known.entry(told) {
                std::collections::hash_map::Entry::Occupied(alike) => alike.into_mut(),
                std::collections::hash_map::Entry::Vacant(place) => {
                    let sql = "SELECT id FROM payment WHERE customer = $1 AND received_on = $2 AND amount = $3 \
                               AND currency = $4 AND bank_ref = $5 ORDER BY id DESC";
                    let of = values![customer, received_on, amount, currency, bank_ref];
                    place.insert(self.writer.db.rows(sql, of)?)
                }
            };
            if let Some(payment) = alike.pop() {
                accounted.insert(payment);
                self.outcome.unchanged += 1;
            } else {
                new.push((entry, customer));
            }
        }
        for (done, (entry, customer)) in new.iter().enumerate() {
            tick(progress, done, new.len());
            accounted.extend(self.pay(entry, *customer, &accounted)?);
        }
        progress(entries.len(), entries.len());
        Ok(())
    }

    /// Writes a payment that is not there yet. Those this list accounts for are other ones.
    fn pay(
        &mut self,
        entry: &PaymentEntry,
        customer: CustomerId,
        accounted: &HashSet<PaymentId>,
    ) -> Result<Option<PaymentId>> {
        let PaymentEntry { row, received_on, amount, currency, .. } = *entry;
        let amount_cell = money::plain(amount, currency);
        let happened = rules::happened(received_on, self.writer.context.today);
        let happened = self.checked(row, F::ReceivedOn, received_on, happened)?;
        let positive = self.checked(row, F::Amount, &amount_cell, rules::positive(amount))?;
        let extras = self.extras(entry)?;
        let account = Account { customer, currency };
        let target = self.target(entry, account)?;
        let (Some(()), Some(_), Some(()), Some(target)) = (happened, positive, extras, target)
        else {
            return Ok(None);
        };
        let mut draft = PaymentDraft {
            method: entry.method,
            payer: entry.payer.clone(),
            bank_ref: entry.bank_ref.clone(),
            note: entry.note.clone(),
            deductions: entry.deductions.clone(),
            bill: entry.bill.clone(),
            again: self.again,
            target,
            ..PaymentDraft::new(account, received_on, amount)
        };
        let mut like = self.writer.like(&draft)?;
        like.retain(|known| !accounted.contains(&known.id));
        let Some(()) = self.checked(row, F::Amount, &amount_cell, rules::again(&draft, &like))?
        else {
            return Ok(None);
        };
        draft.again = true;
        let written = self.writer.write(&Change::RecordPayment(draft));
        let Some(()) = self.checked(row, F::Amount, &amount_cell, written)? else {
            return Ok(None);
        };
        self.outcome.imported += 1;
        self.outcome.changed(RegisterChange {
            row,
            place: format!("{} {received_on}", entry.customer),
            currency,
            field: None,
            from: None,
            to: PlanValue::Amount(amount),
        });
        let payment = self.writer.created.last().copied().map(PaymentId);
        // What is open decides where the next one goes, and that is derived.
        let sql = "SELECT milestone FROM allocation WHERE payment = $1";
        let mut paid: Vec<MilestoneId> = self.writer.db.rows(sql, values![payment])?;
        paid.extend(deals::settled_with(self.writer.db, &paid)?);
        derived::milestones(self.writer.db, self.writer.calendar, &paid)?;
        Ok(payment)
    }

    /// What a row says of deductions and of a bill; None where something is refused.
    fn extras(&mut self, entry: &PaymentEntry) -> Result<Option<()>> {
        let PaymentEntry { row, amount, currency, .. } = *entry;
        let deducted =
            entry.deductions.iter().fold(0_i64, |sum, one| sum.saturating_add(one.amount));
        let first = entry.deductions.first();
        let column = DEDUCTIONS.iter().find(|(_, kind)| first.is_some_and(|of| of.kind == *kind));
        let column = column.map_or(F::Amount, |(field, _)| *field);
        let leaves = rules::deducted(amount, deducted, currency);
        let mut is_sound =
            self.checked(row, column, money::plain(deducted, currency), leaves)?.is_some();
        if let Some(bill) = &entry.bill {
            let day = |on: Option<NaiveDate>| on.map_or_else(String::new, |on| on.to_string());
            let (issued_on, matures_on) = (bill.issued_on, bill.matures_on);
            let happened = rules::happened(issued_on, self.writer.context.today);
            let after = rules::not_before(matures_on, issued_on);
            is_sound &= self.checked(row, F::BillIssuedOn, day(issued_on), happened)?.is_some();
            is_sound &= self.checked(row, F::BillMaturesOn, day(matures_on), after)?.is_some();
        }
        Ok(is_sound.then_some(()))
    }

    /// What a payment pays: the milestones it names, each up to what is open; the rest stays unapplied.
    fn target(&mut self, entry: &PaymentEntry, account: Account) -> Result<Option<Target>> {
        if entry.milestones.is_empty() {
            return Ok(Some(Target::Automatic));
        }
        let mut balance = PaymentBalance::new(account, entry.received_on, entry.amount);
        let mut lines: Vec<(MilestoneId, i64)> = Vec::new();
        let mut all_found = true;
        for name in &entry.milestones {
            let found = self.milestone(name, account);
            let Some(facts) = self.checked(entry.row, F::Milestone, name, found)? else {
                all_found = false;
                continue;
            };
            if lines.iter().any(|(id, _)| *id == facts.id) {
                continue;
            }
            if let Some(share) = balance.share(&facts) {
                balance.take(share);
                lines.push((share.milestone, share.amount));
            }
        }
        Ok(all_found.then_some(Target::Lines(lines)))
    }

    fn milestone(&self, name: &str, account: Account) -> Result<Facts> {
        let facts = facts::one(self.writer.db, self.reader.find_milestone(name)?)?;
        rules::same_account(account, &facts)?;
        Ok(facts)
    }

    fn invoices(&mut self, entries: &[InvoiceEntry], progress: Progress) -> Result<()> {
        for (done, entry) in entries.iter().enumerate() {
            tick(progress, done, entries.len());
            let mut billed: Vec<Facts> = Vec::with_capacity(entry.lines.len());
            for line in &entry.lines {
                let found = self.reader.find_milestone(&line.milestone);
                let facts = found.and_then(|id| facts::one(self.writer.db, id));
                billed.extend(self.checked(line.row, F::Milestone, &line.milestone, facts)?);
            }
            if billed.len() < entry.lines.len() || self.stands(entry, &billed)? {
                continue;
            }
            self.bill(entry, &billed)?;
        }
        progress(entries.len(), entries.len());
        Ok(())
    }

    /// Whether the number is taken: by this very invoice, or by another, which is refused.
    fn stands(&mut self, entry: &InvoiceEntry, billed: &[Facts]) -> Result<bool> {
        let rest = "WHERE i.number = $1 ORDER BY i.id, l.id";
        let all: Vec<Billed> = self.writer.db.select(rest, values![entry.number.as_str()])?;
        let same = all.chunk_by(|a, b| a.invoice == b.invoice).find(|it| is_it(it, entry, billed));
        if let Some(invoice) = same.and_then(<[Billed]>::first) {
            for (field, said, known) in [
                (F::SentOn, entry.sent_on, invoice.sent_on),
                (F::ReceivedOn, entry.received_on, invoice.received_on),
            ] {
                if said.is_some() && said != known {
                    self.outcome.keep(entry.row, field);
                }
            }
            if entry.tax_rate.is_some() && entry.tax_rate != invoice.tax_rate {
                self.outcome.keep(entry.row, F::TaxRate);
            }
            self.outcome.unchanged += 1;
            return Ok(true);
        }
        let found = all.first().map(|it| it.invoice);
        let taken = rules::invoice_number(&entry.number, found, self.again);
        Ok(self.checked(entry.row, F::Number, &entry.number, taken)?.is_none())
    }

    fn bill(&mut self, entry: &InvoiceEntry, billed: &[Facts]) -> Result<()> {
        let refused = self.outcome.refused;
        let today = self.writer.context.today;
        // What was signed for went out.
        let went_out = !entry.tells_sent || entry.received_on.is_some();
        let draft = InvoiceDraft {
            number: entry.number.clone(),
            kind: entry.kind.unwrap_or(InvoiceKind::Special),
            tax_rate: entry.tax_rate,
            again: self.again,
            sent_on: entry.sent_on.or(went_out.then_some(entry.issued_on)),
            received_on: entry.received_on,
            ..InvoiceDraft::new(
                entry.issued_on,
                billed.iter().zip(&entry.lines).map(|(m, line)| (m.id, line.amount)).collect(),
            )
        };
        for (field, day) in [
            (F::IssuedOn, Some(entry.issued_on)),
            (F::SentOn, entry.sent_on),
            (F::ReceivedOn, entry.received_on),
        ] {
            if let Some(day) = day {
                self.checked(entry.row, field, day, rules::happened(day, today))?;
            }
        }
        let mut total = 0_i64;
        for (at, (facts, line)) in billed.iter().zip(&entry.lines).enumerate() {
            let before = billed.get(..at).unwrap_or_default();
            let earlier = before.iter().zip(&entry.lines).find(|(other, _)| other.id == facts.id);
            let row = earlier.map(|(_, line)| line.row);
            let fits = line_fits(facts, line, billed, row);
            self.checked(line.row, F::Milestone, &line.milestone, fits)?;
            let amount = rules::invoice_line(facts, line.amount, &draft);
            let value = line.amount.map_or_else(String::new, |a| money::plain(a, line.currency));
            let amount = self.checked(line.row, F::Amount, value, amount)?;
            total = total.saturating_add(amount.unwrap_or_default());
        }
        if self.outcome.refused > refused {
            return Ok(());
        }
        let written = self.writer.write(&Change::Invoice(draft));
        let Some(()) = self.checked(entry.row, F::ReceivedOn, last_day(entry), written)? else {
            return Ok(());
        };
        self.outcome.imported += 1;
        self.outcome.changed(RegisterChange {
            row: entry.row,
            place: entry.number.clone(),
            currency: billed.first().map_or(self.currency, |facts| facts.project.currency),
            field: None,
            from: None,
            to: PlanValue::Amount(total),
        });
        Ok(())
    }
}

fn tick(progress: &mut dyn FnMut(usize, usize), done: usize, all: usize) {
    if done.is_multiple_of(STEP) {
        progress(done, all);
    }
}

fn last_day(entry: &InvoiceEntry) -> String {
    entry.received_on.map_or_else(String::new, |day| day.to_string())
}

/// Whether an invoice that stands is the one of the list.
fn is_it(invoice: &[Billed], entry: &InvoiceEntry, billed: &[Facts]) -> bool {
    let is_line = |(facts, line): (&Facts, &InvoiceEntryLine)| {
        invoice.iter().any(|known| {
            known.milestone == facts.id && line.amount.is_none_or(|amount| amount == known.amount)
        })
    };
    let same_head = invoice.first().is_some_and(|known| {
        known.issued_on == entry.issued_on && entry.kind.is_none_or(|kind| kind == known.kind)
    });
    same_head && invoice.len() == billed.len() && billed.iter().zip(&entry.lines).all(is_line)
}

/// A line is of the customer and currency of the others, names its milestone once, and is counted in its currency.
fn line_fits(
    facts: &Facts,
    line: &InvoiceEntryLine,
    billed: &[Facts],
    same_as: Option<u32>,
) -> rules::Checked {
    if let Some(row) = same_as {
        return Err(Violation::SameAsRow(row));
    }
    if let Some(head) = billed.first() {
        rules::same_account(head.project.account(), facts)?;
    }
    if line.amount.is_some() {
        let account = Account { currency: line.currency, ..facts.project.account() };
        rules::same_account(account, facts)?;
    }
    Ok(())
}

/// A column, what stood there and what stands there now.
type FieldChange = (RegisterField, Option<PlanValue>, PlanValue);

/// A customer with what a list says of it, and what that changes.
fn merged(before: &CustomerDraft, said: &CustomerDraft) -> (CustomerDraft, Vec<FieldChange>) {
    let mut after = before.clone();
    let mut changes: Vec<FieldChange> = Vec::new();
    let text = |text: &str| (!text.is_empty()).then(|| PlanValue::Text(text.to_owned()));
    let texts = [
        (F::Code, &mut after.code, &said.code),
        (F::Name, &mut after.name, &said.name),
        (F::ShortName, &mut after.short_name, &said.short_name),
        (F::InvoiceTitle, &mut after.invoice_title, &said.invoice_title),
        (F::TaxNo, &mut after.tax_no, &said.tax_no),
        (F::Bank, &mut after.bank, &said.bank),
        (F::BankAccount, &mut after.bank_account, &said.bank_account),
        (F::Address, &mut after.address, &said.address),
        (F::Phone, &mut after.phone, &said.phone),
        (F::Note, &mut after.notes, &said.notes),
    ];
    for (field, known, said) in texts {
        if let Some(to) = text(said).filter(|_| known != said) {
            changes.push((field, text(known), to));
            known.clone_from(said);
        }
    }
    if let Some(grade) = said.grade.filter(|_| said.grade != before.grade) {
        let from = before.grade.and_then(|grade| text(grade.code()));
        changes.push((F::Grade, from, PlanValue::Text(grade.code().to_owned())));
        after.grade = said.grade;
    }
    if let Some(limit) = said.credit_limit.filter(|_| said.credit_limit != before.credit_limit) {
        let from = before.credit_limit.map(PlanValue::Amount);
        changes.push((F::CreditLimit, from, PlanValue::Amount(limit)));
        after.credit_limit = said.credit_limit;
    }
    if let Some(days) = said.terms_days.filter(|_| said.terms_days != before.terms_days) {
        let from = before.terms_days.map(|days| PlanValue::Text(days.to_string()));
        changes.push((F::TermsDays, from, PlanValue::Text(days.to_string())));
        after.terms_days = said.terms_days;
    }
    for contact in &said.contacts {
        let Some(known) = after.contacts.iter_mut().find(|known| known.name == contact.name) else {
            after.contacts.push(contact.clone());
            changes.push((F::ContactName, None, PlanValue::Text(contact.name.clone())));
            continue;
        };
        if let Some(to) = text(&contact.phone).filter(|_| known.phone != contact.phone) {
            changes.push((F::ContactPhone, text(&known.phone), to));
            known.phone.clone_from(&contact.phone);
        }
    }
    (after, changes)
}
