//! What a notice says of a change that was saved.

use crate::domain::change::Change;
use crate::domain::ids::{MilestoneId, SnapshotId};
use crate::store::{Applied, EventSummary};
use crate::text::Lang;

use crate::tui::data::{self, Ledger};

/// One line: what was saved.
pub fn words(change: &Change, applied: &Applied, ledger: &Ledger, lang: Lang) -> String {
    if applied.event.is_none() {
        return lang.nothing_changed().to_owned();
    }
    let what = |ids: &[MilestoneId]| name(ids, ledger);
    match change {
        Change::AddCustomer(draft) => lang.confirm_added_customer(&draft.name),
        Change::EditCustomer(_, draft) => lang.confirm_edited(&draft.name),
        Change::AddProject(draft) => lang.confirm_added_project(&draft.name),
        Change::EditProject(_, draft) => lang.confirm_edited(&draft.name),
        Change::AddMilestone(draft) => lang.confirm_added_milestone(&draft.name),
        Change::EditMilestone(_, draft) => lang.confirm_edited(&draft.name),
        Change::Deliver { milestones, on: Some(on) } => {
            lang.confirm_delivered(&what(milestones), *on)
        }
        Change::Accept { milestones, on: Some(on) } => {
            lang.confirm_accepted(&what(milestones), *on)
        }
        Change::Invoice(draft) => {
            let ids: Vec<_> = draft.lines.iter().map(|(id, _)| *id).collect();
            lang.confirm_invoiced(&what(&ids), &draft.number, draft.issued_on)
        }
        Change::RecordPayment(draft) => {
            let amount = crate::domain::money::with_symbol(draft.amount, draft.currency);
            let customer = ledger.portfolio.names.customer(draft.customer).short().to_owned();
            let payment = applied.created.first().map(|id| format!("#{id}"));
            let payment = payment.unwrap_or_default();
            lang.confirm_paid(&amount, &customer, &payment, draft.received_on)
        }
        Change::LogContact(draft) => lang.confirm_contacted(&what(&draft.milestones), draft.on),
        Change::Promise { promises, .. } => {
            let ids: Vec<_> = promises.iter().map(|p| p.milestone).collect();
            let by = promises.iter().map(|p| p.pay_by).max();
            by.map_or_else(
                || lang.change(change.kind()).to_owned(),
                |by| lang.confirm_promised(&what(&ids), by),
            )
        }
        Change::OpenDispute { milestone, on, .. } => {
            lang.confirm_disputed(&what(&[*milestone]), *on)
        }
        Change::ResolveDispute { milestone, on, .. } => {
            lang.confirm_resolved(&what(&[*milestone]), *on)
        }
        Change::Reschedule { milestones, to, .. } => {
            lang.confirm_rescheduled(&what(milestones), *to)
        }
        Change::Hold { milestones, since, .. } => lang.confirm_held(&what(milestones), *since),
        Change::Release { milestones, on } => lang.confirm_released(&what(milestones), *on),
        Change::WriteOff { milestone, on, .. } => {
            lang.confirm_written_off(&what(&[*milestone]), *on)
        }
        Change::Void { reason, .. } => lang.confirm_voided(reason),
        Change::TakeSnapshot { .. } => {
            let taken = applied.created.first().map(|id| SnapshotId(*id));
            taken.map_or_else(String::new, |id| data::export(id, ledger, lang))
        }
        Change::Deliver { on: None, .. }
        | Change::Accept { on: None, .. }
        | Change::ReversePayment { .. }
        | Change::ApplyPayment { .. }
        | Change::EditPerson { .. } => lang.change(change.kind()).to_owned(),
    }
}

/// What an event was about.
pub fn told(summary: &EventSummary, lang: Lang) -> String {
    lang.told(summary.kind, &summary.name, summary.more, summary.amount)
}

/// The first milestone by key or name, and how many others.
fn name(ids: &[MilestoneId], ledger: &Ledger) -> String {
    let Some(first) = ids.first() else {
        return String::new();
    };
    // A name that is not here is no reason to trouble anyone: the number says it, too.
    let names = ledger.store.milestone_names(&[*first]).unwrap_or_default();
    let named = names.get(first).map(|name| {
        if name.code.is_empty() { name.name.to_string() } else { name.code.to_string() }
    });
    let named = named.unwrap_or_else(|| first.to_string());
    match ids.len() {
        0 | 1 => named,
        more => format!("{named} +{}", more - 1),
    }
}
