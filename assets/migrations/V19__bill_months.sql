-- For how many months a bill of exchange may run at most, as it was agreed.
ALTER TABLE project ADD COLUMN bill_months INTEGER CHECK (bill_months > 0);
ALTER TABLE all_milestone ADD COLUMN bill_months INTEGER CHECK (bill_months > 0);
DROP VIEW milestone;
CREATE VIEW milestone AS SELECT * FROM all_milestone
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'milestone');

PRAGMA user_version = 19;
