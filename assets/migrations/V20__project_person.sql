-- Who of us does finance, legal and sales of a project, where its roles do not say so by themselves.
ALTER TABLE project ADD COLUMN finance INTEGER REFERENCES person (id);
ALTER TABLE project ADD COLUMN legal INTEGER REFERENCES person (id);
ALTER TABLE project ADD COLUMN sales INTEGER REFERENCES person (id);
CREATE INDEX project_person ON project (id) WHERE finance IS NOT NULL OR legal IS NOT NULL OR sales IS NOT NULL;

PRAGMA user_version = 20;
