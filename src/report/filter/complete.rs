//! What can stand at the end of a filter that is being typed: fields, and the values that have names.

use super::parse::is_operator;
use super::vocabulary::{PapersState, flag, papers, parties, status};
use super::write::quoted;
use super::{FilterField, Saved};
use crate::domain::kinds::{Cause, Flag, Grade, PaperKind, Stage, WaitingOn};
use crate::domain::normalize::{half_width, normalize};
use crate::domain::policy::TOP_STEP;
use crate::domain::status::StatusKind;
use crate::text::Lang;
use crate::text::find::Needle;
use crate::text::named;
use crate::text::stages::stage_named;

/// The last word of a filter that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// What stands before it.
    pub kept: String,
    pub place: Place,
    pub typed: String,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A field, a status, a flag or a search.
    Term,
    Value(FilterField),
    /// A value of a field there is none of.
    Nowhere,
}

impl Begun {
    pub fn of(text: &str) -> Self {
        let (value, named) = split(text);
        let place = match named.map(|name| FilterField::from_code(&normalize(name))) {
            None => Place::Term,
            Some(None) => Place::Nowhere,
            Some(Some(field)) => Place::Value(field),
        };
        let (kept, typed) = text.split_at(value);
        Self { kept: kept.to_owned(), place, typed: typed.to_owned() }
    }

    /// What could stand there as far as it is typed, in the words of a language; `known` are names and currencies in
    /// the ledger, by field; `saved` are filters that were kept.
    pub fn options(
        &self,
        lang: Lang,
        saved: &Saved,
        known: impl FnOnce(FilterField) -> Vec<String>,
    ) -> Vec<String> {
        let words = match self.place {
            Place::Term => {
                let fields = FilterField::ALL.iter().map(|field| {
                    let word = lang.pick(field.zh(), field.code());
                    [format!("{word}:"), field.code().to_owned()]
                });
                let saved = saved.keys().map(|name| [format!("@{name}"), name.clone()]);
                saved.chain(fields).chain(statuses(lang)).chain(flags(lang)).collect()
            }
            Place::Value(field) => values(field, lang, known),
            Place::Nowhere => Vec::new(),
        };
        fitting(words, &self.typed)
    }
}

/// Where the last value of a filter begins, and the name of its field, if it has one.
pub(super) fn split(text: &str) -> (usize, Option<&str>) {
    let (mut quotes, mut word, mut value, mut named) = (false, 0, 0, None);
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        match half_width(c) {
            '"' => quotes = !quotes,
            _ if quotes => {}
            ' ' => (word, value, named) = (next, next, None),
            '-' if at == word => (word, value) = (next, next),
            ',' => value = next,
            c if is_operator(c) => {
                named = named.or_else(|| text.get(word..at));
                value = next;
            }
            _ => {}
        }
    }
    (value, named)
}

/// Those of the words that what is typed could become, what begins with it in front.
pub(super) fn fitting(words: Vec<Word>, typed: &str) -> Vec<String> {
    let typed = typed.trim_start_matches('"');
    let needle = Needle::new(typed);
    let begins = |word: &str| normalize(word).starts_with(&normalize(typed));
    let found =
        words.into_iter().filter(|[word, other]| needle.matches(&format!("{word} {other}")));
    let (first, rest): (Vec<_>, Vec<_>) =
        found.partition(|[word, other]| begins(word) || begins(other));
    first.into_iter().chain(rest).map(|[word, _]| word).collect()
}

/// A word to be typed, and another it is found by.
pub(super) type Word = [String; 2];

fn values(
    field: FilterField,
    lang: Lang,
    known: impl FnOnce(FilterField) -> Vec<String>,
) -> Vec<Word> {
    let none = lang.pick("无", "none");
    let none = [none.to_owned(), "none".to_owned()];
    match field {
        FilterField::Status => statuses(lang).collect(),
        FilterField::Flag => flags(lang).collect(),
        FilterField::Stage => Stage::ALL
            .iter()
            .map(|stage| {
                spelt(lang, lang.stage(*stage), stage.code(), |word| {
                    stage_named(word) == Some(*stage)
                })
            })
            .collect(),
        FilterField::WaitingOn => WaitingOn::ALL
            .iter()
            .map(|who| {
                let reads = |word: &str| parties(word) == Some(vec![*who]);
                spelt(lang, lang.waiting_on(*who), who.code(), reads)
            })
            .collect(),
        FilterField::Step => (0..=TOP_STEP)
            .map(|step| [step.to_string(), lang.step(step).to_owned()])
            .chain([none])
            .collect(),
        FilterField::Due | FilterField::Silent => vec![none],
        FilterField::Grade => Grade::ALL
            .iter()
            .map(|grade| [grade.code().to_owned(), String::new()])
            .chain([none])
            .collect(),
        FilterField::Cause => Cause::ALL
            .iter()
            .map(|cause| {
                spelt(lang, lang.cause(*cause), cause.code(), |word| named(word) == Some(*cause))
            })
            .chain([none])
            .collect(),
        FilterField::Papers => PapersState::ALL
            .iter()
            .map(|state| {
                let reads = |word: &str| papers(word) == Some(*state);
                spelt(lang, state.zh(), state.code(), reads)
            })
            .chain([none])
            .collect(),
        FilterField::Paper => PaperKind::ALL
            .iter()
            .map(|kind| {
                let reads = |word: &str| named(word) == Some(*kind);
                spelt(lang, lang.paper_kind(*kind), kind.code(), reads)
            })
            .chain([none])
            .collect(),
        FilterField::Customer | FilterField::Project | FilterField::Pm | FilterField::Currency => {
            known(field).into_iter().map(|name| [quoted(&name), String::new()]).collect()
        }
        FilterField::Milestone
        | FilterField::Late
        | FilterField::Balance
        | FilterField::Amount
        | FilterField::Bucket
        | FilterField::Broken
        | FilterField::Ahead
        | FilterField::Satisfaction
        | FilterField::Note
        | FilterField::Credit => Vec::new(),
    }
}

fn statuses(lang: Lang) -> impl Iterator<Item = Word> {
    StatusKind::ALL.iter().map(move |kind| {
        spelt(lang, lang.status(*kind), kind.code(), |word| status(word) == Some(*kind))
    })
}

fn flags(lang: Lang) -> impl Iterator<Item = Word> {
    Flag::ALL.iter().map(move |kind| {
        spelt(lang, lang.flag(*kind), kind.code(), |word| flag(word) == Some(*kind))
    })
}

/// The word of a value that a reader of Chinese types, where the language has it; else its code.
fn spelt(lang: Lang, word: &str, code: &str, reads: impl Fn(&str) -> bool) -> Word {
    let word = if lang == Lang::Zh && reads(word) { word } else { code };
    [word.to_owned(), code.to_owned()]
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use rstest::rstest;

    use super::super::Filter;
    use super::*;
    use crate::domain::money::Currency;

    fn options(text: &str, lang: Lang) -> Vec<String> {
        let known = |field| match field {
            FilterField::Pm => vec!["王敏".to_owned(), "王 强".to_owned()],
            FilterField::Currency => vec![Currency::CNY.code().to_owned()],
            _ => Vec::new(),
        };
        let saved = Saved::from([("尾款".to_owned(), "stage:final".to_owned())]);
        Begun::of(text).options(lang, &saved, known)
    }

    #[rstest]
    #[case::a_field("sta", Lang::En, "stage:")]
    #[case::a_field_in_chinese("zt", Lang::Zh, "状态:")]
    #[case::by_its_code("wait", Lang::Zh, "待谁处理:")]
    #[case::a_status("overdue bal", Lang::En, "balance:")]
    #[case::negated("-overd", Lang::En, "overdue")]
    #[case::a_value("status:over", Lang::En, "overdue")]
    #[case::a_value_in_chinese("状态：yuqi", Lang::Zh, "逾期")]
    #[case::one_more_value("stage:final,ret", Lang::En, "retention")]
    #[case::a_person("pm:wm", Lang::En, "王敏")]
    #[case::a_person_in_quotes("pm:\"王 q", Lang::En, "\"王 强\"")]
    #[case::a_currency("currency:", Lang::En, "CNY")]
    #[case::a_kept_one("", Lang::En, "@尾款")]
    #[case::a_kept_one_by_its_name("overdue @wk", Lang::En, "@尾款")]
    #[case::no_such_field("nosuch:", Lang::En, "")]
    fn what_could_stand_there(#[case] text: &str, #[case] lang: Lang, #[case] first: &str) {
        let found = options(text, lang);
        assert_eq!(found.first().map_or("", String::as_str), first, "{found:?}");
    }

    #[test]
    fn every_word_reads_back_as_a_filter() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        for lang in [Lang::Zh, Lang::En] {
            for field in FilterField::ALL {
                for word in options(&format!("{}:", field.code()), lang) {
                    let text = format!("{}:{word}", field.code());
                    assert!(Filter::parse(&text, today).is_ok(), "{text}");
                }
            }
            let named = options("", lang)
                .into_iter()
                .filter(|word| !word.ends_with(':') && !word.starts_with('@'));
            for word in named {
                let filter = Filter::parse(&word, today).unwrap();
                assert!(!filter.needs_names(), "{word} is searched for");
            }
        }
    }
}
