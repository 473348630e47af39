//! What a notice says of a change that was saved.

use crate::domain::change::{Change, PaperDraft};
use crate::domain::ids::{
    ConditionId, CustomerId, MilestoneId, NoteId, PaperId, ProjectId, SnapshotId, TodoId,
};
use crate::store::{Applied, EventSummary};
use crate::text::Lang;
use crate::text::changes::Names;
use crate::tui::data::Ledger;
use crate::tui::selection::RowKey;

/// One line: what was saved.
pub fn words(change: &Change, applied: &Applied, ledger: &Ledger, lang: Lang) -> String {
    let created = applied.created.first().copied();
    match (change, created) {
        _ if applied.event.is_none() => lang.nothing_changed().to_owned(),
        (Change::FilePaper(draft), Some(id)) => filed(draft, PaperId(id), applied, ledger, lang),
        (_, Some(id)) if applied.proposed => {
            let role = lang.role(ledger.portfolio.policy.approver);
            lang.confirm_proposed(TodoId(id), role)
        }
        (change, created) => {
            let dated = applied.dated.iter();
            let dated: Vec<_> = dated.map(|(id, due)| (ledger.milestones(&[*id]), *due)).collect();
            lang.confirmation(change, created, ledger) + &lang.also_dated(&dated)
        }
    }
}

/// Under which number a paper was filed, and what became of sending it.
fn filed(
    draft: &PaperDraft,
    id: PaperId,
    applied: &Applied,
    ledger: &Ledger,
    lang: Lang,
) -> String {
    let number = ledger.store.paper(id).map(|paper| paper.head.number);
    let number = number.unwrap_or_else(|_| draft.number.clone());
    let called = lang.paper_called(draft.kind, &number, "");
    let asked = applied.created.get(1).copied().filter(|_| applied.proposed).map(TodoId);
    match asked {
        Some(todo) => {
            lang.preview_asked(&called, todo, lang.role(ledger.portfolio.policy.approver))
        }
        None if draft.sent => lang.preview_sent(&called),
        None if !draft.body.is_empty() => lang.preview_filed(&called),
        None => lang.confirm_filed(id, &lang.paper_called(draft.kind, &number, &draft.title)),
    }
}

/// The snapshot that was taken, if that is what a change does.
pub fn taken(change: &Change, applied: &Applied) -> Option<SnapshotId> {
    let is_snapshot = matches!(change, Change::TakeSnapshot { .. });
    applied.created.first().copied().filter(|_| is_snapshot).map(SnapshotId)
}

/// The row of what a change made, where it has one of its own.
pub fn made(change: &Change, applied: &Applied) -> Option<RowKey> {
    let id = *applied.created.first()?;
    let is_filed = matches!(change, Change::FilePaper(_));
    if applied.proposed && !is_filed {
        return None;
    }
    match change {
        Change::AddCustomer(_) => Some(RowKey::Customer(CustomerId(id))),
        Change::AddProject(_) => Some(RowKey::Project(ProjectId(id))),
        Change::AddMilestone(_) => Some(RowKey::Milestone(MilestoneId(id))),
        Change::AddTodo(_) => Some(RowKey::Todo(TodoId(id))),
        Change::AddCondition(_) => Some(RowKey::Condition(ConditionId(id))),
        Change::AddNote(_) => Some(RowKey::Note(NoteId(id))),
        Change::FilePaper(_) => Some(RowKey::Paper(PaperId(id))),
        Change::EditCustomer(..)
        | Change::EditProject(..)
        | Change::EditMilestone(..)
        | Change::Deliver { .. }
        | Change::Accept { .. }
        | Change::AcceptReserved { .. }
        | Change::AcceptPart { .. }
        | Change::RefuseAcceptance { .. }
        | Change::MeetConditions { .. }
        | Change::MarkPaper { .. }
        | Change::Invoice(_)
        | Change::SendInvoices { .. }
        | Change::RecordPayment(_)
        | Change::ReversePayment { .. }
        | Change::ApplyPayment { .. }
        | Change::Bill { .. }
        | Change::ClearPayer { .. }
        | Change::MoveAllocation { .. }
        | Change::LogContact(_)
        | Change::Promise { .. }
        | Change::OpenDispute { .. }
        | Change::ResolveDispute { .. }
        | Change::Reschedule { .. }
        | Change::Amend { .. }
        | Change::Split { .. }
        | Change::CallDue { .. }
        | Change::Hold { .. }
        | Change::Release { .. }
        | Change::WriteOff { .. }
        | Change::Settle { .. }
        | Change::Suspend { .. }
        | Change::Resume { .. }
        | Change::Void { .. }
        | Change::TakeSnapshot { .. }
        | Change::BookLine { .. }
        | Change::SkipLine { .. }
        | Change::EditPerson { .. }
        | Change::EditTodo(..)
        | Change::CloseTodo { .. }
        | Change::ApproveTodo { .. }
        | Change::DeclineTodo { .. }
        | Change::Set { .. } => None,
    }
}

/// What an event was about.
pub fn told(summary: &EventSummary, lang: Lang) -> String {
    lang.told(summary.kind, &summary.name, summary.more, summary.amount)
}

impl Names for Ledger {
    /// The first milestone by key or name, and how many others.
    fn milestones(&self, ids: &[MilestoneId]) -> String {
        let Some(first) = ids.first() else {
            return String::new();
        };
        // A name that is not here is no reason to trouble anyone: the number says it, too.
        let names = self.store.milestone_names(&[*first]).unwrap_or_default();
        let named = names.get(first).map_or_else(
            || first.to_string(),
            |name| if name.code.is_empty() { name.name.to_string() } else { name.code.to_string() },
        );
        match ids.len() {
            0 | 1 => named,
            more => format!("{named} +{}", more - 1),
        }
    }

    fn customer(&self, id: CustomerId) -> String {
        self.portfolio.names.customer(id).short().to_owned()
    }

    fn project(&self, id: ProjectId) -> String {
        let names = self.store.project_names(&[id]).unwrap_or_default();
        names.get(&id).map_or_else(|| id.to_string(), |name| name.code.to_string())
    }
}
