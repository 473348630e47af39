//! Everything that is neither a report nor a change: the screen, days, completions, the man page.

use std::path::Path;

use serde_json::json;

use crate::domain::calendar::Calendar;
use crate::domain::date_input::evaluate;
use crate::domain::money::{self, Currency, Grouping};
use crate::domain::normalize::normalize;
use crate::domain::terms::Terms;
use crate::error::{Error, Result};
use crate::exchange::sanitize;
use crate::exchange::terms::TermsRead;
use crate::files;
use crate::text::Lang;

use super::args::AmountText;
use super::session::{Session, note, print, print_bytes, print_json};
use super::{complete, help};
use crate::tui::session::Opening;

/// `huikuan`: the screen on the ledger.
pub fn screen(session: &Session, opening: Opening) -> Result<()> {
    if !super::on_terminal() {
        return Err(Error::NoTerminal);
    }
    let store = session.open_at_once()?;
    super::demo::run_screen(session, store, None, (opening, None))
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

/// `words 1409.50`, and back: `words 壹仟肆佰零玖元伍角`.
pub fn words(session: &Session, args: &AmountText) -> Result<()> {
    let currency = match &args.currency {
        Some(code) => Session::currency("currency", code)?,
        None => Currency::CNY,
    };
    let minor = money::parse_any(&args.amount, currency, Grouping::Unknown)
        .map_err(|e| Error::flag("amount", e))?;
    if session.global.json {
        return print_json(&json!({
            "amount": money::plain(minor, currency),
            "currency": currency.code(),
            "zh": money::in_chinese(minor, currency),
            "en": money::in_english(minor, currency),
        }));
    }
    let is_in_words = money::from_chinese(&normalize(&args.amount), currency).is_some();
    let answer = match session.lang {
        Lang::Zh | Lang::En if is_in_words => money::plain(minor, currency),
        Lang::Zh => money::in_chinese(minor, currency),
        Lang::En => money::in_english(minor, currency),
    };
    print(&format!("{answer}\n"))
}

/// `terms "合同签订后7个工作日内付30%"`
pub fn terms(session: &Session, text: &str) -> Result<()> {
    // A line of its own is an instalment of its own.
    let text = text.replace('\n', ";");
    let text = sanitize::text(&text);
    session.show(&TermsRead(Terms::read(&text)))
}

pub fn completions(shell: clap_complete::Shell) -> Result<()> {
    print_bytes(&complete::script(shell)?)
}

/// `man`: one page with everything, or a page a command in a folder.
pub fn man(session: &Session, folder: Option<&Path>) -> Result<()> {
    let failed = |source| Error::Io { path: "man".into(), source };
    let Some(folder) = folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(help::command(session.lang))
            .render(&mut page)
            .and_then(|()| help::man_of_commands(session.lang, &mut page))
            .map_err(failed)?;
        return print_bytes(&page);
    };
    files::create_folder(folder).map_err(Error::io(folder))?;
    for (name, page) in help::man_pages(session.lang).map_err(failed)? {
        let path = folder.join(name);
        files::write(&path, |out| out.write_all(&page)).map_err(Error::io(&path))?;
    }
    if session.global.quiet {
        return Ok(());
    }
    session.done(print(&format!("{}\n", folder.display())))
}
