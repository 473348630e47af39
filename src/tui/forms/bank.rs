//! A line of a bank statement as a payment, where it is not as proposed: split over milestones, with the fee that the
//! bank kept.

use std::rc::Rc;

use super::context::choose;
use super::{Answer, Context, payment, settled};
use crate::domain::allocation::{self, Opened, Owed, PaymentBalance};
use crate::domain::change::{Booking, Change, PaymentDraft, Target};
use crate::domain::facts::Account;
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::money;
use crate::error::Result;
use crate::store::BankLine;
use crate::tui::effect::Effect;
use crate::tui::widgets::form::{Bound, Field, Fields, Values};
use crate::tui::widgets::picker::Picker;

/// What is known before the form opens.
#[derive(Debug, Clone, Default)]
pub struct Guess {
    pub customer: Option<CustomerId>,
    /// What it pays, as far as that was proposed.
    pub milestones: Vec<MilestoneId>,
    pub fee: i64,
    /// Whether the fee is what is to be filled in.
    pub at_fee: bool,
}

/// The form for a line, or the choice whose money it is.
pub fn book_line(line: &BankLine, guess: Guess, cx: Context<'_>) -> Result<Effect> {
    let line = line.clone();
    settled(match guess.customer {
        Some(customer) => form(&line, customer, &guess, cx),
        None => cx.customer_picks().map_err(Into::into).map(|picks| {
            let picker = Picker::new(cx.lang().form_payer(), picks);
            choose(picker, move |customer, cx| form(&line, customer, &guess, cx))
        }),
    })
}

fn form(line: &BankLine, customer: CustomerId, guess: &Guess, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let (id, on, currency, came) = (line.id, line.on, line.currency, line.amount);
    let account = Account { customer, currency };
    let owed: Rc<[Owed]> = cx.store.owed_by(customer)?.into();
    let opened = Opened { marked: guess.milestones.clone(), ..Opened::default() };
    let listed = allocation::listed(&owed, currency, &opened, cx.today);
    let mut fields = Fields::default();
    let fee = Some(guess.fee).filter(|fee| *fee > 0);
    let fee = Field::amount(lang.bank_fee_word(), currency, fee);
    let fee = fields.add(fee.hinted(lang.bank_fee_hint()));
    let lines = if listed.is_empty() {
        fields.note(lang.form_all_unapplied());
        None
    } else {
        let kept = fee.clone();
        let total = move |values: &Values| {
            let fee = values.get(&kept).ok().flatten().unwrap_or(0);
            came.checked_add(fee)
        };
        let payment = move |total: i64, _: &Values| PaymentBalance::new(account, on, total);
        let shared = payment::shared(&owed, &listed, &opened, total, payment, cx);
        let drafts = payment::drafts(&listed, cx)?;
        let field = Field::lines(lang.form_pays(), Bound::Shared(shared), currency, drafts);
        Some(fields.add(field))
    };
    let note = fields.add(Field::text(lang.form_note(), ""));
    match &lines {
        Some(lines) if !guess.at_fee => fields.focus(lines),
        Some(_) | None => fields.focus(&fee),
    }
    let name = cx.customer_name(customer)?;
    let title = format!(
        "{} - {name} · {on} · {}",
        lang.form_book_line(),
        money::with_symbol(came, currency)
    );
    let (payer, bank_ref) = (line.payer.clone(), line.serial.clone());
    Ok(cx.open(title, fields, move |values| {
        let kept = values.get(&fee)?.unwrap_or(0);
        let amount = fee.check(money::add(came, kept).map_err(Into::into))?;
        let pays = lines.as_ref().map_or(Ok(Vec::new()), |lines| values.get(lines))?;
        let payment = Booking::New(PaymentDraft {
            payer: payer.clone(),
            bank_ref: bank_ref.clone(),
            note: values.get(&note)?,
            target: Target::Lines(pays),
            ..PaymentDraft::new(account, on, amount)
        });
        Ok(Change::BookLine { line: id, payment, fee: kept })
    }))
}
