//! The next code of a ledger's own pattern.

/// The key of the milestone at a place of a project's plan.
pub fn key(project: &str, place: u32) -> String {
    format!("{project}-M{place}")
}

/// The key of a part of a milestone.
pub fn part(milestone: &str, number: u32) -> String {
    format!("{milestone}/{number}")
}

/// What customers are numbered by in a ledger that has no pattern yet.
pub const CUSTOMER: &str = "C001";
/// The same of projects, whatever the year.
pub const PROJECT: &str = "P-2026-01";

/// The next code, by those there are, newest first: the prefix is that of the newest code that ends in a number, with
/// this year where it has one, and the number follows the highest behind that prefix. Without any it is the first of
/// the usual pattern.
pub fn next(codes: &[String], usual: &str, year: i32) -> String {
    let numbered = || codes.iter().filter_map(|code| parts(code));
    let newest = numbered().next();
    let Some((prefix, digits)) = newest.or_else(|| parts(usual)) else {
        return usual.to_owned();
    };
    let prefix = of_year(prefix, year);
    let last = numbered().filter(|(of, _)| *of == prefix);
    let last = last.filter_map(|(_, digits)| Some((digits.parse::<u64>().ok()?, digits.len())));
    let (last, width) = last.max().unwrap_or((0, digits.len()));
    format!("{prefix}{:0width$}", last + 1)
}

/// The most digits of a number that counts; longer ones number something else.
const DIGITS: usize = 9;

/// What stands before the number at the end, and the number.
fn parts(code: &str) -> Option<(&str, &str)> {
    let prefix = code.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = code.strip_prefix(prefix)?;
    (1..=DIGITS).contains(&digits.len()).then_some((prefix, digits))
}

/// With this year in the place of one that stands last among its numbers.
fn of_year(prefix: &str, year: i32) -> String {
    let head = prefix.trim_end_matches(|c: char| !c.is_ascii_digit());
    let before = head.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = head.strip_prefix(before).unwrap_or_default();
    let tail = prefix.strip_prefix(head).unwrap_or_default();
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    if is_year { format!("{before}{year}{tail}") } else { prefix.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn owned(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    #[rstest]
    #[case(&[], "C001")]
    #[case(&["C014", "C013"], "C015")]
    #[case(&["C013", "C014"], "C015")]
    #[case(&["C99", "C098"], "C100")]
    #[case(&["K-7", "C014"], "K-8")]
    #[case(&["星河科技", "C014"], "C015")]
    #[case(&["星河科技"], "C001")]
    #[case(&["91310000123456789012", "C014"], "C015")]
    #[case(&["007"], "008")]
    fn customers(#[case] codes: &[&str], #[case] expected: &str) {
        assert_eq!(next(&owned(codes), CUSTOMER, 2026), expected);
    }

    #[rstest]
    #[case(&[], "P-2027-01")]
    #[case(&["P-2027-06", "P-2027-07"], "P-2027-08")]
    #[case(&["P-2026-31", "P-2027-07"], "P-2027-08")]
    #[case(&["P-2026-31"], "P-2027-01")]
    #[case(&["HT2026A-009"], "HT2027A-001")]
    #[case(&["P-2056", "P-2055"], "P-2057")]
    #[case(&["P-20255-1"], "P-20255-2")]
    fn projects(#[case] codes: &[&str], #[case] expected: &str) {
        assert_eq!(next(&owned(codes), PROJECT, 2027), expected);
    }

    proptest! {
        #[test]
        fn nobody_has_the_next(
            codes in prop::collection::vec("[PC-]{0,2}(2025-|2026-)?[0-9]{0,3}", 0..12),
        ) {
            for usual in [CUSTOMER, PROJECT] {
                prop_assert!(!codes.contains(&next(&codes, usual, 2026)));
            }
        }
    }
}
