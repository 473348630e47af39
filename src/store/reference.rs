//! The milestone whose acceptance a rule waits for, where that is another one than its own.

use std::collections::HashMap;

use rusqlite::Connection;

use super::convert::{id_list, rows};
use crate::domain::due::{Basis, Event};
use crate::domain::facts::{Facts, Reference};
use crate::domain::ids::ProjectId;
use crate::domain::kinds::Stage;
use crate::error::Result;

/// A milestone others can wait for.
pub(super) struct Referred {
    pub seq: u32,
    pub key: Option<String>,
    pub stage: Stage,
    pub dates: Reference,
}

/// Fills in the acceptance that a rule waits for where it is another milestone's: the one it names, or for a
/// retention the nearest earlier milestone of stage acceptance.
pub(super) fn fill(db: &Connection, facts: &mut [Facts]) -> Result<()> {
    let mut waiting: Vec<i64> = facts
        .iter()
        .filter(|f| waits_for_another(f))
        .map(|f| f.project.id.0)
        .collect();
    waiting.dedup();
    if waiting.is_empty() {
        return Ok(());
    }
    let sql = "SELECT project, seq, key, stage, accepted_on, planned_on FROM milestone \
               WHERE project IN (SELECT value FROM json_each(?1)) ORDER BY project, seq";
    let mut plans: HashMap<ProjectId, Vec<Referred>> = HashMap::new();
    rows(db, ("milestone", sql), [id_list(waiting)], |c| {
        plans
            .entry(ProjectId(c.int(0)?))
            .or_default()
            .push(Referred {
                seq: c.small(1)?,
                key: c.maybe_text(2)?.map(str::to_owned),
                stage: c.code(3, Stage::from_code)?,
                dates: Reference {
                    accepted_on: c.maybe_day(4)?,
                    planned_on: c.maybe_day(5)?,
                },
            });
        Ok(())
    })?;
    for fact in facts.iter_mut().filter(|f| waits_for_another(f)) {
        let plan = plans.get(&fact.project.id).map_or(&[][..], Vec::as_slice);
        fact.reference = referred(fact, plan).map(|r| r.dates.clone());
    }
    Ok(())
}

/// The milestone of its plan whose acceptance this one waits for.
pub(super) fn referred<'p>(fact: &Facts, plan: &'p [Referred]) -> Option<&'p Referred> {
    let Basis::After(rule) = &fact.rule.basis else {
        return None;
    };
    if rule.of.is_some() {
        return plan.iter().find(|r| r.key == rule.of);
    }
    plan.iter()
        .rfind(|r| r.seq < fact.seq && r.stage == Stage::Acceptance)
}

/// Whether it waits for the acceptance of another milestone.
pub(super) fn waits_for_another(facts: &Facts) -> bool {
    match &facts.rule.basis {
        Basis::After(rule) if rule.event == Event::Acceptance => {
            rule.of.is_some() || facts.stage == Stage::Retention
        }
        _ => false,
    }
}
