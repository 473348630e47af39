//! A table of amounts that share out a total: which milestones a payment pays. As long as nobody typed into it, it
//! proposes: each line what is open on it, in the order given, until the total is used up.

use iso_currency::Currency;

use crate::domain::money;
use crate::text::Lang;
use crate::tui::input::Key;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::RowId;

/// One line before it is edited.
#[derive(Debug, Clone)]
pub struct LineDraft {
    /// What it stands for.
    pub id: RowId,
    /// What is shown.
    pub label: String,
    /// The most it can take, in minor units.
    pub open: i64,
}

/// The table.
#[derive(Debug, Clone)]
pub struct Lines {
    pub(super) currency: Currency,
    pub(super) drafts: Vec<LineDraft>,
    pub(super) typed: Vec<Line>,
    pub(super) at: usize,
    pub(super) wrong: Option<usize>,
    total: Option<i64>,
    of: &'static str,
    pub(super) touched: bool,
}

impl Lines {
    /// Lines that share out the amount field called `of`.
    pub fn new(of: &'static str, currency: Currency, drafts: Vec<LineDraft>) -> Self {
        Self {
            currency,
            typed: vec![Line::default(); drafts.len()],
            drafts,
            at: 0,
            wrong: None,
            total: None,
            of,
            touched: false,
        }
    }

    /// Whether the field called `name` is the total.
    pub fn shares_out(&self, name: &str) -> bool {
        self.of == name
    }

    /// The total changed.
    pub fn set_total(&mut self, total: Option<i64>) {
        self.total = total;
        if self.touched {
            return;
        }
        let mut left = total.unwrap_or_default().max(0);
        for (draft, line) in self.drafts.iter().zip(&mut self.typed) {
            let takes = draft.open.min(left).max(0);
            left -= takes;
            if takes == 0 {
                line.set("");
            } else {
                line.set(&money::format(takes, self.currency));
            }
        }
    }

    fn amount(&self, at: usize) -> Option<i64> {
        money::parse(self.typed.get(at)?.text(), self.currency).ok()
    }

    /// What is left of the total; below 0 where more was given out. Lines that cannot be read count as nothing.
    pub fn rest(&self) -> Option<i64> {
        let amounts = (0..self.typed.len()).filter_map(|at| self.amount(at));
        money::sub(self.total?, money::sum(amounts).ok()?).ok()
    }

    /// Edits the line at the cursor, or moves between lines; false if the key is for the form.
    pub fn on_key(&mut self, key: Key) -> bool {
        match key {
            Key::Up if self.at > 0 => self.at -= 1,
            Key::Down if self.at + 1 < self.drafts.len() => self.at += 1,
            Key::Up | Key::Down => return false,
            _ => {
                let Some(line) = self.typed.get_mut(self.at) else {
                    return false;
                };
                let before = line.text().to_owned();
                if !line.on_key(key) {
                    return false;
                }
                self.touched |= line.text() != before;
                self.wrong = None;
            }
        }
        true
    }

    /// Pastes into the line at the cursor.
    pub fn paste(&mut self, text: &str) {
        if let Some(line) = self.typed.get_mut(self.at) {
            line.paste(text);
            self.touched = true;
            self.wrong = None;
        }
    }

    /// The cursor comes from above or from below.
    pub const fn enter(&mut self, from_above: bool) {
        self.at = if from_above {
            0
        } else {
            self.drafts.len().saturating_sub(1)
        };
    }

    /// The amounts, or what is wrong; the cursor goes to the line that is.
    pub fn value(&mut self, lang: Lang) -> Result<Vec<(RowId, i64)>, String> {
        let mut amounts = Vec::new();
        for (at, (draft, line)) in self.drafts.iter().zip(&self.typed).enumerate() {
            if line.text().trim().is_empty() {
                continue;
            }
            let wrong = match money::parse(line.text(), self.currency) {
                Ok(amount) if amount < 0 => lang.form_negative().to_owned(),
                Ok(amount) if amount > draft.open => lang.form_over_open().to_owned(),
                Ok(0) => continue,
                Ok(amount) => {
                    amounts.push((draft.id, amount));
                    continue;
                }
                Err(error) => lang.amount_error(&error),
            };
            self.at = at;
            self.wrong = Some(at);
            return Err(wrong);
        }
        if self.rest().is_some_and(|rest| rest < 0) {
            return Err(lang.form_over_total().to_owned());
        }
        Ok(amounts)
    }
}
