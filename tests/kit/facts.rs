//! Facts for tests: a plain milestone, and what can happen to it, in one word each.

use chrono::NaiveDate;
use huikuan::domain::as_of;
use huikuan::domain::calendar::Calendar;
use huikuan::domain::facts::{
    Account, AllocationFact, BlockFact, ConditionFact, DisputeFact, Facts, HoldFact, InvoiceFact,
    ProjectFacts, PromiseFact, RescheduleFact, SettlementFact, SuspensionFact, TouchFact,
};
use huikuan::domain::ids::{
    AllocationId, CustomerId, DealId, InvoiceId, MilestoneId, ProjectId, PromiseId,
};
use huikuan::domain::item::Item;
use huikuan::domain::kinds::{Stage, TouchKind};
use huikuan::domain::money::Currency;

/// A day of 2026, `"10-02"`, or any ISO day.
pub fn day(text: &str) -> NaiveDate {
    let full = if text.len() == 5 { format!("2026-{text}") } else { text.to_owned() };
    full.parse().unwrap()
}

/// A milestone of 1,000.00 yuan under this due rule, in a project that does not bill ahead of due dates.
pub fn milestone(rule: &str) -> Facts {
    let account = Account { customer: CustomerId(1), currency: Currency::CNY };
    let project = ProjectFacts { bills: false, ..ProjectFacts::new(ProjectId(1), account) };
    Facts { rule: rule.parse().unwrap(), ..Facts::new(MilestoneId(1), project, 100_000) }
}

/// What can happen to a milestone; each reads as the sentence a user would say.
pub trait Happens: Sized {
    fn with(self, what: impl FnOnce(&mut Facts)) -> Self;

    fn stage(self, stage: Stage) -> Self {
        self.with(|f| f.stage = stage)
    }
    fn grace(self, days: u16) -> Self {
        self.with(|f| f.project.grace_days = days)
    }
    fn bills(self) -> Self {
        self.with(|f| f.project.bills = true)
    }
    fn planned(self, on: &str) -> Self {
        self.with(|f| f.planned_on = Some(day(on)))
    }
    fn delivered(self, on: &str) -> Self {
        self.with(|f| f.delivered_on = Some(day(on)))
    }
    fn accepted(self, on: &str) -> Self {
        self.with(|f| f.accepted_on = Some(day(on)))
    }
    fn invoiced(self, on: &str, amount: i64) -> Self {
        self.with(|f| {
            let own = i64::try_from(f.invoices.len()).unwrap() + 1;
            let invoice = InvoiceId(f.id.0 * 100 + own);
            f.invoices.push(billed(invoice, on, amount));
        })
    }
    /// One line of a bill that has others.
    fn invoiced_with(self, invoice: i64, on: &str, amount: i64) -> Self {
        self.with(|f| f.invoices.push(billed(InvoiceId(invoice), on, amount)))
    }
    /// A red invoice over the n-th bill.
    fn took_back(self, on: &str, amount: i64, bill: usize) -> Self {
        self.invoiced(on, -amount).with(|f| {
            let bill = f.invoices[bill - 1].id;
            f.invoices.last_mut().unwrap().reverses = Some(bill);
        })
    }
    /// The last bill lies here, or went out later than it was written.
    fn sent(self, on: Option<&str>) -> Self {
        self.with(|f| f.invoices.last_mut().unwrap().sent_on = on.map(day))
    }
    fn paid(self, on: &str, amount: i64) -> Self {
        self.with(|f| {
            let id = AllocationId(i64::try_from(f.allocations.len()).unwrap() + 1);
            f.allocations.push(AllocationFact::new(id, day(on), amount));
        })
    }
    fn bounced(self, on: &str, amount: i64) -> Self {
        self.with(|f| {
            f.allocations.last_mut().unwrap().reversed.push((day(on), amount));
        })
    }
    fn written_off(self, on: &str, amount: i64) -> Self {
        self.with(|f| f.write_offs.push((day(on), amount)))
    }
    fn discounts(self, terms: &str) -> Self {
        self.with(|f| f.project.discount = Some(terms.parse().unwrap()))
    }
    /// So much by a day, and the rest is waived; others of the settlement have received that.
    fn settles(self, on: &str, amount: i64, by: &str, others: &[(&str, i64)]) -> Self {
        let others = others
            .iter()
            .zip(1_000..)
            .map(|((on, amount), id)| AllocationFact::new(AllocationId(id), day(on), *amount));
        let (agreed_on, by, others) = (day(on), day(by), others.collect());
        self.with(|f| {
            let deal = DealId(1);
            f.settlements.push(SettlementFact { deal, agreed_on, by, amount, others });
        })
    }
    fn suspended(self, since: &str, resumed_on: Option<&str>) -> Self {
        let (since, resumed_on) = (day(since), resumed_on.map(day));
        self.with(|f| f.project.suspensions.push(SuspensionFact { since, resumed_on }))
    }
    fn promised(self, on: &str, by: &str, amount: i64) -> Self {
        self.with(|f| {
            let id = PromiseId(i64::try_from(f.promises.len()).unwrap() + 1);
            f.promises.push(PromiseFact { id, made_on: day(on), amount, pay_by: day(by) });
            f.touches.push(TouchFact {
                on: day(on),
                kind: TouchKind::Courtesy,
                step: None,
                next_on: None,
            });
        })
    }
    fn disputed(self, on: &str, amount: Option<i64>) -> Self {
        self.with(|f| {
            f.disputes.push(DisputeFact { opened_on: day(on), amount, resolved_on: None });
        })
    }
    fn resolved(self, on: &str) -> Self {
        self.with(|f| f.disputes.last_mut().unwrap().resolved_on = Some(day(on)))
    }
    fn rescheduled(self, on: &str, to: &str) -> Self {
        self.with(|f| {
            f.reschedules.push(RescheduleFact { agreed_on: day(on), to: day(to) });
        })
    }
    fn released(self, on: &str) -> Self {
        self.with(|f| f.holds.last_mut().unwrap().released_on = Some(day(on)))
    }
    /// A call that takes no step, with the day agreed for the next.
    fn called(self, on: &str, next_on: Option<&str>) -> Self {
        self.with(|f| {
            f.touches.push(TouchFact {
                on: day(on),
                kind: TouchKind::Courtesy,
                step: None,
                next_on: next_on.map(day),
            });
        })
    }
    fn held(self, since: &str, until: Option<&str>) -> Self {
        self.with(|f| {
            f.holds.push(HoldFact { since: day(since), until: until.map(day), released_on: None });
        })
    }
    /// Something is to be done first.
    fn blocked(self, on: &str) -> Self {
        self.blocked_until(on, None)
    }
    /// The same, to be done by a day.
    fn blocked_until(self, on: &str, by: Option<&str>) -> Self {
        let (opened_on, due_on) = (day(on), by.map(day));
        self.with(|f| f.blocks.push(BlockFact { opened_on, due_on, done_on: None }))
    }
    fn unblocked(self, on: &str) -> Self {
        self.with(|f| f.blocks.last_mut().unwrap().done_on = Some(day(on)))
    }
    fn touched(self, on: &str, step: u8) -> Self {
        self.with(|f| {
            f.touches.push(TouchFact {
                on: day(on),
                kind: TouchKind::Dunning,
                step: Some(step),
                next_on: None,
            });
        })
    }
    fn refused(self, on: &str) -> Self {
        self.with(|f| f.refusals.push(day(on)))
    }
    /// A chase that appointed a day for the acceptance.
    fn appointed(self, on: &str, to: &str) -> Self {
        self.chased(on).with(|f| f.touches.last_mut().unwrap().next_on = Some(day(to)))
    }
    fn asked(self, agreed: &str, planned: Option<&str>, met: Option<&str>) -> Self {
        self.with(|f| {
            f.conditions.push(ConditionFact {
                agreed_on: day(agreed),
                planned_on: planned.map(day),
                met_on: met.map(day),
            });
        })
    }
    fn progressed(self, on: &str, percent: u8) -> Self {
        self.with(|f| f.progress.push((day(on), percent)))
    }
    fn chased(self, on: &str) -> Self {
        self.with(|f| {
            f.touches.push(TouchFact {
                on: day(on),
                kind: TouchKind::AcceptanceChase,
                step: None,
                next_on: None,
            });
        })
    }
}

fn billed(invoice: InvoiceId, on: &str, amount: i64) -> InvoiceFact {
    let issued_on = day(on);
    InvoiceFact {
        id: invoice,
        reverses: None,
        issued_on,
        sent_on: Some(issued_on),
        received_on: None,
        amount,
    }
}

impl Happens for Facts {
    fn with(mut self, what: impl FnOnce(&mut Facts)) -> Self {
        what(&mut self);
        self
    }
}

/// The item of a day.
pub fn on(facts: &Facts, today: &str) -> Item {
    as_of::item(facts, day(today), Calendar::china()).unwrap()
}
