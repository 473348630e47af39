use super::*;
use rstest::rstest;

fn certain(text: &str) -> Option<String> {
    match written(text)? {
        Written::Day(day) => Some(day.to_string()),
        _ => None,
    }
}

#[rstest]
#[case("2013-01-02")]
#[case("2013/1/2")]
#[case("2013.1.2")]
#[case("2013年1月2日")]
#[case("13年01月02日")]
#[case("2013年1月2号")]
#[case("20130102")]
#[case("2013-01-02 00:00:00")]
#[case("2013-01-02T08:30:00.000Z")]
#[case("2013/1/2 12:00:00 AM")]
#[case("2013-01-02 星期三")]
#[case("2013/1/2 上午 10:00")]
#[case("2013/1/2 下午3:04:05")]
#[case("2 Jan 2013")]
#[case("02-Jan-13")]
#[case("January 2, 2013")]
#[case("Jan 2, 2013 10:00")]
#[case("2013-Jan-02")]
fn dates_that_mean_one_day(#[case] text: &str) {
    assert_eq!(certain(text).as_deref(), Some("2013-01-02"));
}

#[rstest]
#[case("验收后30天")]
#[case("acceptance + 30d")]
#[case("41306")]
#[case("2013")]
#[case("2013-01")]
#[case("1-2-3-4")]
#[case("")]
fn other_texts_are_no_dates(#[case] text: &str) {
    assert_eq!(written(text), None);
}

#[rstest]
#[case("2013-02-30")]
#[case("0213-01-02")]
#[case("2013-13-01")]
fn days_that_do_not_exist(#[case] text: &str) {
    assert_eq!(written(text), Some(Written::NoDay));
}

#[rstest]
#[case(DateOrder::Mdy, "3/4/13", "2013-03-04")]
#[case(DateOrder::Dmy, "3/4/13", "2013-04-03")]
#[case(DateOrder::Ymd, "13-4-3", "2013-04-03")]
fn two_digits_are_read_under_a_given_order(
    #[case] order: DateOrder,
    #[case] text: &str,
    #[case] day: &str,
) {
    let dates = |given| Dates { order, given, used: true };
    let read = dates(true).read(text).unwrap().unwrap();
    assert_eq!(read.to_string(), day);
    assert_eq!(dates(false).read(text), Some(Err(CellProblem::TwoDigitYear)));
}
