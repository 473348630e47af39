//! A small ledger made by hand, and a person at the keys.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::bank::{StatementBatch, StatementLine, StatementSum};
use crate::domain::change::{
    Change, ContactDraft, CustomerDraft, InvoiceDraft, MilestoneDraft, PaymentDraft, ProjectDraft,
    PromiseDraft, Target, TouchDraft,
};
use crate::domain::facts::Account;
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::{InvoiceKind, Outcome, ProjectState, Stage, TouchKind};
use crate::domain::money::Currency;
use crate::store::{Context, Store};
use crate::text::Lang;
use crate::tui::app::App;
use crate::tui::data::{LastSeen, Ledger, Session};
use crate::tui::input::{Input, Key};
use crate::tui::theme::{Depth, Theme, Ui};
use crate::tui::widgets::testing::Emulator;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn today() -> NaiveDate {
    day("2026-11-21")
}

/// The ledger as somebody sees it.
pub fn opened(store: Store, who: &str, last_seen: LastSeen) -> Ledger {
    let session = Session {
        today: today(),
        who: who.to_owned(),
        name: "test".to_owned(),
        last_seen,
        backups: None,
        files: (!store.is_throwaway()).then(|| store.path().with_file_name("files")),
        formats: None,
    };
    Ledger::open(store, session).unwrap()
}

pub fn write(store: &mut Store, change: &Change) -> i64 {
    let context = Context {
        who: "wang",
        today: today(),
        at: DateTime::<Utc>::from_timestamp(1_795_000_000, 0).unwrap(),
        seen: None,
    };
    let applied = store.apply(change, &context).unwrap();
    applied.created.first().copied().unwrap_or_default()
}

/// Three customers and what they owe on 2026-11-21.
pub struct Town {
    pub store: Store,
    pub folder: tempfile::TempDir,
}

impl Town {
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("ledger.db")).unwrap();
        Self { store, folder }
    }

    pub fn new() -> Self {
        let mut town = Self::empty();
        town.galaxy();
        town.waterworks();
        town.vision();
        town
    }

    /// A statement: of each customer of the first open items exactly what is open on one; a part of one, a sum of two,
    /// money of nobody, and money that went out.
    pub fn statement(&mut self) {
        let items = self.store.items().unwrap();
        let cny: Vec<&Item> =
            items.iter().filter(|item| item.currency == Currency::CNY).take(4).collect();
        let line = |row: u32, amount: i64, customer: Option<CustomerId>, remark: &str| {
            let name = customer.map(|id| self.store.customer_draft(id).unwrap().name);
            StatementLine {
                row,
                account: "6222 0000 1111".to_owned(),
                on: day("2026-11-10"),
                amount,
                currency: Currency::CNY,
                balance: None,
                payer: name.unwrap_or_default(),
                payer_account: "6225 1111 2222".to_owned(),
                remark: remark.to_owned(),
                serial: format!("T{row}"),
            }
        };
        let mut lines =
            vec![line(1, -1_500, None, "手续费 fee"), line(2, 888, None, "结息 interest")];
        for (row, item) in (3..).zip(&cny) {
            lines.push(line(row, item.balance, Some(item.customer), "货款 payment"));
        }
        if let Some(first) = cny.first() {
            lines.push(line(9, first.balance - 1_000, Some(first.customer), ""));
            lines.push(line(10, first.balance / 3, Some(first.customer), "分期 part"));
        }
        let sum = StatementSum {
            account: "6222 0000 1111".to_owned(),
            currency: Currency::CNY,
            first_on: day("2026-11-01"),
            last_on: day("2026-11-10"),
            money_in: (0, 0),
            money_out: (0, 0),
            opening: Some(0),
            closing: Some(lines.iter().map(|line| line.amount).sum()),
        };
        let batch = StatementBatch {
            file: "statement.csv".to_owned(),
            sha256: String::new(),
            sums: vec![sum],
            rows: lines,
        };
        let context = Context {
            who: "li",
            today: today(),
            at: DateTime::<Utc>::from_timestamp(1_795_000_000, 0).unwrap(),
            seen: None,
        };
        self.store.import_statement(&batch, &context, &mut |_, _| {}).unwrap();
    }

    pub fn does(&mut self, change: &Change) -> i64 {
        write(&mut self.store, change)
    }

    fn customer(&mut self, code: &str, short: &str, name: &str) -> CustomerId {
        let contact = ContactDraft {
            name: "李雷".to_owned(),
            role: "财务".to_owned(),
            phone: "138-0000-0001".to_owned(),
            ..ContactDraft::default()
        };
        CustomerId(self.does(&Change::AddCustomer(CustomerDraft {
            code: code.to_owned(),
            name: name.to_owned(),
            short_name: short.to_owned(),
            contacts: vec![contact],
            ..CustomerDraft::default()
        })))
    }

    /// A customer of this name, with a project of the same and a milestone of it, overdue, promised and called about.
    pub fn owes(&mut self, code: &str, name: &str) {
        self.owes_since(code, name, 120_000, "2026-10-01");
    }

    /// The same of so much since a day.
    pub fn owes_since(&mut self, code: &str, name: &str, amount: i64, due: &str) {
        let customer = self.customer(code, name, name);
        let project = self.project(customer, &format!("P-{code}"), name, Currency::CNY);
        let what = (&*format!("P-{code}-M1"), name, Stage::Final);
        let late = self.milestone(project, what, amount, due);
        self.invoiced(late, &format!("INV-{code}"), "2026-09-20");
        self.touched(late, Some(1), "2026-10-05", name);
        self.promised(late, amount, "2026-11-01", "2026-11-25");
        self.account(customer, 1_000, "2026-11-18");
    }

    fn project(
        &mut self,
        customer: CustomerId,
        code: &str,
        name: &str,
        currency: Currency,
    ) -> ProjectId {
        ProjectId(self.does(&Change::AddProject(ProjectDraft {
            code: code.to_owned(),
            name: name.to_owned(),
            customer,
            manager: "王敏".to_owned(),
            finance: String::new(),
            legal: String::new(),
            sales: String::new(),
            contract_no: format!("HT-{code}"),
            contract_amount: None,
            currency,
            signed_on: Some(day("2026-03-01")),
            starts_on: None,
            ends_on: None,
            warranty_ends_on: None,
            progress_percent: None,
            grace_days: 0,
            state: ProjectState::Active,
            bills: false,
            late_fee: None,
            discount: None,
            method: None,
            bill_months: None,
            priority_from: None,
            completed_on: None,
            plan: Vec::new(),
        })))
    }

    fn milestone(
        &mut self,
        project: ProjectId,
        what: (&str, &str, Stage),
        amount: i64,
        rule: &str,
    ) -> MilestoneId {
        let (key, name, stage) = what;
        MilestoneId(self.does(&Change::AddMilestone(MilestoneDraft {
            project,
            key: key.to_owned(),
            name: name.to_owned(),
            stage,
            amount: amount * 100,
            condition: String::new(),
            rule: rule.parse().unwrap(),
            agreed_on: Some(day("2026-03-01")),
            planned_on: None,
            delivered_on: None,
            accepted_on: None,
            method: None,
            bill_months: None,
            note: String::new(),
        })))
    }

    fn invoiced(&mut self, milestone: MilestoneId, number: &str, on: &str) {
        self.does(&Change::Invoice(InvoiceDraft {
            number: number.to_owned(),
            kind: InvoiceKind::Special,
            issued_on: day(on),
            sent_on: Some(day(on)),
            received_on: None,
            reverses: None,
            tax_rate: None,
            again: false,
            above: false,
            lines: vec![(milestone, None)],
        }));
    }

    pub fn paid(&mut self, customer: CustomerId, amount: i64, on: &str, to: Option<MilestoneId>) {
        let to = to.map_or(Target::Automatic, |to| Target::Lines(vec![(to, amount * 100)]));
        self.received(customer, amount, on, to);
    }

    /// Money that pays nothing yet.
    pub fn account(&mut self, customer: CustomerId, amount: i64, on: &str) {
        self.received(customer, amount, on, Target::Lines(Vec::new()));
    }

    fn received(&mut self, customer: CustomerId, amount: i64, on: &str, target: Target) {
        let account = Account { customer, currency: Currency::CNY };
        self.does(&Change::RecordPayment(PaymentDraft {
            target,
            ..PaymentDraft::new(account, day(on), amount * 100)
        }));
    }

    fn touched(&mut self, milestone: MilestoneId, step: Option<u8>, on: &str, note: &str) {
        self.does(&Change::LogContact(TouchDraft {
            kind: if step.is_some() { TouchKind::Dunning } else { TouchKind::Courtesy },
            step,
            outcome: Some(Outcome::Noted),
            note: note.to_owned(),
            ..TouchDraft::new(vec![milestone], day(on))
        }));
    }

    fn promised(&mut self, milestone: MilestoneId, amount: i64, on: &str, by: &str) {
        self.does(&Change::Promise {
            promises: vec![PromiseDraft { milestone, amount: Some(amount * 100), pay_by: day(by) }],
            on: day(on),
            note: String::new(),
        });
    }

    /// Late, with a broken promise; an acceptance to come; a paid advance.
    fn galaxy(&mut self) {
        let customer = self.customer("C001", "星河科技", "星河科技有限公司");
        let project = self.project(customer, "P-2031", "数据中台", Currency::CNY);
        let advance = self.milestone(
            project,
            ("P-2031-M1", "M1 预付款", Stage::Advance),
            300_000,
            "2026-03-15",
        );
        self.paid(customer, 300_000, "2026-03-14", Some(advance));
        let late = self.milestone(
            project,
            ("P-2031-M3", "M3 验收款", Stage::Acceptance),
            480_000,
            "acceptance + 30d",
        );
        self.does(&Change::Deliver { milestones: vec![late], on: Some(day("2026-09-01")) });
        self.does(&Change::Accept { milestones: vec![late], on: Some(day("2026-09-02")) });
        self.invoiced(late, "24317", "2026-09-05");
        self.touched(late, Some(2), "2026-10-09", "说下月安排");
        self.promised(late, 480_000, "2026-11-10", "2026-11-20");
        self.milestone(
            project,
            ("P-2031-M4", "M4 质保金", Stage::Retention),
            60_000,
            "acceptance(P-2031-M3) + 1y",
        );
    }

    /// Late, and touched lately, so that it waits.
    fn waterworks(&mut self) {
        let customer = self.customer("C002", "华东水务", "华东水务集团");
        let project = self.project(customer, "P-2040", "管网监测", Currency::CNY);
        let late = self.milestone(
            project,
            ("P-2040-M2", "M2 进度款", Stage::Progress),
            210_000,
            "2026-11-08",
        );
        self.invoiced(late, "24401", "2026-10-30");
        self.paid(customer, 50_000, "2026-11-12", Some(late));
        self.touched(late, Some(1), "2026-11-20", "");
        let soon = self.milestone(
            project,
            ("P-2040-M3", "M3 到货款", Stage::Delivery),
            160_000,
            "2026-11-25",
        );
        self.invoiced(soon, "24402", "2026-11-01");
    }

    /// Delivered and not accepted; something in dollars that we did not bill.
    fn vision(&mut self) {
        let customer = self.customer("C003", "远景装备", "Vision Equipment 远景装备");
        let project = self.project(customer, "P-2055", "MES 二期", Currency::CNY);
        let wait = self.milestone(
            project,
            ("P-2055-M2", "M2 验收款", Stage::Acceptance),
            160_000,
            "acceptance + 15d",
        );
        self.does(&Change::Deliver { milestones: vec![wait], on: Some(day("2026-11-02")) });
        let abroad = self.project(customer, "P-2056", "Export line", Currency::USD);
        let bill = self.milestone(
            abroad,
            ("P-2056-M1", "M1 到货款", Stage::Delivery),
            25_000,
            "delivery + 30d",
        );
        self.does(&Change::Deliver { milestones: vec![bill], on: Some(day("2026-11-15")) });
    }

    /// A person sits down at this size.
    pub fn seen(self, lang: Lang, size: (u16, u16)) -> Played {
        self.seen_since(lang, size, LastSeen::default())
    }

    /// The same with looks and keys of their own.
    pub fn seen_as(self, ui: Ui, size: (u16, u16)) -> Played {
        let ledger = opened(self.store, "wang", LastSeen::default());
        Played { _folder: Some(self.folder), ..Played::with(ledger, ui, size) }
    }

    pub fn seen_since(self, lang: Lang, size: (u16, u16), last: LastSeen) -> Played {
        Played::kept(opened(self.store, "wang", last), self.folder, lang, size)
    }
}

impl Played {
    /// A ledger on a screen of this size.
    pub fn of(ledger: Ledger, lang: Lang, size: (u16, u16)) -> Self {
        let theme = Theme::fitting(Depth::Sixteen, false);
        Self::with(ledger, Ui::new(lang, theme), size)
    }

    /// The same, whose folder lasts as long as it is played.
    pub fn kept(ledger: Ledger, folder: tempfile::TempDir, lang: Lang, size: (u16, u16)) -> Self {
        Self { _folder: Some(folder), ..Self::of(ledger, lang, size) }
    }

    /// The same with looks and keys of its own.
    fn with(ledger: Ledger, ui: Ui, size: (u16, u16)) -> Self {
        let mut app = App::new(ledger, ui);
        app.set_time(crate::clock::instant(), today());
        let terminal = Emulator::new(size.0, size.1);
        let mut played = Self { app, terminal, _folder: None };
        played.draw();
        played
    }
}

/// The screen, and who plays it.
pub struct Played {
    pub app: App,
    pub terminal: Emulator,
    _folder: Option<tempfile::TempDir>,
}

impl Played {
    /// As the loop does.
    fn draw(&mut self) {
        self.terminal.draw(|frame| self.app.draw(frame));
        self.app.take_dirty();
        self.app.drawn();
        if self.app.take_dirty() {
            self.terminal.draw(|frame| self.app.draw(frame));
        }
    }

    /// Presses keys one after the other, each with its frame.
    pub fn press(mut self, text: &str) -> Self {
        self.draw();
        for word in text.split_whitespace() {
            let key = match word {
                "Enter" => Key::Enter,
                "Esc" => Key::Esc,
                "Tab" => Key::Tab,
                "Space" => Key::Char(' '),
                "C-s" => Key::Ctrl('s'),
                "C-u" => Key::Ctrl('u'),
                "S-Up" => Key::ShiftUp,
                "S-Down" => Key::ShiftDown,
                other => Key::Char(other.chars().next().unwrap()),
            };
            self.app.on_input(Input::Key(key));
            self.draw();
        }
        self
    }

    pub fn types(mut self, text: &str) -> Self {
        self.app.on_input(Input::Paste(text.to_owned()));
        self.draw();
        self
    }

    /// Clicks where a text first stands.
    pub fn click(self, text: &str) -> Self {
        let (x, y) = self.place(text);
        self.does(Input::Click(x, y))
    }

    /// Turns the wheel where a text first stands.
    pub fn wheel(self, text: &str, rows: i32) -> Self {
        let (x, y) = self.place(text);
        self.does(Input::Wheel(x, y, rows))
    }

    pub fn does(mut self, input: Input) -> Self {
        self.app.on_input(input);
        self.draw();
        self
    }

    /// Where a text first stands.
    fn place(&self, text: &str) -> (u16, u16) {
        let place = self.terminal.lines().into_iter().zip(0_u16..).find_map(|(line, y)| {
            let (before, _) = line.split_once(text)?;
            Some((crate::tui::widgets::text::cells(crate::text::width::width(before)), y))
        });
        place.unwrap_or_else(|| panic!("no {text:?} in\n{}", self.screen()))
    }

    #[track_caller]
    pub fn shows(&self, text: &str) {
        let screen = self.screen();
        assert!(screen.contains(text), "no {text:?} in\n{screen}");
    }

    #[track_caller]
    pub fn hides(&self, text: &str) {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} in\n{screen}");
    }

    /// Whether both are there, the second behind the first.
    pub fn below(&self, first: &str, second: &str) -> bool {
        let screen = self.screen();
        let (first, second) = (screen.find(first), screen.find(second));
        first.is_some() && first < second
    }

    pub fn screen(&self) -> String {
        self.terminal.lines().join("\n")
    }
}
