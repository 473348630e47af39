//! Words of the closed vocabularies, as flags take them: by code, case and `-`/`_` alike, or as people of either
//! language call them.

use crate::domain::codes::Code;
use crate::domain::discount::{Discount, DiscountError};
use crate::domain::kinds::{Channel, Stage};
use crate::domain::late_fee::{LateFee, LateFeeError};
use crate::domain::normalize::normalize;
use crate::domain::policy::Wording;
use crate::domain::violation::{Candidate, Thing, Violation};
use crate::error::{Error, Result};
use crate::text::stages::stage_named;
use crate::text::{Lang, Worded, named};

/// The value with this code or name, or an error that lists them.
pub fn code<T: Code + Worded>(flag: &'static str, word: &str, lang: Lang) -> Result<T> {
    named(word).ok_or_else(|| Error::choice(flag, word.trim(), &values::<T>(lang)))
}

/// A step of the ladder, `+7 微信 礼貌`, with channel and wording by their codes.
pub fn step(text: &str) -> String {
    let coded = |word: &str| {
        let channel = named::<Channel>(word).map(Code::code);
        let wording = || named::<Wording>(word).map(Code::code);
        channel.or_else(wording).map_or_else(|| word.to_owned(), str::to_owned)
    };
    text.split_whitespace().map(coded).collect::<Vec<_>>().join(" ")
}

/// The same of a flag that may be left out.
pub fn code_or_none<T: Code + Worded>(
    flag: &'static str,
    word: Option<&str>,
    lang: Lang,
) -> Result<Option<T>> {
    word.map(|word| code(flag, word, lang)).transpose()
}

/// A stage, by whatever contracts call it.
pub fn stage_or_none(flag: &'static str, word: Option<&str>, lang: Lang) -> Result<Option<Stage>> {
    word.map(|word| stage_named(word).map_or_else(|| code(flag, word, lang), Ok)).transpose()
}

/// The one of what a name stands for that is one of these things; `--as` says which.
pub fn one_of(
    mut found: Vec<Candidate>,
    name: &str,
    thing: Option<&str>,
    things: &[Thing],
    lang: Lang,
) -> Result<Candidate> {
    if let Some(word) = thing {
        let thing: Thing = code("--as", word, lang)?;
        if !things.contains(&thing) {
            let known: Vec<&str> = things.iter().map(|thing| thing.code()).collect();
            return Err(Error::choice("--as", word, &known.join(", ")));
        }
        found.retain(|one| one.thing == thing);
    }
    match <[Candidate; 1]>::try_from(found) {
        Ok([one]) => Ok(one),
        Err(found) => Err(Violation::NotOne { name: name.to_owned(), found }.into()),
    }
}

/// Late-fee terms, or the word that there are none.
pub fn late_fee_or_none(flag: &'static str, text: &str) -> Result<Option<LateFee>> {
    match normalize(text).as_str() {
        "none" | "off" | "无" => Ok(None),
        _ => late_fee(flag, text).map(Some),
    }
}

pub fn late_fee(flag: &'static str, text: &str) -> Result<LateFee> {
    text.parse().map_err(|error: LateFeeError| Error::flag(flag, error))
}

/// An early-payment discount, or the word that there is none.
pub fn discount_or_none(flag: &'static str, text: &str) -> Result<Option<Discount>> {
    match normalize(text).as_str() {
        "none" | "off" | "无" => Ok(None),
        _ => text.parse().map(Some).map_err(|error: DiscountError| Error::flag(flag, error)),
    }
}

/// Yes or no, in either language.
pub fn yes_no(word: &str) -> std::result::Result<bool, String> {
    match normalize(word).as_str() {
        "yes" | "y" | "true" | "on" | "1" | "是" | "要" => Ok(true),
        "no" | "n" | "false" | "off" | "0" | "否" | "不" | "不要" => Ok(false),
        _ => Err("yes 是, no 否".to_owned()),
    }
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
