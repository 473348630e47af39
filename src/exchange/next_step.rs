//! What comes next for an item, and the facts and rules it comes from.

use chrono::NaiveDate;

use crate::domain::dunning::{self, Act, NextStep, Task, Wait, Watch};
use crate::domain::item::Item;
use crate::domain::kinds::{WaitReason, WaiverKind};
use crate::domain::status;
use crate::portfolio::Portfolio;
use crate::text::Lang;

pub struct Next {
    pub what: String,
    pub because: Vec<String>,
}

/// How a program is told that the later instalments are due.
pub const CALL_DUE: &str = "huikuan call-due";

/// What comes next for an item on the day of its portfolio; `money` shows an amount of its currency, `call_due` says how
/// the later instalments are called due.
pub fn next(
    item: &Item,
    portfolio: &Portfolio,
    lang: Lang,
    money: &dyn Fn(i64) -> String,
    call_due: &str,
) -> Next {
    let today = portfolio.today;
    let guarded = portfolio.guarded_until(item.customer);
    let tell = Tell { item, portfolio, lang, money, call_due };
    match dunning::task(item, today, &portfolio.policy, guarded) {
        Task::Do(act) => Next { what: lang.act(act).to_owned(), because: tell.act(act) },
        Task::Wait(step, wait) => {
            Next { what: lang.waits(step, wait), because: tell.wait(step, wait) }
        }
        Task::Watch(watch) => tell.watch(watch),
        Task::Nothing => tell.nothing(),
    }
}

struct Tell<'a> {
    item: &'a Item,
    portfolio: &'a Portfolio,
    lang: Lang,
    money: &'a dyn Fn(i64) -> String,
    call_due: &'a str,
}

impl Tell<'_> {
    fn day(&self, day: NaiveDate) -> String {
        self.lang.day(day, self.portfolio.today)
    }

    fn money(&self, minor: i64) -> String {
        (self.money)(minor)
    }

    fn act(&self, act: Act) -> Vec<String> {
        let (item, lang) = (self.item, self.lang);
        let mut because = match act {
            Act::Step(step) => self.step(step),
            Act::ChaseAcceptance => {
                let delivered = item.delivered_on.map_or_else(
                    || lang.why_chase_plain().to_owned(),
                    |day| lang.why_chase(&self.day(day)),
                );
                let chased = item.last_chase_on.map(|day| lang.why_chased(&self.day(day)));
                let refused = item.rare.refused_on.map(|day| lang.why_refused(&self.day(day)));
                let appointed =
                    item.rare.appointed_on.map(|day| lang.why_appointed(&self.day(day)));
                [Some(delivered), refused, chased, appointed].into_iter().flatten().collect()
            }
            Act::Deliver => {
                item.deliver_by.map(|day| lang.why_deliver(&self.day(day))).into_iter().collect()
            }
            Act::Invoice => {
                vec![lang.why_invoice(&self.money(item.invoiced), &self.money(item.amount))]
            }
            Act::Send => vec![lang.why_send().to_owned()],
            Act::FollowUp => Vec::new(),
            Act::CallBack => self.agreed(),
        };
        because.extend(self.broken());
        if item.calls_due(self.portfolio.today) {
            because.push(lang.why_call_due(self.call_due));
        }
        because.push(lang.why_owner(lang.owner(self.portfolio.owner(item, Some(act)))));
        because
    }

    /// The day of a step, and what was done before it.
    fn step(&self, step: u8) -> Vec<String> {
        let (item, lang, policy) = (self.item, self.lang, &self.portfolio.policy);
        let next = dunning::next_step(item, self.portfolio.today, policy);
        let mut because = Vec::new();
        if let (Some(due), Some(on)) = (item.due(self.portfolio.today), next.on) {
            let (due, on) = (self.day(due), self.day(on));
            let days = policy.ladder.step(step).map_or(0, |step| step.days);
            because.push(if days < 0 {
                lang.why_step_before(&due, -days, &on)
            } else {
                lang.why_step_after(&due, days, &on)
            });
        }
        because.push(match (item.last_step, item.last_touch_on) {
            (Some(last), Some(on)) => lang.why_last_step(lang.step(last), &self.day(on)),
            _ => lang.why_no_step().to_owned(),
        });
        because
    }

    /// The contact that was agreed at the last one.
    fn agreed(&self) -> Vec<String> {
        let (last, next) = (self.item.last_touch_on, self.item.next_on);
        last.zip(next)
            .map(|(last, next)| self.lang.why_call_back(&self.day(last), &self.day(next)))
            .into_iter()
            .collect()
    }

    fn broken(&self) -> Option<String> {
        let promise = dunning::unanswered(self.item, self.portfolio.today)?;
        Some(self.lang.why_broken(&self.day(promise.pay_by)))
    }

    fn wait(&self, step: u8, wait: Wait) -> Vec<String> {
        let (item, lang) = (self.item, self.lang);
        let (policy, today) = (&self.portfolio.policy, self.portfolio.today);
        let reason = match wait.why {
            WaitReason::Dispute => lang.why_dispute().to_owned(),
            WaitReason::Hold => self.held(),
            WaitReason::Todo => lang.why_todo().to_owned(),
            WaitReason::Promise => lang.why_promise(&self.money(item.promised(today))),
            WaitReason::Settlement => {
                item.offer(WaiverKind::Settlement, today).map_or_else(String::new, |offer| {
                    lang.why_settlement(&self.money(offer.missing), &self.day(offer.by))
                })
            }
            WaitReason::Gap => item
                .last_touch_on
                .map_or_else(String::new, |on| lang.why_gap(&self.day(on), policy.gap_days)),
            WaitReason::OurTurn => {
                lang.why_our_turn(lang.waiting_on(status::waiting_on(item, today, policy)))
            }
            WaitReason::NotAccepted => lang.why_chase_plain().to_owned(),
            WaitReason::Grace => lang.why_grace(item.grace_days),
            WaitReason::Guard => lang.why_guard(policy.guard_touches, policy.guard_days),
        };
        let mut because = vec![reason];
        because.extend(self.step(step));
        because
    }

    fn held(&self) -> String {
        let Some(held) = self.item.hold(self.portfolio.today) else {
            return String::new();
        };
        let since = self.day(held.since);
        match held.until {
            Some(until) => self.lang.story_held_until(&since, &self.day(until)),
            None => self.lang.story_held(&since),
        }
    }

    /// Nothing to do today, and not to be forgotten.
    fn watch(&self, watch: Watch) -> Next {
        let next = self.nothing();
        let what = match watch {
            Watch::Between(Some(_)) => next.what,
            Watch::Between(None) => self.lang.next_top().to_owned(),
            Watch::Silence(_) | Watch::Late(_) | Watch::NoDate(_) => {
                self.lang.watch(watch, self.portfolio.today)
            }
        };
        Next { what, because: [next.because, self.agreed()].concat() }
    }

    /// Nothing to do today: what will be, and from when.
    fn nothing(&self) -> Next {
        let (item, lang) = (self.item, self.lang);
        let (policy, today) = (&self.portfolio.policy, self.portfolio.today);
        let mut because = Vec::new();
        let what = if item.balance <= 0 {
            lang.next_settled().to_owned()
        } else if let Some(from) = item
            .delivered_on
            .filter(|_| {
                status::waiting_on(item, today, policy)
                    == crate::domain::kinds::WaitingOn::CustomerAccept
            })
            .and_then(|_| dunning::chase_from(item, policy))
        {
            because.extend(item.rare.refused_on.map(|day| lang.why_refused(&self.day(day))));
            match item.rare.appointed_on {
                Some(day) => lang.why_appointed(&self.day(day)),
                None => lang.why_chase_from(&self.day(from)),
            }
        } else if let NextStep { number: Some(step), on: Some(on), .. } =
            dunning::next_step(item, today, policy)
        {
            because = self.step(step);
            lang.next_on(lang.step(step), &self.day(on))
        } else if item.last_step.is_some_and(|last| policy.ladder.after(last).is_none()) {
            lang.next_top().to_owned()
        } else {
            lang.next_unknown().to_owned()
        };
        Next { what, because }
    }
}
