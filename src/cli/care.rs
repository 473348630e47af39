//! Keeping the ledger safe: backups, putting one back, checks.

use std::path::Path;

use serde::Serialize;
use serde_json::json;

use crate::config;
use crate::error::check::{Check, Fault};
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::lists::PaperCheck;
use crate::exchange::snapshot;
use crate::store::{self, Reader};
use crate::text::Lang;
use crate::tui::session::{LastSeen, Seen};

use super::session::{Session, advance, print, print_json, progress};

pub fn backup(session: &Session, file: &Path) -> Result<()> {
    let reader = session.read()?;
    let event = reader.back_up(&session.ledger_path()?, file)?.0;
    let name = file.display().to_string();
    if session.global.json {
        return session.done(print_json(&json!({ "file": name, "event": event })));
    }
    say(session, &session.lang.backup_made(&name, event))
}

pub fn restore(session: &Session, file: &Path) -> Result<()> {
    let ledger = session.ledger_path()?;
    let restored = store::restore(&ledger, file, session.today)?;
    // What is gone now is not missed later.
    if let Ok(file) = config::state_file() {
        LastSeen::read(file, &ledger).keep(Seen { day: session.today, event: restored.event.0 });
    }
    let kept = restored.kept.as_deref().map(|kept| kept.display().to_string());
    if session.global.json {
        let ledger = ledger.display().to_string();
        let value = json!({ "ledger": ledger, "event": restored.event.0, "kept": kept });
        return session.done(print_json(&value));
    }
    let (ledger, from) = (ledger.display().to_string(), file.display().to_string());
    let mut text = session.lang.restored(&ledger, &from, restored.event.0);
    if let Some(kept) = kept {
        text = format!("{text}\n{}", session.lang.restore_kept(&kept));
    }
    say(session, &text)
}

/// Confirms what was done.
fn say(session: &Session, text: &str) -> Result<()> {
    if session.global.quiet {
        return Ok(());
    }
    session.done(print(&format!("{text}\n")))
}

/// `log --verify`
pub fn verify(session: &Session) -> Result<()> {
    let chain = session.read()?.verify()?;
    let hash = chain.hex().unwrap_or_default();
    if session.global.json {
        let broken = chain.broken.map(|event| event.0);
        let value = json!({ "ok": broken.is_none(), "events": chain.whole, "hash": hash, "broken": broken });
        print_json(&value)?;
    } else if chain.broken.is_none() {
        print(&format!("{}\n", session.lang.chain_holds(chain.whole, &hash)))?;
    }
    match chain.broken {
        None => Ok(()),
        Some(_) if session.global.json => Err(Error::Said(ErrorKind::Data)),
        Some(event) => {
            print_finding(
                &Finding::new(session.lang, Check::Chain, &[Fault::Chain(event)]),
                session,
            )?;
            Err(Error::Said(ErrorKind::Data))
        }
    }
}

/// What one check found, as JSON has it.
#[derive(Debug, Serialize)]
struct Finding {
    name: &'static str,
    #[serde(skip)]
    title: String,
    ok: bool,
    found: Vec<String>,
    /// The way out; none where nothing was found.
    todo: Option<String>,
}

impl Finding {
    fn new(lang: Lang, check: Check, faults: &[Fault]) -> Self {
        Self {
            name: check.code(),
            title: lang.check(check).to_owned(),
            ok: faults.is_empty(),
            todo: (!faults.is_empty()).then(|| lang.check_todo(check).to_owned()),
            found: faults.iter().map(|fault| lang.fault(fault)).collect(),
        }
    }

    /// A check that could not be made to its end.
    fn failed(lang: Lang, check: Check, why: &Error) -> Self {
        Self {
            name: check.code(),
            title: lang.check(check).to_owned(),
            ok: false,
            found: vec![lang.error(why)],
            todo: Some(lang.check_todo(check).to_owned()),
        }
    }

    /// A ledger that cannot be opened.
    fn unopened(lang: Lang, why: &Error) -> Self {
        Self {
            name: "open",
            title: lang.doctor_opening().to_owned(),
            ok: false,
            found: vec![lang.error(why)],
            todo: None,
        }
    }
}

pub fn doctor(session: &Session, repair: bool) -> Result<()> {
    if repair {
        let bar = progress(session);
        let mut store = session.open_existing(&session.ledger_path()?)?;
        let repaired = store.rebuild(&mut |done, all| advance(&bar, done as u64, all as u64));
        bar.finish_and_clear();
        repaired?;
        if !session.global.json {
            say(session, session.lang.doctor_repaired())?;
        }
    }
    let findings = match session.read() {
        Ok(reader) => look(session, &reader)?,
        Err(why) if why.kind() == ErrorKind::Data || matches!(why, Error::ForeignSchema { .. }) => {
            vec![Finding::unopened(session.lang, &why)]
        }
        Err(why) => return Err(why),
    };
    let ok = findings.iter().all(|finding| finding.ok);
    if session.global.json {
        print_json(&json!({ "ok": ok, "checks": findings }))?;
    } else {
        findings.iter().try_for_each(|finding| print_finding(finding, session))?;
        if ok && !session.global.quiet {
            print(&format!("{}\n", session.lang.doctor_well()))?;
        }
    }
    if ok { Ok(()) } else { Err(Error::Said(ErrorKind::Data)) }
}

/// Makes every check; what data keeps one from ending is what it found.
fn look(session: &Session, reader: &Reader) -> Result<Vec<Finding>> {
    let lang = session.lang;
    let bar = progress(session);
    let all = Check::ALL.iter().enumerate().map(|(done, check)| {
        advance(&bar, done as u64, Check::ALL.len() as u64);
        let found = match check {
            Check::Snapshots => snapshots(reader),
            Check::Papers => papers(session, reader),
            other => reader.faults(*other),
        };
        match found {
            Ok(faults) => Ok(Finding::new(lang, *check, &faults)),
            Err(why) if why.kind() == ErrorKind::Data => Ok(Finding::failed(lang, *check, &why)),
            Err(why) => Err(why),
        }
    });
    let found = all.collect();
    bar.finish_and_clear();
    found
}

fn papers(session: &Session, reader: &Reader) -> Result<Vec<Fault>> {
    let (_, wrong) = super::paper::troubles(reader, &session.ledger_path()?)?;
    let fault = |PaperCheck { paper, found }| {
        let (paper, file) = (paper.head.id, paper.head.file);
        Fault::Paper { paper, file, found }
    };
    Ok(wrong.into_iter().map(fault).collect())
}

fn snapshots(reader: &Reader) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for head in reader.snapshots()? {
        if !reader.snapshot(head.id).is_ok_and(|found| snapshot::is_readable(&found)) {
            faults.push(Fault::Snapshot(head.id));
        }
    }
    Ok(faults)
}

fn print_finding(finding: &Finding, session: &Session) -> Result<()> {
    let lang = session.lang;
    if finding.ok {
        return if session.global.quiet {
            Ok(())
        } else {
            print(&format!("{}\n", lang.check_ok(&finding.title)))
        };
    }
    let lines = finding.found.iter().chain(&finding.todo).map(|line| format!("       {line}\n"));
    print(&format!("{}\n{}", lang.check_bad(&finding.title), lines.collect::<String>()))
}
