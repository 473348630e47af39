//! What was typed and chosen in a form, to be filled into another one of its kind.

use super::Form;
use super::entry::{Entry, Kind};

/// What a person put into the fields of a form, by their labels; what was proposed is proposed anew.
#[derive(Debug, Clone, Default)]
pub struct Filling(Vec<(String, String)>);

impl Form {
    /// What was filled in, so far as it is not of one row only.
    pub fn filling(&self) -> Filling {
        let by_hand = self.fields.iter().filter(|field| field.shown);
        let by_hand = by_hand.filter(|field| field.again || field.is_dirty());
        Filling(by_hand.filter_map(|field| Some((field.label.clone(), field.words()?))).collect())
    }

    /// Fills in what was filled in before; whoever leaves it then has lost nothing.
    pub fn fill(&mut self, Filling(before): &Filling) {
        for (label, words) in before {
            let fits = |field: &&mut Entry| field.label == *label && !field.again;
            if let Some(field) = self.fields.iter_mut().find(fits) {
                field.again = field.put(words);
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

    /// Puts it there; false if there is no such choice.
    fn put(&mut self, words: &str) -> bool {
        let place = |found: Option<usize>| found.map(Some).or(words.is_empty().then_some(None));
        let done = match &mut self.kind {
            Kind::Line(line, _) => {
                line.set(words);
                true
            }
            Kind::Few(few) => {
                let found = place(few.options.iter().position(|option| option == words));
                found.map(|at| few.chosen = at).is_some()
            }
            Kind::Many(many) => {
                let found = place(many.picks.iter().position(|pick| pick.text == words));
                found.map(|at| many.chosen = at).is_some()
            }
            Kind::Lines(_) | Kind::Marks(_) | Kind::Note => false,
        };
        self.settled();
        done
    }
}
