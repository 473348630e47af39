//! The numbers a user may set, with the contract's defaults.
