//! Every word shown to a person, in zh and en. A phrase is one line of `phrases!`, so that a phrase without its
//! other language does not compile; a phrase with parameters becomes a function that formats them.
//!
//! One file per part of the program adds methods to [`Lang`]. `text` knows `domain` and `error` only.

use std::fmt;

use crate::domain::codes::Code;
use crate::domain::normalize::normalize;

/// The language a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    Zh,
    En,
}

impl Lang {
    /// `zh…` and `en…` in any spelling a locale takes (`zh_CN.UTF-8`, `en-GB`); nothing else.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_lowercase();
        if code.starts_with("zh") {
            Some(Self::Zh)
        } else if code.starts_with("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// The other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// The phrase of this language.
    pub const fn pick(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.pick("zh", "en"))
    }
}

/// Phrases as methods of [`Lang`]: `name: "中文", "English";` or `name(arg: Type, …): "…{arg}…", "…{arg}…";`.
macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident $(($($arg:ident : $ty:ty),+ $(,)?))? : $zh:literal, $en:literal;)+) => {
        impl $crate::text::Lang {
            $($crate::text::phrase! { $(#[$doc])* $name $(($($arg: $ty),+))?: $zh, $en })+
        }
    };
}

/// One method of [`phrases!`].
macro_rules! phrase {
    ($(#[$doc:meta])* $name:ident: $zh:literal, $en:literal) => {
        $(#[$doc])*
        #[doc = concat!("```text\n", $zh, "\n", $en, "\n```")]
        pub(crate) const fn $name(self) -> &'static str {
            self.pick($zh, $en)
        }
    };
    ($(#[$doc:meta])* $name:ident($($arg:ident : $ty:ty),+): $zh:literal, $en:literal) => {
        $(#[$doc])*
        #[doc = concat!("```text\n", $zh, "\n", $en, "\n```")]
        pub(crate) fn $name(self, $($arg: $ty),+) -> String {
            match self {
                $crate::text::Lang::Zh => format!($zh),
                $crate::text::Lang::En => format!($en),
            }
        }
    };
}

/// A value of a vocabulary that has its word.
pub(crate) trait Worded: Copy {
    fn word(self, lang: Lang) -> &'static str;
}

/// The value with this code or name, if there is one.
pub(crate) fn named<T: Code + Worded>(word: &str) -> Option<T> {
    let word = word.trim();
    let folded = normalize(word);
    let called = |value: &T| {
        [Lang::Zh, Lang::En].iter().any(|lang| {
            let name = normalize(value.word(*lang));
            // Behind a parenthesis a name explains itself.
            name == folded || name.split_once('(').is_some_and(|(name, _)| name.trim() == folded)
        })
    };
    T::from_code(word)
        .or_else(|| T::from_code(&folded.replace('-', "_")))
        .or_else(|| T::from_code(&word.to_ascii_uppercase()))
        .or_else(|| T::ALL.iter().copied().find(called))
}

/// One method of `Lang` per vocabulary: `name(Type): Variant "中文", "English"; …`.
macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident($type:ident) { $($variant:ident: $zh:literal, $en:literal;)+ })+) => {
        $(impl $crate::text::Worded for $type {
            fn word(self, lang: $crate::text::Lang) -> &'static str {
                lang.$name(self)
            }
        })+

        impl $crate::text::Lang {$(
            $(#[$doc])*
            pub(crate) const fn $name(self, value: $type) -> &'static str {
                match value { $($type::$variant => self.pick($zh, $en),)+ }
            }
        )+}
    };
}

pub(crate) use {phrase, phrases, vocabulary};

pub use documents::MONTHS;
pub use help::{examples, help_zh};
pub use reports::bridge;

pub(crate) mod bank;
mod calendar;
mod care;
pub(crate) mod changes;
mod cli;
mod conditions;
mod documents;
mod doubts;
mod errors;
mod explain;
mod fees;
mod files;
pub mod find;
mod forms;
mod help;
mod importing;
mod inputs;
mod keys;
mod limitation;
mod lists;
mod mail;
mod movement;
mod pages;
mod papers;
mod pictures;
mod playbook;
mod registers;
mod reports;
mod screen;
mod settings;
pub mod stages;
mod story;
mod terms;
mod todos;
mod views;
mod violations;
pub mod width;
