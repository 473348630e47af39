//! What those who look after the money sit down with: the pack of a meeting, and the same week as a mail. The portfolio is
//! read and gone through once; names are read of what is shown.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde_json::{Map, Value, json};

use super::parts::amount;
use super::{Filled, Topic, Writing};
use crate::domain::as_of::LATEST;
use crate::domain::calendar::add_days;
use crate::domain::document::DocumentScope;
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, IdMap, IdSet, MilestoneId, PersonId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::{Figure, TodoKind};
use crate::domain::money::{Currency, PerCurrency, add};
use crate::domain::people::Colleague;
use crate::domain::promise::PromiseState;
use crate::domain::status::waiting_on;
use crate::error::document::NothingToWrite;
use crate::error::{Error, Result};
use crate::exchange::digest as digest_words;
use crate::exchange::lists::todo_title;
use crate::exchange::next_step::{CALL_DUE, next};
use crate::portfolio::Portfolio;
use crate::report::deadlines::{self, Deadline};
use crate::report::desk::whose;
use crate::report::digest::{self, Digest};
use crate::report::figures::made_of;
use crate::store::{ListedPayment, Reader, Span, Todo};
use crate::text::Lang;

/// Rows of a list, and to-dos of one of us: what a meeting gets through.
const MOST: usize = 10;
/// What is to be done that a mail names.
const WORK: usize = 15;
/// To-dos that are read.
const TODOS: u32 = 500;
/// Days a pack looks back on, and days to-dos are looked ahead for.
const WEEK: i64 = 7;
/// Days before a claim is lost at which a meeting hears of it.
const LOST_SOON: i64 = 90;

/// A milestone and what of it is told.
#[derive(Clone, Copy)]
struct Told {
    id: MilestoneId,
    minor: i64,
    currency: Currency,
    on: Option<NaiveDate>,
}

/// Rows of one list: the first of them, and the sums of all.
struct Rows {
    shown: Vec<Told>,
    more: usize,
    sums: PerCurrency<i64>,
}

/// The week of those a pack is for.
struct Week<'a> {
    store: &'a Reader,
    lang: Lang,
    /// First day of it, the day before, and its last.
    from: NaiveDate,
    before: NaiveDate,
    day: NaiveDate,
    main: Currency,
    portfolio: Portfolio,
    whose: Option<&'a [Colleague]>,
    ids: &'a [PersonId],
}

pub fn fill(topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let Topic::Lens(lens) = topic else {
        return Err(Error::NoDocument(NothingToWrite::About(DocumentScope::Lens)));
    };
    let (store, lang) = (writing.store, writing.lang);
    let day = writing.to.unwrap_or(writing.today);
    let from = writing.from.or_else(|| add_days(day, 1 - WEEK)).unwrap_or(day);
    if from > day {
        return Err(Error::NoDocument(NothingToWrite::Backwards));
    }
    let people = lens.as_ref().map(|name| whose(store, name, writing.who)).transpose()?;
    let ids: Vec<PersonId> = people.iter().flatten().map(|one| one.id).collect();
    let portfolio = Portfolio::load(store, day)?;
    let mut digest = digest::digest(store, &portfolio)?;
    if let Some(people) = &people {
        digest.narrow(people, &portfolio);
    }
    let mut week = Week {
        store,
        lang,
        from,
        before: from.pred_opt().unwrap_or(from),
        day,
        main: digest.main,
        portfolio,
        whose: people.as_deref(),
        ids: &ids,
    };
    let lists = week.lists()?;
    let near = week.near()?;
    let money = week.money()?;
    let work: Vec<MilestoneId> =
        digest.worklist.entries.iter().take(WORK).map(|entry| entry.id).collect();
    let listed = lists.all().into_iter().flat_map(|list| list.shown.iter().map(|one| one.id));
    let shown: Vec<MilestoneId> =
        listed.chain(near.iter().map(|one| one.item.id)).chain(work).collect();
    week.portfolio.name(store, &shown)?;
    week.portfolio.name_accounts(store)?;
    week.portfolio.names.read_people(store)?;
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| context.insert(name.to_owned(), value);
    put("lens", lens.as_ref().map(|name| name.trim().to_owned()).into());
    put("from", lang.letter_day(from).into());
    put("to", lang.letter_day(day).into());
    put("received", money.shown(lang));
    put("newly_overdue", week.list(&lists.newly));
    put("broken", week.list(&lists.broken));
    put("rescheduled", week.list(&lists.rescheduled));
    put("overdue", week.list(&lists.overdue));
    put("due", week.list(&lists.due));
    put("promises", week.list(&lists.promised));
    put("unbilled", week.list(&lists.unbilled));
    put("ends", week.ends(&digest));
    put("limitation", near.iter().map(|one| week.deadline(one)).collect());
    put("managers", week.managers(&lists, &money)?);
    put("work", week.work(&digest));
    put("work_count", digest.worklist.entries.len().into());
    put("todos", week.todos()?);
    let (open, taken) = week.decisions()?;
    put("decisions_open", open);
    put("decisions_done", taken);
    put("to_decide", week.to_decide()?);
    let company = &writing.policy.company;
    let own = (company.name.clone(), company.email.clone());
    let to = if company.email.trim().is_empty() { Vec::new() } else { vec![own] };
    Ok(Filled { enclosed: Vec::new(), context, about: None, to, amount: None })
}

/// The lists of a week, and what managers' figures are made of.
struct Lists {
    newly: Rows,
    broken: Rows,
    rescheduled: Rows,
    overdue: Rows,
    due: Rows,
    promised: Rows,
    unbilled: Rows,
    /// By manager: overdue, due in the next days, unbilled.
    managers: BTreeMap<Option<PersonId>, PerCurrency<[i64; 3]>>,
}

impl Lists {
    const fn all(&self) -> [&Rows; 7] {
        let Self { newly, broken, rescheduled, overdue, due, promised, unbilled, .. } = self;
        [newly, broken, rescheduled, overdue, due, promised, unbilled]
    }
}

/// What came in.
#[derive(Default)]
struct Money {
    sums: PerCurrency<i64>,
    customers: Vec<(String, Currency, i64)>,
    managers: BTreeMap<Option<PersonId>, PerCurrency<i64>>,
}

impl Money {
    fn shown(&self, lang: Lang) -> Value {
        let rows = self.customers.iter().take(MOST).map(|(name, currency, minor)| {
            json!({ "customer": name, "amount": amount(*minor, *currency) })
        });
        json!({
            "rows": rows.collect::<Vec<_>>(),
            "more": self.customers.len().saturating_sub(MOST),
            "total": sums(&self.sums, lang),
        })
    }
}

/// Sums of currencies side by side; empty where there are none.
fn sums(all: &PerCurrency<i64>, lang: Lang) -> String {
    let each = all.iter().filter(|(_, minor)| **minor != 0);
    let each = each.map(|(currency, minor)| amount(*minor, currency));
    each.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

impl Week<'_> {
    /// The place of an amount: the greatest first, in the main currency where there is a rate.
    fn place(&self, minor: i64, currency: Currency) -> (bool, Reverse<i128>, &'static str) {
        let rate = self.portfolio.policy.rate(currency, self.main);
        let weight = i128::from(minor).saturating_mul(rate.unwrap_or(1).into());
        (rate.is_none(), Reverse(weight), currency.code())
    }

    fn rows(&self, mut all: Vec<Told>, by_day: bool) -> Result<Rows> {
        let mut sums = PerCurrency::<i64>::new();
        for one in &all {
            sums.add(one.currency, one.minor)?;
        }
        sums.main_first(self.main);
        let day = |one: &Told| one.on.filter(|_| by_day);
        all.sort_by_key(|one| (day(one), self.place(one.minor, one.currency), one.id));
        let more = all.len().saturating_sub(MOST);
        all.truncate(MOST);
        Ok(Rows { shown: all, more, sums })
    }

    fn lists(&self) -> Result<Lists> {
        let Self { from, before, day, ref portfolio, .. } = *self;
        let desks = portfolio.desks(self.ids);
        let is_theirs = |item: &Item| self.whose.is_none() || desks.have(item, None);
        let told =
            |item: &Item, minor, on| Told { id: item.id, minor, currency: item.currency, on };
        let mut managers: BTreeMap<Option<PersonId>, PerCurrency<[i64; 3]>> = BTreeMap::new();
        let mut figure = |figure: Figure, at: Option<usize>| -> Result<Vec<Told>> {
            let mut all = Vec::new();
            for one in made_of(figure, portfolio.items(), day, &portfolio.policy) {
                if !is_theirs(one.item) {
                    continue;
                }
                let on = one.promise.map_or_else(|| one.item.due(day), |made| Some(made.pay_by));
                all.push(told(one.item, one.amount, on));
                let of = managers.entry(one.item.manager).or_default();
                if let Some(sum) =
                    at.and_then(|at| of.entry(one.item.currency, || [0; 3]).get_mut(at))
                {
                    *sum = add(*sum, one.amount)?;
                }
            }
            Ok(all)
        };
        let overdue = figure(Figure::Overdue, Some(0))?;
        let due = figure(Figure::Due, Some(1))?;
        let unbilled = figure(Figure::Unbilled, Some(2))?;
        let promised = figure(Figure::Promised, None)?;
        let newly = overdue.iter().copied();
        let newly =
            newly.filter(|one| portfolio.get(one.id).is_some_and(|item| item.overdue(before) <= 0));
        let (mut broken, mut rescheduled) = (Vec::new(), Vec::new());
        for item in portfolio.items().iter().filter(|item| item.balance > 0) {
            let was_moved = item.rescheduled_on.is_some_and(|on| from <= on && on <= day);
            let broke = item.promises.iter().filter(|one| {
                one.state(day) == PromiseState::Broken && one.state(before) != PromiseState::Broken
            });
            let broke: Vec<Told> =
                broke.map(|one| told(item, one.missing(), Some(one.pay_by))).collect();
            if (was_moved || !broke.is_empty()) && is_theirs(item) {
                broken.extend(broke);
                if was_moved {
                    rescheduled.push(told(item, item.balance, item.agreed_due));
                }
            }
        }
        Ok(Lists {
            newly: self.rows(newly.collect(), false)?,
            broken: self.rows(broken, false)?,
            rescheduled: self.rows(rescheduled, false)?,
            overdue: self.rows(overdue, false)?,
            due: self.rows(due, true)?,
            promised: self.rows(promised, true)?,
            unbilled: self.rows(unbilled, false)?,
            managers,
        })
    }

    /// What was received in the week, bills of exchange too: by customer, and by who looks after what it paid. Of some of
    /// us what paid their milestones; of all what came in.
    fn money(&self) -> Result<Money> {
        let span = Span { customer: None, from: Some(self.from), to: Some(self.day) };
        let payments = self.store.payment_list(span)?;
        let lines = payments.iter().flat_map(|payment| &payment.lines);
        let mut ids: Vec<MilestoneId> = lines.map(|line| line.milestone).collect();
        ids.sort_unstable();
        ids.dedup();
        let managers: IdMap<MilestoneId, Option<PersonId>> = self
            .store
            .facts_of(&ids)?
            .iter()
            .map(|facts: &Facts| (facts.id, facts.project.manager))
            .collect();
        let mut money = Money::default();
        let mut customers: BTreeMap<String, PerCurrency<i64>> = BTreeMap::new();
        for payment in &payments {
            let currency = payment.head.currency;
            let theirs = self.paid(payment, &managers, &mut money)?;
            let came = match self.whose {
                Some(_) => theirs,
                None => payment.head.amount.saturating_sub(payment.head.reversed),
            };
            if came > 0 {
                money.sums.add(currency, came)?;
                let name = payment.head.customer_name.clone();
                customers.entry(name).or_default().add(currency, came)?;
            }
        }
        money.sums.main_first(self.main);
        for (name, sums) in customers {
            let each = sums.into_iter().map(|(currency, minor)| (name.clone(), currency, minor));
            money.customers.extend(each);
        }
        money.customers.sort_by_key(|(_, currency, minor)| self.place(*minor, *currency));
        Ok(money)
    }

    /// What of a payment went to milestones of those who are looked at; it is counted for their managers.
    fn paid(
        &self,
        payment: &ListedPayment,
        managers: &IdMap<MilestoneId, Option<PersonId>>,
        money: &mut Money,
    ) -> Result<i64> {
        let mut theirs = 0;
        for line in &payment.lines {
            let manager = managers.get(&line.milestone).copied().flatten();
            if self.whose.is_none() || manager.is_some_and(|one| self.ids.contains(&one)) {
                theirs = add(theirs, line.amount)?;
                let of = money.managers.entry(manager).or_default();
                of.add(payment.head.currency, line.amount)?;
            }
        }
        Ok(theirs)
    }

    /// Claims that can be lost soon. Only contracts are read of which one can be.
    fn near(&self) -> Result<Vec<Deadline>> {
        let (day, policy) = (self.day, &self.portfolio.policy);
        let months = Months::new(u32::from(policy.limitation_years) * 12);
        let works = self.store.contracts_of_works()?;
        let soon = add_days(day, LOST_SOON).unwrap_or(LATEST);
        let desks = self.portfolio.desks(self.ids);
        let can_end = |item: &&Item| {
            let ends = item.firm_due(day).and_then(|from| from.checked_add_months(months));
            item.balance > 0
                && (ends.is_some_and(|ends| ends <= soon) || works.contains(&item.project))
                && (self.whose.is_none() || desks.have(item, None))
        };
        let old: Vec<&Item> = self.portfolio.items().iter().filter(can_end).collect();
        let ids: IdSet<MilestoneId> = old.iter().map(|item| item.id).collect();
        let projects: IdSet<ProjectId> = old.iter().map(|item| item.project).collect();
        let mut projects: Vec<ProjectId> = projects.into_iter().collect();
        projects.sort_unstable();
        let mut near = deadlines::of_projects(self.store, &projects, day, policy)?;
        near.retain(|one| {
            let left = one.days_left(day);
            ids.contains(&one.item.id) && (0..=LOST_SOON).contains(&left)
        });
        near.sort_by_key(|one| (one.days_left(day), one.item.id));
        near.truncate(MOST);
        Ok(near)
    }

    fn deadline(&self, one: &Deadline) -> Value {
        let left = one.days_left(self.day);
        let mut row = self.line(&one.item);
        row.insert("amount".to_owned(), amount(one.item.balance, one.item.currency).into());
        let ends = add_days(self.day, left).map(|day| self.lang.letter_day(day));
        row.insert("ends".to_owned(), ends.into());
        row.insert("days_left".to_owned(), left.into());
        Value::Object(row)
    }

    /// A milestone as a pack names it, and who has to move.
    fn line(&self, item: &Item) -> Map<String, Value> {
        let (lang, day, portfolio) = (self.lang, self.day, &self.portfolio);
        let names = &portfolio.names;
        let mut row = Map::new();
        let mut put = |name: &str, value: Value| row.insert(name.to_owned(), value);
        put("customer", names.customer(item.customer).short().into());
        put("project", (*names.project(item.project).code).into());
        put("milestone", (*names.milestone(item.id).name).into());
        put("days_late", item.days_late(day).into());
        put("manager", item.manager.map(|id| names.person(id).to_owned()).into());
        put("turn", lang.waiting_on(waiting_on(item, day, &portfolio.policy)).into());
        put("owner", lang.owner(portfolio.owner(item, None)).into());
        let money = |minor| amount(minor, item.currency);
        put("next", next(item, portfolio, lang, &money, CALL_DUE).what.into());
        row
    }

    fn list(&self, rows: &Rows) -> Value {
        let shown = rows.shown.iter().filter_map(|one| {
            let mut row = self.line(self.portfolio.get(one.id)?);
            row.insert("amount".to_owned(), amount(one.minor, one.currency).into());
            row.insert("on".to_owned(), one.on.map(|on| self.lang.letter_day(on)).into());
            Some(Value::Object(row))
        });
        json!({
            "rows": shown.collect::<Vec<_>>(),
            "count": rows.shown.len() + rows.more,
            "more": rows.more,
            "total": sums(&rows.sums, self.lang),
        })
    }

    /// What expires, ends, is to be presented or applied, or was not answered.
    fn ends(&self, digest: &Digest) -> Value {
        let each = digest.errands.iter().take(WORK).map(|errand| {
            let (minor, currency) = errand.amount();
            let customer: CustomerId = errand.customer();
            json!({
                "customer": self.portfolio.names.customer(customer).short(),
                "amount": (minor != 0).then(|| amount(minor, currency)),
                "what": digest_words::errand(errand, &self.portfolio.names, self.day, self.lang),
                "owner": self.lang.owner(self.portfolio.errand_owner(errand)),
            })
        });
        each.collect()
    }

    fn work(&self, digest: &Digest) -> Value {
        let entries = digest.worklist.entries.iter().take(WORK);
        let each = entries.filter_map(|entry| {
            let item = self.portfolio.get(entry.id)?;
            let mut row = self.line(item);
            let owner = self.lang.owner(self.portfolio.owner(item, Some(entry.act)));
            row.insert("owner".to_owned(), owner.into());
            row.insert("next".to_owned(), self.lang.act(entry.act).into());
            row.insert("amount".to_owned(), amount(item.balance, item.currency).into());
            Some(Value::Object(row))
        });
        each.collect()
    }

    /// Of each manager and currency: overdue, due in the next days, unbilled, received in the week.
    fn managers(&self, lists: &Lists, money: &Money) -> Result<Value> {
        let mut all: BTreeMap<Option<PersonId>, PerCurrency<[i64; 4]>> = BTreeMap::new();
        for (manager, sums) in &lists.managers {
            for (currency, [overdue, due, unbilled]) in sums.iter() {
                let of = all.entry(*manager).or_default();
                *of.entry(currency, || [0; 4]) = [*overdue, *due, *unbilled, 0];
            }
        }
        for (manager, sums) in &money.managers {
            for (currency, minor) in sums.iter() {
                let of = all.entry(*manager).or_default();
                let [.., received] = of.entry(currency, || [0; 4]);
                *received = add(*received, *minor)?;
            }
        }
        let each = all.into_iter().flat_map(|(manager, sums)| {
            sums.into_iter().map(move |(currency, of)| (manager, currency, of))
        });
        let mut rows: Vec<_> = each.filter(|(_, _, of)| *of != [0; 4]).collect();
        rows.sort_by_key(|(manager, currency, [overdue, ..])| {
            (manager.is_none(), self.place(*overdue, *currency), *manager)
        });
        let each = rows.into_iter().map(|(manager, currency, of)| {
            let [overdue, due, unbilled, received] = of.map(|minor| amount(minor, currency));
            json!({
                "name": manager.map(|id| self.portfolio.names.person(id)),
                "overdue": overdue,
                "due": due,
                "unbilled": unbilled,
                "received": received,
            })
        });
        Ok(each.collect())
    }

    fn concerns(&self, todo: &Todo) -> bool {
        let theirs = |whose| self.portfolio.todo_concerns(whose, &todo.owner, todo.milestone);
        todo.opened_on <= self.day && self.whose.is_none_or(theirs)
    }

    fn todo(&self, todo: &Todo) -> Value {
        let (lang, day) = (self.lang, |day| self.lang.letter_day(day));
        let names = [&todo.customer_name, &todo.project_code, &todo.milestone_name];
        let about = names.into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
        json!({
            "id": todo.id.to_string(),
            "title": todo_title(todo, lang),
            "about": about.join(" · "),
            "owner": todo.owner,
            "asked_by": todo.asked_by,
            "due_on": todo.due_on.map(day),
            "late": todo.done_on.is_none() && todo.due_on.is_some_and(|due| due < self.day),
            "done_on": todo.done_on.map(day),
            "outcome": todo.outcome,
        })
    }

    /// What is due within a week, by who does it.
    fn todos(&self) -> Result<Value> {
        let until = add_days(self.day, WEEK).unwrap_or(self.day);
        let due = self.store.due_todos(until, self.portfolio.is_past(), TODOS)?;
        let mut owners: BTreeMap<&str, Vec<&Todo>> = BTreeMap::new();
        let is_task = |todo: &&Todo| !matches!(todo.kind, TodoKind::Decision | TodoKind::Approval);
        for todo in due.first.iter().filter(is_task).filter(|todo| self.concerns(todo)) {
            owners.entry(&todo.owner).or_default().push(todo);
        }
        let each = owners.into_iter().map(|(owner, todos)| {
            let shown: Vec<Value> = todos.iter().take(MOST).map(|todo| self.todo(todo)).collect();
            let more = todos.len().saturating_sub(MOST);
            json!({ "owner": owner, "items": shown, "more": more })
        });
        Ok(each.collect())
    }

    /// What was decided: what is not done yet, and what was done since the last time.
    fn decisions(&self) -> Result<(Value, Value)> {
        let all = self.store.todos_of_kind(TodoKind::Decision, self.from)?;
        let known = all.iter().filter(|todo| self.concerns(todo));
        let is_done = |todo: &&Todo| todo.done_on.is_some_and(|on| on <= self.day);
        let (done, open): (Vec<&Todo>, Vec<&Todo>) = known.partition(is_done);
        let shown = |todos: Vec<&Todo>| todos.into_iter().map(|todo| self.todo(todo)).collect();
        Ok((shown(open), shown(done)))
    }

    /// What somebody was asked to approve.
    fn to_decide(&self) -> Result<Value> {
        let all = self.store.todos_of_kind(TodoKind::Approval, LATEST)?;
        let open = all.iter().filter(|todo| todo.done_on.is_none() && self.concerns(todo));
        Ok(open.map(|todo| self.todo(todo)).collect())
    }
}
