//! How wide the columns of a long list are: texts as wide as any of theirs, made from the least and the greatest values,
//! since to write down each of a hundred thousand rows takes longer than a key may.

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::money::{Currency, PerCurrency};
use crate::domain::status::Status;
use crate::text::Lang;
use crate::text::width::width;
use crate::tui::screen::Cx;

/// What texts are written by: version, ten-thousands and language.
pub type Looked = (u64, bool, Lang);

pub fn looked(cx: &Cx<'_>) -> Looked {
    (cx.ledger.version(), cx.ledger.wan, cx.ui.lang)
}

/// The widest of texts.
pub fn text(texts: impl IntoIterator<Item = impl Into<String>>) -> String {
    let texts = texts.into_iter().map(Into::into);
    texts.max_by_key(|text: &String| width(text)).unwrap_or_default()
}

/// The least and the greatest amount of each currency: the widest is one of them.
#[derive(Default)]
pub struct Ends(PerCurrency<[i64; 2]>);

impl Ends {
    pub fn of(amounts: impl IntoIterator<Item = (Currency, i64)>) -> Self {
        let mut ends = Self::default();
        amounts.into_iter().for_each(|(currency, amount)| ends.add(currency, amount));
        ends
    }

    pub fn add(&mut self, currency: Currency, amount: i64) {
        let [least, greatest] = self.0.entry(currency, || [amount; 2]);
        *least = amount.min(*least);
        *greatest = amount.max(*greatest);
    }

    pub fn widest(&self, show: impl Fn(i64, Currency) -> String) -> String {
        text(self.0.iter().flat_map(|(currency, ends)| ends.map(|amount| show(amount, currency))))
    }
}

/// What is to be known of open items, found in one pass.
#[derive(Default)]
pub struct Open {
    pub amounts: Ends,
    pub balances: Ends,
    /// The most days from a due day to today, or from today to one.
    pub days: i64,
}

impl Open {
    pub fn of(items: &[Item], today: NaiveDate) -> Self {
        let mut open = Self::default();
        for item in items {
            open.amounts.add(item.currency, item.amount);
            open.balances.add(item.currency, item.balance);
            let days = item.due(today).map_or(0, |due| (due - today).num_days().abs());
            open.days = open.days.max(days);
        }
        open
    }
}

/// The widest status of so many days at most.
pub fn status(days: i64, lang: Lang) -> String {
    let all = [
        Status::WrittenOff,
        Status::Paid,
        Status::Settled,
        Status::Split,
        Status::Disputed,
        Status::OnHold,
        Status::Overdue(days),
        Status::InGrace(days),
        Status::DueToday,
        Status::DueSoon(days),
        Status::Upcoming(days),
        Status::Slipping(days),
        Status::Planned,
    ];
    text(all.map(|status| lang.status_with_sign(status)))
}

/// The widest day in a column of due days.
pub fn due(today: NaiveDate, lang: Lang) -> String {
    lang.expected_day(&today.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money;

    #[test]
    fn amounts_are_as_wide_as_the_least_or_the_greatest() {
        let amounts = [
            (Currency::CNY, 9_999),
            (Currency::JPY, 7_000_000),
            (Currency::CNY, -123_456_789),
            (Currency::CNY, 1_000_000),
        ];
        let show = |minor, currency| money::format(minor, currency);
        assert_eq!(Ends::of(amounts).widest(show), "-1,234,567.89");
        assert_eq!(Ends::default().widest(show), "");
    }
}
