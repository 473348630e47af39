//! When a key can act, and why not.

use super::{DisabledReason, KeyContext, RowKind};

#[allow(clippy::unnecessary_wraps, reason = "every binding asks through the same signature")]
pub const fn always(_: &KeyContext) -> Result<(), DisabledReason> {
    Ok(())
}

pub fn row(here: &KeyContext) -> Result<(), DisabledReason> {
    here.row.map(|_| ()).ok_or(DisabledReason::NoRow)
}

pub fn milestone(here: &KeyContext) -> Result<(), DisabledReason> {
    row(here)?;
    if here.row == Some(RowKind::Milestone) || here.marked > 0 {
        Ok(())
    } else {
        Err(DisabledReason::NotMilestone)
    }
}

/// It can be delivered: a milestone, or a paper.
pub fn deliverable(here: &KeyContext) -> Result<(), DisabledReason> {
    if here.row == Some(RowKind::Paper) { Ok(()) } else { milestone(here) }
}

/// It waits for something: a milestone, by one of its conditions too.
pub fn conditional(here: &KeyContext) -> Result<(), DisabledReason> {
    if here.row == Some(RowKind::Condition) { Ok(()) } else { milestone(here) }
}

pub fn project(here: &KeyContext) -> Result<(), DisabledReason> {
    row(here)?;
    match here.row {
        Some(RowKind::Milestone | RowKind::Project) => Ok(()),
        Some(
            RowKind::Customer
            | RowKind::Todo
            | RowKind::Paper
            | RowKind::Condition
            | RowKind::Other,
        )
        | None => Err(DisabledReason::NoProject),
    }
}

pub fn customer(here: &KeyContext) -> Result<(), DisabledReason> {
    row(here)?;
    match here.row {
        Some(RowKind::Other) => Err(DisabledReason::NoCustomer),
        _ => Ok(()),
    }
}

fn refuse(when: bool, why: DisabledReason) -> Result<(), DisabledReason> {
    if when { Err(why) } else { Ok(()) }
}

pub fn open(here: &KeyContext) -> Result<(), DisabledReason> {
    milestone(here)?;
    refuse(here.milestone.settled, DisabledReason::Settled)
}

pub fn open_or_customer(here: &KeyContext) -> Result<(), DisabledReason> {
    customer(here)?;
    refuse(here.milestone.settled, DisabledReason::Settled)
}

pub fn disputable(here: &KeyContext) -> Result<(), DisabledReason> {
    open(here)?;
    refuse(here.milestone.all_disputed, DisabledReason::Disputed)
}

/// Something can be settled: a dispute, a to-do, or a condition.
pub fn resolvable(here: &KeyContext) -> Result<(), DisabledReason> {
    if matches!(here.row, Some(RowKind::Todo | RowKind::Condition)) && here.marked == 0 {
        return Ok(());
    }
    milestone(here)?;
    refuse(!here.milestone.disputed, DisabledReason::NoDispute)
}

pub fn panes(here: &KeyContext) -> Result<(), DisabledReason> {
    refuse(!here.panes, DisabledReason::Alone)
}

pub fn undo(here: &KeyContext) -> Result<(), DisabledReason> {
    refuse(!here.undo, DisabledReason::NothingToUndo)
}

pub fn redo(here: &KeyContext) -> Result<(), DisabledReason> {
    refuse(!here.redo, DisabledReason::NothingToRedo)
}

pub fn repeat(here: &KeyContext) -> Result<(), DisabledReason> {
    row(here)?;
    refuse(!here.repeat, DisabledReason::NothingToRepeat)
}

pub fn past(here: &KeyContext) -> Result<(), DisabledReason> {
    refuse(!here.past, DisabledReason::TodayIsLast)
}
