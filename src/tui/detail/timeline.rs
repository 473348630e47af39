//! What happened, one line each.

use chrono::NaiveDate;
use iso_currency::Currency;
use ratatui::style::Modifier;

use crate::store::TimelineEntry;
use crate::text::Lang;
use crate::text::width::{clean, wrap};
use crate::tui::screen::Cx;
use crate::tui::widgets::text::Line;

/// The day, and beside it what it was and who recorded it, in as many lines as that takes.
pub fn lines(entry: &TimelineEntry, currency: Currency, cells: usize, cx: &Cx<'_>) -> Vec<Line> {
    let theme = cx.ui.theme;
    let style = theme.tone(entry.event.tone());
    let amount = |minor| cx.ledger.signed(minor, currency);
    let what = words(entry, cx.ui.lang, cx.ledger.today(), amount);
    let style = match entry.voided {
        Some(_) => theme.dim().add_modifier(Modifier::CROSSED_OUT),
        None => style,
    };
    let who = entry.who.as_deref().map(|who| format!("  [{who}]")).unwrap_or_default();
    let day = format!("{}  ", entry.on);
    let room = cells.saturating_sub(day.len());
    let text = wrap(&clean(&format!("{what}{who}")), room).into_iter().enumerate();
    let margin = |n| if n == 0 { day.clone() } else { " ".repeat(day.len()) };
    text.map(|(n, text)| vec![(margin(n), theme.dim()), (text, style)]).collect()
}

/// What it was, and why it was voided.
pub fn words(
    entry: &TimelineEntry,
    lang: Lang,
    today: NaiveDate,
    amount: impl Fn(i64) -> String,
) -> String {
    let mut parts = vec![lang.happened(&entry.event, today, amount)];
    parts.extend(entry.voided.as_deref().map(|reason| lang.timeline_voided(reason)));
    lang.commas(parts)
}
