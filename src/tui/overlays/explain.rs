//! How a milestone stands, each thing with the facts and the rule it comes from; what the totals of a customer or a
//! project, a figure or a register are made of. Worked out when it is asked for.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::ids::MilestoneId;
use crate::domain::kinds::Figure;
use crate::error::Result;
use crate::exchange::explain::{ExplainedFigure, ExplainedTotals, Fact, Owner, Told, told};
use crate::exchange::out::{self, Report};
use crate::report::explain;
use crate::text::width::{clean, left, width, wrap};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::forms::Recording;
use crate::tui::input::Key;
use crate::tui::keymap::Scope;
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::overlays::Choice;
use crate::tui::screen::Cx;
use crate::tui::selection::Selection;
use crate::tui::theme::Ui;
use crate::tui::widgets::picker::{Pick, Picker};
use crate::tui::widgets::popup::popup;
use crate::tui::widgets::{scroll, text};

/// Cells of its lines at most.
const WIDE: usize = 100;
/// Cells a day takes, with the gap behind it.
const DAY: usize = 12;

enum Content {
    Topics(Vec<Told>),
    Made(Box<dyn Report>),
}

struct Explanation {
    title: String,
    content: Content,
    top: usize,
    count: usize,
    page: usize,
}

/// Explains what the row under the cursor stands for, as of today.
pub fn explain(selection: &Selection, cx: &mut Cx<'_>) -> Result<Effect> {
    let (customer, project) = (selection.customer, selection.project);
    match (selection.milestones.first(), project.map(Owner::Project)) {
        (Some(id), _) => milestone(*id, cx),
        (None, owner) => match owner.or(customer.map(Owner::Customer)) {
            Some(owner) => totals(owner, cx),
            None => Ok(Effect::None),
        },
    }
}

/// What the totals of a customer or a project are made of.
fn totals(owner: Owner, cx: &mut Cx<'_>) -> Result<Effect> {
    let (lang, ledger) = (cx.ui.lang, &mut *cx.ledger);
    let items = ledger.portfolio.items().iter();
    let ids: Vec<MilestoneId> = items.filter(|item| owner.owns(item)).map(|i| i.id).collect();
    ledger.name(&ids)?;
    let name = match owner {
        Owner::Customer(id) => ledger.store.customer_draft(id)?.name,
        Owner::Project(id) => ledger.store.project_draft(id)?.name,
    };
    let totals = ExplainedTotals::of(owner, name.clone(), &ledger.portfolio);
    let title = lang.explain_items_title(&name);
    Ok(made_of(title, totals))
}

/// Things a figure is made of that are shown: more than anybody reads on a screen.
pub const MOST: usize = 200;

/// Asks which figure to explain.
pub fn figures(cx: &Cx<'_>) -> Effect {
    let lang = cx.ui.lang;
    let picks = Figure::ALL.iter().map(|of| Pick::new(*of, lang.figure(*of), ""));
    let picker = Picker::new(lang.figures_title(), picks.collect());
    Effect::open(Choice::new(picker, |figure, cx| {
        let (portfolio, store) = (&cx.ledger.portfolio, &cx.ledger.store);
        Ok(figure_made_of(ExplainedFigure::of(figure, portfolio, store, MOST, cx.ui.lang)?, cx))
    }))
}

/// A figure that was explained.
pub fn figure_made_of(of: ExplainedFigure, cx: &Cx<'_>) -> Effect {
    made_of(of.title(cx.ui.lang), of)
}

fn made_of(title: String, of: impl Report + 'static) -> Effect {
    let content = Content::Made(Box::new(of));
    Effect::open(Explanation { title, content, top: 0, count: 0, page: 1 })
}

fn milestone(id: MilestoneId, cx: &mut Cx<'_>) -> Result<Effect> {
    let (lang, ledger) = (cx.ui.lang, &mut *cx.ledger);
    let lpr = ledger.lpr()?;
    ledger.name(&[id])?;
    let Some(of) = explain::explain(&ledger.store, &ledger.portfolio, &lpr, id)? else {
        return Ok(Effect::None);
    };
    let money = |minor: i64| ledger.signed(minor, of.item.currency);
    let call_due = cx.ui.key(Action::Record(Recording::CallDue));
    let told = told(&of, &ledger.portfolio, lang, &money, &call_due);
    let name = ledger.portfolio.names.milestone(id);
    let title = lang.explain_title(&name.name);
    let content = Content::Topics(told);
    Ok(Effect::open(Explanation { title, content, top: 0, count: 0, page: 1 }))
}

/// A report in lines that fit.
fn reported(report: &dyn Report, room: usize, ui: Ui) -> Vec<text::Line> {
    let written = out::lines_fitted(room, report, ui.lang).unwrap_or_default();
    written.lines().map(|line| vec![(line.to_owned(), ui.theme.text())]).collect()
}

impl Explanation {
    fn lines(&self, room: usize, ui: Ui) -> Vec<text::Line> {
        let topics = match &self.content {
            Content::Topics(topics) => topics,
            Content::Made(of) => return reported(&**of, room, ui),
        };
        let labels = topics.iter().map(|told| width(ui.lang.topic(told.topic)));
        let margin = labels.max().unwrap_or(0) + 2;
        let wide = room.saturating_sub(margin);
        let mut lines = Vec::new();
        for told in topics {
            if !lines.is_empty() {
                lines.push(text::Line::new());
            }
            let said = wrap(&clean(&told.said), wide);
            let heads = std::iter::once(ui.lang.topic(told.topic)).chain(std::iter::repeat(""));
            lines.extend(heads.zip(said).map(|(head, said)| {
                vec![(left(head, margin), ui.theme.title()), (said, ui.theme.strong())]
            }));
            for fact in &told.facts {
                let day = fact.on.map_or_else(String::new, |day| left(&day.to_string(), DAY));
                let blank = " ".repeat(width(&day));
                let texts = wrap(&clean(&whole(fact)), wide.saturating_sub(width(&day)));
                let days = std::iter::once(day).chain(std::iter::repeat(blank));
                lines.extend(days.zip(texts).map(|(day, said)| {
                    let before = left("", margin) + &*day;
                    vec![(before, ui.theme.dim()), (said, ui.theme.text())]
                }));
            }
            let rule = wrap(&clean(&told.rule), wide);
            lines.extend(
                rule.into_iter()
                    .map(|rule| vec![(left("", margin), ui.theme.dim()), (rule, ui.theme.dim())]),
            );
        }
        lines
    }
}

/// A fact with the event that recorded it.
fn whole(fact: &Fact) -> String {
    match fact.event {
        Some(event) => format!("{}  #{event}", fact.what),
        None => fact.what.clone(),
    }
}

impl Overlay for Explanation {
    fn scope(&self) -> Scope {
        Scope::Reading
    }

    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        let wide = WIDE.min(usize::from(body.width).saturating_sub(4));
        let lines = self.lines(wide.saturating_sub(6), ui);
        let inside = popup(frame, body, (wide, lines.len() + 2), &self.title, ui);
        (self.count, self.page) = (lines.len(), usize::from(inside.height));
        self.top = self.top.min(self.count.saturating_sub(self.page));
        let seen: Vec<text::Line> = lines.into_iter().skip(self.top).collect();
        text::lines(&seen, frame, inside);
        scroll::bar(frame, inside, self.top, self.count);
        Vec::new()
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Result<Reply> {
        if action == Action::Close {
            return Ok(Reply::Close);
        }
        self.top = scroll::moved(action, self.top, self.count, self.page).unwrap_or(self.top);
        Ok(Reply::Stay)
    }

    fn typed(&mut self, key: Key, _: &mut Cx<'_>) -> Result<Reply> {
        Ok(if key == Key::Char('E') { Reply::Close } else { Reply::Stay })
    }
}
