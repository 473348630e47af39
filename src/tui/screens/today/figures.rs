//! The five figures, and what changed since the last look, as lines.

use chrono::NaiveDate;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::calendar::add_days;
use crate::domain::money::Currency;
use crate::report::figures::{Contract, Figures, Tally};
use crate::report::history::{History, Stood};
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::data::{ChangesSince, Ledger};
use crate::tui::format;
use crate::tui::theme::{Theme, Ui};
use crate::tui::widgets::spark::spark;
use crate::tui::widgets::text::{self, Line, flow};
use crate::tui::widgets::tiles::{self as widget, Tile};

/// The figures in as few lines as they need at this width, closer together if that saves one.
pub fn lines(ledger: &Ledger, ui: Ui, wide: u16) -> Vec<Line> {
    let room = usize::from(wide).saturating_sub(2);
    let pieces = pieces(ledger, ui);
    let gap = gap(&pieces, room);
    flow(pieces, gap, room)
}

/// Blanks between the figures.
fn gap(pieces: &[Line], room: usize) -> usize {
    let lines = |gap| text::flowed(pieces, gap, room).last().map(|last| last.y);
    if lines(2) < lines(3) { 2 } else { 3 }
}

/// The figures as tiles with how they went; none where there is no room for all.
pub fn tiles(ledger: &Ledger, history: Option<&History>, ui: Ui, wide: u16) -> Option<Vec<Line>> {
    widget::tiles(&all(ledger, history, ui), usize::from(wide), ui).map(Vec::from)
}

fn all(ledger: &Ledger, history: Option<&History>, ui: Ui) -> Vec<Tile> {
    let all = TALLIES.iter().map(|of| tally_tile(of, ledger, history, ui));
    all.chain([collected_tile(ledger, history, ui)]).collect()
}

/// Where the figures stand above the list in an area, as tiles or as lines, and what they count.
pub fn counted(
    ledger: &Ledger,
    history: Option<&History>,
    tiled: bool,
    ui: Ui,
    area: Rect,
) -> Vec<(Rect, String)> {
    let widths = || widget::widths(&all(ledger, history, ui), usize::from(area.width));
    let tiles = tiled.then(widths).flatten().map(|widths| {
        let mut x = 0;
        let tile = |cells: usize| {
            let place = Rect::new(x, 0, text::cells(cells), 4);
            x = place.right();
            place
        };
        widths.into_iter().map(tile).collect::<Vec<Rect>>()
    });
    let places = tiles.unwrap_or_else(|| {
        let (pieces, room) = (pieces(ledger, ui), usize::from(area.width).saturating_sub(2));
        let places = text::flowed(&pieces, gap(&pieces, room), room);
        places.into_iter().map(|place| Rect { x: place.x + 1, ..place }).collect()
    });
    let today = ledger.today();
    let until = add_days(today, ledger.portfolio.policy.look_ahead_days).unwrap_or(today);
    let placed = places.into_iter().zip(&TALLIES);
    let at = |place: Rect| Rect { x: area.x + place.x, y: area.y + place.y, ..place };
    placed.map(|(place, of)| (at(place), (of.counts)(ui.lang, today, until))).collect()
}

fn tally_tile(of: &TallyOf, ledger: &Ledger, history: Option<&History>, ui: Ui) -> Tile {
    let (lang, theme) = (ui.lang, ui.theme);
    let (amount, others) = money(ledger, |f| (of.tally)(f).amount);
    let main = ledger.digest.figures.first();
    let now = main.map(of.tally).unwrap_or_default();
    let label = (of.label)(lang);
    let title =
        if now.count == 0 { label.to_owned() } else { lang.figure_counted(label, now.count) };
    let style = if now.count == 0 { theme.dim() } else { (of.style)(theme) };
    let mut values: Vec<Option<i64>> = history.map_or_else(Vec::new, |history| {
        history.stood.iter().map(|stood| stood.map(of.stood)).collect()
    });
    let before = values.iter().rev().flatten().next().copied();
    // The last week is this one, and stands as it does now.
    if let Some(last) = values.last_mut() {
        *last = Some(now.amount);
    }
    let change = before.zip(main).map(|(before, main)| {
        let change = now.amount.saturating_sub(before);
        let sign = if change > 0 { "+" } else { "" };
        lang.figure_change(&format!("{sign}{}", ledger.money(change, main.currency)))
    });
    Tile {
        title,
        figure: figure(amount, others, style, ui),
        below: spark(&values, theme.dim(), style),
        note: (change.unwrap_or_default(), theme.dim()),
    }
}

fn collected_tile(ledger: &Ledger, history: Option<&History>, ui: Ui) -> Tile {
    let theme = ui.theme;
    let (amount, others) = money(ledger, |f| f.collected);
    let values = history.map_or_else(Vec::new, |history| history.collected.map(Some).to_vec());
    Tile {
        title: ui.lang.figure_collected().to_owned(),
        figure: figure(amount, others, theme.good(), ui),
        below: spark(&values, theme.dim(), theme.good()),
        note: (otherwise(ledger, ui).unwrap_or_default(), theme.dim()),
    }
}

/// What came in by the other count of bills of exchange, where that is another sum.
fn otherwise(ledger: &Ledger, ui: Ui) -> Option<String> {
    let main = ledger.digest.main;
    let by = |bills| ledger.digest.collected_by(bills, main);
    let counts = ledger.portfolio.policy.bills_count;
    ui.lang.collected_otherwise(counts, by, |minor| ledger.signed(minor, main))
}

/// An amount, and how many other currencies have something.
fn figure(amount: String, others: usize, style: Style, ui: Ui) -> Line {
    let others = (others > 0).then(|| (ui.lang.figure_others(others), ui.theme.dim()));
    [(amount, style.patch(ui.theme.strong()))].into_iter().chain(others).collect()
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

/// A figure that sums and counts items.
struct TallyOf {
    label: fn(Lang) -> &'static str,
    tally: Of,
    stood: fn(Stood) -> i64,
    style: fn(Theme) -> Style,
    /// What it counts from the first to the last day of the look-ahead, in the filter language.
    counts: fn(Lang, NaiveDate, NaiveDate) -> String,
}

const TALLIES: [TallyOf; 4] = [
    TallyOf {
        label: Lang::figure_overdue,
        tally: |f| f.overdue,
        stood: |stood| stood.overdue,
        style: Theme::bad,
        counts: |lang, _, _| lang.counts_overdue().to_owned(),
    },
    TallyOf {
        label: Lang::figure_due,
        tally: |f| f.due,
        stood: |stood| stood.due,
        style: Theme::warn,
        counts: Lang::counts_due,
    },
    TallyOf {
        label: Lang::figure_promised,
        tally: |f| f.promised,
        stood: |stood| stood.promised,
        style: Theme::text,
        counts: |lang, _, _| lang.counts_promised().to_owned(),
    },
    TallyOf {
        label: Lang::figure_unbilled,
        tally: |f| f.unbilled,
        stood: |stood| stood.unbilled,
        style: Theme::text,
        counts: |lang, _, _| lang.counts_unbilled().to_owned(),
    },
];

fn pieces(ledger: &Ledger, ui: Ui) -> Vec<Line> {
    let (lang, theme) = (ui.lang, ui.theme);
    let piece = |label: &str, value: String, style: Style| {
        vec![(format!("{label} "), theme.dim()), (value, style.patch(theme.strong()))]
    };
    let tallied = TALLIES.iter().map(|of| {
        let (value, is_zero) = tallied(ledger, lang, of.tally);
        piece((of.label)(lang), value, if is_zero { theme.dim() } else { (of.style)(theme) })
    });
    let (collected, others) = money(ledger, |f| f.collected);
    let collected = format!("{collected}{}", in_words(others, lang));
    let mut collected = piece(lang.figure_collected(), collected, theme.good());
    if let Some(otherwise) = otherwise(ledger, ui) {
        collected.push((format!(" {otherwise}"), theme.dim()));
    }
    tallied.chain([collected]).collect()
}

/// Sum and count of the main currency, and how many other currencies have something.
fn tallied(ledger: &Ledger, lang: Lang, of: Of) -> (String, bool) {
    let (amount, others) = money(ledger, |f| of(f).amount);
    let main = ledger.digest.figures.first().map(of);
    let count = main.map_or(0, |tally| tally.count);
    (format!("{amount} ({count}){}", in_words(others, lang)), count == 0 && others == 0)
}

fn in_words(others: usize, lang: Lang) -> String {
    let words = lang.other_currencies(others);
    if words.is_empty() { words } else { format!(" {words}") }
}

/// The sum in the main currency, and how many others have something.
fn money(ledger: &Ledger, of: impl Fn(&Figures) -> i64) -> (String, usize) {
    let figures = &ledger.digest.figures;
    let main: Option<(Currency, i64)> = figures.first().map(|f| (f.currency, of(f)));
    let main = main.map(|(currency, amount)| ledger.signed(amount, currency));
    let others = figures.iter().skip(1).filter(|f| of(f) != 0).count();
    (main.unwrap_or_default(), others)
}

/// What changed since the last look, and the keys that show it and hide it.
pub fn since(since: &ChangesSince, ledger: &Ledger, ui: Ui, wide: u16) -> Vec<Line> {
    let lang = ui.lang;
    let money = (!since.money.is_empty()).then(|| format::sums(&since.money, ledger));
    let parts = [
        (!since.broken.is_empty()).then(|| lang.since_broken(since.broken.len())),
        (!since.overdue.is_empty()).then(|| lang.since_overdue(since.overdue.len())),
        money.map(|money| lang.since_money(&money)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let day = lang.day(since.day, ledger.today());
    let said = lang.since_line(&day, &parts.join(lang.and()));
    let keys = lang.since_keys(&ui.key(Action::Since), &ui.key(Action::Back));
    let style = ui.theme.warn();
    // A Chinese parenthesis has its own blank.
    let gap = usize::from(lang == Lang::En);
    flow([vec![(said, style)], vec![(keys, style)]], gap, usize::from(wide).saturating_sub(2))
}
