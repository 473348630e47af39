//! Settings of the ledger, and who works with it: each row a value that Enter edits.
//!
//! ```text
//!    Meaning                              Value                 Default              Setting
//! >  step 2: first reminder               +10 d, phone, polite  +7 d, phone, polite  ladder.2
//!    days before due that count as …      7                     =                    look_ahead_days
//!    People (1)
//!    王敏 (you)                           project manager 华东
//! ```

use crate::domain::policy::{Policy, Setting};
use crate::error::Result;
use crate::store::Person;
use crate::text::Lang;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::Memo;
use crate::tui::effect::Effect;
use crate::tui::forms::{self, Context, Recording};
use crate::tui::keymap::Scope;
use crate::tui::list_screen::{ListScreen, Source};
use crate::tui::overlays::Prompt;
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::selection::RowKey;
use crate::tui::widgets::list::{Cell, Column};

/// Within the view this action opens.
pub fn open(tab: Action) -> Box<dyn Screen> {
    Box::new(ListScreen::new(tab, Settings::default()))
}

/// The same with the cursor on a setting.
pub fn open_at(setting: Setting, tab: Action) -> Box<dyn Screen> {
    let mut screen = ListScreen::new(tab, Settings::default());
    if let Some(list) = screen.list() {
        list.rows.select(RowKey::Setting(setting));
    }
    Box::new(screen)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Setting(Setting),
    /// The heading above the people.
    People,
    /// One of the people, by place.
    Person(usize),
}

/// The heading above the people, among those of this screen.
const PEOPLE: RowKey = RowKey::Heading(0);

#[derive(Default)]
struct Settings {
    people: Memo<u64, Vec<Person>>,
    rows: Memo<(u64, String), Vec<Row>>,
}

impl Settings {
    fn person(&self, at: usize) -> Option<&Person> {
        self.people.get(at)
    }

    /// The form of a row: a setting's value, a person's role and team, or a new person's.
    fn form(&self, key: RowKey, cx: &Cx<'_>) -> Effect {
        let context = Context::new(cx);
        match key {
            RowKey::Setting(setting) => forms::setting(setting, context),
            RowKey::Person(id) => {
                let known = self.people.iter().find(|person| person.id == id);
                forms::person_of_us(known, &self.people, context)
            }
            RowKey::Milestone(_)
            | RowKey::Project(_)
            | RowKey::Customer(_)
            | RowKey::Payment(_)
            | RowKey::Invoice(_)
            | RowKey::BankLine(_)
            | RowKey::Todo(_)
            | RowKey::Paper(_)
            | RowKey::Note(_)
            | RowKey::Condition(_)
            | RowKey::InGroup(..)
            | RowKey::Group(_)
            | RowKey::Heading(_)
            | RowKey::Line(_)
            | RowKey::Aging(..)
            | RowKey::Snapshot(_)
            | RowKey::Moved(..) => forms::person_of_us(None, &self.people, context),
        }
    }
}

impl Source for Settings {
    const FILTERED: bool = false;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::words(lang.meaning_word(), 24, 0),
            Column::words(lang.value_word(), 14, 0),
            Column::words(lang.default_word(), 8, 2),
            Column::words(lang.setting_word(), 8, 3),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let version = cx.ledger.version();
        self.people.try_refresh(version, || cx.ledger.store.people())?;
        let people = &self.people;
        self.rows.refresh((version, view.find.clone()), || {
            let needle = Needle::new(&view.find);
            let found = |setting: &Setting| {
                let names = [Lang::Zh, Lang::En].map(|lang| lang.setting(*setting));
                needle.matches(&format!("{} {}", setting.code(), names.join(" ")))
            };
            let settings = Setting::ALL.iter().copied().filter(found).map(Row::Setting);
            let persons = people.iter().enumerate();
            let persons = persons.filter(|(_, person)| needle.matches(&person.name));
            let persons: Vec<Row> = persons.map(|(at, _)| Row::Person(at)).collect();
            let heading = (needle.is_empty() || !persons.is_empty()).then_some(Row::People);
            settings.chain(heading).chain(persons).collect()
        });
        Ok(())
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        Some(match self.rows.get(at)? {
            Row::Setting(setting) => RowKey::Setting(*setting),
            Row::People => PEOPLE,
            Row::Person(at) => RowKey::Person(self.person(*at)?.id),
        })
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        match self.rows.get(at) {
            Some(Row::Setting(setting)) => {
                let value = lang.setting_value(*setting, &cx.ledger.portfolio.policy);
                let default = lang.setting_value(*setting, &Policy::default());
                let is_default = value == default;
                let style = if is_default { theme.text() } else { theme.strong() };
                let default = if is_default { "=".to_owned() } else { default };
                vec![
                    Cell::plain(lang.setting(*setting)),
                    Cell::new(value, style),
                    Cell::new(default, theme.dim()),
                    Cell::new(setting.code(), theme.dim()),
                ]
            }
            Some(Row::People) => {
                let title = format!("{} ({})", lang.people_title(), self.people.len());
                Cell::row([&title, "", "", ""], theme.strong())
            }
            Some(Row::Person(at)) => self.person(*at).map_or_else(Vec::new, |person| {
                let me = if person.name == cx.ledger.who() { lang.you_mark() } else { "" };
                let role = format!("{} {}", lang.role(person.role), person.team);
                vec![Cell::plain(format!("{}{me}", person.name)), Cell::plain(role.trim_end())]
            }),
            None => Vec::new(),
        }
    }

    fn open(&mut self, at: usize, _: &mut ListView, cx: &Cx<'_>) -> Effect {
        self.key(at, cx).map_or(Effect::None, |key| self.form(key, cx))
    }

    fn act(&mut self, action: Action, view: &mut ListView, cx: &Cx<'_>) -> Option<Effect> {
        match action {
            Action::Settings => Some(Effect::None),
            Action::Filter => Some(Effect::open(Prompt::find(&view.find))),
            Action::Record(Recording::New) => Some(self.form(PEOPLE, cx)),
            Action::Record(Recording::Edit) => view.rows.selected().map(|key| self.form(key, cx)),
            _ => None,
        }
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        lang.joined(lang.settings_title(), lang.settings_note())
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List, Scope::Global]
    }
}
