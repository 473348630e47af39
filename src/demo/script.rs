//! A list of entries in the making: hands out the ids that an empty ledger will give, in the same order.

use super::Entry;
use crate::domain::change::{Change, CustomerDraft, MilestoneDraft, PaymentDraft, ProjectDraft};
use crate::domain::ids::{ContactId, CustomerId, MilestoneId, PaymentId, ProjectId};

/// Entries told so far, and how many rows of each kind they make.
#[derive(Debug, Default)]
pub(super) struct Script {
    entries: Vec<Entry>,
    customers: i64,
    contacts: i64,
    projects: i64,
    milestones: i64,
    payments: i64,
}

fn next(count: &mut i64) -> i64 {
    *count += 1;
    *count
}

impl Script {
    /// Notes a change that makes nothing others refer to.
    pub(super) fn tell(&mut self, who: &'static str, change: Change) {
        self.entries.push(Entry { who, change });
    }

    /// A new customer, and the first of its contacts.
    pub(super) fn customer(
        &mut self,
        who: &'static str,
        draft: CustomerDraft,
    ) -> (CustomerId, ContactId) {
        let first = ContactId(self.contacts + 1);
        self.contacts += i64::try_from(draft.contacts.len()).unwrap_or_default();
        self.tell(who, Change::AddCustomer(draft));
        (CustomerId(next(&mut self.customers)), first)
    }

    pub(super) fn project(&mut self, who: &'static str, draft: ProjectDraft) -> ProjectId {
        self.tell(who, Change::AddProject(draft));
        ProjectId(next(&mut self.projects))
    }

    pub(super) fn milestone(&mut self, who: &'static str, draft: MilestoneDraft) -> MilestoneId {
        self.tell(who, Change::AddMilestone(draft));
        MilestoneId(next(&mut self.milestones))
    }

    pub(super) fn payment(&mut self, who: &'static str, draft: PaymentDraft) -> PaymentId {
        self.tell(who, Change::RecordPayment(draft));
        PaymentId(next(&mut self.payments))
    }

    /// The entries told since the last call.
    pub(super) fn take(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.entries)
    }
}
