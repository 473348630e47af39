-- What was entered by mistake: it counts on no day, but stays, with the reason. Every reader reads the views, which
-- leave it out; only the journal and the timeline read the tables.
CREATE TABLE voided (
    id INTEGER PRIMARY KEY,
    tbl TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    voided_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (tbl, row_id)
) STRICT;

ALTER TABLE milestone RENAME TO all_milestone;
ALTER TABLE invoice RENAME TO all_invoice;
ALTER TABLE invoice_line RENAME TO all_invoice_line;
ALTER TABLE payment RENAME TO all_payment;
ALTER TABLE reversal RENAME TO all_reversal;
ALTER TABLE allocation RENAME TO all_allocation;
ALTER TABLE touch RENAME TO all_touch;
ALTER TABLE touch_milestone RENAME TO all_touch_milestone;
ALTER TABLE promise RENAME TO all_promise;

CREATE VIEW milestone AS SELECT * FROM all_milestone
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'milestone');
CREATE VIEW invoice AS SELECT * FROM all_invoice
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'invoice');
CREATE VIEW invoice_line AS SELECT * FROM all_invoice_line
    WHERE invoice NOT IN (SELECT row_id FROM voided WHERE tbl = 'invoice');
CREATE VIEW payment AS SELECT * FROM all_payment
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');
CREATE VIEW reversal AS SELECT * FROM all_reversal
    WHERE payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');
CREATE VIEW allocation AS SELECT * FROM all_allocation
    WHERE payment NOT IN (SELECT row_id FROM voided WHERE tbl = 'payment');
CREATE VIEW touch AS SELECT * FROM all_touch
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'touch');
CREATE VIEW touch_milestone AS SELECT * FROM all_touch_milestone
    WHERE touch NOT IN (SELECT row_id FROM voided WHERE tbl = 'touch');
CREATE VIEW promise AS SELECT * FROM all_promise
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'promise');

-- Money is not recorded twice: the same reference is looked for.
CREATE INDEX payment_bank_ref ON all_payment (bank_ref) WHERE bank_ref <> '';

PRAGMA user_version = 4;
