//! Lists too long to hold, a page at a time: projects, customers, milestones open and closed.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::Reader;
use super::backend::{Select, select, values};
use crate::domain::ids::{CustomerId, MilestoneId, PersonId, ProjectId};
use crate::domain::kinds::{Grade, ProjectState};
use crate::error::Result;

/// Which part of a list.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most.
    pub limit: u32,
    /// Text that the code or a name holds; empty is no limit.
    pub search: &'a str,
}

impl Page<'_> {
    /// What a row has to look like, for `LIKE … ESCAPE '!'` on lower case; without a search all do.
    fn pattern(&self) -> String {
        match self.search.trim() {
            "" => String::from("%"),
            search => format!("%{}", beginning(&search.to_lowercase())),
        }
    }
}

/// What begins with a text, for `LIKE … ESCAPE '!'`.
pub(super) fn beginning(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

select! {
    /// A project in a list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ProjectRow from "project p JOIN customer c ON c.id = p.customer LEFT JOIN person w ON w.id = p.manager" {
        pub id: ProjectId = "p.id",
        pub code: String = "p.code",
        pub name: String = "p.name",
        /// Who owes.
        pub customer: CustomerId = "p.customer",
        /// The short name of who owes.
        pub customer_name: String = "COALESCE(NULLIF(c.short_name, ''), c.name)",
        /// Who of us looks after it; empty is nobody.
        pub manager: String = "COALESCE(w.name, '')",
        /// Who does its finance, legal and sales, where it says so itself.
        pub finance: String = "COALESCE((SELECT n.name FROM person n WHERE n.id = p.finance), '')",
        pub legal: String = "COALESCE((SELECT n.name FROM person n WHERE n.id = p.legal), '')",
        pub sales: String = "COALESCE((SELECT n.name FROM person n WHERE n.id = p.sales), '')",
        pub contract_amount: Option<i64> = "COALESCE((SELECT d.amount FROM deal d WHERE d.project = p.id \
            AND d.kind = 'amendment' ORDER BY d.agreed_on DESC, d.id DESC LIMIT 1), p.contract_amount)",
        /// Currency of every amount here.
        pub currency: Currency = "p.currency",
        pub state: ProjectState = "(SELECT s.state FROM project_state s WHERE s.project = p.id)",
        /// The latest noted, else as it was entered.
        pub progress_percent: Option<u8> = "COALESCE((SELECT n.number FROM note n WHERE n.project = p.id \
            AND n.kind = 'progress' ORDER BY n.noted_on DESC, n.id DESC LIMIT 1), p.progress_percent)",
        /// Milestones of the plan.
        pub milestones: u32 = "(SELECT COUNT(*) FROM milestone m WHERE m.project = p.id)",
        /// Milestones with something open.
        pub open: u32 = "(SELECT COUNT(*) FROM milestone m WHERE m.project = p.id AND m.closed_on IS NULL)",
        /// Minor units of the plan.
        pub planned: i64 = "(SELECT CAST(COALESCE(SUM(m.amount), 0) AS BIGINT) FROM milestone m WHERE m.project = p.id) \
            + (SELECT CAST(COALESCE(SUM(l.amount), 0) AS BIGINT) FROM deal d JOIN deal_line l ON l.deal = d.id \
            WHERE d.project = p.id)",
        /// Minor units received.
        pub received: i64 = "(SELECT CAST(COALESCE(SUM(a.amount), 0) AS BIGINT) FROM milestone m \
            JOIN allocation a ON a.milestone = m.id WHERE m.project = p.id)",
        /// Minor units open.
        pub balance: i64 = "(SELECT CAST(COALESCE(SUM(o.balance), 0) AS BIGINT) FROM milestone m \
            JOIN open_item o ON o.id = m.id WHERE m.project = p.id)",
    }
}

select! {
    /// A customer in a list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct CustomerRow from "customer c" {
        pub id: CustomerId = "c.id",
        pub code: String = "c.code",
        pub name: String = "c.name",
        /// Its name for narrow columns; the full one where there is none.
        pub short_name: String = "COALESCE(NULLIF(c.short_name, ''), c.name)",
        /// The grade the user gave.
        pub grade: Option<Grade> = "c.grade",
        /// Minor units of the main currency.
        pub credit_limit: Option<i64> = "c.credit_limit",
        /// Its contracts.
        pub projects: u32 = "(SELECT COUNT(*) FROM project p WHERE p.customer = c.id)",
        /// Its milestones with something open.
        pub open: u32 = "(SELECT COUNT(*) FROM open_item o WHERE o.customer = c.id)",
    }
}

select! {
    /// A closed milestone in a list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ClosedRow from "milestone" {
        pub id: MilestoneId = "id",
        /// Since when nothing is open.
        pub closed_on: NaiveDate = "closed_on",
    }
}

/// Everything of a project that is searched, in one text.
const PROJECT_TEXTS: &str = "SELECT q.id, q.code || ' ' || q.name || ' ' || d.name || ' ' || d.short_name || ' ' \
     || COALESCE(v.name, '') AS searched, q.code FROM project q JOIN customer d ON d.id = q.customer \
     LEFT JOIN person v ON v.id = q.manager";

impl Reader {
    /// A page of the projects, by code.
    pub fn project_page(&self, page: Page) -> Result<Vec<ProjectRow>> {
        if page.search.trim().is_empty() {
            let rest = "WHERE p.id IN (SELECT id FROM project ORDER BY code LIMIT $1 OFFSET $2) ORDER BY p.code";
            return self.db.select(rest, values![page.limit, page.offset]);
        }
        let rest = [
            "WHERE p.id IN (SELECT s.id FROM (",
            PROJECT_TEXTS,
            ") s WHERE LOWER(s.searched) LIKE $1 ESCAPE '!' ORDER BY s.code LIMIT $2 OFFSET $3) ORDER BY p.code",
        ];
        self.db.select(&rest.concat(), values![page.pattern(), page.limit, page.offset])
    }

    /// These projects, by code.
    pub fn projects(&self, ids: &[ProjectId]) -> Result<Vec<ProjectRow>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let sql = [ProjectRow::SELECT, "WHERE p.id IN ($ids)"].join(" ");
        let mut projects: Vec<ProjectRow> = self.db.rows_of(&sql, &ids)?;
        projects.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(projects)
    }

    /// Every project, by code.
    pub fn project_ids(&self) -> Result<Vec<ProjectId>> {
        self.db.rows("SELECT id FROM project ORDER BY code", &[])
    }

    /// The projects one of us looks after.
    pub fn projects_of(&self, manager: PersonId) -> Result<Vec<ProjectId>> {
        self.db.rows("SELECT id FROM project WHERE manager = $1 ORDER BY id", values![manager])
    }

    /// The largest contract amount of each currency, minor units.
    pub fn largest_contracts(&self) -> Result<Vec<(Currency, i64)>> {
        let sql = "SELECT c.currency, MAX(c.amount) FROM (\
                   SELECT currency, contract_amount AS amount FROM project WHERE contract_amount IS NOT NULL \
                   UNION ALL SELECT p.currency, d.amount FROM deal d JOIN project p ON p.id = d.project \
                   WHERE d.amount IS NOT NULL) c GROUP BY c.currency ORDER BY c.currency";
        self.db.rows(sql, &[])
    }

    /// The projects whose plan is still to be made, by id.
    pub fn unplanned(&self) -> Result<Vec<ProjectId>> {
        let sql = "SELECT p.id FROM project p WHERE p.state <> $1 \
                   AND NOT EXISTS (SELECT 1 FROM milestone m WHERE m.project = p.id) ORDER BY p.id";
        self.db.rows(sql, values![ProjectState::Closed])
    }

    /// Hands out code, name, customer and manager of every project, by code, as one text to search.
    pub fn each_project(&self, mut visit: impl FnMut(ProjectId, &str)) -> Result<()> {
        let sql = [PROJECT_TEXTS, "ORDER BY q.code"].join(" ");
        self.db.each_row(&sql, &[], |row| {
            let id = row.next()?;
            visit(id, row.next_text()?.unwrap_or(""));
            Ok(())
        })
    }

    /// A page of the customers, by code.
    pub fn customer_page(&self, page: Page) -> Result<Vec<CustomerRow>> {
        let rest = "WHERE LOWER(c.code || ' ' || c.name || ' ' || c.short_name) LIKE $1 ESCAPE '!' \
                    ORDER BY c.code LIMIT $2 OFFSET $3";
        self.db.select(rest, values![page.pattern(), page.limit, page.offset])
    }

    /// These customers, by code.
    pub fn customers(&self, ids: &[CustomerId]) -> Result<Vec<CustomerRow>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let sql = [CustomerRow::SELECT, "WHERE c.id IN ($ids)"].join(" ");
        let mut customers: Vec<CustomerRow> = self.db.rows_of(&sql, &ids)?;
        customers.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(customers)
    }

    /// Every customer, by code.
    pub fn customer_ids(&self) -> Result<Vec<CustomerId>> {
        self.db.rows("SELECT id FROM customer ORDER BY code", &[])
    }

    /// Hands out code and names of every customer, by code, as one text to search.
    pub fn each_customer(&self, mut visit: impl FnMut(CustomerId, &str)) -> Result<()> {
        let sql = "SELECT id, code || ' ' || name || ' ' || short_name FROM customer ORDER BY code";
        self.db.each_row(sql, &[], |row| {
            let id = row.next()?;
            visit(id, row.next_text()?.unwrap_or(""));
            Ok(())
        })
    }

    /// The closed milestones of a customer, those closed last first.
    pub fn closed_of(&self, customer: CustomerId) -> Result<Vec<MilestoneId>> {
        let sql = "SELECT m.id FROM project p JOIN milestone m ON m.project = p.id \
                   WHERE p.customer = $1 AND m.closed_on IS NOT NULL ORDER BY m.closed_on DESC, m.id DESC";
        self.db.rows(sql, values![customer])
    }

    /// A page of the closed milestones, those closed last first. A search looks at key and name.
    pub fn closed_page(&self, page: Page) -> Result<Vec<ClosedRow>> {
        let rest = "WHERE closed_on IS NOT NULL \
                    AND ($1 = '%' OR LOWER(COALESCE(key, '') || ' ' || name) LIKE $1 ESCAPE '!') \
                    ORDER BY closed_on DESC, id DESC LIMIT $2 OFFSET $3";
        self.db.select(rest, values![page.pattern(), page.limit, page.offset])
    }

    /// About how many milestones the ledger holds: the highest id, known at once.
    pub fn size(&self) -> Result<i64> {
        self.db.value("SELECT COALESCE(MAX(id), 0) FROM milestone", &[])
    }

    /// How many customers, projects and milestones the ledger holds.
    pub fn counts(&self) -> Result<[u64; 3]> {
        let count = |sql| self.db.value(sql, &[]);
        Ok([
            count("SELECT COUNT(*) FROM customer")?,
            count("SELECT COUNT(*) FROM project")?,
            count("SELECT COUNT(*) FROM milestone")?,
        ])
    }
}
