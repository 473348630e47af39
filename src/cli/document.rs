//! What the program writes: `make` a document, `paper print` one that was filed, and the templates they come from.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::json;

use super::note::about;
use super::session::{Session, note as tell, print, print_bytes, print_json};
use super::words::code;
use crate::config;
use crate::demo::{self, Company};
use crate::document::out::{Format, TEXT, bundle, file_name as file_name_of};
use crate::document::template::{Templates, file_name, shipped, strays};
use crate::document::{Document, Topic, Writing, context, make as write};
use crate::domain::about::{About, Subject};
use crate::domain::change::Change;
use crate::domain::document::{DocumentKind, DocumentScope};
use crate::domain::ids::PaperId;
use crate::editor;
use crate::error::document::NothingToWrite;
use crate::error::{Error, Result};
use crate::exchange::lists::{Field, Listed, Rows, field};
use crate::exchange::out::{Cell, Column};
use crate::exchange::sanitize;
use crate::files;
use crate::store::{Paper, Reader, Store};
use crate::text::Lang;

#[derive(Debug, Args)]
pub struct Make {
    /// Kind: {document_kinds}
    kind: String,
    /// What it is about: customer, project, or one or several milestones, by code, key, name or #id
    #[arg(value_name = "ABOUT")]
    about: Vec<String>,
    /// What it is about, where it could be several: customer, project, milestone
    #[arg(long = "as", value_name = "THING")]
    thing: Option<String>,
    /// Write to this file or folder, several times for several; the ending picks the format: {document_formats}; .zip packs a dossier with its papers
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Vec<PathBuf>,
    /// Format of what is printed, or of the files in a folder: {document_formats}
    #[arg(long)]
    format: Option<String>,
    /// File it in the ledger as a draft, which gives it its number
    #[arg(long)]
    draft: bool,
    /// Print the words for a chat instead
    #[arg(long)]
    short: bool,
    /// Print what its template is given, as JSON
    #[arg(long)]
    context: bool,
    /// First day it is about
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<String>,
    /// Last day it is about
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
    /// Only what this person or team looks after
    #[arg(long, value_name = "NAME")]
    lens: Option<String>,
    /// E-mail address it goes to, several times for several; without it those of the contacts
    #[arg(long, value_name = "ADDRESS")]
    mail_to: Vec<String>,
    /// Attach this file to the mail, several times for several
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct PrintPaper {
    /// Paper, by #id or number
    paper: String,
    /// Write to this file, several times for several; the ending picks the format: {document_formats}
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum TemplateCommand {
    /// List templates, and which are your own
    List,
    /// Print a template
    Show {
        /// Kind: {document_kinds}
        kind: String,
    },
    /// Edit a template of your own, beginning with the shipped one
    Edit {
        /// Kind: {document_kinds}
        kind: String,
    },
    /// Check templates of your own by filling them in on the demo ledger
    Check {
        /// Kind; without it all
        kind: Option<String>,
    },
}

/// The user's templates: `documents` beside the configuration.
pub(super) fn templates() -> Result<Templates> {
    Ok(Templates::new(config::templates()?))
}

pub fn make(session: &Session, args: &Make) -> Result<()> {
    let kind: DocumentKind = code("KIND", &args.kind, session.lang)?;
    let formats = formats(kind, args)?;
    for path in &args.output {
        session.spares_ledger(path)?;
    }
    if !args.draft {
        let store = session.read()?;
        if args.context {
            let about = topic(session, &store, kind, args)?;
            return with(session, &store, args, |writing| {
                print_json(&context(kind, &about, writing)?.context)
            });
        }
        let document = compose(session, &store, kind, args)?;
        return give(session, &document.numbered(None), None, &formats, args);
    }
    if kind.paper().is_none() {
        return Err(Error::choice("--draft", kind.code(), &filed(session.lang)));
    }
    let mut store = session.open()?;
    let document = compose(session, &store, kind, args)?;
    let draft = document.draft().ok_or(Error::Bug("a document about nothing"))?;
    // What cannot be written is said before anything is filed.
    for (format, _) in &formats {
        format.bytes(&document)?;
    }
    let applied = store.apply(&Change::FilePaper(draft), &session.context())?;
    let id = applied.created.first().copied().map(PaperId);
    let id = id.ok_or(Error::Bug("a draft was not filed"))?;
    let number = store.paper(id)?.head.number;
    tell_nameless(session, &store)?;
    give(session, &document.numbered(Some(&number)), Some(&(id, number)), &formats, args)
}

/// Says that letters have no sender, where that is so.
pub(super) fn tell_nameless(session: &Session, store: &Reader) -> Result<()> {
    if store.policy()?.company.is_nameless() && !session.global.quiet {
        tell(session.lang.document_no_company());
    }
    Ok(())
}

fn with<T>(
    session: &Session,
    store: &Reader,
    args: &Make,
    write: impl FnOnce(&Writing<'_>) -> Result<T>,
) -> Result<T> {
    let from = session.past_or_none("--from", args.from.as_deref())?;
    let to = session.past_or_none("--until", args.until.as_deref())?;
    writing(session, store, (from, to), write)
}

/// Writes with what a session knows, about these days where it is about some.
pub(super) fn writing<T>(
    session: &Session,
    store: &Reader,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    write: impl FnOnce(&Writing<'_>) -> Result<T>,
) -> Result<T> {
    write(&Writing {
        store,
        ledger: &session.ledger_path()?,
        policy: &store.policy()?,
        lpr: &config::rates_with(&config::rates_file()?)?,
        today: session.today,
        lang: session.lang,
        who: &session.who,
        from,
        to,
    })
}

fn compose(session: &Session, store: &Reader, kind: DocumentKind, args: &Make) -> Result<Document> {
    let about = topic(session, store, kind, args)?;
    let mut document =
        with(session, store, args, |writing| write(kind, &about, writing, &templates()?))?;
    if !args.mail_to.is_empty() {
        let to = args.mail_to.iter();
        document.mail.to = to.map(|address| (String::new(), address.clone())).collect();
    }
    attach(&mut document, &args.attach)?;
    Ok(document)
}

/// Lays files into the mail a document is.
pub(super) fn attach(document: &mut Document, files: &[PathBuf]) -> Result<()> {
    for path in files {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let bytes = fs::read(path).map_err(Error::io(path))?;
        document.mail.attachments.push((name.unwrap_or_default(), bytes));
    }
    Ok(())
}

/// The kinds that are filed.
fn filed(lang: Lang) -> String {
    let kinds = DocumentKind::ALL.iter().filter(|kind| kind.paper().is_some());
    let named = kinds.map(|kind| format!("{} {}", kind.code(), lang.document_kind(*kind)));
    named.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// The formats of the files that were asked for; of a folder or a zip file that of `--format`.
fn formats(kind: DocumentKind, args: &Make) -> Result<Vec<(&'static Format, PathBuf)>> {
    let named = args.format.as_deref().map(|name| {
        let known = crate::document::out::FORMATS.map(|format| format.ending).join(", ");
        Format::named(name).ok_or_else(|| Error::choice("--format", name, &known))
    });
    let named = named.transpose()?;
    let usual = named.unwrap_or(&crate::document::out::DOCX);
    let files = args.output.iter().map(|path| {
        if is_folder(path) {
            Ok((usual, path.clone()))
        } else if bundle::is_named(path) {
            let beside = kind.has_enclosures().then(|| (usual, path.clone()));
            beside.ok_or(Error::NoDocument(NothingToWrite::NothingBeside))
        } else {
            Ok((Format::of(path)?, path.clone()))
        }
    });
    let mut files: Vec<_> = files.collect::<Result<_>>()?;
    if files.is_empty()
        && let Some(format) = named
    {
        files.push((format, PathBuf::new()));
    }
    Ok(files)
}

/// Whether files go into it: a folder, or one that is to be made, whose name ends as one's does.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// Prints a document, or writes its files.
fn give(
    session: &Session,
    document: &Document,
    paper: Option<&(PaperId, String)>,
    formats: &[(&'static Format, PathBuf)],
    args: &Make,
) -> Result<()> {
    let mut written: Vec<String> = Vec::new();
    for (format, path) in formats {
        if path.as_os_str().is_empty() {
            return print_bytes(&format.bytes(document)?);
        }
        let number = paper.map_or("", |(_, number)| number.as_str());
        let words = [document.kind.code(), number, args.about.first().map_or("", |a| a)];
        let name = file_name_of(&words, format.ending);
        let path = if is_folder(path) {
            files::create_folder(path).map_err(Error::io(path))?;
            enclose(session, document, path, &mut written)?;
            path.join(&name)
        } else {
            path.clone()
        };
        if bundle::is_named(&path) {
            bundle::save(document, format, &name, &path)?;
        } else {
            format.save(document, &path)?;
        }
        written.push(path.display().to_string());
    }
    if session.global.json {
        return session.done(print_json(&json!({
            "kind": document.kind.code(),
            "title": document.title,
            "paper": paper.map(|(id, _)| id.to_string()),
            "number": paper.map(|(_, number)| number),
            "files": written,
            "short": document.short,
            "markdown": document.markdown,
        })));
    }
    if args.short {
        return print(&format!("{}\n", sanitize_lines(&document.short)));
    }
    if let Some((id, _)) = paper
        && !session.global.quiet
    {
        let called = format!("{}: {}", session.lang.document_kind(document.kind), document.title);
        tell(&sanitize::text(&session.lang.confirm_filed(*id, &called)));
    }
    if written.is_empty() {
        return session.done(print_bytes(&TEXT.bytes(document)?));
    }
    if session.global.quiet {
        return Ok(());
    }
    session.done(print(&format!("{}\n", written.join("\n"))))
}

/// Puts what lies beside a document into its folder.
fn enclose(
    session: &Session,
    document: &Document,
    folder: &Path,
    written: &mut Vec<String>,
) -> Result<()> {
    for one in &document.enclosed {
        let path = folder.join(&one.name);
        session.spares_ledger(&path)?;
        one.save(folder)?;
        written.push(path.display().to_string());
    }
    Ok(())
}

fn sanitize_lines(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| sanitize::text(line).into_owned()).collect();
    lines.join("\n\n")
}

/// What a document is about, from what was typed.
fn topic(session: &Session, store: &Reader, kind: DocumentKind, args: &Make) -> Result<Topic> {
    let scope = kind.scope();
    if scope == DocumentScope::Lens {
        return Ok(Topic::Lens(args.lens.clone()));
    }
    let thing = args.thing.as_deref();
    match args.about.as_slice() {
        [] => Err(Error::NoDocument(NothingToWrite::About(scope))),
        [one] => Ok(Topic::Of(match about(session, store, one, thing)? {
            About::Customer(id) => Subject::Customer(id),
            About::Project(id) => Subject::Project(id),
            About::Milestone(id) => Subject::Milestones(vec![id]),
        })),
        several => {
            let ids = several.iter().map(|name| store.find_milestone(name));
            Ok(Topic::Of(Subject::Milestones(ids.collect::<Result<_>>()?)))
        }
    }
}

/// A paper as the program wrote it.
pub(super) fn written(session: &Session, paper: &Paper) -> Result<Document> {
    let kind = DocumentKind::ALL.iter().find(|kind| kind.paper() == Some(paper.head.kind));
    let kind = kind.filter(|_| !paper.head.body.is_empty());
    let kind = kind.ok_or(Error::NoDocument(NothingToWrite::NoBody))?;
    Ok(Document::of(*kind, &paper.head.body, session.lang, paper.head.dated_on))
}

pub fn print_paper(session: &Session, args: &PrintPaper) -> Result<()> {
    let store = session.read()?;
    let paper = store.paper(store.find_paper(&args.paper)?)?;
    let document = written(session, &paper)?;
    if args.output.is_empty() {
        return print_bytes(&TEXT.bytes(&document)?);
    }
    for path in &args.output {
        session.spares_ledger(path)?;
        Format::of(path)?;
    }
    for path in &args.output {
        Format::of(path)?.save(&document, path)?;
    }
    Ok(())
}

/// A template in the list of them.
struct TemplateLine {
    kind: DocumentKind,
    file: Option<PathBuf>,
}

impl Listed for TemplateLine {
    fn title(lang: Lang) -> &'static str {
        lang.templates_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.form_paper_kind()).named("kind"), |t, _| t.kind.code().into()),
            field(Column::left(lang.template_name()).named("name"), |t, lang| {
                lang.document_kind(t.kind).into()
            }),
            field(Column::left(lang.template_own()).named("file"), |t, _| {
                t.file.as_ref().map_or(Cell::EMPTY, |path| path.display().to_string().into())
            }),
        ]
    }
}

pub fn template(session: &Session, what: &TemplateCommand) -> Result<()> {
    let (templates, lang) = (templates()?, session.lang);
    match what {
        TemplateCommand::List => {
            let mut lines = Vec::new();
            for kind in DocumentKind::ALL {
                lines.push(TemplateLine { kind: *kind, file: templates.read(*kind, lang)?.file });
            }
            session.show(&Rows(lines))
        }
        TemplateCommand::Show { kind } => {
            print(&templates.read(code("KIND", kind, lang)?, lang)?.text)
        }
        TemplateCommand::Edit { kind } => edit(session, &templates, code("KIND", kind, lang)?),
        TemplateCommand::Check { kind } => {
            let kind = kind.as_deref().map(|kind| code("KIND", kind, lang)).transpose()?;
            check(session, &templates, kind)
        }
    }
}

fn edit(session: &Session, templates: &Templates, kind: DocumentKind) -> Result<()> {
    let path = templates.own(kind, session.lang).ok_or(Error::NoHome)?;
    if !path.exists() {
        files::create_folder(files::folder_of(&path)).map_err(Error::io(&path))?;
        let text = shipped(kind, session.lang);
        files::write(&path, |out| out.write_all(text.as_bytes())).map_err(Error::io(&path))?;
    }
    if !std::io::stdin().is_terminal() {
        return print(&format!("{}\n", path.display()));
    }
    editor::open(&path)?;
    check(session, templates, Some(kind))
}

/// Fills templates in on the demo ledger, where each kind finds something to be about.
fn check(session: &Session, templates: &Templates, only: Option<DocumentKind>) -> Result<()> {
    let mut store = Store::throwaway(&std::env::temp_dir())?;
    let company = match session.lang {
        Lang::Zh => Company::Chinese,
        Lang::En => Company::English,
    };
    demo::small(&mut store, session.today, company)?;
    let (policy, lpr) = (store.policy()?, config::rates_with(&config::rates_file()?)?);
    let mut good = 0;
    for kind in DocumentKind::ALL.iter().filter(|kind| only.is_none_or(|only| only == **kind)) {
        for lang in [Lang::Zh, Lang::En] {
            let template = templates.read(*kind, lang)?;
            if template.file.is_none() && only.is_none() {
                continue;
            }
            let writing = Writing {
                store: &store,
                ledger: store.path(),
                policy: &policy,
                lpr: &lpr,
                today: session.today,
                lang,
                who: &session.who,
                from: None,
                to: None,
            };
            for filled in samples(*kind, &writing)? {
                template.render(&filled.context)?;
            }
            good += 1;
        }
    }
    let strays = strays(&config::templates()?)?;
    for stray in &strays {
        tell(&session.lang.template_stray(
            &stray.display().to_string(),
            &file_name(DocumentKind::FormalNotice, session.lang),
        ));
    }
    print(&format!("{}\n", session.lang.templates_well(good)))
}

/// What a kind is filled with wherever the ledger has something for it.
fn samples(kind: DocumentKind, writing: &Writing<'_>) -> Result<Vec<crate::document::Filled>> {
    let store = writing.store;
    let topics: Vec<Topic> = match kind.scope() {
        DocumentScope::Customer => {
            let all = store.customer_ids()?.into_iter();
            all.map(|id| Topic::Of(Subject::Customer(id))).collect()
        }
        DocumentScope::Project => {
            let all = store.project_ids()?.into_iter();
            all.map(|id| Topic::Of(Subject::Project(id))).collect()
        }
        DocumentScope::Milestone => {
            let all = store.items()?.into_iter();
            all.map(|item| Topic::Of(Subject::Milestones(vec![item.id]))).collect()
        }
        DocumentScope::Lens => vec![Topic::Lens(None)],
    };
    let mut samples = Vec::new();
    for topic in topics {
        match context(kind, &topic, writing) {
            Ok(filled) => samples.push(filled),
            Err(Error::NoDocument(_)) => {}
            Err(why) => return Err(why),
        }
    }
    Ok(samples)
}
