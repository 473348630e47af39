//! Notes, as lists and pages show them.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::Reader;
use super::around::Noted;
use super::backend::{Select as _, select, values};
use crate::domain::about::About;
use crate::domain::ids::{CustomerId, MilestoneId, NoteId, ProjectId};
use crate::domain::kinds::{NoteKind, Stage};
use crate::domain::normalize::normalize;
use crate::error::Result;

select! {
    /// A note, with codes and names of what it is about.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Note from "note n LEFT JOIN milestone m ON m.id = n.milestone \
        LEFT JOIN project p ON p.id = COALESCE(n.project, m.project) \
        LEFT JOIN customer c ON c.id = COALESCE(n.customer, p.customer)" {
        pub id: NoteId = "n.id",
        pub on: NaiveDate = "n.noted_on",
        pub kind: NoteKind = "n.kind",
        pub customer_id: Option<CustomerId> = "c.id",
        pub project_id: Option<ProjectId> = "p.id",
        pub milestone_id: Option<MilestoneId> = "m.id",
        pub customer: Option<String> = "c.code",
        pub customer_name: Option<String> = "COALESCE(NULLIF(c.short_name, ''), c.name)",
        pub project: Option<String> = "p.code",
        pub milestone: Option<String> = "COALESCE(m.key, m.name)",
        pub who: String = "n.who",
        pub wording: String = "n.wording",
        pub number: Option<u8> = "n.number",
        /// Last day of what was promised beside the contract.
        pub until: Option<NaiveDate> = "n.until_on",
    }
}

/// The notes about a customer `$1` and what it contains, of the kind `$2` if there is one.
const OF_CUSTOMER: &str = "SELECT a.id FROM note a WHERE a.customer = $1 AND a.kind = COALESCE($2, a.kind) \
    UNION ALL SELECT a.id FROM project j JOIN note a ON a.project = j.id \
    WHERE j.customer = $1 AND a.kind = COALESCE($2, a.kind) \
    UNION ALL SELECT a.id FROM project j JOIN all_milestone k ON k.project = j.id JOIN note a ON a.milestone = k.id \
    WHERE j.customer = $1 AND a.kind = COALESCE($2, a.kind)";

/// The same of a project.
const OF_PROJECT: &str = "SELECT a.id FROM note a WHERE a.project = $1 AND a.kind = COALESCE($2, a.kind) \
    UNION ALL SELECT a.id FROM all_milestone k JOIN note a ON a.milestone = k.id \
    WHERE k.project = $1 AND a.kind = COALESCE($2, a.kind)";

const OF_MILESTONE: &str =
    "SELECT a.id FROM note a WHERE a.milestone = $1 AND a.kind = COALESCE($2, a.kind)";

/// The notes about something and about what it contains: their ids, what `$1` is, and `$2` a kind or none.
pub(super) const fn within(about: About) -> (&'static str, i64) {
    match about {
        About::Customer(id) => (OF_CUSTOMER, id.0),
        About::Project(id) => (OF_PROJECT, id.0),
        About::Milestone(id) => (OF_MILESTONE, id.0),
    }
}

const NEWEST: &str = "ORDER BY n.noted_on DESC, n.id DESC LIMIT $1";

const NEWEST_OF_KIND: &str = "WHERE n.kind = $1 ORDER BY n.noted_on DESC, n.id DESC LIMIT $2";

/// Among so many of the latest lessons about milestones those of a stage are looked for.
const LESSONS: i64 = 500;

impl Reader {
    /// The notes about something and about what it contains, or all, newest first: of a kind, and with every word that is
    /// looked for, where that is asked.
    pub fn notes(
        &self,
        about: Option<About>,
        kind: Option<NoteKind>,
        find: Option<&str>,
    ) -> Result<Vec<Note>> {
        let Some(about) = about else {
            return self.all_notes(kind, find);
        };
        let (of, id) = within(about);
        let rest = ["WHERE n.id IN (", of, ") ORDER BY n.noted_on DESC, n.id DESC"];
        let mut notes: Vec<Note> = self.db.select(&rest.concat(), values![id, kind])?;
        if let Some(find) = find.map(|find| Noted::new(None, find)) {
            notes.retain(|note| find.is_in(note.kind, &normalize(&note.wording)));
        }
        Ok(notes)
    }

    /// The newest notes, or those of a kind, and how many there are in all.
    pub fn newest_notes(&self, kind: Option<NoteKind>, most: u32) -> Result<(Vec<Note>, usize)> {
        let count = "SELECT COUNT(*) FROM note n";
        Ok(match kind {
            Some(kind) => {
                let count = [count, "WHERE n.kind = $1"].join(" ");
                let notes = self.db.select(NEWEST_OF_KIND, values![kind, most])?;
                (notes, self.db.value(&count, values![kind])?)
            }
            None => (self.db.select(NEWEST, values![most])?, self.db.value(count, &[])?),
        })
    }

    fn all_notes(&self, kind: Option<NoteKind>, find: Option<&str>) -> Result<Vec<Note>> {
        let Some(find) = find.map(|find| Noted::new(None, find)) else {
            let order = "ORDER BY n.noted_on DESC, n.id DESC";
            return match kind {
                Some(kind) => {
                    self.db.select(&["WHERE n.kind = $1", order].join(" "), values![kind])
                }
                None => self.db.select(order, &[]),
            };
        };
        // What they are about is read of those that say so.
        let mut ids = Vec::new();
        let mut look = |(id, of, wording): (NoteId, NoteKind, String)| {
            if kind.is_none_or(|kind| kind == of) && find.is_in(of, &normalize(&wording)) {
                ids.push(id.0);
            }
            Ok(())
        };
        let texts = "SELECT n.id, n.kind, n.wording FROM note n";
        match kind {
            Some(kind) => {
                self.db.each(&[texts, "WHERE n.kind = $1"].join(" "), values![kind], look)?;
            }
            None => self.db.each(texts, &[], &mut look)?,
        }
        let sql = [Note::SELECT, "WHERE n.id IN ($ids)"].join(" ");
        let mut notes: Vec<Note> = self.db.rows_of(&sql, &ids)?;
        notes.sort_by_key(|note| Reverse((note.on, note.id.0)));
        Ok(notes)
    }

    /// The latest notes of a kind about a customer and what it contains.
    pub fn latest_notes(&self, of: CustomerId, kind: NoteKind, most: u32) -> Result<Vec<Note>> {
        let rest =
            ["WHERE n.id IN (", OF_CUSTOMER, ") ORDER BY n.noted_on DESC, n.id DESC LIMIT $3"];
        self.db.select(&rest.concat(), values![of, kind, most])
    }

    /// The lessons of a customer, then those of milestones of the same stage with others, each the latest first.
    pub fn lessons(&self, of: CustomerId, stage: Stage, most: u32) -> Result<Vec<Note>> {
        let rest = [
            "WHERE n.id IN (",
            OF_CUSTOMER,
            " UNION ALL SELECT l.id FROM (SELECT a.id, a.milestone FROM note a \
             WHERE a.kind = $2 AND a.milestone IS NOT NULL ORDER BY a.noted_on DESC, a.id DESC LIMIT $3) l \
             JOIN milestone k ON k.id = l.milestone WHERE k.stage = $4) \
             ORDER BY CASE WHEN c.id = $1 THEN 0 ELSE 1 END, n.noted_on DESC, n.id DESC LIMIT $5",
        ];
        self.db.select(&rest.concat(), values![of, NoteKind::Lesson, LESSONS, stage, most])
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;

    /// What reads a whole table of a query's plan.
    fn scans(store: &Store, sql: &str, given: usize) -> Vec<String> {
        let sql = sql.replace("$ids", "$1");
        let all = values![1_i64, "remark", 5_i64, "final", 3_i64];
        let explained = ["EXPLAIN QUERY PLAN ", &sql].concat();
        let plan: Vec<(i64, i64, i64, String)> =
            store.db.rows(&explained, all.get(..given).unwrap()).unwrap();
        let steps = plan.into_iter().map(|(.., step)| step);
        // A query within, and what many rows of are joined, is read as it comes.
        steps.filter(|step| step.starts_with("SCAN") && !step.ends_with("SCAN l")).collect()
    }

    #[test]
    fn the_newest_notes_come_out_of_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("ledger.db")).unwrap();
        for (rest, given, index) in [
            (NEWEST, values![5_i64].as_slice(), "SCAN all_note USING INDEX note_day"),
            (
                NEWEST_OF_KIND,
                values!["remark", 5_i64].as_slice(),
                "SEARCH all_note USING INDEX note_kind (kind=?)",
            ),
        ] {
            let sql = ["EXPLAIN QUERY PLAN", Note::SELECT, rest].join(" ");
            let plan: Vec<(i64, i64, i64, String)> = store.db.rows(&sql, given).unwrap();
            let steps: Vec<String> = plan.into_iter().map(|(.., step)| step).collect();
            assert_eq!(steps.first().map(String::as_str), Some(index));
            assert!(!steps.iter().any(|step| step.contains("ORDER BY")), "{steps:?}");
        }
    }

    #[test]
    fn what_stands_with_one_milestone_reads_no_whole_table() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("ledger.db")).unwrap();
        let rest = |of: &str| [Note::SELECT, "WHERE n.id IN (", of, ")"].join(" ");
        for (sql, given) in [
            (rest(OF_CUSTOMER), 2),
            (rest(OF_PROJECT), 2),
            (rest(OF_MILESTONE), 2),
            (
                [
                    super::super::Todo::SELECT,
                    "WHERE t.done_on IS NULL AND t.due_on <= $1 ORDER BY t.due_on, t.id",
                ]
                .join(" "),
                1,
            ),
            ("SELECT todo FROM block WHERE milestone = $1".to_owned(), 1),
        ] {
            assert_eq!(scans(&store, &sql, given), [""; 0], "{sql}");
        }
    }
}
