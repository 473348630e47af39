//! Who and what the rows of a list name: customers, people, projects and milestones. What was looked up lately is kept;
//! of what the list itself said before, numbers and digests.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, RandomState};

use iso_currency::Currency;
use rustc_hash::FxHashMap;

use super::{MatchedRow, PlanRows};
use crate::domain::facts::{Account, ProjectFacts};
use crate::domain::ids::{CustomerId, MilestoneId, PersonId, ProjectId};
use crate::domain::plan::PlanRow;
use crate::domain::plan::field::PlanField;
use crate::error::{Error, Result};
use crate::store::backend::{Backend, values};
use crate::store::find;
use crate::store::rows::ProjectRow;
use crate::store::write::milestone::next_seq;

/// A project that rows of the list belong to.
pub(super) struct Plan {
    pub id: ProjectId,
    pub account: Account,
    pub next_seq: u32,
    /// Milestones by name, read when a row without a key asks.
    names: Option<HashMap<String, MilestoneId>>,
    /// Read when a new milestone asks: the project's first row has been written by then.
    facts: Option<ProjectFacts>,
}

impl Plan {
    /// A project that was just made.
    pub(super) fn new(id: ProjectId, account: Account) -> Self {
        Self { id, account, next_seq: 1, names: None, facts: None }
    }

    fn find(db: &dyn Backend, code: &str) -> Result<Option<Self>> {
        let Some(id) = find::project_by_code(db, code)? else {
            return Ok(None);
        };
        let sql = "SELECT customer, currency FROM project WHERE id = $1";
        let (customer, currency): (CustomerId, Currency) = db.value(sql, values![id])?;
        let next_seq = next_seq(db, id)?;
        Ok(Some(Self { next_seq, ..Self::new(id, Account { customer, currency }) }))
    }

    /// The milestone of this name that stood before the list came.
    fn named(
        &mut self,
        db: &dyn Backend,
        name: &str,
        last: MilestoneId,
    ) -> Result<Option<MilestoneId>> {
        if self.names.is_none() {
            let sql =
                "SELECT name, id FROM milestone WHERE project = $1 AND id <= $2 ORDER BY seq DESC";
            let names: Vec<(String, MilestoneId)> = db.rows(sql, values![self.id, last])?;
            self.names = Some(names.into_iter().collect());
        }
        Ok(self.names.as_ref().and_then(|names| names.get(name)).copied())
    }

    /// The contract's part of the facts of its milestones.
    pub(super) fn facts(&mut self, db: &dyn Backend) -> Result<ProjectFacts> {
        if let Some(facts) = &self.facts {
            return Ok(facts.clone());
        }
        let row: Option<ProjectRow> = db.row(self.id.0)?;
        let row = row.ok_or(Error::Bug("a row without a project"))?;
        let facts = ProjectFacts {
            manager: row.manager,
            signed_on: row.signed_on,
            starts_on: row.starts_on,
            warranty_ends_on: row.warranty_ends_on,
            grace_days: row.grace_days,
            bills: row.bills,
            ..ProjectFacts::new(self.id, self.account)
        };
        self.facts = Some(facts.clone());
        Ok(facts)
    }
}

/// What was looked up lately, by name. When there is much of it, it is forgotten: the ledger knows it.
pub(super) struct Lately<V>(HashMap<String, V>);

impl<V> Lately<V> {
    /// Names kept at a time: more than the rows at hand have.
    const MOST: usize = 4_096;

    fn new() -> Self {
        Self(HashMap::new())
    }

    pub(super) fn get(&self, name: &str) -> Option<&V> {
        self.0.get(name)
    }

    pub(super) fn insert(&mut self, name: &str, value: V) {
        if self.0.len() >= Self::MOST {
            self.0.clear();
        }
        self.0.insert(name.to_owned(), value);
    }
}

/// What a project's first row said of it, column by column.
type Head = [u64; 5];

/// Everything rows have named so far.
pub(super) struct Resolver {
    /// The newest milestone that stood before the list came.
    last: MilestoneId,
    customers: Lately<Option<CustomerId>>,
    pub people: Lately<PersonId>,
    projects: Lately<Option<Plan>>,
    /// Digests are of 64 bits and differ from run to run: once in some hundred million lists two names share one. Then a
    /// good list is refused, or a difference not told; nothing wrong is written.
    digests: RandomState,
    /// The first row of each milestone: by key, or by project and name.
    rows: FxHashMap<u64, u32>,
    heads: FxHashMap<ProjectId, Head>,
    /// The name each customer has in its first row.
    names: FxHashMap<CustomerId, u64>,
    /// The telephone each contact has in its first row with one.
    phones: FxHashMap<u64, u64>,
    /// Those keys that due rules of the list name and it has itself, with the code of their project.
    keys: HashSet<(String, String)>,
}

impl Resolver {
    pub(super) fn new(db: &dyn Backend, rows: &impl PlanRows) -> Result<Self> {
        let last = db.first("SELECT id FROM milestone ORDER BY id DESC LIMIT 1", &[])?;
        Ok(Self {
            last: last.unwrap_or(MilestoneId(0)),
            customers: Lately::new(),
            people: Lately::new(),
            projects: Lately::new(),
            digests: RandomState::new(),
            rows: FxHashMap::default(),
            heads: FxHashMap::default(),
            names: FxHashMap::default(),
            phones: FxHashMap::default(),
            keys: keys(rows)?,
        })
    }

    /// Finds what a row stands for in the ledger.
    pub(super) fn match_row<'r>(
        &mut self,
        db: &dyn Backend,
        row: &'r PlanRow,
    ) -> Result<MatchedRow<'r>> {
        let project = project_code(row);
        let last = self.last;
        let milestone = match (&row.key, self.project(db, &project)?) {
            (Some(key), _) => find::milestone_by_key(db, key)?,
            (None, Some(plan)) => plan.named(db, &row.milestone, last)?,
            (None, None) => None,
        };
        Ok(MatchedRow { row, project, milestone })
    }

    /// The customer a row names: by code, or by name where the list has no codes.
    pub(super) fn customer(
        &mut self,
        db: &dyn Backend,
        row: &PlanRow,
    ) -> Result<Option<CustomerId>> {
        if let Some(known) = self.customers.get(&row.customer) {
            return Ok(*known);
        }
        let mut found = find::customer_by_code(db, &row.customer)?;
        if found.is_none() && row.customer == row.customer_name {
            let sql = "SELECT id FROM customer WHERE name = $1 LIMIT 2";
            let named: Vec<CustomerId> = db.rows(sql, values![row.customer_name])?;
            found = match named.as_slice() {
                [only] => Some(*only),
                _ => None,
            };
        }
        self.customers.insert(&row.customer, found);
        Ok(found)
    }

    pub(super) fn add_customer(&mut self, row: &PlanRow, id: CustomerId) {
        self.customers.insert(&row.customer, Some(id));
    }

    /// Whether this is the name a customer has in its first row; nothing if this is that row.
    pub(super) fn is_named(&mut self, customer: CustomerId, name: &str) -> Option<bool> {
        let digest = self.digests.hash_one(name);
        let first = self.names.get(&customer).copied();
        self.names.entry(customer).or_insert(digest);
        first.map(|first| first == digest)
    }

    /// Whether this is the telephone a contact of a customer has in the first row with one; nothing if this is that row.
    pub(super) fn has_phone(
        &mut self,
        customer: CustomerId,
        contact: &str,
        phone: &str,
    ) -> Option<bool> {
        let digest = self.digests.hash_one(phone);
        let contact = self.digests.hash_one((customer, contact));
        let first = self.phones.get(&contact).copied();
        self.phones.entry(contact).or_insert(digest);
        first.map(|first| first == digest)
    }

    pub(super) fn project(&mut self, db: &dyn Backend, code: &str) -> Result<Option<&mut Plan>> {
        if self.projects.get(code).is_none() {
            self.projects.insert(code, Plan::find(db, code)?);
        }
        Ok(self.projects.0.get_mut(code).and_then(Option::as_mut))
    }

    pub(super) fn add_project(&mut self, code: &str, plan: Plan) {
        self.projects.insert(code, Some(plan));
    }

    /// In what a row says of its project otherwise than the project's first row; nothing if this is that row.
    pub(super) fn head(&mut self, project: ProjectId, row: &PlanRow) -> Option<Vec<PlanField>> {
        let own = [
            (PlanField::ProjectName, self.digest(row.project_name.as_ref())),
            (PlanField::Manager, self.digest(row.manager.as_ref())),
            (PlanField::ContractNo, self.digest(row.contract_no.as_ref())),
            (PlanField::ContractAmount, self.digest(row.contract_amount.as_ref())),
            (PlanField::SignedOn, self.digest(row.signed_on.as_ref())),
        ];
        let Some(head) = self.heads.get(&project) else {
            self.heads.insert(project, own.map(|(_, digest)| digest));
            return None;
        };
        let differs = own.iter().zip(head).filter(|((_, own), first)| *own != 0 && own != *first);
        Some(differs.map(|((column, _), _)| *column).collect())
    }

    /// 0 for an empty cell.
    fn digest<T: Hash>(&self, cell: Option<&T>) -> u64 {
        cell.map_or(0, |cell| self.digests.hash_one(cell))
    }

    /// Notes the row of a milestone; the row that stood for the same one before, if there is one.
    pub(super) fn claim(&mut self, matched: &MatchedRow<'_>) -> Option<u32> {
        let row = matched.row;
        let name = match &row.key {
            Some(key) => (key, None),
            None => (&row.milestone, Some(&matched.project)),
        };
        let first = *self.rows.entry(self.digests.hash_one(name)).or_insert(row.row);
        (first != row.row).then_some(first)
    }

    /// Whether the list has a milestone of this key in this project.
    pub(super) fn lists(&self, project: &str, key: &str) -> bool {
        self.keys.contains(&(project.to_owned(), key.to_owned()))
    }
}

/// Those keys of the list that its own due rules name, with the code of their project.
fn keys(rows: &impl PlanRows) -> Result<HashSet<(String, String)>> {
    let named = rows.named_keys();
    let mut keys = HashSet::new();
    if named.is_empty() {
        return Ok(keys);
    }
    rows.each(&mut |row| {
        if let Some(key) = row.key.as_ref().filter(|key| named.contains(*key)) {
            keys.insert((project_code(&row), key.clone()));
        }
        Ok(())
    })?;
    Ok(keys)
}

/// The code of a row's project. A list without projects has one per customer, manager and currency.
fn project_code(row: &PlanRow) -> String {
    if let Some(code) = row.project.as_ref().or(row.project_name.as_ref()) {
        return code.clone();
    }
    let currency = row.currency.code();
    match &row.manager {
        Some(manager) => format!("{}-{manager}-{currency}", row.customer),
        None => format!("{}-{currency}", row.customer),
    }
}
