//! What a change must obey: one pure function for each rule, asked alike by forms, commands, imports and the store. A
//! rule gives what it makes of its input, or the [`Violation`]. What only a look into the ledger can answer (is this
//! code taken, is that key in the plan) comes in as a parameter.

pub mod list;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::about::{About, Subject};
use super::active_invoices::{active_invoices, reversible, uncovered};
use super::calendar::Calendar;
use super::change::{
    ConditionDraft, InvoiceDraft, MilestoneDraft, NoteDraft, PaperDraft, PaperMark, PaymentDraft,
    ProjectDraft, PromiseDraft, TodoDraft, TouchDraft,
};
use super::due::{Basis, DueRule, Event};
use super::facts::{Account, Facts, InvoiceFact, SuspensionFact};
use super::ids::{CustomerId, InvoiceId, MilestoneId, PaperId, PaymentId};
use super::item::Item;
use super::kinds::{Level, NoteKind, ProjectState, TodoKind, TouchKind};
use super::money::LIMIT;
use super::normalize::is_hidden;
use super::paper::PaperDays;
use super::policy::TOP_STEP;
use super::violation::{Claim, Field, Thing, Violation};
use super::{as_of, balance, todo};

/// What a rule makes of its input.
pub type Checked<T = ()> = Result<T, Violation>;

/// A fact is not dated after today.
pub fn happened(day: impl Into<Option<NaiveDate>>, today: NaiveDate) -> Checked {
    match day.into() {
        Some(day) if day > today => Err(Violation::Future { day, today }),
        _ => Ok(()),
    }
}

/// A day is not before another, where both are known.
pub fn not_before(
    day: impl Into<Option<NaiveDate>>,
    earliest: impl Into<Option<NaiveDate>>,
) -> Checked {
    match (day.into(), earliest.into()) {
        (Some(day), Some(earliest)) if day < earliest => Err(Violation::TooEarly { day, earliest }),
        _ => Ok(()),
    }
}

/// Text without blanks around it, and not empty.
pub fn required(text: &str, field: Field) -> Checked<&str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Violation::Empty(field));
    }
    Ok(text)
}

/// An amount above 0, and not beyond what is taken in.
pub const fn positive(amount: i64) -> Checked<i64> {
    if amount > 0 { within_limit(amount) } else { Err(Violation::NotPositive(amount)) }
}

/// An amount not beyond what is taken in, so that many of them still add up.
const fn within_limit(amount: i64) -> Checked<i64> {
    if amount.unsigned_abs() <= LIMIT.unsigned_abs() {
        Ok(amount)
    } else {
        Err(Violation::AboveLimit(amount))
    }
}

/// An amount above 0 and no more than what there is of the milestone.
fn up_to(amount: i64, open: i64, claim: Claim, facts: &Facts) -> Checked<i64> {
    if positive(amount)? > open {
        return Err(Violation::ExceedsOpen {
            claim,
            milestone: facts.id,
            wanted: amount,
            open,
            currency: facts.project.currency,
        });
    }
    Ok(amount)
}

/// Code and name of a customer or project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'t> {
    pub code: &'t str,
    pub name: &'t str,
}

/// A name is required; without a code it is the code too.
pub fn code_or_name<'t>(code: &'t str, name: &'t str) -> Checked<Named<'t>> {
    let name = required(name, Field::Name)?;
    let code = Some(code.trim()).filter(|code| !code.is_empty());
    Ok(Named { code: code.unwrap_or(name), name })
}

/// A code, key or number belongs to one thing only. `found` has it now, `own` is the thing that wants it.
pub fn free<T: PartialEq + Copy>(
    field: Field,
    value: &str,
    found: Option<T>,
    own: Option<T>,
) -> Checked {
    if found.is_none() || found == own {
        return Ok(());
    }
    Err(Violation::Taken { field, value: value.to_owned() })
}

/// Digits of the number of a fully digital invoice (数电票), which no other in the country has.
const DIGITAL: usize = 20;

/// A number stands for one invoice. Only under different codes, or outside of VAT, a number comes twice: that is asked
/// about. `found` has it now.
pub fn invoice_number(number: &str, found: Option<InvoiceId>, again: bool) -> Checked {
    let number = number.trim();
    let is_digital = number.len() == DIGITAL && number.bytes().all(|byte| byte.is_ascii_digit());
    match found.filter(|_| !number.is_empty()) {
        None => Ok(()),
        Some(_) if is_digital => {
            Err(Violation::Taken { field: Field::Number, value: number.to_owned() })
        }
        Some(_) if again => Ok(()),
        Some(invoice) => Err(Violation::NumberTaken { number: number.to_owned(), invoice }),
    }
}

/// At least one milestone; each once, by id.
pub fn milestones(ids: &[MilestoneId]) -> Checked<Vec<MilestoneId>> {
    if ids.is_empty() {
        return Err(Violation::Empty(Field::Milestones));
    }
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// A touch is about milestones of one customer: at least one.
pub fn one_customer(
    owners: impl IntoIterator<Item = (MilestoneId, CustomerId)>,
) -> Checked<CustomerId> {
    let mut customer = None;
    for (id, owner) in owners {
        if *customer.get_or_insert(owner) != owner {
            return Err(Violation::OtherCustomer(id));
        }
    }
    customer.ok_or(Violation::Empty(Field::Milestones))
}

/// What is booked together shares customer and currency: the lines of an invoice, a payment and what it pays, a
/// milestone and the contract it moves to.
pub fn same_account(account: Account, facts: &Facts) -> Checked {
    let own = facts.project.account();
    if own.customer != account.customer {
        return Err(Violation::OtherCustomer(facts.id));
    }
    if own.currency != account.currency {
        return Err(Violation::OtherCurrency {
            milestone: facts.id,
            expected: own.currency.code(),
            found: account.currency.code(),
        });
    }
    Ok(())
}

/// Something was open on the milestone that day: the day decides, not what was recorded first.
fn open(facts: &Facts, on: NaiveDate) -> Checked {
    if balance::balance_on(facts, on) > 0 { Ok(()) } else { Err(Violation::NothingOpen(facts.id)) }
}

/// On no day is more received or given up than was agreed.
pub fn covered(facts: &Facts) -> Checked {
    let least = balance::least(facts);
    if least < 0 {
        let amount = balance::amount_on(facts, NaiveDate::MAX);
        return Err(Violation::BelowReceived {
            amount,
            used: amount.saturating_sub(least),
            currency: facts.project.currency,
        });
    }
    Ok(())
}

/// A payment that is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPayment {
    pub id: PaymentId,
    pub account: Account,
    pub received_on: NaiveDate,
    /// Minor units that arrived.
    pub amount: i64,
    /// Minor units that went back.
    pub reversed: i64,
    pub bank_ref: String,
}

/// How many days apart the same amount of the same customer may be the same money.
pub const AGAIN_DAYS: u64 = 7;

/// Money is not recorded twice unnoticed: the same amount of a customer within a week, or the same bank reference, is
/// asked about. What went back whole does not count: it may have been paid again.
pub fn again<'k>(
    draft: &PaymentDraft,
    known: impl IntoIterator<Item = &'k KnownPayment>,
) -> Checked {
    let account = Account { customer: draft.customer, currency: draft.currency };
    let bank_ref = draft.bank_ref.trim();
    let same = |known: &&KnownPayment| {
        let days = known.received_on.signed_duration_since(draft.received_on).num_days();
        let same_money = known.account == account
            && known.amount == draft.amount
            && days.unsigned_abs() <= AGAIN_DAYS;
        let same_ref = !bank_ref.is_empty() && known.bank_ref == bank_ref;
        known.reversed < known.amount && (same_money || same_ref)
    };
    match known.into_iter().find(same) {
        Some(known) if !draft.again => Err(Violation::PaidAlready {
            payment: known.id,
            on: known.received_on,
            amount: known.amount,
            currency: known.account.currency,
        }),
        Some(_) | None => Ok(()),
    }
}

/// What can be said of a payment by itself.
pub fn payment(draft: &PaymentDraft, today: NaiveDate) -> Checked {
    positive(draft.amount)?;
    happened(draft.received_on, today)?;
    for deduction in &draft.deductions {
        positive(deduction.amount)?;
    }
    deducted(draft.amount, draft.deducted(), draft.currency)?;
    let Some(bill) = &draft.bill else {
        return Ok(());
    };
    if !draft.method.is_bill() {
        return Err(Violation::NoBillMethod);
    }
    happened(bill.issued_on, today)?;
    not_before(bill.matures_on, bill.issued_on)
}

/// Something of a payment reaches the bank, or is in hand.
pub fn deducted(amount: i64, deducted: i64, currency: Currency) -> Checked {
    if deducted < amount {
        return Ok(());
    }
    Err(Violation::DeductsAll { amount, deducted, currency })
}

pub fn project(draft: &ProjectDraft, today: NaiveDate) -> Checked<Named<'_>> {
    let named = code_or_name(&draft.code, &draft.name)?;
    if draft.progress_percent.is_some_and(|percent| percent > 100) {
        return Err(Violation::OutOfRange(Field::Progress));
    }
    if let Some(amount) = draft.contract_amount.filter(|amount| *amount != 0) {
        positive(amount)?;
    }
    happened(draft.signed_on, today)?;
    Ok(named)
}

/// A project that rests is told so with its day and reason, not by an edit; `before` is what stands of it.
pub fn project_state(before: Option<ProjectState>, state: ProjectState, code: &str) -> Checked {
    if state == ProjectState::Suspended && before != Some(state) {
        return Err(Violation::SuspendedByEdit(code.to_owned()));
    }
    Ok(())
}

/// The work on a project begins to rest, for a reason, unless it rests then or later.
pub fn suspend(
    known: &[SuspensionFact],
    on: NaiveDate,
    reason: &str,
    code: &str,
    today: NaiveDate,
) -> Checked {
    happened(on, today)?;
    required(reason, Field::Reason)?;
    if known.iter().any(|one| one.resumed_on.is_none_or(|resumed| resumed > on)) {
        return Err(Violation::AlreadySuspended(code.to_owned()));
    }
    Ok(())
}

/// It goes on; `since` is the first day of the rest it ends.
pub fn resume(since: Option<NaiveDate>, on: NaiveDate, code: &str, today: NaiveDate) -> Checked {
    happened(on, today)?;
    let since = since.ok_or_else(|| Violation::NotSuspended(code.to_owned()))?;
    not_before(on, since)
}

/// A project with milestones keeps its customer and currency.
pub fn keeps_account(before: Account, draft: &ProjectDraft, has_milestones: bool) -> Checked {
    let after = Account { customer: draft.customer, currency: draft.currency };
    if has_milestones && before != after {
        return Err(Violation::ProjectInUse);
    }
    Ok(())
}

/// What can be said of a milestone without its plan; its key, if it has one. `agreed_on` is the day that will be
/// stored, which is not the draft's where that has none.
pub fn milestone(
    draft: &MilestoneDraft,
    agreed_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Checked<Option<&str>> {
    required(&draft.name, Field::Name)?;
    positive(draft.amount)?;
    for day in [agreed_on, draft.delivered_on, draft.accepted_on] {
        happened(day, today)?;
    }
    Ok(Some(draft.key.trim()).filter(|key| !key.is_empty()))
}

/// A rule can wait for the acceptance of another milestone of the project only. `is_other` tells whether a key is one
/// of those.
pub fn due_rule<E: From<Violation>>(
    rule: &DueRule,
    is_other: impl FnOnce(&str) -> Result<bool, E>,
) -> Result<(), E> {
    let Basis::After(after) = &rule.basis else {
        return Ok(());
    };
    let Some(key) = &after.of else {
        return Ok(());
    };
    if after.event != Event::Acceptance {
        return Err(Violation::ReferenceNotAllowed(after.event).into());
    }
    if is_other(key)? { Ok(()) } else { Err(Violation::BadReference(key.clone()).into()) }
}

/// What each line of an invoice bills. `facts` are the milestones of its lines, in their order: each once, all of one
/// customer and currency.
pub fn invoice(draft: &InvoiceDraft, facts: &[Facts], today: NaiveDate) -> Checked<Vec<i64>> {
    let ids: Vec<MilestoneId> = draft.lines.iter().map(|(id, _)| *id).collect();
    if milestones(&ids)?.len() < ids.len() {
        return Err(Violation::OutOfRange(Field::Milestones));
    }
    let mut amounts = Vec::with_capacity(facts.len());
    for (line, (_, amount)) in facts.iter().zip(&draft.lines) {
        if let Some(head) = facts.first() {
            same_account(head.project.account(), line)?;
        }
        amounts.push(invoice_line(line, *amount, draft)?);
    }
    invoice_days(draft, today)?;
    Ok(amounts)
}

/// A milestone can be voided as long as no money, bill, write-off or deal stands on it.
pub fn void_milestone(facts: &Facts) -> Checked {
    let in_the_way = if !facts.adjustments.is_empty() || facts.part.is_some() {
        Thing::Deal
    } else if !facts.allocations.is_empty() {
        Thing::Payment
    } else if !facts.invoices.is_empty() {
        Thing::Invoice
    } else if !facts.write_offs.is_empty() {
        Thing::WriteOff
    } else {
        return Ok(());
    };
    Err(Violation::InUse(in_the_way))
}

/// An invoice can be voided unless a red invoice takes it back. `facts` are those of a milestone it bills.
pub fn void_invoice(facts: &Facts, invoice: InvoiceId) -> Checked {
    let mut without = facts.clone();
    without.invoices.retain(|line| line.id != invoice);
    if uncovered(&without) > uncovered(facts) {
        Err(Violation::InUse(Thing::Invoice))
    } else {
        Ok(())
    }
}

pub fn invoice_days(draft: &InvoiceDraft, today: NaiveDate) -> Checked {
    happened(draft.issued_on, today)?;
    happened(draft.sent_on, today)?;
    happened(draft.received_on, today)?;
    not_before(draft.received_on, draft.issued_on)
}

/// What a line bills: without an amount what is not billed yet, and more than that only on purpose. A red invoice is
/// negative and takes back no more than stands on its day and on any since, of the bill it names or of all.
pub fn invoice_line(facts: &Facts, amount: Option<i64>, draft: &InvoiceDraft) -> Checked<i64> {
    let billed = active_invoices(facts, as_of::LATEST).billed;
    let left = balance::amount_on(facts, as_of::LATEST).saturating_sub(billed).max(0);
    match amount {
        None if left == 0 => Err(Violation::InvoicedInFull(facts.id)),
        None => Ok(left),
        Some(0) => Err(Violation::NotPositive(0)),
        Some(red @ ..0) => {
            let standing = reversible(facts, draft.issued_on, draft.reverses);
            if red.saturating_neg() > standing {
                return Err(Violation::ExceedsBilled {
                    milestone: facts.id,
                    wanted: red.saturating_neg(),
                    standing,
                    day: draft.issued_on,
                    currency: facts.project.currency,
                });
            }
            Ok(red)
        }
        Some(_) if draft.reverses.is_some() => Err(Violation::NotRed),
        Some(wanted) if !draft.above && wanted > left => Err(Violation::AboveUnbilled {
            milestone: facts.id,
            wanted,
            left,
            currency: facts.project.currency,
        }),
        Some(amount) => within_limit(amount),
    }
}

/// Which invoices of a milestone went out or were signed for: those that stand and were not yet, of `only` these where it
/// names any. None is sent before it was issued, or signed for before it was sent.
pub fn send_invoices(
    facts: &Facts,
    only: &[InvoiceId],
    sent_on: Option<NaiveDate>,
    received_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Checked<Vec<InvoiceId>> {
    happened(sent_on, today)?;
    happened(received_on, today)?;
    let bills = active_invoices(facts, as_of::LATEST).bills;
    let meant = bills.into_iter().filter(|bill| only.is_empty() || only.contains(&bill.id));
    let open = meant.filter(|bill| {
        (sent_on.is_some() && bill.sent_on.is_none())
            || (received_on.is_some() && bill.received_on.is_none())
    });
    let open: Vec<&InvoiceFact> = open.collect();
    for bill in &open {
        not_before(sent_on, bill.issued_on)?;
        not_before(received_on, bill.sent_on.or(sent_on).unwrap_or(bill.issued_on))?;
    }
    if open.is_empty() {
        return Err(Violation::NothingToSend(facts.id));
    }
    Ok(open.iter().map(|bill| bill.id).collect())
}

/// A touch on its own; that its contact is one of the customer's is for the ledger to say.
pub fn touch(draft: &TouchDraft, today: NaiveDate) -> Checked {
    happened(draft.on, today)?;
    milestones(&draft.milestones)?;
    let steps = draft.kind == TouchKind::Dunning;
    if draft.step.is_some_and(|step| step > TOP_STEP || !steps) {
        return Err(Violation::OutOfRange(Field::Step));
    }
    not_before(draft.next_on, draft.on)?;
    let promised = draft.promises.iter().map(|promise| promise.milestone);
    let disputed = draft.disputes.iter().map(|dispute| dispute.milestone);
    if !promised.chain(disputed).all(|id| draft.milestones.contains(&id)) {
        return Err(Violation::OutOfRange(Field::Milestones));
    }
    Ok(())
}

/// What was promised: as said, or what was open and undisputed on the day. What was open then does not limit what is
/// said: money of an earlier day may be recorded later, and the order of recording decides nothing.
pub fn promise(
    facts: &Facts,
    draft: &PromiseDraft,
    on: NaiveDate,
    calendar: &Calendar,
) -> Checked<i64> {
    not_before(draft.pay_by, on)?;
    let item = agreed_item(facts, on, calendar)?;
    match draft.amount {
        Some(amount) => up_to(amount, balance::amount_on(facts, on), Claim::Promise, facts),
        None if item.undisputed() > 0 => Ok(item.undisputed()),
        None if item.balance <= 0 => Err(Violation::NothingOpen(item.id)),
        None => Err(Violation::AlreadyDisputed(item.id)),
    }
}

/// The milestone as of a day on which it was there.
fn agreed_item(facts: &Facts, on: NaiveDate, calendar: &Calendar) -> Checked<Item> {
    as_of::item(facts, on, calendar)
        .ok_or_else(|| Violation::TooEarly { day: on, earliest: facts.agreed_on.unwrap_or(on) })
}

/// A dispute of the whole balance, or of an amount of it.
pub fn dispute(facts: &Facts, amount: Option<i64>, on: NaiveDate, today: NaiveDate) -> Checked {
    happened(on, today)?;
    open(facts, on)?;
    if let Some(wanted) = amount {
        up_to(wanted, balance::balance_on(facts, on), Claim::Dispute, facts)?;
    }
    let mut standing = facts.disputes.iter().filter(|d| d.resolved_on.is_none_or(|day| day > on));
    if standing.any(|d| d.amount.is_none()) {
        return Err(Violation::AlreadyDisputed(facts.id));
    }
    Ok(())
}

/// All open disputes of a milestone are settled at once.
pub fn resolve(facts: &Facts, on: NaiveDate, today: NaiveDate) -> Checked {
    happened(on, today)?;
    let open = || facts.disputes.iter().filter(|d| d.resolved_on.is_none());
    if open().next().is_none() {
        return Err(Violation::NoDispute(facts.id));
    }
    open().try_for_each(|dispute| not_before(on, dispute.opened_on))
}

/// A hold begins when it may, before today or after; two of them do not overlap.
pub fn hold(facts: &Facts, since: NaiveDate, until: Option<NaiveDate>) -> Checked {
    not_before(until, since)?;
    open(facts, since)?;
    let overlaps = facts.holds.iter().any(|hold| {
        hold.released_on.is_none()
            && hold.until.is_none_or(|end| end >= since)
            && until.is_none_or(|end| hold.since <= end)
    });
    if overlaps {
        return Err(Violation::AlreadyHeld(facts.id));
    }
    Ok(())
}

/// Every hold in force on that day or to come is lifted.
pub fn release(facts: &Facts, on: NaiveDate, today: NaiveDate) -> Checked {
    happened(on, today)?;
    let held = facts
        .holds
        .iter()
        .any(|h| h.released_on.is_none() && h.until.is_none_or(|until| until >= on));
    if held { Ok(()) } else { Err(Violation::NotHeld(facts.id)) }
}

/// A due date that moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The one in force until then.
    pub from: Option<NaiveDate>,
    pub to: NaiveDate,
}

/// A new due date agreed on a day; `None` where it is the one in force already. To agree on the day that was only
/// expected makes it firm.
pub fn reschedule(
    facts: &Facts,
    to: NaiveDate,
    on: NaiveDate,
    today: NaiveDate,
    calendar: &Calendar,
) -> Checked<Option<Moved>> {
    happened(on, today)?;
    open(facts, on)?;
    let item = agreed_item(facts, on, calendar)?;
    Ok((item.firm_due(on) != Some(to)).then_some(Moved { from: item.due(on), to }))
}

/// A settlement of some milestones of one customer: less than what is open on them on its day, by a day.
pub fn settle(
    facts: &[Facts],
    amount: i64,
    by: NaiveDate,
    on: NaiveDate,
    today: NaiveDate,
) -> Checked {
    happened(on, today)?;
    not_before(by, on)?;
    positive(amount)?;
    let head = facts.first().ok_or(Violation::Empty(Field::Milestones))?;
    for one in facts {
        same_account(head.project.account(), one)?;
        not_before(on, one.agreed_on)?;
        open(one, on)?;
    }
    let owed = facts.iter().map(|one| balance::balance_on(one, on));
    let owed = owed.fold(0, |sum: i64, owed| sum.saturating_add(owed));
    if amount >= owed {
        let currency = head.project.currency;
        return Err(Violation::SettlesNothing { wanted: amount, open: owed, currency });
    }
    Ok(())
}

/// What is written off, for a reason: as said, or all that can be from that day on.
pub fn write_off(
    facts: &Facts,
    amount: Option<i64>,
    on: NaiveDate,
    reason: &str,
    today: NaiveDate,
) -> Checked<i64> {
    happened(on, today)?;
    required(reason, Field::Reason)?;
    not_before(on, facts.agreed_on)?;
    let open = balance::headroom(facts, on);
    if open <= 0 {
        return Err(Violation::NothingOpen(facts.id));
    }
    up_to(amount.unwrap_or(open), open, Claim::WriteOff, facts)
}

/// A to-do on its own: its title, and how severe it is.
pub fn todo(draft: &TodoDraft, today: NaiveDate) -> Checked<(&str, Level)> {
    let title = required(&draft.title, Field::Title)?;
    happened(draft.opened_on, today)?;
    not_before(draft.due_on, draft.opened_on)?;
    let severity = match (draft.kind, draft.probability, draft.impact) {
        (TodoKind::Risk, Some(probability), Some(impact)) => todo::severity(probability, impact),
        (TodoKind::Risk, ..) | (_, None, None) => draft.severity,
        (_, Some(_), _) | (_, _, Some(_)) => return Err(Violation::NotARisk),
    };
    Ok((title, severity))
}

/// An open to-do is done on a day, not before it was opened.
pub fn close_todo(opened_on: NaiveDate, on: NaiveDate, today: NaiveDate) -> Checked {
    happened(on, today)?;
    not_before(on, opened_on)
}

/// What is asked for, on a day that is known.
pub fn condition(draft: &ConditionDraft, agreed_on: NaiveDate) -> Checked<&str> {
    not_before(draft.planned_on, agreed_on)?;
    required(&draft.wording, Field::Wording)
}

/// What was refused is accepted later, not before.
pub fn accept(facts: &Facts, on: NaiveDate) -> Checked {
    not_before(on, facts.refusals.iter().copied().max())
}

/// Why an acceptance was refused: of what was delivered by then, and is not accepted.
pub fn refuse<'t>(
    facts: &Facts,
    on: NaiveDate,
    reason: &'t str,
    today: NaiveDate,
) -> Checked<&'t str> {
    happened(on, today)?;
    not_before(on, facts.agreed_on.max(facts.delivered_on))?;
    if facts.accepted_on.is_some() {
        return Err(Violation::AlreadyAccepted(facts.id));
    }
    required(reason, Field::Reason)
}

/// Progress is of a project and a percentage, satisfaction a number from 0 to 10; every other kind is words. Only a
/// commitment ends.
pub fn note(draft: &NoteDraft, today: NaiveDate) -> Checked {
    happened(draft.on, today)?;
    if draft.until.is_some() && draft.kind != NoteKind::Commitment {
        return Err(Violation::OutOfRange(Field::Due));
    }
    not_before(draft.until, draft.on)?;
    match (draft.kind, draft.number) {
        (NoteKind::Progress, number) => {
            if !matches!(draft.about, About::Project(_)) {
                return Err(Violation::Empty(Field::Project));
            }
            within(number.ok_or(Violation::Empty(Field::Progress))?, 100, Field::Progress)
        }
        (NoteKind::Satisfaction, number) => {
            within(number.ok_or(Violation::Empty(Field::Score))?, 10, Field::Score)
        }
        (
            NoteKind::Minutes
            | NoteKind::Remark
            | NoteKind::Lesson
            | NoteKind::Credit
            | NoteKind::Feedback
            | NoteKind::Commitment,
            number,
        ) => match number {
            Some(_) => Err(Violation::OutOfRange(Field::Score)),
            None => required(&draft.wording, Field::Wording).map(drop),
        },
    }
}

/// A paper on its own; how far it may go is told by its days.
pub fn paper(draft: &PaperDraft, today: NaiveDate) -> Checked {
    happened(draft.dated, today)?;
    not_before(draft.expires_on, draft.dated)?;
    if let Some(amount) = draft.amount {
        positive(amount)?;
    }
    if draft.file.chars().any(is_hidden) {
        return Err(Violation::FileName(draft.file.clone()));
    }
    match &draft.about {
        Subject::Milestones(ids) => milestones(ids).map(drop),
        Subject::Customer(_) | Subject::Project(_) => Ok(()),
    }
}

/// Money of somebody else is the customer's since some day: by a paper, else by what is said of it.
pub fn cleared(
    received_on: NaiveDate,
    on: Option<NaiveDate>,
    paper: Option<PaperId>,
    note: &str,
) -> Checked {
    not_before(on, received_on)?;
    if on.is_some() && paper.is_none() {
        required(note, Field::Ground)?;
    }
    Ok(())
}

/// What becomes of a paper happens in its order: it is not sent before its day, and not delivered before it was sent.
pub fn mark_paper(days: &PaperDays, mark: &PaperMark, on: NaiveDate, today: NaiveDate) -> Checked {
    happened(on, today)?;
    not_before(on, days.dated_on)?;
    match mark {
        PaperMark::Sent { .. } => not_before(days.delivered_on, on),
        PaperMark::Delivered { .. } => not_before(on, days.sent_on),
        PaperMark::Signed | PaperMark::Closed { .. } => Ok(()),
    }
}

const fn within(number: u8, most: u8, field: Field) -> Checked {
    if number <= most { Ok(()) } else { Err(Violation::OutOfRange(field)) }
}
