//! The same keys through the whole screen.

use super::*;
use crate::tui::app::App;
use crate::tui::input::Input;

/// Presses keys on the third view and shows what stands there then.
fn played(desk: Desk, keys: &[&str]) -> (Store, String) {
    let path = desk.store.path().to_owned();
    let mut app = App::new(opened(desk.store), ui(Lang::Zh));
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    app.set_time(crate::clock::instant(), today());
    for key in keys {
        let key = match *key {
            "Enter" => Key::Enter,
            "Tab" => Key::Tab,
            other => Key::Char(other.chars().next().unwrap()),
        };
        terminal.draw(|frame| app.draw(frame)).unwrap();
        app.on_input(Input::Key(key));
    }
    terminal.draw(|frame| app.draw(frame)).unwrap();
    let shown = lines(terminal.backend().buffer()).join("\n");
    (Store::open(&path).unwrap(), shown)
}

#[test]
fn a_payment_is_key_amount_enter() {
    let (store, shown) = played(Desk::new(), &["3", "p", "1", "w", "Enter"]);
    let paid: Vec<i64> = (1..=2)
        .flat_map(|id| store.payments_of(CustomerId(id)).unwrap())
        .map(|payment| payment.amount)
        .collect();
    assert_eq!(paid, [1_000_000], "{shown}");
}

#[test]
fn what_is_refused_stands_at_its_field() {
    let (_, shown) = played(Desk::new(), &["3", "p", "0", "Enter"]);
    let rows: Vec<&str> = shown.lines().collect();
    let at = rows.iter().position(|row| row.contains("*金额")).unwrap();
    assert!(rows[at + 1].contains("! 金额须大于 0"), "{shown}");
}

#[test]
fn a_payment_is_chosen_taken_back_and_asked_about() {
    let keys = ["3", "p", "1", "w", "Enter", "P", "Enter", "Enter", "y"];
    let (store, shown) = played(Desk::new(), &keys);
    let payments = (1..=2).flat_map(|id| store.payments_of(CustomerId(id)).unwrap());
    let back: Vec<i64> = payments.map(|payment| payment.reversed).collect();
    assert_eq!(back, [1_000_000], "{shown}");
}
