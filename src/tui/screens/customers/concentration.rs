//! Who owes most of what is receivable, as bars with their shares.

use crate::report::concentration::{Concentration, Share};
use crate::tui::format;
use crate::tui::screen::Cx;
use crate::tui::widgets::bar::FILL;
use crate::tui::widgets::bars::{Bar, bars};
use crate::tui::widgets::text::{Line, flow};

/// How many customers stand apart.
pub const TOP: usize = 10;

/// What is receivable and not overdue.
const NOT_YET: &str = "▒";

/// Lines of at most so many cells: the first customers, the others together, and all.
pub fn lines(all: &Concentration, room: usize, cx: &Cx<'_>) -> Vec<Line> {
    let (lang, theme) = (cx.ui.lang, cx.ui.theme);
    let (text, dim) = (theme.text(), theme.dim());
    let figures = |minor: i64| {
        let amount = cx.ledger.money(minor, cx.ledger.digest.main);
        vec![(amount, text), (format::percent(minor, all.total), dim)]
    };
    let names = &cx.ledger.portfolio.names;
    let top = all.top.iter().map(|share: &Share| Bar {
        label: (names.customer(share.customer).short().to_owned(), text),
        figures: figures(share.receivable),
        before: 0,
        parts: vec![
            (share.overdue, FILL, theme.bad()),
            (share.receivable.saturating_sub(share.overdue), NOT_YET, theme.accent()),
        ],
    });
    let (count, sum) = all.rest;
    let rest = (count > 0).then(|| Bar {
        label: (lang.rest_of(count), dim),
        figures: figures(sum),
        before: 0,
        parts: vec![(sum, NOT_YET, dim)],
    });
    let mut lines = bars(&top.chain(rest).collect::<Vec<_>>(), room);
    let legend = [
        vec![(format!("{FILL} "), theme.bad()), (lang.key_overdue().to_owned(), dim)],
        vec![(lang.other_currencies(all.others), dim)],
    ];
    lines.extend(flow(legend, 2, room));
    lines
}
