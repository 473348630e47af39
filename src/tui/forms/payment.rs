//! Money that arrived, and what it pays: proposed, one proposal after the other, every line open to change. What is
//! shown is what is saved.

use std::cmp::Reverse;
use std::rc::Rc;

use iso_currency::Currency;

use super::context::{choose, open};
use super::{Answer, Context};
use crate::domain::allocation::{self, Opened, Owed, PaymentBalance, Proposal};
use crate::domain::change::{Change, PaymentDraft, Target};
use crate::domain::facts::Account;
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::Method;
use crate::report::figures::main_currency;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{
    Bound, Field, Fields, Key, LineDraft, Proposed, Shared, Values, Why,
};
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
        return Ok(choose(picker, |customer, cx| form(customer, &Opened::default(), cx)));
    }
    form(cx.one_customer(&items, selection)?, &opened(selection), cx)
}

/// What the key was pressed on.
pub(super) fn opened(selection: &Selection) -> Opened {
    let (marked, row) = match selection.milestones.as_slice() {
        [row] if !selection.marked => (Vec::new(), Some(*row)),
        milestones => (milestones.to_vec(), None),
    };
    Opened { marked, row, contract: selection.project }
}

/// The form for a payment of this customer.
fn form(customer: CustomerId, opened: &Opened, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let owed: Rc<[Owed]> = cx.store.owed_by(customer)?.into();
    let items: Vec<Item> = owed.iter().map(|owed| owed.item.clone()).collect();
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
        let listed = allocation::listed(&owed, *currency, opened, cx.today);
        if listed.is_empty() {
            let note = Field::note(lang.form_all_unapplied());
            fields.add(note.shown_if(chosen.as_ref(), *currency));
        } else {
            let (amount, on, today) = (amount.clone(), on.clone(), cx.today);
            let account = Account { customer, currency: *currency };
            let payment = move |total: i64, values: &Values| {
                PaymentBalance::new(account, values.get(&on).unwrap_or(today), total)
            };
            let total = move |values: &Values| values.get(&amount).ok();
            let shared = shared(&owed, &listed, opened, total, payment, cx);
            let drafts = drafts(&listed, cx)?;
            let field = Field::lines(lang.form_pays(), Bound::Shared(shared), *currency, drafts);
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
            again: false,
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

/// How money can be shared out over these milestones.
pub(super) fn shared(
    owed: &Rc<[Owed]>,
    listed: &[&Owed],
    opened: &Opened,
    total: impl Fn(&Values) -> Option<i64> + 'static,
    payment: impl Fn(i64, &Values) -> PaymentBalance + 'static,
    cx: Context<'_>,
) -> Shared {
    let (owed, opened) = (Rc::clone(owed), opened.clone());
    let (lang, today) = (cx.lang(), cx.today);
    let rows: Vec<MilestoneId> = listed.iter().map(|owed| owed.item.id).collect();
    let proposals = move |total: i64, values: &Values| {
        let payment = payment(total, values);
        let proposals = allocation::proposals(&payment, &owed, &opened, today).into_iter();
        let proposed = |proposal: Proposal| {
            let of = |row: &MilestoneId| {
                let shares = proposal.shares.iter().filter(|share| share.milestone == *row);
                shares.map(|share| share.amount).sum()
            };
            Proposed { name: lang.aim(proposal.aim), amounts: rows.iter().map(of).collect() }
        };
        proposals.map(proposed).collect()
    };
    Shared::new(total, proposals)
}

/// A line for each milestone money can go to.
pub(super) fn drafts(listed: &[&Owed], cx: Context<'_>) -> Answer<Vec<LineDraft<MilestoneId>>> {
    let items = || listed.iter().map(|owed| &owed.item);
    let draft = |(item, label): (&Item, String)| LineDraft {
        id: item.id,
        label: match item.due(cx.today) {
            Some(due) if item.is_firm(cx.today) => format!("{due} {label}"),
            Some(due) => format!("{} {label}", cx.lang().expected_day(&due.to_string())),
            None => format!("{:10} {label}", ""),
        },
        open: item.balance,
    };
    Ok(items().zip(cx.labels(items())?).map(draft).collect())
}
