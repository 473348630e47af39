//! Finding the header, and what each of its columns is.

use super::columns::meanings;
use crate::domain::register::{Register, RegisterField};
use crate::error::list::ReadError;
use crate::error::register::RegisterError;
use crate::exchange::plan::header::{Column, NAMED, folded, letters, names};
use crate::exchange::plan::mapping;
use crate::exchange::sheet::Row;

/// Fields and the headers they are to be read from.
pub struct Mapping(Vec<(RegisterField, String)>);

impl Mapping {
    /// From `field=Header` texts.
    pub fn parse(texts: &[String], of: Register) -> Result<Self, RegisterError> {
        let mut mapping = Self(Vec::new());
        for text in texts {
            let (field, header) = text
                .split_once(['=', '＝'])
                .filter(|(_, header)| !header.trim().is_empty())
                .ok_or_else(|| ReadError::BadMapping(text.clone()))?;
            let field = RegisterField::from_code(&field.trim().to_lowercase().replace('-', "_"))
                .filter(|field| of.fields().contains(field))
                .ok_or_else(|| RegisterError::UnknownField {
                    field: field.trim().to_owned(),
                    of,
                })?;
            if mapping.header(field).is_some() {
                return Err(RegisterError::MappedTwice(field));
            }
            mapping.0.push((field, header.trim().to_owned()));
        }
        Ok(mapping)
    }

    fn header(&self, field: RegisterField) -> Option<&str> {
        let mapped = self.0.iter().find(|(mapped, _)| *mapped == field);
        mapped.map(|(_, header)| header.as_str())
    }
}

/// A header that was found.
#[derive(Debug)]
pub struct Header {
    pub row: Row,
    pub of: Register,
    columns: Vec<(RegisterField, Column)>,
    /// Headers of the columns that are not read.
    pub ignored: Vec<String>,
}

/// No header; the likelier a row was meant as one, the more of its cells are known.
pub struct Miss {
    known: usize,
    pub error: RegisterError,
}

impl Miss {
    /// The likelier one.
    pub fn or(self, best: Option<Self>) -> Self {
        match best {
            Some(best) if best.known >= self.known => best,
            Some(_) | None => self,
        }
    }
}

impl Header {
    /// The first row that has what such a list must have.
    pub fn find(top: &[Row], of: Register, mapping: &Mapping) -> Result<Self, Miss> {
        let mut best: Option<Miss> = None;
        let width = top.iter().map(Row::width).max().unwrap_or_default();
        for row in top {
            match Self::of(row, width, of, mapping) {
                Ok(header) => return Ok(header),
                Err(miss) if matches!(miss.error, RegisterError::TwoColumns { .. }) => {
                    return Err(miss);
                }
                Err(miss) => best = Some(miss.or(best)),
            }
        }
        Err(best.unwrap_or(Miss { known: 0, error: ReadError::Empty.into() }))
    }

    pub fn column(&self, field: RegisterField) -> Option<&Column> {
        let found = self.columns.iter().find(|(of, _)| *of == field);
        found.map(|(_, column)| column)
    }

    pub fn columns(&self) -> &[(RegisterField, Column)] {
        &self.columns
    }

    fn of(row: &Row, width: usize, of: Register, mapping: &Mapping) -> Result<Self, Miss> {
        let headers = [names(row, width)];
        let headers: &[String] = headers.first().map_or(&[], Vec::as_slice);
        let claims = claims(headers, of, mapping);
        let known = claims.iter().filter(|(_, columns)| !columns.is_empty()).count();
        let miss = |error| Miss { known, error };
        let seen = || headers.iter().filter(|name| !name.is_empty()).take(NAMED).cloned().collect();
        for (field, columns) in &claims {
            if let (Some(header), true) = (mapping.header(*field), columns.is_empty()) {
                let header = header.to_owned();
                return Err(miss(ReadError::UnknownHeader { header, known: seen() }.into()));
            }
        }
        let has = |field: &RegisterField| claims.iter().any(|(f, c)| f == field && !c.is_empty());
        let missing = of.required().iter().copied().filter(|group| !group.iter().any(has));
        let missing: Vec<&'static [RegisterField]> = missing.collect();
        if !missing.is_empty() {
            return Err(miss(RegisterError::NoHeader { missing, seen: seen() }));
        }
        let shown = |at: usize| headers.get(at).cloned().unwrap_or_default();
        let mut columns = Vec::new();
        for (field, found) in &claims {
            let [index] = found.as_slice() else {
                if found.is_empty() {
                    continue;
                }
                let headers = found.iter().map(|&at| format!("{} ({})", shown(at), letters(at)));
                let headers = headers.collect();
                return Err(miss(RegisterError::TwoColumns { field: *field, headers }));
            };
            let name = Some(shown(*index)).filter(|name| !name.is_empty());
            let unit = name.as_deref().and_then(|name| folded(name).1);
            let name = name.unwrap_or_else(|| letters(*index));
            columns.push((*field, Column { index: *index, name, unit }));
        }
        let is_read = |at: &usize| columns.iter().any(|(_, column)| column.index == *at);
        let ignored = (0..headers.len()).filter(|at| !is_read(at)).map(shown);
        let ignored = ignored.filter(|name| !name.is_empty()).collect();
        Ok(Self { row: row.clone(), of, columns, ignored })
    }
}

/// The columns that could be each field: those it is mapped to, else those of its lowest rank. A mapped column is that
/// and nothing else.
fn claims(headers: &[String], of: Register, mapping: &Mapping) -> Vec<(RegisterField, Vec<usize>)> {
    let levels = [headers.to_vec()];
    let mut claims: Vec<(RegisterField, Vec<usize>)> = Vec::new();
    for &field in of.fields() {
        let mapped = mapping.header(field).map(|name| mapping::columns(&levels, name));
        claims.push((field, mapped.unwrap_or_default()));
    }
    let taken: Vec<usize> = claims.iter().flat_map(|(_, columns)| columns).copied().collect();
    for (field, columns) in &mut claims {
        if mapping.header(*field).is_some() {
            continue;
        }
        let mut lowest = u8::MAX;
        for (at, header) in headers.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            let (name, _) = folded(header);
            for (_, rank) in meanings(of, &name).filter(|(meant, _)| meant == field) {
                if rank < lowest {
                    columns.clear();
                    lowest = rank;
                }
                if rank == lowest {
                    columns.push(at);
                }
            }
        }
    }
    claims
}
