//! The open receivables in memory, as screens and reports see them: items sorted by id, refreshed by id after a
//! change. Everything shown is computed from them and the day; nothing here is stored.

use chrono::{Days, NaiveDate};
use iso_currency::Currency;

use crate::domain::calendar::add_days;
use crate::domain::dunning;
use crate::domain::ids::{CustomerId, IdMap, IdSet, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::Grade;
use crate::domain::people::{Assigned, Colleague};
use crate::domain::policy::Policy;
use crate::error::Result;
use crate::store::{
    EndingWarranty, ExpiringPaper, MaturingBill, Reader, SentStatement, ThirdPartyPayment,
};

mod around;
mod names;

pub use around::{Around, Asked};
pub use names::Names;

pub use crate::store::Noted;

/// What the order of the worklist needs to know of customers.
#[derive(Debug, Clone, Default)]
pub struct Customers {
    pub grades: IdMap<CustomerId, Grade>,
    /// Days on which a customer was touched, within the guard's window.
    pub touches: IdMap<CustomerId, Vec<NaiveDate>>,
}

/// Money of a customer that pays nothing yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unapplied {
    pub customer: CustomerId,
    pub currency: Currency,
    pub amount: i64,
}

/// The open items of a day, and what reports need beside them.
#[derive(Debug, Clone)]
pub struct Portfolio {
    /// The day everything is judged by.
    pub today: NaiveDate,
    /// The numbers the ledger's users set.
    pub policy: Policy,
    /// Customers' grades and recent touches.
    pub customers: Customers,
    pub unapplied: Vec<Unapplied>,
    /// All of us, by name.
    pub people: Vec<Colleague>,
    /// Who of us has a role for a project, where it says so itself.
    pub assigned: IdMap<ProjectId, Assigned>,
    /// Bills of exchange in hand that mature soon, or did.
    pub bills: Vec<MaturingBill>,
    /// Money of third parties that nothing on record explains.
    pub uncleared: Vec<ThirdPartyPayment>,
    /// Papers that expire soon, or did.
    pub papers: Vec<ExpiringPaper>,
    /// Statements of account that nobody signed, and that were to be answered.
    pub statements: Vec<SentStatement>,
    /// Warranties that end, or ended lately.
    pub warranties: Vec<EndingWarranty>,
    /// Names, as far as they were asked for.
    pub names: Names,
    /// What filters ask beside the items, as far as they did.
    pub around: Around,
    items: Vec<Item>,
    /// Whether the ledger has facts after `today`: then items come from the facts, not from `open_item`.
    past: bool,
}

impl Portfolio {
    /// The portfolio of a day. Up to the last recorded fact the facts themselves are asked; from then on the narrow table
    /// of open items has them all.
    pub fn load(store: &Reader, today: NaiveDate) -> Result<Self> {
        let past = store.latest_fact_day()?.is_some_and(|latest| latest > today);
        let items = if past { store.items_as_of(today)? } else { visible(store.items()?, today) };
        let mut portfolio = Self {
            today,
            policy: Policy::default(),
            customers: Customers::default(),
            unapplied: Vec::new(),
            people: Vec::new(),
            assigned: IdMap::default(),
            bills: Vec::new(),
            uncleared: Vec::new(),
            papers: Vec::new(),
            statements: Vec::new(),
            warranties: Vec::new(),
            names: Names::default(),
            around: Around::default(),
            items,
            past,
        };
        portfolio.read_judges(store)?;
        Ok(portfolio)
    }

    /// Reads what items are judged by.
    fn read_judges(&mut self, store: &Reader) -> Result<()> {
        self.policy = store.policy()?;
        self.people = store.colleagues()?;
        self.assigned = store.assigned()?;
        let window = Days::new(self.policy.guard_days.unsigned_abs());
        let since = self.today.checked_sub_days(window).unwrap_or(self.today);
        self.customers.grades = store.grades()?.into_iter().collect();
        self.customers.touches = store.recent_touches(since)?;
        let as_of = self.past.then_some(self.today);
        self.unapplied = store
            .unapplied(as_of)?
            .into_iter()
            .map(|(customer, currency, amount)| Unapplied { customer, currency, amount })
            .collect();
        let until = add_days(self.today, self.policy.bill_days.into()).unwrap_or(self.today);
        self.bills = store.maturing_bills(self.today, until)?;
        self.uncleared = store.uncleared_payments(self.today)?;
        let until = add_days(self.today, self.policy.expiry_days.into()).unwrap_or(self.today);
        self.papers = store.expiring_papers(self.today, until)?;
        let asked = Days::new(self.policy.answer_days.into());
        let before = self.today.checked_sub_days(asked).unwrap_or(self.today);
        self.statements = store.unanswered_statements(self.today, before)?;
        let days = self.policy.expiry_days;
        let from = add_days(self.today, -i64::from(days)).unwrap_or(self.today);
        self.warranties = store.ending_warranties(self.today, (from, until), days)?;
        Ok(())
    }

    /// Whether the ledger has facts after the day.
    pub const fn is_past(&self) -> bool {
        self.past
    }

    /// Open items, by id.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The open item of this id.
    pub fn get(&self, id: MilestoneId) -> Option<&Item> {
        self.place(id).map(|at| &self.items[at])
    }

    fn place(&self, id: MilestoneId) -> Option<usize> {
        self.items.binary_search_by_key(&id, |item| item.id).ok()
    }

    /// Reads these milestones again after a change, and what changes with any touch, payment or setting. Gives the
    /// customers of whom something is not as it was; none if that can be anybody.
    pub fn refresh(
        &mut self,
        store: &Reader,
        ids: &[MilestoneId],
    ) -> Result<Option<IdSet<CustomerId>>> {
        if self.past {
            let (names, around) =
                (std::mem::take(&mut self.names), std::mem::take(&mut self.around));
            *self = Self { names, around, ..Self::load(store, self.today)? };
            return Ok(None);
        }
        let mut changed = self.refresh_items(store, ids)?;
        let before = (self.policy.clone(), std::mem::take(&mut self.customers));
        self.read_judges(store)?;
        let (policy, before) = before;
        if policy != self.policy {
            return Ok(None);
        }
        changed.extend(differing(&before.grades, &self.customers.grades));
        changed.extend(differing(&before.touches, &self.customers.touches));
        Ok(Some(changed))
    }

    /// Reads these items again, and gives the customers they are and were of.
    fn refresh_items(&mut self, store: &Reader, ids: &[MilestoneId]) -> Result<IdSet<CustomerId>> {
        let fresh = visible(store.items_by_id(ids)?, self.today);
        let mut changed: IdSet<CustomerId> = fresh.iter().map(|item| item.customer).collect();
        let mut closed: IdSet<MilestoneId> = ids.iter().copied().collect();
        let mut new = Vec::new();
        for item in fresh {
            closed.remove(&item.id);
            match self.place(item.id) {
                Some(at) => {
                    changed.insert(self.items[at].customer);
                    self.items[at] = item;
                }
                None => new.push(item),
            }
        }
        closed.retain(|id| self.place(*id).is_some());
        if !closed.is_empty() {
            self.items.retain(|item| {
                let stays = !closed.contains(&item.id);
                if !stays {
                    changed.insert(item.customer);
                }
                stays
            });
        }
        if !new.is_empty() {
            self.items.append(&mut new);
            // A stable sort, since it is quick where most stands in order.
            self.items.sort_by_key(|item| item.id);
            self.names.lack_some();
        }
        Ok(changed)
    }

    /// From when the guard lets a customer be touched again, if it does not today.
    pub fn guarded_until(&self, customer: CustomerId) -> Option<NaiveDate> {
        dunning::guard(self.customers.touches.get(&customer)?, self.today, &self.policy)
    }
}

/// The customers of whom two maps say different things.
fn differing<'m, V: PartialEq>(
    before: &'m IdMap<CustomerId, V>,
    after: &'m IdMap<CustomerId, V>,
) -> impl Iterator<Item = CustomerId> + 'm {
    let other = |(id, value): &(&CustomerId, &V)| before.get(id) != Some(value);
    let gone = before.keys().filter(|id| !after.contains_key(id));
    gone.chain(after.iter().filter(other).map(|(id, _)| id)).copied()
}

/// Without what was agreed later than the day: it is not there yet.
fn visible(mut items: Vec<Item>, today: NaiveDate) -> Vec<Item> {
    items.retain(|item| item.agreed_on.is_none_or(|agreed| agreed <= today));
    items
}
