//! Boxes in rows of equal cells: a calendar.
//!
//! ```text
//! Mon        Tue        Wed
//! ───────────┬──────────┬──────
//! 16         │ 17       │ 18
//!            │ 3,000.00 │
//! ```

use ratatui::style::Style;

use super::text::{Line, Styled};
use crate::text::width::left;

/// Boxes of lines, so many in a row below their heads, in lines of so many cells.
pub fn grid(heads: &[Styled], boxes: &[Vec<Styled>], room: usize, border: Style) -> Vec<Line> {
    let columns = heads.len().max(1);
    let wide = (room + 1) / columns;
    let inside = wide.saturating_sub(2);
    let rule = vec!["─".repeat(wide.saturating_sub(1)); columns].join("┼");
    let mut lines = vec![row(heads.iter().map(Some), inside, " ", border)];
    for week in boxes.chunks(columns) {
        lines.push(vec![(rule.clone(), border)]);
        let high = week.iter().map(Vec::len).max().unwrap_or(0);
        lines.extend(
            (0..high).map(|at| row(week.iter().map(|day| day.get(at)), inside, "│", border)),
        );
    }
    lines
}

fn row<'s>(
    texts: impl Iterator<Item = Option<&'s Styled>>,
    inside: usize,
    between: &str,
    border: Style,
) -> Line {
    let mut line = Line::new();
    for (at, text) in texts.enumerate() {
        if at > 0 {
            line.push((between.to_owned(), border));
        }
        let none = (String::new(), border);
        let (text, style) = text.unwrap_or(&none);
        line.push((format!(" {}", left(text, inside)), *style));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_stand_below_their_heads() {
        let plain = |text: &&str| ((*text).to_owned(), Style::new());
        let heads: Vec<Styled> = ["一", "二"].iter().map(plain).collect();
        let boxes = [vec!["16", "到期 1"], vec!["17"], vec!["18"], vec![]];
        let boxes: Vec<Vec<Styled>> =
            boxes.iter().map(|lines| lines.iter().map(plain).collect()).collect();
        let lines = grid(&heads, &boxes, 19, Style::new());
        let text = |line: Line| line.into_iter().map(|(text, _)| text).collect::<String>();
        let lines: Vec<String> =
            lines.into_iter().map(text).map(|line| line.trim_end().to_owned()).collect();
        let expected = [
            " 一        二",
            "─────────┼─────────",
            " 16      │ 17",
            " 到期 1  │",
            "─────────┼─────────",
            " 18      │",
        ];
        assert_eq!(lines, expected);
    }
}
