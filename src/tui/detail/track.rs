//! How far the money of a milestone came, drawn: what is received of it, and the days on its way.

use chrono::NaiveDate;
use ratatui::style::Style;

use crate::domain::due::{Basis, Event};
use crate::domain::item::{Gates, Item, OpenPromise};
use crate::store::MilestoneDetail;
use crate::text::width::{left, width};
use crate::tui::screen::Cx;
use crate::tui::widgets::bar::stacked;
use crate::tui::widgets::text::Line;

/// Received, given up, disputed, open: in this order, as wide as their part of the amount.
pub fn bar(item: &Item, cells: usize, cx: &Cx<'_>) -> Line {
    let theme = cx.ui.theme;
    let disputed = item.disputed.clamp(0, item.balance.max(0));
    let open = item.balance.max(0) - disputed;
    let late = item.days_late(cx.ledger.today());
    let due = if late > 0 { theme.heat(late) } else { theme.accent() };
    let parts = [
        (item.received(), "█", theme.good()),
        (item.written_off.saturating_add(item.let_go()), "▒", theme.dim()),
        (disputed, "▓", theme.warn()),
        (open, "░", due),
    ];
    let percent = percent(item.received(), item.amount);
    let words = format!(" {percent}%");
    let room = cells.saturating_sub(width(&words));
    let mut line = stacked(&parts, room);
    line.push((words, theme.dim()));
    line
}

/// Whole percent, rounded down, so that 100 means all.
fn percent(part: i64, of: i64) -> i128 {
    if of <= 0 { 0 } else { i128::from(part.max(0)) * 100 / i128::from(of) }
}

/// One stop on the way, and its day.
struct Stop {
    word: &'static str,
    day: Option<NaiveDate>,
    done: bool,
    style: Style,
}

/// The way from the contract to the money in two lines: stops, and their days below. Stops that are not on the way of
/// this milestone are left out; where there is no room, the earliest are.
pub fn track(detail: &MilestoneDetail, item: &Item, cells: usize, cx: &Cx<'_>) -> [Line; 2] {
    let (theme, today) = (cx.ui.theme, cx.ledger.today());
    let mut stops = stops(detail, item, cx);
    let wide = |stop: &Stop| {
        let day = stop.day.map_or(0, |day| width(&cx.ui.lang.day(day, today)));
        (width(stop.word) + 1).max(day) + 1
    };
    while stops.len() > 1 && stops.iter().map(wide).sum::<usize>() > cells + 1 {
        stops.remove(0);
    }
    let (mut line, mut days) = (Line::new(), Line::new());
    let last = stops.len().saturating_sub(1);
    for (at, stop) in stops.iter().enumerate() {
        let room = wide(stop);
        let sign = if stop.done { "●" } else { "○" };
        line.push((sign.to_owned(), stop.style));
        line.push((stop.word.to_owned(), stop.style));
        let way = room.saturating_sub(1 + width(stop.word));
        line.push((if at == last { " " } else { "─" }.repeat(way), theme.border()));
        let day = stop.day.map_or_else(String::new, |day| cx.ui.lang.day(day, today));
        days.push((left(&day, room), if stop.done { theme.dim() } else { stop.style }));
    }
    [line, days]
}

fn stops(detail: &MilestoneDetail, item: &Item, cx: &Cx<'_>) -> Vec<Stop> {
    let (lang, theme, today) = (cx.ui.lang, cx.ui.theme, cx.ledger.today());
    let is_open = item.balance > 0;
    let stop = |word, day: Option<NaiveDate>| {
        let done = day.is_some_and(|day| day <= today);
        Stop { word, day, done, style: if done { theme.text() } else { theme.dim() } }
    };
    let signed = detail.project.signed_on.or(detail.draft.agreed_on);
    let due = item.due(today);
    let late = item.days_late(today);
    let promised = item.promises.iter().map(|promise: &OpenPromise| promise.pay_by).max();
    let mut stops = vec![stop(lang.stop_signed(), signed)];
    let event = match &detail.draft.rule.basis {
        Basis::After(after) => Some(after.event),
        Basis::None | Basis::Fixed(_) => None,
    };
    let accepts = event == Some(Event::Acceptance) || item.gates.closed(Gates::ACCEPT);
    let delivers = accepts || event == Some(Event::Delivery) || item.deliver_by.is_some();
    let way = [
        (lang.stop_delivered(), item.delivered_on, delivers),
        (lang.stop_accepted(), item.accepted_on, accepts),
        (lang.stop_invoiced(), item.invoiced_on, is_open),
    ];
    let way = way.into_iter().filter(|(_, day, needed)| day.is_some() || *needed);
    stops.extend(way.map(|(word, day, _)| stop(word, day)));
    let mut due = stop(lang.stop_due(), due);
    if is_open && late > 0 {
        due.style = theme.heat(late);
    }
    stops.push(due);
    if let Some(day) = promised.filter(|_| is_open) {
        let style = if day < today { theme.bad() } else { theme.warn() };
        stops.push(Stop { word: lang.stop_promised(), day: Some(day), done: day < today, style });
    }
    let paid = Stop {
        word: lang.stop_paid(),
        day: detail.closed_on.filter(|_| !is_open),
        done: !is_open,
        style: if is_open { theme.dim() } else { theme.good() },
    };
    stops.push(paid);
    stops
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::percent;

    #[rstest]
    #[case(999, 1_000, 99)]
    #[case(-5, 1_000, 0)]
    #[case(1, 0, 0)]
    fn all_is_a_hundred_percent_and_nothing_less(
        #[case] part: i64,
        #[case] of: i64,
        #[case] shown: i128,
    ) {
        assert_eq!(percent(part, of), shown);
    }
}
