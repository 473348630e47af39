//! The tables that hold facts, and the few statements that write them, put together by the compiler from one list of
//! columns each: no SQL is made at run time, and the journal knows every column it has to restore.
//!
//! Derived columns (`milestone.closed_on`, `payment.unapplied`) are missing here on purpose: they are computed again,
//! never restored.

pub(super) struct Table {
    pub name: &'static str,
    /// Its columns without `id`.
    pub columns: &'static [&'static str],
    /// Takes the id (null makes a new one) and every column.
    pub insert: &'static str,
    /// Takes every column and the id.
    pub update: &'static str,
    /// Takes the id; gives every column.
    pub select: &'static str,
    /// Takes the first and the last id.
    pub delete: &'static str,
    /// Takes the first and the last id; gives the milestones whose facts these rows are.
    pub milestones: Option<&'static str>,
    /// Takes the first and the last id; gives the payments whose facts these rows are.
    pub payments: Option<&'static str>,
}

macro_rules! mark {
    ($column:ident) => {
        ", ?"
    };
}

macro_rules! tables {
    ($($variant:ident $name:literal ($first:ident $(, $column:ident)*)
        $(milestones $milestones:literal)? $(payments $payments:literal)?;)+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum T { $($variant),+ }

        impl T {
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub(super) const fn table(self) -> &'static Table {
                match self {
                    $(Self::$variant => &Table {
                        name: $name,
                        columns: &[stringify!($first) $(, stringify!($column))*],
                        insert: concat!(
                            "INSERT INTO ", $name, " (id, ", stringify!($first)
                            $(, ", ", stringify!($column))*, ") VALUES (?, ?" $(, mark!($column))*, ")"
                        ),
                        update: concat!(
                            "UPDATE ", $name, " SET ", stringify!($first), " = ?"
                            $(, ", ", stringify!($column), " = ?")*, " WHERE id = ?"
                        ),
                        select: concat!(
                            "SELECT ", stringify!($first) $(, ", ", stringify!($column))*,
                            " FROM ", $name, " WHERE id = ?"
                        ),
                        delete: concat!("DELETE FROM ", $name, " WHERE id BETWEEN ?1 AND ?2"),
                        milestones: tables!(@sql $($milestones)?),
                        payments: tables!(@sql $($payments)?),
                    }),+
                }
            }
        }
    };
    (@sql) => { None };
    (@sql $sql:literal) => { Some($sql) };
}

tables! {
    Person "person" (name, role, team);
    Customer "customer" (code, name, short_name, invoice_title, tax_no, bank, bank_account, address, phone, grade,
        credit_limit, terms_days, notes);
    Contact "contact" (customer, name, role, phone, email, wechat, channel, removed);
    Project "project" (code, customer, name, manager, contract_no, contract_amount, currency, signed_on, starts_on,
        ends_on, warranty_ends_on, progress_percent, grace_days, state)
        milestones "SELECT id FROM milestone WHERE project BETWEEN ?1 AND ?2";
    Milestone "milestone" (project, seq, key, name, stage, amount, condition, rule, agreed_on, planned_on,
        delivered_on, accepted_on, method, note)
        milestones "SELECT id FROM milestone WHERE id BETWEEN ?1 AND ?2 \
            UNION SELECT w.id FROM milestone m JOIN milestone w ON w.project = m.project \
            WHERE m.id BETWEEN ?1 AND ?2 AND w.rule LIKE 'acceptance%'";
    Invoice "invoice" (customer, number, kind, issued_on, sent_on, received_on)
        milestones "SELECT milestone FROM invoice_line WHERE invoice BETWEEN ?1 AND ?2";
    InvoiceLine "invoice_line" (invoice, milestone, amount)
        milestones "SELECT milestone FROM invoice_line WHERE id BETWEEN ?1 AND ?2";
    Payment "payment" (customer, received_on, amount, currency, method, payer, bank_ref, note)
        milestones "SELECT milestone FROM allocation WHERE payment BETWEEN ?1 AND ?2"
        payments "SELECT id FROM payment WHERE id BETWEEN ?1 AND ?2";
    Reversal "reversal" (payment, reversed_on, amount, reason)
        payments "SELECT payment FROM reversal WHERE id BETWEEN ?1 AND ?2";
    Allocation "allocation" (payment, milestone, amount, effective_on, reverses, reversal)
        milestones "SELECT milestone FROM allocation WHERE id BETWEEN ?1 AND ?2"
        payments "SELECT payment FROM allocation WHERE id BETWEEN ?1 AND ?2";
    Touch "touch" (customer, contact, who, touched_on, channel, kind, step, outcome, cause, note, next_on)
        milestones "SELECT milestone FROM touch_milestone WHERE touch BETWEEN ?1 AND ?2";
    TouchMilestone "touch_milestone" (touch, milestone)
        milestones "SELECT milestone FROM touch_milestone WHERE id BETWEEN ?1 AND ?2";
    Promise "promise" (milestone, touch, made_on, amount, pay_by)
        milestones "SELECT milestone FROM promise WHERE id BETWEEN ?1 AND ?2";
    Dispute "dispute" (milestone, opened_on, amount, reason, owner, resolved_on, resolution)
        milestones "SELECT milestone FROM dispute WHERE id BETWEEN ?1 AND ?2";
    Reschedule "reschedule" (milestone, agreed_on, from_due, to_due, reason)
        milestones "SELECT milestone FROM reschedule WHERE id BETWEEN ?1 AND ?2";
    Hold "hold" (milestone, since, until, reason, released_on)
        milestones "SELECT milestone FROM hold WHERE id BETWEEN ?1 AND ?2";
    WriteOff "write_off" (milestone, written_off_on, amount, reason)
        milestones "SELECT milestone FROM write_off WHERE id BETWEEN ?1 AND ?2";
    Snapshot "snapshot" (as_of, taken_at, iso_week, rows, items);
    Setting "setting" (key, value);
}

impl T {
    /// The table of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|t| t.table().name == name)
    }
}
