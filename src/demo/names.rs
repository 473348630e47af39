//! Names of made-up customers, projects and instalments, and the words of their contracts. They are data, not words of
//! the program.

use crate::domain::due::{Basis, DueRule, Event, Unit};
use crate::domain::kinds::Stage;

const PLACES: &str = "临江 望海 云川 石桥 青屿 南泽 北岭 东垣 西渡 平湖湾 白鹿 松涧 赤峰岭 碧溪 长汀洲 鹤鸣 金滩 玉门川 龙首 \
    凤台";
const WORDS: &str = "启明 恒远 瑞丰 天枢 安澜 博衍 晟元 弘毅 嘉禾 景行 凌云 明德 鹏程 清源 荣盛 尚品 同创 维新 祥和 雅正 致远 \
    卓越 正阳 中孚 乾元 合众";
const TRADES: &str = "科技 装备 能源 物流 医疗 建设 水务 轨道 环保 农业 电子 材料 化工 文旅 教育 食品 仓储 通信 汽配 船舶 纺织 \
    冶金 光电 数据 软件 市政 矿业 航空 安防 制药 园林 印务 包装 玻璃 橡塑 电力 燃气 港务 置业 商贸";
const SYSTEMS: &str = "数据中台,仓储管理,产线 MES,设备点检,能耗监测,门户改版,票务系统,合同管理,车队调度,视频巡检,质量追溯,\
    排产优化,移动审批,客服平台,安全监测,运维大屏";

/// The n-th of a list, which begins again at its end.
fn pick(list: &'static str, separator: char, at: usize) -> &'static str {
    let count = list.split(separator).count();
    list.split(separator).nth(at % count).unwrap_or_default()
}

/// Name and short name of the n-th customer: every name once before any comes again.
pub(super) fn customer(n: usize) -> (String, String) {
    let count = |list: &str| list.split(' ').count();
    let (words, trades) = (count(WORDS), count(TRADES));
    let word = pick(WORDS, ' ', n);
    let trade = pick(TRADES, ' ', n / words);
    let place = pick(PLACES, ' ', n / (words * trades) + n % 7);
    (format!("{place}{word}{trade}有限公司"), format!("{word}{trade}"))
}

pub(super) fn project(at: usize) -> &'static str {
    pick(SYSTEMS, ',', at)
}

/// How a contract names an instalment.
pub(super) const fn stage(stage: Stage, chinese: bool) -> &'static str {
    match (stage, chinese) {
        (Stage::Advance, true) => "预付款",
        (Stage::Progress, true) => "进度款",
        (Stage::Delivery, true) => "到货款",
        (Stage::Acceptance, true) => "验收款",
        (Stage::Settlement, true) => "结算款",
        (Stage::Final, true) => "尾款",
        (Stage::Retention, true) => "质保金",
        (Stage::Other, true) => "驻场服务费",
        (Stage::Advance, false) => "Down payment",
        (Stage::Progress, false) => "Progress payment",
        (Stage::Delivery, false) => "On delivery",
        (Stage::Acceptance, false) => "On acceptance",
        (Stage::Settlement, false) => "Settlement",
        (Stage::Final, false) => "Final payment",
        (Stage::Retention, false) => "Retention",
        (Stage::Other, false) => "On-site service",
    }
}

/// The payment condition in the contract's words.
pub(super) fn condition(percent: u8, rule: &DueRule, chinese: bool) -> String {
    let Basis::After(after) = &rule.basis else {
        return if chinese {
            format!("按合同约定日期支付合同额的 {percent}%")
        } else {
            format!("{percent}% on the date agreed in the contract")
        };
    };
    let n = after.offset.count;
    let (event, event_en) = match after.event {
        Event::Signing => ("合同签订", "signing"),
        Event::Start => ("开工", "start of work"),
        Event::WarrantyEnd => ("质保期满", "the end of warranty"),
        Event::Delivery => ("到货签收", "delivery"),
        Event::Acceptance => ("验收合格", "acceptance"),
        Event::Invoice => ("收到发票", "the invoice date"),
        Event::InvoiceReceived => ("签收发票", "receipt of the invoice"),
        Event::Conditions => ("各项条件满足", "all conditions are met"),
        Event::Progress(_) => ("进度达到约定比例", "the agreed progress"),
    };
    let (unit, unit_en) = match after.offset.unit {
        Unit::Days => ("日", "days"),
        Unit::BusinessDays => ("个工作日", "business days"),
        Unit::Months => ("个月", "months"),
        Unit::Years => ("年", "year"),
    };
    if chinese {
        format!("{event}后 {n} {unit}内支付合同额的 {percent}%")
    } else {
        format!("{percent}% within {n} {unit_en} of {event_en}")
    }
}
