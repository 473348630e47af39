//! A filter as text again: one spelling of whatever was typed, which reads back as the same filter.

use std::fmt::{self, Display};

use iso_currency::Currency;

use super::{Filter, FilterField, Op, Term, Test, Word};
use crate::domain::codes::Code;

impl Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, term) in self.terms.iter().enumerate() {
            let gap = if i == 0 { "" } else { " " };
            write!(f, "{gap}{term}")?;
        }
        Ok(())
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("-")?;
        }
        match &self.test {
            Test::Words(any) => f.write_str(&list(any)),
            Test::Text { field, whole, any } => {
                let sign = if *whole { "=" } else { ":" };
                let quoted: Vec<_> = any.iter().map(|text| quoted(text)).collect();
                write!(f, "{}{sign}{}", field.field().code(), list(&quoted))
            }
            Test::Stage(any) => named(f, FilterField::Stage, any.iter().map(|v| v.code())),
            Test::Status(any) => named(f, FilterField::Status, any.iter().map(|v| v.code())),
            Test::WaitingOn(any) => named(f, FilterField::WaitingOn, any.iter().map(|v| v.code())),
            Test::Currency(any) => named(f, FilterField::Currency, any.iter().map(Currency::code)),
            Test::Flag(any) => named(f, FilterField::Flag, any.iter().map(|v| v.code())),
            Test::Bucket(any) => {
                let labels = any.iter().map(|label| match label {
                    Some(label) => quoted(label),
                    None => "none".to_owned(),
                });
                named(f, FilterField::Bucket, labels)
            }
            Test::Step(op, any) => ordered(f, FilterField::Step, *op, &optional(any)),
            Test::Due(op, any) => ordered(f, FilterField::Due, *op, &optional(any)),
            Test::Late(op, any) => ordered(f, FilterField::Late, *op, any),
            Test::Balance(op, any) => ordered(f, FilterField::Balance, *op, &amounts(any)),
            Test::Amount(op, any) => ordered(f, FilterField::Amount, *op, &amounts(any)),
            Test::Broken(op, any) => ordered(f, FilterField::Broken, *op, any),
            Test::Silent(op, any) => ordered(f, FilterField::Silent, *op, &optional(any)),
            Test::Grade(any) => named(f, FilterField::Grade, coded(any)),
            Test::Cause(any) => named(f, FilterField::Cause, coded(any)),
            Test::Ahead(op, any) => ordered(f, FilterField::Ahead, *op, &optional(any)),
            Test::Satisfaction(op, any) => {
                ordered(f, FilterField::Satisfaction, *op, &optional(any))
            }
            Test::Papers(any) => named(f, FilterField::Papers, coded(any)),
            Test::Paper(any) => named(f, FilterField::Paper, coded(any)),
            Test::Note(kind, any) => {
                let field = match kind {
                    Some(_) => FilterField::Credit,
                    None => FilterField::Note,
                };
                named(f, field, any.iter().map(|text| quoted(text)))
            }
        }
    }
}

impl Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(kind) => f.write_str(kind.code()),
            Self::Flag(flag) => f.write_str(flag.code()),
            Self::Search(text) => f.write_str(&quoted(text)),
        }
    }
}

fn named<T: Display>(
    f: &mut fmt::Formatter<'_>,
    field: FilterField,
    values: impl Iterator<Item = T>,
) -> fmt::Result {
    write!(f, "{}:{}", field.code(), list(&values.collect::<Vec<_>>()))
}

fn ordered<T: Display>(
    f: &mut fmt::Formatter<'_>,
    field: FilterField,
    op: Op,
    values: &[T],
) -> fmt::Result {
    let sign = match op {
        Op::Equal => "=",
        Op::More => ">",
        Op::Less => "<",
        Op::AtLeast => ">=",
        Op::AtMost => "<=",
    };
    write!(f, "{}{sign}{}", field.code(), list(values))
}

fn list<T: Display>(values: &[T]) -> String {
    let values: Vec<_> = values.iter().map(ToString::to_string).collect();
    values.join(",")
}

fn coded<T: Code + Copy>(values: &[Option<T>]) -> impl Iterator<Item = &'static str> {
    values.iter().map(|value| value.map_or("none", Code::code))
}

fn optional<T: Display>(values: &[Option<T>]) -> Vec<String> {
    let text = |value: &Option<T>| value.as_ref().map_or("none".to_owned(), T::to_string);
    values.iter().map(text).collect()
}

/// Several amounts stand in quotes, so that the commas between them group no thousands.
fn amounts<T: Display>(values: &[T]) -> Vec<String> {
    match values {
        [one] => vec![one.to_string()],
        several => several.iter().map(|v| format!("\"{v}\"")).collect(),
    }
}

/// A text in quotes, its own doubled, where it would not read back bare.
pub fn quoted(text: &str) -> String {
    let special = |c: char| matches!(c, ' ' | ',' | '"' | ':' | '=' | '>' | '<' | '≥' | '≤');
    if text.contains(special) || text.starts_with(['-', '@']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
