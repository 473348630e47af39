//! What a figure or a register comes to, with the rule it follows and the items it is made of.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::ids::{IdMap, InvoiceId, PaymentId};
use crate::domain::kinds::Figure;
use crate::domain::money::{self, Currency, PerCurrency};
use crate::domain::policy::Policy;
use crate::error::Result;
use crate::portfolio::{Names, Portfolio};
use crate::report::figures::{Added, made_of, month_start};
use crate::store::{
    Entered, ListedInvoice, ListedLine, ListedPayment, Reader, Receipt, Register, Span,
};
use crate::text::Lang;

use super::super::lists::{Field, Listed, field};
use super::super::out::{Cell, Column, JsonOut, Page, Report, Table};

/// One thing a figure is made of.
struct FigurePart {
    key: String,
    customer: String,
    project: String,
    milestone: String,
    on: Option<NaiveDate>,
    /// Why it is in it.
    because: String,
    currency: Currency,
    /// Minor units.
    amount: i64,
}

impl FigurePart {
    fn of(added: &Added<'_>, figure: Figure, names: &Names, today: NaiveDate, lang: Lang) -> Self {
        let Added { item, amount, promise } = *added;
        let milestone = names.milestone(item.id);
        let due = item.due(today);
        Self {
            key: milestone.code().map_or_else(|| item.id.to_string(), str::to_owned),
            customer: names.customer(item.customer).name.to_string(),
            project: names.project(item.project).code.to_string(),
            milestone: milestone.name.to_string(),
            on: promise.map_or(due, |promise| Some(promise.pay_by)),
            because: because(added, figure, today, lang),
            currency: item.currency,
            amount,
        }
    }

    /// What a payment came to, or what came in or went back of it on a day.
    fn paid(paid: &ListedPayment, (on, amount, because): (NaiveDate, i64, String)) -> Self {
        Self {
            key: paid.head.id.to_string(),
            customer: paid.head.customer_name.clone(),
            project: shared(&paid.lines, |line| line.project.clone()),
            milestone: shared(&paid.lines, ListedLine::called),
            on: Some(on),
            because,
            currency: paid.head.currency,
            amount,
        }
    }

    fn billed(bill: &ListedInvoice, lang: Lang) -> Self {
        let number = &bill.head.number;
        Self {
            key: if number.is_empty() { bill.head.id.to_string() } else { number.clone() },
            customer: bill.head.customer_name.clone(),
            project: shared(&bill.lines, |line| line.project.clone()),
            milestone: shared(&bill.lines, ListedLine::called),
            on: Some(bill.head.on),
            because: lang.because_issued(&bill.head.on.to_string()),
            currency: bill.currency,
            amount: bill.amount(),
        }
    }
}

/// What lines are about, each once.
fn shared(lines: &[ListedLine], part: impl Fn(&ListedLine) -> String) -> String {
    let mut parts: Vec<String> = lines.iter().map(part).collect();
    parts.dedup();
    parts.join(" ")
}

/// The facts that put an item into a figure.
fn because(added: &Added<'_>, figure: Figure, today: NaiveDate, lang: Lang) -> String {
    let Added { item, promise, .. } = *added;
    let money = |minor| money::with_symbol(minor, item.currency);
    let due = item.due(today).map_or_else(String::new, |day| day.to_string());
    if let Some(promise) = promise {
        let (made, by) = (promise.made_on.to_string(), promise.pay_by.to_string());
        return lang.because_promised(&made, &by, &money(promise.amount), &money(promise.filled));
    }
    match figure {
        Figure::Overdue => {
            let late = item.days_late(today);
            let said = lang.because_overdue(&due, late, item.grace_days, &money(item.balance));
            let disputed =
                (item.disputed > 0).then(|| lang.because_disputed(&money(item.disputed)));
            lang.commas([Some(said), disputed].into_iter().flatten())
        }
        Figure::Unbilled => {
            let [amount, billed, open] = [item.amount, item.invoiced, item.balance].map(money);
            lang.because_unbilled(&amount, &billed, &open)
        }
        Figure::Due
        | Figure::Promised
        | Figure::Collected
        | Figure::Payments
        | Figure::Invoices => lang.because_due(&due),
    }
}

impl Listed for FigurePart {
    fn title(lang: Lang) -> &'static str {
        lang.milestones_word()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.key_word()).named("key"), |p, _| (&*p.key).into()),
            field(Column::left(lang.customer_word()).named("customer_name"), |p, _| {
                (&*p.customer).into()
            }),
            field(Column::left(lang.project_code_word()).named("project").aside(), |p, _| {
                (&*p.project).into()
            }),
            field(Column::left(lang.milestone_word()).named("milestone").spare(2), |p, _| {
                (&*p.milestone).into()
            }),
            field(Column::left(lang.form_day()).named("on").aside(), |p, _| p.on.into()),
            field(Column::left(lang.explain_fact_word()).named("because"), |p, _| {
                (&*p.because).into()
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(5), |p, _| {
                p.currency.code().into()
            }),
            field(Column::right(lang.form_amount()).named("amount"), |p, _| {
                Cell::amount(p.amount, p.currency)
            }),
        ]
    }
}

/// A figure with what it is made of.
pub struct ExplainedFigure {
    figure: Figure,
    title: String,
    rule: String,
    /// Minor units and how many things are in it, by currency.
    totals: PerCurrency<(i128, usize)>,
    parts: Vec<FigurePart>,
    /// How many more there are than are shown.
    more: usize,
}

impl ExplainedFigure {
    /// A figure of a day. Of what it is made of at most so many are shown, the largest; what it comes to is of all.
    pub fn of(
        figure: Figure,
        portfolio: &Portfolio,
        store: &Reader,
        most: usize,
        lang: Lang,
    ) -> Result<Self> {
        let today = portfolio.today;
        let span = Span { to: Some(today), ..Span::default() };
        let register = match figure {
            Figure::Payments => Register::Payments,
            Figure::Invoices => Register::Invoices,
            Figure::Collected => return Self::collected(portfolio, store, most, lang),
            Figure::Overdue | Figure::Due | Figure::Promised | Figure::Unbilled => {
                let all = made_of(figure, portfolio.items(), today, &portfolio.policy);
                return Self::open(figure, all, portfolio, store, most, lang);
            }
        };
        let all = store.entered(register, span)?;
        let ids: Vec<i64> = all.iter().map(|row| row.id).collect();
        let title = lang.figure(figure).to_owned();
        Self::register(title, register, (&ids, &sums(&all)), portfolio, store, most, lang)
    }

    fn new(
        figure: Figure,
        totals: PerCurrency<(i128, usize)>,
        parts: Vec<FigurePart>,
        policy: &Policy,
        lang: Lang,
    ) -> Self {
        let count: usize = totals.iter().map(|(_, (_, count))| count).sum();
        Self {
            figure,
            title: lang.figure(figure).to_owned(),
            rule: lang.rule_of_figure(figure, policy),
            totals,
            more: count.saturating_sub(parts.len()),
            parts,
        }
    }

    fn open(
        figure: Figure,
        mut all: Vec<Added<'_>>,
        portfolio: &Portfolio,
        store: &Reader,
        most: usize,
        lang: Lang,
    ) -> Result<Self> {
        let mut totals = PerCurrency::new();
        for Added { item, amount, .. } in &all {
            count(&mut totals, item.currency, *amount);
        }
        totals.sort();
        all.sort_by_key(|one| (one.item.currency.code(), Reverse(one.amount), one.item.id));
        all.truncate(most);
        let mut names = Names::default();
        names.read(store, all.iter().map(|one| one.item))?;
        let part = |one: &Added<'_>| FigurePart::of(one, figure, &names, portfolio.today, lang);
        let parts = all.iter().map(part).collect();
        Ok(Self::new(figure, totals, parts, &portfolio.policy, lang))
    }

    fn collected(portfolio: &Portfolio, store: &Reader, most: usize, lang: Lang) -> Result<Self> {
        let mut all = store.receipts(month_start(portfolio.today), portfolio.today)?;
        let mut totals = PerCurrency::new();
        for receipt in &all {
            count(&mut totals, receipt.currency, receipt.amount);
        }
        totals.sort();
        all.sort_by_key(|one| (one.currency.code(), Reverse(one.amount), one.payment));
        all.truncate(most);
        let mut ids: Vec<PaymentId> = all.iter().map(|receipt| receipt.payment).collect();
        ids.sort_unstable();
        ids.dedup();
        let paid = store.payments(&ids)?.into_iter();
        let paid: IdMap<PaymentId, ListedPayment> = paid.map(|one| (one.head.id, one)).collect();
        let part = |receipt: &Receipt| {
            let day = receipt.on.to_string();
            let because = if receipt.amount < 0 {
                lang.because_went_back(&day)
            } else {
                lang.because_came_in(&day)
            };
            let paid = paid.get(&receipt.payment)?;
            Some(FigurePart::paid(paid, (receipt.on, receipt.amount, because)))
        };
        let parts = all.iter().filter_map(part).collect();
        Ok(Self::new(Figure::Collected, totals, parts, &portfolio.policy, lang))
    }

    /// A register, or what of it is listed: its rows in their order, and what they come to.
    pub fn register(
        title: String,
        register: Register,
        (ids, totals): (&[i64], &PerCurrency<(i128, usize)>),
        portfolio: &Portfolio,
        store: &Reader,
        most: usize,
        lang: Lang,
    ) -> Result<Self> {
        let shown = ids.get(..most.min(ids.len())).unwrap_or_default();
        let places: IdMap<PaymentId, usize> =
            shown.iter().copied().map(PaymentId).zip(0..).collect();
        let place = |id: i64| places.get(&PaymentId(id)).copied();
        let (figure, parts) = match register {
            Register::Payments => {
                let ids: Vec<PaymentId> = shown.iter().copied().map(PaymentId).collect();
                let mut rows = store.payments(&ids)?;
                rows.sort_by_key(|row| place(row.head.id.0));
                (Figure::Payments, rows.iter().map(|row| received(row, lang)).collect())
            }
            Register::Invoices => {
                let ids: Vec<InvoiceId> = shown.iter().copied().map(InvoiceId).collect();
                let mut rows = store.invoices(&ids)?;
                rows.sort_by_key(|row| place(row.head.id.0));
                let billed = rows.iter().map(|row| FigurePart::billed(row, lang));
                (Figure::Invoices, billed.collect())
            }
        };
        let of = Self::new(figure, totals.clone(), parts, &portfolio.policy, lang);
        Ok(Self { title, ..of })
    }

    /// What it is called, with what it comes to.
    pub fn title(&self, lang: Lang) -> String {
        let sums = self.totals.iter();
        let sums = sums.map(|(currency, (sum, _))| money::with_symbol(*sum, currency));
        let sums: Vec<String> = sums.collect();
        let sum = if sums.is_empty() { "0".to_owned() } else { sums.join(" + ") };
        lang.figure_is(&self.title, &sum)
    }
}

fn received(paid: &ListedPayment, lang: Lang) -> FigurePart {
    let came = lang.because_came_in(&paid.head.on.to_string());
    let back = (paid.head.reversed != 0).then(|| {
        let money = |minor| money::with_symbol(minor, paid.head.currency);
        lang.because_less(&money(paid.head.amount), &money(paid.head.reversed))
    });
    let because = lang.commas([Some(came), back].into_iter().flatten());
    FigurePart::paid(paid, (paid.head.on, paid.net(), because))
}

fn count(totals: &mut PerCurrency<(i128, usize)>, currency: Currency, amount: i64) {
    let (sum, count) = totals.entry(currency, || (0, 0));
    *sum += i128::from(amount);
    *count += 1;
}

/// What rows of a register come to.
pub fn sums(rows: &[Entered]) -> PerCurrency<(i128, usize)> {
    let mut totals = PerCurrency::new();
    for row in rows {
        count(&mut totals, row.currency, row.amount);
    }
    totals
}

#[derive(Serialize)]
struct Json<'a> {
    figure: Figure,
    rule: &'a str,
    totals: Vec<JsonTotal>,
    items: Vec<JsonPart<'a>>,
}

#[derive(Serialize)]
struct JsonTotal {
    amount: String,
    count: usize,
    currency: &'static str,
}

#[derive(Serialize)]
struct JsonPart<'a> {
    amount: String,
    because: &'a str,
    currency: &'static str,
    customer_name: &'a str,
    key: &'a str,
    milestone: &'a str,
    on: Option<NaiveDate>,
    project: &'a str,
}

impl<'a> JsonPart<'a> {
    fn of(part: &'a FigurePart) -> Self {
        Self {
            amount: money::plain(part.amount, part.currency),
            because: &part.because,
            currency: part.currency.code(),
            customer_name: &part.customer,
            key: &part.key,
            milestone: &part.milestone,
            on: part.on,
            project: &part.project,
        }
    }
}

impl Report for ExplainedFigure {
    fn page(&self, lang: Lang) -> Page<'_> {
        let (columns, cells): (Vec<_>, Vec<_>) = FigurePart::fields(lang).into_iter().unzip();
        let row = move |part| cells.iter().map(|cell| cell(part, lang)).collect();
        let mut table = Table::new(columns, self.parts.iter().map(row));
        for (currency, (sum, _)) in self.totals.iter() {
            let cells = vec![
                ("amount", Cell::Amount(*sum, currency)),
                ("currency", currency.code().into()),
            ];
            table.add_total(lang.total(), cells);
        }
        table.notes.push(self.rule.clone());
        if self.more > 0 {
            table.notes.push(lang.figure_more_items(self.more, self.figure.code()));
        }
        Page { title: self.title(lang), tables: vec![table], ..Page::default() }
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let total = |(currency, (sum, count)): (Currency, &(i128, usize))| JsonTotal {
            amount: money::plain(*sum, currency),
            count: *count,
            currency: currency.code(),
        };
        let json = Json {
            figure: self.figure,
            rule: &self.rule,
            totals: self.totals.iter().map(total).collect(),
            items: self.parts.iter().map(JsonPart::of).collect(),
        };
        serde_json::to_writer(out, &json)
    }
}
