//! What a customer has paid, or was let off: its closed milestones, those closed last first.

use std::borrow::Cow;

use super::{columns, item_cells};
use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::item::Item;
use crate::error::Result;
use crate::store::Reader;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{Memo, in_order};
use crate::tui::format;
use crate::tui::keymap::{RowKind, Scope};
use crate::tui::list_screen::{ListScreen, Source, select};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::screens::page;
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::list::{Cell, Column};

/// Within the view this action opens.
pub fn open(id: CustomerId, tab: Action) -> Box<dyn Screen> {
    Box::new(ListScreen::new(tab, Closed { id, items: Memo::default(), shown: Memo::default() }))
}

struct Closed {
    id: CustomerId,
    items: Memo<u64, Vec<Item>>,
    /// Places of those that are shown.
    shown: Memo<(u64, String), Vec<usize>>,
}

/// As everything recorded has them.
fn read(id: CustomerId, store: &Reader) -> Result<Vec<Item>> {
    let ids = store.closed_of(id)?;
    let facts = store.facts_of(&ids)?;
    let item = |facts| as_of::item(facts, as_of::LATEST, Calendar::china());
    Ok(in_order(&ids, facts.iter().filter_map(item).collect(), |item| item.id))
}

impl Closed {
    fn row(&self, at: usize) -> Option<&Item> {
        self.items.get(*self.shown.get(at)?)
    }
}

impl Source for Closed {
    const FILTERED: bool = false;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        columns(cx)
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let version = cx.ledger.version();
        if self.items.try_refresh(version, || read(self.id, &cx.ledger.store))? {
            cx.ledger.name_items(&self.items)?;
        }
        let (items, names) = (&self.items, &cx.ledger.portfolio.names);
        self.shown.refresh((version, view.find.clone()), || {
            let needle = Needle::new(&view.find);
            let found = |item: &Item| {
                let text = [format::project(item, names), format::milestone(item, names)];
                needle.is_empty() || needle.matches(&text.join(" "))
            };
            let shown = items.iter().enumerate().filter(|(_, item)| found(item));
            shown.map(|(at, _)| at).collect()
        });
        Ok(())
    }

    fn count(&self) -> usize {
        self.shown.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.row(at).map(|item| RowKey::Milestone(item.id))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        self.row(at).map_or_else(Vec::new, |item| item_cells(item, cx))
    }

    fn item<'a>(&'a self, id: MilestoneId, _: &'a Cx<'_>) -> Option<&'a Item> {
        self.items.iter().find(|item| item.id == id)
    }

    fn selection(&self, at: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let selected = select(self, at, milestones, cx);
        let row = selected.row.unwrap_or(RowKind::Customer);
        Selection { row: Some(row), customer: Some(self.id), ..selected }
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        cx.ui.lang.closed_items().to_owned()
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        let lang = cx.ui.lang;
        if view.is_narrowed() { lang.nothing_found().into() } else { lang.nothing_closed().into() }
    }

    fn scopes(&self) -> &'static [Scope] {
        page::SCOPES
    }
}
