//! How far the work is, and what it means for the money: reports, acceptance, suspension.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::accounts::share;
use super::parts::{
    Account, amount, attachments, conditions, customer_of, project_of, project_value, total,
};
use super::{Filled, Topic, Writing};
use crate::domain::about::{About, Subject};
use crate::domain::calendar::add_days;
use crate::domain::item::Item;
use crate::domain::kinds::{NoteKind, TodoKind};
use crate::domain::money::{PerCurrency, sum};
use crate::error::document::NothingToWrite;
use crate::error::{Error, Result};
use crate::store::{Span, Todo};

/// Days a report looks back and ahead, where none are named.
const MONTH: i64 = 30;

/// A project as reports see it: its plan, its open points, its money.
pub fn project(topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let (lang, today) = (writing.lang, writing.today);
    let to = writing.to.unwrap_or(today);
    let from = writing.from.or_else(|| add_days(to, -MONTH)).unwrap_or(to);
    if from > to {
        return Err(Error::NoDocument(NothingToWrite::Backwards));
    }
    let project = project_of(topic, writing.store)?;
    let detail = writing.store.project_detail(project)?;
    let (draft, currency) = (&detail.draft, detail.draft.currency);
    let ids = detail.plan.iter().map(|step| step.item.id).collect();
    let account = Account::read(draft.customer, Some(ids), writing)?;
    let within = |day: Option<NaiveDate>| day.is_some_and(|day| from <= day && day <= to);
    let mut rows = Vec::new();
    for (item, _) in &account.items {
        let mut row = account.item(item, writing);
        let mut put = |name: &str, value: Value| row.insert(name.to_owned(), value);
        put("planned_on", item.planned_on.map(|day| day.to_string()).into());
        put("happened", (within(item.delivered_on) || within(item.accepted_on)).into());
        put("late", is_late(item, today).into());
        put("conditions", conditions(item.id, writing)?.into());
        rows.push(Value::Object(row));
    }
    let notes =
        writing.store.notes(Some(About::Project(project)), Some(NoteKind::Progress), None)?;
    let notes = notes.iter().filter(|note| within(Some(note.on))).map(|note| {
        json!({ "on": lang.letter_day(note.on), "percent": note.number, "text": note.wording })
    });
    let notes: Vec<Value> = notes.collect();
    let todos = writing.store.todos_ever_about(About::Project(project))?;
    let issue = |todo: &&Todo| matches!(todo.kind, TodoKind::Issue | TodoKind::Complaint);
    let shown = |todo: &Todo| {
        json!({
            "title": todo.title,
            "owner": todo.owner,
            "due_on": todo.due_on.map(|day| lang.letter_day(day)),
            "done_on": todo.done_on.map(|day| lang.letter_day(day)),
            "outcome": todo.outcome,
        })
    };
    let known = |todo: &&Todo| todo.opened_on <= to;
    let is_open = |todo: &&Todo| todo.done_on.is_none_or(|day| day > to);
    let open: Vec<Value> =
        todos.iter().filter(issue).filter(known).filter(is_open).map(shown).collect();
    let closed: Vec<Value> =
        todos.iter().filter(issue).filter(|todo| within(todo.done_on)).map(shown).collect();
    let ids: Vec<_> = account.items.iter().map(|(item, _)| item.id).collect();
    let payments = writing.store.payment_list(Span {
        from: Some(from),
        to: Some(to),
        ..Span::of(draft.customer)
    })?;
    let paid = payments.iter().filter_map(|payment| {
        let of = payment.lines.iter().filter(|line| ids.contains(&line.milestone));
        let minor = of.fold(0_i64, |sum, line| sum.saturating_add(line.amount));
        let on = lang.letter_day(payment.head.on);
        (minor > 0).then(|| json!({ "on": on, "amount": amount(minor, currency) }))
    });
    let soon = add_days(today, MONTH).unwrap_or(today);
    let next: Vec<Value> = account
        .items
        .iter()
        .filter(|(item, _)| {
            item.balance > 0 && item.due(today).is_some_and(|due| today < due && due <= soon)
        })
        .map(|(item, _)| Value::Object(account.item(item, writing)))
        .collect();
    let overdue: Vec<Value> = account
        .items
        .iter()
        .filter(|(item, _)| {
            item.undisputed() > 0 && item.firm_due(today).is_some_and(|d| d < today)
        })
        .map(|(item, _)| Value::Object(account.item(item, writing)))
        .collect();
    let planned = sum(account.items.iter().map(|(item, _)| item.amount))?;
    let agreed = draft.contract_amount.unwrap_or(planned);
    let received = sum(account.items.iter().map(|(item, _)| item.received()))?;
    let owed = |item: &Item| item.balance.saturating_add(item.written_off);
    let balance = sum(account.items.iter().map(|(item, _)| owed(item)))?;
    let late = sum(account
        .items
        .iter()
        .filter(|(item, _)| item.days_late(today) > 0)
        .map(|(item, _)| item.undisputed()))?;
    let progress = writing.store.progress(project)?.map(|(percent, _)| percent);
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| context.insert(name.to_owned(), value);
    put("customer", account.customer());
    put("project", project_value(draft, lang));
    put("from", lang.letter_day(from).into());
    put("to", lang.letter_day(to).into());
    put("progress", progress.into());
    put("notes", notes.into());
    put("items", rows.into());
    put("issues_open", open.into());
    put("issues_closed", closed.into());
    put("payments", paid.collect());
    put("due_next", next.into());
    put("overdue", overdue.into());
    put("overdue_total", if late > 0 { total(late, currency, lang) } else { Value::Null });
    put("contract", total(agreed, currency, lang));
    put("received", total(received, currency, lang));
    put("received_share", share(received, agreed).into());
    put("balance", total(balance, currency, lang));
    put("papers", attachments(About::Project(project), writing)?.into());
    let suspended = detail.suspended.as_ref();
    put("suspended_since", suspended.map(|one| lang.letter_day(one.since)).into());
    put("suspended_reason", suspended.map(|one| one.reason.clone()).into());
    let start = add_days(today, writing.policy.notice_days.into()).unwrap_or(today);
    put("deadline", lang.letter_day(start).into());
    put("notice_days", writing.policy.notice_days.into());
    Ok(Filled {
        enclosed: Vec::new(),
        context,
        about: Some(Subject::Project(project)),
        to: account.customer.receivers(),
        amount: (late > 0).then_some((late, currency)),
    })
}

/// A notice that work stops: only where something is overdue.
pub fn suspension(topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let filled = project(topic, writing)?;
    match filled.context.get("overdue_total") {
        Some(Value::Object(_)) => Ok(filled),
        Some(_) | None => Err(Error::NoDocument(NothingToWrite::NoItems)),
    }
}

fn is_late(item: &Item, today: NaiveDate) -> bool {
    let done = item.accepted_on.or(item.delivered_on);
    done.is_none() && item.planned_on.is_some_and(|planned| planned < today)
}

/// What an acceptance is signed on: what was to be delivered, by which criteria, and what of it is there.
pub fn acceptance(topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let lang = writing.lang;
    let (customer, named) = customer_of(topic, writing.store)?;
    let by_name = matches!(topic, Topic::Of(Subject::Milestones(_)));
    let mut account = Account::read(customer, named, writing)?;
    account
        .items
        .retain(|(item, _)| by_name || (item.delivered_on.is_some() && item.accepted_on.is_none()));
    if account.items.is_empty() {
        return Err(Error::NoDocument(NothingToWrite::NoItems));
    }
    let mut rows = Vec::new();
    let mut sums = PerCurrency::<i64>::new();
    for (item, _) in &account.items {
        let mut row = account.item(item, writing);
        row.insert("conditions".to_owned(), conditions(item.id, writing)?.into());
        sums.add(item.currency, item.amount)?;
        rows.push(Value::Object(row));
    }
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| context.insert(name.to_owned(), value);
    put("customer", account.customer());
    put("contracts", account.contracts(account.items.iter().map(|(item, _)| item), lang).into());
    put("items", rows.into());
    Ok(Filled {
        enclosed: Vec::new(),
        context,
        about: Some(Subject::Milestones(account.items.iter().map(|(item, _)| item.id).collect())),
        to: account.customer.receivers(),
        amount: super::parts::only(&sums),
    })
}
