//! Customers, contracts and instalments of the demo as the drafts a form would hold.

use chrono::{Datelike, NaiveDate};

use super::cast::Customer;
use super::plan::{Contract, Instalment, When};
use super::words;
use crate::demo::names;
use crate::domain::change::{ContactDraft, CustomerDraft, MilestoneDraft, ProjectDraft};
use crate::domain::due::{Basis, DueRule, Event, EventRule, Unit};
use crate::domain::ids::{CustomerId, ProjectId};
use crate::domain::kinds::ProjectState;
use crate::domain::money::{self, Overflow};

/// Minor units of an amount in whole units of the customer's currency.
pub(super) fn minor(whole: i64, customer: &Customer) -> Result<i64, Overflow> {
    let unit = 10_i64.pow(money::exponent(customer.currency).min(4));
    whole.checked_mul(unit).ok_or(Overflow {
        left: whole.into(),
        right: unit.into(),
    })
}

pub(super) fn customer(cast: &Customer) -> Result<CustomerDraft, Overflow> {
    let contacts = cast.contacts.iter().enumerate();
    let number = cast.code.trim_start_matches('C');
    let chinese = cast.is_chinese();
    let some = |text: String| if chinese { text } else { String::new() };
    Ok(CustomerDraft {
        code: cast.code.to_owned(),
        name: cast.name.to_owned(),
        short_name: cast.short.to_owned(),
        invoice_title: cast.name.to_owned(),
        tax_no: some(format!("91000000MA0DEMO{number}")),
        bank: some("演示银行营业部".to_owned()),
        bank_account: some(format!("6200 0000 0000 0{number}")),
        grade: cast.grade,
        credit_limit: cast.limit.map(|whole| minor(whole, cast)).transpose()?,
        terms_days: Some(cast.terms),
        notes: cast.notes.to_owned(),
        contacts: contacts
            .map(|(at, (name, role, box_name, channel))| ContactDraft {
                id: None,
                name: (*name).to_owned(),
                role: (*role).to_owned(),
                // No operator hands out numbers of this range.
                phone: if chinese {
                    format!("100 0{number} 000{at}")
                } else {
                    format!("+00 555 0{number} 0{at}")
                },
                email: format!("{box_name}@example.com"),
                wechat: some((*box_name).to_owned()),
                channel: Some(*channel),
            })
            .collect(),
        ..CustomerDraft::default()
    })
}

/// The contract, signed on that day.
pub(super) fn project(
    told: &Contract,
    owner: (CustomerId, &Customer),
    signed: NaiveDate,
    today: NaiveDate,
) -> Result<ProjectDraft, Overflow> {
    let (id, cast) = owner;
    let over = told.progress == 100 && told.plan.iter().all(|i| i.paid.is_some());
    Ok(ProjectDraft {
        code: told.code.to_owned(),
        name: told.name.to_owned(),
        customer: id,
        manager: told.manager.to_owned(),
        contract_no: words::contract_no(told, signed.year(), cast),
        contract_amount: Some(minor(told.amount, cast)?),
        currency: cast.currency,
        signed_on: Some(signed),
        starts_on: Some(crate::demo::shift(signed, 14)),
        ends_on: Some(crate::demo::shift(signed, 330)),
        warranty_ends_on: told
            .warranty_end
            .map(|days| crate::demo::shift(today, days)),
        progress_percent: Some(told.progress),
        grace_days: told.grace,
        state: if over {
            ProjectState::Closed
        } else {
            told.state
        },
    })
}

/// An instalment of a contract.
pub(super) struct Place<'a> {
    pub project: ProjectId,
    pub key: String,
    pub cast: &'a Customer,
    pub signed: NaiveDate,
    pub amount: i64,
}

pub(super) fn milestone(told: &Instalment, place: &Place, today: NaiveDate) -> MilestoneDraft {
    let chinese = place.cast.is_chinese();
    let at = |days: Option<i64>| days.map(|days| crate::demo::shift(today, days));
    MilestoneDraft {
        project: place.project,
        key: place.key.clone(),
        name: names::stage(told.stage, chinese).to_owned(),
        stage: told.stage,
        amount: place.amount,
        condition: words::condition(told, chinese),
        rule: rule(told.when, today),
        agreed_on: Some(place.signed),
        planned_on: at(told.planned),
        delivered_on: at(told.delivered),
        accepted_on: at(told.accepted),
        method: Some(told.method),
        note: String::new(),
    }
}

fn rule(when: When, today: NaiveDate) -> DueRule {
    let after = |event, of, offset, unit| DueRule {
        basis: Basis::After(EventRule {
            event,
            of,
            month_end: false,
            offset,
            unit,
        }),
        roll: false,
    };
    match when {
        When::On(days) => DueRule::fixed(crate::demo::shift(today, days)),
        When::After(event, n, unit) => after(event, None, n, unit),
        When::AcceptanceOf(key, n) => after(Event::Acceptance, Some(key.to_owned()), n, Unit::Days),
    }
}
