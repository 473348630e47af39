//! What a recording key leads to: a form, a question or a change about the milestones, customer or project it was
//! pressed on. Knows the ledger and the forms, nothing of screens.

use anyhow::Result;
use chrono::NaiveDate;

use crate::book::Book;
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::store::Store;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::look::Look;
use crate::tui::widgets::list::RowId;

/// What a key was pressed on.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    /// The marked milestones, else the one under the cursor; of one customer where an action needs that.
    pub milestones: Vec<MilestoneId>,
    /// The customer under the cursor, or of the milestones.
    pub customer: Option<CustomerId>,
    /// The project under the cursor, or of the milestones.
    pub project: Option<ProjectId>,
}

/// What a form is built from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The ledger.
    pub store: &'a Store,
    /// The open items.
    pub book: &'a Book,
    /// The day.
    pub today: NaiveDate,
    /// Language and theme.
    pub look: Look,
}

/// What an action on this subject leads to.
pub fn respond(_action: Action, _subject: &Subject, _context: Context<'_>) -> Result<Response> {
    Ok(Response::Done)
}

/// Goes on with an action for which something was picked.
pub fn picked(
    _action: Action,
    _id: RowId,
    _subject: &Subject,
    _context: Context<'_>,
) -> Result<Response> {
    Ok(Response::Done)
}
