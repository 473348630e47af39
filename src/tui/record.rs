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
use chrono::NaiveDate;

use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::error::Result;
use crate::portfolio::Portfolio;
use crate::store::Store;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::look::Look;
use crate::tui::widgets::list::RowId;

pub use create::{New, new};
pub use refusal::refusal;

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
    pub store: &'a Store,
    pub book: &'a Portfolio,
    pub today: NaiveDate,
    pub look: Look,
}

/// What an action on this subject leads to.
pub fn respond(action: Action, subject: &Subject, context: Context<'_>) -> Result<Response> {
    match action {
        Action::Contact => contact::respond(subject, context),
        Action::Payment => payment::respond(subject, context),
        Action::Payments => payments::respond(subject, context),
        Action::Promise => promise::respond(subject, context),
        Action::Dispute => dispute::open(subject, context),
        Action::Resolve => dispute::resolve(subject, context),
        Action::Delivered => progress::respond(progress::Step::Delivered, subject, context),
        Action::Accepted => progress::respond(progress::Step::Accepted, subject, context),
        Action::Invoiced => invoice::respond(subject, context),
        Action::Reschedule => schedule::reschedule(subject, context),
        Action::Hold => schedule::hold(subject, context),
        Action::WriteOff => schedule::write_off(subject, context),
        Action::New => create::respond(subject, context),
        Action::Edit => edit(subject, context),
        _ => Ok(Response::Done),
    }
}

/// Goes on with an action for which something was picked.
pub fn picked(
    action: Action,
    id: RowId,
    subject: &Subject,
    context: Context<'_>,
) -> Result<Response> {
    let milestone = Subject {
        milestones: vec![MilestoneId(id.0)],
        ..subject.clone()
    };
    match action {
        Action::Payment => payment::form(CustomerId(id.0), &[], context),
        Action::Payments => payments::form(id, subject, context),
        Action::Dispute | Action::Resolve | Action::WriteOff => {
            respond(action, &milestone, context)
        }
        Action::New => create::picked(id, subject, context),
        Action::Edit => customer::picked(id, subject, context),
        _ => Ok(Response::Done),
    }
}

/// Corrects the nearest thing: the milestone, else the project, else the customer.
fn edit(subject: &Subject, context: Context<'_>) -> Result<Response> {
    match (
        subject.milestones.as_slice(),
        subject.project,
        subject.customer,
    ) {
        ([first, ..], ..) => milestone::edit(*first, context),
        ([], Some(project), _) => project::edit(project, context),
        ([], None, Some(customer)) => customer::choose(customer, context),
        ([], None, None) => Ok(say(context.lang().why_no_row())),
    }
}

#[cfg(test)]
mod tests;
