//! The tables that hold facts: one struct a table, which names its columns once. Statements, the journal and every
//! reading of whole rows come from it; a new column is a field here and a migration.
//!
//! Derived columns (`milestone.closed_on`, `payment.unapplied`) are missing on purpose: they are computed again, never
//! restored.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use iso_currency::Currency;

use super::backend::{Backend, Column, Read, RowReader, Value, values};
use crate::domain::discount::Discount;
use crate::domain::due::DueRule;
use crate::domain::ids::{
    AllocationId, BankLineId, ContactId, CustomerId, DealId, InvoiceId, MilestoneId, PaperId,
    PaymentId, PersonId, ProjectId, TouchId,
};
use crate::domain::kinds::{
    BillForm, Cause, Channel, ConditionKind, DealKind, DeductionKind, Grade, InvoiceKind, Level,
    Method, NoteKind, Outcome, PaperKind, PriorityStart, ProjectState, Role, Stage, TodoKind,
    TouchKind,
};
use crate::domain::late_fee::LateFee;
use crate::domain::tax::TaxRate;
use crate::domain::todo::Every;
use crate::error::Result;

/// One row of a table of facts, without its id.
pub(super) trait Row: Read {
    const TABLE: Table;
    fn values(&self) -> Vec<Value<'_>>;
}

/// The statements that write a table, put together once from its columns.
pub(super) struct Statements {
    /// Takes every column.
    pub insert: String,
    /// Takes every column and the id.
    pub update: String,
    /// Takes the id; gives every column.
    pub select: String,
    /// Takes the first and the last id.
    pub delete: String,
}

impl Statements {
    fn new(table: Table) -> Self {
        let (name, columns) = (table.stored(), table.columns());
        let list = columns.join(", ");
        Self {
            insert: format!("INSERT INTO {name} ({list}) VALUES ({})", parameters(1, columns)),
            update: update(table, columns),
            select: format!("SELECT {list} FROM {name} WHERE id = $1"),
            delete: format!("DELETE FROM {name} WHERE id BETWEEN $1 AND $2"),
        }
    }
}

fn parameters(from: usize, columns: &[&str]) -> String {
    let names: Vec<String> = (from..from + columns.len()).map(|at| format!("${at}")).collect();
    names.join(", ")
}

/// Takes the id and these columns; the others get what the schema says.
pub(super) fn restore(table: Table, columns: &[&str]) -> String {
    let (name, list) = (table.stored(), columns.join(", "));
    format!("INSERT INTO {name} (id, {list}) VALUES ($1, {})", parameters(2, columns))
}

/// Takes these columns and the id; the others stay.
pub(super) fn update(table: Table, columns: &[&str]) -> String {
    let pairs: Vec<String> =
        columns.iter().zip(1..).map(|(column, at)| format!("{column} = ${at}")).collect();
    let (name, id) = (table.stored(), columns.len() + 1);
    format!("UPDATE {name} SET {} WHERE id = ${id}", pairs.join(", "))
}

static STATEMENTS: LazyLock<Vec<Statements>> =
    LazyLock::new(|| Table::ALL.iter().map(|table| Statements::new(*table)).collect());

macro_rules! tables {
    ($($(#[$doc:meta])*
        $table:ident($name:literal $(in $stored:literal)? $(, milestones = $milestones:literal)? $(, payments = $payments:literal)?)
        $row:ident { $($(#[$field_doc:meta])* $column:ident: $type:ty),+ $(,)? })+) => {
        /// A table of facts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Table { $($table),+ }

        impl Table {
            pub(super) const ALL: &'static [Self] = &[$(Self::$table),+];

            /// Its name in the journal, and in SQL for whoever reads: what was voided is left out there.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$table => $name),+ }
            }

            /// Its name in SQL with everything that was ever written.
            pub(super) const fn stored(self) -> &'static str {
                match self { $(Self::$table => tables!(@stored $name $($stored)?)),+ }
            }

            /// Its columns without `id`.
            pub(super) const fn columns(self) -> &'static [&'static str] {
                match self { $(Self::$table => &[$(stringify!($column)),+]),+ }
            }

            /// Takes the first and the last id; gives the milestones whose facts these rows are.
            pub(super) const fn milestones(self) -> Option<&'static str> {
                match self { $(Self::$table => tables!(@sql $($milestones)?)),+ }
            }

            /// Takes the first and the last id; gives the payments whose facts these rows are.
            pub(super) const fn payments(self) -> Option<&'static str> {
                match self { $(Self::$table => tables!(@sql $($payments)?)),+ }
            }
        }

        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq)]
            pub(super) struct $row { $($(#[$field_doc])* pub $column: $type),+ }

            impl Read for $row {
                fn read(row: &mut RowReader<'_>) -> Result<Self> {
                    Ok(Self { $($column: row.next()?),+ })
                }
            }

            impl Row for $row {
                const TABLE: Table = Table::$table;

                fn values(&self) -> Vec<Value<'_>> {
                    vec![$(self.$column.value()),+]
                }
            }
        )+
    };
    (@stored $name:literal) => { $name };
    (@stored $name:literal $stored:literal) => { $stored };
    (@sql) => { None };
    (@sql $sql:literal) => { Some($sql) };
}

tables! {
    Person("person") PersonRow { name: String, role: Role, team: String, email: String }

    Customer("customer") CustomerRow {
        code: String, name: String, short_name: String, invoice_title: String, tax_no: String, bank: String,
        bank_account: String, address: String, phone: String, grade: Option<Grade>, credit_limit: Option<i64>,
        terms_days: Option<u16>, notes: String,
    }

    Contact("contact") ContactRow {
        customer: CustomerId, name: String, role: String, phone: String, email: String, wechat: String,
        channel: Option<Channel>, removed: bool,
    }

    Project("project",
        milestones = "SELECT id FROM milestone WHERE project BETWEEN $1 AND $2"
    ) ProjectRow {
        code: String, customer: CustomerId, name: String, manager: Option<PersonId>, contract_no: String,
        contract_amount: Option<i64>, currency: Currency, signed_on: Option<NaiveDate>, starts_on: Option<NaiveDate>,
        ends_on: Option<NaiveDate>, warranty_ends_on: Option<NaiveDate>,
        /// As it was entered with the contract: it counts until the first note does.
        progress_percent: Option<u8>,
        grace_days: u16, state: ProjectState, bills: bool, late_fee: Option<LateFee>,
        discount: Option<Discount>, method: Option<Method>, bill_months: Option<u16>,
        /// Who of us does its finance, legal and sales, where the roles do not say so by themselves.
        finance: Option<PersonId>, legal: Option<PersonId>, sales: Option<PersonId>,
        priority_from: Option<PriorityStart>,
        /// Day the works were completed.
        completed_on: Option<NaiveDate>,
    }

    Milestone("milestone" in "all_milestone",
        milestones = "SELECT id FROM all_milestone WHERE id BETWEEN $1 AND $2 \
        UNION SELECT w.id FROM all_milestone m JOIN milestone w ON w.project = m.project \
        WHERE m.id BETWEEN $1 AND $2 AND (w.rule LIKE 'acceptance(%' OR \
        ((w.rule LIKE 'acceptance%' OR w.rule LIKE 'delivery%') AND w.stage IN ('settlement', 'final', 'retention', 'other')))"
    ) MilestoneRow {
        project: ProjectId, seq: u32, key: Option<String>, name: String, stage: Stage, amount: i64, condition: String,
        rule: DueRule, agreed_on: Option<NaiveDate>, planned_on: Option<NaiveDate>, delivered_on: Option<NaiveDate>,
        accepted_on: Option<NaiveDate>, method: Option<Method>, note: String, bill_months: Option<u16>,
    }

    Invoice("invoice" in "all_invoice",
        milestones = "SELECT milestone FROM all_invoice_line WHERE invoice BETWEEN $1 AND $2 \
        UNION SELECT i.milestone FROM all_invoice_line l JOIN instalment i ON i.parent = l.milestone \
        WHERE l.invoice BETWEEN $1 AND $2"
    ) InvoiceRow {
        customer: CustomerId, number: String, kind: InvoiceKind, issued_on: NaiveDate, sent_on: Option<NaiveDate>,
        received_on: Option<NaiveDate>, reverses: Option<InvoiceId>, tax_rate: Option<TaxRate>,
    }

    InvoiceLine("invoice_line" in "all_invoice_line",
        milestones = "SELECT milestone FROM all_invoice_line WHERE id BETWEEN $1 AND $2 \
        UNION SELECT i.milestone FROM all_invoice_line l JOIN instalment i ON i.parent = l.milestone \
        WHERE l.id BETWEEN $1 AND $2"
    ) InvoiceLineRow { invoice: InvoiceId, milestone: MilestoneId, amount: i64 }

    Payment("payment" in "all_payment",
        milestones = "SELECT milestone FROM all_allocation WHERE payment BETWEEN $1 AND $2",
        payments = "SELECT id FROM all_payment WHERE id BETWEEN $1 AND $2"
    ) PaymentRow {
        customer: CustomerId, received_on: NaiveDate, amount: i64, currency: Currency, method: Method, payer: String,
        bank_ref: String, note: String,
    }

    Reversal("reversal" in "all_reversal",
        payments = "SELECT payment FROM all_reversal WHERE id BETWEEN $1 AND $2"
    ) ReversalRow { payment: PaymentId, reversed_on: NaiveDate, amount: i64, reason: String }

    PayerClearance("payer_clearance" in "all_payer_clearance",
        milestones = "SELECT a.milestone FROM all_payer_clearance c JOIN all_allocation a ON a.payment = c.payment \
        WHERE c.id BETWEEN $1 AND $2"
    ) PayerClearanceRow {
        payment: PaymentId, cleared_on: Option<NaiveDate>, who: String, paper: Option<PaperId>, note: String,
    }

    Move("move" in "all_move") MoveRow {
        payment: PaymentId, moved_on: NaiveDate, amount: i64, reason: String,
    }

    Allocation("allocation" in "all_allocation",
        milestones = "SELECT milestone FROM all_allocation WHERE id BETWEEN $1 AND $2",
        payments = "SELECT payment FROM all_allocation WHERE id BETWEEN $1 AND $2"
    ) AllocationRow {
        payment: PaymentId, milestone: MilestoneId,
        /// Negative where it takes back part of the allocation it reverses.
        amount: i64,
        effective_on: NaiveDate, reverses: Option<AllocationId>, reversal: Option<i64>,
        /// The move it is a part of.
        moved: Option<i64>,
    }

    Deduction("deduction" in "all_deduction") DeductionRow {
        payment: PaymentId, kind: DeductionKind, amount: i64,
    }

    Bill("bill" in "all_bill",
        milestones = "SELECT a.milestone FROM all_bill b JOIN all_allocation a ON a.payment = b.payment \
        WHERE b.id BETWEEN $1 AND $2"
    ) BillRow {
        payment: PaymentId, form: BillForm, number: String, drawer: String, acceptor: String,
        issued_on: Option<NaiveDate>, matures_on: Option<NaiveDate>, discounted_on: Option<NaiveDate>,
        /// A year's, in millionths.
        discount_rate: Option<i64>,
        discount_cost: i64, endorsed_on: Option<NaiveDate>, endorsed_to: String, honoured_on: Option<NaiveDate>,
        dishonoured_on: Option<NaiveDate>,
    }


    Touch("touch" in "all_touch",
        milestones = "SELECT milestone FROM all_touch_milestone WHERE touch BETWEEN $1 AND $2"
    ) TouchRow {
        customer: CustomerId, contact: Option<ContactId>, who: String, touched_on: NaiveDate,
        channel: Option<Channel>, kind: TouchKind, step: Option<u8>, outcome: Option<Outcome>, cause: Option<Cause>,
        note: String, next_on: Option<NaiveDate>,
    }

    TouchMilestone("touch_milestone" in "all_touch_milestone",
        milestones = "SELECT milestone FROM all_touch_milestone WHERE id BETWEEN $1 AND $2"
    ) TouchMilestoneRow { touch: TouchId, milestone: MilestoneId }

    Promise("promise" in "all_promise",
        milestones = "SELECT milestone FROM all_promise WHERE id BETWEEN $1 AND $2"
    ) PromiseRow {
        milestone: MilestoneId, touch: TouchId, made_on: NaiveDate, amount: i64, pay_by: NaiveDate,
    }

    Dispute("dispute",
        milestones = "SELECT milestone FROM dispute WHERE id BETWEEN $1 AND $2"
    ) DisputeRow {
        milestone: MilestoneId, opened_on: NaiveDate, amount: Option<i64>, reason: String, owner: String,
        resolved_on: Option<NaiveDate>, resolution: String,
    }

    Reschedule("reschedule",
        milestones = "SELECT milestone FROM reschedule WHERE id BETWEEN $1 AND $2"
    ) RescheduleRow {
        milestone: MilestoneId, agreed_on: NaiveDate, from_due: Option<NaiveDate>, to_due: NaiveDate, reason: String,
    }

    Hold("hold",
        milestones = "SELECT milestone FROM hold WHERE id BETWEEN $1 AND $2"
    ) HoldRow {
        milestone: MilestoneId, since: NaiveDate, until: Option<NaiveDate>, reason: String,
        released_on: Option<NaiveDate>,
    }

    WriteOff("write_off",
        milestones = "SELECT milestone FROM write_off WHERE id BETWEEN $1 AND $2"
    ) WriteOffRow {
        milestone: MilestoneId, written_off_on: NaiveDate, amount: i64, reason: String,
    }

    Suspension("suspension",
        milestones = "SELECT m.id FROM suspension s JOIN milestone m ON m.project = s.project \
        WHERE s.id BETWEEN $1 AND $2"
    ) SuspensionRow {
        project: ProjectId, since: NaiveDate, notice: String, reason: String, resumed_on: Option<NaiveDate>,
    }

    Deal("deal",
        milestones = "SELECT milestone FROM deal_line WHERE deal BETWEEN $1 AND $2 \
        UNION SELECT milestone FROM instalment WHERE deal BETWEEN $1 AND $2"
    ) DealRow {
        kind: DealKind, customer: CustomerId, project: Option<ProjectId>, agreed_on: NaiveDate,
        /// Until when what is to be paid for it has to be.
        lapses_on: Option<NaiveDate>,
        /// The new contract amount, what is paid in parts, or what settles.
        amount: Option<i64>,
        note: String,
        /// A part that is not paid makes it possible to call the later ones due.
        all_due: bool,
        called_on: Option<NaiveDate>,
    }

    DealLine("deal_line",
        milestones = "SELECT milestone FROM deal_line WHERE id BETWEEN $1 AND $2"
    ) DealLineRow {
        deal: DealId, milestone: MilestoneId,
        /// What its amount became more or less; 0 where it is merely covered.
        amount: i64,
    }

    Instalment("instalment",
        milestones = "SELECT milestone FROM instalment WHERE id BETWEEN $1 AND $2"
    ) InstalmentRow {
        deal: DealId, milestone: MilestoneId, parent: MilestoneId,
        /// Minor units of the parent's amount before it.
        starts: i64,
    }

    MilestoneCondition("milestone_condition" in "all_milestone_condition",
        milestones = "SELECT milestone FROM all_milestone_condition WHERE id BETWEEN $1 AND $2"
    ) MilestoneConditionRow {
        milestone: MilestoneId, kind: ConditionKind, wording: String, agreed_on: NaiveDate, planned_on: Option<NaiveDate>,
        met_on: Option<NaiveDate>, met_by: String, reservation: String, paper: Option<PaperId>,
    }

    Refusal("refusal" in "all_refusal",
        milestones = "SELECT milestone FROM all_refusal WHERE id BETWEEN $1 AND $2"
    ) RefusalRow { milestone: MilestoneId, refused_on: NaiveDate, reason: String }

    Note("note" in "all_note",
        milestones = "SELECT milestone FROM all_note WHERE milestone IS NOT NULL AND id BETWEEN $1 AND $2 \
        UNION SELECT w.id FROM all_note n JOIN milestone w ON w.project = n.project \
        WHERE n.kind = 'progress' AND n.id BETWEEN $1 AND $2 AND w.rule LIKE 'progress(%'"
    ) NoteRow {
        kind: NoteKind,
        /// One of three.
        customer: Option<CustomerId>, project: Option<ProjectId>, milestone: Option<MilestoneId>,
        noted_on: NaiveDate, who: String, wording: String, number: Option<u8>,
        /// Last day of a commitment.
        until_on: Option<NaiveDate>,
    }

    Paper("paper" in "all_paper",
        milestones = "SELECT milestone FROM all_paper_milestone WHERE paper BETWEEN $1 AND $2"
    ) PaperRow {
        kind: PaperKind,
        /// Neither where it is about milestones.
        customer: Option<CustomerId>, project: Option<ProjectId>,
        number: String, title: String, dated_on: NaiveDate, sent_on: Option<NaiveDate>, sent_by: Option<Channel>,
        delivered_on: Option<NaiveDate>, proof: String, signed_on: Option<NaiveDate>, expires_on: Option<NaiveDate>,
        closed_on: Option<NaiveDate>, amount: Option<i64>, currency: Option<Currency>, file: String, sha256: String,
        note: String, body: String, mail_to: String, message_id: String, mail_reply: String,
        /// The contact it was, once it was sent.
        touch: Option<TouchId>,
        who: String,
    }

    PaperMilestone("paper_milestone" in "all_paper_milestone",
        milestones = "SELECT milestone FROM all_paper_milestone WHERE id BETWEEN $1 AND $2"
    ) PaperMilestoneRow { paper: PaperId, milestone: MilestoneId }

    Voided("voided",
        milestones = "SELECT a.milestone FROM voided v JOIN all_allocation a ON a.payment = v.row_id \
        WHERE v.tbl = 'payment' AND v.id BETWEEN $1 AND $2 \
        UNION SELECT l.milestone FROM voided v JOIN all_invoice_line l ON l.invoice = v.row_id \
        WHERE v.tbl = 'invoice' AND v.id BETWEEN $1 AND $2 \
        UNION SELECT i.milestone FROM voided v JOIN all_invoice_line l ON l.invoice = v.row_id \
        JOIN instalment i ON i.parent = l.milestone WHERE v.tbl = 'invoice' AND v.id BETWEEN $1 AND $2 \
        UNION SELECT l.milestone FROM voided v JOIN all_touch_milestone l ON l.touch = v.row_id \
        WHERE v.tbl = 'touch' AND v.id BETWEEN $1 AND $2 \
        UNION SELECT p.milestone FROM voided v JOIN all_promise p ON p.id = v.row_id \
        WHERE v.tbl = 'promise' AND v.id BETWEEN $1 AND $2 \
        UNION SELECT c.milestone FROM voided v JOIN all_milestone_condition c ON c.id = v.row_id \
        WHERE v.tbl = 'milestone_condition' AND v.id BETWEEN $1 AND $2 \
        UNION SELECT r.milestone FROM voided v JOIN all_refusal r ON r.id = v.row_id \
        WHERE v.tbl = 'refusal' AND v.id BETWEEN $1 AND $2 \
        UNION SELECT n.milestone FROM voided v JOIN all_note n ON n.id = v.row_id \
        WHERE v.tbl = 'note' AND v.id BETWEEN $1 AND $2 AND n.milestone IS NOT NULL \
        UNION SELECT w.id FROM voided v JOIN all_note n ON n.id = v.row_id JOIN milestone w ON w.project = n.project \
        WHERE v.tbl = 'note' AND v.id BETWEEN $1 AND $2 AND n.kind = 'progress' AND w.rule LIKE 'progress(%' \
        UNION SELECT l.milestone FROM voided v JOIN all_paper_milestone l ON l.paper = v.row_id \
        WHERE v.tbl = 'paper' AND v.id BETWEEN $1 AND $2 \
        UNION SELECT v.row_id FROM voided v WHERE v.tbl = 'milestone' AND v.id BETWEEN $1 AND $2 \
        UNION SELECT w.id FROM voided v JOIN all_milestone m ON m.id = v.row_id \
        JOIN milestone w ON w.project = m.project \
        WHERE v.tbl = 'milestone' AND v.id BETWEEN $1 AND $2 AND (w.rule LIKE 'acceptance(%' OR \
        ((w.rule LIKE 'acceptance%' OR w.rule LIKE 'delivery%') AND w.stage IN ('settlement', 'final', 'retention', 'other')))",
        payments = "SELECT row_id FROM voided WHERE tbl = 'payment' AND id BETWEEN $1 AND $2"
    ) VoidedRow { tbl: String, row_id: i64, voided_on: NaiveDate, reason: String }

    Snapshot("snapshot") SnapshotRow {
        as_of: NaiveDate, taken_at: DateTime<Utc>, iso_week: String,
        /// The table as it was shown, JSON.
        rows: String,
        /// What stood behind it, packed.
        items: Vec<u8>,
    }

    BankStatement("bank_statement") BankStatementRow {
        file: String, account: String, currency: Currency, first_on: NaiveDate, last_on: NaiveDate,
        opening: Option<i64>, closing: Option<i64>,
    }

    BankLine("bank_line") BankLineRow {
        /// Digest of what tells it from every other line.
        told_by: String,
        account: String, booked_on: NaiveDate,
        /// Below 0 where it went out.
        amount: i64,
        currency: Currency, balance: Option<i64>, payer: String, payer_account: String, remark: String, serial: String,
    }

    BankBooking("bank_booking") BankBookingRow {
        line: BankLineId,
        /// None where the line is not ours.
        payment: Option<PaymentId>,
        fee: i64, reason: String,
    }

    Todo("todo",
        milestones = "SELECT milestone FROM todo WHERE id BETWEEN $1 AND $2 AND milestone IS NOT NULL \
        UNION SELECT m.id FROM todo t CROSS JOIN milestone m \
        WHERE t.id BETWEEN $1 AND $2 AND t.blocks = 1 AND m.project = t.project \
        UNION SELECT m.id FROM todo t CROSS JOIN project p CROSS JOIN milestone m \
        WHERE t.id BETWEEN $1 AND $2 AND t.blocks = 1 AND p.customer = t.customer AND m.project = p.id"
    ) TodoRow {
        kind: TodoKind, customer: Option<CustomerId>, project: Option<ProjectId>, milestone: Option<MilestoneId>,
        title: String, owner: String, opened_on: NaiveDate, due_on: Option<NaiveDate>, every: Option<Every>,
        severity: Level, probability: Option<Level>, impact: Option<Level>, blocks: bool, done_on: Option<NaiveDate>,
        outcome: String,
        /// Of an approval: who asked for it, the change as JSON, and what was decided.
        asked_by: String, change: Option<String>, approved: Option<bool>,
    }

    Setting("setting",
        milestones = "SELECT p.milestone FROM promise p CROSS JOIN setting s \
        WHERE s.id BETWEEN $1 AND $2 AND s.key = 'promise_tolerance_days' \
        UNION SELECT a.milestone FROM setting s CROSS JOIN payment p CROSS JOIN allocation a \
        WHERE s.id BETWEEN $1 AND $2 AND s.key = 'bills_count' AND p.method IN ('bank_bill', 'commercial_bill') \
        AND a.payment = p.id"
    ) SettingRow {
        key: String,
        /// `None` is the program's own.
        value: Option<String>,
    }
}

impl Table {
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|table| table.name() == name)
    }

    pub(super) fn statements(self) -> &'static Statements {
        #[expect(clippy::indexing_slicing, reason = "one entry a table, made from the same list")]
        &STATEMENTS[self as usize]
    }
}

/// Which column refers to which table: what an undo of an insertion must not leave hanging.
pub(super) const REFERENCES: &[(Table, &str, Table)] = &[
    (Table::Contact, "customer", Table::Customer),
    (Table::Project, "customer", Table::Customer),
    (Table::Project, "manager", Table::Person),
    (Table::Project, "finance", Table::Person),
    (Table::Project, "legal", Table::Person),
    (Table::Project, "sales", Table::Person),
    (Table::Milestone, "project", Table::Project),
    (Table::Invoice, "customer", Table::Customer),
    (Table::Invoice, "reverses", Table::Invoice),
    (Table::InvoiceLine, "invoice", Table::Invoice),
    (Table::InvoiceLine, "milestone", Table::Milestone),
    (Table::Payment, "customer", Table::Customer),
    (Table::Reversal, "payment", Table::Payment),
    (Table::Allocation, "payment", Table::Payment),
    (Table::Allocation, "milestone", Table::Milestone),
    (Table::Allocation, "reverses", Table::Allocation),
    (Table::Allocation, "reversal", Table::Reversal),
    (Table::Allocation, "moved", Table::Move),
    (Table::Deduction, "payment", Table::Payment),
    (Table::Bill, "payment", Table::Payment),
    (Table::PayerClearance, "payment", Table::Payment),
    (Table::PayerClearance, "paper", Table::Paper),
    (Table::Move, "payment", Table::Payment),
    (Table::Touch, "customer", Table::Customer),
    (Table::Touch, "contact", Table::Contact),
    (Table::TouchMilestone, "touch", Table::Touch),
    (Table::TouchMilestone, "milestone", Table::Milestone),
    (Table::Promise, "milestone", Table::Milestone),
    (Table::Promise, "touch", Table::Touch),
    (Table::Dispute, "milestone", Table::Milestone),
    (Table::Reschedule, "milestone", Table::Milestone),
    (Table::Hold, "milestone", Table::Milestone),
    (Table::WriteOff, "milestone", Table::Milestone),
    (Table::MilestoneCondition, "paper", Table::Paper),
    (Table::Suspension, "project", Table::Project),
    (Table::Deal, "customer", Table::Customer),
    (Table::Deal, "project", Table::Project),
    (Table::DealLine, "deal", Table::Deal),
    (Table::DealLine, "milestone", Table::Milestone),
    (Table::Instalment, "deal", Table::Deal),
    (Table::Instalment, "milestone", Table::Milestone),
    (Table::Instalment, "parent", Table::Milestone),
    (Table::MilestoneCondition, "milestone", Table::Milestone),
    (Table::Refusal, "milestone", Table::Milestone),
    (Table::Note, "customer", Table::Customer),
    (Table::Note, "project", Table::Project),
    (Table::Note, "milestone", Table::Milestone),
    (Table::Paper, "customer", Table::Customer),
    (Table::Paper, "project", Table::Project),
    (Table::Paper, "touch", Table::Touch),
    (Table::PaperMilestone, "paper", Table::Paper),
    (Table::PaperMilestone, "milestone", Table::Milestone),
    (Table::BankBooking, "line", Table::BankLine),
    (Table::BankBooking, "payment", Table::Payment),
    (Table::Todo, "customer", Table::Customer),
    (Table::Todo, "project", Table::Project),
    (Table::Todo, "milestone", Table::Milestone),
];

impl dyn Backend + '_ {
    /// The row with this id.
    pub(super) fn row<R: Row>(&self, id: i64) -> Result<Option<R>> {
        self.first(&R::TABLE.statements().select, values![id])
    }
}
