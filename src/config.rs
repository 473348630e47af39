//! Where things are and what the user set: the configuration file, the ledger, the documents folder. Layers: default,
//! file, environment, flag; the later wins.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use directories::{ProjectDirs, UserDirs};
use serde::Deserialize;

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
    match fs::read_to_string(&file) {
        Ok(text) => parse(&text, &file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Config::default()),
        Err(source) => Err(Error::Io { path: file, source }),
    }
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
    fn every_setting_is_optional() {
        assert_eq!(parse("", Path::new("config.toml")).unwrap(), Config::default());
    }
}
