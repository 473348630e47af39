//! Entries made by mistake: they stay, with the reason, and count on no day.

use crate::domain::change::Voidable;
use crate::domain::ids::{
    ConditionId, InvoiceId, MilestoneId, NoteId, PaperId, PaymentId, PromiseId, RefusalId, TouchId,
};
use crate::domain::rules;
use crate::domain::violation::{Field, Thing, Violation};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::rows::{MilestoneRow, Table, VoidedRow};
use crate::store::{facts, unknown};

impl Writer<'_> {
    pub(in crate::store) fn void(&mut self, entry: Voidable, reason: &str) -> Result<()> {
        let reason = rules::required(reason, Field::Reason)?;
        match entry {
            Voidable::Milestone(id) => self.void_milestone(id, reason),
            Voidable::Invoice(id) => self.void_invoice(id, reason),
            Voidable::Contact(id) => self.void_contact(id, reason),
            Voidable::Promise(id) => self.void_promise(id, reason),
            Voidable::Payment(PaymentId(id)) => {
                self.void_row(Table::Payment, Thing::Payment, id, reason)
            }
            Voidable::Condition(ConditionId(id)) => {
                self.void_row(Table::MilestoneCondition, Thing::Condition, id, reason)
            }
            Voidable::Paper(id) => self.void_paper(id, reason),
            Voidable::Note(NoteId(id)) => self.void_row(Table::Note, Thing::Note, id, reason),
            Voidable::Refusal(RefusalId(id)) => {
                self.void_row(Table::Refusal, Thing::Refusal, id, reason)
            }
        }
    }

    fn void_milestone(&mut self, id: MilestoneId, reason: &str) -> Result<()> {
        rules::void_milestone(&facts::one(self.db, id)?)?;
        let sql = "SELECT 1 FROM milestone m JOIN milestone w ON w.project = m.project \
                   WHERE m.id = $1 AND w.id <> m.id AND w.rule LIKE 'acceptance(' || m.key || ')%'";
        if self.db.exists(sql, values![id])? {
            return Err(Violation::InUse(Thing::Milestone).into());
        }
        // Its key is free again.
        self.update(id.0, |row: &mut MilestoneRow| row.key = None)?;
        self.void_row(Table::Milestone, Thing::Milestone, id.0, reason)
    }

    fn void_invoice(&mut self, id: InvoiceId, reason: &str) -> Result<()> {
        let sql = "SELECT milestone FROM invoice_line WHERE invoice = $1";
        let billed: Vec<MilestoneId> = self.db.rows(sql, values![id])?;
        for facts in facts::of(self.db, &billed)? {
            rules::void_invoice(&facts, id)?;
        }
        self.void_row(Table::Invoice, Thing::Invoice, id.0, reason)
    }

    fn void_contact(&mut self, id: TouchId, reason: &str) -> Result<()> {
        let sql = "SELECT id FROM promise WHERE touch = $1";
        for promise in self.db.rows::<i64>(sql, values![id])? {
            self.void_row(Table::Promise, Thing::Promise, promise, reason)?;
        }
        self.void_row(Table::Touch, Thing::Touch, id.0, reason)
    }

    /// A promise that was recorded alone made its own contact, without a channel.
    fn void_promise(&mut self, id: PromiseId, reason: &str) -> Result<()> {
        let sql = "SELECT t.id FROM promise p JOIN touch t ON t.id = p.touch WHERE p.id = $1 AND t.channel IS NULL";
        let own: Option<i64> = self.db.first(sql, values![id])?;
        self.void_row(Table::Promise, Thing::Promise, id.0, reason)?;
        let sql = "SELECT 1 FROM promise WHERE touch = $1";
        match own {
            Some(touch) if !self.db.exists(sql, values![touch])? => {
                self.void_row(Table::Touch, Thing::Touch, touch, reason)
            }
            Some(_) | None => Ok(()),
        }
    }

    /// With the contact it was, unless that was voided before.
    fn void_paper(&mut self, id: PaperId, reason: &str) -> Result<()> {
        let sql = "SELECT t.id FROM paper p JOIN touch t ON t.id = p.touch WHERE p.id = $1";
        let own: Option<TouchId> = self.db.first(sql, values![id])?;
        self.void_row(Table::Paper, Thing::Paper, id.0, reason)?;
        own.map_or(Ok(()), |touch| self.void_contact(touch, reason))
    }

    fn void_row(&mut self, table: Table, thing: Thing, id: i64, reason: &str) -> Result<()> {
        let sql = format!("SELECT 1 FROM {} WHERE id = $1", table.name());
        if !self.db.exists(&sql, values![id])? {
            return Err(unknown(thing, format_args!("#{id}")));
        }
        self.insert(&VoidedRow {
            tbl: table.name().to_owned(),
            row_id: id,
            voided_on: self.context.today,
            reason: reason.to_owned(),
        })?;
        Ok(())
    }
}
