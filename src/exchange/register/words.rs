//! The words in the cells of such lists.

use crate::domain::kinds::{BillForm, Grade, InvoiceKind, Method};
use crate::domain::normalize::normalize;
use crate::text::named;

/// A way to pay, by its code or name, or as people call it.
pub fn method(word: &str) -> Option<Method> {
    named(word).or_else(|| {
        Some(match normalize(word).as_str() {
            "转账" | "银行转账" | "对公转账" | "汇款" | "银行汇款" | "网银" | "网银转账"
            | "wire" | "wire transfer" | "t/t" | "tt" => Method::Transfer,
            "银承" | "银票" | "银行承兑" | "承兑" | "承兑汇票" => Method::BankBill,
            "商承" | "商票" | "商业承兑" => Method::CommercialBill,
            "check" => Method::Cheque,
            "微信" | "wechat pay" => Method::Wechat,
            "l/c" | "lc" => Method::LetterOfCredit,
            "冲抵" | "抵债" | "抵扣" | "以物抵债" => Method::Offset,
            _ => return None,
        })
    })
}

/// A kind of bill of exchange.
pub fn bill_kind(word: &str) -> Option<Method> {
    let known = method(word).filter(|method| method.is_bill());
    known.or_else(|| {
        Some(match normalize(word).as_str() {
            "银行承兑汇票" | "电子银行承兑汇票" | "电银" | "bank" => {
                Method::BankBill
            }
            "商业承兑汇票" | "电子商业承兑汇票" | "电商票" | "commercial" => {
                Method::CommercialBill
            }
            _ => return None,
        })
    })
}

pub fn bill_form(word: &str) -> Option<BillForm> {
    named(word).or_else(|| {
        Some(match normalize(word).as_str() {
            "电子票据" | "电子汇票" | "电票" => BillForm::Electronic,
            "纸质票据" | "纸质汇票" | "纸票" => BillForm::Paper,
            _ => return None,
        })
    })
}

pub fn invoice_kind(word: &str) -> Option<InvoiceKind> {
    named(word).or_else(|| {
        Some(match normalize(word).as_str() {
            "专用" | "专用发票" | "增值税专用发票" | "电子专票" | "数电专票" => {
                InvoiceKind::Special
            }
            "普通" | "普通发票" | "增值税普通发票" | "电子普票" | "数电普票" | "general" => {
                InvoiceKind::Ordinary
            }
            "收款收据" => InvoiceKind::Receipt,
            "其他" | "形式发票" | "proforma" => InvoiceKind::Other,
            _ => return None,
        })
    })
}

pub fn grade(word: &str) -> Option<Grade> {
    named(word.trim().trim_end_matches('级'))
}

/// A number of days, `30` or `30天`.
pub fn days(word: &str) -> Option<u16> {
    let word = normalize(word);
    let number = ["天", "日", "days", "day", "d"].iter().find_map(|unit| word.strip_suffix(unit));
    number.unwrap_or(&word).trim_end().parse().ok()
}
