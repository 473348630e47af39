//! Notes and to-dos of a large ledger, spread over its customers, projects and milestones.

use chrono::NaiveDate;
use fastrand::Rng;

use super::{CONTRACTS, INSTALMENTS, SEED, Size};
use crate::demo::company::LIU;
use crate::demo::{Entry, shift};
use crate::domain::about::About;
use crate::domain::change::{Change, NoteDraft, TodoDraft};
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId, TodoId};
use crate::domain::kinds::{NoteKind, TodoKind};

/// So many changes are made at once.
const CHUNK: u32 = 20_000;
/// Of a hundred to-dos so many are done, and so many of the others are due.
const DONE_PERCENT: u32 = 60;
const DUE_PERCENT: u32 = 5;

const SAID: [&str; 8] = [
    "对方财务说本周排款，下周一再问",
    "项目组反映接口人已更换，新接口人下周到岗",
    "现场会议：测试环境已移交，问题清单十二项",
    "发票已寄出，等对方签收回执",
    "对方要求补一份盖章的进度说明",
    "采购部要走补充审批，预计两周",
    "验收资料缺设备清单，已补",
    "对方领导出差，月底前不签字",
];

/// What stands beside the plan, a chunk of changes at a time.
pub(in crate::demo) struct Beside {
    today: NaiveDate,
    size: Size,
    rng: Rng,
    notes: u32,
    todos: u32,
    /// To-dos that are still to be looked at whether they are done.
    closed: u32,
}

impl Beside {
    pub(in crate::demo) fn new(today: NaiveDate, size: Size) -> Self {
        let rng = Rng::with_seed(SEED);
        Self { today, size, rng, notes: 0, todos: 0, closed: 0 }
    }

    fn about(&mut self) -> About {
        let milestones = self.size.milestones.max(1);
        let contracts = milestones.div_ceil(INSTALMENTS);
        match self.rng.u8(0..10) {
            0..2 => {
                About::Customer(CustomerId(self.rng.u32(1..=contracts.div_ceil(CONTRACTS)).into()))
            }
            2..4 => About::Project(ProjectId(self.rng.u32(1..=contracts).into())),
            _ => About::Milestone(MilestoneId(self.rng.u32(1..=milestones).into())),
        }
    }

    fn note(&mut self) -> Change {
        let about = self.about();
        let (kind, number) = match self.rng.u8(0..100) {
            0..5 => (NoteKind::Satisfaction, Some(self.rng.u8(3..=10))),
            5..7 => (NoteKind::Credit, None),
            7..8 => (NoteKind::Lesson, None),
            8..30 => (NoteKind::Minutes, None),
            30..50 => (NoteKind::Feedback, None),
            50..55 if matches!(about, About::Project(_)) => {
                (NoteKind::Progress, Some(self.rng.u8(0..=100)))
            }
            _ => (NoteKind::Remark, None),
        };
        let wording = SAID[self.rng.usize(0..SAID.len())].to_owned();
        let on = shift(self.today, -self.rng.i64(0..730));
        Change::AddNote(NoteDraft { kind, about, on, wording, number, until: None })
    }

    fn todo(&mut self) -> Change {
        let kind = match self.rng.u8(0..100) {
            0..70 => TodoKind::Task,
            70..90 => TodoKind::CallBack,
            90..98 => TodoKind::Decision,
            _ => TodoKind::Risk,
        };
        let is_due = self.rng.u32(0..100) < DUE_PERCENT;
        let days = if is_due { -self.rng.i64(0..30) } else { self.rng.i64(1..365) };
        let opened_on = shift(self.today, -self.rng.i64(30..400));
        Change::AddTodo(TodoDraft {
            about: Some(self.about()),
            owner: LIU.to_owned(),
            due_on: Some(shift(self.today, days)),
            ..TodoDraft::new(kind, SAID[self.rng.usize(0..SAID.len())], opened_on)
        })
    }

    fn next_change(&mut self) -> Option<Change> {
        if self.notes < self.size.notes {
            self.notes += 1;
            return Some(self.note());
        }
        if self.todos < self.size.todos {
            self.todos += 1;
            return Some(self.todo());
        }
        while self.closed < self.todos {
            self.closed += 1;
            if self.rng.u32(0..100) < DONE_PERCENT {
                let todo = TodoId(self.closed.into());
                let on = shift(self.today, -self.rng.i64(0..30));
                return Some(Change::CloseTodo { todo, on, outcome: String::new() });
            }
        }
        None
    }
}

impl Iterator for Beside {
    type Item = Vec<Entry>;

    fn next(&mut self) -> Option<Vec<Entry>> {
        let mut chunk = Vec::new();
        for _ in 0..CHUNK {
            match self.next_change() {
                Some(change) => chunk.push(Entry { who: LIU, change }),
                None => break,
            }
        }
        (!chunk.is_empty()).then_some(chunk)
    }
}
