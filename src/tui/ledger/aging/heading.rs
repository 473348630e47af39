//! What an aging table is of, above it: day, grouping, basis, bucket rule, and which columns are seen.

use crate::domain::aging::Edges;
use crate::text::width::{left, width};
use crate::tui::ledger::board::Canvas;
use crate::tui::ledger::data::Ledger;

use super::columns::Shown;
use super::table::Table;

/// What the table is of: day, grouping, basis, buckets, and what of it is seen.
pub fn about(
    table: &Table,
    shown: &Shown,
    ledger: &Ledger,
    canvas: &Canvas<'_, '_>,
) -> Vec<String> {
    let lang = canvas.look.lang;
    let Some(computed) = table.computed() else {
        return Vec::new();
    };
    let mut day = computed.as_of.to_string();
    if computed.as_of == ledger.today() {
        day.push_str(lang.today_mark());
    }
    let mut first = lang.aging_head(&day, &lang.group_by(computed.by).to_lowercase());
    if table.is_waiting() {
        first.push_str("  ");
        first.push_str(lang.computing());
    }
    let edges = match &computed.buckets.edges {
        Edges::Years => lang.edges_years().to_owned(),
        Edges::Days(days) => {
            let days: Vec<String> = days.iter().map(u32::to_string).collect();
            lang.edges_days(&days.join("/"))
        }
    };
    let mut second = lang.aged_by_short(lang.age_by(computed.buckets.age_by), &edges);
    if ledger.wan {
        second.push_str(lang.comma());
        second.push_str(lang.in_wan());
    }
    let mut third = String::new();
    if shown.parts.len() < shown.of {
        third = lang.more_columns(shown.from + 1, shown.from + shown.parts.len(), shown.of);
    }
    let room = usize::from(canvas.area.width).saturating_sub(2);
    let mut lines: Vec<String> = Vec::new();
    for text in [first, second, third]
        .into_iter()
        .filter(|text| !text.is_empty())
    {
        match lines.last_mut() {
            Some(line) if width(line) + 2 + width(&text) <= room => {
                line.push_str("  ");
                line.push_str(&text);
            }
            _ => lines.push(text),
        }
    }
    lines
}

/// Draws lines above the table and says how many.
pub fn heading(lines: &[String], canvas: &mut Canvas<'_, '_>) -> u16 {
    let area = canvas.area;
    let room = usize::from(area.width).saturating_sub(1);
    let mut used = 0;
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        let style = if used == 0 {
            canvas.look.theme.strong()
        } else {
            canvas.look.theme.dim()
        };
        canvas
            .frame
            .buffer_mut()
            .set_string(area.x + 1, y, left(line, room), style);
        used += 1;
    }
    used
}
