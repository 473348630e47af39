//! To-dos: what is to be done or decided, by the day it is due, whoever it is about; in front what payment steps wait for.
//! Below it, or beside, a board of them by where they stand.
//!
//! ```text
//! +- To-dos (14) ------------------------------------------------------+- to do: Test again -------------+
//! |  #   ▼Due         Status  Kind   To-do        Owner  Milestone     | issue, due                       |
//! | payment steps wait (1)                                             |                                  |
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
use crate::domain::ids::{IdMap, IdSet, MilestoneId, TodoId};
use crate::domain::item::Item;
use crate::domain::kinds::{Level, TodoKind, TodoState};
use crate::domain::todo::{self};
use crate::error::Result;
use crate::exchange::lists::{Field, Listed, Rows, todo_title};
use crate::exchange::out::{self, Report};
use crate::portfolio::Names;
use crate::report::filter::TodoFilter;
use crate::report::todos::TodoLine;
use crate::store::{Reader, Todo, TodoDay, TodoHead};
use crate::text::Lang;
use crate::text::find::Needle;
use crate::text::width::left;
use crate::tui::action::Action;
use crate::tui::data::{Ledger, Lens, Memo, Task, Window};
use crate::tui::effect::Effect;
use crate::tui::forms::{self, Context, Recording};
use crate::tui::keymap::Scope;
use crate::tui::list_screen::{self, ListScreen, Source, beside};
use crate::tui::screen::{Cx, FilterOf, ListView, Screen};
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
    filter: TodoFilter,
    lens: Lens,
    sort: usize,
    reversed: bool,
}

impl Choice {
    /// Whether names of what a to-do is about have to be known.
    fn needs_names(&self) -> bool {
        !self.find.is_empty() || self.filter.needs_names()
    }

    /// Whether all that are open are shown by the day they are due.
    fn is_plain(&self) -> bool {
        !self.done
            && self.sort == BY_DAY
            && self.find.is_empty()
            && self.filter == TodoFilter::default()
            && self.lens.is_everybodys()
    }

    /// The rows, in their order; `agreed` are the contacts that were agreed for a day, `desk` the milestones on the desks
    /// of those who are looked at.
    fn read(&self, store: &Reader, agreed: &[Agreed], desk: &Desk) -> Result<Listing> {
        let mut found = self.find(store, agreed, desk)?;
        found.sort_by_key(|row| (row.done_on.is_some(), row.done_on.map(Reverse), row.due_on));
        found.sort_by(|one, other| one.order.cmp(&other.order));
        if self.reversed {
            found.reverse();
        }
        let mut listing = Listing::default();
        let by_day = self.sort == BY_DAY;
        if by_day {
            found.sort_by_key(|row| match row.group {
                Group::Blocks => self.reversed,
                Group::Of(_) => !self.reversed,
            });
        }
        let mut pinned: Vec<Vec<RowKey>> = Vec::new();
        for Found { key, group, .. } in found {
            let known = listing.groups.iter().position(|known| known.group == group);
            let at = known.unwrap_or_else(|| {
                listing.groups.push(Counted { group, count: 0, first: Vec::new() });
                pinned.push(Vec::new());
                // By the day they are due, those of one group stand together.
                if by_day {
                    listing.headings.push(listing.keys.len());
                    listing.keys.push(RowKey::Heading(group.number()));
                }
                listing.groups.len() - 1
            });
            listing.keys.push(key);
            if let Some((known, first)) = listing.groups.get_mut(at).zip(pinned.get_mut(at)) {
                known.count += 1;
                if first.len() < PINNED {
                    first.push(key);
                }
            }
        }
        for (known, keys) in listing.groups.iter_mut().zip(pinned) {
            known.first = heads(&keys, store, agreed)?;
        }
        listing.groups.sort_by_key(|known| known.group.number());
        Ok(listing)
    }

    /// Those that are shown, in no order.
    fn find(&self, store: &Reader, agreed: &[Agreed], desk: &Desk) -> Result<Vec<Found>> {
        let needle = Needle::new(&self.find);
        let is_on_desk = |head: &TodoHead| match (desk, head.milestone) {
            (Some(desk), Some(id)) => desk.contains(&id),
            (None | Some(_), _) => false,
        };
        let is_shown = |head: &TodoHead| {
            let is_everybodys = self.lens.is_everybodys();
            (is_everybodys || self.lens.has(&head.owner) || is_on_desk(head))
                && self.filter.matches(head, self.today)
                && (self.find.is_empty() || needle.matches(&text(head, self.today)))
        };
        let agreed = agreed.iter().filter(|(_, head)| is_shown(head));
        let mut found: Vec<Found> =
            agreed.map(|(id, head)| self.found(RowKey::Milestone(*id), head.clone())).collect();
        if self.is_plain() {
            store.each_open_todo(|TodoDay { id, due_on, blocks }| {
                let group = Group::of((due_on, None), blocks, self.today);
                let (key, due_on) = (RowKey::Todo(id), never(due_on));
                found.push(Found { key, group, due_on, done_on: None, order: Order::Own });
            })?;
            return Ok(found);
        }
        store.each_todo(self.done, self.needs_names(), |head| {
            if is_shown(&head) {
                found.push(self.found(RowKey::Todo(head.id), head));
            }
        })?;
        Ok(found)
    }

    fn found(&self, key: RowKey, head: TodoHead) -> Found {
        let group = Group::of((head.due_on, head.done_on), head.blocks, self.today);
        let order = match self.sort {
            BY_KIND => Order::Kind(head.kind),
            BY_OWNER => Order::Owner(head.owner),
            BY_SEVERITY => Order::Severity(Reverse(head.severity)),
            _ => Order::Own,
        };
        Found { key, group, due_on: never(head.due_on), done_on: head.done_on, order }
    }
}

/// A row by what it is grouped and ordered by.
struct Found {
    key: RowKey,
    group: Group,
    due_on: NaiveDate,
    done_on: Option<NaiveDate>,
    order: Order,
}

/// What the rows of a list are ordered by before their days.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    Own,
    Kind(TodoKind),
    Owner(String),
    Severity(Reverse<Level>),
}

/// What to-dos stand together as: those that payment steps wait for, else those of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Blocks,
    Of(TodoState),
}

impl Group {
    const ALL: [Self; 4] = [
        Self::Blocks,
        Self::Of(TodoState::Due),
        Self::Of(TodoState::Open),
        Self::Of(TodoState::Done),
    ];

    /// By when it is due and when it was done, and whether payment steps wait for it.
    fn of(
        (due_on, done_on): (Option<NaiveDate>, Option<NaiveDate>),
        blocks: bool,
        today: NaiveDate,
    ) -> Self {
        match todo::state(due_on, done_on, today) {
            TodoState::Open | TodoState::Due if blocks => Self::Blocks,
            state => Self::Of(state),
        }
    }

    /// Its place among headings.
    fn number(self) -> u8 {
        (0..).zip(Self::ALL).find(|(_, group)| *group == self).map_or(0, |(at, _)| at)
    }

    const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Blocks => lang.todos_block(),
            Self::Of(state) => lang.todo_state(state),
        }
    }
}

/// To-dos of a group that can stand on the board: more than there is room for.
const PINNED: usize = 40;

/// How many there are of a group, and the first of them.
#[derive(Debug)]
struct Counted {
    group: Group,
    count: usize,
    first: Vec<TodoHead>,
}

/// The rows, each group with its heading where they are by the day they are due.
#[derive(Debug, Default)]
struct Listing {
    keys: Vec<RowKey>,
    /// Where headings stand among them, in that order.
    headings: Vec<usize>,
    groups: Vec<Counted>,
}

/// What the board shows of these rows, in their order.
fn heads(keys: &[RowKey], store: &Reader, agreed: &[Agreed]) -> Result<Vec<TodoHead>> {
    let known = store.todo_heads(&todo_ids(keys))?.into_iter();
    let mut known: IdMap<TodoId, TodoHead> = known.map(|head| (head.id, head)).collect();
    let mut head = |key: &RowKey| {
        if let RowKey::Milestone(id) = key {
            let of = agreed.iter().find(|(of, _)| of == id);
            return of.map(|(_, head)| head.clone());
        }
        if let RowKey::Todo(id) = key { known.remove(id) } else { None }
    };
    Ok(keys.iter().filter_map(&mut head).collect())
}

/// The to-dos among those keys.
fn todo_ids(keys: &[RowKey]) -> Vec<i64> {
    let ids =
        keys.iter().filter_map(|key| if let RowKey::Todo(id) = key { Some(id.0) } else { None });
    ids.collect()
}

/// A contact that was agreed for a day, with what it is found and ordered by.
type Agreed = (MilestoneId, TodoHead);

/// The milestones on some desks; none where everybody's are looked at.
type Desk = Option<IdSet<MilestoneId>>;

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
    [&head.title, &head.owner, &head.about(), &words.join(" ")].map(String::as_str).join(" ")
}

#[derive(Default)]
struct Todos {
    listing: Task<Choice, Arc<Listing>>,
    listed: Arc<Listing>,
    /// By the version of the ledger, and whether their names were read.
    agreed: Memo<(u64, bool), Arc<Vec<Agreed>>>,
    desk: Memo<(u64, Lens), Arc<Desk>>,
    /// The last one that could be read.
    filter: TodoFilter,
    is_counted: bool,
    rows: Window<Option<TodoLine>>,
}

impl Todos {
    /// How many there are, without headings.
    fn total(&self) -> usize {
        self.listed.groups.iter().map(|known| known.count).sum()
    }

    fn choice(&self, view: &ListView, cx: &Cx<'_>) -> Choice {
        Choice {
            version: cx.ledger.version(),
            today: cx.ledger.today(),
            done: view.more,
            find: view.find.trim().to_owned(),
            filter: self.filter.clone(),
            lens: cx.ledger.lens.clone(),
            sort: view.sort,
            reversed: view.reversed,
        }
    }

    fn known(&self, key: Option<RowKey>) -> Option<&TodoLine> {
        self.row(self.listed.keys.iter().position(|known| Some(*known) == key)?)
    }

    /// The row at a place, if it is no heading and was read.
    fn row(&self, at: usize) -> Option<&TodoLine> {
        self.rows.get(at)?.as_ref()
    }

    /// The group whose rows stand below a heading, and how many those are.
    fn heading(&self, at: usize) -> Option<(Group, usize)> {
        let Some(RowKey::Heading(number)) = self.listed.keys.get(at) else {
            return None;
        };
        let known = self.listed.groups.iter().find(|known| known.group.number() == *number);
        known.map(|known| (known.group, known.count))
    }

    /// The groups beside each other, each with as many of its to-dos as there is room for.
    fn board(&self, (room, high): (usize, usize), cx: &Cx<'_>) -> Vec<Line> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let groups = &self.listed.groups;
        let wide = room.checked_div(groups.len()).unwrap_or(0);
        let titles = groups.iter().map(|known| {
            let title = lang.todos_of(known.group.name(lang), known.count);
            (left(&title, wide), theme.strong())
        });
        let rows = groups.iter().map(|known| known.first.len()).max().unwrap_or(0);
        let row = |at: usize| {
            let card = |known: &Counted| {
                let head = known.first.get(at);
                let text = head.map_or_else(String::new, |head| card(head, cx));
                let style = match known.group {
                    Group::Blocks => theme.bad(),
                    Group::Of(TodoState::Due) => theme.warn(),
                    Group::Of(TodoState::Open) => theme.text(),
                    Group::Of(TodoState::Done) => theme.dim(),
                };
                (format!("{} ", left(&text, wide.saturating_sub(1))), style)
            };
            groups.iter().map(card).collect()
        };
        let below = (0..rows.min(high.saturating_sub(1))).map(row);
        std::iter::once(titles.collect()).chain(below).collect()
    }
}

/// A to-do on a board: until when, what, and by whom.
fn card(head: &TodoHead, cx: &Cx<'_>) -> String {
    let (lang, today) = (cx.ui.lang, cx.ledger.today());
    let title = if head.title.is_empty() { lang.todo_kind(head.kind) } else { &head.title };
    let due = head.due_on.map(|day| lang.day(day, today));
    let parts = [due.as_deref(), Some(title), Some(&head.owner)];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// The milestones of those keys that were agreed for a day.
fn agreed_of(keys: &[RowKey]) -> Vec<MilestoneId> {
    keys.iter().filter_map(|key| key.milestone()).collect()
}

/// The rows of these keys, in their order, by the names that were read; a heading has none.
fn read(
    keys: &[RowKey],
    names: &Names,
    ledger: &Ledger,
    lang: Lang,
) -> Result<Vec<Option<TodoLine>>> {
    let known = ledger.store.todos_by_id(&todo_ids(keys))?;
    let known = TodoLine::all(known, ledger.today()).into_iter();
    let mut known: IdMap<TodoId, TodoLine> = known.map(|row| (row.todo.id, row)).collect();
    let mut row = |key: &RowKey| {
        if let RowKey::Milestone(id) = key {
            let item = ledger.portfolio.get(*id)?;
            let mut row = TodoLine::agreed_with(item, &ledger.portfolio, names)?;
            lang.todo_agreed().clone_into(&mut row.todo.title);
            return Some(row);
        }
        if let RowKey::Todo(id) = key { known.remove(id) } else { None }
    };
    Ok(keys.iter().map(&mut row).collect())
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
    const FILTERS: FilterOf = FilterOf::Todos;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        fields(cx.ui.lang).map(|(of, _)| column(of)).collect()
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        if let Ok(filter) = TodoFilter::parse(&view.filter, cx.ledger.today()) {
            self.filter = filter;
        }
        let choice = self.choice(view, cx);
        let ledger = &mut *cx.ledger;
        let named = choice.needs_names();
        self.agreed.try_refresh((ledger.version(), named), || {
            if named {
                ledger.name_agreed()?;
            }
            let portfolio = &ledger.portfolio;
            let head = |item: &Item| {
                let line = TodoLine::agreed_with(item, portfolio, &portfolio.names)?;
                Some((item.id, line.head()))
            };
            Ok(Arc::new(portfolio.items().iter().filter_map(head).collect()))
        })?;
        self.desk.refresh((ledger.version(), ledger.lens.clone()), || {
            let desks = ledger.lens.desks(&ledger.portfolio);
            Arc::new(desks.map(|desks| {
                let items = ledger.portfolio.items().iter();
                items.filter(|item| desks.have(item, None)).map(|item| item.id).collect()
            }))
        });
        let (asked, agreed) = (choice.clone(), Arc::clone(&self.agreed));
        let desk = Arc::clone(&self.desk);
        let read = move |store: &Reader| Ok(Arc::new(asked.read(store, &agreed, &desk)?));
        let found = self.listing.get(&choice, ledger.place(), read)?;
        self.is_counted = found.is_some();
        if let Some(found) = found.filter(|found| !Arc::ptr_eq(&self.listed, found)) {
            self.listed = Arc::clone(found);
            self.rows = Window::default();
        }
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let (keys, rows) = (&self.listed.keys, &mut self.rows);
        rows.read(page, keys.len(), |places| {
            let keys = keys.get(places).unwrap_or_default();
            cx.ledger.name(&agreed_of(keys))?;
            read(keys, &cx.ledger.portfolio.names, cx.ledger, cx.ui.lang)
        })
    }

    fn count(&self) -> usize {
        self.listed.keys.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.listed.keys.get(at).copied()
    }

    fn is_heading(&self, at: usize) -> bool {
        matches!(self.listed.keys.get(at), Some(RowKey::Heading(_)))
    }

    fn place(&self, at: usize) -> (usize, usize) {
        let headings = self.listed.headings.iter().take_while(|heading| **heading <= at).count();
        (at + 1 - headings, self.total())
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        if let Some((group, count)) = self.heading(at) {
            let title = cx.ui.lang.todos_of(group.name(cx.ui.lang), count);
            return vec![Cell::spanning(title, cx.ui.theme.strong())];
        }
        let Some(row) = self.row(at) else {
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

    fn selection(&self, at: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let row = at.and_then(|at| self.row(at));
        if row.is_some_and(|row| row.is_agreed) {
            return list_screen::select(self, at, milestones, cx);
        }
        row.map_or_else(Selection::default, |row| Selection::todo(&row.todo))
    }

    fn open(&mut self, at: usize, _: &mut ListView, cx: &Cx<'_>) -> Effect {
        self.row(at).map_or(Effect::None, |row| opens(&row.todo, cx))
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

    fn chart(
        &mut self,
        room: (usize, usize),
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let any = !self.listed.groups.is_empty();
        Ok(any.then(|| (cx.ui.lang.todos_board().to_owned(), self.board(room, cx))))
    }

    fn split(&self, area: Rect, _: bool) -> Option<[Rect; 2]> {
        beside(area)
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        if self.is_counted {
            lang.todos_open_title(self.total())
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
            lang.todos_none(&cx.ui.key(Action::Record(Recording::New))).into()
        }
    }

    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        self.row(at).map(|row| list_screen::line(&[Cell::plain(line(&row.todo, cx))]))
    }

    fn report(&self, view: &ListView, cx: &Cx<'_>) -> Result<Option<Box<dyn Report>>> {
        let ledger = &*cx.ledger;
        let listing = self.choice(view, cx).read(&ledger.store, &self.agreed, &self.desk)?;
        let agreed = agreed_of(&listing.keys);
        let agreed = agreed.iter().filter_map(|id| ledger.portfolio.get(*id));
        let mut names = Names::default();
        names.read(&ledger.store, agreed)?;
        let rows = read(&listing.keys, &names, ledger, cx.ui.lang)?;
        Ok(Some(Box::new(Rows(rows.into_iter().flatten().collect()))))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Item, Scope::Closed, Scope::List, Scope::Global]
    }
}
