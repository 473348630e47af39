//! A promise to pay, or one for each of several milestones.

use super::{Answer, Context};
use crate::domain::change::{Change, PromiseDraft};
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::rules;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Bound, Field, Fields, Key, Values, Why, Wrong};

pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.open_items(selection)?;
    let mut fields = Fields::default();
    let pay_by = fields.add(Field::next(lang.form_pay_by(), None).required());
    let amounts = Amounts::add(&mut fields, &items, selection, cx)?;
    let note = fields.add(Field::text(lang.form_note(), ""));
    let on = fields.add(cx.day(lang.form_promised_on()));
    if items.iter().any(Item::is_wholly_disputed) {
        fields.note(lang.form_disputed_note());
    }
    let title = cx.title(lang.form_promise(), &items)?;
    Ok(cx.open(title, fields, move |values| {
        let (on, last) = (values.get(&on)?, values.get(&pay_by)?);
        pay_by.check(rules::not_before(last, on))?;
        let promise =
            |(milestone, amount)| PromiseDraft { milestone, amount: Some(amount), pay_by: last };
        let amounts = amounts.read(values)?;
        Ok(Change::Promise {
            promises: amounts.into_iter().map(promise).collect(),
            on,
            note: values.get(&note)?,
        })
    }))
}

/// One amount, or a line for each milestone.
enum Amounts {
    One(MilestoneId, Key<i64>),
    Lines(Key<Vec<(MilestoneId, i64)>>),
}

impl Amounts {
    fn add(
        fields: &mut Fields,
        items: &[Item],
        selection: &Selection,
        cx: Context<'_>,
    ) -> Answer<Self> {
        let lang = cx.lang();
        let currency = cx.one_currency(items, selection)?;
        if let [only] = items {
            let open = Some(only.undisputed()).filter(|open| *open > 0);
            let amount = Field::amount(lang.form_amount(), currency, open);
            return Ok(Self::One(only.id, fields.add(amount.required())));
        }
        let drafts = cx.lines(items, Item::undisputed)?;
        let lines = Field::lines(lang.form_promised_amounts(), Bound::Own, currency, drafts);
        Ok(Self::Lines(fields.add(lines)))
    }

    fn read(&self, values: &Values) -> Result<Vec<(MilestoneId, i64)>, Wrong> {
        match self {
            Self::One(milestone, amount) => Ok(vec![(*milestone, values.get(amount)?)]),
            Self::Lines(key) => match values.get(key)? {
                lines if lines.is_empty() => Err(key.wrong(Why::Missing)),
                lines => Ok(lines),
            },
        }
    }
}
