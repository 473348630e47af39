//! Delivered and accepted: a day, for one or several milestones.

use super::about::say;
use super::{Context, Subject};
use crate::domain::change::Change;
use crate::domain::date_input::Leaning;
use crate::error::Result;
use crate::tui::desk::Response;
use crate::tui::forms::{Field, Finish};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Delivered,
    Accepted,
}

/// The form for the day; where it is known already, it is there to be changed or taken back.
pub(super) fn respond(step: Step, subject: &Subject, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let milestones = subject.milestones.clone();
    let items = context.items(&milestones)?;
    if items.is_empty() {
        return Ok(say(lang.why_not_milestone()));
    }
    let known = items.iter().find_map(|item| match step {
        Step::Delivered => item.delivered_on,
        Step::Accepted => item.accepted_on,
    });
    let (what, label) = match step {
        Step::Delivered => (lang.form_delivered(), lang.form_delivered_on()),
        Step::Accepted => (lang.form_accepted(), lang.form_accepted_on()),
    };
    let day = Field::day("on", label, Leaning::Past, known.or(Some(context.today)));
    let fields = match known {
        Some(known) => vec![
            Field::note(lang.form_known(known)),
            day.hinted(lang.form_take_back_hint()),
        ],
        None => vec![day.required()],
    };
    let finish: Finish = Box::new(move |values| {
        let (milestones, on) = (milestones.clone(), values.day("on"));
        Ok(match step {
            Step::Delivered => Change::Deliver { milestones, on },
            Step::Accepted => Change::Accept { milestones, on },
        })
    });
    let title = context.title(what, &items)?;
    Ok(Response::Form(Box::new(
        context.form(title, fields, finish),
    )))
}
