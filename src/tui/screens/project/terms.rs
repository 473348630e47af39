//! What was agreed on a project, and how much of it has arrived.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::item::Item;
use crate::domain::money;
use crate::error::Result;
use crate::store::ProjectDetail;
use crate::tui::data::Ledger;
use crate::tui::format::{self, code_and_name};
use crate::tui::screen::Cx;
use crate::tui::screens::projects::cash;
use crate::tui::theme::Ui;
use crate::tui::widgets::text::{Line, flow};

/// The lines above the plan.
pub fn lines(detail: &ProjectDetail, area: Rect, cx: &Cx<'_>) -> Result<Vec<Line>> {
    let ui = cx.ui;
    let room = usize::from(area.width).saturating_sub(2);
    Ok(flow(agreed(detail, cx.ledger, ui)?, 2, room))
}

pub fn title(detail: &ProjectDetail, ui: Ui) -> String {
    let draft = &detail.draft;
    let (code, name) = &detail.customer;
    let mut pieces = vec![code_and_name(&draft.code, &draft.name), code_and_name(code, name)];
    if !draft.manager.is_empty() {
        pieces.push(draft.manager.clone());
    }
    let state = ui.lang.project_state(detail.state);
    pieces.push(detail.suspended.as_ref().map_or_else(
        || state.to_owned(),
        |suspended| ui.lang.suspended_since(state, suspended.since, &suspended.reason),
    ));
    pieces.join("  ")
}

/// What was agreed, and how much of it has arrived.
fn agreed(detail: &ProjectDetail, ledger: &Ledger, ui: Ui) -> Result<Vec<Line>> {
    let (lang, theme, draft) = (ui.lang, ui.theme, &detail.draft);
    let (today, text) = (ledger.today(), ui.theme.text());
    let items = || detail.plan.iter().map(|step| &step.item);
    let planned = money::sum(items().map(|item| item.amount))?;
    let received = money::sum(items().map(Item::received))?;
    let open = money::sum(items().map(|item| item.balance))?;
    let late = items().filter(|item| item.is_past_grace(today));
    let overdue = money::sum(late.map(|item| item.undisputed().max(0)))?;
    let said = |word: &str, value: String, style| -> Line {
        vec![(format!("{word} "), theme.dim()), (value, style)]
    };
    let shown = |minor: i64| ledger.signed(minor, draft.currency);
    let day = |word: &str, day: Option<NaiveDate>| {
        day.map_or_else(Line::new, |day| said(word, day.to_string(), text))
    };
    let some = |has: bool, piece: Line| if has { piece } else { Line::new() };
    let contract = draft.contract_amount.unwrap_or(planned);
    let differs = lang.plan_differs(&shown(money::sub(planned, contract)?));
    let agreed = match draft.contract_amount {
        Some(contract) => said(lang.contract_word(), shown(contract), text),
        None => vec![(lang.of_plan(&shown(planned)), text)],
    };
    let mut arrived = said(lang.received_word(), shown(received), text);
    arrived.push((format!(" {}", cash(received, contract)), theme.good()));
    let progress = detail.progress.map(|(percent, on)| match on {
        Some(on) => format!("{percent}% ({})", lang.day(on, today)),
        None => format!("{percent}%"),
    });
    let runs = [draft.starts_on, draft.ends_on]
        .map(|day| day.map_or_else(String::new, |day| day.to_string()))
        .join("..");
    let number = &draft.contract_no;
    let grace = lang.days(draft.grace_days.into());
    let discount = draft.discount.map(|discount| lang.discount(&discount));
    let late_fee = draft.late_fee.map(|terms| lang.late_fee_rate(&terms));
    let deals =
        detail.deals.iter().map(|deal| said(lang.deal_word(), format::deal(deal, lang), text));
    let mut pieces = vec![
        agreed,
        some(contract != planned, vec![(differs, theme.warn())]),
        arrived,
        progress.map_or_else(Line::new, |progress| said(lang.progress_word(), progress, text)),
        said(lang.open_word(), shown(open), text),
        some(overdue > 0, said(lang.overdue_word(), shown(overdue), theme.bad())),
        some(!number.is_empty(), said(lang.contract_no_word(), number.clone(), text)),
        day(lang.signed_word(), draft.signed_on),
        some(runs != "..", said(lang.runs_word(), runs.clone(), text)),
        day(lang.warranty_word(), draft.warranty_ends_on),
        said(lang.grace_word(), grace, text),
        some(
            draft.method.is_some(),
            said(
                lang.form_agreed_method(),
                draft.method.map_or("", |method| lang.method(method)).to_owned(),
                text,
            ),
        ),
        some(
            draft.bill_months.is_some(),
            said(
                lang.form_agreed_method(),
                lang.bill_months_of(draft.bill_months.unwrap_or_default()),
                text,
            ),
        ),
        some(
            draft.priority_from.is_some(),
            said(
                lang.form_priority(),
                draft.priority_from.map_or("", |from| lang.priority_start(from)).to_owned(),
                text,
            ),
        ),
        day(lang.form_completed_on(), draft.completed_on),
        some(discount.is_some(), said(lang.discount_word(), discount.unwrap_or_default(), text)),
        some(late_fee.is_some(), said(lang.late_fee_word(), late_fee.unwrap_or_default(), text)),
    ];
    pieces.extend(deals);
    Ok(pieces)
}
