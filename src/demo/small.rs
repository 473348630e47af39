//! A small company's year, read from the scenario in `assets/demo.txt` or `demo.en.txt`: times are told as days from today, so that
//! today's worklist is always the same picture.

use std::str::{FromStr, Split, SplitWhitespace};

use chrono::{Datelike, NaiveDate};

use super::company::{self, Company};
use super::{Entry, names, shift};
use crate::domain::about::{About, Subject};
use crate::domain::calendar::Calendar;
use crate::domain::change::{
    BillDraft, BillEvent, Change, ConditionDraft, ContactDraft, CustomerDraft, InvoiceDraft,
    MilestoneDraft, NoteDraft, PaperDraft, PaperMark, PaymentDraft, ProjectDraft, PromiseDraft,
    Target, TodoDraft, TouchDraft,
};
use crate::domain::deal::Part;
use crate::domain::due::DueRule;
use crate::domain::facts::Account;
use crate::domain::ids::{
    ConditionId, ContactId, CustomerId, MilestoneId, PaperId, PaymentId, ProjectId, TodoId,
};
use crate::domain::kinds::{
    Channel, ConditionKind, Grade, InvoiceKind, Method, NoteKind, Outcome, PaperKind, ProjectState,
    Stage, TodoKind, TouchKind,
};
use crate::domain::money::{self, Currency};
use crate::domain::numbering;
use crate::domain::tax::TaxRate;
use crate::domain::tax_no;
use crate::error::{Error, Result};
use crate::text::Lang;

/// Everything that happened, as the changes people made.
pub(super) fn entries(today: NaiveDate, company: Company) -> Result<Vec<Entry>> {
    let mut scenario = Scenario {
        today,
        finance: company.finance(),
        lang: company.lang(),
        entries: company::people(company),
        customers: Vec::new(),
        contacts: 0,
        contracts: Vec::new(),
        milestones: Vec::new(),
        invoices: 0,
        payments: 0,
        todos: 0,
        conditions: 0,
        papers: 0,
    };
    let lines = company.scenario().lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        scenario.tell(line).ok_or(Error::Bug(line))?;
    }
    Ok(scenario.entries)
}

/// A line of the scenario: words, and behind each `|` a text.
struct Line {
    words: SplitWhitespace<'static>,
    texts: Split<'static, char>,
}

impl Line {
    fn next<T: FromStr>(&mut self) -> Option<T> {
        self.words.next()?.parse().ok()
    }

    fn word(&mut self) -> Option<&'static str> {
        self.words.next()
    }

    fn text(&mut self) -> &'static str {
        self.texts.next().unwrap_or_default().trim()
    }
}

struct Customer {
    code: &'static str,
    account: Account,
    contacts: Vec<(ContactId, Channel)>,
}

#[derive(Clone, Copy)]
struct Contract {
    code: &'static str,
    project: ProjectId,
    account: Account,
    manager: &'static str,
    amount: i64,
    signed_on: NaiveDate,
    /// On its bills, where they bear VAT.
    tax_rate: Option<TaxRate>,
    milestones: usize,
}

#[derive(Clone)]
struct Milestone {
    key: String,
    id: MilestoneId,
    account: Account,
    manager: &'static str,
    amount: i64,
    method: Method,
    tax_rate: Option<TaxRate>,
    last_payment: Option<PaymentId>,
}

impl Milestone {
    fn share(&self, percent: u8) -> Option<i64> {
        money::percent(self.amount, percent.into()).ok()
    }
}

/// What was told so far. Ids count from 1, as they do in an empty ledger.
struct Scenario {
    today: NaiveDate,
    /// Who books bills and money.
    finance: &'static str,
    /// What to-dos that come of something else are called in.
    lang: Lang,
    entries: Vec<Entry>,
    customers: Vec<Customer>,
    contacts: i64,
    contracts: Vec<Contract>,
    milestones: Vec<Milestone>,
    invoices: u32,
    payments: i64,
    todos: i64,
    conditions: i64,
    papers: i64,
}

/// Percent of VAT on software and what comes with it; a service alone bears 6.
const USUAL_TAX: u16 = 13;

/// What is told in Chinese: that of customers who pay in yuan.
fn is_chinese(account: Account) -> bool {
    account.currency == Currency::CNY
}

fn minor(whole: i64, currency: Currency) -> Option<i64> {
    whole.checked_mul(10_i64.checked_pow(money::exponent(currency))?)
}

impl Scenario {
    /// Tells one line; none if it cannot be read.
    fn tell(&mut self, text: &'static str) -> Option<()> {
        let (words, texts) = text.split_once('|').unwrap_or((text, ""));
        let mut line = Line { words: words.split_whitespace(), texts: texts.split('|') };
        match line.word()? {
            "customer" => self.customer(line),
            "contract" => self.contract(line),
            "call" => {
                let (day, level) = (line.next()?, line.next()?);
                let outcome = Outcome::from_code(line.word()?)?;
                let about: Option<Vec<_>> = line.words.by_ref().map(|k| self.named(k)).collect();
                let about = about?;
                let change = self.step(&about, day, level, outcome, line.text())?;
                self.record(about.first()?.manager, change);
                Some(())
            }
            "receipt" => {
                let draft = self.receipt(line)?;
                self.receive(draft);
                Some(())
            }
            "todo" => {
                let code = line.word()?;
                let account = self.customers.iter().find(|c| c.code == code).map(|c| c.account);
                let about = account.map(|account| About::Customer(account.customer));
                let on = self.at(line.next()?);
                let title = line.text();
                let change = self.todo(about, self.finance, on, line, title)?;
                self.record(self.finance, change);
                Some(())
            }
            "deposit" => {
                let code = line.word()?;
                let account = self.customers.iter().find(|c| c.code == code)?.account;
                let received_on = self.at(line.next()?);
                let amount = minor(line.next()?, account.currency)?;
                self.receive(PaymentDraft {
                    note: line.text().to_owned(),
                    target: Target::Lines(Vec::new()),
                    ..PaymentDraft::new(account, received_on, amount)
                });
                Some(())
            }
            word => match word.parse() {
                Ok(day) => self.event(day, line),
                Err(_) => self.milestone(Stage::from_code(word)?, line),
            },
        }
    }

    fn record(&mut self, who: &'static str, change: Change) {
        self.entries.push(Entry { who, change });
    }

    fn at(&self, days: i64) -> NaiveDate {
        shift(self.today, days)
    }

    /// A day of the past on which somebody was at work. What is recent stays where it was told.
    fn at_work(&self, days: i64) -> NaiveDate {
        let (day, calendar) = (self.at(days), Calendar::china());
        if days > -20 || calendar.is_business_day(day) {
            day
        } else {
            calendar.sub_business_days(day, 1)
        }
    }

    fn named(&self, key: &str) -> Option<Milestone> {
        self.milestones.iter().find(|m| m.key == key).cloned()
    }

    fn customer(&mut self, mut line: Line) -> Option<()> {
        let code = line.word()?;
        let last = self.customers.last();
        let account = Account {
            customer: CustomerId(last.map_or(0, |c| c.account.customer.0) + 1),
            currency: Currency::from_code(line.word()?)?,
        };
        let grade = match line.word()? {
            "-" => None,
            code => Some(Grade::from_code(code)?),
        };
        let terms_days = Some(line.next()?);
        let credit_limit = match line.word()? {
            "-" => None,
            whole => Some(minor(whole.parse().ok()?, account.currency)?),
        };
        let (name, short_name, notes) = (line.text(), line.text(), line.text());
        let number = code.trim_start_matches('C');
        let chinese = is_chinese(account);
        let known = |text: String| if chinese { text } else { String::new() };
        let mut contacts = Vec::new();
        let mut drafts = Vec::new();
        for (at, text) in line.texts.enumerate() {
            let mut parts = text.split(',').map(str::trim);
            let (name, role, mailbox) = (parts.next()?, parts.next()?, parts.next()?);
            let channel = Channel::from_code(parts.next()?)?;
            self.contacts += 1;
            contacts.push((ContactId(self.contacts), channel));
            drafts.push(ContactDraft {
                id: None,
                name: name.to_owned(),
                role: role.to_owned(),
                // No operator hands out numbers of this range.
                phone: if chinese {
                    format!("100 0{number} 000{at}")
                } else {
                    format!("+00 555 0{number} 0{at}")
                },
                email: format!("{mailbox}@example.com"),
                wechat: known(mailbox.to_owned()),
                channel: Some(channel),
            });
        }
        let draft = CustomerDraft {
            code: code.to_owned(),
            name: name.to_owned(),
            short_name: short_name.to_owned(),
            invoice_title: name.to_owned(),
            // No region has this number.
            tax_no: known(tax_no::credit_code(&format!("91000000MA0DEM{number}"))?),
            bank: known("演示银行营业部".to_owned()),
            bank_account: known(format!("6200 0000 0000 0{number}")),
            grade,
            credit_limit,
            terms_days,
            notes: notes.to_owned(),
            contacts: drafts,
            ..CustomerDraft::default()
        };
        self.customers.push(Customer { code, account, contacts });
        self.record(self.finance, Change::AddCustomer(draft));
        Some(())
    }

    fn contract(&mut self, mut line: Line) -> Option<()> {
        let (code, customer, manager) = (line.word()?, line.word()?, line.word()?);
        let account = self.customers.iter().find(|c| c.code == customer)?.account;
        let amount = minor(line.next()?, account.currency)?;
        let signed_on = self.at_work(line.next()?);
        let (series, number) =
            (if is_chinese(account) { "HT" } else { "PO" }, code.trim_start_matches("P-"));
        let mut draft = ProjectDraft {
            code: code.to_owned(),
            name: line.text().to_owned(),
            manager: manager.to_owned(),
            contract_no: format!("{series}-{}-{number}", signed_on.year()),
            contract_amount: Some(amount),
            signed_on: Some(signed_on),
            starts_on: Some(shift(signed_on, 14)),
            ends_on: Some(shift(signed_on, 330)),
            progress_percent: Some(line.next()?),
            ..ProjectDraft::new(account.customer, account.currency)
        };
        let (mut rests, mut percent) = (None, USUAL_TAX);
        for word in line.words {
            match word.split_once(':').unwrap_or((word, "")) {
                ("suspended", day) => rests = Some(self.at(day.parse().ok()?)),
                ("tax", rate) => percent = rate.parse().ok()?,
                ("grace", days) => draft.grace_days = days.parse().ok()?,
                ("warranty", day) => draft.warranty_ends_on = Some(self.at(day.parse().ok()?)),
                (state, _) => draft.state = ProjectState::from_code(state)?,
            }
        }
        let last = self.contracts.last();
        self.contracts.push(Contract {
            code,
            project: ProjectId(last.map_or(0, |c| c.project.0) + 1),
            account,
            manager,
            amount,
            signed_on,
            tax_rate: TaxRate::new(percent * 100).filter(|_| is_chinese(account)),
            milestones: 0,
        });
        let project = self.contracts.last()?.project;
        self.record(manager, Change::AddProject(draft));
        if let Some(on) = rests {
            let chinese = is_chinese(account);
            let reason =
                if chinese { "客户付款拖延，停工催款" } else { "payment is late" };
            let (reason, notice) = (reason.to_owned(), String::new());
            self.record(manager, Change::Suspend { project, on, notice, reason });
        }
        Some(())
    }

    fn milestone(&mut self, stage: Stage, mut line: Line) -> Option<()> {
        let contract = self.contracts.last_mut()?;
        contract.milestones += 1;
        let contract = *contract;
        let percent: u8 = line.next()?;
        let due = line.word()?;
        let rule = match due.parse() {
            Ok(day) => DueRule::fixed(self.at(day)),
            Err(_) => due.parse().ok()?,
        };
        let chinese = is_chinese(contract.account);
        let amount = money::percent(contract.amount, percent.into()).ok()?;
        let name = names::stage(stage, chinese);
        let mut draft = MilestoneDraft {
            key: format!("{}-M{}", contract.code, contract.milestones),
            stage,
            condition: names::condition(percent, &rule, chinese),
            rule,
            agreed_on: Some(contract.signed_on),
            method: Some(Method::Transfer),
            ..MilestoneDraft::new(contract.project, name, amount)
        };
        let (mut billed, mut paid) = (None, None);
        for word in line.words {
            let (name, value) = word.split_once(':')?;
            if name == "by" {
                draft.method = Some(Method::from_code(value)?);
                continue;
            }
            let days = value.parse().ok()?;
            let day = Some(self.at(days));
            match name {
                "planned" => draft.planned_on = day,
                "delivered" => draft.delivered_on = day,
                "accepted" => draft.accepted_on = day,
                "billed" => billed = day,
                "paid" => paid = Some(self.at_work(days)),
                _ => return None,
            }
        }
        let last = self.milestones.last();
        let milestone = Milestone {
            key: draft.key.clone(),
            id: MilestoneId(last.map_or(0, |m| m.id.0) + 1),
            account: contract.account,
            manager: contract.manager,
            amount,
            method: draft.method?,
            tax_rate: contract.tax_rate,
            last_payment: None,
        };
        self.record(contract.manager, Change::AddMilestone(draft));
        self.milestones.push(milestone.clone());
        if let Some(day) = billed {
            let change = self.invoice(&milestone, day, amount, true);
            self.record(self.finance, change);
        }
        if let Some(day) = paid {
            let change = self.pay(&milestone, day, amount, None);
            self.record(self.finance, change);
        }
        Some(())
    }

    /// Tells what happened to the last milestone.
    fn event(&mut self, day: i64, mut line: Line) -> Option<()> {
        let milestone = self.milestones.last()?.clone();
        let on = self.at(day);
        let verb = line.word()?;
        let (milestones, reason) = (vec![milestone.id], line.text());
        let who = match verb {
            "invoice" | "unsent" | "pay" | "bounce" | "dishonour" | "done" => self.finance,
            _ => milestone.manager,
        };
        let change = match verb {
            "invoice" => {
                let amount = milestone.share(line.next()?)?;
                self.invoice(&milestone, on, amount, true)
            }
            "unsent" => self.invoice(&milestone, on, milestone.amount, false),
            "pay" => {
                let amount = milestone.share(line.next()?)?;
                let (mut milestone, mut matures_on) = (milestone, None);
                for word in line.words {
                    match word.split_once(':')? {
                        ("by", method) => milestone.method = Method::from_code(method)?,
                        ("matures", day) => matures_on = Some(self.at(day.parse().ok()?)),
                        _ => return None,
                    }
                }
                self.pay(&milestone, on, amount, matures_on)
            }
            "dishonour" => {
                self.todos += 1;
                let payment = milestone.last_payment?;
                let recourse = self.lang.recourse_of(payment);
                let event = BillEvent::Dishonoured { reason: reason.to_owned(), recourse };
                Change::Bill { payment, event, on }
            }
            "done" => {
                Change::CloseTodo { todo: TodoId(self.todos), on, outcome: reason.to_owned() }
            }
            "refuse" => Change::RefuseAcceptance { milestones, on, reason: reason.to_owned() },
            "condition" => {
                self.conditions += 1;
                Change::AddCondition(ConditionDraft {
                    milestone: milestone.id,
                    kind: ConditionKind::from_code(line.word()?)?,
                    wording: reason.to_owned(),
                    agreed_on: Some(on),
                    planned_on: Some(self.at(line.next()?)),
                })
            }
            "met" => Change::MeetConditions {
                conditions: vec![ConditionId(self.conditions)],
                on: Some(on),
                by: reason.to_owned(),
                reservation: String::new(),
                paper: Some(PaperId(self.papers)),
            },
            "paper" => {
                let kind = PaperKind::from_code(line.word()?)?;
                return self.paper(&milestone, day, kind, line, reason);
            }
            "note" => Change::AddNote(NoteDraft {
                kind: NoteKind::from_code(line.word()?)?,
                about: About::Project(self.contracts.last()?.project),
                on,
                wording: reason.to_owned(),
                number: line.word().map(str::parse).transpose().ok()?,
                until: None,
            }),
            "amend" => {
                let contract = *self.contracts.last()?;
                Change::Amend {
                    project: contract.project,
                    amount: minor(line.next()?, milestone.account.currency)?,
                    on,
                    lines: Vec::new(),
                    note: reason.to_owned(),
                }
            }
            "settle" => Change::Settle {
                milestones,
                amount: milestone.share(line.next()?)?,
                by: self.at(line.next()?),
                on,
                note: reason.to_owned(),
            },
            "split" => self.split(&milestone, on, line, reason)?,
            "bounce" => Change::ReversePayment {
                payment: milestone.last_payment?,
                amount: None,
                on,
                reason: reason.to_owned(),
            },
            "step" => {
                let level = line.next()?;
                let outcome = Outcome::from_code(line.word()?)?;
                self.step(&[milestone], day, level, outcome, reason)?
            }
            "chase" | "appoint" | "chat" => Change::LogContact(TouchDraft {
                kind: if verb == "chat" { TouchKind::Courtesy } else { TouchKind::AcceptanceChase },
                next_on: if verb == "appoint" { Some(self.at(line.next()?)) } else { None },
                ..self.touch(
                    std::slice::from_ref(&milestone),
                    day,
                    if is_chinese(milestone.account) { Channel::Wechat } else { Channel::Mail },
                    reason,
                )?
            }),
            "promise" => {
                let pay_by = self.at(line.next()?);
                let promise = PromiseDraft {
                    milestone: milestone.id,
                    amount: Some(milestone.share(line.next()?)?),
                    pay_by,
                };
                let about = std::slice::from_ref(&milestone);
                Change::LogContact(TouchDraft {
                    outcome: Some(Outcome::Promised),
                    next_on: Some(pay_by),
                    promises: vec![promise],
                    ..self.touch(about, day, Channel::Phone, reason)?
                })
            }
            "dispute" => Change::OpenDispute {
                milestone: milestone.id,
                amount: match line.word()? {
                    "all" => None,
                    percent => Some(milestone.share(percent.parse().ok()?)?),
                },
                on,
                reason: reason.to_owned(),
                owner: milestone.manager.to_owned(),
            },
            "todo" => {
                let about = Some(About::Milestone(milestone.id));
                self.todo(about, milestone.manager, on, line, reason)?
            }
            "resolve" => Change::ResolveDispute {
                milestone: milestone.id,
                on,
                resolution: reason.to_owned(),
            },
            "reschedule" => Change::Reschedule {
                milestones,
                to: self.at(line.next()?),
                on,
                reason: reason.to_owned(),
            },
            "hold" => Change::Hold {
                milestones,
                since: on,
                until: match line.word()? {
                    "-" => None,
                    day => Some(self.at(day.parse().ok()?)),
                },
                reason: reason.to_owned(),
            },
            "release" => Change::Release { milestones, on },
            "write_off" => Change::WriteOff {
                milestone: milestone.id,
                amount: Some(milestone.share(line.next()?)?),
                on,
                reason: reason.to_owned(),
            },
            _ => return None,
        };
        self.record(who, change);
        Some(())
    }

    /// `DUE:SHARE ...`, the last of which is the rest.
    fn split(
        &mut self,
        milestone: &Milestone,
        on: NaiveDate,
        line: Line,
        note: &str,
    ) -> Option<Change> {
        let mut parts = Vec::new();
        let mut left = milestone.amount;
        for word in line.words {
            let (day, share) = word.split_once(':')?;
            let amount = match share {
                "rest" => left,
                percent => milestone.share(percent.parse().ok()?)?,
            };
            left -= amount;
            parts.push(Part { due: self.at(day.parse().ok()?), amount });
        }
        for (number, part) in (1..).zip(&parts) {
            let id = MilestoneId(self.milestones.last()?.id.0 + 1);
            let key = numbering::part(&milestone.key, number);
            let part = Milestone { key, id, amount: part.amount, ..milestone.clone() };
            self.milestones.push(part);
        }
        let (milestones, note) = (vec![milestone.id], note.to_owned());
        Some(Change::Split { milestones, parts, on, all_due: true, note })
    }

    /// `KIND [signed] [delivered:DAY] | TITLE | PROOF`: a contract is about the project, all else about the milestone; what
    /// was delivered was sent that day.
    fn paper(
        &mut self,
        milestone: &Milestone,
        day: i64,
        kind: PaperKind,
        mut line: Line,
        title: &str,
    ) -> Option<()> {
        let about = if kind == PaperKind::Contract {
            Subject::Project(self.contracts.last()?.project)
        } else {
            Subject::Milestones(vec![milestone.id])
        };
        self.papers += 1;
        let (paper, dated) = (PaperId(self.papers), self.at_work(day));
        // The ledger's own numbers are Chinese.
        let letters = kind.letters().filter(|_| !is_chinese(milestone.account));
        let number = letters
            .map(|(_, code)| format!("{code}-{}-{:03}", dated.year(), self.papers))
            .unwrap_or_default();
        let title = title.to_owned();
        let draft = PaperDraft { number, title, ..PaperDraft::new(kind, about, dated) };
        let proof = line.text().to_owned();
        let mut marks = Vec::new();
        for word in line.words {
            match word.split_once(':').unwrap_or((word, "")) {
                ("signed", _) => marks.push((PaperMark::Signed, dated)),
                ("delivered", day) => {
                    marks.push((PaperMark::Sent { channel: None, mailed: None }, dated));
                    let delivered = PaperMark::Delivered { proof: proof.clone() };
                    marks.push((delivered, self.at(day.parse().ok()?)));
                }
                _ => return None,
            }
        }
        self.record(milestone.manager, Change::FilePaper(draft));
        for (mark, on) in marks {
            self.record(milestone.manager, Change::MarkPaper { paper, mark, on });
        }
        Some(())
    }

    /// `KIND DUE [EVERY]`.
    fn todo(
        &mut self,
        about: Option<About>,
        owner: &str,
        on: NaiveDate,
        mut line: Line,
        title: &str,
    ) -> Option<Change> {
        let kind = TodoKind::from_code(line.word()?)?;
        let due_on = Some(self.at(line.next()?));
        let every = line.word().map(str::parse).transpose().ok()?;
        self.todos += 1;
        Some(Change::AddTodo(TodoDraft {
            about,
            owner: owner.to_owned(),
            due_on,
            every,
            ..TodoDraft::new(kind, title, on)
        }))
    }

    fn invoice(
        &mut self,
        milestone: &Milestone,
        issued_on: NaiveDate,
        amount: i64,
        sent: bool,
    ) -> Change {
        self.invoices += 1;
        let (year, n) = (issued_on.year() % 100, self.invoices);
        let (number, kind) = if is_chinese(milestone.account) {
            (format!("{year:02}3120000000{n:08}"), InvoiceKind::Special)
        } else {
            (format!("INV-{year:02}{n:04}"), InvoiceKind::Other)
        };
        let received_on = shift(issued_on, 3);
        Change::Invoice(InvoiceDraft {
            number,
            kind,
            tax_rate: milestone.tax_rate,
            sent_on: sent.then_some(issued_on),
            received_on: (sent && received_on <= self.today).then_some(received_on),
            ..InvoiceDraft::new(issued_on, vec![(milestone.id, Some(amount))])
        })
    }

    fn pay(
        &mut self,
        milestone: &Milestone,
        received_on: NaiveDate,
        amount: i64,
        matures_on: Option<NaiveDate>,
    ) -> Change {
        self.payments += 1;
        let bill = matures_on.map(|matures_on| {
            let number = format!("{}{:06}", received_on.format("%Y%m%d"), self.payments);
            let matures_on = Some(matures_on);
            Box::new(BillDraft { number, matures_on, ..BillDraft::default() })
        });
        if let Some(last) = self.milestones.last_mut() {
            last.last_payment = Some(PaymentId(self.payments));
        }
        Change::RecordPayment(PaymentDraft {
            method: milestone.method,
            bill,
            bank_ref: bank_ref(received_on, amount),
            target: Target::Lines(vec![(milestone.id, amount)]),
            ..PaymentDraft::new(milestone.account, received_on, amount)
        })
    }

    /// One payment for shares of some milestones, and something more.
    fn receipt(&self, mut line: Line) -> Option<PaymentDraft> {
        let (received_on, more) = (self.at(line.next()?), line.next()?);
        let mut lines = Vec::new();
        let mut account = None;
        for word in line.words {
            let (key, percent) = word.split_once(':')?;
            let milestone = self.named(key)?;
            lines.push((milestone.id, milestone.share(percent.parse().ok()?)?));
            account = Some(milestone.account);
        }
        let account = account?;
        let more = minor(more, account.currency)?;
        let amount = money::sum(lines.iter().map(|(_, amount)| *amount).chain([more])).ok()?;
        Some(PaymentDraft {
            bank_ref: bank_ref(received_on, amount),
            target: Target::Lines(lines),
            ..PaymentDraft::new(account, received_on, amount)
        })
    }

    fn receive(&mut self, draft: PaymentDraft) {
        self.payments += 1;
        self.record(self.finance, Change::RecordPayment(draft));
    }

    fn step(
        &mut self,
        about: &[Milestone],
        day: i64,
        level: u8,
        outcome: Outcome,
        note: &str,
    ) -> Option<Change> {
        let chinese = is_chinese(about.first()?.account);
        let channel = match level {
            0 if chinese => Channel::Wechat,
            0 | 1 => Channel::Mail,
            2 => Channel::Phone,
            3 | 4 => Channel::Letter,
            5 => Channel::Lawyer,
            _ => Channel::Court,
        };
        Some(Change::LogContact(TouchDraft {
            kind: TouchKind::Dunning,
            step: Some(level),
            outcome: Some(outcome),
            ..self.touch(about, day, channel, note)?
        }))
    }

    /// A contact with whoever of the customer likes the channel.
    fn touch(
        &self,
        about: &[Milestone],
        day: i64,
        channel: Channel,
        note: &str,
    ) -> Option<TouchDraft> {
        let account = about.first()?.account;
        let customer = self.customers.iter().find(|c| c.account == account)?;
        let liked = customer.contacts.iter().find(|(_, likes)| *likes == channel);
        let (contact, _) = liked.or(customer.contacts.first())?;
        Some(TouchDraft {
            contact: Some(*contact),
            channel,
            outcome: Some(Outcome::Noted),
            note: note.to_owned(),
            ..TouchDraft::new(about.iter().map(|m| m.id).collect(), self.at_work(day))
        })
    }
}

fn bank_ref(received_on: NaiveDate, amount: i64) -> String {
    format!("{}{:04}", received_on.format("%Y%m%d"), amount % 9973)
}
