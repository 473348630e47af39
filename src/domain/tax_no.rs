//! Taxpayer numbers (纳税人识别号) as they are written in China: whether one can be right. It is a hint, for who has another
//! kind of number has it all the same.

/// What a unified social credit code (GB 32100-2015) is written with; its value is its place.
const SIGNS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The last sign of the number of an identity card (GB 11643-1999), by the remainder.
const CARD_SIGNS: &[u8; 11] = b"10X98765432";

/// Whether a text can be such a number: a unified social credit code or the number of an identity card, each with its
/// check digit, or one of the older numbers of 15 or 20 signs.
pub fn can_be(text: &str) -> bool {
    let signs: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| byte.to_ascii_uppercase())
        .collect();
    match signs.as_slice() {
        [body @ .., last] if body.len() == 17 => {
            credit_sign(body) == Some(*last) || card_sign(body) == Some(*last)
        }
        all => matches!(all.len(), 15 | 20) && all.iter().all(u8::is_ascii_alphanumeric),
    }
}

/// The first 17 signs of a unified social credit code with the 18th; nothing where they are none.
pub fn credit_code(body: &str) -> Option<String> {
    let sign = credit_sign(body.as_bytes()).filter(|_| body.len() == 17)?;
    Some(format!("{body}{}", char::from(sign)))
}

/// The 18th sign of a unified social credit code.
fn credit_sign(body: &[u8]) -> Option<u8> {
    let (mut sum, mut weight) = (0, 1);
    for sign in body {
        sum += SIGNS.iter().position(|known| known == sign)? * weight;
        weight = weight * 3 % SIGNS.len();
    }
    SIGNS.get((SIGNS.len() - sum % SIGNS.len()) % SIGNS.len()).copied()
}

/// The 18th sign of the number of an identity card.
fn card_sign(body: &[u8]) -> Option<u8> {
    let (mut sum, mut weight) = (0, 2);
    for sign in body.iter().rev() {
        sum += usize::from(sign.checked_sub(b'0').filter(|digit| *digit < 10)?) * weight;
        weight = weight * 2 % CARD_SIGNS.len();
    }
    CARD_SIGNS.get(sum % CARD_SIGNS.len()).copied()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_code_gets_its_check_digit() {
        assert_eq!(credit_code("91350100M000100Y4").as_deref(), Some("91350100M000100Y43"));
        assert_eq!(credit_code("91350100M000100O4"), None);
        assert_eq!(credit_code("9135"), None);
    }

    #[rstest]
    // The example of the standard's own kind: GB 32100, and one with a letter at the end.
    #[case("91350100M000100Y43", true)]
    #[case("91350100m000100y43", true)]
    #[case("9135 0100 M000 100Y43", true)]
    #[case("91350100M000100Y44", false)]
    #[case("91350100M000100O43", false)]
    // GB 11643: a person in business.
    #[case("11010519491231002X", true)]
    #[case("110105194912310021", false)]
    #[case("110105194912310", true)]
    #[case("11010519491231002X00", true)]
    #[case("", false)]
    #[case("9135", false)]
    #[case("统一社会信用", false)]
    fn a_number_is_looked_at_by_its_check_digit(#[case] number: &str, #[case] expected: bool) {
        assert_eq!(can_be(number), expected);
    }
}
