//! What stands above a screen and has the keys as long as it does: one type each, in `overlays`.

use std::any::Any;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::change::Change;
use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::keymap::{Lookup, Scope};
use crate::tui::screen::Cx;
use crate::tui::theme::Ui;
use crate::tui::widgets::form::{FieldError, Filling};

/// What a key did to an overlay.
pub enum Reply {
    Stay,
    /// It stays, and this happens meanwhile.
    Do(Effect),
    /// It goes; what it stood on has the keys again.
    Close,
    /// Everything above the screen goes, and then this happens.
    Done(Effect),
    /// Everything goes once this is written, unless there is more to do; what the ledger refuses goes back to the form.
    Write(Box<Change>),
}

/// One thing above the screen. `Any` lets a test look at what was opened.
pub trait Overlay: Any {
    /// Whose keys hold in it.
    fn scope(&self) -> Scope;

    /// Draws it and returns where each choice can be clicked, by its place.
    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)>;

    /// Whether what it stands on is dimmed.
    fn dims(&self) -> bool {
        true
    }

    /// Draws what it has to say in place of the footer; false if it leaves the footer alone.
    fn draw_prompt(&self, _frame: &mut Frame, _area: Rect, _ui: Ui) -> bool {
        false
    }

    /// Brings what it offers up to date, after each event.
    fn refresh(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }

    /// Takes a key: what its scope knows is an action, the rest is typed.
    fn key(&mut self, key: Key, cx: &mut Cx<'_>) -> Result<Reply> {
        match cx.ui.keymap.lookup(&[self.scope()], None, key) {
            Lookup::Found(binding) => self.act(binding.action, cx),
            Lookup::Begun | Lookup::Unbound => self.typed(key, cx),
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Reply>;

    fn typed(&mut self, _key: Key, _cx: &mut Cx<'_>) -> Result<Reply> {
        Ok(Reply::Stay)
    }

    /// Takes pasted text; false if it had no room for all of it.
    fn paste(&mut self, _text: &str) -> bool {
        true
    }

    /// What follows once text was pasted.
    fn pasted(&mut self, _cx: &mut Cx<'_>) -> Result<Reply> {
        Ok(Reply::Stay)
    }

    /// Takes the choice at a place.
    fn click(&mut self, _place: usize, _cx: &mut Cx<'_>) -> Result<Reply> {
        Ok(Reply::Stay)
    }

    /// Takes what became of a text it had edited.
    fn edited(&mut self, _text: &str, _cx: &mut Cx<'_>) -> Result<Reply> {
        Ok(Reply::Stay)
    }

    /// What it stands for was written; true if it goes on with the next, and stays.
    fn goes_on(&mut self) -> bool {
        false
    }

    /// What was filled in, if it is a form.
    fn filling(&self) -> Option<Filling> {
        None
    }

    /// Fills in what was filled in before; false if there is nothing to fill in.
    fn fill(&mut self, _filling: &Filling) -> bool {
        false
    }

    /// Shows why the ledger did not take what it stands for.
    fn refuse(&mut self, _error: FieldError) {}
}
