//! Words of files in and out.

use super::{Lang, Worded};
use crate::domain::kinds::{BillForm, InvoiceKind, Method};
use crate::domain::money;
use crate::domain::plan::field::{DateOrder, PlanField};
use crate::error::list::{CellProblem, Note, ReadError};

super::vocabulary! {
    /// An order of the parts of a date.
    date_order(DateOrder) {
        Ymd: "年月日", "year-month-day";
        Mdy: "月日年", "month-day-year";
        Dmy: "日月年", "day-month-year";
    }
}

super::phrases! {
    cell_missing: "此格不能为空", "the cell must not be empty";
    cell_date(order: &str): "不是日期，或不符合本文件的日期顺序 {order}；请写 2026-12-05", "not a date, or not in the file's order {order}; write 2026-12-05";
    cell_two_digit_year: "年份只有两位；请写四位，或用 --date-order 说明顺序", "a year of two digits; write four, or give the order by --date-order";
    cell_not_positive: "金额须大于 0；退款请在“收款”中冲销，减项请直接写净额", "the amount must be above 0; for a refund reverse the payment, for a deduction write the net amount";
    cell_negative: "金额不能小于 0", "the amount must not be below 0";
    cell_open_above_amount: "未收金额大于应收金额", "more is open than the amount";
    cell_percent: "比例须在 0 与 100% 之间；可写 30% 或 0.3", "a share lies between 0 and 100 %; write 30% or 0.3";
    cell_percent_inexact: "按此比例算出的金额不是整分；请直接填金额", "the share is no whole number of cents; give the amount itself";
    cell_currency: "未知币种；请写代码，如 CNY、USD", "unknown currency; write its code, like CNY or USD";
    cell_yes_no: "请写 是 或 否", "write yes or no";
    cell_method(known: &str): "未知收款方式；可写 {known}", "unknown method; write {known}";
    cell_bill_kind: "不是票据种类，或与收款方式不符；可写 银行承兑、商业承兑", "no kind of bill, or not what the method says; write bank_bill or commercial_bill";
    cell_bill_form(known: &str): "未知票据形式；可写 {known}", "unknown form of a bill; write {known}";
    cell_no_bill: "收款方式不是商业汇票；请写 银行承兑 或 商业承兑，或清空票据各栏", "the method is no bill of exchange; make it bank_bill or commercial_bill, or empty what is said of a bill";
    cell_invoice_kind(known: &str): "未知发票类型；可写 {known}", "unknown kind of invoice; write {known}";
    cell_tax_rate: "税率写 13%、6%、免税等，小于 100%", "a tax rate is 13%, 6%, exempt and so on, below 100%";
    cell_grade: "信用等级写 A、B、C 或 D", "the grade is A, B, C or D";
    cell_days: "请写天数，如 30", "write a number of days, like 30";
    cell_unlike_row(row: u32): "与第 {row} 行不同，而两行是同一张发票；请改成一致，或改发票号码", "another than in row {row} of the same invoice; make them alike, or change the number";
    cell_too_long(limit: usize): "超过 {limit} 个字；若引号未成对也会如此", "longer than {limit} characters; an unpaired quote does that too";
    cell_sheet_error: "表格此处没有值（#N/A、#### 等）；请在表格中修正后再导出", "the spreadsheet has no value here (#N/A, ####); correct it there and save again";

    read_not_found: "找不到文件", "no such file";
    read_nobody_writes: "这是一个管道，没有程序往里写", "it is a pipe, and nobody writes to it";
    read_not_allowed: "没有读取此文件的权限", "no permission to read the file";
    read_io(message: &str): "无法读取文件：{message}", "the file cannot be read: {message}";
    read_empty: "文件是空的", "the file is empty";
    read_too_large(megabytes: u64): "文件过大：最多 {megabytes} MB", "the file is too large: at most {megabytes} MB";
    read_too_many_cells(limit: usize): "工作表过大：最多 {limit} 个单元格；请删去多余的行列后另存", "the sheet is too large: at most {limit} cells; delete what is not the list and save it again";
    read_unpacks_too_large(megabytes: u64): "工作簿里的内容展开后过大（超过 {megabytes} MB，或一个单元格超过 1 MB）；请只保留清单所在的工作表，另存后再导入", "the workbook unpacks to too much (over {megabytes} MB, or 1 MB in a cell); keep only the sheet with the list and save it again";
    read_json: "这是 JSON，不是清单；请另存为 xlsx 或 csv", "JSON, not a list; save it as xlsx or csv";
    read_row_too_long(row: u32): "第 {row} 行太长，不像清单的一行；请检查引号是否成对，或另存为 xlsx 或 csv", "row {row} is too long to be one of a list; look for an unpaired quote, or save the list as xlsx or csv";
    read_no_room(message: &str): "临时文件写不下：{message}；请腾出空间，或用环境变量 TMPDIR 换一个位置", "no room for a temporary file: {message}; free some, or name another folder by TMPDIR";
    read_not_a_list: "既不是文本，也不是工作簿；请另存为 xlsx 或 csv", "neither text nor a workbook; save it as xlsx or csv";
    read_web_page: "这是网页，不是工作簿（有些系统导出的 .xls 其实是网页）；请用表格软件打开，另存为 xlsx", "a web page, not a workbook (some systems export one as .xls); open it in a spreadsheet and save it as xlsx";
    read_workbook(why: &str): "工作簿已损坏：{why}；请用表格软件打开并另存", "the workbook is damaged: {why}; open it in a spreadsheet and save it again";
    read_damaged: "工作簿已损坏：内容前后矛盾；请用表格软件打开并另存", "the workbook is damaged: its parts contradict each other; open it in a spreadsheet and save it again";
    read_password: "工作簿有密码；请去掉密码后另存", "the workbook is protected by a password; save it without one";
    read_unknown_encoding(label: &str): "未知编码“{label}”；可用 utf-8、gb18030、utf-16le、big5、windows-1252 等", "unknown encoding “{label}”; use utf-8, gb18030, utf-16le, big5, windows-1252 or the like";
    read_ambiguous_encoding(line: usize, first: &str, one: &str, second: &str, other: &str): "编码无法判断：第 {line} 行按 {first} 读作“{one}”，按 {second} 读作“{other}”；请用 --encoding {first} 或 --encoding {second} 指明", "the encoding is open: line {line} reads “{one}” in {first} and “{other}” in {second}; say which by --encoding {first} or --encoding {second}";
    read_mixed_encodings(line: usize): "文件里混着两种编码：第 {line} 行是 UTF-8，另一些行不是；请统一后另存，或用 --encoding 指明", "two encodings in one file: line {line} is UTF-8, others are not; save it in one, or give it by --encoding";
    read_undecodable(line: usize, encoding: &str): "第 {line} 行不是 {encoding} 文本；请用 --encoding 指明编码", "line {line} is not {encoding}; give the encoding by --encoding";
    read_unclosed_quote(row: u32): "第 {row} 行的引号没有闭合", "the quote opened in row {row} is never closed";
    read_unknown_sheet(wanted: &str, known: &str): "没有工作表“{wanted}”；现有：{known}", "no sheet “{wanted}”; there are: {known}";
    read_no_sheets(wanted: &str): "文本文件没有工作表，不需要 --sheet {wanted}", "a text file has no sheets; leave out --sheet {wanted}";
    read_bad_mapping(text: &str): "“{text}”应写成 字段=表头，如 customer=客户名称", "“{text}” should be field=Header, like customer=Client";
    read_unknown_field(field: &str, known: &str): "没有字段“{field}”；可用：{known}", "no field “{field}”; there are: {known}";
    read_mapped_twice(field: &str): "字段 {field} 指定了两次", "the field {field} is mapped twice";
    read_unknown_header(header: &str, known: &str): "文件中没有表头“{header}”；现有：{known}", "no column “{header}” in the file; there are: {known}";
    read_two_columns(field: &str, headers: &str): "有两列都像 {field}：{headers}；请用 --map {field}=表头（或列字母）指定", "two columns could be {field}: {headers}; choose by --map {field}=Header (or its column letter)";
    read_no_header(missing: &str, seen: &str): "找不到表头：缺少 {missing}；最像表头的一行是：{seen}。请用 --map 字段=表头 指定", "no header found: {missing} missing; the likeliest row has: {seen}. Map them by --map field=Header";
    read_no_rows: "表头下面没有数据", "nothing below the header";
    read_unknown_unit(unit: &str): "未知单位“{unit}”；可用 元、千元、万元、百万元、亿元", "unknown unit “{unit}”; use 元, 千元, 万元, 百万元 or 亿元";
    read_open_unit(bare: &str, bare_row: u32, scaled: &str, scaled_row: u32): "金额单位无法判断：第 {bare_row} 行是 {bare}，第 {scaled_row} 行却是 {scaled}；请用 --unit 元 或 --unit 万元 指明没写单位的金额", "the unit of the amounts is open: {bare} in row {bare_row}, but {scaled} in row {scaled_row}; say by --unit 元 or --unit 万元 what bare numbers are counted in";
    read_ambiguous(value: &str, place: &str, mdy: &str, dmy: &str): "日期顺序无法判断：{place}的 {value} 是 {mdy}（--date-order mdy）还是 {dmy}（--date-order dmy）？", "the order of the dates is open: is {value} in {place} {mdy} (--date-order mdy) or {dmy} (--date-order dmy)?";
    read_place(row: u32, column: &str): "第 {row} 行“{column}”", "row {row}, “{column}”,";
    read_mixed(mdy: &str, mdy_row: u32, dmy: &str, dmy_row: u32): "日期有两种顺序：第 {mdy_row} 行 {mdy} 是月在前，第 {dmy_row} 行 {dmy} 是日在前；请统一，或用 --date-order 指定", "the dates stand in two orders: {mdy} in row {mdy_row} has the month first, {dmy} in row {dmy_row} the day; make them one, or give --date-order";

    note_encoding(name: &str): "编码 {name}", "encoding {name}";
    note_sheet(name: &str): "工作表“{name}”", "sheet “{name}”";
    note_layout(name: &str): "按清单格式“{name}”读取；不要用它就加 --as none", "read by the layout {name}; --as none reads it without";
    note_left_out(count: usize, rows: &str): "该格式不读的行：{count} 行（{rows}）", "rows this layout leaves out: {count} ({rows})";
    note_mapped(columns: &str): "读取的列：{columns}", "columns read: {columns}";
    note_ignored(columns: &str): "未读取的列：{columns}", "columns not read: {columns}";
    note_dates(order: &str): "日期顺序 {order}", "dates in the order {order}";
    note_totals(rows: &str): "跳过合计行：{rows}", "totals left out: rows {rows}";
    note_total_agrees(row: u32, column: &str, total: &str): "第 {row} 行合计（{column}）{total}，读入 {total}", "total in row {row}, {column}: {total}, read {total}";
    note_total_differs(row: u32, column: &str, listed: &str, read: &str, off: &str): "注意：第 {row} 行合计（{column}）{listed}，读入 {read}，相差 {off}", "WARNING: total in row {row}, {column}: {listed}, but {read} read, a difference of {off}";
    note_stages(stages: &str): "按“一行一个项目、款项作列”读取，每笔有金额的款项成为一个回款节点：{stages}。若不是这样，请用 --map milestone=表头 --map amount=表头 指定", "read as one row a project with its instalments as columns, each with an amount a milestone: {stages}. If that is wrong, say --map milestone=Header --map amount=Header";
    note_without_stage(rows: &str): "没有任何款项金额的行，未读入：第 {rows} 行", "rows without the amount of any instalment, not read: {rows}";
    note_footer(rows: &str): "跳过表尾：第 {rows} 行", "lines below the list left out: rows {rows}";
    note_unknown_stages(words: &str): "未识别的款项性质按“其他”处理：{words}", "unknown stages read as “other”: {words}";
    note_conditions(texts: &str): "以下付款条件只存原文，没有据此算到期日：{texts}", "payment conditions kept as text, no due date follows from them: {texts}";
    note_paid_on(day: &str, row: u32): "没写日期的已收金额按 {day} 到账（取自第 {row} 行）", "money without a day counts as received on {day} (as row {row} says)";
    note_unit(unit: &str): "金额单位 {unit}", "amounts in {unit}";
    note_unit_from(unit: &str, row: u32): "金额单位 {unit}（取自第 {row} 行）", "amounts in {unit} (as row {row} says)";
    note_currency(code: &str): "币种 {code}", "currency {code}";
}

impl Lang {
    /// The header of a column of a plan list, as its template has it.
    pub const fn plan_column(self, field: PlanField) -> &'static str {
        let zh = match field {
            PlanField::Key => "节点编号",
            PlanField::Customer => "客户编号",
            PlanField::CustomerName => "客户名称",
            PlanField::ContactName => "联系人",
            PlanField::ContactPhone => "联系电话",
            PlanField::Project => "项目编号",
            PlanField::ProjectName => "项目名称",
            PlanField::Manager => "项目经理",
            PlanField::ContractNo => "合同编号",
            PlanField::ContractAmount => "合同金额",
            PlanField::SignedOn => "签订日期",
            PlanField::Milestone => "回款节点",
            PlanField::Stage => "款项性质",
            PlanField::Amount => "应收金额",
            PlanField::Percent => "比例",
            PlanField::Currency => "币种",
            PlanField::AgreedOn => "约定日期",
            PlanField::Due => "到期日",
            PlanField::Condition => "付款条件",
            PlanField::PlannedOn => "计划日期",
            PlanField::DeliveredOn => "交付日期",
            PlanField::AcceptedOn => "验收日期",
            PlanField::InvoiceNo => "发票号",
            PlanField::InvoicedOn => "开票日期",
            PlanField::Paid => "已收金额",
            PlanField::Open => "未收金额",
            PlanField::PaidOn => "回款日期",
            PlanField::Disputed => "争议",
            PlanField::WrittenOffOn => "坏账核销日期",
            PlanField::Note => "备注",
        };
        self.pick(zh, field.code())
    }

    /// What is wrong with a cell, and what to write instead.
    pub fn cell_problem(self, why: &CellProblem) -> String {
        match why {
            CellProblem::Missing => self.cell_missing().to_owned(),
            CellProblem::Date(order) => self.cell_date(self.date_order(*order)),
            CellProblem::TwoDigitYear => self.cell_two_digit_year().to_owned(),
            CellProblem::Due(error) => self.rule_error(error),
            CellProblem::Amount(error) => self.amount_error(error),
            CellProblem::NotPositive => self.cell_not_positive().to_owned(),
            CellProblem::Negative => self.cell_negative().to_owned(),
            CellProblem::OpenAboveAmount => self.cell_open_above_amount().to_owned(),
            CellProblem::Percent => self.cell_percent().to_owned(),
            CellProblem::PercentInexact => self.cell_percent_inexact().to_owned(),
            CellProblem::Currency => self.cell_currency().to_owned(),
            CellProblem::YesNo => self.cell_yes_no().to_owned(),
            CellProblem::Method => self.cell_method(&self.listed(&words(Method::ALL, self))),
            CellProblem::BillKind => self.cell_bill_kind().to_owned(),
            CellProblem::BillForm => self.cell_bill_form(&self.listed(&words(BillForm::ALL, self))),
            CellProblem::NoBill => self.cell_no_bill().to_owned(),
            CellProblem::InvoiceKind => {
                self.cell_invoice_kind(&self.listed(&words(InvoiceKind::ALL, self)))
            }
            CellProblem::TaxRate => self.cell_tax_rate().to_owned(),
            CellProblem::Grade => self.cell_grade().to_owned(),
            CellProblem::Days => self.cell_days().to_owned(),
            CellProblem::UnlikeRow(row) => self.cell_unlike_row(*row),
            CellProblem::TooLong { limit } => self.cell_too_long(*limit),
            CellProblem::SheetError => self.cell_sheet_error().to_owned(),
        }
    }

    /// Why a file cannot be read, and what to do.
    pub fn read_error(self, error: &ReadError) -> String {
        match error {
            ReadError::Io { kind, message } => match kind {
                std::io::ErrorKind::NotFound => self.read_not_found().to_owned(),
                std::io::ErrorKind::PermissionDenied => self.read_not_allowed().to_owned(),
                std::io::ErrorKind::TimedOut => self.read_nobody_writes().to_owned(),
                _ => self.read_io(message),
            },
            ReadError::Empty => self.read_empty().to_owned(),
            ReadError::TooLarge { megabytes } => self.read_too_large(*megabytes),
            ReadError::TooManyCells { limit } => self.read_too_many_cells(*limit),
            ReadError::UnpacksTooLarge { megabytes } => self.read_unpacks_too_large(*megabytes),
            ReadError::Json => self.read_json().to_owned(),
            ReadError::AmbiguousEncoding { readings: [(first, one), (second, other)], line } => {
                self.read_ambiguous_encoding(*line, first, one, second, other)
            }
            ReadError::RowTooLong { row } => self.read_row_too_long(*row),
            ReadError::NoRoom(message) => self.read_no_room(message),
            ReadError::NotAList => self.read_not_a_list().to_owned(),
            ReadError::WebPage => self.read_web_page().to_owned(),
            ReadError::Workbook(why) => self.read_workbook(why),
            ReadError::Damaged => self.read_damaged().to_owned(),
            ReadError::Password => self.read_password().to_owned(),
            ReadError::UnknownEncoding(label) => self.read_unknown_encoding(label),
            ReadError::MixedEncodings { line } => self.read_mixed_encodings(*line),
            ReadError::Undecodable { encoding, line } => self.read_undecodable(*line, encoding),
            ReadError::UnclosedQuote { row } => self.read_unclosed_quote(*row),
            ReadError::UnknownSheet { wanted, known } if known.is_empty() => {
                self.read_no_sheets(wanted)
            }
            ReadError::UnknownSheet { wanted, known } => {
                self.read_unknown_sheet(wanted, &self.listed(known))
            }
            ReadError::UnknownUnit(unit) => self.read_unknown_unit(unit),
            ReadError::OpenUnit { bare: (bare_row, bare), scaled: (scaled_row, scaled) } => {
                self.read_open_unit(bare, *bare_row, scaled, *scaled_row)
            }
            ReadError::NoRows => self.read_no_rows().to_owned(),
            ReadError::BadMapping(text) => self.read_bad_mapping(text),
            ReadError::UnknownField(field) => {
                let known: Vec<&str> = PlanField::ALL.iter().map(|field| field.code()).collect();
                self.read_unknown_field(field, &known.join(" "))
            }
            ReadError::MappedTwice(field) => self.read_mapped_twice(field.code()),
            ReadError::UnknownHeader { header, known } => {
                self.read_unknown_header(header, &self.listed(known))
            }
            ReadError::TwoColumns { field, headers } => {
                self.read_two_columns(field.code(), &self.listed(headers))
            }
            ReadError::NoHeader { missing, seen } => {
                let groups: Vec<String> = missing.iter().map(|group| self.one_of(group)).collect();
                self.read_no_header(&self.listed(&groups), &self.listed(seen))
            }
            ReadError::AmbiguousDates { example, as_mdy, as_dmy } => self.read_ambiguous(
                &example.value,
                &self.read_place(example.row, &example.column),
                &as_mdy.to_string(),
                &as_dmy.to_string(),
            ),
            ReadError::MixedDates { mdy, dmy } => {
                self.read_mixed(&mdy.value, mdy.row, &dmy.value, dmy.row)
            }
        }
    }

    /// What is worth telling about a file.
    pub fn plan_note(self, note: &Note) -> String {
        match note {
            Note::Encoding(name) => self.note_encoding(name),
            Note::Sheet(name) => self.note_sheet(name),
            Note::Layout(name) => self.note_layout(name),
            Note::LeftOut(rows) => {
                let mut shown = self.listed(rows.get(..LEFT_OUT).unwrap_or(rows));
                if rows.len() > LEFT_OUT {
                    shown.push('…');
                }
                self.note_left_out(rows.len(), &shown)
            }
            Note::Mapped(columns) => self.note_mapped(&pairs(columns)),
            Note::Ignored(headers) => self.note_ignored(&self.listed(headers)),
            Note::Dates(order) => self.note_dates(self.date_order(*order)),
            Note::Totals(rows) => self.note_totals(&self.listed(rows)),
            Note::TotalAgrees(total) => {
                let amount = money::format(total.read, total.currency);
                self.note_total_agrees(total.row, &total.column, &amount)
            }
            Note::TotalDiffers(total) => {
                let amount = |minor: i64| money::format(minor, total.currency);
                self.note_total_differs(
                    total.row,
                    &total.column,
                    &amount(total.listed),
                    &amount(total.read),
                    &amount(total.listed.saturating_sub(total.read)),
                )
            }
            Note::Stages(stages) => {
                let stages: Vec<String> = stages
                    .iter()
                    .map(|(name, columns)| format!("{name} ({})", pairs(columns)))
                    .collect();
                self.note_stages(&stages.join(self.pick("；", "; ")))
            }
            Note::WithoutStage(rows) => self.note_without_stage(&self.listed(rows)),
            Note::Footer(rows) => self.note_footer(&self.listed(rows)),
            Note::UnknownStages(words) => self.note_unknown_stages(&self.listed(words)),
            Note::Conditions(texts) => self.note_conditions(&texts.join(self.pick("；", "; "))),
            Note::PaidOn { day, row } => self.note_paid_on(&day.to_string(), *row),
            Note::Unit { unit, row: None } => self.note_unit(unit),
            Note::Unit { unit, row: Some(row) } => self.note_unit_from(unit, *row),
            Note::Currency(currency) => self.note_currency(currency.code()),
        }
    }

    fn one_of(self, fields: &[PlanField]) -> String {
        let names: Vec<&str> = fields.iter().map(|field| self.plan_column(*field)).collect();
        names.join(self.pick("或", " or "))
    }

    pub(crate) fn listed<T: std::fmt::Display>(self, items: &[T]) -> String {
        let items: Vec<String> = items.iter().map(T::to_string).collect();
        items.join(self.pick("、", ", "))
    }
}

/// The words of a vocabulary.
fn words<T: Worded>(all: &[T], lang: Lang) -> Vec<&'static str> {
    all.iter().map(|value| value.word(lang)).collect()
}

/// Rows left out that are named.
const LEFT_OUT: usize = 10;

/// Fields by their codes, with the columns they are read from.
fn pairs(columns: &[(PlanField, String)]) -> String {
    let pairs = columns.iter().map(|(field, header)| format!("{}={header}", field.code()));
    pairs.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::list::DateExample;

    const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

    #[test]
    fn an_open_date_order_is_asked_with_both_answers() {
        let error = ReadError::AmbiguousDates {
            example: DateExample { value: "1/2/2013".into(), row: 7, column: "到期日".into() },
            as_mdy: "2013-01-02".parse().unwrap(),
            as_dmy: "2013-02-01".parse().unwrap(),
        };
        assert_eq!(
            Lang::Zh.read_error(&error),
            "日期顺序无法判断：第 7 行“到期日”的 1/2/2013 是 2013-01-02（--date-order mdy）还是 2013-02-01（--date-order dmy）？"
        );
        assert_eq!(
            Lang::En.read_error(&error),
            "the order of the dates is open: is 1/2/2013 in row 7, “到期日”, 2013-01-02 (--date-order mdy) or 2013-02-01 (--date-order dmy)?"
        );
    }

    #[test]
    fn two_columns_ask_for_a_mapping_of_that_field() {
        let error = ReadError::TwoColumns {
            field: PlanField::Amount,
            headers: vec!["金额 (C)".into(), "应收金额 (D)".into()],
        };
        for lang in BOTH {
            let message = lang.read_error(&error);
            assert!(
                message.contains("--map amount=") && message.contains("应收金额 (D)"),
                "{message}"
            );
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_not_a_system_message() {
        let error =
            ReadError::Io { kind: std::io::ErrorKind::NotFound, message: "os error 2".into() };
        assert_eq!(Lang::Zh.read_error(&error), "找不到文件");
        assert_eq!(Lang::En.read_error(&error), "no such file");
    }

    #[test]
    fn notes_name_fields_by_their_codes_and_columns_by_their_headers() {
        let note = Note::Mapped(vec![(PlanField::Due, "到期日".into())]);
        for lang in BOTH {
            assert!(lang.plan_note(&note).contains("due=到期日"));
        }
        assert_eq!(Lang::En.plan_note(&Note::Totals(vec![6, 11])), "totals left out: rows 6, 11");
        assert_eq!(Lang::Zh.plan_note(&Note::Dates(DateOrder::Mdy)), "日期顺序 月日年");
    }
}
