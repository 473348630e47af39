//! A document about what is selected, as text, before anything of it is kept: the kind of the next step first, then any
//! other that fits. It is written anew when the ledger changes under it, unless it was edited.
//!
//! ```text
//!  ┌ 催款函（4/16）- 星河科技 ─────────────────────────┐
//!  │                      催款函                       │
//!  │ 编号：（草稿，未编号）                            │
//!  └───────────────────────────────────────────────────┘
//!   Enter 存草稿  s 存并标已发  e 改  y 复制  w 另存
//! ```

use std::collections::{BTreeMap, VecDeque};

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::document::markdown::Block;
use crate::document::out::text as plain;
use crate::document::{Document, Topic};
use crate::domain::about::Subject;
use crate::domain::change::{Change, PaperDraft};
use crate::domain::document::{DocumentKind, DocumentScope};
use crate::domain::dunning;
use crate::domain::item::Item;
use crate::domain::kinds::PaperKind;
use crate::domain::paper::NUMBER;
use crate::error::{Error, Result};
use crate::report::round::{Round, RoundLetter};
use crate::text::Lang;
use crate::text::changes::Names;
use crate::text::width::wrap;
use crate::tui::action::Action;
use crate::tui::data::Ledger;
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::keymap::{DisabledReason, Lookup, Scope};
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::overlays::Question;
use crate::tui::screen::Cx;
use crate::tui::selection::Selection;
use crate::tui::theme::Ui;
use crate::tui::widgets::form::FieldError;
use crate::tui::widgets::popup::popup;
use crate::tui::widgets::{scroll, text};

/// Cells of its lines at most.
const WIDE: usize = 84;

struct Preview {
    /// The kinds that fit, each with what it would be about.
    kinds: Vec<(DocumentKind, Topic)>,
    /// The one that is shown.
    at: usize,
    /// What it says, or why there is nothing to say.
    shown: std::result::Result<Vec<Block>, String>,
    /// What it was made from: the version, the kind and the language.
    made: Option<(u64, usize, Lang)>,
    /// What was edited, as it is to be filed.
    edited: BTreeMap<DocumentKind, Document>,
    /// What is in the editor, as it was before.
    editing: Option<Document>,
    /// Why the ledger did not take it.
    refused: Option<String>,
    /// It was said that skipping this letter drops what was edited.
    warned: bool,
    /// The letters of a round behind it, and how many there were; none where it stands alone.
    rest: VecDeque<RoundLetter>,
    of: usize,
    title: String,
    /// Our own name or account is missing.
    nameless: bool,
    top: usize,
    count: usize,
    page: usize,
}

/// Shows the document that the next step of what is selected is taken with, else the first there is something to say in.
pub fn preview(selection: &Selection, cx: &mut Cx<'_>) -> Result<Effect> {
    let lang = cx.ui.lang;
    let kinds: Vec<(DocumentKind, Topic)> = DocumentKind::ALL
        .iter()
        .filter_map(|kind| Some((*kind, Topic::Of(subject(kind.scope(), selection)?))))
        .collect();
    if kinds.is_empty() {
        return Ok(Effect::Say(DisabledReason::NoCustomer.text(lang).to_owned()));
    }
    let first = proposed(selection, cx.ledger);
    let order = first.into_iter().chain([DocumentKind::Answer, DocumentKind::Statement]);
    let order = order.chain(kinds.iter().map(|(kind, _)| *kind));
    let mut nothing = None;
    for kind in order {
        let Some(at) = kinds.iter().position(|(known, _)| *known == kind) else { continue };
        let Some((kind, topic)) = kinds.get(at) else { continue };
        match cx.ledger.document(*kind, topic, lang) {
            Err(why @ Error::NoDocument(_)) => nothing = nothing.or(Some(why)),
            // What else is wrong, like a template of one's own, is shown in its place.
            Ok(_) | Err(_) => return Ok(Effect::open(Preview::new(kinds, at))),
        }
    }
    nothing.map_or(Ok(Effect::None), Err)
}

/// Shows the letters of today, one after the other, of those whose money is looked at.
pub fn round(cx: &mut Cx<'_>) -> Result<Effect> {
    let ledger = &*cx.ledger;
    let desks = ledger.lens.desks(&ledger.portfolio);
    let is_looked_at = |item: &Item, act| desks.as_ref().is_none_or(|desks| desks.have(item, act));
    let round = Round::of(&ledger.portfolio, &ledger.digest.worklist, is_looked_at)?;
    let round = round.without_drafts(&ledger.store, &ledger.portfolio)?;
    let mut preview = Preview::new(Vec::new(), 0);
    preview.rest = round.letters.into();
    preview.of = preview.rest.len();
    Ok(if preview.next() {
        Effect::open(preview)
    } else {
        Effect::Say(cx.ui.lang.round_nothing().to_owned())
    })
}

/// What a document of this scope is about; none where nothing of that is selected.
fn subject(scope: DocumentScope, selection: &Selection) -> Option<Subject> {
    let milestones = Some(&selection.milestones).filter(|ids| !ids.is_empty());
    let milestones = milestones.map(|ids| Subject::Milestones(ids.clone()));
    let project = selection.project.map(Subject::Project);
    match scope {
        DocumentScope::Customer => {
            milestones.or(project).or(selection.customer.map(Subject::Customer))
        }
        DocumentScope::Project => project,
        DocumentScope::Milestone => milestones,
        DocumentScope::Lens => None,
    }
}

/// The letter of the highest step that is to be taken of what is selected, or was taken last; else the one ahead.
fn proposed(selection: &Selection, ledger: &Ledger) -> Option<DocumentKind> {
    let portfolio = &ledger.portfolio;
    let is_selected = |item: &&Item| match (&selection.milestones[..], selection.project) {
        ([], Some(project)) => item.project == project,
        ([], None) => Some(item.customer) == selection.customer,
        (ids, _) => ids.contains(&item.id),
    };
    let next = |item: &Item| {
        let next = dunning::next_step(item, ledger.today(), &portfolio.policy);
        let now = next.step.or(item.last_step);
        (now.is_some(), now.or(next.number))
    };
    let (_, step) = portfolio.items().iter().filter(is_selected).map(next).max()?;
    let last = DocumentKind::FinalNotice.paper().and_then(PaperKind::step);
    DocumentKind::of_step(step.min(last)?)
}

impl Preview {
    const fn new(kinds: Vec<(DocumentKind, Topic)>, at: usize) -> Self {
        Self {
            kinds,
            at,
            shown: Ok(Vec::new()),
            made: None,
            edited: BTreeMap::new(),
            editing: None,
            refused: None,
            warned: false,
            rest: VecDeque::new(),
            of: 0,
            title: String::new(),
            nameless: false,
            top: 0,
            count: 0,
            page: 1,
        }
    }

    /// The document on show, or why there is none.
    fn document(&self, cx: &Cx<'_>) -> Result<Document> {
        let (kind, topic) = self.kinds.get(self.at).ok_or(Error::Bug("a preview of no kind"))?;
        match self.edited.get(kind) {
            Some(edited) => Ok(edited.clone()),
            None => cx.ledger.document(*kind, topic, cx.ui.lang),
        }
    }

    /// What was edited of the kind on show.
    fn own(&self) -> Option<&Document> {
        self.kinds.get(self.at).and_then(|(kind, _)| self.edited.get(kind))
    }

    /// Goes on to the next letter of a round; false behind the last.
    fn next(&mut self) -> bool {
        let Some(letter) = self.rest.pop_front() else { return false };
        let topic = Topic::Of(Subject::Milestones(letter.milestones));
        let kinds = DocumentKind::ALL.iter().copied();
        let kinds = kinds.filter(|kind| kind.scope() == DocumentScope::Customer);
        self.kinds = kinds.map(|kind| (kind, topic.clone())).collect();
        let proposed = self.kinds.iter().position(|(kind, _)| *kind == letter.kind);
        self.at = proposed.unwrap_or_default();
        (self.top, self.made) = (0, None);
        self.edited.clear();
        true
    }

    fn turn(&mut self, by: isize) {
        let many = self.kinds.len().max(1);
        self.at = self.at.saturating_add(many).saturating_add_signed(by) % many;
        self.top = 0;
    }

    fn edit(&mut self, cx: &Cx<'_>) -> Result<Reply> {
        let document = self.document(cx)?;
        let name = format!("{}.md", document.kind.code());
        let text = document.markdown.clone();
        self.editing = Some(document);
        Ok(Reply::Do(Effect::Edit { name, text }))
    }

    /// Leaves, and asks first where something was edited.
    fn leave(&self, lang: Lang) -> Reply {
        let Some(kind) = self.edited.keys().next() else {
            return Reply::Close;
        };
        let kind = lang.document_kind(*kind);
        let yes = Reply::Done(Effect::None);
        let question = Question::new(kind, lang.preview_discard(kind), yes);
        Reply::Do(Effect::open(question))
    }

    fn skip(&mut self, ui: Ui) -> Reply {
        if !self.edited.is_empty() && !self.warned {
            self.warned = true;
            let said = ui.lang.preview_skip(&ui.key(Action::NextLetter));
            return Reply::Do(Effect::Say(said));
        }
        if self.next() { Reply::Stay } else { Reply::Close }
    }

    fn file(&self, sent: bool, cx: &mut Cx<'_>) -> Result<Reply> {
        let lang = cx.ui.lang;
        cx.ledger.ask();
        let document = self.document(cx)?;
        Ok(match document.draft() {
            Some(draft) => Reply::Write(Box::new(Change::FilePaper(PaperDraft { sent, ..draft }))),
            None => Reply::Do(Effect::Say(lang.preview_not_filed(
                lang.document_kind(document.kind),
                &cx.ui.key(Action::CopyDocument),
                &cx.ui.key(Action::SaveDocument),
            ))),
        })
    }

    fn save(&self, cx: &Cx<'_>) -> Result<Reply> {
        let lang = cx.ui.lang;
        let document = self.document(cx)?.numbered(None);
        let about = document.about.as_ref().map_or_else(String::new, |of| named(of, cx.ledger));
        let day = document.day.to_string();
        let words = [document.kind.code(), &about, &day];
        let path = cx.ledger.save_document(&document, &words)?;
        Ok(Reply::Do(Effect::Told(lang.preview_saved(&path.display().to_string()))))
    }

    fn lines(&self, room: usize, ui: Ui) -> Vec<text::Line> {
        let (lines, style) = match &self.shown {
            Ok(blocks) => (plain::lines(blocks, room), ui.theme.text()),
            Err(why) => (wrap(why, room), ui.theme.warn()),
        };
        text::styled(lines, style).collect()
    }
}

/// What a document is about, in a word or two.
fn named(subject: &Subject, ledger: &Ledger) -> String {
    match subject {
        Subject::Customer(id) => ledger.customer(*id),
        Subject::Project(id) => ledger.project(*id),
        Subject::Milestones(ids) => ledger.milestones(ids),
    }
}

impl Overlay for Preview {
    fn scope(&self) -> Scope {
        Scope::Document
    }

    fn refresh(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let lang = cx.ui.lang;
        let made = Some((cx.ledger.version(), self.at, lang));
        if self.made == made {
            return Ok(());
        }
        let Some((kind, topic)) = self.kinds.get(self.at) else { return Ok(()) };
        let document = self.document(cx);
        self.shown = document.map(|it| it.numbered(None).blocks).map_err(|why| lang.error(&why));
        let about = match topic {
            Topic::Of(subject) => named(subject, cx.ledger),
            Topic::Lens(_) => String::new(),
        };
        let kind = lang.document_kind(*kind);
        let title = lang.preview_title(kind, self.at + 1, self.kinds.len(), &about);
        let place = (self.of > 0).then(|| {
            let skip = cx.ui.key(Action::NextLetter);
            lang.round_at(self.of - self.rest.len(), self.of, &skip)
        });
        let changed = self.own().map_or("", |_| lang.preview_changed());
        self.title = place.unwrap_or_default() + &title + changed;
        let company = &cx.ledger.portfolio.policy.company;
        self.nameless = company.is_nameless();
        self.made = made;
        Ok(())
    }

    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        let wide = WIDE.min(usize::from(body.width).saturating_sub(4));
        let room = wide.saturating_sub(6);
        let lines = self.lines(room, ui);
        let lang = ui.lang;
        let nameless = self.nameless.then(|| lang.preview_no_company(&ui.key(Action::Settings)));
        let numberless = self.own().is_some_and(|own| !own.markdown.contains(NUMBER));
        let numberless = numberless.then(|| lang.preview_numberless().to_owned());
        let notes = [self.refused.clone(), numberless, nameless];
        let mut note: Vec<String> =
            notes.iter().flatten().flat_map(|note| wrap(note, room)).collect();
        if !note.is_empty() {
            note.push(String::new());
        }
        let high = lines.len() + note.len() + 2;
        let inside = popup(frame, body, (wide, high), &self.title, ui);
        let note: Vec<text::Line> = text::styled(note, ui.theme.warn()).collect();
        let inside = text::lines(&note, frame, inside);
        (self.count, self.page) = (lines.len(), usize::from(inside.height));
        self.top = self.top.min(self.count.saturating_sub(self.page));
        let seen: Vec<text::Line> = lines.into_iter().skip(self.top).collect();
        text::lines(&seen, frame, inside);
        scroll::bar(frame, inside, self.top, self.count);
        Vec::new()
    }

    fn key(&mut self, key: Key, cx: &mut Cx<'_>) -> Result<Reply> {
        match cx.ui.keymap.lookup(&[Scope::Document], None, key.narrow()) {
            Lookup::Found(binding) => self.act(binding.action, cx),
            Lookup::Begun | Lookup::Unbound => Ok(Reply::Stay),
        }
    }

    fn edited(&mut self, text: &str, cx: &mut Cx<'_>) -> Result<Reply> {
        let lang = cx.ui.lang;
        let Some(before) = self.editing.take() else {
            return Ok(Reply::Stay);
        };
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let said = match text.trim() {
            "" => lang.preview_emptied().to_owned(),
            same if same == before.markdown.trim() => lang.preview_unedited().to_owned(),
            _ => {
                self.edited.insert(before.kind, before.reworded(&text));
                self.made = None;
                lang.preview_edited(&cx.ui.key(Action::FileDraft))
            }
        };
        Ok(Reply::Do(Effect::Told(said)))
    }

    fn goes_on(&mut self) -> bool {
        self.next()
    }

    fn refuse(&mut self, error: FieldError) {
        self.refused = Some(error.text);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Reply> {
        self.refused = None;
        if action != Action::NextLetter {
            self.warned = false;
        }
        match action {
            Action::Cancel => return Ok(self.leave(cx.ui.lang)),
            Action::EditDocument => return self.edit(cx),
            Action::FileDraft => return self.file(false, cx),
            Action::FileSent => return self.file(true, cx),
            Action::SaveDocument => return self.save(cx),
            Action::CopyDocument => {
                let document = self.document(cx)?.numbered(None);
                let words = document.short.last().filter(|_| self.own().is_none()).cloned();
                let whole = || plain::lines(&document.blocks, plain::CELLS).join("\n");
                return Ok(Reply::Do(Effect::Copy(words.unwrap_or_else(whole))));
            }
            Action::NextLetter if self.of > 0 => return Ok(self.skip(cx.ui)),
            Action::KindOn => self.turn(1),
            Action::KindBack => self.turn(-1),
            other => {
                self.top =
                    scroll::moved(other, self.top, self.count, self.page).unwrap_or(self.top);
            }
        }
        Ok(Reply::Stay)
    }
}
