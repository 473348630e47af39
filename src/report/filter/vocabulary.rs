//! The words of the filter language: fields, and the values that have names, in both languages. Words come in
//! half-width lower case; `-`, `_` and a blank in them are the same.

use crate::domain::kinds::{Flag, Stage, WaitingOn};
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
    /// Every field, in the order of the fields.
    pub const ALL: [Self; 4] = [Self::Customer, Self::Project, Self::Milestone, Self::Pm];
}

/// What a term can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilterField {
    /// A text: customer, project, milestone or manager.
    Text(TextField),
    /// What the money is for.
    Stage,
    Status,
    WaitingOn,
    /// Next step of the ladder.
    Step,
    Currency,
    Due,
    Late,
    Balance,
    Amount,
    Bucket,
    /// What stands beside the status.
    Flag,
}

impl FilterField {
    /// Every field, in the order of the contract.
    pub const ALL: [Self; 15] = [
        Self::Text(TextField::Customer),
        Self::Text(TextField::Project),
        Self::Text(TextField::Milestone),
        Self::Text(TextField::Pm),
        Self::Stage,
        Self::Status,
        Self::WaitingOn,
        Self::Step,
        Self::Currency,
        Self::Due,
        Self::Late,
        Self::Balance,
        Self::Amount,
        Self::Bucket,
        Self::Flag,
    ];

    /// The name it is typed by.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text(TextField::Customer) => "customer",
            Self::Text(TextField::Project) => "project",
            Self::Text(TextField::Milestone) => "milestone",
            Self::Text(TextField::Pm) => "pm",
            Self::Stage => "stage",
            Self::Status => "status",
            Self::WaitingOn => "waiting_on",
            Self::Step => "step",
            Self::Currency => "currency",
            Self::Due => "due",
            Self::Late => "late",
            Self::Balance => "balance",
            Self::Amount => "amount",
            Self::Bucket => "bucket",
            Self::Flag => "flag",
        }
    }

    /// The values it takes, if they are a closed list.
    pub fn values(self) -> Vec<&'static str> {
        match self {
            Self::Stage => Stage::ALL.iter().map(|v| v.code()).collect(),
            Self::Status => StatusKind::ALL.iter().map(|v| v.code()).collect(),
            Self::WaitingOn => WaitingOn::ALL.iter().map(|v| v.code()).collect(),
            Self::Flag => Flag::ALL.iter().map(|v| v.code()).collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        let code = match word {
            "客户" => "customer",
            "项目" => "project",
            "节点" | "里程碑" | "款项" => "milestone",
            "项目经理" | "经理" | "负责人" | "manager" => "pm",
            "款项性质" | "阶段" => "stage",
            "状态" => "status",
            "待谁处理" | "谁的球" | "court" => "waiting_on",
            "催款级别" => "step",
            "币种" => "currency",
            "到期日" | "应收日" | "到期" => "due",
            "逾期天数" | "逾期" => "late",
            "未收" | "余额" => "balance",
            "金额" => "amount",
            "账龄" | "账龄段" | "账龄区间" => "bucket",
            "标记" => "flag",
            word => word,
        };
        Self::ALL.into_iter().find(|field| field.code() == code)
    }
}

/// A word as codes are written.
fn code(word: &str) -> String {
    word.replace(['-', ' '], "_")
}

/// The value that this word is one of the names of.
fn named<T: Copy>(word: &str, names: &[(T, &[&str])]) -> Option<T> {
    names
        .iter()
        .find(|(_, names)| names.contains(&word))
        .map(|(value, _)| *value)
}

pub(super) fn status(word: &str) -> Option<StatusKind> {
    let names: &[(StatusKind, &[&str])] = &[
        (StatusKind::WrittenOff, &["已核销坏账", "坏账核销"]),
        (StatusKind::Paid, &["已结清"]),
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
    ];
    Flag::from_code(&code(word)).or_else(|| named(word, names))
}

/// Whoever a milestone waits for, or all of a side: `us`, `customer`.
pub(super) fn parties(word: &str) -> Option<Vec<WaitingOn>> {
    let names: &[(WaitingOn, &[&str])] = &[
        (WaitingOn::UsHold, &["我方暂停"]),
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
    let side = named(
        word,
        &[
            ("us_", &["us", "我方"]),
            ("customer_", &["customer", "客户"]),
        ],
    )?;
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
