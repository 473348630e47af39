//! Lists too long to hold, a page at a time: projects, customers, milestones open and closed.

use chrono::NaiveDate;
use iso_currency::Currency;
use rusqlite::params;

use super::Reader;
use super::convert::{Cells, first, id_list, rows};
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::kinds::{Grade, ProjectState};
use crate::error::Result;

/// Which part of a list.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    pub offset: u32,
    pub limit: u32,
    /// Text that the code or a name holds; empty is no limit.
    pub search: &'a str,
}

/// A project in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRow {
    pub id: ProjectId,
    pub code: String,
    pub name: String,
    pub customer: CustomerId,
    /// The short name of who owes.
    pub customer_name: String,
    /// Who of us looks after it; empty is nobody.
    pub manager: String,
    /// Minor units of the contract.
    pub contract_amount: Option<i64>,
    /// Currency of every amount here.
    pub currency: Currency,
    /// Progress in percent.
    pub progress_percent: Option<u8>,
    pub state: ProjectState,
    pub milestones: u32,
    pub open: u32,
    /// Minor units of the plan.
    pub planned: i64,
    /// Minor units received.
    pub received: i64,
    /// Minor units open.
    pub balance: i64,
}

/// A customer in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub code: String,
    pub name: String,
    /// Its name for narrow columns; the full one where there is none.
    pub short_name: String,
    /// The grade the user gave.
    pub grade: Option<Grade>,
    /// Minor units of the main currency.
    pub credit_limit: Option<i64>,
    pub projects: u32,
    /// Its milestones with something open.
    pub open: u32,
}

/// A closed milestone in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedRow {
    pub id: MilestoneId,
    /// Since when nothing is open.
    pub closed_on: NaiveDate,
}

macro_rules! select_project {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.code, p.name, p.customer, COALESCE(NULLIF(c.short_name, ''), c.name), w.name, \
             p.contract_amount, p.currency, p.progress_percent, p.state, \
             (SELECT COUNT(*) FROM milestone m WHERE m.project = p.id), \
             (SELECT COUNT(*) FROM milestone m WHERE m.project = p.id AND m.closed_on IS NULL), \
             (SELECT COALESCE(SUM(m.amount), 0) FROM milestone m WHERE m.project = p.id), \
             (SELECT COALESCE(SUM(a.amount), 0) FROM milestone m JOIN allocation a ON a.milestone = m.id \
              WHERE m.project = p.id), \
             (SELECT COALESCE(SUM(o.balance), 0) FROM milestone m JOIN open_item o ON o.id = m.id \
              WHERE m.project = p.id) \
             FROM project p JOIN customer c ON c.id = p.customer LEFT JOIN person w ON w.id = p.manager ",
            $rest
        )
    };
}

macro_rules! select_customer {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.code, c.name, COALESCE(NULLIF(c.short_name, ''), c.name), c.grade, c.credit_limit, \
             (SELECT COUNT(*) FROM project p WHERE p.customer = c.id), \
             (SELECT COUNT(*) FROM open_item o WHERE o.customer = c.id) FROM customer c ",
            $rest
        )
    };
}

impl Reader {
    /// A page of the projects, by code.
    pub fn project_page(&self, page: Page) -> Result<Vec<ProjectRow>> {
        let search = page.search.trim().to_lowercase();
        if search.is_empty() {
            let sql = select_project!(
                "WHERE p.id IN (SELECT id FROM project ORDER BY code LIMIT ?1 OFFSET ?2) ORDER BY p.code"
            );
            let of = params![page.limit, page.offset];
            return rows(&self.db, ("project", sql), of, project);
        }
        let sql = select_project!(
            "WHERE p.id IN (SELECT q.id FROM project q JOIN customer d ON d.id = q.customer \
             LEFT JOIN person v ON v.id = q.manager \
             WHERE INSTR(LOWER(q.code || ' ' || q.name || ' ' || d.name || ' ' || d.short_name || ' ' \
             || COALESCE(v.name, '')), ?1) > 0 ORDER BY q.code LIMIT ?2 OFFSET ?3) ORDER BY p.code"
        );
        let of = params![search, page.limit, page.offset];
        rows(&self.db, ("project", sql), of, project)
    }

    /// These projects, by code.
    pub fn projects(&self, ids: &[ProjectId]) -> Result<Vec<ProjectRow>> {
        let sql =
            select_project!("WHERE p.id IN (SELECT value FROM json_each(?1)) ORDER BY p.code");
        let list = id_list(ids.iter().map(|id| id.0));
        rows(&self.db, ("project", sql), [list], project)
    }

    /// How many projects stand before this one by code.
    pub fn project_place(&self, id: ProjectId) -> Result<usize> {
        let sql =
            "SELECT COUNT(*) FROM project WHERE code < (SELECT code FROM project WHERE id = ?)";
        let place = first(&self.db, ("project", sql), [id.0], |c| c.small(0))?;
        Ok(place.unwrap_or_default())
    }

    /// Hands out code, name, customer and manager of every project, by code, as one text to search.
    pub fn each_project(&self, mut visit: impl FnMut(ProjectId, &str)) -> Result<()> {
        let sql = "SELECT q.id, q.code || ' ' || q.name || ' ' || d.name || ' ' || d.short_name || ' ' \
                   || COALESCE(v.name, '') FROM project q JOIN customer d ON d.id = q.customer \
                   LEFT JOIN person v ON v.id = q.manager ORDER BY q.code";
        rows(&self.db, ("project", sql), [], |c| {
            visit(ProjectId(c.int(0)?), c.text(1)?);
            Ok(())
        })?;
        Ok(())
    }

    /// A page of the customers, by code.
    pub fn customer_page(&self, page: Page) -> Result<Vec<CustomerRow>> {
        let sql = select_customer!(
            "WHERE ?1 = '' OR INSTR(LOWER(c.code || ' ' || c.name || ' ' || c.short_name), ?1) > 0 \
             ORDER BY c.code LIMIT ?2 OFFSET ?3"
        );
        let search = page.search.trim().to_lowercase();
        let of = params![search, page.limit, page.offset];
        rows(&self.db, ("customer", sql), of, customer)
    }

    /// These customers, by code.
    pub fn customers(&self, ids: &[CustomerId]) -> Result<Vec<CustomerRow>> {
        let sql =
            select_customer!("WHERE c.id IN (SELECT value FROM json_each(?1)) ORDER BY c.code");
        let list = id_list(ids.iter().map(|id| id.0));
        rows(&self.db, ("customer", sql), [list], customer)
    }

    /// Every customer, by code.
    pub fn customer_ids(&self) -> Result<Vec<CustomerId>> {
        let sql = "SELECT id FROM customer ORDER BY code";
        rows(&self.db, ("customer", sql), [], |c| {
            Ok(CustomerId(c.int(0)?))
        })
    }

    /// Hands out code and names of every customer, by code, as one text to search.
    pub fn each_customer(&self, mut visit: impl FnMut(CustomerId, &str)) -> Result<()> {
        let sql = "SELECT id, code || ' ' || name || ' ' || short_name FROM customer ORDER BY code";
        rows(&self.db, ("customer", sql), [], |c| {
            visit(CustomerId(c.int(0)?), c.text(1)?);
            Ok(())
        })?;
        Ok(())
    }

    /// The milestones of a customer for which a promise was ever made.
    pub fn promised_milestones(&self, customer: CustomerId) -> Result<Vec<MilestoneId>> {
        let sql = "SELECT DISTINCT r.milestone FROM project p JOIN milestone m ON m.project = p.id \
                   JOIN promise r ON r.milestone = m.id WHERE p.customer = ? ORDER BY r.milestone";
        rows(&self.db, ("promise", sql), [customer.0], |c| {
            Ok(MilestoneId(c.int(0)?))
        })
    }

    /// A page of the closed milestones, those closed last first. A search looks at key and name.
    pub fn closed_page(&self, page: Page) -> Result<Vec<ClosedRow>> {
        let sql = "SELECT id, closed_on FROM milestone WHERE closed_on IS NOT NULL \
                   AND (?1 = '' OR INSTR(LOWER(COALESCE(key, '') || ' ' || name), ?1) > 0) \
                   ORDER BY closed_on DESC, id DESC LIMIT ?2 OFFSET ?3";
        let search = page.search.trim().to_lowercase();
        let of = params![search, page.limit, page.offset];
        rows(&self.db, ("milestone", sql), of, |c| {
            Ok(ClosedRow {
                id: MilestoneId(c.int(0)?),
                closed_on: c.day(1)?,
            })
        })
    }

    /// How many projects there are.
    pub fn project_count(&self) -> Result<usize> {
        let count = first(
            &self.db,
            ("project", "SELECT COUNT(*) FROM project"),
            [],
            |c| c.small(0),
        )?;
        Ok(count.unwrap_or_default())
    }

    /// About how many milestones the ledger holds: the highest id, known at once.
    pub fn size(&self) -> Result<i64> {
        let sql = "SELECT MAX(id) FROM milestone";
        let size = first(&self.db, ("milestone", sql), [], |c| c.maybe_int(0))?;
        Ok(size.flatten().unwrap_or_default())
    }

    /// How many customers, projects and milestones the ledger holds.
    pub fn counts(&self) -> Result<[u64; 3]> {
        let sql = "SELECT (SELECT COUNT(*) FROM customer), (SELECT COUNT(*) FROM project), \
                   (SELECT COUNT(*) FROM milestone)";
        let counts = first(&self.db, ("ledger", sql), [], |c| {
            Ok([c.small(0)?, c.small(1)?, c.small(2)?])
        })?;
        Ok(counts.unwrap_or_default())
    }
}

fn customer(c: &Cells) -> Result<CustomerRow> {
    Ok(CustomerRow {
        id: CustomerId(c.int(0)?),
        code: c.string(1)?,
        name: c.string(2)?,
        short_name: c.string(3)?,
        grade: c.maybe_code(4, Grade::from_code)?,
        credit_limit: c.maybe_int(5)?,
        projects: c.small(6)?,
        open: c.small(7)?,
    })
}

fn project(c: &Cells) -> Result<ProjectRow> {
    Ok(ProjectRow {
        id: ProjectId(c.int(0)?),
        code: c.string(1)?,
        name: c.string(2)?,
        customer: CustomerId(c.int(3)?),
        customer_name: c.string(4)?,
        manager: c.maybe_text(5)?.unwrap_or_default().to_owned(),
        contract_amount: c.maybe_int(6)?,
        currency: c.currency(7)?,
        progress_percent: c.maybe_small(8)?,
        state: c.code(9, ProjectState::from_code)?,
        milestones: c.small(10)?,
        open: c.small(11)?,
        planned: c.int(12)?,
        received: c.int(13)?,
        balance: c.int(14)?,
    })
}
