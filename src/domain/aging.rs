//! Buckets: how old a receivable is, in the presets and bases of the contract.
