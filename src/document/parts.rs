//! What many documents are filled with: the customer, its contracts, what is open of them.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use serde_json::{Map, Value, json};

use super::{Topic, Writing};
use crate::domain::about::{About, Subject};
use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::change::{CustomerDraft, ProjectDraft};
use crate::domain::document::DocumentScope;
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, IdMap, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::{PaperKind, PaperState};
use crate::domain::money::{self, Currency, PerCurrency};
use crate::error::document::NothingToWrite;
use crate::error::{Error, Result};
use crate::store::{ListedInvoice, Reader, Span};
use crate::text::Lang;

/// One customer, and milestones of it with what the day of the document knows of them.
pub struct Account {
    pub customer: CustomerDraft,
    pub projects: IdMap<ProjectId, ProjectDraft>,
    /// With the facts each item comes from, in the order of project, due date and id.
    pub items: Vec<(Item, Facts)>,
    names: IdMap<MilestoneId, crate::store::Name>,
    invoices: Vec<ListedInvoice>,
}

/// An amount as a document shows it.
pub fn amount(minor: i64, currency: Currency) -> String {
    money::with_symbol(minor, currency)
}

/// The same in words, for the language.
pub fn in_words(minor: i64, currency: Currency, lang: Lang) -> String {
    match lang {
        Lang::Zh => money::in_chinese(minor, currency),
        Lang::En => money::in_english(minor, currency),
    }
}

/// The customer a topic is about, and the milestones it names, if it names any.
pub fn customer_of(
    topic: &Topic,
    store: &Reader,
) -> Result<(CustomerId, Option<Vec<MilestoneId>>)> {
    let wrong = || Error::NoDocument(NothingToWrite::About(DocumentScope::Customer));
    match topic {
        Topic::Lens(_) => Err(wrong()),
        Topic::Of(Subject::Customer(id)) => Ok((*id, None)),
        Topic::Of(Subject::Project(id)) => {
            let customer = store.project_draft(*id)?.customer;
            Ok((customer, Some(store.milestones_of(&[*id])?)))
        }
        Topic::Of(Subject::Milestones(ids)) => {
            let facts = store.facts_of(ids)?;
            let mut customers = facts.iter().map(|facts| facts.project.customer);
            let first = customers.next().ok_or_else(wrong)?;
            if customers.any(|other| other != first) {
                return Err(Error::NoDocument(NothingToWrite::SeveralCustomers));
            }
            Ok((first, Some(ids.clone())))
        }
    }
}

impl Account {
    /// A customer with these milestones, or all it has.
    pub fn read(
        id: CustomerId,
        milestones: Option<Vec<MilestoneId>>,
        writing: &Writing<'_>,
    ) -> Result<Self> {
        let store = writing.store;
        let ids = match milestones {
            Some(ids) => ids,
            None => store.milestones_of(&store.projects_of_customer(id)?)?,
        };
        let mut items: Vec<(Item, Facts)> = Vec::new();
        for facts in store.facts_of(&ids)? {
            if let Some(item) = as_of::item(&facts, writing.today, Calendar::china()) {
                items.push((item, facts));
            }
        }
        let mut projects: IdMap<ProjectId, ProjectDraft> = IdMap::default();
        for (item, _) in &items {
            if let Entry::Vacant(new) = projects.entry(item.project) {
                new.insert(store.project_draft(item.project)?);
            }
        }
        items.sort_by_key(|(item, _)| (item.project, item.due(writing.today), item.id));
        Ok(Self {
            customer: store.customer_draft(id)?,
            names: store.milestone_names(&ids)?,
            invoices: store.invoice_list(Span { to: Some(writing.today), ..Span::of(id) })?,
            projects,
            items,
        })
    }

    /// The customer as a template sees it, and those who can be written to.
    pub fn customer(&self) -> Value {
        let customer = &self.customer;
        let contacts = customer.contacts.iter().map(|contact| {
            json!({
                "name": contact.name,
                "role": contact.role,
                "phone": contact.phone,
                "email": contact.email,
                "wechat": contact.wechat,
            })
        });
        json!({
            "code": customer.code,
            "name": customer.name,
            "short": if customer.short_name.is_empty() { &customer.name } else { &customer.short_name },
            "address": customer.address,
            "phone": customer.phone,
            "tax_no": customer.tax_no,
            "invoice_title": customer.invoice_title,
            "contacts": contacts.collect::<Vec<_>>(),
        })
    }

    /// A contract as a template sees it.
    pub fn project(&self, id: ProjectId, lang: Lang) -> Value {
        let Some(project) = self.projects.get(&id) else { return Value::Null };
        project_value(project, lang)
    }

    /// The contracts of these items, each once.
    pub fn contracts<'i>(&self, items: impl Iterator<Item = &'i Item>, lang: Lang) -> Vec<Value> {
        let mut ids: Vec<ProjectId> = Vec::new();
        for item in items {
            if !ids.contains(&item.project) {
                ids.push(item.project);
            }
        }
        ids.into_iter().map(|id| self.project(id, lang)).collect()
    }

    /// A milestone as a template sees it.
    pub fn item(&self, item: &Item, writing: &Writing<'_>) -> Map<String, Value> {
        let (lang, today) = (writing.lang, writing.today);
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        let name = self.names.get(&item.id);
        let project = self.projects.get(&item.project);
        let show = |minor| amount(minor, item.currency);
        let paid = item.amount.saturating_sub(item.balance).saturating_sub(item.written_off);
        let waived = item.rare.waived.as_ref().map_or(0, |waived| waived.amount);
        let value = json!({
            "key": name.and_then(|name| name.code()),
            "milestone": name.map(|name| &*name.name),
            "stage": lang.stage(item.stage),
            "project": project.map(|project| &project.code),
            "project_name": project.map(|project| &project.name),
            "contract_no": project.map(|project| &project.contract_no),
            "currency": item.currency.code(),
            "amount": show(item.amount),
            "paid": show(paid.saturating_sub(waived)),
            "balance": show(item.balance),
            // Giving up a claim in one's own books releases nobody.
            "open": show(item.balance.saturating_add(item.written_off)),
            "claimed": show(item.undisputed()),
            "disputed": (item.disputed > 0).then(|| show(item.disputed.min(item.balance))),
            "due": day(item.due(today)),
            "days_late": item.days_late(today),
            "grace_days": item.grace_days,
            "delivered_on": day(item.delivered_on),
            "accepted_on": day(item.accepted_on),
            "invoiced_on": day(item.invoiced_on),
            "invoices": self.invoices_of(item.id, lang),
        });
        match value {
            Value::Object(fields) => fields,
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Map::new(),
        }
    }

    pub fn name_of(&self, item: &Item) -> &str {
        self.names.get(&item.id).map_or("", |name| &*name.name)
    }

    /// A milestone by its name, and its contract's.
    pub fn called(&self, item: &Item) -> String {
        let name = self.name_of(item);
        match self.projects.get(&item.project) {
            Some(project) if project.contract_no.is_empty() => format!("{name} · {}", project.name),
            Some(project) => format!("{name} · {}", project.contract_no),
            None => name.to_owned(),
        }
    }

    /// The invoices a milestone stands on, by number and day; a red one and the one it takes back are none.
    pub fn invoices_of(&self, id: MilestoneId, lang: Lang) -> String {
        let mut bills: BTreeMap<(chrono::NaiveDate, &str), i64> = BTreeMap::new();
        for invoice in &self.invoices {
            let number = match (&invoice.head.reverses_number, invoice.head.reverses) {
                (Some(number), Some(_)) => number.as_str(),
                (None | Some(_), None) | (None, Some(_)) => invoice.head.number.as_str(),
            };
            let day = self
                .invoices
                .iter()
                .find(|other| Some(other.head.id) == invoice.head.reverses)
                .map_or(invoice.head.on, |other| other.head.on);
            for line in invoice.lines.iter().filter(|line| line.milestone == id) {
                *bills.entry((day, number)).or_default() += line.amount;
            }
        }
        let standing =
            bills.into_iter().filter(|(_, amount)| *amount > 0).map(|((day, number), _)| {
                let day = day.to_string();
                match number {
                    "" => lang.document_invoice_unnumbered(&day),
                    number => lang.document_invoice(number, &day),
                }
            });
        standing.collect::<Vec<_>>().join(lang.pick("、", ", "))
    }
}

/// The project a topic is about.
pub fn project_of(topic: &Topic, store: &Reader) -> Result<ProjectId> {
    let wrong = || Error::NoDocument(NothingToWrite::About(DocumentScope::Project));
    match topic {
        Topic::Of(Subject::Project(id)) => Ok(*id),
        Topic::Of(Subject::Customer(id)) => match store.projects_of_customer(*id)?.as_slice() {
            [one] => Ok(*one),
            _ => Err(wrong()),
        },
        Topic::Of(Subject::Milestones(ids)) => {
            let first = store.facts_of(ids)?.first().map(|facts| facts.project.id);
            first.ok_or_else(wrong)
        }
        Topic::Lens(_) => Err(wrong()),
    }
}

/// What a milestone's acceptance or due date waits for, as the day of the document knows it.
pub fn conditions(id: MilestoneId, writing: &Writing<'_>) -> Result<Vec<Value>> {
    let (lang, today) = (writing.lang, writing.today);
    let mut all = writing.store.conditions_of(id)?;
    all.retain(|condition| condition.agreed_on <= today);
    let shown = all.iter().map(|condition| {
        let met = condition.met_on.filter(|_| condition.is_met(today));
        json!({
            "kind": lang.condition_kind(condition.kind),
            "text": condition.wording,
            "planned_on": condition.planned_on.map(|day| lang.letter_day(day)),
            "met_on": met.map(|day| lang.letter_day(day)),
            "met_by": condition.met_by,
            "reservation": condition.reservation,
        })
    });
    Ok(shown.collect())
}

/// The papers about something that are more than drafts.
pub fn papers(about: About, writing: &Writing<'_>) -> Result<Vec<Value>> {
    papers_that(about, writing, |_| true)
}

/// Those of them that can be attached: no letter of ours that asks for the money.
pub fn attachments(about: About, writing: &Writing<'_>) -> Result<Vec<Value>> {
    papers_that(about, writing, |kind| !kind.is_ours() && kind.step().is_none())
}

fn papers_that(
    about: About,
    writing: &Writing<'_>,
    wanted: fn(PaperKind) -> bool,
) -> Result<Vec<Value>> {
    let (lang, today) = (writing.lang, writing.today);
    let papers = writing.store.papers(Some(about), None)?;
    let of_kind = papers.iter().rev().filter(|paper| wanted(paper.head.kind));
    let shown = of_kind.filter_map(|paper| {
        let (head, state) = (&paper.head, paper.state(today)?);
        (state != PaperState::Draft).then(|| {
            json!({
                "kind": lang.paper_kind(head.kind),
                "number": head.number,
                "title": head.title,
                "dated": lang.letter_day(head.dated_on),
                "sent_on": head.sent_on.map(|day| lang.letter_day(day)),
                "delivered_on": head.delivered_on.map(|day| lang.letter_day(day)),
                "signed_on": head.signed_on.map(|day| lang.letter_day(day)),
                "proof": head.proof,
                "file": head.file,
                "sha256": head.sha256,
            })
        })
    });
    Ok(shown.collect())
}

/// The sum, where there is one.
pub fn only(sums: &PerCurrency<i64>) -> Option<(i64, Currency)> {
    let mut sums = sums.iter();
    let (currency, minor) = sums.next()?;
    sums.next().is_none().then_some((*minor, currency))
}

/// A contract as a template sees it.
pub fn project_value(project: &ProjectDraft, lang: Lang) -> Value {
    json!({
        "code": project.code,
        "name": project.name,
        "contract_no": project.contract_no,
        "manager": project.manager,
        "currency": project.currency.code(),
        "contract_amount": project.contract_amount.map(|minor| amount(minor, project.currency)),
        "signed_on": project.signed_on.map(|day| lang.letter_day(day)),
        "starts_on": project.starts_on.map(|day| lang.letter_day(day)),
        "ends_on": project.ends_on.map(|day| lang.letter_day(day)),
        "warranty_ends_on": project.warranty_ends_on.map(|day| lang.letter_day(day)),
        "late_fee": project.late_fee.as_ref().map(|terms| lang.late_fee_terms(terms)),
    })
}

/// A sum of a currency as a template sees it.
pub fn total(minor: i64, currency: Currency, lang: Lang) -> Value {
    json!({
        "currency": currency.code(),
        "amount": amount(minor, currency),
        "words": in_words(minor, currency, lang),
    })
}
