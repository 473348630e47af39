//! The screen, on the demo ledger or a real one.

use crate::store::Store;
use crate::trouble::{Result, Trouble};

use super::args::Demo;
use super::session::Session;

/// `demo`
pub fn demo(_: &Session, _: &Demo) -> Result<()> {
    Err(Trouble::NoTerminal)
}

/// The screen on a ledger.
pub fn run_screen(_: &Session, _: Store, _: Option<&str>) -> Result<()> {
    Err(Trouble::NoTerminal)
}
