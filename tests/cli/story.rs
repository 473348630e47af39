//! A contract from its signing to its last cent, by commands only: what was shown on a day is what that day still shows.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::kit::Desk;

/// The contract, and the aging table as each day told it last.
struct Story {
    desk: Desk,
    told: BTreeMap<String, Value>,
    changes: usize,
}

impl Story {
    fn json(&self, day: &str, line: &str) -> Value {
        self.desk.json(&format!("{line} --json --today {day}"))
    }

    /// Records on a day; words in single quotes are one.
    fn does(&mut self, day: &str, line: &str) {
        let words = line.split('\'').enumerate().flat_map(|(i, part)| match i % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        });
        let args: Vec<&str> = words.chain(["--today", day]).collect();
        self.desk.ok_args(&args);
        self.changes += 1;
    }

    /// How milestones stand on a day, each as list and explanation have it, and that the contract is all there.
    fn stands(&mut self, day: &str, expected: &[(&str, &str)], contract: &str) {
        let list = self.json(day, "list --all");
        for (key, line) in expected {
            let row = list.as_array().unwrap().iter().find(|row| row["key"] == *key).unwrap();
            assert_eq!(told(row), *line, "{key} on {day}");
            let why = self.json(day, &format!("explain {key}"));
            for topic in ["balance", "status", "waiting_on", "bucket"] {
                let of = why.as_array().unwrap().iter().find(|of| of["topic"] == topic).unwrap();
                assert_eq!(of["value"], row[topic], "{key} on {day}: {topic}");
            }
        }
        assert_eq!(self.contract(day), contract, "the contract on {day}");
        let aging = self.json(day, &format!("aging --as-of {day}"));
        self.told.insert(day.to_owned(), aging);
    }

    /// What the contract consists of; the sum is that of its parts.
    fn contract(&self, day: &str) -> String {
        let line = &self.json(day, "today")["contracts"][0];
        let parts = ["received", "receivable", "planned", "no_date", "waived", "written_off"];
        let sum: i64 = parts.iter().map(|part| cents(&line[*part])).sum();
        assert_eq!(sum, cents(&line["agreed"]), "{line}");
        let parts = parts.iter().filter(|part| cents(&line[**part]) != 0);
        let parts: Vec<_> = parts.map(|part| format!("{part} {}", text(&line[*part]))).collect();
        format!("{} = {}", text(&line["agreed"]), parts.join(" + "))
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn cents(value: &Value) -> i64 {
    text(value).replace('.', "").parse().unwrap()
}

/// `status days | waiting on | step day, what it waits for | balance | flags`
fn told(row: &Value) -> String {
    let waits = match &row["waits"] {
        Value::Null => String::new(),
        waits => format!(" waits {} {}", text(&waits["why"]), text(&waits["until"])),
    };
    // How long our turns may last is for tests of their own.
    let flags = row["flags"].as_array().unwrap().iter().map(text);
    let flags: Vec<_> = flags.filter(|flag| flag != "late_with_us").collect();
    let late = match row["days_late"].as_i64().unwrap() {
        0 => String::new(),
        days => format!(" {days}"),
    };
    format!(
        "{}{late} | {} | {} {}{waits} | {} | {}",
        text(&row["status"]),
        text(&row["waiting_on"]),
        text(&row["next_step"]),
        text(&row["next_on"]),
        text(&row["balance"]),
        flags.join(" ")
    )
}

#[test]
fn a_contract_is_followed_from_its_signing_to_its_last_cent() {
    let mut s = Story { desk: Desk::new(), told: BTreeMap::new(), changes: 0 };
    s.desk.ok("add customer --code C1 --name 星河科技 --today 2026-01-05");
    let start = s.desk.ok("export ledger --today 2026-01-05");

    let day = "2026-01-05";
    s.does(
        day,
        "add project --code P1 --customer C1 --name 数据中台 --manager 王敏 --amount 1000000 --signed-on 2026-01-05 \
         --plan '30% signing+30d, 40% delivery+30d, 30% acceptance+30d'",
    );
    s.does(day, "edit milestone P1-M2 --planned-on 2026-03-10");
    s.does(day, "edit milestone P1-M3 --planned-on 2026-05-10");
    s.stands(
        day,
        &[
            ("P1-M1", "upcoming | nobody | - 2026-01-28 | 300000.00 | not_invoiced"),
            ("P1-M2", "planned | nobody | - - | 400000.00 | "),
            ("P1-M3", "planned | nobody | - - | 300000.00 | "),
        ],
        "1000000.00 = receivable 300000.00 + planned 700000.00",
    );

    // The bill of the advance is asked for a week before it is due, and nobody is reminded before it is there.
    let day = "2026-01-28";
    s.stands(
        day,
        &[(
            "P1-M1",
            "due_soon | us_invoice | 0 2026-01-28 waits our_turn - | 300000.00 | not_invoiced",
        )],
        "1000000.00 = receivable 300000.00 + planned 700000.00",
    );
    s.does(day, "invoice P1-M1 --number F1 --on 2026-01-28");
    s.stands(
        day,
        &[("P1-M1", "due_soon | nobody | 0 2026-01-28 | 300000.00 | ")],
        "1000000.00 = receivable 300000.00 + planned 700000.00",
    );
    s.does("2026-01-30", "snapshot take");

    // A part of it is paid; for the rest there is a new day, then a promise that is not kept.
    let day = "2026-02-04";
    s.does(day, "pay --customer C1 --amount 100000");
    s.stands(
        day,
        &[("P1-M1", "due_today | customer_pay | 1 2026-02-04 | 200000.00 | part_paid")],
        "1000000.00 = received 100000.00 + receivable 200000.00 + planned 700000.00",
    );
    let day = "2026-02-10";
    s.does(day, "reschedule P1-M1 --to 2026-03-01 --reason 春节");
    s.stands(
        day,
        &[("P1-M1", "upcoming | nobody | - 2026-02-22 | 200000.00 | part_paid rescheduled")],
        "1000000.00 = received 100000.00 + receivable 200000.00 + planned 700000.00",
    );
    let day = "2026-03-05";
    s.does(day, "promise P1-M1 --by 2026-03-10");
    s.stands(
        day,
        &[(
            "P1-M1",
            "overdue 4 | customer_pay | 1 2026-03-01 waits promise 2026-03-11 | 200000.00 | \
             part_paid promise_pending rescheduled",
        )],
        "1000000.00 = received 100000.00 + receivable 200000.00 + planned 700000.00",
    );
    let day = "2026-03-11";
    s.stands(
        day,
        &[
            (
                "P1-M1",
                "overdue 10 | customer_pay | 2 2026-03-08 | 200000.00 | \
                 part_paid promise_broken rescheduled",
            ),
            ("P1-M2", "slipping | us_deliver | - - | 400000.00 | "),
        ],
        "1000000.00 = received 100000.00 + receivable 200000.00 + planned 700000.00",
    );
    s.does(day, "contact P1-M1 --step 2 --outcome noted --note 财务出差");
    s.stands(
        day,
        &[(
            "P1-M1",
            "overdue 10 | customer_pay | - 2026-03-31 | 200000.00 | \
             part_paid promise_broken rescheduled",
        )],
        "1000000.00 = received 100000.00 + receivable 200000.00 + planned 700000.00",
    );

    // Delivered and billed; money that is exactly what one milestone wants goes there.
    let day = "2026-03-12";
    s.does(day, "deliver P1-M2");
    s.stands(
        day,
        &[("P1-M2", "upcoming | us_invoice | - 2026-04-04 | 400000.00 | not_invoiced")],
        "1000000.00 = received 100000.00 + receivable 600000.00 + planned 300000.00",
    );
    s.does(day, "invoice P1-M2 --number F2");
    let day = "2026-03-20";
    s.does(day, "pay --customer C1 --amount 200000");
    s.stands(
        day,
        &[
            ("P1-M1", "paid | nobody | - - | 0.00 | rescheduled"),
            ("P1-M2", "upcoming | nobody | - 2026-04-04 | 400000.00 | "),
        ],
        "1000000.00 = received 300000.00 + receivable 400000.00 + planned 300000.00",
    );
    s.does("2026-03-27", "snapshot take");

    // A bill of exchange for a part, an objection to a part of the rest, and money once that is out of the way.
    let day = "2026-04-11";
    s.does(
        day,
        "pay --customer C1 --amount 250000 --method bank_bill --bill-number B1 --matures 2026-07-11",
    );
    s.stands(
        day,
        &[("P1-M2", "due_today | customer_pay | 1 2026-04-11 | 150000.00 | part_paid")],
        "1000000.00 = received 550000.00 + receivable 150000.00 + planned 300000.00",
    );
    let day = "2026-04-15";
    s.does(day, "dispute P1-M2 --amount 50000 --reason 缺陷");
    s.stands(
        day,
        &[(
            "P1-M2",
            "overdue 4 | customer_pay | 1 2026-04-11 | 150000.00 | part_paid partly_disputed",
        )],
        "1000000.00 = received 550000.00 + receivable 150000.00 + planned 300000.00",
    );
    let figures = &s.json(day, "today")["figures"][0];
    assert_eq!(figures["overdue"], json!({"amount": "100000.00", "items": 1}));
    assert_eq!(
        (&figures["past_due"], &figures["disputed"]),
        (&json!("150000.00"), &json!("50000.00"))
    );
    let day = "2026-04-25";
    s.does(day, "resolve P1-M2 --note 已修复");
    s.stands(
        day,
        &[("P1-M2", "overdue 14 | customer_pay | 2 2026-04-18 | 150000.00 | part_paid")],
        "1000000.00 = received 550000.00 + receivable 150000.00 + planned 300000.00",
    );
    let day = "2026-04-30";
    s.does(day, "pay --customer C1 --amount 150000");
    s.stands(
        day,
        &[("P1-M2", "paid | nobody | - - | 0.00 | ")],
        "1000000.00 = received 700000.00 + planned 300000.00",
    );

    // The contract becomes 1,100,000.00 with a retention; what is billed and paid stays, the acceptance takes the rest.
    let day = "2026-05-20";
    s.does(
        day,
        "add milestone --project P1 --key P1-M4 --name 质保金 --stage retention --amount 55000 --due 'acceptance + 1y' \
         --agreed-on 2026-05-20",
    );
    s.does(day, "amend P1 1100000 --amount P1-M4=55000");
    s.stands(
        day,
        &[
            ("P1-M1", "paid | nobody | - - | 0.00 | rescheduled"),
            ("P1-M2", "paid | nobody | - - | 0.00 | "),
            ("P1-M3", "slipping | us_deliver | - - | 345000.00 | "),
            ("P1-M4", "slipping | nobody | - - | 55000.00 | "),
        ],
        "1100000.00 = received 700000.00 + planned 400000.00",
    );

    // The acceptance, which dates the retention, too.
    let day = "2026-06-01";
    s.does(day, "deliver P1-M3");
    s.stands(
        day,
        &[("P1-M3", "slipping | customer_accept | - - | 345000.00 | ")],
        "1100000.00 = received 700000.00 + planned 400000.00",
    );
    let day = "2026-06-05";
    s.does(day, "accept P1-M3");
    s.stands(
        day,
        &[
            ("P1-M3", "upcoming | us_invoice | - 2026-06-28 | 345000.00 | not_invoiced"),
            ("P1-M4", "upcoming | nobody | - 2027-05-29 | 55000.00 | not_invoiced"),
        ],
        "1100000.00 = received 700000.00 + receivable 400000.00",
    );
    s.does(day, "invoice P1-M3 --number F3");

    // The bill is told of a week before it matures; it is dishonoured, and what it paid is open again.
    let errands = s.json("2026-07-04", "today")["errands"].clone();
    assert_eq!(errands.as_array().unwrap().len(), 1, "{errands}");
    let day = "2026-07-13";
    s.does(day, "bill dishonoured 3 --reason 余额不足");
    s.stands(
        day,
        &[
            ("P1-M2", "overdue 93 | customer_pay | 2 2026-04-18 | 250000.00 | part_paid"),
            ("P1-M3", "overdue 8 | customer_pay | 2 2026-07-12 | 345000.00 | "),
        ],
        "1100000.00 = received 450000.00 + receivable 650000.00",
    );

    // The acceptance is paid in three instalments.
    let day = "2026-07-15";
    s.does(day, "split P1-M3 --into '3 monthly from 2026-08-15' --all-due");
    s.stands(
        day,
        &[
            ("P1-M3", "split | nobody | - - | 0.00 | "),
            ("P1-M3/1", "upcoming | nobody | - 2026-08-08 | 115000.00 | rescheduled"),
            ("P1-M3/2", "upcoming | nobody | - 2026-09-08 | 115000.00 | rescheduled"),
            ("P1-M3/3", "upcoming | nobody | - 2026-10-08 | 115000.00 | rescheduled"),
        ],
        "1100000.00 = received 450000.00 + receivable 650000.00",
    );
    s.does("2026-07-17", "snapshot take");

    // A settlement of what the bill left open, which a cent keeps from holding.
    let day = "2026-07-20";
    s.does(day, "settle P1-M2 --pay 200000 --by 2026-08-10");
    s.stands(
        day,
        &[(
            "P1-M2",
            "overdue 100 | customer_pay | 2 2026-04-18 waits settlement 2026-08-11 | 250000.00 | part_paid",
        )],
        "1100000.00 = received 450000.00 + receivable 650000.00",
    );
    s.does("2026-08-10", "pay --customer C1 --amount 199999.99 --to P1-M2=199999.99");
    let day = "2026-08-11";
    s.stands(
        day,
        &[("P1-M2", "overdue 122 | customer_pay | 2 2026-04-18 | 50000.01 | part_paid")],
        "1100000.00 = received 649999.99 + receivable 450000.01",
    );

    // The second instalment breaks, and the third is called due.
    s.does("2026-08-15", "pay --customer C1 --amount 115000 --to P1-M3/1=115000");
    let day = "2026-09-16";
    s.stands(
        day,
        &[
            ("P1-M3/1", "paid | nobody | - - | 0.00 | rescheduled"),
            (
                "P1-M3/2",
                "overdue 1 | customer_pay | 1 2026-09-15 | 115000.00 | rescheduled call_due",
            ),
            ("P1-M3/3", "upcoming | nobody | - 2026-10-08 | 115000.00 | rescheduled"),
        ],
        "1100000.00 = received 764999.99 + receivable 335000.01",
    );
    let day = "2026-09-20";
    s.does(day, "call-due P1-M3/2 --reason 违约");
    s.stands(
        day,
        &[
            ("P1-M3/2", "overdue 5 | customer_pay | 1 2026-09-15 | 115000.00 | rescheduled"),
            ("P1-M3/3", "due_today | customer_pay | 1 2026-09-20 | 115000.00 | rescheduled"),
        ],
        "1100000.00 = received 764999.99 + receivable 335000.01",
    );

    // A settlement of all that is open holds to the cent: 150,000.00 and 100,000.00 come, 30,000.01 is waived.
    let day = "2026-09-25";
    s.does(day, "settle P1-M2 P1-M3/2 P1-M3/3 --pay 250000 --by 2026-10-10");
    s.stands(
        day,
        &[
            (
                "P1-M2",
                "overdue 167 | customer_pay | 2 2026-04-18 waits settlement 2026-10-11 | 50000.01 | part_paid",
            ),
            (
                "P1-M3/3",
                "overdue 5 | customer_pay | 1 2026-09-20 waits settlement 2026-10-11 | 115000.00 | rescheduled",
            ),
        ],
        "1100000.00 = received 764999.99 + receivable 335000.01",
    );
    s.does("2026-10-02", "snapshot take");
    let day = "2026-10-08";
    s.does(day, "pay --customer C1 --amount 150000");
    s.stands(
        day,
        &[
            ("P1-M2", "paid | nobody | - - | 0.00 | "),
            (
                "P1-M3/2",
                "overdue 23 | customer_pay | 2 2026-09-22 waits settlement 2026-10-11 | 15000.01 | part_paid rescheduled",
            ),
        ],
        "1100000.00 = received 914999.99 + receivable 185000.01",
    );
    let day = "2026-10-10";
    s.does(day, "pay --customer C1 --amount 100000");
    s.stands(
        day,
        &[
            ("P1-M2", "paid | nobody | - - | 0.00 | "),
            ("P1-M3/2", "paid | nobody | - - | 0.00 | rescheduled"),
            ("P1-M3/3", "settled | nobody | - - | 0.00 | rescheduled"),
        ],
        "1100000.00 = received 1014999.99 + receivable 55000.00 + waived 30000.01",
    );

    // Of the retention a little is given up; the rest is not due before next year.
    let day = "2026-11-01";
    s.does(day, "write-off P1-M4 --amount 5000 --reason 折让");
    s.does("2026-11-20", "snapshot take");
    s.stands(
        "2026-11-21",
        &[("P1-M4", "upcoming | nobody | - 2027-05-29 | 50000.00 | not_invoiced")],
        "1100000.00 = received 1014999.99 + receivable 50000.00 + waived 30000.01 + written_off 5000.00",
    );

    // Each day shows what it showed.
    for (day, aging) in &s.told {
        assert_eq!(s.json("2026-11-21", &format!("aging --as-of {day}")), *aging, "{day}");
    }
    let last = &s.told["2026-11-21"]["totals"][0];
    assert_eq!(
        (&last["total"], &last["retention_not_due"]),
        (&json!("50000.00"), &json!("50000.00"))
    );

    // What moved closes, from snapshot to snapshot and over all of it.
    let mut sums = [0; 5];
    let steps = ["new", "reversed", "collected", "waived", "written_off"];
    for (from, to) in [(1, 2), (2, 3), (3, 4), (4, 5)] {
        let of = s.json("2026-11-21", &format!("snapshot diff {from} {to}"))["totals"][0].clone();
        closes(&of);
        assert_eq!(text(&of["corrected"]), "0.00", "{of}");
        for (sum, step) in sums.iter_mut().zip(steps) {
            *sum += cents(&of[step]);
        }
    }
    let all = s.json("2026-11-21", "snapshot diff 1 5")["totals"][0].clone();
    closes(&all);
    assert_eq!(
        (text(&all["opening"]), text(&all["closing"])),
        ("300000.00".into(), "50000.00".into())
    );
    let of = |step: &str| text(&all[step]);
    assert_eq!(
        steps.map(of),
        ["800000.00", "250000.00", "1264999.99", "30000.01", "5000.00"].map(str::to_owned)
    );
    assert_eq!(sums[2..], [126_499_999, 3_000_001, 500_000]);

    // Whole, and all the way back: but for the log and its length the ledger is what it was, byte for byte.
    s.desk.ok("doctor");
    for _ in 0..s.changes {
        s.desk.ok("undo");
    }
    assert_eq!(s.desk.json("list --all --json"), json!([]));
    let facts = |export: &str| -> Vec<String> {
        let kept = |line: &&str| !line.contains("\"event") && !line.starts_with("{\"lines\"");
        export.lines().filter(kept).map(str::to_owned).collect()
    };
    assert_eq!(facts(&s.desk.ok("export ledger --today 2026-01-05")), facts(&start));
    s.desk.ok("doctor");
}

fn closes(of: &Value) {
    let sum = |steps: &[&str]| -> i64 { steps.iter().map(|step| cents(&of[*step])).sum() };
    let more = sum(&["opening", "new", "amended", "reversed", "corrected", "handed_over"]);
    assert_eq!(more - sum(&["collected", "waived", "written_off"]), cents(&of["closing"]), "{of}");
}
