//! What to-dos, notes and the like are about.

use serde::{Deserialize, Serialize};

use super::ids::{CustomerId, MilestoneId, ProjectId};

/// The narrowest thing something is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Customer(CustomerId),
    Project(ProjectId),
    Milestone(MilestoneId),
}
