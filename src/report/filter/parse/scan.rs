//! Takes a filter apart: words, fields with their operators, values and quotes.

use super::{Sign, error};
use crate::domain::codes::Code;
use crate::domain::normalize::half_width;
use crate::error::filter::{FilterError, FilterProblem};
use crate::report::filter::Op;

/// One of the values of a term, in half-width lower case.
pub(in crate::report::filter) struct Part {
    pub(in crate::report::filter) text: String,
    /// Characters of the filter before it.
    pub(in crate::report::filter) at: usize,
    pub(in crate::report::filter) quoted: bool,
}

pub(in crate::report::filter) struct Scanner {
    chars: Vec<char>,
    at: usize,
}

impl Scanner {
    pub(in crate::report::filter) fn new(text: &str) -> Self {
        let fold = |c: char| half_width(c).to_ascii_lowercase();
        Self { chars: text.chars().map(fold).collect(), at: 0 }
    }

    pub(in crate::report::filter) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(in crate::report::filter) fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// Moves to the next character that is no blank; where that is, if there is one.
    pub(in crate::report::filter) fn next_word(&mut self) -> Option<usize> {
        while self.eat(' ') {}
        self.peek().map(|_| self.at)
    }

    /// A field and its operator, if the next word is one; blanks around the operator don't matter.
    pub(in crate::report::filter) fn field<F: Code>(
        &mut self,
    ) -> Result<Option<(F, Sign)>, FilterError> {
        let start = self.at;
        let name: String = self
            .chars
            .iter()
            .skip(start)
            .take_while(|c| !is_operator(**c) && !matches!(c, ' ' | ',' | '"'))
            .collect();
        self.at += name.chars().count();
        self.next_word();
        if !self.peek().is_some_and(is_operator) {
            self.at = start;
            return Ok(None);
        }
        let Some(field) = F::from_code(&name) else {
            let problem = FilterProblem::UnknownField {
                typed: name,
                known: F::ALL.iter().map(|field| field.code()).collect(),
            };
            return Err(error(start, problem));
        };
        Ok(Some((field, self.sign())))
    }

    /// The operator here; `:>` is `>`.
    fn sign(&mut self) -> Sign {
        self.eat(':');
        let (plain, equal) = match self.peek() {
            Some('>') => (Op::More, Op::AtLeast),
            Some('<') => (Op::Less, Op::AtMost),
            Some('≥') => (Op::AtLeast, Op::AtLeast),
            Some('≤') => (Op::AtMost, Op::AtMost),
            Some('=') => (Op::Equal, Op::Equal),
            _ => return Sign::Has,
        };
        self.at += 1;
        Sign::Is(if self.eat('=') { equal } else { plain })
    }

    /// The values up to the next blank outside quotes, parted by commas; empty ones are left out.
    pub(in crate::report::filter) fn values(&mut self) -> Result<Vec<Part>, FilterError> {
        let mut parts = Vec::new();
        loop {
            let part = self.value()?;
            if !part.text.is_empty() {
                parts.push(part);
            }
            if !self.eat(',') {
                return Ok(parts);
            }
        }
    }

    fn value(&mut self) -> Result<Part, FilterError> {
        let at = self.at;
        let (mut text, mut quoted) = (String::new(), false);
        while let Some(c) = self.peek() {
            match c {
                ' ' | ',' => break,
                '"' => {
                    quoted = true;
                    self.quoted(&mut text)?;
                }
                c => {
                    text.push(c);
                    self.at += 1;
                }
            }
        }
        let text = text.trim().to_owned();
        Ok(Part { text, at, quoted })
    }

    /// What stands in quotes; a doubled quote is one of the text.
    fn quoted(&mut self, text: &mut String) -> Result<(), FilterError> {
        let open = self.at;
        self.at += 1;
        while let Some(c) = self.peek() {
            self.at += 1;
            if c != '"' {
                text.push(c);
            } else if self.eat('"') {
                text.push('"');
            } else {
                return Ok(());
            }
        }
        Err(error(open, FilterProblem::Unclosed))
    }
}

pub(in crate::report::filter) fn is_operator(c: char) -> bool {
    matches!(c, ':' | '=' | '>' | '<' | '≥' | '≤')
}
