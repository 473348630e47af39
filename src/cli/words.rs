//! Words of the closed vocabularies, as flags take them: by code, case and `-`/`_` alike.

use crate::domain::aging::AgeBy;
use crate::domain::kinds::{
    Cause, Channel, Grade, InvoiceKind, Method, Outcome, ProjectState, Stage, TouchKind,
};
use crate::domain::plan::field::DateOrder;
use crate::report::aging::GroupBy;
use crate::trouble::{Result, Trouble};

/// A closed vocabulary.
pub trait Code: Copy + 'static {
    const ALL: &'static [Self];
    fn from_code(code: &str) -> Option<Self>;
    fn code(self) -> &'static str;
}

macro_rules! vocabularies {
    ($($name:ty),+) => {$(
        impl Code for $name {
            const ALL: &'static [Self] = &<$name>::ALL;

            fn from_code(code: &str) -> Option<Self> {
                Self::from_code(code)
            }

            fn code(self) -> &'static str {
                self.code()
            }
        }
    )+};
}

vocabularies!(
    AgeBy,
    Cause,
    Channel,
    DateOrder,
    Grade,
    GroupBy,
    InvoiceKind,
    Method,
    Outcome,
    ProjectState,
    Stage,
    TouchKind
);

/// The value with this code, or an error that lists the codes.
pub fn code<T: Code>(flag: &'static str, word: &str) -> Result<T> {
    let word = word.trim();
    let folded = word.to_ascii_lowercase().replace('-', "_");
    T::from_code(word)
        .or_else(|| T::from_code(&folded))
        .or_else(|| T::from_code(&word.to_ascii_uppercase()))
        .ok_or_else(|| {
            let known: Vec<&str> = T::ALL.iter().map(|value| value.code()).collect();
            Trouble::choice(flag, word, &known.join(", "))
        })
}

/// The same of a flag that may be left out.
pub fn code_or_none<T: Code>(flag: &'static str, word: Option<&String>) -> Result<Option<T>> {
    word.map(|word| code(flag, word)).transpose()
}
