//! A ledger in a folder of its own, and short words for filling it.
#![allow(dead_code, reason = "no suite needs all of it")]

use chrono::{DateTime, NaiveDate, Utc};
use huikuan::domain::bank::{StatementBatch, StatementLine};
use huikuan::domain::change::{
    Change, CustomerDraft, InvoiceDraft, MilestoneDraft, PaymentDraft, ProjectDraft, PromiseDraft,
    Target, TouchDraft,
};
use huikuan::domain::facts::Account;
use huikuan::domain::ids::{CustomerId, EventId, MilestoneId, PaymentId, ProjectId};
use huikuan::domain::item::Item;
use huikuan::domain::kinds::{Stage, TouchKind};
use huikuan::domain::money::Currency;
use huikuan::domain::plan::PlanBatch;
use huikuan::domain::violation::Violation;
use huikuan::error::Error;
use huikuan::store::{Applied, Context, Store};
use std::fmt::Write;

#[path = "portable.rs"]
mod portable;
use portable::Portable;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn today() -> NaiveDate {
    day("2026-11-21")
}

pub fn context<'a>() -> Context<'a> {
    Context {
        who: "wang",
        today: today(),
        at: DateTime::<Utc>::from_timestamp(1_795_000_000, 0).unwrap(),
        seen: None,
    }
}

pub struct Ledger {
    pub store: Store,
    pub folder: tempfile::TempDir,
}

impl Ledger {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let engine = Box::new(Portable::open(&path).unwrap());
        let store = Store::over(engine, &path, &mut |_, _| {}).unwrap();
        Self { store, folder }
    }

    /// A customer with one project, in CNY.
    pub fn with_project() -> (Self, CustomerId, ProjectId) {
        let mut ledger = Self::new();
        let customer = ledger.customer("C1");
        let project = ledger.project("P1", customer);
        (ledger, customer, project)
    }

    pub fn apply(&mut self, change: &Change) -> Result<Applied, Error> {
        self.store.apply(change, &context())
    }

    pub fn import(&mut self, batch: &PlanBatch) -> Result<Applied, Error> {
        self.store.import(batch, &context(), &mut |_, _| {})
    }

    /// Imports lines of a statement, and tells how many were new.
    pub fn imports_statement(&mut self, lines: &[StatementLine]) -> u32 {
        let batch = StatementBatch {
            file: "statement.csv".into(),
            sha256: String::new(),
            sums: Vec::new(),
            rows: lines.to_vec(),
        };
        let done = self.store.import_statement(&batch, &context(), &mut |_, _| {}).unwrap();
        done.1.new
    }

    pub fn does(&mut self, change: &Change) -> Applied {
        self.apply(change).unwrap()
    }

    pub fn refuses(&mut self, change: &Change) -> Violation {
        match self.apply(change) {
            Err(Error::Violation(why)) => why,
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    pub fn as_user(&mut self, who: &str, change: &Change) -> Result<Applied, Error> {
        self.store.apply(change, &Context { who, ..context() })
    }

    pub fn after(&mut self, seen: EventId, change: &Change) -> Result<Applied, Error> {
        let seen = Some(seen);
        self.store.apply(change, &Context { seen, ..context() })
    }

    pub fn adds(&mut self, change: &Change) -> i64 {
        self.does(change).created[0]
    }

    pub fn customer(&mut self, code: &str) -> CustomerId {
        CustomerId(self.adds(&Change::AddCustomer(customer(code))))
    }

    pub fn project(&mut self, code: &str, customer: CustomerId) -> ProjectId {
        ProjectId(self.adds(&Change::AddProject(project(code, customer))))
    }

    pub fn milestone(
        &mut self,
        project: ProjectId,
        key: &str,
        amount: i64,
        rule: &str,
    ) -> MilestoneId {
        MilestoneId(self.adds(&Change::AddMilestone(milestone(project, key, amount, rule))))
    }

    pub fn pay(
        &mut self,
        customer: CustomerId,
        amount: i64,
        on: &str,
        target: Target,
    ) -> PaymentId {
        PaymentId(self.adds(&payment(customer, amount, on, target)))
    }

    pub fn item(&self, id: MilestoneId) -> Option<Item> {
        self.store.items_by_id(&[id]).unwrap().pop()
    }

    pub fn balance(&self, id: MilestoneId) -> i64 {
        self.item(id).map_or(0, |item| item.balance)
    }

    /// The file itself, past the store.
    pub fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.store.path()).unwrap()
    }

    /// A number from the file itself.
    pub fn count(&self, sql: &str) -> i64 {
        self.raw().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Every row of every table but the events, as text; and but the numbers that were given, which no undo gives back.
    pub fn dump(&self) -> String {
        let db = self.raw();
        let mut dump = String::new();
        for table in tables(&db) {
            if matches!(
                table.as_str(),
                "event" | "event_row" | "derived" | "paper_serial" | "refinery_schema_history"
            ) {
                continue;
            }
            let mut statement =
                db.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3")).unwrap();
            let width = statement.column_count();
            let mut rows = statement.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let cells: Vec<_> = (0..width).map(|i| row.get_ref(i).unwrap()).collect();
                let _ = writeln!(dump, "{table} {cells:?}");
            }
        }
        dump
    }
}

fn tables(db: &rusqlite::Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut statement = db.prepare(sql).unwrap();
    let names = statement.query_map([], |r| r.get(0)).unwrap();
    names.collect::<Result<_, _>>().unwrap()
}

pub fn customer(code: &str) -> CustomerDraft {
    CustomerDraft { code: code.into(), name: format!("客户 {code}"), ..CustomerDraft::default() }
}

pub fn project(code: &str, customer: CustomerId) -> ProjectDraft {
    ProjectDraft {
        code: code.into(),
        name: format!("项目 {code}"),
        manager: "王敏".into(),
        signed_on: Some(day("2026-01-05")),
        ..ProjectDraft::new(customer, Currency::CNY)
    }
}

pub fn milestone(project: ProjectId, key: &str, amount: i64, rule: &str) -> MilestoneDraft {
    MilestoneDraft {
        key: key.into(),
        stage: Stage::Progress,
        rule: rule.parse().unwrap(),
        ..MilestoneDraft::new(project, format!("节点 {key}"), amount)
    }
}

pub fn payment(customer: CustomerId, amount: i64, on: &str, target: Target) -> Change {
    let account = Account { customer, currency: Currency::CNY };
    Change::RecordPayment(PaymentDraft { target, ..PaymentDraft::new(account, day(on), amount) })
}

/// A line without a number of the bank's.
pub fn statement_line(on: &str, amount: i64, payer: &str) -> StatementLine {
    StatementLine {
        row: 1,
        account: "6222".into(),
        on: day(on),
        amount,
        currency: Currency::CNY,
        balance: None,
        payer: payer.into(),
        payer_account: String::new(),
        remark: String::new(),
        serial: String::new(),
    }
}

pub fn reversal(payment: PaymentId, amount: Option<i64>, on: &str) -> Change {
    Change::ReversePayment { payment, amount, on: day(on), reason: "bounced".into() }
}

pub fn invoice(milestone: MilestoneId, amount: Option<i64>, on: &str) -> Change {
    Change::Invoice(InvoiceDraft::new(day(on), vec![(milestone, amount)]))
}

pub fn contact(milestones: &[MilestoneId], step: Option<u8>, on: &str) -> TouchDraft {
    TouchDraft { kind: TouchKind::Dunning, step, ..TouchDraft::new(milestones.to_vec(), day(on)) }
}

pub fn promise(milestone: MilestoneId, amount: Option<i64>, on: &str, by: &str) -> Change {
    Change::Promise {
        promises: vec![PromiseDraft { milestone, amount, pay_by: day(by) }],
        on: day(on),
        note: String::new(),
    }
}
