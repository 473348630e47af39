//! Money given up; it asks before it is.

use super::{Answer, Context, Recording};
use crate::domain::change::Change;
use crate::domain::money;
use crate::domain::violation::Field as Part;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields};

pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.open_items(selection)?;
    let item = cx.one_item(Recording::WriteOff, items, lang.why_settled(), respond)?;
    let (milestone, currency) = (item.id, item.currency);
    let mut fields = Fields::default();
    let amount = Field::amount(lang.form_amount(), currency, Some(item.balance));
    let amount = fields.add(amount.required());
    let reason = Field::text(lang.form_reason(), "").required().about(Part::Reason);
    let reason = fields.add(reason);
    let on = fields.add(cx.day(lang.form_day()));
    fields.focus(&reason);
    let title = cx.title(lang.form_write_off(), &[item])?;
    let asked = amount.clone();
    let form = cx.form(title, fields, move |values| {
        Ok(Change::WriteOff {
            milestone,
            amount: Some(values.get(&amount)?),
            on: values.get(&on)?,
            reason: values.get(&reason)?,
        })
    });
    Ok(Effect::open(form.asking(move |values| {
        let amount = money::with_symbol(values.get(&asked).ok()?, currency);
        Some(lang.form_write_off_sure(&amount))
    })))
}
