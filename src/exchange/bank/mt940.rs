//! MT940: fields `:61:` and `:86:` between an opening (`:60F:`) and a closing balance (`:62F:`), as many statements as
//! there are. A reversal (`RC`, `RD`) goes the other way.

use chrono::{Datelike, Months, NaiveDate};
use iso_currency::Currency;

use super::checks::{Collector, Section, add};
use super::marks::Pieces;
use super::{StatementOptions, amount};
use crate::domain::bank::StatementLine;
use crate::domain::money::Grouping;
use crate::error::bank::{StatementError, StatementNote};
use crate::exchange::sheet::Bytes;

const FORMAT: &str = "MT940";

pub fn read(
    bytes: &mut dyn Bytes,
    options: &StatementOptions,
    into: &mut Collector,
) -> Result<(), StatementError> {
    into.notes.push(StatementNote::Format(FORMAT));
    let mut lines = Pieces::new(bytes, options.encoding.as_deref(), '\n')?;
    let mut reader =
        Reader { options, account: String::new(), at: 0, section: None, opening: None, line: None };
    let mut field = String::new();
    let mut field_at = 0;
    while let Some(line) = lines.next()? {
        let line = line.trim_end_matches('\r');
        let begins = tag(line).is_some();
        if begins || line.trim_end() == "-" || line.starts_with("-}") {
            reader.field(&field, field_at, into)?;
            field.clear();
            field_at = lines.count;
        }
        if begins || !field.is_empty() && line.trim_end() != "-" && !line.starts_with("-}") {
            if !begins {
                field.push('\n');
            }
            field.push_str(line);
        }
    }
    reader.field(&field, field_at, into)?;
    reader.done(into)
}

/// `:61:` or `:60F:` at the beginning of a line, and what stands behind it.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.strip_prefix(':')?.split_once(':')?;
    let fits = matches!(tag.len(), 2 | 3) && tag.starts_with(|c: char| c.is_ascii_digit());
    fits.then_some((tag, rest))
}

struct Reader<'o> {
    options: &'o StatementOptions,
    account: String,
    /// Line of the field at hand.
    at: u32,
    section: Option<Section>,
    opening: Option<i64>,
    line: Option<StatementLine>,
}

impl Reader<'_> {
    fn field(&mut self, field: &str, at: u32, into: &mut Collector) -> Result<(), StatementError> {
        let Some((tag, rest)) = tag(field) else {
            return Ok(());
        };
        self.at = at;
        match tag {
            "25" => {
                let told = rest.lines().next().unwrap_or_default().trim().to_owned();
                self.account = self.options.account.clone().unwrap_or(told);
            }
            "60F" | "60M" => {
                self.done(into)?;
                let (currency, amount) = self.balance(rest)?;
                let account = self.account.clone();
                self.section = Some(Section { account, currency, total: 0 });
                self.opening = Some(amount);
            }
            "61" => {
                self.flush(into)?;
                self.line = Some(self.entry(rest)?);
            }
            "86" => {
                if let Some(line) = &mut self.line {
                    describe(line, rest);
                }
            }
            "62F" | "62M" => {
                self.flush(into)?;
                let (_, closing) = self.balance(rest)?;
                if let Some(section) = self.section.take() {
                    into.section(&section, self.opening.take(), Some(closing))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What is left of a statement that breaks off.
    fn done(&mut self, into: &mut Collector) -> Result<(), StatementError> {
        self.flush(into)?;
        if let Some(section) = self.section.take() {
            into.section(&section, self.opening.take(), None)?;
        }
        Ok(())
    }

    fn flush(&mut self, into: &mut Collector) -> Result<(), StatementError> {
        let Some(line) = self.line.take() else {
            return Ok(());
        };
        if let Some(section) = &mut self.section {
            section.total = add(section.total, line.amount)?;
        }
        into.line(line)
    }

    /// `C090401EUR1234,56`.
    fn balance(&self, text: &str) -> Result<(Currency, i64), StatementError> {
        let found = || {
            let text = text.trim();
            let sign = match text.get(..1)? {
                "C" => 1,
                "D" => -1,
                _ => return None,
            };
            let currency = Currency::from_code(text.get(7..10)?)?;
            Some((currency, sign * amount(text.get(10..)?, currency, Grouping::Point).ok()?))
        };
        found().ok_or_else(|| self.malformed(text))
    }

    /// `YYMMDD[MMDD]{C|D|RC|RD}[letter]1234,56N…reference[//bank's reference]`.
    fn entry(&self, text: &str) -> Result<StatementLine, StatementError> {
        let wrong = || self.malformed(text);
        let (first, more) = text.split_once('\n').unwrap_or((text, ""));
        let value_day = first.get(..6).and_then(short_day).ok_or_else(wrong)?;
        let rest = first.get(6..).ok_or_else(wrong)?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (entry, rest) = if digits == 4 { rest.split_at(4) } else { ("", rest.trim_start()) };
        let on = entry_day(entry, value_day).unwrap_or(value_day);
        let (sign, rest) = ["RC", "RD", "EC", "ED", "C", "D"]
            .iter()
            .zip([-1, 1, 1, -1, 1, -1])
            .find_map(|(mark, sign)| Some((sign, rest.strip_prefix(mark)?)))
            .ok_or_else(wrong)?;
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
        let (figure, rest) = rest.split_at(end.unwrap_or(rest.len()));
        let currency = self.section.as_ref().map(|section| section.currency);
        let currency = currency.or(self.options.currency).ok_or_else(wrong)?;
        let amount = amount(figure, currency, Grouping::Point).map_err(|_| wrong())?;
        // Behind the kind of transaction, four characters, its references.
        let references = rest.char_indices().nth(4).and_then(|(at, _)| rest.get(at..));
        let (owner, serial) = references
            .unwrap_or_default()
            .split_once("//")
            .unwrap_or((references.unwrap_or_default(), ""));
        let owner = if owner == "NONREF" { "" } else { owner.trim() };
        Ok(StatementLine {
            row: self.at,
            account: self.account.clone(),
            on,
            amount: sign * amount,
            currency,
            balance: None,
            payer: String::new(),
            payer_account: String::new(),
            remark: [owner, more.trim()].join(" ").trim().to_owned(),
            serial: serial.trim().to_owned(),
        })
    }

    fn malformed(&self, text: &str) -> StatementError {
        let found: String = text.lines().next().unwrap_or_default().chars().take(40).collect();
        StatementError::Malformed { format: FORMAT, at: self.at, found }
    }
}

/// `090401`.
fn short_day(text: &str) -> Option<NaiveDate> {
    let number: u32 = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())??;
    let year = i32::try_from(number / 10_000).ok()?;
    let century = if year > 79 { 1900 } else { 2000 };
    NaiveDate::from_ymd_opt(century + year, number / 100 % 100, number % 100)
}

/// The day of booking, `MMDD`, in the year that brings it nearest to the value day.
fn entry_day(text: &str, near: NaiveDate) -> Option<NaiveDate> {
    let number: u32 = text.parse().ok()?;
    let years = [near.year() - 1, near.year(), near.year() + 1].into_iter();
    let days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, number / 100, number % 100));
    let day = days.min_by_key(|day| day.signed_duration_since(near).num_days().abs())?;
    (day > near.checked_sub_months(Months::new(2))?).then_some(day)
}

/// What field 86 says: `?20`–`?29` and `?60`–`?63` the remark, `?31` account and `?32` `?33` name of who is on the
/// other side; without such parts all of it is the remark.
fn describe(line: &mut StatementLine, text: &str) {
    let joined: String = text.split('\n').collect();
    let mut remark = vec![line.remark.clone()];
    if !joined.contains("?20") && !joined.contains("?32") {
        remark.push(text.replace('\n', " "));
        remark.join(" ").trim().clone_into(&mut line.remark);
        return;
    }
    let mut payer = String::new();
    for part in joined.split('?').skip(1) {
        let Some((code, value)) = part.split_at_checked(2) else {
            continue;
        };
        match code {
            "31" => value.trim().clone_into(&mut line.payer_account),
            "32" | "33" => payer.push_str(value),
            "20" | "21" | "22" | "23" | "24" | "25" | "26" | "27" | "28" | "29" | "60" | "61"
            | "62" | "63" => remark.push(value.to_owned()),
            _ => {}
        }
    }
    payer.trim().clone_into(&mut line.payer);
    remark.join(" ").trim().clone_into(&mut line.remark);
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("1231", (2025, 1, 2), Some((2024, 12, 31)))]
    #[case("0102", (2024, 12, 31), Some((2025, 1, 2)))]
    #[case("0401", (2009, 4, 1), Some((2009, 4, 1)))]
    #[case("", (2009, 4, 1), None)]
    #[case("1399", (2009, 4, 1), None)]
    fn the_day_of_booking_is_near_the_value_day(
        #[case] entry: &str,
        #[case] (y, m, d): (i32, u32, u32),
        #[case] expected: Option<(i32, u32, u32)>,
    ) {
        let day = |(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(entry_day(entry, day((y, m, d))), expected.map(day));
    }

    #[test]
    fn what_is_structured_is_taken_apart() {
        let mut line = StatementLine {
            row: 1,
            account: String::new(),
            on: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            amount: 1,
            currency: Currency::EUR,
            balance: None,
            payer: String::new(),
            payer_account: String::new(),
            remark: String::new(),
            serial: String::new(),
        };
        let text = "166?00GUTSCHRIFT?20Rechnung \n4711?31DE02?32HARBOR ?33AND PINE";
        describe(&mut line, text);
        assert_eq!(line.payer, "HARBOR AND PINE");
        assert_eq!(line.payer_account, "DE02");
        assert_eq!(line.remark, "Rechnung 4711");
    }
}
