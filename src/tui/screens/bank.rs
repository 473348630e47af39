//! Bank: lines of statements that nobody has decided about, one after the other, each with what it may be.
//!
//! ```text
//! 6222…0001  closing ¥400,493.88, as its lines make
//!    Day    Payer              Amount       Proposal           Sure │ 2026-11-02  ¥300,000.00
//! >  11-02  星河科技有限公司   ¥300,000.00  星河科技 P1-M1       94 │ 1  星河科技 P1-M1  94
//!    11-04  李雷               ¥500.00      two fit equally …     - │    the payer is called like them; …
//! ```

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use ratatui::layout::Rect;

use crate::domain::change::Change;
use crate::domain::ids::{BankLineId, CustomerId, MilestoneId};
use crate::domain::money::PerCurrency;
use crate::domain::reconcile::{self, Candidate, Matcher, Proposals};
use crate::error::Result;
use crate::exchange::bank::list::CandidateNames;
use crate::store::{BankAccount, BankLine, LineFilter};
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::Memo;
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::forms::{self, Context, Guess, Recording};
use crate::tui::keymap::Scope;
use crate::tui::list_screen::{self, ListScreen, Source};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::selection::RowKey;
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::{self, Line, hanging};

/// Accounts whose balance is told above the list.
const ACCOUNTS: usize = 2;

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoBank, Bank::default()))
}

#[derive(Default)]
struct Bank {
    lines: Memo<u64, Vec<BankLine>>,
    accounts: Memo<u64, Vec<BankAccount>>,
    matcher: Memo<u64, Matcher>,
    /// What the lines seen so far may be.
    proposals: Memo<u64, HashMap<BankLineId, Proposals>>,
    names: Memo<u64, CandidateNames>,
    /// Lines put off, the last one last.
    later: Vec<BankLineId>,
    /// Places of the lines that are shown, in their order.
    rows: Memo<(u64, String, Vec<BankLineId>), Vec<usize>>,
}

impl Bank {
    fn line(&self, at: usize) -> Option<&BankLine> {
        self.lines.get(*self.rows.get(at)?)
    }

    fn at(&self, key: RowKey) -> Option<&BankLine> {
        let RowKey::BankLine(id) = key else {
            return None;
        };
        self.lines.iter().find(|line| line.id == id)
    }

    fn proposed(&self, line: &BankLine) -> Option<&Proposals> {
        self.proposals.get(&line.id)
    }

    /// Finds out what a line may be, and how that is called.
    fn propose(&mut self, id: BankLineId, cx: &Cx<'_>) -> Result<()> {
        let version = cx.ledger.version();
        self.proposals.refresh(version, HashMap::new);
        self.names.refresh(version, CandidateNames::default);
        if self.proposals.contains_key(&id) {
            return Ok(());
        }
        let Some(line) = self.lines.iter().find(|line| line.id == id) else {
            return Ok(());
        };
        let found = self.matcher.propose(&line.line());
        let customers: Vec<CustomerId> = found.candidates.iter().map(|one| one.customer).collect();
        let milestones: Vec<MilestoneId> = reconcile::milestones(&found.candidates);
        self.names.customers.extend(cx.ledger.store.customer_names(&customers)?);
        self.names.milestones.extend(cx.ledger.store.milestone_names(&milestones)?);
        self.proposals.insert(id, found);
        Ok(())
    }

    /// Books a line as its best proposal, or as the one of this number.
    fn book(&self, line: &BankLine, pick: Option<usize>, cx: &Cx<'_>) -> Effect {
        let lang = cx.ui.lang;
        let Some(found) = self.proposed(line) else {
            return Effect::None;
        };
        let one = pick.map_or_else(|| found.best(), |at| found.candidates.get(at));
        match (one, pick) {
            (Some(one), _) => Effect::Write(Box::new(one.change(line.id, &line.line()))),
            (None, Some(at)) => Effect::Say(lang.bank_no_proposal(at + 1)),
            (None, None) => Effect::Say(lang.unproposed(found)),
        }
    }

    /// The form for a line, filled in as the best proposal has it.
    fn form(&self, line: &BankLine, at_fee: bool, cx: &Cx<'_>) -> Effect {
        let first = self.proposed(line).and_then(|found| found.candidates.first());
        let guess = Guess {
            customer: first.map(|one| one.customer),
            milestones: first
                .map_or_else(Vec::new, |one| one.lines.iter().map(|(id, _)| *id).collect()),
            fee: first.map_or(0, |one| one.fee),
            at_fee,
        };
        let opened = forms::book_line(line, guess, Context::new(cx));
        opened.unwrap_or_else(|error| Effect::Say(cx.ui.lang.error(&error)))
    }

    /// Puts a line behind all others, and the cursor on the one that follows.
    fn put_off(&mut self, key: RowKey, view: &mut ListView, cx: &Cx<'_>) {
        let RowKey::BankLine(id) = key else {
            return;
        };
        let at = self.position(key, cx).unwrap_or_default();
        if let Some(next) = self.key(at + 1, cx).or_else(|| self.key(0, cx)) {
            view.rows.select(next);
        }
        self.later.retain(|known| *known != id);
        self.later.push(id);
    }

    /// What a candidate is, with what speaks for it.
    fn candidate(
        &self,
        number: usize,
        one: &Candidate,
        line: &BankLine,
        room: usize,
        cx: &Cx<'_>,
    ) -> Vec<Line> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let head = vec![(format!("{number}  "), theme.title())];
        let told = format!("{}  {}", self.names.told(one), one.confidence);
        let mut lines = hanging(head, &told, theme.strong(), room);
        let margin = vec![("   ".to_owned(), theme.text())];
        if one.lines.len() > 1 || one.fee > 0 {
            let part = |(id, amount): &(MilestoneId, i64)| {
                format!(
                    "{} {}",
                    self.names.milestone(*id),
                    cx.ledger.signed(*amount, line.currency)
                )
            };
            let mut parts: Vec<String> = one.lines.iter().map(part).collect();
            if one.fee > 0 {
                parts.push(format!(
                    "{} {}",
                    lang.bank_fee_word(),
                    cx.ledger.signed(one.fee, line.currency)
                ));
            }
            lines.extend(hanging(margin.clone(), &parts.join("  "), theme.text(), room));
        }
        lines.extend(hanging(margin, &lang.clues(&one.clues, line.currency), theme.dim(), room));
        lines
    }

    /// How an account's closing balance stands to its lines.
    fn balance(account: &BankAccount, cx: &Cx<'_>) -> Option<Line> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let shown = |minor: i64| cx.ledger.signed(minor, account.currency);
        let closing = account.closing?;
        let name = lang.account_called(&account.account);
        let mut line =
            vec![(lang.bank_closes(name, &shown(closing), account.last_on), theme.text())];
        line.push(match (account.computed, account.off()) {
            (_, Some(off)) => (lang.bank_is_off(&shown(off)), theme.warn()),
            (Some(_), None) => (lang.bank_balances().to_owned(), theme.good()),
            (None, None) => return Some(line),
        });
        Some(line)
    }
}

/// Which proposal a key takes.
const fn picked(action: Action) -> Option<usize> {
    match action {
        Action::Pick1 => Some(0),
        Action::Pick2 => Some(1),
        Action::Pick3 => Some(2),
        Action::Pick4 => Some(3),
        Action::Pick5 => Some(4),
        _ => None,
    }
}

impl Source for Bank {
    const FILTERED: bool = false;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::whole(lang.bank_day_short(), 3),
            Column::words(lang.form_paid_by(), 12, 0),
            format::money_column(lang.form_amount(), 0, cx),
            Column::words(lang.proposal_word(), 24, 0),
            Column::number(lang.confidence_word(), 2),
            Column::words(lang.bank_remark_word(), 10, 4),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let (version, ledger) = (cx.ledger.version(), &*cx.ledger);
        self.lines.try_refresh(version, || {
            let mut lines = ledger.store.bank_lines(&LineFilter::open())?;
            lines.reverse();
            Ok(lines)
        })?;
        self.accounts.try_refresh(version, || ledger.store.bank_accounts())?;
        // Nothing is compared where there is nothing to compare.
        if !self.lines.is_empty() {
            let today = ledger.today();
            self.matcher
                .try_refresh(version, || ledger.store.matcher(ledger.portfolio.items(), today))?;
        }
        let (lines, later) = (&self.lines, &self.later);
        self.rows.refresh((version, view.find.clone(), later.clone()), || {
            let needle = Needle::new(&view.find);
            let found = |at: &usize| {
                lines.get(*at).is_some_and(|line| {
                    needle.matches(&format!("{} {} {}", line.payer, line.remark, line.serial))
                })
            };
            let mut rows: Vec<usize> = (0..lines.len()).filter(found).collect();
            // A stable sort: those not put off keep their order.
            rows.sort_by_key(|at| {
                let id = lines.get(*at).map(|line| line.id);
                later.iter().position(|known| Some(*known) == id).map_or(0, |place| place + 1)
            });
            rows
        });
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let ids: Vec<BankLineId> = page.filter_map(|at| Some(self.line(at)?.id)).collect();
        ids.into_iter().try_for_each(|id| self.propose(id, cx))
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.line(at).map(|line| RowKey::BankLine(line.id))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(line) = self.line(at) else {
            return Vec::new();
        };
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let payer = if line.payer.is_empty() { &line.remark } else { &line.payer };
        let found = self.proposed(line);
        let best = found.and_then(Proposals::best);
        let (told, style) = match (best, found) {
            (Some(best), _) => (self.names.told(best), theme.text()),
            (None, Some(found)) => (lang.unproposed(found), theme.dim()),
            (None, None) => (String::new(), theme.dim()),
        };
        vec![
            Cell::plain(lang.day(line.on, cx.ledger.today())),
            Cell::plain(payer.as_str()),
            Cell::plain(format::amount(line.amount, line.currency, cx.ledger)),
            Cell::new(told, style),
            best.map_or_else(|| Cell::none(theme), |best| Cell::plain(best.confidence.to_string())),
            Cell::new(line.remark.as_str(), theme.dim()),
        ]
    }

    fn open(&mut self, at: usize, _: &mut ListView, cx: &Cx<'_>) -> Effect {
        self.line(at).map_or(Effect::None, |line| self.book(line, None, cx))
    }

    fn act(&mut self, action: Action, view: &mut ListView, cx: &Cx<'_>) -> Option<Effect> {
        if action == Action::Back {
            return Some(Effect::In(Action::GoToday, Box::new(Effect::None)));
        }
        let key = view.rows.selected()?;
        if action == Action::Later {
            self.put_off(key, view, cx);
            return Some(Effect::None);
        }
        let line = self.at(key)?;
        match action {
            Action::TakeProposal => Some(self.book(line, None, cx)),
            Action::NotOurs => {
                let change = Change::SkipLine { line: line.id, reason: String::new() };
                Some(Effect::Write(Box::new(change)))
            }
            Action::Split | Action::Record(Recording::Edit) => Some(self.form(line, false, cx)),
            Action::Fee => Some(self.form(line, true, cx)),
            action => picked(action).map(|at| self.book(line, Some(at), cx)),
        }
    }

    fn above(&self, _: &ListView, area: Rect, cx: &Cx<'_>) -> Result<Vec<Line>> {
        let told = self.accounts.iter().filter_map(|account| Self::balance(account, cx));
        let room = usize::from(area.width).saturating_sub(2);
        Ok(text::flow(told.take(ACCOUNTS), 3, room))
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        cx.ui.lang.bank_title().to_owned()
    }

    fn bottom(&self, cx: &Cx<'_>) -> String {
        let mut sums = PerCurrency::<i128>::new();
        for line in self.rows.iter().filter_map(|at| self.lines.get(*at)) {
            sums.add(line.currency, line.amount);
        }
        format::sums(&sums, cx.ledger)
    }

    fn aside(
        &mut self,
        selected: Option<RowKey>,
        room: usize,
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let lang = cx.ui.lang;
        let Some(line) = selected.and_then(|key| self.at(key)).cloned() else {
            return Ok(Some((lang.bank_line_word().to_owned(), Vec::new())));
        };
        self.propose(line.id, cx)?;
        let theme = cx.ui.theme;
        let title = format!("{} {}", lang.bank_line_word(), line.id);
        let said = [
            (lang.bank_day_word(), line.on.to_string()),
            (lang.form_amount(), cx.ledger.signed(line.amount, line.currency)),
            (lang.form_paid_by(), line.payer.clone()),
            (lang.bank_payer_account_word(), line.payer_account.clone()),
            (lang.bank_remark_word(), line.remark.clone()),
            (lang.bank_serial_word(), line.serial.clone()),
            (lang.bank_account_word_short(), line.account.clone()),
        ];
        let mut lines: Vec<Line> = Vec::new();
        for (label, text) in said.iter().filter(|(_, text)| !text.is_empty()) {
            let label = vec![(format!("{label}  "), theme.dim())];
            lines.extend(hanging(label, text, theme.text(), room));
        }
        lines.push(text::heading(lang.proposal_word(), room, theme.title()));
        let Some(found) = self.proposed(&line) else {
            return Ok(Some((title, lines)));
        };
        let undecided = lang.unproposed(found);
        if !undecided.is_empty() {
            lines.extend(hanging(Vec::new(), &undecided, theme.warn(), room));
        }
        for (number, one) in (1..).zip(&found.candidates) {
            lines.extend(self.candidate(number, one, &line, room, cx));
        }
        Ok(Some((title, lines)))
    }

    fn split(&self, area: Rect, _: bool) -> Option<[Rect; 2]> {
        list_screen::beside(area)
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        let lang = cx.ui.lang;
        if view.is_narrowed() { lang.nothing_found() } else { lang.bank_nothing() }.into()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Bank, Scope::List, Scope::Global]
    }

    fn reset(&mut self) {
        self.later.clear();
    }
}
