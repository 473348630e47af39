//! One page that stands by itself: no script, nothing from elsewhere; prints on A4, reads on a phone.

use super::Format;
use super::days::days;
use crate::document::Document;
use crate::document::markdown::{Block, Line, Side, Span, plain};
use crate::exchange::out::entities;
use crate::text::Lang;
use crate::text::width::width;

pub const HTML: Format =
    Format { ending: "html", write: |document| Ok(page(document).into_bytes()) };

const STYLE: &str = include_str!("../../../assets/document.css");

/// The whole page.
pub fn page(document: &Document) -> String {
    let tongue = match document.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let mut body = String::new();
    all(&document.blocks, &mut body);
    format!(
        "<!doctype html>\n<html lang=\"{tongue}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        entities(&document.title)
    )
}

fn put(block: &Block, out: &mut String) {
    match block {
        Block::Heading { level, text } => {
            let level = (*level).clamp(1, 6).to_string();
            out.extend(["<h", &level, ">", &marked(text), "</h", &level, ">\n"]);
        }
        Block::Paragraph { indent: true, text, .. } => {
            out.extend(["<p class=\"i\">", &marked(text), "</p>\n"]);
        }
        Block::Paragraph { side, text, .. } => {
            out.extend(["<p", class(*side), ">", &marked(text), "</p>\n"]);
        }
        Block::List { first, items } => {
            let (open, close) = match first {
                Some(first) => (format!("<ol start=\"{first}\">\n"), "</ol>\n"),
                None => ("<ul>\n".to_owned(), "</ul>\n"),
            };
            out.push_str(&open);
            for item in items {
                out.push_str("<li>");
                all(item, out);
                out.push_str("</li>\n");
            }
            out.push_str(close);
        }
        Block::Table { sides, head, rows } => table(sides, head, rows, out),
        Block::Quote(inner) => {
            out.push_str("<blockquote>\n");
            all(inner, out);
            out.push_str("</blockquote>\n");
        }
        Block::Rule => out.push_str("<hr>\n"),
        Block::NewPage => out.push_str("<hr class=\"page\">\n"),
    }
}

fn all(blocks: &[Block], out: &mut String) {
    for block in blocks {
        put(block, out);
    }
}

const fn class(side: Side) -> &'static str {
    match side {
        Side::Left => "",
        Side::Center => " class=\"c\"",
        Side::Right => " class=\"r\"",
    }
}

/// On a phone each row of more than two columns stands as a record: a cell says which column it is of.
fn table(sides: &[Side], head: &[Line], rows: &[Vec<Line>], out: &mut String) {
    let side = |at: usize| class(sides.get(at).copied().unwrap_or_default());
    out.push_str(match head.len() {
        0..=FEW => "<table>\n",
        columns if columns <= MANY => "<table class=\"f\">\n",
        _ => "<table class=\"f n\">\n",
    });
    if head.iter().any(|cell| !plain(cell).is_empty()) {
        let cells = head.iter().enumerate();
        let cells = cells.map(|(at, cell)| format!("<th{}>{}</th>", side(at), marked(cell)));
        let cells: String = cells.collect();
        out.extend(["<thead><tr>", &cells, "</tr></thead>\n"]);
    }
    out.push_str("<tbody>\n");
    for row in rows {
        let cells = row.iter().enumerate().map(|(at, cell)| {
            let title = head.get(at).map(|title| entities(&plain(title)));
            let title = title.unwrap_or_default();
            let class = match side(at) {
                "" if is_long(cell) => " class=\"w\"",
                "" if width(&plain(cell)) <= WORD => " class=\"d\"",
                side => side,
            };
            format!("<td{class} data-of=\"{title}\">{}</td>", marked(cell))
        });
        let cells: String = cells.collect();
        out.extend(["<tr>", &cells, "</tr>\n"]);
    }
    out.push_str("</tbody>\n</table>\n");
}

/// Cells of a text that stands on one line; a column is not widened for longer words.
const WORD: usize = 14;

/// Columns that a phone has room for, and those that the usual type has on paper.
const FEW: usize = 2;
const MANY: usize = 6;

/// Whether a cell holds a word that may have to break.
fn is_long(cell: &Line) -> bool {
    let text = plain(cell);
    let mut words = text.split(|c: char| c.is_whitespace() || !c.is_ascii());
    words.any(|word| word.len() > WORD)
}

fn marked(line: &Line) -> String {
    let mut out = String::new();
    for span in line {
        match span {
            Span::Break => out.push_str("<br>"),
            Span::Text { text, strong, emphasis } => {
                let tags = [("<strong>", "</strong>", *strong), ("<em>", "</em>", *emphasis)];
                let tags = || tags.iter().filter(|(.., is_on)| *is_on);
                out.extend(tags().map(|(open, ..)| *open));
                for (part, is_day) in days(text) {
                    let text = entities(part);
                    if is_day {
                        out.extend(["<span class=\"d\">", &text, "</span>"]);
                    } else {
                        out.push_str(&text);
                    }
                }
                out.extend(tags().rev().map(|(_, close, _)| *close));
            }
        }
    }
    out
}
