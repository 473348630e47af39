//! Sixteen colours of the terminal's own palette, bold and reverse: readable on light and dark. A colour never carries
//! meaning alone: without colours (`NO_COLOR`) every word and sign still stands there.

use ratatui::style::{Color, Modifier, Style};

use crate::text::Lang;

/// How things read and look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ui {
    pub lang: Lang,
    pub theme: Theme,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    color: bool,
}

impl Theme {
    /// Colours or none.
    pub const fn new(color: bool) -> Self {
        Self { color }
    }

    fn tinted(self, color: Color) -> Style {
        if self.color { Style::new().fg(color) } else { Style::new() }
    }

    pub const fn text(self) -> Style {
        Style::new()
    }

    /// Headings and the current tab.
    pub const fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What is there but does not matter now.
    pub const fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The row or line under the cursor.
    pub const fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The row under the cursor of a pane that has no focus.
    pub const fn selected_aside(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED))
    }

    /// A key in footer and help.
    pub fn key(self) -> Style {
        self.tinted(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    pub fn bad(self) -> Style {
        self.tinted(Color::Red)
    }

    /// Soon trouble: waiting, in grace, due soon.
    pub fn warn(self) -> Style {
        self.tinted(Color::Yellow)
    }

    pub fn good(self) -> Style {
        self.tinted(Color::Green)
    }

    /// Edge of what has the focus.
    pub fn focus(self) -> Style {
        self.tinted(Color::Cyan)
    }
}
