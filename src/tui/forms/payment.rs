//! Money that arrived, and what it pays: proposed oldest due first, every line open to change. What is shown is what
//! is saved.

use std::cmp::Reverse;

use iso_currency::Currency;

use super::context::{choose, open};
use super::{Answer, Context};
use crate::domain::allocation;
use crate::domain::change::{Change, PaymentDraft, Target};
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::Method;
use crate::report::figures::main_currency;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Bound, Field, Fields, Key, LineDraft, Why};
use crate::tui::widgets::picker::Picker;

/// The form for a payment of the selection's customer, or the choice whose.
pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.items(&selection.milestones)?;
    if items.is_empty() && selection.customer.is_none() {
        let picks = cx.customer_picks()?;
        if picks.is_empty() {
            return Err(lang.why_no_customer().into());
        }
        let picker = Picker::new(lang.form_payer(), picks);
        return Ok(choose(picker, |customer, cx| form(customer, &[], cx)));
    }
    form(cx.one_customer(&items, selection)?, &selection.milestones, cx)
}

/// The form for a payment of this customer. Milestones the key was pressed on are paid even if they are planned only
/// or disputed, after all others.
fn form(customer: CustomerId, named: &[MilestoneId], cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.store.items_of_customer(customer)?;
    let currencies = currencies(&items, cx);
    let mut fields = Fields::default();
    let chosen = cx.currency(&mut fields, &currencies);
    let mut amounts = Vec::new();
    for currency in &currencies {
        let amount = Field::amount(lang.form_amount(), *currency, None).required();
        let amount = amount.shown_if(chosen.as_ref(), *currency);
        amounts.push((*currency, fields.add(amount)));
    }
    let on = fields.add(cx.day(lang.form_received()));
    let mut lines: Vec<Key<Vec<(MilestoneId, i64)>>> = Vec::new();
    for (currency, amount) in &amounts {
        let drafts = drafts(&items, *currency, named, cx)?;
        if drafts.is_empty() {
            let note = Field::note(lang.form_all_unapplied());
            fields.add(note.shown_if(chosen.as_ref(), *currency));
        } else {
            let bound = Bound::Total(amount.clone());
            let field = Field::lines(lang.form_pays(), bound, *currency, drafts);
            lines.push(fields.add(field.shown_if(chosen.as_ref(), *currency)));
        }
    }
    let method = cx.choice(lang.form_method(), Some(Method::Transfer));
    let method = fields.add(method.required());
    let payer = Field::text(lang.form_paid_by(), "").hinted(lang.form_paid_by_hint());
    let payer = fields.add(payer);
    let bank_ref = fields.add(Field::text(lang.form_bank_ref(), ""));
    let note = fields.add(Field::text(lang.form_note(), ""));
    if let Some((_, first)) = amounts.first() {
        fields.focus(first);
    }
    let name = cx.customer_name(customer)?;
    let title = format!("{} - {name} · {}", lang.form_payment(), open(&items));
    Ok(cx.open(title, fields, move |values| {
        // Fields of other currencies are not shown, and so have no value.
        let mut shown = amounts.iter().map(|(of, key)| (*of, values.get(key)));
        let (currency, amount) =
            shown.find_map(|(of, amount)| Some((of, amount.ok()?))).ok_or(Why::Missing)?;
        let mut pays = Vec::new();
        for key in &lines {
            pays.extend(values.get(key)?);
        }
        Ok(Change::RecordPayment(PaymentDraft {
            customer,
            received_on: values.get(&on)?,
            amount,
            currency,
            method: values.get(&method)?,
            payer: values.get(&payer)?,
            bank_ref: values.get(&bank_ref)?,
            note: values.get(&note)?,
            target: Target::Lines(pays),
        }))
    }))
}

/// The currencies a customer owes in, the commonest first; the ledger's main one where it owes nothing.
fn currencies(items: &[Item], cx: Context<'_>) -> Vec<Currency> {
    let many = |currency: &Currency| items.iter().filter(|i| i.currency == *currency).count();
    let mut found: Vec<Currency> = items.iter().map(|item| item.currency).collect();
    found.sort_by_key(|currency| (Reverse(many(currency)), currency.code()));
    found.dedup();
    if found.is_empty() {
        found.push(main_currency(cx.portfolio.items(), &cx.portfolio.policy));
    }
    found
}

/// A line for each milestone money of this currency can go to.
pub(super) fn drafts(
    items: &[Item],
    currency: Currency,
    named: &[MilestoneId],
    cx: Context<'_>,
) -> Answer<Vec<LineDraft<MilestoneId>>> {
    let offers = allocation::offers(items, currency, named, cx.today);
    let labels = cx.labels(offers.iter().map(|offer| offer.item))?;
    let draft = |(offer, label): (&allocation::Offer<'_>, String)| LineDraft {
        id: offer.item.id,
        label: match offer.item.due(cx.today) {
            Some(due) if offer.item.is_firm(cx.today) => format!("{due} {label}"),
            Some(due) => format!("{} {label}", cx.lang().expected_day(&due.to_string())),
            None => format!("{:10} {label}", ""),
        },
        open: offer.item.balance,
        proposed: offer.proposed,
    };
    Ok(offers.iter().zip(labels).map(draft).collect())
}
