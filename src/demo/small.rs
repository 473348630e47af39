//! A small company's year, told by hand: every status, whose turn, step, wait and promise occurs on any day it is opened.
//! Times are told as days from today, so that today's worklist is always the same picture.

use chrono::NaiveDate;

use super::{Entry, company};
use crate::domain::money::Overflow;

mod abroad;
mod cast;
mod drafts;
mod finished;
mod plan;
mod running;
mod teller;
mod words;

/// Everything that happened, as the changes people made.
pub fn entries(today: NaiveDate) -> Result<Vec<Entry>, Overflow> {
    let mut teller = teller::Teller::new(today);
    for customer in cast::CUSTOMERS {
        teller.customer(customer)?;
    }
    let parts = [
        (finished::CONTRACTS, finished::DEEDS),
        (running::CONTRACTS, running::DEEDS),
        (abroad::CONTRACTS, abroad::DEEDS),
    ];
    for (contracts, deeds) in parts {
        for contract in contracts {
            teller.contract(contract)?;
        }
        for deed in deeds {
            teller.deed(deed)?;
        }
    }
    let mut entries = company::people();
    entries.append(&mut teller.finish());
    Ok(entries)
}
