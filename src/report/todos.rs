//! To-dos as a day sees them.

use chrono::NaiveDate;

use crate::domain::ids::TodoId;
use crate::domain::item::Item;
use crate::domain::kinds::{Level, TodoKind, TodoState};
use crate::domain::todo;
use crate::portfolio::{Names, Portfolio};
use crate::store::{Todo, TodoHead};

/// A to-do on a day.
#[derive(Debug, Clone)]
pub struct TodoLine {
    pub todo: Todo,
    pub today: NaiveDate,
    /// Whether it is a contact or an acceptance that was agreed for a day: that stands with the contact, and has no number
    /// here.
    pub is_agreed: bool,
}

impl TodoLine {
    /// These on one day.
    pub fn all(todos: Vec<Todo>, today: NaiveDate) -> Vec<Self> {
        todos.into_iter().map(|todo| Self { todo, today, is_agreed: false }).collect()
    }

    /// The contacts and acceptances agreed for a day with those who owe, as to-dos; their names have been read.
    pub fn agreed(portfolio: &Portfolio) -> Vec<Self> {
        let of = |item| {
            let of = move |agreed| Self::of(item, agreed, portfolio, &portfolio.names);
            agreed_days(item).map(of)
        };
        portfolio.items().iter().flat_map(of).collect()
    }

    /// The acceptance or the contact agreed for a day about an item, whichever comes first, by the names that were read.
    pub fn agreed_with(item: &Item, portfolio: &Portfolio, names: &Names) -> Option<Self> {
        let first = agreed_days(item).min_by_key(|(day, _)| *day)?;
        Some(Self::of(item, first, portfolio, names))
    }

    fn of(
        item: &Item,
        (day, kind): (NaiveDate, TodoKind),
        portfolio: &Portfolio,
        names: &Names,
    ) -> Self {
        let manager = portfolio.people.iter().find(|one| Some(one.id) == item.manager);
        let (milestone, project) = (names.milestone(item.id), names.project(item.project));
        let customer = names.customer(item.customer);
        let called = milestone.code().unwrap_or(&milestone.name);
        let todo = Todo {
            id: TodoId(0),
            kind,
            title: String::new(),
            owner: manager.map_or_else(String::new, |one| one.name.clone()),
            opened_on: item.last_touch_on.unwrap_or(day),
            due_on: Some(day),
            every: None,
            severity: Level::Medium,
            probability: None,
            impact: None,
            blocks: false,
            done_on: None,
            outcome: String::new(),
            asked_by: String::new(),
            change: None,
            approved: None,
            milestone: Some(item.id),
            milestone_name: Some(called.to_owned()),
            project: Some(item.project),
            currency: Some(item.currency),
            project_code: Some(project.code.to_string()),
            customer: Some(item.customer),
            customer_code: Some(customer.code.to_string()),
            customer_name: Some(customer.short().to_owned()),
        };
        Self { todo, today: portfolio.today, is_agreed: true }
    }

    /// What it is found and ordered by in a list of to-dos.
    pub fn head(&self) -> TodoHead {
        let todo = &self.todo;
        let named = |names: &[&Option<String>]| {
            let names: Vec<&str> = names.iter().filter_map(|name| name.as_deref()).collect();
            names.join("\n")
        };
        TodoHead {
            id: todo.id,
            kind: todo.kind,
            title: todo.title.clone(),
            owner: todo.owner.clone(),
            due_on: todo.due_on,
            severity: todo.severity,
            done_on: todo.done_on,
            blocks: todo.blocks,
            milestone: todo.milestone,
            customer: named(&[&todo.customer_code, &todo.customer_name]),
            project: named(&[&todo.project_code]),
            milestone_name: named(&[&todo.milestone_name]),
        }
    }

    pub fn state(&self) -> TodoState {
        todo::state(self.todo.due_on, self.todo.done_on, self.today)
    }
}

/// The days agreed about an item: for its acceptance, and for the next contact where that is another.
fn agreed_days(item: &Item) -> impl Iterator<Item = (NaiveDate, TodoKind)> + use<> {
    let appointed = item.rare.appointed_on;
    let contact = item.next_on.filter(|day| Some(*day) != appointed);
    let days = [(appointed, TodoKind::Appointment), (contact, TodoKind::CallBack)];
    days.into_iter().filter_map(|(day, kind)| Some((day?, kind)))
}
