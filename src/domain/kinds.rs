//! The closed vocabularies of the field: each value has one code, the same in SQL, JSON, filters and imports.
//! How a code reads to a person is the business of `text`.

use super::codes::codes;

codes! {
    /// From when a contractor's priority right counts.
    PriorityStart {
        /// The price was payable: the due date, else the delivery.
        Due = "due",
        /// The last day of work, as it was agreed.
        AgreedEnd = "agreed_end",
        /// The day the works were completed.
        Completion = "completion",
    }
}

codes! {
    /// What stands on a day of a calendar.
    DayKind {
        /// The due date of what is open.
        Due = "due",
        /// The last day of a promise to pay.
        Promise = "promise",
        /// The next step of the ladder.
        Step = "step",
        /// The next contact, as it was agreed.
        Contact = "contact",
        /// The day a bill of exchange in hand matures.
        Bill = "bill",
        /// The day agreed for an acceptance.
        Appointment = "appointment",
        /// The last day for the money of a settlement.
        Settlement = "settlement",
        /// The last day on which a paper holds.
        Expiry = "expiry",
        /// The last day of a warranty.
        Warranty = "warranty",
    }
    /// What an instalment is for.
    Stage {
        Advance = "advance",
        Progress = "progress",
        Delivery = "delivery",
        Acceptance = "acceptance",
        Settlement = "settlement",
        Final = "final",
        Retention = "retention",
        Other = "other",
    }
    Method {
        Transfer = "transfer",
        /// A bill of exchange that a bank accepted.
        BankBill = "bank_bill" | "bank_acceptance",
        /// One that the drawer or another company accepted.
        CommercialBill = "commercial_bill" | "commercial",
        Cheque = "cheque",
        Cash = "cash",
        Wechat = "wechat",
        Alipay = "alipay",
        LetterOfCredit = "letter_of_credit",
        Offset = "offset",
        Other = "other",
    }
    /// What a bill of exchange is made of.
    BillForm {
        Paper = "paper",
        Electronic = "electronic",
    }
    /// What became of a bill of exchange.
    BillState {
        InHand = "in_hand",
        /// Its acceptor paid it.
        Honoured = "honoured",
        /// Sold to a bank before it matured.
        Discounted = "discounted",
        /// Passed on.
        Endorsed = "endorsed",
        /// Its acceptor did not pay it.
        Dishonoured = "dishonoured",
    }
    /// What lies between the amount a customer is credited with and what reached the bank.
    DeductionKind {
        /// What a bank kept.
        Fee = "fee",
        /// What selling a bill of exchange before it matured cost.
        BillDiscount = "bill_discount",
        EarlyDiscount = "early_discount",
        Penalty = "penalty",
        /// Set against what we owe.
        Offset = "offset",
        Other = "other",
    }
    /// When a bill of exchange counts as money.
    BillsCount {
        Received = "received",
        Honoured = "honoured",
    }
    /// How a customer is reached.
    Channel {
        Phone = "phone",
        Wechat = "wechat",
        Mail = "mail",
        Letter = "letter",
        Visit = "visit",
        Lawyer = "lawyer",
        /// Before a court or an arbitration commission.
        Court = "court",
    }
    /// What a touch was for.
    TouchKind {
        /// A step of the dunning ladder.
        Dunning = "dunning",
        /// Acceptance was asked for: no payment step.
        AcceptanceChase = "acceptance_chase",
        /// Anything else: it counts for the guard, not for the ladder.
        Courtesy = "courtesy",
    }
    /// What came of a touch.
    Outcome {
        NoAnswer = "no_answer",
        /// They will look into it.
        Noted = "noted",
        Promised = "promised",
        Disputed = "disputed",
        /// They say it is paid.
        ClaimsPaid = "claims_paid",
        Refused = "refused",
    }
    /// Why money is late, as the customer puts it.
    Cause {
        Funds = "funds",
        NotAccepted = "not_accepted",
        /// A problem with the invoice.
        Invoice = "invoice",
        /// Their approval takes its time.
        Approval = "approval",
        Terms = "terms",
        OurDelay = "our_delay",
        Dispute = "dispute",
        Other = "other",
    }
    /// What came of an acceptance.
    AcceptanceResult {
        Passed = "passed",
        /// With something left to be put right.
        Reservations = "reservations",
        Refused = "refused",
        /// It is to be on a day that was agreed.
        Appointed = "appointed",
        /// Of a part only.
        Partial = "partial",
    }
    /// What has to be there before a milestone is accepted or falls due.
    ConditionKind {
        /// Something we hand over (交付物).
        Deliverable = "deliverable",
        /// What it is accepted by (验收标准).
        Criterion = "criterion",
        /// What the customer's own ways ask for before it pays (关口): an audit, a signature.
        Gate = "gate",
    }
    /// What a note is about.
    NoteKind {
        /// How far the work of a project is, in percent.
        Progress = "progress",
        Minutes = "minutes",
        Remark = "remark",
        /// What was learned (复盘).
        Lesson = "lesson",
        /// How content the customer is, 0 to 10.
        Satisfaction = "satisfaction",
        /// What others say of the customer's means: a rating, a court record.
        Credit = "credit",
        /// What the customer said of the work.
        Feedback = "feedback",
        /// What we promised beside the contract (增值服务).
        Commitment = "commitment",
    }
    /// What a paper is (文件).
    PaperKind {
        Contract = "contract",
        Amendment = "amendment",
        Nda = "nda",
        /// A bond or a guarantee (保函).
        Guarantee = "guarantee" | "bid_bond",
        /// The customer agrees to the plan of payments.
        PlanConfirmation = "plan_confirmation",
        DeliveryNote = "delivery_note",
        Acceptance = "acceptance",
        ProgressReport = "progress_report",
        PaymentApplication = "payment_application",
        InvoiceCopy = "invoice_copy",
        Statement = "statement",
        /// Says that money will be due.
        HeadsUp = "heads_up",
        Reminder = "reminder",
        DueNotice = "due_notice",
        FormalNotice = "formal_notice",
        FinalNotice = "final_notice",
        LawyersLetter = "lawyers_letter",
        SuspensionNotice = "suspension_notice",
        ResumptionNotice = "resumption_notice",
        /// The final account of a contract (结算书).
        Settlement = "settlement",
        CompletionReport = "completion_report",
        Minutes = "minutes",
        Correspondence = "correspondence",
        /// A claim was filed with a court or an arbitrator (立案).
        Filing = "filing",
        /// A judgment, an award, a settlement before a court.
        Judgment = "judgment",
        /// The customer has somebody else pay (委托付款).
        PaymentMandate = "payment_mandate",
        Other = "other",
    }
    /// How far a paper is on a day.
    PaperState {
        /// Ours, and still here.
        Draft = "draft",
        /// Of others, or both: it lies in the files.
        Filed = "filed",
        Sent = "sent",
        Delivered = "delivered",
        Signed = "signed",
        Expired = "expired",
    }
    /// Credit grade the user gave.
    Grade {
        A = "A",
        B = "B",
        C = "C",
        D = "D",
    }
    /// What one of us does.
    Role {
        Pm = "pm",
        Sales = "sales",
        Finance = "finance",
        Legal = "legal",
        Head = "head",
    }
    /// What was agreed after the contract.
    DealKind {
        /// A new contract amount.
        Amendment = "amendment",
        /// An open balance in dated parts.
        Instalments = "instalments",
        /// A part is paid, the rest is waived.
        Settlement = "settlement",
        /// A part of the work was accepted: it is owed apart from the rest.
        PartialAcceptance = "partial_acceptance",
    }
    ProjectState {
        Active = "active",
        Suspended = "suspended",
        Closed = "closed",
    }
    /// What a customer is let off.
    ConcessionKind {
        Discount = "discount",
        /// The rest of a settlement.
        Waiver = "waiver",
        /// A later due date.
        Extension = "extension",
        Instalments = "instalments",
    }
    /// Why something is waived.
    WaiverKind {
        /// The customer paid early enough.
        Discount = "discount",
        /// The customer paid what a settlement asks for.
        Settlement = "settlement",
    }
    InvoiceKind {
        Special = "special",
        Ordinary = "ordinary" | "general",
        /// No VAT invoice at all: it says that money came.
        Receipt = "receipt",
        /// Anything else that is no Chinese VAT invoice.
        Other = "other",
    }
    /// How far an invoice is settled.
    InvoiceState {
        Open = "open",
        PartPaid = "part_paid",
        Paid = "paid",
        /// Neither paid nor open: taken back by a red invoice, written off or waived.
        Closed = "closed",
        /// It takes another back.
        Red = "red",
    }
    /// What a to-do is (事项).
    TodoKind {
        Task = "task",
        /// Get in touch again.
        CallBack = "call_back",
        Issue = "issue",
        Complaint = "complaint",
        Inspection = "inspection",
        /// A day agreed for an acceptance or a meeting.
        Appointment = "appointment",
        Risk = "risk",
        /// What a meeting decided.
        Decision = "decision",
        CreditReview = "credit_review",
        /// Somebody is asked whether a change may be made.
        Approval = "approval",
    }
    /// How severe, how likely, how costly.
    Level {
        Low = "low",
        Medium = "medium",
        High = "high",
    }
    /// Where a to-do stands on a day.
    TodoState {
        /// Due later, or on no day.
        Open = "open",
        /// Due on the day, or before.
        Due = "due",
        Done = "done",
    }
    /// Whose turn it is (待谁处理): who has to move before money can arrive.
    WaitingOn {
        UsHold = "us_hold",
        /// Something of ours is to be done first.
        UsTodo = "us_todo",
        UsDeliver = "us_deliver",
        CustomerAccept = "customer_accept",
        UsInvoice = "us_invoice",
        UsSend = "us_send",
        CustomerPay = "customer_pay",
        BothDispute = "both_dispute",
        Nobody = "nobody",
    }
    /// What stands beside a status.
    Flag {
        /// Something was paid, something is open.
        PartPaid = "part_paid",
        /// A dispute covers a part of the balance.
        PartlyDisputed = "partly_disputed",
        /// A promise has not run out.
        PromisePending = "promise_pending",
        /// The latest promise that ran out was not kept.
        PromiseBroken = "promise_broken",
        /// The due date was agreed anew.
        Rescheduled = "rescheduled",
        /// A receivable for which no invoice stands.
        NotInvoiced = "not_invoiced",
        /// Money came otherwise than was agreed.
        OtherMethod = "other_method",
        /// An instalment that is not paid, which makes it possible to call the later ones due.
        CallDue = "call_due",
        /// Our turn lasts longer than is allowed.
        LateWithUs = "late_with_us",
    }
    /// What is explained of a milestone.
    Topic {
        Balance = "balance",
        Status = "status",
        WaitingOn = "waiting_on",
        Bucket = "bucket",
        Next = "next_step",
        Weight = "weight",
        LateFee = "late_fee",
        Limitation = "limitation",
        /// What law says where the contract is silent.
        Statutory = "statutory",
    }
    /// A figure that says what it is made of: the five of a morning, then what the registers come to.
    Figure {
        Overdue = "overdue",
        Due = "due",
        Promised = "promised",
        Unbilled = "unbilled",
        Collected = "collected",
        Payments = "payments" | "receipts",
        Invoices = "invoices",
    }
    /// Why a payment step that is due is not taken today.
    WaitReason {
        /// A dispute covers the whole balance.
        Dispute = "dispute",
        Hold = "hold",
        /// A to-do stands in the way.
        Todo = "todo",
        /// Pending promises cover what is undisputed.
        Promise = "promise",
        /// A settlement that can still be had.
        Settlement = "settlement",
        /// The last touch is too fresh.
        Gap = "gap",
        /// We have to move first.
        OurTurn = "our_turn",
        NotAccepted = "not_accepted",
        Grace = "grace",
        /// The customer was touched often enough lately.
        Guard = "guard",
    }
}

impl DealKind {
    /// Whether what it takes off a milestone is a milestone of its own.
    pub const fn makes_parts(self) -> bool {
        match self {
            Self::Instalments | Self::PartialAcceptance => true,
            Self::Amendment | Self::Settlement => false,
        }
    }
}

impl Method {
    /// Whether it is a bill of exchange: a promise with a maturity.
    pub const fn is_bill(self) -> bool {
        match self {
            Self::BankBill | Self::CommercialBill => true,
            Self::Transfer
            | Self::Cheque
            | Self::Cash
            | Self::Wechat
            | Self::Alipay
            | Self::LetterOfCredit
            | Self::Offset
            | Self::Other => false,
        }
    }
}
