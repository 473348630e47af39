//! One agreed instalment, new or corrected.

use super::Context;
use super::about::both;
use super::refusal::at;
use crate::domain::change::{Change, MilestoneDraft};
use crate::domain::date_input::Leaning;
use crate::domain::due::{Basis, DueRule};
use crate::domain::facts::{Facts, ProjectFacts, Reference};
use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::kinds::{Method, Stage};
use crate::domain::money;
use crate::error::Result;
use crate::store::{PlanStep, ProjectDetail};
use crate::text::Lang;
use crate::tui::desk::{Refusal, Response};
use crate::tui::forms::{Field, Finish, Kind, Peer, Rule, Values};

/// The form for the next milestone of a project.
pub(super) fn add(project: ProjectId, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let detail = context.store.project_detail(project)?;
    let draft = blank(&detail, context);
    let facts = blank_facts(&detail, &draft);
    let peers = peers(&detail.plan, None);
    let fields = fields(&draft, Rule::new(facts, peers), (&detail, context));
    let (customer, name) = (
        context.customer_name(detail.draft.customer)?,
        both(&detail.draft.code, &detail.draft.name),
    );
    let title = format!("{} - {customer} · {name}", lang.form_new_milestone());
    let finish: Finish =
        Box::new(move |values| Ok(Change::AddMilestone(read(values, &draft, lang)?)));
    Ok(Response::Form(Box::new(
        context.form(title, fields, finish),
    )))
}

/// The form for what is known of a milestone.
pub(super) fn edit(id: MilestoneId, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let draft = context.store.milestone_draft(id)?;
    let detail = context.store.project_detail(draft.project)?;
    let peers = peers(&detail.plan, Some(id));
    let rule = Rule::new(context.store.facts(id)?, peers);
    let mut fields = fields(&draft, rule, (&detail, context));
    let day = |name, label: &str, day| Field::day(name, label, Leaning::Past, day);
    fields.extend([
        day("delivered_on", lang.form_delivered_on(), draft.delivered_on),
        day("accepted_on", lang.form_accepted_on(), draft.accepted_on),
    ]);
    let title = context.title(lang.form_edit_milestone(), &context.items(&[id])?)?;
    let finish: Finish = Box::new(move |values| {
        let read = read(values, &draft, lang)?;
        Ok(Change::EditMilestone(id, read))
    });
    Ok(Response::Form(Box::new(
        context.form(title, fields, finish),
    )))
}

/// What a new milestone of this project starts from: agreed with the contract, keyed by its place in the plan.
fn blank(detail: &ProjectDetail, context: Context<'_>) -> MilestoneDraft {
    let signed = detail.draft.signed_on.filter(|day| *day <= context.today);
    let stage = if detail.plan.is_empty() {
        Stage::Advance
    } else {
        Stage::Progress
    };
    let last = detail.plan.iter().map(|step| step.item.seq).max();
    let key = format!(
        "{}-M{}",
        detail.draft.code,
        last.unwrap_or_default().saturating_add(1)
    );
    let taken = detail.plan.iter().any(|step| step.key == key);
    MilestoneDraft {
        project: detail.id,
        key: if taken { String::new() } else { key },
        name: String::new(),
        stage,
        amount: 0,
        condition: String::new(),
        rule: DueRule {
            basis: Basis::None,
            roll: false,
        },
        agreed_on: signed.or(Some(context.today)),
        planned_on: None,
        delivered_on: None,
        accepted_on: None,
        method: None,
        note: String::new(),
    }
}

fn blank_facts(detail: &ProjectDetail, draft: &MilestoneDraft) -> Facts {
    let project = &detail.draft;
    Facts {
        id: MilestoneId(0),
        project: ProjectFacts {
            id: detail.id,
            customer: project.customer,
            manager: None,
            currency: project.currency,
            signed_on: project.signed_on,
            starts_on: project.starts_on,
            warranty_ends_on: project.warranty_ends_on,
            grace_days: project.grace_days,
        },
        seq: u32::MAX,
        stage: draft.stage,
        amount: draft.amount,
        rule: draft.rule.clone(),
        reference: None,
        agreed_on: None,
        planned_on: None,
        delivered_on: None,
        accepted_on: None,
        invoices: Vec::new(),
        allocations: Vec::new(),
        write_offs: Vec::new(),
        promises: Vec::new(),
        disputes: Vec::new(),
        reschedules: Vec::new(),
        holds: Vec::new(),
        touches: Vec::new(),
    }
}

/// The other milestones of the plan.
fn peers(plan: &[PlanStep], own: Option<MilestoneId>) -> Vec<Peer> {
    let own = plan
        .iter()
        .find(|step| Some(step.item.id) == own)
        .map(|step| &step.item);
    let others = plan
        .iter()
        .filter(|step| own.is_none_or(|own| own.id != step.item.id));
    let peer = |step: &PlanStep| Peer {
        key: step.key.clone(),
        accepts: step.item.stage == Stage::Acceptance
            && own.is_none_or(|own| step.item.seq < own.seq),
        days: Reference {
            accepted_on: step.item.accepted_on,
            planned_on: step.item.planned_on,
        },
    };
    others.map(peer).collect()
}

fn fields(
    draft: &MilestoneDraft,
    rule: Rule,
    (detail, context): (&ProjectDetail, Context<'_>),
) -> Vec<Field> {
    let lang = context.lang();
    let currency = detail.draft.currency;
    let stages = Stage::ALL.iter().map(|stage| lang.stage(*stage));
    let stage = Stage::ALL.iter().position(|stage| *stage == draft.stage);
    let methods = Method::ALL.iter().map(|method| lang.method(*method));
    let method = Method::ALL
        .iter()
        .position(|method| Some(*method) == draft.method);
    let amount = Some(draft.amount).filter(|amount| *amount > 0);
    let amount = Field::amount("amount", lang.form_amount(), currency, amount).required();
    vec![
        Field::text("name", lang.form_name(), &draft.name).required(),
        Field::choice("stage", lang.form_stage(), stages, stage).required(),
        match unplanned(detail) {
            Some(rest) => amount.hinted(lang.form_unplanned(&money::with_symbol(rest, currency))),
            None => amount,
        },
        Field::new("due", lang.form_due(), Kind::Rule(Box::new(rule))),
        Field::day(
            "planned_on",
            lang.form_planned_on(),
            Leaning::Next,
            draft.planned_on,
        )
        .hinted(lang.form_planned_hint()),
        Field::text("condition", lang.form_condition(), &draft.condition),
        Field::text("key", lang.form_key(), &draft.key).hinted(lang.form_key_hint()),
        Field::day("on", lang.form_agreed_on(), Leaning::Past, draft.agreed_on),
        Field::choice("method", lang.form_agreed_method(), methods, method),
        Field::text("note", lang.form_note(), &draft.note),
    ]
}

/// What of the contract no milestone asks for yet, minor units.
fn unplanned(detail: &ProjectDetail) -> Option<i64> {
    let planned = money::sum(detail.plan.iter().map(|step| step.item.amount)).ok()?;
    let rest = money::sub(detail.draft.contract_amount?, planned).ok()?;
    Some(rest).filter(|rest| *rest > 0)
}

fn read(values: &Values, known: &MilestoneDraft, lang: Lang) -> Result<MilestoneDraft, Refusal> {
    let amount = values.amount("amount");
    Ok(MilestoneDraft {
        project: known.project,
        key: values.text("key"),
        name: values.text("name"),
        stage: values.choice_of("stage", Stage::ALL).unwrap_or(known.stage),
        amount: amount.ok_or_else(|| at("amount", lang.form_required()))?,
        condition: values.text("condition"),
        rule: values.rule("due").unwrap_or_else(|| known.rule.clone()),
        agreed_on: values.day("on"),
        planned_on: values.day("planned_on"),
        delivered_on: values.day("delivered_on"),
        accepted_on: values.day("accepted_on"),
        method: values.choice_of("method", Method::ALL),
        note: values.text("note"),
    })
}
