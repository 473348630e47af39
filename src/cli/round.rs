//! `dun`: the dunning round of a day, looked at or filed.

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::Args;

use super::args::Files;
use super::document::{tell_nameless, templates, writing};
use super::report::{lens, load};
use super::session::Session;
use crate::document::out::{DOCX, file_name};
use crate::document::{Document, Topic, make};
use crate::domain::about::Subject;
use crate::domain::change::Change;
use crate::domain::ids::PaperId;
use crate::error::{Error, Result};
use crate::exchange::lists::Rows;
use crate::exchange::round::{FiledLetter, RoundList};
use crate::files;
use crate::portfolio::Portfolio;
use crate::report::digest;
use crate::report::round::{Round, RoundLetter};
use crate::store::Reader;

#[derive(Debug, Args)]
pub struct Dun {
    /// File the letters as drafts, with their numbers; one event each
    #[arg(long)]
    draft: bool,
    /// Only what this person or team has to see to, or “me”
    #[arg(long, value_name = "NAME")]
    lens: Option<String>,
    /// Write the list to this file, several times for several; with --draft the folder the letters are written to
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
}

pub fn dun(session: &Session, args: &Dun) -> Result<()> {
    if args.draft {
        return draft(session, args);
    }
    let store = session.read()?;
    let (portfolio, round) = read(session, &store, args)?;
    let files = Files { output: args.output.clone() };
    session.give(&RoundList::new(&round, &portfolio), &files)
}

fn read(session: &Session, store: &Reader, args: &Dun) -> Result<(ManuallyDrop<Portfolio>, Round)> {
    let whose = args.lens.as_ref().map(|name| lens(session, store, name)).transpose()?;
    let mut portfolio = load(store, session.today)?;
    let mut digest = digest::digest(store, &portfolio)?;
    if let Some(whose) = &whose {
        digest.narrow(whose, &portfolio);
    }
    let round = Round::of(&portfolio, &digest.worklist, |_, _| true)?;
    let round = round.without_drafts(store, &portfolio)?;
    portfolio.name(store, &round.ids())?;
    Ok((portfolio, round))
}

/// Files the letters. All are written before the first is filed: what is wrong with a template files nothing.
fn draft(session: &Session, args: &Dun) -> Result<()> {
    for folder in &args.output {
        session.spares_ledger(folder)?;
        files::create_folder(folder).map_err(Error::io(folder))?;
    }
    let mut store = session.open()?;
    let letters = {
        let (portfolio, round) = read(session, &store, args)?;
        let templates = templates()?;
        let write = |letter: &RoundLetter| -> Result<(Document, String)> {
            let topic = Topic::Of(Subject::Milestones(letter.milestones.clone()));
            let document = writing(session, &store, (None, None), |writing| {
                make(letter.kind, &topic, writing, &templates)
            })?;
            Ok((document, portfolio.names.customer(letter.customer).short().to_owned()))
        };
        round.letters.iter().map(write).collect::<Result<Vec<_>>>()?
    };
    let mut filed = Vec::new();
    for (document, customer) in letters {
        let draft = document.draft().ok_or(Error::Bug("a letter about nothing"))?;
        let applied = store.apply(&Change::FilePaper(draft), &session.context())?;
        let id = applied.created.first().copied().map(PaperId);
        let number = store.paper(id.ok_or(Error::Bug("a draft was not filed"))?)?.head.number;
        let kind = document.kind;
        let document = document.numbered(Some(&number));
        let mut written = Vec::new();
        for folder in &args.output {
            let name = file_name(&[kind.code(), &number, &customer], DOCX.ending);
            let path = folder.join(name);
            DOCX.save(&document, &path)?;
            written.push(path.display().to_string());
        }
        filed.push(FiledLetter { number, kind, customer, file: written.join(" ") });
    }
    tell_nameless(session, &store)?;
    session.done(session.show(&Rows(filed)))
}
