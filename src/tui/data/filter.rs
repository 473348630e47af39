//! Open items through the filter language: facts of an item are judged only as far as a filter asks, and a name is
//! matches at once, however many items have it.

use std::cell::{OnceCell, RefCell};

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::aging::{Buckets, Place as Bucket};
use crate::domain::dunning;
use crate::domain::item::Item;
use crate::domain::kinds::{Flag, Stage, WaitingOn};
use crate::domain::status::{self, Status};
use crate::portfolio::Portfolio;
use crate::report::filter::{Filter, FilterRow, Place};
use crate::report::list;
use crate::text::Lang;
use crate::text::find::Needle;

use super::index::{Index, TextMatches};
use super::ledger::Ledger;
use super::memo::Memo;

/// The filter that was typed, read once for a text and a day. One that cannot be read leaves the last one in force.
#[derive(Default)]
pub struct FilterInput {
    filter: Filter,
    problem: Memo<(String, NaiveDate), Option<String>>,
}

impl FilterInput {
    /// Reads it, if it is another one.
    pub fn read(&mut self, text: &str, today: NaiveDate, lang: Lang) {
        self.problem.refresh((text.to_owned(), today), || {
            match Filter::parse(text, today) {
                Ok(filter) => {
                    self.filter = filter;
                    None
                }
                Err(error) => Some(lang.filter_error(&error)),
            }
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

/// A filter at work on a book.
pub struct ItemFilter<'a> {
    book: &'a Portfolio,
    index: Option<&'a Index>,
    filter: &'a Filter,
    buckets: Buckets,
    labels: Vec<String>,
    known: RefCell<Vec<Known>>,
}

/// What one text finds in one place.
struct Known {
    place: Place,
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
            index: ledger.index().1.map(AsRef::as_ref),
            ..Self::of(&ledger.book, filter)
        }
    }

    /// The items of the book of another day: there is no index of its names.
    pub fn of(book: &'a Portfolio, filter: &'a Filter) -> Self {
        let buckets = Buckets::default();
        Self {
            book,
            index: None,
            filter,
            labels: buckets.labels(),
            buckets,
            known: RefCell::default(),
        }
    }

    pub fn is_open(&self) -> bool {
        self.filter.is_empty()
    }

    /// The items that pass, by id.
    pub fn passing(&self) -> impl Iterator<Item = &'a Item> {
        let book = self.book;
        let items = book.items().iter().enumerate();
        items
            .filter(|(at, item)| self.passes(*at, item))
            .map(|(_, item)| item)
    }

    /// Whether an item passes; `at` is its place in the book, if it has one.
    pub fn passes(&self, at: usize, item: &Item) -> bool {
        self.filter.is_empty()
            || self.filter.matches(&Row {
                at,
                item,
                of: self,
                flags: OnceCell::new(),
            })
    }

    fn finds(&self, (at, item): (usize, &Item), place: Place, typed: &str) -> bool {
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
        let Known {
            matches, needle, ..
        } = &mut known[which];
        let indexed = self
            .index
            .zip(matches.as_mut())
            .and_then(|(index, matches)| index.has((at, item.id), place, matches));
        indexed.unwrap_or_else(|| {
            let texts = self.texts(item, place);
            texts.into_iter().flatten().any(|text| needle.matches(text))
        })
    }

    fn texts(&self, item: &Item, place: Place) -> [Option<&str>; 2] {
        let names = &self.book.names;
        let name = match place {
            Place::Customer => names.customer(item.customer),
            Place::Project => names.project(item.project),
            Place::Milestone => names.milestone(item.id),
            Place::Pm => return [item.manager.map(|id| names.person(id)), None],
        };
        let code = Some(&*name.code).filter(|code| !code.is_empty());
        [code, Some(&name.name)]
    }
}

/// One item as a filter sees it.
struct Row<'a> {
    at: usize,
    item: &'a Item,
    of: &'a ItemFilter<'a>,
    flags: OnceCell<Vec<Flag>>,
}

impl Row<'_> {
    const fn today(&self) -> NaiveDate {
        self.of.book.today
    }
}

impl FilterRow for Row<'_> {
    fn texts(&self, place: Place) -> [Option<&str>; 2] {
        self.of.texts(self.item, place)
    }

    fn stage(&self) -> Stage {
        self.item.stage
    }

    fn status(&self) -> Status {
        status::status(self.item, self.today(), &self.of.book.policy)
    }

    fn waiting_on(&self) -> WaitingOn {
        status::waiting_on(self.item, self.today(), &self.of.book.policy)
    }

    fn step(&self) -> Option<u8> {
        dunning::next_step(self.item, self.today(), &self.of.book.policy).step
    }

    fn currency(&self) -> Currency {
        self.item.currency
    }

    fn due(&self) -> Option<NaiveDate> {
        self.item.due
    }

    fn days_late(&self) -> i64 {
        if self.item.balance > 0 {
            self.item.days_late(self.today())
        } else {
            0
        }
    }

    fn balance(&self) -> i64 {
        self.item.balance
    }

    fn amount(&self) -> i64 {
        self.item.amount
    }

    fn bucket(&self) -> Option<&str> {
        let of = self.of;
        match of.buckets.place(self.item, self.today())? {
            Bucket::Bucket(at) => of.labels.get(at).map(String::as_str),
            Bucket::RetentionNotDue => Some(list::RETENTION_NOT_DUE),
        }
    }

    fn flags(&self) -> &[Flag] {
        self.flags
            .get_or_init(|| status::flags(self.item, self.today()))
    }

    fn finds(&self, place: Place, typed: &str) -> bool {
        self.of.finds((self.at, self.item), place, typed)
    }
}
