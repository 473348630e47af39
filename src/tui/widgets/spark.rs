//! How something went: a column one cell wide for each value.

use ratatui::style::Style;

use super::text::Line;

/// Eighths of a cell, from the foot.
pub const EIGHTHS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Values from 0 to the greatest, a blank where there is none, the last in a style of its own. With fewer than two there
/// is nothing to see, and where all are 0.
pub fn spark(values: &[Option<i64>], style: Style, last: Style) -> Line {
    let known = values.iter().flatten();
    let greatest = known.clone().copied().max().unwrap_or(0);
    if known.count() < 2 || greatest <= 0 {
        return Line::new();
    }
    let column = |value: &Option<i64>| value.map_or(" ", |value| eighths(value, greatest));
    let mut columns: Vec<&str> = values.iter().map(column).collect();
    let end = columns.pop().unwrap_or_default();
    vec![(columns.concat(), style), (end.to_owned(), last)]
}

fn eighths(value: i64, greatest: i64) -> &'static str {
    let at = (i128::from(value.max(0)) * 8 - 1) / i128::from(greatest);
    EIGHTHS[usize::try_from(at).unwrap_or(0).min(EIGHTHS.len() - 1)]
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;
    use rstest::rstest;

    use super::spark;

    #[rstest]
    #[case(&[Some(0), Some(1), Some(4), Some(8)], "▁▁▄█")]
    #[case(&[None, Some(5), None, Some(-5)], " █ ▁")]
    #[case(&[Some(7), Some(7)], "██")]
    #[case(&[Some(i64::MAX), Some(1)], "█▁")]
    #[case(&[None, Some(7)], "")]
    #[case(&[Some(0), Some(0)], "")]
    #[case(&[], "")]
    fn values_stand_as_high_as_they_are(#[case] values: &[Option<i64>], #[case] drawn: &str) {
        let line = spark(values, Style::new(), Style::new());
        assert_eq!(line.into_iter().map(|(text, _)| text).collect::<String>(), drawn);
    }
}
