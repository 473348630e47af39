//! Finding open items by what people type, a hundred thousand of them: each different text is looked at once, however
//! many items have it.

use std::collections::HashMap;

use crate::domain::ids::{CustomerId, IdMap, MilestoneId, PersonId, ProjectId};
use crate::domain::item::Item;
use crate::portfolio::Names;
use crate::report::filter::TextField;
use crate::text::find::{Key, Needle};

/// The ids of an item that have names.
#[derive(Debug, Clone, Copy)]
pub struct NamedItem {
    id: MilestoneId,
    customer: CustomerId,
    project: ProjectId,
    manager: Option<PersonId>,
}

impl NamedItem {
    pub const fn new(item: &Item) -> Self {
        Self { id: item.id, customer: item.customer, project: item.project, manager: item.manager }
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

fn words(typed: &str) -> Vec<Word> {
    let word = |word: &str| Word { folded: word.to_ascii_lowercase(), needle: Needle::new(word) };
    typed.split_whitespace().map(word).collect()
}

/// What one typed text finds, each text of an index looked at when it is first asked for.
pub struct TextMatches {
    words: Vec<Word>,
    known: Vec<Option<bool>>,
}

impl TextMatches {
    pub fn new(typed: &str, index: &Index) -> Self {
        Self { words: words(typed), known: vec![None; index.texts.len()] }
    }

    fn finds(&mut self, at: u32, index: &Index) -> bool {
        let Some((at, text)) =
            usize::try_from(at).ok().and_then(|at| Some((at, index.texts.get(at)?)))
        else {
            return false;
        };
        if let Some(known) = self.known.get(at).copied().flatten() {
            return known;
        }
        let found = self.words.iter().all(|word| text.has(word));
        if let Some(known) = self.known.get_mut(at) {
            *known = Some(found);
        }
        found
    }
}

/// Which texts of an item: customer, project, manager, its own key, its own name.
type ItemTexts = [u32; 5];

/// Every open item by its texts, and by the places of its customer, project and manager in the order of their names.
pub struct Index {
    texts: Vec<Text>,
    items: Vec<(MilestoneId, ItemTexts)>,
    ranks: Vec<[u32; 3]>,
}

impl Index {
    /// Prepares the names of these items, which come by id.
    pub fn new(items: &[NamedItem], names: &Names) -> Self {
        let mut texts = Texts::default();
        let mut customers = IdMap::default();
        let mut projects = IdMap::default();
        let mut people = IdMap::default();
        let of_items: Vec<_> = items
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
                    Some(id) => *people.entry(id).or_insert_with(|| texts.add(names.person(id))),
                    None => texts.shared(""),
                };
                let own = names.milestone(item.id);
                let (key, name) = (texts.key(&own.code), texts.shared(&own.name));
                (item.id, [customer, project, manager, key, name])
            })
            .collect();
        let customers = ranked(customers.into_keys(), |id| &names.customer(id).code);
        let projects = ranked(projects.into_keys(), |id| &names.project(id).code);
        let people = ranked(people.into_keys(), |id| names.person(id));
        let last = u32::MAX;
        let ranks = items.iter().map(|item| {
            let manager = item.manager.and_then(|id| people.get(&id));
            [
                customers.get(&item.customer).copied().unwrap_or(last),
                projects.get(&item.project).copied().unwrap_or(last),
                manager.copied().unwrap_or(last),
            ]
        });
        texts.all.shrink_to_fit();
        Self { ranks: ranks.collect(), texts: texts.all, items: of_items }
    }

    /// Where an item stands here: mostly where it stands in the portfolio.
    fn place(&self, at: usize, id: MilestoneId) -> Option<usize> {
        if self.items.get(at).is_some_and(|(there, _)| *there == id) {
            return Some(at);
        }
        self.items.binary_search_by_key(&id, |(id, _)| *id).ok()
    }

    /// The places of customer, project (by code) and manager (by name) of the item at a place of the portfolio.
    pub fn ranks(&self, at: usize, id: MilestoneId) -> [u32; 3] {
        let place = self.place(at, id).and_then(|at| self.ranks.get(at));
        place.copied().unwrap_or([u32::MAX; 3])
    }

    /// Whether a text finds the item at a place of the portfolio; `None` if it is not here.
    pub fn has(
        &self,
        (at, id): (usize, MilestoneId),
        place: TextField,
        matches: &mut TextMatches,
    ) -> Option<bool> {
        let (_, [customer, project, manager, key, name]) = self.items.get(self.place(at, id)?)?;
        Some(match place {
            TextField::Customer => matches.finds(*customer, self),
            TextField::Project => matches.finds(*project, self),
            TextField::Pm => matches.finds(*manager, self),
            TextField::Milestone => matches.finds(*key, self) || matches.finds(*name, self),
        })
    }

    /// The items that have every word of `typed` somewhere, by id.
    pub fn find(&self, typed: &str) -> Vec<MilestoneId> {
        let mut found: Vec<&(MilestoneId, ItemTexts)> = self.items.iter().collect();
        for word in words(typed) {
            let hits: Vec<bool> = self.texts.iter().map(|text| text.has(&word)).collect();
            let hit = |at: &u32| usize::try_from(*at).ok().and_then(|at| hits.get(at)).copied();
            found.retain(|(_, texts)| texts.iter().any(|at| hit(at) == Some(true)));
        }
        found.into_iter().map(|(id, _)| *id).collect()
    }
}

#[derive(Default)]
struct Texts<'n> {
    all: Vec<Text>,
    /// Those that many items have.
    known: HashMap<&'n str, u32>,
}

impl<'n> Texts<'n> {
    fn add(&mut self, text: &str) -> u32 {
        let at = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(Text::new(text));
        at
    }

    fn shared(&mut self, text: &'n str) -> u32 {
        if let Some(at) = self.known.get(text) {
            return *at;
        }
        let at = self.add(text);
        self.known.insert(text, at);
        at
    }

    /// A milestone's key is its own, if it has one.
    fn key(&mut self, key: &'n str) -> u32 {
        if key.is_empty() { self.shared(key) } else { self.add(key) }
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
