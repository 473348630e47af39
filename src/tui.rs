//! The screen: terminal, app, actions, keymap, screens, forms, widgets, theme.
//!
//! A key travels so: `terminal` -> [`input::Input`] -> [`app::App::on_input`] -> [`keymap::lookup`] -> an
//! [`action::Action`] -> the app, the list or the [`desk::Desk`] -> a `Change` -> the ledger; then the app is drawn
//! anew from parameters and ledger.

pub mod action;
pub mod app;
pub mod desk;
pub mod forms;
pub mod input;
pub mod keymap;
pub mod ledger;
pub mod look;
pub mod notice;
pub mod record;
pub mod runtime;
pub mod screens;
pub mod terminal;
pub mod theme;
pub mod widgets;
