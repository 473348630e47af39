//! Open items through the filter language: facts of an item are judged only as far as a filter asks, and a name is
//! matches at once, however many items have it.

use std::cell::RefCell;

use chrono::NaiveDate;

use crate::domain::ids::{IdSet, MilestoneId};
use crate::domain::item::Item;
use crate::portfolio::Portfolio;
use crate::report::desk::Desks;
use crate::report::filter::{Filter, FilterRow, TextField};
use crate::report::list::{BucketLabels, ListRow};
use crate::text::Lang;
use crate::text::find::Needle;

use super::index::{Index, TextMatches};
use super::ledger::Ledger;
use super::memo::Memo;

/// The filter that was typed, read once for a text. One that cannot be read leaves the last one in force.
#[derive(Default)]
pub struct FilterInput {
    filter: Filter,
    /// By the text and the version of the ledger: with that change day and kept filters.
    problem: Memo<(String, u64), Option<String>>,
}

impl FilterInput {
    /// Reads it, if it is another one.
    pub fn read(&mut self, text: &str, ledger: &Ledger, lang: Lang) {
        self.problem.refresh((text.to_owned(), ledger.version()), || match ledger.filter(text) {
            Ok(filter) => {
                self.filter = filter;
                None
            }
            Err(error) => Some(lang.filter_error(&error)),
        });
    }

    pub const fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Why the last text is no filter.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }
}

/// A filter at work on a portfolio.
pub struct ItemFilter<'a> {
    pub portfolio: &'a Portfolio,
    index: Option<&'a Index>,
    filter: &'a Filter,
    /// Whose desks it has to be on, if that is asked for.
    desks: Option<Desks<'a>>,
    labels: BucketLabels,
    known: RefCell<Vec<Known>>,
}

/// What one text finds in one place.
struct Known {
    place: TextField,
    typed: String,
    /// In the index, if there is one.
    matches: Option<TextMatches>,
    /// In items that are not in it.
    needle: Needle,
}

impl<'a> ItemFilter<'a> {
    /// The items of this ledger that pass this filter.
    pub fn new(ledger: &'a Ledger, filter: &'a Filter) -> Self {
        Self {
            portfolio: &ledger.portfolio,
            index: ledger.index().1.map(AsRef::as_ref),
            filter,
            desks: None,
            labels: BucketLabels::new(ledger.portfolio.policy.buckets()),
            known: RefCell::default(),
        }
    }

    /// The same that are on these desks.
    #[must_use]
    pub fn on_desks(self, desks: Option<Desks<'a>>) -> Self {
        Self { desks, ..self }
    }

    /// The items of a day, if they were read: there is no index of the names of a past one.
    pub fn on(day: NaiveDate, ledger: &'a Ledger, filter: &'a Filter) -> Option<Self> {
        let today = Self::new(ledger, filter);
        if day == ledger.today() {
            return Some(today);
        }
        let portfolio = ledger.day(day, filter)?;
        Some(Self { portfolio, index: None, ..today })
    }

    pub fn is_open(&self) -> bool {
        self.filter.is_empty() && self.desks.is_none()
    }

    /// The items that pass, by id.
    pub fn passing(&self) -> impl Iterator<Item = &'a Item> {
        let portfolio = self.portfolio;
        let items = portfolio.items().iter().enumerate();
        items.filter(|(at, item)| self.passes(*at, item)).map(|(_, item)| item)
    }

    /// Their ids, if not all pass: to go through the items once costs less than to look each up.
    pub fn ids(&self) -> Option<IdSet<MilestoneId>> {
        (!self.is_open()).then(|| self.passing().map(|item| item.id).collect())
    }

    /// Whether an item passes; `at` is its place in the portfolio, if it has one.
    pub fn passes(&self, at: usize, item: &Item) -> bool {
        let row = ListRow::new(self.portfolio, item, &self.labels);
        let finds = |field, typed: &str| self.finds((at, item), field, typed);
        self.desks.as_ref().is_none_or(|desks| desks.have(item, None))
            && (self.filter.is_empty() || self.filter.matches_with(&row, finds))
    }

    fn finds(&self, (at, item): (usize, &Item), place: TextField, typed: &str) -> bool {
        let mut known = self.known.borrow_mut();
        let same = |known: &Known| known.place == place && known.typed == typed;
        let which = known.iter().position(same).unwrap_or_else(|| {
            known.push(Known {
                place,
                typed: typed.to_owned(),
                matches: self.index.map(|index| TextMatches::new(typed, index)),
                needle: Needle::new(typed),
            });
            known.len() - 1
        });
        let Known { matches, needle, .. } = &mut known[which];
        let indexed = self
            .index
            .zip(matches.as_mut())
            .and_then(|(index, matches)| index.has((at, item.id), place, matches));
        indexed.unwrap_or_else(|| {
            let row = ListRow::new(self.portfolio, item, &self.labels);
            let texts = row.texts(place).into_iter().flatten();
            texts.into_iter().any(|text| needle.matches(text))
        })
    }
}
