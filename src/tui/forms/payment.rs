//! Money that arrived, and what it pays: proposed, one proposal after the other, every line open to change. What is
//! shown is what is saved.

use std::cmp::Reverse;
use std::rc::Rc;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::context::{choose, open};
use super::{Answer, Context};
use crate::domain::allocation::{self, Opened, Owed, PaymentBalance, Proposal};
use crate::domain::change::{BillDraft, Change, Deduction, PaymentDraft, Target};
use crate::domain::facts::Account;
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::{BillForm, DeductionKind, Method};
use crate::domain::violation::Field as Part;
use crate::report::figures::main_currency;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{
    Bound, Field, Fields, Key, LineDraft, Proposed, Shared, Values, Why, Wrong,
};
use crate::tui::widgets::picker::Picker;

/// The form for a payment of the selection's customer, or the choice whose.
pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.items(&selection.milestones)?;
    if items.is_empty() && selection.customer.is_none() {
        let picks = cx.customer_picks()?;
        if picks.is_empty() {
            return Err(lang.why_no_customer().into());
        }
        let picker = Picker::new(lang.form_payer(), picks);
        return Ok(choose(picker, |customer, cx| form(customer, &Opened::default(), cx)));
    }
    form(cx.one_customer(&items, selection)?, &opened(selection), cx)
}

/// What the key was pressed on.
pub(super) fn opened(selection: &Selection) -> Opened {
    let (marked, row) = match selection.milestones.as_slice() {
        [row] if !selection.marked => (Vec::new(), Some(*row)),
        milestones => (milestones.to_vec(), None),
    };
    Opened { marked, row, contract: selection.project }
}

/// The form for a payment of this customer.
fn form(customer: CustomerId, opened: &Opened, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let owed: Rc<[Owed]> = cx.store.owed_by(customer)?.into();
    let items: Vec<Item> = owed.iter().map(|owed| owed.item.clone()).collect();
    let currencies = currencies(&items, cx);
    let mut fields = Fields::default();
    let chosen = cx.currency(&mut fields, &currencies);
    let mut amounts = Vec::new();
    for currency in &currencies {
        let amount = Field::amount(lang.form_amount(), *currency, None).required();
        let amount = amount.shown_if(chosen.as_ref(), *currency);
        amounts.push((*currency, fields.add(amount)));
    }
    let on = fields.add(cx.day(lang.form_received()));
    let mut lines: Vec<Key<Vec<(MilestoneId, i64)>>> = Vec::new();
    for (currency, amount) in &amounts {
        let listed = allocation::listed(&owed, *currency, opened, cx.today);
        if listed.is_empty() {
            let note = Field::note(lang.form_all_unapplied());
            fields.add(note.shown_if(chosen.as_ref(), *currency));
        } else {
            let (amount, on, today) = (amount.clone(), on.clone(), cx.today);
            let account = Account { customer, currency: *currency };
            let payment = move |total: i64, values: &Values| {
                PaymentBalance::new(account, values.get(&on).unwrap_or(today), total)
            };
            let total = move |values: &Values| values.get(&amount).ok();
            let shared = shared(&owed, &listed, opened, total, payment, cx);
            let drafts = drafts(&listed, cx)?;
            let field = Field::lines(lang.form_pays(), Bound::Shared(shared), *currency, drafts);
            lines.push(fields.add(field.shown_if(chosen.as_ref(), *currency)));
        }
    }
    let method = cx.choice(lang.form_method(), Some(Method::Transfer));
    let method = fields.add(method.required());
    let bill = BillFields::add(&mut fields, &method, cx);
    let payer = Field::text(lang.form_paid_by(), "").hinted(lang.form_paid_by_hint());
    let payer = fields.add(payer);
    let bank_ref = fields.add(Field::text(lang.form_bank_ref(), ""));
    let note = fields.add(Field::text(lang.form_note(), ""));
    let deducts = cx.choice(lang.form_deduction(), Some(false));
    let deducts = fields.add(deducts.required().hinted(lang.form_deduction_hint()));
    let mut deductions = Vec::new();
    for currency in &currencies {
        let (deducts, chosen, currency) = (deducts.clone(), chosen.clone(), *currency);
        let is_shown = move |values: &Values| {
            let is_chosen = |key: &Key<Currency>| values.get(key).is_ok_and(|of| of == currency);
            values.get(&deducts).unwrap_or(false) && chosen.as_ref().is_none_or(is_chosen)
        };
        let kinds = DeductionKind::ALL.iter();
        let kind = |kind: &DeductionKind| LineDraft {
            id: *kind,
            label: lang.deduction(*kind).into(),
            open: 0,
        };
        let lines =
            Field::lines(lang.form_deducted(), Bound::Free, currency, kinds.map(kind).collect());
        deductions.push(fields.add(lines.shown_when(is_shown)));
    }
    if let Some((_, first)) = amounts.first() {
        fields.focus(first);
    }
    let name = cx.customer_name(customer)?;
    let title = format!("{} - {name} · {}", lang.form_payment(), open(&items));
    Ok(cx.open(title, fields, move |values| {
        // Fields of other currencies are not shown, and so have no value.
        let mut shown = amounts.iter().map(|(of, key)| (*of, values.get(key)));
        let (currency, amount) =
            shown.find_map(|(of, amount)| Some((of, amount.ok()?))).ok_or(Why::Missing)?;
        let mut pays = Vec::new();
        for key in &lines {
            pays.extend(values.get(key)?);
        }
        let mut deducted = Vec::new();
        for key in &deductions {
            let lines = values.get(key)?.into_iter();
            deducted.extend(lines.map(|(kind, amount)| Deduction { kind, amount }));
        }
        Ok(Change::RecordPayment(PaymentDraft {
            customer,
            received_on: values.get(&on)?,
            amount,
            currency,
            method: values.get(&method)?,
            payer: values.get(&payer)?,
            bank_ref: values.get(&bank_ref)?,
            note: values.get(&note)?,
            target: Target::Lines(pays),
            deductions: deducted,
            bill: bill.read(values)?,
            again: false,
        }))
    }))
}

/// What stands on a bill of exchange, while the method is one.
struct BillFields {
    method: Key<Method>,
    form: Key<Option<BillForm>>,
    number: Key<String>,
    drawer: Key<String>,
    acceptor: Key<String>,
    issued_on: Key<Option<NaiveDate>>,
    matures_on: Key<Option<NaiveDate>>,
}

impl BillFields {
    fn add(fields: &mut Fields, method: &Key<Method>, cx: Context<'_>) -> Self {
        let lang = cx.lang();
        let is_bill = || {
            let method = method.clone();
            move |values: &Values| values.get(&method).is_ok_and(Method::is_bill)
        };
        let text = |label: &str| Field::text(label, "").shown_when(is_bill());
        let form = cx.choice(lang.form_bill_form(), Some(BillForm::Electronic));
        let matures_on = Field::next(lang.form_matures(), None).about(Part::Date);
        Self {
            method: method.clone(),
            matures_on: fields.add(matures_on.shown_when(is_bill())),
            number: fields.add(text(lang.form_bill_number())),
            form: fields.add(form.shown_when(is_bill())),
            drawer: fields.add(text(lang.form_drawer())),
            acceptor: fields.add(text(lang.form_acceptor())),
            issued_on: fields.add(Field::past(lang.form_bill_issued(), None).shown_when(is_bill())),
        }
    }

    fn read(&self, values: &Values) -> Result<Option<Box<BillDraft>>, Wrong> {
        if !values.get(&self.method)?.is_bill() {
            return Ok(None);
        }
        Ok(Some(Box::new(BillDraft {
            form: values.get(&self.form)?.unwrap_or(BillForm::Electronic),
            number: values.get(&self.number)?,
            drawer: values.get(&self.drawer)?,
            acceptor: values.get(&self.acceptor)?,
            issued_on: values.get(&self.issued_on)?,
            matures_on: values.get(&self.matures_on)?,
        })))
    }
}

/// The currencies a customer owes in, the commonest first; the ledger's main one where it owes nothing.
fn currencies(items: &[Item], cx: Context<'_>) -> Vec<Currency> {
    let many = |currency: &Currency| items.iter().filter(|i| i.currency == *currency).count();
    let mut found: Vec<Currency> = items.iter().map(|item| item.currency).collect();
    found.sort_by_key(|currency| (Reverse(many(currency)), currency.code()));
    found.dedup();
    if found.is_empty() {
        found.push(main_currency(cx.portfolio.items(), &cx.portfolio.policy));
    }
    found
}

/// How money can be shared out over these milestones.
pub(super) fn shared(
    owed: &Rc<[Owed]>,
    listed: &[&Owed],
    opened: &Opened,
    total: impl Fn(&Values) -> Option<i64> + 'static,
    payment: impl Fn(i64, &Values) -> PaymentBalance + 'static,
    cx: Context<'_>,
) -> Shared {
    let (owed, opened) = (Rc::clone(owed), opened.clone());
    let (lang, today) = (cx.lang(), cx.today);
    let rows: Vec<MilestoneId> = listed.iter().map(|owed| owed.item.id).collect();
    let proposals = move |total: i64, values: &Values| {
        let payment = payment(total, values);
        let proposals = allocation::proposals(&payment, &owed, &opened, today).into_iter();
        let proposed = |proposal: Proposal| {
            let of = |row: &MilestoneId| {
                let shares = proposal.shares.iter().filter(|share| share.milestone == *row);
                shares.map(|share| share.amount).sum()
            };
            Proposed { name: lang.aim(proposal.aim), amounts: rows.iter().map(of).collect() }
        };
        proposals.map(proposed).collect()
    };
    Shared::new(total, proposals)
}

/// A line for each milestone money can go to.
pub(super) fn drafts(listed: &[&Owed], cx: Context<'_>) -> Answer<Vec<LineDraft<MilestoneId>>> {
    let items = || listed.iter().map(|owed| &owed.item);
    let draft = |(item, label): (&Item, String)| LineDraft {
        id: item.id,
        label: match item.due(cx.today) {
            Some(due) if item.is_firm(cx.today) => format!("{due} {label}"),
            Some(due) => format!("{} {label}", cx.lang().expected_day(&due.to_string())),
            None => format!("{:10} {label}", ""),
        },
        open: item.balance,
    };
    Ok(items().zip(cx.labels(items())?).map(draft).collect())
}
