//! How a milestone stands, with the facts and the rule behind each thing that is said; and what totals are made of.

mod figures;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::domain::change::TimelineEvent;
use crate::domain::ids::{CustomerId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::{Grade, Topic};
use crate::domain::late_fee::{Fee, LateFee, NoFee};
use crate::domain::money::{self, Currency};
use crate::domain::status;
use crate::domain::statutory::Statutory;
use crate::portfolio::Portfolio;
use crate::report::explain::{Explanation, Value};
use crate::store::TimelineEntry;
use crate::text::Lang;

use super::lists::{Field, Listed, Rows, field};
use super::next_step;
use super::out::{Cell, Column, JsonOut, Page, Report, Table};

pub use figures::{ExplainedFigure, sums};

/// A topic in words.
#[derive(Serialize)]
pub struct Told {
    pub topic: Topic,
    /// As a program reads it.
    pub value: Json,
    /// As a person does.
    pub said: String,
    pub facts: Vec<Fact>,
    pub rule: String,
}

/// A fact it came from.
#[derive(Serialize)]
pub struct Fact {
    pub on: Option<NaiveDate>,
    pub what: String,
    /// The event that recorded it.
    pub event: Option<i64>,
    pub who: Option<String>,
}

/// What says it in words: a language, the day it is said on, and how amounts are shown.
struct Teller<'t> {
    of: &'t Explanation,
    portfolio: &'t Portfolio,
    lang: Lang,
    money: &'t dyn Fn(i64) -> String,
    call_due: &'t str,
}

/// An explanation in words; `money` shows an amount of its currency, `call_due` says how later instalments are called
/// due.
pub fn told(
    of: &Explanation,
    portfolio: &Portfolio,
    lang: Lang,
    money: &dyn Fn(i64) -> String,
    call_due: &str,
) -> Vec<Told> {
    let teller = Teller { of, portfolio, lang, money, call_due };
    of.values.iter().map(|value| teller.tell(value)).collect()
}

impl Teller<'_> {
    fn tell(&self, value: &Value) -> Told {
        let (item, lang, topic) = (&self.of.item, self.lang, value.topic());
        let (today, policy) = (self.portfolio.today, &self.portfolio.policy);
        let plain = |minor: i64| json!(money::plain(minor, item.currency));
        let none = || lang.explain_none().to_owned();
        let (value, said, rule) = match value {
            Value::Balance => {
                let said = lang.story_open(&(self.money)(item.balance), &(self.money)(item.amount));
                (plain(item.balance), said, lang.rule_balance().to_owned())
            }
            Value::Status(status) => {
                let rule = lang.rule_of_status(*status, item.grace_days, policy);
                (json!(status.code()), lang.status_with_sign(*status), rule)
            }
            Value::WaitingOn(turn) => {
                let said = lang.waiting_on(*turn).to_owned();
                (json!(turn.code()), said, lang.rule_of_turn(*turn).to_owned())
            }
            Value::Bucket(None) => (Json::Null, none(), lang.rule_no_bucket().to_owned()),
            Value::Bucket(Some(label)) => {
                (json!(label), lang.bucket(label), lang.rule_bucket().to_owned())
            }
            Value::Next => {
                let next = next_step::next(item, self.portfolio, lang, self.money, self.call_due);
                let lack = self.of.lack.iter().map(|lack| lang.lack(lack)).collect();
                let rule = [next.because, lack, vec![lang.rule_next().to_owned()]].concat();
                (json!(next.what), next.what.clone(), rule.join(lang.and_then()))
            }
            Value::Weight(weight, grade) => self.weight(*weight, *grade),
            Value::LateFee(None) => (Json::Null, none(), lang.rule_no_terms().to_owned()),
            Value::LateFee(Some((terms, fee))) => self.fee(terms, fee),
            Value::Limitation(None) => (Json::Null, none(), lang.rule_no_limitation().to_owned()),
            Value::Statutory(of, _) if of.is_silent() => {
                (Json::Null, none(), lang.rule_no_statutory().to_owned())
            }
            Value::Statutory(of, fee) => self.statutory(of, fee.as_ref()),
            Value::Limitation(Some(both)) => {
                let rule = lang.rule_limitation(policy.limitation_years);
                (json!(both.own.ends), lang.limitation(both, today), rule)
            }
        };
        Told { topic, value, said, facts: self.facts(topic), rule }
    }

    fn weight(&self, weight: i128, grade: Option<Grade>) -> (Json, String, String) {
        let (item, lang) = (&self.of.item, self.lang);
        if item.balance <= 0 {
            return (Json::Null, lang.explain_none().to_owned(), lang.rule_no_weight().to_owned());
        }
        let days = (30 + item.days_late(self.portfolio.today)).min(180);
        let lateness = (Decimal::from(days) / Decimal::from(30)).round_dp(2).normalize();
        // The weight counts thirtieths of a month and tenths of a grade.
        let share = i128::from(item.balance).saturating_mul(i128::from(days)).max(1);
        let factor = Decimal::from(i64::try_from(weight / share).unwrap_or_default());
        let factor = (factor / Decimal::TEN).normalize();
        let minor = i64::try_from(weight / 300).unwrap_or(i64::MAX);
        let grade = grade.map_or_else(|| lang.explain_no_grade(), Grade::code);
        let balance = (self.money)(item.balance);
        let rule = lang.rule_weight(&balance, &lateness.to_string(), grade, &factor.to_string());
        (json!(money::plain(minor, item.currency)), (self.money)(minor), rule)
    }

    fn fee(&self, terms: &LateFee, fee: &Result<Fee, NoFee>) -> (Json, String, String) {
        let (item, lang) = (&self.of.item, self.lang);
        let none = |rule: String| (Json::Null, lang.explain_none().to_owned(), rule);
        match fee {
            Ok(fee) => {
                let value = json!(money::plain(fee.total, item.currency));
                (value, (self.money)(fee.total), lang.fees_convention(&lang.late_fee_terms(terms)))
            }
            Err(NoFee::NotDue) => none(lang.rule_fee_not_due().to_owned()),
            Err(NoFee::NoRate(day)) => none(lang.fee_no_rate(*day)),
            Err(NoFee::Overflow) => none(lang.rule_fee_overflow().to_owned()),
        }
    }

    /// What law says, with the fee it comes to.
    fn statutory(
        &self,
        of: &Statutory,
        fee: Option<&Result<Fee, NoFee>>,
    ) -> (Json, String, String) {
        let (item, lang, today) = (&self.of.item, self.lang, self.portfolio.today);
        let plain = |minor: i64| money::plain(minor, item.currency);
        let total = fee.and_then(|fee| fee.as_ref().ok()).map(|fee| fee.total);
        let value = json!({
            "payable_by_authority": of.limit.map(|limit| limit.authority),
            "payable_by_enterprise": of.limit.map(|limit| limit.enterprise),
            "late_fee": total.map(plain),
            "compensation": of.late.filter(|by| by.compensation > 0).map(|by| plain(by.compensation)),
            "priority_until": of.priority.map(|right| right.until),
        });
        let mut said = lang.statutory(of, today);
        said.extend(total.map(|total| lang.statutory_total(&(self.money)(total))));
        said.extend(
            of.late
                .filter(|by| by.compensation > 0)
                .map(|by| lang.statutory_sum(&(self.money)(by.compensation))),
        );
        (value, said.join(lang.pick("；", "; ")), lang.rule_statutory().to_owned())
    }

    fn facts(&self, topic: Topic) -> Vec<Fact> {
        let first = match topic {
            Topic::Balance => None,
            Topic::Status
            | Topic::WaitingOn
            | Topic::Bucket
            | Topic::Next
            | Topic::Weight
            | Topic::LateFee
            | Topic::Limitation
            | Topic::Statutory => Some(self.due()),
        };
        let mut facts: Vec<Fact> = first.into_iter().collect();
        facts.extend(self.of.facts(topic).map(|entry| self.fact(entry)));
        if facts.is_empty() {
            facts.push(self.agreed());
        }
        facts
    }

    /// The amount of what has been there always.
    fn agreed(&self) -> Fact {
        let event = TimelineEvent::Agreed { amount: self.of.item.amount };
        let what = self.lang.happened(&event, self.portfolio.today, self.money);
        Fact { on: None, what, event: None, who: None }
    }

    fn fact(&self, entry: &TimelineEntry) -> Fact {
        Fact {
            on: Some(entry.on),
            what: self.lang.happened(&entry.event, self.portfolio.today, self.money),
            event: entry.recorded.map(|event| event.0),
            who: entry.who.clone(),
        }
    }

    /// Where its due date comes from.
    fn due(&self) -> Fact {
        let (item, lang, today) = (&self.of.item, self.lang, self.portfolio.today);
        let rule = || lang.explain_rule(&self.of.rule);
        let what = match item.due(today).map(|day| day.to_string()) {
            None => lang.explain_due_none().to_owned(),
            Some(day) if item.agreed_due.is_some() => lang.explain_due_agreed(&day),
            Some(day) if item.is_firm(today) => lang.explain_due_firm(&day, &rule()),
            Some(day) => lang.explain_due_expected(&day, &rule()),
        };
        Fact { on: None, what, event: None, who: None }
    }
}

/// An explanation as a report.
pub struct ExplainedMilestone<'e> {
    pub of: &'e Explanation,
    pub portfolio: &'e Portfolio,
    pub name: String,
}

impl ExplainedMilestone<'_> {
    fn told(&self, lang: Lang) -> Vec<Told> {
        let currency = self.of.item.currency;
        let money = |minor| money::with_symbol(minor, currency);
        told(self.of, self.portfolio, lang, &money, next_step::CALL_DUE)
    }
}

impl Report for ExplainedMilestone<'_> {
    /// A table of facts a topic, below what is said and above its rule; a file of data has both in each row.
    fn page(&self, lang: Lang) -> Page<'_> {
        let table = |told: Told| {
            let columns = vec![
                Column::left(lang.explain_topic_word()).named("topic").told(),
                Column::left(lang.explain_said_word()).named("said").told(),
                Column::left(lang.form_day()).named("on"),
                Column::left(lang.explain_fact_word()).named("what"),
                Column::left(lang.explain_event_word()).named("event"),
                Column::left(lang.who_word()).named("who").spare(1),
                Column::left(lang.explain_rule_word()).named("rule").told(),
            ];
            let Told { topic, said, facts, rule, .. } = told;
            let title = lang.explain_topic(lang.topic(topic), &said);
            let notes = vec![rule.clone()];
            let rows = facts.into_iter().map(move |fact| {
                vec![
                    lang.topic(topic).into(),
                    said.clone().into(),
                    fact.on.into(),
                    fact.what.into(),
                    fact.event.map_or(Cell::EMPTY, |event| format!("#{event}").into()),
                    fact.who.map_or(Cell::EMPTY, Cell::from),
                    rule.clone().into(),
                ]
            });
            Table { title, notes, ..Table::new(columns, rows) }
        };
        Page {
            title: lang.explain_title(&self.name),
            tables: self.told(lang).into_iter().map(table).collect(),
            ..Page::default()
        }
    }

    /// An array with an object a topic.
    fn json(&self, lang: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        serde_json::to_writer(out, &self.told(lang))
    }
}

/// What one open milestone adds to the totals of its customer or project.
pub struct Part {
    key: String,
    project: String,
    milestone: String,
    status: status::Status,
    due: Option<NaiveDate>,
    currency: Currency,
    receivable: i64,
    overdue: i64,
    planned: i64,
}

impl Part {
    pub fn new(item: &Item, portfolio: &Portfolio) -> Self {
        let (today, names) = (portfolio.today, &portfolio.names);
        let milestone = names.milestone(item.id);
        let is_receivable = item.is_receivable(today);
        Self {
            key: milestone.code().map_or_else(|| item.id.to_string(), str::to_owned),
            project: names.project(item.project).code.to_string(),
            milestone: milestone.name.to_string(),
            status: status::status(item, today, &portfolio.policy),
            due: item.due(today),
            currency: item.currency,
            receivable: if is_receivable { item.balance } else { 0 },
            overdue: item.overdue(today),
            planned: if is_receivable { 0 } else { item.balance },
        }
    }
}

impl Listed for Part {
    fn title(lang: Lang) -> &'static str {
        lang.milestones_word()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.key_word()).named("key"), |p, _| (&*p.key).into()),
            field(Column::left(lang.project_code_word()).named("project").spare(2), |p, _| {
                (&*p.project).into()
            }),
            field(Column::left(lang.milestone_word()).named("milestone").spare(3), |p, _| {
                (&*p.milestone).into()
            }),
            field(Column::left(lang.due_word()).named("due").spare(1), |p, _| p.due.into()),
            field(Column::left(lang.status_word()).named("status"), |p, lang| {
                Cell::both(lang.status(p.status.kind()), p.status.code())
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(4), |p, _| {
                p.currency.code().into()
            }),
            field(Column::right(lang.receivable_word()).named("receivable"), |p, _| {
                Cell::amount(p.receivable, p.currency)
            }),
            field(Column::right(lang.overdue_word()).named("overdue"), |p, _| {
                Cell::amount(p.overdue, p.currency)
            }),
            field(Column::right(lang.planned_money()).named("planned"), |p, _| {
                Cell::amount(p.planned, p.currency)
            }),
        ]
    }

    fn sums(&self) -> Option<(Currency, Vec<(&'static str, i64)>)> {
        let sums =
            [("receivable", self.receivable), ("overdue", self.overdue), ("planned", self.planned)];
        Some((self.currency, sums.to_vec()))
    }
}

/// Whose totals are explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Customer(CustomerId),
    Project(ProjectId),
}

impl Owner {
    pub fn owns(self, item: &Item) -> bool {
        match self {
            Self::Customer(id) => item.customer == id,
            Self::Project(id) => item.project == id,
        }
    }
}

/// What the totals of a customer or a project are made of.
pub struct ExplainedTotals {
    parts: Rows<Part>,
    name: String,
    /// Money on account, which stands outside of them.
    unapplied: Vec<(Currency, i64)>,
}

impl ExplainedTotals {
    /// By the names that are known to the portfolio.
    pub fn of(owner: Owner, name: String, portfolio: &Portfolio) -> Self {
        let items = portfolio.items().iter().filter(|item| owner.owns(item));
        let parts = Rows(items.map(|item| Part::new(item, portfolio)).collect());
        let account = portfolio.unapplied.iter();
        let account = account.filter(|one| owner == Owner::Customer(one.customer));
        let unapplied = account.map(|one| (one.currency, one.amount)).collect();
        Self { parts, name, unapplied }
    }
}

impl Report for ExplainedTotals {
    fn page(&self, lang: Lang) -> Page<'_> {
        let mut page = self.parts.page(lang);
        page.title = lang.explain_items_title(&self.name);
        let sums = self.unapplied.iter().map(|(currency, sum)| money::with_symbol(*sum, *currency));
        let sums: Vec<String> = sums.collect();
        if let Some(table) = page.tables.first_mut() {
            table.notes.push(lang.explain_items_rule().to_owned());
            if !sums.is_empty() {
                table.notes.push(lang.explain_unapplied(&sums.join(lang.pick("、", ", "))));
            }
        }
        page
    }
}
