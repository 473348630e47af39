//! Customers, projects and milestones: added, and corrected for all days.

use chrono::NaiveDate;

use crate::domain::change::{Change, ContactDraft, CustomerDraft, MilestoneDraft, ProjectDraft};
use crate::domain::date_input::{Leaning, parse_day};
use crate::domain::due::{Basis, DueRule};
use crate::domain::kinds::{Grade, Method, ProjectState, Stage};
use crate::domain::money::Currency;
use crate::domain::violation::{Field, Violation};
use crate::error::{Error, Result};
use crate::report::figures;
use crate::store::Store;

use super::args::{Add, CustomerFields, Edit, MilestoneFields, ProjectFields};
use super::session::Session;
use super::words::code;

pub fn add(session: &Session, what: &Add) -> Result<()> {
    let mut store = session.open()?;
    let (change, said) = match what {
        Add::Customer(fields) => {
            let draft = customer(&store, CustomerDraft::default(), fields)?;
            let name = draft.name.clone();
            (
                Change::AddCustomer(draft),
                session.lang.said_added_customer(&name),
            )
        }
        Add::Project(fields) => {
            let draft = new_project(session, &store, fields)?;
            let name = draft.name.clone();
            (
                Change::AddProject(draft),
                session.lang.said_added_project(&name),
            )
        }
        Add::Milestone(fields) => {
            let draft = new_milestone(session, &store, fields)?;
            let name = draft.name.clone();
            (
                Change::AddMilestone(draft),
                session.lang.said_added_milestone(&name),
            )
        }
    };
    let applied = store.apply(&change, &session.context())?;
    session.confirm(&applied, &said)
}

pub fn edit(session: &Session, what: &Edit) -> Result<()> {
    let mut store = session.open()?;
    let (change, name) = match what {
        Edit::Customer {
            customer: name,
            fields,
        } => {
            let id = store.find_customer(name)?;
            let draft = customer(&store, store.customer_draft(id)?, fields)?;
            (Change::EditCustomer(id, draft), name)
        }
        Edit::Project {
            project: name,
            fields,
        } => {
            let id = store.find_project(name)?;
            let draft = project(session, &store, store.project_draft(id)?, fields)?;
            (Change::EditProject(id, draft), name)
        }
        Edit::Milestone {
            milestone: name,
            fields,
        } => {
            let id = store.find_milestone(name)?;
            let draft = milestone(session, &store, store.milestone_draft(id)?, fields)?;
            (Change::EditMilestone(id, draft), name)
        }
    };
    let applied = store.apply(&change, &session.context())?;
    session.confirm(&applied, &session.lang.said_edited(name))
}

fn set(field: &mut String, given: Option<&String>) {
    if let Some(text) = given {
        field.clone_from(text);
    }
}

fn customer(
    store: &Store,
    mut draft: CustomerDraft,
    fields: &CustomerFields,
) -> Result<CustomerDraft> {
    set(&mut draft.code, fields.code.as_ref());
    set(&mut draft.name, fields.name.as_ref());
    set(&mut draft.short_name, fields.short_name.as_ref());
    set(&mut draft.tax_no, fields.tax_no.as_ref());
    set(&mut draft.notes, fields.notes.as_ref());
    if let Some(grade) = &fields.grade {
        draft.grade = Some(code(
            "--grade",
            grade,
            Grade::ALL,
            Grade::from_code,
            Grade::code,
        )?);
    }
    if let Some(limit) = &fields.limit {
        let main = figures::main_currency(&store.items()?);
        draft.credit_limit = Some(Session::amount("--limit", limit, main)?);
    }
    draft.terms_days = fields.terms.or(draft.terms_days);
    for contact in &fields.contact {
        let (name, phone) = contact.split_once(':').unwrap_or((contact, ""));
        draft.contacts.push(ContactDraft {
            name: name.trim().to_owned(),
            phone: phone.trim().to_owned(),
            ..ContactDraft::default()
        });
    }
    Ok(draft)
}

fn new_project(session: &Session, store: &Store, fields: &ProjectFields) -> Result<ProjectDraft> {
    let name = fields
        .customer
        .as_ref()
        .ok_or(Violation::Empty(Field::Customer))?;
    let draft = ProjectDraft {
        code: String::new(),
        name: String::new(),
        customer: store.find_customer(name)?,
        manager: String::new(),
        contract_no: String::new(),
        contract_amount: None,
        currency: Currency::CNY,
        signed_on: None,
        starts_on: None,
        ends_on: None,
        warranty_ends_on: None,
        progress_percent: None,
        grace_days: 0,
        state: ProjectState::Active,
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
    let day =
        |flag, text: &Option<String>, stays: Option<NaiveDate>| -> Result<Option<NaiveDate>> {
            Ok(session.past_or_none(flag, text.as_deref())?.or(stays))
        };
    draft.signed_on = day("--signed-on", &fields.signed_on, draft.signed_on)?;
    let plan =
        |flag, text: &Option<String>, stays: Option<NaiveDate>| -> Result<Option<NaiveDate>> {
            Ok(session.ahead_or_none(flag, text.as_deref())?.or(stays))
        };
    draft.starts_on = plan("--starts-on", &fields.starts_on, draft.starts_on)?;
    draft.ends_on = plan("--ends-on", &fields.ends_on, draft.ends_on)?;
    draft.warranty_ends_on = plan(
        "--warranty-ends-on",
        &fields.warranty_ends_on,
        draft.warranty_ends_on,
    )?;
    draft.progress_percent = fields.progress.or(draft.progress_percent);
    draft.grace_days = fields.grace.unwrap_or(draft.grace_days);
    if let Some(state) = &fields.state {
        draft.state = code(
            "--state",
            state,
            ProjectState::ALL,
            ProjectState::from_code,
            ProjectState::code,
        )?;
    }
    Ok(draft)
}

fn new_milestone(
    session: &Session,
    store: &Store,
    fields: &MilestoneFields,
) -> Result<MilestoneDraft> {
    let name = fields
        .project
        .as_ref()
        .ok_or(Violation::Empty(Field::Project))?;
    let project = store.find_project(name)?;
    let signed_on = store.project_draft(project)?.signed_on;
    let draft = MilestoneDraft {
        project,
        key: String::new(),
        name: String::new(),
        stage: Stage::Other,
        amount: 0,
        condition: String::new(),
        rule: DueRule {
            basis: Basis::None,
            roll: false,
        },
        agreed_on: signed_on
            .filter(|day| *day <= session.today)
            .or(Some(session.today)),
        planned_on: None,
        delivered_on: None,
        accepted_on: None,
        method: None,
        note: String::new(),
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
    set(&mut draft.condition, fields.condition.as_ref());
    set(&mut draft.note, fields.note.as_ref());
    if let Some(stage) = &fields.stage {
        draft.stage = code("--stage", stage, Stage::ALL, Stage::from_code, Stage::code)?;
    }
    if let Some(amount) = &fields.amount {
        let currency = store.project_draft(draft.project)?.currency;
        draft.amount = Session::amount("--amount", amount, currency)?;
    }
    if let Some(due) = &fields.due {
        draft.rule = due_rule(session, due)?;
    }
    if let Some(method) = &fields.method {
        draft.method = Some(code(
            "--method",
            method,
            Method::ALL,
            Method::from_code,
            Method::code,
        )?);
    }
    draft.agreed_on = session
        .past_or_none("--agreed-on", fields.agreed_on.as_deref())?
        .or(draft.agreed_on);
    draft.planned_on = session
        .ahead_or_none("--planned-on", fields.planned_on.as_deref())?
        .or(draft.planned_on);
    Ok(draft)
}

/// A day as a form takes it, or a rule.
fn due_rule(session: &Session, text: &str) -> Result<DueRule> {
    match parse_day(text, session.today, Leaning::Next) {
        Ok(day) => Ok(DueRule {
            basis: Basis::Fixed(day),
            roll: false,
        }),
        Err(_) => text
            .parse()
            .map_err(|error: crate::domain::due::RuleError| Error::flag("--due", error)),
    }
}
