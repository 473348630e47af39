//! The milestones behind one row of the aging table, as of its day: they add up to the row.

use std::ops::Range;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::aging::{Bucket, Params, full_label};
use crate::domain::aging::Buckets;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::money::{self, Currency};
use crate::domain::status::waiting_on;
use crate::error::Result;
use crate::portfolio::Names;
use crate::report::aging::{GroupBy, GroupKey};
use crate::report::list::BucketLabels;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{ItemFilter, Memo};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::list_screen::{ListScreen, Source, beside, widest};
use crate::tui::screen::{Cx, ListView, RowsKey};
use crate::tui::selection::RowKey;
use crate::tui::widgets::list::{Cell, Column};

/// Goes to what stands behind a row of an aging table, or one bucket of it, as it was filtered.
pub fn push(
    (params, filter): (Params, String),
    (key, currency): (GroupKey, Currency),
    bucket: Option<Bucket>,
) -> Effect {
    let aged = Aged { params, filter, key, currency, bucket, rows: Memo::default() };
    Effect::Push(Box::new(ListScreen::new(Action::GoAging, aged)))
}

#[derive(Default)]
struct Rows {
    items: Vec<Item>,
    receivable: i64,
    planned: i64,
}

struct Aged {
    params: Params,
    /// What the table was narrowed to.
    filter: String,
    key: GroupKey,
    currency: Currency,
    bucket: Option<Bucket>,
    /// By what chooses them, the day, and what is looked for.
    rows: Memo<(RowsKey, NaiveDate, String), Rows>,
}

fn found(item: &Item, needle: &Needle, names: &Names) -> bool {
    let own = names.milestone(item.id);
    let all = [
        names.customer(item.customer).short(),
        &format::project(item, names),
        &own.code,
        &own.name,
    ];
    needle.is_empty() || needle.matches(&all.join(" "))
}

/// As they age, the oldest first; what has no age comes last.
fn sort(items: &mut [Item], buckets: &Buckets, day: NaiveDate) {
    items.sort_by_key(|item| {
        let place = buckets.place(item, day);
        let basis = buckets.basis_day(item, day);
        (place.is_none(), basis.is_none(), basis, item.due(day), item.id)
    });
}

impl Rows {
    fn new(items: Vec<Item>, day: NaiveDate) -> Result<Self> {
        let (due, planned): (Vec<&Item>, Vec<&Item>) =
            items.iter().partition(|item| item.is_receivable(day));
        let sum = |items: &[&Item]| money::sum(items.iter().map(|item| item.balance));
        let (receivable, planned) = (sum(&due)?, sum(&planned)?);
        Ok(Self { items, receivable, planned })
    }
}

impl Aged {
    fn day(&self, cx: &Cx<'_>) -> NaiveDate {
        self.params.day(cx.ledger.today())
    }
}

impl Source for Aged {
    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        let who = if self.params.by == GroupBy::Customer {
            lang.project_word()
        } else {
            lang.customer_word()
        };
        vec![
            Column::words(who, 12, 0),
            Column::words(lang.milestone_word(), 10, 0),
            Column::whole(lang.due_word(), 2),
            Column::number(lang.age_word(), 0),
            Column::whole(lang.bucket_word(), 1),
            format::money_column(lang.balance_word(), 0, cx),
            Column::words(lang.status_word(), 15, 0),
            Column::words(lang.waiting_on_word(), 8, 3),
        ]
    }

    fn within(&self) -> Option<&str> {
        Some(&self.filter)
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let day = self.day(cx);
        let filter = view.input.filter();
        if !cx.ledger.read_day(day, filter)? {
            return Ok(());
        }
        let key = (view.key(None, cx.ledger), day, view.find.clone());
        let buckets = self.params.buckets(&cx.ledger.portfolio.policy.buckets);
        self.rows.try_refresh(key, || {
            let Some(filter) = ItemFilter::on(day, cx.ledger, filter) else {
                return Ok(Rows::default());
            };
            let is_in = |item: &Item| {
                let place = buckets.place(item, day);
                self.bucket.is_none_or(|bucket| place.is_some_and(|place| bucket.holds(place)))
            };
            let behind = filter.passing().filter(|item| {
                item.balance > 0
                    && is_in(item)
                    && item.currency == self.currency
                    && self.params.by.key(item) == self.key
            });
            let mut items: Vec<Item> = behind.cloned().collect();
            drop(filter);
            let needle = Needle::new(&view.find);
            if !needle.is_empty() {
                cx.ledger.name_items(&items)?;
                items.retain(|item| found(item, &needle, &cx.ledger.portfolio.names));
            }
            sort(&mut items, &buckets, day);
            Rows::new(items, day)
        })?;
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let len = self.rows.items.len();
        let seen = page.start.min(len)..page.end.min(len);
        cx.ledger.name_items(self.rows.items.get(seen).unwrap_or_default())
    }

    fn count(&self) -> usize {
        self.rows.items.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        let item = self.rows.items.get(at);
        item.map(|item| RowKey::Milestone(item.id))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(item) = self.rows.items.get(at) else {
            return Vec::new();
        };
        let (lang, theme, day) = (cx.ui.lang, cx.ui.theme, self.day(cx));
        let (names, policy) = (&cx.ledger.portfolio.names, &cx.ledger.portfolio.policy);
        let who = if self.params.by == GroupBy::Customer {
            format::project(item, names)
        } else {
            names.customer(item.customer).short().to_owned()
        };
        let buckets = self.params.buckets(&cx.ledger.portfolio.policy.buckets);
        let basis = buckets.basis_day(item, day);
        let labels = BucketLabels::new(buckets);
        let label = labels.of(item, day);
        let age = basis.map(|from| (day - from).num_days());
        // What is not due yet shows none: its status says in how many days it is.
        let age = age.filter(|_| label.is_some());
        let label =
            label.map_or_else(|| lang.planned_foot().to_owned(), |label| lang.bucket(label));
        let none = || "-".to_owned();
        let since = basis.or_else(|| item.due(day));
        vec![
            Cell::plain(who),
            Cell::plain(format::milestone(item, names)),
            Cell::plain(since.map_or_else(none, |day| day.to_string())),
            Cell::late(age.unwrap_or_default(), theme),
            Cell::plain(label),
            Cell::plain(cx.ledger.money(item.balance, item.currency)),
            format::status_cell(item, day, policy, cx.ui),
            Cell::plain(lang.waiting_on(waiting_on(item, day, policy))),
        ]
    }

    fn feet(&self, cx: &Cx<'_>) -> Result<Vec<Vec<Cell>>> {
        let lang = cx.ui.lang;
        let foot = |name: &str, sum: i64| {
            let amount = cx.ledger.money(sum, self.currency);
            Cell::row(["", name, "", "", "", &amount, "", ""], cx.ui.theme.strong())
        };
        let mut feet = vec![foot(lang.total(), self.rows.receivable)];
        if self.rows.planned > 0 {
            feet.push(foot(lang.planned_foot(), self.rows.planned));
        }
        Ok(feet)
    }

    fn split(&self, area: Rect, _: bool) -> Option<[Rect; 2]> {
        beside(area)
    }

    fn widest(&mut self, cx: &Cx<'_>) -> Result<Vec<String>> {
        let (lang, day) = (cx.ui.lang, self.day(cx));
        let labels = self.params.buckets(&cx.ledger.portfolio.policy.buckets).labels();
        let labels = labels.iter().map(|label| lang.bucket_title(label));
        let others = [lang.planned_foot(), lang.retention_not_due()].map(str::to_owned);
        let none = String::new;
        // The oldest stand first, and the total below is the widest amount.
        Ok(vec![none(), none(), day.to_string(), none(), widest::text(labels.chain(others))])
    }

    fn item<'a>(&'a self, id: MilestoneId, cx: &'a Cx<'_>) -> Option<&'a Item> {
        let closed_since = || self.rows.items.iter().find(|item| item.id == id);
        cx.ledger.portfolio.get(id).or_else(closed_since)
    }

    /// Whose milestones these are, and of which day.
    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        let (lang, names) = (cx.ui.lang, &cx.ledger.portfolio.names);
        let (code, name) = full_label(self.key, self.currency, names, lang);
        let name = format!("{code} {name} {}", self.currency.code());
        let buckets = self.params.buckets(&cx.ledger.portfolio.policy.buckets);
        let bucket = self.bucket.map_or_else(String::new, |of| of.title(&buckets, lang));
        let name = lang.commas([name.trim_start().to_owned(), bucket]);
        let title = lang.group_items(&name, &self.day(cx).to_string());
        let basis = lang.aged_by(lang.age_by(self.params.age_by));
        lang.joined(&title, &basis)
    }
}
