//! What one has before one's eyes on the phone with a customer: whom to call, what was promised, what was said last.

use ratatui::style::Style;

use crate::domain::change::{CustomerDraft, TimelineEvent};
use crate::domain::ids::CustomerId;
use crate::domain::kinds::NoteKind;
use crate::domain::promise::PromiseState;
use crate::error::Result;
use crate::store::{Concession, ListedPromise, ListedTouch, Note, Span};
use crate::tui::data::Ledger;
use crate::tui::format;
use crate::tui::screen::Cx;
use crate::tui::widgets::text::{Line, hanging, heading};

/// How many facts of credit stand there.
const CREDIT: u32 = 3;

#[derive(Default)]
pub struct Dealings {
    pub draft: CustomerDraft,
    promises: Vec<ListedPromise>,
    concessions: Vec<Concession>,
    /// How content it is, and what is known of its credit.
    care: Vec<Note>,
    /// Newest first.
    touches: Vec<ListedTouch>,
}

impl Dealings {
    pub fn read(id: CustomerId, ledger: &Ledger) -> Result<Self> {
        let (store, span) = (&ledger.store, Span::of(id));
        let mut care = store.latest_notes(id, NoteKind::Satisfaction, 1)?;
        care.extend(store.latest_notes(id, NoteKind::Credit, CREDIT)?);
        Ok(Self {
            care,
            draft: store.customer_draft(id)?,
            promises: store.promise_list(span, ledger.today())?,
            concessions: store.concessions(id, ledger.today())?,
            touches: store.touch_list(span)?,
        })
    }

    /// How many promises came to this.
    pub fn promised(&self, state: PromiseState) -> usize {
        self.promises.iter().filter(|promise| promise.state == state).count()
    }

    /// Contacts, promises on what is open, and the last contacts, in lines of so many cells.
    pub fn lines(&self, room: usize, cx: &Cx<'_>) -> Vec<Line> {
        let (lang, dim) = (cx.ui.lang, cx.ui.theme.dim());
        let sections = [
            (lang.contacts_word(), self.people(room, cx), lang.none_word()),
            (lang.promises_word(), self.open_promises(room, cx), ""),
            (lang.concessions_word(), self.let_off(room, cx), ""),
            (lang.care_word(), self.cared(room, cx), ""),
            (lang.touches_word(), self.last_touches(room, cx), lang.never_touched()),
            (lang.particulars_word(), self.particulars(room, cx), ""),
        ];
        let mut lines = Vec::new();
        for (title, section, none) in sections {
            if section.is_empty() && none.is_empty() {
                continue;
            }
            if !lines.is_empty() {
                lines.push(Line::new());
            }
            lines.push(heading(title, room, dim));
            if section.is_empty() {
                lines.push(vec![(none.to_owned(), dim)]);
            }
            lines.extend(section);
        }
        lines
    }

    fn people(&self, room: usize, cx: &Cx<'_>) -> Vec<Line> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let person = |contact| {
            let mut pieces = format::contact(contact, lang);
            pieces.extend(contact.channel.map(|by| lang.preferred(lang.channel(by))));
            hanging(Line::new(), &pieces.join("  "), theme.text(), room)
        };
        self.draft.contacts.iter().flat_map(person).collect()
    }

    fn open_promises(&self, room: usize, cx: &Cx<'_>) -> Vec<Line> {
        let (lang, theme, ledger) = (cx.ui.lang, cx.ui.theme, &*cx.ledger);
        let is_open = |promise: &&ListedPromise| {
            let item = ledger.portfolio.get(promise.line.milestone);
            promise.state != PromiseState::Kept && item.is_some_and(|item| item.balance > 0)
        };
        let line = |promise: &ListedPromise| {
            let (state, style) = match promise.state {
                PromiseState::Kept => ("", theme.good()),
                PromiseState::Broken => (lang.promise_is_broken(), theme.bad()),
                PromiseState::Pending => (lang.promise_is_pending(), theme.warn()),
            };
            let amount = ledger.signed(promise.line.amount, promise.currency);
            let text = lang.commas([promise.line.called(), amount, state.to_owned()]);
            hanging(dated(promise.pay_by.to_string(), theme.dim()), &text, style, room)
        };
        self.promises.iter().filter(is_open).flat_map(line).collect()
    }

    fn let_off(&self, room: usize, cx: &Cx<'_>) -> Vec<Line> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let line = |one: &Concession| {
            let words = [
                Some(lang.concession_kind(one.kind).to_owned()),
                Some(lang.times(one.times)),
                one.days.map(|days| lang.days(days)),
                one.cost.map(|(currency, minor)| cx.ledger.signed(minor, currency)),
            ];
            let text = lang.commas(words.into_iter().flatten());
            hanging(Line::new(), &text, theme.text(), room)
        };
        self.concessions.iter().flat_map(line).collect()
    }

    fn last_touches(&self, room: usize, cx: &Cx<'_>) -> Vec<Line> {
        let (lang, theme, ledger) = (cx.ui.lang, cx.ui.theme, &*cx.ledger);
        let line = |touch: &ListedTouch| {
            let head = &touch.head;
            let event = TimelineEvent::Touched {
                channel: head.channel,
                kind: head.kind,
                step: head.step,
                outcome: head.outcome,
                cause: head.cause,
                contact: head.person.clone(),
                note: head.note.clone(),
                next_on: head.next_on,
            };
            let mut text = lang.happened(&event, ledger.today(), |_| String::new());
            if !head.who.is_empty() {
                text = format!("{text}  [{}]", head.who);
            }
            hanging(dated(head.on.to_string(), theme.dim()), &text, theme.text(), room)
        };
        self.touches.iter().flat_map(line).collect()
    }

    /// How content it is, and what is known of its credit.
    fn cared(&self, room: usize, cx: &Cx<'_>) -> Vec<Line> {
        let (lang, theme, today) = (cx.ui.lang, cx.ui.theme, cx.ledger.today());
        let line = |note: &Note| {
            let kind = format!("{} ", lang.note_kind(note.kind));
            let text = format::noted(note, today, lang);
            hanging(vec![(kind, theme.dim())], &text, theme.text(), room)
        };
        self.care.iter().flat_map(line).collect()
    }

    /// What stands on an invoice, and what was noted.
    fn particulars(&self, room: usize, cx: &Cx<'_>) -> Vec<Line> {
        let (draft, lang, theme) = (&self.draft, cx.ui.lang, cx.ui.theme);
        let account = format!("{} {}", draft.bank, draft.bank_account);
        let known = [
            (lang.title_word(), draft.invoice_title.as_str()),
            (lang.tax_no_word(), &draft.tax_no),
            (lang.bank_word(), account.trim()),
            (lang.address_word(), &draft.address),
            (lang.phone_word(), &draft.phone),
            (lang.notes_word(), &draft.notes),
        ];
        let known = known.into_iter().filter(|(_, value)| !value.is_empty());
        let line = |(word, value): (&str, &str)| {
            hanging(vec![(format!("{word} "), theme.dim())], value, theme.text(), room)
        };
        known.flat_map(line).collect()
    }
}

fn dated(day: String, style: Style) -> Line {
    vec![(day, style), ("  ".to_owned(), style)]
}
