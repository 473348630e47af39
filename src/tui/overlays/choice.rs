//! A choice of one of many, and what follows from it.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::keymap::Scope;
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::screen::Cx;
use crate::tui::theme::Ui;
use crate::tui::widgets::picker::Picker;

type Then<T> = Box<dyn Fn(T, &Cx<'_>) -> Result<Effect>>;

pub struct Choice<T> {
    picker: Picker<T>,
    then: Then<T>,
}

impl<T> Choice<T> {
    pub fn new(picker: Picker<T>, then: impl Fn(T, &Cx<'_>) -> Result<Effect> + 'static) -> Self {
        Self { picker, then: Box::new(then) }
    }
}

impl<T: Clone + 'static> Overlay for Choice<T> {
    fn scope(&self) -> Scope {
        Scope::Popup
    }

    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        self.picker.draw(frame, body, ui)
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Reply> {
        match action {
            Action::Accept => {
                let Some(pick) = self.picker.chosen() else {
                    return Ok(Reply::Stay);
                };
                cx.ledger.ask();
                let effect = (self.then)(pick.value.clone(), cx)?;
                Ok(Reply::Done(effect))
            }
            Action::Cancel => Ok(Reply::Close),
            other => {
                self.picker.on_action(other);
                Ok(Reply::Stay)
            }
        }
    }

    fn typed(&mut self, key: Key, _: &mut Cx<'_>) -> Result<Reply> {
        self.picker.on_key(key);
        Ok(Reply::Stay)
    }

    fn paste(&mut self, text: &str) -> bool {
        self.picker.paste(text)
    }

    fn click(&mut self, place: usize, cx: &mut Cx<'_>) -> Result<Reply> {
        self.picker.select(place);
        self.act(Action::Accept, cx)
    }
}
