//! Open items through the filter language: facts of an item are judged only as far as a filter asks, and a name is
//! looked at once, however many items have it.

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

use super::data::Ledger;
use super::index::{Index, Looked};

/// The filter that was typed, read once for a text and a day. One that cannot be read leaves the last one in force.
#[derive(Default)]
pub struct Typed {
    read: Option<(String, NaiveDate)>,
    filter: Filter,
    problem: Option<String>,
}

impl Typed {
    /// Reads it, if it is another one.
    pub fn read(&mut self, text: &str, today: NaiveDate, lang: Lang) {
        if matches!(&self.read, Some((read, day)) if read == text && *day == today) {
            return;
        }
        self.read = Some((text.to_owned(), today));
        self.problem = None;
        match Filter::parse(text, today) {
            Ok(filter) => self.filter = filter,
            Err(error) => self.problem = Some(lang.filter_error(&error)),
        }
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
pub struct Sieve<'a> {
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
    looked: Option<Looked>,
    /// In items that are not in it.
    needle: Needle,
}

impl<'a> Sieve<'a> {
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
                sieve: self,
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
                looked: self.index.map(|index| Looked::new(typed, index)),
                needle: Needle::new(typed),
            });
            known.len() - 1
        });
        let Known { looked, needle, .. } = &mut known[which];
        let indexed = self
            .index
            .zip(looked.as_mut())
            .and_then(|(index, looked)| index.has((at, item.id), place, looked));
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
    sieve: &'a Sieve<'a>,
    flags: OnceCell<Vec<Flag>>,
}

impl Row<'_> {
    const fn today(&self) -> NaiveDate {
        self.sieve.book.today
    }
}

impl FilterRow for Row<'_> {
    fn texts(&self, place: Place) -> [Option<&str>; 2] {
        self.sieve.texts(self.item, place)
    }

    fn stage(&self) -> Stage {
        self.item.stage
    }

    fn status(&self) -> Status {
        status::status(self.item, self.today(), &self.sieve.book.policy)
    }

    fn waiting_on(&self) -> WaitingOn {
        status::waiting_on(self.item, self.today(), &self.sieve.book.policy)
    }

    fn step(&self) -> Option<u8> {
        dunning::next_step(self.item, self.today(), &self.sieve.book.policy).step
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
        let of = self.sieve;
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
        self.sieve.finds((self.at, self.item), place, typed)
    }
}
