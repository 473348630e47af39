//! What stands beside a header's name: a unit (万元), a currency, or a remark on how to fill the column.

use iso_currency::Currency;

use crate::domain::normalize::normalize;

/// Names of currencies besides their codes, folded.
const CURRENCIES: &[(&str, Currency)] = &[
    ("人民币", Currency::CNY),
    ("人民币元", Currency::CNY),
    ("rmb", Currency::CNY),
    ("yuan", Currency::CNY),
    ("美元", Currency::USD),
    ("美金", Currency::USD),
    ("欧元", Currency::EUR),
    ("港币", Currency::HKD),
    ("港元", Currency::HKD),
    ("日元", Currency::JPY),
    ("日圆", Currency::JPY),
    ("英镑", Currency::GBP),
    ("新台币", Currency::TWD),
    ("台币", Currency::TWD),
    ("澳门元", Currency::MOP),
    ("澳元", Currency::AUD),
    ("加元", Currency::CAD),
    ("新加坡元", Currency::SGD),
    ("新元", Currency::SGD),
    ("新币", Currency::SGD),
    ("韩元", Currency::KRW),
    ("瑞士法郎", Currency::CHF),
];

/// Units in a header, and how the amounts below would be written with theirs.
const SCALES: &[(&str, &str)] = &[
    ("亿", "亿"),
    ("千万", "千万"),
    ("百万", "百万"),
    ("万", "万"),
    ("萬", "万"),
    ("千", "千"),
    ("thousand", "千"),
    ("million", "百万"),
];

/// Remarks that say nothing about which column it is; folded, without blanks.
const REMARKS: &[&str] = &[
    "必填",
    "选填",
    "可选",
    "非必填",
    "required",
    "optional",
    "含税",
    "价税合计",
    "incltax",
    "%",
    "单位",
    "yyyymmdd",
    "yyyy/mm/dd",
    "mm/dd/yyyy",
    "m/d/yyyy",
    "dd/mm/yyyy",
    "d/m/yyyy",
    "年月日",
    "年/月/日",
    "日期",
];

/// The currency a word stands for.
pub fn currency(word: &str) -> Option<Currency> {
    let word = normalize(word);
    Currency::from_code(&word.to_uppercase()).or_else(|| {
        let known = CURRENCIES.iter().find(|(name, _)| *name == word);
        known.map(|(_, currency)| *currency)
    })
}

/// In what the amounts of a column are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unit {
    /// Unit to read behind each number that has none of its own.
    pub scale: Option<&'static str>,
    pub currency: Option<Currency>,
}

impl Unit {
    /// From what stands in a header's brackets (folded, without blanks); `None` is something else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut unit = Self::default();
        let mut rest = text.strip_prefix("单位").unwrap_or(text);
        for _ in 0..2 {
            if let Some(known) = currency(rest) {
                unit.currency = Some(known);
                return Some(unit);
            }
            if matches!(rest, "" | "元" | "圆" | "¥") {
                return Some(unit);
            }
            if let Some((before, scale)) = scaled(rest) {
                unit.scale = Some(scale);
                rest = before;
            }
        }
        None
    }

    /// From a line above the header: `单位：万元` wherever it stands, or a title that ends with it in brackets.
    pub fn told(title: &str) -> Option<Self> {
        let title: String = normalize(title).chars().filter(|c| *c != ' ').collect();
        let word = |text: &str| {
            let end = text.find([')', '(', ',', ';', ':', '】', ']', '、']);
            Self::parse(text.get(..end.unwrap_or(text.len()))?)
        };
        let said = title.split("单位").skip(1).find_map(|rest| {
            let rest = rest.strip_prefix([':', '为']).unwrap_or(rest);
            if rest.is_empty() { None } else { word(rest) }
        });
        said.or_else(|| {
            word(title.strip_suffix([')', '】', ']'])?.rsplit(['(', '【', '[']).next()?)
        })
    }

    /// As a list names it.
    pub fn name(self) -> String {
        let currency = self.currency.map_or("元", |currency| currency.code());
        format!("{}{currency}", self.scale.unwrap_or_default())
    }

    /// Whether the text is a remark on how to fill the column, which does not change what it is.
    pub fn is_remark(text: &str) -> bool {
        REMARKS.contains(&text)
    }
}

/// Takes the scale off `万美元`, `美元万`, `rmb万元`.
fn scaled(text: &str) -> Option<(&str, &'static str)> {
    let text = text
        .strip_suffix(['元', '圆'])
        .filter(|t| SCALES.iter().any(|(name, _)| t.ends_with(name)))
        .unwrap_or(text);
    SCALES.iter().find_map(|(name, scale)| {
        let rest = text.strip_prefix(name).or_else(|| text.strip_suffix(name))?;
        Some((rest, *scale))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("元", None, None)]
    #[case("万元", Some("万"), None)]
    #[case("单位万元", Some("万"), None)]
    #[case("亿元", Some("亿"), None)]
    #[case("万美元", Some("万"), Some(Currency::USD))]
    #[case("rmb万元", Some("万"), Some(Currency::CNY))]
    #[case("usd", None, Some(Currency::USD))]
    #[case("人民币", None, Some(Currency::CNY))]
    #[case("千元", Some("千"), None)]
    fn units_in_brackets(
        #[case] text: &str,
        #[case] scale: Option<&'static str>,
        #[case] currency: Option<Currency>,
    ) {
        assert_eq!(Unit::parse(text), Some(Unit { scale, currency }));
    }

    #[rstest]
    #[case("单位：万元", Some("万元"))]
    #[case("截止日期：2026-11-20  单位：人民币 万元", Some("万CNY"))]
    #[case("（金额单位：元）", Some("元"))]
    #[case("2026 年回款计划表（万元）", Some("万元"))]
    #[case("单位：某某公司", None)]
    #[case("客户单位", None)]
    #[case("回款计划表（2026）", None)]
    fn units_above_the_header(#[case] title: &str, #[case] expected: Option<&str>) {
        assert_eq!(Unit::told(title).map(Unit::name).as_deref(), expected);
    }

    #[rstest]
    #[case("计划")]
    #[case("不含税")]
    #[case("万一")]
    fn other_words_are_no_units(#[case] text: &str) {
        assert_eq!(Unit::parse(text), None);
    }
}
