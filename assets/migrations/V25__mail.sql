-- Where we ourselves get mail.
ALTER TABLE person ADD COLUMN email TEXT NOT NULL DEFAULT '';

-- A paper that went out as a mail: to whom, its Message-ID, and what the server answered.
ALTER TABLE all_paper ADD COLUMN mail_to TEXT NOT NULL DEFAULT '';
ALTER TABLE all_paper ADD COLUMN message_id TEXT NOT NULL DEFAULT '';
ALTER TABLE all_paper ADD COLUMN mail_reply TEXT NOT NULL DEFAULT '';
DROP VIEW paper;
CREATE VIEW paper AS SELECT * FROM all_paper
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'paper');

PRAGMA user_version = 25;
