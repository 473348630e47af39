//! What was recorded, taking the last of it back, and taking that back.

use chrono::TimeDelta;

use crate::domain::violation::Violation;
use crate::error::{Error, Result};
use crate::exchange::lists::Rows;
use crate::exchange::log::LogLine;
use crate::store::{EventEntry, EventSummary, Store};

use super::args::Log;
use super::care;
use super::session::{Session, print};

pub fn log(session: &Session, args: &Log) -> Result<()> {
    if args.verify {
        return care::verify(session);
    }
    let store = session.read()?;
    let line = |event: EventEntry| {
        let (at, about) = (crate::clock::local(event.at), store.about(&event)?);
        Ok(LogLine { event, at, about, today: session.today })
    };
    let lines = store.events(args.lines, None)?.into_iter().map(line);
    session.show(&Rows(lines.collect::<Result<_>>()?))
}

pub fn undo(session: &Session) -> Result<()> {
    let mut store = session.open()?;
    let lang = session.lang;
    let event = store.next_undo(&session.who)?.ok_or(Violation::NothingToUndo)?;
    let summary = store.event_summary(event)?;
    let what = told(session, &summary);
    let is_old = crate::clock::now().signed_duration_since(summary.at) >= TimeDelta::minutes(1);
    if is_old && !session.sure(&lang.undo_sure(&what, event.0, summary.at.date_naive()))? {
        return print(&format!("{}\n", lang.nothing_changed()));
    }
    keep(session, &store, &summary)?;
    let applied = store.undo(&session.context())?;
    session.answer(&applied, |_| lang.confirm_undone(&what, event.0))
}

pub fn redo(session: &Session) -> Result<()> {
    let mut store = session.open()?;
    let undone = store.next_redo(&session.who)?.ok_or(Violation::NothingToRedo)?;
    keep(session, &store, &store.event_summary(undone)?)?;
    let applied = store.redo(&session.context())?;
    let event = applied.event.ok_or(Error::Bug("a redo without an event"))?;
    let what = told(session, &store.event_summary(event)?);
    session.answer(&applied, |event| session.lang.confirm_redone(&what, event.0))
}

/// Keeps a backup before as much is taken back, or done again, as an import does.
fn keep(session: &Session, store: &Store, about: &EventSummary) -> Result<()> {
    if about.kind.is_import() { session.keep(store) } else { Ok(()) }
}

fn told(session: &Session, summary: &EventSummary) -> String {
    session.lang.told(summary.kind, &summary.name, summary.more, summary.amount)
}
