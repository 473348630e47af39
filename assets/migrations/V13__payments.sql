-- What lies between the amount a customer is credited with and what reached the bank.
CREATE TABLE all_deduction (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES all_payment (id),
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0)
) STRICT;
CREATE INDEX deduction_payment ON all_deduction (payment);

-- A bill of exchange that was taken as a payment, and the days of its life. Its kind is the payment's method.
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
-- It became money the day it was sold or passed on, else the day it was paid.
CREATE VIEW bill AS SELECT all_bill.*, COALESCE(discounted_on, endorsed_on, honoured_on) AS realised_on FROM all_bill
    WHERE payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');

-- Each deduction stands in one place: with its payment, with the bank line that was short of it, or with the bill that
-- was discounted.
CREATE VIEW deduction AS
    SELECT payment, kind, amount FROM all_deduction
    WHERE payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment')
    UNION ALL SELECT payment, 'fee', fee FROM bank_booking
    WHERE fee > 0 AND payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment')
    UNION ALL SELECT payment, 'bill_discount', discount_cost FROM all_bill
    WHERE discount_cost > 0 AND payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');

-- Money that was applied to one milestone and belongs to another.
CREATE TABLE all_move (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES all_payment (id),
    moved_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX move_payment ON all_move (payment);
ALTER TABLE all_allocation ADD COLUMN moved INTEGER REFERENCES all_move (id);
DROP VIEW allocation;
CREATE VIEW allocation AS SELECT * FROM all_allocation
    WHERE payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');
CREATE INDEX allocation_moved ON all_allocation (moved) WHERE moved IS NOT NULL;

PRAGMA user_version = 13;
