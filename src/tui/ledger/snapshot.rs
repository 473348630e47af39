//! The weekly snapshot: `S`.

use crate::trouble::Result;
use crate::tui::desk::Response;
use crate::tui::look::Look;

use super::data::Ledger;

/// What the key leads to.
#[allow(clippy::unnecessary_wraps, reason = "reading the ledger can fail")]
pub fn respond(_: &mut Ledger, _: Look) -> Result<Response> {
    Ok(Response::Done)
}
