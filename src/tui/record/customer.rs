//! Who owes, and the people there. A customer's facts are one form, each contact another.

use super::about::{say, whole};
use super::refusal::at;
use super::{Context, Subject};
use crate::domain::change::{Change, ContactDraft, CustomerDraft};
use crate::domain::ids::{ContactId, CustomerId};
use crate::domain::kinds::{Channel, Grade};
use crate::error::Result;
use crate::report::figures::main_currency;
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::desk::{Refusal, Response};
use crate::tui::forms::{Field, Finish, Values};
use crate::tui::widgets::list::RowId;
use crate::tui::widgets::picker::{Pick, Picker};

/// Rows of the choice what to edit; a contact stands by its id.
const FACTS: RowId = RowId(0);
const NEW_CONTACT: RowId = RowId(-1);

/// The form for a new customer, with a first contact.
pub(super) fn add(context: Context<'_>) -> Response {
    let lang = context.lang();
    let mut fields = Vec::from(facts(&CustomerDraft::default(), context));
    fields.push(Field::note(lang.form_first_contact()));
    fields.extend(person(&ContactDraft::default(), lang));
    fields.extend(particulars(&CustomerDraft::default(), lang));
    let finish: Finish = Box::new(move |values| {
        let mut draft = read(values, CustomerDraft::default(), lang)?;
        let contact = read_person(values, None);
        let known = contact != ContactDraft::default();
        if known && contact.name.is_empty() {
            return Err(at("contact_name", lang.form_required()));
        }
        draft.contacts.extend(known.then_some(contact));
        Ok(Change::AddCustomer(draft))
    });
    let title = lang.form_new_customer().to_owned();
    Response::Form(Box::new(context.form(title, fields, finish)))
}

/// The choice between the customer's facts, its contacts, and a new contact.
pub(super) fn choose(id: CustomerId, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let draft = context.store.customer_draft(id)?;
    let contact = |contact: &ContactDraft| {
        let aside = format!("{} {}", contact.role, contact.phone);
        Some(Pick::new(RowId(contact.id?.0), &contact.name, aside.trim()))
    };
    let mut picks = vec![Pick::new(FACTS, lang.form_customer_facts(), &draft.code)];
    picks.extend(draft.contacts.iter().filter_map(contact));
    picks.push(Pick::new(NEW_CONTACT, lang.form_new_contact(), ""));
    let title = format!("{} - {}", Action::Edit.label(lang), draft.name);
    let picker = Picker::new(title, picks, Some(FACTS));
    Ok(Response::Pick(Box::new(picker), Action::Edit))
}

/// Goes on with the choice.
pub(super) fn picked(row: RowId, subject: &Subject, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let Some(id) = subject.customer else {
        return Ok(say(lang.why_no_customer()));
    };
    let draft = context.store.customer_draft(id)?;
    let title = format!("{} - {}", Action::Edit.label(lang), draft.name);
    if row == FACTS {
        let mut fields = Vec::from(facts(&draft, context));
        fields.extend(particulars(&draft, lang));
        let finish: Finish = Box::new(move |values| {
            Ok(Change::EditCustomer(id, read(values, draft.clone(), lang)?))
        });
        return Ok(Response::Form(Box::new(
            context.form(title, fields, finish),
        )));
    }
    Ok(edit_contact((id, draft), row, context))
}

fn edit_contact(
    (id, draft): (CustomerId, CustomerDraft),
    row: RowId,
    context: Context<'_>,
) -> Response {
    let lang = context.lang();
    let contact = Some(ContactId(row.0)).filter(|_| row != NEW_CONTACT);
    let known = draft
        .contacts
        .iter()
        .find(|c| contact.is_some() && c.id == contact);
    let known = known.cloned().unwrap_or_default();
    let mut fields = Vec::from(person(&known, lang));
    if let Some(name) = fields.first_mut() {
        name.required = true;
    }
    if contact.is_some() {
        let states = [lang.form_stays(), lang.form_leaves()];
        fields.push(Field::choice(
            "leaves",
            lang.form_still_there(),
            states,
            Some(0),
        ));
    }
    let title = format!("{} - {}", lang.form_contact_person(), draft.name);
    let finish: Finish = Box::new(move |values| {
        let mut draft = draft.clone();
        let read = read_person(values, contact);
        let place = draft
            .contacts
            .iter()
            .position(|c| contact.is_some() && c.id == contact);
        match (place, values.choice("leaves")) {
            (Some(at), Some(1)) => {
                draft.contacts.remove(at);
            }
            (Some(at), _) => {
                draft.contacts.splice(at..=at, [read]);
            }
            (None, _) => draft.contacts.push(read),
        }
        Ok(Change::EditCustomer(id, draft))
    });
    Response::Form(Box::new(context.form(title, fields, finish)))
}

fn facts(draft: &CustomerDraft, context: Context<'_>) -> [Field; 6] {
    let lang = context.lang();
    let main = main_currency(context.book.items());
    let grades = Grade::ALL.iter().map(|grade| lang.grade(*grade));
    let grade = Grade::ALL
        .iter()
        .position(|grade| Some(*grade) == draft.grade);
    let terms = draft.terms_days.map(|days| days.to_string());
    [
        Field::text("name", lang.form_name(), &draft.name).required(),
        Field::text("short_name", lang.form_short_name(), &draft.short_name),
        Field::text("code", lang.form_code(), &draft.code).hinted(lang.form_code_hint()),
        Field::choice("grade", lang.form_grade(), grades, grade),
        Field::amount(
            "credit_limit",
            lang.form_credit_limit(),
            main,
            draft.credit_limit,
        ),
        Field::text("terms", lang.form_terms(), &terms.unwrap_or_default())
            .hinted(lang.form_days_hint()),
    ]
}

fn particulars(draft: &CustomerDraft, lang: Lang) -> [Field; 7] {
    [
        Field::text(
            "invoice_title",
            lang.form_invoice_title(),
            &draft.invoice_title,
        ),
        Field::text("tax_no", lang.form_tax_no(), &draft.tax_no),
        Field::text("bank", lang.form_bank(), &draft.bank),
        Field::text(
            "bank_account",
            lang.form_bank_account(),
            &draft.bank_account,
        ),
        Field::text("address", lang.form_address(), &draft.address),
        Field::text("phone", lang.form_phone(), &draft.phone),
        Field::text("notes", lang.form_note(), &draft.notes),
    ]
}

fn person(draft: &ContactDraft, lang: Lang) -> [Field; 6] {
    let channels = Channel::ALL.iter().map(|channel| lang.channel(*channel));
    let channel = Channel::ALL.iter().position(|c| Some(*c) == draft.channel);
    [
        Field::text("contact_name", lang.form_person_name(), &draft.name),
        Field::text("contact_role", lang.form_role(), &draft.role),
        Field::text("contact_phone", lang.form_mobile(), &draft.phone),
        Field::text("contact_email", lang.form_email(), &draft.email),
        Field::text("contact_wechat", lang.form_wechat(), &draft.wechat),
        Field::choice("contact_channel", lang.form_preferred(), channels, channel),
    ]
}

fn read(values: &Values, known: CustomerDraft, lang: Lang) -> Result<CustomerDraft, Refusal> {
    Ok(CustomerDraft {
        code: values.text("code"),
        name: values.text("name"),
        short_name: values.text("short_name"),
        invoice_title: values.text("invoice_title"),
        tax_no: values.text("tax_no"),
        bank: values.text("bank"),
        bank_account: values.text("bank_account"),
        address: values.text("address"),
        phone: values.text("phone"),
        grade: values.choice_of("grade", Grade::ALL),
        credit_limit: values.amount("credit_limit"),
        terms_days: whole(values, ("terms", u16::MAX), lang)?,
        notes: values.text("notes"),
        ..known
    })
}

fn read_person(values: &Values, id: Option<ContactId>) -> ContactDraft {
    ContactDraft {
        id,
        name: values.text("contact_name"),
        role: values.text("contact_role"),
        phone: values.text("contact_phone"),
        email: values.text("contact_email"),
        wechat: values.text("contact_wechat"),
        channel: values.choice_of("contact_channel", Channel::ALL),
    }
}
