//! `--map field=Header`: what the person says a column is.

use super::header::letters;
use crate::domain::plan::field::PlanField;
use crate::error::list::ReadError;

/// Fields and the headers they are to be read from.
#[derive(Debug, Default)]
pub struct Mapping(pub Vec<(PlanField, String)>);

impl Mapping {
    /// From `field=Header` texts.
    pub fn parse(texts: &[String]) -> Result<Self, ReadError> {
        let mut mapping = Self::default();
        for text in texts {
            let (field, header) = text
                .split_once(['=', '＝'])
                .filter(|(_, header)| !header.trim().is_empty())
                .ok_or_else(|| ReadError::BadMapping(text.clone()))?;
            let field = PlanField::from_code(&field.trim().to_lowercase().replace('-', "_"))
                .ok_or_else(|| ReadError::UnknownField(field.trim().to_owned()))?;
            if mapping.field(field) {
                return Err(ReadError::MappedTwice(field));
            }
            mapping.0.push((field, header.trim().to_owned()));
        }
        Ok(mapping)
    }

    /// Whether the field is mapped.
    pub fn field(&self, field: PlanField) -> bool {
        self.0.iter().any(|(mapped, _)| *mapped == field)
    }
}

/// The columns that answer to a name: with that very header, else one that reads the same (case, blanks, width), else
/// the column of that letter, which tells apart columns with one header.
pub fn columns(headers: &[String], name: &str) -> Vec<usize> {
    let matching = |same: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let found = headers.iter().enumerate().filter(|(_, header)| same(header));
        found.map(|(i, _)| i).collect()
    };
    let exact = matching(&|header| header.trim() == name);
    if !exact.is_empty() {
        return exact;
    }
    let plain = |text: &str| -> String {
        let text = crate::domain::normalize::normalize(&crate::exchange::sanitize::text(text));
        text.chars().filter(|c| !c.is_whitespace()).collect()
    };
    let wanted = plain(name);
    let alike = matching(&|header| plain(header) == wanted);
    if !alike.is_empty() {
        return alike;
    }
    (0..headers.len()).filter(|&i| letters(i).eq_ignore_ascii_case(name)).collect()
}
