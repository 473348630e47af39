//! Documents as mail: what is sent, and the server that takes it.

use std::io::{self, ErrorKind};
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use lettre::message::Message;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error as SmtpError, response::Response};

use super::Document;
use super::out::message;
use crate::domain::mail::{Mailed, Security};
use crate::error::document::{MailFault, Trouble};
use crate::error::{Error, Result};

/// How long a server may say nothing.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that takes mail.
pub struct Server {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// Name and password, where it asks for them.
    pub login: Option<(String, String)>,
}

impl Server {
    /// As a person knows it: `smtp.example.com:465`.
    fn called(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// A password goes in the open to this machine only.
    fn is_safe(&self) -> bool {
        let is_here = self.host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let is_here = is_here || self.host.eq_ignore_ascii_case("localhost");
        self.login.is_none() || self.security != Security::Open || is_here
    }

    /// Connects and logs in: whatever fails here, nothing was sent.
    pub fn connect(&self) -> Result<Connection> {
        if !self.is_safe() {
            return Err(Error::Mail(MailFault::Insecure(self.called())));
        }
        let failed = |error: SmtpError| self.failed(&error);
        let tls = match self.security {
            Security::Tls | Security::Starttls => {
                Some(TlsParameters::new(self.host.clone()).map_err(failed)?)
            }
            Security::Open => None,
        };
        let at_once = tls.as_ref().filter(|_| self.security == Security::Tls);
        let (place, name) = ((self.host.as_str(), self.port), ClientId::default());
        let connected = SmtpConnection::connect(place, Some(PATIENCE), &name, at_once, None);
        let mut smtp = connected.map_err(failed)?;
        if self.security == Security::Starttls
            && let Some(tls) = &tls
        {
            if !smtp.can_starttls() {
                return Err(Error::Mail(MailFault::NoTls(self.called())));
            }
            smtp.starttls(tls, &name).map_err(failed)?;
        }
        if let Some((user, password)) = &self.login {
            let login = Credentials::new(user.clone(), password.clone());
            let refused = |error: SmtpError| match error.status() {
                Some(_) => Error::Mail(MailFault::Login {
                    server: self.called(),
                    user: user.clone(),
                    reply: said(&error),
                }),
                None => self.failed(&error),
            };
            smtp.auth(&[Mechanism::Plain, Mechanism::Login], &login).map_err(refused)?;
        }
        Ok(Connection { smtp, server: self.called() })
    }

    fn failed(&self, error: &SmtpError) -> Error {
        let server = self.called();
        Error::Mail(if error.is_tls() || kind(error) == Some(ErrorKind::InvalidData) {
            MailFault::Tls { server, why: said(error) }
        } else if error.status().is_some() {
            MailFault::Refused { server, reply: said(error) }
        } else {
            MailFault::Unreachable { server, why: trouble(error) }
        })
    }
}

/// An error and what caused it, the innermost last.
fn causes(error: &SmtpError) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |error| error.source())
}

/// What the system calls it; what comes over a private connection and makes no sense is invalid data.
fn kind(error: &SmtpError) -> Option<ErrorKind> {
    causes(error).find_map(|cause| Some(cause.downcast_ref::<io::Error>()?.kind()))
}

/// The innermost cause, which names what happened.
fn said(error: &SmtpError) -> String {
    let cause = causes(error).last().map(ToString::to_string).unwrap_or_default();
    error.status().map_or_else(|| cause.clone(), |code| format!("{code} {cause}"))
}

fn trouble(error: &SmtpError) -> Trouble {
    match kind(error) {
        Some(ErrorKind::WouldBlock | ErrorKind::TimedOut) => Trouble::Silence(PATIENCE.as_secs()),
        Some(_) | None => Trouble::Said(said(error)),
    }
}

/// A server that waits for mail.
pub struct Connection {
    smtp: SmtpConnection,
    server: String,
}

impl Connection {
    /// Sends a mail; `Ok` is what the server answered when it took it.
    pub fn send(&mut self, letter: &Letter) -> Result<Mailed> {
        let sent = self.smtp.send(letter.message.envelope(), &letter.message.formatted());
        let server = self.server.clone();
        let reply = sent.map_err(|error| {
            // The client speaks for the server where it knows that it would refuse.
            Error::Mail(if error.status().is_some() || error.is_client() {
                MailFault::Refused { server, reply: said(&error) }
            } else {
                MailFault::Unsure { server, why: trouble(&error) }
            })
        })?;
        Ok(Mailed {
            to: letter.to.clone(),
            message_id: letter.message_id.clone(),
            reply: told(&reply),
        })
    }

    /// Takes leave. What was sent is sent, whatever the server thinks of that.
    pub fn close(mut self) {
        drop(self.smtp.quit());
    }
}

/// Signs kept of what a server answers: enough to find the mail in its log.
const KEPT: usize = 300;

fn told(reply: &Response) -> String {
    let lines: Vec<&str> = reply.message().collect();
    format!("{} {}", reply.code(), lines.join(" ")).chars().take(KEPT).collect()
}

/// A mail that is ready to go.
pub struct Letter {
    message: Message,
    /// Addresses, with a comma between.
    pub to: String,
    pub from: String,
    pub subject: String,
    pub message_id: String,
    /// Names of files.
    pub attachments: Vec<String>,
}

impl Letter {
    /// The document as a mail of this moment.
    pub fn new(document: &Document, at: SystemTime) -> Result<Self> {
        let mail = &document.mail;
        let to: Vec<&str> = mail.to.iter().map(|(_, address)| address.trim()).collect();
        Ok(Self {
            message: message(document, at)?,
            to: to.join(", "),
            from: mail.from.trim().to_owned(),
            subject: document.title.clone(),
            message_id: mail.message_id(document),
            attachments: mail.attachments.iter().map(|(name, _)| name.clone()).collect(),
        })
    }
}
