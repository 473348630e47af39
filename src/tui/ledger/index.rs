//! Finding open items by what people type, a hundred thousand of them: each different text is looked at once, however
//! many items have it.

use std::collections::HashMap;

use crate::book::Names;
use crate::domain::ids::{CustomerId, IdMap, IdSet, MilestoneId, PersonId, ProjectId};
use crate::domain::item::Item;
use crate::text::find::{Key, Needle};

/// The ids of an item that have names.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    id: MilestoneId,
    customer: CustomerId,
    project: ProjectId,
    manager: Option<PersonId>,
}

impl Named {
    /// The ids of an item.
    pub const fn new(item: &Item) -> Self {
        Self {
            id: item.id,
            customer: item.customer,
            project: item.project,
            manager: item.manager,
        }
    }
}

/// A text prepared for searching. One of plain Latin needs no readings, and there is one for each milestone's key.
enum Text {
    Plain(Box<str>),
    Read(Key),
}

impl Text {
    fn new(text: &str) -> Self {
        if text.is_ascii() {
            Self::Plain(text.to_ascii_lowercase().into())
        } else {
            Self::Read(Key::new(text))
        }
    }

    fn has(&self, word: &Word) -> bool {
        match self {
            Self::Plain(text) => text.contains(&word.folded),
            Self::Read(key) => word.needle.matches_key(key),
        }
    }
}

/// One word that was typed.
struct Word {
    folded: String,
    needle: Needle,
}

/// Every open item by its texts, and the places of customers, projects and people in the order of their names.
pub struct Index {
    texts: Vec<Text>,
    items: Vec<(MilestoneId, [u32; 5])>,
    ranks: Ranks,
}

/// Places in the order of codes (of people: names).
#[derive(Default)]
struct Ranks {
    customers: IdMap<CustomerId, u32>,
    projects: IdMap<ProjectId, u32>,
    people: IdMap<PersonId, u32>,
}

impl Index {
    /// Prepares the names of these items.
    pub fn new(items: &[Named], names: &Names) -> Self {
        let mut texts = Texts::default();
        let mut customers = IdMap::default();
        let mut projects = IdMap::default();
        let mut people = IdMap::default();
        let items: Vec<_> = items
            .iter()
            .map(|item| {
                let customer = *customers.entry(item.customer).or_insert_with(|| {
                    let name = names.customer(item.customer);
                    texts.add(&format!("{} {} {}", name.code, name.name, name.short()))
                });
                let project = *projects.entry(item.project).or_insert_with(|| {
                    let name = names.project(item.project);
                    texts.add(&format!("{} {}", name.code, name.name))
                });
                let manager = match item.manager {
                    Some(id) => *people
                        .entry(id)
                        .or_insert_with(|| texts.add(names.person(id))),
                    None => texts.add(""),
                };
                let own = names.milestone(item.id);
                let (key, name) = (texts.add(&own.code), texts.add(&own.name));
                (item.id, [customer, project, manager, key, name])
            })
            .collect();
        let ranks = Ranks {
            customers: ranked(customers.into_keys(), |id| &names.customer(id).code),
            projects: ranked(projects.into_keys(), |id| &names.project(id).code),
            people: ranked(people.into_keys(), |id| names.person(id)),
        };
        let texts = texts.all;
        Self {
            texts,
            items,
            ranks,
        }
    }

    /// The items that have every word of `typed` somewhere.
    pub fn find(&self, typed: &str) -> IdSet<MilestoneId> {
        let mut found: Vec<&(MilestoneId, [u32; 5])> = self.items.iter().collect();
        for word in typed.split_whitespace() {
            let word = Word {
                folded: word.to_ascii_lowercase(),
                needle: Needle::new(word),
            };
            let hits: Vec<bool> = self.texts.iter().map(|text| text.has(&word)).collect();
            let hit = |at: &u32| {
                usize::try_from(*at)
                    .ok()
                    .and_then(|at| hits.get(at))
                    .copied()
            };
            found.retain(|(_, texts)| texts.iter().any(|at| hit(at) == Some(true)));
        }
        found.into_iter().map(|(id, _)| *id).collect()
    }

    /// The customer's place in the order of codes.
    pub fn customer(&self, id: CustomerId) -> u32 {
        self.ranks.customers.get(&id).copied().unwrap_or(u32::MAX)
    }

    /// The project's place in the order of codes.
    pub fn project(&self, id: ProjectId) -> u32 {
        self.ranks.projects.get(&id).copied().unwrap_or(u32::MAX)
    }

    /// The manager's place in the order of names; nobody comes last.
    pub fn person(&self, id: Option<PersonId>) -> u32 {
        id.and_then(|id| self.ranks.people.get(&id).copied())
            .unwrap_or(u32::MAX)
    }
}

/// Texts, each once.
#[derive(Default)]
struct Texts {
    all: Vec<Text>,
    known: HashMap<String, u32>,
}

impl Texts {
    fn add(&mut self, text: &str) -> u32 {
        if let Some(at) = self.known.get(text) {
            return *at;
        }
        let at = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(Text::new(text));
        self.known.insert(text.to_owned(), at);
        at
    }
}

fn ranked<'a, Id>(ids: impl Iterator<Item = Id>, name: impl Fn(Id) -> &'a str) -> IdMap<Id, u32>
where
    Id: Copy + Eq + std::hash::Hash + Ord,
{
    let mut ids: Vec<Id> = ids.collect();
    ids.sort_unstable_by(|a, b| name(*a).cmp(name(*b)).then(a.cmp(b)));
    ids.into_iter().zip(0..).collect()
}
