//! One milestone in detail: facts, whose turn, next step and why that step, promises, contacts, and what happened,
//! newest first. Read from the ledger once for a milestone and a version, not per frame.

pub mod timeline;
mod track;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::about::About;
use crate::domain::ids::MilestoneId;
use crate::domain::item::{Item, Offer, OpenPromise};
use crate::domain::kinds::NoteKind;
use crate::domain::limitation::Limitation;
use crate::domain::promise::PromiseState;
use crate::domain::readiness::OnFile;
use crate::domain::status;
use crate::domain::statutory::Statutory;
use crate::error::Result;
use crate::exchange::digest::late_words;
use crate::exchange::next_step;
use crate::report::playbook::Advice;
use crate::report::{deadlines, readiness};
use crate::store::{MilestoneDetail, Note, Paper, TimelineEntry, Todo};
use crate::text::width::{clean, fit, left, width, wrap};
use crate::tui::action::Action;
use crate::tui::data::{Ledger, Memo};
use crate::tui::format::{self, code_and_name};
use crate::tui::forms::Recording;
use crate::tui::screen::Cx;
use crate::tui::screens::{papers, todos};
use crate::tui::theme::{Theme, Ui};
use crate::tui::widgets::popup::pane;
use crate::tui::widgets::scroll;
use crate::tui::widgets::text::Line;

/// In place of a label that stands above already.
const INDENT: &str = " ";

/// How many lessons stand in the details, and how many facts of credit.
const LESSONS: u32 = 3;
const CREDIT: u32 = 2;

/// A paragraph: a word in front, and text that wraps beside it.
struct Part {
    label: &'static str,
    text: String,
    style: Style,
}

/// A milestone as everything recorded has it.
struct Known {
    detail: MilestoneDetail,
    timeline: Vec<TimelineEntry>,
    /// What is to be done about it.
    todos: Vec<Todo>,
    /// What is on paper about it.
    papers: Vec<Paper>,
    /// What the playbook says of it.
    advice: Option<Advice>,
    /// What was learnt with the same customer, or of the same stage.
    lessons: Vec<Note>,
    /// How content the customer is, and what is known of its credit.
    care: Vec<Note>,
    /// Read for a whole page only.
    limitation: Option<Limitation>,
    /// What law says where the contract is silent; read for a whole page only.
    statutory: Statutory,
}

type Read = Option<Known>;

/// A pane with one milestone.
#[derive(Default)]
pub struct DetailPane {
    /// Whether the keys of moving are its own.
    pub focused: bool,
    /// Whether it is a page of its own, and not beside a list whose cursor moves on.
    is_page: bool,
    scroll: usize,
    height: usize,
    read: Memo<(MilestoneId, u64), Read>,
    /// For item, version, ten-thousands, width and look.
    lines: Memo<(MilestoneId, u64, bool, usize, Theme), Vec<Line>>,
}

impl DetailPane {
    /// One that is a page and has the keys.
    pub fn page() -> Self {
        Self { focused: true, is_page: true, ..Self::default() }
    }

    /// Reads a milestone, if it is not the one that is here; another one is shown from its top. Without one, forgets it.
    pub fn read(&mut self, id: Option<MilestoneId>, ledger: &Ledger) -> Result<()> {
        let Some(id) = id else {
            self.read = Memo::default();
            return Ok(());
        };
        if self.read.key().is_some_and(|(shown, _)| *shown != id) {
            self.scroll = 0;
        }
        let is_page = self.is_page;
        self.read.try_refresh((id, ledger.version()), || {
            let (detail, timeline) =
                (ledger.store.milestone_detail(id)?, ledger.store.timeline(id)?);
            let limitation = if is_page { clock(&detail, ledger)? } else { None };
            let statutory = if is_page { by_law(&detail, ledger)? } else { Statutory::default() };
            let todos = ledger.store.todos_about(About::Milestone(id))?;
            let papers = ledger.store.papers(Some(About::Milestone(id)), None)?;
            let (store, portfolio) = (&ledger.store, &ledger.portfolio);
            let item = portfolio.get(id).unwrap_or(&detail.item);
            let advice = ledger.playbook.advise(item, portfolio, store)?.cloned();
            let lessons = store.lessons(item.customer, item.stage, LESSONS)?;
            let mut care = store.latest_notes(item.customer, NoteKind::Satisfaction, 1)?;
            care.extend(store.latest_notes(item.customer, NoteKind::Credit, CREDIT)?);
            Ok(Some(Known {
                detail,
                timeline,
                todos,
                papers,
                advice,
                lessons,
                care,
                limitation,
                statutory,
            }))
        })?;
        Ok(())
    }

    /// The milestone that was read.
    pub fn milestone(&self) -> Option<&MilestoneDetail> {
        self.read.as_ref().map(|known| &known.detail)
    }

    /// Draws what was read, and keeps the scroll within it.
    pub fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &Cx<'_>) {
        let (ledger, ui) = (&*cx.ledger, cx.ui);
        let Some(known) = self.read.as_ref() else {
            frame.render_widget(pane("", ui), area);
            return;
        };
        let cells = usize::from(area.width).saturating_sub(4);
        let key = (known.detail.id, ledger.version(), ledger.wan, cells, ui.theme);
        self.lines.refresh(key, || lines(known, cells, cx));
        let title = fit(&title(&known.detail), cells).into_owned();
        let mut block = pane(&title, ui);
        if self.focused {
            block = block.border_style(ui.theme.focus());
        }
        let inside = block.inner(area);
        frame.render_widget(block, area);
        self.height = usize::from(inside.height);
        let most = self.lines.len().saturating_sub(self.height);
        self.scroll = self.scroll.min(most);
        let shown = self.lines.iter().skip(self.scroll);
        for (line, y) in shown.zip(inside.top()..inside.bottom()) {
            let mut x = inside.x + 1;
            for (text, style) in line {
                (x, _) = frame.buffer_mut().set_stringn(x, y, text, cells, *style);
            }
        }
        scroll::bar(frame, inside, self.scroll, self.lines.len());
    }

    /// Scrolls if it has the focus, by an action of moving; false if the action is not for it.
    pub fn act(&mut self, action: Action) -> bool {
        if !self.focused {
            return false;
        }
        match scroll::moved(action, self.scroll, usize::MAX, self.height) {
            // Drawing keeps it within the lines there are.
            Some(to) => self.scroll = to,
            // Nothing is marked where nothing is chosen.
            None => return action == Action::Mark,
        }
        true
    }

    /// Gives the focus back; false if it has none.
    pub const fn back(&mut self) -> bool {
        std::mem::replace(&mut self.focused, false)
    }
}

pub fn title(detail: &MilestoneDetail) -> String {
    let customer = &detail.customer;
    let customer =
        if customer.short_name.is_empty() { &customer.name } else { &customer.short_name };
    let (project, own) = (&detail.project, &detail.draft);
    let parts = [customer.as_str(), &code_and_name(&project.code, &project.name), &own.name];
    clean(&parts.join(" / ")).into_owned()
}

/// The limitation clock of a milestone, if it runs.
fn clock(detail: &MilestoneDetail, ledger: &Ledger) -> Result<Option<Limitation>> {
    let (store, policy) = (&ledger.store, &ledger.portfolio.policy);
    let clocks = deadlines::of_projects(store, &[detail.draft.project], ledger.today(), policy)?;
    let own = clocks.into_iter().find(|one| one.item.id == detail.id);
    Ok(own.map(|one| one.limitation))
}

/// What law says of a milestone.
fn by_law(detail: &MilestoneDetail, ledger: &Ledger) -> Result<Statutory> {
    let (facts, policy) = (ledger.store.facts(detail.id)?, &ledger.portfolio.policy);
    let has_terms = detail.project.late_fee.is_some();
    Ok(Statutory::of(&facts, &detail.item, has_terms, policy, ledger.today()))
}

fn lines(known: &Known, cells: usize, cx: &Cx<'_>) -> Vec<Line> {
    let Known { detail, timeline, todos, papers, advice, lessons, care, limitation, statutory } =
        known;
    let (ledger, ui) = (&*cx.ledger, cx.ui);
    let item = ledger.portfolio.get(detail.id).unwrap_or(&detail.item);
    let mut lines = Vec::new();
    lay_all(standing(detail, item, ledger, ui), cells, ui, &mut lines);
    lines.push(track::bar(item, cells, cx));
    lines.extend(track::track(detail, item, cells, cx));
    lines.push(heading(ui.lang.story_next(), cells, ui));
    lay_all(moves(item, papers, advice.as_ref(), ledger, ui), cells, ui, &mut lines);
    lay_all(learnt(lessons, ledger, ui), cells, ui, &mut lines);
    let todo = |todo| part(ui.lang.todos_title(), todos::line(todo, cx), ui.theme.text());
    lay_all(todos.iter().map(todo).collect(), cells, ui, &mut lines);
    lay_all(conditions(detail, ledger, ui), cells, ui, &mut lines);
    lay_all(filed(papers, ledger, ui), cells, ui, &mut lines);
    lay_all(claim(limitation.as_ref(), ledger, ui), cells, ui, &mut lines);
    lay_all(silent(statutory, ledger, ui), cells, ui, &mut lines);
    lay_all(offers(item, ledger, ui), cells, ui, &mut lines);
    lay_all(promises(item, ledger, ui), cells, ui, &mut lines);
    lines.push(heading(ui.lang.story_timeline(), cells, ui));
    for entry in timeline {
        lines.extend(timeline::lines(entry, item.currency, cells, cx));
    }
    lines.push(heading(ui.lang.story_contract(), cells, ui));
    lay_all(contract(detail, ui), cells, ui, &mut lines);
    lay_all(people(detail, ui), cells, ui, &mut lines);
    lay_all(cared(care, ledger, ui), cells, ui, &mut lines);
    lines
}

/// A rule with a word in it.
fn heading(word: &str, cells: usize, ui: Ui) -> Line {
    let rule = cells.saturating_sub(width(word) + 4);
    let (border, title) = (ui.theme.border(), ui.theme.title());
    vec![
        ("── ".to_owned(), border),
        (word.to_owned(), title),
        (format!(" {}", "─".repeat(rule)), border),
    ]
}

fn lay_all(mut parts: Vec<Part>, cells: usize, ui: Ui, lines: &mut Vec<Line>) {
    let mut before = "";
    for part in &mut parts {
        // Of several of a kind the first is labelled.
        if !before.is_empty() && part.label == before {
            part.label = INDENT;
        } else {
            before = part.label;
        }
        lay(part, cells, ui, lines);
    }
}

/// The text beside its label, which all have the same width.
fn lay(part: &Part, cells: usize, ui: Ui, lines: &mut Vec<Line>) {
    if part.text.is_empty() {
        return;
    }
    let lang = ui.lang;
    let labels = [
        lang.story_contract(),
        lang.detail_waiting_on(),
        lang.story_condition(),
        lang.story_promises(),
        lang.story_contacts(),
    ];
    let margin = labels.iter().map(|label| width(label)).max().unwrap_or(0) + 2;
    let margin = if part.label.is_empty() { 0 } else { margin };
    let text = clean(&part.text);
    for (n, line) in wrap(&text, cells.saturating_sub(margin)).iter().enumerate() {
        let label = if n == 0 { part.label } else { "" };
        lines.push(vec![(left(label, margin), ui.theme.dim()), (line.clone(), part.style)]);
    }
}

/// What it is, and when it falls due.
fn standing(detail: &MilestoneDetail, item: &Item, ledger: &Ledger, ui: Ui) -> Vec<Part> {
    let (lang, today) = (ui.lang, ledger.today());
    let state = status::status(item, today, &ledger.portfolio.policy);
    let money = |minor: i64| ledger.signed(minor, item.currency);
    let closed = detail.closed_on.filter(|_| item.balance <= 0);
    let first = item.first_due(today);
    let is_moved = item.rescheduled_on.is_some() && first != item.due(today);
    let first = first.filter(|_| is_moved);
    let about = [
        Some(lang.story_open(&money(item.balance), &money(item.amount))),
        Some(format::due(item, ledger, lang)),
        closed.map(|day| lang.story_closed(&lang.day(day, today))),
        first.map(|day| lang.story_first_due(&lang.day(day, today))),
        (item.disputed > 0).then(|| lang.story_disputed(&money(item.disputed))),
        item.rare
            .waived
            .map(|waived| lang.story_waived(&money(waived.amount), lang.waiver_kind(waived.kind))),
        (item.written_off > 0).then(|| lang.story_written_off(&money(item.written_off))),
    ];
    let about = lang.commas(about.into_iter().flatten());
    let mut flags: Vec<&str> = status::flags(item, today, &ledger.portfolio.policy)
        .into_iter()
        .map(|flag| lang.flag(flag))
        .collect();
    let word = lang.status_with_sign(state);
    flags.insert(0, &word);
    if item.is_suspended(today) {
        flags.push(lang.story_suspended());
    }
    let theme = ui.theme;
    let style = format::status_style(state, theme).patch(theme.strong());
    vec![part("", flags.join(lang.and()), style), part("", about, theme.text())]
}

fn contract(detail: &MilestoneDetail, ui: Ui) -> Vec<Part> {
    let lang = ui.lang;
    let project = &detail.project;
    let grace = (project.grace_days > 0).then(|| lang.story_grace(project.grace_days));
    let contract = [
        detail.draft.key.clone(),
        project.contract_no.clone(),
        lang.stage(detail.draft.stage).to_owned(),
        project.manager.clone(),
        grace.unwrap_or_default(),
    ];
    let rule = lang.rule(&detail.draft.rule);
    let condition = lang.commas([detail.draft.condition.clone(), rule]);
    let plain = ui.theme.text();
    let deals =
        detail.deals.iter().map(|deal| part(lang.deal_word(), format::deal(deal, lang), plain));
    let mut parts = vec![
        part(lang.story_contract(), lang.commas(contract), plain),
        part(lang.story_condition(), condition, plain),
        part(lang.story_note(), detail.draft.note.clone(), plain),
    ];
    parts.extend(deals);
    parts
}

/// Whose turn, what comes next, and why.
fn moves(
    item: &Item,
    papers: &[Paper],
    advice: Option<&Advice>,
    ledger: &Ledger,
    ui: Ui,
) -> Vec<Part> {
    let (lang, today) = (ui.lang, ledger.today());
    let day = |day| lang.day(day, today);
    let facts = [
        item.planned_on.map(|on| lang.fact_planned(&day(on))),
        item.delivered_on.map(|on| lang.fact_delivered(&day(on))),
        item.accepted_on.map(|on| lang.fact_accepted(&day(on))),
        item.rare.refused_on.map(|on| lang.fact_refused(&day(on))),
        item.rare.appointed_on.map(|on| lang.fact_appointed(&day(on))),
        item.invoiced_on.map(|on| lang.fact_invoiced(&day(on))),
    ];
    let facts = lang.commas(facts.into_iter().flatten());
    let waiting_on = lang.waiting_on(status::waiting_on(item, today, &ledger.portfolio.policy));
    let waiting_on = if facts.is_empty() {
        waiting_on.to_owned()
    } else {
        lang.waiting_on_because(waiting_on, &facts)
    };
    let money = |minor| ledger.signed(minor, item.currency);
    let call_due = ui.key(Action::Record(Recording::CallDue));
    let next = next_step::next(item, &ledger.portfolio, lang, &money, &call_due);
    let (plain, strong) = (ui.theme.text(), ui.theme.strong());
    let mut parts = vec![
        part("", next.what, strong),
        part(lang.story_why(), next.because.join(lang.and_then()), plain),
    ];
    let advise = |advice| part(lang.playbook_advice(), ui.advice(advice, None), ui.theme.good());
    parts.extend(advice.map(advise));
    let filed: Vec<OnFile> = papers.iter().map(Paper::on_file).collect();
    if let Some(lack) = readiness::lack(item, &filed, today, &ledger.portfolio.policy) {
        parts.push(part(lang.story_why(), lang.lack(&lack), ui.theme.warn()));
    }
    parts.push(part(lang.detail_waiting_on(), waiting_on, plain));
    if let Some(late) = ledger.portfolio.late_with_us(item) {
        let owner = lang.why_owner(lang.owner(ledger.portfolio.owner(item, None)));
        let text = lang.commas([late_words(late, lang), owner]);
        parts.push(part(lang.detail_waiting_on(), text, ui.theme.warn()));
    }
    parts
}

/// What was learnt before, each with its day and whose it was.
fn learnt(lessons: &[Note], ledger: &Ledger, ui: Ui) -> Vec<Part> {
    let (lang, today) = (ui.lang, ledger.today());
    let line = |note: &Note| {
        let whose = note.customer_name.as_deref().unwrap_or_default();
        let text = lang.lesson_of(&lang.day(note.on, today), whose, &note.wording);
        part(lang.note_kind(NoteKind::Lesson), text, ui.theme.text())
    };
    lessons.iter().map(line).collect()
}

/// How content the customer is, and what is known of its credit, each with its day.
fn cared(care: &[Note], ledger: &Ledger, ui: Ui) -> Vec<Part> {
    let (lang, today) = (ui.lang, ledger.today());
    let line = |note: &Note| {
        part(lang.note_kind(note.kind), format::noted(note, today, lang), ui.theme.text())
    };
    care.iter().map(line).collect()
}

/// What it waits for: how much of that was met, and each with its day.
fn conditions(detail: &MilestoneDetail, ledger: &Ledger, ui: Ui) -> Vec<Part> {
    let (lang, today, theme) = (ui.lang, ledger.today(), ui.theme);
    let known: Vec<_> = detail.conditions.iter().filter(|one| one.agreed_on <= today).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let met = known.iter().filter(|one| one.is_met(today)).count();
    let style = if met == known.len() { theme.good() } else { theme.text() };
    let word = lang.story_conditions();
    let mut parts = vec![part(word, lang.conditions_met(met, known.len()), style)];
    parts.extend(known.into_iter().map(|one| {
        let day = |on| lang.day(on, today);
        let words = [
            lang.timeline_condition(lang.condition_kind(one.kind), &one.wording),
            match one.met_on.filter(|on| *on <= today) {
                Some(on) => lang.condition_met_on(&day(on)),
                None => lang.condition_open().to_owned(),
            },
            one.planned_on
                .filter(|_| one.met_on.is_none())
                .map(|on| lang.timeline_planned(&day(on)))
                .unwrap_or_default(),
            if one.reservation.is_empty() {
                String::new()
            } else {
                lang.timeline_reservation(&one.reservation)
            },
            lang.proven(one.proof().filter(|_| one.is_met(today)).as_ref()),
        ];
        let late = one.met_on.is_none() && one.planned_on.is_some_and(|on| on < today);
        part(word, lang.commas(words), if late { theme.warn() } else { theme.text() })
    }));
    parts
}

/// What is on paper, each with how far it is.
fn filed(papers: &[Paper], ledger: &Ledger, ui: Ui) -> Vec<Part> {
    let line = |paper| {
        let (text, style) = papers::line(paper, ledger.today(), ui)?;
        Some(part(ui.lang.papers_title(), text, style))
    };
    papers.iter().filter_map(line).collect()
}

/// Until when it can be claimed.
fn claim(limitation: Option<&Limitation>, ledger: &Ledger, ui: Ui) -> Vec<Part> {
    let (lang, today) = (ui.lang, ledger.today());
    let line = |both: &Limitation| {
        let warned = both.own.warning(today).is_some();
        let style = if warned { ui.theme.bad() } else { ui.theme.text() };
        part(lang.limitation_word(), lang.limitation(both, today), style)
    };
    limitation.into_iter().map(line).collect()
}

/// What law says where the contract is silent.
fn silent(statutory: &Statutory, ledger: &Ledger, ui: Ui) -> Vec<Part> {
    let said = ui.lang.statutory(statutory, ledger.today()).into_iter();
    said.map(|text| part(ui.lang.statutory_word(), text, ui.theme.text())).collect()
}

fn promises(item: &Item, ledger: &Ledger, ui: Ui) -> Vec<Part> {
    let (lang, today) = (ui.lang, ledger.today());
    let line = |promise: &OpenPromise| {
        let broken = promise.state(today) == PromiseState::Broken;
        let (state, style) = if broken {
            (lang.promise_is_broken(), ui.theme.bad())
        } else {
            (lang.promise_is_pending(), ui.theme.warn())
        };
        let amount = ledger.signed(promise.amount, item.currency);
        let (by, made) = (lang.day(promise.pay_by, today), lang.day(promise.made_on, today));
        let text = lang.promise_line(&amount, &by, &made, state);
        part(lang.story_promises(), text, style)
    };
    item.promises.iter().rev().map(line).collect()
}

/// What would let the rest go, and what lapsed.
fn offers(item: &Item, ledger: &Ledger, ui: Ui) -> Vec<Part> {
    let (lang, today) = (ui.lang, ledger.today());
    let line = |offer: &Offer| {
        let text = lang.offer(item, offer, today, &|minor| ledger.signed(minor, item.currency))?;
        let style = if today > offer.by { ui.theme.dim() } else { ui.theme.warn() };
        Some(part(lang.story_offers(), text, style))
    };
    item.rare.offers.iter().filter_map(line).collect()
}

fn people(detail: &MilestoneDetail, ui: Ui) -> Vec<Part> {
    let contacts = detail.customer.contacts.iter().map(|contact| {
        let text = format::contact(contact, ui.lang).join("  ");
        part(ui.lang.story_contacts(), text, ui.theme.text())
    });
    contacts.collect()
}

const fn part(label: &'static str, text: String, style: Style) -> Part {
    Part { label, text, style }
}
