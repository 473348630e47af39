//! Where things are and what the user set: the configuration file, the ledger, the documents folder. Layers: default,
//! file, environment, flag; the later wins.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use directories::{ProjectDirs, UserDirs};
use serde::Deserialize;
use thiserror::Error;

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

/// Why the configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    /// The file is not what a configuration is.
    #[error("{path}: {message}")]
    Invalid {
        path: PathBuf,
        /// Line, column and what is wrong.
        message: String,
    },
    /// The system names no home folder.
    #[error("no home folder")]
    NoHome,
}

fn dirs() -> Result<ProjectDirs, ConfigError> {
    ProjectDirs::from("", "", "huikuan").ok_or(ConfigError::NoHome)
}

/// The configuration file, which need not exist.
pub fn path() -> Result<PathBuf, ConfigError> {
    if let Some(file) = env::var_os("HUIKUAN_CONFIG").filter(|file| !file.is_empty()) {
        return Ok(PathBuf::from(file));
    }
    Ok(dirs()?.config_dir().join("config.toml"))
}

pub fn default_ledger() -> Result<PathBuf, ConfigError> {
    Ok(dirs()?.data_dir().join("ledger.db"))
}

/// Where what one user saw last is kept: beside the configuration, not in the ledger.
pub fn state_file() -> Result<PathBuf, ConfigError> {
    Ok(path()?.with_file_name("last-look.json"))
}

/// The folder weekly files go to: `huikuan` in the user's documents, else in the home folder.
pub fn documents() -> Result<PathBuf, ConfigError> {
    let user = UserDirs::new().ok_or(ConfigError::NoHome)?;
    Ok(user
        .document_dir()
        .unwrap_or_else(|| user.home_dir())
        .join("huikuan"))
}

/// Reads the configuration; a missing file is the default.
pub fn load() -> Result<Config, ConfigError> {
    let file = path()?;
    match fs::read_to_string(&file) {
        Ok(text) => parse(&text, &file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Config::default()),
        Err(source) => Err(ConfigError::Io { path: file, source }),
    }
}

fn parse(text: &str, file: &Path) -> Result<Config, ConfigError> {
    toml::from_str(text).map_err(|error| ConfigError::Invalid {
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
        let error = parse(
            "lang = \"zh\"\nlanguage = \"zh\"\n",
            Path::new("config.toml"),
        )
        .unwrap_err();
        let message = error.to_string();
        assert!(
            message.contains("config.toml")
                && message.contains("line 2")
                && message.contains("language")
        );
    }

    #[test]
    fn every_setting_is_optional() {
        assert_eq!(
            parse("", Path::new("config.toml")).unwrap(),
            Config::default()
        );
    }
}
