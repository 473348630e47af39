//! What stands on each step of the ladder, and in each other group, as bars.

use ratatui::style::Style;

use crate::report::dunning::{DunningGroup, Group};
use crate::tui::format;
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::FILL;
use crate::tui::widgets::bars::{Bar, bars};
use crate::tui::widgets::text::Line;

use super::words;

/// How late what stands on a step looks: the higher the step, the hotter.
const SEVERITY: [i64; 7] = [1, 1, 31, 61, 91, 181, 181];

/// Lines of so many cells: every step, then what else there is.
pub fn lines(groups: &[DunningGroup], room: usize, cx: &Cx<'_>) -> Vec<Line> {
    let is_step = |group: &DunningGroup| matches!(group.group, Group::Step(_));
    let shown = groups.iter().filter(|group| is_step(group) || !group.entries.is_empty());
    let all: Vec<Bar> = shown.clone().map(|group| bar(group, cx)).collect();
    let mut lines = bars(&all, room);
    let steps = shown.filter(|group| is_step(group)).count();
    if steps > 0 && steps < lines.len() {
        lines.insert(steps, Line::new());
    }
    lines
}

fn bar(group: &DunningGroup, cx: &Cx<'_>) -> Bar {
    let (ledger, theme) = (&*cx.ledger, cx.ui.theme);
    let style = style(group.group, theme);
    let (title, _) = words(group.group, &ledger.portfolio.policy.ladder, cx.ui);
    let sum = group.sums.first();
    let amount = sum.map(|(currency, sum)| format::amount(*sum, *currency, ledger));
    // Amounts of another currency have no length beside these.
    let drawn = sum.filter(|(currency, _)| *currency == ledger.digest.main);
    let others = group.sums.len().saturating_sub(1);
    let others = if others > 0 { format!("+{others}") } else { String::new() };
    let count = match group.entries.len() {
        0 => String::new(),
        count => count.to_string(),
    };
    let label = if group.entries.is_empty() { theme.dim() } else { theme.text() };
    Bar {
        label: (title, label),
        figures: vec![
            (count, style),
            (amount.unwrap_or_default(), theme.text()),
            (others, theme.dim()),
        ],
        before: 0,
        parts: vec![(drawn.map_or(0, |(_, sum)| *sum), FILL, style)],
    }
}

fn style(group: Group, theme: Theme) -> Style {
    match group {
        Group::Step(step) => {
            theme.heat(SEVERITY.get(usize::from(step)).copied().unwrap_or(SEVERITY[6]))
        }
        Group::Broken => theme.bad(),
        Group::Waiting | Group::Held | Group::Disputed => theme.warn(),
        Group::Promised => theme.good(),
        Group::ChaseAcceptance
        | Group::Deliver
        | Group::Invoice
        | Group::Send
        | Group::CallBack => theme.accent(),
    }
}
