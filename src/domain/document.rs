//! What the program writes: which kinds of document there are, what each is about, and the paper it is filed as.

use super::codes::codes;
use super::kinds::PaperKind;

codes! {
    /// A kind of document.
    DocumentKind {
        /// Says that money will be due.
        HeadsUp = "heads_up",
        DueNotice = "due_notice",
        Reminder = "reminder",
        /// 催款函
        FormalNotice = "formal_notice",
        FinalNotice = "final_notice",
        /// 对账函
        Statement = "statement",
        /// A statement that says what is owed and asks the customer to own up to it.
        DebtConfirmation = "debt_confirmation",
        PlanConfirmation = "plan_confirmation",
        /// 请款单
        PaymentApplication = "payment_application",
        ProgressReport = "progress_report",
        AcceptanceSheet = "acceptance_sheet",
        CompletionReport = "completion_report",
        /// The final account of a contract (结算单).
        SettlementSheet = "settlement_sheet",
        SuspensionNotice = "suspension_notice",
        ResumptionNotice = "resumption_notice",
        /// One page before a call.
        CallBrief = "call_brief",
        /// What a dispute is answered with.
        Answer = "answer",
        /// What a customer may see of its project.
        ClientPage = "client_page",
        /// 回款例会
        MeetingPack = "meeting_pack",
        /// The same week as a mail.
        WeeklyDigest = "weekly_digest",
        /// 证据目录
        Dossier = "dossier",
    }
    /// What a document is about.
    DocumentScope {
        /// A customer, or milestones of one.
        Customer = "customer",
        Project = "project",
        Milestone = "milestone",
        /// What a lens shows: a person, a team, all.
        Lens = "lens",
    }
}

impl DocumentKind {
    pub const fn scope(self) -> DocumentScope {
        match self {
            Self::HeadsUp
            | Self::DueNotice
            | Self::Reminder
            | Self::FormalNotice
            | Self::FinalNotice
            | Self::Statement
            | Self::DebtConfirmation
            | Self::CallBrief
            | Self::Dossier => DocumentScope::Customer,
            Self::PlanConfirmation
            | Self::ProgressReport
            | Self::CompletionReport
            | Self::SettlementSheet
            | Self::SuspensionNotice
            | Self::ResumptionNotice
            | Self::ClientPage => DocumentScope::Project,
            Self::PaymentApplication | Self::AcceptanceSheet | Self::Answer => {
                DocumentScope::Milestone
            }
            Self::MeetingPack | Self::WeeklyDigest => DocumentScope::Lens,
        }
    }

    /// What it is filed as; `None` is not filed.
    pub const fn paper(self) -> Option<PaperKind> {
        match self {
            Self::HeadsUp => Some(PaperKind::HeadsUp),
            Self::DueNotice => Some(PaperKind::DueNotice),
            Self::Reminder => Some(PaperKind::Reminder),
            Self::FormalNotice => Some(PaperKind::FormalNotice),
            Self::FinalNotice => Some(PaperKind::FinalNotice),
            Self::Statement | Self::DebtConfirmation => Some(PaperKind::Statement),
            Self::PlanConfirmation => Some(PaperKind::PlanConfirmation),
            Self::PaymentApplication => Some(PaperKind::PaymentApplication),
            Self::ProgressReport => Some(PaperKind::ProgressReport),
            Self::AcceptanceSheet => Some(PaperKind::Acceptance),
            Self::CompletionReport => Some(PaperKind::CompletionReport),
            Self::SettlementSheet => Some(PaperKind::Settlement),
            Self::SuspensionNotice => Some(PaperKind::SuspensionNotice),
            Self::ResumptionNotice => Some(PaperKind::ResumptionNotice),
            Self::Answer => Some(PaperKind::Correspondence),
            Self::CallBrief
            | Self::ClientPage
            | Self::MeetingPack
            | Self::WeeklyDigest
            | Self::Dossier => None,
        }
    }

    /// Whether papers lie beside it.
    pub const fn has_enclosures(self) -> bool {
        matches!(self, Self::Dossier)
    }

    /// The letter a step of the ladder is taken with.
    pub fn of_step(step: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.paper().and_then(PaperKind::step) == Some(step))
    }
}
