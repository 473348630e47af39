//! Which changes only somebody of a role may make: the others propose them. The ledger trusts the name a user gives.

use super::change::Change;
use super::facts::Facts;
use super::ids::MilestoneId;
use super::kinds::Role;
use super::policy::Policy;
use super::{balance, money};

/// What of a change a limit may be set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited {
    /// Money given up: minor units, or all that is open.
    WriteOff(MilestoneId, Option<i64>),
    /// A step of the ladder.
    Step(u8),
}

/// What of a change can need an approval: asked of every change.
pub const fn limited(change: &Change) -> Option<Limited> {
    match change {
        Change::WriteOff { milestone, amount, .. } => Some(Limited::WriteOff(*milestone, *amount)),
        Change::LogContact(draft) => match draft.step {
            Some(step) => Some(Limited::Step(step)),
            None => None,
        },
        Change::AddCustomer(_)
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
        | Change::Bill { .. }
        | Change::MoveAllocation { .. }
        | Change::Amend { .. }
        | Change::Split { .. }
        | Change::CallDue { .. }
        | Change::Settle { .. }
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

/// Whether somebody of this role has to ask first. A write-off counts with what was given up of the milestone before:
/// a limit is not passed in parts. `facts` are those of its milestone.
pub fn approval_needed(
    limited: Limited,
    facts: Option<&Facts>,
    policy: &Policy,
    role: Option<Role>,
) -> bool {
    if approves(role, policy) {
        return false;
    }
    match (limited, facts) {
        (Limited::Step(step), _) => {
            policy.approve_step_from.is_some_and(|from| i64::from(step) >= from)
        }
        (Limited::WriteOff(..), None) => false,
        (Limited::WriteOff(_, amount), Some(facts)) => {
            let amount = amount.unwrap_or_else(|| balance::headroom(facts, super::as_of::LATEST));
            let before = facts.write_offs.iter().map(|(_, amount)| *amount);
            let given_up = before.fold(amount, i64::saturating_add);
            let unit = 10_i64.saturating_pow(money::exponent(facts.project.currency));
            let above = |limit: i64| given_up > limit.saturating_mul(unit);
            policy.approve_write_off_above.is_some_and(above)
        }
    }
}
