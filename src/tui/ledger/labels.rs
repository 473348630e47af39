//! Names for the rows that are seen: from the book where they are known, else read row by row as rows come into sight,
//! so that no screen waits for the names of a whole ledger.

use std::cell::RefCell;

use crate::domain::item::Item;
use crate::error::Result;
use crate::portfolio::Names;

use super::data::Ledger;
use super::seen::Mishap;

/// A milestone by key and name, without the project's code, which stands beside it or above: `M3 验收款`.
pub fn milestone(project: &str, key: &str, name: &str) -> String {
    let short = key
        .strip_prefix(project)
        .map(|rest| rest.trim_start_matches(['-', '/', '.', '_', ' ']))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(key);
    if name.starts_with(short) {
        return name.to_owned();
    }
    format!("{short} {name}")
}

/// Names read for one board.
#[derive(Default)]
pub struct Labels {
    names: RefCell<Names>,
    version: u64,
    mishap: Mishap,
}

impl Labels {
    /// Forgets what an older version of the ledger was called.
    pub fn sync(&mut self, ledger: &Ledger) {
        if self.version != ledger.version() {
            *self = Self {
                version: ledger.version(),
                ..Self::default()
            };
        }
    }

    /// Shows names of which those of this item are known.
    pub fn of<T>(&self, ledger: &Ledger, item: &Item, show: impl FnOnce(&Names) -> T) -> T {
        if ledger.book.names.is_complete() && ledger.book.get(item.id).is_some() {
            return show(&ledger.book.names);
        }
        let mut names = self.names.borrow_mut();
        if let Err(error) = names.read(&ledger.store, std::iter::once(item)) {
            self.mishap.note(error);
        }
        show(&names)
    }

    /// What went wrong while rows were drawn.
    pub fn check(&self) -> Result<()> {
        self.mishap.check()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::milestone;

    #[rstest]
    #[case("P-2031", "P-2031-M3", "验收款", "M3 验收款")]
    #[case("P-2031", "X9", "验收款", "X9 验收款")]
    #[case("P-2031", "P-2031", "验收款", "P-2031 验收款")]
    #[case("P-2031", "", "验收款", "验收款")]
    #[case("P-2031", "5016", "5016", "5016")]
    #[case("P-2031", "P-2031-M3", "M3 验收款", "M3 验收款")]
    #[case("", "M3", "验收款", "M3 验收款")]
    fn the_project_is_named_once(
        #[case] project: &str,
        #[case] key: &str,
        #[case] name: &str,
        #[case] shown: &str,
    ) {
        assert_eq!(milestone(project, key, name), shown);
    }
}
