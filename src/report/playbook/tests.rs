use super::*;
use crate::error::filter::FilterProblem;

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();

fn read(text: &str) -> (Playbook, Vec<PlaybookError>) {
    Playbook::read(text, (TODAY, &Saved::new()), |name| name == "contact")
}

#[test]
fn either_arrow_does_and_the_action_may_be_left_out() {
    let text = "\u{feff}# mine\n\nwhen overdue → Call -> contact\n当逾期天数>7 -> 打电话\n";
    let (book, faults) = read(text);
    assert_eq!(faults, []);
    let lines: Vec<_> =
        book.all().iter().map(|one| (one.line, one.text.as_str(), one.action.as_deref())).collect();
    assert_eq!(lines, [(3, "Call", Some("contact")), (4, "打电话", None)]);
}

#[test]
fn a_bad_line_is_told_and_the_others_hold() {
    let text = "overdue -> Call\nwhen overdue\nwhen nosuch:1 -> Call\nwhen overdue -> Call -> dance\n\
                when overdue -> a -> contact -> b\nwhen -> Call\nwhen overdue -> Call";
    let (book, faults) = read(text);
    assert_eq!(book.all().len(), 1);
    assert_eq!(book.all()[0].line, 7);
    let problems: Vec<_> = faults.into_iter().map(|fault| (fault.line, fault.problem)).collect();
    assert_eq!(problems[0], (1, PlaybookProblem::NoWhen));
    assert_eq!(problems[1], (2, PlaybookProblem::NoAdvice));
    let (3, PlaybookProblem::Filter(error)) = &problems[2] else { panic!("{:?}", problems[2]) };
    assert!(matches!(error.problem, FilterProblem::UnknownField { .. }));
    assert_eq!(problems[3], (4, PlaybookProblem::NoAction("dance".to_owned())));
    assert_eq!(problems[4], (5, PlaybookProblem::TooMany));
    assert_eq!(problems[5], (6, PlaybookProblem::NoWhen));
}
