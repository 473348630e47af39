//! Words the demo's contracts are written in. They are data of made-up customers, not words of the program.

use super::cast::Customer;
use super::plan::{Contract, Instalment, When};
use crate::domain::due::{Event, Unit};

/// The payment condition in the contract's words.
pub(super) fn condition(instalment: &Instalment, chinese: bool) -> String {
    let percent = instalment.percent;
    let (event, n, unit) = match instalment.when {
        When::On(_) if chinese => return format!("按合同约定日期支付合同额的 {percent}%"),
        When::On(_) => return format!("{percent}% on the date agreed in the contract"),
        When::After(event, n, unit) => (event, n, unit),
        When::AcceptanceOf(_, n) => (Event::Acceptance, n, Unit::Days),
    };
    if chinese {
        let (event, unit) = (event_zh(event), unit_zh(unit));
        format!("{event}后 {n} {unit}内支付合同额的 {percent}%")
    } else {
        let (event, unit) = (event_en(event), unit_en(unit));
        format!("{percent}% within {n} {unit} of {event}")
    }
}

const fn event_zh(event: Event) -> &'static str {
    match event {
        Event::Signing => "合同签订",
        Event::Start => "开工",
        Event::WarrantyEnd => "质保期满",
        Event::Delivery => "到货签收",
        Event::Acceptance => "验收合格",
        Event::Invoice => "收到发票",
        Event::InvoiceReceived => "签收发票",
    }
}

const fn unit_zh(unit: Unit) -> &'static str {
    match unit {
        Unit::Days => "日",
        Unit::BusinessDays => "个工作日",
        Unit::Months => "个月",
        Unit::Years => "年",
    }
}

const fn event_en(event: Event) -> &'static str {
    match event {
        Event::Signing => "signing",
        Event::Start => "start of work",
        Event::WarrantyEnd => "the end of warranty",
        Event::Delivery => "delivery",
        Event::Acceptance => "acceptance",
        Event::Invoice => "the invoice date",
        Event::InvoiceReceived => "receipt of the invoice",
    }
}

const fn unit_en(unit: Unit) -> &'static str {
    match unit {
        Unit::Days => "days",
        Unit::BusinessDays => "business days",
        Unit::Months => "months",
        Unit::Years => "year",
    }
}

/// Number of the contract, or of the customer's order.
pub(super) fn contract_no(contract: &Contract, year: i32, customer: &Customer) -> String {
    let number = contract.code.trim_start_matches("P-");
    if customer.is_chinese() {
        format!("HT-{year}-{number}")
    } else {
        format!("PO-{year}-{number}")
    }
}
