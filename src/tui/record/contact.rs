//! A contact with a customer: what it was for, what it covers, what came of it.

mod cover;

use chrono::NaiveDate;
use iso_currency::Currency;

use self::cover::{Cover, advice};
use super::about::say;
use super::refusal::at;
use super::{Context, Subject};
use crate::domain::change::{Change, ContactDraft, PromiseDraft, TouchDraft};
use crate::domain::date_input::Leaning;
use crate::domain::ids::{ContactId, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::{Cause, Channel, Outcome, TouchKind};
use crate::domain::policy::TOP_STEP;
use crate::domain::violation::Violation;
use crate::error::Result;
use crate::text::Lang;
use crate::tui::desk::{Refusal, Response};
use crate::tui::forms::{Field, Finish, Values};
use crate::tui::widgets::list::RowId;
use crate::tui::widgets::picker::Pick;

/// What can be promised for each milestone, in the order money goes to them.
type Open = Vec<(MilestoneId, i64, Currency)>;

/// The form for a contact.
pub(super) fn respond(subject: &Subject, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let chosen = context.items(&subject.milestones)?;
    let customer = match context.one_customer(&chosen, subject) {
        Ok(customer) => customer,
        Err(why) => return Ok(say(why)),
    };
    let cover = Cover::new(customer, &subject.milestones, context);
    if cover.items.is_empty() {
        return Ok(say(lang.why_settled()));
    }
    let contacts = context.store.customer_draft(customer)?.contacts;
    let mut fields = Vec::new();
    fields.extend(advice(&cover, customer, context).map(Field::note));
    fields.extend(whom(&contacts, &cover, context));
    fields.push(cover.field(context)?);
    fields.extend(result(&cover, context));
    let open = cover.items.iter().map(|(item, _)| *item);
    let open: Open = open
        .map(|item| (item.id, item.undisputed(), item.currency))
        .collect();
    let lead: Vec<Item> = cover.lead.iter().map(|item| (*item).clone()).collect();
    let title = context.title(lang.form_contact(), &lead)?;
    let today = context.today;
    let finish: Finish = Box::new(move |values| finish(values, &open, (lang, today)));
    let form = context.form(title, fields, finish).focused("outcome");
    Ok(Response::Form(Box::new(form)))
}

/// With whom, how, and what for.
fn whom(contacts: &[ContactDraft], cover: &Cover<'_>, context: Context<'_>) -> Vec<Field> {
    let lang = context.lang();
    let (kind, step) = (cover.kind(context), cover.step(context));
    let pick = |contact: &ContactDraft| {
        let liked = contact.channel.map(|channel| lang.channel(channel));
        let liked = liked.map(|by| format!("({}{by})", lang.preferred_word()));
        let aside = [&contact.role, &contact.phone, &liked.unwrap_or_default()];
        let aside = aside.into_iter().filter(|text| !text.is_empty());
        let aside = aside.map(String::as_str).collect::<Vec<_>>().join(" ");
        Some(Pick::new(RowId(contact.id?.0), &contact.name, aside))
    };
    let picks: Vec<Pick> = contacts.iter().filter_map(pick).collect();
    let first = picks.first().map(|pick| pick.id);
    let channel = channel(contacts.first(), step);
    let place = |at: Option<usize>| at.or(Some(0));
    let steps = std::iter::once(lang.form_no_step()).chain((0..=TOP_STEP).map(|s| lang.step(s)));
    let channels = Channel::ALL.iter().map(|channel| lang.channel(*channel));
    let kinds = TouchKind::ALL.iter().map(|kind| lang.touch_kind(*kind));
    let mut fields = Vec::new();
    if !picks.is_empty() {
        fields.push(Field::pick(
            "contact",
            lang.form_contact_person(),
            picks,
            first,
        ));
    }
    fields.extend([
        Field::choice(
            "channel",
            lang.form_channel(),
            channels,
            place(Channel::ALL.iter().position(|c| *c == channel)),
        )
        .required(),
        Field::choice(
            "kind",
            lang.form_touch_kind(),
            kinds,
            place(TouchKind::ALL.iter().position(|k| *k == kind)),
        )
        .required(),
        Field::choice(
            "step",
            lang.form_step(),
            steps,
            Some(step.map_or(0, |step| usize::from(step) + 1)),
        )
        .shown_if("kind", DUNNING),
    ]);
    fields
}

/// Place of [`TouchKind::Dunning`] among the kinds.
const DUNNING: usize = 0;
/// Places among the outcomes.
const PROMISED: usize = 2;
const DISPUTED: usize = 3;

/// The ladder's channel where the step is a letter or more, else how the person likes to be reached.
fn channel(person: Option<&ContactDraft>, step: Option<u8>) -> Channel {
    let liked = person.and_then(|person| person.channel);
    match step {
        Some(6..) => Channel::Court,
        Some(5) => Channel::Lawyer,
        Some(3 | 4) => Channel::Letter,
        Some(1) => liked.unwrap_or(Channel::Mail),
        Some(0) => liked.unwrap_or(Channel::Wechat),
        _ => liked.unwrap_or(Channel::Phone),
    }
}

fn result(cover: &Cover<'_>, context: Context<'_>) -> Vec<Field> {
    let lang = context.lang();
    let outcomes = Outcome::ALL.iter().map(|outcome| lang.outcome(*outcome));
    let causes = Cause::ALL.iter().map(|cause| lang.cause(*cause));
    let currency = cover
        .lead
        .first()
        .map_or(Currency::CNY, |item| item.currency);
    vec![
        Field::choice("outcome", lang.form_outcome(), outcomes, None),
        Field::day("pay_by", lang.form_pay_by(), Leaning::Next, None)
            .required()
            .shown_if("outcome", PROMISED),
        Field::amount("amount", lang.form_promised_amount(), currency, None)
            .hinted(lang.form_promised_hint())
            .shown_if("outcome", PROMISED),
        Field::note(lang.form_dispute_note()).shown_if("outcome", DISPUTED),
        Field::choice("cause", lang.form_cause(), causes, None),
        Field::text("note", lang.form_note(), ""),
        Field::day("next_on", lang.form_next_on(), Leaning::Next, None),
        Field::day("on", lang.form_day(), Leaning::Past, Some(context.today)).required(),
    ]
}

fn finish(
    values: &Values,
    open: &Open,
    (lang, today): (Lang, NaiveDate),
) -> Result<Change, Refusal> {
    let on = values.day("on").unwrap_or(today);
    let early = |name: &'static str| match values.day(name) {
        Some(day) if day < on => Err(at(
            name,
            lang.violation(&Violation::TooEarly { day, earliest: on }),
        )),
        other => Ok(other),
    };
    let covered = values.marked("milestones");
    let milestones: Vec<_> = covered.iter().map(|id| MilestoneId(id.0)).collect();
    let mut open = open.clone();
    open.retain(|(id, ..)| milestones.contains(id));
    let promises = match early("pay_by")? {
        Some(pay_by) => promises(values.amount("amount"), &open, pay_by)
            .ok_or_else(|| at("amount", lang.form_over_promise()))?,
        None => Vec::new(),
    };
    let kind = values
        .choice_of("kind", TouchKind::ALL)
        .unwrap_or(TouchKind::Dunning);
    let step = values.choice("step").and_then(|at| at.checked_sub(1));
    Ok(Change::LogContact(TouchDraft {
        milestones,
        on,
        contact: values.picked("contact").map(|id| ContactId(id.0)),
        channel: values
            .choice_of("channel", Channel::ALL)
            .unwrap_or(Channel::Phone),
        kind,
        step: step.and_then(|step| u8::try_from(step).ok()),
        outcome: values.choice_of("outcome", Outcome::ALL),
        cause: values.choice_of("cause", Cause::ALL),
        note: values.text("note"),
        next_on: early("next_on")?,
        promises,
    }))
}

/// A promise for each milestone: all that is undisputed, or an amount given to the oldest due first. `None` if the
/// amount is more than that.
fn promises(amount: Option<i64>, open: &Open, pay_by: NaiveDate) -> Option<Vec<PromiseDraft>> {
    let currency = open.first()?.2;
    let mut left = amount;
    let mut promises = Vec::new();
    for (milestone, most, of) in open.iter().filter(|(_, most, _)| *most > 0) {
        let share = match &mut left {
            None => None,
            Some(_) if *of != currency => continue,
            Some(0) => break,
            Some(left) => {
                let share = (*left).min(*most);
                *left -= share;
                Some(share)
            }
        };
        promises.push(PromiseDraft {
            milestone: *milestone,
            amount: share,
            pay_by,
        });
    }
    let fits = left.unwrap_or_default() == 0 && !promises.is_empty();
    fits.then_some(promises)
}
