-- Why money that somebody else paid may be taken as the customer's: who said so, on what ground.
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

-- From when a contractor's priority right counts, where the contract is one of works. It held for all contracts where the
-- ledger said so.
ALTER TABLE project ADD COLUMN priority_from TEXT;
ALTER TABLE project ADD COLUMN completed_on TEXT;
CREATE INDEX project_works ON project (id) WHERE priority_from IS NOT NULL;
UPDATE project SET priority_from = 'due' WHERE currency = 'CNY'
    AND EXISTS (SELECT 1 FROM setting WHERE key = 'priority_months' AND value <> 'off');

PRAGMA user_version = 26;
