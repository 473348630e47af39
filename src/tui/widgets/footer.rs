//! The last line: the keys that work here, or what there is to say in passing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::width::{clean, fit, width};
use crate::tui::action::Action;
use crate::tui::keymap::{KeyContext, Scope};
use crate::tui::notice::{Notice, Severity};
use crate::tui::theme::Ui;
use crate::tui::widgets::text::cells;

/// Draws the keys of these scopes, as many as fit, and returns where each can be clicked. A key that cannot act here
/// stands dimmed, so that nothing moves from row to row.
pub fn keys(
    frame: &mut Frame,
    area: Rect,
    scopes: &[Scope],
    here: &KeyContext,
    ui: Ui,
) -> Vec<(Rect, Action)> {
    let mut hits = Vec::new();
    let mut x = 1u16;
    // A blank before the first and no gap behind the last.
    let room = usize::from(area.width) + 1;
    for binding in ui.keymap.footer(scopes, here, ui.lang, room) {
        let (key, label) = (binding.first_keys(), binding.action.label(ui.lang));
        let wide = cells(width(&key) + 1 + width(label));
        let able = (binding.enabled)(here).is_ok();
        let theme = ui.theme;
        let (bright, plain) =
            if able { (theme.key(), theme.text()) } else { (theme.dim(), theme.dim()) };
        let buffer = frame.buffer_mut();
        let (after, _) = buffer.set_stringn(area.x + x, area.y, &key, usize::from(wide), bright);
        buffer.set_string(after + 1, area.y, label, plain);
        hits.push((Rect::new(area.x + x, area.y, wide, 1), binding.action));
        x += wide + 2;
    }
    hits
}

/// How a severity is told.
pub fn severity(severity: Severity, ui: Ui) -> (&'static str, Style) {
    match severity {
        Severity::Done => ("+", ui.theme.good()),
        Severity::Hint => ("-", ui.theme.warn()),
        Severity::Error => ("!", ui.theme.bad()),
    }
}

/// Draws a notice. Its severity is a sign, too.
pub fn notice(frame: &mut Frame, area: Rect, notice: &Notice, ui: Ui) {
    let (sign, style) = severity(notice.severity, ui);
    let text = format!(" {sign} {}", clean(&notice.text));
    let text = fit(&text, usize::from(area.width));
    let style = style.patch(ui.theme.strong());
    frame.buffer_mut().set_string(area.x, area.y, &text, style);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{drawn, ui};
    use super::*;
    use crate::text::Lang;
    use crate::tui::keymap::RowKind;
    use crate::tui::screens::TABS;

    fn line(view: Action, lang: Lang, wide: u16) -> String {
        let tab = TABS.iter().find(|tab| tab.action == view).unwrap();
        drawn(wide, 1, |frame| {
            let here = KeyContext { row: Some(RowKind::Milestone), ..KeyContext::default() };
            keys(frame, frame.area(), (tab.open)().scopes(), &here, ui(lang));
        })
        .remove(0)
    }

    #[test]
    fn eighty_columns_name_the_keys_of_the_morning() {
        assert_eq!(
            line(Action::GoToday, Lang::En, 80),
            " Enter open  c contact  p payment  m promise  n/N new  / find  f filter  ? help"
        );
    }

    #[test]
    fn a_wide_terminal_names_more() {
        assert!(line(Action::GoToday, Lang::Zh, 200).contains("D 交付"));
        assert!(!line(Action::GoAging, Lang::Zh, 200).contains("D 交付"));
    }
}
