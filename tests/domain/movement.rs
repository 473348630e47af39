//! Opening and what moved it come to closing, whatever happened and whatever was recorded late.

use chrono::{Days, NaiveDate};
use huikuan::domain::aging::{Buckets, GroupBy};
use huikuan::domain::calendar::Calendar;
use huikuan::domain::facts::Facts;
use huikuan::domain::ids::{CustomerId, MilestoneId, PersonId, ProjectId};
use huikuan::domain::kinds::Stage;
use huikuan::domain::money::Currency;
use huikuan::domain::movement::Step;
use huikuan::domain::{as_of, waiver};
use huikuan::report::movement::{End, Flow, Movement, Places, Stand, movement};
use proptest::prelude::*;
use rstest::rstest;

use crate::kit::{Happens, day, milestone};

fn places() -> Places {
    Places::new(Buckets::default())
}

fn stands(all: &[Facts], on: NaiveDate) -> Vec<Stand> {
    let items = all.iter().filter_map(|facts| as_of::item(facts, on, Calendar::china()));
    items.map(|item| Stand::new(&item, on, &places())).collect()
}

fn flows(all: &[Facts]) -> Vec<Flow> {
    let mut flows = Vec::new();
    for facts in all {
        let none = |on| Flow {
            milestone: facts.id,
            on,
            collected: 0,
            reversed: 0,
            written_off: 0,
            waived: 0,
        };
        for step in waiver::steps(facts) {
            flows.push(Flow { waived: step.amount, ..none(step.on) });
        }
        for money in &facts.allocations {
            flows.push(Flow { collected: money.amount, ..none(money.on) });
            for (on, amount) in &money.reversed {
                flows.push(Flow { reversed: *amount, ..none(*on) });
            }
        }
        for (on, amount) in &facts.write_offs {
            flows.push(Flow { written_off: *amount, ..none(*on) });
        }
    }
    flows
}

/// The movement from what was known at the opening to what is known now.
fn moved(then: &[Facts], now: &[Facts], from: &str, to: &str, by: GroupBy) -> Movement {
    let (from, to) = (day(from), day(to));
    // As a snapshot has it: what a reschedule agreed is no part of it.
    let frozen = stands(then, from).into_iter().map(|mut stand| {
        stand.rescheduled_on = None;
        stand
    });
    let opening = End {
        day: from,
        frozen: Some(frozen.filter(|stand| stand.balance != 0).collect()),
        known: stands(now, from - Days::new(1)),
    };
    let closing = End { day: to, frozen: None, known: stands(now, to) };
    let mut flows = flows(now);
    flows.retain(|flow| (from..=to).contains(&flow.on));
    movement([&opening, &closing], &flows, by, places()).unwrap()
}

fn lines(all: &Movement) -> Vec<(Step, usize, usize, i64)> {
    all.entries.iter().map(|entry| (entry.step, entry.bucket, entry.to, entry.amount)).collect()
}

/// From 2026-06-30 to 2026-07-31, of one milestone of 1,000.00: due 06-01, 06-30, 07-10 or later.
#[rstest]
#[case::rolls(milestone("2026-07-10"), &[(Step::Opening, 0, 0, 100_000), (Step::Rolled, 0, 1, 100_000),
    (Step::Closing, 1, 1, 100_000), (Step::NewlyOverdue, 1, 1, 100_000)])]
#[case::is_paid(milestone("2026-06-01").paid("07-01", 100_000), &[(Step::Opening, 1, 1, 100_000),
    (Step::Collected, 1, 1, -100_000), (Step::Cured, 1, 1, 100_000)])]
#[case::is_paid_in_part_and_ages(milestone("2026-06-01").paid("07-31", 40_000), &[(Step::Opening, 1, 1, 100_000),
    (Step::Collected, 1, 1, -40_000), (Step::Rolled, 1, 2, 60_000), (Step::Closing, 2, 2, 60_000)])]
#[case::bounces(milestone("2026-06-01").paid("06-15", 100_000).bounced("07-05", 30_000), &[(Step::Reversed, 2, 2, 30_000),
    (Step::Closing, 2, 2, 30_000), (Step::NewlyOverdue, 2, 2, 30_000)])]
#[case::is_given_up(milestone("2026-06-01").written_off("07-05", 100_000), &[(Step::Opening, 1, 1, 100_000),
    (Step::WrittenOff, 1, 1, -100_000)])]
#[case::gets_a_new_day(milestone("2026-06-01").rescheduled("07-05", "2026-09-01"), &[(Step::Opening, 1, 1, 100_000),
    (Step::Rescheduled, 1, 0, 100_000), (Step::Closing, 0, 0, 100_000), (Step::Cured, 1, 1, 100_000)])]
#[case::becomes_receivable(milestone("acceptance + 30d").accepted("07-20"), &[(Step::New, 0, 0, 100_000),
    (Step::Closing, 0, 0, 100_000)])]
#[case::is_paid_before_it_is_due(milestone("acceptance + 30d").paid("07-20", 10_000), &[(Step::New, 0, 0, 10_000),
    (Step::Collected, 0, 0, -10_000)])]
#[case::comes_and_goes(milestone("2026-07-10").with(|f| f.agreed_on = Some(day("07-02"))).paid("07-20", 100_000),
    &[(Step::New, 1, 1, 100_000), (Step::Collected, 1, 1, -100_000)])]
#[case::is_no_receivable_any_more(milestone("invoice + 30d").invoiced("06-10", 100_000).took_back("07-05", 100_000, 1),
    &[(Step::Opening, 0, 0, 100_000), (Step::Amended, 0, 0, -100_000)])]
fn each_fact_has_its_line(#[case] facts: Facts, #[case] expected: &[(Step, usize, usize, i64)]) {
    let all = [facts];
    assert_eq!(lines(&moved(&all, &all, "06-30", "07-31", GroupBy::Customer)), expected);
}

#[test]
fn what_is_recorded_late_is_a_line_of_its_own() {
    let then = [milestone("2026-07-10")];
    let now = [milestone("2026-07-10").paid("06-20", 25_000)];
    let expected = [
        (Step::Opening, 0, 0, 100_000),
        (Step::Corrected, 0, 0, -25_000),
        (Step::Closing, 0, 0, 75_000),
    ];
    let lines = lines(&moved(&then, &now, "06-30", "07-05", GroupBy::Customer));
    assert_eq!(
        lines.iter().filter(|line| line.0 != Step::Rolled).copied().collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn money_of_the_day_of_a_snapshot_that_is_not_in_it_came_after_it() {
    let then = [milestone("2026-07-10")];
    let now = [milestone("2026-07-10").paid("06-30", 100_000)];
    let after = lines(&moved(&then, &now, "06-30", "06-30", GroupBy::Customer));
    assert_eq!(after, [(Step::Opening, 0, 0, 100_000), (Step::Collected, 0, 0, -100_000)]);
    let in_it = lines(&moved(&now, &now, "06-30", "07-05", GroupBy::Customer));
    assert_eq!(in_it, []);
}

#[test]
fn an_edited_amount_is_amended() {
    let then = [milestone("2026-06-01")];
    let now = [milestone("2026-06-01").with(|f| f.amount = 120_000)];
    let lines = lines(&moved(&then, &now, "06-30", "06-30", GroupBy::Customer));
    assert!(lines.contains(&(Step::Amended, 1, 1, 20_000)), "{lines:?}");
}

#[test]
fn a_project_that_changes_hands_is_handed_over() {
    let of = |manager: i64| {
        milestone("2026-06-01").with(|f| f.project.manager = Some(PersonId(manager)))
    };
    let all = moved(&[of(1)], &[of(2)], "06-30", "06-30", GroupBy::Manager);
    let rows = all.rows().unwrap();
    let over: Vec<i64> = rows.iter().map(|(_, _, sums)| sums[Step::HandedOver as usize]).collect();
    assert_eq!(over, [-100_000, 100_000]);
    adds_up(&all);
}

/// Every group, every currency and every bucket.
fn adds_up(all: &Movement) {
    let moves = |sums: &[i64]| -> i64 {
        Step::ALL.iter().filter(|step| step.moves()).map(|step| sums[*step as usize]).sum()
    };
    let closes = |sums: &[i64], carried: i64| {
        assert_eq!(
            sums[Step::Opening as usize] + moves(sums) + carried,
            sums[Step::Closing as usize],
            "{all:?}"
        );
    };
    for (_, _, sums) in all.rows().unwrap() {
        closes(&sums, 0);
    }
    for (currency, sums) in all.totals().unwrap() {
        closes(&sums, 0);
        assert_eq!(sums[Step::HandedOver as usize], 0);
        for of in all.buckets(currency).unwrap() {
            let carried = of.rescheduled_in - of.rescheduled_out + of.rolled_in - of.rolled_out;
            closes(&of.steps, carried);
        }
    }
}

/// What was receivable, by currency.
fn receivable(all: &[Stand]) -> Vec<(&'static str, i64)> {
    let mut sums = std::collections::BTreeMap::new();
    for stand in all.iter().filter(|stand| stand.place.is_some() && stand.balance != 0) {
        *sums.entry(stand.currency.code()).or_insert(0) += stand.balance;
    }
    sums.into_iter().collect()
}

fn summed(all: &Movement, step: Step) -> Vec<(&'static str, i64)> {
    let totals = all.totals().unwrap().into_iter();
    let sums = totals.map(|(currency, sums)| (currency.code(), sums[step as usize]));
    sums.filter(|(_, sum)| *sum != 0).collect()
}

const RULES: [&str; 5] =
    ["2026-06-01", "2026-07-10", "acceptance + 30d", "invoice + 15d", "2026-01-15"];

/// One milestone with facts between May and September.
fn facts(id: i64) -> impl Strategy<Value = Facts> {
    let dates = proptest::collection::vec(0..150_u64, 8);
    (0..RULES.len(), dates, 0..256_u32, 1..60_000_i64, 0..3_i64, 0..3_u8).prop_map(
        move |(rule, dates, happens, amount, who, stage)| {
            let on = |at: usize| (day("05-01") + Days::new(dates[at])).to_string();
            let mut facts = milestone(RULES[rule]).with(|f| {
                f.id = MilestoneId(id);
                f.project.id = ProjectId(who);
                f.project.customer = CustomerId(who);
                f.project.manager = (who > 0).then_some(PersonId(who));
                f.project.currency = if who == 2 { Currency::USD } else { Currency::CNY };
                f.stage = [Stage::Final, Stage::Retention, Stage::Other][usize::from(stage)];
            });
            let has = |bit: u32| happens & (1 << bit) != 0;
            if has(0) {
                facts = facts.accepted(&on(0));
            }
            if has(1) {
                facts = facts.invoiced(&on(1), 100_000);
            }
            if has(2) {
                let paid = amount.min(100_000);
                facts = facts.paid(&on(2), paid);
                if has(3) {
                    let back = (day("05-01") + Days::new(dates[2] + dates[3] / 3)).to_string();
                    facts = facts.bounced(&back, (paid + 1) / 2);
                }
            }
            if has(4) {
                facts = facts.rescheduled(&on(4), &on(5));
            }
            if has(5) {
                facts = facts.written_off(&on(6), 40_000);
            }
            if has(6) {
                facts = facts.with(|f| f.agreed_on = Some(on(7).parse().unwrap()));
            }
            facts
        },
    )
}

proptest! {
    /// `then` is what was known when the snapshot was taken, `now` what is: anything may differ.
    #[test]
    fn opening_and_what_moved_it_come_to_closing(
        then in (facts(1), facts(2), facts(3)),
        now in (facts(1), facts(2), facts(4)),
        knew in any::<bool>(),
        from in 0..150_u64,
        days in 0..60_u64,
        by in 0..GroupBy::ALL.len(),
    ) {
        let now = [now.0, now.1, now.2];
        let then = if knew { now.clone() } else { [then.0, then.1, then.2] };
        let from = day("05-01") + Days::new(from);
        let to = from + Days::new(days);
        let all = moved(&then, &now, &from.to_string(), &to.to_string(), GroupBy::ALL[by]);
        adds_up(&all);
        prop_assert_eq!(summed(&all, Step::Opening), receivable(&stands(&then, from)));
        prop_assert_eq!(summed(&all, Step::Closing), receivable(&stands(&now, to)));
        if knew {
            prop_assert_eq!(summed(&all, Step::Corrected), vec![]);
        }
    }
}
