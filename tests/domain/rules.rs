//! What a change must obey.

use crate::kit::{Happens, day, milestone};
use huikuan::domain::calendar::Calendar;
use huikuan::domain::change::{
    InvoiceDraft, MilestoneDraft, ProjectDraft, PromiseDraft, TouchDraft,
};
use huikuan::domain::facts::{Account, Facts};
use huikuan::domain::ids::{CustomerId, InvoiceId, MilestoneId, ProjectId};
use huikuan::domain::kinds::TouchKind;
use huikuan::domain::money::Currency;
use huikuan::domain::rules::{self, Moved, Named};
use huikuan::domain::violation::{Claim, Field, Violation};
use rstest::rstest;

const TODAY: &str = "11-21";
const ID: MilestoneId = MilestoneId(1);

fn today() -> chrono::NaiveDate {
    day(TODAY)
}

fn account() -> Account {
    milestone("").project.account()
}

fn too_early(on: &str, earliest: &str) -> Violation {
    Violation::TooEarly { day: day(on), earliest: day(earliest) }
}

fn exceeds(claim: Claim, wanted: i64, open: i64) -> Violation {
    Violation::ExceedsOpen { claim, milestone: ID, wanted, open, currency: Currency::CNY }
}

fn exceeds_billed(wanted: i64, standing: i64) -> Violation {
    let (day, currency) = (day("11-01"), Currency::CNY);
    Violation::ExceedsBilled { milestone: ID, wanted, standing, day, currency }
}

#[test]
fn days_names_and_amounts() {
    assert_eq!(rules::happened(today(), today()), Ok(()));
    assert_eq!(rules::happened(None, today()), Ok(()));
    let tomorrow = day("11-22");
    assert_eq!(
        rules::happened(tomorrow, today()),
        Err(Violation::Future { day: tomorrow, today: today() })
    );
    assert_eq!(rules::not_before(today(), None), Ok(()));
    assert_eq!(rules::not_before(today(), tomorrow), Err(too_early(TODAY, "11-22")));
    assert_eq!(rules::required(" a ", Field::Name), Ok("a"));
    assert_eq!(rules::required(" ", Field::Key), Err(Violation::Empty(Field::Key)));
    assert_eq!(rules::positive(0), Err(Violation::NotPositive(0)));
    let (code, name) = ("C1", "星河");
    assert_eq!(rules::code_or_name(" C1 ", "星河"), Ok(Named { code, name }));
    assert_eq!(rules::code_or_name("", "星河"), Ok(Named { code: name, name }));
    assert_eq!(rules::code_or_name("C1", ""), Err(Violation::Empty(Field::Name)));
}

#[rstest]
#[case(None, None, true)]
#[case(None, Some(1), true)]
#[case(Some(1), Some(1), true)]
#[case(Some(2), Some(1), false)]
#[case(Some(2), None, false)]
fn a_code_is_one_thing_s(#[case] found: Option<i64>, #[case] own: Option<i64>, #[case] ok: bool) {
    let free = rules::free(Field::Code, "C1", found, own);
    assert_eq!(free.is_ok(), ok);
}

#[test]
fn a_project_within_bounds() {
    let draft = || ProjectDraft {
        name: "仓储".to_owned(),
        ..ProjectDraft::new(CustomerId(1), Currency::CNY)
    };
    assert!(rules::project(&draft(), today()).is_ok());
    let progress = ProjectDraft { progress_percent: Some(101), ..draft() };
    assert_eq!(rules::project(&progress, today()), Err(Violation::OutOfRange(Field::Progress)));
    let amount = ProjectDraft { contract_amount: Some(-1), ..draft() };
    assert_eq!(rules::project(&amount, today()), Err(Violation::NotPositive(-1)));
    let dollars = Account { currency: Currency::USD, ..account() };
    assert_eq!(rules::keeps_account(dollars, &draft(), false), Ok(()));
    assert_eq!(rules::keeps_account(dollars, &draft(), true), Err(Violation::ProjectInUse));
}

#[rstest]
#[case("2026-12-05", true)]
#[case("acceptance + 30d", true)]
#[case("acceptance(P1-M2) + 30d", true)]
#[case("acceptance(P1-M9) + 30d", false)]
fn a_rule_names_milestones_of_its_plan(#[case] rule: &str, #[case] ok: bool) {
    let rule = rule.parse().unwrap();
    let checked = rules::due_rule(&rule, |key| Ok::<_, Violation>(key == "P1-M2"));
    assert_eq!(checked.is_ok(), ok);
}

#[test]
fn a_milestone_has_a_name_and_an_amount() {
    let draft = MilestoneDraft::new(ProjectId(1), "验收款", 100);
    assert_eq!(rules::milestone(&draft, None, today()), Ok(None));
    assert!(rules::milestone(&draft, Some(day("11-22")), today()).is_err());
    let keyed = MilestoneDraft { key: " P1-M1 ".to_owned(), ..draft.clone() };
    assert_eq!(rules::milestone(&keyed, None, today()), Ok(Some("P1-M1")));
    let free = MilestoneDraft { amount: 0, ..draft };
    assert_eq!(rules::milestone(&free, None, today()), Err(Violation::NotPositive(0)));
}

fn bill(lines: &[(i64, Option<i64>)]) -> InvoiceDraft {
    let lines = lines.iter().map(|(id, amount)| (MilestoneId(*id), *amount)).collect();
    InvoiceDraft::new(day("11-01"), lines)
}

#[test]
fn an_invoice_bills_each_milestone_once_for_one_customer() {
    let one = milestone("").invoiced("10-01", 30_000);
    let two = milestone("").with(|f| f.id = MilestoneId(2));
    let lines = [(1, None), (2, Some(5))];
    let checked = rules::invoice(&bill(&lines), &[one.clone(), two.clone()], today());
    assert_eq!(checked, Ok(vec![70_000, 5]));
    assert_eq!(rules::invoice(&bill(&[]), &[], today()), Err(Violation::Empty(Field::Milestones)));
    let twice = bill(&[(1, None), (1, None)]);
    assert_eq!(
        rules::invoice(&twice, &[one.clone(), one.clone()], today()),
        Err(Violation::OutOfRange(Field::Milestones))
    );
    let others = two.with(|f| f.project.customer = CustomerId(2));
    assert_eq!(
        rules::invoice(&bill(&lines), &[one, others], today()),
        Err(Violation::OtherCustomer(MilestoneId(2)))
    );
}

#[rstest]
#[case(None, Ok(70_000))]
#[case(Some(70_000), Ok(70_000))]
#[case(Some(90_000), Err(Violation::AboveUnbilled { milestone: ID, wanted: 90_000, left: 70_000, currency: Currency::CNY }))]
#[case(Some(-30_000), Ok(-30_000))]
#[case(Some(-30_001), Err(exceeds_billed(30_001, 30_000)))]
#[case(Some(0), Err(Violation::NotPositive(0)))]
fn a_line_bills_or_takes_back(#[case] amount: Option<i64>, #[case] bills: Result<i64, Violation>) {
    let facts = milestone("").invoiced("10-01", 30_000);
    assert_eq!(rules::invoice_line(&facts, amount, &bill(&[])), bills);
}

/// day of the red invoice, the bill it names, amount
#[rstest]
#[case::before_any_bill("09-30", None, 1, 0)]
#[case::of_what_stands_that_day("10-01", None, 30_001, 30_000)]
#[case::of_what_stands_since("10-10", None, 60_001, 60_000)]
#[case::of_the_bill_it_names("10-20", Some(101), 30_001, 30_000)]
#[case::before_the_bill_it_names("10-09", Some(102), 1, 0)]
#[case::of_no_bill_of_the_milestone("10-20", Some(9), 1, 0)]
fn a_red_invoice_takes_back_no_more_than_stands(
    #[case] on: &str,
    #[case] reverses: Option<i64>,
    #[case] wanted: i64,
    #[case] standing: i64,
) {
    let facts = milestone("")
        .invoiced("10-01", 30_000)
        .invoiced("10-10", 40_000)
        .invoiced("10-25", -10_000);
    let draft = InvoiceDraft {
        reverses: reverses.map(InvoiceId),
        ..InvoiceDraft::new(day(on), Vec::new())
    };
    let refused = Violation::ExceedsBilled {
        milestone: ID,
        wanted,
        standing,
        day: day(on),
        currency: Currency::CNY,
    };
    assert_eq!(rules::invoice_line(&facts, Some(-wanted), &draft), Err(refused));
    if wanted > 1 {
        assert_eq!(rules::invoice_line(&facts, Some(1 - wanted), &draft), Ok(1 - wanted));
    }
}

#[test]
fn more_than_is_left_is_billed_on_purpose_only() {
    let facts = milestone("").invoiced("10-01", 30_000);
    let draft = InvoiceDraft { above: true, ..bill(&[]) };
    assert_eq!(rules::invoice_line(&facts, Some(90_000), &draft), Ok(90_000));
}

#[test]
fn what_is_billed_in_full_has_nothing_left() {
    let facts = milestone("").invoiced("10-01", 100_000);
    assert_eq!(rules::invoice_line(&facts, None, &bill(&[])), Err(Violation::InvoicedInFull(ID)));
}

#[test]
fn an_invoice_is_not_received_before_it_was_issued() {
    let draft = InvoiceDraft { received_on: Some(day("10-31")), ..bill(&[]) };
    assert_eq!(rules::invoice_days(&draft, today()), Err(too_early("10-31", "11-01")));
}

#[test]
fn a_touch_names_its_step_milestones_and_promises() {
    let draft = || TouchDraft::new(vec![ID], day("11-01"));
    assert_eq!(rules::touch(&draft(), today()), Ok(()));
    let step = |kind, step| {
        let step = Some(step);
        rules::touch(&TouchDraft { kind, step, ..draft() }, today())
    };
    let out_of_range = Err(Violation::OutOfRange(Field::Step));
    assert_eq!(step(TouchKind::Dunning, 6), Ok(()));
    assert_eq!(step(TouchKind::Dunning, 7), out_of_range);
    assert_eq!(step(TouchKind::Courtesy, 2), out_of_range);
    let back = TouchDraft { next_on: Some(day("10-31")), ..draft() };
    assert_eq!(rules::touch(&back, today()), Err(too_early("10-31", "11-01")));
    let other = TouchDraft { promises: vec![promise(2, None)], ..draft() };
    assert_eq!(rules::touch(&other, today()), Err(Violation::OutOfRange(Field::Milestones)));
    let (one, two) = (CustomerId(1), CustomerId(2));
    assert_eq!(rules::one_customer([(ID, one), (ID, one)]), Ok(one));
    assert_eq!(
        rules::one_customer([(ID, one), (MilestoneId(2), two)]),
        Err(Violation::OtherCustomer(MilestoneId(2)))
    );
    assert_eq!(rules::one_customer([]), Err(Violation::Empty(Field::Milestones)));
}

fn promise(id: i64, amount: Option<i64>) -> PromiseDraft {
    PromiseDraft { milestone: MilestoneId(id), amount, pay_by: day("11-30") }
}

#[rstest]
#[case(milestone(""), None, Ok(100_000))]
#[case(milestone("").disputed("10-01", Some(40_000)), None, Ok(60_000))]
#[case(milestone("").disputed("10-01", Some(40_000)), Some(90_000), Ok(90_000))]
#[case(milestone("").disputed("10-01", None), None, Err(Violation::AlreadyDisputed(ID)))]
#[case(milestone("").paid("10-01", 100_000), None, Err(Violation::NothingOpen(ID)))]
#[case(milestone("").paid("10-01", 100_000), Some(100_000), Ok(100_000))]
#[case(milestone(""), Some(100_001), Err(exceeds(Claim::Promise, 100_001, 100_000)))]
#[case(milestone(""), Some(0), Err(Violation::NotPositive(0)))]
#[case(milestone("").with(|f| f.agreed_on = Some(day("11-02"))), None, Err(too_early("11-01", "11-02")))]
fn what_can_be_promised(
    #[case] facts: Facts,
    #[case] amount: Option<i64>,
    #[case] promised: Result<i64, Violation>,
) {
    let draft = promise(1, amount);
    let calendar = Calendar::china();
    assert_eq!(rules::promise(&facts, &draft, day("11-01"), calendar), promised);
    assert_eq!(
        rules::promise(&facts, &draft, day("12-01"), calendar),
        Err(too_early("11-30", "12-01"))
    );
}

#[rstest]
#[case(milestone(""), None, Ok(()))]
#[case(milestone("").disputed("10-01", None), None, Err(Violation::AlreadyDisputed(ID)))]
#[case(milestone("").disputed("10-01", None).resolved("10-20"), None, Ok(()))]
#[case(milestone("").disputed("10-01", Some(5)), Some(100_000), Ok(()))]
#[case(milestone(""), Some(100_001), Err(exceeds(Claim::Dispute, 100_001, 100_000)))]
#[case(milestone("").paid("10-01", 100_000), None, Err(Violation::NothingOpen(ID)))]
fn what_can_be_disputed(
    #[case] facts: Facts,
    #[case] amount: Option<i64>,
    #[case] checked: Result<(), Violation>,
) {
    assert_eq!(rules::dispute(&facts, amount, day("11-01"), today()), checked);
}

#[test]
fn a_dispute_is_settled_after_it_was_raised() {
    let resolve = |facts: &Facts, on| rules::resolve(facts, day(on), today());
    let facts = milestone("").disputed("10-01", None);
    assert_eq!(resolve(&facts, "10-01"), Ok(()));
    assert_eq!(resolve(&facts, "09-30"), Err(too_early("09-30", "10-01")));
    let none = facts.resolved("10-02");
    assert_eq!(resolve(&none, "10-05"), Err(Violation::NoDispute(ID)));
}

#[rstest]
#[case("11-01", Some("11-10"), Err(Violation::AlreadyHeld(ID)))]
#[case("11-01", None, Err(Violation::AlreadyHeld(ID)))]
#[case("11-01", Some("11-04"), Ok(()))]
#[case("11-16", None, Ok(()))]
#[case("11-16", Some("11-15"), Err(too_early("11-15", "11-16")))]
fn holds_do_not_overlap(
    #[case] since: &str,
    #[case] until: Option<&str>,
    #[case] checked: Result<(), Violation>,
) {
    let facts = milestone("").held("11-05", Some("11-15"));
    assert_eq!(rules::hold(&facts, day(since), until.map(day)), checked);
}

#[test]
fn a_hold_is_released_while_it_runs_or_lies_ahead() {
    let facts = milestone("").held("11-05", Some("11-15"));
    let release = |on| rules::release(&facts, day(on), today());
    assert_eq!(release("11-01"), Ok(()));
    assert_eq!(release("11-15"), Ok(()));
    assert_eq!(release("11-16"), Err(Violation::NotHeld(ID)));
}

#[test]
fn a_due_date_moves_if_it_is_another() {
    let facts = milestone("2026-11-30");
    let reschedule = |facts: &Facts, to| {
        rules::reschedule(facts, day(to), day("11-01"), today(), Calendar::china())
    };
    let from = Some(day("11-30"));
    let to = day("12-31");
    assert_eq!(reschedule(&facts, "12-31"), Ok(Some(Moved { from, to })));
    assert_eq!(reschedule(&facts, "11-30"), Ok(None));
    let paid = facts.clone().paid("10-01", 100_000);
    assert_eq!(reschedule(&paid, "12-31"), Err(Violation::NothingOpen(ID)));
    let paid_later = facts.clone().paid("11-05", 100_000);
    assert_eq!(reschedule(&paid_later, "12-31"), Ok(Some(Moved { from, to })));
    let back = facts.rescheduled("10-10", "12-31");
    let moved = Moved { from: Some(to), to: day("11-30") };
    assert_eq!(reschedule(&back, "11-30"), Ok(Some(moved)));
}

#[test]
fn to_agree_on_the_day_that_was_only_expected_makes_it_firm() {
    let facts = milestone("acceptance + 30d").planned("11-01");
    let reschedule = |facts: &Facts| {
        rules::reschedule(facts, day("12-01"), day("11-01"), today(), Calendar::china())
    };
    let moved = Moved { from: Some(day("12-01")), to: day("12-01") };
    assert_eq!(reschedule(&facts), Ok(Some(moved)));
    assert_eq!(reschedule(&facts.rescheduled("10-15", "12-01")), Ok(None));
}

#[test]
fn a_hold_is_checked_against_the_balance_of_its_first_day() {
    let paid_later = milestone("").paid("11-05", 100_000);
    assert_eq!(rules::hold(&paid_later, day("11-01"), Some(day("11-03"))), Ok(()));
    assert_eq!(rules::hold(&paid_later, day("11-05"), None), Err(Violation::NothingOpen(ID)));
}

#[rstest]
#[case(None, "10-01", Ok(40_000))]
#[case(Some(40_000), "10-01", Ok(40_000))]
#[case(Some(40_001), "10-01", Err(exceeds(Claim::WriteOff, 40_001, 40_000)))]
#[case(None, "08-31", Err(too_early("08-31", "09-01")))]
fn what_can_be_given_up(
    #[case] amount: Option<i64>,
    #[case] on: &str,
    #[case] given: Result<i64, Violation>,
) {
    let facts = milestone("").with(|f| f.agreed_on = Some(day("09-01"))).paid("11-01", 60_000);
    assert_eq!(rules::write_off(&facts, amount, day(on), "insolvent", today()), given);
}

/// total of the list, what is to be booked; 60,000 of 100,000 were received and 10,000 given up.
#[rstest]
#[case(60_000, Ok(0))]
#[case(90_000, Ok(30_000))]
#[case(-1, Err(Violation::NotPositive(-1)))]
#[case(50_000, Err(Violation::ReceivedLess { listed: 50_000, recorded: 60_000, currency: Currency::CNY }))]
#[case(90_001, Err(Violation::BelowReceived { amount: 100_000, used: 100_001, currency: Currency::CNY }))]
fn what_a_list_says_was_received_can_grow(#[case] total: i64, #[case] new: Result<i64, Violation>) {
    let facts = milestone("").paid("10-01", 60_000).written_off("11-01", 10_000);
    assert_eq!(rules::list::received(&facts, total, 0, today()), new);
}

#[test]
fn no_more_comes_in_than_was_agreed() {
    assert_eq!(rules::covered(&milestone("").paid("10-01", 100_000)), Ok(()));
    assert_eq!(
        rules::covered(&milestone("").paid("10-01", 100_001)),
        Err(Violation::BelowReceived { amount: 100_000, used: 100_001, currency: Currency::CNY })
    );
}
