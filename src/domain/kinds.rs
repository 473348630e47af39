//! The closed vocabularies of the field: each value has one code, the same in SQL, JSON, filters and imports.
//! How a code reads to a person is the business of `text`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.code())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let code = String::deserialize(d)?;
                Self::from_code(&code).ok_or_else(|| {
                    serde::de::Error::unknown_variant(&code, &[$($code),+])
                })
            }
        }
    )+};
}

codes! {
    /// What an instalment is for.
    Stage {
        /// 预付款
        Advance = "advance",
        /// 进度款
        Progress = "progress",
        /// 到货款
        Delivery = "delivery",
        /// 验收款
        Acceptance = "acceptance",
        /// 结算款
        Settlement = "settlement",
        /// 尾款
        Final = "final",
        /// 质保金
        Retention = "retention",
        /// 其他
        Other = "other",
    }
    /// How money arrives.
    Method {
        /// 电汇
        Transfer = "transfer",
        /// 银行承兑汇票
        BankBill = "bank_bill",
        /// 商业承兑汇票
        CommercialBill = "commercial_bill",
        /// 支票
        Cheque = "cheque",
        /// 现金
        Cash = "cash",
        /// 微信支付
        Wechat = "wechat",
        /// 支付宝
        Alipay = "alipay",
        /// 信用证
        LetterOfCredit = "letter_of_credit",
        /// 抵账
        Offset = "offset",
        /// 其他
        Other = "other",
    }
    /// How a customer is reached.
    Channel {
        /// By telephone.
        Phone = "phone",
        /// By WeChat.
        Wechat = "wechat",
        /// By e-mail.
        Mail = "mail",
        /// By letter.
        Letter = "letter",
        /// In person.
        Visit = "visit",
        /// Through a lawyer.
        Lawyer = "lawyer",
        /// Before a court or an arbitration commission.
        Court = "court",
    }
    /// What a touch was for.
    TouchKind {
        /// A step of the dunning ladder.
        Dunning = "dunning",
        /// Acceptance was asked for: no payment step.
        AcceptanceChase = "acceptance_chase",
        /// Anything else: it counts for the guard, not for the ladder.
        Courtesy = "courtesy",
    }
    /// What came of a touch.
    Outcome {
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// They will look into it.
        Noted = "noted",
        /// They promised to pay.
        Promised = "promised",
        /// They object.
        Disputed = "disputed",
        /// They say it is paid.
        ClaimsPaid = "claims_paid",
        /// They refused.
        Refused = "refused",
    }
    /// Why money is late, as the customer puts it.
    Cause {
        /// Short of funds.
        Funds = "funds",
        /// Not accepted yet.
        NotAccepted = "not_accepted",
        /// A problem with the invoice.
        Invoice = "invoice",
        /// Their approval takes its time.
        Approval = "approval",
        /// The terms are unclear.
        Terms = "terms",
        /// We are late ourselves.
        OurDelay = "our_delay",
        /// A dispute.
        Dispute = "dispute",
        /// Anything else.
        Other = "other",
    }
    /// Credit grade the user gave.
    Grade {
        /// Best.
        A = "A",
        /// Good.
        B = "B",
        /// Watch.
        C = "C",
        /// Worst.
        D = "D",
    }
    /// What one of us does.
    Role {
        /// Project manager.
        Pm = "pm",
        /// Sales.
        Sales = "sales",
        /// Finance.
        Finance = "finance",
        /// Legal.
        Legal = "legal",
        /// Head of department.
        Head = "head",
    }
    /// Where a contract stands.
    ProjectState {
        /// Running.
        Active = "active",
        /// Stopped for now.
        Suspended = "suspended",
        /// Finished.
        Closed = "closed",
    }
    /// Kind of bill.
    InvoiceKind {
        /// 专票
        Special = "special",
        /// 普票
        Ordinary = "ordinary",
        /// Anything that is no Chinese VAT invoice.
        Other = "other",
    }
    /// Whose court (谁的球): who has to move before money can arrive.
    Court {
        /// 我方暂停
        UsHold = "us_hold",
        /// 待我方交付
        UsDeliver = "us_deliver",
        /// 待客户验收
        CustomerAccept = "customer_accept",
        /// 待我方开票
        UsInvoice = "us_invoice",
        /// 待我方送票
        UsSend = "us_send",
        /// 待客户付款
        CustomerPay = "customer_pay",
        /// 双方争议
        BothDispute = "both_dispute",
        /// 无需动作
        Nobody = "nobody",
    }
    /// What stands beside a status.
    Flag {
        /// Something was paid, something is open.
        PartPaid = "part_paid",
        /// A dispute covers a part of the balance.
        PartlyDisputed = "partly_disputed",
        /// A promise has not run out.
        PromisePending = "promise_pending",
        /// The latest promise that ran out was not kept.
        PromiseBroken = "promise_broken",
        /// The due date was agreed anew.
        Rescheduled = "rescheduled",
        /// A receivable for which no invoice stands.
        NotInvoiced = "not_invoiced",
    }
    /// Why a payment step that is due is not taken today.
    WaitReason {
        /// A dispute covers the whole balance.
        Dispute = "dispute",
        /// We hold it.
        Hold = "hold",
        /// Pending promises cover what is undisputed.
        Promise = "promise",
        /// The last touch is too fresh.
        Gap = "gap",
        /// We have to move first.
        OurCourt = "our_court",
        /// Acceptance is outstanding.
        NotAccepted = "not_accepted",
        /// Grace is running.
        Grace = "grace",
        /// The customer was touched often enough lately.
        Guard = "guard",
    }
}
