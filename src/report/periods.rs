//! What falls due, what is promised and what came in, week by week or month by month and currency by currency. All of it
//! is a list of [`Entry`]s: a number is the sum of some of them, and they are what stands behind it. What is due, firm
//! or expected, adds up to all that is open. Amounts are minor units.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use iso_currency::Currency;

use crate::domain::codes::codes;
use crate::domain::ids::{CustomerId, MilestoneId, PaymentId};
use crate::domain::item::Item;
use crate::domain::money::Overflow;
use crate::store::Receipt;

use super::figures::{Tally, month_start};
use super::fortnight::stands;
use super::history::monday;

codes! {
    /// How long a period is.
    Grain {
        /// From Monday to Sunday.
        Week = "week",
        Month = "month",
    }

    /// What a part of a period is.
    Part {
        /// Due on a day that is sure.
        Firm = "firm",
        /// Expected to fall due, or without a day.
        Expected = "expected",
        /// What promises still have to bring: pending ones, and broken ones that no other followed.
        Promised = "promised",
        /// What came in, less what went back.
        Received = "received",
    }
}

impl Grain {
    /// The first day of the period a day is in.
    pub fn first(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Week => monday(day),
            Self::Month => month_start(day),
        }
    }

    /// The last day of the period that begins on a day.
    pub fn last(self, first: NaiveDate) -> NaiveDate {
        let next = match self {
            Self::Week => first.checked_add_days(Days::new(7)),
            Self::Month => first.checked_add_months(Months::new(1)),
        };
        next.and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// As `2026-W48` or `2026-11`.
    pub fn name(self, first: NaiveDate) -> String {
        match self {
            Self::Week => first.format("%G-W%V").to_string(),
            Self::Month => format!("{}-{:02}", first.year(), first.month()),
        }
    }
}

/// Where something stands, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// Before the day the table begins with.
    Earlier,
    /// The period that begins on this day.
    From(NaiveDate),
    NoDate,
}

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Milestone(MilestoneId),
    Payment(PaymentId),
}

/// One milestone's or payment's part of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub period: Period,
    pub currency: Currency,
    pub part: Part,
    pub on: Option<NaiveDate>,
    pub customer: CustomerId,
    pub about: About,
    pub amount: i64,
}

/// What the parts come to, in their order.
pub type Sums = [Tally; Part::ALL.len()];

/// The table and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods {
    pub today: NaiveDate,
    pub grain: Grain,
    /// The day the table begins with; what was due before it and is open stands in [`Period::Earlier`].
    pub from: NaiveDate,
    /// By period, currency (the main one first), part and day.
    pub entries: Vec<Entry>,
    main: Currency,
}

impl Periods {
    /// The periods of open items and of what came in. The period of `from` has all that came in in it.
    pub fn new<'i>(
        items: impl Iterator<Item = &'i Item>,
        receipts: &[Receipt],
        (today, from): (NaiveDate, NaiveDate),
        grain: Grain,
        main: Currency,
    ) -> Self {
        let mut all = Self { today, grain, from, entries: Vec::new(), main };
        for item in items.filter(|item| item.balance > 0) {
            all.add(item);
        }
        all.entries.extend(receipts.iter().map(|receipt| Entry {
            period: Period::From(grain.first(receipt.on)),
            currency: receipt.currency,
            part: Part::Received,
            on: Some(receipt.on),
            customer: receipt.customer,
            about: About::Payment(receipt.payment),
            amount: receipt.amount,
        }));
        all.entries.sort_by_key(|of| (of.period, order(of.currency, main), of.part, of.on));
        all
    }

    fn place(&self, day: Option<NaiveDate>) -> Period {
        match day {
            None => Period::NoDate,
            Some(day) if day < self.from => Period::Earlier,
            Some(day) => Period::From(self.grain.first(day)),
        }
    }

    fn add(&mut self, item: &Item) {
        let entry = |part, on, amount| Entry {
            period: self.place(on),
            currency: item.currency,
            part,
            on,
            customer: item.customer,
            about: About::Milestone(item.id),
            amount,
        };
        let due = item.due(self.today);
        let part = if item.is_firm(self.today) { Part::Firm } else { Part::Expected };
        let mut entries = vec![entry(part, due, item.balance)];
        let promises = item.promises.iter().filter(|promise| stands(promise, self.today));
        entries.extend(promises.map(|of| entry(Part::Promised, Some(of.pay_by), of.missing())));
        self.entries.extend(entries);
    }

    /// The sums of each period that has anything, currency by currency.
    pub fn rows(&self) -> Result<Vec<(Period, Currency, Sums)>, Overflow> {
        let mut rows: Vec<(Period, Currency, Sums)> = Vec::new();
        for of in &self.entries {
            if rows.last().is_none_or(|row| (row.0, row.1) != (of.period, of.currency)) {
                rows.push((of.period, of.currency, Sums::default()));
            }
            if let Some((.., sums)) = rows.last_mut() {
                sums[of.part as usize].add(of.amount)?;
            }
        }
        Ok(rows)
    }

    /// What all periods come to, the main currency first.
    pub fn totals(&self) -> Result<Vec<(Currency, Sums)>, Overflow> {
        let mut totals: BTreeMap<(bool, &str), (Currency, Sums)> = BTreeMap::new();
        for of in &self.entries {
            let place = order(of.currency, self.main);
            let (_, sums) = totals.entry(place).or_insert((of.currency, Sums::default()));
            sums[of.part as usize].add(of.amount)?;
        }
        Ok(totals.into_values().collect())
    }
}

/// The main currency first, then by code.
fn order(currency: Currency, main: Currency) -> (bool, &'static str) {
    (currency != main, currency.code())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::as_of;
    use crate::domain::calendar::Calendar;
    use crate::domain::due::DueRule;
    use crate::domain::facts::{Account, Facts, ProjectFacts, PromiseFact};
    use crate::domain::ids::{ProjectId, PromiseId};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn today() -> NaiveDate {
        day("2026-11-25")
    }

    /// A day that many days from today.
    fn at(offset: i64) -> NaiveDate {
        today() + chrono::Duration::days(offset)
    }

    /// What is due on a day, or after an acceptance planned for one, or nobody knows when.
    fn rule(kind: u8, on: NaiveDate) -> (DueRule, Option<NaiveDate>) {
        let after = || "acceptance + 0d".parse().unwrap();
        match kind {
            0 => (DueRule::fixed(on), None),
            1 => (after(), Some(on)),
            _ => (after(), None),
        }
    }

    fn item(id: i64, amount: i64, (kind, offset): (u8, i64), by: Option<i64>, usd: bool) -> Item {
        let currency = if usd { Currency::USD } else { Currency::CNY };
        let account = Account { customer: CustomerId(1), currency };
        let (rule, planned_on) = rule(kind, at(offset));
        let promise =
            |by| PromiseFact { id: PromiseId(id), made_on: at(-30), amount, pay_by: at(by) };
        let facts = Facts {
            rule,
            planned_on,
            promises: by.map(promise).into_iter().collect(),
            ..Facts::new(MilestoneId(id), ProjectFacts::new(ProjectId(1), account), amount)
        };
        as_of::item(&facts, today(), Calendar::china()).unwrap()
    }

    fn receipt(payment: i64, on: &str, amount: i64) -> Receipt {
        let (customer, currency) = (CustomerId(1), Currency::CNY);
        Receipt { payment: PaymentId(payment), customer, currency, on: day(on), amount }
    }

    fn told(periods: &Periods) -> Vec<(String, [i64; 4])> {
        let name = |period| match period {
            Period::Earlier => "earlier".to_owned(),
            Period::From(first) => periods.grain.name(first),
            Period::NoDate => "none".to_owned(),
        };
        let rows = periods.rows().unwrap().into_iter();
        rows.map(|(period, _, sums)| (name(period), sums.map(|sum| sum.amount))).collect()
    }

    #[test]
    fn each_stands_in_the_week_of_its_day_and_what_came_in_in_its_own() {
        let items = [
            item(1, 100, (0, -1), Some(2), false),
            item(2, 200, (0, 0), None, false),
            item(3, 400, (1, 4), None, false),
            item(4, 800, (0, 5), Some(-3), false),
            item(5, 1_600, (2, 0), None, false),
        ];
        let receipts = [receipt(1, "2026-11-23", 7), receipt(1, "2026-11-25", -2)];
        let weeks =
            Periods::new(items.iter(), &receipts, (today(), today()), Grain::Week, Currency::CNY);
        let expected = [
            ("earlier", [100, 0, 800, 0]),
            ("2026-W48", [200, 400, 100, 5]),
            ("2026-W49", [800, 0, 0, 0]),
            ("none", [0, 1_600, 0, 0]),
        ];
        let expected = expected.map(|(name, sums)| (name.to_owned(), sums));
        assert_eq!(told(&weeks), expected);
        let from = day("2026-11-01");
        let months =
            Periods::new(items.iter(), &receipts, (today(), from), Grain::Month, Currency::CNY);
        assert_eq!(told(&months)[0], ("2026-11".to_owned(), [1_100, 400, 900, 5]));
    }

    #[test]
    fn a_week_of_the_turn_of_the_year_is_named_by_its_iso_year() {
        let (first, last) = (Grain::Week.first(day("2027-01-02")), day("2027-01-03"));
        assert_eq!((Grain::Week.name(first), Grain::Week.last(first)), ("2026-W53".into(), last));
        assert_eq!(Grain::Month.last(day("2028-02-01")), day("2028-02-29"));
    }

    proptest! {
        #[test]
        fn the_periods_add_up_to_all_that_is_open(
            made in prop::collection::vec(
                (1_i64..1_000_000, (0_u8..3, -500_i64..500), prop::option::of(-60_i64..60), any::<bool>()),
                0..40,
            ),
            back in 0_i64..400,
            is_week in any::<bool>(),
        ) {
            let items: Vec<Item> = (1..)
                .zip(&made)
                .map(|(id, (amount, due, by, usd))| item(id, *amount, *due, *by, *usd))
                .collect();
            let grain = if is_week { Grain::Week } else { Grain::Month };
            let days = (today(), at(-back));
            let all = Periods::new(items.iter(), &[], days, grain, Currency::CNY);
            let rows = all.rows().unwrap();
            for currency in [Currency::CNY, Currency::USD] {
                let open: i64 =
                    items.iter().filter(|item| item.currency == currency).map(|item| item.balance).sum();
                let own = rows.iter().filter(|(_, of, _)| *of == currency);
                let due = |sums: &Sums| {
                    sums[Part::Firm as usize].amount + sums[Part::Expected as usize].amount
                };
                let by_period: i64 = own.map(|(.., sums)| due(sums)).sum();
                let totals = all.totals().unwrap();
                let total = totals.iter().find(|(of, _)| *of == currency);
                prop_assert_eq!(by_period, open);
                prop_assert_eq!(total.map_or(0, |(_, sums)| due(sums)), open);
            }
            let places: Vec<_> = rows.iter().map(|(period, of, _)| (*period, of.code())).collect();
            let mut once = places.clone();
            once.sort();
            once.dedup();
            prop_assert_eq!(once.len(), places.len());
            prop_assert!(places.is_sorted_by_key(|(period, _)| *period));
        }
    }
}
