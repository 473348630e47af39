//! Notes, as lists and pages show them.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::Reader;
use super::around::Noted;
use super::backend::{Select as _, select, values};
use crate::domain::about::About;
use crate::domain::ids::{CustomerId, NoteId};
use crate::domain::kinds::{NoteKind, Stage};
use crate::domain::normalize::normalize;
use crate::error::Result;

select! {
    /// A note, with codes and names of what it is about.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Note from "note n LEFT JOIN milestone m ON m.id = n.milestone \
        LEFT JOIN project p ON p.id = COALESCE(n.project, m.project) \
        LEFT JOIN customer c ON c.id = COALESCE(n.customer, p.customer)" {
        pub id: NoteId = "n.id",
        pub on: NaiveDate = "n.noted_on",
        pub kind: NoteKind = "n.kind",
        pub customer: Option<String> = "c.code",
        pub customer_name: Option<String> = "COALESCE(NULLIF(c.short_name, ''), c.name)",
        pub project: Option<String> = "p.code",
        pub milestone: Option<String> = "COALESCE(m.key, m.name)",
        pub who: String = "n.who",
        pub wording: String = "n.wording",
        pub number: Option<u8> = "n.number",
        /// Last day of what was promised beside the contract.
        pub until: Option<NaiveDate> = "n.until_on",
    }
}

/// The notes about a customer `$1` and what it contains, of the kind `$2` if there is one.
const OF_CUSTOMER: &str = "SELECT a.id FROM note a WHERE a.customer = $1 AND a.kind = COALESCE($2, a.kind) \
    UNION ALL SELECT a.id FROM project j JOIN note a ON a.project = j.id \
    WHERE j.customer = $1 AND a.kind = COALESCE($2, a.kind) \
    UNION ALL SELECT a.id FROM project j JOIN all_milestone k ON k.project = j.id JOIN note a ON a.milestone = k.id \
    WHERE j.customer = $1 AND a.kind = COALESCE($2, a.kind)";

/// The same of a project.
const OF_PROJECT: &str = "SELECT a.id FROM note a WHERE a.project = $1 AND a.kind = COALESCE($2, a.kind) \
    UNION ALL SELECT a.id FROM all_milestone k JOIN note a ON a.milestone = k.id \
    WHERE k.project = $1 AND a.kind = COALESCE($2, a.kind)";

const OF_MILESTONE: &str =
    "SELECT a.id FROM note a WHERE a.milestone = $1 AND a.kind = COALESCE($2, a.kind)";

/// Among so many of the latest lessons about milestones those of a stage are looked for.
const LESSONS: i64 = 500;

impl Reader {
    /// The notes about something and about what it contains, or all, newest first: of a kind, and with every word that is
    /// looked for, where that is asked.
    pub fn notes(
        &self,
        about: Option<About>,
        kind: Option<NoteKind>,
        find: Option<&str>,
    ) -> Result<Vec<Note>> {
        let Some(about) = about else {
            return self.all_notes(kind, find);
        };
        let (of, id) = match about {
            About::Customer(id) => (OF_CUSTOMER, id.0),
            About::Project(id) => (OF_PROJECT, id.0),
            About::Milestone(id) => (OF_MILESTONE, id.0),
        };
        let rest = ["WHERE n.id IN (", of, ") ORDER BY n.noted_on DESC, n.id DESC"];
        let mut notes: Vec<Note> = self.db.select(&rest.concat(), values![id, kind])?;
        if let Some(find) = find.map(|find| Noted::new(None, find)) {
            notes.retain(|note| find.is_in(note.kind, &normalize(&note.wording)));
        }
        Ok(notes)
    }

    fn all_notes(&self, kind: Option<NoteKind>, find: Option<&str>) -> Result<Vec<Note>> {
        let Some(find) = find.map(|find| Noted::new(None, find)) else {
            let order = "ORDER BY n.noted_on DESC, n.id DESC";
            return match kind {
                Some(kind) => {
                    self.db.select(&["WHERE n.kind = $1", order].join(" "), values![kind])
                }
                None => self.db.select(order, &[]),
            };
        };
        // What they are about is read of those that say so.
        let mut ids = Vec::new();
        let mut look = |(id, of, wording): (NoteId, NoteKind, String)| {
            if kind.is_none_or(|kind| kind == of) && find.is_in(of, &normalize(&wording)) {
                ids.push(id.0);
            }
            Ok(())
        };
        let texts = "SELECT n.id, n.kind, n.wording FROM note n";
        match kind {
            Some(kind) => {
                self.db.each(&[texts, "WHERE n.kind = $1"].join(" "), values![kind], look)?;
            }
            None => self.db.each(texts, &[], &mut look)?,
        }
        let sql = [Note::SELECT, "WHERE n.id IN ($ids)"].join(" ");
        let mut notes: Vec<Note> = self.db.rows_of(&sql, &ids)?;
        notes.sort_by_key(|note| Reverse((note.on, note.id.0)));
        Ok(notes)
    }

    /// The latest notes of a kind about a customer and what it contains.
    pub fn latest_notes(&self, of: CustomerId, kind: NoteKind, most: u32) -> Result<Vec<Note>> {
        let rest =
            ["WHERE n.id IN (", OF_CUSTOMER, ") ORDER BY n.noted_on DESC, n.id DESC LIMIT $3"];
        self.db.select(&rest.concat(), values![of, kind, most])
    }

    /// The lessons of a customer, then those of milestones of the same stage with others, each the latest first.
    pub fn lessons(&self, of: CustomerId, stage: Stage, most: u32) -> Result<Vec<Note>> {
        let rest = [
            "WHERE n.id IN (",
            OF_CUSTOMER,
            " UNION ALL SELECT l.id FROM (SELECT a.id, a.milestone FROM note a \
             WHERE a.kind = $2 AND a.milestone IS NOT NULL ORDER BY a.noted_on DESC, a.id DESC LIMIT $3) l \
             JOIN milestone k ON k.id = l.milestone WHERE k.stage = $4) \
             ORDER BY CASE WHEN c.id = $1 THEN 0 ELSE 1 END, n.noted_on DESC, n.id DESC LIMIT $5",
        ];
        self.db.select(&rest.concat(), values![of, NoteKind::Lesson, LESSONS, stage, most])
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, Utc};
    use rstest::rstest;

    use super::super::around::Whose;
    use super::super::{Context, Store};
    use super::*;
    use crate::demo::{self, Size};
    use crate::domain::change::{Change, NoteDraft};
    use crate::domain::ids::MilestoneId;
    use crate::domain::plausibility::{Doubt, doubts};
    use crate::error::Error;

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
            demo::large(&mut store, TODAY, Size::of(300), &mut |_, _| {}).unwrap();
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
        (expected.sort_unstable(), todos.sort_unstable());
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
        let (few, all) = (
            l.store.noted(&asked, &of, TODAY).unwrap(),
            l.store.noted(&asked, &many, TODAY).unwrap(),
        );
        let has = |hits: &super::super::Hits| -> Vec<bool> {
            of.iter().map(|of| hits.has(*of)).collect()
        };
        for (few, all) in few.iter().zip(&all) {
            assert_eq!(has(few), has(all));
            assert!(has(few).contains(&true));
        }
        let before = TODAY.pred_opt().unwrap();
        assert!(
            l.store.noted(&asked, &many, before).unwrap().iter().all(super::super::Hits::is_empty)
        );
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

    /// What reads a whole table of a query's plan.
    fn scans(l: &Ledger, sql: &str, given: usize) -> Vec<String> {
        let sql = sql.replace("$ids", "$1");
        let all = values![1_i64, "remark", 5_i64, "final", 3_i64];
        let explained = ["EXPLAIN QUERY PLAN ", &sql].concat();
        let plan: Vec<(i64, i64, i64, String)> =
            l.store.db.rows(&explained, all.get(..given).unwrap()).unwrap();
        let steps = plan.into_iter().map(|(.., step)| step);
        // A query within, and what many rows of are joined, is read as it comes.
        steps.filter(|step| step.starts_with("SCAN") && !step.ends_with("SCAN l")).collect()
    }

    #[test]
    fn what_stands_with_one_milestone_reads_no_whole_table() {
        let l = Ledger::new();
        let rest = |of: &str| [Note::SELECT, "WHERE n.id IN (", of, ")"].join(" ");
        for (sql, given) in [
            (rest(OF_CUSTOMER), 2),
            (rest(OF_PROJECT), 2),
            (rest(OF_MILESTONE), 2),
            (
                [
                    super::super::Todo::SELECT,
                    "WHERE t.done_on IS NULL AND t.due_on <= $1 ORDER BY t.due_on, t.id",
                ]
                .join(" "),
                1,
            ),
            ("SELECT todo FROM block WHERE milestone = $1".to_owned(), 1),
        ] {
            assert_eq!(scans(&l, &sql, given), [""; 0], "{sql}");
        }
    }
}
