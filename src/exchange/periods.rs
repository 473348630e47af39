//! What is due, promised and came in by week or month, with the names of all it lists.

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use crate::domain::money::{Currency, Overflow};
use crate::portfolio::Names;
use crate::report::figures::Tally;
use crate::report::periods::{About, Entry, Grain, Part, Period, Periods, Sums};
use crate::text::Lang;

use super::out::{Cell, Column, Drawn, Each, JsonOut, Object, Page, Report, Table};

/// A table of periods with its sums.
pub struct NamedPeriods<'n> {
    periods: Periods,
    rows: Vec<(Period, Currency, Sums)>,
    totals: Vec<(Currency, Sums)>,
    /// Of all that is listed, if the entries behind each number are.
    behind: Option<&'n Names>,
    /// Whether a filter chose the milestones: what came in is none of them.
    is_narrowed: bool,
}

impl<'n> NamedPeriods<'n> {
    pub fn new(
        periods: Periods,
        behind: Option<&'n Names>,
        is_narrowed: bool,
    ) -> Result<Self, Overflow> {
        let (rows, totals) = (periods.rows()?, periods.totals()?);
        Ok(Self { periods, rows, totals, behind, is_narrowed })
    }

    fn period(&self, period: Period, lang: Lang) -> Cell<'_> {
        match period {
            Period::Earlier => Cell::both(lang.period_earlier(), "earlier"),
            Period::From(first) => self.periods.grain.name(first).into(),
            Period::NoDate => Cell::both(lang.bridge_no_date(), "no_date"),
        }
    }

    fn row(&self, row: &(Period, Currency, Sums), lang: Lang) -> Vec<Cell<'_>> {
        let (period, currency, sums) = row;
        let (first, last) = match period {
            Period::From(first) => (Some(*first), Some(self.periods.grain.last(*first))),
            Period::Earlier | Period::NoDate => (None, None),
        };
        let head = vec![self.period(*period, lang), first.into(), last.into()];
        [head, numbers(*currency, sums)].concat()
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        let rows = self.rows.iter().map(move |row| self.row(row, lang));
        let total = |(currency, sums): &(Currency, Sums)| {
            let head = vec![lang.total().into(), Cell::EMPTY, Cell::EMPTY];
            [head, numbers(*currency, sums)].concat()
        };
        let notes = self.is_narrowed.then(|| lang.period_no_receipts().to_owned());
        Table {
            drawn: Drawn::InOrder,
            totals: self.totals.iter().map(total).collect(),
            notes: notes.into_iter().collect(),
            ..Table::new([head(lang), number_columns(lang)].concat(), rows)
        }
    }

    /// The entries behind the numbers, one a row.
    fn list(&self, names: &'n Names, lang: Lang) -> Table<'_> {
        let rows = self.periods.entries.iter().map(move |entry| self.entry(entry, names, lang));
        let title = lang.movement_behind().to_owned();
        Table { title, ..Table::new(entry_columns(lang), rows) }
    }

    fn entry<'a>(&'a self, entry: &Entry, names: &'a Names, lang: Lang) -> Vec<Cell<'a>> {
        let customer = names.customer(entry.customer);
        let (id, key, milestone) = match entry.about {
            About::Milestone(id) => {
                let name = names.milestone(id);
                let key = name.code().map_or(Cell::EMPTY, Cell::from);
                (id.to_string(), key, Cell::from(&*name.name))
            }
            About::Payment(id) => (id.to_string(), Cell::EMPTY, Cell::EMPTY),
        };
        vec![
            self.period(entry.period, lang),
            Cell::both(part(entry.part, lang), entry.part.code()),
            entry.on.into(),
            customer.code().map_or(Cell::EMPTY, Cell::from),
            (&*customer.name).into(),
            id.into(),
            key,
            milestone,
            entry.currency.code().into(),
            Cell::amount(entry.amount, entry.currency),
        ]
    }
}

/// Which period a row is.
fn head(lang: Lang) -> Vec<Column> {
    vec![
        Column::left(lang.period_word()).named("period"),
        Column::left(lang.period_from()).named("from").told(),
        Column::left(lang.period_to()).named("to").told(),
    ]
}

/// The columns of [`numbers`].
fn number_columns(lang: Lang) -> Vec<Column> {
    let count = |name, header| Column::right(header).named(name).spare(2);
    let amount = |name, header| Column::right(header).named(name);
    vec![
        Column::left(lang.currency_word()).named("currency").spare(3),
        count("firm_items", lang.period_firm_items()),
        amount("firm", part(Part::Firm, lang)).part(),
        count("expected_items", lang.period_expected_items()),
        amount("expected", part(Part::Expected, lang)).part(),
        amount("open", lang.open_word()).spare(1),
        count("promises", lang.period_promises()),
        amount("promised", part(Part::Promised, lang)),
        count("receipts", lang.period_receipts()),
        amount("received", part(Part::Received, lang)),
    ]
}

fn numbers<'c>(currency: Currency, sums: &Sums) -> Vec<Cell<'c>> {
    let [firm, expected, promised, received] = *sums;
    let count = |tally: Tally| match tally.count {
        0 => Cell::both("", 0),
        count => count.into(),
    };
    let open = i128::from(firm.amount) + i128::from(expected.amount);
    let both = |tally: Tally| [count(tally), Cell::amount(tally.amount, currency)];
    let mut cells = vec![currency.code().into()];
    cells.extend([firm, expected].into_iter().flat_map(both));
    cells.push(Cell::Amount(open, currency));
    cells.extend([promised, received].into_iter().flat_map(both));
    cells
}

fn entry_columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::left(lang.period_word()).named("period"),
        Column::left(lang.kind_word()).named("part"),
        Column::left(lang.day_word()).named("on"),
        Column::left(lang.customer_code_word()).named("customer").aside(),
        Column::left(lang.customer_word()).named("customer_name"),
        Column::left(lang.id_word()).named("id").spare(4),
        Column::left(lang.key_word()).named("key").spare(1),
        Column::left(lang.milestone_word()).named("milestone"),
        Column::left(lang.currency_word()).named("currency").spare(3),
        Column::right(lang.sum_word()).named("amount"),
    ]
}

/// What a part of a period is called.
const fn part(part: Part, lang: Lang) -> &'static str {
    match part {
        Part::Firm => lang.period_firm(),
        Part::Expected => lang.period_expected(),
        Part::Promised => lang.promised_word(),
        Part::Received => lang.received_word(),
    }
}

impl Report for NamedPeriods<'_> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let title = match self.periods.grain {
            Grain::Week => lang.periods_by_week(),
            Grain::Month => lang.periods_by_month(),
        };
        let Periods { today, from, .. } = &self.periods;
        let mut tables = vec![self.table(lang)];
        tables.extend(self.behind.map(|names| self.list(names, lang)));
        let lead = vec![lang.periods_lead(&today.to_string(), &from.to_string())];
        Page { title: title.to_owned(), lead, tables }
    }

    fn json(&self, lang: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        serde_json::to_writer(out, &AsJson(self, lang))
    }
}

/// The contract's JSON: the rows by the names of their columns.
struct AsJson<'p>(&'p NamedPeriods<'p>, Lang);

impl Serialize for AsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(of, lang) = *self;
        let Periods { today, grain, from, .. } = &of.periods;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("as_of", today)?;
        map.serialize_entry("by", grain)?;
        map.serialize_entry("from", from)?;
        let numbers_only = number_columns(lang);
        let columns = [head(lang), numbers_only.clone()].concat();
        let rows = || of.rows.iter().map(|row| Line(&columns, of.row(row, lang)));
        map.serialize_entry("rows", &Each(rows))?;
        let total =
            |(currency, sums): &(Currency, Sums)| Line(&numbers_only, numbers(*currency, sums));
        map.serialize_entry("totals", &Each(|| of.totals.iter().map(total)))?;
        if let Some(names) = of.behind {
            let columns = entry_columns(lang);
            let line = |entry| Line(&columns, of.entry(entry, names, lang));
            map.serialize_entry("items", &Each(|| of.periods.entries.iter().map(line)))?;
        }
        map.end()
    }
}

/// A row by the names of its columns.
struct Line<'r>(&'r [Column], Vec<Cell<'r>>);

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Object { columns: self.0, row: &self.1 }.serialize(serializer)
    }
}
