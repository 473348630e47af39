//! How much there is about a customer, project or milestone, for the tabs of its page: counted, not read.

use chrono::NaiveDate;

use super::backend::values;
use super::{Reader, notes, papers, todos};
use crate::domain::about::About;
use crate::domain::kinds::NoteKind;
use crate::error::Result;

/// How many there are of each about something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AboutCounts {
    /// Milestones of its plan, or those that are open of a customer.
    pub milestones: u32,
    /// Of a customer, those that are closed.
    pub closed: u32,
    /// Of a customer: its persons, what was promised, and contacts made.
    pub dealings: u32,
    pub conditions: u32,
    /// As a day knows them.
    pub papers: u32,
    /// Those that are open.
    pub todos: u32,
    pub notes: u32,
}

impl Reader {
    pub fn counts_about(&self, about: About, day: NaiveDate) -> Result<AboutCounts> {
        let count = |sql: &str, id: i64| self.db.value::<u32>(sql, values![id]);
        let mut counts = AboutCounts::default();
        match about {
            About::Customer(id) => {
                let sql = "SELECT COUNT(*) FROM open_item WHERE customer = $1 AND balance > 0";
                counts.milestones = count(sql, id.0)?;
                let sql = "SELECT COUNT(*) FROM project p JOIN milestone m ON m.project = p.id \
                           WHERE p.customer = $1 AND m.closed_on IS NOT NULL";
                counts.closed = count(sql, id.0)?;
                let sql = "SELECT (SELECT COUNT(*) FROM contact WHERE customer = $1 AND removed = 0) \
                           + (SELECT COUNT(*) FROM touch WHERE customer = $1) \
                           + (SELECT COUNT(*) FROM project p JOIN milestone m ON m.project = p.id \
                           JOIN promise r ON r.milestone = m.id WHERE p.customer = $1 AND r.made_on <= $2)";
                counts.dealings = self.db.value(sql, values![id, day])?;
            }
            About::Project(id) => {
                let sql = "SELECT COUNT(*) FROM milestone WHERE project = $1";
                counts.milestones = count(sql, id.0)?;
                let sql = "SELECT COUNT(*) FROM milestone m JOIN milestone_condition c \
                           ON c.milestone = m.id WHERE m.project = $1";
                counts.conditions = count(sql, id.0)?;
            }
            About::Milestone(id) => {
                let sql = "SELECT COUNT(*) FROM milestone_condition WHERE milestone = $1";
                counts.conditions = count(sql, id.0)?;
            }
        }
        let (within, id) = papers::within(about);
        let sql =
            ["SELECT COUNT(*) FROM paper t WHERE t.id IN (", within, ") AND t.dated_on <= $2"];
        counts.papers = self.db.value(&sql.concat(), values![id, day])?;
        let (within, id) = todos::within(about);
        let sql =
            ["SELECT COUNT(*) FROM todo t WHERE t.done_on IS NULL AND t.id IN (", within, ")"];
        counts.todos = count(&sql.concat(), id)?;
        let (within, id) = notes::within(about);
        let sql = ["SELECT COUNT(*) FROM note n WHERE n.id IN (", within, ")"];
        counts.notes = self.db.value(&sql.concat(), values![id, None::<NoteKind>])?;
        Ok(counts)
    }
}
