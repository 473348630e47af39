//! What every drawing function needs: the language and the theme.

use crate::text::Lang;
use crate::tui::theme::Theme;

/// How things read and look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub lang: Lang,
    pub theme: Theme,
}
