//! Names for ids, in batches: what lists show beside their items.

use super::Reader;
use super::convert::{Cells, id_list, rows};
use crate::domain::ids::{CustomerId, IdMap, MilestoneId, PersonId, ProjectId};
use crate::error::Result;

/// A code (or key) and a name. A milestone without a key has an empty code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// The code or key.
    pub code: Box<str>,
    pub name: Box<str>,
    /// The name for narrow columns, where there is a shorter one.
    pub brief: Option<Box<str>>,
}

impl Name {
    /// The name for narrow columns.
    pub fn short(&self) -> &str {
        self.brief.as_deref().unwrap_or(&self.name)
    }
}

/// Some of a table, or all that open milestones need.
macro_rules! names {
    ($($(#[$doc:meta])* $some:ident, $open:ident: $id:ident, $table:literal, $columns:literal, $of_open:literal;)+) => {
        impl Reader {$(
            $(#[$doc])*
            pub fn $some(&self, ids: &[$id]) -> Result<IdMap<$id, Name>> {
                let sql = concat!(
                    "SELECT id, ", $columns, " FROM ", $table, " WHERE id IN (SELECT value FROM json_each(?1))"
                );
                let list = id_list(ids.iter().map(|id| id.0));
                let named = rows(&self.db, ($table, sql), [list], |c| Ok(($id(c.int(0)?), name(c)?)))?;
                Ok(named.into_iter().collect())
            }

            /// The same for every open milestone.
            pub fn $open(&self) -> Result<IdMap<$id, Name>> {
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
        "code, name, NULLIF(short_name, '')", "SELECT customer FROM open_item";
    /// Codes and names of projects.
    project_names, open_project_names: ProjectId, "project", "code, name, NULL", "SELECT project FROM open_item";
    /// Keys and names of milestones.
    milestone_names, open_milestone_names: MilestoneId, "milestone", "COALESCE(key, ''), name, NULL",
        "SELECT id FROM open_item";
}

impl Reader {
    /// Names of all of us.
    pub fn person_names(&self) -> Result<IdMap<PersonId, String>> {
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
        code: c.text(1)?.into(),
        name: c.text(2)?.into(),
        brief: c.maybe_text(3)?.map(Into::into),
    })
}
