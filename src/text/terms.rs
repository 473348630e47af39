//! The words of the contract: one word per concept, as the glossary has it.
//!
//! Every closed vocabulary of [`crate::domain::kinds`] is worded by an exhaustive match, so that a new value without
//! its words does not compile.

use crate::domain::kinds::{
    AcceptanceResult, BillForm, BillState, Cause, Channel, ConcessionKind, ConditionKind, DealKind,
    DeductionKind, Flag, Grade, InvoiceKind, InvoiceState, Method, NoteKind, Outcome, PaperKind,
    PaperState, ProjectState, Role, Stage, TouchKind, WaitReason, WaitingOn, WaiverKind,
};
use crate::domain::promise::PromiseState;
use crate::domain::status::StatusKind;

phrases! {
    days_late(n: i64): "逾期 {n} 天", "{n} d late";
}

vocabulary! {
    /// What an instalment is for.
    stage(Stage) {
        Advance: "预付款", "advance";
        Progress: "进度款", "progress";
        Delivery: "到货款", "delivery";
        Acceptance: "验收款", "acceptance";
        Settlement: "结算款", "settlement";
        Final: "尾款", "final";
        Retention: "质保金", "retention";
        Other: "其他", "other";
    }
    method(Method) {
        Transfer: "电汇", "bank transfer";
        BankBill: "银行承兑汇票", "bank acceptance bill";
        CommercialBill: "商业承兑汇票", "commercial acceptance bill";
        Cheque: "支票", "cheque";
        Cash: "现金", "cash";
        Wechat: "微信支付", "WeChat Pay";
        Alipay: "支付宝", "Alipay";
        LetterOfCredit: "信用证", "letter of credit";
        Offset: "抵账", "offset";
        Other: "其他", "other";
    }
    bill_form(BillForm) {
        Paper: "纸质", "paper";
        Electronic: "电子", "electronic";
    }
    /// What became of a bill of exchange.
    bill_state(BillState) {
        InHand: "持有", "in hand";
        Honoured: "已兑付", "honoured";
        Discounted: "已贴现", "discounted";
        Endorsed: "已背书转让", "endorsed";
        Dishonoured: "拒付", "dishonoured";
    }
    /// What lies between the amount credited and what reached the bank.
    deduction(DeductionKind) {
        Fee: "手续费", "bank fee";
        BillDiscount: "贴息", "bill discount";
        EarlyDiscount: "提前付款折扣", "early-payment discount";
        Penalty: "罚款", "penalty";
        Offset: "抵账", "offset";
        Other: "其他扣款", "other";
    }
    /// How a customer is reached.
    channel(Channel) {
        Phone: "电话", "phone";
        Wechat: "微信", "WeChat";
        Mail: "邮件", "mail";
        Letter: "函件", "letter";
        Visit: "拜访", "visit";
        Lawyer: "律师", "lawyer";
        Court: "法院/仲裁", "court";
    }
    /// What a touch was for.
    touch_kind(TouchKind) {
        Dunning: "催款", "dunning";
        AcceptanceChase: "催验收", "acceptance chase";
        Courtesy: "日常联络", "general call";
    }
    /// What came of a touch.
    outcome(Outcome) {
        NoAnswer: "未接通", "no answer";
        Noted: "已知悉", "noted";
        Promised: "承诺付款", "promised";
        Disputed: "提出争议", "disputed";
        ClaimsPaid: "称已付款", "says it is paid";
        Refused: "拒绝付款", "refused";
    }
    /// Why money is late, as the customer puts it.
    cause(Cause) {
        Funds: "资金紧张", "short of funds";
        NotAccepted: "尚未验收", "not accepted";
        Invoice: "发票问题", "invoice problem";
        Approval: "对方审批中", "their approval";
        Terms: "条款不清", "unclear terms";
        OurDelay: "我方延误", "our delay";
        Dispute: "争议", "dispute";
        Other: "其他", "other";
    }
    /// What came of an acceptance.
    acceptance_result(AcceptanceResult) {
        Passed: "通过", "passed";
        Reservations: "有保留通过", "passed with reservations";
        Refused: "未通过", "refused";
        Appointed: "约定日期", "appointed for a day";
        Partial: "部分验收", "accepted in part";
    }
    /// What has to be there before a milestone is accepted or falls due.
    condition_kind(ConditionKind) {
        Deliverable: "交付物", "deliverable";
        Criterion: "验收标准", "criterion";
        Gate: "关口", "gate";
    }
    /// What a note is about.
    note_kind(NoteKind) {
        Progress: "进度", "progress";
        Minutes: "会议纪要", "minutes";
        Remark: "备注", "remark";
        Lesson: "复盘", "lesson";
        Satisfaction: "满意度", "satisfaction";
        Credit: "资信", "credit";
        Feedback: "客户反馈", "feedback";
        Commitment: "增值承诺", "commitment";
    }
    paper_kind(PaperKind) {
        Contract: "合同", "contract";
        Amendment: "补充协议", "amendment";
        Nda: "保密协议", "non-disclosure agreement";
        Guarantee: "保函", "guarantee";
        PlanConfirmation: "付款计划确认书", "plan confirmation";
        DeliveryNote: "送货单", "delivery note";
        Acceptance: "验收单", "acceptance certificate";
        ProgressReport: "进度报告", "progress report";
        PaymentApplication: "请款单", "payment application";
        InvoiceCopy: "发票副本", "invoice copy";
        Statement: "对账函", "statement of account";
        HeadsUp: "付款预告", "heads-up";
        Reminder: "催款提醒", "reminder";
        DueNotice: "到期通知", "due notice";
        FormalNotice: "催款函", "formal notice";
        FinalNotice: "最后通知", "final notice";
        LawyersLetter: "律师函", "lawyer's letter";
        SuspensionNotice: "停工通知", "suspension notice";
        ResumptionNotice: "复工通知", "resumption notice";
        Settlement: "结算书", "final account";
        CompletionReport: "竣工报告", "completion report";
        Minutes: "会议纪要", "minutes";
        Correspondence: "往来函件", "correspondence";
        Filing: "立案材料", "court filing";
        Judgment: "判决书/调解书", "judgment";
        PaymentMandate: "委托付款书", "payment mandate";
        Other: "其他", "other";
    }
    paper_state(PaperState) {
        Draft: "草稿", "draft";
        Filed: "已存档", "on file";
        Sent: "已寄出", "sent";
        Delivered: "已送达", "delivered";
        Signed: "已签章", "signed";
        Expired: "已过期", "expired";
    }
    /// Credit grade the user gave.
    grade(Grade) {
        A: "A", "A";
        B: "B", "B";
        C: "C", "C";
        D: "D", "D";
    }
    /// What one of us does.
    role(Role) {
        Pm: "项目经理", "project manager";
        Sales: "销售", "sales";
        Finance: "财务", "finance";
        Legal: "法务", "legal";
        Head: "部门负责人", "head";
    }
    /// What a customer is let off.
    concession_kind(ConcessionKind) {
        Discount: "提前付款折扣", "early-payment discount";
        Waiver: "和解减免", "settlement";
        Extension: "展期", "extension";
        Instalments: "分期还款", "instalments";
    }
    /// Why something is waived.
    waiver_kind(WaiverKind) {
        Discount: "提前付款折扣", "early-payment discount";
        Settlement: "和解减免", "settlement";
    }
    project_state(ProjectState) {
        Active: "进行中", "active";
        Suspended: "已暂停", "suspended";
        Closed: "已结束", "closed";
    }
    invoice_kind(InvoiceKind) {
        Special: "专票", "VAT special";
        Ordinary: "普票", "VAT ordinary";
        Receipt: "收据", "receipt";
        Other: "其他票据", "other";
    }
    invoice_state(InvoiceState) {
        Open: "未收", "open";
        PartPaid: "部分收款", "part paid";
        Paid: "已收", "paid";
        Closed: "已了结", "closed";
        Red: "红字", "red";
    }
    /// Who has to move before money can arrive (待谁处理).
    waiting_on(WaitingOn) {
        UsHold: "我方暂停", "us (on hold)";
        UsTodo: "待我方办事", "us: to-do";
        UsDeliver: "待我方交付", "us: deliver";
        CustomerAccept: "待客户验收", "customer: accept";
        UsInvoice: "待我方开票", "us: invoice";
        UsSend: "待寄发票", "us: send invoice";
        CustomerPay: "待客户付款", "customer: pay";
        BothDispute: "双方争议", "both (dispute)";
        Nobody: "无", "nobody";
    }
    /// A status; its number of days is worded beside it.
    status(StatusKind) {
        WrittenOff: "已核销坏账", "written off";
        Paid: "已结清", "paid";
        Settled: "已和解", "settled";
        Split: "已拆分", "split";
        Disputed: "争议中", "disputed";
        OnHold: "暂停催款", "on hold";
        Overdue: "逾期", "overdue";
        InGrace: "宽限期内", "in grace";
        DueToday: "今日到期", "due today";
        DueSoon: "即将到期", "due soon";
        Upcoming: "未到期", "upcoming";
        Slipping: "进度滞后", "slipping";
        Planned: "计划中", "planned";
    }
    /// What was agreed after the contract.
    deal_kind(DealKind) {
        Amendment: "补充协议", "amendment";
        Instalments: "分期还款", "instalments";
        Settlement: "和解", "settlement";
        PartialAcceptance: "部分验收", "acceptance in part";
    }
    promise_state(PromiseState) {
        Kept: "兑现", "kept";
        Pending: "待兑现", "pending";
        Broken: "未兑现", "broken";
    }
    /// What stands beside a status.
    flag(Flag) {
        PartPaid: "部分回款", "part paid";
        PartlyDisputed: "部分争议", "partly disputed";
        PromisePending: "已承诺", "promised";
        PromiseBroken: "失约", "broken promise";
        Rescheduled: "已展期", "rescheduled";
        NotInvoiced: "待开票", "to invoice";
        OtherMethod: "付款方式不符", "other method";
        CallDue: "可宣布全部到期", "rest can be called due";
        LateWithUs: "迟在我方", "late with us";
    }
    /// Why a payment step that is due is not taken today.
    wait_reason(WaitReason) {
        Dispute: "争议中", "dispute";
        Hold: "暂停催款", "on hold";
        Todo: "事项未办完", "to-do";
        Promise: "已承诺付款", "promise pending";
        Settlement: "和解待履行", "settlement";
        Gap: "刚联系过", "contacted recently";
        OurTurn: "待我方行动", "our turn";
        NotAccepted: "待客户验收", "not accepted";
        Grace: "宽限期内", "in grace";
        Guard: "近期联系已达上限", "contact limit reached";
    }
}

impl super::Lang {
    /// The name of a step of the default dunning ladder; a step above it is a further one.
    pub const fn step(self, step: u8) -> &'static str {
        match step {
            0 => self.pick("到期前提醒", "pre-due reminder"),
            1 => self.pick("到期提醒", "due notice"),
            2 => self.pick("一般催款", "first reminder"),
            3 => self.pick("催款函", "formal notice"),
            4 => self.pick("最后通知", "final notice"),
            5 => self.pick("律师函", "lawyer's letter"),
            6 => self.pick("诉讼/仲裁", "legal action"),
            _ => self.pick("后续催款", "further step"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::kinds::{Stage, WaitingOn};
    use crate::text::Lang;

    #[test]
    fn the_words_are_the_glossary_s() {
        assert_eq!(Lang::Zh.stage(Stage::Retention), "质保金");
        assert_eq!(Lang::Zh.waiting_on(WaitingOn::UsInvoice), "待我方开票");
        assert_eq!(Lang::En.waiting_on(WaitingOn::UsInvoice), "us: invoice");
        assert_eq!(Lang::Zh.step(0), "到期前提醒");
        assert_eq!(Lang::En.step(6), "legal action");
    }
}
