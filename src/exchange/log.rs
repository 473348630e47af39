//! What was recorded: when by the clock on the wall, who, what, whose money and how much, about what.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate};
use serde_json::{Value, json};

use crate::domain::change::ChangeKind;
use crate::domain::kinds::BillState;
use crate::store::{EventAbout, EventEntry, ImportedList, Touched};
use crate::text::Lang;

use super::lists::{Field, Listed, field};
use super::out::{Cell, Column};

/// An event with what it is about.
pub struct LogLine {
    pub event: EventEntry,
    /// When it was recorded, where the reader is.
    pub at: DateTime<FixedOffset>,
    pub about: EventAbout,
    pub today: NaiveDate,
}

impl LogLine {
    fn time(&self) -> String {
        let year = if self.at.year() == self.today.year() { "" } else { "%Y-" };
        self.at.format(&format!("{year}%m-%d %H:%M")).to_string()
    }

    fn words(&self, lang: Lang) -> String {
        let EventEntry { kind, undoes, undone_by, .. } = &self.event;
        let told = match &self.about.list {
            Some(ImportedList { file, imported, updated }) => {
                lang.event_import(lang.change(*kind), file, *imported, *updated)
            }
            None => self.bill(lang).unwrap_or_else(|| lang.change(*kind).to_owned()),
        };
        match (undoes, undone_by) {
            (Some(undone), _) if *kind == ChangeKind::Redo => lang.undo_again(undone.0),
            (Some(undone), _) => lang.event_undoes(undone.0),
            (None, Some(_)) => lang.event_undone(&told),
            (None, None) => told,
        }
    }

    /// What became of a bill of exchange, if something did.
    fn bill(&self, lang: Lang) -> Option<String> {
        let event = self.about.detail.get(ChangeKind::Bill.code())?.get("event")?;
        let of = event.as_object().and_then(|event| event.keys().next());
        let state = of.map(String::as_str).or(event.as_str()).and_then(BillState::from_code)?;
        Some(lang.bill_word(lang.bill_state(state)))
    }

    /// Keys of the milestones it names, else the code of what was added or corrected.
    fn named(&self) -> String {
        let keys = self.about.keys();
        match &self.about.code {
            Some(code) if keys.is_empty() => code.clone(),
            Some(_) | None => keys.join(" "),
        }
    }
}

impl Listed for LogLine {
    fn title(lang: Lang) -> &'static str {
        lang.log_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::right(lang.event_word()).named("event").spare(2), |l, _| {
                Cell::Number(l.event.id.0)
            }),
            field(Column::left(lang.recorded_word()).named("at"), |l, _| {
                Cell::both(l.time(), l.at.to_rfc3339())
            }),
            field(Column::left(lang.who_word()).named("who").spare(1), |l, _| {
                l.event.who.as_str().into()
            }),
            field(Column::left(lang.change_word()).named("kind"), |l, lang| {
                Cell::both(l.words(lang), l.event.kind.code())
            }),
            field(Column::left(lang.effective_word()).named("effective_on").aside(), |l, _| {
                l.event.effective_on.into()
            }),
            field(Column::left(lang.customer_code_word()).named("customer").aside(), |l, _| {
                l.about.customer.as_ref().map_or(Cell::EMPTY, |(code, _)| code.as_str().into())
            }),
            field(Column::left(lang.customer_word()).named("customer_name"), |l, _| {
                l.about.customer.as_ref().map_or(Cell::EMPTY, |(_, name)| name.as_str().into())
            }),
            field(Column::left(lang.currency_word()).named("currency").aside(), |l, _| {
                l.about.currency.map_or(Cell::EMPTY, |currency| currency.code().into())
            }),
            field(Column::right(lang.form_amount()).named("amount"), |l, _| {
                let known = l.about.amount.zip(l.about.currency);
                known.map_or(Cell::EMPTY, |(minor, currency)| Cell::amount(minor, currency))
            }),
            field(Column::left(lang.milestones_word()).named("keys"), |l, _| {
                Cell::both(l.named(), json!(l.about.keys()))
            }),
            field(Column::left(lang.milestones_word()).named("milestones").aside(), |l, _| {
                let ids = l.about.milestones.iter().map(|(id, _)| id.to_string());
                match l.event.touched {
                    Touched::These(_) => Cell::both("", ids.collect::<Value>()),
                    Touched::Many => Cell::EMPTY,
                }
            }),
            field(Column::right(lang.event_word()).named("undoes").aside(), |l, _| {
                l.event.undoes.map_or(Cell::EMPTY, |id| Cell::Number(id.0))
            }),
            field(Column::right(lang.event_word()).named("undone_by").aside(), |l, _| {
                l.event.undone_by.map_or(Cell::EMPTY, |id| Cell::Number(id.0))
            }),
            field(Column::left(lang.change_word()).named("detail").aside(), |l, _| {
                Cell::both("", l.about.detail.clone())
            }),
        ]
    }
}
