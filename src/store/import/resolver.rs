//! Who and what the rows of a list name: customers, people, projects and milestones, looked up once each.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use iso_currency::Currency;

use super::MatchedRow;
use crate::domain::facts::{Account, ProjectFacts};
use crate::domain::ids::{CustomerId, InvoiceId, MilestoneId, PersonId, ProjectId};
use crate::domain::plan::{PlanBatch, PlanRow};
use crate::error::{Error, Result};
use crate::store::backend::{Backend, values};
use crate::store::find;
use crate::store::rows::ProjectRow;
use crate::store::write::milestone::next_seq;

/// A project that rows of the list belong to.
pub(super) struct Plan<'b> {
    pub id: ProjectId,
    pub account: Account,
    pub next_seq: u32,
    /// The first row of the list that belongs to it.
    pub head: Option<&'b PlanRow>,
    /// Milestones by name, read when a row without a key asks.
    names: Option<HashMap<String, MilestoneId>>,
    /// Read when the first new milestone asks: the head has been written by then.
    facts: Option<ProjectFacts>,
}

impl Plan<'_> {
    /// A project that was just made.
    pub(super) fn new(id: ProjectId, account: Account) -> Self {
        Self { id, account, next_seq: 1, head: None, names: Some(HashMap::new()), facts: None }
    }

    fn find(db: &dyn Backend, code: &str) -> Result<Option<Self>> {
        let Some(id) = find::project_by_code(db, code)? else {
            return Ok(None);
        };
        let sql = "SELECT customer, currency FROM project WHERE id = $1";
        let (customer, currency): (CustomerId, Currency) = db.value(sql, values![id])?;
        Ok(Some(Self {
            next_seq: next_seq(db, id)?,
            names: None,
            ..Self::new(id, Account { customer, currency })
        }))
    }

    fn named(&mut self, db: &dyn Backend, name: &str) -> Result<Option<MilestoneId>> {
        if self.names.is_none() {
            let sql = "SELECT name, id FROM milestone WHERE project = $1 ORDER BY seq DESC";
            let names: Vec<(String, MilestoneId)> = db.rows(sql, values![self.id])?;
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

/// Everything rows have named so far.
pub(super) struct Resolver<'b> {
    batch: &'b PlanBatch,
    customers: HashMap<&'b str, Option<CustomerId>>,
    pub people: HashMap<&'b str, PersonId>,
    pub contacts: HashMap<(CustomerId, &'b str), i64>,
    /// The name each customer has in its first row.
    pub named: HashMap<CustomerId, &'b str>,
    projects: HashMap<String, Option<Plan<'b>>>,
    /// The first row of each milestone: by key, or by project and name.
    rows: HashMap<(&'b str, String), u32>,
    /// Keys in the list with the code of their project, if a due rule names one.
    keys: HashSet<(String, &'b str)>,
    /// Invoices by customer, number and day.
    pub invoices: HashMap<(CustomerId, &'b str, NaiveDate), InvoiceId>,
}

impl<'b> Resolver<'b> {
    pub(super) fn new(batch: &'b PlanBatch) -> Self {
        let refers = |row: &PlanRow| row.due.as_ref().is_some_and(|due| due.names().is_some());
        let mut resolver = Self {
            batch,
            customers: HashMap::new(),
            people: HashMap::new(),
            contacts: HashMap::new(),
            named: HashMap::new(),
            projects: HashMap::new(),
            rows: HashMap::with_capacity(batch.rows.len()),
            keys: HashSet::new(),
            invoices: HashMap::new(),
        };
        if batch.rows.iter().any(refers) {
            for row in &batch.rows {
                let key = row.key.as_deref();
                resolver.keys.extend(key.map(|key| (project_code(row), key)));
            }
        }
        resolver
    }

    /// Finds what every row stands for in the ledger as it is.
    pub(super) fn match_all(&mut self, db: &dyn Backend) -> Result<Vec<MatchedRow<'b>>> {
        let batch = self.batch;
        batch.rows.iter().map(|row| self.match_row(db, row)).collect()
    }

    fn match_row(&mut self, db: &dyn Backend, row: &'b PlanRow) -> Result<MatchedRow<'b>> {
        self.customer(db, row)?;
        let project = project_code(row);
        if !self.projects.contains_key(&project) {
            self.projects.insert(project.clone(), Plan::find(db, &project)?);
        }
        let milestone = match (&row.key, self.project_mut(&project)) {
            (Some(key), _) => find::milestone_by_key(db, key)?,
            (None, Some(plan)) => plan.named(db, &row.milestone)?,
            (None, None) => None,
        };
        Ok(MatchedRow { row, project, milestone })
    }

    /// The customer a row names: by code, or by name where the list has no codes.
    pub(super) fn customer(
        &mut self,
        db: &dyn Backend,
        row: &'b PlanRow,
    ) -> Result<Option<CustomerId>> {
        if let Some(known) = self.customers.get(row.customer.as_str()) {
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

    pub(super) fn add_customer(&mut self, row: &'b PlanRow, id: CustomerId) {
        self.customers.insert(&row.customer, Some(id));
    }

    pub(super) fn project(&self, code: &str) -> Option<&Plan<'b>> {
        self.projects.get(code).and_then(Option::as_ref)
    }

    pub(super) fn project_mut(&mut self, code: &str) -> Option<&mut Plan<'b>> {
        self.projects.get_mut(code).and_then(Option::as_mut)
    }

    pub(super) fn add_project(&mut self, code: &str, plan: Plan<'b>) {
        self.projects.insert(code.to_owned(), Some(plan));
    }

    /// Notes the row of a milestone; the row that stood for the same one before, if there is one.
    pub(super) fn claim(&mut self, matched: &MatchedRow<'b>) -> Option<u32> {
        let row = matched.row;
        let name = match &row.key {
            Some(key) => (key.as_str(), String::new()),
            None => (row.milestone.as_str(), format!("\0{}", matched.project)),
        };
        let first = *self.rows.entry(name).or_insert(row.row);
        (first != row.row).then_some(first)
    }

    /// Whether the list has a milestone of this key in this project.
    pub(super) fn lists(&self, project: &str, key: &str) -> bool {
        self.keys.contains(&(project.to_owned(), key))
    }
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
