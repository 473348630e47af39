//! The words of the filter language: fields, and the values that have names, in both languages. Words come in
//! half-width lower case; `-`, `_` and a blank in them are the same.

use crate::domain::codes::codes;
use crate::domain::kinds::{Cause, Flag, Grade, PaperKind, Stage, WaitingOn};
use crate::domain::status::StatusKind;

/// Where a text is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextField {
    /// Code and name of the customer.
    Customer,
    /// Code and name of the project.
    Project,
    /// Key and name of the milestone.
    Milestone,
    Pm,
}

impl TextField {
    pub const ALL: [Self; 4] = [Self::Customer, Self::Project, Self::Milestone, Self::Pm];

    /// The field it is typed by.
    pub(super) const fn field(self) -> FilterField {
        match self {
            Self::Customer => FilterField::Customer,
            Self::Project => FilterField::Project,
            Self::Milestone => FilterField::Milestone,
            Self::Pm => FilterField::Pm,
        }
    }
}

codes! {
    /// What a term can be about, by the name it is typed by.
    FilterField {
        /// Code or name of the customer.
        Customer = "customer" | "客户",
        Project = "project" | "项目",
        Milestone = "milestone" | "节点" | "里程碑" | "款项",
        Pm = "pm" | "项目经理" | "经理" | "负责人" | "manager",
        Stage = "stage" | "款项性质" | "阶段",
        Status = "status" | "状态",
        WaitingOn = "waiting_on" | "待谁处理" | "谁的球" | "court",
        /// Next step of the ladder.
        Step = "step" | "催款级别",
        Currency = "currency" | "币种",
        Due = "due" | "到期日" | "应收日" | "到期",
        Late = "late" | "逾期天数" | "逾期",
        Balance = "balance" | "未收" | "余额",
        Amount = "amount" | "金额",
        Bucket = "bucket" | "账龄" | "账龄段" | "账龄区间",
        /// What stands beside the status.
        Flag = "flag" | "标记",
        /// How many promises were broken.
        Broken = "broken" | "失约次数",
        /// Days without a contact.
        Silent = "silent" | "未联系天数" | "未联系",
        /// Credit grade of the customer.
        Grade = "grade" | "信用等级" | "等级",
        /// Why it is not paid.
        Cause = "cause" | "未付原因" | "原因",
        /// Percent by which work is ahead of money.
        Ahead = "ahead" | "领先回款" | "进度超回款",
        Satisfaction = "satisfaction" | "满意度",
        /// What notes say.
        Note = "note" | "记事" | "notes",
        /// What notes of credit say.
        Credit = "credit" | "外部信用" | "信用",
        /// Whether the papers of the next step are on file.
        Papers = "papers" | "资料" | "资料齐备",
        /// A paper of a kind is on file.
        Paper = "paper" | "文件",
    }

    /// Whether all papers that a step wants are on file.
    PapersState {
        Missing = "missing" | "缺" | "不齐" | "缺资料",
        Ready = "ready" | "齐" | "齐备" | "资料齐备",
    }
}

impl PapersState {
    /// The word a reader of Chinese types.
    pub(super) const fn zh(self) -> &'static str {
        match self {
            Self::Missing => "缺",
            Self::Ready => "齐",
        }
    }
}

impl FilterField {
    /// The name a reader of Chinese types it by.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Customer => "客户",
            Self::Project => "项目",
            Self::Milestone => "节点",
            Self::Pm => "项目经理",
            Self::Stage => "款项性质",
            Self::Status => "状态",
            Self::WaitingOn => "待谁处理",
            Self::Step => "催款级别",
            Self::Currency => "币种",
            Self::Due => "到期日",
            Self::Late => "逾期天数",
            Self::Balance => "未收",
            Self::Amount => "金额",
            Self::Bucket => "账龄",
            Self::Flag => "标记",
            Self::Broken => "失约次数",
            Self::Silent => "未联系天数",
            Self::Grade => "信用等级",
            Self::Cause => "未付原因",
            Self::Ahead => "领先回款",
            Self::Satisfaction => "满意度",
            Self::Note => "记事",
            Self::Credit => "外部信用",
            Self::Papers => "资料",
            Self::Paper => "文件",
        }
    }

    /// The values it takes, if they are a closed list.
    pub fn values(self) -> Vec<&'static str> {
        match self {
            Self::Stage => Stage::ALL.iter().map(|v| v.code()).collect(),
            Self::Status => StatusKind::ALL.iter().map(|v| v.code()).collect(),
            Self::WaitingOn => WaitingOn::ALL.iter().map(|v| v.code()).collect(),
            Self::Flag => Flag::ALL.iter().map(|v| v.code()).collect(),
            Self::Grade => Grade::ALL.iter().map(|v| v.code()).collect(),
            Self::Cause => Cause::ALL.iter().map(|v| v.code()).collect(),
            Self::Papers => PapersState::ALL.iter().map(|v| v.code()).collect(),
            Self::Paper => PaperKind::ALL.iter().map(|v| v.code()).collect(),
            Self::Customer
            | Self::Project
            | Self::Milestone
            | Self::Pm
            | Self::Step
            | Self::Currency
            | Self::Due
            | Self::Late
            | Self::Balance
            | Self::Amount
            | Self::Bucket
            | Self::Broken
            | Self::Silent
            | Self::Ahead
            | Self::Satisfaction
            | Self::Note
            | Self::Credit => Vec::new(),
        }
    }
}

/// A word as codes are written.
fn code(word: &str) -> String {
    word.replace(['-', ' '], "_")
}

pub(super) fn papers(word: &str) -> Option<PapersState> {
    PapersState::from_code(&code(word))
}

/// The value that this word is one of the names of.
fn named<T: Copy>(word: &str, names: &[(T, &[&str])]) -> Option<T> {
    names.iter().find(|(_, names)| names.contains(&word)).map(|(value, _)| *value)
}

pub(super) fn status(word: &str) -> Option<StatusKind> {
    let names: &[(StatusKind, &[&str])] = &[
        (StatusKind::WrittenOff, &["已核销坏账", "坏账核销"]),
        (StatusKind::Paid, &["已结清"]),
        (StatusKind::Settled, &["已和解", "和解"]),
        (StatusKind::Split, &["已拆分", "拆分"]),
        (StatusKind::Disputed, &["争议", "争议中"]),
        (StatusKind::OnHold, &["暂停催款", "暂停"]),
        (StatusKind::Overdue, &["逾期", "已逾期"]),
        (StatusKind::InGrace, &["宽限期内", "宽限期"]),
        (StatusKind::DueToday, &["今日到期"]),
        (StatusKind::DueSoon, &["即将到期"]),
        (StatusKind::Upcoming, &["未到期"]),
        (StatusKind::Slipping, &["进度滞后"]),
        (StatusKind::Planned, &["计划中"]),
    ];
    StatusKind::from_code(&code(word)).or_else(|| named(word, names))
}

pub(super) fn flag(word: &str) -> Option<Flag> {
    let names: &[(Flag, &[&str])] = &[
        (Flag::PartPaid, &["部分回款"]),
        (Flag::PartlyDisputed, &["部分争议"]),
        (Flag::PromisePending, &["已承诺"]),
        (Flag::PromiseBroken, &["失约"]),
        (Flag::Rescheduled, &["展期", "已展期"]),
        (Flag::NotInvoiced, &["未开票", "待开票"]),
        (Flag::OtherMethod, &["付款方式不符", "方式不符"]),
        (Flag::CallDue, &["可宣布全部到期"]),
        (Flag::LateWithUs, &["迟在我方"]),
    ];
    Flag::from_code(&code(word)).or_else(|| named(word, names))
}

/// Whoever a milestone waits for, or all of a side: `us`, `customer`.
pub(super) fn parties(word: &str) -> Option<Vec<WaitingOn>> {
    let names: &[(WaitingOn, &[&str])] = &[
        (WaitingOn::UsHold, &["我方暂停"]),
        (WaitingOn::UsTodo, &["待我方办事", "事项"]),
        (WaitingOn::UsDeliver, &["待我方交付"]),
        (WaitingOn::CustomerAccept, &["待客户验收"]),
        (WaitingOn::UsInvoice, &["待我方开票"]),
        (WaitingOn::UsSend, &["待寄发票", "待我方送票"]),
        (WaitingOn::CustomerPay, &["待客户付款"]),
        (WaitingOn::BothDispute, &["双方争议"]),
        (WaitingOn::Nobody, &["无", "无需动作"]),
    ];
    if let Some(party) = WaitingOn::from_code(&code(word)).or_else(|| named(word, names)) {
        return Some(vec![party]);
    }
    let side = named(word, &[("us_", &["us", "我方"]), ("customer_", &["customer", "客户"])])?;
    let all = WaitingOn::ALL.iter().copied();
    Some(all.filter(|c| c.code().starts_with(side)).collect())
}

/// The word for no value at all: no due date, no next step, no bucket.
pub(super) fn is_none(word: &str) -> bool {
    matches!(word, "none" | "无")
}

/// The label of a bucket as the aging table writes it, folded.
pub(super) fn bucket(word: &str) -> String {
    if word == "未到期" || code(word) == "not_due" {
        "not due".to_owned()
    } else {
        word.to_owned()
    }
}
