//! What was agreed after the contract: contract amounts by day, and the deals themselves.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::Reader;
use super::backend::{Backend, select, values};
use super::lists::ListedLine;
use crate::domain::deal;
use crate::domain::ids::{CustomerId, DealId, IdMap, MilestoneId, ProjectId};
use crate::domain::kinds::DealKind;
use crate::error::Result;

select! {
    /// A deal in a list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct DealHead from "deal d JOIN customer c ON c.id = d.customer LEFT JOIN project p ON p.id = d.project" {
        pub id: DealId = "d.id",
        pub kind: DealKind = "d.kind",
        pub on: NaiveDate = "d.agreed_on",
        /// Code of the customer.
        pub customer: String = "c.code",
        pub customer_name: String = "c.name",
        /// Code of the project, where it is about one.
        pub project: Option<String> = "p.code",
        pub currency: Option<Currency> = "p.currency",
        pub lapses_on: Option<NaiveDate> = "d.lapses_on",
        /// The new contract amount, what is paid in parts, or what settles; minor units.
        pub amount: Option<i64> = "d.amount",
        pub note: String = "d.note",
        pub all_due: bool = "d.all_due",
        pub called_on: Option<NaiveDate> = "d.called_on",
    }
}

select! {
    struct Covered from "(SELECT l.deal AS deal, l.milestone AS milestone, l.amount AS amount, l.id AS place, 0 AS part \
        FROM deal_line l UNION ALL SELECT i.deal, i.milestone, m.amount, i.id, 1 FROM instalment i \
        JOIN all_milestone m ON m.id = i.milestone) l JOIN deal d ON d.id = l.deal \
        JOIN all_milestone m ON m.id = l.milestone JOIN project p ON p.id = m.project" {
        deal: DealId = "l.deal",
        milestone: MilestoneId = "l.milestone",
        key: Option<String> = "m.key",
        project: String = "p.code",
        currency: Currency = "p.currency",
        amount: i64 = "l.amount",
    }
}

/// A deal with the milestones it changes or makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDeal {
    pub head: DealHead,
    pub lines: Vec<ListedLine>,
    /// That of its milestones, where it is about no project.
    currency: Option<Currency>,
}

impl ListedDeal {
    pub fn currency(&self) -> Currency {
        self.head.currency.or(self.currency).unwrap_or(Currency::CNY)
    }
}

impl Reader {
    /// The deals, newest first: of everybody, of a customer, or of a project.
    pub fn deal_list(
        &self,
        customer: Option<CustomerId>,
        project: Option<ProjectId>,
    ) -> Result<Vec<ListedDeal>> {
        let whose =
            "WHERE d.customer BETWEEN $1 AND $2 AND COALESCE(d.project, 0) BETWEEN $3 AND $4";
        let range = |id: Option<i64>| id.map_or([i64::MIN, i64::MAX], |id| [id, id]);
        let [first, last] = range(customer.map(|id| id.0));
        let [from, to] = range(project.map(|id| id.0));
        let of = values![first, last, from, to];
        let mut lines: IdMap<DealId, (Option<Currency>, Vec<ListedLine>)> = IdMap::default();
        for one in
            self.db.select::<Covered>(&[whose, "ORDER BY l.deal, l.part, l.place"].join(" "), of)?
        {
            let (currency, lines) = lines.entry(one.deal).or_default();
            *currency = Some(one.currency);
            let (paid, open) = (0, 0);
            let (milestone, key, amount) = (one.milestone, one.key, one.amount);
            lines.push(ListedLine { milestone, key, project: one.project, amount, paid, open });
        }
        let heads: Vec<DealHead> =
            self.db.select(&[whose, "ORDER BY d.agreed_on DESC, d.id DESC"].join(" "), of)?;
        let listed = heads.into_iter().map(|head| {
            let (currency, lines) = lines.remove(&head.id).unwrap_or_default();
            ListedDeal { head, lines, currency }
        });
        Ok(listed.collect())
    }

    /// The contract amount on a day, where it is known.
    pub fn contract_on(&self, project: ProjectId, day: NaiveDate) -> Result<Option<i64>> {
        contract_on(&*self.db, project, day)
    }
}

pub(super) fn contract_on(
    db: &dyn Backend,
    project: ProjectId,
    day: NaiveDate,
) -> Result<Option<i64>> {
    let sql = "SELECT contract_amount FROM project WHERE id = $1";
    let entered: Option<Option<i64>> = db.first(sql, values![project])?;
    let sql =
        "SELECT agreed_on, amount FROM deal WHERE project = $1 AND kind = 'amendment' ORDER BY id";
    let amendments: Vec<(NaiveDate, Option<i64>)> = db.rows(sql, values![project])?;
    Ok(deal::contract_on(entered.flatten(), &amendments, day))
}

/// The amendment in force when all have taken effect.
pub(super) fn last_amendment(db: &dyn Backend, project: ProjectId) -> Result<Option<DealId>> {
    let sql = "SELECT id FROM deal WHERE project = $1 AND kind = 'amendment' \
               ORDER BY agreed_on DESC, id DESC LIMIT 1";
    db.first(sql, values![project])
}

/// The milestones that are settled together with some of these: what one of them receives counts for all.
pub(super) fn settled_with(db: &dyn Backend, ids: &[MilestoneId]) -> Result<Vec<MilestoneId>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let sql = "SELECT DISTINCT o.milestone FROM deal_line l JOIN deal d ON d.id = l.deal \
               JOIN deal_line o ON o.deal = l.deal WHERE d.kind = 'settlement' AND l.milestone IN ($ids)";
    db.rows_of(sql, &ids)
}
