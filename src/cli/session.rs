//! What every command starts from: language, day, user, ledger; and how it answers.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::json;

use crate::config::{self, Config};
use crate::domain::change::Change;
use crate::domain::date_input::{Leaning, parse_day};
use crate::domain::ids::{CustomerId, EventId, MilestoneId, ProjectId, TodoId};
use crate::domain::money::{self, Currency};
use crate::domain::plausibility::doubts;
use crate::domain::shares;
use crate::error::{Error, Result};
use crate::exchange::out::{self, Format, Report, Shape, Shaped};
use crate::exchange::sanitize;
use crate::store::{Applied, Context, Store, is_of_ledger};
use crate::text::Lang;
use crate::text::changes::Names;

use super::args::{Files, Global, When};

/// What every command starts from.
#[derive(Debug)]
pub struct Session {
    pub global: Global,
    pub config: Config,
    pub lang: Lang,
    pub today: NaiveDate,
    pub who: String,
}

impl Session {
    /// Reads configuration and flags. `real_today` is the wall clock's day.
    pub fn new(global: Global, config: Config, lang: Lang, real_today: NaiveDate) -> Result<Self> {
        let today = match &global.today {
            Some(text) => {
                parse_day(text, real_today, Leaning::Past).map_err(|e| Error::flag("--today", e))?
            }
            None => real_today,
        };
        let who = config::user(&config);
        Ok(Self { global, config, lang, today, who })
    }

    /// Where the ledger is: flag or environment, configuration, default.
    pub fn ledger_path(&self) -> Result<PathBuf> {
        match self.global.db.clone().or_else(|| self.config.db.clone()) {
            Some(path) => Ok(path),
            None => Ok(config::default_ledger()?),
        }
    }

    pub fn context(&self) -> Context<'_> {
        Context { who: &self.who, today: self.today, at: crate::clock::now(), seen: None }
    }

    /// A day about the past: the latest such day up to today; today without one.
    pub fn past(&self, flag: &'static str, text: Option<&str>) -> Result<NaiveDate> {
        Ok(self.past_or_none(flag, text)?.unwrap_or(self.today))
    }

    /// A day about the past, if given.
    pub fn past_or_none(
        &self,
        flag: &'static str,
        text: Option<&str>,
    ) -> Result<Option<NaiveDate>> {
        self.day(flag, text, Leaning::Past)
    }

    /// A day of a plan, if given: the next such day.
    pub fn ahead_or_none(
        &self,
        flag: &'static str,
        text: Option<&str>,
    ) -> Result<Option<NaiveDate>> {
        self.day(flag, text, Leaning::Next)
    }

    /// A day of a plan.
    pub fn ahead(&self, flag: &'static str, text: &str) -> Result<NaiveDate> {
        parse_day(text, self.today, Leaning::Next).map_err(|e| Error::flag(flag, e))
    }

    fn day(
        &self,
        flag: &'static str,
        text: Option<&str>,
        leaning: Leaning,
    ) -> Result<Option<NaiveDate>> {
        text.map(|text| parse_day(text, self.today, leaning).map_err(|e| Error::flag(flag, e)))
            .transpose()
    }

    /// An amount, in minor units.
    pub fn amount(flag: &'static str, text: &str, currency: Currency) -> Result<i64> {
        money::parse(text, currency).map_err(|e| Error::flag(flag, e))
    }

    /// An amount, or a percentage of a contract amount.
    pub fn amount_of(
        flag: &'static str,
        text: &str,
        currency: Currency,
        contract: Option<i64>,
    ) -> Result<i64> {
        shares::amount(text, currency, contract).map_err(|e| Error::flag(flag, e))
    }

    /// A currency by its code.
    pub fn currency(flag: &'static str, code: &str) -> Result<Currency> {
        money::currency_named(code).ok_or_else(|| {
            Error::choice(flag, code, "CNY 人民币, USD 美元, EUR 欧元, JPY 日元, HKD 港元 …")
        })
    }

    /// Opens the ledger, writes a change to it and says so; what it is about is called as it was typed.
    pub fn record(&self, make: impl FnOnce(&Store) -> Result<(Change, String)>) -> Result<()> {
        let mut store = self.open()?;
        let (change, typed) = make(&store)?;
        self.write(&mut store, &change, typed)
    }

    /// Writes a change, says what was written, and how to take it back.
    pub fn write(&self, store: &mut Store, change: &Change, typed: String) -> Result<()> {
        // What cannot be read is the change's own trouble.
        let known = store.known(change).unwrap_or_default();
        let applied = store.apply(change, &self.context())?;
        if !self.global.quiet {
            for doubt in doubts(change, &known, self.today) {
                note(&sanitize::text(&self.lang.doubtful(&doubt)));
            }
        }
        let created = applied.created.first().copied();
        let also = self.also_dated(store, &applied)?;
        if let (true, Some(todo)) = (applied.proposed, created) {
            let role = self.lang.role(store.policy()?.approver);
            return self.answer(&applied, |event| {
                let asked = self.lang.confirm_proposed(TodoId(todo), role);
                format!("{asked}{}", self.lang.event_mark(event.0))
            });
        }
        self.answer(&applied, |event| {
            let saved = self.lang.confirmation(change, created, &Typed(typed));
            format!("{saved}{also}{}", self.lang.event_mark(event.0))
        })
    }

    /// The other milestones that got their due date by a change.
    fn also_dated(&self, store: &Store, applied: &Applied) -> Result<String> {
        let ids: Vec<MilestoneId> = applied.dated.iter().map(|(id, _)| *id).collect();
        let names = store.milestone_names(&ids)?;
        let name = |id: &MilestoneId| match names.get(id) {
            Some(name) if !name.code.is_empty() => name.code.to_string(),
            Some(name) => name.name.to_string(),
            None => id.to_string(),
        };
        let dated: Vec<_> = applied.dated.iter().map(|(id, due)| (name(id), *due)).collect();
        Ok(self.lang.also_dated(&dated))
    }

    /// Says what was written, in these words.
    pub fn answer(
        &self,
        applied: &Applied,
        confirmation: impl FnOnce(EventId) -> String,
    ) -> Result<()> {
        self.done(self.say_applied(applied, confirmation))
    }

    fn say_applied(
        &self,
        applied: &Applied,
        confirmation: impl FnOnce(EventId) -> String,
    ) -> Result<()> {
        if self.global.json {
            let ids: Vec<String> = applied.about.iter().map(ToString::to_string).collect();
            let created: Vec<String> = applied.created.iter().map(|id| format!("#{id}")).collect();
            let event = applied.event.map(|event| event.0);
            let dated = applied.dated.iter();
            let dated: Vec<_> =
                dated.map(|(id, due)| json!({ "id": id.to_string(), "due": due })).collect();
            let mut said =
                json!({ "event": event, "ids": ids, "created": created, "dated": dated });
            if applied.proposed {
                said["proposed"] = true.into();
            }
            return print_json(&said);
        }
        if self.global.quiet {
            return Ok(());
        }
        match applied.event {
            Some(event) => print(&format!("{}\n", sanitize::text(&confirmation(event)))),
            None => print(&format!("{}\n", self.lang.nothing_changed())),
        }
    }

    /// What is done stays done, whether or not it could be said: who is told of a failure does it again.
    #[expect(clippy::unnecessary_wraps, reason = "it is the end of commands")]
    pub fn done(&self, said: Result<()>) -> Result<()> {
        if let Err(why) = said {
            note(&format!("huikuan: {}", self.lang.output_failed(&self.lang.error(&why))));
        }
        Ok(())
    }

    /// Prints a report, as JSON, or as text that fits the terminal, if it goes to one.
    pub fn show(&self, report: &dyn Report) -> Result<()> {
        let fits = super::on_terminal() && !self.global.wide;
        let width = fits.then(crate::tui::session::terminal_width).flatten();
        print_with(|out| match width {
            _ if self.global.json => out::JSON.write(report, self.lang, out),
            Some(width) => out::write_fitted(width, report, self.lang, out),
            None => out::TEXT.write(report, self.lang, out),
        })
    }

    /// The same of a list as it was asked for.
    pub fn list(&self, report: &dyn Report, shape: &Shape, files: &Files) -> Result<()> {
        self.give(&Shaped::new(report, shape, self.lang)?, files)
    }

    /// Prints a report, or writes it to files in the formats their endings ask for.
    pub fn give(&self, report: &dyn Report, files: &Files) -> Result<()> {
        let all = &files.output;
        if all.is_empty() {
            return self.show(report);
        }
        // What cannot be written is said before anything is.
        let formats = all
            .iter()
            .map(|path| self.spares_ledger(path).and_then(|()| Format::of_report(path, report)));
        let formats: Vec<&Format> = formats.collect::<Result<_>>()?;
        for (path, format) in all.iter().zip(formats) {
            format.save(report, self.lang, path).map_err(Error::io(path))?;
        }
        if self.global.quiet {
            return Ok(());
        }
        self.done(all.iter().try_for_each(|path| print(&format!("{}\n", path.display()))))
    }

    /// Refuses to write a file over the ledger.
    pub fn spares_ledger(&self, path: &Path) -> Result<()> {
        if is_of_ledger(&self.ledger_path()?, path) {
            return Err(Error::OntoLedger(path.to_owned()));
        }
        Ok(())
    }

    /// Asks a person at a terminal; whoever runs it from elsewhere means what is written.
    pub fn sure(&self, question: &str) -> Result<bool> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return Ok(true);
        }
        drop(write!(io::stderr(), "{question} {} ", self.lang.yes_or_no()));
        let mut answer = String::new();
        let read = io::stdin().read_line(&mut answer);
        read.map_err(|source| Error::Io { path: PathBuf::from("stdin"), source })?;
        Ok(answer.trim().to_lowercase().starts_with(['y', '是']))
    }

    /// Whether the screen uses colours.
    pub fn wants_color(&self) -> bool {
        match self.global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    /// Whether standard error is a terminal and may show progress.
    pub fn shows_progress(&self) -> bool {
        !self.global.quiet && io::stderr().is_terminal()
    }
}

/// What a change is about, as it was typed.
#[derive(Default)]
pub struct Typed(String);

impl Names for Typed {
    fn milestones(&self, _: &[MilestoneId]) -> String {
        self.0.clone()
    }

    fn customer(&self, _: CustomerId) -> String {
        self.0.clone()
    }

    fn project(&self, _: ProjectId) -> String {
        self.0.clone()
    }

    fn corrected(&self, _: &str) -> String {
        self.0.clone()
    }
}

/// Says something beside the answer; where nobody can hear it, nothing is lost.
pub fn note(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}

pub fn print(text: &str) -> Result<()> {
    print_bytes(text.as_bytes())
}

/// Prints a value as JSON, in one line.
pub fn print_json(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string(value).map_err(Error::from)?;
    print(&format!("{text}\n"))
}

pub fn print_bytes(bytes: &[u8]) -> Result<()> {
    print_with(|out| out.write_all(bytes))
}

/// Prints to standard output. A reader that went away is no error.
pub fn print_with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(source) => Err(Error::Io { path: PathBuf::from("stdout"), source }),
    }
}

/// A bar on a terminal, nothing elsewhere.
pub(super) fn progress(session: &Session) -> ProgressBar {
    if !session.shows_progress() || session.global.json {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

pub(super) fn advance(bar: &ProgressBar, done: u64, all: u64) {
    bar.set_length(all);
    bar.set_position(done);
}
