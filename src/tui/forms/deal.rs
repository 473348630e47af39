//! What both sides agreed after the contract: a new contract amount, and an open balance in dated parts. What comes of it
//! is shown as it is typed, and is what is saved.

use std::fmt::Write;
use std::rc::Rc;

use super::{Answer, Context, Recording};
use crate::domain::as_of::LATEST;
use crate::domain::balance::headroom;
use crate::domain::change::Change;
use crate::domain::deal::{self, Origin, parts};
use crate::domain::facts::Facts;
use crate::domain::ids::MilestoneId;
use crate::domain::violation::Field as Part;
use crate::domain::{money, rules};
use crate::error::Error;
use crate::store::PlanStep;
use crate::text::width::right;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Bound, Field, Fields, LineDraft, Proposed, Shared, Values, Wrong};

/// Cells of an amount in a preview.
const AMOUNT: usize = 18;

/// The form for a new contract amount, with what it makes of each milestone.
pub(super) fn amend(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let project = match (selection.project, cx.items(&selection.milestones)?.first()) {
        (Some(project), _) => project,
        (None, Some(item)) => item.project,
        (None, None) => return Err(lang.why_not_project().into()),
    };
    let detail = cx.store.project_detail(project)?;
    let (currency, before) = (detail.draft.currency, cx.store.contract_on(project, LATEST)?);
    let ids: Vec<MilestoneId> = detail.plan.iter().map(|step| step.item.id).collect();
    let plan: Rc<[Facts]> = cx.store.facts_of(&ids)?.into();
    let labels = cx.labels(detail.plan.iter().map(|step| &step.item))?;
    let draft = |(step, label): (&PlanStep, String)| LineDraft {
        id: step.item.id,
        label,
        open: step.item.amount,
    };
    let drafts = detail.plan.iter().zip(labels).map(draft).collect();

    let mut fields = Fields::default();
    if let Some(before) = before {
        fields.note(lang.form_contract_so_far(&money::with_symbol(before, currency)));
    }
    let amount = Field::amount(lang.form_new_contract(), currency, before).required();
    let amount = fields.add(amount.about(Part::Amount));
    let on = fields.add(cx.day(lang.form_agreed_on()));
    let computed = {
        let (plan, on) = (Rc::clone(&plan), on.clone());
        move |contract: i64, values: &Values| {
            deal::amend(&plan, contract, &[], values.get(&on).ok()?).ok()
        }
    };
    let shared = {
        let (typed, computed, ids) = (amount.clone(), computed.clone(), ids.clone());
        Shared::new(
            move |values| values.get(&typed).ok(),
            move |contract, values| {
                let Some(amended) = computed(contract, values) else {
                    return Vec::new();
                };
                let after = |id: &MilestoneId| {
                    amended.iter().find(|one| one.milestone == *id).map_or(0, |one| one.after)
                };
                let amounts = ids.iter().map(after).collect();
                vec![Proposed { name: lang.form_by_share(), amounts }]
            },
        )
    };
    let lines = Field::lines(lang.form_new_plan(), Bound::Plan(shared), currency, drafts);
    let lines = fields.add(lines.hinted(lang.form_new_plan_hint()));
    let note = fields.add(Field::text(lang.form_note(), ""));
    {
        let (plan, typed, on) = (Rc::clone(&plan), amount.clone(), on.clone());
        fields.echo(&amount, move |values| {
            let (Ok(contract), Ok(on)) = (values.get(&typed), values.get(&on)) else {
                return String::new();
            };
            let refused = deal::amend(&plan, contract, &[], on).err();
            refused.map_or_else(String::new, |why| format!("\n{}", lang.violation(&why)))
        });
    }
    let title = super::project::title(lang.form_amend(), &detail.draft, cx)?;
    Ok(cx.open(title, fields, move |values| {
        let contract = values.get(&amount)?;
        let typed = values.get(&lines)?;
        let of = |id: MilestoneId| {
            typed.iter().find(|(one, _)| *one == id).map_or(0, |(_, amount)| *amount)
        };
        // What was left as it is proposed is computed by the ledger; else every line is what it shows.
        let by_hand = match computed(contract, values) {
            Some(all) if all.iter().all(|one| of(one.milestone) == one.after) => Vec::new(),
            Some(all) => {
                let told = all
                    .iter()
                    .filter(|one| one.origin == Origin::Share || of(one.milestone) != one.after);
                told.map(|one| (one.milestone, of(one.milestone))).collect()
            }
            // Where nothing could be shared out and nothing was typed, the ledger says why.
            None if typed.iter().all(|(_, amount)| *amount == 0) => Vec::new(),
            None => ids.iter().map(|id| (*id, of(*id))).collect(),
        };
        Ok(Change::Amend {
            project,
            amount: contract,
            on: values.get(&on)?,
            lines: by_hand,
            note: values.get(&note)?,
        })
    }))
}

/// The form for an open balance that is paid in parts, with each of them.
pub(super) fn split(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.open_items(selection)?;
    let currency = cx.one_currency(&items, selection)?;
    let ids: Vec<MilestoneId> = items.iter().map(|item| item.id).collect();
    let facts: Rc<[Facts]> = cx.store.facts_of(&ids)?.into();
    let today = cx.today;
    let mut fields = Fields::default();
    let into = Field::text(lang.form_parts(), "").required().hinted(lang.form_parts_hint());
    let into = fields.add(into);
    let on = fields.add(cx.day(lang.form_agreed_on()));
    let all_due = fields.add(cx.choice(lang.form_all_due(), Some(false)).required());
    let note = fields.add(Field::text(lang.form_note(), ""));
    let read = {
        let (into, on, facts) = (into.clone(), on.clone(), Rc::clone(&facts));
        move |values: &Values| {
            let on = values.get(&on)?;
            let open = facts.iter().map(|facts| headroom(facts, on).max(0));
            let open = money::sum(open).map_err(|why| into.wrong(lang.violation(&why.into())))?;
            let parts = parts::parse(&values.get(&into)?, open, currency, today);
            let parts = parts.map_err(|error| into.wrong(lang.parts_error(&error)))?;
            Ok::<_, Wrong>((on, parts))
        }
    };
    {
        let (read, facts, typed, on) = (read.clone(), Rc::clone(&facts), into.clone(), on.clone());
        fields.echo(&into, move |values| {
            let Ok((_, parts)) = read(values) else {
                let open =
                    values.get(&on).map_or(0, |on| facts.iter().map(|f| headroom(f, on)).sum());
                let text = values.get(&typed).unwrap_or_default();
                let error = parts::parse(&text, open, currency, today).err();
                let error = error.filter(|_| !text.trim().is_empty());
                return error
                    .map_or_else(String::new, |error| format!("\n{}", lang.parts_error(&error)));
            };
            let mut text = String::new();
            for part in &parts {
                let amount = money::with_symbol(part.amount, currency);
                let _ = write!(text, "\n{} {}", part.due, right(&amount, AMOUNT));
            }
            text
        });
    }
    let title = cx.title(lang.form_split(), &items)?;
    Ok(cx.open(title, fields, move |values| {
        let (on, parts) = read(values)?;
        Ok(Change::Split {
            milestones: ids.clone(),
            parts,
            on,
            all_due: values.get(&all_due)?,
            note: values.get(&note)?,
        })
    }))
}

/// The form that calls the parts behind one that was not paid due.
pub(super) fn call_due(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let mut items = cx.open_items(selection)?;
    items.retain(|item| item.calls_due(cx.today));
    let item = cx.one_item(Recording::CallDue, items, lang.why_no_call(), call_due)?;
    let milestone = item.id;
    let mut fields = Fields::default();
    let reason = fields.add(Field::text(lang.form_reason(), ""));
    let on = fields.add(cx.day(lang.form_day()));
    let title = cx.title(lang.form_call_due(), &[item])?;
    let form = cx.form(title, fields, move |values| {
        Ok(Change::CallDue { milestone, on: values.get(&on)?, reason: values.get(&reason)? })
    });
    Ok(Effect::open(form.asking(move |_| Some(lang.form_call_due_sure().to_owned()))))
}

/// The form for a settlement, with what it waives as the amount is typed.
pub(super) fn settle(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.open_items(selection)?;
    let currency = cx.one_currency(&items, selection)?;
    let open = money::sum(items.iter().map(|item| item.balance)).map_err(Error::from)?;
    let mut fields = Fields::default();
    let amount = Field::amount(lang.form_settle_pay(), currency, None).required();
    let amount = fields.add(amount.hinted(lang.form_settle_pay_hint()).about(Part::Amount));
    let typed = amount.clone();
    fields.echo(&amount, move |values| {
        let rest = values.get(&typed).ok().map(|amount| open.saturating_sub(amount));
        rest.filter(|rest| *rest > 0).map_or_else(String::new, |rest| {
            lang.settle_waives(&money::with_symbol(rest, currency))
        })
    });
    let by = fields.add(Field::next(lang.form_settle_by(), None).required());
    let on = fields.add(cx.day(lang.form_agreed_on()));
    let note = fields.add(Field::text(lang.form_note(), ""));
    fields.note(lang.form_settle_note());
    let title = cx.title(lang.form_settle(), &items)?;
    Ok(cx.open(title, fields, move |values| {
        let (agreed_on, last) = (values.get(&on)?, values.get(&by)?);
        by.check(rules::not_before(last, agreed_on))?;
        Ok(Change::Settle {
            milestones: items.iter().map(|item| item.id).collect(),
            amount: values.get(&amount)?,
            by: last,
            on: agreed_on,
            note: values.get(&note)?,
        })
    }))
}
