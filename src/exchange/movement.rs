//! The movement between two snapshots, or a snapshot and a day, with the names of all it lists.

use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use crate::domain::aging::{GroupBy, GroupKey};
use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::ids::{IdSet, MilestoneId, SnapshotId};
use crate::domain::money::{self, Currency, PerCurrency};
use crate::domain::movement::Step;
use crate::error::Result;
use crate::portfolio::Names;
use crate::report::aging::{group_code, group_name, read_names};
use crate::report::movement::{BucketSums, End, Entry, Movement, Places, Stand, Sums, movement};
use crate::store::{Reader, Snapshot};
use crate::text::Lang;

use super::out::{Cell, Column, Drawn, Each, JsonOut, Page, Report, Table};
use super::snapshot;

/// An end as it is asked for.
pub enum Asked {
    Kept(Box<Snapshot>),
    Day(NaiveDate),
}

impl Asked {
    const fn day(&self) -> NaiveDate {
        match self {
            Self::Kept(snapshot) => snapshot.head.as_of,
            Self::Day(day) => *day,
        }
    }

    /// A day is later than the snapshots of it.
    fn order(&self) -> (NaiveDate, bool, i64) {
        match self {
            Self::Kept(snapshot) => (snapshot.head.as_of, false, snapshot.head.id.0),
            Self::Day(day) => (*day, true, 0),
        }
    }

    fn called(&self) -> Called {
        let of = match self {
            Self::Kept(snapshot) => Some((snapshot.head.id, snapshot.head.iso_week.clone())),
            Self::Day(_) => None,
        };
        Called { day: self.day(), of }
    }

    fn frozen(&self, places: &Places) -> Result<Option<Vec<Stand>>> {
        match self {
            Self::Kept(found) => snapshot::stands(found, places).map(Some),
            Self::Day(_) => Ok(None),
        }
    }
}

/// What an end is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    pub day: NaiveDate,
    /// The snapshot it is and its week.
    pub of: Option<(SnapshotId, String)>,
}

impl Called {
    pub fn text(&self, lang: Lang) -> String {
        let day = self.day.to_string();
        match &self.of {
            Some((id, week)) => lang.movement_kept(week, id.0, &day),
            None => lang.movement_now(&day),
        }
    }
}

/// A movement with its names and sums.
pub struct NamedMovement {
    pub movement: Movement,
    pub ends: [Called; 2],
    pub names: Names,
    pub rows: Vec<(GroupKey, Currency, Sums)>,
    pub totals: Vec<(Currency, Sums)>,
    buckets: Vec<Vec<BucketSums>>,
    /// Of each currency, what rolled and what was rescheduled.
    carried: Vec<[Vec<Vec<i64>>; 2]>,
    /// Whether the entries behind each number are listed.
    explains: bool,
}

/// Reads the movement between two ends, whichever is the earlier.
pub fn between(store: &Reader, mut asked: [Asked; 2], by: GroupBy) -> Result<NamedMovement> {
    asked.sort_by_key(Asked::order);
    let places = Places::new(store.policy()?.buckets());
    let [first, last] = &asked;
    let (from, to) = (first.day(), last.day());
    let frozen = first.frozen(&places)?;
    let known_on = frozen.as_ref().and_then(|_| from.pred_opt()).unwrap_or(from);
    let known = known(store, known_on, &places)?;
    let opening = End { day: from, frozen, known };
    let mut closing =
        End { day: to, frozen: last.frozen(&places)?, known: self::known(store, to, &places)? };
    let flows = store.flows(from, to)?;
    let shown = opening.frozen.as_ref().unwrap_or(&opening.known).iter().map(|stand| stand.id);
    let touched = flows.iter().map(|flow| flow.milestone);
    add_closed(store, &mut closing, shown.chain(touched), &places)?;
    let movement = movement([&opening, &closing], &flows, by, places)?;
    NamedMovement::new(store, movement, [first.called(), last.called()])
}

/// What was open on a day.
fn known(store: &Reader, day: NaiveDate, places: &Places) -> Result<Vec<Stand>> {
    let items = store.items_as_of(day)?;
    Ok(items.iter().map(|item| Stand::new(item, day, places)).collect())
}

/// Adds those of these milestones that are not open at an end.
fn add_closed(
    store: &Reader,
    end: &mut End,
    ids: impl Iterator<Item = MilestoneId>,
    places: &Places,
) -> Result<()> {
    let open: IdSet<MilestoneId> = end.known.iter().map(|stand| stand.id).collect();
    let mut closed: Vec<MilestoneId> = ids.filter(|id| !open.contains(id)).collect();
    closed.sort_unstable();
    closed.dedup();
    let facts = store.facts_of(&closed)?;
    let items = facts.iter().filter_map(|facts| as_of::item(facts, end.day, Calendar::china()));
    end.known.extend(items.map(|item| Stand::new(&item, end.day, places)));
    Ok(())
}

impl NamedMovement {
    fn new(store: &Reader, movement: Movement, ends: [Called; 2]) -> Result<Self> {
        let main = store.policy()?.currency.or_else(|| usual(&movement));
        let mut names = Names::default();
        read_names(movement.rows()?.iter().map(|(key, ..)| *key), &mut names, store)?;
        let mut named = Self::of(movement, ends, names, main)?;
        let changed: Vec<Entry> = named.entries().copied().filter(is_change).collect();
        named.name(store, &changed)?;
        Ok(named)
    }

    fn of(
        movement: Movement,
        ends: [Called; 2],
        names: Names,
        main: Option<Currency>,
    ) -> Result<Self> {
        let (rows, mut totals) = (movement.rows()?, movement.totals()?);
        totals.sort_by_key(|(currency, _)| Some(*currency) != main);
        let buckets = totals.iter().map(|(currency, _)| movement.buckets(*currency));
        let buckets = buckets.collect::<Result<_, _>>()?;
        let carried = totals.iter().map(|(currency, _)| {
            let of = |step| movement.matrix(*currency, step);
            Ok([of(Step::Rolled)?, of(Step::Rescheduled)?])
        });
        let carried = carried.collect::<Result<_>>()?;
        let mut named =
            Self { movement, ends, names, rows, totals, buckets, carried, explains: false };
        let Self { names, rows, .. } = &mut named;
        rows.sort_by(|(a, of_a, _), (b, of_b, _)| {
            let order = |key, currency: Currency| {
                let code = group_code(key, currency, names);
                (code.is_none(), code.map(str::to_owned), currency.code())
            };
            order(*a, *of_a).cmp(&order(*b, *of_b))
        });
        Ok(named)
    }

    /// The part of it that these entries are. It adds up, too, where they are all of some milestones.
    pub fn only(&self, keep: impl Fn(&Entry) -> bool) -> Result<Self> {
        let Movement { from, to, by, places, entries } = &self.movement;
        let entries = entries.iter().copied().filter(keep).collect();
        let movement = Movement { from: *from, to: *to, by: *by, places: places.clone(), entries };
        let main = self.totals.first().map(|(currency, _)| *currency);
        let only = Self::of(movement, self.ends.clone(), self.names.clone(), main)?;
        Ok(Self { explains: self.explains, ..only })
    }

    /// Reads the names of what these entries are about.
    pub fn name(&mut self, store: &Reader, entries: &[Entry]) -> Result<()> {
        let customers: Vec<_> = entries.iter().map(|entry| entry.customer).collect();
        self.names.read_customers(store, customers.into_iter())?;
        self.names.read_projects(store, entries.iter().map(|entry| entry.project))?;
        self.names.read_milestones(store, entries.iter().map(|entry| entry.milestone))
    }

    /// Lists the entries behind each number, too.
    pub fn explain(&mut self, store: &Reader) -> Result<()> {
        let all = self.movement.entries.clone();
        self.name(store, &all)?;
        self.explains = true;
        Ok(())
    }

    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.movement.entries.iter()
    }

    /// The entries that are listed: what changed, else all.
    fn listed(&self) -> impl Iterator<Item = &Entry> {
        self.entries().filter(|entry| self.explains || is_change(entry))
    }

    /// The steps that come to anything, opening and closing among them.
    pub fn steps(&self) -> Vec<Step> {
        let counts = |step: &Step| match step {
            Step::Opening | Step::Closing => true,
            step => step.moves() && self.totals_or_rows(*step),
        };
        Step::ALL.iter().copied().filter(counts).collect()
    }

    fn totals_or_rows(&self, step: Step) -> bool {
        self.entries().any(|entry| entry.step == step)
    }

    pub fn title(&self, lang: Lang) -> String {
        let [from, to] = self.ends.each_ref().map(|end| end.day.to_string());
        lang.movement_title(&from, &to)
    }

    pub fn lead(&self, lang: Lang) -> String {
        let [opening, closing] = self.ends.each_ref().map(|end| end.text(lang));
        lang.movement_end(&opening, &closing)
    }

    /// Its tables, each with a title.
    pub fn tables(&self, lang: Lang) -> Vec<Table<'_>> {
        let mut tables = vec![self.sum(lang), self.groups(lang), self.by_bucket(lang)];
        if self.entries().any(|entry| entry.bucket != entry.to) {
            tables.push(self.rolls(lang));
        }
        if self.entries().any(is_change) {
            let title = lang.movement_changed().to_owned();
            tables.push(Table { title, ..self.list(lang, is_change) });
        }
        if self.explains {
            let title = lang.movement_behind().to_owned();
            let behind = |entry: &Entry| !is_change(entry) && entry.is_told();
            tables.push(Table { title, ..self.list(lang, behind) });
        }
        tables
    }

    /// The sum, one step a row.
    fn sum(&self, lang: Lang) -> Table<'_> {
        let columns = vec![
            Column::left(lang.step_word()),
            Column::left(lang.currency_word()).named("currency"),
            Column::right(lang.sum_word()).part(),
        ];
        let steps = self.steps();
        let rows = self.totals.iter().flat_map(move |(currency, sums)| {
            let told = |step: &&Step| !step.moves() || sums[**step as usize] != 0;
            let row = |step: &Step| {
                vec![
                    lang.step_of_sum(*step).into(),
                    currency.code().into(),
                    Cell::amount(sums[*step as usize], *currency),
                ]
            };
            steps.iter().filter(told).map(row).collect::<Vec<_>>()
        });
        Table {
            title: lang.movement_sum().to_owned(),
            drawn: Drawn::Bridge,
            ..Table::new(columns, rows)
        }
    }

    fn groups(&self, lang: Lang) -> Table<'_> {
        let by = self.movement.by;
        let code = Column::left(lang.group_code(by)).spare(1);
        let mut columns = vec![
            if by == GroupBy::Manager { code.aside() } else { code },
            Column::left(lang.name_word()),
            Column::left(lang.currency_word()).named("currency").spare(2),
        ];
        let mut steps = self.steps();
        steps.extend(
            [Step::NewlyOverdue, Step::Cured].iter().filter(|step| self.totals_or_rows(**step)),
        );
        columns.extend(steps.iter().map(|step| {
            let column = Column::right(lang.step_of_sum(*step)).named(step.code());
            if matches!(step, Step::NewlyOverdue | Step::Cured) { column.spare(3) } else { column }
        }));
        let amounts = |currency: Currency, sums: &Sums| {
            steps
                .iter()
                .map(|step| Cell::amount(sums[*step as usize], currency))
                .collect::<Vec<_>>()
        };
        let rows: Vec<Vec<Cell<'_>>> = self
            .rows
            .iter()
            .map(|(key, currency, sums)| {
                let code = group_code(*key, *currency, &self.names).unwrap_or("");
                let name = self.group(*key, *currency, lang);
                [vec![code.into(), name.into(), currency.code().into()], amounts(*currency, sums)]
                    .concat()
            })
            .collect();
        let totals = self.totals.iter().map(|(currency, sums)| {
            let head = vec![Cell::EMPTY, lang.total().into(), currency.code().into()];
            [head, amounts(*currency, sums)].concat()
        });
        Table {
            title: lang.movement_by(&lang.group_by(by).to_lowercase()),
            totals: totals.collect(),
            ..Table::new(columns, rows.into_iter())
        }
    }

    fn group(&self, key: GroupKey, currency: Currency, lang: Lang) -> &str {
        group_name(key, currency, &self.names).unwrap_or(lang.group_word(key))
    }

    fn by_bucket(&self, lang: Lang) -> Table<'_> {
        let mut columns = vec![
            Column::left(lang.bucket_from_word()),
            Column::left(lang.currency_word()).named("currency").spare(2),
        ];
        let steps = self.steps();
        let (before, closing) = steps.split_at(steps.len().saturating_sub(1));
        let header = |step: &Step| Column::right(lang.step_of_sum(*step));
        columns.extend(before.iter().map(header));
        // What goes in and out by each step that takes anything from one bucket to another.
        let steps: [(Step, Part, Part); 2] = [
            (Step::Rescheduled, |of| of.rescheduled_in, |of| of.rescheduled_out),
            (Step::Rolled, |of| of.rolled_in, |of| of.rolled_out),
        ];
        let goes = |step: Step| self.entries().any(|of| of.step == step && of.bucket != of.to);
        let carried: Vec<_> = steps.into_iter().filter(|(step, ..)| goes(*step)).collect();
        for (step, ..) in &carried {
            let word = lang.step_of_sum(*step);
            columns.push(Column::right(lang.moved_in(word)));
            columns.push(Column::right(lang.moved_out(word)));
        }
        columns.extend(closing.iter().map(header));
        let mut rows = Vec::new();
        for ((currency, _), buckets) in self.totals.iter().zip(&self.buckets) {
            for (label, of) in self.movement.places.labels.iter().zip(buckets) {
                if *of == BucketSums::default() {
                    continue;
                }
                let amount = |minor: i64| Cell::amount(minor, *currency);
                let sums = |steps: &[Step]| {
                    steps.iter().map(|step| amount(of.steps[*step as usize])).collect::<Vec<_>>()
                };
                let minus = |minor: i64| Cell::Amount(-i128::from(minor), *currency);
                let parts = carried.iter();
                let in_and_out =
                    parts.flat_map(|(_, came, went)| [amount(came(of)), minus(went(of))]);
                let in_and_out = in_and_out.collect();
                let head = vec![lang.bucket(label).into(), currency.code().into()];
                rows.push([head, sums(before), in_and_out, sums(closing)].concat());
            }
        }
        let title = lang.movement_buckets().to_owned();
        Table { title, ..Table::new(columns, rows.into_iter()) }
    }

    /// What of each bucket is still open, by where it stands now.
    fn rolls(&self, lang: Lang) -> Table<'_> {
        let labels = &self.movement.places.labels;
        let mut columns = vec![
            Column::left(lang.bucket_from_word()),
            Column::left(lang.currency_word()).named("currency").spare(2),
        ];
        columns.extend(labels.iter().map(|label| Column::right(lang.bucket(label))));
        let mut rows = Vec::new();
        for ((currency, _), [rolled, rescheduled]) in self.totals.iter().zip(&self.carried) {
            for ((label, rolled), rescheduled) in labels.iter().zip(rolled).zip(rescheduled) {
                let sums = rolled.iter().zip(rescheduled);
                let sums = sums.map(|(a, b)| i128::from(*a) + i128::from(*b));
                let sums: Vec<i128> = sums.collect();
                if sums.iter().all(|sum| *sum == 0) {
                    continue;
                }
                let mut row = vec![lang.bucket(label).into(), currency.code().into()];
                row.extend(sums.into_iter().map(|sum| Cell::Amount(sum, *currency)));
                rows.push(row);
            }
        }
        let title = lang.movement_rolls().to_owned();
        Table { title, ..Table::new(columns, rows.into_iter()) }
    }

    /// Entries, one a row, by step.
    fn list(&self, lang: Lang, which: impl Fn(&Entry) -> bool) -> Table<'_> {
        let columns = vec![
            Column::left(lang.step_word()).named("step"),
            Column::left(lang.customer_word()).named("customer_name"),
            Column::left(lang.project_word()).named("project").spare(2),
            Column::left(lang.key_word()).named("key").spare(1),
            Column::left(lang.milestone_word()).named("milestone"),
            Column::left(lang.currency_word()).named("currency").spare(3),
            Column::right(lang.sum_word()).named("amount"),
            Column::left(lang.bucket_from_word()).named("bucket"),
            Column::left(lang.bucket_to_word()).named("to"),
        ];
        let mut entries: Vec<&Entry> = self.entries().filter(|entry| which(entry)).collect();
        entries.sort_by_key(|entry| (entry.step, entry.currency.code(), -entry.amount.abs()));
        let rows = entries.into_iter().map(move |entry| {
            let milestone = self.names.milestone(entry.milestone);
            let label = |at: usize| match self.movement.places.labels.get(at) {
                Some(label) => Cell::from(lang.bucket(label)),
                None => Cell::EMPTY,
            };
            vec![
                lang.step_of_sum(entry.step).into(),
                (&*self.names.customer(entry.customer).name).into(),
                (&*self.names.project(entry.project).code).into(),
                milestone.code().map_or_else(|| entry.milestone.to_string().into(), Cell::from),
                (&*milestone.name).into(),
                entry.currency.code().into(),
                Cell::amount(entry.amount, entry.currency),
                label(entry.bucket),
                if entry.to == entry.bucket { Cell::EMPTY } else { label(entry.to) },
            ]
        });
        Table::new(columns, rows)
    }
}

/// The currency of most entries.
fn usual(movement: &Movement) -> Option<Currency> {
    let mut counts = PerCurrency::<usize>::new();
    for entry in &movement.entries {
        *counts.entry(entry.currency, || 0) += 1;
    }
    counts.greatest_first();
    counts.iter().next().map(|(currency, _)| currency)
}

/// A part of what a bucket gave and took.
type Part = fn(&BucketSums) -> i64;

/// Whether it became past due, or is so no more.
const fn is_change(entry: &Entry) -> bool {
    matches!(entry.step, Step::Cured | Step::NewlyOverdue)
}

impl Report for NamedMovement {
    fn page(&self, lang: Lang) -> Page<'_> {
        let mut lead = vec![self.lead(lang)];
        if self.movement.entries.is_empty() {
            lead.push(lang.nothing_moved().to_owned());
            return Page { title: self.title(lang), lead, tables: Vec::new() };
        }
        Page { title: self.title(lang), lead, tables: self.tables(lang) }
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        serde_json::to_writer(out, self)
    }
}

/// As programs read it: what was collected is above 0.
fn told(step: Step, sum: i64) -> i128 {
    if step.takes() { -i128::from(sum) } else { sum.into() }
}

/// Sums by the names of their steps, in the contract's JSON.
struct SumsOf<'s>(Currency, &'s Sums);

impl SumsOf<'_> {
    fn write<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let Self(currency, sums) = self;
        map.serialize_entry("currency", currency.code())?;
        for step in Step::ALL.iter().filter(|step| !step.carries()) {
            let sum = told(*step, sums[*step as usize]);
            map.serialize_entry(step.code(), &money::plain(sum, *currency))?;
        }
        Ok(())
    }
}

impl Serialize for NamedMovement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Movement { from, to, by, places, .. } = &self.movement;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("from", from)?;
        map.serialize_entry("to", to)?;
        let snapshots = self.ends.each_ref().map(|end| end.of.as_ref().map(|(id, _)| id.0));
        map.serialize_entry("snapshots", &snapshots)?;
        map.serialize_entry("by", by)?;
        map.serialize_entry("buckets", &places.labels)?;
        let totals = || (0..self.totals.len()).map(|at| TotalOf(self, at));
        map.serialize_entry("totals", &Each(totals))?;
        map.serialize_entry("rows", &Each(|| self.rows.iter().map(|row| RowOf(self, row))))?;
        map.serialize_entry("items", &Each(|| self.listed().map(|entry| EntryOf(self, entry))))?;
        map.end()
    }
}

/// The sums of a currency, with those of its buckets and where they went.
struct TotalOf<'m>(&'m NamedMovement, usize);

impl Serialize for TotalOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(of, at) = *self;
        let mut map = serializer.serialize_map(None)?;
        let Some((currency, sums)) = of.totals.get(at) else {
            return map.end();
        };
        SumsOf(*currency, sums).write(&mut map)?;
        let plain = |minor: i64| money::plain(minor, *currency);
        let matrix = |all: &[Vec<i64>]| -> Vec<Vec<String>> {
            all.iter().map(|row| row.iter().copied().map(plain).collect()).collect()
        };
        if let Some([rolled, rescheduled]) = of.carried.get(at) {
            map.serialize_entry("rolled", &matrix(rolled))?;
            map.serialize_entry("rescheduled", &matrix(rescheduled))?;
        }
        let labels = &of.movement.places.labels;
        let buckets = of.buckets.get(at).map_or(&[][..], Vec::as_slice);
        let buckets =
            || labels.iter().zip(buckets).map(|(label, sums)| BucketOf(*currency, label, sums));
        map.serialize_entry("by_bucket", &Each(buckets))?;
        map.end()
    }
}

struct BucketOf<'m>(Currency, &'m str, &'m BucketSums);

impl Serialize for BucketOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(currency, label, of) = *self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("bucket", label)?;
        SumsOf(currency, &of.steps).write(&mut map)?;
        for (name, minor) in [
            ("rescheduled_in", of.rescheduled_in),
            ("rescheduled_out", of.rescheduled_out),
            ("rolled_in", of.rolled_in),
            ("rolled_out", of.rolled_out),
        ] {
            map.serialize_entry(name, &money::plain(minor, currency))?;
        }
        map.end()
    }
}

struct RowOf<'m>(&'m NamedMovement, &'m (GroupKey, Currency, Sums));

impl Serialize for RowOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(of, (key, currency, sums)) = *self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", &group_code(*key, *currency, &of.names))?;
        map.serialize_entry("name", &group_name(*key, *currency, &of.names))?;
        SumsOf(*currency, sums).write(&mut map)?;
        map.end()
    }
}

struct EntryOf<'m>(&'m NamedMovement, &'m Entry);

impl Serialize for EntryOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(of, entry) = *self;
        let (milestone, labels) = (of.names.milestone(entry.milestone), &of.movement.places.labels);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("step", &entry.step)?;
        map.serialize_entry("id", &entry.milestone.to_string())?;
        map.serialize_entry("key", &milestone.code())?;
        map.serialize_entry("milestone", &*milestone.name)?;
        map.serialize_entry("customer", &of.names.customer(entry.customer).code())?;
        map.serialize_entry("customer_name", &*of.names.customer(entry.customer).name)?;
        map.serialize_entry("project", &of.names.project(entry.project).code())?;
        map.serialize_entry("group", &group_code(entry.key, entry.currency, &of.names))?;
        map.serialize_entry("currency", entry.currency.code())?;
        let amount = told(entry.step, entry.amount);
        map.serialize_entry("amount", &money::plain(amount, entry.currency))?;
        map.serialize_entry("bucket", &labels.get(entry.bucket))?;
        map.serialize_entry("to", &labels.get(entry.to).filter(|_| entry.step.carries()))?;
        map.end()
    }
}
