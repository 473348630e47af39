//! What was recorded, and taking the last of it back.

use crate::domain::change::ChangeKind;
use crate::error::{Error, Result};
use crate::exchange::lists::Rows;
use crate::exchange::log::LogLine;
use crate::store::EventEntry;

use super::args::Log;
use super::care;
use super::session::Session;

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

/// How many of the last events are looked through for the one an undo takes back.
const RECENT: u32 = 100;

pub fn undo(session: &Session) -> Result<()> {
    let mut store = session.open()?;
    let mut mine = store.events(RECENT, None)?.into_iter().filter(|event| {
        event.who == session.who && event.undoes.is_none() && event.undone_by.is_none()
    });
    if mine.next().is_some_and(|event| event.kind == ChangeKind::ImportPlan) {
        session.keep(&store)?;
    }
    let applied = store.undo(&session.context())?;
    let last = store.events(1, None)?.into_iter().next();
    let undone = match last.and_then(|event| event.undoes) {
        Some(id) => store.event(id)?,
        None => None,
    };
    let undone = undone.ok_or(Error::Bug("an undo without what it took back"))?;
    let kind = session.lang.change(undone.kind);
    session.answer(&applied, |_| session.lang.confirm_undone(kind, undone.id.0))
}
