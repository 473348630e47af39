//! Names for ids, in batches: what lists show beside their items.

use std::collections::HashMap;

use super::Reader;
use super::convert::{Cells, id_list, rows};
use super::error::Result;
use crate::domain::ids::{CustomerId, MilestoneId, PersonId, ProjectId};

/// A code (or key) and a name. A milestone without a key has an empty code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// The code or key.
    pub code: String,
    /// The name.
    pub name: String,
    /// The name for narrow columns; the name itself where there is no shorter one.
    pub short: String,
}

/// Some of a table, or all that open milestones need.
macro_rules! names {
    ($($(#[$doc:meta])* $some:ident, $open:ident: $id:ident, $table:literal, $columns:literal, $of_open:literal;)+) => {
        impl Reader {$(
            $(#[$doc])*
            pub fn $some(&self, ids: &[$id]) -> Result<HashMap<$id, Name>> {
                let sql = concat!(
                    "SELECT id, ", $columns, " FROM ", $table, " WHERE id IN (SELECT value FROM json_each(?1))"
                );
                let list = id_list(ids.iter().map(|id| id.0));
                let named = rows(&self.db, ($table, sql), [list], |c| Ok(($id(c.int(0)?), name(c)?)))?;
                Ok(named.into_iter().collect())
            }

            /// The same for every open milestone.
            pub fn $open(&self) -> Result<HashMap<$id, Name>> {
                let sql = concat!("SELECT id, ", $columns, " FROM ", $table, " WHERE id IN (", $of_open, ")");
                let named = rows(&self.db, ($table, sql), [], |c| Ok(($id(c.int(0)?), name(c)?)))?;
                Ok(named.into_iter().collect())
            }
        )+}
    };
}

names! {
    /// Codes, names and short names of customers.
    customer_names, open_customer_names: CustomerId, "customer",
        "code, name, COALESCE(NULLIF(short_name, ''), name)", "SELECT customer FROM open_item";
    /// Codes and names of projects.
    project_names, open_project_names: ProjectId, "project", "code, name, name", "SELECT project FROM open_item";
    /// Keys and names of milestones.
    milestone_names, open_milestone_names: MilestoneId, "milestone", "COALESCE(key, ''), name, name",
        "SELECT id FROM open_item";
}

impl Reader {
    /// Names of all of us.
    pub fn person_names(&self) -> Result<HashMap<PersonId, String>> {
        let named = rows(
            &self.db,
            ("person", "SELECT id, name FROM person"),
            [],
            |c| Ok((PersonId(c.int(0)?), c.string(1)?)),
        )?;
        Ok(named.into_iter().collect())
    }
}

fn name(c: &Cells) -> Result<Name> {
    Ok(Name {
        code: c.string(1)?,
        name: c.string(2)?,
        short: c.string(3)?,
    })
}
