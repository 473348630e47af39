//! Papers as lists and pages show them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use iso_currency::Currency;

use super::backend::{Select, select, values};
use super::{Reader, unknown};
use crate::domain::about::About;
use crate::domain::ids::{CustomerId, MilestoneId, PaperId, ProjectId};
use crate::domain::kinds::{Channel, PaperKind, PaperState};
use crate::domain::paper::PaperDays;
use crate::domain::readiness::OnFile;
use crate::domain::violation::{Thing, Violation};
use crate::error::Result;

select! {
    /// A paper, with codes and names of what it is about.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct PaperHead from "paper t LEFT JOIN project p ON p.id = COALESCE(t.project, \
            (SELECT MIN(m.project) FROM paper_milestone l JOIN milestone m ON m.id = l.milestone WHERE l.paper = t.id)) \
        LEFT JOIN customer c ON c.id = COALESCE(t.customer, p.customer)" {
        pub id: PaperId = "t.id",
        pub kind: PaperKind = "t.kind",
        pub customer_id: Option<CustomerId> = "c.id",
        pub customer: Option<String> = "c.code",
        pub customer_name: Option<String> = "COALESCE(NULLIF(c.short_name, ''), c.name)",
        pub project_id: Option<ProjectId> = "p.id",
        pub project: Option<String> = "p.code",
        pub number: String = "t.number",
        pub title: String = "t.title",
        pub dated_on: NaiveDate = "t.dated_on",
        pub sent_on: Option<NaiveDate> = "t.sent_on",
        pub sent_by: Option<Channel> = "t.sent_by",
        pub delivered_on: Option<NaiveDate> = "t.delivered_on",
        pub proof: String = "t.proof",
        pub signed_on: Option<NaiveDate> = "t.signed_on",
        pub expires_on: Option<NaiveDate> = "t.expires_on",
        pub closed_on: Option<NaiveDate> = "t.closed_on",
        pub amount: Option<i64> = "t.amount",
        pub currency: Option<Currency> = "t.currency",
        pub file: String = "t.file",
        pub sha256: String = "t.sha256",
        pub note: String = "t.note",
        pub body: String = "t.body",
        pub mail_to: String = "t.mail_to",
        pub message_id: String = "t.message_id",
        pub mail_reply: String = "t.mail_reply",
        pub who: String = "t.who",
    }
}

impl PaperHead {
    /// Whether we wrote it: it is a draft until it is sent.
    pub fn is_written(&self) -> bool {
        self.kind.is_ours() || !self.body.is_empty()
    }
}

/// A paper with the milestones it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub head: PaperHead,
    /// With their keys, or names.
    pub milestones: Vec<(MilestoneId, String)>,
}

impl Paper {
    pub const fn days(&self) -> PaperDays {
        let head = &self.head;
        PaperDays {
            dated_on: head.dated_on,
            sent_on: head.sent_on,
            delivered_on: head.delivered_on,
            signed_on: head.signed_on,
            expires_on: head.expires_on,
        }
    }

    /// As what a step of the ladder wants sees it.
    pub const fn on_file(&self) -> OnFile {
        OnFile { kind: self.head.kind, days: self.days() }
    }

    /// How far it is on a day; `None` before there was one.
    pub fn state(&self, day: NaiveDate) -> Option<PaperState> {
        self.days().state(self.head.is_written(), day)
    }
}

select! {
    /// A paper that expires.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct ExpiringPaper from "paper t LEFT JOIN project p ON p.id = COALESCE(t.project, \
            (SELECT MIN(m.project) FROM paper_milestone l JOIN milestone m ON m.id = l.milestone WHERE l.paper = t.id))" {
        pub paper: PaperId = "t.id",
        pub kind: PaperKind = "t.kind",
        pub customer: CustomerId = "COALESCE(t.customer, p.customer)",
        pub expires_on: NaiveDate = "t.expires_on",
        /// Minor units on it, 0 where it tells none.
        pub amount: i64 = "COALESCE(t.amount, 0)",
        pub currency: Currency = "COALESCE(t.currency, p.currency, 'CNY')",
    }
}

select! {
    /// A statement of account that was sent and not signed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct SentStatement from "paper t LEFT JOIN project p ON p.id = COALESCE(t.project, \
            (SELECT MIN(m.project) FROM paper_milestone l JOIN milestone m ON m.id = l.milestone WHERE l.paper = t.id))" {
        pub paper: PaperId = "t.id",
        pub customer: CustomerId = "COALESCE(t.customer, p.customer)",
        pub number: String = "t.number",
        pub sent_on: NaiveDate = "t.sent_on",
        delivered_on: Option<NaiveDate> = "t.delivered_on",
        /// Minor units on it, 0 where it tells none.
        pub amount: i64 = "COALESCE(t.amount, 0)",
        pub currency: Currency = "COALESCE(t.currency, p.currency, 'CNY')",
    }
}

impl SentStatement {
    /// The day the customer was asked: the delivery, where it is known.
    pub fn asked_on(&self) -> NaiveDate {
        self.delivered_on.unwrap_or(self.sent_on)
    }
}

select! {
    /// A project whose warranty ends.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct EndingWarranty from "project p" {
        pub project: ProjectId = "p.id",
        pub customer: CustomerId = "p.customer",
        pub ends_on: NaiveDate = "p.warranty_ends_on",
        pub currency: Currency = "p.currency",
    }
}

const NEWEST: &str = "ORDER BY t.dated_on DESC, t.id DESC";

/// The papers about something, about what it contains, and about what it belongs to: their ids, and what `$1` is.
pub(super) const fn within(about: About) -> (&'static str, i64) {
    match about {
        About::Customer(id) => (
            "SELECT a.id FROM paper a WHERE a.customer = $1 \
             UNION SELECT a.id FROM project q JOIN paper a ON a.project = q.id WHERE q.customer = $1 \
             UNION SELECT l.paper FROM project q JOIN milestone m ON m.project = q.id \
             JOIN paper_milestone l ON l.milestone = m.id WHERE q.customer = $1",
            id.0,
        ),
        About::Project(id) => (
            "SELECT a.id FROM paper a WHERE a.project = $1 \
             UNION SELECT l.paper FROM milestone m JOIN paper_milestone l ON l.milestone = m.id \
             WHERE m.project = $1 \
             UNION SELECT a.id FROM project q JOIN paper a ON a.customer = q.customer WHERE q.id = $1",
            id.0,
        ),
        About::Milestone(id) => ("SELECT a.paper FROM paper_about a WHERE a.milestone = $1", id.0),
    }
}

impl Reader {
    /// The papers about something, about what it contains, and about what it belongs to; or all, newest first.
    pub fn papers(&self, about: Option<About>, kind: Option<PaperKind>) -> Result<Vec<Paper>> {
        let mut heads: Vec<PaperHead> = match about {
            None => self.db.select(NEWEST, &[])?,
            Some(about) => {
                let (within, id) = within(about);
                let rest = ["WHERE t.id IN (", within, ") ", NEWEST].concat();
                self.db.select(&rest, values![id])?
            }
        };
        heads.retain(|head| kind.is_none_or(|kind| head.kind == kind));
        self.with_milestones(heads)
    }

    /// The papers about each of these milestones, its project or its customer.
    pub fn on_file(&self, ids: &[MilestoneId]) -> Result<HashMap<MilestoneId, Vec<OnFile>>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let mut filed: HashMap<MilestoneId, Vec<OnFile>> = HashMap::new();
        let sql = [Filed::SELECT, "WHERE a.milestone IN ($ids)"].join(" ");
        self.db.each_of(&sql, &ids, |one: Filed| {
            let days = PaperDays {
                dated_on: one.dated_on,
                sent_on: one.sent_on,
                delivered_on: one.delivered_on,
                signed_on: one.signed_on,
                expires_on: one.expires_on,
            };
            filed.entry(one.milestone).or_default().push(OnFile { kind: one.kind, days });
            Ok(())
        })?;
        Ok(filed)
    }

    fn with_milestones(&self, heads: Vec<PaperHead>) -> Result<Vec<Paper>> {
        let ids: Vec<i64> = heads.iter().map(|head| head.id.0).collect();
        let mut named: HashMap<PaperId, Vec<(MilestoneId, String)>> = HashMap::new();
        let sql = [Named::SELECT, "WHERE l.paper IN ($ids) ORDER BY l.id"].join(" ");
        self.db.each_of(&sql, &ids, |one: Named| {
            named.entry(one.paper).or_default().push((one.milestone, one.called));
            Ok(())
        })?;
        let paper = |head: PaperHead| {
            let milestones = named.remove(&head.id).unwrap_or_default();
            Paper { head, milestones }
        };
        Ok(heads.into_iter().map(paper).collect())
    }

    /// Contracts, non-disclosure agreements and guarantees that expire by a day, as another day knows them: not noted, not
    /// renewed by a newer one of the kind about the same, and of no project that is closed.
    pub fn expiring_papers(&self, day: NaiveDate, until: NaiveDate) -> Result<Vec<ExpiringPaper>> {
        let rest = "WHERE t.expires_on <= $1 AND t.dated_on <= $2 AND t.kind IN ('contract', 'nda', 'guarantee') \
            AND COALESCE(t.closed_on, '9999-12-31') > $2 AND COALESCE(p.state, 'active') <> 'closed' \
            AND COALESCE(t.customer, p.customer) IS NOT NULL \
            AND NOT EXISTS (SELECT 1 FROM paper n WHERE n.kind = t.kind AND n.id <> t.id \
            AND n.dated_on <= $2 AND n.dated_on >= t.dated_on AND n.id > t.id \
            AND ((n.customer = t.customer) OR (n.project = t.project) \
            OR n.id IN (SELECT l.paper FROM paper_milestone l JOIN paper_milestone o ON o.milestone = l.milestone \
            WHERE o.paper = t.id))) ORDER BY t.expires_on, t.id";
        self.db.select(rest, values![until, day])
    }

    /// Statements of account that were sent by a day, not signed and not noted as another day knows them, and not sent
    /// anew since about the same.
    pub fn unanswered_statements(
        &self,
        day: NaiveDate,
        until: NaiveDate,
    ) -> Result<Vec<SentStatement>> {
        let rest = "WHERE t.kind = 'statement' AND t.sent_on <= $1 \
            AND COALESCE(t.signed_on, '9999-12-31') > $2 AND COALESCE(t.closed_on, '9999-12-31') > $2 \
            AND COALESCE(t.customer, p.customer) IS NOT NULL \
            AND NOT EXISTS (SELECT 1 FROM paper n WHERE n.kind = t.kind AND n.id > t.id AND n.sent_on <= $2 \
            AND ((n.customer = t.customer) OR (n.project = t.project) \
            OR n.id IN (SELECT l.paper FROM paper_milestone l JOIN paper_milestone o ON o.milestone = l.milestone \
            WHERE o.paper = t.id))) ORDER BY t.sent_on, t.id";
        self.db.select(rest, values![until, day])
    }

    /// Warranties of projects that are not closed and end from a day on and by another, as a third knows them: without those
    /// that something other than progress was noted about since `told`.
    pub fn ending_warranties(
        &self,
        day: NaiveDate,
        (from, until): (NaiveDate, NaiveDate),
        told_before: u16,
    ) -> Result<Vec<EndingWarranty>> {
        let rest = "WHERE p.warranty_ends_on BETWEEN $1 AND $2 AND p.state <> 'closed' \
            ORDER BY p.warranty_ends_on, p.id";
        let ending: Vec<EndingWarranty> = self.db.select(rest, values![from, until])?;
        let ids: Vec<i64> = ending.iter().map(|one| one.project.0).collect();
        let sql = "SELECT project, MAX(noted_on) FROM note WHERE project IN ($ids) AND kind <> 'progress' \
            GROUP BY project";
        let mut noted: HashMap<ProjectId, NaiveDate> = HashMap::new();
        self.db.each_of(sql, &ids, |(project, on): (ProjectId, NaiveDate)| {
            noted.insert(project, on);
            Ok(())
        })?;
        let is_dealt_with = |one: &EndingWarranty| {
            let told = one.ends_on.checked_sub_days(Days::new(told_before.into()));
            let last = noted.get(&one.project).filter(|on| **on <= day);
            last.zip(told).is_some_and(|(last, told)| *last >= told)
        };
        Ok(ending.into_iter().filter(|one| !is_dealt_with(one)).collect())
    }

    /// A paper; unknown ones are refused.
    pub fn paper(&self, id: PaperId) -> Result<Paper> {
        let head: Option<PaperHead> = self.db.select_first("WHERE t.id = $1", values![id])?;
        let head = head.ok_or_else(|| unknown(Thing::Paper, id))?;
        let found = self.with_milestones(vec![head])?.pop();
        found.ok_or_else(|| unknown(Thing::Paper, id))
    }

    /// The paper `#5`, or with this number; unknown ones are refused.
    pub fn find_paper(&self, name: &str) -> Result<PaperId> {
        let name = name.trim();
        let sql = "SELECT id FROM paper WHERE number = $1 ORDER BY id";
        let mut fits: Vec<PaperId> = self.db.rows(sql, values![name])?;
        if let Ok(id) = name.trim_start_matches('#').parse() {
            let sql = "SELECT id FROM paper WHERE id = $1";
            let id: Option<PaperId> = self.db.first(sql, values![PaperId(id)])?;
            if name.starts_with('#') || fits.is_empty() {
                fits = id.into_iter().collect();
            }
        }
        match fits.as_slice() {
            [one] => Ok(*one),
            [] => Err(unknown(Thing::Paper, name)),
            several => Err(Violation::Ambiguous {
                thing: Thing::Paper,
                name: name.to_owned(),
                fits: several.iter().map(ToString::to_string).collect(),
            }
            .into()),
        }
    }

    /// What a paper about this counts its amount in: the project's currency, else the customer's only one, if it has one.
    pub fn paper_currency(&self, about: About) -> Result<Option<Currency>> {
        let (sql, id) = match about {
            About::Customer(CustomerId(id)) => {
                ("SELECT DISTINCT currency FROM project WHERE customer = $1", id)
            }
            About::Project(ProjectId(id)) => ("SELECT currency FROM project WHERE id = $1", id),
            About::Milestone(MilestoneId(id)) => (
                "SELECT p.currency FROM milestone m JOIN project p ON p.id = m.project WHERE m.id = $1",
                id,
            ),
        };
        let found: Vec<Currency> = self.db.rows(sql, values![id])?;
        Ok(if let [one] = found.as_slice() { Some(*one) } else { None })
    }
}

select! {
    struct Named from "paper_milestone l JOIN all_milestone m ON m.id = l.milestone" {
        paper: PaperId = "l.paper",
        milestone: MilestoneId = "l.milestone",
        called: String = "COALESCE(m.key, m.name)",
    }
}

select! {
    struct Filed from "paper_about a JOIN paper t ON t.id = a.paper" {
        milestone: MilestoneId = "a.milestone",
        kind: PaperKind = "t.kind",
        dated_on: NaiveDate = "t.dated_on",
        sent_on: Option<NaiveDate> = "t.sent_on",
        delivered_on: Option<NaiveDate> = "t.delivered_on",
        signed_on: Option<NaiveDate> = "t.signed_on",
        expires_on: Option<NaiveDate> = "t.expires_on",
    }
}
