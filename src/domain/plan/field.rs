//! The columns of a plan list, by the names the contract gives them, and the order of the parts of a date.

use crate::domain::codes::codes;

codes! {
    /// A column of a plan list. Its code is what `--map` takes.
    PlanField {
        Key = "key",
        Customer = "customer",
        CustomerName = "customer_name",
        ContactName = "contact_name",
        ContactPhone = "contact_phone",
        Project = "project",
        ProjectName = "project_name",
        Manager = "manager",
        ContractNo = "contract_no",
        ContractAmount = "contract_amount",
        SignedOn = "signed_on",
        Milestone = "milestone",
        Stage = "stage",
        Amount = "amount",
        /// Share of the contract amount.
        Percent = "percent",
        Currency = "currency",
        AgreedOn = "agreed_on",
        /// Due date or due rule.
        Due = "due",
        /// The payment condition in the contract's words.
        Condition = "condition",
        /// Day its event is planned for.
        PlannedOn = "planned_on",
        DeliveredOn = "delivered_on",
        AcceptedOn = "accepted_on",
        InvoiceNo = "invoice_no",
        InvoicedOn = "invoiced_on",
        Paid = "paid",
        /// What is still open; with the amount it tells what was paid.
        Open = "open",
        /// Day of the (last) payment.
        PaidOn = "paid_on",
        Disputed = "disputed",
        /// Day the open balance was written off.
        WrittenOffOn = "written_off_on",
        Note = "note",
    }
    /// The order of the parts of a date.
    DateOrder {
        Ymd = "ymd",
        Mdy = "mdy",
        Dmy = "dmy",
    }
}

impl PlanField {
    /// Whether its cells hold dates.
    pub const fn is_date(self) -> bool {
        matches!(
            self,
            Self::SignedOn
                | Self::AgreedOn
                | Self::Due
                | Self::PlannedOn
                | Self::DeliveredOn
                | Self::AcceptedOn
                | Self::InvoicedOn
                | Self::PaidOn
                | Self::WrittenOffOn
        )
    }

    /// Whether it says something about the customer or the contract, not about the milestone: a cell merged over
    /// several rows then stands for each of them.
    pub const fn is_shared(self) -> bool {
        matches!(
            self,
            Self::Customer
                | Self::CustomerName
                | Self::ContactName
                | Self::ContactPhone
                | Self::Project
                | Self::ProjectName
                | Self::Manager
                | Self::ContractNo
                | Self::ContractAmount
                | Self::SignedOn
                | Self::Currency
        )
    }
}
