//! Finding by what people type: a part of the text, Latin in any case, or the pinyin of Chinese text, by initials, by
//! whole syllables or by any beginnings of them, in every reading a character has (`cq` and `zq` both find 重庆).

use pinyin::ToPinyinMulti;

use crate::domain::normalize::narrow;

/// Longest word of a needle that is looked at, in characters; positions are bits of a word.
const LONGEST: usize = 63;

/// A text prepared for being searched many times: folded once. Readings are looked up when they are compared, which is
/// quick; kept for a hundred thousand names they would be most of a large ledger's memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    chars: Box<[char]>,
}

impl Key {
    pub fn new(text: &str) -> Self {
        Self { chars: text.chars().flat_map(fold).collect() }
    }
}

/// Every reading of a character, without tones; none of what is no Chinese character.
fn readings(c: char) -> impl Iterator<Item = &'static str> {
    let multi = if c.is_ascii() { None } else { c.to_pinyin_multi() };
    multi.into_iter().flatten().map(pinyin::Pinyin::plain)
}

fn fold(c: char) -> impl Iterator<Item = char> {
    narrow(c).to_lowercase()
}

/// What is looked for: words, all of which have to be found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needle {
    words: Vec<Vec<char>>,
}

impl Needle {
    /// Words of `typed`, parted by spaces.
    pub fn new(typed: &str) -> Self {
        let words = typed.split_whitespace();
        let words = words.map(|word| word.chars().flat_map(fold).take(LONGEST).collect());
        Self { words: words.collect() }
    }

    /// Whether nothing is looked for, so that everything matches.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether `text` has every word.
    pub fn matches(&self, text: &str) -> bool {
        self.is_empty() || self.matches_key(&Key::new(text))
    }

    /// Whether a prepared text has every word.
    pub fn matches_key(&self, key: &Key) -> bool {
        self.words.iter().all(|word| found(word, key))
    }
}

/// Walks the text once. Bit `n` of `reached` says that the `n` first characters of the word end right before the
/// character at hand; each character takes one of the word if it is the same, or a beginning of one of its readings.
fn found(word: &[char], key: &Key) -> bool {
    let goal = 1u64 << word.len();
    let mut reached = 0u64;
    for c in &key.chars {
        let from = reached | 1;
        reached = 0;
        for taken in bits(from) {
            if word.get(taken) == Some(c) {
                reached |= 1 << (taken + 1);
            }
        }
        for reading in readings(*c) {
            for taken in bits(from) {
                for length in 1..=common(reading, word.get(taken..).unwrap_or_default()) {
                    reached |= 1 << (taken + length);
                }
            }
        }
        if reached & goal != 0 {
            return true;
        }
    }
    false
}

/// The places of the bits that are set.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let place = set.trailing_zeros() as usize;
            set &= set - 1;
            place
        })
    })
}

/// How many characters of `typed` spell the beginning of `reading`; ü may be typed as v or u.
fn common(reading: &str, typed: &[char]) -> usize {
    let same = |(spelt, typed): &(char, &char)| {
        spelt == *typed || (*spelt == 'ü' && matches!(typed, 'v' | 'u'))
    };
    reading.chars().zip(typed).take_while(same).count()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("xhkj", "星河科技")]
    #[case("xinghe", "星河科技")]
    #[case("hekeji", "星河科技")]
    #[case("XHKJ", "星河科技")]
    #[case("河科", "星河科技")]
    #[case("星hkj", "星河科技")]
    #[case("xingh", "星河科技")]
    #[case("cq", "重庆长安")]
    #[case("zq", "重庆长安")]
    #[case("chongqing", "重庆长安")]
    #[case("cqca", "重庆长安")]
    #[case("zgjz", "中国建筑")]
    #[case("zj", "中国建筑 浙江分公司")]
    #[case("zhgu", "中国建筑")]
    #[case("p-2031", "P-2031 数据中台")]
    #[case("sjzt p-20", "P-2031 数据中台")]
    #[case("p2", "Ｐ２ 项目")]
    #[case("lvdi", "绿地集团")]
    #[case("ludi", "绿地集团")]
    #[case("", "anything")]
    #[case("acme", "ACME GmbH")]
    fn finds(#[case] typed: &str, #[case] text: &str) {
        assert!(Needle::new(typed).matches(text), "{typed} in {text}");
    }

    #[rstest]
    #[case("xkj", "星河科技")]
    #[case("hkjx", "星河科技")]
    #[case("acme x", "ACME GmbH")]
    #[case("bj", "星河科技")]
    #[case("a", "")]
    fn does_not_find(#[case] typed: &str, #[case] text: &str) {
        assert!(!Needle::new(typed).matches(text), "{typed} in {text}");
    }

    #[test]
    fn a_needle_longer_than_any_word_is_no_trouble() {
        let long = "a".repeat(200);
        assert!(Needle::new(&long).matches(&long));
    }
}
