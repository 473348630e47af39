//! Payments recorded before: money that went back, and money that pays nothing yet.

use std::rc::Rc;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::context::{Vocabulary, both, choose};
use super::{Answer, Context, payment};
use crate::domain::about::About;
use crate::domain::allocation::{self, Opened, Owed, PaymentBalance};
use crate::domain::change::{BillEvent, Change, Target, Voidable};
use crate::domain::facts::Account;
use crate::domain::ids::{CustomerId, MilestoneId, PaperId, PaymentId};
use crate::domain::kinds::{BillForm, BillState};
use crate::domain::violation::{Field as Part, Violation};
use crate::domain::{bill, money, rules};
use crate::error::Result;
use crate::store::{
    AllocationDetail, BillHead, ListedBill, Paper, PaymentDetail, PaymentHead, Span,
};
use crate::text::Lang;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Bound, Field, Fields, Key, Values, Wrong};
use crate::tui::widgets::picker::{Pick, Picker};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Apply,
    Honoured,
    Discounted,
    Endorsed,
    Dishonoured,
    Clear,
    Reverse,
    Void,
    Move,
}

impl Vocabulary for Act {
    const WORDS: &'static [Self] = &[
        Self::Apply,
        Self::Honoured,
        Self::Discounted,
        Self::Endorsed,
        Self::Dishonoured,
        Self::Clear,
        Self::Reverse,
        Self::Void,
        Self::Move,
    ];

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Apply => lang.form_apply(),
            Self::Honoured => lang.form_honoured(),
            Self::Discounted => lang.form_discounted(),
            Self::Endorsed => lang.form_endorsed(),
            Self::Dishonoured => lang.form_dishonoured(),
            Self::Clear => lang.form_clear(),
            Self::Reverse => lang.form_reverse(),
            Self::Void => lang.act_void(),
            Self::Move => lang.form_move(),
        }
    }
}

/// The payments of the selection's customer, to choose one.
pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.items(&selection.milestones)?;
    let customer = cx.one_customer(&items, selection)?;
    let payments = cx.store.payments_of(customer)?;
    if payments.is_empty() {
        return Err(lang.form_no_payments().into());
    }
    let has_bills = payments.iter().any(|payment| payment.method.is_bill());
    let bills =
        if has_bills { cx.store.bill_list(Span::of(customer), cx.today)? } else { Vec::new() };
    let picks = payments.iter().map(|payment| {
        let bill = bills.iter().find(|bill| bill.head.payment == payment.id);
        pick(payment, bill, cx)
    });
    let name = cx.customer_name(customer)?;
    let title = format!("{} - {name}", lang.form_payments());
    let picker = Picker::new(title, picks.collect());
    let opened = payment::opened(selection);
    Ok(choose(picker, move |id, cx| form(id, customer, &opened, cx)))
}

fn pick(payment: &PaymentDetail, bill: Option<&ListedBill>, cx: Context<'_>) -> Pick<PaymentId> {
    let lang = cx.lang();
    let show = |minor: i64| money::with_symbol(minor, payment.currency);
    let text = format!("{}  {}", payment.received_on, show(payment.amount));
    let rest = match (payment.unapplied, left(payment)) {
        (_, 0) => lang.form_all_back().to_owned(),
        (0, _) => lang.method(payment.method).to_owned(),
        (unapplied, _) => lang.form_unapplied(&show(unapplied)),
    };
    let bill = bill.map(|bill| {
        let matures = bill.head.matures_on.filter(|_| bill.state == BillState::InHand);
        let matures = matures.map(|day| lang.bill_matures(&lang.day(day, cx.today)));
        lang.commas([lang.bill_word(lang.bill_state(bill.state)), matures.unwrap_or_default()])
    });
    let rest = lang.commas([bill.unwrap_or_default(), rest]);
    let aside = format!("{} {rest} {}", payment.bank_ref, payment.id);
    Pick::new(payment.id, text, aside.trim())
}

/// What is left of a payment: applied or not, but not sent back.
const fn left(payment: &PaymentDetail) -> i64 {
    payment.amount.saturating_sub(payment.reversed)
}

/// The form for what to do with a payment: what of it is unapplied can be applied, all of it can be reversed, or voided.
fn form(id: PaymentId, customer: CustomerId, opened: &Opened, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let payment = cx.store.payment(id)?;
    let (currency, left) = (payment.currency, left(&payment));
    if left <= 0 {
        return Err(lang.form_all_back().into());
    }
    let owed: Rc<[Owed]> = cx.store.owed_by(customer)?.into();
    let listed = allocation::listed(&owed, currency, opened, cx.today);
    let mut fields = Fields::default();
    let can_apply = payment.unapplied > 0 && !listed.is_empty();
    let bill = cx.store.bill(id)?;
    let applied = payment.allocations.iter().filter(|paid| paid.amount > 0);
    let from: Vec<Pick<MilestoneId>> = applied.map(|paid| from(paid, currency)).collect();
    let to = payment::drafts(&listed, cx)?.into_iter();
    let to: Vec<Pick<MilestoneId>> = to
        .map(|draft| Pick::new(draft.id, draft.label, money::with_symbol(draft.open, currency)))
        .collect();
    let head = cx.store.payments(&[id])?.into_iter().next().map(|one| one.head);
    let other = head.filter(PaymentHead::is_by_other_payer);
    let can = |act: Act| match act {
        Act::Apply => can_apply,
        Act::Reverse | Act::Void => true,
        Act::Clear => other.is_some(),
        Act::Move => from.iter().any(|from| to.iter().any(|to| to.value != from.value)),
        Act::Honoured | Act::Discounted | Act::Endorsed | Act::Dishonoured => {
            bill.as_ref().is_some_and(|head| {
                event(act).is_some_and(|e| head.bill().can(&e, cx.today, cx.today).is_ok())
            })
        }
    };
    let mut acts: Vec<Act> = Act::WORDS.iter().copied().filter(|act| can(*act)).collect();
    // What is cleared is not what the form was opened for.
    let is_cleared = other.as_ref().is_some_and(|head| head.cleared().is_some());
    acts.sort_by_key(|act| is_cleared && *act == Act::Clear);
    let act = Field::choice(lang.form_act(), &acts, |act| act.name(lang), acts.first().copied());
    let act = fields.add(act.required());
    let lines = if can_apply {
        let (account, on, rest) =
            (Account { customer, currency }, payment.received_on, payment.unapplied);
        let left = move |total, _: &Values| PaymentBalance::new(account, on, total);
        let shared = payment::shared(&owed, &listed, opened, move |_| Some(rest), left, cx);
        let drafts = payment::drafts(&listed, cx)?;
        let lines = Field::lines(lang.form_pays(), Bound::Shared(shared), currency, drafts);
        Some(fields.add(lines.shown_if(&act, Act::Apply)))
    } else {
        None
    };
    let amount = Field::amount(lang.form_back(), currency, Some(left)).required();
    let amount = amount.hinted(lang.form_back_hint());
    let amount = fields.add(amount.shown_if(&act, Act::Reverse));
    let among = |acts: &'static [Act]| {
        let act = act.clone();
        move |values: &Values| values.get(&act).is_ok_and(|act| acts.contains(&act))
    };
    let clearing = Clearing::add(&mut fields, other.as_ref(), customer, &act, cx)?;
    let sale = Sale::add(&mut fields, bill.as_ref(), &act, cx);
    let endorsed_to = Field::text(lang.form_endorsed_to(), "").required().about(Part::Name);
    let endorsed_to = fields.add(endorsed_to.shown_if(&act, Act::Endorsed));
    let reason = Field::text(lang.form_reason(), "").required().about(Part::Reason);
    let reason = fields.add(reason.shown_when(among(&[Act::Reverse, Act::Dishonoured])));
    let on = fields.add(cx.day(lang.form_back_on()).shown_if(&act, Act::Reverse));
    let happened_on = cx.day(lang.form_happened_on());
    let happened_on = fields.add(happened_on.shown_when(among(&[
        Act::Honoured,
        Act::Discounted,
        Act::Endorsed,
        Act::Dishonoured,
        Act::Move,
    ])));
    let (first_from, first_to) = (from.first().map(|pick| pick.value), opened.row);
    let from = Field::pick(lang.form_move_from(), from, first_from).required();
    let from = fields.add(from.about(Part::Milestones).shown_if(&act, Act::Move));
    let first_to = first_to.filter(|row| Some(*row) != first_from);
    let to = Field::pick(lang.form_move_to(), to, first_to).required();
    let to = fields.add(to.about(Part::Milestones).shown_if(&act, Act::Move));
    let moved = Field::amount(lang.form_moved(), currency, None);
    let moved = fields.add(moved.hinted(lang.form_moved_hint()).shown_if(&act, Act::Move));
    let why = fields.add(Field::text(lang.form_reason(), "").shown_if(&act, Act::Move));
    fields.add(Field::note(lang.form_void_note()).shown_if(&act, Act::Void));
    let mistake = Field::text(lang.form_reason(), "").required().about(Part::Reason);
    let mistake = fields.add(mistake.shown_if(&act, Act::Void));
    if acts.first() == Some(&Act::Reverse) {
        fields.focus(&reason);
    }
    let title = format!(
        "{} - {} · {} · {}",
        lang.form_a_payment(),
        cx.customer_name(customer)?,
        payment.received_on,
        money::with_symbol(payment.amount, currency)
    );
    let (back, asked) = (amount.clone(), act.clone());
    let form = cx.form(title, fields, move |values| {
        let happened = |event| -> Result<Change, Wrong> {
            Ok(Change::Bill { payment: id, event, on: values.get(&happened_on)? })
        };
        match (values.get(&act)?, &lines) {
            (Act::Apply, Some(lines)) => {
                let target = Target::Lines(values.get(lines)?);
                Ok(Change::ApplyPayment { payment: id, target })
            }
            (Act::Void, _) => {
                Ok(Change::Void { entry: Voidable::Payment(id), reason: values.get(&mistake)? })
            }
            (Act::Honoured, _) => happened(BillEvent::Honoured),
            (Act::Discounted, _) => happened(sale.read(values, values.get(&happened_on)?)?),
            (Act::Endorsed, _) => happened(BillEvent::Endorsed { to: values.get(&endorsed_to)? }),
            (Act::Dishonoured, _) => {
                let recourse = lang.recourse_of(id);
                happened(BillEvent::Dishonoured { reason: values.get(&reason)?, recourse })
            }
            (Act::Clear, _) => clearing.read(values, id),
            (Act::Move, _) => Ok(Change::MoveAllocation {
                payment: id,
                from: values.get(&from)?,
                to: values.get(&to)?,
                amount: values.get(&moved)?,
                on: values.get(&happened_on)?,
                reason: values.get(&why)?,
            }),
            (Act::Apply | Act::Reverse, _) => Ok(Change::ReversePayment {
                payment: id,
                amount: Some(values.get(&amount)?),
                on: values.get(&on)?,
                reason: values.get(&reason)?,
            }),
        }
    });
    Ok(Effect::open(form.asking(move |values| match values.get(&asked).ok()? {
        Act::Reverse => {
            let amount = money::with_symbol(values.get(&back).ok()?, currency);
            Some(lang.form_reverse_sure(&amount))
        }
        Act::Dishonoured => Some(lang.form_dishonour_sure(&money::with_symbol(left, currency))),
        Act::Apply
        | Act::Honoured
        | Act::Discounted
        | Act::Endorsed
        | Act::Clear
        | Act::Void
        | Act::Move => None,
    })))
}

/// What becomes of a bill of exchange by an act, as far as it matters for whether it may.
const fn event(act: Act) -> Option<BillEvent> {
    match act {
        Act::Honoured => Some(BillEvent::Honoured),
        Act::Discounted => Some(BillEvent::Discounted { rate: None, cost: 0 }),
        Act::Endorsed => Some(BillEvent::Endorsed { to: String::new() }),
        Act::Dishonoured => {
            Some(BillEvent::Dishonoured { reason: String::new(), recourse: String::new() })
        }
        Act::Apply | Act::Clear | Act::Reverse | Act::Void | Act::Move => None,
    }
}

fn from(paid: &AllocationDetail, currency: Currency) -> Pick<MilestoneId> {
    let label = if paid.key.is_empty() { paid.name.clone() } else { both(&paid.key, &paid.name) };
    Pick::new(paid.milestone, label, money::with_symbol(paid.amount, currency))
}

/// Why somebody else's money is taken as the customer's.
#[derive(Clone)]
struct Clearing {
    on: Key<Option<NaiveDate>>,
    /// Where the customer has any.
    paper: Option<Key<Option<PaperId>>>,
    note: Key<String>,
    received_on: NaiveDate,
}

impl Clearing {
    fn add(
        fields: &mut Fields,
        paid: Option<&PaymentHead>,
        customer: CustomerId,
        act: &Key<Act>,
        cx: Context<'_>,
    ) -> Result<Self> {
        let lang = cx.lang();
        let known = paid.and_then(PaymentHead::cleared);
        let payer = paid.map_or("", |head| &head.payer);
        let told = lang.form_paid_by_other(payer);
        fields.add(Field::note(told).shown_if(act, Act::Clear));
        let mut on =
            Field::past(lang.form_cleared_on(), known.as_ref().map_or(cx.today, |it| it.on).into());
        if known.is_some() {
            on = on.hinted(lang.form_take_back_hint());
        }
        let on = fields.add(on.required_when(known.is_none()).shown_if(act, Act::Clear));
        let papers = match paid {
            Some(_) => cx.store.papers(Some(About::Customer(customer)), None)?,
            None => Vec::new(),
        };
        let pick = |paper: Paper| {
            let head = paper.head;
            let called = lang.paper_called(head.kind, &head.number, &head.title);
            Pick::new(head.id, called, lang.day(head.dated_on, cx.today))
        };
        let picks: Vec<Pick<PaperId>> = papers.into_iter().map(pick).collect();
        let first = paid.and_then(|head| head.proof);
        let paper = (!picks.is_empty()).then(|| {
            let paper = Field::pick(lang.form_mandate(), picks, first);
            fields.add(paper.shown_if(act, Act::Clear))
        });
        let note = known.map(|clearing| clearing.note).unwrap_or_default();
        let note = Field::text(lang.form_ground(), &note).hinted(lang.form_ground_hint());
        let note = fields.add(note.about(Part::Ground).shown_if(act, Act::Clear));
        let received_on = paid.map_or(NaiveDate::MIN, |head| head.on);
        Ok(Self { on, paper, note, received_on })
    }

    fn read(&self, values: &Values, payment: PaymentId) -> Result<Change, Wrong> {
        let on = values.get(&self.on)?;
        let paper = match &self.paper {
            Some(paper) => values.get(paper)?,
            None => None,
        };
        let note = values.get(&self.note)?;
        self.on.check(rules::not_before(on, self.received_on))?;
        self.note.check(rules::cleared(self.received_on, on, paper, &note))?;
        Ok(Change::ClearPayer { payment, on, paper, note })
    }
}

/// What selling a bill costs: as typed, else by its rate.
#[derive(Clone)]
struct Sale {
    rate: Key<String>,
    elsewhere: Key<Option<bool>>,
    cost: Key<Option<i64>>,
    face: i64,
    matures_on: Option<NaiveDate>,
}

impl Sale {
    fn add(fields: &mut Fields, bill: Option<&BillHead>, act: &Key<Act>, cx: Context<'_>) -> Self {
        let lang = cx.lang();
        let (face, currency) = bill.map_or((0, Currency::CNY), |bill| (bill.left(), bill.currency));
        let matures_on = bill.and_then(|bill| bill.matures_on);
        let is_paper = bill.is_some_and(|bill| bill.form == Some(BillForm::Paper));
        let rate = Field::text(lang.form_rate(), "").shown_if(act, Act::Discounted);
        let rate = fields.add(rate);
        let elsewhere = cx.choice(lang.form_elsewhere(), Some(false));
        let shown = act.clone();
        let elsewhere = fields.add(elsewhere.shown_when(move |values| {
            is_paper && values.get(&shown).is_ok_and(|act| act == Act::Discounted)
        }));
        let cost = Field::amount(lang.form_cost(), currency, None).hinted(lang.form_cost_hint());
        let cost = fields.add(cost.shown_if(act, Act::Discounted));
        let sale = Self { rate, elsewhere, cost, face, matures_on };
        let (echoed, today) = (sale.clone(), cx.today);
        fields.echo(&sale.cost, move |values| {
            let by_rate = echoed.by_rate(values, today);
            by_rate.map_or_else(String::new, |(_, days, cost)| {
                lang.form_cost_for(days, &money::with_symbol(cost, currency))
            })
        });
        sale
    }

    /// Rate, days and cost, where the rate is given and the maturity known.
    fn by_rate(&self, values: &Values, on: NaiveDate) -> Option<(i64, i64, i64)> {
        let rate = bill::rate(&values.get(&self.rate).ok()?)?;
        let elsewhere = values.get(&self.elsewhere).ok().flatten().unwrap_or(false);
        let days = bill::discount_days(on, self.matures_on?, elsewhere);
        Some((rate, days, bill::discount(self.face, rate, days).ok()?))
    }

    fn read(&self, values: &Values, on: NaiveDate) -> Result<BillEvent, Wrong> {
        let typed = values.get(&self.cost)?;
        let by_rate = self.by_rate(values, on);
        let cost = typed.or(by_rate.map(|(_, _, cost)| cost));
        let cost = cost.ok_or_else(|| self.cost.wrong(Violation::Empty(Part::Amount)))?;
        let rate = bill::rate(&values.get(&self.rate)?);
        Ok(BillEvent::Discounted { rate, cost })
    }
}
