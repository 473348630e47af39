//! What one of us has at hand when a customer is on the telephone, or when a dispute is answered.

use serde_json::{Map, Value, json};

use super::parts::{Account, amount, conditions, customer_of, only, papers, total};
use super::{Filled, Topic, Writing};
use crate::domain::about::{About, Subject};
use crate::domain::dunning::next_step;
use crate::domain::ids::MilestoneId;
use crate::domain::money::PerCurrency;
use crate::error::document::NothingToWrite;
use crate::error::{Error, Result};
use crate::store::Span;

/// Contacts and promises that are shown: the last.
const LAST: usize = 6;

/// One page before a call: what is owed, what was said last, what to ask for.
pub fn call(topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let (lang, today) = (writing.lang, writing.today);
    let (customer, named) = customer_of(topic, writing.store)?;
    let mut account = Account::read(customer, named, writing)?;
    account.items.retain(|(item, _)| item.balance > 0 && item.is_receivable(today));
    let (mut owed, mut late) = (PerCurrency::<i64>::new(), PerCurrency::<i64>::new());
    let mut rows = Vec::new();
    for (item, _) in &account.items {
        owed.add(item.currency, item.balance)?;
        if item.days_late(today) > 0 {
            late.add(item.currency, item.undisputed())?;
        }
        let mut row = account.item(item, writing);
        let step = next_step(item, today, writing.policy);
        let next = step.step.map(|step| lang.step(step).to_owned());
        row.insert("next".to_owned(), next.into());
        row.insert("next_on".to_owned(), step.on.map(|day| lang.letter_day(day)).into());
        rows.push(Value::Object(row));
    }
    let span = Span { to: Some(today), ..Span::of(customer) };
    let touches = writing.store.touch_list(span)?;
    let touches = touches.iter().take(LAST).map(|touch| {
        let head = &touch.head;
        json!({
            "on": head.on,
            "who": head.who,
            "person": head.person,
            "channel": head.channel.map(|channel| lang.channel(channel)),
            "outcome": head.outcome.map(|outcome| lang.outcome(outcome)),
            "cause": head.cause.map(|cause| lang.cause(cause)),
            "note": head.note,
        })
    });
    let touches: Vec<Value> = touches.collect();
    let promises = writing.store.promise_list(span, today)?;
    let promises = promises.iter().take(LAST).map(|promise| {
        json!({
            "made_on": promise.made_on,
            "pay_by": promise.pay_by,
            "amount": amount(promise.line.amount, promise.currency),
            "state": lang.promise_state(promise.state),
            "milestone": promise.line.called(),
        })
    });
    let unapplied = writing.store.unapplied(None)?;
    let unapplied = unapplied.iter().filter(|(of, ..)| *of == customer);
    let sums = |sums: &PerCurrency| -> Value {
        sums.iter().map(|(currency, minor)| total(*minor, currency, lang)).collect()
    };
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| context.insert(name.to_owned(), value);
    put("customer", account.customer());
    put("grade", account.customer.grade.map(|grade| lang.grade(grade)).into());
    put("owed", sums(&owed));
    put("overdue", sums(&late));
    put("items", rows.into());
    put("touches", touches.into());
    put("promises", promises.collect());
    put("unapplied", unapplied.map(|(_, currency, minor)| amount(*minor, *currency)).collect());
    put("notes", account.customer.notes.clone().into());
    Ok(Filled { enclosed: Vec::new(), context, about: None, to: Vec::new(), amount: None })
}

/// What a dispute is answered with: the claim, and the facts with their day and paper.
pub fn answer(topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let lang = writing.lang;
    let (customer, named) = customer_of(topic, writing.store)?;
    let mut account = Account::read(customer, named, writing)?;
    account.items.retain(|(item, _)| item.disputed > 0);
    if account.items.is_empty() {
        return Err(Error::NoDocument(NothingToWrite::NoDispute));
    }
    let mut sums = PerCurrency::<i64>::new();
    let mut rows = Vec::new();
    for (item, _) in &account.items {
        sums.add(item.currency, item.disputed)?;
        let mut row = account.item(item, writing);
        let disputes = writing.store.open_disputes(item.id, writing.today)?;
        let shown = disputes.iter().map(|(on, minor, reason)| {
            json!({
                "on": lang.letter_day(*on),
                "amount": amount(minor.unwrap_or(item.balance), item.currency),
                "reason": reason,
            })
        });
        row.insert("disputes".to_owned(), shown.collect());
        row.insert("conditions".to_owned(), conditions(item.id, writing)?.into());
        row.insert("papers".to_owned(), papers(About::Milestone(item.id), writing)?.into());
        rows.push(Value::Object(row));
    }
    let ids: Vec<MilestoneId> = account.items.iter().map(|(item, _)| item.id).collect();
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| context.insert(name.to_owned(), value);
    put("customer", account.customer());
    put("contracts", account.contracts(account.items.iter().map(|(item, _)| item), lang).into());
    put("items", rows.into());
    put("totals", sums.iter().map(|(currency, minor)| total(*minor, currency, lang)).collect());
    Ok(Filled {
        enclosed: Vec::new(),
        context,
        about: Some(Subject::Milestones(ids)),
        to: account.customer.receivers(),
        amount: only(&sums),
    })
}
