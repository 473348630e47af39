-- The tax rate of an invoice in hundredths of a percent, 0 is exempt; without one it is not known.
ALTER TABLE all_invoice ADD COLUMN tax_rate INTEGER CHECK (tax_rate BETWEEN 0 AND 9999);
DROP VIEW invoice;
CREATE VIEW invoice AS SELECT * FROM all_invoice
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'invoice');

PRAGMA user_version = 17;
