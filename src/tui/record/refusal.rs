//! Why the ledger did not take a change, at the field it is about. The names are those all forms here use.

use crate::domain::violation::{Field, Violation};
use crate::error::Error;
use crate::text::Lang;
use crate::tui::desk::Refusal;

/// The refusal a form shows.
pub fn refusal(error: &Error, lang: Lang) -> Refusal {
    let field = match error {
        Error::Violation(refused) => field(refused),
        _ => None,
    };
    let text = lang.error(error);
    Refusal { field, text }
}

/// A refusal of the form itself.
pub(super) fn at(field: &'static str, text: impl Into<String>) -> Refusal {
    Refusal {
        field: Some(field),
        text: text.into(),
    }
}

const fn field(refused: &Violation) -> Option<&'static str> {
    Some(match refused {
        Violation::Taken { field, .. } | Violation::Empty(field) | Violation::OutOfRange(field) => {
            name(*field)
        }
        Violation::NotPositive(_)
        | Violation::ExceedsBalance { .. }
        | Violation::ExceedsPayment { .. }
        | Violation::BelowReceived { .. }
        | Violation::Overflow(_) => "amount",
        Violation::Future { .. } | Violation::TooEarly { .. } => "on",
        Violation::BadReference(_) | Violation::ReferenceNotAllowed(_) => "due",
        Violation::OtherCurrency { .. } => "currency",
        Violation::ProjectInUse => "customer",
        _ => return None,
    })
}

/// What a field of a change is called in the forms.
const fn name(field: Field) -> &'static str {
    match field {
        Field::Code => "code",
        Field::Name => "name",
        Field::Key => "key",
        Field::Amount => "amount",
        Field::Date => "on",
        Field::Due => "due",
        Field::Currency => "currency",
        Field::Customer => "customer",
        Field::Project => "project",
        Field::Number => "number",
        Field::Step => "step",
        Field::Milestones => "milestones",
        Field::Progress => "progress",
    }
}
