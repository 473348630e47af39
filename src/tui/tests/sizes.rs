//! Every view at every size, in both languages and every theme: nothing is cut, nothing jumps, everything can be read.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Color;
use rstest::rstest;

use super::kit::{opened, today};
use super::*;
use crate::text::Lang;
use crate::text::width::width;
use crate::tui::app::App;
use crate::tui::data::LastSeen;
use crate::tui::input::{Input, Key};
use crate::tui::looks::Looks;
use crate::tui::signs::Signs;
use crate::tui::theme::{Depth, Theme, Ui, contrast};
use crate::tui::widgets::testing::lines;

const SIZES: [(u16, u16); 7] =
    [(60, 16), (70, 20), (79, 24), (80, 24), (120, 40), (200, 60), (300, 80)];

/// The views, each with the keys that lead there.
pub(super) const VIEWS: &[(&str, &str)] = &[
    ("today", "1"),
    ("projects", "2"),
    ("milestones", "3"),
    ("dunning", "4"),
    ("customers", "5"),
    ("customer", "5 Enter"),
    ("project", "2 Enter"),
    ("conditions", "2 j j Enter ]"),
    ("papers", "2 j j Enter ] ]"),
    ("about", "5 Enter ] ] ]"),
    ("dealings", "5 Enter ]"),
    ("closed", "5 Enter ["),
    ("milestone", "3 Enter"),
    ("happened", "3 Enter ["),
    ("contact", "1 c"),
    ("payment", "5 p"),
    ("explain", "3 E"),
    ("totals", "5 E"),
    ("document", "3 l"),
    ("help", "1 ?"),
    ("aging", "6"),
    ("aged", "6 Enter"),
    ("settings", "1 s"),
    ("payments", "g p k"),
    ("invoices", "g i"),
    ("palette", "1 :"),
    ("todos", "8"),
    ("bank", "9"),
];

/// Keys that open a dialog.
const DIALOGS: [char; 6] = ['c', 'p', 'E', 'l', '?', ':'];

/// Somebody in front of a screen whose cells can be looked at.
pub(super) struct Seen {
    pub app: App,
    pub buffer: Buffer,
    pub size: (u16, u16),
    /// Whether a dialog stands above the view, and the colour of its frame.
    dialog: bool,
    focus: Color,
}

impl Seen {
    pub fn of(app: App, size: (u16, u16)) -> Self {
        let focus = Theme::fitting(Depth::Sixteen, false).focus().fg.unwrap();
        let mut seen = Self { app, buffer: Buffer::default(), size, dialog: false, focus };
        seen.draw();
        seen
    }

    pub fn draw(&mut self) {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        terminal.draw(|frame| self.app.draw(frame)).unwrap();
        self.buffer = terminal.backend().buffer().clone();
    }

    fn key(&mut self, key: Key) {
        self.app.on_input(Input::Key(key));
        self.draw();
    }

    /// Leaves everything and goes to a view.
    pub fn go(&mut self, keys: &str) {
        let back = std::iter::repeat_n(Key::Esc, 4);
        self.dialog = keys.ends_with(DIALOGS);
        let there = keys.split(' ').map(|word| match word {
            "Enter" => Key::Enter,
            letter => Key::Char(letter.chars().next().unwrap()),
        });
        back.chain(there).for_each(|key| self.app.on_input(Input::Key(key)));
        self.draw();
    }

    pub fn text(&self) -> String {
        lines(&self.buffer).join("\n")
    }

    /// The titles above the rows of the list, from its frame on.
    fn titles(&self) -> Option<String> {
        let cursor = (0..self.size.1).find(|y| self.still().symbol(2, *y) == "▸")?;
        let top = (0..cursor).rev().find(|y| self.still().symbol(0, *y) == "┌")?;
        let titles = lines(&self.buffer).get(usize::from(top) + 1).cloned()?;
        titles.split('│').nth(1).map(str::to_owned)
    }

    /// Each character stands out from what is behind it.
    fn can_be_read(&self) -> Result<(), String> {
        for (x, y) in self.still().places() {
            let cell = self.buffer.cell(Position::new(x, y)).unwrap();
            let is_drawn = |c| matches!(c, ' ' | '\u{2500}'..='\u{259f}');
            if cell.symbol().chars().all(is_drawn) {
                continue;
            }
            if [cell.fg, cell.bg].contains(&Color::Reset) {
                return Err(format!("{:?} at {x},{y} is of no colour", cell.symbol()));
            }
            let contrast = contrast(cell.fg, cell.bg);
            if contrast < 4.5 {
                return Err(format!("{:?} at {x},{y}: {contrast:.2}", cell.symbol()));
            }
        }
        Ok(())
    }

    fn still(&self) -> Still<'_> {
        let Self { buffer, size, dialog, focus, .. } = self;
        Still { buffer, size: *size, dialog: *dialog, focus: *focus }
    }
}

/// A frame to look at.
struct Still<'a> {
    buffer: &'a Buffer,
    size: (u16, u16),
    /// Whether a dialog stands above the view, and the colour of its frame.
    dialog: bool,
    focus: Color,
}

impl Still<'_> {
    fn symbol(&self, x: u16, y: u16) -> &str {
        self.buffer.cell(Position::new(x, y)).map_or("", |cell| cell.symbol())
    }

    /// The second cell of a wide character is blank, and none stands half outside.
    fn no_glyph_is_cut(&self) -> Result<(), String> {
        for (x, y) in self.places() {
            let symbol = self.symbol(x, y);
            let whole = match width(symbol) {
                0 => false,
                1 => true,
                _ => self.symbol(x + 1, y) == " ",
            };
            if !whole {
                return Err(format!("{symbol:?} at {x},{y} is cut"));
            }
        }
        Ok(())
    }

    /// Each frame that begins and goes down is closed at the right, line by line; under a dialog, the dialog's.
    fn frames_are_closed(&self) -> Result<(), String> {
        let begins = |(x, y): &(u16, u16)| self.symbol(*x, *y) == "┌" && !self.is_behind(*x, *y);
        for (x, y) in self.places().filter(begins) {
            let down = (y + 1..self.size.1).find(|y| self.symbol(x, *y) != "│");
            let Some(end) = down.filter(|end| self.symbol(x, *end) == "└") else {
                continue;
            };
            let corner = (x + 1..self.size.0).find(|x| self.symbol(*x, end) == "┘");
            let Some(right) = corner else {
                return Err(format!("a frame at {x},{y} has no corner"));
            };
            let open = (y + 1..end).find(|y| !matches!(self.symbol(right, *y), "│" | "▐"));
            if self.symbol(right, y) != "┐" || open.is_some() {
                return Err(format!("the frame at {x},{y} is open at {right}, {open:?}"));
            }
        }
        Ok(())
    }

    /// Whether a cell of a frame stands behind a dialog.
    fn is_behind(&self, x: u16, y: u16) -> bool {
        let cell = self.buffer.cell(Position::new(x, y));
        self.dialog && cell.is_some_and(|cell| cell.fg != self.focus)
    }

    fn places(&self) -> impl Iterator<Item = (u16, u16)> {
        let (wide, high) = self.size;
        (0..high).flat_map(move |y| (0..wide).map(move |x| (x, y)))
    }
}

pub(super) fn demo(lang: Lang) -> App {
    let mut town = Town::empty();
    let company = match lang {
        Lang::Zh => crate::demo::Company::Chinese,
        Lang::En => crate::demo::Company::English,
    };
    crate::demo::small(&mut town.store, today(), company).unwrap();
    town.statement();
    app(town, lang)
}

fn app(town: Town, lang: Lang) -> App {
    let ledger = opened(town.store, "wang", LastSeen::default());
    let mut app = App::new(ledger, Ui::new(lang, Theme::fitting(Depth::Sixteen, false)));
    app.set_time(crate::clock::instant(), today());
    std::mem::forget(town.folder);
    app
}

#[rstest]
fn nothing_is_cut_and_every_frame_is_closed(#[values(Lang::Zh, Lang::En)] lang: Lang) {
    let mut seen = Seen::of(demo(lang), SIZES[0]);
    for size in SIZES {
        seen.size = size;
        for (name, keys) in VIEWS {
            seen.go(keys);
            let whole = seen.still().no_glyph_is_cut().and(seen.still().frames_are_closed());
            assert_eq!(whole, Ok(()), "{name} {size:?}\n{}", seen.text());
        }
    }
}

#[rstest]
fn nothing_jumps_when_the_cursor_moves(#[values(Lang::Zh, Lang::En)] lang: Lang) {
    let mut seen = Seen::of(demo(lang), SIZES[0]);
    for size in SIZES {
        seen.size = size;
        for (name, keys) in
            VIEWS.iter().filter(|(name, keys)| *name != "milestone" && !keys.ends_with(DIALOGS))
        {
            seen.go(keys);
            seen.key(Key::Home);
            let titles = seen.titles();
            assert!(titles.is_some(), "{name} {size:?}\n{}", seen.text());
            for key in [Key::Down, Key::Down, Key::PageDown, Key::PageDown, Key::End, Key::Home] {
                seen.key(key);
                assert_eq!(seen.titles(), titles, "{name} {size:?} {key}\n{}", seen.text());
            }
        }
    }
}

/// Those at the end have the largest amounts, the longest names, and are the longest overdue.
#[test]
fn nothing_jumps_in_a_list_too_long_to_be_measured() {
    let mut town = Town::empty();
    for number in 100..410 {
        town.owes(&format!("C{number}"), "Acme");
    }
    for number in 900..903 {
        town.owes_since(
            &format!("C{number}"),
            "Very Long & Sons Company",
            980_000_000,
            "2022-02-01",
        );
    }
    let mut seen = Seen::of(app(town, Lang::En), (200, 40));
    for (view, orders) in [("1 Enter", 0), ("2", 2), ("3", 2), ("4", 0), ("5", 3), ("6", 2)] {
        seen.go(view);
        (0..orders).for_each(|_| seen.key(Key::Char('o')));
        seen.key(Key::Home);
        let titles = seen.titles();
        assert!(titles.is_some(), "{}", seen.text());
        for key in [Key::End, Key::PageUp, Key::End, Key::Home, Key::PageDown] {
            seen.key(key);
            assert_eq!(seen.titles(), titles, "{view} {key}\n{}", seen.text());
        }
    }
}

#[rstest]
fn everything_can_be_read(
    #[values(Lang::Zh, Lang::En)] lang: Lang,
    #[values("dark", "light")] theme: &str,
) {
    let mut seen = Seen::of(demo(lang), SIZES[0]);
    seen.app.set_theme(Theme::named(theme, Depth::True).unwrap());
    for size in SIZES {
        seen.size = size;
        for (name, keys) in VIEWS {
            seen.go(keys);
            assert_eq!(seen.can_be_read(), Ok(()), "{name} {size:?}\n{}", seen.text());
        }
    }
}

/// Whatever a letter opens, on whatever row.
#[rstest]
fn every_dialog_is_whole_in_a_small_terminal(#[values(Lang::Zh, Lang::En)] lang: Lang) {
    let mut seen = Seen::of(demo(lang), SIZES[0]);
    for size in &SIZES[..3] {
        seen.size = *size;
        for view in ["3", "2", "5"] {
            for letter in ('a'..='z').chain('A'..='Z').filter(|letter| !"qS".contains(*letter)) {
                seen.go(view);
                seen.key(Key::Char(letter));
                for _ in 0..3 {
                    seen.key(Key::Tab);
                    assert_eq!(
                        seen.still().no_glyph_is_cut(),
                        Ok(()),
                        "{view} {letter}\n{}",
                        seen.text()
                    );
                }
            }
        }
    }
}

/// Without lines and blocks only what texts are written in is left.
#[rstest]
fn signs_have_stand_ins(#[values(Lang::Zh, Lang::En)] lang: Lang) {
    let mut seen = Seen::of(demo(lang), SIZES[0]);
    let theme = Theme::fitting(Depth::Sixteen, false);
    let looks = Looks { depth: Depth::Sixteen, fitting: theme, signs: Signs::Ascii };
    seen.app.set_looks(looks);
    for size in SIZES {
        seen.size = size;
        for (name, keys) in VIEWS {
            seen.go(keys);
            let is_written = |c: char| {
                let punctuation = "，。：；、（）／？！“”《》￥¥€£\u{3000}";
                c.is_ascii() || c.is_alphanumeric() || lang == Lang::Zh && punctuation.contains(c)
            };
            // Currencies, and the brackets a number of a paper has by a setting's value.
            let text = seen.text().replace(['€', '£', '¥', '〔', '〕'], "");
            let sign = text.chars().find(|c| !is_written(*c));
            assert_eq!(sign, None, "{name} {size:?}\n{}", seen.text());
        }
    }
    seen.size = (120, 40);
    seen.go("1");
    insta::assert_snapshot!(format!("ascii_{lang}_120x40"), seen.text());
}

/// Names as people and systems have them: joined emoji, flags, marks on letters, right to left, long, wide.
const NAMES: [&str; 8] = [
    "👨\u{200d}👩\u{200d}👧 Family 👍🏽 Ltd ❤\u{fe0f}",
    "🇨🇳🇩🇪 Sino-German 1\u{fe0f}\u{20e3}",
    "Cafe\u{301} Zu\u{308}rich e\u{301}\u{323}\u{304}",
    "שלום תעשיות بناء العربية",
    "क\u{94d}षमता ไทยแลนด์ กำไร",
    "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十",
    "The Very Long Name of a Company that Needs Eighty Characters to Be Written Down, Inc",
    "ｆｕｌｌ ｗｉｄｔｈ \u{202e}gnol\u{200b}\u{feff}",
];

/// Through a terminal that draws each part of an emoji by itself.
#[rstest]
fn names_stay_in_their_places(#[values(Lang::Zh, Lang::En)] lang: Lang) {
    for size in SIZES {
        let mut town = Town::new();
        for (code, name) in (10..).zip(NAMES) {
            town.owes(&format!("C{code}"), name);
        }
        let mut played = town.seen(lang, size);
        for (name, keys) in VIEWS {
            played = played.press(&format!("Esc Esc Esc {keys}"));
            let dialog = keys.ends_with(DIALOGS);
            for key in if dialog { [""].as_slice() } else { &["j", "G"] } {
                let app = &mut played.app;
                let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
                terminal.draw(|frame| app.draw(frame)).unwrap();
                let buffer = terminal.backend().buffer().clone();
                let drawn = lines(&buffer).join("\n");
                assert_eq!(played.screen(), drawn, "{name} {size:?}");
                let focus = Theme::fitting(Depth::Sixteen, false).focus().fg.unwrap();
                let seen = Still { buffer: &buffer, size, dialog, focus };
                let whole = seen.no_glyph_is_cut().and(seen.frames_are_closed());
                assert_eq!(whole, Ok(()), "{name} {size:?}\n{drawn}");
                played = played.press(key);
            }
        }
    }
}
