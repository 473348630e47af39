//! The playbook: a line of advice for an item, from a file of lines `when FILTER -> advice -> action`. The first that fits
//! counts. It is asked only for what is shown.

use chrono::NaiveDate;

use super::filter::{Filter, Saved};
use super::list::{BucketLabels, ListRow};
use crate::domain::item::Item;
use crate::domain::normalize::normalize;
use crate::error::Result;
use crate::error::playbook::{PlaybookError, PlaybookProblem};
use crate::portfolio::{Around, Asked, Portfolio};
use crate::store::{Reader, Whose};

/// One piece of advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Its line in the file.
    pub line: usize,
    /// When it holds, as it was typed.
    pub when: String,
    pub text: String,
    /// What follows it, by the name a configuration gives an action.
    pub action: Option<String>,
    filter: Filter,
}

impl Advice {
    /// When it holds.
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }
}

/// All advice there is, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Playbook {
    all: Vec<Advice>,
    asked: Asked,
}

impl Playbook {
    /// Reads one as of a day, with the filters that were kept; lines that are none are left out and told.
    pub fn read(
        text: &str,
        (today, saved): (NaiveDate, &Saved),
        is_action: impl Fn(&str) -> bool,
    ) -> (Self, Vec<PlaybookError>) {
        let (mut book, mut faults) = (Self::default(), Vec::new());
        for (line, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            match advice(line, text, (today, saved), &is_action) {
                Ok(advice) => {
                    book.asked = book.asked.with(advice.filter.asked());
                    book.all.push(advice);
                }
                Err(problem) => faults.push(PlaybookError { line, problem }),
            }
        }
        (book, faults)
    }

    pub fn all(&self) -> &[Advice] {
        &self.all
    }

    /// The advice for an item of a portfolio: what it asks beside the item is read of that one alone.
    pub fn advise(
        &self,
        item: &Item,
        portfolio: &Portfolio,
        store: &Reader,
    ) -> Result<Option<&Advice>> {
        if item.balance <= 0 || self.all.is_empty() {
            return Ok(None);
        }
        let around = Around::read(store, &[Whose::from(item)], &self.asked, portfolio.today)?;
        let labels = BucketLabels::new(portfolio.policy.buckets());
        let row = ListRow::new(portfolio, item, &labels).with(&around);
        Ok(self.all.iter().find(|advice| advice.filter.matches(&row)))
    }
}

fn advice(
    line: usize,
    text: &str,
    (today, saved): (NaiveDate, &Saved),
    is_action: &impl Fn(&str) -> bool,
) -> Result<Advice, PlaybookProblem> {
    let text = text.replace('→', "->");
    let mut parts = text.split("->").map(str::trim);
    let when = parts.next().and_then(condition).ok_or(PlaybookProblem::NoWhen)?;
    let said = parts.next().filter(|said| !said.is_empty()).ok_or(PlaybookProblem::NoAdvice)?;
    let action = parts.next().filter(|name| !name.is_empty());
    if parts.next().is_some() {
        return Err(PlaybookProblem::TooMany);
    }
    if let Some(name) = action.filter(|name| !is_action(name)) {
        return Err(PlaybookProblem::NoAction(name.to_owned()));
    }
    let filter = Filter::parse_with(when, today, saved)?;
    Ok(Advice {
        line,
        when: when.to_owned(),
        text: said.to_owned(),
        action: action.map(str::to_owned),
        filter,
    })
}

/// What stands behind `when`, which a Chinese `当` may do without a blank.
fn condition(part: &str) -> Option<&str> {
    let rest = match part.strip_prefix('当') {
        Some(rest) => rest,
        None => {
            part.split_once(char::is_whitespace).filter(|(word, _)| normalize(word) == "when")?.1
        }
    };
    Some(rest.trim()).filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests;
