//! What falls due and what is promised in this week and the next: a calendar, or a line for each where that has no room.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};
use ratatui::style::Style;

use crate::report::figures::Tally;
use crate::report::fortnight::{Day, Fortnight};
use crate::text::Lang;
use crate::tui::screen::Cx;
use crate::tui::widgets::bar::FILL;
use crate::tui::widgets::bars::{Bar, bars};
use crate::tui::widgets::grid::grid;
use crate::tui::widgets::text::{Line, Styled};

/// Days of a week, and the least cells of one.
const WEEK: usize = 7;
const DAY: usize = 13;

/// The sign of what is promised.
const PROMISED: &str = "▒";

/// Lines of at most so many cells.
pub fn lines(all: &Fortnight, room: usize, cx: &Cx<'_>) -> Vec<Line> {
    let (lang, theme) = (cx.ui.lang, cx.ui.theme);
    // A line for it only where it is needed, and then for every day.
    let ends = all.days.iter().any(|day| day.ends > 0);
    let boxes: Vec<Vec<Styled>> = all.days.iter().map(|day| boxed(day, ends, cx)).collect();
    let mut lines = if room / WEEK >= DAY {
        let heads = all.days.iter().take(WEEK);
        let head = |day: &Day| (lang.weekday(day.on.weekday()).to_owned(), theme.dim());
        grid(&heads.map(head).collect::<Vec<_>>(), &boxes, room, theme.border())
    } else {
        bars(&all.days.iter().flat_map(|day| rows(day, cx)).collect::<Vec<_>>(), room)
    };
    let others = lang.other_currencies(all.others);
    lines.extend((!others.is_empty()).then(|| vec![(others, theme.dim())]));
    lines
}

/// The day, and below it count and sum of what is due and of what is promised: as many lines for every day.
fn boxed(day: &Day, ends: bool, cx: &Cx<'_>) -> Vec<Styled> {
    let today = cx.ledger.today();
    let mut name = cx.ui.lang.day(day.on, today);
    if day.on == today {
        name = format!("{name} {}", cx.ui.lang.today_word());
    }
    let mut lines = vec![(name, style(day.on, cx))];
    for (tally, words) in tallies(day, cx) {
        let style = words.1;
        lines.extend([words, (amount(tally, cx), style)]);
    }
    lines.extend(ends.then(|| expiries(day, cx)));
    lines
}

/// How a day looks: today is what the eye lands on, and what has passed stands back.
fn style(day: NaiveDate, cx: &Cx<'_>) -> Style {
    let theme = cx.ui.theme;
    match day.cmp(&cx.ledger.today()) {
        Ordering::Less => theme.dim(),
        Ordering::Equal => theme.accent().patch(theme.strong()),
        Ordering::Greater => theme.text(),
    }
}

/// What is due and what is promised, each with its count in words; what has not come by its day is hot.
fn tallies(day: &Day, cx: &Cx<'_>) -> [(Tally, Styled); 2] {
    let (lang, theme) = (cx.ui.lang, cx.ui.theme);
    let late = (cx.ledger.today() - day.on).num_days();
    let (due, promised) =
        if late > 0 { (theme.heat(late), theme.bad()) } else { (theme.warn(), theme.good()) };
    let told = |tally: Tally, words: fn(Lang, u32) -> String, style| {
        let words = if tally.count > 0 { words(lang, tally.count) } else { String::new() };
        (tally, (words, style))
    };
    [told(day.due, Lang::due_count, due), told(day.promised, Lang::promised_count, promised)]
}

/// How many papers expire and warranties end.
fn expiries(day: &Day, cx: &Cx<'_>) -> Styled {
    let words = if day.ends > 0 { cx.ui.lang.ends_count(day.ends) } else { String::new() };
    (words, cx.ui.theme.warn())
}

/// Nothing is blank.
fn amount(tally: Tally, cx: &Cx<'_>) -> String {
    if tally.count == 0 {
        return String::new();
    }
    cx.ledger.money(tally.amount, cx.ledger.digest.main)
}

/// A bar for each thing of a day, the day before the first; a day with nothing stands there, too.
fn rows(day: &Day, cx: &Cx<'_>) -> Vec<Bar> {
    let (lang, today) = (cx.ui.lang, cx.ledger.today());
    let weekday = lang.weekday(day.on.weekday());
    let weekday = if day.on == today { lang.today_word() } else { weekday };
    let found = tallies(day, cx).into_iter().zip([FILL, PROMISED]);
    let found = found.filter(|((tally, _), _)| tally.count > 0);
    let row = |((tally, words), sign): ((Tally, Styled), _)| Bar {
        figures: vec![words.clone(), (amount(tally, cx), words.1)],
        parts: vec![(tally.amount, sign, words.1)],
        ..Bar::default()
    };
    let mut rows: Vec<Bar> = found.map(row).collect();
    if day.ends > 0 {
        rows.push(Bar { figures: vec![expiries(day, cx)], ..Bar::default() });
    }
    if rows.is_empty() {
        rows.push(Bar::default());
    }
    if let Some(first) = rows.first_mut() {
        let name = format!("{weekday} {}", lang.day(day.on, today));
        first.label = (name, style(day.on, cx));
    }
    rows
}
