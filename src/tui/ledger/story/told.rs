//! What happened, one line each.

use iso_currency::Currency;
use ratatui::style::Style;

use crate::domain::kinds::TouchKind;
use crate::store::{Happening, What};
use crate::text::Lang;
use crate::text::width::clean;
use crate::tui::look::Look;

use super::super::data::Ledger;

/// The day, who recorded it, and what it was.
pub fn line(
    happening: &Happening,
    (currency, ledger): (Currency, &Ledger),
    look: Look,
) -> (String, Style) {
    let theme = look.theme;
    let style = match &happening.what {
        What::Paid { .. } | What::Accepted => theme.good(),
        What::Disputed { .. } | What::Reversed { .. } | What::WrittenOff { .. } => theme.bad(),
        What::Promised { .. } | What::Held { .. } => theme.warn(),
        _ => theme.text(),
    };
    let what = what(&happening.what, (currency, ledger), look);
    let who = happening.who.as_deref().map(|who| format!("  [{who}]"));
    let line = format!("{}  {what}{}", happening.on, who.unwrap_or_default());
    (clean(&line).into_owned(), style)
}

fn what(what: &What, (currency, ledger): (Currency, &Ledger), look: Look) -> String {
    let (lang, today) = (look.lang, ledger.today());
    let money = |minor: i64| ledger.signed(minor, currency);
    let day = |day| lang.day(day, today);
    match what {
        What::Agreed { amount } => lang.told_agreed(&money(*amount)),
        What::Delivered => lang.told_delivered().to_owned(),
        What::Accepted => lang.told_accepted().to_owned(),
        What::Invoiced {
            number,
            kind,
            amount,
            sent_on,
            received_on,
        } => said(
            [
                lang.told_invoiced(number, lang.invoice_kind(*kind), &money(*amount)),
                sent_on
                    .map(|on| lang.told_sent(&day(on)))
                    .unwrap_or_default(),
                received_on
                    .map(|on| lang.told_received(&day(on)))
                    .unwrap_or_default(),
            ],
            lang,
        ),
        What::Paid {
            amount,
            method,
            payer,
            ..
        } => said(
            [
                lang.told_paid(&money(*amount), lang.method(*method)),
                payer.clone(),
            ],
            lang,
        ),
        What::Reversed { amount, reason, .. } => {
            said([lang.told_reversed(&money(*amount)), reason.clone()], lang)
        }
        What::Touched { .. } => touched(what, look, day),
        What::Promised { amount, pay_by } => lang.told_promised(&money(*amount), &day(*pay_by)),
        What::Disputed {
            amount,
            reason,
            owner,
        } => said(
            [
                lang.told_disputed().to_owned(),
                amount.map(money).unwrap_or_default(),
                reason.clone(),
                owner.clone(),
            ],
            lang,
        ),
        What::Resolved { resolution } => {
            said([lang.told_resolved().to_owned(), resolution.clone()], lang)
        }
        What::Rescheduled { from, to, reason } => {
            let from = from.map_or_else(|| "-".to_owned(), day);
            said(
                [lang.told_rescheduled(&from, &day(*to)), reason.clone()],
                lang,
            )
        }
        What::Held { until, reason } => said(
            [
                lang.told_held().to_owned(),
                until
                    .map(|on| lang.told_until(&day(on)))
                    .unwrap_or_default(),
                reason.clone(),
            ],
            lang,
        ),
        What::Released => lang.told_released().to_owned(),
        What::WrittenOff { amount, reason } => said(
            [lang.told_written_off(&money(*amount)), reason.clone()],
            lang,
        ),
    }
}

/// One contact: how, what for, with whom, what came of it.
fn touched(what: &What, look: Look, day: impl Fn(chrono::NaiveDate) -> String) -> String {
    let What::Touched {
        channel,
        kind,
        step,
        outcome,
        cause,
        contact,
        note,
        next_on,
    } = what
    else {
        return String::new();
    };
    let lang = look.lang;
    let purpose = match (kind, step) {
        (TouchKind::Dunning, Some(step)) => lang.step(*step),
        _ => lang.touch_kind(*kind),
    };
    said(
        [
            channel
                .map(|channel| lang.channel(channel).to_owned())
                .unwrap_or_default(),
            purpose.to_owned(),
            contact.clone().unwrap_or_default(),
            outcome
                .map(|outcome| lang.outcome(outcome).to_owned())
                .unwrap_or_default(),
            cause
                .map(|cause| lang.cause(cause).to_owned())
                .unwrap_or_default(),
            note.clone(),
            next_on
                .map(|on| lang.told_next(&day(on)))
                .unwrap_or_default(),
        ],
        lang,
    )
}

/// What is not empty, with commas.
fn said<const N: usize>(texts: [String; N], lang: Lang) -> String {
    let said = texts.into_iter().filter(|text| !text.trim().is_empty());
    said.collect::<Vec<_>>().join(lang.and())
}
