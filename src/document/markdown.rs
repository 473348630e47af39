//! A document as its outputs see it: headings, paragraphs, lists, tables. Parsed once from the Markdown a template made.

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::domain::normalize::is_hidden;
use crate::text::width::width;

/// Where a block stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    #[default]
    Left,
    Center,
    Right,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading {
        level: u8,
        text: Line,
    },
    /// Set in at its first line where `indent` says so, as Chinese letters do: its text began with `　`.
    Paragraph {
        side: Side,
        indent: bool,
        text: Line,
    },
    /// Numbered from `first`, or with points.
    List {
        first: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Table {
        sides: Vec<Side>,
        head: Vec<Line>,
        rows: Vec<Vec<Line>>,
    },
    Quote(Vec<Block>),
    Rule,
    /// What follows begins on a new page.
    NewPage,
}

/// What a paragraph begins with that is set in.
pub const INDENT: char = '\u{3000}';

/// Text with its emphasis.
pub type Line = Vec<Span>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    Text { text: String, strong: bool, emphasis: bool },
    Break,
}

/// Without its emphasis; a break is a space.
pub fn plain(line: &[Span]) -> String {
    let text = line.iter().map(|span| match span {
        Span::Text { text, .. } => text.as_str(),
        Span::Break => " ",
    });
    text.collect()
}

/// What a line between `<!--` and `-->` says of the block after it.
enum Note {
    Side(Side),
    NewPage,
}

fn note(html: &str) -> Option<Note> {
    let word = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    match word {
        "right" => Some(Note::Side(Side::Right)),
        "center" => Some(Note::Side(Side::Center)),
        "page" => Some(Note::NewPage),
        _ => None,
    }
}

/// The blocks of a text. What is no such block (code, HTML) is read as the text it is.
pub fn parse(text: &str) -> Vec<Block> {
    Reader { events: Parser::new_ext(text, Options::ENABLE_TABLES), side: Side::Left }.blocks(0)
}

/// Blocks within blocks at most: a text of our own has three.
const DEEPEST: usize = 20;

struct Reader<'t> {
    events: Parser<'t>,
    /// Of the paragraph to come.
    side: Side,
}

impl<'t> Reader<'t> {
    /// The blocks up to the end of what holds them.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let text = self.line();
                    blocks.push(Block::Heading { level: height(level), text });
                }
                Event::Start(Tag::Paragraph) => {
                    let text = self.line();
                    blocks.push(paragraph(std::mem::take(&mut self.side), text));
                }
                Event::Start(Tag::List(first)) => {
                    let items = self.items(depth);
                    blocks.push(Block::List { first, items });
                }
                Event::Start(Tag::Table(sides)) => blocks.push(self.table(&sides)),
                Event::Start(Tag::BlockQuote(_)) if depth < DEEPEST => {
                    let inner = self.blocks(depth + 1);
                    blocks.push(Block::Quote(inner));
                }
                Event::Start(Tag::HtmlBlock) => self.html(&mut blocks),
                Event::Start(Tag::CodeBlock(_)) => {
                    let text = self.line();
                    blocks.push(paragraph(Side::Left, text));
                }
                Event::Rule => blocks.push(Block::Rule),
                Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => return blocks,
                // A tight item holds its text without a paragraph.
                Event::Text(_)
                | Event::Code(_)
                | Event::InlineHtml(_)
                | Event::SoftBreak
                | Event::HardBreak
                | Event::Start(_) => {
                    let (text, ended) = self.rest(event);
                    blocks.push(paragraph(Side::Left, text));
                    match ended {
                        Some(Event::Start(Tag::List(first))) => {
                            let items = self.items(depth);
                            blocks.push(Block::List { first, items });
                        }
                        Some(Event::End(TagEnd::Item)) | None => return blocks,
                        Some(_) => {}
                    }
                }
                Event::End(_)
                | Event::Html(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::FootnoteReference(_)
                | Event::TaskListMarker(_) => {}
            }
        }
        blocks
    }

    fn items(&mut self, depth: usize) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::Item) if depth < DEEPEST => items.push(self.blocks(depth + 1)),
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        items
    }

    fn html(&mut self, blocks: &mut Vec<Block>) {
        let mut text = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::Html(html) | Event::Text(html) => text.push_str(&html),
                Event::End(TagEnd::HtmlBlock) => break,
                _ => {}
            }
        }
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match note(line) {
                Some(Note::Side(side)) => self.side = side,
                Some(Note::NewPage) => blocks.push(Block::NewPage),
                None => {
                    let text = Line::from([Span::plain(line)]);
                    blocks.push(paragraph(Side::Left, text));
                }
            }
        }
    }

    fn table(&mut self, sides: &[Alignment]) -> Block {
        let sides = sides.iter().map(|side| match side {
            Alignment::Right => Side::Right,
            Alignment::Center => Side::Center,
            Alignment::Left | Alignment::None => Side::Left,
        });
        let (sides, mut head, mut rows) = (sides.collect(), Vec::new(), Vec::new());
        let mut row = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => row.push(self.line()),
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Block::Table { sides, head, rows }
    }

    /// The text up to the end of the block that holds it.
    fn line(&mut self) -> Line {
        let mut line = Collected::default();
        for event in self.events.by_ref() {
            if let Some(end) = line.take(event)
                && matches!(
                    end,
                    Event::End(
                        TagEnd::Paragraph
                            | TagEnd::Heading(_)
                            | TagEnd::TableCell
                            | TagEnd::CodeBlock
                            | TagEnd::Item
                    )
                )
            {
                break;
            }
        }
        line.spans
    }

    /// The text that begins here, and what ended it.
    fn rest(&mut self, first: Event<'t>) -> (Line, Option<Event<'t>>) {
        let mut line = Collected::default();
        line.take(first);
        for event in self.events.by_ref() {
            match event {
                Event::Start(Tag::List(first)) => {
                    return (line.spans, Some(Event::Start(Tag::List(first))));
                }
                Event::End(TagEnd::Item) => return (line.spans, Some(Event::End(TagEnd::Item))),
                other => {
                    line.take(other);
                }
            }
        }
        (line.spans, None)
    }
}

fn paragraph(side: Side, mut text: Line) -> Block {
    let Some(Span::Text { text: first, .. }) = text.first_mut() else {
        return Block::Paragraph { side, indent: false, text };
    };
    let set_in = first.trim_start_matches(INDENT);
    let indent = set_in.len() < first.len();
    *first = set_in.to_owned();
    Block::Paragraph { side, indent, text }
}

const fn height(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

impl Span {
    pub fn plain(text: &str) -> Self {
        Self::Text { text: text.to_owned(), strong: false, emphasis: false }
    }
}

#[derive(Default)]
struct Collected {
    spans: Line,
    strong: usize,
    emphasis: usize,
}

impl Collected {
    /// Takes what is text; gives back what is not.
    fn take<'t>(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                self.push(&text);
            }
            // Between signs as wide as two letters a line's end is no space.
            Event::SoftBreak if self.ends_wide() => {}
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.spans.push(Span::Break),
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::Start(Tag::Emphasis) => self.emphasis += 1,
            Event::End(TagEnd::Emphasis) => self.emphasis = self.emphasis.saturating_sub(1),
            other => return Some(other),
        }
        None
    }

    fn push(&mut self, more: &str) {
        let (strong, emphasis) = (self.strong > 0, self.emphasis > 0);
        let more = more.chars().filter(|c| !is_hidden(*c)).collect::<String>();
        if let Some(Span::Text { text, strong: s, emphasis: e }) = self.spans.last_mut()
            && (*s, *e) == (strong, emphasis)
        {
            text.push_str(&more);
            return;
        }
        self.spans.push(Span::Text { text: more, strong, emphasis });
    }

    fn ends_wide(&self) -> bool {
        let Some(Span::Text { text, .. }) = self.spans.last() else { return false };
        text.chars().last().is_some_and(|c| width(c.encode_utf8(&mut [0; 4])) > 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(block: &Block) -> String {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => plain(text),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_letter_is_read_into_its_blocks() {
        let blocks = parse(
            "# 催款函\n\n　　致：**星河科技**\n请付款。\n\n| 节点 | 金额 |\n|:--|--:|\n| M1 | 1\\|2 |\n\n1. 一\n2. 二\n\n<!-- right -->\n公司  \n日期\n\n<!-- page -->\n\n## 回执\n",
        );
        assert_eq!(blocks.len(), 7, "{blocks:?}");
        assert_eq!(text(&blocks[0]), "催款函");
        assert_eq!(text(&blocks[1]), "致：星河科技请付款。");
        assert!(matches!(blocks[1], Block::Paragraph { indent: true, .. }));
        let Block::Table { sides, head, rows } = &blocks[2] else { panic!() };
        assert_eq!((sides.as_slice(), head.len()), ([Side::Left, Side::Right].as_slice(), 2));
        assert_eq!(plain(&rows[0][1]), "1|2");
        let Block::List { first: Some(1), items } = &blocks[3] else { panic!() };
        assert_eq!(text(&items[1][0]), "二");
        let Block::Paragraph { side: Side::Right, text: signed, .. } = &blocks[4] else { panic!() };
        assert!(signed.contains(&Span::Break));
        assert_eq!(blocks[5], Block::NewPage);
    }

    #[test]
    fn lists_in_lists_and_html_stay_what_they_say() {
        let blocks = parse("- a\n  - b\n- c\n\n<div onclick=x>\n\n<!-- left out -->\n\nend");
        let Block::List { items, .. } = &blocks[0] else { panic!("{blocks:?}") };
        assert_eq!((items.len(), items[0].len()), (2, 2), "{items:?}");
        assert_eq!(text(&blocks[1]), "<div onclick=x>");
        assert_eq!(text(blocks.last().unwrap()), "end");
    }
}
