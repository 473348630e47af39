//! huikuan (回款, "getting the money back"): who owes what since when, and what to do about it.
//!
//! `docs/ARCHITECTURE.md` says why it is built so, `docs/DOMAIN.md` what the words mean and how the sums are made,
//! `docs/GLOSSARY.md` how each word reads in Chinese.
//!
//! # The map
//!
//! | module | owns |
//! | --- | --- |
//! | [`domain`] | what is owed, since when, by whom, what to do next; every rule a change must obey: pure functions |
//! | [`error`] | everything that can go wrong, as data, with its exit code |
//! | [`text`] | every word shown to a person, in zh and en |
//! | [`store`] | the ledger: changes in, events, undo, import, what is derived, what screens and commands read |
//! | [`portfolio`] | the open items of a day in memory, refreshed by id after a change |
//! | [`report`] | aging, worklist, figures, list, dunning, filter, playbook: plain values computed from a portfolio |
//! | `exchange` | files in (plan lists, registers, bank statements) and files out (workbooks, pages, csv, json, md, text, snapshots) |
//! | `document` | letters, statements and packs: a template makes Markdown, and that text, page, `.docx` or mail |
//! | [`demo`] | made-up ledgers: a small one from a scenario, and as many milestones as you like |
//! | `files` | files and folders of the user: private, and there whole or not at all |
//! | `editor` | the editor of the user, and a text in it |
//! | `config` | where things are and what the user set |
//! | [`clock`] | the only reader of the wall clock |
//! | [`cli`] | one file per command group: arguments -> `Change` or report -> print |
//! | [`tui`] | terminal, app, actions, keymap, screens, overlays, forms, widgets, theme |
//!
//! # Who may know whom
//!
//! ```text
//! domain <- error <- store <- portfolio <- report <- exchange <- document <- tui <- cli <- main
//! ```
//!
//! An arrow never runs the other way. Beside the line: `domain` has no internal dependencies; `text` knows `domain` and
//! `error`, and is known by `report::filter` (which reads the words a person types), `exchange`, `document`, `demo`, `tui`
//! and `cli`;
//! `demo` knows what it takes to fill a ledger and to freeze its weeks, up to `exchange`; `files` knows nobody and is
//! known by all that write files, `editor` by `tui` and `cli`; only `main`, `tui` and `cli` ask the clock: everybody else is handed `today`. `cli`
//! opens the screen through [`tui::session`] and reaches no further in. A library has one place: rusqlite and refinery
//! in `store::sqlite`, ratatui in `tui`, crossterm in `tui::terminal`, clap in `cli`. `tests/architecture.rs` reads the
//! source and fails where this is broken, and where a recipe below names a file that is gone.
//!
//! # Three words for three things
//!
//! An `Action` is what a key means. A [`Change`](domain::change::Change) is one write to the ledger. An event is the
//! record a change leaves. Screens, commands, imports and made-up ledgers all write through one `Writer`.
//!
//! # How a key press travels
//!
//! ```text
//! tui::terminal    bytes of the terminal become a key, on a thread that does nothing else
//! tui::runtime     wakes, drains all that is there, calls
//! tui::app         the open overlay, else Keymap::lookup(scopes, key) -> Action, and whether it can act here
//! tui::screens     the screen answers with an Effect; a Recording answers for itself in tui::forms, with a form or a Change
//! store.apply      one transaction: domain::rules, rows with their journal, the derived item, the event
//! portfolio        reads the touched milestones again; the screen refreshes once and the visible part is drawn
//! ```
//!
//! # To add …
//!
//! Where the compiler asks for a place, it is marked with *: forget it and nothing builds.
//!
//! **A dated fact** (a bill on a payment, a paper).
//! 1. `assets/migrations`: the next number, never an edit of an old file.
//! 2. `src/store/rows.rs`: its table as one struct; a new column is one field. What can be voided has its rows in
//!    `all_…`, where a migration adds columns, and is read through a view.
//! 3. `src/domain/change.rs`: a variant of `Change` with its code* and whether it renames*, and of
//!    `TimelineEvent` with its tone*.
//! 4. `src/domain/rules.rs`: what it must obey, asked by form, command and import alike; beside it
//!    `plausibility` says what is merely hardly meant*.
//! 5. `src/store/write.rs`: its arm*, and what only the ledger knows of it (a file beside it where that is much).
//! 6. `src/store/timeline.rs`: one `dated!`, and its line in `Reader::timeline`.
//! 7. `src/text/changes.rs`: every word said of it: in the log*, of its key and form, of its command, when it is
//!    saved*, in the timeline*.
//! 8. `src/tui/forms.rs`: its row in `recordings!`, its key, and a file beside it with the form.
//! 9. `src/cli/record.rs`: its command: arguments, row in `Record`, and what it means*.
//! 10. `README.md` and its translation: its row in the table of commands; the table of keys is written by a test.
//!
//! Undo comes by itself: whatever goes through the journal can be taken back, and the store's random test proves it.
//!
//! **What an item knows of a fact**, where one depends on it.
//! 1. `src/domain/facts.rs`: its fields.
//! 2. `src/store/facts.rs`: one `fact!`, and its line in `read`.
//! 3. `src/domain/as_of.rs`: what a day makes of it.
//! 4. `src/store/derived.rs`: `VERSION`, raised; everything is then derived again.
//! 5. `docs/DOMAIN.md`: what it means.
//!
//! **A screen, with or without a list.**
//! 1. `src/report.rs`: the value it shows.
//! 2. `src/tui/screens.rs`: a file with one type that is a [`Screen`](tui::screen::Screen), or a source of rows for a
//!    list; as a view of the header one row in `TABS`.
//! 3. `src/tui/keymap/table.rs` and `src/tui/action.rs`*: the key that opens it.
//! 4. `src/text.rs`: its words, and those of the key in `src/text/keys.rs`.
//! 5. Its picture, in the table of the tests of the documents; one of them asks for it in both tours. The keys that lead
//!    to it, in the table of the tests of sizes: it is captured then, and looked at in every size and look.
//!
//! **A tab of a page.**
//! 1. `src/exchange/lists.rs`: its rows as a list, if they are none yet.
//! 2. `src/tui/screens/entries/kinds.rs`: where they come from, what Enter and the keys do with one.
//! 3. `src/store/counts.rs`: how many there are, without reading them.
//! 4. One row in the `TABS` of `src/tui/screens/customer.rs`, `project.rs` or `milestone.rs` there.
//!
//! **A picture of a list.** Its value in `src/report.rs`, and `chart` of its source, which draws it with the widgets of
//! `src/tui/widgets.rs`.
//!
//! **A setting of the ledger.**
//! 1. `src/domain/policy.rs`: a field of `Policy` with its default, and a row of `settings!`.
//! 2. `src/text/settings.rs`: what it means*.
//! 3. `docs/DOMAIN.md`: its row.
//!
//! Command, screen, undo and export have it then. One of a person's own is a row of `Personal` there, and of `Config` in
//! `src/config.rs`*.
//!
//! **A list.**
//! 1. `src/store/lists.rs`: its rows.
//! 2. `src/exchange/lists.rs`: its columns, each beside its cell; text, files and JSON come from them.
//! 3. `src/cli/lists.rs`: the command.
//!
//! **A report.**
//! 1. `src/report.rs`: a pure function from a portfolio to a plain value, with properties that tie its sums to the items.
//! 2. `src/exchange.rs`: its table and its JSON.
//! 3. `src/cli/report.rs`: the command.
//! 4. `src/text/reports.rs`: its words.
//!
//! **A list of another program.** One file in `assets/lists`, and its row in `src/exchange/plan/layout.rs`.
//!
//! **A kind of document.**
//! 1. `src/domain/document.rs`: its code, what it is about*, the paper it is filed as*.
//! 2. `assets/documents`: its templates, in both languages, and their row in `src/document.rs`*.
//! 3. What it is filled with: a function in a file beside `src/document/letters.rs`, and its row in `src/document.rs`*.
//! 4. `src/text/documents.rs`: its name*.
//!
//! **An output format.** One file beside those in `src/exchange/out.rs`, and its row in the registry there. Of documents
//! the same in `src/document/out.rs`.
//!
//! **A bank.** A profile in `assets/banks.toml`, and its name in `docs/FORMATS.md`.
//!
//! **A database engine.** One file that implements [`Backend`](store::backend::Backend), as `src/store/sqlite.rs` does.
//!
//! **A column.** Of a list: its cell, its width rule, its widest text and the order that goes by it in the screen's
//! file. Of the plan list: its field*, the names of its header in `src/exchange/plan/columns.rs`, its reading in
//! `src/exchange/plan/rows.rs`, what it means for the ledger in `src/store/import.rs` and which column of it that is in
//! `src/store/import/changes.rs`, a line in `docs/FORMATS.md`. Of a list of customers, payments or invoices: its field in
//! `src/domain/register.rs`*, the names of its header in `src/exchange/register/columns.rs`, its reading in
//! `src/exchange/register/rows.rs`, what it means in `src/store/register.rs`, its word in `src/text/registers.rs`*, a line
//! in `docs/FORMATS.md`.
pub mod cli;
pub mod clock;
pub(crate) mod config;
pub mod demo;
pub(crate) mod document;
pub mod domain;
pub(crate) mod editor;
pub mod error;
pub(crate) mod exchange;
pub(crate) mod files;
pub mod portfolio;
pub mod report;
pub mod store;
pub mod text;
pub mod tui;

/// What the targets in `fuzz/` feed, and nobody else may.
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing {
    pub use crate::config::edited;
    pub use crate::exchange::plan::{PlanOptions, read};
}
