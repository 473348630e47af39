//! The rows of the ladder: a heading with what is to do, how many and how much, then the milestones.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::domain::dunning;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::report::dunning::{DunningEntry, DunningGroup, Group};
use crate::store::TimelineEvent;
use crate::text::Lang;
use crate::tui::ledger::cells::{number, plain, whole, words};
use crate::tui::ledger::data::Ledger;
use crate::tui::ledger::labels::{Labels, milestone as label};
use crate::tui::ledger::show;
use crate::tui::look::Look;
use crate::tui::widgets::list::{Cell, Column, RowId, Rows};

use super::Row;

/// What was told of disputes so far: their day and owner are not in the open items.
#[derive(Default)]
pub struct Stories(RefCell<HashMap<MilestoneId, String>>);

/// The columns, the widest last.
pub fn columns(lang: Lang) -> [Column; 7] {
    [
        words(lang.customer_word(), 20, 0),
        words(lang.milestone_word(), 8, 0),
        number(lang.amount_short(), 0),
        number(lang.late_short(), 0),
        whole(lang.due_word(), 3),
        words(lang.ladder_note(), 22, 0),
        words(lang.project_word(), 8, 4),
    ]
}

pub struct LadderRows<'a> {
    pub steps: &'a [DunningGroup],
    pub rows: &'a [Row],
    pub labels: &'a Labels,
    pub stories: &'a Stories,
    pub ledger: &'a Ledger,
    pub look: Look,
}

impl Rows for LadderRows<'_> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn id(&self, at: usize) -> RowId {
        self.rows.get(at).map_or(RowId(0), Row::id)
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        match self.rows.get(at) {
            Some(Row::Heading(group)) => self
                .steps
                .get(*group)
                .map(|step| self.heading(step))
                .unwrap_or_default(),
            Some(Row::Entry(group, entry)) => {
                let group = self.steps.get(*group).map(|step| step.group);
                group
                    .map(|group| self.entry(group, entry))
                    .unwrap_or_default()
            }
            None => Vec::new(),
        }
    }
}

impl LadderRows<'_> {
    fn heading(&self, step: &DunningGroup) -> Vec<Cell> {
        let (lang, theme) = (self.look.lang, self.look.theme);
        let style = if step.entries.is_empty() {
            theme.dim()
        } else {
            theme.strong()
        };
        let title = format!("{} ({})", title(step.group, lang), step.entries.len());
        let sum = step
            .sums
            .first()
            .map_or_else(String::new, |(currency, sum)| {
                show::amount(*sum, *currency, self.ledger)
            });
        let more = step.sums.len().saturating_sub(1);
        let more = if more > 0 {
            format!("+{more}")
        } else {
            String::new()
        };
        [
            title,
            String::new(),
            sum,
            more,
            String::new(),
            does(step.group, lang).to_owned(),
            String::new(),
        ]
        .map(|text| Cell::new(text, style))
        .into()
    }

    fn entry(&self, group: Group, entry: &DunningEntry) -> Vec<Cell> {
        let Some(item) = self.ledger.book.get(entry.id) else {
            return Vec::new();
        };
        let today = self.ledger.today();
        let theme = self.look.theme;
        let [customer, milestone, project] = self.labels.of(self.ledger, item, |names| {
            let (project, milestone) = (names.project(item.project), names.milestone(item.id));
            [
                names.customer(item.customer).short().to_owned(),
                label(&project.code, &milestone.code, &milestone.name),
                format!("{} {}", project.code, project.name),
            ]
        });
        let late = item.days_late(today);
        let late = if late > 0 {
            Cell::new(late.to_string(), theme.bad())
        } else {
            Cell::new("-", theme.dim())
        };
        let due = match item.due {
            Some(due) if item.is_firm(today) => due.to_string(),
            Some(due) => self.look.lang.expected_day(&due.to_string()),
            None => "-".to_owned(),
        };
        let note_style = match group {
            Group::Broken => theme.bad(),
            Group::Waiting | Group::Held | Group::Disputed => theme.warn(),
            _ => theme.text(),
        };
        vec![
            plain(customer),
            plain(milestone),
            plain(show::amount(entry.amount, entry.currency, self.ledger)),
            late,
            plain(due),
            Cell::new(self.note(group, entry, item), note_style),
            plain(project),
        ]
    }

    /// What is worth knowing of a milestone in this group.
    fn note(&self, group: Group, entry: &DunningEntry, item: &Item) -> String {
        let (lang, today) = (self.look.lang, self.ledger.today());
        let day = |day| lang.day(day, today);
        let waits = || match entry.waits {
            Some((step, wait)) => {
                let why = lang.wait_reason(wait.why);
                let until = wait.until.map(|until| lang.held_until(&day(until)));
                let step = format!("({})", lang.step(step));
                let told = [Some(why.to_owned()), until].into_iter().flatten();
                told.collect::<Vec<_>>().join(lang.comma()) + " " + &step
            }
            None => String::new(),
        };
        match group {
            Group::Promised => match entry.on {
                Some(on) => lang.promised_by(&day(on)),
                None => String::new(),
            },
            Group::Broken => match entry.on {
                Some(on) if dunning::unanswered(item, today).is_some() => {
                    lang.broken_unanswered(&day(on))
                }
                Some(on) => lang.broken_on(&day(on)),
                None => String::new(),
            },
            Group::Held => match entry.on {
                Some(on) => lang.held_until(&day(on)),
                None => lang.held_open().to_owned(),
            },
            Group::Disputed => self.dispute(item),
            Group::Waiting => waits(),
            _ if dunning::unanswered(item, today).is_some() => lang.broken_note().to_owned(),
            _ => match item.last_touch_on {
                Some(on) => lang.last_touch_on(&day(on)),
                None => lang.never_touched().to_owned(),
            },
        }
    }

    fn dispute(&self, item: &Item) -> String {
        if let Some(told) = self.stories.0.borrow().get(&item.id) {
            return told.clone();
        }
        let lang = self.look.lang;
        let part = if item.is_wholly_disputed() {
            lang.disputed_whole()
        } else {
            lang.disputed_part()
        };
        let happened = self.ledger.store.timeline(item.id).unwrap_or_default();
        let first = happened.into_iter().find_map(|entry| match entry.event {
            TimelineEvent::Disputed { reason, owner, .. } => Some((entry.on, reason, owner)),
            _ => None,
        });
        let told = match first {
            Some((since, reason, owner)) => {
                let since = lang.disputed_since(part, &lang.day(since, self.ledger.today()));
                let rest = [owner, reason].into_iter().filter(|text| !text.is_empty());
                std::iter::once(since)
                    .chain(rest)
                    .collect::<Vec<_>>()
                    .join(lang.comma())
            }
            None => part.to_owned(),
        };
        self.stories.0.borrow_mut().insert(item.id, told.clone());
        told
    }
}

fn title(group: Group, lang: Lang) -> String {
    match group {
        Group::Step(step) => format!("{step} {}", lang.step(step)),
        Group::ChaseAcceptance => lang.act_chase_acceptance().to_owned(),
        Group::Deliver => lang.act_deliver().to_owned(),
        Group::Invoice => lang.act_invoice().to_owned(),
        Group::Send => lang.act_send().to_owned(),
        Group::Broken => lang.ladder_broken().to_owned(),
        Group::Promised => lang.ladder_promised().to_owned(),
        Group::Disputed => lang.ladder_disputed().to_owned(),
        Group::Held => lang.ladder_held().to_owned(),
        Group::Waiting => lang.ladder_waiting().to_owned(),
    }
}

/// What is to do with a group now.
const fn does(group: Group, lang: Lang) -> &'static str {
    match group {
        Group::Step(step) => lang.ladder_step_does(step),
        Group::ChaseAcceptance => lang.ladder_acceptance_does(),
        Group::Deliver => lang.ladder_deliver_does(),
        Group::Invoice => lang.ladder_invoice_does(),
        Group::Send => lang.ladder_send_does(),
        Group::Broken => lang.ladder_broken_does(),
        Group::Promised => lang.ladder_promised_does(),
        Group::Disputed => lang.ladder_disputed_does(),
        Group::Held => lang.ladder_held_does(),
        Group::Waiting => lang.ladder_waiting_does(),
    }
}
