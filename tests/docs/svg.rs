//! A frame as an SVG picture: every cell where the terminal has it, whatever font draws it. Lines and blocks are
//! drawn as shapes, so that they meet; nothing is loaded from elsewhere.

use std::fmt::Write;

use huikuan::text::width::width;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

const CELL: (u32, u32) = (9, 20);

const MARGIN: u32 = 16;

/// Pixels from the top of a cell to the line letters stand on.
const BASELINE: u32 = 15;

/// What letters and ground look like where nothing else is said.
const INK: &str = "#d8dbe2";
const GROUND: &str = "#14171c";

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

/// The picture of a frame.
pub fn svg(buffer: &Buffer, title: &str) -> String {
    let area = buffer.area();
    let across = u32::from(area.width) * CELL.0 + 2 * MARGIN;
    let down = u32::from(area.height) * CELL.1 + 2 * MARGIN;
    let mut ink = Ink::default();
    for row in 0..area.height {
        let runs = runs(buffer, row);
        for run in &runs {
            ink.push_ground(run, row);
        }
        for run in &runs {
            ink.push_letters(run, row);
        }
    }
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {across} {down}\" width=\"{across}\" \
         height=\"{down}\" role=\"img\">\n<title>{}</title>\n<style>.w{{font-size:17px}}{}</style>\n\
         <rect width=\"{across}\" height=\"{down}\" rx=\"10\" fill=\"{GROUND}\"/>\n\
         <g font-family=\"{FONTS}\" font-size=\"15\" fill=\"{INK}\">\n",
        escape(title),
        ink.classes(),
    );
    out.push_str(&ink.out);
    out.push_str("</g>\n</svg>\n");
    out
}

/// The runs of a row; blanks of the plain look are in none.
fn runs(buffer: &Buffer, row: u16) -> Vec<Run> {
    let area = buffer.area();
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while column < area.width {
        let cell = buffer.cell((area.x + column, area.y + row)).unwrap();
        let cells = u16::try_from(width(cell.symbol()).clamp(1, 2)).unwrap();
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

/// What is drawn so far, and the looks of its letters: each is said once.
#[derive(Default)]
struct Ink {
    out: String,
    looks: Vec<String>,
}

impl Ink {
    fn push_ground(&mut self, run: &Run, row: u16) {
        let (_, ground) = colors(run.style);
        if ground != GROUND {
            let (x, y) = corner(run.column, row);
            let (wide, high) = (run.cells * CELL.0, CELL.1);
            self.line(format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" fill=\"{ground}\"/>"
            ));
        }
    }

    /// Columns must align whatever the font: words start where their cell is, and are as wide as their cells.
    fn push_letters(&mut self, run: &Run, row: u16) {
        let class = self.class(run);
        let step = if run.wide { 2 } else { 1 };
        let (mut word, mut shapes) = (String::new(), String::new());
        let mut begun = run.column;
        let mut column = run.column;
        let mut blanks = 0;
        for letter in run.text.chars() {
            let shape = path(letter, corner(column, row));
            if shape.is_some() || (letter == ' ' && blanks > 0) {
                self.push_word(&mut word, (begun, row), run.wide, &class);
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
            column += if width(&letter.to_string()) == 0 { 0 } else { step };
        }
        self.push_word(&mut word, (begun, row), run.wide, &class);
        if !shapes.is_empty() {
            self.line(format_args!("<path d=\"{shapes}\"{class}/>"));
        }
    }

    /// Writes the word, if there is one, and empties it.
    fn push_word(&mut self, word: &mut String, (column, row): (u32, u16), wide: bool, class: &str) {
        let text = word.trim_end();
        if !text.is_empty() {
            let (x, top) = corner(column, row);
            let y = top + BASELINE;
            let across = u32::try_from(width(text)).unwrap() * CELL.0;
            // A wide letter is a pixel narrower than its two cells: half of it is left on each side.
            let place = if wide {
                format!("x=\"{x}.5\" textLength=\"{}\"", across - 1)
            } else {
                format!("x=\"{x}\" textLength=\"{across}\"")
            };
            let text = escape(text);
            self.line(format_args!("<text {place} y=\"{y}\"{class}>{text}</text>"));
        }
        word.clear();
    }

    /// The attribute that gives letters their look, where it is not the usual one.
    fn class(&mut self, run: &Run) -> String {
        let (ink, _) = colors(run.style);
        let look = look(run.style, &ink);
        let known = self.looks.iter().position(|known| *known == look);
        let place = known.unwrap_or(self.looks.len());
        let mut classes = Vec::new();
        if run.wide {
            classes.push("w".to_owned());
        }
        if !look.is_empty() {
            classes.push(format!("s{place}"));
            if known.is_none() {
                self.looks.push(look);
            }
        }
        if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) }
    }

    /// The style sheet.
    fn classes(&self) -> String {
        let mut sheet = String::new();
        for (place, look) in self.looks.iter().enumerate() {
            // Writing to a String cannot fail.
            let _ = write!(sheet, ".s{place}{{{look}}}");
        }
        sheet
    }

    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.out, "{text}");
    }
}

/// Pixels of the upper left corner of a cell.
fn corner(column: u32, row: u16) -> (u32, u32) {
    (MARGIN + column * CELL.0, MARGIN + u32::from(row) * CELL.1)
}

/// Colours of letters and ground.
fn colors(style: Style) -> (String, String) {
    let ink = style.fg.and_then(color).unwrap_or_else(|| INK.to_owned());
    let ground = style.bg.and_then(color).unwrap_or_else(|| GROUND.to_owned());
    if style.add_modifier.contains(Modifier::REVERSED) { (ground, ink) } else { (ink, ground) }
}

fn look(style: Style, ink: &str) -> String {
    let has = |modifier| style.add_modifier.contains(modifier);
    let mut look = Vec::new();
    if ink != INK {
        look.push(format!("fill:{ink}"));
    }
    if has(Modifier::BOLD) {
        look.push("font-weight:700".to_owned());
    }
    if has(Modifier::DIM) {
        look.push("opacity:.62".to_owned());
    }
    if has(Modifier::UNDERLINED) {
        look.push("text-decoration:underline".to_owned());
    }
    look.join(";")
}

/// A colour of its own; the picture's theme has no other.
fn color(color: Color) -> Option<String> {
    match color {
        Color::Rgb(..) => Some(color.to_string().to_lowercase()),
        _ => None,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Half the thickness of a line, in tenths of a pixel.
const HALF: u32 = 6;

/// Which sides of its cell a line reaches from the middle: left, right, up, down.
const fn sides(sign: char) -> Option<[bool; 4]> {
    Some(match sign {
        '─' => [true, true, false, false],
        '│' => [false, false, true, true],
        '┌' | '╭' => [false, true, false, true],
        '┐' | '╮' => [true, false, false, true],
        '└' | '╰' => [false, true, true, false],
        '┘' | '╯' => [true, false, true, false],
        '├' => [false, true, true, true],
        '┤' => [true, false, true, true],
        '┬' => [true, true, false, true],
        '┴' => [true, true, true, false],
        '┼' => [true, true, true, true],
        _ => return None,
    })
}

/// Eighths of its cell a block fills, from the bottom.
fn eighths(sign: char) -> Option<u32> {
    let code = u32::from(sign);
    (0x2581..=0x2588).contains(&code).then(|| code - 0x2580)
}

/// The path of a sign in the cell with this upper left corner, if it is a shape.
fn path(sign: char, (x, y): (u32, u32)) -> Option<String> {
    if let Some(eighths) = eighths(sign) {
        let high = CELL.1 * eighths / 8;
        let top = y + CELL.1 - high;
        return Some(format!("M{x} {top}h{}v{high}h-{}z", CELL.0, CELL.0));
    }
    let [left, right, up, down] = sides(sign)?;
    let (x, y) = (x * 10, y * 10);
    let (wide, high) = (CELL.0 * 10, CELL.1 * 10);
    let (middle, centre) = (x + wide / 2, y + high / 2);
    let from = if left { x } else { middle - HALF };
    let to = if right { x + wide } else { middle + HALF };
    let top = if up { y } else { centre - HALF };
    let bottom = if down { y + high } else { centre + HALF };
    let mut path = String::new();
    if left || right {
        path.push_str(&bar(from, centre - HALF, to - from, 2 * HALF));
    }
    if up || down {
        path.push_str(&bar(middle - HALF, top, 2 * HALF, bottom - top));
    }
    Some(path)
}

/// A filled rectangle; tenths of a pixel.
fn bar(x: u32, y: u32, wide: u32, high: u32) -> String {
    let [x, y, wide, high] = [x, y, wide, high].map(|n| format!("{}.{}", n / 10, n % 10));
    format!("M{x} {y}h{wide}v{high}h-{wide}z")
}
