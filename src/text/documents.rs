//! Words of documents that stand in no template: days, names of the kinds, faults.

use chrono::{Datelike, NaiveDate};

use super::Lang;
use super::width::clean;
use crate::domain::document::{DocumentKind, DocumentScope};
use crate::domain::ids::TodoId;
use crate::error::document::{NothingToWrite, TemplateError, TemplateFault};

super::vocabulary! {
    document_kind(DocumentKind) {
        HeadsUp: "付款预告", "heads-up";
        DueNotice: "到期通知", "due notice";
        Reminder: "催款提醒", "reminder";
        FormalNotice: "催款函", "formal notice";
        FinalNotice: "最后通知", "final notice";
        Statement: "对账函", "statement of account";
        DebtConfirmation: "欠款确认函", "confirmation of debt";
        PlanConfirmation: "付款计划确认书", "plan confirmation";
        PaymentApplication: "请款单", "payment application";
        ProgressReport: "进度报告", "progress report";
        AcceptanceSheet: "验收单", "acceptance certificate";
        CompletionReport: "完工报告", "completion report";
        SettlementSheet: "结算单", "final account";
        SuspensionNotice: "停工通知", "notice of suspension";
        ResumptionNotice: "复工通知", "notice of resumption";
        CallBrief: "催款电话提纲", "call brief";
        Answer: "争议答复函", "answer to a dispute";
        ClientPage: "客户进度页", "customer's project page";
        MeetingPack: "回款例会材料", "meeting pack";
        WeeklyDigest: "回款周报", "weekly digest";
        Dossier: "证据目录", "dossier of evidence";
    }
    document_scope(DocumentScope) {
        Customer: "一个客户，或同一客户的若干节点", "a customer, or milestones of one";
        Project: "一个项目", "a project";
        Milestone: "节点", "milestones";
        Lens: "一个人、一个团队或全部", "a person, a team, or all";
    }
}

super::phrases! {
    dossier_no_file: "未登记文件", "no file on record";
    document_no_company: "我方名称或账号未填写，函件里没有；请 huikuan config set company_name 名称、company_account 账号", "our name or account is not set, and missing in letters; huikuan config set company_name NAME and company_account ACCOUNT";
    document_draft: "（草稿，未编号）", "(draft, not numbered)";
    template_fault(place: &str, line: usize, why: &str): "模板 {place} 第 {line} 行：{why}；没有登记任何文件", "template {place}, line {line}: {why}; nothing was filed";
    template_missing(name: &str, kind: &str): "没有变量“{name}”；可用变量见 huikuan make --context {kind}", "there is no variable “{name}”; huikuan make --context {kind} shows those there are";
    template_endless: "模板没有终止", "the template does not come to an end";
    template_shipped: "（内置）", "(shipped)";
    nothing_no_items: "没有符合条件的款项；可写明节点，或用 huikuan list 查看", "nothing here is open and at that step; name milestones, or look at huikuan list";
    nothing_several: "这些节点属于不同客户；一份函件只写给一个客户", "these milestones are of several customers; a letter is to one";
    nothing_about(what: &str): "这种文件只能关于：{what}", "this document is about: {what}";
    nothing_several_projects: "这些节点属于不同项目；请只写同一项目的节点", "these milestones are of several projects; name those of one";
    nothing_no_dispute: "没有未解决的争议；争议用 huikuan dispute 登记", "nothing here is disputed; huikuan dispute records a dispute";
    nothing_backwards: "开始日晚于截止日；请改 --from 或 --until", "the first day is after the last; change --from or --until";
    statement_changed(what: &str): "金额变更：{what}", "Amount changed: {what}";
    statement_let_go(what: &str): "折扣或减免：{what}", "Discount or waiver: {what}";
    statement_payment(method: &str): "收款（{method}）", "Payment ({method})";
    statement_reversed: "退款或退票", "Payment returned";
    nothing_beside: "只有证据目录（dossier）附有文件，可打包成 .zip；这种文件请换一种格式，如 .docx", "only a dossier has papers beside it to pack into a .zip; write this in another format, such as .docx";
    nothing_no_body: "这份文件不是由 huikuan make 写成的，没有可打印、可发送的正文；请打开它的文件", "this paper was not written by huikuan make, there is nothing to print or send; open its file";
    templates_title: "文件模板", "Templates";
    template_name: "名称", "Name";
    template_own: "自建模板", "Your own";
    templates_well(n: usize): "{n} 个模板检查无误", "{n} templates are well";
    template_stray(path: &str, like: &str): "{path} 不是模板名，不会被读取；模板名如 {like}", "{path} is no name of a template and is not read; one is {like}";
    preview_title(kind: &str, at: usize, of: usize, about: &str): "{kind}（{at}/{of}）- {about}", "{kind} ({at}/{of}) - {about}";
    preview_no_company(key: &str): "我方名称或账号未填写：关闭后按 {key} 填写，或 huikuan config set company_name …", "our name or account is not set: close this and press {key}, or huikuan config set company_name …";
    preview_not_filed(kind: &str, copy: &str, save: &str): "{kind}不存档；{copy} 复制，{save} 另存为文件", "a {kind} is not filed; {copy} copies it, {save} saves it as a file";
    preview_filed(paper: &str): "已存档：{paper}", "filed: {paper}";
    preview_sent(paper: &str): "已存档并标为已发送：{paper}", "filed and marked sent: {paper}";
    preview_asked(paper: &str, todo: TodoId, role: &str): "已存草稿：{paper}；发送超过权限，已提交审批：事项 {todo}，待{role}批准", "filed as a draft: {paper}; sending it is above your limit: to-do {todo} asks the {role} to approve it";
    preview_changed: "（已改动）", " (edited)";
    preview_edited(key: &str): "文字已改动，{key} 存草稿", "edited; {key} files it as a draft";
    preview_unedited: "文字没有改动", "nothing was edited";
    preview_emptied: "文件是空的，文书仍为原样", "the file was empty; the document is as it was";
    preview_numberless: "改动后正文没有编号的位置（{{number}}）：存档时仍会编号，但正文里没有", "the text has no place for its number ({{number}}) any more: it gets one when it is filed, but does not show it";
    preview_discard(kind: &str): "{kind}改动的文字尚未存档，放弃吗？", "what you edited of the {kind} is not filed yet. Drop it?";
    preview_skip(key: &str): "改动的文字尚未存档；再按 {key} 放弃并跳过", "what you edited is not filed; press {key} again to drop it and skip";
    preview_saved(path: &str): "已写入 {path}", "written to {path}";
    round_title: "今日催款函件", "Dunning round";
    round_filed_title: "已存草稿的函件", "Letters filed";
    round_letter: "函件", "Letter";
    round_step: "催款步骤", "Step";
    round_why: "不写的原因", "Why not";
    round_file: "文件", "File";
    round_drafted(number: &str): "今日已有草稿 {number}", "a draft of today: {number}";
    round_nothing: "今日没有要写的催款函件；huikuan dun 列出不写的原因", "no letter is to be written today; huikuan dun says why not";
    round_at(at: usize, of: usize, key: &str): "第 {at}/{of} 封，{key} 跳过：", "letter {at} of {of}, {key} skips: ";
    document_invoice(number: &str, day: &str): "{number}（{day}）", "{number} of {day}";
    document_invoice_unnumbered(day: &str): "{day} 开具", "issued {day}";
}

/// As letters in English write them.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Lang {
    /// A day as letters write it.
    pub(crate) fn letter_day(self, day: NaiveDate) -> String {
        match self {
            Self::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
            Self::En => {
                let month = usize::try_from(day.month0()).ok().and_then(|at| MONTHS.get(at));
                format!("{} {} {}", day.day(), month.copied().unwrap_or_default(), day.year())
            }
        }
    }

    pub(super) fn template_error(self, error: &TemplateError) -> String {
        let file = error.file.as_ref().map(|path| path.display().to_string());
        let place = file.as_deref().unwrap_or_else(|| self.template_shipped());
        let kind =
            error.file.as_ref().and_then(|path| path.file_name()?.to_str()?.split('.').next());
        let why = match &error.fault {
            TemplateFault::Missing(name) => {
                self.template_missing(&clean(name), kind.unwrap_or_default())
            }
            TemplateFault::Endless => self.template_endless().to_owned(),
            TemplateFault::Wrong(why) => clean(why).into_owned(),
        };
        self.template_fault(place, error.line, &why)
    }

    pub(super) fn nothing_to_write(self, why: &NothingToWrite) -> String {
        match why {
            NothingToWrite::NoItems => self.nothing_no_items().to_owned(),
            NothingToWrite::SeveralCustomers => self.nothing_several().to_owned(),
            NothingToWrite::SeveralProjects => self.nothing_several_projects().to_owned(),
            NothingToWrite::NoDispute => self.nothing_no_dispute().to_owned(),
            NothingToWrite::Backwards => self.nothing_backwards().to_owned(),
            NothingToWrite::NothingBeside => self.nothing_beside().to_owned(),
            NothingToWrite::NoBody => self.nothing_no_body().to_owned(),
            NothingToWrite::About(scope) => self.nothing_about(self.document_scope(*scope)),
        }
    }
}
