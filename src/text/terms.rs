//! The words of the contract: one word per concept, as the glossary has it.

phrases! {
    overdue: "逾期", "overdue";
    days_late(n: i64): "逾期 {n} 天", "{n} d late";
}
