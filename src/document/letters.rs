//! Letters of the ladder: to one customer, about all that is due at its step.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::parts::{Account, amount, customer_of, only, total};
use super::{Filled, Topic, Writing};
use crate::domain::about::Subject;
use crate::domain::calendar::{Calendar, add_days};
use crate::domain::document::DocumentKind;
use crate::domain::facts::Facts;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::late_fee::{LateFee, late_fee};
use crate::domain::money::{Currency, PerCurrency};
use crate::domain::promise::PromiseState;
use crate::error::document::NothingToWrite;
use crate::error::{Error, Result};
use crate::text::Lang;

/// What a letter of the ladder is filled with.
pub fn fill(kind: DocumentKind, topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let (lang, today) = (writing.lang, writing.today);
    let (customer, named) = customer_of(topic, writing.store)?;
    let by_name = matches!(topic, Topic::Of(Subject::Milestones(_)));
    let mut account = Account::read(customer, named, writing)?;
    account.items.retain(|(item, _)| {
        let open = item.undisputed() > 0 && item.hold(today).is_none();
        open && (by_name || is_at_step(item, kind, writing))
    });
    let items: Vec<&Item> = account.items.iter().map(|(item, _)| item).collect();
    if items.is_empty() {
        return Err(Error::NoDocument(NothingToWrite::NoItems));
    }
    let mut owed = PerCurrency::<i64>::new();
    for item in &items {
        owed.add(item.currency, item.undisputed())?;
    }
    let fees = Fees::of(&account, writing);
    let rows: Vec<Value> = account
        .items
        .iter()
        .map(|(item, facts)| {
            let mut row = account.item(item, writing);
            row.insert("fee".to_owned(), fees.shown(facts));
            Value::Object(row)
        })
        .collect();
    let disputed = items.iter().any(|item| item.disputed > 0);
    let totals = owed.iter().map(|(currency, minor)| total(*minor, currency, lang));
    let latest = items.iter().filter_map(|item| item.due(today)).min();
    let deadline = add_days(today, writing.policy.notice_days.into()).unwrap_or(today);
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| context.insert(name.to_owned(), value);
    put("customer", account.customer());
    put("contracts", account.contracts(items.iter().copied(), lang).into());
    put("items", rows.into());
    put("totals", totals.collect());
    put("fees", fees.totals(lang)?);
    put("disputed", disputed.into());
    put("first_due", latest.map(|day| lang.letter_day(day)).into());
    put("deadline", lang.letter_day(deadline).into());
    put("notice_days", writing.policy.notice_days.into());
    put("broken_promise", broken_promise(&items, today, writing));
    let ids = items.iter().map(|item| item.id).collect();
    Ok(Filled {
        enclosed: Vec::new(),
        context,
        about: Some(Subject::Milestones(ids)),
        to: account.customer.receivers(),
        amount: only(&owed),
    })
}

/// Whether a milestone is one of those a letter of this kind is about, where none is named.
fn is_at_step(item: &Item, kind: DocumentKind, writing: &Writing<'_>) -> bool {
    let Some(due) = item.firm_due(writing.today) else { return false };
    match kind {
        DocumentKind::HeadsUp => {
            let ahead = writing.policy.ladder.step(0).map_or(0, |step| -step.days);
            due > writing.today && add_days(writing.today, ahead).is_some_and(|last| due <= last)
        }
        DocumentKind::DueNotice
        | DocumentKind::Reminder
        | DocumentKind::FormalNotice
        | DocumentKind::FinalNotice
        | DocumentKind::Statement
        | DocumentKind::DebtConfirmation
        | DocumentKind::PlanConfirmation
        | DocumentKind::PaymentApplication
        | DocumentKind::ProgressReport
        | DocumentKind::AcceptanceSheet
        | DocumentKind::CompletionReport
        | DocumentKind::SettlementSheet
        | DocumentKind::SuspensionNotice
        | DocumentKind::ResumptionNotice
        | DocumentKind::CallBrief
        | DocumentKind::Answer
        | DocumentKind::ClientPage
        | DocumentKind::MeetingPack
        | DocumentKind::WeeklyDigest
        | DocumentKind::Dossier => due <= writing.today,
    }
}

/// The last promise that was broken.
fn broken_promise(items: &[&Item], today: NaiveDate, writing: &Writing<'_>) -> Value {
    let broken = items.iter().flat_map(|item| {
        let broken = item
            .promises
            .iter()
            .filter(move |promise| promise.state(today) == PromiseState::Broken);
        broken.map(move |promise| (promise.pay_by, promise.amount, item.currency))
    });
    let last = broken.max_by_key(|(day, minor, _)| (*day, *minor));
    last.map_or(Value::Null, |(day, minor, currency)| {
        json!({ "on": writing.lang.letter_day(day), "amount": amount(minor, currency) })
    })
}

/// Late fees of the items, by the terms of their contracts.
pub struct Fees {
    all: Vec<(MilestoneId, LateFee, i64, Currency)>,
    today: NaiveDate,
}

impl Fees {
    pub fn of(account: &Account, writing: &Writing<'_>) -> Self {
        let mut all = Vec::new();
        for (item, facts) in &account.items {
            let terms = account.projects.get(&item.project).and_then(|project| project.late_fee);
            let Some(terms) = terms else { continue };
            let fee = late_fee(facts, &terms, writing.lpr, writing.today, Calendar::china());
            if let Ok(fee) = fee
                && fee.total > 0
            {
                all.push((item.id, terms, fee.total, item.currency));
            }
        }
        Self { all, today: writing.today }
    }

    pub fn shown(&self, facts: &Facts) -> Value {
        let fee = self.all.iter().find(|(id, ..)| *id == facts.id);
        fee.map_or(Value::Null, |(_, _, minor, currency)| amount(*minor, *currency).into())
    }

    /// Their sums, how they are counted, and by which day; none without any.
    pub fn totals(&self, lang: Lang) -> Result<Value> {
        if self.all.is_empty() {
            return Ok(Value::Null);
        }
        let mut sums = PerCurrency::<i64>::new();
        for (_, _, minor, currency) in &self.all {
            sums.add(*currency, *minor)?;
        }
        let mut terms: Vec<String> = Vec::new();
        for (_, one, ..) in &self.all {
            let worded = lang.late_fee_terms(one);
            if !terms.contains(&worded) {
                terms.push(worded);
            }
        }
        let totals = sums.iter().map(|(currency, minor)| total(*minor, currency, lang));
        Ok(json!({
            "totals": totals.collect::<Vec<_>>(),
            "terms": terms,
            "until": lang.letter_day(self.today),
        }))
    }
}
