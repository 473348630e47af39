//! What a recording key leads to: a form, a choice or a change about the milestones, customer or project it was pressed
//! on. Knows the ledger and the widgets, nothing of screens.

mod contact;
mod context;
mod create;
mod customer;
mod dispute;
mod hold;
mod invoice;
mod milestone;
mod payment;
mod payments;
mod person;
mod progress;
mod project;
mod promise;
mod reschedule;
mod void;
mod write_off;

use crate::error::{Error, Result};
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::FieldError;

pub use context::Context;

/// Why an action comes to no form.
enum Stop {
    /// Something else comes of it: words, or a choice.
    Instead(Box<Effect>),
    Failed(Error),
}

impl From<&'static str> for Stop {
    fn from(why: &'static str) -> Self {
        Self::Instead(Box::new(Effect::Say(why.to_owned())))
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

type Answer<T = Effect> = Result<T, Stop>;

fn settled(answer: Answer) -> Result<Effect> {
    match answer {
        Ok(effect) => Ok(effect),
        Err(Stop::Instead(effect)) => Ok(*effect),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// What an action on this selection leads to.
pub fn respond(action: Action, selection: &Selection, cx: Context<'_>) -> Result<Effect> {
    settled(match action {
        Action::Contact => contact::respond(selection, cx),
        Action::Payment => payment::respond(selection, cx),
        Action::Payments => payments::respond(selection, cx),
        Action::Promise => promise::respond(selection, cx),
        Action::Dispute => dispute::open(selection, cx),
        Action::Resolve => dispute::resolve(selection, cx),
        Action::Delivered => progress::respond(progress::Step::Delivered, selection, cx),
        Action::Accepted => progress::respond(progress::Step::Accepted, selection, cx),
        Action::Invoiced => invoice::respond(selection, cx),
        Action::Reschedule => reschedule::respond(selection, cx),
        Action::Hold => hold::respond(selection, cx),
        Action::WriteOff => write_off::respond(selection, cx),
        Action::Void => void::respond(selection, cx),
        Action::New => create::respond(selection, cx),
        Action::Edit => edit(selection, cx),
        _ => Ok(Effect::None),
    })
}

/// Corrects the nearest thing: the milestone, else the project, else the customer.
fn edit(selection: &Selection, cx: Context<'_>) -> Answer {
    match (selection.milestones.first(), selection.project, selection.customer) {
        (Some(first), ..) => milestone::edit(*first, cx),
        (None, Some(project), _) => project::edit(project, cx),
        (None, None, Some(customer)) => customer::respond(customer, cx),
        (None, None, None) => Err(cx.lang().why_no_row().into()),
    }
}

/// Why the ledger did not take a change, for the form it came from.
pub fn field_error(error: &Error, lang: Lang) -> FieldError {
    let field = match error {
        Error::Violation(violation) => violation.field(),
        _ => None,
    };
    let text = lang.error(error);
    FieldError { field, text }
}

#[cfg(test)]
mod tests;
