//! A list of milestones as a file: the contract's JSON, and cells for csv, md and a terminal.

use serde::Serialize;

use crate::domain::kinds::{Flag, Stage, WaitReason, WaitingOn};
use crate::domain::money;
use crate::report::list::ListRow;
use crate::text::Lang;

use super::out::{Column, Table};

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
    due: Option<String>,
    firm: bool,
    status: &'static str,
    days_late: i64,
    bucket: Option<&'a str>,
    waiting_on: WaitingOn,
    /// The name of `waiting_on` until version 0.1; read by scripts for one version more.
    court: WaitingOn,
    next_step: Option<u8>,
    next_on: Option<String>,
    waits: Option<JsonWait>,
    flags: &'a [Flag],
}

#[derive(Serialize)]
struct JsonWait {
    why: WaitReason,
    until: Option<String>,
}

/// The contract's JSON: an array, one object a milestone.
pub fn json(rows: &[ListRow]) -> serde_json::Result<String> {
    let values: Vec<Json> = rows.iter().map(value).collect();
    let mut text = serde_json::to_string(&values)?;
    text.push('\n');
    Ok(text)
}

fn value(row: &ListRow) -> Json<'_> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|d| d.to_string());
    Json {
        id: row.id.to_string(),
        key: row.key.as_deref(),
        customer: &row.customer,
        customer_name: &row.customer_name,
        project: &row.project,
        milestone: &row.milestone,
        stage: row.stage,
        manager: row.manager.as_deref(),
        currency: row.currency.code(),
        amount: money::plain(row.amount, row.currency),
        balance: money::plain(row.balance, row.currency),
        due: day(row.due),
        firm: row.firm,
        status: row.status.code(),
        days_late: row.days_late,
        bucket: row.bucket.as_deref(),
        waiting_on: row.waiting_on,
        court: row.waiting_on,
        next_step: row.next.step,
        next_on: day(row.next.on),
        waits: row.waits.map(|wait| JsonWait {
            why: wait.why,
            until: day(wait.until),
        }),
        flags: &row.flags,
    }
}

/// The rows as cells; `grouped` puts separators into the amounts, for people.
pub fn cells(rows: &[ListRow], title: String, lang: Lang, grouped: bool) -> Table {
    let columns = vec![
        Column::left(lang.key_word()),
        Column::left(lang.customer_word()),
        Column::left(lang.project_word()),
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
    let show = |minor: i64, row: &ListRow| {
        if grouped {
            money::format(minor, row.currency)
        } else {
            money::plain(minor, row.currency)
        }
    };
    let line = |row: &ListRow| {
        let due = row.due.map(|day| day.to_string()).unwrap_or_default();
        vec![
            row.key.clone().unwrap_or_else(|| row.id.to_string()),
            row.customer_name.clone(),
            row.project.clone(),
            row.milestone.clone(),
            row.manager.clone().unwrap_or_default(),
            row.currency.code().to_owned(),
            show(row.amount, row),
            show(row.balance, row),
            if row.firm || row.due.is_none() {
                due
            } else {
                lang.expected_day(&due)
            },
            lang.status(row.status.kind()).to_owned(),
            if row.days_late > 0 {
                row.days_late.to_string()
            } else {
                String::new()
            },
            lang.waiting_on(row.waiting_on).to_owned(),
            row.next
                .step
                .map(|step| next(row, step, lang))
                .unwrap_or_default(),
        ]
    };
    Table {
        title,
        columns,
        rows: rows.iter().map(line).collect(),
        totals: totals(rows, lang, grouped),
        notes: Vec::new(),
    }
}

fn next(row: &ListRow, step: u8, lang: Lang) -> String {
    row.waits
        .map_or_else(|| lang.step(step).to_owned(), |wait| lang.waits(step, wait))
}

fn totals(rows: &[ListRow], lang: Lang, grouped: bool) -> Vec<Vec<String>> {
    let mut sums: Vec<(money::Currency, i128, i128)> = Vec::new();
    for row in rows {
        let at = sums
            .iter()
            .position(|(currency, ..)| *currency == row.currency)
            .unwrap_or_else(|| {
                sums.push((row.currency, 0, 0));
                sums.len() - 1
            });
        sums[at].1 += i128::from(row.amount);
        sums[at].2 += i128::from(row.balance);
    }
    sums.sort_by_key(|(currency, ..)| currency.code());
    let show = |minor: i128, currency| {
        if grouped {
            money::format(minor, currency)
        } else {
            money::plain(minor, currency)
        }
    };
    sums.into_iter()
        .map(|(currency, amount, balance)| {
            let mut cells = vec![lang.total().to_owned()];
            cells.resize(5, String::new());
            cells.extend([
                currency.code().to_owned(),
                show(amount, currency),
                show(balance, currency),
            ]);
            cells
        })
        .collect()
}
