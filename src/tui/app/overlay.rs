//! How keys reach what stands above the screen, and what follows.

use super::App;
use crate::trouble::Result;
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::screen::Cx;

impl App {
    /// Hands something to the overlay on top, if there is one.
    pub(super) fn on_overlay(
        &mut self,
        take: impl FnOnce(&mut dyn Overlay, &mut Cx<'_>) -> Result<Reply>,
    ) {
        let Some(overlay) = self.overlays.last_mut() else {
            return;
        };
        let mut cx = self.desk.cx(self.ui);
        match take(overlay.as_mut(), &mut cx) {
            Ok(reply) => self.reply(reply),
            Err(error) => self.complain(&error),
        }
    }

    fn reply(&mut self, reply: Reply) {
        match reply {
            Reply::Stay => {}
            Reply::Do(effect) => self.apply(effect),
            Reply::Close => {
                self.overlays.pop();
            }
            Reply::Open(overlay) => self.overlays.push(overlay),
            Reply::Done(effect) => {
                self.overlays.clear();
                self.apply(effect);
            }
            Reply::Write(change) => match self.write(&change) {
                Ok(()) => self.overlays.clear(),
                Err(error) => {
                    self.overlays.truncate(1);
                    if let Some(form) = self.overlays.last_mut() {
                        form.refuse(error);
                    }
                }
            },
        }
    }
}
