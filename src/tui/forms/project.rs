//! One contract, new or corrected.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};
use iso_currency::Currency;

use super::context::both;
use super::{Answer, Context};
use crate::domain::calendar::Calendar;
use crate::domain::change::{Change, ProjectDraft};
use crate::domain::due::{Basis, DueRule, Event};
use crate::domain::ids::{CustomerId, ProjectId};
use crate::domain::kinds::{PriorityStart, ProjectState};
use crate::domain::money;
use crate::domain::shares::{self, Shares, SharesError};
use crate::domain::template::{self, Plans};
use crate::domain::violation::Field as Part;
use crate::report::figures::main_currency;
use crate::text::Lang;
use crate::text::width::{left, right};
use crate::tui::effect::Effect;
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
    let state = fields.add(state(draft.state, cx).required());
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

/// That it rests is recorded with its day and reason; it can only stay so here.
fn state(chosen: ProjectState, cx: Context<'_>) -> Field<Option<ProjectState>> {
    let lang = cx.lang();
    let mut states = vec![ProjectState::Active, ProjectState::Closed];
    if chosen == ProjectState::Suspended {
        states.push(chosen);
    }
    Field::choice(lang.form_state(), &states, |state| lang.project_state(state), Some(chosen))
        .also(states.iter().map(|state| lang.other().project_state(*state)))
}

/// Suspends the project of the row, or resumes it at once where it rests.
pub(super) fn suspend(selection: &Selection, cx: Context<'_>) -> Answer {
    let (lang, today) = (cx.lang(), cx.today);
    let project = selection.project.ok_or(lang.why_not_project())?;
    let detail = cx.store.project_detail(project)?;
    if detail.state == ProjectState::Suspended {
        return Ok(Effect::Write(Box::new(Change::Resume { project, on: today })));
    }
    let mut fields = Fields::default();
    let reason = Field::text(lang.form_reason(), "").required().about(Part::Reason);
    let reason = fields.add(reason);
    let notice = fields.add(Field::text(lang.form_notice(), "").hinted(lang.form_notice_hint()));
    let on = fields.add(cx.day(lang.form_since()).about(Part::Date));
    let title = title(lang.form_suspend(), &detail.draft, cx)?;
    Ok(cx.open(title, fields, move |values| {
        Ok(Change::Suspend {
            project,
            on: values.get(&on)?,
            notice: values.get(&notice)?,
            reason: values.get(&reason)?,
        })
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
    let plan = unplanned.then(|| {
        let names = cx.plans.keys().map(String::as_str).collect::<Vec<_>>().join(lang.and());
        let field = Field::text(lang.form_plan(), "");
        fields.add(field.hinted(lang.form_plan_hint(&names)))
    });
    let signed_on = fields.add(Field::past(lang.form_signed_on(), draft.signed_on));
    let code = fields.add(cx.code(&draft.code, draft.name.is_empty()));
    let mut manager = Field::text(lang.form_manager(), &draft.manager);
    if !people.is_empty() {
        manager = manager.hinted(lang.form_manager_hint(&people.join(", ")));
    }
    let manager = fields.add(manager);
    let known = [
        (lang.form_finance(), &draft.finance),
        (lang.form_legal(), &draft.legal),
        (lang.form_sales(), &draft.sales),
    ];
    let [finance, legal, sales] = known.map(|(label, name)| {
        fields.add(Field::text(label, name).hinted(lang.form_role_hint(&people.join(", "))))
    });
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
    let method = fields.add(cx.choice(lang.form_agreed_method(), draft.method));
    let months = Field::number(lang.form_bill_months(), 36_u16, draft.bill_months);
    let months = fields.add(months.hinted(lang.form_bill_months_hint()));
    let priority = cx.choice(lang.form_priority(), draft.priority_from);
    let priority = fields.add(priority.hinted(lang.form_priority_hint()));
    let completed_on = Field::past(lang.form_completed_on(), draft.completed_on);
    let completed_on =
        fields.add(completed_on.shown_if(&priority, Some(PriorityStart::Completion)));
    let discount = fields.add(Field::discount(lang.form_discount(), draft.discount));
    let typed = discount.clone();
    fields.echo(&discount, move |values| {
        let terms = values.get(&typed).ok().flatten();
        terms.map_or_else(String::new, |terms| format!("\n{}", lang.discount(&terms)))
    });
    let grace = Field::number(lang.form_grace(), 3650_u16, Some(draft.grace_days));
    let grace = fields.add(grace.hinted(lang.form_grace_hint()));
    let own = cx.plans.clone();
    if let Some(plan) = &plan {
        let keys = PlanKeys {
            plan: plan.clone(),
            amounts: amounts.clone(),
            days: [
                (Event::Signing, signed_on.clone()),
                (Event::Start, starts_on.clone()),
                (Event::WarrantyEnd, warranty_ends_on.clone()),
            ],
        };
        let own = own.clone();
        fields.echo(plan, move |values| keys.echo(values, &own, lang));
    }
    Ok(move |values: &Values, draft: ProjectDraft| {
        // Amounts in other currencies are not shown, and so have no value.
        let mut contract_amount = None;
        for (_, amount) in &amounts {
            contract_amount = contract_amount.or(values.get(amount)?);
        }
        let currency = match &chosen {
            Some(chosen) => values.get(chosen)?,
            None => draft.currency,
        };
        let plan = match &plan {
            Some(key) => template::read(&values.get(key)?, &own)
                .map_or(Ok(Vec::new()), |plan| lang.instalments(&plan?, contract_amount, currency))
                .map_err(|error| key.wrong(lang.shares_error(&error)))?,
            None => Vec::new(),
        };
        Ok(ProjectDraft {
            name: values.get(&name)?,
            code: values.get(&code)?,
            manager: values.get(&manager)?,
            finance: values.get(&finance)?,
            legal: values.get(&legal)?,
            sales: values.get(&sales)?,
            contract_no: values.get(&contract_no)?,
            currency,
            contract_amount,
            signed_on: values.get(&signed_on)?,
            starts_on: values.get(&starts_on)?,
            ends_on: values.get(&ends_on)?,
            warranty_ends_on: values.get(&warranty_ends_on)?,
            grace_days: values.get(&grace)?.unwrap_or(0),
            bills: values.get(&bills)?,
            late_fee: values.get(&late_fee)?,
            discount: values.get(&discount)?,
            method: values.get(&method)?,
            bill_months: values.get(&months)?.filter(|months| *months > 0),
            priority_from: values.get(&priority)?,
            completed_on: values.get(&completed_on).ok().flatten().or(draft.completed_on),
            plan,
            ..draft
        })
    })
}

/// The contract amount in each currency; only the one that is shown has a value.
type Amounts = Vec<(Currency, Key<Option<i64>>)>;

/// What a plan is shown by.
struct PlanKeys {
    plan: Key<String>,
    amounts: Amounts,
    days: [(Event, Key<Option<NaiveDate>>); 3],
}

impl PlanKeys {
    /// Each instalment on a line of its own, and what of the contract is left; nothing while it is not a plan yet.
    fn echo(&self, values: &Values, own: &Plans, lang: Lang) -> String {
        let typed = values.get(&self.plan).unwrap_or_default();
        let plan = match template::read(&typed, own) {
            Some(Ok(plan)) => plan,
            Some(Err(error @ SharesError::Unread(_))) => {
                return format!("\n{}", lang.shares_error(&error));
            }
            Some(Err(_)) | None => return String::new(),
        };
        let mut contracts = self.amounts.iter().filter_map(|(currency, amount)| {
            values.get(amount).ok().flatten().map(|minor| (*currency, minor))
        });
        let lines = self.lines(&plan, contracts.next(), values, lang);
        lines.unwrap_or_else(|error| format!("\n{}", lang.shares_error(&error)))
    }

    fn lines(
        &self,
        plan: &Shares,
        contract: Option<(Currency, i64)>,
        values: &Values,
        lang: Lang,
    ) -> Result<String, SharesError> {
        let (currency, minor) = contract.ok_or(SharesError::NoContract)?;
        let (amounts, rest) = plan.sizes(Some(minor), currency)?;
        let rows = lang.called(plan, amounts)?;
        let mut text = String::new();
        for row in &rows {
            let percent = format!("{}%", shares::percent_of(row.amount, minor));
            let amount = money::with_symbol(row.amount, currency);
            let (name, percent) = (left(&row.name, NAME), right(&percent, SHARE));
            let when = self.when(&row.rule, values, lang);
            let line = format!("\n{name} {percent} {}  {when}", right(&amount, AMOUNT));
            text.push_str(line.trim_end());
            for asked in &row.conditions {
                let words =
                    lang.timeline_condition(lang.condition_kind(asked.kind), &asked.wording);
                let _ = write!(text, "\n  {words}");
            }
        }
        if let Err(error @ SharesError::NotWhole { .. }) = plan.amounts(Some(minor), currency) {
            let _ = write!(text, "\n{}", lang.shares_error(&error));
        }
        if rest == 0 && rows.iter().any(|row| row.rule.is_none()) {
            let _ = write!(text, "\n{}", lang.form_plan_undated(&lang.dated_plan(plan)));
        }
        Ok(text)
    }

    /// The day a rule comes to by what is typed of the contract, else the rule.
    fn when(&self, rule: &DueRule, values: &Values, lang: Lang) -> String {
        let Basis::After(after) = &rule.basis else {
            return String::new();
        };
        let known = self.days.iter().find(|(event, _)| *event == after.event);
        let day = known.and_then(|(_, key)| values.get(key).ok().flatten());
        let calendar = Calendar::china();
        match day.and_then(|day| after.day(day, calendar)) {
            Some(day) => rule.settle(day, calendar).to_string(),
            None => lang.rule_typed(rule),
        }
    }
}

/// Cells of the name and of the share in a preview.
const NAME: usize = 12;
const SHARE: usize = 7;
/// Cells of the amount.
const AMOUNT: usize = 18;
