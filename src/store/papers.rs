//! Papers as lists and pages show them.

use std::collections::HashMap;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::backend::{Select, select, values};
use super::{Reader, unknown};
use crate::domain::about::About;
use crate::domain::ids::{CustomerId, MilestoneId, PaperId, ProjectId};
use crate::domain::kinds::{Channel, PaperKind, PaperState};
use crate::domain::paper::PaperDays;
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
    /// How far it is on a day; `None` before there was one.
    pub fn state(&self, day: NaiveDate) -> Option<PaperState> {
        let head = &self.head;
        let days = PaperDays {
            dated_on: head.dated_on,
            sent_on: head.sent_on,
            delivered_on: head.delivered_on,
            signed_on: head.signed_on,
            expires_on: head.expires_on,
        };
        days.state(head.is_written(), day)
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

const NEWEST: &str = "ORDER BY t.dated_on DESC, t.id DESC";

impl Reader {
    /// The papers about something, about what it contains, and about what it belongs to; or all, newest first.
    pub fn papers(&self, about: Option<About>, kind: Option<PaperKind>) -> Result<Vec<Paper>> {
        let of = |within: &str| ["WHERE t.id IN (", within, ") ", NEWEST].concat();
        let mut heads: Vec<PaperHead> = match about {
            None => self.db.select(NEWEST, &[])?,
            Some(About::Customer(id)) => {
                let within = "SELECT a.id FROM paper a WHERE a.customer = $1 \
                    UNION SELECT a.id FROM project q JOIN paper a ON a.project = q.id WHERE q.customer = $1 \
                    UNION SELECT l.paper FROM project q JOIN milestone m ON m.project = q.id \
                    JOIN paper_milestone l ON l.milestone = m.id WHERE q.customer = $1";
                self.db.select(&of(within), values![id])?
            }
            Some(About::Project(id)) => {
                let within = "SELECT a.id FROM paper a WHERE a.project = $1 \
                    UNION SELECT l.paper FROM milestone m JOIN paper_milestone l ON l.milestone = m.id \
                    WHERE m.project = $1 \
                    UNION SELECT a.id FROM project q JOIN paper a ON a.customer = q.customer WHERE q.id = $1";
                self.db.select(&of(within), values![id])?
            }
            Some(About::Milestone(id)) => {
                let within = "SELECT a.paper FROM paper_about a WHERE a.milestone = $1";
                self.db.select(&of(within), values![id])?
            }
        };
        heads.retain(|head| kind.is_none_or(|kind| head.kind == kind));
        self.with_milestones(heads)
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
