-- Until when a commitment beside the contract holds, and notes of a kind, the latest first.
ALTER TABLE all_note ADD COLUMN until_on TEXT;
CREATE INDEX note_kind ON all_note (kind, noted_on);
DROP VIEW note;
CREATE VIEW note AS SELECT * FROM all_note
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'note');

PRAGMA user_version = 22;
