//! What was recorded, taking the last of it back, and taking that back.

use chrono::TimeDelta;

use crate::domain::violation::Violation;
use crate::error::{Error, Result};
use crate::store::EventSummary;

use super::args::Log;
use super::session::{Session, print};

pub fn log(session: &Session, args: &Log) -> Result<()> {
    session.show(&session.open()?.events(args.lines, None)?)
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
    let applied = store.undo(&session.context())?;
    session.answer(&applied, |_| lang.confirm_undone(&what, event.0))
}

pub fn redo(session: &Session) -> Result<()> {
    let mut store = session.open()?;
    let applied = store.redo(&session.context())?;
    let event = applied.event.ok_or(Error::Bug("a redo without an event"))?;
    let what = told(session, &store.event_summary(event)?);
    session.answer(&applied, |event| session.lang.confirm_redone(&what, event.0))
}

fn told(session: &Session, summary: &EventSummary) -> String {
    session.lang.told(summary.kind, &summary.name, summary.more, summary.amount)
}
