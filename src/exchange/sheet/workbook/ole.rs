//! The container of old workbooks, looked at before its reader gets it: chains of sectors that never end and tables
//! that claim more than there is.

use crate::error::list::ReadError;

/// Bytes of the largest such file.
pub const MAX_BYTES: u64 = 32 * 1_048_576;

/// Cells of the largest table: room is made for all between the first and the last.
const MAX_CELLS: usize = 8_000_000;

/// Ids of sectors from here on mean something else.
const RESERVED: u32 = 0xffff_fffa;
const NO_TABLE: u32 = 0xffff_fffc;

/// Records that say where a cell stands.
const CELLS: [u16; 8] = [0x0006, 0x00bd, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x027e];
/// The record that says over how many rows and columns a table reaches.
const DIMENSIONS: u16 = 0x0200;
/// The record with which a table begins.
const BEGIN: u16 = 0x0809;

pub fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let file = Container::of(bytes).ok_or(ReadError::Damaged)?;
    let stream = file.stream().ok_or(ReadError::Damaged)?;
    check_cells(&stream)
}

/// A file of sectors, each of which names the next of its chain.
struct Container<'b> {
    bytes: &'b [u8],
    sector: usize,
    next: Vec<u32>,
}

impl<'b> Container<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let sector = if short(bytes, 30)? == 12 { 4096 } else { 512 };
        let mut file = Self { bytes, sector, next: Vec::new() };
        let most = bytes.len() / sector;
        // Where the tables of chains are stands in the head, and in a chain of sectors of its own.
        let mut tables: Vec<u32> = numbers(bytes.get(76..512)?).collect();
        let mut more = long(bytes, 68)?;
        while more < RESERVED {
            tables.extend(numbers(file.sector(more)?));
            more = tables.pop()?;
            if tables.len() > most + sector {
                return None;
            }
        }
        tables.retain(|table| *table < NO_TABLE);
        if tables.len() > most {
            return None;
        }
        for table in tables {
            let links = numbers(file.sector(table)?).collect::<Vec<_>>();
            file.next.extend(links);
        }
        ends(&file.next).then_some(file)
    }

    fn sector(&self, id: u32) -> Option<&'b [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        Some(rest.get(..rest.len().min(self.sector)).unwrap_or(rest))
    }

    /// All bytes of a chain: it ends, as was seen.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        let mut id = start;
        while id < RESERVED {
            all.extend_from_slice(self.sector(id)?);
            id = *self.next.get(id as usize)?;
        }
        Some(all)
    }

    /// The stream with the tables.
    fn stream(&self) -> Option<Vec<u8>> {
        let entries = self.chain(long(self.bytes, 48)?)?;
        let small_links: Vec<u32> = numbers(&self.chain(long(self.bytes, 60)?)?).collect();
        if !ends(&small_links) {
            return None;
        }
        let named = |entry: &&[u8]| {
            let name: String = numbers16(entry.get(..64).unwrap_or_default())
                .take_while(|unit| *unit != 0)
                .filter_map(|unit| char::from_u32(unit.into()))
                .collect();
            name.eq_ignore_ascii_case("workbook") || name.eq_ignore_ascii_case("book")
        };
        let Some(entry) = entries.chunks_exact(128).find(named) else {
            // Its reader says what it lacks.
            return Some(Vec::new());
        };
        let (start, length) = (long(entry, 116)?, long(entry, 120)? as usize);
        let mut stream = if length < 4096 {
            let all = self.chain(long(&entries, 116)?)?;
            let mut stream = Vec::new();
            let mut id = start as usize;
            while let (Some(part), Some(next)) =
                (all.get(id * 64..id * 64 + 64), small_links.get(id))
            {
                stream.extend_from_slice(part);
                id = *next as usize;
            }
            stream
        } else {
            self.chain(start)?
        };
        stream.truncate(length);
        Some(stream)
    }
}

/// Whether every chain ends.
fn ends(next: &[u32]) -> bool {
    // The walk on which each was seen first.
    let mut seen = vec![0_usize; next.len()];
    for walk in 1..=next.len() {
        let mut id = walk - 1;
        while let Some(first) = seen.get_mut(id) {
            if *first == walk {
                return false;
            }
            if *first != 0 {
                break;
            }
            *first = walk;
            id = next.get(id).map_or(usize::MAX, |next| *next as usize);
        }
    }
    true
}

/// Room is made for all cells between the first and the last of a table, and for as many as it claims to have.
fn check_cells(stream: &[u8]) -> Result<(), ReadError> {
    let mut rest = stream;
    let (mut rows, mut columns) = (0_usize, 0_usize);
    while let (Some(kind), Some(length)) = (short(rest, 0), short(rest, 2)) {
        let end = 4 + usize::from(length);
        let record = rest.get(4..end.min(rest.len())).unwrap_or_default();
        match kind {
            BEGIN => (rows, columns) = (0, 0),
            DIMENSIONS => {
                let size = match record.len() {
                    10 => (short(record, 2).map(u32::from), short(record, 6)),
                    _ => (long(record, 4), short(record, 10)),
                };
                let (Some(down), Some(right)) = size else {
                    return Err(ReadError::Damaged);
                };
                rows = rows.max(down as usize);
                columns = columns.max(right.into());
            }
            kind if CELLS.contains(&kind) => {
                let (Some(row), Some(column)) = (short(record, 0), short(record, 2)) else {
                    return Err(ReadError::Damaged);
                };
                // One record may hold the cells of a run of columns; the last stands at its end.
                let last = record.len().checked_sub(2).and_then(|at| short(record, at));
                let last = if kind == 0x00bd { last.unwrap_or(column) } else { column };
                rows = rows.max(usize::from(row) + 1);
                columns = columns.max(usize::from(last) + 1);
            }
            _ => {}
        }
        if rows.saturating_mul(columns) > MAX_CELLS {
            return Err(ReadError::TooManyCells { limit: MAX_CELLS });
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    Ok(())
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|four| long(four, 0))
}

fn numbers16(bytes: &[u8]) -> impl Iterator<Item = u16> {
    bytes.chunks_exact(2).filter_map(|two| short(two, 0))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
