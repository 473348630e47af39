//! The morning digest as text for a chat or a cron mail, and as JSON.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::dunning::Act;
use crate::domain::kinds::{Role, WaitReason};
use crate::domain::money;
use crate::report::digest::{Morning, MorningLine};
use crate::report::figures::{Figures, Tally};
use crate::text::Lang;

use super::out::{Cell, Column, Each, JsonOut, Page, Report, Table};

#[derive(Serialize)]
struct Json<Work, Waiting> {
    figures: Vec<JsonFigures>,
    today: NaiveDate,
    waiting: Waiting,
    worklist: Work,
}

#[derive(Serialize)]
struct JsonFigures {
    collected: String,
    currency: &'static str,
    due: JsonTally,
    overdue: JsonTally,
    promised: JsonTally,
    unbilled: JsonTally,
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
    manager: Option<&'a str>,
    milestone: &'a str,
    owner: Option<&'static str>,
    project: &'a str,
    promise_broken: bool,
    step: Option<u8>,
    waits: Option<JsonWait>,
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
            lead: figures_of(&self.digest.figures, lang),
            tables: Vec::new(),
        };
        if work == 0 {
            page.lead.extend([String::new(), lang.nothing_to_do().to_owned()]);
        } else {
            let rows = self.work().map(move |line| cells(&line, today, lang));
            page.tables.push(Table {
                title: lang.worklist_title(work),
                ..Table::new(columns(lang), rows)
            });
        }
        if waiting > 0 {
            let rows = self.waiting().map(move |line| cells(&line, today, lang));
            page.tables.push(Table {
                title: lang.waiting_title(waiting),
                ..Table::new(columns(lang), rows)
            });
        }
        page
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let json = Json {
            figures: self.digest.figures.iter().map(json_figures).collect(),
            today: self.digest.today,
            waiting: Each(|| self.waiting().map(json_line)),
            worklist: Each(|| self.work().map(json_line)),
        };
        serde_json::to_writer(out, &json)
    }
}

fn json_figures(figures: &Figures) -> JsonFigures {
    let plain = |minor| money::plain(minor, figures.currency);
    let tally = |tally: Tally| JsonTally { amount: plain(tally.amount), items: tally.count };
    JsonFigures {
        collected: plain(figures.collected),
        currency: figures.currency.code(),
        due: tally(figures.due),
        overdue: tally(figures.overdue),
        promised: tally(figures.promised),
        unbilled: tally(figures.unbilled),
    }
}

fn json_line(line: MorningLine) -> JsonLine {
    let item = line.item;
    JsonLine {
        act: line.act.map(Act::code),
        balance: money::plain(item.balance, item.currency),
        currency: item.currency.code(),
        customer_name: line.customer,
        due: item.due,
        id: item.id.to_string(),
        key: line.key,
        manager: line.manager,
        milestone: line.milestone,
        owner: line.owner.map(Role::code),
        project: line.project,
        promise_broken: line.broken,
        step: match line.act {
            Some(Act::Step(step)) => Some(step),
            _ => line.wait.map(|(step, _)| step),
        },
        waits: line.wait.map(|(_, wait)| JsonWait { until: wait.until, why: wait.why }),
    }
}

/// One line a currency.
fn figures_of(figures: &[Figures], lang: Lang) -> Vec<String> {
    let line = |figures: &Figures| {
        let amount = |minor| money::with_symbol(minor, figures.currency);
        let tally =
            |word: &str, tally: Tally| format!("{word} {} ({})", amount(tally.amount), tally.count);
        [
            tally(lang.figure_overdue(), figures.overdue),
            tally(lang.figure_due(), figures.due),
            tally(lang.figure_promised(), figures.promised),
            tally(lang.figure_unbilled(), figures.unbilled),
            format!("{} {}", lang.figure_collected(), amount(figures.collected)),
        ]
        .join("   ")
    };
    figures.iter().map(line).collect()
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::left(lang.key_word()),
        Column::left(lang.customer_word()),
        Column::left(lang.project_code_word()),
        Column::left(lang.milestone_word()),
        Column::right(lang.balance_word()),
        Column::left(lang.currency_word()),
        Column::right(lang.late_word()),
        Column::left(lang.next_word()),
        Column::left(lang.manager_word()),
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
        next(line, lang).into(),
        line.manager.map_or(Cell::EMPTY, Cell::from),
    ]
}

fn next(line: &MorningLine, lang: Lang) -> String {
    let act = match (line.act, line.wait) {
        (Some(act), _) => lang.act(act).to_owned(),
        (None, Some((step, wait))) => lang.waits(step, wait),
        (None, None) => String::new(),
    };
    if line.broken && line.act != Some(Act::FollowUp) { lang.act_after_broken(&act) } else { act }
}
