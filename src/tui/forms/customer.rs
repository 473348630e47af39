//! Who owes: its facts, with a first contact where it is new, and the choice what of it to edit.

use chrono::Datelike;

use super::context::choose;
use super::{Answer, Context, Recording, person};
use crate::domain::change::{Change, ContactDraft, CustomerDraft};
use crate::domain::ids::{ContactId, CustomerId};
use crate::domain::violation::Field as Part;
use crate::report::figures::main_currency;
use crate::text::Lang;
use crate::tui::widgets::form::{Field, Fields, Values, Why, Wrong};
use crate::tui::widgets::picker::{Pick, Picker};

/// What of a customer is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edited {
    Facts,
    Contact(ContactId),
    NewContact,
}

/// The form for a new customer, with a first contact.
pub(super) fn add(cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let code = cx.store.next_customer_code(cx.today.year())?;
    let blank = CustomerDraft { code, ..CustomerDraft::default() };
    let mut fields = Fields::default();
    let facts = facts(&mut fields, &blank, cx);
    fields.note(lang.form_first_contact());
    let (name, person) = person::fields(&mut fields, &ContactDraft::default(), false, cx);
    let particulars = particulars(&mut fields, &blank, lang);
    Ok(cx.open(lang.form_new_customer(), fields, move |values| {
        let mut draft = facts(values, particulars(values, CustomerDraft::default())?)?;
        let person = person(values)?;
        if person != ContactDraft::default() {
            if person.name.is_empty() {
                return Err(name.wrong(Why::Missing));
            }
            draft.contacts.push(person);
        }
        Ok(Change::AddCustomer(draft))
    }))
}

/// The choice between the customer's facts, its contacts, and a new contact.
pub(super) fn respond(id: CustomerId, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let draft = cx.store.customer_draft(id)?;
    let contact = |contact: &ContactDraft| {
        let aside = format!("{} {}", contact.role, contact.phone);
        let edited = Edited::Contact(contact.id?);
        Some(Pick::new(edited, &contact.name, aside.trim()))
    };
    let facts = Pick::new(Edited::Facts, lang.form_customer_facts(), &draft.code);
    let mut picks = vec![facts];
    picks.extend(draft.contacts.iter().filter_map(contact));
    picks.push(Pick::new(Edited::NewContact, lang.form_new_contact(), ""));
    let picker = Picker::new(title(&draft, lang), picks);
    Ok(choose(picker, move |edited, cx| match edited {
        Edited::Facts => edit(id, cx),
        Edited::Contact(contact) => person::edit(id, Some(contact), cx),
        Edited::NewContact => person::edit(id, None, cx),
    }))
}

fn title(draft: &CustomerDraft, lang: Lang) -> String {
    format!("{} - {}", Recording::Edit.label(lang), draft.name)
}

fn edit(id: CustomerId, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let known = cx.store.customer_draft(id)?;
    let mut fields = Fields::default();
    let facts = facts(&mut fields, &known, cx);
    let particulars = particulars(&mut fields, &known, lang);
    Ok(cx.open(title(&known, lang), fields, move |values| {
        let draft = facts(values, particulars(values, known.clone())?)?;
        Ok(Change::EditCustomer(id, draft))
    }))
}

/// Adds fields, and reads them into a draft.
fn facts(
    fields: &mut Fields,
    draft: &CustomerDraft,
    cx: Context<'_>,
) -> impl Fn(&Values, CustomerDraft) -> Result<CustomerDraft, Wrong> + use<> {
    let lang = cx.lang();
    let name = Field::text(lang.form_name(), &draft.name).required();
    let name = fields.add(name.about(Part::Name));
    let short_name = fields.add(Field::text(lang.form_short_name(), &draft.short_name));
    let code = fields.add(cx.code(&draft.code, draft.name.is_empty()));
    let grade = fields.add(cx.choice(lang.form_grade(), draft.grade));
    let credit_limit = fields.add(Field::amount(
        lang.form_credit_limit(),
        main_currency(cx.portfolio.items(), &cx.portfolio.policy),
        draft.credit_limit,
    ));
    let terms = Field::number(lang.form_terms(), u16::MAX, draft.terms_days);
    let terms = fields.add(terms.hinted(lang.form_days_hint()));
    move |values, draft| {
        Ok(CustomerDraft {
            name: values.get(&name)?,
            short_name: values.get(&short_name)?,
            code: values.get(&code)?,
            grade: values.get(&grade)?,
            credit_limit: values.get(&credit_limit)?,
            terms_days: values.get(&terms)?,
            ..draft
        })
    }
}

/// What invoices need, likewise.
fn particulars(
    fields: &mut Fields,
    draft: &CustomerDraft,
    lang: Lang,
) -> impl Fn(&Values, CustomerDraft) -> Result<CustomerDraft, Wrong> + use<> {
    let invoice_title = fields.add(Field::text(lang.form_invoice_title(), &draft.invoice_title));
    let tax_no = fields.add(Field::text(lang.form_tax_no(), &draft.tax_no));
    let bank = fields.add(Field::text(lang.form_bank(), &draft.bank));
    let bank_account = fields.add(Field::text(lang.form_bank_account(), &draft.bank_account));
    let address = fields.add(Field::text(lang.form_address(), &draft.address));
    let phone = fields.add(Field::text(lang.form_phone(), &draft.phone));
    let notes = fields.add(Field::text(lang.form_note(), &draft.notes));
    move |values, draft| {
        Ok(CustomerDraft {
            invoice_title: values.get(&invoice_title)?,
            tax_no: values.get(&tax_no)?,
            bank: values.get(&bank)?,
            bank_account: values.get(&bank_account)?,
            address: values.get(&address)?,
            phone: values.get(&phone)?,
            notes: values.get(&notes)?,
            ..draft
        })
    }
}
