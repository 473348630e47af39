//! From what a person types (a code, a key, `#31`) to an id.

use super::backend::{Backend, Column, Value, values};
use super::{Reader, pages, unknown};
use crate::domain::ids::{
    CustomerId, InvoiceId, MilestoneId, PaymentId, PersonId, ProjectId, SnapshotId,
};
use crate::domain::violation::{Candidate, Thing, Violation};
use crate::error::{Error, Result};

/// The customer with this code.
pub(super) fn customer_by_code(db: &dyn Backend, code: &str) -> Result<Option<CustomerId>> {
    db.first("SELECT id FROM customer WHERE code = $1", values![code])
}

/// The project with this code.
pub(super) fn project_by_code(db: &dyn Backend, code: &str) -> Result<Option<ProjectId>> {
    db.first("SELECT id FROM project WHERE code = $1", values![code])
}

/// The milestone with this key.
pub(super) fn milestone_by_key(db: &dyn Backend, key: &str) -> Result<Option<MilestoneId>> {
    db.first("SELECT id FROM milestone WHERE key = $1", values![key])
}

/// The person of this name.
pub(super) fn person(db: &dyn Backend, name: &str) -> Result<Option<PersonId>> {
    db.first("SELECT id FROM person WHERE name = $1", values![name])
}

/// Refuses a customer that does not exist.
pub(super) fn must_exist(db: &dyn Backend, id: CustomerId) -> Result<()> {
    if db.exists("SELECT 1 FROM customer WHERE id = $1", values![id])? {
        Ok(())
    } else {
        Err(unknown(Thing::Customer, id))
    }
}

/// The number of `#31`.
fn number(name: &str) -> Option<i64> {
    name.strip_prefix('#')?.parse().ok()
}

/// What can be looked up by a text.
struct Findable {
    thing: Thing,
    /// What a person knows it by, and the table.
    shown: &'static str,
    /// That it has this code.
    coded: &'static str,
    /// That it has this name; empty where it has none.
    named: &'static str,
}

const FINDABLE: [Findable; 5] = [
    Findable {
        thing: Thing::Customer,
        shown: "code || ' ' || name FROM customer",
        coded: "code = $1",
        named: "name = $1 OR short_name = $1",
    },
    Findable {
        thing: Thing::Project,
        shown: "code || ' ' || name FROM project",
        coded: "code = $1",
        named: "name = $1",
    },
    Findable {
        thing: Thing::Milestone,
        shown: "COALESCE(key || ' ', '') || name FROM milestone",
        coded: "key = $1",
        named: "name = $1",
    },
    Findable {
        thing: Thing::Payment,
        shown: "received_on || ' ' || payer || bank_ref FROM payment",
        coded: "bank_ref = $1",
        named: "",
    },
    Findable {
        thing: Thing::Invoice,
        shown: "number || ' ' || issued_on FROM invoice",
        coded: "number = $1",
        named: "",
    },
];

/// The only one that has this name, each with its code; of several the codes are told.
fn one_of<Id: std::fmt::Display>(
    thing: Thing,
    name: &str,
    mut named: Vec<(Id, String)>,
) -> Result<Id> {
    match named.len() {
        0 => Err(unknown(thing, name)),
        1 => Ok(named.remove(0).0),
        _ => {
            let called =
                |(id, code): (Id, String)| if code.is_empty() { id.to_string() } else { code };
            let fits = named.into_iter().map(called).collect();
            Err(Violation::Ambiguous { thing, name: name.to_owned(), fits }.into())
        }
    }
}

impl Reader {
    /// The customer with this code or `#id`, else the only one of this name; unknown ones are refused.
    pub fn find_customer(&self, name: &str) -> Result<CustomerId> {
        let name = name.trim();
        self.find(
            Thing::Customer,
            name,
            customer_by_code(&*self.db, name)?,
            "SELECT id FROM customer WHERE id = $1",
            "SELECT id, code FROM customer WHERE name = $1 OR short_name = $1 ORDER BY id LIMIT 9",
        )
    }

    /// The project with this code or `#id`, else the only one of this name; unknown ones are refused.
    pub fn find_project(&self, name: &str) -> Result<ProjectId> {
        let name = name.trim();
        self.find(
            Thing::Project,
            name,
            project_by_code(&*self.db, name)?,
            "SELECT id FROM project WHERE id = $1",
            "SELECT id, code FROM project WHERE name = $1 ORDER BY id LIMIT 9",
        )
    }

    /// The milestone with this key or `#id`, else the only one of this name, else the one of that name in a project,
    /// `P-2031/验收款`; unknown ones are refused.
    pub fn find_milestone(&self, name: &str) -> Result<MilestoneId> {
        let name = name.trim();
        let found = self.find(
            Thing::Milestone,
            name,
            milestone_by_key(&*self.db, name)?,
            "SELECT id FROM milestone WHERE id = $1",
            "SELECT id, COALESCE(key, '') FROM milestone WHERE name = $1 ORDER BY id LIMIT 9",
        );
        match found {
            Err(Error::Violation(Violation::Unknown { .. })) => {
                self.find_in_project(name)?.map_or(found, Ok)
            }
            found => found,
        }
    }

    /// The milestone that stands after its project, by code or name: `P-2031/验收款`, `数据中台 验收款`.
    fn find_in_project(&self, name: &str) -> Result<Option<MilestoneId>> {
        let sql = "SELECT m.id, COALESCE(m.key, '') FROM milestone m JOIN project p ON p.id = m.project \
                   WHERE (p.code = $1 OR p.name = $1) AND m.name = $2 ORDER BY m.id LIMIT 9";
        for (at, sign) in name.match_indices(['/', ' ']) {
            let (project, rest) = name.split_at(at);
            let milestone = rest.strip_prefix(sign).unwrap_or_default().trim();
            let named = self.db.rows(sql, values![project.trim(), milestone])?;
            if !named.is_empty() {
                return one_of(Thing::Milestone, name, named).map(Some);
            }
        }
        Ok(None)
    }

    /// What has this code, else this id, else this name alone.
    fn find<Id: Column + std::fmt::Display>(
        &self,
        thing: Thing,
        name: &str,
        coded: Option<Id>,
        by_id: &str,
        by_name: &str,
    ) -> Result<Id> {
        if let Some(id) = coded {
            return Ok(id);
        }
        if let Some(id) = self.numbered(by_id, name)? {
            return Ok(id);
        }
        // Nothing is called by what was left empty.
        let named =
            if name.is_empty() { Vec::new() } else { self.db.rows(by_name, values![name])? };
        one_of(thing, name, named)
    }

    /// Everything a text can stand for: by code, key or number, or by `#id`; where there is none, by name; and where
    /// there is none either, by id without its sign.
    pub fn find_any(&self, name: &str) -> Result<Vec<Candidate>> {
        let name = name.trim();
        let mut found = Vec::new();
        let by = |column: fn(&Findable) -> &'static str, found: &mut Vec<Candidate>| {
            for one in FINDABLE.iter().filter(|one| !column(one).is_empty()) {
                let rest = [" WHERE ", column(one), " ORDER BY id LIMIT 9"].concat();
                found.extend(self.candidates(one, &rest, values![name])?);
            }
            Ok::<_, Error>(())
        };
        let numbered = |id: Option<i64>, found: &mut Vec<Candidate>| {
            for one in FINDABLE.iter().filter(|_| id.is_some()) {
                found.extend(self.candidates(one, " WHERE id = $1", values![id])?);
            }
            Ok::<_, Error>(())
        };
        if name.is_empty() {
            return Ok(found);
        }
        by(|one| one.coded, &mut found)?;
        numbered(number(name), &mut found)?;
        if found.is_empty() {
            by(|one| one.named, &mut found)?;
        }
        if found.is_empty() {
            numbered(name.parse().ok(), &mut found)?;
        }
        Ok(found)
    }

    fn candidates(
        &self,
        of: &Findable,
        rest: &str,
        values: &[Value<'_>],
    ) -> Result<Vec<Candidate>> {
        let sql = ["SELECT id, ", of.shown, rest].concat();
        let rows: Vec<(i64, String)> = self.db.rows(&sql, values)?;
        let candidate = |(id, name): (i64, String)| Candidate { thing: of.thing, id, name };
        Ok(rows.into_iter().map(candidate).collect())
    }

    /// What has a text somewhere in its code or name, nine at most: of one kind, or of any.
    pub fn near(&self, thing: Option<Thing>, text: &str) -> Result<Vec<Candidate>> {
        let mut found = Vec::new();
        let pattern = format!("%{}", pages::beginning(text.trim()));
        for of in FINDABLE.iter().filter(|one| thing.is_none_or(|thing| one.thing == thing)) {
            let Some((value, _)) = of.shown.split_once(" FROM ").filter(|_| pattern != "%%") else {
                continue;
            };
            let rest = [" WHERE ", value, " LIKE $1 ESCAPE '!' ORDER BY id LIMIT 9"].concat();
            found.extend(self.candidates(of, &rest, values![pattern])?);
        }
        found.truncate(9);
        Ok(found)
    }

    /// Codes, keys or weeks, and names, of what begins with a text, and what else a person knows each by: a hundred at
    /// most, milestones with something open first.
    pub fn beginning_with(&self, thing: Thing, text: &str) -> Result<Vec<(String, String)>> {
        let (code, name, rest) = match thing {
            Thing::Customer => ("code", "name", "customer ORDER BY code"),
            Thing::Project => ("code", "name", "project ORDER BY code"),
            Thing::Milestone => ("key", "name", "milestone ORDER BY closed_on IS NOT NULL, key"),
            Thing::Snapshot => ("iso_week", "as_of", "snapshot ORDER BY id DESC"),
            Thing::Payment
            | Thing::Invoice
            | Thing::WriteOff
            | Thing::Promise
            | Thing::Condition
            | Thing::Note
            | Thing::Paper
            | Thing::Refusal
            | Thing::Touch
            | Thing::Contact
            | Thing::Person
            | Thing::Event
            | Thing::Deal
            | Thing::Todo
            | Thing::BankLine => return Ok(Vec::new()),
        };
        let (table, order) = rest.split_once(' ').unwrap_or((rest, ""));
        let beginning = pages::beginning(text);
        let with = |value: &str, about: &str| -> Result<Vec<(String, String)>> {
            let select = ["SELECT ", value, ", COALESCE(", about, ", '') FROM ", table].concat();
            let like = [" WHERE ", value, " LIKE $1 ESCAPE '!' ", order, " LIMIT 100"].concat();
            self.db.rows(&(select + &like), values![beginning])
        };
        let mut found = with(code, name)?;
        if thing != Thing::Snapshot {
            // A shell would take a name with blanks for several words.
            found.extend(with(name, code)?.into_iter().filter(|(name, _)| !name.contains(' ')));
        }
        Ok(found)
    }

    /// The payment `#id` (the sign may be left out); unknown ones are refused.
    pub fn find_payment(&self, name: &str) -> Result<PaymentId> {
        let name = name.trim();
        let numbered = format!("#{}", name.trim_start_matches('#'));
        self.numbered("SELECT id FROM payment WHERE id = $1", &numbered)?
            .ok_or_else(|| unknown(Thing::Payment, name))
    }

    /// The invoice with this number, where only one has it, or `#id`; unknown ones are refused.
    pub fn find_invoice(&self, name: &str) -> Result<InvoiceId> {
        let name = name.trim();
        let sql = "SELECT id FROM invoice WHERE number = $1 LIMIT 2";
        let found = match self.db.rows(sql, values![name])?.as_slice() {
            [only] => Some(*only),
            _ => self.numbered("SELECT id FROM invoice WHERE id = $1", name)?,
        };
        found.ok_or_else(|| unknown(Thing::Invoice, name))
    }

    /// The snapshot `#3`, or the last one of the week `2026-W47`; unknown ones are refused.
    pub fn find_snapshot(&self, name: &str) -> Result<SnapshotId> {
        let name = name.trim();
        let sql = "SELECT id FROM snapshot WHERE iso_week = $1 ORDER BY id DESC LIMIT 1";
        let found = self.db.first(sql, values![name])?;
        let numbered = format!("#{}", name.trim_start_matches('#'));
        let found = found.map_or_else(
            || self.numbered("SELECT id FROM snapshot WHERE id = $1", &numbered),
            |id| Ok(Some(id)),
        )?;
        found.ok_or_else(|| unknown(Thing::Snapshot, name))
    }

    fn numbered<Id: Column>(&self, sql: &str, name: &str) -> Result<Option<Id>> {
        match number(name) {
            Some(id) => self.db.first(sql, values![id]),
            None => Ok(None),
        }
    }
}
