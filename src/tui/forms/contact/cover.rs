//! Which milestones a contact covers, and what follows from them: the step, the purpose, and whether to wait.

use super::super::{Answer, Context};
use crate::domain::dunning;
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::{TouchKind, WaitingOn};
use crate::domain::money;
use crate::domain::policy::LadderStep;
use crate::domain::readiness::{Lack, Want};
use crate::domain::status::{Status, status, waiting_on};
use crate::report::readiness;
use crate::tui::widgets::form::{Field, Mark};
use crate::tui::widgets::picker::Pick;

/// What a contact may cover, and what of it it does unless said otherwise.
pub(super) struct Cover<'a> {
    /// Each item, and whether it is covered unless said otherwise.
    pub items: Vec<(&'a Item, bool)>,
    /// What the key was pressed on, else all that is covered.
    pub lead: Vec<&'a Item>,
}

impl<'a> Cover<'a> {
    /// What is overdue and what the key was pressed on; where that is nothing, all that is open.
    pub(super) fn new(customer: CustomerId, chosen: &[MilestoneId], cx: Context<'a>) -> Self {
        let (today, policy) = (cx.today, &cx.portfolio.policy);
        let open = |item: &&Item| item.customer == customer && item.balance > 0;
        let mut all: Vec<&Item> = cx.portfolio.items().iter().filter(open).collect();
        all.sort_by_key(|item| item.payment_order(today));
        let is_chosen = |item: &Item| chosen.contains(&item.id);
        let overdue = |item: &Item| matches!(status(item, today, policy), Status::Overdue(_));
        let covered = |item: &Item| is_chosen(item) || overdue(item);
        let none = !all.iter().any(|item| covered(item));
        let listed =
            all.into_iter().filter(|item| none || covered(item) || item.is_receivable(today));
        let items: Vec<(&Item, bool)> = listed.map(|item| (item, covered(item))).collect();
        let on = items.iter().filter(|(_, on)| *on || none).map(|(item, _)| *item);
        let lead: Vec<&Item> = if chosen.is_empty() {
            on.collect()
        } else {
            on.filter(|item| is_chosen(item)).collect()
        };
        Self { items, lead }
    }

    /// The step that is due on what the key was pressed on; of several the highest.
    pub(super) fn step(&self, cx: Context<'_>) -> Option<u8> {
        let next = |item: &&Item| dunning::next_step(item, cx.today, &cx.portfolio.policy).step;
        self.lead.iter().filter_map(next).max()
    }

    /// What each step lacks on file of what the key was pressed on.
    pub(super) fn lacking(&self, cx: Context<'_>) -> Answer<Vec<Lack>> {
        let policy = &cx.portfolio.policy;
        let ids: Vec<MilestoneId> = self.lead.iter().map(|item| item.id).collect();
        let filed = cx.store.on_file(&ids)?;
        let of = |step: u8, item: &Item| {
            let papers = filed.get(&item.id).map_or(&[][..], Vec::as_slice);
            readiness::lack_for(step, item, papers, cx.today, policy)
        };
        let lack = |(step, _): (u8, LadderStep)| {
            let mut missing: Vec<Want> = Vec::new();
            for want in
                self.lead.iter().filter_map(|item| of(step, item)).flat_map(|one| one.missing)
            {
                if !missing.contains(&want) {
                    missing.push(want);
                }
            }
            (!missing.is_empty()).then_some(Lack { step, missing })
        };
        Ok(policy.ladder.steps().filter_map(lack).collect())
    }

    /// A plain call takes no step; only an acceptance that is waited for says what a call is about.
    pub(super) fn kind(&self, cx: Context<'_>) -> TouchKind {
        let (today, policy) = (cx.today, &cx.portfolio.policy);
        let accepts = |item: &&Item| waiting_on(item, today, policy) == WaitingOn::CustomerAccept;
        if !self.lead.is_empty() && self.lead.iter().all(accepts) {
            TouchKind::AcceptanceChase
        } else {
            TouchKind::Courtesy
        }
    }

    /// What an objection can be about, what the key was pressed on first.
    pub(super) fn disputable(&self, cx: Context<'_>) -> Answer<Vec<Pick<MilestoneId>>> {
        let mut items: Vec<&Item> = self.items.iter().map(|(item, _)| *item).collect();
        items.sort_by_key(|item| !self.lead.iter().any(|lead| lead.id == item.id));
        let labels = cx.labels(items.iter().copied())?;
        let pick = |(item, label): (&Item, String)| {
            Pick::new(item.id, label, money::with_symbol(item.balance, item.currency))
        };
        Ok(items.into_iter().zip(labels).map(pick).collect())
    }

    pub(super) fn field(&self, cx: Context<'_>) -> Answer<Field<Vec<MilestoneId>>> {
        let labels = cx.labels(self.items.iter().map(|(item, _)| *item))?;
        let lines = self.items.iter().zip(labels);
        let only = self.items.len() == 1;
        let mark = |((item, on), label): (&(&Item, bool), String)| {
            let open = money::with_symbol(item.balance, item.currency);
            let aside = match item.days_late(cx.today) {
                late if late > 0 => format!("{open}  {}", cx.lang().days_late(late)),
                _ => open,
            };
            Mark { id: item.id, label, aside, on: *on || only }
        };
        Ok(Field::marks(cx.lang().form_covers(), lines.map(mark).collect()))
    }
}

/// Why it may be better not to call: said, never forced.
pub(super) fn advice(cover: &Cover<'_>, customer: CustomerId, cx: Context<'_>) -> Option<String> {
    let (lang, policy) = (cx.lang(), &cx.portfolio.policy);
    let guarded = cx.portfolio.guarded_until(customer);
    let wait = cover.lead.iter().find_map(|item| {
        let step = dunning::next_step(item, cx.today, policy).step?;
        dunning::wait(item, step, cx.today, policy, guarded)
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
