//! To-dos: recorded, done, coming again, and in the way of payment steps.

use huikuan::domain::change::{Change, TimelineEvent, TodoDraft};
use huikuan::domain::ids::{CustomerId, MilestoneId, ProjectId, TodoId};
use huikuan::domain::item::Gates;
use huikuan::domain::kinds::{Level, TodoKind};
use huikuan::domain::todo::About;
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
