//! Choosing one of many by typing a part of it, or its pinyin.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::line::Line;
use super::popup::popup;
use super::scroll;
use super::text::cells;
use crate::text::find::{Key as FindKey, Needle};
use crate::text::width::{clean, fit, left, width};
use crate::tui::action::Action;
use crate::tui::input::Key;
use crate::tui::theme::Ui;

#[derive(Debug, Clone)]
pub struct Pick<T> {
    pub value: T,
    pub text: String,
    /// What is shown beside it.
    pub aside: String,
    key: FindKey,
    /// What finds it before those found by what is shown: its name.
    name: Option<FindKey>,
    /// What finds it, too, after those found by what is shown.
    also: Option<FindKey>,
}

impl<T> Pick<T> {
    /// A choice, found by its text and by what stands beside it.
    pub fn new(value: T, text: impl Into<String>, aside: impl Into<String>) -> Self {
        let (text, aside) = (text.into(), aside.into());
        let key = FindKey::new(&format!("{text} {aside}"));
        Self { value, text, aside, key, name: None, also: None }
    }

    /// Found by its name before what is found otherwise.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.name = Some(FindKey::new(name));
        self
    }

    /// Found by these words, too.
    #[must_use]
    pub fn also(mut self, words: &str) -> Self {
        self.also = Some(FindKey::new(&format!("{words} {}", self.aside)));
        self
    }

    /// The same words for another value.
    pub(super) fn standing_for<U>(self, value: U) -> Pick<U> {
        let Self { text, aside, key, name, also, .. } = self;
        Pick { value, text, aside, key, name, also }
    }
}

/// Choices, what was typed, and which of those found the cursor is on.
#[derive(Debug, Clone)]
pub struct Picker<T> {
    title: String,
    picks: Vec<Pick<T>>,
    typed: Line,
    /// What is said of what was typed, and whether that is wrong.
    note: Option<(String, bool)>,
    found: Vec<usize>,
    /// How many of the first are not looked at.
    passed: usize,
    place: usize,
    top: usize,
    height: usize,
}

impl<T> Picker<T> {
    pub fn new(title: impl Into<String>, picks: Vec<Pick<T>>) -> Self {
        Self {
            title: title.into(),
            found: (0..picks.len()).collect(),
            picks,
            typed: Line::default(),
            note: None,
            passed: 0,
            place: 0,
            top: 0,
            height: 1,
        }
    }

    /// With the cursor on a value, if it is there.
    #[must_use]
    pub fn at(mut self, value: &T) -> Self
    where
        T: PartialEq,
    {
        let place = self.picks.iter().position(|pick| pick.value == *value);
        self.place = place.unwrap_or_default();
        self
    }

    /// The choice under the cursor.
    pub fn chosen(&self) -> Option<&Pick<T>> {
        self.found.get(self.place).and_then(|at| self.picks.get(*at))
    }

    /// What is found, each with its place.
    pub fn found(&self) -> impl Iterator<Item = (usize, &Pick<T>)> {
        let picks = self.found.iter().filter_map(|at| self.picks.get(*at));
        picks.enumerate()
    }

    pub const fn place(&self) -> usize {
        self.place
    }

    /// Whether something was typed.
    pub fn is_narrowed(&self) -> bool {
        !self.typed.text().is_empty()
    }

    pub fn typed(&self) -> &str {
        self.typed.text()
    }

    /// Types this instead.
    pub fn retype(&mut self, text: &str) {
        self.typed.set(text);
        self.search();
    }

    /// Says something of what was typed below it, as wrong if it is.
    pub fn note(&mut self, note: Option<(String, bool)>) {
        self.note = note;
    }

    /// Puts other choices behind the first so many, which cannot be found as long as those stand `alone`.
    pub fn put_behind(&mut self, first: usize, picks: Vec<Pick<T>>, alone: bool) {
        self.picks.truncate(first);
        self.passed = if alone { first } else { 0 };
        self.picks.extend(picks);
        let place = self.place;
        self.search();
        self.place = place.min(self.found.len().saturating_sub(1));
    }

    /// How many are seen at once, for whoever draws them.
    pub const fn seen(&mut self, height: usize) {
        self.height = height;
    }

    /// Puts the cursor on the choice at this place of those that are found.
    pub const fn select(&mut self, place: usize) {
        self.place = place;
    }

    /// Types; false if the key is none of editing.
    pub fn on_key(&mut self, key: Key) -> bool {
        let known = self.typed.on_key(key);
        if known {
            self.search();
        }
        known
    }

    pub fn paste(&mut self, text: &str) -> bool {
        let whole = self.typed.paste(text);
        self.search();
        whole
    }

    fn search(&mut self) {
        let needle = Needle::new(self.typed.text());
        let picks = self.picks.iter().enumerate().skip(self.passed);
        let (mut named, mut shown, mut also) = (Vec::new(), Vec::new(), Vec::new());
        let finds = |key: &Option<FindKey>| key.as_ref().is_some_and(|key| needle.matches_key(key));
        for (at, pick) in picks {
            if finds(&pick.name) && !needle.is_empty() {
                named.push(at);
            } else if needle.matches_key(&pick.key) {
                shown.push(at);
            } else if finds(&pick.also) {
                also.push(at);
            }
        }
        self.found = [named, shown, also].concat();
        self.place = 0;
        self.top = 0;
    }

    /// Moves the cursor; false if the action is none of moving.
    pub fn on_action(&mut self, action: Action) -> bool {
        let to = scroll::moved(action, self.place, self.found.len(), self.height);
        self.place = to.unwrap_or(self.place);
        to.is_some()
    }

    /// Draws it under the field it is opened from, as far down as there is room, and returns what can be clicked as
    /// [`Self::draw`] does.
    pub fn draw_under(
        &mut self,
        frame: &mut Frame,
        within: Rect,
        field: Rect,
        ui: Ui,
    ) -> Vec<(Rect, usize)> {
        let (wide, high) = self.size(within);
        let (wide, high) = (cells(wide).min(within.width), cells(high).min(within.height));
        let x = field.x.min(within.right().saturating_sub(wide)).max(within.x);
        let y = field.bottom().min(within.bottom().saturating_sub(high)).max(within.y);
        self.draw(frame, Rect::new(x, y, wide, high), ui)
    }

    /// Draws it in the middle of `within`, and returns where each choice that is found can be clicked, by its place.
    pub fn draw(&mut self, frame: &mut Frame, within: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        let size = self.size(within);
        let title = self.titled(self.found.len());
        let inside = popup(frame, within, size, &title, ui);
        if inside.height < 2 {
            return Vec::new();
        }
        self.draw_typed(frame, Rect { height: 1, ..inside }, ui);
        let rows = self.draw_note(frame, inside, ui);
        self.height = usize::from(rows.height);
        self.top = scroll::top(self.top, self.place, self.found.len(), self.height);
        if self.found.is_empty() {
            let none = ui.lang.nothing_found();
            frame.buffer_mut().set_string(rows.x, rows.y, none, ui.theme.dim());
        }
        self.draw_found(frame, rows, ui)
    }

    /// Draws what is said of what was typed, and returns what is left below.
    fn draw_note(&self, frame: &mut Frame, inside: Rect, ui: Ui) -> Rect {
        let below = |rows: u16| Rect {
            y: inside.y + rows,
            height: inside.height.saturating_sub(rows),
            ..inside
        };
        let Some((text, wrong)) = self.note.as_ref().filter(|_| inside.height > 2) else {
            return below(1);
        };
        let style = if *wrong { ui.theme.bad() } else { ui.theme.dim() };
        let text = if *wrong { format!("! {text}") } else { text.clone() };
        let room = usize::from(inside.width.saturating_sub(2));
        let text = fit(&text, room);
        frame.buffer_mut().set_string(inside.x + 2, inside.y + 1, text, style);
        below(2)
    }

    /// Draws where one types.
    pub fn draw_typed(&self, frame: &mut Frame, area: Rect, ui: Ui) {
        frame.buffer_mut().set_string(area.x, area.y, "/", ui.theme.key());
        let field = Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..area };
        frame.buffer_mut().set_style(field, ui.theme.text().patch(ui.theme.input()));
        self.typed.draw(frame, field, Style::new(), true);
    }

    /// The title, with how many of all were found.
    fn titled(&self, found: usize) -> String {
        format!("{} {found}/{}", self.title, self.picks.len())
    }

    fn size(&self, within: Rect) -> (usize, usize) {
        let row = |pick: &Pick<T>| width(&pick.text) + 2 + width(&pick.aside);
        let wide = self.picks.iter().take(500).map(row).max().unwrap_or_default();
        let wide = wide.max(width(&self.titled(self.picks.len()))).clamp(36, 100) + 6;
        let high = self.picks.len().clamp(1, 20) + 3;
        (wide, high.min(usize::from(within.height).saturating_sub(2).max(5)))
    }

    fn draw_found(&self, frame: &mut Frame, inside: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        let mut hits = Vec::new();
        let rows = self.found.iter().enumerate().skip(self.top);
        for ((place, at), y) in rows.zip(inside.top()..inside.bottom()) {
            let Some(pick) = self.picks.get(*at) else {
                continue;
            };
            let line = Rect::new(inside.x, y, inside.width, 1);
            let room = usize::from(line.width.saturating_sub(2));
            let (text, aside) = (clean(&pick.text), clean(&pick.aside));
            let aside = fit(&aside, room.saturating_sub(width(&text).min(room / 2) + 2));
            let gap = if aside.is_empty() { 0 } else { 2 };
            let text = left(&text, room.saturating_sub(width(&aside) + gap));
            let buffer = frame.buffer_mut();
            buffer.set_stringn(line.x + 2, y, &text, room, ui.theme.text());
            let end = cells(width(&aside));
            let x = line.right().saturating_sub(end);
            buffer.set_string(x, y, &aside, ui.theme.dim());
            if place == self.place {
                buffer.set_string(line.x, y, "▸", ui.theme.key());
                buffer.set_style(line, ui.theme.selected());
            }
            hits.push((line, place));
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{drawn, ui};
    use super::*;
    use crate::text::Lang;

    fn picker() -> Picker<i32> {
        let names = ["星河科技", "华东水务", "重庆长安", "Acme GmbH"];
        let picks = names.into_iter().zip(1..);
        let picks = picks.map(|(name, id)| Pick::new(id, name, format!("C{id}")));
        Picker::new("客户", picks.collect()).at(&2)
    }

    #[test]
    fn a_title_has_room_for_how_many_were_found() {
        let mut picker = Picker::new(
            "文件 - 星河科技 · P-2031 数据中台 · 验收款 · ¥480,000.00",
            vec![Pick::new(1, "合同", "")],
        );
        let lines = drawn(100, 12, |frame| drop(picker.draw(frame, frame.area(), ui(Lang::Zh))));
        assert!(lines.join("\n").contains("¥480,000.00 1/1"), "{lines:?}");
    }

    #[test]
    fn typing_narrows_and_the_arrows_choose() {
        let mut picker = picker();
        assert_eq!(picker.chosen().unwrap().text, "华东水务");
        for c in "zq".chars() {
            picker.on_key(Key::Char(c));
        }
        assert_eq!(picker.chosen().unwrap().text, "重庆长安");
        picker.on_key(Key::Ctrl('u'));
        picker.on_action(Action::Down);
        picker.on_action(Action::Down);
        assert_eq!(picker.chosen().unwrap().value, 3);
        for c in "nobody".chars() {
            picker.on_key(Key::Char(c));
        }
        assert!(picker.chosen().is_none());
    }

    #[test]
    fn it_shows_what_was_found() {
        let mut picker = picker();
        picker.on_key(Key::Char('c'));
        picker.on_key(Key::Char('2'));
        let lines = drawn(44, 7, |frame| {
            picker.draw(frame, frame.area(), ui(Lang::Zh));
        });
        assert_eq!(
            lines,
            [
                "",
                "┌ 客户 1/4 ────────────────────────────────┐",
                "│ / c2                                     │",
                "│ ▸ 华东水务                            C2 │",
                "│                                          │",
                "└──────────────────────────────────────────┘",
                "",
            ]
        );
    }
}
