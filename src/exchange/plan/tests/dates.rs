//! One order for all dates of a file.

use super::*;
use crate::error::list::DateExample;

fn dated(values: &[&str], order: Option<DateOrder>) -> Result<PlanRead, ReadError> {
    let mut text = "customer,key,amount,due,paid_on\n".to_owned();
    for (i, value) in values.iter().enumerate() {
        // Both columns vote.
        let (due, paid) = if i % 2 == 0 { (*value, "") } else { ("", *value) };
        text.extend(["C,K", &i.to_string(), ",1,", due, ",", paid, "\n"]);
    }
    let options = PlanOptions { date_order: order, ..PlanOptions::default() };
    try_with(text, &options)
}

#[rstest]
#[case(&["1/2/2013", "1/15/2013"], "2013-01-02")]
#[case(&["1/2/2013", "15.1.2013"], "2013-02-01")]
#[case(&["3/3/2013", "2013-05-06"], "2013-03-03")]
fn all_dates_of_a_file_stand_in_one_order(#[case] values: &[&str], #[case] first: &str) {
    let list = dated(values, None).unwrap();
    assert_eq!(list.errors, []);
    assert_eq!(list.rows[0].due, Some(fixed(first)));
}

#[test]
fn dates_that_fit_two_orders_are_a_question() {
    let refused = dated(&["2013-12-25", "3/3/2013", "", "1/2/2013"], None).unwrap_err();
    let example = DateExample { value: "1/2/2013".into(), row: 5, column: "paid_on".into() };
    let expected =
        ReadError::AmbiguousDates { example, as_mdy: day("2013-01-02"), as_dmy: day("2013-02-01") };
    assert_eq!(refused, expected);
    assert!(Lang::Zh.read_error(&refused).contains("--date-order mdy"));
    let answered = dated(&["1/2/2013"], Some(DateOrder::Dmy)).unwrap();
    assert_eq!(answered.rows[0].due, Some(fixed("2013-02-01")));
}

#[test]
fn where_no_order_fits_the_better_one_names_the_bad_cell() {
    let list = dated(&["1/15/2013", "1/16/2013", "25/1/2013"], None).unwrap();
    let error = &list.errors[0];
    assert_eq!((error.row, error.value.as_str()), (4, "25/1/2013"));
    assert_eq!(error.why, CellProblem::Date(DateOrder::Mdy));
    let refused = dated(&["1/15/2013", "25/1/2013"], None).unwrap_err();
    assert!(matches!(refused, ReadError::MixedDates { .. }), "{refused:?}");
}
