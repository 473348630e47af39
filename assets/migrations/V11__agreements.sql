-- What a contract gives for money that comes early, as it is typed; how it is to be paid; and when the work on it rests.
ALTER TABLE project ADD COLUMN discount TEXT;
ALTER TABLE project ADD COLUMN method TEXT;

CREATE TABLE suspension (
    id INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES project (id),
    since TEXT NOT NULL,
    notice TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    resumed_on TEXT
) STRICT;
CREATE INDEX suspension_project ON suspension (project);

-- What a project is now: the work on an active one can rest.
CREATE VIEW project_state AS SELECT p.id AS project, CASE WHEN p.state = 'active' AND EXISTS (
    SELECT 1 FROM suspension s WHERE s.project = p.id AND s.resumed_on IS NULL
) THEN 'suspended' ELSE p.state END AS state FROM project p;

-- Derived: what was waived on which day, below 0 where it is owed again.
CREATE TABLE waiver (
    milestone INTEGER NOT NULL REFERENCES all_milestone (id),
    waived_on TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (milestone, waived_on, kind)
) STRICT;
CREATE INDEX waiver_day ON waiver (waived_on);

PRAGMA user_version = 11;
