//! Columns beside each other: their sums above them, what they are below.
//!
//! ```text
//!                12.00
//!   5.00           ▒
//!    █      3.00   █
//!    █       ▄     █
//! Past due   Nov   Dec
//! ```

use ratatui::style::Style;

use super::spark::EIGHTHS;
use super::text::Line;
use crate::text::width::width;

/// What is firm, and what is only expected and stands on it.
pub const FIRM: &str = "█";
pub const EXPECTED: &str = "▒";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub label: String,
    pub sum: String,
    /// The lower part, and what stands on it.
    pub parts: [(i64, Style); 2],
}

impl Column {
    fn whole(&self) -> i64 {
        self.parts.iter().fold(0, |sum, (part, _)| sum.saturating_add((*part).max(0)))
    }
}

/// The cells a column takes, with a blank beside it.
pub fn wide(all: &[Column]) -> usize {
    let widest = |column: &Column| width(&column.label).max(width(&column.sum));
    all.iter().map(widest).max().unwrap_or(0) + 1
}

/// The columns in so many cells, and so many lines: at least three.
pub fn columns(
    all: &[Column],
    (room, high): (usize, usize),
    sums: Style,
    labels: Style,
) -> Vec<Line> {
    let slot = room.checked_div(all.len()).unwrap_or(0);
    let rows = high.saturating_sub(2).max(1);
    let greatest = all.iter().map(Column::whole).max().unwrap_or(0);
    // Eighths of a cell up to the top of a part.
    let eighths = |upto: i64| -> usize {
        let all = i128::try_from(rows * EIGHTHS.len()).unwrap_or(0);
        let height = (i128::from(upto.max(0)) * all).checked_div(i128::from(greatest)).unwrap_or(0);
        usize::try_from(height).unwrap_or(0).max(usize::from(upto > 0))
    };
    let mut lines: Vec<Line> = vec![Line::new(); rows + 1];
    for column in all {
        let (lower, whole) = (eighths(column.parts[0].0), eighths(column.whole()));
        let top = whole.div_ceil(EIGHTHS.len());
        for (line, row) in lines.iter_mut().rev().zip(0..) {
            let foot = row * EIGHTHS.len();
            let filled = |upto: usize| upto.saturating_sub(foot).min(EIGHTHS.len());
            let [(_, below), (_, above)] = column.parts;
            let piece = if row == top && column.whole() > 0 {
                (column.sum.as_str(), sums)
            } else if filled(lower) == EIGHTHS.len() || filled(lower) > 0 && whole == lower {
                (EIGHTHS[filled(lower) - 1], below)
            } else if filled(lower) * 2 >= EIGHTHS.len() {
                (FIRM, below)
            } else if filled(whole) > 0 {
                (EXPECTED, above)
            } else {
                ("", sums)
            };
            line.push(placed(piece, slot));
        }
    }
    lines.push(all.iter().map(|column| placed((&column.label, labels), slot)).collect());
    lines
}

/// A text in the middle of so many cells; what is drawn with blocks is as wide as a hand.
fn placed((text, style): (&str, Style), cells: usize) -> (String, Style) {
    let is_block = text == EXPECTED || EIGHTHS.contains(&text);
    let text =
        if is_block { text.repeat(cells.saturating_sub(4).clamp(1, 8)) } else { text.to_owned() };
    let free = cells.saturating_sub(width(&text));
    let before = free / 2;
    (format!("{:before$}{text}{:after$}", "", "", after = free - before), style)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(label: &str, sum: &str, firm: i64, expected: i64) -> Column {
        Column {
            label: label.to_owned(),
            sum: sum.to_owned(),
            parts: [(firm, Style::new()), (expected, Style::new())],
        }
    }

    fn drawn(all: &[Column], size: (usize, usize)) -> Vec<String> {
        let text = |line: Line| line.into_iter().map(|(text, _)| text).collect::<String>();
        let lines = columns(all, size, Style::new(), Style::new()).into_iter();
        lines.map(text).map(|line| line.trim_end().to_owned()).collect()
    }

    #[test]
    fn they_stand_as_high_as_their_amounts() {
        let all = [
            column("已到期", "8.00", 8, 0),
            column("11月", "3.00", 3, 0),
            column("12月", "12.00", 4, 8),
            column("1月", "0.00", 0, 0),
            column("以后", "0.01", 0, 1),
        ];
        let picture = [
            "                 12.00",
            "  8.00            ▒▒▒▒",
            "  ▅▅▅▅            ▒▒▒▒",
            "  ████    3.00    ▒▒▒▒            0.01",
            "  ████    ████    ████            ▒▒▒▒",
            " 已到期   11月    12月    1月     以后",
        ];
        assert_eq!(wide(&all), 7);
        assert_eq!(drawn(&all, (40, 6)), picture);
    }

    #[test]
    fn without_amounts_there_are_only_labels() {
        let none = drawn(&[column("11月", "0.00", 0, 0)], (6, 3));
        assert_eq!(none, ["", "", " 11月"]);
        assert_eq!(drawn(&[], (6, 3)), ["", "", ""]);
    }
}
