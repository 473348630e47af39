//! What stands on which day, as a table and as a calendar; and a list of milestones that can be a calendar, too.

use chrono::NaiveDate;

use crate::domain::ids::{CustomerId, PaperId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::{DayKind, PaperKind};
use crate::domain::money::{self, Currency};
use crate::portfolio::Portfolio;
use crate::report::calendar::{Dated, dated};
use crate::report::filter::FilterRow as _;
use crate::report::list::List;
use crate::store::{EndingWarranty, ExpiringPaper, MaturingBill};
use crate::text::Lang;

use super::out::{Calendar, CalendarEntry, Cell, Column, JsonOut, Page, Report, Table};

/// The days of the milestones of a list.
pub struct Days<'l> {
    pub list: &'l List<'l>,
    pub portfolio: &'l Portfolio,
    /// Bills of exchange in hand, which are of no milestone.
    pub bills: Vec<MaturingBill>,
    /// Papers that expire, and warranties that end.
    pub papers: Vec<ExpiringPaper>,
    pub warranties: Vec<EndingWarranty>,
    /// What tells the ledger from any other, so that two of them can stand in one calendar.
    pub origin: String,
    /// Whose, if not everybody's.
    pub whose: Option<String>,
}

/// A paper that expires, or a warranty that ends.
struct Ending {
    kind: DayKind,
    day: NaiveDate,
    customer: CustomerId,
    project: Option<ProjectId>,
    amount: Option<i64>,
    currency: Currency,
    paper: Option<(PaperId, PaperKind)>,
}

impl<'l> Days<'l> {
    /// By day, then by milestone.
    fn all(&self) -> Vec<Dated<'l>> {
        let Portfolio { today, policy, .. } = self.portfolio;
        let of = |item: &&'l Item| {
            dated(item, *today, policy, self.portfolio.guarded_until(item.customer))
        };
        let mut all: Vec<Dated<'l>> = self.list.items().iter().flat_map(of).collect();
        all.sort_by_key(|of| (of.day, of.item.id, of.kind, of.promised));
        all
    }

    fn title(&self, lang: Lang) -> String {
        self.whose
            .as_ref()
            .map_or_else(|| lang.calendar_title().to_owned(), |name| lang.calendar_title_of(name))
    }

    fn calendar_of(&self, lang: Lang) -> Calendar {
        let mut entries: Vec<CalendarEntry> =
            self.all().iter().map(|of| self.entry(of, lang)).collect();
        entries.extend(self.bills.iter().map(|bill| self.bill_entry(bill, lang)));
        entries.extend(self.endings().iter().map(|end| self.ending_entry(end, lang)));
        entries.sort_by_key(|entry| entry.day);
        Calendar {
            title: self.title(lang),
            written_on: self.portfolio.today,
            entries,
            nothing: CalendarEntry {
                uid: format!("{}-nothing@huikuan", self.origin),
                day: self.portfolio.today,
                summary: lang.calendar_nothing().to_owned(),
                description: self.title(lang),
                category: String::new(),
            },
        }
    }

    /// What ends, by day: what ended before today stands today.
    fn endings(&self) -> Vec<Ending> {
        let day = |day: NaiveDate| day.max(self.portfolio.today);
        let papers = self.papers.iter().map(|paper| Ending {
            kind: DayKind::Expiry,
            day: day(paper.expires_on),
            customer: paper.customer,
            project: None,
            amount: Some(paper.amount).filter(|amount| *amount != 0),
            currency: paper.currency,
            paper: Some((paper.paper, paper.kind)),
        });
        let warranties = self.warranties.iter().map(|one| Ending {
            kind: DayKind::Warranty,
            day: day(one.ends_on),
            customer: one.customer,
            project: Some(one.project),
            amount: None,
            currency: one.currency,
            paper: None,
        });
        papers.chain(warranties).collect()
    }

    /// What ends, in words: the kind of paper, or the project.
    fn ended(&self, end: &Ending, lang: Lang) -> String {
        let project = end.project.map(|id| self.portfolio.names.project(id).code.to_string());
        let paper = end.paper.map(|(id, kind)| format!("{} {id}", lang.paper_kind(kind)));
        project.or(paper).unwrap_or_default()
    }

    fn ending_entry(&self, end: &Ending, lang: Lang) -> CalendarEntry {
        let what = lang.day_kind(end.kind, true, None);
        let customer = self.portfolio.names.customer(end.customer);
        let ended = self.ended(end, lang);
        let id = end.paper.map(|(id, _)| format!("paper-{}", id.0));
        let id = id.or(end.project.map(|id| format!("project-{}", id.0))).unwrap_or_default();
        CalendarEntry {
            uid: format!("{}-{id}-{}@huikuan", self.origin, end.kind.code()),
            day: end.day,
            summary: lang.calendar_bill(what, &ended, customer.short()),
            description: lang.calendar_fact(lang.customer_word(), &customer.name),
            category: what.to_owned(),
        }
    }

    fn ending_cells(&self, end: &Ending, lang: Lang) -> Vec<Cell<'_>> {
        let project = end.project.map(|id| &*self.portfolio.names.project(id).code);
        let paper = end.paper.map(|(id, kind)| format!("{} {id}", lang.paper_kind(kind)));
        vec![
            Cell::Day(end.day),
            Cell::both(lang.day_kind(end.kind, true, None), end.kind.code()),
            (&*self.portfolio.names.customer(end.customer).name).into(),
            project.map_or(Cell::EMPTY, Cell::from),
            Cell::EMPTY,
            paper.map_or(Cell::EMPTY, Cell::from),
            end.currency.code().into(),
            end.amount.map_or(Cell::EMPTY, |amount| Cell::amount(amount, end.currency)),
            Cell::EMPTY,
        ]
    }

    fn bill_entry(&self, bill: &MaturingBill, lang: Lang) -> CalendarEntry {
        let what = lang.day_kind(DayKind::Bill, true, None);
        let amount = money::with_symbol(bill.amount, bill.currency);
        let customer = self.portfolio.names.customer(bill.customer);
        let facts = [
            (lang.customer_word(), customer.name.to_string()),
            (lang.form_a_payment(), bill.payment.to_string()),
        ];
        let facts = facts.map(|(name, value)| lang.calendar_fact(name, &value));
        CalendarEntry {
            uid: format!("{}-payment-{}-bill@huikuan", self.origin, bill.payment.0),
            day: bill.matures_on,
            summary: lang.calendar_bill(what, &amount, customer.short()),
            description: facts.join("\n"),
            category: what.to_owned(),
        }
    }

    fn bill_cells(&self, bill: &MaturingBill, lang: Lang) -> Vec<Cell<'_>> {
        vec![
            Cell::Day(bill.matures_on),
            Cell::both(lang.day_kind(DayKind::Bill, true, None), DayKind::Bill.code()),
            (&*self.portfolio.names.customer(bill.customer).name).into(),
            Cell::EMPTY,
            Cell::EMPTY,
            Cell::EMPTY,
            bill.currency.code().into(),
            Cell::amount(bill.amount, bill.currency),
            Cell::EMPTY,
        ]
    }

    fn entry(&self, of: &Dated<'l>, lang: Lang) -> CalendarEntry {
        let row = self.list.row(of.item);
        let what = lang.day_kind(of.kind, of.firm, of.step);
        let amount = money::with_symbol(of.amount, of.item.currency);
        let (customer, milestone) = (row.customer(), row.milestone());
        let key = milestone.code().map_or_else(|| of.item.id.to_string(), str::to_owned);
        let open = money::with_symbol(of.item.balance, of.item.currency);
        let facts = [
            (lang.customer_word(), &*customer.name),
            (lang.project_word(), &*row.project().code),
            (lang.key_word(), &*key),
            (lang.balance_word(), &*open),
            (lang.manager_word(), row.manager().unwrap_or("")),
            (lang.status_word(), lang.status(row.status().kind())),
        ];
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
        let facts: Vec<String> =
            facts.map(|(name, value)| lang.calendar_fact(name, value)).collect();
        CalendarEntry {
            uid: self.uid(of),
            day: of.day,
            summary: lang.calendar_summary(what, &amount, customer.short(), &milestone.name),
            description: facts.join("\n"),
            category: lang.day_kind(of.kind, true, None).to_owned(),
        }
    }

    /// Of its milestone and what it is: where day or amount change, it stays the same entry.
    fn uid(&self, of: &Dated<'_>) -> String {
        let (id, kind) = (of.item.id.0, of.kind.code());
        let which = of.promised.map(|(day, nth)| format!("-{}-{nth}", day.format("%Y%m%d")));
        format!("{}-{id}-{kind}{}@huikuan", self.origin, which.unwrap_or_default())
    }
}

impl Report for Days<'_> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let columns = vec![
            Column::left(lang.day_word()).named("day"),
            Column::left(lang.kind_word()).named("kind"),
            Column::left(lang.customer_word()).named("customer_name"),
            Column::left(lang.project_code_word()).named("project").spare(3),
            Column::left(lang.key_word()).named("key").spare(1),
            Column::left(lang.milestone_word()).named("milestone"),
            Column::left(lang.currency_word()).named("currency").spare(4),
            Column::right(lang.sum_word()).named("amount"),
            Column::left(lang.manager_word()).named("manager").spare(2),
        ];
        let rows = self.all().into_iter().map(move |of| {
            let row = self.list.row(of.item);
            let what = lang.day_kind(of.kind, of.firm, of.step);
            let milestone = row.milestone();
            let cells = vec![
                Cell::Day(of.day),
                Cell::both(what, of.kind.code()),
                (&*row.customer().name).into(),
                (&*row.project().code).into(),
                milestone.code().map_or_else(|| of.item.id.to_string().into(), Cell::from),
                (&*milestone.name).into(),
                of.item.currency.code().into(),
                Cell::amount(of.amount, of.item.currency),
                row.manager().map_or(Cell::EMPTY, Cell::from),
            ];
            (of.day, cells)
        });
        let bills = self.bills.iter().map(|bill| (bill.matures_on, self.bill_cells(bill, lang)));
        let ends = self.endings().into_iter().map(|end| (end.day, self.ending_cells(&end, lang)));
        let mut rows: Vec<(NaiveDate, Vec<Cell<'_>>)> = rows.chain(bills).chain(ends).collect();
        rows.sort_by_key(|(day, _)| *day);
        let rows: Vec<Vec<Cell<'_>>> = rows.into_iter().map(|(_, cells)| cells).collect();
        let tables = vec![Table::new(columns, rows.into_iter())];
        Page { title: self.title(lang), tables, ..Page::default() }
    }

    fn has_calendar(&self) -> bool {
        true
    }

    fn calendar(&self, lang: Lang) -> Option<Calendar> {
        Some(self.calendar_of(lang))
    }
}

/// A list of milestones whose days can be a calendar.
pub struct ListWithDays<'l>(pub Days<'l>);

impl Report for ListWithDays<'_> {
    fn page(&self, lang: Lang) -> Page<'_> {
        self.0.list.page(lang)
    }

    fn page_as_kept(&self, lang: Lang) -> Page<'_> {
        self.0.list.page_as_kept(lang)
    }

    fn json(&self, lang: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        self.0.list.json(lang, out)
    }

    fn has_calendar(&self) -> bool {
        true
    }

    fn calendar(&self, lang: Lang) -> Option<Calendar> {
        Some(self.0.calendar_of(lang))
    }
}
