//! What stands on a tab of a page: papers, to-dos, notes, conditions, dealings, what happened; each a list of rows about
//! the customer, project or milestone the page is of.

mod kinds;

use std::borrow::Cow;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::about::About;
use crate::domain::ids::MilestoneId;
use crate::error::Result;
use crate::exchange::lists::{Field, Listed, Rows};
use crate::exchange::out::{self, Align, Report};
use crate::store::{AboutCounts, Reader};
use crate::text::Lang;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{Ledger, Memo};
use crate::tui::effect::Effect;
use crate::tui::format::{self, code_and_name};
use crate::tui::forms::{Context, Recording};
use crate::tui::keymap::{RowKind, Scope};
use crate::tui::list_screen::{self, ListScreen, Source, beside};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::screens::page;
use crate::tui::selection::{RowKey, Selection};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::{Line, hanging};

pub use kinds::Dealing;

/// What is listed on a tab.
pub trait Entry: Listed + Clone + 'static {
    /// How many there are, where that is known without reading them.
    const COUNT: Option<fn(&AboutCounts) -> u32> = None;

    /// What the tab is called.
    fn tab(lang: Lang) -> &'static str {
        Self::title(lang)
    }

    /// What there is about something, in the order of the list.
    fn read(about: About, ledger: &Ledger, lang: Lang) -> Result<Vec<Self>>;

    /// What the row at a place stands for.
    fn key(&self, at: usize) -> RowKey;

    /// What Enter leads to.
    fn opens(&self) -> Option<RowKey>;

    /// What the keys act on, on a page with this selection.
    fn selection(&self, page: Selection) -> Selection {
        page
    }

    fn style(&self, _column: &str, theme: Theme) -> Style {
        theme.text()
    }

    /// What a new one begins with, if one is made here.
    fn create(page: About, selected: &Selection, cx: Context<'_>) -> Option<Result<Effect>>;

    /// What there is to say where there are none; `new` is the key for a new one.
    fn none(lang: Lang, new: &str) -> String;
}

/// Within the view this action opens.
pub fn open<E: Entry>(about: About, view: Action) -> Box<dyn Screen> {
    let rows = Memo::default();
    let entries = Entries::<E> { about, name: Memo::default(), rows, shown: Memo::default() };
    Box::new(ListScreen::new(view, entries))
}

struct Entries<E> {
    about: About,
    /// What it is called.
    name: Memo<u64, String>,
    rows: Memo<(u64, Lang), Vec<E>>,
    /// Places of those that are shown.
    shown: Memo<(u64, Lang, String), Vec<usize>>,
}

impl<E: Entry> Entries<E> {
    fn row(&self, at: usize) -> Option<&E> {
        self.rows.get(*self.shown.get(at)?)
    }

    /// Columns of the list on the screen, each with its cell: what all rows have in common is left out.
    fn fields(&self, lang: Lang) -> impl Iterator<Item = Field<E>> {
        let common: &[&str] = match self.about {
            About::Customer(_) => &["customer", "customer_name"],
            About::Project(_) => &["customer", "customer_name", "project"],
            About::Milestone(_) => {
                &["customer", "customer_name", "project", "milestone", "milestones"]
            }
        };
        let fields = E::fields(lang).into_iter();
        fields.filter(move |(of, _)| !of.aside && !common.contains(&of.name))
    }

    /// What the keys act on where no row says more.
    fn selected(&self, cx: &Cx<'_>) -> Selection {
        match self.about {
            About::Customer(id) => Selection::row(RowKey::Customer(id)),
            About::Project(id) => Selection::row(RowKey::Project(id)),
            About::Milestone(id) => Selection::milestones(vec![id], cx.ledger.portfolio.get(id)),
        }
    }
}

fn column(of: out::Column) -> Column {
    let shape = match of.name {
        // What is said of it, and what it is called by, before what it hangs on.
        "text" | "what" => Column::words("", 30, of.spare),
        "title" | "number" => Column::words("", 18, of.spare),
        "milestone" | "milestones" => Column::words("", 10, of.spare),
        "project" | "proof" | "note" | "file" | "owner" | "who" | "met_by" | "reservation"
        | "customer_name" => Column::words("", 6, of.spare),
        _ if of.align == Align::Right => Column::number("", of.spare),
        _ => Column::whole("", of.spare),
    };
    Column { title: of.header.into(), ..shape }
}

/// What something is called in the title of a list.
fn name(about: About, store: &Reader) -> Result<String> {
    Ok(match about {
        About::Customer(id) => {
            let names = store.customer_names(&[id])?;
            names.get(&id).map_or_else(String::new, |name| code_and_name(&name.code, &name.name))
        }
        About::Project(id) => {
            let names = store.project_names(&[id])?;
            names.get(&id).map_or_else(String::new, |name| code_and_name(&name.code, &name.name))
        }
        About::Milestone(id) => {
            let names = store.milestone_names(&[id])?;
            names.get(&id).map_or_else(String::new, |name| code_and_name(&name.code, &name.name))
        }
    })
}

/// All that is known of a row, in lines of so many cells.
fn story<E: Entry>(row: &E, room: usize, lang: Lang, theme: Theme) -> Vec<Line> {
    let facts = row.facts(lang).into_iter();
    let facts = facts.filter(|(of, cell)| of.name != "id" && !cell.shown().is_empty());
    let line = |(of, cell): (out::Column, out::Cell<'_>)| {
        let label = vec![(format!("{} ", of.header), theme.dim())];
        hanging(label, &cell.shown(), theme.text(), room)
    };
    facts.flat_map(line).collect()
}

impl<E: Entry> Source for Entries<E> {
    const FILTERED: bool = false;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        self.fields(cx.ui.lang).map(|(of, _)| column(of)).collect()
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let (ledger, lang) = (&*cx.ledger, cx.ui.lang);
        let version = ledger.version();
        self.name.try_refresh(version, || name(self.about, &ledger.store))?;
        self.rows.try_refresh((version, lang), || E::read(self.about, ledger, lang))?;
        let fields: Vec<Field<E>> = self.fields(lang).collect();
        let rows = &self.rows;
        self.shown.refresh((version, lang, view.find.clone()), || {
            let needle = Needle::new(&view.find);
            let text = |row: &E| -> String {
                let cells = fields.iter().map(|(_, cell)| cell(row, lang).shown().into_owned());
                cells.collect::<Vec<_>>().join(" ")
            };
            let found = |row: &E| needle.is_empty() || needle.matches(&text(row));
            let shown = rows.iter().enumerate().filter(|(_, row)| found(row));
            shown.map(|(at, _)| at).collect()
        });
        Ok(())
    }

    fn count(&self) -> usize {
        self.shown.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        let place = *self.shown.get(at)?;
        self.rows.get(place).map(|row| row.key(place))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let Some(row) = self.row(at) else {
            return Vec::new();
        };
        let shown = |(of, cell): Field<E>| match cell(row, lang) {
            out::Cell::Amount(minor, currency) => {
                let minor = i64::try_from(minor).unwrap_or(i64::MAX);
                Cell::new(format::amount(minor, currency, cx.ledger), row.style(of.name, theme))
            }
            other => Cell::new(other.shown(), row.style(of.name, theme)),
        };
        self.fields(lang).map(shown).collect()
    }

    fn selection(&self, at: Option<usize>, _: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let page = self.selected(cx);
        at.and_then(|at| self.row(at)).map_or(page.clone(), |row| row.selection(page))
    }

    fn open(&mut self, at: usize, _: &mut ListView, cx: &Cx<'_>) -> Effect {
        let Some(row) = self.row(at) else {
            return Effect::None;
        };
        let here = match self.about {
            About::Customer(id) => RowKey::Customer(id),
            About::Project(id) => RowKey::Project(id),
            About::Milestone(id) => RowKey::Milestone(id),
        };
        if let Some(key) = row.opens().filter(|key| *key != here) {
            return Effect::Go(key);
        }
        // What is about the page itself opens as what can be recorded of it.
        let selected = row.selection(self.selected(cx));
        let recording = match selected.row {
            Some(RowKind::Paper) => Recording::Paper,
            Some(RowKind::Condition) => Recording::Condition,
            Some(
                RowKind::Todo
                | RowKind::Milestone
                | RowKind::Project
                | RowKind::Customer
                | RowKind::Other,
            )
            | None => Recording::Edit,
        };
        let answer = recording.respond(&selected, Context::new(cx));
        answer.unwrap_or_else(|error| Effect::Say(cx.ui.lang.error(&error)))
    }

    fn act(&mut self, action: Action, view: &mut ListView, cx: &Cx<'_>) -> Option<Effect> {
        if action != Action::Record(Recording::New) {
            return None;
        }
        let row = view.rows.selected().and_then(|key| self.position(key, cx));
        let selected = self.selection(row, Vec::new(), cx);
        let new = E::create(self.about, &selected, Context::new(cx))?;
        Some(new.unwrap_or_else(|error| Effect::Say(cx.ui.lang.error(&error))))
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        format!("{}  {}", *self.name, E::title(cx.ui.lang))
    }

    fn aside(
        &mut self,
        selected: Option<RowKey>,
        room: usize,
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let row = selected.and_then(|key| self.row(self.position(key, cx)?));
        let lines = row.map(|row| story(row, room, cx.ui.lang, cx.ui.theme));
        Ok(Some((E::title(cx.ui.lang).to_owned(), lines.unwrap_or_default())))
    }

    fn split(&self, area: Rect, _: bool) -> Option<[Rect; 2]> {
        beside(area).filter(|_| self.count() > 0)
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        if view.is_narrowed() {
            return cx.ui.lang.nothing_found().into();
        }
        E::none(cx.ui.lang, &cx.ui.key(Action::Record(Recording::New))).into()
    }

    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        Some(list_screen::line(&self.cells(at, cx)))
    }

    fn report(&self, _: &ListView, _: &Cx<'_>) -> Result<Option<Box<dyn Report>>> {
        let rows = (0..self.count()).filter_map(|at| self.row(at).cloned());
        Ok(Some(Box::new(Rows(rows.collect()))))
    }

    fn scopes(&self) -> &'static [Scope] {
        page::SCOPES
    }
}
