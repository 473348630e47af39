-- What has to be there before a milestone is accepted or falls due, notes of any kind, and acceptances refused. What is
-- agreed later than a day, or met after it, that day does not know.
CREATE TABLE all_milestone_condition (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES all_milestone (id),
    kind TEXT NOT NULL,
    wording TEXT NOT NULL,
    agreed_on TEXT NOT NULL,
    planned_on TEXT,
    met_on TEXT,
    met_by TEXT NOT NULL DEFAULT '',
    reservation TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX milestone_condition_milestone ON all_milestone_condition (milestone);
CREATE VIEW milestone_condition AS SELECT * FROM all_milestone_condition
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'milestone_condition');

CREATE TABLE all_refusal (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES all_milestone (id),
    refused_on TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX refusal_milestone ON all_refusal (milestone);
CREATE VIEW refusal AS SELECT * FROM all_refusal
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'refusal');

-- A note is about one thing, the narrowest. The number of a progress is its percent, that of a satisfaction 0 to 10.
CREATE TABLE all_note (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    customer INTEGER REFERENCES customer (id),
    project INTEGER REFERENCES project (id),
    milestone INTEGER REFERENCES all_milestone (id),
    noted_on TEXT NOT NULL,
    who TEXT NOT NULL DEFAULT '',
    wording TEXT NOT NULL DEFAULT '',
    number INTEGER,
    CHECK (CASE WHEN customer IS NULL THEN 0 ELSE 1 END + CASE WHEN project IS NULL THEN 0 ELSE 1 END
        + CASE WHEN milestone IS NULL THEN 0 ELSE 1 END = 1)
) STRICT;
CREATE INDEX note_customer ON all_note (customer) WHERE customer IS NOT NULL;
CREATE INDEX note_project ON all_note (project, kind, noted_on) WHERE project IS NOT NULL;
CREATE INDEX note_milestone ON all_note (milestone) WHERE milestone IS NOT NULL;
CREATE VIEW note AS SELECT * FROM all_note
    WHERE id NOT IN (SELECT row_id FROM voided WHERE tbl = 'note');

PRAGMA user_version = 12;
