//! Buckets: how old a receivable is. Age is counted in calendar days from the basis date to the as-of day, never to
//! the day the report is run. Grace moves nothing between buckets.

use chrono::{Months, NaiveDate};

use super::codes::codes;
use super::ids::{CustomerId, PersonId, ProjectId};
use super::item::Item;
use super::kinds::Stage;

codes! {
    /// What a receivable ages by.
    #[derive(Default)]
    AgeBy {
        /// The due date in force.
        #[default]
        Due = "due",
        /// The due date before any reschedule.
        OriginalDue = "original-due" | "original_due",
        /// Recognition: the first invoice day, else the day the condition was met, else the due date. There is no
        /// not-due column and none for retention.
        Invoice = "invoice",
    }
}

/// Upper edges of the buckets.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Edges {
    /// In days, ascending: `[30, 60]` is 1–30, 31–60, 61+.
    Days(Vec<u32>),
    /// Calendar anniversaries, 1 to 5; the anniversary itself is still the earlier year.
    Years,
}

/// A bucket rule that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdgesError(pub String);

impl Default for Edges {
    fn default() -> Self {
        Self::Days(vec![30, 60, 90, 180, 365])
    }
}

impl std::str::FromStr for Edges {
    type Err = EdgesError;

    /// `days`, `short`, `years`, or edges such as `30,60,90`.
    fn from_str(text: &str) -> Result<Self, EdgesError> {
        match text.trim() {
            "days" => Ok(Self::default()),
            "short" => Ok(Self::Days(vec![30, 60, 90])),
            "years" => Ok(Self::Years),
            list => {
                let edges: Result<Vec<u32>, _> =
                    list.split(',').map(|edge| edge.trim().parse::<u32>()).collect();
                edges
                    .ok()
                    .filter(|e| {
                        !e.is_empty() && e.len() <= 20 && e[0] > 0 && e[e.len() - 1] <= 36_500
                    })
                    .filter(|e| e.windows(2).all(|pair| pair[0] < pair[1]))
                    .map(Self::Days)
                    .ok_or_else(|| EdgesError(text.to_owned()))
            }
        }
    }
}

/// Where a receivable's balance stands in an aging table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the bucket of this index.
    Bucket(usize),
    /// Retention that is not due yet has a column of its own.
    RetentionNotDue,
}

/// How receivables are sorted by age.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Buckets {
    pub age_by: AgeBy,
    pub edges: Edges,
}

impl Buckets {
    /// The label of each bucket, oldest last; the same in every language.
    pub fn labels(&self) -> Vec<String> {
        let mut labels = Vec::new();
        if self.age_by != AgeBy::Invoice {
            labels.push("not due".to_owned());
        }
        match &self.edges {
            Edges::Years => {
                labels.extend(["0-1y", "1-2y", "2-3y", "3-4y", "4-5y", "5y+"].map(str::to_owned));
            }
            Edges::Days(edges) => {
                let mut from = u32::from(self.age_by != AgeBy::Invoice);
                for edge in edges {
                    labels.push(format!("{from}-{edge}"));
                    from = edge + 1;
                }
                labels.push(format!("{from}+"));
            }
        }
        labels
    }

    /// How many days past its basis the youngest in a bucket is, about so where years are counted; none if nothing in it
    /// is due.
    pub fn youngest(&self, bucket: usize) -> Option<u32> {
        let aged = bucket.checked_sub(usize::from(self.age_by != AgeBy::Invoice))?;
        let Some(before) = aged.checked_sub(1) else {
            return Some(1);
        };
        Some(match &self.edges {
            Edges::Days(edges) => edges.get(before).map_or(u32::MAX, |edge| edge + 1),
            Edges::Years => u32::try_from(aged * 365).unwrap_or(u32::MAX) + 1,
        })
    }

    /// The day an item ages from.
    pub fn basis_day(&self, item: &Item, as_of: NaiveDate) -> Option<NaiveDate> {
        match self.age_by {
            AgeBy::Due => item.firm_due(as_of),
            AgeBy::OriginalDue => {
                item.firm_due(as_of).map(|due| item.first_due(as_of).unwrap_or(due))
            }
            AgeBy::Invoice => {
                item.invoiced_on.or_else(|| item.met_by(as_of)).or_else(|| item.due(as_of))
            }
        }
    }

    /// Where the item's balance stands as of a day; `None` if it is no receivable. Nothing is lost past the last edge.
    pub fn place(&self, item: &Item, as_of: NaiveDate) -> Option<Place> {
        if !item.is_receivable(as_of) {
            return None;
        }
        let basis = self.basis_day(item, as_of);
        if self.age_by == AgeBy::Invoice {
            return Some(Place::Bucket(basis.map_or(0, |from| self.aged(from, as_of))));
        }
        Some(match basis {
            Some(from) if as_of > from => self.past_due(from, as_of),
            _ if item.stage == Stage::Retention => Place::RetentionNotDue,
            _ => Place::Bucket(0),
        })
    }

    /// Where what fell due on an earlier day stands.
    pub fn past_due(&self, due: NaiveDate, as_of: NaiveDate) -> Place {
        Place::Bucket(usize::from(self.age_by != AgeBy::Invoice) + self.aged(due, as_of))
    }

    /// Which of the aged buckets holds the time from `from` to `as_of`.
    fn aged(&self, from: NaiveDate, as_of: NaiveDate) -> usize {
        match &self.edges {
            Edges::Days(edges) => {
                let age = (as_of - from).num_days();
                edges.iter().take_while(|edge| age > i64::from(**edge)).count()
            }
            Edges::Years => (1..=5)
                .take_while(|years| {
                    from.checked_add_months(Months::new(12 * years)).is_some_and(|day| as_of > day)
                })
                .count(),
        }
    }
}

codes! {
    /// What the rows of an aging table stand for, in the order a screen steps through them.
    #[derive(Default)]
    GroupBy {
        #[default]
        Customer = "customer",
        Project = "project",
        /// Who of us looks after it.
        Manager = "manager" | "pm",
        Stage = "stage",
        Currency = "currency",
    }
}

impl GroupBy {
    /// The group an item belongs to.
    pub fn key(self, item: &Item) -> GroupKey {
        match self {
            Self::Customer => GroupKey::Customer(item.customer),
            Self::Project => GroupKey::Project(item.project),
            Self::Manager => item.manager.map_or(GroupKey::NoManager, GroupKey::Manager),
            Self::Stage => GroupKey::Stage(item.stage),
            Self::Currency => GroupKey::Currency,
        }
    }
}

/// What one row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GroupKey {
    Customer(CustomerId),
    Project(ProjectId),
    Manager(PersonId),
    NoManager,
    Stage(Stage),
    Currency,
    /// Unapplied money under another grouping than by customer: nobody's.
    Unapplied,
}
