//! A new due date of one or several milestones.

use super::{Answer, Context};
use crate::domain::change::Change;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields};

pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.open_items(selection)?;
    let mut fields = Fields::default();
    if let [only] = items.as_slice()
        && let Some(due) = only.due(cx.today)
    {
        fields.note(lang.form_due_so_far(due));
    }
    let to = fields.add(Field::next(lang.form_new_due(), None).required());
    let reason = fields.add(Field::text(lang.form_reason(), ""));
    let on = fields.add(cx.day(lang.form_agreed_on()));
    let title = cx.title(lang.form_reschedule(), &items)?;
    Ok(cx.open(title, fields, move |values| {
        Ok(Change::Reschedule {
            milestones: items.iter().map(|item| item.id).collect(),
            to: values.get(&to)?,
            on: values.get(&on)?,
            reason: values.get(&reason)?,
        })
    }))
}
