//! The customers of the small demo. Names, numbers and addresses are invented; telephones are of ranges nobody has.

use crate::domain::kinds::{Channel, Grade};
use crate::domain::money::Currency;

/// A customer, and what is told in its language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Customer {
    pub code: &'static str,
    pub name: &'static str,
    pub short: &'static str,
    pub grade: Option<Grade>,
    pub currency: Currency,
    /// Credit limit in whole units.
    pub limit: Option<i64>,
    pub terms: u16,
    pub notes: &'static str,
    /// Name, what they do, WeChat or mail box, channel they like.
    pub contacts: &'static [(&'static str, &'static str, &'static str, Channel)],
}

impl Customer {
    /// Whether it is told in Chinese.
    pub(super) fn is_chinese(&self) -> bool {
        self.currency == Currency::CNY
    }
}

const fn home(
    code: &'static str,
    name: &'static str,
    short: &'static str,
    grade: Option<Grade>,
) -> Customer {
    Customer {
        code,
        name,
        short,
        grade,
        currency: Currency::CNY,
        limit: None,
        terms: 30,
        notes: "",
        contacts: &[],
    }
}

const fn abroad(
    code: &'static str,
    name: &'static str,
    short: &'static str,
    currency: Currency,
) -> Customer {
    Customer {
        currency,
        ..home(code, name, short, Some(Grade::B))
    }
}

pub(super) static CUSTOMERS: &[Customer] = &[
    Customer {
        limit: Some(2_000_000),
        notes: "付款日为每月 10 日、20 日；发票需附验收单复印件。",
        contacts: &[
            ("刘志强", "财务总监", "liuzq", Channel::Phone),
            ("许萌", "应付会计", "xumeng", Channel::Wechat),
            ("方亮", "项目负责人", "fangliang", Channel::Wechat),
        ],
        ..home("C001", "星河科技有限公司", "星河科技", Some(Grade::B))
    },
    Customer {
        limit: Some(5_000_000),
        terms: 45,
        contacts: &[
            ("孙建华", "计财部主任", "sunjh", Channel::Phone),
            ("马丽", "合同专员", "mali", Channel::Mail),
        ],
        ..home("C002", "华东水务集团有限公司", "华东水务", Some(Grade::A))
    },
    Customer {
        limit: Some(1_000_000),
        notes: "验收要走集团信息部，提前两周约人。",
        contacts: &[
            ("韩东", "信息部经理", "handong", Channel::Wechat),
            ("冯雨", "财务", "fengyu", Channel::Phone),
        ],
        ..home("C003", "远景装备制造有限公司", "远景装备", Some(Grade::C))
    },
    Customer {
        contacts: &[
            ("唐晓", "采购经理", "tangxiao", Channel::Mail),
            ("罗敏", "财务经理", "luomin", Channel::Phone),
        ],
        ..home(
            "C004",
            "云杉医疗器械股份有限公司",
            "云杉医疗",
            Some(Grade::A),
        )
    },
    Customer {
        contacts: &[("邓磊", "运营总监", "denglei", Channel::Phone)],
        ..home("C005", "北辰物流有限公司", "北辰物流", Some(Grade::B))
    },
    Customer {
        limit: Some(800_000),
        contacts: &[("曹阳", "总经理助理", "caoyang", Channel::Wechat)],
        ..home("C006", "青禾农业发展有限公司", "青禾农业", Some(Grade::C))
    },
    Customer {
        limit: Some(1_500_000),
        notes: "资金紧张，已在法务跟进；新合同须先清旧账。",
        contacts: &[
            ("钱伟", "董事长", "qianwei", Channel::Phone),
            ("彭欣", "财务", "pengxin", Channel::Phone),
        ],
        ..home("C007", "恒岳建设集团有限公司", "恒岳建设", Some(Grade::D))
    },
    Customer {
        contacts: &[
            ("苏珊", "副总经理", "sushan", Channel::Wechat),
            ("魏然", "信息中心", "weiran", Channel::Wechat),
        ],
        ..home("C008", "蓝湾文旅投资有限公司", "蓝湾文旅", Some(Grade::C))
    },
    Customer {
        terms: 45,
        contacts: &[("姚斌", "物资部", "yaobin", Channel::Phone)],
        ..home("C009", "瑞峰电力工程有限公司", "瑞峰电力", Some(Grade::B))
    },
    Customer {
        limit: Some(10_000_000),
        notes: "财政拨款，季度末集中支付。",
        contacts: &[
            ("陆平", "建设科", "luping", Channel::Phone),
            ("金秀", "财务科", "jinxiu", Channel::Mail),
        ],
        ..home("C010", "中江市政工程管理中心", "中江市政", None)
    },
    Customer {
        contacts: &[
            (
                "Katrin Voss",
                "Head of Accounts Payable",
                "k.voss",
                Channel::Mail,
            ),
            ("Jonas Brandt", "Plant Manager", "j.brandt", Channel::Phone),
        ],
        ..abroad(
            "C011",
            "Nordlicht Maschinenbau GmbH",
            "Nordlicht",
            Currency::EUR,
        )
    },
    Customer {
        notes: "PO number must be on every invoice, or AP bounces it.",
        contacts: &[
            (
                "Dana Whitfield",
                "AP Supervisor",
                "d.whitfield",
                Channel::Mail,
            ),
            ("Marcus Lee", "VP Operations", "m.lee", Channel::Phone),
        ],
        ..abroad(
            "C012",
            "Harbor & Pine Logistics Inc.",
            "Harbor & Pine",
            Currency::USD,
        )
    },
    Customer {
        terms: 60,
        contacts: &[("佐伯 真", "経理部", "saeki", Channel::Mail)],
        ..abroad("C013", "朝凪精工株式会社", "朝凪精工", Currency::JPY)
    },
    Customer {
        contacts: &[("Elena Ruiz", "Controller", "e.ruiz", Channel::Mail)],
        ..abroad("C014", "Caldera Foods LLC", "Caldera Foods", Currency::USD)
    },
];
