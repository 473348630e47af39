//! What a list changes in the ledger, noted as it is written.

use super::{Import, MatchedRow};
use crate::domain::ids::PersonId;
use crate::domain::plan::field::PlanField;
use crate::domain::plan::{PlanChange, PlanValue};
use crate::error::Result;
use crate::store::backend::Value;
use crate::store::rows::{PersonRow, Row, Table};

use PlanField as F;

/// Which column of the ledger is which of a list.
const COLUMNS: [(Table, &str, PlanField); 20] = [
    (Table::Customer, "name", F::CustomerName),
    (Table::Contact, "phone", F::ContactPhone),
    (Table::Project, "name", F::ProjectName),
    (Table::Project, "manager", F::Manager),
    (Table::Project, "contract_no", F::ContractNo),
    (Table::Project, "contract_amount", F::ContractAmount),
    (Table::Project, "signed_on", F::SignedOn),
    (Table::Milestone, "name", F::Milestone),
    (Table::Milestone, "stage", F::Stage),
    (Table::Milestone, "amount", F::Amount),
    (Table::Milestone, "condition", F::Condition),
    (Table::Milestone, "rule", F::Due),
    (Table::Milestone, "agreed_on", F::AgreedOn),
    (Table::Milestone, "planned_on", F::PlannedOn),
    (Table::Milestone, "delivered_on", F::DeliveredOn),
    (Table::Milestone, "accepted_on", F::AcceptedOn),
    (Table::Milestone, "note", F::Note),
    (Table::Deal, "amount", F::ContractAmount),
    (Table::Invoice, "number", F::InvoiceNo),
    (Table::Invoice, "issued_on", F::InvoicedOn),
];

impl Import<'_, '_> {
    /// Changes a row of the ledger, and notes each column of a list that comes out another. True if it changed.
    pub(super) fn correct<R: Row + Clone>(
        &mut self,
        matched: &MatchedRow<'_>,
        id: i64,
        change: impl FnOnce(&mut R),
    ) -> Result<bool> {
        let Some((before, after)) = self.writer.journal.update(self.writer.db, id, change)? else {
            return Ok(false);
        };
        let columns = R::TABLE.columns().iter().zip(before.values()).zip(after.values());
        for ((column, before), after) in columns {
            let known =
                COLUMNS.iter().find(|(table, name, _)| *table == R::TABLE && name == column);
            if let Some((_, _, field)) = known.filter(|_| before != after)
                && let Some(to) = self.value(*field, &after)?
            {
                let from = self.value(*field, &before)?;
                self.tell(matched, *field, from, to);
            }
        }
        Ok(true)
    }

    fn value(&self, field: PlanField, value: &Value<'_>) -> Result<Option<PlanValue>> {
        let text = |text: &str| (!text.is_empty()).then(|| PlanValue::Text(text.to_owned()));
        Ok(match value {
            Value::Int(id) if field == F::Manager => {
                let person: Option<PersonRow> = self.writer.db.row(PersonId(*id).0)?;
                person.and_then(|person| text(&person.name))
            }
            Value::Int(minor) => Some(PlanValue::Amount(*minor)),
            Value::Text(found) => text(found),
            Value::Day(day) => text(&String::from_utf8_lossy(day)),
            Value::Null | Value::Blob(_) => None,
        })
    }

    /// Notes a change. A new milestone is noted as that and not field by field.
    pub(super) fn tell(
        &mut self,
        matched: &MatchedRow<'_>,
        field: PlanField,
        from: Option<PlanValue>,
        to: PlanValue,
    ) {
        let is_customers = matches!(field, F::CustomerName | F::ContactName | F::ContactPhone);
        if field.is_shared() && field != F::Project {
            let customer = &matched.row.customer;
            let place = if is_customers {
                customer.clone()
            } else {
                format!("{customer}/{}", matched.project)
            };
            self.outcome.changed(|| PlanChange {
                key: None,
                place,
                currency: matched.row.currency,
                field: Some(field),
                from,
                to,
            });
        } else if matched.milestone.is_some() {
            self.tell_milestone(matched, Some(field), from, to);
        }
    }

    pub(super) fn tell_new(&mut self, matched: &MatchedRow<'_>) {
        self.tell_milestone(matched, None, None, PlanValue::Amount(matched.row.amount));
    }

    fn tell_milestone(
        &mut self,
        matched: &MatchedRow<'_>,
        field: Option<PlanField>,
        from: Option<PlanValue>,
        to: PlanValue,
    ) {
        let row = matched.row;
        self.outcome.changed(|| PlanChange {
            key: row.key.clone(),
            place: format!("{}/{}/{}", row.customer, matched.project, row.milestone),
            currency: row.currency,
            field,
            from,
            to,
        });
    }
}
