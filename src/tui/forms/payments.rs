//! Payments recorded before: money that went back, and money that pays nothing yet.

use std::rc::Rc;

use super::context::{Vocabulary, choose};
use super::{Answer, Context, payment};
use crate::domain::allocation::{self, Opened, Owed, PaymentBalance};
use crate::domain::change::{Change, Target, Voidable};
use crate::domain::facts::Account;
use crate::domain::ids::{CustomerId, PaymentId};
use crate::domain::money;
use crate::domain::violation::Field as Part;
use crate::store::PaymentDetail;
use crate::text::Lang;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Bound, Field, Fields, Values};
use crate::tui::widgets::picker::{Pick, Picker};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Apply,
    Reverse,
    Void,
}

impl Vocabulary for Act {
    const WORDS: &'static [Self] = &[Self::Apply, Self::Reverse, Self::Void];

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Apply => lang.form_apply(),
            Self::Reverse => lang.form_reverse(),
            Self::Void => lang.act_void(),
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
    let opened = payment::opened(selection);
    Ok(choose(picker, move |id, cx| form(id, customer, &opened, cx)))
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

/// The form for what to do with a payment: what of it is unapplied can be applied, all of it can be reversed, or voided.
fn form(id: PaymentId, customer: CustomerId, opened: &Opened, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let payment = cx.store.payment(id)?;
    let (currency, left) = (payment.currency, left(&payment));
    if left <= 0 {
        return Err(lang.form_all_back().into());
    }
    let owed: Rc<[Owed]> = cx.store.owed_by(customer)?.into();
    let listed = allocation::listed(&owed, currency, opened, cx.today);
    let mut fields = Fields::default();
    let can_apply = payment.unapplied > 0 && !listed.is_empty();
    let acts = if can_apply { Act::WORDS } else { &[Act::Reverse, Act::Void] };
    let act = Field::choice(lang.form_act(), acts, |act| act.name(lang), acts.first().copied());
    let act = fields.add(act.required());
    let lines = if can_apply {
        let (account, on, rest) =
            (Account { customer, currency }, payment.received_on, payment.unapplied);
        let left = move |total, _: &Values| PaymentBalance::new(account, on, total);
        let shared = payment::shared(&owed, &listed, opened, move |_| Some(rest), left, cx);
        let drafts = payment::drafts(&listed, cx)?;
        let lines = Field::lines(lang.form_pays(), Bound::Shared(shared), currency, drafts);
        Some(fields.add(lines.shown_if(&act, Act::Apply)))
    } else {
        None
    };
    let amount = Field::amount(lang.form_back(), currency, Some(left)).required();
    let amount = amount.hinted(lang.form_back_hint());
    let amount = fields.add(amount.shown_if(&act, Act::Reverse));
    let reason = Field::text(lang.form_reason(), "").required().about(Part::Reason);
    let reason = fields.add(reason.shown_if(&act, Act::Reverse));
    let on = fields.add(cx.day(lang.form_back_on()).shown_if(&act, Act::Reverse));
    fields.add(Field::note(lang.form_void_note()).shown_if(&act, Act::Void));
    let mistake = Field::text(lang.form_reason(), "").required().about(Part::Reason);
    let mistake = fields.add(mistake.shown_if(&act, Act::Void));
    if !can_apply {
        fields.focus(&reason);
    }
    let title = format!(
        "{} - {} · {} · {}",
        lang.form_a_payment(),
        cx.customer_name(customer)?,
        payment.received_on,
        money::with_symbol(payment.amount, currency)
    );
    let back = amount.clone();
    let form = cx.form(title, fields, move |values| {
        Ok(match (values.get(&act)?, &lines) {
            (Act::Apply, Some(lines)) => {
                let target = Target::Lines(values.get(lines)?);
                Change::ApplyPayment { payment: id, target }
            }
            (Act::Void, _) => {
                Change::Void { entry: Voidable::Payment(id), reason: values.get(&mistake)? }
            }
            (Act::Apply | Act::Reverse, _) => Change::ReversePayment {
                payment: id,
                amount: Some(values.get(&amount)?),
                on: values.get(&on)?,
                reason: values.get(&reason)?,
            },
        })
    });
    Ok(Effect::open(form.asking(move |values| {
        let amount = money::with_symbol(values.get(&back).ok()?, currency);
        Some(lang.form_reverse_sure(&amount))
    })))
}
