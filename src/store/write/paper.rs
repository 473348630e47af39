//! Papers: filed, sent, delivered, signed; and the numbers of those we write.

use chrono::{Datelike, NaiveDate};

use crate::domain::about::Subject;
use crate::domain::change::{Change, PaperDraft, PaperMark, TouchDraft};
use crate::domain::ids::{MilestoneId, PaperId, TouchId};
use crate::domain::kinds::{Channel, PaperKind, TouchKind};
use crate::domain::mail::Mailed;
use crate::domain::paper::{self, NumberFormat, PaperDays};
use crate::domain::violation::{Field, Thing, Violation};
use crate::domain::{as_of, rules};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::rows::{PaperMilestoneRow, PaperRow};
use crate::store::write::todo;
use crate::store::{facts, settings, unknown};

impl Writer<'_> {
    pub(super) fn file_paper(&mut self, draft: &PaperDraft) -> Result<()> {
        rules::paper(draft, self.context.today)?;
        let (mut customer, mut project, mut milestones) = (None, None, Vec::new());
        match &draft.about {
            Subject::Customer(id) => customer = Some(*id),
            Subject::Project(id) => project = Some(*id),
            Subject::Milestones(ids) => {
                self.one_customer(ids)?;
                milestones = rules::milestones(ids)?;
            }
        }
        let known = [
            customer.map(|id| (Thing::Customer, "customer", id.0)),
            project.map(|id| (Thing::Project, "project", id.0)),
        ];
        for (thing, table, id) in known.into_iter().flatten() {
            if !self.db.exists(&format!("SELECT 1 FROM {table} WHERE id = $1"), values![id])? {
                return Err(unknown(thing, format_args!("#{id}")));
            }
        }
        self.happened(draft.dated)?;
        let written = draft.kind.is_ours() || !draft.body.is_empty();
        let number = self.paper_number(draft.kind, written, draft.number.trim(), draft.dated)?;
        let body = paper::numbered(&draft.body, &number);
        let paper = self.create(&PaperRow {
            kind: draft.kind,
            customer,
            project,
            number,
            title: draft.title.trim().to_owned(),
            dated_on: draft.dated,
            sent_on: None,
            sent_by: None,
            delivered_on: None,
            proof: String::new(),
            signed_on: None,
            expires_on: draft.expires_on,
            closed_on: None,
            amount: draft.amount,
            currency: draft.currency.filter(|_| draft.amount.is_some()),
            file: draft.file.clone(),
            sha256: draft.sha256.clone(),
            note: draft.note.trim().to_owned(),
            body,
            mail_to: String::new(),
            message_id: String::new(),
            mail_reply: String::new(),
            touch: None,
            who: self.context.who.to_owned(),
        })?;
        for milestone in milestones {
            self.insert(&PaperMilestoneRow { paper: PaperId(paper), milestone })?;
        }
        if draft.sent { self.send_filed(PaperId(paper), draft.dated) } else { Ok(()) }
    }

    /// Sends what was just filed, or has it proposed where its author may not.
    fn send_filed(&mut self, paper: PaperId, on: NaiveDate) -> Result<()> {
        let mark = PaperMark::Sent { channel: None, mailed: None };
        let sending = Change::MarkPaper { paper, mark, on };
        match todo::asked(self.db, &sending, self.context)? {
            Some(draft) => {
                self.proposed = true;
                self.add_todo(&draft)
            }
            None => self.write(&sending),
        }
    }

    /// The number as it was typed, or the next one of what we write.
    fn paper_number(
        &mut self,
        kind: PaperKind,
        written: bool,
        typed: &str,
        on: NaiveDate,
    ) -> Result<String> {
        let taken = "SELECT 1 FROM all_paper WHERE kind = $1 AND number = $2";
        if !written {
            return Ok(typed.to_owned());
        }
        if !typed.is_empty() {
            if self.db.exists(taken, values![kind, typed])? {
                let (field, value) = (Field::PaperNumber, typed.to_owned());
                return Err(Violation::Taken { field, value }.into());
            }
            return Ok(typed.to_owned());
        }
        let format: NumberFormat = settings::policy(self.db)?.paper_number;
        let year = i64::from(on.year());
        let sql = "SELECT last FROM paper_serial WHERE kind = $1 AND year = $2";
        let last: Option<i64> = self.db.first(sql, values![kind, year])?;
        let mut next = last.unwrap_or_default();
        let number = loop {
            next += 1;
            let number = format.number(kind, on.year(), next);
            // Somebody may have typed it.
            if !self.db.exists(taken, values![kind, number])? {
                break number;
            }
        };
        let sql = match last {
            Some(_) => "UPDATE paper_serial SET last = $1 WHERE kind = $2 AND year = $3",
            None => "INSERT INTO paper_serial (last, kind, year) VALUES ($1, $2, $3)",
        };
        self.db.execute(sql, values![next, kind, year])?;
        Ok(number)
    }

    pub(super) fn mark_paper(
        &mut self,
        paper: PaperId,
        mark: &PaperMark,
        on: NaiveDate,
    ) -> Result<()> {
        let known: Option<PaperRow> =
            if self.db.exists("SELECT 1 FROM paper WHERE id = $1", values![paper])? {
                self.db.row(paper.0)?
            } else {
                None
            };
        let known = known.ok_or_else(|| unknown(Thing::Paper, paper))?;
        let days = PaperDays {
            dated_on: known.dated_on,
            sent_on: known.sent_on,
            delivered_on: known.delivered_on,
            signed_on: known.signed_on,
            expires_on: known.expires_on,
        };
        rules::mark_paper(&days, mark, on, self.context.today)?;
        self.happened(on)?;
        let touch = match (mark, known.touch) {
            (PaperMark::Sent { channel, mailed }, None) => {
                self.dun(paper, &known, *channel, mailed.as_ref(), on)?
            }
            (PaperMark::Sent { .. }, Some(known)) => Some(known),
            (PaperMark::Delivered { .. } | PaperMark::Signed | PaperMark::Closed { .. }, known) => {
                known
            }
        };
        self.update(paper.0, |row: &mut PaperRow| match mark {
            PaperMark::Sent { channel, mailed } => {
                row.sent_on = Some(on);
                row.sent_by = channel.or(row.sent_by);
                row.touch = touch;
                if let Some(Mailed { to, message_id, reply }) = mailed {
                    to.clone_into(&mut row.mail_to);
                    message_id.clone_into(&mut row.message_id);
                    reply.clone_into(&mut row.mail_reply);
                }
            }
            PaperMark::Delivered { proof } => {
                row.delivered_on = Some(on);
                if !proof.trim().is_empty() {
                    proof.trim().clone_into(&mut row.proof);
                }
            }
            PaperMark::Signed => row.signed_on = Some(on),
            PaperMark::Closed { note } => {
                row.closed_on = Some(on);
                if !note.trim().is_empty() {
                    let notes = [row.note.as_str(), note.trim()];
                    let notes: Vec<&str> = notes.into_iter().filter(|n| !n.is_empty()).collect();
                    row.note = notes.join("; ");
                }
            }
        })?;
        Ok(())
    }

    /// The contact a dunning paper is once it is sent, with its step; none if it duns for nothing.
    fn dun(
        &mut self,
        paper: PaperId,
        row: &PaperRow,
        channel: Option<Channel>,
        mailed: Option<&Mailed>,
        on: NaiveDate,
    ) -> Result<Option<TouchId>> {
        let Some(step) = row.kind.step() else {
            return Ok(None);
        };
        let milestones = self.dunned(paper, row, on)?;
        if milestones.is_empty() {
            return Ok(None);
        }
        let ladder = settings::policy(self.db)?.ladder;
        let usual = ladder.step(step).map_or(Channel::Letter, |step| step.channel);
        let words = [row.number.as_str(), row.title.as_str()];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let mut note = words.join(" ");
        if let Some(Mailed { to, message_id, reply }) = mailed {
            note = [&note, to, message_id, reply].map(String::as_str).join("; ");
        }
        let draft = TouchDraft {
            channel: channel.unwrap_or(usual),
            kind: TouchKind::Dunning,
            step: Some(step),
            note,
            ..TouchDraft::new(milestones, on)
        };
        self.write_contact(&draft).map(Some)
    }

    /// What a paper duns for: the milestones it names, else what is due by then and open of its project or customer.
    fn dunned(&self, paper: PaperId, row: &PaperRow, on: NaiveDate) -> Result<Vec<MilestoneId>> {
        let (sql, id) = match (row.project, row.customer) {
            (Some(id), _) => ("SELECT id FROM open_item WHERE project = $1 ORDER BY id", id.0),
            (None, Some(id)) => ("SELECT id FROM open_item WHERE customer = $1 ORDER BY id", id.0),
            (None, None) => {
                let sql = "SELECT milestone FROM paper_milestone WHERE paper = $1 ORDER BY id";
                return self.db.rows(sql, values![paper]);
            }
        };
        let open: Vec<MilestoneId> = self.db.rows(sql, values![id])?;
        let facts = facts::of(self.db, &open)?;
        let due = facts.iter().filter(|facts| {
            as_of::item(facts, on, self.calendar).is_some_and(|item| {
                item.balance > 0 && item.firm_due(on).is_some_and(|due| due <= on)
            })
        });
        Ok(due.map(|facts| facts.id).collect())
    }
}
