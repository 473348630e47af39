//! For WPS and Word: a letter gets a stamp there, and a lawyer's red pen. A4, fonts named for both scripts.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, LineSpacing, PageMargin, PageNum, Paragraph, Run,
    RunFonts, SpecialIndentType, Table, TableCell, TableRow, WidthType,
};

use super::Format;
use crate::document::Document;
use crate::document::markdown::{Block, Line, Side, Span, plain};
use crate::error::{Error, Result};
use crate::text::Lang;
use crate::text::width::width;

pub const DOCX: Format = Format { ending: "docx", write };

/// Twentieths of a point: A4, its margins, and what is left between them.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: i32 = 1_304;
const BETWEEN: usize = 9_298;

/// Half points, and the width of such a letter in twentieths of a point.
const BODY: usize = 22;
const LETTER: i32 = 220;
const CELL: usize = 19;

fn write(document: &Document) -> Result<Vec<u8>> {
    let fonts = match document.lang {
        Lang::Zh => RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman"),
        Lang::En => RunFonts::new().ascii("Calibri").hi_ansi("Calibri"),
    };
    let margin = PageMargin::new().top(MARGIN).bottom(MARGIN).left(MARGIN).right(MARGIN);
    let number = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin)
        .default_fonts(fonts.east_asia("SimSun").cs("Times New Roman"))
        .default_size(BODY)
        .footer(Footer::new().add_paragraph(number));
    let mut page = Page { indent: 0, blocks: Vec::new() };
    page.add(&document.blocks, "");
    for block in page.blocks {
        docx = match block {
            Part::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
            Part::Table(table) => docx.add_table(*table),
        };
    }
    let mut file = Cursor::new(Vec::new());
    docx.build().pack(&mut file).map_err(|_| Error::Bug("a document was not packed"))?;
    Ok(file.into_inner())
}

enum Part {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

struct Page {
    /// How deep lists stand, in twentieths of a point.
    indent: i32,
    blocks: Vec<Part>,
}

/// What a list stands further in.
const STEP: i32 = 420;

impl Page {
    /// Adds blocks, the first behind a mark.
    fn add(&mut self, blocks: &[Block], mark: &str) {
        for (at, block) in blocks.iter().enumerate() {
            let mark = if at == 0 { mark } else { "" };
            match block {
                Block::Heading { level, text } => {
                    let (size, side) = match level {
                        1 => (34, Side::Center),
                        2 => (26, Side::Left),
                        _ => (BODY, Side::Left),
                    };
                    let level = usize::from(*level).saturating_sub(1);
                    let paragraph = runs(text, size, true, Paragraph::new());
                    self.put(aligned(paragraph, side).outline_lvl(level).keep_next(true), 160);
                }
                Block::Paragraph { side, indent, text } => {
                    let mut paragraph = Paragraph::new();
                    if *indent {
                        let first = Some(SpecialIndentType::FirstLine(2 * LETTER));
                        paragraph = paragraph.indent(None, first, None, None);
                    }
                    if !mark.is_empty() {
                        paragraph = paragraph.add_run(Run::new().add_text(mark));
                    }
                    let paragraph = aligned(runs(text, BODY, false, paragraph), *side);
                    self.put(paragraph, 80);
                }
                Block::List { first, items } => {
                    self.indent += STEP;
                    for (at, item) in items.iter().enumerate() {
                        let mark = match first {
                            Some(first) => format!("{}. ", first.saturating_add(at as u64)),
                            None => "• ".to_owned(),
                        };
                        self.add(item, &mark);
                    }
                    self.indent -= STEP;
                }
                Block::Table { sides, head, rows } => {
                    self.blocks.push(Part::Table(Box::new(table(sides, head, rows))));
                    // Two tables without one between them would become one.
                    self.put(Paragraph::new(), 0);
                }
                Block::Quote(inner) => {
                    self.indent += STEP;
                    self.add(inner, mark);
                    self.indent -= STEP;
                }
                Block::Rule => {
                    self.put(Paragraph::new().add_run(Run::new().add_text("―".repeat(20))), 80);
                }
                Block::NewPage => {
                    let page = Run::new().add_break(BreakType::Page);
                    self.put(Paragraph::new().add_run(page), 0);
                }
            }
        }
    }

    fn put(&mut self, paragraph: Paragraph, after: u32) {
        let mut paragraph = paragraph.line_spacing(LineSpacing::new().after(after));
        if self.indent > 0 {
            let hanging = Some(SpecialIndentType::Hanging(STEP / 2));
            paragraph = paragraph.indent(Some(self.indent), hanging, None, None);
        }
        self.blocks.push(Part::Paragraph(Box::new(paragraph)));
    }
}

fn aligned(paragraph: Paragraph, side: Side) -> Paragraph {
    match side {
        Side::Left => paragraph,
        Side::Center => paragraph.align(AlignmentType::Center),
        Side::Right => paragraph.align(AlignmentType::Right),
    }
}

fn runs(line: &Line, size: usize, bold: bool, mut paragraph: Paragraph) -> Paragraph {
    for span in line {
        let run = match span {
            Span::Break => Run::new().add_break(BreakType::TextWrapping),
            Span::Text { text, strong, emphasis } => {
                let run = Run::new().add_text(text).size(size);
                let run = if *strong || bold { run.bold() } else { run };
                if *emphasis { run.italic() } else { run }
            }
        };
        paragraph = paragraph.add_run(run);
    }
    paragraph
}

fn table(sides: &[Side], head: &[Line], rows: &[Vec<Line>]) -> Table {
    let widths = widths(sides, head, rows);
    let row = |cells: &[Line], bold: bool| {
        let cells = widths.iter().enumerate().map(|(at, width)| {
            let text = cells.get(at).map_or(&[][..], Vec::as_slice).to_vec();
            let paragraph = runs(&text, CELL, bold, Paragraph::new());
            let paragraph = aligned(paragraph, sides.get(at).copied().unwrap_or_default());
            TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph)
        });
        TableRow::new(cells.collect()).cant_split()
    };
    let titled = head.iter().any(|cell| !plain(cell).is_empty());
    let head = titled.then(|| row(head, true));
    let rows = head.into_iter().chain(rows.iter().map(|cells| row(cells, false)));
    Table::new(rows.collect()).set_grid(widths.clone()).width(BETWEEN, WidthType::Dxa)
}

/// A cell of text in a table, and what stands on both sides of it, in twentieths of a point.
const SIGN: usize = 100;
const PADDING: usize = 260;

/// The page shared out: amounts and counts have their whole width, words share the rest by what they hold.
fn widths(sides: &[Side], head: &[Line], rows: &[Vec<Line>]) -> Vec<usize> {
    let wide = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).chain(head.get(at));
        cells.map(|cell| width(&plain(cell))).max().unwrap_or(0)
    };
    let is_figure = |at: usize| sides.get(at).is_some_and(|side| *side == Side::Right);
    let figures: usize =
        (0..head.len()).filter(|at| is_figure(*at)).map(|at| wide(at) * SIGN + PADDING).sum();
    let (room, fits) = (BETWEEN.saturating_sub(figures), figures * 4 <= BETWEEN * 3);
    let words = |at: usize| wide(at).clamp(4, 36);
    let shared = (0..head.len()).filter(|at| !fits || !is_figure(*at));
    let sum: usize = shared.map(words).sum::<usize>().max(1);
    let width_of = |at: usize| match (fits, is_figure(at)) {
        (true, true) => wide(at) * SIGN + PADDING,
        (true, false) => room * words(at) / sum,
        (false, _) => BETWEEN * words(at) / sum,
    };
    (0..head.len()).map(width_of).collect()
}
