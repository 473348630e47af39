//! What each view looks like: its text at four sizes in both languages, and below each the role every cell has in all
//! shipped themes. Run by run: what it looks like, then how many cells of it there are; a blank is of its background only.
//! `legend` says how a run looks in each theme.
//!
//! ```text
//! 3     l a dT:11 l:40
//! 4-7   l t:20 h2>:3
//! ```

use std::collections::HashMap;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};
use rstest::rstest;

use super::sizes::{Seen, VIEWS, demo};
use crate::text::Lang;
use crate::text::width::width;
use crate::tui::theme::{Depth, SHIPPED, Theme};

const SIZES: [(u16, u16); 4] = [(60, 16), (80, 24), (120, 40), (200, 60)];

type Role = (&'static str, fn(Theme) -> Style);

/// The roles of text; of two that look the same in every theme the first is named.
const ROLES: [Role; 22] = [
    ("t", Theme::text),
    ("d", Theme::dim),
    ("T", Theme::title),
    ("a", Theme::accent),
    ("g", Theme::good),
    ("w", Theme::warn),
    ("b", Theme::bad),
    ("h1", |theme| theme.heat(1)),
    ("h2", |theme| theme.heat(31)),
    ("h3", |theme| theme.heat(61)),
    ("h4", |theme| theme.heat(91)),
    ("h5", |theme| theme.heat(181)),
    ("m", Theme::marked),
    ("l", Theme::border),
    ("f", Theme::focus),
    ("c1", |theme| theme.chart(0)),
    ("c2", |theme| theme.chart(1)),
    ("c3", |theme| theme.chart(2)),
    ("c4", |theme| theme.chart(3)),
    ("c5", |theme| theme.chart(4)),
    ("c6", |theme| theme.chart(5)),
    ("i", Theme::input),
];

/// What a role can stand on, and its weight.
const GROUNDS: [Role; 7] = [
    ("", |_| Style::new()),
    ("!", Theme::strong),
    (">", Theme::selected),
    ("<", Theme::selected_aside),
    ("_", Theme::input),
    ("|", |theme| theme.selected().patch(theme.selected_cell())),
    // A bar in the row under the cursor.
    ("=", |theme| {
        let row = theme.selected();
        if row.add_modifier.contains(Modifier::REVERSED) { Style::new() } else { row }
    }),
];

/// How a cell looks in one theme, and in each.
type Look = (Color, Color, Modifier);
type Looks = [Look; SHIPPED.len()];

fn look(cell: &Cell) -> Look {
    (cell.fg, cell.bg, cell.modifier)
}

/// What can be seen of it where it is blank.
fn blank((fg, bg, modifier): Look) -> Look {
    let lines = modifier & (Modifier::REVERSED | Modifier::UNDERLINED);
    (if lines.is_empty() { Color::Reset } else { fg }, bg, lines)
}

fn themes() -> [Theme; SHIPPED.len()] {
    SHIPPED.map(|(name, _)| Theme::named(name, Depth::True).unwrap())
}

/// The names of looks.
struct Legend {
    written: HashMap<Looks, String>,
    blank: HashMap<Looks, String>,
    lines: String,
}

impl Legend {
    fn new() -> Self {
        let mut legend =
            Self { written: HashMap::new(), blank: HashMap::new(), lines: String::new() };
        let (plain, bold) = (Style::new(), Style::new().bold());
        for (ground, on) in GROUNDS {
            for (role, of) in ROLES {
                let names = [
                    (format!("{role}{ground}"), plain, plain),
                    (format!("{role}!{ground}"), bold, plain),
                    (format!("{role}{ground}!"), plain, bold),
                ];
                for (name, before, after) in names {
                    legend.add(&name, |theme| {
                        let behind = theme.background().unwrap_or_default().patch(theme.text());
                        let style = behind.patch(of(theme)).patch(before);
                        let style = style.patch(on(theme)).patch(after);
                        let mut cell = Cell::default();
                        cell.set_style(style);
                        look(&cell)
                    });
                }
            }
        }
        legend
    }

    fn add(&mut self, name: &str, of: impl Fn(Theme) -> Look) {
        let looks = themes().map(of);
        self.blank.entry(looks.map(blank)).or_insert_with(|| name.to_owned());
        if self.written.contains_key(&looks) {
            return;
        }
        self.written.insert(looks, name.to_owned());
        let shown = looks.map(|(fg, bg, modifier)| format!("{fg} on {bg} {modifier:?}"));
        writeln!(self.lines, "{name:<5}{}", shown.join(" | ")).unwrap();
    }

    /// The roles in a row of cells, each as it is in all themes.
    fn row(&self, rows: [&[Cell]; SHIPPED.len()]) -> String {
        let mut runs: Vec<(&str, usize)> = Vec::new();
        let mut x = 0;
        while x < rows[0].len() {
            let cells = rows.map(|row| &row[x]);
            let symbol = cells[0].symbol();
            let looks = cells.map(look);
            let (known, looks) = match symbol {
                " " => (&self.blank, looks.map(blank)),
                _ => (&self.written, looks),
            };
            let name = known.get(&looks);
            let name = name.unwrap_or_else(|| panic!("{symbol:?} at {x}: {looks:?}"));
            // A wide character has the cell behind it.
            let wide = width(symbol).max(1);
            match runs.last_mut() {
                Some((last, count)) if last == name => *count += wide,
                _ => runs.push((name.as_str(), wide)),
            }
            x += wide;
        }
        let run = |(name, count): (&str, usize)| match count {
            1 => name.to_owned(),
            _ => format!("{name}:{count}"),
        };
        runs.into_iter().map(run).collect::<Vec<_>>().join(" ")
    }

    /// The same of a screen, rows that look the same once.
    fn rows(&self, screens: &[Buffer; SHIPPED.len()]) -> String {
        let wide = usize::from(screens[0].area.width);
        let high = usize::from(screens[0].area.height);
        let mut rows: Vec<(usize, usize, String)> = Vec::new();
        for y in 0..high {
            let row =
                self.row(screens.each_ref().map(|screen| &screen.content[y * wide..][..wide]));
            match rows.last_mut() {
                Some((_, to, last)) if *last == row => *to = y,
                _ => rows.push((y, y, row)),
            }
        }
        let line = |(from, to, row): (usize, usize, String)| {
            let places = if from == to { from.to_string() } else { format!("{from}-{to}") };
            format!("{places:<6}{row}\n")
        };
        rows.into_iter().map(line).collect()
    }
}

#[test]
fn each_role_looks_like_this() {
    insta::assert_snapshot!("legend", Legend::new().lines);
}

#[rstest]
fn each_view_looks_like_this(#[values(Lang::Zh, Lang::En)] lang: Lang) {
    let legend = Legend::new();
    let mut seen = Seen::of(demo(lang), SIZES[0]);
    for (name, keys) in VIEWS {
        let mut captured = String::new();
        for size in SIZES {
            seen.size = size;
            seen.go(keys);
            let mut texts = Vec::new();
            let screens = themes().map(|theme| {
                seen.app.set_theme(theme);
                seen.draw();
                texts.push(seen.text());
                seen.buffer.clone()
            });
            // A theme changes how things look, never what stands where.
            assert!(texts.windows(2).all(|two| two[0] == two[1]), "{name} {size:?}\n{}", texts[0]);
            let (wide, high) = size;
            let rows = legend.rows(&screens);
            write!(captured, "{wide}x{high}\n{}\n\n{rows}\n", texts[0]).unwrap();
        }
        insta::assert_snapshot!(format!("{name}_{lang}"), captured);
    }
}
