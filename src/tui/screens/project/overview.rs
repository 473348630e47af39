//! A project at a glance: how far its contract is paid, drawn as a bar, and its plan, a milestone a line.

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::money;
use crate::error::Result;
use crate::store::{PlanStep, ProjectDetail};
use crate::text::width::{left, width};
use crate::tui::format::{self, key_and_name};
use crate::tui::screen::Cx;
use crate::tui::widgets::bar::stacked;
use crate::tui::widgets::list::Cell;
use crate::tui::widgets::text::{Line, flow, heading, pairs};

use super::terms;

/// Parts of a contract, in the order money goes through them backwards. Minor units; together what is received and open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Parts {
    received: i64,
    /// Invoiced and not due.
    invoiced: i64,
    due: i64,
    /// Neither invoiced nor due, and what the plan leaves of the contract.
    to_come: i64,
}

impl Parts {
    fn new<'a>(items: impl Iterator<Item = &'a Item>, today: NaiveDate) -> Result<Self> {
        let mut parts = Self::default();
        for item in items {
            let open = item.balance.max(0);
            let is_due = item.firm_due(today).is_some_and(|due| due <= today);
            let billed = item.invoiced.saturating_sub(item.received()).clamp(0, open);
            let (due, invoiced) = if is_due { (open, 0) } else { (0, billed) };
            parts.received = money::add(parts.received, item.received())?;
            parts.invoiced = money::add(parts.invoiced, invoiced)?;
            parts.due = money::add(parts.due, due)?;
            parts.to_come = money::add(parts.to_come, open - due - invoiced)?;
        }
        Ok(parts)
    }
}

/// Title and lines of so many cells.
pub fn of(detail: &ProjectDetail, room: usize, cx: &Cx<'_>) -> Result<(String, Vec<Line>)> {
    let (ledger, lang, theme) = (&*cx.ledger, cx.ui.lang, cx.ui.theme);
    let (draft, today) = (&detail.draft, ledger.today());
    let items = || detail.plan.iter().map(|step| &step.item);
    let planned = money::sum(items().map(|item| item.amount))?;
    let contract = draft.contract_amount.unwrap_or(planned);
    let mut parts = Parts::new(items(), today)?;
    parts.to_come = money::add(parts.to_come, money::sub(contract, planned)?.max(0))?;
    let parts = [
        ("█", lang.received_word(), parts.received),
        ("▓", lang.billed_word(), parts.invoiced),
        ("▒", lang.due_already_word(), parts.due),
        ("░", lang.to_come_word(), parts.to_come),
    ];
    let show = |minor| ledger.signed(minor, draft.currency);
    let agreed = (lang.contract_word(), (show(contract), theme.strong()));
    let mut lines = pairs(&[agreed], room, theme.dim());
    let series = parts.iter().enumerate();
    let series = series.map(|(at, (sign, _, minor))| (*minor, *sign, theme.chart(at)));
    lines.push(stacked(&series.collect::<Vec<_>>(), room));
    let known = parts.iter().enumerate().filter(|(_, (.., minor))| *minor > 0);
    let legend = known.map(|(at, (sign, word, minor))| {
        vec![
            (format!("{sign} "), theme.chart(at)),
            (format!("{word} "), theme.dim()),
            (show(*minor), theme.text()),
        ]
    });
    lines.extend(flow(legend, 3, room));
    lines.push(Line::new());
    lines.push(heading(lang.plan_word(), room, theme.dim()));
    lines.extend(plan(detail, room, cx));
    Ok((terms::title(detail, cx.ui), lines))
}

/// Each milestone with its day and where it stands.
fn plan(detail: &ProjectDetail, room: usize, cx: &Cx<'_>) -> Vec<Line> {
    let (lang, theme, today) = (cx.ui.lang, cx.ui.theme, cx.ledger.today());
    let policy = &cx.ledger.portfolio.policy;
    let step = |step: &PlanStep| {
        let closed = step.closed_on.map(|day| day.to_string());
        let day = closed.or_else(|| format::due_day(&step.item, today, lang));
        let name = key_and_name(&detail.draft.code, &step.key, &step.name);
        (name, day.unwrap_or_default(), format::status_cell(&step.item, today, policy, cx.ui))
    };
    let steps: Vec<(String, String, Cell)> = detail.plan.iter().map(step).collect();
    let widest = |of: fn(&(String, String, Cell)) -> &str| {
        steps.iter().map(|step| width(of(step))).max().unwrap_or(0)
    };
    let day = widest(|(_, day, _)| day);
    let rest = room.saturating_sub(day + 2 + widest(|(.., status)| &status.text) + 2);
    let named = widest(|(name, ..)| name).min(rest.max(NAME));
    let line = |(name, on, status): &(String, String, Cell)| {
        vec![
            (format!("{}  ", left(name, named)), theme.text()),
            (format!("{}  ", left(on, day)), theme.dim()),
            (status.text.clone(), status.style),
        ]
    };
    steps.iter().map(line).collect()
}

/// Cells a name keeps at least.
const NAME: usize = 6;
