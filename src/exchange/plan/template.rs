//! A list to start from.

use std::io::{self, Write};

use chrono::{Days, NaiveDate};

use crate::domain::plan::field::PlanField;
use crate::exchange::out::{Cell, Column, Table, write_csv};
use crate::text::Lang;

use PlanField as F;

/// The columns of the template: `open` says no more than `paid`.
fn columns() -> impl Iterator<Item = PlanField> {
    F::ALL.iter().copied().filter(|field| *field != F::Open)
}

/// Writes a CSV file with every column and two rows that show how to fill them: an advance that is paid, and an
/// acceptance to come. It imports as it is.
pub fn template(lang: Lang, today: NaiveDate, out: &mut dyn Write) -> io::Result<()> {
    let columns = columns().map(|field| Column::left(lang.plan_column(field)));
    let row = |cell: fn(Lang, NaiveDate, PlanField) -> String| -> Vec<Cell> {
        let cell = |field| {
            let shared = shared(lang, today, field);
            Cell::from(shared.unwrap_or_else(|| cell(lang, today, field)))
        };
        self::columns().map(cell).collect()
    };
    let rows = [row(advance), row(acceptance)];
    write_csv(vec![Table::new(columns.collect(), rows.into_iter())], out)
}

/// What both rows say about customer and contract.
fn shared(lang: Lang, today: NaiveDate, field: PlanField) -> Option<String> {
    Some(match field {
        F::Customer => "C001".to_owned(),
        F::CustomerName => lang.pick("星河科技", "Galaxy Ltd").to_owned(),
        F::ContactName => lang.pick("李雷", "Lee Lei").to_owned(),
        F::ContactPhone => "021-5555-0100".to_owned(),
        F::Project => "P-2031".to_owned(),
        F::ProjectName => lang.pick("数据中台", "Data platform").to_owned(),
        F::Manager => lang.pick("王敏", "Wang Min").to_owned(),
        F::ContractNo => "HT-2031".to_owned(),
        F::ContractAmount => "1000000.00".to_owned(),
        F::SignedOn | F::AgreedOn => ago(today, 90),
        F::Currency => "CNY".to_owned(),
        F::Disputed => lang.pick("否", "no").to_owned(),
        _ => return None,
    })
}

fn advance(lang: Lang, today: NaiveDate, field: PlanField) -> String {
    match field {
        F::Key => "P-2031-M1".to_owned(),
        F::Milestone | F::Stage => lang.pick("预付款", "Advance").to_owned(),
        F::Amount | F::Paid => "300000.00".to_owned(),
        F::Percent => "30%".to_owned(),
        F::InvoiceNo => "24317001".to_owned(),
        F::InvoicedOn => ago(today, 85),
        F::Due => ago(today, 60),
        F::PaidOn => ago(today, 58),
        _ => String::new(),
    }
}

fn acceptance(lang: Lang, today: NaiveDate, field: PlanField) -> String {
    match field {
        F::Key => "P-2031-M2".to_owned(),
        F::Milestone | F::Stage => lang.pick("验收款", "Acceptance").to_owned(),
        F::Amount => "700000.00".to_owned(),
        F::Percent => "70%".to_owned(),
        F::Due => lang.pick("验收后30天", "acceptance + 30d").to_owned(),
        F::PlannedOn => today.checked_add_days(Days::new(30)).unwrap_or(today).to_string(),
        F::Note => lang
            .pick("验收单由客户签字", "acceptance certificate signed by the customer")
            .to_owned(),
        _ => String::new(),
    }
}

fn ago(today: NaiveDate, days: u64) -> String {
    today.checked_sub_days(Days::new(days)).unwrap_or(today).to_string()
}
