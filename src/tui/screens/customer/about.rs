//! A customer's particulars, debts, contacts and how it was dealt with lately, in lines above its list.

use ratatui::layout::Rect;

use crate::domain::change::ContactDraft;
use crate::domain::dunning;
use crate::domain::ids::CustomerId;
use crate::error::Result;
use crate::report::debtors::Debt;
use crate::tui::data::Ledger;
use crate::tui::format;
use crate::tui::screen::Cx;
use crate::tui::theme::Ui;
use crate::tui::widgets::text::{Line, flow, styled};

use super::Facts;

/// The lines for a screen of this width and height: a low one shows what matters for the next call.
pub fn lines(id: CustomerId, facts: &Facts, area: Rect, cx: &Cx<'_>) -> Result<Vec<Line>> {
    let (ledger, ui) = (&*cx.ledger, cx.ui);
    let room = usize::from(area.width).saturating_sub(2);
    let theme = ui.theme;
    let mut lines = Vec::new();
    for debt in facts.debtor.iter().flat_map(|debtor| &debtor.debts) {
        let style = if debt.overdue > 0 { theme.bad() } else { theme.text() };
        lines.extend(flow(styled(debt_pieces(debt, facts, ledger, ui)?, style), 2, room));
    }
    lines.extend(flow(styled(dealings(id, facts, ledger, ui), theme.text()), 2, room));
    let people = facts.draft.contacts.iter().map(|contact| person(contact, ui)).collect();
    let mut people = flow(styled(people, theme.text()), 2, room.saturating_sub(8));
    if let Some(first) = people.first_mut() {
        first.insert(0, (format!("{} ", ui.lang.contacts_word()), theme.text()));
    }
    lines.extend(people);
    if area.height >= 30 {
        lines.extend(flow(styled(particulars(facts, ui), theme.dim()), 2, room));
    }
    // The list keeps at least half of the screen.
    lines.truncate(usize::from(area.height / 2).max(3));
    Ok(lines)
}

pub fn title(facts: &Facts, ui: Ui) -> String {
    let (draft, lang) = (&facts.draft, ui.lang);
    let short = Some(&draft.short_name).filter(|name| !name.is_empty() && **name != draft.name);
    let grade = draft.grade.map(|grade| format!("{} {}", lang.grade_word(), lang.grade(grade)));
    let terms = draft.terms_days;
    let terms = terms.map(|days| format!("{} {}", lang.terms_word(), lang.days(days.into())));
    let name = format!("{} {}", draft.code, draft.name);
    let pieces = [Some(name), short.cloned(), grade, terms];
    pieces.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

fn debt_pieces(debt: &Debt, facts: &Facts, ledger: &Ledger, ui: Ui) -> Result<Vec<String>> {
    let lang = ui.lang;
    let amount = |word: &str, minor: i64| {
        if minor == 0 {
            String::new()
        } else {
            format!("{word} {}", ledger.signed(minor, debt.currency))
        }
    };
    let mut pieces = vec![
        format!("{} {}", lang.receivable_word(), ledger.signed(debt.receivable, debt.currency)),
        amount(lang.overdue_word(), debt.overdue),
        amount(lang.promised_word(), debt.promised),
        amount(lang.disputed_word(), debt.disputed),
        amount(lang.unapplied(), debt.unapplied),
        amount(lang.planned_money(), debt.planned),
    ];
    if let Some(limit) = facts.draft.credit_limit.filter(|_| debt.currency == ledger.digest.main) {
        let exposure = debt.exposure()?;
        pieces.push(amount(lang.exposure_word(), exposure));
        let mut line = amount(lang.limit_word(), limit);
        if exposure > limit {
            line = format!("{line}{}{}", lang.comma(), lang.over_limit());
        }
        pieces.push(line);
    }
    Ok(pieces)
}

/// How often and when it was touched, and how it keeps its word.
fn dealings(id: CustomerId, facts: &Facts, ledger: &Ledger, ui: Ui) -> Vec<String> {
    let (lang, portfolio, today) = (ui.lang, &ledger.portfolio, ledger.today());
    let touched = portfolio.customers.touches.get(&id);
    let days: Vec<String> = touched
        .into_iter()
        .flatten()
        .filter(|day| **day <= today)
        .map(|day| day.format("%m-%d").to_string())
        .collect();
    let last = facts.debtor.as_ref().and_then(|debtor| debtor.last_touch);
    let days = match (days.is_empty(), last) {
        (false, _) => days.join(" "),
        (true, Some(last)) => last.to_string(),
        (true, None) => lang.none_word().to_owned(),
    };
    let guard = touched.and_then(|days| dunning::guard(days, today, &portfolio.policy));
    let guard = match guard {
        Some(until) => lang.guard_until(&until.to_string()),
        None => lang.guard_free().to_owned(),
    };
    let (kept, broken, pending) = (facts.kept, facts.broken, facts.pending);
    let mut pieces = vec![format!("{} {days}", lang.touches_word()), guard];
    if kept + broken + pending > 0 {
        let judged = lang.promises_judged(kept, broken, pending);
        pieces.push(format!("{} {judged}", lang.promises_word()));
    }
    pieces
}

fn person(contact: &ContactDraft, ui: Ui) -> String {
    let lang = ui.lang;
    let mut pieces = format::contact(contact, lang);
    pieces.extend(contact.channel.map(|channel| lang.preferred(lang.channel(channel))));
    pieces.join(" ")
}

fn particulars(facts: &Facts, ui: Ui) -> Vec<String> {
    let (draft, lang) = (&facts.draft, ui.lang);
    [
        (lang.title_word(), &draft.invoice_title),
        (lang.tax_no_word(), &draft.tax_no),
        (lang.bank_word(), &draft.bank),
        ("", &draft.bank_account),
        (lang.address_word(), &draft.address),
        (lang.phone_word(), &draft.phone),
        (lang.notes_word(), &draft.notes),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(word, value)| format!("{word} {value}").trim().to_owned())
    .collect()
}
