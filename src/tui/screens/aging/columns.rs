//! The columns of the aging table, and which of them there is room for.

use crate::domain::aging::{AgeBy, Buckets};
use crate::domain::money::Currency;
use crate::report::aging::{AgingTable, Sums};
use crate::text::Lang;
use crate::text::width::width;
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::{FILL, bar};
use crate::tui::widgets::list::{Cell, Column};

/// The orders of the table; its own is by what is past due.
pub const BY_LATE: usize = 0;
pub const BY_TOTAL: usize = 1;
pub const BY_CODE: usize = 2;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Code,
    Name,
    Currency,
    Bucket(usize),
    /// Retention that is not due.
    Retention,
    Unapplied,
    /// Total less money on account.
    Net,
    Planned,
    Items,
    Late,
    Total,
    /// The total, as so many cells of the greatest.
    Bar(usize),
}

/// What stands in a row.
pub struct Line<'a> {
    pub code: String,
    pub name: String,
    pub currency: Currency,
    pub sums: &'a Sums,
    pub age_by: AgeBy,
    /// The length of a whole bar.
    pub greatest: i64,
}

/// What is past due of a row: the buckets behind the first, or all where nothing is "not due".
pub fn late(sums: &Sums, age_by: AgeBy) -> i64 {
    let skipped = usize::from(age_by != AgeBy::Invoice);
    let late = sums.amounts.iter().skip(skipped);
    late.fold(0, |sum: i64, amount| sum.saturating_add(*amount))
}

impl Part {
    fn column(self, table: &AgingTable, labels: &[String], lang: Lang) -> Column {
        let title = match self {
            Self::Code => return Column::words(lang.code_word(), 6, 2).by(BY_CODE),
            Self::Name => return Column::words(lang.group_by(table.by), 10, 0),
            Self::Currency => return Column::whole("", 0),
            Self::Bar(_) => return Column::whole("", 1),
            Self::Bucket(at) => {
                let label = labels.get(at).map_or("", String::as_str);
                return Column { title: lang.bucket_title(label).into(), ..Column::number("", 0) };
            }
            Self::Retention => lang.retention_short(),
            Self::Unapplied => lang.unapplied_short(),
            Self::Net => lang.net(),
            Self::Planned => lang.planned_money(),
            Self::Items => lang.items_word(),
            Self::Late => return Column::number(lang.past_due(), 0).by(BY_LATE),
            Self::Total => return Column::number(lang.total(), 0).by(BY_TOTAL),
        };
        Column::number(title, 0)
    }

    fn cell(self, line: &Line<'_>, cx: &Cx<'_>) -> Cell {
        let (sums, theme) = (line.sums, cx.ui.theme);
        let (minor, style) = match self {
            Self::Code => return Cell::plain(line.code.as_str()),
            Self::Name => return Cell::plain(line.name.as_str()),
            Self::Currency => return Cell::plain(line.currency.code()),
            Self::Items => return Cell::plain(sums.items.to_string()),
            Self::Bar(cells) => return line.bar(cells, theme),
            Self::Bucket(at) => (sums.amounts.get(at).copied().unwrap_or_default(), theme.text()),
            Self::Retention => (sums.retention_not_due, theme.text()),
            Self::Unapplied => (sums.unapplied, theme.text()),
            Self::Net => (sums.total.saturating_sub(sums.unapplied), theme.text()),
            Self::Planned => (sums.planned, theme.text()),
            Self::Late => (late(sums, line.age_by), theme.bad()),
            Self::Total => (sums.total, theme.strong()),
        };
        let style = if minor == 0 { theme.dim() } else { style };
        Cell::new(cx.ledger.money(minor, line.currency), style)
    }
}

impl<'a> Line<'a> {
    /// The totals, one a currency; the word stands in the first column there is.
    fn totals(
        table: &'a AgingTable,
        has_code: bool,
        lang: Lang,
    ) -> impl Iterator<Item = Self> + Clone {
        table.totals.iter().map(move |(currency, sums)| {
            let mut label = [lang.total().to_owned(), String::new()];
            if !has_code {
                label.reverse();
            }
            let [code, name] = label;
            let (currency, age_by) = (*currency, table.buckets.age_by);
            Line { code, name, currency, sums, age_by, greatest: 0 }
        })
    }

    fn bar(&self, cells: usize, theme: Theme) -> Cell {
        let late = late(self.sums, self.age_by);
        let fill = bar(late, self.greatest, cells, FILL);
        let all = bar(self.sums.total, self.greatest, cells, "-");
        let rest = width(&all).saturating_sub(width(&fill));
        let style = if late > 0 { theme.bad() } else { theme.dim() };
        Cell::new(format!("{fill}{:-<rest$}", ""), style)
    }
}

/// The columns of a bucket rule that scroll sideways.
fn scrolling(buckets: &Buckets) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..buckets.labels().len()).map(Part::Bucket).collect();
    if buckets.age_by != AgeBy::Invoice {
        parts.push(Part::Retention);
    }
    parts.extend([Part::Unapplied, Part::Net, Part::Planned, Part::Items]);
    parts
}

/// Which columns are shown: some of those that scroll, and of the others those there is room for.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    pub parts: Vec<Part>,
    /// How many are scrolled out, and how many are still to come.
    pub left: usize,
    pub right: usize,
}

/// With fewer scrolling columns than this, the bar makes room for another.
const FEW: usize = 3;

impl Shown {
    /// Every column but the bar.
    pub fn all(buckets: &Buckets) -> Self {
        let mut parts = vec![Part::Code, Part::Name, Part::Currency];
        parts.extend(scrolling(buckets));
        parts.extend([Part::Late, Part::Total]);
        Self { parts, left: 0, right: 0 }
    }

    pub fn columns(&self, table: &AgingTable, lang: Lang) -> Vec<Column> {
        let labels = table.buckets.labels();
        self.parts.iter().map(|part| part.column(table, &labels, lang)).collect()
    }

    pub fn cells(&self, line: &Line<'_>, cx: &Cx<'_>) -> Vec<Cell> {
        self.parts.iter().map(|part| part.cell(line, cx)).collect()
    }

    pub fn totals(&self, table: &AgingTable, cx: &Cx<'_>) -> Vec<Vec<Cell>> {
        let style = cx.ui.theme.strong();
        let strong = |line: Line<'_>| {
            self.cells(&line, cx).into_iter().map(|cell| Cell { style, ..cell }).collect()
        };
        let has_code = self.parts.contains(&Part::Code);
        Line::totals(table, has_code, cx.ui.lang).map(strong).collect()
    }

    /// The columns there is room for, from the `left`th of those that scroll: totals are the widest amounts of theirs.
    pub fn fitting(table: &AgingTable, left: usize, room: u16, cx: &Cx<'_>) -> Self {
        let (room, buckets, lang) = (usize::from(room), &table.buckets, cx.ui.lang);
        let (all, labels) = (scrolling(buckets), buckets.labels());
        let totals = Line::totals(table, true, lang);
        let wide = |part: Part| {
            let cells = totals.clone().map(|line| width(&part.cell(&line, cx).text));
            let title = width(&part.column(table, &labels, lang).title);
            2 + cells.max().unwrap_or_default().max(title)
        };
        let (has_code, has_currency) = (room >= 140, table.totals.len() > 1);
        let has_late = buckets.age_by != AgeBy::Invoice;
        let mut bar = if room >= 160 { 16 } else { 8 };
        let mut fixed = 3 + 16 + wide(Part::Total) + 2 + bar;
        let optional = [(has_code, 10), (has_currency, 5), (has_late, wide(Part::Late))];
        fixed += optional.iter().map(|(has, cells)| if *has { *cells } else { 0 }).sum::<usize>();
        let mut free = room.saturating_sub(fixed);
        let widths: Vec<usize> = all.iter().map(|part| wide(*part)).collect();
        // Without the bar its gap is free, too, and the names give way a little.
        let tight = free + bar + 4;
        let few = count(widths.iter(), free);
        if few < FEW && count(widths.iter(), tight) > few {
            free = tight;
            bar = 0;
        }
        // One never scrolls further than the last columns need.
        let at_end = count(widths.iter().rev(), free);
        let left = left.min(all.len().saturating_sub(at_end));
        let seen = count(widths.iter().skip(left), free);
        let right = all.len().saturating_sub(left + seen);
        let mut parts = Vec::new();
        parts.extend(has_code.then_some(Part::Code));
        parts.push(Part::Name);
        parts.extend(has_currency.then_some(Part::Currency));
        parts.extend(all.into_iter().skip(left).take(seen));
        parts.extend(has_late.then_some(Part::Late));
        parts.extend([Part::Total, Part::Bar(bar)]);
        Self { parts, left, right }
    }
}

/// How many of these widths fit one after the other; at least one.
fn count<'a>(widths: impl Iterator<Item = &'a usize>, free: usize) -> usize {
    let mut used = 0;
    let fits = widths.take_while(|wide| {
        used += **wide;
        used <= free
    });
    fits.count().max(1)
}
