//! Settings, people of ours, and frozen aging tables: what hangs on no milestone.

use chrono::{NaiveDate, SecondsFormat};

use super::apply::{Writer, required};
use super::convert::{Day, first};
use super::project;
use super::tables::T;
use crate::domain::kinds::Role;
use crate::domain::violation::Field;
use crate::error::Result;

impl Writer<'_> {
    pub(super) fn set(&mut self, key: &str, value: Option<&str>) -> Result<()> {
        let key = required(key, Field::Key)?;
        let sql = "SELECT id FROM setting WHERE key = ?";
        let id = first(self.db, ("setting", sql), [key], |c| c.int(0))?;
        match (id, value) {
            (Some(id), Some(value)) => {
                self.update(T::Setting, id, &[("value", &value)])?;
            }
            (Some(id), None) => self.journal.delete(self.db, T::Setting, id)?,
            (None, Some(value)) => {
                self.insert(T::Setting, &[&key, &value])?;
            }
            (None, None) => {}
        }
        Ok(())
    }

    pub(super) fn edit_person(&mut self, name: &str, role: Role, team: &str) -> Result<()> {
        let name = required(name, Field::Name)?;
        let (role, team) = (role.code(), team.trim());
        if let Some(id) = project::person(self.db, name)? {
            self.update(T::Person, id.0, &[("role", &role), ("team", &team)])?;
        } else {
            let id = self.insert(T::Person, &[&name, &role, &team])?;
            self.created.push(id);
        }
        Ok(())
    }

    pub(super) fn take_snapshot(
        &mut self,
        as_of: NaiveDate,
        iso_week: &str,
        (rows, items): (&str, &[u8]),
    ) -> Result<()> {
        let latest = self.latest;
        self.happened(as_of)?;
        self.latest = latest;
        let taken_at = self.context.at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let id = self.insert(
            T::Snapshot,
            &[&Day::new(as_of), &taken_at, &iso_week, &rows, &items],
        )?;
        self.created.push(id);
        Ok(())
    }
}
