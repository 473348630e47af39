//! The morning digest as text for a chat or a cron mail, and as JSON.

use serde_json::{Value, json};

use crate::domain::dunning::Act;
use crate::domain::money::{self, Currency};
use crate::report::digest::{Digest, Line};
use crate::report::figures::{Figures, Tally};
use crate::text::Lang;

use super::out::{Column, Table, text as write};

pub fn json(digest: &Digest, work: &[Line], waiting: &[Line]) -> String {
    let value = json!({
        "today": digest.today.to_string(),
        "figures": digest.figures.iter().map(figures_json).collect::<Vec<_>>(),
        "worklist": work.iter().map(line_json).collect::<Vec<_>>(),
        "waiting": waiting.iter().map(line_json).collect::<Vec<_>>(),
    });
    format!("{value}\n")
}

fn figures_json(figures: &Figures) -> Value {
    let tally = |tally: Tally| json!({ "amount": money::plain(tally.amount, figures.currency), "items": tally.count });
    json!({
        "currency": figures.currency.code(),
        "overdue": tally(figures.overdue),
        "due": tally(figures.due),
        "promised": tally(figures.promised),
        "unbilled": tally(figures.unbilled),
        "collected": money::plain(figures.collected, figures.currency),
    })
}

fn line_json(line: &Line) -> Value {
    let step = match line.act {
        Some(Act::Step(step)) => Some(step),
        _ => line.wait.map(|(step, _)| step),
    };
    json!({
        "id": line.item.id.to_string(),
        "key": Some(&line.key).filter(|key| !key.is_empty()),
        "customer_name": line.customer,
        "project": line.project,
        "milestone": line.milestone,
        "manager": Some(&line.manager).filter(|name| !name.is_empty()),
        "currency": line.item.currency.code(),
        "balance": money::plain(line.item.balance, line.item.currency),
        "due": line.item.due.map(|day| day.to_string()),
        "act": line.act.map(Act::code),
        "owner": line.act.map(|act| act.owner().code()),
        "step": step,
        "promise_broken": line.broken,
        "waits": line.wait.map(|(_, wait)| json!({
            "why": wait.why.code(),
            "until": wait.until.map(|day| day.to_string()),
        })),
    })
}

pub fn text(digest: &Digest, work: &[Line], waiting: &[Line], lang: Lang) -> String {
    let mut page = format!("{}\n\n", lang.digest_title(&digest.today.to_string()));
    for figures in &digest.figures {
        page.push_str(&figures_text(figures, lang));
        page.push('\n');
    }
    page.push('\n');
    if work.is_empty() {
        page.push_str(lang.nothing_to_do());
        page.push('\n');
    } else {
        page.push_str(&write(&table(
            digest,
            work,
            lang.worklist_title(work.len()),
            lang,
        )));
    }
    if !waiting.is_empty() {
        page.push('\n');
        page.push_str(&write(&table(
            digest,
            waiting,
            lang.waiting_title(waiting.len()),
            lang,
        )));
    }
    page
}

fn figures_text(figures: &Figures, lang: Lang) -> String {
    let tally = |word: &str, tally: Tally| {
        format!(
            "{word} {} ({})",
            money::with_symbol(tally.amount, figures.currency),
            tally.count
        )
    };
    [
        tally(lang.figure_overdue(), figures.overdue),
        tally(lang.figure_due(), figures.due),
        tally(lang.figure_promised(), figures.promised),
        tally(lang.figure_unbilled(), figures.unbilled),
        format!(
            "{} {}",
            lang.figure_collected(),
            money::with_symbol(figures.collected, figures.currency)
        ),
    ]
    .join("   ")
}

fn table(digest: &Digest, lines: &[Line], title: String, lang: Lang) -> Table {
    Table {
        title,
        columns: vec![
            Column::left(lang.key_word()),
            Column::left(lang.customer_word()),
            Column::left(lang.project_word()),
            Column::left(lang.milestone_word()),
            Column::right(lang.balance_word()),
            Column::left(lang.currency_word()),
            Column::right(lang.late_word()),
            Column::left(lang.next_word()),
            Column::left(lang.manager_word()),
        ],
        rows: lines.iter().map(|line| cells(digest, line, lang)).collect(),
        ..Table::default()
    }
}

fn cells(digest: &Digest, line: &Line, lang: Lang) -> Vec<String> {
    let late = line.item.days_late(digest.today);
    vec![
        if line.key.is_empty() {
            line.item.id.to_string()
        } else {
            line.key.clone()
        },
        line.customer.clone(),
        line.project.clone(),
        line.milestone.clone(),
        amount(line.item.balance, line.item.currency),
        line.item.currency.code().to_owned(),
        if late > 0 {
            late.to_string()
        } else {
            String::new()
        },
        next(line, lang),
        line.manager.clone(),
    ]
}

fn amount(minor: i64, currency: Currency) -> String {
    money::format(minor, currency)
}

fn next(line: &Line, lang: Lang) -> String {
    let act = match (line.act, line.wait) {
        (Some(act), _) => lang.act(act).to_owned(),
        (None, Some((step, wait))) => lang.waits(step, wait),
        (None, None) => String::new(),
    };
    if line.broken && line.act != Some(Act::FollowUp) {
        lang.act_after_broken(&act)
    } else {
        act
    }
}
