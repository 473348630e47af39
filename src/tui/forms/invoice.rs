//! A bill over one or several milestones of one customer.

use chrono::NaiveDate;

use super::context::Vocabulary;
use super::{Answer, Context};
use crate::domain::active_invoices::reversible;
use crate::domain::change::{Change, InvoiceDraft, TimelineEvent, Voidable};
use crate::domain::facts::Facts;
use crate::domain::ids::{InvoiceId, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::InvoiceKind;
use crate::domain::tax::{BadTaxRate, TaxRate};
use crate::domain::violation::{Field as Part, Violation};
use crate::domain::{money, rules};
use crate::error::Error;
use crate::text::Lang;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Bound, Field, Fields, Values};
use crate::tui::widgets::picker::Pick;

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

/// What is done about invoices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Send,
    Issue,
}

impl Vocabulary for Act {
    const WORDS: &'static [Self] = &[Self::Send, Self::Issue];

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Send => lang.form_send(),
            Self::Issue => lang.form_issue(),
        }
    }
}

/// A new invoice, or what became of those there are: that they went out, or were signed for. It begins with that where
/// nothing is left to invoice.
pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let (lang, today) = (cx.lang(), cx.today);
    let items = cx.items(&selection.milestones)?;
    let currency = cx.one_currency(&items, selection)?;
    let facts = items.iter().map(|item| cx.store.facts(item.id));
    let facts = facts.collect::<Result<Vec<Facts>, _>>()?;
    let only: Vec<InvoiceId> = selection.invoice.into_iter().collect();
    let open = |sent: Option<NaiveDate>, received: Option<NaiveDate>| {
        let only = only.clone();
        move |of: &Facts| rules::send_invoices(of, &only, sent, received, today).is_ok()
    };
    let (lie_here, can_send) = (
        facts.iter().any(open(Some(today), None)),
        !facts.is_empty() && facts.iter().all(open(None, Some(today))),
    );
    let is_billed = items.iter().all(|item| unbilled(item) == 0);
    let sends = can_send && (is_billed || selection.invoice.is_some());

    let mut fields = Fields::default();
    let first = if sends { Act::Send } else { Act::Issue };
    let act = cx.choice(lang.form_act(), Some(first));
    let act = can_send.then(|| fields.add(act.required()));
    let issue = act.as_ref();
    let number = Field::text(lang.form_number(), "").about(Part::Number);
    let number = fields.add(number.shown_if(issue, Act::Issue));
    let issued_on = fields.add(cx.day(lang.form_issued_on()).shown_if(issue, Act::Issue));
    let bills = bills(&facts, cx)?;
    let rates = cx.store.invoices(&bills.iter().map(|pick| pick.value).collect::<Vec<_>>())?;
    let rates: Vec<(InvoiceId, Option<TaxRate>)> =
        rates.iter().map(|bill| (bill.head.id, bill.head.tax_rate)).collect();
    let taken = selection.invoice.filter(|id| bills.iter().any(|pick| pick.value == *id));
    let takes_back = (!bills.is_empty()).then(|| {
        let field = Field::pick(lang.form_takes_back(), bills, taken);
        fields.add(field.hinted(lang.form_takes_back_hint()).shown_if(issue, Act::Issue))
    });
    let proposed = cx.lines(&items, unbilled)?;
    let (back, of) = (takes_back.clone(), facts.clone());
    let left: Vec<i64> = items.iter().map(unbilled).collect();
    // A red invoice takes back what stands of the bill it names.
    let follows = move |values: &Values| {
        let bill = back.as_ref().and_then(|bill| values.get(bill).ok().flatten());
        match bill {
            Some(_) => of.iter().map(|of| -reversible(of, today, bill)).collect(),
            None => left.clone(),
        }
    };
    let bound = Bound::Follows(Box::new(follows));
    let lines = Field::lines(lang.form_billed(), bound, currency, proposed);
    let lines = lines.hinted(lang.form_billed_hint()).shown_if(issue, Act::Issue);
    let lines = fields.add(lines);
    let kind = cx.choice(lang.form_invoice_kind(), Some(InvoiceKind::Special));
    let kind = fields.add(kind.required().shown_if(issue, Act::Issue));
    let usual = items.first().map(|item| item.id);
    let usual = cx.store.usual_tax_rate(InvoiceKind::Special, usual, None)?;
    let usual = usual.map_or_else(String::new, |rate| rate.to_string());
    let tax_rate = Field::text(lang.form_tax_rate(), &usual).hinted(lang.form_tax_rate_hint());
    let (issuing, of_kind) = (act.clone(), kind.clone());
    // A receipt has none.
    let tax_rate = fields.add(tax_rate.shown_when(move |values| {
        let act = issuing.as_ref().map_or(Some(Act::Issue), |act| values.get(act).ok());
        act == Some(Act::Issue) && values.get(&of_kind).ok() != Some(InvoiceKind::Receipt)
    }));
    let (only, typed) = (only.clone(), usual.clone());
    let sent = cx.choice(lang.form_sent(), Some(Sent::SameDay));
    let sent = fields.add(sent.required().shown_if(issue, Act::Issue));
    let sent_on = cx.day(lang.form_sent_on());
    let sent_on = fields.add(sent_on.shown_if(&sent, Sent::OtherDay));
    let went_out = issue.filter(|_| lie_here).map(|act| {
        let field = cx.day(lang.form_sent_on());
        fields.add(field.shown_if(act, Act::Send))
    });
    let received_on = Field::past(lang.form_received_on(), None);
    let received_on = fields.add(received_on.hinted(lang.form_received_hint()));
    match (&went_out, sends) {
        (Some(went_out), true) => fields.focus(went_out),
        (None, true) => fields.focus(&received_on),
        (_, false) => fields.focus(&number),
    }
    let what = if sends { lang.form_send_invoice() } else { lang.form_invoice() };
    let title = cx.title(what, &items)?;
    let (asked, milestones) = (lines.clone(), selection.milestones.clone());
    let form = cx.form(title, fields, move |values| {
        if act.as_ref().map(|act| values.get(act)).transpose()? == Some(Act::Send) {
            let sent_on = went_out.as_ref().map(|day| values.get(day)).transpose()?;
            let received = values.get(&received_on)?;
            if sent_on.or(received).is_none() {
                return Err(received_on.wrong(Violation::Empty(Part::Date)));
            }
            for of in &facts {
                received_on.check(rules::send_invoices(of, &only, sent_on, received, today))?;
            }
            let (milestones, invoices) = (milestones.clone(), only.clone());
            return Ok(Change::SendInvoices {
                milestones,
                invoices,
                sent_on,
                received_on: received,
            });
        }
        let amounts = values.get(&lines)?;
        if amounts.is_empty() {
            return Err(Violation::Empty(Part::Amount).into());
        }
        let issued_on = values.get(&issued_on)?;
        let reverses = match &takes_back {
            Some(bill) => values.get(bill)?,
            None => None,
        };
        let kind = values.get(&kind)?;
        let rate = match kind {
            InvoiceKind::Receipt => String::new(),
            InvoiceKind::Special | InvoiceKind::Ordinary | InvoiceKind::Other => {
                values.get(&tax_rate)?
            }
        };
        // Left as it was proposed, a red invoice has the rate of the bill it takes back.
        let of_bill = rates.iter().find(|(id, _)| Some(*id) == reverses && rate == typed);
        let of_bill = of_bill.filter(|_| kind != InvoiceKind::Receipt);
        let draft = InvoiceDraft {
            number: values.get(&number)?,
            kind,
            issued_on,
            sent_on: match values.get(&sent)? {
                Sent::SameDay => Some(issued_on),
                Sent::OtherDay => Some(values.get(&sent_on)?),
                Sent::NotYet => None,
            },
            received_on: values.get(&received_on)?,
            tax_rate: match (of_bill, rate.trim()) {
                (Some((_, rate)), _) => *rate,
                (None, "") => None,
                (None, rate) => Some(
                    rate.parse()
                        .map_err(|BadTaxRate(found)| tax_rate.wrong(lang.bad_tax_rate(&found)))?,
                ),
            },
            reverses,
            above: true,
            again: false,
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

/// The invoices of these milestones of which a red one can take something back, newest first.
fn bills(facts: &[Facts], cx: Context<'_>) -> Result<Vec<Pick<InvoiceId>>, Error> {
    let mut picks: Vec<Pick<InvoiceId>> = Vec::new();
    for one in facts {
        for entry in cx.store.timeline(one.id)? {
            if let (Some(Voidable::Invoice(id)), TimelineEvent::Invoiced { number, amount, .. }) =
                (entry.entry, &entry.event)
                && picks.iter().all(|pick| pick.value != id)
                && reversible(one, cx.today, Some(id)) > 0
            {
                let amount = money::with_symbol(*amount, one.project.currency);
                let called = if number.is_empty() { id.to_string() } else { number.clone() };
                picks.push(Pick::new(id, called, format!("{}  {amount}", entry.on)));
            }
        }
    }
    Ok(picks)
}

/// What is left to invoice, minor units.
fn unbilled(item: &Item) -> i64 {
    item.amount.saturating_sub(item.invoiced).max(0)
}
