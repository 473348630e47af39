//! What the command palette offers: every key of the screen by name, and what has no key. Each is found in either
//! language and in pinyin.

use std::path::PathBuf;
use std::ptr;

use chrono::NaiveDate;

use super::argument::Asked;
use crate::config::AUTO_THEME;
use crate::domain::aging::{AgeBy, GroupBy};
use crate::domain::policy::Setting;
use crate::error::Result;
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::data::{Ledger, Lens};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Binding, Scope};
use crate::tui::looks;
use crate::tui::screen::{AgingChoice, Cx, Screen};
use crate::tui::selection::RowKey;
use crate::tui::theme::SHIPPED;
use crate::tui::widgets::picker::Pick;

/// How many are remembered.
const KEPT: usize = 9;

/// How many of the snapshots are offered, the newest first.
const WEEKS: usize = 13;

/// What a line of the palette does.
#[derive(Debug, Clone)]
pub enum Command {
    Key(&'static Binding),
    /// A customer or project, by name, and what stands beside it.
    Go(RowKey, String, String),
    /// A filter that was given a name.
    Saved(String, String),
    /// The day of a snapshot, by its week.
    Week(String, NaiveDate),
    /// With its name in Chinese and in English.
    Lens(Lens, [String; 2]),
    By(GroupBy),
    AgeBy(AgeBy),
    Setting(Setting),
    Lang(Lang),
    Theme(String),
    /// What was said in passing.
    Messages,
    /// Its word is written, to go on with what it takes.
    Ask(Asked),
    AsOf(NaiveDate),
    Filter(String),
    Find(String),
    /// The file the list is written to.
    Export(String),
    /// A list to look at before it comes in.
    Import(PathBuf),
}

impl Command {
    /// Its line in a language.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Key(binding) => {
                format!("{}: {}", binding.action.label(lang), binding.action.help(lang))
            }
            Self::Go(_, name, _) => name.clone(),
            Self::Saved(name, filter) => lang.command_saved(name, filter),
            Self::Week(week, day) => lang.command_week(week, &day.to_string()),
            Self::Lens(_, [zh, en]) => match lang {
                Lang::Zh => lang.command_lens(zh),
                Lang::En => lang.command_lens(en),
            },
            Self::By(by) => lang.command_by(&lang.group_by(*by).to_lowercase()),
            Self::AgeBy(age_by) => lang.command_age_by(lang.age_by(*age_by)),
            Self::Setting(setting) => lang.command_setting(lang.setting(*setting)),
            Self::Lang(to) => lang.command_lang(to.pick("中文", "English")),
            Self::Theme(name) => lang.command_theme(name),
            Self::Messages => lang.command_messages().to_owned(),
            Self::Ask(asked) => asked.text(lang).to_owned(),
            Self::AsOf(day) => lang.command_as_of(&day.to_string()),
            Self::Filter(filter) => lang.command_filter(filter),
            Self::Find(text) => lang.command_find(text),
            Self::Export(file) => lang.command_export_to(file),
            Self::Import(file) => lang.command_import(&file.display().to_string()),
        }
    }

    fn aside(&self) -> String {
        match self {
            Self::Key(binding) => binding.keys_text(),
            Self::Go(_, _, aside) => aside.clone(),
            Self::Lang(to) => format!("lang {to}"),
            Self::Theme(name) => format!("theme {name}"),
            Self::Setting(setting) => setting.code().to_owned(),
            Self::Saved(..)
            | Self::Week(..)
            | Self::Lens(..)
            | Self::By(_)
            | Self::AgeBy(_)
            | Self::Messages
            | Self::Ask(_)
            | Self::AsOf(_)
            | Self::Filter(_)
            | Self::Find(_)
            | Self::Export(_)
            | Self::Import(_) => String::new(),
        }
    }

    /// What it is called: that finds it first.
    fn name(&self, lang: Lang) -> String {
        match self {
            Self::Key(binding) => binding.action.label(lang).to_owned(),
            Self::Saved(name, _) => name.clone(),
            Self::Ask(asked) => asked.word(lang).to_owned(),
            Self::Go(..)
            | Self::Week(..)
            | Self::Lens(..)
            | Self::By(_)
            | Self::AgeBy(_)
            | Self::Setting(_)
            | Self::Lang(_)
            | Self::Theme(_)
            | Self::Messages
            | Self::AsOf(_)
            | Self::Filter(_)
            | Self::Find(_)
            | Self::Export(_)
            | Self::Import(_) => self.text(lang),
        }
    }

    /// As a line to choose.
    pub fn pick(self, lang: Lang) -> Pick<Self> {
        let (other, name) = match lang {
            Lang::Zh => (Lang::En, self.name(Lang::Zh)),
            Lang::En => (Lang::Zh, self.name(Lang::En)),
        };
        let (also, named) = (self.text(other), format!("{name} {}", self.name(other)));
        let (text, aside) = (self.text(lang), self.aside());
        Pick::new(self, text, aside).named(&named).also(&also)
    }

    /// What it leads to on a screen. Where there is nothing to filter or find, all milestones are.
    pub fn effect(self, screen: &mut dyn Screen) -> Effect {
        let aging = |choice| Effect::In(Action::GoAging, Box::new(Effect::Aging(choice)));
        let on_a_list = |has: bool, effect: Effect| {
            if has { effect } else { Effect::In(Action::GoMilestones, Box::new(effect)) }
        };
        match self {
            Self::Key(binding) => Effect::Run(binding),
            Self::Go(key, ..) => Effect::Go(key),
            Self::Saved(filter, _) | Self::Filter(filter) => {
                on_a_list(screen.is_filtered(), Effect::Filter(filter))
            }
            Self::Find(text) => on_a_list(screen.list().is_some(), Effect::Find(text)),
            Self::Export(file) => Effect::Export(file),
            Self::Import(file) => Effect::Import(file),
            Self::Lens(lens, _) => Effect::Lens(lens),
            Self::By(by) => aging(AgingChoice::By(by)),
            Self::AgeBy(age_by) => aging(AgingChoice::AgeBy(age_by)),
            Self::AsOf(day) | Self::Week(_, day) => aging(AgingChoice::AsOf(day)),
            Self::Setting(setting) => Effect::Go(RowKey::Setting(setting)),
            Self::Lang(lang) => Effect::Lang(lang),
            Self::Theme(name) => Effect::Theme(name),
            Self::Messages => Effect::Messages,
            Self::Ask(_) => Effect::None,
        }
    }

    fn is(&self, other: &Self) -> bool {
        (self.text(Lang::En), self.aside()) == (other.text(Lang::En), other.aside())
    }
}

/// What was chosen in this run, the last first.
#[derive(Debug, Clone, Default)]
pub struct Recent(Vec<Command>);

impl Recent {
    pub fn keep(&mut self, command: &Command) {
        self.0.retain(|known| !known.is(command));
        self.0.insert(0, command.clone());
        self.0.truncate(KEPT);
    }
}

/// The commands of a screen of these scopes, those chosen lately first.
pub fn all(scopes: &[Scope], recent: &Recent, cx: &Cx<'_>) -> Result<Vec<Command>> {
    let (ledger, ui) = (&*cx.ledger, cx.ui);
    let active = ui.keymap.active(scopes);
    let mut all: Vec<Command> = recent.0.clone();
    all.retain(|command| match command {
        Command::Key(binding) => active.iter().any(|known| ptr::eq(*known, *binding)),
        Command::Go(..)
        | Command::Saved(..)
        | Command::Week(..)
        | Command::Lens(..)
        | Command::By(_)
        | Command::AgeBy(_)
        | Command::Setting(_)
        | Command::Lang(_)
        | Command::Theme(_)
        | Command::Messages
        | Command::Ask(_)
        | Command::AsOf(_)
        | Command::Filter(_)
        | Command::Find(_)
        | Command::Export(_)
        | Command::Import(_) => true,
    });
    let lately = all.len();
    let keys = active.into_iter().map(Command::Key);
    for command in keys.chain(without_keys(ledger)?) {
        if !all.iter().take(lately).any(|known| known.is(&command)) {
            all.push(command);
        }
    }
    Ok(all)
}

fn without_keys(ledger: &Ledger) -> Result<impl Iterator<Item = Command>> {
    let saved = &ledger.filters.all;
    let saved =
        saved.iter().map(|(name, filter)| Command::Saved(format!("@{name}"), filter.clone()));
    let lenses = Lens::choices(ledger, Lang::Zh)?.into_iter();
    let lenses = lenses.zip(Lens::choices(ledger, Lang::En)?);
    let lenses = lenses.map(|((lens, zh), (_, en))| Command::Lens(lens, [zh, en]));
    let shipped = SHIPPED.iter().map(|(name, _)| (*name).to_owned());
    let own = ledger.filters.themes().map(|folder| looks::in_folder(&folder));
    let themes = std::iter::once(AUTO_THEME.to_owned()).chain(shipped);
    let themes = themes.chain(own.unwrap_or_default());
    let weeks = ledger.store.snapshots()?.into_iter().take(WEEKS);
    let weeks = weeks.map(|head| Command::Week(head.iso_week, head.as_of));
    let aging = GroupBy::ALL.iter().map(|by| Command::By(*by));
    let aging = aging.chain(AgeBy::ALL.iter().map(|age_by| Command::AgeBy(*age_by)));
    Ok([Asked::Day, Asked::File, Asked::List]
        .map(Command::Ask)
        .into_iter()
        .chain(saved)
        .chain(lenses)
        .chain(aging)
        .chain([Lang::Zh, Lang::En].map(Command::Lang))
        .chain(themes.map(Command::Theme))
        .chain([Command::Messages])
        .chain(weeks)
        .chain(Setting::ALL.iter().map(|setting| Command::Setting(*setting))))
}
