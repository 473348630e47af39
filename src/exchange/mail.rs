//! Mails that went out, or would.

use super::lists::{Field, Listed, field};
use super::out::{Cell, Column};
use crate::text::Lang;

/// A mail, and what the server answered when it took it.
pub struct MailLine {
    /// Of the paper it is; empty where it is none.
    pub number: String,
    pub subject: String,
    pub from: String,
    /// Addresses, with a comma between.
    pub to: String,
    /// Names of files.
    pub attachments: Vec<String>,
    pub message_id: String,
    /// `None` while it was not sent.
    pub reply: Option<String>,
}

impl Listed for MailLine {
    fn title(lang: Lang) -> &'static str {
        lang.mails_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.form_paper_number()).named("number"), |m, _| {
                (&*m.number).into()
            }),
            field(Column::left(lang.state_word()).named("sent"), |m, lang| {
                let said = if m.reply.is_some() { lang.mail_sent() } else { lang.mail_unsent() };
                Cell::both(said, m.reply.is_some())
            }),
            field(Column::left(lang.mail_to_word()).named("to"), |m, _| (&*m.to).into()),
            field(Column::left(lang.mail_subject_word()).named("subject").spare(1), |m, _| {
                (&*m.subject).into()
            }),
            field(Column::left(lang.mail_from_word()).named("from").spare(3), |m, _| {
                (&*m.from).into()
            }),
            field(
                Column::left(lang.mail_attachments_word()).named("attachments").spare(4),
                |m, _| {
                    let names = m.attachments.iter().map(String::as_str);
                    Cell::both(m.attachments.join(" "), names.collect::<serde_json::Value>())
                },
            ),
            field(Column::left("Message-ID").named("message_id").spare(5), |m, _| {
                (&*m.message_id).into()
            }),
            field(Column::left(lang.mail_reply_word()).named("reply").spare(2), |m, _| {
                m.reply.as_deref().map_or(Cell::EMPTY, Into::into)
            }),
        ]
    }
}
