//! Delivered and accepted: a day, for one or several milestones.

use super::{Answer, Context};
use crate::domain::change::Change;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Delivered,
    Accepted,
}

pub(super) fn delivered(selection: &Selection, cx: Context<'_>) -> Answer {
    respond(Step::Delivered, selection, cx)
}

pub(super) fn accepted(selection: &Selection, cx: Context<'_>) -> Answer {
    respond(Step::Accepted, selection, cx)
}

/// The form for the day; where it is known already, it is there to be changed or taken back.
fn respond(step: Step, selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let milestones = selection.milestones.clone();
    let items = cx.items(&milestones)?;
    if items.is_empty() {
        return Err(lang.why_not_milestone().into());
    }
    let known = items.iter().find_map(|item| match step {
        Step::Delivered => item.delivered_on,
        Step::Accepted => item.accepted_on,
    });
    let (what, label) = match step {
        Step::Delivered => (lang.form_delivered(), lang.form_delivered_on()),
        Step::Accepted => (lang.form_accepted(), lang.form_accepted_on()),
    };
    let mut fields = Fields::default();
    let mut day = Field::past(label, known.or(Some(cx.today))).required_when(known.is_none());
    if let Some(known) = known {
        fields.note(lang.form_known(known));
        day = day.hinted(lang.form_take_back_hint());
    }
    let day = fields.add(day);
    let title = cx.title(what, &items)?;
    Ok(cx.open(title, fields, move |values| {
        let (milestones, on) = (milestones.clone(), values.get(&day)?);
        Ok(match step {
            Step::Delivered => Change::Deliver { milestones, on },
            Step::Accepted => Change::Accept { milestones, on },
        })
    }))
}
