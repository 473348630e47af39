//! One contract: its instalments, when each falls due, and which of them are paid, overdue or still ahead.

use rust_decimal::Decimal;

use super::{Chunks, customer_code};
use crate::demo::company::{CHEN, HE, LI, WANG, ZHOU};
use crate::demo::{Entry, names};
use crate::domain::change::{Change, ProjectDraft};
use crate::domain::due::{Basis, DueRule, Event, EventRule, Offset, Unit};
use crate::domain::facts::Account;
use crate::domain::ids::MilestoneId;
use crate::domain::kinds::Stage;
use crate::domain::money::{self, Overflow};
use crate::domain::plan::PlanRow;

const MANAGERS: [&str; 5] = [WANG, LI, CHEN, ZHOU, HE];

/// Plans contracts follow: stage and percent.
const PLANS: [[(Stage, u8); 5]; 3] = [
    [
        (Stage::Advance, 30),
        (Stage::Progress, 20),
        (Stage::Delivery, 20),
        (Stage::Acceptance, 25),
        (Stage::Retention, 5),
    ],
    [
        (Stage::Advance, 20),
        (Stage::Delivery, 40),
        (Stage::Acceptance, 30),
        (Stage::Final, 5),
        (Stage::Retention, 5),
    ],
    [
        (Stage::Advance, 10),
        (Stage::Progress, 30),
        (Stage::Progress, 30),
        (Stage::Settlement, 25),
        (Stage::Retention, 5),
    ],
];

/// How far a contract is: its last instalments are open, of those the first overdue.
#[derive(Clone, Copy)]
pub(super) struct Progress {
    pub parts: u32,
    pub open: u32,
    pub overdue: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Paid,
    Overdue,
    Ahead,
}

/// One instalment. Days are counted from today.
#[derive(Clone, Copy)]
pub(super) struct Instalment {
    pub id: MilestoneId,
    pub account: Account,
    pub manager: &'static str,
    pub amount: i64,
    pub due: i64,
    /// What its due rule waits for, and the day of it.
    pub event: Option<Event>,
    pub event_day: i64,
    pub standing: Standing,
}

impl Chunks {
    pub(super) fn contract(
        &mut self,
        account: Account,
        progress: Progress,
    ) -> Result<(), Overflow> {
        let dues = self.dues(progress);
        let first = dues.first().copied().unwrap_or_default();
        let signed = (first - self.rng.i64(10..=40)).min(-1);
        let manager = MANAGERS[self.rng.usize(0..MANAGERS.len())];
        let unit = 10_i64.pow(money::exponent(account.currency).min(4));
        let thousands = self.rng.i64(200..=8_000) * if unit == 1 { 20 } else { 1 };
        let amount = thousands * 1_000 * unit;
        let plan = PLANS[self.rng.usize(0..PLANS.len())];
        let taken = plan.iter().take(dues.len());
        let shares: Vec<Decimal> = taken.map(|(_, percent)| (*percent).into()).collect();
        let amounts = money::split(amount, &shares)?;
        self.contracts += 1;
        let head = self.head(account, manager, amount, signed);
        if self.chance(15) {
            self.grant_grace(account, &head);
        }
        let paid = progress.parts - progress.open;
        let mut together = None;
        for (((seq, (stage, _)), amount), due) in (1..).zip(plan).zip(amounts).zip(dues) {
            self.made += 1;
            let (event, event_day) = self.event(stage, due, signed);
            let instalment = Instalment {
                id: MilestoneId(self.made.into()),
                account,
                manager,
                amount,
                due,
                event,
                event_day,
                standing: match seq {
                    seq if seq <= paid => Standing::Paid,
                    seq if seq <= paid + progress.overdue => Standing::Overdue,
                    _ => Standing::Ahead,
                },
            };
            let mut row = self.planned(instalment, stage, &head);
            row.key = Some(format!("P{:07}-M{seq}", self.contracts));
            self.bill(instalment, &mut row);
            match instalment.standing {
                Standing::Paid => self.pay(instalment, &mut row, &mut together),
                Standing::Overdue => self.chase(instalment, &mut row),
                Standing::Ahead => self.remind(instalment),
            }
            self.chunk.rows.push(row);
        }
        self.pay_alone(together);
        Ok(())
    }

    /// Due days counted from today, in order.
    fn dues(&mut self, progress: Progress) -> Vec<i64> {
        let mut dues = Vec::new();
        let mut day =
            if progress.open == 0 { -10 - self.rng.i64(0..self.size.history()) } else { 0 };
        for _ in 0..progress.overdue {
            // Most of what is overdue is so since lately.
            let (a, b) = (self.rng.i64(1..=20), self.rng.i64(1..=18));
            day -= if day == 0 { a * b } else { 20 + a * 2 };
            dues.push(day);
        }
        for _ in 0..progress.parts - progress.open {
            day -= self.rng.i64(20..=90);
            dues.push(day);
        }
        dues.reverse();
        let mut ahead = self.rng.i64(1..=90);
        for _ in progress.overdue..progress.open {
            dues.push(ahead);
            ahead += self.rng.i64(40..=120);
        }
        dues
    }

    /// What every row of a contract says alike.
    fn head(&mut self, account: Account, manager: &str, amount: i64, signed: i64) -> PlanRow {
        let n = self.contracts;
        PlanRow {
            project: Some(format!("P{n:07}")),
            project_name: Some(names::project(self.rng.usize(0..64)).to_owned()),
            manager: Some(manager.to_owned()),
            contract_no: Some(format!("HT-{n:07}")),
            contract_amount: Some(amount),
            signed_on: Some(self.at(signed)),
            ..empty(account)
        }
    }

    /// A contract with days of grace stands in the ledger before its plan is imported.
    fn grant_grace(&mut self, account: Account, head: &PlanRow) {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let draft = ProjectDraft {
            code: text(&head.project),
            name: text(&head.project_name),
            manager: text(&head.manager),
            contract_no: text(&head.contract_no),
            contract_amount: head.contract_amount,
            signed_on: head.signed_on,
            grace_days: 5,
            ..ProjectDraft::new(account.customer, account.currency)
        };
        self.chunk.before.push(Entry { who: "高远", change: Change::AddProject(draft) });
    }

    /// What the due rule of an instalment waits for, and the day of it.
    fn event(&mut self, stage: Stage, due: i64, signed: i64) -> (Option<Event>, i64) {
        match stage {
            Stage::Advance => (Some(Event::Signing), signed),
            Stage::Delivery => (Some(Event::Delivery), due - 30),
            Stage::Acceptance => (Some(Event::Acceptance), due - 30),
            Stage::Settlement => (Some(Event::Invoice), due - 30),
            Stage::Progress if self.chance(40) => (Some(Event::Invoice), due - 30),
            Stage::Progress | Stage::Final | Stage::Retention | Stage::Other => (None, due),
        }
    }

    fn planned(&self, instalment: Instalment, stage: Stage, head: &PlanRow) -> PlanRow {
        let Instalment { due, event, event_day: day, .. } = instalment;
        let happened = |of, day| (event == Some(of) && day <= 0).then(|| self.at(day));
        let basis = match event {
            None => Basis::Fixed(self.at(due)),
            Some(event) => Basis::After(EventRule {
                offset: Offset { count: u32::try_from(due - day).unwrap_or(30), unit: Unit::Days },
                ..EventRule::on(event)
            }),
        };
        let hangs_on_work = event.is_some_and(|event| event != Event::Signing);
        PlanRow {
            // Rows of a batch differ by number.
            row: self.made,
            milestone: names::stage(stage, true).to_owned(),
            stage: Some(stage),
            amount: instalment.amount,
            due: Some(DueRule { basis, roll: false }),
            planned_on: hangs_on_work.then(|| self.at(day)),
            delivered_on: happened(Event::Delivery, day)
                .or_else(|| happened(Event::Acceptance, day - 14)),
            accepted_on: happened(Event::Acceptance, day),
            ..head.clone()
        }
    }
}

/// A row that says nothing but whose it is.
pub(super) fn empty(account: Account) -> PlanRow {
    let code = customer_code(account.customer);
    PlanRow {
        row: 0,
        key: None,
        customer_name: code.clone(),
        customer: code,
        contact_name: None,
        contact_phone: None,
        project: None,
        project_name: None,
        manager: None,
        contract_no: None,
        contract_amount: None,
        signed_on: None,
        milestone: String::new(),
        stage: None,
        guessed_stage: None,
        amount: 0,
        currency: account.currency,
        agreed_on: None,
        due: None,
        condition: None,
        told_due: None,
        planned_on: None,
        delivered_on: None,
        accepted_on: None,
        invoice_no: None,
        invoiced_on: None,
        paid: None,
        paid_on: None,
        disputed: None,
        written_off_on: None,
        note: None,
    }
}
