//! The screen: terminal, app, actions, keymap, screens, overlays, forms, widgets, theme.
//!
//! A key travels so: `terminal` -> [`input::Input`] -> [`app::App::on_input`] -> [`keymap::Keymap::lookup`] -> an
//! [`action::Action`] -> the app, the overlay or the [`screen::Screen`] -> an [`effect::Effect`], which may be a
//! `Change` -> the ledger; then the screen is asked to come up to date, once, and drawn.

pub mod action;
pub mod app;
mod background;
pub mod data;
pub mod effect;
pub mod event;
mod forms;
pub mod input;
pub mod keymap;
mod list_screen;
mod looks;
mod notice;
mod overlay;
mod overlays;
pub mod runtime;
pub mod screen;
mod screens;
mod selection;
pub mod session;
mod signs;
pub mod terminal;
pub mod theme;
mod widgets;

mod confirmation;
mod detail;
mod format;

#[cfg(test)]
mod tests;
