//! The five figures, and what changed since the last look, as lines.

use ratatui::style::Style;

use crate::domain::money::Currency;
use crate::report::figures::{Contract, Figures, Tally};
use crate::text::Lang;
use crate::text::width::width;
use crate::tui::theme::Ui;

use crate::tui::data::{ChangesSince, Ledger};
use crate::tui::format;
use crate::tui::widgets::text::Styled;

/// A line of styled pieces.
type Line = Vec<Styled>;

/// The figures in as few lines as they need at this width, closer together if that saves one.
pub fn lines(ledger: &Ledger, ui: Ui, wide: u16) -> Vec<Line> {
    let room = usize::from(wide).saturating_sub(2);
    let pieces = pieces(ledger, ui);
    let (roomy, close) = (lay(&pieces, 3, (room, ui)), lay(&pieces, 2, (room, ui)));
    if close.len() < roomy.len() { close } else { roomy }
}

/// Where the money of the contracts stands, a currency after the other.
pub fn contracts(contracts: &[Contract], ledger: &Ledger, ui: Ui, wide: u16) -> Vec<Line> {
    let room = usize::from(wide).saturating_sub(2);
    let lines = contracts.iter().flat_map(|of| {
        let terms = ui.lang.contract_terms(of.agreed, of.parts());
        let piece = |(word, minor)| (word, ledger.signed(minor, of.currency), ui.theme.text());
        let pieces: Vec<Piece> = terms.into_iter().map(piece).collect();
        lay(&pieces, 1, (room, ui))
    });
    lines.collect()
}

type Of = fn(&Figures) -> Tally;
/// Label, value, and how the value looks.
type Piece = (String, String, Style);

fn lay(pieces: &[Piece], gap: usize, (room, ui): (usize, Ui)) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut used = room;
    for (label, value, style) in pieces {
        let needed = width(label) + 1 + width(value);
        if used + gap + needed > room || lines.is_empty() {
            lines.push(Vec::new());
            used = 0;
        }
        let Some(line) = lines.last_mut() else {
            continue;
        };
        if used > 0 {
            line.push((" ".repeat(gap), Style::new()));
            used += gap;
        }
        line.push((format!("{label} "), ui.theme.dim()));
        line.push((value.clone(), *style));
        used += needed;
    }
    lines
}

fn pieces(ledger: &Ledger, ui: Ui) -> Vec<Piece> {
    let (lang, theme) = (ui.lang, ui.theme);
    let tallies: [(&str, Of, Style); 4] = [
        (lang.figure_overdue(), |f| f.overdue, theme.bad()),
        (lang.figure_due(), |f| f.due, theme.warn()),
        (lang.figure_promised(), |f| f.promised, theme.text()),
        (lang.figure_unbilled(), |f| f.unbilled, theme.text()),
    ];
    let mut pieces: Vec<Piece> = tallies
        .into_iter()
        .map(|(label, tally, style)| {
            let (value, is_zero) = tallied(ledger, lang, tally);
            let style = if is_zero { theme.dim() } else { style };
            (label.to_owned(), value, style.patch(theme.strong()))
        })
        .collect();
    let (collected, others) = money(ledger, lang, |f| f.collected);
    pieces.push((
        lang.figure_collected().to_owned(),
        format!("{collected}{others}"),
        theme.good().patch(theme.strong()),
    ));
    pieces
}

/// Sum and count of the main currency, and how many other currencies have something.
fn tallied(ledger: &Ledger, lang: Lang, of: Of) -> (String, bool) {
    let (amount, others) = money(ledger, lang, |f| of(f).amount);
    let main = ledger.digest.figures.first().map(of);
    let count = main.map_or(0, |tally| tally.count);
    (format!("{amount} ({count}){others}"), count == 0 && others.is_empty())
}

fn money(ledger: &Ledger, lang: Lang, of: impl Fn(&Figures) -> i64) -> (String, String) {
    let figures = &ledger.digest.figures;
    let main: Option<(Currency, i64)> = figures.first().map(|f| (f.currency, of(f)));
    let main = main.map(|(currency, amount)| ledger.signed(amount, currency));
    let others = figures.iter().skip(1).filter(|f| of(f) != 0).count();
    let others = match others {
        0 => String::new(),
        1 => format!(" {}", lang.figure_one_other()),
        many => format!(" {}", lang.figure_more_others(many)),
    };
    (main.unwrap_or_default(), others)
}

/// What changed since the last look.
pub fn since(since: &ChangesSince, ledger: &Ledger, lang: Lang) -> String {
    let mut parts = Vec::new();
    if since.broken > 0 {
        parts.push(lang.since_broken(since.broken));
    }
    if since.overdue > 0 {
        parts.push(lang.since_overdue(since.overdue));
    }
    if !since.money.is_empty() {
        parts.push(lang.since_money(&format::sums(&since.money, ledger)));
    }
    let day = lang.day(since.day, ledger.today());
    lang.since_line(&day, &parts.join(lang.and()))
}
