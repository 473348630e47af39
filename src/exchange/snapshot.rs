//! The weekly snapshot: the aging table of a day frozen with the items behind it, and its files.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::aging::GroupBy;
use crate::domain::change::Change;
use crate::domain::ids::{CustomerId, MilestoneId, PersonId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::{Stage, WaitingOn};
use crate::domain::money::{self, Currency};
use crate::domain::status::{self, StatusKind};
use crate::error::{Error, Result};
use crate::files;
use crate::portfolio::Portfolio;
use crate::report::aging;
use crate::report::figures::{self, Figures};
use crate::report::history::{self, History, Stood};
use crate::report::list::BucketLabels;
use crate::report::movement::{Places, Stand};
use crate::store::{Reader, Snapshot, SnapshotHead};
use crate::text::Lang;

use super::aging::NamedAging;
use super::out::{self, Cell, Column, Each, Format, JsonOut, Page, Report, Table};

/// One open milestone as a snapshot keeps it: id, customer, project, manager, stage, currency, due, balance, bucket,
/// status, whose turn, amount. Short on purpose: a list is kept for every week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept(
    i64,
    i64,
    i64,
    Option<i64>,
    Stage,
    String,
    Option<NaiveDate>,
    /// Balance in minor units.
    i64,
    Option<String>,
    String,
    WaitingOn,
    /// Agreed amount in minor units; snapshots of before have none.
    #[serde(default)]
    Option<i64>,
);

/// The ISO week of a day, by its week-year: `2026-W47`.
pub fn iso_week(day: NaiveDate) -> String {
    let week = day.iso_week();
    format!("{}-W{:02}", week.year(), week.week())
}

/// The change that freezes the aging table of the portfolio's day, by customer, in the ledger's buckets.
pub fn freeze(portfolio: &Portfolio, lang: Lang) -> Result<Change> {
    let buckets = portfolio.policy.buckets();
    let (items, today) = (portfolio.items(), portfolio.today);
    let table = aging::table(items, &portfolio.unapplied, today, GroupBy::Customer, &buckets)?;
    let table = NamedAging::new(table, &portfolio.names, lang);
    // What came in is known of every day; it is none of what is kept.
    let main = figures::main_currency(items, &portfolio.policy);
    let figures = figures::figures(items, &[], today, &portfolio.policy, main)?;
    let figures = figures.iter().map(KeptFigures::new).collect();
    let mut rows = serde_json::to_string(&Frozen { table, figures })?;
    rows.push('\n');
    Ok(Change::TakeSnapshot {
        as_of: today,
        iso_week: iso_week(today),
        rows,
        items: pack(&kept(portfolio))?,
    })
}

/// A table as it is frozen, with the figures of Today on that day.
#[derive(Serialize)]
struct Frozen {
    #[serde(flatten)]
    table: NamedAging,
    figures: Vec<KeptFigures>,
}

/// The figures in one currency, amounts as text with its decimals.
#[derive(Serialize, Deserialize)]
struct KeptFigures {
    currency: String,
    overdue: String,
    due: String,
    promised: String,
    unbilled: String,
}

impl KeptFigures {
    fn new(of: &Figures) -> Self {
        let plain = |minor: i64| money::plain(minor, of.currency);
        let stood = Stood::from(of);
        Self {
            currency: of.currency.code().to_owned(),
            overdue: plain(stood.overdue),
            due: plain(stood.due),
            promised: plain(stood.promised),
            unbilled: plain(stood.unbilled),
        }
    }

    /// None where an amount cannot be read.
    fn read(&self, currency: Currency) -> Option<Stood> {
        let minor = |text: &str| money::read_back(text, currency).ok();
        Some(Stood {
            overdue: minor(&self.overdue)?,
            due: minor(&self.due)?,
            promised: minor(&self.promised)?,
            unbilled: minor(&self.unbilled)?,
        })
    }
}

/// The figures a frozen table has; those of before they were kept have none.
#[derive(Deserialize)]
struct FrozenFigures {
    #[serde(default)]
    figures: Vec<KeptFigures>,
}

/// What past weeks tell of a currency.
pub fn history(store: &Reader, currency: Currency, today: NaiveDate) -> Result<History> {
    let first = history::first_day(today);
    let mut stood = Vec::new();
    for (day, rows) in store.snapshots_since(first)? {
        let FrozenFigures { figures } = serde_json::from_str(&rows)?;
        let own = figures.iter().find(|kept| kept.currency == currency.code());
        stood.extend(own.and_then(|kept| kept.read(currency)).map(|stood| (day, stood)));
    }
    let collected = store.collected_daily(currency, first, today)?;
    Ok(History::new(&stood, &collected, today)?)
}

fn kept(portfolio: &Portfolio) -> Vec<Kept> {
    let labels = BucketLabels::new(portfolio.policy.buckets());
    let (today, policy) = (portfolio.today, &portfolio.policy);
    let keep = |item: &Item| {
        Kept(
            item.id.0,
            item.customer.0,
            item.project.0,
            item.manager.map(|id| id.0),
            item.stage,
            item.currency.code().to_owned(),
            item.due(today),
            item.balance,
            labels.of(item, today).map(str::to_owned),
            status::status(item, today, policy).code().to_owned(),
            status::waiting_on(item, today, policy),
            Some(item.amount),
        )
    };
    portfolio.items().iter().map(keep).collect()
}

/// Items as a compressed JSON list.
fn pack(items: &[Kept]) -> Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    serde_json::to_writer(&mut encoder, items)?;
    let packed = encoder.finish();
    packed.map_err(|_| Error::Bug("items that cannot be packed"))
}

fn unpack(packed: &[u8]) -> serde_json::Result<Vec<Kept>> {
    serde_json::from_reader(BufReader::new(ZlibDecoder::new(packed)))
}

/// One open milestone as it was frozen.
pub struct FrozenItem {
    pub id: MilestoneId,
    pub customer: CustomerId,
    pub project: ProjectId,
    pub manager: Option<PersonId>,
    pub stage: Stage,
    pub currency: Currency,
    pub due: Option<NaiveDate>,
    /// None in snapshots of before amounts were kept.
    pub amount: Option<i64>,
    pub balance: i64,
    /// Label of its bucket; none is no receivable.
    pub bucket: Option<String>,
    pub status: StatusKind,
    pub waiting_on: WaitingOn,
}

impl FrozenItem {
    fn new(kept: Kept) -> Option<Self> {
        let Kept(
            id,
            customer,
            project,
            manager,
            stage,
            currency,
            due,
            balance,
            bucket,
            status,
            waiting_on,
            amount,
        ) = kept;
        Some(Self {
            id: MilestoneId(id),
            customer: CustomerId(customer),
            project: ProjectId(project),
            manager: manager.map(PersonId),
            stage,
            currency: Currency::from_code(&currency)?,
            due,
            amount,
            balance,
            bucket,
            status: StatusKind::from_code(&status)?,
            waiting_on,
        })
    }
}

/// The items of a snapshot as they were frozen.
pub fn items(found: &Snapshot) -> Result<Vec<FrozenItem>> {
    let item = |kept| FrozenItem::new(kept).ok_or_else(|| Error::Unreadable("snapshot".to_owned()));
    unpack(&found.items)?.into_iter().map(item).collect()
}

/// The items of a snapshot as they stood, by place in these columns.
pub fn stands(found: &Snapshot, places: &Places) -> Result<Vec<Stand>> {
    let stand = |item: FrozenItem| Stand {
        id: item.id,
        customer: item.customer,
        project: item.project,
        manager: item.manager,
        stage: item.stage,
        currency: item.currency,
        due: item.due,
        amount: item.amount,
        balance: item.balance,
        place: places.of_frozen(item.bucket.as_deref(), item.due, found.head.as_of),
        rescheduled_on: None,
    };
    Ok(items(found)?.into_iter().map(stand).collect())
}

/// What tells a snapshot from any other: a hash over its day, its table and its items.
pub fn hash(found: &Snapshot) -> String {
    let mut hash = Sha256::new();
    for part in [found.head.as_of.to_string().as_bytes(), found.rows.as_bytes(), &found.items] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let hash: [u8; 32] = hash.finalize().into();
    hash.map(|byte| format!("{byte:02x}")).concat()
}

/// Whether everything a snapshot holds can be read.
pub fn is_readable(found: &Snapshot) -> bool {
    items(found).is_ok() && read(found).is_ok()
}

/// The table of a snapshot as it was shown.
pub fn read(found: &Snapshot) -> Result<NamedAging> {
    Ok(serde_json::from_str(&found.rows)?)
}

/// A snapshot for a reader: which it is and when, by the clock on the wall, it was taken.
pub struct Shown {
    pub head: SnapshotHead,
    pub taken_at: DateTime<FixedOffset>,
    pub hash: String,
    pub table: NamedAging,
}

impl Report for Shown {
    fn page(&self, lang: Lang) -> Page<'_> {
        let SnapshotHead { id, iso_week, .. } = &self.head;
        let taken_at = self.taken_at.format("%Y-%m-%d %H:%M").to_string();
        let page = self.table.page(lang);
        let lead = vec![lang.snapshot_hash(&self.hash)];
        let title = lang.snapshot_title(id.0, iso_week, &page.title, &taken_at);
        Page { title, lead, ..page }
    }
}

/// What the files of a snapshot are called. A later one of the same week carries its place in the week, so that it
/// stands beside the first.
fn stem(all: &[SnapshotHead], head: &SnapshotHead) -> String {
    format!("aging-{}", called(all, head))
}

/// A snapshot by its week: `2026-W47`, and `2026-W47-2` where it is the second of the week.
pub fn called(all: &[SnapshotHead], head: &SnapshotHead) -> String {
    let week = &head.iso_week;
    let until = all.iter().filter(|s| s.iso_week == *week && s.id <= head.id);
    match until.count() {
        place @ 2.. => format!("{week}-{place}"),
        _ => week.clone(),
    }
}

/// Writes a snapshot as a workbook, a page, csv, json and md into a folder, made if it is not there; returns the files.
pub fn export(store: &Reader, found: &Snapshot, folder: &Path, lang: Lang) -> Result<Vec<PathBuf>> {
    let table = read(found)?;
    let stem = stem(&store.snapshots()?, &found.head);
    files::create_folder(folder).map_err(Error::io(folder))?;
    let write = |format: &Format| {
        let path = folder.join(format!("{stem}.{}", format.ending));
        format.save(&table, lang, &path).map_err(Error::io(&path))?;
        Ok(path)
    };
    [&out::XLSX, &out::HTML, &out::CSV, &out::JSON, &out::MD].into_iter().map(write).collect()
}

/// The snapshots there are, newest first, each with the time on the wall when it was taken.
pub struct Listed(pub Vec<(SnapshotHead, DateTime<FixedOffset>)>);

impl Report for Listed {
    fn page(&self, lang: Lang) -> Page<'_> {
        let columns = vec![
            Column::right("#"),
            Column::left(lang.week_word()),
            Column::left(lang.as_of_word()),
            Column::left(lang.taken_word()),
        ];
        let rows = self.0.iter().map(|(head, taken_at)| {
            vec![
                Cell::Number(head.id.0),
                Cell::from(&*head.iso_week),
                Cell::Day(head.as_of),
                taken_at.format("%Y-%m-%d %H:%M").to_string().into(),
            ]
        });
        Page {
            title: lang.snapshots_title().to_owned(),
            tables: vec![Table::new(columns, rows)],
            ..Page::default()
        }
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let value = |(head, _): &(SnapshotHead, _)| {
            json!({
                "snapshot": head.id.0,
                "as_of": head.as_of,
                "week": head.iso_week,
                "taken_at": head.taken_at.to_rfc3339(),
            })
        };
        serde_json::to_writer(out, &Each(|| self.0.iter().map(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::figures::Tally;

    #[test]
    fn the_week_is_named_by_its_week_year() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(iso_week(day("2026-11-20")), "2026-W47");
        assert_eq!(iso_week(day("2027-01-01")), "2026-W53");
        assert_eq!(iso_week(day("2024-12-30")), "2025-W01");
    }

    #[test]
    fn figures_come_back_and_damaged_ones_are_none() {
        let stood = Stood { overdue: 1_200, due: 0, promised: -5, unbilled: 7 };
        let tally = |amount| Tally { amount, count: 1 };
        let of = Figures {
            currency: Currency::CNY,
            overdue: tally(stood.overdue),
            in_grace: 0,
            disputed: 0,
            due: tally(stood.due),
            promised: tally(stood.promised),
            unbilled: tally(stood.unbilled),
            collected: 0,
        };
        let mut kept = KeptFigures::new(&of);
        assert_eq!(kept.read(Currency::CNY), Some(stood));
        kept.due = "many".to_owned();
        assert_eq!(kept.read(Currency::CNY), None);
    }

    #[test]
    fn packed_items_come_back() {
        let day = "2026-10-02".parse().ok();
        let item = Kept(
            1,
            2,
            3,
            None,
            Stage::Final,
            "CNY".into(),
            day,
            5,
            None,
            "overdue".into(),
            WaitingOn::Nobody,
            Some(9),
        );
        let packed = pack(std::slice::from_ref(&item)).unwrap();
        assert_eq!(unpack(&packed).unwrap(), [item]);
    }

    #[test]
    fn items_of_before_amounts_were_kept_have_none() {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        let old = br#"[[1,2,3,null,"final","CNY","2026-10-02",5,null,"overdue","nobody"]]"#;
        std::io::Write::write_all(&mut encoder, old).unwrap();
        let items = unpack(&encoder.finish().unwrap()).unwrap();
        assert_eq!((items[0].7, items[0].11), (5, None));
    }
}
