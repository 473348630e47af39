//! An entry made by mistake: chosen from what happened to a milestone, and why it is voided.

use super::context::choose;
use super::{Answer, Context, Recording};
use crate::domain::change::{Change, Voidable};
use crate::domain::ids::MilestoneId;
use crate::domain::money;
use crate::domain::violation::Field as Part;
use crate::tui::detail::timeline;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields};
use crate::tui::widgets::picker::{Pick, Picker};

/// The choice among the entries of a milestone, and itself.
pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.items(&selection.milestones)?;
    let item = cx.one_item(Recording::Void, items, lang.why_not_milestone(), respond)?;
    let title = cx.title(lang.form_void(), std::slice::from_ref(&item))?;
    let amount = |minor| money::with_symbol(minor, item.currency);
    let mut picks: Vec<Pick<Voidable>> = Vec::new();
    for entry in cx.store.timeline(item.id)? {
        if let (Some(what), None) = (entry.entry, &entry.voided)
            && picks.iter().all(|pick| pick.value != what)
        {
            let words = timeline::words(&entry, lang, cx.today, amount);
            picks.push(Pick::new(what, format!("{}  {words}", entry.on), ""));
        }
    }
    let itself = format!("{}  {}", lang.form_void_milestone(), amount(item.amount));
    picks.push(Pick::new(Voidable::Milestone(item.id), itself, ""));
    let id = item.id;
    Ok(choose(Picker::new(title, picks), move |entry, cx| form(id, entry, cx)))
}

/// Why it is voided.
fn form(milestone: MilestoneId, entry: Voidable, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let mut fields = Fields::default();
    fields.note(lang.form_void_note());
    let reason = Field::text(lang.form_reason(), "").required().about(Part::Reason);
    let reason = fields.add(reason);
    let title = cx.title(lang.form_void(), &cx.items(&[milestone])?)?;
    Ok(cx.open(title, fields, move |values| {
        Ok(Change::Void { entry, reason: values.get(&reason)? })
    }))
}
