//! Dunning that pauses; where all pause already, it goes on at once.

use super::{Answer, Context};
use crate::domain::change::Change;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::rules;
use crate::domain::violation::Field as Part;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields};

pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let (lang, today) = (cx.lang(), cx.today);
    let ids = |items: &[Item]| items.iter().map(|item| item.id).collect::<Vec<MilestoneId>>();
    // A hold that begins later counts as held: the key takes back what it made.
    let held =
        |item: &Item| item.holds.iter().any(|held| held.until.is_none_or(|until| until >= today));
    let (held, free): (Vec<Item>, Vec<Item>) =
        cx.open_items(selection)?.into_iter().partition(held);
    if free.is_empty() {
        let milestones = ids(&held);
        let on = today;
        return Ok(Effect::Write(Box::new(Change::Release { milestones, on })));
    }
    let mut fields = Fields::default();
    let reason = fields.add(Field::text(lang.form_reason(), ""));
    let until = Field::next(lang.form_until(), None).hinted(lang.form_until_hint());
    let until = fields.add(until);
    let since = Field::next(lang.form_since(), Some(today)).required();
    let since = fields.add(since.about(Part::Date));
    let title = cx.title(lang.form_hold(), &free)?;
    Ok(cx.open(title, fields, move |values| {
        let (from, to) = (values.get(&since)?, values.get(&until)?);
        until.check(rules::not_before(to, from))?;
        Ok(Change::Hold {
            milestones: ids(&free),
            since: from,
            until: to,
            reason: values.get(&reason)?,
        })
    }))
}
