//! From what a person types (a code, a key, `#31`) to an id.

use super::convert::first;
use super::{Reader, customer, milestone, project, unknown};
use crate::domain::ids::{CustomerId, MilestoneId, PaymentId, PersonId, ProjectId};
use crate::domain::violation::Thing;
use crate::error::Result;

/// The number of `#31`.
fn number(name: &str) -> Option<i64> {
    name.strip_prefix('#')?.parse().ok()
}

impl Reader {
    /// The customer with this code or `#id`; unknown ones are refused.
    pub fn find_customer(&self, name: &str) -> Result<CustomerId> {
        let name = name.trim();
        if let Some(id) = customer::by_code(&self.db, name)? {
            return Ok(id);
        }
        let id = self.numbered("SELECT id FROM customer WHERE id = ?", name)?;
        id.map(CustomerId)
            .ok_or_else(|| unknown(Thing::Customer, name))
    }

    /// The project with this code or `#id`; unknown ones are refused.
    pub fn find_project(&self, name: &str) -> Result<ProjectId> {
        let name = name.trim();
        if let Some(id) = project::by_code(&self.db, name)? {
            return Ok(id);
        }
        let id = self.numbered("SELECT id FROM project WHERE id = ?", name)?;
        id.map(ProjectId)
            .ok_or_else(|| unknown(Thing::Project, name))
    }

    /// The milestone with this key or `#id`; unknown ones are refused.
    pub fn find_milestone(&self, name: &str) -> Result<MilestoneId> {
        let name = name.trim();
        if let Some(id) = milestone::by_key(&self.db, name)? {
            return Ok(id);
        }
        let id = self.numbered("SELECT id FROM milestone WHERE id = ?", name)?;
        id.map(MilestoneId)
            .ok_or_else(|| unknown(Thing::Milestone, name))
    }

    /// The payment `#id` (the sign may be left out); unknown ones are refused.
    pub fn find_payment(&self, name: &str) -> Result<PaymentId> {
        let name = name.trim();
        let numbered = format!("#{}", name.trim_start_matches('#'));
        let id = self.numbered("SELECT id FROM payment WHERE id = ?", &numbered)?;
        id.map(PaymentId)
            .ok_or_else(|| unknown(Thing::Payment, name))
    }

    /// The person of ours with this name.
    pub fn find_person(&self, name: &str) -> Result<Option<PersonId>> {
        project::person(&self.db, name.trim())
    }

    fn numbered(&self, sql: &str, name: &str) -> Result<Option<i64>> {
        match number(name) {
            Some(id) => first(&self.db, ("id", sql), [id], |c| c.int(0)),
            None => Ok(None),
        }
    }
}
