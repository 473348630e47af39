//! Who and what the rows of a list name: customers, people, projects and milestones, looked up once each.

use std::collections::{HashMap, HashSet};

use iso_currency::Currency;
use rusqlite::Connection;

use super::Placed;
use crate::domain::due::{Basis, DueRule};
use crate::domain::ids::{CustomerId, MilestoneId, PersonId, ProjectId};
use crate::domain::plan::{PlanBatch, PlanRow};
use crate::error::Result;
use crate::store::convert::{first, rows};
use crate::store::{customer, milestone, project};

/// A project that rows of the list belong to.
pub(super) struct Plan<'b> {
    pub id: ProjectId,
    pub customer: CustomerId,
    pub currency: Currency,
    pub next_seq: i64,
    /// The first row of the list that belongs to it.
    pub head: Option<&'b PlanRow>,
    /// Milestones by name, read when a row without a key asks.
    names: Option<HashMap<String, MilestoneId>>,
}

impl Plan<'_> {
    /// A project that was just made.
    pub(super) fn new(id: ProjectId, customer: CustomerId, currency: Currency) -> Self {
        Self {
            id,
            customer,
            currency,
            next_seq: 1,
            head: None,
            names: Some(HashMap::new()),
        }
    }

    fn find(db: &Connection, code: &str) -> Result<Option<Self>> {
        let Some(id) = project::by_code(db, code)? else {
            return Ok(None);
        };
        let next_seq = milestone::next_seq(db, id)?;
        let sql = "SELECT customer, currency FROM project WHERE id = ?";
        first(db, ("project", sql), [id.0], |c| {
            Ok(Self {
                id,
                customer: CustomerId(c.int(0)?),
                currency: c.currency(1)?,
                next_seq,
                head: None,
                names: None,
            })
        })
    }

    fn named(&mut self, db: &Connection, name: &str) -> Result<Option<MilestoneId>> {
        if self.names.is_none() {
            let sql = "SELECT name, id FROM milestone WHERE project = ? ORDER BY seq DESC";
            let names = rows(db, ("milestone", sql), [self.id.0], |c| {
                Ok((c.string(0)?, MilestoneId(c.int(1)?)))
            })?;
            self.names = Some(names.into_iter().collect());
        }
        Ok(self.names.as_ref().and_then(|n| n.get(name)).copied())
    }
}

/// Everything rows have named so far.
pub(super) struct Places<'b> {
    batch: &'b PlanBatch,
    customers: HashMap<&'b str, Option<CustomerId>>,
    pub people: HashMap<&'b str, PersonId>,
    pub contacts: HashMap<(CustomerId, &'b str), (i64, String)>,
    /// The name each customer has in its first row.
    pub named: HashMap<CustomerId, &'b str>,
    projects: HashMap<String, Option<Plan<'b>>>,
    /// The first row of each milestone: by key, or by project and name.
    rows: HashMap<(&'b str, String), u32>,
    /// Keys in the list with the code of their project, if a due rule names one.
    keys: HashSet<(String, &'b str)>,
    /// Invoices by customer, number and day.
    pub invoices: HashMap<(CustomerId, &'b str, chrono::NaiveDate), i64>,
}

impl<'b> Places<'b> {
    pub(super) fn new(batch: &'b PlanBatch) -> Self {
        let refers = |row: &PlanRow| row.due.as_ref().is_some_and(|due| named_in(due).is_some());
        let mut places = Self {
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
                places.keys.extend(key.map(|key| (project_code(row), key)));
            }
        }
        places
    }

    /// Finds what every row stands for in the ledger as it is.
    pub(super) fn place_all(&mut self, db: &Connection) -> Result<Vec<Placed<'b>>> {
        let batch = self.batch;
        batch.rows.iter().map(|row| self.place(db, row)).collect()
    }

    fn place(&mut self, db: &Connection, row: &'b PlanRow) -> Result<Placed<'b>> {
        self.customer(db, row)?;
        let project = project_code(row);
        if !self.projects.contains_key(&project) {
            self.projects
                .insert(project.clone(), Plan::find(db, &project)?);
        }
        let milestone = match (&row.key, self.project_mut(&project)) {
            (Some(key), _) => milestone::by_key(db, key)?,
            (None, Some(plan)) => plan.named(db, &row.milestone)?,
            (None, None) => None,
        };
        Ok(Placed {
            row,
            project,
            milestone,
        })
    }

    /// The customer a row names: by code, or by name where the list has no codes.
    pub(super) fn customer(
        &mut self,
        db: &Connection,
        row: &'b PlanRow,
    ) -> Result<Option<CustomerId>> {
        if let Some(known) = self.customers.get(row.customer.as_str()) {
            return Ok(*known);
        }
        let mut found = customer::by_code(db, &row.customer)?;
        if found.is_none() && row.customer == row.customer_name {
            let sql = "SELECT MIN(id), COUNT(*) FROM customer WHERE name = ?";
            let named = first(db, ("customer", sql), [&row.customer_name], |c| {
                Ok((c.maybe_int(0)?, c.int(1)?))
            })?;
            found = named.and_then(|(id, count)| id.filter(|_| count == 1).map(CustomerId));
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
    pub(super) fn claim(&mut self, placed: &Placed<'b>) -> Option<u32> {
        let row = placed.row;
        let name = match &row.key {
            Some(key) => (key.as_str(), String::new()),
            None => (row.milestone.as_str(), format!("\0{}", placed.project)),
        };
        let first = *self.rows.entry(name).or_insert(row.row);
        (first != row.row).then_some(first)
    }

    /// Whether the list has a milestone of this key in this project.
    pub(super) fn lists(&self, project: &str, key: &'b str) -> bool {
        self.keys.contains(&(project.to_owned(), key))
    }
}

/// The milestone a rule names.
pub(super) fn named_in(rule: &DueRule) -> Option<&str> {
    match &rule.basis {
        Basis::After(after) => after.of.as_deref(),
        _ => None,
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
