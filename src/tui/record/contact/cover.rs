//! Which milestones a contact covers, and what follows from them: the step, the purpose, and whether to wait.

use super::super::Context;
use crate::domain::dunning;
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::{TouchKind, WaitingOn};
use crate::domain::money;
use crate::domain::status::{Status, status, waiting_on};
use crate::error::Result;
use crate::tui::forms::{Field, Kind, Mark, Marks};
use crate::tui::widgets::list::RowId;

/// What a contact may cover, and what of it it does unless said otherwise.
pub(super) struct Cover<'a> {
    /// Each item, and whether it is covered unless said otherwise.
    pub items: Vec<(&'a Item, bool)>,
    /// What the key was pressed on, else all that is covered.
    pub lead: Vec<&'a Item>,
}

impl<'a> Cover<'a> {
    /// What is overdue and what the key was pressed on; where that is nothing, all that is open.
    pub(super) fn new(customer: CustomerId, chosen: &[MilestoneId], context: Context<'a>) -> Self {
        let (today, policy) = (context.today, &context.book.policy);
        let all = context.items_of(customer);
        let is_chosen = |item: &Item| chosen.contains(&item.id);
        let overdue = |item: &Item| matches!(status(item, today, policy), Status::Overdue(_));
        let covered = |item: &Item| is_chosen(item) || overdue(item);
        let none = !all.iter().any(|item| covered(item));
        let listed = all
            .into_iter()
            .filter(|item| none || covered(item) || item.is_receivable(today));
        let items: Vec<(&Item, bool)> = listed.map(|item| (item, covered(item))).collect();
        let on = items
            .iter()
            .filter(|(_, on)| *on || none)
            .map(|(item, _)| *item);
        let lead: Vec<&Item> = if chosen.is_empty() {
            on.collect()
        } else {
            on.filter(|item| is_chosen(item)).collect()
        };
        Self { items, lead }
    }

    /// The step that is due on what the key was pressed on; of several the highest.
    pub(super) fn step(&self, context: Context<'_>) -> Option<u8> {
        let next =
            |item: &&Item| dunning::next_step(item, context.today, &context.book.policy).step;
        self.lead.iter().filter_map(next).max()
    }

    pub(super) fn kind(&self, context: Context<'_>) -> TouchKind {
        let (today, policy) = (context.today, &context.book.policy);
        let accepts = |item: &&Item| waiting_on(item, today, policy) == WaitingOn::CustomerAccept;
        let broken = |item: &&Item| dunning::unanswered(item, today).is_some();
        if !self.lead.is_empty() && self.lead.iter().all(accepts) {
            TouchKind::AcceptanceChase
        } else if self.step(context).is_some() || self.lead.iter().any(broken) {
            TouchKind::Dunning
        } else {
            TouchKind::Courtesy
        }
    }

    pub(super) fn field(&self, context: Context<'_>) -> Result<Field> {
        let items: Vec<&Item> = self.items.iter().map(|(item, _)| *item).collect();
        let lines = self.items.iter().zip(context.labels(&items)?);
        let only = self.items.len() == 1;
        let mark = |((item, on), label): (&(&Item, bool), String)| {
            let open = money::with_symbol(item.balance, item.currency);
            let late = item.days_late(context.today);
            let late = Some(context.lang().days_late(late)).filter(|_| late > 0);
            Mark {
                id: RowId(item.id.0),
                label,
                aside: format!("{open}  {}", late.unwrap_or_default())
                    .trim_end()
                    .to_owned(),
                on: *on || only,
            }
        };
        let marks = Marks::new(lines.map(mark).collect());
        let label = context.lang().form_covers();
        Ok(Field::new("milestones", label, Kind::Marks(marks)).required())
    }
}

/// Why it may be better not to call: said, never forced.
pub(super) fn advice(
    cover: &Cover<'_>,
    customer: CustomerId,
    context: Context<'_>,
) -> Option<String> {
    let (lang, policy) = (context.lang(), &context.book.policy);
    let guarded = context.book.guarded_until(customer);
    let wait = cover.lead.iter().find_map(|item| {
        let step = dunning::next_step(item, context.today, policy).step?;
        dunning::wait(item, step, context.today, policy, guarded)
    });
    match (wait, guarded) {
        (Some(wait), _) => {
            let why = lang.wait_reason(wait.why);
            Some(match wait.until {
                Some(until) => lang.form_waits_until(why, until),
                None => lang.form_waits(why),
            })
        }
        (None, Some(until)) => Some(lang.form_guarded(until)),
        (None, None) => None,
    }
}
