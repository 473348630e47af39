use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::due::{Basis, DueRule};
use crate::domain::facts::{Facts, ProjectFacts, PromiseFact};
use crate::domain::ids::PromiseId;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2026-11-21";

/// A receivable of this customer that fell due on a day of 2026.
fn item(id: i64, customer: i64, amount: i64, due: &str) -> Item {
    with_promise(id, customer, amount, due, None)
}

fn with_promise(
    id: i64,
    customer: i64,
    amount: i64,
    due: &str,
    promise: Option<(i64, &str)>,
) -> Item {
    let account = Account { customer: CustomerId(customer), currency: Currency::CNY };
    let project = ProjectFacts::new(ProjectId(customer), account);
    let mut facts = Facts::new(MilestoneId(id), project, amount);
    facts.seq = u32::try_from(id).unwrap();
    facts.rule = DueRule { basis: Basis::Fixed(day(&format!("2026-{due}"))), ..DueRule::default() };
    facts.promises = promise
        .iter()
        .map(|(amount, pay_by)| PromiseFact {
            id: PromiseId(1),
            made_on: day("2026-11-01"),
            amount: *amount,
            pay_by: day(pay_by),
        })
        .collect();
    as_of::item(&facts, day(TODAY), Calendar::china()).unwrap()
}

fn party(customer: i64, names: &[&str]) -> Party {
    Party {
        customer: Some(CustomerId(customer)),
        names: names.iter().map(|&name| name.to_owned()).collect(),
        ..Party::default()
    }
}

fn line(amount: i64, payer: &str, remark: &str) -> StatementLine {
    StatementLine {
        row: 1,
        account: "6222".to_owned(),
        on: day("2026-11-20"),
        amount,
        currency: Currency::CNY,
        balance: None,
        payer: payer.to_owned(),
        payer_account: String::new(),
        remark: remark.to_owned(),
        serial: String::new(),
    }
}

/// Two customers: the first owes 1,000.00, 2,500.00 and 700.00, the second 1,000.00 and 400.00.
fn items() -> Vec<Item> {
    vec![
        item(1, 1, 100_000, "09-30"),
        item(2, 1, 250_000, "10-31"),
        item(3, 1, 70_000, "11-30"),
        item(4, 2, 100_000, "10-15"),
        item(5, 2, 40_000, "10-20"),
    ]
}

fn parties() -> Vec<Party> {
    let second = Party {
        aliases: vec!["李雷".to_owned()],
        accounts: vec!["DE02 0000 0000 3716 5411 59".to_owned()],
        ..party(2, &["Harbor & Pine Co., Ltd."])
    };
    vec![party(1, &["星河科技有限公司"]), second]
}

fn matcher() -> Matcher {
    let number = |number: &str, kind, ids: &[i64]| Numbered {
        number: number.to_owned(),
        kind,
        milestones: ids.iter().copied().map(MilestoneId).collect(),
    };
    let numbers = vec![
        number("HT-2026-031", NumberKind::Contract, &[1, 2, 3]),
        number("P2-M1", NumberKind::Milestone, &[4]),
        number("24317001", NumberKind::Invoice, &[2]),
    ];
    Matcher::new(&items(), parties(), numbers, Vec::new(), day(TODAY))
}

/// The items of what is proposed, with its fee.
fn proposed(proposals: &Proposals) -> Option<(Vec<(i64, i64)>, i64)> {
    let best = proposals.best()?;
    Some((best.lines.iter().map(|(id, amount)| (id.0, *amount)).collect(), best.fee))
}

#[rstest]
// Who paid, and exactly one item.
#[case(250_000, "星河科技有限公司", "", Some((vec![(2, 250_000)], 0)), true)]
#[case(250_000, "星河（ ）科技 有限公司", "", Some((vec![(2, 250_000)], 0)), true)]
#[case(40_000, "PINE AND HARBOR LIMITED", "", Some((vec![(5, 40_000)], 0)), true)]
#[case(40_000, "李雷", "货款", Some((vec![(5, 40_000)], 0)), true)]
// A name in the remark is no certainty.
#[case(250_000, "", "星河科技有限公司 十月款", Some((vec![(2, 250_000)], 0)), false)]
// Numbers.
#[case(100_000, "某某", "付 P2-M1 尾款", Some((vec![(4, 100_000)], 0)), true)]
#[case(250_000, "王五", "发票24317001", Some((vec![(2, 250_000)], 0)), true)]
#[case(70_000, "", "HT-2026-031/三期", Some((vec![(3, 70_000)], 0)), true)]
// The sum of several, the oldest before others.
#[case(350_000, "星河科技有限公司", "", Some((vec![(1, 100_000), (2, 250_000)], 0)), false)]
#[case(320_000, "星河科技有限公司", "", Some((vec![(2, 250_000), (3, 70_000)], 0)), false)]
#[case(420_000, "星河科技有限公司", "", Some((vec![(1, 100_000), (2, 250_000), (3, 70_000)], 0)), false)]
// Less a fee.
#[case(248_500, "星河科技有限公司", "", Some((vec![(2, 250_000)], 1_500)), false)]
// A part goes to the oldest; what is over stays on account.
#[case(120_000, "星河科技有限公司", "", Some((vec![(1, 100_000), (2, 20_000)], 0)), false)]
#[case(500_000, "星河科技有限公司", "", Some((vec![(1, 100_000), (2, 250_000), (3, 70_000)], 0)), false)]
// Nobody is named: the amount alone, if it is one item's.
#[case(70_000, "", "", Some((vec![(3, 70_000)], 0)), false)]
#[case(100_000, "", "", None, false)]
#[case(12_345, "路人", "", None, false)]
fn a_line_is_compared_with_what_is_open(
    #[case] amount: i64,
    #[case] payer: &str,
    #[case] remark: &str,
    #[case] expected: Option<(Vec<(i64, i64)>, i64)>,
    #[case] exact: bool,
) {
    let proposals = matcher().propose(&line(amount, payer, remark));
    assert_eq!(proposed(&proposals), expected, "{proposals:?}");
    assert_eq!(proposals.exact, exact, "{proposals:?}");
}

#[test]
fn two_that_fit_equally_well_are_both_shown_and_none_is_proposed() {
    let proposals = matcher().propose(&line(100_000, "", ""));
    assert_eq!((proposals.tied, proposals.candidates.len()), (2, 2));
    assert_eq!(proposals.best(), None);
    assert!(!proposals.exact);
    let twins = vec![
        party(1, &["Adithya Medical & General Stores"]),
        party(2, &["Adithya Medical And General Stores"]),
    ];
    let matcher = Matcher::new(&items(), twins, Vec::new(), Vec::new(), day(TODAY));
    let proposals = matcher.propose(&line(100_000, "", "pos adithya medical & general stores"));
    assert_eq!((proposals.tied, proposals.best()), (2, None));
}

#[test]
fn an_account_beats_any_name() {
    let mut line = line(40_000, "星河科技有限公司", "");
    line.payer_account = "DE02000000003716541159".to_owned();
    let proposals = matcher().propose(&line);
    assert_eq!(proposals.best().unwrap().customer, CustomerId(2), "{proposals:?}");
    line.payer_account = "DE02****1159".to_owned();
    let proposals = matcher().propose(&line);
    assert_eq!(proposals.best().unwrap().customer, CustomerId(1), "a masked one is none");
}

#[rstest]
#[case(-100_000)]
#[case(0)]
fn money_that_went_out_is_nobodys_payment(#[case] amount: i64) {
    assert_eq!(matcher().propose(&line(amount, "星河科技有限公司", "P2-M1")), Proposals::default());
}

#[rstest]
#[case("2026-11-20", true)]
#[case("2026-11-27", true)]
#[case("2026-11-28", false)]
#[case("2026-10-30", false)]
fn a_promise_is_met_near_its_day(#[case] on: &str, #[case] met: bool) {
    let items = vec![with_promise(1, 1, 100_000, "09-30", Some((30_000, "2026-11-20")))];
    let matcher = Matcher::new(&items, parties(), Vec::new(), Vec::new(), day(TODAY));
    let line = StatementLine { on: day(on), ..line(30_000, "星河科技有限公司", "") };
    let best = matcher.propose(&line).best().cloned().unwrap();
    assert_eq!(best.clues.contains(&Clue::Promise(day("2026-11-20"))), met, "{best:?}");
    assert_eq!(best.lines, [(MilestoneId(1), 30_000)]);
}

#[rstest]
#[case("2026-11-20", "星河科技有限公司", Some(7))]
#[case("2026-11-15", "星河科技有限公司", Some(7))]
#[case("2026-11-20", "路人", Some(7))]
#[case("2026-10-01", "星河科技有限公司", None)]
fn what_is_on_record_is_not_recorded_again(
    #[case] on: &str,
    #[case] payer: &str,
    #[case] payment: Option<i64>,
) {
    let recorded = vec![Recorded {
        payment: PaymentId(7),
        customer: CustomerId(1),
        currency: Currency::CNY,
        on: day(on),
        amount: 250_000,
        bank_ref: String::new(),
    }];
    let matcher = Matcher::new(&items(), parties(), Vec::new(), recorded, day(TODAY));
    let proposals = matcher.propose(&line(250_000, payer, ""));
    assert_eq!(proposals.best().and_then(|best| best.payment), payment.map(PaymentId));
    assert_eq!(proposals.exact, payment.is_none() && payer != "路人");
}

#[test]
fn what_was_paid_is_not_proposed_a_second_time() {
    let mut matcher = matcher();
    let line = line(250_000, "星河科技有限公司", "");
    let first = matcher.propose(&line).best().cloned().unwrap();
    matcher.pay(&first);
    let second = matcher.propose(&line);
    assert!(!second.exact);
    assert!(
        second.candidates.iter().all(|one| one.lines.iter().all(|(id, _)| *id != MilestoneId(2)))
    );
}

#[test]
fn another_currency_is_never_matched() {
    let mut dollars = line(250_000, "", "24317001");
    dollars.currency = Currency::USD;
    assert_eq!(matcher().propose(&dollars).candidates, []);
    dollars.payer = "星河科技有限公司".to_owned();
    let best = matcher().propose(&dollars).best().cloned().unwrap();
    assert_eq!((best.lines.as_slice(), best.clues.last()), (&[][..], Some(&Clue::NothingOpen)));
}

#[rstest]
#[case(1_000_000, Currency::CNY, 5_000)]
#[case(100_000, Currency::CNY, 1_000)]
#[case(1_000_000, Currency::JPY, 5_000)]
fn a_usual_fee_is_small(#[case] amount: i64, #[case] currency: Currency, #[case] fee: i64) {
    assert_eq!(usual_fee(amount, currency), fee);
}

/// What a ledger and a line may be.
fn ledgers() -> impl Strategy<Value = (Vec<Item>, i64, usize)> {
    let one = (1_i64..4, prop_oneof![Just(10_000_i64), Just(25_000), 1_i64..90_000], 1_u32..28);
    let items = proptest::collection::vec(one, 0..30).prop_map(|all| {
        (1..)
            .zip(all)
            .map(|(id, (customer, amount, due))| {
                item(id, customer, amount, &format!("10-{due:02}"))
            })
            .collect()
    });
    (items, prop_oneof![Just(10_000_i64), Just(35_000), 1_i64..200_000], 0_usize..5)
}

proptest! {
    #[test]
    fn a_candidate_is_of_one_customer_and_never_more_than_is_open(
        (items, amount, who) in ledgers(),
    ) {
        let parties = vec![party(1, &["星河科技有限公司"]), party(2, &["华东水务集团"]), party(3, &["北方重工"])];
        let payer = ["星河科技有限公司", "华东水务集团", "北方重工", "", "别人"][who];
        let matcher = Matcher::new(&items, parties, Vec::new(), Vec::new(), day(TODAY));
        let proposals = matcher.propose(&line(amount, payer, ""));
        prop_assert!(proposals.candidates.len() <= MOST);
        prop_assert!(proposals.tied != 1);
        prop_assert!(!proposals.exact || proposals.best().is_some());
        for one in &proposals.candidates {
            let given: i64 = one.lines.iter().map(|(_, amount)| amount).sum();
            prop_assert!((1..=99).contains(&one.confidence));
            prop_assert!(given <= amount + one.fee);
            prop_assert!(one.fee <= usual_fee(given, Currency::CNY));
            for (id, part) in &one.lines {
                let item = items.iter().find(|item| item.id == *id).unwrap();
                prop_assert_eq!(item.customer, one.customer);
                prop_assert!(*part > 0 && *part <= item.balance);
            }
            if one.clues.iter().any(|clue| matches!(clue, Clue::Sum(_) | Clue::Exact)) {
                prop_assert_eq!(given, amount);
            }
        }
    }

    #[test]
    fn in_which_order_items_come_changes_nothing((mut items, amount, who) in ledgers()) {
        let payer = ["星河科技有限公司", "", "", "", ""][who];
        let of = |items: &[Item]| {
            let parties = vec![party(1, &["星河科技有限公司"])];
            Matcher::new(items, parties, Vec::new(), Vec::new(), day(TODAY)).propose(&line(amount, payer, ""))
        };
        let before = of(&items);
        items.reverse();
        prop_assert_eq!(of(&items), before);
    }

    #[test]
    fn no_text_takes_it_down(payer in "\\PC{0,60}", remark in "\\PC{0,200}", amount in any::<i64>()) {
        let _ = matcher().propose(&line(amount, &payer, &remark));
    }
}

#[test]
fn the_work_for_a_line_is_bounded() {
    // No four of them add up to the amount: every way would be tried.
    let items: Vec<Item> = (1..=3_000).map(|id| item(id, 1, 200_000 + 2 * id, "10-01")).collect();
    let matcher = Matcher::new(&items, parties(), Vec::new(), Vec::new(), day(TODAY));
    let remark = "星河科技有限公司 ".repeat(50_000);
    let proposals = matcher.propose(&line(777_777, "星河科技有限公司", &remark));
    assert!(proposals.best().unwrap().clues.contains(&Clue::Part));
    // All alike, all named, of many customers of one name.
    let items: Vec<Item> = (1..=3_000).map(|id| item(id, id % 500, 200_000, "10-01")).collect();
    let parties = (0..500).map(|customer| party(customer, &["星河科技有限公司"])).collect();
    let number = Numbered {
        number: "HT-2026-031".to_owned(),
        kind: NumberKind::Contract,
        milestones: (1..=3_000).map(MilestoneId).collect(),
    };
    let matcher = Matcher::new(&items, parties, vec![number], Vec::new(), day(TODAY));
    let proposals = matcher.propose(&line(200_000, "星河科技有限公司", "HT-2026-031"));
    assert_eq!((proposals.candidates.len(), proposals.best()), (MOST, None));
}
