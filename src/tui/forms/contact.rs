//! A contact with a customer: what it was for, what it covers, what came of it.

mod cover;

use self::cover::{Cover, advice};
use super::{Answer, Context, Recording};
use crate::domain::allocation;
use crate::domain::change::{Change, ContactDraft, DisputeDraft, TouchDraft};
use crate::domain::ids::ContactId;
use crate::domain::item::Item;
use crate::domain::kinds::{Channel, Outcome, TouchKind};
use crate::domain::policy::SURE_STEP;
use crate::domain::rules;
use crate::domain::violation::{Field as Part, Violation};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields};
use crate::tui::widgets::picker::Pick;

/// How many lessons stand in the form.
const LESSONS: u32 = 2;

pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let chosen = cx.items(&selection.milestones)?;
    let customer = cx.one_customer(&chosen, selection)?;
    let cover = Cover::new(customer, &selection.milestones, cx);
    let Some((first, _)) = cover.items.first() else {
        return Err(lang.why_settled().into());
    };
    let currency = cover.lead.first().unwrap_or(first).currency;
    let contacts = cx.store.customer_draft(customer)?.contacts;
    let picks = contacts.iter().filter_map(|contact| pick(contact, cx));
    let picks: Vec<Pick<ContactId>> = picks.collect();
    let due = cover.step(cx);
    let taken = cx.portfolio.policy.ladder.steps().map(|(number, _)| Some(number));
    let steps: Vec<Option<u8>> = std::iter::once(None).chain(taken).collect();
    let step_name = |step: Option<u8>| step.map_or(lang.form_no_step(), |step| lang.step(step));
    let promised = Some(Outcome::Promised);

    let mut fields = Fields::default();
    if let Some(advice) = advice(&cover, customer, cx) {
        fields.note(advice);
    }
    if let Some(due) = due {
        fields.note(lang.form_step_due(lang.step(due)));
    }
    let about = cover.lead.first().copied().unwrap_or(first);
    if let Some(advice) = cx.playbook.advise(about, cx.portfolio, cx.store)? {
        let here = Some(Action::Record(Recording::Contact));
        fields.note(lang.advice_line(&cx.ui.advice(advice, here)));
    }
    for lesson in cx.store.lessons(customer, about.stage, LESSONS)? {
        let whose = lesson.customer_name.unwrap_or_default();
        fields.note(lang.lesson_line(&lang.day(lesson.on, cx.today), &whose, &lesson.wording));
    }
    let lacking = cover.lacking(cx)?;
    if let Some(lack) = due.and_then(|due| lacking.iter().find(|lack| lack.step == due)) {
        fields.note(lang.lack(lack));
    }
    let person = picks
        .first()
        .map(|pick| pick.value)
        .map(|first| fields.add(Field::pick(lang.form_contact_person(), picks, Some(first))));
    let channel = cx.choice(lang.form_channel(), Some(channel(contacts.first())));
    let channel = fields.add(channel.required());
    let kind = cx.choice(lang.form_touch_kind(), Some(cover.kind(cx)));
    let kind = fields.add(kind.required());
    let step = Field::choice(lang.form_step(), &steps, step_name, Some(due));
    let step = fields.add(step.shown_if(&kind, TouchKind::Dunning).about(Part::Step));
    let covered = fields.add(cover.field(cx)?);
    let outcome = fields.add(cx.choice(lang.form_outcome(), None));
    let pay_by = Field::next(lang.form_pay_by(), None).required();
    let pay_by = fields.add(pay_by.shown_if(&outcome, promised));
    let amount = Field::amount(lang.form_promised_amount(), currency, None)
        .hinted(lang.form_promised_hint());
    let amount = fields.add(amount.shown_if(&outcome, promised));
    let disputed = Some(Outcome::Disputed);
    let objects = cover.disputable(cx)?;
    let which = objects.first().map(|pick| pick.value);
    let which = Field::pick(lang.form_dispute_of(), objects, which).required();
    let which = fields.add(which.shown_if(&outcome, disputed));
    let part = Field::amount(lang.form_disputed_amount(), currency, None)
        .hinted(lang.form_disputed_hint());
    let part = fields.add(part.shown_if(&outcome, disputed));
    let reason = Field::text(lang.form_reason(), "").shown_if(&outcome, disputed);
    let reason = fields.add(reason);
    let cause = fields.add(cx.choice(lang.form_cause(), None));
    let note = fields.add(Field::text(lang.form_note(), ""));
    let next_on = fields.add(Field::next(lang.form_next_on(), None));
    let on = fields.add(cx.day(lang.form_day()));
    fields.focus(&outcome);

    let open = cover.items.iter().map(|(item, _)| *item).filter(|item| item.undisputed() > 0);
    let open: Vec<Item> = open.cloned().collect();
    let lead: Vec<Item> = cover.lead.iter().map(|item| (*item).clone()).collect();
    let title = cx.title(lang.form_contact(), &lead)?;
    let (today, asked) = (cx.today, step.clone());
    let form = cx.form(title, fields, move |values| {
        let day = values.get(&on)?;
        let mut draft = TouchDraft {
            contact: match &person {
                Some(person) => values.get(person)?,
                None => None,
            },
            channel: values.get(&channel)?,
            kind: values.get(&kind)?,
            step: values.get(&step)?.flatten(),
            outcome: values.get(&outcome)?,
            cause: values.get(&cause)?,
            note: values.get(&note)?,
            next_on: values.get(&next_on)?,
            ..TouchDraft::new(values.get(&covered)?, day)
        };
        next_on.check(rules::not_before(draft.next_on, day))?;
        if draft.outcome == promised {
            let last = values.get(&pay_by)?;
            pay_by.check(rules::not_before(last, day))?;
            let covered = open.iter().filter(|item| draft.milestones.contains(&item.id));
            let shared = allocation::promises(covered, currency, values.get(&amount)?, last, today);
            draft.promises = amount.check(shared)?;
        }
        if draft.outcome == disputed {
            let milestone = values.get(&which)?;
            if !draft.milestones.contains(&milestone) {
                return Err(which.wrong(Violation::OutOfRange(Part::Milestones)));
            }
            let (amount, reason) = (values.get(&part)?, values.get(&reason)?);
            draft.disputes.push(DisputeDraft { milestone, amount, reason });
        }
        Ok(Change::LogContact(draft))
    });
    Ok(Effect::open(form.asking(move |values| {
        let step = values.get(&asked).ok()?.flatten()?;
        let lack = lacking.iter().find(|lack| lack.step == step).map(|lack| lang.lack(lack));
        let sure = (step >= SURE_STEP).then(|| lang.form_step_sure(lang.step(step)));
        // What is missing stands before the question.
        (lack.is_some() || sure.is_some()).then(|| {
            let sure = sure.unwrap_or_else(|| lang.form_step_lacking().to_owned());
            [lack, Some(sure)].into_iter().flatten().collect::<Vec<_>>().join(lang.pick("。", ". "))
        })
    })))
}

fn pick(contact: &ContactDraft, cx: Context<'_>) -> Option<Pick<ContactId>> {
    let lang = cx.lang();
    let liked =
        contact.channel.map_or_else(String::new, |channel| lang.preferred(lang.channel(channel)));
    let aside = [contact.role.as_str(), &contact.phone, &liked];
    let aside = aside.into_iter().filter(|text| !text.is_empty());
    let aside = aside.collect::<Vec<_>>().join(" ");
    Some(Pick::new(contact.id?, &contact.name, aside))
}

/// How the person likes to be reached, else by phone.
fn channel(person: Option<&ContactDraft>) -> Channel {
    person.and_then(|person| person.channel).unwrap_or(Channel::Phone)
}
