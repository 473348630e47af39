//! The screen: terminal, app, actions, keymap, screens, overlays, forms, widgets, theme.
//!
//! A key travels so: `terminal` -> [`input::Input`] -> [`app::App::on_input`] -> [`keymap::lookup`] -> an
//! [`action::Action`] -> the app, the overlay or the [`screen::Screen`] -> an [`effect::Effect`], which may be a
//! `Change` -> the ledger; then the screen is asked to come up to date, once, and drawn.

pub mod action;
pub mod app;
pub mod data;
pub mod effect;
pub mod event;
pub mod forms;
pub mod input;
pub mod keymap;
pub mod list_screen;
pub mod notice;
pub mod overlay;
pub mod overlays;
pub mod record;
pub mod runtime;
pub mod screen;
pub mod screens;
pub mod selection;
pub mod session;
pub mod terminal;
pub mod theme;
pub mod widgets;

mod confirmation;
mod detail;
mod format;

#[cfg(test)]
mod tests;
