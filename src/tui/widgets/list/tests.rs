use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;
use rstest::rstest;

use super::super::testing::{Emulator, drawn, ui};
use super::*;
use crate::domain::ids::CustomerId;
use crate::text::Lang;
use crate::tui::theme::Depth;

struct Names(Vec<(i64, &'static str, &'static str)>);

impl Rows for Names {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn key(&self, at: usize) -> Option<RowKey> {
        Some(key(self.0[at].0))
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        let (_, name, open) = self.0[at];
        vec![Cell::new(name, Style::new()), Cell::new(open, Style::new())]
    }
}

const COLUMNS: &[Column] = &[Column::words("客户", 6, 0), Column::number("余额", 0)];

const fn key(id: i64) -> RowKey {
    RowKey::Customer(CustomerId(id))
}

fn table(rows: &Names) -> Table<'_> {
    Table {
        columns: COLUMNS,
        widest: &[],
        rows,
        feet: &[],
        order: (0, false),
        column: None,
        focused: true,
    }
}

fn names() -> Names {
    Names(vec![
        (7, "星河科技", "480,000.00"),
        (3, "Acme", "1.50"),
        (9, "华东水务集团有限公司", "210,000.00"),
        (4, "远景装备", "160,000.00"),
    ])
}

fn shown(rows: &Names, state: &mut ListState, (wide, high): (u16, u16)) -> Vec<String> {
    drawn(wide + 1, high, |frame| {
        // The scroll bar stands on the frame beside it.
        let area = Rect { width: wide, ..frame.area() };
        draw(frame, area, &table(rows), state, ui(Lang::Zh));
    })
}

#[test]
fn columns_are_as_wide_as_titles_and_data_in_cells() {
    let mut state = ListState::default();
    state.go_to(1, &names());
    state.mark(&names());
    assert_eq!(
        shown(&names(), &mut state, (36, 5)),
        [
            "  客户                        余额",
            "  星河科技              480,000.00",
            "▌ Acme                        1.50",
            " ▸华东水务集团有限公司  210,000.00",
            "  远景装备              160,000.00",
        ]
    );
}

#[test]
fn a_narrow_list_cuts_names_and_keeps_money() {
    assert_eq!(
        shown(&names(), &mut ListState::default(), (22, 3)),
        ["  客户            余额", " ▸星河科技  480,000.00▐", "  Acme            1.50"]
            .map(str::to_owned)
            .map(|line| line.trim_end().to_owned())
    );
}

#[rstest]
#[case(&[Action::Down], 1)]
#[case(&[Action::Up], 0)]
#[case(&[Action::Last], 3)]
#[case(&[Action::Last, Action::Down], 3)]
#[case(&[Action::Last, Action::Up, Action::First], 0)]
#[case(&[Action::PageDown], 2)]
#[case(&[Action::PageDown, Action::PageDown, Action::HalfUp], 2)]
fn keys_move_the_cursor(#[case] actions: &[Action], #[case] place: usize) {
    let (rows, mut state) = (names(), ListState::default());
    shown(&rows, &mut state, (40, 3));
    for action in actions {
        assert!(state.on_action(*action, &rows));
    }
    assert_eq!(state.at(&rows), Some(place));
}

#[test]
fn the_cursor_stays_with_its_row() {
    let at = |state: &ListState, rows: &Names| state.at(rows).and_then(|at| rows.key(at));
    let (mut rows, mut state) = (names(), ListState::default());
    state.go_to(2, &rows);
    rows.0.insert(0, (1, "新客户", "1.00"));
    assert_eq!(at(&state, &rows), Some(key(9)));
    rows.0.retain(|row| row.0 != 9);
    assert_eq!(at(&state, &rows), Some(key(3)), "where the row was");
    rows.0.clear();
    assert_eq!(at(&state, &rows), None);
    assert!(state.on_action(Action::Down, &rows));
}

/// What a terminal shows must be what was drawn last, whatever stood there before: style-only changes and scrolling
/// leave no halves of wide characters behind.
#[test]
fn a_real_terminal_shows_no_residue_after_scrolling() {
    let (rows, mut state) = (names(), ListState::default());
    let mut emulator = Emulator::new(31, 3);
    let steps = [Action::Down, Action::Down, Action::Mark, Action::Up, Action::First];
    for action in steps {
        state.on_action(action, &rows);
        emulator.draw(|frame| {
            let area = Rect { width: 30, ..frame.area() };
            draw(frame, area, &table(&rows), &mut state, ui(Lang::Zh));
        });
        assert_eq!(emulator.lines(), shown(&rows, &mut state, (30, 3)), "{action:?}");
    }
}

#[rstest]
#[case::in_colour(Depth::True, false)]
#[case::reversed(Depth::None, true)]
fn the_cell_under_both_cursors_stands_out(#[case] depth: Depth, #[case] reversed: bool) {
    let mut terminal = Terminal::new(TestBackend::new(36, 3)).unwrap();
    let names = names();
    let table = Table { column: Some(1), ..table(&names) };
    let mut state = ListState::default();
    let ui = Ui::new(Lang::Zh, Theme::fitting(depth, false));
    let mut looks = Vec::new();
    let draw = |frame: &mut Frame| {
        draw(frame, frame.area(), &table, &mut state, ui);
        looks = (0..36).map(|x| frame.buffer_mut()[(x, 1)].modifier).collect();
    };
    terminal.draw(draw).unwrap();
    for (looks, x) in looks.into_iter().zip(0..) {
        let is_cell = state.column_at(Position::new(x, 1)) == Some(1);
        assert_eq!(looks.contains(Modifier::UNDERLINED), is_cell, "{x}");
        assert_eq!(looks.contains(Modifier::REVERSED), reversed && !is_cell, "{x}");
    }
    assert_eq!(state.column_at(Position::new(2, 1)), Some(0));
    assert_eq!(state.column_at(Position::new(0, 1)), None);
}

#[test]
fn a_cell_that_spans_has_the_line_and_widens_no_column() {
    struct Folded(Names);
    impl Rows for Folded {
        fn count(&self) -> usize {
            self.0.count()
        }

        fn key(&self, at: usize) -> Option<RowKey> {
            self.0.key(at)
        }

        fn cells(&self, at: usize) -> Vec<Cell> {
            match at {
                1 => vec![Cell::spanning("等待中（12），关注中（3）  Enter 展开", Style::new())],
                _ => self.0.cells(at),
            }
        }
    }
    let rows = Folded(names());
    let lines = drawn(37, 4, |frame| {
        let table = Table { rows: &rows, ..table(&rows.0) };
        draw(frame, frame.area(), &table, &mut ListState::default(), ui(Lang::Zh));
    });
    let of_names = Names(vec![names().0[0], names().0[2], names().0[2], names().0[2]]);
    let alone = shown(&of_names, &mut ListState::default(), (36, 4));
    assert_eq!(lines[..2], alone[..2], "{lines:?}");
    assert_eq!(lines[2], "  等待中（12），关注中（3）  Enter …▐");
}
