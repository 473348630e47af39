//! A paper in a line: what it is, how far, and until when it holds.

use chrono::NaiveDate;
use ratatui::style::Style;

use crate::domain::kinds::PaperState;
use crate::store::Paper;
use crate::tui::theme::Ui;

/// Its words and their look; nothing on a day that does not know it.
pub fn line(paper: &Paper, today: NaiveDate, ui: Ui) -> Option<(String, Style)> {
    let (lang, theme, head) = (ui.lang, ui.theme, &paper.head);
    let state = paper.state(today)?;
    let style = match state {
        PaperState::Expired => theme.warn(),
        PaperState::Draft => theme.dim(),
        PaperState::Filed | PaperState::Sent | PaperState::Delivered | PaperState::Signed => {
            theme.text()
        }
    };
    let day = match state {
        PaperState::Draft | PaperState::Filed => Some(head.dated_on),
        PaperState::Sent => head.sent_on,
        PaperState::Delivered => head.delivered_on,
        PaperState::Signed => head.signed_on,
        PaperState::Expired => None,
    };
    let state = match day {
        Some(day) => format!("{} {}", lang.paper_state(state), lang.day(day, today)),
        None => lang.paper_state(state).to_owned(),
    };
    let expires = head.expires_on.map(|day| lang.paper_expires(&lang.day(day, today)));
    let called = lang.paper_called(head.kind, &head.number, &head.title);
    Some((lang.commas([called, state, expires.unwrap_or_default()]), style))
}
