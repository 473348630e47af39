//! Objections: raised, and settled.

use super::about::say;
use super::{Context, Subject};
use crate::domain::change::Change;
use crate::domain::date_input::Leaning;
use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::forms::{Field, Finish};

/// The form for an objection against one milestone.
pub(super) fn open(subject: &Subject, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let mut items = context.items(&subject.milestones)?;
    let settled = items.iter().all(|item| item.balance <= 0);
    items.retain(|item| item.balance > 0 && !item.is_wholly_disputed());
    if items.len() > 1 {
        return context.choose(Action::Dispute, &items);
    }
    let Some(item) = items.pop() else {
        return Ok(say(if settled {
            lang.why_settled()
        } else {
            lang.why_disputed()
        }));
    };
    let owner = context.store.project_draft(item.project)?.manager;
    let milestone = item.id;
    let fields = vec![
        Field::text("reason", lang.form_reason(), ""),
        Field::amount("amount", lang.form_disputed_amount(), item.currency, None)
            .hinted(lang.form_disputed_hint()),
        Field::text("owner", lang.form_owner(), &owner),
        Field::day(
            "on",
            lang.form_raised_on(),
            Leaning::Past,
            Some(context.today),
        )
        .required(),
    ];
    let today = context.today;
    let finish: Finish = Box::new(move |values| {
        Ok(Change::OpenDispute {
            milestone,
            amount: values.amount("amount"),
            on: values.day("on").unwrap_or(today),
            reason: values.text("reason"),
            owner: values.text("owner"),
        })
    });
    let title = context.title(lang.form_dispute(), &[item])?;
    Ok(Response::Form(Box::new(
        context.form(title, fields, finish),
    )))
}

/// The form for how the objections against one milestone were settled.
pub(super) fn resolve(subject: &Subject, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let mut items = context.items(&subject.milestones)?;
    items.retain(|item| item.disputed > 0);
    if items.len() > 1 {
        return context.choose(Action::Resolve, &items);
    }
    let Some(item) = items.pop() else {
        return Ok(say(lang.why_no_dispute()));
    };
    let milestone = item.id;
    let fields = vec![
        Field::text("resolution", lang.form_resolution(), ""),
        Field::day(
            "on",
            lang.form_resolved_on(),
            Leaning::Past,
            Some(context.today),
        )
        .required(),
    ];
    let today = context.today;
    let finish: Finish = Box::new(move |values| {
        Ok(Change::ResolveDispute {
            milestone,
            on: values.day("on").unwrap_or(today),
            resolution: values.text("resolution"),
        })
    });
    let title = context.title(lang.form_resolve(), &[item])?;
    Ok(Response::Form(Box::new(
        context.form(title, fields, finish),
    )))
}
