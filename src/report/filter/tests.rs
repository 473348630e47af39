use super::*;
use crate::domain::date_input::DayError;
use crate::domain::money::AmountError;
use crate::error::filter::{FilterError, FilterProblem};
use crate::text::Lang;
use proptest::prelude::*;
use rstest::rstest;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn parse(text: &str) -> Result<Filter, FilterError> {
    Filter::parse(text, day("2026-11-21"))
}

/// An overdue acceptance payment of 480,000.00, part paid.
struct Row {
    currency: Currency,
    status: Status,
    due: Option<NaiveDate>,
    step: Option<u8>,
    bucket: Option<&'static str>,
    balance: i64,
}

impl Default for Row {
    fn default() -> Self {
        Self {
            currency: Currency::CNY,
            status: Status::Overdue(50),
            due: Some(day("2026-10-02")),
            step: Some(3),
            bucket: Some("31-60"),
            balance: 48_000_000,
        }
    }
}

impl FilterRow for Row {
    fn texts(&self, field: TextField) -> [Option<&str>; 2] {
        match field {
            TextField::Customer => [Some("C001"), Some("星河科技（深圳）")],
            TextField::Project => [Some("P-2031"), Some("数据 中台")],
            TextField::Milestone => [Some("P-2031-M3"), Some("验收款")],
            TextField::Pm => [Some("王敏"), None],
        }
    }
    fn stage(&self) -> Stage {
        Stage::Acceptance
    }
    fn status(&self) -> Status {
        self.status
    }
    fn waiting_on(&self) -> WaitingOn {
        WaitingOn::CustomerPay
    }
    fn step(&self) -> Option<u8> {
        self.step
    }
    fn currency(&self) -> Currency {
        self.currency
    }
    fn due(&self) -> Option<NaiveDate> {
        self.due
    }
    fn days_late(&self) -> i64 {
        50
    }
    fn balance(&self) -> i64 {
        self.balance
    }
    fn amount(&self) -> i64 {
        60_000_000
    }
    fn bucket(&self) -> Option<&str> {
        self.bucket
    }
    fn flags(&self) -> &[Flag] {
        &[Flag::PartPaid, Flag::PromiseBroken]
    }
    fn broken(&self) -> i64 {
        2
    }
    fn silent(&self) -> Option<i64> {
        self.due.map(|_| 20)
    }
    fn grade(&self) -> Option<Grade> {
        Some(Grade::C)
    }
    fn cause(&self) -> Option<Cause> {
        self.step.map(|_| Cause::Funds)
    }
    fn ahead(&self) -> Option<i64> {
        self.bucket.map(|_| 25)
    }
    fn satisfaction(&self) -> Option<i64> {
        Some(6)
    }
    fn is_noted(&self, noted: &Noted) -> bool {
        let said = [Noted::new(None, "换接口人"), Noted::new(Some(NoteKind::Credit), "失信")];
        said.contains(noted)
    }
    fn papers(&self) -> Option<PapersState> {
        self.step.map(|_| PapersState::Missing)
    }
    fn paper_kinds(&self) -> Vec<PaperKind> {
        self.bucket.map(|_| vec![PaperKind::Contract, PaperKind::FormalNotice]).unwrap_or_default()
    }
}

#[rstest]
#[case("", true)]
#[case("overdue pm:王敏 balance>100k stage:acceptance due<2026-12-01", true)]
#[case("overdue pm:李雷", false)]
#[case("逾期", true)]
#[case("paid", false)]
#[case("paid,overdue", true)]
#[case("status:due-soon,overdue", true)]
#[case("status:\"due soon\"", false)]
#[case("-overdue", false)]
#[case("-paid", true)]
#[case("part_paid", true)]
#[case("Part-Paid", true)]
#[case("部分回款", true)]
#[case("rescheduled", false)]
#[case("flag:失约", true)]
#[case("星河", true)]
#[case("c001", true)]
#[case("C002", false)]
#[case("-星河", false)]
#[case("customer:C001", true)]
#[case("customer:c00", true)]
#[case("customer=C00", false)]
#[case("customer=c001", true)]
#[case("customer=\"星河科技(深圳)\"", true)]
#[case("客户：星河", true)]
#[case("project:\"数据 中台\"", true)]
#[case("project:数据 中台", true)]
#[case("milestone:M3,M9", true)]
#[case("pm:李雷，王敏", true)]
#[case("stage:验收款", true)]
#[case("stage:final,retention", false)]
#[case("court:customer_pay", true)]
#[case("court:customer", true)]
#[case("court:us", false)]
#[case("谁的球:待客户付款", true)]
#[case("step>=3", true)]
#[case("step:none", false)]
#[case("currency:cny", true)]
#[case("currency:USD,EUR", false)]
#[case("due<2026-10-02", false)]
#[case("due<=2026/10/2", true)]
#[case("due=2026-10-02", true)]
#[case("due≤周五", true)]
#[case("due>today", false)]
#[case("due:none", false)]
#[case("late>30", true)]
#[case("late>30d", true)]
#[case("broken>=2", true)]
#[case("失约次数:1", false)]
#[case("silent>14d", true)]
#[case("未联系天数:无", false)]
#[case("grade:C,D", true)]
#[case("信用等级:a", false)]
#[case("cause:funds", true)]
#[case("papers:missing", true)]
#[case("资料:缺", true)]
#[case("papers:ready", false)]
#[case("资料:齐,缺", true)]
#[case("papers:none", false)]
#[case("paper:contract", true)]
#[case("文件:合同", true)]
#[case("paper:judgment", false)]
#[case("-paper:judgment,formal-notice", false)]
#[case("paper:none", false)]
#[case("未付原因:资金紧张", true)]
#[case("原因:争议,无", false)]
#[case("ahead>20%", true)]
#[case("领先回款>=26", false)]
#[case("satisfaction<7", true)]
#[case("note:换接口人", true)]
#[case("记事:换人", false)]
#[case("credit:失信", true)]
#[case("credit:换接口人", false)]
#[case("late=50", true)]
#[case("balance=480000", true)]
#[case("balance>480,000", false)]
#[case("balance>=480,000.00", true)]
#[case("balance<48.1万", true)]
#[case("balance>0.5m", false)]
#[case("balance > 100k", true)]
#[case("balance:>100k", true)]
#[case("余额》１０万", true)]
#[case("balance=\"1\",\"480000\"", true)]
#[case("amount=60万", true)]
#[case("bucket:31-60", true)]
#[case("bucket:31–60", true)]
#[case("bucket:not_due,none", false)]
fn a_row_is_shown(#[case] text: &str, #[case] shown: bool) {
    assert_eq!(parse(text).unwrap().matches(&Row::default()), shown);
}

#[test]
fn amounts_compare_in_the_rows_own_major_units() {
    let filter = parse("balance>=1000").unwrap();
    let row = |currency, balance| Row { currency, balance, ..Row::default() };
    assert!(filter.matches(&row(Currency::JPY, 1_000)));
    assert!(!filter.matches(&row(Currency::CNY, 1_000)));
    assert!(!filter.matches(&row(Currency::KWD, 999_999)));
    assert!(filter.matches(&row(Currency::KWD, 1_000_000)));
}

#[rstest]
#[case("due<2026-12-01", false)]
#[case("-due<2026-12-01", true)]
#[case("due:none", true)]
#[case("step<9", false)]
#[case("step:none", true)]
#[case("bucket:none", true)]
#[case("bucket:\"not due\"", false)]
fn what_is_missing_compares_with_nothing(#[case] text: &str, #[case] shown: bool) {
    let row = Row { due: None, step: None, bucket: None, ..Row::default() };
    assert_eq!(parse(text).unwrap().matches(&row), shown);
}

#[test]
fn not_due_is_one_bucket_in_every_spelling() {
    let row = Row { bucket: Some("not due"), ..Row::default() };
    for typed in ["not_due", "not-due", "\"not due\"", "未到期"] {
        let filter = parse(&format!("bucket:{typed}")).unwrap();
        assert!(filter.matches(&row), "{typed}");
    }
}

#[rstest]
#[case("overdue balance>100k", false)]
#[case("due<fri currency:CNY bucket:1-30 -part_paid", false)]
#[case("pm:王敏", true)]
#[case("-customer=C1", true)]
#[case("overdue,星河", true)]
#[case("", false)]
fn names_are_asked_for_only_where_needed(#[case] text: &str, #[case] needed: bool) {
    assert_eq!(parse(text).unwrap().needs_names(), needed);
}

fn unknown_field(typed: &str) -> FilterProblem {
    FilterProblem::UnknownField {
        typed: typed.to_owned(),
        known: FilterField::ALL.iter().map(|field| field.code()).collect(),
    }
}

fn unknown_value(field: FilterField, typed: &str) -> FilterProblem {
    FilterProblem::UnknownValue {
        field: field.code(),
        typed: typed.to_owned(),
        known: field.values(),
    }
}

#[rstest]
#[case("manger:王敏", 0, unknown_field("manger"))]
#[case("逾期 客护:星河", 3, unknown_field("客护"))]
#[case(":x", 0, unknown_field(""))]
#[case("overdue pm:", 8, FilterProblem::NoValue("pm"))]
#[case("stage>final", 0, FilterProblem::NoOrder("stage"))]
#[case("stage:acceptance,finale", 17, unknown_value(FilterField::Stage, "finale"))]
#[case("status:open", 7, unknown_value(FilterField::Status, "open"))]
#[case("currency:RMB", 9, unknown_value(FilterField::Currency, "rmb"))]
#[case("step:300", 5, unknown_value(FilterField::Step, "300"))]
#[case("balance>lots", 8, FilterProblem::Amount(AmountError::NotANumber))]
#[case("due<2026-02-30", 4, FilterProblem::Day(DayError::NoSuchDay("2026-02-30".into())))]
#[case("pm:\"王敏", 3, FilterProblem::Unclosed)]
#[case("overdue -", 8, FilterProblem::NothingNegated)]
fn a_wrong_part_is_named_with_its_place(
    #[case] text: &str,
    #[case] at: usize,
    #[case] problem: FilterProblem,
) {
    assert_eq!(parse(text), Err(FilterError { at, problem }));
}

#[test]
fn a_wrong_field_says_which_exist() {
    let words = Lang::En.filter_error(&parse("manger:王敏").unwrap_err());
    assert!(
        words.contains(
            "customer project milestone pm stage status waiting_on step currency due late balance amount bucket flag"
        ),
        "{words}"
    );
    let words = Lang::Zh.filter_error(&parse("stage:finale").unwrap_err());
    assert!(words.contains("第 7 个字符") && words.contains("retention"), "{words}");
}

#[rstest]
#[case("  OVERDUE   pm：王敏 ", "overdue pm:王敏")]
#[case("逾期,部分回款", "overdue,part_paid")]
#[case("balance>100k", "balance>100000")]
#[case("balance>=12.5万", "balance>=125000")]
#[case("balance=\"1\",\"2\"", "balance=\"1\",\"2\"")]
#[case("due<周五", "due<2026-11-27")]
#[case("-stage:尾款,质保金", "-stage:final,retention")]
#[case("customer=\"A B\",c", "customer=\"a b\",c")]
#[case("\"a:b\"", "\"a:b\"")]
#[case("court:us", "waiting_on:us_hold,us_todo,us_deliver,us_invoice,us_send")]
#[case("due:none", "due=none")]
#[case("\"-x\" --y", "\"-x\" -\"-y\"")]
#[case("\"@\"", "\"@\"")]
#[case(",", "")]
fn one_spelling_of_whatever_was_typed(#[case] typed: &str, #[case] written: &str) {
    assert_eq!(parse(typed).unwrap().to_string(), written);
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_written_reads_back(
        text in "([-]?(overdue|pm|客户|due|balance|late|bucket|step|x)?[:=<>]{0,2}(\"[a-z,: -]{0,3}\"|[\"a-z0-9,王≥ -]{0,8}) ?){0,4}|\\PC*"
    ) {
        if let Ok(filter) = parse(&text) {
            let written = filter.to_string();
            prop_assert_eq!(parse(&written), Ok(filter), "{}", written);
        }
    }
}

#[test]
fn a_kept_filter_stands_for_its_terms() {
    let saved = |pairs: &[(&str, &str)]| -> Saved {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    };
    let read = |text: &str, saved: &Saved| Filter::parse_with(text, day("2026-11-21"), saved);
    let kept =
        saved(&[("Late", "overdue late>30"), ("both", "@late stage:final"), ("loop", "@loop")]);
    let plain = parse("overdue late>30 stage:final pm:wang").unwrap();
    assert_eq!(read("@both pm:wang", &kept), Ok(plain));
    assert_eq!(read("\"@both\"", &kept), parse("\"@both\""));
    let problem = |text: &str| read(text, &kept).map_err(|why| (why.at, why.problem));
    let unknown = |typed: &str, known: &[&str]| FilterProblem::UnknownSaved {
        typed: typed.to_owned(),
        known: known.iter().map(ToString::to_string).collect(),
    };
    assert_eq!(problem("pm:x @no"), Err((5, unknown("no", &["Late", "both", "loop"]))));
    assert_eq!(problem("@loop"), Err((0, unknown("loop", &["Late", "both"]))));
    let alone = |word: &str| FilterProblem::SavedAlone(word.to_owned());
    assert_eq!(problem("-@late"), Err((1, alone("@late"))));
    assert_eq!(problem("paid,@late"), Err((5, alone("@late"))));
}
