//! What was agreed on a project, and how much of it has arrived.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::item::Item;
use crate::domain::money;
use crate::error::Result;
use crate::store::ProjectDetail;
use crate::tui::data::Ledger;
use crate::tui::format::code_and_name;
use crate::tui::screen::Cx;
use crate::tui::screens::projects::cash;
use crate::tui::theme::Ui;
use crate::tui::widgets::text::{Line, flow, styled};

/// The lines above the plan.
pub fn lines(detail: &ProjectDetail, area: Rect, cx: &Cx<'_>) -> Result<Vec<Line>> {
    let ui = cx.ui;
    let room = usize::from(area.width).saturating_sub(2);
    Ok(flow(styled(agreed(detail, cx.ledger, ui)?, ui.theme.text()), 2, room))
}

pub fn title(detail: &ProjectDetail, ui: Ui) -> String {
    let draft = &detail.draft;
    let (code, name) = &detail.customer;
    let mut pieces = vec![code_and_name(&draft.code, &draft.name), code_and_name(code, name)];
    if !draft.manager.is_empty() {
        pieces.push(draft.manager.clone());
    }
    pieces.push(ui.lang.project_state(draft.state).to_owned());
    pieces.join("  ")
}

/// What was agreed, and how much of it has arrived.
fn agreed(detail: &ProjectDetail, ledger: &Ledger, ui: Ui) -> Result<Vec<String>> {
    let (lang, draft) = (ui.lang, &detail.draft);
    let today = ledger.today();
    let items = || detail.plan.iter().map(|step| &step.item);
    let planned = money::sum(items().map(|item| item.amount))?;
    let received = money::sum(items().map(Item::received))?;
    let open = money::sum(items().map(|item| item.balance))?;
    let late = items().filter(|item| item.is_past_grace(today));
    let overdue = money::sum(late.map(|item| item.undisputed().max(0)))?;
    let amount =
        |word: &str, minor: i64| format!("{word} {}", ledger.signed(minor, draft.currency));
    let day = |word: &str, day: Option<NaiveDate>| {
        day.map_or_else(String::new, |day| format!("{word} {day}"))
    };
    let some = |has: bool, piece: String| if has { piece } else { String::new() };
    let contract = draft.contract_amount.unwrap_or(planned);
    let differs = ledger.signed(money::sub(planned, contract)?, draft.currency);
    let agreed = match draft.contract_amount {
        Some(contract) => amount(lang.contract_word(), contract),
        None => lang.of_plan(&ledger.signed(planned, draft.currency)),
    };
    let progress = draft.progress_percent.unwrap_or_default();
    let progress = format!("{} {progress}%", lang.progress_word());
    let runs = [draft.starts_on, draft.ends_on]
        .map(|day| day.map_or_else(String::new, |day| day.to_string()))
        .join("..");
    Ok(vec![
        agreed,
        some(contract != planned, lang.plan_differs(&differs)),
        format!("{} {}", amount(lang.received_word(), received), cash(received, contract)),
        some(draft.progress_percent.is_some(), progress),
        amount(lang.open_word(), open),
        some(overdue > 0, amount(lang.overdue_word(), overdue)),
        some(
            !draft.contract_no.is_empty(),
            format!("{} {}", lang.contract_no_word(), draft.contract_no),
        ),
        day(lang.signed_word(), draft.signed_on),
        some(runs != "..", format!("{} {runs}", lang.runs_word())),
        day(lang.warranty_word(), draft.warranty_ends_on),
        format!("{} {}", lang.grace_word(), lang.days(draft.grace_days.into())),
    ])
}
