//! Late fees, piece by piece, with their sum and how they are counted.

use chrono::NaiveDate;

use crate::domain::ids::MilestoneId;
use crate::domain::late_fee::{LateFee, NoFee, Piece, Rate};
use crate::domain::money::{self, Currency};
use crate::domain::rates::{Lpr, LprTerm};
use crate::domain::statutory::{LatePayment, Law};
use crate::portfolio::Names;
use crate::report::late_fees::{LateFees, LeftOut, MilestoneFee};
use crate::text::Lang;

use super::lists::{Field, Listed, Rows, field};
use super::out::{Cell, Column, Page, Report};

/// One piece of a milestone's fee.
pub struct FeeRow {
    key: String,
    project: String,
    customer: String,
    milestone: String,
    currency: Currency,
    terms: LateFee,
    law: Option<Law>,
    piece: Piece,
    /// The fixed sum beside the fee, with its first piece; minor units.
    compensation: i64,
}

impl FeeRow {
    fn rate(&self, lang: Lang) -> Cell<'_> {
        let percent = self.piece.percent.to_string();
        let shown = match self.terms.rate {
            Rate::PerDay(_) => lang.fee_per_day(&percent),
            Rate::PerYear(_, year) | Rate::Lpr { year, .. } => {
                lang.fee_per_year(&percent, year.days())
            }
        };
        Cell::both(shown, percent)
    }
}

impl Listed for FeeRow {
    fn title(lang: Lang) -> &'static str {
        lang.late_fee_word()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.key_word()).named("key"), |r, _| (&*r.key).into()),
            field(Column::left(lang.project_code_word()).named("project").spare(3), |r, _| {
                (&*r.project).into()
            }),
            field(Column::left(lang.customer_word()).named("customer_name").spare(4), |r, _| {
                (&*r.customer).into()
            }),
            field(Column::left(lang.milestone_word()).named("milestone").spare(2), |r, _| {
                (&*r.milestone).into()
            }),
            field(Column::left(lang.fee_from_word()).named("from"), |r, _| Cell::Day(r.piece.from)),
            field(Column::left(lang.fee_to_word()).named("to"), |r, _| Cell::Day(r.piece.to)),
            field(Column::right(lang.fee_days_word()).named("days"), |r, _| {
                Cell::Number(r.piece.days)
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(5), |r, _| {
                r.currency.code().into()
            }),
            field(Column::right(lang.fee_unpaid_word()).named("unpaid"), |r, _| {
                Cell::amount(r.piece.unpaid, r.currency)
            }),
            field(Column::left(lang.fee_rate_word()).named("percent").spare(1), Self::rate),
            field(Column::right(lang.fee_days_word()).named("base").aside(), |r, _| {
                Cell::Number(r.terms.rate.base().into())
            }),
            field(Column::right(lang.late_fee_word()).named("fee"), |r, _| {
                Cell::amount(r.piece.fee, r.currency)
            }),
            field(Column::left(lang.fee_basis_word()).named("basis").told(), |r, lang| {
                match r.law {
                    None => Cell::both(lang.fee_agreed(), "agreed"),
                    Some(law) => Cell::both(lang.fee_by_law(), law.code()),
                }
            }),
            field(Column::right(lang.compensation_word()).named("compensation").told(), |r, _| {
                if r.compensation == 0 {
                    Cell::EMPTY
                } else {
                    Cell::amount(r.compensation, r.currency)
                }
            }),
            field(Column::left(lang.fee_terms_word()).named("terms").aside(), |r, _| {
                r.terms.to_string().into()
            }),
        ]
    }

    fn sums(&self) -> Option<(Currency, Vec<(&'static str, i64)>)> {
        Some((self.currency, vec![("fee", self.piece.fee)]))
    }
}

/// The late fees of what was asked for.
pub struct NamedFees<'n> {
    pub fees: LateFees,
    pub names: &'n Names,
    /// What was asked for, as it was typed.
    pub asked: String,
    pub as_of: NaiveDate,
    pub lpr: &'n Lpr,
    rows: Rows<FeeRow>,
}

impl<'n> NamedFees<'n> {
    pub fn new(
        fees: LateFees,
        names: &'n Names,
        asked: String,
        as_of: NaiveDate,
        lpr: &'n Lpr,
        customer: impl Fn(&MilestoneFee) -> String,
    ) -> Self {
        let rows = fees.fees.iter().flat_map(|fee| {
            let customer = customer(fee);
            let by_law = fee.by_law;
            let row = move |(at, piece): (usize, &Piece)| FeeRow {
                key: called(names, fee.id),
                project: names.project(fee.project).code.to_string(),
                customer: customer.clone(),
                milestone: names.milestone(fee.id).name.to_string(),
                currency: fee.currency,
                terms: fee.terms,
                law: by_law.map(|by| by.law),
                piece: piece.clone(),
                compensation: by_law.filter(|_| at == 0).map_or(0, |by| by.compensation),
            };
            fee.fee.pieces.iter().enumerate().map(row)
        });
        let rows = Rows(rows.collect());
        Self { fees, names, asked, as_of, lpr, rows }
    }

    /// How it is counted, in one sentence for each kind of terms.
    fn conventions(&self, lang: Lang) -> Vec<String> {
        let mut kinds: Vec<(LateFee, Vec<&str>)> = Vec::new();
        for fee in self.fees.fees.iter().filter(|fee| fee.by_law.is_none()) {
            let project = &*self.names.project(fee.project).code;
            match kinds.iter_mut().find(|(terms, _)| *terms == fee.terms) {
                Some((_, projects)) if projects.contains(&project) => {}
                Some((_, projects)) => projects.push(project),
                None => kinds.push((fee.terms, vec![project])),
            }
        }
        let mut said: Vec<String> = match kinds.as_slice() {
            [(terms, _)] if self.fees.fees.iter().all(|fee| fee.by_law.is_none()) => {
                vec![lang.fees_convention(&lang.late_fee_terms(terms))]
            }
            several => {
                let one = |(terms, projects): &(LateFee, Vec<&str>)| {
                    lang.fees_convention_of(
                        &projects.join(lang.pick("、", ", ")),
                        &lang.late_fee_terms(terms),
                    )
                };
                several.iter().map(one).collect()
            }
        };
        said.extend(self.by_law(lang));
        for term in LprTerm::ALL {
            let uses = |fee: &MilestoneFee| matches!(fee.terms.rate, Rate::Lpr { term: used, .. } if used == *term);
            if self.fees.fees.iter().any(uses) {
                said.extend(self.last_change(*term, lang));
            }
        }
        said
    }

    /// What counts by law, one sentence for each rate of each law, and the fixed sums beside it.
    fn by_law(&self, lang: Lang) -> Vec<String> {
        let mut kinds: Vec<(LatePayment, Vec<&str>)> = Vec::new();
        let mut sums = Vec::new();
        for fee in &self.fees.fees {
            let Some(law) = fee.by_law else { continue };
            let project = &*self.names.project(fee.project).code;
            let same = |(known, _): &&mut (LatePayment, _)| {
                (known.law, known.terms) == (law.law, law.terms)
            };
            match kinds.iter_mut().find(same) {
                Some((_, projects)) if projects.contains(&project) => {}
                Some((_, projects)) => projects.push(project),
                None => kinds.push((law, vec![project])),
            }
            if law.compensation > 0 {
                let sum = money::with_symbol(law.compensation, fee.currency);
                sums.push(lang.fees_sum_of(&called(self.names, fee.id), &sum));
            }
        }
        let comma = lang.pick("、", ", ");
        let one = |(law, projects): &(LatePayment, Vec<&str>)| {
            lang.fees_by_law(&projects.join(comma), &lang.late_payment(law))
        };
        let mut said: Vec<String> = kinds.iter().map(one).collect();
        said.extend((!sums.is_empty()).then(|| lang.fees_sums(&sums.join(comma))));
        said
    }

    fn last_change(&self, term: LprTerm, lang: Lang) -> Option<String> {
        let day = self.lpr.changes(term).next_back()?;
        let percent = self.lpr.on(term, day)?.to_string();
        Some(lang.fees_lpr(lang.lpr_term(term), day, &percent))
    }

    fn left_out(&self, lang: Lang) -> Vec<String> {
        let (mut without, mut not_due, mut said) = (0, 0, Vec::new());
        for (id, why) in &self.fees.left_out {
            match *why {
                LeftOut::NoTerms => without += 1,
                LeftOut::NoFee(NoFee::NotDue) => not_due += 1,
                LeftOut::NoFee(NoFee::NoRate(day)) => {
                    said.push(lang.fees_no_rate(&called(self.names, *id), day));
                }
                LeftOut::NoFee(NoFee::Overflow) => {
                    said.push(lang.fees_overflow(&called(self.names, *id)));
                }
            }
        }
        said.extend((without > 0).then(|| lang.fees_without_terms(without)));
        said.extend((not_due > 0).then(|| lang.fees_not_due(not_due)));
        said
    }
}

/// Its key, else its id.
fn called(names: &Names, id: MilestoneId) -> String {
    names.milestone(id).code().map_or_else(|| id.to_string(), str::to_owned)
}

impl Report for NamedFees<'_> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let mut page = self.rows.page(lang);
        page.title = lang.fees_title(&self.asked, self.as_of);
        let capped = self.fees.fees.iter().filter(|fee| fee.fee.capped);
        let capped: Vec<String> = capped.map(|fee| called(self.names, fee.id)).collect();
        let mut notes = self.conventions(lang);
        if !capped.is_empty() {
            notes.push(lang.fees_capped(&capped.join(lang.pick("、", ", "))));
        }
        notes.extend(self.left_out(lang));
        if self.fees.fees.is_empty() {
            page.tables.clear();
            page.lead = [vec![lang.fees_nothing().to_owned()], notes].concat();
        } else {
            notes.push(lang.fees_not_booked().to_owned());
            if let Some(table) = page.tables.first_mut() {
                table.notes = notes;
            }
        }
        page
    }

    /// As rows, none where there is no fee.
    fn page_as_kept(&self, lang: Lang) -> Page<'_> {
        self.rows.page(lang)
    }
}
