//! The thin seam between the app and the ledger: what a screen shows of it, and the writes it makes.

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::change::Change;
use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::forms::Form;
use crate::tui::keymap::Here;
use crate::tui::look::Look;
use crate::tui::screens::Screen;
use crate::tui::widgets::list::{RowId, Rows};
use crate::tui::widgets::picker::Picker;

/// Why the ledger did not take a change, in the user's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The field of the form it is about.
    pub field: Option<&'static str>,
    /// The reason, and the way out.
    pub text: String,
}

/// What an action on a screen leads to.
pub enum Response {
    /// Nothing more than drawing anew.
    Done,
    Open(Screen),
    /// A form to fill in.
    Form(Box<Form>),
    /// A question before a change is made.
    Ask {
        title: String,
        question: String,
        /// The change a yes makes.
        change: Box<Change>,
    },
    /// A choice for an action: [`Desk::picked`] goes on with it.
    Pick(Box<Picker>, Action),
    /// A change to make at once.
    Change(Box<Change>),
    Copy(String),
    /// Something to say, like why nothing happens.
    Say(String),
}

/// The ledger as the screens see it. `today` is what the clock, or the user, says.
pub trait Desk {
    /// Its name, for the header.
    fn name(&self) -> &str;

    fn set_today(&mut self, today: NaiveDate);

    /// Reads again what another process wrote; true if there was something.
    fn look(&mut self) -> Result<bool>;

    /// Writes, and says what was saved.
    fn apply(&mut self, change: &Change, look: Look) -> Result<String, Refusal>;

    /// Undoes this user's last change, and says what it was.
    fn undo(&mut self, look: Look) -> Result<String, Refusal>;

    /// What stands under the cursor, for the keys.
    fn here(&mut self, screen: &mut Screen, look: Look) -> Here;

    /// The rows of a screen's list.
    fn rows<'a>(&'a mut self, screen: &mut Screen, look: Look) -> Box<dyn Rows + 'a>;

    /// Draws the body of a screen and returns where each visible row can be clicked.
    fn draw(
        &mut self,
        screen: &mut Screen,
        frame: &mut Frame,
        area: Rect,
        look: Look,
    ) -> Vec<(Rect, RowId)>;

    /// Goes on with an action for which something was picked.
    fn picked(&mut self, action: Action, id: RowId, screen: &mut Screen, look: Look) -> Response;

    /// Answers an action that is neither the app's nor the list's.
    fn act(&mut self, action: Action, screen: &mut Screen, look: Look) -> Response;
}
