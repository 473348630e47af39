//! Delivered and accepted: a day, for one or several milestones; of an acceptance, what came of it.

use chrono::NaiveDate;

use super::{Answer, Context, paper};
use crate::domain::change::{Change, TouchDraft};
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::kinds::{AcceptanceResult, TouchKind};
use crate::domain::money::Currency;
use crate::domain::rules;
use crate::domain::violation::{Field as Part, Violation};
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields, Key};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Delivered,
    Accepted,
}

pub(super) fn delivered(selection: &Selection, cx: Context<'_>) -> Answer {
    if let Some(paper) = selection.paper {
        return paper::delivered(paper, cx);
    }
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
    if step == Step::Accepted && known.is_none() {
        return acceptance(milestones, &items, day, fields, cx);
    }
    let title = cx.title(what, &items)?;
    Ok(cx.open(title, fields, move |values| {
        let (milestones, on) = (milestones.clone(), values.get(&day)?);
        Ok(match step {
            Step::Delivered => Change::Deliver { milestones, on },
            Step::Accepted => Change::Accept { milestones, on },
        })
    }))
}

/// What came of the acceptance, or the day appointed for it.
fn acceptance(
    milestones: Vec<MilestoneId>,
    items: &[Item],
    day: Key<Option<NaiveDate>>,
    mut fields: Fields,
    cx: Context<'_>,
) -> Answer {
    let lang = cx.lang();
    let one = if let [one] = items { Some(one) } else { None };
    let results: Vec<AcceptanceResult> = AcceptanceResult::ALL
        .iter()
        .copied()
        .filter(|result| one.is_some() || *result != AcceptanceResult::Partial)
        .collect();
    let passed = Some(AcceptanceResult::Passed);
    let name = move |result| lang.acceptance_result(result);
    let result = Field::choice(lang.form_result(), &results, name, passed).required();
    let result = fields.add(result);
    let said = Field::text(lang.form_reservations(), "").required().about(Part::Wording);
    let said = said.hinted(lang.form_reservations_hint());
    let said = fields.add(said.shown_if(&result, AcceptanceResult::Reservations));
    let blocks = cx.choice(lang.form_reservations_block(), Some(false));
    let blocks = fields.add(blocks.shown_if(&result, AcceptanceResult::Reservations));
    let reason = Field::text(lang.form_refused_why(), "").required().about(Part::Reason);
    let reason = fields.add(reason.shown_if(&result, AcceptanceResult::Refused));
    let currency = one.map_or(Currency::CNY, |one| one.currency);
    let part = Field::amount(lang.form_accepted_part(), currency, None).required();
    let part = part.hinted(lang.form_accepted_part_hint());
    let part = fields.add(part.shown_if(&result, AcceptanceResult::Partial));
    let appointed = Field::next(lang.form_appointed_on(), None).required();
    let appointed = fields.add(appointed.shown_if(&result, AcceptanceResult::Appointed));
    if let Some(refused) = items.iter().find_map(|item| item.rare.refused_on) {
        fields.note(lang.form_refused_before(refused));
    }
    if let [only] = items {
        let known = cx.store.conditions_of(only.id)?;
        let met = known.iter().filter(|one| one.is_met(cx.today)).count();
        if !known.is_empty() {
            fields.note(lang.conditions_met(met, known.len()));
        }
    }
    let (title, today) = (cx.title(lang.form_accepted(), items)?, cx.today);
    Ok(cx.open(title, fields, move |values| {
        let (milestones, on) = (milestones.clone(), values.get(&day)?);
        let on_day = on.unwrap_or(today);
        Ok(match values.get(&result)? {
            AcceptanceResult::Passed => Change::Accept { milestones, on },
            AcceptanceResult::Reservations => {
                let said = values.get(&said)?;
                let reservations = said.split([';', '\u{FF1B}']).map(|one| one.trim().to_owned());
                let reservations = reservations.filter(|one| !one.is_empty()).collect();
                let blocks = values.get(&blocks)?.unwrap_or(false);
                Change::AcceptReserved { milestones, on: on_day, reservations, blocks }
            }
            AcceptanceResult::Refused => {
                Change::RefuseAcceptance { milestones, on: on_day, reason: values.get(&reason)? }
            }
            AcceptanceResult::Partial => {
                let milestone = milestones.first().copied();
                let milestone =
                    milestone.ok_or_else(|| result.wrong(Violation::Empty(Part::Milestones)))?;
                Change::AcceptPart { milestone, amount: values.get(&part)?, on: on_day }
            }
            AcceptanceResult::Appointed => {
                let next_on = values.get(&appointed)?;
                appointed.check(rules::not_before(next_on, on_day))?;
                Change::LogContact(TouchDraft {
                    kind: TouchKind::AcceptanceChase,
                    next_on: Some(next_on),
                    ..TouchDraft::new(milestones, on_day)
                })
            }
        })
    }))
}
