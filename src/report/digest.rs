//! The morning in one value: the five figures, what to work on in its order, what waits, and what is watched. Beside it
//! where the money of all contracts stands, which is asked for where it is shown: it looks at every milestone there is.

use std::thread;

use chrono::NaiveDate;

use crate::domain::dunning::{Act, Wait, Watch};
use crate::domain::ids::{CustomerId, IdSet, MilestoneId, PersonId};
use crate::domain::item::Item;
use crate::domain::kinds::BillsCount;
use crate::domain::money::Currency;
use crate::domain::people::{Colleague, Late, Owner};
use crate::error::{Error, Result};
use crate::portfolio::{Names, Portfolio};
use crate::store::{Condition, DueTodos, Reader};

use super::errands::{Errand, errands};
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
    /// What came in this month where bills of exchange count when they are received, and when they are honoured.
    pub collected: Collected,
    /// What is to be done for accounts, before what there is to work on.
    pub errands: Vec<Errand>,
    /// What to work on, what waits, and what is watched.
    pub worklist: Worklist,
    /// The open to-dos that are due.
    pub todos: DueTodos,
}

/// To-dos that are read for a morning: more than anybody does in a day.
const MOST: u32 = 500;

/// Minor units by currency, as received and as honoured.
type Collected = [Vec<(Currency, i64)>; 2];

/// Computes the morning of a portfolio. Names are not read: the caller knows which page it shows.
pub fn digest(store: &Reader, portfolio: &Portfolio) -> Result<Digest> {
    let main = figures::main_currency(portfolio.items(), &portfolio.policy);
    let Portfolio { today, policy, customers, .. } = portfolio;
    let (collected, figures, worklist) = beside_figures(store, portfolio, main, || {
        worklist(portfolio.items(), customers, *today, policy, main)
    })?;
    let todos = store.due_todos(*today, portfolio.is_past(), MOST)?;
    let errands = errands(portfolio, main);
    Ok(Digest { today: *today, main, figures, collected, errands, worklist, todos })
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
        (self.collected, self.figures, ()) = beside_figures(store, portfolio, main, || {
            self.worklist.update(of, theirs, customers, *today, policy, main);
        })?;
        self.todos = store.due_todos(*today, portfolio.is_past(), MOST)?;
        self.errands = errands(portfolio, main);
        Ok(())
    }

    /// What concerns these of us: milestones by whose desk they are on, to-dos also by the name of who does them. The
    /// figures stay everybody's.
    pub fn narrow(&mut self, whose: &[Colleague], portfolio: &Portfolio) {
        let ids: Vec<PersonId> = whose.iter().map(|one| one.id).collect();
        let desks = portfolio.desks(&ids);
        let concerns = |id: MilestoneId, act: Option<Act>| {
            portfolio.get(id).is_some_and(|item| desks.have(item, act))
        };
        let list = &mut self.worklist;
        list.entries.retain(|entry| concerns(entry.id, Some(entry.act)));
        list.waiting.retain(|waiting| concerns(waiting.id, None));
        list.watched.retain(|watched| concerns(watched.id, None));
        self.todos.first.retain(|todo| portfolio.todo_concerns(whose, &todo.owner, todo.milestone));
        self.todos.count = self.todos.first.len();
        let theirs = portfolio.items().iter().filter(|item| desks.have(item, None));
        let theirs: IdSet<CustomerId> = theirs.map(|item| item.customer).collect();
        self.errands.retain(|errand| {
            theirs.contains(&errand.customer()) || portfolio.errand_concerns(&ids, errand)
        });
    }

    /// What came in this month in a currency, by when bills of exchange count.
    pub fn collected_by(&self, bills: BillsCount, currency: Currency) -> i64 {
        let [received, honoured] = &self.collected;
        let sums = match bills {
            BillsCount::Received => received,
            BillsCount::Honoured => honoured,
        };
        sums.iter().find(|(known, _)| *known == currency).map_or(0, |(_, sum)| *sum)
    }
}

/// The figures of a portfolio, and what else is worked out: of a large one on two threads.
fn beside_figures<T>(
    store: &Reader,
    portfolio: &Portfolio,
    main: Currency,
    work: impl FnOnce() -> T,
) -> Result<(Collected, Vec<Figures>, T)> {
    let Portfolio { today, policy, .. } = portfolio;
    let first = month_start(*today);
    let collected = |bills| store.collected(first, *today, bills);
    let both = [collected(BillsCount::Received)?, collected(BillsCount::Honoured)?];
    let [received, honoured] = &both;
    let counts = match policy.bills_count {
        BillsCount::Received => received,
        BillsCount::Honoured => honoured,
    };
    let figures = || figures(portfolio.items(), counts, *today, policy, main);
    if portfolio.items().len() < SHARED {
        let figures = figures()?;
        return Ok((both, figures, work()));
    }
    let (figures, done) = thread::scope(|scope| {
        let other = scope.spawn(figures);
        let done = work();
        let figures = other.join().map_err(|_| Error::Bug("a thread died"))??;
        Ok::<_, Error>((figures, done))
    })?;
    Ok((both, figures, done))
}

/// Where the money of the contracts stands, main currency first.
pub fn contracts(store: &Reader, portfolio: &Portfolio, main: Currency) -> Result<Vec<Contract>> {
    let agreed = store.agreed(portfolio.today)?;
    Ok(figures::contracts(portfolio.items(), &agreed, portfolio.today, main)?)
}

/// What went by unmet on what is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missed {
    /// Milestones whose settlement lapsed, by its last day.
    pub lapsed: Vec<MilestoneId>,
    /// Conditions past their planned day, the longest first.
    pub late: Vec<Condition>,
}

impl Missed {
    /// What concerns these of us, or everybody.
    pub fn read(
        store: &Reader,
        portfolio: &Portfolio,
        whose: Option<&[Colleague]>,
    ) -> Result<Self> {
        let ids: Option<Vec<PersonId>> =
            whose.map(|whose| whose.iter().map(|one| one.id).collect());
        let late = store.late_conditions(portfolio.today, portfolio.is_past())?;
        Ok(Self {
            lapsed: portfolio.lapsed(ids.as_deref()),
            late: portfolio.late(late, ids.as_deref()),
        })
    }
}

impl Portfolio {
    /// What is open after its settlement lapsed, by the last day of that.
    pub fn lapsed(&self, whose: Option<&[PersonId]>) -> Vec<MilestoneId> {
        let desks = whose.map(|whose| self.desks(whose));
        let is_theirs = |item: &Item| desks.as_ref().is_none_or(|desks| desks.have(item, None));
        let open = self.items().iter().filter(|item| item.balance > 0);
        let lapsed = open.filter_map(|item| Some((item.lapsed_by(self.today)?, item)));
        let lapsed = lapsed.filter(|(_, item)| is_theirs(item));
        let mut lapsed: Vec<_> = lapsed.map(|(by, item)| (by, item.id)).collect();
        lapsed.sort_unstable();
        lapsed.into_iter().map(|(_, id)| id).collect()
    }

    /// The conditions of what is open.
    pub fn late(&self, mut late: Vec<Condition>, whose: Option<&[PersonId]>) -> Vec<Condition> {
        let desks = whose.map(|whose| self.desks(whose));
        let is_theirs = |item: &Item| desks.as_ref().is_none_or(|desks| desks.have(item, None));
        late.retain(|one| self.get(one.milestone).is_some_and(is_theirs));
        late
    }
}

/// What a morning has beside its digest.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    pub contracts: &'a [Contract],
    /// The to-dos that are due.
    pub todos: &'a [TodoLine],
    pub missed: &'a Missed,
}

/// A digest with the names of all it lists.
#[derive(Debug, Clone, Copy)]
pub struct Morning<'a> {
    pub digest: &'a Digest,
    pub contracts: &'a [Contract],
    /// The to-dos that are due.
    pub todos: &'a [TodoLine],
    /// Conditions past their planned day.
    pub late: &'a [Condition],
    lapsed: &'a [MilestoneId],
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
    /// Who has to see to it.
    pub owner: Owner<'a>,
    /// How late it is with us.
    pub late: Option<Late<'a>>,
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
        Beside { contracts, todos, missed: Missed { lapsed, late } }: Beside<'a>,
    ) -> Result<Self> {
        let list = &digest.worklist;
        let work = list.entries.iter().map(|entry| entry.id);
        let folded = list.waiting.iter().map(|w| w.id).chain(list.watched.iter().map(|w| w.id));
        let ids: Vec<MilestoneId> = work.chain(folded).chain(lapsed.iter().copied()).collect();
        portfolio.name(store, &ids)?;
        portfolio.name_accounts(store)?;
        Ok(Self { digest, contracts, todos, late, lapsed, portfolio })
    }

    /// What is to be done for accounts, the name of each, and who does it.
    pub fn errands(self) -> impl Iterator<Item = (&'a Errand, &'a str, Owner<'a>)> {
        let named = move |errand: &'a Errand| {
            let name = &*self.portfolio.names.customer(errand.customer()).name;
            (errand, name, self.portfolio.errand_owner(errand))
        };
        self.digest.errands.iter().map(named)
    }

    /// When bills of exchange count, by the ledger's setting.
    pub const fn bills_count(self) -> BillsCount {
        self.portfolio.policy.bills_count
    }

    /// What to work on, in its order.
    pub fn work(self) -> impl Iterator<Item = MorningLine<'a>> {
        let entries = self.digest.worklist.entries.iter();
        entries.filter_map(move |entry| {
            let (act, broken) = (Some(entry.act), entry.broken);
            let line = self.line(entry.id)?;
            Some(MorningLine { act, owner: self.portfolio.owner(line.item, act), broken, ..line })
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

    /// What is open after its settlement lapsed, with the last day of that.
    pub fn lapsed(self) -> impl Iterator<Item = (MorningLine<'a>, NaiveDate)> {
        self.lapsed.iter().filter_map(move |id| {
            let line = self.line(*id)?;
            Some((line, line.item.lapsed_by(self.digest.today)?))
        })
    }

    /// The names that were read.
    pub const fn names(self) -> &'a Names {
        &self.portfolio.names
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
            owner: self.portfolio.owner(item, None),
            late: self.portfolio.late_with_us(item),
            broken: false,
            wait: None,
            watch: None,
        })
    }
}
