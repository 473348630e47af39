//! The filter language of the milestone list, on the screen and on the command line alike:
//! `overdue pm:王敏 balance>100k stage:final due<2026-12-01`.
//!
//! Terms are AND, `,` inside a value is OR, `-` before a term negates, quotes keep spaces. A bare word is a status or a
//! flag, or else a search; `@name` stands for a filter that was kept. A filter is parsed once against a day, so that `due<fri` means one day, and knows nothing of
//! where its rows come from: they implement [`FilterRow`].

mod complete;
mod parse;
mod todos;
mod vocabulary;
mod write;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use iso_currency::Currency;
use rust_decimal::Decimal;

use crate::domain::kinds::{Cause, Flag, Grade, NoteKind, PaperKind, Stage, WaitingOn};
use crate::domain::money::exponent;
use crate::domain::normalize::normalize;
use crate::domain::status::{Status, StatusKind};
use crate::portfolio::{Asked, Noted};

pub use complete::{Begun, Place};
pub use todos::{TodoField, TodoFilter};
pub use vocabulary::{FilterField, PapersState, TextField};
pub use write::quoted;

/// One milestone as a filter sees it. Amounts are minor units of [`FilterRow::currency`].
pub trait FilterRow {
    /// Code and name of the customer or project, key and name of the milestone, name of the manager; what is missing or
    /// not loaded is `None`. Asked for only where [`Filter::needs_names`].
    fn texts(&self, field: TextField) -> [Option<&str>; 2];
    /// What the money is for.
    fn stage(&self) -> Stage;
    /// Its status on the day of the list.
    fn status(&self) -> Status;
    fn waiting_on(&self) -> WaitingOn;
    /// The next step of the ladder.
    fn step(&self) -> Option<u8>;
    fn currency(&self) -> Currency;
    /// Due date in force, firm or expected.
    fn due(&self) -> Option<NaiveDate>;
    /// Calendar days past a firm due date, never negative.
    fn days_late(&self) -> i64;
    fn balance(&self) -> i64;
    fn amount(&self) -> i64;
    /// Label of its aging bucket, if it is a receivable.
    fn bucket(&self) -> Option<&str>;
    /// What stands beside the status.
    fn flags(&self) -> &[Flag];
    /// How many promises were broken.
    fn broken(&self) -> i64;
    /// Days without a contact, of what is past a firm due date.
    fn silent(&self) -> Option<i64>;
    /// Credit grade of the customer.
    fn grade(&self) -> Option<Grade>;
    /// Why it is not paid, as it was said last. This and what follows is known where [`Filter::asked`] was read.
    fn cause(&self) -> Option<Cause>;
    /// Percent of the contract by which the work is ahead of the money.
    fn ahead(&self) -> Option<i64>;
    /// How content the customer was last, 0 to 10.
    fn satisfaction(&self) -> Option<i64>;
    /// Whether a note about it, its project or its customer says so.
    fn is_noted(&self, noted: &Noted) -> bool;
    /// Whether the papers its next step wants are on file; none without a next step.
    fn papers(&self) -> Option<PapersState>;
    /// The kinds of the papers about it, its project or its customer.
    fn paper_kinds(&self) -> Vec<PaperKind>;
}

/// Whether the text typed (half-width lower case) stands in any text of a field.
fn contains(row: &impl FilterRow, field: TextField, typed: &str) -> bool {
    let texts = row.texts(field).into_iter().flatten();
    texts.map(normalize).any(|text| text.contains(typed))
}

/// Filters by the names they are kept under: `@name` stands for one.
pub type Saved = BTreeMap<String, String>;

/// Which milestones to show; the default shows all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    terms: Vec<Term>,
}

/// One condition; all of a filter's have to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    negated: bool,
    test: Test,
}

/// What a term asks; of several values one has to fit. Texts are half-width lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Words(Vec<Word>),
    /// Found there, or the very code or name.
    Text {
        field: TextField,
        whole: bool,
        any: Vec<String>,
    },
    Stage(Vec<Stage>),
    Status(Vec<StatusKind>),
    WaitingOn(Vec<WaitingOn>),
    Currency(Vec<Currency>),
    Flag(Vec<Flag>),
    Bucket(Vec<Option<String>>),
    Step(Op, Vec<Option<u8>>),
    Due(Op, Vec<Option<NaiveDate>>),
    Late(Op, Vec<i64>),
    /// In major units of each row's own currency.
    Balance(Op, Vec<Decimal>),
    Amount(Op, Vec<Decimal>),
    Broken(Op, Vec<i64>),
    Silent(Op, Vec<Option<i64>>),
    Grade(Vec<Option<Grade>>),
    Cause(Vec<Option<Cause>>),
    /// In percent.
    Ahead(Op, Vec<Option<i64>>),
    Satisfaction(Op, Vec<Option<i64>>),
    /// In notes, or in those of one kind.
    Note(Option<NoteKind>, Vec<String>),
    Papers(Vec<Option<PapersState>>),
    /// On file, or nothing is.
    Paper(Vec<Option<PaperKind>>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    Status(StatusKind),
    Flag(Flag),
    Search(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Op {
    Equal,
    More,
    Less,
    AtLeast,
    AtMost,
}

impl Op {
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::More => ordering.is_gt(),
            Self::Less => ordering.is_lt(),
            Self::AtLeast => ordering.is_ge(),
            Self::AtMost => ordering.is_le(),
        }
    }

    fn any<T: Ord>(self, found: &T, values: &[T]) -> bool {
        values.iter().any(|value| self.holds(found.cmp(value)))
    }

    /// Nothing equals nothing, and is neither more nor less than anything.
    fn any_of<T: Ord + Copy>(self, found: Option<T>, values: &[Option<T>]) -> bool {
        values.iter().any(|value| match (found, *value) {
            (Some(found), Some(value)) => self.holds(found.cmp(&value)),
            (None, None) => self.holds(Ordering::Equal),
            _ => false,
        })
    }
}

impl Filter {
    /// Whether a row is shown.
    pub fn matches(&self, row: &impl FilterRow) -> bool {
        self.matches_with(row, |field, typed| contains(row, field, typed))
    }

    /// The same where somebody knows better whether the text typed is found in a field, as a search by pinyin does.
    pub fn matches_with(
        &self,
        row: &impl FilterRow,
        finds: impl Fn(TextField, &str) -> bool,
    ) -> bool {
        let holds = |term: &Term| term.test.holds(row, &finds) != term.negated;
        self.terms.iter().all(holds)
    }

    /// Whether it shows all rows.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether any term looks at codes or names, so that a large ledger can be filtered without loading them.
    pub fn needs_names(&self) -> bool {
        self.terms.iter().any(|term| match &term.test {
            Test::Text { .. } => true,
            Test::Words(any) => any.iter().any(|word| matches!(word, Word::Search(_))),
            Test::Stage(_)
            | Test::Status(_)
            | Test::WaitingOn(_)
            | Test::Currency(_)
            | Test::Flag(_)
            | Test::Bucket(_)
            | Test::Step(..)
            | Test::Due(..)
            | Test::Late(..)
            | Test::Balance(..)
            | Test::Amount(..)
            | Test::Broken(..)
            | Test::Silent(..)
            | Test::Grade(_)
            | Test::Cause(_)
            | Test::Ahead(..)
            | Test::Satisfaction(..)
            | Test::Papers(_)
            | Test::Paper(_)
            | Test::Note(..) => false,
        })
    }

    /// What has to be read beside the items, as other rows of the ledger have it.
    pub fn asked(&self) -> Asked {
        let mut asked = Asked::default();
        for term in &self.terms {
            match &term.test {
                Test::Cause(_) => asked.causes = true,
                Test::Ahead(..) => asked.ahead = true,
                Test::Satisfaction(..) => asked.satisfaction = true,
                Test::Papers(_) | Test::Paper(_) => asked.papers = true,
                Test::Note(kind, any) => {
                    asked.notes.extend(any.iter().map(|text| Noted::new(*kind, text)));
                }
                Test::Words(_)
                | Test::Text { .. }
                | Test::Stage(_)
                | Test::Status(_)
                | Test::WaitingOn(_)
                | Test::Currency(_)
                | Test::Flag(_)
                | Test::Bucket(_)
                | Test::Step(..)
                | Test::Due(..)
                | Test::Late(..)
                | Test::Balance(..)
                | Test::Amount(..)
                | Test::Broken(..)
                | Test::Silent(..)
                | Test::Grade(_) => {}
            }
        }
        asked
    }
}

impl Test {
    fn holds(&self, row: &impl FilterRow, finds: &impl Fn(TextField, &str) -> bool) -> bool {
        let major = |minor| Decimal::new(minor, exponent(row.currency()));
        match self {
            Self::Words(any) => any.iter().any(|word| word.holds(row, finds)),
            Self::Text { field, whole, any } => any.iter().any(|typed| {
                if *whole {
                    let texts = row.texts(*field);
                    texts.into_iter().flatten().any(|text| normalize(text) == *typed)
                } else {
                    finds(*field, typed)
                }
            }),
            Self::Stage(any) => any.contains(&row.stage()),
            Self::Status(any) => any.contains(&row.status().kind()),
            Self::WaitingOn(any) => any.contains(&row.waiting_on()),
            Self::Currency(any) => any.contains(&row.currency()),
            Self::Flag(any) => any.iter().any(|flag| row.flags().contains(flag)),
            Self::Bucket(any) => {
                // Labels are plain Latin: no need for folding a copy of each row's.
                let found = row.bucket();
                any.iter().any(|label| match (label, found) {
                    (Some(label), Some(found)) => label.eq_ignore_ascii_case(found),
                    (None, None) => true,
                    _ => false,
                })
            }
            Self::Step(op, any) => op.any_of(row.step(), any),
            Self::Due(op, any) => op.any_of(row.due(), any),
            Self::Late(op, any) => op.any(&row.days_late(), any),
            Self::Balance(op, any) => op.any(&major(row.balance()), any),
            Self::Amount(op, any) => op.any(&major(row.amount()), any),
            Self::Broken(op, any) => op.any(&row.broken(), any),
            Self::Silent(op, any) => op.any_of(row.silent(), any),
            Self::Grade(any) => any.contains(&row.grade()),
            Self::Cause(any) => any.contains(&row.cause()),
            Self::Ahead(op, any) => op.any_of(row.ahead(), any),
            Self::Satisfaction(op, any) => op.any_of(row.satisfaction(), any),
            Self::Papers(any) => any.contains(&row.papers()),
            Self::Paper(any) => {
                let found = row.paper_kinds();
                any.iter().any(|kind| match kind {
                    Some(kind) => found.contains(kind),
                    None => found.is_empty(),
                })
            }
            Self::Note(kind, any) => any.iter().any(|text| row.is_noted(&Noted::new(*kind, text))),
        }
    }
}

impl Word {
    fn holds(&self, row: &impl FilterRow, finds: &impl Fn(TextField, &str) -> bool) -> bool {
        match self {
            Self::Status(kind) => row.status().kind() == *kind,
            Self::Flag(flag) => row.flags().contains(flag),
            Self::Search(typed) => TextField::ALL.iter().any(|field| finds(*field, typed)),
        }
    }
}

#[cfg(test)]
mod tests;
