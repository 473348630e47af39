//! The aging table as a document: the contract's JSON, which snapshots keep as it was shown, and from it the cells for
//! csv, md and a terminal.

use serde::{Deserialize, Serialize};

use crate::domain::aging::{AgeBy, Edges};
use crate::domain::money::{self, Currency};
use crate::portfolio::Names;
use crate::report::aging::{AgingTable, GroupBy, GroupKey, Sums};
use crate::text::Lang;

use super::out::{Column, Table};

/// An aging table with its names, amounts as text with the currency's decimals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The day every age is counted to.
    pub as_of: String,
    /// Code of what receivables age by.
    pub age_by: String,
    /// Code of what the rows stand for.
    pub by: String,
    pub buckets: Vec<String>,
    /// The rows, by key, those without one last.
    pub rows: Vec<Row>,
    /// Their sums, one per currency.
    pub totals: Vec<Columns>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Code of the customer, project or stage, name of the manager, code of the currency.
    pub key: Option<String>,
    /// What a person calls it.
    pub name: String,
    #[serde(flatten)]
    pub columns: Columns,
}

/// The columns of a row or of the totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    pub currency: String,
    pub items: u32,
    pub amounts: Vec<String>,
    /// Retention that is not due yet.
    pub retention_not_due: String,
    pub total: String,
    /// Money on account, outside the total.
    pub unapplied: String,
    /// Money that is no receivable yet, outside the total.
    pub planned: String,
}

impl Row {
    /// By key, those without one last, then by currency and name.
    fn order(&self) -> (bool, Option<&str>, &str, &str) {
        (
            self.key.is_none(),
            self.key.as_deref(),
            &self.columns.currency,
            &self.name,
        )
    }
}

impl Columns {
    fn new(currency: Currency, sums: &Sums) -> Self {
        let plain = |minor: i64| money::plain(minor, currency);
        Self {
            currency: currency.code().to_owned(),
            items: sums.items,
            amounts: sums.amounts.iter().copied().map(plain).collect(),
            retention_not_due: plain(sums.retention_not_due),
            total: plain(sums.total),
            unapplied: plain(sums.unapplied),
            planned: plain(sums.planned),
        }
    }

    /// The cells behind the key and the name; `grouped` puts separators into the amounts, for people.
    fn cells(&self, retention: bool, grouped: bool) -> Vec<String> {
        let currency = Currency::from_code(&self.currency).unwrap_or(Currency::CNY);
        let minor = |text: &str| money::parse(text, currency).unwrap_or_default();
        let show = |minor: i128| {
            if grouped {
                money::format(minor, currency)
            } else {
                money::plain(minor, currency)
            }
        };
        let mut cells = vec![self.currency.clone(), self.items.to_string()];
        cells.extend(self.amounts.iter().map(|text| show(minor(text).into())));
        if retention {
            cells.push(show(minor(&self.retention_not_due).into()));
        }
        let net = i128::from(minor(&self.total)) - i128::from(minor(&self.unapplied));
        let rest = [
            minor(&self.total).into(),
            minor(&self.unapplied).into(),
            net,
            minor(&self.planned).into(),
        ];
        cells.extend(rest.map(show));
        cells
    }
}

/// The table with its names.
pub fn document(table: &AgingTable, names: &Names, lang: Lang) -> Document {
    let mut rows: Vec<Row> = table
        .rows
        .iter()
        .map(|row| {
            let (key, name) = key_and_name(row.key, row.currency, names, lang);
            Row {
                key,
                name,
                columns: Columns::new(row.currency, &row.sums),
            }
        })
        .collect();
    rows.sort_by(|a, b| a.order().cmp(&b.order()));
    Document {
        as_of: table.as_of.to_string(),
        age_by: table.buckets.age_by.code().to_owned(),
        by: table.by.code().to_owned(),
        buckets: table.buckets.labels(),
        rows,
        totals: table
            .totals
            .iter()
            .map(|(currency, sums)| Columns::new(*currency, sums))
            .collect(),
    }
}

/// What a row's group is called: its key, if it has one, and its name.
pub fn key_and_name(
    key: GroupKey,
    currency: Currency,
    names: &Names,
    lang: Lang,
) -> (Option<String>, String) {
    match key {
        GroupKey::Customer(id) => {
            let customer = names.customer(id);
            (Some(customer.code.to_string()), customer.name.to_string())
        }
        GroupKey::Project(id) => {
            let project = names.project(id);
            (Some(project.code.to_string()), project.name.to_string())
        }
        GroupKey::Manager(id) => (
            Some(names.person(id).to_owned()),
            names.person(id).to_owned(),
        ),
        GroupKey::NoManager => (None, lang.no_manager().to_owned()),
        GroupKey::Stage(stage) => (Some(stage.code().to_owned()), lang.stage(stage).to_owned()),
        GroupKey::Currency => (Some(currency.code().to_owned()), currency.code().to_owned()),
        GroupKey::Unapplied => (None, lang.unapplied().to_owned()),
    }
}

/// The contract's JSON, in one line.
pub fn json(document: &Document) -> serde_json::Result<String> {
    let mut text = serde_json::to_string(document)?;
    text.push('\n');
    Ok(text)
}

/// The document as cells. `edges` names the bucket rule, where it is known.
pub fn cells(document: &Document, edges: Option<&Edges>, lang: Lang, grouped: bool) -> Table {
    let age_by = AgeBy::from_code(&document.age_by).unwrap_or_default();
    let retention = age_by != AgeBy::Invoice;
    let by = GroupBy::from_code(&document.by).unwrap_or_default();
    let mut columns = vec![
        Column::left(group_word(by, lang)),
        Column::left(lang.name_word()),
        Column::left(lang.currency_word()),
    ];
    columns.push(Column::right(lang.items_word()));
    columns.extend(
        document
            .buckets
            .iter()
            .map(|label| Column::right(lang.bucket(label))),
    );
    if retention {
        columns.push(Column::right(lang.retention_not_due()));
    }
    for header in [
        lang.total(),
        lang.unapplied(),
        lang.net(),
        lang.planned_money(),
    ] {
        columns.push(Column::right(header));
    }
    let line = |key: &str, name: &str, sums: &Columns| {
        let mut cells = vec![key.to_owned(), name.to_owned()];
        cells.extend(sums.cells(retention, grouped));
        cells
    };
    let mut note = lang.aged_by(lang.age_by(age_by));
    if let Some(edges) = edges {
        note = lang.joined(&note, &edges_word(lang, edges));
    }
    Table {
        title: lang.aging_title(&document.as_of),
        columns,
        rows: document
            .rows
            .iter()
            .map(|r| line(r.key.as_deref().unwrap_or(""), &r.name, &r.columns))
            .collect(),
        totals: document
            .totals
            .iter()
            .map(|sums| line(lang.total(), "", sums))
            .collect(),
        notes: vec![note],
    }
}

/// What the rows of a grouping are.
pub fn group_word(by: GroupBy, lang: Lang) -> &'static str {
    match by {
        GroupBy::Customer => lang.customer_word(),
        GroupBy::Project => lang.project_word(),
        GroupBy::Manager => lang.manager_word(),
        GroupBy::Stage => lang.stage_word(),
        GroupBy::Currency => lang.currency_word(),
    }
}

fn edges_word(lang: Lang, edges: &Edges) -> String {
    match edges {
        Edges::Years => lang.edges_years().to_owned(),
        Edges::Days(days) => {
            let list: Vec<String> = days.iter().map(u32::to_string).collect();
            lang.edges_days(&list.join("/"))
        }
    }
}
