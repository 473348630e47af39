//! Words of papers.

use chrono::NaiveDate;

use super::Lang;
use crate::domain::change::PaperMark;
use crate::domain::ids::PaperId;
use crate::domain::kinds::PaperKind;
use crate::domain::paper::PaperName;
use crate::domain::readiness::{Lack, Want, Wanted};
use crate::error::check::FileFault;

super::phrases! {
    papers_title: "文件", "Papers";
    act_paper: "文件", "paper";
    act_paper_help: "登记文件，或登记其寄出、送达、签章", "file a paper, or say that one was sent, delivered or signed";
    form_paper_new: "登记文件", "File a paper";
    form_paper_kind: "种类", "Kind";
    form_paper_number: "文号", "Number";
    form_paper_number_hint: "我方文件留空则自动编号", "empty: what we write gets the next one";
    form_paper_title: "标题", "Title";
    form_paper_dated: "文件日期", "Dated";
    form_paper_expires: "有效期至", "Expires on";
    form_paper_file: "文件路径或网址", "File or link";
    form_paper_mark: "登记什么", "What happened";
    form_paper_proof: "送达凭证", "Proof";
    form_paper_proof_hint: "快递单号、回执、签收人；有凭证才能中断时效", "parcel number, receipt, who signed; only with proof it restarts the limitation clock";
    mark_sent: "寄出", "sent";
    mark_delivered: "送达", "delivered";
    mark_signed: "对方签章", "signed by the customer";
    mark_closed: "到期已处理", "expiry dealt with";
    sent_word: "寄出日", "Sent";
    delivered_on_word: "送达日", "Delivered";
    proof_word: "送达凭证", "Proof";
    paper_signed_word: "签章日", "Signed";
    expires_word: "有效期至", "Expires";
    or_word: "或", " or ";
    wanted_delivered(kind: &str): "已送达的{kind}", "{kind} that arrived";
    lack_of(step: &str, papers: &str): "{step}前还缺：{papers}", "the {step} still wants on file: {papers}";
    lack_short(papers: &str): "缺{papers}", "missing: {papers}";
    lack_word: "缺文件", "Papers missing";
    ready_title: "资料齐备", "Papers wanted";
    wanted_word: "应备文件", "Wanted";
    ready_there: "已备", "there";
    ready_missing: "缺", "missing";
    form_step_lacking: "仍要登记这一级吗？", "Record this step all the same?";
    ready_invoice: "已登记发票", "invoice on record";
    state_word: "状态", "State";
    value_not_a_file(found: &str): "“{found}”不是普通文件；请写一个文件，或先把文件夹打包", "“{found}” is no regular file; name a file, or pack the folder into one";
    value_no_file(found: &str): "没有文件 {found}；请核对路径，或先把文件存到那里再登记", "there is no file {found}; check the path, or put the file there first";
    fault_paper(paper: &str, file: &str, what: &str): "{paper}：{what}（{file}）", "{paper}: {what} ({file})";
    found_word: "检查结果", "Found";
    paper_checks_title: "文件检查", "Check of files";
    paper_missing: "文件不在", "the file is missing";
    paper_changed: "文件已变动", "the file was changed";
    paper_not_a_file: "不是普通文件", "no regular file any more";
    papers_well(n: usize): "{n} 份文件都在，均未变动", "{n} files are there and unchanged";
    paper_expires(day: &str): "有效期至 {day}", "expires {day}";
    timeline_proof(proof: &str): "凭证：{proof}", "proof: {proof}";
    confirm_filed(paper: PaperId, what: &str): "已登记文件 {paper}：{what}", "paper {paper} filed: {what}";
    confirm_paper_sent(paper: PaperId, on: NaiveDate): "文件 {paper} 已于 {on} 寄出", "paper {paper} sent on {on}";
    confirm_paper_delivered(paper: PaperId, on: NaiveDate): "文件 {paper} 已于 {on} 送达", "paper {paper} delivered on {on}";
    confirm_paper_signed(paper: PaperId, on: NaiveDate): "文件 {paper} 已于 {on} 签章", "paper {paper} signed on {on}";
    confirm_paper_closed(paper: PaperId): "文件 {paper} 到期不再提示", "the expiry of paper {paper} is not told any more";
}

impl Lang {
    /// What is wanted on file: `送货单或验收单`.
    pub(crate) fn want(self, want: &Want) -> String {
        let word = |wanted: &Wanted| {
            let kind = self.paper_kind(wanted.kind);
            if wanted.delivered { self.wanted_delivered(kind) } else { kind.to_owned() }
        };
        want.kinds().iter().map(word).collect::<Vec<_>>().join(self.or_word())
    }

    /// Several of them.
    pub(crate) fn wants(self, missing: &[Want]) -> String {
        let words: Vec<String> = missing.iter().map(|want| self.want(want)).collect();
        words.join(self.pick("、", "; "))
    }

    /// What a step lacks.
    pub(crate) fn lack(self, lack: &Lack) -> String {
        self.lack_of(self.step(lack.step), &self.wants(&lack.missing))
    }

    /// A paper by kind, number and title.
    pub(crate) fn paper_called(self, kind: PaperKind, number: &str, title: &str) -> String {
        let words = [self.paper_kind(kind), number.trim(), title.trim()];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }

    /// The paper that proves something; nothing where none is named.
    pub(crate) fn proven(self, proof: Option<&PaperName>) -> String {
        let called = |paper: &PaperName| {
            self.timeline_proof(&self.paper_called(paper.kind, &paper.number, &paper.title))
        };
        proof.map(called).unwrap_or_default()
    }

    /// What somebody else's money is taken as the customer's for.
    pub(crate) fn cleared_as(self, note: &str, proof: Option<&PaperName>) -> String {
        self.commas([note.to_owned(), self.proven(proof)])
    }

    pub(crate) const fn file_fault(self, fault: FileFault) -> &'static str {
        match fault {
            FileFault::Missing => self.paper_missing(),
            FileFault::Changed => self.paper_changed(),
            FileFault::NotAFile => self.paper_not_a_file(),
        }
    }

    pub(super) fn confirm_marked(self, paper: PaperId, mark: &PaperMark, on: NaiveDate) -> String {
        match mark {
            PaperMark::Sent { .. } => self.confirm_paper_sent(paper, on),
            PaperMark::Delivered { .. } => self.confirm_paper_delivered(paper, on),
            PaperMark::Signed => self.confirm_paper_signed(paper, on),
            PaperMark::Closed { .. } => self.confirm_paper_closed(paper),
        }
    }
}
