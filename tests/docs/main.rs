//! What is written about the program is true of the program: commands, flags, columns, links, pictures.
//!
//! Pictures are made by the program. `HUIKUAN_WRITE_DOCS=1 cargo test --test docs` makes them anew.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use chrono::NaiveDate;
use huikuan::domain::plan::field::PlanField;
use huikuan::domain::policy::Setting;
use huikuan::report::filter::{Filter, FilterField};
use huikuan::store::Store;
use huikuan::text::Lang;
use huikuan::tui::session::{self, LastSeen, Options, Seen};
use huikuan::{cli, demo};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rstest::rstest;

mod svg;

const PAGES: &[&str] = &[
    "README.md",
    "docs/README.zh.md",
    "docs/ARCHITECTURE.md",
    "docs/DOMAIN.md",
    "docs/FORMATS.md",
    "docs/SPEED.md",
];

/// The day of the pictures, whatever day it is: a Tuesday.
const PICTURE_DAY: &str = "2026-11-24";

/// Flags of programs that are not ours.
const FOREIGN_FLAGS: &[&str] = &["--release", "--test", "--locked", "--path"];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn page(name: &str) -> String {
    let text = fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    text.replace("\r\n", "\n")
}

/// The file says this; if it is asked for, it does from now on.
fn is_current(name: &str, wanted: &str) {
    if env::var_os("HUIKUAN_WRITE_DOCS").is_some() {
        fs::write(path(name), wanted).unwrap();
    }
    let found = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(
        found.replace("\r\n", "\n") == wanted,
        "{name} is out of date; HUIKUAN_WRITE_DOCS=1 cargo test --test docs writes it anew"
    );
}

#[rstest]
#[case("en", Lang::En)]
#[case("zh", Lang::Zh)]
fn the_picture_is_the_screen(#[case] name: &str, #[case] lang: Lang) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::throwaway(folder.path()).unwrap();
    let today: NaiveDate = PICTURE_DAY.parse().unwrap();
    let company = match lang {
        Lang::Zh => demo::Company::Chinese,
        Lang::En => demo::Company::English,
    };
    demo::small(&mut store, today, company).unwrap();
    let yesterday = Seen { day: today.pred_opt().unwrap(), event: store.last_event().unwrap().0 };
    let options = Options {
        lang,
        mouse: false,
        color: true,
        theme: Some("dark".to_owned()),
        signs: None,
        today: Some(today),
        who: "user".to_owned(),
        name: "demo".to_owned(),
        keys: Vec::new(),
        filters: std::collections::BTreeMap::new(),
        last_seen: LastSeen::at(yesterday),
        backups: None,
    };
    let mut app = session::open(store, options).unwrap();
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
    let frame = terminal.draw(|frame| app.draw(frame)).unwrap();
    let title = format!(
        "huikuan: {}",
        lang.pick(
            "谁欠多少、欠了多久、下一步做什么",
            "who owes what since when, and what to do about it"
        )
    );
    let drawn = svg::svg(frame.buffer, &title);
    is_current(&format!("assets/screen-{name}.svg"), &drawn);
}

#[rstest]
#[case("README.md")]
#[case("docs/README.zh.md")]
fn the_command_table_names_every_command(#[case] name: &str) {
    let text = page(name);
    let command = cli::command(Lang::En);
    for sub in command.get_subcommands().map(clap_name) {
        let named = text.lines().any(|line| {
            line.starts_with('|') && line.split('`').skip(1).step_by(2).any(|code| word(code, &sub))
        });
        assert!(named, "{name}: no table names `{sub}`");
    }
}

/// Whether the first word of a piece of code is this command.
fn word(code: &str, command: &str) -> bool {
    code.split_whitespace().next() == Some(command)
}

fn clap_name(command: &clap::Command) -> String {
    command.get_name().to_owned()
}

/// Every `--flag` of every command, and every command by its path.
fn collect(command: &clap::Command, flags: &mut BTreeSet<String>) {
    flags.extend(
        command.get_arguments().filter_map(clap::Arg::get_long).map(|long| format!("--{long}")),
    );
    for sub in command.get_subcommands() {
        collect(sub, flags);
    }
}

#[test]
fn every_flag_written_exists() {
    let mut flags = BTreeSet::from(["--help".to_owned(), "--version".to_owned()]);
    collect(&cli::command(Lang::En), &mut flags);
    for name in PAGES {
        for flag in flags_in(&page(name)) {
            let known = flags.contains(&flag) || FOREIGN_FLAGS.contains(&flag.as_str());
            assert!(known, "{name} speaks of {flag}");
        }
    }
}

fn flags_in(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("--") {
        let before = text.get(..at).unwrap().chars().next_back();
        let name: String = text
            .get(at + 2..)
            .unwrap()
            .chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '-')
            .collect();
        let begins = before.is_none_or(|c| c.is_whitespace() || "`([|".contains(c));
        if begins && name.starts_with(|c: char| c.is_ascii_lowercase()) {
            found.push(format!("--{name}"));
        }
    }
    found
}

#[test]
fn commands_written_are_commands_that_exist() {
    let command = cli::command(Lang::En);
    for name in PAGES {
        let text = page(name);
        let lines = text.lines().map(str::trim_start);
        for line in lines.filter_map(|line| line.strip_prefix("huikuan ")) {
            let words = line.split_whitespace().filter(|word| !word.starts_with('-'));
            let (mut here, mut depth) = (&command, 0);
            for word in words {
                match here.find_subcommand(word) {
                    Some(sub) => (here, depth) = (sub, depth + 1),
                    None => break,
                }
            }
            let complete = depth > 0 && here.get_subcommands().next().is_none();
            assert!(complete, "{name}: no command in “huikuan {line}”");
        }
    }
}

/// The words of a command as a shell parts them; quotes keep blanks.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn the_examples_of_the_readme_work() {
    let folder = tempfile::tempdir().unwrap();
    let text = page("README.md");
    let examples = text.lines().filter_map(|line| line.strip_prefix("huikuan "));
    let examples: Vec<&str> = examples.filter(|line| !line.starts_with("import")).collect();
    assert!(examples.len() > 5);
    for example in examples {
        let done = Command::new(env!("CARGO_BIN_EXE_huikuan"))
            .env_clear()
            .env("HOME", folder.path())
            .current_dir(folder.path())
            .args(["--today", PICTURE_DAY])
            .args(shell_words(example))
            .output()
            .unwrap();
        assert!(done.status.success(), "huikuan {example}: {done:?}");
    }
    assert!(folder.path().join("aging.csv").exists());
}

#[rstest]
#[case("README.md")]
#[case("docs/README.zh.md")]
fn a_newcomer_finds_the_two_commands(#[case] name: &str) {
    let text = page(name);
    for command in ["cargo run --release -- demo", "cargo test"] {
        assert!(
            text.lines().any(|line| line.split('#').next().unwrap().trim() == command),
            "{name} lacks {command}"
        );
    }
}

#[test]
fn the_formats_page_names_every_plan_column() {
    let text = page("docs/FORMATS.md");
    for field in PlanField::ALL {
        let row = format!("| `{}` | {} |", field.code(), Lang::Zh.plan_column(*field));
        assert!(text.contains(&row), "docs/FORMATS.md lacks {row}");
    }
}

#[test]
fn the_formats_page_names_every_filter_field_and_value() {
    let text = page("docs/FORMATS.md");
    for field in FilterField::ALL {
        let code = format!("`{}`", field.code());
        assert!(text.contains(&code), "docs/FORMATS.md lacks {code}");
        for value in field.values() {
            let value = format!("`{value}`");
            assert!(text.contains(&value), "docs/FORMATS.md lacks {value}");
        }
    }
}

#[test]
fn the_rules_name_every_setting_and_its_default() {
    let text = page("docs/DOMAIN.md");
    for setting in Setting::ALL {
        let row = format!("| `{}` | `{}` |", setting.code(), setting.default_value());
        assert!(text.contains(&row), "docs/DOMAIN.md lacks {row}");
    }
}

#[test]
fn links_lead_somewhere() {
    for name in PAGES {
        let text = page(name);
        let folder = path(name).parent().unwrap().to_owned();
        for target in text.split("](").skip(1) {
            let target = target.split(')').next().unwrap();
            let file = target.split('#').next().unwrap();
            if !file.is_empty() && !file.contains("://") {
                assert!(folder.join(file).exists(), "{name}: {target} is not there");
            }
        }
    }
}

#[test]
fn the_package_contains_what_it_needs_to_build() {
    let manifest = page("Cargo.toml");
    for needed in ["src", "assets", "benches", "README.md", "LICENSE"] {
        assert!(manifest.contains(&format!("\"{needed}\"")) && path(needed).exists(), "{needed}");
    }
}

#[test]
fn every_filter_written_can_be_read() {
    let text = page("docs/FORMATS.md");
    let block = text.split("```filter\n").nth(1).unwrap();
    let examples: Vec<&str> = block.split("```").next().unwrap().lines().collect();
    assert!(examples.len() > 3);
    for example in examples {
        let day = PICTURE_DAY.parse().unwrap();
        let filter = Filter::parse(example, day).unwrap_or_else(|e| panic!("{example}: {e:?}"));
        assert!(!filter.is_empty());
    }
}

#[test]
fn every_json_written_is_json() {
    let text = page("docs/FORMATS.md");
    let blocks: Vec<&str> = text.split("```json\n").skip(1).collect();
    assert!(blocks.len() > 2);
    for block in blocks {
        let json = block.split("```").next().unwrap();
        serde_json::from_str::<serde_json::Value>(json).unwrap_or_else(|e| panic!("{json}: {e}"));
    }
}
