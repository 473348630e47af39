//! Which receivables a payment pays, and what goes back when it is reversed.

use crate::kit::{Happens, day, milestone};
use huikuan::domain::allocation::{
    Aim, Allocation, Applied, Opened, Owed, PaymentBalance, Proposal, automatic, effective_on,
    listed, promises, proposals, reversal,
};
use huikuan::domain::facts::{Account, AllocationFact, Facts};
use huikuan::domain::ids::{AllocationId, CustomerId, MilestoneId, ProjectId};
use huikuan::domain::item::Item;
use huikuan::domain::money::Currency;
use huikuan::domain::violation::Violation;
use huikuan::domain::{as_of, balance, calendar::Calendar};
use proptest::prelude::*;
use rstest::rstest;

const TODAY: &str = "11-21";

fn numbered(id: i64, facts: Facts) -> Facts {
    facts.with(|f| f.id = MilestoneId(id))
}

/// Items as the ledger keeps them: what lies ahead is in them.
fn items(all: &[Facts]) -> Vec<Item> {
    all.iter().map(|f| as_of::item(f, as_of::LATEST, Calendar::china()).unwrap()).collect()
}

fn owed(all: &[Facts]) -> Vec<Owed> {
    items(all)
        .into_iter()
        .zip(all.iter().cloned())
        .map(|(item, facts)| Owed { item, facts })
        .collect()
}

/// Milestones and amounts.
fn shown(shares: &[Allocation]) -> Vec<(i64, i64)> {
    shares.iter().map(|share| (share.milestone.0, share.amount)).collect()
}

/// What an amount that arrived today pays without a name.
fn unnamed(all: &[Facts], amount: i64) -> (Aim, Vec<(i64, i64)>) {
    let Proposal { aim, shares } = automatic(&payment(TODAY, amount), &owed(all), day(TODAY));
    (aim, shown(&shares))
}

fn payment(received_on: &str, amount: i64) -> PaymentBalance {
    let account = milestone("").project.account();
    PaymentBalance::new(account, day(received_on), amount)
}

/// Pays one after the other as much as it takes.
fn pay(payment: &mut PaymentBalance, plan: &[Facts]) -> Vec<Allocation> {
    let share = |facts| {
        let share = payment.share(facts)?;
        payment.take(share);
        Some(share)
    };
    plan.iter().filter_map(share).collect()
}

/// A plan with one of each kind: 1 due late, 2 due early, 3 planned, 4 billed without a date, 5 wholly disputed, 6 in
/// another currency, 7 waiting for the end of a warranty that lies ahead.
fn plan() -> Vec<Facts> {
    let ahead = |f: &mut Facts| f.project.warranty_ends_on = Some(day("12-31"));
    let dollars = |f: &mut Facts| f.project.currency = Currency::USD;
    [
        milestone("2026-11-01"),
        milestone("2026-10-01"),
        milestone("acceptance + 30d").planned("10-01"),
        milestone("acceptance + 30d").invoiced("11-01", 100),
        milestone("2026-09-01").disputed("10-01", None),
        milestone("2026-09-01").with(dollars),
        milestone("warranty_end").with(ahead),
    ]
    .into_iter()
    .zip(1..)
    .map(|(facts, id)| numbered(id, facts))
    .collect()
}

#[test]
fn money_without_a_name_goes_to_receivables_oldest_first() {
    let owed = owed(&plan());
    let pays = |currency, today: &str| {
        let account = Account { customer: CustomerId(1), currency };
        let payment = PaymentBalance::new(account, day(today), 1_000_000);
        let paid = automatic(&payment, &owed, day(today)).shares;
        paid.into_iter().map(|share| share.milestone.0).collect::<Vec<_>>()
    };
    assert_eq!(pays(Currency::CNY, TODAY), [2, 1, 4]);
    assert_eq!(pays(Currency::CNY, "12-31"), [2, 1, 7, 4]);
    assert_eq!(pays(Currency::USD, TODAY), [6]);
}

#[test]
fn what_was_named_is_listed_behind_what_is_paid_by_itself() {
    let opened = Opened { row: Some(MilestoneId(3)), ..Opened::default() };
    let owed = owed(&plan());
    let listed = listed(&owed, Currency::CNY, &opened, day(TODAY));
    let ids: Vec<i64> = listed.iter().map(|owed| owed.item.id.0).collect();
    assert_eq!(ids, [2, 1, 4, 3, 5, 7]);
}

#[test]
fn the_same_due_date_goes_by_place_in_the_plan_then_by_id() {
    let all = [
        numbered(1, milestone("2026-10-01").with(|f| f.seq = 2)),
        numbered(3, milestone("2026-10-01")),
        numbered(2, milestone("2026-10-01")),
    ];
    let (_, paid) = unnamed(&all, 1_000_000);
    assert_eq!(paid, [(2, 100_000), (3, 100_000), (1, 100_000)]);
}

/// Of these amounts, due one month after the other.
fn amounts(amounts: &[i64]) -> Vec<Facts> {
    let due = |(amount, id): (&i64, i64)| {
        let facts = milestone(&format!("2026-{id:02}-01"));
        numbered(id, facts.with(|f| f.amount = *amount))
    };
    amounts.iter().zip(1..).map(due).collect()
}

#[test]
fn an_amount_that_is_one_receivable_goes_there() {
    let two = amounts(&[100, 370]);
    assert_eq!(unnamed(&two, 370), (Aim::ExactReceivable, vec![(2, 370)]));
    assert_eq!(unnamed(&two, 150), (Aim::OldestFirst, vec![(1, 100), (2, 50)]));
    // Two fit: nothing is guessed.
    let three = amounts(&[370, 100, 370]);
    assert_eq!(unnamed(&three, 370), (Aim::OldestFirst, vec![(1, 370)]));
    // What is open counts, not what was agreed; what takes no unnamed money is passed over.
    let mut part_paid = amounts(&[100, 370]);
    part_paid[1] = part_paid[1].clone().paid("02-01", 20);
    assert_eq!(unnamed(&part_paid, 350), (Aim::ExactReceivable, vec![(2, 350)]));
    let mut disputed = amounts(&[100, 370]);
    disputed[1] = disputed[1].clone().disputed("02-01", None);
    assert_eq!(unnamed(&disputed, 370), (Aim::OldestFirst, vec![(1, 100)]));
}

#[test]
fn an_exact_fit_needs_room_on_every_day_since_the_payment() {
    let mut two = amounts(&[100, 370]);
    // On the payment's day all of it was paid; since then 370 went back.
    two[1] = two[1].clone().paid("02-01", 370).bounced("11-01", 370);
    let paid = |on: &str| automatic(&payment(on, 370), &owed(&two), day(TODAY)).aim;
    assert_eq!(paid("11-10"), Aim::ExactReceivable);
    assert_eq!(paid("10-10"), Aim::OldestFirst);
}

#[test]
fn an_amount_that_is_one_invoice_goes_there_line_by_line() {
    let mut plan = amounts(&[200, 80, 500]);
    plan[0] = plan[0].clone().invoiced_with(7, "01-05", 50);
    plan[1] = plan[1].clone().invoiced_with(7, "01-05", 80);
    plan[2] = plan[2].clone().invoiced_with(8, "01-05", 300);
    assert_eq!(unnamed(&plan, 130), (Aim::ExactInvoice, vec![(1, 50), (2, 80)]));
    assert_eq!(unnamed(&plan, 300), (Aim::ExactInvoice, vec![(3, 300)]));
    // A receivable that fits goes before an invoice that fits.
    let mut both = plan.clone();
    both.push(numbered(9, milestone("2026-09-01").with(|f| f.amount = 130)));
    assert_eq!(unnamed(&both, 130), (Aim::ExactReceivable, vec![(9, 130)]));
    // What was received fills the oldest line first; a red invoice takes a line away.
    let mut later = amounts(&[700]);
    later[0] = later[0].clone().invoiced_with(1, "01-05", 300).invoiced_with(2, "02-05", 400);
    later[0] = later[0].clone().paid("03-01", 100);
    assert_eq!(unnamed(&later, 200), (Aim::ExactInvoice, vec![(1, 200)]));
    assert_eq!(unnamed(&later, 400), (Aim::ExactInvoice, vec![(1, 400)]));
    assert_eq!(unnamed(&later, 300).0, Aim::OldestFirst);
    later[0] = later[0].clone().invoiced("02-10", -400);
    assert_eq!(unnamed(&later, 400).0, Aim::OldestFirst);
    // A line of it takes no unnamed money.
    plan[1] = plan[1].clone().disputed("02-01", None);
    assert_eq!(unnamed(&plan, 130).0, Aim::OldestFirst);
}

/// 1 and 2 of one contract, 3 of another, 4 of the first and planned only.
fn two_contracts() -> Vec<Owed> {
    let mut plan = amounts(&[100, 370, 50, 60]);
    plan[2].project.id = ProjectId(2);
    plan[3].rule = "acceptance + 30d".parse().unwrap();
    owed(&plan)
}

fn offered(amount: i64, opened: &Opened) -> Vec<(Aim, Vec<(i64, i64)>)> {
    let all = proposals(&payment(TODAY, amount), &two_contracts(), opened, day(TODAY));
    all.into_iter().map(|proposal| (proposal.aim, shown(&proposal.shares))).collect()
}

#[test]
fn what_a_payment_was_opened_on_comes_first() {
    let on = |row| Opened { row: Some(MilestoneId(row)), ..Opened::default() };
    let contract = Opened { contract: Some(ProjectId(2)), ..Opened::default() };
    let marked = Opened { marked: vec![MilestoneId(4), MilestoneId(2)], ..Opened::default() };
    let oldest = |shares: &[(i64, i64)]| (Aim::OldestFirst, shares.to_vec());
    let unapplied = (Aim::Unapplied, Vec::new());
    assert_eq!(
        offered(370, &on(2)),
        [(Aim::Row, vec![(2, 370)]), (Aim::Contract, vec![(1, 100), (2, 270)]), unapplied.clone()]
    );
    assert_eq!(
        offered(500, &on(4)),
        [
            (Aim::Contract, vec![(1, 100), (2, 370), (4, 30)]),
            oldest(&[(1, 100), (2, 370), (3, 30)]),
            unapplied.clone()
        ]
    );
    assert_eq!(
        offered(60, &contract),
        [(Aim::Contract, vec![(3, 50)]), oldest(&[(1, 60)]), unapplied.clone()]
    );
    assert_eq!(
        offered(400, &marked),
        [(Aim::Marked, vec![(2, 370), (4, 30)]), oldest(&[(1, 100), (2, 300)]), unapplied.clone()]
    );
    assert_eq!(
        offered(370, &Opened::default()),
        [(Aim::ExactReceivable, vec![(2, 370)]), oldest(&[(1, 100), (2, 270)]), unapplied]
    );
}

#[rstest]
#[case("10-01", None, "10-01")]
#[case("10-01", Some("09-01"), "10-01")]
#[case("10-01", Some("10-05"), "10-05")]
fn money_counts_from_the_later_day(
    #[case] received: &str,
    #[case] agreed: Option<&str>,
    #[case] from: &str,
) {
    assert_eq!(effective_on(day(received), agreed.map(day)), day(from));
}

#[test]
fn a_line_takes_what_both_sides_have_on_every_day() {
    let facts = milestone("2026-10-01").paid("11-10", 60_000);
    let payment = payment("11-01", 50_000);
    let fits = payment.line(&facts, 40_000).unwrap();
    assert_eq!(fits.on, day("11-01"));
    assert_eq!(
        payment.line(&facts, 40_001),
        Err(Violation::ExceedsBalance {
            milestone: facts.id,
            wanted: 40_001,
            open: 40_000,
            currency: Currency::CNY,
        })
    );
    assert_eq!(
        payment.line(&milestone(""), 50_001),
        Err(Violation::ExceedsPayment { wanted: 50_001, left: 50_000, currency: Currency::CNY })
    );
    assert_eq!(payment.line(&facts, 0), Err(Violation::NotPositive(0)));
    let others = milestone("").with(|f| f.project.customer = CustomerId(9));
    assert_eq!(payment.line(&others, 1), Err(Violation::OtherCustomer(others.id)));
    let yen = milestone("").with(|f| f.project.currency = Currency::JPY);
    assert_eq!(
        payment.line(&yen, 1),
        Err(Violation::OtherCurrency { milestone: yen.id, expected: "JPY", found: "CNY" })
    );
}

#[test]
fn a_payment_fills_one_after_the_other_and_keeps_the_rest() {
    let plan = plan();
    let mut payment = payment("11-01", 150_000);
    let shares = pay(&mut payment, &plan[..2]);
    assert_eq!(shown(&shares), [(1, 100_000), (2, 50_000)]);
    assert_eq!(payment.unapplied(), Ok(0));
    assert_eq!(pay(&mut payment, &plan[2..3]), []);
}

/// Applied to milestones due in October, in November and never, 100 each.
fn applied() -> Vec<Applied> {
    let one = |id: i64, due: Option<&str>| Applied {
        id: AllocationId(id),
        milestone: MilestoneId(id),
        on: day("11-01"),
        left: 100,
        due: due.map(day),
        seq: 1,
    };
    vec![one(1, Some("10-01")), one(2, Some("11-01")), one(3, None)]
}

/// reversed, then what is taken from which allocation; 50 of 350 are unapplied.
#[rstest]
#[case(Some(50), &[])]
#[case(Some(60), &[(3, 10)])]
#[case(Some(200), &[(3, 100), (2, 50)])]
#[case(None, &[(3, 100), (2, 100), (1, 100)])]
fn a_reversal_takes_what_is_free_then_the_latest_due(
    #[case] amount: Option<i64>,
    #[case] taken: &[(i64, i64)],
) {
    let mut payment = payment("11-01", 350);
    payment.moves = vec![(day("11-01"), -300)];
    let back = reversal(&payment, applied(), amount, day("11-05"), day(TODAY)).unwrap();
    assert_eq!(back.amount, amount.unwrap_or(350));
    let shown: Vec<_> = back.taken.iter().map(|t| (t.allocation.0, t.amount)).collect();
    assert_eq!(shown, taken);
    assert!(back.taken.iter().all(|t| t.on == day("11-05")));
}

#[test]
fn a_reversal_is_no_more_than_what_is_left_and_no_earlier_than_the_payment() {
    let mut payment = payment("11-01", 350);
    payment.moves = vec![(day("11-01"), -300)];
    let back = |amount, on| reversal(&payment, applied(), amount, day(on), day(TODAY));
    let exceeds =
        |wanted, left| Violation::ExceedsPayment { wanted, left, currency: Currency::CNY };
    assert_eq!(back(Some(351), "11-05"), Err(exceeds(351, 350)));
    assert_eq!(back(Some(0), "11-05"), Err(Violation::NotPositive(0)));
    assert!(matches!(back(None, "10-31"), Err(Violation::TooEarly { .. })));
    assert!(matches!(back(None, "11-22"), Err(Violation::Future { .. })));
    payment.moves = vec![(day("11-01"), -350)];
    let all_back = reversal(&payment, Vec::new(), None, day("11-05"), day(TODAY));
    assert_eq!(all_back, Err(exceeds(350, 0)));
}

fn any_day() -> impl Strategy<Value = String> {
    (1_u32..=12, 1_u32..=28).prop_map(|(month, day)| format!("{month:02}-{day:02}"))
}

fn note(facts: &mut Facts, allocation: Allocation) {
    let one = AllocationFact::new(AllocationId(0), allocation.on, allocation.amount);
    facts.allocations.push(one);
}

proptest! {
    #[test]
    fn what_is_spread_never_overdraws_either_side(
        plan in prop::collection::vec((1_i64..1_000, any_day(), any_day(), 0_i64..500), 0..6),
        received in any_day(),
        amount in 1_i64..3_000,
    ) {
        let mut all: Vec<Facts> = plan
            .into_iter()
            .zip(1..)
            .map(|((amount, agreed, paid, already), id)| {
                let agreed_on = day(&agreed);
                let paid = paid.max(agreed);
                numbered(id, milestone("2026-06-01").paid(&paid, already.min(amount)).with(|f| {
                    f.amount = amount;
                    f.agreed_on = Some(agreed_on);
                }))
            })
            .collect();
        let mut payment = payment(&received, amount);
        let shares = pay(&mut payment, &all);
        let total: i64 = shares.iter().map(|share| share.amount).sum();
        prop_assert_eq!(payment.unapplied(), Ok(amount - total));
        for share in shares {
            let facts = all.iter_mut().find(|f| f.id == share.milestone).unwrap();
            prop_assert!(share.amount > 0);
            note(facts, share);
            prop_assert!(balance::least(facts) >= 0);
        }
    }
}

/// 3 is expected between 2 and 1, 4 has no date; 5 is disputed, 6 in another currency; each is 100,000.
#[rstest]
#[case(1, &[(2, 1)])]
#[case(150_000, &[(2, 100_000), (3, 50_000)])]
#[case(400_000, &[(2, 100_000), (3, 100_000), (1, 100_000), (4, 100_000)])]
fn a_promised_amount_is_shared_out_to_the_oldest_due(
    #[case] amount: i64,
    #[case] shares: &[(i64, i64)],
) {
    let all = items(&plan()[..6]);
    let promised = promises(&all, Currency::CNY, Some(amount), day("12-05"), day("11-24")).unwrap();
    let mut found: Vec<_> = promised.iter().map(|p| (p.milestone.0, p.amount.unwrap())).collect();
    assert_eq!(found.iter().map(|(_, amount)| amount).sum::<i64>(), amount);
    found.truncate(shares.len());
    assert_eq!(found, shares);
}

#[test]
fn no_more_is_promised_than_is_open_and_undisputed() {
    let all = items(&plan()[..6]);
    let promise = |amount| promises(&all, Currency::CNY, amount, day("12-05"), day("11-24"));
    let (wanted, open, currency) = (400_001, 400_000, Currency::CNY);
    assert_eq!(promise(Some(wanted)), Err(Violation::ExceedsUndisputed { wanted, open, currency }));
    assert_eq!(promise(Some(0)), Err(Violation::NotPositive(0)));
    assert_eq!(promise(None).unwrap().len(), all.len(), "each all that is undisputed on it");
}
