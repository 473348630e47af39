//! What was recorded, newest first.

use serde_json::{Value, json};

use crate::domain::change::ChangeKind;
use crate::store::{EventEntry, Touched};
use crate::text::Lang;

use super::out::{Cell, Column, JsonOut, Page, Report, Table};

impl Report for Vec<EventEntry> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let columns = vec![
            Column::right(lang.event_word()),
            Column::left(lang.recorded_word()),
            Column::left(lang.who_word()),
            Column::left(lang.change_word()),
            Column::left(lang.milestones_word()),
        ];
        let row = move |event: &EventEntry| -> Vec<Cell> {
            vec![
                Cell::Number(event.id.0),
                event.at.format("%Y-%m-%d %H:%M").to_string().into(),
                Cell::from(event.who.clone()),
                words(event, lang).into(),
                ids(&event.touched).map_or("*".into(), |ids| ids.join(" ").into()),
            ]
        };
        Page {
            title: lang.log_title().to_owned(),
            tables: vec![Table::new(columns, self.iter().map(row))],
            ..Page::default()
        }
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let value = |event: &EventEntry| {
            Ok(json!({
                "event": event.id.0,
                "at": event.at.to_rfc3339(),
                "who": event.who,
                "kind": event.kind,
                "effective_on": event.effective_on,
                "milestones": ids(&event.touched),
                "undoes": event.undoes.map(|id| id.0),
                "undone_by": event.undone_by.map(|id| id.0),
                "detail": serde_json::from_str::<Value>(&event.detail)?,
            }))
        };
        let values = self.iter().map(value);
        serde_json::to_writer(out, &values.collect::<serde_json::Result<Vec<_>>>()?)
    }
}

fn words(event: &EventEntry, lang: Lang) -> String {
    match (event.undoes, event.undone_by) {
        (Some(undone), _) if event.kind == ChangeKind::Redo => lang.undo_again(undone.0),
        (Some(undone), _) => lang.event_undoes(undone.0),
        (None, Some(_)) => lang.event_undone(lang.change(event.kind)),
        (None, None) => lang.change(event.kind).to_owned(),
    }
}

/// Ids of the milestones; `None` is "many".
fn ids(touched: &Touched) -> Option<Vec<String>> {
    match touched {
        Touched::These(ids) => Some(ids.iter().map(ToString::to_string).collect()),
        Touched::Many => None,
    }
}
