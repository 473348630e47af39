//! A form above the screen: it is written when it is whole, asks first where it must, and is not lost by accident.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Question;
use crate::domain::plausibility::doubts;
use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::keymap::Scope;
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::screen::{AgingChoice, Cx};
use crate::tui::theme::Ui;
use crate::tui::widgets::form::{FieldError, Filling, Form, FormOutcome};

impl Overlay for Form {
    fn scope(&self) -> Scope {
        Scope::Form
    }

    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        Self::draw(self, frame, body, ui);
        self.places()
    }

    /// Says what is doubtful about what it comes to, from the first frame on.
    fn refresh(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.weigh(|change| {
            let known = cx.ledger.store.known(change)?;
            let doubts = doubts(change, &known, cx.ledger.today());
            Ok(doubts.iter().map(|doubt| cx.ui.lang.doubtful(doubt)).collect())
        })
    }

    fn click(&mut self, place: usize, _: &mut Cx<'_>) -> Result<Reply> {
        Self::click(self, place);
        Ok(Reply::Stay)
    }

    /// The field has the key before the form.
    fn key(&mut self, key: Key, cx: &mut Cx<'_>) -> Result<Reply> {
        let outcome = self.on_key(key, cx.ui.keymap);
        Ok(reply(self, outcome, cx))
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Reply> {
        let outcome = self.on_action(action);
        Ok(reply(self, outcome, cx))
    }

    fn paste(&mut self, text: &str) -> bool {
        Self::paste(self, text)
    }

    fn filling(&self) -> Option<Filling> {
        Some(Self::filling(self))
    }

    fn fill(&mut self, filling: &Filling) -> bool {
        Self::fill(self, filling);
        true
    }

    fn refuse(&mut self, error: FieldError) {
        Self::refuse(self, error);
    }
}

fn reply(form: &Form, outcome: FormOutcome, cx: &Cx<'_>) -> Reply {
    match outcome {
        FormOutcome::Pending => Reply::Stay,
        FormOutcome::Cancelled { dirty: false } => Reply::Close,
        FormOutcome::Cancelled { dirty: true } => {
            let (title, text) = (cx.ui.lang.form_discard_title(), cx.ui.lang.form_discard());
            ask(title, text, Reply::Done(Effect::None))
        }
        FormOutcome::Day(day) => Reply::Done(Effect::Aging(AgingChoice::AsOf(day))),
        FormOutcome::Submitted(change) => match form.question() {
            Some((title, text)) => ask(title, text, Reply::Write(change)),
            None => Reply::Write(change),
        },
    }
}

/// Asks first: the form has the keys again after a no.
fn ask(title: impl Into<String>, text: impl Into<String>, yes: Reply) -> Reply {
    Reply::Do(Effect::open(Question::new(title, text, yes)))
}
