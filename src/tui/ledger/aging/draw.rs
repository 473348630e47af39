//! How the aging table stands on a screen: name, as many of the scrolling columns as fit, overdue, total and the bar.

use iso_currency::Currency;
use ratatui::layout::Rect;

use crate::domain::aging::{AgeBy, Buckets};
use crate::report::aging::{AgingRow, GroupKey, Sums};
use crate::text::Lang;
use crate::text::width::{left, width};
use crate::tui::ledger::board::Canvas;
use crate::tui::ledger::cells::{number, plain, whole, words};
use crate::tui::ledger::data::Ledger;
use crate::tui::look::Look;
use crate::tui::screens::AgingParams;
use crate::tui::widgets::bar::bar;
use crate::tui::widgets::list::{self, Cell, Column, RowId, Rows};

use super::columns::{Part, Shown, choose, columns_of};
use super::heading::{about, heading};
use super::table::{Table, late};

pub struct TableRows<'a> {
    table: &'a Table,
    shown: Shown,
    ledger: &'a Ledger,
    look: Look,
}

impl<'a> TableRows<'a> {
    /// To move in: whatever columns are shown.
    pub fn plain(table: &'a Table, ledger: &'a Ledger, look: Look) -> Self {
        let buckets = table.computed().map(|table| table.buckets.clone());
        let parts = columns_of(&buckets.unwrap_or_default());
        let shown = Shown {
            of: parts.len(),
            parts,
            currency: true,
            code: true,
            late: true,
            ..Shown::default()
        };
        Self {
            table,
            shown,
            ledger,
            look,
        }
    }
}

impl Rows for TableRows<'_> {
    fn len(&self) -> usize {
        self.table.len()
    }

    fn id(&self, at: usize) -> RowId {
        self.table.row(at).map_or(RowId(0), row_id)
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        let Some(row) = self.table.row(at) else {
            return Vec::new();
        };
        let label = self.table.label(row, self.ledger, self.look);
        let greatest = self.table.greatest(row.currency);
        self.line(label, row.currency, &row.sums, greatest)
    }
}

impl TableRows<'_> {
    fn age_by(&self) -> AgeBy {
        let table = self.table.computed();
        table.map(|table| table.buckets.age_by).unwrap_or_default()
    }

    fn line(
        &self,
        (code, name): (String, String),
        currency: Currency,
        sums: &Sums,
        greatest: i64,
    ) -> Vec<Cell> {
        let theme = self.look.theme;
        let money = |minor: i64, style| {
            let style = if minor == 0 { theme.dim() } else { style };
            Cell::new(self.ledger.money(minor, currency), style)
        };
        let mut cells = Vec::new();
        if self.shown.code {
            cells.push(plain(code));
        }
        cells.push(plain(name));
        if self.shown.currency {
            cells.push(plain(currency.code()));
        }
        let late = late(sums, self.age_by());
        for part in &self.shown.parts {
            let text = theme.text();
            cells.push(match part {
                Part::Bucket(at) => money(sums.amounts.get(*at).copied().unwrap_or_default(), text),
                Part::Retention => money(sums.retention_not_due, text),
                Part::Unapplied => money(sums.unapplied, text),
                Part::Net => money(sums.total.saturating_sub(sums.unapplied), text),
                Part::Planned => money(sums.planned, text),
                Part::Items => plain(sums.items.to_string()),
            });
        }
        if self.shown.late {
            cells.push(money(late, theme.bad()));
        }
        cells.push(money(sums.total, theme.strong()));
        let fill = bar(late, greatest, self.shown.bar, theme.bar());
        let all = bar(sums.total, greatest, self.shown.bar, "-");
        let rest = width(&all).saturating_sub(width(&fill));
        let style = if late > 0 { theme.bad() } else { theme.dim() };
        cells.push(Cell::new(format!("{fill}{:-<rest$}", ""), style));
        cells
    }

    /// The totals, one row a currency.
    fn totals(&self) -> Vec<Vec<Cell>> {
        let Some(table) = self.table.computed() else {
            return Vec::new();
        };
        let total = |(currency, sums): &(Currency, Sums)| {
            let name = self.look.lang.total().to_owned();
            let label = if self.shown.code {
                (name, String::new())
            } else {
                (String::new(), name)
            };
            let mut cells = self.line(label, *currency, sums, 0);
            for cell in &mut cells {
                cell.style = self.look.theme.strong();
            }
            cells
        };
        table.totals.iter().map(total).collect()
    }

    fn columns(&self, buckets: &Buckets) -> Vec<Column> {
        let lang = self.look.lang;
        let by = self
            .table
            .computed()
            .map(|table| table.by)
            .unwrap_or_default();
        let mut columns = Vec::new();
        if self.shown.code {
            columns.push(words(lang.code_word(), 6, 2));
        }
        columns.push(words(lang.group_by(by), 10, 0));
        if self.shown.currency {
            columns.push(whole("", 0));
        }
        let labels = buckets.labels();
        for part in &self.shown.parts {
            columns.push(number(part_title(*part, &labels, lang), 0));
        }
        if self.shown.late {
            columns.push(number(lang.past_due(), 0));
        }
        columns.push(number(lang.total(), 0));
        columns.push(whole("", 1));
        columns
    }
}

fn part_title(part: Part, labels: &[String], lang: Lang) -> &'static str {
    match part {
        Part::Bucket(at) => lang.bucket_title(labels.get(at).map_or("", String::as_str)),
        Part::Retention => lang.retention_short(),
        Part::Unapplied => lang.unapplied_short(),
        Part::Net => lang.net(),
        Part::Planned => lang.planned_money(),
        Part::Items => lang.items_word(),
    }
}

/// A row by what it stands for.
fn row_id(row: &AgingRow) -> RowId {
    let (tag, id) = match row.key {
        GroupKey::Customer(id) => (0, id.0),
        GroupKey::Project(id) => (1, id.0),
        GroupKey::Manager(id) => (2, id.0),
        GroupKey::NoManager => (3, 0),
        GroupKey::Stage(stage) => (4, stage as i64),
        GroupKey::Currency => (5, 0),
        GroupKey::Unapplied => (6, 0),
    };
    RowId((id * 8 + tag) * 1000 + i64::from(row.currency.numeric()))
}

/// Draws heading, table and totals.
pub fn draw(
    table: &Table,
    params: &mut AgingParams,
    ledger: &Ledger,
    canvas: &mut Canvas<'_, '_>,
) -> Vec<(Rect, RowId)> {
    let look = canvas.look;
    let Some(computed) = table.computed() else {
        heading(&[look.lang.computing().to_owned()], canvas);
        return Vec::new();
    };
    let mut rows = TableRows::plain(table, ledger, look);
    let widest = (rows.totals(), rows.columns(&computed.buckets));
    let widest = (widest.0.as_slice(), widest.1.as_slice());
    rows.shown = choose(widest, &computed.buckets, params, canvas.area.width);
    let used = heading(&about(table, &rows.shown, ledger, canvas), canvas);
    let mut area = canvas.area;
    area.y += used;
    area.height = area.height.saturating_sub(used);
    if computed.rows.is_empty() {
        let text = left(
            look.lang.nothing_aged(),
            usize::from(area.width).saturating_sub(2),
        );
        let buffer = canvas.frame.buffer_mut();
        buffer.set_string(area.x + 2, area.y, text, look.theme.dim());
        return Vec::new();
    }
    let (columns, totals) = (rows.columns(&computed.buckets), rows.totals());
    let state = &mut params.list.list;
    list::draw_footed(
        canvas.frame,
        area,
        (&columns, &rows, &totals),
        state,
        (true, look),
    )
}
