//! Whose desk something is on, and what is late with us.

use huikuan::domain::facts::Facts;
use huikuan::domain::ids::PersonId;
use huikuan::domain::kinds::{Role, Stage};
use huikuan::domain::people::{Colleague, Desk, is_escalated, late_with_us};
use huikuan::domain::policy::Policy;
use proptest::prelude::*;
use rstest::rstest;

use crate::kit::{Happens, day, milestone, on};

fn one(id: i64, role: Role, team: &str) -> Colleague {
    Colleague { id: PersonId(id), name: format!("p{id}"), role, team: team.to_owned() }
}

fn late(facts: &Facts, today: &str) -> Option<i64> {
    late_with_us(&on(facts, today), day(today), &Policy::default())
}

#[test]
fn a_role_is_the_managers_else_the_teams_else_everybodys() {
    let people = [
        one(1, Role::Pm, "north"),
        one(2, Role::Finance, "north"),
        one(3, Role::Finance, "south"),
        one(4, Role::Legal, ""),
        one(5, Role::Head, "south"),
        one(6, Role::Sales, "east"),
    ];
    let who = |desk: Desk, manager: Option<i64>| {
        desk.person(manager.map(PersonId), None, &people).map(|one| one.id.0)
    };
    assert_eq!(who(Desk::Of(Role::Pm), Some(1)), Some(1));
    assert_eq!(who(Desk::Of(Role::Finance), Some(1)), Some(2), "of the team");
    assert_eq!(who(Desk::Of(Role::Finance), Some(6)), None, "two, and none of the team");
    assert_eq!(Desk::Of(Role::Finance).people(None, None, &people).len(), 2);
    assert_eq!(who(Desk::Of(Role::Legal), Some(1)), Some(4), "the only one");
    assert_eq!(who(Desk::Of(Role::Pm), Some(6)), Some(1), "who sells does not deliver");
    assert_eq!(who(Desk::Manager, Some(6)), Some(6), "but speaks to the customer");
    assert_eq!(who(Desk::Manager, None), Some(1));
    assert_eq!(Desk::Of(Role::Head).person(None, None, &[]), None);
}

#[rstest]
#[case::delivery(milestone("delivery + 30d").planned("10-01"), "10-01", "10-02")]
#[case::acceptance(milestone("acceptance + 30d").delivered("10-01"), "10-08", "10-09")]
#[case::appointed(milestone("acceptance + 30d").delivered("10-01").appointed("10-05", "10-12"), "10-19", "10-20")]
#[case::refused(milestone("acceptance + 30d").delivered("10-01").refused("10-06"), "10-13", "10-14")]
#[case::bill(milestone("acceptance + 30d").delivered("10-01").accepted("10-04"), "10-07", "10-08")]
#[case::bill_before_it_is_due(milestone("2026-10-20").bills(), "10-16", "10-17")]
#[case::bill_of_a_retention(milestone("2026-11-20").stage(Stage::Retention).accepted("05-01"), "10-24", "10-25")]
#[case::sending(milestone("2026-12-01").invoiced("10-01", 100_000).sent(None), "10-03", "10-04")]
#[case::sending_a_second(milestone("2026-12-01").invoiced("09-01", 50_000).invoiced("10-01", 50_000).sent(None), "10-03", "10-04")]
#[case::to_do(milestone("2026-12-01").blocked_until("10-01", Some("10-05")), "10-05", "10-06")]
fn what_lasts_longer_than_allowed_is_late_from_the_day_after(
    #[case] facts: Facts,
    #[case] last: &str,
    #[case] first_late: &str,
) {
    assert_eq!(late(&facts, last), None);
    assert_eq!(late(&facts, first_late), Some(1));
}

#[test]
fn what_is_not_our_turn_is_not_late_with_us() {
    let late_bill = || milestone("acceptance + 30d").delivered("09-01").accepted("09-04");
    assert_eq!(late(&late_bill(), "10-08"), Some(31));
    assert_eq!(late(&late_bill().held("10-01", None), "10-08"), None);
    assert_eq!(late(&late_bill().disputed("10-01", None), "10-08"), None);
    assert_eq!(late(&late_bill().suspended("10-01", None), "10-08"), None);
    assert_eq!(late(&late_bill().suspended("10-01", Some("10-08")), "10-08"), Some(31));
    assert_eq!(late(&late_bill().invoiced("10-08", 100_000), "10-08"), None);
    assert_eq!(late(&late_bill().invoiced("10-08", 100_000), "10-07"), Some(30), "as it was then");
    assert_eq!(late(&milestone("2026-10-02"), "12-08"), None, "the customer's");
    assert_eq!(late(&milestone("2026-12-01").blocked("10-01"), "11-08"), None, "by no day");
}

#[test]
fn the_head_is_told_after_a_week() {
    let facts = milestone("delivery + 30d").planned("10-01");
    let told = |today: &str| is_escalated(&on(&facts, today), day(today), &Policy::default());
    assert_eq!(["10-07", "10-08"].map(told), [false, true]);
}

proptest! {
    #[test]
    fn the_longer_it_lasts_the_later_it_is(allowed in 0_i64..30, days in 0_u64..60) {
        let facts = milestone("acceptance + 30d").delivered("10-01").accepted("10-04");
        let policy = Policy { invoice_days: allowed, ..Policy::default() };
        let today = day("10-04") + chrono::Days::new(days);
        let found = late_with_us(&on(&facts, &today.to_string()), today, &policy);
        let beyond = i64::try_from(days).unwrap() - allowed;
        prop_assert_eq!(found, (beyond > 0).then_some(beyond));
    }
}
