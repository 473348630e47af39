//! Chinese help of the command line, by the path of the command or flag; a flag that means the same everywhere stands
//! once, by its own name. The English stands in the definition itself; what records a change is in `changes`.

use super::changes::HELP_ZH;

/// The Chinese help of a path such as `aging.by`, or of a flag's name.
#[expect(clippy::too_many_lines, reason = "one table")]
pub fn help_zh(path: &str) -> Option<&'static str> {
    Some(match path {
        "" => "回款：谁欠多少、欠了多久、下一步做什么",
        "db" => "账本文件",
        "lang" => "语言：zh 或 en；不写则取配置，再取系统语言",
        "today" => "打印回款晨报",
        "--today" => "把这一天当作今天",
        "json" => "输出 JSON",
        "color" => "是否用颜色：auto、always、never",
        "quiet" => "只输出错误和所要的内容",
        "demo" => "在一个用完即弃的演示账本上打开界面",
        "demo.size" => "改为生成这么多节点的大账本",
        "demo.open" => "未结清节点所占百分比",
        "demo.write" => "把账本写到这个文件并保留",
        "list" => "列出回款节点",
        "list.filter" => "筛选条件，如 \"overdue pm:王敏 balance>100k stage:final due<2026-12-01\"",
        "list.all" => "连同已结清的",
        "customers" => "列出客户及其欠款",
        "projects" => "列出项目及其未收",
        "payments" => "列出收款及其核销到的节点",
        "invoices" => "发票登记簿：列出发票及已收情况",
        "promises" => "列出付款承诺及其兑现情况",
        "contacts" => "列出客户的联系人",
        "touches" => "列出与客户的联系记录",
        "show" => "查看任何一样：它是什么、金额、经过",
        "show.what" => "编号、发票号、银行流水号、名称或 #id",
        "thing" => {
            "有几种可能时指明是哪种：customer 客户、project 项目、milestone 节点、payment 收款、invoice 发票"
        }
        "from" => "从这一天起",
        "to" => "到这一天为止",
        "columns" => "要显示的列，如 key,customer_name,balance 或 客户,未收；列名同 --json",
        "sort" => "按这些列排序，前者优先；-balance 为从大到小",
        "list.limit" => "最多多少行",
        "output" => "写到文件；由扩展名决定格式：{formats}",
        "aging" => "打印账龄表",
        "as_of" => "截至日",
        "aging.by" => {
            "分组：customer 客户、project 项目、manager 项目经理、stage 款项性质、currency 币种"
        }
        "aging.age_by" => "账龄起算：due 到期日、original-due 首次到期日、invoice 确认日",
        "aging.buckets" => "账龄段：days、short、years，或自定如 30,60,90",
        "snapshot" => "账龄快照：存、列、看、导出",
        "--snapshot" => "快照编号或周，如 2026-W47；不写则最新",
        "snapshot.take" => "把某日的账龄表存为快照",
        "snapshot.list" => "列出快照",
        "snapshot.show" => "显示一个快照",
        "snapshot.export" => "把快照写成文件",
        "snapshot.export.output" => "文件夹；不写则为“文档”下的 huikuan",
        "import" => "导入文件",
        "import.plan" => "导入回款计划：每行一个节点，CSV、XLSX、XLS 或 ODS",
        "import.template" => "打印可填写的计划表模板 (CSV)",
        "import.ledger" => "把导出的账本读入一个空账本",
        "import.plan.file" | "import.ledger.file" => "文件",
        "export" => "导出整个账本",
        "export.ledger" => "把账本中的一切写成 JSON 行，便于带走或比对",
        "export.ledger.output" => "文件；不写则输出到标准输出",
        "maps" => "指定某字段取自哪一列：字段=表头",
        "date_order" => "文件中日期的年月日次序：ymd、mdy、dmy",
        "import.plan.currency" => "没有写币种的行按此币种；不写则看金额表头，再按 CNY",
        "encoding" => "文字编码（不是 UTF-8、UTF-16、GB18030 时）",
        "sheet" => "工作表，名称或序号",
        "dry_run" => "只说会发生什么，不写入",
        "skip_bad" => "跳过有误的行，导入其余",
        "import.plan.reschedule" => "到期日有变时记为展期，而不是修改",
        "add" => "新建客户、项目或节点",
        "edit" => "修改客户、项目或节点（对所有日期生效）",
        "add.customer" => "新建客户",
        "edit.customer" => "修改客户",
        "add.project" => "新建项目",
        "edit.project" => "修改项目",
        "add.milestone" => "新建节点",
        "edit.milestone" => "修改节点",
        "edit.customer.customer" | "customer" => "客户编号或 #id",
        "edit.project.project" | "project" => "项目编号或 #id",
        "code" => "唯一编号；不写则用名称",
        "name" => "名称",
        "short_name" => "简称，用于窄列",
        "grade" => "客户分级：A、B、C、D",
        "limit" => "信用额度",
        "terms" => "账期天数",
        "tax_no" => "税号",
        "add.customer.contact" | "edit.customer.contact" => "新增联系人：姓名，或 姓名:电话",
        "manager" => "项目经理",
        "amount" => "金额",
        "currency" => "币种代码",
        "contract_no" => "合同编号",
        "signed_on" => "签订日期",
        "starts_on" => "开工日期",
        "ends_on" => "完工日期",
        "warranty_ends_on" => "质保到期日",
        "progress" => "进度百分比",
        "grace" => "宽限天数",
        "state" => "状态：active 进行中、suspended 已暂停、closed 已结束",
        "key" => "节点编号",
        "stage" => {
            "款项性质：advance、progress、delivery、acceptance、settlement、final、retention、other"
        }
        "due" => {
            "到期日，或规则：\"acceptance + 30d\"、\"delivery + 10wd\"、\"acceptance(P1-M2) + 1y\""
        }
        "condition" => "合同里的付款条件原文",
        "agreed_on" => "约定日；不写则取签订日，再取今天",
        "planned_on" => "触发事件的计划日",
        "method" => {
            "收款方式：transfer、bank_bill、commercial_bill、cheque、cash、wechat、alipay、letter_of_credit、offset、other"
        }
        "note" | "notes" => "备注",
        "milestone" => "节点编号或 #id",
        "milestones" => "节点编号或 #id，可写多个",
        "on" => "生效日；不写则为今天",
        "log" => "列出做过的变更，新的在前",
        "lines" => "最多列出多少条",
        "undo" => "撤销你的上一次变更",
        "date" => "推算日期，如 \"2026-02-10 + 7wd\"",
        "expression" => "日期加减：\"2026-02-10 + 7wd\"",
        "config" => "配置",
        "config.path" => "打印配置文件和账本的位置",
        "completions" => "打印 shell 补全脚本",
        "shell" => "bash、elvish、fish、powershell、zsh",
        "man" => "打印手册页",
        _ => return HELP_ZH.iter().find(|(known, _)| *known == path).map(|(_, help)| *help),
    })
}
