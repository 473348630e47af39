//! What the keys of a screen act on.

use crate::domain::about::About;
use crate::domain::ids::{
    BankLineId, ConditionId, CustomerId, InvoiceId, MilestoneId, NoteId, PaperId, PaymentId,
    PersonId, ProjectId, SnapshotId, TodoId,
};
use crate::domain::item::Item;
use crate::domain::money::Currency;
use crate::domain::movement::Step;
use crate::domain::policy::Setting;
use crate::report::aging::GroupKey;
use crate::report::dunning::Group;
use crate::store::Todo;
use crate::tui::keymap::RowKind;

/// What a row of a list stands for, whatever happens around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKey {
    Milestone(MilestoneId),
    Project(ProjectId),
    Customer(CustomerId),
    Payment(PaymentId),
    Invoice(InvoiceId),
    /// A line of a bank statement.
    BankLine(BankLineId),
    Todo(TodoId),
    Paper(PaperId),
    Note(NoteId),
    Condition(ConditionId),
    Setting(Setting),
    /// One of us.
    Person(PersonId),
    /// A milestone in one of the groups of dunning it stands in.
    InGroup(Group, MilestoneId),
    /// The heading above the rows of a group.
    Group(Group),
    /// A heading, by its place among those of a screen.
    Heading(u8),
    /// A row of the aging table.
    Aging(GroupKey, Currency),
    /// A snapshot; none is the ledger of today.
    Snapshot(Option<SnapshotId>),
    /// A step of a movement.
    Moved(Step, Currency),
    /// A row of a file that is looked at, or a file, by its place.
    Line(usize),
}

impl RowKey {
    pub const fn milestone(self) -> Option<MilestoneId> {
        match self {
            Self::Milestone(id) | Self::InGroup(_, id) => Some(id),
            Self::Project(_)
            | Self::Customer(_)
            | Self::Payment(_)
            | Self::Invoice(_)
            | Self::BankLine(_)
            | Self::Todo(_)
            | Self::Paper(_)
            | Self::Note(_)
            | Self::Condition(_)
            | Self::Setting(_)
            | Self::Person(_)
            | Self::Group(_)
            | Self::Heading(_)
            | Self::Line(_)
            | Self::Aging(..)
            | Self::Snapshot(_)
            | Self::Moved(..) => None,
        }
    }
}

impl RowKey {
    /// What something is about.
    pub const fn of(about: About) -> Self {
        match about {
            About::Customer(id) => Self::Customer(id),
            About::Project(id) => Self::Project(id),
            About::Milestone(id) => Self::Milestone(id),
        }
    }

    /// Whether a range of rows marks it: it passes over what only says what stands below.
    pub const fn is_marked_in_ranges(self) -> bool {
        !matches!(self, Self::Group(_) | Self::Heading(_) | Self::Line(_))
    }
}

#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// What the row under the cursor stands for; none where there is no row.
    pub row: Option<RowKind>,
    /// The marked milestones, else the one under the cursor.
    pub milestones: Vec<MilestoneId>,
    /// Whether they are marked.
    pub marked: bool,
    /// The customer under the cursor, or of the milestones.
    pub customer: Option<CustomerId>,
    /// The project under the cursor, or of the milestones.
    pub project: Option<ProjectId>,
    /// The to-do under the cursor; the others are what it is about.
    pub todo: Option<TodoId>,
    /// The invoice under the cursor; the milestones are those it bills.
    pub invoice: Option<InvoiceId>,
    /// The paper under the cursor; the others are what it is about.
    pub paper: Option<PaperId>,
    /// The condition under the cursor; the milestone is that which waits for it.
    pub condition: Option<ConditionId>,
}

impl Selection {
    /// Milestones, with customer and project of the first, which stands here where it is known.
    pub fn milestones(milestones: Vec<MilestoneId>, first: Option<&Item>) -> Self {
        Self {
            row: Some(RowKind::Milestone),
            customer: first.map(|item| item.customer),
            project: first.map(|item| item.project),
            milestones,
            ..Self::default()
        }
    }

    /// A to-do, and what it is about.
    pub fn todo(todo: &Todo) -> Self {
        Self {
            row: Some(RowKind::Todo),
            milestones: todo.milestone.into_iter().collect(),
            customer: todo.customer,
            project: todo.project,
            todo: Some(todo.id),
            ..Self::default()
        }
    }

    /// What a row stands for that is no milestone.
    pub fn row(key: RowKey) -> Self {
        let (row, customer, project) = match key {
            RowKey::Customer(id) | RowKey::Aging(GroupKey::Customer(id), _) => {
                (RowKind::Customer, Some(id), None)
            }
            RowKey::Project(id) | RowKey::Aging(GroupKey::Project(id), _) => {
                (RowKind::Project, None, Some(id))
            }
            RowKey::Milestone(_)
            | RowKey::InGroup(..)
            | RowKey::Payment(_)
            | RowKey::Invoice(_)
            | RowKey::BankLine(_)
            | RowKey::Todo(_)
            | RowKey::Paper(_)
            | RowKey::Note(_)
            | RowKey::Condition(_)
            | RowKey::Setting(_)
            | RowKey::Person(_)
            | RowKey::Group(_)
            | RowKey::Heading(_)
            | RowKey::Line(_)
            | RowKey::Aging(..)
            | RowKey::Snapshot(_)
            | RowKey::Moved(..) => (RowKind::Other, None, None),
        };
        Self { row: Some(row), customer, project, ..Self::default() }
    }
}
