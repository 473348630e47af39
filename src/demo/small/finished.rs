//! Contracts at home from before: finished ones, and the bad debtor.

use super::plan::Beat::{Object, Pay, Promise, Settle, Step, WriteOff};
use super::plan::{Contract, Deed, YEAR, acceptance, contract, delivery, invoice, ms, on, signing};
use crate::demo::company::{HE, LI, WANG, ZHOU};
use crate::domain::kinds::Method;
use crate::domain::kinds::Outcome::{NoAnswer, Noted, Promised, Refused};
use crate::domain::kinds::Stage::{
    Acceptance, Advance, Delivery, Final, Other, Progress, Retention, Settlement,
};

pub(super) static CONTRACTS: &[Contract] = &[
    contract("P-1988", "智慧工地平台", "C007", HE)
        .worth(1_850_000, -560)
        .done(100)
        .plan(&[
            ms(Advance, 20, signing(10)).billed(-556).paid(-540),
            ms(Progress, 25, delivery(30))
                .delivered(-430)
                .billed(-428)
                .paid(-331),
            ms(Progress, 30, on(-215)).billed(-230).story(&[
                Step(-205, 2, Noted, "彭欣：项目部欠款多，排队"),
                Step(-180, 3, Noted, "催款函送达，董事长签收"),
                Step(-150, 4, Refused, "称甲方未付，拒绝承诺"),
                Step(-120, 5, NoAnswer, "律师函寄出，无回复"),
            ]),
            ms(Acceptance, 20, acceptance(30))
                .delivered(-140)
                .accepted(-130)
                .billed(-128)
                .story(&[
                    Step(-90, 2, Noted, "彭欣：和上一笔一起处理"),
                    Step(-68, 3, NoAnswer, "催款函 EMS 寄出"),
                    Step(-38, 4, NoAnswer, "最后通知，附逾期利息计算"),
                ]),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-1979", "塔吊安全监测", "C007", HE)
        .worth(640_000, -600)
        .done(100)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-597).paid(-580),
            ms(Progress, 30, delivery(30))
                .delivered(-490)
                .billed(-488)
                .paid(-431),
            ms(Final, 35, on(-385)).billed(-400).story(&[
                Step(-377, 2, Noted, "彭欣：项目部在对账"),
                Promise(-370, -351, 100, "彭欣：月底前付清"),
                Step(-348, 3, Noted, "失约后发催款函"),
                Step(-318, 4, NoAnswer, "最后通知"),
                Step(-285, 5, NoAnswer, "律师函"),
                Pay(-261, 25),
                WriteOff(-60, 15, "和解协议免除部分尾款"),
                Step(-40, 6, Noted, "已向仲裁委提交申请，案号待定"),
            ]),
            ms(Retention, 5, on(-150)).billed(-170).story(&[
                Object(-145, None, "称两台传感器在质保期内损坏"),
                Settle(-75, "双方同意质保金抵维修费"),
                WriteOff(-60, 100, "抵维修费"),
            ]),
        ]),
    contract("P-1965", "协同办公", "C001", WANG)
        .worth(320_000, -480)
        .done(100)
        .plan(&[
            ms(Advance, 40, signing(10)).billed(-478).paid(-470),
            ms(Acceptance, 50, acceptance(30))
                .delivered(-372)
                .accepted(-361)
                .billed(-359)
                .paid(-322),
            ms(Other, 5, on(-300))
                .billed(-310)
                .paid(-292)
                .by(Method::Alipay),
            ms(Retention, 5, on(-30))
                .accepted(-361)
                .billed(-45)
                .paid(-27)
                .by(Method::Cheque),
        ]),
    contract("P-1972", "营业收费系统", "C002", LI)
        .worth(1_680_000, -520)
        .done(100)
        .plan(&[
            ms(Advance, 30, signing(20)).billed(-516).paid(-498),
            ms(Progress, 30, delivery(30))
                .delivered(-400)
                .billed(-398)
                .paid(-362),
            ms(Acceptance, 35, acceptance(30))
                .delivered(-290)
                .accepted(-276)
                .billed(-274)
                .paid(-240),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-1990", "设备点检", "C003", ZHOU)
        .worth(250_000, -430)
        .done(100)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-428).paid(-411),
            ms(Acceptance, 60, acceptance(30))
                .delivered(-330)
                .accepted(-318)
                .billed(-316)
                .story(&[
                    Step(-276, 2, Promised, "冯雨：两周内付"),
                    Promise(-276, -262, 100, "两周内付清"),
                    Pay(-264, 100),
                ]),
            ms(Retention, 10, on(-72)).billed(-75).story(&[
                Step(-49, 2, Noted, "冯雨：质保验收单还差一个签字"),
                Step(-26, 3, Noted, "签字已补，催款函同时寄出"),
                Step(-9, 4, Noted, "冯雨：已报集团，等资金计划"),
            ]),
        ]),
    contract("P-1996", "检验信息系统", "C004", WANG)
        .worth(1_050_000, -450)
        .done(100)
        .plan(&[
            ms(Advance, 30, signing(15)).billed(-447).paid(-436),
            ms(Delivery, 30, delivery(30))
                .delivered(-340)
                .billed(-338)
                .paid(-309)
                .by(Method::BankBill),
            ms(Acceptance, 35, acceptance(30))
                .delivered(-250)
                .accepted(-238)
                .billed(-236)
                .paid(-205),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2003", "运单电子化", "C005", HE)
        .worth(390_000, -410)
        .done(100)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-408).paid(-400),
            ms(Progress, 30, invoice(30)).billed(-300).paid(-268),
            ms(Settlement, 35, invoice(30)).billed(-190).paid(-151),
            ms(Retention, 5, on(90)).accepted(-275),
        ]),
    contract("P-2012", "大棚环境监测", "C006", ZHOU)
        .worth(220_000, -370)
        .done(100)
        .plan(&[
            ms(Advance, 40, signing(10))
                .billed(-369)
                .paid(-350)
                .by(Method::Cash),
            ms(Acceptance, 50, acceptance(15))
                .delivered(-260)
                .accepted(-251)
                .billed(-250)
                .paid(-197),
            ms(Retention, 10, YEAR),
        ]),
    contract("P-2014", "景区客流统计", "C008", WANG)
        .worth(450_000, -365)
        .done(100)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-363).paid(-349),
            ms(Acceptance, 65, acceptance(30))
                .delivered(-255)
                .accepted(-240)
                .billed(-238)
                .paid(-183),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2006", "电缆隧道监测", "C009", LI)
        .worth(1_500_000, -405)
        .done(100)
        .plan(&[
            ms(Advance, 30, signing(20)).billed(-402).paid(-380),
            ms(Delivery, 30, delivery(45))
                .delivered(-300)
                .billed(-298)
                .paid(-249)
                .by(Method::BankBill),
            ms(Acceptance, 35, acceptance(45))
                .delivered(-210)
                .accepted(-196)
                .billed(-193),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-1983", "路灯集中控制", "C010", ZHOU)
        .worth(2_300_000, -500)
        .done(100)
        .plan(&[
            ms(Advance, 20, signing(20)).billed(-495).paid(-477),
            ms(Progress, 40, on(-350)).billed(-362).paid(-326),
            ms(Settlement, 35, on(-200)).billed(-215),
            ms(Retention, 5, on(160)).accepted(-230),
        ]),
];

pub(super) static DEEDS: &[Deed] = &[
    Deed::Receipt(-139, &[("P-2006-M3", 100)], 20_000),
    Deed::Receipt(-168, &[("P-1983-M3", 100)], 0),
];
