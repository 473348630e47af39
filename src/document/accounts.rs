//! What both sides have to agree on: the account of a customer, a plan, an application for payment, a final account.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value, json};

use super::parts::{
    Account, amount, attachments, conditions, customer_of, in_words, only, project_of,
    project_value, total,
};
use super::{Filled, Topic, Writing};
use crate::domain::about::{About, Subject};
use crate::domain::balance::amount_on;
use crate::domain::document::{DocumentKind, DocumentScope};
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::{DealKind, PaperKind, Stage};
use crate::domain::money::{Currency, PerCurrency, add, sub, sum};
use crate::domain::waiver::waived_on;
use crate::error::document::NothingToWrite;
use crate::error::{Error, Result};
use crate::store::Span;

/// One line of an account: what it adds to what is owed, below 0 where it takes off.
struct Entry {
    on: NaiveDate,
    /// Charges of a day before its money.
    order: u8,
    currency: Currency,
    what: String,
    document: String,
    minor: i64,
}

/// An account from one day to another, in every currency: opening, what moved, closing, and what is open at the end.
///
/// A milestone is charged on the day it became owed: when it was invoiced or fell due, the earlier. What was written off
/// is still owed: giving up a claim in one's own books releases nobody.
pub fn statement(topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let (lang, to) = (writing.lang, writing.to.unwrap_or(writing.today));
    let from = writing.from.unwrap_or(to.with_ordinal(1).unwrap_or(to));
    if from > to {
        return Err(Error::NoDocument(NothingToWrite::Backwards));
    }
    let (customer, _) = customer_of(topic, writing.store)?;
    let as_of = Writing { today: to, ..*writing };
    let account = Account::read(customer, None, &as_of)?;
    let entries = entries(customer, &account, &as_of)?;
    let owed: Vec<(&Item, i64)> = account
        .items
        .iter()
        .filter(|(item, _)| charged_on(item, to).is_some())
        .map(|(item, _)| (item, item.balance.saturating_add(item.written_off)))
        .filter(|(_, open)| *open > 0)
        .collect();
    let mut currencies: Vec<Currency> = entries.iter().map(|entry| entry.currency).collect();
    currencies.sort_unstable_by_key(Currency::code);
    currencies.dedup();
    let mut closings = PerCurrency::<i64>::new();
    let mut accounts: Vec<Value> = Vec::new();
    for currency in currencies {
        let of = entries.iter().filter(|entry| entry.currency == currency);
        let (before, within): (Vec<&Entry>, Vec<&Entry>) = of.partition(|entry| entry.on < from);
        let opening = sum(before.iter().map(|entry| entry.minor))?;
        let (mut running, mut charged, mut paid) = (opening, 0, 0);
        let mut lines: Vec<Value> = Vec::new();
        for entry in &within {
            running = add(running, entry.minor)?;
            let (charge, payment) = (entry.minor.max(0), entry.minor.min(0).saturating_neg());
            (charged, paid) = (add(charged, charge)?, add(paid, payment)?);
            let shown = |minor| (minor != 0).then(|| amount(minor, currency));
            lines.push(json!({
                "on": entry.on,
                "what": entry.what,
                "document": entry.document,
                "charge": shown(charge),
                "payment": shown(payment),
                "balance": amount(running, currency),
            }));
        }
        let open: Vec<&(&Item, i64)> =
            owed.iter().filter(|(item, _)| item.currency == currency).collect();
        let open_sum = sum(open.iter().map(|(_, open)| *open))?;
        let on_account = sub(open_sum, running)?;
        if within.is_empty() && opening == 0 && open.is_empty() {
            continue;
        }
        closings.add(currency, running)?;
        let rows: Vec<Value> =
            open.iter().map(|(item, _)| Value::Object(account.item(item, &as_of))).collect();
        let disputed = sum(open.iter().map(|(item, open)| item.disputed.min(*open)))?;
        accounts.push(json!({
            "currency": currency.code(),
            "opening": amount(opening, currency),
            "lines": lines,
            "charged": amount(charged, currency),
            "paid": amount(paid, currency),
            "closing": amount(running, currency),
            "closing_words": in_words(running, currency, lang),
            "owes": running > 0,
            "open": rows,
            "open_total": amount(open_sum, currency),
            "on_account": (on_account != 0).then(|| amount(on_account, currency)),
            "disputed": (disputed > 0).then(|| amount(disputed, currency)),
            "ages": ages(&open, currency, &as_of)?,
        }));
    }
    if accounts.is_empty() {
        return Err(Error::NoDocument(NothingToWrite::NoItems));
    }
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| context.insert(name.to_owned(), value);
    put("customer", account.customer());
    put("from", lang.letter_day(from).into());
    put("to", lang.letter_day(to).into());
    put("before", from.pred_opt().map(|day| lang.letter_day(day)).into());
    put("accounts", accounts.into());
    put("contracts", account.contracts(owed.iter().map(|(item, _)| *item), lang).into());
    put("answer_days", writing.policy.answer_days.into());
    Ok(Filled {
        enclosed: Vec::new(),
        context,
        about: Some(Subject::Customer(customer)),
        to: account.customer.receivers(),
        amount: only(&closings).filter(|(minor, _)| *minor > 0),
    })
}

/// The day a milestone was first owed, by a day.
fn charged_on(item: &Item, day: NaiveDate) -> Option<NaiveDate> {
    let due = item.firm_due(day).filter(|due| *due <= day);
    item.invoiced_on.into_iter().chain(due).min()
}

/// All that moved an account up to a day, in its order.
fn entries(customer: CustomerId, account: &Account, writing: &Writing<'_>) -> Result<Vec<Entry>> {
    let (lang, to) = (writing.lang, writing.today);
    let mut entries: Vec<Entry> = Vec::new();
    for (item, facts) in &account.items {
        let Some(owed_from) = charged_on(item, to) else { continue };
        // Until they are agreed, what goes to parts is owed as the one that is split.
        let agreed = item.agreed_on.filter(|_| facts.part.is_some());
        let start = agreed.map_or(owed_from, |agreed| agreed.max(owed_from));
        let called = account.called(item);
        let bills = account.invoices_of(item.id, lang);
        let entry = |on, what: String, document: String, minor| Entry {
            on,
            order: u8::from(minor < 0),
            currency: item.currency,
            what,
            document,
            minor,
        };
        entries.push(entry(start, called.clone(), bills, amount_on(facts, start)));
        for change in facts.adjustments.iter().filter(|one| one.on > start && one.on <= to) {
            let what = lang.statement_changed(&called);
            entries.push(entry(change.on, what, String::new(), change.amount));
        }
        for (on, minor) in let_go(facts, to) {
            let what = lang.statement_let_go(&called);
            entries.push(entry(on.max(start), what, String::new(), -minor));
        }
    }
    for payment in writing.store.payment_list(Span { to: Some(to), ..Span::of(customer) })? {
        let head = &payment.head;
        entries.push(Entry {
            on: head.on,
            order: 1,
            currency: head.currency,
            what: lang.statement_payment(lang.method(head.method)),
            document: head.bank_ref.clone(),
            minor: -head.amount,
        });
    }
    for (on, currency, minor) in writing.store.reversals_of(customer, to)? {
        let what = lang.statement_reversed().to_owned();
        entries.push(Entry { on, order: 0, currency, what, document: String::new(), minor });
    }
    entries.retain(|entry| entry.minor != 0);
    entries.sort_by_key(|entry| (entry.on, entry.order));
    Ok(entries)
}

/// What was let go of a milestone, and what of that came back: each day with its minor units.
fn let_go(facts: &Facts, to: NaiveDate) -> Vec<(NaiveDate, i64)> {
    if facts.settlements.is_empty() && facts.project.discount.is_none() {
        return Vec::new();
    }
    let on = |day| waived_on(facts, day).map_or(0, |waived| waived.amount);
    let mut days: Vec<NaiveDate> = facts
        .allocations
        .iter()
        .flat_map(|one| {
            let back = one.reversed.iter().map(|(on, _)| *on);
            std::iter::once(one.on).chain(one.counts_on).chain(back)
        })
        .chain(facts.settlements.iter().flat_map(|settlement| {
            let others = settlement.others.iter().map(|one| one.on);
            std::iter::once(settlement.agreed_on).chain(settlement.by.succ_opt()).chain(others)
        }))
        .chain(facts.adjustments.iter().map(|one| one.on))
        .filter(|day| *day <= to)
        .collect();
    days.sort_unstable();
    days.dedup();
    let mut before = 0;
    let mut moved = Vec::new();
    for day in days {
        let now = on(day);
        if now != before {
            moved.push((day, now - before));
        }
        before = now;
    }
    moved
}

/// What is open by age.
fn ages(open: &[&(&Item, i64)], currency: Currency, writing: &Writing<'_>) -> Result<Value> {
    let buckets = writing.policy.buckets();
    let mut sums: BTreeMap<usize, i64> = BTreeMap::new();
    for (item, open) in open {
        let place = buckets.place(item, writing.today);
        let at = match place {
            Some(crate::domain::aging::Place::Bucket(at)) => at,
            Some(crate::domain::aging::Place::RetentionNotDue) | None => 0,
        };
        let sum = sums.entry(at).or_default();
        *sum = add(*sum, *open)?;
    }
    let labels = buckets.labels();
    let named = labels.iter().enumerate().map(|(at, label)| {
        let minor = sums.get(&at).copied().unwrap_or(0);
        json!({ "age": writing.lang.bucket(label), "amount": amount(minor, currency) })
    });
    Ok(named.collect())
}

/// The one project of some milestones with all it has, and which they are.
fn of_one_project(
    topic: &Topic,
    writing: &Writing<'_>,
) -> Result<(ProjectId, Account, Vec<MilestoneId>)> {
    let (customer, named) = customer_of(topic, writing.store)?;
    let named = named.ok_or(Error::NoDocument(NothingToWrite::About(DocumentScope::Milestone)))?;
    let facts = writing.store.facts_of(&named)?;
    let first = facts.first().map(|facts| facts.project.id);
    let project = first.ok_or(Error::NoDocument(NothingToWrite::NoItems))?;
    if facts.iter().any(|facts| facts.project.id != project) {
        return Err(Error::NoDocument(NothingToWrite::SeveralProjects));
    }
    let all = writing.store.milestones_of(&[project])?;
    Ok((project, Account::read(customer, Some(all), writing)?, named))
}

/// An application for payment: what is asked for now beside what came so far and what is left of the contract.
pub fn application(topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let (lang, today) = (writing.lang, writing.today);
    let by_name = matches!(topic, Topic::Of(Subject::Milestones(_)));
    let (project, mut account, named) = of_one_project(topic, writing)?;
    let whole = account.items.clone();
    account.items.retain(|(item, _)| {
        let asked = item.accepted_on.is_some() || item.is_receivable(today);
        item.balance > 0 && if by_name { named.contains(&item.id) } else { asked }
    });
    if account.items.is_empty() {
        return Err(Error::NoDocument(NothingToWrite::NoItems));
    }
    let draft = writing.store.project_draft(project)?;
    let currency = draft.currency;
    let agreed = match draft.contract_amount {
        Some(amount) => amount,
        None => sum(whole.iter().map(|(item, _)| item.amount))?,
    };
    let received = sum(whole.iter().map(|(item, _)| item.received()))?;
    let now = sum(account.items.iter().map(|(item, _)| item.balance))?;
    let retention = sum(whole
        .iter()
        .filter(|(item, _)| item.stage == Stage::Retention)
        .map(|(item, _)| item.balance))?;
    let mut rows = Vec::new();
    for (item, _) in &account.items {
        let mut row = account.item(item, writing);
        row.insert("share".to_owned(), share(item.balance, agreed).into());
        row.insert("conditions".to_owned(), conditions(item.id, writing)?.into());
        rows.push(Value::Object(row));
    }
    let sent = writing.store.papers(Some(About::Project(project)), None)?;
    let applications = sent
        .iter()
        .filter(|paper| paper.head.kind == PaperKind::PaymentApplication)
        .filter(|paper| paper.head.sent_on.is_some_and(|on| on <= today))
        .count();
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| context.insert(name.to_owned(), value);
    put("customer", account.customer());
    put("project", project_value(&draft, lang));
    put("progress", writing.store.progress(project)?.map(|(percent, _)| percent).into());
    put("application", (applications + 1).into());
    put("items", rows.into());
    put("this_time", total(now, currency, lang));
    put("contract", total(agreed, currency, lang));
    put("received", total(received, currency, lang));
    put("cumulative", total(add(received, now)?, currency, lang));
    put("cumulative_share", share(add(received, now)?, agreed).into());
    put("remaining", total(sub(sub(agreed, received)?, now)?, currency, lang));
    put("retention", if retention > 0 { total(retention, currency, lang) } else { Value::Null });
    put("papers", attachments(About::Project(project), writing)?.into());
    Ok(Filled {
        enclosed: Vec::new(),
        context,
        about: Some(Subject::Milestones(account.items.iter().map(|(item, _)| item.id).collect())),
        to: account.customer.receivers(),
        amount: Some((now, currency)),
    })
}

/// A part of a whole in percent, with one decimal.
pub fn share(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return String::new();
    }
    let tenths = (i128::from(part) * 2_000 + i128::from(whole)) / (i128::from(whole) * 2);
    format!("{}.{}%", tenths / 10, (tenths % 10).abs())
}

/// The plan of a contract, for both to sign; or its final account.
pub fn contract(kind: DocumentKind, topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let lang = writing.lang;
    let project = project_of(topic, writing.store)?;
    let detail = writing.store.project_detail(project)?;
    let (draft, currency) = (&detail.draft, detail.draft.currency);
    let ids: Vec<MilestoneId> = detail.plan.iter().map(|step| step.item.id).collect();
    let account = Account::read(draft.customer, Some(ids.clone()), writing)?;
    if account.items.is_empty() {
        return Err(Error::NoDocument(NothingToWrite::NoItems));
    }
    let planned = sum(account.items.iter().map(|(item, _)| item.amount))?;
    let agreed = draft.contract_amount.unwrap_or(planned);
    let mut rows = Vec::new();
    for (item, _) in &account.items {
        let mut row = account.item(item, writing);
        let of = writing.store.milestone_draft(item.id)?;
        row.insert("share".to_owned(), share(item.amount, agreed).into());
        row.insert("condition".to_owned(), of.condition.into());
        row.insert("rule".to_owned(), lang.rule(&of.rule).into());
        row.insert("conditions".to_owned(), conditions(item.id, writing)?.into());
        rows.push(Value::Object(row));
    }
    let mut amendments: Vec<_> = detail
        .deals
        .iter()
        .filter(|deal| deal.head.kind == DealKind::Amendment && deal.head.on <= writing.today)
        .collect();
    amendments.sort_by_key(|deal| (deal.head.on, deal.head.id));
    let changes: Vec<i64> = amendments
        .iter()
        .map(|deal| sum(deal.lines.iter().map(|line| line.amount)))
        .collect::<Result<_, _>>()?;
    let changed = sum(changes.iter().copied())?;
    let shown = amendments.iter().zip(&changes).map(|(deal, minor)| {
        json!({
            "on": lang.letter_day(deal.head.on),
            "amount": amount(*minor, currency),
            "contract": deal.head.amount.map(|minor| amount(minor, currency)),
            "note": deal.head.note,
        })
    });
    let received = sum(account.items.iter().map(|(item, _)| item.received()))?;
    let let_go = sum(account.items.iter().map(|(item, _)| item.let_go()))?;
    // What is due of it is kept back no more.
    let is_retention = |item: &Item| {
        let due = item.firm_due(writing.today);
        item.stage == Stage::Retention && due.is_none_or(|due| due > writing.today)
    };
    let open = |item: &Item| item.balance.saturating_add(item.written_off);
    let items = || account.items.iter().map(|(item, _)| item);
    let retention = sum(items().filter(|item| is_retention(item)).map(open))?;
    let payable = sum(items().filter(|item| !is_retention(item)).map(open))?;
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| context.insert(name.to_owned(), value);
    put("customer", account.customer());
    put("project", project_value(draft, lang));
    put("items", rows.into());
    put("planned", total(planned, currency, lang));
    put("off_by", (planned != agreed).then(|| amount(planned - agreed, currency)).into());
    put("contract", total(agreed, currency, lang));
    put("signed_for", total(sub(agreed, changed)?, currency, lang));
    put("changes", shown.collect());
    put("received", total(received, currency, lang));
    put("let_go", if let_go > 0 { total(let_go, currency, lang) } else { Value::Null });
    put("retention", if retention > 0 { total(retention, currency, lang) } else { Value::Null });
    put("payable", total(payable, currency, lang));
    let amount =
        if kind == DocumentKind::SettlementSheet { add(payable, retention)? } else { agreed };
    Ok(Filled {
        enclosed: Vec::new(),
        context,
        about: Some(Subject::Project(project)),
        to: account.customer.receivers(),
        amount: (amount > 0).then_some((amount, currency)),
    })
}
