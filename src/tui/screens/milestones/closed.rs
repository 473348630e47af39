//! Closed milestones, read a page at a time as the list gets to them.

use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::error::Result;
use crate::report::filter::Filter;
use crate::store::{Page, Reader};
use crate::tui::data::{ItemFilter, Ledger, Lens, in_order};
use crate::tui::screen::ListView;

const PAGE: u32 = 200;
/// Pages looked through at one key for what passes a filter.
const PAGES: u32 = 3;

/// What they are read for.
#[derive(PartialEq, Eq)]
struct Key {
    version: u64,
    filter: Filter,
    find: String,
    lens: Lens,
}

/// Those read so far, closed last first.
#[derive(Default)]
pub struct Closed {
    /// None if they are not wanted.
    key: Option<Key>,
    items: Vec<Item>,
    offset: u32,
    done: bool,
}

impl Closed {
    /// Forgets everything if it is not wanted, or was read for something else.
    pub fn keep(&mut self, view: &ListView, ledger: &Ledger) {
        let key = || Key {
            version: ledger.version(),
            filter: view.input.filter().clone(),
            find: view.find.clone(),
            lens: ledger.lens.clone(),
        };
        let key = view.more.then(key);
        if self.key != key {
            *self = Self { key, ..Self::default() };
        }
    }

    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Reads on until there are so many, or a few pages were looked through.
    pub fn read(&mut self, wanted: usize, ledger: &mut Ledger) -> Result<()> {
        let Some(key) = &self.key else {
            return Ok(());
        };
        let known = self.items.len();
        let desks = key.lens.desks(&ledger.portfolio);
        let filter = ItemFilter::new(ledger, &key.filter).on_desks(desks);
        for _ in 0..PAGES {
            if self.done || self.items.len() >= wanted {
                break;
            }
            let page = Page { offset: self.offset, limit: PAGE, search: &key.find };
            let page = ledger.store.closed_page(page)?;
            self.offset += PAGE;
            self.done = page.len() < PAGE as usize;
            let ids: Vec<MilestoneId> = page.iter().map(|row| row.id).collect();
            let items = in_order(&ids, items(&ids, &ledger.store)?, |item| item.id);
            let passing = items.into_iter().filter(|item| filter.passes(usize::MAX, item));
            self.items.extend(passing);
        }
        drop(filter);
        ledger.name_items(self.items.get(known..).unwrap_or_default())
    }
}

/// Milestones as everything recorded has them, whatever is open.
fn items(ids: &[MilestoneId], store: &Reader) -> Result<Vec<Item>> {
    let facts = store.facts_of(ids)?;
    let item = |facts| as_of::item(facts, as_of::LATEST, Calendar::china());
    Ok(facts.iter().filter_map(item).collect())
}
