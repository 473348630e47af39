//! Today: what changed since the last look, five figures, and the worklist with each item's story.
//!
//! ```text
//!  Overdue ¥1,284,500.00 (14)   Due 7d ¥320,000.00 (3)   Promised 7d ¥180,000.00 (2)   …
//!  Since the last look (11-18): 2 promises broken, ¥50,000.00 came in  (Esc hides this)
//! +- Worklist (14) ---------------------------------+- 星河科技 / P-2031 数据中台 / M3 验收款 -+
//! |  Customer   Milestone       Open    Late  Next  | 480,000.00 of 480,000.00 open, due …    |
//! +--------------------------------------------------+-----------------------------------------+
//! ```

mod figures;
mod rows;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::keymap::RowKind;
use crate::tui::look::Look;
use crate::tui::record::Subject;
use crate::tui::screens::{ListParams, One, Screen, View};
use crate::tui::widgets::list::{self, RowId, Rows};
use crate::tui::widgets::popup::pane;

use super::board::{Board, Canvas, Under};
use super::data::Ledger;
use super::show;
use super::sieve::{Sieve, Typed};
use super::since::Since;
use super::story::{self, Story};
use super::{empty, heading};

use rows::{FOLD, Row, WorkRows};

/// From how many columns on the story stands beside the list.
const BESIDE: u16 = 100;

/// What the rows were made of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Made {
    version: u64,
    found: Option<u64>,
    indexed: u64,
    filter: String,
    more: bool,
}

/// The first view.
#[derive(Default)]
pub struct Today {
    made: Option<Made>,
    rows: Vec<Row>,
    /// Rows of the worklist and rows that wait, as narrowed.
    counts: (usize, usize),
    typed: Typed,
    /// The version since which things are told.
    told: Option<u64>,
    since: Option<Since>,
    dismissed: bool,
    is_empty: bool,
    /// There is no milestone yet.
    unplanned: bool,
    story: Story,
    shown: Option<MilestoneId>,
}

impl Today {
    fn rebuild(&mut self, made: Made, ids: Option<&super::data::Found>, ledger: &Ledger) {
        let sieve = Sieve::new(ledger, self.typed.filter());
        let all = ids.is_none() && made.filter.is_empty();
        let passes = |item| sieve.passes(usize::MAX, item);
        let fits = |id: MilestoneId| {
            all || ids.is_none_or(|found| found.has(id)) && ledger.book.get(id).is_some_and(passes)
        };
        let list = &ledger.digest.worklist;
        self.rows.clear();
        let mut before = None;
        for (at, entry) in list.entries.iter().enumerate().filter(|(_, e)| fits(e.id)) {
            let leads = before != Some(entry.customer);
            before = Some(entry.customer);
            self.rows.push(Row::Work { at, leads });
        }
        let working = self.rows.len();
        let waiting = list.waiting.iter().enumerate();
        let waiting: Vec<usize> = waiting
            .filter(|(_, w)| fits(w.id))
            .map(|(at, _)| at)
            .collect();
        if !waiting.is_empty() {
            self.rows.push(Row::Fold);
        }
        if made.more {
            self.rows.extend(waiting.iter().map(|at| Row::Wait(*at)));
        }
        self.counts = (working, waiting.len());
        self.made = Some(made);
    }

    fn tell_since(&mut self, ledger: &Ledger) -> Result<()> {
        if self.told != Some(ledger.version()) {
            self.since = ledger.last_look.since(ledger)?;
            self.told = Some(ledger.version());
        }
        Ok(())
    }

    fn work_rows<'a>(&'a self, ledger: &'a Ledger, look: Look, top: usize) -> WorkRows<'a> {
        WorkRows {
            rows: &self.rows,
            waiting: self.counts.1,
            open: self.made.as_ref().is_some_and(|made| made.more),
            ledger,
            look,
            top,
        }
    }

    /// The item under the cursor.
    fn item<'a>(&self, list: &ListParams, ledger: &'a Ledger, look: Look) -> Option<&'a Item> {
        let id = list.list.id(&self.work_rows(ledger, look, 0))?;
        ledger.book.get(MilestoneId(id.0))
    }

    fn draw_top(&self, ledger: &Ledger, canvas: &mut Canvas<'_, '_>) {
        let mut lines = figures::lines(ledger, canvas.look, canvas.area.width);
        let since = self.since.as_ref().filter(|_| !self.dismissed);
        let theme = canvas.look.theme;
        lines.extend(since.map(|since| {
            vec![(
                figures::since(since, ledger, canvas.look.lang),
                theme.warn(),
            )]
        }));
        let area = canvas.area;
        let high = u16::try_from(lines.len()).unwrap_or(0).min(area.height);
        for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
            let mut x = area.x + 1;
            for (text, style) in line {
                let room = usize::from(area.right().saturating_sub(x));
                let buffer = canvas.frame.buffer_mut();
                (x, _) = buffer.set_stringn(x, y, text, room, *style);
            }
        }
        canvas.area.y += high;
        canvas.area.height -= high;
    }

    fn draw_list(
        &mut self,
        list: &mut ListParams,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        let look = canvas.look;
        let (working, _) = self.counts;
        let title = heading(look.lang.worklist_title(working), list, look.lang);
        let mut block = pane(&title, look);
        if !list.aside {
            block = block.border_style(look.theme.focus());
        }
        let marked = list.list.marks().iter();
        let marked = marked.filter_map(|id| ledger.book.get(MilestoneId(id.0)));
        let marked: Vec<&Item> = marked.collect();
        if !marked.is_empty() {
            let sum = show::sums(&show::open_sum(marked.iter().copied()), ledger);
            let text = look.lang.marked_sum(marked.len(), &sum);
            block = block.title_bottom(format!(" {text} "));
        }
        let inside = block.inner(canvas.area);
        canvas.frame.render_widget(block, canvas.area);
        if let Some(problem) = self.typed.problem() {
            empty::say(problem, inside, canvas);
            return Ok(Vec::new());
        }
        if self.rows.is_empty() {
            let lang = look.lang;
            let narrowed = !list.find.is_empty() || !list.filter.is_empty();
            let text = if narrowed {
                lang.nothing_left()
            } else if self.unplanned {
                lang.nothing_planned()
            } else {
                lang.nothing_to_do()
            };
            empty::say(text, inside, canvas);
            return Ok(Vec::new());
        }
        let height = usize::from(inside.height.saturating_sub(1));
        let page = list.list.page(&self.work_rows(ledger, look, 0), height);
        let top = page.start;
        let ids: Vec<MilestoneId> = {
            let rows = self.work_rows(ledger, look, top);
            page.map(|at| MilestoneId(rows.id(at).0)).collect()
        };
        ledger.name(&ids)?;
        let rows = self.work_rows(ledger, look, top);
        let columns = rows::columns(look.lang, ledger.wan);
        Ok(list::draw(
            canvas.frame,
            inside,
            (&columns, &rows),
            &mut list.list,
            (!list.aside, look),
        ))
    }

    fn draw_story(
        &mut self,
        list: &mut ListParams,
        ledger: &Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<()> {
        let look = canvas.look;
        let id = self.item(list, ledger, look).map(|item| item.id);
        if self.shown != id {
            self.shown = id;
            list.scroll = 0;
        }
        if let Some(id) = id {
            let pane = (&mut list.scroll, list.aside);
            return self.story.draw(id, ledger, pane, canvas);
        }
        let block = pane("", look);
        canvas.frame.render_widget(block, canvas.area);
        Ok(())
    }
}

/// The list's part and the story's: beside each other where there is room, else one below the other, the one with the
/// focus larger.
fn split(area: Rect, aside: bool) -> [Rect; 2] {
    if area.width >= BESIDE {
        let story = (area.width * 2 / 5).clamp(46, 90);
        let parts = [Constraint::Min(0), Constraint::Length(story)];
        return Layout::horizontal(parts).areas(area);
    }
    let story = if aside {
        area.height.saturating_sub(6)
    } else {
        area.height * 2 / 5
    };
    Layout::vertical([Constraint::Min(0), Constraint::Length(story)]).areas(area)
}

impl Board for Today {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, look: Look) -> Result<()> {
        let list = screen.params();
        let found = ledger.find(&list.find)?;
        self.typed.read(&list.filter, ledger.today(), look.lang);
        let made = Made {
            version: ledger.version(),
            found: found.as_ref().map(|found| found.serial),
            indexed: ledger.index().0,
            filter: list.filter.clone(),
            more: list.more,
        };
        if self.made.as_ref() != Some(&made) {
            self.is_empty = ledger.is_empty()?;
            self.unplanned = !ledger.has_milestones()?;
            self.rebuild(made, found.as_ref(), ledger);
        }
        self.tell_since(ledger)
    }

    fn rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> Box<dyn Rows + 'a> {
        Box::new(self.work_rows(ledger, look, 0))
    }

    fn under(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Under> {
        let list = screen.params();
        let cursor = list.list.id(&self.work_rows(ledger, look, 0));
        let marked: Vec<MilestoneId> = list
            .list
            .marks()
            .iter()
            .map(|id| MilestoneId(id.0))
            .filter(|id| ledger.book.get(*id).is_some())
            .collect();
        let milestones = if marked.is_empty() {
            let item = self.item(list, ledger, look);
            item.map(|item| item.id).into_iter().collect()
        } else {
            marked
        };
        if milestones.is_empty() {
            return cursor.map(|_| Under {
                kind: RowKind::Other,
                subject: Subject::default(),
            });
        }
        let item = milestones.first().and_then(|id| ledger.book.get(*id));
        Some(Under::milestones(milestones, item))
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        if self.is_empty {
            empty::teach(canvas);
            return Ok(Vec::new());
        }
        self.draw_top(ledger, canvas);
        let list = screen.list();
        let [left, right] = split(canvas.area, list.aside);
        canvas.area = left;
        let hits = self.draw_list(list, ledger, canvas)?;
        canvas.area = right;
        self.draw_story(list, ledger, canvas)?;
        Ok(hits)
    }

    fn act(
        &mut self,
        action: Action,
        screen: &mut Screen,
        ledger: &mut Ledger,
        look: Look,
    ) -> Result<Option<Response>> {
        let list = screen.list();
        if list.aside && story::scroll(action, &mut list.scroll, self.story.page()) {
            return Ok(Some(Response::Done));
        }
        match action {
            Action::Open => {
                let cursor = list.list.id(&self.work_rows(ledger, look, 0));
                if cursor == Some(FOLD) {
                    list.more = !list.more;
                    return Ok(Some(Response::Done));
                }
                let item = self.item(list, ledger, look);
                Ok(item
                    .map(|item| Response::Open(Screen::Milestone(One::new(item.id, View::Today)))))
            }
            Action::Sort => Ok(Some(Response::Say(look.lang.order_is_fixed().to_owned()))),
            Action::Back => {
                self.dismissed = true;
                Ok(Some(Response::Done))
            }
            _ => Ok(None),
        }
    }

    fn has_panes(&self) -> bool {
        !self.is_empty
    }

    fn summary(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<String> {
        let item = self.item(screen.params(), ledger, look)?;
        Some(show::summary(
            item,
            &show::name(item, ledger),
            ledger,
            look.lang,
        ))
    }
}
