//! The milestones behind one row of the aging table, as of its day: they add up to the row.

mod rows;

use chrono::NaiveDate;
use iso_currency::Currency;
use ratatui::layout::Rect;

use crate::domain::aging::Buckets;
use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::money;
use crate::error::Result;
use crate::portfolio::Portfolio;
use crate::report::aging::{GroupKey, group_name};
use crate::text::find::Needle;
use crate::text::width::left;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::keymap::RowKind;
use crate::tui::ledger::board::{Canvas, Under};
use crate::tui::ledger::data::Ledger;
use crate::tui::ledger::labels::Labels;
use crate::tui::ledger::sieve::Sieve;
use crate::tui::look::Look;
use crate::tui::record::Subject;
use crate::tui::screens::{AgedParams, One, Screen};
use crate::tui::widgets::list::{self, Cell, RowId, Rows};

use rows::{AgedRows, columns};

/// What the rows are made from.
#[derive(PartialEq)]
struct Source {
    version: u64,
    day: NaiveDate,
    key: GroupKey,
    currency: Currency,
    buckets: Buckets,
    find: String,
    filter: String,
    indexed: u64,
}

/// The milestones behind one row.
#[derive(Default)]
pub struct Aged {
    source: Option<Source>,
    items: Vec<Item>,
    /// Receivables and planned money, minor units.
    sums: (i64, i64),
    labels: Labels,
}

impl Aged {
    /// Brings the rows up to date with the book of their day.
    pub fn sync(
        &mut self,
        params: &AgedParams,
        (book, sieve): (&Portfolio, &Sieve<'_>),
        ledger: &Ledger,
    ) -> Result<()> {
        let source = Source {
            version: ledger.version(),
            day: book.today,
            key: params.key,
            currency: params.currency,
            buckets: params.aging.buckets(),
            find: params.list.find.clone(),
            filter: format!("{} {}", params.aging.list.filter, params.list.filter),
            indexed: ledger.index().0,
        };
        if self.source.as_ref() == Some(&source) {
            return Ok(());
        }
        self.labels.sync(ledger);
        let needle = Needle::new(&source.find);
        let of_row = |item: &&Item| {
            item.balance > 0
                && item.currency == source.currency
                && params.aging.by.key(item) == source.key
        };
        let found = |item: &&Item| {
            needle.is_empty()
                || self.labels.of(ledger, item, |names| {
                    let (project, milestone) =
                        (names.project(item.project), names.milestone(item.id));
                    let customer = names.customer(item.customer);
                    let all = [
                        customer.short(),
                        &project.code,
                        &project.name,
                        &milestone.code,
                        &milestone.name,
                    ];
                    needle.matches(&all.join(" "))
                })
        };
        let mut items: Vec<Item> = sieve
            .passing()
            .filter(of_row)
            .filter(found)
            .cloned()
            .collect();
        let day = source.day;
        items.sort_by_key(|item| {
            let place = source.buckets.place(item, day);
            let basis = source.buckets.basis_day(item, day);
            (place.is_none(), basis.is_none(), basis, item.due, item.id)
        });
        let (due, planned): (Vec<&Item>, Vec<&Item>) =
            items.iter().partition(|item| item.is_receivable(day));
        let sum = |items: &[&Item]| money::sum(items.iter().map(|item| item.balance));
        self.sums = (sum(&due)?, sum(&planned)?);
        self.items = items;
        self.source = Some(source);
        Ok(())
    }

    pub fn rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> Box<dyn Rows + 'a> {
        Box::new(AgedRows {
            aged: self,
            ledger,
            look,
        })
    }

    fn chosen(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<&Item> {
        let at = screen.params().list.at(self.rows(ledger, look).as_ref())?;
        self.items.get(at)
    }

    pub fn under(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Under> {
        let item = self.chosen(screen, ledger, look)?;
        let marks = screen.params().list.marks();
        let mut milestones: Vec<MilestoneId> = marks.iter().map(|id| MilestoneId(id.0)).collect();
        if milestones.is_empty() {
            milestones.push(item.id);
        }
        Some(Under {
            kind: RowKind::Milestone,
            subject: Subject {
                milestones,
                customer: Some(item.customer),
                project: Some(item.project),
            },
        })
    }

    pub fn act(
        &self,
        action: Action,
        screen: &Screen,
        ledger: &Ledger,
        look: Look,
    ) -> Option<Response> {
        if action != Action::Open {
            return None;
        }
        let item = self.chosen(screen, ledger, look)?;
        let one = One::new(item.id, screen.view());
        Some(Response::Open(Screen::Milestone(one)))
    }

    pub fn draw(
        &self,
        params: &mut AgedParams,
        ledger: &Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        let look = canvas.look;
        let Some(source) = &self.source else {
            return Ok(Vec::new());
        };
        let area = canvas.area;
        let title = self.title(params, ledger, look);
        let title = left(&title, usize::from(area.width).saturating_sub(1));
        let buffer = canvas.frame.buffer_mut();
        buffer.set_string(area.x + 1, area.y, title, look.theme.strong());
        let below = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        };
        let columns = columns(look.lang, params.aging.by);
        let foot = |name: &str, sum: i64| {
            let amount = ledger.money(sum, source.currency);
            let cells = ["", name, "", "", "", &amount, "", ""];
            cells
                .map(|text| Cell::new(text, look.theme.strong()))
                .to_vec()
        };
        let mut feet = vec![foot(look.lang.total(), self.sums.0)];
        if self.sums.1 > 0 {
            feet.push(foot(look.lang.planned_foot(), self.sums.1));
        }
        let rows = AgedRows {
            aged: self,
            ledger,
            look,
        };
        let drawn = list::draw_footed(
            canvas.frame,
            below,
            (&columns, &rows, &feet),
            &mut params.list.list,
            (true, look),
        );
        self.labels.check()?;
        Ok(drawn)
    }

    /// Whose milestones these are, and of which day.
    fn title(&self, params: &AgedParams, ledger: &Ledger, look: Look) -> String {
        let lang = look.lang;
        let Some(source) = &self.source else {
            return String::new();
        };
        let name = match (self.items.first(), params.key) {
            (Some(item), key) => self.labels.of(ledger, item, |names| {
                let name = group_name(key, source.currency, names);
                let name = name.unwrap_or(lang.group_word(key));
                match key {
                    GroupKey::Customer(id) => format!("{} {name}", names.customer(id).code),
                    GroupKey::Project(id) => format!("{} {name}", names.project(id).code),
                    _ => name.to_owned(),
                }
            }),
            (None, _) => String::new(),
        };
        let title = lang.group_items(
            &format!("{name} {}", source.currency.code()),
            &source.day.to_string(),
        );
        let basis = lang.aged_by(lang.age_by(source.buckets.age_by));
        lang.joined(&title, &basis)
    }
}
