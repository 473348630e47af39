//! Which changes only somebody of a role may make: the others propose them. The ledger trusts the name a user gives.

use super::as_of::LATEST;
use super::change::{Change, PaperMark, ProjectDraft};
use super::facts::Facts;
use super::ids::{MilestoneId, PaperId, ProjectId};
use super::kinds::Role;
use super::money::Currency;
use super::policy::Policy;
use super::{balance, money};

/// What of a change a limit may be set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited<'c> {
    /// Money given up: minor units, or all that is open.
    WriteOff(MilestoneId, Option<i64>),
    /// What is paid of these, so that the rest is waived; minor units.
    Settlement(&'c [MilestoneId], i64),
    /// What a contract gives for money that comes early; of a new contract, or of one that is known.
    Discount(&'c ProjectDraft, Option<ProjectId>),
    /// A contract's new amount; minor units.
    Amendment(ProjectId, i64),
    /// A step of the ladder.
    Step(u8),
    /// The step of a paper, if it takes one.
    Paper(PaperId),
}

/// What of a change can need an approval: asked of every change.
pub fn limited(change: &Change) -> Option<Limited<'_>> {
    match change {
        Change::WriteOff { milestone, amount, .. } => Some(Limited::WriteOff(*milestone, *amount)),
        Change::MarkPaper { paper, mark: PaperMark::Sent { .. }, .. } => {
            Some(Limited::Paper(*paper))
        }
        Change::Settle { milestones, amount, .. } => Some(Limited::Settlement(milestones, *amount)),
        Change::Amend { project, amount, .. } => Some(Limited::Amendment(*project, *amount)),
        Change::AddProject(draft) if draft.discount.is_some() => {
            Some(Limited::Discount(draft, None))
        }
        Change::EditProject(project, draft) if draft.discount.is_some() => {
            Some(Limited::Discount(draft, Some(*project)))
        }
        Change::LogContact(draft) => draft.step.map(Limited::Step),
        Change::MarkPaper {
            mark: PaperMark::Delivered { .. } | PaperMark::Signed | PaperMark::Closed { .. },
            ..
        }
        | Change::AddCustomer(_)
        | Change::EditCustomer(..)
        | Change::AddProject(_)
        | Change::EditProject(..)
        | Change::AddMilestone(_)
        | Change::EditMilestone(..)
        | Change::Deliver { .. }
        | Change::AcceptReserved { .. }
        | Change::AcceptPart { .. }
        | Change::RefuseAcceptance { .. }
        | Change::AddCondition(_)
        | Change::MeetConditions { .. }
        | Change::AddNote(_)
        | Change::FilePaper(_)
        | Change::Bill { .. }
        | Change::ClearPayer { .. }
        | Change::MoveAllocation { .. }
        | Change::Split { .. }
        | Change::CallDue { .. }
        | Change::Suspend { .. }
        | Change::Resume { .. }
        | Change::Accept { .. }
        | Change::Invoice(_)
        | Change::SendInvoices { .. }
        | Change::RecordPayment(_)
        | Change::ReversePayment { .. }
        | Change::ApplyPayment { .. }
        | Change::Promise { .. }
        | Change::OpenDispute { .. }
        | Change::ResolveDispute { .. }
        | Change::Reschedule { .. }
        | Change::Hold { .. }
        | Change::Release { .. }
        | Change::Void { .. }
        | Change::TakeSnapshot { .. }
        | Change::BookLine { .. }
        | Change::SkipLine { .. }
        | Change::EditPerson { .. }
        | Change::AddTodo(_)
        | Change::EditTodo(..)
        | Change::CloseTodo { .. }
        | Change::ApproveTodo { .. }
        | Change::DeclineTodo { .. }
        | Change::Set { .. } => None,
    }
}

/// Whether somebody of this role approves.
pub fn approves(role: Option<Role>, policy: &Policy) -> bool {
    role.is_some_and(|role| role == policy.approver || role == Role::Head)
}

/// What the ledger knows of what a change gives something up of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'f> {
    /// The facts of its milestones.
    pub facts: &'f [Facts],
    /// What its contract comes to, minor units, as it is.
    pub contract: Option<(i64, Currency)>,
}

/// The limit that is set on it: whole units of its currency, or a step.
pub const fn limit(limited: Limited<'_>, policy: &Policy) -> Option<i64> {
    match limited {
        Limited::WriteOff(..) => policy.approve_write_off_above,
        Limited::Settlement(..) => policy.approve_settlement_above,
        Limited::Discount(..) => policy.approve_discount_above,
        Limited::Amendment(..) => policy.approve_amendment_above,
        Limited::Step(_) | Limited::Paper(_) => policy.approve_step_from,
    }
}

/// Whether somebody of this role has to ask first.
pub fn approval_needed(
    limited: Limited<'_>,
    known: Known<'_>,
    policy: &Policy,
    role: Option<Role>,
) -> bool {
    let Some(limit) = limit(limited, policy).filter(|_| !approves(role, policy)) else {
        return false;
    };
    if let Limited::Step(step) = limited {
        return i64::from(step) >= limit;
    }
    given_up(limited, known).is_some_and(|(amount, currency)| {
        amount > limit.saturating_mul(10_i64.saturating_pow(money::exponent(currency)))
    })
}

/// Minor units that it gives up. A write-off counts with what was given up of the milestone before: a limit is not passed
/// in parts.
fn given_up(limited: Limited<'_>, known: Known<'_>) -> Option<(i64, Currency)> {
    let head = known.facts.first();
    match limited {
        Limited::WriteOff(_, amount) => {
            let facts = head?;
            let amount = amount.unwrap_or_else(|| balance::headroom(facts, LATEST));
            let before = facts.write_offs.iter().map(|(_, amount)| *amount);
            Some((before.fold(amount, i64::saturating_add), facts.project.currency))
        }
        Limited::Settlement(_, amount) => {
            let open = known.facts.iter().map(|facts| balance::headroom(facts, LATEST));
            let open = open.fold(0, i64::saturating_add);
            Some((open.saturating_sub(amount), head?.project.currency))
        }
        Limited::Discount(draft, _) => {
            let planned = draft.plan.iter().map(|one| one.amount).fold(0, i64::saturating_add);
            let known = known.contract.map(|(amount, _)| amount);
            let contract = draft.contract_amount.or(known).unwrap_or(planned);
            Some((draft.discount?.of(contract), draft.currency))
        }
        Limited::Amendment(_, amount) => {
            known.contract.map(|(before, currency)| (before.saturating_sub(amount), currency))
        }
        Limited::Step(_) | Limited::Paper(_) => None,
    }
}
