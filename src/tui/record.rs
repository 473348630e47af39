//! What a recording key leads to: a form, a question or a change about the milestones, customer or project it was
//! pressed on. Knows the ledger and the forms, nothing of screens.

mod about;
mod contact;
mod create;
mod customer;
mod dispute;
mod invoice;
mod milestone;
mod payment;
mod payments;
mod progress;
mod project;
mod promise;
mod refusal;
mod schedule;

use about::say;
use anyhow::Result;
use chrono::NaiveDate;

use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::portfolio::Portfolio;
use crate::store::Store;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::theme::Ui;
use crate::tui::widgets::list::RowId;

pub use create::{New, new};
pub use refusal::refusal;

/// What a key was pressed on.
#[derive(Debug, Clone, Default)]
pub struct Selection {
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
    pub store: &'a Store,
    pub book: &'a Portfolio,
    pub today: NaiveDate,
    pub ui: Ui,
}

/// What an action on this subject leads to.
pub fn respond(action: Action, selection: &Selection, context: Context<'_>) -> Result<Response> {
    match action {
        Action::Contact => contact::respond(selection, context),
        Action::Payment => payment::respond(selection, context),
        Action::Payments => payments::respond(selection, context),
        Action::Promise => promise::respond(selection, context),
        Action::Dispute => dispute::open(selection, context),
        Action::Resolve => dispute::resolve(selection, context),
        Action::Delivered => progress::respond(progress::Step::Delivered, selection, context),
        Action::Accepted => progress::respond(progress::Step::Accepted, selection, context),
        Action::Invoiced => invoice::respond(selection, context),
        Action::Reschedule => schedule::reschedule(selection, context),
        Action::Hold => schedule::hold(selection, context),
        Action::WriteOff => schedule::write_off(selection, context),
        Action::New => create::respond(selection, context),
        Action::Edit => edit(selection, context),
        _ => Ok(Response::Done),
    }
}

/// Goes on with an action for which something was picked.
pub fn picked(
    action: Action,
    id: RowId,
    selection: &Selection,
    context: Context<'_>,
) -> Result<Response> {
    let milestone = Selection {
        milestones: vec![MilestoneId(id.0)],
        ..selection.clone()
    };
    match action {
        Action::Payment => payment::form(CustomerId(id.0), &[], context),
        Action::Payments => payments::form(id, selection, context),
        Action::Dispute | Action::Resolve | Action::WriteOff => {
            respond(action, &milestone, context)
        }
        Action::New => create::picked(id, selection, context),
        Action::Edit => customer::picked(id, selection, context),
        _ => Ok(Response::Done),
    }
}

/// Corrects the nearest thing: the milestone, else the project, else the customer.
fn edit(selection: &Selection, context: Context<'_>) -> Result<Response> {
    match (
        selection.milestones.as_slice(),
        selection.project,
        selection.customer,
    ) {
        ([first, ..], ..) => milestone::edit(*first, context),
        ([], Some(project), _) => project::edit(project, context),
        ([], None, Some(customer)) => customer::choose(customer, context),
        ([], None, None) => Ok(say(context.lang().why_no_row())),
    }
}

#[cfg(test)]
mod tests;
