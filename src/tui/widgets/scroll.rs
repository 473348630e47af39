//! Moving and scrolling: the same in lists, choices, forms and panes.

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
