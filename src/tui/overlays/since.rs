//! What changed since the last look, one by one: promises broken, newly overdue, money in. Enter goes there.

use super::Choice;
use crate::domain::ids::MilestoneId;
use crate::domain::money;
use crate::error::Result;
use crate::store::Arrival;
use crate::tui::data::Ledger;
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::screen::Cx;
use crate::tui::selection::RowKey;
use crate::tui::widgets::picker::{Pick, Picker};

/// How many of a kind are listed.
const MOST: usize = 200;

pub fn since(cx: &mut Cx<'_>) -> Result<Effect> {
    let (lang, ledger) = (cx.ui.lang, &mut *cx.ledger);
    let Some(since) = ledger.last_seen.changes(ledger)? else {
        return Ok(Effect::Say(lang.since_nothing().to_owned()));
    };
    let some = |ids: &[MilestoneId]| ids.iter().copied().take(MOST).collect::<Vec<_>>();
    let (broken, overdue) = (some(&since.broken), some(&since.overdue));
    ledger.name(&[broken.as_slice(), overdue.as_slice()].concat())?;
    let kinds = [(lang.since_broken_word(), broken), (lang.since_overdue_word(), overdue)];
    let milestones = kinds.into_iter().flat_map(|(kind, ids)| {
        ids.into_iter().filter_map(|id| milestone(kind, id, ledger)).collect::<Vec<_>>()
    });
    let arrived = since.arrived.iter().take(MOST);
    let arrived = arrived.map(|arrival| payment(lang.since_money_word(), arrival));
    let picks: Vec<Pick<RowKey>> = milestones.chain(arrived).collect();
    let title = lang.since_title(&lang.day(since.day, ledger.today()));
    Ok(Effect::open(Choice::new(Picker::new(title, picks), |key, _| Ok(Effect::Go(key)))))
}

fn milestone(kind: &str, id: MilestoneId, ledger: &Ledger) -> Option<Pick<RowKey>> {
    let item = ledger.portfolio.get(id)?;
    let text = format!("{kind}  {}", format::name(item, ledger));
    let open = money::with_symbol(item.balance, item.currency);
    Some(Pick::new(RowKey::Milestone(id), text, open))
}

/// Goes to what it pays, else to who paid.
fn payment(kind: &str, arrival: &Arrival) -> Pick<RowKey> {
    let customer = RowKey::Customer(arrival.customer);
    let key = arrival.milestone.map_or(customer, RowKey::Milestone);
    let text = format!("{kind}  {}  {}", arrival.on, arrival.customer_name);
    Pick::new(key, text, money::with_symbol(arrival.amount, arrival.currency))
}
