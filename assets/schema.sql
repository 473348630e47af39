CREATE TABLE refinery_schema_history(
             version int4 PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255));
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL DEFAULT 'pm',
    team TEXT NOT NULL DEFAULT ''
, email TEXT NOT NULL DEFAULT '') STRICT;
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
, bills INTEGER NOT NULL DEFAULT 1, late_fee TEXT, discount TEXT, method TEXT, bill_months INTEGER CHECK (bill_months > 0), finance INTEGER REFERENCES person (id), legal INTEGER REFERENCES person (id), sales INTEGER REFERENCES person (id), priority_from TEXT, completed_on TEXT) STRICT;
CREATE INDEX project_customer ON project (customer);
CREATE INDEX project_manager ON project (manager);
CREATE TABLE "all_milestone" (
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
    closed_on TEXT, bill_months INTEGER CHECK (bill_months > 0),
    UNIQUE (project, seq)
) STRICT;
CREATE INDEX milestone_closed ON "all_milestone" (closed_on);
CREATE TABLE "all_invoice" (
    id INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customer (id),
    number TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT 'special',
    issued_on TEXT NOT NULL,
    sent_on TEXT,
    received_on TEXT
, reverses INTEGER REFERENCES all_invoice (id), tax_rate INTEGER CHECK (tax_rate BETWEEN 0 AND 9999)) STRICT;
CREATE INDEX invoice_customer ON "all_invoice" (customer, number);
CREATE TABLE "all_invoice_line" (
    id INTEGER PRIMARY KEY,
    invoice INTEGER NOT NULL REFERENCES "all_invoice" (id),
    milestone INTEGER NOT NULL REFERENCES "all_milestone" (id),
    amount INTEGER NOT NULL
) STRICT;
CREATE INDEX invoice_line_invoice ON "all_invoice_line" (invoice);
CREATE INDEX invoice_line_milestone ON "all_invoice_line" (milestone);
CREATE TABLE "all_payment" (
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
CREATE INDEX payment_customer ON "all_payment" (customer);
CREATE INDEX payment_received ON "all_payment" (received_on, currency, amount);
CREATE INDEX payment_unapplied ON "all_payment" (customer, currency, unapplied) WHERE unapplied <> 0;
CREATE TABLE "all_reversal" (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES "all_payment" (id),
    reversed_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX reversal_payment ON "all_reversal" (payment);
CREATE INDEX reversal_day ON "all_reversal" (reversed_on);
CREATE TABLE "all_allocation" (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES "all_payment" (id),
    milestone INTEGER NOT NULL REFERENCES "all_milestone" (id),
    amount INTEGER NOT NULL,
    effective_on TEXT NOT NULL,
    reverses INTEGER REFERENCES "all_allocation" (id),
    reversal INTEGER REFERENCES "all_reversal" (id), moved INTEGER REFERENCES all_move (id),
    CHECK ((reverses IS NULL) = (amount > 0))
) STRICT;
CREATE INDEX allocation_payment ON "all_allocation" (payment);
CREATE INDEX allocation_milestone ON "all_allocation" (milestone);
CREATE INDEX allocation_reverses ON "all_allocation" (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX allocation_reversal ON "all_allocation" (reversal) WHERE reversal IS NOT NULL;
CREATE TABLE "all_touch" (
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
CREATE INDEX touch_day ON "all_touch" (touched_on, customer);
CREATE INDEX touch_customer ON "all_touch" (customer);
CREATE INDEX touch_contact ON "all_touch" (contact) WHERE contact IS NOT NULL;
CREATE TABLE "all_touch_milestone" (
    id INTEGER PRIMARY KEY,
    touch INTEGER NOT NULL REFERENCES "all_touch" (id),
    milestone INTEGER NOT NULL REFERENCES "all_milestone" (id)
) STRICT;
CREATE INDEX touch_milestone_touch ON "all_touch_milestone" (touch);
CREATE INDEX touch_milestone_milestone ON "all_touch_milestone" (milestone);
CREATE TABLE "all_promise" (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES "all_milestone" (id),
    touch INTEGER NOT NULL REFERENCES "all_touch" (id),
    made_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    pay_by TEXT NOT NULL
) STRICT;
CREATE INDEX promise_milestone ON "all_promise" (milestone);
CREATE INDEX promise_touch ON "all_promise" (touch);
CREATE INDEX promise_pay_by ON "all_promise" (pay_by);
CREATE TABLE dispute (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES "all_milestone" (id),
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
    milestone INTEGER NOT NULL REFERENCES "all_milestone" (id),
    agreed_on TEXT NOT NULL,
    from_due TEXT,
    to_due TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX reschedule_milestone ON reschedule (milestone);
CREATE TABLE hold (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES "all_milestone" (id),
    since TEXT NOT NULL,
    until TEXT,
    reason TEXT NOT NULL DEFAULT '',
    released_on TEXT
) STRICT;
CREATE INDEX hold_milestone ON hold (milestone);
CREATE TABLE write_off (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES "all_milestone" (id),
    written_off_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX write_off_milestone ON write_off (milestone);
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    as_of TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    iso_week TEXT NOT NULL,
    rows TEXT NOT NULL,
    items BLOB NOT NULL
) STRICT;
CREATE INDEX snapshot_as_of ON snapshot (as_of);
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT,
    detail TEXT NOT NULL,
    touched TEXT,
    undoes INTEGER UNIQUE REFERENCES event (id)
, hash BLOB) STRICT;
CREATE INDEX event_effective ON event (effective_on);
CREATE INDEX event_who ON event (who, id);
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
CREATE TABLE open_item (
    id INTEGER PRIMARY KEY REFERENCES "all_milestone" (id),
    project INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    item BLOB NOT NULL
) STRICT;
CREATE INDEX open_item_customer ON open_item (customer);
CREATE TABLE derived (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
, tip INTEGER) STRICT;
CREATE TABLE voided (
    id INTEGER PRIMARY KEY,
    tbl TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    voided_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (tbl, row_id)
) STRICT;
CREATE VIEW invoice_line AS SELECT * FROM all_invoice_line
    WHERE invoice NOT IN (SELECT row_id FROM voided WHERE tbl = 'invoice');
CREATE VIEW payment AS SELECT * FROM all_payment
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');
CREATE VIEW reversal AS SELECT * FROM all_reversal
    WHERE payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');
CREATE VIEW touch AS SELECT * FROM all_touch
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'touch');
CREATE VIEW touch_milestone AS SELECT * FROM all_touch_milestone
    WHERE touch NOT IN (SELECT row_id FROM voided WHERE tbl = 'touch');
CREATE VIEW promise AS SELECT * FROM all_promise
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'promise');
CREATE INDEX payment_bank_ref ON all_payment (bank_ref) WHERE bank_ref <> '';
CREATE INDEX invoice_reverses ON all_invoice (reverses) WHERE reverses IS NOT NULL;
CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT
) STRICT;
CREATE INDEX invoice_number ON all_invoice (number);
CREATE TABLE bank_statement (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    opening INTEGER,
    closing INTEGER
) STRICT;
CREATE INDEX bank_statement_account ON bank_statement (account, currency, last_on);
CREATE TABLE bank_line (
    id INTEGER PRIMARY KEY,
    -- Digest of what tells it from every other line: an overlapping statement adds nothing twice.
    told_by TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    booked_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    currency TEXT NOT NULL,
    balance INTEGER,
    payer TEXT NOT NULL DEFAULT '',
    payer_account TEXT NOT NULL DEFAULT '',
    remark TEXT NOT NULL DEFAULT '',
    serial TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX bank_line_day ON bank_line (booked_on);
CREATE INDEX bank_line_account ON bank_line (account, currency, booked_on);
CREATE TABLE bank_booking (
    id INTEGER PRIMARY KEY,
    line INTEGER NOT NULL REFERENCES bank_line (id),
    payment INTEGER REFERENCES all_payment (id),
    -- What the bank kept before it credited the line: the payment is so much more.
    fee INTEGER NOT NULL DEFAULT 0 CHECK (fee >= 0),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX bank_booking_line ON bank_booking (line);
CREATE INDEX bank_booking_payment ON bank_booking (payment) WHERE payment IS NOT NULL;
CREATE TABLE deal (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customer (id),
    project INTEGER REFERENCES project (id),
    agreed_on TEXT NOT NULL,
    lapses_on TEXT,
    -- The new contract amount, what is paid in parts, or what settles.
    amount INTEGER,
    note TEXT NOT NULL DEFAULT '',
    -- One part that is not paid makes the later ones due; since when they are.
    all_due INTEGER NOT NULL DEFAULT 0,
    called_on TEXT
) STRICT;
CREATE INDEX deal_customer ON deal (customer);
CREATE INDEX deal_project ON deal (project) WHERE project IS NOT NULL;
CREATE TABLE deal_line (
    id INTEGER PRIMARY KEY,
    deal INTEGER NOT NULL REFERENCES deal (id),
    milestone INTEGER NOT NULL REFERENCES all_milestone (id),
    amount INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX deal_line_deal ON deal_line (deal);
CREATE INDEX deal_line_milestone ON deal_line (milestone);
CREATE TABLE instalment (
    id INTEGER PRIMARY KEY,
    deal INTEGER NOT NULL REFERENCES deal (id),
    milestone INTEGER NOT NULL UNIQUE REFERENCES all_milestone (id),
    parent INTEGER NOT NULL REFERENCES all_milestone (id),
    starts INTEGER NOT NULL CHECK (starts >= 0)
) STRICT;
CREATE INDEX instalment_deal ON instalment (deal);
CREATE INDEX instalment_parent ON instalment (parent);
CREATE TABLE suspension (
    id INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES project (id),
    since TEXT NOT NULL,
    notice TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    resumed_on TEXT
) STRICT;
CREATE INDEX suspension_project ON suspension (project);
CREATE VIEW project_state AS SELECT p.id AS project, CASE WHEN p.state = 'active' AND EXISTS (
    SELECT 1 FROM suspension s WHERE s.project = p.id AND s.resumed_on IS NULL
) THEN 'suspended' ELSE p.state END AS state FROM project p;
CREATE TABLE waiver (
    milestone INTEGER NOT NULL REFERENCES all_milestone (id),
    waived_on TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (milestone, waived_on, kind)
) STRICT;
CREATE INDEX waiver_day ON waiver (waived_on);
CREATE TABLE all_milestone_condition (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES all_milestone (id),
    kind TEXT NOT NULL,
    wording TEXT NOT NULL,
    agreed_on TEXT NOT NULL,
    planned_on TEXT,
    met_on TEXT,
    met_by TEXT NOT NULL DEFAULT '',
    reservation TEXT NOT NULL DEFAULT ''
, paper INTEGER REFERENCES all_paper (id)) STRICT;
CREATE INDEX milestone_condition_milestone ON all_milestone_condition (milestone);
CREATE TABLE all_refusal (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES all_milestone (id),
    refused_on TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX refusal_milestone ON all_refusal (milestone);
CREATE VIEW refusal AS SELECT * FROM all_refusal
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'refusal');
CREATE TABLE all_note (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    customer INTEGER REFERENCES customer (id),
    project INTEGER REFERENCES project (id),
    milestone INTEGER REFERENCES all_milestone (id),
    noted_on TEXT NOT NULL,
    who TEXT NOT NULL DEFAULT '',
    wording TEXT NOT NULL DEFAULT '',
    number INTEGER, until_on TEXT,
    CHECK (CASE WHEN customer IS NULL THEN 0 ELSE 1 END + CASE WHEN project IS NULL THEN 0 ELSE 1 END
        + CASE WHEN milestone IS NULL THEN 0 ELSE 1 END = 1)
) STRICT;
CREATE INDEX note_customer ON all_note (customer) WHERE customer IS NOT NULL;
CREATE INDEX note_project ON all_note (project, kind, noted_on) WHERE project IS NOT NULL;
CREATE INDEX note_milestone ON all_note (milestone) WHERE milestone IS NOT NULL;
CREATE TABLE all_deduction (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES all_payment (id),
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0)
) STRICT;
CREATE INDEX deduction_payment ON all_deduction (payment);
CREATE TABLE all_bill (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL UNIQUE REFERENCES all_payment (id),
    form TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',
    drawer TEXT NOT NULL DEFAULT '',
    acceptor TEXT NOT NULL DEFAULT '',
    issued_on TEXT,
    matures_on TEXT,
    discounted_on TEXT,
    -- A year's rate, in millionths.
    discount_rate INTEGER,
    discount_cost INTEGER NOT NULL DEFAULT 0 CHECK (discount_cost >= 0),
    endorsed_on TEXT,
    endorsed_to TEXT NOT NULL DEFAULT '',
    honoured_on TEXT,
    dishonoured_on TEXT
) STRICT;
CREATE INDEX bill_matures ON all_bill (matures_on);
CREATE VIEW bill AS SELECT all_bill.*, COALESCE(discounted_on, endorsed_on, honoured_on) AS realised_on FROM all_bill
    WHERE payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');
CREATE VIEW deduction AS
    SELECT payment, kind, amount FROM all_deduction
    WHERE payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment')
    UNION ALL SELECT payment, 'fee', fee FROM bank_booking
    WHERE fee > 0 AND payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment')
    UNION ALL SELECT payment, 'bill_discount', discount_cost FROM all_bill
    WHERE discount_cost > 0 AND payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');
CREATE TABLE all_move (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES all_payment (id),
    moved_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX move_payment ON all_move (payment);
CREATE VIEW allocation AS SELECT * FROM all_allocation
    WHERE payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');
CREATE INDEX allocation_moved ON all_allocation (moved) WHERE moved IS NOT NULL;
CREATE TABLE todo (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    customer INTEGER REFERENCES customer (id),
    project INTEGER REFERENCES project (id),
    milestone INTEGER REFERENCES all_milestone (id),
    title TEXT NOT NULL,
    owner TEXT NOT NULL DEFAULT '',
    opened_on TEXT NOT NULL,
    due_on TEXT,
    -- How long after it was due the next one is: 7d, 1m.
    every TEXT,
    severity TEXT NOT NULL,
    probability TEXT,
    impact TEXT,
    blocks INTEGER NOT NULL DEFAULT 0,
    done_on TEXT,
    outcome TEXT NOT NULL DEFAULT '',
    -- Of an approval: who asked for it, the change as JSON, and what was decided.
    asked_by TEXT NOT NULL DEFAULT '',
    change TEXT,
    approved INTEGER,
    CHECK (customer IS NULL OR (project IS NULL AND milestone IS NULL)),
    CHECK (project IS NULL OR milestone IS NULL)
) STRICT;
CREATE INDEX todo_done ON todo (done_on, id) WHERE done_on IS NOT NULL;
CREATE INDEX todo_blocks ON todo (opened_on) WHERE blocks = 1;
CREATE INDEX todo_customer ON todo (customer, blocks) WHERE customer IS NOT NULL;
CREATE INDEX todo_project ON todo (project, blocks) WHERE project IS NOT NULL;
CREATE INDEX todo_milestone ON todo (milestone, blocks) WHERE milestone IS NOT NULL;
CREATE VIEW block AS
    SELECT t.milestone AS milestone, t.id AS todo, t.opened_on AS opened_on, t.done_on AS done_on
    FROM todo t WHERE t.milestone IS NOT NULL AND t.blocks = 1
    UNION ALL
    SELECT m.id, t.id, t.opened_on, t.done_on
    FROM todo t JOIN milestone m ON m.project = t.project WHERE t.project IS NOT NULL AND t.blocks = 1
    UNION ALL
    SELECT m.id, t.id, t.opened_on, t.done_on
    FROM todo t JOIN project p ON p.customer = t.customer JOIN milestone m ON m.project = p.id
    WHERE t.customer IS NOT NULL AND t.blocks = 1;
CREATE VIEW invoice AS SELECT * FROM all_invoice
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'invoice');
CREATE TABLE all_paper (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    customer INTEGER REFERENCES customer (id),
    project INTEGER REFERENCES project (id),
    number TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    dated_on TEXT NOT NULL,
    sent_on TEXT,
    sent_by TEXT,
    delivered_on TEXT,
    proof TEXT NOT NULL DEFAULT '',
    signed_on TEXT,
    expires_on TEXT,
    -- From this day on nobody is told of its expiry.
    closed_on TEXT,
    amount INTEGER,
    currency TEXT,
    -- A path, from the ledger's folder where it is below that, or an address.
    file TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    -- What the program itself wrote.
    body TEXT NOT NULL DEFAULT '',
    -- The contact it was, once it was sent.
    touch INTEGER REFERENCES all_touch (id),
    who TEXT NOT NULL DEFAULT '', mail_to TEXT NOT NULL DEFAULT '', message_id TEXT NOT NULL DEFAULT '', mail_reply TEXT NOT NULL DEFAULT '',
    CHECK (customer IS NULL OR project IS NULL)
) STRICT;
CREATE INDEX paper_customer ON all_paper (customer) WHERE customer IS NOT NULL;
CREATE INDEX paper_project ON all_paper (project) WHERE project IS NOT NULL;
CREATE INDEX paper_expires ON all_paper (expires_on) WHERE expires_on IS NOT NULL;
CREATE TABLE all_paper_milestone (
    id INTEGER PRIMARY KEY,
    paper INTEGER NOT NULL REFERENCES all_paper (id),
    milestone INTEGER NOT NULL REFERENCES all_milestone (id)
) STRICT;
CREATE INDEX paper_milestone_paper ON all_paper_milestone (paper);
CREATE INDEX paper_milestone_milestone ON all_paper_milestone (milestone);
CREATE VIEW paper_milestone AS SELECT * FROM all_paper_milestone
    WHERE paper NOT IN (SELECT row_id FROM voided WHERE tbl = 'paper');
CREATE VIEW paper_about AS
    SELECT l.milestone AS milestone, l.paper AS paper FROM paper_milestone l
    UNION ALL SELECT m.id, t.id FROM milestone m JOIN paper t ON t.project = m.project
    UNION ALL SELECT m.id, t.id FROM milestone m JOIN project p ON p.id = m.project
    JOIN paper t ON t.customer = p.customer;
CREATE TABLE paper_serial (
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (kind, year)
) STRICT;
CREATE VIEW milestone AS SELECT * FROM all_milestone
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'milestone');
CREATE INDEX project_person ON project (id) WHERE finance IS NOT NULL OR legal IS NOT NULL OR sales IS NOT NULL;
CREATE INDEX project_warranty ON project (warranty_ends_on) WHERE warranty_ends_on IS NOT NULL;
CREATE INDEX note_kind ON all_note (kind, noted_on);
CREATE VIEW note AS SELECT * FROM all_note
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'note');
CREATE INDEX milestone_condition_paper ON all_milestone_condition (paper) WHERE paper IS NOT NULL;
CREATE VIEW milestone_condition AS SELECT * FROM all_milestone_condition
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'milestone_condition');
CREATE UNIQUE INDEX paper_number ON all_paper (kind, number) WHERE number <> ''
    AND (body <> '' OR kind IN ('heads_up', 'payment_application', 'statement', 'reminder', 'due_notice', 'formal_notice',
                                'final_notice', 'suspension_notice', 'resumption_notice'));
CREATE VIEW paper AS SELECT * FROM all_paper
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'paper');
CREATE TABLE all_payer_clearance (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL UNIQUE REFERENCES all_payment (id),
    cleared_on TEXT,
    who TEXT NOT NULL DEFAULT '',
    paper INTEGER REFERENCES all_paper (id),
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX payer_clearance_paper ON all_payer_clearance (paper) WHERE paper IS NOT NULL;
CREATE VIEW payer_clearance AS SELECT * FROM all_payer_clearance
    WHERE payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');
CREATE INDEX payment_payer ON all_payment (received_on) WHERE payer <> '';
CREATE INDEX project_works ON project (id) WHERE priority_from IS NOT NULL;
CREATE INDEX todo_open ON todo (due_on, id, blocks, done_on) WHERE done_on IS NULL;
CREATE INDEX note_day ON all_note (noted_on);
CREATE INDEX milestone_condition_unmet ON all_milestone_condition (planned_on)
    WHERE planned_on IS NOT NULL AND met_on IS NULL;
CREATE INDEX event_row_made ON event_row (tbl, first_id) WHERE before IS NULL AND after IS NULL;
INSERT INTO refinery_schema_history VALUES (1, 'ledger', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '8556749444623322521');
INSERT INTO refinery_schema_history VALUES (2, 'derived', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '322057043900884162');
INSERT INTO refinery_schema_history VALUES (3, 'chain', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '5745120249104731047');
INSERT INTO refinery_schema_history VALUES (4, 'voided', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '10316367355030531581');
INSERT INTO refinery_schema_history VALUES (5, 'billing', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '12586784723764556290');
INSERT INTO refinery_schema_history VALUES (6, 'settings', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '10800198110607074954');
INSERT INTO refinery_schema_history VALUES (7, 'invoice_number', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '8492111287603199860');
INSERT INTO refinery_schema_history VALUES (8, 'bank', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '14959848686925109833');
INSERT INTO refinery_schema_history VALUES (9, 'late_fee', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '6935808371091424011');
INSERT INTO refinery_schema_history VALUES (10, 'deals', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '3341865173946498000');
INSERT INTO refinery_schema_history VALUES (11, 'agreements', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '789928444264352145');
INSERT INTO refinery_schema_history VALUES (12, 'acceptance', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '18204998657502664042');
INSERT INTO refinery_schema_history VALUES (13, 'payments', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '14400800917491242436');
INSERT INTO refinery_schema_history VALUES (14, 'todo', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '7825599534631089534');
INSERT INTO refinery_schema_history VALUES (17, 'invoice_tax', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '4067449963076058569');
INSERT INTO refinery_schema_history VALUES (18, 'paper', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '11959054051899815894');
INSERT INTO refinery_schema_history VALUES (19, 'bill_months', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '16550900272045930568');
INSERT INTO refinery_schema_history VALUES (20, 'project_person', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '12192151450890928816');
INSERT INTO refinery_schema_history VALUES (21, 'warranty_index', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '10898922915014570711');
INSERT INTO refinery_schema_history VALUES (22, 'notes', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '10407319597206917017');
INSERT INTO refinery_schema_history VALUES (23, 'condition_paper', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '10391461088644087645');
INSERT INTO refinery_schema_history VALUES (24, 'written', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '3550748704768504337');
INSERT INTO refinery_schema_history VALUES (25, 'mail', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '2963543373573305232');
INSERT INTO refinery_schema_history VALUES (26, 'clearance', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '9710760824005187297');
INSERT INTO refinery_schema_history VALUES (27, 'registers', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '660518151122187790');
INSERT INTO derived VALUES (1, 0, NULL);
PRAGMA user_version = 27;
