//! What is receivable by age, and how what is past due of it leads to what is overdue.

use crate::domain::aging::AgeBy;
use crate::report::aging::AgingTable;
use crate::tui::format;
use crate::tui::screen::Cx;
use crate::tui::widgets::bar::{FAINT, FILL};
use crate::tui::widgets::bars::{Bar, bars};
use crate::tui::widgets::text::{Line, Styled, heading};

/// Lines of at most so many cells, in the main currency; none where nothing of it is receivable.
pub fn lines(table: &AgingTable, room: usize, cx: &Cx<'_>) -> Option<Vec<Line>> {
    let lang = cx.ui.lang;
    let mut lines = ages(table, room, cx)?;
    if let Some(steps) = steps(table, cx) {
        lines.push(heading(lang.picture_overdue(), room, cx.ui.theme.dim()));
        lines.extend(bars(&steps, room));
    }
    let main = cx.ledger.digest.main;
    let others = table.totals.iter().filter(|(of, sums)| *of != main && sums.total != 0).count();
    let others = lang.other_currencies(others);
    lines.extend((!others.is_empty()).then(|| vec![(others, cx.ui.theme.dim())]));
    Some(lines)
}

fn ages(table: &AgingTable, room: usize, cx: &Cx<'_>) -> Option<Vec<Line>> {
    let (lang, theme, main) = (cx.ui.lang, cx.ui.theme, cx.ledger.digest.main);
    let (_, sums) =
        table.totals.iter().find(|(currency, sums)| *currency == main && sums.total > 0)?;
    let labels = table.buckets.labels();
    let buckets = labels.iter().zip(&sums.amounts).enumerate().map(|(at, (label, amount))| {
        let (sign, style) = match table.buckets.youngest(at) {
            Some(days) => (FILL, theme.heat(days.into())),
            None => (FAINT, theme.dim()),
        };
        (lang.bucket_title(label), *amount, sign, style)
    });
    let retention = sums.retention_not_due;
    let retention = (retention != 0)
        .then(|| (lang.retention_not_due().to_owned(), retention, FAINT, theme.dim()));
    let bar = |(label, amount, sign, style): (String, i64, &'static str, _)| Bar {
        label: (label, theme.text()),
        figures: vec![shown(amount, cx), (share(amount, sums.total), theme.dim())],
        before: 0,
        parts: vec![(amount, sign, style)],
    };
    Some(bars(&retention.into_iter().chain(buckets).map(bar).collect::<Vec<_>>(), room))
}

/// What is past due, what of it is in grace and disputed, and what is left; none where that is all, or another day's.
fn steps(table: &AgingTable, cx: &Cx<'_>) -> Option<Vec<Bar>> {
    let (lang, theme, ledger) = (cx.ui.lang, cx.ui.theme, &*cx.ledger);
    let is_todays = table.as_of == ledger.today() && table.buckets.age_by == AgeBy::Due;
    let of = ledger.digest.figures.first().filter(|_| is_todays)?;
    let [overdue, in_grace, disputed] = of.past_due_parts();
    let past_due = Some(of.past_due()).filter(|past_due| *past_due != overdue)?;
    let bar = |label: String, amount: i64, before: i64, sign: &'static str, style| Bar {
        label: (label, theme.text()),
        figures: vec![shown(amount, cx), (share(amount, past_due), theme.dim())],
        before,
        parts: vec![(amount, sign, style)],
    };
    let (bad, dim) = (theme.bad(), theme.dim());
    let steps = [
        bar(lang.past_due().to_owned(), past_due, 0, FILL, theme.warn()),
        bar(lang.less_word(lang.bridge_in_grace()), in_grace, past_due - in_grace, FAINT, dim),
        bar(lang.less_word(lang.bridge_disputed()), disputed, overdue, FAINT, dim),
        bar(lang.figure_overdue().to_owned(), overdue, 0, FILL, bad),
    ];
    let is_something = |bar: &Bar| bar.parts.iter().any(|(amount, ..)| *amount != 0);
    Some(steps.into_iter().filter(is_something).collect())
}

/// Nothing is blank.
fn shown(minor: i64, cx: &Cx<'_>) -> Styled {
    let amount =
        if minor == 0 { String::new() } else { cx.ledger.money(minor, cx.ledger.digest.main) };
    (amount, cx.ui.theme.text())
}

fn share(part: i64, all: i64) -> String {
    if part == 0 { String::new() } else { format::percent(part, all) }
}
