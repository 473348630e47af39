//! Reports: the digest of today, lists, aging tables.

use std::path::Path;

use crate::domain::aging::{AgeBy, Buckets};
use crate::error::{Error, Result};
use crate::exchange::out::{self, Format, Table};
use crate::exchange::{aging as aging_file, digest as digest_file, list as list_file};
use crate::portfolio::Portfolio;
use crate::report::aging::{self, GroupBy};
use crate::report::digest;
use crate::report::filter::Filter;
use crate::report::list as list_report;

use super::args;
use super::session::{Session, print};

pub fn today(session: &Session) -> Result<()> {
    let store = session.open()?;
    let mut book = Portfolio::load(&store, session.today)?;
    let digest = digest::digest(&store, &book)?;
    let (work, waiting) = digest::lines(&store, &mut book, &digest)?;
    if session.global.json {
        return print(&digest_file::json(&digest, &work, &waiting));
    }
    print(&digest_file::text(&digest, &work, &waiting, session.lang))
}

pub fn list(session: &Session, args: &args::List) -> Result<()> {
    let store = session.open()?;
    let filter = match &args.filter {
        Some(text) => Filter::parse(text, session.today)?,
        None => Filter::default(),
    };
    let mut book = Portfolio::load(&store, session.today)?;
    let closed = if args.all {
        store.closed_items(session.today)?
    } else {
        Vec::new()
    };
    book.name_all(&store, &closed)?;
    let rows: Vec<list_report::ListRow> =
        list_report::rows(&book, book.items().iter().chain(&closed))
            .into_iter()
            .filter(|row| filter.matches(row))
            .collect();
    let title = session.lang.list_title(&session.today.to_string());
    let json = || list_file::json(&rows);
    let table = |grouped| list_file::cells(&rows, title.clone(), session.lang, grouped);
    give(session, args.output.as_deref(), json, table)
}

pub fn aging(session: &Session, args: &args::Aging) -> Result<()> {
    let as_of = session.past("--as-of", args.as_of.as_deref())?;
    let by = GroupBy::from_code(&args.by).ok_or_else(|| {
        let known: Vec<&str> = GroupBy::ALL.iter().map(|by| by.code()).collect();
        Error::choice("--by", &args.by, &known.join(", "))
    })?;
    let age_by = AgeBy::from_code(&args.age_by).ok_or_else(|| {
        let known: Vec<&str> = AgeBy::ALL.iter().map(|basis| basis.code()).collect();
        Error::choice("--age-by", &args.age_by, &known.join(", "))
    })?;
    let edges = args
        .buckets
        .parse()
        .map_err(|e: crate::domain::aging::EdgesError| Error::flag("--buckets", e))?;
    let buckets = Buckets { age_by, edges };
    let store = session.open()?;
    let mut book = Portfolio::load(&store, as_of)?;
    let table = aging::table(book.items(), &book.unapplied, as_of, by, &buckets)?;
    aging::read_names(&table, &mut book.names, &store)?;
    let document = aging_file::document(&table, &book.names, session.lang);
    let json = || aging_file::json(&document);
    let cells = |grouped| aging_file::cells(&document, Some(&buckets.edges), session.lang, grouped);
    give(session, args.output.as_deref(), json, cells)
}

/// Prints a report, or writes it to a file in the format its ending asks for.
fn give(
    session: &Session,
    output: Option<&Path>,
    json: impl Fn() -> serde_json::Result<String>,
    table: impl Fn(bool) -> Table,
) -> Result<()> {
    let json = || json().map_err(crate::error::Error::from);
    let Some(path) = output else {
        return if session.global.json {
            print(&json()?)
        } else {
            print(&out::text(&table(true)))
        };
    };
    let bytes = match Format::of(path)? {
        Format::Csv => out::csv(&table(false)),
        Format::Json => json()?.into_bytes(),
        Format::Md => out::md(&table(true)).into_bytes(),
        Format::Text => out::text(&table(true)).into_bytes(),
    };
    out::write_file(path, &bytes).map_err(|source| Error::Io {
        path: path.to_owned(),
        source,
    })?;
    if session.global.quiet {
        return Ok(());
    }
    print(&format!("{}\n", path.display()))
}
