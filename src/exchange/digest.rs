//! The morning digest as text for a chat or a cron mail, and as JSON.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::dunning::{Act, Watch};
use crate::domain::kinds::{BillsCount, Role, WaitReason};
use crate::domain::money;
use crate::domain::people::{Late, Owner};
use crate::portfolio::Names;
use crate::report::digest::{Morning, MorningLine};
use crate::report::errands::Errand;
use crate::report::figures::{Contract, Figures, Tally};
use crate::report::todos::TodoLine;
use crate::store::Condition;
use crate::text::{Lang, bridge};

use super::aging::past_due;
use super::lists::{Field, Listed};
use super::out::{Cell, Column, Each, JsonOut, Page, Report, Table};

#[derive(Serialize)]
struct Json<'a, Work, Todos, Waiting, Watched> {
    contracts: Vec<JsonContract>,
    errands: Vec<JsonErrand>,
    figures: Vec<JsonFigures>,
    /// What is open after its settlement lapsed.
    lapsed: Vec<JsonLapsed<'a>>,
    /// Conditions past their planned day.
    late_conditions: Vec<JsonCondition<'a>>,
    today: NaiveDate,
    todos: Todos,
    waiting: Waiting,
    watched: Watched,
    worklist: Work,
}

#[derive(Serialize)]
struct JsonFigures {
    collected: String,
    /// The same, where bills of exchange count when they are honoured, and when they are received.
    collected_honoured: String,
    collected_received: String,
    currency: &'static str,
    disputed: String,
    due: JsonTally,
    in_grace: String,
    overdue: JsonTally,
    past_due: String,
    promised: JsonTally,
    unbilled: JsonTally,
}

/// What is to be done for an account.
#[derive(Serialize)]
struct JsonErrand {
    act: &'static str,
    amount: String,
    currency: &'static str,
    customer_name: String,
    matures_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_by: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paper: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_on: Option<NaiveDate>,
    owner: String,
    owner_role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    payer: Option<String>,
    payment: Option<String>,
    present_by: Option<NaiveDate>,
}

/// What was agreed is the sum of the others.
#[derive(Serialize)]
struct JsonContract {
    agreed: String,
    currency: &'static str,
    no_date: String,
    planned: String,
    receivable: String,
    received: String,
    waived: String,
    written_off: String,
}

#[derive(Serialize)]
struct JsonTally {
    amount: String,
    items: u32,
}

#[derive(Serialize)]
struct JsonLine<'a> {
    act: Option<&'static str>,
    balance: String,
    currency: &'static str,
    customer_name: &'a str,
    due: Option<NaiveDate>,
    id: String,
    key: Option<&'a str>,
    /// Days beyond those allowed for our turn.
    late_with_us: Option<i64>,
    manager: Option<&'a str>,
    milestone: &'a str,
    /// Who has to see to it: a name, or the role where nobody or several have it.
    owner: &'a str,
    owner_role: Role,
    project: &'a str,
    promise_broken: bool,
    step: Option<u8>,
    /// The head who is told, a name or the role.
    told: Option<&'a str>,
    waits: Option<JsonWait>,
    /// Why it is watched: `between` two steps or past the last, `silence`, `late_with_us`, `no_date`.
    #[serde(skip_serializing_if = "Option::is_none")]
    watch: Option<JsonWatch>,
}

#[derive(Serialize)]
struct JsonLapsed<'a> {
    balance: String,
    currency: &'static str,
    customer_name: &'a str,
    id: String,
    key: Option<&'a str>,
    /// Last day for the money of the settlement.
    lapsed_on: NaiveDate,
    milestone: &'a str,
    project: &'a str,
}

#[derive(Serialize)]
struct JsonCondition<'a> {
    id: String,
    key: Option<&'a str>,
    kind: &'static str,
    milestone: &'a str,
    planned_on: Option<NaiveDate>,
    project: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct JsonWatch {
    /// Next day on which something is to be done.
    next_on: Option<NaiveDate>,
    /// Where no due date was agreed, the last day to pay by law.
    #[serde(skip_serializing_if = "Option::is_none")]
    payable_by: Option<NaiveDate>,
    /// Last contact, or the due date.
    since: Option<NaiveDate>,
    why: &'static str,
}

#[derive(Serialize)]
struct JsonWait {
    until: Option<NaiveDate>,
    why: WaitReason,
}

impl Report for Morning<'_> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let (today, list) = (self.digest.today, &self.digest.worklist);
        let (work, waiting) = (list.entries.len(), list.waiting.len());
        let mut page = Page {
            title: lang.digest_title(&today.to_string()),
            lead: lead(self, lang),
            tables: Vec::new(),
        };
        if !self.digest.errands.is_empty() {
            let names = self.names();
            let cells = move |(of, name, _)| errand_cells((of, name), names, today, lang);
            let rows = self.errands().map(cells);
            page.tables.push(Table {
                title: lang.errands_title(self.digest.errands.len()),
                ..Table::new(errand_columns(lang), rows)
            });
        }
        if work + self.digest.todos.count + self.digest.errands.len() == 0 {
            page.lead.extend([String::new(), lang.nothing_to_do().to_owned()]);
        } else if work > 0 {
            let rows = self.work().map(move |line| cells(&line, today, lang));
            page.tables.push(Table {
                title: lang.worklist_title(work),
                ..Table::new(columns(lang), rows)
            });
        }
        if self.digest.todos.count > 0 {
            let (columns, cells): (Vec<_>, Vec<_>) = todo_fields(lang).unzip();
            let row = move |todo| cells.iter().map(|cell| cell(todo, lang)).collect();
            page.tables.push(Table {
                title: lang.todos_due_title(self.digest.todos.count),
                ..Table::new(columns, self.todos.iter().map(row))
            });
        }
        if !self.late.is_empty() {
            let (columns, cells): (Vec<_>, Vec<_>) = condition_fields(lang).unzip();
            let row = move |one| cells.iter().map(|cell| cell(one, lang)).collect();
            page.tables.push(Table {
                title: lang.late_conditions_title(self.late.len()),
                ..Table::new(columns, self.late.iter().map(row))
            });
        }
        let lapsed: Vec<_> = self.lapsed().map(lapsed_cells).collect();
        if !lapsed.is_empty() {
            page.tables.push(Table {
                title: lang.lapsed_title(lapsed.len()),
                ..Table::new(lapsed_columns(lang), lapsed.into_iter())
            });
        }
        if waiting > 0 {
            let rows = self.waiting().map(move |line| cells(&line, today, lang));
            page.tables.push(Table {
                title: lang.waiting_title(waiting),
                ..Table::new(columns(lang), rows)
            });
        }
        if !list.watched.is_empty() {
            let rows = self.watched().map(move |line| cells(&line, today, lang));
            page.tables.push(Table {
                title: lang.watched_title(list.watched.len()),
                ..Table::new(columns(lang), rows)
            });
        }
        page
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let today = self.digest.today;
        let json = Json {
            contracts: self.contracts.iter().map(json_contract).collect(),
            errands: self.errands().map(json_errand).collect(),
            figures: self.digest.figures.iter().map(|of| json_figures(of, self)).collect(),
            lapsed: self.lapsed().map(json_lapsed).collect(),
            late_conditions: self.late.iter().map(json_condition).collect(),
            today: self.digest.today,
            todos: Each(|| self.todos.iter().map(json_todo)),
            waiting: Each(|| self.waiting().map(|line| json_line(line, today))),
            watched: Each(|| self.watched().map(|line| json_line(line, today))),
            worklist: Each(|| self.work().map(|line| json_line(line, today))),
        };
        serde_json::to_writer(out, &json)
    }
}

/// A to-do of a morning: with its customer, and who does it.
#[derive(Serialize)]
struct JsonTodo<'a> {
    act: &'static str,
    blocks: bool,
    customer_name: Option<&'a str>,
    due_on: Option<NaiveDate>,
    id: String,
    kind: &'static str,
    milestone: Option<&'a str>,
    owner: &'a str,
    project: Option<&'a str>,
    severity: &'static str,
    title: &'a str,
}

fn json_todo(TodoLine { todo, .. }: &TodoLine) -> JsonTodo<'_> {
    JsonTodo {
        act: "todo",
        blocks: todo.blocks,
        customer_name: todo.customer_name.as_deref(),
        due_on: todo.due_on,
        id: todo.id.to_string(),
        kind: todo.kind.code(),
        milestone: todo.milestone_name.as_deref(),
        owner: &todo.owner,
        project: todo.project_code.as_deref(),
        severity: todo.severity.code(),
        title: &todo.title,
    }
}

/// The columns of a condition in a morning.
fn condition_fields(lang: Lang) -> impl Iterator<Item = Field<Condition>> {
    let all = Condition::fields(lang).into_iter();
    all.filter(|(column, _)| matches!(column.name, "milestone" | "kind" | "text" | "planned_on"))
}

fn json_condition(one: &Condition) -> JsonCondition<'_> {
    JsonCondition {
        id: one.id.to_string(),
        key: one.key.as_deref(),
        kind: one.kind.code(),
        milestone: &one.name,
        planned_on: one.planned_on,
        project: &one.project,
        text: &one.wording,
    }
}

fn lapsed_columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::left(lang.key_word()).spare(4),
        Column::left(lang.customer_word()),
        Column::left(lang.project_code_word()).spare(5),
        Column::left(lang.milestone_word()),
        Column::right(lang.balance_word()),
        Column::left(lang.currency_word()).named("currency").spare(6),
        Column::left(lang.lapsed_on_word()),
    ]
}

fn lapsed_cells((line, by): (MorningLine<'_>, NaiveDate)) -> Vec<Cell<'_>> {
    let item = line.item;
    vec![
        line.key.map_or_else(|| item.id.to_string().into(), Cell::from),
        line.customer.into(),
        line.project.into(),
        line.milestone.into(),
        Cell::Amount(item.balance.into(), item.currency),
        item.currency.code().into(),
        Cell::Day(by),
    ]
}

fn json_lapsed((line, by): (MorningLine<'_>, NaiveDate)) -> JsonLapsed<'_> {
    let item = line.item;
    JsonLapsed {
        balance: money::plain(item.balance, item.currency),
        currency: item.currency.code(),
        customer_name: line.customer,
        id: item.id.to_string(),
        key: line.key,
        lapsed_on: by,
        milestone: line.milestone,
        project: line.project,
    }
}

/// The columns of a to-do in a morning.
fn todo_fields(lang: Lang) -> impl Iterator<Item = Field<TodoLine>> {
    let all = TodoLine::fields(lang).into_iter();
    all.filter(|(column, _)| !column.aside && column.name != "state")
}

fn json_errand((errand, name, owner): (&Errand, &str, Owner<'_>)) -> JsonErrand {
    let (amount, currency) = errand.amount();
    let bill = match errand {
        Errand::Present(bill, by) => Some((bill, *by)),
        Errand::Allocate(_)
        | Errand::Clear(_)
        | Errand::Renew(_)
        | Errand::Answer(..)
        | Errand::Warranty(_) => None,
    };
    let (paper, expires_on, answer_by) = match errand {
        Errand::Renew(paper) => (Some(paper.paper), Some(paper.expires_on), None),
        Errand::Answer(paper, by) => (Some(paper.paper), None, Some(*by)),
        Errand::Allocate(_) | Errand::Present(..) | Errand::Clear(_) | Errand::Warranty(_) => {
            (None, None, None)
        }
    };
    let warranty = match errand {
        Errand::Warranty(one) => Some(one),
        Errand::Allocate(_)
        | Errand::Present(..)
        | Errand::Clear(_)
        | Errand::Renew(_)
        | Errand::Answer(..) => None,
    };
    let third_party = match errand {
        Errand::Clear(payment) => Some(payment),
        Errand::Allocate(_)
        | Errand::Present(..)
        | Errand::Renew(_)
        | Errand::Answer(..)
        | Errand::Warranty(_) => None,
    };
    let payment = bill.map(|(bill, _)| bill.payment).or(third_party.map(|one| one.payment));
    JsonErrand {
        act: errand.code(),
        amount: money::plain(amount, currency),
        currency: currency.code(),
        customer_name: name.to_owned(),
        matures_on: bill.map(|(bill, _)| bill.matures_on),
        expires_on,
        answer_by,
        paper: paper.map(|paper| paper.to_string()),
        owner: owner.code().to_owned(),
        owner_role: owner.role,
        project: warranty.map(|one| one.project.to_string()),
        ends_on: warranty.map(|one| one.ends_on),
        payer: third_party.map(|one| one.payer.clone()),
        payment: payment.map(|payment| payment.to_string()),
        present_by: bill.map(|(_, by)| by),
    }
}

/// What is to be done for an account, in words.
pub fn errand(errand: &Errand, names: &Names, today: NaiveDate, lang: Lang) -> String {
    match errand {
        Errand::Allocate(money) => {
            lang.errand_allocate(&money::with_symbol(money.amount, money.currency))
        }
        Errand::Present(bill, by) => lang.presentment(bill.matures_on, *by, today),
        Errand::Clear(one) => lang.errand_clear(&one.payer, &lang.day(one.received_on, today)),
        Errand::Renew(paper) => {
            lang.errand_renew(lang.paper_kind(paper.kind), &lang.day(paper.expires_on, today))
        }
        Errand::Answer(paper, by) => lang.errand_answer(
            &paper.number,
            &lang.day(paper.sent_on, today),
            &lang.day(*by, today),
        ),
        Errand::Warranty(one) => {
            let day = lang.day(one.ends_on, today);
            lang.errand_warranty(&names.project(one.project).code, &day)
        }
    }
}

fn errand_columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::left(lang.customer_word()),
        Column::right(lang.sum_word()),
        Column::left(lang.currency_word()).named("currency").spare(6),
        Column::left(lang.next_word()),
    ]
}

fn errand_cells<'a>(
    (of, name): (&Errand, &'a str),
    names: &Names,
    today: NaiveDate,
    lang: Lang,
) -> Vec<Cell<'a>> {
    let (amount, currency) = of.amount();
    vec![
        name.into(),
        if amount == 0 { Cell::EMPTY } else { Cell::Amount(amount.into(), currency) },
        currency.code().into(),
        errand(of, names, today, lang).into(),
    ]
}

fn json_figures(figures: &Figures, morning: &Morning) -> JsonFigures {
    let plain = |minor| money::plain(minor, figures.currency);
    let collected = |bills| plain(morning.digest.collected_by(bills, figures.currency));
    let tally = |tally: Tally| JsonTally { amount: plain(tally.amount), items: tally.count };
    JsonFigures {
        collected: plain(figures.collected),
        collected_honoured: collected(BillsCount::Honoured),
        collected_received: collected(BillsCount::Received),
        currency: figures.currency.code(),
        disputed: plain(figures.disputed),
        due: tally(figures.due),
        in_grace: plain(figures.in_grace),
        overdue: tally(figures.overdue),
        past_due: plain(figures.past_due()),
        promised: tally(figures.promised),
        unbilled: tally(figures.unbilled),
    }
}

fn json_contract(contract: &Contract) -> JsonContract {
    let plain = |minor| money::plain(minor, contract.currency);
    JsonContract {
        agreed: plain(contract.agreed),
        currency: contract.currency.code(),
        no_date: plain(contract.no_date),
        planned: plain(contract.planned),
        receivable: plain(contract.receivable),
        received: plain(contract.received),
        waived: plain(contract.waived),
        written_off: plain(contract.written_off),
    }
}

const fn json_watch(watch: Watch) -> JsonWatch {
    let (next_on, since, payable_by) = match watch {
        Watch::Between(next) => (next, None, None),
        Watch::Silence(since) => (None, Some(since), None),
        Watch::Late(_) => (None, None, None),
        Watch::NoDate(by_law) => (None, None, by_law),
    };
    JsonWatch { next_on, payable_by, since, why: watch.code() }
}

fn json_line(line: MorningLine, today: NaiveDate) -> JsonLine {
    let item = line.item;
    JsonLine {
        act: line.act.map(Act::code),
        balance: money::plain(item.balance, item.currency),
        currency: item.currency.code(),
        customer_name: line.customer,
        due: item.due(today),
        id: item.id.to_string(),
        key: line.key,
        late_with_us: line.late.map(|late| late.days),
        manager: line.manager,
        milestone: line.milestone,
        owner: line.owner.code(),
        owner_role: line.owner.role,
        project: line.project,
        promise_broken: line.broken,
        step: match line.act {
            Some(Act::Step(step)) => Some(step),
            _ => line.wait.map(|(step, _)| step),
        },
        told: line.late.and_then(|late| late.told).map(Owner::code),
        waits: line.wait.map(|(_, wait)| JsonWait { until: wait.until, why: wait.why }),
        watch: line.watch.map(json_watch),
    }
}

/// The figures, then where the contracts' money stands, a line a currency each.
fn lead(morning: &Morning, lang: Lang) -> Vec<String> {
    let figures = &morning.digest.figures;
    let mut lines = figures_of(figures, lang);
    let otherwise = |of: &Figures| {
        let by = |bills| morning.digest.collected_by(bills, of.currency);
        let money = |minor| money::with_symbol(minor, of.currency);
        let said = lang.collected_otherwise(morning.bills_count(), by, money)?;
        Some(format!("{} {said}", lang.figure_collected()))
    };
    lines.extend(figures.iter().filter_map(otherwise));
    lines.extend(figures.iter().filter_map(|of| past_due(of, lang)));
    let stands = |of: &Contract| {
        let terms = lang.contract_terms(of.agreed, of.parts());
        bridge(&terms, |minor| money::with_symbol(minor, of.currency))
    };
    lines.extend(morning.contracts.iter().map(stands));
    lines
}

/// All of the main currency; of others what is not zero.
fn figures_of(figures: &[Figures], lang: Lang) -> Vec<String> {
    let line = |(at, figures): (usize, &Figures)| {
        let amount = |minor| money::with_symbol(minor, figures.currency);
        let tally =
            |word: &str, tally: Tally| format!("{word} {} ({})", amount(tally.amount), tally.count);
        let parts = [
            (figures.overdue.amount, tally(lang.figure_overdue(), figures.overdue)),
            (figures.due.amount, tally(lang.figure_due(), figures.due)),
            (figures.promised.amount, tally(lang.figure_promised(), figures.promised)),
            (figures.unbilled.amount, tally(lang.figure_unbilled(), figures.unbilled)),
            (
                figures.collected,
                format!("{} {}", lang.figure_collected(), amount(figures.collected)),
            ),
        ];
        let told = parts.into_iter().filter(|(minor, _)| at == 0 || *minor != 0);
        told.map(|(_, part)| part).collect::<Vec<_>>().join("   ")
    };
    figures.iter().enumerate().map(line).filter(|line| !line.is_empty()).collect()
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::left(lang.key_word()).spare(4),
        Column::left(lang.customer_word()),
        Column::left(lang.project_code_word()).spare(5),
        Column::left(lang.milestone_word()),
        Column::right(lang.balance_word()),
        Column::left(lang.currency_word()).named("currency").spare(6),
        Column::right(lang.late_word()),
        Column::left(lang.next_word()),
        Column::left(lang.manager_word()).spare(7),
    ]
}

fn cells<'a>(line: &MorningLine<'a>, today: NaiveDate, lang: Lang) -> Vec<Cell<'a>> {
    let item = line.item;
    vec![
        line.key.map_or_else(|| item.id.to_string().into(), Cell::from),
        line.customer.into(),
        line.project.into(),
        line.milestone.into(),
        Cell::Amount(item.balance.into(), item.currency),
        item.currency.code().into(),
        match item.days_late(today) {
            late @ 1.. => Cell::Number(late),
            _ => Cell::EMPTY,
        },
        next(line, today, lang).into(),
        line.manager.map_or(Cell::EMPTY, Cell::from),
    ]
}

fn next(line: &MorningLine, today: NaiveDate, lang: Lang) -> String {
    let act = match (line.act, line.wait, line.watch) {
        (Some(act), ..) => lang.act(act).to_owned(),
        (None, Some((step, wait)), _) => lang.waits(step, wait),
        (None, None, Some(watch)) => lang.watch(watch, today),
        (None, None, None) => String::new(),
    };
    let broken = line.broken && line.act != Some(Act::FollowUp);
    let act = if broken { lang.act_after_broken(&act) } else { act };
    let act = if line.item.calls_due(today) { lang.act_or_call_due(&act) } else { act };
    let act = match (line.late, line.watch) {
        (None, _) => act,
        (Some(late), Some(Watch::Late(_))) => late_words(late, lang),
        (Some(late), _) => lang.act_late(&act, &late_words(late, lang)),
    };
    let lapsed = line.act.is_some() && line.item.has_lapsed(today);
    if lapsed { lang.act_after_lapse(&act) } else { act }
}

/// An act, how late it is with us, and whom that was told, for a row of a narrow list.
pub fn act_late(act: &str, late: Late<'_>, lang: Lang) -> String {
    let days = lang.late_by(late.days);
    lang.act_late(
        act,
        &late.told.map_or(days.clone(), |head| lang.late_told(&days, lang.owner(head))),
    )
}

/// How late something is with us, and whom that was told.
pub fn late_words(late: Late<'_>, lang: Lang) -> String {
    let days = lang.late_with_us(late.days);
    late.told.map_or(days.clone(), |head| lang.late_told(&days, lang.owner(head)))
}
