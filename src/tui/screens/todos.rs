//! To-dos: what is to be done or decided, by the day it is due, whoever it is about.
//!
//! ```text
//! +- To-dos (14) ------------------------------------------------------+- to do: Test again -------------+
//! |  #   ▼Due         Status  Kind   To-do        Owner  Milestone     | issue, due                       |
//! |▸ #3   2026-11-18  due     issue  Test again   王敏   P-2031-M3     | by 2026-11-18, came up 11-01     |
//! +-------------------------------------------------------------- 1/14 +----------------------------------+
//! ```

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::about::About;
use crate::domain::ids::{IdMap, TodoId};
use crate::domain::kinds::TodoState;
use crate::domain::todo::{self};
use crate::error::Result;
use crate::exchange::lists::{Field, Listed, Rows, todo_title};
use crate::exchange::out::{self, Report};
use crate::report::todos::TodoLine;
use crate::store::{Reader, Todo, TodoHead};
use crate::text::Lang;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{Lens, Memo, Task, Window};
use crate::tui::effect::Effect;
use crate::tui::forms::{self, Context, Recording};
use crate::tui::keymap::Scope;
use crate::tui::list_screen::{self, ListScreen, Source, beside};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::{Line, hanging};

/// The orders; its own is by the day they are due.
const BY_DAY: usize = 0;
const BY_KIND: usize = 1;
const BY_OWNER: usize = 2;
const BY_SEVERITY: usize = 3;

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoTodos, Todos::default()))
}

/// What chooses and orders the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    version: u64,
    today: NaiveDate,
    /// Whether those that were done are shown.
    done: bool,
    find: String,
    lens: Lens,
    sort: usize,
    reversed: bool,
}

impl Choice {
    /// The ids of the rows, in their order: of those that stand with a contact their place, counted down from -1.
    fn read(&self, store: &Reader, agreed: &[TodoLine]) -> Result<Vec<i64>> {
        let needle = Needle::new(&self.find);
        let mut found = Vec::new();
        let mut look = |head: TodoHead| {
            let is_theirs = self.lens.is_everybodys() || self.lens.has(&head.owner);
            if is_theirs && needle.matches(&text(&head, self.today)) {
                found.push(head);
            }
        };
        store.each_todo(self.done, &mut look)?;
        (1..).zip(agreed).map(|(place, line)| head(-place, &line.todo)).for_each(look);
        found.sort_by_key(|head| {
            (head.done_on.is_some(), head.done_on.map(Reverse), never(head.due_on))
        });
        match self.sort {
            BY_KIND => found.sort_by_key(|head| head.kind),
            BY_OWNER => found.sort_by(|one, other| one.owner.cmp(&other.owner)),
            BY_SEVERITY => found.sort_by_key(|head| Reverse(head.severity)),
            _ => {}
        }
        if self.reversed {
            found.reverse();
        }
        Ok(found.into_iter().map(|head| head.id.0).collect())
    }
}

/// A to-do that stands with a contact, as those of the store are found.
fn head(id: i64, todo: &Todo) -> TodoHead {
    let about = [&todo.customer_name, &todo.project_code, &todo.milestone_name];
    TodoHead {
        id: TodoId(id),
        kind: todo.kind,
        title: todo.title.clone(),
        owner: todo.owner.clone(),
        due_on: todo.due_on,
        severity: todo.severity,
        done_on: todo.done_on,
        about: about.into_iter().flatten().cloned().collect::<Vec<_>>().join(" "),
    }
}

/// What has no day comes last.
fn never(due: Option<NaiveDate>) -> NaiveDate {
    due.unwrap_or(NaiveDate::MAX)
}

/// What a to-do is found by: its texts, what it is about, and its words in both languages.
fn text(head: &TodoHead, today: NaiveDate) -> String {
    let state = todo::state(head.due_on, head.done_on, today);
    let words = [Lang::Zh, Lang::En].map(|lang| {
        [lang.todo_kind(head.kind), lang.todo_state(state), lang.level(head.severity)].join(" ")
    });
    [&head.title, &head.owner, &head.about, &words.join(" ")].map(String::as_str).join(" ")
}

#[derive(Default)]
struct Todos {
    listing: Task<Choice, Arc<Vec<i64>>>,
    ids: Arc<Vec<i64>>,
    is_counted: bool,
    rows: Window<TodoLine>,
    /// Those that stand with a contact.
    agreed: Memo<u64, Arc<Vec<TodoLine>>>,
}

impl Todos {
    fn choice(view: &ListView, cx: &Cx<'_>) -> Choice {
        Choice {
            version: cx.ledger.version(),
            today: cx.ledger.today(),
            done: view.more,
            find: view.find.trim().to_owned(),
            lens: cx.ledger.lens.clone(),
            sort: view.sort,
            reversed: view.reversed,
        }
    }

    fn known(&self, key: Option<RowKey>) -> Option<&TodoLine> {
        let key = key?;
        self.rows.get((0..self.ids.len()).find(|at| self.row_key(*at) == Some(key))?)
    }

    fn row_key(&self, at: usize) -> Option<RowKey> {
        let id = *self.ids.get(at)?;
        match agreed(&self.agreed, id) {
            Some(line) => line.todo.milestone.map(RowKey::Milestone),
            None => Some(RowKey::Todo(TodoId(id))),
        }
    }
}

/// The one that stands with a contact, by the number its row has for an id.
fn agreed(lines: &[TodoLine], id: i64) -> Option<&TodoLine> {
    lines.get(usize::try_from(-1 - id).ok()?)
}

/// To-dos in the order of their ids.
fn read(
    store: &Reader,
    ids: &[i64],
    lines: &[TodoLine],
    today: NaiveDate,
) -> Result<Vec<TodoLine>> {
    let known: Vec<i64> = ids.iter().copied().filter(|id| *id > 0).collect();
    let todos = TodoLine::all(store.todos_by_id(&known)?, today);
    let mut todos: IdMap<TodoId, TodoLine> = todos.into_iter().map(|t| (t.todo.id, t)).collect();
    let row = |id: &i64| agreed(lines, *id).cloned().or_else(|| todos.remove(&TodoId(*id)));
    Ok(ids.iter().filter_map(row).collect())
}

/// Columns of the list on the screen, each with its cell.
fn fields(lang: Lang) -> impl Iterator<Item = Field<TodoLine>> {
    TodoLine::fields(lang).into_iter().filter(|(of, _)| !of.aside)
}

fn column(of: out::Column) -> Column {
    let (order, shape) = match of.name {
        "due_on" => (Some(BY_DAY), Column::whole("", of.spare)),
        "kind" => (Some(BY_KIND), Column::whole("", of.spare)),
        "owner" => (Some(BY_OWNER), Column::words("", 6, of.spare)),
        "severity" => (Some(BY_SEVERITY), Column::whole("", of.spare)),
        "title" => (None, Column::words("", 12, of.spare)),
        "customer_name" | "milestone" | "project" => (None, Column::words("", 8, of.spare)),
        _ => (None, Column::whole("", of.spare)),
    };
    Column { title: of.header.into(), order, ..shape }
}

/// What Enter leads to: what it is about, else its form.
pub fn opens(todo: &Todo, cx: &Cx<'_>) -> Effect {
    match todo.about() {
        Some(About::Milestone(id)) => Effect::Go(RowKey::Milestone(id)),
        Some(About::Project(id)) => Effect::Go(RowKey::Project(id)),
        Some(About::Customer(id)) => Effect::Go(RowKey::Customer(id)),
        None => {
            let edit = Recording::Edit.respond(&Selection::todo(todo), Context::new(cx));
            edit.unwrap_or_else(|error| Effect::Say(cx.ui.lang.error(&error)))
        }
    }
}

/// A to-do in lines of so many cells: what it is, until when and by whom, and what it does.
pub fn story(todo: &Todo, room: usize, cx: &Cx<'_>) -> (String, Vec<Line>) {
    let (lang, theme, today) = (cx.ui.lang, cx.ui.theme, cx.ledger.today());
    let day = |day: NaiveDate| lang.day(day, today);
    let state = todo::state(todo.due_on, todo.done_on, today);
    let style = if state == TodoState::Due { theme.warn() } else { theme.strong() };
    let head = lang.commas([lang.todo_kind(todo.kind), lang.todo_state(state)].map(str::to_owned));
    let about = [&todo.customer_name, &todo.project_code, &todo.milestone_name];
    let about = about.into_iter().flatten().cloned().collect::<Vec<_>>().join(" / ");
    let when = [
        todo.due_on.map(|on| lang.todo_due_by(&day(on))),
        Some(lang.todo_opened(&day(todo.opened_on))),
        todo.every.map(|every| lang.todo_every(&every.to_string())),
        todo.done_on.map(|on| lang.todo_done(&day(on))),
    ];
    let risk = todo.probability.zip(todo.impact);
    let how = [
        Some(lang.todo_severity(lang.level(todo.severity))),
        risk.map(|(likely, costly)| lang.todo_risk(lang.level(likely), lang.level(costly))),
        todo.blocks.then(|| lang.todo_blocks().to_owned()),
    ];
    let owner = if todo.owner.is_empty() { String::new() } else { lang.todo_owned(&todo.owner) };
    let asked = if todo.asked_by.is_empty() {
        String::new()
    } else {
        lang.todo_asked(&todo.asked_by, &todo_title(todo, lang))
    };
    let decided = match todo.approved {
        Some(true) => lang.todo_approved(),
        Some(false) => lang.todo_declined(),
        None => "",
    };
    let paragraphs = [
        (head, style),
        (about, theme.text()),
        (lang.commas(when.into_iter().flatten()), theme.text()),
        (owner, theme.text()),
        (lang.commas(how.into_iter().flatten()), theme.text()),
        (asked, theme.text()),
        (decided.to_owned(), theme.strong()),
        (todo.outcome.clone(), theme.text()),
    ];
    let told = paragraphs.into_iter().filter(|(text, _)| !text.is_empty());
    let lines = told.flat_map(|(text, style)| hanging(Line::new(), &text, style, room)).collect();
    (lang.todo_act(&todo_title(todo, lang)), lines)
}

/// A to-do in a line: what, until when, by whom.
pub fn line(todo: &Todo, cx: &Cx<'_>) -> String {
    let (lang, today) = (cx.ui.lang, cx.ledger.today());
    let by = todo.due_on.map(|on| lang.todo_due_by(&lang.day(on, today)));
    let parts = [
        Some(lang.timeline_todo(lang.todo_kind(todo.kind), &todo_title(todo, lang))),
        by,
        Some(todo.owner.clone()),
        todo.blocks.then(|| lang.todo_blocks().to_owned()),
    ];
    lang.commas(parts.into_iter().flatten())
}

impl Source for Todos {
    const ORDERS: usize = 4;
    const FILTERED: bool = false;
    const LENSED: bool = true;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        fields(cx.ui.lang).map(|(of, _)| column(of)).collect()
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        cx.ledger.name_agreed()?;
        let (ledger, choice) = (&*cx.ledger, Self::choice(view, cx));
        self.agreed.refresh(ledger.version(), || Arc::new(TodoLine::agreed(&ledger.portfolio)));
        let (asked, agreed) = (choice.clone(), Arc::clone(&self.agreed));
        let read = move |store: &Reader| Ok(Arc::new(asked.read(store, &agreed)?));
        let found = self.listing.get(&choice, ledger.place(), read)?;
        self.is_counted = found.is_some();
        if let Some(found) = found.filter(|found| !Arc::ptr_eq(&self.ids, found)) {
            self.ids = Arc::clone(found);
            self.rows = Window::default();
        }
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let Self { ids, rows, agreed, .. } = self;
        let today = cx.ledger.today();
        rows.read(page, ids.len(), |places| {
            read(&cx.ledger.store, ids.get(places).unwrap_or_default(), agreed, today)
        })
    }

    fn count(&self) -> usize {
        self.ids.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.row_key(at)
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(row) = self.rows.get(at) else {
            return Vec::new();
        };
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let style = |name: &str| match (name, row.state()) {
            ("due_on" | "state", TodoState::Due) => theme.warn(),
            (_, TodoState::Done) | ("id" | "kind" | "every", _) => theme.dim(),
            _ => theme.text(),
        };
        let cell = |(of, get): Field<TodoLine>| Cell::new(get(row, lang).shown(), style(of.name));
        fields(lang).map(cell).collect()
    }

    fn selection(
        &self,
        at: Option<usize>,
        _: Vec<crate::domain::ids::MilestoneId>,
        cx: &Cx<'_>,
    ) -> Selection {
        match at.and_then(|at| self.rows.get(at)) {
            Some(row) if row.is_agreed => {
                let item = row.todo.milestone.and_then(|id| cx.ledger.portfolio.get(id));
                Selection::milestones(row.todo.milestone.into_iter().collect(), item)
            }
            Some(row) => Selection::todo(&row.todo),
            None => Selection::default(),
        }
    }

    fn open(&mut self, at: usize, _: &mut ListView, cx: &Cx<'_>) -> Effect {
        self.rows.get(at).map_or(Effect::None, |row| opens(&row.todo, cx))
    }

    fn act(&mut self, action: Action, view: &mut ListView, cx: &Cx<'_>) -> Option<Effect> {
        if action == Action::Record(Recording::New) {
            let form = forms::new_todo(None, Context::new(cx));
            return Some(form.unwrap_or_else(|error| Effect::Say(cx.ui.lang.error(&error))));
        }
        view.shows_closed(action).then_some(Effect::None)
    }

    fn aside(
        &mut self,
        selected: Option<RowKey>,
        room: usize,
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let told = self.known(selected).map(|row| story(&row.todo, room, cx));
        Ok(Some(told.unwrap_or_default()))
    }

    fn split(&self, area: Rect, _: bool) -> Option<[Rect; 2]> {
        beside(area)
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        if self.is_counted {
            lang.todos_open_title(self.count())
        } else {
            lang.todos_counting().to_owned()
        }
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        let lang = cx.ui.lang;
        if !self.is_counted {
            lang.searching().into()
        } else if view.is_narrowed() {
            lang.nothing_found().into()
        } else {
            lang.todos_none().into()
        }
    }

    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        self.rows.get(at).map(|row| list_screen::line(&[Cell::plain(line(&row.todo, cx))]))
    }

    fn report(&self, view: &ListView, cx: &Cx<'_>) -> Result<Option<Box<dyn Report>>> {
        let (store, choice) = (&cx.ledger.store, Self::choice(view, cx));
        let ids = choice.read(store, &self.agreed)?;
        let rows = read(store, &ids, &self.agreed, cx.ledger.today())?;
        Ok(Some(Box::new(Rows(rows))))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Item, Scope::Closed, Scope::List, Scope::Global]
    }
}
