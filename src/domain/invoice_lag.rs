//! How long bills wait for us: from the day a milestone could be billed to the day of the bill.

use chrono::NaiveDate;

use super::active_invoices::standing;
use super::as_of;
use super::calendar::Calendar;
use super::due::Event;
use super::facts::Facts;
use super::item::Item;

/// What a bill of a milestone waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waited {
    pub issued_on: NaiveDate,
    /// Minor units that stand of it.
    pub amount: i64,
    /// Calendar days; 0 where it was billed ahead, `None` where nothing says since when it could be.
    pub days: Option<i64>,
}

/// The bills of a milestone that stand on a day, with what each waited, and the milestone itself. What of the bills of a
/// milestone that was split is told with that milestone, not with its parts.
pub fn waited(facts: &Facts, day: NaiveDate, calendar: &Calendar) -> Option<(Item, Vec<Waited>)> {
    let item = as_of::item(facts, day, calendar)?;
    let since = could_be_billed(facts, &item);
    let bills = standing(facts, day).into_iter().map(|(amount, issued_on)| Waited {
        issued_on,
        amount,
        days: since.map(|since| issued_on.signed_duration_since(since).num_days().max(0)),
    });
    Some((item, bills.collect()))
}

/// Accepted, else delivered, else the condition was met; a rule that waits for the bill itself says nothing.
fn could_be_billed(facts: &Facts, item: &Item) -> Option<NaiveDate> {
    let by_bill = matches!(facts.rule.event(), Some(Event::Invoice | Event::InvoiceReceived));
    item.accepted_on.or(item.delivered_on).or(item.met_on.filter(|_| !by_bill))
}
