//! What stands beside milestones and is asked only by a filter or a piece of advice: why they are not paid, how far work
//! is ahead of money, how content who pays is, and what notes say.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Reader;
use super::backend::{Select as _, select, values};
use crate::domain::ids::{CustomerId, IdMap, IdSet, MilestoneId, NoteId, ProjectId, TouchId};
use crate::domain::item::Item;
use crate::domain::kinds::{Cause, NoteKind};
use crate::domain::normalize::normalize;
use crate::error::Result;

/// Something notes may say, in all of them or in those of a kind: every word of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Noted {
    kind: Option<NoteKind>,
    words: String,
}

impl Noted {
    pub fn new(kind: Option<NoteKind>, words: &str) -> Self {
        Self { kind, words: normalize(words) }
    }

    /// Whether a note says so; its text is half-width lower case.
    pub(super) fn is_in(&self, kind: NoteKind, text: &str) -> bool {
        self.kind.is_none_or(|own| own == kind)
            && self.words.split_whitespace().all(|word| text.contains(word))
    }
}

/// A milestone, and what it is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    pub milestone: MilestoneId,
    pub project: ProjectId,
    pub customer: CustomerId,
}

impl From<&Item> for Whose {
    fn from(item: &Item) -> Self {
        Self { milestone: item.id, project: item.project, customer: item.customer }
    }
}

/// What has a note that says something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    customers: IdSet<CustomerId>,
    projects: IdSet<ProjectId>,
    milestones: IdSet<MilestoneId>,
}

impl Hits {
    /// Whether that is so of a milestone, its project or its customer.
    pub fn has(&self, of: Whose) -> bool {
        self.milestones.contains(&of.milestone)
            || self.projects.contains(&of.project)
            || self.customers.contains(&of.customer)
    }

    /// Whether that is so of none.
    pub fn is_empty(&self) -> bool {
        self.milestones.is_empty() && self.projects.is_empty() && self.customers.is_empty()
    }
}

/// From how many on it is quicker to read a whole table than to look each up.
const MANY: usize = 500;

select! {
    /// What a note says, and about what.
    struct Text from "note n" {
        customer: Option<CustomerId> = "n.customer",
        project: Option<ProjectId> = "n.project",
        milestone: Option<MilestoneId> = "n.milestone",
        on: NaiveDate = "n.noted_on",
        kind: NoteKind = "n.kind",
        wording: String = "n.wording",
    }
}

/// How far a project is in percent, its contract, and what was received.
type Pace = (ProjectId, Option<u8>, Option<i64>, i64);

/// How content a customer was on a day, by a note.
type Score = (CustomerId, NaiveDate, NoteId, u8);

/// Scores of customers, found by whom they are about: of all notes of their kind few are.
const SATISFACTION: &str = "SELECT n.customer, n.noted_on, n.id, n.number FROM note n \
    WHERE n.customer IN ($ids) AND COALESCE(n.kind, '') = 'satisfaction' AND n.number IS NOT NULL \
    UNION ALL SELECT p.customer, n.noted_on, n.id, n.number FROM project p \
    JOIN note n ON n.project = p.id \
    WHERE p.customer IN ($ids) AND COALESCE(n.kind, '') = 'satisfaction' AND n.number IS NOT NULL \
    UNION ALL SELECT p.customer, n.noted_on, n.id, n.number FROM project p \
    JOIN milestone m ON m.project = p.id JOIN note n ON n.milestone = m.id \
    WHERE p.customer IN ($ids) AND COALESCE(n.kind, '') = 'satisfaction' AND n.number IS NOT NULL";

impl Reader {
    /// The cause named last, by `day`, with a contact about each of these milestones.
    pub fn causes(&self, of: &[MilestoneId], day: NaiveDate) -> Result<IdMap<MilestoneId, Cause>> {
        let sql = "SELECT l.milestone, t.touched_on, t.id, t.cause FROM touch_milestone l \
                   JOIN touch t ON t.id = l.touch WHERE l.milestone IN ($ids) AND t.cause IS NOT NULL";
        let ids: Vec<i64> = of.iter().map(|id| id.0).collect();
        let mut latest = Latest::new(day);
        self.db.each_of(
            sql,
            &ids,
            |(of, on, id, cause): (MilestoneId, NaiveDate, TouchId, Cause)| {
                latest.add(of, (on, id.0), cause);
                Ok(())
            },
        )?;
        Ok(latest.values())
    }

    /// By how many percent of its contract the work on each of these projects is ahead of the money, below 0 behind it.
    /// Unknown where no progress or no amount is.
    pub fn ahead(&self, of: &[ProjectId]) -> Result<IdMap<ProjectId, i64>> {
        let sql = "SELECT p.id, COALESCE((SELECT n.number FROM note n WHERE n.project = p.id AND n.kind = 'progress' \
                   ORDER BY n.noted_on DESC, n.id DESC LIMIT 1), p.progress_percent), \
                   COALESCE((SELECT d.amount FROM deal d WHERE d.project = p.id AND d.kind = 'amendment' \
                   ORDER BY d.agreed_on DESC, d.id DESC LIMIT 1), p.contract_amount), \
                   (SELECT CAST(COALESCE(SUM(a.amount), 0) AS BIGINT) FROM milestone m \
                   JOIN allocation a ON a.milestone = m.id WHERE m.project = p.id) \
                   FROM project p WHERE p.id IN ($ids)";
        let ids: Vec<i64> = of.iter().map(|id| id.0).collect();
        let mut all = IdMap::default();
        self.db.each_of(sql, &ids, |(project, progress, contract, received): Pace| {
            if let (Some(progress), Some(contract)) = (progress, contract.filter(|sum| *sum > 0)) {
                let paid = i128::from(received) * 100 / i128::from(contract);
                let ahead = i128::from(progress) - paid;
                all.insert(project, i64::try_from(ahead).unwrap_or(i64::MIN));
            }
            Ok(())
        })?;
        Ok(all)
    }

    /// How content each of these customers was last by `day`, by a note about them, their projects or milestones.
    pub fn satisfaction(&self, of: &[CustomerId], day: NaiveDate) -> Result<IdMap<CustomerId, u8>> {
        let mut latest = Latest::new(day);
        let mut add = |(customer, on, id, number): Score| {
            latest.add(customer, (on, id.0), number);
            Ok(())
        };
        if of.len() > MANY {
            let sql = "SELECT COALESCE(n.customer, p.customer), n.noted_on, n.id, n.number FROM note n \
                       LEFT JOIN all_milestone m ON m.id = n.milestone \
                       LEFT JOIN project p ON p.id = COALESCE(n.project, m.project) \
                       WHERE n.kind = 'satisfaction' AND n.number IS NOT NULL";
            self.db.each(sql, &[], add)?;
        } else {
            let ids: Vec<i64> = of.iter().map(|id| id.0).collect();
            self.db.each_of(SATISFACTION, &ids, &mut add)?;
        }
        Ok(latest.values())
    }

    /// What has a note, written by `day`, that says each of these; of a few milestones only what is about them is read.
    pub fn noted(&self, asked: &[Noted], of: &[Whose], day: NaiveDate) -> Result<Vec<Hits>> {
        let mut hits = vec![Hits::default(); asked.len()];
        let add = |Text { customer, project, milestone, on, kind, wording }| {
            let text = normalize(&wording);
            let saying = asked.iter().zip(&mut hits).filter(|(one, _)| one.is_in(kind, &text));
            for (_, hits) in saying.filter(|_| on <= day) {
                hits.customers.extend(customer);
                hits.projects.extend(project);
                hits.milestones.extend(milestone);
            }
            Ok(())
        };
        self.each_said(asked, of, add)?;
        Ok(hits)
    }

    fn each_said(
        &self,
        asked: &[Noted],
        of: &[Whose],
        mut add: impl FnMut(Text) -> Result<()>,
    ) -> Result<()> {
        if of.len() > MANY {
            let first = asked.first().and_then(|one| one.kind);
            return match first.filter(|kind| asked.iter().all(|one| one.kind == Some(*kind))) {
                Some(kind) => {
                    self.db.each(&[Text::SELECT, "WHERE n.kind = $1"].join(" "), values![kind], add)
                }
                None => self.db.each(Text::SELECT, &[], add),
            };
        }
        let ids = |id: fn(&Whose) -> i64| {
            let ids: BTreeSet<i64> = of.iter().map(id).collect();
            ids.into_iter().collect::<Vec<i64>>()
        };
        for (about, ids) in [
            ("n.customer", ids(|of| of.customer.0)),
            ("n.project", ids(|of| of.project.0)),
            ("n.milestone", ids(|of| of.milestone.0)),
        ] {
            let sql = [Text::SELECT, " WHERE ", about, " IN ($ids)"].concat();
            self.db.each_of(&sql, &ids, &mut add)?;
        }
        Ok(())
    }
}

/// The latest value of each by a day; of one day the one recorded last.
struct Latest<K, V> {
    day: NaiveDate,
    found: IdMap<K, ((NaiveDate, i64), V)>,
}

impl<K: std::hash::Hash + Eq, V> Latest<K, V> {
    fn new(day: NaiveDate) -> Self {
        Self { day, found: IdMap::default() }
    }

    fn add(&mut self, key: K, place: (NaiveDate, i64), value: V) {
        let known = self.found.get(&key).map(|(known, _)| *known);
        if place.0 <= self.day && known.is_none_or(|known| known < place) {
            self.found.insert(key, (place, value));
        }
    }

    fn values(self) -> IdMap<K, V> {
        self.found.into_iter().map(|(key, (_, value))| (key, value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;

    #[test]
    fn scores_are_found_by_whom_they_are_about() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("ledger.db")).unwrap();
        let sql = ["EXPLAIN QUERY PLAN", &SATISFACTION.replace("$ids", "$1")].join(" ");
        let plan: Vec<(i64, i64, i64, String)> = store.db.rows(&sql, values![5_i64]).unwrap();
        let steps = plan.into_iter().map(|(.., step)| step);
        let of_all: Vec<String> =
            steps.filter(|step| step.starts_with("SCAN") || step.contains("note_kind")).collect();
        assert_eq!(of_all, [""; 0]);
    }
}
