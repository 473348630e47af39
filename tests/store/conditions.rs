//! What acceptances and due dates wait for, what came of acceptances, and notes.

use huikuan::domain::about::{About, Subject};
use huikuan::domain::change::{
    Change, ConditionDraft, NoteDraft, PaperDraft, ProjectDraft, Target, TimelineEvent, Voidable,
};
use huikuan::domain::ids::{ConditionId, MilestoneId, NoteId, PaperId, ProjectId, RefusalId};
use huikuan::domain::kinds::{ConditionKind, NoteKind, PaperKind, Role, TodoKind, WaitingOn};
use huikuan::domain::paper::PaperName;
use huikuan::domain::policy::Policy;
use huikuan::domain::status::waiting_on;
use huikuan::domain::violation::{Field, Thing, Violation};
use huikuan::error::Error;
use huikuan::store::Context;

use crate::kit::{self, Ledger, context, day, today};

fn condition(milestone: MilestoneId, wording: &str) -> ConditionDraft {
    ConditionDraft {
        milestone,
        kind: ConditionKind::Gate,
        wording: wording.into(),
        agreed_on: None,
        planned_on: None,
    }
}

fn met(condition: i64, on: Option<&str>) -> Change {
    Change::MeetConditions {
        conditions: vec![ConditionId(condition)],
        on: on.map(day),
        by: "张三".into(),
        reservation: String::new(),
        paper: None,
    }
}

fn progress(project: ProjectId, on: &str, percent: u8) -> Change {
    Change::AddNote(NoteDraft {
        kind: NoteKind::Progress,
        about: About::Project(project),
        on: day(on),
        wording: "基础完工".into(),
        number: Some(percent),
        until: None,
    })
}

fn void(entry: Voidable) -> Change {
    Change::Void { entry, reason: "typed twice".into() }
}

#[test]
fn a_due_date_waits_for_the_last_condition() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "conditions + 10d");
    l.does(&Change::AddCondition(condition(m, "审计报告")));
    l.does(&Change::AddCondition(condition(m, "资料移交")));
    assert_eq!(l.store.conditions_of(m).unwrap()[0].agreed_on, day("2026-01-05"));
    l.does(&met(1, Some("2026-03-01")));
    assert_eq!(l.item(m).unwrap().firm_due(today()), None);
    l.does(&met(2, Some("2026-04-01")));
    assert_eq!(l.item(m).unwrap().firm_due(today()), Some(day("2026-04-11")));
    let before = &l.store.items_as_of(day("2026-03-31")).unwrap()[0];
    assert_eq!(before.firm_due(day("2026-03-31")), None, "that day knew of one only");
    l.does(&met(2, None));
    assert_eq!(l.item(m).unwrap().firm_due(today()), None);
    l.does(&void(Voidable::Condition(ConditionId(2))));
    assert_eq!(l.item(m).unwrap().firm_due(today()), Some(day("2026-03-11")));
    l.store.undo(&context()).unwrap();
    assert_eq!(l.item(m).unwrap().firm_due(today()), None);
}

#[test]
fn a_paper_proves_that_a_condition_was_met() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "conditions + 10d");
    let other = l.milestone(project, "M2", 100, "2026-12-01");
    l.does(&Change::AddCondition(condition(m, "审计报告")));
    let files = |l: &mut Ledger, about| {
        let draft = PaperDraft::new(PaperKind::Other, about, day("2026-03-01"));
        let draft = PaperDraft { title: "审计".into(), ..draft };
        PaperId(l.adds(&Change::FilePaper(draft)))
    };
    let of_other = files(&mut l, Subject::Milestones(vec![other]));
    let proven = |paper| Change::MeetConditions {
        conditions: vec![ConditionId(1)],
        on: Some(day("2026-03-01")),
        by: String::new(),
        reservation: String::new(),
        paper: Some(paper),
    };
    let why = l.refuses(&proven(of_other));
    assert_eq!(why, Violation::PaperOfOther { paper: of_other, milestone: m });
    assert!(matches!(l.refuses(&proven(PaperId(99))), Violation::PaperOfOther { .. }));
    let paper = files(&mut l, Subject::Customer(customer));
    let proof = |l: &Ledger| l.store.conditions_of(m).unwrap()[0].proof();
    let named = |title: &str| {
        let (kind, number, title) = (PaperKind::Other, String::new(), title.to_owned());
        Some(PaperName { kind, number, title })
    };
    l.does(&proven(paper));
    assert_eq!(proof(&l), named("审计"));
    let in_timeline = |l: &Ledger| {
        let told = l.store.timeline(m).unwrap();
        told.into_iter().find_map(|entry| match entry.event {
            TimelineEvent::ConditionMet { proof, .. } => Some(proof),
            _ => None,
        })
    };
    assert_eq!(in_timeline(&l), Some(named("审计")));
    // Voided it proves nothing, and the condition stays met.
    l.does(&void(Voidable::Paper(paper)));
    assert_eq!((proof(&l), in_timeline(&l)), (None, Some(None)));
    assert!(l.item(m).unwrap().firm_due(today()).is_some());
    l.store.undo(&context()).unwrap();
    assert_eq!(proof(&l), named("审计"));
    l.does(&met(1, None));
    assert_eq!(proof(&l), None);
    for _ in 0..3 {
        l.store.undo(&context()).unwrap();
    }
    assert_eq!((proof(&l), l.store.papers(None, None).unwrap().len()), (None, 1));
}

#[test]
fn a_paper_that_a_condition_names_is_not_taken_back_before_that() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "conditions + 10d");
    l.does(&Change::AddCondition(condition(m, "审计报告")));
    let draft = PaperDraft::new(PaperKind::Other, Subject::Customer(customer), day("2026-03-01"));
    l.does(&Change::FilePaper(draft));
    let li = Context { who: "li", ..context() };
    let proven = Change::MeetConditions {
        conditions: vec![ConditionId(1)],
        on: Some(day("2026-03-01")),
        by: String::new(),
        reservation: String::new(),
        paper: Some(PaperId(1)),
    };
    l.as_user("li", &proven).unwrap();
    let refused = l.store.undo(&context()).unwrap_err();
    assert!(matches!(refused, Error::Violation(Violation::UndoBlocked { .. })), "{refused:?}");
    l.store.undo(&li).unwrap();
    l.store.undo(&context()).unwrap();
}

#[test]
fn a_condition_is_late_from_the_day_after_it_was_planned_until_it_was_met() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-12-01");
    let planned_on = Some(day("2026-03-01"));
    l.does(&Change::AddCondition(ConditionDraft { planned_on, ..condition(m, "审计报告") }));
    l.does(&Change::AddCondition(condition(m, "资料移交")));
    l.does(&met(1, Some("2026-03-10")));
    let late = |on| l.store.late_conditions(day(on), true).unwrap().len();
    assert_eq!(["2026-03-01", "2026-03-02", "2026-03-09", "2026-03-10"].map(late), [0, 1, 1, 0]);
}

#[test]
fn today_those_of_what_is_open_are_late() {
    let (mut l, customer, project) = Ledger::with_project();
    let open = l.milestone(project, "M1", 100, "2026-12-01");
    let paid = l.milestone(project, "M2", 100, "2026-12-01");
    let planned_on = Some(day("2026-03-01"));
    for (of, wording) in [(open, "审计报告"), (open, "资料移交"), (paid, "审计报告")] {
        l.does(&Change::AddCondition(ConditionDraft { planned_on, ..condition(of, wording) }));
    }
    l.does(&met(2, Some("2026-03-10")));
    l.pay(customer, 100, "2026-03-20", Target::Lines(vec![(paid, 100)]));
    let late = |past| {
        let late = l.store.late_conditions(today(), past).unwrap().into_iter();
        late.map(|one| one.id.0).collect::<Vec<_>>()
    };
    assert_eq!((late(false), late(true)), (vec![1], vec![1, 3]));
}

#[test]
fn a_due_date_waits_for_the_progress_of_its_project_alone() {
    let (mut l, customer, project) = Ledger::with_project();
    let other = l.project("P2", customer);
    let m = l.milestone(project, "M1", 100, "progress(50%) + 15d");
    let due = |l: &Ledger| l.item(m).unwrap().firm_due(today());
    l.does(&progress(project, "2026-03-01", 40));
    l.does(&progress(other, "2026-03-01", 90));
    assert_eq!(due(&l), None);
    let applied = l.does(&progress(project, "2026-05-01", 60));
    assert_eq!((due(&l), applied.about.as_slice()), (Some(day("2026-05-16")), &[m][..]));
    l.does(&progress(project, "2026-04-01", 55));
    assert_eq!(due(&l), Some(day("2026-04-16")));
    let then = &l.store.items_as_of(day("2026-03-15")).unwrap()[0];
    assert!(!then.is_firm(day("2026-03-15")));
    assert_eq!(l.store.progress(project).unwrap(), Some((60, Some(day("2026-05-01")))));
    l.does(&void(Voidable::Note(NoteId(4))));
    l.does(&void(Voidable::Note(NoteId(3))));
    assert_eq!(due(&l), None);
    assert_eq!(l.store.project_draft(project).unwrap().progress_percent, Some(40));
}

#[test]
fn a_corrected_progress_of_a_project_is_a_note_of_today() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "progress(30%)");
    let draft = l.store.project_draft(project).unwrap();
    assert_eq!(draft.progress_percent, None);
    let draft = ProjectDraft { progress_percent: Some(30), ..draft };
    let edit = Change::EditProject(project, draft);
    l.does(&edit);
    assert_eq!(l.store.progress(project).unwrap(), Some((30, Some(today()))));
    assert_eq!(l.item(m).unwrap().firm_due(today()), Some(today()));
    assert_eq!(l.does(&edit).event, None, "the same once more is nothing");
    l.store.undo(&context()).unwrap();
    assert_eq!(l.store.progress(project).unwrap(), None);
}

#[test]
fn what_was_entered_with_the_contract_counts_until_the_first_note() {
    let mut l = Ledger::new();
    let customer = l.customer("C1");
    let draft = ProjectDraft { progress_percent: Some(45), ..kit::project("P1", customer) };
    let project = ProjectId(l.does(&Change::AddProject(draft)).created[0]);
    let m = l.milestone(project, "M1", 100, "progress(30%)");
    assert_eq!(l.store.progress(project).unwrap(), Some((45, None)));
    assert_eq!(l.store.projects(&[project]).unwrap()[0].progress_percent, Some(45));
    assert_eq!(l.item(m).unwrap().firm_due(today()), None, "it has no day");
    l.does(&progress(project, "2026-02-01", 35));
    assert_eq!(l.store.projects(&[project]).unwrap()[0].progress_percent, Some(35));
}

#[test]
fn an_acceptance_is_refused_then_given_with_reservations() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "acceptance + 30d");
    l.does(&Change::Deliver { milestones: vec![m], on: Some(day("2026-06-01")) });
    let refuse = |on: &str, reason: &str| Change::RefuseAcceptance {
        milestones: vec![m],
        on: day(on),
        reason: reason.into(),
    };
    assert_eq!(l.refuses(&refuse("2026-06-10", " ")), Violation::Empty(Field::Reason));
    let early = Violation::TooEarly { day: day("2026-05-01"), earliest: day("2026-06-01") };
    assert_eq!(l.refuses(&refuse("2026-05-01", "x")), early);
    l.does(&refuse("2026-06-10", "缺少图纸"));
    assert_eq!(l.item(m).unwrap().rare.refused_on, Some(day("2026-06-10")));
    let accept = Change::Accept { milestones: vec![m], on: Some(day("2026-06-09")) };
    let early = Violation::TooEarly { day: day("2026-06-09"), earliest: day("2026-06-10") };
    assert_eq!(l.refuses(&accept), early);
    l.does(&Change::AcceptReserved {
        milestones: vec![m],
        on: day("2026-07-01"),
        reservations: vec!["补交图纸".into(), " ".into()],
        blocks: false,
    });
    let item = l.item(m).unwrap();
    assert_eq!((item.rare.refused_on, item.firm_due(today())), (None, Some(day("2026-07-31"))));
    let open = l.store.todos_about(About::Milestone(m)).unwrap();
    assert_eq!((open.len(), open[0].kind, open[0].blocks), (1, TodoKind::Issue, false));
    assert_eq!((open[0].opened_on, open[0].title.as_str()), (day("2026-07-01"), "补交图纸"));
    assert_eq!(l.store.conditions_of(m).unwrap(), [], "it is told once");
    let told = l.store.timeline(m).unwrap();
    assert!(told.iter().any(|entry| matches!(&entry.event,
        TimelineEvent::Opened { kind: TodoKind::Issue, title, .. } if title == "补交图纸")));
    assert_eq!(l.refuses(&refuse("2026-07-02", "x")), Violation::AlreadyAccepted(m));
    l.store.undo(&context()).unwrap();
    assert_eq!(l.store.todos(true).unwrap(), []);
    assert_eq!(l.item(m).unwrap().accepted_on, None);
    l.does(&void(Voidable::Refusal(RefusalId(1))));
    assert_eq!(l.item(m).unwrap().rare.refused_on, None);
}

#[test]
fn a_reservation_stands_in_the_way_of_payment_only_if_somebody_says_so() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "acceptance + 30d");
    l.does(&Change::EditPerson {
        name: "li".into(),
        role: Role::Pm,
        team: String::new(),
        email: String::new(),
    });
    let draft = ProjectDraft { manager: "li".into(), ..l.store.project_draft(project).unwrap() };
    l.does(&Change::EditProject(project, draft));
    let turn = |l: &Ledger| waiting_on(&l.item(m).unwrap(), today(), &Policy::default());
    for (blocks, waits) in [(false, false), (true, true)] {
        l.does(&Change::AcceptReserved {
            milestones: vec![m],
            on: day("2026-07-01"),
            reservations: vec!["刷漆".into()],
            blocks,
        });
        assert_eq!(turn(&l) == WaitingOn::UsTodo, waits);
        assert_eq!(l.store.todos_about(About::Milestone(m)).unwrap()[0].owner, "li");
        l.store.undo(&context()).unwrap();
        assert_eq!(l.store.todos(true).unwrap(), []);
    }
}

#[test]
fn every_station_names_the_event_that_gave_it_its_day() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "acceptance + 30d");
    let accept = |on| Change::Accept { milestones: vec![m], on: Some(day(on)) };
    let delivered = l.does(&Change::Deliver { milestones: vec![m], on: Some(day("2026-02-01")) });
    let first = l.does(&accept("2026-03-01"));
    l.does(&accept("2026-03-05"));
    l.store.undo(&context()).unwrap();
    l.does(&Change::AddCondition(condition(m, "资料")));
    let li = Context { who: "li", ..context() };
    let done = l.store.apply(&met(1, Some("2026-04-01")), &li).unwrap();
    let timeline = l.store.timeline(m).unwrap();
    let by = |fits: fn(&TimelineEvent) -> bool| {
        let entry = timeline.iter().find(|entry| fits(&entry.event)).unwrap();
        (entry.recorded, entry.who.clone().unwrap())
    };
    assert_eq!(by(|e| *e == TimelineEvent::Delivered), (delivered.event, "wang".into()));
    assert_eq!(by(|e| *e == TimelineEvent::Accepted), (first.event, "wang".into()));
    assert_eq!(by(|e| matches!(e, TimelineEvent::ConditionMet { .. })), (done.event, "li".into()));
}

#[test]
fn a_note_stands_with_what_it_is_about_and_what_contains_that() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let note = |kind, about, wording: &str, number| {
        Change::AddNote(NoteDraft {
            kind,
            about,
            on: day("2026-05-01"),
            wording: wording.into(),
            number,
            until: None,
        })
    };
    let about = [About::Customer(customer), About::Project(project), About::Milestone(m)];
    for about in about {
        l.does(&note(NoteKind::Minutes, about, "会议", None));
    }
    l.does(&note(NoteKind::Satisfaction, about[0], "", Some(9)));
    let count = |about| l.store.notes(Some(about), None, None).unwrap().len();
    assert_eq!(about.map(count), [4, 2, 1]);
    assert_eq!(l.store.notes(None, Some(NoteKind::Satisfaction), None).unwrap()[0].number, Some(9));
    let in_timeline = l.store.timeline(m).unwrap();
    let noted = in_timeline.iter().filter(|e| matches!(e.event, TimelineEvent::Noted { .. }));
    assert_eq!(noted.count(), 2, "its own and its project's");
    for (change, why) in [
        (note(NoteKind::Progress, about[2], "", Some(5)), Violation::Empty(Field::Project)),
        (note(NoteKind::Progress, about[1], "", None), Violation::Empty(Field::Progress)),
        (note(NoteKind::Progress, about[1], "", Some(101)), Violation::OutOfRange(Field::Progress)),
        (note(NoteKind::Satisfaction, about[0], "", Some(11)), Violation::OutOfRange(Field::Score)),
        (note(NoteKind::Remark, about[0], "x", Some(1)), Violation::OutOfRange(Field::Score)),
        (note(NoteKind::Remark, about[0], " ", None), Violation::Empty(Field::Wording)),
        (
            note(NoteKind::Remark, About::Project(ProjectId(99)), "x", None),
            Violation::Unknown { thing: Thing::Project, name: "#99".into() },
        ),
    ] {
        assert_eq!(l.refuses(&change), why);
    }
}

#[test]
fn a_condition_is_found_by_place_words_or_number() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    for wording in ["审计报告", "审计意见", "资料移交"] {
        l.does(&Change::AddCondition(condition(m, wording)));
    }
    let find = |typed: &str| l.store.find_condition(m, typed).map(|id| id.0).ok();
    assert_eq!(["2", "#3", "资料", "审计意见"].map(find), [Some(2), Some(3), Some(3), Some(2)]);
    assert_eq!(["审计", "9", "", "#9"].map(find), [None; 4]);
}
