//! A customer's figures, and how it was dealt with, in lines above its list.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::dunning;
use crate::domain::ids::CustomerId;
use crate::domain::promise::PromiseState;
use crate::error::Result;
use crate::report::debtors::{Debt, Debtor};
use crate::tui::data::Ledger;
use crate::tui::screen::Cx;
use crate::tui::theme::Ui;
use crate::tui::widgets::text::{Line, Styled, pairs};

use super::dealings::Dealings;

type Pair = (&'static str, Styled);

/// The lines for a screen of this size: the list keeps at least half of it.
pub fn lines(
    id: CustomerId,
    debtor: Option<&Debtor>,
    dealings: &Dealings,
    area: Rect,
    cx: &Cx<'_>,
) -> Result<Vec<Line>> {
    let room = usize::from(area.width).saturating_sub(2);
    let mut lines = figures(id, debtor, dealings, room, cx)?;
    lines.truncate(usize::from(area.height / 2).max(3));
    Ok(lines)
}

/// What is owed, and how it was dealt with, in lines of so many cells.
pub fn figures(
    id: CustomerId,
    debtor: Option<&Debtor>,
    dealings: &Dealings,
    room: usize,
    cx: &Cx<'_>,
) -> Result<Vec<Line>> {
    let (ledger, ui) = (&*cx.ledger, cx.ui);
    let mut all = Vec::new();
    if let Some(debtor) = debtor {
        let heat = ui.theme.heat(debtor.oldest_late);
        for debt in &debtor.debts {
            all.extend(owed(debt, heat, dealings.draft.credit_limit, ledger, ui)?);
        }
    }
    all.extend(dealt(id, debtor, dealings, ledger, ui));
    Ok(pairs(&all, room, ui.theme.dim()))
}

pub fn title(dealings: &Dealings, ui: Ui) -> String {
    let (draft, lang) = (&dealings.draft, ui.lang);
    let short = Some(&draft.short_name).filter(|name| !name.is_empty() && **name != draft.name);
    let grade = draft.grade.map(|grade| format!("{} {}", lang.grade_word(), lang.grade(grade)));
    let terms = draft.terms_days;
    let terms = terms.map(|days| format!("{} {}", lang.terms_word(), lang.days(days.into())));
    let name = format!("{} {}", draft.code, draft.name);
    let pieces = [Some(name), short.cloned(), grade, terms];
    pieces.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

/// The figures that are not zero, the overdue one in `heat`.
fn owed(
    debt: &Debt,
    heat: Style,
    limit: Option<i64>,
    ledger: &Ledger,
    ui: Ui,
) -> Result<Vec<Pair>> {
    let (lang, text) = (ui.lang, ui.theme.text());
    let limit = limit.filter(|_| debt.currency == ledger.digest.main);
    let exposure = debt.exposure()?;
    let amounts = [
        (lang.receivable_word(), debt.receivable, text),
        (lang.overdue_word(), debt.overdue, heat),
        (lang.promised_word(), debt.promised, text),
        (lang.disputed_word(), debt.disputed, text),
        (lang.unapplied(), debt.unapplied, text),
        (lang.planned_money(), debt.planned, text),
        (lang.exposure_word(), limit.map_or(0, |_| exposure), text),
    ];
    let amounts = amounts.into_iter().filter(|(word, minor, _)| {
        // What is owed is said even where it is nothing.
        *minor != 0 || *word == lang.receivable_word()
    });
    let show = |minor| ledger.signed(minor, debt.currency);
    let pair = |(word, minor, style)| (word, (show(minor), style));
    let mut pairs: Vec<Pair> = amounts.map(pair).collect();
    pairs.extend(limit.map(|limit| {
        let over = if exposure > limit { lang.over_limit() } else { "" };
        (lang.limit_word(), (lang.commas([show(limit), over.to_owned()]), text))
    }));
    Ok(pairs)
}

/// When it was last contacted, and how it keeps its word.
fn dealt(
    id: CustomerId,
    debtor: Option<&Debtor>,
    dealings: &Dealings,
    ledger: &Ledger,
    ui: Ui,
) -> Vec<Pair> {
    let (lang, portfolio, today) = (ui.lang, &ledger.portfolio, ledger.today());
    let last = debtor.and_then(|debtor| debtor.last_touch);
    let last = last.map_or_else(|| lang.none_word().to_owned(), |last| lang.day(last, today));
    let days = portfolio.customers.touches.get(&id);
    let guard = days.and_then(|days| dunning::guard(days, today, &portfolio.policy));
    let guard = match guard {
        Some(until) => lang.guard_until(&lang.day(until, today)),
        None => lang.guard_free().to_owned(),
    };
    let text = ui.theme.text();
    let mut pairs = vec![(lang.touched_word(), (lang.commas([last, guard]), text))];
    let [kept, broken, pending] = [PromiseState::Kept, PromiseState::Broken, PromiseState::Pending]
        .map(|state| dealings.promised(state));
    if kept + broken + pending > 0 {
        let judged = lang.promises_judged(kept, broken, pending);
        pairs.push((lang.promises_word(), (judged, text)));
    }
    pairs
}
