//! Who has to ask for what.

use huikuan::domain::approval::{Limited, approval_needed, approves};
use huikuan::domain::ids::MilestoneId;
use huikuan::domain::kinds::Role;
use huikuan::domain::policy::Policy;
use proptest::prelude::*;

use crate::kit::{Happens, milestone};

fn policy(approver: Role) -> Policy {
    Policy {
        approve_write_off_above: Some(500),
        approve_step_from: Some(4),
        approver,
        ..Policy::default()
    }
}

fn asks(amount: Option<i64>, before: i64, role: Option<Role>) -> bool {
    let facts = milestone("2026-10-02").written_off("10-05", before);
    let limited = Limited::WriteOff(MilestoneId(1), amount);
    approval_needed(limited, Some(&facts), &policy(Role::Finance), role)
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
fn a_step_is_asked_for_from_the_limit_on() {
    let of =
        |step| approval_needed(Limited::Step(step), None, &policy(Role::Legal), Some(Role::Pm));
    assert_eq!([3, 4, 6].map(of), [false, true, true]);
}

proptest! {
    #[test]
    fn without_limits_and_for_those_who_approve_nothing_is_asked(amount in 0_i64..200_000, step in 0_u8..7, role in 0_usize..5) {
        let role = Role::ALL[role];
        let facts = milestone("2026-10-02");
        for limited in [Limited::Step(step), Limited::WriteOff(MilestoneId(1), Some(amount))] {
            prop_assert!(!approval_needed(limited, Some(&facts), &Policy::default(), Some(role)));
            if approves(Some(role), &policy(Role::Finance)) {
                prop_assert!(!approval_needed(limited, Some(&facts), &policy(Role::Finance), Some(role)));
            }
        }
    }
}
