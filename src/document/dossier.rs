//! 证据目录: what a claim stands on, for counsel: the papers with a number each, what happened day by day, what is claimed,
//! and until when.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::letters::Fees;
use super::out::{DOCX, file_name};
use super::parts::{Account, amount, customer_of, only, total};
use super::{Document, Enclosed, Enclosure, Filled, Topic, Writing};
use crate::domain::about::{About, Subject};
use crate::domain::change::TimelineEvent;
use crate::domain::document::DocumentKind;
use crate::domain::ids::{PaperId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::{PaperKind, PaperState};
use crate::domain::money::PerCurrency;
use crate::error::document::NothingToWrite;
use crate::error::{Error, Result};
use crate::exchange::papers::{located, trouble};
use crate::report::deadlines::{self, Deadline};
use crate::store::{Paper, PaperHead};

/// What is overdue of a customer or project, or the milestones that are named.
pub fn fill(topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let (lang, today, store) = (writing.lang, writing.today, writing.store);
    let (customer, named) = customer_of(topic, store)?;
    let by_name = matches!(topic, Topic::Of(Subject::Milestones(_)));
    let mut account = Account::read(customer, named, writing)?;
    account.items.retain(|(item, _)| by_name || (item.balance > 0 && item.days_late(today) > 0));
    if account.items.is_empty() {
        return Err(Error::NoDocument(NothingToWrite::NoItems));
    }
    let papers = papers(&account, writing)?;
    let mut enclosed = Vec::new();
    let mut evidence = Vec::new();
    for (at, paper) in papers.iter().enumerate() {
        let number = at + 1;
        let (row, piece) = piece(number, &paper.head, writing);
        evidence.push(row);
        enclosed.extend(piece);
    }
    let mut projects: Vec<ProjectId> = account.items.iter().map(|(item, _)| item.project).collect();
    projects.sort_unstable();
    projects.dedup();
    let clocks = deadlines::of_projects(store, &projects, today, writing.policy)?;
    let fees = Fees::of(&account, writing);
    let mut claimed = PerCurrency::<i64>::new();
    let mut items = Vec::new();
    for (item, facts) in &account.items {
        claimed.add(item.currency, item.balance)?;
        let mut row = account.item(item, writing);
        let mut put = |name: &str, value: Value| row.insert(name.to_owned(), value);
        put("fee", fees.shown(facts));
        let clock = clocks.iter().find(|one| one.item.id == item.id);
        put("limitation", clock.map_or(Value::Null, |one| limitation(one, writing)));
        put("events", events(item, writing)?.into());
        items.push(Value::Object(row));
    }
    let totals = claimed.iter().map(|(currency, minor)| total(*minor, currency, lang));
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| context.insert(name.to_owned(), value);
    put("customer", account.customer());
    put("contracts", account.contracts(account.items.iter().map(|(item, _)| item), lang).into());
    put("items", items.into());
    put("totals", totals.collect());
    put("fees", fees.totals(lang)?);
    put("evidence", evidence.into());
    Ok(Filled { context, about: None, to: Vec::new(), amount: only(&claimed), enclosed })
}

/// The papers about these milestones, their contracts and their customer, the oldest first; no drafts.
fn papers(account: &Account, writing: &Writing<'_>) -> Result<Vec<Paper>> {
    let mut all: BTreeMap<(NaiveDate, PaperId), Paper> = BTreeMap::new();
    for (item, _) in &account.items {
        for paper in writing.store.papers(Some(About::Milestone(item.id)), None)? {
            let state = paper.state(writing.today);
            if state.is_some_and(|state| state != PaperState::Draft) {
                all.insert((paper.head.dated_on, paper.head.id), paper);
            }
        }
    }
    Ok(all.into_values().collect())
}

/// A paper in the index, and what lies beside that for it.
fn piece(number: usize, head: &PaperHead, writing: &Writing<'_>) -> (Value, Option<Enclosure>) {
    let (lang, ledger) = (writing.lang, writing.ledger);
    let kind = lang.paper_kind(head.kind);
    let called = |ending: &str| file_name(&[&format!("{number:02}"), kind, &head.number], ending);
    let found = trouble(&head.file, &head.sha256, ledger);
    let file = located(&head.file, ledger).filter(|path| path.is_file());
    let enclosed = match (file, written(head, writing)) {
        (Some(path), _) => {
            let ending = path.extension().and_then(|ending| ending.to_str());
            let plain = |ending: &&str| ending.chars().all(char::is_alphanumeric);
            let ending = ending.filter(plain).unwrap_or("bin");
            Some(Enclosure { name: called(ending), what: Enclosed::File(path) })
        }
        (None, Some(document)) => Some(Enclosure {
            name: called(DOCX.ending),
            what: Enclosed::Written(Box::new(document)),
        }),
        (None, None) => None,
    };
    let lacks = head.file.is_empty() && enclosed.is_none();
    let row = json!({
        "no": number,
        "kind": kind,
        "number": head.number,
        "title": head.title,
        "dated": head.dated_on,
        "sent_on": head.sent_on,
        "sent_by": head.sent_by.map(|channel| lang.channel(channel)),
        "delivered_on": head.delivered_on,
        "proof": head.proof,
        "signed_on": head.signed_on,
        "file": head.file,
        "sha256": head.sha256,
        "enclosed": enclosed.as_ref().map(|one| one.name.clone()),
        "fault": if lacks { Some(lang.dossier_no_file()) } else { found.map(|why| lang.file_fault(why)) },
    });
    (row, enclosed)
}

/// What the program wrote of a paper.
fn written(head: &PaperHead, writing: &Writing<'_>) -> Option<Document> {
    let filed_as = |kind: PaperKind| move |of: &&DocumentKind| of.paper() == Some(kind);
    let kind = DocumentKind::ALL.iter().find(filed_as(head.kind)).filter(|_| !head.body.is_empty());
    Some(Document::of(*kind?, &head.body, writing.lang, head.dated_on))
}

fn limitation(one: &Deadline, writing: &Writing<'_>) -> Value {
    let day = |day| writing.lang.letter_day(day);
    json!({
        "ends": day(one.limitation.own.ends),
        "runs_from": day(one.limitation.own.runs_from),
        "days_left": one.limitation.own.days_left(writing.today),
        "by_last": one.limitation.by_last.as_ref().map(|clock| day(clock.ends)),
        "priority_until": one.priority.map(|right| day(right.until)),
    })
}

/// What happened to a milestone before others' eyes, the oldest first; no notes, to-dos, holds or write-offs of ours, and
/// nothing that was voided.
fn events(item: &Item, writing: &Writing<'_>) -> Result<Vec<Value>> {
    let (lang, today) = (writing.lang, writing.today);
    let mut entries = writing.store.timeline(item.id)?;
    entries
        .retain(|entry| entry.on <= today && entry.voided.is_none() && is_evidence(&entry.event));
    let shown = entries.iter().rev().map(|entry| {
        // Every day with its year, that of today too.
        let what =
            lang.happened(&entry.event, NaiveDate::MIN, |minor| amount(minor, item.currency));
        json!({ "on": lang.letter_day(entry.on), "what": what })
    });
    Ok(shown.collect())
}

const fn is_evidence(event: &TimelineEvent) -> bool {
    match event {
        TimelineEvent::Agreed { .. }
        | TimelineEvent::Delivered
        | TimelineEvent::Accepted
        | TimelineEvent::Refused { .. }
        | TimelineEvent::ConditionSet { .. }
        | TimelineEvent::ConditionMet { .. }
        | TimelineEvent::Invoiced { .. }
        | TimelineEvent::Paid { .. }
        | TimelineEvent::Reversed { .. }
        | TimelineEvent::Moved { .. }
        | TimelineEvent::Bill { .. }
        | TimelineEvent::PayerCleared { .. }
        | TimelineEvent::Touched { .. }
        | TimelineEvent::Promised { .. }
        | TimelineEvent::Disputed { .. }
        | TimelineEvent::Resolved { .. }
        | TimelineEvent::Rescheduled { .. }
        | TimelineEvent::Adjusted { .. }
        | TimelineEvent::PartOf { .. }
        | TimelineEvent::Waived { .. }
        | TimelineEvent::SettlementAgreed { .. }
        | TimelineEvent::Suspended { .. }
        | TimelineEvent::Resumed => true,
        TimelineEvent::Paper { state, .. } => !matches!(state, PaperState::Draft),
        TimelineEvent::Noted { .. }
        | TimelineEvent::Held { .. }
        | TimelineEvent::Released
        | TimelineEvent::WrittenOff { .. }
        | TimelineEvent::Opened { .. }
        | TimelineEvent::Done { .. } => false,
    }
}
