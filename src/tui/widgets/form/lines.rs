//! A table of amounts by line. Some share out a total: which milestones a payment pays. As long as nobody typed into
//! such a table, it shows one of several proposals and says which. Others stand each for itself: what an invoice bills.

use iso_currency::Currency;

use super::entry::Flaw;
use super::field::Values;
use crate::domain::money;
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::input::Key;
use crate::tui::theme::Ui;
use crate::tui::widgets::line::Line;

/// One line before it is edited.
#[derive(Debug, Clone)]
pub struct LineDraft<T> {
    pub id: T,
    pub label: String,
    /// What is proposed, and the most a shared-out line can take, in minor units.
    pub open: i64,
}

/// One way to share out a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// What is said of it.
    pub name: &'static str,
    /// Minor units by line.
    pub amounts: Vec<i64>,
}

/// What lines share out, and how they may do so, the likeliest first.
pub struct Shared {
    /// Minor units, once they can be read.
    total: Box<Total>,
    proposals: Box<Proposals>,
}

type Total = dyn Fn(&Values) -> Option<i64>;
type Proposals = dyn Fn(i64, &Values) -> Vec<Proposed>;

impl Shared {
    pub fn new(
        total: impl Fn(&Values) -> Option<i64> + 'static,
        proposals: impl Fn(i64, &Values) -> Vec<Proposed> + 'static,
    ) -> Self {
        Self { total: Box::new(total), proposals: Box::new(proposals) }
    }
}

/// What the lines have to do with each other.
pub enum Bound {
    /// They share out a total, each up to what is open on it.
    Shared(Shared),
    /// They share out a total anew; what each had so far is no limit.
    Plan(Shared),
    /// Each for itself, up to what is proposed.
    Own,
    /// Each for itself, as much as one likes, below 0 too.
    Free,
    /// The same, and what is proposed hangs on what else is said.
    Follows(Box<Follows>),
}

type Follows = dyn Fn(&Values) -> Vec<i64>;

pub(super) struct Row {
    pub label: String,
    pub open: i64,
    pub typed: Line,
}

pub(super) struct Lines {
    pub currency: Currency,
    pub rows: Vec<Row>,
    pub at: usize,
    pub wrong: Option<usize>,
    /// What stands in the line at the cursor was there when the cursor came: typing replaces it.
    pub fresh: bool,
    pub touched: bool,
    bound: Bound,
    total: Option<i64>,
    /// Which of the proposals is shown, counted on round their end.
    turn: usize,
    /// What is said of it, and how many there are.
    shown: Option<(&'static str, usize)>,
}

impl Lines {
    pub fn new<T>(bound: Bound, currency: Currency, drafts: Vec<LineDraft<T>>) -> Self {
        let row = |draft: LineDraft<T>| Row {
            label: draft.label,
            open: draft.open,
            typed: Line::default(),
        };
        let mut lines = Self {
            currency,
            rows: drafts.into_iter().map(row).collect(),
            at: 0,
            wrong: None,
            fresh: true,
            touched: false,
            bound,
            total: None,
            turn: 0,
            shown: None,
        };
        let open: Vec<i64> = lines.rows.iter().map(|row| row.open).collect();
        if !lines.is_shared() {
            lines.fill(&open);
        }
        lines
    }

    /// Whether it shares out a total, so that something may be left.
    pub const fn is_shared(&self) -> bool {
        matches!(self.bound, Bound::Shared(_) | Bound::Plan(_))
    }

    /// What stands over what each line had or has open, and beside what is left of the total.
    pub const fn words(&self, lang: Lang) -> (&'static str, &'static str) {
        match self.bound {
            Bound::Plan(_) => (lang.form_so_far(), lang.form_plan_rest()),
            Bound::Shared(_) | Bound::Own | Bound::Free | Bound::Follows(_) => {
                (lang.form_open(), lang.form_rest())
            }
        }
    }

    /// Follows the total it shares out.
    pub fn follow(&mut self, values: &Values) {
        if let Bound::Follows(proposed) = &self.bound
            && !self.touched
        {
            let amounts = proposed(values);
            self.fill(&amounts);
        }
        let (Bound::Shared(shared) | Bound::Plan(shared)) = &self.bound else {
            return;
        };
        self.total = (shared.total)(values);
        if self.touched {
            self.shown = None;
            return;
        }
        let mut proposals = self.total.map_or_else(Vec::new, |sum| (shared.proposals)(sum, values));
        let many = proposals.len();
        self.shown = None;
        let mut amounts = Vec::new();
        if many > 0 {
            let proposed = proposals.swap_remove(self.turn % many);
            self.shown = Some((proposed.name, many));
            amounts = proposed.amounts;
        }
        amounts.resize(self.rows.len(), 0);
        self.fill(&amounts);
    }

    /// Goes on to the next proposal; what was typed gives way to the one it replaced.
    pub const fn turn(&mut self) {
        if !std::mem::replace(&mut self.touched, false) {
            self.turn += 1;
        }
    }

    /// Says which proposal is shown, and how to get another.
    pub fn aim(&self, ui: Ui) -> String {
        let key = || ui.key(Action::Propose);
        match self.shown {
            _ if self.touched => ui.lang.form_by_hand(&key()),
            Some((name, many)) if many > 1 => ui.lang.form_proposed(name, &key()),
            Some((name, _)) => name.to_owned(),
            None => String::new(),
        }
    }

    fn fill(&mut self, amounts: &[i64]) {
        for (row, amount) in self.rows.iter_mut().zip(amounts) {
            if *amount == 0 {
                row.typed.set("");
            } else {
                row.typed.set(&money::format(*amount, self.currency));
            }
        }
    }

    /// What is left of the total; below 0 where more was given out. Lines that cannot be read count as nothing.
    pub fn rest(&self) -> Option<i64> {
        let amount = |row: &Row| money::parse(row.typed.text(), self.currency).ok();
        let given = money::sum(self.rows.iter().filter_map(amount)).ok()?;
        money::sub(self.total?, given).ok()
    }

    /// Edits the line at the cursor, or moves between lines; false if the key is for the form.
    pub fn on_key(&mut self, key: Key) -> bool {
        match key {
            Key::Up if self.at > 0 => self.go(self.at - 1),
            Key::Down if self.at + 1 < self.rows.len() => self.go(self.at + 1),
            Key::Up | Key::Down => return false,
            _ => {
                let typed = matches!(key, Key::Char(_));
                return self.edit(typed, |line| line.on_key(key));
            }
        }
        true
    }

    /// Pastes into the line at the cursor.
    pub fn paste(&mut self, text: &str) -> bool {
        let mut whole = true;
        self.edit(true, |line| {
            whole = line.paste(text);
            true
        });
        whole
    }

    /// Edits the line at the cursor; what was there when the cursor came gives way to what is typed.
    fn edit(&mut self, replaces: bool, edit: impl FnOnce(&mut Line) -> bool) -> bool {
        let fresh = std::mem::take(&mut self.fresh);
        let Some(Row { typed: line, .. }) = self.rows.get_mut(self.at) else {
            return false;
        };
        let before = line.text().to_owned();
        if fresh && replaces {
            line.set("");
        }
        let edited = edit(line);
        if edited {
            self.touched |= line.text() != before;
            self.wrong = None;
        }
        edited
    }

    pub const fn go(&mut self, at: usize) {
        self.at = at;
        self.fresh = true;
    }

    /// The cursor comes from above or from below.
    pub const fn enter(&mut self, from_above: bool) {
        self.go(if from_above { 0 } else { self.rows.len().saturating_sub(1) });
    }

    /// The amounts by their places, or what is wrong.
    pub fn value(&self, lang: Lang) -> Result<Vec<(usize, i64)>, Flaw> {
        let free = matches!(self.bound, Bound::Free | Bound::Follows(_));
        let anew = matches!(self.bound, Bound::Plan(_));
        let mut amounts = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            if row.typed.text().trim().is_empty() {
                continue;
            }
            let text = match money::parse(row.typed.text(), self.currency) {
                Ok(amount) if amount < 0 && !free => lang.form_negative().to_owned(),
                Ok(amount) if amount > row.open && !free && !anew => {
                    lang.form_over_open().to_owned()
                }
                Ok(0) => continue,
                Ok(amount) => {
                    amounts.push((at, amount));
                    continue;
                }
                Err(error) => lang.amount_error(&error),
            };
            let line = Some(at);
            return Err(Flaw { text, line });
        }
        if self.rest().is_some_and(|rest| rest < 0) {
            return Err(lang.form_over_total().to_owned().into());
        }
        Ok(amounts)
    }
}
