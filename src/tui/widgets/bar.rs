//! A bar for a share of something, in cells.

use std::cmp::Reverse;

use ratatui::style::Style;

use super::text::Line;
use crate::text::width::width;

/// What the part is drawn with.
pub const FILL: &str = "▇";

/// What is drawn for what is there but does not count yet.
pub const FAINT: &str = "░";

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

/// How many cells each part of a bar takes whose whole has so many: none that is above 0 goes unseen while another has a
/// cell to spare.
pub fn lengths(parts: &[i64], whole: i64, cells: usize) -> Vec<usize> {
    let parts: Vec<i128> = parts.iter().map(|part| i128::from(*part).max(0)).collect();
    let sum: i128 = parts.iter().sum();
    let length = width(&bar(i64::try_from(sum).unwrap_or(i64::MAX), whole, cells, FILL));
    let share = |part: i128| part.saturating_mul(i128::try_from(length).unwrap_or_default());
    let floor = |part: &i128| share(*part).checked_div(sum).unwrap_or_default();
    let mut lengths: Vec<usize> =
        parts.iter().map(|part| usize::try_from(floor(part)).unwrap_or_default()).collect();
    // What rounding left over goes to those it took most from.
    let mut places: Vec<usize> = (0..parts.len()).collect();
    places.sort_by_key(|at| Reverse(share(parts[*at]).checked_rem(sum)));
    let left = length - lengths.iter().sum::<usize>();
    for at in places.into_iter().take(left) {
        lengths[at] += 1;
    }
    for at in 0..parts.len() {
        let longest = (0..lengths.len()).max_by_key(|at| lengths[*at]);
        let is_unseen = parts[at] > 0 && lengths[at] == 0;
        if let Some(longest) = longest.filter(|longest| is_unseen && lengths[*longest] > 1) {
            lengths[longest] -= 1;
            lengths[at] += 1;
        }
    }
    lengths
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

    use super::{bar, lengths, stacked};

    #[rstest]
    #[case(&[50, 25, 25], 100, 8, &[4, 2, 2])]
    #[case(&[50, 25, 25], 200, 8, &[2, 1, 1])]
    #[case(&[1, 998, 1], 1000, 10, &[1, 8, 1])]
    #[case(&[0, 1, 0], 1000, 10, &[0, 1, 0])]
    #[case(&[1, 1, 1], 1000, 10, &[1, 0, 0])]
    #[case(&[0, 0], 1000, 10, &[0, 0])]
    #[case(&[-5, 5], 5, 10, &[0, 10])]
    #[case(&[i64::MAX, i64::MAX], i64::MAX, 4, &[2, 2])]
    #[case(&[6, 48], 505, 12, &[0, 1])]
    fn parts_stand_one_behind_the_other(
        #[case] parts: &[i64],
        #[case] whole: i64,
        #[case] cells: usize,
        #[case] drawn: &[usize],
    ) {
        assert_eq!(lengths(parts, whole, cells), drawn);
    }

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
