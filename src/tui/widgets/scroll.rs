//! Moving and scrolling: the same in lists, choices, forms and panes.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState};

use crate::tui::action::Action;

/// Where an action of moving leads from one of so many rows, a page of which is seen; `None` if it is none of moving.
pub fn moved(action: Action, from: usize, count: usize, page: usize) -> Option<usize> {
    let page = page.max(1);
    let to = match action {
        Action::Down => from.saturating_add(1),
        Action::Up => from.saturating_sub(1),
        Action::PageDown => from.saturating_add(page),
        Action::PageUp => from.saturating_sub(page),
        Action::HalfDown => from.saturating_add(page.div_ceil(2)),
        Action::HalfUp => from.saturating_sub(page.div_ceil(2)),
        Action::First => 0,
        Action::Last => usize::MAX,
        _ => return None,
    };
    Some(to.min(count.saturating_sub(1)))
}

/// The first row seen of so many, scrolled as little as keeps the one at `at` within this height.
pub fn top(top: usize, at: usize, count: usize, height: usize) -> usize {
    let top = top.min(count.saturating_sub(height));
    if at < top {
        at
    } else if at >= top + height {
        at + 1 - height
    } else {
        top
    }
}

/// Draws a bar on the frame right of `inside`, or on its edge where there is no frame, if not all of so many lines are
/// seen, and returns where.
pub fn bar(frame: &mut Frame, inside: Rect, top: usize, count: usize) -> Option<Rect> {
    let height = usize::from(inside.height);
    if count <= height || height == 0 {
        return None;
    }
    let edge = frame.area().right().saturating_sub(1);
    let track = Rect { x: inside.right().min(edge), width: 1, ..inside };
    let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .track_symbol(None)
        .thumb_symbol("▐");
    // The thumb reaches the end when the last page is shown.
    let mut place =
        ScrollbarState::new(count - height + 1).viewport_content_length(height).position(top);
    frame.render_stateful_widget(bar, track, &mut place);
    Some(track)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Action::Down, Some(6))]
    #[case(Action::PageDown, Some(9))]
    #[case(Action::PageUp, Some(0))]
    #[case(Action::HalfDown, Some(8))]
    #[case(Action::First, Some(0))]
    #[case(Action::Last, Some(9))]
    #[case(Action::Open, None)]
    fn moving_stops_at_the_ends(#[case] action: Action, #[case] to: Option<usize>) {
        assert_eq!(moved(action, 5, 10, 6), to);
    }

    #[rstest]
    #[case::seen(2, 4, 2)]
    #[case::above(2, 1, 1)]
    #[case::below(2, 7, 4)]
    #[case::fewer_rows_than_before(9, 9, 6)]
    fn scrolling_keeps_a_row_seen(#[case] before: usize, #[case] at: usize, #[case] after: usize) {
        assert_eq!(top(before, at, 10, 4), after);
    }
}
