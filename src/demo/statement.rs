//! A statement of our bank as finance would bring it in: what came in lately, some of it on record already, some still
//! to be told whose it is, and what went out.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::{Company, context, shift};
use crate::domain::bank::{StatementBatch, StatementLine, StatementSum};
use crate::domain::item::Item;
use crate::domain::money;
use crate::error::{Error, Result};
use crate::portfolio::Portfolio;
use crate::store::Store;

/// Minor units on the account before the first line.
const OPENING: i64 = 318_650_000;

/// A line as the demo tells it.
enum Told {
    /// The customer of the first pays these in one sum, less a fee of so many minor units.
    Pays { keys: &'static [&'static str], fee: i64 },
    /// Who, what for, and how much, in minor units.
    Other { who: [&'static str; 2], what: [&'static str; 2], amount: i64 },
}

/// So many days ago.
#[rustfmt::skip]
const LINES: &[(i64, Told)] = &[
    (9, Told::Other { who: ["", ""], what: ["账户维护费", "account fee"], amount: -3_000 }),
    (6, Told::Pays { keys: &["P-2077-M1"], fee: 0 }),
    (3, Told::Other { who: ["上海云栖置业有限公司", "Cloudrest Estates Ltd."], what: ["11月房租", "rent, November"], amount: -8_600_000 }),
    (2, Told::Pays { keys: &["P-2068-M2"], fee: 0 }),
    (1, Told::Pays { keys: &["P-2047-M2"], fee: 0 }),
    (1, Told::Pays { keys: &["P-2070-M2"], fee: 2_500 }),
    (1, Told::Pays { keys: &["P-2060-M3", "P-2049-M3"], fee: 0 }),
    (0, Told::Other { who: ["国家金库浦东新区支库", "Revenue Service"], what: ["软件产品增值税即征即退", "VAT refund"], amount: 4_618_732 }),
    (0, Told::Other { who: ["李国强", "J. Whitlock"], what: ["货款", "goods"], amount: 5_000_000 }),
];

/// Brings the statement in.
pub(super) fn import(store: &mut Store, today: NaiveDate, company: Company) -> Result<()> {
    let first = LINES.iter().map(|(ago, _)| *ago).max().unwrap_or_default();
    let mut portfolio = Portfolio::load(store, shift(today, -first))?;
    portfolio.name_all(store, &[])?;
    let mut balance = OPENING;
    let mut rows = Vec::new();
    for (row, (ago, told)) in (1..).zip(LINES) {
        let line = line(told, row, &portfolio, company)?;
        balance = money::add(balance, line.amount)?;
        rows.push(StatementLine {
            on: shift(today, -ago),
            balance: Some(balance),
            serial: format!("{}{row:04}", shift(today, -ago).format("%Y%m%d")),
            ..line
        });
    }
    let batch = StatementBatch {
        file: format!("statement-{}.csv", today.format("%Y-%m")),
        sha256: String::new(),
        sums: vec![sum(&rows, [shift(today, -first), today], balance)?],
        rows,
    };
    store.import_statement(&batch, &context(company.finance(), today), &mut |_, _| {})?;
    Ok(())
}

fn line(told: &Told, row: u32, portfolio: &Portfolio, company: Company) -> Result<StatementLine> {
    let of = |texts: [&'static str; 2]| company.lang().pick(texts[0], texts[1]).to_owned();
    let (payer, remark, amount) = match told {
        Told::Pays { keys, fee } => {
            let items = keys.iter().map(|key| item(portfolio, key));
            let items: Vec<&Item> = items.collect::<Result<_>>()?;
            let sum = items.iter().try_fold(0, |sum: i64, item| money::add(sum, item.balance))?;
            let customer = items.first().map(|item| portfolio.names.customer(item.customer));
            let payer = customer.map(|name| name.name.to_string()).unwrap_or_default();
            (payer, of(["项目款", "projects"]), money::sub(sum, *fee)?)
        }
        Told::Other { who, what, amount } => (of(*who), of(*what), *amount),
    };
    let currency = company.currency();
    let account = company.account().to_owned();
    let on = portfolio.today;
    let (payer_account, serial) = (String::new(), String::new());
    Ok(StatementLine {
        row,
        account,
        on,
        amount,
        currency,
        balance: None,
        payer,
        payer_account,
        remark,
        serial,
    })
}

/// An open milestone by its key.
fn item<'p>(portfolio: &'p Portfolio, key: &'static str) -> Result<&'p Item> {
    let mut items = portfolio.items().iter();
    items.find(|item| &*portfolio.names.milestone(item.id).code == key).ok_or(Error::Bug(key))
}

fn sum(
    rows: &[StatementLine],
    [first_on, last_on]: [NaiveDate; 2],
    closing: i64,
) -> Result<StatementSum> {
    let total = |went_in: bool| {
        let some = rows.iter().filter(|row| (row.amount > 0) == went_in);
        some.map(|row| row.amount.abs()).try_fold((0, 0), |(count, sum), amount| {
            Ok::<_, Error>((count + 1, money::add(sum, amount)?))
        })
    };
    Ok(StatementSum {
        account: rows.first().map(|row| row.account.clone()).unwrap_or_default(),
        currency: rows.first().map_or(Currency::CNY, |row| row.currency),
        first_on,
        last_on,
        money_in: total(true)?,
        money_out: total(false)?,
        opening: Some(OPENING),
        closing: Some(closing),
    })
}
