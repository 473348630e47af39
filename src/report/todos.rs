//! To-dos as a day sees them.

use chrono::NaiveDate;

use crate::domain::ids::TodoId;
use crate::domain::item::Item;
use crate::domain::kinds::{Level, TodoKind, TodoState};
use crate::domain::todo;
use crate::portfolio::Portfolio;
use crate::store::Todo;

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
        let names = &portfolio.names;
        let agreed = portfolio.items().iter().flat_map(|item| {
            let contact = item.next_on.filter(|day| Some(*day) != item.rare.appointed_on);
            let days =
                [(TodoKind::Appointment, item.rare.appointed_on), (TodoKind::CallBack, contact)];
            days.into_iter().filter_map(move |(kind, day)| Some((item, kind, day?)))
        });
        let line = |(item, kind, next_on): (&Item, TodoKind, NaiveDate)| {
            let (milestone, project) = (names.milestone(item.id), names.project(item.project));
            let customer = names.customer(item.customer);
            let called = milestone.code().unwrap_or(&milestone.name);
            let todo = Todo {
                id: TodoId(0),
                kind,
                title: String::new(),
                owner: item.manager.map_or("", |id| names.person(id)).to_owned(),
                opened_on: item.last_touch_on.unwrap_or(next_on),
                due_on: Some(next_on),
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
        };
        agreed.map(line).collect()
    }

    pub fn state(&self) -> TodoState {
        todo::state(self.todo.due_on, self.todo.done_on, self.today)
    }
}
