//! How the facts of items, and their sums, are written in lists and panes.

use chrono::NaiveDate;
use ratatui::style::Style;

use crate::domain::change::ContactDraft;
use crate::domain::item::Item;
use crate::domain::kinds::Channel;
use crate::domain::money::{self, Currency, PerCurrency};
use crate::domain::policy::Policy;
use crate::domain::status::{self, Status};
use crate::portfolio::Names;
use crate::store::{ListedDeal, Note};
use crate::text::Lang;
use crate::tui::data::Ledger;
use crate::tui::screen::Cx;
use crate::tui::theme::{Theme, Ui};
use crate::tui::widgets::list::{Cell, Column};

/// How a status looks; its word and sign say the same.
pub fn status_style(status: Status, theme: Theme) -> Style {
    match status {
        Status::Overdue(_) | Status::Disputed => theme.bad(),
        Status::InGrace(_) | Status::DueToday | Status::DueSoon(_) | Status::Slipping(_) => {
            theme.warn()
        }
        Status::Paid | Status::Settled => theme.good(),
        Status::OnHold | Status::WrittenOff | Status::Split => theme.dim(),
        Status::Upcoming(_) | Status::Planned => theme.text(),
    }
}

/// Status as sign and word, with its days.
pub fn status_cell(item: &Item, day: NaiveDate, policy: &Policy, ui: Ui) -> Cell {
    let status = status::status(item, day, policy);
    let style = status_style(status, ui.theme);
    Cell::new(ui.lang.status_with_sign(status), style)
}

/// When it falls due, in words.
pub fn due(item: &Item, ledger: &Ledger, lang: Lang) -> String {
    let today = ledger.today();
    match item.due(today) {
        Some(due) if item.is_firm(today) => lang.story_due(&lang.day(due, today)),
        Some(due) => lang.story_due_expected(&lang.day(due, today)),
        None => lang.story_no_due().to_owned(),
    }
}

/// The day it falls due, marked where it is only expected.
pub fn due_day(item: &Item, today: NaiveDate, lang: Lang) -> Option<String> {
    let due = item.due(today)?.to_string();
    Some(if item.is_firm(today) { due } else { lang.expected_day(&due) })
}

/// An amount in a column, with the sign of a currency that is not the main one.
pub fn amount(minor: i64, currency: Currency, ledger: &Ledger) -> String {
    let has_sign = ledger.wan && !ledger.is_in_wan(currency);
    if currency == ledger.digest.main || has_sign {
        ledger.money(minor, currency)
    } else {
        let sign = money::symbol(currency);
        format!("{sign} {}", ledger.money(minor, currency))
    }
}

/// A column of amounts, with the unit in its title.
pub fn money_column(title: &'static str, rank: u8, cx: &Cx<'_>) -> Column {
    let column = Column::number(title, rank);
    if cx.ledger.wan {
        Column { title: cx.ui.lang.column_in_wan(title).into(), ..column }
    } else {
        column
    }
}

/// Sums of several currencies in one line, the main one first.
pub fn sums(sums: &PerCurrency<i128>, ledger: &Ledger) -> String {
    let main = ledger.digest.main;
    let (first, others): (Vec<_>, Vec<_>) = sums.iter().partition(|(of, _)| *of == main);
    let all = first.into_iter().chain(others);
    let each = all.map(|(currency, sum)| ledger.signed(*sum, currency));
    each.collect::<Vec<_>>().join(" + ")
}

/// A share in whole percent: half is up, and what is less than one is told from nothing.
pub fn percent(part: i64, all: i64) -> String {
    let (part, all) = (i128::from(part), i128::from(all));
    match (part * 200 + all).checked_div(all * 2).unwrap_or(0) {
        0 if part > 0 => "<1%".to_owned(),
        percent => format!("{percent}%"),
    }
}

/// What is open of items.
pub fn open_sum<'a>(items: impl Iterator<Item = &'a Item>) -> PerCurrency<i128> {
    PerCurrency::<i128>::of(items.map(|item| (item.currency, item.balance)))
}

/// An item as a sentence, to be pasted into a chat.
pub fn summary(item: &Item, name: &str, ledger: &Ledger, lang: Lang) -> String {
    let today = ledger.today();
    let status = status::status(item, today, &ledger.portfolio.policy);
    let word = lang.status(status.kind());
    let late = match status {
        Status::Overdue(n) => lang.copied_late(n),
        Status::InGrace(n) | Status::Slipping(n) => format!("{word} {}", lang.days(n)),
        Status::Disputed
        | Status::DueToday
        | Status::DueSoon(_)
        | Status::Paid
        | Status::Settled
        | Status::OnHold
        | Status::WrittenOff
        | Status::Split
        | Status::Upcoming(_)
        | Status::Planned => word.to_owned(),
    };
    let open = money::with_symbol(item.balance, item.currency);
    let due = match item.due(today) {
        Some(due) if item.is_firm(today) => lang.copied_due(due),
        Some(due) => lang.copied_expected(due),
        None => lang.story_no_due().to_owned(),
    };
    lang.copied_item(name, &open, &due, &late)
}

/// What was agreed after a contract, in a line.
pub fn deal(deal: &ListedDeal, lang: Lang) -> String {
    let amount = deal.head.amount.map(|amount| money::with_symbol(amount, deal.currency()));
    let called = deal.head.called_on.map(|day| format!("{} {day}", lang.called_word()));
    let head = format!("{} {}", lang.deal_kind(deal.head.kind), deal.head.on);
    lang.commas([
        head,
        amount.unwrap_or_default(),
        called.unwrap_or_default(),
        deal.head.note.clone(),
    ])
}

/// What is open on items of one debtor as a sentence, likewise.
pub fn summary_of<'a>(
    name: &str,
    items: impl Iterator<Item = &'a Item> + Clone,
    ledger: &Ledger,
    lang: Lang,
) -> String {
    let policy = &ledger.portfolio.policy;
    let late = |item: &&Item| match status::status(item, ledger.today(), policy) {
        Status::Overdue(days) => Some(days),
        Status::Disputed
        | Status::DueToday
        | Status::DueSoon(_)
        | Status::InGrace(_)
        | Status::Slipping(_)
        | Status::Paid
        | Status::Settled
        | Status::OnHold
        | Status::WrittenOff
        | Status::Split
        | Status::Upcoming(_)
        | Status::Planned => None,
    };
    let sum = |sums: PerCurrency<i128>| {
        let each = sums.into_iter().map(|(currency, sum)| money::with_symbol(sum, currency));
        each.collect::<Vec<_>>().join(" + ")
    };
    let open = open_sum(items.clone());
    if open.is_empty() {
        return lang.copied_clear(name);
    }
    match items.clone().filter_map(|item| late(&item)).max() {
        None => lang.copied_open(name, &sum(open)),
        Some(days) => {
            let overdue = open_sum(items.filter(|item| late(item).is_some()));
            lang.copied_overdue(name, &sum(open), &sum(overdue), days)
        }
    }
}

/// Customer, project and milestone of an item by their names.
pub fn name(item: &Item, ledger: &Ledger) -> String {
    let names = &ledger.portfolio.names;
    let customer = names.customer(item.customer).short();
    let project = names.project(item.project);
    let own = &names.milestone(item.id).name;
    format!("{customer} / {} {} / {own}", project.code, project.name)
}

/// Code and name of an item's project.
pub fn project(item: &Item, names: &Names) -> String {
    let project = names.project(item.project);
    format!("{} {}", project.code, project.name)
}

/// An item by key and name, without the project's code, which stands beside it or above.
pub fn milestone(item: &Item, names: &Names) -> String {
    let own = names.milestone(item.id);
    key_and_name(&names.project(item.project).code, &own.code, &own.name)
}

/// A milestone by key and name, without the project's code: `M3 验收款`.
pub fn key_and_name(project: &str, key: &str, name: &str) -> String {
    let short = key
        .strip_prefix(project)
        .map(|rest| rest.trim_start_matches(['-', '/', '.', '_', ' ']))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(key);
    if name.starts_with(short) {
        return name.to_owned();
    }
    format!("{short} {name}")
}

/// A code and a name, once where both are the same.
pub fn code_and_name(code: &str, name: &str) -> String {
    if code.is_empty() || code == name { name.to_owned() } else { format!("{code} {name}") }
}

/// What a note of a customer says: its score, its words, its day.
pub fn noted(note: &Note, today: NaiveDate, lang: Lang) -> String {
    let score = note.number.map(|score| format!("{score}/10")).unwrap_or_default();
    lang.commas([score, note.wording.clone(), lang.day(note.on, today)])
}

/// Who somebody is and how to reach them, as far as it is known.
pub fn contact(contact: &ContactDraft, lang: Lang) -> Vec<String> {
    let ContactDraft { name, role, phone, email, .. } = contact.clone();
    let wechat = match contact.wechat.as_str() {
        "" => String::new(),
        wechat => format!("{} {wechat}", lang.channel(Channel::Wechat)),
    };
    let mut pieces = vec![name, role, phone, wechat, email];
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{key_and_name, percent};

    #[rstest]
    #[case("P-2031", "P-2031-M3", "验收款", "M3 验收款")]
    #[case("P-2031", "X9", "验收款", "X9 验收款")]
    #[case("P-2031", "P-2031", "验收款", "P-2031 验收款")]
    #[case("P-2031", "", "验收款", "验收款")]
    #[case("P-2031", "5016", "5016", "5016")]
    #[case("P-2031", "P-2031-M3", "M3 验收款", "M3 验收款")]
    #[case("", "M3", "验收款", "M3 验收款")]
    fn the_project_is_named_once(
        #[case] project: &str,
        #[case] key: &str,
        #[case] name: &str,
        #[case] shown: &str,
    ) {
        assert_eq!(key_and_name(project, key, name), shown);
    }

    #[rstest]
    #[case(1, 3, "33%")]
    #[case(2, 3, "67%")]
    #[case(1, 200, "1%")]
    #[case(1, 201, "<1%")]
    #[case(3, 3, "100%")]
    #[case(0, 0, "0%")]
    fn a_share_is_rounded(#[case] part: i64, #[case] all: i64, #[case] shown: &str) {
        assert_eq!(percent(part, all), shown);
    }
}
