//! Dunning: one group per level in which something stands, with what waits and why. Enter on a heading folds its group.
//!
//! ```text
//!    Customer                 Milestone          Amount   Late  Due         Next
//!    ▼ 2 first reminder (1)                  210,000.00                     call, politely
//! >  华东水务                 M2 进度款      210,000.00     13  2026-11-08  last touch 11-10
//!    ▸ 3 formal notice (4)                   720,000.00                     +1 currency; letter, firm
//!    ▼ Disputed (1)                           50,000.00
//!    远景装备                 M2 验收款       50,000.00      -  2026-12-01  part, since 2026-10-20, 李雷
//! ```

mod funnel;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use ratatui::layout::Rect;

use crate::domain::change::TimelineEvent;
use crate::domain::dunning;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::policy::Ladder;
use crate::domain::readiness::Lack;
use crate::error::Result;
use crate::report::dunning::{DunningEntry, DunningGroup, Group, dunning};
use crate::report::readiness;
use crate::tui::action::Action;
use crate::tui::data::{Found, Ledger, Memo};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::forms::Recording;
use crate::tui::list_screen::widest::{self, Looked, Open};
use crate::tui::list_screen::{self, ListScreen, Source};
use crate::tui::screen::{Cx, ListView, RowsKey, Screen};
use crate::tui::selection::RowKey;
use crate::tui::theme::Ui;
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::Line;

/// Before the heading of a group.
const FOLDED: &str = "▸";
const UNFOLDED: &str = "▼";

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoDunning, Dunning::default()))
}

/// One row: a group's heading, by its place, or a milestone in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Heading(usize),
    Entry(Group, DunningEntry),
}

#[derive(Default)]
struct Dunning {
    ladder: Memo<u64, Vec<DunningGroup>>,
    /// Groups of which only the heading is shown.
    folded: BTreeSet<Group>,
    rows: Memo<(RowsKey, BTreeSet<Group>), Vec<Row>>,
    /// What is to be said of the disputes seen: their day and owner are not in the open items.
    disputes: Memo<u64, HashMap<MilestoneId, String>>,
    /// What the step lacks on file of those seen; nothing, where it lacks nothing.
    lacks: Memo<u64, HashMap<MilestoneId, Option<Lack>>>,
    /// Of everything open, and of what stands on each step.
    widest: Memo<Looked, Vec<String>>,
    /// Whether the funnel has a place of its own.
    charted: bool,
}

fn rows(
    steps: &[DunningGroup],
    folded: &BTreeSet<Group>,
    view: &ListView,
    found: Option<&Found>,
    ledger: &Ledger,
) -> Vec<Row> {
    let fits = view.fits(found, ledger);
    let mut rows = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let mut shown = step.entries.iter().filter(|entry| fits(entry.id)).peekable();
        if shown.peek().is_none() {
            continue;
        }
        rows.push(Row::Heading(at));
        if !folded.contains(&step.group) {
            rows.extend(shown.map(|entry| Row::Entry(step.group, *entry)));
        }
    }
    rows
}

impl Dunning {
    fn heading(&self, step: &DunningGroup, cx: &Cx<'_>) -> Vec<Cell> {
        let lang = cx.ui.lang;
        let sign = if self.folded.contains(&step.group) { FOLDED } else { UNFOLDED };
        let (title, does) = words(step.group, &cx.ledger.portfolio.policy.ladder, cx.ui);
        let title = format!("{sign} {title} ({})", step.entries.len());
        let sum = step.sums.first();
        let sum = sum.map(|(currency, sum)| format::amount(*sum, *currency, cx.ledger));
        let note = match step.sums.len() {
            0 | 1 => does,
            2 => lang.joined(lang.figure_one_other(), &does),
            many => lang.joined(&lang.figure_more_others(many - 1), &does),
        };
        let sum = sum.unwrap_or_default();
        let strong = cx.ui.theme.strong();
        let mut cells = Cell::row(["", "", &sum, "", "", &note, ""], strong);
        if let Some(first) = cells.first_mut() {
            *first = Cell::spanning(title, strong);
        }
        cells
    }

    fn entry(&self, group: Group, entry: &DunningEntry, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(item) = cx.ledger.portfolio.get(entry.id) else {
            return Vec::new();
        };
        let (names, today, theme) = (&cx.ledger.portfolio.names, cx.ledger.today(), cx.ui.theme);
        let due = format::due_day(item, today, cx.ui.lang);
        let note_style = match group {
            Group::Step(_) if self.lack(group, item.id).is_some() => theme.warn(),
            Group::Broken => theme.bad(),
            Group::Waiting | Group::Held | Group::Disputed => theme.warn(),
            Group::Step(_)
            | Group::ChaseAcceptance
            | Group::Deliver
            | Group::Invoice
            | Group::Send
            | Group::CallBack
            | Group::Promised => theme.text(),
        };
        vec![
            Cell::plain(names.customer(item.customer).short()),
            Cell::plain(format::milestone(item, names)),
            Cell::plain(format::amount(entry.amount, entry.currency, cx.ledger)),
            Cell::late(item.days_late(today), theme),
            Cell::plain(due.unwrap_or_else(|| "-".to_owned())),
            Cell::new(self.note(group, entry, item, cx), note_style),
            Cell::plain(format::project(item, names)),
        ]
    }

    /// Reads what is on file of the milestones at these places that stand on a step.
    fn read_lacks(&mut self, page: Range<usize>, cx: &Cx<'_>) -> Result<()> {
        let ledger = &*cx.ledger;
        self.lacks.refresh(ledger.version(), HashMap::new);
        let on_step = page.filter_map(|at| match self.rows.get(at)? {
            Row::Entry(Group::Step(_), entry) => Some(entry.id),
            Row::Entry(..) | Row::Heading(_) => None,
        });
        let unread: Vec<&Item> = on_step
            .filter(|id| !self.lacks.contains_key(id))
            .filter_map(|id| ledger.portfolio.get(id))
            .collect();
        if unread.is_empty() {
            return Ok(());
        }
        let policy = &ledger.portfolio.policy;
        let mut lacks = readiness::lacks(&ledger.store, &unread, ledger.today(), policy)?;
        let found = unread.iter().map(|item| (item.id, lacks.remove(&item.id)));
        self.lacks.extend(found.collect::<Vec<_>>());
        Ok(())
    }

    fn funnel(&self, room: usize, cx: &Cx<'_>) -> Option<(String, Vec<Line>)> {
        let lang = cx.ui.lang;
        let title = lang.in_unit(lang.picture_ladder(), cx.ledger.is_in_wan(cx.ledger.digest.main));
        let any = self.ladder.iter().any(|group| !group.entries.is_empty());
        any.then(|| (title, funnel::lines(&self.ladder, room, cx)))
    }

    /// What the step that is to be taken lacks on file.
    fn lack(&self, group: Group, id: MilestoneId) -> Option<&Lack> {
        let is_step = matches!(group, Group::Step(_));
        self.lacks.get(&id).filter(|_| is_step)?.as_ref()
    }

    /// What is worth knowing of a milestone in this group.
    fn note(&self, group: Group, entry: &DunningEntry, item: &Item, cx: &Cx<'_>) -> String {
        let (lang, today) = (cx.ui.lang, cx.ledger.today());
        let day = |day| lang.day(day, today);
        let unanswered = dunning::unanswered(item, today).is_some();
        match (group, entry.on) {
            (Group::Promised, Some(on)) => lang.promised_by(&day(on)),
            (Group::Broken, Some(on)) if unanswered => lang.broken_unanswered(&day(on)),
            (Group::Broken, Some(on)) => lang.broken_on(&day(on)),
            (Group::Promised | Group::Broken, None) => String::new(),
            (Group::Held, Some(on)) => lang.held_until(&day(on)),
            (Group::Held, None) => lang.held_open().to_owned(),
            (Group::Disputed, _) => self.disputes.get(&item.id).cloned().unwrap_or_default(),
            (Group::Waiting, _) => entry.waits.map_or_else(String::new, |(step, wait)| {
                let why = lang.wait_reason(wait.why).to_owned();
                let until = wait.until.map(|until| lang.held_until(&day(until)));
                let reason: Vec<String> = [Some(why), until].into_iter().flatten().collect();
                format!("{} ({})", reason.join(lang.comma()), lang.step(step))
            }),
            (
                Group::Step(_)
                | Group::ChaseAcceptance
                | Group::Deliver
                | Group::Invoice
                | Group::Send
                | Group::CallBack,
                _,
            ) => {
                let lack = self
                    .lack(group, item.id)
                    .map(|lack| lang.lack_short(&lang.wants(&lack.missing)));
                let last = match item.last_touch_on {
                    _ if unanswered => lang.broken_note().to_owned(),
                    Some(on) => lang.last_touch_on(&day(on)),
                    None => lang.never_touched().to_owned(),
                };
                let parts = if unanswered { [Some(last), lack] } else { [lack, Some(last)] };
                lang.commas(parts.into_iter().flatten())
            }
        }
    }
}

/// How much of an item is disputed, since when, and who looks after it.
fn dispute(item: &Item, cx: &Cx<'_>) -> Result<String> {
    let lang = cx.ui.lang;
    let part = if item.is_wholly_disputed() { lang.disputed_whole() } else { lang.disputed_part() };
    let timeline = cx.ledger.store.timeline(item.id)?;
    let first = timeline.into_iter().find_map(|entry| match entry.event {
        TimelineEvent::Disputed { reason, owner, .. } => Some((entry.on, reason, owner)),
        _ => None,
    });
    let Some((since, reason, owner)) = first else {
        return Ok(part.to_owned());
    };
    let since = lang.disputed_since(part, &lang.day(since, cx.ledger.today()));
    let mut parts = vec![since, owner, reason];
    parts.retain(|text| !text.is_empty());
    Ok(parts.join(lang.comma()))
}

impl Source for Dunning {
    const BY_DESK: bool = true;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::words(lang.customer_word(), 10, 0),
            Column::words(lang.milestone_word(), 10, 0),
            format::money_column(lang.amount_short(), 0, cx),
            Column::number(lang.late_short(), 0),
            Column::whole(lang.due_word(), 3),
            Column::words(lang.ladder_note(), 20, 0),
            Column::words(lang.project_word(), 8, 4),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let found = cx.ledger.find(&view.find)?;
        let ledger = &*cx.ledger;
        self.ladder.try_refresh(ledger.version(), || {
            Ok(dunning(
                ledger.portfolio.items(),
                &ledger.digest.worklist,
                ledger.today(),
                &ledger.portfolio.policy,
                ledger.digest.main,
            )?)
        })?;
        let key = view.key(found.as_ref().map(|found| found.serial), ledger);
        self.rows.refresh((key, self.folded.clone()), || {
            rows(&self.ladder, &self.folded, view, found.as_ref(), ledger)
        });
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        list_screen::read_names(self, page.clone(), cx)?;
        self.read_lacks(page.clone(), cx)?;
        self.disputes.refresh(cx.ledger.version(), HashMap::new);
        for at in page {
            if let Some(RowKey::InGroup(Group::Disputed, id)) = self.key(at, cx)
                && !self.disputes.contains_key(&id)
                && let Some(item) = cx.ledger.portfolio.get(id)
            {
                let text = dispute(item, cx)?;
                self.disputes.insert(id, text);
            }
        }
        Ok(())
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        cx.ui.lang.dunning_title().to_owned()
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        Some(match self.rows.get(at)? {
            Row::Heading(step) => RowKey::Group(self.ladder.get(*step)?.group),
            Row::Entry(group, entry) => RowKey::InGroup(*group, entry.id),
        })
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        match self.rows.get(at) {
            Some(Row::Heading(step)) => {
                self.ladder.get(*step).map_or_else(Vec::new, |step| self.heading(step, cx))
            }
            Some(Row::Entry(group, entry)) => self.entry(*group, entry, cx),
            None => Vec::new(),
        }
    }

    fn widest(&mut self, cx: &Cx<'_>) -> Result<Vec<String>> {
        let (ledger, lang) = (&*cx.ledger, cx.ui.lang);
        let sums = self.ladder.iter().flat_map(|step| step.sums.iter().copied());
        self.widest.refresh(widest::looked(cx), || {
            let today = ledger.today();
            let mut open = Open::of(ledger.portfolio.items(), today);
            sums.for_each(|(currency, sum)| open.balances.add(currency, sum));
            let amount =
                open.balances.widest(|minor, currency| format::amount(minor, currency, ledger));
            let none = String::new;
            vec![none(), none(), amount, open.days.to_string(), widest::due(today, lang)]
        });
        Ok(self.widest.clone())
    }

    fn open(&mut self, at: usize, _: &mut ListView, _: &Cx<'_>) -> Effect {
        match self.rows.get(at) {
            Some(Row::Entry(_, entry)) => return Effect::Go(RowKey::Milestone(entry.id)),
            Some(Row::Heading(step)) => {
                let group = self.ladder.get(*step).map(|step| step.group);
                if let Some(group) = group
                    && !self.folded.remove(&group)
                {
                    self.folded.insert(group);
                }
            }
            None => {}
        }
        Effect::None
    }

    fn fit(&mut self, _: Rect, _: &Cx<'_>) {
        self.charted = false;
    }

    fn chart(
        &mut self,
        (room, _): (usize, usize),
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        self.charted = true;
        Ok(self.funnel(room, cx))
    }

    /// Of a heading, all groups beside each other, unless they are seen already.
    fn aside(
        &mut self,
        selected: Option<RowKey>,
        room: usize,
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let is_heading = matches!(selected, Some(RowKey::Group(_)));
        Ok(if is_heading && !self.charted { self.funnel(room, cx) } else { None })
    }

    /// Of a heading, the first of its group.
    fn in_detail(&self, key: RowKey) -> Option<MilestoneId> {
        let RowKey::Group(group) = key else {
            return key.milestone();
        };
        self.rows.iter().find_map(|row| match row {
            Row::Entry(of, entry) if *of == group => Some(entry.id),
            Row::Entry(..) | Row::Heading(_) => None,
        })
    }

    fn split(&self, area: Rect, _: bool) -> Option<[Rect; 2]> {
        list_screen::beside(area)
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        let lang = cx.ui.lang;
        if view.is_narrowed() {
            lang.nothing_found().into()
        } else {
            lang.nothing_to_chase().into()
        }
    }
}

/// What a group is called, and what is to do with it now.
fn words(group: Group, ladder: &Ladder, ui: Ui) -> (String, String) {
    let lang = ui.lang;
    let (title, does) = match group {
        Group::Step(step) => {
            let does = ladder.step(step).map(|taken| lang.ladder_step_does(step, taken));
            return (format!("{step} {}", lang.step(step)), does.unwrap_or_default());
        }
        Group::ChaseAcceptance => (lang.act_chase_acceptance(), lang.ladder_acceptance_does()),
        Group::Deliver => (lang.act_deliver(), lang.ladder_deliver_does()),
        Group::Invoice => (lang.act_invoice(), lang.ladder_invoice_does()),
        Group::Send => (lang.act_send(), lang.ladder_send_does()),
        Group::CallBack => (lang.act_call_back(), lang.ladder_call_back_does()),
        Group::Broken => (lang.ladder_broken(), lang.ladder_broken_does()),
        Group::Promised => (lang.ladder_promised(), lang.ladder_promised_does()),
        Group::Disputed => {
            let does = lang.ladder_disputed_does(&ui.key(Action::Record(Recording::Resolve)));
            return (lang.ladder_disputed().to_owned(), does);
        }
        Group::Held => {
            let does = lang.ladder_held_does(&ui.key(Action::Record(Recording::Hold)));
            return (lang.ladder_held().to_owned(), does);
        }
        Group::Waiting => (lang.ladder_waiting(), lang.ladder_waiting_does()),
    };
    (title.to_owned(), does.to_owned())
}
