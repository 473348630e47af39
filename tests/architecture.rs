//! The architecture's own rules, read from the source: which module may know which, who alone names a library, and
//! that the recipes of `src/lib.rs` name places that are there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests panic like tests do")]

use std::fs;
use std::path::{Path, PathBuf};

/// What each module may know, besides itself.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("clock", &[]),
    ("files", &[]),
    ("editor", &["error", "files"]),
    ("config", &["error", "domain"]),
    ("text", &["error", "domain"]),
    ("store", &["error", "domain", "files"]),
    ("error", &["domain"]),
    ("portfolio", &["error", "store", "domain"]),
    // `report::filter` reads the words a person types, and answers in them.
    ("report", &["error", "portfolio", "store", "domain", "text"]),
    ("exchange", &["report", "error", "files", "portfolio", "store", "domain", "text"]),
    ("document", &["exchange", "report", "error", "files", "portfolio", "store", "domain", "text"]),
    // Its past weeks are frozen as everybody's are.
    ("demo", &["exchange", "report", "error", "portfolio", "store", "domain", "text"]),
    (
        "tui",
        &[
            "clock",
            "config",
            "demo",
            "document",
            "editor",
            "exchange",
            "files",
            "report",
            "error",
            "portfolio",
            "store",
            "domain",
            "text",
        ],
    ),
    (
        "cli",
        &[
            "clock",
            "config",
            "demo",
            "document",
            "editor",
            "exchange",
            "files",
            "report",
            "error",
            "portfolio",
            "store",
            "domain",
            "text",
            "tui",
        ],
    ),
];

/// Names, and the only places that may say them.
const NAMED_ONLY_IN: &[(&str, &[&str])] = &[
    ("ratatui", &["tui", "tui/"]),
    ("crossterm", &["tui/terminal.rs"]),
    ("ansi_colours", &["tui/theme.rs"]),
    ("rusqlite", &["store/sqlite.rs"]),
    ("refinery", &["store/sqlite.rs"]),
    ("clap", &["cli.rs", "cli/"]),
    ("notify", &["tui/data/watch.rs"]),
    ("minijinja", &["document/template.rs"]),
    ("pulldown_cmark", &["document/markdown.rs"]),
    ("docx_rs", &["document/out/docx.rs"]),
    ("lettre", &["document/mail.rs", "document/out/eml.rs"]),
    ("ZipWriter", &["document/out/bundle.rs"]),
    ("Local::now", &["clock.rs"]),
    ("Utc::now", &["clock.rs"]),
    ("SystemTime::now", &["clock.rs"]),
    ("Instant::now", &["clock.rs"]),
];

/// What `cli` takes from `tui`: it opens the screen.
const DOORS: &[&str] = &["tui::session"];

/// A file of ours.
struct Source {
    /// Its path below `src`, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The top-level module it belongs to; the roots belong to none.
    fn module(&self) -> Option<&str> {
        let top = self.path.split('/').next().unwrap();
        let module = top.strip_suffix(".rs").unwrap_or(top);
        (!matches!(module, "lib" | "main")).then_some(module)
    }

    /// Lines of code, without those that are only comment.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let below = path.strip_prefix(&root).unwrap();
                found.push(Source {
                    path: below.to_str().unwrap().replace('\\', "/"),
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 50, "the source is found");
    found
}

/// Every path of ours a line names, from the module on: `store::Store`, or several of `crate::{portfolio, store::Store}`.
fn paths(code: &str) -> Vec<String> {
    let is_path = |c: &char| c.is_alphanumeric() || matches!(c, '_' | ':');
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0_usize;
            let mut path = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => found.push(std::mem::take(&mut path)),
                    c if depth == 0 && is_path(&c) => path.push(c),
                    _ => {}
                }
            }
            found.push(path);
        } else {
            found.push(rest.chars().take_while(is_path).collect());
        }
    }
    found.retain(|path| !path.is_empty());
    found
}

fn joined(source: &Source) -> String {
    source.code().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_arrow_runs_the_wrong_way() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(module) = source.module() else {
            continue;
        };
        let Some((_, may)) = MAY_KNOW.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{}: {module} has no place in the map", source.path));
            continue;
        };
        for path in paths(&joined(&source)) {
            let known = path.split("::").next().unwrap();
            let is_module = MAY_KNOW.iter().any(|(name, _)| *name == known);
            if is_module && known != module && !may.contains(&known) {
                wrong.push(format!("{}: {module} must not know {path}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_report_knows_words_only_where_they_are_typed() {
    for source in sources() {
        let knows = paths(&joined(&source)).iter().any(|path| path.starts_with("text"));
        let is_report = source.module() == Some("report");
        assert!(
            !(is_report && knows) || source.path.starts_with("report/filter"),
            "{} words what it computes",
            source.path
        );
    }
}

#[test]
fn the_command_line_comes_to_the_screen_by_its_doors() {
    for source in sources().iter().filter(|s| s.module() == Some("cli")) {
        for path in paths(&joined(source)) {
            let door = DOORS.iter().any(|door| path.starts_with(door));
            assert!(!path.starts_with("tui") || door, "{} reaches {path}", source.path);
        }
    }
}

#[test]
fn each_library_has_one_place() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (name, places) in NAMED_ONLY_IN {
            if places.iter().any(|place| source.path.starts_with(place)) {
                continue;
            }
            for (number, line) in source.code().filter(|(_, line)| names(line, name)) {
                wrong.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether the line says this name, as a word of its own.
fn names(line: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        let (before, after) = (line.get(..at), line.get(at + name.len()..));
        !before.is_some_and(|text| text.ends_with(is_word))
            && !after.is_some_and(|text| text.starts_with(is_word))
    })
}

/// Where `src/lib.rs` promises that the compiler asks for what was forgotten.
const EXHAUSTIVE: &[&str] = &[
    "src/domain/change.rs",
    "src/domain/plausibility.rs",
    "src/store/known.rs",
    "src/store/timeline.rs",
    "src/store/write.rs",
    "src/text/changes.rs",
    "src/text/errors.rs",
    "src/text/violations.rs",
    "src/tui/confirmation.rs",
    "src/tui/detail/timeline.rs",
    "src/tui/forms.rs",
    "src/cli/record.rs",
];

/// How many places a recipe may ask for.
const RECIPES: &[(&str, usize)] =
    &[("A dated fact", 10), ("What an item knows of a fact", 5), ("A screen", 6), ("A report", 4)];

/// The recipes of `src/lib.rs`: what each adds, and the places it names.
fn recipes() -> Vec<(String, Vec<String>)> {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let all = map.split("# To add").nth(1).unwrap().split("\n//! **").skip(1);
    let places = |recipe: &str| {
        let named = recipe.split('`').skip(1).step_by(2).map(str::to_owned);
        named.filter(|name| name.contains('/') || name == "README.md").collect()
    };
    all.map(|recipe| (recipe.split("**").next().unwrap().to_owned(), places(recipe))).collect()
}

#[test]
fn recipes_name_places_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let recipes = recipes();
    assert!(recipes.len() > 5, "the recipes are found");
    for (what, places) in recipes {
        for place in &places {
            assert!(root.join(place).exists(), "{what}: {place} is gone");
        }
    }
}

#[test]
fn a_recipe_asks_for_few_places() {
    for (what, most) in RECIPES {
        let recipes = recipes();
        let found = recipes.iter().find(|(title, _)| title.starts_with(what));
        let (_, places) = found.unwrap_or_else(|| panic!("no recipe for {what}"));
        let (few, some) = (places.len() <= *most, !places.is_empty());
        assert!(few && some, "{what} touches {places:?}");
    }
}

#[test]
fn a_new_kind_of_change_is_asked_for_everywhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for place in EXHAUSTIVE {
        let source = fs::read_to_string(root.join(place)).unwrap();
        let wildcards = source.lines().filter(|line| line.trim_start().starts_with("_ =>"));
        assert_eq!(wildcards.count(), 0, "{place} has an arm for whatever is forgotten");
    }
}

/// Rows of a change's tables are written in the write room and by the import; its words stand in `text` alone.
#[test]
fn a_change_is_matched_in_few_rooms() {
    const MAY_MATCH: &[&str] = &["domain/", "store/", "text/changes.rs", "tui/confirmation.rs"];
    for source in sources() {
        let is_test = source.path.contains("test");
        let may = is_test || MAY_MATCH.iter().any(|place| source.path.starts_with(place));
        for (number, line) in source.code().filter(|(_, line)| line.contains("=>")) {
            let pattern = line.split("=>").next().unwrap();
            let matches = pattern.trim_start().starts_with("Change::");
            assert!(may || !matches, "{}:{number} matches a change", source.path);
        }
    }
}
