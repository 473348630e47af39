//! A list of milestones as the contract's JSON, and as a page.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::kinds::{Flag, Stage, WaitReason, WaitingOn};
use crate::domain::money::{self, Currency, PerCurrency};
use crate::report::filter::FilterRow as _;
use crate::report::list::{List, ListRow};
use crate::text::Lang;

use super::out::{Cell, Column, Each, JsonOut, Page, Report, Table};

#[derive(Serialize)]
struct Json<'a> {
    id: String,
    key: Option<&'a str>,
    customer: &'a str,
    customer_name: &'a str,
    project: &'a str,
    milestone: &'a str,
    stage: Stage,
    manager: Option<&'a str>,
    currency: &'static str,
    amount: String,
    balance: String,
    due: Option<NaiveDate>,
    firm: bool,
    status: &'static str,
    days_late: i64,
    bucket: Option<&'a str>,
    waiting_on: WaitingOn,
    /// The name of `waiting_on` until version 0.1; read by scripts for one version more.
    court: WaitingOn,
    next_step: Option<u8>,
    next_on: Option<NaiveDate>,
    waits: Option<JsonWait>,
    flags: Vec<Flag>,
}

#[derive(Serialize)]
struct JsonWait {
    why: WaitReason,
    until: Option<NaiveDate>,
}

impl Report for List<'_> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let columns = vec![
            Column::left(lang.key_word()),
            Column::left(lang.customer_word()),
            Column::left(lang.project_code_word()),
            Column::left(lang.milestone_word()),
            Column::left(lang.manager_word()),
            Column::left(lang.currency_word()),
            Column::right(lang.amount_word()),
            Column::right(lang.balance_word()),
            Column::left(lang.due_word()),
            Column::left(lang.status_word()),
            Column::right(lang.late_word()),
            Column::left(lang.waiting_on_word()),
            Column::left(lang.next_word()),
        ];
        Page {
            title: lang.list_title(&self.today().to_string()),
            tables: vec![Table {
                totals: totals(self, lang),
                ..Table::new(columns, self.rows().map(move |row| cells(&row, lang)))
            }],
            ..Page::default()
        }
    }

    /// An array, one object a milestone.
    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        serde_json::to_writer(out, &Each(|| self.rows().map(value)))
    }
}

fn value(row: ListRow) -> Json {
    let (item, next) = (row.item, row.next());
    let (customer, milestone) = (row.customer(), row.milestone());
    Json {
        id: item.id.to_string(),
        key: milestone.code(),
        customer: &customer.code,
        customer_name: &customer.name,
        project: &row.project().code,
        milestone: &milestone.name,
        stage: item.stage,
        manager: row.manager(),
        currency: item.currency.code(),
        amount: money::plain(item.amount, item.currency),
        balance: money::plain(item.balance, item.currency),
        due: row.due(),
        firm: row.is_firm(),
        status: row.status().code(),
        days_late: row.days_late(),
        bucket: row.bucket_label(),
        waiting_on: row.waiting_on(),
        court: row.waiting_on(),
        next_step: next.step,
        next_on: next.on,
        waits: row.waits(next).map(|wait| JsonWait { why: wait.why, until: wait.until }),
        flags: row.into_flags(),
    }
}

fn cells<'a>(row: &ListRow<'a>, lang: Lang) -> Vec<Cell<'a>> {
    let (item, milestone, next) = (row.item, row.milestone(), row.next());
    vec![
        milestone.code().map_or_else(|| item.id.to_string().into(), Cell::from),
        Cell::from(&*row.customer().name),
        Cell::from(&*row.project().code),
        Cell::from(&*milestone.name),
        row.manager().map_or(Cell::EMPTY, Cell::from),
        item.currency.code().into(),
        Cell::Amount(item.amount.into(), item.currency),
        Cell::Amount(item.balance.into(), item.currency),
        match row.due() {
            Some(day) if row.is_firm() => Cell::Day(day),
            Some(day) => lang.expected_day(&day.to_string()).into(),
            None => Cell::EMPTY,
        },
        lang.status(row.status().kind()).into(),
        match row.days_late() {
            late @ 1.. => Cell::Number(late),
            _ => Cell::EMPTY,
        },
        lang.waiting_on(row.waiting_on()).into(),
        match (next.step, row.waits(next)) {
            (Some(step), Some(wait)) => lang.waits(step, wait).into(),
            (Some(step), None) => lang.step(step).into(),
            (None, _) => Cell::EMPTY,
        },
    ]
}

/// One row a currency. Sums of sums may be wider than an amount.
fn totals<'a>(list: &List, lang: Lang) -> Vec<Vec<Cell<'a>>> {
    let mut sums = PerCurrency::new();
    for item in list.items() {
        let sum: &mut (i128, i128) = sums.entry(item.currency, Default::default);
        sum.0 += i128::from(item.amount);
        sum.1 += i128::from(item.balance);
    }
    sums.sort();
    let row = |(currency, (amount, balance)): (Currency, _)| {
        let mut cells = vec![lang.total().into()];
        cells.resize(5, Cell::EMPTY);
        cells.extend([
            currency.code().into(),
            Cell::Amount(amount, currency),
            Cell::Amount(balance, currency),
        ]);
        cells
    };
    sums.into_iter().map(row).collect()
}
