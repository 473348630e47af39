//! What was recorded, and taking the last of it back.

use crate::error::Error;
use crate::error::Result;

use super::args::Log;
use super::session::Session;

pub fn log(session: &Session, args: &Log) -> Result<()> {
    session.show(&session.open()?.events(args.lines, None)?)
}

pub fn undo(session: &Session) -> Result<()> {
    let mut store = session.open()?;
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
