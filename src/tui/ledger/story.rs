//! One item's story: facts, whose turn, next step and why that step, promises, disputes, contacts, and what happened,
//! newest first. Read from the ledger once for an item and a version, not per frame.

mod told;
mod why;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::promise::PromiseState;
use crate::domain::status;
use crate::error::Result;
use crate::store::{MilestoneDetail, TimelineEntry};
use crate::text::Lang;
use crate::text::width::{clean, left, width, wrap};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::widgets::popup::pane;

use super::board::Canvas;
use super::data::Ledger;
use super::show;

/// Scrolls by an action of moving; false if it is none.
pub fn scroll(action: Action, scroll: &mut u16, page: u16) -> bool {
    let half = page.div_ceil(2);
    *scroll = match action {
        Action::Down => scroll.saturating_add(1),
        Action::Up => scroll.saturating_sub(1),
        Action::PageDown => scroll.saturating_add(page),
        Action::PageUp => scroll.saturating_sub(page),
        Action::HalfDown => scroll.saturating_add(half),
        Action::HalfUp => scroll.saturating_sub(half),
        Action::First => 0,
        // Drawing keeps it within the lines there are.
        Action::Last => u16::MAX,
        _ => return false,
    };
    true
}

/// In place of a label that stands above already.
const INDENT: &str = " ";

/// A paragraph: a word in front, and text that wraps beside it.
struct Part {
    label: &'static str,
    text: String,
    style: Style,
}

/// What the lines were made of: item, version of the ledger, ten-thousands, width.
type Made = (MilestoneId, u64, bool, usize);

/// The story that is shown.
#[derive(Default)]
pub struct Story {
    read: Option<(MilestoneId, u64)>,
    detail: Option<(MilestoneDetail, Vec<TimelineEntry>)>,
    made: Option<Made>,
    lines: Vec<(String, Style)>,
    height: usize,
}

impl Story {
    /// Reads the story of an item, if it is not the one that is here.
    pub fn read(&mut self, id: MilestoneId, ledger: &Ledger) -> Result<()> {
        let wanted = Some((id, ledger.version()));
        if self.read != wanted {
            self.detail = Some((
                ledger.store.milestone_detail(id)?,
                ledger.store.timeline(id)?,
            ));
            self.read = wanted;
            self.made = None;
        }
        Ok(())
    }

    /// Draws it in a pane and keeps the scroll within it.
    pub fn draw(
        &mut self,
        id: MilestoneId,
        ledger: &Ledger,
        (scroll, focused): (&mut u16, bool),
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<()> {
        self.read(id, ledger)?;
        let Some((detail, told)) = &self.detail else {
            return Ok(());
        };
        let look = canvas.look;
        let area = canvas.area;
        let cells = usize::from(area.width).saturating_sub(4);
        let made = (id, ledger.version(), ledger.wan, cells);
        if self.made != Some(made) {
            self.lines = lines(detail, told, ledger, (cells, look));
            self.made = Some(made);
        }
        let title = crate::text::width::fit(&title(detail), cells).into_owned();
        let block = pane(&title, look);
        let block = if focused {
            block.border_style(look.theme.focus())
        } else {
            block
        };
        let inside = block.inner(area);
        canvas.frame.render_widget(block, area);
        self.height = usize::from(inside.height);
        let most = self.lines.len().saturating_sub(self.height);
        *scroll = (*scroll).min(u16::try_from(most).unwrap_or(u16::MAX));
        self.draw_lines(inside, usize::from(*scroll), canvas);
        Ok(())
    }

    fn draw_lines(&self, inside: Rect, scroll: usize, canvas: &mut Canvas<'_, '_>) {
        let shown = self.lines.iter().skip(scroll);
        for ((text, style), y) in shown.zip(inside.top()..inside.bottom()) {
            canvas
                .frame
                .buffer_mut()
                .set_string(inside.x + 1, y, text, *style);
        }
        if scroll + self.height < self.lines.len() && inside.height > 0 {
            let x = inside.right().saturating_sub(1);
            let y = inside.bottom().saturating_sub(1);
            let more = canvas.look.theme.dim();
            canvas.frame.buffer_mut().set_string(x, y, "v", more);
        }
    }

    /// The milestone that was read.
    pub fn detail(&self) -> Option<&MilestoneDetail> {
        self.detail.as_ref().map(|(detail, _)| detail)
    }

    pub fn page(&self) -> u16 {
        u16::try_from(self.height.max(1)).unwrap_or(u16::MAX)
    }
}

pub fn title(detail: &MilestoneDetail) -> String {
    let customer = &detail.customer;
    let customer = if customer.short_name.is_empty() {
        &customer.name
    } else {
        &customer.short_name
    };
    let (project, own) = (&detail.project, &detail.draft);
    let parts = [
        customer.as_str(),
        &together(&project.code, &project.name),
        &own.name,
    ];
    clean(&parts.join(" / ")).into_owned()
}

/// Code and name, once if they are the same.
fn together(code: &str, name: &str) -> String {
    if code.is_empty() || code == name {
        name.to_owned()
    } else {
        format!("{code} {name}")
    }
}

fn lines(
    detail: &MilestoneDetail,
    told: &[TimelineEntry],
    ledger: &Ledger,
    (cells, look): (usize, Look),
) -> Vec<(String, Style)> {
    let item = ledger.book.get(detail.id).unwrap_or(&detail.item);
    let mut parts = standing(detail, item, ledger, look);
    parts.extend(moves(item, ledger, look));
    parts.extend(promises(item, ledger, look));
    parts.extend(contract(detail, look));
    parts.extend(people(detail, look));
    let mut lines = Vec::new();
    let mut before = "";
    for part in &mut parts {
        // Of several of a kind the first is labelled.
        if !before.is_empty() && part.label == before {
            part.label = INDENT;
        } else {
            before = part.label;
        }
        lay(part, cells, look, &mut lines);
    }
    lines.push((String::new(), look.theme.text()));
    let rule = cells.saturating_sub(width(look.lang.story_timeline()) + 4);
    let heading = format!("-- {} {}", look.lang.story_timeline(), "-".repeat(rule));
    lines.push((heading, look.theme.dim()));
    for entry in told {
        let (text, style) = told::line(entry, (item.currency, ledger), look);
        for (n, line) in wrap(&text, cells.saturating_sub(2)).iter().enumerate() {
            let margin = if n == 0 { "" } else { "  " };
            lines.push((format!("{margin}{line}"), style));
        }
    }
    lines
}

/// The text beside its label, which all have the same width.
fn lay(part: &Part, cells: usize, look: Look, lines: &mut Vec<(String, Style)>) {
    if part.text.is_empty() {
        return;
    }
    let lang = look.lang;
    let labels = [
        lang.story_contract(),
        lang.detail_waiting_on(),
        lang.story_next(),
        lang.story_condition(),
        lang.story_promises(),
        lang.story_contacts(),
    ];
    let margin = labels.iter().map(|label| width(label)).max().unwrap_or(0) + 2;
    let margin = if part.label.is_empty() { 0 } else { margin };
    let text = clean(&part.text);
    for (n, line) in wrap(&text, cells.saturating_sub(margin)).iter().enumerate() {
        let label = if n == 0 { part.label } else { "" };
        lines.push((format!("{}{line}", left(label, margin)), part.style));
    }
}

/// What it is, and when it falls due.
fn standing(detail: &MilestoneDetail, item: &Item, ledger: &Ledger, look: Look) -> Vec<Part> {
    let (lang, today) = (look.lang, ledger.today());
    let state = status::status(item, today, &ledger.book.policy);
    let money = |minor: i64| ledger.signed(minor, item.currency);
    let mut about = vec![
        lang.story_open(&money(item.balance), &money(item.amount)),
        show::due(item, ledger, lang),
    ];
    about.extend(
        detail
            .closed_on
            .filter(|_| item.balance <= 0)
            .map(|day| lang.story_closed(&lang.day(day, today))),
    );
    if item.rescheduled_on.is_some() && item.first_due != item.due {
        let first = item.first_due;
        about.extend(first.map(|day| lang.story_first_due(&lang.day(day, today))));
    }
    if item.disputed > 0 {
        about.push(lang.story_disputed(&money(item.disputed)));
    }
    if item.written_off > 0 {
        about.push(lang.story_written_off(&money(item.written_off)));
    }
    let mut flags: Vec<&str> = status::flags(item, today)
        .into_iter()
        .map(|flag| lang.flag(flag))
        .collect();
    let word = lang.status_with_sign(state);
    flags.insert(0, &word);
    let theme = look.theme;
    let style = show::status_style(state, theme).patch(theme.strong());
    vec![
        part("", flags.join(lang.and()), style),
        part("", joined(about, lang), theme.text()),
    ]
}

fn contract(detail: &MilestoneDetail, look: Look) -> Vec<Part> {
    let lang = look.lang;
    let project = &detail.project;
    let mut contract = vec![
        detail.draft.key.clone(),
        project.contract_no.clone(),
        lang.stage(detail.draft.stage).to_owned(),
        project.manager.clone(),
    ];
    if project.grace_days > 0 {
        contract.push(lang.story_grace(project.grace_days));
    }
    let rule = lang.rule(&detail.draft.rule);
    let condition = joined([detail.draft.condition.clone(), rule], lang);
    let plain = look.theme.text();
    vec![
        part(lang.story_contract(), joined(contract, lang), plain),
        part(lang.story_condition(), condition, plain),
        part(lang.story_note(), detail.draft.note.clone(), plain),
    ]
}

/// Whose turn, what comes next, and why.
fn moves(item: &Item, ledger: &Ledger, look: Look) -> Vec<Part> {
    let (lang, today) = (look.lang, ledger.today());
    let day = |day| lang.day(day, today);
    let facts = [
        item.planned_on.map(|on| lang.fact_planned(&day(on))),
        item.delivered_on.map(|on| lang.fact_delivered(&day(on))),
        item.accepted_on.map(|on| lang.fact_accepted(&day(on))),
        item.invoiced_on.map(|on| lang.fact_invoiced(&day(on))),
    ];
    let facts = joined(facts.into_iter().flatten(), lang);
    let waiting_on = lang.waiting_on(status::waiting_on(item, today, &ledger.book.policy));
    let waiting_on = if facts.is_empty() {
        waiting_on.to_owned()
    } else {
        lang.waiting_on_because(waiting_on, &facts)
    };
    let next = why::next(item, ledger, lang);
    let (plain, strong) = (look.theme.text(), look.theme.strong());
    vec![
        part(lang.detail_waiting_on(), waiting_on, plain),
        part(lang.story_next(), next.what, strong),
        part(lang.story_why(), next.because.join(lang.and_then()), plain),
    ]
}

fn promises(item: &Item, ledger: &Ledger, look: Look) -> Vec<Part> {
    let (lang, today) = (look.lang, ledger.today());
    let line = |promise: &crate::domain::item::OpenPromise| {
        let broken = promise.state(today) == PromiseState::Broken;
        let (state, style) = if broken {
            (lang.promise_is_broken(), look.theme.bad())
        } else {
            (lang.promise_is_pending(), look.theme.warn())
        };
        let amount = ledger.signed(promise.amount, item.currency);
        let (by, made) = (
            lang.day(promise.pay_by, today),
            lang.day(promise.made_on, today),
        );
        let text = lang.promise_line(&amount, &by, &made, state);
        part(lang.story_promises(), text, style)
    };
    item.promises.iter().rev().map(line).collect()
}

fn people(detail: &MilestoneDetail, look: Look) -> Vec<Part> {
    let on_wechat = look.lang.channel(crate::domain::kinds::Channel::Wechat);
    let contacts = detail.customer.contacts.iter().map(|contact| {
        let wechat = Some(&contact.wechat).filter(|name| !name.is_empty());
        let wechat = wechat.map(|name| format!("{on_wechat} {name}"));
        let text = [
            contact.name.clone(),
            contact.role.clone(),
            contact.phone.clone(),
            wechat.unwrap_or_default(),
            contact.email.clone(),
        ];
        let said = text.into_iter().filter(|text| !text.is_empty());
        let said = said.collect::<Vec<_>>().join("  ");
        part(look.lang.story_contacts(), said, look.theme.text())
    });
    contacts.collect()
}

const fn part(label: &'static str, text: String, style: Style) -> Part {
    Part { label, text, style }
}

/// What is not empty, with commas.
fn joined(texts: impl IntoIterator<Item = String>, lang: Lang) -> String {
    let said = texts.into_iter().filter(|text| !text.trim().is_empty());
    said.collect::<Vec<_>>().join(lang.and())
}
