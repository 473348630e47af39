//! One page that stands by itself: no script, nothing from elsewhere; light and dark, on a phone and on A4.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Align, Cell, Drawn, Format, Report, Table, currency_of};
use crate::domain::money::Currency;
use crate::exchange::sanitize;
use crate::text::Lang;
use crate::text::width::fit;

pub const HTML: Format = Format { ending: "html", data: false, write };

const STYLE: &str = include_str!("../../../assets/report.css");

/// Rows of a picture at most: those that come to most.
const BARS: usize = 20;

/// Of a picture, in its own units: its width, where bars begin and end, and the height of one.
const WIDE: i128 = 720;
const LEFT: i128 = 170;
const RIGHT: i128 = 590;
const HIGH: usize = 22;

/// Cells of a name that have room before its bar.
const CELLS: usize = 24;

fn write(report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let page = report.page(lang);
    let title = escape(&page.title);
    let tongue = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    write!(
        out,
        "<!doctype html>\n<html lang=\"{tongue}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )?;
    for line in &page.lead {
        writeln!(out, "<p>{}</p>", escape(line))?;
    }
    for table in page.tables {
        write_table(table, out)?;
    }
    out.write_all(b"</body>\n</html>\n")
}

fn write_table(mut table: Table<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<section>")?;
    if !table.title.is_empty() {
        writeln!(out, "<h2>{}</h2>", escape(&table.title))?;
    }
    if let Some(label) = table.labels() {
        let rows: Vec<Vec<Cell<'_>>> =
            std::mem::replace(&mut table.rows, Box::new(std::iter::empty())).collect();
        draw(&table, label, &rows, out)?;
        table.rows = Box::new(rows.into_iter());
    }
    let aligns: Vec<Align> = table.columns.iter().map(|column| column.align).collect();
    let row = |cells: &[Cell<'_>], tag: &str| {
        let cells = aligns.iter().enumerate().map(|(at, align)| {
            let side = match align {
                Align::Left => "",
                Align::Right => " class=\"n\"",
            };
            let cell = cells.get(at).unwrap_or(&Cell::EMPTY).grouped();
            format!("<{tag}{side}>{}</{tag}>", escape(&cell))
        });
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    writeln!(out, "<div>\n<table>\n<thead>{}</thead>\n<tbody>", row(&table.headers(), "th"))?;
    for cells in table.rows {
        writeln!(out, "{}", row(&cells, "td"))?;
    }
    writeln!(out, "</tbody>")?;
    if !table.totals.is_empty() {
        let totals: Vec<String> = table.totals.iter().map(|cells| row(cells, "td")).collect();
        writeln!(out, "<tfoot>{}</tfoot>", totals.join("\n"))?;
    }
    writeln!(out, "</table>\n</div>")?;
    for note in &table.notes {
        writeln!(out, "<p class=\"note\">{}</p>", escape(note))?;
    }
    writeln!(out, "</section>")
}

/// The rows as bars, in the currency of the first totals, else of the first row.
fn draw(
    table: &Table<'_>,
    label: usize,
    rows: &[Vec<Cell<'_>>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let parts: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.part)
        .map(|(at, _)| at)
        .collect();
    let first = || table.totals.iter().chain(rows).find_map(|row| currency_of(row));
    let Some(currency) = table.main.or_else(first) else {
        return Ok(());
    };
    let mut bars: Vec<Bar<'_>> =
        rows.iter().filter_map(|row| Bar::new(row, label, &parts, currency)).collect();
    match table.drawn {
        Drawn::Greatest => {
            bars.sort_by_key(|bar| std::cmp::Reverse(bar.sum));
            bars.truncate(BARS);
        }
        Drawn::InOrder => {}
        Drawn::Bridge => return draw_bridge(&bars, currency, out),
    }
    let Some(longest) = bars.iter().map(|bar| bar.sum).max().filter(|sum| *sum > 0) else {
        return Ok(());
    };
    let headers = table.headers();
    let header = |at: usize| headers.get(at).map_or(Cow::Borrowed(""), Cell::grouped);
    let legend = parts.iter().enumerate().map(|(age, at)| {
        format!("<span class=\"a{}\"></span>{} ", age.min(LAST), escape(&header(*at)))
    });
    writeln!(out, "<p class=\"legend\">{} {}</p>", currency.code(), legend.collect::<String>())?;
    open_picture(bars.len(), out)?;
    for (at, bar) in bars.iter().enumerate() {
        let scaled = |sum: i128| LEFT + sum * (RIGHT - LEFT) / longest;
        let mut before = 0;
        for (age, minor) in bar.parts.iter().enumerate().filter(|(_, minor)| **minor > 0) {
            let ends = (scaled(before), scaled(before + minor));
            before += minor;
            let told = parts.get(age).map_or(Cow::Borrowed(""), |at| header(*at));
            let amount = Cell::Amount(*minor, currency);
            let told = format!("{told}: {}", amount.grouped());
            write_rect(&format!("a{}", age.min(LAST)), at, ends, &told, out)?;
        }
        write_words(at, &bar.label, bar.sum, currency, out)?;
    }
    writeln!(out, "</svg>\n</div>")
}

/// What a sum begins with and comes to as whole bars, and between them what adds to it and takes from it, each from
/// where the one before ended.
fn draw_bridge(bars: &[Bar<'_>], currency: Currency, out: &mut dyn Write) -> io::Result<()> {
    let mut reached = 0;
    let ends: Vec<(i128, i128)> = bars
        .iter()
        .enumerate()
        .map(|(at, bar)| {
            let is_whole = at == 0 || at + 1 == bars.len();
            let from = if is_whole { 0 } else { reached };
            reached = from + bar.sum;
            (from, reached)
        })
        .collect();
    let all = || ends.iter().flat_map(|(from, to)| [*from, *to]);
    let (least, most) = (all().min().unwrap_or(0).min(0), all().max().unwrap_or(0).max(0));
    if least == most {
        return Ok(());
    }
    writeln!(out, "<p class=\"legend\">{}</p>", currency.code())?;
    open_picture(bars.len(), out)?;
    let scaled = |sum: i128| LEFT + (sum - least) * (RIGHT - LEFT) / (most - least);
    for (at, (bar, (from, to))) in bars.iter().zip(ends).enumerate() {
        let class = match from {
            0 if at == 0 || at + 1 == bars.len() => "a0",
            _ if to < from => "down",
            _ => "up",
        };
        let ends = (scaled(from.min(to)), scaled(from.max(to)));
        write_rect(class, at, ends, &bar.label, out)?;
        write_words(at, &bar.label, bar.sum, currency, out)?;
    }
    writeln!(out, "</svg>\n</div>")
}

fn open_picture(bars: usize, out: &mut dyn Write) -> io::Result<()> {
    let height = bars * HIGH;
    writeln!(out, "<div>\n<svg viewBox=\"0 0 {WIDE} {height}\" role=\"img\">")
}

fn write_rect(
    class: &str,
    at: usize,
    (x, end): (i128, i128),
    told: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(
        out,
        "<rect class=\"{class}\" x=\"{x}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>",
        at * HIGH + 3,
        (end - x).max(1),
        HIGH - 6,
        escape(told),
    )
}

/// What a bar is called, and what it comes to.
fn write_words(
    at: usize,
    label: &str,
    sum: i128,
    currency: Currency,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (x, base) = (WIDE, (at + 1) * HIGH - 7);
    let sum = Cell::Amount(sum, currency);
    let label = fit(label, CELLS);
    writeln!(out, "<text x=\"0\" y=\"{base}\">{}</text>", escape(&label))?;
    writeln!(out, "<text class=\"n\" x=\"{x}\" y=\"{base}\">{}</text>", escape(&sum.grouped()))
}

/// The last of the colours of ages, for all that are older.
const LAST: usize = 6;

struct Bar<'r> {
    label: Cow<'r, str>,
    /// Minor units.
    parts: Vec<i128>,
    sum: i128,
}

impl<'r> Bar<'r> {
    fn new(row: &'r [Cell<'_>], label: usize, parts: &[usize], of: Currency) -> Option<Self> {
        let part = |at: &usize| match row.get(*at) {
            Some(Cell::Amount(minor, currency)) if *currency == of => Some(*minor),
            _ => None,
        };
        let parts: Vec<i128> = parts.iter().map(part).collect::<Option<_>>()?;
        let sum = parts.iter().sum();
        Some(Self { label: row.get(label)?.grouped(), parts, sum })
    }
}

fn escape(text: &str) -> String {
    entities(&sanitize::text(text))
}

/// Clean text as a page holds it.
pub fn entities(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::super::{Column, Page};
    use super::*;

    struct Two;

    impl Report for Two {
        fn page(&self, _: Lang) -> Page<'_> {
            let columns = vec![
                Column::left("客户"),
                Column::left("币种").named("currency"),
                Column::right("未到期").part(),
                Column::right("1-30").part(),
            ];
            let yuan = |minor| Cell::Amount(minor, Currency::CNY);
            let rows = [
                vec!["<b>星河".into(), "CNY".into(), yuan(100), yuan(300)],
                vec![
                    "北辰".into(),
                    "EUR".into(),
                    Cell::Amount(900, Currency::EUR),
                    Cell::Amount(0, Currency::EUR),
                ],
            ];
            let totals = vec![vec!["合计".into(), "CNY".into(), yuan(100), yuan(300)]];
            let table = Table { totals, ..Table::new(columns, rows.into_iter()) };
            Page {
                title: "账龄 & 周报".into(), lead: vec!["\"引\"".into()], tables: vec![table]
            }
        }
    }

    fn page() -> String {
        let mut out = Vec::new();
        HTML.write(&Two, Lang::Zh, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_stays_text() {
        let page = page();
        assert!(page.contains("<title>账龄 &amp; 周报</title>"), "{page}");
        assert!(page.contains("<td>&lt;b&gt;星河</td>") && !page.contains("<b>"), "{page}");
        assert!(page.contains("<p>&quot;引&quot;</p>"), "{page}");
        for active in ["<script", "http:", "https:", "url(", "@import"] {
            assert!(!page.contains(active), "{active}");
        }
    }

    #[test]
    fn bars_are_to_scale_and_of_one_currency() {
        let page = page();
        let picture =
            page.split("<svg").nth(1).and_then(|rest| rest.split("</svg>").next()).unwrap();
        assert!(picture.contains("x=\"170\" y=\"3\" width=\"105\""), "{picture}");
        assert!(picture.contains("x=\"275\" y=\"3\" width=\"315\""), "{picture}");
        assert!(picture.contains("<title>1-30: 3.00</title>"), "{picture}");
        assert!(!picture.contains("北辰"), "{picture}");
    }

    /// From 10.00 through what was added and taken to 4.00.
    struct Sum;

    impl Report for Sum {
        fn page(&self, _: Lang) -> Page<'_> {
            let columns = vec![
                Column::left("Step"),
                Column::left("Cur").named("currency"),
                Column::right("Sum").part(),
            ];
            let row = |name: &'static str, of: Currency, minor| {
                vec![name.into(), of.code().into(), Cell::Amount(minor, of)]
            };
            let (cny, eur) = (Currency::CNY, Currency::EUR);
            let rows = [
                row("Opening", cny, 1_000),
                row("New", cny, 200),
                row("A name that is far too long for its room", cny, -800),
                row("Closing", cny, 400),
                row("Opening", eur, 9_000),
            ];
            let table = Table { drawn: Drawn::Bridge, ..Table::new(columns, rows.into_iter()) };
            Page { tables: vec![table], ..Page::default() }
        }
    }

    #[test]
    fn a_bridge_begins_each_step_where_the_one_before_ended() {
        let mut out = Vec::new();
        HTML.write(&Sum, Lang::En, &mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        let bars: Vec<&str> =
            page.lines().filter_map(|line| line.strip_prefix("<rect class=")).collect();
        let starts = [
            "\"a0\" x=\"170\" y=\"3\" width=\"350\"",
            "\"up\" x=\"520\" y=\"25\" width=\"70\"",
            "\"down\" x=\"310\" y=\"47\" width=\"280\"",
            "\"a0\" x=\"170\" y=\"69\" width=\"140\"",
        ];
        assert_eq!(bars.len(), starts.len(), "{bars:?}");
        for (bar, start) in bars.iter().zip(starts) {
            assert!(bar.starts_with(start), "{bar} {start}");
        }
        assert!(page.contains(">A name that is far too …</text>"), "{page}");
    }
}
