//! Words of the closed vocabularies, as flags take them: by code, case and `-`/`_` alike, or as people of either
//! language call them.

use crate::domain::codes::Code;
use crate::domain::kinds::Stage;
use crate::error::{Error, Result};
use crate::text::stages::stage_named;
use crate::text::{Lang, Worded};

/// The value with this code or name, or an error that lists the codes.
pub fn code<T: Code + Worded>(flag: &'static str, word: &str) -> Result<T> {
    let word = word.trim();
    let folded = word.to_lowercase();
    let called = |value: &T| {
        [Lang::Zh, Lang::En].iter().any(|lang| value.word(*lang).to_lowercase() == folded)
    };
    T::from_code(word)
        .or_else(|| T::from_code(&folded.replace('-', "_")))
        .or_else(|| T::from_code(&word.to_ascii_uppercase()))
        .or_else(|| T::ALL.iter().copied().find(called))
        .ok_or_else(|| {
            let known: Vec<&str> = T::ALL.iter().map(|value| value.code()).collect();
            Error::choice(flag, word, &known.join(", "))
        })
}

/// The same of a flag that may be left out.
pub fn code_or_none<T: Code + Worded>(flag: &'static str, word: Option<&str>) -> Result<Option<T>> {
    word.map(|word| code(flag, word)).transpose()
}

/// A stage, by whatever contracts call it.
pub fn stage_or_none(flag: &'static str, word: Option<&str>) -> Result<Option<Stage>> {
    word.map(|word| stage_named(word).map_or_else(|| code(flag, word), Ok)).transpose()
}

/// The values of a vocabulary for a help: their codes, with the words of a reader who has others.
pub fn values<T: Code + Worded>(lang: Lang) -> String {
    let value = |value: &T| match lang {
        Lang::Zh if value.code() != value.word(lang) => {
            format!("{} {}", value.code(), value.word(lang))
        }
        Lang::Zh | Lang::En => value.code().to_owned(),
    };
    let values: Vec<String> = T::ALL.iter().map(value).collect();
    values.join(lang.pick("、", ", "))
}
