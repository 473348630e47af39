//! Notes on a made-up ledger: what follows from them, and how they are found again.

use chrono::{DateTime, NaiveDate, Utc};
use rstest::rstest;

use super::{Size, large};
use crate::domain::about::About;
use crate::domain::change::{Change, NoteDraft};
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::kinds::{NoteKind, Stage};
use crate::domain::plausibility::{Doubt, doubts};
use crate::error::{Error, Result};
use crate::store::{Context, Hits, Noted, Store, Whose};

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();

/// Three hundred milestones of six customers: those of the first are 1 to 50.
struct Ledger {
    store: Store,
    _folder: tempfile::TempDir,
}

impl Ledger {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("ledger.db")).unwrap();
        large(&mut store, TODAY, Size::of(300), &mut |_, _| {}).unwrap();
        Self { store, _folder: folder }
    }

    fn does(&mut self, change: &Change) -> Result<()> {
        let at = DateTime::<Utc>::UNIX_EPOCH;
        let context = Context { who: "wang", today: TODAY, at, seen: None };
        self.store.apply(change, &context).map(drop)
    }

    fn undo(&mut self) {
        let at = DateTime::<Utc>::UNIX_EPOCH;
        self.store.undo(&Context { who: "wang", today: TODAY, at, seen: None }).unwrap();
    }

    fn notes(&mut self, kind: NoteKind, about: About, wording: &str) {
        self.does(&Change::AddNote(note(kind, about, wording))).unwrap();
    }

    /// Owner, title and last day of each to-do.
    fn todos(&self) -> Vec<(String, String, Option<NaiveDate>)> {
        let todos = self.store.todos(false).unwrap().into_iter();
        todos.map(|todo| (todo.owner, todo.title, todo.due_on)).collect()
    }
}

fn note(kind: NoteKind, about: About, wording: &str) -> NoteDraft {
    let number = (kind == NoteKind::Satisfaction).then_some(4);
    NoteDraft { kind, about, on: TODAY, wording: wording.to_owned(), number, until: None }
}

const M1: About = About::Milestone(MilestoneId(1));
const LATER: NaiveDate = NaiveDate::from_ymd_opt(2027, 3, 31).unwrap();

#[test]
fn a_remark_opens_a_task_for_each_colleague_it_names() {
    let mut l = Ledger::new();
    let people: Vec<String> = l.store.person_names().unwrap().into_values().collect();
    let [one, two, ..] = people.as_slice() else { panic!("{people:?}") };
    let text = format!("合同缺页，@{one}请补；@{two} 知悉");
    l.notes(NoteKind::Remark, M1, &text);
    let mut expected: Vec<_> =
        [one, two].map(|owner| (owner.clone(), text.clone(), Some(TODAY))).into();
    let mut todos = l.todos();
    expected.sort_unstable();
    todos.sort_unstable();
    assert_eq!(todos, expected);
    let about = l.store.todos_about(M1).unwrap();
    assert_eq!(about.len(), 2, "they stand with the milestone");
    l.undo();
    assert_eq!(l.todos(), [], "the tasks go with the note");
    assert_eq!(l.store.notes(None, None, None).unwrap(), []);
    l.notes(NoteKind::Minutes, M1, &text);
    assert_eq!(l.todos(), [], "who is named in minutes was there");
}

#[test]
fn who_is_named_and_is_none_of_us_is_said() {
    let mut l = Ledger::new();
    let change = Change::AddNote(note(NoteKind::Remark, M1, "@赵无名 请补，抄送 a@b.cn"));
    let known = l.store.known(&change).unwrap();
    assert_eq!(doubts(&change, &known, TODAY), [Doubt::Nobody(vec!["赵无名".to_owned()])]);
    l.does(&change).unwrap();
    assert_eq!(l.todos(), []);
}

#[test]
fn a_commitment_until_a_day_is_to_be_done_by_then() {
    let mut l = Ledger::new();
    let mut draft = note(NoteKind::Commitment, M1, "免费维护一季");
    draft.until = Some(LATER);
    l.does(&Change::AddNote(draft.clone())).unwrap();
    assert_eq!(l.todos(), [("wang".to_owned(), "免费维护一季".to_owned(), Some(LATER))]);
    assert_eq!(l.store.notes(None, None, None).unwrap()[0].until, Some(LATER));
    l.undo();
    assert_eq!(l.todos(), []);
    draft.kind = NoteKind::Remark;
    let refused = l.does(&Change::AddNote(draft)).unwrap_err();
    assert!(matches!(refused, Error::Violation(_)), "only a commitment ends: {refused:?}");
}

#[rstest]
#[case::every_word("财务 周一", 1)]
#[case::wide_letters("ＫＰＩ", 1)]
#[case::one_word("财务", 2)]
#[case::nothing("没有的话", 0)]
fn notes_are_found_by_what_they_say(#[case] find: &str, #[case] found: usize) {
    let mut l = Ledger::new();
    l.notes(NoteKind::Remark, M1, "财务下周一付，kpi 已报");
    l.notes(NoteKind::Minutes, About::Customer(CustomerId(1)), "财务总监参加");
    let count = |about| l.store.notes(about, None, Some(find)).unwrap().len();
    assert_eq!(count(None), found);
    assert_eq!(count(Some(About::Customer(CustomerId(1)))), found);
    assert_eq!(count(Some(About::Customer(CustomerId(2)))), 0);
}

#[test]
fn lessons_come_up_with_the_same_customer_and_with_the_same_stage() {
    let mut l = Ledger::new();
    let items = l.store.facts_of(&[MilestoneId(1), MilestoneId(120)]).unwrap();
    let [own, other] = items.as_slice() else { panic!("two") };
    l.notes(NoteKind::Lesson, About::Project(own.project.id), "先对账再开票");
    l.notes(NoteKind::Lesson, About::Milestone(other.id), "分批验收 #验收");
    l.notes(NoteKind::Remark, M1, "不是教训");
    let said = |of, stage| -> Vec<String> {
        l.store.lessons(of, stage, 3).unwrap().into_iter().map(|one| one.wording).collect()
    };
    let (customer, stage) = (own.project.customer, other.stage);
    assert_eq!(said(customer, stage), ["先对账再开票", "分批验收 #验收"]);
    let another = *Stage::ALL.iter().find(|one| **one != stage).unwrap();
    assert_eq!(said(customer, another), ["先对账再开票"]);
    assert_eq!(said(other.project.customer, another), ["分批验收 #验收"]);
}

#[test]
fn few_items_and_all_find_the_same_notes() {
    let mut l = Ledger::new();
    l.notes(NoteKind::Credit, About::Customer(CustomerId(1)), "列入失信名单");
    l.notes(NoteKind::Remark, About::Milestone(MilestoneId(60)), "失信传闻不实");
    let asked = [Noted::new(None, "失信"), Noted::new(Some(NoteKind::Credit), "失信")];
    let of: Vec<Whose> = l.store.items().unwrap().iter().map(Whose::from).collect();
    let many: Vec<Whose> = of.iter().cycle().take(1_000).copied().collect();
    let (few, all) =
        (l.store.noted(&asked, &of, TODAY).unwrap(), l.store.noted(&asked, &many, TODAY).unwrap());
    let has = |hits: &Hits| -> Vec<bool> { of.iter().map(|of| hits.has(*of)).collect() };
    for (few, all) in few.iter().zip(&all) {
        assert_eq!(has(few), has(all));
        assert!(has(few).contains(&true));
    }
    let before = TODAY.pred_opt().unwrap();
    assert!(l.store.noted(&asked, &many, before).unwrap().iter().all(Hits::is_empty));
}

#[test]
fn satisfaction_is_the_latest_of_a_customer_and_what_it_contains() {
    let mut l = Ledger::new();
    let mut first = note(NoteKind::Satisfaction, About::Customer(CustomerId(1)), "");
    (first.number, first.on) = (Some(9), "2026-05-01".parse().unwrap());
    l.does(&Change::AddNote(first)).unwrap();
    l.notes(NoteKind::Satisfaction, M1, "交付慢");
    let one = [CustomerId(1), CustomerId(2)];
    let many: Vec<CustomerId> = one.into_iter().cycle().take(1_000).collect();
    for of in [one.as_slice(), &many] {
        let found = l.store.satisfaction(of, TODAY).unwrap();
        assert_eq!((found.get(&one[0]), found.get(&one[1])), (Some(&4), None));
        let before = l.store.satisfaction(of, TODAY.pred_opt().unwrap()).unwrap();
        assert_eq!(before.get(&one[0]), Some(&9));
    }
}
