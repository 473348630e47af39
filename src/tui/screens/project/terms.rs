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
use crate::tui::widgets::text::{Line, flow};

/// The lines above the plan.
pub fn lines(detail: &ProjectDetail, area: Rect, cx: &Cx<'_>) -> Result<Vec<Line>> {
    let ui = cx.ui;
    let room = usize::from(area.width).saturating_sub(2);
    let mut lines = vec![vec![(title(detail, ui), ui.theme.strong())]];
    let agreed = flow(&agreed(detail, cx.ledger, ui)?, room);
    lines.extend(agreed.into_iter().map(|line| vec![(line, ui.theme.text())]));
    Ok(lines)
}

fn title(detail: &ProjectDetail, ui: Ui) -> String {
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
    let mut pieces = Vec::new();
    match draft.contract_amount {
        Some(contract) => {
            pieces.push(amount(lang.contract_word(), contract));
            if contract != planned {
                let differs = money::sub(planned, contract)?;
                pieces.push(lang.plan_differs(&ledger.signed(differs, draft.currency)));
            }
        }
        None => pieces.push(lang.of_plan(&ledger.signed(planned, draft.currency))),
    }
    let contract = draft.contract_amount.unwrap_or(planned);
    let bar = cash(received, contract);
    pieces.push(format!("{} {bar}", amount(lang.received_word(), received)));
    if let Some(progress) = draft.progress_percent {
        pieces.push(format!("{} {progress}%", lang.progress_word()));
    }
    pieces.push(amount(lang.open_word(), open));
    if overdue > 0 {
        pieces.push(amount(lang.overdue_word(), overdue));
    }
    if !draft.contract_no.is_empty() {
        pieces.push(format!("{} {}", lang.contract_no_word(), draft.contract_no));
    }
    pieces.push(day(lang.signed_word(), draft.signed_on));
    let ends = [draft.starts_on, draft.ends_on]
        .map(|day| day.map_or_else(String::new, |day| day.to_string()));
    if ends.iter().any(|day| !day.is_empty()) {
        pieces.push(format!("{} {}", lang.runs_word(), ends.join("..")));
    }
    pieces.push(day(lang.warranty_word(), draft.warranty_ends_on));
    pieces.push(format!("{} {}", lang.grace_word(), lang.days(draft.grace_days.into())));
    Ok(pieces)
}
