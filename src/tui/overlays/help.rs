//! The sheet of keys: what works here, by purpose, in as many columns as there is room for, and what signs and colours
//! of the rows mean. Typing narrows it, Enter runs.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::status::Status;
use crate::error::Result;
use crate::text::width::{fit, left};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::format::status_style;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, KeyContext, Scope};
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::screen::Cx;
use crate::tui::theme::{HEAT, Ui};
use crate::tui::widgets::picker::{Pick, Picker};
use crate::tui::widgets::popup::popup;
use crate::tui::widgets::text::{Line, cells};
use crate::tui::widgets::{scroll, text};

/// Cells of a column at least, and of the gap between two.
const COLUMN: usize = 34;
const GAP: usize = 2;
/// Cells of a column in which nothing is cut.
const LINE: usize = 78;
/// Cells of the keys of a line.
const KEYS: usize = 12;

pub struct Help {
    keys: Picker<&'static Binding>,
    here: KeyContext,
    top: usize,
}

/// One line of the sheet.
enum Row<'a> {
    Blank,
    Title(&'static str),
    /// A key by its place among those that are found.
    Key(usize, &'a Pick<&'static Binding>),
    Sign(Line),
}

impl Help {
    /// The keys that work in these scopes, with what stands under the cursor.
    pub fn new(scopes: &[Scope], here: KeyContext, ui: Ui) -> Self {
        let mut all = ui.keymap.active(scopes);
        all.sort_by_key(|binding| binding.action.purpose());
        let row = |binding: &'static Binding| {
            Pick::new(binding, binding.action.help(ui.lang), binding.keys_text())
        };
        let keys = Picker::new(ui.lang.act_help(), all.into_iter().map(row).collect());
        Self { keys, here, top: 0 }
    }

    fn rows(&self, ui: Ui) -> Vec<Row<'_>> {
        let mut rows: Vec<Row<'_>> = Vec::new();
        let mut purpose = None;
        for (place, pick) in self.keys.found() {
            let of = pick.value.action.purpose();
            if purpose.replace(of) != Some(of) {
                rows.extend((!rows.is_empty()).then_some(Row::Blank));
                rows.push(Row::Title(of.title(ui.lang)));
            }
            rows.push(Row::Key(place, pick));
        }
        if !self.keys.is_narrowed() {
            rows.extend([Row::Blank, Row::Title(ui.lang.signs_title())]);
            rows.extend(signs(ui).into_iter().map(Row::Sign));
        }
        rows
    }

    fn draw_row(&self, frame: &mut Frame, area: Rect, row: &Row<'_>, ui: Ui) {
        let theme = ui.theme;
        let room = usize::from(area.width);
        let buffer = frame.buffer_mut();
        match row {
            Row::Blank => {}
            Row::Title(title) => {
                buffer.set_stringn(area.x, area.y, title, room, theme.title());
            }
            Row::Sign(line) => {
                text::lines(std::slice::from_ref(line), frame, Rect { height: 1, ..area });
            }
            Row::Key(place, pick) => {
                let able = (pick.value.enabled)(&self.here).is_ok();
                let (key, does) =
                    if able { (theme.key(), theme.text()) } else { (theme.dim(), theme.dim()) };
                buffer.set_stringn(area.x + 2, area.y, left(&pick.aside, KEYS), KEYS, key);
                let room = room.saturating_sub(KEYS + 3);
                let x = area.x + 3 + cells(KEYS);
                buffer.set_stringn(x, area.y, fit(&pick.text, room), room, does);
                if *place == self.keys.place() {
                    buffer.set_string(area.x, area.y, "▸", theme.key());
                    buffer.set_style(area, theme.selected());
                }
            }
        }
    }

    /// The whole of what the chosen key does, and why it cannot.
    fn draw_chosen(&self, frame: &mut Frame, area: Rect, ui: Ui) {
        let Some(pick) = self.keys.chosen() else {
            let none = ui.lang.nothing_found();
            frame.buffer_mut().set_string(area.x, area.y, none, ui.theme.dim());
            return;
        };
        let room = usize::from(area.width);
        let (x, _) = frame.buffer_mut().set_stringn(
            area.x,
            area.y,
            fit(&pick.text, room),
            room,
            ui.theme.text(),
        );
        if let Err(why) = (pick.value.enabled)(&self.here) {
            let room = usize::from(area.right().saturating_sub(x));
            let why = format!("  ! {}", why.text(ui.lang));
            frame.buffer_mut().set_stringn(x, area.y, fit(&why, room), room, ui.theme.warn());
        }
    }
}

/// What signs and colours of the rows mean.
fn signs(ui: Ui) -> Vec<Line> {
    let (lang, theme) = (ui.lang, ui.theme);
    let statuses = [
        Status::Overdue(0),
        Status::InGrace(0),
        Status::DueToday,
        Status::DueSoon(0),
        Status::Upcoming(0),
        Status::Slipping(0),
        Status::Planned,
        Status::Disputed,
        Status::OnHold,
        Status::Paid,
        Status::Settled,
        Status::Split,
        Status::WrittenOff,
    ];
    let status = |status: Status| {
        let text = format!("{} {}", lang.status_sign(status), lang.status(status.kind()));
        vec![(text, status_style(status, theme))]
    };
    let starts = std::iter::once(1).chain(HEAT.iter().map(|end| end + 1));
    let heat = starts.zip(HEAT.iter().copied().map(Some).chain([None])).map(|(from, to)| {
        let days = to.map_or_else(|| lang.heat_from(from), |to| lang.heat_between(from, to));
        vec![(format!("▇ {days}"), theme.heat(from))]
    });
    let marks = [
        vec![("▸ ".to_owned(), theme.key()), (lang.sign_cursor().to_owned(), theme.text())],
        vec![("▌ ".to_owned(), theme.marked()), (lang.sign_marked().to_owned(), theme.text())],
    ];
    statuses.into_iter().map(status).chain(heat).chain(marks).collect()
}

/// Parts the rows into columns of this height, and no title stands alone at the end of one.
fn columns(rows: Vec<Row<'_>>, height: usize) -> Vec<Vec<Row<'_>>> {
    let mut columns: Vec<Vec<Row<'_>>> = vec![Vec::new()];
    for row in rows {
        let used = columns.last().map_or(0, Vec::len);
        let alone = matches!(row, Row::Title(_)) && used + 1 == height;
        if used >= height || alone {
            columns.push(Vec::new());
        }
        if let Some(column) = columns.last_mut()
            && !(column.is_empty() && matches!(row, Row::Blank))
        {
            column.push(row);
        }
    }
    columns
}

impl Overlay for Help {
    fn scope(&self) -> Scope {
        Scope::Popup
    }

    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        let wide = usize::from(body.width.saturating_sub(4));
        let most = ((wide.saturating_sub(4) + GAP) / (COLUMN + GAP)).clamp(1, 4);
        let rows = self.rows(ui);
        let room = usize::from(body.height).saturating_sub(4).max(1);
        // The fewer stand beside each other, the less of them is cut.
        let most = columns(self.rows(ui), room).len().clamp(1, most);
        let wide = wide.min(most * (LINE + GAP) + 2);
        let heights = (rows.len() / most).max(1)..=rows.len();
        let fits = |height: &usize| columns(self.rows(ui), *height).len() <= most;
        let height = heights.into_iter().find(fits).unwrap_or(1);
        let columns = columns(rows, height);
        let shown = height.min(room);
        let at = columns.iter().find_map(|column| {
            let chosen =
                |row: &Row<'_>| matches!(row, Row::Key(place, _) if *place == self.keys.place());
            column.iter().position(chosen)
        });
        // Below the last key stand the signs.
        let is_last = self.keys.place() + 1 >= self.keys.found().count();
        let last = if is_last { height.saturating_sub(1) } else { self.top };
        let top = scroll::top(self.top, last, height, shown);
        let top = scroll::top(top, at.unwrap_or_default(), height, shown);
        let inside = popup(frame, body, (wide, shown + 4), ui.lang.act_help(), ui);
        self.keys.draw_typed(frame, Rect { height: 1, ..inside }, ui);
        let many = columns.len().max(1);
        let column = (usize::from(inside.width) + GAP) / many - GAP;
        let mut hits = Vec::new();
        for (number, rows) in columns.iter().enumerate() {
            let x = inside.x + cells(number * (column + GAP));
            for (row, y) in rows.iter().skip(top).zip(inside.y + 1..inside.bottom() - 1) {
                let area = Rect::new(x, y, cells(column), 1);
                self.draw_row(frame, area, row, ui);
                if let Row::Key(place, _) = row {
                    hits.push((area, *place));
                }
            }
        }
        self.draw_chosen(frame, Rect { y: inside.bottom() - 1, height: 1, ..inside }, ui);
        self.top = top;
        self.keys.seen(shown);
        hits
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Result<Reply> {
        Ok(match action {
            Action::Accept => match self.keys.chosen() {
                Some(pick) => Reply::Done(Effect::Run(pick.value)),
                None => Reply::Stay,
            },
            Action::Cancel => Reply::Close,
            other => {
                self.keys.on_action(other);
                Reply::Stay
            }
        })
    }

    fn typed(&mut self, key: Key, _: &mut Cx<'_>) -> Result<Reply> {
        self.keys.on_key(key);
        Ok(Reply::Stay)
    }

    fn paste(&mut self, text: &str) -> bool {
        self.keys.paste(text)
    }

    fn click(&mut self, place: usize, cx: &mut Cx<'_>) -> Result<Reply> {
        self.keys.select(place);
        self.act(Action::Accept, cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;
    use crate::tui::keymap::Keymap;
    use crate::tui::screens::TABS;
    use crate::tui::widgets::testing::ui;

    #[test]
    fn help_shows_every_key_of_the_view() {
        for tab in TABS {
            let scopes = (tab.open)().scopes();
            let help = Help::new(scopes, KeyContext::default(), ui(Lang::Zh));
            assert_eq!(help.keys.found().count(), Keymap::shipped().active(scopes).len());
        }
    }
}
