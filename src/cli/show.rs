//! `show`: one thing of the ledger, whatever it is.

use std::collections::BTreeSet;

use crate::domain::change::{TimelineEvent, Voidable};
use crate::domain::ids::{CustomerId, InvoiceId, MilestoneId, PaymentId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::NoteKind;
use crate::domain::late_fee::LateFee;
use crate::domain::money::{self, Currency};
use crate::domain::statutory::Statutory;
use crate::domain::violation::{Candidate, Thing};
use crate::error::{Error, Result};
use crate::exchange::card::Card;
use crate::exchange::lists::{Happened, LineRow, Listed, Rows};
use crate::exchange::out::{Cell, Column, Report};
use crate::portfolio::Portfolio;
use crate::report::deadlines;
use crate::report::filter::Filter;
use crate::report::list::List;
use crate::report::readiness;
use crate::store::{ListedLine, Reader, Span};

use super::args;
use super::lists::{customer_lines, project_lines};
use super::session::Session;
use super::words::one_of;
use crate::text::Lang;

/// How many facts of credit are shown.
const CREDIT: u32 = 5;

/// What can be shown.
const SHOWN: [Thing; 5] =
    [Thing::Customer, Thing::Project, Thing::Milestone, Thing::Payment, Thing::Invoice];

pub fn show(session: &Session, args: &args::Show) -> Result<()> {
    let store = session.open()?;
    let found = store.find_any(&args.what)?;
    let one = one_of(found, &args.what, args.thing.as_deref(), &SHOWN, session.lang)?;
    Shower { session, store: &store }.show(&one)
}

struct Shower<'s> {
    session: &'s Session,
    store: &'s Reader,
}

impl Shower<'_> {
    fn show(&self, one: &Candidate) -> Result<()> {
        match one.thing {
            Thing::Customer => self.customer(one, CustomerId(one.id)),
            Thing::Project => self.project(one, ProjectId(one.id)),
            Thing::Milestone => self.milestone(one, MilestoneId(one.id)),
            Thing::Payment => self.payment(PaymentId(one.id)),
            Thing::Invoice => self.invoice(InvoiceId(one.id)),
            Thing::WriteOff
            | Thing::Promise
            | Thing::Condition
            | Thing::Note
            | Thing::Paper
            | Thing::Refusal
            | Thing::Touch
            | Thing::Contact
            | Thing::Person
            | Thing::Snapshot
            | Thing::Event
            | Thing::Deal
            | Thing::BankLine
            | Thing::Todo => Err(Error::Bug("nothing to show")),
        }
    }

    fn customer(&self, one: &Candidate, id: CustomerId) -> Result<()> {
        let (store, lang) = (self.store, self.session.lang);
        let draft = store.customer_draft(id)?;
        let mut portfolio = Portfolio::load(store, self.session.today)?;
        let lines = customer_lines(store, &portfolio, Some(id))?;
        let mut projects = project_lines(store, &portfolio)?;
        projects.retain(|line| line.row.customer == id);
        portfolio.name_all(store, &[])?;
        let own = portfolio.items().iter().filter(|item| item.customer == id);
        let open = List::new(&portfolio, own, &Filter::default());
        let mut facts = lines.first().map(|line| line.facts(lang)).unwrap_or_default();
        facts.extend([
            fact(lang.terms_word(), "terms_days", draft.terms_days.map(u32::from)),
            fact(lang.title_word(), "invoice_title", draft.invoice_title),
            fact(lang.tax_no_word(), "tax_no", draft.tax_no),
            fact(lang.bank_word(), "bank", draft.bank),
            fact(lang.bank_account_word(), "bank_account", draft.bank_account),
            fact(lang.address_word(), "address", draft.address),
            fact(lang.phone_word(), "phone", draft.phone),
            fact(lang.notes_word(), "notes", draft.notes),
        ]);
        let latest = store.latest_notes(id, NoteKind::Satisfaction, 1)?;
        let score = latest.first().and_then(|note| note.number).map(u32::from);
        facts.push(fact(lang.note_kind(NoteKind::Satisfaction), "satisfaction", score));
        let credit = store.latest_notes(id, NoteKind::Credit, CREDIT)?;
        let span = Span::of(id);
        let parts: Vec<(&str, Box<dyn Report + '_>)> = vec![
            ("contacts", Box::new(Rows(store.contact_list(Some(id))?))),
            ("projects", Box::new(Rows(projects))),
            ("milestones", Box::new(open)),
            ("credit", Box::new(Rows(credit))),
            ("concessions", Box::new(Rows(store.concessions(id, self.session.today)?))),
            ("promises", Box::new(Rows(store.promise_list(span, self.session.today)?))),
            ("touches", Box::new(Rows(store.touch_list(span)?))),
            ("payments", Box::new(Rows(store.payment_list(span)?))),
            ("invoices", Box::new(Rows(store.invoice_list(span)?))),
        ];
        self.session.show(&Card { thing: one.thing, name: one.name.clone(), facts, parts })
    }

    fn project(&self, one: &Candidate, id: ProjectId) -> Result<()> {
        let (store, lang) = (self.store, self.session.lang);
        let detail = store.project_detail(id)?;
        let draft = detail.draft;
        let items: Vec<Item> = detail.plan.into_iter().map(|step| step.item).collect();
        let portfolio = self.portfolio(&items)?;
        let mut lines = project_lines(store, &portfolio)?;
        lines.retain(|line| line.row.id == id);
        let mut facts = lines.first().map(|line| line.facts(lang)).unwrap_or_default();
        facts.extend([
            fact(lang.contract_no_word(), "contract_no", draft.contract_no),
            fact(lang.signed_word(), "signed_on", draft.signed_on),
            fact(lang.starts_word(), "starts_on", draft.starts_on),
            fact(lang.ends_word(), "ends_on", draft.ends_on),
            fact(lang.warranty_word(), "warranty_ends_on", draft.warranty_ends_on),
            fact(lang.grace_word(), "grace_days", u32::from(draft.grace_days)),
            fact(lang.late_fee_word(), "late_fee", terms(draft.late_fee, lang)),
            fact(
                lang.discount_word(),
                "discount",
                draft.discount.map(|of| Cell::both(lang.discount(&of), of.to_string())),
            ),
            fact(
                lang.form_method(),
                "method",
                draft.method.map(|method| Cell::both(lang.method(method), method.code())),
            ),
            fact(lang.form_bill_months(), "bill_months", draft.bill_months.map(u32::from)),
            fact(
                lang.form_priority(),
                "priority_from",
                draft.priority_from.map(|from| Cell::both(lang.priority_start(from), from.code())),
            ),
            fact(lang.form_completed_on(), "completed_on", draft.completed_on),
            fact(
                lang.suspended_on_word(),
                "suspended_on",
                detail.suspended.as_ref().map(|one| one.since),
            ),
            fact(
                lang.form_reason(),
                "suspended_for",
                detail.suspended.map(|one| lang.commas([one.reason, one.notice])),
            ),
        ]);
        let ids: Vec<MilestoneId> = items.iter().map(|item| item.id).collect();
        let plan = List::new(&portfolio, items.iter(), &Filter::default());
        let parts: Vec<(&str, Box<dyn Report + '_>)> = vec![
            ("milestones", Box::new(plan)),
            ("deals", Box::new(Rows(detail.deals))),
            ("timeline", Box::new(Rows(self.timeline(&ids, draft.currency, &portfolio)?))),
        ];
        self.session.show(&Card { thing: one.thing, name: one.name.clone(), facts, parts })
    }

    fn milestone(&self, one: &Candidate, id: MilestoneId) -> Result<()> {
        let lang = self.session.lang;
        let detail = self.store.milestone_detail(id)?;
        let (refused_on, appointed_on) =
            (detail.item.rare.refused_on, detail.item.rare.appointed_on);
        let recorded = self.store.facts(id)?;
        let (draft, items) = (detail.draft, vec![detail.item]);
        let portfolio = self.portfolio(&items)?;
        let today = portfolio.today;
        let clocks =
            deadlines::of_projects(self.store, &[draft.project], today, &portfolio.policy)?;
        let clock = clocks.into_iter().find(|one| one.item.id == id).map(|one| one.limitation);
        let list = List::new(&portfolio, items.iter(), &Filter::default());
        let has_terms = detail.project.late_fee.is_some();
        let by_law = items.iter().flat_map(|item| {
            let policy = &portfolio.policy;
            lang.statutory(&Statutory::of(&recorded, item, has_terms, policy, today), today)
        });
        let by_law: Vec<String> = by_law.collect();
        let offers =
            items.iter().flat_map(|item| item.rare.offers.iter().map(move |it| (item, it)));
        let offers = offers.filter_map(|(item, offer)| {
            lang.offer(item, offer, today, &|minor| money::with_symbol(minor, item.currency))
        });
        let offers: Vec<String> = offers.collect();
        let waived = items.first().map_or(0, Item::let_go);
        let mut lacks = readiness::lacks(
            self.store,
            &items.iter().collect::<Vec<_>>(),
            today,
            &portfolio.policy,
        )?;
        let lack = lacks.remove(&id).map(|lack| lang.lack(&lack));
        let mut facts = Vec::new();
        for mut table in list.page(lang).tables {
            let row = table.rows.next().unwrap_or_default();
            facts.extend(table.columns.into_iter().zip(row));
        }
        facts.extend([
            fact(lang.project_name_word(), "project_name", detail.project.name),
            fact(
                lang.rule_word(),
                "rule",
                Cell::both(lang.rule(&draft.rule), draft.rule.to_string()),
            ),
            fact(lang.condition_word(), "condition", draft.condition),
            fact(lang.form_agreed_on(), "agreed_on", draft.agreed_on),
            fact(lang.planned_on_word(), "planned_on", draft.planned_on),
            fact(lang.form_delivered_on(), "delivered_on", draft.delivered_on),
            fact(lang.form_accepted_on(), "accepted_on", draft.accepted_on),
            fact(lang.form_refused_on(), "refused_on", refused_on),
            fact(lang.form_appointed_on(), "appointed_on", appointed_on),
            fact(lang.closed_on_word(), "closed_on", detail.closed_on),
            fact(
                lang.limitation_word(),
                "limitation",
                clock.map(|both| {
                    Cell::both(lang.limitation(&both, today), both.own.ends.to_string())
                }),
            ),
            fact(lang.statutory_word(), "statutory", by_law.join(lang.pick("；", "; "))),
            fact(
                lang.bridge_waived(),
                "waived",
                (waived != 0).then(|| Cell::amount(waived, detail.project.currency)),
            ),
            fact(lang.story_offers(), "offers", lang.commas(offers)),
            fact(lang.lack_word(), "papers_missing", lack),
            fact(
                lang.form_method(),
                "method",
                draft.method.map(|method| Cell::both(lang.method(method), method.code())),
            ),
            fact(lang.form_bill_months(), "bill_months", draft.bill_months.map(u32::from)),
            fact(lang.form_note(), "note", draft.note),
        ]);
        let timeline = self.timeline(&[id], detail.project.currency, &portfolio)?;
        let parts: Vec<(&str, Box<dyn Report + '_>)> = vec![
            ("conditions", Box::new(Rows(detail.conditions))),
            ("deals", Box::new(Rows(detail.deals))),
            ("timeline", Box::new(Rows(timeline))),
        ];
        self.session.show(&Card { thing: one.thing, name: one.name.clone(), facts, parts })
    }

    fn payment(&self, id: PaymentId) -> Result<()> {
        let customer = self.store.payment_customer(id)?;
        let all = self.store.payment_list(Span::of(customer))?;
        let one = all.into_iter().find(|payment| payment.head.id == id);
        let one = one.ok_or(Error::Bug("a payment that is in no list"))?;
        let currency = one.head.currency;
        let ids: Vec<MilestoneId> = one.lines.iter().map(|line| line.milestone).collect();
        let mut timeline = self.timeline(&ids, currency, &self.portfolio(&[])?)?;
        timeline.retain(|entry| entry.event.payment() == Some(id));
        let mut parts: Vec<(&str, Box<dyn Report + '_>)> = vec![
            ("milestones", Box::new(Rows(rows(&one.lines, currency, false)))),
            ("timeline", Box::new(Rows(timeline))),
        ];
        let mut bills = self.store.bill_list(Span::of(customer), self.session.today)?;
        bills.retain(|bill| bill.head.payment == id);
        if !bills.is_empty() {
            parts.insert(0, ("bill", Box::new(Rows(bills))));
        }
        let amount = money::with_symbol(one.head.amount, currency);
        let name = format!("{id} {} {amount}", one.head.customer_name);
        let facts = one.facts(self.session.lang);
        self.session.show(&Card { thing: Thing::Payment, name, facts, parts })
    }

    fn invoice(&self, id: InvoiceId) -> Result<()> {
        let customer = self.store.invoice_customer(id)?;
        let all = self.store.invoice_list(Span::of(customer))?;
        let one = all.into_iter().find(|invoice| invoice.head.id == id);
        let one = one.ok_or(Error::Bug("an invoice that is in no list"))?;
        let parts: Vec<(&str, Box<dyn Report + '_>)> =
            vec![("milestones", Box::new(Rows(rows(&one.lines, one.currency, true))))];
        let number =
            if one.head.number.is_empty() { id.to_string() } else { one.head.number.clone() };
        let name = format!("{number} {}", one.head.customer_name);
        let facts = one.facts(self.session.lang);
        self.session.show(&Card { thing: Thing::Invoice, name, facts, parts })
    }

    /// Today's portfolio with the names of these items, too.
    fn portfolio(&self, items: &[Item]) -> Result<Portfolio> {
        let mut portfolio = Portfolio::load(self.store, self.session.today)?;
        portfolio.name_all(self.store, items)?;
        Ok(portfolio)
    }

    /// What happened to these milestones, newest first.
    fn timeline(
        &self,
        ids: &[MilestoneId],
        currency: Currency,
        portfolio: &Portfolio,
    ) -> Result<Vec<Happened>> {
        let (mut all, mut noted) = (Vec::new(), BTreeSet::new());
        for id in ids {
            let name = portfolio.names.milestone(*id);
            for entry in self.store.timeline(*id)? {
                // A note about the project stands in the timeline of each of its milestones.
                let is_note = matches!(entry.event, TimelineEvent::Noted { .. });
                if is_note && !noted.insert(entry.entry.map(Voidable::number)) {
                    continue;
                }
                all.push(Happened {
                    on: entry.on,
                    who: entry.who,
                    milestone: name.code().map_or_else(|| id.to_string(), str::to_owned),
                    event: entry.event,
                    voided: entry.voided,
                    currency,
                    today: self.session.today,
                });
            }
        }
        all.sort_by_key(|entry| std::cmp::Reverse(entry.on));
        Ok(all)
    }
}

fn fact(label: &str, name: &'static str, value: impl Into<Fact>) -> (Column, Cell<'static>) {
    (Column::left(label).named(name), value.into().0)
}

/// Late-fee terms as a sentence, and as they are typed.
fn terms(terms: Option<LateFee>, lang: Lang) -> Option<Cell<'static>> {
    terms.map(|terms| Cell::both(lang.late_fee_terms(&terms), terms.to_string()))
}

/// What is known, or nothing.
struct Fact(Cell<'static>);

impl<T: Into<Self>> From<Option<T>> for Fact {
    fn from(known: Option<T>) -> Self {
        known.map_or(Self(Cell::EMPTY), Into::into)
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<u32> for Fact {
    fn from(number: u32) -> Self {
        Self(number.into())
    }
}

impl From<chrono::NaiveDate> for Fact {
    fn from(day: chrono::NaiveDate) -> Self {
        Self(Cell::Day(day))
    }
}

impl From<Cell<'static>> for Fact {
    fn from(cell: Cell<'static>) -> Self {
        Self(cell)
    }
}

fn rows(lines: &[ListedLine], currency: Currency, billed: bool) -> Vec<LineRow> {
    lines.iter().map(|line| LineRow { line: line.clone(), currency, billed }).collect()
}
