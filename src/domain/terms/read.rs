//! From words to instalments: which event, term and condition belong to which share.

use std::ops::Range;

use rust_decimal::Decimal;

use super::lex::{Kind, Token, tokens};
use super::words::Word;
use super::{
    Clause, Deemed, Discount, Need, NeedKind, Part, Penalty, PenaltyRate, Terms, Trigger, Whole,
};
use crate::domain::due::{Basis, DueRule, Event, Offset, Unit};
use crate::domain::kinds::Stage;

/// The due rule a condition of one milestone tells: one that is written as such and names no other milestone, or that of
/// the one instalment the text speaks of.
pub fn told_rule(text: &str) -> Option<DueRule> {
    if let Ok(rule) = text.parse::<DueRule>() {
        let waits = matches!(rule.basis, Basis::After(_)) && rule.names().is_none();
        return Some(rule).filter(|_| waits);
    }
    let terms = terms(text);
    match terms.clauses.as_slice() {
        [clause] if terms.unread.is_empty() => clause.rule(),
        _ => None,
    }
}

pub(super) fn terms(text: &str) -> Terms {
    let tokens = tokens(text);
    let mut reader = Reader::new(text);
    for sentence in tokens.split(|token| token.kind == Kind::Word(Word::Cut)) {
        reader.sentence(sentence);
        reader.finish();
    }
    reader.read()
}

/// How many words ahead it is looked for the share an event belongs to.
const AHEAD: usize = 12;

struct Reader {
    text: Vec<char>,
    terms: Terms,
    /// What was not understood.
    unread: Vec<Range<usize>>,
    clause: Clause,
    /// Where in the text the clause stands.
    place: Option<Range<usize>>,
    /// It pays what is left unless a share is named.
    clears: bool,
    /// Work that is only understood beside an event.
    works: Vec<Range<usize>>,
    /// What is done within a term, which is no payment by itself.
    deed: Option<Range<usize>>,
    phrase: Phrase,
}

/// What was read since the last comma.
#[derive(Default)]
struct Phrase {
    /// 收到, and what arrives is still to come.
    received: Option<Range<usize>>,
    beside: Beside,
    /// The next amount is that of the share.
    is_told: bool,
    whole: Whole,
    cumulative: bool,
}

/// Whose the next term is, with regard to conditions beside the day.
#[derive(Default, PartialEq, Eq)]
enum Beside {
    #[default]
    None,
    /// A condition was named: its own, once the event has one.
    Named,
    /// The condition's own.
    Bound,
}

impl Reader {
    fn new(text: &str) -> Self {
        Self {
            text: text.chars().collect(),
            terms: Terms::default(),
            unread: Vec::new(),
            clause: Clause::default(),
            place: None,
            clears: false,
            works: Vec::new(),
            deed: None,
            phrase: Phrase::default(),
        }
    }

    fn words(&self, place: Range<usize>) -> String {
        let words: String = self.text.get(place).unwrap_or_default().iter().collect();
        words.trim().to_owned()
    }

    /// What the text says, and in its own words what of it was not understood.
    fn read(mut self) -> Terms {
        let mut unread = std::mem::take(&mut self.unread);
        unread.sort_by_key(|place| place.start);
        let words = unread.into_iter().map(|place| self.words(place));
        let told = words.filter(|words| words.chars().any(char::is_alphanumeric)).collect();
        Terms { unread: told, ..self.terms }
    }

    /// The clause says something nobody understands: it stays text.
    fn unclear(&mut self, place: Range<usize>) {
        self.unread.push(place);
        self.clause.is_unclear = true;
    }

    /// What stands between two full stops or semicolons. From a penalty on it is about that.
    fn sentence(&mut self, sentence: &[Token]) {
        let mut rest = sentence;
        loop {
            let comma = rest.iter().position(|token| token.kind == Kind::Word(Word::Comma));
            let (phrase, behind) = rest.split_at(comma.unwrap_or(rest.len()));
            if has(phrase, Word::Penalty) {
                self.finish();
                self.penalty(rest);
                return;
            }
            if has(phrase, Word::Deemed) {
                self.deemed(phrase);
            } else if has(phrase, Word::Discount) {
                self.discount(phrase);
            } else {
                self.phrase(phrase);
            }
            match behind.split_first() {
                Some((_, behind)) => rest = behind,
                None => return,
            }
        }
    }

    fn phrase(&mut self, phrase: &[Token]) {
        if let [Token { kind: Kind::Number(_), .. }] = phrase {
            // It numbers what follows.
            return;
        }
        if self.clause.part.is_some() && pays_itself(phrase) {
            self.finish();
        }
        self.phrase = Phrase::default();
        let mut rest = phrase;
        while let Some((token, behind)) = rest.split_first() {
            let before = phrase.get(..phrase.len() - rest.len()).and_then(|before| before.last());
            let taken = self.token(token, before, behind);
            rest = behind.get(taken..).unwrap_or_default();
        }
        if let Some(place) = self.phrase.received.take() {
            self.unclear(place);
        }
    }

    /// Takes a token, and says how many of those behind it went with it.
    fn token(&mut self, token: &Token, before: Option<&Token>, behind: &[Token]) -> usize {
        let place = token.start..token.end;
        let taken = match &token.kind {
            Kind::Share(percent) => self.share(*percent, behind),
            Kind::Sum(amount) => {
                self.sum(amount);
                0
            }
            Kind::Offset(offset) => {
                self.offset(*offset, place.clone());
                0
            }
            Kind::Number(count) => {
                self.number(*count, before, behind, place.clone());
                0
            }
            Kind::Discount(percent, days) => {
                let within = Offset { count: *days, unit: Unit::Days };
                self.terms.discount.get_or_insert(Discount { percent: *percent, within });
                return 0;
            }
            Kind::Unknown => {
                self.unclear(place.clone());
                0
            }
            Kind::Word(word) => self.word(*word, place.clone(), behind),
        };
        let end = behind.get(..taken).and_then(|with| with.last()).map_or(place.end, |t| t.end);
        let start = self.place.take().map_or(place.start, |place| place.start);
        self.place = Some(start..end);
        taken
    }

    fn word(&mut self, word: Word, place: Range<usize>, behind: &[Token]) -> usize {
        match word {
            Word::Event(Event::Invoice | Event::InvoiceReceived) if self.has_event() => {
                self.need(NeedKind::Invoice);
            }
            Word::Event(event) => self.event(event, place, behind),
            Word::Bill => {
                let arrives = self.phrase.received.take().is_some() && !self.has_event();
                if arrives {
                    self.event(Event::InvoiceReceived, place, behind);
                } else {
                    self.need(NeedKind::Invoice);
                }
            }
            Word::Received => self.phrase.received = Some(place),
            Word::Monthly => {
                self.event(Event::Invoice, place, behind);
                self.clause.month_end = true;
            }
            Word::Net => {
                if self.clause.trigger.is_none() {
                    self.event(Event::Invoice, place, behind);
                }
            }
            Word::MonthEnd if self.clause.trigger.is_some() && self.clause.offsets.is_empty() => {
                self.clause.month_end = true;
            }
            Word::Roll => self.clause.roll = true,
            Word::WarrantyOver | Word::Warranty => return self.warranty(word, place, behind),
            Word::Settlement => self.trigger(Trigger::Settlement, place),
            Word::Progress => return self.progress(place, behind),
            Word::Clear => self.clears = true,
            Word::UpTo => self.phrase.cumulative = share_ahead(behind),
            Word::Rest | Word::All if share_ahead(behind) => {}
            Word::Rest => self.pays(Part::Rest),
            Word::All => self.pays(share(Decimal::ONE_HUNDRED, false, Whole::Contract)),
            Word::Of(whole) => self.of(whole, behind),
            Word::Called(stage) => self.clause.stage = self.clause.stage.or(Some(stage)),
            Word::Need(need) => {
                self.phrase.received = None;
                self.need(need);
            }
            Word::With => self.phrase.beside = Beside::Bound,
            Word::That => self.phrase.is_told = true,
            Word::Work => self.works.push(place),
            Word::MonthEnd | Word::PerDay | Word::PerYear | Word::Cap => self.unclear(place),
            Word::Pay
            | Word::Filler
            | Word::Comma
            | Word::Cut
            | Word::Penalty
            | Word::Deemed
            | Word::Discount => {}
        }
        0
    }

    /// Whether the day counts from something else than a bill.
    const fn has_event(&self) -> bool {
        !matches!(
            self.clause.trigger,
            None | Some(Trigger::Event(Event::Invoice | Event::InvoiceReceived))
        )
    }

    fn pays(&mut self, part: Part) {
        if self.clause.part.is_some() {
            self.finish();
        }
        self.clause.part = Some(part);
    }

    fn share(&mut self, percent: Decimal, behind: &[Token]) -> usize {
        if is_progress(behind) {
            self.reaches(percent);
            return 1;
        }
        let cumulative = std::mem::take(&mut self.phrase.cumulative);
        let whole = std::mem::take(&mut self.phrase.whole);
        self.pays(share(percent, cumulative, whole));
        0
    }

    fn sum(&mut self, amount: &str) {
        let is_told = std::mem::take(&mut self.phrase.is_told);
        if is_told && matches!(self.clause.part, Some(Part::Share { .. })) {
            self.clause.told.get_or_insert_with(|| amount.to_owned());
        } else {
            self.pays(Part::Fixed(amount.to_owned()));
        }
    }

    fn of(&mut self, whole: Whole, behind: &[Token]) {
        if share_ahead(behind) {
            self.phrase.whole = whole;
        } else if let Some(Part::Share { of, .. }) = &mut self.clause.part {
            *of = whole;
        }
    }

    fn offset(&mut self, offset: Offset, place: Range<usize>) {
        let is_need = match self.phrase.beside {
            Beside::None => false,
            Beside::Named => !self.clause.offsets.is_empty(),
            Beside::Bound => true,
        };
        let need = self.clause.needs.last_mut().filter(|need| is_need && need.within.is_none());
        match need {
            Some(need) => need.within = Some(offset),
            None if self.clause.offsets.len() < 2 => self.clause.offsets.push(offset),
            None => self.unclear(place),
        }
    }

    /// A number without a unit counts days right behind an event, and numbers what follows at the beginning.
    fn number(&mut self, count: u32, before: Option<&Token>, behind: &[Token], at: Range<usize>) {
        let follows = before.is_some_and(|token| matches!(token.kind, Kind::Word(_)));
        let is_term = follows && self.clause.trigger.is_some() && self.clause.offsets.is_empty();
        if is_term {
            self.offset(Offset { count, unit: Unit::Days }, at);
            return;
        }
        let numbers = |token: &Token| token.kind == Kind::Word(Word::Filler);
        let is_first = before.is_none_or(|token| token.kind == Kind::Word(Word::That));
        if !is_first || !behind.first().is_some_and(numbers) {
            self.unclear(at);
        }
    }

    fn need(&mut self, what: NeedKind) {
        if self.phrase.beside == Beside::None {
            self.phrase.beside = Beside::Named;
        }
        if self.clause.needs.iter().all(|need| need.what != what) {
            self.clause.needs.push(Need { what, within: None });
        }
    }

    fn event(&mut self, event: Event, place: Range<usize>, behind: &[Token]) {
        self.phrase.received = None;
        if self.clause.part.is_some() && self.clause.trigger.is_none() && pays_later(behind) {
            self.finish();
        }
        let is_deed = behind.is_empty();
        if is_deed
            && self.clause.part.is_none()
            && !self.clause.offsets.is_empty()
            && self.has_event()
        {
            // 到货后7日内验收: what is done within the term.
            self.deed = Some(place);
            return;
        }
        self.trigger(Trigger::Event(event), place);
    }

    fn trigger(&mut self, trigger: Trigger, place: Range<usize>) {
        if self.clause.trigger.is_none() || rank(&trigger) == 0 {
            self.clause.trigger = Some(trigger);
        } else if self.clause.part.is_some() && self.has_event() {
            self.finish();
            self.clause.trigger = Some(trigger);
        } else if !self.has_event() {
            // A bill beside what the day counts from is a condition.
            let within = self.clause.offsets.first().copied();
            self.clause.offsets.clear();
            self.need(NeedKind::Invoice);
            if let Some(need) = self.clause.needs.last_mut() {
                need.within = need.within.or(within);
            }
            self.clause.trigger = Some(trigger);
        } else if self.clause.offsets.is_empty() {
            // Of two events one after the other the later counts.
            if rank(&trigger) >= self.clause.trigger.as_ref().map_or(0, rank) {
                self.clause.trigger = Some(trigger);
            }
        } else {
            let start = self.place.as_ref().map_or(place.start, |place| place.start);
            self.unclear(start..place.start);
            self.clause.offsets.clear();
            self.clause.trigger = Some(trigger);
        }
    }

    fn reaches(&mut self, percent: Decimal) {
        self.trigger(Trigger::Progress(percent), 0..0);
    }

    /// 进行到50%: how far the work is.
    fn progress(&mut self, place: Range<usize>, behind: &[Token]) -> usize {
        let near = behind.iter().take_while(|token| is_filler(token)).count();
        let Some(Token { kind: Kind::Share(percent), .. }) = behind.get(near) else {
            self.works.push(place);
            return 0;
        };
        if self.clause.part.is_some()
            && self.clause.trigger.is_none()
            && pays_later(behind.get(near + 1..).unwrap_or_default())
        {
            self.finish();
        }
        self.reaches(*percent);
        near + 1
    }

    /// 质保期满1年: a warranty of a year from the acceptance has run out. 质保期满: the contract's day.
    fn warranty(&mut self, word: Word, place: Range<usize>, behind: &[Token]) -> usize {
        if let Some(Token { kind: Kind::Offset(offset), start, end }) = behind.first() {
            self.clause.stage = self.clause.stage.or(Some(Stage::Retention));
            self.event(Event::Acceptance, place, behind);
            self.offset(*offset, *start..*end);
            return 1;
        }
        if word == Word::Warranty {
            self.works.push(place);
        } else {
            self.event(Event::WarrantyEnd, place, behind);
        }
        0
    }

    /// Whatever is said of silence; what leads to it is no instalment.
    fn deemed(&mut self, phrase: &[Token]) {
        let mut deemed = Deemed { after: None, within: None };
        let lead = self.clause.part.is_none();
        let starts = |event: Event| Some(event).filter(|event| *event != Event::Acceptance);
        if let (true, Some(Trigger::Event(event))) = (lead, &self.clause.trigger) {
            deemed.after = starts(*event);
        }
        if lead {
            deemed.within = self.clause.offsets.first().copied();
            self.works.clear();
            self.deed = None;
            self.clause = Clause::default();
            self.place = None;
        }
        for token in phrase {
            match &token.kind {
                Kind::Word(Word::Event(event)) => deemed.after = deemed.after.or(starts(*event)),
                Kind::Offset(offset) => deemed.within = deemed.within.or(Some(*offset)),
                Kind::Word(_) => {}
                Kind::Share(_)
                | Kind::Sum(_)
                | Kind::Number(_)
                | Kind::Discount(..)
                | Kind::Unknown => self.unread.push(token.start..token.end),
            }
        }
        self.terms.deemed.get_or_insert(deemed);
    }

    fn discount(&mut self, phrase: &[Token]) {
        let (mut percent, mut within, mut is_clear) = (None, None, true);
        for token in phrase {
            match &token.kind {
                Kind::Share(share) => percent = Some(*share),
                Kind::Offset(offset) => within = Some(*offset),
                Kind::Word(_) => {}
                Kind::Sum(_) | Kind::Number(_) | Kind::Discount(..) | Kind::Unknown => {
                    is_clear = false;
                }
            }
        }
        match (percent, within) {
            (Some(percent), Some(within)) if is_clear && self.terms.discount.is_none() => {
                self.terms.discount = Some(Discount { percent, within });
            }
            _ => self.unread.push(span(phrase)),
        }
    }

    /// A penalty is understood whole or not at all: a word left out could make a lump sum a rate.
    fn penalty(&mut self, words: &[Token]) {
        match penalty(words) {
            Some(penalty) if self.terms.penalty.is_none() => self.terms.penalty = Some(penalty),
            Some(_) | None => self.unread.push(span(words)),
        }
    }

    /// The clause is told.
    fn finish(&mut self) {
        let mut clause = std::mem::take(&mut self.clause);
        let works = std::mem::take(&mut self.works);
        let place = self.place.take();
        let deed = self.deed.take().filter(|_| clause.part.is_none());
        if clause.part.is_none() && std::mem::take(&mut self.clears) {
            clause.part = Some(Part::Rest);
        }
        self.clears = false;
        if clause.trigger.is_none() && !works.is_empty() {
            clause.is_unclear = true;
            for place in works {
                self.unread.push(place);
            }
        }
        if let Some(place) = deed {
            clause.is_unclear = true;
            self.unread.push(place);
        }
        let is_unclear = std::mem::take(&mut clause.is_unclear);
        if clause == Clause::default() {
            if let Some(place) = place.filter(|_| is_unclear) {
                // Nothing of it was understood: it is told whole.
                self.unread.retain(|words| !place.contains(&words.start));
                self.unread.push(place);
            }
            return;
        }
        clause.is_unclear = is_unclear;
        clause.text = place.map(|place| self.words(place)).unwrap_or_default();
        self.terms.clauses.push(clause);
    }
}

fn has(phrase: &[Token], word: Word) -> bool {
    phrase.iter().any(|token| token.kind == Kind::Word(word))
}

const fn is_filler(token: &Token) -> bool {
    matches!(token.kind, Kind::Word(Word::Filler | Word::Pay))
}

const fn share(percent: Decimal, cumulative: bool, of: Whole) -> Part {
    Part::Share { percent, cumulative, of }
}

/// Whether the share just named is how far the work is: 50% complete.
fn is_progress(behind: &[Token]) -> bool {
    let progress = |token: &Token| token.kind == Kind::Word(Word::Progress);
    let share = |token: &Token| matches!(token.kind, Kind::Share(_));
    behind.first().is_some_and(progress) && !behind.get(1).is_some_and(share)
}

/// Whether a share comes next.
fn share_ahead(behind: &[Token]) -> bool {
    let next = behind.iter().find(|token| {
        !is_filler(token) && !matches!(token.kind, Kind::Word(Word::Of(_) | Word::All | Word::UpTo))
    });
    next.is_some_and(|token| matches!(token.kind, Kind::Share(_)))
}

/// Whether a phrase names a share or an amount of its own.
fn pays_itself(phrase: &[Token]) -> bool {
    let mut told = false;
    phrase.iter().enumerate().any(|(at, token)| match &token.kind {
        Kind::Share(_) => {
            let before = phrase.get(..at).unwrap_or_default();
            let before = before.iter().rfind(|token| !is_filler(token));
            let reaches = before.is_some_and(|token| token.kind == Kind::Word(Word::Progress));
            !reaches && !is_progress(phrase.get(at + 1..).unwrap_or_default())
        }
        Kind::Sum(_) => !told,
        Kind::Word(Word::That) => {
            told = true;
            false
        }
        Kind::Word(Word::Rest | Word::All) => true,
        Kind::Offset(_) | Kind::Number(_) | Kind::Discount(..) | Kind::Word(_) | Kind::Unknown => {
            false
        }
    })
}

/// Whether a share follows that is paid upon the event just named: 到货付40%.
fn pays_later(behind: &[Token]) -> bool {
    let mut pays = false;
    for token in behind.iter().take(AHEAD) {
        match &token.kind {
            Kind::Word(Word::Pay | Word::UpTo | Word::Clear) => pays = true,
            Kind::Share(_) | Kind::Sum(_) | Kind::Word(Word::Rest) => return pays,
            Kind::Offset(_)
            | Kind::Number(_)
            | Kind::Discount(..)
            | Kind::Word(_)
            | Kind::Unknown => {}
        }
    }
    false
}

/// How late in a contract something comes.
const fn rank(trigger: &Trigger) -> u8 {
    match trigger {
        Trigger::Event(Event::Invoice | Event::InvoiceReceived) => 0,
        Trigger::Event(Event::Signing) => 1,
        Trigger::Event(Event::Start) => 2,
        Trigger::Progress(_) | Trigger::Event(Event::Progress(_)) => 3,
        Trigger::Event(Event::Delivery) => 4,
        Trigger::Event(Event::Acceptance) => 5,
        Trigger::Event(Event::Conditions) | Trigger::Settlement => 6,
        Trigger::Event(Event::WarrantyEnd) => 7,
    }
}

fn span(tokens: &[Token]) -> Range<usize> {
    let start = tokens.first().map_or(0, |token| token.start);
    start..tokens.last().map_or(start, |token| token.end)
}

fn penalty(words: &[Token]) -> Option<Penalty> {
    let (mut percent, mut sum, mut cap) = (None, None, None);
    let (mut per_day, mut per_year, mut caps) = (false, false, false);
    for token in words {
        match &token.kind {
            Kind::Share(share) if caps => {
                caps = false;
                cap = Some(*share);
            }
            Kind::Share(share) if percent.is_none() => percent = Some(*share),
            Kind::Sum(amount) if sum.is_none() => sum = Some(amount.clone()),
            Kind::Word(Word::PerDay) => per_day = true,
            Kind::Word(Word::PerYear) => per_year = true,
            Kind::Word(Word::Cap) => caps = true,
            Kind::Word(_) => {}
            Kind::Share(_)
            | Kind::Sum(_)
            | Kind::Offset(_)
            | Kind::Number(_)
            | Kind::Discount(..)
            | Kind::Unknown => return None,
        }
    }
    let rate = match (percent, sum, per_day, per_year) {
        (Some(percent), None, true, false) => PenaltyRate::PerDay(percent),
        (Some(percent), None, false, true) => PenaltyRate::PerYear(percent),
        (Some(percent), None, false, false) => PenaltyRate::Once(percent),
        (None, Some(sum), false, false) => PenaltyRate::Lump(sum),
        _ => return None,
    };
    (!caps).then_some(Penalty { rate, cap })
}
