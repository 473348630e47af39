//! A screen that is a list: made from columns and a source of rows, which say what is particular to it. Moving,
//! marking, searching, filtering, sorting, copying, the pane with details and drawing are the same for all.

mod going_on;
mod layout;
pub mod widest;

use std::borrow::Cow;
use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};

use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::error::Result;
use crate::exchange::out::Report;
use crate::store::ProjectDetail;
use crate::text::width::{fit, width};
use crate::tui::action::Action;
use crate::tui::data::{Lack, Memo};
use crate::tui::detail::DetailPane;
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::forms::Recording;
use crate::tui::keymap::Scope;
use crate::tui::overlays::Prompt;
use crate::tui::screen::{AgingChoice, Cx, FilterOf, Hits, ListView, Pane, Screen, Spot};
use crate::tui::screens::{Reading, overview};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::theme::Ui;
use crate::tui::widgets::list::{self, Cell, Column, Rows, Table};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::popup::{on_frame, pane};
use crate::tui::widgets::text::{self, Line};

use going_on::Before;
pub use layout::beside;

/// What is particular to a list.
pub trait Source {
    /// How many orders it can be sorted by, its own among them.
    const ORDERS: usize = 1;
    /// Whether it shows the ways out of an empty ledger.
    const BEGINS: bool = false;
    /// Whether a filter chooses its rows.
    const FILTERED: bool = true;
    /// What that filter chooses from.
    const FILTERS: FilterOf = FilterOf::Items;
    /// Whether only some people's money is among its rows where that is asked for.
    const LENSED: bool = Self::FILTERED;
    /// Whether a lens chooses its rows by whose desk they are on, not by who looks after the project.
    const BY_DESK: bool = false;
    /// Whether its rows are to be worked through: the cursor goes on once something was recorded.
    const GOES_ON: bool = false;

    /// Whether its rows are the plan of one project, which then stands nowhere else.
    const IS_PLAN: bool = false;

    /// The columns; their titles stand above the rows.
    fn columns(&self, cx: &Cx<'_>) -> Vec<Column>;

    /// Brings the rows up to date with how the list is looked at.
    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()>;

    /// Reads what the rows at these places show, since only then it is known which rows are seen. The places may reach
    /// beyond the rows.
    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        read_names(self, page, cx)
    }

    fn count(&self) -> usize;

    /// What the row at a place stands for; none where it was not read yet.
    fn key(&self, at: usize, cx: &Cx<'_>) -> Option<RowKey>;

    /// Whether the row at a place only says what stands below it: the cursor passes over it.
    fn is_heading(&self, _at: usize) -> bool {
        false
    }

    /// Whether there is something to do about the row at a place, where rows are to be worked through.
    fn is_work(&self, _at: usize) -> bool {
        false
    }

    /// Which of how many rows stands at a place.
    fn place(&self, at: usize) -> (usize, usize) {
        (at + 1, self.count())
    }

    fn position(&self, key: RowKey, cx: &Cx<'_>) -> Option<usize> {
        (0..self.count()).find(|at| self.key(*at, cx) == Some(key))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell>;

    /// Texts as wide as any of a column of numbers, days or signs, where the list is too long to be measured row by row.
    fn widest(&mut self, _cx: &Cx<'_>) -> Result<Vec<String>> {
        Ok(Vec::new())
    }

    /// A milestone of the list.
    fn item<'a>(&'a self, id: MilestoneId, cx: &'a Cx<'_>) -> Option<&'a Item> {
        cx.ledger.portfolio.get(id)
    }

    /// What the recording keys act on, with the cursor at a place: `milestones` are those marked, else the one under the
    /// cursor.
    fn selection(&self, at: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        select(self, at, milestones, cx)
    }

    /// What Enter does with the row at a place.
    fn open(&mut self, at: usize, _view: &mut ListView, cx: &Cx<'_>) -> Effect {
        self.key(at, cx).map_or(Effect::None, Effect::Go)
    }

    /// Answers an action of its own, before the list does; `None` if it is none.
    fn act(&mut self, _action: Action, _view: &mut ListView, _cx: &Cx<'_>) -> Option<Effect> {
        None
    }

    /// What the list is of, in the filter language.
    fn within(&self) -> Option<&str> {
        None
    }

    /// Settles what depends on the room there is, before a frame.
    fn fit(&mut self, _area: Rect, _cx: &Cx<'_>) {}

    /// Figures in frames above everything, over the whole width.
    fn tiles(&self, _area: Rect, _cx: &Cx<'_>) -> Vec<Line> {
        Vec::new()
    }

    /// Lines above the list.
    fn above(&self, _view: &ListView, _area: Rect, _cx: &Cx<'_>) -> Result<Vec<Line>> {
        Ok(Vec::new())
    }

    /// Where the figures above the list stand, and what they count, in the filter language.
    fn counted(&self, _area: Rect, _cx: &Cx<'_>) -> Vec<(Rect, String)> {
        Vec::new()
    }

    /// What the list is of.
    fn title(&self, view: &ListView, cx: &Cx<'_>) -> String;

    /// The sum of what is shown, at the bottom where nothing is marked.
    fn bottom(&self, _cx: &Cx<'_>) -> String {
        String::new()
    }

    /// What stands beside the list where that is no milestone in detail: a title, and lines of so many cells.
    fn aside(
        &mut self,
        _selected: Option<RowKey>,
        _room: usize,
        _cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        Ok(None)
    }

    /// The list's part and that of the details, where there is room for both; `focused` if the details have the keys.
    fn split(&self, _area: Rect, _focused: bool) -> Option<[Rect; 2]> {
        None
    }

    /// A picture of what is listed: a title, and lines, of at most so many cells and lines. It stands below the list in a
    /// tall terminal, and beside the details in a wide one.
    fn chart(
        &mut self,
        _room: (usize, usize),
        _cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        Ok(None)
    }

    /// The milestone the details are of, with the cursor on a row.
    fn in_detail(&self, key: RowKey) -> Option<MilestoneId> {
        key.milestone()
    }

    /// The column under the cursor of columns, if it has one.
    fn column(&self) -> Option<usize> {
        None
    }

    /// Puts the cursor of columns on a column of the row at a place; false if nothing there opens by itself.
    fn choose(&mut self, _at: usize, _column: usize) -> bool {
        false
    }

    /// Takes back the cursor of columns; false if there is none.
    fn back(&mut self) -> bool {
        false
    }

    /// Rows below the list that never scroll away.
    fn feet(&self, _cx: &Cx<'_>) -> Result<Vec<Vec<Cell>>> {
        Ok(Vec::new())
    }

    /// What there is to say where there are no rows.
    fn nothing(&self, _view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        cx.ui.lang.nothing_found().into()
    }

    /// The row at a place as a sentence where it stands for what is owed, else in one line; for the clipboard.
    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        let key = self.key(at, cx);
        let said = key.and_then(|key| match key.milestone() {
            Some(id) => self.item(id, cx).map(|item| item_line(item, cx)),
            None => owed(key, cx),
        });
        said.or_else(|| Some(line(&self.cells(at, cx))))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Item, Scope::List, Scope::Global]
    }

    /// What an export writes where it is not the open milestones.
    fn report(&self, _view: &ListView, _cx: &Cx<'_>) -> Result<Option<Box<dyn Report>>> {
        Ok(None)
    }

    /// Makes the aging table another way.
    fn age(&mut self, _choice: AgingChoice) {}

    /// Reads the list that is looked at another way, or brings it in.
    fn read_as(&mut self, _reading: Reading, _cx: &mut Cx<'_>) -> Result<Option<String>> {
        Ok(None)
    }

    fn is_past(&self, _cx: &Cx<'_>) -> bool {
        false
    }

    fn reset(&mut self) {}
}

/// Reads the names of the milestones at these places.
pub fn read_names(
    source: &(impl Source + ?Sized),
    page: Range<usize>,
    cx: &mut Cx<'_>,
) -> Result<()> {
    let ids = page.filter_map(|at| source.key(at, cx)?.milestone());
    let ids: Vec<MilestoneId> = ids.collect();
    cx.ledger.name(&ids)
}

/// The milestones that are still there, else what the row at a place stands for.
pub fn select(
    source: &(impl Source + ?Sized),
    at: Option<usize>,
    mut milestones: Vec<MilestoneId>,
    cx: &Cx<'_>,
) -> Selection {
    milestones.retain(|id| source.item(*id, cx).is_some());
    let first = milestones.first().and_then(|id| source.item(*id, cx));
    if first.is_some() {
        return Selection::milestones(milestones, first);
    }
    let key = at.and_then(|at| source.key(at, cx));
    key.map_or_else(Selection::default, Selection::row)
}

/// Whether only some people's money is among its rows.
const fn is_through_a_lens<S: Source>(cx: &Cx<'_>) -> bool {
    S::LENSED && !cx.ledger.lens.is_everybodys()
}

/// Why there are no rows.
fn nothing<S: Source>(source: &S, view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
    if is_through_a_lens::<S>(cx) && !view.is_narrowed() {
        return cx.ui.lang.lens_nothing(&cx.ledger.lens.name, &cx.ui.key(Action::Lens)).into();
    }
    source.nothing(view, cx)
}

/// A row in one line.
pub fn line(cells: &[Cell]) -> String {
    let texts = cells.iter().map(|cell| cell.text.trim());
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    texts.join("  ")
}

/// A picture in a place.
type Chart = (Rect, String, Vec<Line>);

/// A milestone in one line, for the clipboard.
pub fn item_line(item: &Item, cx: &Cx<'_>) -> String {
    let name = format::name(item, cx.ledger);
    format::summary(item, &name, cx.ledger, cx.ui.lang)
}

/// What is open on a customer or project, for the clipboard.
fn owed(key: RowKey, cx: &Cx<'_>) -> Option<String> {
    let selection = Selection::row(key);
    let portfolio = &cx.ledger.portfolio;
    let items = portfolio.items().iter().filter(|item| {
        Some(item.customer) == selection.customer || Some(item.project) == selection.project
    });
    let name = match (selection.customer, selection.project) {
        (Some(id), _) => portfolio.names.customer(id).short().to_owned(),
        (None, Some(id)) => portfolio.names.project(id).name.to_string(),
        (None, None) => return None,
    };
    let said = || format::summary_of(&name, items, cx.ledger, cx.ui.lang);
    (!name.is_empty()).then(said)
}

/// The three ways out of an empty ledger.
fn draw_empty_ledger(frame: &mut Frame, area: Rect, ui: Ui) {
    let (lang, theme) = (ui.lang, ui.theme);
    let import = lang.empty_import(&ui.key(Action::Import));
    let new = lang.empty_new(&ui.key(Action::Record(Recording::New)));
    let lines = [
        (lang.empty_title(), theme.strong()),
        ("", theme.text()),
        (lang.empty_demo(), theme.text()),
        (&import, theme.text()),
        (lang.empty_template(), theme.dim()),
        (&new, theme.text()),
    ];
    let top = area.y + area.height.saturating_sub(10) / 3;
    for ((text, style), y) in lines.into_iter().zip(top..area.bottom()) {
        let room = usize::from(area.width.saturating_sub(4));
        frame.buffer_mut().set_stringn(area.x + 4, y, text, room, style);
    }
}

/// The rows of a source, for the list widget.
struct RowsOf<'a, 'b, S>(&'a S, &'a Cx<'b>);

impl<S: Source> Rows for RowsOf<'_, '_, S> {
    fn count(&self) -> usize {
        self.0.count()
    }

    fn key(&self, at: usize) -> Option<RowKey> {
        self.0.key(at, self.1)
    }

    fn is_heading(&self, at: usize) -> bool {
        self.0.is_heading(at)
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        self.0.cells(at, self.1)
    }

    fn position(&self, key: RowKey) -> Option<usize> {
        self.0.position(key, self.1)
    }
}

/// A source and how it is looked at.
pub struct ListScreen<S> {
    tab: Action,
    view: ListView,
    source: S,
    /// A milestone in detail; its focus is that of whatever stands beside the list.
    detail: DetailPane,
    /// The project of that milestone, below it.
    project: Memo<(u64, ProjectId), Option<ProjectDetail>>,
    /// What else stands beside the list.
    panel: Panel,
    /// Whether the last frame had the details, and whether they were those of a milestone.
    detailed: bool,
    of_milestone: bool,
    /// What stood where, if something is being recorded.
    before: Option<Before>,
}

impl<S: Source> ListScreen<S> {
    /// A list that belongs to the view this action opens.
    pub fn new(tab: Action, source: S) -> Self {
        Self {
            tab,
            view: ListView::default(),
            source,
            detail: DetailPane::default(),
            project: Memo::default(),
            panel: Panel::default(),
            detailed: false,
            of_milestone: false,
            before: None,
        }
    }

    fn cursor(&self, cx: &Cx<'_>) -> Option<usize> {
        self.view.rows.at(&RowsOf(&self.source, cx))
    }

    /// What the list is narrowed to.
    fn narrowed(&self, cx: &Cx<'_>) -> Option<Line> {
        let (lang, theme, view) = (cx.ui.lang, cx.ui.theme, &self.view);
        let named = [(lang.find_title(), &view.find), (lang.filter_title(), &view.filter)];
        let pieces = named.into_iter().filter(|(_, text)| !text.trim().is_empty());
        let lens = (is_through_a_lens::<S>(cx)).then(|| lang.lens_of(&cx.ledger.lens.name));
        let pieces = pieces.map(|(word, text)| format!("{word} {text}"));
        let pieces: Vec<String> = lens.into_iter().chain(pieces).collect();
        (!pieces.is_empty()).then(|| vec![(pieces.join("  "), theme.warn())])
    }

    /// What is open on the milestones that are marked, else what the source says.
    fn bottom(&self, cx: &Cx<'_>) -> String {
        let marked = self.view.rows.marked();
        let marked: Vec<&Item> = marked.iter().filter_map(|id| self.source.item(*id, cx)).collect();
        if marked.is_empty() {
            return self.source.bottom(cx);
        }
        let sum = format::sums(&format::open_sum(marked.iter().copied()), cx.ledger);
        cx.ui.lang.marked_sum(marked.len(), &sum)
    }

    /// Frames the list and returns the inside: what it is of at the top left, what narrows it at the top right, the sum
    /// at the bottom left, the place at the bottom right.
    fn draw_frame(&self, frame: &mut Frame, area: Rect, cx: &Cx<'_>) -> Rect {
        let theme = cx.ui.theme;
        let room = usize::from(area.width).saturating_sub(4);
        let title = self.source.title(&self.view, cx);
        let mut block = pane(&fit(&title, room), cx.ui);
        let mut left = room.saturating_sub(width(&title) + 3);
        let narrowed = self.narrowed(cx).unwrap_or_default();
        if let Some((text, style)) = narrowed.into_iter().next().filter(|_| left > 8) {
            let text = on_frame(&fit(&text, left), style, cx.ui);
            block = block.title(text.right_aligned());
        }
        let place = self.cursor(cx).map(|at| {
            let (place, count) = self.source.place(at);
            format!("{place}/{count}")
        });
        left = room.saturating_sub(place.as_deref().map_or(0, |place| width(place) + 2) + 1);
        if let Some(place) = place {
            block = block.title_bottom(on_frame(&place, theme.dim(), cx.ui).right_aligned());
        }
        let bottom = self.bottom(cx);
        if !bottom.is_empty() {
            block = block.title_bottom(on_frame(&fit(&bottom, left), theme.text(), cx.ui));
        }
        if !self.detail.focused {
            block = block.border_style(theme.focus());
        }
        let inside = block.inner(area);
        frame.render_widget(block, area);
        inside
    }

    /// Draws the list in its frame, or says why it is empty.
    fn draw_list(&mut self, frame: &mut Frame, area: Rect, cx: &mut Cx<'_>) -> Result<Hits> {
        let inside = self.draw_frame(frame, area, cx);
        let (view, source) = (&self.view, &self.source);
        let said = (source.count() == 0).then(|| nothing(source, view, cx));
        if let Some(text) = view.input.problem().or(said.as_deref()) {
            text::say(text, cx.ui.theme.dim(), frame, inside.inner(Margin::new(0, 1)));
            return Ok(Hits::new());
        }
        self.draw_rows(frame, inside, cx)
    }

    /// Draws what the row under the cursor stands for.
    fn draw_detail(&mut self, frame: &mut Frame, area: Rect, cx: &mut Cx<'_>) -> Result<()> {
        let selected = self.view.rows.selected().filter(|_| self.source.count() > 0);
        let aside = self.source.aside(selected, Panel::room(area), cx)?;
        self.of_milestone = aside.is_none();
        if let Some((title, lines)) = aside {
            self.panel.draw(&title, &lines, self.detail.focused, (frame, area), cx.ui);
            return Ok(());
        }
        let milestone = selected.and_then(|key| self.source.in_detail(key));
        self.detail.read(milestone, cx.ledger)?;
        let of = self.detail.milestone().filter(|_| !S::IS_PLAN);
        let parts = layout::with_plan(area).zip(of);
        let Some(([rest, place], id)) = parts.map(|(parts, of)| (parts, of.item.project)) else {
            self.detail.draw(frame, area, cx);
            return Ok(());
        };
        self.detail.draw(frame, rest, cx);
        let ledger = &*cx.ledger;
        let read = || ledger.store.project_detail(id).map(Some);
        self.project.try_refresh((ledger.version(), id), read)?;
        if let Some(project) = &*self.project {
            let (title, lines) = overview::of(project, Panel::room(place), cx)?;
            Panel::default().draw(&title, &lines, false, (frame, place), cx.ui);
        }
        Ok(())
    }

    /// The picture at the right of a wide screen, and what is left.
    fn chart_beside(
        &mut self,
        screen: Rect,
        body: Rect,
        cx: &mut Cx<'_>,
    ) -> Result<(Rect, Option<Chart>)> {
        let Some([rest, place]) = layout::third(screen, body) else {
            return Ok((body, None));
        };
        let room = (Panel::room(place), usize::from(place.height).saturating_sub(2));
        let chart = self.source.chart(room, cx)?;
        Ok(chart.map_or((body, None), |(title, lines)| (rest, Some((place, title, lines)))))
    }

    /// The picture below the list on a tall screen, and what is left for the list.
    fn chart_below(
        &mut self,
        screen: Rect,
        list: Rect,
        cx: &mut Cx<'_>,
    ) -> Result<(Rect, Option<Chart>)> {
        let Some(most) = layout::lower(list).filter(|_| layout::is_tall(screen)) else {
            return Ok((list, None));
        };
        let room = (Panel::room(list), usize::from(most).saturating_sub(2));
        let chart = self.source.chart(room, cx)?;
        Ok(chart.map_or((list, None), |(title, lines)| {
            let [rest, place] = layout::below(list, text::cells(lines.len() + 2).min(most));
            (rest, Some((place, title, lines)))
        }))
    }

    /// Reads what is seen, and draws it.
    fn draw_rows(&mut self, frame: &mut Frame, area: Rect, cx: &mut Cx<'_>) -> Result<Hits> {
        let Self { view, source, detail, .. } = self;
        let mut feet = source.feet(cx)?;
        feet.truncate(layout::feet(area));
        let columns = source.columns(cx);
        let unmeasured = view.rows.unmeasured(&columns, area, &RowsOf(source, cx));
        if !unmeasured.is_empty() {
            source.read(unmeasured, cx)?;
            view.rows.measure(&columns, area, &RowsOf(source, cx));
        }
        let height = usize::from(area.height).saturating_sub(1 + feet.len());
        let page = view.rows.page(&RowsOf(source, cx), Some(height));
        source.read(page, cx)?;
        let is_long = source.count() > list::MEASURED;
        let widest = if is_long { source.widest(cx)? } else { Vec::new() };
        let table = Table {
            columns: &columns,
            widest: &widest,
            rows: &RowsOf(source, cx),
            feet: &feet,
            order: (view.sort, view.reversed),
            column: source.column(),
            focused: !detail.focused,
        };
        let rows = list::draw(frame, area, &table, &mut view.rows, cx.ui);
        let bar = view.rows.track().map(|track| (track, Spot::Bar));
        Ok(rows.into_iter().map(|(area, key)| (area, Spot::Row(key))).chain(bar).collect())
    }
}

impl<S: Source> Screen for ListScreen<S> {
    fn tab(&self) -> Action {
        self.tab
    }

    fn scopes(&self) -> &'static [Scope] {
        self.source.scopes()
    }

    fn refresh(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.view.by_desk = S::BY_DESK;
        self.view.refresh(S::FILTERS, self.source.within(), cx)?;
        self.source.refresh(&self.view, cx)?;
        let next = self.before.take().and_then(|before| before.next(&self.source, cx));
        if let Some(next) = next {
            self.view.rows.go_to(next, &RowsOf(&self.source, cx));
        }
        let page = self.view.rows.page(&RowsOf(&self.source, cx), None);
        self.source.read(page, cx)
    }

    fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &mut Cx<'_>) -> Result<Hits> {
        if S::BEGINS && *self.view.lack == Lack::Everything {
            draw_empty_ledger(frame, area, cx.ui);
            self.detailed = false;
            return Ok(Hits::new());
        }
        self.source.fit(area, cx);
        let mut above = self.source.above(&self.view, area, cx)?;
        let tiles = self.source.tiles(area, cx);
        above.truncate(layout::above(area).saturating_sub(tiles.len()));
        let below = text::flush(&tiles, frame, area);
        let below = text::lines(&above, frame, below);
        let (body, third) = self.chart_beside(area, below, cx)?;
        let focused = self.detail.focused;
        let parts = self.source.split(body, focused);
        let parts = parts.map(|parts| layout::in_turn(parts, body, focused));
        self.detailed = parts.is_some();
        self.detail.focused &= self.detailed;
        let (list, detail) = parts.map_or((body, None), |[list, detail]| (list, Some(detail)));
        let (list, lower) = self.chart_below(area, list, cx)?;
        let counted = self.source.counted(area, cx).into_iter();
        let counted = counted.filter(|(figure, _)| figure.bottom() <= below.y);
        let mut hits: Hits = counted.map(|(at, filter)| (at, Spot::Counted(filter))).collect();
        hits.push((list, Spot::Pane(Pane::List)));
        if !list.is_empty() {
            hits.extend(self.draw_list(frame, list, cx)?);
        }
        if let Some(detail) = detail.filter(|detail| !detail.is_empty()) {
            hits.push((detail, Spot::Pane(Pane::Aside)));
            self.draw_detail(frame, detail, cx)?;
        }
        if let Some((place, title, lines)) = third.or(lower) {
            Panel::default().draw(&title, &lines, false, (frame, place), cx.ui);
        }
        Ok(hits)
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Option<Effect>> {
        let Self { view, source, detail, panel, .. } = self;
        let scrolled = if self.of_milestone {
            detail.act(action)
        } else {
            detail.focused && panel.act(action)
        };
        if scrolled {
            return Ok(Some(Effect::None));
        }
        if let Some(effect) = source.act(action, view, cx) {
            return Ok(Some(effect));
        }
        if view.rows.on_action(action, &RowsOf(source, cx)) {
            return Ok(Some(Effect::None));
        }
        Ok(match action {
            Action::Open => {
                let at = view.rows.at(&RowsOf(source, cx));
                at.map(|at| source.open(at, view, cx))
            }
            Action::Find => Some(Effect::open(Prompt::find(&view.find))),
            Action::Filter if !S::FILTERED => Some(Effect::Say(cx.ui.lang.not_here().to_owned())),
            Action::Filter => Some(Effect::open(Prompt::filter(&view.filter, S::FILTERS, cx)?)),
            Action::Sort if S::ORDERS > 1 => {
                view.sort = (view.sort + 1) % S::ORDERS;
                view.reversed = false;
                Some(Effect::None)
            }
            Action::Reverse if S::ORDERS > 1 => {
                view.reversed = !view.reversed;
                Some(Effect::None)
            }
            Action::Pane if self.detailed => {
                detail.focused = !detail.focused;
                Some(Effect::None)
            }
            _ => None,
        })
    }

    fn before_write(&mut self, cx: &Cx<'_>) {
        let at = self.cursor(cx).filter(|_| S::GOES_ON);
        self.before = at.and_then(|at| Before::of(&self.source, at, cx));
    }

    fn selection(&self, cx: &Cx<'_>) -> Selection {
        let at = self.cursor(cx);
        let mut milestones = self.view.rows.marked();
        let marked = !milestones.is_empty();
        if !marked {
            let key = at.and_then(|at| self.source.key(at, cx));
            milestones.extend(key.and_then(RowKey::milestone));
        }
        Selection { marked, ..self.source.selection(at, milestones, cx) }
    }

    fn summary(&self, cx: &Cx<'_>) -> Option<String> {
        let marked = self.view.rows.marked();
        let marked = marked.iter().filter_map(|id| self.source.item(*id, cx));
        let marked: Vec<String> = marked.map(|item| item_line(item, cx)).collect();
        if marked.is_empty() {
            return self.source.summary(self.cursor(cx)?, cx);
        }
        Some(marked.join("\n"))
    }

    fn report(&self, cx: &Cx<'_>) -> Result<Option<Box<dyn Report>>> {
        self.source.report(&self.view, cx)
    }

    fn list(&mut self) -> Option<&mut ListView> {
        Some(&mut self.view)
    }

    fn choose(&mut self, key: RowKey, column: usize, cx: &Cx<'_>) -> bool {
        let at = self.source.position(key, cx);
        at.is_some_and(|at| self.source.choose(at, column))
    }

    fn back(&mut self) -> bool {
        self.view.rows.unmark() || self.detail.back() || self.source.back() || self.view.back()
    }

    fn reset(&mut self) {
        self.view = ListView::default();
        self.detail = DetailPane::default();
        self.panel = Panel::default();
        self.source.reset();
    }

    fn has_panes(&self) -> bool {
        self.detailed
    }

    fn focus(&mut self, pane: Pane) {
        self.detail.focused = self.detailed && pane == Pane::Aside;
    }

    fn wheel(&mut self, pane: Pane, rows: i32, cx: &mut Cx<'_>) -> Result<()> {
        let focused = std::mem::replace(&mut self.detail.focused, pane == Pane::Aside);
        let action = if rows > 0 { Action::Down } else { Action::Up };
        let moved = (0..rows.unsigned_abs()).try_for_each(|_| self.act(action, cx).map(|_| ()));
        self.detail.focused = focused;
        moved
    }

    fn scroll_to(&mut self, part: u16, whole: u16, cx: &Cx<'_>) {
        self.view.rows.go_to_part(part, whole, &RowsOf(&self.source, cx));
    }

    fn is_filtered(&self) -> bool {
        S::FILTERED && S::FILTERS == FilterOf::Items
    }

    fn age(&mut self, choice: AgingChoice) {
        self.source.age(choice);
    }

    fn read_as(&mut self, reading: Reading, cx: &mut Cx<'_>) -> Result<Option<String>> {
        self.source.read_as(reading, cx)
    }

    fn is_past(&self, cx: &Cx<'_>) -> bool {
        self.source.is_past(cx)
    }
}
