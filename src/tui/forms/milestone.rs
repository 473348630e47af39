//! One agreed instalment, new or corrected.

mod due;

use self::due::{Keys, Known, Told, peers};
use super::{Answer, Context, project};
use crate::domain::change::{Change, MilestoneDraft};
use crate::domain::facts::{Account, Facts, ProjectFacts};
use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::kinds::Stage;
use crate::domain::money;
use crate::domain::violation::Field as Part;
use crate::store::ProjectDetail;
use crate::tui::widgets::form::{Field, Fields, Values, Wrong};

/// Stands for a milestone that is not on the ledger yet.
const NEW: MilestoneId = MilestoneId(0);

/// The form for the next milestone of a project.
pub(super) fn add(project: ProjectId, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let detail = cx.store.project_detail(project)?;
    let draft = blank(&detail, cx)?;
    let known = Known {
        facts: Facts { progress: cx.store.progress_notes(project)?, ..blank_facts(&detail) },
        peers: peers(&detail.plan, None),
        lang,
        today: cx.today,
    };
    let mut fields = Fields::default();
    let read = self::fields(&mut fields, &draft, &detail, known, cx);
    let title = project::title(lang.form_new_milestone(), &detail.draft, cx)?;
    Ok(cx.open(title, fields, move |values| Ok(Change::AddMilestone(read(values)?))))
}

/// The form for what is known of a milestone.
pub(super) fn edit(id: MilestoneId, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let draft = cx.store.milestone_draft(id)?;
    let detail = cx.store.project_detail(draft.project)?;
    let known = Known {
        facts: Facts { progress: cx.store.progress_notes(draft.project)?, ..cx.store.facts(id)? },
        peers: peers(&detail.plan, Some(id)),
        lang,
        today: cx.today,
    };
    let mut fields = Fields::default();
    let read = self::fields(&mut fields, &draft, &detail, known, cx);
    let title = cx.title(lang.form_edit_milestone(), &cx.items(&[id])?)?;
    Ok(cx.open(title, fields, move |values| Ok(Change::EditMilestone(id, read(values)?))))
}

/// What a new milestone of this project starts from: agreed with the contract, keyed by its place in the plan.
fn blank(detail: &ProjectDetail, cx: Context<'_>) -> Answer<MilestoneDraft> {
    let signed = detail.draft.signed_on.filter(|day| *day <= cx.today);
    Ok(MilestoneDraft {
        key: cx.store.free_key(detail.id)?,
        stage: if detail.plan.is_empty() { Stage::Advance } else { Stage::Progress },
        agreed_on: signed.or(Some(cx.today)),
        ..MilestoneDraft::new(detail.id, "", 0)
    })
}

fn blank_facts(detail: &ProjectDetail) -> Facts {
    let draft = &detail.draft;
    let account = Account { customer: draft.customer, currency: draft.currency };
    let project = ProjectFacts {
        signed_on: draft.signed_on,
        starts_on: draft.starts_on,
        warranty_ends_on: draft.warranty_ends_on,
        grace_days: draft.grace_days,
        bills: draft.bills,
        ..ProjectFacts::new(detail.id, account)
    };
    Facts::new(NEW, project, 0)
}

/// Adds the fields, and reads them. Whether it was delivered and accepted can be corrected, not told with a new one.
fn fields(
    fields: &mut Fields,
    draft: &MilestoneDraft,
    detail: &ProjectDetail,
    known: Known,
    cx: Context<'_>,
) -> impl Fn(&Values) -> Result<MilestoneDraft, Wrong> + use<> {
    let lang = cx.lang();
    let currency = detail.draft.currency;
    let name = Field::text(lang.form_name(), &draft.name).required();
    let name = fields.add(name.about(Part::Name));
    let stage = cx.choice(lang.form_stage(), Some(draft.stage));
    let stage = fields.add(stage.required());
    let amount = Some(draft.amount).filter(|amount| *amount > 0);
    let contract = detail.draft.contract_amount;
    let mut amount = Field::amount_of(lang.form_amount(), currency, contract, amount).required();
    if let Some(rest) = unplanned(detail) {
        amount = amount.hinted(lang.form_unplanned(&money::with_symbol(rest, currency)));
    }
    let amount = fields.add(amount);
    let rule = fields.add(Field::rule(lang.form_due(), &lang.rule_typed(&draft.rule)));
    let planned_on = Field::next(lang.form_planned_on(), draft.planned_on);
    let planned_on = fields.add(planned_on.hinted(lang.form_planned_hint()));
    let condition = fields.add(Field::text(lang.form_condition(), &draft.condition));
    let told =
        Told { condition: condition.clone(), before: draft.condition.clone(), rule: rule.clone() };
    let shown = told.clone();
    fields.echo(&condition, move |values| shown.echo(values, lang));
    let key = Field::text(lang.form_key(), &draft.key).hinted(lang.form_key_hint());
    let key = fields.add(key.proposed_if(known.facts.id == NEW).about(Part::Key));
    let agreed_on = fields.add(Field::past(lang.form_agreed_on(), draft.agreed_on));
    let method = fields.add(cx.choice(lang.form_agreed_method(), draft.method));
    let months = Field::number(lang.form_bill_months(), 36_u16, draft.bill_months);
    let months = fields.add(months.hinted(lang.form_bill_months_hint()));
    let note = fields.add(Field::text(lang.form_note(), &draft.note));
    let mut day = |label, day| (known.facts.id != NEW).then(|| fields.add(Field::past(label, day)));
    let delivered_on = day(lang.form_delivered_on(), draft.delivered_on);
    let accepted_on = day(lang.form_accepted_on(), draft.accepted_on);
    let keys = Keys { rule, told, stage, planned_on, delivered_on, accepted_on };
    let echoed = keys.clone();
    fields.echo(&keys.rule, move |values| known.echo(&echoed, values));
    let project = draft.project;
    move |values| {
        let day = |key: &Option<_>| key.as_ref().map_or(Ok(None), |key| values.get(key));
        Ok(MilestoneDraft {
            project,
            key: values.get(&key)?,
            name: values.get(&name)?,
            stage: values.get(&keys.stage)?,
            amount: values.get(&amount)?,
            condition: values.get(&condition)?,
            rule: keys.told.rule(values)?,
            agreed_on: values.get(&agreed_on)?,
            planned_on: values.get(&keys.planned_on)?,
            delivered_on: day(&keys.delivered_on)?,
            accepted_on: day(&keys.accepted_on)?,
            method: values.get(&method)?,
            bill_months: values.get(&months)?.filter(|months| *months > 0),
            note: values.get(&note)?,
        })
    }
}

/// What of the contract no milestone asks for yet, minor units.
fn unplanned(detail: &ProjectDetail) -> Option<i64> {
    let planned = money::sum(detail.plan.iter().map(|step| step.item.amount)).ok()?;
    let rest = money::sub(detail.draft.contract_amount?, planned).ok()?;
    Some(rest).filter(|rest| *rest > 0)
}
