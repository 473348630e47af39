//! Milestones as a past day saw them, from the facts: those agreed by then and not yet closed, whatever was recorded
//! since. One ordered pass per table, so that the cost follows the size of the tables read, not their number of rows
//! times a look-up.

use chrono::NaiveDate;

use super::Reader;
use super::facts::{self, Pass, pass};
use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::item::Item;
use crate::error::Result;

/// What had been recorded of a day's open milestones. Holds are all read: one may be known before it begins.
const ON_DAY: Pass = pass!(
    "(m.closed_on IS NULL OR m.closed_on > ?1) AND (m.agreed_on IS NULL OR m.agreed_on <= ?1)"
    "i.issued_on <= ?1"
    "effective_on <= ?1"
    "written_off_on <= ?1"
    "made_on <= ?1"
    "opened_on <= ?1"
    "agreed_on <= ?1"
    "?1 IS NOT NULL"
    "t.touched_on <= ?1"
);

/// What had been recorded of the milestones closed by a day.
const CLOSED_BY_DAY: Pass = pass!(
    "m.closed_on <= ?1"
    "i.issued_on <= ?1"
    "effective_on <= ?1"
    "written_off_on <= ?1"
    "made_on <= ?1"
    "opened_on <= ?1"
    "agreed_on <= ?1"
    "?1 IS NOT NULL"
    "t.touched_on <= ?1"
);

impl Reader {
    /// The milestones with nothing open on this day or since, by id.
    pub fn closed_items(&self, day: NaiveDate) -> Result<Vec<Item>> {
        let facts = facts::read(&self.db, &CLOSED_BY_DAY, &day.to_string())?;
        let calendar = Calendar::china();
        Ok(facts
            .iter()
            .filter_map(|f| as_of::item(f, day, calendar))
            .collect())
    }

    /// The milestones that were open on this day, by id.
    pub fn items_as_of(&self, day: NaiveDate) -> Result<Vec<Item>> {
        let facts = facts::read(&self.db, &ON_DAY, &day.to_string())?;
        let calendar = Calendar::china();
        let items = facts
            .into_iter()
            .filter_map(|f| as_of::item(&f, day, calendar));
        Ok(items.filter(|item| item.balance != 0).collect())
    }
}
