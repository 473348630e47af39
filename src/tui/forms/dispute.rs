//! Objections: raised, and settled.

use super::{Answer, Context, Recording};
use crate::domain::change::Change;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields};

/// The form for an objection against one milestone.
pub(super) fn open(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let mut items = cx.open_items(selection)?;
    items.retain(|item| !item.is_wholly_disputed());
    let item = cx.one_item(Recording::Dispute, items, lang.why_disputed(), open)?;
    let (milestone, currency) = (item.id, item.currency);
    let manager = cx.store.project_draft(item.project)?.manager;
    let mut fields = Fields::default();
    let amount = Field::amount(lang.form_disputed_amount(), currency, None);
    let amount = fields.add(amount.hinted(lang.form_disputed_hint()));
    let reason = fields.add(Field::text(lang.form_reason(), ""));
    let owner = fields.add(Field::text(lang.form_owner(), &manager));
    let on = fields.add(cx.day(lang.form_raised_on()));
    let title = cx.title(lang.form_dispute(), &[item])?;
    Ok(cx.open(title, fields, move |values| {
        Ok(Change::OpenDispute {
            milestone,
            amount: values.get(&amount)?,
            on: values.get(&on)?,
            reason: values.get(&reason)?,
            owner: values.get(&owner)?,
        })
    }))
}

/// The form for how the objections against one milestone were settled.
pub(super) fn resolve(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let mut items = cx.items(&selection.milestones)?;
    items.retain(|item| item.disputed > 0);
    let item = cx.one_item(Recording::Resolve, items, lang.why_no_dispute(), resolve)?;
    let milestone = item.id;
    let mut fields = Fields::default();
    let resolution = fields.add(Field::text(lang.form_resolution(), ""));
    let on = fields.add(cx.day(lang.form_resolved_on()));
    let title = cx.title(lang.form_resolve(), &[item])?;
    Ok(cx.open(title, fields, move |values| {
        Ok(Change::ResolveDispute {
            milestone,
            on: values.get(&on)?,
            resolution: values.get(&resolution)?,
        })
    }))
}
