//! Which milestones belong to a customer or to projects, open and closed.

use super::Reader;
use super::backend::values;
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::error::Result;

impl Reader {
    /// The projects of a customer, by id.
    pub fn projects_of_customer(&self, customer: CustomerId) -> Result<Vec<ProjectId>> {
        let mut ids = Vec::new();
        let sql = "SELECT id FROM project WHERE customer = $1 ORDER BY id";
        self.db.each(sql, values![customer], |id: ProjectId| {
            ids.push(id);
            Ok(())
        })?;
        Ok(ids)
    }

    /// The milestones of these projects, by id, whether anything of them is open or not.
    pub fn milestones_of(&self, projects: &[ProjectId]) -> Result<Vec<MilestoneId>> {
        let projects: Vec<i64> = projects.iter().map(|project| project.0).collect();
        let mut ids = Vec::new();
        let sql = "SELECT id FROM milestone WHERE project IN ($ids) ORDER BY id";
        self.db.each_of(sql, &projects, |id: MilestoneId| {
            ids.push(id);
            Ok(())
        })?;
        ids.sort_unstable();
        Ok(ids)
    }
}
