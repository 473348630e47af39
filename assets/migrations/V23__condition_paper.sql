-- The paper that proves that a condition was met.
ALTER TABLE all_milestone_condition ADD COLUMN paper INTEGER REFERENCES all_paper (id);
CREATE INDEX milestone_condition_paper ON all_milestone_condition (paper) WHERE paper IS NOT NULL;
DROP VIEW milestone_condition;
CREATE VIEW milestone_condition AS SELECT * FROM all_milestone_condition
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'milestone_condition');

PRAGMA user_version = 23;
