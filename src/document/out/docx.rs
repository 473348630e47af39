//! For WPS and Word: a letter gets a stamp there, and a lawyer's red pen. A4, fonts named for both scripts.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, LineSpacing, LineSpacingType, PageMargin, PageNum,
    Paragraph, Run, RunFonts, SpecialIndentType, Table, TableCell, TableCellMargins,
    TableLayoutType, TableRow, WidthType,
};

use super::Format;
use super::days::days;
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

/// The height of what parts a table from what follows it.
const APART: i32 = 140;

/// What a list stands further in.
const STEP: i32 = 420;

impl Page {
    /// Adds blocks, the first behind a mark.
    fn add(&mut self, blocks: &[Block], mark: &str) {
        for (at, block) in blocks.iter().enumerate() {
            let mark = if at == 0 { mark } else { "" };
            let leads = matches!(blocks.get(at + 1), Some(Block::Table { .. }));
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
                    self.put(paragraph.keep_next(leads), 80);
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
                    let apart = LineSpacing::new().line_rule(LineSpacingType::Exact).line(APART);
                    let paragraph = Paragraph::new().line_spacing(apart);
                    self.blocks.push(Part::Paragraph(Box::new(paragraph)));
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
                let run = Run::new().add_text(whole_days(text)).size(size);
                let run = if *strong || bold { run.bold() } else { run };
                if *emphasis { run.italic() } else { run }
            }
        };
        paragraph = paragraph.add_run(run);
    }
    paragraph
}

/// With days that no line ends in.
fn whole_days(text: &str) -> String {
    let whole = |day: &str| day.replace('-', "\u{2011}").replace(' ', "\u{a0}");
    let parts = days(text).into_iter();
    parts.map(|(part, is_day)| if is_day { whole(part) } else { part.to_owned() }).collect()
}

fn table(sides: &[Side], head: &[Line], rows: &[Vec<Line>]) -> Table {
    let Grid { size, widths } = Grid::of(sides, head, rows);
    let row = |cells: &[Line], bold: bool| {
        let cells = widths.iter().enumerate().map(|(at, width)| {
            let text = cells.get(at).map_or(&[][..], Vec::as_slice).to_vec();
            let paragraph = runs(&text, size, bold, Paragraph::new());
            let paragraph = aligned(paragraph, sides.get(at).copied().unwrap_or_default());
            let paragraph = paragraph.keep_next(bold);
            TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph)
        });
        TableRow::new(cells.collect()).cant_split()
    };
    let titled = head.iter().any(|cell| !plain(cell).is_empty());
    let head = titled.then(|| row(head, true));
    let rows = head.into_iter().chain(rows.iter().map(|cells| row(cells, false)));
    Table::new(rows.collect())
        .set_grid(widths.clone())
        .width(BETWEEN, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(ABOVE, SIDE, ABOVE, SIDE))
}

/// Half points of the type in a table: the largest that it fits in.
const CELLS: [usize; 4] = [19, 18, 17, 16];

/// How wide a sign is in hundredths of the size of its type, where another font stands in for the one that is named: they
/// are wider.
const NARROW: usize = 65;
const NARROW_BOLD: usize = 75;
const WIDE: usize = 100;

/// What stands on each side of a cell's text, and above and below it, in twentieths of a point; a line is as wide as one.
const SIDE: usize = 70;
const ABOVE: usize = 20;
const LINE: usize = 10;

/// Wide signs that a column keeps beside each other, and narrow ones that stay on one line; a number of an invoice may be
/// longer.
const TOGETHER: usize = 4;
const WORD: usize = 14;

/// The columns of a table: the page shared out.
struct Grid {
    /// Half points of its type.
    size: usize,
    /// Twentieths of a point.
    widths: Vec<usize>,
}

/// What one column asks for, in hundredths of the size of the type, and so that no line ends …
#[derive(Debug, Clone, Copy, Default)]
struct Wanted {
    /// at all,
    whole: usize,
    /// but between words,
    words: usize,
    /// but between words, and within those that are longer than any figure or day,
    least: usize,
    /// but between words, and within all that are no figure or day.
    tight: usize,
}

impl Wanted {
    /// In twentieths of a point.
    const fn at(em: usize, size: usize) -> usize {
        (em * size).div_ceil(10) + 2 * SIDE + LINE
    }
}

impl Grid {
    /// Figures and days stand on one line, words give way.
    fn of(sides: &[Side], head: &[Line], rows: &[Vec<Line>]) -> Self {
        let wanted: Vec<Wanted> = (0..head.len())
            .map(|at| {
                let is_figure = sides.get(at).is_some_and(|side| *side == Side::Right);
                let titles = head.get(at).map(|cell| asked(&plain(cell), NARROW_BOLD, false));
                let cells = rows.iter().filter_map(|row| row.get(at));
                let cells = cells.map(|cell| {
                    let bold =
                        cell.iter().any(|span| matches!(span, Span::Text { strong: true, .. }));
                    let narrow = if bold { NARROW_BOLD } else { NARROW };
                    asked(&plain(cell), narrow, is_figure)
                });
                titles.into_iter().chain(cells).fold(Wanted::default(), |all, one| Wanted {
                    whole: all.whole.max(one.whole),
                    words: all.words.max(one.words),
                    least: all.least.max(one.least),
                    tight: all.tight.max(one.tight),
                })
            })
            .collect();
        let all = |size: usize, of: fn(&Wanted) -> usize| -> Vec<usize> {
            wanted.iter().map(|one| Wanted::at(of(one), size)).collect()
        };
        let smallest = CELLS.last().copied().unwrap_or(BODY);
        let size = CELLS
            .into_iter()
            .find(|size| all(*size, |one| one.words).iter().sum::<usize>() <= BETWEEN)
            .unwrap_or(smallest);
        let widths = shared(&all(size, |one| one.tight), &all(size, |one| one.least));
        let widths = shared(&widths, &all(size, |one| one.words));
        let widths = shared(&widths, &all(size, |one| one.whole));
        let sum = widths.iter().sum::<usize>().max(1);
        Self { size, widths: widths.iter().map(|width| BETWEEN * width / sum).collect() }
    }
}

/// What a text asks of its column.
fn asked(text: &str, narrow: usize, is_figure: bool) -> Wanted {
    let sign = |c: char| match width(c.encode_utf8(&mut [0; 4])) {
        0 => 0,
        1 => narrow,
        _ => WIDE,
    };
    let measure = |text: &str| text.chars().map(sign).sum::<usize>();
    let whole = measure(text);
    if is_figure {
        return Wanted { whole, words: whole, least: whole, tight: whole };
    }
    let together = whole.min(TOGETHER * WIDE);
    let (mut words, mut least, mut tight) = (together, together, together);
    let (mut word, mut holds_day, mut before) = (0, false, ' ');
    for (part, is_day) in days(text) {
        for (at, c) in part.char_indices() {
            if (at == 0 || !is_day) && may_end(before, c) {
                (word, holds_day) = (0, false);
            }
            word += sign(c);
            holds_day |= is_day;
            words = words.max(word);
            least = least.max(if holds_day { word } else { word.min(WORD * narrow) });
            tight = tight.max(if holds_day { word } else { 0 });
            before = c;
        }
    }
    Wanted { whole, words, least, tight }
}

/// Whether a line may end between two signs.
fn may_end(before: char, c: char) -> bool {
    const OPENING: &str = "（《〈“‘【〔";
    const CLOSING: &str = "）》〉”’】〕，。、；：？！";
    let is_wide = |c: char| width(c.encode_utf8(&mut [0; 4])) > 1;
    let is_apart = before.is_whitespace() || c.is_whitespace() || is_wide(before) || is_wide(c);
    is_apart && !OPENING.contains(before) && !CLOSING.contains(c)
}

/// The page shared out: each column gets on from what it has to what it wants, or where there is not so much room all by
/// the same share of that.
fn shared(has: &[usize], wants: &[usize]) -> Vec<usize> {
    let room = BETWEEN.saturating_sub(has.iter().sum());
    let more = has.iter().zip(wants).map(|(has, wants)| wants.saturating_sub(*has));
    let asked = more.clone().sum::<usize>().max(1);
    let given = room.min(asked);
    has.iter().zip(more).map(|(has, more)| has + given * more / asked).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::markdown::parse;

    /// The grid of a table in Markdown.
    fn grid(table: &str) -> Grid {
        let blocks = parse(table);
        let [Block::Table { sides, head, rows }] = blocks.as_slice() else { panic!("{blocks:?}") };
        Grid::of(sides, head, rows)
    }

    /// How wide a text is in a font with the widest figures, and what its cell takes beside it.
    fn wide(text: &str, size: usize) -> usize {
        let sign = |c: char| match width(c.encode_utf8(&mut [0; 4])) {
            1 => 64,
            _ => WIDE,
        };
        let hundredths: usize = text.chars().map(sign).sum();
        hundredths * size / 10 + 2 * SIDE
    }

    #[test]
    fn figures_and_days_of_the_widest_tables_stand_on_one_line() {
        for (table, whole) in [
            (
                "| 款项 | 交付／验收 | 发票 | 应付金额 | 已付 | 未付 | 付款日 | 逾期 |\n|:--|:--|:--|--:|--:|--:|:--|--:|\n\
                 | 验收款 | 2026-07-24 | 26312000000000000004（2026-07-26） | ¥1,370,000.00 | ¥0.00 | ¥1,370,000.00 | 2026-08-23 | 100 天 |\n",
                &[
                    (1, "2026-07-24"),
                    (2, "（2026-07-26）"),
                    (3, "¥1,370,000.00"),
                    (5, "¥1,370,000.00"),
                    (6, "2026-08-23"),
                    (7, "100 天"),
                ][..],
            ),
            (
                "| Date | Entry | Document | Charges | Payments | Balance |\n|:--|:--|:--|--:|--:|--:|\n\
                 | 2026-02-04 | Progress payment · PO-2025-2003 | INV-260023 of 2026-02-04, INV-260078 of 2026-10-22 | $11,785,500.00 | $11,308,500.00 | $10,117,000.00 |\n",
                &[
                    (0, "2026-02-04"),
                    (2, "2026-10-22"),
                    (3, "$11,785,500.00"),
                    (5, "$10,117,000.00"),
                ][..],
            ),
            (
                "| 项目 | 日期 | 金额 |\n|:--|:--|--:|\n| 补充协议：增加两处泵站，工期顺延，费用按实结算 | 2026年11月19日 | **¥5,600,000.00** |\n",
                &[(1, "2026年11月19日"), (2, "¥5,600,000.00")][..],
            ),
        ] {
            let Grid { size, widths } = grid(table);
            assert!(widths.iter().sum::<usize>() <= BETWEEN, "{widths:?}");
            for (at, text) in whole {
                assert!(widths[*at] >= wide(text, size), "{text} in {widths:?} at {size}");
            }
        }
    }

    #[test]
    fn a_table_of_few_words_has_the_usual_type_and_the_whole_page() {
        let Grid { size, widths } =
            grid("| 项目 | 金额 |\n|:--|--:|\n| 合同金额 | ¥1,200,000.00 |\n");
        assert_eq!(size, 19);
        assert!(widths.iter().sum::<usize>() > BETWEEN - 2, "{widths:?}");
    }

    proptest! {
        #[test]
        fn words_give_way_before_figures_and_days(
            names in prop::collection::vec("[a-z]{1,12}( [a-z]{1,12}){0,6}|[款项合同验收进度]{1,20}", 1..3),
            amounts in prop::collection::vec(0_u64..10_000_000_000, 1..4),
            days in 1..3_usize,
        ) {
            let amounts: Vec<String> = amounts.iter().map(|minor| format!("¥{minor}.00")).collect();
            let cells = names.iter().map(String::as_str).chain(vec!["2026-11-24"; days]);
            let cells: Vec<&str> = cells.chain(amounts.iter().map(String::as_str)).collect();
            let sides = vec!["--"; names.len() + days].into_iter().chain(vec!["--:"; amounts.len()]);
            let sides = sides.collect::<Vec<_>>().join("|");
            let head = vec!["x"; cells.len()].join("|");
            let Grid { size, widths } = grid(&format!("|{head}|\n|{sides}|\n|{}|\n", cells.join("|")));
            prop_assert!(widths.iter().sum::<usize>() <= BETWEEN);
            for (at, cell) in cells.iter().enumerate().skip(names.len()) {
                prop_assert!(widths[at] >= wide(cell, size), "{} in {:?} at {}", cell, widths, size);
            }
        }
    }
}
