//! A mail to send: the letter as text and as a page, with its attachments. It opens as a draft in a mail program.

use std::time::{Duration, SystemTime};

use chrono::NaiveTime;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};

use super::{Format, html, text};
use crate::document::Document;
use crate::error::document::MailFault;
use crate::error::{Error, Result};

pub const EML: Format = Format { ending: "eml", write };

fn write(document: &Document) -> Result<Vec<u8>> {
    let mut message = message(document)?;
    message
        .headers_mut()
        .insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str("X-Unsent"), "1".to_owned()));
    Ok(message.formatted())
}

/// The message itself. Its day is that of the letter, and what is in it alone decides how it reads.
pub fn message(document: &Document) -> Result<Message> {
    let (mail, refused) = (&document.mail, Error::Mail);
    let from = address(&mail.from, &mail.from_name).ok_or_else(|| match mail.from.trim() {
        "" => refused(MailFault::NoSender),
        typed => refused(MailFault::BadAddress(typed.to_owned())),
    })?;
    let mut builder = Message::builder().from(from).subject(document.title.clone());
    for (name, typed) in &mail.to {
        let to = address(typed, name);
        builder = builder.to(to.ok_or_else(|| refused(MailFault::BadAddress(typed.clone())))?);
    }
    if mail.to.is_empty() {
        return Err(refused(MailFault::NoReceiver));
    }
    let noon = document.day.and_time(NaiveTime::MIN).and_utc().timestamp() + 12 * 60 * 60;
    let noon = u64::try_from(noon).unwrap_or(0);
    builder = builder.date(SystemTime::UNIX_EPOCH + Duration::from_secs(noon));
    let id = mail.message_id(document);
    builder = builder.message_id(Some(id.clone()));
    let plain = text::lines(&document.blocks, 72).join("\n");
    let both = MultiPart::alternative()
        .boundary(format!("alternative-{id}").replace(['<', '>', '@'], "-"))
        .singlepart(SinglePart::plain(plain))
        .singlepart(SinglePart::html(html::page(document)));
    let whole = if mail.attachments.is_empty() {
        both
    } else {
        let mixed = MultiPart::mixed()
            .boundary(format!("mixed-{id}").replace(['<', '>', '@'], "-"))
            .multipart(both);
        mail.attachments.iter().fold(mixed, |mixed, (name, bytes)| {
            let kind = ContentType::parse(mime(name)).unwrap_or(ContentType::TEXT_PLAIN);
            mixed.singlepart(Attachment::new(name.clone()).body(bytes.clone(), kind))
        })
    };
    builder.multipart(whole).map_err(|_| Error::Bug("a message was not built"))
}

fn address(typed: &str, name: &str) -> Option<Mailbox> {
    let name = Some(name.trim()).filter(|name| !name.is_empty());
    Some(Mailbox::new(name.map(str::to_owned), typed.trim().parse().ok()?))
}

/// What a file is, by its ending.
fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "html" | "htm" => "text/html",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "csv" => "text/csv",
        "txt" | "md" => "text/plain",
        _ => "application/octet-stream",
    }
}
