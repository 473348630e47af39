//! The page a customer is shown of its project. What is named here is all it can hold: nothing is taken from what others
//! fill in, so that nothing internal gets there by the way.

use serde_json::{Map, Value, json};

use super::parts::{Account, amount, project_of, total};
use super::{Filled, Topic, Writing};
use crate::domain::item::Item;
use crate::domain::money::sum;
use crate::error::Result;
use crate::store::Span;

/// What is due next: as many as a person plans for.
const NEXT: usize = 3;

/// Plan, progress, open points, payments, and what is due.
///
/// What was written off is shown as open: that is our books, and released nobody.
pub fn page(topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let (lang, today, store) = (writing.lang, writing.today, writing.store);
    let project = project_of(topic, store)?;
    let draft = store.project_draft(project)?;
    let currency = draft.currency;
    let day = |day| lang.letter_day(day);
    let account = Account::read(draft.customer, Some(store.milestones_of(&[project])?), writing)?;
    let open_of = |item: &Item| item.balance.saturating_add(item.written_off);
    let mut rows = Vec::new();
    let (mut payable, mut ahead) = (Vec::new(), Vec::new());
    for (item, _) in &account.items {
        let open = open_of(item);
        let (due, firm) = (item.due(today), item.is_firm(today));
        rows.push(json!({
            "milestone": account.name_of(item),
            "stage": lang.stage(item.stage),
            "amount": amount(item.amount, currency),
            "planned_on": item.planned_on,
            "delivered_on": item.delivered_on,
            "accepted_on": item.accepted_on,
            "due": due,
            "paid": amount(item.received(), currency),
            "open": (open > 0).then(|| amount(open, currency)),
        }));
        let claimed = open.saturating_sub(item.disputed);
        let Some(due) = due.filter(|_| claimed > 0) else { continue };
        let line = json!({
            "milestone": account.name_of(item),
            "due": day(due),
            "amount": amount(claimed, currency),
            "invoices": account.invoices_of(item.id, lang),
            "firm": firm,
        });
        if firm && due <= today {
            payable.push((due, claimed, line));
        } else if due > today {
            ahead.push((due, claimed, line));
        }
    }
    let payable_sum = sum(payable.iter().map(|(_, minor, _)| *minor))?;
    let lines = |mut all: Vec<(chrono::NaiveDate, i64, Value)>| -> Vec<Value> {
        all.sort_by_key(|(due, ..)| *due);
        all.into_iter().map(|(_, _, line)| line).collect()
    };
    let mut next = lines(ahead);
    next.truncate(NEXT);
    let (mut points, mut reservations) = (Vec::new(), Vec::new());
    for condition in store.conditions(Some(project))? {
        if condition.agreed_on > today {
            continue;
        }
        if !condition.is_met(today) {
            points.push(json!({
                "milestone": condition.name,
                "kind": lang.condition_kind(condition.kind),
                "text": condition.wording,
                "planned_on": condition.planned_on.map(day),
            }));
        } else if !condition.reservation.is_empty() {
            reservations.push(json!({
                "milestone": condition.name,
                "text": condition.reservation,
            }));
        }
    }
    for todo in store.open_reservations(project)?.iter().filter(|todo| todo.opened_on <= today) {
        let of = account.items.iter().find(|(item, _)| Some(item.id) == todo.milestone);
        let milestone = of.map(|(item, _)| account.name_of(item));
        reservations.push(json!({ "milestone": milestone, "text": todo.title }));
    }
    let of_project = |milestone| account.items.iter().any(|(item, _)| item.id == milestone);
    let span = Span { to: Some(today), ..Span::of(draft.customer) };
    let payments = store.payment_list(span)?;
    let mut paid: Vec<Value> = Vec::new();
    for payment in payments.iter().rev() {
        let of = payment.lines.iter().filter(|line| of_project(line.milestone));
        let minor = sum(of.map(|line| line.amount))?;
        if minor > 0 {
            paid.push(json!({ "on": day(payment.head.on), "amount": amount(minor, currency) }));
        }
    }
    let planned = sum(account.items.iter().map(|(item, _)| item.amount))?;
    let received = sum(account.items.iter().map(|(item, _)| item.received()))?;
    let open = sum(account.items.iter().map(|(item, _)| open_of(item)))?;
    let progress = store.progress(project)?.map(|(percent, _)| percent);
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| context.insert(name.to_owned(), value);
    put("customer", json!({ "name": account.customer.name }));
    let project = json!({
        "name": draft.name,
        "contract_no": draft.contract_no,
        "manager": draft.manager,
        "signed_on": draft.signed_on.map(day),
        "starts_on": draft.starts_on.map(day),
        "ends_on": draft.ends_on.map(day),
        "warranty_ends_on": draft.warranty_ends_on.map(day),
    });
    put("project", project);
    put("progress", progress.into());
    put("contract", total(draft.contract_amount.unwrap_or(planned), currency, lang));
    put("received", total(received, currency, lang));
    put("open", total(open, currency, lang));
    put("items", rows.into());
    put("points", points.into());
    put("reservations", reservations.into());
    put("payments", paid.into());
    put("payable", lines(payable).into());
    put("payable_total", total(payable_sum, currency, lang));
    put("due_next", next.into());
    Ok(Filled {
        enclosed: Vec::new(),
        context,
        about: None,
        to: account.customer.receivers(),
        amount: None,
    })
}
