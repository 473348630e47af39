//! What stands behind the word of a command: `aging 2026-10-31`, `筛选 overdue`, `/星河`.

use std::path::Path;

use super::commands::Command;
use super::prompt::Filtering;
use crate::config;
use crate::domain::date_input::{Leaning, parse_day};
use crate::domain::violation::Violation;
use crate::error::Result;
use crate::exchange::out::Format;
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::screen::{Cx, FilterOf};

/// What a command takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The as-of day of the aging table.
    Day,
    Filter,
    /// What to find.
    Text,
    /// The file the list is written to.
    File,
    /// A list to look at before it comes in.
    List,
}

impl Asked {
    const ALL: [Self; 5] = [Self::Day, Self::Filter, Self::Text, Self::File, Self::List];

    /// The word of its command.
    pub const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Day => Action::GoAging.label(lang),
            Self::Filter => Action::Filter.label(lang),
            Self::Text => Action::Find.label(lang),
            Self::File => lang.command_export(),
            Self::List => Action::Import.label(lang),
        }
    }

    /// Its line in the palette.
    pub const fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Day => lang.command_day(),
            Self::Filter => Action::Filter.help(lang),
            Self::Text => Action::Find.help(lang),
            Self::File => lang.command_export_help(),
            Self::List => lang.command_import_help(),
        }
    }

    /// What it is, for who has to write it.
    const fn note(self, lang: Lang) -> &'static str {
        match self {
            Self::Day => lang.command_day_note(),
            Self::Filter => lang.command_filter_note(),
            Self::Text => lang.command_find_note(),
            Self::File => lang.command_export_note(),
            Self::List => lang.command_import_note(),
        }
    }
}

/// What was made of what is typed.
#[derive(Debug, Default)]
pub struct Argument {
    /// What can be done with it.
    pub command: Option<Command>,
    /// What it is, or why it cannot be read.
    pub note: Option<(String, bool)>,
    /// Whether it can be nothing else.
    pub alone: bool,
}

/// The command whose word stands there, and what stands behind it; none as long as it is none.
fn parted(typed: &str) -> Option<(Asked, Option<&str>)> {
    let typed = typed.trim_start();
    if let Some(text) = typed.strip_prefix('/') {
        return Some((Asked::Text, Some(text.trim())));
    }
    let (word, behind) = match typed.split_once(char::is_whitespace) {
        Some((word, behind)) => (word, Some(behind.trim())),
        None => (typed, None),
    };
    let word = word.to_lowercase();
    let is_named = |asked: &Asked| {
        [Lang::Zh, Lang::En].iter().any(|lang| asked.word(*lang).to_lowercase() == word)
    };
    Asked::ALL.into_iter().find(is_named).map(|asked| (asked, behind))
}

impl Argument {
    /// What is typed, read; `insisted` if it was to be done as it is.
    pub fn read(typed: &str, insisted: bool, cx: &Cx<'_>) -> Result<Self> {
        let Some((asked, behind)) = parted(typed) else {
            return Ok(Self::default());
        };
        let note = Some((asked.note(cx.ui.lang).to_owned(), false));
        let Some(text) = behind.filter(|text| !text.is_empty()) else {
            return Ok(Self { note, ..Self::default() });
        };
        // A day that is none may be another word.
        let alone = asked != Asked::Day;
        let command = match asked {
            Asked::Day => day(text, cx),
            Asked::Filter => {
                let mut filtering = Filtering::default();
                filtering.read(text, FilterOf::Items, cx)?;
                filtering.refused = insisted;
                if filtering.problem.is_some() && filtering.said().is_none() {
                    return Ok(Self { command: None, note, alone });
                }
                filtering.problem.map_or_else(|| Ok(Command::Filter(text.to_owned())), Err)
            }
            Asked::Text => Ok(Command::Find(text.to_owned())),
            Asked::List => Ok(Command::Import(config::from_file(Path::new(text), Path::new("")))),
            Asked::File => match Format::of(Path::new(text)) {
                Ok(_) => Ok(Command::Export(text.to_owned())),
                Err(error) => Err(cx.ui.lang.error(&error)),
            },
        };
        Ok(match command {
            Ok(command) => Self { command: Some(command), note, alone },
            Err(why) => Self { command: None, note: Some((why, true)), alone },
        })
    }
}

fn day(text: &str, cx: &Cx<'_>) -> Result<Command, String> {
    let (lang, today) = (cx.ui.lang, cx.ledger.today());
    let day = parse_day(text, today, Leaning::Past).map_err(|error| lang.day_error(&error))?;
    if day > today {
        return Err(lang.violation(&Violation::Future { day, today }));
    }
    Ok(Command::AsOf(day))
}
