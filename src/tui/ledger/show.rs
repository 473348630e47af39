//! How facts of an item stand in lists and panes.

use iso_currency::Currency;
use ratatui::style::Style;

use crate::domain::item::Item;
use crate::domain::status::Status;
use crate::text::Lang;
use crate::tui::theme::Theme;

use super::data::Ledger;

/// How a status looks; its word and sign say the same.
pub fn status_style(status: Status, theme: Theme) -> Style {
    match status {
        Status::Overdue(_) | Status::Disputed => theme.bad(),
        Status::InGrace(_) | Status::DueToday | Status::DueSoon(_) | Status::Slipping(_) => {
            theme.warn()
        }
        Status::Paid => theme.good(),
        Status::OnHold | Status::WrittenOff => theme.dim(),
        Status::Upcoming(_) | Status::Planned => theme.text(),
    }
}

/// When it falls due, in words.
pub fn due(item: &Item, ledger: &Ledger, lang: Lang) -> String {
    let today = ledger.today();
    match item.due {
        Some(due) if item.is_firm(today) => lang.story_due(&lang.day(due, today)),
        Some(due) => lang.story_due_expected(&lang.day(due, today)),
        None => lang.story_no_due().to_owned(),
    }
}

/// An amount in a column, with the sign of a currency that is not the main one.
pub fn amount(minor: i64, currency: Currency, ledger: &Ledger) -> String {
    if currency == ledger.digest.main {
        ledger.money(minor, currency)
    } else {
        let sign = crate::domain::money::symbol(currency);
        format!("{sign} {}", ledger.money(minor, currency))
    }
}

/// Sums of several currencies in one line.
pub fn sums(sums: &[(Currency, i128)], ledger: &Ledger) -> String {
    let main = ledger.digest.main;
    let is_main = |sum: &&(Currency, i128)| sum.0 == main;
    let others = sums.iter().filter(|sum| !is_main(sum));
    let each = sums
        .iter()
        .filter(is_main)
        .chain(others)
        .map(|(currency, sum)| ledger.signed(*sum, *currency));
    each.collect::<Vec<_>>().join(" + ")
}

/// Adds amounts up, each currency by itself, in the order they first come.
pub fn add_up(amounts: impl Iterator<Item = (Currency, i64)>) -> Vec<(Currency, i128)> {
    let mut sums: Vec<(Currency, i128)> = Vec::new();
    for (currency, amount) in amounts {
        let known = sums.iter_mut().find(|(of, _)| *of == currency);
        match known {
            Some((_, sum)) => *sum += i128::from(amount),
            None => sums.push((currency, amount.into())),
        }
    }
    sums
}

/// Adds the amounts of items up.
pub fn open_sum<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<(Currency, i128)> {
    add_up(items.map(|item| (item.currency, item.balance)))
}

/// An item in one line, for the clipboard.
pub fn summary(item: &Item, name: &str, ledger: &Ledger, lang: Lang) -> String {
    let status = crate::domain::status::status(item, ledger.today(), &ledger.book.policy);
    let word = lang.status(status.kind());
    let late = match status {
        Status::Overdue(n) | Status::InGrace(n) | Status::Slipping(n) => {
            format!("{word} {}", lang.days(n))
        }
        _ => word.to_owned(),
    };
    let open = crate::domain::money::with_symbol(item.balance, item.currency);
    lang.copied_item(name, &open, &due(item, ledger, lang), &late)
}

/// Customer, project and milestone of an open item by their names.
pub fn name(item: &Item, ledger: &Ledger) -> String {
    let names = &ledger.book.names;
    let customer = names.customer(item.customer).short();
    let project = names.project(item.project);
    let own = &names.milestone(item.id).name;
    format!("{customer} / {} {} / {own}", project.code, project.name)
}
