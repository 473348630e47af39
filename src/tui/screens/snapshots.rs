//! Snapshots, what moved between two of them, and what stands behind a number of that.
//!
//! ```text
//!    Week      As of       Receivable    Past due      Change
//! >  today     2026-11-21  257,000.00  230,000.00
//!    2026-W47  2026-11-20  257,000.00  230,000.00  -113,000.00
//!    2026-W43  2026-10-23  370,000.00  300,000.00
//! ```

use std::ops::Range;
use std::sync::Arc;

use crate::domain::aging::{GroupBy, GroupKey};
use crate::domain::ids::SnapshotId;
use crate::domain::money::{self, Currency};
use crate::domain::movement::Step;
use crate::error::Result;
use crate::exchange::movement::NamedMovement;
use crate::exchange::trend::{Point, Trend};
use crate::report::aging::{group_code, group_name};
use crate::report::movement::{Entry, Sums};
use crate::store::SnapshotHead;
use crate::text::Lang;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{Lens, Memo};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::keymap::Scope;
use crate::tui::list_screen::{ListScreen, Source};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::selection::RowKey;
use crate::tui::widgets::bar::FILL;
use crate::tui::widgets::bars::{Bar, bars};
use crate::tui::widgets::columns::{self, columns};
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::{self, flow};

/// All snapshots, within the view this action opens.
pub fn open(tab: Action) -> Box<dyn Screen> {
    let (heads, trend) = (Memo::default(), None);
    let (rows, shown) = (Vec::new(), Vec::new());
    Box::new(ListScreen::new(tab, Snapshots { tab, heads, trend, rows, shown }))
}

/// What moved between two ends; none is the ledger of today.
pub fn movement(tab: Action, ends: [Option<SnapshotId>; 2]) -> Box<dyn Screen> {
    let narrowed = Memo::default();
    let moved = Moved { tab, ends, by: None, narrowed, movement: None, steps: Vec::new() };
    Box::new(ListScreen::new(tab, moved))
}

/// What moved up to a snapshot since the one before; none where it is the first.
pub fn since_last(tab: Action, id: SnapshotId, heads: &[SnapshotHead]) -> Option<Box<dyn Screen>> {
    let own = heads.iter().find(|head| head.id == id)?;
    let earlier = heads.iter().filter(|head| head.place() < own.place());
    let before = earlier.max_by_key(|head| head.place())?;
    Some(movement(tab, [Some(before.id), Some(id)]))
}

/// Columns of the picture at most, and the least lines of it.
const WEEKS: usize = 26;
const LOW: usize = 6;
const HIGH: usize = 14;

struct Snapshots {
    tab: Action,
    heads: Memo<u64, Vec<SnapshotHead>>,
    trend: Option<Arc<Trend>>,
    rows: Vec<Row>,
    /// Places of those that were found.
    shown: Vec<usize>,
}

/// One snapshot, or today.
struct Row {
    head: Option<SnapshotHead>,
    /// Receivable and past due in the main currency; none where it was not read yet.
    sums: Option<[i64; 2]>,
    change: Option<i64>,
}

impl Row {
    fn id(&self) -> Option<SnapshotId> {
        self.head.as_ref().map(|head| head.id)
    }

    /// Its week and its day.
    fn called(&self, cx: &Cx<'_>) -> [String; 2] {
        match &self.head {
            Some(head) => [head.iso_week.clone(), head.as_of.to_string()],
            None => [cx.ui.lang.today_word().to_owned(), cx.ledger.today().to_string()],
        }
    }
}

impl Snapshots {
    fn row(&self, at: usize) -> Option<&Row> {
        self.shown.get(at).and_then(|at| self.rows.get(*at))
    }

    fn point(&self, id: SnapshotId, main: Currency) -> Option<&Point> {
        let points = self.trend.as_ref()?.points.iter();
        points.into_iter().find(|point| point.head.id == id && point.currency() == main)
    }

    /// Receivable and past due of today.
    fn today(cx: &Cx<'_>) -> Result<[i64; 2]> {
        let (today, main) = (cx.ledger.today(), cx.ledger.digest.main);
        let items = cx.ledger.portfolio.items().iter().filter(|item| item.currency == main);
        let receivable = items.filter(|item| item.is_receivable(today));
        let past_due = receivable.clone().filter(|item| item.days_late(today) > 0);
        Ok([
            money::sum(receivable.map(|item| item.balance))?,
            money::sum(past_due.map(|item| item.balance))?,
        ])
    }

    fn make_rows(&mut self, cx: &Cx<'_>) -> Result<()> {
        let main = cx.ledger.digest.main;
        let mut heads: Vec<SnapshotHead> = self.heads.clone();
        heads.sort_by_key(|head| std::cmp::Reverse(head.place()));
        let mut rows = vec![Row { head: None, sums: Some(Self::today(cx)?), change: None }];
        rows.extend(heads.into_iter().map(|head| {
            let sums = self.trend.as_ref().map(|_| {
                let point = self.point(head.id, main);
                point.map_or([0; 2], |point| [point.sums.sums.total, point.past_due])
            });
            Row { head: Some(head), sums, change: None }
        }));
        let totals: Vec<Option<i64>> =
            rows.iter().map(|row| row.sums.map(|[all, _]| all)).collect();
        for (row, (now, before)) in rows.iter_mut().zip(totals.iter().zip(totals.iter().skip(1))) {
            row.change = now.zip(*before).map(|(now, before)| now.saturating_sub(before));
        }
        self.rows = rows;
        Ok(())
    }
}

impl Source for Snapshots {
    const FILTERED: bool = false;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::whole(lang.week_word(), 0),
            Column::whole(lang.as_of_word(), 1),
            format::money_column(lang.receivable_word(), 0, cx),
            format::money_column(lang.past_due(), 2, cx),
            format::money_column(lang.change_since_word(), 0, cx),
            Column::whole("#", 3),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let version = cx.ledger.version();
        self.heads.try_refresh(version, || cx.ledger.store.snapshots())?;
        self.trend = cx.ledger.trend(&self.heads)?;
        self.make_rows(cx)?;
        let needle = Needle::new(&view.find);
        let is_found = |row: &Row| {
            let [week, day] = row.called(cx);
            needle.is_empty() || needle.matches(&format!("{week} {day}"))
        };
        let found = self.rows.iter().enumerate().filter(|(_, row)| is_found(row));
        self.shown = found.map(|(at, _)| at).collect();
        Ok(())
    }

    fn read(&mut self, _: Range<usize>, _: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }

    fn count(&self) -> usize {
        self.shown.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.row(at).map(|row| RowKey::Snapshot(row.id()))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(row) = self.row(at) else {
            return Vec::new();
        };
        let (theme, main) = (cx.ui.theme, cx.ledger.digest.main);
        let amount = |minor: Option<i64>| match minor {
            Some(minor) if minor != 0 => Cell::plain(cx.ledger.money(minor, main)),
            Some(_) | None => Cell::none(theme),
        };
        let Row { head, sums, change } = row;
        let [week, day] = row.called(cx);
        let number = head.as_ref().map_or_else(String::new, |head| head.id.to_string());
        vec![
            Cell::plain(week),
            Cell::plain(day),
            amount(sums.map(|[all, _]| all)),
            amount(sums.map(|[_, past_due]| past_due)),
            amount(*change),
            Cell::new(number, theme.dim()),
        ]
    }

    /// Against the marked one, else the one before.
    fn open(&mut self, at: usize, view: &mut ListView, cx: &Cx<'_>) -> Effect {
        let Some((place, own)) = self.shown.get(at).copied().zip(self.row(at).map(Row::id)) else {
            return Effect::None;
        };
        let marked = view.rows.marked_rows().filter_map(|key| match key {
            RowKey::Snapshot(id) if id != own => Some(id),
            RowKey::Snapshot(_)
            | RowKey::Milestone(_)
            | RowKey::Project(_)
            | RowKey::Customer(_)
            | RowKey::Payment(_)
            | RowKey::Invoice(_)
            | RowKey::BankLine(_)
            | RowKey::Todo(_)
            | RowKey::Paper(_)
            | RowKey::Note(_)
            | RowKey::Condition(_)
            | RowKey::Setting(_)
            | RowKey::Person(_)
            | RowKey::InGroup(..)
            | RowKey::Group(_)
            | RowKey::Heading(_)
            | RowKey::Line(_)
            | RowKey::Moved(..)
            | RowKey::Aging(..) => None,
        });
        let other = marked.max().or_else(|| self.rows.get(place + 1).map(Row::id));
        match other {
            Some(other) => Effect::Push(movement(self.tab, [other, own])),
            None => Effect::Say(cx.ui.lang.movement_first().to_owned()),
        }
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        cx.ui.lang.snapshots_title().to_owned()
    }

    fn bottom(&self, cx: &Cx<'_>) -> String {
        let (lang, is_everybodys) = (cx.ui.lang, cx.ledger.lens.is_everybodys());
        if is_everybodys {
            lang.snapshots_hint(&cx.ui.key(Action::Open), &cx.ui.key(Action::Mark))
        } else {
            lang.snapshots_of_all().to_owned()
        }
    }

    /// The last weeks, the oldest at the left: what is past due, and on it what is not.
    fn chart(
        &mut self,
        (room, high): (usize, usize),
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<text::Line>)>> {
        let (lang, theme, main) = (cx.ui.lang, cx.ui.theme, cx.ledger.digest.main);
        let known = self.rows.iter().filter_map(|row| Some((row.head.as_ref()?, row.sums?)));
        let mut all: Vec<columns::Column> = known
            .take(WEEKS)
            .map(|(head, [total, past_due])| columns::Column {
                label: head.iso_week.split_once('-').map_or("", |(_, week)| week).to_owned(),
                sum: String::new(),
                parts: [(past_due, theme.bad()), (total.saturating_sub(past_due), theme.accent())],
            })
            .collect();
        let fitting = room / columns::wide(&all).max(1);
        all.truncate(fitting);
        all.reverse();
        if all.len() < 2 || high < LOW {
            return Ok(None);
        }
        let key = |sign: &str, style, word: &str| {
            vec![(format!("{sign} "), style), (word.to_owned(), theme.dim())]
        };
        let legend = flow(
            [
                key(columns::FIRM, theme.bad(), lang.past_due()),
                key(columns::EXPECTED, theme.accent(), lang.not_due()),
            ],
            2,
            room,
        );
        let below = high.saturating_sub(legend.len()).min(HIGH);
        let mut lines = columns(&all, (room, below), theme.strong(), theme.dim());
        lines.extend(legend);
        let title = lang.in_unit(lang.trend_title(), cx.ledger.is_in_wan(main));
        Ok(Some((title, lines)))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List, Scope::Global]
    }
}

/// What moved, step by step or group by group.
struct Moved {
    tab: Action,
    ends: [Option<SnapshotId>; 2],
    /// What its rows stand for; none is steps.
    by: Option<GroupBy>,
    /// What of the movement was found and belongs to whom is looked at.
    narrowed: Memo<Narrowed, Option<Arc<NamedMovement>>>,
    /// What is shown.
    movement: Option<Arc<NamedMovement>>,
    /// The steps of each currency, that comes first first.
    steps: Vec<(Currency, Step)>,
}

/// What a movement is narrowed by: the ledger's version, the grouping, what is looked for, whose money is looked at.
type Narrowed = (u64, Option<GroupBy>, String, Lens);

/// A row of what moved.
#[derive(Clone, Copy)]
enum Line {
    Step(Currency, Step),
    Group(GroupKey, Currency, Sums),
}

impl Moved {
    fn line(&self, at: usize) -> Option<Line> {
        if self.by.is_none() {
            return self.steps.get(at).map(|(currency, step)| Line::Step(*currency, *step));
        }
        let rows = &self.movement.as_ref()?.rows;
        rows.get(at).map(|(key, currency, sums)| Line::Group(*key, *currency, *sums))
    }

    /// Of a movement the milestones that are looked for, of those whose money is looked at.
    fn narrow(
        &mut self,
        whole: Arc<NamedMovement>,
        find: &str,
        cx: &Cx<'_>,
    ) -> Result<Arc<NamedMovement>> {
        let lens = &cx.ledger.lens;
        let needle = Needle::new(find);
        if needle.is_empty() && lens.is_everybodys() {
            return Ok(whole);
        }
        let key = (cx.ledger.version(), self.by, find.to_owned(), lens.clone());
        self.narrowed.try_refresh(key, || {
            let projects = lens.projects(cx.ledger)?;
            let only = whole.only(|entry| {
                let theirs = projects.as_ref().is_none_or(|all| all.contains(&entry.project));
                let text = || called(entry, &whole).join(" ");
                theirs && (needle.is_empty() || needle.matches(&text()))
            })?;
            Ok(Some(Arc::new(only)))
        })?;
        Ok(self.narrowed.clone().unwrap_or(whole))
    }

    /// The steps that come to anything, in any currency.
    fn columns_of_groups(&self) -> Vec<Step> {
        self.movement.as_ref().map_or_else(Vec::new, |movement| movement.steps())
    }

    fn group_cells(
        &self,
        (key, currency, sums): (GroupKey, Currency, Sums),
        cx: &Cx<'_>,
    ) -> Vec<Cell> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let names = self.movement.as_ref().map(|movement| &movement.names);
        let name = names.and_then(|names| group_name(key, currency, names));
        let code = names.and_then(|names| group_code(key, currency, names)).unwrap_or("");
        let name = name.unwrap_or(lang.group_word(key));
        let code = if code == name { "" } else { code };
        let mut cells = vec![
            Cell::new(code, theme.dim()),
            Cell::plain(name),
            Cell::new(currency.code(), theme.dim()),
        ];
        cells.extend(self.columns_of_groups().into_iter().map(|step| match sums[step as usize] {
            0 => Cell::none(theme),
            sum => Cell::plain(cx.ledger.money(sum, currency)),
        }));
        cells
    }

    fn entries(&self, (currency, step): (Currency, Step)) -> impl Iterator<Item = &Entry> {
        let all = self.movement.iter().flat_map(|movement| movement.entries());
        all.filter(move |of| of.currency == currency && of.step == step && of.is_told())
    }

    /// The entries behind a row, with what they are of.
    fn behind(&self, line: Line, lang: Lang) -> (String, Currency, Vec<Entry>) {
        match line {
            Line::Step(currency, step) => {
                let entries = self.entries((currency, step)).copied().collect();
                (lang.step_of_sum(step).to_owned(), currency, entries)
            }
            Line::Group(key, currency, _) => {
                let names = self.movement.as_ref().map(|movement| &movement.names);
                let name = names.and_then(|names| group_name(key, currency, names));
                let name = name.unwrap_or(lang.group_word(key)).to_owned();
                let all = self.movement.iter().flat_map(|movement| movement.entries());
                let own = all.filter(|of| of.key == key && of.currency == currency && of.is_told());
                (name, currency, own.copied().collect())
            }
        }
    }

    /// What a step comes to in a bucket: of what goes from one to another, what came less what went.
    fn in_bucket(&self, row: (Currency, Step), bucket: usize) -> i64 {
        self.entries(row).fold(0, |sum: i64, entry| {
            let came = if entry.to == bucket { entry.amount } else { 0 };
            let went = if entry.bucket == bucket { entry.amount } else { 0 };
            sum.saturating_add(if entry.step.carries() { came - went } else { came })
        })
    }

    fn sum(&self, row: (Currency, Step)) -> i64 {
        let moved = self.entries(row).filter(|entry| !row.1.carries() || entry.bucket != entry.to);
        // Between groups nothing comes or goes.
        moved.fold(0, |sum: i64, entry| sum.saturating_add(entry.amount))
    }

    /// The places of the buckets in which anything stands.
    fn places(&self) -> Vec<usize> {
        let Some(movement) = &self.movement else {
            return Vec::new();
        };
        let stands = |at: &usize| movement.entries().any(|of| of.bucket == *at || of.to == *at);
        (0..movement.movement.places.labels.len()).filter(stands).collect()
    }

    fn step_cells(&self, row: (Currency, Step), cx: &Cx<'_>) -> Vec<Cell> {
        let (currency, step) = row;
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let style = match step {
            Step::Opening | Step::Closing => theme.strong(),
            Step::Cured | Step::NewlyOverdue => theme.dim(),
            Step::New
            | Step::Amended
            | Step::Reversed
            | Step::Collected
            | Step::Waived
            | Step::WrittenOff
            | Step::Corrected
            | Step::HandedOver
            | Step::Rescheduled
            | Step::Rolled => theme.text(),
        };
        let amount = |minor: i64| {
            let text = if minor == 0 { String::new() } else { cx.ledger.money(minor, currency) };
            Cell::new(text, style)
        };
        let count = self.entries(row).count().to_string();
        let mut cells = vec![
            Cell::new(lang.step_of_sum(step), style),
            Cell::new(currency.code(), theme.dim()),
            Cell::new(count, theme.dim()),
            amount(self.sum(row)),
        ];
        cells.extend(self.places().into_iter().map(|at| amount(self.in_bucket(row, at))));
        cells
    }
}

impl Source for Moved {
    const FILTERED: bool = false;
    const LENSED: bool = true;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        if let Some(by) = self.by {
            let mut columns = vec![
                Column::words(lang.group_code(by), 4, 3),
                Column::words(lang.group_by(by), 8, 0),
                Column::whole(lang.currency_word(), 2),
            ];
            columns.extend(self.columns_of_groups().into_iter().map(|step| {
                let is_end = matches!(step, Step::Opening | Step::Closing);
                format::money_column(lang.step_of_sum(step), u8::from(!is_end), cx)
            }));
            return columns;
        }
        let mut columns = vec![
            Column::words(lang.step_word(), 10, 0),
            Column::whole(lang.currency_word(), 2),
            Column::number(lang.items_word(), 1),
            format::money_column(lang.sum_word(), 0, cx),
        ];
        if let Some(movement) = &self.movement {
            let labels = &movement.movement.places.labels;
            columns.extend(self.places().into_iter().zip(3..).filter_map(|(at, rank)| {
                let title = lang.bucket(labels.get(at)?);
                Some(Column { title: title.into(), ..Column::number("", rank) })
            }));
        }
        columns
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let Some(whole) = cx.ledger.movement(self.ends, self.by.unwrap_or_default())? else {
            return Ok(());
        };
        let movement = self.narrow(whole, view.find.trim(), cx)?;
        let counts = |currency: Currency| {
            let own = |step: &Step| {
                let is_end = matches!(step, Step::Opening | Step::Closing);
                let counts =
                    |of: &Entry| of.currency == currency && of.step == *step && of.is_told();
                is_end || movement.entries().any(counts)
            };
            Step::ALL
                .iter()
                .copied()
                .filter(own)
                .map(move |step| (currency, step))
                .collect::<Vec<_>>()
        };
        self.steps = movement.totals.iter().flat_map(|(currency, _)| counts(*currency)).collect();
        self.movement = Some(movement);
        Ok(())
    }

    fn read(&mut self, _: Range<usize>, _: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }

    fn count(&self) -> usize {
        match (self.by, &self.movement) {
            (Some(_), Some(movement)) => movement.rows.len(),
            (None, _) | (_, None) => self.steps.len(),
        }
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.line(at).map(|line| match line {
            Line::Step(currency, step) => RowKey::Moved(step, currency),
            Line::Group(key, currency, _) => RowKey::Aging(key, currency),
        })
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        self.line(at).map_or_else(Vec::new, |line| match line {
            Line::Step(currency, step) => self.step_cells((currency, step), cx),
            Line::Group(key, currency, sums) => self.group_cells((key, currency, sums), cx),
        })
    }

    /// The milestones behind a number.
    fn open(&mut self, at: usize, _: &mut ListView, cx: &Cx<'_>) -> Effect {
        let (Some(line), Some(movement)) = (self.line(at), &self.movement) else {
            return Effect::None;
        };
        let (of, currency, mut entries) = self.behind(line, cx.ui.lang);
        entries.sort_by_key(|entry| (entry.step, -i128::from(entry.amount).abs()));
        let is_of_step = matches!(line, Line::Step(..));
        let movement = Arc::clone(movement);
        let behind = Behind { of, currency, is_of_step, movement, entries, rows: Memo::default() };
        Effect::Push(Box::new(ListScreen::new(self.tab, behind)))
    }

    fn act(&mut self, action: Action, _: &mut ListView, _: &Cx<'_>) -> Option<Effect> {
        if action != Action::Group {
            return None;
        }
        self.by = match self.by {
            None => Some(GroupBy::Customer),
            Some(GroupBy::Customer) => Some(GroupBy::Project),
            Some(GroupBy::Project) => Some(GroupBy::Manager),
            Some(GroupBy::Manager) => Some(GroupBy::Stage),
            Some(GroupBy::Stage | GroupBy::Currency) => None,
        };
        // Rows of another grouping are others; they come when they are worked out.
        self.movement = None;
        Some(Effect::None)
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        self.movement
            .as_ref()
            .map_or_else(|| lang.movement_working().to_owned(), |movement| movement.title(lang))
    }

    /// Which two are compared.
    fn bottom(&self, cx: &Cx<'_>) -> String {
        let movement = self.movement.as_ref();
        movement.map_or_else(String::new, |movement| movement.lead(cx.ui.lang))
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> std::borrow::Cow<'static, str> {
        match self.movement {
            Some(_) if view.is_narrowed() => cx.ui.lang.nothing_found().into(),
            Some(_) => cx.ui.lang.nothing_moved().into(),
            None => cx.ui.lang.movement_working().into(),
        }
    }

    /// From opening to closing in the currency that comes first.
    fn chart(
        &mut self,
        (room, high): (usize, usize),
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<text::Line>)>> {
        let Some(&(main, _)) = self.steps.first() else {
            return Ok(None);
        };
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let mut reached: i64 = 0;
        let mut all = Vec::new();
        for &(currency, step) in self.steps.iter().filter(|(currency, _)| *currency == main) {
            let is_end = matches!(step, Step::Opening | Step::Closing);
            if !is_end && !step.moves() {
                continue;
            }
            let sum = self.sum((currency, step));
            let from = if is_end { 0 } else { reached };
            reached = from.saturating_add(sum);
            let style = match (is_end, sum < 0) {
                (true, _) => theme.accent(),
                (false, true) => theme.good(),
                (false, false) => theme.warn(),
            };
            all.push(Bar {
                label: (lang.step_of_sum(step).to_owned(), theme.text()),
                figures: vec![(cx.ledger.money(sum, currency), theme.text())],
                before: from.min(reached).max(0),
                parts: vec![(sum.saturating_abs(), FILL, style)],
            });
        }
        if high < all.len() {
            return Ok(None);
        }
        let title = lang.in_unit(lang.movement_sum(), cx.ledger.is_in_wan(main));
        Ok(Some((title, bars(&all, room))))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Movement, Scope::List, Scope::Global]
    }
}

/// The milestones behind one number, the greatest part first.
struct Behind {
    /// What they are of: a step or a group.
    of: String,
    currency: Currency,
    is_of_step: bool,
    movement: Arc<NamedMovement>,
    entries: Vec<Entry>,
    /// Places of those that were found, by what is looked for.
    rows: Memo<String, Vec<usize>>,
}

impl Behind {
    fn entry(&self, at: usize) -> Option<&Entry> {
        self.rows.get(at).and_then(|at| self.entries.get(*at))
    }
}

/// Customer, project, key and name of what an entry is about.
fn called(entry: &Entry, movement: &NamedMovement) -> [String; 4] {
    let names = &movement.names;
    let milestone = names.milestone(entry.milestone);
    let key = milestone.code().map_or_else(|| entry.milestone.to_string(), str::to_owned);
    [
        names.customer(entry.customer).short().to_owned(),
        names.project(entry.project).code.to_string(),
        key,
        milestone.name.to_string(),
    ]
}

impl Source for Behind {
    const FILTERED: bool = false;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        let step = (!self.is_of_step).then(|| Column::words(lang.step_word(), 8, 0));
        let columns = [
            Column::words(lang.customer_word(), 8, 0),
            Column::words(lang.project_word(), 6, 3),
            Column::words(lang.key_word(), 6, 2),
            Column::words(lang.milestone_word(), 6, 1),
            format::money_column(lang.sum_word(), 0, cx),
            Column::whole(lang.bucket_from_word(), 1),
            Column::whole(lang.bucket_to_word(), 2),
        ];
        step.into_iter().chain(columns).collect()
    }

    fn refresh(&mut self, view: &ListView, _: &mut Cx<'_>) -> Result<()> {
        let entries = self.entries.iter().enumerate();
        let texts = entries.map(|(at, entry)| (at, called(entry, &self.movement).join(" ")));
        let texts: Vec<(usize, String)> = texts.collect();
        self.rows.refresh(view.find.clone(), || {
            let needle = Needle::new(&view.find);
            let found =
                texts.into_iter().filter(|(_, text)| needle.is_empty() || needle.matches(text));
            found.map(|(at, _)| at).collect()
        });
        Ok(())
    }

    fn read(&mut self, _: Range<usize>, _: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.entry(at).map(|entry| RowKey::Milestone(entry.milestone))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(entry) = self.entry(at) else {
            return Vec::new();
        };
        let lang = cx.ui.lang;
        let labels = &self.movement.movement.places.labels;
        let label = |at: usize| labels.get(at).map_or_else(String::new, |label| lang.bucket(label));
        let to = if entry.to == entry.bucket { String::new() } else { label(entry.to) };
        let step = (!self.is_of_step).then(|| Cell::plain(lang.step_of_sum(entry.step)));
        let mut cells: Vec<Cell> = step.into_iter().collect();
        cells.extend(called(entry, &self.movement).map(Cell::plain));
        cells.push(Cell::plain(cx.ledger.money(entry.amount, entry.currency)));
        cells.extend([label(entry.bucket), to].map(Cell::plain));
        cells
    }

    /// Parts of a step add up to it; those of a group are of several.
    fn feet(&self, cx: &Cx<'_>) -> Result<Vec<Vec<Cell>>> {
        if !self.is_of_step {
            return Ok(Vec::new());
        }
        let sum = money::sum(self.entries.iter().map(|entry| entry.amount))?;
        let amount = cx.ledger.money(sum, self.currency);
        let total = cx.ui.lang.total();
        Ok(vec![Cell::row([total, "", "", "", &amount, "", ""], cx.ui.theme.strong())])
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        let [from, to] = self.movement.ends.each_ref().map(|end| end.day);
        let lang = cx.ui.lang;
        lang.movement_of(&self.of, self.currency.code(), from, to)
    }
}
