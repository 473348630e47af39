//! Settings: a person's own, in the configuration file, and the ledger's, which all share.

use serde_json::json;

use crate::config::{self, Config};
use crate::domain::change::Change;
use crate::domain::policy::{Personal, Policy, Setting};
use crate::error::{Error, Result};
use crate::exchange::out::{self, Format};
use crate::exchange::settings::{SettingLine, Settings};
use crate::files;

use super::args::Config as Command;
use super::opening::DAYS;
use super::session::{Session, print, print_json};
use super::words::step;

pub fn config(session: &Session, what: &Command) -> Result<()> {
    match what {
        Command::Path => path(session),
        Command::List => list(session),
        Command::Get { key } => get(session, key),
        Command::Set { key, value } => set(session, key, Some(value)),
        Command::Unset { key } => set(session, key, None),
    }
}

fn path(session: &Session) -> Result<()> {
    let file = config::path()?.display().to_string();
    let ledger = session.ledger_path()?.display().to_string();
    if session.global.json {
        return print_json(&json!({ "config": file, "ledger": ledger }));
    }
    print(&format!("{}\n{}\n", session.lang.config_at(&file), session.lang.ledger_at(&ledger)))
}

/// Whose a setting is.
#[derive(Debug, Clone, Copy)]
enum Key {
    Ledger(Setting),
    Own(Personal),
}

impl Key {
    fn all() -> impl Iterator<Item = Self> {
        let ledger = Setting::ALL.iter().copied().map(Self::Ledger);
        ledger.chain(Personal::ALL.iter().copied().map(Self::Own))
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Ledger(setting) => setting.code(),
            Self::Own(setting) => setting.code(),
        }
    }

    fn read(text: &str) -> Result<Self> {
        Self::all().find(|key| key.code() == text.trim()).ok_or_else(|| {
            let known: Vec<&str> = Self::all().map(Self::code).collect();
            Error::choice("config", text, &known.join(", "))
        })
    }

    fn line(self, session: &Session, policy: &Policy) -> Result<SettingLine> {
        let lang = session.lang;
        let (value, default, meaning) = match self {
            Self::Ledger(setting) => {
                (setting.value(policy), setting.default_value(), lang.setting(setting))
            }
            Self::Own(setting) => {
                let default = own_default(setting)?;
                let value = session.config.get(setting).unwrap_or_else(|| default.clone());
                (value, default, lang.personal(setting))
            }
        };
        Ok(SettingLine { key: self.code(), value, default, meaning })
    }
}

/// What holds where the file says nothing.
fn own_default(setting: Personal) -> Result<String> {
    Ok(match setting {
        Personal::Lang => super::language(&[], &Config::default()).to_string(),
        Personal::User => config::user(&Config::default()),
        Personal::Db => config::default_ledger()?.display().to_string(),
        Personal::Mouse => true.to_string(),
        Personal::Backups => DAYS.to_string(),
        Personal::Theme | Personal::Signs => config::AUTO_THEME.to_owned(),
        Personal::Formats => out::USUAL.to_owned(),
    })
}

/// The settings of the ledger, if there is one.
fn policy(session: &Session) -> Result<Policy> {
    if session.ledger_path()?.exists() { session.read()?.policy() } else { Ok(Policy::default()) }
}

fn list(session: &Session) -> Result<()> {
    let policy = policy(session)?;
    let lines = Key::all().map(|key| key.line(session, &policy));
    session.show(&Settings(lines.collect::<Result<_>>()?))
}

fn get(session: &Session, key: &str) -> Result<()> {
    let key = Key::read(key)?;
    let policy = match key {
        Key::Ledger(_) => policy(session)?,
        Key::Own(_) => Policy::default(),
    };
    let line = key.line(session, &policy)?;
    if session.global.json { print_json(&line) } else { print(&format!("{}\n", line.value)) }
}

fn set(session: &Session, key: &str, value: Option<&str>) -> Result<()> {
    match Key::read(key)? {
        Key::Ledger(setting) => session.record(|_| {
            let is_step = setting.code().starts_with("ladder.");
            let value = value.map(|text| if is_step { step(text) } else { text.to_owned() });
            Ok((Change::Set { setting, value }, String::new()))
        }),
        Key::Own(setting) => set_own(session, setting, value),
    }
}

fn set_own(session: &Session, setting: Personal, value: Option<&str>) -> Result<()> {
    if setting == Personal::Formats {
        Format::listed(value)?;
    }
    let path = config::path()?;
    let text = config::edited(&path, setting, value)?;
    files::rewrite(&path, &text).map_err(Error::io(&path))?;
    if session.global.json {
        let none: [&str; 0] = [];
        let written = json!({ "event": null, "ids": none, "created": none, "dated": none });
        return session.done(print_json(&written));
    }
    if session.global.quiet {
        return Ok(());
    }
    session.done(print(&format!("{}\n", session.lang.config_saved(&path.display().to_string()))))
}
