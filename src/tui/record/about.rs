//! What a form is about: the items behind its subject, how they are called, and titles made of that.

use iso_currency::Currency;

use super::refusal::at;
use super::{Context, Subject};
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::money;
use crate::error::Error;
use crate::store::Page;
use crate::text::Lang;
use crate::text::width::width;
use crate::tui::action::Action;
use crate::tui::desk::{Refusal, Response};
use crate::tui::forms::{Field, Finish, Form, Values};
use crate::tui::widgets::list::RowId;
use crate::tui::widgets::picker::{Pick, Picker};

/// Cells a form's title can take.
const TITLE: usize = 70;

/// Every row of a list.
const ALL: Page<'static> = Page {
    offset: 0,
    limit: u32::MAX,
    search: "",
};

impl<'a> Context<'a> {
    pub(super) const fn lang(self) -> Lang {
        self.look.lang
    }

    pub(super) fn form(self, title: String, fields: Vec<Field>, finish: Finish) -> Form {
        Form::new(title, (self.lang(), self.today), fields, finish)
    }

    /// The items of these milestones, open or closed, in the order given.
    pub(super) fn items(self, ids: &[MilestoneId]) -> Result<Vec<Item>, Error> {
        let item = |id: &MilestoneId| match self.book.get(*id) {
            Some(item) => Ok(item.clone()),
            None => self.store.milestone_detail(*id).map(|detail| detail.item),
        };
        ids.iter().map(item).collect()
    }

    /// The open items of a customer, oldest due first.
    pub(super) fn items_of(self, customer: CustomerId) -> Vec<&'a Item> {
        let items = self.book.items().iter();
        let mut items: Vec<&Item> = items
            .filter(|item| item.customer == customer && item.balance > 0)
            .collect();
        items.sort_by_key(|item| (item.due.is_none(), item.due, item.seq, item.id));
        items
    }

    /// The name of a customer for narrow places.
    pub(super) fn customer_name(self, id: CustomerId) -> Result<String, Error> {
        let names = self.store.customer_names(&[id])?;
        Ok(names
            .get(&id)
            .map_or_else(String::new, |name| name.short().to_owned()))
    }

    /// Project and name of each item, for a line.
    pub(super) fn labels(self, items: &[&Item]) -> Result<Vec<String>, Error> {
        let ids: Vec<MilestoneId> = items.iter().map(|item| item.id).collect();
        let of: Vec<ProjectId> = items.iter().map(|item| item.project).collect();
        let (milestones, projects) = (
            self.store.milestone_names(&ids)?,
            self.store.project_names(&of)?,
        );
        let label = |item: &&Item| {
            let project = projects.get(&item.project).map_or("", |name| &name.code);
            match milestones.get(&item.id) {
                Some(name) if name.code.is_empty() => format!("{project} {}", name.name),
                // Most keys begin with the project's code.
                Some(name) if name.code.starts_with(project) => both(&name.code, &name.name),
                Some(name) => format!("{project} {}", both(&name.code, &name.name)),
                None => project.to_owned(),
            }
        };
        Ok(items.iter().map(label).collect())
    }

    /// What is done to which milestones, and what is open on them.
    pub(super) fn title(self, what: &str, items: &[Item]) -> Result<String, Error> {
        let Some(first) = items.first() else {
            return Ok(what.to_owned());
        };
        let customer = self.customer_name(first.customer)?;
        let open = open(items);
        let [only] = items else {
            let many = self.lang().form_milestones(items.len());
            return Ok(format!("{what} - {customer} · {many} · {open}"));
        };
        let name = self.store.milestone_names(&[only.id])?;
        let name = name.get(&only.id).map_or("", |name| &name.name);
        let project = self.store.project_names(&[only.project])?;
        let (code, full) = project
            .get(&only.project)
            .map_or_else(Default::default, |name| {
                (name.code.clone(), both(&name.code, &name.name))
            });
        // What is open stands last and must not be cut off by long names.
        let titles = [
            format!("{what} - {customer} · {full} · {name} · {open}"),
            format!("{what} - {customer} · {code} · {name} · {open}"),
            format!("{what} - {code} · {name} · {open}"),
        ];
        let [.., shortest] = &titles;
        let fitting = titles.iter().find(|title| width(title) <= TITLE);
        Ok(fitting.unwrap_or(shortest).clone())
    }

    /// Every customer, to pick one.
    pub(super) fn customer_picks(self) -> Result<Vec<Pick>, Error> {
        let pick = |row: crate::store::CustomerRow| Pick::new(RowId(row.id.0), row.name, row.code);
        Ok(self
            .store
            .customer_page(ALL)?
            .into_iter()
            .map(pick)
            .collect())
    }

    /// Every project, to pick one.
    pub(super) fn project_picks(self) -> Result<Vec<Pick>, Error> {
        let pick = |row: crate::store::ProjectRow| {
            let text = both(&row.code, &row.name);
            Pick::new(RowId(row.id.0), text, row.customer_name)
        };
        Ok(self
            .store
            .project_page(ALL)?
            .into_iter()
            .map(pick)
            .collect())
    }

    /// The customer of the items, else of the subject; or why there is none.
    pub(super) fn one_customer(
        self,
        items: &[Item],
        subject: &Subject,
    ) -> Result<CustomerId, &'static str> {
        let lang = self.lang();
        match items {
            [] => subject.customer.ok_or_else(|| lang.why_no_customer()),
            [first, rest @ ..] if rest.iter().all(|item| item.customer == first.customer) => {
                Ok(first.customer)
            }
            _ => Err(lang.form_two_customers()),
        }
    }

    /// The choice which of several items an action is about.
    pub(super) fn choose(self, action: Action, items: &[Item]) -> Result<Response, Error> {
        let labels = self.labels(&items.iter().collect::<Vec<_>>())?;
        let picks = items.iter().zip(labels).map(|(item, label)| {
            let open = money::with_symbol(item.balance, item.currency);
            Pick::new(RowId(item.id.0), label, open)
        });
        let picker = Picker::new(action.help(self.lang()), picks.collect(), None);
        Ok(Response::Pick(Box::new(picker), action))
    }
}

/// Why nothing comes of a key.
pub(super) fn say(why: &str) -> Response {
    Response::Say(why.to_owned())
}

/// A code and a name, the code alone where both are the same.
pub(super) fn both(code: &str, name: &str) -> String {
    if code == name {
        code.to_owned()
    } else {
        format!("{code} {name}")
    }
}

/// What is open on items, by currency.
pub(super) fn open(items: &[Item]) -> String {
    let mut sums: Vec<(Currency, i128)> = Vec::new();
    for item in items {
        match sums
            .iter_mut()
            .find(|(currency, _)| *currency == item.currency)
        {
            Some((_, sum)) => *sum += i128::from(item.balance),
            None => sums.push((item.currency, item.balance.into())),
        }
    }
    let sums = sums
        .into_iter()
        .map(|(currency, sum)| money::with_symbol(sum, currency));
    sums.collect::<Vec<_>>().join(" + ")
}

/// A whole number of a text field, up to the most it takes; none if left empty.
pub(super) fn whole(
    values: &Values,
    (name, most): (&'static str, u16),
    lang: Lang,
) -> Result<Option<u16>, Refusal> {
    let text = values.text(name);
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse().ok().filter(|number| *number <= most);
    number
        .map(Some)
        .ok_or_else(|| at(name, lang.form_whole(most)))
}
