//! The first line: the program, its views, the day and the ledger.
//!
//! ```text
//!  huikuan  1 Today  2 Projects  3 Milestones  4 Dunning  5 Customers  6 Aging  8 To-dos  9 Bank  …
//! ```

use chrono::{Datelike, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::text::width::{fit, width};
use crate::tui::action::Action;
use crate::tui::screens::{TABS, Tab};
use crate::tui::theme::Ui;
use crate::tui::widgets::text::cells;

#[derive(Debug, Clone, Copy)]
pub struct Header<'a> {
    /// The action that opens the view one is in.
    pub tab: Action,
    /// Whose money is looked at; nothing for everybody's.
    pub lens: &'a str,
    pub today: NaiveDate,
    pub ledger: &'a str,
}

const NAME: &str = " huikuan";

/// What stands for each view.
type Tabs = Vec<(Action, String)>;

/// Cells of a title that is cut, and of one in a narrow terminal.
const SHORT: usize = 7;
const SHORTER: usize = 5;

/// Cells of whose money is looked at, at most.
const LENS: usize = 16;

impl Header<'_> {
    /// Draws into one row and returns where each view can be clicked. The views are always there: the ledger and the week
    /// give way to them, then the name, then the day, then the titles of those one is not in, in part or whole.
    pub fn draw(&self, frame: &mut Frame, area: Rect, ui: Ui) -> Vec<(Rect, Action)> {
        let room = usize::from(area.width);
        let rights = self.rights(ui);
        let shapes = [(NAME, usize::MAX), ("", usize::MAX), ("", SHORT), ("", SHORTER), ("", 0)];
        let forms = shapes.map(|(name, cells)| (name, self.tabs(cells, ui)));
        let needed = |(name, tabs): &(&str, Tabs), gap: usize| -> usize {
            width(name) + tabs.iter().map(|(_, tab)| gap + width(tab)).sum::<usize>()
        };
        let [_, _, dated, lens] = &rights;
        let fits = |form: &&(&str, Tabs), right: &str| needed(form, 1) + width(right) <= room;
        let form = forms.iter().take(2).find(|form| fits(form, dated));
        let form = form.or_else(|| forms.iter().find(|form| fits(form, lens)));
        let form = form.unwrap_or(&forms[4]);
        let choices =
            [2, 1].into_iter().flat_map(|gap| rights.iter().map(move |right| (gap, right)));
        let fits = |(gap, right): &(usize, &String)| needed(form, *gap) + width(right) <= room;
        let (gap, right) = choices
            .filter(fits)
            .max_by_key(|(gap, right)| (width(right).min(10), *gap, width(right)))
            .map_or((1, ""), |(gap, right)| (gap, right.as_str()));

        let (name, tabs) = form;
        let buffer = frame.buffer_mut();
        let theme = ui.theme;
        buffer.set_stringn(area.x, area.y, name, room, theme.strong());
        let mut x = width(name);
        let mut hits = Vec::new();
        for (action, tab) in tabs {
            x += gap;
            if x + width(tab) > room {
                break;
            }
            let style = if *action == self.tab {
                theme.selected().patch(theme.strong())
            } else {
                theme.text()
            };
            let at = cell(area, x, width(tab));
            buffer.set_string(at.x, at.y, tab, style);
            hits.push((at, *action));
            x += width(tab);
        }
        let at = cell(area, room.saturating_sub(width(right)), width(right));
        buffer.set_stringn(at.x, at.y, right, room, theme.dim());
        let lens = cell(area, room.saturating_sub(width(right)), width(&self.lens(ui)));
        buffer.set_style(lens, theme.warn());
        hits
    }

    /// The views by their keys, with titles of so many cells; the title of the one that one is in is whole.
    fn tabs(&self, cells: usize, ui: Ui) -> Tabs {
        let tab = |tab: &Tab| {
            let (key, title) = (ui.key(tab.action), tab.action.label(ui.lang));
            let cells = if tab.action == self.tab { usize::MAX } else { cells };
            let text = format!("{key} {}", fit(title, cells));
            (tab.action, text.trim_end().to_owned())
        };
        TABS.iter().map(tab).collect()
    }

    /// Whose money is looked at, with a gap before it.
    fn lens(&self, ui: Ui) -> String {
        if self.lens.is_empty() {
            return String::new();
        }
        let lens = ui.lang.lens_of(&crate::text::width::clean(self.lens));
        format!("  {}", fit(&lens, LENS))
    }

    /// What may stand on the right, the fullest first.
    fn rights(&self, ui: Ui) -> [String; 4] {
        let lens = self.lens(ui);
        let day = self.today;
        let weekday = ui.lang.weekday(day.weekday());
        let week = day.iso_week().week();
        let full = format!("  {day} {weekday} W{week:02}");
        let ledger = crate::text::width::clean(self.ledger);
        [
            format!("{lens}{full}  {ledger} "),
            format!("{lens}{full} "),
            format!("{lens} {:02}-{:02} {weekday}", day.month(), day.day()),
            lens,
        ]
    }
}

fn cell(area: Rect, x: usize, wide: usize) -> Rect {
    Rect::new(area.x.saturating_add(cells(x)), area.y, cells(wide), 1).intersection(area)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::testing::{drawn, ui};
    use super::*;
    use crate::text::Lang;

    #[rstest]
    #[case(
        Lang::En,
        80,
        " 1 Today 2 Projects 3 Milestones 4 Dunning 5 Customers 6 Aging 8 To-dos 9 Bank"
    )]
    #[case(
        Lang::En,
        120,
        " huikuan  1 Today  2 Projects  3 Milestones  4 Dunning  5 Customers  6 Aging  8 To-dos  9 Bank       2026-11-21 Sat W47"
    )]
    #[case(
        Lang::Zh,
        80,
        " huikuan 1 今日 2 项目 3 节点 4 催款 5 客户 6 账龄 8 事项 9 银行      11-21 周六"
    )]
    fn the_views_stand_first(#[case] lang: Lang, #[case] wide: u16, #[case] line: &str) {
        let header = Header {
            tab: Action::GoToday,
            today: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
            ledger: "demo",
            lens: "",
        };
        let lines = drawn(wide, 1, |frame| {
            let hits = header.draw(frame, frame.area(), ui(lang));
            assert_eq!(hits.len(), TABS.len());
        });
        assert_eq!(lines, [line]);
    }

    #[rstest]
    #[case(70, " 1 Today 2 Proj… 3 Milestones 4 Dunn… 5 Cust… 6 Aging 8 To-d… 9 Bank")]
    #[case(60, "  1  2  3 Milestones  4  5  6  8  9      2026-11-21 Sat W47")]
    #[case(40, " 1 2 3 Milestones 4 5 6 8 9    11-21 Sat")]
    fn titles_give_way_to_keys(#[case] wide: u16, #[case] line: &str) {
        let header = Header {
            tab: Action::GoMilestones,
            today: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
            ledger: "demo",
            lens: "",
        };
        let lines = drawn(wide, 1, |frame| {
            let hits = header.draw(frame, frame.area(), ui(Lang::En));
            assert_eq!(hits.len(), TABS.len());
        });
        assert_eq!(lines, [line]);
    }

    #[rstest]
    #[case(80, "9 银行       只看 王敏")]
    #[case(120, "只看 王敏  2026-11-21 周六 W47  demo")]
    fn whose_money_it_is_stands_before_the_day(#[case] wide: u16, #[case] end: &str) {
        let header = Header {
            tab: Action::GoToday,
            today: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
            ledger: "demo",
            lens: "王敏",
        };
        let lines = drawn(wide, 1, |frame| {
            header.draw(frame, frame.area(), ui(Lang::Zh));
        });
        assert!(lines[0].ends_with(end), "{lines:?}");
    }
}
