//! An open milestone packed into one value. Thirty columns times a hundred thousand rows take longer to hand over one
//! by one than everything else a start does; each row of `open_item` therefore stands in `open_packed` too, as columns
//! for whoever asks in SQL and packed for [`Reader::items`](super::Reader::items), written and deleted together.
//!
//! Numbers are little-endian and of fixed width; a day is its count from the common era, the least number for none.

use chrono::{Datelike, NaiveDate};
use iso_currency::Currency;

use crate::domain::ids::{CustomerId, MilestoneId, PersonId, ProjectId};
use crate::domain::item::{Gates, Held, Item, OpenPromise};
use crate::domain::kinds::Stage;

const NO_DAY: i32 = i32::MIN;
/// No step of the ladder.
const NO_STEP: u8 = u8::MAX;
/// No manager: ids begin at 1.
const NOBODY: i64 = 0;

/// Packs everything of an item but its id.
pub(super) fn pack(item: &Item) -> Vec<u8> {
    let mut to = Vec::with_capacity(160);
    for number in [
        item.project.0,
        item.customer.0,
        item.manager.map_or(NOBODY, |id| id.0),
        item.amount,
        item.balance,
        item.written_off,
        item.disputed,
        item.invoiced,
    ] {
        to.extend(number.to_le_bytes());
    }
    to.extend(item.seq.to_le_bytes());
    to.extend(item.currency.numeric().to_le_bytes());
    to.extend(item.grace_days.to_le_bytes());
    to.push(item.stage as u8);
    to.push(u8::from(item.firm));
    to.push(item.gates.0);
    to.push(item.last_step.unwrap_or(NO_STEP));
    for day in days(item) {
        to.extend(
            day.map_or(NO_DAY, |day| day.num_days_from_ce())
                .to_le_bytes(),
        );
    }
    for promise in &item.promises {
        to.extend(promise.made_on.num_days_from_ce().to_le_bytes());
        to.extend(promise.pay_by.num_days_from_ce().to_le_bytes());
        to.extend(promise.amount.to_le_bytes());
        to.extend(promise.filled.to_le_bytes());
    }
    to
}

const fn days(item: &Item) -> [Option<NaiveDate>; 14] {
    let (since, until) = match item.held {
        Some(held) => (Some(held.since), held.until),
        None => (None, None),
    };
    [
        item.due,
        item.firm_from,
        item.first_due,
        item.rescheduled_on,
        item.agreed_on,
        item.planned_on,
        item.delivered_on,
        item.accepted_on,
        item.invoiced_on,
        item.met_on,
        item.last_touch_on,
        item.last_chase_on,
        since,
        until,
    ]
}

/// What is left of a packed item.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    fn number(&mut self) -> Option<i64> {
        self.take().map(i64::from_le_bytes)
    }

    #[expect(
        clippy::option_option,
        reason = "the outer one is a value cut off, the inner one no day"
    )]
    fn day(&mut self) -> Option<Option<NaiveDate>> {
        match self.take().map(i32::from_le_bytes)? {
            NO_DAY => Some(None),
            day => NaiveDate::from_num_days_from_ce_opt(day).map(Some),
        }
    }
}

/// The last currency unpacked: nearly every row has the same.
pub(super) type LastCurrency = Option<(u16, Currency)>;

/// Unpacks an item; `None` if this is none.
pub(super) fn unpack(id: MilestoneId, packed: &[u8], last: &mut LastCurrency) -> Option<Item> {
    let mut from = Cursor(packed);
    let project = ProjectId(from.number()?);
    let customer = CustomerId(from.number()?);
    let manager = Some(PersonId(from.number()?)).filter(|id| id.0 != NOBODY);
    let [amount, balance, written_off, disputed, invoiced] = [
        from.number()?,
        from.number()?,
        from.number()?,
        from.number()?,
        from.number()?,
    ];
    let seq = u32::from_le_bytes(from.take()?);
    let currency = currency(u16::from_le_bytes(from.take()?), last)?;
    let grace_days = u16::from_le_bytes(from.take()?);
    let [stage, firm, gates, step] = from.take()?;
    let mut days = [None; 14];
    for day in &mut days {
        *day = from.day()?;
    }
    let [
        due,
        firm_from,
        first_due,
        rescheduled_on,
        agreed_on,
        planned_on,
        delivered_on,
        accepted_on,
        rest @ ..,
    ] = days;
    let [
        invoiced_on,
        met_on,
        last_touch_on,
        last_chase_on,
        since,
        until,
    ] = rest;
    Some(Item {
        id,
        project,
        customer,
        manager,
        seq,
        stage: *Stage::ALL.get(usize::from(stage))?,
        currency,
        amount,
        balance,
        written_off,
        disputed,
        invoiced,
        due,
        firm: firm != 0,
        firm_from,
        first_due,
        rescheduled_on,
        grace_days,
        agreed_on,
        planned_on,
        delivered_on,
        accepted_on,
        invoiced_on,
        met_on,
        gates: Gates(gates),
        last_step: Some(step).filter(|step| *step != NO_STEP),
        last_touch_on,
        last_chase_on,
        promises: promises(from)?,
        held: since.map(|since| Held { since, until }),
    })
}

fn currency(number: u16, last: &mut LastCurrency) -> Option<Currency> {
    if let Some((known, currency)) = *last
        && known == number
    {
        return Some(currency);
    }
    let currency = Currency::from_numeric(number)?;
    *last = Some((number, currency));
    Some(currency)
}

fn promises(mut from: Cursor) -> Option<Vec<OpenPromise>> {
    let mut promises = Vec::new();
    while !from.0.is_empty() {
        promises.push(OpenPromise {
            made_on: from.day()??,
            pay_by: from.day()??,
            amount: from.number()?,
            filled: from.number()?,
        });
    }
    Some(promises)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    fn item() -> Item {
        Item {
            id: MilestoneId(7),
            project: ProjectId(1),
            customer: CustomerId(2),
            manager: None,
            seq: 3,
            stage: Stage::Retention,
            currency: Currency::JPY,
            amount: i64::MAX,
            balance: 5,
            written_off: 6,
            disputed: 7,
            invoiced: -8,
            due: day("2026-10-02"),
            firm: true,
            firm_from: None,
            first_due: day("9999-12-31"),
            rescheduled_on: day("0001-01-01"),
            grace_days: 9,
            agreed_on: None,
            planned_on: day("2026-01-02"),
            delivered_on: day("2026-01-03"),
            accepted_on: day("2026-01-04"),
            invoiced_on: day("2026-01-05"),
            met_on: day("2026-01-06"),
            gates: Gates(Gates::SEND),
            last_step: Some(0),
            last_touch_on: day("2026-01-07"),
            last_chase_on: None,
            promises: vec![OpenPromise {
                made_on: day("2026-01-08").unwrap(),
                pay_by: day("2026-01-09").unwrap(),
                amount: 10,
                filled: 11,
            }],
            held: Some(Held {
                since: day("2026-01-10").unwrap(),
                until: None,
            }),
        }
    }

    #[test]
    fn what_is_packed_comes_back() {
        let mut bare = item();
        bare.promises.clear();
        bare.held = None;
        bare.manager = Some(PersonId(4));
        for item in [item(), bare] {
            assert_eq!(unpack(item.id, &pack(&item), &mut None), Some(item));
        }
    }

    #[test]
    fn every_currency_comes_back() {
        for code in [
            "CNY", "USD", "EUR", "JPY", "KWD", "HKD", "GBP", "TWD", "SGD",
        ] {
            let currency = Currency::from_code(code).unwrap();
            let item = Item { currency, ..item() };
            assert_eq!(
                unpack(item.id, &pack(&item), &mut None).map(|i| i.currency),
                Some(currency)
            );
        }
    }

    #[test]
    fn what_is_cut_off_is_none() {
        let packed = pack(&item());
        for end in 0..packed.len() {
            let whole = packed.len() - 24;
            let read = unpack(MilestoneId(7), packed.get(..end).unwrap(), &mut None);
            assert_eq!(read.is_some(), end == whole, "cut at {end}");
        }
    }
}
