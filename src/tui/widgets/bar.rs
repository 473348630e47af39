//! A bar for a share of something, in cells.

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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::bar;

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
