//! Plain text: for a terminal, a chat, a mail without more.

use super::Format;
use crate::document::Document;
use crate::document::markdown::{Block, INDENT, Line, Side, Span, plain};
use crate::text::width::{left, right, width, wrap};

pub const TEXT: Format =
    Format { ending: "txt", write: |document| Ok(page(document).into_bytes()) };

/// Cells of a line in a file.
pub const CELLS: usize = 78;

fn page(document: &Document) -> String {
    let mut text = lines(&document.blocks, CELLS).join("\n");
    text.push('\n');
    text
}

/// The lines of a document, none wider than so many cells where its words let it.
pub fn lines(blocks: &[Block], cells: usize) -> Vec<String> {
    let mut page = Sheet { lines: Vec::new(), cells: cells.max(20) };
    page.blocks(blocks);
    while page.lines.last().is_some_and(String::is_empty) {
        page.lines.pop();
    }
    page.lines
}

struct Sheet {
    lines: Vec<String>,
    cells: usize,
}

/// Between two columns of a table.
const GAP: usize = 2;

/// Cells a column keeps when a table has to give way, and so many of its longest word at most: a day is as long.
const LEAST: usize = 6;
const WORD: usize = 10;

impl Sheet {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.gap();
            self.block(block);
        }
    }

    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level: 1, text } => {
                for line in wrapped(text, self.cells) {
                    self.put(Side::Center, &line);
                }
            }
            Block::Heading { text, .. } => {
                for line in wrapped(text, self.cells) {
                    let rule = "-".repeat(width(&line));
                    self.lines.extend([line, rule]);
                }
            }
            Block::Paragraph { side, indent, text } => {
                let mut text = text.clone();
                if *indent && let Some(Span::Text { text, .. }) = text.first_mut() {
                    text.insert_str(0, &INDENT.to_string().repeat(2));
                }
                for line in wrapped(&text, self.cells) {
                    self.put(*side, &line);
                }
            }
            Block::List { first, items } => self.list(*first, items),
            Block::Table { sides, head, rows } => self.table(sides, head, rows),
            Block::Quote(inner) => self.inset("  ", "  ", inner),
            Block::Rule => self.lines.push("-".repeat(self.cells)),
            Block::NewPage => self.lines.push("=".repeat(self.cells)),
        }
    }

    fn put(&mut self, side: Side, line: &str) {
        let room = self.cells.saturating_sub(width(line));
        let before = match side {
            Side::Left => 0,
            Side::Center => room / 2,
            Side::Right => room,
        };
        self.lines.push(format!("{}{line}", " ".repeat(before)).trim_end().to_owned());
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>]) {
        for (at, item) in items.iter().enumerate() {
            let mark = match first {
                Some(first) => format!("{}. ", first.saturating_add(at as u64)),
                None => "- ".to_owned(),
            };
            let under = " ".repeat(width(&mark));
            self.inset(&mark, &under, item);
        }
    }

    /// Blocks behind a mark.
    fn inset(&mut self, mark: &str, under: &str, blocks: &[Block]) {
        let inner = lines(blocks, self.cells.saturating_sub(width(mark)));
        for (at, line) in inner.iter().enumerate() {
            let before = if at == 0 { mark } else { under };
            self.lines.push(format!("{before}{line}").trim_end().to_owned());
        }
    }

    fn table(&mut self, sides: &[Side], head: &[Line], rows: &[Vec<Line>]) {
        let head: Vec<String> = head.iter().map(flat).collect();
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(flat).collect()).collect();
        let columns = head.len();
        let natural = |at: usize| {
            let cells = rows.iter().filter_map(|row| row.get(at)).chain(head.get(at));
            cells.map(|cell| width(cell)).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..columns).map(natural).collect();
        let least = |at: usize| {
            let cells = rows.iter().filter_map(|row| row.get(at)).chain(head.get(at));
            let longest = cells.flat_map(|cell| pieces(cell)).max().unwrap_or(0);
            longest.clamp(LEAST, WORD)
        };
        let least: Vec<usize> = (0..columns).map(least).collect();
        let gaps = GAP * columns.saturating_sub(1);
        let side = |at: usize| sides.get(at).copied().unwrap_or_default();
        while widths.iter().sum::<usize>() + gaps > self.cells {
            let words = widths
                .iter()
                .zip(&least)
                .enumerate()
                .filter(|(at, (width, least))| side(*at) == Side::Left && width > least);
            let Some((widest, _)) = words.max_by_key(|(_, (width, _))| **width) else {
                return self.records(&head, &rows);
            };
            widths[widest] -= 1;
        }
        let titled = head.iter().any(|cell| !cell.is_empty());
        if titled {
            self.row(&head, &widths, &side);
            let rule: Vec<String> = widths.iter().map(|cells| "-".repeat(*cells)).collect();
            self.lines.push(rule.join(&" ".repeat(GAP)));
        }
        for row in &rows {
            self.row(row, &widths, &side);
        }
    }

    fn row(&mut self, row: &[String], widths: &[usize], side: &impl Fn(usize) -> Side) {
        let cells: Vec<Vec<String>> = widths
            .iter()
            .enumerate()
            .map(|(at, cells)| wrap(row.get(at).map_or("", String::as_str), (*cells).max(1)))
            .collect();
        for at in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let line = cells.iter().zip(widths).enumerate().map(|(column, (lines, cells))| {
                let text = lines.get(at).map_or("", String::as_str);
                match side(column) {
                    Side::Right => right(text, *cells),
                    Side::Left | Side::Center => left(text, *cells),
                }
            });
            let line: Vec<String> = line.collect();
            self.lines.push(line.join(&" ".repeat(GAP)).trim_end().to_owned());
        }
    }

    /// A table too wide for its columns: each row as a list of what its columns say.
    fn records(&mut self, head: &[String], rows: &[Vec<String>]) {
        for row in rows {
            self.gap();
            for (title, cell) in head.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                let colon = if title.is_empty() { "" } else { ": " };
                self.lines.extend(wrap(&format!("{title}{colon}{cell}"), self.cells));
            }
        }
    }
}

/// How wide the parts are between which a line may end: words, and each wide sign by itself.
fn pieces(cell: &str) -> impl Iterator<Item = usize> {
    cell.split_whitespace().flat_map(|word| word.split(|c: char| !c.is_ascii())).map(str::len)
}

/// On one line.
fn flat(line: &Line) -> String {
    plain(line)
}

/// A text in lines of so many cells; its breaks are kept.
fn wrapped(line: &Line, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for part in line.split(|span| *span == Span::Break) {
        lines.extend(wrap(&plain(part), cells));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown::parse;

    #[test]
    fn a_letter_in_text_keeps_its_sides_and_its_columns() {
        let blocks = parse(
            "# 催款函\n\n请付款。\n\n| 节点 | 金额 |\n|:--|--:|\n| 验收款 | 1,000.00 |\n| 进度 | 2.00 |\n\n<!-- right -->\n盖章  \n日期",
        );
        assert_eq!(
            lines(&blocks, 30),
            [
                "            催款函",
                "",
                "请付款。",
                "",
                "节点        金额",
                "------  --------",
                "验收款  1,000.00",
                "进度        2.00",
                "",
                "                          盖章",
                "                          日期",
            ]
        );
    }

    #[test]
    fn a_column_gives_way_between_words_and_not_within_a_day() {
        let table =
            "| Name | Due | Amount |\n|--|--|--:|\n| A long name | 2026-11-24 | 1,000.00 |\n";
        let made = lines(&parse(table), 30);
        assert_eq!(made[2], "A long    2026-11-24  1,000.00", "{made:#?}");
        assert_eq!(made[3], "name");
    }

    #[test]
    fn a_table_gives_way_and_then_becomes_records() {
        let table = "| Name | Amount | Due |\n|--|--:|--:|\n| A very long name indeed | 1,000.00 | 2026-11-24 |\n";
        for cells in 20..80 {
            let made = lines(&parse(table), cells);
            assert!(made.iter().all(|line| width(line) <= cells), "{cells}: {made:#?}");
            assert!(made.concat().contains("1,000.00"), "{made:#?}");
        }
    }
}
