//! When the money of a list is expected, drawn: as columns by month, or as bars where there is no room for those.

use ratatui::style::Style;

use crate::report::expected::{Expected, MONTHS, Money};
use crate::tui::screen::Cx;
use crate::tui::widgets::bar::FILL;
use crate::tui::widgets::bars::{Bar, bars};
use crate::tui::widgets::columns::{self, Column, EXPECTED, FIRM, columns};
use crate::tui::widgets::text::{Line, flow};

/// The least months that stand apart, and the least and most lines of a picture.
const FEW: usize = 3;
const LOW: usize = 9;
const HIGH: usize = 16;

/// What stands for itself: a month, or all before, after or without one.
struct Part {
    label: String,
    money: Money,
    style: Style,
}

/// A title, and lines of at most this size; none where nothing is open.
pub fn picture(
    all: &Expected,
    (room, high): (usize, usize),
    cx: &Cx<'_>,
) -> Option<(String, Vec<Line>)> {
    let has_some = |(_, money): &(_, Money)| money.sum() != 0;
    let last = all.months.iter().rposition(has_some).map_or(0, |last| last + 1);
    let most = last.clamp(FEW, MONTHS);
    let columns_of = |months: usize| {
        let parts = parts(&all.within(months), cx);
        parts.into_iter().map(|part| column(part, cx)).collect::<Vec<Column>>()
    };
    if columns_of(MONTHS).iter().all(|column| column.sum.is_empty()) {
        return None;
    }
    let fits = |all: &Vec<Column>| columns::wide(all) * all.len() <= room;
    let fitting = (FEW..=most).rev().map(columns_of).find(fits).filter(|_| high >= LOW);
    let legend = legend(all.others, room, cx);
    let below = high.saturating_sub(legend.len()).min(HIGH);
    let (strong, dim) = (cx.ui.theme.strong(), cx.ui.theme.dim());
    let mut lines = if let Some(fitting) = fitting {
        columns(&fitting, (room, below), strong, dim)
    } else {
        // Beside the months there may be what is past due, slipped, later, and without a date.
        let months = most.min(below.saturating_sub(4));
        let parts = parts(&all.within(months), cx);
        bars(&parts.into_iter().map(|part| bar(part, cx)).collect::<Vec<Bar>>(), room)
    };
    lines.extend(legend);
    let title = cx.ui.lang.picture_expected();
    Some((cx.ui.lang.in_unit(title, cx.ledger.is_in_wan(cx.ledger.digest.main)), lines))
}

/// In the order of time, each month, and what else there is.
fn parts(all: &Expected, cx: &Cx<'_>) -> Vec<Part> {
    let (lang, theme, today) = (cx.ui.lang, cx.ui.theme, cx.ledger.today());
    let part = |label: &str, money, style| Part { label: label.to_owned(), money, style };
    let expected = |expected: i64| Money { firm: 0, expected };
    let past_due = Money { firm: all.past_due, expected: 0 };
    let past = [
        part(lang.past_due(), past_due, theme.bad()),
        part(lang.slipped_word(), expected(all.slipped), theme.warn()),
    ];
    let rest = [
        part(lang.later_word(), all.later, theme.accent()),
        part(lang.no_date_word(), expected(all.no_date), theme.dim()),
    ];
    let [past, rest] =
        [past, rest].map(|parts| parts.into_iter().filter(|part| part.money.sum() != 0));
    let month =
        |&(month, money): &(_, Money)| part(&lang.month(month, today), money, theme.accent());
    past.chain(all.months.iter().map(month)).chain(rest).collect()
}

/// Nothing is blank.
fn sum(money: Money, cx: &Cx<'_>) -> String {
    match money.sum() {
        0 => String::new(),
        sum => cx.ledger.money(sum, cx.ledger.digest.main),
    }
}

fn column(part: Part, cx: &Cx<'_>) -> Column {
    let Part { label, money, style } = part;
    let parts = [(money.firm, style), (money.expected, cx.ui.theme.dim())];
    Column { label, sum: sum(money, cx), parts }
}

fn bar(part: Part, cx: &Cx<'_>) -> Bar {
    let (text, dim) = (cx.ui.theme.text(), cx.ui.theme.dim());
    let Part { label, money, style } = part;
    Bar {
        label: (label, dim),
        figures: vec![(sum(money, cx), text)],
        before: 0,
        parts: vec![(money.firm, FILL, style), (money.expected, EXPECTED, dim)],
    }
}

/// What the signs mean, and what is left out.
fn legend(others: usize, room: usize, cx: &Cx<'_>) -> Vec<Line> {
    let (lang, theme) = (cx.ui.lang, cx.ui.theme);
    let key = |sign: &str, style, word: &str| {
        vec![(format!("{sign} "), style), (word.to_owned(), theme.dim())]
    };
    let pieces = [
        key(FIRM, theme.accent(), lang.key_firm()),
        key(EXPECTED, theme.dim(), lang.key_expected()),
        vec![(lang.other_currencies(others), theme.dim())],
    ];
    flow(pieces, 2, room)
}
