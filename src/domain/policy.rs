//! The numbers a ledger's users may set, with the contract's defaults, and the registry of all settings. The ledger keeps
//! those that bear on its figures, for everybody who opens it; a person's own stand in that person's configuration.
//!
//! To add one: a field of [`Policy`] with its default and a row of `settings!`; `text` asks for its meaning.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use iso_currency::Currency;
use rust_decimal::Decimal;

use super::aging::{Buckets, Edges};
use super::clean;
use super::codes::codes;
use super::kinds::{BillsCount, Channel, Role};
use super::late_fee::{LateFee, Rate};
use super::paper::NumberFormat;
use super::readiness::Wants;
use super::rules::Checked;
use super::statutory::{self, Bands, BaseRates, Law, Laws};
use super::violation::Violation;

/// The ladder's highest step: a claim before a court.
pub const TOP_STEP: u8 = 6;

/// From this step on a person is asked before it is taken: a letter or more.
pub const SURE_STEP: u8 = 3;

/// The numbers a ledger's users may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// A firm due date this many days ahead, or fewer, is due soon.
    pub look_ahead_days: i64,
    pub ladder: Ladder,
    /// A payment step waits until the last touch is this many days old.
    pub gap_days: i64,
    /// The guard: at most this many touches …
    pub guard_touches: usize,
    /// … per customer in so many days.
    pub guard_days: i64,
    /// Acceptance is chased from this many days after delivery, and again after as many.
    pub chase_days: i64,
    /// So long after its planned day a delivery may be outstanding before it is late with us …
    pub deliver_days: i64,
    /// … a bill after it could be written …
    pub invoice_days: i64,
    /// … its sending after it was written …
    pub send_days: i64,
    /// … and an acceptance after the delivery.
    pub accept_days: i64,
    /// What is late with us for so long is the head's, too.
    pub escalate_days: i64,
    /// What is overdue without a contact for so long is told as silent.
    pub silence_days: i64,
    /// What has no due date is told once it was agreed this long ago.
    pub undated_days: i64,
    /// Money so long after the day of a promise still keeps it.
    pub promise_tolerance_days: u16,
    /// When a bill of exchange counts as money.
    pub bills_count: BillsCount,
    /// A bill of exchange is told of this many days before it matures.
    pub bill_days: u16,
    /// A bill of exchange is to be presented within so many days from its maturity: PRC Negotiable Instruments Law,
    /// article 53 (票据法第五十三条).
    pub presentment_days: u16,
    /// Who passed a bill of exchange on is told within so many days that it was dishonoured: the same law, article 66
    /// (票据法第六十六条).
    pub recourse_days: u16,
    /// An invoice for a retention is asked for from this many days before it falls due.
    pub retention_invoice_days: i64,
    /// Days of grace of a new project.
    pub grace_days: u16,
    /// A claim can be enforced for so many years: PRC Civil Code, article 188 (民法典第 188 条).
    pub limitation_years: u16,
    /// Whose law speaks where a contract is silent, by its currency.
    pub statutory: Laws,
    /// What was delivered to a large enterprise is to be paid within so many days: PRC State Council Order 802, article 9
    /// (保障中小企业款项支付条例第九条).
    pub payment_limit_days: u16,
    /// The same of an authority or public institution; 60 where a longer time was agreed.
    pub payment_limit_authority_days: u16,
    /// The late fee where none was agreed: the same order, article 17 (第十七条).
    pub statutory_late_fee: Option<LateFee>,
    /// A request to confirm a balance is answered within so many days: the same order, article 16 (第十六条).
    pub answer_days: u16,
    /// The price of works comes before other claims for so many months: PRC Supreme People's Court, Interpretation (I) on
    /// construction contracts, article 41 (建设工程司法解释（一）第四十一条: 18). None where we do no works.
    pub priority_months: Option<i64>,
    /// Percent a year above the base rate: UK Late Payment of Commercial Debts (Rate of Interest) (No. 3) Order 2002.
    pub late_payment_margin: Decimal,
    /// The base rate of each half-year.
    pub late_payment_base: BaseRates,
    /// The fixed sum by the size of a debt: UK Late Payment of Commercial Debts (Interest) Act 1998, section 5A.
    pub late_payment_compensation: Bands,
    /// A write-off above so much, in whole units of the milestone's currency, has to be approved.
    pub approve_write_off_above: Option<i64>,
    /// A settlement that would waive more than so much.
    pub approve_settlement_above: Option<i64>,
    /// An amendment that takes more than so much off a contract.
    pub approve_amendment_above: Option<i64>,
    /// An early-payment discount that comes to more than so much of a contract.
    pub approve_discount_above: Option<i64>,
    /// Steps of the ladder from this one on have to be approved.
    pub approve_step_from: Option<i64>,
    /// Who approves, besides the head.
    pub approver: Role,
    /// How the papers we write are numbered.
    pub paper_number: NumberFormat,
    /// Of what expires is told so many days before.
    pub expiry_days: u16,
    /// Who writes our letters.
    pub company: Company,
    /// A formal notice asks for the money, or an answer, within so many days.
    pub notice_days: u16,
    /// What each step of the ladder wants on file.
    pub papers: StepWants,
    /// Edges of the aging buckets, where a report names no others.
    pub buckets: Edges,
    /// What figures are shown in; without one the currency most open items are in.
    pub currency: Option<Currency>,
    /// What orders amounts of several currencies.
    pub rates: Rates,
}

/// Our company, as letters name it. What is not set is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Company {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub tax_no: String,
    /// Bank and number of the account that money is to go to.
    pub account: String,
    /// Who signs for it.
    pub signatory: String,
}

impl Company {
    /// Whether a letter would not say who writes, or where to pay.
    pub const fn is_nameless(&self) -> bool {
        self.name.is_empty() || self.account.is_empty()
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            look_ahead_days: 7,
            ladder: Ladder::default(),
            gap_days: 3,
            guard_touches: 2,
            guard_days: 7,
            chase_days: 7,
            deliver_days: 0,
            invoice_days: 3,
            send_days: 2,
            accept_days: 7,
            escalate_days: 7,
            silence_days: 14,
            undated_days: 90,
            promise_tolerance_days: 0,
            bills_count: BillsCount::Received,
            bill_days: 7,
            presentment_days: 10,
            recourse_days: 3,
            retention_invoice_days: 30,
            grace_days: 0,
            limitation_years: 3,
            statutory: Laws::default(),
            payment_limit_days: 60,
            payment_limit_authority_days: 30,
            statutory_late_fee: Some(statutory::plain(Rate::PerDay(Decimal::new(5, 2)))),
            answer_days: 30,
            priority_months: Some(18),
            late_payment_margin: Decimal::from(8),
            late_payment_base: BaseRates::default(),
            late_payment_compensation: Bands::default(),
            approve_write_off_above: None,
            approve_settlement_above: None,
            approve_amendment_above: None,
            approve_discount_above: None,
            approve_step_from: None,
            approver: Role::Head,
            paper_number: NumberFormat::default(),
            expiry_days: 30,
            company: Company::default(),
            notice_days: 7,
            papers: StepWants::default(),
            buckets: Edges::default(),
            currency: None,
            rates: Rates::default(),
        }
    }
}

codes! {
    /// How a step of the ladder is worded.
    Wording {
        Friendly = "friendly",
        Polite = "polite",
        Firm = "firm",
        Legal = "legal",
    }
}

/// A step of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LadderStep {
    /// Its day, counted from the due date.
    pub days: i64,
    pub channel: Channel,
    pub wording: Wording,
}

/// The ladder: which steps are taken, and when. A step keeps its number whether others are taken or not, since touches
/// on record name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder([Option<LadderStep>; TOP_STEP as usize + 1]);

impl Default for Ladder {
    fn default() -> Self {
        let step = |days, channel, wording| Some(LadderStep { days, channel, wording });
        Self([
            step(-7, Channel::Wechat, Wording::Friendly),
            step(0, Channel::Mail, Wording::Friendly),
            step(7, Channel::Phone, Wording::Polite),
            step(30, Channel::Letter, Wording::Firm),
            step(60, Channel::Letter, Wording::Firm),
            step(90, Channel::Lawyer, Wording::Legal),
            step(180, Channel::Court, Wording::Legal),
        ])
    }
}

impl Ladder {
    /// A step, unless it is left out.
    pub fn step(&self, step: u8) -> Option<LadderStep> {
        self.0.get(usize::from(step)).copied().flatten()
    }

    /// The steps that are taken, by number.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = (u8, LadderStep)> + '_ {
        let numbered = (0..=TOP_STEP).zip(&self.0);
        numbered.filter_map(|(number, step)| step.map(|step| (number, step)))
    }

    /// The step above this one.
    pub fn after(&self, step: u8) -> Option<(u8, LadderStep)> {
        self.steps().find(|(number, _)| *number > step)
    }

    /// The days of the steps rise.
    fn rises(&self) -> Checked {
        for ((lower, before), (upper, after)) in self.steps().zip(self.steps().skip(1)) {
            if before.days >= after.days {
                return Err(Violation::LadderFalls { lower, upper, days: after.days });
            }
        }
        Ok(())
    }
}

/// What each step of the ladder wants on file, by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepWants([Wants; TOP_STEP as usize + 1]);

impl Default for StepWants {
    fn default() -> Self {
        let none = Wants::default;
        let (notice, letter) = (Wants::of_formal_notice(), Wants::of_lawyers_letter());
        Self([none(), none(), none(), notice, none(), letter, none()])
    }
}

impl StepWants {
    pub fn of(&self, step: u8) -> &Wants {
        const NOTHING: &Wants = &Wants::NOTHING;
        self.0.get(usize::from(step)).unwrap_or(NOTHING)
    }
}

/// What a unit of other currencies is worth in the main one, in millionths; by code. They order, they never add up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rates(Vec<(Currency, i64)>);

/// A rate of 1.
const ONE: i64 = 1_000_000;

impl Policy {
    /// What an amount of a currency weighs beside one of the main currency, in millionths; `None` where no rate is set.
    pub fn rate(&self, currency: Currency, main: Currency) -> Option<i64> {
        if currency == main {
            return Some(ONE);
        }
        self.rates.0.iter().find(|(known, _)| *known == currency).map(|(_, rate)| *rate)
    }

    /// How receivables are sorted by age, unless a report says otherwise.
    pub fn buckets(&self) -> Buckets {
        Buckets { edges: self.buckets.clone(), ..Buckets::default() }
    }

    /// What these settings make of the defaults. Names of another version are left alone; a value that cannot be read is
    /// given back by its setting.
    pub fn with(settings: impl IntoIterator<Item = (String, String)>) -> Result<Self, Setting> {
        let mut policy = Self::default();
        for (key, value) in settings {
            if let Some(setting) = Setting::from_code(&key) {
                setting.put(&mut policy, &value).ok_or(setting)?;
            }
        }
        Ok(policy)
    }
}

/// What a value of a setting looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A whole number within these.
    Whole(u16, u16),
    /// A whole number up to this, or `off`.
    Limit(i64),
    /// What one of us does.
    Role,
    /// Days, channel and wording of a step, or `off`.
    Step,
    /// What numbers of papers are made of.
    PaperNumber,
    /// Any text on one line, or `none`.
    Text,
    /// Kinds of papers, or `none`.
    Papers,
    Buckets,
    /// A code, or `auto`.
    Currency,
    /// When bills of exchange count.
    BillsCount,
    /// Codes, each with what a unit is worth in the main currency, or `none`.
    Rates,
    /// Codes of currencies, each with that of a law, or `none`.
    Laws,
    /// Terms of a late fee, or `off`.
    LateFee,
    Percent,
    /// Half-years, each with a rate.
    BaseRates,
    /// Sums, each with a sum, or `none`.
    Bands,
}

/// A value as settings hold it.
trait Value: Sized {
    /// `None` for what is no such value.
    fn read(text: &str, form: Form) -> Option<Self>;
    fn show(&self) -> String;
}

/// The settings of a ledger: key, form, and the field of [`Policy`].
macro_rules! settings {
    ($($name:ident = $key:literal, $form:expr => $field:ident $(.$part:ident)? $([$step:literal])?;)+) => {
        codes! {
            /// What a ledger's users may set, by its key.
            Setting { $($name = $key,)+ }
        }

        impl Setting {
            pub const fn form(self) -> Form {
                match self { $(Self::$name => $form,)+ }
            }

            /// Its value, as it is typed.
            pub fn value(self, policy: &Policy) -> String {
                match self { $(Self::$name => policy.$field$(.$part)?$(.0[$step])?.show(),)+ }
            }

            /// Sets it; `None` if this is no value of it.
            fn put(self, policy: &mut Policy, text: &str) -> Option<()> {
                match self {
                    $(Self::$name => policy.$field$(.$part)?$(.0[$step])? = Value::read(text.trim(), $form)?,)+
                }
                Some(())
            }
        }
    };
}

settings! {
    Step0 = "ladder.0", Form::Step => ladder[0];
    Step1 = "ladder.1", Form::Step => ladder[1];
    Step2 = "ladder.2", Form::Step => ladder[2];
    Step3 = "ladder.3", Form::Step => ladder[3];
    Step4 = "ladder.4", Form::Step => ladder[4];
    Step5 = "ladder.5", Form::Step => ladder[5];
    Step6 = "ladder.6", Form::Step => ladder[6];
    Gap = "gap_days", Form::Whole(0, 365) => gap_days;
    GuardTouches = "guard_touches", Form::Whole(0, 100) => guard_touches;
    GuardDays = "guard_days", Form::Whole(1, 365) => guard_days;
    Chase = "chase_days", Form::Whole(1, 365) => chase_days;
    DeliverDays = "deliver_days", Form::Whole(0, 365) => deliver_days;
    InvoiceDays = "invoice_days", Form::Whole(0, 365) => invoice_days;
    SendDays = "send_days", Form::Whole(0, 365) => send_days;
    AcceptDays = "accept_days", Form::Whole(0, 365) => accept_days;
    Escalate = "escalate_days", Form::Whole(1, 365) => escalate_days;
    Silence = "silence_days", Form::Whole(1, 365) => silence_days;
    Undated = "undated_days", Form::Whole(0, 3_650) => undated_days;
    PromiseTolerance = "promise_tolerance_days", Form::Whole(0, 90) => promise_tolerance_days;
    BillsCount = "bills_count", Form::BillsCount => bills_count;
    BillDays = "bill_days", Form::Whole(0, 365) => bill_days;
    Presentment = "presentment_days", Form::Whole(0, 365) => presentment_days;
    Recourse = "recourse_days", Form::Whole(0, 365) => recourse_days;
    LookAhead = "look_ahead_days", Form::Whole(0, 365) => look_ahead_days;
    RetentionInvoice = "retention_invoice_days", Form::Whole(0, 365) => retention_invoice_days;
    Grace = "grace_days", Form::Whole(0, 365) => grace_days;
    Limitation = "limitation_years", Form::Whole(1, 30) => limitation_years;
    Statutory = "statutory", Form::Laws => statutory;
    PaymentLimit = "payment_limit_days", Form::Whole(1, 365) => payment_limit_days;
    PaymentLimitAuthority = "payment_limit_authority_days", Form::Whole(1, 365) => payment_limit_authority_days;
    StatutoryLateFee = "statutory_late_fee", Form::LateFee => statutory_late_fee;
    Answer = "answer_days", Form::Whole(1, 365) => answer_days;
    PriorityRight = "priority_months", Form::Limit(120) => priority_months;
    LatePaymentMargin = "late_payment_margin", Form::Percent => late_payment_margin;
    LatePaymentBase = "late_payment_base", Form::BaseRates => late_payment_base;
    LatePaymentSums = "late_payment_compensation", Form::Bands => late_payment_compensation;
    WriteOffLimit = "approve_write_off_above", Form::Limit(1_000_000_000) => approve_write_off_above;
    SettlementLimit = "approve_settlement_above", Form::Limit(1_000_000_000) => approve_settlement_above;
    AmendmentLimit = "approve_amendment_above", Form::Limit(1_000_000_000) => approve_amendment_above;
    DiscountLimit = "approve_discount_above", Form::Limit(1_000_000_000) => approve_discount_above;
    StepLimit = "approve_step_from", Form::Limit(6) => approve_step_from;
    Approver = "approver", Form::Role => approver;
    PaperNumber = "paper_number", Form::PaperNumber => paper_number;
    Expiry = "expiry_days", Form::Whole(0, 365) => expiry_days;
    CompanyName = "company_name", Form::Text => company.name;
    CompanyAddress = "company_address", Form::Text => company.address;
    CompanyPhone = "company_phone", Form::Text => company.phone;
    CompanyEmail = "company_email", Form::Text => company.email;
    CompanyTaxNo = "company_tax_no", Form::Text => company.tax_no;
    CompanyAccount = "company_account", Form::Text => company.account;
    CompanySignatory = "company_signatory", Form::Text => company.signatory;
    Notice = "notice_days", Form::Whole(1, 365) => notice_days;
    Papers0 = "papers.0", Form::Papers => papers[0];
    Papers1 = "papers.1", Form::Papers => papers[1];
    Papers2 = "papers.2", Form::Papers => papers[2];
    Papers3 = "papers.3", Form::Papers => papers[3];
    Papers4 = "papers.4", Form::Papers => papers[4];
    Papers5 = "papers.5", Form::Papers => papers[5];
    Papers6 = "papers.6", Form::Papers => papers[6];
    Buckets = "buckets", Form::Buckets => buckets;
    MainCurrency = "currency", Form::Currency => currency;
    CurrencyRates = "rates", Form::Rates => rates;
}

impl Setting {
    /// The step of the ladder it is about.
    pub fn step(self) -> Option<u8> {
        self.code().strip_prefix("ladder.")?.parse().ok()
    }

    /// Its value where nothing was set.
    pub fn default_value(self) -> String {
        self.value(&Policy::default())
    }

    /// The value as the ledger keeps it, if it may follow on these settings.
    pub fn check(self, text: &str, policy: &Policy) -> Checked<String> {
        let mut changed = policy.clone();
        if self.put(&mut changed, text).is_none() {
            return Err(Violation::NoSetting { setting: self, value: text.to_owned() });
        }
        if self.step().is_some() {
            changed.ladder.rises()?;
        }
        Ok(self.value(&changed))
    }
}

codes! {
    /// What a person sets, in that person's configuration file.
    Personal {
        Lang = "lang",
        User = "user",
        Db = "db",
        Mouse = "mouse",
        Backups = "backups",
        Theme = "theme",
        Signs = "signs",
        Formats = "formats",
    }
}

macro_rules! whole {
    ($($type:ty),+) => {$(
        impl Value for $type {
            fn read(text: &str, form: Form) -> Option<Self> {
                let number: u16 = text.parse().ok()?;
                match form {
                    Form::Whole(least, most) if number < least || number > most => None,
                    Form::Whole(..)
                    | Form::Limit(_)
                    | Form::Role
                    | Form::PaperNumber
                    | Form::Text
                    | Form::Papers
                    | Form::Step
                    | Form::Buckets
                    | Form::Currency
                    | Form::BillsCount
                    | Form::Rates
                    | Form::Laws
                    | Form::LateFee
                    | Form::Percent
                    | Form::BaseRates
                    | Form::Bands => Some(number.into()),
                }
            }

            fn show(&self) -> String {
                self.to_string()
            }
        }
    )+};
}

whole!(i64, usize, u16);

/// The words for a value that is none.
const OFF: &str = "off";
const AUTO: &str = "auto";
const NONE: &str = "none";

/// The farthest a step stands from the due date, in days.
const FARTHEST: i64 = 3_650;

impl Value for Option<i64> {
    /// `50000`, or `off`.
    fn read(text: &str, form: Form) -> Option<Self> {
        if text == OFF {
            return Some(None);
        }
        let number: i64 = text.parse().ok()?;
        let most = if let Form::Limit(most) = form { most } else { i64::MAX };
        (0..=most).contains(&number).then_some(Some(number))
    }

    fn show(&self) -> String {
        self.map_or_else(|| OFF.to_owned(), |number| number.to_string())
    }
}

impl Value for Role {
    fn read(text: &str, _: Form) -> Option<Self> {
        Self::from_code(text)
    }

    fn show(&self) -> String {
        self.code().to_owned()
    }
}

impl Value for Option<LadderStep> {
    /// `+7 phone polite`, or `off`.
    fn read(text: &str, _: Form) -> Option<Self> {
        if text == OFF {
            return Some(None);
        }
        let mut words = text.split_whitespace();
        let days: i64 = words.next()?.parse().ok()?;
        let step = LadderStep {
            days,
            channel: Channel::from_code(words.next()?)?,
            wording: Wording::from_code(words.next()?)?,
        };
        (words.next().is_none() && days.abs() <= FARTHEST).then_some(Some(step))
    }

    fn show(&self) -> String {
        self.map_or_else(|| OFF.to_owned(), |step| step.to_string())
    }
}

impl fmt::Display for LadderStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:+} {} {}", self.days, self.channel.code(), self.wording.code())
    }
}

impl Value for BillsCount {
    fn read(text: &str, _: Form) -> Option<Self> {
        Self::from_code(text)
    }

    fn show(&self) -> String {
        self.code().to_owned()
    }
}

impl Value for NumberFormat {
    fn read(text: &str, _: Form) -> Option<Self> {
        Self::read(text)
    }

    fn show(&self) -> String {
        self.text().to_owned()
    }
}

/// Signs of a text, at most.
const LONGEST_TEXT: usize = 200;

impl Value for String {
    fn read(text: &str, _: Form) -> Option<Self> {
        let text = clean::text(text);
        if text == NONE {
            return Some(Self::new());
        }
        (!text.is_empty() && text.chars().count() <= LONGEST_TEXT).then(|| text.into_owned())
    }

    fn show(&self) -> String {
        if self.is_empty() { NONE.to_owned() } else { self.clone() }
    }
}

impl Value for Wants {
    fn read(text: &str, _: Form) -> Option<Self> {
        Self::read(text)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for Edges {
    fn read(text: &str, _: Form) -> Option<Self> {
        text.parse().ok()
    }

    fn show(&self) -> String {
        for name in ["days", "short", "years"] {
            if name.parse().as_ref() == Ok(self) {
                return name.to_owned();
            }
        }
        match self {
            Self::Days(edges) => {
                let edges: Vec<String> = edges.iter().map(ToString::to_string).collect();
                edges.join(",")
            }
            Self::Years => "years".to_owned(),
        }
    }
}

fn currency(code: &str) -> Option<Currency> {
    Currency::from_code(&code.to_ascii_uppercase())
}

impl Value for Option<Currency> {
    fn read(text: &str, _: Form) -> Option<Self> {
        if text == AUTO { Some(None) } else { currency(text).map(Some) }
    }

    fn show(&self) -> String {
        self.map_or(AUTO, |currency| currency.code()).to_owned()
    }
}

impl Value for Rates {
    /// `USD 7.12, EUR 7.8`, or `none`.
    fn read(text: &str, _: Form) -> Option<Self> {
        if text == NONE {
            return Some(Self::default());
        }
        let mut rates: Vec<(Currency, i64)> = Vec::new();
        for pair in text.split(',') {
            let (code, rate) = pair.trim().split_once(' ')?;
            let (known, rate) = (currency(code)?, millionths(rate.trim())?);
            if rates.iter().any(|(other, _)| *other == known) {
                return None;
            }
            rates.push((known, rate));
        }
        rates.sort_by_key(|(currency, _)| currency.code());
        Some(Self(rates))
    }

    fn show(&self) -> String {
        if self.0.is_empty() {
            return NONE.to_owned();
        }
        let show = |(currency, rate): &(Currency, i64)| {
            let text = format!("{}.{:06}", rate / ONE, rate % ONE);
            let text = text.trim_end_matches('0').trim_end_matches('.');
            format!("{} {text}", currency.code())
        };
        self.0.iter().map(show).collect::<Vec<_>>().join(", ")
    }
}

impl Value for Laws {
    /// `CNY cn, GBP uk`, or `none`.
    fn read(text: &str, _: Form) -> Option<Self> {
        if text == NONE {
            return Some(Self(Vec::new()));
        }
        let mut laws: Vec<(Currency, Law)> = Vec::new();
        for pair in text.split(',') {
            let (code, law) = pair.trim().split_once(' ')?;
            let (known, law) = (currency(code)?, Law::from_code(law.trim())?);
            if laws.iter().any(|(other, _)| *other == known) {
                return None;
            }
            laws.push((known, law));
        }
        laws.sort_by_key(|(currency, _)| currency.code());
        Some(Self(laws))
    }

    fn show(&self) -> String {
        let show =
            |(currency, law): &(Currency, Law)| format!("{} {}", currency.code(), law.code());
        listed(self.0.iter().map(show))
    }
}

impl Value for Option<LateFee> {
    /// `0.05%/day`, or `off`.
    fn read(text: &str, _: Form) -> Option<Self> {
        if text == OFF { Some(None) } else { text.parse().ok().map(Some) }
    }

    fn show(&self) -> String {
        self.map_or_else(|| OFF.to_owned(), |terms| terms.to_string())
    }
}

/// A yearly percentage in settings.
fn percent(text: &str) -> Option<Decimal> {
    let percent: Decimal = text.trim().trim_end_matches('%').trim_end().parse().ok()?;
    let is_sound =
        percent >= Decimal::ZERO && percent <= Decimal::ONE_HUNDRED && percent.scale() <= 4;
    is_sound.then(|| percent.normalize())
}

impl Value for Decimal {
    fn read(text: &str, _: Form) -> Option<Self> {
        percent(text)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for BaseRates {
    /// `2025H1 4.75, 2025H2 4.25`.
    fn read(text: &str, _: Form) -> Option<Self> {
        let mut rates: Vec<(NaiveDate, Decimal)> = Vec::new();
        for pair in text.split(',') {
            let (half, rate) = pair.trim().split_once(' ')?;
            let (year, half) = half.split_once(['H', 'h'])?;
            let month = match half {
                "1" => 1,
                "2" => 7,
                _ => return None,
            };
            let year = Some(year).filter(|year| year.len() == 4)?.parse().ok()?;
            rates.push((NaiveDate::from_ymd_opt(year, month, 1)?, percent(rate)?));
        }
        rates.is_sorted_by(|(before, _), (after, _)| before < after).then_some(Self(rates))
    }

    fn show(&self) -> String {
        let show = |(from, rate): &(NaiveDate, Decimal)| {
            format!("{}H{} {rate}", from.year(), if from.month() == 1 { 1 } else { 2 })
        };
        listed(self.0.iter().map(show))
    }
}

impl Value for Bands {
    /// `0 40, 1000 70, 10000 100`, or `none`.
    fn read(text: &str, _: Form) -> Option<Self> {
        if text == NONE {
            return Some(Self(Vec::new()));
        }
        let whole = |text: &str| text.trim().parse::<u32>().ok().map(i64::from);
        let mut bands: Vec<(i64, i64)> = Vec::new();
        for pair in text.split(',') {
            let (from, sum) = pair.trim().split_once(' ')?;
            bands.push((whole(from)?, whole(sum)?));
        }
        bands.is_sorted_by(|(before, _), (after, _)| before < after).then_some(Self(bands))
    }

    fn show(&self) -> String {
        listed(self.0.iter().map(|(from, sum)| format!("{from} {sum}")))
    }
}

/// Parts of a value, or the word for none.
fn listed(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { NONE.to_owned() } else { parts.join(", ") }
}

/// A rate above 0, with six decimals at most, in millionths.
fn millionths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 6 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: i64 = format!("{part:0<6}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * ONE + part).filter(|rate| *rate > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_read_as_it_is_written() {
        let policy = Policy::default();
        for setting in Setting::ALL {
            let value = setting.default_value();
            assert_eq!(setting.check(&value, &policy), Ok(value.clone()), "{}", setting.code());
        }
        for (setting, typed, kept) in [
            (Setting::Step2, " 10 wechat  firm ", "+10 wechat firm"),
            (Setting::Step0, "off", "off"),
            (Setting::Gap, "0", "0"),
            (Setting::Buckets, "30,60,90", "short"),
            (Setting::Buckets, "10,20", "10,20"),
            (Setting::Papers3, "contract , nda/acceptance", "contract, nda/acceptance"),
            (Setting::Papers3, "none", "none"),
            (Setting::MainCurrency, "usd", "USD"),
            (Setting::CurrencyRates, "usd 7.120,EUR  8", "EUR 8, USD 7.12"),
            (Setting::Statutory, "gbp uk,eur uk", "EUR uk, GBP uk"),
            (Setting::Statutory, "none", "none"),
            (Setting::StatutoryLateFee, "LPR的1.5倍", "lpr1y*1.5"),
            (Setting::StatutoryLateFee, "off", "off"),
            (Setting::PriorityRight, "18", "18"),
            (Setting::LatePaymentMargin, "8.50%", "8.5"),
            (Setting::LatePaymentBase, "2025h2 4.25,2026H1 3.75", "2025H2 4.25, 2026H1 3.75"),
            (Setting::LatePaymentSums, "0 40, 1000 70", "0 40, 1000 70"),
        ] {
            assert_eq!(setting.check(typed, &policy).as_deref(), Ok(kept), "{typed}");
        }
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for (setting, typed) in [
            (Setting::Gap, "-1"),
            (Setting::Gap, "three"),
            (Setting::Gap, "366"),
            (Setting::GuardDays, "0"),
            (Setting::Step2, "7"),
            (Setting::Step2, "+7 phone rude"),
            (Setting::Step2, "+7 phone polite now"),
            (Setting::Step2, "+9999 phone polite"),
            (Setting::Papers5, "contract, letter"),
            (Setting::Buckets, "60,30"),
            (Setting::MainCurrency, "yuan"),
            (Setting::CurrencyRates, "USD"),
            (Setting::CurrencyRates, "USD 0"),
            (Setting::CurrencyRates, "USD 7.1234567"),
            (Setting::CurrencyRates, "USD 7, USD 8"),
            (Setting::Statutory, "CNY fr"),
            (Setting::Statutory, "CNY cn, CNY uk"),
            (Setting::StatutoryLateFee, "违约金5000元"),
            (Setting::LatePaymentMargin, "-1"),
            (Setting::LatePaymentMargin, "101"),
            (Setting::LatePaymentBase, "2026H3 4"),
            (Setting::LatePaymentBase, "2026H1 4, 2025H2 4.25"),
            (Setting::LatePaymentBase, "none"),
            (Setting::LatePaymentSums, "1000 70, 0 40"),
            (Setting::LatePaymentSums, "0 -40"),
        ] {
            let refused = setting.check(typed, &Policy::default());
            let value = typed.to_owned();
            assert_eq!(refused, Err(Violation::NoSetting { setting, value }));
        }
    }

    #[test]
    fn the_days_of_the_ladder_rise() {
        let policy = Policy::default();
        let falls = |lower, upper, days| Err(Violation::LadderFalls { lower, upper, days });
        assert_eq!(Setting::Step2.check("+30 phone polite", &policy), falls(2, 3, 30));
        assert_eq!(Setting::Step4.check("+20 letter firm", &policy), falls(3, 4, 20));
        let without = Policy::with([("ladder.3".to_owned(), "off".to_owned())]).unwrap();
        assert!(Setting::Step2.check("+30 phone polite", &without).is_ok());
    }

    #[test]
    fn names_of_another_version_are_left_alone() {
        let one = |key: &str, value: &str| Policy::with([(key.to_owned(), value.to_owned())]);
        assert_eq!(one("colour", "blue"), Ok(Policy::default()));
        assert_eq!(one("gap_days", "soon"), Err(Setting::Gap));
    }
}
