//! The production loop over a scripted world, and a ledger that remembers what it was told.

mod stories;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use ratatui::backend::TestBackend;
use ratatui::style::Style;
use ratatui::{Frame, Terminal};

use super::*;
use crate::domain::date_input::Leaning;
use crate::error::Result;
use crate::tui::forms::{Field, Form};
use crate::tui::keymap::{Here, RowKind};
use crate::tui::runtime::{self, Wake, World};
use crate::tui::widgets::list::{self, Align, Cell, Column, Rows};
use crate::tui::widgets::picker::{Pick, Picker};
use crate::tui::widgets::testing::lines;

/// What a test sees of its ledger.
#[derive(Default)]
struct Seen {
    written: Vec<String>,
    busy: bool,
    changed: bool,
}

struct TestDesk {
    names: Vec<&'static str>,
    today: NaiveDate,
    seen: Rc<RefCell<Seen>>,
}

struct Names<'a>(&'a [&'static str]);

impl Rows for Names<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn id(&self, at: usize) -> RowId {
        RowId(i64::try_from(at).unwrap() + 1)
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        vec![Cell::new(self.0[at], Style::new())]
    }
}

const COLUMNS: &[Column] = &[Column {
    title: "客户",
    align: Align::Left,
    least: None,
    rank: 0,
}];

impl Desk for TestDesk {
    fn name(&self) -> &'static str {
        "test"
    }

    fn set_today(&mut self, today: NaiveDate) {
        self.today = today;
    }

    fn look(&mut self) -> Result<bool> {
        Ok(std::mem::take(&mut self.seen.borrow_mut().changed))
    }

    fn apply(&mut self, change: &Change, _: Look) -> Result<String, Refusal> {
        let mut seen = self.seen.borrow_mut();
        if seen.busy {
            return Err(Refusal {
                field: None,
                text: "账本忙".to_owned(),
            });
        }
        let text = format!("{change:?}");
        seen.written.push(text);
        Ok("已登记".to_owned())
    }

    fn undo(&mut self, _: Look) -> Result<String, Refusal> {
        Ok(self.seen.borrow_mut().written.pop().unwrap_or_default())
    }

    fn here(&mut self, _: &mut Screen, _: Look) -> Here {
        Here {
            row: Some(RowKind::Milestone),
            undo: !self.seen.borrow().written.is_empty(),
            ..Here::default()
        }
    }

    fn rows<'a>(&'a mut self, _: &mut Screen, _: Look) -> Box<dyn Rows + 'a> {
        Box::new(Names(&self.names))
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        frame: &mut Frame,
        area: Rect,
        look: Look,
    ) -> Vec<(Rect, RowId)> {
        let state = &mut screen.list().list;
        list::draw(
            frame,
            area,
            (COLUMNS, &Names(&self.names)),
            state,
            (true, look),
        )
    }

    fn picked(&mut self, _: Action, id: RowId, _: &mut Screen, _: Look) -> Response {
        Response::Say(format!("picked {}", id.0))
    }

    fn act(&mut self, action: Action, screen: &mut Screen, look: Look) -> Response {
        let set = |value: String| Change::Set {
            key: "k".to_owned(),
            value: Some(value),
        };
        match action {
            Action::Open => Response::Open(View::Projects.screen()),
            Action::Contact => {
                let fields = vec![
                    Field::text("note", "备注", ""),
                    Field::day("on", "日期", Leaning::Past, Some(self.today)),
                ];
                let finish = Box::new(move |values: &crate::tui::forms::Values| {
                    Ok(set(values.text("note")))
                });
                Response::Form(Box::new(Form::new(
                    "联系",
                    (look.lang, self.today),
                    fields,
                    finish,
                )))
            }
            Action::Reschedule => {
                let fields = vec![Field::text("reason", "原因", "")];
                let finish = Box::new(move |values: &crate::tui::forms::Values| {
                    Ok(set(values.text("reason")))
                });
                let form = Form::new("展期", (look.lang, self.today), fields, finish);
                Response::Form(Box::new(
                    form.asking(Box::new(|_| Some("当真？".to_owned()))),
                ))
            }
            Action::WriteOff => Response::Ask {
                title: "核销坏账".to_owned(),
                question: "确定？".to_owned(),
                change: Box::new(set("gone".to_owned())),
            },
            Action::New => {
                let picks = vec![
                    Pick::new(RowId(1), "客户", ""),
                    Pick::new(RowId(2), "项目", ""),
                ];
                Response::Pick(Box::new(Picker::new("新建", picks, None)), Action::New)
            }
            Action::Copy => {
                let rows = Names(&self.names);
                let id = screen.list().list.id(&rows);
                Response::Copy(format!("{id:?}"))
            }
            _ => Response::Done,
        }
    }
}

/// Keys come as they were scripted; time passes only when nothing is left to read.
struct Script {
    events: VecDeque<Wake>,
    waits: u32,
    now: Instant,
    today: NaiveDate,
    midnight_at: Option<Instant>,
    copied: Vec<String>,
}

impl Script {
    fn of(inputs: impl IntoIterator<Item = Input>) -> Self {
        Self {
            events: inputs.into_iter().map(Wake::Input).collect(),
            waits: 0,
            now: crate::clock::instant(),
            today: day("2026-11-21"),
            midnight_at: None,
            copied: Vec::new(),
        }
    }

    /// Lets this much time pass after the last key.
    fn then_idle(mut self, time: Duration) -> Self {
        self.waits = u32::try_from(time.as_millis() / 500).unwrap();
        self
    }
}

impl World for Script {
    /// One key a wait, so that each has its frame.
    fn wait(&mut self, at_most: Duration) -> Option<Wake> {
        if let Some(event) = self.events.pop_front() {
            return Some(event);
        }
        if self.waits == 0 {
            return Some(Wake::Terminate);
        }
        self.waits -= 1;
        self.now += at_most;
        None
    }

    fn ready(&mut self) -> Option<Wake> {
        None
    }

    fn now(&self) -> Instant {
        self.now
    }

    fn today(&self) -> NaiveDate {
        match self.midnight_at {
            Some(at) if self.now >= at => self.today.succ_opt().unwrap(),
            _ => self.today,
        }
    }

    fn suspend(&mut self) -> Result<()> {
        Ok(())
    }

    fn copy(&mut self, text: &str) -> Result<()> {
        self.copied.push(text.to_owned());
        Ok(())
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn keys(text: &str) -> Vec<Input> {
    let key = |word: &str| match word {
        "Enter" => Key::Enter,
        "Esc" => Key::Esc,
        "Space" => Key::Char(' '),
        "Down" => Key::Down,
        other => Key::Char(other.chars().next().unwrap()),
    };
    text.split_whitespace()
        .map(|word| Input::Key(key(word)))
        .collect()
}

struct Played {
    screen: Vec<String>,
    app: App,
    seen: Rc<RefCell<Seen>>,
    script: Script,
    terminal: Terminal<TestBackend>,
}

fn play_with(seen: Seen, mut script: Script, size: (u16, u16)) -> Played {
    let seen = Rc::new(RefCell::new(seen));
    let desk = TestDesk {
        names: vec!["星河科技", "华东水务", "远景装备"],
        today: script.today,
        seen: Rc::clone(&seen),
    };
    let mut app = App::new(
        Lang::Zh,
        Theme::new(true, false),
        Box::new(desk),
        script.today,
    );
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    runtime::run(&mut terminal, &mut script, &mut app).unwrap();
    Played {
        screen: lines(terminal.backend().buffer()),
        app,
        seen,
        script,
        terminal,
    }
}

fn play(text: &str) -> Played {
    play_with(Seen::default(), Script::of(keys(text)), (80, 24))
}
