//! What is asked of a list: which columns, in which order, how many rows.

use std::cmp::Ordering;

use serde_json::Value;

use super::{Calendar, Cell, Column, JsonOut, Page, Report, Table};
use crate::domain::money::{Currency, PerCurrency};
use crate::error::{Error, Result};
use crate::text::Lang;

/// What is asked of a list.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// Columns by name or header, in this order; none is the usual ones.
    pub columns: Vec<String>,
    /// Columns to sort by, the first before the others; a `-` before one turns it round.
    pub sort: Vec<String>,
    pub limit: Option<usize>,
    /// How it is sorted for people where nothing is asked for; JSON stays in the order of the ledger.
    pub usual: &'static [&'static str],
}

/// A list as it was asked for.
pub struct Shaped<'r> {
    report: &'r dyn Report,
    /// Its columns by their names.
    shape: Shape,
}

impl<'r> Shaped<'r> {
    /// Refuses columns that no table of the report has, in either language.
    pub fn new(report: &'r dyn Report, shape: &Shape, lang: Lang) -> Result<Self> {
        let page = report.page(lang);
        let columns = || page.tables.iter().flat_map(|table| &table.columns);
        let other = match lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        };
        let name = |flag: &'static str, typed: &str| {
            let called = |column: &&Column| column.is_called(typed);
            let named = columns().find(called).map(|column| column.name);
            let elsewhere = || {
                let page = report.page(other);
                let mut columns = page.tables.iter().flat_map(|table| &table.columns);
                columns.find(called).map(|column| column.name)
            };
            named.or_else(elsewhere).ok_or_else(|| {
                let known = columns().map(|column| column.known_as(lang)).collect::<Vec<_>>();
                Error::choice(flag, typed, &known.join(lang.pick("、", ", ")))
            })
        };
        let column = |typed: &String| Ok(name("--columns", typed)?.to_owned());
        let sorted = |typed: &String| {
            let (typed, down) = turned(typed);
            Ok(format!("{}{}", if down { "-" } else { "" }, name("--sort", typed)?))
        };
        let shape = Shape {
            columns: shape.columns.iter().map(column).collect::<Result<_>>()?,
            sort: shape.sort.iter().map(sorted).collect::<Result<_>>()?,
            limit: shape.limit,
            usual: shape.usual,
        };
        Ok(Self { report, shape })
    }

    fn shaped<'s>(&'s self, page: Page<'s>, lang: Lang, usual: &[&str]) -> Page<'s> {
        let Page { title, lead, tables } = page;
        let shaped = |table| shape(table, &self.shape, usual, lang);
        Page { title, lead, tables: tables.into_iter().map(shaped).collect() }
    }
}

impl Report for Shaped<'_> {
    fn page(&self, lang: Lang) -> Page<'_> {
        self.shaped(self.report.page(lang), lang, self.shape.usual)
    }

    fn has_calendar(&self) -> bool {
        self.report.has_calendar()
    }

    fn calendar(&self, lang: Lang) -> Option<Calendar> {
        self.report.calendar(lang)
    }

    fn json(&self, lang: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        super::json::write_rows(self.shaped(self.report.page_as_kept(lang), lang, &[]), out)
    }
}

impl Column {
    /// What can be typed for it, for a reader.
    fn known_as(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh if self.header != self.name => format!("{} {}", self.name, self.header),
            Lang::Zh | Lang::En => self.name.to_owned(),
        }
    }

    fn is_called(&self, typed: &str) -> bool {
        !self.name.is_empty() && (self.name.eq_ignore_ascii_case(typed) || self.header == typed)
    }
}

/// A column to sort by, and whether downwards.
fn turned(typed: &str) -> (&str, bool) {
    typed.strip_prefix('-').map_or((typed, false), |name| (name, true))
}

fn shape<'a>(mut table: Table<'a>, shape: &Shape, usual: &[&str], lang: Lang) -> Table<'a> {
    let asked = shape.sort.iter().map(String::as_str);
    let sort: Vec<&str> = if shape.sort.is_empty() { usual.to_vec() } else { asked.collect() };
    let keys: Vec<(usize, bool)> = sort
        .into_iter()
        .filter_map(|typed| {
            let (name, down) = turned(typed);
            table.columns.iter().position(|column| column.is_called(name)).map(|at| (at, down))
        })
        .collect();
    if !keys.is_empty() {
        let mut rows: Vec<Vec<Cell>> = table.rows.collect();
        let currencies = currencies(&rows, &keys);
        rows.sort_by(|a, b| order(a, b, &keys, &currencies));
        table.rows = Box::new(rows.into_iter());
    }
    if let Some(limit) = shape.limit {
        table = table.limited(limit, lang);
    }
    if shape.columns.is_empty() {
        return table;
    }
    let place = |typed: &String| table.columns.iter().position(|column| column.is_called(typed));
    let places: Vec<usize> = shape.columns.iter().filter_map(place).collect();
    let mut table = table.of(&places);
    for column in &mut table.columns {
        (column.aside, column.spare) = (false, 0);
    }
    table
}

impl<'a> Table<'a> {
    /// At most so many rows, and a note that there are more.
    pub fn limited(mut self, limit: usize, lang: Lang) -> Self {
        let mut rows = self.rows;
        let first: Vec<Vec<Cell>> = rows.by_ref().take(limit).collect();
        let more = rows.count();
        if more > 0 {
            self.notes.push(lang.rows_of(limit, limit + more));
        }
        Self { rows: Box::new(first.into_iter()), ..self }
    }

    /// Without the columns that nobody asked for.
    pub fn shown(self, data: bool) -> Self {
        let is_shown = |column: &Column| !column.aside || (data && column.told);
        let places = self.columns.iter().enumerate().filter(|(_, column)| is_shown(column));
        let places: Vec<usize> = places.map(|(at, _)| at).collect();
        if places.len() == self.columns.len() { self } else { self.of(&places) }
    }

    /// Only the columns at these places. What the totals are called stays at their beginning.
    fn of(self, places: &[usize]) -> Self {
        let pick = move |row: &[Cell<'a>], places: &[usize]| -> Vec<Cell<'a>> {
            let cell = |at: &usize| row.get(*at).cloned().unwrap_or(Cell::EMPTY);
            places.iter().map(cell).collect()
        };
        let totals = self.totals.iter().filter_map(|row| {
            let mut picked = pick(row, places);
            // Nothing is added up in the columns that are left.
            if !picked.iter().any(|cell| matches!(cell, Cell::Amount(..) | Cell::Number(_))) {
                return None;
            }
            if let (Some(first), Some(label)) = (picked.first_mut(), row.first())
                && *first == Cell::EMPTY
            {
                first.clone_from(label);
            }
            Some(picked)
        });
        let columns = places.iter().filter_map(|at| self.columns.get(*at).cloned());
        let (columns, totals) = (columns.collect(), totals.collect());
        let places = places.to_vec();
        let rows = self.rows.map(move |row| pick(&row, &places));
        Self { columns, totals, rows: Box::new(rows), ..self }
    }
}

/// The currencies of the amounts that are sorted by, the one most rows have first.
fn currencies(rows: &[Vec<Cell>], keys: &[(usize, bool)]) -> Vec<Currency> {
    let mut counts = PerCurrency::<usize>::new();
    for cell in rows.iter().flat_map(|row| keys.iter().filter_map(|(at, _)| row.get(*at))) {
        if let Cell::Amount(_, currency) = cell {
            *counts.entry(*currency, || 0) += 1;
        }
    }
    counts.greatest_first();
    counts.iter().map(|(currency, _)| currency).collect()
}

/// By the first column that tells two rows apart; what is empty comes last, and amounts of other currencies apart, up
/// or down.
fn order(a: &[Cell], b: &[Cell], keys: &[(usize, bool)], currencies: &[Currency]) -> Ordering {
    let place = |currency| currencies.iter().position(|known| *known == currency);
    let by = |(at, down): &(usize, bool)| {
        let (a, b) = (a.get(*at).unwrap_or(&Cell::EMPTY), b.get(*at).unwrap_or(&Cell::EMPTY));
        if let (Cell::Amount(_, a), Cell::Amount(_, b)) = (a, b)
            && a != b
        {
            return place(*a).cmp(&place(*b));
        }
        match (Key::of(a), Key::of(b)) {
            (Key::Nothing, Key::Nothing) => Ordering::Equal,
            (Key::Nothing, _) => Ordering::Greater,
            (_, Key::Nothing) => Ordering::Less,
            (a, b) if *down => b.cmp(&a),
            (a, b) => a.cmp(&b),
        }
    };
    keys.iter().map(by).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// What a cell is sorted by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'c> {
    Number(i128),
    Day(chrono::NaiveDate),
    Text(&'c str),
    Nothing,
}

impl<'c> Key<'c> {
    fn of(cell: &'c Cell<'_>) -> Self {
        match cell {
            Cell::Text(text) if text.is_empty() => Self::Nothing,
            Cell::Text(text) => Self::Text(text),
            Cell::Number(number) => Self::Number((*number).into()),
            Cell::Amount(minor, _) => Self::Number(*minor),
            Cell::Day(day) | Cell::Expected(day, _) => Self::Day(*day),
            Cell::Both(_, Value::Null) => Self::Nothing,
            Cell::Both(_, Value::String(text)) if text.is_empty() => Self::Nothing,
            Cell::Both(shown, value) => match (value.as_i64(), value.as_str()) {
                (Some(number), _) => Self::Number(number.into()),
                (None, Some(text)) => Self::Text(text),
                (None, None) => Self::Text(shown),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::out::TEXT;

    struct Debts;

    impl Report for Debts {
        fn page(&self, _: Lang) -> Page<'_> {
            let row = |name: &'static str, late: i64, open: i64| {
                let code = Cell::both(name, name.to_lowercase());
                vec![code, Cell::Number(late), Cell::amount(open, Currency::CNY)]
            };
            let rows = [row("B", 3, 100), row("A", 50, 20_000), row("", 0, 300)];
            let columns = vec![
                Column::left("客户").named("customer"),
                Column::right("逾期").named("days_late").aside(),
                Column::right("未收").named("balance"),
            ];
            let mut table = Table::new(columns, rows.into_iter());
            table.add_total("合计", vec![("balance", Cell::amount(20_400, Currency::CNY))]);
            Page { tables: vec![table], ..Page::default() }
        }
    }

    fn shaped(columns: &[&str], sort: &[&str], limit: Option<usize>) -> Shape {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Shape { columns: owned(columns), sort: owned(sort), limit, usual: &[] }
    }

    fn text(shape: &Shape) -> String {
        let mut out = Vec::new();
        let report = Shaped::new(&Debts, shape, Lang::Zh).unwrap();
        TEXT.write(&report, Lang::Zh, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn json(shape: &Shape) -> Value {
        let mut out = Vec::new();
        let report = Shaped::new(&Debts, shape, Lang::Zh).unwrap();
        super::super::JSON.write(&report, Lang::Zh, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn columns_are_asked_for_by_name_or_header_and_keep_their_total() {
        insta::assert_snapshot!(text(&shaped(&["未收", "days_late"], &["-balance"], Some(2))), @r"
          未收  逾期
        ------  ----
        200.00    50
          3.00     0
        ------  ----
        204.00

        前 2 行，共 3 行
        ");
    }

    #[test]
    fn json_has_what_is_aside_and_is_sorted_only_on_demand() {
        let rows = json(&shaped(&[], &[], None));
        assert_eq!(rows[0]["customer"], "b");
        assert_eq!(rows[0]["days_late"], 3);
        assert_eq!(rows[1]["balance"], "200.00");
        let rows = json(&shaped(&["balance"], &["days_late"], None));
        assert_eq!(rows[0], serde_json::json!({ "balance": "3.00" }));
    }

    #[test]
    fn what_is_empty_comes_last_up_and_down() {
        for sort in ["customer", "-customer"] {
            let sorted = text(&shaped(&["customer", "balance"], &[sort], None));
            let last = sorted.lines().nth(4).unwrap();
            assert!(last.contains("3.00"), "{sort}: {sorted}");
        }
    }

    #[test]
    fn a_column_that_is_not_there_is_refused_with_those_that_are() {
        let refused = Shaped::new(&Debts, &shaped(&["color"], &[], None), Lang::En).err().unwrap();
        assert!(Lang::En.error(&refused).contains("customer, days_late, balance"));
        assert!(Shaped::new(&Debts, &shaped(&[], &["-color"], None), Lang::En).is_err());
    }

    #[test]
    fn amounts_of_other_currencies_stand_apart_behind_the_one_most_rows_have() {
        let row = |minor: i64, currency: Currency| vec![Cell::amount(minor, currency)];
        let mut rows = [row(5, Currency::USD), row(1, Currency::CNY), row(9, Currency::CNY)];
        for (down, sorted) in [(true, [9, 1, 5]), (false, [1, 9, 5])] {
            let keys = [(0, down)];
            let known = currencies(&rows, &keys);
            rows.sort_by(|a, b| order(a, b, &keys, &known));
            let minors = rows.each_ref().map(|row| match row[0] {
                Cell::Amount(minor, _) => minor,
                _ => 0,
            });
            assert_eq!(minors, sorted);
        }
    }
}
