//! The columns of the aging table, and which of them there is room for: every bucket, always. Where they do not fit as
//! they are, the others go first, then amounts are written at a larger scale.

use crate::domain::aging::{AgeBy, Buckets, Place};
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
    /// What the total is made of, in so many cells.
    Bar(usize),
}

/// How amounts are written: exactly, or at a scale.
type Unit = Option<Scaled>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scaled {
    scale: Scale,
    decimals: u32,
    /// Those of currencies that are not told in ten-thousands, too; else they stand there exactly, with their sign.
    all: bool,
}

/// The units a table may be written in, the first that fits.
fn units(lang: Lang, wan: bool) -> Vec<Unit> {
    let scaled = |scale, decimals| Some(Scaled { scale, decimals, all: true });
    let ten_thousands = |decimals| scaled(Scale::TenThousand, decimals);
    let told = Some(Scaled { scale: Scale::TenThousand, decimals: 2, all: false });
    match (lang, wan) {
        (Lang::Zh, false) => {
            let coarse = [ten_thousands(2), ten_thousands(0), scaled(Scale::HundredMillion, 2)];
            [None, told].into_iter().chain(coarse).collect()
        }
        (Lang::Zh, true) => {
            vec![told, ten_thousands(2), ten_thousands(0), scaled(Scale::HundredMillion, 2)]
        }
        (Lang::En, true) => {
            vec![told, ten_thousands(2), ten_thousands(0), scaled(Scale::Million, 1)]
        }
        (Lang::En, false) => {
            let (thousand, million) = (Scale::Thousand, Scale::Million);
            vec![None, scaled(thousand, 1), scaled(thousand, 0), scaled(million, 1)]
        }
    }
}

impl Scaled {
    fn takes(self, currency: Currency) -> bool {
        self.all || money::is_told_in_wan(currency)
    }
}

/// What stands in a row.
pub struct Line<'a> {
    pub code: String,
    pub name: String,
    pub currency: Currency,
    pub sums: &'a Sums,
    pub buckets: &'a Buckets,
}

/// What is past due of a row: the buckets behind the first, or all where nothing is "not due".
pub fn late(sums: &Sums, age_by: AgeBy) -> i64 {
    added(sums.amounts.iter().skip(usize::from(age_by != AgeBy::Invoice)))
}

fn added<'a>(amounts: impl Iterator<Item = &'a i64>) -> i64 {
    amounts.fold(0, |sum, amount| sum.saturating_add(*amount))
}

/// What stands in one column of buckets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    part: Part,
    /// Retention that is not due is among it.
    retention: bool,
}

impl Bucket {
    /// Whether what stands at a place of the table is among it.
    pub fn holds(self, place: Place) -> bool {
        match place {
            Place::RetentionNotDue => self.retention,
            Place::Bucket(at) => match self.part {
                Part::Bucket(of) => at == of,
                Part::Older(from) => at >= from,
                Part::Code
                | Part::Name
                | Part::Currency
                | Part::Retention
                | Part::Late
                | Part::Total
                | Part::Unapplied
                | Part::Net
                | Part::Planned
                | Part::Items
                | Part::Bar(_) => false,
            },
        }
    }

    pub fn title(self, buckets: &Buckets, lang: Lang) -> String {
        self.part.bucket_title(&buckets.labels(), lang).unwrap_or_default()
    }

    /// How much of a row it is.
    pub fn amount(self, sums: &Sums) -> i64 {
        let due = sums.amounts.iter().enumerate();
        let due = due.filter(|(at, _)| self.holds(Place::Bucket(*at))).map(|(_, amount)| amount);
        let retention = if self.retention { sums.retention_not_due } else { 0 };
        added(due).saturating_add(retention)
    }
}

impl Part {
    /// The title of a column of buckets; none of another.
    fn bucket_title(self, labels: &[String], lang: Lang) -> Option<String> {
        let label = |at: usize| labels.get(at).map_or("", String::as_str);
        match self {
            Self::Bucket(at) => Some(lang.bucket_title(label(at))),
            Self::Older(at) => Some(lang.bucket_older(label(at))),
            Self::Retention => Some(lang.retention_short().to_owned()),
            Self::Code
            | Self::Name
            | Self::Currency
            | Self::Late
            | Self::Total
            | Self::Unapplied
            | Self::Net
            | Self::Planned
            | Self::Items
            | Self::Bar(_) => None,
        }
    }
}

impl<'a> Line<'a> {
    /// The totals, one a currency, the main one first; the word stands in the first column there is.
    fn totals(
        table: &'a AgingTable,
        has_code: bool,
        cx: &Cx<'_>,
    ) -> impl Iterator<Item = Self> + Clone {
        let (lang, main) = (cx.ui.lang, cx.ledger.digest.main);
        let (first, others): (Vec<_>, Vec<_>) =
            table.totals.iter().partition(|(currency, _)| *currency == main);
        first.into_iter().chain(others).map(move |(currency, sums)| {
            let mut label = [lang.total().to_owned(), String::new()];
            if !has_code {
                label.reverse();
            }
            let [code, name] = label;
            Line { code, name, currency: *currency, sums, buckets: &table.buckets }
        })
    }

    /// Each bucket's share of the row, the oldest last. The whole bar is the row, however large: beside the one who owes
    /// most, a bar by amount says nothing of the others, and amounts stand beside it as numbers.
    fn bar(&self, cells: usize, cx: &Cx<'_>) -> Cell {
        let theme = cx.ui.theme;
        let mut parts = self.sums.amounts.clone();
        if let Some(first) = parts.first_mut() {
            *first = first.saturating_add(self.sums.retention_not_due);
        }
        let whole = parts.iter().fold(0_i64, |sum, part| sum.saturating_add((*part).max(0)));
        let lengths = lengths(&parts, whole, cells).into_iter().enumerate();
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

/// The cells of names before there are secondary columns, and before a bar grows further.
const ROOMY: usize = 16;
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
        let finest = units.iter().flatten().map(|unit| unit.scale).next();
        let is_fine =
            |unit: &Unit| unit.is_none_or(|of| Some(of.scale) == finest && of.decimals > 0);
        let fine = units.iter().filter(|unit| is_fine(unit));
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
        // Before the secondary ones, names have more than their least.
        let names = if all { NAMES } else { NARROW };
        let others = worth.map(|(has, part)| (has, part, all, 0)).into_iter();
        let secondary = secondary.map(|(has, part)| (has, part, false, ROOMY - names));
        for (_, part, needed, names) in others.chain(secondary).filter(|(has, ..)| *has) {
            let wide = shown.wide(part, table, cx) + GAP;
            if used + wide + names <= room {
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
        let totals = Line::totals(table, false, cx);
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
        let number = |title: String| Column { title: title.into(), ..Column::number("", 0) };
        let title = match part {
            Part::Code => return Column::words(lang.code_word(), 6, 0).by(BY_CODE),
            Part::Name => return Column::words(lang.group_by(table.by), NARROW, 0),
            Part::Currency => return Column::whole("", 0),
            Part::Bar(_) => return Column::whole(lang.age_mix(), 0),
            Part::Bucket(_) | Part::Older(_) | Part::Retention => {
                part.bucket_title(labels, lang).unwrap_or_default()
            }
            Part::Unapplied => lang.unapplied_short().to_owned(),
            Part::Net => lang.net().to_owned(),
            Part::Planned => lang.planned_money().to_owned(),
            Part::Items => lang.items_word().to_owned(),
            Part::Late => return number(lang.past_due().to_owned()).by(BY_LATE),
            Part::Total => {
                let title = match self.unit {
                    Some(unit) => lang.total_in(lang.scale(unit.scale)),
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
            Part::Bucket(at) | Part::Older(at) => (self.bucket(part).amount(sums), heat(at)),
            Part::Retention => (self.bucket(part).amount(sums), theme.text()),
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
            Some(unit) if !unit.takes(line.currency) => {
                return Cell::new(money::with_symbol(minor, line.currency), style);
            }
            Some(unit) => money::scaled(minor, line.currency, unit.scale, unit.decimals),
            None => cx.ledger.money(minor, line.currency),
        };
        let is_told = part != Part::Total
            || self.parts.contains(&Part::Currency)
            || line.currency == cx.ledger.digest.main;
        let sign = if is_told { "" } else { money::symbol(line.currency) };
        Cell::new(format!("{sign} {amount}").trim_start(), style)
    }

    /// What stands in a column of buckets. What is not due has retention that is not due where that has no column.
    fn bucket(&self, part: Part) -> Bucket {
        let is_among = part == Part::Bucket(0) && !self.parts.contains(&Part::Retention);
        Bucket { part, retention: part == Part::Retention || is_among }
    }

    /// What stands in the column at a place; none if that is no column of buckets.
    pub fn bucket_at(&self, column: usize) -> Option<Bucket> {
        let part = *self.parts.get(column)?;
        matches!(part, Part::Bucket(_) | Part::Older(_) | Part::Retention)
            .then(|| self.bucket(part))
    }

    /// The place of a column of buckets, where it is shown.
    pub fn column_of(&self, bucket: Bucket) -> Option<usize> {
        (0..self.parts.len()).find(|at| self.bucket_at(*at) == Some(bucket))
    }

    /// The next column of buckets to the right or left of one; from none, the first from that side.
    pub fn beside(&self, bucket: Option<Bucket>, right: bool) -> Option<Bucket> {
        let mut all: Vec<Bucket> =
            (0..self.parts.len()).filter_map(|at| self.bucket_at(at)).collect();
        if !right {
            all.reverse();
        }
        let at = bucket.and_then(|bucket| all.iter().position(|of| *of == bucket));
        let next = at.map_or(0, |at| at + 1);
        all.get(next).copied().or(bucket)
    }

    /// Amounts are exact, or in what.
    pub fn unit(&self, lang: Lang) -> &'static str {
        self.unit.map_or("", |unit| lang.in_scale(unit.scale))
    }

    pub fn totals(&self, table: &AgingTable, cx: &Cx<'_>) -> Vec<Vec<Cell>> {
        let style = cx.ui.theme.strong();
        let strong = |line: Line<'_>| {
            let cells = self.parts.iter().zip(self.cells(&line, cx));
            let cells = cells.map(|(part, cell)| match part {
                Part::Bar(_) => cell,
                Part::Code
                | Part::Name
                | Part::Currency
                | Part::Bucket(_)
                | Part::Older(_)
                | Part::Retention
                | Part::Late
                | Part::Total
                | Part::Unapplied
                | Part::Net
                | Part::Planned
                | Part::Items => Cell::new(cell.text, style),
            });
            cells.collect()
        };
        let has_code = self.parts.contains(&Part::Code);
        Line::totals(table, has_code, cx).map(strong).collect()
    }
}
