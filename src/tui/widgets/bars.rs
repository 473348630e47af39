//! Bars below each other: what each is, its figures, and how long it is beside the others.
//!
//! ```text
//! First reminder    2    210,000.00  ▇▇▇▇▇▇
//! Formal notice     1    480,000.00  ▇▇▇▇▇▇▇▇▇▇▇▇▇
//! ```

use ratatui::style::Style;

use super::bar::lengths;
use super::text::{Line, Styled};
use crate::text::width::{left, right, width};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bar {
    pub label: Styled,
    /// Each in a column of its own; as many in every bar.
    pub figures: Vec<Styled>,
    /// What lies before it: it begins where that ends.
    pub before: i64,
    /// What it is made of, each with its sign.
    pub parts: Vec<(i64, &'static str, Style)>,
}

impl Bar {
    fn end(&self) -> i64 {
        self.parts.iter().fold(self.before, |end, (part, ..)| end.saturating_add((*part).max(0)))
    }
}

/// Between two columns.
const GAP: usize = 2;

/// The least cells of a bar worth drawing.
const LEAST: usize = 6;

/// The bars in lines of so many cells; figures are whole, labels are cut, and a bar goes that has no room.
pub fn bars(all: &[Bar], room: usize) -> Vec<Line> {
    let columns = all.iter().map(|bar| bar.figures.len()).max().unwrap_or(0);
    let widest = |at: usize| {
        let texts = all.iter().filter_map(|bar| bar.figures.get(at));
        texts.map(|(text, _)| width(text)).max().unwrap_or(0)
    };
    let figures: Vec<usize> = (0..columns).map(widest).collect();
    // A column in which there is nothing takes nothing.
    let gap = |cells: usize| if cells > 0 { GAP } else { 0 };
    let used: usize = figures.iter().map(|cells| cells + gap(*cells)).sum();
    let label = all.iter().map(|bar| width(&bar.label.0)).max().unwrap_or(0);
    let label = label
        .min(room.saturating_sub(used + GAP + LEAST).max(room / 3))
        .min(room.saturating_sub(used));
    let cells = room.saturating_sub(label + used + GAP);
    let cells = if cells < LEAST { 0 } else { cells };
    let whole = all.iter().map(Bar::end).max().unwrap_or(0);
    let line = |bar: &Bar| {
        let (text, style) = &bar.label;
        let mut line = vec![(left(text, label), *style)];
        for ((text, style), cells) in bar.figures.iter().zip(&figures) {
            line.push((right(text, cells + gap(*cells)), *style));
        }
        line.push((" ".repeat(GAP), Style::new()));
        line.extend(drawn(bar, whole, cells));
        line
    };
    all.iter().map(line).collect()
}

/// By one measure for all, so that a bar begins where the one it goes on from ends.
fn drawn(bar: &Bar, whole: i64, cells: usize) -> Line {
    let place = |upto: i64| {
        let room = i128::try_from(cells).unwrap_or(0);
        let place = (i128::from(upto.max(0)) * room).checked_div(whole.into()).unwrap_or(0);
        usize::try_from(place).unwrap_or(0).min(cells)
    };
    let amount = bar.end().saturating_sub(bar.before);
    let before = place(bar.before).min(cells.saturating_sub(1));
    let least = usize::from(amount > 0 && cells > 0);
    let length = place(bar.end()).saturating_sub(before).max(least);
    let parts: Vec<i64> = bar.parts.iter().map(|(part, ..)| *part).collect();
    let lengths = lengths(&parts, amount, length).into_iter().zip(&bar.parts);
    let pieces = lengths.map(|(length, (_, sign, style))| (sign.repeat(length), *style));
    std::iter::once((" ".repeat(before), Style::new())).chain(pieces).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, figure: &str, before: i64, parts: &[(i64, &'static str)]) -> Bar {
        let plain = |text: &str| (text.to_owned(), Style::new());
        Bar {
            label: plain(label),
            figures: vec![plain(figure)],
            before,
            parts: parts.iter().map(|(part, sign)| (*part, *sign, Style::new())).collect(),
        }
    }

    fn drawn(all: &[Bar], room: usize) -> Vec<String> {
        let text = |line: Line| line.into_iter().map(|(text, _)| text).collect::<String>();
        bars(all, room).into_iter().map(text).map(|line| line.trim_end().to_owned()).collect()
    }

    #[test]
    fn they_are_as_long_as_their_amounts_and_begin_where_others_end() {
        let all = [
            bar("到期", "100.00", 0, &[(100, "#")]),
            bar("宽限", "25.00", 75, &[(25, "-")]),
            bar("逾期", "75.00", 0, &[(50, "#"), (25, "=")]),
            bar("无", "", 0, &[(0, "#")]),
        ];
        let wide =
            ["到期  100.00  ########", "宽限   25.00        --", "逾期   75.00  ####==", "无"];
        assert_eq!(drawn(&all, 22), wide);
        let narrow = ["到期  100.00", "宽限   25.00", "逾期   75.00", "无"];
        assert_eq!(drawn(&all, 16), narrow);
        assert!(drawn(&[], 16).is_empty());
    }
}
