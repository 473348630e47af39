//! A promise to pay, or one for each of several milestones.

use super::about::say;
use super::refusal::at;
use super::{Context, Subject};
use crate::domain::change::{Change, PromiseDraft};
use crate::domain::date_input::Leaning;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::violation::Violation;
use crate::error::Result;
use crate::tui::desk::{Refusal, Response};
use crate::tui::forms::{Field, Finish, Kind, LineDraft, Lines, Values};
use crate::tui::widgets::list::RowId;

/// The form for what was promised.
pub(super) fn respond(subject: &Subject, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let mut items = context.items(&subject.milestones)?;
    items.retain(|item| item.balance > 0);
    let Some(first) = items.first() else {
        return Ok(say(lang.why_settled()));
    };
    if let Err(why) = context.one_customer(&items, subject) {
        return Ok(say(why));
    }
    if items.iter().any(|item| item.currency != first.currency) {
        return Ok(say(lang.form_two_currencies()));
    }
    let mut fields = vec![
        Field::day("pay_by", lang.form_pay_by(), Leaning::Next, None).required(),
        amount(&items, context)?,
        Field::text("note", lang.form_note(), ""),
        Field::day(
            "on",
            lang.form_promised_on(),
            Leaning::Past,
            Some(context.today),
        )
        .required(),
    ];
    if items.iter().any(Item::is_wholly_disputed) {
        fields.push(Field::note(lang.form_disputed_note()));
    }
    let title = context.title(lang.form_promise(), &items)?;
    let only = Some(first.id).filter(|_| items.len() == 1);
    let finish: Finish = Box::new(move |values| finish(values, only, lang));
    Ok(Response::Form(Box::new(
        context.form(title, fields, finish),
    )))
}

/// One amount, or a line for each milestone.
fn amount(items: &[Item], context: Context<'_>) -> Result<Field> {
    let lang = context.lang();
    if let [only] = items {
        let open = Some(only.undisputed()).filter(|open| *open > 0);
        return Ok(Field::amount("amount", lang.form_amount(), only.currency, open).required());
    }
    let labels = context.labels(&items.iter().collect::<Vec<_>>())?;
    let drafts = items.iter().zip(labels).map(|(item, label)| LineDraft {
        id: RowId(item.id.0),
        label,
        open: item.undisputed(),
        proposed: true,
    });
    let currency = items
        .first()
        .map_or(iso_currency::Currency::CNY, |item| item.currency);
    let lines = Lines::each(currency, drafts.collect());
    Ok(Field::new(
        "amount",
        lang.form_promised_amounts(),
        Kind::Lines(lines),
    ))
}

fn finish(
    values: &Values,
    only: Option<MilestoneId>,
    lang: crate::text::Lang,
) -> Result<Change, Refusal> {
    let (Some(on), Some(pay_by)) = (values.day("on"), values.day("pay_by")) else {
        return Err(at("pay_by", lang.form_required()));
    };
    if pay_by < on {
        let early = Violation::TooEarly {
            day: pay_by,
            earliest: on,
        };
        return Err(at("pay_by", lang.violation(&early)));
    }
    let amounts: Vec<_> = if let Some(milestone) = only {
        vec![(milestone, values.amount("amount"))]
    } else {
        let lines = values.lines("amount").into_iter();
        lines.map(|(id, n)| (MilestoneId(id.0), Some(n))).collect()
    };
    if amounts.is_empty() {
        return Err(at("amount", lang.form_required()));
    }
    let draft = |(milestone, amount)| PromiseDraft {
        milestone,
        amount,
        pay_by,
    };
    Ok(Change::Promise {
        promises: amounts.into_iter().map(draft).collect(),
        on,
        note: values.text("note"),
    })
}
