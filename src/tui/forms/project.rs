//! One contract, new or corrected.

use chrono::Datelike;
use iso_currency::Currency;
use rust_decimal::Decimal;

use super::context::both;
use super::{Answer, Context};
use crate::domain::change::{Change, Instalment, ProjectDraft};
use crate::domain::ids::{CustomerId, ProjectId};
use crate::domain::money;
use crate::domain::shares::Shares;
use crate::domain::violation::Field as Part;
use crate::report::figures::main_currency;
use crate::text::Lang;
use crate::text::width::{left, right};
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields, Key, Values, Wrong};

/// Currencies to choose from, besides the one of the ledger or the contract.
pub const CURRENCIES: [Currency; 10] = [
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

/// The form for a new project, of the selection's customer unless another is picked. Without any customer it is the
/// customer's turn first.
pub(super) fn add(selection: &Selection, cx: Context<'_>) -> Answer {
    let picks = cx.customer_picks()?;
    let only = match picks.as_slice() {
        [] => return super::customer::add(cx),
        [only] => Some(only.value),
        _ => None,
    };
    let known = selection.customer.or(only);
    let currency = main_currency(cx.portfolio.items(), &cx.portfolio.policy);
    let mut fields = Fields::default();
    let customer = fields.add(owner(known, cx)?);
    let grace_days = cx.portfolio.policy.grace_days;
    let blank = ProjectDraft {
        code: cx.store.next_project_code(cx.today.year())?,
        grace_days,
        ..ProjectDraft::new(known.unwrap_or(CustomerId(0)), currency)
    };
    let facts = facts(&mut fields, &blank, &currencies(currency), true, cx)?;
    if known.is_none() {
        fields.focus(&customer);
    }
    Ok(cx.open(cx.lang().form_new_project(), fields, move |values| {
        let draft = ProjectDraft::new(values.get(&customer)?, currency);
        Ok(Change::AddProject(facts(values, draft)?))
    }))
}

/// The form for what is known of a project. With milestones it keeps its customer and currency.
pub(super) fn edit(id: ProjectId, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let detail = cx.store.project_detail(id)?;
    let draft = detail.draft;
    let mut fields = Fields::default();
    let (customer, currencies) = if detail.plan.is_empty() {
        let owner = owner(Some(draft.customer), cx)?;
        (Some(fields.add(owner)), currencies(draft.currency))
    } else {
        (None, vec![draft.currency])
    };
    let facts = facts(&mut fields, &draft, &currencies, detail.plan.is_empty(), cx)?;
    let progress = Field::number(lang.form_progress(), 100, draft.progress_percent);
    let progress = progress.hinted(lang.form_progress_hint());
    let progress = fields.add(progress.about(Part::Progress));
    let state = cx.choice(lang.form_state(), Some(draft.state));
    let state = fields.add(state.required());
    let title = title(lang.form_edit_project(), &draft, cx)?;
    Ok(cx.open(title, fields, move |values| {
        let mut draft = facts(values, draft.clone())?;
        if let Some(customer) = &customer {
            draft.customer = values.get(customer)?;
        }
        draft.progress_percent = values.get(&progress)?;
        draft.state = values.get(&state)?;
        Ok(Change::EditProject(id, draft))
    }))
}

/// What is done to which project.
pub(super) fn title(what: &str, project: &ProjectDraft, cx: Context<'_>) -> Answer<String> {
    let customer = cx.customer_name(project.customer)?;
    let name = both(&project.code, &project.name);
    Ok(format!("{what} - {customer} · {name}"))
}

fn owner(customer: Option<CustomerId>, cx: Context<'_>) -> Answer<Field<CustomerId>> {
    let field = Field::pick(cx.lang().form_customer(), cx.customer_picks()?, customer);
    Ok(field.required().about(Part::Customer))
}

/// The currency at hand first, then the others.
fn currencies(first: Currency) -> Vec<Currency> {
    let others = CURRENCIES.into_iter().filter(|currency| *currency != first);
    std::iter::once(first).chain(others).collect()
}

/// Adds what new and known projects have in common, the cursor on the name, and reads it into a draft. `unplanned` ones
/// can be given a plan.
fn facts(
    fields: &mut Fields,
    draft: &ProjectDraft,
    currencies: &[Currency],
    unplanned: bool,
    cx: Context<'_>,
) -> Answer<impl Fn(&Values, ProjectDraft) -> Result<ProjectDraft, Wrong> + use<>> {
    let lang = cx.lang();
    let mut people: Vec<String> = cx.store.person_names()?.into_values().collect();
    people.sort_unstable();
    let name = Field::text(lang.form_name(), &draft.name).required();
    let name = fields.add(name.about(Part::Name));
    fields.focus(&name);
    let chosen = cx.currency(fields, currencies);
    let mut amounts = Vec::new();
    for currency in currencies {
        let known = draft.contract_amount.filter(|_| *currency == draft.currency);
        let amount = Field::amount(lang.form_contract_amount(), *currency, known);
        amounts.push((*currency, fields.add(amount.shown_if(chosen.as_ref(), *currency))));
    }
    let plan = unplanned.then(|| plan(fields, amounts.clone(), lang));
    let signed_on = fields.add(Field::past(lang.form_signed_on(), draft.signed_on));
    let code = fields.add(cx.code(&draft.code, draft.name.is_empty()));
    let mut manager = Field::text(lang.form_manager(), &draft.manager);
    if !people.is_empty() {
        manager = manager.hinted(lang.form_manager_hint(&people.join(", ")));
    }
    let manager = fields.add(manager);
    let contract_no = fields.add(Field::text(lang.form_contract_no(), &draft.contract_no));
    let starts_on = fields.add(Field::next(lang.form_starts_on(), draft.starts_on));
    let ends_on = fields.add(Field::next(lang.form_ends_on(), draft.ends_on));
    let warranty = Field::next(lang.form_warranty_ends_on(), draft.warranty_ends_on);
    let warranty_ends_on = fields.add(warranty);
    let bills = fields.add(cx.choice(lang.form_bills(), Some(draft.bills)).required());
    let late_fee = Field::late_fee(lang.form_late_fee(), draft.late_fee);
    let late_fee = fields.add(late_fee);
    let typed = late_fee.clone();
    fields.echo(&late_fee, move |values| {
        let terms = values.get(&typed).ok().flatten();
        terms.map_or_else(String::new, |terms| {
            format!("\n{}", lang.late_fee_parts(&terms).join("\n"))
        })
    });
    let grace = Field::number(lang.form_grace(), 3650_u16, Some(draft.grace_days));
    let grace = fields.add(grace.hinted(lang.form_grace_hint()));
    Ok(move |values: &Values, draft: ProjectDraft| {
        // Amounts in other currencies are not shown, and so have no value.
        let mut contract_amount = None;
        for (_, amount) in &amounts {
            contract_amount = contract_amount.or(values.get(amount)?);
        }
        let plan = match &plan {
            Some(key) => match values.get(key)? {
                Some(plan) => lang
                    .instalments(&plan, contract_amount)
                    .map_err(|error| key.wrong(lang.shares_error(&error)))?,
                None => Vec::new(),
            },
            None => Vec::new(),
        };
        Ok(ProjectDraft {
            name: values.get(&name)?,
            code: values.get(&code)?,
            manager: values.get(&manager)?,
            contract_no: values.get(&contract_no)?,
            currency: match &chosen {
                Some(chosen) => values.get(chosen)?,
                None => draft.currency,
            },
            contract_amount,
            signed_on: values.get(&signed_on)?,
            starts_on: values.get(&starts_on)?,
            ends_on: values.get(&ends_on)?,
            warranty_ends_on: values.get(&warranty_ends_on)?,
            grace_days: values.get(&grace)?.unwrap_or(0),
            bills: values.get(&bills)?,
            late_fee: values.get(&late_fee)?,
            plan,
            ..draft
        })
    })
}

/// The contract amount in each currency; only the one that is shown has a value.
type Amounts = Vec<(Currency, Key<Option<i64>>)>;

/// Adds the field for a plan, with what it comes to.
fn plan(fields: &mut Fields, amounts: Amounts, lang: Lang) -> Key<Option<Shares>> {
    let key = fields.add(Field::plan(lang.form_plan()));
    let typed = key.clone();
    fields.echo(&key, move |values| {
        let Ok(Some(plan)) = values.get(&typed) else {
            return String::new();
        };
        let mut contracts = amounts.iter().filter_map(|(currency, amount)| {
            values.get(amount).ok().flatten().map(|minor| (*currency, minor))
        });
        let contract = contracts.next();
        preview(&plan, contract, lang).unwrap_or_else(|error| format!("\n{error}"))
    });
    key
}

/// Cells of the name and of the share in a preview.
const NAME: usize = 24;
const SHARE: usize = 8;
/// Cells of the amount.
const AMOUNT: usize = 20;

/// Each instalment on a line of its own: name, share, amount.
fn preview(plan: &Shares, contract: Option<(Currency, i64)>, lang: Lang) -> Result<String, String> {
    let rows = lang.instalments(plan, contract.map(|(_, minor)| minor));
    let rows = rows.map_err(|error| lang.shares_error(&error))?;
    let line = |(row, percent): (&Instalment, Decimal)| {
        let (name, percent) = (left(&row.name, NAME), right(&format!("{percent}%"), SHARE));
        let amount = contract.map(|(currency, _)| money::with_symbol(row.amount, currency));
        let amount = right(&amount.unwrap_or_default(), AMOUNT);
        format!("{name} {percent} {amount}")
    };
    let lines = rows.iter().zip(plan.percents()).map(line);
    let all = [String::new()].into_iter().chain(lines).chain([lang.form_plan_undated().to_owned()]);
    Ok(all.collect::<Vec<_>>().join("\n"))
}
