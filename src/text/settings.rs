//! Words of the settings: what each means, and what a value of it looks like.

use super::Lang;
use crate::domain::policy::{Form, LadderStep, Personal, Policy, Setting, Wording};

super::vocabulary! {
    /// How a step of the ladder is worded.
    wording(Wording) {
        Friendly: "友好", "friendly";
        Polite: "礼貌", "polite";
        Firm: "坚定", "firm";
        Legal: "依法", "legal";
    }
    setting(Setting) {
        Step0: "级别 0：到期前提醒", "step 0: pre-due reminder";
        Step1: "级别 1：到期提醒", "step 1: due notice";
        Step2: "级别 2：一般催款", "step 2: first reminder";
        Step3: "级别 3：催款函", "step 3: formal notice";
        Step4: "级别 4：最后通知", "step 4: final notice";
        Step5: "级别 5：律师函", "step 5: lawyer's letter";
        Step6: "级别 6：诉讼/仲裁", "step 6: legal action";
        Gap: "上次联系后多少天内不再催", "days from a contact to a step";
        GuardTouches: "客户联系次数上限，0 为不限", "contact limit (0: none)";
        GuardDays: "联系上限按多少天计", "days the contact limit covers";
        Chase: "每隔多少天催验收", "days between acceptance chases";
        DeliverDays: "计划日后几天未交付算迟在我方", "days past its planned day a delivery may take";
        InvoiceDays: "可开票后几天未开算迟在我方", "days a bill may take once it can be written";
        SendDays: "开票后几天未寄算迟在我方", "days a bill may lie here";
        AcceptDays: "交付后几天未验收算迟在我方", "days from delivery to acceptance";
        Escalate: "迟在我方满多少天报部门负责人", "days late with us from which the head is told";
        Silence: "逾期多少天没有联系算久未联系", "days overdue without a contact";
        Undated: "约定多少天仍无到期日则提示", "days agreed without a due date";
        PromiseTolerance: "承诺日过后几天内到账仍算兑现", "days after a promise that keep it";
        BillsCount: "商业汇票何时算已收款", "when a bill of exchange counts as collected";
        BillDays: "汇票到期前多少天提示", "days ahead a bill's maturity is told";
        Presentment: "汇票到期后的提示付款期天数（票据法第 53 条为 10 天）", "days to present a bill (Negotiable Instruments Law art. 53: 10)";
        Recourse: "汇票被拒付后几天内书面通知前手（票据法第 66 条为 3 天）", "days to give notice of a dishonoured bill (the same law, art. 66: 3)";
        LookAhead: "到期前多少天算即将到期", "days ahead that are due soon";
        RetentionInvoice: "质保金到期前多少天提示开票", "days to bill a retention ahead";
        Grace: "新项目的宽限天数", "days of grace of a new project";
        Limitation: "诉讼时效多少年（民法典第 188 条为 3 年）", "years of limitation (Civil Code art. 188: 3)";
        Statutory: "合同未约定时适用哪国规定（按币种）；none 为都不适用", "whose law speaks where a contract is silent, by currency; none: nobody's";
        PaymentLimit: "大型企业应自交付起多少天内付款（国务院令第 802 号第 9 条为 60 天）", "days from delivery a large enterprise pays within (PRC Order 802 art. 9: 60)";
        PaymentLimitAuthority: "机关、事业单位应自交付起多少天内付款（同条为 30 天，约定最长 60 天）", "days an authority pays within (the same article: 30, at most 60 if agreed)";
        StatutoryLateFee: "合同未约定违约金时的法定利率（同一条例第 17 条为每日万分之五）；off 为不计", "late fee where none was agreed (the same order, art. 17: 0.05% a day)";
        Answer: "对账函寄出多少天内应得到答复（同一条例第 16 条为 30 天）", "days in which a statement is to be answered (the same order, art. 16: 30)";
        PriorityRight: "建设工程价款优先受偿权多少个月（建工解释一第 41 条为 18 个月）；off 为不提示", "months of the contractor's priority right (PRC SPC Interpretation (I) art. 41: 18); off: we do no works";
        LatePaymentMargin: "英国法定利率比基准利率高多少个百分点（1998 年迟延付款法为 8）", "percent above the base rate (UK Late Payment Act 1998: 8)";
        LatePaymentBase: "英格兰银行基准利率，按半年；其后沿用最后一个", "Bank of England base rate by half-year; the last one holds on";
        LatePaymentSums: "英国法定补偿金：欠款满多少，另收多少（同法 5A 条）", "UK fixed compensation: from a debt of so much, so much (the same act, s. 5A)";
        WriteOffLimit: "坏账核销超过多少须审批，按节点币种整数计", "write-offs above this are approved, in whole units";
        SettlementLimit: "和解减免超过多少须审批，按节点币种整数计", "settlements that waive more are approved, in whole units";
        AmendmentLimit: "补充协议减少合同额超过多少须审批，按合同币种整数计", "amendments that take off more are approved, in whole units";
        DiscountLimit: "提前付款折扣超过多少须审批，按合同币种整数计", "early-payment discounts above this are approved, in whole units";
        StepLimit: "催款级别从几级起须审批", "steps from this one on are approved";
        Approver: "由谁审批（部门负责人总可审批）", "who approves (the head always does)";
        PaperNumber: "我方文件的编号格式", "how papers we write are numbered";
        Expiry: "文件、质保到期前多少天提示", "days ahead an expiry is told";
        CompanyName: "我方公司全称，印在函件上", "our company, as letters name it";
        CompanyAddress: "我方地址", "our address";
        CompanyPhone: "我方电话", "our telephone";
        CompanyEmail: "我方邮箱，邮件由此发出", "our e-mail; mails come from it";
        CompanyTaxNo: "我方纳税人识别号", "our tax number";
        CompanyAccount: "收款账户：开户行与账号", "the account money goes to: bank and number";
        CompanySignatory: "函件由谁签署", "who signs letters";
        Notice: "催款函要求多少天内付款或书面答复", "days a formal notice gives to pay or answer";
        Papers0: "级别 0 前应备齐的文件", "papers step 0 wants on file";
        Papers1: "级别 1 前应备齐的文件", "papers step 1 wants on file";
        Papers2: "级别 2 前应备齐的文件", "papers step 2 wants on file";
        Papers3: "级别 3 前应备齐的文件", "papers step 3 wants on file";
        Papers4: "级别 4 前应备齐的文件", "papers step 4 wants on file";
        Papers5: "级别 5 前应备齐的文件", "papers step 5 wants on file";
        Papers6: "级别 6 前应备齐的文件", "papers step 6 wants on file";
        Buckets: "账龄段", "aging buckets";
        MainCurrency: "主币种，auto 取最常用的", "main currency; auto: the usual";
        CurrencyRates: "折合主币种的汇率，只用于排序", "rates, for ordering only";
    }
    personal(Personal) {
        Lang: "语言：zh 或 en；默认随系统", "language: zh or en; the system's by default";
        User: "记录中的操作人；默认为系统用户名", "the name on what you record; the system's user name by default";
        Db: "账本文件", "ledger file";
        Backups: "保留多少天的备份；off 为不备份", "days of which the last backup is kept; off makes none";
        Theme: "界面配色：auto（随终端）、dark、light、ansi、mono，或自建配色的名字", "how the screen looks: auto (as the terminal), dark, light, ansi, mono, or a theme of your own";
        Signs: "界面所用的线条与符号：auto（随终端）、unicode 或 ascii", "lines and signs of the screen: auto (as the terminal), unicode or ascii";
        Formats: "周报写成哪些格式，如 xlsx,html,csv,json,md", "formats of the weekly pack, like xlsx,html,csv,json,md";
        Mouse: "界面是否响应鼠标：true 或 false", "whether the screen reacts to the mouse: true or false";
    }
}

super::phrases! {
    form_whole_number(least: u16, most: u16): "{least} 到 {most} 的整数", "a whole number from {least} to {most}";
    form_limit(most: i64): "0 到 {most} 的整数，或 off", "a whole number from 0 to {most}, or off";
    form_role_value: "pm 项目经理、sales 销售、finance 财务、legal 法务、head 部门负责人", "pm, sales, finance, legal or head";
    form_step_value: "天数 渠道 语气，如 +7 phone polite；渠道 phone 电话、wechat 微信、mail 邮件、letter 函件、visit 拜访、lawyer 律师、court 法院/仲裁；语气 friendly 友好、polite 礼貌、firm 坚定、legal 依法；off 为不用这一级", "days, channel and wording, like +7 phone polite; channels phone, wechat, mail, letter, visit, lawyer, court; wordings friendly, polite, firm, legal; off leaves the step out";
    form_paper_number_value: "含 {kind}（催、对……）或 {code}（FN、ST……）、{year} 和 {number} 各一次的文字", "a text with {kind} (one Chinese character) or {code} (like FN, ST), {year} and {number}, each once";
    form_text_value: "一行文字，最多 200 字；none 为不填", "a text on one line, of at most 200 characters; none for nothing";
    form_papers_value: "文件种类，如 contract, delivery_note/acceptance, formal_notice+delivered；/ 为任一，+delivered 为已送达；none 为不要", "kinds of papers, like contract, delivery_note|acceptance, formal_notice+delivered; / is or, +delivered is one that arrived; none wants nothing";
    form_buckets_value: "days、short、years，或递增的天数如 30,60,90", "days, short, years, or ascending days like 30,60,90";
    form_currency_value: "币种代码如 CNY，或 auto", "a currency code like CNY, or auto";
    form_bills_count_value: "received（收到票据即算）或 honoured（兑付、贴现或背书后才算）", "received, or honoured (or discounted or endorsed)";
    form_rates_value: "如 USD 7.12, EUR 7.8，或 none", "like USD 7.12, EUR 7.8, or none";
    form_laws_value: "币种和 cn（中国）或 uk（英国），如 CNY cn, GBP uk，或 none", "currencies with cn or uk, like CNY cn, GBP uk, or none";
    form_late_fee_value: "如 0.05%/day、LPR的1.5倍，或 off", "terms like 0.05%/day or lpr1y*1.5, or off";
    form_percent_value: "0 到 100 的百分数，小数最多 4 位", "a percentage from 0 to 100, with 4 decimals at most";
    form_base_rates_value: "按先后列出半年和利率，如 2025H1 4.75, 2025H2 4.25", "half-years in order, each with its rate, like 2025H1 4.75, 2025H2 4.25";
    form_bands_value: "由小到大列出欠款和金额，如 0 40, 1000 70, 10000 100，或 none", "rising debts, each with its sum, like 0 40, 1000 70, 10000 100, or none";
    setting_step(days: &str, channel: &str, wording: &str): "{days} 天 {channel} {wording}", "{days} d, {channel}, {wording}";
    setting_off: "不用", "left out";
    violation_no_setting(key: &str, value: &str, form: &str): "{key} 不能是“{value}”；请填{form}", "{key} cannot be “{value}”; write {form}";
    violation_ladder_falls(lower: u8, upper: u8, days: i64): "各级天数须递增：级别 {upper} 在到期后 {days} 天，不晚于级别 {lower}；请先改另一级", "the days of the steps must rise: step {upper} on day {days} is not after step {lower}; change the other step first";
    act_settings: "设置", "settings";
    act_settings_help: "本账本的设置与人员", "this ledger's settings and people";
    settings_title: "设置", "Settings";
    settings_note: "存在账本中，所有人共用；个人设置见 huikuan config list", "kept in the ledger, for everybody; your own: huikuan config list";
    people_title: "人员", "People";
    setting_word: "设置项", "Setting";
    value_word: "值", "Value";
    default_word: "默认", "Default";
    meaning_word: "含义", "Meaning";
    person_word: "姓名", "Name";
    role_word: "角色", "Role";
    team_word: "团队", "Team";
    you_mark: "（我）", " (you)";
    people_none: "还没有人员；给项目指定项目经理，或 huikuan edit person 姓名", "nobody yet; name a project's manager, or use huikuan edit person NAME";
    form_new_person: "新建人员", "New person";
    form_edit_person: "修改人员", "Edit person";
    form_team: "团队", "Team";
    form_person_role: "角色", "Role";
    form_setting_default(value: &str): "默认：{value}；清空即恢复默认", "default: {value}; clear it to go back to that";
    form_days_from_due: "到期后天数", "Days from due";
    form_days_from_due_hint: "到期前为负，如 -7；清空即恢复默认", "below 0 before it, like -7; clear it to go back to the default";
    form_wording: "语气", "Wording";
    form_taken: "是否采用", "Taken";
    form_taken_yes: "采用", "yes";
    form_taken_no: "不用", "no, left out";
    confirm_set(key: &str, value: &str): "{key} 已设为 {value}", "{key} is now {value}";
    confirm_unset(key: &str, value: &str): "{key} 已恢复默认（{value}）", "{key} is back to its default, {value}";
    config_saved(path: &str): "已写入 {path}", "written to {path}";
}

impl Lang {
    /// What a value of a setting looks like.
    pub fn setting_form(self, form: Form) -> String {
        match form {
            Form::Whole(least, most) => self.form_whole_number(least, most),
            Form::Limit(most) => self.form_limit(most),
            Form::Role => self.form_role_value().to_owned(),
            Form::Step => self.form_step_value().to_owned(),
            Form::PaperNumber => self.form_paper_number_value().to_owned(),
            Form::Text => self.form_text_value().to_owned(),
            Form::Papers => self.form_papers_value().to_owned(),
            Form::Buckets => self.form_buckets_value().to_owned(),
            Form::Currency => self.form_currency_value().to_owned(),
            Form::BillsCount => self.form_bills_count_value().to_owned(),
            Form::Rates => self.form_rates_value().to_owned(),
            Form::Laws => self.form_laws_value().to_owned(),
            Form::LateFee => self.form_late_fee_value().to_owned(),
            Form::Percent => self.form_percent_value().to_owned(),
            Form::BaseRates => self.form_base_rates_value().to_owned(),
            Form::Bands => self.form_bands_value().to_owned(),
        }
    }

    /// A setting's value as a person reads it.
    pub(crate) fn setting_value(self, setting: Setting, policy: &Policy) -> String {
        let worded = |step: LadderStep| {
            let (channel, wording) = (self.channel(step.channel), self.wording(step.wording));
            self.setting_step(&format!("{:+}", step.days), channel, wording)
        };
        match setting.step() {
            Some(step) => match policy.ladder.step(step) {
                Some(step) => worded(step),
                None => self.setting_off().to_owned(),
            },
            None => setting.value(policy),
        }
    }
}
