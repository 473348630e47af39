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
/// the column of that letter, which tells apart columns with one header. Of a header in two rows the levels are both
/// names together, the lower, the upper; the first that has the name counts.
pub fn columns(levels: &[Vec<String>], name: &str) -> Vec<usize> {
    let plain = |text: &str| -> String {
        let text = crate::domain::normalize::normalize(&crate::exchange::sanitize::text(text));
        text.chars().filter(|c| !c.is_whitespace()).collect()
    };
    let wanted = plain(name);
    let exact: &dyn Fn(&str) -> bool = &|header| header.trim() == name;
    let alike: &dyn Fn(&str) -> bool = &|header| plain(header) == wanted;
    for headers in levels {
        for same in [exact, alike] {
            let found = headers.iter().enumerate().filter(|(_, header)| same(header));
            let found: Vec<usize> = found.map(|(index, _)| index).collect();
            if !found.is_empty() {
                return found;
            }
        }
    }
    let width = levels.first().map_or(0, Vec::len);
    (0..width).filter(|&index| letters(index).eq_ignore_ascii_case(name)).collect()
}
