//! Screens are data: plain structs of parameters, never rows. Any of them is drawn anew from its parameters and the
//! ledger; a stack of them makes Esc go back.

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::aging::{AgeBy, Buckets};
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::report::aging::{GroupBy, GroupKey};
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::keymap::Scope;
use crate::tui::widgets::list::ListState;

/// The views of the header, by their digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// What changed, five figures, and the worklist.
    Today,
    Projects,
    Milestones,
    Dunning,
    Customers,
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

    pub const fn title(self, lang: Lang) -> &'static str {
        self.action().label(lang)
    }

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
    pub id: Id,
    /// The view it was opened from.
    pub from: View,
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

impl ListParams {
    /// The other of two orders.
    pub const fn toggle_sort(&mut self) {
        self.sort = match self.sort {
            Some(_) => None,
            None => Some(1),
        };
    }
}

/// What the aging table is made from.
#[derive(Debug, Clone, Default)]
pub struct AgingParams {
    pub list: ListParams,
    /// The as-of day; none is today.
    pub as_of: Option<NaiveDate>,
    /// What the rows stand for.
    pub by: GroupBy,
    pub age_by: AgeBy,
    /// Which of the bucket presets, by its place in [`AgingParams::EDGES`].
    pub edges: usize,
    /// The first of the columns that scroll.
    pub left: usize,
}

impl AgingParams {
    /// The bucket presets, in the order one steps through them.
    pub const EDGES: [&'static str; 3] = ["days", "short", "years"];

    /// How receivables are sorted by age.
    pub fn buckets(&self) -> Buckets {
        let edges = Self::EDGES
            .get(self.edges)
            .and_then(|name| name.parse().ok());
        Buckets {
            age_by: self.age_by,
            edges: edges.unwrap_or_default(),
        }
    }
}

/// What the milestones behind one row of the aging table are made from.
#[derive(Debug, Clone)]
pub struct AgedParams {
    /// The table it was opened from.
    pub aging: AgingParams,
    /// What the row stands for.
    pub key: GroupKey,
    pub currency: Currency,
    pub list: ListParams,
}

#[derive(Debug, Clone)]
pub enum Screen {
    Today(ListParams),
    Projects(ListParams),
    Milestones(ListParams),
    Dunning(ListParams),
    Customers(ListParams),
    Aging(AgingParams),
    /// The milestones behind one row of the aging table.
    Aged(Box<AgedParams>),
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
            Self::Aging(_) | Self::Aged(_) => View::Aging,
        }
    }

    /// Whose keys hold here, the nearest first.
    pub const fn scopes(&self) -> &'static [Scope] {
        match self {
            Self::Milestone(_) | Self::Project(_) | Self::Customer(_) | Self::Aged(_) => {
                &[Scope::Item, Scope::List, Scope::Global]
            }
            _ => self.view().scopes(),
        }
    }

    pub fn list(&mut self) -> &mut ListParams {
        match self {
            Self::Today(list)
            | Self::Projects(list)
            | Self::Milestones(list)
            | Self::Dunning(list)
            | Self::Customers(list) => list,
            Self::Aging(aging) => &mut aging.list,
            Self::Aged(aged) => &mut aged.list,
            Self::Milestone(one) => &mut one.list,
            Self::Project(one) => &mut one.list,
            Self::Customer(one) => &mut one.list,
        }
    }

    pub fn params(&self) -> &ListParams {
        match self {
            Self::Today(list)
            | Self::Projects(list)
            | Self::Milestones(list)
            | Self::Dunning(list)
            | Self::Customers(list) => list,
            Self::Aging(aging) => &aging.list,
            Self::Aged(aged) => &aged.list,
            Self::Milestone(one) => &one.list,
            Self::Project(one) => &one.list,
            Self::Customer(one) => &one.list,
        }
    }
}
