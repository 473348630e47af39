//! What an acceptance or a due date waits for: asked for, met, or open again.

use super::context::choose;
use super::{Answer, Context, Recording, settled};
use crate::domain::about::About;
use crate::domain::change::{Change, ConditionDraft};
use crate::domain::ids::{MilestoneId, PaperId};
use crate::domain::kinds::ConditionKind;
use crate::domain::rules;
use crate::domain::violation::Field as Part;
use crate::error::Result;
use crate::store::Condition;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields};
use crate::tui::widgets::picker::{Pick, Picker};

/// The form for a new one; where there are some, the choice among them and that.
pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.items(&selection.milestones)?;
    let item = cx.one_item(Recording::Condition, items, lang.why_not_milestone(), respond)?;
    let mut known = cx.store.conditions_of(item.id)?;
    if let Some(one) = known.iter().find(|one| Some(one.id) == selection.condition) {
        return meet(one, cx);
    }
    if known.is_empty() {
        return add(item.id, cx);
    }
    known.sort_by_key(|one| (one.is_met(cx.today), one.id));
    let met = known.iter().filter(|one| one.is_met(cx.today)).count();
    let title = cx.title(&lang.conditions_met(met, known.len()), std::slice::from_ref(&item))?;
    let pick = |one: Condition| {
        let words = lang.timeline_condition(lang.condition_kind(one.kind), &one.wording);
        let state = match one.met_on {
            Some(on) => lang.condition_met_on(&lang.day(on, cx.today)),
            None => lang.condition_open().to_owned(),
        };
        Pick::new(Some(one), words, state)
    };
    let mut picks: Vec<Pick<Option<Condition>>> = known.into_iter().map(pick).collect();
    picks.push(Pick::new(None, lang.form_condition_new(), ""));
    let id = item.id;
    Ok(choose(Picker::new(title, picks), move |one, cx| match one {
        Some(one) => meet(&one, cx),
        None => add(id, cx),
    }))
}

/// The form for a new one of a milestone.
pub fn new(milestone: MilestoneId, cx: Context<'_>) -> Result<Effect> {
    settled(add(milestone, cx))
}

fn add(milestone: MilestoneId, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let mut fields = Fields::default();
    let wording = Field::text(lang.form_condition_wording(), "").required().about(Part::Wording);
    let wording = fields.add(wording);
    let kind = cx.choice(lang.form_condition_kind(), Some(ConditionKind::Deliverable)).required();
    let kind = fields.add(kind);
    let planned_on = fields.add(Field::next(lang.form_planned_on(), None));
    let agreed_on = Field::past(lang.form_agreed_on(), None);
    let agreed_on = fields.add(agreed_on.hinted(lang.form_condition_agreed_hint()));
    let title = cx.title(lang.form_condition_new(), &cx.items(&[milestone])?)?;
    Ok(cx.open(title, fields, move |values| {
        Ok(Change::AddCondition(ConditionDraft {
            milestone,
            kind: values.get(&kind)?,
            wording: values.get(&wording)?,
            agreed_on: values.get(&agreed_on)?,
            planned_on: values.get(&planned_on)?,
        }))
    }))
}

/// The form for the day; where it is known already, it is there to be changed or taken back.
fn meet(one: &Condition, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let mut fields = Fields::default();
    fields.note(lang.timeline_condition(lang.condition_kind(one.kind), &one.wording));
    let mut day = Field::past(lang.form_met_on(), one.met_on.or(Some(cx.today)));
    day = day.required_when(one.met_on.is_none());
    if let Some(known) = one.met_on {
        fields.note(lang.form_known(known));
        day = day.hinted(lang.form_take_back_hint());
    }
    let day = fields.add(day);
    let by = fields.add(Field::text(lang.form_met_by(), &one.met_by));
    let reservation = fields.add(Field::text(lang.form_reservation(), &one.reservation));
    let papers = cx.store.papers(Some(About::Milestone(one.milestone)), None)?.into_iter();
    let picks: Vec<Pick<PaperId>> = papers
        .map(|paper| {
            let head = paper.head;
            let called = lang.paper_called(head.kind, &head.number, &head.title);
            Pick::new(head.id, called, lang.day(head.dated_on, cx.today))
        })
        .collect();
    let paper = (!picks.is_empty())
        .then(|| fields.add(Field::pick(lang.form_condition_paper(), picks, one.paper)));
    let (id, agreed_on) = (one.id, one.agreed_on);
    let title = cx.title(lang.form_condition_met(), &cx.items(&[one.milestone])?)?;
    Ok(cx.open(title, fields, move |values| {
        let on = values.get(&day)?;
        day.check(rules::not_before(on, agreed_on))?;
        Ok(Change::MeetConditions {
            conditions: vec![id],
            on,
            by: values.get(&by)?,
            reservation: values.get(&reservation)?,
            paper: match &paper {
                Some(paper) => values.get(paper)?,
                None => None,
            },
        })
    }))
}
