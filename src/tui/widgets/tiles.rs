//! Figures in frames beside each other.
//!
//! ```text
//! ┌ Overdue (14) ───┐┌ Due 7d (3) ───┐
//! │ ¥1,284,500.00   ││ ¥320,000.00   │
//! │ ▂▃▃▅▆▇█         ││ ▃▁▂▂▅█▃       │
//! └─────────────────┘└───────────────┘
//! ```

use crate::text::width::width;
use crate::tui::theme::Ui;
use crate::tui::widgets::text::{Line, Styled, wide};

pub struct Tile {
    pub title: String,
    pub figure: Line,
    /// What stands below it, and behind that, where there is room.
    pub below: Line,
    pub note: Styled,
}

/// Cells of the frame and the blanks inside it.
const AROUND: usize = 4;

/// The cells of each tile in a row, its frame included; none if they do not fit.
pub fn widths(tiles: &[Tile], room: usize) -> Option<Vec<usize>> {
    let needs =
        |tile: &Tile| AROUND + width(&tile.title).max(wide(&tile.figure)).max(wide(&tile.below));
    let needed = tiles.iter().map(needs).sum::<usize>();
    let free = room.checked_sub(needed)?;
    // What is free is shared out, what cannot be shared goes to the first.
    let more = |at: usize| free / tiles.len() + usize::from(at < free % tiles.len());
    Some(tiles.iter().enumerate().map(|(at, tile)| needs(tile) + more(at)).collect())
}

/// The tiles in a row; none if they do not fit.
pub fn tiles(tiles: &[Tile], room: usize, ui: Ui) -> Option<[Line; 4]> {
    let widths = widths(tiles, room)?;
    let border = ui.theme.border();
    let mut lines = [const { Line::new() }; 4];
    for (tile, cells) in tiles.iter().zip(widths) {
        let inside = cells - AROUND;
        let rule = "─".repeat(inside - width(&tile.title));
        let behind = inside - wide(&tile.below);
        let note = Some(&tile.note).filter(|(text, _)| width(text) + 2 <= behind);
        let gap = behind - note.map_or(0, |(text, _)| width(text));
        let [top, figure, below, foot] = &mut lines;
        top.extend([
            ("┌ ".to_owned(), border),
            (tile.title.clone(), ui.theme.dim()),
            (format!(" {rule}┐"), border),
        ]);
        for (line, shown, gap, last) in [
            (figure, &tile.figure, inside - wide(&tile.figure), None),
            (below, &tile.below, gap, note),
        ] {
            line.push(("│ ".to_owned(), border));
            line.extend(shown.iter().cloned());
            line.push((" ".repeat(gap), border));
            line.extend(last.cloned());
            line.push((" │".to_owned(), border));
        }
        foot.push((format!("└{}┘", "─".repeat(inside + 2)), border));
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::super::testing::ui;
    use super::*;
    use crate::text::Lang;

    fn drawn(room: usize) -> Option<Vec<String>> {
        let ui = ui(Lang::Zh);
        let plain = |text: &str| (text.to_owned(), ui.theme.text());
        let tile = |title: &str, figure: &str, below: &str, note: &str| Tile {
            title: title.to_owned(),
            figure: vec![plain(figure)],
            below: vec![plain(below)],
            note: plain(note),
        };
        let all = [tile("逾期 (2)", "¥12.00", "▁█", "+3"), tile("本月回款", "¥0.00", "", "")];
        let text = |line: Line| line.into_iter().map(|(text, _)| text).collect();
        tiles(&all, room, ui).map(|lines| lines.into_iter().map(text).collect())
    }

    #[test]
    fn they_fill_the_room_and_are_whole_or_not_at_all() {
        let wide = [
            "┌ 逾期 (2) ──┐┌ 本月回款 ──┐",
            "│ ¥12.00     ││ ¥0.00      │",
            "│ ▁█      +3 ││            │",
            "└────────────┘└────────────┘",
        ];
        assert_eq!(drawn(28).unwrap(), wide);
        let tight = drawn(24).unwrap();
        assert_eq!(tight[2], "│ ▁█    +3 ││          │");
        assert_eq!(drawn(23), None);
    }
}
