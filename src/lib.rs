//! huikuan (回款, "getting the money back"): who owes what since when, and what to do about it.
//!
//! # The map
//!
//! | module | owns |
//! | --- | --- |
//! | [`domain`] | what is owed, since when, by whom, what to do next: pure functions over plain types |
//! | [`text`] | every word shown to a person, in zh and en |
//! | [`store`] | the only SQL: open, migrations, `apply(Change)`, undo, read models |
//! | [`portfolio`] | the open receivables in memory, refreshed by id after a change |
//! | [`report`] | aging, worklist, figures, list, filter: plain values computed from a book |
//! | [`exchange`] | files in (plan lists) and files out (csv, json, md, text tables, snapshots) |
//! | [`demo`] | made-up ledgers: a small one told by hand, and as many milestones as you like |
//! | [`config`] | where things are and what the user set |
//! | [`error`] | everything that can go wrong for a person, and its exit code: data that `text` words |
//! | [`clock`] | the only reader of the wall clock |
//! | [`cli`] | one file per command group: arguments -> `Change` or report -> print |
//! | [`tui`] | terminal, app, actions, keymap, screens, forms, widgets, theme |
//!
//! # Who may know whom
//!
//! ```text
//! domain <- error <- store <- portfolio <- report <- exchange <- tui <- cli <- main
//! ```
//!
//! An arrow never runs the other way. Beside the line: `domain` imports nothing of ours; `text` knows `domain`
//! and `error` only, and is known by `report::filter` (which reads the words a person types), `exchange`, `tui` and `cli`;
//! `demo` knows `store` and `domain`; `config` and `clock` know nothing of ours but `error`, and only `main`, `tui` and `cli` ask
//! the clock: everybody else is handed `today`. `cli` opens the screen through [`tui::ledger`] and reaches no further
//! in. A library has one place: rusqlite and refinery in `store`, ratatui in `tui`, crossterm in `tui::terminal`, clap
//! in `cli`. `tests/architecture.rs` reads the source and fails where this is broken.
//!
//! # Three words for three things
//!
//! An `Action` is what a key means. A [`Change`](domain::change::Change) is one write to the ledger. An event is the
//! record a change leaves. Screens and commands build the same changes; nobody else writes.
//!
//! # How a key press travels
//!
//! ```text
//! tui::terminal   bytes of the terminal become a key, on a thread that does nothing else
//! tui::runtime    wakes, drains all that is there, calls
//! tui::app        asks the open overlay, else keymap::lookup(scopes, key) -> Action, and whether it can act here
//! tui::desk       the seam; tui::ledger is the desk on a real ledger and gives the action to the board of the screen,
//!                 or to tui::forms, which answers with a form, a question or a Change
//! store.apply     one transaction: check against the facts, write rows, derive open_item, write the event
//! portfolio.refresh    reads the touched milestones again; then the visible part is drawn anew
//! ```
//!
//! # To add …
//!
//! **A change.** 1. A variant of `domain::change::Change` with its kind. 2. Its checks, and a `Violation` for each that
//! can fail, worded in `text::refusals`. 3. Its writing in the aggregate's file of `store`, through the journal, so
//! that undo comes by itself. 4. A command in `cli`, a key in `tui::keymap::table`, a form in `tui::forms`. 5. A line
//! of the timeline in `store::timeline`. 6. A test that undo restores every table.
//!
//! **A screen.** 1. A variant of [`tui::screens::Screen`] holding parameters only, and its scopes. 2. A `Board` in
//! `tui/ledger/` that keeps its rows and rebuilds them only when parameters or the ledger's version changed. 3. Its
//! place in `Boards::of`. 4. An action and a binding that opens it. 5. Its words in `text`, tests at 80x24 and 120x40
//! in both languages.
//!
//! **A report.** 1. A pure function from a [`portfolio::Portfolio`] to a plain value in `report`. 2. Its JSON and its table in
//! `exchange`. 3. A command that prints it. 4. Properties that tie its sums back to the items.
//!
//! **A column.** Of a list: the cell in its `rows` and its width rule. Of a plan list: `domain::plan::field`, the
//! names in `exchange::plan::columns`, the template's header in `text::files`, the cell's reading in
//! `exchange::plan::rows`, what it means for the ledger in `store::import`, a line in `docs/FORMATS.md`. Of a table of
//! the ledger: a new migration in `assets/migrations`, never an edit of an old one.
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod error;
pub mod exchange;
pub mod portfolio;
pub mod report;
pub mod store;
pub mod text;
pub mod tui;
