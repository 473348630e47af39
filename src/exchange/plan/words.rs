//! The words in the cells of lists: yes and no, nothing, totals.

use crate::domain::normalize::normalize;

/// Yes or no.
pub fn yes_no(word: &str) -> Option<bool> {
    match normalize(word).as_str() {
        "yes" | "y" | "true" | "t" | "1" | "√" | "✓" | "✔" | "是" | "有" | "争议" | "异议"
        | "有争议" | "有异议" => Some(true),
        "no" | "n" | "false" | "f" | "0" | "×" | "✗" | "✘" | "否" | "无" | "没有" | "无争议"
        | "无异议" => Some(false),
        _ => None,
    }
}

/// What people write into a cell to say that nothing is in it.
pub fn is_placeholder(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '—' | '–' | '－' | '/' | '／'))
        // Asked of every cell of a list: most are out by their first character.
        || (text.starts_with(['无', '暂', 'n', 'N', 'ｎ', 'Ｎ'])
            && text.chars().nth(4).is_none()
            && matches!(normalize(text).as_str(), "无" | "暂无" | "n/a" | "null"))
}

/// What a spreadsheet shows in place of a value.
pub fn is_sheet_error(text: &str) -> bool {
    matches!(
        text,
        "#N/A"
            | "#REF!"
            | "#VALUE!"
            | "#NAME?"
            | "#DIV/0!"
            | "#NULL!"
            | "#NUM!"
            | "#SPILL!"
            | "#CALC!"
            | "#GETTING_DATA"
            | "#DATA!"
    ) || (text.len() > 2 && text.chars().all(|c| c == '#'))
}

/// Whether a cell says that its row is a sum: 合 计, Total:, 小计（3 笔）.
pub fn is_total(text: &str) -> bool {
    const TOTALS: &[&str] = &[
        "合计",
        "总计",
        "小计",
        "累计",
        "共计",
        "总合计",
        "本页合计",
        "本页小计",
        "合计金额",
        "total",
        "totals",
        "subtotal",
        "grandtotal",
        "sum",
    ];
    // Asked of every cell of a list: most are out by their first character.
    let first = text.chars().find(|c| !c.is_whitespace() && *c != '-');
    if !first.is_some_and(|c| "合总小累共本tTsSgGｔＴｓＳｇＧ".contains(c)) {
        return false;
    }
    let plain: String = normalize(text).chars().filter(|c| !matches!(c, ' ' | '-' | ':')).collect();
    let word = plain
        .trim_end_matches(|c: char| c.is_ascii_digit() || "()笔项条户家行个元,.¥$共".contains(c));
    TOTALS.contains(&word)
}

/// Whether such a cell speaks of some of the rows above.
pub fn is_part(text: &str) -> bool {
    let text = normalize(text);
    is_total(&text) && ["小计", "本页", "subtotal"].iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("合计")]
    #[case("合　计：")]
    #[case("总计（3笔）")]
    #[case("小计 2 项")]
    #[case("本页小计")]
    #[case("合计共3笔")]
    #[case("Total:")]
    #[case("GRAND TOTAL")]
    #[case("Ｔｏｔａｌ")]
    #[case("-- Subtotal --")]
    fn words_of_a_sum(#[case] text: &str) {
        assert!(is_total(text));
    }

    #[rstest]
    #[case("", true)]
    #[case("——", true)]
    #[case("暂无", true)]
    #[case("Ｎ／Ａ", true)]
    #[case("NULL", true)]
    #[case("无锡", false)]
    #[case("nulls", false)]
    fn words_for_nothing(#[case] text: &str, #[case] is_nothing: bool) {
        assert_eq!(is_placeholder(text), is_nothing);
    }

    #[rstest]
    #[case("Total Energies")]
    #[case("合计科技有限公司")]
    #[case("小计划")]
    #[case("")]
    fn other_words(#[case] text: &str) {
        assert!(!is_total(text));
    }
}
