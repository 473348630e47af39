//! What an event is about, as a person says it: whose money, how much, which milestones.

use iso_currency::Currency;
use serde_json::Value as Json;

use super::apply::Affected;
use super::backend::values;
use super::events::EventEntry;
use super::journal::entries_of;
use super::rows::Table;
use super::{Reader, Touched};
use crate::domain::change::ChangeKind;
use crate::domain::ids::{CustomerId, MilestoneId, PaymentId, ProjectId};
use crate::domain::money;
use crate::error::Result;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventAbout {
    /// Code of the customer, and what it is called.
    pub customer: Option<(String, String)>,
    pub currency: Option<Currency>,
    /// Minor units.
    pub amount: Option<i64>,
    /// The milestones it names, with their keys; not those that merely follow them.
    pub milestones: Vec<(MilestoneId, Option<String>)>,
    /// Code, key or name of what was added or corrected.
    pub code: Option<String>,
    /// The list that was imported.
    pub list: Option<ImportedList>,
    /// The change as it was meant, amounts as text.
    pub detail: Json,
}

/// A plan list by its file, and how many of its rows were new or changed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedList {
    pub file: String,
    pub imported: i64,
    pub updated: i64,
}

impl EventAbout {
    /// Keys of its milestones, or ids of those without one.
    pub fn keys(&self) -> Vec<String> {
        let called = |(id, key): &(MilestoneId, Option<String>)| {
            key.clone().unwrap_or_else(|| id.to_string())
        };
        self.milestones.iter().map(called).collect()
    }
}

/// What belongs to whom, while it is found out.
#[derive(Default)]
struct Owner {
    customer: Option<CustomerId>,
    currency: Option<Currency>,
}

impl Owner {
    /// What was found, where nothing is known yet.
    fn or(&mut self, found: Option<(CustomerId, Currency)>) {
        self.customer = self.customer.or(found.map(|(customer, _)| customer));
        self.currency = self.currency.or(found.map(|(_, currency)| currency));
    }
}

impl Reader {
    /// What an event is about; an undo is about what it took back.
    pub fn about(&self, event: &EventEntry) -> Result<EventAbout> {
        let mut detail: Json = serde_json::from_str(&event.detail)?;
        if let Some(before) = event.undoes.map(|id| self.event(id)).transpose()?.flatten() {
            return Ok(EventAbout { detail, ..self.about(&before)? });
        }
        let (id, body) = body(&detail);
        if event.kind.is_import() {
            let count = |name| number(body, name).unwrap_or_default();
            let file = body.get("file").and_then(Json::as_str).unwrap_or_default().to_owned();
            let list =
                ImportedList { file, imported: count("imported"), updated: count("updated") };
            return Ok(EventAbout { detail, list: Some(list), ..EventAbout::default() });
        }
        // A new payment of a line stands whole in the change.
        let body = body.get("payment").filter(|payment| payment.is_object()).unwrap_or(body);
        let mut about = EventAbout::default();
        let mut owner = Owner {
            customer: number(body, "customer").map(CustomerId),
            currency: body.get("currency").and_then(Json::as_str).and_then(Currency::from_code),
        };
        let mut named = named(body);
        if let Some(payment) = number(body, "payment").map(PaymentId) {
            let sql = "SELECT customer, currency FROM all_payment WHERE id = $1";
            owner.or(self.db.first(sql, values![payment])?);
        }
        if named.is_empty() {
            named = self.written(event, Table::Allocation, "milestone")?;
        }
        let todo = if event.kind == ChangeKind::EditTodo { id } else { number(body, "todo") };
        if let Some(todo) = todo {
            let sql = "SELECT milestone, title FROM todo WHERE id = $1";
            let found: Option<(Option<i64>, String)> = self.db.first(sql, values![todo])?;
            let (milestone, title) = found.unwrap_or_default();
            named.extend(milestone);
            about.code = Some(title).filter(|title| !title.is_empty());
        }
        if let Some(paper) = number(body, "paper") {
            named.extend(self.db.rows::<i64>(
                "SELECT milestone FROM all_paper_milestone WHERE paper = $1 ORDER BY id",
                values![paper],
            )?);
            let sql = "SELECT COALESCE(NULLIF(number, ''), NULLIF(title, ''), kind) FROM all_paper WHERE id = $1";
            about.code = self.db.first(sql, values![paper])?;
        }
        if event.kind == ChangeKind::EditMilestone {
            named.extend(id);
        }
        if event.kind == ChangeKind::AddMilestone {
            named = self.written(event, Table::Milestone, "id")?;
        }
        let by_rows = [ChangeKind::Void, ChangeKind::MeetConditions, ChangeKind::ClearPayer];
        if by_rows.contains(&event.kind) {
            let about = Affected::by(&*self.db, &entries_of(&*self.db, event.id)?)?.about;
            named = about.into_iter().map(|milestone| milestone.0).collect();
        }
        let text = |key: &str| body.get(key).and_then(Json::as_str).filter(|text| !text.is_empty());
        about.code = about.code.or_else(|| {
            ["code", "key", "name", "setting", "title"]
                .into_iter()
                .find_map(text)
                .map(str::to_owned)
        });
        // What was undone is gone: then what it touched has to do.
        let lost = named.is_empty() && about.code.is_none() && event.undone_by.is_some();
        if let (true, Touched::These(ids)) = (lost, &event.touched) {
            named = ids.iter().map(|id| id.0).collect();
        }
        for id in named.into_iter().map(MilestoneId) {
            let sql = "SELECT m.key, j.customer, j.currency FROM all_milestone m JOIN project j ON j.id = m.project \
                       WHERE m.id = $1";
            let found: Option<(Option<String>, CustomerId, Currency)> =
                self.db.first(sql, values![id])?;
            let (key, of) = found.map_or((None, None), |(key, a, b)| (key, Some((a, b))));
            owner.or(of);
            about.milestones.push((id, key));
        }
        if let Some(project) = number(body, "project").map(ProjectId) {
            let sql = "SELECT customer, currency FROM project WHERE id = $1";
            owner.or(self.db.first(sql, values![project])?);
            if matches!(event.kind, ChangeKind::Suspend | ChangeKind::Resume) {
                let sql = "SELECT code FROM project WHERE id = $1";
                about.code = self.db.first(sql, values![project])?;
            }
        }
        if event.kind == ChangeKind::EditCustomer {
            owner.customer = id.map(CustomerId);
        }
        about.amount = match sums(event.kind) {
            Some(table) => {
                let parts = self.written(event, table, "amount")?;
                parts.into_iter().reduce(i64::saturating_add).or(number(body, "amount"))
            }
            None => number(body, "amount"),
        };
        if let Some(id) = owner.customer {
            let sql =
                "SELECT code, COALESCE(NULLIF(short_name, ''), name) FROM customer WHERE id = $1";
            about.customer = self.db.first(sql, values![id])?;
        }
        let currency = match owner.currency {
            Some(currency) => currency,
            None => self.main_currency()?,
        };
        about.currency = owner.currency;
        amounts_as_text(&mut detail, currency);
        Ok(EventAbout { detail, ..about })
    }

    /// What the event wrote into a column of a table.
    fn written(&self, event: &EventEntry, table: Table, column: &str) -> Result<Vec<i64>> {
        let (name, stored) = (table.name(), table.stored());
        let sql = format!(
            "SELECT DISTINCT t.id, t.{column} FROM event_row r JOIN {stored} t ON t.id BETWEEN r.first_id AND r.last_id \
             WHERE r.event = $1 AND r.tbl = $2 ORDER BY t.id"
        );
        let rows: Vec<(i64, i64)> = self.db.rows(&sql, values![event.id, name])?;
        let mut found: Vec<i64> = rows.into_iter().map(|(_, value)| value).collect();
        if column != "amount" {
            found.dedup();
        }
        Ok(found)
    }

    /// The currency that was set, else the one most open items are in.
    fn main_currency(&self) -> Result<Currency> {
        if let Some(currency) = self.policy()?.currency {
            return Ok(currency);
        }
        let sql = "SELECT j.currency FROM open_item o JOIN milestone m ON m.id = o.id \
                   JOIN project j ON j.id = m.project GROUP BY j.currency \
                   ORDER BY COUNT(*) DESC, j.currency LIMIT 1";
        Ok(self.db.first(sql, &[])?.unwrap_or(Currency::CNY))
    }
}

/// The rows that add up to what a change is worth, where it does not say so itself.
const fn sums(kind: ChangeKind) -> Option<Table> {
    match kind {
        ChangeKind::Invoice => Some(Table::InvoiceLine),
        ChangeKind::ReversePayment | ChangeKind::Bill => Some(Table::Reversal),
        ChangeKind::MoveAllocation => Some(Table::Move),
        ChangeKind::ApplyPayment => Some(Table::Allocation),
        ChangeKind::LogContact | ChangeKind::Promise => Some(Table::Promise),
        ChangeKind::Split => Some(Table::Milestone),
        ChangeKind::WriteOff | ChangeKind::ApproveTodo => Some(Table::WriteOff),
        ChangeKind::AddCustomer
        | ChangeKind::EditCustomer
        | ChangeKind::AddProject
        | ChangeKind::EditProject
        | ChangeKind::AddMilestone
        | ChangeKind::EditMilestone
        | ChangeKind::Deliver
        | ChangeKind::Accept
        | ChangeKind::AcceptReserved
        | ChangeKind::AcceptPart
        | ChangeKind::RefuseAcceptance
        | ChangeKind::AddCondition
        | ChangeKind::MeetConditions
        | ChangeKind::AddNote
        | ChangeKind::FilePaper
        | ChangeKind::MarkPaper
        | ChangeKind::ClearPayer
        | ChangeKind::SendInvoices
        | ChangeKind::RecordPayment
        | ChangeKind::OpenDispute
        | ChangeKind::ResolveDispute
        | ChangeKind::Reschedule
        | ChangeKind::Amend
        | ChangeKind::CallDue
        | ChangeKind::Hold
        | ChangeKind::Release
        | ChangeKind::Settle
        | ChangeKind::Suspend
        | ChangeKind::Resume
        | ChangeKind::TakeSnapshot
        | ChangeKind::BookLine
        | ChangeKind::SkipLine
        | ChangeKind::ImportBank
        | ChangeKind::ImportCustomers
        | ChangeKind::ImportPayments
        | ChangeKind::ImportInvoices
        | ChangeKind::EditPerson
        | ChangeKind::AddTodo
        | ChangeKind::EditTodo
        | ChangeKind::CloseTodo
        | ChangeKind::DeclineTodo
        | ChangeKind::Set
        | ChangeKind::ImportPlan
        | ChangeKind::Demo
        | ChangeKind::Void
        | ChangeKind::Undo
        | ChangeKind::Redo => None,
    }
}

/// What a change says, below its name; of a correction, of which id.
fn body(detail: &Json) -> (Option<i64>, &Json) {
    let said = detail.as_object().and_then(|change| change.values().next());
    match said.and_then(Json::as_array).map(Vec::as_slice) {
        Some([id, draft]) => (id.as_i64(), draft),
        _ => (None, said.unwrap_or(&Json::Null)),
    }
}

fn number(body: &Json, key: &str) -> Option<i64> {
    body.get(key)?.as_i64()
}

/// The milestones a change names.
fn named(body: &Json) -> Vec<i64> {
    let each = |key: &str| body.get(key).and_then(Json::as_array).into_iter().flatten();
    let one = number(body, "milestone").into_iter();
    one.chain(each("milestones").filter_map(Json::as_i64))
        .chain(each("lines").filter_map(|line| line.get(0)?.as_i64()))
        .chain(each("promises").filter_map(|promise| number(promise, "milestone")))
        .fold(Vec::new(), |mut all, id| {
            if !all.contains(&id) {
                all.push(id);
            }
            all
        })
}

/// Amounts are minor units in the record, and text with the currency's decimals for whoever reads it.
fn amounts_as_text(value: &mut Json, currency: Currency) {
    let plain = |value: &mut Json| {
        if let Some(minor) = value.as_i64() {
            *value = money::plain(minor, currency).into();
        }
    };
    match value {
        Json::Object(object) => {
            for (key, value) in object {
                match key.as_str() {
                    "amount" | "contract_amount" | "credit_limit" | "fee" => plain(value),
                    "lines" => {
                        let lines = value.as_array_mut().into_iter().flatten();
                        lines.filter_map(|line| line.get_mut(1)).for_each(plain);
                    }
                    _ => amounts_as_text(value, currency),
                }
            }
        }
        Json::Array(values) => values.iter_mut().for_each(|one| amounts_as_text(one, currency)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}
