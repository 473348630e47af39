//! The columns of the aging table, and which of them there is room for: every bucket, always. Where they do not fit as
//! they are, the others go first, then amounts are written at a larger scale.

use crate::domain::aging::{AgeBy, Buckets};
use crate::domain::money::{self, Currency, Scale};
use crate::report::aging::{AgingTable, GroupBy, Sums};
use crate::text::Lang;
use crate::text::width::width;
use crate::tui::screen::Cx;
use crate::tui::widgets::bar::{FAINT, FILL, lengths};
use crate::tui::widgets::list::{Cell, Column};

/// The orders of the table; its own is by what is past due.
pub const BY_LATE: usize = 0;
pub const BY_TOTAL: usize = 1;
pub const BY_CODE: usize = 2;

/// A column; they stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Code,
    Name,
    Currency,
    Bucket(usize),
    /// This bucket and all that are older.
    Older(usize),
    /// Retention that is not due; where it has no column, it is among what is not due.
    Retention,
    Late,
    Total,
    Unapplied,
    /// Total less money on account.
    Net,
    Planned,
    Items,
    /// What the total is made of, as so many cells of the greatest.
    Bar(usize),
}

/// How amounts are written: exactly, or at a scale with so many decimals.
type Unit = Option<(Scale, u32)>;

/// The units a table may be written in, the first that fits.
fn units(lang: Lang, wan: bool) -> Vec<Unit> {
    let (ten_thousands, whole) = ((Scale::TenThousand, 2), (Scale::TenThousand, 0));
    let scaled = match (lang, wan) {
        (Lang::Zh, _) => [ten_thousands, whole, (Scale::HundredMillion, 2)],
        (Lang::En, true) => [ten_thousands, whole, (Scale::Million, 1)],
        (Lang::En, false) => [(Scale::Thousand, 1), (Scale::Thousand, 0), (Scale::Million, 1)],
    };
    let exact = (!wan).then_some(None);
    exact.into_iter().chain(scaled.map(Some)).collect()
}

/// What stands in a row.
pub struct Line<'a> {
    pub code: String,
    pub name: String,
    pub currency: Currency,
    pub sums: &'a Sums,
    pub buckets: &'a Buckets,
    /// The length of a whole bar.
    pub greatest: i64,
}

/// What is past due of a row: the buckets behind the first, or all where nothing is "not due".
pub fn late(sums: &Sums, age_by: AgeBy) -> i64 {
    added(sums.amounts.iter().skip(usize::from(age_by != AgeBy::Invoice)))
}

fn added<'a>(amounts: impl Iterator<Item = &'a i64>) -> i64 {
    amounts.fold(0, |sum, amount| sum.saturating_add(*amount))
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
            Line { code, name, currency: *currency, sums, buckets: &table.buckets, greatest: 0 }
        })
    }

    /// Bucket by bucket, the oldest last.
    fn bar(&self, cells: usize, cx: &Cx<'_>) -> Cell {
        let theme = cx.ui.theme;
        let mut parts = self.sums.amounts.clone();
        if let Some(first) = parts.first_mut() {
            *first = first.saturating_add(self.sums.retention_not_due);
        }
        let lengths = lengths(&parts, self.greatest, cells).into_iter().enumerate();
        let piece = |(at, length): (usize, usize)| match self.buckets.youngest(at) {
            Some(days) => (FILL.repeat(length), theme.heat(days.into())),
            None => (FAINT.repeat(length), theme.dim()),
        };
        Cell::pieces(lengths.map(piece).collect())
    }
}

/// Which columns are shown, and in what amounts are written.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    parts: Vec<Part>,
    unit: Unit,
}

/// The least cells of names where amounts are written as one likes, and where every cell counts.
const NAMES: usize = 12;
const NARROW: usize = 8;

/// The cells of names before a bar grows further.
const WIDE: usize = 20;

/// The least and most cells of a bar, and from how many columns of the terminal on there is one.
const BAR: usize = 12;
const LONG_BAR: usize = 40;
const BESIDE: usize = 110;

/// Cells of the frame and of the signs before a row.
const AROUND: usize = 4;

/// Between two columns.
const GAP: usize = 2;

impl Shown {
    /// Every column but the bar, with exact amounts.
    pub fn all(buckets: &Buckets) -> Self {
        let mut parts = vec![Part::Code, Part::Name, Part::Currency];
        parts.extend((0..buckets.labels().len()).map(Part::Bucket));
        if buckets.age_by != AgeBy::Invoice {
            parts.extend([Part::Retention, Part::Late]);
        }
        parts.extend([Part::Total, Part::Unapplied, Part::Net, Part::Planned, Part::Items]);
        Self { parts, unit: None }
    }

    /// The columns and the unit for so much room: totals are the widest amounts of their columns.
    pub fn fitting(table: &AgingTable, room: u16, cx: &Cx<'_>) -> Self {
        let room = usize::from(room).saturating_sub(AROUND);
        let units = units(cx.ui.lang, cx.ledger.wan);
        let buckets: Vec<Part> = (0..table.buckets.labels().len()).map(Part::Bucket).collect();
        let within = |unit, all| Self::within(table, buckets.clone(), unit, room, all, cx);
        // Another scale is worth the others, a coarser one is not.
        let fine = units.iter().take(if cx.ledger.wan { 1 } else { 2 });
        let roomy = { fine }.find_map(|unit| within(*unit, true));
        let scaled = units.iter().filter(|unit| unit.is_some());
        let tight = || scaled.clone().find_map(|unit| within(*unit, false));
        // More buckets than there is room for at any scale: the oldest stand together.
        let together = || {
            (1..buckets.len()).rev().find_map(|from| {
                let mut buckets: Vec<Part> = buckets.iter().copied().take(from).collect();
                buckets.push(Part::Older(from));
                let within = |unit| Self::within(table, buckets.clone(), unit, room, false, cx);
                scaled.clone().find_map(|unit| within(*unit))
            })
        };
        roomy.or_else(tight).or_else(together).unwrap_or_else(|| Self::all(&table.buckets))
    }

    /// Name, buckets and total, and as many others as fit; none if those do not fit, or if `all` that are worth a larger
    /// scale do not.
    fn within(
        table: &AgingTable,
        buckets: Vec<Part>,
        unit: Unit,
        room: usize,
        all: bool,
        cx: &Cx<'_>,
    ) -> Option<Self> {
        let any = |of: fn(&Sums) -> bool| table.totals.iter().any(|(_, sums)| of(sums));
        let mut shown = Self { parts: buckets, unit };
        shown.parts.extend([Part::Name, Part::Total]);
        let mut used = if all { NAMES } else { NARROW };
        used += shown.parts.iter().map(|part| shown.wide(*part, table, cx) + GAP).sum::<usize>();
        // The name has no gap before it.
        used -= GAP;
        if used > room {
            return None;
        }
        let is_all_due = table.buckets.age_by == AgeBy::Invoice;
        let has_currency = table.totals.len() > 1 && table.by != GroupBy::Currency;
        let has_account = any(|sums| sums.unapplied != 0);
        let worth = [
            (has_currency, Part::Currency),
            (room + AROUND >= BESIDE, Part::Bar(BAR)),
            (!is_all_due, Part::Late),
            (!is_all_due && any(|sums| sums.retention_not_due != 0), Part::Retention),
        ];
        let secondary = [
            (has_account, Part::Unapplied),
            (has_account, Part::Net),
            (any(|sums| sums.planned != 0), Part::Planned),
            (true, Part::Items),
            (matches!(table.by, GroupBy::Customer | GroupBy::Project), Part::Code),
        ];
        let others = worth.map(|(has, part)| (has, part, all)).into_iter();
        let others = others.chain(secondary.map(|(has, part)| (has, part, false)));
        for (_, part, needed) in others.filter(|(has, ..)| *has) {
            let wide = shown.wide(part, table, cx) + GAP;
            if used + wide <= room {
                used += wide;
                shown.parts.push(part);
            } else if needed {
                return None;
            }
        }
        let free = room.saturating_sub(used + WIDE - NAMES);
        for part in &mut shown.parts {
            if let Part::Bar(cells) = part {
                *cells = (*cells + free).min(LONG_BAR);
            }
        }
        shown.parts.sort_unstable();
        Some(shown)
    }

    /// The cells a column takes; names take what is left.
    fn wide(&self, part: Part, table: &AgingTable, cx: &Cx<'_>) -> usize {
        let least = match part {
            Part::Name => return 0,
            Part::Code => 8,
            Part::Bar(cells) => cells,
            Part::Currency
            | Part::Bucket(_)
            | Part::Older(_)
            | Part::Retention
            | Part::Late
            | Part::Total
            | Part::Unapplied
            | Part::Net
            | Part::Planned
            | Part::Items => 0,
        };
        let totals = Line::totals(table, false, cx.ui.lang);
        let cells = totals.map(|line| width(&self.cell(part, &line, cx).text)).max();
        let title = width(&self.column(part, table, &table.buckets.labels(), cx).title);
        least.max(title).max(cells.unwrap_or_default())
    }

    pub fn columns(&self, table: &AgingTable, cx: &Cx<'_>) -> Vec<Column> {
        let labels = table.buckets.labels();
        self.parts.iter().map(|part| self.column(*part, table, &labels, cx)).collect()
    }

    fn column(&self, part: Part, table: &AgingTable, labels: &[String], cx: &Cx<'_>) -> Column {
        let lang = cx.ui.lang;
        let label = |at: usize| labels.get(at).map_or("", String::as_str);
        let number = |title: String| Column { title: title.into(), ..Column::number("", 0) };
        let title = match part {
            Part::Code => return Column::words(lang.code_word(), 6, 0).by(BY_CODE),
            Part::Name => return Column::words(lang.group_by(table.by), NARROW, 0),
            Part::Currency => return Column::whole("", 0),
            Part::Bar(_) => return Column::whole(lang.age_mix(), 0),
            Part::Bucket(at) => lang.bucket_title(label(at)),
            Part::Older(at) => lang.bucket_older(label(at)),
            Part::Retention => lang.retention_short().to_owned(),
            Part::Unapplied => lang.unapplied_short().to_owned(),
            Part::Net => lang.net().to_owned(),
            Part::Planned => lang.planned_money().to_owned(),
            Part::Items => lang.items_word().to_owned(),
            Part::Late => return number(lang.past_due().to_owned()).by(BY_LATE),
            Part::Total => {
                let title = match self.unit {
                    Some((scale, _)) => lang.total_in(lang.scale(scale)),
                    None => lang.total().to_owned(),
                };
                return number(title).by(BY_TOTAL);
            }
        };
        number(title)
    }

    pub fn cells(&self, line: &Line<'_>, cx: &Cx<'_>) -> Vec<Cell> {
        self.parts.iter().map(|part| self.cell(*part, line, cx)).collect()
    }

    /// Nothing is blank.
    fn cell(&self, part: Part, line: &Line<'_>, cx: &Cx<'_>) -> Cell {
        let (sums, theme) = (line.sums, cx.ui.theme);
        let heat =
            |at| line.buckets.youngest(at).map_or(theme.text(), |days| theme.heat(days.into()));
        let (minor, style) = match part {
            Part::Code => return Cell::plain(line.code.as_str()),
            Part::Name => return Cell::plain(line.name.as_str()),
            Part::Currency => return Cell::plain(line.currency.code()),
            Part::Items => return Cell::count(sums.items, theme.text(), theme),
            Part::Bar(cells) => return line.bar(cells, cx),
            Part::Bucket(at) => {
                let amount = sums.amounts.get(at).copied().unwrap_or_default();
                let has_retention = at > 0 || self.parts.contains(&Part::Retention);
                let beside = if has_retention { 0 } else { sums.retention_not_due };
                (amount.saturating_add(beside), heat(at))
            }
            Part::Older(from) => (added(sums.amounts.iter().skip(from)), heat(from)),
            Part::Retention => (sums.retention_not_due, theme.text()),
            Part::Unapplied => (sums.unapplied, theme.text()),
            Part::Net => (sums.total.saturating_sub(sums.unapplied), theme.text()),
            Part::Planned => (sums.planned, theme.text()),
            Part::Late => (late(sums, line.buckets.age_by), theme.bad()),
            Part::Total => (sums.total, theme.strong()),
        };
        if minor == 0 {
            return Cell::none(theme);
        }
        let amount = match self.unit {
            Some((scale, decimals)) => money::scaled(minor, line.currency, scale, decimals),
            None => cx.ledger.money(minor, line.currency),
        };
        let is_told = part != Part::Total
            || self.parts.contains(&Part::Currency)
            || line.currency == cx.ledger.digest.main;
        let sign = if is_told { "" } else { money::symbol(line.currency) };
        Cell::new(format!("{sign} {amount}").trim_start(), style)
    }

    /// Amounts are exact, or in what.
    pub fn unit(&self, lang: Lang) -> &'static str {
        self.unit.map_or("", |(scale, _)| lang.in_scale(scale))
    }

    pub fn totals(&self, table: &AgingTable, cx: &Cx<'_>) -> Vec<Vec<Cell>> {
        let style = cx.ui.theme.strong();
        let strong = |line: Line<'_>| {
            self.cells(&line, cx).into_iter().map(|cell| Cell::new(cell.text, style)).collect()
        };
        let has_code = self.parts.contains(&Part::Code);
        Line::totals(table, has_code, cx.ui.lang).map(strong).collect()
    }
}
