//! Payments recorded before: money that went back, and money that pays nothing yet.

use super::context::{Vocabulary, choose};
use super::{Answer, Context, payment};
use crate::domain::change::{Change, Target};
use crate::domain::ids::{CustomerId, MilestoneId, PaymentId};
use crate::domain::money;
use crate::store::PaymentDetail;
use crate::text::Lang;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Bound, Field, Fields};
use crate::tui::widgets::picker::{Pick, Picker};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Apply,
    Reverse,
}

impl Vocabulary for Act {
    const WORDS: &'static [Self] = &[Self::Apply, Self::Reverse];

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Apply => lang.form_apply(),
            Self::Reverse => lang.form_reverse(),
        }
    }
}

/// The payments of the selection's customer, to choose one.
pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.items(&selection.milestones)?;
    let customer = cx.one_customer(&items, selection)?;
    let payments = cx.store.payments_of(customer)?;
    if payments.is_empty() {
        return Err(lang.form_no_payments().into());
    }
    let picks = payments.iter().map(|payment| pick(payment, cx));
    let name = cx.customer_name(customer)?;
    let title = format!("{} - {name}", lang.form_payments());
    let picker = Picker::new(title, picks.collect());
    let named = selection.milestones.clone();
    Ok(choose(picker, move |id, cx| form(id, customer, &named, cx)))
}

fn pick(payment: &PaymentDetail, cx: Context<'_>) -> Pick<PaymentId> {
    let lang = cx.lang();
    let show = |minor: i64| money::with_symbol(minor, payment.currency);
    let text = format!("{}  {}", payment.received_on, show(payment.amount));
    let rest = match (payment.unapplied, left(payment)) {
        (_, 0) => lang.form_all_back().to_owned(),
        (0, _) => lang.method(payment.method).to_owned(),
        (unapplied, _) => lang.form_unapplied(&show(unapplied)),
    };
    let aside = format!("{} {rest} {}", payment.bank_ref, payment.id);
    Pick::new(payment.id, text, aside.trim())
}

/// What is left of a payment: applied or not, but not sent back.
const fn left(payment: &PaymentDetail) -> i64 {
    payment.amount.saturating_sub(payment.reversed)
}

/// The form for what to do with a payment: what of it is unapplied can be applied, all of it can be reversed.
fn form(id: PaymentId, customer: CustomerId, named: &[MilestoneId], cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let payment = cx.store.payment(id)?;
    let (currency, left) = (payment.currency, left(&payment));
    if left <= 0 {
        return Err(lang.form_all_back().into());
    }
    let owed = cx.store.items_of_customer(customer)?;
    let drafts = payment::drafts(&owed, currency, named, cx)?;
    let mut fields = Fields::default();
    let apply = if payment.unapplied > 0 && !drafts.is_empty() {
        let act = fields.add(cx.choice(lang.form_act(), Some(Act::Apply)).required());
        let bound = Bound::Sum(payment.unapplied);
        let lines = Field::lines(lang.form_pays(), bound, currency, drafts);
        let lines = fields.add(lines.shown_if(&act, Act::Apply));
        Some((act, lines))
    } else {
        fields.note(lang.form_reverse_note());
        None
    };
    let act = apply.as_ref().map(|(act, _)| act);
    let amount = Field::amount(lang.form_back(), currency, Some(left)).required();
    let amount = amount.hinted(lang.form_back_hint());
    let amount = fields.add(amount.shown_if(act, Act::Reverse));
    let reason = Field::text(lang.form_reason(), "").shown_if(act, Act::Reverse);
    let reason = fields.add(reason);
    let on = fields.add(cx.day(lang.form_back_on()).shown_if(act, Act::Reverse));
    let title = format!(
        "{} - {} · {} · {}",
        lang.form_a_payment(),
        cx.customer_name(customer)?,
        payment.received_on,
        money::with_symbol(payment.amount, currency)
    );
    let back = amount.clone();
    let form = cx.form(title, fields, move |values| {
        if let Some((act, lines)) = &apply
            && values.get(act)? == Act::Apply
        {
            let target = Target::Lines(values.get(lines)?);
            return Ok(Change::ApplyPayment { payment: id, target });
        }
        Ok(Change::ReversePayment {
            payment: id,
            amount: Some(values.get(&amount)?),
            on: values.get(&on)?,
            reason: values.get(&reason)?,
        })
    });
    Ok(Effect::open(form.asking(move |values| {
        let amount = money::with_symbol(values.get(&back).ok()?, currency);
        Some(lang.form_reverse_sure(&amount))
    })))
}
