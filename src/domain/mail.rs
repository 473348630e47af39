//! Mail: how the way to its server is kept private, and what is known of a paper that went out with it.

use serde::{Deserialize, Serialize};

use super::codes::codes;

codes! {
    /// What keeps a connection to a server private.
    Security {
        /// From the first byte on.
        Tls = "tls",
        /// It begins in the open and changes over, or ends.
        Starttls = "starttls",
        /// Nothing: for a server on the same machine.
        Open = "none",
    }
}

impl Security {
    /// The port servers usually take mail at.
    pub const fn port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::Starttls => 587,
            Self::Open => 25,
        }
    }
}

/// A paper as the mail it went out as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailed {
    /// Addresses, with a comma between.
    pub to: String,
    pub message_id: String,
    /// What the server answered when it took it.
    pub reply: String,
}
