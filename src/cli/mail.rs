//! Mail: papers and the weekly digest sent by SMTP. Nothing leaves without `--yes`.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::{Args, Subcommand};

use super::document::{attach, templates, writing, written};
use super::session::{Session, note, print};
use crate::config::{self, MailServer};
use crate::document::mail::{Letter, Server};
use crate::document::{Document, Topic, make};
use crate::domain::change::{Change, PaperMark};
use crate::domain::document::DocumentKind;
use crate::domain::ids::PaperId;
use crate::domain::kinds::Channel;
use crate::domain::mail::Mailed;
use crate::domain::violation::{Thing, Violation};
use crate::error::document::MailFault;
use crate::error::{Error, Result};
use crate::exchange::lists::Rows;
use crate::exchange::mail::MailLine;
use crate::store::{Paper, Reader, Store};

/// Where the password of the server may be.
const PASSWORD: &str = "HUIKUAN_MAIL_PASSWORD";

#[derive(Debug, Subcommand)]
pub enum Mail {
    /// Send papers the program wrote, one mail each; without --yes only say what would be sent
    Send(Send),
    /// Send the weekly digest; without --yes only say what would be sent
    Digest(Digest),
    /// Connect to the mail server and log in, and send nothing
    Check,
}

#[derive(Debug, Args)]
pub struct Send {
    /// Papers, by #id or number
    #[arg(required = true, value_name = "PAPER")]
    papers: Vec<String>,
    /// E-mail address it goes to, several times for several; without it those of the contacts
    #[arg(long, value_name = "ADDRESS")]
    to: Vec<String>,
    /// Attach this file, several times for several
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
    /// Send what was sent before once more
    #[arg(long)]
    again: bool,
    /// Send it
    #[arg(long)]
    yes: bool,
}

#[derive(Debug, Args)]
pub struct Digest {
    /// Person of ours, or e-mail address, it goes to, several times for several
    #[arg(long, required = true, value_name = "PERSON|ADDRESS")]
    to: Vec<String>,
    /// Only what this person or team looks after
    #[arg(long, value_name = "NAME")]
    lens: Option<String>,
    /// Send it
    #[arg(long)]
    yes: bool,
}

pub fn mail(session: &Session, what: &Mail) -> Result<()> {
    match what {
        Mail::Send(args) => send(session, args),
        Mail::Digest(args) => digest(session, args),
        Mail::Check => check(session),
    }
}

fn settings(session: &Session) -> Result<&MailServer> {
    let settings = session.config.mail.as_ref();
    settings.ok_or(Error::Mail(MailFault::NoServer(config::path()?)))
}

/// The server, with the password of who logs in there.
fn server(settings: &MailServer) -> Result<Server> {
    let login = settings.user.as_ref().map(|user| {
        let told = env::var(PASSWORD).ok().filter(|password| !password.is_empty());
        let password = match (told, &settings.password_command) {
            (Some(password), _) => password,
            (None, Some(command)) => run(command)?,
            (None, None) => return Err(Error::Mail(MailFault::NoPassword(user.clone()))),
        };
        Ok((user.clone(), password))
    });
    Ok(Server {
        host: settings.host.clone(),
        port: settings.port.unwrap_or(settings.security.port()),
        security: settings.security,
        login: login.transpose()?,
    })
}

/// The first line a command prints. It may ask the person for something.
fn run(command: &str) -> Result<String> {
    let failed =
        |why: String| Error::Mail(MailFault::PasswordCommand { command: command.to_owned(), why });
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut run = Command::new(shell);
    run.args([flag, command]).stdin(Stdio::inherit()).stderr(Stdio::inherit());
    let done = run.output().map_err(|why| failed(why.to_string()))?;
    let said = String::from_utf8_lossy(&done.stdout).lines().next().unwrap_or("").to_owned();
    if !done.status.success() || said.is_empty() {
        return Err(failed(done.status.to_string()));
    }
    Ok(said)
}

/// A mail that is ready to go, and the paper it is.
struct Outgoing {
    letter: Letter,
    paper: Option<(PaperId, String)>,
}

impl Outgoing {
    fn line(&self, mailed: Option<Mailed>) -> MailLine {
        MailLine {
            number: self.paper.as_ref().map(|(_, number)| number.clone()).unwrap_or_default(),
            subject: self.letter.subject.clone(),
            from: self.letter.from.clone(),
            to: self.letter.to.clone(),
            attachments: self.letter.attachments.clone(),
            message_id: self.letter.message_id.clone(),
            reply: mailed.map(|mailed| mailed.reply),
        }
    }
}

fn sent(session: &Session, paper: PaperId, mailed: Mailed) -> Change {
    let mark = PaperMark::Sent { channel: Some(Channel::Mail), mailed: Some(mailed) };
    Change::MarkPaper { paper, mark, on: session.today }
}

fn letter(settings: &MailServer, mut document: Document) -> Result<Letter> {
    if let Some(from) = &settings.from {
        document.mail.from.clone_from(from);
    }
    Letter::new(&document, crate::clock::now().into())
}

fn addresses(typed: &[String]) -> Vec<(String, String)> {
    typed.iter().map(|address| (String::new(), address.clone())).collect()
}

/// A person of ours by name, or an address.
fn receiver(store: &Reader, typed: &str) -> Result<(String, String)> {
    match store.person(typed)? {
        Some(person) if person.email.is_empty() => {
            Err(Error::Mail(MailFault::NoAddress(person.name)))
        }
        Some(person) => Ok((person.name, person.email)),
        None if typed.contains('@') => Ok((String::new(), typed.to_owned())),
        None => Err(Violation::Unknown { thing: Thing::Person, name: typed.to_owned() }.into()),
    }
}

fn send(session: &Session, args: &Send) -> Result<()> {
    let settings = settings(session)?;
    let mut store = session.open()?;
    let mut papers: Vec<Paper> = Vec::new();
    for name in &args.papers {
        let paper = store.paper(store.find_paper(name)?)?;
        if papers.iter().all(|known| known.head.id != paper.head.id) {
            papers.push(paper);
        }
    }
    let mut outgoing = Vec::new();
    for paper in papers {
        let head = &paper.head;
        if let Some(on) = head.sent_on.filter(|_| !args.again) {
            let number = head.number.clone();
            return Err(Error::Mail(MailFault::SentBefore { number, on }));
        }
        let mut document = written(session, &paper)?;
        let company = store.policy()?.company;
        document.mail.from = company.email;
        document.mail.from_name = company.name;
        document.mail.to = match (args.to.is_empty(), head.customer_id) {
            (true, Some(customer)) => store.customer_draft(customer)?.receivers(),
            (true, None) | (false, _) => addresses(&args.to),
        };
        document.title = session.lang.mail_subject(&document.title, &head.number);
        attach(&mut document, &args.attach)?;
        let letter = letter(settings, document)?;
        let mailed = Mailed {
            to: letter.to.clone(),
            message_id: letter.message_id.clone(),
            reply: String::new(),
        };
        let change = sent(session, head.id, mailed);
        if store.rehearse(&change, &session.context())?.proposed {
            return Err(Error::Mail(MailFault::Approval(head.number.clone())));
        }
        outgoing.push(Outgoing { letter, paper: Some((head.id, head.number.clone())) });
    }
    post(session, settings, Some(&mut store), &outgoing, args.yes)
}

fn digest(session: &Session, args: &Digest) -> Result<()> {
    let settings = settings(session)?;
    let store = session.read()?;
    let topic = Topic::Lens(args.lens.clone());
    let templates = templates()?;
    let mut document = writing(session, &store, (None, None), |writing| {
        make(DocumentKind::WeeklyDigest, &topic, writing, &templates)
    })?;
    document.mail.to = args.to.iter().map(|to| receiver(&store, to)).collect::<Result<_>>()?;
    let letter = letter(settings, document)?;
    post(session, settings, None, &[Outgoing { letter, paper: None }], args.yes)
}

/// Sends one mail after the other, and records each before the next. What fails ends it; what went out before is told.
fn post(
    session: &Session,
    settings: &MailServer,
    mut store: Option<&mut Store>,
    outgoing: &[Outgoing],
    yes: bool,
) -> Result<()> {
    if !yes {
        session.show(&Rows(outgoing.iter().map(|one| one.line(None)).collect()))?;
        if !session.global.quiet {
            note(session.lang.mail_nothing_sent());
        }
        return Ok(());
    }
    let mut connection = server(settings)?.connect()?;
    let mut lines = Vec::new();
    let mut ended = Ok(());
    for one in outgoing {
        let done = connection.send(&one.letter).and_then(|mailed| {
            lines.push(one.line(Some(mailed.clone())));
            match (store.as_deref_mut(), &one.paper) {
                (Some(store), Some((paper, number))) => {
                    record(session, store, (*paper, number), mailed)
                }
                (None, _) | (_, None) => Ok(()),
            }
        });
        if let Err(why) = done {
            ended = Err(why);
            break;
        }
    }
    connection.close();
    if !lines.is_empty() {
        session.done(session.show(&Rows(lines)))?;
    }
    ended
}

fn record(
    session: &Session,
    store: &mut Store,
    (paper, number): (PaperId, &str),
    mailed: Mailed,
) -> Result<()> {
    let message_id = mailed.message_id.clone();
    let recorded = store.apply(&sent(session, paper, mailed), &session.context());
    let not =
        |why| MailFault::NotRecorded { number: number.to_owned(), message_id, why: Box::new(why) };
    recorded.map(|_| ()).map_err(|why| Error::Mail(not(why)))
}

fn check(session: &Session) -> Result<()> {
    let server = server(settings(session)?)?;
    server.connect()?.close();
    print(&format!("{}\n", session.lang.mail_works(&format!("{}:{}", server.host, server.port))))
}
