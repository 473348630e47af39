//! Lists with one row a project, stages as columns.

use super::*;

fn milestones(list: &PlanRead) -> Vec<(u32, &str, &str, i64)> {
    let of = |row: &PlanRow| (row.row, row.amount);
    let row = |row| {
        let (number, amount) = of(row);
        (number, row.customer.as_str(), row.milestone.as_str(), amount)
    };
    list.rows.iter().map(row).collect()
}

const PLAIN: &str = "2026 年回款计划\n\
    客户名称,合同编号,合同金额,预付款,到账日,进度款（30%）,到账日,质保金,到账日,备注\n\
    星河科技,HT-1,1000000,300000,2026-03-01,600000,,100000,,重点\n\
    华东电力,HT-2,500000,,,500000,,-,,\n\
    北方重工,HT-3,80000,,,0,,,,\n";

#[test]
fn each_stage_with_an_amount_is_a_milestone_of_its_row() {
    let list = read_csv(PLAIN);
    assert_eq!(list.errors, []);
    assert_eq!(
        milestones(&list),
        [
            (3, "星河科技", "预付款", 30_000_000),
            (3, "星河科技", "进度款（30%）", 60_000_000),
            (3, "星河科技", "质保金", 10_000_000),
            (4, "华东电力", "进度款（30%）", 50_000_000),
        ]
    );
    let [advance, progress, retention, _] = &list.rows[..] else { panic!("four") };
    assert_eq!((advance.paid_on, progress.paid_on), (Some(day("2026-03-01")), None));
    assert_eq!(advance.project.as_deref(), Some("HT-1"));
    assert_eq!(advance.contract_amount, Some(100_000_000));
    assert_eq!((advance.key.as_deref(), retention.note.as_deref()), (None, Some("重点")));
    assert_eq!(retention.guessed_stage, Some(Stage::Retention));
    assert_eq!(list.total, 4);
    assert!(list.notes.contains(&Note::WithoutStage(vec![5])));
    let columns = |name: &str, amount: &str, paid_on: &str| {
        let columns = vec![(F::Amount, amount.to_owned()), (F::PaidOn, paid_on.to_owned())];
        (name.to_owned(), columns)
    };
    assert!(list.notes.contains(&Note::Stages(vec![
        columns("预付款", "预付款", "到账日 (E)"),
        columns("进度款（30%）", "进度款（30%）", "到账日 (G)"),
        columns("质保金", "质保金", "到账日 (I)"),
    ])));
}

#[test]
fn a_bad_cell_of_a_stage_names_the_column_of_the_sheet() {
    let list = read_csv(
        "客户,项目,预付款,到账日,尾款,到账日\n星河,P1,10,2026-03-01,abc,\n星河,P2,10,,,2026-13-01\n",
    );
    let bad: Vec<(u32, &str, &str)> =
        list.errors.iter().map(|e| (e.row, e.column.as_str(), e.value.as_str())).collect();
    assert_eq!(bad, [(2, "尾款", "abc"), (3, "尾款", ""), (3, "到账日 (F)", "2026-13-01")]);
    assert_eq!((list.total, list.rows.len()), (4, 2));
}

#[test]
fn stages_may_stand_over_their_columns() {
    let list = read_csv(
        "客户名称,项目名称,预付款（万元）,,,验收款（万元）,,,备注\n\
         ,,应收,已收,收款日期,应收,已收,到期日,\n\
         星河科技,中台,30,30,2026-03-01,60,,2026-12-20,\n\
         合计,,30,30,,60.5,,,\n",
    );
    assert_eq!(list.errors, []);
    assert_eq!(
        milestones(&list),
        [(3, "星河科技", "预付款", 30_000_000), (3, "星河科技", "验收款", 60_000_000)]
    );
    assert_eq!((list.rows[0].paid, list.rows[1].paid), (Some(30_000_000), None));
    assert_eq!(list.rows[1].due, Some(fixed("2026-12-20")));
    let total = TotalRow {
        row: 4,
        column: "验收款（万元） / 应收".into(),
        currency: Currency::CNY,
        listed: 60_500_000,
        read: 60_000_000,
    };
    assert!(list.notes.contains(&Note::TotalDiffers(total)), "{:?}", list.notes);
}

#[test]
fn a_name_may_hold_stage_and_field() {
    let list = read_csv(
        "客户,项目,预付款金额,预付款到账日,验收款金额,验收款到账日\n星河,P1,10,2026-03-01,20,\n",
    );
    assert_eq!(milestones(&list), [(2, "星河", "预付款", 1_000), (2, "星河", "验收款", 2_000)]);
    assert_eq!(list.rows[0].paid_on, Some(day("2026-03-01")));
    let list = read_csv("客户,项目,第一期,第二期,已收金额\n星河,P1,10,20,10\n");
    assert_eq!(milestones(&list), [(2, "星河", "第一期", 1_000), (2, "星河", "第二期", 2_000)]);
    // One column of money behind the last stage is the row's, not that stage's.
    assert_eq!(list.rows[1].paid, None);
    assert!(list.notes.contains(&Note::Ignored(vec!["已收金额".into()])));
    let list = read_csv("客户,项目,进度款,进度款\n星河,P1,10,20\n");
    let names: Vec<&str> = list.rows.iter().map(|row| row.milestone.as_str()).collect();
    assert_eq!(names, ["进度款", "进度款 2"]);
}

#[test]
fn a_list_that_names_its_milestones_is_none_of_these() {
    let list = read_csv("客户,节点,金额,预付款,尾款\n星河,M1,10,3,7\n");
    assert_eq!(list.rows.len(), 1);
    assert!(list.notes.contains(&Note::Ignored(vec!["预付款".into(), "尾款".into()])));
    let map = ["milestone=项目", "amount=合同金额"];
    let text = "客户,项目,合同金额,预付款,尾款\n星河,P1,10,3,7\n";
    assert_eq!(try_with(text, &options(&map)).unwrap().rows.len(), 1);
}

#[rstest]
#[case("质保期")]
#[case("未收尾款")]
#[case("验收报告")]
#[case("结算金额")]
fn other_columns_are_no_stages(#[case] header: &str) {
    let list = read_csv(&format!("客户,项目,预付款,尾款,{header}\n星河,P1,10,20,30\n"));
    assert_eq!(list.rows.len(), 2);
    assert!(list.notes.contains(&Note::Ignored(vec![header.into()])));
}
