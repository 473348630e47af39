//! Which papers are missing for the steps of the ladder: what is wanted against what is on file.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::dunning;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::policy::{Policy, TOP_STEP};
use crate::domain::readiness::{Lack, OnFile, Want};
use crate::error::Result;
use crate::store::{Paper, Reader};

/// What a step lacks, if it lacks something, with these papers on file about the milestone.
pub fn lack_for(
    step: u8,
    item: &Item,
    papers: &[OnFile],
    today: NaiveDate,
    policy: &Policy,
) -> Option<Lack> {
    let missing = policy.papers.of(step).missing(papers, is_invoiced(item, today), today);
    (!missing.is_empty()).then_some(Lack { step, missing })
}

/// What the next step lacks, whether its day has come or not.
pub fn lack(item: &Item, papers: &[OnFile], today: NaiveDate, policy: &Policy) -> Option<Lack> {
    let step = dunning::next_step(item, today, policy).number?;
    lack_for(step, item, papers, today, policy)
}

/// What the next step lacks of each of these milestones that lacks something.
pub fn lacks(
    store: &Reader,
    items: &[&Item],
    today: NaiveDate,
    policy: &Policy,
) -> Result<HashMap<MilestoneId, Lack>> {
    let wants = |item: &&&Item| {
        let step = dunning::next_step(item, today, policy).number;
        step.is_some_and(|step| !policy.papers.of(step).is_empty())
    };
    let items: Vec<&Item> = items.iter().filter(wants).copied().collect();
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let filed = store.on_file(&items.iter().map(|item| item.id).collect::<Vec<_>>())?;
    let lack = |item: &&Item| {
        let papers = filed.get(&item.id).map_or(&[][..], Vec::as_slice);
        Some((item.id, lack(item, papers, today, policy)?))
    };
    Ok(items.iter().filter_map(lack).collect())
}

/// Something that a step wants, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    pub step: u8,
    pub want: Want,
    pub is_met: bool,
    /// The papers on file that are of a kind that is wanted.
    pub papers: Vec<Paper>,
}

/// All that the steps, or one of them, want of a milestone.
pub fn readiness(
    item: &Item,
    papers: &[Paper],
    step: Option<u8>,
    today: NaiveDate,
    policy: &Policy,
) -> Vec<Readiness> {
    let filed: Vec<OnFile> = papers.iter().map(Paper::on_file).collect();
    let steps = (0..=TOP_STEP).filter(|one| step.is_none_or(|step| step == *one));
    let wants = steps.flat_map(|step| policy.papers.of(step).iter().map(move |want| (step, want)));
    let ready = |(step, want): (u8, &Want)| Readiness {
        step,
        want: want.clone(),
        is_met: want.is_met(&filed, is_invoiced(item, today), today),
        papers: papers.iter().filter(|paper| of_kind(paper, want, today)).cloned().collect(),
    };
    wants.map(ready).collect()
}

fn of_kind(paper: &Paper, want: &Want, today: NaiveDate) -> bool {
    let is_kind = want.kinds().iter().any(|wanted| wanted.kind == paper.head.kind);
    is_kind && paper.state(today).is_some()
}

fn is_invoiced(item: &Item, today: NaiveDate) -> bool {
    item.invoiced > 0 && item.invoiced_on.is_none_or(|on| on <= today)
}
