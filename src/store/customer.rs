//! Who owes, and the people there.

use rusqlite::Connection;
use rusqlite::types::ToSql;

use super::apply::{Writer, required};
use super::convert::{first, rows};
use super::tables::T;
use super::unknown;
use crate::domain::change::{ContactDraft, CustomerDraft};
use crate::domain::ids::{ContactId, CustomerId};
use crate::domain::kinds::{Channel, Grade};
use crate::domain::violation::{Field, Thing, Violation};
use crate::error::Result;

/// Refuses a customer that does not exist.
pub(super) fn must_exist(db: &Connection, id: CustomerId) -> Result<()> {
    let sql = "SELECT 1 FROM customer WHERE id = ?";
    first(db, ("customer", sql), [id.0], |_| Ok(()))?.ok_or_else(|| unknown(Thing::Customer, id))
}

/// The customer with this code.
pub(super) fn by_code(db: &Connection, code: &str) -> Result<Option<CustomerId>> {
    let sql = "SELECT id FROM customer WHERE code = ?";
    first(db, ("customer", sql), [code], |c| Ok(CustomerId(c.int(0)?)))
}

impl Writer<'_> {
    pub(super) fn add_customer(&mut self, draft: &CustomerDraft) -> Result<()> {
        let (code, name) = self.customer_code(draft, None)?;
        let id = self.insert(
            T::Customer,
            &[
                &code,
                &name,
                &draft.short_name.trim(),
                &draft.invoice_title.trim(),
                &draft.tax_no.trim(),
                &draft.bank.trim(),
                &draft.bank_account.trim(),
                &draft.address.trim(),
                &draft.phone.trim(),
                &draft.grade.map(Grade::code),
                &draft.credit_limit,
                &draft.terms_days,
                &draft.notes.trim(),
            ],
        )?;
        self.created.push(id);
        for contact in &draft.contacts {
            self.add_contact(CustomerId(id), contact)?;
        }
        Ok(())
    }

    pub(super) fn edit_customer(&mut self, id: CustomerId, draft: &CustomerDraft) -> Result<()> {
        must_exist(self.db, id)?;
        let (code, name) = self.customer_code(draft, Some(id))?;
        self.update(
            T::Customer,
            id.0,
            &[
                ("code", &code),
                ("name", &name),
                ("short_name", &draft.short_name.trim()),
                ("invoice_title", &draft.invoice_title.trim()),
                ("tax_no", &draft.tax_no.trim()),
                ("bank", &draft.bank.trim()),
                ("bank_account", &draft.bank_account.trim()),
                ("address", &draft.address.trim()),
                ("phone", &draft.phone.trim()),
                ("grade", &draft.grade.map(Grade::code)),
                ("credit_limit", &draft.credit_limit),
                ("terms_days", &draft.terms_days),
                ("notes", &draft.notes.trim()),
            ],
        )?;
        self.edit_contacts(id, &draft.contacts)
    }

    /// The code and name of a customer, if nobody else has the code.
    fn customer_code(
        &self,
        draft: &CustomerDraft,
        own: Option<CustomerId>,
    ) -> Result<(String, String)> {
        let name = required(&draft.name, Field::Name)?;
        let code = Some(draft.code.trim())
            .filter(|c| !c.is_empty())
            .unwrap_or(name);
        if by_code(self.db, code)?.is_some_and(|found| Some(found) != own) {
            return Err(Violation::Taken {
                field: Field::Code,
                value: code.to_owned(),
            }
            .into());
        }
        Ok((code.to_owned(), name.to_owned()))
    }

    fn edit_contacts(&mut self, customer: CustomerId, contacts: &[ContactDraft]) -> Result<()> {
        let sql = "SELECT id FROM contact WHERE customer = ? AND removed = 0";
        let present = rows(self.db, ("contact", sql), [customer.0], |c| {
            Ok(ContactId(c.int(0)?))
        })?;
        for contact in contacts {
            match contact.id {
                None => {
                    self.add_contact(customer, contact)?;
                }
                Some(id) if present.contains(&id) => {
                    let name = required(&contact.name, Field::Name)?;
                    let channel = contact.channel.map(Channel::code);
                    let values = contact_values(&customer.0, contact, (&name, &channel));
                    let columns = T::Contact.table().columns.iter().copied();
                    let changes: Vec<(&str, &dyn ToSql)> = columns.zip(values).collect();
                    self.update(T::Contact, id.0, &changes)?;
                }
                Some(id) => return Err(unknown(Thing::Contact, id)),
            }
        }
        for id in present {
            if !contacts.iter().any(|c| c.id == Some(id)) {
                self.remove_contact(id)?;
            }
        }
        Ok(())
    }

    pub(super) fn add_contact(
        &mut self,
        customer: CustomerId,
        contact: &ContactDraft,
    ) -> Result<i64> {
        let name = required(&contact.name, Field::Name)?;
        let channel = contact.channel.map(Channel::code);
        let values = contact_values(&customer.0, contact, (&name, &channel));
        self.insert(T::Contact, &values)
    }

    /// Somebody who was in touch stays in the record.
    fn remove_contact(&mut self, id: ContactId) -> Result<()> {
        let sql = "SELECT 1 FROM touch WHERE contact = ? LIMIT 1";
        if first(self.db, ("touch", sql), [id.0], |_| Ok(()))?.is_some() {
            self.update(T::Contact, id.0, &[("removed", &1)])?;
            Ok(())
        } else {
            self.journal.delete(self.db, T::Contact, id.0)
        }
    }
}

/// The columns of a contact, in the table's order.
pub(super) fn contact_values<'v>(
    customer: &'v i64,
    contact: &'v ContactDraft,
    (name, channel): (&'v &str, &'v dyn ToSql),
) -> [&'v dyn ToSql; 8] {
    [
        customer,
        name,
        &contact.role,
        &contact.phone,
        &contact.email,
        &contact.wechat,
        channel,
        &0_i64,
    ]
}
