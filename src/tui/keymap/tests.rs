use std::collections::HashSet;

use super::*;
use crate::tui::screens::TABS;

/// Not bound, on purpose: nothing yet.
const INTERNAL: &[Action] = &[];

fn scopes(view: Action) -> &'static [Scope] {
    let tab = TABS.iter().find(|tab| tab.action == view);
    (tab.unwrap().open)().scopes()
}

#[test]
fn no_two_bindings_of_a_scope_collide() {
    for scope in Scope::ALL {
        let here = BINDINGS.iter().filter(|binding| binding.scope == *scope);
        let keys: Vec<Keys> = here.flat_map(|binding| binding.keys.iter().copied()).collect();
        for (at, one) in keys.iter().enumerate() {
            for other in keys.iter().skip(at + 1) {
                let clash = one.starts_with(other) || other.starts_with(one);
                assert!(!clash, "{scope:?}: {one:?} and {other:?}");
            }
        }
    }
}

#[test]
fn every_action_is_bound_or_internal() {
    for action in Action::ALL {
        let bound = BINDINGS.iter().any(|binding| binding.action == *action);
        assert_ne!(bound, INTERNAL.contains(action), "{action:?}");
    }
}

#[test]
fn every_action_has_words_of_its_own_in_both_languages() {
    let mut seen = HashSet::new();
    for action in Action::ALL {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!action.label(lang).is_empty());
            let help = action.help(lang);
            assert!(!help.is_empty());
            assert!(seen.insert((lang, *action, help)));
        }
        let (zh, en) = (action.help(Lang::Zh), action.help(Lang::En));
        assert!(!zh.is_ascii(), "{action:?}: {zh}");
        assert_ne!(zh, en);
    }
}

#[test]
fn the_footer_of_every_view_fits_80_columns() {
    for tab in TABS {
        let scopes = (tab.open)().scopes();
        for lang in [Lang::Zh, Lang::En] {
            let wanted = active(scopes);
            let needed = wanted.iter().filter(|b| b.footer.is_some() && b.rank == 0);
            let cells: usize = needed.map(|b| b.footer_cells(lang)).sum();
            // A blank before the first and no gap behind the last.
            assert!(cells + 1 - 2 <= 80, "{:?} {lang}: {cells}", tab.action);
        }
    }
}

#[test]
fn the_keys_of_the_contract_do_what_it_says() {
    let scopes = scopes(Action::GoToday);
    let mut table = vec![
        (Key::Char('j'), Action::Down),
        (Key::Char('W'), Action::WriteOff),
        (Key::Char(' '), Action::Mark),
        (Key::Char('6'), Action::GoAging),
        (Key::Char('u'), Action::Undo),
    ];
    let words = "n New,e Edit,y Copy,o Sort,c Contact,p Payment,m Promise,d Dispute,x Resolve,D Delivered,\
        A Accepted,I Invoiced,r Reschedule,H Hold,/ Find,f Filter,: Palette,? Help,S Snapshot,w Wan";
    for pair in words.split(',') {
        let (key, name) = pair.split_once(' ').unwrap();
        let action = Action::ALL.iter().find(|a| format!("{a:?}") == name);
        table.push((Key::Char(key.chars().next().unwrap()), *action.unwrap()));
    }
    for (key, action) in table {
        match lookup(scopes, None, key) {
            Lookup::Found(binding) => assert_eq!(binding.action, action),
            other => panic!("{key}: {other:?}"),
        }
    }
}

#[test]
fn two_keys_make_one_binding_unless_the_view_has_the_first() {
    let g = Key::Char('g');
    assert!(matches!(lookup(scopes(Action::GoToday), None, g), Lookup::Begun));
    let second = lookup(scopes(Action::GoToday), Some(g), g);
    assert!(matches!(second, Lookup::Found(b) if b.action == Action::First));
    let grouped = lookup(scopes(Action::GoAging), None, g);
    assert!(matches!(grouped, Lookup::Found(b) if b.action == Action::Group));
}

#[test]
fn an_act_that_is_not_possible_says_why() {
    let act = |action| BINDINGS.iter().find(|b| b.action == action).unwrap().enabled;
    let mut here = KeyContext::default();
    assert_eq!(act(Action::Promise)(&here), Err(DisabledReason::NoRow));
    here.row = Some(RowKind::Customer);
    assert_eq!(act(Action::Promise)(&here), Err(DisabledReason::NotMilestone));
    assert_eq!(act(Action::Payment)(&here), Ok(()));
    here.row = Some(RowKind::Milestone);
    assert_eq!(act(Action::Promise)(&here), Ok(()));
    assert_eq!(act(Action::Resolve)(&here), Err(DisabledReason::NoDispute));
    here.milestone.settled = true;
    assert_eq!(act(Action::Promise)(&here), Err(DisabledReason::Settled));
}

#[test]
fn the_readme_s_table_names_every_binding() {
    let table = markdown(Lang::En);
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    assert_eq!(rows.count(), BINDINGS.len());
    assert!(table.contains("| `c` | log a contact |"));
    assert!(table.contains("| `gg` `Home` | first row |"));
}
