//! Bills of exchange (商业汇票): what a day makes of one, what may happen to it next, and what selling it costs.

use chrono::{Months, NaiveDate};

use super::calendar::add_days;
use super::change::BillEvent;
use super::ids::PaymentId;
use super::kinds::BillState;
use super::rules::{self, Checked};
use super::violation::Violation;

/// The days of a bill's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bill {
    pub payment: PaymentId,
    pub received_on: NaiveDate,
    pub matures_on: Option<NaiveDate>,
    pub discounted_on: Option<NaiveDate>,
    pub endorsed_on: Option<NaiveDate>,
    pub honoured_on: Option<NaiveDate>,
    pub dishonoured_on: Option<NaiveDate>,
}

impl Bill {
    pub fn state(&self, day: NaiveDate) -> BillState {
        let life = [
            (self.dishonoured_on, BillState::Dishonoured),
            (self.honoured_on, BillState::Honoured),
            (self.discounted_on, BillState::Discounted),
            (self.endorsed_on, BillState::Endorsed),
        ];
        let known = life.into_iter().find(|(on, _)| on.is_some_and(|on| on <= day));
        known.map_or(BillState::InHand, |(_, state)| state)
    }

    /// The day it became money: sold, passed on or paid, whichever came first.
    pub fn realised_on(&self) -> Option<NaiveDate> {
        [self.discounted_on, self.endorsed_on, self.honoured_on].into_iter().flatten().min()
    }

    /// The last day to present it for payment, so many days after it matures.
    pub fn present_by(&self, days: u16) -> Option<NaiveDate> {
        add_days(self.matures_on?, days.into())
    }

    /// Whether this can happen to it on a day. Who sold it or passed it on has it no more; one that was paid, or was not,
    /// is settled.
    pub fn can(&self, event: &BillEvent, on: NaiveDate, today: NaiveDate) -> Checked {
        rules::happened(on, today)?;
        rules::not_before(on, self.received_on)?;
        let left = [self.discounted_on, self.endorsed_on].into_iter().flatten().max();
        let state = self.state(NaiveDate::MAX);
        let open = match event {
            BillEvent::Honoured | BillEvent::Dishonoured { .. } => {
                !matches!(state, BillState::Honoured | BillState::Dishonoured)
            }
            BillEvent::Discounted { .. } | BillEvent::Endorsed { .. } => state == BillState::InHand,
        };
        if !open {
            return Err(Violation::BillSettled { payment: self.payment, state });
        }
        rules::not_before(on, left)?;
        let matured = self.matures_on.filter(|matures_on| on >= *matures_on);
        if let (BillEvent::Discounted { .. }, Some(matures_on)) = (event, matured) {
            return Err(Violation::BillMatured { payment: self.payment, matures_on });
        }
        Ok(())
    }
}

/// Whether a bill runs longer than was agreed: past the same day so many months after it was drawn.
pub fn is_longer(drawn_on: NaiveDate, matures_on: Option<NaiveDate>, months: Option<u16>) -> bool {
    let last = months.and_then(|months| drawn_on.checked_add_months(Months::new(months.into())));
    matures_on.zip(last).is_some_and(|(matures_on, last)| matures_on > last)
}

/// Days a discount is counted for where the acceptor of a paper bill sits in another place: so many more, for the way of
/// the money (支付结算办法).
pub const ELSEWHERE_DAYS: i64 = 3;

/// Days of a year a discount is counted by.
const YEAR: i128 = 360;

/// The days a discount is counted for: from the day of the sale to maturity.
pub fn discount_days(on: NaiveDate, matures_on: NaiveDate, elsewhere: bool) -> i64 {
    let days = (matures_on - on).num_days().max(0);
    if elsewhere { days + ELSEWHERE_DAYS } else { days }
}

/// What a bank keeps of a bill's face: face × rate × days ÷ 360, half up to the minor unit. The rate is a year's, in
/// millionths.
pub fn discount(face: i64, rate: i64, days: i64) -> Checked<i64> {
    let by = YEAR * 1_000_000;
    let sum = i128::from(face) * i128::from(rate) * i128::from(days);
    i64::try_from((sum + by / 2) / by).map_err(|_| Violation::AboveLimit(face))
}

/// A year's rate in millionths, of a percentage with up to four decimals: `2.62` is 26,200.
pub fn rate(percent: &str) -> Option<i64> {
    let percent = percent.trim().trim_end_matches(['%', '％']).trim_end();
    let (whole, part) = percent.split_once('.').unwrap_or((percent, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 2 || part.len() > 4 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: i64 = format!("{part:0<4}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 10_000 + part)
}

/// A rate as it is typed, without the sign.
pub fn percent(rate: i64) -> String {
    let text = format!("{}.{:04}", rate / 10_000, rate % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
