//! A bill over one or several milestones of one customer.

use super::about::say;
use super::refusal::at;
use super::{Context, Subject};
use crate::domain::change::{Change, InvoiceDraft};
use crate::domain::date_input::Leaning;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::kinds::InvoiceKind;
use crate::domain::violation::{Field as Part, Violation};
use crate::error::Result;
use crate::text::Lang;
use crate::tui::desk::{Refusal, Response};
use crate::tui::forms::{Field, Finish, Kind, LineDraft, Lines, Values};
use crate::tui::widgets::list::RowId;

/// Places of the choice when it went out.
const SAME_DAY: usize = 0;
const OTHER_DAY: usize = 1;

/// The form for an invoice.
pub(super) fn respond(subject: &Subject, context: Context<'_>) -> Result<Response> {
    let lang = context.lang();
    let items = context.items(&subject.milestones)?;
    let Some(first) = items.first() else {
        return Ok(say(lang.why_not_milestone()));
    };
    if let Err(why) = context.one_customer(&items, subject) {
        return Ok(say(why));
    }
    let currency = first.currency;
    if items.iter().any(|item| item.currency != currency) {
        return Ok(say(lang.form_two_currencies()));
    }
    let labels = context.labels(&items.iter().collect::<Vec<_>>())?;
    let draft = |(item, label): (&Item, String)| LineDraft {
        id: RowId(item.id.0),
        label,
        open: item.amount.saturating_sub(item.invoiced).max(0),
        proposed: true,
    };
    let lines = Lines::free(currency, items.iter().zip(labels).map(draft).collect());
    let fields = fields(lines, context);
    let title = context.title(lang.form_invoice(), &items)?;
    let finish: Finish = Box::new(move |values| finish(values, lang));
    Ok(Response::Form(Box::new(
        context.form(title, fields, finish),
    )))
}

fn fields(lines: Lines, context: Context<'_>) -> Vec<Field> {
    let lang = context.lang();
    let kinds = InvoiceKind::ALL.iter().map(|kind| lang.invoice_kind(*kind));
    let sent = [
        lang.form_sent_same(),
        lang.form_sent_other(),
        lang.form_unsent(),
    ];
    vec![
        Field::text("number", lang.form_number(), ""),
        Field::day(
            "on",
            lang.form_issued_on(),
            Leaning::Past,
            Some(context.today),
        )
        .required(),
        Field::new("amount", lang.form_billed(), Kind::Lines(lines))
            .hinted(lang.form_billed_hint()),
        Field::choice("kind", lang.form_invoice_kind(), kinds, Some(0)).required(),
        Field::choice("sent", lang.form_sent(), sent, Some(SAME_DAY)).required(),
        Field::day(
            "sent_on",
            lang.form_sent_on(),
            Leaning::Past,
            Some(context.today),
        )
        .required()
        .shown_if("sent", OTHER_DAY),
        Field::day("received_on", lang.form_received_on(), Leaning::Past, None)
            .hinted(lang.form_received_hint()),
    ]
}

fn finish(values: &Values, lang: Lang) -> Result<Change, Refusal> {
    let issued_on = values
        .day("on")
        .ok_or_else(|| at("on", lang.form_required()))?;
    let lines = values.lines("amount").into_iter();
    let lines: Vec<_> = lines.map(|(id, n)| (MilestoneId(id.0), Some(n))).collect();
    if lines.is_empty() {
        return Err(at(
            "amount",
            lang.violation(&Violation::Empty(Part::Amount)),
        ));
    }
    let received_on = values.day("received_on");
    if let Some(day) = received_on.filter(|day| *day < issued_on) {
        let early = Violation::TooEarly {
            day,
            earliest: issued_on,
        };
        return Err(at("received_on", lang.violation(&early)));
    }
    let sent_on = match values.choice("sent") {
        Some(SAME_DAY) => Some(issued_on),
        Some(OTHER_DAY) => values.day("sent_on"),
        _ => None,
    };
    Ok(Change::Invoice(InvoiceDraft {
        number: values.text("number"),
        kind: values
            .choice_of("kind", InvoiceKind::ALL)
            .unwrap_or(InvoiceKind::Special),
        issued_on,
        sent_on,
        received_on,
        lines,
    }))
}
