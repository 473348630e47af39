//! The texts of a change, as a ledger keeps them: without what acts on a screen and is not seen.

use std::borrow::Cow;

use super::{
    BillEvent, Booking, Change, ContactDraft, CustomerDraft, MilestoneDraft, PaperDraft, PaperMark,
    PaymentDraft, ProjectDraft, TouchDraft,
};
use crate::domain::clean;

impl Change {
    /// The change with every text cleaned.
    #[must_use]
    pub fn cleaned(&self) -> Self {
        let mut change = self.clone();
        for text in change.texts() {
            if let Cow::Owned(clean) = clean::text(text) {
                *text = clean;
            }
        }
        if let Self::FilePaper(PaperDraft { body, .. }) = &mut change {
            let lines: Vec<Cow<'_, str>> = body.lines().map(clean::text).collect();
            *body = lines.join("\n");
        }
        change
    }

    fn texts(&mut self) -> Vec<&mut String> {
        match self {
            Self::AddCustomer(draft) | Self::EditCustomer(_, draft) => draft.texts(),
            Self::AddProject(draft) | Self::EditProject(_, draft) => draft.texts(),
            Self::AddMilestone(draft) | Self::EditMilestone(_, draft) => draft.texts(),
            Self::Invoice(draft) => vec![&mut draft.number],
            Self::RecordPayment(draft) | Self::BookLine { payment: Booking::New(draft), .. } => {
                draft.texts()
            }
            Self::LogContact(draft) => draft.texts(),
            Self::Promise { note, .. } | Self::Amend { note, .. } | Self::Split { note, .. } => {
                vec![note]
            }
            Self::AcceptReserved { reservations, .. } => reservations.iter_mut().collect(),
            Self::AddCondition(draft) => vec![&mut draft.wording],
            Self::MeetConditions { by, reservation, .. } => vec![by, reservation],
            Self::AddNote(draft) => vec![&mut draft.wording],
            Self::FilePaper(draft) => {
                // The name of a file stays as it is, or is refused; what we wrote has lines.
                let PaperDraft { number, title, sha256, note, .. } = draft;
                vec![number, title, sha256, note]
            }
            Self::OpenDispute { reason, owner, .. } => vec![reason, owner],
            Self::ResolveDispute { resolution, .. } => vec![resolution],
            Self::MarkPaper { mark: PaperMark::Delivered { proof: text }, .. }
            | Self::MarkPaper { mark: PaperMark::Closed { note: text }, .. }
            | Self::Bill { event: BillEvent::Endorsed { to: text }, .. } => vec![text],
            Self::Bill { event: BillEvent::Dishonoured { reason, recourse }, .. } => {
                vec![reason, recourse]
            }
            Self::MarkPaper { mark: PaperMark::Sent { mailed: Some(mailed), .. }, .. } => {
                vec![&mut mailed.to, &mut mailed.message_id, &mut mailed.reply]
            }
            Self::ReversePayment { reason, .. }
            | Self::RefuseAcceptance { reason, .. }
            | Self::MoveAllocation { reason, .. }
            | Self::Reschedule { reason, .. }
            | Self::CallDue { reason, .. }
            | Self::Hold { reason, .. }
            | Self::WriteOff { reason, .. }
            | Self::SkipLine { reason, .. }
            | Self::Void { reason, .. } => vec![reason],
            Self::Settle { note, .. } | Self::ClearPayer { note, .. } => vec![note],
            Self::Suspend { notice, reason, .. } => vec![notice, reason],
            Self::EditPerson { name, team, email, .. } => vec![name, team, email],
            Self::AddTodo(draft) | Self::EditTodo(_, draft) => {
                let mut texts = vec![&mut draft.title, &mut draft.owner];
                texts.extend(draft.change.iter_mut().flat_map(|change| change.texts()));
                texts
            }
            Self::ApproveTodo { note, asked_by, .. } | Self::DeclineTodo { note, asked_by, .. } => {
                vec![note, asked_by]
            }
            Self::CloseTodo { outcome, .. } => vec![outcome],
            // The table is JSON of what the ledger holds; a setting keeps no text but what can be read.
            Self::TakeSnapshot { .. }
            | Self::Set { .. }
            | Self::Deliver { .. }
            | Self::Accept { .. }
            | Self::AcceptPart { .. }
            | Self::SendInvoices { .. }
            | Self::ApplyPayment { .. }
            | Self::Bill { event: BillEvent::Honoured | BillEvent::Discounted { .. }, .. }
            | Self::BookLine { payment: Booking::Known(_), .. }
            | Self::MarkPaper {
                mark: PaperMark::Sent { mailed: None, .. } | PaperMark::Signed,
                ..
            }
            | Self::Release { .. }
            | Self::Resume { .. } => Vec::new(),
        }
    }
}

impl CustomerDraft {
    fn texts(&mut self) -> Vec<&mut String> {
        let mut texts = vec![
            &mut self.code,
            &mut self.name,
            &mut self.short_name,
            &mut self.invoice_title,
            &mut self.tax_no,
            &mut self.bank,
            &mut self.bank_account,
            &mut self.address,
            &mut self.phone,
            &mut self.notes,
        ];
        texts.extend(self.contacts.iter_mut().flat_map(ContactDraft::texts));
        texts
    }
}

impl PaymentDraft {
    fn texts(&mut self) -> Vec<&mut String> {
        let mut texts = vec![&mut self.payer, &mut self.bank_ref, &mut self.note];
        if let Some(bill) = &mut self.bill {
            texts.extend([&mut bill.number, &mut bill.drawer, &mut bill.acceptor]);
        }
        texts
    }
}

impl TouchDraft {
    fn texts(&mut self) -> Vec<&mut String> {
        let mut texts = vec![&mut self.note];
        texts.extend(self.disputes.iter_mut().map(|dispute| &mut dispute.reason));
        texts
    }
}

impl ContactDraft {
    fn texts(&mut self) -> [&mut String; 5] {
        [&mut self.name, &mut self.role, &mut self.phone, &mut self.email, &mut self.wechat]
    }
}

impl ProjectDraft {
    fn texts(&mut self) -> Vec<&mut String> {
        let mut texts =
            vec![&mut self.code, &mut self.name, &mut self.manager, &mut self.contract_no];
        for instalment in &mut self.plan {
            texts.extend([&mut instalment.name, &mut instalment.condition]);
            texts.extend(instalment.conditions.iter_mut().map(|asked| &mut asked.wording));
        }
        texts
    }
}

impl MilestoneDraft {
    fn texts(&mut self) -> Vec<&mut String> {
        vec![&mut self.key, &mut self.name, &mut self.condition, &mut self.note]
    }
}
