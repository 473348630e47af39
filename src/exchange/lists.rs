//! Lists of the ledger: each says its columns once, every one beside its cell, for people, files and programs alike.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::domain::bill;
use crate::domain::change::{Change, Deduction, TimelineEvent};
use crate::domain::kinds::{Flag, Grade, Level, PaperState};
use crate::domain::money::{self, Currency, PerCurrency};
use crate::domain::paper::PaperName;
use crate::error::check::FileFault;
use crate::report::contracts::ContractSummary;
use crate::report::debtors::{Debt, Debtor};
use crate::report::readiness::Readiness;
use crate::report::todos::TodoLine;
use crate::store::{
    Clearing, Concession, Condition, CustomerRow, ListedBill, ListedContact, ListedDeal,
    ListedInvoice, ListedLine, ListedPayment, ListedPromise, ListedTouch, Note, Paper, ProjectRow,
    Todo,
};
use crate::text::Lang;

use super::out::{Cell, Column, Page, Report, Table};

/// A column and its cell in a row.
pub type Field<R> = (Column, for<'r> fn(&'r R, Lang) -> Cell<'r>);

pub fn field<R>(column: Column, cell: for<'r> fn(&'r R, Lang) -> Cell<'r>) -> Field<R> {
    (column, cell)
}

/// Amounts of a row by the names of their columns.
type Sums = Vec<(&'static str, i64)>;

/// What stands in a list.
pub trait Listed: Sized {
    fn title(lang: Lang) -> &'static str;

    fn fields(lang: Lang) -> Vec<Field<Self>>;

    /// What is added up below the list.
    fn sums(&self) -> Option<(Currency, Sums)> {
        None
    }

    /// One of them alone: its columns with its cells.
    fn facts(&self, lang: Lang) -> Vec<(Column, Cell<'_>)> {
        let fields = Self::fields(lang).into_iter();
        fields.map(|(column, cell)| (column, cell(self, lang))).collect()
    }
}

pub struct Rows<R>(pub Vec<R>);

impl<R: Listed> Report for Rows<R> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let (columns, cells): (Vec<_>, Vec<_>) = R::fields(lang).into_iter().unzip();
        let row = move |row| cells.iter().map(|cell| cell(row, lang)).collect();
        let mut table = Table::new(columns, self.0.iter().map(row));
        for (currency, sums) in totals(&self.0) {
            let amount = |(name, sum)| (name, Cell::Amount(sum, currency));
            let mut cells: Vec<_> = sums.into_iter().map(amount).collect();
            cells.push(("currency", currency.code().into()));
            table.add_total(lang.total(), cells);
        }
        Page { title: R::title(lang).to_owned(), tables: vec![table], ..Page::default() }
    }
}

/// The first rows of a list, and how many it has.
pub struct First<R> {
    pub rows: Rows<R>,
    pub of: usize,
}

impl<R: Listed> Report for First<R> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let mut page = self.rows.page(lang);
        let shown = self.rows.0.len();
        if let Some(table) = page.tables.first_mut().filter(|_| shown < self.of) {
            table.notes.push(lang.rows_of(shown, self.of));
        }
        page
    }
}

/// Sums of amounts may be wider than an amount.
fn totals<R: Listed>(rows: &[R]) -> PerCurrency<Vec<(&'static str, i128)>> {
    let mut totals: PerCurrency<Vec<(&'static str, i128)>> = PerCurrency::new();
    for (currency, sums) in rows.iter().filter_map(Listed::sums) {
        let total = totals.entry(currency, Vec::new);
        for (name, amount) in sums {
            match total.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum += i128::from(amount),
                None => total.push((name, amount.into())),
            }
        }
    }
    totals.sort();
    totals
}

fn text(text: &str) -> Cell<'_> {
    text.into()
}

fn maybe(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::EMPTY, Cell::from)
}

/// Keys of the milestones, each once.
fn keys(lines: &[ListedLine]) -> String {
    let keys: Vec<String> = lines.iter().map(ListedLine::called).collect();
    keys.join(" ")
}

/// What all of them have in common, if they do.
fn same<'l>(lines: &'l [ListedLine], part: impl Fn(&'l ListedLine) -> Option<&'l str>) -> Cell<'l> {
    let first = lines.first().and_then(&part);
    maybe(first.filter(|first| lines.iter().all(|line| part(line) == Some(first))))
}

fn lines_json(lines: &[ListedLine], currency: Currency, billed: bool) -> Value {
    let plain = |minor| money::plain(minor, currency);
    let line = |line: &ListedLine| {
        let mut value = json!({
            "milestone": line.milestone.to_string(),
            "key": line.key,
            "project": line.project,
            "amount": plain(line.amount),
        });
        if billed && let Some(object) = value.as_object_mut() {
            object.insert("paid".into(), plain(line.paid).into());
            object.insert("balance".into(), plain(line.open).into());
        }
        value
    };
    lines.iter().map(line).collect()
}

/// A customer with what it owes.
pub struct CustomerLine {
    pub row: CustomerRow,
    pub debtor: Option<Debtor>,
    pub main: Currency,
}

impl CustomerLine {
    /// What it owes in the currency that comes first.
    fn debt(&self, part: impl Fn(&Debt) -> i64) -> Cell<'_> {
        let debt = self.debtor.as_ref().and_then(|debtor| debtor.debts.first());
        let (currency, minor) = debt.map_or((self.main, 0), |debt| (debt.currency, part(debt)));
        Cell::amount(minor, currency)
    }

    fn currency(&self) -> Currency {
        let debt = self.debtor.as_ref().and_then(|debtor| debtor.debts.first());
        debt.map_or(self.main, |debt| debt.currency)
    }

    fn others(&self) -> Cell<'_> {
        let debts = self.debtor.iter().flat_map(|debtor| debtor.debts.iter().skip(1));
        let shown = debts.clone().map(|debt| money::with_symbol(debt.receivable, debt.currency));
        let plain = |debt: &Debt| {
            let plain = |minor| money::plain(minor, debt.currency);
            json!({
                "currency": debt.currency.code(),
                "receivable": plain(debt.receivable),
                "overdue": plain(debt.overdue),
                "planned": plain(debt.planned),
                "unapplied": plain(debt.unapplied),
            })
        };
        Cell::both(shown.collect::<Vec<_>>().join(" "), debts.map(plain).collect::<Value>())
    }
}

impl Listed for CustomerLine {
    fn title(lang: Lang) -> &'static str {
        lang.customers_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.customer_code_word()).named("code"), |c, _| text(&c.row.code)),
            field(Column::left(lang.id_word()).named("id").aside(), |c, _| {
                c.row.id.to_string().into()
            }),
            field(Column::left(lang.name_word()).named("name"), |c, _| text(&c.row.name)),
            field(Column::left(lang.short_name_word()).named("short_name").spare(3), |c, _| {
                if c.row.short_name == c.row.name { Cell::EMPTY } else { text(&c.row.short_name) }
            }),
            field(Column::left(lang.grade_word()).named("grade").spare(5), |c, _| {
                maybe(c.row.grade.map(Grade::code))
            }),
            field(Column::right(lang.limit_word()).named("credit_limit").aside(), |c, _| {
                c.row.credit_limit.map_or(Cell::EMPTY, |limit| Cell::amount(limit, c.main))
            }),
            field(Column::right(lang.projects_word()).named("projects").spare(7), |c, _| {
                c.row.projects.into()
            }),
            field(Column::right(lang.open_items()).named("open").spare(6), |c, _| {
                c.row.open.into()
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(4), |c, _| {
                c.currency().code().into()
            }),
            field(Column::right(lang.receivable_word()).named("receivable"), |c, _| {
                c.debt(|debt| debt.receivable)
            }),
            field(Column::right(lang.overdue_word()).named("overdue"), |c, _| {
                c.debt(|debt| debt.overdue)
            }),
            field(Column::right(lang.planned_money()).named("planned").aside(), |c, _| {
                c.debt(|debt| debt.planned)
            }),
            field(Column::right(lang.unapplied_short()).named("unapplied").spare(8), |c, _| {
                c.debt(|debt| debt.unapplied)
            }),
            field(
                Column::left(lang.other_currencies_word()).named("other_currencies").spare(9),
                |c, _| c.others(),
            ),
            field(Column::right(lang.days_late_short()).named("days_late").spare(1), |c, _| {
                c.debtor.as_ref().map_or(Cell::Number(0), |debtor| Cell::Number(debtor.oldest_late))
            }),
            field(Column::left(lang.touched_word()).named("last_contact").spare(2), |c, _| {
                c.debtor.as_ref().and_then(|debtor| debtor.last_touch).into()
            }),
        ]
    }

    fn sums(&self) -> Option<(Currency, Sums)> {
        let debt = self.debtor.as_ref()?.debts.first()?;
        let sums = vec![
            ("receivable", debt.receivable),
            ("overdue", debt.overdue),
            ("planned", debt.planned),
            ("unapplied", debt.unapplied),
        ];
        Some((debt.currency, sums))
    }
}

/// A project with what is open in it.
pub struct ProjectLine {
    pub row: ProjectRow,
    /// Code of the customer.
    pub customer: String,
    pub summary: Option<ContractSummary>,
}

impl ProjectLine {
    fn overdue(&self) -> i64 {
        self.summary.map_or(0, |summary| summary.overdue)
    }
}

impl Listed for ProjectLine {
    fn title(lang: Lang) -> &'static str {
        lang.projects_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.project_code_word()).named("code"), |p, _| text(&p.row.code)),
            field(Column::left(lang.id_word()).named("id").aside(), |p, _| {
                p.row.id.to_string().into()
            }),
            field(Column::left(lang.name_word()).named("name"), |p, _| text(&p.row.name)),
            field(Column::left(lang.customer_code_word()).named("customer").aside(), |p, _| {
                text(&p.customer)
            }),
            field(Column::left(lang.customer_word()).named("customer_name").spare(1), |p, _| {
                text(&p.row.customer_name)
            }),
            field(Column::left(lang.manager_word()).named("manager").spare(4), |p, _| {
                text(&p.row.manager)
            }),
            field(Column::left(lang.form_finance()).named("finance").aside(), |p, _| {
                text(&p.row.finance)
            }),
            field(Column::left(lang.form_legal()).named("legal").aside(), |p, _| {
                text(&p.row.legal)
            }),
            field(Column::left(lang.form_sales()).named("sales").aside(), |p, _| {
                text(&p.row.sales)
            }),
            field(Column::left(lang.status_word()).named("state").spare(5), |p, lang| {
                Cell::both(lang.project_state(p.row.state), p.row.state.code())
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(8), |p, _| {
                p.row.currency.code().into()
            }),
            field(Column::right(lang.contract_word()).named("contract_amount").spare(2), |p, _| {
                p.row.contract_amount.map_or(Cell::EMPTY, |sum| Cell::amount(sum, p.row.currency))
            }),
            field(Column::right(lang.planned_sum_word()).named("planned").aside(), |p, _| {
                Cell::amount(p.row.planned, p.row.currency)
            }),
            field(Column::right(lang.received_word()).named("received").spare(3), |p, _| {
                Cell::amount(p.row.received, p.row.currency)
            }),
            field(Column::right(lang.open_word()).named("balance"), |p, _| {
                Cell::amount(p.row.balance, p.row.currency)
            }),
            field(Column::right(lang.overdue_word()).named("overdue"), |p, _| {
                Cell::amount(p.overdue(), p.row.currency)
            }),
            field(Column::right(lang.progress_word()).named("progress").spare(6), |p, _| {
                p.row.progress_percent.map_or(Cell::EMPTY, |percent| Cell::Number(percent.into()))
            }),
            field(Column::right(lang.milestones_word()).named("milestones").spare(9), |p, _| {
                p.row.milestones.into()
            }),
            field(Column::right(lang.open_items()).named("open").spare(10), |p, _| {
                p.row.open.into()
            }),
            field(Column::left(lang.next_due_word()).named("next_due").spare(7), |p, _| {
                p.summary.and_then(|summary| summary.next_due).into()
            }),
        ]
    }

    fn sums(&self) -> Option<(Currency, Sums)> {
        let sums = vec![
            ("contract_amount", self.row.contract_amount.unwrap_or(0)),
            ("planned", self.row.planned),
            ("received", self.row.received),
            ("balance", self.row.balance),
            ("overdue", self.overdue()),
        ];
        Some((self.row.currency, sums))
    }
}

impl Listed for ListedPayment {
    fn title(lang: Lang) -> &'static str {
        lang.payments_word()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id"), |p, _| p.head.id.to_string().into()),
            field(Column::left(lang.received_on_word()).named("on"), |p, _| Cell::Day(p.head.on)),
            field(Column::left(lang.customer_code_word()).named("customer").aside(), |p, _| {
                text(&p.head.customer)
            }),
            field(Column::left(lang.customer_word()).named("customer_name"), |p, _| {
                text(&p.head.customer_name)
            }),
            field(Column::left(lang.project_code_word()).named("project").aside(), |p, _| {
                same(&p.lines, |line| Some(&line.project))
            }),
            field(Column::left(lang.pays_word()).named("milestone").spare(1), |p, _| {
                let one = (p.lines.len() == 1).then(|| keys(&p.lines));
                Cell::both(keys(&p.lines), one)
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(7), |p, _| {
                p.head.currency.code().into()
            }),
            field(Column::right(lang.form_amount()).named("amount"), |p, _| {
                Cell::amount(p.head.amount, p.head.currency)
            }),
            field(Column::right(lang.net_received_word()).named("net").spare(6), |p, _| {
                Cell::amount(p.net(), p.head.currency)
            }),
            field(Column::right(lang.applied_word()).named("applied").aside(), |p, _| {
                Cell::amount(p.net().saturating_sub(p.head.unapplied), p.head.currency)
            }),
            field(Column::right(lang.unapplied_short()).named("unapplied").spare(2), |p, _| {
                Cell::amount(p.head.unapplied, p.head.currency)
            }),
            field(Column::right(lang.deducted_word()).named("deducted").aside(), |p, _| {
                if p.deductions.is_empty() {
                    return Cell::EMPTY;
                }
                Cell::amount(p.deducted(), p.head.currency)
            }),
            field(Column::right(lang.to_bank_word()).named("to_bank").aside(), |p, _| {
                let to_bank = p.head.amount.saturating_sub(p.deducted());
                Cell::amount(to_bank, p.head.currency)
            }),
            field(Column::left(lang.deducted_word()).named("deductions").spare(8), |p, lang| {
                let currency = p.head.currency;
                let told = p.deductions.iter().map(|one| {
                    let amount = money::with_symbol(one.amount, currency);
                    format!("{} {amount}", lang.deduction(one.kind))
                });
                let told = lang.commas(told);
                let plain = |one: &Deduction| json!({ "kind": one.kind.code(), "amount": money::plain(one.amount, currency) });
                Cell::both(told, p.deductions.iter().map(plain).collect::<Value>())
            }),
            field(Column::left(lang.form_method()).named("method").spare(4), |p, lang| {
                Cell::both(lang.method(p.head.method), p.head.method.code())
            }),
            field(Column::left(lang.form_paid_by()).named("payer").spare(3), |p, _| {
                text(&p.head.payer)
            }),
            field(
                Column::left(lang.third_party_word()).named("third_party").spare(9),
                |p, lang| {
                    let is = p.head.is_third_party();
                    Cell::both(lang.yes_no(is), is)
                },
            ),
            field(Column::left(lang.form_cleared_on()).named("cleared_on").aside(), |p, _| {
                p.head.cleared().map(|clearing| clearing.on).into()
            }),
            field(Column::left(lang.cleared_by_word()).named("cleared_by").aside(), |p, _| {
                p.head.cleared().map_or(Cell::EMPTY, |clearing| clearing.by.into())
            }),
            field(Column::left(lang.form_ground()).named("cleared_as").aside(), |p, lang| {
                let told = |it: Clearing| lang.cleared_as(&it.note, it.proof.as_ref());
                p.head.cleared().map_or(Cell::EMPTY, |clearing| told(clearing).into())
            }),
            field(
                Column::left(lang.flag(Flag::OtherMethod)).named("other_method").aside(),
                |p, lang| {
                    let is = p.head.is_by_other_method();
                    Cell::both(lang.yes_no(is), is)
                },
            ),
            field(Column::left(lang.form_bank_ref()).named("ref").spare(5), |p, _| {
                text(&p.head.bank_ref)
            }),
            field(Column::left(lang.form_note()).named("note").aside(), |p, _| text(&p.head.note)),
            field(Column::left(lang.pays_word()).named("lines").aside(), |p, _| {
                Cell::both(keys(&p.lines), lines_json(&p.lines, p.head.currency, false))
            }),
        ]
    }

    fn sums(&self) -> Option<(Currency, Sums)> {
        let sums = vec![
            ("amount", self.head.amount),
            ("net", self.net()),
            ("applied", self.net().saturating_sub(self.head.unapplied)),
            ("unapplied", self.head.unapplied),
            ("deducted", self.deducted()),
            ("to_bank", self.head.amount.saturating_sub(self.deducted())),
        ];
        Some((self.head.currency, sums))
    }
}

impl Listed for ListedBill {
    fn title(lang: Lang) -> &'static str {
        lang.bills_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.form_a_payment()).named("payment"), |b, _| {
                b.head.payment.to_string().into()
            }),
            field(Column::left(lang.form_matures()).named("matures_on"), |b, _| {
                b.head.matures_on.into()
            }),
            field(Column::left(lang.present_by_word()).named("present_by").spare(2), |b, _| {
                b.present_by.into()
            }),
            field(Column::left(lang.status_word()).named("state"), |b, lang| {
                Cell::both(lang.bill_state(b.state), b.state.code())
            }),
            field(Column::left(lang.customer_code_word()).named("customer").aside(), |b, _| {
                text(&b.head.customer)
            }),
            field(Column::left(lang.customer_word()).named("customer_name"), |b, _| {
                text(&b.head.customer_name)
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(6), |b, _| {
                b.head.currency.code().into()
            }),
            field(Column::right(lang.form_amount()).named("amount"), |b, _| {
                Cell::amount(b.head.amount, b.head.currency)
            }),
            field(Column::right(lang.left_word()).named("left").aside(), |b, _| {
                Cell::amount(b.head.left(), b.head.currency)
            }),
            field(Column::left(lang.form_method()).named("kind").spare(3), |b, lang| {
                Cell::both(lang.method(b.head.method), b.head.method.code())
            }),
            field(Column::left(lang.form_bill_form()).named("form").spare(7), |b, lang| {
                b.head
                    .form
                    .map_or(Cell::EMPTY, |form| Cell::both(lang.bill_form(form), form.code()))
            }),
            field(Column::left(lang.form_bill_number()).named("number").spare(1), |b, _| {
                maybe(b.head.number.as_deref())
            }),
            field(Column::left(lang.form_drawer()).named("drawer").spare(5), |b, _| {
                maybe(b.head.drawer.as_deref())
            }),
            field(Column::left(lang.form_acceptor()).named("acceptor").spare(4), |b, _| {
                maybe(b.head.acceptor.as_deref())
            }),
            field(Column::left(lang.form_bill_issued()).named("issued_on").aside(), |b, _| {
                b.head.issued_on.into()
            }),
            field(Column::left(lang.received_on_word()).named("received_on").aside(), |b, _| {
                Cell::Day(b.head.received_on)
            }),
            field(Column::left(lang.form_discounted()).named("discounted_on").aside(), |b, _| {
                b.head.discounted_on.into()
            }),
            field(Column::right(lang.form_rate()).named("discount_rate").aside(), |b, _| {
                b.head.discount_rate.map_or(Cell::EMPTY, |rate| bill::percent(rate).into())
            }),
            field(Column::right(lang.form_cost()).named("discount_cost").aside(), |b, _| {
                let cost = b.head.discount_cost.filter(|cost| *cost > 0);
                cost.map_or(Cell::EMPTY, |cost| Cell::amount(cost, b.head.currency))
            }),
            field(Column::left(lang.form_endorsed()).named("endorsed_on").aside(), |b, _| {
                b.head.endorsed_on.into()
            }),
            field(Column::left(lang.form_endorsed_to()).named("endorsed_to").aside(), |b, _| {
                maybe(b.head.endorsed_to.as_deref().filter(|name| !name.is_empty()))
            }),
            field(Column::left(lang.form_honoured()).named("honoured_on").aside(), |b, _| {
                b.head.honoured_on.into()
            }),
            field(Column::left(lang.form_dishonoured()).named("dishonoured_on").aside(), |b, _| {
                b.head.dishonoured_on.into()
            }),
        ]
    }

    fn sums(&self) -> Option<(Currency, Sums)> {
        let sums = vec![("amount", self.head.amount), ("left", self.head.left())];
        Some((self.head.currency, sums))
    }
}

impl Listed for ListedInvoice {
    fn title(lang: Lang) -> &'static str {
        lang.invoices_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id").aside(), |i, _| {
                i.head.id.to_string().into()
            }),
            field(Column::left(lang.form_number()).named("number"), |i, _| {
                let nameless = || Cell::both(i.head.id.to_string(), Value::Null);
                if i.head.number.is_empty() { nameless() } else { text(&i.head.number) }
            }),
            field(Column::left(lang.form_invoice_kind()).named("kind").spare(5), |i, lang| {
                Cell::both(lang.invoice_kind(i.head.kind), i.head.kind.code())
            }),
            field(Column::left(lang.form_issued_on()).named("on"), |i, _| Cell::Day(i.head.on)),
            field(Column::left(lang.form_sent_on()).named("sent_on").spare(3), |i, _| {
                i.head.sent_on.into()
            }),
            field(Column::left(lang.form_received_on()).named("received_on").spare(4), |i, _| {
                i.head.received_on.into()
            }),
            field(Column::left(lang.customer_code_word()).named("customer").aside(), |i, _| {
                text(&i.head.customer)
            }),
            field(Column::left(lang.customer_word()).named("customer_name"), |i, _| {
                text(&i.head.customer_name)
            }),
            field(Column::left(lang.project_code_word()).named("project").aside(), |i, _| {
                same(&i.lines, |line| Some(&line.project))
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(6), |i, _| {
                i.currency.code().into()
            }),
            field(Column::right(lang.form_amount()).named("amount"), |i, _| {
                Cell::amount(i.amount(), i.currency)
            }),
            field(Column::left(lang.form_tax_rate()).named("tax_rate").spare(8), |i, _| {
                i.head.tax_rate.map_or(Cell::EMPTY, |rate| rate.to_string().into())
            }),
            field(Column::right(lang.tax_word()).named("tax").aside(), |i, _| {
                i.tax().map_or(Cell::EMPTY, |tax| Cell::amount(tax, i.currency))
            }),
            field(Column::right(lang.paid_word()).named("paid").spare(2), |i, _| {
                Cell::amount(i.paid(), i.currency)
            }),
            field(Column::right(lang.balance_word()).named("balance"), |i, _| {
                Cell::amount(i.open(), i.currency)
            }),
            field(Column::left(lang.status_word()).named("state").spare(7), |i, lang| {
                Cell::both(lang.invoice_state(i.state()), i.state().code())
            }),
            field(Column::left(lang.form_takes_back()).named("takes_back").aside(), |i, _| {
                i.takes_back().map_or(Cell::EMPTY, Cell::from)
            }),
            field(Column::left(lang.form_covers()).named("lines").spare(1), |i, _| {
                Cell::both(keys(&i.lines), lines_json(&i.lines, i.currency, true))
            }),
        ]
    }

    fn sums(&self) -> Option<(Currency, Sums)> {
        let sums = vec![("amount", self.amount()), ("paid", self.paid()), ("balance", self.open())];
        Some((self.currency, sums))
    }
}

impl Listed for ListedPromise {
    fn title(lang: Lang) -> &'static str {
        lang.promises_word()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id").aside(), |p, _| p.id.to_string().into()),
            field(Column::left(lang.form_pay_by()).named("pay_by"), |p, _| Cell::Day(p.pay_by)),
            field(Column::left(lang.customer_code_word()).named("customer").aside(), |p, _| {
                text(&p.customer)
            }),
            field(Column::left(lang.customer_word()).named("customer_name"), |p, _| {
                text(&p.customer_name)
            }),
            field(Column::left(lang.project_code_word()).named("project").aside(), |p, _| {
                text(&p.line.project)
            }),
            field(Column::left(lang.key_word()).named("milestone"), |p, _| p.line.called().into()),
            field(Column::left(lang.currency_word()).named("currency").spare(3), |p, _| {
                p.currency.code().into()
            }),
            field(Column::right(lang.form_amount()).named("amount"), |p, _| {
                Cell::amount(p.line.amount, p.currency)
            }),
            field(Column::right(lang.arrived_word()).named("arrived").spare(1), |p, _| {
                Cell::amount(p.filled, p.currency)
            }),
            field(Column::left(lang.status_word()).named("state"), |p, lang| {
                Cell::both(lang.promise_state(p.state), p.state.code())
            }),
            field(Column::left(lang.form_promised_on()).named("made_on").spare(2), |p, _| {
                Cell::Day(p.made_on)
            }),
        ]
    }

    fn sums(&self) -> Option<(Currency, Sums)> {
        Some((self.currency, vec![("amount", self.line.amount), ("arrived", self.filled)]))
    }
}

impl Listed for ListedDeal {
    fn title(lang: Lang) -> &'static str {
        lang.deals_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id").aside(), |d, _| {
                d.head.id.to_string().into()
            }),
            field(Column::left(lang.form_agreed_on()).named("on"), |d, _| Cell::Day(d.head.on)),
            field(Column::left(lang.deal_word()).named("kind"), |d, lang| {
                Cell::both(lang.deal_kind(d.head.kind), d.head.kind.code())
            }),
            field(Column::left(lang.customer_code_word()).named("customer").aside(), |d, _| {
                text(&d.head.customer)
            }),
            field(Column::left(lang.customer_word()).named("customer_name").spare(1), |d, _| {
                text(&d.head.customer_name)
            }),
            field(Column::left(lang.project_code_word()).named("project"), |d, _| {
                maybe(d.head.project.as_deref())
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(5), |d, _| {
                d.currency().code().into()
            }),
            field(Column::right(lang.form_amount()).named("amount"), |d, _| {
                d.head.amount.map_or(Cell::EMPTY, |sum| Cell::amount(sum, d.currency()))
            }),
            field(Column::left(lang.form_covers()).named("milestones").spare(2), |d, _| {
                let called = d.lines.iter().map(ListedLine::called);
                Cell::both(keys(&d.lines), called.collect::<Value>())
            }),
            field(Column::left(lang.lapses_word()).named("lapses_on").spare(4), |d, _| {
                d.head.lapses_on.into()
            }),
            field(Column::left(lang.form_all_due()).named("all_due").aside(), |d, lang| {
                let word = if d.head.all_due { lang.form_yes() } else { lang.form_no() };
                Cell::both(word, d.head.all_due)
            }),
            field(Column::left(lang.called_word()).named("called_on").spare(6), |d, _| {
                d.head.called_on.into()
            }),
            field(Column::left(lang.form_note()).named("note").spare(3), |d, _| text(&d.head.note)),
        ]
    }
}

impl Listed for ListedContact {
    fn title(lang: Lang) -> &'static str {
        lang.contacts_word()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id").aside(), |k, _| k.id.to_string().into()),
            field(Column::left(lang.name_word()).named("name"), |k, _| text(&k.name)),
            field(Column::left(lang.form_role()).named("role").spare(3), |k, _| text(&k.role)),
            field(Column::left(lang.phone_word()).named("phone"), |k, _| text(&k.phone)),
            field(Column::left(lang.channel_wechat()).named("wechat").spare(2), |k, _| {
                text(&k.wechat)
            }),
            field(Column::left(lang.form_email()).named("email").spare(4), |k, _| text(&k.email)),
            field(Column::left(lang.form_channel()).named("channel").spare(5), |k, lang| {
                k.channel.map_or(Cell::EMPTY, |by| Cell::both(lang.channel(by), by.code()))
            }),
            field(Column::left(lang.customer_code_word()).named("customer").spare(1), |k, _| {
                text(&k.customer)
            }),
            field(Column::left(lang.customer_word()).named("customer_name"), |k, _| {
                text(&k.customer_name)
            }),
        ]
    }
}

impl Listed for ListedTouch {
    fn title(lang: Lang) -> &'static str {
        lang.touches_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id").aside(), |t, _| {
                t.head.id.to_string().into()
            }),
            field(Column::left(lang.form_day()).named("on"), |t, _| Cell::Day(t.head.on)),
            field(Column::left(lang.customer_code_word()).named("customer").aside(), |t, _| {
                text(&t.head.customer)
            }),
            field(Column::left(lang.customer_word()).named("customer_name"), |t, _| {
                text(&t.head.customer_name)
            }),
            field(Column::left(lang.form_contact_person()).named("person").spare(4), |t, _| {
                maybe(t.head.person.as_deref())
            }),
            field(Column::left(lang.form_channel()).named("channel").spare(5), |t, lang| {
                t.head.channel.map_or(Cell::EMPTY, |by| Cell::both(lang.channel(by), by.code()))
            }),
            field(Column::left(lang.form_touch_kind()).named("kind").aside(), |t, lang| {
                Cell::both(lang.touch_kind(t.head.kind), t.head.kind.code())
            }),
            field(Column::left(lang.form_step()).named("step").spare(6), |t, lang| {
                t.head.step.map_or(Cell::EMPTY, |step| Cell::both(lang.step(step), step))
            }),
            field(Column::left(lang.form_outcome()).named("outcome"), |t, lang| {
                t.head
                    .outcome
                    .map_or(Cell::EMPTY, |what| Cell::both(lang.outcome(what), what.code()))
            }),
            field(Column::left(lang.form_cause()).named("cause").spare(7), |t, lang| {
                t.head.cause.map_or(Cell::EMPTY, |why| Cell::both(lang.cause(why), why.code()))
            }),
            field(Column::left(lang.form_note()).named("note").spare(1), |t, _| text(&t.head.note)),
            field(Column::left(lang.form_next_on()).named("next_on").spare(3), |t, _| {
                t.head.next_on.into()
            }),
            field(Column::left(lang.who_word()).named("who").spare(8), |t, _| text(&t.head.who)),
            field(Column::left(lang.form_covers()).named("milestones").spare(2), |t, _| {
                let called = t.lines.iter().map(ListedLine::called);
                Cell::both(keys(&t.lines), called.collect::<Value>())
            }),
        ]
    }
}

impl Listed for TodoLine {
    fn title(lang: Lang) -> &'static str {
        lang.todos_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id"), |t, _| {
                if t.is_agreed { Cell::EMPTY } else { t.todo.id.to_string().into() }
            }),
            field(Column::left(lang.form_todo_due()).named("due_on"), |t, _| t.todo.due_on.into()),
            field(Column::left(lang.status_word()).named("state"), |t, lang| {
                let state = t.state();
                Cell::both(lang.todo_state(state), state.code())
            }),
            field(Column::left(lang.todo_kind_word()).named("kind").spare(2), |t, lang| {
                Cell::both(lang.todo_kind(t.todo.kind), t.todo.kind.code())
            }),
            field(Column::left(lang.todo_word()).named("title"), |t, lang| {
                if t.is_agreed {
                    return Cell::both(lang.todo_agreed(), Value::Null);
                }
                Cell::both(todo_title(&t.todo, lang), t.todo.title.as_str())
            }),
            field(Column::left(lang.todo_owner_word()).named("owner").spare(1), |t, _| {
                text(&t.todo.owner)
            }),
            field(Column::left(lang.customer_code_word()).named("customer").aside(), |t, _| {
                maybe(t.todo.customer_code.as_deref())
            }),
            field(Column::left(lang.customer_word()).named("customer_name").spare(3), |t, _| {
                maybe(t.todo.customer_name.as_deref())
            }),
            field(Column::left(lang.project_code_word()).named("project").spare(7), |t, _| {
                maybe(t.todo.project_code.as_deref())
            }),
            field(Column::left(lang.milestone_word()).named("milestone").spare(4), |t, _| {
                maybe(t.todo.milestone_name.as_deref())
            }),
            field(Column::left(lang.severity_word()).named("severity").spare(5), |t, lang| {
                Cell::both(lang.level(t.todo.severity), t.todo.severity.code())
            }),
            field(Column::left(lang.probability_word()).named("probability").aside(), |t, lang| {
                level(t.todo.probability, lang)
            }),
            field(Column::left(lang.impact_word()).named("impact").aside(), |t, lang| {
                level(t.todo.impact, lang)
            }),
            field(Column::left(lang.blocks_word()).named("blocks").spare(6), |t, lang| {
                Cell::both(lang.yes_no(t.todo.blocks), t.todo.blocks)
            }),
            field(Column::left(lang.every_word()).named("every").spare(8), |t, _| {
                t.todo.every.map_or(Cell::EMPTY, |every| every.to_string().into())
            }),
            field(Column::left(lang.opened_on_word()).named("opened_on").aside(), |t, _| {
                Cell::Day(t.todo.opened_on)
            }),
            field(Column::left(lang.done_on_word()).named("done_on").aside(), |t, _| {
                t.todo.done_on.into()
            }),
            field(Column::left(lang.form_outcome()).named("outcome").aside(), |t, _| {
                text(&t.todo.outcome)
            }),
            field(Column::left(lang.who_word()).named("asked_by").aside(), |t, _| {
                text(&t.todo.asked_by)
            }),
            field(Column::left(lang.change_word()).named("change").aside(), |t, _| {
                let asked = t.todo.change.as_deref();
                let asked: Option<Value> = asked.and_then(|text| serde_json::from_str(text).ok());
                Cell::both("", asked)
            }),
            field(Column::left(lang.form_decision()).named("approved").aside(), |t, lang| {
                t.todo.approved.map_or(Cell::EMPTY, |yes| {
                    Cell::both(if yes { lang.todo_approved() } else { lang.todo_declined() }, yes)
                })
            }),
        ]
    }
}

/// What is to be done; of an approval, what it asks for.
pub fn todo_title(todo: &Todo, lang: Lang) -> String {
    let asked = todo.change.as_deref().and_then(|text| serde_json::from_str::<Change>(text).ok());
    let Some(asked) = asked else {
        // What was agreed in a contact has no other name.
        let kind = lang.todo_kind(todo.kind);
        return if todo.title.is_empty() { kind.to_owned() } else { todo.title.clone() };
    };
    let amount = if let Change::WriteOff { amount: Some(amount), .. } = &asked {
        todo.currency.map(|currency| money::with_symbol(*amount, currency))
    } else {
        None
    };
    let what = [Some(lang.change(asked.kind()).to_owned()), amount];
    let what: Vec<String> = what.into_iter().flatten().collect();
    lang.timeline_todo(&what.join(" "), &todo.title)
}

fn level(level: Option<Level>, lang: Lang) -> Cell<'static> {
    level.map_or(Cell::EMPTY, |level| Cell::both(lang.level(level), level.code()))
}

/// What happened, as a timeline has it.
#[derive(Debug, Clone)]
pub struct Happened {
    pub on: NaiveDate,
    pub who: Option<String>,
    /// Key or id of the milestone.
    pub milestone: String,
    pub event: TimelineEvent,
    /// Why it was voided.
    pub voided: Option<String>,
    pub currency: Currency,
    pub today: NaiveDate,
}

impl Listed for Happened {
    fn title(lang: Lang) -> &'static str {
        lang.timeline_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.form_day()).named("on"), |h, _| Cell::Day(h.on)),
            field(Column::left(lang.key_word()).named("milestone").spare(1), |h, _| {
                text(&h.milestone)
            }),
            field(Column::left(lang.change_word()).named("kind").aside(), |h, lang| {
                Cell::both(lang.change(h.event.kind()), h.event.kind().code())
            }),
            field(Column::left(lang.happened_word()).named("what"), |h, lang| {
                let amount = |minor: i64| money::with_symbol(minor, h.currency);
                let voided = h.voided.as_deref().map(|reason| lang.timeline_voided(reason));
                let what = lang.happened(&h.event, h.today, amount);
                lang.commas([Some(what), voided].into_iter().flatten()).into()
            }),
            field(Column::left(lang.who_word()).named("who").spare(2), |h, _| {
                maybe(h.who.as_deref())
            }),
        ]
    }
}

/// What one of them pays or bills, line by line.
pub struct LineRow {
    pub line: ListedLine,
    pub currency: Currency,
    /// Whether it is billed, so that a part can be open.
    pub billed: bool,
}

impl Listed for LineRow {
    fn title(lang: Lang) -> &'static str {
        lang.milestones_word()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.key_word()).named("milestone"), |l, _| l.line.called().into()),
            field(Column::left(lang.project_code_word()).named("project"), |l, _| {
                text(&l.line.project)
            }),
            field(Column::right(lang.form_amount()).named("amount"), |l, _| {
                Cell::amount(l.line.amount, l.currency)
            }),
            field(Column::right(lang.paid_word()).named("paid"), |l, _| {
                if l.billed { Cell::amount(l.line.paid, l.currency) } else { Cell::EMPTY }
            }),
            field(Column::right(lang.balance_word()).named("balance"), |l, _| {
                if l.billed { Cell::amount(l.line.open, l.currency) } else { Cell::EMPTY }
            }),
        ]
    }
}

impl Listed for Concession {
    fn title(lang: Lang) -> &'static str {
        lang.concessions_word()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.concession_word()).named("kind"), |c, lang| {
                Cell::both(lang.concession_kind(c.kind), c.kind.code())
            }),
            field(Column::right(lang.times_word()).named("times"), |c, _| c.times.into()),
            field(Column::right(lang.moved_days_word()).named("days"), |c, _| {
                c.days.map_or(Cell::EMPTY, Cell::Number)
            }),
            field(Column::left(lang.currency_word()).named("currency"), |c, _| {
                c.cost.map_or(Cell::EMPTY, |(currency, _)| currency.code().into())
            }),
            field(Column::right(lang.let_go_word()).named("cost"), |c, _| {
                c.cost.map_or(Cell::EMPTY, |(currency, minor)| Cell::amount(minor, currency))
            }),
        ]
    }
}

impl Listed for Condition {
    fn title(lang: Lang) -> &'static str {
        lang.conditions_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id").aside(), |c, _| c.id.to_string().into()),
            field(Column::left(lang.key_word()).named("milestone"), |c, _| {
                c.key.as_deref().unwrap_or(&c.name).into()
            }),
            field(Column::left(lang.project_code_word()).named("project").aside(), |c, _| {
                text(&c.project)
            }),
            field(Column::left(lang.form_condition_kind()).named("kind"), |c, lang| {
                Cell::both(lang.condition_kind(c.kind), c.kind.code())
            }),
            field(Column::left(lang.form_condition_wording()).named("text"), |c, _| {
                text(&c.wording)
            }),
            field(Column::left(lang.form_agreed_on()).named("agreed_on").spare(3), |c, _| {
                Cell::Day(c.agreed_on)
            }),
            field(Column::left(lang.form_planned_on()).named("planned_on").spare(1), |c, _| {
                c.planned_on.into()
            }),
            field(Column::left(lang.form_met_on()).named("met_on"), |c, _| c.met_on.into()),
            field(Column::left(lang.form_met_by()).named("met_by").spare(2), |c, _| {
                text(&c.met_by)
            }),
            field(Column::left(lang.form_reservation()).named("reservation").spare(4), |c, _| {
                text(&c.reservation)
            }),
            field(Column::left(lang.form_condition_paper()).named("paper").spare(2), |c, lang| {
                let called =
                    |paper: PaperName| lang.paper_called(paper.kind, &paper.number, &paper.title);
                c.proof().map(called).unwrap_or_default().into()
            }),
        ]
    }
}

impl Listed for Note {
    fn title(lang: Lang) -> &'static str {
        lang.notes_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id").aside(), |n, _| n.id.to_string().into()),
            field(Column::left(lang.form_day()).named("on"), |n, _| Cell::Day(n.on)),
            field(Column::left(lang.form_note_kind()).named("kind"), |n, lang| {
                Cell::both(lang.note_kind(n.kind), n.kind.code())
            }),
            field(Column::left(lang.customer_code_word()).named("customer").aside(), |n, _| {
                maybe(n.customer.as_deref())
            }),
            field(Column::left(lang.customer_word()).named("customer_name").spare(1), |n, _| {
                maybe(n.customer_name.as_deref())
            }),
            field(Column::left(lang.project_code_word()).named("project"), |n, _| {
                maybe(n.project.as_deref())
            }),
            field(Column::left(lang.key_word()).named("milestone").spare(3), |n, _| {
                maybe(n.milestone.as_deref())
            }),
            field(Column::right(lang.note_number()).named("number"), |n, _| {
                n.number.map_or(Cell::EMPTY, |number| Cell::Number(number.into()))
            }),
            field(Column::left(lang.form_note_wording()).named("text"), |n, _| text(&n.wording)),
            field(Column::left(lang.note_until()).named("until").spare(4), |n, _| {
                n.until.map_or(Cell::EMPTY, Cell::Day)
            }),
            field(Column::left(lang.who_word()).named("who").spare(2), |n, _| text(&n.who)),
        ]
    }
}

/// A paper, and how far it is on the day of the list.
#[derive(Debug, Clone)]
pub struct PaperLine {
    pub paper: Paper,
    pub state: PaperState,
}

impl PaperLine {
    /// `None` where that day knows of no such paper.
    pub fn new(paper: Paper, day: NaiveDate) -> Option<Self> {
        paper.state(day).map(|state| Self { paper, state })
    }
}

/// The milestones a paper names.
fn named(paper: &Paper) -> Cell<'_> {
    let called: Vec<&str> = paper.milestones.iter().map(|(_, called)| called.as_str()).collect();
    Cell::both(called.join(" "), called.iter().copied().collect::<Value>())
}

impl Listed for PaperLine {
    fn title(lang: Lang) -> &'static str {
        lang.papers_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id"), |l, _| {
                l.paper.head.id.to_string().into()
            }),
            field(Column::left(lang.form_paper_dated()).named("dated"), |l, _| {
                Cell::Day(l.paper.head.dated_on)
            }),
            field(Column::left(lang.form_paper_kind()).named("kind"), |l, lang| {
                Cell::both(lang.paper_kind(l.paper.head.kind), l.paper.head.kind.code())
            }),
            field(Column::left(lang.form_paper_number()).named("number"), |l, _| {
                text(&l.paper.head.number)
            }),
            field(Column::left(lang.state_word()).named("state"), |l, lang| {
                Cell::both(lang.paper_state(l.state), l.state.code())
            }),
            field(Column::left(lang.customer_code_word()).named("customer").aside(), |l, _| {
                maybe(l.paper.head.customer.as_deref())
            }),
            field(Column::left(lang.customer_word()).named("customer_name").spare(1), |l, _| {
                maybe(l.paper.head.customer_name.as_deref())
            }),
            field(Column::left(lang.project_code_word()).named("project").spare(3), |l, _| {
                maybe(l.paper.head.project.as_deref())
            }),
            field(Column::left(lang.key_word()).named("milestones").spare(2), |l, _| {
                named(&l.paper)
            }),
            field(Column::left(lang.form_paper_title()).named("title").spare(4), |l, _| {
                text(&l.paper.head.title)
            }),
            field(Column::left(lang.sent_word()).named("sent_on").spare(5), |l, _| {
                l.paper.head.sent_on.into()
            }),
            field(Column::left(lang.form_channel()).named("sent_by").aside(), |l, lang| {
                let by = l.paper.head.sent_by;
                by.map_or(Cell::EMPTY, |by| Cell::both(lang.channel(by), by.code()))
            }),
            field(Column::left(lang.mail_to_word()).named("mail_to").aside(), |l, _| {
                text(&l.paper.head.mail_to)
            }),
            field(Column::left("Message-ID").named("message_id").aside(), |l, _| {
                text(&l.paper.head.message_id)
            }),
            field(Column::left(lang.mail_reply_word()).named("mail_reply").aside(), |l, _| {
                text(&l.paper.head.mail_reply)
            }),
            field(Column::left(lang.delivered_on_word()).named("delivered_on").spare(6), |l, _| {
                l.paper.head.delivered_on.into()
            }),
            field(Column::left(lang.proof_word()).named("proof").spare(9), |l, _| {
                text(&l.paper.head.proof)
            }),
            field(Column::left(lang.paper_signed_word()).named("signed_on").spare(7), |l, _| {
                l.paper.head.signed_on.into()
            }),
            field(Column::left(lang.expires_word()).named("expires_on").spare(8), |l, _| {
                l.paper.head.expires_on.into()
            }),
            field(Column::right(lang.amount_word()).named("amount").spare(10), |l, _| {
                match (l.paper.head.amount, l.paper.head.currency) {
                    (Some(amount), Some(currency)) => Cell::amount(amount, currency),
                    (Some(_) | None, _) => Cell::EMPTY,
                }
            }),
            field(Column::left(lang.file_word()).named("file").spare(11), |l, _| {
                text(&l.paper.head.file)
            }),
            field(Column::left("SHA-256").named("sha256").aside(), |l, _| {
                text(&l.paper.head.sha256)
            }),
            field(Column::left(lang.form_note()).named("note").spare(12), |l, _| {
                text(&l.paper.head.note)
            }),
            field(Column::left(lang.who_word()).named("who").aside(), |l, _| {
                text(&l.paper.head.who)
            }),
        ]
    }
}

impl Listed for Readiness {
    fn title(lang: Lang) -> &'static str {
        lang.ready_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.form_step()).named("step"), |one, lang| {
                Cell::both(lang.step(one.step), one.step)
            }),
            field(Column::left(lang.wanted_word()).named("wanted"), |one, lang| {
                Cell::both(lang.want(&one.want), one.want.to_string())
            }),
            field(Column::left(lang.state_word()).named("ready"), |one, lang| {
                let said = if one.is_met { lang.ready_there() } else { lang.ready_missing() };
                Cell::both(said, one.is_met)
            }),
            field(Column::left(lang.papers_title()).named("papers"), |one, lang| {
                let ids: Vec<String> =
                    one.papers.iter().map(|paper| paper.head.id.to_string()).collect();
                let said = if ids.is_empty() && one.is_met {
                    lang.ready_invoice().to_owned()
                } else {
                    ids.join(" ")
                };
                Cell::both(said, ids)
            }),
        ]
    }
}

/// A paper whose file is not as it was filed.
pub struct PaperCheck {
    pub paper: Paper,
    pub found: FileFault,
}

impl Listed for PaperCheck {
    fn title(lang: Lang) -> &'static str {
        lang.paper_checks_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id"), |c, _| {
                c.paper.head.id.to_string().into()
            }),
            field(Column::left(lang.form_paper_kind()).named("kind"), |c, lang| {
                Cell::both(lang.paper_kind(c.paper.head.kind), c.paper.head.kind.code())
            }),
            field(Column::left(lang.form_paper_number()).named("number"), |c, _| {
                text(&c.paper.head.number)
            }),
            field(Column::left(lang.found_word()).named("found"), |c, lang| {
                Cell::both(lang.file_fault(c.found), c.found.code())
            }),
            field(Column::left(lang.file_word()).named("file"), |c, _| text(&c.paper.head.file)),
        ]
    }
}
