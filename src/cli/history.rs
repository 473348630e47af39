//! What was recorded, and taking the last of it back.

use serde_json::json;

use crate::error::Result;
use crate::exchange::out::{Column, Table, text};
use crate::store::{EventEntry, Touched};

use super::args::Log;
use super::session::{Session, print};

pub fn log(session: &Session, args: &Log) -> Result<()> {
    let store = session.open()?;
    let events = store.events(args.lines, None)?;
    if session.global.json {
        let rows: Vec<serde_json::Value> = events.iter().map(value).collect();
        return print(&format!("{}\n", serde_json::Value::from(rows)));
    }
    let lang = session.lang;
    let table = Table {
        title: lang.log_title().to_owned(),
        columns: vec![
            Column::right(lang.event_word()),
            Column::left(lang.recorded_word()),
            Column::left(lang.who_word()),
            Column::left(lang.change_word()),
            Column::left(lang.milestones_word()),
        ],
        rows: events
            .iter()
            .map(|event| {
                vec![
                    event.id.0.to_string(),
                    event.at.format("%Y-%m-%d %H:%M").to_string(),
                    event.who.clone(),
                    words(session, event),
                    milestones(event),
                ]
            })
            .collect(),
        ..Table::default()
    };
    print(&text(&table))
}

fn words(session: &Session, event: &EventEntry) -> String {
    let lang = session.lang;
    match (event.undoes, event.undone_by) {
        (Some(undone), _) => lang.event_undoes(undone.0),
        (None, Some(_)) => lang.event_undone(lang.change(event.kind)),
        (None, None) => lang.change(event.kind).to_owned(),
    }
}

fn milestones(event: &EventEntry) -> String {
    match &event.touched {
        Touched::These(ids) => ids
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" "),
        Touched::Many => "*".to_owned(),
    }
}

/// Ids of the milestones; null is "many".
fn ids(touched: &Touched) -> Option<Vec<String>> {
    match touched {
        Touched::These(ids) => Some(ids.iter().map(ToString::to_string).collect()),
        Touched::Many => None,
    }
}

fn value(event: &EventEntry) -> serde_json::Value {
    json!({
        "event": event.id.0,
        "at": event.at.to_rfc3339(),
        "who": event.who,
        "kind": event.kind,
        "effective_on": event.effective_on.map(|day| day.to_string()),
        "milestones": ids(&event.touched),
        "undoes": event.undoes.map(|id| id.0),
        "undone_by": event.undone_by.map(|id| id.0),
        "detail": serde_json::from_str::<serde_json::Value>(&event.detail).unwrap_or_default(),
    })
}

pub fn undo(session: &Session) -> Result<()> {
    let mut store = session.open()?;
    let applied = store.undo(&session.context())?;
    let undone = store
        .events(1, None)?
        .into_iter()
        .next()
        .and_then(|event| event.undoes);
    let said = match undone.map(|id| store.event(id)).transpose()?.flatten() {
        Some(event) => session
            .lang
            .said_undone(session.lang.change(event.kind), event.id.0),
        None => String::new(),
    };
    session.answer(&applied, |_| said)
}
