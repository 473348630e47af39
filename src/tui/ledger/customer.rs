//! One customer: particulars and contacts, then what is open and what was paid.

mod about;
mod rows;

use ratatui::layout::Rect;

use crate::domain::change::CustomerDraft;
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::item::Item;
use crate::domain::promise::{self, PromiseState};
use crate::error::Result;
use crate::report::debtors::{Debtor, debtors};
use crate::store::PaymentDetail;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::keymap::RowKind;
use crate::tui::look::Look;
use crate::tui::record::Subject;
use crate::tui::screens::{One, Screen};
use crate::tui::widgets::list::{self, RowId, Rows};

use super::board::{Board, Canvas, Under};
use super::cells;
use super::data::Ledger;
use super::labels::Labels;

use rows::{CustomerLines, Line};

/// Everything shown of one customer.
struct Facts {
    id: CustomerId,
    draft: CustomerDraft,
    debtor: Option<Debtor>,
    items: Vec<Item>,
    payments: Vec<PaymentDetail>,
    /// Promises kept, broken and pending.
    promises: [usize; 3],
}

#[derive(Default)]
pub struct Customer {
    source: Option<(u64, CustomerId, String)>,
    facts: Option<Facts>,
    lines: Vec<Line>,
    labels: Labels,
}

impl Facts {
    fn read(id: CustomerId, ledger: &Ledger) -> Result<Self> {
        let book = &ledger.book;
        let today = ledger.today();
        let own = book
            .items()
            .iter()
            .filter(|item| item.customer == id && item.balance > 0);
        let mut items: Vec<Item> = own.cloned().collect();
        items.sort_by_key(|item| {
            (
                item.firm_due(today).is_none(),
                item.due.is_none(),
                item.due,
                item.id,
            )
        });
        let unapplied: Vec<_> = book
            .unapplied
            .iter()
            .filter(|money| money.customer == id)
            .copied()
            .collect();
        let main = ledger.digest.main;
        let debtor = debtors(&items, &unapplied, &book.customers, today, main)?.pop();
        let promised = ledger.store.promised_milestones(id)?;
        let mut promises = [0; 3];
        for facts in ledger.store.facts_of(&promised)? {
            for judged in promise::judge(&facts, today) {
                let at = match judged.state {
                    PromiseState::Kept => 0,
                    PromiseState::Broken => 1,
                    PromiseState::Pending => 2,
                };
                promises[at] += 1;
            }
        }
        Ok(Self {
            id,
            draft: ledger.store.customer_draft(id)?,
            debtor,
            payments: ledger.store.payments_of(id)?,
            items,
            promises,
        })
    }
}

impl Customer {
    fn lay_out(&mut self, find: &str, ledger: &Ledger) {
        self.lines.clear();
        let Some(facts) = &self.facts else {
            return;
        };
        let needle = Needle::new(find);
        let items = facts.items.iter().enumerate().filter(|(_, item)| {
            needle.is_empty()
                || self.labels.of(ledger, item, |names| {
                    let (project, milestone) =
                        (names.project(item.project), names.milestone(item.id));
                    let all = [
                        &project.code,
                        &project.name,
                        &milestone.code,
                        &milestone.name,
                    ];
                    needle.matches(&all.map(|text| &**text).join(" "))
                })
        });
        let items: Vec<Line> = items.map(|(at, _)| Line::Item(at)).collect();
        let payments = facts.payments.iter().enumerate().filter(|(_, payment)| {
            let all = [payment.payer.as_str(), &payment.bank_ref, &payment.note];
            needle.is_empty() || needle.matches(&all.join(" "))
        });
        let payments: Vec<Line> = payments.map(|(at, _)| Line::Payment(at)).collect();
        self.lines.push(Line::Items(items.len()));
        self.lines.extend(items);
        self.lines.push(Line::Payments(payments.len()));
        self.lines.extend(payments);
    }

    fn line(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Line> {
        let at = screen.params().list.at(self.rows(ledger, look).as_ref())?;
        self.lines.get(at).copied()
    }

    fn item(&self, line: Line) -> Option<&Item> {
        match line {
            Line::Item(at) => self.facts.as_ref()?.items.get(at),
            _ => None,
        }
    }
}

impl Board for Customer {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, _: Look) -> Result<()> {
        let Screen::Customer(one) = screen else {
            return Ok(());
        };
        let source = (ledger.version(), one.id, one.list.find.clone());
        if self.source.as_ref() == Some(&source) {
            return Ok(());
        }
        self.labels.sync(ledger);
        let same = self
            .source
            .as_ref()
            .is_some_and(|(version, id, _)| (*version, *id) == (source.0, source.1));
        if !same {
            self.facts = Some(Facts::read(one.id, ledger)?);
        }
        self.lay_out(&source.2, ledger);
        self.source = Some(source);
        Ok(())
    }

    fn rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> Box<dyn Rows + 'a> {
        Box::new(CustomerLines {
            facts: self.facts.as_ref(),
            lines: &self.lines,
            labels: &self.labels,
            ledger,
            look,
        })
    }

    fn under(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Under> {
        let facts = self.facts.as_ref()?;
        let line = self.line(screen, ledger, look);
        let item = line.and_then(|line| self.item(line));
        let marks = screen.params().list.marks();
        let mut milestones: Vec<MilestoneId> =
            marks.iter().filter_map(|id| rows::milestone(*id)).collect();
        if milestones.is_empty() {
            milestones.extend(item.map(|item| item.id));
        }
        Some(Under {
            kind: item.map_or(RowKind::Customer, |_| RowKind::Milestone),
            subject: Subject {
                milestones,
                customer: Some(facts.id),
                project: item.map(|item| item.project),
            },
        })
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        let Some(facts) = &self.facts else {
            return Ok(Vec::new());
        };
        let look = canvas.look;
        let lines = about::lines(
            facts,
            ledger,
            (usize::from(canvas.area.width), canvas.area.height),
            look,
        )?;
        let below = cells::lines(&lines, canvas);
        let columns = rows::columns(look.lang);
        let rows = self.rows(ledger, look);
        let state = &mut screen.list().list;
        let drawn = list::draw(
            canvas.frame,
            below,
            (&columns, rows.as_ref()),
            state,
            (true, look),
        );
        self.labels.check()?;
        Ok(drawn)
    }

    fn act(
        &mut self,
        action: Action,
        screen: &mut Screen,
        ledger: &mut Ledger,
        look: Look,
    ) -> Result<Option<Response>> {
        if action != Action::Open {
            return Ok(None);
        }
        let facts = self.facts.as_ref();
        let first_paid = |at: usize| {
            facts?
                .payments
                .get(at)?
                .allocations
                .first()
                .map(|a| a.milestone)
        };
        let id = match self.line(screen, ledger, look) {
            Some(Line::Payment(at)) => first_paid(at),
            Some(line) => self.item(line).map(|item| item.id),
            None => None,
        };
        Ok(Some(id.map_or(Response::Done, |id| {
            Response::Open(Screen::Milestone(One::new(id, screen.view())))
        })))
    }

    fn summary(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<String> {
        let rows = self.rows(ledger, look);
        let at = screen.params().list.at(rows.as_ref())?;
        Some(cells::line(&rows.cells(at)))
    }
}
