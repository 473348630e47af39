-- What both sides agreed after the contract was signed: amendments of its amount, and debts that are paid in parts.
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

-- A dated adjustment of a milestone's amount, in effect from the day of the deal; 0 where it is merely covered by it.
CREATE TABLE deal_line (
    id INTEGER PRIMARY KEY,
    deal INTEGER NOT NULL REFERENCES deal (id),
    milestone INTEGER NOT NULL REFERENCES all_milestone (id),
    amount INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX deal_line_deal ON deal_line (deal);
CREATE INDEX deal_line_milestone ON deal_line (milestone);

-- A milestone that is a part of another one's amount, from so many minor units of it on.
CREATE TABLE instalment (
    id INTEGER PRIMARY KEY,
    deal INTEGER NOT NULL REFERENCES deal (id),
    milestone INTEGER NOT NULL UNIQUE REFERENCES all_milestone (id),
    parent INTEGER NOT NULL REFERENCES all_milestone (id),
    starts INTEGER NOT NULL CHECK (starts >= 0)
) STRICT;
CREATE INDEX instalment_deal ON instalment (deal);
CREATE INDEX instalment_parent ON instalment (parent);

PRAGMA user_version = 10;
