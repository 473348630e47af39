//! The page of a customer, project or milestone: tabs, each a screen of its own that is made when it is first shown.
//!
//! ```text
//!   计划 5   条件 3   文件 2   事项 1   记事 4   经过
//! +- P-2031 数据中台  文件 ---------------------------------+
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Reading;
use super::entries::{self, Entry};
use crate::domain::about::About;
use crate::error::Result;
use crate::exchange::out::Report;
use crate::store::AboutCounts;
use crate::text::Lang;
use crate::text::width::width;
use crate::tui::action::Action;
use crate::tui::data::Memo;
use crate::tui::effect::Effect;
use crate::tui::keymap::Scope;
use crate::tui::screen::{AgingChoice, Cx, Hits, ListView, Pane, Screen, Spot};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::theme::Ui;
use crate::tui::widgets::text::cells;

/// The keys of what stands on a tab.
pub const SCOPES: &[Scope] = &[Scope::Page, Scope::Item, Scope::List, Scope::Global];

/// A tab of the page of what such an id names.
pub struct Tab<I> {
    pub title: fn(Lang) -> &'static str,
    /// How many rows stand on it, where that is known without reading them.
    pub count: Option<fn(&AboutCounts) -> u32>,
    /// Within the view this action opens.
    pub open: fn(I, Action) -> Box<dyn Screen>,
}

impl<I: Into<About>> Tab<I> {
    /// One that lists entries.
    pub const fn of<E: Entry>() -> Self {
        Self {
            title: E::tab,
            count: E::COUNT,
            open: |id, view| entries::open::<E>(id.into(), view),
        }
    }
}

pub struct Page<I: 'static> {
    id: I,
    view: Action,
    tabs: &'static [Tab<I>],
    /// The one that is shown, and its place.
    screen: Box<dyn Screen>,
    at: usize,
    /// The others that were shown, each at its place.
    left: Vec<Option<Box<dyn Screen>>>,
    counts: Memo<u64, AboutCounts>,
}

impl<I: Into<About> + Copy + 'static> Page<I> {
    /// At its first tab.
    pub fn open<const N: usize>(
        id: I,
        view: Action,
        tabs: &'static [Tab<I>; N],
    ) -> Box<dyn Screen> {
        const { assert!(N > 0) }
        let screen = (tabs[0].open)(id, view);
        let left = tabs.iter().map(|_| None).collect();
        Box::new(Self { id, view, tabs, screen, at: 0, left, counts: Memo::default() })
    }

    fn choose(&mut self, at: usize) {
        let Some(tab) = self.tabs.get(at).filter(|_| at != self.at) else {
            return;
        };
        let next = self.left.get_mut(at).and_then(Option::take);
        let next = next.unwrap_or_else(|| (tab.open)(self.id, self.view));
        let left = std::mem::replace(&mut self.screen, next);
        if let Some(place) = self.left.get_mut(self.at) {
            *place = Some(left);
        }
        self.at = at;
    }

    /// The tab so many places on, round and round.
    fn turn(&mut self, by: usize) {
        let many = self.tabs.len().max(1);
        self.choose((self.at + by) % many);
    }

    /// What stands for each tab; where there is no room for all, how many rows there are is said of the one that is shown.
    fn titles(&self, room: usize, ui: Ui) -> Vec<String> {
        let title = |(at, tab): (usize, &Tab<I>), counted: bool| {
            let title = (tab.title)(ui.lang);
            let count = tab.count.filter(|_| counted || at == self.at);
            count.map_or_else(
                || format!(" {title} "),
                |count| format!(" {title} {} ", count(&self.counts)),
            )
        };
        let all = |counted| -> Vec<String> {
            self.tabs.iter().enumerate().map(|tab| title(tab, counted)).collect()
        };
        let counted = all(true);
        let wide: usize = counted.iter().map(|title| width(title)).sum();
        if wide <= room { counted } else { all(false) }
    }

    /// Draws the tabs into one row, and returns where each can be clicked.
    fn draw_tabs(&self, frame: &mut Frame, area: Rect, ui: Ui) -> Hits {
        let mut left = usize::from(area.width).saturating_sub(1);
        let mut x = area.x + 1;
        let mut hits = Hits::new();
        for (at, title) in self.titles(left, ui).iter().enumerate() {
            let wide = width(title);
            if wide > left {
                break;
            }
            let style = if at == self.at {
                ui.theme.selected().patch(ui.theme.strong())
            } else {
                ui.theme.text()
            };
            frame.buffer_mut().set_string(x, area.y, title, style);
            hits.push((Rect::new(x, area.y, cells(wide), 1), Spot::Tab(at)));
            x += cells(wide);
            left -= wide;
        }
        hits
    }
}

impl<I: Into<About> + Copy + 'static> Screen for Page<I> {
    fn tab(&self) -> Action {
        self.view
    }

    fn scopes(&self) -> &'static [Scope] {
        self.screen.scopes()
    }

    fn refresh(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let ledger = &*cx.ledger;
        let read = || ledger.store.counts_about(self.id.into(), ledger.today());
        self.counts.try_refresh(ledger.version(), read)?;
        self.screen.refresh(cx)
    }

    fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &mut Cx<'_>) -> Result<Hits> {
        let bar = Rect { height: area.height.min(1), ..area };
        let rest = Rect { y: area.y + bar.height, height: area.height - bar.height, ..area };
        let mut hits = self.draw_tabs(frame, bar, cx.ui);
        hits.extend(self.screen.draw(frame, rest, cx)?);
        Ok(hits)
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Option<Effect>> {
        match action {
            Action::TabOn => self.turn(1),
            Action::TabBack => self.turn(self.tabs.len().saturating_sub(1)),
            _ => return self.screen.act(action, cx),
        }
        Ok(Some(Effect::None))
    }

    fn before_write(&mut self, cx: &Cx<'_>) {
        self.screen.before_write(cx);
    }

    fn selection(&self, cx: &Cx<'_>) -> Selection {
        self.screen.selection(cx)
    }

    fn summary(&self, cx: &Cx<'_>) -> Option<String> {
        self.screen.summary(cx)
    }

    fn report(&self, cx: &Cx<'_>) -> Result<Option<Box<dyn Report>>> {
        self.screen.report(cx)
    }

    fn list(&mut self) -> Option<&mut ListView> {
        self.screen.list()
    }

    fn choose(&mut self, key: RowKey, column: usize, cx: &Cx<'_>) -> bool {
        self.screen.choose(key, column, cx)
    }

    fn back(&mut self) -> bool {
        self.screen.back()
    }

    fn reset(&mut self) {
        Self::choose(self, 0);
        self.screen.reset();
    }

    fn has_panes(&self) -> bool {
        self.screen.has_panes()
    }

    fn focus(&mut self, pane: Pane) {
        self.screen.focus(pane);
    }

    fn show(&mut self, tab: usize) {
        Self::choose(self, tab);
    }

    fn wheel(&mut self, pane: Pane, rows: i32, cx: &mut Cx<'_>) -> Result<()> {
        self.screen.wheel(pane, rows, cx)
    }

    fn scroll_to(&mut self, part: u16, whole: u16, cx: &Cx<'_>) {
        self.screen.scroll_to(part, whole, cx);
    }

    fn is_filtered(&self) -> bool {
        self.screen.is_filtered()
    }

    fn age(&mut self, choice: AgingChoice) {
        self.screen.age(choice);
    }

    fn read_as(&mut self, reading: Reading, cx: &mut Cx<'_>) -> Result<Option<String>> {
        self.screen.read_as(reading, cx)
    }

    fn is_past(&self, cx: &Cx<'_>) -> bool {
        self.screen.is_past(cx)
    }
}
