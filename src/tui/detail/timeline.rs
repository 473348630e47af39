//! What happened, one line each.

use chrono::NaiveDate;
use iso_currency::Currency;
use ratatui::style::Modifier;

use crate::domain::change::Tone;
use crate::store::TimelineEntry;
use crate::text::Lang;
use crate::text::width::clean;
use crate::tui::screen::Cx;
use crate::tui::widgets::text::Styled;

/// The day, what it was, and who recorded it.
pub fn line(entry: &TimelineEntry, currency: Currency, cx: &Cx<'_>) -> Styled {
    let theme = cx.ui.theme;
    let style = match entry.event.tone() {
        Tone::Good => theme.good(),
        Tone::Neutral => theme.text(),
        Tone::Warning => theme.warn(),
        Tone::Bad => theme.bad(),
    };
    let amount = |minor| cx.ledger.signed(minor, currency);
    let what = words(entry, cx.ui.lang, cx.ledger.today(), amount);
    let style = match entry.voided {
        Some(_) => theme.dim().add_modifier(Modifier::CROSSED_OUT),
        None => style,
    };
    let who = entry.who.as_deref().map(|who| format!("  [{who}]")).unwrap_or_default();
    (clean(&format!("{}  {what}{who}", entry.on)).into_owned(), style)
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
