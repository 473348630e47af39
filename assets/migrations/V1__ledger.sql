-- The ledger. Dates are ISO text, money is integer minor units, no triggers, no date functions: everything that
-- depends on a day is computed in Rust. Row contents are facts; the derived columns (milestone.closed_on,
-- payment.unapplied) and the table open_item are rewritten by the transaction that touches their facts.

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL DEFAULT 'pm',
    team TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL DEFAULT '',
    invoice_title TEXT NOT NULL DEFAULT '',
    tax_no TEXT NOT NULL DEFAULT '',
    bank TEXT NOT NULL DEFAULT '',
    bank_account TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    grade TEXT,
    credit_limit INTEGER,
    terms_days INTEGER,
    notes TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX customer_graded ON customer (grade) WHERE grade IS NOT NULL;

-- A contact somebody was in touch with is not deleted but marked as removed.
CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customer (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    wechat TEXT NOT NULL DEFAULT '',
    channel TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX contact_customer ON contact (customer);

CREATE TABLE project (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    customer INTEGER NOT NULL REFERENCES customer (id),
    name TEXT NOT NULL,
    manager INTEGER REFERENCES person (id),
    contract_no TEXT NOT NULL DEFAULT '',
    contract_amount INTEGER,
    currency TEXT NOT NULL,
    signed_on TEXT,
    starts_on TEXT,
    ends_on TEXT,
    warranty_ends_on TEXT,
    progress_percent INTEGER,
    grace_days INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'active'
) STRICT;
CREATE INDEX project_customer ON project (customer);
CREATE INDEX project_manager ON project (manager);

CREATE TABLE milestone (
    id INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES project (id),
    seq INTEGER NOT NULL,
    key TEXT UNIQUE,
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    condition TEXT NOT NULL DEFAULT '',
    rule TEXT NOT NULL DEFAULT '',
    agreed_on TEXT,
    planned_on TEXT,
    delivered_on TEXT,
    accepted_on TEXT,
    method TEXT,
    note TEXT NOT NULL DEFAULT '',
    closed_on TEXT,
    UNIQUE (project, seq)
) STRICT;
CREATE INDEX milestone_closed ON milestone (closed_on);

CREATE TABLE invoice (
    id INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customer (id),
    number TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT 'special',
    issued_on TEXT NOT NULL,
    sent_on TEXT,
    received_on TEXT
) STRICT;
CREATE INDEX invoice_customer ON invoice (customer, number);

CREATE TABLE invoice_line (
    id INTEGER PRIMARY KEY,
    invoice INTEGER NOT NULL REFERENCES invoice (id),
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    amount INTEGER NOT NULL
) STRICT;
CREATE INDEX invoice_line_invoice ON invoice_line (invoice);
CREATE INDEX invoice_line_milestone ON invoice_line (milestone);

CREATE TABLE payment (
    id INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customer (id),
    received_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    method TEXT NOT NULL DEFAULT 'transfer',
    payer TEXT NOT NULL DEFAULT '',
    bank_ref TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    unapplied INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX payment_customer ON payment (customer);
CREATE INDEX payment_received ON payment (received_on, currency, amount);
CREATE INDEX payment_unapplied ON payment (customer, currency, unapplied) WHERE unapplied <> 0;

CREATE TABLE reversal (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES payment (id),
    reversed_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX reversal_payment ON reversal (payment);
CREATE INDEX reversal_day ON reversal (reversed_on);

-- A row with `reverses` set takes back part of that allocation: its amount is negative.
CREATE TABLE allocation (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES payment (id),
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    amount INTEGER NOT NULL,
    effective_on TEXT NOT NULL,
    reverses INTEGER REFERENCES allocation (id),
    reversal INTEGER REFERENCES reversal (id),
    CHECK ((reverses IS NULL) = (amount > 0))
) STRICT;
CREATE INDEX allocation_payment ON allocation (payment);
CREATE INDEX allocation_milestone ON allocation (milestone);
CREATE INDEX allocation_reverses ON allocation (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX allocation_reversal ON allocation (reversal) WHERE reversal IS NOT NULL;

CREATE TABLE touch (
    id INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customer (id),
    contact INTEGER REFERENCES contact (id),
    who TEXT NOT NULL DEFAULT '',
    touched_on TEXT NOT NULL,
    channel TEXT,
    kind TEXT NOT NULL,
    step INTEGER,
    outcome TEXT,
    cause TEXT,
    note TEXT NOT NULL DEFAULT '',
    next_on TEXT
) STRICT;
CREATE INDEX touch_day ON touch (touched_on, customer);
CREATE INDEX touch_customer ON touch (customer);
CREATE INDEX touch_contact ON touch (contact) WHERE contact IS NOT NULL;

CREATE TABLE touch_milestone (
    id INTEGER PRIMARY KEY,
    touch INTEGER NOT NULL REFERENCES touch (id),
    milestone INTEGER NOT NULL REFERENCES milestone (id)
) STRICT;
CREATE INDEX touch_milestone_touch ON touch_milestone (touch);
CREATE INDEX touch_milestone_milestone ON touch_milestone (milestone);

CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    touch INTEGER NOT NULL REFERENCES touch (id),
    made_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    pay_by TEXT NOT NULL
) STRICT;
CREATE INDEX promise_milestone ON promise (milestone);
CREATE INDEX promise_touch ON promise (touch);
CREATE INDEX promise_pay_by ON promise (pay_by);

CREATE TABLE dispute (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    opened_on TEXT NOT NULL,
    amount INTEGER CHECK (amount > 0),
    reason TEXT NOT NULL DEFAULT '',
    owner TEXT NOT NULL DEFAULT '',
    resolved_on TEXT,
    resolution TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX dispute_milestone ON dispute (milestone);

CREATE TABLE reschedule (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    agreed_on TEXT NOT NULL,
    from_due TEXT,
    to_due TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX reschedule_milestone ON reschedule (milestone);

CREATE TABLE hold (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    since TEXT NOT NULL,
    until TEXT,
    reason TEXT NOT NULL DEFAULT '',
    released_on TEXT
) STRICT;
CREATE INDEX hold_milestone ON hold (milestone);

CREATE TABLE write_off (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    written_off_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX write_off_milestone ON write_off (milestone);

-- `rows` is the table as it was shown (JSON); `items` what stood behind it, packed.
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    as_of TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    iso_week TEXT NOT NULL,
    rows TEXT NOT NULL,
    items BLOB NOT NULL
) STRICT;
CREATE INDEX snapshot_as_of ON snapshot (as_of);

CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;

-- One row a change, never edited. `detail` is the change as it was meant (JSON), `touched` the milestones it
-- concerns (JSON; null is "many: read everything again"), `effective_on` the latest day it speaks of.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT,
    detail TEXT NOT NULL,
    touched TEXT,
    undoes INTEGER UNIQUE REFERENCES event (id)
) STRICT;
CREATE INDEX event_effective ON event (effective_on);
CREATE INDEX event_who ON event (who, id);

-- What an event did to rows: inserted runs (`before` null), updates (both), deletions (`after` null).
CREATE TABLE event_row (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event (id),
    tbl TEXT NOT NULL,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX event_row_event ON event_row (event);
CREATE INDEX event_row_row ON event_row (tbl, first_id);

-- One narrow row per open milestone: domain::item::Item, nothing in it depends on today.
CREATE TABLE open_item (
    id INTEGER PRIMARY KEY REFERENCES milestone (id),
    project INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    manager INTEGER,
    seq INTEGER NOT NULL,
    stage TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    written_off INTEGER NOT NULL,
    disputed INTEGER NOT NULL,
    invoiced INTEGER NOT NULL,
    due TEXT,
    firm INTEGER NOT NULL,
    firm_from TEXT,
    first_due TEXT,
    rescheduled_on TEXT,
    grace_days INTEGER NOT NULL,
    agreed_on TEXT,
    planned_on TEXT,
    delivered_on TEXT,
    accepted_on TEXT,
    invoiced_on TEXT,
    met_on TEXT,
    gates INTEGER NOT NULL,
    last_step INTEGER,
    last_touch_on TEXT,
    last_chase_on TEXT,
    promises TEXT,
    held_since TEXT,
    held_until TEXT
) STRICT;
CREATE INDEX open_item_customer ON open_item (customer);

-- The same rows packed into one value each, written and deleted with them: every start reads all of these.
CREATE TABLE open_packed (
    id INTEGER PRIMARY KEY REFERENCES milestone (id),
    packed BLOB NOT NULL
) STRICT;
