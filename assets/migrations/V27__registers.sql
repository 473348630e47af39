-- What lists of many to-dos, notes and conditions begin with is found without reading them all, and who recorded a row
-- without passing over what was changed in others.
DROP INDEX todo_open;
CREATE INDEX todo_open ON todo (due_on, id, blocks, done_on) WHERE done_on IS NULL;
CREATE INDEX note_day ON all_note (noted_on);
CREATE INDEX milestone_condition_unmet ON all_milestone_condition (planned_on)
    WHERE planned_on IS NOT NULL AND met_on IS NULL;
CREATE INDEX event_row_made ON event_row (tbl, first_id) WHERE before IS NULL AND after IS NULL;

PRAGMA user_version = 27;
