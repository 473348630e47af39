//! Reads the filter language. Positions count characters, so that they hold for Chinese text.

pub(super) mod scan;

use chrono::NaiveDate;
use iso_currency::Currency;
use rust_decimal::Decimal;

use super::vocabulary::{bucket, flag, is_none, papers, parties, status};
use super::{Filter, FilterField, Op, Saved, Term, Test, TextField, Word};
use crate::domain::date_input::{Leaning, parse_day};
use crate::domain::kinds::{Cause, Grade, NoteKind, PaperKind};
use crate::domain::money::decimal;
use crate::domain::normalize::normalize;
use crate::error::filter::{FilterError, FilterProblem};
use crate::text::named as worded;
use crate::text::stages::stage_named;
pub(super) use scan::is_operator;
use scan::{Part, Scanner};

impl Filter {
    /// The filter a text means on the day `today`: days without a year are the next such days. A comma between digits
    /// groups thousands where it can (`balance>100,000`); quotes part them.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, FilterError> {
        Self::parse_with(text, today, &Saved::new())
    }

    /// The same where filters were kept.
    pub fn parse_with(text: &str, today: NaiveDate, saved: &Saved) -> Result<Self, FilterError> {
        let mut scanner = Scanner::new(text);
        let mut terms = Vec::new();
        while let Some(at) = scanner.next_word() {
            let negated = scanner.eat('-');
            if negated && scanner.peek().is_none_or(|c| c == ' ') {
                return Err(error(at, FilterProblem::NothingNegated));
            }
            if let Some((field, sign)) = scanner.field()? {
                scanner.next_word();
                let test = FieldTerm { at, field, sign }.test(&scanner.values()?, today)?;
                terms.push(Term { negated, test });
                continue;
            }
            let parts = scanner.values()?;
            if let Some((part, name)) = parts.iter().find_map(kept) {
                if negated || parts.len() > 1 {
                    return Err(error(part.at, FilterProblem::SavedAlone(part.text.clone())));
                }
                terms.extend(named(name, part.at, today, saved)?.terms);
            } else if !parts.is_empty() {
                let test = Test::Words(parts.into_iter().map(word).collect());
                terms.push(Term { negated, test });
            }
        }
        Ok(Self { terms })
    }
}

pub(super) fn error(at: usize, problem: impl Into<FilterProblem>) -> FilterError {
    let problem = problem.into();
    FilterError { at, problem }
}

/// The name of a filter that was kept, if a part stands for one.
fn kept(part: &Part) -> Option<(&Part, &str)> {
    Some((part, part.text.strip_prefix('@').filter(|_| !part.quoted)?))
}

/// The filter kept under a name. It may stand for others, but not for itself.
fn named(name: &str, at: usize, today: NaiveDate, saved: &Saved) -> Result<Filter, FilterError> {
    let Some((key, text)) = saved.iter().find(|(key, _)| normalize(key) == name) else {
        let known = saved.keys().cloned().collect();
        return Err(error(at, FilterProblem::UnknownSaved { typed: name.to_owned(), known }));
    };
    let mut others = saved.clone();
    others.remove(key);
    Filter::parse_with(text, today, &others).map_err(|why| FilterError { at, ..why })
}

/// A bare word: a status, a flag, or else a search.
fn word(part: Part) -> Word {
    if let Some(code) = status(&part.text) {
        Word::Status(code)
    } else if let Some(flag) = flag(&part.text) {
        Word::Flag(flag)
    } else {
        Word::Search(part.text)
    }
}

/// The operator of a term as typed. `:` and `=` differ for texts only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Has,
    Is(Op),
}

/// A term `field op value` whose values are still text.
struct FieldTerm {
    at: usize,
    field: FilterField,
    sign: Sign,
}

impl FieldTerm {
    fn test(&self, parts: &[Part], today: NaiveDate) -> Result<Test, FilterError> {
        if parts.is_empty() {
            return Err(error(self.at, FilterProblem::NoValue(self.field.code())));
        }
        let op = match self.sign {
            Sign::Has => Op::Equal,
            Sign::Is(op) => op,
        };
        // The order of words means nothing.
        let is_ordered = matches!(
            self.field,
            FilterField::Step
                | FilterField::Late
                | FilterField::Due
                | FilterField::Balance
                | FilterField::Amount
                | FilterField::Broken
                | FilterField::Silent
                | FilterField::Ahead
                | FilterField::Satisfaction
        );
        if op != Op::Equal && !is_ordered {
            return Err(error(self.at, FilterProblem::NoOrder(self.field.code())));
        }
        Ok(match self.field {
            FilterField::Customer => self.text(TextField::Customer, parts),
            FilterField::Project => self.text(TextField::Project, parts),
            FilterField::Milestone => self.text(TextField::Milestone, parts),
            FilterField::Pm => self.text(TextField::Pm, parts),
            FilterField::Stage => Test::Stage(self.each(parts, stage_named)?),
            FilterField::Status => Test::Status(self.each(parts, status)?),
            FilterField::WaitingOn => Test::WaitingOn(self.each(parts, parties)?.concat()),
            FilterField::Flag => Test::Flag(self.each(parts, flag)?),
            FilterField::Currency => Test::Currency(self.each(parts, currency)?),
            FilterField::Bucket => {
                Test::Bucket(self.each_or_none(parts, |word| Some(bucket(word)))?)
            }
            FilterField::Step => {
                Test::Step(op, self.each_or_none(parts, |word| word.parse().ok())?)
            }
            FilterField::Late => Test::Late(op, self.each(parts, days)?),
            FilterField::Due => Test::Due(op, due_days(parts, today)?),
            FilterField::Balance => Test::Balance(op, amounts(parts)?),
            FilterField::Amount => Test::Amount(op, amounts(parts)?),
            FilterField::Broken => Test::Broken(op, self.each(parts, times)?),
            FilterField::Silent => Test::Silent(op, self.each_or_none(parts, days)?),
            FilterField::Grade => Test::Grade(self.each_or_none(parts, worded::<Grade>)?),
            FilterField::Cause => Test::Cause(self.each_or_none(parts, worded::<Cause>)?),
            FilterField::Ahead => Test::Ahead(op, self.each_or_none(parts, percent)?),
            FilterField::Satisfaction => {
                Test::Satisfaction(op, self.each_or_none(parts, |word| word.parse().ok())?)
            }
            FilterField::Note => Test::Note(None, texts(parts)),
            FilterField::Papers => Test::Papers(self.each_or_none(parts, papers)?),
            FilterField::Paper => Test::Paper(self.each_or_none(parts, worded::<PaperKind>)?),
            FilterField::Credit => Test::Note(Some(NoteKind::Credit), texts(parts)),
        })
    }

    fn text(&self, field: TextField, parts: &[Part]) -> Test {
        Test::Text { field, whole: self.sign != Sign::Has, any: texts(parts) }
    }

    fn each<T>(
        &self,
        parts: &[Part],
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, FilterError> {
        let value = |part: &Part| read(&part.text).ok_or_else(|| self.unknown(part));
        parts.iter().map(value).collect()
    }

    fn each_or_none<T>(
        &self,
        parts: &[Part],
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<Option<T>>, FilterError> {
        let value = |part: &Part| match read(&part.text) {
            _ if is_none(&part.text) => Ok(None),
            Some(value) => Ok(Some(value)),
            None => Err(self.unknown(part)),
        };
        parts.iter().map(value).collect()
    }

    fn unknown(&self, part: &Part) -> FilterError {
        let problem = FilterProblem::UnknownValue {
            field: self.field.code(),
            typed: part.text.clone(),
            known: self.field.values(),
        };
        error(part.at, problem)
    }
}

fn texts(parts: &[Part]) -> Vec<String> {
    parts.iter().map(|part| part.text.clone()).collect()
}

/// `2`, `2次`, `2x`.
fn times(word: &str) -> Option<i64> {
    word.trim_end_matches(['次', 'x']).trim().parse().ok()
}

/// `20`, `20%`.
fn percent(word: &str) -> Option<i64> {
    word.trim_end_matches('%').trim().parse().ok()
}

fn currency(word: &str) -> Option<Currency> {
    Currency::from_code(&word.to_ascii_uppercase())
}

/// `30`, `30d`, `30天`.
fn days(word: &str) -> Option<i64> {
    word.trim_end_matches(['d', '天', '日']).trim().parse().ok()
}

pub(super) fn due_days(
    parts: &[Part],
    today: NaiveDate,
) -> Result<Vec<Option<NaiveDate>>, FilterError> {
    let day = |part: &Part| {
        if is_none(&part.text) {
            return Ok(None);
        }
        parse_day(&part.text, today, Leaning::Next).map(Some).map_err(|e| error(part.at, e))
    };
    parts.iter().map(day).collect()
}

/// Amounts in major units. Bare parts that make one number with their commas are that number.
fn amounts(parts: &[Part]) -> Result<Vec<Decimal>, FilterError> {
    if parts.iter().all(|part| !part.quoted) {
        let texts: Vec<_> = parts.iter().map(|part| part.text.as_str()).collect();
        if let Ok(value) = decimal(&texts.join(",")) {
            return Ok(vec![value]);
        }
    }
    let amount = |part: &Part| decimal(&part.text).map_err(|e| error(part.at, e));
    parts.iter().map(amount).collect()
}
