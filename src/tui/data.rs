//! What screens show, kept up to date: the ledger's open items and what is derived from them, filters and searches over
//! them, and the work that is done off the loop. Nothing here draws.

mod documents;
mod filter;
mod importing;
mod index;
mod last_seen;
mod ledger;
mod lens;
mod memo;
mod saved;
mod search;
mod snapshot;
mod task;
mod watch;
mod window;

pub use filter::{FilterInput, ItemFilter};
pub use importing::{NearbyFile, Preview, Tried};
pub use last_seen::{ChangesSince, LastSeen, Seen};
pub use ledger::{Found, Lack, Later, Ledger, Session};
pub use lens::Lens;
pub use memo::Memo;
pub use saved::SavedFilters;
pub use search::Search;
#[cfg(test)]
pub use snapshot::throwaway_folder;
pub use task::Task;
pub use window::{Window, in_order};
