//! How a plan stands on a screen.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::money;
use crate::error::Result;
use crate::store::{PlanStep, ProjectDetail};
use crate::text::Lang;
use crate::tui::ledger::board::Canvas;
use crate::tui::ledger::cells::{self, number, plain, status, whole, words};
use crate::tui::ledger::data::Ledger;
use crate::tui::ledger::labels::milestone as label;
use crate::tui::look::Look;
use crate::tui::screens::ListParams;
use crate::tui::widgets::list::{self, Cell, Column, RowId, Rows};

/// The milestones of a plan as rows.
pub struct PlanRows<'a> {
    /// The project's code, which need not stand in every row.
    pub project: &'a str,
    pub steps: Vec<&'a PlanStep>,
    pub ledger: &'a Ledger,
    pub look: Look,
}

fn columns(lang: Lang) -> [Column; 11] {
    [
        number("#", 0),
        words(lang.milestone_word(), 12, 0),
        words(lang.stage_word(), 10, 3),
        number(lang.amount_short(), 2),
        number(lang.received_word(), 4),
        number(lang.open_word(), 0),
        whole(lang.due_word(), 0),
        words(lang.status_word(), 15, 0),
        whole(lang.delivered_word(), 5),
        whole(lang.accepted_word(), 6),
        whole(lang.invoiced_word(), 7),
    ]
}

impl Rows for PlanRows<'_> {
    fn len(&self) -> usize {
        self.steps.len()
    }

    fn id(&self, at: usize) -> RowId {
        RowId(self.steps.get(at).map_or(0, |step| step.item.id.0))
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        let Some(step) = self.steps.get(at) else {
            return Vec::new();
        };
        let (item, today) = (&step.item, self.ledger.today());
        let (lang, theme) = (self.look.lang, self.look.theme);
        let money = |minor: i64| self.ledger.money(minor, item.currency);
        let day = |day: Option<NaiveDate>| match day {
            Some(day) => plain(day.to_string()),
            None => Cell::new("-", theme.dim()),
        };
        let due = match item.due {
            Some(due) if !item.is_firm(today) => plain(lang.expected_day(&due.to_string())),
            due => day(due),
        };
        let quiet = |minor: i64| {
            let style = if minor == 0 {
                theme.dim()
            } else {
                theme.text()
            };
            Cell::new(money(minor), style)
        };
        let name = label(self.project, &step.key, &step.name);
        vec![
            plain(item.seq.to_string()),
            plain(name),
            plain(lang.stage(item.stage)),
            plain(money(item.amount)),
            quiet(item.received()),
            quiet(item.balance),
            due,
            status(item, today, &self.ledger.book.policy, self.look),
            day(item.delivered_on),
            day(item.accepted_on),
            day(item.invoiced_on),
        ]
    }
}

/// Draws what was agreed and how much of it has arrived; returns what is left below.
pub fn terms(detail: &ProjectDetail, ledger: &Ledger, canvas: &mut Canvas<'_, '_>) -> Result<Rect> {
    let look = canvas.look;
    let room = usize::from(canvas.area.width).saturating_sub(2);
    let mut lines = vec![(title(detail, look), look.theme.strong())];
    let terms = cells::flow(&agreed(detail, ledger, look)?, room);
    lines.extend(terms.into_iter().map(|line| (line, look.theme.text())));
    Ok(cells::lines(&lines, canvas))
}

pub fn draw(
    (detail, steps): (&ProjectDetail, Vec<&PlanStep>),
    params: &mut ListParams,
    ledger: &Ledger,
    canvas: &mut Canvas<'_, '_>,
) -> Result<Vec<(Rect, RowId)>> {
    let look = canvas.look;
    if detail.plan.is_empty() {
        cells::teach(look.lang.empty_plan(), canvas.area, canvas);
        return Ok(Vec::new());
    }
    let sums = sums(&steps, ledger, look)?;
    let rows = PlanRows {
        project: &detail.draft.code,
        steps,
        ledger,
        look,
    };
    let columns = columns(look.lang);
    Ok(list::draw_footed(
        canvas.frame,
        canvas.area,
        (&columns, &rows, &[sums]),
        &mut params.list,
        (!params.aside, look),
    ))
}

fn title(detail: &ProjectDetail, look: Look) -> String {
    let draft = &detail.draft;
    let (code, name) = &detail.customer;
    let mut pieces = vec![
        code_and_name(&draft.code, &draft.name),
        code_and_name(code, name),
    ];
    if !draft.manager.is_empty() {
        pieces.push(draft.manager.clone());
    }
    pieces.push(look.lang.project_state(draft.state).to_owned());
    pieces.join("  ")
}

/// What was agreed, and how much of it has arrived.
fn agreed(detail: &ProjectDetail, ledger: &Ledger, look: Look) -> Result<Vec<String>> {
    let (lang, draft) = (look.lang, &detail.draft);
    let today = ledger.today();
    let items = || detail.plan.iter().map(|step| &step.item);
    let planned = money::sum(items().map(|item| item.amount))?;
    let received = money::sum(items().map(crate::domain::item::Item::received))?;
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
    let bar = super::super::projects::cash(received, contract, look.theme.bar());
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
    pieces.push(format!(
        "{} {}",
        lang.grace_word(),
        lang.days(draft.grace_days.into())
    ));
    Ok(pieces)
}

/// The sums of what is shown.
fn sums(steps: &[&PlanStep], ledger: &Ledger, look: Look) -> Result<Vec<Cell>> {
    let items = || steps.iter().map(|step| &step.item);
    let currency = items().next().map(|item| item.currency);
    let show =
        |minor: i64| currency.map_or_else(String::new, |currency| ledger.money(minor, currency));
    let amount = money::sum(items().map(|item| item.amount))?;
    let received = money::sum(items().map(crate::domain::item::Item::received))?;
    let open = money::sum(items().map(|item| item.balance))?;
    let written_off = money::sum(items().map(|item| item.written_off))?;
    let note = if written_off > 0 {
        format!("{} {}", look.lang.written_off_word(), show(written_off))
    } else {
        String::new()
    };
    let mut row = vec![String::new(), look.lang.total().to_owned(), String::new()];
    row.extend([
        show(amount),
        show(received),
        show(open),
        String::new(),
        note,
    ]);
    row.extend([String::new(), String::new(), String::new()]);
    let style = look.theme.strong();
    Ok(row.into_iter().map(|text| Cell::new(text, style)).collect())
}

/// Both, or the name alone where it is the code, too.
fn code_and_name(code: &str, name: &str) -> String {
    if code == name {
        name.to_owned()
    } else {
        format!("{code} {name}")
    }
}
