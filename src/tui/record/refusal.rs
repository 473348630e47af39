//! Why the ledger did not take a change, at the field it is about. The names are those all forms here use.

use crate::domain::refusal::{Field, Refused};
use crate::store::StoreError;
use crate::text::Lang;
use crate::trouble::Trouble;
use crate::tui::desk::Refusal;

/// The refusal a form shows.
pub fn refusal(trouble: &Trouble, lang: Lang) -> Refusal {
    let field = match trouble {
        Trouble::Store(StoreError::Refused(refused)) => field(refused),
        _ => None,
    };
    let text = trouble.message(lang);
    Refusal { field, text }
}

/// A refusal of the form itself.
pub(super) fn at(field: &'static str, text: impl Into<String>) -> Refusal {
    Refusal {
        field: Some(field),
        text: text.into(),
    }
}

const fn field(refused: &Refused) -> Option<&'static str> {
    Some(match refused {
        Refused::Taken { field, .. } | Refused::Empty(field) | Refused::OutOfRange(field) => {
            name(*field)
        }
        Refused::NotPositive(_)
        | Refused::ExceedsBalance { .. }
        | Refused::ExceedsPayment { .. }
        | Refused::BelowReceived { .. }
        | Refused::Overflow(_) => "amount",
        Refused::Future { .. } | Refused::TooEarly { .. } => "on",
        Refused::BadReference(_) | Refused::ReferenceNotAllowed(_) => "due",
        Refused::OtherCurrency { .. } => "currency",
        Refused::ProjectInUse => "customer",
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
