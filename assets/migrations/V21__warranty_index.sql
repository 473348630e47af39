-- Warranties that end are told of each morning.
CREATE INDEX project_warranty ON project (warranty_ends_on) WHERE warranty_ends_on IS NOT NULL;
