//! New due dates, holds, and money given up.

use super::about::say;
use super::refusal::at;
use super::{Context, Subject};
use crate::domain::change::Change;
use crate::domain::date_input::Leaning;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::money;
use crate::domain::violation::Violation;
use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::forms::{Field, Finish};

fn open_items(subject: &Subject, context: Context<'_>) -> Result<Vec<Item>> {
    let mut items = context.items(&subject.milestones)?;
    items.retain(|item| item.balance > 0);
    Ok(items)
}

fn ids(items: &[Item]) -> Vec<MilestoneId> {
    items.iter().map(|item| item.id).collect()
}

/// The form for a new due date of one or several milestones.
pub(super) fn reschedule(subject: &Subject, context: Context<'_>) -> Result<Response> {
    let (lang, today) = (context.lang(), context.today);
    let items = open_items(subject, context)?;
    if items.is_empty() {
        return Ok(say(lang.why_settled()));
    }
    let mut fields = Vec::new();
    if let [only] = items.as_slice()
        && let Some(due) = only.due
    {
        fields.push(Field::note(lang.form_due_so_far(due)));
    }
    fields.extend([
        Field::day("to", lang.form_new_due(), Leaning::Next, None).required(),
        Field::text("reason", lang.form_reason(), ""),
        Field::day("on", lang.form_agreed_on(), Leaning::Past, Some(today)).required(),
    ]);
    let title = context.title(lang.form_reschedule(), &items)?;
    let milestones = ids(&items);
    let finish: Finish = Box::new(move |values| {
        let to = values
            .day("to")
            .ok_or_else(|| at("to", lang.form_required()))?;
        Ok(Change::Reschedule {
            milestones: milestones.clone(),
            to,
            on: values.day("on").unwrap_or(today),
            reason: values.text("reason"),
        })
    });
    Ok(Response::Form(Box::new(
        context.form(title, fields, finish),
    )))
}

/// The form for a hold; where all are held, they are released at once.
pub(super) fn hold(subject: &Subject, context: Context<'_>) -> Result<Response> {
    let (lang, today) = (context.lang(), context.today);
    let items = open_items(subject, context)?;
    if items.is_empty() {
        return Ok(say(lang.why_settled()));
    }
    let held = |item: &Item| {
        item.held
            .is_some_and(|held| held.until.is_none_or(|until| until >= today))
    };
    let (held, free): (Vec<Item>, Vec<Item>) = items.into_iter().partition(held);
    if free.is_empty() {
        return Ok(Response::Change(Box::new(Change::Release {
            milestones: ids(&held),
            on: today,
        })));
    }
    let fields = vec![
        Field::text("reason", lang.form_reason(), ""),
        Field::day("until", lang.form_until(), Leaning::Next, None).hinted(lang.form_until_hint()),
        Field::day("on", lang.form_since(), Leaning::Next, Some(today)).required(),
    ];
    let title = context.title(lang.form_hold(), &free)?;
    let milestones = ids(&free);
    let finish: Finish = Box::new(move |values| {
        let since = values.day("on").unwrap_or(today);
        let until = values.day("until");
        if let Some(day) = until.filter(|until| *until < since) {
            let early = Violation::TooEarly {
                day,
                earliest: since,
            };
            return Err(at("until", lang.violation(&early)));
        }
        Ok(Change::Hold {
            milestones: milestones.clone(),
            since,
            until,
            reason: values.text("reason"),
        })
    });
    Ok(Response::Form(Box::new(
        context.form(title, fields, finish),
    )))
}

/// The form for money given up; it asks before it is.
pub(super) fn write_off(subject: &Subject, context: Context<'_>) -> Result<Response> {
    let (lang, today) = (context.lang(), context.today);
    let mut items = open_items(subject, context)?;
    if items.len() > 1 {
        return context.choose(Action::WriteOff, &items);
    }
    let Some(item) = items.pop() else {
        return Ok(say(lang.why_settled()));
    };
    let (milestone, currency) = (item.id, item.currency);
    let fields = vec![
        Field::amount("amount", lang.form_amount(), currency, Some(item.balance)).required(),
        Field::text("reason", lang.form_reason(), ""),
        Field::day("on", lang.form_day(), Leaning::Past, Some(today)).required(),
    ];
    let finish: Finish = Box::new(move |values| {
        Ok(Change::WriteOff {
            milestone,
            amount: values.amount("amount"),
            on: values.day("on").unwrap_or(today),
            reason: values.text("reason"),
        })
    });
    let title = context.title(lang.form_write_off(), &[item])?;
    let form = context.form(title, fields, finish).focused("reason");
    let question = Box::new(move |change: &Change| match change {
        Change::WriteOff {
            amount: Some(amount),
            ..
        } => Some(lang.form_write_off_sure(&money::with_symbol(*amount, currency))),
        _ => None,
    });
    Ok(Response::Form(Box::new(form.asking(question))))
}
