//! The dunning round of a day: who would be written to, with one letter a customer at the highest step that is to be taken,
//! about all that has a step to take; and why of the others, which are due, nobody is.

use std::collections::BTreeSet;

use crate::domain::document::DocumentKind;
use crate::domain::dunning::{Act, Wait, Watch};
use crate::domain::ids::{CustomerId, IdMap, MilestoneId};
use crate::domain::item::Item;
use crate::domain::money::{Overflow, PerCurrency};
use crate::error::Result;
use crate::portfolio::Portfolio;
use crate::store::{Paper, Reader};

use super::worklist::Worklist;

/// A letter to one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundLetter {
    pub customer: CustomerId,
    /// The highest step that is to be taken.
    pub step: u8,
    pub kind: DocumentKind,
    /// In the order to work them.
    pub milestones: Vec<MilestoneId>,
    /// What is claimed of them, in minor units.
    pub sums: PerCurrency<i64>,
}

/// A milestone that is in no letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub id: MilestoneId,
    pub customer: CustomerId,
    pub why: WhyNot,
}

/// Why a milestone is in no letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// Its step waits.
    Waits(u8, Wait),
    /// Something else is to be done: what no letter does.
    Act(Act),
    /// Nobody has to move.
    Watched(Watch),
    /// The same letter is a draft of today, of this number.
    Drafted(String),
}

/// In the order to work them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    pub letters: Vec<RoundLetter>,
    pub left: Vec<LeftOut>,
}

impl Round {
    /// The round of a worklist of the same day, of the items that are to be looked at for an act or without one.
    pub fn of(
        portfolio: &Portfolio,
        worklist: &Worklist,
        is_looked_at: impl Fn(&Item, Option<Act>) -> bool,
    ) -> Result<Self, Overflow> {
        let today = portfolio.today;
        let mut round = Self::default();
        let mut places: IdMap<CustomerId, usize> = IdMap::default();
        let item = |id, act| portfolio.get(id).filter(|item| is_looked_at(item, act));
        for entry in &worklist.entries {
            let Some(item) = item(entry.id, Some(entry.act)) else { continue };
            let (id, customer) = (entry.id, entry.customer);
            let Some((step, kind)) = letter(entry.act) else {
                if item.firm_due(today).is_some_and(|due| due <= today) {
                    round.left.push(LeftOut { id, customer, why: WhyNot::Act(entry.act) });
                }
                continue;
            };
            let at = *places.entry(customer).or_insert(round.letters.len());
            if at == round.letters.len() {
                let (milestones, sums) = (Vec::new(), PerCurrency::new());
                round.letters.push(RoundLetter { customer, step, kind, milestones, sums });
            }
            let Some(letter) = round.letters.get_mut(at) else { continue };
            if step > letter.step {
                (letter.step, letter.kind) = (step, kind);
            }
            letter.milestones.push(id);
            letter.sums.add(item.currency, item.undisputed())?;
        }
        for waiting in &worklist.waiting {
            if item(waiting.id, None).is_some() {
                let why = WhyNot::Waits(waiting.step, waiting.wait);
                round.left.push(LeftOut { id: waiting.id, customer: waiting.customer, why });
            }
        }
        for watched in &worklist.watched {
            let why = WhyNot::Watched(watched.watch);
            if item(watched.id, None).is_some() {
                round.left.push(LeftOut { id: watched.id, customer: watched.customer, why });
            }
        }
        Ok(round)
    }

    /// Leaves out the letters that were filed today and not sent yet: another round writes them no second time.
    pub fn without_drafts(mut self, store: &Reader, portfolio: &Portfolio) -> Result<Self> {
        let kinds: BTreeSet<DocumentKind> = self.letters.iter().map(|letter| letter.kind).collect();
        let mut drafts: Vec<(DocumentKind, Paper)> = Vec::new();
        for kind in kinds {
            let papers = store.papers(None, kind.paper())?.into_iter();
            let is_draft = |paper: &Paper| {
                paper.head.dated_on == portfolio.today && paper.head.sent_on.is_none()
            };
            drafts.extend(papers.filter(is_draft).map(|paper| (kind, paper)));
        }
        let left = &mut self.left;
        self.letters.retain(|letter| {
            let wanted: BTreeSet<MilestoneId> = letter.milestones.iter().copied().collect();
            let same = |(kind, paper): &&(DocumentKind, Paper)| {
                let named = paper.milestones.iter().map(|(id, _)| *id);
                *kind == letter.kind && named.collect::<BTreeSet<_>>() == wanted
            };
            let Some((_, paper)) = drafts.iter().find(same) else { return true };
            left.extend(letter.milestones.iter().map(|id| LeftOut {
                id: *id,
                customer: letter.customer,
                why: WhyNot::Drafted(paper.head.number.clone()),
            }));
            false
        });
        Ok(self)
    }

    /// Every milestone in it.
    pub fn ids(&self) -> Vec<MilestoneId> {
        let written = self.letters.iter().flat_map(|letter| letter.milestones.iter().copied());
        written.chain(self.left.iter().map(|left| left.id)).collect()
    }
}

/// The letter an act is done with, if it is.
fn letter(act: Act) -> Option<(u8, DocumentKind)> {
    match act {
        Act::Step(step) => Some((step, DocumentKind::of_step(step)?)),
        Act::ChaseAcceptance
        | Act::Deliver
        | Act::Invoice
        | Act::Send
        | Act::FollowUp
        | Act::CallBack => None,
    }
}
