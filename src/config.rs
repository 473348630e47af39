//! Where things are and what the user set: the configuration file, the ledger, the documents folder. Layers: default,
//! file, environment, flag; the later wins.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use directories::{ProjectDirs, UserDirs};
use serde::Deserialize;

use crate::domain::policy::Personal;
use crate::error::{Error, Result};

/// What a configuration file can say; everything is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `zh` or `en`.
    pub lang: Option<String>,
    pub db: Option<PathBuf>,
    /// The name events carry; without it the system's user name.
    pub user: Option<String>,
    /// Whether the screen reacts to the mouse (it does unless this is false).
    pub mouse: Option<bool>,
}

fn dirs() -> Result<ProjectDirs> {
    ProjectDirs::from("", "", "huikuan").ok_or(Error::NoHome)
}

/// The configuration file, which need not exist.
pub fn path() -> Result<PathBuf> {
    if let Some(file) = env::var_os("HUIKUAN_CONFIG").filter(|file| !file.is_empty()) {
        return Ok(PathBuf::from(file));
    }
    Ok(dirs()?.config_dir().join("config.toml"))
}

pub fn default_ledger() -> Result<PathBuf> {
    Ok(dirs()?.data_dir().join("ledger.db"))
}

/// Where what one user saw last is kept: beside the configuration, not in the ledger.
pub fn state_file() -> Result<PathBuf> {
    Ok(path()?.with_file_name("last-look.json"))
}

/// The folder weekly files go to: `huikuan` in the user's documents, else in the home folder.
pub fn documents() -> Result<PathBuf> {
    let user = UserDirs::new().ok_or(Error::NoHome)?;
    Ok(user.document_dir().unwrap_or_else(|| user.home_dir()).join("huikuan"))
}

/// Reads the configuration; a missing file is the default.
pub fn load() -> Result<Config> {
    let file = path()?;
    match read(&file) {
        Ok(text) => parse(&text, &file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Config::default()),
        Err(source) => Err(Error::Io { path: file, source }),
    }
}

/// The text of a file; a pipe, which would have us wait for ever, is none.
fn read(file: &Path) -> io::Result<String> {
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_fifo(&fs::metadata(file)?.file_type()) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    fs::read_to_string(file)
}

impl Config {
    /// What the file says of a setting.
    pub fn get(&self, setting: Personal) -> Option<String> {
        match setting {
            Personal::Lang => self.lang.clone(),
            Personal::User => self.user.clone(),
            Personal::Db => self.db.as_ref().map(|path| path.display().to_string()),
            Personal::Mouse => self.mouse.map(|mouse| mouse.to_string()),
        }
    }
}

/// What a configuration file says once a value is set in it, or taken out: all else in it stays as it is.
pub fn edited(file: &Path, setting: Personal, value: Option<&str>) -> Result<String> {
    let text = match read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(Error::Io { path: file.to_owned(), source }),
    };
    let value = value.map(|text| written(setting, text)).transpose()?;
    let text = edit(text, setting.code(), value.as_deref(), file)?;
    parse(&text, file)?;
    Ok(text)
}

/// A value as the file has it.
fn written(setting: Personal, value: &str) -> Result<String> {
    let known = match setting {
        Personal::Lang => "zh, en",
        Personal::Mouse => "true, false",
        Personal::User | Personal::Db => return Ok(toml::Value::from(value).to_string()),
    };
    if !known.split(", ").any(|word| word == value) {
        return Err(Error::choice(setting.code(), value, known));
    }
    Ok(match setting {
        Personal::Mouse => value.to_owned(),
        Personal::Lang | Personal::User | Personal::Db => toml::Value::from(value).to_string(),
    })
}

fn edit(mut text: String, key: &str, value: Option<&str>, file: &Path) -> Result<String> {
    let places: BTreeMap<String, toml::Spanned<toml::Value>> =
        toml::from_str(&text).map_err(|error| invalid(&error, file))?;
    match (places.get(key).map(toml::Spanned::span), value) {
        (Some(place), Some(value)) => text.replace_range(place, value),
        (Some(place), None) => {
            let line = text.get(..place.start).and_then(|before| before.rfind('\n'));
            let end = text.get(place.end..).and_then(|after| after.find('\n'));
            let end = end.map_or(text.len(), |at| place.end + at + 1);
            text.replace_range(line.map_or(0, |at| at + 1)..end, "");
        }
        (None, Some(value)) => {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.extend([key, " = ", value, "\n"]);
        }
        (None, None) => {}
    }
    Ok(text)
}

fn invalid(error: &toml::de::Error, file: &Path) -> Error {
    Error::Config { path: file.to_owned(), message: error.to_string().trim().to_owned() }
}

fn parse(text: &str, file: &Path) -> Result<Config> {
    toml::from_str(text).map_err(|error| invalid(&error, file))
}

pub fn user(config: &Config) -> String {
    let named = |key: &str| env::var(key).ok().filter(|name| !name.trim().is_empty());
    config
        .user
        .clone()
        .filter(|name| !name.trim().is_empty())
        .or_else(|| named("USER"))
        .or_else(|| named("USERNAME"))
        .unwrap_or_else(|| "user".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_setting_is_named_with_its_place() {
        let error =
            parse("lang = \"zh\"\nlanguage = \"zh\"\n", Path::new("config.toml")).unwrap_err();
        let Error::Config { path, message } = error else {
            panic!("{error:?}");
        };
        assert_eq!(path, Path::new("config.toml"));
        assert!(message.contains("line 2") && message.contains("language"));
    }

    #[test]
    fn a_value_is_set_and_the_rest_of_the_file_stays() {
        let text = "# mine\nlang = \"zh\"  # at work\n\nmouse = false";
        let edit = |key, value| edit(text.to_owned(), key, value, Path::new("c.toml")).unwrap();
        let changed = edit("lang", Some("\"en\""));
        assert_eq!(changed, "# mine\nlang = \"en\"  # at work\n\nmouse = false");
        assert_eq!(edit("lang", None), "# mine\n\nmouse = false");
        assert_eq!(edit("mouse", None), "# mine\nlang = \"zh\"  # at work\n\n");
        assert_eq!(edit("user", Some("\"李雷\"")), format!("{text}\nuser = \"李雷\"\n"));
        assert_eq!(edit("user", None), text);
    }

    #[test]
    fn a_value_of_the_file_is_quoted_and_checked() {
        let written = |setting, value| written(setting, value).ok();
        assert_eq!(written(Personal::Mouse, "false").as_deref(), Some("false"));
        assert_eq!(written(Personal::Mouse, "maybe"), None);
        assert_eq!(written(Personal::Lang, "xx"), None);
        assert_eq!(written(Personal::User, "O\"Neil").as_deref(), Some("'O\"Neil'"));
    }

    #[test]
    fn every_setting_is_optional() {
        assert_eq!(parse("", Path::new("config.toml")).unwrap(), Config::default());
    }
}
