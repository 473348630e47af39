//! To-dos: recorded, done, coming again, and in the way of payment steps.

use huikuan::domain::about::About;
use huikuan::domain::change::{Change, TimelineEvent, TodoDraft};
use huikuan::domain::ids::{CustomerId, MilestoneId, ProjectId, TodoId};
use huikuan::domain::item::Gates;
use huikuan::domain::kinds::{Level, Role, TodoKind};
use huikuan::domain::policy::Setting;
use huikuan::domain::violation::{Field, Thing, Violation};

use crate::kit::{Ledger, context, day, today};

fn draft(kind: TodoKind, about: Option<About>) -> TodoDraft {
    TodoDraft { about, ..TodoDraft::new(kind, "现场复测", day("2026-11-01")) }
}

fn opened(l: &mut Ledger, draft: TodoDraft) -> TodoId {
    TodoId(l.does(&Change::AddTodo(draft)).created[0])
}

fn done(todo: TodoId, on: &str) -> Change {
    Change::CloseTodo { todo, on: day(on), outcome: "通过".into() }
}

fn is_blocked(l: &Ledger, id: MilestoneId) -> bool {
    l.item(id).unwrap().gates.closed(Gates::TODO)
}

#[test]
fn a_to_do_knows_what_it_is_about_and_what_that_belongs_to() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-12-01");
    let owned = TodoDraft {
        owner: " 李雷 ".into(),
        due_on: Some(day("2026-11-05")),
        ..draft(TodoKind::Task, Some(About::Milestone(m)))
    };
    let todo = opened(&mut l, owned);
    let found = l.store.todo(todo).unwrap();
    assert_eq!((found.title.as_str(), found.owner.as_str()), ("现场复测", "李雷"));
    assert_eq!(found.about(), Some(About::Milestone(m)));
    assert_eq!(found.milestone_name.as_deref(), Some("M1"));
    assert_eq!(found.project_code.as_deref(), Some("P1"));
    assert_eq!(found.customer_name.as_deref(), Some("客户 C1"));
    let ours = opened(&mut l, draft(TodoKind::Decision, None));
    let all: Vec<TodoId> = l.store.todos(false).unwrap().iter().map(|todo| todo.id).collect();
    assert_eq!(all, [todo, ours], "by the day they are due, those without one last");
    l.does(&done(todo, "2026-11-06"));
    let open: Vec<TodoId> = l.store.todos(false).unwrap().iter().map(|todo| todo.id).collect();
    assert_eq!(open, [ours]);
    assert_eq!(l.store.todos(true).unwrap().last().unwrap().outcome, "通过");
    let told: Vec<TimelineEvent> =
        l.store.timeline(m).unwrap().into_iter().map(|entry| entry.event).collect();
    assert!(matches!(&told[..], [TimelineEvent::Done { .. }, TimelineEvent::Opened { .. }, ..]));
}

#[test]
fn a_to_do_obeys_the_rules() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-12-01");
    let plain = || draft(TodoKind::Task, None);
    let mut refuses = |draft: TodoDraft| l.refuses(&Change::AddTodo(draft));
    assert_eq!(refuses(TodoDraft { title: " ".into(), ..plain() }), Violation::Empty(Field::Title));
    let ahead = TodoDraft { opened_on: day("2026-11-22"), ..plain() };
    assert!(matches!(refuses(ahead), Violation::Future { .. }));
    let early = TodoDraft { due_on: Some(day("2026-10-31")), ..plain() };
    assert!(matches!(refuses(early), Violation::TooEarly { .. }));
    let likely = TodoDraft { probability: Some(Level::High), ..plain() };
    assert_eq!(refuses(likely), Violation::NotARisk);
    for (about, thing) in [
        (About::Customer(CustomerId(9)), Thing::Customer),
        (About::Project(ProjectId(9)), Thing::Project),
        (About::Milestone(MilestoneId(9)), Thing::Milestone),
    ] {
        let why = refuses(TodoDraft { about: Some(about), ..plain() });
        assert_eq!(why, Violation::Unknown { thing, name: "#9".into() });
    }
    let todo = opened(&mut l, draft(TodoKind::Task, Some(About::Milestone(m))));
    assert!(matches!(l.refuses(&done(todo, "2026-10-31")), Violation::TooEarly { .. }));
    assert!(matches!(l.refuses(&done(todo, "2026-11-22")), Violation::Future { .. }));
    l.does(&done(todo, "2026-11-02"));
    let again = Violation::TodoDone { todo, on: day("2026-11-02") };
    assert_eq!(l.refuses(&done(todo, "2026-11-03")), again);
}

#[test]
fn a_risk_is_as_severe_as_it_is_likely_and_costly() {
    let mut l = Ledger::new();
    let risk = TodoDraft {
        probability: Some(Level::High),
        impact: Some(Level::Medium),
        ..draft(TodoKind::Risk, None)
    };
    let todo = opened(&mut l, risk);
    assert_eq!(l.store.todo(todo).unwrap().severity, Level::High);
}

#[test]
fn what_comes_again_is_opened_for_the_next_time_in_the_same_change() {
    let mut l = Ledger::new();
    let monthly = TodoDraft {
        due_on: Some(day("2026-11-01")),
        every: Some("1m".parse().unwrap()),
        ..draft(TodoKind::Task, None)
    };
    let todo = opened(&mut l, monthly);
    let before = l.dump();
    let next = TodoId(l.does(&done(todo, "2026-11-03")).created[0]);
    let next = l.store.todo(next).unwrap();
    assert_eq!((next.opened_on, next.due_on), (day("2026-11-03"), Some(day("2026-12-01"))));
    assert_eq!((next.done_on, next.outcome.as_str()), (None, ""));
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), before);
}

#[test]
fn what_blocks_stands_in_the_way_of_all_it_is_about_until_it_is_done() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    for about in [About::Milestone(m), About::Project(project), About::Customer(customer)] {
        let todo = opened(&mut l, draft(TodoKind::Issue, Some(about)));
        assert!(is_blocked(&l, m), "{about:?}");
        l.does(&done(todo, "2026-11-10"));
        assert!(!is_blocked(&l, m), "{about:?}");
        // A later fact than the day: the facts themselves are read.
        let on = |day: &str| l.store.items_as_of(day.parse().unwrap()).unwrap().remove(0).gates;
        assert!(!on("2026-10-31").closed(Gates::TODO), "not opened yet");
        assert!(on("2026-11-09").closed(Gates::TODO), "not done yet");
        assert!(!on("2026-11-10").closed(Gates::TODO));
        l.store.undo(&context()).unwrap();
        assert!(is_blocked(&l, m));
        l.store.undo(&context()).unwrap();
        assert!(!is_blocked(&l, m));
    }
    opened(&mut l, draft(TodoKind::Task, Some(About::Customer(customer))));
    assert!(!is_blocked(&l, m), "a task is in nobody's way unless it is said");
}

#[test]
fn a_to_do_that_no_longer_blocks_or_is_about_something_else_lets_go() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let issue = draft(TodoKind::Issue, Some(About::Customer(customer)));
    let todo = opened(&mut l, issue.clone());
    let later = l.milestone(project, "M2", 100, "2026-03-01");
    assert!(is_blocked(&l, m) && is_blocked(&l, later), "one that came later, too");
    l.does(&Change::EditTodo(todo, TodoDraft { blocks: false, ..issue.clone() }));
    assert!(!is_blocked(&l, m));
    l.does(&Change::EditTodo(todo, issue.clone()));
    assert!(is_blocked(&l, m));
    l.does(&Change::EditTodo(todo, TodoDraft { about: Some(About::Milestone(later)), ..issue }));
    assert!(!is_blocked(&l, m) && is_blocked(&l, later));
    assert_eq!(l.store.todo(todo).unwrap().opened_on, day("2026-11-01"));
    assert!(today() > day("2026-11-01"));
}

/// Wang may write off 100.00, Li is the head; what is above is asked for.
fn with_limits() -> (Ledger, MilestoneId) {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 50_000, "2026-03-01");
    for (name, role) in [("wang", Role::Pm), ("li", Role::Head)] {
        l.does(&Change::EditPerson {
            name: name.into(),
            role,
            team: String::new(),
            email: String::new(),
        });
    }
    for (setting, value) in [(Setting::WriteOffLimit, "100"), (Setting::StepLimit, "4")] {
        l.does(&Change::Set { setting, value: Some(value.into()) });
    }
    (l, m)
}

fn write_off(milestone: MilestoneId, amount: Option<i64>) -> Change {
    let reason = "和解".to_owned();
    Change::WriteOff { milestone, amount, on: day("2026-11-20"), reason }
}

fn approve(todo: TodoId) -> Change {
    Change::ApproveTodo { todo, note: "同意".into(), asked_by: String::new() }
}

fn decline(todo: TodoId, note: &str) -> Change {
    Change::DeclineTodo { todo, note: note.into(), asked_by: String::new() }
}

#[test]
fn above_a_limit_the_same_change_is_asked_for_and_done_once_it_is_approved() {
    let (mut l, m) = with_limits();
    assert!(!l.does(&write_off(m, Some(10_000))).proposed, "up to the limit");
    let asked = l.does(&write_off(m, Some(1)));
    assert!(asked.proposed, "a limit is not passed in parts");
    let todo = TodoId(asked.created[0]);
    assert_eq!(l.balance(m), 40_000);
    let found = l.store.todo(todo).unwrap();
    assert_eq!((found.kind, found.asked_by.as_str()), (TodoKind::Approval, "wang"));
    assert_eq!((found.title.as_str(), found.about()), ("和解", Some(About::Milestone(m))));
    assert_eq!(l.refuses(&approve(todo)), Violation::NotApprover(Role::Head));
    assert_eq!(l.refuses(&done(todo, "2026-11-21")), Violation::Undecided(todo));
    let approved = l.as_user("li", &approve(todo)).unwrap();
    assert_eq!(l.balance(m), 39_999);
    let event = l.store.event(approved.event.unwrap()).unwrap().unwrap();
    assert!(event.who == "li" && event.detail.contains(r#""asked_by":"wang""#), "{event:?}");
    let again = Violation::TodoDone { todo, on: today() };
    assert!(
        matches!(l.as_user("li", &approve(todo)), Err(huikuan::error::Error::Violation(why)) if why == again)
    );
    l.store.undo(&huikuan::store::Context { who: "li", ..context() }).unwrap();
    assert_eq!((l.balance(m), l.store.todo(todo).unwrap().approved), (40_000, None));
}

#[test]
fn whoever_approves_asks_nobody_and_without_limits_nobody_does() {
    let (mut l, m) = with_limits();
    assert!(!l.as_user("li", &write_off(m, Some(20_000))).unwrap().proposed);
    assert_eq!(l.balance(m), 30_000);
    l.does(&Change::Set { setting: Setting::WriteOffLimit, value: None });
    assert!(!l.does(&write_off(m, None)).proposed);
    assert_eq!(l.balance(m), 0);
}

#[test]
fn a_step_from_the_limit_on_is_asked_for() {
    let (mut l, m) = with_limits();
    assert!(
        !l.does(&Change::LogContact(crate::kit::contact(&[m], Some(3), "2026-11-20"))).proposed
    );
    let asked = l.does(&Change::LogContact(crate::kit::contact(&[m], Some(4), "2026-11-21")));
    assert!(asked.proposed);
    assert_eq!(l.item(m).unwrap().last_step, Some(3));
    l.as_user("li", &approve(TodoId(asked.created[0]))).unwrap();
    assert_eq!(l.item(m).unwrap().last_step, Some(4));
}

#[test]
fn what_is_declined_is_not_done_and_says_why() {
    let (mut l, m) = with_limits();
    let todo = TodoId(l.does(&write_off(m, None)).created[0]);
    let refused = l.as_user("li", &decline(todo, " "));
    assert!(matches!(
        refused,
        Err(huikuan::error::Error::Violation(Violation::Empty(Field::Reason)))
    ));
    l.as_user("li", &decline(todo, "再谈一次")).unwrap();
    let found = l.store.todo(todo).unwrap();
    assert_eq!((found.approved, found.outcome.as_str()), (Some(false), "再谈一次"));
    assert_eq!(l.balance(m), 50_000);
    let plain = opened(&mut l, draft(TodoKind::Task, None));
    let refused = l.as_user("li", &approve(plain));
    assert!(matches!(
        refused,
        Err(huikuan::error::Error::Violation(Violation::NotAnApproval(id))) if id == plain
    ));
}

#[test]
fn what_was_asked_for_obeys_the_rules_when_it_is_asked_and_when_it_is_done() {
    let (mut l, m) = with_limits();
    assert!(matches!(l.refuses(&write_off(m, Some(60_000))), Violation::ExceedsOpen { .. }));
    let todo = TodoId(l.does(&write_off(m, None)).created[0]);
    l.pay(CustomerId(1), 50_000, "2026-11-20", huikuan::domain::change::Target::Automatic);
    let refused = l.as_user("li", &approve(todo));
    assert!(matches!(refused, Err(huikuan::error::Error::Violation(_))), "{refused:?}");
    assert_eq!(l.store.todo(todo).unwrap().approved, None, "it can still be declined");
}

#[test]
fn every_change_reads_back_as_it_was_written() {
    let (mut l, m) = with_limits();
    l.does(&write_off(m, None));
    let todo = l.store.todos(false).unwrap().remove(0);
    let read: Change = serde_json::from_str(&todo.change.unwrap()).unwrap();
    assert_eq!(read, write_off(m, Some(50_000)));
}

#[test]
fn to_dos_that_are_due_are_those_of_the_day() {
    let mut l = Ledger::new();
    let due = |on: &str| TodoDraft { due_on: Some(day(on)), ..draft(TodoKind::Task, None) };
    let first = opened(&mut l, due("2026-11-05"));
    let second = opened(&mut l, due("2026-11-20"));
    opened(&mut l, due("2026-11-22"));
    opened(&mut l, draft(TodoKind::Task, None));
    let seen = |l: &Ledger, on: &str, past| {
        let found = l.store.due_todos(day(on), past, 1).unwrap();
        let first: Vec<TodoId> = found.first.iter().map(|todo| todo.id).collect();
        (first, found.count)
    };
    assert_eq!(seen(&l, "2026-11-21", false), (vec![first], 2));
    l.does(&done(first, "2026-11-10"));
    assert_eq!(seen(&l, "2026-11-21", false), (vec![second], 1));
    assert_eq!(seen(&l, "2026-11-09", true), (vec![first], 1), "it was not done yet");
    assert_eq!(seen(&l, "2026-11-10", true).1, 0);
    assert_eq!(seen(&l, "2026-10-31", true).1, 0);
}

#[test]
fn a_page_knows_what_is_about_it_and_about_what_it_is_made_of() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let of = |about| draft(TodoKind::Task, Some(about));
    let at_customer = opened(&mut l, of(About::Customer(customer)));
    let at_project = opened(&mut l, TodoDraft { blocks: true, ..of(About::Project(project)) });
    let at_milestone = opened(&mut l, of(About::Milestone(m)));
    let seen = |about| -> Vec<TodoId> {
        l.store.todos_about(about).unwrap().iter().map(|todo| todo.id).collect()
    };
    assert_eq!(seen(About::Customer(customer)), [at_customer, at_project, at_milestone]);
    assert_eq!(seen(About::Project(project)), [at_project, at_milestone]);
    assert_eq!(seen(About::Milestone(m)), [at_project, at_milestone], "and what is in its way");
}

#[test]
fn a_settlement_above_the_limit_is_asked_for() {
    let (mut l, m) = with_limits();
    l.does(&Change::Set { setting: Setting::SettlementLimit, value: Some("100".into()) });
    let settle = |amount| Change::Settle {
        milestones: vec![m],
        amount,
        by: day("2026-12-20"),
        on: day("2026-11-20"),
        note: "和解".into(),
    };
    assert!(matches!(l.refuses(&settle(0)), Violation::NotPositive(_)), "asked or not");
    let asked = l.does(&settle(39_999));
    assert!(asked.proposed);
    assert!(l.item(m).unwrap().rare.offers.is_empty());
    let todo = TodoId(asked.created[0]);
    assert_eq!(l.store.todo(todo).unwrap().about(), Some(About::Milestone(m)));
    l.as_user("li", &approve(todo)).unwrap();
    assert_eq!(l.item(m).unwrap().rare.offers.len(), 1);
    assert!(!l.does(&settle(40_000)).proposed, "100.00 are not above 100");
}

#[test]
fn an_amendment_that_takes_off_more_is_asked_for_and_one_upwards_is_not() {
    let (mut l, m) = with_limits();
    l.does(&Change::Set { setting: Setting::AmendmentLimit, value: Some("100".into()) });
    let amend = |amount| Change::Amend {
        project: ProjectId(1),
        amount,
        on: day("2026-11-20"),
        lines: Vec::new(),
        note: String::new(),
    };
    assert!(!l.does(&amend(60_000)).proposed);
    let asked = l.does(&amend(49_999));
    assert!(asked.proposed);
    assert_eq!(l.balance(m), 60_000);
    l.as_user("li", &approve(TodoId(asked.created[0]))).unwrap();
    assert_eq!(l.balance(m), 49_999);
}

#[test]
fn a_discount_above_the_limit_is_asked_for_when_it_is_set_and_not_when_something_else_is_corrected()
{
    let (mut l, _) = with_limits();
    l.does(&Change::Set { setting: Setting::DiscountLimit, value: Some("10".into()) });
    let project = ProjectId(1);
    let draft = |l: &Ledger| l.store.project_draft(project).unwrap();
    let with = |l: &Ledger, terms: &str| {
        Change::EditProject(
            project,
            huikuan::domain::change::ProjectDraft {
                discount: Some(terms.parse().unwrap()),
                ..draft(l)
            },
        )
    };
    assert!(!l.does(&with(&l, "2/10")).proposed, "10.00 of 500.00");
    let asked = l.does(&with(&l, "3/10"));
    assert!(asked.proposed);
    let todo = TodoId(asked.created[0]);
    assert_eq!(l.store.todo(todo).unwrap().about(), Some(About::Project(project)));
    assert_eq!(draft(&l).discount.unwrap().to_string(), "2/10");
    l.as_user("li", &approve(todo)).unwrap();
    assert_eq!(draft(&l).discount.unwrap().to_string(), "3/10");
    let named = huikuan::domain::change::ProjectDraft { name: "二期".into(), ..draft(&l) };
    assert!(!l.does(&Change::EditProject(project, named)).proposed);
    let new = huikuan::domain::change::ProjectDraft {
        code: "P9".into(),
        name: "三期".into(),
        contract_amount: Some(100_000),
        discount: Some("5/10".parse().unwrap()),
        ..huikuan::domain::change::ProjectDraft::new(CustomerId(1), draft(&l).currency)
    };
    assert!(l.does(&Change::AddProject(new)).proposed);
}

#[test]
fn what_is_to_be_done_by_a_day_is_late_with_us_after_it() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-12-01");
    let issue = TodoDraft {
        due_on: Some(day("2026-11-10")),
        blocks: true,
        ..draft(TodoKind::Issue, Some(About::Project(project)))
    };
    let todo = opened(&mut l, issue.clone());
    assert_eq!(l.item(m).unwrap().rare.todo_by, Some(day("2026-11-10")));
    let later = TodoDraft { due_on: Some(day("2026-11-20")), ..issue };
    l.does(&Change::EditTodo(todo, later));
    assert_eq!(l.item(m).unwrap().rare.todo_by, Some(day("2026-11-20")));
    l.does(&done(todo, "2026-11-12"));
    assert_eq!(l.item(m).unwrap().rare.todo_by, None);
    let then = l.store.items_as_of(day("2026-11-11")).unwrap();
    assert_eq!(then[0].rare.todo_by, Some(day("2026-11-20")), "before it was done");
}
