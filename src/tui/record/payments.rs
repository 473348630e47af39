//! Payments recorded before: money that went back, and money that pays nothing yet.

use super::about::say;
use super::{Context, Subject, payment};
use crate::domain::change::Change;
use crate::domain::date_input::Leaning;
use crate::domain::ids::{CustomerId, PaymentId};
use crate::domain::money;
use crate::error::Result;
use crate::store::PaymentDetail;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::forms::{Field, Finish, Kind, Lines};
use crate::tui::widgets::list::RowId;
use crate::tui::widgets::picker::{Pick, Picker};

/// Places of the choice what to do.
const APPLY: usize = 0;
const REVERSE: usize = 1;

/// The payments of the subject's customer, to choose one.
pub(super) fn respond(subject: &Subject, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let items = context.items(&subject.milestones)?;
    let customer = match context.one_customer(&items, subject) {
        Ok(customer) => customer,
        Err(why) => return Ok(say(why)),
    };
    let payments = context.store.payments_of(customer)?;
    if payments.is_empty() {
        return Ok(say(lang.form_no_payments()));
    }
    let picks = payments.iter().map(|payment| pick(payment, context));
    let title = format!(
        "{} - {}",
        lang.form_payments(),
        context.customer_name(customer)?
    );
    let picker = Picker::new(title, picks.collect(), None);
    Ok(Response::Pick(Box::new(picker), Action::Payments))
}

fn pick(payment: &PaymentDetail, context: Context<'_>) -> Pick {
    let lang = context.lang();
    let show = |minor: i64| money::with_symbol(minor, payment.currency);
    let text = format!("{}  {}", payment.received_on, show(payment.amount));
    let rest = match (payment.unapplied, left(payment)) {
        (_, 0) => lang.form_all_back().to_owned(),
        (0, _) => lang.method(payment.method).to_owned(),
        (unapplied, _) => lang.form_unapplied(&show(unapplied)),
    };
    let aside = format!("{} {rest} {}", payment.bank_ref, payment.id);
    Pick::new(RowId(payment.id.0), text, aside.trim())
}

/// What is left of a payment: applied or not, but not sent back.
const fn left(payment: &PaymentDetail) -> i64 {
    payment.amount.saturating_sub(payment.reversed)
}

/// The form for what to do with a payment.
pub(super) fn form(id: RowId, subject: &Subject, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let payment = context.store.payment(PaymentId(id.0))?;
    if left(&payment) <= 0 {
        return Ok(say(lang.form_all_back()));
    }
    let items = context.items(&subject.milestones)?;
    let customer = match context.one_customer(&items, subject) {
        Ok(customer) => customer,
        Err(why) => return Ok(say(why)),
    };
    let (apply, mut fields) = apply(&payment, (customer, subject), context)?;
    fields.extend(reverse(&payment, apply, context));
    let show = |minor: i64| money::with_symbol(minor, payment.currency);
    let name = context.customer_name(customer)?;
    let title = format!(
        "{} - {name} · {} · {}",
        lang.form_a_payment(),
        payment.received_on,
        show(payment.amount)
    );
    let (id, today) = (payment.id, context.today);
    let finish: Finish = Box::new(move |values| {
        if apply && values.choice("act") == Some(APPLY) {
            return Ok(Change::ApplyPayment {
                payment: id,
                target: payment::target(values),
            });
        }
        Ok(Change::ReversePayment {
            payment: id,
            amount: values.amount("amount"),
            on: values.day("on").unwrap_or(today),
            reason: values.text("reason"),
        })
    });
    let currency = payment.currency;
    let all = left(&payment);
    let question = Box::new(move |change: &Change| match change {
        Change::ReversePayment { amount, .. } => {
            let amount = money::with_symbol(amount.unwrap_or(all), currency);
            Some(lang.form_reverse_sure(&amount))
        }
        _ => None,
    });
    let form = context.form(title, fields, finish).asking(question);
    Ok(Response::Form(Box::new(form)))
}

/// The choice what to do, and the lines for what is unapplied, where there is something.
fn apply(
    payment: &PaymentDetail,
    (customer, subject): (CustomerId, &Subject),
    context: Context<'_>,
) -> Result<(bool, Vec<Field>)> {
    let lang = context.lang();
    let items = context.store.items_of_customer(customer)?;
    let drafts = payment::drafts(&items, payment.currency, &subject.milestones, context)?;
    if payment.unapplied <= 0 || drafts.is_empty() {
        return Ok((false, Vec::new()));
    }
    let acts = [lang.form_apply(), lang.form_reverse()];
    let lines = Lines::sharing(payment.unapplied, payment.currency, drafts);
    let fields = vec![
        Field::choice("act", lang.form_act(), acts, Some(APPLY)).required(),
        Field::new("lines", lang.form_pays(), Kind::Lines(lines)).shown_if("act", APPLY),
    ];
    Ok((true, fields))
}

fn reverse(payment: &PaymentDetail, chosen: bool, context: Context<'_>) -> Vec<Field> {
    let lang = context.lang();
    let all = Some(left(payment));
    let fields = [
        Field::amount("amount", lang.form_back(), payment.currency, all)
            .required()
            .hinted(lang.form_back_hint()),
        Field::text("reason", lang.form_reason(), ""),
        Field::day(
            "on",
            lang.form_back_on(),
            Leaning::Past,
            Some(context.today),
        )
        .required(),
    ];
    let shown = |field: Field| {
        if chosen {
            field.shown_if("act", REVERSE)
        } else {
            field
        }
    };
    let mut fields: Vec<Field> = fields.into_iter().map(shown).collect();
    if !chosen {
        fields.insert(0, Field::note(lang.form_reverse_note()));
    }
    fields
}
