//! Contracts at home that are under way: where the work of today is.

use super::plan::Beat::{
    Bill, Bounce, Chase, Chat, Hold, Move, Object, Pay, Promise, Release, Settle, Step, Unsent,
};
use super::plan::{
    Contract, Deed, When, YEAR, acceptance, contract, delivery, invoice, ms, on, signing,
};
use crate::demo::company::{HE, LI, WANG, ZHOU};
use crate::domain::kinds::Method;
use crate::domain::kinds::Outcome::{ClaimsPaid, NoAnswer, Noted, Promised};
use crate::domain::kinds::Stage::{
    Acceptance, Advance, Delivery, Final, Progress, Retention, Settlement,
};

pub(super) static CONTRACTS: &[Contract] = &[
    contract("P-2031", "数据中台", "C001", WANG)
        .worth(1_200_000, -330)
        .done(95)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-328).paid(-318),
            ms(Progress, 25, delivery(15))
                .delivered(-210)
                .billed(-208)
                .paid(-190),
            ms(Acceptance, 40, acceptance(30))
                .delivered(-95)
                .accepted(-80)
                .billed(-77)
                .story(&[
                    Step(-57, 0, Noted, "许萌微信回复已收到发票，走付款审批"),
                    Step(-43, 2, Noted, "财务说本月资金排满，下月初再看"),
                    Promise(-10, -1, 100, "刘总监电话答应最迟昨天付清"),
                ]),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2058", "门户网站改版", "C001", WANG)
        .worth(360_000, -150)
        .done(80)
        .plan(&[
            ms(Advance, 40, signing(15))
                .billed(-148)
                .paid(-137)
                .by(Method::BankBill),
            ms(Acceptance, 50, acceptance(20))
                .planned(-20)
                .delivered(-16)
                .story(&[Chase(-2, "方亮：测试环境问题已关闭，约下周三现场验收")]),
            ms(Final, 10, When::AcceptanceOf("P-2058-M2", 90)).planned(10),
        ]),
    contract("P-2017", "泵站远程监控", "C002", LI)
        .worth(1_400_000, -390)
        .done(60)
        .plan(&[
            ms(Advance, 30, signing(20)).billed(-385).paid(-366),
            ms(Progress, 15, on(-13)).billed(-20).story(&[Step(
                -13,
                1,
                Noted,
                "邮件提醒，马丽回复已转计财部",
            )]),
            ms(Acceptance, 50, acceptance(30)).planned(45),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2063", "水质在线监测", "C002", LI)
        .worth(2_600_000, -120)
        .done(45)
        .plan(&[
            ms(Advance, 30, signing(15)).billed(-118).paid(-103),
            ms(Delivery, 30, delivery(30)).planned(-12).delivered(-9),
            ms(Acceptance, 35, acceptance(45)).planned(80),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2042", "产线 MES", "C003", ZHOU)
        .worth(400_000, -240)
        .done(85)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-238).paid(-221),
            ms(Acceptance, 40, acceptance(15))
                .planned(-35)
                .delivered(-30)
                .story(&[
                    Chase(-19, "韩东：集团信息部排期未定"),
                    Chase(-9, "再次催办，对方要求补一份操作手册，已补"),
                ]),
            ms(Final, 25, When::AcceptanceOf("P-2042-M2", 60)).planned(20),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2009", "智能仓储 WMS", "C003", ZHOU)
        .worth(680_000, -400)
        .done(100)
        .plan(&[
            ms(Advance, 20, signing(10)).billed(-398).paid(-379),
            ms(Progress, 40, delivery(20))
                .delivered(-260)
                .billed(-258)
                .story(&[
                    Step(-229, 2, Noted, "冯雨：等集团批付款"),
                    Pay(-205, 60),
                    Pay(-176, 40),
                ]),
            ms(Acceptance, 35, acceptance(30))
                .delivered(-165)
                .accepted(-150)
                .billed(-147)
                .story(&[
                    Step(-110, 2, Noted, "冯雨说付款单在集团审批"),
                    Step(-85, 3, NoAnswer, "催款函 EMS 寄出，签收人冯雨"),
                ]),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2066", "影像归档平台", "C004", LI)
        .worth(3_200_000, -200)
        .done(50)
        .plan(&[
            ms(Advance, 30, signing(15))
                .billed(-198)
                .paid(-186)
                .by(Method::BankBill),
            ms(Delivery, 30, delivery(30))
                .delivered(-30)
                .billed(-28)
                .story(&[Step(-6, 0, Noted, "唐晓：付款已排进本周计划")]),
            ms(Acceptance, 35, acceptance(30)).planned(62),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2038", "远程会诊系统", "C004", WANG)
        .worth(900_000, -170)
        .done(70)
        .plan(&[
            ms(Advance, 35, signing(15)).billed(-168).paid(-155),
            ms(Progress, 30, invoice(30)).billed(-25),
            ms(Settlement, 30, invoice(30)).planned(50),
            ms(Retention, 5, on(300)),
        ]),
    contract("P-2051", "车队调度平台", "C005", HE)
        .worth(1_100_000, -210)
        .done(65)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-208).paid(-199),
            ms(Progress, 30, on(-36)).billed(-50).story(&[
                Step(-25, 2, Noted, "邓磊：先付一半，余款等回款"),
                Pay(-20, 50),
            ]),
            ms(Acceptance, 35, acceptance(30)).planned(28),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2070", "冷链追溯", "C005", HE)
        .worth(480_000, -95)
        .grace(15)
        .done(40)
        .plan(&[
            ms(Advance, 30, signing(10))
                .billed(-94)
                .paid(-84)
                .by(Method::Wechat),
            ms(Progress, 30, on(-8)).billed(-22).story(&[Step(
                -8,
                1,
                Noted,
                "对方确认收到，合同有 15 天宽限",
            )]),
            ms(Delivery, 35, on(-4))
                .planned(-9)
                .delivered(-9)
                .billed(-8)
                .story(&[Step(-4, 1, Noted, "到期提醒，邓磊已读")]),
            ms(Retention, 5, on(330)),
        ]),
    contract("P-2025", "灌溉物联网", "C006", ZHOU)
        .worth(760_000, -280)
        .done(90)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-278).paid(-262),
            ms(Progress, 25, delivery(15))
                .delivered(-180)
                .billed(-179)
                .paid(-158),
            ms(Acceptance, 40, acceptance(30))
                .delivered(-84)
                .accepted(-70)
                .billed(-68)
                .story(&[
                    Step(-30, 2, Noted, "曹阳：农忙，财务外出"),
                    Promise(-4, 4, 100, "曹阳：政府补贴到账后四天内付清"),
                ]),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2047", "农资商城", "C006", ZHOU)
        .worth(300_000, -140)
        .done(70)
        .plan(&[
            ms(Advance, 40, signing(10)).billed(-139).paid(-125),
            ms(Progress, 25, on(-9))
                .billed(-18)
                .story(&[Step(-9, 1, Noted, "微信提醒已读")]),
            ms(Acceptance, 30, on(-45))
                .planned(-70)
                .delivered(-66)
                .accepted(-60)
                .billed(-58)
                .story(&[
                    Step(-37, 2, Noted, "对方请求推迟到补贴到账"),
                    Move(-20, 12, "补贴款延后，双方邮件确认"),
                    Chat(-6, "曹阳问商城域名备案，顺带确认新到期日"),
                ]),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2049", "票务系统", "C008", WANG)
        .worth(520_000, -190)
        .done(75)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-188).paid(-170),
            ms(Progress, 30, on(-25)).billed(-40).story(&[Object(
                -20,
                None,
                "称闸机接口未按合同附件三交付",
            )]),
            ms(Delivery, 35, on(-18)).billed(-30).story(&[Object(
                -15,
                Some(40),
                "两台自助机屏幕有亮点，要求扣减",
            )]),
            ms(Retention, 5, on(260)),
        ]),
    contract("P-2060", "夜游灯光控制", "C008", WANG)
        .worth(1_300_000, -230)
        .done(60)
        .suspended()
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-229).paid(-200),
            ms(Progress, 30, on(-30)).billed(-44).story(&[
                Step(-22, 2, Noted, "苏珊：董事会改组，请等新班子"),
                Hold(-12, Some(20), "客户董事会改组，领导同意暂缓"),
            ]),
            ms(Acceptance, 35, on(-20))
                .planned(-20)
                .delivered(-12)
                .story(&[Chase(-4, "魏然：等新任分管领导确认验收组")]),
            ms(Retention, 5, on(350)),
        ]),
    contract("P-2034", "变电站巡检", "C009", LI)
        .worth(2_100_000, -250)
        .done(85)
        .plan(&[
            ms(Advance, 30, signing(20))
                .billed(-246)
                .story(&[Pay(-231, 60), Pay(-222, 40)]),
            ms(Progress, 30, delivery(30))
                .delivered(-140)
                .billed(-138)
                .paid(-102),
            ms(Acceptance, 35, acceptance(45))
                .delivered(-33)
                .accepted(-20)
                .story(&[Unsent(-6)]),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2072", "配网自动化", "C009", LI)
        .worth(4_500_000, -60)
        .done(15)
        .plan(&[
            ms(Advance, 30, signing(10))
                .billed(-58)
                .by(Method::CommercialBill)
                .story(&[Pay(-46, 100), Bounce(-38), Pay(-29, 100)]),
            ms(Delivery, 30, delivery(20)).planned(-6),
            ms(Progress, 20, on(75)).planned(60),
            ms(Acceptance, 15, acceptance(45)).planned(150),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2055", "排水管网普查", "C010", ZHOU)
        .worth(7_800_000, -260)
        .done(55)
        .plan(&[
            ms(Advance, 10, signing(20)).billed(-255).paid(-238),
            ms(Progress, 30, on(-110)).billed(-122).story(&[
                Object(-108, Some(20), "二标段成果坐标系不符"),
                Settle(-96, "已按 CGCS2000 重交，科室书面确认"),
                Step(-90, 2, Promised, "金秀：季度末集中支付"),
                Promise(-90, -58, 100, "财务科承诺季度末前支付"),
                Pay(-61, 100),
            ]),
            ms(Progress, 30, on(3)).billed(-11).story(&[Step(
                -4,
                0,
                Noted,
                "陆平：支付申请已报财政",
            )]),
            ms(Acceptance, 25, acceptance(60)).planned(95),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2077", "内涝预警", "C010", ZHOU)
        .worth(5_200_000, -40)
        .done(10)
        .plan(&[
            ms(Advance, 20, signing(20)).billed(-37).paid(-6),
            ms(Progress, 30, on(60)).planned(50),
            ms(Progress, 20, on(150)).planned(140),
            ms(Acceptance, 25, acceptance(60)).planned(230),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2068", "港区无人机巡检", "C005", HE)
        .worth(640_000, -100)
        .done(50)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-98).paid(-90),
            ms(Delivery, 35, delivery(30)).delivered(-48).story(&[
                Bill(-46, 60),
                Bill(-40, 40),
                Step(
                    -14,
                    1,
                    ClaimsPaid,
                    "对方称已付，经查付到了上一合同，财务在转",
                ),
                Hold(-13, None, "等银行退款重付"),
                Release(-4),
                Pay(-2, 100),
            ]),
            ms(Final, 30, on(40)).planned(30),
            ms(Retention, 5, on(365)),
        ]),
    contract("P-2079", "门诊排队叫号", "C004", LI)
        .worth(280_000, -35)
        .done(20)
        .plan(&[
            ms(Advance, 50, signing(10)).billed(-33).paid(-17),
            ms(Acceptance, 45, acceptance(30)).planned(35),
            ms(Retention, 5, YEAR),
        ]),
];

pub(super) static DEEDS: &[Deed] = &[
    Deed::Call(
        -18,
        1,
        Noted,
        "邮件提醒两笔到期",
        &["P-2049-M2", "P-2049-M3"],
    ),
    Deed::Deposit("C004", -9, 50_000, "押金性质，待对方确认用途"),
];
