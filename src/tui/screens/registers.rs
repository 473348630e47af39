//! The registers: all payments, or all invoices, newest first, of all days or of a month or a year. How many there are may
//! be more than is read while a key waits: the newest stand there at once, and all the others once they are counted.
//!
//! ```text
//! +- Payments 2026-11 (14) --------------------------------------------------------------------------+
//! |  #     ▼Received    Customer   Pays         Currency      Amount  Unapplied  Method    Payer     |
//! |▸ #311  2026-11-20   星河科技   P-2031-M3    CNY       480,000.00             transfer  星河科技  |
//! +- ¥1,284,500.00 ---------------------------------------------------------------------------- 1/14 -+
//! ```
//!
//! Behind what invoices come to stands how long they waited for us.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::aging::GroupBy;
use crate::domain::ids::{CustomerId, IdMap, IdSet, InvoiceId, MilestoneId, PaymentId, ProjectId};
use crate::domain::money::PerCurrency;
use crate::error::Result;
use crate::exchange::explain::{ExplainedFigure, sums};
use crate::exchange::invoice_lag::days_of;
use crate::exchange::lists::{Field, Listed, Rows};
use crate::exchange::out::{self, Align, Report};
use crate::report::figures::month_start;
use crate::report::invoice_lag::{Lag, lags};
use crate::store::{Entered, ListedInvoice, ListedLine, ListedPayment, Reader, Register, Span};
use crate::text::Lang;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{Lens, Memo, Task, Window};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::keymap::Scope;
use crate::tui::list_screen::widest::Ends;
use crate::tui::list_screen::{ListScreen, Source};
use crate::tui::overlays::{MOST, figure_made_of};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::list::{Cell, Column};

/// Rows that stand there until all are counted: more than any screen has.
const NEWEST: u32 = 500;

/// The orders; its own is the newest first.
const BY_DAY: usize = 0;
const BY_AMOUNT: usize = 1;
const BY_CUSTOMER: usize = 2;

pub fn payments(tab: Action) -> Box<dyn Screen> {
    Box::new(ListScreen::new(tab, Shown::<ListedPayment>::default()))
}

pub fn invoices(tab: Action) -> Box<dyn Screen> {
    Box::new(ListScreen::new(tab, Shown::<ListedInvoice>::default()))
}

/// What is kept in a register.
trait Kept: Listed + 'static {
    const REGISTER: Register;
    const SCOPES: &'static [Scope];

    fn key(id: i64) -> RowKey;

    /// The rows of these ids, in no order.
    fn read(store: &Reader, ids: &[i64]) -> Result<Vec<Self>>;

    fn id(&self) -> i64;

    fn lines(&self) -> &[ListedLine];

    fn customer(&self, store: &Reader) -> Result<CustomerId>;

    fn none(lang: Lang) -> &'static str;

    /// The invoice whose milestones the keys act on, if it is one.
    fn invoice(&self) -> Option<InvoiceId>;
}

impl Kept for ListedPayment {
    const REGISTER: Register = Register::Payments;
    const SCOPES: &'static [Scope] = &[Scope::Register, Scope::List, Scope::Global];

    fn key(id: i64) -> RowKey {
        RowKey::Payment(PaymentId(id))
    }

    fn read(store: &Reader, ids: &[i64]) -> Result<Vec<Self>> {
        store.payments(&ids.iter().copied().map(PaymentId).collect::<Vec<_>>())
    }

    fn id(&self) -> i64 {
        self.head.id.0
    }

    fn lines(&self) -> &[ListedLine] {
        &self.lines
    }

    fn customer(&self, store: &Reader) -> Result<CustomerId> {
        store.payment_customer(self.head.id)
    }

    fn none(lang: Lang) -> &'static str {
        lang.no_payments()
    }

    fn invoice(&self) -> Option<InvoiceId> {
        None
    }
}

impl Kept for ListedInvoice {
    const REGISTER: Register = Register::Invoices;
    const SCOPES: &'static [Scope] = &[Scope::Register, Scope::Item, Scope::List, Scope::Global];

    fn key(id: i64) -> RowKey {
        RowKey::Invoice(InvoiceId(id))
    }

    fn read(store: &Reader, ids: &[i64]) -> Result<Vec<Self>> {
        store.invoices(&ids.iter().copied().map(InvoiceId).collect::<Vec<_>>())
    }

    fn id(&self) -> i64 {
        self.head.id.0
    }

    fn lines(&self) -> &[ListedLine] {
        &self.lines
    }

    fn customer(&self, store: &Reader) -> Result<CustomerId> {
        store.invoice_customer(self.head.id)
    }

    fn none(lang: Lang) -> &'static str {
        lang.no_invoices()
    }

    fn invoice(&self) -> Option<InvoiceId> {
        Some(self.head.id)
    }
}

/// The days a register is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Period {
    #[default]
    All,
    /// By its first day.
    Month(NaiveDate),
    Year(i32),
}

impl Period {
    fn name(self, lang: Lang) -> String {
        match self {
            Self::All => lang.register_all().to_owned(),
            Self::Month(first) => first.format("%Y-%m").to_string(),
            Self::Year(year) => year.to_string(),
        }
    }

    fn span(self) -> Span {
        let (from, to) = match self {
            Self::All => (None, None),
            Self::Month(first) => {
                let next = first.checked_add_months(Months::new(1));
                (Some(first), next.and_then(|next| next.pred_opt()))
            }
            Self::Year(year) => {
                (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31))
            }
        };
        Span { from, to, ..Span::default() }
    }

    /// The period an action leads to; past today there are all.
    fn after(self, action: Action, today: NaiveDate) -> Option<Self> {
        let this = month_start(today);
        let month_of = |year: i32, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(this);
        let month = |first: Option<NaiveDate>| {
            first.filter(|first| *first <= this).map_or(Self::All, Self::Month)
        };
        let year = |year: i32| if year > today.year() { Self::All } else { Self::Year(year) };
        match (action, self) {
            (Action::PeriodBack, Self::All) => Some(Self::Month(this)),
            (Action::PeriodBack, Self::Month(first)) => {
                Some(month(first.checked_sub_months(Months::new(1))))
            }
            (Action::PeriodBack, Self::Year(of)) => Some(Self::Month(month_of(of, 12).min(this))),
            (Action::PeriodOn, Self::Month(first)) => {
                Some(month(first.checked_add_months(Months::new(1))))
            }
            (Action::PeriodOn, Self::Year(of)) => Some(Self::Month(month_of(of, 1))),
            (Action::YearBack, Self::All) => Some(Self::Year(today.year())),
            (Action::YearBack, Self::Year(of)) => Some(Self::Year(of.saturating_sub(1))),
            (Action::YearOn, Self::Year(of)) => Some(year(of.saturating_add(1))),
            (Action::YearBack | Action::YearOn, Self::Month(first)) => {
                Some(Self::Year(first.year()))
            }
            (Action::PeriodOn | Action::YearOn, Self::All) => Some(Self::All),
            _ => None,
        }
    }
}

/// What chooses and orders the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    version: u64,
    period: Period,
    find: String,
    lens: Lens,
    sort: usize,
    reversed: bool,
}

impl Choice {
    /// Whether the newest are the first of them.
    fn is_plain(&self) -> bool {
        self.find.is_empty()
            && self.lens.is_everybodys()
            && (self.sort, self.reversed) == (BY_DAY, false)
    }
}

/// All rows, and what they come to.
#[derive(Default)]
struct Listing {
    ids: Arc<Vec<i64>>,
    sums: PerCurrency<(i128, usize)>,
    ends: Ends,
}

impl Listing {
    fn read(
        store: &Reader,
        register: Register,
        choice: &Choice,
        projects: Option<&IdSet<ProjectId>>,
    ) -> Result<Self> {
        let span = choice.period.span();
        let mut all = store.entered(register, span)?;
        if let Some(projects) = projects {
            let mut theirs = IdSet::<PaymentId>::default();
            store.each_line(register, span, |id, project, _| {
                if projects.contains(&project) {
                    theirs.insert(PaymentId(id));
                }
            })?;
            all.retain(|row| theirs.contains(&PaymentId(row.id)));
        }
        let needle = Needle::new(&choice.find);
        if !needle.is_empty() {
            let found = found(store, register, span, &needle)?;
            all.retain(|row| found.has(row));
        }
        order(store, &mut all, choice)?;
        Ok(Self {
            sums: sums(&all),
            ends: Ends::of(all.iter().map(|row| (row.currency, row.amount))),
            ids: Arc::new(all.into_iter().map(|row| row.id).collect()),
        })
    }
}

/// What a search found: by its customer, or by itself and what it pays or bills.
struct Found {
    customers: IdSet<CustomerId>,
    rows: IdSet<PaymentId>,
}

impl Found {
    fn has(&self, row: &Entered) -> bool {
        self.customers.contains(&row.customer) || self.rows.contains(&PaymentId(row.id))
    }
}

fn found(store: &Reader, register: Register, span: Span, needle: &Needle) -> Result<Found> {
    let mut found = Found { customers: IdSet::default(), rows: IdSet::default() };
    store.each_customer(|id, text| {
        if needle.matches(text) {
            found.customers.insert(id);
        }
    })?;
    let mut add = |id, text: &str| {
        if needle.matches(text) {
            found.rows.insert(PaymentId(id));
        }
    };
    store.each_text(register, span, &mut add)?;
    store.each_line(register, span, |id, _, text| add(id, text))?;
    Ok(found)
}

/// Rows come newest first.
fn order(store: &Reader, all: &mut [Entered], choice: &Choice) -> Result<()> {
    match choice.sort {
        BY_AMOUNT => {
            // Amounts of different currencies stand apart.
            all.sort_by_key(|row| (row.currency.code(), Reverse(row.amount)));
        }
        BY_CUSTOMER => {
            let mut places: IdMap<CustomerId, usize> = IdMap::default();
            store.each_customer(|id, _| {
                places.insert(id, places.len());
            })?;
            all.sort_by_key(|row| places.get(&row.customer).copied());
        }
        _ => {}
    }
    if choice.reversed {
        all.reverse();
    }
    Ok(())
}

struct Shown<R> {
    period: Period,
    listing: Task<Choice, Listing>,
    newest: Memo<(u64, Period), Arc<Vec<i64>>>,
    projects: Memo<(u64, Lens), Option<IdSet<ProjectId>>>,
    /// How long the bills of the period waited for us, by currency.
    lag: Task<(u64, Period, Lens), Vec<Lag>>,
    ids: Arc<Vec<i64>>,
    is_counted: bool,
    rows: Window<R>,
}

impl<R> Default for Shown<R> {
    fn default() -> Self {
        Self {
            period: Period::default(),
            listing: Task::default(),
            newest: Memo::default(),
            projects: Memo::default(),
            lag: Task::default(),
            ids: Arc::default(),
            is_counted: false,
            rows: Window::default(),
        }
    }
}

impl<R: Kept> Shown<R> {
    fn choice(&self, view: &ListView, cx: &Cx<'_>) -> Choice {
        Choice {
            version: cx.ledger.version(),
            period: self.period,
            find: view.find.trim().to_owned(),
            lens: cx.ledger.lens.clone(),
            sort: view.sort,
            reversed: view.reversed,
        }
    }

    /// What is known of all that is listed.
    fn counted(&self) -> Option<&Listing> {
        self.listing.latest().map(|(_, listing)| listing).filter(|_| self.is_counted)
    }

    /// What all that is listed comes to, and how.
    fn explain(&self, view: &ListView, cx: &Cx<'_>) -> Result<Effect> {
        let Some(Listing { ids, sums, .. }) = self.counted() else {
            return Ok(Effect::Say(cx.ui.lang.searching().to_owned()));
        };
        let (title, portfolio) = (self.title(view, cx), &cx.ledger.portfolio);
        let (store, lang) = (&cx.ledger.store, cx.ui.lang);
        let of = (ids.as_slice(), sums);
        let of = ExplainedFigure::register(title, R::REGISTER, of, portfolio, store, MOST, lang)?;
        Ok(figure_made_of(of, cx))
    }

    /// How long bills waited for us; a search says nothing of it.
    fn lags(&self, cx: &Cx<'_>) -> Option<String> {
        let choice = self.listing.key()?;
        let key = (choice.version, choice.period, choice.lens.clone());
        let lags = self.lag.value(&key).filter(|_| choice.find.is_empty())?;
        let lang = cx.ui.lang;
        let several = lags.iter().filter(|lag| lag.billed != 0).count() > 1;
        let told = lags.iter().filter_map(|lag| {
            let days = days_of(lag.tenths()?);
            let code = if several { format!("{} {days}", lag.currency.code()) } else { days };
            Some(lang.invoice_lag_is(&code))
        });
        let told = lang.commas(told);
        (!told.is_empty()).then_some(told)
    }

    /// Brings other rows: those that were read are of no use.
    fn list(&mut self, ids: Arc<Vec<i64>>) {
        if !Arc::ptr_eq(&self.ids, &ids) {
            self.ids = ids;
            self.rows = Window::default();
        }
    }
}

/// Rows in the order of their ids.
fn read<R: Kept>(store: &Reader, ids: &[i64]) -> Result<Vec<R>> {
    let places: IdMap<PaymentId, usize> = ids.iter().copied().map(PaymentId).zip(0..).collect();
    let mut rows = R::read(store, ids)?;
    rows.sort_by_key(|row| places.get(&PaymentId(row.id())).copied());
    Ok(rows)
}

/// A column of the list on the screen. Days are as wide as each other; at the right they go down, as amounts do.
fn column(of: out::Column, cx: &Cx<'_>) -> Column {
    let (order, shape) = match of.name {
        "on" => (Some(BY_DAY), Column::number("", of.spare)),
        "amount" => (Some(BY_AMOUNT), Column::number("", of.spare)),
        "customer_name" => (Some(BY_CUSTOMER), Column::words("", 8, of.spare)),
        "id" | "sent_on" | "received_on" => (None, Column::whole("", of.spare)),
        _ if of.align == Align::Right => (None, Column::number("", of.spare)),
        "number" => (None, Column::words("", 12, of.spare)),
        _ => (None, Column::words("", 8, of.spare)),
    };
    let in_wan = cx.ledger.wan && of.align == Align::Right;
    let title = if in_wan { cx.ui.lang.column_in_wan(&of.header) } else { of.header };
    Column { title: title.into(), order, ..shape }
}

fn cell(name: &str, cell: &out::Cell<'_>, cx: &Cx<'_>) -> Cell {
    let theme = cx.ui.theme;
    let style = match name {
        "unapplied" => theme.warn(),
        "id" | "kind" | "method" => theme.dim(),
        _ => theme.text(),
    };
    match cell {
        out::Cell::Amount(0, _) => Cell::none(theme),
        out::Cell::Amount(minor, currency) => {
            let minor = i64::try_from(*minor).unwrap_or(i64::MAX);
            Cell::new(format::amount(minor, *currency, cx.ledger), style)
        }
        out::Cell::Text(_)
        | out::Cell::Number(_)
        | out::Cell::Day(_)
        | out::Cell::Expected(..)
        | out::Cell::Both(..) => Cell::new(cell.shown(), style),
    }
}

/// The columns of the list that stand on the screen: an amount has the sign of its currency.
fn fields<R: Listed>(lang: Lang) -> impl Iterator<Item = Field<R>> {
    R::fields(lang).into_iter().filter(|(of, _)| !of.aside && of.name != "currency")
}

impl<R: Kept> Source for Shown<R> {
    const ORDERS: usize = 3;
    const FILTERED: bool = false;
    const LENSED: bool = true;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        fields::<R>(cx.ui.lang).map(|(of, _)| column(of, cx)).collect()
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let ledger = &*cx.ledger;
        let choice = self.choice(view, cx);
        let theirs = (choice.version, choice.lens.clone());
        self.projects.try_refresh(theirs, || ledger.lens.projects(ledger))?;
        let (asked, projects) = (choice.clone(), self.projects.clone());
        let listing = self.listing.get(&choice, ledger.place(), move |store| {
            Listing::read(store, R::REGISTER, &asked, projects.as_ref())
        })?;
        self.is_counted = listing.is_some();
        if R::REGISTER == Register::Invoices {
            let key = (choice.version, choice.period, choice.lens.clone());
            let (span, today) = (choice.period.span(), ledger.today());
            let projects = self.projects.clone();
            self.lag.get(&key, ledger.place(), move |store| {
                let mut bills = store.waited_bills(span, today)?;
                bills.retain(|(item, _)| {
                    projects.as_ref().is_none_or(|projects| projects.contains(&item.project))
                });
                let each =
                    bills.iter().flat_map(|(item, all)| all.iter().map(move |bill| (item, bill)));
                Ok(lags(each, GroupBy::Currency))
            })?;
        }
        let listing = self.listing.value(&choice);
        let ids = listing.map(|listing| Arc::clone(&listing.ids));
        if let Some(ids) = ids {
            self.list(ids);
        } else if choice.is_plain() {
            let (period, key) = (self.period, (choice.version, self.period));
            self.newest.try_refresh(key, || {
                Ok(Arc::new(ledger.store.newest(R::REGISTER, period.span(), NEWEST)?))
            })?;
            self.list(Arc::clone(&self.newest));
        }
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let Self { ids, rows, .. } = self;
        rows.read(page, ids.len(), |places| {
            read(&cx.ledger.store, ids.get(places).unwrap_or_default())
        })
    }

    fn count(&self) -> usize {
        self.ids.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.ids.get(at).copied().map(R::key)
    }

    /// Of an invoice the milestones it bills.
    fn selection(&self, at: Option<usize>, _: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let row = at.and_then(|at| self.rows.get(at));
        if let Some(row) = row
            && let Some(invoice) = row.invoice()
        {
            let mut milestones: Vec<MilestoneId> = Vec::new();
            for line in row.lines() {
                if !milestones.contains(&line.milestone) {
                    milestones.push(line.milestone);
                }
            }
            let first = milestones.first().and_then(|id| cx.ledger.portfolio.get(*id));
            let selected = Selection::milestones(milestones, first);
            return Selection { invoice: Some(invoice), ..selected };
        }
        at.and_then(|at| self.key(at, cx)).map_or_else(Selection::default, Selection::row)
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(row) = self.rows.get(at) else {
            return Vec::new();
        };
        let lang = cx.ui.lang;
        fields::<R>(lang).map(|(of, get)| cell(of.name, &get(row, lang), cx)).collect()
    }

    fn widest(&mut self, cx: &Cx<'_>) -> Result<Vec<String>> {
        let ends = self.counted().map(|listing| &listing.ends);
        let most = ends.map_or_else(String::new, |ends| {
            ends.widest(|minor, currency| format::amount(minor, currency, cx.ledger))
        });
        let text = |(of, _): Field<R>| match of.align {
            Align::Right => most.clone(),
            Align::Left => String::new(),
        };
        Ok(fields::<R>(cx.ui.lang).map(text).collect())
    }

    /// The milestone, if it is of one; else the customer.
    fn open(&mut self, at: usize, _: &mut ListView, cx: &Cx<'_>) -> Effect {
        let Some(row) = self.rows.get(at) else {
            return Effect::None;
        };
        if let [only] = row.lines() {
            return Effect::Go(RowKey::Milestone(only.milestone));
        }
        match row.customer(&cx.ledger.store) {
            Ok(customer) => Effect::Go(RowKey::Customer(customer)),
            Err(error) => Effect::Say(cx.ui.lang.error(&error)),
        }
    }

    fn act(&mut self, action: Action, view: &mut ListView, cx: &Cx<'_>) -> Option<Effect> {
        if action == Action::Explain {
            let explained = self.explain(view, cx);
            return Some(explained.unwrap_or_else(|error| Effect::Say(cx.ui.lang.error(&error))));
        }
        self.period = self.period.after(action, cx.ledger.today())?;
        Some(Effect::None)
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        let (what, period) = (R::title(lang), self.period.name(lang));
        if self.is_counted {
            lang.register_title(what, &period, self.count())
        } else {
            lang.register_counting(what, &period)
        }
    }

    /// What all that is listed comes to.
    fn bottom(&self, cx: &Cx<'_>) -> String {
        self.counted().map_or_else(String::new, |listing| {
            let mut sums = PerCurrency::new();
            for (currency, (sum, _)) in listing.sums.iter() {
                sums.entry(currency, || *sum);
            }
            let sum = format::sums(&sums, cx.ledger);
            self.lags(cx).map_or(sum.clone(), |lags| cx.ui.lang.joined(&sum, &lags))
        })
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        let lang = cx.ui.lang;
        if !self.is_counted {
            lang.searching().into()
        } else if view.is_narrowed() {
            lang.nothing_found().into()
        } else if self.period == Period::All {
            R::none(lang).into()
        } else {
            lang.nothing_in_period().into()
        }
    }

    fn report(&self, view: &ListView, cx: &Cx<'_>) -> Result<Option<Box<dyn Report>>> {
        let choice = self.choice(view, cx);
        let store = &cx.ledger.store;
        let ids = match self.listing.value(&choice) {
            Some(listing) => Arc::clone(&listing.ids),
            None => Listing::read(store, R::REGISTER, &choice, self.projects.as_ref())?.ids,
        };
        Ok(Some(Box::new(Rows(read::<R>(store, &ids)?))))
    }

    fn scopes(&self) -> &'static [Scope] {
        R::SCOPES
    }

    fn back(&mut self) -> bool {
        std::mem::take(&mut self.period) != Period::All
    }

    fn reset(&mut self) {
        self.period = Period::All;
    }
}
