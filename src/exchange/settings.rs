//! Settings and people out.

use serde::Serialize;
use serde_json::json;

use crate::store::Person;
use crate::text::Lang;

use super::out::{Cell, Column, JsonOut, Page, Report, Table};

/// A setting, its value as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingLine {
    pub key: &'static str,
    pub value: String,
    pub default: String,
    pub meaning: &'static str,
}

pub struct Settings(pub Vec<SettingLine>);

impl Report for Settings {
    fn page(&self, lang: Lang) -> Page<'_> {
        let columns = vec![
            Column::left(lang.setting_word()),
            Column::left(lang.value_word()),
            Column::left(lang.default_word()),
            Column::left(lang.meaning_word()),
        ];
        let row = |line: &SettingLine| -> Vec<Cell> {
            vec![
                line.key.into(),
                line.value.clone().into(),
                line.default.clone().into(),
                line.meaning.into(),
            ]
        };
        Page {
            title: lang.settings_title().to_owned(),
            tables: vec![Table::new(columns, self.0.iter().map(row))],
            ..Page::default()
        }
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        serde_json::to_writer(out, &self.0)
    }
}

/// Those who work with a ledger.
pub struct People<'a> {
    pub people: Vec<Person>,
    /// The name of who asks.
    pub me: &'a str,
}

impl Report for People<'_> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let columns = vec![
            Column::left(lang.person_word()),
            Column::left(lang.role_word()),
            Column::left(lang.team_word()),
            Column::left(lang.form_email()),
            Column::right(lang.projects_word()),
        ];
        let row = move |person: &Person| -> Vec<Cell> {
            let me = if person.name == self.me { lang.you_mark() } else { "" };
            vec![
                format!("{}{me}", person.name).into(),
                lang.role(person.role).into(),
                person.team.clone().into(),
                person.email.clone().into(),
                Cell::Number(person.projects),
            ]
        };
        let lead =
            if self.people.is_empty() { vec![lang.people_none().to_owned()] } else { vec![] };
        Page {
            title: lang.people_title().to_owned(),
            lead,
            tables: vec![Table::new(columns, self.people.iter().map(row))],
        }
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let value = |person: &Person| {
            json!({
                "name": person.name,
                "role": person.role,
                "team": person.team,
                "email": person.email,
                "projects": person.projects,
                "me": person.name == self.me,
            })
        };
        serde_json::to_writer(out, &self.people.iter().map(value).collect::<Vec<_>>())
    }
}
