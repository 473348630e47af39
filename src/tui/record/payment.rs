//! Money that arrived, and what it pays: proposed oldest due first, every line open to change. What is shown is what
//! is saved.

use std::cmp::Reverse;

use iso_currency::Currency;

use super::about::{open, say};
use super::refusal::at;
use super::{Context, Subject};
use crate::domain::change::{Change, PaymentDraft, Target};
use crate::domain::date_input::Leaning;
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::Method;
use crate::error::Result;
use crate::report::figures::main_currency;
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::desk::{Refusal, Response};
use crate::tui::forms::{Field, Finish, Kind, LineDraft, Lines, Values};
use crate::tui::widgets::list::RowId;
use crate::tui::widgets::picker::Picker;

/// The form for a payment of the subject's customer, or the choice whose.
pub(super) fn respond(subject: &Subject, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let items = context.items(&subject.milestones)?;
    if items.is_empty() && subject.customer.is_none() {
        let picks = context.customer_picks()?;
        if picks.is_empty() {
            return Ok(say(lang.why_no_customer()));
        }
        let picker = Picker::new(lang.form_payer(), picks, None);
        return Ok(Response::Pick(Box::new(picker), Action::Payment));
    }
    match context.one_customer(&items, subject) {
        Ok(customer) => form(customer, &subject.milestones, context),
        Err(why) => Ok(say(why)),
    }
}

/// The form for a payment of this customer. Milestones the key was pressed on are paid even if they are planned only
/// or disputed, after all others.
pub(super) fn form(
    customer: CustomerId,
    named: &[MilestoneId],
    context: Context<'_>,
) -> Result<Response> {
    let lang = context.lang();
    let items = context.store.items_of_customer(customer)?;
    let currencies = currencies(&items, context);
    let several = currencies.len() > 1;
    let mut fields = Vec::new();
    if several {
        let codes = currencies.iter().map(Currency::code);
        fields.push(Field::choice("currency", lang.form_currency(), codes, Some(0)).required());
    }
    let shown = |field: Field, at: usize| {
        if several {
            field.shown_if("currency", at)
        } else {
            field
        }
    };
    for (at, currency) in currencies.iter().enumerate() {
        fields.push(shown(amount(*currency, lang), at));
    }
    fields.push(
        Field::day(
            "on",
            lang.form_received(),
            Leaning::Past,
            Some(context.today),
        )
        .required(),
    );
    for (at, currency) in currencies.iter().enumerate() {
        let drafts = drafts(&items, *currency, named, context)?;
        let field = if drafts.is_empty() {
            Field::note(lang.form_all_unapplied())
        } else {
            let lines = Kind::Lines(Lines::new("amount", *currency, drafts));
            Field::new("lines", lang.form_pays(), lines)
        };
        fields.push(shown(field, at));
    }
    fields.extend(details(lang));
    let name = context.customer_name(customer)?;
    let title = format!("{} - {name} · {}", lang.form_payment(), open(&items));
    let finish: Finish = Box::new(move |values| finish(values, customer, &currencies, lang));
    let form = context.form(title, fields, finish).focused("amount");
    Ok(Response::Form(Box::new(form)))
}

fn amount(currency: Currency, lang: Lang) -> Field {
    Field::amount("amount", lang.form_amount(), currency, None).required()
}

fn details(lang: Lang) -> [Field; 4] {
    let methods = Method::ALL.iter().map(|method| lang.method(*method));
    [
        Field::choice("method", lang.form_method(), methods, Some(0)).required(),
        Field::text("payer", lang.form_paid_by(), "").hinted(lang.form_paid_by_hint()),
        Field::text("bank_ref", lang.form_bank_ref(), ""),
        Field::text("note", lang.form_note(), ""),
    ]
}

/// The currencies a customer owes in, the commonest first; the ledger's main one where it owes nothing.
fn currencies(items: &[Item], context: Context<'_>) -> Vec<Currency> {
    let many = |currency: &Currency| {
        items
            .iter()
            .filter(|item| item.currency == *currency)
            .count()
    };
    let mut found: Vec<Currency> = items.iter().map(|item| item.currency).collect();
    found.sort_by_key(|currency| (Reverse(many(currency)), currency.code()));
    found.dedup();
    if found.is_empty() {
        found.push(main_currency(context.book.items()));
    }
    found
}

/// The lines of a payment: receivables as the ledger pays them, then what is planned or wholly disputed, for which
/// nothing is proposed unless it is named.
pub(super) fn drafts(
    items: &[Item],
    currency: Currency,
    named: &[MilestoneId],
    context: Context<'_>,
) -> Result<Vec<LineDraft>> {
    let today = context.today;
    let pays = |item: &Item| item.is_receivable(today) && !item.is_wholly_disputed();
    let mut lines: Vec<&Item> = items
        .iter()
        .filter(|item| item.currency == currency)
        .collect();
    let is_named = |item: &Item| named.contains(&item.id);
    lines.sort_by_key(|item| {
        let order = (item.due.is_none(), item.due, item.seq, item.id);
        (!pays(item), !pays(item) && !is_named(item), order)
    });
    let labels = context.labels(&lines)?;
    let draft = |(item, label): (&Item, String)| LineDraft {
        id: RowId(item.id.0),
        label: match item.due {
            Some(due) if item.is_firm(today) => format!("{due} {label}"),
            Some(due) => format!(
                "{} {label}",
                context.look.lang.expected_day(&due.to_string())
            ),
            None => format!("{:10} {label}", ""),
        },
        open: item.balance,
        proposed: pays(item) || is_named(item),
    };
    Ok(lines.into_iter().zip(labels).map(draft).collect())
}

/// What lines of amounts pay.
pub(super) fn target(values: &Values) -> Target {
    let lines = values.lines("lines").into_iter();
    Target::Lines(lines.map(|(id, n)| (MilestoneId(id.0), n)).collect())
}

fn finish(
    values: &Values,
    customer: CustomerId,
    currencies: &[Currency],
    lang: Lang,
) -> Result<Change, Refusal> {
    let missing = |field| at(field, lang.form_required());
    let currency = values.choice_of("currency", currencies);
    let currency = currency
        .or(currencies.first().copied())
        .ok_or_else(|| missing("currency"))?;
    Ok(Change::RecordPayment(PaymentDraft {
        customer,
        received_on: values.day("on").ok_or_else(|| missing("on"))?,
        amount: values.amount("amount").ok_or_else(|| missing("amount"))?,
        currency,
        method: values
            .choice_of("method", Method::ALL)
            .unwrap_or(Method::Transfer),
        payer: values.text("payer"),
        bank_ref: values.text("bank_ref"),
        note: values.text("note"),
        target: target(values),
    }))
}
