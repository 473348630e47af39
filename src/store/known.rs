//! What is known that bears on whether a change is plausible.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::backend::{Backend, values};
use super::{Reader, deals};
use crate::domain::change::{Booking, Change, PaymentDraft};
use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::kinds::NoteKind;
use crate::domain::mention::{Mentions, mentions};
use crate::domain::plausibility::{Contract, Known, Particulars};
use crate::domain::{as_of, money};
use crate::error::Result;

/// Of very many milestones the first tell enough.
const MOST: usize = 50;

impl Reader {
    /// What the ledger knows that bears on a change. What does not exist is not known.
    pub fn known(&self, change: &Change) -> Result<Known> {
        let mut known = Known::default();
        match change {
            Change::EditProject(id, _) => known.contract = self.contract(*id, None)?,
            Change::AddMilestone(draft) => known.contract = self.contract(draft.project, None)?,
            Change::EditMilestone(id, draft) => {
                known.contract = self.contract(draft.project, Some(*id))?;
            }
            Change::Deliver { milestones, .. }
            | Change::Accept { milestones, .. }
            | Change::AcceptReserved { milestones, .. }
            | Change::Reschedule { milestones, .. } => {
                known.milestones = self.facts_of(milestones.get(..MOST).unwrap_or(milestones))?;
            }
            Change::Invoice(draft) => {
                let ids: Vec<MilestoneId> =
                    draft.lines.iter().map(|(id, _)| *id).take(MOST).collect();
                known.milestones = self.facts_of(&ids)?;
                let head = known.milestones.first().map(|of| of.project.customer);
                let sql = "SELECT code, invoice_title, tax_no FROM customer WHERE id = $1";
                let found: Option<(String, String, String)> = self.db.first(sql, values![head])?;
                known.particulars =
                    found.map(|(customer, title, tax_no)| Particulars { customer, title, tax_no });
            }
            Change::RecordPayment(draft)
            | Change::BookLine { payment: Booking::New(draft), .. } => {
                known.open = self.owed(draft)?;
            }
            Change::AddNote(draft) if draft.kind == NoteKind::Remark => {
                known.nobody = mentioned(&*self.db, &draft.wording)?.unknown;
            }
            Change::AddNote(_)
            | Change::AddCustomer(_)
            | Change::EditCustomer(..)
            | Change::AddProject(_)
            | Change::AcceptPart { .. }
            | Change::RefuseAcceptance { .. }
            | Change::AddCondition(_)
            | Change::MeetConditions { .. }
            | Change::FilePaper(_)
            | Change::MarkPaper { .. }
            | Change::SendInvoices { .. }
            | Change::ReversePayment { .. }
            | Change::ApplyPayment { .. }
            | Change::Bill { .. }
            | Change::ClearPayer { .. }
            | Change::MoveAllocation { .. }
            | Change::LogContact(_)
            | Change::Promise { .. }
            | Change::OpenDispute { .. }
            | Change::ResolveDispute { .. }
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
            | Change::BookLine { payment: Booking::Known(_), .. }
            | Change::SkipLine { .. }
            | Change::EditPerson { .. }
            | Change::AddTodo(_)
            | Change::EditTodo(..)
            | Change::CloseTodo { .. }
            | Change::ApproveTodo { .. }
            | Change::DeclineTodo { .. }
            | Change::Set { .. } => {}
        }
        Ok(known)
    }

    fn contract(&self, project: ProjectId, but: Option<MilestoneId>) -> Result<Option<Contract>> {
        let sql = "SELECT signed_on, currency FROM project WHERE id = $1";
        let found: Option<(Option<NaiveDate>, Currency)> = self.db.first(sql, values![project])?;
        let Some((signed_on, currency)) = found else {
            return Ok(None);
        };
        let amount = deals::contract_on(&*self.db, project, as_of::LATEST)?;
        let sql = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM milestone \
                   WHERE project = $1 AND id <> $2";
        let but = but.unwrap_or(MilestoneId(0));
        let others = values![project, but];
        let entered: i64 = self.db.value(sql, others)?;
        let sql = "SELECT CAST(COALESCE(SUM(l.amount), 0) AS BIGINT) FROM deal d JOIN deal_line l ON l.deal = d.id \
                   WHERE d.project = $1 AND l.milestone <> $2";
        let planned = entered.saturating_add(self.db.value(sql, others)?);
        Ok(Some(Contract { signed_on, amount, currency, planned }))
    }

    /// What who pays owes in that currency.
    fn owed(&self, draft: &PaymentDraft) -> Result<Option<i64>> {
        let items = self.items_of_customer(draft.customer)?;
        let open = items.iter().filter(|item| item.currency == draft.currency);
        Ok(money::sum(open.map(|item| item.balance)).ok())
    }
}

/// Who is named behind an `@` in a text.
pub(super) fn mentioned(db: &dyn Backend, text: &str) -> Result<Mentions> {
    if !text.contains(['@', '＠']) {
        return Ok(Mentions::default());
    }
    let people: Vec<String> = db.rows("SELECT name FROM person ORDER BY name", &[])?;
    Ok(mentions(text, &people.iter().map(String::as_str)))
}
