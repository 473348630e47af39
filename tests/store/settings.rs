//! What a ledger's users set: kept, shared, taken back, and never guessed at.

use huikuan::domain::change::{Change, Target};
use huikuan::domain::policy::{Policy, Setting};
use huikuan::domain::promise::PromiseState;
use huikuan::domain::violation::Violation;
use huikuan::error::{Error, ErrorKind};
use huikuan::portfolio::Portfolio;
use huikuan::store::{Context, Touched};

use crate::kit::{Ledger, context, day, milestone, payment, promise, today};
use crate::random::derived_is_true;

fn set(setting: Setting, value: &str) -> Change {
    Change::Set { setting, value: Some(value.to_owned()) }
}

#[test]
fn a_new_ledger_has_the_contract_s_numbers() {
    assert_eq!(Ledger::new().store.policy().unwrap(), Policy::default());
}

#[test]
fn a_setting_reaches_a_portfolio_that_is_open_and_touches_no_milestone() {
    let (mut l, _, project) = Ledger::with_project();
    l.milestone(project, "M1", 100, "2026-03-01");
    let mut portfolio = Portfolio::load(&l.store, today()).unwrap();
    let applied = l.as_user("li", &set(Setting::LookAhead, "30")).unwrap();
    assert_eq!(applied.touched, Touched::These(Vec::new()));
    portfolio.refresh(&l.store, &[]).unwrap();
    assert_eq!(portfolio.policy.look_ahead_days, 30);
}

#[test]
fn who_comes_second_is_told_about_the_same_setting_only() {
    let (mut l, _, project) = Ledger::with_project();
    l.does(&set(Setting::Gap, "4"));
    let seen = l.store.last_event().unwrap();
    l.as_user("li", &set(Setting::Gap, "5")).unwrap();
    let mine = l.after(seen, &set(Setting::Gap, "6"));
    assert!(matches!(mine, Err(Error::Violation(Violation::Stale { .. }))), "{mine:?}");
    l.after(seen, &set(Setting::LookAhead, "6")).unwrap();
    l.after(seen, &Change::AddMilestone(milestone(project, "M1", 100, "2026-03-01"))).unwrap();
}

#[test]
fn an_undo_goes_back_to_what_was_set_before() {
    let mut l = Ledger::new();
    let gap = |l: &Ledger| l.store.policy().unwrap().gap_days;
    l.does(&set(Setting::Gap, "4"));
    l.does(&Change::Set { setting: Setting::Gap, value: None });
    assert_eq!(gap(&l), 3);
    l.as_user("li", &set(Setting::Gap, "9")).unwrap();
    let blocked = l.store.undo(&context());
    assert!(matches!(blocked, Err(Error::Violation(Violation::UndoBlocked { .. }))), "{blocked:?}");
    l.store.undo(&Context { who: "li", ..context() }).unwrap();
    for expected in [4, 3] {
        l.store.undo(&context()).unwrap();
        assert_eq!(gap(&l), expected);
    }
}

#[test]
fn a_value_that_cannot_be_read_is_an_error_and_can_be_set_anew() {
    let mut l = Ledger::new();
    l.does(&set(Setting::Gap, "4"));
    l.raw().execute("UPDATE setting SET value = 'soon'", []).unwrap();
    let error = l.store.policy().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data);
    l.does(&Change::Set { setting: Setting::Gap, value: None });
    assert_eq!(l.store.policy().unwrap(), Policy::default());
}

#[test]
fn a_setting_holds_for_every_day_that_is_looked_at() {
    let (mut l, _, project) = Ledger::with_project();
    l.milestone(project, "M1", 100, "2026-03-01");
    l.does(&set(Setting::Grace, "10"));
    let past = Portfolio::load(&l.store, day("2026-03-05")).unwrap();
    assert_eq!(past.policy.grace_days, 10);
    // Projects that are there keep what was agreed for them.
    assert_eq!(past.items()[0].grace_days, 0);
}

#[test]
fn days_of_tolerance_judge_every_promise_again() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let other = l.milestone(project, "M2", 100, "2026-03-01");
    l.does(&promise(m, Some(40), "2026-10-01", "2026-10-20"));
    l.does(&payment(customer, 40, "2026-10-22", Target::Lines(vec![(m, 40)])));
    l.does(&promise(other, Some(10), "2026-11-01", "2026-11-20"));
    let late = |l: &Ledger, m| {
        let promises = l.item(m).unwrap().promises;
        promises.iter().filter(|one| one.state(today()) == PromiseState::Broken).count()
    };
    assert_eq!((late(&l, m), late(&l, other)), (1, 1));
    let applied = l.does(&set(Setting::PromiseTolerance, "2"));
    assert_eq!(applied.touched, Touched::These(vec![m, other]));
    assert_eq!(applied.about, []);
    // The first was kept in time, the second has until tomorrow.
    assert_eq!((late(&l, m), late(&l, other)), (0, 0));
    assert_eq!(l.item(other).unwrap().promises.len(), 1);
    derived_is_true(&l);
    l.store.undo(&context()).unwrap();
    assert_eq!((late(&l, m), late(&l, other)), (1, 1));
    derived_is_true(&l);
}
