//! The columns of a plan list, by the names the contract gives them, and the order of the parts of a date.

/// A column of a plan list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlanField {
    Key,
    Customer,
    CustomerName,
    ContactName,
    ContactPhone,
    Project,
    ProjectName,
    Manager,
    ContractNo,
    ContractAmount,
    SignedOn,
    Milestone,
    Stage,
    Amount,
    /// Share of the contract amount.
    Percent,
    Currency,
    AgreedOn,
    /// Due date or due rule.
    Due,
    /// Day its event is planned for.
    PlannedOn,
    DeliveredOn,
    AcceptedOn,
    InvoiceNo,
    InvoicedOn,
    Paid,
    /// Day of the (last) payment.
    PaidOn,
    Disputed,
    /// Day the open balance was written off.
    WrittenOffOn,
    Note,
}

impl PlanField {
    /// Every column, in the order of the contract.
    pub const ALL: &'static [Self] = &[
        Self::Key,
        Self::Customer,
        Self::CustomerName,
        Self::ContactName,
        Self::ContactPhone,
        Self::Project,
        Self::ProjectName,
        Self::Manager,
        Self::ContractNo,
        Self::ContractAmount,
        Self::SignedOn,
        Self::Milestone,
        Self::Stage,
        Self::Amount,
        Self::Percent,
        Self::Currency,
        Self::AgreedOn,
        Self::Due,
        Self::PlannedOn,
        Self::DeliveredOn,
        Self::AcceptedOn,
        Self::InvoiceNo,
        Self::InvoicedOn,
        Self::Paid,
        Self::PaidOn,
        Self::Disputed,
        Self::WrittenOffOn,
        Self::Note,
    ];

    /// The stable name, as `--map` takes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Customer => "customer",
            Self::CustomerName => "customer_name",
            Self::ContactName => "contact_name",
            Self::ContactPhone => "contact_phone",
            Self::Project => "project",
            Self::ProjectName => "project_name",
            Self::Manager => "manager",
            Self::ContractNo => "contract_no",
            Self::ContractAmount => "contract_amount",
            Self::SignedOn => "signed_on",
            Self::Milestone => "milestone",
            Self::Stage => "stage",
            Self::Amount => "amount",
            Self::Percent => "percent",
            Self::Currency => "currency",
            Self::AgreedOn => "agreed_on",
            Self::Due => "due",
            Self::PlannedOn => "planned_on",
            Self::DeliveredOn => "delivered_on",
            Self::AcceptedOn => "accepted_on",
            Self::InvoiceNo => "invoice_no",
            Self::InvoicedOn => "invoiced_on",
            Self::Paid => "paid",
            Self::PaidOn => "paid_on",
            Self::Disputed => "disputed",
            Self::WrittenOffOn => "written_off_on",
            Self::Note => "note",
        }
    }

    /// The column with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|f| f.code() == code)
    }

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

/// The order of the parts of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    Ymd,
    Mdy,
    Dmy,
}

impl DateOrder {
    pub const ALL: &'static [Self] = &[Self::Ymd, Self::Mdy, Self::Dmy];

    /// The stable name, as `--date-order` takes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Mdy => "mdy",
            Self::Dmy => "dmy",
        }
    }

    /// The order with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|o| o.code() == code)
    }
}
