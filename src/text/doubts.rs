//! What a person is asked to look at again.

use chrono::NaiveDate;

use super::Lang;
use crate::domain::money;
use crate::domain::plausibility::{Dated, Doubt};

super::vocabulary! {
    /// What a day is of.
    dated(Dated) {
        Delivery: "交付日", "the delivery";
        Acceptance: "验收日", "the acceptance";
        Due: "到期日", "the due date";
    }
}

super::phrases! {
    doubt(what: &str): "请核对：{what}", "please check: {what}";
    doubt_before_signing(what: &str, day: NaiveDate, signed_on: NaiveDate): "{what} {day} 早于签订日 {signed_on}", "{what}, {day}, is before the contract was signed, {signed_on}";
    doubt_end_before_start(ends_on: NaiveDate, starts_on: NaiveDate): "完工日 {ends_on} 早于开工日 {starts_on}", "work ends on {ends_on}, before it starts on {starts_on}";
    doubt_warranty(warranty_ends_on: NaiveDate, ends_on: NaiveDate): "质保到期日 {warranty_ends_on} 早于完工日 {ends_on}", "the warranty ends on {warranty_ends_on}, before the work on {ends_on}";
    doubt_plan(plan: &str, contract: &str): "各节点合计 {plan}，超过合同额 {contract}", "the milestones add up to {plan}, more than the contract, {contract}";
    doubt_payment(amount: &str, open: &str): "收款 {amount} 远超该客户未收的 {open}", "{amount} is far more than this customer owes, {open}";
    doubt_invoice(invoiced: &str, amount: &str): "累计开票 {invoiced}，超过该节点金额 {amount}", "{invoiced} are invoiced in all, more than the milestone, {amount}";
    doubt_particulars(customer: &str, missing: &str): "客户 {customer} 没有{missing}；请在客户资料里补上（huikuan edit customer {customer} --invoice-title 抬头 --tax-no 税号）", "customer {customer} has no {missing} on file; add it there (huikuan edit customer {customer} --invoice-title TITLE --tax-no NUMBER)";
    doubt_no_title_and_tax_no: "开票抬头和税号", "invoice title and tax no.";
    doubt_tax_no(number: &str): "税号 {number} 不像统一社会信用代码：位数或校验码不对", "{number} is no unified social credit code: its length or its check digit is wrong";
    doubt_promise(day: NaiveDate): "承诺付款日 {day} 在一年以后", "the promise is for {day}, more than a year from now";
    doubt_nobody(names: &str): "没有叫 {names} 的同事，未开任务；人员见 huikuan people", "nobody here is called {names}: no task was opened; huikuan people lists who is";
    doubt_far(day: NaiveDate): "{day} 距今超过十年", "{day} is more than ten years off";
}

impl Lang {
    /// What is doubtful, for a person who may mean it all the same.
    pub(crate) fn doubtful(self, doubt: &Doubt) -> String {
        let what = match doubt {
            Doubt::BeforeSigning { what, day, signed_on } => {
                self.doubt_before_signing(self.dated(*what), *day, *signed_on)
            }
            Doubt::EndBeforeStart { ends_on, starts_on } => {
                self.doubt_end_before_start(*ends_on, *starts_on)
            }
            Doubt::WarrantyBeforeEnd { warranty_ends_on, ends_on } => {
                self.doubt_warranty(*warranty_ends_on, *ends_on)
            }
            Doubt::PlanAboveContract { plan, contract, currency } => self.doubt_plan(
                &money::with_symbol(*plan, *currency),
                &money::with_symbol(*contract, *currency),
            ),
            Doubt::PaymentAboveOpen { amount, open, currency } => self.doubt_payment(
                &money::with_symbol(*amount, *currency),
                &money::with_symbol(*open, *currency),
            ),
            Doubt::InvoiceAboveMilestone { invoiced, amount, currency } => self.doubt_invoice(
                &money::with_symbol(*invoiced, *currency),
                &money::with_symbol(*amount, *currency),
            ),
            Doubt::NoParticulars { customer, title, tax_no } => {
                let missing = match (title, tax_no) {
                    (true, true) => self.doubt_no_title_and_tax_no(),
                    (true, false) => self.title_word(),
                    (false, _) => self.tax_no_word(),
                };
                self.doubt_particulars(customer, missing)
            }
            Doubt::TaxNo(number) => self.doubt_tax_no(number),
            Doubt::LatePromise(day) => self.doubt_promise(*day),
            Doubt::FarDay(day) => self.doubt_far(*day),
            Doubt::Nobody(names) => self.doubt_nobody(&self.listed(names)),
        };
        self.doubt(&what)
    }
}
