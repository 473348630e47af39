//! Recording once more what was recorded last.

use super::App;
use crate::tui::action::Action;
use crate::tui::forms::Recording;
use crate::tui::notice::Severity;
use crate::tui::overlay::Overlay;
use crate::tui::widgets::form::Filling;

/// What is being recorded, and what was recorded last.
#[derive(Default)]
pub(super) struct Again {
    /// What the key that was pressed records.
    recording: Option<Recording>,
    last: Option<(Recording, Filling)>,
    /// What goes into the form that opens next.
    filling: Option<Filling>,
}

impl Again {
    /// A key was pressed.
    pub(super) fn begin(&mut self, action: Action) {
        self.filling = None;
        self.recording = match action {
            Action::Record(recording) => Some(recording),
            _ => None,
        };
    }

    pub(super) const fn is_possible(&self) -> bool {
        self.last.is_some()
    }

    /// Fills in a form where that was asked for.
    pub(super) fn opens(&mut self, overlay: &mut dyn Overlay) {
        if self.filling.as_ref().is_some_and(|filling| overlay.fill(filling)) {
            self.filling = None;
        }
    }

    /// Keeps what was recorded about a row, with the form it came from.
    pub(super) fn keep(&mut self, overlays: &[Box<dyn Overlay>]) {
        let recording = self.recording.filter(|recording| recording.is_about_a_row());
        let Some(recording) = recording else {
            return;
        };
        let filling = overlays.iter().find_map(|overlay| overlay.filling());
        self.last = Some((recording, filling.unwrap_or_default()));
    }
}

impl App {
    /// Opens what was recorded last on the row under the cursor, filled in as it was.
    pub(super) fn repeat(&mut self) {
        let Some((recording, filling)) = self.again.last.clone() else {
            return;
        };
        let action = Action::Record(recording);
        let scopes = self.screen.scopes();
        let here = self.key_context();
        let mut bindings = self.ui.keymap.active(scopes).into_iter();
        let why = match bindings.find(|binding| binding.action == action) {
            Some(binding) => (binding.enabled)(&here).err().map(|why| why.text(self.ui.lang)),
            None => Some(self.ui.lang.not_here()),
        };
        if let Some(why) = why {
            self.say(Severity::Hint, why);
            return;
        }
        self.again.begin(action);
        self.again.filling = Some(filling);
        self.act(action);
    }
}
