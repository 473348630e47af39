//! Closed milestones, read a page at a time as the list gets to them.

use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::error::Result;
use crate::store::{Page, Reader};
use crate::tui::data::ItemFilter;
use crate::tui::screen::ListView;

const PAGE: u32 = 200;
/// Pages looked through at one key for what passes a filter.
const PAGES: u32 = 3;

/// What they are read for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Key {
    version: u64,
    filter: String,
    find: String,
}

/// Those read so far, closed last first.
#[derive(Default)]
pub struct Closed {
    key: Option<Key>,
    items: Vec<Item>,
    offset: u32,
    done: bool,
}

impl Closed {
    /// Forgets everything if it is not wanted, or was read for something else.
    pub fn keep(&mut self, view: &ListView, version: u64) {
        let key = view.more.then(|| Key {
            version,
            filter: view.filter.clone(),
            find: view.find.clone(),
        });
        if self.key != key {
            *self = Self { key, ..Self::default() };
        }
    }

    pub const fn wanted(&self) -> bool {
        self.key.is_some()
    }

    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Reads on until there are so many, or a few pages were looked through.
    pub fn read(
        &mut self,
        wanted: usize,
        store: &Reader,
        filter: &ItemFilter<'_>,
    ) -> Result<Vec<Item>> {
        let mut fresh = Vec::new();
        let search = self.key.as_ref().map_or("", |key| &key.find);
        for _ in 0..PAGES {
            if self.done || self.items.len() + fresh.len() >= wanted {
                break;
            }
            let page = store.closed_page(Page { offset: self.offset, limit: PAGE, search })?;
            self.offset += PAGE;
            self.done = page.len() < PAGE as usize;
            let ids: Vec<MilestoneId> = page.iter().map(|row| row.id).collect();
            let mut items = items(&ids, store)?;
            let place = |item: &Item| ids.iter().position(|id| *id == item.id);
            items.sort_by_key(place);
            let passing = items.into_iter();
            fresh.extend(passing.filter(|item| filter.passes(usize::MAX, item)));
        }
        Ok(fresh)
    }

    pub fn add(&mut self, fresh: Vec<Item>) {
        self.items.extend(fresh);
    }
}

/// Milestones as everything recorded has them, whatever is open.
fn items(ids: &[MilestoneId], store: &Reader) -> Result<Vec<Item>> {
    let facts = store.facts_of(ids)?;
    let item = |facts| as_of::item(facts, as_of::LATEST, Calendar::china());
    Ok(facts.iter().filter_map(item).collect())
}
