//! The open receivables in memory, as screens and reports see them; refreshed by id after a change.
