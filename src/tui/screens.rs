//! The screens. To add one: a file here with a type that is a [`Screen`], or a
//! [`Source`](super::list_screen::Source) of rows; for a view of the header a row in [`TABS`], whose key stands in
//! `keymap::table`.

mod aged;
mod aging;
mod bank;
mod customer;
mod customers;
mod dunning;
mod entries;
mod expected;
mod files;
mod import;
mod milestone;
mod milestones;
mod page;
pub mod papers;
mod project;
mod projects;
mod registers;
mod settings;
pub mod snapshots;
mod today;
pub mod todos;

use super::action::Action;
use super::screen::Screen;
use super::selection::RowKey;

pub use files::open as files;
pub use import::{Reading, open as import};
pub use project::overview;
pub use registers::{invoices, payments};
pub use settings::open as settings;

/// A view of the header: the action that opens it names it, too.
pub struct Tab {
    pub action: Action,
    pub open: fn() -> Box<dyn Screen>,
}

/// The views, in the order of their digits.
pub static TABS: &[Tab] = &[
    Tab { action: Action::GoToday, open: today::open },
    Tab { action: Action::GoProjects, open: projects::open },
    Tab { action: Action::GoMilestones, open: milestones::open },
    Tab { action: Action::GoDunning, open: dunning::open },
    Tab { action: Action::GoCustomers, open: customers::open },
    Tab { action: Action::GoAging, open: aging::open },
    Tab { action: Action::GoTodos, open: todos::open },
    Tab { action: Action::GoBank, open: bank::open },
];

/// The screen of what a row stands for, within the view this action opens.
pub fn of(key: RowKey, tab: Action) -> Option<Box<dyn Screen>> {
    match key {
        RowKey::Milestone(id) | RowKey::InGroup(_, id) => Some(milestone::open(id, tab)),
        RowKey::Project(id) => Some(project::open(id, tab)),
        RowKey::Customer(id) => Some(customer::open(id, tab)),
        RowKey::Setting(setting) => Some(settings::open_at(setting, tab)),
        RowKey::Payment(_)
        | RowKey::Invoice(_)
        | RowKey::BankLine(_)
        | RowKey::Todo(_)
        | RowKey::Paper(_)
        | RowKey::Note(_)
        | RowKey::Condition(_)
        | RowKey::Person(_)
        | RowKey::Group(_)
        | RowKey::Heading(_)
        | RowKey::Line(_)
        | RowKey::Aging(..)
        | RowKey::Snapshot(_)
        | RowKey::Moved(..) => None,
    }
}
