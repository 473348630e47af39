//! A bar for a share of something, in cells.

use ratatui::style::Style;

use super::text::Line;

/// What the part is drawn with.
pub const FILL: &str = "▇";

/// `part` of `whole` as a bar of at most `cells`; anything above 0 is at least one cell, so that it is seen.
pub fn bar(part: i64, whole: i64, cells: usize, fill: &str) -> String {
    if part <= 0 || whole <= 0 {
        return String::new();
    }
    let cells = i128::try_from(cells).unwrap_or(i128::MAX);
    let filled = i128::from(part.min(whole)).saturating_mul(cells) / i128::from(whole);
    let filled = usize::try_from(filled.max(1).min(cells)).unwrap_or_default();
    fill.repeat(filled)
}

/// Parts one after the other over so many cells, each as wide as its share of them all and in its own sign.
pub fn stacked(parts: &[(i64, &str, Style)], cells: usize) -> Line {
    let share = |(part, ..): &(i64, &str, Style)| i128::from((*part).max(0));
    let whole: i128 = parts.iter().map(share).sum();
    let room = i128::try_from(cells).unwrap_or(i128::MAX);
    let (mut so_far, mut drawn) = (0, 0);
    let segment = |part: &(i64, &str, Style)| {
        so_far += share(part);
        let end = (so_far * room).checked_div(whole).unwrap_or(0);
        let end = usize::try_from(end).unwrap_or(cells);
        let segment = part.1.repeat(end - drawn);
        drawn = end;
        (segment, part.2)
    };
    parts.iter().map(segment).collect()
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;
    use rstest::rstest;

    use super::{bar, stacked};

    #[rstest]
    #[case([50, 25, 25], "aaaaabbccc")]
    #[case([0, 0, 7], "cccccccccc")]
    #[case([1, 0, 999], "cccccccccc")]
    #[case([0, 0, 0], "")]
    #[case([i64::MAX, i64::MAX, -1], "aaaaabbbbb")]
    fn parts_fill_the_bar_by_their_shares(#[case] parts: [i64; 3], #[case] drawn: &str) {
        let [a, b, c] = parts;
        let style = Style::new();
        let line = stacked(&[(a, "a", style), (b, "b", style), (c, "c", style)], 10);
        assert_eq!(line.into_iter().map(|(text, _)| text).collect::<String>(), drawn);
    }

    #[rstest]
    #[case(0, 100, "")]
    #[case(-5, 100, "")]
    #[case(1, 100, "#")]
    #[case(50, 100, "#####")]
    #[case(100, 100, "##########")]
    #[case(200, 100, "##########")]
    #[case(5, 0, "")]
    #[case(i64::MAX, i64::MAX, "##########")]
    fn a_bar_shows_the_share(#[case] part: i64, #[case] whole: i64, #[case] drawn: &str) {
        assert_eq!(bar(part, whole, 10, "#"), drawn);
    }
}
