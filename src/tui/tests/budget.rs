//! How many keys a piece of work takes, each typed character counted.

use super::*;
use crate::domain::ids::ProjectId;
use crate::store::Store;
use crate::text::Lang;
use crate::tui::input::{Input, Key};

/// Somebody at the keys, and how many were pressed.
struct Counted {
    played: Played,
    keys: usize,
}

impl Counted {
    fn at(played: Played) -> Self {
        Self { played, keys: 0 }
    }

    fn keys(mut self, keys: &[Key]) -> Self {
        for key in keys {
            self.played.app.on_input(Input::Key(*key));
            self.played = self.played.press("");
        }
        self.keys += keys.len();
        self
    }

    fn types(self, text: &str) -> Self {
        let keys: Vec<Key> = text.chars().map(Key::Char).collect();
        self.keys(&keys)
    }
}

#[test]
fn a_contract_with_its_plan_takes_few_keys_from_an_empty_ledger() {
    let town = Town::empty();
    let path = town.folder.path().join("ledger.db");
    let done = Counted::at(town.seen(Lang::En, (80, 24)))
        .types("n")
        .types("Nordlicht Energie GmbH")
        .keys(&[Key::Enter])
        .types("n")
        .types("Data platform")
        .keys(&[Key::Tab, Key::Tab])
        .types("1.2m")
        .keys(&[Key::Tab])
        .types("30/40/30")
        .keys(&[Key::Enter]);
    assert!(done.keys <= 90, "{}", done.keys);
    let store = Store::open(&path).unwrap();
    let project = store.project_detail(ProjectId(1)).unwrap();
    assert_eq!((project.draft.code.as_str(), project.customer.0.as_str()), ("P-2026-01", "C001"));
    let amounts: Vec<i64> = project.plan.iter().map(|step| step.item.amount).collect();
    assert_eq!(amounts, [36_000_000, 48_000_000, 36_000_000]);
}

#[test]
fn a_new_customer_is_under_the_cursor_and_its_project_one_key_away() {
    let saved =
        Town::new().seen(Lang::Zh, (80, 24)).press("5 N Enter").types("恒岳建设").press("Enter");
    saved.shows("▸C004");
    let project = saved.press("n");
    project.shows("新建项目");
    project.shows("恒岳建设  C004");
}

#[test]
fn a_part_payment_takes_six_keys() {
    let today = Counted::at(Town::new().seen(Lang::Zh, (80, 24)));
    let done = today.types("p20万").keys(&[Key::Enter]);
    assert!(done.keys <= 6, "{}", done.keys);
    done.played.shows("到账 ¥200,000.00");
}

#[test]
fn what_they_promised_last_time_is_one_key_away() {
    let today = Town::new().seen(Lang::Zh, (80, 24));
    today.hides("承诺 11-20 前付 ¥480,000.00");
    let seen = Counted::at(today).keys(&[Key::Enter]);
    assert_eq!(seen.keys, 1);
    seen.played.shows("承诺 11-20 前付 ¥480,000.00");
}
