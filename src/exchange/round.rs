//! The dunning round as a list: the letters first, then what is in none, with why.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::document::DocumentKind;
use crate::domain::ids::MilestoneId;
use crate::domain::money::{self, Currency};
use crate::portfolio::Portfolio;
use crate::report::round::{Round, WhyNot};
use crate::text::Lang;

use super::lists::{Field, Listed, Rows, field};
use super::out::{Cell, Column, JsonOut, Page, Report};

/// The round: for people a row for each currency of a letter, for programs an object a letter.
pub struct RoundList(Rows<RoundRow>);

/// A letter, or a milestone that is in none. A letter in several currencies has a row for each.
struct RoundRow {
    /// Which letter of the round, or which milestone that is in none.
    place: usize,
    customer: String,
    letter: Option<(u8, DocumentKind)>,
    milestones: String,
    amount: i64,
    currency: Currency,
    why: Option<WhyNot>,
    today: NaiveDate,
}

impl RoundList {
    /// A round whose names are read.
    pub fn new(round: &Round, portfolio: &Portfolio) -> Self {
        let (names, today) = (&portfolio.names, portfolio.today);
        let called = |id: MilestoneId| {
            names.milestone(id).code().map_or_else(|| id.to_string(), str::to_owned)
        };
        let short = |customer| names.customer(customer).short().to_owned();
        let mut rows = Vec::new();
        for (place, letter) in round.letters.iter().enumerate() {
            for (currency, amount) in letter.sums.iter() {
                let ids =
                    letter.milestones.iter().copied().filter(|id| {
                        portfolio.get(*id).is_some_and(|item| item.currency == currency)
                    });
                rows.push(RoundRow {
                    place,
                    customer: short(letter.customer),
                    letter: Some((letter.step, letter.kind)),
                    milestones: ids.map(called).collect::<Vec<_>>().join(" "),
                    amount: *amount,
                    currency,
                    why: None,
                    today,
                });
            }
        }
        let left = round.left.iter().zip(round.letters.len()..).filter_map(|(left, place)| {
            let item = portfolio.get(left.id)?;
            Some(RoundRow {
                place,
                customer: short(left.customer),
                letter: None,
                milestones: called(left.id),
                amount: item.balance,
                currency: item.currency,
                why: Some(left.why.clone()),
                today,
            })
        });
        rows.extend(left);
        Self(Rows(rows))
    }
}

impl Report for RoundList {
    fn page(&self, lang: Lang) -> Page<'_> {
        self.0.page(lang)
    }

    fn json(&self, lang: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let rows = self.0.0.chunk_by(|one, next| one.place == next.place);
        let entries = rows.filter_map(|rows| Some(Entry::new(rows.first()?, rows, lang)));
        serde_json::to_writer(out, &entries.collect::<Vec<_>>())
    }
}

/// A letter, or a milestone that is in none, whole.
#[derive(Serialize)]
struct Entry<'r> {
    customer_name: &'r str,
    letter: Option<&'static str>,
    step: Option<u8>,
    milestones: String,
    sums: Vec<Sum<'r>>,
    why: Cell<'r>,
}

/// What of it is in one currency.
#[derive(Serialize)]
struct Sum<'r> {
    currency: &'static str,
    amount: String,
    milestones: &'r str,
}

impl<'r> Entry<'r> {
    fn new(first: &'r RoundRow, rows: &'r [RoundRow], lang: Lang) -> Self {
        let sum = |row: &'r RoundRow| Sum {
            currency: row.currency.code(),
            amount: money::plain(row.amount, row.currency),
            milestones: &row.milestones,
        };
        let milestones: Vec<&str> = rows.iter().map(|row| &*row.milestones).collect();
        Self {
            customer_name: &first.customer,
            letter: first.letter.map(|(_, kind)| kind.code()),
            step: first.letter.map(|(step, _)| step),
            milestones: milestones.join(" "),
            sums: rows.iter().map(sum).collect(),
            why: first.why(lang),
        }
    }
}

impl RoundRow {
    fn why(&self, lang: Lang) -> Cell<'_> {
        match &self.why {
            None => Cell::EMPTY,
            Some(WhyNot::Waits(step, wait)) => {
                Cell::both(lang.waits(*step, *wait), wait.why.code())
            }
            Some(WhyNot::Act(act)) => Cell::both(lang.act(*act), act.code()),
            Some(WhyNot::Watched(watch)) => {
                Cell::both(lang.watch(*watch, self.today), watch.code())
            }
            Some(WhyNot::Drafted(number)) => Cell::both(lang.round_drafted(number), "drafted"),
        }
    }
}

impl Listed for RoundRow {
    fn title(lang: Lang) -> &'static str {
        lang.round_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.customer_word()).named("customer_name"), |r, _| {
                (&*r.customer).into()
            }),
            field(Column::left(lang.round_letter()).named("letter"), |r, lang| {
                r.letter.map_or(Cell::EMPTY, |(_, kind)| {
                    Cell::both(lang.document_kind(kind), kind.code())
                })
            }),
            field(Column::left(lang.round_step()).named("step").spare(2), |r, _| {
                r.letter.map_or(Cell::EMPTY, |(step, _)| Cell::Number(step.into()))
            }),
            field(Column::left(lang.milestone_word()).named("milestones").spare(1), |r, _| {
                (&*r.milestones).into()
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(3), |r, _| {
                r.currency.code().into()
            }),
            field(Column::right(lang.amount_word()).named("amount"), |r, _| {
                Cell::amount(r.amount, r.currency)
            }),
            field(Column::left(lang.round_why()).named("why"), Self::why),
        ]
    }

    /// What the letters claim.
    fn sums(&self) -> Option<(Currency, Vec<(&'static str, i64)>)> {
        self.letter.map(|_| (self.currency, vec![("amount", self.amount)]))
    }
}

/// A letter of a round that was filed.
pub struct FiledLetter {
    pub number: String,
    pub kind: DocumentKind,
    pub customer: String,
    /// The file it was written to.
    pub file: String,
}

impl Listed for FiledLetter {
    fn title(lang: Lang) -> &'static str {
        lang.round_filed_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.form_paper_number()).named("number"), |r, _| {
                (&*r.number).into()
            }),
            field(Column::left(lang.round_letter()).named("letter"), |r, lang| {
                Cell::both(lang.document_kind(r.kind), r.kind.code())
            }),
            field(Column::left(lang.customer_word()).named("customer_name"), |r, _| {
                (&*r.customer).into()
            }),
            field(Column::left(lang.round_file()).named("file").spare(1), |r, _| (&*r.file).into()),
        ]
    }
}
