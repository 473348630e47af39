//! Screens are data: plain structs of parameters, never rows. Any of them is drawn anew from its parameters and the
//! ledger; a stack of them makes Esc go back.

use chrono::NaiveDate;

use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::keymap::Scope;
use crate::tui::widgets::list::ListState;

/// The views of the header, by their digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// What changed, five figures, and the worklist.
    Today,
    /// Contracts.
    Projects,
    /// Open instalments.
    Milestones,
    /// The ladder.
    Dunning,
    /// Who owes.
    Customers,
    /// The aging table.
    Aging,
}

impl View {
    /// Every view, in the order of their digits.
    pub const ALL: &'static [Self] = &[
        Self::Today,
        Self::Projects,
        Self::Milestones,
        Self::Dunning,
        Self::Customers,
        Self::Aging,
    ];

    /// The digit that opens it.
    pub const fn number(self) -> usize {
        self as usize + 1
    }

    /// Its name.
    pub const fn title(self, lang: Lang) -> &'static str {
        self.action().label(lang)
    }

    /// What opens it.
    pub const fn action(self) -> Action {
        match self {
            Self::Today => Action::GoToday,
            Self::Projects => Action::GoProjects,
            Self::Milestones => Action::GoMilestones,
            Self::Dunning => Action::GoDunning,
            Self::Customers => Action::GoCustomers,
            Self::Aging => Action::GoAging,
        }
    }

    /// The view an action opens.
    pub fn opened_by(action: Action) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|view| view.action() == action)
    }

    /// Whose keys hold there, the nearest first.
    pub const fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Milestones => &[Scope::Milestones, Scope::Item, Scope::List, Scope::Global],
            Self::Aging => &[Scope::Aging, Scope::List, Scope::Global],
            Self::Today | Self::Projects | Self::Dunning | Self::Customers => {
                &[Scope::Item, Scope::List, Scope::Global]
            }
        }
    }

    /// The screen it starts with.
    pub fn screen(self) -> Screen {
        let list = ListParams::default();
        match self {
            Self::Today => Screen::Today(list),
            Self::Projects => Screen::Projects(list),
            Self::Milestones => Screen::Milestones(list),
            Self::Dunning => Screen::Dunning(list),
            Self::Customers => Screen::Customers(list),
            Self::Aging => Screen::Aging(AgingParams::default()),
        }
    }
}

/// What every list is made from.
#[derive(Debug, Clone, Default)]
pub struct ListParams {
    /// Row under the cursor, marks and scroll.
    pub list: ListState,
    /// What is looked for, as typed.
    pub find: String,
    /// What it is narrowed to, in the filter language.
    pub filter: String,
    /// Which column it is sorted by; none is the screen's own order.
    pub sort: Option<usize>,
    /// Whether what is folded away is shown: what waits, what is closed.
    pub more: bool,
    /// Whether the second pane has the focus.
    pub aside: bool,
    /// Lines of the second pane scrolled away.
    pub scroll: u16,
}

/// What a screen of one thing is made from.
#[derive(Debug, Clone)]
pub struct One<Id> {
    /// The thing.
    pub id: Id,
    /// The view it was opened from.
    pub from: View,
    /// As every list.
    pub list: ListParams,
}

impl<Id> One<Id> {
    /// A thing opened from a view.
    pub fn new(id: Id, from: View) -> Self {
        Self {
            id,
            from,
            list: ListParams::default(),
        }
    }
}

/// What the aging table is made from.
#[derive(Debug, Clone, Default)]
pub struct AgingParams {
    /// As every list.
    pub list: ListParams,
    /// The as-of day; none is today.
    pub as_of: Option<NaiveDate>,
    /// Which grouping, by its place in the contract's order.
    pub group: usize,
}

/// One screen.
#[derive(Debug, Clone)]
pub enum Screen {
    /// See [`View::Today`].
    Today(ListParams),
    /// See [`View::Projects`].
    Projects(ListParams),
    /// See [`View::Milestones`].
    Milestones(ListParams),
    /// See [`View::Dunning`].
    Dunning(ListParams),
    /// See [`View::Customers`].
    Customers(ListParams),
    /// See [`View::Aging`].
    Aging(AgingParams),
    /// The whole story of one milestone.
    Milestone(One<MilestoneId>),
    /// The plan of one project.
    Project(One<ProjectId>),
    /// One customer with its items.
    Customer(One<CustomerId>),
}

impl Screen {
    /// The view it belongs to.
    pub const fn view(&self) -> View {
        match self {
            Self::Milestone(one) => one.from,
            Self::Project(one) => one.from,
            Self::Customer(one) => one.from,
            Self::Today(_) => View::Today,
            Self::Projects(_) => View::Projects,
            Self::Milestones(_) => View::Milestones,
            Self::Dunning(_) => View::Dunning,
            Self::Customers(_) => View::Customers,
            Self::Aging(_) => View::Aging,
        }
    }

    /// Whose keys hold here, the nearest first.
    pub const fn scopes(&self) -> &'static [Scope] {
        match self {
            Self::Milestone(_) | Self::Project(_) | Self::Customer(_) => {
                &[Scope::Item, Scope::List, Scope::Global]
            }
            _ => self.view().scopes(),
        }
    }

    /// Its list.
    pub const fn list(&mut self) -> &mut ListParams {
        match self {
            Self::Today(list)
            | Self::Projects(list)
            | Self::Milestones(list)
            | Self::Dunning(list)
            | Self::Customers(list) => list,
            Self::Aging(aging) => &mut aging.list,
            Self::Milestone(one) => &mut one.list,
            Self::Project(one) => &mut one.list,
            Self::Customer(one) => &mut one.list,
        }
    }

    /// Its list, to read.
    pub const fn params(&self) -> &ListParams {
        match self {
            Self::Today(list)
            | Self::Projects(list)
            | Self::Milestones(list)
            | Self::Dunning(list)
            | Self::Customers(list) => list,
            Self::Aging(aging) => &aging.list,
            Self::Milestone(one) => &one.list,
            Self::Project(one) => &one.list,
            Self::Customer(one) => &one.list,
        }
    }
}
