//! The line at the bottom one types into: what to find, as it is typed, or a filter, on Enter. A filter that cannot be
//! read is not left: why stands below it, what could stand there above it.
//!
//! ```text
//!  Tab  overdue  not_invoiced  status:  stage:
//!  Filter  pm:wang sta
//!  Enter choose  Tab complete  Esc cancel
//! ```

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use crate::error::Result;
use crate::report::filter::{Begun, FilterField, TodoField, TodoFilter};
use crate::text::find::Needle;
use crate::text::width::{fit, width, wrap};
use crate::tui::action::Action;
use crate::tui::data::{Ledger, SavedFilters};
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::keymap::Scope;
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::screen::{Cx, FilterOf};
use crate::tui::theme::Ui;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::text::cells;

pub struct Prompt {
    line: Line,
    kind: Kind,
}

enum Kind {
    Find(Finding),
    Filter(Filtering, FilterOf),
    /// The name this filter is to be kept under.
    Name(String),
}

/// What could stand there, and which of it Tab put there.
#[derive(Default)]
struct Offers {
    words: Vec<String>,
    turn: Option<usize>,
}

impl Offers {
    fn of(words: Vec<String>) -> Self {
        Self { words, turn: None }
    }

    /// The next of them, round the end.
    fn next(&self) -> usize {
        self.turn.map_or(0, |turn| (turn + 1) % self.words.len().max(1))
    }

    /// Takes the one at a place.
    fn take(&mut self, place: usize) -> Option<&str> {
        let word = self.words.get(place)?;
        self.turn = Some(place);
        Some(word)
    }
}

/// A search, which is taken as it is typed.
struct Finding {
    /// What was looked for before.
    before: String,
    /// Looked up at the first Tab.
    offers: Option<Offers>,
}

impl Finding {
    /// Puts a customer or project there that what was typed finds: the one at a place of those offered, else the next.
    fn complete(
        &mut self,
        place: Option<usize>,
        line: &mut Line,
        ledger: &Ledger,
    ) -> Result<Reply> {
        if self.offers.is_none() {
            let mut all = names(FilterField::Customer, ledger)?;
            let projects = ledger.store.open_project_names()?;
            all.extend(projects.values().map(|project| project.name.to_string()));
            let needle = Needle::new(line.text());
            all.retain(|name| needle.matches(name));
            all.dedup();
            self.offers = Some(Offers::of(all));
        }
        let take = |offers: &mut Offers| {
            let place = place.unwrap_or_else(|| offers.next());
            offers.take(place).map(str::to_owned)
        };
        let Some(word) = self.offers.as_mut().and_then(take) else {
            return Ok(Reply::Stay);
        };
        line.set(&word);
        Ok(Reply::Do(Effect::Find(word)))
    }
}

/// What is known of the filter as it is typed.
#[derive(Default)]
pub(super) struct Filtering {
    /// What stands before the word at the end, and what that could be.
    kept: String,
    offers: Offers,
    /// Why it cannot be read.
    pub(super) problem: Option<String>,
    /// It was to be taken as it is.
    pub(super) refused: bool,
}

impl Filtering {
    pub(super) fn read(&mut self, text: &str, of: FilterOf, cx: &Cx<'_>) -> Result<()> {
        let lang = cx.ui.lang;
        if of == FilterOf::Todos {
            let mut known = Ok(Vec::new());
            let (kept, words) = TodoFilter::options(text, lang, |field| {
                known = names_of_todos(field, cx.ledger);
                known.as_ref().map(Clone::clone).unwrap_or_default()
            });
            known?;
            let (offers, problem) = (Offers::of(words), problem(text, of, cx));
            *self = Self { kept, offers, problem, ..Self::default() };
            return Ok(());
        }
        let begun = Begun::of(text);
        let mut known = Ok(Vec::new());
        let options = begun.options(lang, &cx.ledger.filters.all, |field| {
            known = names(field, cx.ledger);
            known.as_ref().map(Clone::clone).unwrap_or_default()
        });
        known?;
        let problem = problem(text, of, cx);
        let offers = Offers::of(options);
        *self = Self { kept: begun.kept, offers, problem, ..Self::default() };
        Ok(())
    }

    /// Why it cannot be read: not while a word that could be right is still typed.
    pub(super) fn said(&self) -> Option<&str> {
        let at_work = !self.offers.words.is_empty() && !self.refused;
        self.problem.as_deref().filter(|_| !at_work)
    }
}

fn problem(text: &str, of: FilterOf, cx: &Cx<'_>) -> Option<String> {
    let wrong = match of {
        FilterOf::Items => cx.ledger.filter(text).err(),
        FilterOf::Todos => TodoFilter::parse(text, cx.ledger.today()).err(),
    };
    wrong.map(|error| cx.ui.lang.filter_error(&error))
}

/// The names of those who can do something, and of what it can be about.
fn names_of_todos(field: TodoField, ledger: &Ledger) -> Result<Vec<String>> {
    match field {
        TodoField::Owner => names(FilterField::Pm, ledger),
        TodoField::Customer | TodoField::About => names(FilterField::Customer, ledger),
        TodoField::Project => names(FilterField::Project, ledger),
        TodoField::Milestone
        | TodoField::Kind
        | TodoField::Due
        | TodoField::Severity
        | TodoField::State => Ok(Vec::new()),
    }
}

/// The names of customers, projects and managers, and the currencies, that can be filtered by.
fn names(field: FilterField, ledger: &Ledger) -> Result<Vec<String>> {
    let store = &ledger.store;
    let mut names: Vec<String> = match field {
        FilterField::Customer => {
            store.open_customer_names()?.values().map(|name| name.short().to_owned()).collect()
        }
        FilterField::Project => {
            store.open_project_names()?.values().map(|name| name.code.to_string()).collect()
        }
        FilterField::Pm => store.person_names()?.into_values().collect(),
        FilterField::Currency => {
            let codes = ledger.portfolio.items().iter().map(|item| item.currency.code());
            codes.collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect()
        }
        FilterField::Milestone
        | FilterField::Broken
        | FilterField::Silent
        | FilterField::Grade
        | FilterField::Cause
        | FilterField::Ahead
        | FilterField::Satisfaction
        | FilterField::Note
        | FilterField::Credit
        | FilterField::Papers
        | FilterField::Paper
        | FilterField::Stage
        | FilterField::Status
        | FilterField::WaitingOn
        | FilterField::Step
        | FilterField::Due
        | FilterField::Late
        | FilterField::Balance
        | FilterField::Amount
        | FilterField::Bucket
        | FilterField::Flag => Vec::new(),
    };
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

impl Prompt {
    /// A search that starts from what is looked for already.
    pub fn find(before: &str) -> Self {
        Self {
            line: Line::new(before),
            kind: Kind::Find(Finding { before: before.to_owned(), offers: None }),
        }
    }

    /// A filter that starts from the one in force.
    pub fn filter(before: &str, of: FilterOf, cx: &Cx<'_>) -> Result<Self> {
        let mut filtering = Filtering::default();
        filtering.read(before, of, cx)?;
        Ok(Self { line: Line::new(before), kind: Kind::Filter(filtering, of) })
    }

    fn edited(&mut self, cx: &Cx<'_>) -> Result<Reply> {
        match &mut self.kind {
            Kind::Find(finding) => {
                finding.offers = None;
                Ok(Reply::Do(Effect::Find(self.line.text().to_owned())))
            }
            Kind::Filter(filtering, of) => {
                filtering.read(self.line.text(), *of, cx)?;
                Ok(Reply::Stay)
            }
            Kind::Name(_) => Ok(Reply::Stay),
        }
    }

    /// Puts the next of what could stand at the end there, or the one at a place, for good if there is no other or it was
    /// pointed at.
    fn complete(&mut self, place: Option<usize>, cx: &Cx<'_>) -> Result<Reply> {
        let (filtering, of) = match &mut self.kind {
            Kind::Filter(filtering, of) => (filtering, *of),
            Kind::Find(finding) => return finding.complete(place, &mut self.line, cx.ledger),
            Kind::Name(_) => return Ok(Reply::Stay),
        };
        let is_chosen = place.is_some() || filtering.offers.words.len() == 1;
        let next = filtering.offers.next();
        let Some(word) = filtering.offers.take(place.unwrap_or(next)) else {
            return Ok(Reply::Stay);
        };
        let text = format!("{}{word}", filtering.kept);
        if !is_chosen {
            self.line.set(&text);
            filtering.problem = problem(&text, of, cx);
            return Ok(Reply::Stay);
        }
        let gap = if word.ends_with(':') { "" } else { " " };
        self.line.set(&format!("{text}{gap}"));
        self.edited(cx)
    }

    /// Draws title and line, with an example behind the cursor until something is typed.
    fn draw_line(&self, frame: &mut Frame, area: Rect, title: &str, example: &str, ui: Ui) {
        let theme = ui.theme;
        Clear.render(area, frame.buffer_mut());
        frame.buffer_mut().set_style(area, theme.background().unwrap_or_default());
        frame.buffer_mut().set_string(area.x + 1, area.y, title, theme.key());
        let used = cells(width(title) + 3);
        let field =
            Rect { x: area.x.saturating_add(used), width: area.width.saturating_sub(used), ..area };
        frame.buffer_mut().set_style(field, theme.text().patch(theme.input()));
        if self.line.text().is_empty() {
            let room = usize::from(field.width.saturating_sub(2));
            let x = field.x.saturating_add(2);
            frame.buffer_mut().set_stringn(x, field.y, example, room, theme.dim());
        }
        self.line.draw(frame, field, Style::new(), true);
    }
}

/// Draws what could stand there, from the one that does, and returns where each can be clicked.
fn draw_offers(frame: &mut Frame, area: Rect, offers: &Offers, ui: Ui) -> Vec<(Rect, usize)> {
    let theme = ui.theme;
    Clear.render(area, frame.buffer_mut());
    let plain = theme.background().unwrap_or_default().patch(theme.text());
    frame.buffer_mut().set_style(area, plain);
    let key = ui.key(Action::Complete);
    frame.buffer_mut().set_string(area.x + 1, area.y, &key, theme.key());
    let mut x = area.x.saturating_add(1 + cells(width(&key)));
    let at = offers.turn.unwrap_or_default();
    let mut hits = Vec::new();
    for (word, place) in offers.words.iter().zip(0..).skip(at) {
        x = x.saturating_add(2);
        let room = usize::from(area.right().saturating_sub(x));
        if room < 2 {
            break;
        }
        let style = if offers.turn == Some(place) { theme.selected() } else { theme.text() };
        let from = x;
        (x, _) = frame.buffer_mut().set_stringn(x, area.y, fit(word, room), room, style);
        hits.push((Rect { x: from, width: x - from, ..area }, place));
    }
    hits
}

impl Overlay for Prompt {
    fn scope(&self) -> Scope {
        match self.kind {
            Kind::Name(_) => Scope::Popup,
            Kind::Find(_) | Kind::Filter(..) => Scope::Prompt,
        }
    }

    fn dims(&self) -> bool {
        false
    }

    /// Below the line of a filter stands why it cannot be read, else its keys.
    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        let last = Rect { y: body.bottom().saturating_sub(1), height: 1, ..body };
        let (filtering, of) = match &self.kind {
            Kind::Filter(filtering, of) => (filtering, *of),
            Kind::Find(Finding { offers: Some(offers), .. }) if !offers.words.is_empty() => {
                return draw_offers(frame, last, offers, ui);
            }
            Kind::Find(_) | Kind::Name(_) => return Vec::new(),
        };
        let lang = ui.lang;
        let room = usize::from(body.width).saturating_sub(4);
        let said = filtering.said().map(|text| wrap(text, room)).unwrap_or_default();
        let below = cells(said.len()).max(1).min(body.height.saturating_sub(2));
        let line = Rect { y: body.bottom().saturating_sub(below), height: 1, ..body };
        for (text, at) in said.iter().zip(0..below) {
            let row = Rect { y: line.y + 1 + at, ..line };
            let sign = if at == 0 { "!" } else { " " };
            Clear.render(row, frame.buffer_mut());
            frame.buffer_mut().set_style(row, ui.theme.background().unwrap_or_default());
            let text = format!(" {sign} {text}");
            frame.buffer_mut().set_string(row.x, row.y, text, ui.theme.bad());
        }
        let offers = if filtering.offers.words.is_empty() {
            Vec::new()
        } else {
            let above = Rect { y: line.y.saturating_sub(1), ..line };
            draw_offers(frame, above, &filtering.offers, ui)
        };
        let example = match of {
            FilterOf::Items => lang.filter_example(),
            FilterOf::Todos => lang.todo_filter_example(),
        };
        self.draw_line(frame, line, lang.filter_title(), example, ui);
        offers
    }

    /// Takes what is offered at a place.
    fn click(&mut self, place: usize, cx: &mut Cx<'_>) -> Result<Reply> {
        self.complete(Some(place), cx)
    }

    fn draw_prompt(&self, frame: &mut Frame, area: Rect, ui: Ui) -> bool {
        match &self.kind {
            Kind::Find(_) => {
                let example = ui.lang.find_example(&ui.key(Action::Complete));
                self.draw_line(frame, area, ui.lang.find_title(), &example, ui);
                true
            }
            Kind::Name(_) => {
                let (title, example) = (ui.lang.keep_filter_title(), ui.lang.keep_filter_example());
                self.draw_line(frame, area, title, example, ui);
                true
            }
            Kind::Filter(filtering, _) => filtering.said().is_some(),
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Reply> {
        Ok(match (action, &mut self.kind) {
            (Action::Accept | Action::KeepFilter, Kind::Filter(filtering, _))
                if filtering.problem.is_some() =>
            {
                filtering.refused = true;
                Reply::Stay
            }
            // A filter that is kept stands for milestones, never for to-dos.
            (Action::KeepFilter, Kind::Filter(_, FilterOf::Items)) => {
                let filter = self.line.text().trim().to_owned();
                if !filter.is_empty() {
                    *self = Self { line: Line::new(""), kind: Kind::Name(filter) };
                }
                Reply::Stay
            }
            (Action::Accept, Kind::Name(filter)) => match SavedFilters::name(self.line.text()) {
                Some(name) => {
                    Reply::Done(Effect::KeepFilter { name, filter: std::mem::take(filter) })
                }
                None => Reply::Stay,
            },
            (Action::Accept, Kind::Filter(..)) => {
                Reply::Done(Effect::Filter(self.line.text().trim().to_owned()))
            }
            (Action::Cancel, Kind::Find(finding)) => {
                Reply::Done(Effect::Find(finding.before.clone()))
            }
            (Action::Accept | Action::Cancel, _) => Reply::Close,
            (Action::Complete, _) => return self.complete(None, cx),
            _ => Reply::Stay,
        })
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> Result<Reply> {
        self.line.on_key(key);
        self.edited(cx)
    }

    fn paste(&mut self, text: &str) -> bool {
        self.line.paste(text)
    }

    fn pasted(&mut self, cx: &mut Cx<'_>) -> Result<Reply> {
        self.edited(cx)
    }
}
