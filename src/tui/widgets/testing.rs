//! Drawing into memory, for tests.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::{CrosstermBackend, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use crate::text::Lang;
use crate::tui::theme::Ui;
use crate::tui::theme::{Depth, Theme};

/// A plain look in a language.
pub fn ui(lang: Lang) -> Ui {
    Ui::new(lang, Theme::fitting(Depth::Sixteen, false))
}

/// What `draw` leaves on a screen of this size, line by line, blanks at the end cut.
pub fn drawn(width: u16, height: u16, draw: impl FnOnce(&mut Frame)) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(draw).unwrap();
    lines(terminal.backend().buffer())
}

/// The lines of a buffer; the second cell of a wide character is left out.
pub fn lines(buffer: &Buffer) -> Vec<String> {
    let area = *buffer.area();
    let row = |y| {
        let mut line = String::new();
        let mut x = area.left();
        while x < area.right() {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += u16::try_from(crate::text::width::width(symbol).max(1)).unwrap();
        }
        line.trim_end().to_owned()
    };
    (area.top()..area.bottom()).map(row).collect()
}

/// Bytes written, to be taken away.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A terminal emulator at the other end of the escape sequences that users' terminals get.
pub struct Emulator {
    wire: Wire,
    terminal: Terminal<CrosstermBackend<Wire>>,
    parser: vt100::Parser,
    wide: u16,
}

impl Emulator {
    pub fn new(wide: u16, high: u16) -> Self {
        let wire = Wire::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, wide, high)) };
        let backend = CrosstermBackend::new(wire.clone());
        Self {
            wire,
            terminal: Terminal::with_options(backend, options).unwrap(),
            parser: vt100::Parser::new(high.try_into().unwrap(), wide.try_into().unwrap(), 0),
            wide,
        }
    }

    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame)) {
        self.terminal.draw(draw).unwrap();
        let bytes = std::mem::take(&mut *self.wire.0.borrow_mut());
        self.parser.process(&bytes);
    }

    /// What it shows, blanks at the end cut.
    pub fn lines(&self) -> Vec<String> {
        let rows = self.parser.screen().rows(0, self.wide);
        rows.map(|line| line.trim_end().to_owned()).collect()
    }

    /// Whether a cell is dim.
    pub fn is_dim(&self, x: u16, y: u16) -> bool {
        self.parser.screen().cell(y, x).is_some_and(vt100::Cell::dim)
    }
}
