//! The morning in one value: the five figures, what to work on in its order, and what waits.

use chrono::NaiveDate;

use crate::domain::dunning::{Act, Wait};
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::kinds::Role;
use crate::domain::money::Currency;
use crate::error::Result;
use crate::portfolio::Portfolio;
use crate::store::Reader;

use super::figures::{self, Figures, figures, month_start};
use super::worklist::{Worklist, worklist};

/// The morning of a portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    pub today: NaiveDate,
    /// The currency shown first.
    pub main: Currency,
    /// The five figures, main currency first.
    pub figures: Vec<Figures>,
    /// What to work on, and what waits.
    pub worklist: Worklist,
}

/// Computes the morning of a portfolio. Names are not read: the caller knows which page it shows.
pub fn digest(store: &Reader, portfolio: &Portfolio) -> Result<Digest> {
    let main = figures::main_currency(portfolio.items(), &portfolio.policy);
    let collected = store.collected(month_start(portfolio.today), portfolio.today)?;
    let figures = figures(portfolio.items(), &collected, portfolio.today, &portfolio.policy, main)?;
    let worklist =
        worklist(portfolio.items(), &portfolio.customers, portfolio.today, &portfolio.policy, main);
    Ok(Digest { today: portfolio.today, main, figures, worklist })
}

/// A digest with the names of all it lists.
#[derive(Debug, Clone, Copy)]
pub struct Morning<'a> {
    pub digest: &'a Digest,
    portfolio: &'a Portfolio,
}

/// One milestone of a morning.
#[derive(Debug, Clone, Copy)]
pub struct MorningLine<'a> {
    pub item: &'a Item,
    pub customer: &'a str,
    pub project: &'a str,
    pub milestone: &'a str,
    pub key: Option<&'a str>,
    pub manager: Option<&'a str>,
    /// What to do; `None` for what waits.
    pub act: Option<Act>,
    /// Whose desk that is on.
    pub owner: Option<Role>,
    /// Whether a broken promise stands unanswered.
    pub broken: bool,
    /// The step that waits, and for what.
    pub wait: Option<(u8, Wait)>,
}

impl<'a> Morning<'a> {
    /// Reads the names of all that is listed.
    pub fn new(store: &Reader, portfolio: &'a mut Portfolio, digest: &'a Digest) -> Result<Self> {
        let list = &digest.worklist;
        let work = list.entries.iter().map(|entry| entry.id);
        let ids: Vec<MilestoneId> = work.chain(list.waiting.iter().map(|w| w.id)).collect();
        portfolio.name(store, &ids)?;
        Ok(Self { digest, portfolio })
    }

    /// What to work on, in its order.
    pub fn work(self) -> impl Iterator<Item = MorningLine<'a>> {
        let entries = self.digest.worklist.entries.iter();
        entries.filter_map(move |entry| {
            let owner = Some(entry.act.owner(&self.portfolio.policy));
            let (act, broken) = (Some(entry.act), entry.broken);
            Some(MorningLine { act, owner, broken, ..self.line(entry.id)? })
        })
    }

    /// What waits, in its order.
    pub fn waiting(self) -> impl Iterator<Item = MorningLine<'a>> {
        let waiting = self.digest.worklist.waiting.iter();
        waiting.filter_map(move |waiting| {
            Some(MorningLine { wait: Some((waiting.step, waiting.wait)), ..self.line(waiting.id)? })
        })
    }

    fn line(self, id: MilestoneId) -> Option<MorningLine<'a>> {
        let (item, names) = (self.portfolio.get(id)?, &self.portfolio.names);
        let milestone = names.milestone(id);
        Some(MorningLine {
            item,
            customer: &names.customer(item.customer).name,
            project: &names.project(item.project).code,
            milestone: &milestone.name,
            key: milestone.code(),
            manager: item.manager.map(|id| names.person(id)),
            act: None,
            owner: None,
            broken: false,
            wait: None,
        })
    }
}
