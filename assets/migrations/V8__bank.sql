-- Statements of our bank accounts, line by line, and what each line was booked as. A line whose payment is voided is
-- open again; so a booking is no state of the line but a row of its own.
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

-- What became of a line: a payment, or none where it is not ours.
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

PRAGMA user_version = 8;
