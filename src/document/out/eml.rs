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
    let noon = document.day.and_time(NaiveTime::MIN).and_utc().timestamp() + 12 * 60 * 60;
    let noon = Duration::from_secs(u64::try_from(noon).unwrap_or(0));
    let mut message = message(document, SystemTime::UNIX_EPOCH + noon)?;
    message
        .headers_mut()
        .insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str("X-Unsent"), "1".to_owned()));
    Ok(message.formatted())
}

/// The message itself, of this moment: nothing else but what is in the document decides how it reads.
pub fn message(document: &Document, at: SystemTime) -> Result<Message> {
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
    builder = builder.date(at);
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

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::document::DocumentKind;
    use crate::text::Lang;

    /// RFC 2047, RFC 2231 and RFC 5322: words of 75 signs at most, none parted inside a sign of Chinese.
    #[test]
    fn a_chinese_subject_and_file_name_are_told_in_ascii() {
        use base64::Engine;

        let subject = "关于请贵司支付合同HT-2025-001逾期款项的函(催字〔2026〕001号)";
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let made = format!("# {subject}\n\n正文\n");
        let mut document = Document::of(DocumentKind::FormalNotice, &made, Lang::Zh, day);
        document.mail.from = "pm@example.com".to_owned();
        document.mail.to = vec![("陈女士".to_owned(), "chen@example.com".to_owned())];
        document.mail.attachments = vec![("催款函〔2026〕001号.pdf".to_owned(), b"%PDF".to_vec())];
        let mail = String::from_utf8(EML.bytes(&document).unwrap()).unwrap();
        assert!(mail.is_ascii() && mail.lines().all(|line| line.len() <= 998));
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        let (_, value) = head.split_once("Subject: ").unwrap();
        let value = value.replace("\r\n ", " ");
        let (value, _) = value.split_once("\r\n").unwrap();
        let decoded: String = value
            .split(' ')
            .map(|word| {
                assert!(word.len() <= 75, "{word}");
                let inner = word.strip_prefix("=?utf-8?b?").unwrap().strip_suffix("?=").unwrap();
                let bytes = base64::engine::general_purpose::STANDARD.decode(inner).unwrap();
                String::from_utf8(bytes).unwrap()
            })
            .collect();
        assert_eq!(decoded, subject);
        assert!(head.contains("\r\nDate: Sat, 21 Nov 2026 12:00:00 +0000"), "{head}");
        assert!(head.contains("\r\nMessage-ID: <formal_notice.2026-11-21."), "{head}");
        assert!(mail.contains("filename*0*=utf-8''"), "{mail}");
    }
}
