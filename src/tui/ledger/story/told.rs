//! What happened, one line each.

use chrono::NaiveDate;
use iso_currency::Currency;
use ratatui::style::Style;

use crate::domain::kinds::TouchKind;
use crate::store::{TimelineEntry, TimelineEvent};
use crate::text::Lang;
use crate::text::width::clean;
use crate::tui::look::Look;

use super::super::data::Ledger;

/// The day, who recorded it, and what it was.
pub fn line(
    entry: &TimelineEntry,
    (currency, ledger): (Currency, &Ledger),
    look: Look,
) -> (String, Style) {
    let theme = look.theme;
    let style = match &entry.event {
        TimelineEvent::Paid { .. } | TimelineEvent::Accepted => theme.good(),
        TimelineEvent::Disputed { .. }
        | TimelineEvent::Reversed { .. }
        | TimelineEvent::WrittenOff { .. } => theme.bad(),
        TimelineEvent::Promised { .. } | TimelineEvent::Held { .. } => theme.warn(),
        _ => theme.text(),
    };
    let what = what(&entry.event, (currency, ledger), look);
    let who = entry.who.as_deref().map(|who| format!("  [{who}]"));
    let line = format!("{}  {what}{}", entry.on, who.unwrap_or_default());
    (clean(&line).into_owned(), style)
}

/// What it was, in parts, of which the empty ones are left out.
fn what(what: &TimelineEvent, (currency, ledger): (Currency, &Ledger), look: Look) -> String {
    let tell = Tell {
        currency,
        ledger,
        lang: look.lang,
    };
    let parts = match what {
        TimelineEvent::Touched { .. } => tell.touch(what),
        TimelineEvent::Agreed { .. }
        | TimelineEvent::Invoiced { .. }
        | TimelineEvent::Paid { .. }
        | TimelineEvent::Reversed { .. }
        | TimelineEvent::WrittenOff { .. }
        | TimelineEvent::Promised { .. } => tell.money(what),
        _ => tell.rest(what),
    };
    let said = parts.into_iter().filter(|text| !text.trim().is_empty());
    said.collect::<Vec<_>>().join(look.lang.and())
}

struct Tell<'a> {
    currency: Currency,
    ledger: &'a Ledger,
    lang: Lang,
}

impl Tell<'_> {
    fn amount(&self, minor: i64) -> String {
        self.ledger.signed(minor, self.currency)
    }

    fn day(&self, day: NaiveDate) -> String {
        self.lang.day(day, self.ledger.today())
    }

    /// A day in a phrase, if there is one.
    fn on(&self, day: Option<NaiveDate>, phrase: fn(Lang, &str) -> String) -> String {
        day.map(|day| phrase(self.lang, &self.day(day)))
            .unwrap_or_default()
    }

    fn money(&self, what: &TimelineEvent) -> Vec<String> {
        let lang = self.lang;
        match what {
            TimelineEvent::Agreed { amount } => vec![lang.told_agreed(&self.amount(*amount))],
            TimelineEvent::Invoiced {
                number,
                kind,
                amount,
                sent_on,
                received_on,
            } => vec![
                lang.told_invoiced(number, lang.invoice_kind(*kind), &self.amount(*amount)),
                self.on(*sent_on, Lang::told_sent),
                self.on(*received_on, Lang::told_received),
            ],
            TimelineEvent::Paid {
                amount,
                method,
                payer,
                ..
            } => vec![
                lang.told_paid(&self.amount(*amount), lang.method(*method)),
                payer.clone(),
            ],
            TimelineEvent::Reversed { amount, reason, .. } => {
                vec![lang.told_reversed(&self.amount(*amount)), reason.clone()]
            }
            TimelineEvent::WrittenOff { amount, reason } => {
                vec![lang.told_written_off(&self.amount(*amount)), reason.clone()]
            }
            TimelineEvent::Promised { amount, pay_by } => {
                vec![lang.told_promised(&self.amount(*amount), &self.day(*pay_by))]
            }
            _ => Vec::new(),
        }
    }

    fn rest(&self, what: &TimelineEvent) -> Vec<String> {
        let lang = self.lang;
        match what {
            TimelineEvent::Delivered => vec![lang.told_delivered().to_owned()],
            TimelineEvent::Accepted => vec![lang.told_accepted().to_owned()],
            TimelineEvent::Released => vec![lang.told_released().to_owned()],
            TimelineEvent::Disputed {
                amount,
                reason,
                owner,
            } => vec![
                lang.told_disputed().to_owned(),
                amount.map(|minor| self.amount(minor)).unwrap_or_default(),
                reason.clone(),
                owner.clone(),
            ],
            TimelineEvent::Resolved { resolution } => {
                vec![lang.told_resolved().to_owned(), resolution.clone()]
            }
            TimelineEvent::Rescheduled { from, to, reason } => {
                let from = from.map_or_else(|| "-".to_owned(), |day| self.day(day));
                vec![lang.told_rescheduled(&from, &self.day(*to)), reason.clone()]
            }
            TimelineEvent::Held { until, reason } => vec![
                lang.told_held().to_owned(),
                self.on(*until, Lang::told_until),
                reason.clone(),
            ],
            _ => Vec::new(),
        }
    }

    /// One contact: how, what for, with whom, what came of it.
    fn touch(&self, what: &TimelineEvent) -> Vec<String> {
        let TimelineEvent::Touched {
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
            return Vec::new();
        };
        let lang = self.lang;
        let purpose = match (kind, step) {
            (TouchKind::Dunning, Some(step)) => lang.step(*step),
            _ => lang.touch_kind(*kind),
        };
        let words = [
            channel.map(|channel| lang.channel(channel)),
            Some(purpose),
            contact.as_deref(),
            outcome.map(|outcome| lang.outcome(outcome)),
            cause.map(|cause| lang.cause(cause)),
            Some(note.as_str()),
        ];
        let mut parts: Vec<String> = words.into_iter().flatten().map(str::to_owned).collect();
        parts.push(self.on(*next_on, Lang::told_next));
        parts
    }
}
