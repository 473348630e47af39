//! Where things are and what the user set: the configuration file, the ledger, the documents folder. Layers: default,
//! file, environment, flag; the later wins.

use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};

use directories::{ProjectDirs, UserDirs};
use serde::de::{self, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

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
    /// Of so many days the last backup is kept; 0 makes none.
    #[serde(deserialize_with = "backups")]
    pub backups: Option<u16>,
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
    match fs::read_to_string(&file) {
        Ok(text) => {
            let mut config = parse(&text, &file)?;
            config.db = config.db.map(|db| from_file(&db, &file));
            Ok(config)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Config::default()),
        Err(source) => Err(Error::Io { path: file, source }),
    }
}

/// A path a configuration names: `~` is the home folder, and what is not absolute begins where the file is.
fn from_file(path: &Path, file: &Path) -> PathBuf {
    if let Ok(below) = path.strip_prefix("~")
        && let Some(user) = UserDirs::new()
    {
        return user.home_dir().join(below);
    }
    file.parent().map_or_else(|| path.to_owned(), |folder| folder.join(path))
}

/// `"off"`, or a number of days.
fn backups<'d, D: Deserializer<'d>>(value: D) -> Result<Option<u16>, D::Error> {
    struct Days;

    impl Visitor<'_> for Days {
        type Value = Option<u16>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("\"off\" or a number of days")
        }

        fn visit_i64<E: de::Error>(self, days: i64) -> Result<Self::Value, E> {
            let known =
                u16::try_from(days).map_err(|_| E::invalid_value(Unexpected::Signed(days), &self));
            known.map(Some)
        }

        fn visit_str<E: de::Error>(self, word: &str) -> Result<Self::Value, E> {
            match word {
                "off" => Ok(Some(0)),
                word => Err(E::invalid_value(Unexpected::Str(word), &self)),
            }
        }
    }
    value.deserialize_any(Days)
}

fn parse(text: &str, file: &Path) -> Result<Config> {
    toml::from_str(text).map_err(|error| Error::Config {
        path: file.to_owned(),
        message: error.to_string().trim().to_owned(),
    })
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
    fn backups_are_off_or_so_many_days() {
        let read = |text: &str| parse(text, Path::new("config.toml"));
        assert_eq!(read("backups = 30").unwrap().backups, Some(30));
        assert_eq!(read("backups = \"off\"").unwrap().backups, Some(0));
        for wrong in ["backups = -1", "backups = \"never\"", "backups = true"] {
            let Err(Error::Config { message, .. }) = read(wrong) else {
                panic!("{wrong} was taken");
            };
            assert!(message.contains("\"off\" or a number of days"), "{message}");
        }
    }

    #[test]
    fn a_ledger_is_named_from_where_the_configuration_is() {
        let file = Path::new("/etc/huikuan/config.toml");
        assert_eq!(from_file(Path::new("x.db"), file), Path::new("/etc/huikuan/x.db"));
        assert_eq!(from_file(Path::new("/a/x.db"), file), Path::new("/a/x.db"));
        let home = UserDirs::new().unwrap().home_dir().to_owned();
        assert_eq!(from_file(Path::new("~/x.db"), file), home.join("x.db"));
    }

    #[test]
    fn every_setting_is_optional() {
        assert_eq!(parse("", Path::new("config.toml")).unwrap(), Config::default());
    }
}
