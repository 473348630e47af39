//! The registers of payments and invoices: what a person does there, and what they see.

use super::kit::day;
use super::*;
use crate::domain::change::{Change, InvoiceDraft};
use crate::domain::ids::PaymentId;
use crate::store::{Register, Span, Store};
use crate::text::Lang;

/// The town, with money of two months and of two years.
fn town() -> Town {
    let mut town = Town::new();
    let [galaxy, water] = ["C001", "C002"].map(|code| town.store.find_customer(code).unwrap());
    let late = town.store.find_milestone("P-2031-M3").unwrap();
    town.paid(galaxy, 1_000, "2026-11-03", Some(late));
    town.account(galaxy, 2_000, "2026-10-07");
    town.account(water, 4_000, "2025-06-01");
    town
}

/// What is counted in the frame of a register.
fn all(played: &Played) -> usize {
    let screen = played.screen();
    let title = screen.lines().nth(1).unwrap();
    let counted = title.split(['(', ')']).nth(1).unwrap();
    counted.parse().unwrap()
}

fn count(store: &Store, register: Register) -> usize {
    store.entered(register, Span::default()).unwrap().len()
}

fn newest(town: &Town, register: Register, limit: u32) -> Vec<i64> {
    town.store.newest(register, Span::default(), limit).unwrap()
}

#[test]
fn payments_stand_newest_first_with_what_they_come_to() {
    let town = town();
    let known = count(&town.store, Register::Payments);
    let played = town.seen(Lang::En, (160, 40)).press("g p");
    assert_eq!(all(&played), known);
    played.shows("Payments of all days");
    assert!(played.below("2026-11-03", "2026-10-07"));
    assert!(played.below("2026-10-07", "2025-06-01"));
    let old = played.press("o");
    assert!(old.below("4,000.00", "2,000.00"), "by amount");
    let up = old.press("O");
    assert!(up.below("2,000.00", "4,000.00"));
}

#[test]
fn a_register_is_of_a_month_or_a_year_and_esc_brings_all_back() {
    let played = town().seen(Lang::En, (160, 40)).press("g p");
    let known = all(&played);
    let month = played.press("[ [");
    month.shows("Payments 2026-10 (1)");
    month.shows("2,000.00");
    let year = month.press("{");
    year.shows("Payments 2026 (");
    let before = year.press("{");
    before.shows("Payments 2025 (1)");
    before.shows("\u{a5}4,000.00");
    before.press("{").shows("none in this time");
    let month = town().seen(Lang::En, (160, 40)).press("g p [ ]");
    month.shows("of all days");
    assert_eq!(all(&town().seen(Lang::En, (160, 40)).press("g p { { Esc")), known);
}

#[test]
fn payments_are_found_by_who_paid_and_by_what_they_pay() {
    let town = town();
    let played = town.seen(Lang::Zh, (160, 40)).press("g p");
    let found = played.press("/").types("hdsw").press("Enter");
    found.shows("4,000.00");
    found.hides("2,000.00");
    let found = found.press("Esc /").types("P-2031-M3").press("Enter");
    found.shows("1,000.00");
    found.hides("4,000.00");
    found.press("Esc /").types("nobody").press("Enter").shows("没有找到");
}

#[test]
fn enter_goes_to_the_milestone_that_is_paid_else_to_the_customer() {
    let played = town().seen(Lang::En, (160, 40)).press("g p");
    let milestone = played.press("/").types("P-2031-M3").press("Enter Enter");
    milestone.shows("Timeline");
    let customer = milestone.press("Esc Esc [ [ Enter");
    customer.shows("C001");
}

#[test]
fn through_a_lens_a_register_has_what_concerns_their_projects() {
    let mut town = town();
    town.owes("C009", "远山");
    let own = town.store.find_milestone("P-C009-M1").unwrap();
    let customer = town.store.find_customer("C009").unwrap();
    town.paid(customer, 77, "2026-11-20", Some(own));
    let every = town.seen(Lang::Zh, (160, 40)).press("g p");
    every.shows("2,000.00");
    let hers = every.press(",").types("王敏").press("Enter");
    hers.shows("77.00");
    hers.hides("2,000.00");
}

#[test]
fn what_is_exported_is_what_is_listed() {
    let town = town();
    let file = town.folder.path().join("out.csv");
    let played = town.seen(Lang::En, (160, 40)).press("g p { :");
    let said = played.types(&format!("export {}", file.display())).press("Enter");
    said.shows("out.csv");
    let (known, rows) = (all(&said), std::fs::read_to_string(&file).unwrap());
    // A header above the rows, a total below.
    assert_eq!(rows.lines().count(), known + 2, "{rows}");
    assert!(rows.contains("2026-10-07") && !rows.contains("2025-06-01"));
}

#[test]
fn invoices_say_how_far_they_are_paid() {
    let town = town();
    let known = count(&town.store, Register::Invoices);
    let played = town.seen(Lang::En, (160, 40)).press("g i");
    assert_eq!(all(&played), known);
    played.shows("Invoices of all days");
    played.shows("Paid");
    let empty = Town::empty().seen(Lang::En, (160, 40)).press("g i");
    empty.shows("no invoices yet");
    empty.press("Esc g p").shows("no payments yet");
}

#[test]
fn the_newest_are_known_without_the_others() {
    let town = town();
    for register in [Register::Payments, Register::Invoices] {
        let every = town.store.entered(register, Span::default()).unwrap();
        let first: Vec<i64> = every.iter().take(2).map(|row| row.id).collect();
        assert_eq!(newest(&town, register, 2), first);
        assert!(every.is_sorted_by_key(|row| std::cmp::Reverse((row.on, row.id))));
    }
}

#[test]
fn of_what_went_back_the_rest_is_counted() {
    let mut town = town();
    let payment = newest(&town, Register::Payments, 1)[0];
    town.does(&Change::ReversePayment {
        payment: PaymentId(payment),
        amount: Some(1_000_000),
        on: kit::day("2026-11-20"),
        reason: "bounced".to_owned(),
    });
    let every = town.store.entered(Register::Payments, Span::default()).unwrap();
    let row = every.iter().find(|row| row.id == payment).unwrap();
    let listed = town.store.payments(&[PaymentId(payment)]).unwrap();
    assert_eq!((row.amount, row.amount), (listed[0].net(), listed[0].head.amount - 1_000_000));
}

#[test]
fn an_invoice_of_the_register_is_sent_and_taken_back_with_the_key_of_invoices() {
    let mut town = Town::new();
    let late = town.store.find_milestone("P-2031-M3").unwrap();
    let lines = vec![(late, Some(70_000))];
    let unsent = InvoiceDraft {
        number: "NEW-7".to_owned(),
        sent_on: None,
        above: true,
        ..InvoiceDraft::new(kit::day("2026-11-19"), lines)
    };
    town.does(&Change::Invoice(unsent));
    let found = town.seen(Lang::En, (160, 40)).press("g i /").types("NEW-7").press("Enter");
    let form = found.press("I");
    form.shows("Invoice sent or received");
    let sent = form.press("C-s");
    sent.shows("2026-11-21");
    let signed = sent.press("I").types("11-21").press("C-s");
    // Nothing is left to do with it but to take it back, whole unless a part is typed.
    let red = signed.press("I");
    red.shows("NEW-7");
    red.shows("-700.00");
    let saved = red.press("C-s Esc");
    saved.press("g i").shows("-700.00  ");
}

#[test]
fn e_says_what_a_register_comes_to_and_what_of() {
    let played = town().seen(Lang::En, (160, 40)).press("g p { { E");
    played.shows("Payments 2025 (1): \u{a5}4,000.00");
    played.shows("came in 2025-06-01");
    played.shows("Each payment less what went back of it");
    let bills = town().seen(Lang::En, (160, 40)).press("g i E");
    bills.shows("What each invoice bills, tax included");
}

#[test]
fn behind_what_invoices_come_to_stands_how_long_they_waited_for_us() {
    let mut town = Town::empty();
    town.owes("C009", "远山");
    let milestones = vec![town.store.find_milestone("P-C009-M1").unwrap()];
    town.does(&Change::Deliver { milestones, on: Some(day("2026-09-15")) });
    let bills = town.seen(Lang::En, (160, 40)).press("g i");
    bills.shows("invoice lag 5.0d");
    bills.press("/").types("远山").press("Enter").hides("invoice lag");
}
