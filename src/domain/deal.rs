//! What both sides agree after the contract: a new contract amount, and an open balance in dated parts. Amounts change
//! from the day of the deal on, so that a table of an earlier day stays what it was.

pub mod parts;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::active_invoices::active_invoices;
use super::as_of::{self, LATEST};
use super::balance::{amount_on, headroom, split_off, taken_on, written_off_on};
use super::calendar::Calendar;
use super::facts::{AdjustmentFact, Facts};
use super::ids::MilestoneId;
use super::kinds::DealKind;
use super::money;
use super::rules::{self, Checked};
use super::violation::{Claim, Field, Thing, Violation};

/// The contract amount on a day: that of the last amendment agreed by then, else as it was entered. `amendments` are in
/// the order they were recorded.
pub fn contract_on(
    entered: Option<i64>,
    amendments: &[(NaiveDate, Option<i64>)],
    day: NaiveDate,
) -> Option<i64> {
    let agreed = amendments.iter().filter(|(on, _)| *on <= day);
    agreed.max_by_key(|(on, _)| *on).and_then(|(_, amount)| *amount).or(entered)
}

/// Where the amount of a milestone comes from after an amendment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A bill, money or parts of it stand that day: it keeps its amount.
    Kept,
    ByHand,
    /// Its share of what the others leave of the contract.
    Share,
}

/// What an amendment makes of one milestone; minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amended {
    pub milestone: MilestoneId,
    pub before: i64,
    pub after: i64,
    pub origin: Origin,
}

/// What a contract amount agreed on a day makes of the plan. Milestones with a standing bill, money or parts keep theirs, as
/// do parts; what is set by hand is that; the others share the rest by what they were, to the cent.
pub fn amend(
    plan: &[Facts],
    contract: i64,
    by_hand: &[(MilestoneId, i64)],
    on: NaiveDate,
) -> Checked<Vec<Amended>> {
    rules::positive(contract)?;
    let there = |facts: &&Facts| facts.agreed_on.is_none_or(|agreed| agreed <= on);
    let plan: Vec<&Facts> = plan.iter().filter(there).collect();
    let mut amended = Vec::with_capacity(plan.len());
    for facts in &plan {
        let (milestone, before) = (facts.id, amount_on(facts, on));
        let set = by_hand.iter().find(|(id, _)| *id == milestone).map(|(_, amount)| *amount);
        let (after, origin) = match set {
            Some(amount) => (amount, Origin::ByHand),
            None if is_kept(facts, on) => (before, Origin::Kept),
            None => (before, Origin::Share),
        };
        amended.push(Amended { milestone, before, after, origin });
    }
    if let Some((strange, _)) = by_hand.iter().find(|(id, _)| !plan.iter().any(|f| f.id == *id)) {
        return Err(Violation::NotOfTheContract(*strange));
    }
    share(&plan, &mut amended, contract)?;
    for (facts, one) in plan.iter().zip(&amended) {
        check(facts, *one, on)?;
    }
    Ok(amended)
}

/// Whether what stands on a milestone on a day lets it keep its amount. What comes later does not, so that nothing depends
/// on which was recorded first; nor does the setting that says when a bill of exchange counts.
fn is_kept(facts: &Facts, on: NaiveDate) -> bool {
    facts.part.is_some()
        || taken_on(facts, on) > 0
        || written_off_on(facts, on) > 0
        || active_invoices(facts, on).billed > 0
        || split_off(facts, on) > 0
}

/// Gives those that take a share what the others leave of the contract.
fn share(plan: &[&Facts], amended: &mut [Amended], contract: i64) -> Checked {
    let of = |amended: &[Amended], shares: bool| {
        let those = amended.iter().filter(|one| (one.origin == Origin::Share) == shares);
        money::sum(those.map(|one| one.after))
    };
    let (fixed, shared) = (of(amended, false)?, of(amended, true)?);
    let Some(currency) = plan.first().map(|facts| facts.project.currency) else {
        return Ok(());
    };
    let rest = money::sub(contract, fixed)?;
    if rest < 0 {
        return Err(Violation::BelowKept { contract, kept: fixed, currency });
    }
    if shared <= 0 {
        let differs = Violation::PlanDiffers { plan: fixed, contract, currency };
        return if rest == 0 { Ok(()) } else { Err(differs) };
    }
    let takes: Vec<&mut Amended> =
        amended.iter_mut().filter(|one| one.origin == Origin::Share).collect();
    let weights: Vec<Decimal> = takes.iter().map(|one| Decimal::from(one.after)).collect();
    for (one, amount) in takes.into_iter().zip(money::split(rest, &weights)?) {
        one.after = amount;
    }
    Ok(())
}

/// A new amount is not below what is billed, received or given up, and not dated before another deal about it.
fn check(facts: &Facts, amended: Amended, on: NaiveDate) -> Checked {
    if amended.after == amended.before {
        return Ok(());
    }
    if amended.after != 0 {
        rules::positive(amended.after)?;
    }
    let currency = facts.project.currency;
    rules::not_before(on, facts.adjustments.iter().map(|one| one.on).max())?;
    let billed = active_invoices(facts, LATEST).billed;
    if amended.after < billed.min(amended.before) {
        let (milestone, amount) = (facts.id, amended.after);
        return Err(Violation::BelowBilled { milestone, amount, billed, currency });
    }
    rules::covered(&adjusted(facts, DealKind::Amendment, on, amended.after - amended.before))
}

/// The facts with one more adjustment.
fn adjusted(facts: &Facts, kind: DealKind, on: NaiveDate, amount: i64) -> Facts {
    let mut facts = facts.clone();
    facts.adjustments.push(AdjustmentFact { on, kind, amount });
    facts
}

/// A part of an open balance, as it is agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Part {
    pub due: NaiveDate,
    /// Minor units, above 0.
    pub amount: i64,
}

/// A milestone that a split makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPart {
    /// The milestone whose balance it takes.
    pub from: MilestoneId,
    /// The milestone it is a part of: that one, or the one that was split first.
    pub of: MilestoneId,
    /// Minor units of that one's amount before it.
    pub starts: i64,
    /// The first due date of what it takes.
    pub first_due: Option<NaiveDate>,
    pub part: Part,
}

/// What is open of milestones on a day, for the parts it is split into, in the order it fills them: oldest due first.
pub fn open<'f>(facts: &'f [Facts], on: NaiveDate, calendar: &Calendar) -> Vec<(&'f Facts, i64)> {
    let mut open: Vec<(&Facts, i64)> =
        facts.iter().map(|facts| (facts, headroom(facts, on))).collect();
    open.sort_by_key(|(facts, _)| {
        let due = as_of::item(facts, on, calendar).and_then(|item| item.due(on));
        (due.unwrap_or(NaiveDate::MAX), facts.seq, facts.id)
    });
    open
}

/// The milestones that an open balance agreed to be paid in parts becomes. What falls due first fills the earliest parts; a part
/// that takes of two milestones becomes a milestone for each, of one due date.
pub fn split(
    facts: &[Facts],
    parts: &[Part],
    on: NaiveDate,
    calendar: &Calendar,
) -> Checked<Vec<NewPart>> {
    let head = facts.first().ok_or(Violation::Empty(Field::Milestones))?;
    let currency = head.project.currency;
    let mut parts = parts.to_vec();
    parts.sort_by_key(|part| part.due);
    for part in &parts {
        rules::positive(part.amount)?;
        rules::not_before(part.due, on)?;
    }
    let open = open(facts, on, calendar);
    for (one, left) in &open {
        if one.project.id != head.project.id {
            return Err(Violation::NotOfTheContract(one.id));
        }
        rules::not_before(on, one.agreed_on)?;
        rules::not_before(on, one.adjustments.iter().map(|one| one.on).max())?;
        if one.part.is_some() && !one.invoices.is_empty() {
            return Err(Violation::InUse(Thing::Invoice));
        }
        if *left <= 0 {
            return Err(Violation::NothingOpen(one.id));
        }
    }
    let total = money::sum(open.iter().map(|(_, left)| *left))?;
    let listed = money::sum(parts.iter().map(|part| part.amount))?;
    if listed != total {
        return Err(Violation::PartsDiffer { parts: listed, open: total, currency });
    }
    let mut made = Vec::new();
    let mut rest = parts.into_iter();
    let mut part = rest.next();
    for (one, mut left) in open {
        let item = as_of::item(one, on, calendar);
        let first_due = item.and_then(|item| item.first_due(on));
        let (of, before) = one.part.as_ref().map_or((one.id, 0), |part| (part.of, part.starts));
        let mut starts = before.saturating_add(amount_on(one, on) - left);
        while let Some(current) = part.as_mut().filter(|_| left > 0) {
            let amount = current.amount.min(left);
            let taken = Part { amount, ..*current };
            made.push(NewPart { from: one.id, of, starts, first_due, part: taken });
            (left, starts) = (left - amount, starts.saturating_add(amount));
            current.amount -= amount;
            if current.amount == 0 {
                part = rest.next();
            }
        }
    }
    made.sort_by_key(|new| new.part.due);
    Ok(made)
}

/// The part of a milestone that was accepted, less than what is open of it; the rest stays to be accepted. Bills fill the
/// rest first, as what is kept of a balance that is split.
pub fn accept_part(facts: &Facts, amount: i64, on: NaiveDate) -> Checked<NewPart> {
    if facts.accepted_on.is_some() {
        return Err(Violation::AlreadyAccepted(facts.id));
    }
    rules::accept(facts, on)?;
    rules::not_before(on, facts.agreed_on)?;
    rules::not_before(on, facts.adjustments.iter().map(|one| one.on).max())?;
    if facts.part.is_some() && !facts.invoices.is_empty() {
        return Err(Violation::InUse(Thing::Invoice));
    }
    let open = headroom(facts, on);
    if rules::positive(amount)? >= open {
        let (claim, milestone) = (Claim::Acceptance, facts.id);
        let currency = facts.project.currency;
        return Err(Violation::ExceedsOpen { claim, milestone, wanted: amount, open, currency });
    }
    let (of, before) = facts.part.as_ref().map_or((facts.id, 0), |part| (part.of, part.starts));
    let starts = before.saturating_add(amount_on(facts, on) - amount);
    let part = Part { due: on, amount };
    Ok(NewPart { from: facts.id, of, starts, first_due: None, part })
}

/// Whether the later parts can be called due: one of a deal that says so is past grace on that day.
pub fn call_due(facts: &Facts, on: NaiveDate, today: NaiveDate, calendar: &Calendar) -> Checked {
    rules::happened(on, today)?;
    let item = as_of::item(facts, on, calendar);
    if item.is_some_and(|item| item.calls_due(on)) {
        return Ok(());
    }
    Err(Violation::NothingToCall(facts.id))
}
