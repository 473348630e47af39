//! A whole ledger as lines of JSON: nothing is lost on the way, and what is damaged is refused with its line.

use huikuan::domain::change::{Change, Target, Voidable};
use huikuan::domain::ids::PaymentId;
use huikuan::error::ledger_file::LineProblem;
use huikuan::error::{Error, ErrorKind};
use huikuan::store::Store;

use crate::kit::{Ledger, contact, context, invoice, payment, promise, reversal};

fn lived_in() -> Ledger {
    let (mut l, customer, project) = Ledger::with_project();
    let first = l.milestone(project, "M1", 10_000, "2026-08-01");
    let second = l.milestone(project, "M2", 5_000, "acceptance + 30d");
    l.does(&invoice(first, None, "2026-07-01"));
    let paid = l.pay(customer, 6_000, "2026-08-20", Target::Automatic);
    l.does(&reversal(paid, Some(1_000), "2026-08-25"));
    l.does(&promise(first, Some(2_000), "2026-08-26", "2026-09-01"));
    l.does(&payment(customer, 500, "2026-09-01", Target::Lines(Vec::new())));
    l.does(&Change::LogContact(contact(&[second], None, "2026-09-02")));
    l.store.undo(&context()).unwrap();
    let mistake =
        Change::Void { entry: Voidable::Payment(PaymentId(2)), reason: "typed twice".into() };
    l.does(&mistake);
    l.store.undo(&context()).unwrap();
    l.store.redo(&context()).unwrap();
    l
}

fn exported(store: &Store) -> String {
    let mut text = String::new();
    store
        .export(&mut |line| {
            text.push_str(line);
            text.push('\n');
            Ok(())
        })
        .unwrap();
    text
}

fn read(text: &str) -> Result<(Ledger, u64), Error> {
    let mut empty = Ledger::new();
    let rows = empty.store.import_ledger(text.as_bytes(), &mut |_, _| {})?;
    Ok((empty, rows))
}

#[test]
fn what_is_exported_and_read_back_is_the_same_ledger() {
    let l = lived_in();
    let text = exported(&l.store);
    let (copy, rows) = read(&text).unwrap();
    assert_eq!(usize::try_from(rows).unwrap(), text.lines().count() - 2);
    assert_eq!(exported(&copy.store), text);
    assert_eq!(copy.dump(), l.dump());
}

#[test]
fn a_copy_goes_on_where_the_ledger_stood() {
    let l = lived_in();
    let (mut copy, _) = read(&exported(&l.store)).unwrap();
    copy.store.undo(&context()).unwrap();
    assert_ne!(copy.dump(), l.dump());
}

#[test]
fn damaged_lines_are_refused_with_their_number_and_change_nothing() {
    let text = exported(&lived_in().store);
    let lines: Vec<&str> = text.lines().collect();
    let without = |at: usize| {
        let mut rest = lines.clone();
        rest.remove(at);
        rest.join("\n") + "\n"
    };
    let with = |at: usize, line: &str| {
        let mut changed = lines.clone();
        changed[at] = line;
        changed.join("\n") + "\n"
    };
    let last = lines.len() as u64;
    let cases = [
        (String::new(), 1, LineProblem::Ended),
        (without(0), 1, LineProblem::NotALedger),
        (without(lines.len() - 1), last, LineProblem::Ended),
        (text.trim_end().to_owned(), last, LineProblem::Ended),
        (without(lines.len() - 2), last - 1, LineProblem::Count),
        (format!("{text}\n"), last, LineProblem::Count),
        (with(1, "nonsense"), 2, LineProblem::NotJson),
        (with(1, "{}"), 2, LineProblem::NoTable),
        (with(1, r#"{"table":"wishes"}"#), 2, LineProblem::Table("wishes".into())),
        (with(1, r#"{"table":"person","age":7}"#), 2, LineProblem::Column("age".into())),
        (
            with(1, r#"{"table":"person","name":[]}"#),
            2,
            LineProblem::Value { column: "name".into() },
        ),
        (
            with(0, r#"{"huikuan":"ledger","schema":99}"#),
            1,
            LineProblem::Newer { found: 99, known: schema(&text) },
        ),
    ];
    for (damaged, line, why) in cases {
        let mut empty = Ledger::new();
        let before = empty.dump();
        let error = empty.store.import_ledger(damaged.as_bytes(), &mut |_, _| {}).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data);
        let Error::LedgerFile(found) = error else { panic!("{error:?}") };
        assert_eq!((found.line, found.why), (line, why));
        assert_eq!(empty.dump(), before);
    }
}

fn schema(text: &str) -> i64 {
    let head: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    head["schema"].as_i64().unwrap()
}

#[test]
fn a_row_that_refers_to_nothing_or_breaks_a_rule_is_refused() {
    let text = exported(&lived_in().store);
    let orphan = text.replacen(r#""customer":1"#, r#""customer":77"#, 1);
    assert!(read(&orphan).is_err());
    let more_than_owed = text.replace(r#""amount":10000"#, r#""amount":100"#);
    assert!(read(&more_than_owed).is_err());
}

#[test]
fn only_an_empty_ledger_is_filled() {
    let mut l = lived_in();
    let text = exported(&l.store);
    let before = l.dump();
    let error = l.store.import_ledger(text.as_bytes(), &mut |_, _| {}).unwrap_err();
    assert!(matches!(error, Error::NotEmpty(_)));
    assert_eq!(l.dump(), before);
}
