//! What the keys of a screen act on.

use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::tui::keymap::RowKind;

#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// What the row under the cursor stands for; none where there is no row.
    pub row: Option<RowKind>,
    /// The marked milestones, else the one under the cursor.
    pub milestones: Vec<MilestoneId>,
    /// The customer under the cursor, or of the milestones.
    pub customer: Option<CustomerId>,
    /// The project under the cursor, or of the milestones.
    pub project: Option<ProjectId>,
}

impl Selection {
    /// Milestones, with customer and project of the first, which stands here where it is known.
    pub fn milestones(milestones: Vec<MilestoneId>, first: Option<&Item>) -> Self {
        Self {
            row: Some(RowKind::Milestone),
            customer: first.map(|item| item.customer),
            project: first.map(|item| item.project),
            milestones,
        }
    }
}
