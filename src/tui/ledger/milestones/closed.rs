//! Closed milestones, read a page at a time as the list gets to them.

use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::error::Result;
use crate::store::{Page, Reader};

use super::super::sieve::Sieve;

const PAGE: u32 = 200;
/// Pages looked through at one key for what passes a filter.
const PAGES: u32 = 3;

/// Those read so far, closed last first.
#[derive(Default)]
pub struct Closed {
    made: Option<(u64, String, String)>,
    items: Vec<Item>,
    offset: u32,
    done: bool,
}

impl Closed {
    /// Forgets everything if it is not wanted, or was made of something else: version, filter, search.
    pub fn keep(&mut self, wanted: bool, (version, filter, find): (u64, &str, &str)) {
        let same = self
            .made
            .as_ref()
            .is_some_and(|(v, f, s)| (*v, f.as_str(), s.as_str()) == (version, filter, find));
        if !wanted || !same {
            *self = Self {
                made: Some((version, filter.to_owned(), find.to_owned())),
                ..Self::default()
            };
        }
    }

    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Reads on until there are so many, or a few pages were looked through.
    pub fn read(
        &mut self,
        wanted: usize,
        find: &str,
        store: &Reader,
        sieve: &Sieve,
    ) -> Result<Vec<Item>> {
        let mut fresh = Vec::new();
        for _ in 0..PAGES {
            if self.done || self.items.len() + fresh.len() >= wanted {
                break;
            }
            let page = store.closed_page(Page {
                offset: self.offset,
                limit: PAGE,
                search: find,
            })?;
            self.offset += PAGE;
            self.done = page.len() < PAGE as usize;
            let ids: Vec<MilestoneId> = page.iter().map(|row| row.id).collect();
            let mut items = items(&ids, store)?;
            let place = |item: &Item| ids.iter().position(|id| *id == item.id);
            items.sort_by_key(place);
            fresh.extend(
                items
                    .into_iter()
                    .filter(|item| sieve.passes(usize::MAX, item)),
            );
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
