//! What was typed and chosen in a form, to be filled into another one of its kind.

use super::Form;
use super::entry::{Entry, Kind};

/// What a person put into the fields of a form, by their labels; what was proposed is proposed anew.
#[derive(Debug, Clone, Default)]
pub struct Filling(Vec<(String, String)>);

impl Form {
    /// What was filled in, so far as it is not of one row only.
    pub fn filling(&self) -> Filling {
        let shown = self.fields.iter().filter(|field| field.shown);
        let by_hand = shown.filter(|field| field.is_by_hand());
        Filling(by_hand.filter_map(|field| Some((field.label.clone(), field.words()?))).collect())
    }

    /// Fills in what was filled in before; whoever leaves it then has lost nothing.
    pub fn fill(&mut self, Filling(before): &Filling) {
        for (label, words) in before {
            let fits = |field: &&mut Entry| field.label == *label && !field.is_by_hand();
            if let Some(field) = self.fields.iter_mut().find(fits) {
                field.put(words);
            }
        }
        self.settle();
    }
}

impl Entry {
    /// What was typed, or the name of what was chosen.
    fn words(&self) -> Option<String> {
        match &self.kind {
            Kind::Line(line, _) => Some(line.text().to_owned()),
            Kind::Few(few) => {
                Some(few.chosen.and_then(|at| few.options.get(at)).cloned().unwrap_or_default())
            }
            Kind::Many(many) => {
                Some(many.pick().map_or_else(String::new, |pick| pick.text.clone()))
            }
            Kind::Lines(_) | Kind::Marks(_) | Kind::Note => None,
        }
    }

    /// Puts it there; what is no choice here stays as it is proposed.
    fn put(&mut self, words: &str) {
        let or =
            |found: Option<usize>, chosen| if words.is_empty() { None } else { found.or(chosen) };
        match &mut self.kind {
            Kind::Line(line, _) => line.set(words),
            Kind::Few(few) => {
                let found = few.options.iter().position(|option| option == words);
                few.chosen = or(found, few.chosen);
            }
            Kind::Many(many) => {
                let found = many.picks.iter().position(|pick| pick.text == words);
                many.chosen = or(found, many.chosen);
            }
            Kind::Lines(_) | Kind::Marks(_) | Kind::Note => {}
        }
        self.settled();
    }
}
