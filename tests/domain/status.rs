//! Status, whose turn and flags.

use huikuan::domain::facts::Reference;
use huikuan::domain::kinds::{Flag, Stage, WaitingOn};
use huikuan::domain::policy::Policy;
use huikuan::domain::status::{Status, flags, status, waiting_on};
use rstest::rstest;

use crate::kit::{Happens, day, milestone, on};

fn status_of(facts: &huikuan::domain::facts::Facts, today: &str) -> Status {
    status(&on(facts, today), day(today), &Policy::default())
}

fn court_of(facts: &huikuan::domain::facts::Facts, today: &str) -> WaitingOn {
    waiting_on(&on(facts, today), day(today), &Policy::default())
}

#[rstest]
#[case("09-01", Status::Upcoming(31))]
#[case("09-24", Status::Upcoming(8))]
#[case("09-25", Status::DueSoon(7))]
#[case("10-01", Status::DueSoon(1))]
#[case("10-02", Status::DueToday)]
#[case("10-03", Status::InGrace(1))]
#[case("10-07", Status::InGrace(5))]
#[case("10-08", Status::Overdue(6))]
fn a_firm_date_passes_through_its_days(#[case] today: &str, #[case] expected: Status) {
    assert_eq!(status_of(&milestone("2026-10-02").grace(5), today), expected);
}

#[test]
fn without_grace_the_day_after_is_overdue() {
    assert_eq!(status_of(&milestone("2026-10-02"), "10-03"), Status::Overdue(1));
}

#[rstest]
#[case("08-31", Status::Planned)]
#[case("09-01", Status::Planned)]
#[case("09-02", Status::Slipping(1))]
#[case("12-01", Status::Slipping(91))]
fn an_expected_date_is_never_overdue(#[case] today: &str, #[case] expected: Status) {
    assert_eq!(status_of(&milestone("acceptance + 30d").planned("09-01"), today), expected);
}

#[test]
fn disputes_win_over_holds_and_a_partial_dispute_over_neither() {
    let held = milestone("2026-10-02").held("10-05", None);
    assert_eq!(status_of(&held, "10-04"), Status::Overdue(2));
    assert_eq!(status_of(&held, "10-05"), Status::OnHold);
    let both = held.clone().disputed("10-06", None);
    assert_eq!(status_of(&both, "10-06"), Status::Disputed);
    assert_eq!(status_of(&both.resolved("10-08"), "10-08"), Status::OnHold);
    let part = milestone("2026-10-02").disputed("10-03", Some(40_000));
    assert_eq!(status_of(&part, "10-04"), Status::Overdue(2));
    let by_sum = part.disputed("10-04", Some(60_000));
    assert_eq!(status_of(&by_sum, "10-04"), Status::Disputed);
}

#[test]
fn a_hold_ends_with_its_last_day() {
    let held = milestone("2026-10-02").held("10-05", Some("10-10"));
    assert_eq!(status_of(&held, "10-10"), Status::OnHold);
    assert_eq!(status_of(&held, "10-11"), Status::Overdue(9));
}

#[rstest]
#[case(40_000, 60_000, Status::WrittenOff)]
#[case(50_000, 50_000, Status::Paid)]
#[case(60_000, 40_000, Status::Paid)]
fn closed_is_written_off_when_we_gave_up_more_than_was_paid(
    #[case] paid: i64,
    #[case] given_up: i64,
    #[case] expected: Status,
) {
    let closed = milestone("2026-10-02").paid("10-01", paid).written_off("10-05", given_up);
    assert_eq!(status_of(&closed, "10-05"), expected);
    assert_eq!(court_of(&closed, "10-05"), WaitingOn::Nobody);
}

#[test]
fn a_plain_list_has_no_gate_but_the_due_day() {
    let plain = milestone("2026-10-02");
    assert_eq!(court_of(&plain, "10-01"), WaitingOn::Nobody);
    assert_eq!(court_of(&plain, "10-02"), WaitingOn::CustomerPay);
    let billed = plain.invoiced("09-01", 100_000);
    assert_eq!(court_of(&billed, "10-02"), WaitingOn::CustomerPay);
}

#[test]
fn the_gates_open_one_after_the_other() {
    let agreed = milestone("acceptance + 30d").stage(Stage::Acceptance).planned("06-01");
    assert_eq!(court_of(&agreed, "06-01"), WaitingOn::Nobody);
    assert_eq!(court_of(&agreed, "06-02"), WaitingOn::UsDeliver);
    let delivered = agreed.delivered("06-05");
    assert_eq!(court_of(&delivered, "06-05"), WaitingOn::CustomerAccept);
    let accepted = delivered.accepted("06-20");
    assert_eq!(court_of(&accepted, "06-20"), WaitingOn::UsInvoice);
    let part = accepted.clone().invoiced("06-25", 30_000);
    assert_eq!(court_of(&part, "06-25"), WaitingOn::UsInvoice);
    assert_eq!(on(&part, "06-25").unbilled(day("06-25"), &Policy::default()), 70_000);
    let billed = part.invoiced("06-26", 70_000);
    assert_eq!(court_of(&billed, "06-26"), WaitingOn::Nobody);
    assert_eq!(court_of(&billed, "07-20"), WaitingOn::CustomerPay);
}

#[test]
fn an_unsent_invoice_is_ours_to_send() {
    let unsent =
        milestone("2026-10-02").invoiced("09-01", 100_000).with(|f| f.invoices[0].sent_on = None);
    assert_eq!(court_of(&unsent, "10-05"), WaitingOn::UsSend);
    let signed_for = unsent.with(|f| f.invoices[0].received_on = Some(day("09-10")));
    assert_eq!(court_of(&signed_for, "10-05"), WaitingOn::CustomerPay);
}

#[test]
fn a_retention_is_billed_from_thirty_days_before_it_falls_due() {
    let retention = milestone("acceptance + 1y").stage(Stage::Retention).with(|f| {
        f.reference = Some(huikuan::domain::facts::Reference {
            of: huikuan::domain::ids::MilestoneId(9),
            happened_on: Some(day("2025-11-01")),
            planned_on: None,
        });
    });
    assert_eq!(court_of(&retention, "10-01"), WaitingOn::Nobody);
    assert_eq!(court_of(&retention, "10-02"), WaitingOn::UsInvoice);
}

#[rstest]
#[case::eight_days_before("09-23", "2026-10-01", WaitingOn::Nobody)]
#[case::the_look_ahead_begins("09-24", "2026-10-01", WaitingOn::UsInvoice)]
#[case::long_overdue("11-24", "2026-10-01", WaitingOn::UsInvoice)]
#[case::expected_is_not_firm("09-30", "warranty_end", WaitingOn::Nobody)]
#[case::firm_once_the_day_has_come("10-03", "warranty_end", WaitingOn::UsInvoice)]
fn a_project_that_bills_is_billed_before_it_is_chased(
    #[case] today: &str,
    #[case] rule: &str,
    #[case] waits_on: WaitingOn,
) {
    let facts = milestone(rule).bills().with(|f| f.project.warranty_ends_on = Some(day("10-03")));
    assert_eq!(court_of(&facts, today), waits_on);
    let unbilled = if waits_on == WaitingOn::UsInvoice { 100_000 } else { 0 };
    assert_eq!(on(&facts, today).unbilled(day(today), &Policy::default()), unbilled);
    let billed = facts.invoiced("09-01", 100_000);
    assert_ne!(court_of(&billed, today), WaitingOn::UsInvoice);
}

#[test]
fn the_invoice_is_asked_for_ahead_of_the_day_that_was_agreed_anew() {
    let facts = milestone("2026-10-01").bills().rescheduled("09-28", "12-01");
    assert_eq!(court_of(&facts, "09-27"), WaitingOn::UsInvoice);
    assert_eq!(court_of(&facts, "10-01"), WaitingOn::Nobody);
    assert_eq!(court_of(&facts, "11-24"), WaitingOn::UsInvoice);
}

/// A milestone that hangs on the acceptance or delivery of another one, not there yet, with its own plan passed.
#[rstest]
#[case("acceptance + 90d", Stage::Final, WaitingOn::UsDeliver, WaitingOn::CustomerAccept)]
#[case("acceptance + 90d", Stage::Retention, WaitingOn::Nobody, WaitingOn::Nobody)]
#[case("delivery + 90d", Stage::Settlement, WaitingOn::UsDeliver, WaitingOn::UsInvoice)]
#[case("delivery + 90d", Stage::Retention, WaitingOn::Nobody, WaitingOn::Nobody)]
#[case("acceptance(M2) + 90d", Stage::Final, WaitingOn::Nobody, WaitingOn::UsInvoice)]
fn a_retention_that_takes_anothers_day_has_no_gate_of_its_own(
    #[case] rule: &str,
    #[case] stage: Stage,
    #[case] undelivered: WaitingOn,
    #[case] delivered: WaitingOn,
) {
    let elsewhere = |happened_on: Option<&str>| {
        let of = huikuan::domain::ids::MilestoneId(9);
        Some(Reference { of, happened_on: happened_on.map(day), planned_on: None })
    };
    let waiting =
        milestone(rule).stage(stage).planned("08-01").with(|f| f.reference = elsewhere(None));
    assert_eq!(court_of(&waiting, "08-02"), undelivered);
    assert_eq!(court_of(&waiting.clone().delivered("08-02"), "08-02"), delivered);
    let there = waiting.with(|f| f.reference = elsewhere(Some("08-02")));
    assert_eq!(court_of(&there, "10-02"), WaitingOn::UsInvoice);
}

#[test]
fn the_acceptance_of_a_milestone_the_rule_names_passes_no_gate_of_its_own() {
    let facts =
        milestone("acceptance(M2) + 30d").stage(Stage::Acceptance).delivered("06-01").with(|f| {
            f.reference = Some(Reference {
                of: huikuan::domain::ids::MilestoneId(9),
                happened_on: Some(day("06-05")),
                planned_on: None,
            });
        });
    assert_eq!(court_of(&facts, "06-10"), WaitingOn::CustomerAccept);
}

#[test]
fn every_hold_has_its_own_days() {
    let facts = milestone("2026-07-02")
        .held("08-22", None)
        .released("09-19")
        .held("09-26", Some("09-30"))
        .held("05-01", Some("05-10"));
    let held: Vec<bool> =
        ["05-05", "05-11", "08-22", "09-12", "09-18", "09-19", "09-26", "09-30", "10-01"]
            .iter()
            .map(|today| on(&facts, "11-01").is_held(day(today)))
            .collect();
    assert_eq!(held, [true, false, true, true, true, false, true, true, false]);
    assert!(on(&facts, "09-12").is_held(day("09-12")));
}

#[test]
fn a_bill_that_only_its_own_rule_asks_for_waits_for_its_planned_day() {
    let rule = milestone("invoice + 30d");
    assert_eq!(court_of(&rule, "03-01"), WaitingOn::UsInvoice);
    let later = rule.planned("09-01");
    assert_eq!(court_of(&later, "08-31"), WaitingOn::Nobody);
    assert_eq!(court_of(&later, "09-01"), WaitingOn::UsInvoice);
}

#[test]
fn our_hold_and_a_whole_dispute_come_before_every_gate() {
    let delivered = milestone("acceptance + 30d").planned("06-01").delivered("06-05");
    assert_eq!(
        court_of(&delivered.clone().disputed("06-06", None), "06-07"),
        WaitingOn::BothDispute
    );
    assert_eq!(
        court_of(&delivered.disputed("06-06", None).held("06-06", None), "06-07"),
        WaitingOn::UsHold
    );
}

#[test]
fn flags_stand_beside_the_status() {
    let facts = milestone("2026-10-02")
        .paid("10-03", 20_000)
        .disputed("10-04", Some(10_000))
        .promised("10-04", "10-10", 50_000)
        .rescheduled("10-05", "10-20");
    let at = |today: &str| flags(&on(&facts, today), day(today), &Policy::default());
    assert_eq!(
        at("10-06"),
        [
            Flag::PartPaid,
            Flag::PartlyDisputed,
            Flag::PromisePending,
            Flag::Rescheduled,
            Flag::NotInvoiced
        ]
    );
    assert_eq!(
        at("10-11"),
        [
            Flag::PartPaid,
            Flag::PartlyDisputed,
            Flag::PromiseBroken,
            Flag::Rescheduled,
            Flag::NotInvoiced
        ]
    );
}

#[test]
fn a_past_day_knows_nothing_of_what_came_later() {
    let before = milestone("acceptance + 30d").planned("06-01");
    let after = before
        .clone()
        .delivered("06-05")
        .accepted("06-20")
        .invoiced("06-25", 100_000)
        .paid("07-01", 100_000)
        .disputed("06-28", None)
        .rescheduled("06-29", "09-01")
        .promised("06-28", "07-05", 100_000)
        .touched("06-26", 0);
    assert_eq!(on(&before, "06-04"), on(&after, "06-04"));
}

#[test]
fn what_is_to_be_done_first_comes_after_a_hold_and_a_dispute_and_before_every_gate() {
    let facts = milestone("acceptance + 30d").planned("06-01").delivered("06-05").blocked("06-06");
    assert_eq!(court_of(&facts, "06-05"), WaitingOn::CustomerAccept);
    assert_eq!(court_of(&facts, "06-07"), WaitingOn::UsTodo);
    let disputed = facts.clone().disputed("06-06", None);
    assert_eq!(court_of(&disputed, "06-07"), WaitingOn::BothDispute);
    assert_eq!(court_of(&facts.clone().held("06-06", None), "06-07"), WaitingOn::UsHold);
    assert_eq!(court_of(&facts.clone().unblocked("06-08"), "06-07"), WaitingOn::UsTodo);
    assert_eq!(court_of(&facts.unblocked("06-08"), "06-08"), WaitingOn::CustomerAccept);
}
