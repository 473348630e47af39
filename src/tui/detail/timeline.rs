//! What happened, one line each.

use chrono::NaiveDate;
use iso_currency::Currency;
use ratatui::style::Modifier;

use crate::domain::kinds::TouchKind;
use crate::store::{TimelineEntry, TimelineEvent};
use crate::text::Lang;
use crate::text::width::clean;
use crate::tui::format::joined;
use crate::tui::screen::Cx;
use crate::tui::widgets::text::Styled;

/// The day, who recorded it, and what it was.
pub fn line(entry: &TimelineEntry, currency: Currency, cx: &Cx<'_>) -> Styled {
    let theme = cx.ui.theme;
    let style = match &entry.event {
        TimelineEvent::Paid { .. } | TimelineEvent::Accepted => theme.good(),
        TimelineEvent::Disputed { .. }
        | TimelineEvent::Reversed { .. }
        | TimelineEvent::WrittenOff { .. } => theme.bad(),
        TimelineEvent::Promised { .. } | TimelineEvent::Held { .. } => theme.warn(),
        TimelineEvent::Agreed { .. }
        | TimelineEvent::Delivered
        | TimelineEvent::Invoiced { .. }
        | TimelineEvent::Touched { .. }
        | TimelineEvent::Resolved { .. }
        | TimelineEvent::Rescheduled { .. }
        | TimelineEvent::Released => theme.text(),
    };
    let amount = |minor| cx.ledger.signed(minor, currency);
    let what = words(entry, cx.ui.lang, cx.ledger.today(), &amount);
    let style = match entry.voided {
        Some(_) => theme.dim().add_modifier(Modifier::CROSSED_OUT),
        None => style,
    };
    let who = entry.who.as_deref().map(|who| format!("  [{who}]"));
    let line = format!("{}  {what}{}", entry.on, who.unwrap_or_default());
    (clean(&line).into_owned(), style)
}

/// What it was, and why it was voided.
pub fn words(
    entry: &TimelineEntry,
    lang: Lang,
    today: NaiveDate,
    amount: &dyn Fn(i64) -> String,
) -> String {
    let mut parts = Tell { lang, today, amount }.parts(&entry.event);
    parts.extend(entry.voided.as_deref().map(|reason| lang.timeline_voided(reason)));
    joined(parts, lang)
}

struct Tell<'a> {
    lang: Lang,
    today: NaiveDate,
    amount: &'a dyn Fn(i64) -> String,
}

impl Tell<'_> {
    fn amount(&self, minor: i64) -> String {
        (self.amount)(minor)
    }

    fn day(&self, day: NaiveDate) -> String {
        self.lang.day(day, self.today)
    }

    /// A day in a phrase, if there is one.
    fn on(&self, day: Option<NaiveDate>, phrase: fn(Lang, &str) -> String) -> String {
        day.map(|day| phrase(self.lang, &self.day(day))).unwrap_or_default()
    }

    /// What it was, in parts, of which some may be empty.
    fn parts(&self, what: &TimelineEvent) -> Vec<String> {
        let lang = self.lang;
        match what {
            TimelineEvent::Agreed { amount } => vec![lang.timeline_agreed(&self.amount(*amount))],
            TimelineEvent::Delivered => vec![lang.timeline_delivered().to_owned()],
            TimelineEvent::Accepted => vec![lang.timeline_accepted().to_owned()],
            TimelineEvent::Released => vec![lang.timeline_released().to_owned()],
            TimelineEvent::Invoiced { number, kind, amount, sent_on, received_on } => vec![
                lang.timeline_invoiced(number, lang.invoice_kind(*kind), &self.amount(*amount)),
                self.on(*sent_on, Lang::timeline_sent),
                self.on(*received_on, Lang::timeline_received),
            ],
            TimelineEvent::Paid { amount, method, payer, .. } => {
                vec![lang.timeline_paid(&self.amount(*amount), lang.method(*method)), payer.clone()]
            }
            TimelineEvent::Reversed { amount, reason, .. } => {
                vec![lang.timeline_reversed(&self.amount(*amount)), reason.clone()]
            }
            TimelineEvent::WrittenOff { amount, reason } => {
                vec![lang.timeline_written_off(&self.amount(*amount)), reason.clone()]
            }
            TimelineEvent::Promised { amount, pay_by } => {
                vec![lang.timeline_promised(&self.amount(*amount), &self.day(*pay_by))]
            }
            TimelineEvent::Disputed { amount, reason, owner } => vec![
                lang.timeline_disputed().to_owned(),
                amount.map(|minor| self.amount(minor)).unwrap_or_default(),
                reason.clone(),
                owner.clone(),
            ],
            TimelineEvent::Resolved { resolution } => {
                vec![lang.timeline_resolved().to_owned(), resolution.clone()]
            }
            TimelineEvent::Rescheduled { from, to, reason } => {
                let from = from.map_or_else(|| "-".to_owned(), |day| self.day(day));
                vec![lang.timeline_rescheduled(&from, &self.day(*to)), reason.clone()]
            }
            TimelineEvent::Held { until, reason } => vec![
                lang.timeline_held().to_owned(),
                self.on(*until, Lang::timeline_until),
                reason.clone(),
            ],
            // How, what for, with whom, what came of it.
            TimelineEvent::Touched {
                channel,
                kind,
                step,
                outcome,
                cause,
                contact,
                note,
                next_on,
            } => {
                let step = step.filter(|_| *kind == TouchKind::Dunning);
                let purpose = step.map_or_else(|| lang.touch_kind(*kind), |step| lang.step(step));
                let words = [
                    channel.map(|channel| lang.channel(channel)),
                    Some(purpose),
                    contact.as_deref(),
                    outcome.map(|outcome| lang.outcome(outcome)),
                    cause.map(|cause| lang.cause(cause)),
                    Some(note.as_str()),
                ];
                let words = words.into_iter().flatten().map(str::to_owned);
                words.chain([self.on(*next_on, Lang::timeline_next)]).collect()
            }
        }
    }
}
