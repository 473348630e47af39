//! Words of the closed vocabularies, as flags take them: by code, case and `-`/`_` alike.

use crate::domain::codes::Code;
use crate::error::{Error, Result};

/// The value with this code, or an error that lists the codes.
pub fn code<T: Code>(flag: &'static str, word: &str) -> Result<T> {
    let word = word.trim();
    let folded = word.to_ascii_lowercase().replace('-', "_");
    T::from_code(word)
        .or_else(|| T::from_code(&folded))
        .or_else(|| T::from_code(&word.to_ascii_uppercase()))
        .ok_or_else(|| {
            let known: Vec<&str> = T::ALL.iter().map(|value| value.code()).collect();
            Error::choice(flag, word, &known.join(", "))
        })
}

/// The same of a flag that may be left out.
pub fn code_or_none<T: Code>(flag: &'static str, word: Option<&str>) -> Result<Option<T>> {
    word.map(|word| code(flag, word)).transpose()
}
