//! Words of the closed vocabularies, as flags take them: by code, case and `-`/`_` alike.

use crate::error::{Error, Result};

/// The value with this code, or an error that lists the codes.
pub fn code<T: Copy>(
    flag: &'static str,
    word: &str,
    all: &[T],
    from: fn(&str) -> Option<T>,
    to: fn(T) -> &'static str,
) -> Result<T> {
    let word = word.trim();
    let folded = word.to_ascii_lowercase().replace('-', "_");
    from(word)
        .or_else(|| from(&folded))
        .or_else(|| from(&word.to_ascii_uppercase()))
        .ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|value| to(*value)).collect();
            Error::choice(flag, word, &known.join(", "))
        })
}
