//! One line of typed text. It places the real cursor, since the window of an input method stands there.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::{Input, InputRequest};

use crate::text::width::{clean, fit};
use crate::tui::input::Key;

/// Characters a line holds: more than any name, note or filter, and few enough to be read again after each key.
pub const LONGEST: usize = 2_000;

/// Typed text with a cursor.
#[derive(Debug, Clone, Default)]
pub struct Line {
    input: Input,
}

impl Line {
    /// Starts with `text`, the cursor behind it.
    pub fn new(text: &str) -> Self {
        Self { input: Input::new(clean(text).into_owned()) }
    }

    pub fn text(&self) -> &str {
        self.input.value()
    }

    pub fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Edits; false if the key is none of editing.
    pub fn on_key(&mut self, key: Key) -> bool {
        let request = match key {
            Key::Char(_) if self.room() == 0 => return true,
            Key::Char(c) => InputRequest::InsertChar(c),
            Key::Left => InputRequest::GoToPrevChar,
            Key::Right => InputRequest::GoToNextChar,
            Key::WordLeft => InputRequest::GoToPrevWord,
            Key::WordRight => InputRequest::GoToNextWord,
            Key::Home | Key::Ctrl('a') => InputRequest::GoToStart,
            Key::End | Key::Ctrl('e') => InputRequest::GoToEnd,
            Key::Backspace => InputRequest::DeletePrevChar,
            Key::WordBackspace | Key::Ctrl('w') => InputRequest::DeletePrevWord,
            Key::Delete | Key::Ctrl('d') => InputRequest::DeleteNextChar,
            Key::Ctrl('u') => InputRequest::DeleteFromStart,
            Key::Ctrl('k') => InputRequest::DeleteTillEnd,
            _ => return false,
        };
        self.input.handle(request);
        true
    }

    fn room(&self) -> usize {
        LONGEST.saturating_sub(self.text().chars().count())
    }

    /// Inserts pasted text; line breaks become blanks, so that a paste never submits anything. What the line has no room
    /// for is left out: false if something was.
    pub fn paste(&mut self, text: &str) -> bool {
        let one_line = text.trim_end_matches(['\r', '\n']).replace("\r\n", " ");
        let pasted = clean(&one_line);
        let mut rest = pasted.chars();
        let taken: String = rest.by_ref().take(self.room()).collect();
        let (cursor, mut typed) = (self.input.cursor(), self.text().chars());
        let before: String = typed.by_ref().take(cursor).collect();
        let behind = cursor + taken.chars().count();
        let text = [before, taken, typed.collect()].concat();
        self.input = Input::new(text).with_cursor(behind);
        rest.next().is_none()
    }

    /// Draws into the first row of `area`, scrolled so that the cursor is seen; places it if focused.
    pub fn draw(&self, frame: &mut Frame, area: Rect, style: Style, focused: bool) {
        if area.is_empty() {
            return;
        }
        // The last cell is kept free for the cursor behind the text.
        let cells = usize::from(area.width).saturating_sub(1);
        let skipped = if focused { self.input.visual_scroll(cells) } else { 0 };
        let seen = skip(self.text(), skipped);
        let shown = if focused {
            crate::text::width::prefix(seen, cells).0.into()
        } else {
            fit(seen, usize::from(area.width))
        };
        frame.buffer_mut().set_string(area.x, area.y, &shown, style);
        if focused {
            let column = self.input.visual_cursor().saturating_sub(skipped);
            let x = area.x.saturating_add(super::text::cells(column));
            frame.set_cursor_position(Position::new(x.min(area.right() - 1), area.y));
        }
    }
}

/// `text` without its first `cells`.
fn skip(text: &str, cells: usize) -> &str {
    let (head, _) = crate::text::width::prefix(text, cells);
    text.get(head.len()..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    fn type_into(line: &mut Line, text: &str) {
        for c in text.chars() {
            assert!(line.on_key(Key::Char(c)));
        }
    }

    fn shown(line: &Line, width: u16) -> (String, Position) {
        let mut terminal = Terminal::new(TestBackend::new(width, 1)).unwrap();
        terminal.draw(|frame| line.draw(frame, frame.area(), Style::new(), true)).unwrap();
        let text = super::super::testing::lines(terminal.backend().buffer()).remove(0);
        (text, terminal.get_cursor_position().unwrap())
    }

    #[test]
    fn the_cursor_stands_behind_wide_characters() {
        let mut line = Line::default();
        type_into(&mut line, "星河a");
        assert_eq!(shown(&line, 12), ("星河a".to_owned(), Position::new(5, 0)));
        line.on_key(Key::Left);
        line.on_key(Key::Left);
        assert_eq!(shown(&line, 12).1, Position::new(2, 0));
        line.on_key(Key::Backspace);
        assert_eq!(line.text(), "河a");
    }

    #[test]
    fn a_long_text_scrolls_with_the_cursor() {
        let line = Line::new("一二三四五六");
        assert_eq!(shown(&line, 7), ("四五六".to_owned(), Position::new(6, 0)));
    }

    #[test]
    fn a_paste_stands_at_the_cursor_whole() {
        let mut line = Line::new("星技");
        line.on_key(Key::Left);
        assert!(line.paste("河科"));
        assert_eq!(shown(&line, 12), ("星河科技".to_owned(), Position::new(6, 0)));
    }

    #[test]
    fn what_a_line_has_no_room_for_is_left_out_and_told() {
        let mut line = Line::new("甲乙");
        line.on_key(Key::Left);
        assert!(!line.paste(&"x".repeat(1 << 20)));
        assert_eq!(line.text().chars().count(), LONGEST);
        assert!(line.text().starts_with('甲') && line.text().ends_with('乙'));
        line.on_key(Key::Char('y'));
        assert!(!line.text().contains('y'));
        line.on_key(Key::Backspace);
        line.on_key(Key::Char('y'));
        assert!(line.text().contains("xy乙"));
    }

    #[test]
    fn pasted_line_breaks_become_blanks() {
        let mut line = Line::default();
        line.paste("one\r\ntwo\n\u{1b}[31m\n");
        assert_eq!(line.text(), "one two  [31m");
    }
}
