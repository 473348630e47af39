-- Whether the milestones of a project are to be invoiced before they fall due. Of an older ledger those are where one of
-- them ever was, or waits for that.
ALTER TABLE project ADD COLUMN bills INTEGER NOT NULL DEFAULT 1;
UPDATE project SET bills = 0 WHERE NOT EXISTS (
    SELECT 1 FROM milestone m LEFT JOIN invoice_line l ON l.milestone = m.id
    WHERE m.project = project.id AND (l.id IS NOT NULL OR m.rule LIKE 'invoice%')
);

-- The bill that a red invoice takes back, where it names one.
ALTER TABLE invoice ADD COLUMN reverses INTEGER REFERENCES invoice (id);
CREATE INDEX invoice_reverses ON invoice (reverses) WHERE reverses IS NOT NULL;

PRAGMA user_version = 5;
