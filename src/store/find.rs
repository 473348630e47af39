//! From what a person types (a code, a key, `#31`) to an id.

use super::backend::{Backend, Column, values};
use super::{Reader, unknown};
use crate::domain::ids::{
    CustomerId, InvoiceId, MilestoneId, PaymentId, PersonId, ProjectId, SnapshotId,
};
use crate::domain::violation::Thing;
use crate::error::Result;

/// The customer with this code.
pub(super) fn customer_by_code(db: &dyn Backend, code: &str) -> Result<Option<CustomerId>> {
    db.first("SELECT id FROM customer WHERE code = $1", values![code])
}

/// The project with this code.
pub(super) fn project_by_code(db: &dyn Backend, code: &str) -> Result<Option<ProjectId>> {
    db.first("SELECT id FROM project WHERE code = $1", values![code])
}

/// The milestone with this key.
pub(super) fn milestone_by_key(db: &dyn Backend, key: &str) -> Result<Option<MilestoneId>> {
    db.first("SELECT id FROM milestone WHERE key = $1", values![key])
}

/// The person of this name.
pub(super) fn person(db: &dyn Backend, name: &str) -> Result<Option<PersonId>> {
    db.first("SELECT id FROM person WHERE name = $1", values![name])
}

/// Refuses a customer that does not exist.
pub(super) fn must_exist(db: &dyn Backend, id: CustomerId) -> Result<()> {
    if db.exists("SELECT 1 FROM customer WHERE id = $1", values![id])? {
        Ok(())
    } else {
        Err(unknown(Thing::Customer, id))
    }
}

/// The number of `#31`.
fn number(name: &str) -> Option<i64> {
    name.strip_prefix('#')?.parse().ok()
}

impl Reader {
    /// The customer with this code or `#id`; unknown ones are refused.
    pub fn find_customer(&self, name: &str) -> Result<CustomerId> {
        let name = name.trim();
        let found = customer_by_code(&*self.db, name)?;
        let found = found.map_or_else(
            || self.numbered("SELECT id FROM customer WHERE id = $1", name),
            |id| Ok(Some(id)),
        )?;
        found.ok_or_else(|| unknown(Thing::Customer, name))
    }

    /// The project with this code or `#id`; unknown ones are refused.
    pub fn find_project(&self, name: &str) -> Result<ProjectId> {
        let name = name.trim();
        let found = project_by_code(&*self.db, name)?;
        let found = found.map_or_else(
            || self.numbered("SELECT id FROM project WHERE id = $1", name),
            |id| Ok(Some(id)),
        )?;
        found.ok_or_else(|| unknown(Thing::Project, name))
    }

    /// The milestone with this key or `#id`; unknown ones are refused.
    pub fn find_milestone(&self, name: &str) -> Result<MilestoneId> {
        let name = name.trim();
        let found = milestone_by_key(&*self.db, name)?;
        let found = found.map_or_else(
            || self.numbered("SELECT id FROM milestone WHERE id = $1", name),
            |id| Ok(Some(id)),
        )?;
        found.ok_or_else(|| unknown(Thing::Milestone, name))
    }

    /// The payment `#id` (the sign may be left out); unknown ones are refused.
    pub fn find_payment(&self, name: &str) -> Result<PaymentId> {
        let name = name.trim();
        let numbered = format!("#{}", name.trim_start_matches('#'));
        self.numbered("SELECT id FROM payment WHERE id = $1", &numbered)?
            .ok_or_else(|| unknown(Thing::Payment, name))
    }

    /// The invoice with this number, where only one has it, or `#id`; unknown ones are refused.
    pub fn find_invoice(&self, name: &str) -> Result<InvoiceId> {
        let name = name.trim();
        let sql = "SELECT id FROM invoice WHERE number = $1 LIMIT 2";
        let found = match self.db.rows(sql, values![name])?.as_slice() {
            [only] => Some(*only),
            _ => self.numbered("SELECT id FROM invoice WHERE id = $1", name)?,
        };
        found.ok_or_else(|| unknown(Thing::Invoice, name))
    }

    /// The snapshot `#3`, or the last one of the week `2026-W47`; unknown ones are refused.
    pub fn find_snapshot(&self, name: &str) -> Result<SnapshotId> {
        let name = name.trim();
        let sql = "SELECT id FROM snapshot WHERE iso_week = $1 ORDER BY id DESC LIMIT 1";
        let found = self.db.first(sql, values![name])?;
        let numbered = format!("#{}", name.trim_start_matches('#'));
        let found = found.map_or_else(
            || self.numbered("SELECT id FROM snapshot WHERE id = $1", &numbered),
            |id| Ok(Some(id)),
        )?;
        found.ok_or_else(|| unknown(Thing::Snapshot, name))
    }

    fn numbered<Id: Column>(&self, sql: &str, name: &str) -> Result<Option<Id>> {
        match number(name) {
            Some(id) => self.db.first(sql, values![id]),
            None => Ok(None),
        }
    }
}
