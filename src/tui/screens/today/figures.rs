//! The five figures, and what changed since the last look, as lines.

use ratatui::style::Style;

use crate::domain::money::Currency;
use crate::report::figures::{Contract, Figures, Tally};
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::theme::Ui;

use crate::tui::data::{ChangesSince, Ledger};
use crate::tui::format;
use crate::tui::widgets::text::{Line, flow};

/// The figures in as few lines as they need at this width, closer together if that saves one.
pub fn lines(ledger: &Ledger, ui: Ui, wide: u16) -> Vec<Line> {
    let room = usize::from(wide).saturating_sub(2);
    let pieces = pieces(ledger, ui);
    let (roomy, close) = (flow(pieces.clone(), 3, room), flow(pieces, 2, room));
    if close.len() < roomy.len() { close } else { roomy }
}

/// Where the money of the contracts stands, a currency after the other.
pub fn contracts(contracts: &[Contract], ledger: &Ledger, ui: Ui, wide: u16) -> Vec<Line> {
    let room = usize::from(wide).saturating_sub(2);
    let lines = contracts.iter().flat_map(|of| {
        let terms = ui.lang.contract_terms(of.agreed, of.parts());
        let piece = |(word, minor)| {
            let value = ledger.signed(minor, of.currency);
            vec![(format!("{word} "), ui.theme.dim()), (value, ui.theme.text())]
        };
        flow(terms.into_iter().map(piece), 1, room)
    });
    lines.collect()
}

type Of = fn(&Figures) -> Tally;

fn pieces(ledger: &Ledger, ui: Ui) -> Vec<Line> {
    let (lang, theme) = (ui.lang, ui.theme);
    let piece = |label: &str, value: String, style: Style| {
        vec![(format!("{label} "), theme.dim()), (value, style.patch(theme.strong()))]
    };
    let tallies: [(&str, Of, Style); 4] = [
        (lang.figure_overdue(), |f| f.overdue, theme.bad()),
        (lang.figure_due(), |f| f.due, theme.warn()),
        (lang.figure_promised(), |f| f.promised, theme.text()),
        (lang.figure_unbilled(), |f| f.unbilled, theme.text()),
    ];
    let tallied = tallies.into_iter().map(|(label, tally, style)| {
        let (value, is_zero) = tallied(ledger, lang, tally);
        piece(label, value, if is_zero { theme.dim() } else { style })
    });
    let (collected, others) = money(ledger, lang, |f| f.collected);
    let collected = piece(lang.figure_collected(), format!("{collected}{others}"), theme.good());
    tallied.chain([collected]).collect()
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
pub fn since(since: &ChangesSince, ledger: &Ledger, ui: Ui) -> String {
    let lang = ui.lang;
    let money = (!since.money.is_empty()).then(|| format::sums(&since.money, ledger));
    let parts = [
        (since.broken > 0).then(|| lang.since_broken(since.broken)),
        (since.overdue > 0).then(|| lang.since_overdue(since.overdue)),
        money.map(|money| lang.since_money(&money)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let day = lang.day(since.day, ledger.today());
    lang.since_line(&day, &parts.join(lang.and()), &ui.key(Action::Back))
}
