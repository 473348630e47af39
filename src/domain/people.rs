//! Who of us has to see to something: by role and team, and what is late with us.

use chrono::{Datelike, NaiveDate};

use super::calendar::add_days;
use super::ids::PersonId;
use super::item::{Gates, Item};
use super::kinds::{Role, Stage, WaitingOn};
use super::policy::Policy;
use super::status::waiting_on;

/// One of us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub id: PersonId,
    pub name: String,
    pub role: Role,
    pub team: String,
}

/// Who of us has a role for a project, where it says so itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Assigned {
    pub finance: Option<PersonId>,
    pub legal: Option<PersonId>,
    pub sales: Option<PersonId>,
}

impl Assigned {
    /// Who it is whose desk something is on, if the project says so.
    pub const fn at(self, desk: Desk) -> Option<PersonId> {
        match desk {
            Desk::Of(Role::Finance) => self.finance,
            Desk::Of(Role::Legal) => self.legal,
            Desk::Of(Role::Sales) => self.sales,
            Desk::Manager | Desk::Of(Role::Pm | Role::Head) => None,
        }
    }
}

/// Whose desk something is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Desk {
    /// Whoever looks after the project.
    Manager,
    /// Whoever has this role for the project.
    Of(Role),
}

/// Who has to see to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner<'a> {
    pub role: Role,
    /// Who of us that is, if it is one.
    pub name: Option<&'a str>,
}

/// What is late with us, and whom that is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late<'a> {
    /// Days beyond those allowed.
    pub days: i64,
    /// The head, once it is late for so long.
    pub told: Option<Owner<'a>>,
}

impl<'a> Owner<'a> {
    /// As programs read it: the name, or the role.
    pub fn code(self) -> &'a str {
        self.name.unwrap_or_else(|| self.role.code())
    }
}

impl Desk {
    /// What stands for it where nobody is on record.
    pub const fn role(self) -> Role {
        match self {
            Self::Manager => Role::Pm,
            Self::Of(role) => role,
        }
    }

    /// Those of us it is: who was `named` for the project, else of a role the manager, if that is what the manager does,
    /// else those of the manager's team, else all who have it. Where that is more than one, it is each one's.
    pub fn people(
        self,
        manager: Option<PersonId>,
        named: Option<PersonId>,
        all: &[Colleague],
    ) -> Vec<&Colleague> {
        if let Some(named) = all.iter().find(|one| Some(one.id) == named) {
            return vec![named];
        }
        let own = all.iter().find(|one| Some(one.id) == manager);
        let has_role = |one: &&Colleague| one.role == self.role();
        match (self, own) {
            (Self::Manager, Some(own)) => return vec![own],
            (Self::Of(role), Some(own)) if own.role == role => return vec![own],
            (Self::Manager | Self::Of(_), _) => {}
        }
        let team = own.map_or("", |own| &own.team);
        let in_team = |one: &&Colleague| !team.is_empty() && one.team == team;
        let near: Vec<&Colleague> = all.iter().filter(has_role).filter(in_team).collect();
        if near.is_empty() { all.iter().filter(has_role).collect() } else { near }
    }

    /// The one of us it is, if that is one.
    pub fn person(
        self,
        manager: Option<PersonId>,
        named: Option<PersonId>,
        all: &[Colleague],
    ) -> Option<&Colleague> {
        match *self.people(manager, named, all) {
            [one] => Some(one),
            _ => None,
        }
    }
}

impl WaitingOn {
    /// Who sees to it that the turn passes on: bills are finance's, the work and its acceptance the project manager's; with
    /// the customer it is whoever looks after the project.
    pub const fn desk(self) -> Desk {
        match self {
            Self::UsInvoice | Self::UsSend => Desk::Of(Role::Finance),
            Self::UsDeliver | Self::UsTodo | Self::CustomerAccept | Self::BothDispute => {
                Desk::Of(Role::Pm)
            }
            Self::UsHold | Self::CustomerPay | Self::Nobody => Desk::Manager,
        }
    }
}

/// How many days longer than allowed our turn has lasted, if it has. Acceptance counts: it is ours to get.
pub fn late_with_us(item: &Item, today: NaiveDate, policy: &Policy) -> Option<i64> {
    if item.is_suspended(today) {
        return None;
    }
    let (since, allowed) = match waiting_on(item, today, policy) {
        WaitingOn::UsTodo => (item.rare.todo_by, 0),
        WaitingOn::UsDeliver => (item.deliver_by, policy.deliver_days),
        WaitingOn::UsInvoice => (to_invoice_since(item, today, policy), policy.invoice_days),
        WaitingOn::UsSend => (item.rare.unsent_since, policy.send_days),
        WaitingOn::CustomerAccept => {
            let since = item.delivered_on.or(item.met_by(today));
            (since.max(item.rare.refused_on).max(item.rare.appointed_on), policy.accept_days)
        }
        WaitingOn::UsHold | WaitingOn::CustomerPay | WaitingOn::BothDispute | WaitingOn::Nobody => {
            return None;
        }
    };
    let days = i64::from(today.num_days_from_ce() - since?.num_days_from_ce());
    Some(days - allowed).filter(|late| *late > 0)
}

/// Whether it is late with us for so long that the head is told.
pub fn is_escalated(item: &Item, today: NaiveDate, policy: &Policy) -> bool {
    late_with_us(item, today, policy).is_some_and(|late| late >= policy.escalate_days)
}

/// The day from which a bill has been asked for: the work it is for, or so long before the day it falls due.
fn to_invoice_since(item: &Item, today: NaiveDate, policy: &Policy) -> Option<NaiveDate> {
    let before = |due: Option<NaiveDate>, days: i64| due.and_then(|due| add_days(due, -days));
    let worked = item.accepted_on.or(item.delivered_on).or(item.met_by(today));
    let ahead = before(item.firm_due(today), policy.look_ahead_days);
    let reasons = [
        (Gates::INVOICE, worked),
        (Gates::INVOICE_AHEAD, ahead),
        (Gates::INVOICE_BY_RULE, item.planned_on.or(item.agreed_on)),
    ];
    let asked = reasons.into_iter().filter(|(gate, _)| item.gates.closed(*gate));
    let first = asked.filter_map(|(_, since)| since).filter(|since| *since <= today).min();
    if item.stage == Stage::Retention {
        return first.max(before(item.due(today), policy.retention_invoice_days));
    }
    first
}
