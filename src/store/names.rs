//! Names for ids, in batches: what lists show beside their items.

use super::Reader;
use super::backend::{Read, RowReader};
use crate::domain::ids::{CustomerId, IdMap, MilestoneId, PersonId, ProjectId};
use crate::domain::numbering;
use crate::error::{Error, Result};

/// A code (or key) and a name. A milestone without a key has an empty code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    pub code: Box<str>,
    pub name: Box<str>,
    /// The name for narrow columns, where there is a shorter one.
    pub brief: Option<Box<str>>,
}

impl Name {
    /// The code or key, if it has one.
    pub fn code(&self) -> Option<&str> {
        Some(&*self.code).filter(|code| !code.is_empty())
    }

    /// The name for narrow columns.
    pub fn short(&self) -> &str {
        self.brief.as_deref().unwrap_or(&self.name)
    }
}

/// An id with its name, copied once out of the row: a start reads a hundred thousand.
struct Named {
    id: i64,
    name: Name,
}

impl Read for Named {
    fn read(row: &mut RowReader<'_>) -> Result<Self> {
        let id = row.next()?;
        let mut text = || row.next_text();
        let missing = || Error::Unreadable("a name".to_owned());
        Ok(Self {
            id,
            name: Name {
                code: text()?.ok_or_else(missing)?.into(),
                name: text()?.ok_or_else(missing)?.into(),
                brief: text()?.map(Into::into),
            },
        })
    }
}

/// Names of some rows of a table, and of all that open milestones need.
macro_rules! names {
    ($($(#[$doc:meta])* $some:ident, $open:ident: $id:ident, $columns_of_table:literal, $is_open:literal;)+) => {
        impl Reader {$(
            $(#[$doc])*
            pub fn $some(&self, ids: &[$id]) -> Result<IdMap<$id, Name>> {
                let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
                let sql = concat!("SELECT id, ", $columns_of_table, " WHERE id IN ($ids)");
                let mut names = IdMap::default();
                self.db.each_of(sql, &ids, |named: Named| {
                    names.insert($id(named.id), named.name);
                    Ok(())
                })?;
                Ok(names)
            }

            /// The same for every open milestone.
            pub fn $open(&self) -> Result<IdMap<$id, Name>> {
                let sql = concat!("SELECT id, ", $columns_of_table, " WHERE ", $is_open);
                let mut names = IdMap::default();
                self.db.each(sql, &[], |named: Named| {
                    names.insert($id(named.id), named.name);
                    Ok(())
                })?;
                Ok(names)
            }
        )+}
    };
}

names! {
    /// Codes, names and short names of customers.
    customer_names, open_customer_names: CustomerId, "code, name, NULLIF(short_name, '') FROM customer", "EXISTS (SELECT 1 FROM open_item WHERE customer = customer.id)";
    /// Codes and names of projects.
    project_names, open_project_names: ProjectId, "code, name, NULL FROM project", "id IN (SELECT project FROM open_item)";
    /// Keys and names of milestones.
    milestone_names, open_milestone_names: MilestoneId, "COALESCE(key, ''), name, NULL FROM milestone", "id IN (SELECT id FROM open_item)";
}

impl Reader {
    /// The code of the next customer, by the pattern of those there are.
    pub fn next_customer_code(&self, year: i32) -> Result<String> {
        let codes = self.db.rows("SELECT code FROM customer ORDER BY id DESC", &[])?;
        Ok(numbering::next(&codes, numbering::CUSTOMER, year))
    }

    /// The code of the next project, likewise.
    pub fn next_project_code(&self, year: i32) -> Result<String> {
        let codes = self.db.rows("SELECT code FROM project ORDER BY id DESC", &[])?;
        Ok(numbering::next(&codes, numbering::PROJECT, year))
    }

    /// Names of all of us.
    pub fn person_names(&self) -> Result<IdMap<PersonId, String>> {
        let named = self.db.rows("SELECT id, name FROM person", &[])?;
        Ok(named.into_iter().collect())
    }
}
