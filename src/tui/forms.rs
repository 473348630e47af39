//! What a recording key leads to: a form, a choice or a change about the milestones, customer or project it was pressed
//! on. Knows the ledger and the widgets, nothing of screens.

mod bank;
mod condition;
mod contact;
mod context;
mod create;
mod customer;
mod deal;
mod dispute;
mod hold;
mod invoice;
mod milestone;
mod note;
mod paper;
mod payment;
mod payments;
mod person;
mod progress;
mod project;
mod promise;
mod reschedule;
mod setting;
mod todo;
mod void;
mod write_off;

use crate::error::{Error, Result};
use crate::text::Lang;
use crate::tui::effect::Effect;
use crate::tui::input::Key::Char;
use crate::tui::keymap::{Binding, can, record};
use crate::tui::selection::Selection;
use crate::tui::widgets::form::FieldError;

pub use bank::{Guess, book_line};
pub use condition::new as new_condition;
pub use context::Context;
pub use paper::new as new_paper;
pub use project::CURRENCIES;
pub use setting::{person_of_us, setting};
pub use todo::add as new_todo;

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

/// The recording keys, the words of each, and what it leads to.
macro_rules! recordings {
    ($($(#[$doc:meta])* $name:ident: $label:ident, $help:ident => $respond:path;)+) => {
        /// What a key records.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Recording { $($(#[$doc])* $name),+ }

        impl Recording {
            #[cfg(test)]
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }

            pub const fn label(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.$label()),+ }
            }

            pub const fn help(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.$help()),+ }
            }

            /// What it leads to on this selection.
            pub fn respond(self, selection: &Selection, cx: Context<'_>) -> Result<Effect> {
                settled(match self { $(Self::$name => $respond(selection, cx)),+ })
            }
        }
    };
}

recordings! {
    Contact: act_contact, act_contact_help => contact::respond;
    Payment: act_payment, act_payment_help => payment::respond;
    /// The customer's payments, to reverse one or apply what is unapplied.
    Payments: act_payments, act_payments_help => payments::respond;
    Promise: act_promise, act_promise_help => promise::respond;
    Dispute: act_dispute, act_dispute_help => dispute::open;
    /// Settle a dispute, or say that a to-do was done or a condition met.
    Resolve: act_resolve, act_resolve_help => resolve;
    Todo: act_todo, act_todo_help => todo::about;
    Delivered: act_delivered, act_delivered_help => progress::delivered;
    Accepted: act_accepted, act_accepted_help => progress::accepted;
    /// What an acceptance or a due date waits for.
    Condition: act_condition, act_condition_help => condition::respond;
    Note: act_note, act_note_help => note::respond;
    /// File a paper, or say what became of one.
    Paper: act_paper, act_paper_help => paper::respond;
    Invoiced: act_invoiced, act_invoiced_help => invoice::respond;
    /// Agree on a new due date.
    Reschedule: act_reschedule, act_reschedule_help => reschedule::respond;
    /// Stop chasing, or chase again.
    Hold: act_hold, act_hold_help => hold::respond;
    /// A new contract amount.
    Amend: act_amend, act_amend_help => deal::amend;
    /// What is open is paid in dated parts.
    Instalments: act_instalments, act_instalments_help => deal::split;
    CallDue: act_call_due, act_call_due_help => deal::call_due;
    WriteOff: act_write_off, act_write_off_help => write_off::respond;
    /// A part by a day, and the rest is waived.
    Settle: act_settle, act_settle_help => deal::settle;
    /// The work on a project rests, or goes on.
    SuspendProject: act_rest, act_rest_help => project::suspend;
    /// Void an entry made by mistake.
    Void: act_void, act_void_help => void::respond;
    /// What comes next below the row.
    New: act_new, act_new_help => create::respond;
    /// A new customer, project or milestone, by choice.
    NewAny: act_new_any, act_new_any_help => create::choice;
    Edit: act_edit, act_edit_help => edit;
}

/// The keys of a row that is a receivable or has one; they stand here, beside what they lead to, as part of the one
/// binding table.
pub(super) static BINDINGS: &[Binding] = &[
    record(&[&[Char('c')]], Recording::Contact).footer(20).when(can::open_or_customer),
    record(&[&[Char('p')]], Recording::Payment).footer(21).when(can::customer),
    record(&[&[Char('P')]], Recording::Payments).when(can::customer),
    record(&[&[Char('m')]], Recording::Promise).footer(22).when(can::open),
    record(&[&[Char('d')]], Recording::Dispute).roomy(23, 2).when(can::disputable),
    record(&[&[Char('x')]], Recording::Resolve).roomy(28, 12).when(can::resolvable),
    record(&[&[Char('T')]], Recording::Todo).roomy(30, 16).when(can::row),
    record(&[&[Char('D')]], Recording::Delivered).roomy(24, 8).when(can::deliverable),
    record(&[&[Char('A')]], Recording::Accepted).roomy(25, 9).when(can::milestone),
    record(&[&[Char('Q')]], Recording::Condition).when(can::conditional),
    record(&[&[Char('%')]], Recording::Note).when(can::customer),
    record(&[&[Char('I')]], Recording::Invoiced).roomy(26, 10).when(can::milestone),
    record(&[&[Char('C')]], Recording::Paper).when(can::customer),
    record(&[&[Char('r')]], Recording::Reschedule).roomy(27, 11).when(can::open),
    record(&[&[Char('H')]], Recording::Hold).roomy(29, 13).when(can::open),
    record(&[&[Char('M')]], Recording::Amend).when(can::customer),
    record(&[&[Char('L')]], Recording::Instalments).when(can::open),
    record(&[&[Char('F')]], Recording::CallDue).when(can::open),
    record(&[&[Char('W')]], Recording::WriteOff).when(can::open),
    record(&[&[Char('R')]], Recording::Settle).when(can::open),
    record(&[&[Char('Y')]], Recording::SuspendProject).when(can::project),
    record(&[&[Char('X')]], Recording::Void).when(can::milestone),
];

impl Recording {
    /// Whether it says something of the row under the cursor that could be said of another, too.
    pub const fn is_about_a_row(self) -> bool {
        !matches!(self, Self::New | Self::NewAny | Self::Edit)
    }
}

fn resolve(selection: &Selection, cx: Context<'_>) -> Answer {
    match (selection.todo, selection.condition) {
        (Some(id), _) => todo::done(id, cx),
        (None, Some(_)) => condition::respond(selection, cx),
        (None, None) => dispute::resolve(selection, cx),
    }
}

/// Corrects the nearest thing: the milestone, else the project, else the customer.
fn edit(selection: &Selection, cx: Context<'_>) -> Answer {
    if let Some(id) = selection.todo {
        return todo::edit(id, cx);
    }
    match (selection.milestones.first(), selection.project, selection.customer) {
        (Some(first), ..) => milestone::edit(*first, cx),
        (None, Some(project), _) => project::edit(project, cx),
        (None, None, Some(customer)) => customer::respond(customer, cx),
        (None, None, None) => Err(cx.lang().why_no_row().into()),
    }
}

/// Why the ledger did not take a change, for the form it came from.
pub fn field_error(error: &Error, lang: Lang) -> FieldError {
    let field = if let Error::Violation(violation) = error { violation.field() } else { None };
    let text = lang.error(error);
    FieldError { field, text }
}

#[cfg(test)]
mod tests;
