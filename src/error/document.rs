//! What can go wrong with a template, a letter or a mail.

use std::path::PathBuf;

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

/// Why a mail cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailFault {
    /// Nobody said where it comes from.
    NoSender,
    /// Nobody at the customer has an address.
    NoReceiver,
    BadAddress(String),
}
