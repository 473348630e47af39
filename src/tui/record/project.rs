//! One contract, new or corrected.

use iso_currency::Currency;

use super::about::whole;
use super::refusal::at;
use super::{Context, Subject};
use crate::domain::change::{Change, ProjectDraft};
use crate::domain::date_input::Leaning;
use crate::domain::ids::{CustomerId, ProjectId};
use crate::domain::kinds::ProjectState;
use crate::error::Result;
use crate::report::figures::main_currency;
use crate::text::Lang;
use crate::tui::desk::{Refusal, Response};
use crate::tui::forms::{Field, Finish, Values};
use crate::tui::widgets::list::RowId;

/// Currencies to choose from, besides the one of the ledger or the contract.
const CURRENCIES: [Currency; 10] = [
    Currency::CNY,
    Currency::USD,
    Currency::EUR,
    Currency::HKD,
    Currency::JPY,
    Currency::GBP,
    Currency::SGD,
    Currency::TWD,
    Currency::KRW,
    Currency::AUD,
];

/// The form for a new project, of the subject's customer unless another is picked. Without any customer it is the
/// customer's turn first.
pub(super) fn add(subject: &Subject, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    if context.store.counts()?[0] == 0 {
        return Ok(super::customer::add(context));
    }
    let draft = ProjectDraft {
        code: String::new(),
        name: String::new(),
        customer: subject.customer.unwrap_or(CustomerId(0)),
        manager: String::new(),
        contract_no: String::new(),
        contract_amount: None,
        currency: main_currency(context.book.items()),
        signed_on: None,
        starts_on: None,
        ends_on: None,
        warranty_ends_on: None,
        progress_percent: None,
        grace_days: 0,
        state: ProjectState::Active,
    };
    let currencies = currencies(draft.currency);
    let customer = subject.customer.or(only_customer(context)?);
    let mut fields = vec![owner(customer, context)?];
    fields.extend(facts(&draft, &currencies, context)?);
    let finish: Finish = Box::new(move |values| {
        Ok(Change::AddProject(read(
            values,
            &draft,
            (&currencies, lang),
        )?))
    });
    let form = context.form(lang.form_new_project().to_owned(), fields, finish);
    let first = if customer.is_some() {
        "name"
    } else {
        "customer"
    };
    Ok(Response::Form(Box::new(form.focused(first))))
}

/// The form for what is known of a project. With milestones it keeps its customer and currency.
pub(super) fn edit(id: ProjectId, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let detail = context.store.project_detail(id)?;
    let draft = detail.draft;
    let in_use = !detail.plan.is_empty();
    let currencies = if in_use {
        vec![draft.currency]
    } else {
        currencies(draft.currency)
    };
    let mut fields = Vec::new();
    if !in_use {
        fields.push(owner(Some(draft.customer), context)?);
    }
    fields.extend(facts(&draft, &currencies, context)?);
    let states = ProjectState::ALL
        .iter()
        .map(|state| lang.project_state(*state));
    let state = ProjectState::ALL
        .iter()
        .position(|state| *state == draft.state);
    let percent = draft.progress_percent.map(|percent| percent.to_string());
    fields.extend([
        Field::text(
            "progress",
            lang.form_progress(),
            &percent.unwrap_or_default(),
        )
        .hinted(lang.form_progress_hint()),
        Field::choice("state", lang.form_state(), states, state).required(),
    ]);
    let customer = context.customer_name(draft.customer)?;
    let name = super::about::both(&draft.code, &draft.name);
    let title = format!("{} - {customer} · {name}", lang.form_edit_project());
    let finish: Finish = Box::new(move |values| {
        let draft = read(values, &draft, (&currencies, lang))?;
        Ok(Change::EditProject(id, draft))
    });
    let form = context.form(title, fields, finish);
    Ok(Response::Form(Box::new(form.focused("name"))))
}

/// The customer of a ledger that has one only.
fn only_customer(context: Context<'_>) -> Result<Option<CustomerId>> {
    Ok(match context.customer_picks()?.as_slice() {
        [one] => Some(CustomerId(one.id.0)),
        _ => None,
    })
}

fn owner(customer: Option<CustomerId>, context: Context<'_>) -> Result<Field> {
    let picks = context.customer_picks()?;
    let chosen = customer.map(|id| RowId(id.0));
    Ok(Field::pick("customer", context.lang().form_customer(), picks, chosen).required())
}

/// The currency at hand first, then the others.
fn currencies(first: Currency) -> Vec<Currency> {
    let others = CURRENCIES.into_iter().filter(|currency| *currency != first);
    std::iter::once(first).chain(others).collect()
}

fn facts(
    draft: &ProjectDraft,
    currencies: &[Currency],
    context: Context<'_>,
) -> Result<Vec<Field>> {
    let lang = context.lang();
    let mut people: Vec<String> = context.store.person_names()?.into_values().collect();
    people.sort_unstable();
    let mut manager = Field::text("manager", lang.form_manager(), &draft.manager);
    if !people.is_empty() {
        manager = manager.hinted(lang.form_manager_hint(&people.join(", ")));
    }
    let mut fields = vec![
        Field::text("name", lang.form_name(), &draft.name).required(),
        Field::text("code", lang.form_code(), &draft.code).hinted(lang.form_code_hint()),
        manager,
        Field::text("contract_no", lang.form_contract_no(), &draft.contract_no),
    ];
    let several = currencies.len() > 1;
    if several {
        let codes = currencies.iter().map(Currency::code);
        fields.push(Field::choice("currency", lang.form_currency(), codes, Some(0)).required());
    }
    for (at, currency) in currencies.iter().enumerate() {
        let known = draft
            .contract_amount
            .filter(|_| *currency == draft.currency);
        let field = Field::amount("amount", lang.form_contract_amount(), *currency, known);
        fields.push(if several {
            field.shown_if("currency", at)
        } else {
            field
        });
    }
    let plan = |name, label: &str, day| Field::day(name, label, Leaning::Next, day);
    fields.extend([
        Field::day("on", lang.form_signed_on(), Leaning::Past, draft.signed_on),
        plan("starts_on", lang.form_starts_on(), draft.starts_on),
        plan("ends_on", lang.form_ends_on(), draft.ends_on),
        plan(
            "warranty_ends_on",
            lang.form_warranty_ends_on(),
            draft.warranty_ends_on,
        ),
        Field::text("grace", lang.form_grace(), &draft.grace_days.to_string())
            .hinted(lang.form_grace_hint()),
    ]);
    Ok(fields)
}

fn read(
    values: &Values,
    known: &ProjectDraft,
    (currencies, lang): (&[Currency], Lang),
) -> Result<ProjectDraft, Refusal> {
    let customer = values
        .picked("customer")
        .map_or(known.customer, |id| CustomerId(id.0));
    if customer.0 == 0 {
        return Err(at("customer", lang.form_required()));
    }
    let progress = whole(values, ("progress", 100), lang)?;
    Ok(ProjectDraft {
        code: values.text("code"),
        name: values.text("name"),
        customer,
        manager: values.text("manager"),
        contract_no: values.text("contract_no"),
        contract_amount: values.amount("amount"),
        currency: values
            .choice_of("currency", currencies)
            .unwrap_or(known.currency),
        signed_on: values.day("on"),
        starts_on: values.day("starts_on"),
        ends_on: values.day("ends_on"),
        warranty_ends_on: values.day("warranty_ends_on"),
        progress_percent: progress.and_then(|percent| u8::try_from(percent).ok()),
        grace_days: whole(values, ("grace", 3650), lang)?.unwrap_or_default(),
        state: values
            .choice_of("state", ProjectState::ALL)
            .unwrap_or(known.state),
    })
}
