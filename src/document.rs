//! What the program writes from the facts: letters, statements, packs. A template makes Markdown of them; it is parsed
//! once, and each of [`out::FORMATS`] writes what was parsed. No output knows a document, no document knows an output.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::domain::about::Subject;
use crate::domain::change::PaperDraft;
use crate::domain::document::DocumentKind;
use crate::domain::money::Currency;
use crate::domain::paper::numbered;
use crate::domain::policy::Policy;
use crate::domain::rates::Lpr;
use crate::error::{Error, Result};
use crate::files;
use crate::store::Reader;
use crate::text::Lang;

mod accounts;
mod briefs;
mod client;
mod dossier;
mod letters;
pub mod mail;
pub mod markdown;
pub mod out;
mod packs;
mod parts;
pub mod template;
mod works;

use markdown::Block;
use template::Templates;

/// The shipped templates of each kind, in Chinese and in English.
macro_rules! templates {
    ($($kind:ident = $code:literal,)+) => {
        const fn templates(kind: DocumentKind) -> (&'static str, &'static str) {
            match kind {
                $(DocumentKind::$kind => (
                    include_str!(concat!("../assets/documents/", $code, ".zh.md")),
                    include_str!(concat!("../assets/documents/", $code, ".en.md")),
                ),)+
            }
        }
    };
}

templates! {
    HeadsUp = "heads_up",
    DueNotice = "due_notice",
    Reminder = "reminder",
    FormalNotice = "formal_notice",
    FinalNotice = "final_notice",
    Statement = "statement",
    DebtConfirmation = "debt_confirmation",
    PlanConfirmation = "plan_confirmation",
    PaymentApplication = "payment_application",
    ProgressReport = "progress_report",
    AcceptanceSheet = "acceptance_sheet",
    CompletionReport = "completion_report",
    SettlementSheet = "settlement_sheet",
    SuspensionNotice = "suspension_notice",
    ResumptionNotice = "resumption_notice",
    CallBrief = "call_brief",
    Answer = "answer",
    ClientPage = "client_page",
    MeetingPack = "meeting_pack",
    WeeklyDigest = "weekly_digest",
    Dossier = "dossier",
}

/// What a document is filled from.
pub struct Writing<'a> {
    pub store: &'a Reader,
    /// Where the ledger is: files of papers are named from there.
    pub ledger: &'a Path,
    pub policy: &'a Policy,
    pub lpr: &'a Lpr,
    /// The day it is written on.
    pub today: NaiveDate,
    pub lang: Lang,
    /// Who writes it.
    pub who: &'a str,
    /// The days it is about, where it is about some.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// What a document is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    Of(Subject),
    /// Whatever a lens shows; all without one.
    Lens(Option<String>),
}

/// What a template is given, and what is known of the document beside it.
pub struct Filled {
    pub context: Map<String, Value>,
    /// What it is filed about.
    pub about: Option<Subject>,
    /// Names and addresses of those it can be sent to.
    pub to: Vec<(String, String)>,
    /// Minor units on it.
    pub amount: Option<(i64, Currency)>,
    /// What lies beside it in a folder.
    pub enclosed: Vec<Enclosure>,
}

/// What lies beside a document in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Name of its file.
    pub name: String,
    pub what: Enclosed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enclosed {
    /// A copy of this file.
    File(PathBuf),
    /// What the program wrote before.
    Written(Box<Document>),
}

impl Enclosure {
    /// Puts it into a folder, whole or not at all.
    pub fn save(&self, folder: &Path) -> Result<()> {
        let path = folder.join(&self.name);
        match &self.what {
            Enclosed::Written(document) => out::DOCX.save(document, &path),
            Enclosed::File(from) => {
                let mut file = File::open(from).map_err(Error::io(from))?;
                let copied = files::write(&path, |out| io::copy(&mut file, out).map(|_| ()));
                copied.map_err(Error::io(&path))
            }
        }
    }
}

/// A document, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub kind: DocumentKind,
    pub lang: Lang,
    /// The day on it.
    pub day: NaiveDate,
    /// Its first heading.
    pub title: String,
    /// With the place of its number, until it has one.
    pub markdown: String,
    pub blocks: Vec<Block>,
    /// The same for a chat: some words, the shorter first.
    pub short: Vec<String>,
    pub about: Option<Subject>,
    pub amount: Option<(i64, Currency)>,
    pub mail: Mail,
    /// What lies beside it in a folder.
    pub enclosed: Vec<Enclosure>,
}

/// Where a document goes as a mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mail {
    pub from: String,
    pub from_name: String,
    /// Names and addresses.
    pub to: Vec<(String, String)>,
    /// Names and contents of files.
    pub attachments: Vec<(String, Vec<u8>)>,
}

impl Mail {
    /// The same each time for a letter, so that one sent twice is known as one.
    pub fn message_id(&self, document: &Document) -> String {
        let host = self.from.rsplit('@').next().unwrap_or("huikuan");
        let to = self.to.iter().map(|(_, address)| address.as_str()).collect::<Vec<_>>().join(",");
        let sum = crc32fast::hash([document.markdown.as_str(), &to].concat().as_bytes());
        format!("<{}.{}.{sum:08x}@{host}>", document.kind.code(), document.day)
    }
}

fn fill(kind: DocumentKind, topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    match kind {
        DocumentKind::HeadsUp
        | DocumentKind::DueNotice
        | DocumentKind::Reminder
        | DocumentKind::FormalNotice
        | DocumentKind::FinalNotice => letters::fill(kind, topic, writing),
        DocumentKind::Statement | DocumentKind::DebtConfirmation => {
            accounts::statement(topic, writing)
        }
        DocumentKind::PlanConfirmation | DocumentKind::SettlementSheet => {
            accounts::contract(kind, topic, writing)
        }
        DocumentKind::PaymentApplication => accounts::application(topic, writing),
        DocumentKind::ProgressReport
        | DocumentKind::CompletionReport
        | DocumentKind::ResumptionNotice => works::project(topic, writing),
        DocumentKind::SuspensionNotice => works::suspension(topic, writing),
        DocumentKind::AcceptanceSheet => works::acceptance(topic, writing),
        DocumentKind::CallBrief => briefs::call(topic, writing),
        DocumentKind::Answer => briefs::answer(topic, writing),
        DocumentKind::ClientPage => client::page(topic, writing),
        DocumentKind::MeetingPack | DocumentKind::WeeklyDigest => packs::fill(topic, writing),
        DocumentKind::Dossier => dossier::fill(topic, writing),
    }
}

/// What a template of this kind is given.
pub fn context(kind: DocumentKind, topic: &Topic, writing: &Writing<'_>) -> Result<Filled> {
    let mut filled = fill(kind, topic, writing)?;
    let company = &writing.policy.company;
    let us = json!({
        "name": company.name,
        "address": company.address,
        "phone": company.phone,
        "email": company.email,
        "tax_no": company.tax_no,
        "account": company.account,
        "signatory": company.signatory,
    });
    filled.context.insert("us".to_owned(), us);
    filled.context.insert("writer".to_owned(), writing.who.into());
    let today = writing.lang.letter_day(writing.today);
    filled.context.insert("today".to_owned(), today.into());
    Ok(filled)
}

/// Writes a document.
pub fn make(
    kind: DocumentKind,
    topic: &Topic,
    writing: &Writing<'_>,
    templates: &Templates,
) -> Result<Document> {
    let filled = context(kind, topic, writing)?;
    let template = templates.read(kind, writing.lang)?;
    let made = template.render(&filled.context)?;
    let company = &writing.policy.company;
    let mail = Mail {
        from: company.email.clone(),
        from_name: company.name.clone(),
        to: filled.to,
        attachments: Vec::new(),
    };
    let mut document = Document::of(kind, &made, writing.lang, writing.today);
    document.about = filled.about;
    document.amount = filled.amount;
    document.mail = mail;
    document.enclosed = filled.enclosed;
    Ok(document)
}

/// What parts a letter from the words for a chat.
const SHORT: &str = "<!-- short -->";

impl Document {
    /// A document that was written before, or was just now.
    pub fn of(kind: DocumentKind, made: &str, lang: Lang, day: NaiveDate) -> Self {
        let (letter, short) = made.split_once(SHORT).unwrap_or((made, ""));
        let markdown = format!("{}\n", letter.trim());
        let blocks = markdown::parse(&markdown);
        let title = blocks.iter().find_map(|block| match block {
            Block::Heading { text, .. } => Some(markdown::plain(text)),
            Block::Paragraph { .. }
            | Block::List { .. }
            | Block::Table { .. }
            | Block::Quote(_)
            | Block::Rule
            | Block::NewPage => None,
        });
        let short = markdown::parse(short).into_iter().filter_map(|block| match block {
            Block::Paragraph { text, .. } => Some(markdown::plain(&text)),
            Block::Heading { .. }
            | Block::List { .. }
            | Block::Table { .. }
            | Block::Quote(_)
            | Block::Rule
            | Block::NewPage => None,
        });
        Self {
            kind,
            lang,
            day,
            title: title.unwrap_or_else(|| lang.document_kind(kind).to_owned()),
            short: short.collect(),
            blocks,
            markdown,
            about: None,
            amount: None,
            mail: Mail::default(),
            enclosed: Vec::new(),
        }
    }

    /// With its number in its place; without one it says that it is a draft.
    #[must_use]
    pub fn numbered(self, number: Option<&str>) -> Self {
        let number = number.unwrap_or_else(|| self.lang.document_draft());
        let markdown = numbered(&self.markdown, number);
        self.reworded(&markdown)
    }

    /// The same, in other words.
    #[must_use]
    pub fn reworded(self, markdown: &str) -> Self {
        let (short, mail) = (self.short, self.mail);
        let (about, amount, enclosed) = (self.about, self.amount, self.enclosed);
        Self {
            short,
            about,
            amount,
            mail,
            enclosed,
            ..Self::of(self.kind, markdown, self.lang, self.day)
        }
    }

    /// As it is filed; `None` for what is no paper.
    pub fn draft(&self) -> Option<PaperDraft> {
        let mut draft = PaperDraft::new(self.kind.paper()?, self.about.clone()?, self.day);
        draft.title.clone_from(&self.title);
        draft.body.clone_from(&self.markdown);
        draft.amount = self.amount.map(|(amount, _)| amount);
        draft.currency = self.amount.map(|(_, currency)| currency);
        Some(draft)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn each_kind_has_the_templates_of_its_code_and_each_file_is_one() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/documents");
        let mut named: Vec<String> = Vec::new();
        for kind in DocumentKind::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let name = template::file_name(*kind, lang);
                let file = fs::read_to_string(folder.join(&name)).unwrap();
                assert_eq!(file, template::shipped(*kind, lang), "{name}");
                named.push(name);
            }
        }
        let mut found: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        named.sort();
        found.sort();
        assert_eq!(found, named);
    }
}
