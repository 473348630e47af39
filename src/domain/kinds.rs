//! The closed vocabularies of the field: each value has one code, the same in SQL, JSON, filters and imports.
//! How a code reads to a person is the business of `text`.

use super::codes::codes;

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
        BankBill = "bank_bill",
        CommercialBill = "commercial_bill",
        Cheque = "cheque",
        Cash = "cash",
        Wechat = "wechat",
        Alipay = "alipay",
        LetterOfCredit = "letter_of_credit",
        Offset = "offset",
        Other = "other",
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
    ProjectState {
        Active = "active",
        Suspended = "suspended",
        Closed = "closed",
    }
    InvoiceKind {
        Special = "special",
        Ordinary = "ordinary",
        /// Anything that is no Chinese VAT invoice.
        Other = "other",
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
