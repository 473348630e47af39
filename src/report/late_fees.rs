//! What milestones bear in late fees by a day, each by the terms of its contract.

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::calendar::Calendar;
use crate::domain::facts::Facts;
use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::late_fee::{Fee, LateFee, NoFee, late_fee};
use crate::domain::rates::Lpr;

/// What one milestone bears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneFee {
    pub id: MilestoneId,
    pub project: ProjectId,
    pub currency: Currency,
    /// The contract's, or those that were asked for.
    pub terms: LateFee,
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

/// The late fees of these milestones by the end of a day.
pub fn late_fees(
    facts: &[Facts],
    terms: impl Fn(ProjectId) -> Option<LateFee>,
    lpr: &Lpr,
    as_of: NaiveDate,
) -> LateFees {
    let mut all = LateFees::default();
    for facts in facts {
        let project = &facts.project;
        let Some(terms) = terms(project.id) else {
            all.left_out.push((facts.id, LeftOut::NoTerms));
            continue;
        };
        match late_fee(facts, &terms, lpr, as_of, Calendar::china()) {
            Ok(fee) if fee.pieces.is_empty() => {}
            Ok(fee) => all.fees.push(MilestoneFee {
                id: facts.id,
                project: project.id,
                currency: project.currency,
                terms,
                fee,
            }),
            Err(why) => all.left_out.push((facts.id, LeftOut::NoFee(why))),
        }
    }
    all
}
