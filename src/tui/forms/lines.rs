//! A table of amounts by line. Some share out a total: which milestones a payment pays. As long as nobody typed into
//! such a table, it proposes: each line what is open on it, in the order given, until the total is used up. Others
//! stand each for itself: what an invoice bills.

use iso_currency::Currency;

use crate::domain::money;
use crate::text::Lang;
use crate::tui::input::Key;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::RowId;

/// One line before it is edited.
#[derive(Debug, Clone)]
pub struct LineDraft {
    pub id: RowId,
    pub label: String,
    /// What is proposed, and the most a shared-out line can take, in minor units.
    pub open: i64,
    /// Whether anything is proposed for it.
    pub proposed: bool,
}

/// What the lines have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// They share out the amount field of that name.
    Field(&'static str),
    /// They share out a sum that is known.
    Known,
    /// Each for itself, up to what is proposed.
    Own,
    /// Each for itself, as much as one likes, below 0 too.
    Free,
}

#[derive(Debug, Clone)]
pub struct Lines {
    pub(super) currency: Currency,
    pub(super) drafts: Vec<LineDraft>,
    pub(super) typed: Vec<Line>,
    pub(super) at: usize,
    pub(super) wrong: Option<usize>,
    /// What stands in the line at the cursor was there when the cursor came: typing replaces it.
    pub(super) fresh: bool,
    total: Option<i64>,
    bound: Bound,
    pub(super) touched: bool,
}

impl Lines {
    /// Lines that share out the amount field called `of`.
    pub fn new(of: &'static str, currency: Currency, drafts: Vec<LineDraft>) -> Self {
        Self::bound(Bound::Field(of), currency, drafts)
    }

    /// Lines that share out this sum.
    pub fn sharing(total: i64, currency: Currency, drafts: Vec<LineDraft>) -> Self {
        let mut lines = Self::bound(Bound::Known, currency, drafts);
        lines.set_total(Some(total));
        lines
    }

    /// Lines that stand each for itself, up to what is proposed.
    pub fn each(currency: Currency, drafts: Vec<LineDraft>) -> Self {
        let mut lines = Self::bound(Bound::Own, currency, drafts);
        lines.propose_each();
        lines
    }

    /// Lines that stand each for itself and take any amount, below 0 too.
    pub fn free(currency: Currency, drafts: Vec<LineDraft>) -> Self {
        let mut lines = Self::bound(Bound::Free, currency, drafts);
        lines.propose_each();
        lines
    }

    fn bound(bound: Bound, currency: Currency, drafts: Vec<LineDraft>) -> Self {
        Self {
            currency,
            typed: vec![Line::default(); drafts.len()],
            drafts,
            at: 0,
            wrong: None,
            fresh: true,
            total: None,
            bound,
            touched: false,
        }
    }

    fn propose_each(&mut self) {
        for (draft, line) in self.drafts.iter().zip(&mut self.typed) {
            if draft.proposed && draft.open > 0 {
                line.set(&money::format(draft.open, self.currency));
            }
        }
    }

    /// The amount field it shares out.
    pub const fn total_of(&self) -> Option<&'static str> {
        match self.bound {
            Bound::Field(name) => Some(name),
            Bound::Known | Bound::Own | Bound::Free => None,
        }
    }

    /// Whether it shares out a total, so that something may be left.
    pub const fn is_shared(&self) -> bool {
        matches!(self.bound, Bound::Field(_) | Bound::Known)
    }

    pub fn set_total(&mut self, total: Option<i64>) {
        self.total = total;
        if self.touched {
            return;
        }
        let mut left = total.unwrap_or_default().max(0);
        for (draft, line) in self.drafts.iter().zip(&mut self.typed) {
            let takes = if draft.proposed {
                draft.open.min(left).max(0)
            } else {
                0
            };
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
            Key::Up if self.at > 0 => self.go(self.at - 1),
            Key::Down if self.at + 1 < self.drafts.len() => self.go(self.at + 1),
            Key::Up | Key::Down => return false,
            _ => {
                let fresh = std::mem::take(&mut self.fresh);
                let Some(line) = self.typed.get_mut(self.at) else {
                    return false;
                };
                let before = line.text().to_owned();
                if fresh && matches!(key, Key::Char(_)) {
                    line.set("");
                }
                if !line.on_key(key) {
                    return false;
                }
                self.touched |= line.text() != before;
                self.wrong = None;
            }
        }
        true
    }

    const fn go(&mut self, at: usize) {
        self.at = at;
        self.fresh = true;
    }

    /// Pastes into the line at the cursor.
    pub fn paste(&mut self, text: &str) {
        let fresh = std::mem::take(&mut self.fresh);
        if let Some(line) = self.typed.get_mut(self.at) {
            if fresh {
                line.set("");
            }
            line.paste(text);
            self.touched = true;
            self.wrong = None;
        }
    }

    /// The cursor comes from above or from below.
    pub const fn enter(&mut self, from_above: bool) {
        self.go(if from_above {
            0
        } else {
            self.drafts.len().saturating_sub(1)
        });
    }

    /// The amounts, or what is wrong; the cursor goes to the line that is.
    pub fn value(&mut self, lang: Lang) -> Result<Vec<(RowId, i64)>, String> {
        let free = self.bound == Bound::Free;
        let mut amounts = Vec::new();
        for (at, (draft, line)) in self.drafts.iter().zip(&self.typed).enumerate() {
            if line.text().trim().is_empty() {
                continue;
            }
            let wrong = match money::parse(line.text(), self.currency) {
                Ok(amount) if amount < 0 && !free => lang.form_negative().to_owned(),
                Ok(amount) if amount > draft.open && !free => lang.form_over_open().to_owned(),
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
