//! Talk as the demo tells it: steps of the ladder, chases, chats and promises.

use super::{Open, Teller};
use crate::demo::company::CHEN;
use crate::domain::change::{Change, PromiseDraft, TouchDraft};
use crate::domain::ids::ContactId;
use crate::domain::kinds::{Channel, Outcome, TouchKind};

impl Teller {
    /// A touch before anything is said about it.
    pub(super) fn touch(
        &self,
        about: &[Open],
        day: i64,
        channel: Channel,
    ) -> Option<(Open, TouchDraft)> {
        let first = *about.first()?;
        let liked = first.owner.cast.contacts.iter();
        let who = (0_i64..).zip(liked).find(|(_, c)| c.3 == channel);
        let contact = ContactId(first.owner.contact.0 + who.map_or(0, |(at, _)| at));
        let draft = TouchDraft {
            milestones: about.iter().map(|open| open.id).collect(),
            on: self.at_work(day),
            contact: Some(contact),
            channel,
            kind: TouchKind::Courtesy,
            step: None,
            outcome: Some(Outcome::Noted),
            cause: None,
            note: String::new(),
            next_on: None,
            promises: Vec::new(),
        };
        Some((first, draft))
    }

    pub(super) fn step(
        &mut self,
        about: &[Open],
        (day, step): (i64, u8),
        outcome: Outcome,
        note: &str,
    ) {
        let channel = match step {
            0 => Channel::Wechat,
            1 => Channel::Mail,
            2 => Channel::Phone,
            3 | 4 => Channel::Letter,
            5 => Channel::Lawyer,
            _ => Channel::Court,
        };
        if let Some((first, draft)) = self.touch(about, day, channel) {
            let draft = TouchDraft {
                kind: TouchKind::Dunning,
                step: Some(step),
                outcome: Some(outcome),
                note: note.to_owned(),
                ..draft
            };
            self.script.tell(first.manager, Change::LogContact(draft));
        }
    }

    pub(super) fn talk(&mut self, open: Open, day: i64, kind: TouchKind, note: &str) {
        let channel = if open.manager == CHEN {
            Channel::Mail
        } else {
            Channel::Wechat
        };
        if let Some((first, draft)) = self.touch(&[open], day, channel) {
            let draft = TouchDraft {
                kind,
                note: note.to_owned(),
                ..draft
            };
            self.script.tell(first.manager, Change::LogContact(draft));
        }
    }

    pub(super) fn promise(&mut self, open: Open, (made, by): (i64, i64), amount: i64, note: &str) {
        if let Some((first, draft)) = self.touch(&[open], made, Channel::Phone) {
            let promise = PromiseDraft {
                milestone: open.id,
                amount: Some(amount),
                pay_by: self.at(by),
            };
            let draft = TouchDraft {
                outcome: Some(Outcome::Promised),
                note: note.to_owned(),
                next_on: Some(self.at(by)),
                promises: vec![promise],
                ..draft
            };
            self.script.tell(first.manager, Change::LogContact(draft));
        }
    }
}
