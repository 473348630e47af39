//! Why the keys of a configuration cannot be taken, and where.

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysError {
    /// Its line in the file.
    pub line: usize,
    pub problem: KeysProblem,
}

/// What is wrong with the keys of an action. Actions and keys as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeysProblem {
    /// No action has this name.
    NoAction { name: String, nearest: String },
    /// No key is called like this.
    NoKey { word: String, nearest: Option<String> },
    /// An action without a key.
    None(String),
    /// More than two keys one after the other.
    TooMany(String),
    /// A letter, where letters are typed.
    Typed { action: String, key: String },
    /// Another action has the key, or one that begins like it.
    Clash { action: String, key: String, other: String, others: String },
}
