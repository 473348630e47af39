//! A screen that is a list: made from columns and a source of rows, which say what is particular to it. Moving,
//! marking, searching, filtering, copying and drawing are the same for all.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::widgets::Block;

use crate::domain::ids::MilestoneId;
use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::keymap::Scope;
use crate::tui::screen::{Cx, Hits, ListView, Screen};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::theme::Ui;
use crate::tui::widgets::list::{self, Cell, Column, Rows, Table};
use crate::tui::widgets::text::{self, Styled};

/// What is particular to a list.
pub trait Source {
    /// The columns; their titles stand above the rows.
    fn columns(&self, cx: &Cx<'_>) -> Vec<Column>;

    /// Brings the rows up to date with how the list is looked at.
    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()>;

    /// Reads what the rows at these places show, since only then it is known which rows are seen. The places may reach
    /// beyond the rows.
    fn read(&mut self, _page: Range<usize>, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }

    fn count(&self) -> usize;

    /// What the row at a place stands for; none where it was not read yet.
    fn key(&self, at: usize, cx: &Cx<'_>) -> Option<RowKey>;

    fn position(&self, key: RowKey, cx: &Cx<'_>) -> Option<usize> {
        (0..self.count()).find(|at| self.key(*at, cx) == Some(key))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell>;

    /// What the recording keys act on, with the cursor at a place: `milestones` are those marked, else the one under the
    /// cursor.
    fn selection(&self, at: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection;

    /// What Enter does with the row at a place.
    fn open(&mut self, at: usize, _view: &mut ListView, cx: &Cx<'_>) -> Effect {
        self.key(at, cx).map_or(Effect::None, Effect::Go)
    }

    /// Answers an action of its own, before the list does.
    fn act(
        &mut self,
        _action: Action,
        _view: &mut ListView,
        _cx: &mut Cx<'_>,
    ) -> Result<Option<Effect>> {
        Ok(None)
    }

    /// Lines above the list.
    fn above(&self, _view: &ListView, _area: Rect, _cx: &Cx<'_>) -> Result<Vec<Styled>> {
        Ok(Vec::new())
    }

    /// Rows below the list that never scroll away.
    fn feet(&self, _cx: &Cx<'_>) -> Result<Vec<Vec<Cell>>> {
        Ok(Vec::new())
    }

    /// What is wrong with the filter that was typed.
    fn problem(&self) -> Option<&str> {
        None
    }

    /// What there is to say where there are no rows.
    fn nothing(&self, _view: &ListView, cx: &Cx<'_>) -> &'static str {
        cx.ui.lang.nothing_found()
    }

    /// The row at a place in one line, for the clipboard.
    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        Some(line(&self.cells(at, cx)))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Item, Scope::List, Scope::Global]
    }

    fn draw(
        &mut self,
        view: &mut ListView,
        frame: &mut Frame,
        area: Rect,
        cx: &mut Cx<'_>,
    ) -> Result<Hits>
    where
        Self: Sized,
    {
        let mut above = self.above(view, area, cx)?;
        above.extend(narrowed(self, view, cx));
        let below = text::lines(&above, frame, area);
        if self.count() == 0 {
            let style = cx.ui.theme.dim();
            text::say(self.nothing(view, cx), style, frame, below);
            return Ok(Hits::new());
        }
        draw_rows(self, view, true, frame, below, cx)
    }

    /// Gives back the focus another pane has; false if none has.
    fn back(&mut self) -> bool {
        false
    }

    fn has_panes(&self) -> bool {
        false
    }

    fn is_past(&self, _cx: &Cx<'_>) -> bool {
        false
    }

    fn reset(&mut self) {}
}

/// A row in one line.
pub fn line(cells: &[Cell]) -> String {
    let texts = cells.iter().map(|cell| cell.text.trim());
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    texts.join("  ")
}

/// What a list is narrowed to, in at most one line.
pub fn narrowed(source: &impl Source, view: &ListView, cx: &Cx<'_>) -> Option<Styled> {
    let (lang, theme) = (cx.ui.lang, cx.ui.theme);
    if let Some(problem) = source.problem() {
        return Some((problem.to_owned(), theme.bad()));
    }
    let named = [(lang.find_title(), &view.find), (lang.filter_title(), &view.filter)];
    let pieces = named.into_iter().filter(|(_, text)| !text.trim().is_empty());
    let pieces: Vec<String> = pieces.map(|(word, text)| format!("{word} {text}")).collect();
    (!pieces.is_empty()).then(|| (pieces.join("  "), theme.warn()))
}

/// The title of a list, with what narrows it.
pub fn heading(title: String, view: &ListView, cx: &Cx<'_>) -> String {
    let lang = cx.ui.lang;
    let mut parts = vec![title];
    if !view.filter.is_empty() {
        parts.push(lang.title_filter(&view.filter));
    }
    if !view.find.is_empty() {
        parts.push(lang.title_find(&view.find));
    }
    parts.join(" - ")
}

/// Reads what is seen, and draws the rows.
pub fn draw_rows(
    source: &mut impl Source,
    view: &mut ListView,
    focused: bool,
    frame: &mut Frame,
    area: Rect,
    cx: &mut Cx<'_>,
) -> Result<Hits> {
    let feet = source.feet(cx)?;
    let height = usize::from(area.height).saturating_sub(1 + feet.len());
    let page = view.rows.page(&RowsOf(source, cx), Some(height));
    source.read(page, cx)?;
    let table =
        Table { columns: &source.columns(cx), rows: &RowsOf(source, cx), feet: &feet, focused };
    Ok(list::draw(frame, area, &table, &mut view.rows, cx.ui))
}

/// Draws the list in a pane of its own, or says there why it is empty.
pub fn draw_in_pane(
    source: &mut impl Source,
    view: &mut ListView,
    block: Block<'_>,
    focused: bool,
    frame: &mut Frame,
    area: Rect,
    cx: &mut Cx<'_>,
) -> Result<Hits> {
    let mut block = block;
    if focused {
        block = block.border_style(cx.ui.theme.focus());
    }
    let inside = block.inner(area);
    frame.render_widget(block, area);
    let nothing = (source.count() == 0).then(|| source.nothing(view, cx));
    if let Some(text) = source.problem().or(nothing) {
        let below = inside.inner(Margin::new(0, 1));
        text::say(text, cx.ui.theme.dim(), frame, below);
        return Ok(Hits::new());
    }
    draw_rows(source, view, focused, frame, inside, cx)
}

/// The three ways out of an empty ledger.
pub fn draw_empty_ledger(frame: &mut Frame, area: Rect, ui: Ui) {
    let (lang, theme) = (ui.lang, ui.theme);
    let lines = [
        (lang.empty_title(), theme.strong()),
        ("", theme.text()),
        (lang.empty_demo(), theme.text()),
        (lang.empty_import(), theme.text()),
        (lang.empty_template(), theme.dim()),
        (lang.empty_new(), theme.text()),
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
}

impl<S: Source> ListScreen<S> {
    /// A list that belongs to the view this action opens.
    pub fn new(tab: Action, source: S) -> Self {
        Self { tab, view: ListView::default(), source }
    }

    fn cursor(&self, cx: &Cx<'_>) -> Option<usize> {
        self.view.rows.at(&RowsOf(&self.source, cx))
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
        self.source.refresh(&self.view, cx)?;
        let page = self.view.rows.page(&RowsOf(&self.source, cx), None);
        self.source.read(page, cx)
    }

    fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &mut Cx<'_>) -> Result<Hits> {
        self.source.draw(&mut self.view, frame, area, cx)
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Option<Effect>> {
        if let Some(effect) = self.source.act(action, &mut self.view, cx)? {
            return Ok(Some(effect));
        }
        if self.view.rows.on_action(action, &RowsOf(&self.source, cx)) {
            return Ok(Some(Effect::None));
        }
        Ok(match action {
            Action::Open => self.cursor(cx).map(|at| self.source.open(at, &mut self.view, cx)),
            _ => None,
        })
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
        self.source.summary(self.cursor(cx)?, cx)
    }

    fn list(&mut self) -> Option<&mut ListView> {
        Some(&mut self.view)
    }

    fn back(&mut self) -> bool {
        self.view.rows.unmark() || self.source.back() || self.view.back()
    }

    fn reset(&mut self) {
        self.view = ListView::default();
        self.source.reset();
    }

    fn has_panes(&self) -> bool {
        self.source.has_panes()
    }

    fn is_past(&self, cx: &Cx<'_>) -> bool {
        self.source.is_past(cx)
    }
}
