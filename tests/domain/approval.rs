//! Who has to ask for what.

use huikuan::domain::approval::{Known, Limited, approval_needed, approves};
use huikuan::domain::change::ProjectDraft;
use huikuan::domain::facts::Facts;
use huikuan::domain::ids::{CustomerId, MilestoneId, ProjectId};
use huikuan::domain::kinds::Role;
use huikuan::domain::money::Currency;
use huikuan::domain::policy::Policy;
use proptest::prelude::*;

use crate::kit::{Happens, milestone};

fn policy(approver: Role) -> Policy {
    Policy {
        approve_write_off_above: Some(500),
        approve_settlement_above: Some(300),
        approve_amendment_above: Some(300),
        approve_discount_above: Some(300),
        approve_step_from: Some(4),
        approver,
        ..Policy::default()
    }
}

fn of(facts: &[Facts]) -> Known<'_> {
    Known { facts, contract: None }
}

fn asks(amount: Option<i64>, before: i64, role: Option<Role>) -> bool {
    let facts = milestone("2026-10-02").written_off("10-05", before);
    let limited = Limited::WriteOff(MilestoneId(1), amount);
    approval_needed(limited, of(&[facts]), &policy(Role::Finance), role)
}

#[test]
fn a_limit_is_in_whole_units_and_is_not_passed_in_parts() {
    assert!(!asks(Some(50_000), 0, Some(Role::Pm)), "500.00 is not above 500");
    assert!(asks(Some(50_001), 0, Some(Role::Pm)));
    assert!(asks(Some(1), 50_000, Some(Role::Pm)));
    assert!(asks(None, 0, None), "all of 1,000.00, by somebody unknown");
    assert!(!asks(None, 0, Some(Role::Finance)));
    assert!(!asks(None, 0, Some(Role::Head)), "the head always may");
}

#[test]
fn a_settlement_counts_by_what_it_waives_and_an_amendment_by_what_it_takes_off() {
    let both = [milestone("2026-10-02"), milestone("2026-11-02").paid("10-05", 40_000)];
    let ids = [MilestoneId(1), MilestoneId(2)];
    let asks = |limited, known| approval_needed(limited, known, &policy(Role::Head), None);
    assert!(!asks(Limited::Settlement(&ids, 130_000), of(&both)), "1,600.00 are open");
    assert!(asks(Limited::Settlement(&ids, 129_999), of(&both)));
    let contract = Known { facts: &[], contract: Some((200_000, Currency::CNY)) };
    assert!(!asks(Limited::Amendment(ProjectId(1), 170_000), contract));
    assert!(asks(Limited::Amendment(ProjectId(1), 169_999), contract));
    assert!(!asks(Limited::Amendment(ProjectId(1), 900_000), contract), "upwards");
}

#[test]
fn a_discount_counts_by_what_it_comes_to_on_the_contract() {
    let asks = |terms: &str, amount: Option<i64>, known: Option<i64>| {
        let draft = ProjectDraft {
            contract_amount: amount,
            discount: Some(terms.parse().unwrap()),
            ..ProjectDraft::new(CustomerId(1), Currency::CNY)
        };
        let known = Known { facts: &[], contract: known.map(|sum| (sum, Currency::CNY)) };
        let limited = Limited::Discount(&draft, Some(ProjectId(1)));
        approval_needed(limited, known, &policy(Role::Head), None)
    };
    assert!(!asks("2/10", Some(1_500_000), None), "300.00");
    assert!(asks("2/10", Some(1_500_100), None));
    assert!(asks("3/10", None, Some(1_500_000)), "by its milestones");
}

#[test]
fn a_step_is_asked_for_from_the_limit_on() {
    let of = |step| {
        approval_needed(Limited::Step(step), Known::default(), &policy(Role::Legal), Some(Role::Pm))
    };
    assert_eq!([3, 4, 6].map(of), [false, true, true]);
}

proptest! {
    #[test]
    fn without_limits_and_for_those_who_approve_nothing_is_asked(amount in 0_i64..200_000, step in 0_u8..7, role in 0_usize..5) {
        let role = Role::ALL[role];
        let facts = [milestone("2026-10-02")];
        let settled = [MilestoneId(1)];
        for limited in [Limited::Step(step), Limited::WriteOff(settled[0], Some(amount)), Limited::Settlement(&settled, amount)] {
            prop_assert!(!approval_needed(limited, of(&facts), &Policy::default(), Some(role)));
            if approves(Some(role), &policy(Role::Finance)) {
                prop_assert!(!approval_needed(limited, of(&facts), &policy(Role::Finance), Some(role)));
            }
        }
    }
}
