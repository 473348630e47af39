//! The people of a row: the customer, a contact there, and the manager on our side. Each is made if the ledger does
//! not have it.

use rusqlite::{ToSql, params};

use super::Import;
use crate::domain::ids::{CustomerId, PersonId};
use crate::domain::kinds::Role;
use crate::domain::plan::PlanRow;
use crate::error::Result;
use crate::store::convert::first;
use crate::store::project;
use crate::store::tables::T;

impl<'b> Import<'_, '_, 'b> {
    /// The customer of a row, with its contact. True if something changed there.
    pub(super) fn write_customer(&mut self, row: &'b PlanRow) -> Result<(CustomerId, bool)> {
        let known = self.places.customer(self.writer.db, row)?;
        let id = known.map_or_else(|| self.new_customer(row), Ok)?;
        let mut changed = self.name_customer(id, row)?;
        if let Some(name) = row.contact_name.as_deref() {
            changed |= self.write_contact(id, name, row.contact_phone.as_deref())?;
        }
        Ok((id, changed))
    }

    /// Gives a customer the name in the list's first row of it. A list without names repeats the code there.
    fn name_customer(&mut self, id: CustomerId, row: &'b PlanRow) -> Result<bool> {
        let name = row.customer_name.as_str();
        if name == row.customer {
            return Ok(false);
        }
        if let Some(first) = self.places.named.get(&id) {
            if *first != name {
                self.outcome.differing.push((row.row, "customer_name"));
            }
            return Ok(false);
        }
        self.places.named.insert(id, name);
        self.writer
            .update(T::Customer, id.0, &[("name", &row.customer_name)])
    }

    fn new_customer(&mut self, row: &'b PlanRow) -> Result<CustomerId> {
        let (none, empty): (Option<i64>, &dyn ToSql) = (None, &"");
        let mut values: Vec<&dyn ToSql> = vec![&row.customer, &row.customer_name];
        // Short name and invoice particulars, then grade, limit and terms, then notes.
        values.extend([empty; 7]);
        values.extend([&none as &dyn ToSql; 3]);
        values.push(empty);
        let id = CustomerId(self.writer.insert(T::Customer, &values)?);
        self.places.add_customer(row, id);
        Ok(id)
    }

    /// A contact of this name: added, or given its new number. True if something changed.
    fn write_contact(
        &mut self,
        customer: CustomerId,
        name: &'b str,
        phone: Option<&'b str>,
    ) -> Result<bool> {
        let Some((id, old)) = self.contact(customer, name)? else {
            let none: Option<i64> = None;
            let phone = phone.unwrap_or_default();
            let id = self.writer.insert(
                T::Contact,
                &[&customer.0, &name, &"", &phone, &"", &"", &none, &0],
            )?;
            self.places
                .contacts
                .insert((customer, name), (id, phone.to_owned()));
            return Ok(true);
        };
        let Some(phone) = phone.filter(|phone| *phone != old) else {
            return Ok(false);
        };
        self.places
            .contacts
            .insert((customer, name), (id, phone.to_owned()));
        self.writer.update(T::Contact, id, &[("phone", &phone)])
    }

    /// The contact of this name and the number known of them.
    fn contact(&mut self, customer: CustomerId, name: &'b str) -> Result<Option<(i64, String)>> {
        if let Some(known) = self.places.contacts.get(&(customer, name)) {
            return Ok(Some(known.clone()));
        }
        let sql = "SELECT id, phone FROM contact WHERE customer = ?1 AND name = ?2 AND removed = 0 \
                   ORDER BY id LIMIT 1";
        let found = first(
            self.writer.db,
            ("contact", sql),
            params![customer.0, name],
            |c| Ok((c.int(0)?, c.string(1)?)),
        )?;
        if let Some(found) = &found {
            self.places.contacts.insert((customer, name), found.clone());
        }
        Ok(found)
    }

    /// The manager a row names.
    pub(super) fn person(&mut self, row: &'b PlanRow) -> Result<Option<PersonId>> {
        let Some(name) = row.manager.as_deref() else {
            return Ok(None);
        };
        if let Some(id) = self.places.people.get(name) {
            return Ok(Some(*id));
        }
        let known = project::person(self.writer.db, name)?;
        let id = match known {
            Some(id) => id.0,
            None => self
                .writer
                .insert(T::Person, &[&name, &Role::Pm.code(), &""])?,
        };
        self.places.people.insert(name, PersonId(id));
        Ok(Some(PersonId(id)))
    }
}
