//! Where a list, its details and its picture stand. It depends on the terminal alone, so that nothing jumps when rows
//! come and go.

use ratatui::layout::{Constraint, Layout, Rect};

/// From how many columns on a list has details beside it.
const BESIDE: u16 = 110;

/// From how many rows below the header on a picture stands below the list, and how many the list keeps.
const TALL: u16 = 43;
const KEEPS: u16 = 18;

/// From how many rows on details have the plan of the project in their lower third.
const ROOMY: u16 = 48;

/// Below how many rows a list and its details take turns, where they do not stand beside each other.
const SHORT: u16 = 16;

/// From how many columns on a picture stands beside the details, where it does not stand below.
const WIDE: u16 = 160;

/// A list and the details beside it, where there is room.
pub fn beside(area: Rect) -> Option<[Rect; 2]> {
    let parts = [Constraint::Min(0), Constraint::Length((area.width * 7 / 20).clamp(42, 90))];
    (area.width >= BESIDE).then(|| Layout::horizontal(parts).areas(area))
}

/// How many lines above a list leave it half of the screen.
pub fn above(screen: Rect) -> usize {
    usize::from(screen.height - screen.height.div_ceil(2))
}

/// How many totals leave most of a list to its rows.
pub fn feet(list: Rect) -> usize {
    usize::from(list.height / 4).max(1)
}

/// The list and the details below it, where there is room for both; else the one that has the keys.
pub const fn in_turn([list, detail]: [Rect; 2], body: Rect, focused: bool) -> [Rect; 2] {
    let none = Rect { height: 0, ..body };
    match (list.y == detail.y || body.height >= SHORT, focused) {
        (true, _) => [list, detail],
        (false, true) => [none, body],
        (false, false) => [body, none],
    }
}

/// Whether a picture stands below the list on a screen of this size.
pub const fn is_tall(screen: Rect) -> bool {
    screen.height >= TALL
}

/// What is left of a wide screen, and the place of a picture at its right.
pub fn third(screen: Rect, body: Rect) -> Option<[Rect; 2]> {
    let parts = [Constraint::Min(0), Constraint::Length((body.width / 4).clamp(42, 64))];
    let has_room = !is_tall(screen) && screen.width >= WIDE;
    has_room.then(|| Layout::horizontal(parts).areas(body))
}

/// The most rows a picture may take of a list's, if it may.
pub const fn lower(list: Rect) -> Option<u16> {
    let half = list.height / 2;
    if half < KEEPS { None } else { Some(half) }
}

/// What is left of a list's place, and so many rows below it.
pub fn below(list: Rect, rows: u16) -> [Rect; 2] {
    Layout::vertical([Constraint::Min(0), Constraint::Length(rows)]).areas(list)
}

/// What is left of the place of details, and the place of the project's plan below them.
pub fn with_plan(detail: Rect) -> Option<[Rect; 2]> {
    (detail.height >= ROOMY).then(|| below(detail, detail.height / 3))
}
