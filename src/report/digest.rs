//! The morning in one value: the five figures, what to work on in its order, and what waits.

use chrono::NaiveDate;

use crate::domain::dunning::{Act, Wait};
use crate::domain::item::Item;
use crate::domain::money::Currency;
use crate::error::Result;
use crate::portfolio::Portfolio;
use crate::store::Reader;

use super::figures::{self, Figures, figures, month_start};
use super::worklist::{Worklist, worklist};

/// The morning of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    pub today: NaiveDate,
    /// The currency shown first.
    pub main: Currency,
    /// The five figures, main currency first.
    pub figures: Vec<Figures>,
    /// What to work on, and what waits.
    pub worklist: Worklist,
}

/// Computes the morning of a book. Names are not read: the caller knows which page it shows.
pub fn digest(store: &Reader, book: &Portfolio) -> Result<Digest> {
    let main = figures::main_currency(book.items());
    let collected = store.collected(month_start(book.today), book.today)?;
    let figures = figures(book.items(), &collected, book.today, &book.policy, main)?;
    let worklist = worklist(
        book.items(),
        &book.customers,
        book.today,
        &book.policy,
        main,
    );
    Ok(Digest {
        today: book.today,
        main,
        figures,
        worklist,
    })
}

/// One line of the digest, with its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub item: Item,
    pub customer: String,
    pub project: String,
    pub milestone: String,
    pub key: String,
    pub manager: String,
    /// What to do; `None` for what waits.
    pub act: Option<Act>,
    /// Whether a broken promise stands unanswered.
    pub broken: bool,
    /// The step that waits, and for what.
    pub wait: Option<(u8, Wait)>,
}

/// The lines of the worklist and of what waits, with their names.
pub fn lines(
    store: &Reader,
    book: &mut Portfolio,
    digest: &Digest,
) -> Result<(Vec<Line>, Vec<Line>)> {
    let list = &digest.worklist;
    let ids = list
        .entries
        .iter()
        .map(|e| e.id)
        .chain(list.waiting.iter().map(|w| w.id));
    let items: Vec<Item> = ids.filter_map(|id| book.get(id).cloned()).collect();
    book.names.read(store, items.iter())?;
    let line = |item: &Item, act, broken, wait| Line {
        customer: book.names.customer(item.customer).name.to_string(),
        project: book.names.project(item.project).code.to_string(),
        milestone: book.names.milestone(item.id).name.to_string(),
        key: book.names.milestone(item.id).code.to_string(),
        manager: item
            .manager
            .map(|id| book.names.person(id).to_owned())
            .unwrap_or_default(),
        item: item.clone(),
        act,
        broken,
        wait,
    };
    let (work, waiting) = items.split_at(list.entries.len());
    let work = work
        .iter()
        .zip(&list.entries)
        .map(|(item, e)| line(item, Some(e.act), e.broken, None))
        .collect();
    let waiting = waiting
        .iter()
        .zip(&list.waiting)
        .map(|(item, w)| line(item, None, false, Some((w.step, w.wait))))
        .collect();
    Ok((work, waiting))
}
