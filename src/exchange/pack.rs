//! The weekly pack: what a snapshot froze, what moved since the one before, and how it went, in a folder of its week.

use std::path::{Path, PathBuf};

use serde::ser::{SerializeMap as _, Serializer as _};
use serde_json::{Value, json};

use crate::domain::aging::GroupBy;
use crate::domain::money::{self, Currency};
use crate::error::{Error, Result};
use crate::files;
use crate::portfolio::Names;
use crate::store::{Reader, Snapshot, SnapshotHead};
use crate::text::Lang;

use super::aging::NamedAging;
use super::movement::{Asked, NamedMovement, between};
use super::out::{Cell, Column, Drawn, Each, Format, JsonOut, Page, Report, Table};
use super::snapshot::{self, FrozenItem};
use super::trend::{Point, Trend, trend};

/// Debtors that stand apart.
const TOP: usize = 10;

/// A snapshot with all that is told of it.
pub struct Pack {
    pub head: SnapshotHead,
    pub hash: String,
    aging: NamedAging,
    /// Since the snapshot before; the first has none.
    movement: Option<NamedMovement>,
    trend: Trend,
    items: Vec<FrozenItem>,
    names: Names,
}

impl Pack {
    pub fn read(store: &Reader, found: Snapshot) -> Result<Self> {
        let (head, hash) = (found.head.clone(), snapshot::hash(&found));
        let (aging, items) = (snapshot::read(&found)?, snapshot::items(&found)?);
        let trend = trend(store, Some(&head), &store.policy()?)?;
        let movement = match before(store, &head)? {
            Some(before) => {
                let ends = [Asked::Kept(Box::new(before)), Asked::Kept(Box::new(found))];
                Some(between(store, ends, GroupBy::Customer)?)
            }
            None => None,
        };
        let mut names = Names::default();
        let customers: Vec<_> = items.iter().map(|item| item.customer).collect();
        names.read_customers(store, customers.into_iter())?;
        names.read_projects(store, items.iter().map(|item| item.project))?;
        names.read_milestones(store, items.iter().map(|item| item.id))?;
        names.read_people(store)?;
        Ok(Self { head, hash, aging, movement, trend, items, names })
    }

    /// Writes it in these formats into a new folder, named by its week, which appears whole or not at all.
    pub fn save(
        &self,
        store: &Reader,
        above: &Path,
        formats: &[&'static Format],
        lang: Lang,
    ) -> Result<Vec<PathBuf>> {
        let name = snapshot::called(&store.snapshots()?, &self.head);
        files::create_folder(above).map_err(Error::io(above))?;
        let file = |format: &Format| format!("aging-{name}.{}", format.ending);
        let write = |folder: &Path| {
            formats.iter().try_for_each(|format| {
                let pack = Packed { pack: self, is_data: format.data };
                format.save(&pack, lang, &folder.join(file(format)))
            })
        };
        let folder = files::new_folder(above, &name, write).map_err(Error::io(above))?;
        Ok(formats.iter().map(|format| folder.join(file(format))).collect())
    }

    /// Those who owe most in the currency of the first totals.
    fn debtors(&self, lang: Lang) -> Option<Table<'_>> {
        let main = self.main()?;
        let mut rows: Vec<_> =
            self.aging.rows.iter().filter(|row| row.sums.currency == main).collect();
        let all: i128 = rows.iter().map(|row| i128::from(row.sums.sums.total)).sum();
        rows.retain(|row| row.sums.sums.total > 0);
        rows.sort_by_key(|row| -row.sums.sums.total);
        rows.truncate(TOP);
        if rows.is_empty() {
            return None;
        }
        let columns = vec![
            Column::left(lang.group_code(self.aging.by)),
            Column::left(lang.name_word()),
            Column::left(lang.currency_word()).named("currency"),
            Column::right(lang.total()).part(),
            Column::right(lang.share_of_all_word()),
        ];
        let title = lang.pack_debtors(rows.len());
        let rows = rows.into_iter().map(move |row| {
            let total = row.sums.sums.total;
            vec![
                row.key.as_deref().unwrap_or("").into(),
                (&*row.name).into(),
                main.code().into(),
                Cell::amount(total, main),
                share(total.into(), all).into(),
            ]
        });
        Some(Table { title, drawn: Drawn::InOrder, ..Table::new(columns, rows) })
    }

    /// The currency that comes first.
    fn main(&self) -> Option<Currency> {
        let own = self.trend.points.iter().find(|point| point.head.id == self.head.id);
        own.map(Point::currency)
    }

    fn detail(&self, lang: Lang) -> Table<'_> {
        let columns = vec![
            Column::left(lang.customer_code_word()),
            Column::left(lang.customer_word()),
            Column::left(lang.project_code_word()),
            Column::left(lang.key_word()),
            Column::left(lang.milestone_word()),
            Column::left(lang.stage_word()),
            Column::left(lang.manager_word()),
            Column::left(lang.currency_word()).named("currency"),
            Column::right(lang.amount_word()),
            Column::right(lang.balance_word()),
            Column::left(lang.due_word()),
            Column::left(lang.bucket_word()),
            Column::left(lang.status_word()),
            Column::left(lang.waiting_on_word()),
        ];
        let rows = self.items.iter().map(move |item| {
            let customer = self.names.customer(item.customer);
            let milestone = self.names.milestone(item.id);
            vec![
                (&*customer.code).into(),
                (&*customer.name).into(),
                (&*self.names.project(item.project).code).into(),
                milestone.code().map_or_else(|| item.id.to_string().into(), Cell::from),
                (&*milestone.name).into(),
                lang.stage(item.stage).into(),
                item.manager.map_or(Cell::EMPTY, |id| self.names.person(id).into()),
                item.currency.code().into(),
                item.amount.map_or(Cell::EMPTY, |amount| Cell::amount(amount, item.currency)),
                Cell::amount(item.balance, item.currency),
                item.due.into(),
                item.bucket.as_ref().map_or(Cell::EMPTY, |label| lang.bucket(label).into()),
                lang.status(item.status).into(),
                lang.waiting_on(item.waiting_on).into(),
            ]
        });
        Table { title: lang.pack_detail().to_owned(), ..Table::new(columns, rows) }
    }
}

/// A share of a whole in per cent, to one decimal.
fn share(part: i128, whole: i128) -> String {
    let tenths = (part * 1_000 + whole / 2) / whole.max(1);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// The snapshot before one, by day.
pub fn before(store: &Reader, head: &SnapshotHead) -> Result<Option<Snapshot>> {
    let earlier = store.snapshots()?.into_iter().filter(|other| other.place() < head.place());
    let last = earlier.max_by_key(SnapshotHead::place);
    last.map(|head| store.snapshot(head.id)).transpose()
}

/// A pack for one format: every item goes into data only.
struct Packed<'p> {
    pack: &'p Pack,
    is_data: bool,
}

impl Report for Packed<'_> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let Pack { head, hash, aging, movement, trend, .. } = self.pack;
        let title = lang.pack_title(&head.iso_week, &head.as_of.to_string());
        let mut lead = vec![lang.snapshot_hash(hash)];
        let mut tables: Vec<Table<'_>> = aging.page(lang).tables;
        if let Some(first) = tables.first_mut() {
            lang.pack_aging().clone_into(&mut first.title);
        }
        tables.extend(self.pack.debtors(lang));
        match movement {
            Some(movement) => {
                lead.push(movement.lead(lang));
                tables.extend(movement.tables(lang));
            }
            None => lead.push(lang.movement_first().to_owned()),
        }
        if trend.points.len() > 1 {
            tables.push(trend.table(lang));
        }
        if self.is_data {
            tables.insert(1, self.pack.detail(lang));
        }
        Page { title, lead, tables }
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let Pack { head, hash, aging, movement, .. } = self.pack;
        let mut to = serde_json::Serializer::new(out);
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("snapshot", &head.id.0)?;
        map.serialize_entry("week", &head.iso_week)?;
        map.serialize_entry("hash", hash)?;
        map.serialize_entry("aging", aging)?;
        map.serialize_entry("movement", movement)?;
        map.serialize_entry("items", &Each(|| self.pack.items.iter().map(|item| self.item(item))))?;
        map.end()
    }
}

impl Packed<'_> {
    fn item(&self, item: &FrozenItem) -> Value {
        let names = &self.pack.names;
        let plain = |minor: i64| money::plain(minor, item.currency);
        json!({
            "id": item.id.to_string(),
            "key": names.milestone(item.id).code(),
            "customer": &*names.customer(item.customer).code,
            "project": &*names.project(item.project).code,
            "milestone": &*names.milestone(item.id).name,
            "stage": item.stage,
            "manager": item.manager.map(|id| names.person(id)),
            "currency": item.currency.code(),
            "amount": item.amount.map(plain),
            "balance": plain(item.balance),
            "due": item.due,
            "bucket": item.bucket,
            "status": item.status,
            "waiting_on": item.waiting_on,
        })
    }
}
