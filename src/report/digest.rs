//! The morning in one value: the five figures, what to work on in its order, what waits, and what is watched. Beside it
//! where the money of all contracts stands, which is asked for where it is shown: it looks at every milestone there is.

use std::thread;

use chrono::NaiveDate;

use crate::domain::dunning::{Act, Wait, Watch};
use crate::domain::ids::{CustomerId, IdSet, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::Role;
use crate::domain::money::Currency;
use crate::error::{Error, Result};
use crate::portfolio::Portfolio;
use crate::store::{DueTodos, Reader};

use super::figures::{self, Contract, Figures, figures, month_start};
use super::todos::TodoLine;
use super::worklist::{SHARED, Worklist, worklist};

/// The morning of a portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    pub today: NaiveDate,
    /// The currency shown first.
    pub main: Currency,
    /// The five figures, main currency first.
    pub figures: Vec<Figures>,
    /// What to work on, what waits, and what is watched.
    pub worklist: Worklist,
    /// The open to-dos that are due.
    pub todos: DueTodos,
}

/// To-dos that are read for a morning: more than anybody does in a day.
const MOST: u32 = 500;

/// Computes the morning of a portfolio. Names are not read: the caller knows which page it shows.
pub fn digest(store: &Reader, portfolio: &Portfolio) -> Result<Digest> {
    let main = figures::main_currency(portfolio.items(), &portfolio.policy);
    let Portfolio { today, policy, customers, .. } = portfolio;
    let (figures, worklist) = beside_figures(store, portfolio, main, || {
        worklist(portfolio.items(), customers, *today, policy, main)
    })?;
    let todos = store.due_todos(*today, portfolio.is_past(), MOST)?;
    Ok(Digest { today: *today, main, figures, worklist, todos })
}

impl Digest {
    /// Brings the morning up to date after something of these customers changed in its portfolio.
    pub fn update(
        &mut self,
        of: &IdSet<CustomerId>,
        store: &Reader,
        portfolio: &Portfolio,
    ) -> Result<()> {
        let main = figures::main_currency(portfolio.items(), &portfolio.policy);
        if main != self.main {
            // Another order for everybody.
            *self = digest(store, portfolio)?;
            return Ok(());
        }
        let mut theirs = Vec::new();
        for customer in of {
            theirs.extend(store.items_of_customer(*customer)?.iter().map(|item| item.id));
        }
        let theirs = theirs.iter().filter_map(|id| portfolio.get(*id));
        let Portfolio { today, policy, customers, .. } = portfolio;
        (self.figures, ()) = beside_figures(store, portfolio, main, || {
            self.worklist.update(of, theirs, customers, *today, policy, main);
        })?;
        self.todos = store.due_todos(*today, portfolio.is_past(), MOST)?;
        Ok(())
    }
}

/// The figures of a portfolio, and what else is worked out: of a large one on two threads.
fn beside_figures<T>(
    store: &Reader,
    portfolio: &Portfolio,
    main: Currency,
    work: impl FnOnce() -> T,
) -> Result<(Vec<Figures>, T)> {
    let Portfolio { today, policy, .. } = portfolio;
    let collected = store.collected(month_start(*today), *today)?;
    let figures = || figures(portfolio.items(), &collected, *today, policy, main);
    if portfolio.items().len() < SHARED {
        return Ok((figures()?, work()));
    }
    thread::scope(|scope| {
        let other = scope.spawn(figures);
        let done = work();
        let figures = other.join().map_err(|_| Error::Bug("a thread died"))??;
        Ok((figures, done))
    })
}

/// Where the money of the contracts stands, main currency first.
pub fn contracts(store: &Reader, portfolio: &Portfolio, main: Currency) -> Result<Vec<Contract>> {
    let agreed = store.agreed(portfolio.today)?;
    Ok(figures::contracts(portfolio.items(), &agreed, portfolio.today, main)?)
}

/// A digest with the names of all it lists.
#[derive(Debug, Clone, Copy)]
pub struct Morning<'a> {
    pub digest: &'a Digest,
    pub contracts: &'a [Contract],
    /// The to-dos that are due.
    pub todos: &'a [TodoLine],
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
    /// What to do; `None` for what waits or is watched.
    pub act: Option<Act>,
    /// Whose desk that is on.
    pub owner: Option<Role>,
    /// Whether a broken promise stands unanswered.
    pub broken: bool,
    /// The step that waits, and for what.
    pub wait: Option<(u8, Wait)>,
    /// Why it is watched.
    pub watch: Option<Watch>,
}

impl<'a> Morning<'a> {
    /// Reads the names of all that is listed.
    pub fn new(
        store: &Reader,
        portfolio: &'a mut Portfolio,
        digest: &'a Digest,
        contracts: &'a [Contract],
        todos: &'a [TodoLine],
    ) -> Result<Self> {
        let list = &digest.worklist;
        let work = list.entries.iter().map(|entry| entry.id);
        let folded = list.waiting.iter().map(|w| w.id).chain(list.watched.iter().map(|w| w.id));
        let ids: Vec<MilestoneId> = work.chain(folded).collect();
        portfolio.name(store, &ids)?;
        Ok(Self { digest, contracts, todos, portfolio })
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

    /// What is watched, in its order.
    pub fn watched(self) -> impl Iterator<Item = MorningLine<'a>> {
        let watched = self.digest.worklist.watched.iter();
        watched.filter_map(move |watched| {
            Some(MorningLine { watch: Some(watched.watch), ..self.line(watched.id)? })
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
            watch: None,
        })
    }
}
