//! What each change checks and writes, by aggregate. The rules are `domain::rules`; here stands what only the ledger
//! knows: whether a code is free, what a key names, which rows there are.

pub(super) mod bank;
mod bill;
mod condition;
mod customer;
mod deal;
mod dispute;
mod invoice;
pub(super) mod milestone;
mod paper;
pub(super) mod payment;
mod project;
mod schedule;
mod setting;
mod snapshot;
pub(super) mod todo;
mod touch;
mod void;

use super::apply::Writer;
use crate::domain::change::Change;
use crate::error::Result;

impl Writer<'_> {
    /// Checks a change and writes its rows.
    pub(super) fn write(&mut self, change: &Change) -> Result<()> {
        match change {
            Change::AddCustomer(draft) => self.add_customer(draft).map(drop),
            Change::EditCustomer(id, draft) => self.edit_customer(*id, draft),
            Change::AddProject(draft) => self.add_project(draft).map(drop),
            Change::EditProject(id, draft) => self.edit_project(*id, draft),
            Change::AddMilestone(draft) => self.add_milestone(draft),
            Change::EditMilestone(id, draft) => self.edit_milestone(*id, draft),
            Change::Deliver { milestones, on } => {
                self.reach(milestones, *on, |row| row.delivered_on = *on)
            }
            Change::Accept { milestones, on } => self.accept(milestones, *on),
            Change::AcceptReserved { milestones, on, reservations, blocks } => {
                self.accept_reserved(milestones, *on, reservations, *blocks)
            }
            Change::AcceptPart { milestone, amount, on } => {
                self.accept_part(*milestone, *amount, *on)
            }
            Change::RefuseAcceptance { milestones, on, reason } => {
                self.refuse_acceptance(milestones, *on, reason)
            }
            Change::AddCondition(draft) => self.add_condition(draft),
            Change::MeetConditions { conditions, on, by, reservation, paper } => {
                self.meet_conditions(conditions, *on, by, reservation, *paper)
            }
            Change::AddNote(draft) => self.add_note(draft),
            Change::FilePaper(draft) => self.file_paper(draft),
            Change::MarkPaper { paper, mark, on } => self.mark_paper(*paper, mark, *on),
            Change::Invoice(draft) => self.invoice(draft),
            Change::SendInvoices { milestones, invoices, sent_on, received_on } => {
                self.send_invoices(milestones, invoices, *sent_on, *received_on)
            }
            Change::RecordPayment(draft) => self.record_payment(draft),
            Change::ReversePayment { payment, amount, on, reason } => {
                self.reverse_payment(*payment, *amount, *on, reason)
            }
            Change::ApplyPayment { payment, target } => self.apply_payment(*payment, target),
            Change::Bill { payment, event, on } => self.bill(*payment, event, *on),
            Change::ClearPayer { payment, on, paper, note } => {
                self.clear_payer(*payment, *on, *paper, note)
            }
            Change::MoveAllocation { payment, from, to, amount, on, reason } => {
                self.move_allocation(*payment, (*from, *to), *amount, (*on, reason))
            }
            Change::LogContact(draft) => self.log_contact(draft),
            Change::Promise { promises, on, note } => self.promise(promises, *on, note),
            Change::OpenDispute { milestone, amount, on, reason, owner } => {
                self.open_dispute(*milestone, *amount, *on, reason, owner)
            }
            Change::ResolveDispute { milestone, on, resolution } => {
                self.resolve_dispute(*milestone, *on, resolution)
            }
            Change::Reschedule { milestones, to, on, reason } => {
                self.reschedule(milestones, *on, *to, reason)
            }
            Change::Hold { milestones, since, until, reason } => {
                self.hold(milestones, *since, *until, reason)
            }
            Change::Release { milestones, on } => self.release(milestones, *on),
            Change::Amend { project, amount, on, lines, note } => {
                self.amend(*project, *amount, *on, lines, note)
            }
            Change::Split { milestones, parts, on, all_due, note } => {
                self.split(milestones, parts, *on, *all_due, note)
            }
            Change::CallDue { milestone, on, reason } => self.call_due(*milestone, *on, reason),
            Change::WriteOff { milestone, amount, on, reason } => {
                self.write_off(*milestone, *amount, *on, reason)
            }
            Change::Settle { milestones, amount, by, on, note } => {
                self.settle(milestones, *amount, *by, *on, note)
            }
            Change::Suspend { project, on, notice, reason } => {
                self.suspend(*project, *on, notice, reason)
            }
            Change::Resume { project, on } => self.resume(*project, *on),
            Change::Void { entry, reason } => self.void(*entry, reason),
            Change::TakeSnapshot { as_of, iso_week, rows, items } => {
                self.take_snapshot(*as_of, iso_week, rows, items)
            }
            Change::BookLine { line, payment, fee } => self.book_line(*line, payment, *fee),
            Change::SkipLine { line, reason } => self.skip_line(*line, reason),
            Change::EditPerson { name, role, team, email } => {
                self.edit_person(name, *role, team, email)
            }
            Change::AddTodo(draft) => self.add_todo(draft),
            Change::EditTodo(id, draft) => self.edit_todo(*id, draft),
            Change::ApproveTodo { todo, note, .. } => self.decide_todo(*todo, note, true),
            Change::DeclineTodo { todo, note, .. } => self.decide_todo(*todo, note, false),
            Change::CloseTodo { todo, on, outcome } => self.close_todo(*todo, *on, outcome),
            Change::Set { setting, value } => self.set(*setting, value.as_deref()),
        }
    }
}
