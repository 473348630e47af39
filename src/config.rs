//! Where things are and what the user set: the configuration file, the ledger, the documents folder. Layers: default,
//! file, environment, flag; the later wins.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};

use directories::{ProjectDirs, UserDirs};
use serde::de::{self, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::domain::mail::Security;
use crate::domain::policy::Personal;
use crate::domain::rates::Lpr;
use crate::domain::template::Plans;
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
    /// `auto`, a shipped theme, or the name of a file in [`themes`].
    pub theme: Option<String>,
    /// `auto`, `unicode` or `ascii`.
    pub signs: Option<String>,
    /// What the weekly pack is written as: `xlsx,html`.
    pub formats: Option<String>,
    /// Keys of the screen instead of those that are shipped.
    #[serde(deserialize_with = "keys")]
    pub keys: Vec<KeySetting>,
    /// Filters by their names.
    pub filters: BTreeMap<String, String>,
    /// Plans of a contract by their names.
    pub plans: Plans,
    /// Where mail is sent from.
    pub mail: Option<MailServer>,
}

/// A server that takes mail. Its password is nowhere in the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailServer {
    pub host: String,
    /// Without it the usual one of `security`.
    pub port: Option<u16>,
    #[serde(default = "tls")]
    pub security: Security,
    /// Who logs in; nobody without it.
    pub user: Option<String>,
    /// Who writes, instead of the company's address.
    pub from: Option<String>,
    /// Prints the password in its first line.
    pub password_command: Option<String>,
}

const fn tls() -> Security {
    Security::Tls
}

/// The keys of one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySetting {
    /// The action as it is called there.
    pub action: String,
    /// Each a key, or two one after the other.
    pub keys: Vec<String>,
    /// Its line in the file; while that is read, its byte.
    pub line: usize,
}

/// The theme that fits the terminal.
pub const AUTO_THEME: &str = "auto";

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

/// Where a user's own themes are: `themes/NAME.toml` beside the configuration.
pub fn themes() -> Result<PathBuf> {
    Ok(path()?.with_file_name("themes"))
}

/// Where a user's own profiles of bank statements are: `banks.toml` beside the configuration.
pub fn banks() -> Result<PathBuf> {
    Ok(path()?.with_file_name("banks.toml"))
}

/// Folders in which lists are looked for: where the program was started, and where files arrive.
pub fn list_folders() -> Vec<PathBuf> {
    let here = env::current_dir().ok();
    let dirs = UserDirs::new();
    let arriving =
        dirs.iter().flat_map(|dirs| [dirs.download_dir(), dirs.document_dir(), dirs.desktop_dir()]);
    here.into_iter().chain(arriving.flatten().map(Path::to_owned)).collect()
}

/// Where the layouts of lists are that a user keeps: `lists/NAME.toml` beside the configuration.
pub fn lists() -> Result<PathBuf> {
    Ok(path()?.with_file_name("lists"))
}

/// Where a user's own templates of documents are: `documents` beside the configuration.
pub fn templates() -> Result<PathBuf> {
    Ok(path()?.with_file_name("documents"))
}

/// Where a user's own interest rates are: `lpr.csv` beside the configuration.
pub fn rates_file() -> Result<PathBuf> {
    Ok(path()?.with_file_name("lpr.csv"))
}

/// Where a user's own playbook is: `playbook.txt` beside the configuration.
pub fn playbook() -> Result<PathBuf> {
    Ok(path()?.with_file_name("playbook.txt"))
}

/// The text of a user's own playbook, if there is one.
pub fn playbook_text(file: &Path) -> Result<Option<String>> {
    match read(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Io { path: file.to_owned(), source }),
    }
}

/// The rates that ship with the program, and what a file, which need not exist, adds to them.
pub fn rates_with(file: &Path) -> Result<Lpr> {
    let bad = |why| Error::Rates { path: file.to_owned(), why };
    let own = Lpr::parse(&text_of(file)?).map_err(bad)?;
    Ok(Lpr::published().clone().with(own))
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
pub fn from_file(path: &Path, file: &Path) -> PathBuf {
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

/// `action = "key"`, or a list of keys.
fn keys<'d, D: Deserializer<'d>>(table: D) -> Result<Vec<KeySetting>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a key in quotes, or a list of such")]
    enum Words {
        One(String),
        Several(Vec<String>),
    }

    let table: BTreeMap<String, toml::Spanned<Words>> = Deserialize::deserialize(table)?;
    let setting = |(action, words): (String, toml::Spanned<Words>)| KeySetting {
        action,
        line: words.span().start,
        keys: match words.into_inner() {
            Words::One(key) => vec![key],
            Words::Several(keys) => keys,
        },
    };
    Ok(table.into_iter().map(setting).collect())
}

/// The text of a file; a pipe, which would have us wait for ever, is none.
fn read(file: &Path) -> io::Result<String> {
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_fifo(&fs::metadata(file)?.file_type()) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    fs::read_to_string(file)
}

/// The text of a configuration; nothing where there is none.
fn text_of(file: &Path) -> Result<String> {
    match read(file) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(source) => Err(Error::Io { path: file.to_owned(), source }),
    }
}

impl Config {
    /// What the file says of a setting.
    pub fn get(&self, setting: Personal) -> Option<String> {
        match setting {
            Personal::Lang => self.lang.clone(),
            Personal::User => self.user.clone(),
            Personal::Db => self.db.as_ref().map(|path| path.display().to_string()),
            Personal::Backups => self.backups.map(|days| match days {
                0 => "off".to_owned(),
                days => days.to_string(),
            }),
            Personal::Mouse => self.mouse.map(|mouse| mouse.to_string()),
            Personal::Theme => self.theme.clone(),
            Personal::Signs => self.signs.clone(),
            Personal::Formats => self.formats.clone(),
        }
    }
}

/// What a configuration file says once a value is set in it, or taken out: all else in it stays as it is.
pub fn edited(file: &Path, setting: Personal, value: Option<&str>) -> Result<String> {
    let text = text_of(file)?;
    let value = value.map(|text| written(setting, text)).transpose()?;
    let text = edit(text, setting.code(), value.as_deref(), file)?;
    parse(&text, file)?;
    Ok(text)
}

/// What a configuration file says once a filter is kept in it under a name: all else in it stays as it is.
pub fn with_filter(file: &Path, name: &str, filter: &str) -> Result<String> {
    /// Where the filters stand that are there.
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Places {
        filters: Option<toml::Spanned<BTreeMap<String, toml::Spanned<String>>>>,
    }

    let mut text = text_of(file)?;
    let places: Places = toml::from_str(&text).map_err(|error| invalid(&error, file))?;
    let value = toml::Value::from(filter).to_string();
    let line = format!("{} = {value}", toml::Value::from(name));
    match places.filters {
        None => {
            let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
            text.extend([gap, "\n[filters]\n", &line, "\n"]);
        }
        Some(table) => {
            let start = table.span().start;
            let table = table.into_inner();
            let below = text.get(start..).unwrap_or_default();
            let heading = below.find('\n').map_or(text.len(), |end| start + end + 1);
            let comma = if table.is_empty() { "" } else { "," };
            match table.get(name) {
                Some(old) => text.replace_range(old.span(), &value),
                None if below.starts_with('{') => {
                    text.insert_str(start + 1, &format!(" {line}{comma}"));
                }
                None => {
                    let gap = if text.ends_with('\n') || heading < text.len() { "" } else { "\n" };
                    text.insert_str(heading, &format!("{gap}{line}\n"));
                }
            }
        }
    }
    let kept = parse(&text, file)?.filters.remove(name);
    if kept.as_deref() == Some(filter) {
        Ok(text)
    } else {
        Err(Error::Bug("a filter was not kept"))
    }
}

/// A value as the file has it.
fn written(setting: Personal, value: &str) -> Result<String> {
    let known = match setting {
        Personal::Lang => "zh, en",
        Personal::Mouse => "true, false",
        Personal::Signs => "auto, unicode, ascii",
        Personal::Backups => match value.parse::<u16>() {
            Ok(days) => return Ok(days.to_string()),
            Err(_) => "off, 1 … 65535",
        },
        Personal::User | Personal::Db | Personal::Theme | Personal::Formats => {
            return Ok(toml::Value::from(value).to_string());
        }
    };
    let mut words = known.split(", ");
    if !words.any(|word| word == value) {
        return Err(Error::choice(setting.code(), value, known));
    }
    Ok(match setting {
        Personal::Mouse => value.to_owned(),
        Personal::Lang
        | Personal::User
        | Personal::Db
        | Personal::Backups
        | Personal::Theme
        | Personal::Signs
        | Personal::Formats => toml::Value::from(value).to_string(),
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
            // What stands below the heading of a table belongs to it.
            let tables = places.values().filter(|value| value.get_ref().is_table());
            let headings = tables.map(|table| table.span().start);
            let at =
                headings.filter(|at| text.get(*at..).is_some_and(|t| t.starts_with('['))).min();
            let at = at.unwrap_or(text.len());
            let begun =
                text.get(..at).is_some_and(|before| !before.is_empty() && !before.ends_with('\n'));
            let gap = if begun { "\n" } else { "" };
            text.insert_str(at, &format!("{gap}{key} = {value}\n"));
        }
        (None, None) => {}
    }
    Ok(text)
}

fn invalid(error: &toml::de::Error, file: &Path) -> Error {
    Error::Config { path: file.to_owned(), message: error.to_string().trim().to_owned() }
}

fn parse(text: &str, file: &Path) -> Result<Config> {
    let mut config: Config = toml::from_str(text).map_err(|error| invalid(&error, file))?;
    for setting in &mut config.keys {
        setting.line =
            text.get(..setting.line).map_or(0, |before| before.matches('\n').count()) + 1;
    }
    Ok(config)
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
    use crate::domain::kinds::{ConditionKind, Stage};
    use crate::domain::template::Template;

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
    fn a_value_is_set_above_the_tables() {
        let text = "mouse = false\n\n[keys] # mine\nquit = \"q\"\n";
        let edited = edit(text.to_owned(), "lang", Some("\"en\""), Path::new("c.toml")).unwrap();
        assert_eq!(edited, "mouse = false\n\nlang = \"en\"\n[keys] # mine\nquit = \"q\"\n");
        let config = parse(&edited, Path::new("c.toml")).unwrap();
        assert_eq!(config.lang.as_deref(), Some("en"));
        assert_eq!(config.keys.len(), 1);
        let inline = "keys = { quit = \"q\" }";
        let edited = edit(inline.to_owned(), "lang", Some("\"en\""), Path::new("c.toml")).unwrap();
        assert_eq!(edited, "keys = { quit = \"q\" }\nlang = \"en\"\n");
    }

    #[test]
    fn a_filter_is_kept_among_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        let kept = |before: &str| {
            fs::write(&file, before).unwrap();
            with_filter(&file, "尾款", "stage:final customer:\"H & P\"").unwrap()
        };
        let line = "\"尾款\" = 'stage:final customer:\"H & P\"'";
        assert_eq!(kept("lang = \"zh\""), format!("lang = \"zh\"\n\n[filters]\n{line}\n"));
        let among = "# mine\n[filters] # all\nlate = \"overdue\"\n[keys]\n";
        let expected = format!("# mine\n[filters] # all\n{line}\nlate = \"overdue\"\n[keys]\n");
        assert_eq!(kept(among), expected);
        assert_eq!(kept("[filters]"), format!("[filters]\n{line}\n"));
        assert_eq!(kept("filters = { a = \"b\" }"), format!("filters = {{ {line}, a = \"b\" }}"));
        let old = "[filters]\n\"尾款\" = \"x\" # old";
        assert_eq!(kept(old), format!("[filters]\n{line} # old"));
    }

    #[test]
    fn a_plan_is_a_line_or_one_with_conditions() {
        let read = |text: &str| parse(text, Path::new("config.toml"));
        let text = "[plans]\nours = \"50/50\"\n[plans.public]\nplan = \"30/70\"\n\
                    conditions.acceptance.gate = [\"audit\"]\n\
                    conditions.acceptance.deliverable = [\"drawings\", \"manual\"]\n";
        let plans = read(text).unwrap().plans;
        assert_eq!(plans["ours"], Template::from("50/50"));
        let asked = &plans["public"].conditions[&Stage::Acceptance];
        let asked: Vec<_> = asked.iter().map(|(kind, words)| (*kind, words.len())).collect();
        assert_eq!(asked, [(ConditionKind::Deliverable, 2), (ConditionKind::Gate, 1)]);
        for (wrong, why) in [
            ("[plans]\na = 1", "a plan in quotes"),
            ("[plans.a]\nplan = \"1/1\"\nconditions.handover.gate = [\"x\"]", "handover"),
            ("[plans.a]\nplan = \"1/1\"\nconditions.final.door = [\"x\"]", "door"),
            ("[plans.a]\nplan = \"1/1\"\ngates = [\"x\"]", "gates"),
        ] {
            let Err(Error::Config { message, .. }) = read(wrong) else {
                panic!("{wrong} was taken");
            };
            assert!(message.contains(why) && message.contains("line"), "{message}");
        }
    }

    #[test]
    fn keys_know_their_lines() {
        let text = "lang = \"zh\"\n[keys]\nquit = [\"f10\", \"ctrl-q\"]\n\nfirst = \"g g\"\n";
        let config = parse(text, Path::new("config.toml")).unwrap();
        let setting = |action: &str, keys: &[&str], line| KeySetting {
            action: action.to_owned(),
            keys: keys.iter().map(ToString::to_string).collect(),
            line,
        };
        let expected = [setting("first", &["g g"], 5), setting("quit", &["f10", "ctrl-q"], 3)];
        assert_eq!(config.keys, expected);
        let Err(Error::Config { message, .. }) = parse("[keys]\nquit = 1", Path::new("c")) else {
            panic!("a number is no key");
        };
        assert!(message.contains("line 2") && message.contains("a key in quotes"), "{message}");
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
