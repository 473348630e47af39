-- What is on paper, or in a file: about a customer, a project, or milestones of one customer. A file is named and never
-- copied; its hash says whether it is still the one that was filed.
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
    who TEXT NOT NULL DEFAULT '',
    CHECK (customer IS NULL OR project IS NULL)
) STRICT;
CREATE INDEX paper_customer ON all_paper (customer) WHERE customer IS NOT NULL;
CREATE INDEX paper_project ON all_paper (project) WHERE project IS NOT NULL;
CREATE INDEX paper_expires ON all_paper (expires_on) WHERE expires_on IS NOT NULL;
-- Of what we write, no number is given twice.
CREATE UNIQUE INDEX paper_number ON all_paper (kind, number) WHERE number <> ''
    AND kind IN ('payment_application', 'statement', 'reminder', 'due_notice', 'formal_notice', 'final_notice',
                 'suspension_notice', 'resumption_notice');

CREATE TABLE all_paper_milestone (
    id INTEGER PRIMARY KEY,
    paper INTEGER NOT NULL REFERENCES all_paper (id),
    milestone INTEGER NOT NULL REFERENCES all_milestone (id)
) STRICT;
CREATE INDEX paper_milestone_paper ON all_paper_milestone (paper);
CREATE INDEX paper_milestone_milestone ON all_paper_milestone (milestone);

CREATE VIEW paper AS SELECT * FROM all_paper
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'paper');
CREATE VIEW paper_milestone AS SELECT * FROM all_paper_milestone
    WHERE paper NOT IN (SELECT row_id FROM voided WHERE tbl = 'paper');

-- Which milestones a paper is about, by name or because all of their project or customer are.
CREATE VIEW paper_about AS
    SELECT l.milestone AS milestone, l.paper AS paper FROM paper_milestone l
    UNION ALL SELECT m.id, t.id FROM milestone m JOIN paper t ON t.project = m.project
    UNION ALL SELECT m.id, t.id FROM milestone m JOIN project p ON p.id = m.project
    JOIN paper t ON t.customer = p.customer;

-- The last number that was given, also to what was taken back since.
CREATE TABLE paper_serial (
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (kind, year)
) STRICT;

PRAGMA user_version = 18;
