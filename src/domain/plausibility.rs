//! What a change says that may be true and is hardly meant: a person is told, and nothing is refused.

use chrono::{Months, NaiveDate};
use iso_currency::Currency;

use super::change::{
    Booking, Change, CustomerDraft, InvoiceDraft, MilestoneDraft, PaymentDraft, ProjectDraft,
    PromiseDraft,
};
use super::due::Basis;
use super::facts::Facts;
use super::kinds::InvoiceKind;
use super::{balance, tax_no};

/// What a day is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    Delivery,
    Acceptance,
    Due,
}

/// Something to look at again. Amounts are minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    BeforeSigning {
        what: Dated,
        day: NaiveDate,
        signed_on: NaiveDate,
    },
    EndBeforeStart {
        ends_on: NaiveDate,
        starts_on: NaiveDate,
    },
    WarrantyBeforeEnd {
        warranty_ends_on: NaiveDate,
        ends_on: NaiveDate,
    },
    /// The milestones ask for more than was agreed.
    PlanAboveContract {
        plan: i64,
        contract: i64,
        currency: Currency,
    },
    /// A payment is more than twice what its customer owes.
    PaymentAboveOpen {
        amount: i64,
        open: i64,
        currency: Currency,
    },
    InvoiceAboveMilestone {
        invoiced: i64,
        amount: i64,
        currency: Currency,
    },
    /// What an invoice must say of who gets it is not known.
    NoParticulars {
        /// Code of the customer.
        customer: String,
        title: bool,
        tax_no: bool,
    },
    /// A number that no taxpayer of the country has.
    TaxNo(String),
    /// More than a year off.
    LatePromise(NaiveDate),
    /// More than ten years off.
    FarDay(NaiveDate),
    /// Who is named in a remark and is none of us.
    Nobody(Vec<String>),
}

/// What the ledger knows of the contract a change is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    pub signed_on: Option<NaiveDate>,
    pub amount: Option<i64>,
    pub currency: Currency,
    /// What its milestones ask for, without the one that is changed.
    pub planned: i64,
}

/// What the ledger knows that bears on a change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// The milestones it is about.
    pub milestones: Vec<Facts>,
    pub contract: Option<Contract>,
    /// What the customer who pays owes in that currency.
    pub open: Option<i64>,
    /// Who gets the invoice.
    pub particulars: Option<Particulars>,
    /// Who is named in a remark and is none of us.
    pub nobody: Vec<String>,
}

/// What stands of a customer on an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Particulars {
    /// Code of the customer.
    pub customer: String,
    pub title: String,
    pub tax_no: String,
}

const FAR: Months = Months::new(120);
const LATE: Months = Months::new(12);

/// What is doubtful about a change, by what is known.
pub fn doubts(change: &Change, known: &Known, today: NaiveDate) -> Vec<Doubt> {
    let mut doubts = match change {
        Change::AddProject(draft) | Change::EditProject(_, draft) => project(draft, known),
        Change::AddMilestone(draft) | Change::EditMilestone(_, draft) => milestone(draft, known),
        Change::Deliver { on: Some(on), .. } => reached(Dated::Delivery, *on, known),
        Change::Accept { on: Some(on), .. } | Change::AcceptReserved { on, .. } => {
            reached(Dated::Acceptance, *on, known)
        }
        Change::Reschedule { to, .. } => reached(Dated::Due, *to, known),
        Change::Invoice(draft) => invoice(draft, known),
        Change::RecordPayment(draft) | Change::BookLine { payment: Booking::New(draft), .. } => {
            payment(draft, known)
        }
        Change::Promise { promises, .. } => promised(promises, today),
        Change::LogContact(draft) => promised(&draft.promises, today),
        Change::AddCustomer(draft) | Change::EditCustomer(_, draft) => customer(draft),
        Change::AddNote(_) if known.nobody.is_empty() => Vec::new(),
        Change::AddNote(_) => vec![Doubt::Nobody(known.nobody.clone())],
        Change::Deliver { on: None, .. }
        | Change::Accept { on: None, .. }
        | Change::AcceptPart { .. }
        | Change::RefuseAcceptance { .. }
        | Change::AddCondition(_)
        | Change::MeetConditions { .. }
        | Change::FilePaper(_)
        | Change::MarkPaper { .. }
        | Change::SendInvoices { .. }
        | Change::ReversePayment { .. }
        | Change::ApplyPayment { .. }
        | Change::Bill { .. }
        | Change::ClearPayer { .. }
        | Change::MoveAllocation { .. }
        | Change::OpenDispute { .. }
        | Change::ResolveDispute { .. }
        | Change::Amend { .. }
        | Change::Split { .. }
        | Change::CallDue { .. }
        | Change::Hold { .. }
        | Change::Release { .. }
        | Change::WriteOff { .. }
        | Change::Settle { .. }
        | Change::Suspend { .. }
        | Change::Resume { .. }
        | Change::Void { .. }
        | Change::TakeSnapshot { .. }
        | Change::BookLine { payment: Booking::Known(_), .. }
        | Change::SkipLine { .. }
        | Change::EditPerson { .. }
        | Change::AddTodo(_)
        | Change::EditTodo(..)
        | Change::CloseTodo { .. }
        | Change::ApproveTodo { .. }
        | Change::DeclineTodo { .. }
        | Change::Set { .. } => Vec::new(),
    };
    doubts
        .extend(days(change).into_iter().filter(|day| is_off(*day, today, FAR)).map(Doubt::FarDay));
    doubts
}

/// The days a change tells, but those of promises.
fn days(change: &Change) -> Vec<NaiveDate> {
    let days: Vec<Option<NaiveDate>> = match change {
        Change::AddProject(draft) | Change::EditProject(_, draft) => {
            vec![draft.signed_on, draft.starts_on, draft.ends_on, draft.warranty_ends_on]
        }
        Change::AddMilestone(draft) | Change::EditMilestone(_, draft) => vec![
            fixed(draft),
            draft.agreed_on,
            draft.planned_on,
            draft.delivered_on,
            draft.accepted_on,
        ],
        Change::Deliver { on, .. }
        | Change::Accept { on, .. }
        | Change::MeetConditions { on, .. }
        | Change::ClearPayer { on, .. } => vec![*on],
        Change::AddCondition(draft) => vec![draft.agreed_on, draft.planned_on],
        Change::AddNote(draft) => vec![Some(draft.on), draft.until],
        Change::FilePaper(draft) => vec![Some(draft.dated), draft.expires_on],
        Change::Invoice(draft) => vec![Some(draft.issued_on), draft.sent_on, draft.received_on],
        Change::SendInvoices { sent_on, received_on, .. } => vec![*sent_on, *received_on],
        Change::RecordPayment(draft) | Change::BookLine { payment: Booking::New(draft), .. } => {
            let bill = draft.bill.as_ref();
            let days =
                [bill.and_then(|bill| bill.issued_on), bill.and_then(|bill| bill.matures_on)];
            [&[Some(draft.received_on)], days.as_slice()].concat()
        }
        Change::LogContact(draft) => vec![Some(draft.on), draft.next_on],
        Change::Reschedule { to, on, .. } => vec![Some(*to), Some(*on)],
        Change::Split { parts, on, .. } => {
            parts.iter().map(|part| Some(part.due)).chain([Some(*on)]).collect()
        }
        Change::Settle { by, on, .. } => vec![Some(*by), Some(*on)],
        Change::Hold { since, until, .. } => vec![Some(*since), *until],
        Change::AddTodo(draft) | Change::EditTodo(_, draft) => {
            vec![Some(draft.opened_on), draft.due_on]
        }
        Change::Promise { on, .. }
        | Change::MarkPaper { on, .. }
        | Change::AcceptReserved { on, .. }
        | Change::AcceptPart { on, .. }
        | Change::RefuseAcceptance { on, .. }
        | Change::ReversePayment { on, .. }
        | Change::Bill { on, .. }
        | Change::MoveAllocation { on, .. }
        | Change::OpenDispute { on, .. }
        | Change::ResolveDispute { on, .. }
        | Change::Release { on, .. }
        | Change::Suspend { on, .. }
        | Change::Resume { on, .. }
        | Change::Amend { on, .. }
        | Change::CallDue { on, .. }
        | Change::CloseTodo { on, .. }
        | Change::WriteOff { on, .. } => vec![Some(*on)],
        Change::AddCustomer(_)
        | Change::EditCustomer(..)
        | Change::ApproveTodo { .. }
        | Change::DeclineTodo { .. }
        | Change::ApplyPayment { .. }
        | Change::Void { .. }
        | Change::TakeSnapshot { .. }
        | Change::BookLine { payment: Booking::Known(_), .. }
        | Change::SkipLine { .. }
        | Change::EditPerson { .. }
        | Change::Set { .. } => Vec::new(),
    };
    days.into_iter().flatten().collect()
}

/// Whether a day lies more than so many months before or after today.
fn is_off(day: NaiveDate, today: NaiveDate, months: Months) -> bool {
    today.checked_add_months(months).is_some_and(|last| day > last)
        || today.checked_sub_months(months).is_some_and(|first| day < first)
}

fn before_signing(
    what: Dated,
    day: Option<NaiveDate>,
    signed_on: Option<NaiveDate>,
) -> Option<Doubt> {
    let (day, signed_on) = (day?, signed_on?);
    (day < signed_on).then_some(Doubt::BeforeSigning { what, day, signed_on })
}

fn project(draft: &ProjectDraft, known: &Known) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if let (Some(starts_on), Some(ends_on)) = (draft.starts_on, draft.ends_on)
        && ends_on < starts_on
    {
        doubts.push(Doubt::EndBeforeStart { ends_on, starts_on });
    }
    if let (Some(ends_on), Some(warranty_ends_on)) = (draft.ends_on, draft.warranty_ends_on)
        && warranty_ends_on < ends_on
    {
        doubts.push(Doubt::WarrantyBeforeEnd { warranty_ends_on, ends_on });
    }
    let planned = known.contract.as_ref().map_or(0, |contract| contract.planned);
    let added = draft.plan.iter().map(|instalment| instalment.amount);
    let plan = added.fold(planned, i64::saturating_add);
    doubts.extend(above_contract(plan, draft.contract_amount, draft.currency));
    doubts
}

fn above_contract(plan: i64, contract: Option<i64>, currency: Currency) -> Option<Doubt> {
    let contract = contract.filter(|contract| *contract > 0 && plan > *contract)?;
    Some(Doubt::PlanAboveContract { plan, contract, currency })
}

/// The day in the contract, if the rule is one.
const fn fixed(draft: &MilestoneDraft) -> Option<NaiveDate> {
    match draft.rule.basis {
        Basis::Fixed(day) => Some(day),
        Basis::None | Basis::After(_) => None,
    }
}

fn milestone(draft: &MilestoneDraft, known: &Known) -> Vec<Doubt> {
    let Some(contract) = &known.contract else {
        return Vec::new();
    };
    let dated = [
        (Dated::Delivery, draft.delivered_on),
        (Dated::Acceptance, draft.accepted_on),
        (Dated::Due, fixed(draft)),
    ];
    let early = dated.map(|(what, day)| before_signing(what, day, contract.signed_on));
    let plan = contract.planned.saturating_add(draft.amount);
    let above = above_contract(plan, contract.amount, contract.currency);
    early.into_iter().chain([above]).flatten().collect()
}

/// The first of the milestones says it for all.
fn reached(what: Dated, on: NaiveDate, known: &Known) -> Vec<Doubt> {
    let signed = known.milestones.iter().map(|facts| facts.project.signed_on);
    let early = signed.filter_map(|signed_on| before_signing(what, Some(on), signed_on));
    early.take(1).collect()
}

fn invoice(draft: &InvoiceDraft, known: &Known) -> Vec<Doubt> {
    let above = |(id, amount): &(_, Option<i64>)| {
        let facts = known.milestones.iter().find(|facts| facts.id == *id)?;
        let billed = facts.invoices.iter().map(|line| line.amount);
        let invoiced = billed.fold((*amount)?, i64::saturating_add);
        let amount = balance::amount_on(facts, NaiveDate::MAX);
        (invoiced > amount).then_some(Doubt::InvoiceAboveMilestone {
            invoiced,
            amount,
            currency: facts.project.currency,
        })
    };
    draft.lines.iter().filter_map(above).chain(particulars(draft, known)).collect()
}

/// A VAT invoice names the customer by title and tax number.
fn particulars(draft: &InvoiceDraft, known: &Known) -> Option<Doubt> {
    let is_vat = match draft.kind {
        InvoiceKind::Special | InvoiceKind::Ordinary => true,
        InvoiceKind::Receipt | InvoiceKind::Other => false,
    };
    let here = known.milestones.first().is_some_and(|of| of.project.currency == Currency::CNY);
    let Particulars { customer, title, tax_no } = known.particulars.as_ref()?;
    if !is_vat || !here {
        return None;
    }
    if title.is_empty() || tax_no.is_empty() {
        let (title, tax_no) = (title.is_empty(), tax_no.is_empty());
        return Some(Doubt::NoParticulars { customer: customer.clone(), title, tax_no });
    }
    (!tax_no::can_be(tax_no)).then(|| Doubt::TaxNo(tax_no.clone()))
}

/// Of the length of the country's own, and not one of them.
fn customer(draft: &CustomerDraft) -> Vec<Doubt> {
    let number = draft.tax_no.trim();
    let wrong = number.chars().count() == 18 && !tax_no::can_be(number);
    wrong.then(|| Doubt::TaxNo(number.to_owned())).into_iter().collect()
}

fn payment(draft: &PaymentDraft, known: &Known) -> Vec<Doubt> {
    let far_above = |open: &i64| draft.amount > open.saturating_mul(2);
    let doubt = known.open.filter(far_above).map(|open| Doubt::PaymentAboveOpen {
        amount: draft.amount,
        open,
        currency: draft.currency,
    });
    doubt.into_iter().collect()
}

fn promised(promises: &[PromiseDraft], today: NaiveDate) -> Vec<Doubt> {
    let days = promises.iter().map(|promise| promise.pay_by);
    days.max().filter(|day| is_off(*day, today, LATE)).map(Doubt::LatePromise).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::domain::change::Target;
    use crate::domain::due::DueRule;
    use crate::domain::facts::{Account, InvoiceFact, ProjectFacts};
    use crate::domain::ids::{CustomerId, InvoiceId, MilestoneId, ProjectId};

    const ACCOUNT: Account = Account { customer: CustomerId(1), currency: Currency::CNY };
    const ID: MilestoneId = MilestoneId(1);
    const SIGNED: &str = "2026-03-01";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A contract of 100 signed in March, with 70 planned, of which 30 is the milestone at hand.
    fn known() -> Known {
        let project = ProjectFacts {
            signed_on: Some(day(SIGNED)),
            ..ProjectFacts::new(ProjectId(1), ACCOUNT)
        };
        let mut facts = Facts::new(ID, project, 30);
        facts.invoices.push(InvoiceFact {
            id: InvoiceId(1),
            reverses: None,
            issued_on: day("2026-05-01"),
            sent_on: None,
            received_on: None,
            amount: 20,
        });
        let contract = Contract {
            signed_on: Some(day(SIGNED)),
            amount: Some(100),
            currency: Currency::CNY,
            planned: 70,
        };
        let particulars = Particulars {
            customer: "C1".to_owned(),
            title: "Galaxy".to_owned(),
            tax_no: "91350100M000100Y43".to_owned(),
        };
        let particulars = Some(particulars);
        Known {
            milestones: vec![facts],
            contract: Some(contract),
            open: Some(50),
            particulars,
            nobody: Vec::new(),
        }
    }

    fn of(change: &Change) -> Vec<Doubt> {
        doubts(change, &known(), day("2026-11-21"))
    }

    fn early(what: Dated, on: &str) -> Vec<Doubt> {
        vec![Doubt::BeforeSigning { what, day: day(on), signed_on: day(SIGNED) }]
    }

    #[test]
    fn nothing_happens_before_the_contract() {
        let on = Some(day("2026-02-28"));
        let deliver = |on| Change::Deliver { milestones: vec![ID], on };
        assert_eq!(of(&deliver(on)), early(Dated::Delivery, "2026-02-28"));
        assert_eq!(of(&deliver(Some(day(SIGNED)))), []);
        assert_eq!(of(&deliver(None)), []);
        let accept = Change::Accept { milestones: vec![ID], on };
        assert_eq!(of(&accept), early(Dated::Acceptance, "2026-02-28"));
        let new = MilestoneDraft::new(ProjectId(1), "M", 30);
        let due = MilestoneDraft { rule: DueRule::fixed(day("2026-01-01")), ..new.clone() };
        assert_eq!(of(&Change::AddMilestone(due)), early(Dated::Due, "2026-01-01"));
        let accepted = MilestoneDraft { accepted_on: on, ..new.clone() };
        assert_eq!(
            of(&Change::EditMilestone(ID, accepted)),
            early(Dated::Acceptance, "2026-02-28")
        );
        assert_eq!(of(&Change::AddMilestone(new)), []);
    }

    #[test]
    fn a_plan_is_no_more_than_its_contract() {
        let above =
            |plan| Doubt::PlanAboveContract { plan, contract: 100, currency: Currency::CNY };
        let new = |amount| Change::AddMilestone(MilestoneDraft::new(ProjectId(1), "M", amount));
        assert_eq!(of(&new(30)), []);
        assert_eq!(of(&new(31)), [above(101)]);
        let lower = ProjectDraft {
            contract_amount: Some(60),
            ..ProjectDraft::new(ACCOUNT.customer, ACCOUNT.currency)
        };
        let doubt = Doubt::PlanAboveContract { plan: 70, contract: 60, currency: Currency::CNY };
        assert_eq!(of(&Change::EditProject(ProjectId(1), lower)), [doubt]);
    }

    #[test]
    fn work_begins_before_it_ends_and_warranty_ends_last() {
        let draft = ProjectDraft {
            starts_on: Some(day("2027-03-10")),
            ends_on: Some(day("2026-12-31")),
            warranty_ends_on: Some(day("2026-12-30")),
            ..ProjectDraft::new(ACCOUNT.customer, ACCOUNT.currency)
        };
        let (ends_on, starts_on) = (day("2026-12-31"), day("2027-03-10"));
        let expected = [
            Doubt::EndBeforeStart { ends_on, starts_on },
            Doubt::WarrantyBeforeEnd { warranty_ends_on: day("2026-12-30"), ends_on },
        ];
        assert_eq!(of(&Change::AddProject(draft)), expected);
    }

    #[rstest]
    #[case(100, &[])]
    #[case(101, &[Doubt::PaymentAboveOpen { amount: 101, open: 50, currency: Currency::CNY }])]
    fn nobody_pays_far_more_than_is_open(#[case] amount: i64, #[case] expected: &[Doubt]) {
        let draft = PaymentDraft::new(ACCOUNT, day("2026-11-20"), amount);
        let draft = PaymentDraft { target: Target::Lines(Vec::new()), ..draft };
        assert_eq!(of(&Change::RecordPayment(draft)), expected);
    }

    #[rstest]
    #[case(None, &[])]
    #[case(Some(10), &[])]
    #[case(Some(11), &[Doubt::InvoiceAboveMilestone { invoiced: 31, amount: 30, currency: Currency::CNY }])]
    #[case(Some(-20), &[])]
    fn a_milestone_is_billed_once(#[case] amount: Option<i64>, #[case] expected: &[Doubt]) {
        let draft = InvoiceDraft::new(day("2026-11-20"), vec![(ID, amount)]);
        assert_eq!(of(&Change::Invoice(draft)), expected);
    }

    #[rstest]
    #[case("Galaxy", "91350100M000100Y43", InvoiceKind::Special, None)]
    #[case("", "91350100M000100Y43", InvoiceKind::Ordinary, Some((true, false)))]
    #[case("Galaxy", "", InvoiceKind::Special, Some((false, true)))]
    #[case("", "", InvoiceKind::Receipt, None)]
    fn a_vat_invoice_wants_title_and_tax_number(
        #[case] title: &str,
        #[case] tax_no: &str,
        #[case] kind: InvoiceKind,
        #[case] expected: Option<(bool, bool)>,
    ) {
        let (title, tax_no) = (title.to_owned(), tax_no.to_owned());
        let particulars = Some(Particulars { customer: "C1".to_owned(), title, tax_no });
        let known = Known { particulars, ..known() };
        let draft = InvoiceDraft::new(day("2026-11-20"), vec![(ID, None)]);
        let change = Change::Invoice(InvoiceDraft { kind, ..draft });
        let expected = expected.map(|(title, tax_no)| Doubt::NoParticulars {
            customer: "C1".to_owned(),
            title,
            tax_no,
        });
        let found: Vec<Doubt> = doubts(&change, &known, day("2026-11-21"));
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_tax_number_with_a_wrong_check_digit_is_hinted_at() {
        let wrong = "91350100M000100Y44".to_owned();
        let draft = CustomerDraft { tax_no: wrong.clone(), ..CustomerDraft::default() };
        assert_eq!(of(&Change::AddCustomer(draft)), [Doubt::TaxNo(wrong)]);
        let other = CustomerDraft { tax_no: "DE123456789".into(), ..CustomerDraft::default() };
        assert_eq!(of(&Change::AddCustomer(other)), []);
    }

    #[rstest]
    #[case("2027-11-21", &[])]
    #[case("2027-11-22", &[Doubt::LatePromise(day("2027-11-22"))])]
    fn a_promise_is_not_for_some_day(#[case] pay_by: &str, #[case] expected: &[Doubt]) {
        let promise = PromiseDraft { milestone: ID, amount: None, pay_by: day(pay_by) };
        let on = day("2026-11-21");
        let change = Change::Promise { promises: vec![promise], on, note: String::new() };
        assert_eq!(of(&change), expected);
    }

    #[rstest]
    #[case("2036-11-21", &[])]
    #[case("2036-11-22", &[Doubt::FarDay(day("2036-11-22"))])]
    #[case("2062-12-01", &[Doubt::FarDay(day("2062-12-01"))])]
    fn a_day_ten_years_off_is_a_slip(#[case] until: &str, #[case] expected: &[Doubt]) {
        let hold = Change::Hold {
            milestones: vec![ID],
            since: day("2026-11-21"),
            until: Some(day(until)),
            reason: String::new(),
        };
        assert_eq!(of(&hold), expected);
    }
}
