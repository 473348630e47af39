//! Papers: filed, numbered, sent, delivered, signed, voided; and what they do to dunning and to the limitation clock.

use huikuan::domain::about::{About, Subject};
use huikuan::domain::change::{Change, PaperDraft, PaperMark, TimelineEvent, Voidable};
use huikuan::domain::ids::{MilestoneId, PaperId, ProjectId, TodoId};
use huikuan::domain::kinds::{Channel, PaperKind, PaperState, Role};
use huikuan::domain::limitation::GroundKind;
use huikuan::domain::policy::Setting;
use huikuan::domain::violation::{Field, Thing, Violation};
use huikuan::store::{Context, Store};

use crate::kit::{Ledger, context, day, today};

fn draft(kind: PaperKind, about: Subject, dated: &str) -> PaperDraft {
    PaperDraft::new(kind, about, day(dated))
}

fn mark(paper: PaperId, mark: PaperMark, on: &str) -> Change {
    Change::MarkPaper { paper, mark, on: day(on) }
}

fn sent(paper: PaperId, on: &str) -> Change {
    mark(paper, PaperMark::Sent { channel: None, mailed: None }, on)
}

fn delivered(paper: PaperId, proof: &str, on: &str) -> Change {
    mark(paper, PaperMark::Delivered { proof: proof.into() }, on)
}

impl Ledger {
    fn files(&mut self, draft: PaperDraft) -> PaperId {
        PaperId(self.adds(&Change::FilePaper(draft)))
    }

    fn number(&self, id: PaperId) -> String {
        self.store.paper(id).unwrap().head.number
    }
}

/// A ledger with two milestones of one project that are due.
fn due() -> (Ledger, ProjectId, [MilestoneId; 2]) {
    let (mut l, _, project) = Ledger::with_project();
    let first = l.milestone(project, "M1", 100, "2026-03-01");
    let second = l.milestone(project, "M2", 200, "2026-04-01");
    (l, project, [first, second])
}

#[test]
fn a_paper_stands_on_the_pages_of_what_it_is_about_and_of_what_contains_that() {
    let (mut l, project, [first, second]) = due();
    let customer = l.store.project_draft(project).unwrap().customer;
    l.files(draft(PaperKind::Contract, Subject::Project(project), "2026-01-05"));
    l.files(draft(PaperKind::DeliveryNote, Subject::Milestones(vec![first]), "2026-02-01"));
    let statement = draft(PaperKind::Statement, Subject::Customer(customer), "2026-11-01");
    l.files(PaperDraft { title: "余额\u{7}".into(), ..statement });
    let count = |about| l.store.papers(Some(about), None).unwrap().len();
    assert_eq!(count(About::Customer(customer)), 3);
    assert_eq!(count(About::Project(project)), 3);
    assert_eq!(count(About::Milestone(first)), 3);
    assert_eq!(count(About::Milestone(second)), 2);
    let all = l.store.papers(None, Some(PaperKind::Statement)).unwrap();
    assert_eq!((all[0].head.title.as_str(), all[0].head.customer.as_deref()), ("余额", Some("C1")));
    assert_eq!(all[0].state(day("2026-10-31")), None, "that day knows of none");
    let timeline = l.store.timeline(first).unwrap();
    let papers = timeline.iter().filter(|one| matches!(one.event, TimelineEvent::Paper { .. }));
    assert_eq!(papers.count(), 3);
}

#[test]
fn what_does_not_add_up_is_refused() {
    let (mut l, project, [first, _]) = due();
    let other = l.customer("C2");
    let elsewhere = l.project("P2", other);
    let foreign = l.milestone(elsewhere, "N1", 100, "2026-03-01");
    let contract = draft(PaperKind::Contract, Subject::Project(project), "2026-01-05");
    let file = |draft| Change::FilePaper(draft);
    let cases = [
        (
            PaperDraft { dated: day("2026-12-01"), ..contract.clone() },
            Violation::Future { day: day("2026-12-01"), today: today() },
        ),
        (
            PaperDraft { expires_on: Some(day("2026-01-01")), ..contract.clone() },
            Violation::TooEarly { day: day("2026-01-01"), earliest: day("2026-01-05") },
        ),
        (
            PaperDraft { file: "a\u{202e}fdp.exe".into(), ..contract.clone() },
            Violation::FileName("a\u{202e}fdp.exe".into()),
        ),
        (
            PaperDraft { about: Subject::Milestones(Vec::new()), ..contract.clone() },
            Violation::Empty(Field::Milestones),
        ),
        (
            PaperDraft { about: Subject::Milestones(vec![first, foreign]), ..contract.clone() },
            Violation::OtherCustomer(foreign),
        ),
        (
            PaperDraft { about: Subject::Project(ProjectId(99)), ..contract.clone() },
            Violation::Unknown { thing: Thing::Project, name: "#99".into() },
        ),
    ];
    for (draft, why) in cases {
        assert_eq!(l.refuses(&file(draft)), why);
    }
    let paper = l.files(contract);
    assert_eq!(
        l.refuses(&sent(paper, "2026-01-04")),
        Violation::TooEarly { day: day("2026-01-04"), earliest: day("2026-01-05") }
    );
    let unknown = Violation::Unknown { thing: Thing::Paper, name: "#9".into() };
    assert_eq!(l.refuses(&sent(PaperId(9), "2026-02-01")), unknown);
}

#[test]
fn numbers_run_per_kind_and_year_and_none_is_given_twice() {
    let (mut l, project, _) = due();
    let notice = |dated| draft(PaperKind::FormalNotice, Subject::Project(project), dated);
    let first = l.files(notice("2026-11-01"));
    let last_year = l.files(notice("2025-12-31"));
    let statement = l.files(draft(PaperKind::Statement, Subject::Project(project), "2026-11-01"));
    assert_eq!(l.number(first), "催字〔2026〕001号");
    assert_eq!(l.number(last_year), "催字〔2025〕001号");
    assert_eq!(l.number(statement), "对字〔2026〕001号");
    let contract = l.files(draft(PaperKind::Contract, Subject::Project(project), "2026-11-01"));
    assert_eq!(l.number(contract), "", "others number theirs");
    // What was undone or voided keeps its number, and what somebody typed is passed over.
    let undone = l.files(notice("2026-11-02"));
    assert_eq!(l.number(undone), "催字〔2026〕002号");
    l.store.undo(&context()).unwrap();
    let typed = PaperDraft { number: "催字〔2026〕003号".into(), ..notice("2026-11-02") };
    l.files(typed.clone());
    let taken =
        Violation::Taken { field: Field::PaperNumber, value: "催字〔2026〕003号".into() };
    assert_eq!(l.refuses(&Change::FilePaper(typed)), taken);
    let next = l.files(notice("2026-11-02"));
    assert_eq!(l.number(next), "催字〔2026〕004号");
    l.does(&Change::Void { entry: Voidable::Paper(next), reason: "draft".into() });
    let after = l.files(notice("2026-11-02"));
    assert_eq!(l.number(after), "催字〔2026〕005号");
}

#[test]
fn two_programs_on_one_ledger_never_give_one_number_twice() {
    let (l, project, _) = due();
    let path = l.store.path().to_owned();
    let file = |path: std::path::PathBuf| {
        move || {
            let mut store = Store::open(&path).unwrap();
            let change = Change::FilePaper(draft(
                PaperKind::Reminder,
                Subject::Project(project),
                "2026-11-01",
            ));
            for _ in 0..10 {
                store.apply(&change, &Context { who: "li", ..context() }).unwrap();
            }
        }
    };
    let threads = [std::thread::spawn(file(path.clone())), std::thread::spawn(file(path))];
    for thread in threads {
        thread.join().unwrap();
    }
    let papers = l.store.papers(None, None).unwrap();
    let mut numbers: Vec<String> = papers.into_iter().map(|paper| paper.head.number).collect();
    numbers.sort();
    let wanted: Vec<String> = (1..=20).map(|n| format!("提字〔2026〕{n:03}号")).collect();
    assert_eq!(numbers, wanted);
}

#[test]
fn a_dunning_paper_is_a_contact_with_its_step_once_it_is_sent() {
    let (mut l, _, [first, second]) = due();
    let about = Subject::Milestones(vec![first, second]);
    let paper = l.files(draft(PaperKind::FormalNotice, about, "2026-11-01"));
    assert_eq!(l.item(first).unwrap().last_step, None, "a draft escalates nothing");
    l.does(&sent(paper, "2026-11-02"));
    for id in [first, second] {
        assert_eq!(l.item(id).unwrap().last_step, Some(3));
    }
    assert_eq!(l.count("SELECT COUNT(*) FROM touch"), 1);
    l.does(&sent(paper, "2026-11-03"));
    assert_eq!(l.count("SELECT COUNT(*) FROM touch"), 1, "it is one contact");
    l.store.undo(&context()).unwrap();
    l.store.undo(&context()).unwrap();
    assert_eq!(l.count("SELECT COUNT(*) FROM touch"), 0);
    assert_eq!(l.item(second).unwrap().last_step, None);
    l.does(&sent(paper, "2026-11-02"));
    l.does(&Change::Void { entry: Voidable::Paper(paper), reason: "wrong".into() });
    assert_eq!(l.count("SELECT COUNT(*) FROM touch"), 0, "voided with its contact");
    let unknown = Violation::Unknown { thing: Thing::Paper, name: "#1".into() };
    assert_eq!(l.refuses(&sent(paper, "2026-11-02")), unknown);
}

#[test]
fn a_letter_about_a_project_duns_for_what_is_due_of_it() {
    let (mut l, project, [first, second]) = due();
    let later = l.milestone(project, "M3", 50, "2027-05-01");
    let paper = l.files(draft(PaperKind::Reminder, Subject::Project(project), "2026-03-10"));
    let sent = PaperMark::Sent { channel: Some(Channel::Mail), mailed: None };
    l.does(&mark(paper, sent, "2026-03-10"));
    assert_eq!(l.item(first).unwrap().last_step, Some(2));
    for id in [second, later] {
        assert_eq!(l.item(id).unwrap().last_step, None);
    }
}

#[test]
fn what_reached_the_customer_or_was_signed_restarts_the_limitation_clock() {
    let (mut l, project, [first, _]) = due();
    let about = || Subject::Milestones(vec![first]);
    let grounds = |l: &Ledger| {
        let all = l.store.grounds(&[first]).unwrap().remove(&first).unwrap_or_default();
        let mut all: Vec<_> =
            all.iter().map(|one| (one.on.to_string(), one.kind, one.proved)).collect();
        all.sort();
        all
    };
    let letter = l.files(draft(PaperKind::LawyersLetter, about(), "2026-06-01"));
    l.does(&sent(letter, "2026-06-01"));
    let unproved = ("2026-06-01".to_owned(), GroundKind::Demand, false);
    assert_eq!(grounds(&l), std::slice::from_ref(&unproved), "told once, by the contact");
    l.does(&delivered(letter, "EMS 1", "2026-06-03"));
    let proved = ("2026-06-03".to_owned(), GroundKind::Demand, true);
    assert_eq!(grounds(&l), [unproved.clone(), proved.clone()]);
    let statement = l.files(draft(PaperKind::Statement, Subject::Project(project), "2026-07-01"));
    l.does(&mark(statement, PaperMark::Signed, "2026-07-05"));
    let signed = ("2026-07-05".to_owned(), GroundKind::Acknowledgement, true);
    l.files(draft(PaperKind::Filing, about(), "2026-08-01"));
    let claim = ("2026-08-01".to_owned(), GroundKind::Claim, true);
    assert_eq!(grounds(&l), [unproved.clone(), proved, signed.clone(), claim.clone()]);
    l.does(&Change::Void { entry: Voidable::Paper(letter), reason: "wrong".into() });
    assert_eq!(grounds(&l), [signed, claim]);
}

#[test]
fn how_far_a_paper_is_depends_on_the_day() {
    let (mut l, project, _) = due();
    let notice = draft(PaperKind::FormalNotice, Subject::Project(project), "2026-11-01");
    let id = l.files(PaperDraft { expires_on: Some(day("2026-11-20")), ..notice });
    l.does(&sent(id, "2026-11-02"));
    l.does(&delivered(id, "", "2026-11-05"));
    l.does(&mark(id, PaperMark::Signed, "2026-11-06"));
    let paper = l.store.paper(id).unwrap();
    for (on, state) in [
        ("2026-11-01", PaperState::Draft),
        ("2026-11-02", PaperState::Sent),
        ("2026-11-05", PaperState::Delivered),
        ("2026-11-06", PaperState::Signed),
        ("2026-11-20", PaperState::Signed),
        ("2026-11-21", PaperState::Expired),
    ] {
        assert_eq!(paper.state(day(on)), Some(state), "{on}");
    }
}

#[test]
fn what_expires_is_told_until_it_is_renewed_or_noted() {
    let (mut l, project, _) = due();
    let contract = PaperDraft {
        expires_on: Some(day("2026-12-15")),
        ..draft(PaperKind::Contract, Subject::Project(project), "2026-01-05")
    };
    let first = l.files(contract.clone());
    let told = |l: &Ledger, on: &str, until: &str| {
        let all = l.store.expiring_papers(day(on), day(until)).unwrap();
        all.iter().map(|one| one.paper).collect::<Vec<_>>()
    };
    assert_eq!(told(&l, "2026-11-21", "2026-12-14"), []);
    assert_eq!(told(&l, "2026-11-21", "2026-12-15"), [first]);
    l.does(&mark(first, PaperMark::Closed { note: "not renewed".into() }, "2026-11-20"));
    assert_eq!(told(&l, "2026-11-21", "2026-12-21"), []);
    assert_eq!(told(&l, "2026-11-19", "2026-12-21"), [first], "that day did not know");
    l.store.undo(&context()).unwrap();
    let renewed =
        PaperDraft { dated: day("2026-11-21"), expires_on: Some(day("2027-12-15")), ..contract };
    let second = l.files(renewed);
    assert_eq!(told(&l, "2026-11-21", "2027-12-31"), [second]);
    let note = draft(PaperKind::Nda, Subject::Project(project), "2026-01-05");
    let nda = l.files(PaperDraft { expires_on: Some(day("2026-11-01")), ..note });
    assert_eq!(told(&l, "2026-11-21", "2026-11-30"), [nda], "past its day it is told, too");
}

#[test]
fn what_is_filed_and_sent_at_once_is_one_change() {
    let (mut l, _, [first, second]) = due();
    let letter =
        draft(PaperKind::FormalNotice, Subject::Milestones(vec![first, second]), "2026-11-20");
    let applied = l.does(&Change::FilePaper(PaperDraft { sent: true, ..letter }));
    let paper = l.store.paper(PaperId(applied.created[0])).unwrap();
    assert_eq!((paper.head.sent_on, applied.proposed), (Some(day("2026-11-20")), false));
    assert_eq!(l.item(second).unwrap().last_step, Some(3));
    l.store.undo(&context()).unwrap();
    assert_eq!(
        (l.count("SELECT COUNT(*) FROM paper"), l.item(second).unwrap().last_step),
        (0, None)
    );
    l.store.redo(&context()).unwrap();
    assert_eq!(l.item(second).unwrap().last_step, Some(3));
}

#[test]
fn whoever_may_not_send_it_files_it_and_has_its_sending_proposed() {
    let (mut l, _, [first, _]) = due();
    for (name, role) in [("wang", Role::Pm), ("li", Role::Head)] {
        l.does(&Change::EditPerson {
            name: name.into(),
            role,
            team: String::new(),
            email: String::new(),
        });
    }
    l.does(&Change::Set { setting: Setting::StepLimit, value: Some("4".into()) });
    let letter = draft(PaperKind::FinalNotice, Subject::Milestones(vec![first]), "2026-11-20");
    let sent = Change::FilePaper(PaperDraft { sent: true, ..letter });
    let before = l.store.last_event().unwrap();
    let applied = l.does(&sent);
    assert_eq!(applied.event.unwrap().0, before.0 + 1, "one event");
    let (paper, todo) = (PaperId(applied.created[0]), TodoId(applied.created[1]));
    assert!(applied.proposed);
    assert_eq!(
        (l.store.paper(paper).unwrap().head.sent_on, l.item(first).unwrap().last_step),
        (None, None)
    );
    let approve = Change::ApproveTodo { todo, note: String::new(), asked_by: String::new() };
    l.as_user("li", &approve).unwrap();
    assert_eq!(l.store.paper(paper).unwrap().head.sent_on, Some(day("2026-11-20")));
    assert_eq!(l.item(first).unwrap().last_step, Some(4));
    assert!(!l.as_user("li", &sent).unwrap().proposed, "the head asks nobody");
}
