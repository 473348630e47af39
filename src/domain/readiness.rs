//! Readiness (资料齐备): the papers a step of the ladder wants on file before it is taken. It advises, it never blocks.

use std::fmt;

use chrono::NaiveDate;

use super::kinds::PaperKind;
use super::paper::PaperDays;

/// A kind of paper, that reached the customer if so it is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub kind: PaperKind,
    pub delivered: bool,
}

/// One of these will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want(Vec<Wanted>);

/// All that a step wants, `contract, delivery_note/acceptance, formal_notice+delivered`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wants(Vec<Want>);

/// A paper that is on file about a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnFile {
    pub kind: PaperKind,
    pub days: PaperDays,
}

/// What a step of the ladder wants of a milestone that is not on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    pub step: u8,
    pub missing: Vec<Want>,
}

/// Between those of which one will do, between those of which all are wanted, and behind one that has to be delivered.
const OR: char = '/';
const AND: char = ',';
const DELIVERED: &str = "+delivered";
/// Nothing is wanted.
const NONE: &str = "none";

impl Wanted {
    /// What is a draft has gone to nobody; what expired was there.
    fn is(self, paper: &OnFile, day: NaiveDate) -> bool {
        let by = |on: Option<NaiveDate>| on.is_some_and(|on| on <= day);
        let days = &paper.days;
        let arrived = by(days.delivered_on) || by(days.signed_on);
        let out = arrived || by(days.sent_on) || !paper.kind.is_ours();
        paper.kind == self.kind
            && days.dated_on <= day
            && if self.delivered { arrived } else { out }
    }
}

impl Want {
    /// Those of which one will do, in their order.
    pub fn kinds(&self) -> &[Wanted] {
        &self.0
    }

    /// Whether one of them is on file; an invoice on record is as good as its copy.
    pub fn is_met(&self, papers: &[OnFile], invoiced: bool, day: NaiveDate) -> bool {
        self.0.iter().any(|wanted| {
            let recorded = invoiced && wanted.kind == PaperKind::InvoiceCopy;
            recorded || papers.iter().any(|paper| wanted.is(paper, day))
        })
    }
}

impl Wants {
    pub const NOTHING: Self = Self(Vec::new());

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Want> {
        self.0.iter()
    }

    /// What is not on file on a day.
    pub fn missing(&self, papers: &[OnFile], invoiced: bool, day: NaiveDate) -> Vec<Want> {
        let missing = self.0.iter().filter(|want| !want.is_met(papers, invoiced, day));
        missing.cloned().collect()
    }

    /// `None` for what names no kinds.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == NONE {
            return Some(Self::default());
        }
        let wanted = |text: &str| {
            let text = text.trim();
            let bare = text.strip_suffix(DELIVERED);
            let kind = PaperKind::from_code(bare.unwrap_or(text).trim())?;
            Some(Wanted { kind, delivered: bare.is_some() })
        };
        let want = |text: &str| text.split(OR).map(wanted).collect::<Option<_>>().map(Want);
        text.split(AND).map(want).collect::<Option<_>>().map(Self)
    }

    /// What a formal notice wants: the contract, what was handed over, the invoice.
    pub fn of_formal_notice() -> Self {
        Self(vec![
            Want::of([PaperKind::Contract]),
            Want::of([PaperKind::DeliveryNote, PaperKind::Acceptance]),
            Want::of([PaperKind::InvoiceCopy]),
        ])
    }

    /// What a lawyer's letter wants: the same, what the account stands at, and a formal notice that arrived.
    pub fn of_lawyers_letter() -> Self {
        let Self(mut wants) = Self::of_formal_notice();
        wants.push(Want::of([PaperKind::Statement]));
        wants.push(Want(vec![Wanted { kind: PaperKind::FormalNotice, delivered: true }]));
        Self(wants)
    }
}

impl Want {
    fn of<const N: usize>(kinds: [PaperKind; N]) -> Self {
        Self(kinds.into_iter().map(|kind| Wanted { kind, delivered: false }).collect())
    }
}

impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, wanted) in self.0.iter().enumerate() {
            let or = if at == 0 { "" } else { "/" };
            let delivered = if wanted.delivered { DELIVERED } else { "" };
            write!(f, "{or}{}{delivered}", wanted.kind.code())?;
        }
        Ok(())
    }
}

impl fmt::Display for Wants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str(NONE);
        }
        for (at, want) in self.0.iter().enumerate() {
            let and = if at == 0 { "" } else { ", " };
            write!(f, "{and}{want}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const NO_DAYS: PaperDays = PaperDays {
        dated_on: NaiveDate::MIN,
        sent_on: None,
        delivered_on: None,
        signed_on: None,
        expires_on: None,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn paper(kind: PaperKind) -> OnFile {
        OnFile { kind, days: PaperDays { dated_on: day("2026-11-01"), ..NO_DAYS } }
    }

    fn missing(wants: &Wants, papers: &[OnFile], invoiced: bool) -> String {
        let missing = wants.missing(papers, invoiced, day("2026-11-21"));
        missing.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn one_of_several_papers_will_do_and_an_invoice_on_record_is_as_good_as_its_copy() {
        let wants = Wants::of_formal_notice();
        let all = "contract delivery_note/acceptance invoice_copy";
        assert_eq!(missing(&wants, &[], false), all);
        let accepted = [paper(PaperKind::Acceptance)];
        assert_eq!(missing(&wants, &accepted, true), "contract");
        let all = [PaperKind::Contract, PaperKind::DeliveryNote, PaperKind::InvoiceCopy].map(paper);
        assert_eq!(missing(&wants, &all, false), "");
    }

    #[test]
    fn a_draft_does_not_do_nor_does_a_paper_of_a_later_day() {
        let wants = Wants::read("statement").unwrap();
        let draft = paper(PaperKind::Statement);
        assert_eq!(missing(&wants, &[draft], false), "statement");
        let sent = PaperDays { sent_on: Some(day("2026-11-21")), ..draft.days };
        assert_eq!(missing(&wants, &[OnFile { days: sent, ..draft }], false), "");
        let later = PaperDays { sent_on: Some(day("2026-11-22")), ..draft.days };
        assert_eq!(missing(&wants, &[OnFile { days: later, ..draft }], false), "statement");
        let wants = Wants::read("contract").unwrap();
        let later = PaperDays { dated_on: day("2026-11-22"), ..NO_DAYS };
        let contract = OnFile { kind: PaperKind::Contract, days: later };
        assert_eq!(missing(&wants, &[contract], false), "contract");
    }

    #[test]
    fn a_contract_that_expired_is_still_the_contract() {
        let days = PaperDays { expires_on: Some(day("2026-11-10")), ..paper(PaperKind::Nda).days };
        let contract = OnFile { kind: PaperKind::Contract, days };
        assert_eq!(missing(&Wants::read("contract").unwrap(), &[contract], false), "");
    }

    #[test]
    fn a_lawyers_letter_wants_a_formal_notice_that_arrived() {
        let wants = Wants::read("formal_notice+delivered").unwrap();
        let notice = paper(PaperKind::FormalNotice);
        let sent = PaperDays { sent_on: Some(day("2026-11-10")), ..notice.days };
        let sent = OnFile { days: sent, ..notice };
        assert_eq!(missing(&wants, &[sent], false), "formal_notice+delivered");
        let arrived = PaperDays { delivered_on: Some(day("2026-11-12")), ..sent.days };
        assert_eq!(missing(&wants, &[OnFile { days: arrived, ..sent }], false), "");
    }

    #[rstest]
    #[case("none", Some("none"))]
    #[case(" contract ,delivery_note / acceptance", Some("contract, delivery_note/acceptance"))]
    #[case("formal_notice+delivered", Some("formal_notice+delivered"))]
    #[case("", None)]
    #[case("contract,", None)]
    #[case("contract/", None)]
    #[case("contrakt", None)]
    fn wants_are_read_as_they_are_written(#[case] typed: &str, #[case] kept: Option<&str>) {
        let read = Wants::read(typed);
        assert_eq!(read.as_ref().map(ToString::to_string).as_deref(), kept);
    }
}
