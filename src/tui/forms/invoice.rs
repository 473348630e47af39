//! A bill over one or several milestones of one customer.

use super::context::Vocabulary;
use super::{Answer, Context};
use crate::domain::change::{Change, InvoiceDraft};
use crate::domain::ids::MilestoneId;
use crate::domain::item::{Gates, Item};
use crate::domain::kinds::InvoiceKind;
use crate::domain::money;
use crate::domain::rules;
use crate::domain::violation::{Field as Part, Violation};
use crate::text::Lang;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Bound, Field, Fields};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    SameDay,
    OtherDay,
    NotYet,
}

impl Vocabulary for Sent {
    const WORDS: &'static [Self] = &[Self::SameDay, Self::OtherDay, Self::NotYet];

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::SameDay => lang.form_sent_same(),
            Self::OtherDay => lang.form_sent_other(),
            Self::NotYet => lang.form_unsent(),
        }
    }
}

pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let (lang, today) = (cx.lang(), cx.today);
    let items = cx.items(&selection.milestones)?;
    // What is billed in full and lies here is to be sent.
    let lies_here = |item: &Item| item.invoiced >= item.amount && item.gates.closed(Gates::SEND);
    if !items.is_empty() && items.iter().all(lies_here) {
        return send(items, cx);
    }
    let currency = cx.one_currency(&items, selection)?;
    let drafts = cx.lines(&items, unbilled)?;
    let mut fields = Fields::default();
    let number = fields.add(Field::text(lang.form_number(), "").about(Part::Number));
    let issued_on = fields.add(cx.day(lang.form_issued_on()));
    let lines = Field::lines(lang.form_billed(), Bound::Free, currency, drafts);
    let lines = fields.add(lines.hinted(lang.form_billed_hint()));
    let kind = cx.choice(lang.form_invoice_kind(), Some(InvoiceKind::Special));
    let kind = fields.add(kind.required());
    let sent = cx.choice(lang.form_sent(), Some(Sent::SameDay));
    let sent = fields.add(sent.required());
    let sent_on = cx.day(lang.form_sent_on());
    let sent_on = fields.add(sent_on.shown_if(&sent, Sent::OtherDay));
    let received_on = Field::past(lang.form_received_on(), None);
    let received_on = fields.add(received_on.hinted(lang.form_received_hint()));
    let title = cx.title(lang.form_invoice(), &items)?;
    let asked = lines.clone();
    let form = cx.form(title, fields, move |values| {
        let amounts = values.get(&lines)?;
        if amounts.is_empty() {
            return Err(Violation::Empty(Part::Amount).into());
        }
        let issued_on = values.get(&issued_on)?;
        let draft = InvoiceDraft {
            number: values.get(&number)?,
            kind: values.get(&kind)?,
            issued_on,
            sent_on: match values.get(&sent)? {
                Sent::SameDay => Some(issued_on),
                Sent::OtherDay => Some(values.get(&sent_on)?),
                Sent::NotYet => None,
            },
            received_on: values.get(&received_on)?,
            reverses: None,
            above: true,
            lines: amounts.into_iter().map(|(id, n)| (id, Some(n))).collect(),
        };
        received_on.check(rules::invoice_days(&draft, today))?;
        Ok(Change::Invoice(draft))
    });
    Ok(Effect::open(form.asking(move |values| {
        let amounts = values.get(&asked).ok()?;
        let left = |id| items.iter().find(|item| item.id == id).map(unbilled);
        let above = |(id, amount): &(MilestoneId, i64)| left(*id).filter(|left| amount > left);
        let left = amounts.iter().find_map(above)?;
        Some(lang.form_above_sure(&money::with_symbol(left, currency)))
    })))
}

/// What is left to invoice, minor units.
fn unbilled(item: &Item) -> i64 {
    item.amount.saturating_sub(item.invoiced).max(0)
}

/// The day invoices that lay here went out, and the day they were signed for.
fn send(items: Vec<Item>, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let mut fields = Fields::default();
    let sent_on = fields.add(cx.day(lang.form_sent_on()));
    let received_on = Field::past(lang.form_received_on(), None);
    let received_on = fields.add(received_on.hinted(lang.form_received_hint()));
    let title = cx.title(lang.form_send_invoice(), &items)?;
    Ok(cx.open(title, fields, move |values| {
        let (sent, received) = (values.get(&sent_on)?, values.get(&received_on)?);
        received_on.check(rules::not_before(received, sent))?;
        Ok(Change::SendInvoices {
            milestones: items.iter().map(|item| item.id).collect(),
            sent_on: Some(sent),
            received_on: received,
        })
    }))
}
