//! What can go wrong with a template, a letter or a mail.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{Error, ErrorKind};
use crate::domain::document::DocumentScope;

/// A template that cannot be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// The user's file; `None` for a shipped one.
    pub file: Option<PathBuf>,
    /// From 1.
    pub line: usize,
    pub fault: TemplateFault,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateFault {
    /// A variable that this kind of document has not.
    Missing(String),
    /// It does not come to an end.
    Endless,
    /// As the template engine words it.
    Wrong(String),
}

/// Why there is nothing to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NothingToWrite {
    /// Nothing of this is open and at that step.
    NoItems,
    /// The milestones are of several customers.
    SeveralCustomers,
    /// The milestones are of several projects.
    SeveralProjects,
    /// Nothing of this is disputed.
    NoDispute,
    /// Its first day is after its last.
    Backwards,
    /// It has nothing beside it to be packed.
    NothingBeside,
    /// A paper of which only the file is known.
    NoBody,
    /// It is about something else.
    About(DocumentScope),
}

/// Why a mail cannot be written, or was not sent.
#[derive(Debug)]
pub enum MailFault {
    /// Nobody said where it comes from.
    NoSender,
    /// Nobody at the customer has an address.
    NoReceiver,
    BadAddress(String),
    /// This person of ours has none.
    NoAddress(String),
    /// This configuration names no server.
    NoServer(PathBuf),
    /// Nothing tells the password of this user.
    NoPassword(String),
    PasswordCommand {
        command: String,
        why: String,
    },
    /// The password would go to this server in the open.
    Insecure(String),
    /// This server does not change over to a private connection.
    NoTls(String),
    Tls {
        server: String,
        why: String,
    },
    Login {
        server: String,
        user: String,
        reply: String,
    },
    Unreachable {
        server: String,
        why: Trouble,
    },
    Refused {
        server: String,
        reply: String,
    },
    /// The connection broke while the mail was on its way.
    Unsure {
        server: String,
        why: Trouble,
    },
    SentBefore {
        number: String,
        on: NaiveDate,
    },
    /// The step of the paper of this number needs an approval.
    Approval(String),
    /// It went out, and the ledger does not say so.
    NotRecorded {
        number: String,
        message_id: String,
        why: Box<Error>,
    },
}

/// What ended a connection.
#[derive(Debug)]
pub enum Trouble {
    /// The other side said nothing for so many seconds.
    Silence(u64),
    /// As the system words it.
    Said(String),
}

impl MailFault {
    pub(super) const fn kind(&self) -> ErrorKind {
        match self {
            Self::NoSender
            | Self::NoReceiver
            | Self::BadAddress(_)
            | Self::NoAddress(_)
            | Self::NoServer(_)
            | Self::NoPassword(_)
            | Self::Insecure(_)
            | Self::SentBefore { .. }
            | Self::Approval(_) => ErrorKind::Input,
            Self::PasswordCommand { .. }
            | Self::NoTls(_)
            | Self::Tls { .. }
            | Self::Login { .. }
            | Self::Unreachable { .. }
            | Self::Refused { .. }
            | Self::Unsure { .. }
            | Self::NotRecorded { .. } => ErrorKind::Environment,
        }
    }
}
