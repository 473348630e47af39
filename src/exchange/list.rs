//! A list of milestones: one table for people, files and the contract's JSON.

use serde_json::{Value, json};

use crate::domain::money::PerCurrency;
use crate::report::filter::FilterRow as _;
use crate::report::list::{List, ListRow};
use crate::text::Lang;

use super::out::{Cell, Column, Page, Report, Table};

impl Report for List<'_> {
    /// The most overdue first, then by day.
    fn page(&self, lang: Lang) -> Page<'_> {
        page(self, self.most_overdue_first(), lang)
    }

    fn page_as_kept(&self, lang: Lang) -> Page<'_> {
        page(self, self.rows(), lang)
    }
}

fn page<'l>(
    list: &'l List<'_>,
    rows: impl Iterator<Item = ListRow<'l>> + 'l,
    lang: Lang,
) -> Page<'l> {
    let mut table = Table::new(columns(lang), rows.map(move |row| cells(row, lang)));
    for (currency, (amount, balance)) in sums(list) {
        table.add_total(
            lang.total(),
            vec![
                ("currency", currency.code().into()),
                ("amount", Cell::Amount(amount, currency)),
                ("balance", Cell::Amount(balance, currency)),
            ],
        );
    }
    Page {
        title: lang.list_title(&list.today().to_string()),
        tables: vec![table],
        ..Page::default()
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::left(lang.key_word()).named("key"),
        Column::left(lang.id_word()).named("id").aside(),
        Column::left(lang.customer_code_word()).named("customer").aside(),
        Column::left(lang.customer_word()).named("customer_name"),
        Column::left(lang.project_code_word()).named("project").spare(5),
        Column::left(lang.milestone_word()).named("milestone").spare(2),
        Column::left(lang.stage_word()).named("stage").aside(),
        Column::left(lang.manager_word()).named("manager").spare(6),
        Column::left(lang.currency_word()).named("currency").spare(8),
        Column::right(lang.amount_word()).named("amount").spare(7),
        Column::right(lang.balance_word()).named("balance"),
        Column::left(lang.due_word()).named("due").spare(1),
        Column::left(lang.firm_word()).named("firm").told(),
        Column::left(lang.status_word()).named("status").spare(3),
        Column::right(lang.late_word()).named("days_late"),
        Column::left(lang.bucket_word()).named("bucket").aside(),
        Column::left(lang.waiting_on_word()).named("waiting_on").spare(4),
        // The name of `waiting_on` until version 0.1; read by scripts for one version more.
        Column::left(lang.waiting_on_word()).named("court").aside(),
        Column::left(lang.next_word()).named("next_step").spare(9),
        Column::left(lang.next_on_word()).named("next_on").aside(),
        Column::left(lang.waits_word()).named("waits").aside(),
        Column::left(lang.flags_word()).named("flags").aside(),
        Column::left(lang.owner_word()).named("owner").aside(),
        Column::right(lang.late_with_us_word()).named("late_with_us").aside(),
    ]
}

fn cells(row: ListRow<'_>, lang: Lang) -> Vec<Cell<'_>> {
    let (item, next) = (row.item, row.next());
    let (customer, milestone, id) = (row.customer(), row.milestone(), row.item.id.to_string());
    let (waiting_on, status, late) = (row.waiting_on(), row.status(), row.days_late());
    let wait = row.waits(next);
    let (owner, with_us) = (row.owner(), row.late_with_us());
    let waiting = || Cell::both(lang.waiting_on(waiting_on), waiting_on.code());
    vec![
        milestone.code().map_or_else(|| Cell::both(id.clone(), Value::Null), Cell::from),
        Cell::from(id.clone()),
        Cell::from(&*customer.code),
        Cell::from(&*customer.name),
        Cell::from(&*row.project().code),
        Cell::from(&*milestone.name),
        Cell::both(lang.stage(item.stage), item.stage.code()),
        row.manager().map_or(Cell::EMPTY, Cell::from),
        item.currency.code().into(),
        Cell::amount(item.amount, item.currency),
        Cell::amount(item.balance, item.currency),
        match row.due() {
            Some(day) if !row.is_firm() => Cell::Expected(day, lang.expected_day(&day.to_string())),
            due => due.into(),
        },
        Cell::both(lang.yes_no(row.is_firm()), row.is_firm()),
        Cell::both(lang.status(status.kind()), status.code()),
        if late > 0 { Cell::Number(late) } else { Cell::both("", 0) },
        row.bucket_label().map_or(Cell::EMPTY, |label| Cell::both(lang.bucket(label), label)),
        waiting(),
        waiting(),
        match (next.step, wait) {
            (Some(step), Some(wait)) => Cell::both(lang.waits(step, wait), step),
            (Some(step), None) => Cell::both(lang.step(step), step),
            (None, _) => Cell::EMPTY,
        },
        next.on.into(),
        wait.map_or(Cell::EMPTY, |wait| {
            let value = json!({ "why": wait.why, "until": wait.until });
            Cell::both(lang.wait_reason(wait.why), value)
        }),
        {
            let flags = row.into_flags();
            let words: Vec<&str> = flags.iter().map(|flag| lang.flag(*flag)).collect();
            Cell::both(lang.listed(&words), json!(flags))
        },
        Cell::both(lang.owner(owner), owner.code()),
        with_us.map_or(Cell::EMPTY, |late| Cell::Number(late.days)),
    ]
}

/// Amount and balance per currency. Sums of sums may be wider than an amount.
fn sums(list: &List) -> PerCurrency<(i128, i128)> {
    let mut sums: PerCurrency<(i128, i128)> = PerCurrency::new();
    for item in list.items() {
        let sum = sums.entry(item.currency, Default::default);
        sum.0 += i128::from(item.amount);
        sum.1 += i128::from(item.balance);
    }
    sums.sort();
    sums
}
