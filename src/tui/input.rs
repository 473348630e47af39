//! What reaches the program from the keyboard, the mouse and the clipboard, in our own words: only `terminal` knows
//! the library it comes from.

use std::fmt;

use crate::domain::normalize::narrow;

/// A key that was pressed, or held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    Char(char),
    /// A letter with Ctrl, in lower case.
    Ctrl(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    /// Backspace with Ctrl or Alt: a word.
    WordBackspace,
    Delete,
    Up,
    Down,
    ShiftUp,
    ShiftDown,
    Left,
    Right,
    /// Arrow left with Ctrl or Alt: a word.
    WordLeft,
    /// Arrow right with Ctrl or Alt: a word.
    WordRight,
    Home,
    End,
    PageUp,
    PageDown,
    /// F1 to F12.
    F(u8),
}

/// Keys that are no character.
const NAMED: [Key; 19] = [
    Key::Enter,
    Key::Esc,
    Key::Tab,
    Key::BackTab,
    Key::Backspace,
    Key::WordBackspace,
    Key::Delete,
    Key::Up,
    Key::Down,
    Key::ShiftUp,
    Key::ShiftDown,
    Key::Left,
    Key::Right,
    Key::WordLeft,
    Key::WordRight,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
];

impl Key {
    /// The key a configuration calls by its name, or by the character it types.
    pub fn named(word: &str) -> Option<Self> {
        let mut chars = word.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return (!c.is_control() && !c.is_whitespace()).then_some(Self::Char(narrow(c)));
        }
        let name = word.to_lowercase();
        let with_ctrl = name.strip_prefix("ctrl-").filter(|rest| rest.chars().count() == 1);
        if let Some(c) = with_ctrl.and_then(|rest| rest.chars().next()) {
            // Terminals send the same for these.
            return Some(match c {
                'i' => Self::Tab,
                'm' => Self::Enter,
                'h' => Self::WordBackspace,
                c => Self::Ctrl(c),
            });
        }
        let other = match name.as_str() {
            "space" => Some(Self::Char(' ')),
            "escape" => Some(Self::Esc),
            "return" => Some(Self::Enter),
            "pageup" => Some(Self::PageUp),
            "pagedown" => Some(Self::PageDown),
            "del" => Some(Self::Delete),
            _ => None,
        };
        let functions = (1..=12).map(Self::F);
        let mut all = NAMED.into_iter().chain(functions);
        other.or_else(|| all.find(|key| key.to_string().to_lowercase() == name))
    }

    /// What keys are called there.
    pub fn names() -> Vec<String> {
        let all = NAMED.into_iter().chain((1..=12).map(Self::F)).chain([Self::Char(' ')]);
        all.map(|key| key.to_string().to_lowercase()).collect()
    }

    /// The key without the width of an input method left on: `？` is `?`, `：` is `:`.
    #[must_use]
    pub fn narrow(self) -> Self {
        match self {
            Self::Char(c) => Self::Char(narrow(c)),
            other => other,
        }
    }

    /// The key without Shift, where it is held with an arrow and means nothing.
    #[must_use]
    pub const fn without_shift(self) -> Self {
        match self {
            Self::ShiftUp => Self::Up,
            Self::ShiftDown => Self::Down,
            other => other,
        }
    }
}

impl fmt::Display for Key {
    /// As help and README name it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Char(' ') => "Space",
            Self::Char(c) => return write!(f, "{c}"),
            Self::Ctrl(c) => return write!(f, "Ctrl-{c}"),
            Self::F(number) => return write!(f, "F{number}"),
            Self::Enter => "Enter",
            Self::Esc => "Esc",
            Self::Tab => "Tab",
            Self::BackTab => "Shift-Tab",
            Self::Backspace => "Backspace",
            Self::WordBackspace => "Ctrl-Backspace",
            Self::Delete => "Delete",
            Self::Up => "Up",
            Self::Down => "Down",
            Self::ShiftUp => "Shift-Up",
            Self::ShiftDown => "Shift-Down",
            Self::Left => "Left",
            Self::Right => "Right",
            Self::WordLeft => "Ctrl-Left",
            Self::WordRight => "Ctrl-Right",
            Self::Home => "Home",
            Self::End => "End",
            Self::PageUp => "PgUp",
            Self::PageDown => "PgDn",
        };
        f.write_str(name)
    }
}

/// Anything a person does to the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Key(Key),
    /// Pasted text, line breaks included.
    Paste(String),
    /// A click, by column and row.
    Click(u16, u16),
    /// The pointer, moved with the button held.
    Drag(u16, u16),
    /// The wheel over a column and row, three rows a notch: down is positive.
    Wheel(u16, u16, i32),
    /// The terminal has another size or lost what it showed.
    Resize,
}
