//! A frame as an SVG picture: every cell where the terminal has it, whatever font draws it. Lines and blocks are
//! drawn as shapes, so that they meet; nothing is loaded from elsewhere.

mod shapes;

use std::fmt::Write;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::error::Result;
use crate::store::Store;
use crate::text::width::width;
use crate::tui::app::App;
use crate::tui::ledger::{LedgerDesk, Options};
use crate::tui::theme::Theme;

/// Columns and rows of the terminal that is drawn.
const SIZE: (u16, u16) = (120, 36);

const CELL: (u32, u32) = (9, 20);

const MARGIN: u32 = 16;

/// Pixels from the top of a cell to the line letters stand on.
const BASELINE: u32 = 15;

/// What letters and ground look like where nothing else is said.
const INK: &str = "#d5dae3";
const GROUND: &str = "#171a21";

const FONTS: &str = "ui-monospace,'Cascadia Mono','SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC',\
    'Sarasa Mono SC','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',monospace";

/// Letters of one look beside each other, all of them one cell wide or all of them two.
struct Run {
    column: u32,
    style: Style,
    wide: bool,
    text: String,
    cells: u32,
}

/// The picture of the first screen on a ledger.
pub fn first_screen(store: Store, options: Options) -> Result<String> {
    let today = options.today.unwrap_or_else(crate::clock::today);
    let title = format!("huikuan: {}", options.lang.tagline());
    let names = (options.who, options.name);
    let desk = LedgerDesk::new(store, today, names, options.last_look)?;
    let theme = Theme::new(options.color, false);
    let mut app = App::new(options.lang, theme, Box::new(desk), today);
    let Ok(mut terminal) = Terminal::new(TestBackend::new(SIZE.0, SIZE.1));
    let Ok(frame) = terminal.draw(|frame| app.draw(frame));
    Ok(svg(frame.buffer, &title))
}

/// The picture of a frame.
fn svg(buffer: &Buffer, title: &str) -> String {
    let area = buffer.area();
    let across = u32::from(area.width) * CELL.0 + 2 * MARGIN;
    let down = u32::from(area.height) * CELL.1 + 2 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {across} {down}\" width=\"{across}\" \
         height=\"{down}\" role=\"img\">\n<title>{}</title>\n<style>.w{{font-size:17px;text-anchor:middle}}</style>\n\
         <rect width=\"{across}\" height=\"{down}\" rx=\"10\" fill=\"{GROUND}\"/>\n\
         <g font-family=\"{FONTS}\" font-size=\"15\" fill=\"{INK}\">\n",
        escape(title)
    );
    for row in 0..area.height {
        let runs = runs(buffer, row);
        for run in &runs {
            push_ground(&mut out, run, row);
        }
        for run in &runs {
            push_letters(&mut out, run, row);
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// The runs of a row; blanks of the plain look are in none.
fn runs(buffer: &Buffer, row: u16) -> Vec<Run> {
    let area = buffer.area();
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while column < area.width {
        let Some(cell) = buffer.cell((area.x + column, area.y + row)) else {
            break;
        };
        let cells = u16::try_from(width(cell.symbol()).clamp(1, 2)).unwrap_or(1);
        let at = u32::from(column);
        let (style, wide) = (cell.style(), cells == 2);
        match runs.last_mut() {
            Some(run) if run.column + run.cells == at && run.style == style && run.wide == wide => {
                run.text.push_str(cell.symbol());
                run.cells += u32::from(cells);
            }
            _ => runs.push(Run {
                column: at,
                style,
                wide,
                text: cell.symbol().to_owned(),
                cells: cells.into(),
            }),
        }
        column += cells;
    }
    runs
}

fn push_ground(out: &mut String, run: &Run, row: u16) {
    let (_, ground) = colors(run.style);
    if ground != GROUND {
        let (x, y) = corner(run.column, row);
        let (wide, high) = (run.cells * CELL.0, CELL.1);
        line(
            out,
            format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" fill=\"{ground}\"/>"
            ),
        );
    }
}

/// Columns must align whatever the font: words start where their cell is, and are as wide as their cells.
fn push_letters(out: &mut String, run: &Run, row: u16) {
    let (ink, _) = colors(run.style);
    let look = look(run.style, ink);
    let step = if run.wide { 2 } else { 1 };
    let (mut word, mut shapes) = (String::new(), String::new());
    let mut begun = run.column;
    let mut column = run.column;
    let mut blanks = 0;
    for letter in run.text.chars() {
        let shape = shapes::path(letter, corner(column, row));
        if shape.is_some() || run.wide || (letter == ' ' && blanks > 0) {
            push_word(out, &mut word, (begun, row), &look);
            begun = column;
        }
        if let Some(shape) = shape {
            shapes.push_str(&shape);
            begun = column + 1;
        } else if letter == ' ' && word.is_empty() {
            begun = column + 1;
        } else {
            word.push(letter);
        }
        blanks = if letter == ' ' { blanks + 1 } else { 0 };
        column += if width(&letter.to_string()) == 0 {
            0
        } else {
            step
        };
    }
    push_word(out, &mut word, (begun, row), &look);
    if !shapes.is_empty() {
        line(out, format_args!("<path d=\"{shapes}\"{look}/>"));
    }
}

/// Writes the word, if there is one, and empties it.
fn push_word(out: &mut String, word: &mut String, (column, row): (u32, u16), look: &str) {
    let text = word.trim_end();
    if !text.is_empty() {
        let (x, top) = corner(column, row);
        let y = top + BASELINE;
        let across = u32::try_from(width(text)).unwrap_or(u32::MAX) * CELL.0;
        // A wide letter is narrower than two cells in most fonts: it stands in their middle.
        let place = if width(text) == 2 && text.chars().count() == 1 {
            format!("class=\"w\" x=\"{}\"", x + CELL.0)
        } else {
            format!("x=\"{x}\" textLength=\"{across}\" lengthAdjust=\"spacingAndGlyphs\"")
        };
        let text = escape(text);
        line(
            out,
            format_args!("<text {place} y=\"{y}\"{look}>{text}</text>"),
        );
    }
    word.clear();
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{text}");
}

/// Pixels of the upper left corner of a cell.
fn corner(column: u32, row: u16) -> (u32, u32) {
    (MARGIN + column * CELL.0, MARGIN + u32::from(row) * CELL.1)
}

/// Colours of letters and ground.
fn colors(style: Style) -> (&'static str, &'static str) {
    let ink = style.fg.and_then(color).unwrap_or(INK);
    let ground = style.bg.and_then(color).unwrap_or(GROUND);
    if style.add_modifier.contains(Modifier::REVERSED) {
        (ground, ink)
    } else {
        (ink, ground)
    }
}

fn look(style: Style, ink: &str) -> String {
    let has = |modifier| style.add_modifier.contains(modifier);
    let mut look = if ink == INK {
        String::new()
    } else {
        format!(" fill=\"{ink}\"")
    };
    if has(Modifier::BOLD) {
        look.push_str(" font-weight=\"700\"");
    }
    if has(Modifier::DIM) {
        look.push_str(" opacity=\".62\"");
    }
    if has(Modifier::UNDERLINED) {
        look.push_str(" text-decoration=\"underline\"");
    }
    look
}

/// The sixteen colours a theme is made of.
const fn color(color: Color) -> Option<&'static str> {
    Some(match color {
        Color::Black => "#3a404c",
        Color::Red => "#f47c7c",
        Color::Green => "#8fd07f",
        Color::Yellow => "#e9c46a",
        Color::Blue => "#74b3f5",
        Color::Magenta => "#cf9df0",
        Color::Cyan => "#62cfd6",
        Color::Gray => "#b9c0cc",
        Color::DarkGray => "#7d8696",
        Color::LightRed => "#ff9c9c",
        Color::LightGreen => "#b2e6a4",
        Color::LightYellow => "#f6dd97",
        Color::LightBlue => "#a0ccfb",
        Color::LightMagenta => "#e2c1fa",
        Color::LightCyan => "#97e5ea",
        Color::White => "#f4f6fa",
        _ => return None,
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    fn drawn(text: &str, style: Style) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, text, style);
        svg(&buffer, "a < b")
    }

    #[test]
    fn every_wide_letter_stands_in_the_middle_of_its_two_cells() {
        let picture = drawn("星河 1", Style::new());
        assert!(picture.contains("<text class=\"w\" x=\"25\" y=\"31\">星</text>"));
        assert!(picture.contains("<text class=\"w\" x=\"43\" y=\"31\">河</text>"));
        assert!(
            picture.contains("<text x=\"61\" textLength=\"9\""),
            "{picture}"
        );
    }

    #[test]
    fn columns_are_placed_one_by_one() {
        let picture = drawn("ab c  d", Style::new());
        assert!(picture.contains(
            "x=\"16\" textLength=\"36\" lengthAdjust=\"spacingAndGlyphs\" y=\"31\">ab c<"
        ));
        assert!(picture.contains("x=\"70\" textLength=\"9\""), "{picture}");
    }

    #[test]
    fn text_is_escaped_and_reverse_swaps_the_colours() {
        let style = Style::new().fg(Color::Red).add_modifier(Modifier::REVERSED);
        let picture = drawn("a&b", style);
        assert!(picture.contains("<title>a &lt; b</title>"));
        assert!(picture.contains(&format!("fill=\"{GROUND}\">a&amp;b<")));
        assert!(picture.contains("width=\"27\" height=\"20\" fill=\"#f47c7c\""));
    }

    #[test]
    fn borders_are_lines_that_meet() {
        let picture = drawn("┌─", Style::new());
        assert!(!picture.contains('┌'));
        // The corner reaches from 19.9 to 25.0, where the next cell's line begins.
        assert!(picture.contains("M19.9 25.4h5.1v1.2h-5.1z"), "{picture}");
        assert!(picture.contains("M25.0 25.4h9.0v1.2h-9.0z"), "{picture}");
    }
}
