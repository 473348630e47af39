//! Words of lists of customers, payments and invoices.

use super::Lang;
use crate::domain::money;
use crate::domain::plan::PlanValue;
use crate::domain::register::{RegisterChange, RegisterField};
use crate::error::register::RegisterError;

super::vocabulary! {
    /// The header of a column.
    register_column(RegisterField) {
        Code: "客户编号", "code";
        Name: "客户名称", "name";
        ShortName: "简称", "short_name";
        InvoiceTitle: "开票抬头", "invoice_title";
        TaxNo: "税号", "tax_no";
        Bank: "开户行", "bank";
        BankAccount: "账号", "bank_account";
        Address: "地址", "address";
        Phone: "电话", "phone";
        Grade: "信用等级", "grade";
        CreditLimit: "信用额度", "credit_limit";
        TermsDays: "账期", "terms_days";
        ContactName: "联系人", "contact_name";
        ContactPhone: "联系电话", "contact_phone";
        Customer: "客户编号", "customer";
        CustomerName: "客户名称", "customer_name";
        ReceivedOn: "到账或签收日期", "received_on";
        Amount: "金额", "amount";
        Currency: "币种", "currency";
        Method: "收款方式", "method";
        Payer: "付款方", "payer";
        BankRef: "银行流水号", "bank_ref";
        Milestone: "节点编号", "milestone";
        Number: "发票号码", "number";
        Kind: "发票类型", "kind";
        TaxRate: "税率", "tax_rate";
        IssuedOn: "开票日期", "issued_on";
        SentOn: "寄出日期", "sent_on";
        Fee: "手续费", "fee";
        BillDiscount: "贴息", "bill_discount";
        EarlyDiscount: "提前付款折扣", "early_discount";
        Penalty: "罚款", "penalty";
        Offset: "抵账", "offset";
        OtherDeduction: "其他扣款", "other_deduction";
        BillKind: "票据种类", "bill_kind";
        BillForm: "票据形式", "bill_form";
        BillNumber: "票据号码", "bill_number";
        BillDrawer: "出票人", "bill_drawer";
        BillAcceptor: "承兑人", "bill_acceptor";
        BillIssuedOn: "出票日期", "bill_issued_on";
        BillMaturesOn: "票据到期日", "bill_matures_on";
        Note: "备注", "note";
    }
}

super::phrases! {
    register_counts(file: &str, imported: u32, updated: u32, unchanged: u32): "{file}：新增 {imported}，更新 {updated}，未变 {unchanged}", "{file}: {imported} imported, {updated} updated, {unchanged} unchanged";
    register_refused(n: usize): "{n} 处有误，什么都没有写入；改好后再导入", "invalid cells: {n}; nothing was written; fix them and import again";
}

impl Lang {
    /// Why such a list cannot be read, and what to do.
    pub fn register_error(self, error: &RegisterError) -> String {
        match error {
            RegisterError::Read(why) => self.read_error(why),
            RegisterError::UnknownField { field, of } => {
                let known: Vec<&str> = of.fields().iter().map(|field| field.code()).collect();
                self.read_unknown_field(field, &known.join(" "))
            }
            RegisterError::MappedTwice(field) => self.read_mapped_twice(field.code()),
            RegisterError::TwoColumns { field, headers } => {
                self.read_two_columns(field.code(), &self.listed(headers))
            }
            RegisterError::NoHeader { missing, seen } => {
                let one_of = |group: &&[RegisterField]| {
                    let names: Vec<&str> = group.iter().map(|f| self.register_column(*f)).collect();
                    names.join(self.pick("或", " or "))
                };
                let missing: Vec<String> = missing.iter().map(one_of).collect();
                self.read_no_header(&self.listed(&missing), &self.listed(seen))
            }
        }
    }

    /// Which columns were read as what.
    pub(crate) fn register_columns(self, columns: &[(RegisterField, String)]) -> String {
        let pairs = columns.iter().map(|(field, header)| format!("{}={header}", field.code()));
        self.note_mapped(&pairs.collect::<Vec<_>>().join(" "))
    }

    /// What a list changes.
    pub(crate) fn register_change(self, change: &RegisterChange) -> String {
        let value = |value: &PlanValue| match value {
            PlanValue::Text(text) => text.clone(),
            PlanValue::Amount(minor) => money::format(*minor, change.currency),
        };
        let (place, to) = (&change.place, value(&change.to));
        let Some(field) = change.field else {
            return self.import_new(place, &to);
        };
        let from = change.from.as_ref().map_or_else(|| self.import_nothing().to_owned(), value);
        format!("{place}  {} {from} -> {to}", self.register_column(field))
    }
}
