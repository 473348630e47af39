use serde_json::json;

use crate::kit::Desk;

#[test]
fn an_amount_is_told_in_words_and_read_back() {
    let desk = Desk::new();
    assert_eq!(desk.ok("words 1409.50"), "CNY one thousand four hundred nine and 50/100 only\n");
    assert_eq!(desk.ok("words 1409.50 --lang zh"), "人民币壹仟肆佰零玖元伍角\n");
    assert_eq!(desk.ok("words 人民币壹仟肆佰零玖元伍角 --lang zh"), "1409.50\n");
    assert_eq!(desk.ok("words 12.5万 --lang zh"), "人民币壹拾贰万伍仟元整\n");
    assert_eq!(desk.ok("words 1000000000000 --lang zh"), "人民币壹万亿元整\n");
    assert_eq!(desk.ok("words 壹万亿元整"), "1000000000000.00\n");
    assert_eq!(desk.ok("words 1000000000000"), "CNY one trillion only\n");
    let both = desk.json("words 20 --currency USD --json");
    let expected = json!({
        "amount": "20.00", "currency": "USD", "zh": "美元贰拾元整", "en": "USD twenty only",
    });
    assert_eq!(both, expected);
    assert!(desk.fails(2, "words 1.005").contains("decimals"));
}

#[test]
fn an_amount_in_words_is_an_amount_everywhere() {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name 星河科技");
    desk.ok("pay --customer C1 --amount 壹仟肆佰零玖元伍角");
    assert_eq!(desk.json("payments --json")[0]["amount"], "1409.50");
}
