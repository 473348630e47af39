//! Today: what changed since the ledger was last seen, five figures, and the worklist with each item in detail.
//!
//! ```text
//! ┌ Overdue (14) ─────┐┌ Due 7d (3) ───┐┌ Promised 7d (2) ┐ …
//! │ ¥1,284,500.00     ││ ¥320,000.00   ││ ¥180,000.00     │ …
//! │ ▂▃▃▅▆▇█           ││ ▃▁▂▂▅█▃       ││ ▁▂▁▁▃▂▂         │ …
//! └───────────────────┘└───────────────┘└─────────────────┘
//!  Since the last look (11-18): 2 promises broken, ¥50,000.00 came in  (gs lists it, Esc hides it)
//! +- Worklist (14) ---------------------------------+- 星河科技 / P-2031 数据中台 / M3 验收款 -+
//! |  Customer   Milestone       Open    Late  Next  | 480,000.00 of 480,000.00 open, due …    |
//! +--------------------------------------------------+-----------------------------------------+
//! ```

mod calendar;
mod figures;

use std::borrow::Cow;
use std::ops::Range;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::domain::dunning::{Act, Wait, Watch};
use crate::domain::ids::{CustomerId, IdSet, MilestoneId};
use crate::domain::item::Item;
use crate::domain::money::Currency;
use crate::error::Result;
use crate::exchange::digest as digest_words;
use crate::exchange::lists::todo_title;
use crate::exchange::snapshot::history;
use crate::report::aging::GroupKey;
use crate::report::debtors::{Debtor, debtors};
use crate::report::digest;
use crate::report::errands::Errand;
use crate::report::figures::Contract;
use crate::report::fortnight::Fortnight;
use crate::report::history::History;
use crate::store::{Condition, Todo};
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{
    ChangesSince, FilterInput, Found, ItemFilter, Lack, Ledger, Lens, Memo, Task,
};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::forms::Recording;
use crate::tui::list_screen::widest::{self, Looked, Open};
use crate::tui::list_screen::{self, ListScreen, Source, beside};
use crate::tui::screen::{Cx, ListView, RowsKey, Screen};
use crate::tui::screens::customer::about;
use crate::tui::screens::customer::dealings::Dealings;
use crate::tui::screens::todos;
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::Line;

/// From how many columns and rows on the figures are tiles.
const TILED: (u16, u16) = (110, 28);

/// From how many columns on the project gives way before what is to be done is cut: the details have it.
const WIDE: u16 = 126;
/// Cells of what is to be done at least, by whether the screen is that wide.
const ACT: [usize; 2] = [24, 36];

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoToday, Today::default()))
}

/// One row, by its place in the worklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// Something to do for an account.
    Errand(usize),
    /// Something to do.
    Work(usize),
    /// A to-do that is due.
    Todo(usize),
    /// Shows or hides what waits and what is watched.
    Fold,
    Wait(usize),
    Watch(usize),
}

#[derive(Default)]
struct Worklist {
    rows: Vec<Row>,
    /// Rows of the worklist, to-dos among them, rows that wait and rows that are watched, as narrowed.
    working: usize,
    waiting: usize,
    watched: usize,
}

#[derive(Default)]
struct Today {
    /// By what chooses them, and whether what waits is shown.
    list: Memo<(RowsKey, bool), Worklist>,
    since: Memo<u64, Option<ChangesSince>>,
    /// Read once what is folded is shown.
    contracts: Memo<u64, Vec<Contract>>,
    /// How the figures stood in past weeks, by version and currency.
    history: Task<(u64, Currency), History>,
    fortnight: Memo<u64, Fortnight>,
    /// What was to be met by now, and what of it is shown.
    late: Task<u64, Vec<Condition>>,
    /// What is open after its settlement lapsed.
    lapsed: Memo<(u64, Lens), Vec<MilestoneId>>,
    /// Of everything open.
    widest: Memo<Looked, Vec<String>>,
    /// Of the customer under the cursor, where something is to be done for its account.
    account: Memo<(u64, CustomerId), (Option<Debtor>, Dealings)>,
    /// What it is narrowed to beside the lens.
    own: FilterInput,
    dismissed: bool,
    /// Whether it was drawn with tiles: what they show besides can wait for the first frame.
    tiled: bool,
    /// Whether the terminal is wide.
    wide: bool,
    /// The first row seen: it names its customer even if another leads.
    top: usize,
}

impl Worklist {
    fn new(view: &ListView, own: &FilterInput, found: Option<&Found>, ledger: &Ledger) -> Self {
        let filter = ItemFilter::new(ledger, own.filter());
        let passing = filter.ids();
        let passes = |id: MilestoneId| {
            passing.as_ref().is_none_or(|passing| passing.contains(&id))
                && found.is_none_or(|found| found.has(id))
        };
        let desks = ledger.lens.desks(&ledger.portfolio);
        let concerns = |id: MilestoneId, act: Option<Act>| {
            desks.as_ref().is_none_or(|desks| {
                ledger.portfolio.get(id).is_some_and(|item| desks.have(item, act))
            })
        };
        let fits = |id: MilestoneId| passes(id) && concerns(id, None);
        let list = &ledger.digest.worklist;
        let mut todos = due(view, &passes, &|id| concerns(id, None), ledger);
        let errands = ledger.digest.errands.as_slice();
        let accounts = errands_of(errands, view, &fits, ledger);
        let mut rows: Vec<Row> = accounts.into_iter().map(Row::Errand).collect();
        let mut before = None;
        let is_work = |id, act| passes(id) && concerns(id, Some(act));
        let work = list.entries.iter().enumerate();
        for (at, entry) in work.filter(|(_, entry)| is_work(entry.id, entry.act)) {
            if before.is_some_and(|before| before != entry.customer) {
                rows.extend(theirs(&mut todos, before));
            }
            before = Some(entry.customer);
            rows.push(Row::Work(at));
        }
        rows.extend(before.map(|_| theirs(&mut todos, before)).unwrap_or_default());
        // Those of customers with nothing else to do, then those of nobody.
        while let Some((_, customer)) = todos.iter().find(|(_, of)| of.is_some()).copied() {
            rows.extend(theirs(&mut todos, customer));
        }
        rows.extend(theirs(&mut todos, None));
        let working = rows.len();
        let waiting = list.waiting.iter().enumerate();
        let waiting: Vec<usize> = waiting.filter(|(_, w)| fits(w.id)).map(|(at, _)| at).collect();
        let watched = list.watched.iter().enumerate();
        let watched: Vec<usize> = watched.filter(|(_, w)| fits(w.id)).map(|(at, _)| at).collect();
        if !waiting.is_empty() || !watched.is_empty() {
            rows.push(Row::Fold);
        }
        if view.more {
            rows.extend(waiting.iter().map(|at| Row::Wait(*at)));
            rows.extend(watched.iter().map(|at| Row::Watch(*at)));
        }
        Self { rows, working, waiting: waiting.len(), watched: watched.len() }
    }
}

/// The to-dos that are due and fit, by their places, with their customers.
fn due(
    view: &ListView,
    passes: &dyn Fn(MilestoneId) -> bool,
    concerns: &dyn Fn(MilestoneId) -> bool,
    ledger: &Ledger,
) -> Vec<(usize, Option<CustomerId>)> {
    let needle = Needle::new(&view.find);
    let is_owners = |todo: &Todo| ledger.lens.is_everybodys() || ledger.lens.has(&todo.owner);
    let is_shown = |todo: &Todo| match todo.milestone {
        Some(id) if ledger.portfolio.get(id).is_some() => {
            passes(id) && (is_owners(todo) || concerns(id))
        }
        Some(_) | None => {
            let is_theirs = is_owners(todo);
            let texts = [Some(&todo.title), todo.customer_name.as_ref()];
            let texts: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
            view.filter.trim().is_empty() && is_theirs && needle.matches(&texts.join(" "))
        }
    };
    let all = ledger.digest.todos.first.iter().enumerate();
    all.filter(|(_, todo)| is_shown(todo)).map(|(at, todo)| (at, todo.customer)).collect()
}

/// Takes out those of a customer, or of none.
fn theirs(todos: &mut Vec<(usize, Option<CustomerId>)>, customer: Option<CustomerId>) -> Vec<Row> {
    let (taken, left) = todos.iter().partition(|(_, of)| *of == customer);
    *todos = left;
    let taken: Vec<(usize, Option<CustomerId>)> = taken;
    taken.into_iter().map(|(at, _)| Row::Todo(at)).collect()
}

impl Today {
    fn todo<'a>(&self, at: usize, cx: &'a Cx<'_>) -> Option<&'a Todo> {
        match *self.list.rows.get(at)? {
            Row::Todo(at) => cx.ledger.digest.todos.first.get(at),
            Row::Errand(_) | Row::Work(_) | Row::Wait(_) | Row::Watch(_) | Row::Fold => None,
        }
    }

    /// Whose a row is; a to-do can be nobody's.
    fn customer(&self, at: usize, cx: &Cx<'_>) -> Option<CustomerId> {
        let of_todo = || self.todo(at, cx).and_then(|todo| todo.customer);
        self.row_item(at, cx).map(|item| item.customer).or_else(of_todo)
    }

    fn milestone(&self, at: usize, cx: &Cx<'_>) -> Option<MilestoneId> {
        let list = &cx.ledger.digest.worklist;
        match *self.list.rows.get(at)? {
            Row::Work(at) => list.entries.get(at).map(|entry| entry.id),
            Row::Wait(at) => list.waiting.get(at).map(|waiting| waiting.id),
            Row::Watch(at) => list.watched.get(at).map(|watched| watched.id),
            Row::Todo(_) | Row::Errand(_) | Row::Fold => None,
        }
    }

    fn errand<'a>(&self, at: usize, cx: &'a Cx<'_>) -> Option<&'a Errand> {
        match *self.list.rows.get(at)? {
            Row::Errand(at) => cx.ledger.digest.errands.get(at),
            Row::Work(_) | Row::Todo(_) | Row::Wait(_) | Row::Watch(_) | Row::Fold => None,
        }
    }

    fn errand_cells(errand: &Errand, cx: &Cx<'_>) -> Vec<Cell> {
        let (ledger, theme, lang) = (&*cx.ledger, cx.ui.theme, cx.ui.lang);
        let (amount, currency) = errand.amount();
        let recording = match errand {
            Errand::Allocate(_) | Errand::Present(..) | Errand::Clear(_) => Recording::Payments,
            Errand::Renew(_) | Errand::Answer(..) => Recording::Paper,
            Errand::Warranty(_) => Recording::Note,
        };
        let key = cx.ui.key(Action::Record(recording));
        let words = digest_words::errand(errand, &ledger.portfolio.names, ledger.today(), lang);
        vec![
            Cell::new(ledger.portfolio.names.customer(errand.customer()).short(), theme.strong()),
            Cell::plain(""),
            Cell::plain(""),
            if amount == 0 {
                Cell::none(theme)
            } else {
                Cell::plain(format::amount(amount, currency, ledger))
            },
            Cell::none(theme),
            Cell::new(lang.with_key(&words, &key), theme.good()),
        ]
    }

    fn row_item<'a>(&self, at: usize, cx: &'a Cx<'_>) -> Option<&'a Item> {
        cx.ledger.portfolio.get(self.milestone(at, cx)?)
    }

    /// Whether a row names its customer: the first of it, and the first seen.
    fn leads(&self, at: usize, cx: &Cx<'_>) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.customer(before, cx));
        let is_first = at.checked_sub(1).is_none_or(|at| !self.is_work(at));
        at == self.top || is_first || before != self.customer(at, cx)
    }

    fn todo_cells(todo: &Todo, leads: bool, cx: &Cx<'_>) -> Vec<Cell> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let name_style = if leads { theme.strong() } else { theme.dim() };
        let name = todo.customer_name.as_deref().unwrap_or(lang.todo_ours());
        let late = todo.due_on.map_or(0, |due| (cx.ledger.today() - due).num_days());
        let late =
            if late > 0 { Cell::new(lang.days(late), theme.heat(late)) } else { Cell::none(theme) };
        let act = lang.todo_act(&todo_title(todo, lang));
        let act = if todo.owner.is_empty() { act } else { format!("{act} ({})", todo.owner) };
        vec![
            Cell::new(name, name_style),
            Cell::new(todo.project_code.as_deref().unwrap_or_default(), theme.dim()),
            Cell::plain(todo.milestone_name.as_deref().unwrap_or_default()),
            Cell::none(theme),
            late,
            Cell::plain(act),
        ]
    }

    fn item_cells(item: &Item, customer: bool, next: Cell, cx: &Cx<'_>) -> Vec<Cell> {
        let (ledger, theme) = (&*cx.ledger, cx.ui.theme);
        let (names, today) = (&ledger.portfolio.names, ledger.today());
        let late = match item.days_late(today) {
            days @ 1.. => Cell::new(cx.ui.lang.days(days), theme.heat(days)),
            _ => Cell::none(theme),
        };
        let name_style = if customer { theme.strong() } else { theme.dim() };
        vec![
            Cell::new(names.customer(item.customer).short(), name_style),
            Cell::new(names.project(item.project).code.clone(), theme.dim()),
            Cell::plain(names.milestone(item.id).name.clone()),
            Cell::plain(format::amount(item.balance, item.currency, ledger)),
            late,
            next,
        ]
    }

    /// The conditions that were to be met by now of what is open, the longest first.
    fn late_line(&self, cx: &Cx<'_>) -> Option<Line> {
        let (ledger, lang) = (&*cx.ledger, cx.ui.lang);
        let (_, late) = self.late.latest()?;
        let desks = ledger.lens.desks(&ledger.portfolio);
        let is_shown = |one: &&Condition| {
            let item = ledger.portfolio.get(one.milestone);
            item.is_some_and(|item| desks.as_ref().is_none_or(|desks| desks.have(item, None)))
        };
        let shown: Vec<&Condition> = late.iter().filter(is_shown).collect();
        let first = shown.first()?;
        let name = first.key.as_deref().unwrap_or(&first.name);
        let text = lang.late_conditions(shown.len(), name, &first.wording);
        Some(vec![(text, cx.ui.theme.warn())])
    }

    /// What is open after its settlement lapsed, the longest first.
    fn lapsed_line(&self, cx: &Cx<'_>) -> Option<Line> {
        let (portfolio, today) = (&cx.ledger.portfolio, cx.ledger.today());
        let first = self.lapsed.first().and_then(|id| portfolio.get(*id))?;
        let by = cx.ui.lang.day(first.lapsed_by(today)?, today);
        let name = portfolio.names.milestone(first.id);
        let name = name.code().unwrap_or(&name.name);
        let text = cx.ui.lang.lapsed_settlements(self.lapsed.len(), name, &by);
        Some(vec![(text, cx.ui.theme.warn())])
    }

    /// The row that shows or hides what waits.
    fn fold_cells(&self, cx: &Cx<'_>) -> Vec<Cell> {
        let (lang, dim) = (cx.ui.lang, cx.ui.theme.dim());
        let open = self.list.key().is_some_and(|(_, more)| *more);
        let key = cx.ui.key(Action::Open);
        let hint = if open { lang.fold_hides(&key) } else { lang.fold_shows(&key) };
        let parts = [
            (self.list.waiting, lang.waiting_title(self.list.waiting)),
            (self.list.watched, lang.watched_title(self.list.watched)),
        ];
        let title = lang.commas(parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, title)| title));
        vec![Cell::spanning(format!("{title}  {hint}"), dim)]
    }
}

/// The errands for those of whom something is listed.
fn errands_of(
    errands: &[Errand],
    view: &ListView,
    fits: &dyn Fn(MilestoneId) -> bool,
    ledger: &Ledger,
) -> Vec<usize> {
    if errands.is_empty() || (!view.is_narrowed() && ledger.lens.is_everybodys()) {
        return (0..errands.len()).collect();
    }
    let of: IdSet<CustomerId> = errands.iter().map(Errand::customer).collect();
    let items = ledger.portfolio.items().iter().filter(|item| of.contains(&item.customer));
    let listed: IdSet<CustomerId> =
        items.filter(|item| fits(item.id)).map(|item| item.customer).collect();
    let is_theirs = |errand: &Errand| {
        !view.is_narrowed() && ledger.portfolio.errand_concerns(ledger.lens.people(), errand)
    };
    let is_listed =
        |(_, errand): &(usize, &Errand)| listed.contains(&errand.customer()) || is_theirs(errand);
    errands.iter().enumerate().filter(is_listed).map(|(at, _)| at).collect()
}

/// For what, and until when; the details tell the rest.
fn wait(wait: Wait, cx: &Cx<'_>) -> String {
    let lang = cx.ui.lang;
    let why = lang.wait_reason(wait.why);
    wait.until.map_or_else(
        || why.to_owned(),
        |until| lang.waits_until(why, &lang.day(until, cx.ledger.today())),
    )
}

fn next(act: Act, item: &Item, broken: bool, cx: &Cx<'_>) -> Cell {
    let (lang, theme) = (cx.ui.lang, cx.ui.theme);
    let told = broken && act != Act::FollowUp;
    let word = lang.act(act);
    let word = if told { lang.act_after_broken(word) } else { word.to_owned() };
    let calls = item.calls_due(cx.ledger.today());
    let word = if calls { lang.act_or_call_due(&word) } else { word };
    let word = with_late(word, item, cx);
    let lapsed = item.has_lapsed(cx.ledger.today());
    let word = if lapsed { lang.act_after_lapse(&word) } else { word };
    if broken { Cell::new(format!("! {word}"), theme.bad()) } else { Cell::plain(word) }
}

/// The same, and how late that is with us.
fn with_late(word: String, item: &Item, cx: &Cx<'_>) -> String {
    match cx.ledger.portfolio.late_with_us(item) {
        Some(late) => digest_words::act_late(&word, late, cx.ui.lang),
        None => word,
    }
}

/// What an errand is about.
const fn about(errand: &Errand) -> RowKey {
    match errand {
        Errand::Warranty(one) => RowKey::Project(one.project),
        Errand::Allocate(_)
        | Errand::Present(..)
        | Errand::Clear(_)
        | Errand::Renew(_)
        | Errand::Answer(..) => RowKey::Customer(errand.customer()),
    }
}

impl Source for Today {
    const BEGINS: bool = true;
    const GOES_ON: bool = true;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::words(lang.customer_word(), 11, 0),
            Column::words(lang.project_word(), 6, 2),
            Column::words(lang.milestone_word(), 10, 0),
            format::money_column(lang.column_open(), 0, cx),
            Column::number(lang.column_late(), 0),
            Column::words(lang.column_act(), ACT[usize::from(self.wide)], 0),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let found = cx.ledger.find(&view.find)?;
        let ledger = &*cx.ledger;
        let key = view.key(found.as_ref().map(|found| found.serial), ledger);
        self.own.read(view.filter.trim(), ledger, cx.ui.lang);
        let own = &self.own;
        self.list.refresh((key, view.more), || Worklist::new(view, own, found.as_ref(), ledger));
        self.since.try_refresh(ledger.version(), || ledger.last_seen.changes(ledger))?;
        if view.more {
            self.contracts.try_refresh(ledger.version(), || {
                digest::contracts(&ledger.store, &ledger.portfolio, ledger.digest.main)
            })?;
        }
        let (today, past) = (ledger.today(), ledger.portfolio.is_past());
        self.late.get(&ledger.version(), ledger.place(), move |store| {
            store.late_conditions(today, past)
        })?;
        let lens = &ledger.lens;
        self.lapsed.refresh((ledger.version(), lens.clone()), || {
            ledger.portfolio.lapsed((!lens.is_everybodys()).then_some(lens.people()))
        });
        if self.tiled || !ledger.place().is_large()? {
            let main = ledger.digest.main;
            let key = (ledger.version(), main);
            self.history.get(&key, ledger.place(), move |store| history(store, main, today))?;
        }
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        self.top = page.start;
        cx.ledger.name_accounts()?;
        if let Some(first) = self.lapsed.first() {
            cx.ledger.name(&[*first])?;
        }
        list_screen::read_names(self, page, cx)
    }

    fn count(&self) -> usize {
        self.list.rows.len()
    }

    fn key(&self, at: usize, cx: &Cx<'_>) -> Option<RowKey> {
        let id = self.milestone(at, cx).map(RowKey::Milestone);
        let todo = || self.todo(at, cx).map(|todo| RowKey::Todo(todo.id));
        let errand = || {
            self.errand(at, cx).map(|errand| match errand {
                Errand::Allocate(money) => {
                    RowKey::Aging(GroupKey::Customer(money.customer), money.currency)
                }
                Errand::Present(bill, _) => RowKey::Payment(bill.payment),
                Errand::Clear(one) => RowKey::Payment(one.payment),
                Errand::Renew(paper) => RowKey::Paper(paper.paper),
                Errand::Answer(paper, _) => RowKey::Paper(paper.paper),
                Errand::Warranty(one) => RowKey::Project(one.project),
            })
        };
        Some(id.or_else(todo).or_else(errand).unwrap_or(RowKey::Heading(0)))
    }

    fn is_work(&self, at: usize) -> bool {
        matches!(self.list.rows.get(at), Some(Row::Errand(_) | Row::Work(_) | Row::Todo(_)))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let (list, lang) = (&cx.ledger.digest.worklist, cx.ui.lang);
        if let Some(errand) = self.errand(at, cx) {
            return Self::errand_cells(errand, cx);
        }
        match (self.list.rows.get(at), self.row_item(at, cx)) {
            (Some(Row::Work(of)), Some(item)) => {
                let entry = list.entries.get(*of);
                let next = entry.map(|entry| next(entry.act, item, entry.broken, cx));
                let next = next.unwrap_or_else(|| Cell::plain(""));
                Self::item_cells(item, self.leads(at, cx), next, cx)
            }
            (Some(Row::Todo(_)), _) => match self.todo(at, cx) {
                Some(todo) => Self::todo_cells(todo, self.leads(at, cx), cx),
                None => Vec::new(),
            },
            (Some(Row::Wait(of)), Some(item)) => {
                let waits = list.waiting.get(*of).map(|waiting| wait(waiting.wait, cx));
                let waits = waits.map(|word| with_late(word, item, cx));
                let next = Cell::new(waits.unwrap_or_default(), cx.ui.theme.dim());
                Self::item_cells(item, true, next, cx)
            }
            (Some(Row::Watch(of)), Some(item)) => {
                let today = cx.ledger.today();
                let why = list.watched.get(*of).map(|watched| match watched.watch {
                    Watch::Late(_) => {
                        let late = cx.ledger.portfolio.late_with_us(item);
                        late.map_or_else(String::new, |late| digest_words::late_words(late, lang))
                    }
                    Watch::Between(_) | Watch::Silence(_) | Watch::NoDate(_) => {
                        with_late(lang.watch(watched.watch, today), item, cx)
                    }
                });
                let next = Cell::new(why.unwrap_or_default(), cx.ui.theme.dim());
                Self::item_cells(item, true, next, cx)
            }
            _ => self.fold_cells(cx),
        }
    }

    fn widest(&mut self, cx: &Cx<'_>) -> Result<Vec<String>> {
        let (ledger, lang) = (&*cx.ledger, cx.ui.lang);
        self.widest.refresh(widest::looked(cx), || {
            let open = Open::of(ledger.portfolio.items(), ledger.today());
            let amount =
                open.balances.widest(|minor, currency| format::amount(minor, currency, ledger));
            let none = String::new;
            vec![none(), none(), none(), amount, lang.days(open.days)]
        });
        Ok(self.widest.clone())
    }

    fn open(&mut self, at: usize, view: &mut ListView, cx: &Cx<'_>) -> Effect {
        if let Some(id) = self.milestone(at, cx) {
            return Effect::Go(RowKey::Milestone(id));
        }
        if let Some(todo) = self.todo(at, cx) {
            return todos::opens(todo, cx);
        }
        if let Some(errand) = self.errand(at, cx) {
            return Effect::Go(about(errand));
        }
        view.more = !view.more;
        Effect::None
    }

    fn selection(&self, at: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let alone = at.filter(|_| milestones.is_empty());
        let todo = alone.and_then(|at| self.todo(at, cx));
        match (todo, alone.and_then(|at| self.errand(at, cx))) {
            (Some(todo), _) => Selection::todo(todo),
            (None, Some(errand)) => Selection::row(about(errand)),
            (None, None) => list_screen::select(self, at, milestones, cx),
        }
    }

    fn act(&mut self, action: Action, _: &mut ListView, cx: &Cx<'_>) -> Option<Effect> {
        match action {
            Action::Sort | Action::Reverse => {
                Some(Effect::Say(cx.ui.lang.order_is_fixed().to_owned()))
            }
            Action::Back => {
                self.dismissed = true;
                Some(Effect::None)
            }
            _ => None,
        }
    }

    fn fit(&mut self, area: Rect, _: &Cx<'_>) {
        self.tiled = area.width >= TILED.0 && area.height >= TILED.1;
        self.wide = area.width >= WIDE;
    }

    /// The figures, where there is room for tiles.
    fn tiles(&self, area: Rect, cx: &Cx<'_>) -> Vec<Line> {
        let history = self.history.latest().map(|(_, history)| history);
        let tiles = self.tiled.then(|| figures::tiles(cx.ledger, history, cx.ui, area.width));
        tiles.flatten().unwrap_or_default()
    }

    /// The figures where there is none, and what changed since the last look.
    fn above(&self, view: &ListView, area: Rect, cx: &Cx<'_>) -> Result<Vec<Line>> {
        let mut lines = if self.tiles(area, cx).is_empty() {
            figures::lines(cx.ledger, cx.ui, area.width)
        } else {
            Vec::new()
        };
        let todos = &cx.ledger.digest.todos;
        if todos.count > todos.first.len() {
            let more = todos.count - todos.first.len();
            let text = cx.ui.lang.todo_more(more, &cx.ui.key(Action::GoTodos));
            lines.push(vec![(text, cx.ui.theme.dim())]);
        }
        lines.extend(self.late_line(cx));
        lines.extend(self.lapsed_line(cx));
        if view.more {
            lines.extend(figures::contracts(&self.contracts, cx.ledger, cx.ui, area.width));
        }
        let since = self.since.as_ref().filter(|_| !self.dismissed);
        let since = since.map(|since| figures::since(since, cx.ledger, cx.ui, area.width));
        lines.extend(since.unwrap_or_default());
        Ok(lines)
    }

    fn counted(&self, area: Rect, cx: &Cx<'_>) -> Vec<(Rect, String)> {
        let history = self.history.latest().map(|(_, history)| history);
        figures::counted(cx.ledger, history, self.tiled, cx.ui, area)
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        let (lang, title) = (cx.ui.lang, cx.ui.lang.worklist_title(self.list.working));
        if cx.ledger.lens.is_everybodys() {
            title
        } else {
            lang.joined(&title, lang.lens_not_above())
        }
    }

    /// The to-do, or what the customer owes beside what is to be done for its account.
    fn aside(
        &mut self,
        selected: Option<RowKey>,
        room: usize,
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        if let Some(RowKey::Todo(id)) = selected {
            let todo = cx.ledger.digest.todos.first.iter().find(|todo| todo.id == id);
            return Ok(todo.map(|todo| todos::story(todo, room, cx)));
        }
        // Errands stand in front.
        let errands = self.list.rows.iter().take_while(|row| matches!(row, Row::Errand(_)));
        let at = (0..errands.count()).find(|at| self.key(*at, cx) == selected);
        let Some(id) = at.and_then(|at| self.errand(at, cx)).map(Errand::customer) else {
            return Ok(None);
        };
        let ledger = &*cx.ledger;
        self.account.try_refresh((ledger.version(), id), || {
            let portfolio = &ledger.portfolio;
            let own = portfolio.items().iter().filter(|item| item.customer == id);
            let items: Vec<Item> = own.cloned().collect();
            let unapplied = portfolio.unapplied.iter().filter(|money| money.customer == id);
            let unapplied: Vec<_> = unapplied.copied().collect();
            let (customers, main) = (&portfolio.customers, ledger.digest.main);
            let debtor = debtors(&items, &unapplied, customers, ledger.today(), main)?.pop();
            Ok((debtor, Dealings::read(id, ledger)?))
        })?;
        let (debtor, dealings) = &*self.account;
        let mut lines = about::figures(id, debtor.as_ref(), dealings, room, cx)?;
        lines.push(Line::new());
        lines.extend(dealings.lines(room, cx));
        Ok(Some((about::title(dealings, cx.ui), lines)))
    }

    fn chart(
        &mut self,
        (room, _): (usize, usize),
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let ledger = &*cx.ledger;
        let (items, today, main) = (ledger.portfolio.items(), ledger.today(), ledger.digest.main);
        let papers = ledger.portfolio.papers.iter().map(|paper| paper.expires_on);
        let warranties = ledger.portfolio.warranties.iter().map(|one| one.ends_on);
        let ends = papers.chain(warranties);
        let read = || Ok(Fortnight::new(items, ends, today, main)?);
        self.fortnight.try_refresh(ledger.version(), read)?;
        let lines = calendar::lines(&self.fortnight, room, cx);
        let lang = cx.ui.lang;
        Ok(Some((
            lang.in_unit(lang.picture_fortnight(), cx.ledger.is_in_wan(cx.ledger.digest.main)),
            lines,
        )))
    }

    /// Beside each other where there is room, else one below the other, the one with the focus larger.
    fn split(&self, area: Rect, focused: bool) -> Option<[Rect; 2]> {
        beside(area).or_else(|| {
            let detail = if focused { area.height.saturating_sub(6) } else { area.height * 2 / 5 };
            Some(Layout::vertical([Constraint::Min(0), Constraint::Length(detail)]).areas(area))
        })
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        let lang = cx.ui.lang;
        if view.is_narrowed() {
            lang.nothing_left(&cx.ui.key(Action::Back)).into()
        } else if *view.lack == Lack::Nothing {
            lang.nothing_to_do().into()
        } else {
            lang.nothing_planned(&cx.ui.key(Action::Record(Recording::New))).into()
        }
    }

    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        let todo = || self.todo(at, cx).map(|todo| todos::line(todo, cx));
        self.row_item(at, cx).map(|item| list_screen::item_line(item, cx)).or_else(todo)
    }
}
