//! One customer, for the call: figures above, what is open and what was paid, and beside or below it whom to call,
//! what was promised and what was said last.
//!
//! ```text
//!  应收款 ¥320,000.00   逾期 ¥130,000.00   最近联系 11-20，可再联系
//! +- C002 华东水务集团 ------------------------++- 华东水务 ---------------------+
//! | 未结清节点 (2)                             || -- 联系人 -------------------- |
//! |  M2 进度款  2026-11-08  160,000.00  ! 逾期 || 李雷  财务  138-0000-0001      |
//! | 收款 (2)                                   || -- 最近联系 ------------------ |
//! |  #3 电汇    2026-11-18   20,000.00         || 2026-11-20  到期提醒，已沟通   |
//! +--------------------------------------------++--------------------------------+
//! ```

pub mod about;
mod closed;
pub mod dealings;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::item::Item;
use crate::error::Result;
use crate::exchange::lists::PaperLine;
use crate::report::debtors::{Debtor, debtors};
use crate::report::todos::TodoLine;
use crate::store::{Note, PaymentDetail};
use crate::text::Lang;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{Ledger, Memo};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::keymap::{RowKind, Scope};
use crate::tui::list_screen::{ListScreen, Source, beside, select};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::screens::entries::Dealing;
use crate::tui::screens::page::{self, Page, Tab};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::Line;

use dealings::Dealings;

/// Within the view this action opens.
pub fn open(id: CustomerId, tab: Action) -> Box<dyn Screen> {
    Page::open(id, tab, &TABS)
}

static TABS: [Tab<CustomerId>; 6] = [
    Tab { title: Lang::tab_open, count: Some(|counts| counts.milestones), open: owed },
    Tab::of::<Dealing>(),
    Tab::of::<PaperLine>(),
    Tab::of::<TodoLine>(),
    Tab::of::<Note>(),
    Tab { title: Lang::tab_closed, count: Some(|counts| counts.closed), open: closed::open },
];

fn owed(id: CustomerId, tab: Action) -> Box<dyn Screen> {
    let customer = Customer { id, facts: Memo::default(), rows: Memo::default() };
    Box::new(ListScreen::new(tab, customer))
}

/// Everything shown of one customer.
#[derive(Default)]
struct Facts {
    debtor: Option<Debtor>,
    dealings: Dealings,
    /// Those that are open.
    items: Vec<Item>,
    payments: Vec<PaymentDetail>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// The heading of so many open milestones.
    Items(usize),
    Item(usize),
    /// The heading of so many payments.
    Payments(usize),
    Payment(usize),
}

struct Customer {
    id: CustomerId,
    facts: Memo<u64, Facts>,
    rows: Memo<(u64, String), Vec<Row>>,
}

impl Facts {
    fn read(id: CustomerId, ledger: &Ledger) -> Result<Self> {
        let today = ledger.today();
        let portfolio = &ledger.portfolio;
        let own = portfolio.items().iter().filter(|item| item.customer == id && item.balance > 0);
        let mut items: Vec<Item> = own.cloned().collect();
        items.sort_by_key(|item| {
            let due = item.due(today);
            (item.firm_due(today).is_none(), due.is_none(), due, item.id)
        });
        let unapplied = portfolio.unapplied.iter().filter(|money| money.customer == id);
        let unapplied: Vec<_> = unapplied.copied().collect();
        let main = ledger.digest.main;
        let debtor = debtors(&items, &unapplied, &portfolio.customers, today, main)?.pop();
        Ok(Self {
            debtor,
            dealings: Dealings::read(id, ledger)?,
            items,
            payments: ledger.store.payments_of(id)?,
        })
    }

    fn rows(&self, find: &str, ledger: &Ledger) -> Vec<Row> {
        let needle = Needle::new(find);
        let names = &ledger.portfolio.names;
        let items = self.items.iter().enumerate().filter(|(_, item)| {
            let own = names.milestone(item.id);
            let all = [&format::project(item, names), &*own.code, &*own.name];
            needle.is_empty() || needle.matches(&all.join(" "))
        });
        let items: Vec<usize> = items.map(|(at, _)| at).collect();
        let payments = self.payments.iter().enumerate().filter(|(_, payment)| {
            let all = [payment.payer.as_str(), &payment.bank_ref, &payment.note];
            needle.is_empty() || needle.matches(&all.join(" "))
        });
        let payments: Vec<Row> = payments.map(|(at, _)| Row::Payment(at)).collect();
        let mut rows = vec![Row::Items(items.len())];
        rows.extend(items.into_iter().map(Row::Item));
        rows.push(Row::Payments(payments.len()));
        rows.extend(payments);
        rows
    }
}

/// A heading within the list: the columns' titles are those of milestones, payments have their own.
fn heading(cells: [&str; 5], count: usize, cx: &Cx<'_>) -> Vec<Cell> {
    let [title, day, amount, open, note] = cells;
    let title = format!("{title} ({count})");
    // The project's column goes on narrow screens: the title stands in the one that stays.
    Cell::row(["", &title, day, amount, open, note], cx.ui.theme.strong())
}

fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let lang = cx.ui.lang;
    vec![
        Column::words(lang.project_word(), 8, 2),
        Column::words(lang.milestone_word(), 14, 0),
        Column::whole(lang.due_word(), 0),
        format::money_column(lang.amount_short(), 1, cx),
        format::money_column(lang.open_word(), 0, cx),
        Column::words(lang.status_word(), 15, 0),
    ]
}

fn item_cells(item: &Item, cx: &Cx<'_>) -> Vec<Cell> {
    let (names, today) = (&cx.ledger.portfolio.names, cx.ledger.today());
    let due = format::due_day(item, today, cx.ui.lang);
    let money = |minor: i64| cx.ledger.money(minor, item.currency);
    vec![
        Cell::plain(format::project(item, names)),
        Cell::plain(format::milestone(item, names)),
        Cell::plain(due.unwrap_or_else(|| "-".to_owned())),
        Cell::plain(money(item.amount)),
        Cell::plain(money(item.balance)),
        format::status_cell(item, today, &cx.ledger.portfolio.policy, cx.ui),
    ]
}

fn payment_cells(payment: &PaymentDetail, cx: &Cx<'_>) -> Vec<Cell> {
    let (lang, theme) = (cx.ui.lang, cx.ui.theme);
    let money = |minor: i64| cx.ledger.money(minor, payment.currency);
    let mut what = format!("{} {}", payment.id, lang.method(payment.method));
    if !payment.payer.is_empty() {
        what.push_str(lang.comma());
        what.push_str(&lang.payer_word(&payment.payer));
    }
    let mut pays: Vec<String> = Vec::new();
    if payment.reversed > 0 {
        pays.push(lang.reversed_word(&money(payment.reversed)));
    }
    let paid = payment.allocations.iter().filter(|paid| paid.amount > 0);
    pays.extend(paid.map(|paid| {
        let name = if paid.key.is_empty() { &paid.name } else { &paid.key };
        format!("{name} {}", money(paid.amount))
    }));
    if pays.is_empty() {
        pays.push(lang.pays_nothing().to_owned());
    }
    let unapplied = if payment.unapplied > 0 {
        Cell::new(money(payment.unapplied), theme.good())
    } else {
        Cell::none(theme)
    };
    vec![
        Cell::plain(payment.bank_ref.as_str()),
        Cell::plain(what),
        Cell::plain(payment.received_on.to_string()),
        Cell::plain(money(payment.amount)),
        unapplied,
        Cell::plain(pays.join(lang.comma())),
    ]
}

impl Source for Customer {
    const FILTERED: bool = false;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        columns(cx)
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let version = cx.ledger.version();
        self.facts.try_refresh(version, || Facts::read(self.id, cx.ledger))?;
        self.rows.try_refresh((version, view.find.clone()), || {
            if !view.find.is_empty() {
                cx.ledger.name_items(&self.facts.items)?;
            }
            Ok(self.facts.rows(&view.find, cx.ledger))
        })?;
        Ok(())
    }

    fn scopes(&self) -> &'static [Scope] {
        page::SCOPES
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        let Facts { items, payments, .. } = &*self.facts;
        match *self.rows.get(at)? {
            Row::Items(_) => Some(RowKey::Heading(0)),
            Row::Payments(_) => Some(RowKey::Heading(1)),
            Row::Item(at) => items.get(at).map(|item| RowKey::Milestone(item.id)),
            Row::Payment(at) => payments.get(at).map(|payment| RowKey::Payment(payment.id)),
        }
    }

    fn is_heading(&self, at: usize) -> bool {
        self.rows.get(at).is_some_and(|row| match row {
            Row::Items(_) | Row::Payments(_) => true,
            Row::Item(_) | Row::Payment(_) => false,
        })
    }

    fn item<'a>(&'a self, id: MilestoneId, _: &'a Cx<'_>) -> Option<&'a Item> {
        self.facts.items.iter().find(|item| item.id == id)
    }

    fn place(&self, at: usize) -> (usize, usize) {
        let rows = |to: usize| (0..to).filter(|at| !self.is_heading(*at)).count();
        (rows(at + 1), rows(self.count()))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let lang = cx.ui.lang;
        let Facts { items, payments, .. } = &*self.facts;
        let cells = self.rows.get(at).and_then(|row| match *row {
            Row::Items(count) => Some(heading([lang.open_items(), "", "", "", ""], count, cx)),
            Row::Payments(count) => {
                let titles = [
                    lang.payments_word(),
                    lang.received_on_word(),
                    lang.amount_short(),
                    lang.unapplied_short(),
                    lang.pays_word(),
                ];
                Some(heading(titles, count, cx))
            }
            Row::Item(at) => items.get(at).map(|item| item_cells(item, cx)),
            Row::Payment(at) => payments.get(at).map(|payment| payment_cells(payment, cx)),
        });
        cells.unwrap_or_default()
    }

    fn selection(&self, at: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let selected = select(self, at, milestones, cx);
        if selected.row == Some(RowKind::Milestone) {
            return selected;
        }
        Selection { row: Some(RowKind::Customer), customer: Some(self.id), ..Selection::default() }
    }

    /// A payment opens what it pays first.
    fn open(&mut self, at: usize, _: &mut ListView, cx: &Cx<'_>) -> Effect {
        let payment = self.rows.get(at).and_then(|row| match *row {
            Row::Payment(at) => self.facts.payments.get(at),
            Row::Items(_) | Row::Item(_) | Row::Payments(_) => None,
        });
        let paid = payment.and_then(|payment| payment.allocations.first());
        let paid = paid.map(|paid| RowKey::Milestone(paid.milestone));
        paid.or_else(|| self.key(at, cx)).map_or(Effect::None, Effect::Go)
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        about::title(&self.facts.dealings, cx.ui)
    }

    fn above(&self, _: &ListView, area: Rect, cx: &Cx<'_>) -> Result<Vec<Line>> {
        let Facts { debtor, dealings, .. } = &*self.facts;
        about::lines(self.id, debtor.as_ref(), dealings, area, cx)
    }

    /// What is open.
    fn bottom(&self, cx: &Cx<'_>) -> String {
        let items = &self.facts.items;
        let sum = format::sums(&format::open_sum(items.iter()), cx.ledger);
        if sum.is_empty() {
            cx.ui.lang.shown_items(items.len())
        } else {
            cx.ui.lang.shown_sum(items.len(), &sum)
        }
    }

    fn aside(
        &mut self,
        _: Option<RowKey>,
        room: usize,
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let lines = self.facts.dealings.lines(room, cx);
        Ok(Some((cx.ui.lang.dealings_title().to_owned(), lines)))
    }

    /// Beside each other where there is room, else one below the other, the one with the focus larger.
    fn split(&self, area: Rect, focused: bool) -> Option<[Rect; 2]> {
        let below = || {
            let detail = if focused { area.height.saturating_sub(6) } else { area.height * 2 / 5 };
            let parts = [Constraint::Min(0), Constraint::Length(detail)];
            Layout::vertical(parts).areas(area)
        };
        Some(beside(area).unwrap_or_else(below))
    }
}
