use std::collections::HashSet;
use std::path::Path;
use std::{env, fs};

use rstest::rstest;

use super::*;
use crate::tui::screens::TABS;

/// Every scope, in the order of the README.
const SCOPES: &[Scope] = &[
    Scope::Item,
    Scope::List,
    Scope::Closed,
    Scope::Aging,
    Scope::Global,
    Scope::Form,
    Scope::Popup,
    Scope::Prompt,
    Scope::Confirm,
];

/// Not bound, on purpose: nothing yet.
const INTERNAL: &[Action] = &[];

fn scopes(view: Action) -> &'static [Scope] {
    let tab = TABS.iter().find(|tab| tab.action == view);
    (tab.unwrap().open)().scopes()
}

#[test]
fn no_two_bindings_of_a_scope_collide() {
    for scope in SCOPES {
        let here = bindings().filter(|binding| binding.scope == *scope);
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
    for action in Action::all() {
        let bound = bindings().any(|binding| binding.action == action);
        assert_ne!(bound, INTERNAL.contains(&action), "{action:?}");
    }
}

#[test]
fn every_action_has_words_of_its_own_in_both_languages() {
    let mut seen = HashSet::new();
    for action in Action::all() {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!action.label(lang).is_empty());
            let help = action.help(lang);
            assert!(!help.is_empty());
            assert!(seen.insert((lang, action, help)));
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
        (Key::Char('W'), Action::Record(Recording::WriteOff)),
        (Key::Char(' '), Action::Mark),
        (Key::Char('6'), Action::GoAging),
        (Key::Char('u'), Action::Undo),
    ];
    let words = "n New,e Edit,y Copy,o Sort,c Contact,p Payment,m Promise,d Dispute,x Resolve,D Delivered,\
        A Accepted,I Invoiced,r Reschedule,H Hold,/ Find,f Filter,: Palette,? Help,S Snapshot,w Wan";
    for pair in words.split(',') {
        let (key, name) = pair.split_once(' ').unwrap();
        let is_named =
            |a: &Action| [name, &format!("Record({name})")].contains(&&*format!("{a:?}"));
        table.push((Key::Char(key.chars().next().unwrap()), Action::all().find(is_named).unwrap()));
    }
    for (key, action) in table {
        match lookup(scopes, None, key) {
            Lookup::Found(binding) => assert_eq!(binding.action, action),
            other => panic!("{key}: {other:?}"),
        }
    }
}

#[test]
fn two_keys_go_to_the_first_row_of_every_view() {
    let g = Key::Char('g');
    for tab in TABS {
        let scopes = scopes(tab.action);
        assert!(matches!(lookup(scopes, None, g), Lookup::Begun), "{:?}", tab.action);
        let second = lookup(scopes, Some(g), g);
        assert!(matches!(second, Lookup::Found(b) if b.action == Action::First));
    }
}

#[test]
fn an_act_that_is_not_possible_says_why() {
    let act = |action| bindings().find(|b| b.action == action).unwrap().enabled;
    let mut here = KeyContext::default();
    assert_eq!(act(Action::Record(Recording::Promise))(&here), Err(DisabledReason::NoRow));
    here.row = Some(RowKind::Customer);
    assert_eq!(act(Action::Record(Recording::Promise))(&here), Err(DisabledReason::NotMilestone));
    assert_eq!(act(Action::Record(Recording::Payment))(&here), Ok(()));
    here.row = Some(RowKind::Milestone);
    assert_eq!(act(Action::Record(Recording::Promise))(&here), Ok(()));
    assert_eq!(act(Action::Record(Recording::Resolve))(&here), Err(DisabledReason::NoDispute));
    here.milestone.settled = true;
    assert_eq!(act(Action::Record(Recording::Promise))(&here), Err(DisabledReason::Settled));
}

/// The key table of the README.
fn markdown(lang: Lang) -> String {
    let mut out = String::new();
    for scope in SCOPES {
        let (title, key, does) =
            (scope.title(lang), lang.pick("按键", "Key"), lang.pick("作用", "Does"));
        let head = format!("| {title}: {key} | {does} |\n| --- | --- |\n");
        out.push_str(&head);
        for binding in bindings().filter(|binding| binding.scope == *scope) {
            let keys = binding.keys_text().replace('|', "\\|");
            let keys = keys.split(' ').collect::<Vec<_>>().join("` `");
            let row = format!("| `{keys}` | {} |\n", binding.action.help(lang));
            out.push_str(&row);
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// `HUIKUAN_WRITE_DOCS=1` makes the page say so.
#[rstest]
#[case("README.md", Lang::En)]
#[case("docs/README.zh.md", Lang::Zh)]
fn the_key_table_is_the_binding_table(#[case] page: &str, #[case] lang: Lang) {
    const BEGIN: &str = "<!-- keys: written by the program -->\n";
    const END: &str = "<!-- end of keys -->";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = format!("{before}{BEGIN}\n{}\n{END}{after}", markdown(lang));
    if env::var_os("HUIKUAN_WRITE_DOCS").is_some() {
        fs::write(&path, &wanted).unwrap();
    } else {
        assert!(text == wanted, "{page} is out of date; HUIKUAN_WRITE_DOCS=1 cargo test writes it");
    }
}

#[test]
fn the_readme_s_table_names_every_binding() {
    let table = markdown(Lang::En);
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    assert_eq!(rows.count(), bindings().count());
    assert!(table.contains("| `c` | log a contact |"));
    assert!(table.contains("| `gg` `Home` | first row |"));
}
