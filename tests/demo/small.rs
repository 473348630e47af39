//! The small demo: whatever the day, everything the program can show is there.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use huikuan::demo::Company;
use huikuan::domain::calendar::Calendar;
use huikuan::domain::dunning::{self, Act};
use huikuan::domain::facts::Facts;
use huikuan::domain::ids::CustomerId;
use huikuan::domain::item::Item;
use huikuan::domain::kinds::{
    BillState, BillsCount, Channel, DealKind, Flag, Method, Stage, TouchKind, WaitReason, WaitingOn,
};
use huikuan::domain::money::Currency;
use huikuan::domain::policy::Policy;
use huikuan::domain::promise::{self, PromiseState};
use huikuan::domain::status::{StatusKind, flags, status, waiting_on};
use huikuan::domain::{as_of, balance, tax_no};
use huikuan::portfolio::Portfolio;
use huikuan::report::figures::{figures, main_currency, month_start};
use huikuan::report::worklist::{Worklist, worklist};
use huikuan::store::Span;

use crate::kit::{facts, is_consistent, of, small};
use crate::ledger::{Ledger, day};

/// A workday, a Saturday, a holiday, a month's end, New Year, 29 February, a day past the holiday table.
const DAYS: [&str; 7] = [
    "2026-11-18",
    "2026-11-21",
    "2026-10-01",
    "2027-01-31",
    "2026-01-01",
    "2028-02-29",
    "2031-06-15",
];

/// A small demo with all its milestones as its day sees them, closed ones too.
struct Year {
    ledger: Ledger,
    facts: Vec<Facts>,
    items: Vec<Item>,
    today: NaiveDate,
    policy: Policy,
    portfolio: Portfolio,
}

impl Year {
    fn of(today: &str) -> Self {
        let ledger = small(today);
        let facts = facts(&ledger);
        let today = day(today);
        let seen = |f| as_of::item(f, today, Calendar::china()).unwrap();
        Self {
            items: facts.iter().map(seen).collect(),
            portfolio: Portfolio::load(&ledger.store, today).unwrap(),
            policy: Policy::default(),
            ledger,
            facts,
            today,
        }
    }

    fn worklist(&self) -> Worklist {
        let (items, customers) = (self.portfolio.items(), &self.portfolio.customers);
        let main = main_currency(items, &self.policy);
        worklist(items, customers, self.today, &self.policy, main)
    }

    /// Which step is due and what it waits for.
    fn wait(&self, item: &Item) -> Option<WaitReason> {
        let step = dunning::next_step(item, self.today, &self.policy).step?;
        let guard = self.portfolio.guarded_until(item.customer);
        dunning::wait(item, step, self.today, &self.policy, guard).map(|wait| wait.why)
    }
}

fn codes<'c>(found: impl IntoIterator<Item = &'c str>) -> BTreeSet<&'c str> {
    found.into_iter().collect()
}

/// Every value of a closed vocabulary that the demo lacks.
fn lacks(all: &[&'static str], found: impl IntoIterator<Item = &'static str>) -> Vec<&'static str> {
    let found = codes(found);
    all.iter().copied().filter(|c| !found.contains(c)).collect()
}

#[test]
fn every_stage_status_court_and_flag_occurs() {
    for today in DAYS {
        let year = Year::of(today);
        let (today, policy) = (year.today, &year.policy);
        let stages: Vec<_> = Stage::ALL.iter().map(|s| s.code()).collect();
        let statuses: Vec<_> = StatusKind::ALL.iter().map(|s| s.code()).collect();
        let parties: Vec<_> = WaitingOn::ALL.iter().map(|c| c.code()).collect();
        let all_flags: Vec<_> = Flag::ALL.iter().map(|f| f.code()).collect();
        let items = || year.items.iter();
        let none: Vec<&str> = Vec::new();
        assert_eq!(lacks(&stages, items().map(|i| i.stage.code())), none, "{today}");
        let found = items().map(|i| status(i, today, policy).code());
        assert_eq!(lacks(&statuses, found), none, "{today}");
        let found = items().map(|i| waiting_on(i, today, policy).code());
        assert_eq!(lacks(&parties, found), none, "{today}");
        let found = items().flat_map(|i| flags(i, today, &Policy::default())).map(Flag::code);
        assert_eq!(lacks(&all_flags, found), none, "{today}");
    }
}

#[test]
fn every_past_week_was_frozen_on_its_friday() {
    for company in [Company::Chinese, Company::English] {
        let ledger = of("2026-11-18", company);
        let frozen = ledger.store.snapshots().unwrap();
        let days: Vec<NaiveDate> = frozen.iter().map(|head| head.as_of).collect();
        let fridays = (0..11).map(|weeks| day("2026-11-13") - chrono::Days::new(7 * weeks));
        assert_eq!(days, fridays.collect::<Vec<_>>());
    }
}

#[test]
fn what_came_in_day_by_day_is_what_came_in() {
    let store = small("2026-11-18").store;
    let (from, to) = (day("2026-09-01"), day("2026-11-18"));
    let collected = store.collected(from, to, BillsCount::Received).unwrap();
    assert!(collected.len() > 1, "in several currencies");
    for (currency, amount) in collected {
        let daily = store.collected_daily(currency, from, to).unwrap();
        assert_eq!(daily.iter().map(|(_, amount)| amount).sum::<i64>(), amount);
        assert!(daily.is_sorted_by_key(|(day, _)| *day));
    }
}

#[test]
fn every_step_is_somewhere_next_and_somewhere_taken() {
    for today in DAYS {
        let year = Year::of(today);
        for step in 0..=6 {
            let next = |i: &Item| dunning::next_step(i, year.today, &year.policy).step;
            assert!(year.items.iter().any(|i| next(i) == Some(step)), "{step} next, {today}");
            assert!(year.items.iter().any(|i| i.last_step == Some(step)), "{step} taken, {today}");
        }
    }
}

#[test]
fn every_reason_to_wait_occurs() {
    for today in DAYS {
        let year = Year::of(today);
        let found = year.items.iter().filter_map(|item| year.wait(item));
        let all: Vec<_> = WaitReason::ALL.iter().map(|w| w.code()).collect();
        assert_eq!(lacks(&all, found.map(WaitReason::code)), Vec::<&str>::new(), "{today}");
    }
}

#[test]
fn promises_are_kept_pending_broken_and_answered() {
    for today in DAYS {
        let year = Year::of(today);
        let judged = |state| {
            let promises = |f| promise::judge(f, year.today);
            year.facts.iter().flat_map(promises).any(|j| j.state == state)
        };
        assert!(judged(PromiseState::Kept), "{today}");
        assert!(judged(PromiseState::Pending), "{today}");
        let unanswered = |i: &&Item| dunning::unanswered(i, year.today).is_some();
        let broken =
            |i: &&Item| flags(i, year.today, &Policy::default()).contains(&Flag::PromiseBroken);
        assert!(year.items.iter().any(|i| unanswered(&i)), "{today}");
        assert!(year.items.iter().any(|i| broken(&i) && !unanswered(&i)), "{today}");
    }
}

#[test]
fn disputes_are_whole_partial_and_resolved() {
    let year = Year::of("2026-11-21");
    let disputes = || year.facts.iter().flat_map(|f| &f.disputes);
    assert!(disputes().any(|d| d.amount.is_none() && d.resolved_on.is_none()));
    assert!(disputes().any(|d| d.amount.is_some() && d.resolved_on.is_none()));
    assert!(disputes().any(|d| d.resolved_on.is_some()));
}

#[test]
fn money_comes_in_every_way_it_does() {
    let year = Year::of("2026-11-21");
    let facts = || year.facts.iter();
    assert!(facts().any(|f| f.allocations.iter().any(|a| !a.reversed.is_empty())), "bounced");
    assert!(facts().any(|f| f.allocations.len() > 1), "in parts");
    assert!(facts().any(|f| balance::written_off_on(f, year.today) > 0), "given up");
    assert!(facts().any(|f| f.invoices.iter().any(|i| i.sent_on.is_none())), "unsent bill");
    assert!(facts().any(|f| f.holds.iter().any(|h| h.released_on.is_some())), "released");
    let unapplied = year.ledger.store.unapplied(None).unwrap();
    let currencies: BTreeSet<&str> = unapplied.iter().map(|(_, c, _)| c.code()).collect();
    assert_eq!(currencies, codes(["CNY", "EUR", "USD"]));
    let methods = "SELECT COUNT(DISTINCT method) FROM payment";
    assert!(year.ledger.count(methods) >= 5, "of {}", Method::ALL.len());
    let shared = "SELECT COUNT(*) FROM (SELECT touch FROM touch_milestone GROUP BY touch HAVING COUNT(*) > 1)";
    assert!(year.ledger.count(shared) > 0, "one call about several");
    for kind in TouchKind::ALL {
        let of_kind = format!("SELECT COUNT(*) FROM touch WHERE kind = '{}'", kind.code());
        assert!(year.ledger.count(&of_kind) > 0, "{}", kind.code());
    }
    let channels = "SELECT COUNT(DISTINCT channel) FROM touch";
    assert!(year.ledger.count(channels) >= 6, "of {}", Channel::ALL.len());
}

#[test]
fn what_was_agreed_after_the_contract_occurs() {
    let year = Year::of("2026-11-21");
    for kind in DealKind::ALL.iter().filter(|kind| **kind != DealKind::PartialAcceptance) {
        let of_kind = format!("SELECT COUNT(*) FROM deal WHERE kind = '{}'", kind.code());
        assert!(year.ledger.count(&of_kind) > 0, "{}", kind.code());
    }
    let bills = year.ledger.store.bill_list(Span::default(), year.today).unwrap();
    for state in [BillState::InHand, BillState::Dishonoured] {
        assert!(bills.iter().any(|bill| bill.state == state), "{}", state.code());
    }
    assert_eq!(year.portfolio.bills.len(), 1, "one matures soon");
    let called = year.items.iter().find(|item| item.calls_due(year.today)).unwrap();
    let entries = year.worklist().entries;
    assert!(entries.iter().any(|entry| entry.id == called.id), "it is in the morning");
    assert!(year.ledger.count("SELECT COUNT(*) FROM refusal") > 0);
    let open = "SELECT COUNT(*) FROM milestone_condition WHERE met_on IS NULL";
    assert!(year.ledger.count(open) > 1);
    let lessons = "SELECT COUNT(*) FROM note WHERE kind = 'lesson'";
    assert!(year.ledger.count(lessons) > 0);
    for paper in [
        "kind = 'contract' AND signed_on IS NOT NULL",
        "kind = 'acceptance'",
        "touch IS NOT NULL AND proof <> ''",
    ] {
        let of_kind = format!("SELECT COUNT(*) FROM paper WHERE {paper}");
        assert!(year.ledger.count(&of_kind) > 0, "{paper}");
    }
    let proven = "SELECT COUNT(*) FROM milestone_condition WHERE paper IS NOT NULL";
    assert_eq!(year.ledger.count(proven), 1);
    let blocking = "SELECT COUNT(*) FROM todo WHERE blocks = 1 AND done_on IS NULL";
    assert!(year.ledger.count(blocking) > 0);
    let recourse = "SELECT COUNT(*) FROM todo WHERE kind = 'task' AND done_on IS NOT NULL";
    assert_eq!(year.ledger.count(recourse), 1);
}

#[test]
fn a_customer_at_home_has_a_tax_number_and_bills_with_a_rate() {
    let ledger = small("2026-11-21");
    let drafts = (1..=14).map(|id| ledger.store.customer_draft(CustomerId(id)).unwrap());
    let numbers: Vec<String> = drafts.map(|draft| draft.tax_no).collect();
    let at_home: Vec<&String> = numbers.iter().filter(|number| !number.is_empty()).collect();
    assert_eq!(at_home.len(), 10);
    assert!(at_home.iter().all(|number| tax_no::can_be(number)), "{at_home:?}");
    let rates = "SELECT COUNT(DISTINCT tax_rate) FROM invoice";
    assert_eq!(ledger.count(rates), 2);
    let wrong = "SELECT COUNT(*) FROM invoice WHERE (kind = 'special') <> (tax_rate IS NOT NULL)";
    assert_eq!(ledger.count(wrong), 0);
}

#[test]
fn the_cast_is_that_of_a_small_company() {
    let ledger = small("2026-11-21");
    assert_eq!(ledger.count("SELECT COUNT(*) FROM customer"), 14);
    let projects = ledger.count("SELECT COUNT(*) FROM project");
    assert!((20..=40).contains(&projects), "{projects} projects");
    let milestones = ledger.count("SELECT COUNT(*) FROM milestone");
    assert!((110..=160).contains(&milestones), "{milestones} milestones");
    assert_eq!(ledger.count("SELECT COUNT(DISTINCT manager) FROM project"), 5);
    assert!(ledger.count("SELECT COUNT(DISTINCT role) FROM person") >= 4);
    assert_eq!(ledger.count("SELECT COUNT(DISTINCT currency) FROM project"), 4);
    let uneven = "SELECT COUNT(*) FROM project p WHERE COALESCE((SELECT amount FROM deal d \
        WHERE d.project = p.id AND d.kind = 'amendment'), contract_amount) <> \
        (SELECT SUM(m.amount) FROM milestone m WHERE m.project = p.id) + (SELECT COALESCE(SUM(l.amount), 0) \
        FROM deal_line l JOIN milestone m ON m.id = l.milestone WHERE m.project = p.id)";
    assert_eq!(ledger.count(uneven), 0, "a plan that does not add up to its contract");
    let strangers = "SELECT COUNT(*) FROM contact WHERE email NOT LIKE '%@example.com'";
    assert_eq!(ledger.count(strangers), 0);
}

#[test]
fn the_morning_is_one_that_can_be_worked_through() {
    for today in DAYS {
        let year = Year::of(today);
        let list = year.worklist();
        assert!((12..=18).contains(&list.entries.len()), "{today}: {} to do", list.entries.len());
        assert!((4..=12).contains(&list.waiting.len()), "{today}: {} waiting", list.waiting.len());
        let first = list.entries.first().unwrap();
        assert!(first.broken, "a broken promise comes first");
        let key = year.ledger.count("SELECT id FROM milestone WHERE key = 'P-2031-M3'");
        assert_eq!(first.id.0, key);
        assert_eq!(first.act, Act::Step(3));
        let acts: BTreeSet<Act> = list.entries.iter().map(|e| e.act).collect();
        for act in [Act::ChaseAcceptance, Act::Deliver, Act::Invoice, Act::Send] {
            assert!(acts.contains(&act), "{today}: {act:?}");
        }
    }
}

#[test]
fn the_five_figures_all_show_something() {
    for today in DAYS {
        let year = Year::of(today);
        let items = year.ledger.store.items().unwrap();
        let collected = year
            .ledger
            .store
            .collected(month_start(year.today), year.today, BillsCount::Received)
            .unwrap();
        let main = main_currency(&items, &year.policy);
        assert_eq!(main, Currency::CNY);
        let all = figures(&items, &collected, year.today, &year.policy, main).unwrap();
        let yuan = all.first().unwrap();
        for tally in [yuan.overdue, yuan.due, yuan.promised, yuan.unbilled] {
            assert!(tally.count > 0 && tally.amount > 0, "{today}: {yuan:?}");
        }
    }
}

/// The one that reads English sees the same year, and nothing in it that needs Chinese.
#[test]
fn the_other_company_has_the_same_year_in_english() {
    for today in DAYS {
        let ledger = of(today, Company::English);
        is_consistent(&ledger);
        let shape = |ledger: &Ledger| {
            [
                "customer",
                "project",
                "milestone",
                "invoice",
                "payment",
                "touch",
                "promise",
                "dispute",
                "deal",
                "todo",
                "bill",
                "refusal",
                "milestone_condition",
                "note",
                "paper",
            ]
            .map(|table| ledger.count(&format!("SELECT COUNT(*) FROM {table}")))
        };
        assert_eq!(shape(&ledger), shape(&small(today)));
        for text in [
            "SELECT name FROM customer",
            "SELECT short_name FROM customer",
            "SELECT notes FROM customer",
            "SELECT name FROM contact",
            "SELECT role FROM contact",
            "SELECT name FROM person",
            "SELECT team FROM person",
            "SELECT name FROM project",
            "SELECT name FROM milestone",
            "SELECT condition FROM milestone",
            "SELECT note FROM touch",
            "SELECT reason FROM dispute",
            "SELECT note FROM deal",
            "SELECT title FROM todo",
            "SELECT outcome FROM todo",
            "SELECT reason FROM refusal",
            "SELECT wording FROM milestone_condition",
            "SELECT met_by FROM milestone_condition",
            "SELECT wording FROM note",
            "SELECT title FROM paper",
            "SELECT proof FROM paper",
        ] {
            let column = text.split(' ').nth(1).unwrap();
            let sql = format!("SELECT COUNT(*) FROM ({text}) WHERE {column} GLOB '*[一-龥]*'");
            assert_eq!(ledger.count(&sql), 0, "{text}");
        }
        assert_eq!(ledger.count("SELECT COUNT(*) FROM project WHERE currency = 'CNY'"), 0);
    }
}

#[test]
fn what_is_kept_is_what_the_facts_say() {
    for today in DAYS {
        is_consistent(&small(today));
    }
}
