//! What milestones bear in late fees by a day, each by the terms of its contract.

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::facts::Facts;
use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::late_fee::{Fee, LateFee, NoFee, late_fee, late_fee_since};
use crate::domain::policy::Policy;
use crate::domain::rates::Lpr;
use crate::domain::statutory::{self, LatePayment};

/// What one milestone bears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneFee {
    pub id: MilestoneId,
    pub project: ProjectId,
    pub currency: Currency,
    /// The contract's, those that were asked for, or those of the law.
    pub terms: LateFee,
    /// Where nothing was agreed, what law says.
    pub by_law: Option<LatePayment>,
    pub fee: Fee,
}

/// A milestone that is left out, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    NoTerms,
    NoFee(NoFee),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LateFees {
    /// Those that bear something.
    pub fees: Vec<MilestoneFee>,
    pub left_out: Vec<(MilestoneId, LeftOut)>,
}

/// The late fees of these milestones by the end of a day: by what was agreed, else by law.
pub fn late_fees(
    facts: &[Facts],
    terms: impl Fn(ProjectId) -> Option<LateFee>,
    lpr: &Lpr,
    policy: &Policy,
    as_of: NaiveDate,
) -> LateFees {
    let mut all = LateFees::default();
    for facts in facts {
        let project = &facts.project;
        let agreed = terms(project.id);
        let by_law = if agreed.is_some() { None } else { by_law(facts, lpr, policy, as_of) };
        let found = match (agreed, by_law) {
            (Some(terms), _) => {
                Some((terms, None, late_fee(facts, &terms, lpr, as_of, Calendar::china())))
            }
            (None, Some((law, fee))) => Some((law.terms, Some(law), fee)),
            (None, None) => None,
        };
        let Some((terms, by_law, fee)) = found else {
            all.left_out.push((facts.id, LeftOut::NoTerms));
            continue;
        };
        match fee {
            Ok(fee) if fee.pieces.is_empty() => {}
            Ok(fee) => all.fees.push(MilestoneFee {
                id: facts.id,
                project: project.id,
                currency: project.currency,
                terms,
                by_law,
                fee,
            }),
            Err(why) => all.left_out.push((facts.id, LeftOut::NoFee(why))),
        }
    }
    all
}

/// What law says of a milestone without late-fee terms, and what it comes to.
pub fn by_law(
    facts: &Facts,
    lpr: &Lpr,
    policy: &Policy,
    as_of: NaiveDate,
) -> Option<(LatePayment, Result<Fee, NoFee>)> {
    let item = as_of::item(facts, as_of, Calendar::china())?;
    let law = statutory::late_payment(facts, &item, policy, as_of)?;
    let fee = late_fee_since(facts, &item, law.due, &law.terms, lpr, as_of);
    Some((law, fee))
}
