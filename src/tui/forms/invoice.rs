//! A bill over one or several milestones of one customer.

use super::{Answer, Context};
use crate::domain::change::{Change, InvoiceDraft};
use crate::domain::item::Item;
use crate::domain::kinds::InvoiceKind;
use crate::domain::rules;
use crate::domain::violation::{Field as Part, Violation};
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Bound, Field, Fields, LineDraft};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    SameDay,
    OtherDay,
    NotYet,
}

pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let (lang, today) = (cx.lang(), cx.today);
    let items = cx.items(&selection.milestones)?;
    let currency = cx.one_currency(&items, selection)?;
    let labels = cx.labels(&items.iter().collect::<Vec<_>>())?;
    let draft = |(item, label): (&Item, String)| LineDraft {
        id: item.id,
        label,
        open: item.amount.saturating_sub(item.invoiced).max(0),
        proposed: true,
    };
    let drafts = items.iter().zip(labels).map(draft).collect();
    let sent = |sent| match sent {
        Sent::SameDay => lang.form_sent_same(),
        Sent::OtherDay => lang.form_sent_other(),
        Sent::NotYet => lang.form_unsent(),
    };
    let mut fields = Fields::default();
    let number = fields.add(Field::text(lang.form_number(), "").about(Part::Number));
    let issued_on = fields.add(cx.day(lang.form_issued_on()));
    let lines = Field::lines(lang.form_billed(), Bound::Free, currency, drafts);
    let lines = fields.add(lines.hinted(lang.form_billed_hint()));
    let kind = fields.add(
        Field::choice(
            lang.form_invoice_kind(),
            InvoiceKind::ALL,
            |kind| lang.invoice_kind(kind),
            InvoiceKind::ALL.first().copied(),
        )
        .required(),
    );
    let ways = [Sent::SameDay, Sent::OtherDay, Sent::NotYet];
    let sent = Field::choice(lang.form_sent(), &ways, sent, Some(Sent::SameDay));
    let sent = fields.add(sent.required());
    let sent_on = cx.day(lang.form_sent_on()).shown_if(&sent, Sent::OtherDay);
    let sent_on = fields.add(sent_on);
    let received_on = Field::past(lang.form_received_on(), None);
    let received_on = fields.add(received_on.hinted(lang.form_received_hint()));
    let title = cx.title(lang.form_invoice(), &items)?;
    Ok(cx.open(title, fields, move |values| {
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
            lines: amounts.into_iter().map(|(id, n)| (id, Some(n))).collect(),
        };
        received_on.check(rules::invoice_days(&draft, today))?;
        Ok(Change::Invoice(draft))
    }))
}
