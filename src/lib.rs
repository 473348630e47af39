//! huikuan (回款, "getting the money back"): who owes what since when, and what to do about it.
//!
//! # The map
//!
//! | module | owns |
//! | --- | --- |
//! | [`clock`] | the only reader of the wall clock |
//! | [`domain`] | what is owed, since when, by whom, what to do next: pure functions over plain types |
//! | [`text`] | every word shown to a person, in zh and en |
//! | [`store`] | the only SQL: open, migrations, `apply(Change)`, undo, read models |
//! | [`book`] | the open receivables in memory, refreshed by id after a change |
//! | [`report`] | aging, worklist, figures, list, snapshot: plain values computed from a book |
//! | [`exchange`] | files in (plan lists) and files out (csv, json, md, text tables) |
//! | [`demo`] | made-up ledgers: a small one told by hand, and as many milestones as you like |
//! | [`cli`] | one file per command group: arguments -> `Change` or report -> print |
//! | [`tui`] | terminal, app, actions, keymap, screens, forms, widgets, theme |
pub mod book;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod report;
pub mod store;
pub mod text;
pub mod trouble;
pub mod tui;
