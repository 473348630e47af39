//! How things look. A theme gives each role a look; screens name roles, never colours. A colour carries no meaning
//! alone: in `mono` every word and sign still stands there.

use std::borrow::Cow;

use ratatui::style::{Color, Modifier, Style};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::domain::change::Tone;
use crate::report::playbook::Advice;
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::keymap::Keymap;

/// How things read and look, and which keys do what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ui {
    pub lang: Lang,
    pub theme: Theme,
    pub keymap: &'static Keymap,
}

impl Ui {
    /// With the keys that are shipped.
    pub fn new(lang: Lang, theme: Theme) -> Self {
        Self { lang, theme, keymap: Keymap::shipped() }
    }

    /// A line of the playbook, with the key it leads to, if it does and that is not `here`.
    pub fn advice(self, advice: &Advice, here: Option<Action>) -> String {
        let named = advice.action.as_deref().and_then(|name| self.keymap.named(name));
        match named.filter(|(action, key)| Some(*action) != here && !key.is_empty()) {
            Some((_, key)) => self.lang.advised(&advice.text, &key),
            None => advice.text.clone(),
        }
    }

    /// The key of an action, for a text that names it.
    pub fn key(self, action: Action) -> String {
        self.keymap.key(action)
    }
}

/// How many colours a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// None are wanted.
    None,
    Sixteen,
    Indexed,
    True,
}

/// The theme for a light background.
const LIGHT: &str = "light";

/// The themes that come with the program, as their files are.
pub const SHIPPED: [(&str, &str); 4] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    (LIGHT, include_str!("../../assets/themes/light.toml")),
    ("ansi", include_str!("../../assets/themes/ansi.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

/// A look in words: `bold #d8dbe2 on #14171c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Look(Style);

/// A theme's file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Palette {
    /// Painted behind everything by a theme that was asked for by name; one that was found to fit leaves what is there.
    background: Option<Look>,
    text: Look,
    dim: Look,
    title: Look,
    accent: Look,
    good: Look,
    warn: Look,
    bad: Look,
    heat: [Look; HEAT.len() + 1],
    /// The row under the cursor, and the one of a pane that has no focus.
    cursor: Look,
    aside: Look,
    marked: Look,
    input: Look,
    border: Look,
    focus: Look,
    chart: [Look; 6],
}

/// How many days overdue each step of heat ends with; what is older is the last.
pub const HEAT: [i64; 4] = [30, 60, 90, 180];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme(&'static Palette);

impl Theme {
    /// A shipped theme as a terminal of this depth shows it; `None` if there is none of this name.
    pub fn named(name: &str, depth: Depth) -> Option<Self> {
        let palette: Palette = toml::from_str(shipped(name)?).ok()?;
        Some(Self::keep(palette.shown(depth)))
    }

    /// The theme in a file: what it leaves out is as in the shipped one it names as its `base`, else as in `dark`.
    pub fn read(file: &str, depth: Depth) -> Result<Self, toml::de::Error> {
        let mut own: toml::Table = toml::from_str(file)?;
        let base = own.remove("base");
        let base = base.as_ref().map_or(Some("dark"), toml::Value::as_str).and_then(shipped);
        let base = base.ok_or_else(|| toml::de::Error::custom(format!("base: {}", names())))?;
        let mut whole: toml::Table = toml::from_str(base)?;
        whole.extend(own);
        let palette: Palette = whole.try_into()?;
        Ok(Self::keep(palette.shown(depth)))
    }

    /// What fits a terminal, on the background it has.
    pub fn fitting(depth: Depth, light: bool) -> Self {
        let name = match depth {
            Depth::None => "mono",
            Depth::Sixteen => "ansi",
            Depth::Indexed | Depth::True if light => LIGHT,
            Depth::Indexed | Depth::True => "dark",
        };
        let palette = Self::named(name, depth).map(|theme| theme.0.clone()).unwrap_or_default();
        Self::keep(Palette { background: None, ..palette })
    }

    /// Themes are read a few times in a run, and live as long as it.
    fn keep(palette: Palette) -> Self {
        Self(Box::leak(Box::new(palette)))
    }

    /// What is painted behind everything.
    pub fn background(self) -> Option<Style> {
        self.0.background.map(|Look(style)| style)
    }

    pub const fn text(self) -> Style {
        self.0.text.0
    }

    /// What is there but does not matter now.
    pub const fn dim(self) -> Style {
        self.0.dim.0
    }

    /// What weighs more than what stands beside it, in its own colour.
    pub const fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Titles and headings.
    pub const fn title(self) -> Style {
        self.0.title.0
    }

    /// A key in footer and help.
    pub const fn key(self) -> Style {
        self.0.accent.0.add_modifier(Modifier::BOLD)
    }

    /// What can be acted on, or is one's own.
    pub const fn accent(self) -> Style {
        self.0.accent.0
    }

    pub const fn good(self) -> Style {
        self.0.good.0
    }

    /// Soon trouble: waiting, in grace, due soon.
    pub const fn warn(self) -> Style {
        self.0.warn.0
    }

    pub const fn bad(self) -> Style {
        self.0.bad.0
    }

    /// So many days overdue.
    pub const fn tone(self, tone: Tone) -> Style {
        match tone {
            Tone::Good => self.good(),
            Tone::Neutral => self.text(),
            Tone::Warning => self.warn(),
            Tone::Bad => self.bad(),
        }
    }

    pub fn heat(self, days: i64) -> Style {
        self.0.heat[HEAT.iter().filter(|end| days > **end).count()].0
    }

    /// The row or line under the cursor.
    pub fn selected(self) -> Style {
        bar(self.0.cursor)
    }

    /// The cell of that row under the cursor of columns: it stands out of a row that is reversed, too.
    pub fn selected_cell(self) -> Style {
        let cell = Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        if self.0.cursor.0.add_modifier.contains(Modifier::REVERSED) {
            cell.remove_modifier(Modifier::REVERSED)
        } else {
            cell
        }
    }

    /// The row under the cursor of a pane that has no focus.
    pub fn selected_aside(self) -> Style {
        bar(self.0.aside)
    }

    /// The bar beside a row that is marked.
    pub const fn marked(self) -> Style {
        self.0.marked.0
    }

    /// Where one types.
    pub const fn input(self) -> Style {
        self.0.input.0
    }

    pub const fn border(self) -> Style {
        self.0.border.0
    }

    /// Edge of what has the focus.
    pub const fn focus(self) -> Style {
        self.0.focus.0
    }

    /// One of several series that stand beside each other.
    pub fn chart(self, series: usize) -> Style {
        self.0.chart[series % self.0.chart.len()].0
    }
}

/// The file of a shipped theme.
fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, file)| *file)
}

/// The names of the shipped themes.
pub fn names() -> String {
    SHIPPED.map(|(name, _)| name).join(", ")
}

/// A bar of one look over a whole row. What is reversed would turn each colour of the row into a patch.
fn bar(Look(style): Look) -> Style {
    if style.add_modifier.contains(Modifier::REVERSED) {
        Style::reset().patch(style)
    } else {
        style
    }
}

impl Palette {
    fn shown(self, depth: Depth) -> Self {
        let look = |Look(style)| {
            let shown = |color: Option<Color>| color.map(|color| shown(color, depth));
            Look(Style { fg: shown(style.fg), bg: shown(style.bg), ..style })
        };
        Self {
            background: self.background.map(look),
            text: look(self.text),
            dim: look(self.dim),
            title: look(self.title),
            accent: look(self.accent),
            good: look(self.good),
            warn: look(self.warn),
            bad: look(self.bad),
            heat: self.heat.map(look),
            cursor: look(self.cursor),
            aside: look(self.aside),
            marked: look(self.marked),
            input: look(self.input),
            border: look(self.border),
            focus: look(self.focus),
            chart: self.chart.map(look),
        }
    }
}

/// A colour as a terminal of this depth has it.
fn shown(color: Color, depth: Depth) -> Color {
    match (color, depth) {
        (_, Depth::None) => Color::Reset,
        (Color::Rgb(r, g, b), Depth::Indexed | Depth::Sixteen) => {
            Color::Indexed(ansi_colours::ansi256_from_rgb((r, g, b)))
        }
        (color, Depth::Sixteen | Depth::Indexed | Depth::True) => color,
    }
}

impl<'de> Deserialize<'de> for Look {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        look(&text).ok_or_else(|| {
            D::Error::custom(format!(
                "{text:?}: bold dim italic underlined reversed COLOR on COLOR"
            ))
        })
    }
}

fn look(text: &str) -> Option<Look> {
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        style = match word {
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "italic" => style.add_modifier(Modifier::ITALIC),
            "underlined" => style.add_modifier(Modifier::UNDERLINED),
            "reversed" => style.add_modifier(Modifier::REVERSED),
            "on" => style.bg(words.next()?.parse().ok()?),
            color => style.fg(color.parse().ok()?),
        };
    }
    Some(Look(style))
}

/// Relative luminance of WCAG 2.
#[cfg(test)]
fn luminance(color: Color) -> f64 {
    let Color::Rgb(r, g, b) = color else { panic!("{color} is no colour of its own") };
    let linear = |part: u8| match f64::from(part) / 255.0 {
        low if low <= 0.04045 => low / 12.92,
        high => ((high + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// How much two colours stand out from each other, by WCAG 2.
#[cfg(test)]
pub fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown_as(name: &str) -> Theme {
        Theme::named(name, Depth::True).unwrap()
    }

    #[test]
    fn text_can_be_read_on_every_background() {
        // Beside its own, backgrounds people have.
        let terminals = [
            ("dark", ["#000000", "#1e1e1e", "#1d2021"]),
            ("light", ["#ffffff", "#fafafa", "#f8f8f2"]),
        ];
        for (name, usual) in terminals {
            let Theme(of) = shown_as(name);
            let rows = [of.cursor, of.aside, of.input].map(|Look(style)| style.bg.unwrap());
            let backgrounds = usual.map(|color| color.parse().unwrap());
            let mut backgrounds: Vec<Color> = backgrounds.into_iter().chain(rows).collect();
            backgrounds.extend(of.background.and_then(|Look(style)| style.bg));
            let texts = [
                of.text, of.dim, of.title, of.accent, of.good, of.warn, of.bad, of.marked, of.focus,
            ];
            let texts = texts.into_iter().chain(of.heat).chain(of.chart);
            for (at, Look(text)) in texts.enumerate() {
                for background in &backgrounds {
                    let contrast = contrast(text.fg.unwrap(), *background);
                    assert!(contrast >= 4.5, "{name}, text {at} on {background}: {contrast:.2}");
                }
            }
        }
    }

    #[test]
    fn without_colours_no_colour_is_left() {
        for (name, _) in SHIPPED {
            let Theme(of) = Theme::named(name, Depth::None).unwrap();
            for Look(style) in [of.text, of.bad, of.cursor, of.heat[4], of.chart[0]] {
                let none = |color: Option<Color>| color.is_none_or(|color| color == Color::Reset);
                assert!(none(style.fg) && none(style.bg), "{name}");
            }
        }
    }

    #[test]
    fn what_fits_leaves_the_background_alone_and_what_is_named_paints_it() {
        assert_eq!(Theme::fitting(Depth::True, true).background(), None);
        assert!(shown_as("light").background().is_some());
        // They look well on whatever the terminal has.
        for name in ["ansi", "mono"] {
            assert_eq!(shown_as(name).background(), None, "{name}");
        }
        assert_eq!(Theme::fitting(Depth::None, true), Theme::fitting(Depth::None, false));
    }

    #[test]
    fn a_theme_of_ones_own_changes_what_it_names() {
        let own =
            Theme::read("base = \"light\"\nbad = \"bold magenta on white\"", Depth::True).unwrap();
        assert_eq!(own.bad(), Style::new().magenta().on_white().bold());
        assert_eq!(own.good(), shown_as("light").good());
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (file, named) in [
            ("bad = \"reddish\"", "reddish"),
            ("blinking = \"red\"", "blinking"),
            ("base = \"blue\"", "dark, light, ansi, mono"),
            ("heat = [\"red\"]", "heat"),
        ] {
            let said = Theme::read(file, Depth::True).unwrap_err().to_string();
            assert!(said.contains(named), "{said}");
        }
    }

    #[test]
    fn a_year_overdue_does_not_look_like_two_days() {
        let dark = shown_as("dark");
        let steps = [2, 31, 61, 91, 181].map(|days| dark.heat(days));
        for (at, step) in steps.iter().enumerate() {
            assert!(!steps[..at].contains(step), "{at}");
        }
        assert_eq!(dark.heat(30), dark.heat(1));
        assert_eq!(dark.heat(0), dark.heat(1));
    }
}
