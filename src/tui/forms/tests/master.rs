use rstest::rstest;

use super::*;
use crate::domain::kinds::{ConditionKind, ProjectState};
use crate::domain::template::Template;

fn project_of(id: ProjectId, customer: CustomerId) -> Selection {
    Selection {
        milestones: Vec::new(),
        customer: Some(customer),
        project: Some(id),
        ..Selection::default()
    }
}

#[test]
fn from_nothing_to_a_milestone() {
    let mut desk = Desk::empty(Lang::Zh);
    let mut form = desk.form_on(Recording::New, &Selection::default());
    form.types("星河科技");
    desk.save(&mut form);
    let mut form = desk.form_on(Recording::New, &Selection::default());
    // The only customer is filled in.
    form.types("数据中台").tab(1).types("U").tab(1).types("10万");
    form.tab(3).types("P1");
    desk.save(&mut form);
    let project = desk.ledger.store.project_draft(ProjectId(1)).unwrap();
    assert_eq!((project.currency, project.contract_amount), (Currency::USD, Some(10_000_000)));
    let mut form = desk.form_of(Recording::New, "节点", &Selection::default());
    form.types("预付款").tab(2).types("3万").tab(1).types("签订 + 10wd");
    desk.save(&mut form);
    let draft = desk.ledger.store.milestone_draft(MilestoneId(1)).unwrap();
    assert_eq!((draft.key.as_str(), draft.stage), ("P1-M1", Stage::Advance));
    assert_eq!((draft.amount, draft.rule.to_string().as_str()), (3_000_000, "signing + 10wd"));
}

#[test]
fn new_is_what_stands_under_the_cursor() {
    let mut desk = Desk::new();
    for (on, title) in [
        (about(&[M3]), "新建节点 - 星河科技 · P-2031"),
        (project_of(P2031, XINGHE), "新建节点 - 星河科技 · P-2031"),
        (customer(XINGHE), "新建项目"),
    ] {
        let mut form = desk.form_on(Recording::New, &on);
        assert!(form.shown().contains(title), "{}", form.shown());
    }
    for (typed, title) in [("客户", "新建客户"), ("项目", "新建项目"), ("节点", "新建节点")]
    {
        for (key, on) in [
            (Recording::NewAny, project_of(P2031, XINGHE)),
            (Recording::NewAny, customer(XINGHE)),
            (Recording::New, Selection::default()),
        ] {
            let chosen = desk.pick(key, typed, &on);
            if typed == "节点" && on.project.is_none() {
                continue;
            }
            let shown = filled(chosen, Lang::Zh).shown();
            assert!(shown.contains(title), "{shown}");
        }
    }
}

#[rstest]
#[case("2026-12-5", "= 2026-12-05 周六")]
#[case("验收 + 30d", "预计 2026-12-31")]
#[case("签订 + 1m", "= 2026-02-05 周四")]
#[case("开票 + 10d", "预计 2026-12-11")]
#[case("acceptance + 3 fortnights", "! “fortnights”不是单位")]
#[case("下雨以后", "! 看不懂“下雨以后”")]
fn a_due_rule_is_read_back(#[case] typed: &str, #[case] read: &str) {
    let desk = Desk::new();
    let mut form = desk.form(Recording::New, &[M3]);
    form.types("尾款").tab(2).types("1").tab(1).types(typed).tab(1).types("12-1");
    if let Some(problem) = read.strip_prefix("! ") {
        assert!(form.complains().contains(problem), "{}", form.shown());
    } else {
        assert!(form.shown().contains(read), "{}", form.shown());
    }
}

#[test]
fn codes_follow_those_of_the_ledger() {
    let mut desk = Desk::empty(Lang::Zh);
    for (typed, code) in [("", "C001"), ("K-07", "K-07"), ("", "K-08")] {
        let mut form = desk.form_of_customer();
        form.types("星河科技").tab(2).types(typed);
        assert!(form.shown().contains(code), "{}", form.shown());
        let Change::AddCustomer(draft) = desk.save(&mut form) else { panic!("no customer") };
        assert_eq!(draft.code, code);
    }
    let mut form = desk.form_on(Recording::New, &customer(XINGHE));
    form.types("数据中台");
    let Change::AddProject(draft) = desk.save(&mut form) else { panic!("no project") };
    assert_eq!(draft.code, "P-2026-01");
    // What was taken over is edited, not replaced.
    let mut form = desk.form_on(Recording::Edit, &project_of(ProjectId(1), XINGHE));
    form.tab(5).types("B");
    let Change::EditProject(_, draft) = desk.save(&mut form) else { panic!("no project") };
    assert_eq!(draft.code, "P-2026-01B");
}

#[test]
fn a_plan_comes_with_its_contract() {
    let mut desk = Desk::new();
    let mut form = desk.form_on(Recording::New, &customer(XINGHE));
    form.types("二期").tab(3).types("30/40/30");
    assert!(form.shown().contains("先填合同额"), "{}", form.shown());
    assert!(form.complains().contains("! 先填合同额"), "{}", form.shown());
    form.keys(&[Key::BackTab]).types("100.01万").tab(1);
    insta::assert_snapshot!("plan_zh", form.shown());
    desk.save(&mut form);
    let plan = desk.ledger.store.project_detail(ProjectId(3)).unwrap().plan;
    let rows: Vec<_> =
        plan.iter().map(|step| (step.name.as_str(), step.item.stage, step.item.amount)).collect();
    assert_eq!(
        rows,
        [
            ("预付款", Stage::Advance, 30_003_000),
            ("到货款", Stage::Delivery, 40_004_000),
            ("验收款", Stage::Acceptance, 30_003_000),
        ]
    );
    assert!(plan.iter().all(|step| step.key.ends_with(&format!("-M{}", step.item.seq))));
    desk.ledger.undo().unwrap();
    assert!(desk.ledger.store.project_detail(ProjectId(3)).is_err());
}

#[test]
fn a_plan_is_given_to_a_contract_that_has_none() {
    let mut desk = Desk::new();
    desk.does(&Change::AddProject(project("P-3", "框架", XINGHE)));
    let mut form = desk.form_on(Recording::Edit, &project_of(ProjectId(3), XINGHE));
    form.tab(3).types("3-4-2.5-0.5 预付 到货 上线 质保");
    desk.save(&mut form);
    let plan = desk.ledger.store.project_detail(ProjectId(3)).unwrap().plan;
    let rows: Vec<_> = plan.iter().map(|step| (step.key.as_str(), step.item.amount)).collect();
    assert_eq!(
        rows,
        [
            ("P-3-M1", 30_000_000),
            ("P-3-M2", 40_000_000),
            ("P-3-M3", 25_000_000),
            ("P-3-M4", 5_000_000),
        ]
    );
    let shown = desk.form_on(Recording::Edit, &project_of(ProjectId(3), XINGHE)).shown();
    assert!(!shown.contains("付款比例"), "{shown}");
}

#[test]
fn a_plan_shows_amounts_days_and_what_is_left_while_it_is_typed() {
    let mut desk = Desk::new();
    desk.ledger.plans.insert("标准".to_owned(), "30/70 签订10 验收30".into());
    let mut form = desk.form_on(Recording::New, &customer(XINGHE));
    form.types("二期").tab(2).types("100万").tab(2).types("11-2");
    form.keys(&[Key::BackTab]).types("30% 签订+10天，付至85% 到货+30天");
    let shown = form.shown();
    for line in ["¥300,000.00  2026-11-12", "¥550,000.00  交付 + 30 天", "还差 ¥150,000.00"]
    {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    assert!(form.complains().contains("! 合计为 85%"), "{}", form.shown());
    form.types("，余款 质保1年");
    insta::assert_snapshot!("plan_with_days_zh", form.shown());
    desk.save(&mut form);
    let plan = desk.ledger.store.project_detail(ProjectId(3)).unwrap().plan;
    let drafts = plan.iter().map(|step| desk.ledger.store.milestone_draft(step.item.id).unwrap());
    let drafts: Vec<_> =
        drafts.map(|draft| (draft.stage, draft.rule.to_string(), draft.condition)).collect();
    assert_eq!(
        drafts,
        [
            (Stage::Advance, "signing + 10d".to_owned(), "30% 签订+10天".to_owned()),
            (Stage::Delivery, "delivery + 30d".to_owned(), "付至85% 到货+30天".to_owned()),
            (Stage::Retention, "acceptance + 1y".to_owned(), "余款 质保1年".to_owned()),
        ]
    );
}

#[test]
fn a_plan_of_one_s_own_goes_by_its_name() {
    let mut desk = Desk::new();
    desk.ledger.plans.insert("标准".to_owned(), "30/70 签订10 验收30".into());
    let mut form = desk.form_on(Recording::New, &customer(XINGHE));
    form.types("二期").tab(2).types("100万").tab(1).types("标准");
    let shown = form.shown();
    assert!(shown.contains("¥700,000.00  验收 + 30 天"), "{shown}");
    assert!(shown.contains("自定：标准"), "{shown}");
    desk.save(&mut form);
    let draft = desk.ledger.store.milestone_draft(MilestoneId(5)).unwrap();
    assert_eq!((draft.amount, draft.rule.to_string().as_str()), (30_000_000, "signing + 10d"));
}

#[test]
fn a_plan_of_one_s_own_shows_and_brings_what_it_waits_for() {
    let mut desk = Desk::new();
    let conditions =
        [(Stage::Acceptance, [(ConditionKind::Gate, vec!["财政评审".to_owned()])].into())];
    let template =
        Template { plan: "30/70 签订10 验收30".into(), conditions: conditions.into() };
    desk.ledger.plans.insert("财政".to_owned(), template);
    let mut form = desk.form_on(Recording::New, &customer(XINGHE));
    form.types("二期").tab(2).types("100万").tab(1).types("财政");
    assert!(form.shown().contains("关口：财政评审"), "{}", form.shown());
    desk.save(&mut form);
    let asked = desk.ledger.store.conditions_of(MilestoneId(6)).unwrap();
    let asked: Vec<_> = asked.iter().map(|one| (one.kind, one.wording.as_str())).collect();
    assert_eq!(asked, [(ConditionKind::Gate, "财政评审")]);
    assert_eq!(desk.ledger.store.conditions_of(MilestoneId(5)).unwrap(), []);
}

#[rstest]
#[case("", "验收合格后30日内付款", "到期日按付款条件：验收 + 30 天", "acceptance + 30d")]
#[case("2027-3-1", "验收合格后30日内付款", "到期日仍按上面所填", "2027-03-01")]
#[case("", "主体封顶后付款", "", "")]
fn a_condition_is_offered_as_the_due_rule(
    #[case] due: &str,
    #[case] condition: &str,
    #[case] shown: &str,
    #[case] rule: &str,
) {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::New, &[M3]);
    form.types("尾款").tab(2).types("1").tab(1).types(due).tab(2).types(condition);
    assert!(form.shown().contains(shown), "{}", form.shown());
    let Change::AddMilestone(draft) = desk.save(&mut form) else { panic!("no milestone") };
    assert_eq!((draft.rule.to_string().as_str(), draft.condition.as_str()), (rule, condition));
}

#[test]
fn a_condition_that_stays_changes_no_due_date() {
    let mut desk = Desk::new();
    let mut draft = desk.ledger.store.milestone_draft(M3).unwrap();
    draft.condition = "验收合格后30日内付款".to_owned();
    desk.does(&Change::EditMilestone(M3, draft));
    let mut form = desk.form(Recording::Edit, &[M3]);
    form.tab(3).keys(&[Key::Ctrl('u')]);
    let Change::EditMilestone(_, draft) = desk.save(&mut form) else { panic!("no milestone") };
    assert_eq!(draft.rule.to_string(), "");
}

#[rstest]
#[case("30%/40%/20%", "! 合计为 90%，应为 100%；还差 ¥100,000.00")]
#[case("30/70 预付", "! 2 个比例，1 个名称")]
#[case("一半", "! “一半”不是比例")]
fn a_plan_that_is_none_is_refused(#[case] typed: &str, #[case] why: &str) {
    let desk = Desk::new();
    let mut form = desk.form_on(Recording::New, &customer(XINGHE));
    form.types("二期").tab(2).types("100万").tab(1).types(typed);
    let shown = form.complains();
    assert!(shown.contains(why), "{shown}");
}

#[test]
fn a_milestone_is_a_share_of_the_contract() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::New, &[M3]);
    form.types("尾款").tab(2).types("33.33333%");
    let shown = form.shown();
    assert!(shown.contains("= ¥333,333.30"), "{shown}");
    desk.save(&mut form);
    assert_eq!(desk.item(MilestoneId(5)).amount, 33_333_330);
    let mut form = desk.form(Recording::Edit, &[M5]);
    form.tab(2).types("5%");
    desk.save(&mut form);
    assert_eq!(desk.item(M5).amount, 5_000_000);
    let open = ProjectDraft { contract_amount: None, ..project("P-3", "框架", XINGHE) };
    desk.does(&Change::AddProject(open));
    let mut form = desk.form_on(Recording::New, &project_of(ProjectId(3), XINGHE));
    form.types("预付款").tab(2).types("30%");
    let shown = form.complains();
    assert!(shown.contains("! 该项目没有合同额"), "{shown}");
}

#[test]
fn a_retention_waits_for_the_acceptance_before_it() {
    let mut desk = Desk::new();
    desk.does(&Change::Accept { milestones: vec![M3], on: Some(day("2026-09-02")) });
    let mut form = desk.form(Recording::New, &[M3]);
    form.types("质保金").tab(1).types("z").tab(1).types("5万").tab(1).types("验收 + 1y");
    let shown = form.shown();
    assert!(shown.contains("= 2027-09-02"), "{shown}");
    desk.save(&mut form);
    assert_eq!(desk.item(MilestoneId(5)).due(today()), Some(day("2027-09-02")));
}

#[test]
fn a_milestone_is_corrected() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Edit, &[M5]);
    form.instead("M5 终验款").tab(3).instead("月底");
    desk.save(&mut form);
    let draft = desk.ledger.store.milestone_draft(M5).unwrap();
    assert_eq!(draft.name, "M5 终验款");
    assert_eq!((draft.stage, draft.amount), (Stage::Final, 10_000_000));
    assert_eq!(desk.item(M5).due(today()), Some(day("2026-11-30")));
    let mut taken = desk.ledger.store.milestone_draft(M4).unwrap();
    "K".clone_into(&mut taken.key);
    desk.does(&Change::EditMilestone(M4, taken));
    let mut form = desk.form(Recording::Edit, &[M5]);
    form.tab(6).instead("K");
    let error = desk.apply(&form.submitted()).unwrap_err();
    form.form.refuse(field_error(&error, Lang::Zh));
    assert!(form.shown().contains("! 节点编号“K”已被使用"), "{}", form.shown());
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing() {
    let mut desk = Desk::new();
    for (action, selection) in
        [(Recording::Edit, about(&[M5])), (Recording::Edit, project_of(P2031, XINGHE))]
    {
        let mut form = desk.form_on(action, &selection);
        let change = form.submitted();
        assert_eq!(desk.does(&change).event, None, "{change:?}");
    }
    let change = desk.form_of(Recording::Edit, "客户资料", &customer(XINGHE)).submitted();
    assert_eq!(desk.does(&change).event, None);
    let change = desk.form_of(Recording::Edit, "张三", &customer(XINGHE)).submitted();
    assert_eq!(desk.does(&change).event, None);
}

#[test]
fn a_project_in_use_keeps_customer_and_currency() {
    let mut desk = Desk::new();
    let mut form = desk.form_on(Recording::Edit, &project_of(P2031, XINGHE));
    let shown = form.shown();
    assert!(!shown.contains("币种") && shown.contains("1,000,000.00"), "{shown}");
    form.keys(&[Key::BackTab, Key::Right, Key::BackTab]).types("101");
    assert!(form.complains().contains("! 请填 0 到 100 的整数"));
    form.instead("60").keys(&[Key::BackTab]).instead("5");
    desk.save(&mut form);
    let draft = desk.ledger.store.project_draft(P2031).unwrap();
    assert_eq!((draft.progress_percent, draft.grace_days), (Some(60), 5));
    assert_eq!(draft.state, ProjectState::Closed);
}

#[test]
fn contacts_come_change_and_go() {
    let mut desk = Desk::new();
    let names = |desk: &Desk| {
        let contacts = desk.ledger.store.customer_draft(XINGHE).unwrap().contacts;
        contacts.iter().map(|c| c.name.clone()).collect::<Vec<_>>()
    };
    let mut form = desk.form_of(Recording::Edit, "新增", &customer(XINGHE));
    assert!(form.complains().contains("! 必填"));
    form.types("王五").tab(2).types("139").tab(3).types("y");
    desk.save(&mut form);
    assert_eq!(names(&desk), ["张三", "李四", "王五"]);
    let contact = desk.ledger.store.customer_draft(XINGHE).unwrap().contacts[2].clone();
    assert_eq!((contact.phone.as_str(), contact.channel), ("139", Some(Channel::Mail)));
    let mut form = desk.form_of(Recording::Edit, "李四", &customer(XINGHE));
    form.instead("李思");
    desk.save(&mut form);
    let mut form = desk.form_of(Recording::Edit, "张三", &customer(XINGHE));
    form.keys(&[Key::BackTab, Key::Right]);
    desk.save(&mut form);
    assert_eq!(names(&desk), ["李思", "王五"]);
}

#[test]
fn a_new_customer_brings_its_first_contact() {
    let mut desk = Desk::new();
    let mut form = desk.form_of(Recording::New, "客户", &Selection::default());
    form.types("远景装备").tab(3).types("b").tab(1).types("50万").tab(1).types("30天");
    assert!(form.complains().contains("! 请填 0 到 65535 的整数"));
    form.instead("30").tab(2).types("经理");
    assert!(form.complains().contains("! 必填"));
    form.types("赵六");
    desk.save(&mut form);
    let draft = desk.ledger.store.customer_draft(CustomerId(3)).unwrap();
    assert_eq!((draft.credit_limit, draft.terms_days), (Some(50_000_000), Some(30)));
    assert_eq!(draft.contacts[0].name, "赵六");
}

#[test]
fn they_look_like_this() {
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let mut desk = Desk::speaking(lang);
        let mut new = |what, on| desk.form_of(Recording::NewAny, what, &on).shown();
        let shown = new(lang.form_new_customer(), Selection::default());
        insta::assert_snapshot!(format!("customer_{name}"), shown);
        let shown = new(lang.form_new_project(), customer(XINGHE));
        insta::assert_snapshot!(format!("project_{name}"), shown);
        let mut form = desk.form(Recording::New, &[M3]);
        form.types("尾款").tab(3).types("acceptance + 30d").tab(1).types("2026-12-1");
        form.keys(&[Key::BackTab]);
        insta::assert_snapshot!(format!("milestone_{name}"), form.shown());
    }
}

#[test]
fn a_project_rests_for_a_reason_and_goes_on_at_once() {
    let mut desk = Desk::new();
    let state = |desk: &Desk| desk.ledger.store.project_detail(P2031).unwrap().state;
    let mut form = desk.form_on(Recording::SuspendProject, &project_of(P2031, XINGHE));
    assert!(form.complains().contains("! 必填"));
    form.types("付款拖延").tab(1).types("停工函3号");
    desk.save(&mut form);
    assert_eq!(state(&desk), ProjectState::Suspended);
    let effect = desk.press(Recording::SuspendProject, &project_of(P2031, XINGHE));
    let Effect::Write(change) = effect else { panic!("no change") };
    desk.does(&change);
    assert_eq!(state(&desk), ProjectState::Active);
}

#[test]
fn a_discount_is_read_as_it_is_typed() {
    let mut desk = Desk::new();
    let mut form = desk.form_on(Recording::Edit, &project_of(P2031, XINGHE));
    form.keys(&[Key::BackTab, Key::BackTab, Key::BackTab, Key::BackTab]).types("early");
    assert!(form.complains().contains("折扣"));
    form.instead("10天内付款优惠2%");
    desk.save(&mut form);
    let draft = desk.ledger.store.project_draft(P2031).unwrap();
    assert_eq!(draft.discount, Some("2/10".parse().unwrap()));
}
