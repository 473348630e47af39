//! What happened, one line each.

use iso_currency::Currency;

use crate::domain::change::Tone;
use crate::store::TimelineEntry;
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
    let what = cx.ui.lang.happened(&entry.event, cx.ledger.today(), amount);
    let who = entry.who.as_deref().map(|who| format!("  [{who}]")).unwrap_or_default();
    (clean(&format!("{}  {what}{who}", entry.on)).into_owned(), style)
}
