//! Contracts abroad, in other currencies, told in the customer's language.

use super::plan::Beat::{Chat, Object, Pay, Promise, Settle, Step};
use super::plan::{
    Contract, Deed, When, YEAR, acceptance, contract, delivery, invoice, ms, on, signing,
    warranty_end,
};
use crate::demo::company::CHEN;
use crate::domain::due::{Event, Unit};
use crate::domain::kinds::Outcome::{Noted, Promised};
use crate::domain::kinds::Stage::{
    Acceptance, Advance, Delivery, Final, Progress, Retention, Settlement,
};

pub(super) static CONTRACTS: &[Contract] = &[
    contract("P-2020", "Plant Telemetry", "C011", CHEN)
        .worth(480_000, -300)
        .done(80)
        .plan(&[
            ms(Advance, 30, signing(14)).billed(-298).paid(-285),
            ms(Delivery, 40, delivery(30))
                .delivered(-65)
                .billed(-64)
                .story(&[
                    Step(
                        -25,
                        2,
                        Noted,
                        "Ms Voss: waiting for goods receipt from the plant",
                    ),
                    Chat(-1, "AP confirmed it is in the next payment run"),
                ]),
            ms(Acceptance, 25, acceptance(30)).planned(26),
            ms(Retention, 5, YEAR),
        ]),
    contract("P-2061", "Spare Parts Portal", "C011", CHEN)
        .worth(220_000, -110)
        .done(55)
        .plan(&[
            ms(Advance, 40, signing(14)).billed(-108).paid(-95),
            ms(
                Progress,
                30,
                When::After(Event::InvoiceReceived, 30, Unit::Days),
            )
            .billed(-18),
            ms(
                Final,
                30,
                When::After(Event::Acceptance, 20, Unit::BusinessDays),
            )
            .planned(70),
        ]),
    contract("P-2036", "Yard Management", "C012", CHEN)
        .worth(350_000, -220)
        .done(75)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-218).paid(-204),
            ms(Progress, 40, on(-48)).billed(-78).story(&[
                Step(
                    -40,
                    2,
                    Noted,
                    "AP asked for the PO number on the invoice, resent",
                ),
                Promise(-20, -12, 100, "Dana: wire goes out next Friday"),
                Step(
                    -8,
                    3,
                    Noted,
                    "Formal notice after the missed wire; CFO copied",
                ),
            ]),
            ms(Acceptance, 30, acceptance(30)).planned(40),
        ]),
    contract("P-2075", "Dock Booking", "C012", CHEN)
        .worth(120_000, -55)
        .done(60)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-54).paid(-42),
            ms(Delivery, 40, on(-9)).planned(-15).delivered(-14),
            ms(Final, 30, invoice(30)).planned(45),
        ]),
    contract("P-2044", "設備予知保全", "C013", CHEN)
        .worth(24_000_000, -160)
        .done(60)
        .plan(&[
            ms(Advance, 30, signing(30)).billed(-158).paid(-128),
            ms(Delivery, 40, on(-2)).billed(-62).story(&[Step(
                -9,
                0,
                Noted,
                "佐伯様より請求書受領の確認あり",
            )]),
            ms(
                Acceptance,
                30,
                When::After(Event::Acceptance, 2, Unit::Months),
            )
            .planned(50),
        ]),
    contract("P-2001", "検査画像管理", "C013", CHEN)
        .worth(9_800_000, -420)
        .done(100)
        .plan(&[
            ms(Advance, 50, signing(30)).billed(-418).paid(-388),
            ms(Final, 50, acceptance(60))
                .delivered(-310)
                .accepted(-296)
                .billed(-295)
                .paid(-236),
        ]),
    contract("P-2029", "Recipe Tracking", "C014", CHEN)
        .worth(210_000, -390)
        .done(100)
        .warranty(8)
        .plan(&[
            ms(Advance, 30, signing(10)).billed(-388).paid(-377),
            ms(Delivery, 40, delivery(30))
                .delivered(-290)
                .billed(-289)
                .story(&[
                    Object(-262, Some(10), "Two label printers arrived damaged"),
                    Settle(-250, "Printers replaced under warranty"),
                    Step(-248, 2, Promised, "Elena: released, paying this week"),
                    Pay(-244, 100),
                ]),
            ms(Settlement, 20, invoice(30)).billed(-150).paid(-117),
            ms(Retention, 10, warranty_end(12)).accepted(-300),
        ]),
    contract("P-2065", "Allergen Audit", "C014", CHEN)
        .worth(96_000, -75)
        .done(70)
        .plan(&[
            ms(Advance, 50, signing(10)).billed(-73).paid(-60),
            ms(Final, 50, acceptance(30))
                .delivered(-22)
                .accepted(-15)
                .billed(-14),
        ]),
];

pub(super) static DEEDS: &[Deed] = &[
    Deed::Deposit("C012", -3, 20_000, "Remittance names no invoice; asked AP"),
    Deed::Deposit("C011", -52, 4_500, "Paid twice by mistake, to be offset"),
];
