//! What to-dos, notes, papers and the like are about.

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

macro_rules! about {
    ($($thing:ident($id:ty)),+) => {$(
        impl From<$id> for About {
            fn from(id: $id) -> Self {
                Self::$thing(id)
            }
        }
    )+};
}

about!(Customer(CustomerId), Project(ProjectId), Milestone(MilestoneId));

/// What a paper is about: a customer, a project, or milestones of one customer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Customer(CustomerId),
    Project(ProjectId),
    Milestones(Vec<MilestoneId>),
}

impl From<About> for Subject {
    fn from(about: About) -> Self {
        match about {
            About::Customer(id) => Self::Customer(id),
            About::Project(id) => Self::Project(id),
            About::Milestone(id) => Self::Milestones(vec![id]),
        }
    }
}
