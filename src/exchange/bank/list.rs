//! Lists of bank lines, accounts and proposals.

use serde_json::{Value, json};

use crate::domain::ids::{CustomerId, IdMap, MilestoneId};
use crate::domain::money;
use crate::domain::reconcile::{Candidate, Clue, Proposals};
use crate::exchange::lists::{Field, Listed, field};
use crate::exchange::out::{Cell, Column};
use crate::store::{BankAccount, BankLine, Name};
use crate::text::Lang;

impl Listed for BankLine {
    fn title(lang: Lang) -> &'static str {
        lang.bank_lines_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.id_word()).named("id"), |l, _| l.id.to_string().into()),
            field(Column::left(lang.bank_day_word()).named("on"), |l, _| Cell::Day(l.on)),
            field(Column::left(lang.status_word()).named("state"), |l, lang| {
                Cell::both(lang.line_state(l.state()), l.state().code())
            }),
            field(
                Column::left(lang.bank_account_word_short()).named("account").spare(6),
                |l, _| l.account.as_str().into(),
            ),
            field(Column::left(lang.currency_word()).named("currency").spare(5), |l, _| {
                l.currency.code().into()
            }),
            field(Column::right(lang.form_amount()).named("amount"), |l, _| {
                Cell::amount(l.amount, l.currency)
            }),
            field(Column::left(lang.form_paid_by()).named("payer"), |l, _| l.payer.as_str().into()),
            field(Column::left(lang.bank_remark_word()).named("remark").spare(3), |l, _| {
                l.remark.as_str().into()
            }),
            field(Column::left(lang.customer_code_word()).named("customer").spare(2), |l, _| {
                l.customer.as_deref().map_or(Cell::EMPTY, Cell::from)
            }),
            field(Column::left(lang.payment_word()).named("payment").spare(1), |l, _| {
                l.payment.map_or(Cell::EMPTY, |payment| payment.to_string().into())
            }),
            field(Column::right(lang.bank_fee_word()).named("fee").spare(7), |l, _| {
                let fee = l.fee.filter(|fee| *fee > 0);
                fee.map_or(Cell::EMPTY, |fee| Cell::amount(fee, l.currency))
            }),
            field(Column::right(lang.bank_balance_word()).named("balance").spare(8), |l, _| {
                l.balance.map_or(Cell::EMPTY, |balance| Cell::amount(balance, l.currency))
            }),
            field(Column::left(lang.bank_serial_word()).named("ref").spare(9), |l, _| {
                l.serial.as_str().into()
            }),
            field(
                Column::left(lang.bank_payer_account_word()).named("payer_account").aside(),
                |l, _| l.payer_account.as_str().into(),
            ),
            field(Column::left(lang.customer_word()).named("customer_name").aside(), |l, _| {
                l.customer_name.as_deref().map_or(Cell::EMPTY, Cell::from)
            }),
            field(Column::left(lang.reason_word()).named("reason").aside(), |l, _| {
                l.reason.as_deref().filter(|why| !why.is_empty()).map_or(Cell::EMPTY, Cell::from)
            }),
        ]
    }

    fn sums(&self) -> Option<(money::Currency, Vec<(&'static str, i64)>)> {
        Some((self.currency, vec![("amount", self.amount), ("fee", self.fee.unwrap_or(0))]))
    }
}

impl Listed for BankAccount {
    fn title(lang: Lang) -> &'static str {
        lang.bank_accounts_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.bank_account_word_short()).named("account"), |a, lang| {
                Cell::both(lang.account_called(&a.account).to_owned(), a.account.as_str())
            }),
            field(Column::left(lang.currency_word()).named("currency"), |a, _| {
                a.currency.code().into()
            }),
            field(Column::left(lang.bank_first_word()).named("first_on"), |a, _| {
                Cell::Day(a.first_on)
            }),
            field(Column::left(lang.bank_last_word()).named("last_on"), |a, _| {
                Cell::Day(a.last_on)
            }),
            field(Column::right(lang.bank_lines_word()).named("lines"), |a, _| {
                Cell::Number(a.lines)
            }),
            field(
                Column::right(lang.line_state(crate::domain::bank::LineState::Open)).named("open"),
                |a, _| Cell::Number(a.open),
            ),
            field(Column::right(lang.bank_closing_word()).named("closing"), |a, _| {
                a.closing.map_or(Cell::EMPTY, |closing| Cell::amount(closing, a.currency))
            }),
            field(Column::right(lang.bank_computed_word()).named("computed"), |a, _| {
                a.computed.map_or(Cell::EMPTY, |computed| Cell::amount(computed, a.currency))
            }),
            field(Column::right(lang.bank_off_word()).named("off"), |a, _| {
                a.off().map_or(Cell::EMPTY, |off| Cell::amount(off, a.currency))
            }),
        ]
    }
}

/// Customers and milestones that candidates name.
#[derive(Debug, Default)]
pub struct CandidateNames {
    pub customers: IdMap<CustomerId, Name>,
    pub milestones: IdMap<MilestoneId, Name>,
}

impl CandidateNames {
    /// The customer's name for narrow columns.
    pub fn customer(&self, id: CustomerId) -> String {
        self.customers.get(&id).map_or_else(|| id.to_string(), |name| name.short().to_owned())
    }

    /// The milestone's key, else its name.
    pub fn milestone(&self, id: MilestoneId) -> String {
        let name = self.milestones.get(&id);
        name.map_or_else(|| id.to_string(), |name| name.code().unwrap_or(&name.name).to_owned())
    }

    /// Whose money a candidate is and what it pays, in one line.
    pub fn told(&self, one: &Candidate) -> String {
        let pays = match one.payment {
            Some(payment) => vec![payment.to_string()],
            None => one.lines.iter().map(|(id, _)| self.milestone(*id)).collect(),
        };
        let customer = self.customer(one.customer);
        std::iter::once(customer).chain(pays).collect::<Vec<_>>().join(" ")
    }
}

/// A line with what it may be.
pub struct MatchedLine {
    pub line: BankLine,
    pub proposals: Proposals,
    /// What is proposed, or why nothing is.
    told: String,
    /// All of them, for programs.
    candidates: Value,
}

impl MatchedLine {
    pub fn new(line: BankLine, proposals: Proposals, names: &CandidateNames, lang: Lang) -> Self {
        let told =
            proposals.best().map_or_else(|| lang.unproposed(&proposals), |best| names.told(best));
        let plain = |minor: i64| money::plain(minor, line.currency);
        let candidate = |one: &Candidate| {
            let lines = one.lines.iter().map(|(id, amount)| {
                json!({ "milestone": id.to_string(), "key": names.milestone(*id), "amount": plain(*amount) })
            });
            json!({
                "customer": names.customers.get(&one.customer).map(|name| name.code.to_string()),
                "payment": one.payment.map(|payment| payment.to_string()),
                "lines": lines.collect::<Value>(),
                "fee": plain(one.fee),
                "confidence": one.confidence,
                "clues": one.clues.iter().map(Clue::code).collect::<Value>(),
                "why": lang.clues(&one.clues, line.currency),
            })
        };
        let candidates = proposals.candidates.iter().map(candidate).collect();
        Self { line, proposals, told, candidates }
    }

    fn best(&self) -> Option<&Candidate> {
        self.proposals.best()
    }
}

impl Listed for MatchedLine {
    fn title(lang: Lang) -> &'static str {
        lang.bank_match_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.bank_line_word()).named("line"), |m, _| {
                m.line.id.to_string().into()
            }),
            field(Column::left(lang.bank_day_word()).named("on").spare(3), |m, _| {
                Cell::Day(m.line.on)
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(5), |m, _| {
                m.line.currency.code().into()
            }),
            field(Column::right(lang.form_amount()).named("amount"), |m, _| {
                Cell::amount(m.line.amount, m.line.currency)
            }),
            field(Column::left(lang.form_paid_by()).named("payer").spare(1), |m, _| {
                m.line.payer.as_str().into()
            }),
            field(Column::left(lang.bank_remark_word()).named("remark").spare(4), |m, _| {
                m.line.remark.as_str().into()
            }),
            field(Column::left(lang.proposal_word()).named("proposal"), |m, _| {
                m.told.as_str().into()
            }),
            field(Column::right(lang.confidence_word()).named("confidence"), |m, _| {
                m.best().map_or(Cell::EMPTY, |best| Cell::Number(best.confidence.into()))
            }),
            field(Column::left(lang.why_word()).named("why").spare(2), |m, lang| {
                m.best().map_or(Cell::EMPTY, |best| lang.clues(&best.clues, m.line.currency).into())
            }),
            field(Column::left(lang.proposal_word()).named("exact").aside(), |m, lang| {
                Cell::both(lang.yes_no(m.proposals.exact), m.proposals.exact)
            }),
            field(Column::left(lang.proposal_word()).named("tied").aside(), |m, _| {
                Cell::Number(m.proposals.tied.try_into().unwrap_or(i64::MAX))
            }),
            field(Column::left(lang.proposal_word()).named("candidates").aside(), |m, _| {
                Cell::both(m.told.clone(), m.candidates.clone())
            }),
        ]
    }
}
