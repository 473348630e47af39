//! Who owes, and the people there.

use crate::domain::change::{ContactDraft, CustomerDraft};
use crate::domain::ids::{ContactId, CustomerId};
use crate::domain::rules;
use crate::domain::violation::{Field, Thing};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::find;
use crate::store::rows::{ContactRow, CustomerRow};
use crate::store::unknown;

impl Writer<'_> {
    pub(in crate::store) fn add_customer(&mut self, draft: &CustomerDraft) -> Result<CustomerId> {
        let row = self.customer_row(draft, None)?;
        let id = CustomerId(self.create(&row)?);
        for contact in &draft.contacts {
            self.add_contact(id, contact)?;
        }
        Ok(id)
    }

    pub(super) fn edit_customer(&mut self, id: CustomerId, draft: &CustomerDraft) -> Result<()> {
        find::must_exist(self.db, id)?;
        let row = self.customer_row(draft, Some(id))?;
        self.update(id.0, |old: &mut CustomerRow| *old = row)?;
        self.edit_contacts(id, &draft.contacts)
    }

    fn customer_row(&self, draft: &CustomerDraft, own: Option<CustomerId>) -> Result<CustomerRow> {
        let named = rules::code_or_name(&draft.code, &draft.name)?;
        let found = find::customer_by_code(self.db, named.code)?;
        rules::free(Field::Code, named.code, found, own)?;
        let text = |text: &str| text.trim().to_owned();
        Ok(CustomerRow {
            code: named.code.to_owned(),
            name: named.name.to_owned(),
            short_name: text(&draft.short_name),
            invoice_title: text(&draft.invoice_title),
            tax_no: text(&draft.tax_no),
            bank: text(&draft.bank),
            bank_account: text(&draft.bank_account),
            address: text(&draft.address),
            phone: text(&draft.phone),
            grade: draft.grade,
            credit_limit: draft.credit_limit,
            terms_days: draft.terms_days,
            notes: text(&draft.notes),
        })
    }

    fn edit_contacts(&mut self, customer: CustomerId, contacts: &[ContactDraft]) -> Result<()> {
        let sql = "SELECT id FROM contact WHERE customer = $1 AND removed = 0";
        let present: Vec<ContactId> = self.db.rows(sql, values![customer])?;
        for contact in contacts {
            match contact.id {
                None => {
                    self.add_contact(customer, contact)?;
                }
                Some(id) if present.contains(&id) => {
                    let row = contact_row(customer, contact)?;
                    self.update(id.0, |old: &mut ContactRow| *old = row)?;
                }
                Some(id) => return Err(unknown(Thing::Contact, id)),
            }
        }
        for id in present {
            if !contacts.iter().any(|contact| contact.id == Some(id)) {
                self.remove_contact(id)?;
            }
        }
        Ok(())
    }

    pub(in crate::store) fn add_contact(
        &mut self,
        customer: CustomerId,
        contact: &ContactDraft,
    ) -> Result<i64> {
        self.insert(&contact_row(customer, contact)?)
    }

    /// Somebody who was in touch stays in the record.
    fn remove_contact(&mut self, id: ContactId) -> Result<()> {
        let sql = "SELECT 1 FROM touch WHERE contact = $1 LIMIT 1";
        if self.db.exists(sql, values![id])? {
            self.update(id.0, |row: &mut ContactRow| row.removed = true)?;
            Ok(())
        } else {
            self.journal.delete::<ContactRow>(self.db, id.0)
        }
    }
}

fn contact_row(customer: CustomerId, contact: &ContactDraft) -> Result<ContactRow> {
    Ok(ContactRow {
        customer,
        name: rules::required(&contact.name, Field::Name)?.to_owned(),
        role: contact.role.clone(),
        phone: contact.phone.clone(),
        email: contact.email.clone(),
        wechat: contact.wechat.clone(),
        channel: contact.channel,
        removed: false,
    })
}
