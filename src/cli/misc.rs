//! Everything that is neither a report nor a change: the screen, days, completions, the man page.

use serde_json::json;

use crate::domain::calendar::Calendar;
use crate::domain::date_input::evaluate;
use crate::error::{Error, Result};

use super::help;
use super::session::{Session, note, print, print_bytes, print_json};

/// `huikuan`: the screen on the ledger.
pub fn screen(session: &Session) -> Result<()> {
    if !super::on_terminal() {
        return Err(Error::NoTerminal);
    }
    let store = session.open_at_once()?;
    super::demo::run_screen(session, store, None)
}

/// `date "2026-02-10 + 7wd"`
pub fn date(session: &Session, expression: &str) -> Result<()> {
    let calendar = Calendar::china();
    let day = evaluate(expression, session.today, calendar).map_err(|e| Error::flag("date", e))?;
    if session.global.json {
        let value = json!({
            "date": day.to_string(),
            "business_day": calendar.is_business_day(day),
            "calendar_covers_year": calendar.covers(chrono::Datelike::year(&day)),
        });
        return print_json(&value);
    }
    print(&format!("{day}\n"))?;
    if !calendar.covers(chrono::Datelike::year(&day)) && !session.global.quiet {
        note(&format!("huikuan: {}", session.lang.calendar_gap(chrono::Datelike::year(&day))));
    }
    Ok(())
}

pub fn completions(session: &Session, shell: clap_complete::Shell) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::command(session.lang), "huikuan", &mut script);
    print_bytes(&script)
}

pub fn man(session: &Session) -> Result<()> {
    let mut page = Vec::new();
    clap_mangen::Man::new(help::command(session.lang))
        .render(&mut page)
        .and_then(|()| help::man_of_commands(session.lang, &mut page))
        .map_err(|source| Error::Io { path: "man".into(), source })?;
    print_bytes(&page)
}
