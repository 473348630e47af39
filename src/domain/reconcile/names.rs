//! Names of payers made comparable: brackets, width, blanks, legal forms and, between Latin words, their order do not
//! matter.

use rustc_hash::FxHashMap;

use crate::domain::normalize::normalize;

/// Legal forms at the end of a Chinese name, a longer one before its end.
const FORMS: [&str; 5] = ["股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "公司"];

/// Legal forms among the words of a Latin name.
const WORDS: [&str; 13] = [
    "co",
    "ltd",
    "limited",
    "inc",
    "llc",
    "llp",
    "plc",
    "corp",
    "corporation",
    "gmbh",
    "ag",
    "sa",
    "bv",
];

/// Characters a Chinese name must have to be looked for inside another text, and letters of a Latin one.
const TELLING: usize = 4;

/// A name as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// Without blanks, signs and legal form.
    Run(String),
    /// Words in the order of the alphabet.
    Words(Vec<String>),
}

impl Key {
    /// `None` where nothing is left of it.
    pub fn of(name: &str) -> Option<Self> {
        if name.is_ascii() {
            let mut words = words(name);
            let all = words.clone();
            words.retain(|word| !WORDS.contains(&word.as_str()));
            let words = if words.is_empty() { all } else { words };
            return (!words.is_empty()).then_some(Self::Words(words));
        }
        let run = run(name);
        let stem = FORMS.iter().find_map(|form| run.strip_suffix(form));
        let stem = stem.filter(|stem| !stem.is_empty()).unwrap_or(&run);
        (!stem.is_empty()).then(|| Self::Run(stem.to_owned()))
    }

    /// Whether it has letters enough to be somebody's name.
    pub fn is_a_name(&self) -> bool {
        match self {
            Self::Run(run) => run.chars().nth(1).is_some(),
            Self::Words(words) => words
                .iter()
                .any(|word| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic())),
        }
    }

    /// Whether it says enough to be looked for inside another text.
    fn tells(&self) -> bool {
        match self {
            Self::Run(run) => run.chars().count() >= TELLING,
            Self::Words(words) => words.iter().any(|word| word.len() >= TELLING),
        }
    }

    /// Whether a text that has this name in it has the other, too, as a part of this one.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Run(long), Self::Run(short)) => long != short && long.contains(short.as_str()),
            (Self::Words(long), Self::Words(short)) => {
                long.len() > short.len() && short.iter().all(|word| long.contains(word))
            }
            (Self::Run(_), Self::Words(_)) | (Self::Words(_), Self::Run(_)) => false,
        }
    }
}

/// Letters and digits of a text, everything else left out.
fn run(text: &str) -> String {
    normalize(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The Latin words and numbers of a text, each once and in order; `&` is a word.
fn words(text: &str) -> Vec<String> {
    let text = normalize(text).replace('&', " and ");
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = parts.map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Names of whom, to be found by the whole name or inside a text.
#[derive(Debug, Default)]
pub struct NameIndex {
    whole: FxHashMap<Key, Vec<usize>>,
    /// Names to be looked for inside texts, by their first two characters, or by their longest word.
    inside: FxHashMap<String, Vec<Key>>,
}

impl NameIndex {
    /// Adds a name of the party at this place.
    pub fn add(&mut self, name: &str, party: usize) {
        let Some(key) = Key::of(name) else {
            return;
        };
        let parties = self.whole.entry(key.clone()).or_default();
        if parties.is_empty() && key.tells() {
            let by = match &key {
                Key::Run(run) => run.chars().take(2).collect(),
                Key::Words(words) => {
                    words.iter().max_by_key(|word| word.len()).cloned().unwrap_or_default()
                }
            };
            self.inside.entry(by).or_default().push(key);
        }
        if !parties.contains(&party) {
            parties.push(party);
        }
    }

    /// The parties of exactly this name.
    pub fn whole(&self, name: &str) -> &[usize] {
        Key::of(name).and_then(|key| self.whole.get(&key)).map_or(&[], Vec::as_slice)
    }

    /// The parties whose name stands in a text; of names that contain each other only the longest.
    pub fn inside(&self, text: &str) -> Vec<usize> {
        let (run, words) = (run(text), words(text));
        let mut found: Vec<&Key> = Vec::new();
        let starts = run.char_indices().filter_map(|(at, _)| run.get(at..));
        for rest in starts {
            let first: String = rest.chars().take(2).collect();
            let begins =
                |key: &&Key| matches!(key, Key::Run(name) if rest.starts_with(name.as_str()));
            found.extend(self.inside.get(&first).into_iter().flatten().filter(begins));
        }
        for word in &words {
            let all = |key: &&Key| matches!(key, Key::Words(name) if name.iter().all(|one| words.contains(one)));
            found.extend(self.inside.get(word).into_iter().flatten().filter(all));
        }
        let longest: Vec<&&Key> =
            found.iter().filter(|key| !found.iter().any(|other| other.covers(key))).collect();
        let parties = longest.into_iter().filter_map(|key| self.whole.get(*key)).flatten();
        let mut parties: Vec<usize> = parties.copied().collect();
        parties.sort_unstable();
        parties.dedup();
        parties
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("星河科技有限公司", "星河科技有限公司", true)]
    #[case("星河科技有限公司", " 星河科技　有限公司 ", true)]
    #[case("星河（深圳）科技有限公司", "星河(深圳)科技", true)]
    #[case("星河科技股份有限公司", "星河科技有限责任公司", true)]
    #[case("ＡＢＣ科技", "abc科技", true)]
    #[case("星河科技有限公司", "银河科技有限公司", false)]
    #[case("Archibald Haddock", "HADDOCK+Archibald", true)]
    #[case("Harbor & Pine Co., Ltd.", "HARBOR AND PINE LIMITED", true)]
    #[case("Harbor Pine", "Harbor Stone", false)]
    fn names_are_compared_by_what_tells_them_apart(
        #[case] one: &str,
        #[case] other: &str,
        #[case] same: bool,
    ) {
        assert_eq!(Key::of(one) == Key::of(other), same);
    }

    #[rstest]
    #[case("收到星河科技有限公司货款", &[0])]
    #[case("星河科技上海分部 3月", &[1])]
    #[case("Auftraggeber: microsoft payments Buchungstext: msft ..e3006b5hdy", &[2])]
    #[case("1234//HADDOCK-Archibald", &[3])]
    #[case("星河", &[])]
    #[case("", &[])]
    fn a_name_is_found_inside_a_text(#[case] text: &str, #[case] parties: &[usize]) {
        let mut index = NameIndex::default();
        let names = [
            "星河科技有限公司",
            "星河科技上海",
            "Microsoft",
            "Archibald Haddock",
            "Micron",
            "星河",
        ];
        for (party, name) in names.iter().enumerate() {
            index.add(name, party);
        }
        assert_eq!(index.inside(text), parties);
    }

    #[test]
    fn two_of_one_name_are_both_found() {
        let mut index = NameIndex::default();
        index.add("Adithya Medical & General Stores", 0);
        index.add("Adithya Medical And General Stores", 1);
        assert_eq!(index.inside("POS 77 adithya medical & general stores"), [0, 1]);
    }
}
