-- What somebody of us has to do, or has to decide, until it is done: about a customer, a project or a milestone, kept as
-- the narrowest of them, or about none.
CREATE TABLE todo (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    customer INTEGER REFERENCES customer (id),
    project INTEGER REFERENCES project (id),
    milestone INTEGER REFERENCES all_milestone (id),
    title TEXT NOT NULL,
    owner TEXT NOT NULL DEFAULT '',
    opened_on TEXT NOT NULL,
    due_on TEXT,
    -- How long after it was due the next one is: 7d, 1m.
    every TEXT,
    severity TEXT NOT NULL,
    probability TEXT,
    impact TEXT,
    blocks INTEGER NOT NULL DEFAULT 0,
    done_on TEXT,
    outcome TEXT NOT NULL DEFAULT '',
    -- Of an approval: who asked for it, the change as JSON, and what was decided.
    asked_by TEXT NOT NULL DEFAULT '',
    change TEXT,
    approved INTEGER,
    CHECK (customer IS NULL OR (project IS NULL AND milestone IS NULL)),
    CHECK (project IS NULL OR milestone IS NULL)
) STRICT;
CREATE INDEX todo_open ON todo (due_on, id) WHERE done_on IS NULL;
CREATE INDEX todo_done ON todo (done_on, id) WHERE done_on IS NOT NULL;
CREATE INDEX todo_blocks ON todo (opened_on) WHERE blocks = 1;
CREATE INDEX todo_customer ON todo (customer, blocks) WHERE customer IS NOT NULL;
CREATE INDEX todo_project ON todo (project, blocks) WHERE project IS NOT NULL;
CREATE INDEX todo_milestone ON todo (milestone, blocks) WHERE milestone IS NOT NULL;

-- Which milestones a to-do stands in the way of, and when.
CREATE VIEW block AS
    SELECT t.milestone AS milestone, t.id AS todo, t.opened_on AS opened_on, t.done_on AS done_on
    FROM todo t WHERE t.milestone IS NOT NULL AND t.blocks = 1
    UNION ALL
    SELECT m.id, t.id, t.opened_on, t.done_on
    FROM todo t JOIN milestone m ON m.project = t.project WHERE t.project IS NOT NULL AND t.blocks = 1
    UNION ALL
    SELECT m.id, t.id, t.opened_on, t.done_on
    FROM todo t JOIN project p ON p.customer = t.customer JOIN milestone m ON m.project = p.id
    WHERE t.customer IS NOT NULL AND t.blocks = 1;

PRAGMA user_version = 14;
