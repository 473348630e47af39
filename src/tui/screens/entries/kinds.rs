//! What each tab lists: where its rows come from, what a row stands for, and what the keys do with it.

use chrono::NaiveDate;
use ratatui::style::Style;

use super::Entry;
use crate::domain::about::About;
use crate::domain::change::TimelineEvent;
use crate::domain::kinds::{PaperState, TodoState};
use crate::domain::money::Currency;
use crate::domain::promise::PromiseState;
use crate::error::Result;
use crate::exchange::lists::{Field, Happened, Listed, PaperLine, field};
use crate::exchange::out::{Cell, Column};
use crate::report::todos::TodoLine;
use crate::store::{
    AboutCounts, Condition, ListedContact, ListedLine, ListedPromise, ListedTouch, Note, Span,
};
use crate::text::Lang;
use crate::tui::data::Ledger;
use crate::tui::effect::Effect;
use crate::tui::forms::{self, Context, Recording};
use crate::tui::keymap::RowKind;
use crate::tui::selection::{RowKey, Selection};
use crate::tui::theme::Theme;

impl Entry for PaperLine {
    const COUNT: Option<fn(&AboutCounts) -> u32> = Some(|counts| counts.papers);

    fn read(about: About, ledger: &Ledger, _: Lang) -> Result<Vec<Self>> {
        let papers = ledger.store.papers(Some(about), None)?.into_iter();
        Ok(papers.filter_map(|paper| Self::new(paper, ledger.today())).collect())
    }

    fn key(&self, _: usize) -> RowKey {
        RowKey::Paper(self.paper.head.id)
    }

    /// Its only milestone, else its project, else its customer.
    fn opens(&self) -> Option<RowKey> {
        let head = &self.paper.head;
        match self.paper.milestones.as_slice() {
            [(only, _)] => Some(RowKey::Milestone(*only)),
            _ => head.project_id.map(RowKey::Project).or(head.customer_id.map(RowKey::Customer)),
        }
    }

    fn selection(&self, page: Selection) -> Selection {
        let named: Vec<_> = self.paper.milestones.iter().map(|(id, _)| *id).collect();
        let milestones = if named.is_empty() { page.milestones } else { named };
        let head = &self.paper.head;
        Selection {
            row: Some(RowKind::Paper),
            milestones,
            customer: head.customer_id.or(page.customer),
            project: head.project_id.or(page.project),
            paper: Some(head.id),
            ..Selection::default()
        }
    }

    fn style(&self, column: &str, theme: Theme) -> Style {
        match (column, self.state) {
            ("state" | "expires_on", PaperState::Expired) => theme.warn(),
            ("id", _) | (_, PaperState::Draft) => theme.dim(),
            (_, PaperState::Signed) if column == "state" => theme.good(),
            (
                _,
                PaperState::Filed
                | PaperState::Sent
                | PaperState::Delivered
                | PaperState::Signed
                | PaperState::Expired,
            ) => theme.text(),
        }
    }

    fn create(page: About, _: &Selection, cx: Context<'_>) -> Option<Result<Effect>> {
        Some(forms::new_paper(page, cx))
    }

    fn none(lang: Lang, new: &str) -> String {
        lang.papers_none(new)
    }
}

impl Entry for TodoLine {
    const COUNT: Option<fn(&AboutCounts) -> u32> = Some(|counts| counts.todos);

    fn read(about: About, ledger: &Ledger, _: Lang) -> Result<Vec<Self>> {
        Ok(Self::all(ledger.store.todos_about(about)?, ledger.today()))
    }

    fn key(&self, _: usize) -> RowKey {
        RowKey::Todo(self.todo.id)
    }

    fn opens(&self) -> Option<RowKey> {
        self.todo.about().map(RowKey::of)
    }

    fn selection(&self, _: Selection) -> Selection {
        Selection::todo(&self.todo)
    }

    fn style(&self, column: &str, theme: Theme) -> Style {
        match (column, self.state()) {
            ("due_on" | "state", TodoState::Due) => theme.warn(),
            (_, TodoState::Done) | ("id" | "kind", _) => theme.dim(),
            (_, TodoState::Due | TodoState::Open) => theme.text(),
        }
    }

    fn create(page: About, _: &Selection, cx: Context<'_>) -> Option<Result<Effect>> {
        Some(forms::new_todo(Some(page), cx))
    }

    fn none(lang: Lang, new: &str) -> String {
        lang.todos_none_here(new)
    }
}

impl Entry for Note {
    const COUNT: Option<fn(&AboutCounts) -> u32> = Some(|counts| counts.notes);

    fn read(about: About, ledger: &Ledger, _: Lang) -> Result<Vec<Self>> {
        let mut notes = ledger.store.notes(Some(about), None, None)?;
        notes.retain(|note| note.on <= ledger.today());
        Ok(notes)
    }

    fn key(&self, _: usize) -> RowKey {
        RowKey::Note(self.id)
    }

    fn opens(&self) -> Option<RowKey> {
        self.milestone_id
            .map(RowKey::Milestone)
            .or(self.project_id.map(RowKey::Project))
            .or(self.customer_id.map(RowKey::Customer))
    }

    fn create(_: About, selected: &Selection, cx: Context<'_>) -> Option<Result<Effect>> {
        Some(Recording::Note.respond(selected, cx))
    }

    fn none(lang: Lang, new: &str) -> String {
        lang.notes_none(new)
    }
}

impl Entry for Condition {
    const COUNT: Option<fn(&AboutCounts) -> u32> = Some(|counts| counts.conditions);

    fn read(about: About, ledger: &Ledger, _: Lang) -> Result<Vec<Self>> {
        match about {
            About::Milestone(id) => ledger.store.conditions_of(id),
            About::Project(id) => ledger.store.conditions(Some(id)),
            About::Customer(_) => Ok(Vec::new()),
        }
    }

    fn key(&self, _: usize) -> RowKey {
        RowKey::Condition(self.id)
    }

    fn opens(&self) -> Option<RowKey> {
        Some(RowKey::Milestone(self.milestone))
    }

    fn selection(&self, page: Selection) -> Selection {
        Selection {
            row: Some(RowKind::Condition),
            milestones: vec![self.milestone],
            condition: Some(self.id),
            ..page
        }
    }

    fn style(&self, column: &str, theme: Theme) -> Style {
        match column {
            "met_on" => theme.good(),
            "kind" => theme.dim(),
            _ => theme.text(),
        }
    }

    fn create(page: About, selected: &Selection, cx: Context<'_>) -> Option<Result<Effect>> {
        let milestone = match page {
            About::Milestone(id) => Some(id),
            About::Project(_) | About::Customer(_) => selected.milestones.first().copied(),
        };
        milestone.map(|id| forms::new_condition(id, cx))
    }

    fn none(lang: Lang, new: &str) -> String {
        lang.conditions_none(new)
    }
}

impl Entry for Happened {
    fn read(about: About, ledger: &Ledger, _: Lang) -> Result<Vec<Self>> {
        let store = &ledger.store;
        let (currency, entries) = match about {
            About::Project(id) => (store.project_draft(id)?.currency, store.project_timeline(id)?),
            About::Milestone(id) => {
                let currency = store.paper_currency(about)?.unwrap_or(ledger.digest.main);
                let entries = store.timeline(id)?.into_iter();
                (currency, entries.map(|entry| (String::new(), entry)).collect())
            }
            About::Customer(_) => (ledger.digest.main, Vec::new()),
        };
        let today = ledger.today();
        let happened = entries.into_iter().map(|(milestone, entry)| Self {
            on: entry.on,
            who: entry.who,
            milestone,
            event: entry.event,
            voided: entry.voided,
            currency,
            today,
        });
        Ok(happened.collect())
    }

    fn key(&self, at: usize) -> RowKey {
        RowKey::Line(at)
    }

    fn opens(&self) -> Option<RowKey> {
        None
    }

    fn style(&self, column: &str, theme: Theme) -> Style {
        if self.voided.is_some() {
            return theme.dim();
        }
        match column {
            "what" => theme.tone(self.event.tone()),
            "on" | "who" => theme.dim(),
            _ => theme.text(),
        }
    }

    fn create(_: About, _: &Selection, _: Context<'_>) -> Option<Result<Effect>> {
        None
    }

    fn none(lang: Lang, _: &str) -> String {
        lang.nothing_happened().to_owned()
    }
}

/// How a customer is dealt with: a person there, a promise, or a contact made.
#[derive(Debug, Clone)]
pub enum Dealing {
    Person(ListedContact),
    Promise(Box<ListedPromise>),
    Touch(Box<ListedTouch>, NaiveDate),
}

impl Dealing {
    fn what(&self, lang: Lang) -> String {
        match self {
            Self::Person(one) => {
                let by = one.channel.map(|by| lang.preferred(lang.channel(by)));
                let pieces = [&one.name, &one.role, &one.phone, &one.wechat, &one.email];
                let pieces = pieces.into_iter().filter(|piece| !piece.is_empty()).cloned();
                pieces.chain(by).collect::<Vec<_>>().join("  ")
            }
            Self::Promise(one) => lang.promise_state(one.state).to_owned(),
            Self::Touch(one, today) => {
                let head = &one.head;
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
                lang.happened(&event, *today, |_| String::new())
            }
        }
    }

    fn kind(&self, lang: Lang) -> &'static str {
        match self {
            Self::Person(_) => lang.dealing_person(),
            Self::Promise(_) => lang.dealing_promise(),
            Self::Touch(..) => lang.dealing_touch(),
        }
    }

    fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::Person(_) => None,
            Self::Promise(one) => Some(one.pay_by),
            Self::Touch(one, _) => Some(one.head.on),
        }
    }

    fn amount(&self) -> Option<(i64, Currency)> {
        match self {
            Self::Promise(one) => Some((one.line.amount, one.currency)),
            Self::Person(_) | Self::Touch(..) => None,
        }
    }

    fn milestones(&self) -> String {
        match self {
            Self::Person(_) => String::new(),
            Self::Promise(one) => one.line.called(),
            Self::Touch(one, _) => {
                let called: Vec<String> = one.lines.iter().map(ListedLine::called).collect();
                called.join(" ")
            }
        }
    }

    fn who(&self) -> &str {
        match self {
            Self::Person(_) | Self::Promise(_) => "",
            Self::Touch(one, _) => &one.head.who,
        }
    }
}

impl Listed for Dealing {
    fn title(lang: Lang) -> &'static str {
        lang.tab_dealings()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.dealing_kind_word()).named("kind"), |one, lang| {
                one.kind(lang).into()
            }),
            field(Column::left(lang.form_day()).named("on"), |one, _| one.on().into()),
            field(Column::left(lang.key_word()).named("milestones").spare(2), |one, _| {
                one.milestones().into()
            }),
            field(Column::right(lang.form_amount()).named("amount").spare(1), |one, _| {
                let amount = one.amount();
                amount.map_or(Cell::EMPTY, |(minor, currency)| Cell::amount(minor, currency))
            }),
            field(Column::left(lang.happened_word()).named("what"), |one, lang| {
                one.what(lang).into()
            }),
            field(Column::left(lang.who_word()).named("who").spare(3), |one, _| one.who().into()),
        ]
    }
}

impl Entry for Dealing {
    const COUNT: Option<fn(&AboutCounts) -> u32> = Some(|counts| counts.dealings);

    fn tab(lang: Lang) -> &'static str {
        lang.tab_dealings()
    }

    fn read(about: About, ledger: &Ledger, _: Lang) -> Result<Vec<Self>> {
        let About::Customer(id) = about else {
            return Ok(Vec::new());
        };
        let (store, span, today) = (&ledger.store, Span::of(id), ledger.today());
        let people = store.contact_list(Some(id))?.into_iter().map(Self::Person);
        let promises = store.promise_list(span, today)?.into_iter();
        let promises = promises.map(|one| Self::Promise(Box::new(one)));
        let touches = store.touch_list(span)?.into_iter();
        let touches = touches.map(|one| Self::Touch(Box::new(one), today));
        Ok(people.chain(promises).chain(touches).collect())
    }

    fn key(&self, at: usize) -> RowKey {
        RowKey::Line(at)
    }

    fn opens(&self) -> Option<RowKey> {
        match self {
            Self::Person(_) => None,
            Self::Promise(one) => Some(RowKey::Milestone(one.line.milestone)),
            Self::Touch(one, _) => one.lines.first().map(|line| RowKey::Milestone(line.milestone)),
        }
    }

    fn style(&self, column: &str, theme: Theme) -> Style {
        match (column, self) {
            ("kind" | "who", _) => theme.dim(),
            ("what", Self::Promise(one)) => match one.state {
                PromiseState::Kept => theme.good(),
                PromiseState::Broken => theme.bad(),
                PromiseState::Pending => theme.warn(),
            },
            (_, Self::Person(_) | Self::Promise(_) | Self::Touch(..)) => theme.text(),
        }
    }

    /// A contact with it.
    fn create(_: About, selected: &Selection, cx: Context<'_>) -> Option<Result<Effect>> {
        Some(Recording::Contact.respond(selected, cx))
    }

    fn none(lang: Lang, new: &str) -> String {
        lang.dealings_none(new)
    }
}
