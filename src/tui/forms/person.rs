//! The people at a customer: each is one form.

use super::{Answer, Context};
use crate::domain::change::{Change, ContactDraft};
use crate::domain::ids::{ContactId, CustomerId};
use crate::tui::widgets::form::{Field, Fields, Key, Values, Wrong};

/// The form for a contact, new or known, who can be taken off.
pub(super) fn edit(customer: CustomerId, id: Option<ContactId>, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let draft = cx.store.customer_draft(customer)?;
    let mut contacts = draft.contacts.iter();
    let place = contacts.position(|contact| id.is_some() && contact.id == id);
    let known = place.and_then(|at| draft.contacts.get(at)).cloned();
    let mut fields = Fields::default();
    let (_, person) = self::fields(&mut fields, &known.unwrap_or_default(), true, cx);
    let stays = place.map(|at| {
        let name = |stays| {
            if stays { lang.form_stays() } else { lang.form_leaves() }
        };
        let stays = Field::choice(lang.form_still_there(), &[true, false], name, Some(true));
        (at, fields.add(stays))
    });
    let title = format!("{} - {}", lang.form_contact_person(), draft.name);
    Ok(cx.open(title, fields, move |values| {
        let mut draft = draft.clone();
        let person = person(values)?;
        match &stays {
            None => draft.contacts.push(person),
            Some((at, stays)) if values.get(stays)? == Some(false) => {
                draft.contacts.remove(*at);
            }
            Some((at, _)) => {
                draft.contacts.splice(at..=at, [person]);
            }
        }
        Ok(Change::EditCustomer(customer, draft))
    }))
}

/// Adds the fields of a contact, and reads them. The first is the name.
pub(super) fn fields(
    fields: &mut Fields,
    known: &ContactDraft,
    required: bool,
    cx: Context<'_>,
) -> (Key<String>, impl Fn(&Values) -> Result<ContactDraft, Wrong> + use<>) {
    let (lang, id) = (cx.lang(), known.id);
    let name = Field::text(lang.form_person_name(), &known.name).required_when(required);
    let name = fields.add(name);
    let role = fields.add(Field::text(lang.form_role(), &known.role));
    let phone = fields.add(Field::text(lang.form_mobile(), &known.phone));
    let email = fields.add(Field::text(lang.form_email(), &known.email));
    let wechat = fields.add(Field::text(lang.form_wechat(), &known.wechat));
    let channel = fields.add(cx.choice(lang.form_preferred(), known.channel));
    let read = {
        let name = name.clone();
        move |values: &Values| {
            Ok(ContactDraft {
                id,
                name: values.get(&name)?,
                role: values.get(&role)?,
                phone: values.get(&phone)?,
                email: values.get(&email)?,
                wechat: values.get(&wechat)?,
                channel: values.get(&channel)?,
            })
        }
    };
    (name, read)
}
