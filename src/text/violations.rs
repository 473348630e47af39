//! Why the ledger refused something, and the way out.

use chrono::NaiveDate;

use super::Lang;
use crate::domain::ids::{BankLineId, InvoiceId, MilestoneId, PaperId, PaymentId, TodoId};
use crate::domain::money::{self, Currency};
use crate::domain::violation::{Candidate, Claim, Field, Thing, Violation};

super::vocabulary! {
    thing(Thing) {
        Customer: "客户", "customer";
        Project: "项目", "project";
        Milestone: "节点", "milestone";
        Payment: "收款", "payment";
        Invoice: "发票", "invoice";
        WriteOff: "坏账核销", "write-off";
        Promise: "承诺", "promise";
        Condition: "条件", "condition";
        Note: "记事", "note";
        Paper: "文件", "paper";
        Refusal: "拒收记录", "refused acceptance";
        Touch: "联系记录", "contact";
        Contact: "联系人", "contact person";
        Person: "人员", "person";
        Snapshot: "快照", "snapshot";
        Event: "记录", "event";
        Deal: "约定", "deal";
        BankLine: "银行流水", "bank line";
        Todo: "事项", "to-do";
    }
    /// What a field of a change is called.
    change_field(Field) {
        Code: "编号", "code";
        Name: "名称", "name";
        Key: "节点编号", "key";
        Amount: "金额", "amount";
        Date: "日期", "date";
        Due: "到期日", "due rule";
        Currency: "币种", "currency";
        Customer: "客户", "customer";
        Project: "项目", "project";
        Number: "发票号码", "number";
        PaperNumber: "文号", "paper number";
        Step: "催款级别", "step";
        Milestones: "节点", "milestones";
        Progress: "进度", "progress";
        Reason: "原因", "reason";
        Ground: "依据", "ground";
        Title: "事项内容", "title";
        Wording: "内容", "text";
        Score: "评分", "score";
        Value: "值", "value";
    }
}

super::phrases! {
    violation_unknown(thing: &str, name: &str, list: &str): "没有{thing}“{name}”；huikuan {list} 可查", "there is no {thing} “{name}”; huikuan {list} shows what there is";
    violation_ambiguous(thing: &str, name: &str, fits: &str): "有几个{thing}叫“{name}”：{fits}；请写明是哪一个", "several {thing}s are called “{name}”: {fits}; say which of them";
    violation_nothing(name: &str): "没有“{name}”；可用 huikuan customers、projects、list --all、payments、invoices 查找", "there is no “{name}”; look in huikuan customers, projects, list --all, payments or invoices";
    violation_several(name: &str): "“{name}”可指几样，请指明：", "“{name}” stands for several things; say which:";
    violation_unknown_invoice(name: &str): "没有发票“{name}”，或不止一张；不带号码的发票可用登记时给出的 #编号", "there is no invoice “{name}”, or more than one; its id, #1, is told when it is recorded";
    violation_none(thing: &str): "还没有{thing}", "there is no {thing} yet";
    violation_taken(field: &str, value: &str): "{field}“{value}”已被使用；请另取", "the {field} “{value}” is taken; choose another";
    violation_empty(field: &str): "请填写{field}", "the {field} is missing";
    violation_range(field: &str): "{field}超出范围", "the {field} is out of range";
    violation_percent: "进度应在 0 到 100 之间", "a progress is between 0 and 100";
    violation_score: "满意度应在 0 到 10 之间", "a satisfaction is between 0 and 10";
    violation_not_positive: "金额须大于 0；收回的款请用 pay --reverse，减少的款请改节点金额", "the amount must be above 0; for money that went back use pay --reverse, to lower what was agreed edit the milestone";
    violation_above_limit(limit: i64): "金额过大；一笔最多 {limit} 个最小货币单位（人民币 900 亿元）", "the amount is too large; one amount can be {limit} of the smallest unit at most (¥90,000,000,000.00)";
    violation_future(day: NaiveDate, today: NaiveDate): "{day} 在今天（{today}）之后；已发生的事不能记在将来", "{day} is after today, {today}; what has not happened yet cannot be recorded";
    violation_too_early(day: NaiveDate, earliest: NaiveDate): "{day} 早于 {earliest}", "{day} is before {earliest}";
    violation_exceeds_balance(milestone: MilestoneId, wanted: &str, open: &str): "{milestone} 最多还能记 {open}，不足 {wanted}；收款多出的部分可留作未核销", "{milestone} has at most {open} open, not {wanted}; any remainder of a payment can stay unapplied";
    violation_promises_more(milestone: MilestoneId, wanted: &str, open: &str): "{milestone} 的约定金额是 {open}，承诺金额不能是 {wanted}", "{milestone} was agreed at {open}; {wanted} of it cannot be promised";
    violation_disputes_more(milestone: MilestoneId, wanted: &str, open: &str): "{milestone} 当时未收 {open}，争议金额不能是 {wanted}；不写金额即为全额争议", "{milestone} had {open} open; {wanted} of it cannot be disputed; without an amount all of it is";
    violation_writes_off_more(milestone: MilestoneId, wanted: &str, open: &str): "{milestone} 可核销坏账的只有 {open}，不能核销 {wanted}；不写金额即为全部", "{milestone} has {open} to write off, not {wanted}; without an amount all of it is";
    violation_exceeds_payment(wanted: &str, left: &str): "这笔收款只剩 {left}，不足 {wanted}", "the payment has {left} left, not {wanted}";
    violation_exceeds_undisputed(wanted: &str, open: &str): "超过所选款项的无争议未收 {open}：{wanted}", "{wanted} is more than the {open} open and undisputed on them";
    violation_below_received(amount: &str, used: &str): "金额 {amount} 低于已收或已核销坏账的 {used}；请先冲回收款", "{amount} is below the {used} already received or written off; reverse a payment first";
    violation_below_kept(contract: &str, kept: &str): "新合同额 {contract} 低于金额不变或已指定的节点合计 {kept}；请减少指定的金额，已开票、已到账的先红冲或冲回", "the contract of {contract} is below the {kept} of milestones whose amount was set or stays; set less, and take back invoices or money where they hold it";
    violation_plan_differs(plan: &str, contract: &str, differs: &str): "各节点合计 {plan}，新合同额 {contract}，相差 {differs}；请逐一写明各节点金额（命令行：--amount 节点=金额），或先新建节点", "the milestones come to {plan}, the contract to {contract}, {differs} apart; say the amount of each (--amount KEY=AMOUNT), or add a milestone first";
    violation_below_billed(milestone: MilestoneId, amount: &str, billed: &str): "{milestone} 的金额 {amount} 低于已开票的 {billed}；请先红冲", "{amount} for {milestone} is below the {billed} invoiced; take an invoice back first";
    violation_parts_differ(parts: &str, open: &str, differs: &str): "各期合计 {parts}，未收 {open}，相差 {differs}；最后一期可写“余款”", "the parts come to {parts} and {open} is open, {differs} apart; the last one can be rest";
    violation_paper_of_other(paper: PaperId, milestone: MilestoneId): "文件 {paper} 与 {milestone} 无关；凭证须是关于该节点、其项目或客户的文件，可先用 paper add 登记", "paper {paper} is not about {milestone}; proof is a paper about it, its project or customer: paper add files one";
    violation_not_of_contract(milestone: MilestoneId): "{milestone} 不是该合同当日的节点；一项约定只涉及一个项目，且不早于节点的约定日", "{milestone} is no milestone of that contract on that day; a deal is about one project, and not before its milestones were agreed";
    violation_paper_of_other_customer(paper: PaperId): "文件 {paper} 不是该客户的；可先用 paper add 登记客户的委托付款书", "paper {paper} is about another customer; paper add files a mandate of this one";
    violation_no_third_party(payment: PaymentId): "收款 {payment} 不是第三方代付：付款方就是客户，或以前即按客户收款入账", "payment {payment} came from no third party: the payer is the customer, or was booked as it before";
    violation_nothing_to_call(milestone: MilestoneId): "{milestone} 不是约定“逾期则全部到期”的分期，或尚未逾期，或已宣布到期", "{milestone} is no instalment of a deal that says so, is not overdue, or the rest was called due already";
    violation_number_taken(number: &str, invoice: InvoiceId): "发票号码 {number} 已有发票 {invoice}；确为另一张（如发票代码不同）时加 --again", "invoice {invoice} has the number {number}; if this is another one, of another invoice code say, add --again";
    question_number_taken(number: &str, invoice: InvoiceId): "发票号码 {number} 已有发票 {invoice}，这是另一张吗？", "Invoice {invoice} has the number {number}; is this another one?";
    violation_paid_already(payment: PaymentId, on: NaiveDate, amount: &str): "收款 {payment}（{on}，{amount}）是同一笔或流水号相同；确为另一笔时加 --again", "payment {payment} of {on}, {amount}, is the same money or has the same bank reference; if this is another one add --again";
    question_paid_already(payment: PaymentId, on: NaiveDate, amount: &str): "与收款 {payment}（{on}，{amount}）相同或流水号相同。仍要登记？", "Like payment {payment} of {on}, {amount}, or with its bank reference. Record it all the same?";
    violation_other_customer(milestone: MilestoneId): "{milestone} 属于另一个客户", "{milestone} belongs to another customer";
    violation_other_currency(milestone: MilestoneId, expected: &str, found: &str): "{milestone} 的币种是 {expected}，不是 {found}", "{milestone} is in {expected}, not {found}";
    violation_other_customers_project(project: &str): "项目“{project}”属于另一个客户；请改项目编号或客户", "project “{project}” belongs to another customer; change the project's code or the customer";
    violation_project_currency(project: &str, expected: &str, found: &str): "项目“{project}”的币种是 {expected}，不是 {found}；请改币种或另用项目编号", "project “{project}” is in {expected}, not {found}; change the currency or use another project code";
    violation_nothing_open(milestone: MilestoneId): "{milestone} 没有未收款", "{milestone} has nothing open";
    violation_no_dispute(milestone: MilestoneId): "{milestone} 没有未解决的争议", "{milestone} has no open dispute";
    violation_already_disputed(milestone: MilestoneId): "{milestone} 已全额争议；请先解决", "{milestone} is disputed as a whole already; resolve that first";
    violation_not_held(milestone: MilestoneId): "{milestone} 没有暂停催款", "{milestone} is not on hold";
    violation_already_held(milestone: MilestoneId): "{milestone} 已暂停催款；请先恢复", "{milestone} is on hold already; release it first";
    violation_invoiced_in_full(milestone: MilestoneId): "{milestone} 已全额开票", "{milestone} is already fully invoiced";
    violation_already_accepted(milestone: MilestoneId): "{milestone} 已验收；请先清空验收日再登记未通过", "{milestone} is accepted already; take its day of acceptance back first";
    violation_exceeds_billed(milestone: MilestoneId, wanted: &str, standing: &str, day: NaiveDate): "{milestone} 自 {day} 起可红冲的发票只有 {standing}，不足 {wanted}；红字发票不能早于原发票", "from {day} on only {standing} of the invoices for {milestone} can be taken back, not {wanted}; a red invoice is not dated before the one it takes back";
    violation_line_taken(line: BankLineId, payment: PaymentId): "流水 {line} 已入账为收款 {payment}；要改请先作废该收款或撤销", "bank line {line} is booked as payment {payment}; void that payment or undo first";
    violation_line_out(line: BankLineId): "流水 {line} 是支出，不能入账为收款", "bank line {line} is money that went out, not a payment";
    violation_not_the_line(line: BankLineId, payment: &str, amount: &str): "收款 {payment} 与流水 {line}（含手续费共 {amount}）不符；金额和币种须一致", "the payment, {payment}, is not bank line {line}, {amount} with the fee; amount and currency must be the same";
    violation_payment_taken(payment: PaymentId, line: BankLineId): "收款 {payment} 已对应流水 {line}", "payment {payment} is bank line {line} already";
    violation_nothing_to_send(milestone: MilestoneId): "{milestone} 没有待寄出或待签收的发票", "{milestone} has no invoice left to be sent or signed for";
    violation_above_unbilled(milestone: MilestoneId, wanted: &str, left: &str): "{milestone} 只剩 {left} 未开票，要开 {wanted}；确实多开请加 --above", "only {left} of {milestone} is left to invoice, not {wanted}; if it is on purpose, add --above";
    violation_settles_nothing(wanted: &str, open: &str): "和解金额 {wanted} 应少于当日未收 {open}；全额付清不需要和解", "a settlement of {wanted} has to be less than the {open} open that day; to pay all of it needs none";
    violation_already_suspended(code: &str): "项目 {code} 当日或之后已处于暂停；先恢复：huikuan resume {code}", "project {code} is suspended on that day or later; resume it first: huikuan resume {code}";
    violation_not_suspended(code: &str): "项目 {code} 没有暂停，无需恢复", "project {code} is not suspended: there is nothing to resume";
    violation_suspended_by_edit(code: &str, act: &str): "暂停要写明日期和原因：huikuan suspend {code} --reason 原因，或在界面上用“{act}”", "a suspension has a day and a reason: huikuan suspend {code} --reason WHY, or “{act}” on the screen";
    violation_file_name(name: &str): "文件名“{name}”含有看不见的字符；请改名后再登记", "the file name “{name}” has characters that are not seen; rename the file first";
    violation_todo_done(todo: TodoId, on: NaiveDate): "事项 {todo} 已于 {on} 完成；要重新打开请撤销", "to-do {todo} was done on {on}; undo that to open it again";
    violation_undecided(todo: TodoId): "事项 {todo} 待审批；请用 huikuan todo approve 批准，或 todo decline 驳回", "to-do {todo} asks for an approval: huikuan todo approve, or todo decline";
    violation_not_an_approval(todo: TodoId): "事项 {todo} 不是审批；办完请用 huikuan todo done", "to-do {todo} asks for no approval; huikuan todo done says that it was done";
    violation_not_approver(role: &str): "只有{role}（及部门负责人）可以审批；角色见 huikuan people", "only the {role} (and the head) can decide that; huikuan people shows the roles";
    violation_not_a_risk: "只有风险才有可能性和影响；其他事项请填严重程度", "only a risk has a probability and an impact; give any other to-do a severity";
    violation_deducts_all(amount: &str, deducted: &str): "扣除合计 {deducted}，收款只有 {amount}；扣除须小于收款额，全额抵账请用收款方式“抵账”", "{deducted} is deducted of {amount}; less than the payment can be deducted, and what is set off whole is paid by the method offset";
    violation_no_bill_method: "收款方式不是商业汇票，不能填票据信息；请选 bank_bill 银行承兑或 commercial_bill 商业承兑", "only a bill of exchange has a number and a maturity; its method is bank_bill or commercial_bill";
    violation_not_a_bill(payment: PaymentId): "收款 {payment} 不是商业汇票；收款方式为银行承兑或商业承兑的才是", "payment {payment} is no bill of exchange; its method would be bank_bill or commercial_bill";
    violation_bill_settled(payment: PaymentId, state: &str): "汇票（收款 {payment}）已是“{state}”；登错了请先撤销", "the bill of payment {payment} is {state} already; if that is a mistake, undo it first";
    violation_accepts_all(milestone: MilestoneId, wanted: &str, open: &str): "节点 {milestone} 未收 {open}，部分验收的 {wanted} 应小于它；全部验收请登记为通过", "{wanted} is no part of the {open} open on milestone {milestone}; what was accepted as a whole is recorded as passed";
    violation_bill_matured(payment: PaymentId, day: NaiveDate): "汇票（收款 {payment}）{day} 到期，到期后不能贴现；请提示付款，再登记兑付或拒付", "the bill of payment {payment} matures on {day} and cannot be discounted then; present it, and record it as honoured or dishonoured";
    violation_exceeds_applied(milestone: MilestoneId, wanted: &str, applied: &str): "这笔收款在 {milestone} 上可转出的只有 {applied}，不足 {wanted}", "the payment has {applied} on {milestone} to move, not {wanted}";
    violation_not_red: "只有红字发票（负数）才能指定原发票", "only a red invoice, with a negative amount, takes another back";
    violation_bad_reference(name: &str): "到期日规则里的“{name}”不是同一项目的其他节点", "the due rule names “{name}”, which is not another milestone of the project";
    violation_reference: "只有验收可以指定其他节点", "only an acceptance can name another milestone";
    violation_project_in_use: "项目已有节点，客户和币种不能再改；请新建项目", "a project with milestones keeps its customer and currency; add another project";
    violation_undated: "没有写明到账日期；请加一列回款日期，或用 --paid-on 日期 说明这些款项到账的日子", "the day it was received is not given; add a column paid_on, or say the day by --paid-on DATE";
    violation_received_less(listed: &str, recorded: &str): "表中累计已收 {listed}，账本已记 {recorded}；若有退款请先用 pay --reverse 登记", "the list says {listed} received in all, the ledger has {recorded}; record a refund with pay --reverse first";
    violation_same_row(row: u32): "与第 {row} 行是同一节点", "the same milestone as row {row}";
    violation_in_use(thing: &str): "还有{thing}以它为基础，不能作废或移动；请先作废、冲回或撤销", "it cannot be voided or moved: a {thing} builds on it; void, reverse or undo that first";
    violation_nothing_to_redo: "没有可重做的撤销", "you have taken nothing back";
    violation_not_kept(event: i64): "撤销（记录 {event}）的内容太多，未保留，不能重做；请重新登记或导入", "what undo {event} took back was too much to keep; record or import it again";
    violation_stale(who: &str, kind: &str, event: i64): "{who} 刚做了“{kind}”（记录 {event}）；请看一眼新的内容，再保存一次即可", "{who} just recorded “{kind}” (event {event}); have a look at it, then save again";
    violation_nothing_to_undo: "没有可撤销的变更", "you have nothing to undo";
    violation_undo_blocked(who: &str, kind: &str, later: i64, event: i64): "记录 {event} 不能撤销：{who} 之后的“{kind}”（记录 {later}）以它为基础；请先撤销那一条", "event {event} cannot be undone: “{kind}” by {who} (event {later}) builds on it; undo that first";
    violation_undo_rules(event: i64): "记录 {event} 不能撤销：撤销后账目会不平，之后的记录依赖它", "event {event} cannot be undone: what was recorded since depends on it";
    violation_overflow(left: i128, right: i128): "金额过大：{left} 与 {right}（最小货币单位）", "the amounts {left} and {right} (minor units) are too large to add";
}

impl Lang {
    /// What a person is asked who may mean it all the same.
    pub fn question(self, violation: &Violation) -> String {
        match violation {
            Violation::PaidAlready { payment, on, amount, currency } => {
                self.question_paid_already(*payment, *on, &money::with_symbol(*amount, *currency))
            }
            Violation::NumberTaken { number, invoice } => {
                self.question_number_taken(number, *invoice)
            }
            other => self.violation(other),
        }
    }

    /// Why the ledger refused a change, and the way out.
    pub fn violation(self, violation: &Violation) -> String {
        let show = |minor: i64, currency: Currency| money::with_symbol(minor, currency);
        match violation {
            Violation::Unknown { thing, name } if name.is_empty() => {
                self.violation_none(self.thing(*thing))
            }
            Violation::Unknown { thing: Thing::Invoice, name } => {
                self.violation_unknown_invoice(name)
            }
            Violation::Unknown { thing, name } => {
                self.violation_unknown(self.thing(*thing), name, list_of(*thing))
            }
            Violation::Ambiguous { thing, name, fits } => {
                self.violation_ambiguous(self.thing(*thing), name, &self.listed(fits))
            }
            Violation::NotOne { name, found } if found.is_empty() => self.violation_nothing(name),
            Violation::NotOne { name, found } => {
                let line = |Candidate { thing, id, name }: &Candidate| {
                    let (word, code) = (self.thing(*thing), thing.code());
                    format!("\n  {word} {name}: huikuan show '#{id}' --as {code}")
                };
                self.violation_several(name) + &found.iter().map(line).collect::<String>()
            }
            Violation::Taken { field, value } => {
                self.violation_taken(self.change_field(*field), value)
            }
            Violation::Empty(field) => self.violation_empty(self.change_field(*field)),
            Violation::OutOfRange(Field::Progress) => self.violation_percent().to_owned(),
            Violation::OutOfRange(Field::Score) => self.violation_score().to_owned(),
            Violation::OutOfRange(field) => self.violation_range(self.change_field(*field)),
            Violation::NotPositive(_) => self.violation_not_positive().to_owned(),
            Violation::AboveLimit(_) => self.violation_above_limit(money::LIMIT),
            Violation::Future { day, today } => self.violation_future(*day, *today),
            Violation::TooEarly { day, earliest } => self.violation_too_early(*day, *earliest),
            Violation::BadReference(name) => self.violation_bad_reference(name),
            Violation::ReferenceNotAllowed(_) => self.violation_reference().to_owned(),
            Violation::ProjectInUse => self.violation_project_in_use().to_owned(),
            Violation::SameAsRow(row) => self.violation_same_row(*row),
            Violation::InUse(thing) => self.violation_in_use(self.thing(*thing)),
            Violation::NothingToRedo => self.violation_nothing_to_redo().to_owned(),
            Violation::NotKept(event) => self.violation_not_kept(event.0),
            Violation::NoSetting { setting, value } => {
                let form = self.setting_form(setting.form());
                self.violation_no_setting(setting.code(), value, &form)
            }
            Violation::LadderFalls { lower, upper, days } => {
                self.violation_ladder_falls(*lower, *upper, *days)
            }
            Violation::NothingToUndo => self.violation_nothing_to_undo().to_owned(),
            Violation::Stale { event, kind, who } => {
                self.violation_stale(who, self.change(*kind), event.0)
            }
            Violation::UndoBlocked { event, later, .. } if event == later => {
                self.violation_undo_rules(event.0)
            }
            Violation::UndoBlocked { event, later, kind, who } => {
                self.violation_undo_blocked(who, self.change(*kind), later.0, event.0)
            }
            Violation::Overflow(error) => self.violation_overflow(error.left, error.right),
            Violation::ExceedsBalance { milestone, wanted, open, currency } => self
                .violation_exceeds_balance(
                    *milestone,
                    &show(*wanted, *currency),
                    &show(*open, *currency),
                ),
            Violation::ExceedsOpen { claim, milestone, wanted, open, currency } => {
                let (wanted, open) = (show(*wanted, *currency), show(*open, *currency));
                match claim {
                    Claim::Promise => self.violation_promises_more(*milestone, &wanted, &open),
                    Claim::Dispute => self.violation_disputes_more(*milestone, &wanted, &open),
                    Claim::Acceptance => self.violation_accepts_all(*milestone, &wanted, &open),
                    Claim::WriteOff => self.violation_writes_off_more(*milestone, &wanted, &open),
                }
            }
            Violation::ExceedsPayment { wanted, left, currency } => {
                self.violation_exceeds_payment(&show(*wanted, *currency), &show(*left, *currency))
            }
            Violation::ExceedsUndisputed { wanted, open, currency } => self
                .violation_exceeds_undisputed(&show(*wanted, *currency), &show(*open, *currency)),
            Violation::BelowReceived { amount, used, currency } => {
                self.violation_below_received(&show(*amount, *currency), &show(*used, *currency))
            }
            Violation::ReceivedLess { listed, recorded, currency } => {
                self.violation_received_less(&show(*listed, *currency), &show(*recorded, *currency))
            }
            Violation::PaidAlready { payment, on, amount, currency } => {
                self.violation_paid_already(*payment, *on, &show(*amount, *currency))
            }
            Violation::NumberTaken { number, invoice } => {
                self.violation_number_taken(number, *invoice)
            }
            Violation::BelowKept { contract, kept, currency } => {
                self.violation_below_kept(&show(*contract, *currency), &show(*kept, *currency))
            }
            Violation::PlanDiffers { plan, contract, currency } => self.violation_plan_differs(
                &show(*plan, *currency),
                &show(*contract, *currency),
                &show(plan.abs_diff(*contract).cast_signed(), *currency),
            ),
            Violation::BelowBilled { milestone, amount, billed, currency } => self
                .violation_below_billed(
                    *milestone,
                    &show(*amount, *currency),
                    &show(*billed, *currency),
                ),
            Violation::PartsDiffer { parts, open, currency } => self.violation_parts_differ(
                &show(*parts, *currency),
                &show(*open, *currency),
                &show(parts.abs_diff(*open).cast_signed(), *currency),
            ),
            Violation::NotOfTheContract(milestone) => self.violation_not_of_contract(*milestone),
            Violation::PaperOfOther { paper, milestone } => {
                self.violation_paper_of_other(*paper, *milestone)
            }
            Violation::PaperOfOtherCustomer(paper) => {
                self.violation_paper_of_other_customer(*paper)
            }
            Violation::NoThirdParty(payment) => self.violation_no_third_party(*payment),
            Violation::NothingToCall(milestone) => self.violation_nothing_to_call(*milestone),
            Violation::OtherCustomer(milestone) => self.violation_other_customer(*milestone),
            Violation::OtherCurrency { milestone, expected, found } => {
                self.violation_other_currency(*milestone, expected, found)
            }
            Violation::Undated => self.violation_undated().to_owned(),
            Violation::OtherCustomersProject(project) => {
                self.violation_other_customers_project(project)
            }
            Violation::ProjectCurrency { project, expected, found } => {
                self.violation_project_currency(project, expected, found)
            }
            Violation::NothingOpen(milestone) => self.violation_nothing_open(*milestone),
            Violation::NoDispute(milestone) => self.violation_no_dispute(*milestone),
            Violation::AlreadyDisputed(milestone) => self.violation_already_disputed(*milestone),
            Violation::NotHeld(milestone) => self.violation_not_held(*milestone),
            Violation::AlreadyHeld(milestone) => self.violation_already_held(*milestone),
            Violation::InvoicedInFull(milestone) => self.violation_invoiced_in_full(*milestone),
            Violation::AlreadyAccepted(milestone) => self.violation_already_accepted(*milestone),
            Violation::ExceedsBilled { milestone, wanted, standing, day, currency } => self
                .violation_exceeds_billed(
                    *milestone,
                    &show(*wanted, *currency),
                    &show(*standing, *currency),
                    *day,
                ),
            Violation::NothingToSend(milestone) => self.violation_nothing_to_send(*milestone),
            Violation::AboveUnbilled { milestone, wanted, left, currency } => self
                .violation_above_unbilled(
                    *milestone,
                    &show(*wanted, *currency),
                    &show(*left, *currency),
                ),
            Violation::LineTaken { line, payment } => self.violation_line_taken(*line, *payment),
            Violation::LineOut(line) => self.violation_line_out(*line),
            Violation::NotTheLine { line, payment, amount, currency } => {
                let shown = |minor: i64| money::with_symbol(minor, *currency);
                self.violation_not_the_line(*line, &shown(*payment), &shown(*amount))
            }
            Violation::PaymentTaken { payment, line } => {
                self.violation_payment_taken(*payment, *line)
            }
            Violation::TodoDone { todo, on } => self.violation_todo_done(*todo, *on),
            Violation::Undecided(todo) => self.violation_undecided(*todo),
            Violation::NotAnApproval(todo) => self.violation_not_an_approval(*todo),
            Violation::NotApprover(role) => self.violation_not_approver(self.role(*role)),
            Violation::NotARisk => self.violation_not_a_risk().to_owned(),
            Violation::DeductsAll { amount, deducted, currency } => {
                self.violation_deducts_all(&show(*amount, *currency), &show(*deducted, *currency))
            }
            Violation::NoBillMethod => self.violation_no_bill_method().to_owned(),
            Violation::NotABill(payment) => self.violation_not_a_bill(*payment),
            Violation::BillSettled { payment, state } => {
                self.violation_bill_settled(*payment, self.bill_state(*state))
            }
            Violation::BillMatured { payment, matures_on } => {
                self.violation_bill_matured(*payment, *matures_on)
            }
            Violation::ExceedsApplied { milestone, wanted, applied, currency } => self
                .violation_exceeds_applied(
                    *milestone,
                    &show(*wanted, *currency),
                    &show(*applied, *currency),
                ),
            Violation::NotRed => self.violation_not_red().to_owned(),
            Violation::SettlesNothing { wanted, open, currency } => {
                self.violation_settles_nothing(&show(*wanted, *currency), &show(*open, *currency))
            }
            Violation::AlreadySuspended(code) => self.violation_already_suspended(code),
            Violation::NotSuspended(code) => self.violation_not_suspended(code),
            Violation::FileName(name) => {
                self.violation_file_name(&crate::domain::clean::text(name))
            }
            Violation::SuspendedByEdit(code) => {
                self.violation_suspended_by_edit(code, self.act_rest())
            }
        }
    }
}

/// The command that lists things of a kind.
const fn list_of(thing: Thing) -> &'static str {
    match thing {
        Thing::Customer => "customers",
        Thing::Project => "projects",
        Thing::Milestone | Thing::WriteOff => "list --all",
        Thing::Payment => "payments",
        Thing::Invoice => "invoices",
        Thing::Promise => "promises",
        Thing::Condition => "condition list",
        Thing::Note => "note list",
        Thing::Paper => "paper list",
        Thing::Refusal => "show",
        Thing::Touch => "touches",
        Thing::Contact => "contacts",
        Thing::Person => "people",
        Thing::Snapshot => "snapshot list",
        Thing::Event => "log",
        Thing::Deal => "deals",
        Thing::BankLine => "bank list",
        Thing::Todo => "todo list",
    }
}
