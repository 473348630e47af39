//! Whose money a line of a bank statement is, and what it pays: candidates with a confidence and the clues they rest on.
//! Nothing is decided here; of candidates that fit equally well none is proposed. The work for one line is bounded,
//! whatever the ledger and the line hold.

mod names;

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};
use iso_currency::Currency;
use rustc_hash::FxHashMap;

use self::names::{Key, NameIndex};
use super::allocation::share_out;
use super::bank::StatementLine;
use super::change::{Booking, Change, PaymentDraft, Target};
use super::codes::codes;
use super::facts::Account;
use super::ids::{BankLineId, CustomerId, IdMap, IdSet, MilestoneId, PaymentId, ProjectId};
use super::item::Item;
use super::money;
use super::normalize::normalize;
use super::rules::AGAIN_DAYS;

/// Candidates that are kept of a line: as many as there are digits to choose by.
pub const MOST: usize = 9;

/// Customers looked at for one line, and open items of one of them that sums are made of.
const PARTIES: usize = 12;
const SUMMED: usize = 24;

/// Items that make up a sum at most, and steps to find one.
const PARTS: usize = 4;
const STEPS: u32 = 20_000;

/// Characters of a text that are looked at.
const LOOKED_AT: usize = 400;

/// Characters of a number that says enough to be looked for.
const NUMBER: usize = 4;

/// Days around the day of a promise in which its amount is taken for it.
const PROMISE_DAYS: u64 = 7;

codes! {
    /// What a number in a remark is of.
    NumberKind {
        Contract = "contract",
        Project = "project",
        Milestone = "milestone",
        Invoice = "invoice",
    }
}

/// Somebody whose money may come in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    pub customer: Option<CustomerId>,
    /// What it is called: name, short name, name on invoices.
    pub names: Vec<String>,
    /// Who paid for it before, as the bank names them.
    pub aliases: Vec<String>,
    /// Its bank accounts.
    pub accounts: Vec<String>,
}

impl Party {
    /// Somebody of this name and account paid for it; what is masked, or no name, tells nothing.
    pub fn learn(&mut self, name: String, account: String) {
        let is_new = Key::of(&name).is_some_and(|key| key.is_a_name()) && !is_masked(&name);
        if is_new && !is_called(&name, self.names.iter().chain(&self.aliases)) {
            self.aliases.push(name);
        }
        if digits(&account).is_some() {
            self.accounts.push(account);
        }
    }
}

/// A number by which something can be named in a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    pub number: String,
    pub kind: NumberKind,
    pub milestones: Vec<MilestoneId>,
}

/// A payment on record that no line of a statement was booked as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub payment: PaymentId,
    pub customer: CustomerId,
    pub currency: Currency,
    pub on: NaiveDate,
    pub amount: i64,
    pub bank_ref: String,
}

/// What speaks for a candidate. Amounts are minor units of the line's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clue {
    /// The account it came from is the customer's.
    Account,
    /// The payer is called like the customer.
    Name,
    /// It paid for the customer before.
    Alias,
    /// The customer's name stands in the remark.
    Remark,
    Number(NumberKind, String),
    /// The payment is on record already.
    Recorded,
    /// The balance of one item.
    Exact,
    /// The balances of so many.
    Sum(usize),
    /// The balance of one item, less what a bank usually keeps.
    LessFee(i64),
    /// What was promised for this day.
    Promise(NaiveDate),
    /// A part of what is open, the oldest due first.
    Part,
    /// All that is open, and so much more.
    Above(i64),
    /// Nothing is open: it stays on account.
    NothingOpen,
}

impl Clue {
    /// Its code, without what it holds.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Name => "name",
            Self::Alias => "alias",
            Self::Remark => "remark",
            Self::Number(..) => "number",
            Self::Recorded => "recorded",
            Self::Exact => "exact",
            Self::Sum(_) => "sum",
            Self::LessFee(_) => "less_fee",
            Self::Promise(_) => "promise",
            Self::Part => "part",
            Self::Above(_) => "above",
            Self::NothingOpen => "nothing_open",
        }
    }
}

/// What a line may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub customer: CustomerId,
    /// The payment on record that it is, instead of a new one.
    pub payment: Option<PaymentId>,
    /// Which milestones get how much; what is over stays unapplied.
    pub lines: Vec<(MilestoneId, i64)>,
    /// What the bank kept.
    pub fee: i64,
    /// 1 to 99.
    pub confidence: u8,
    pub clues: Vec<Clue>,
}

impl Candidate {
    /// The change that books a line so.
    pub fn change(&self, id: BankLineId, line: &StatementLine) -> Change {
        let new = || {
            let account = Account { customer: self.customer, currency: line.currency };
            let amount = line.amount.saturating_add(self.fee);
            let is_own = self.clues.contains(&Clue::Name);
            Booking::New(PaymentDraft {
                payer: if is_own { String::new() } else { line.payer.clone() },
                bank_ref: line.serial.clone(),
                target: Target::Lines(self.lines.clone()),
                ..PaymentDraft::new(account, line.on, amount)
            })
        };
        let payment = self.payment.map_or_else(new, Booking::Known);
        Change::BookLine { line: id, payment, fee: self.fee }
    }

    /// Who paid is certain, and the amount is the balance of one item.
    fn is_exact(&self) -> bool {
        let known = |clue: &Clue| {
            matches!(clue, Clue::Account | Clue::Name | Clue::Alias | Clue::Number(..))
        };
        self.clues.contains(&Clue::Exact) && self.clues.iter().any(known)
    }
}

/// What can be said of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposals {
    /// The likeliest first.
    pub candidates: Vec<Candidate>,
    /// How many of the first fit equally well, where it is more than one.
    pub tied: usize,
    /// The first is the only one that fits exactly, and nothing else comes near.
    pub exact: bool,
}

impl Proposals {
    /// The one to propose.
    pub fn best(&self) -> Option<&Candidate> {
        if self.tied > 1 { None } else { self.candidates.first() }
    }
}

/// What is open of an item, as far as money is looked at.
#[derive(Debug, Clone)]
struct Open {
    id: MilestoneId,
    project: ProjectId,
    customer: CustomerId,
    currency: Currency,
    balance: i64,
    /// Money that names no milestone goes to it.
    unnamed: bool,
    /// Promised and not here yet: amount, first and last day on which money is taken for it, the day itself.
    promises: Vec<(i64, NaiveDate, NaiveDate, NaiveDate)>,
}

/// What lines are compared with: open items, customers, numbers and payments, each found by what a line says of it.
#[derive(Debug, Default)]
pub struct Matcher {
    parties: Vec<Party>,
    by_name: NameIndex,
    by_alias: NameIndex,
    by_account: FxHashMap<String, Vec<usize>>,
    numbers: FxHashMap<String, Vec<Numbered>>,
    /// In the order in which money goes to them.
    open: Vec<Open>,
    by_id: IdMap<MilestoneId, usize>,
    of_customer: FxHashMap<(CustomerId, Currency), Vec<usize>>,
    by_balance: FxHashMap<(Currency, i64), Vec<usize>>,
    recorded: FxHashMap<(Currency, i64), Vec<Recorded>>,
}

/// Who a line may be from, and what speaks for it.
#[derive(Debug)]
struct Suspect {
    customer: CustomerId,
    clues: Vec<Clue>,
    score: u8,
    /// The milestones that are named, if any are.
    named: Vec<usize>,
}

/// What an amount may be: which items get how much, and how well that fits.
struct Fit {
    lines: Vec<(MilestoneId, i64)>,
    fee: i64,
    clue: Clue,
    score: u8,
}

impl Matcher {
    /// Items in any order; of a number only what is open counts.
    pub fn new(
        items: &[Item],
        parties: Vec<Party>,
        numbers: Vec<Numbered>,
        recorded: Vec<Recorded>,
        today: NaiveDate,
    ) -> Self {
        let mut matcher = Self::default();
        let mut items: Vec<&Item> = items.iter().filter(|item| item.balance > 0).collect();
        items.sort_by_key(|item| item.payment_order(today));
        for (at, item) in items.into_iter().enumerate() {
            matcher.by_id.insert(item.id, at);
            let account = (item.customer, item.currency);
            matcher.of_customer.entry(account).or_default().push(at);
            let balance = (item.currency, item.balance);
            matcher.by_balance.entry(balance).or_default().push(at);
            matcher.open.push(Open::of(item, today));
        }
        for (at, party) in parties.iter().enumerate() {
            party.names.iter().for_each(|name| matcher.by_name.add(name, at));
            party.aliases.iter().for_each(|name| matcher.by_alias.add(name, at));
            for account in party.accounts.iter().filter_map(|account| digits(account)) {
                let known = matcher.by_account.entry(account).or_default();
                if known.last() != Some(&at) {
                    known.push(at);
                }
            }
        }
        matcher.parties = parties;
        for one in numbers {
            let number = normalize(&one.number);
            if number.len() >= NUMBER && number.contains(|c: char| c.is_ascii_digit()) {
                matcher.numbers.entry(number).or_default().push(one);
            }
        }
        for one in recorded {
            matcher.recorded.entry((one.currency, one.amount)).or_default().push(one);
        }
        matcher
    }

    /// What a line may be. Money that went out is nobody's payment.
    pub fn propose(&self, line: &StatementLine) -> Proposals {
        if line.amount <= 0 {
            return Proposals::default();
        }
        let suspects = self.suspects(line);
        let mut candidates = self.on_record(line, &suspects);
        for suspect in &suspects {
            for fit in self.fits(suspect, line) {
                merge(&mut candidates, suspect.candidate(fit));
            }
        }
        if suspects.is_empty() {
            self.by_amount_alone(line, &mut candidates);
        }
        candidates.sort_by_key(|one| (Reverse(one.confidence), one.customer, one.lines.clone()));
        let top = candidates.first().map(|first| first.confidence);
        let tied = candidates.iter().take_while(|one| Some(one.confidence) == top).count();
        let exact = tied == 1
            && candidates.first().is_some_and(Candidate::is_exact)
            && candidates.iter().filter(|one| one.clues.contains(&Clue::Exact)).count() == 1
            && candidates.iter().all(|one| one.payment.is_none());
        candidates.truncate(MOST);
        Proposals { candidates, tied: if tied > 1 { tied } else { 0 }, exact }
    }

    /// What a candidate pays is not open any more.
    pub fn pay(&mut self, one: &Candidate) {
        for (id, amount) in &one.lines {
            let Some(at) = self.by_id.get(id).copied() else {
                continue;
            };
            let Some(open) = self.open.get_mut(at) else {
                continue;
            };
            let before = (open.currency, open.balance);
            open.balance = open.balance.saturating_sub(*amount);
            let (account, after) = ((open.customer, open.currency), (open.currency, open.balance));
            let without = |places: Option<&mut Vec<usize>>| {
                if let Some(places) = places {
                    places.retain(|known| *known != at);
                }
            };
            without(self.by_balance.get_mut(&before));
            if after.1 > 0 {
                self.by_balance.entry(after).or_default().push(at);
            } else {
                without(self.of_customer.get_mut(&account));
            }
        }
    }

    /// The customers a line may be from, the likeliest first.
    fn suspects(&self, line: &StatementLine) -> Vec<Suspect> {
        let mut found: Vec<Suspect> = Vec::new();
        let payer = shortened(&line.payer);
        let remark = shortened(&line.remark);
        let by_account =
            digits(&line.payer_account).and_then(|digits| self.by_account.get(&digits));
        for party in by_account.into_iter().flatten().take(PARTIES) {
            self.suspect(&mut found, *party, Clue::Account, 50);
        }
        for party in self.by_name.whole(&payer).iter().take(PARTIES) {
            self.suspect(&mut found, *party, Clue::Name, 45);
        }
        for party in self.by_alias.whole(&payer).iter().take(PARTIES) {
            self.suspect(&mut found, *party, Clue::Alias, 45);
        }
        if found.is_empty() {
            for party in self.by_name.inside(&payer).into_iter().take(PARTIES) {
                self.suspect(&mut found, party, Clue::Name, 40);
            }
        }
        for party in self.by_name.inside(&remark).into_iter().take(PARTIES) {
            self.suspect(&mut found, party, Clue::Remark, 35);
        }
        self.numbered(&remark, line.currency, &mut found);
        for suspect in &mut found {
            suspect.named.sort_unstable();
            suspect.named.dedup();
        }
        found.sort_by_key(|suspect| Reverse(suspect.score));
        found.truncate(PARTIES);
        found
    }

    fn suspect(&self, found: &mut Vec<Suspect>, party: usize, clue: Clue, score: u8) {
        let customer = self.parties.get(party).and_then(|party| party.customer);
        if let Some(customer) = customer {
            add(found, customer, clue, score);
        }
    }

    /// Those whose contract, project, milestone or invoice a remark names.
    fn numbered(&self, remark: &str, currency: Currency, found: &mut Vec<Suspect>) {
        for number in tokens(remark) {
            let Some(all) = self.numbers.get(&number) else {
                continue;
            };
            for one in all {
                let open = one.milestones.iter().filter_map(|id| self.by_id.get(id)).copied();
                for at in open {
                    let Some(item) = self.open.get(at) else {
                        continue;
                    };
                    if item.currency == currency && item.balance > 0 {
                        let clue = Clue::Number(one.kind, one.number.clone());
                        add(found, item.customer, clue, 50).named.push(at);
                    }
                }
            }
        }
    }

    fn of(&self, customer: CustomerId, currency: Currency) -> &[usize] {
        self.of_customer.get(&(customer, currency)).map_or(&[], Vec::as_slice)
    }

    /// Payments on record that the line may be.
    fn on_record(&self, line: &StatementLine, suspects: &[Suspect]) -> Vec<Candidate> {
        let alike = self.recorded.get(&(line.currency, line.amount)).into_iter().flatten();
        let near = alike.filter_map(|one| {
            let days = one.on.signed_duration_since(line.on).num_days().unsigned_abs();
            let same_ref = !line.serial.is_empty() && one.bank_ref.trim() == line.serial;
            let known = suspects.iter().find(|suspect| suspect.customer == one.customer);
            let confidence = match (same_ref, known, days) {
                (true, ..) => 99,
                (_, _, days) if days > AGAIN_DAYS => return None,
                (_, Some(_), 0) => 98,
                (_, Some(_), _) => 96,
                (_, None, 0) => 60,
                (_, None, _) => 50,
            };
            let mut clues = vec![Clue::Recorded];
            clues.extend(known.into_iter().flat_map(|suspect| suspect.clues.iter().cloned()));
            Some(Candidate {
                customer: one.customer,
                payment: Some(one.payment),
                lines: Vec::new(),
                fee: 0,
                confidence,
                clues,
            })
        });
        near.take(MOST).collect()
    }

    /// What the amount may be of what this customer owes.
    fn fits(&self, suspect: &Suspect, line: &StatementLine) -> Vec<Fit> {
        let all = self.of(suspect.customer, line.currency);
        let named = if suspect.named.is_empty() { all } else { &suspect.named };
        let open: Vec<&Open> = named.iter().filter_map(|at| self.open.get(*at)).collect();
        // Very many alike are no more than very many: which of them it is, nothing says.
        let (exact, others): (Vec<&Open>, Vec<&Open>) =
            open.iter().partition(|item| item.balance == line.amount);
        let exact = exact.into_iter().filter_map(|item| item.fits(line)).take(MOST + 1);
        let others = others.into_iter().filter_map(|item| item.fits(line)).take(MOST + 1);
        let mut fits: Vec<Fit> = exact.chain(others).collect();
        if fits.iter().all(|fit| fit.clue != Clue::Exact) {
            fits.extend(sums(&open, line.amount));
        }
        if fits.is_empty() {
            fits.push(rest(&open, line.amount));
        }
        fits
    }

    /// Nobody is named: whose one item or promise it is to the cent.
    fn by_amount_alone(&self, line: &StatementLine, candidates: &mut Vec<Candidate>) {
        let fitting = self.by_balance.get(&(line.currency, line.amount)).into_iter().flatten();
        for item in fitting.filter_map(|at| self.open.get(*at)).take(MOST + 1) {
            let score = if item.unnamed { 40 } else { 30 };
            let lines = vec![(item.id, line.amount)];
            let fit = Fit { lines, fee: 0, clue: Clue::Exact, score };
            let nobody =
                Suspect { customer: item.customer, clues: Vec::new(), score: 0, named: Vec::new() };
            merge(candidates, nobody.candidate(fit));
        }
    }
}

impl Open {
    fn of(item: &Item, today: NaiveDate) -> Self {
        let near = |day: NaiveDate| day.checked_add_days(Days::new(PROMISE_DAYS)).unwrap_or(day);
        let promises = item.promises.iter().map(|promise| {
            let left = promise.amount.saturating_sub(promise.filled);
            (left, promise.made_on, near(promise.keep_by), promise.pay_by)
        });
        Self {
            id: item.id,
            project: item.project,
            customer: item.customer,
            currency: item.currency,
            balance: item.balance,
            unnamed: item.takes_unnamed_money(today),
            promises: promises.collect(),
        }
    }

    /// What an amount may be of this item alone.
    fn fits(&self, line: &StatementLine) -> Option<Fit> {
        let fit = |amount, fee, clue, score: u8| {
            let score = if self.unnamed { score } else { score - 10 };
            Some(Fit { lines: vec![(self.id, amount)], fee, clue, score })
        };
        if line.amount == self.balance {
            return fit(self.balance, 0, Clue::Exact, 49);
        }
        let promised = self
            .promises
            .iter()
            .find(|(left, from, to, _)| *left == line.amount && (*from..=*to).contains(&line.on));
        if let Some((amount, .., pay_by)) = promised.filter(|(left, ..)| *left < self.balance) {
            return fit(*amount, 0, Clue::Promise(*pay_by), 42);
        }
        let fee = self.balance.saturating_sub(line.amount);
        if fee > 0 && fee <= usual_fee(self.balance, line.currency) {
            return fit(self.balance, fee, Clue::LessFee(fee), 35);
        }
        None
    }
}

impl Suspect {
    fn candidate(&self, fit: Fit) -> Candidate {
        let clues = self.clues.iter().cloned().chain([fit.clue]).collect();
        let confidence = self.score.saturating_add(fit.score).clamp(1, 99);
        let Fit { lines, fee, .. } = fit;
        Candidate { customer: self.customer, payment: None, lines, fee, confidence, clues }
    }
}

/// Adds what speaks for a customer; what it rests on is the strongest clue, and a second one adds a little.
fn add(found: &mut Vec<Suspect>, customer: CustomerId, clue: Clue, score: u8) -> &mut Suspect {
    let at = found.iter().position(|suspect| suspect.customer == customer);
    let at = at.unwrap_or_else(|| {
        found.push(Suspect { customer, clues: Vec::new(), score, named: Vec::new() });
        found.len() - 1
    });
    #[expect(clippy::indexing_slicing, reason = "it is there, or was pushed a line above")]
    let suspect = &mut found[at];
    if !suspect.clues.contains(&clue) {
        if !suspect.clues.is_empty() {
            suspect.score = suspect.score.max(score).saturating_add(2).min(50);
        }
        suspect.clues.push(clue);
    }
    suspect
}

/// One candidate for what comes out the same.
fn merge(candidates: &mut Vec<Candidate>, new: Candidate) {
    let same = candidates.iter_mut().find(|one| {
        one.customer == new.customer
            && one.payment == new.payment
            && one.lines == new.lines
            && one.fee == new.fee
    });
    match same {
        Some(one) if one.confidence >= new.confidence => {}
        Some(one) => *one = new,
        None => candidates.push(new),
    }
}

/// What a bank usually keeps of a transfer, at most: 50 in major units, and no more than one in a hundred.
pub fn usual_fee(amount: i64, currency: Currency) -> i64 {
    let exponent = money::exponent(currency);
    let most =
        if exponent == 0 { 5_000 } else { 10_i64.saturating_pow(exponent).saturating_mul(50) };
    most.min(amount / 100)
}

/// Items whose balances add up to an amount: the oldest of them, all of a project, else any few.
fn sums(open: &[&Open], amount: i64) -> Vec<Fit> {
    let unnamed: Vec<&Open> = open.iter().copied().filter(|item| item.unnamed).collect();
    let fit = |items: &[&Open], score| Fit {
        lines: items.iter().map(|item| (item.id, item.balance)).collect(),
        fee: 0,
        clue: Clue::Sum(items.len()),
        score,
    };
    let mut fits = Vec::new();
    let mut total = 0_i64;
    for (at, item) in unnamed.iter().enumerate() {
        total = total.saturating_add(item.balance);
        if total == amount && at > 0 {
            fits.extend(unnamed.get(..=at).map(|items| fit(items, 44)));
        }
    }
    let mut projects: Vec<ProjectId> = open.iter().map(|item| item.project).collect();
    projects.sort_unstable();
    projects.dedup();
    for project in projects.into_iter().take(PARTIES) {
        let of: Vec<&Open> =
            unnamed.iter().copied().filter(|item| item.project == project).collect();
        if of.len() > 1 && money::sum(of.iter().map(|item| item.balance)) == Ok(amount) {
            fits.push(fit(&of, 42));
        }
    }
    if fits.is_empty() {
        let few = unnamed.get(..SUMMED).unwrap_or(&unnamed);
        fits.extend(subsets(few, amount).iter().map(|items| fit(items, 38)));
    }
    fits
}

/// Up to two ways in which a few items add up to an amount; two are enough to know that it is not one.
fn subsets<'o>(open: &[&'o Open], amount: i64) -> Vec<Vec<&'o Open>> {
    fn search<'o>(
        open: &[&'o Open],
        left: i64,
        taken: &mut Vec<&'o Open>,
        found: &mut Vec<Vec<&'o Open>>,
        steps: &mut u32,
    ) {
        for (at, item) in open.iter().enumerate() {
            if *steps == 0 || found.len() == 2 {
                return;
            }
            *steps -= 1;
            if item.balance > left {
                continue;
            }
            taken.push(item);
            if item.balance == left {
                found.push(taken.clone());
            } else if taken.len() < PARTS {
                let behind = open.get(at + 1..).unwrap_or_default();
                search(behind, left - item.balance, taken, found, steps);
            }
            taken.pop();
        }
    }
    let (mut found, mut steps) = (Vec::new(), STEPS);
    search(open, amount, &mut Vec::new(), &mut found, &mut steps);
    found
}

/// What fits nothing goes to the oldest due; what is over stays on account.
fn rest(open: &[&Open], amount: i64) -> Fit {
    let unnamed: Vec<&Open> = open.iter().copied().filter(|item| item.unnamed).collect();
    let shares = share_out(amount, unnamed.iter().map(|item| item.balance));
    let given: i64 = shares.iter().sum();
    let lines: Vec<(MilestoneId, i64)> =
        unnamed.iter().map(|item| item.id).zip(shares).filter(|(_, share)| *share > 0).collect();
    let (clue, score) = if lines.is_empty() {
        (Clue::NothingOpen, 5)
    } else if given < amount {
        (Clue::Above(amount - given), 15)
    } else {
        (Clue::Part, 20)
    };
    Fit { lines, fee: 0, clue, score }
}

/// The digits of an account number, where there are enough of them to tell it.
fn digits(account: &str) -> Option<String> {
    if is_masked(account) {
        return None;
    }
    let plain: String = normalize(account).chars().filter(char::is_ascii_alphanumeric).collect();
    (plain.len() >= 6).then_some(plain)
}

/// Whether a payer has one of these names.
pub fn is_called<'n>(payer: &str, names: impl IntoIterator<Item = &'n String>) -> bool {
    let payer = Key::of(payer);
    payer.is_some() && names.into_iter().any(|name| Key::of(name) == payer)
}

fn is_masked(text: &str) -> bool {
    text.contains(['*', '＊'])
}

fn shortened(text: &str) -> String {
    text.chars().take(LOOKED_AT).collect()
}

/// What may be a number in a remark: runs of letters, digits and the signs between them, whole and cut at slashes.
fn tokens(remark: &str) -> Vec<String> {
    let remark = normalize(remark);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '#');
    let mut found: Vec<String> = Vec::new();
    for run in remark.split(|c: char| !is_part(c)) {
        let whole = run.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        for token in std::iter::once(whole).chain(whole.split(['/', '#'])) {
            if token.len() >= NUMBER && !found.iter().any(|known| known == token) {
                found.push(token.to_owned());
            }
        }
    }
    found
}

/// The milestones of a candidate, each once.
pub fn milestones<'c>(candidates: impl IntoIterator<Item = &'c Candidate>) -> Vec<MilestoneId> {
    let all = candidates.into_iter().flat_map(|one| one.lines.iter().map(|(id, _)| *id));
    let all: IdSet<MilestoneId> = all.collect();
    let mut all: Vec<MilestoneId> = all.into_iter().collect();
    all.sort_unstable();
    all
}

#[cfg(test)]
mod tests;
