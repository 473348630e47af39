//! Customers, projects, milestones and ourselves: added, and corrected for all days.

use chrono::{Datelike, NaiveDate};

use crate::domain::change::{Change, ContactDraft, CustomerDraft, MilestoneDraft, ProjectDraft};
use crate::domain::date_input::{Leaning, parse_day};
use crate::domain::due::{Basis, DueRule, RuleError};
use crate::domain::kinds::Role;
use crate::domain::money::Currency;
use crate::domain::normalize::normalize;
use crate::domain::rules;
use crate::domain::shares::Shares;
use crate::domain::template;
use crate::domain::terms::told_rule;
use crate::domain::violation::{Field, Thing, Violation};
use crate::error::{Error, Result};
use crate::exchange::settings::People;
use crate::report::figures::main_currency;
use crate::store::{Person, Store};
use crate::text::Lang;

use super::args::{Add, CustomerFields, Edit, MilestoneFields, PersonFields, ProjectFields};
use super::session::{Session, note};
use super::words::{code, code_or_none, discount_or_none, late_fee_or_none, stage_or_none};

pub fn add(session: &Session, what: &Add) -> Result<()> {
    let mut store = session.open()?;
    let mut change = added(session, &store, what)?;
    loop {
        let written = session.write(&mut store, &change, String::new());
        let Err(Error::Violation(Violation::Taken { .. })) = &written else {
            return written;
        };
        // Where another process took the code that was proposed, the next one is.
        let next = added(session, &store, what)?;
        if next == change {
            return written;
        }
        change = next;
    }
}

fn added(session: &Session, store: &Store, what: &Add) -> Result<Change> {
    Ok(match what {
        Add::Customer(fields) => {
            let code = store.next_customer_code(session.today.year())?;
            let draft = CustomerDraft { code, ..CustomerDraft::default() };
            Change::AddCustomer(customer(session.lang, store, draft, fields)?)
        }
        Add::Project(fields) => Change::AddProject(new_project(session, store, fields)?),
        Add::Milestone(fields) => Change::AddMilestone(new_milestone(session, store, fields)?),
        Add::Person(fields) => {
            let found = store.person(&fields.name)?.map(|person| person.id);
            rules::free(Field::Name, fields.name.trim(), found, None)?;
            person(session.lang, fields, None)?
        }
    })
}

pub fn edit(session: &Session, what: &Edit) -> Result<()> {
    session.record(|store| match what {
        Edit::Customer { customer: name, fields } => {
            let id = store.find_customer(name)?;
            let draft = customer(session.lang, store, store.customer_draft(id)?, fields)?;
            Ok((Change::EditCustomer(id, draft), name.clone()))
        }
        Edit::Project { project: name, fields } => {
            let id = store.find_project(name)?;
            let draft = project(session, store, store.project_draft(id)?, fields)?;
            Ok((Change::EditProject(id, draft), name.clone()))
        }
        Edit::Milestone { milestone: name, fields } => {
            let id = store.find_milestone(name)?;
            let draft = milestone(session, store, store.milestone_draft(id)?, fields)?;
            Ok((Change::EditMilestone(id, draft), name.clone()))
        }
        Edit::Person(fields) => {
            let name = fields.name.trim().to_owned();
            let known = store
                .person(&name)?
                .ok_or_else(|| Violation::Unknown { thing: Thing::Person, name: name.clone() })?;
            Ok((person(session.lang, fields, Some(known))?, name))
        }
    })
}

/// `people`: who works with this ledger.
pub fn people(session: &Session) -> Result<()> {
    let people = session.read()?.people()?;
    session.show(&People { people, me: &session.who })
}

/// A person with what is given; the rest stays.
fn person(lang: Lang, fields: &PersonFields, known: Option<Person>) -> Result<Change> {
    let role = code_or_none("--role", fields.role.as_deref(), lang)?;
    let (usual, team, email) = known.map_or((Role::Pm, String::new(), String::new()), |known| {
        (known.role, known.team, known.email)
    });
    Ok(Change::EditPerson {
        name: fields.name.trim().to_owned(),
        role: role.unwrap_or(usual),
        team: fields.team.clone().unwrap_or(team),
        email: fields.email.clone().unwrap_or(email),
    })
}

fn set(field: &mut String, given: Option<&String>) {
    if let Some(text) = given {
        field.clone_from(text);
    }
}

/// The same, where a word stands for nothing.
fn set_or_none(field: &mut String, given: Option<&String>) {
    if let Some(text) = given {
        let is_none = matches!(normalize(text).as_str(), "none" | "无");
        *field = if is_none { String::new() } else { text.clone() };
    }
}

fn customer(
    lang: Lang,
    store: &Store,
    mut draft: CustomerDraft,
    fields: &CustomerFields,
) -> Result<CustomerDraft> {
    set(&mut draft.code, fields.code.as_ref());
    set(&mut draft.name, fields.name.as_ref());
    set(&mut draft.short_name, fields.short_name.as_ref());
    set(&mut draft.invoice_title, fields.invoice_title.as_ref());
    set(&mut draft.tax_no, fields.tax_no.as_ref());
    set(&mut draft.notes, fields.notes.as_ref());
    draft.grade = code_or_none("--grade", fields.grade.as_deref(), lang)?.or(draft.grade);
    if let Some(limit) = &fields.limit {
        let main = main_currency(&store.items()?, &store.policy()?);
        draft.credit_limit = Some(Session::amount("--limit", limit, main)?);
    }
    draft.terms_days = fields.terms.or(draft.terms_days);
    for contact in &fields.contact {
        let mut parts = contact.split(':').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let known = draft.contacts.iter().position(|known| known.name == name);
        let at = known.unwrap_or(draft.contacts.len());
        if known.is_none() {
            draft.contacts.push(ContactDraft { name: name.to_owned(), ..ContactDraft::default() });
        }
        let Some(contact) = draft.contacts.get_mut(at) else { continue };
        for part in parts.filter(|part| !part.is_empty()) {
            let field = if part.contains('@') { &mut contact.email } else { &mut contact.phone };
            part.clone_into(field);
        }
    }
    Ok(draft)
}

fn new_project(session: &Session, store: &Store, fields: &ProjectFields) -> Result<ProjectDraft> {
    let name = fields.customer.as_ref().ok_or(Violation::Empty(Field::Customer))?;
    let policy = store.policy()?;
    let currency = policy.currency.unwrap_or(Currency::CNY);
    let draft = ProjectDraft {
        code: store.next_project_code(session.today.year())?,
        grace_days: policy.grace_days,
        ..ProjectDraft::new(store.find_customer(name)?, currency)
    };
    project(session, store, draft, fields)
}

fn project(
    session: &Session,
    store: &Store,
    mut draft: ProjectDraft,
    fields: &ProjectFields,
) -> Result<ProjectDraft> {
    set(&mut draft.code, fields.code.as_ref());
    set(&mut draft.name, fields.name.as_ref());
    set(&mut draft.manager, fields.manager.as_ref());
    set_or_none(&mut draft.finance, fields.finance.as_ref());
    set_or_none(&mut draft.legal, fields.legal.as_ref());
    set_or_none(&mut draft.sales, fields.sales.as_ref());
    set(&mut draft.contract_no, fields.contract_no.as_ref());
    if let Some(name) = &fields.customer {
        draft.customer = store.find_customer(name)?;
    }
    if let Some(code) = &fields.currency {
        draft.currency = Session::currency("--currency", code)?;
    }
    if let Some(amount) = &fields.amount {
        draft.contract_amount = Some(Session::amount("--amount", amount, draft.currency)?);
    }
    if let Some(plan) = &fields.plan {
        let plan = template::read(plan, &session.config.plans);
        let plan = plan.unwrap_or_else(|| Shares::parse("")).and_then(|plan| {
            session.lang.instalments(&plan, draft.contract_amount, draft.currency)
        });
        draft.plan = plan.map_err(|error| Error::flag("--plan", error))?;
    }
    let past = |flag, text: &Option<String>, stays: Option<NaiveDate>| -> Result<_> {
        Ok(session.past_or_none(flag, text.as_deref())?.or(stays))
    };
    let ahead = |flag, text: &Option<String>, stays: Option<NaiveDate>| -> Result<_> {
        Ok(session.ahead_or_none(flag, text.as_deref())?.or(stays))
    };
    draft.signed_on = past("--signed-on", &fields.signed_on, draft.signed_on)?;
    draft.starts_on = ahead("--starts-on", &fields.starts_on, draft.starts_on)?;
    draft.ends_on = ahead("--ends-on", &fields.ends_on, draft.ends_on)?;
    let warranty = draft.warranty_ends_on;
    draft.warranty_ends_on = ahead("--warranty-ends-on", &fields.warranty_ends_on, warranty)?;
    draft.progress_percent = fields.progress.or(draft.progress_percent);
    draft.grace_days = fields.grace.unwrap_or(draft.grace_days);
    draft.state =
        code_or_none("--state", fields.state.as_deref(), session.lang)?.unwrap_or(draft.state);
    draft.bills = fields.bills.unwrap_or(draft.bills);
    if let Some(terms) = &fields.late_fee {
        draft.late_fee = late_fee_or_none("--late-fee", terms)?;
    }
    draft.method =
        code_or_none("--method", fields.method.as_deref(), session.lang)?.or(draft.method);
    draft.bill_months = fields.bill_months.or(draft.bill_months).filter(|months| *months > 0);
    if let Some(word) = &fields.priority {
        let is_none = matches!(normalize(word).as_str(), "none" | "off" | "无");
        draft.priority_from =
            if is_none { None } else { Some(code("--priority", word, session.lang)?) };
    }
    draft.completed_on = past("--completed-on", &fields.completed_on, draft.completed_on)?;
    if let Some(terms) = &fields.discount {
        draft.discount = discount_or_none("--discount", terms)?;
    }
    Ok(draft)
}

fn new_milestone(
    session: &Session,
    store: &Store,
    fields: &MilestoneFields,
) -> Result<MilestoneDraft> {
    let name = fields.project.as_ref().ok_or(Violation::Empty(Field::Project))?;
    let project = store.find_project(name)?;
    let signed_on = store.project_draft(project)?.signed_on;
    let draft = MilestoneDraft {
        key: store.free_key(project)?,
        agreed_on: signed_on.filter(|day| *day <= session.today).or(Some(session.today)),
        ..MilestoneDraft::new(project, "", 0)
    };
    milestone(session, store, draft, fields)
}

fn milestone(
    session: &Session,
    store: &Store,
    mut draft: MilestoneDraft,
    fields: &MilestoneFields,
) -> Result<MilestoneDraft> {
    if let Some(name) = &fields.project {
        draft.project = store.find_project(name)?;
    }
    set(&mut draft.key, fields.key.as_ref());
    set(&mut draft.name, fields.name.as_ref());
    let before = draft.condition.clone();
    set(&mut draft.condition, fields.condition.as_ref());
    set(&mut draft.note, fields.note.as_ref());
    draft.stage =
        stage_or_none("--stage", fields.stage.as_deref(), session.lang)?.unwrap_or(draft.stage);
    if let Some(amount) = &fields.amount {
        let project = store.project_draft(draft.project)?;
        let contract = project.contract_amount;
        draft.amount = Session::amount_of("--amount", amount, project.currency, contract)?;
    }
    if let Some(due) = &fields.due {
        draft.rule = due_rule(session, due)?;
    } else if let Some(condition) = &fields.condition {
        tell_due(session, &mut draft, &before, condition);
    }
    draft.method =
        code_or_none("--method", fields.method.as_deref(), session.lang)?.or(draft.method);
    draft.bill_months = fields.bill_months.or(draft.bill_months).filter(|months| *months > 0);
    draft.agreed_on =
        session.past_or_none("--agreed-on", fields.agreed_on.as_deref())?.or(draft.agreed_on);
    draft.planned_on =
        session.ahead_or_none("--planned-on", fields.planned_on.as_deref())?.or(draft.planned_on);
    Ok(draft)
}

/// The rule a new condition tells, where none was given or the old condition told it. One that tells none changes none.
fn tell_due(session: &Session, draft: &mut MilestoneDraft, before: &str, condition: &str) {
    let was_told = || told_rule(before).as_ref() == Some(&draft.rule);
    let follows = draft.rule.is_none() || was_told();
    let told = told_rule(condition).filter(|_| follows);
    if let Some(rule) = &told {
        draft.rule = rule.clone();
    }
    if session.global.quiet || condition.trim().is_empty() {
        return;
    }
    let lang = session.lang;
    let rule = lang.rule_typed(&draft.rule);
    note(&match told {
        Some(_) => lang.told_due(&rule),
        None if draft.rule.is_none() => lang.told_no_due().to_owned(),
        None => lang.told_due_stays(&rule),
    });
}

/// A day as a form takes it, or a rule.
fn due_rule(session: &Session, text: &str) -> Result<DueRule> {
    match parse_day(text, session.today, Leaning::Next) {
        Ok(day) => Ok(DueRule { basis: Basis::Fixed(day), roll: false }),
        Err(_) => text.parse().map_err(|error: RuleError| Error::flag("--due", error)),
    }
}
