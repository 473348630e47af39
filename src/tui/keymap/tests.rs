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
    Scope::Page,
    Scope::Closed,
    Scope::Aging,
    Scope::Bank,
    Scope::Movement,
    Scope::Register,
    Scope::Import,
    Scope::Global,
    Scope::Form,
    Scope::Popup,
    Scope::Prompt,
    Scope::Confirm,
    Scope::Document,
    Scope::Reading,
];

/// Not bound, on purpose: nothing yet.
const INTERNAL: &[Action] = &[];

fn bindings() -> impl Iterator<Item = &'static Binding> {
    Keymap::shipped().bindings()
}

fn lookup(scopes: &[Scope], begun: Option<Key>, key: Key) -> Lookup {
    Keymap::shipped().lookup(scopes, begun, key)
}

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
            let wanted = Keymap::shipped().active(scopes);
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

/// What a configuration calls actions and their keys.
fn names() -> String {
    let mut out = "| action | keys | does |\n| --- | --- | --- |\n".to_owned();
    let mut seen = HashSet::new();
    for binding in bindings().filter(|binding| seen.insert(binding.action)) {
        let words = |keys: &Keys| {
            let names = keys.iter().map(|key| match key {
                Key::Char(c) if *c != ' ' => c.to_string(),
                key => key.to_string().to_lowercase(),
            });
            format!("`{}`", names.collect::<Vec<_>>().join(" "))
        };
        let keys: Vec<String> = binding.keys.iter().map(words).collect();
        let (name, does) = (binding.action.name(), binding.action.help(Lang::En));
        let keys = keys.join(" ").replace('|', "\\|");
        out.extend(["| `", &name, "` | ", &keys, " | ", does, " |\n"]);
    }
    out
}

/// `HUIKUAN_WRITE_DOCS=1` makes the page say so.
#[rstest]
#[case("README.md", &markdown(Lang::En))]
#[case("docs/README.zh.md", &markdown(Lang::Zh))]
#[case("docs/FORMATS.md", &names())]
fn the_key_table_is_the_binding_table(#[case] page: &str, #[case] table: &str) {
    const BEGIN: &str = "<!-- keys: written by the program -->\n";
    const END: &str = "<!-- end of keys -->";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = format!("{before}{BEGIN}\n{table}\n{END}{after}");
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

fn setting(line: usize, action: &str, keys: &[&str]) -> KeySetting {
    let keys = keys.iter().map(ToString::to_string).collect();
    KeySetting { action: action.to_owned(), keys, line }
}

/// What the key of a view does with these settings.
fn done(settings: &[KeySetting], begun: Option<Key>, key: Key) -> Option<Action> {
    let keymap = Keymap::configured(settings).unwrap();
    match keymap.lookup(scopes(Action::GoToday), begun, key) {
        Lookup::Found(binding) => Some(binding.action),
        Lookup::Begun | Lookup::Unbound => None,
    }
}

#[test]
fn chosen_keys_stand_instead_of_those_of_the_table() {
    let contact = Action::Record(Recording::Contact);
    let chosen = [setting(1, "contact", &["J", "ctrl-t", "f5"])];
    assert_eq!(done(&chosen, None, Key::Char('J')), Some(contact));
    assert_eq!(done(&chosen, None, Key::Ctrl('t')), Some(contact));
    assert_eq!(done(&chosen, None, Key::F(5)), Some(contact));
    assert_eq!(done(&chosen, None, Key::Char('c')), None);
    let two = [setting(1, "quit", &["Z Z"])];
    assert_eq!(done(&two, Some(Key::Char('Z')), Key::Char('Z')), Some(Action::Quit));
    assert_eq!(done(&two, None, Key::Ctrl('c')), None);
}

#[test]
fn where_letters_are_typed_they_stay_letters() {
    let keymap = Keymap::configured(&[setting(1, "down", &["n"]), setting(2, "new", &["K"])]);
    let keymap = keymap.unwrap();
    let down = |scope, key| matches!(keymap.lookup(&[scope], None, key), Lookup::Found(b) if b.action == Action::Down);
    assert!(down(Scope::List, Key::Char('n')));
    assert!(!down(Scope::List, Key::Down));
    assert!(!down(Scope::Popup, Key::Char('n')));
    assert!(down(Scope::Popup, Key::Down));
    assert!(!down(Scope::Document, Key::Char('n')));
    assert!(down(Scope::Document, Key::Down));
}

#[test]
fn the_footer_and_texts_name_the_keys_that_were_chosen() {
    let chosen = [setting(1, "up", &["K"]), setting(2, "undo", &["ctrl-y"])];
    let keymap = Keymap::configured(&chosen).unwrap();
    let here = KeyContext { row: Some(RowKind::Milestone), ..KeyContext::default() };
    let footer = keymap.footer(scopes(Action::GoToday), &here, Lang::En, 200);
    let keys: Vec<String> = footer.iter().map(|binding| binding.first_keys()).collect();
    assert!(keys.contains(&"j/K".to_owned()) && keys.contains(&"Ctrl-y".to_owned()), "{keys:?}");
    assert_eq!(keymap.key(Action::Undo), "Ctrl-y");
}

#[rstest]
#[case::no_action(&["conatct"], &["c"], "no action is called “conatct”; the nearest is contact, docs/FORMATS.md names all")]
#[case::no_key(&["contact"], &["spcae"], "no key is called “spcae”; the nearest is space")]
#[case::nothing_like_it(&["contact"], &["qqqqqq"], "no key is called “qqqqqq”; write x, ctrl-x, f5, space, enter")]
#[case::none(&["contact"], &[], "contact has no key")]
#[case::blank(&["contact"], &[" "], "contact has no key")]
#[case::too_many(&["contact"], &["a b c"], "“a b c”: two keys one after the other at most")]
#[case::typed(&["save"], &["x"], "save cannot be x, where text is typed; take one key like ctrl-x or f5")]
#[case::taken(&["contact"], &["p"], "p of contact and p of payment get in each other's way")]
#[case::taken_elsewhere(&["quit"], &["c"], "c of contact and c of quit get in each other's way")]
#[case::begins_two(&["contact"], &["g"], "g of contact and gg of first get in each other's way")]
#[case::both_chosen(&["contact", "quit"], &["Z"], "Z of contact and Z of quit get in each other's way")]
fn what_cannot_be_is_refused(#[case] actions: &[&str], #[case] keys: &[&str], #[case] said: &str) {
    let settings: Vec<KeySetting> =
        (7..).zip(actions).map(|(line, action)| setting(line, action, keys)).collect();
    let why = Keymap::configured(&settings).unwrap_err();
    assert_eq!(why.line, 6 + actions.len());
    let error = crate::error::Error::Keys { path: "config.toml".into(), why };
    let text = Lang::En.error(&error);
    let line = format!("in the configuration config.toml: line {}: ", 6 + actions.len());
    assert_eq!(text, format!("{line}{said}"));
}

#[test]
fn scopes_that_hold_at_once_meet() {
    for tab in TABS {
        let scopes = (tab.open)().scopes();
        let pairs = scopes.iter().flat_map(|one| scopes.iter().map(move |other| (*one, *other)));
        for (one, other) in pairs {
            assert!(one.meets(other), "{one:?} and {other:?}");
        }
    }
    assert!(!Scope::Item.meets(Scope::Form) && !Scope::Aging.meets(Scope::Item));
}

#[test]
fn keys_may_be_exchanged() {
    let chosen = [setting(1, "contact", &["p"]), setting(2, "payment", &["c"])];
    assert_eq!(done(&chosen, None, Key::Char('c')), Some(Action::Record(Recording::Payment)));
    assert_eq!(done(&chosen, None, Key::Char('p')), Some(Action::Record(Recording::Contact)));
}

#[test]
fn every_action_has_a_name_of_its_own() {
    let names: Vec<String> = Action::all().map(Action::name).collect();
    let different: HashSet<&String> = names.iter().collect();
    assert_eq!(different.len(), names.len());
    assert!(names.contains(&"go_today".to_owned()) && names.contains(&"write_off".to_owned()));
}

#[test]
fn every_key_of_the_table_can_be_written() {
    for binding in bindings() {
        for key in binding.keys.iter().copied().flatten() {
            assert_eq!(Key::named(&key.to_string()), Some(*key), "{key}");
        }
    }
}

#[test]
fn where_there_are_no_rows_the_footer_has_no_keys_for_one() {
    let keymap = Keymap::shipped();
    let empty = keymap.footer(scopes(Action::GoToday), &KeyContext::default(), Lang::En, 400);
    let has = |action: Action| empty.iter().any(|binding| binding.action == action);
    assert!(has(Action::Record(Recording::New)) && has(Action::Help));
    assert!(!has(Action::Record(Recording::Contact)) && !has(Action::Open));
}
