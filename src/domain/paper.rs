//! Papers (文件): what each kind means for dunning, the limitation clock and numbers, and how far a paper is on a day.

use chrono::NaiveDate;

use super::clean;
use super::kinds::{PaperKind, PaperState};

/// What a paper is called by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperName {
    pub kind: PaperKind,
    pub number: String,
    pub title: String,
}

/// Where its number stands in what we wrote, until it has one: nothing that is put into a letter can hold this.
pub const NUMBER: &str = "{{number}}";

/// What we wrote, with its number.
pub fn numbered(body: &str, number: &str) -> String {
    body.replace(NUMBER, &clean::markdown(number))
}

impl PaperKind {
    /// Whether only we write it: it begins as a draft, and gets a number.
    pub const fn is_ours(self) -> bool {
        match self {
            Self::HeadsUp
            | Self::PaymentApplication
            | Self::Statement
            | Self::Reminder
            | Self::DueNotice
            | Self::FormalNotice
            | Self::FinalNotice
            | Self::SuspensionNotice
            | Self::ResumptionNotice => true,
            Self::Contract
            | Self::Amendment
            | Self::Nda
            | Self::Guarantee
            | Self::PlanConfirmation
            | Self::DeliveryNote
            | Self::Acceptance
            | Self::ProgressReport
            | Self::InvoiceCopy
            | Self::LawyersLetter
            | Self::Settlement
            | Self::CompletionReport
            | Self::Minutes
            | Self::Correspondence
            | Self::Filing
            | Self::Judgment
            | Self::PaymentMandate
            | Self::Other => false,
        }
    }

    /// What its numbers begin with, in Chinese and in Latin letters; none of what only others write.
    pub const fn letters(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::HeadsUp => Some(("预", "HU")),
            Self::PlanConfirmation => Some(("计", "PC")),
            Self::Acceptance => Some(("验", "AC")),
            Self::ProgressReport => Some(("进", "PR")),
            Self::Settlement => Some(("结", "FS")),
            Self::CompletionReport => Some(("完", "CR")),
            Self::Correspondence => Some(("函", "CO")),
            Self::PaymentApplication => Some(("请", "PA")),
            Self::Statement => Some(("对", "ST")),
            Self::Reminder => Some(("提", "RM")),
            Self::DueNotice => Some(("期", "DN")),
            Self::FormalNotice => Some(("催", "FN")),
            Self::FinalNotice => Some(("终", "LN")),
            Self::SuspensionNotice => Some(("停", "SN")),
            Self::ResumptionNotice => Some(("复", "RN")),
            Self::Contract
            | Self::Amendment
            | Self::Nda
            | Self::Guarantee
            | Self::DeliveryNote
            | Self::InvoiceCopy
            | Self::LawyersLetter
            | Self::Minutes
            | Self::Filing
            | Self::Judgment
            | Self::PaymentMandate
            | Self::Other => None,
        }
    }

    /// The step of the ladder that is taken once it is sent.
    pub const fn step(self) -> Option<u8> {
        match self {
            Self::HeadsUp => Some(0),
            Self::DueNotice => Some(1),
            Self::Reminder => Some(2),
            Self::FormalNotice => Some(3),
            Self::FinalNotice => Some(4),
            Self::LawyersLetter => Some(5),
            Self::Contract
            | Self::Amendment
            | Self::Nda
            | Self::Guarantee
            | Self::PlanConfirmation
            | Self::DeliveryNote
            | Self::Acceptance
            | Self::ProgressReport
            | Self::PaymentApplication
            | Self::InvoiceCopy
            | Self::Statement
            | Self::SuspensionNotice
            | Self::ResumptionNotice
            | Self::Settlement
            | Self::CompletionReport
            | Self::Minutes
            | Self::Correspondence
            | Self::Filing
            | Self::Judgment
            | Self::PaymentMandate
            | Self::Other => None,
        }
    }

    /// Whether it asks for money that is due: delivered with proof it is a demand.
    pub const fn demands(self) -> bool {
        match self.step() {
            Some(step) => step > 0,
            None => matches!(self, Self::Statement | Self::PaymentApplication),
        }
    }

    /// Whether the customer owns up to the debt by signing it.
    pub const fn acknowledges(self) -> bool {
        matches!(self, Self::Statement | Self::PlanConfirmation)
    }
}

/// The days of a paper's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperDays {
    pub dated_on: NaiveDate,
    pub sent_on: Option<NaiveDate>,
    pub delivered_on: Option<NaiveDate>,
    pub signed_on: Option<NaiveDate>,
    pub expires_on: Option<NaiveDate>,
}

impl PaperDays {
    /// How far it is on a day, if we wrote it or not; `None` before there was one.
    pub fn state(&self, written: bool, day: NaiveDate) -> Option<PaperState> {
        let by = |on: Option<NaiveDate>| on.is_some_and(|on| on <= day);
        Some(if self.dated_on > day {
            return None;
        } else if self.expires_on.is_some_and(|last| last < day) {
            PaperState::Expired
        } else if by(self.signed_on) {
            PaperState::Signed
        } else if by(self.delivered_on) {
            PaperState::Delivered
        } else if by(self.sent_on) {
            PaperState::Sent
        } else if written {
            PaperState::Draft
        } else {
            PaperState::Filed
        })
    }
}

/// How the papers we write are numbered: `{kind}字〔{year}〕{number}号`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberFormat(String);

impl Default for NumberFormat {
    fn default() -> Self {
        Self("{kind}字〔{year}〕{number}号".to_owned())
    }
}

/// Signs of a format, at most.
const LONGEST: usize = 60;

impl NumberFormat {
    /// It tells kinds, years and numbers apart, else it would give one number twice.
    pub fn read(text: &str) -> Option<Self> {
        let once = |part: &str| text.matches(part).count() == 1;
        let kind = once("{kind}") != once("{code}");
        let tells = kind && once("{year}") && once("{number}");
        let rest = ["{kind}", "{code}", "{year}", "{number}"]
            .iter()
            .fold(text.to_owned(), |rest, part| rest.replace(part, ""));
        let plain = !rest.contains(['{', '}']) && text.chars().count() <= LONGEST;
        (tells && plain).then(|| Self(text.to_owned()))
    }

    pub fn text(&self) -> &str {
        &self.0
    }

    /// The number of a paper of this kind in its year; of three digits at least.
    pub fn number(&self, kind: PaperKind, year: i32, number: i64) -> String {
        let (zh, latin) = kind.letters().unwrap_or_default();
        let number = format!("{number:03}");
        let filled = self.0.replace("{kind}", zh).replace("{code}", latin);
        filled.replace("{year}", &year.to_string()).replace("{number}", &number)
    }
}
